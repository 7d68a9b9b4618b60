//! What a wrong figure looks like: the known slips of people who copy and type figures.

use rust_decimal::Decimal;

use super::Way;
use crate::form::{Axis, CellId};
use crate::language::Language;
use crate::report::Report;
use crate::words;

/// A known slip, the likeliest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Slip {
    /// A total was left at 0.
    TotalAtZero,
    /// A figure stands in the neighbouring column, or row.
    NextColumn,
    NextRow,
    /// A figure stands in another column, or row.
    OtherColumn,
    OtherRow,
    /// Two figures of a row or column have each other's place.
    Exchanged,
    /// A letter stands for a digit.
    Letter,
    /// Two neighbouring digits have each other's place.
    Transposed,
    /// A digit was typed twice.
    Doubled,
    Lost,
    Added,
    Mistyped,
}

/// How likely a way is, by what it looks like: the lower, the likelier. Two slips at once are less
/// likely than one figure in the wrong place.
pub fn rank(report: &Report, way: &Way) -> usize {
    if let Some(slip) = placing(report, way) {
        return slip as usize;
    }
    let slips = typed(report, way).iter().map(|change| slip(report, change).map_or(usize::MAX, |slip| slip as usize));
    let worst = slips.max().unwrap_or(usize::MAX);
    if way.len() > 1 { worst.saturating_add(usize::from(u8::MAX)) } else { worst }
}

/// Whether what a way looks like sets it apart from others: one digit for another is soon found.
pub fn is_telling(report: &Report, way: &Way) -> bool {
    rank(report, way) < Slip::Mistyped as usize
}

/// What a way looks like, as part of a sentence; empty where it looks like nothing in particular.
pub fn why(report: &Report, way: &Way, language: Language) -> String {
    if let Some(slip) = placing(report, way) {
        let moved = way.iter().map(|(_, to)| to.to_string()).filter(|to| to != "0");
        let moved: Vec<String> = moved.collect();
        return words(slip, &moved.join(language.word(words::LIST_AND_NUMBERS)), "", language);
    }
    let typed = typed(report, way);
    let told = typed.iter().filter_map(|change| {
        let from = report.value(change.0).to_string();
        Some(words(slip(report, change)?, &change.1.to_string(), &from, language))
    });
    let mut told: Vec<String> = told.collect();
    if typed.len() < way.len() {
        told.push(language.word(words::SLIP_TOTAL_FOLLOWS).to_owned());
    }
    told.join(language.word(words::LIST_SEMICOLON))
}

/// The changes of a way that somebody typed: a total that is wrong by as much as one of its parts
/// was added up from it.
fn typed<'a>(report: &Report, way: &'a Way) -> &'a [(CellId, Decimal)] {
    let &[(one, to_one), (other, to_other)] = way.as_slice() else { return way };
    let by = |cell, to: Decimal| Some(to - report.value(cell).number()?);
    let follows = |total, part| totals(report, total).any(|axis| same_line(report, total, part, axis));
    match by(one, to_one) == by(other, to_other) {
        true if follows(other, one) => &way[..1],
        true if follows(one, other) => &way[1..],
        _ => way,
    }
}

fn words(slip: Slip, to: &str, from: &str, language: Language) -> String {
    let message = match slip {
        Slip::TotalAtZero => return language.word(words::SLIP_TOTAL_AT_ZERO).to_owned(),
        Slip::Letter => return language.word(words::SLIP_LETTER).to_owned(),
        Slip::NextColumn => words::SLIP_NEXT_COLUMN,
        Slip::NextRow => words::SLIP_NEXT_ROW,
        Slip::OtherColumn => words::SLIP_OTHER_COLUMN,
        Slip::OtherRow => words::SLIP_OTHER_ROW,
        Slip::Exchanged => words::SLIP_EXCHANGED,
        Slip::Transposed => words::SLIP_TRANSPOSED,
        Slip::Doubled => words::SLIP_DOUBLED,
        Slip::Lost => words::SLIP_LOST,
        Slip::Added => words::SLIP_ADDED,
        Slip::Mistyped => words::SLIP_MISTYPED,
    };
    let slip = language.word(message);
    match from.is_empty() {
        true => language.say(words::SLIP_MOVED, &[("to", to), ("slip", slip)]),
        false => language.say(words::SLIP_WRITTEN, &[("to", to), ("from", from), ("slip", slip)]),
    }
}

