//! Whether what is seen is what was printed. Files go through editors, spreadsheets and changes of
//! encoding on their way; what those do to white space, to characters that nobody sees and to the writing
//! of a number is no change.

use rust_decimal::Decimal;

use super::Platform;
use super::tagged::Figure;
use crate::form::Holds;
use crate::language::is_turning;
use crate::marks::{self, is_radical};
use crate::value::{self, Value};

pub struct Comparer<'a> {
    platform: &'a dyn Platform,
}

impl<'a> Comparer<'a> {
    pub fn new(platform: &'a dyn Platform) -> Comparer<'a> {
        Comparer { platform }
    }

    /// A text without white space and without characters that are not seen.
    pub fn squeezed(&self, text: &str) -> String {
        let mut squeezed = String::with_capacity(text.len());
        for c in text.chars().filter(|c| !is_unseen(*c)) {
            match is_radical(c) {
                true => squeezed.push_str(&self.platform.nfkc(&c.to_string())),
                false => squeezed.push(c),
            }
        }
        squeezed
    }

    /// Whether a figure is the one that was printed, as a value, its unit apart and both together.
    pub fn is_same_figure(&self, seen: &Figure, value: &Value, unit: Option<&str>, holds: &Holds) -> bool {
        // A unit that waits for its number need not be shown.
        if *value == Value::Blank && seen.text.trim().is_empty() {
            return true;
        }
        let (text, own) = (value.to_string(), unit.unwrap_or_default());
        let as_printed = match &seen.unit {
            None => self.is_same_cell(&seen.text, &format!("{text}{own}")),
            Some(beside) => {
                let printed = holds.unit.as_ref().map_or("", |unit| unit.zh.as_str());
                let same_unit = self.squeezed(beside) == self.squeezed(unit.unwrap_or(printed));
                let rounded = || value.number().is_some_and(|number| is_rounded(&seen.text, number));
                return same_unit
                    && (self.is_same_cell(&seen.text, &text) || is_same_number(&seen.text, value) || rounded());
            }
        };
        as_printed || {
            let (seen, beside) = seen.read(holds);
            matches!((&seen, value), (Value::Number(a), Value::Number(b)) if a == b) && beside.as_deref() == unit
        }
    }

    /// White space inside a figure counts, but not what sort of it there is.
    fn is_same_cell(&self, seen: &str, printed: &str) -> bool {
        let words = |text: &str| {
            let words = text.split_whitespace().map(|word| self.squeezed(word)).filter(|word| !word.is_empty());
            words.collect::<Vec<_>>()
        };
        words(seen) == words(printed)
    }
}

fn is_same_number(seen: &str, value: &Value) -> bool {
    value.number().is_some_and(|number| value::number(seen) == Some(number))
}

/// Whether a text is a number as a spreadsheet shortens it, `1.23457E+11`, and could be this one.
fn is_rounded(seen: &str, number: Decimal) -> bool {
    let Some((digits, _)) = seen.split_once(['E', 'e']) else { return false };
    let Some(short) = value::exact(seen.trim()) else { return false };
    let significant = digits.chars().filter(char::is_ascii_digit).count();
    u32::try_from(significant).ok().and_then(|digits| number.round_sf(digits)) == Some(short)
}

/// What turns the characters around it is not seen itself, but makes others of what is.
fn is_unseen(c: char) -> bool {
    c.is_whitespace() || c.is_control() || marks::is_unseen(c) && !is_turning(c)
}

#[cfg(all(test, feature = "command"))]
mod tests {
    use super::*;
    use crate::form::Kind;
    use crate::language::Text;
    use crate::read::native::Native;

    fn check(seen: &str, beside: Option<&str>, value: &str, unit: Option<&str>, printed: Option<&str>, expect: bool) {
        let unit_of = |unit: &str| Text::alike(unit);
        let holds = Holds { kind: Kind::Amount, unit: printed.map(unit_of), units: vec![] };
        let seen = Figure { text: seen.to_owned(), unit: beside.map(str::to_owned), line: None };
        let same = Comparer::new(&Native).is_same_figure(&seen, &Value::read(value), unit, &holds);
        assert_eq!(same, expect, "{seen:?} {value}");
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        check("12", None, "12", None, None, true);
        check("13", None, "12", None, None, false);
        check("1 2", None, "12", None, None, false);
        check("1,234.50", None, "1234.5", None, None, true);
        check("5万元", None, "5", Some("万元"), None, true);
        check("5", None, "5", Some("万元"), None, false);
        check("", None, "", None, None, true);
        check("0", None, "", None, None, false);
        check("", None, "", Some("元"), None, true);
        check("22（其中 修订16件）", None, "22（其中\u{a0}修订16件）", None, None, true);
    }

    #[test]
    fn a_spreadsheet_s_number_is_the_one_that_it_shortens() {
        check("1.1", Some("万元"), "1.10", None, Some("万元"), true);
        check("1.23457E+11", Some(""), "123456789012.5", None, None, true);
        check("1.23458E+11", Some(""), "123456789012.5", None, None, false);
        check("5", Some("元"), "5", Some("元"), None, true);
        check("5", Some("万元"), "5", Some("元"), None, false);
    }

    #[test]
    fn what_nobody_sees_is_no_difference() {
        let squeezed = |text| Comparer::new(&Native).squeezed(text);
        assert_eq!(squeezed(" 甲\u{200b}\u{2060}⼄\u{3000}\r\n"), "甲乙");
        assert_eq!(squeezed("👩\u{200d}🌾\u{fe0f}"), "👩🌾");
        check("1\u{202e}23", None, "123", None, None, false);
    }
}
