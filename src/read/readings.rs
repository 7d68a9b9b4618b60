//! The ways in which the figures of a torn row can be read: glued digits taken apart in every way, blank
//! cells that were dropped put into every place. None is left out but those that the row's own laws
//! exclude; which of them is right is for the form's relations to say.

use rust_decimal::Decimal;

use super::figures::is_figure;
use crate::form::{CellId, Form, Kind};
use crate::quantity;
use crate::reconcile::{Entry, Law, may_hold};
use crate::value::{self, Value};

/// How many steps are taken to find them.
const MOST_STEPS: usize = 400_000;
/// How many characters a number in a run of digits has at the most.
const LONGEST: usize = 40;

/// The figures of a row as far as they are told apart.
#[derive(Clone, Debug, Default)]
pub struct Torn {
    /// What surely stands apart.
    pub pieces: Vec<String>,
    /// Whether several figures may stand in one piece.
    pub glued: bool,
    /// Whether blank cells may have been dropped.
    pub blanks: bool,
}

/// One way to read a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What stands in each cell, as it was published; empty for a blank one.
    pub texts: Vec<String>,
    /// The same for a sum.
    pub entries: Vec<Entry>,
}

impl Reading {
    /// The only reading of figures that stand apart.
    pub fn of(texts: Vec<String>, cells: &[CellId], form: &Form) -> Reading {
        let entry = |(text, cell): (&String, &CellId)| match text.trim() {
            "" => Entry::Nothing,
            text => entry(text, *cell, form, true).unwrap_or(Entry::Unknown),
        };
        let entries = texts.iter().zip(cells).map(entry).collect();
        Reading { texts, entries }
    }
}

/// Every way to read a torn row for these cells that the given laws of the row allow; `None` where there
/// are more than `most`, or too many to try.
pub fn readings<'a>(
    torn: &Torn,
    cells: &[CellId],
    form: &Form,
    laws: impl Iterator<Item = &'a Law>,
    most: usize,
) -> Option<Vec<Reading>> {
    let pieces = torn.pieces.iter().map(|piece| piece.trim().chars().collect());
    let pieces: Vec<Vec<char>> = pieces.filter(|piece: &Vec<char>| !piece.is_empty()).collect();
    let place = |cell| cells.iter().position(|known| *known == cell);
    let own = |law: &Law| {
        let terms = law.terms.iter().map(|(cell, factor)| Some((place(*cell)?, *factor)));
        terms.collect::<Option<Vec<_>>>().map(|terms| OwnLaw { terms, fixed: law.fixed })
    };
    let laws: Vec<OwnLaw> = laws.filter_map(own).collect();
    let mut walk = Walk { torn, pieces: &pieces, cells, form, laws: &laws, most, steps: 0, found: Vec::new() };
    let rest = Rest { cells: cells.len(), pieces: pieces.len(), chars: pieces.last().map_or(0, Vec::len) };
    let start = Reading { texts: vec![String::new(); cells.len()], entries: vec![Entry::Nothing; cells.len()] };
    walk.descend(rest, &mut start.clone())?;
    walk.found.reverse();
    Some(walk.found)
}

/// A law of the row alone, by the places of its cells in the row.
struct OwnLaw {
    terms: Vec<(usize, i64)>,
    fixed: Decimal,
}

/// What is still to be read: the row is read from its end, because there stand the totals, which leave the
/// least freedom to what stands before them.
#[derive(Clone, Copy)]
struct Rest {
    cells: usize,
    pieces: usize,
    /// The characters that are left of the last piece.
    chars: usize,
}

struct Walk<'a> {
    torn: &'a Torn,
    pieces: &'a [Vec<char>],
    cells: &'a [CellId],
    form: &'a Form,
    laws: &'a [OwnLaw],
    most: usize,
    steps: usize,
    found: Vec<Reading>,
}