/// Two figures of one row or column that stand in the wrong places.
fn placing(report: &Report, way: &Way) -> Option<Slip> {
    let &[(one, to_one), (other, to_other)] = way.as_slice() else { return None };
    let (from_one, from_other) = (report.value(one).number()?, report.value(other).number()?);
    let (first, second) = (report.form.cell(one), report.form.cell(other));
    if (from_one, from_other) != (to_other, to_one) || first.table != second.table {
        return None;
    }
    let (rows, columns) = (first.row.abs_diff(second.row), first.column.abs_diff(second.column));
    let moved = to_one.is_zero() || to_other.is_zero();
    match (rows, columns) {
        (0, _) | (_, 0) if !moved => Some(Slip::Exchanged),
        (0, 1) => Some(Slip::NextColumn),
        (1, 0) => Some(Slip::NextRow),
        (0, _) => Some(Slip::OtherColumn),
        (_, 0) => Some(Slip::OtherRow),
        _ => None,
    }
}

/// Along what a cell is a total.
fn totals(report: &Report, cell: CellId) -> impl Iterator<Item = Axis> {
    let form = &report.form;
    let own = form.touching(cell).iter().map(|&index| &form.instances[index]);
    own.filter(move |instance| instance.total == Some(cell)).filter_map(|instance| Some(instance.along?.0))
}

fn same_line(report: &Report, one: CellId, other: CellId, axis: Axis) -> bool {
    let (one, other) = (report.form.cell(one), report.form.cell(other));
    let line = |cell: &crate::form::Cell| match axis {
        Axis::Row => (cell.table, cell.row),
        Axis::Column => (cell.table, cell.column),
    };
    line(one) == line(other)
}

/// What one wrong figure looks like.
fn slip(report: &Report, (cell, to): &(CellId, Decimal)) -> Option<Slip> {
    let from = report.value(*cell).to_string();
    if from == "0" && totals(report, *cell).next().is_some() {
        return Some(Slip::TotalAtZero);
    }
    in_digits(from.as_bytes(), to.to_string().as_bytes())
}

/// What was typed for a number, digit by digit. A nought says nothing, nor does a single digit
/// for another.
fn in_digits(from: &[u8], to: &[u8]) -> Option<Slip> {
    if from == b"0" || to == b"0" || !to.iter().all(u8::is_ascii_digit) {
        return None;
    }
    if !from.iter().all(u8::is_ascii_digit) {
        let digits = from.iter().map(|letter| match letter {
            b'O' | b'o' => b'0',
            b'l' | b'I' => b'1',
            other => *other,
        });
        return digits.eq(to.iter().copied()).then_some(Slip::Letter);
    }
    let at = from.iter().zip(to).take_while(|(from, to)| from == to).count();
    if to.len() == from.len() {
        let swapped = at + 1 < to.len() && from[at] == to[at + 1] && from[at + 1] == to[at];
        return match swapped {
            true => (from[at + 2..] == to[at + 2..]).then_some(Slip::Transposed),
            false => (to.len() > 1 && from.get(at + 1..) == to.get(at + 1..)).then_some(Slip::Mistyped),
        };
    }
    if to.len() == from.len() + 1 {
        return (from[at..] == to[at + 1..]).then_some(Slip::Lost);
    }
    let added = from.len() == to.len() + 1 && from[at + 1..] == to[at..];
    let doubled = at > 0 && from.get(at) == from.get(at - 1);
    added.then_some(if doubled { Slip::Doubled } else { Slip::Added })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_slips_are_told_by_the_digits() {
        let slip = |from: &str, to: &str| in_digits(from.as_bytes(), to.as_bytes());
        assert_eq!(slip("21", "12"), Some(Slip::Transposed));
        assert_eq!(slip("1324", "1234"), Some(Slip::Transposed));
        assert_eq!(slip("122", "12"), Some(Slip::Doubled));
        assert_eq!(slip("112", "12"), Some(Slip::Doubled));
        assert_eq!(slip("11", "1"), Some(Slip::Doubled));
        assert_eq!(slip("132", "12"), Some(Slip::Added));
        assert_eq!(slip("12", "132"), Some(Slip::Lost));
        assert_eq!(slip("1", "10"), Some(Slip::Lost));
        assert_eq!(slip("13", "12"), Some(Slip::Mistyped));
        assert_eq!(slip("3O", "30"), Some(Slip::Letter));
        for (from, to) in
            [("3", "4"), ("0", "10"), ("10", "0"), ("123", "321"), ("12", "1234"), ("-2", "2"), ("/", "0")]
        {
            assert_eq!(slip(from, to), None, "{from} for {to}");
        }
    }
}
