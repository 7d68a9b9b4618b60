//! What stands in the cells of figures: numbers, texts, and formulas for totals.

use rust_decimal::Decimal;

use super::laying::cut;
use super::names::quoted;
use super::notes::Note;
use super::sheet::{Cell, Content, Sheet, reference};
use super::styles::Fill;
use crate::form::{CellId, Form, Instance, Operand, Side};
use crate::marks;
use crate::publication::Publication;
use crate::report::Report;
use crate::totals;
use crate::value::Value;

/// With how many digits a spreadsheet still keeps a number exactly.
const MOST_DIGITS: usize = 15;
/// The most ranges that a formula is given here.
const MOST_RANGES: usize = 200;
/// The longest unit that is shown beside a number.
const LONGEST_UNIT: usize = 20;

/// Where figures stand, by cell.
pub struct Places(Vec<Option<Place>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub sheet: usize,
    pub row: usize,
    pub column: usize,
    /// How many columns it takes.
    columns: usize,
}

impl Places {
    pub fn of(form: &Form, sheets: &[Sheet]) -> Places {
        let mut places = vec![None; form.cell_count()];
        for (sheet, rows) in sheets.iter().map(|sheet| &sheet.rows).enumerate() {
            for (row, cells) in rows.iter().map(|row| &row.cells).enumerate() {
                for Cell { column, columns, figure, .. } in cells {
                    if let Some(place) = figure.and_then(|id| places.get_mut(id.index())) {
                        *place = Some(Place { sheet, row, column: *column, columns: *columns });
                    }
                }
            }
        }
        Places(places)
    }

    pub fn get(&self, cell: CellId) -> Option<Place> {
        self.0.get(cell.index()).copied().flatten()
    }
}

/// Writes the report's figures into their cells.
pub fn fill(publication: &Publication, sheets: &mut [Sheet]) {
    let report = publication.report;
    let names = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let writer = Writer { publication, report, places: Places::of(&report.form, sheets), names };
    for (at, sheet) in sheets.iter_mut().enumerate() {
        for (row, cells) in sheet.rows.iter_mut().enumerate() {
            for cell in &mut cells.cells {
                let Some(id) = cell.figure else { continue };
                if let Some(text) = writer.write(at, id, cell) {
                    sheet.notes.push(Note { row, column: cell.column, text });
                }
            }
        }
    }
}

struct Writer<'a> {
    publication: &'a Publication<'a>,
    report: &'a Report,
    places: Places,
    names: Vec<String>,
}

/// A law by which a cell is a total, with what its parts come to.
struct Law<'a> {
    instance: &'a Instance,
    sum: Decimal,
}

impl Writer<'_> {
    /// Writes a figure that stands on a sheet; returns what is to be noted of it.
    fn write(&self, sheet: usize, id: CellId, cell: &mut Cell) -> Option<String> {
        let unit = self.report.unit(id).unwrap_or_default();
        let is_shown = is_unit(unit);
        match self.report.value(id) {
            Value::Number(number) if is_exact(*number) && is_shown => {
                cell.style.format = format(Some(number.scale()), unit);
                let value = number.to_string();
                let laws = self.laws(id);
                if let Some(formula) = laws.iter().find_map(|law| self.formula(sheet, law, *number)) {
                    cell.content = Content::Formula { formula, value };
                    return None;
                }
                cell.content = Content::Number(value);
                let other = laws.first().filter(|_| laws.iter().all(|law| law.sum != *number))?;
                cell.style.fill = Fill::Marked;
                let sum = other.sum;
                Some(format!("报告填的是 {number}，各项相加是 {sum}。这里照报告原样填写，没有改动。"))
            }
            Value::Blank if is_shown => {
                if !unit.is_empty() {
                    cell.style.format = format(None, unit);
                }
                None
            }
            _ => {
                let text = cut(&self.publication.figure(id));
                cell.style.shrinks = false;
                cell.style.wraps = true;
                cell.style.is_quoted = is_like_a_formula(&text);
                cell.content = if text.is_empty() { Content::Blank } else { Content::Text(text) };
                None
            }
        }
    }

    /// The laws of a total whose parts can be added: some are numbers, and all of these are numbers to the
    /// sheet too and of the total's own unit.
    fn laws(&self, total: CellId) -> Vec<Law<'_>> {
        let own = |term: &crate::form::Term| match term.operand {
            Operand::Own(part) => Some(part),
            _ => None,
        };
        let law = |instance| {
            let mut sum = None;
            for part in Instance::side(instance, Side::Right).filter_map(own) {
                let Some(number) = self.report.value(part).number() else { continue };
                if !is_exact(number) || self.report.unit(part) != self.report.unit(total) {
                    return None;
                }
                sum = Some(sum.unwrap_or(Decimal::ZERO).checked_add(number)?);
            }
            Some(Law { instance, sum: sum? })
        };
        totals::sums(&self.report.form, total).filter_map(law).collect()
    }

    /// The sum of a total's parts as a formula on a sheet, where that comes to what the report has.
    fn formula(&self, sheet: usize, law: &Law, number: Decimal) -> Option<String> {
        if law.sum != number {
            return None;
        }
        let place = |term: &crate::form::Term| match term.operand {
            Operand::Own(part) => self.places.get(part),
            _ => None,
        };
        let places: Option<Vec<Place>> = law.instance.side(Side::Right).map(place).collect();
        let ranges = ranges(places?);
        if ranges.len() > MOST_RANGES {
            return None;
        }
        let range = |(first, last): &(Place, Place)| {
            let on = match first.sheet == sheet {
                true => String::new(),
                false => format!("{}!", quoted(&self.names[first.sheet])),
            };
            let from = reference(first.row, first.column);
            match first == last {
                true => format!("{on}{from}"),
                false => format!("{on}{from}:{}", reference(last.row, last.column)),
            }
        };
        Some(format!("SUM({})", ranges.iter().map(range).collect::<Vec<_>>().join(",")))
    }
}