impl Walk<'_> {
    /// Goes on from the end of the row; `None` where it is too much.
    fn descend(&mut self, rest: Rest, reading: &mut Reading) -> Option<()> {
        let Some(cell) = rest.cells.checked_sub(1) else {
            if rest.pieces == 0 {
                self.found.push(reading.clone());
            }
            return (self.found.len() <= self.most).then_some(());
        };
        if self.torn.blanks && rest.pieces < rest.cells {
            self.put(cell, String::new(), Entry::Nothing, Rest { cells: cell, ..rest }, reading)?;
        }
        let Some(piece) = rest.pieces.checked_sub(1).and_then(|at| self.pieces.get(at)) else { return Some(()) };
        let starts =
            if self.torn.glued { rest.chars.saturating_sub(LONGEST)..rest.chars } else { 0..1.min(rest.chars) };
        for start in starts.rev() {
            self.steps += 1;
            if self.steps > MOST_STEPS {
                return None;
            }
            let left = if start > 0 { Rest { cells: cell, chars: start, ..rest } } else { self.before(rest) };
            if left.pieces > left.cells || !self.torn.blanks && self.chars(left) < left.cells {
                continue;
            }
            let text: String = piece[start..rest.chars].iter().collect();
            if let Some(entry) = self.entry(&text, cell, start == 0 && rest.chars == piece.len()) {
                self.put(cell, text, entry, left, reading)?;
            }
        }
        Some(())
    }

    /// What is left once the last piece is read.
    fn before(&self, rest: Rest) -> Rest {
        let pieces = rest.pieces - 1;
        let chars = pieces.checked_sub(1).and_then(|at| self.pieces.get(at)).map_or(0, Vec::len);
        Rest { cells: rest.cells - 1, pieces, chars }
    }

    /// How many characters are left.
    fn chars(&self, rest: Rest) -> usize {
        let before = rest.pieces.saturating_sub(1);
        self.pieces.iter().take(before).map(Vec::len).sum::<usize>() + rest.chars
    }

    fn put(&mut self, cell: usize, text: String, entry: Entry, left: Rest, reading: &mut Reading) -> Option<()> {
        reading.entries[cell] = entry;
        if self.laws.iter().all(|law| self.may_hold(law, cell, reading, left)) {
            reading.texts[cell] = text;
            self.descend(left, reading)?;
        }
        reading.texts[cell] = String::new();
        reading.entries[cell] = Entry::Nothing;
        Some(())
    }

    /// Whether a law may still hold with the cells from one on. What is left cannot spell a number that has
    /// more digits than there are characters.
    fn may_hold(&self, law: &OwnLaw, first: usize, reading: &Reading, left: Rest) -> bool {
        let mut sum = law.fixed;
        let (mut more, mut less) = (0i64, 0i64);
        let mut bounded = true;
        for &(place, factor) in &law.terms {
            if place < first {
                let holds = &self.form.cell(self.cells[place]).holds;
                let any = holds.kind == Kind::Change;
                bounded &= holds.units.is_empty();
                more = more.max(if any { factor.abs() } else { factor });
                less = less.max(if any { factor.abs() } else { -factor });
                continue;
            }
            match reading.entries[place] {
                Entry::Nothing => {}
                Entry::Number(number) => match number.checked_mul(factor.into()).and_then(|part| sum.checked_add(part))
                {
                    Some(added) => sum = added,
                    None => return false,
                },
                Entry::Unknown => return true,
            }
        }
        let power = u32::try_from(self.chars(left)).ok().and_then(|digits| 10i128.checked_pow(digits));
        let most = |factor: i64| -> Option<Decimal> {
            Decimal::try_from_i128_with_scale(power?.checked_mul(factor.into())?, 0).ok()
        };
        // A number of units larger than a decimal holds is no bound.
        let reaches = |factor: i64, distance: Decimal| {
            factor > 0 && (!bounded || most(factor).is_none_or(|most| most >= distance))
        };
        match sum {
            sum if sum.is_zero() => true,
            sum if sum > Decimal::ZERO => reaches(less, sum),
            sum => reaches(more, -sum),
        }
    }

    /// What a text adds in a cell; `None` where it cannot be what stands there.
    fn entry(&self, text: &str, place: usize, whole: bool) -> Option<Entry> {
        let cell = self.cells[place];
        entry(text, cell, self.form, whole && !self.torn.glued)
    }
}

/// What a text adds in a cell; `None` where it cannot be what stands there. What stands `alone` is taken as
/// it is; what was cut out of a run is a plain number or a mark for nothing.
fn entry(text: &str, cell: CellId, form: &Form, alone: bool) -> Option<Entry> {
    if value::is_dash(text) {
        return Some(Entry::Nothing);
    }
    let holds = &form.cell(cell).holds;
    let (value, unit) = quantity::read(text, holds);
    let Value::Number(number) = value else { return (alone && is_figure(text)).then_some(Entry::Unknown) };
    let plain: String = text.chars().map(value::half_width).collect();
    let digits = plain.trim_start_matches(['+', '-']);
    let padded = digits.starts_with('0') && digits[1..].starts_with(|c: char| c.is_ascii_digit());
    let signed = digits.len() < plain.len() && holds.kind != Kind::Change;
    let strange = unit.as_deref().is_some_and(|unit| holds.units.iter().all(|(known, _)| known != unit));
    if padded || (signed || strange) && !alone || !may_hold(form, cell, number) {
        return None;
    }
    Some(worth(number, unit.as_deref(), form, cell))
}

