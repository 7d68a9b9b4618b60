//! What a cell holds. Blank is not zero, and text that is no number is kept as it stands.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

/// The content of a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing stands there. This is not zero.
    #[default]
    Blank,
    /// An exact number, in the unit of the cell.
    Number(Decimal),
    /// Published text that is no number.
    Text(String),
}

/// So many digits always make a number of 64 bits.
const MOST_DIGITS: usize = 19;

/// The marks that people write in place of 0.
const DASHES: &str = "/\\-—–－―─／_";

impl Value {
    /// Reads what stands in a cell: digits (full-width too) with thousands separators and a sign,
    /// `+19`, `减4`. Whatever is no number is kept as text.
    pub fn read(text: &str) -> Value {
        let text = text.trim_matches(is_space);
        if text.is_empty() {
            return Value::Blank;
        }
        match number(text) {
            Some(number) => Value::Number(number),
            None => Value::Text(text.to_owned()),
        }
    }

    pub fn number(&self) -> Option<Decimal> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether nothing is known from it: blank, or a dash or slash in place of a number.
    pub fn is_blank(&self) -> bool {
        match self {
            Value::Blank => true,
            Value::Number(_) => false,
            Value::Text(text) => is_dash(text),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Blank => Ok(()),
            Value::Number(number) => number.fmt(f),
            Value::Text(text) => text.fmt(f),
        }
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Number(number.into())
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}

/// Whether a text is one of the marks that stand for “nothing”: `/`, `-`, `——`.
pub fn is_dash(text: &str) -> bool {
    let mut marks = text.chars().filter(|c| !is_space(*c)).peekable();
    marks.peek().is_some() && marks.all(|c| DASHES.contains(c))
}

/// The half-width form of a full-width digit, letter or sign.
pub fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '−' => '-',
        _ => c,
    }
}

/// The number that a text spells, if it spells one and nothing else.
pub fn number(text: &str) -> Option<Decimal> {
    let text = text.trim_matches(is_space);
    // Most figures are plain digits.
    if text.len() <= MOST_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse::<u64>().ok().map(Decimal::from);
    }
    let text: String = text.chars().map(half_width).collect();
    let (sign, digits) = match text.chars().next()? {
        '-' | '减' | '減' => ("-", &text[text.chars().next()?.len_utf8()..]),
        '+' | '增' => ("", &text[text.chars().next()?.len_utf8()..]),
        _ => ("", text.as_str()),
    };
    let plain = without_separators(digits)?;
    exact(&format!("{sign}{plain}"))
}

/// The number that plain digits spell, with a sign, a point and an exponent perhaps, as JSON writes it; `None` where
/// that has more digits than an exact decimal holds. (The parser of `rust_decimal` comes in sixteen copies, one for
/// each of its states.)
pub fn exact(text: &str) -> Option<Decimal> {
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse().ok()?),
        None => (text, 0),
    };
    let unsigned = digits.strip_prefix(['+', '-']).unwrap_or(digits);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let mut number = None;
    for digit in whole.chars().chain(fraction.chars()) {
        number = Some(followed_by(number.unwrap_or(0), digit.to_digit(10)?)?);
    }
    let mut number = number?;
    let scale = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
    // No exact decimal ends in more zeros.
    if scale < -28 {
        return None;
    }
    for _ in scale..0 {
        number = followed_by(number, 0)?;
    }
    let number = if digits.starts_with('-') { -number } else { number };
    Decimal::try_from_i128_with_scale(number, scale.try_into().unwrap_or(0)).ok()
}

/// A number with one more digit, as far as it can become a decimal.
fn followed_by(number: i128, digit: u32) -> Option<i128> {
    (number < 1 << 96).then(|| number * 10 + i128::from(digit))
}

/// Drops thousands separators where they separate thousands; `None` where a comma does anything else.
fn without_separators(digits: &str) -> Option<String> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(fraction) || whole.is_empty() || digits.ends_with('.') {
        return None;
    }
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    if !grouped || first.is_empty() || !all_digits(first) || !rest.iter().all(|group| all_digits(group)) {
        return None;
    }
    Some(digits.replace(',', ""))
}

/// A number as JSON wrote it; `None` where it has more digits than an exact decimal here holds.
pub fn from_json_number(number: &serde_json::Number) -> Option<Decimal> {
    exact(number.as_str())
}

/// A number as JSON writes it, with the digits that it has.
pub fn to_json_number(number: Decimal) -> serde_json::Number {
    serde_json::Number::from_str(&number.to_string()).expect("a decimal is a JSON number")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> String {
        match Value::read(text) {
            Value::Blank => "blank".to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Text(text) => format!("“{text}”"),
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(read("0"), "0");
        assert_eq!(read(" \u{a0}12 "), "12");
        assert_eq!(read("１２，３４５．６"), "12345.6");
        assert_eq!(read("1,234,567"), "1234567");
        assert_eq!(read("+19"), "19");
        assert_eq!(read("减4"), "-4");
        assert_eq!(read("−18"), "-18");
        assert_eq!(read("24252.311082"), "24252.311082");
    }

    proptest! {
        #[test]
        fn exact_numbers_are_those_of_the_crate(text in "[+-]?[0-9]{0,31}([.][0-9]{0,30})?|[-+.0-9]{0,5}|0[.]0{20,30}[0-9]?") {
            prop_assert_eq!(exact(&text), Decimal::from_str_exact(&text).ok());
        }

        #[test]
        fn exponents_move_the_point(text in "[+-]?[0-9]{1,12}([.][0-9]{0,12})?[eE][+-]?([0-9]|1[0-9]|2[0-9])") {
            prop_assert_eq!(exact(&text), Decimal::from_scientific(&text).ok());
        }
    }

    #[test]
    fn what_is_too_long_for_a_decimal_is_none() {
        assert_eq!(
            exact("79228162514264337593543950335").map(|most| most.to_string()).as_deref(),
            Some("79228162514264337593543950335")
        );
        for text in [
            "79228162514264337593543950336",
            "1e29",
            "0e29",
            "1e-29",
            "1e99999999999",
            "1e",
            "e1",
            "1e1e1",
            "",
            "-",
            ".",
        ] {
            assert_eq!(exact(text), None, "{text}");
        }
        // What would have to be rounded is not exact.
        assert_eq!(exact("1.00000000000000000000000000000000001e2"), None);
    }

    #[test]
    fn what_is_no_number_is_kept() {
        assert_eq!(read(""), "blank");
        assert_eq!(read("\u{3000}"), "blank");
        assert_eq!(read("/"), "“/”");
        assert_eq!(read("22（其中修订16件）"), "“22（其中修订16件）”");
        assert_eq!(read("1,23"), "“1,23”");
        assert_eq!(read("1 2"), "“1 2”");
        assert_eq!(read("12."), "“12.”");
        assert_eq!(read("1.2.3"), "“1.2.3”");
    }

    #[test]
    fn dashes_are_blank_but_kept() {
        for dash in ["/", "-", "——", "－", " — "] {
            let value = Value::read(dash);
            assert!(value.is_blank(), "{dash}");
            assert_ne!(value, Value::Blank);
        }
        assert!(!Value::read("0").is_blank());
    }
}