/// Places beside each other or under each other, from first to last, with no other figure between them.
fn ranges(places: Vec<Place>) -> Vec<(Place, Place)> {
    let mut ranges: Vec<(Place, Place)> = Vec::new();
    for place in places {
        let goes_on = |(first, last): &&mut (Place, Place)| {
            let is_right = place.row == last.row && first.row == last.row && place.column == last.column + last.columns;
            let is_below = place.row == last.row + 1 && place.column == last.column && first.column == last.column;
            last.sheet == place.sheet && (is_right || is_below && place.columns == last.columns)
        };
        match ranges.last_mut().filter(goes_on) {
            Some((_, last)) => *last = place,
            None => ranges.push((place, place)),
        }
    }
    ranges
}

/// Whether a spreadsheet keeps a number exactly: it counts in binary fractions of fifteen digits.
fn is_exact(number: Decimal) -> bool {
    let digits = number.normalize().mantissa().unsigned_abs().to_string();
    digits.trim_end_matches('0').len() <= MOST_DIGITS
}

/// Whether a unit can stand in the format of a number, and is known for one there.
fn is_unit(unit: &str) -> bool {
    let is_word =
        unit.chars().all(|c| c.is_alphanumeric() || c == '/') && !unit.starts_with(|c: char| !c.is_alphabetic());
    is_word && unit.chars().count() <= LONGEST_UNIT
}

/// How a number with so many decimals is shown, all of them and its unit; with `None` any number.
fn format(scale: Option<u32>, unit: &str) -> String {
    let number = match scale {
        None => "General".to_owned(),
        Some(0) => "0".to_owned(),
        Some(scale) => format!("0.{}", "0".repeat(scale as usize)),
    };
    if unit.is_empty() { number } else { format!("{number}\"{unit}\"") }
}

/// Whether a text begins like something to calculate.
pub fn is_like_a_formula(text: &str) -> bool {
    text.starts_with(marks::FORMULA_SIGNS) || text.starts_with('\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(row: usize, column: usize, columns: usize) -> Place {
        Place { sheet: 0, row, column, columns }
    }

    #[test]
    fn neighbours_become_ranges() {
        let shown = |places: &[Place]| {
            let shown = ranges(places.to_vec()).into_iter().map(|(first, last)| {
                format!("{}:{}", reference(first.row, first.column), reference(last.row, last.column))
            });
            shown.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown(&[place(0, 3, 1), place(0, 4, 1), place(0, 5, 1)]), "A4:A6".replace("A4:A6", "D1:F1"));
        assert_eq!(shown(&[place(0, 3, 1), place(1, 3, 1), place(2, 3, 1), place(4, 3, 1)]), "D1:D3 D5:D5");
        assert_eq!(shown(&[place(0, 0, 2), place(0, 2, 1), place(1, 2, 1)]), "A1:C1 C2:C2");
        assert_eq!(shown(&[place(0, 0, 1), place(0, 2, 1)]), "A1:A1 C1:C1");
        assert_eq!(shown(&[]), "");
    }

    #[test]
    fn numbers_of_many_digits_are_no_numbers_to_a_sheet() {
        for (number, expect) in [
            ("0", true),
            ("-5", true),
            ("123456789012345", true),
            ("1234567890123456", false),
            ("100000000000000000000", true),
            ("0.0000000000000000000000000001", true),
            ("73802895.90", true),
            ("12345678.12345678", false),
        ] {
            assert_eq!(is_exact(Decimal::from_str_exact(number).unwrap()), expect, "{number}");
        }
    }

    #[test]
    fn formats_show_every_digit_and_the_unit() {
        assert_eq!(format(Some(0), ""), "0");
        assert_eq!(format(Some(2), "元"), "0.00\"元\"");
        assert_eq!(format(None, "万元"), "General\"万元\"");
        assert!(!is_unit("\"") && !is_unit("=x") && !is_unit(&"元".repeat(21)) && is_unit(""));
    }
}