/// A number in the first of a cell's units, where a report has to write the unit.
pub fn worth(number: Decimal, unit: Option<&str>, form: &Form, cell: CellId) -> Entry {
    let units = &form.cell(cell).holds.units;
    if units.is_empty() || number.is_zero() {
        return Entry::Number(number);
    }
    let worth = units.iter().find(|(known, _)| Some(known.as_str()) == unit).map(|(_, worth)| *worth);
    worth.and_then(|worth| number.checked_mul(worth.into())).map_or(Entry::Unknown, Entry::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;
    use crate::reconcile::Laws;

    /// The readings of pieces for a row, given by its address; with its own laws where it is said.
    fn shown(row: &str, torn: Torn, with_laws: bool) -> Vec<String> {
        let forms = Forms::official();
        let form = forms.get("gongkai-2019").unwrap();
        let cells = form.cells().filter(|(_, cell)| cell.address.rsplit_once('.').unwrap().0 == row);
        let cells: Vec<_> = cells.map(|(id, _)| id).collect();
        let laws = Laws::of(form);
        let laws = laws.within(&cells).filter(|_| with_laws);
        let mut shown: Vec<_> = readings(&torn, &cells, form, laws, 100)
            .unwrap()
            .iter()
            .map(|reading| {
                reading.texts.iter().map(|text| if text.is_empty() { "_" } else { text }).collect::<Vec<_>>().join(" ")
            })
            .collect();
        shown.sort();
        shown
    }

    fn glued(row: &str, text: &str, expect: &[&str]) {
        let pieces = text.split(' ').map(str::to_owned).collect();
        assert_eq!(shown(row, Torn { pieces, glued: true, blanks: false }, true), expect, "{text}");
    }

    fn dropped(row: &str, text: &str, with_laws: bool, expect: &[&str]) {
        let pieces = text.split(' ').map(str::to_owned).collect();
        assert_eq!(shown(row, Torn { pieces, glued: false, blanks: true }, with_laws), expect, "{text}");
    }

    #[test]
    fn glued_digits_are_taken_apart_in_every_way() {
        glued("article20_1.rules", "1234", &["1 2 34", "1 23 4", "12 3 4"]);
        glued("article20_1.rules", "1004", &["10 0 4"]);
        glued("article20_1.rules", "12 34", &["1 2 34", "12 3 4"]);
        glued("article20_1.rules", "0034", &["0 0 34"]);
        glued("article20_1.rules", "00", &[]);
    }

    #[test]
    fn the_row_s_own_laws_exclude_what_does_not_add_up() {
        glued("requests.received", "21710000218", &["217 1 0 0 0 0 218"]);
        glued("requests.received", "111000012", &["1 1 10 0 0 0 12", "1 11 0 0 0 0 12", "11 1 0 0 0 0 12"]);
        glued("requests.received", "200 000121", &["20 0 0 0 0 1 21"]);
        glued("disputes.review", "1100213", &["1 10 0 2 13", "11 0 0 2 13"]);
        glued("disputes.review", "110022", &[]);
    }

    #[test]
    fn a_cell_holds_what_the_form_says() {
        glued("article20_8.fees", "35-15", &["35 -15"]);
        glued(
            "article20_5.licensing",
            "26-18538",
            &["26 - 18538", "26 -1 8538", "26 -18 538", "26 -185 38", "26 -1853 8"],
        );
        glued("article20_9.procurement", "12.5元", &["1 2.5元"]);
        glued("article20_9.procurement", "100.5元", &["10 0.5元"]);
    }

    #[test]
    fn dropped_blanks_go_into_every_place_in_order() {
        dropped("article20_1.rules", "22 235", false, &["22 235 _", "22 _ 235", "_ 22 235"]);
        dropped("disputes.review", "3 3", true, &["3 _ _ _ 3", "_ 3 _ _ 3", "_ _ 3 _ 3", "_ _ _ 3 3"]);
        dropped(
            "article20_1.rules",
            "22（其中修订16件） 5",
            false,
            &["22（其中修订16件） 5 _", "22（其中修订16件） _ 5", "_ 22（其中修订16件） 5"],
        );
    }

    #[test]
    fn too_many_ways_are_none() {
        let forms = Forms::official();
        let form = forms.get("gongkai-2021").unwrap();
        let cells: Vec<_> = form.cells().take(60).map(|(id, _)| id).collect();
        let torn = Torn { pieces: vec!["1".repeat(500)], glued: true, blanks: true };
        assert_eq!(readings(&torn, &cells, form, [].into_iter(), 1000), None);
    }
}
