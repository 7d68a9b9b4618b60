//! The figures of pictures: as numbers, as they are printed, as shares, and what they are called.

use rust_decimal::Decimal;

use super::{Figure, View};
use crate::chart::{Datum, Tone};
use crate::form::{CellId, ChartForm, Form, Kind, Line, Reading, without_note};
use crate::language::{self, Language, Text};
use crate::report::Report;
use crate::value::Value;
use crate::words;

impl View<'_> {
    pub fn number(&self, cell: CellId) -> Option<Decimal> {
        self.report.value(cell).number()
    }

    /// The sum of the cells of which the number is known.
    pub fn sum(&self, cells: &[CellId]) -> Decimal {
        cells.iter().filter_map(|cell| self.number(*cell)).fold(Decimal::ZERO, |sum, number| sum + number)
    }

    /// What stands in a cell, with its unit; or why there is no number.
    pub fn printed(&self, cell: CellId) -> String {
        printed(self.report, cell, self.language)
    }

    /// A number in the unit of a cell.
    pub fn in_unit_of(&self, cell: CellId, number: Decimal) -> String {
        in_unit_of(self.report, cell, number, self.language)
    }

    pub fn label(&self, cell: CellId) -> String {
        row_label(self.form(), cell, self.language)
    }

    /// The figure of a cell as a picture has it.
    pub fn datum(&self, cell: CellId, tone: Tone) -> Datum {
        Datum { tone, ..datum(self.report, cell, self.language, "") }
    }

    /// A number of several cells.
    pub fn total(&self, label: &str, cells: &[CellId], tone: Tone) -> Datum {
        let sum = self.sum(cells);
        Datum {
            label: label.to_owned(),
            name: label.to_owned(),
            number: length(sum),
            text: cells.first().map(|cell| self.in_unit_of(*cell, sum)).unwrap_or_default(),
            share: String::new(),
            cells: self.addresses(cells),
            tone,
        }
    }

    pub fn addresses(&self, cells: &[CellId]) -> Vec<String> {
        cells.iter().map(|cell| self.form().cell(*cell).address.clone()).collect()
    }

    pub fn figure(&self, cell: CellId) -> Figure {
        Figure { text: self.printed(cell), cell: self.form().cell(cell).address.clone() }
    }

    /// Why a cell has no number; empty where it has one.
    pub fn missing(&self, cell: CellId) -> String {
        if self.number(cell).is_some() { String::new() } else { self.printed(cell) }
    }

    /// That cells have no number, where some have none.
    pub fn note_missing(&self, cells: &[CellId], notes: &mut Vec<String>) {
        let missing: Vec<_> = cells.iter().filter(|cell| self.number(**cell).is_none()).collect();
        if let Some(first) = missing.first() {
            let values = [("label", &*self.label(**first)), ("count", &*missing.len().to_string())];
            notes.push(match missing.len() {
                1 => self.language.say(words::CHART_ONE_MISSING, &values),
                _ => self.language.say(words::CHART_SOME_MISSING, &values),
            });
        }
    }

    /// What is said where nothing is there: that it is so only if that is known of all of these cells.
    pub fn nothing(&self, form: &ChartForm, cells: &[CellId]) -> String {
        let known = cells.iter().filter(|cell| self.number(**cell).is_some()).count();
        if known == cells.len() {
            form.reading(Reading::Zero).get(self.language).to_owned()
        } else if known > 0 {
            self.language.word(words::CHART_ALL_KNOWN_ZERO).to_owned()
        } else {
            self.language.word(words::CHART_NO_FIGURES_YET).to_owned()
        }
    }

    /// A sentence with the figures of these cells at their addresses, and with further values.
    pub fn fill(&self, text: &str, cells: &[CellId], further: &[(&str, &str)]) -> String {
        let named: Vec<(&str, String)> =
            cells.iter().map(|cell| (self.form().cell(*cell).address.as_str(), self.printed(*cell))).collect();
        let mut values: Vec<(&str, &str)> = named.iter().map(|(address, text)| (*address, text.as_str())).collect();
        values.extend(further);
        language::fill(text, &values)
    }

    /// The name of something under the name of what it belongs to.
    pub fn within(&self, whole: &str, part: &str) -> String {
        [whole, self.language.word(words::COLON), part].concat()
    }

    /// Names beside each other.
    pub fn list(&self, names: &[String]) -> String {
        names.join(self.language.word(words::LIST_COMMA))
    }
}

/// What stands in a cell of a report, with its unit; or why there is no number.
pub fn printed(report: &Report, cell: CellId, language: Language) -> String {
    match report.value(cell) {
        Value::Number(number) => in_unit_of(report, cell, *number, language),
        Value::Text(text) => text.clone(),
        Value::Blank if report.is_unread(cell) => language.word(words::FIGURE_NOT_READ).to_owned(),
        Value::Blank => language.word(words::FIGURE_NOT_FILLED).to_owned(),
    }
}

fn in_unit_of(report: &Report, cell: CellId, number: Decimal, language: Language) -> String {
    let holds = &report.form.cell(cell).holds;
    let unit = report.unit(cell).or(holds.unit.as_ref().map(|unit| unit.get(language))).unwrap_or_default();
    let number = number.to_string();
    // Where the unit is said by what is counted, as in English, that of money alone is written.
    let message = if holds.kind == Kind::Amount { words::AMOUNT_WITH_UNIT } else { words::FIGURE_WITH_UNIT };
    if unit.is_empty() { number } else { language.say(message, &[("number", &number), ("unit", unit)]) }
}

/// The figure of a cell of a report; `of` names the report where it is not the one that is shown.
pub fn datum(report: &Report, cell: CellId, language: Language, of: &str) -> Datum {
    let label = row_label(&report.form, cell, language);
    Datum {
        name: label.clone(),
        label,
        number: report.value(cell).number().map_or(0.0, length),
        text: printed(report, cell, language),
        share: String::new(),
        cells: vec![key(report, cell, of)],
        tone: Tone::Main,
    }
}

/// Where a figure stands: its address, behind the name of its report where that is not the one that is shown.
pub fn key(report: &Report, cell: CellId, of: &str) -> String {
    let address = &report.form.cell(cell).address;
    if of.is_empty() { address.clone() } else { [of, "/", address].concat() }
}

/// How long a number is drawn.
pub fn length(number: Decimal) -> f64 {
    let scale = (0..number.scale()).fold(1.0, |scale, _| scale * 10.0);
    number.mantissa() as f64 / scale
}

/// What a part is of a whole, to one place: `43.7%`; what would round to nothing, or to all, is said so. Nothing
/// where the whole is none, or they are no counts.
pub fn share(part: Decimal, whole: Decimal) -> String {
    let count =
        |number: Decimal| u64::try_from(number.normalize().mantissa()).ok().filter(|_| number.fract().is_zero());
    let (Some(part), Some(whole @ 1..)) = (count(part), count(whole)) else { return String::new() };
    // Halves of a tenth of a percent, so that rounding is exact; of numbers beyond what is ever counted none.
    let Some(halves) = part.checked_mul(2000) else { return String::new() };
    let tenths = (halves / whole).div_ceil(2);
    if tenths == 0 && part > 0 {
        "<0.1%".to_owned()
    } else if tenths == 1000 && part < whole {
        ">99.9%".to_owned()
    } else {
        let (percent, tenth) = (tenths / 10, tenths % 10);
        let percent = percent.to_string();
        if tenth == 0 { percent + "%" } else { [&*percent, ".", &*tenth.to_string(), "%"].concat() }
    }
}

/// What the row of a cell is called in a picture.
pub fn row_label(form: &Form, cell: CellId, language: Language) -> String {
    let cell = form.cell(cell);
    line_label(&form.tables[cell.table].rows[cell.row], language)
}

pub fn column_label(form: &Form, cell: CellId, language: Language) -> String {
    let cell = form.cell(cell);
    line_label(&form.tables[cell.table].columns[cell.column], language)
}

pub fn line_label(line: &Line, language: Language) -> String {
    match &line.short {
        Some(short) => short.get(language).to_owned(),
        None => bare(&line.label, language),
    }
}

/// A label without its number and without a note behind it: `（二）部分公开（区分处理的…）` is 部分公开.
pub fn bare(label: &Text, language: Language) -> String {
    let mut rest = label.get(language).trim();
    while let Some(after) = after_number(rest) {
        rest = after;
    }
    without_note(rest).to_owned()
}

/// What stands behind a number such as `（一）`, `1.`, `II.`, or behind 其中：.
fn after_number(label: &str) -> Option<&str> {
    if let Some(after) = label.strip_prefix("其中：") {
        return Some(after);
    }
    let opened = label.trim_start_matches(['（', '(']);
    let rest = opened.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十IVX".contains(c));
    let after = rest.strip_prefix(['）', ')', '、', '.', '．']).filter(|_| rest.len() < opened.len())?;
    Some(after.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_exact_to_one_place_and_never_say_none_of_some() {
        let share = |part: i64, whole: i64| share(part.into(), whole.into());
        assert_eq!(share(1363, 3119), "43.7%");
        assert_eq!(
            (share(1, 8), share(1, 2), share(3, 3), share(0, 3)),
            ("12.5%".into(), "50%".into(), "100%".into(), "0%".into())
        );
        assert_eq!((share(1, 5000), share(4999, 5000)), ("<0.1%".into(), ">99.9%".into()));
        assert_eq!(share(1, 0), "");
    }

    #[test]
    fn labels_in_pictures_have_no_numbers() {
        let bare = |label: &str| bare(&Text::alike(label), Language::CHINESE);
        assert_eq!(bare("（二）部分公开（区分处理的，只计这一情形，不计其他情形）"), "部分公开");
        assert_eq!(
            (bare("3.危及“三安全一稳定”"), bare("其中：1、政府网站公开数")),
            ("危及“三安全一稳定”".into(), "政府网站公开数".into())
        );
        assert_eq!(
            (bare("III. Results"), bare("IX"), bare("一次办结")),
            ("Results".into(), "IX".into(), "一次办结".into())
        );
    }

    #[test]
    fn numbers_become_lengths() {
        assert_eq!(length("73802895.90".parse().unwrap()), 73_802_895.9);
        assert_eq!(length((-4).into()), -4.0);
    }
}
