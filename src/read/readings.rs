//! The ways in which the figures of a torn row can be read: glued digits taken apart in every way, blank
//! cells that were dropped put into every place. None is left out but those that the row's own laws
//! exclude; which of them is right is for the form's relations to say.

use rust_decimal::Decimal;

use super::figures::is_figure;
use crate::form::{CellId, Form, Kind};
use crate::quantity;
use crate::reconcile::{Entry, Law, may_hold};
use crate::value::{self, Value};

mod own_law;

use own_law::{OwnLaw, may_close};

/// How many steps are taken to find them.
const MOST_STEPS: usize = 100_000;
/// How many characters a number in a run of digits has at the most.
const LONGEST: usize = 40;
/// No number in a table is as large.
const LARGEST: i128 = 10i128.pow(15);

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
    let pieces = torn.pieces.iter().map(|piece| Piece::new(piece.trim()));
    let pieces: Vec<Piece> = pieces.filter(|piece| !piece.chars.is_empty()).collect();
    let mut walk = Walk {
        torn,
        pieces: &pieces,
        cells,
        form,
        laws: OwnLaw::all(laws, cells, form),
        most,
        steps: 0,
        chosen: vec![None; cells.len()],
        found: Vec::new(),
    };
    let sums = walk.laws.iter().map(|law| Some(law.fixed)).collect();
    let rest = Rest { cells: cells.len(), pieces: pieces.len(), chars: pieces.last().map_or(0, Piece::len) };
    walk.descend(rest, sums)?;
    walk.found.reverse();
    Some(walk.found)
}

/// What surely stands apart from the rest of the row.
struct Piece {
    chars: Vec<char>,
    /// The same in half-width characters.
    plain: Vec<char>,
}

impl Piece {
    fn new(text: &str) -> Piece {
        Piece { chars: text.chars().collect(), plain: text.chars().map(value::half_width).collect() }
    }

    fn len(&self) -> usize {
        self.chars.len()
    }

    fn text(&self, start: usize, end: usize) -> String {
        self.chars[start..end].iter().collect()
    }

    /// The number that a run of digits spells; `None` where something else stands there, or a 0 too many.
    fn digits(&self, start: usize, end: usize) -> Option<Option<i128>> {
        let digits = &self.plain[start..end];
        if !digits.iter().all(char::is_ascii_digit) {
            return None;
        }
        let padded = digits.len() > 1 && digits[0] == '0';
        let number = digits
            .iter()
            .try_fold(0i128, |number, digit| number.checked_mul(10)?.checked_add(i128::from(digit.to_digit(10)?)));
        Some(number.filter(|number| !padded && *number < LARGEST))
    }
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
    pieces: &'a [Piece],
    cells: &'a [CellId],
    form: &'a Form,
    laws: Vec<OwnLaw>,
    most: usize,
    steps: usize,
    /// For each cell the piece, from where to where in it, and what that adds.
    chosen: Vec<Option<(usize, usize, usize, Entry)>>,
    found: Vec<Reading>,
}

/// The sums of the laws so far; `None` where something is in it that is no number.
type Sums = Vec<Option<Decimal>>;

impl Walk<'_> {
    /// Goes on from the end of the row; `None` where it is too much.
    fn descend(&mut self, rest: Rest, sums: Sums) -> Option<()> {
        let Some(cell) = rest.cells.checked_sub(1) else {
            if rest.pieces == 0 {
                self.found.push(self.reading());
            }
            return (self.found.len() <= self.most).then_some(());
        };
        if self.torn.blanks && rest.pieces < rest.cells {
            self.put(cell, None, Rest { cells: cell, ..rest }, &sums)?;
        }
        let Some(at) = rest.pieces.checked_sub(1) else { return Some(()) };
        let pieces = self.pieces;
        let Some(piece) = pieces.get(at) else { return Some(()) };
        let starts =
            if self.torn.glued { rest.chars.saturating_sub(LONGEST)..rest.chars } else { 0..1.min(rest.chars) };
        let cap = self.cap(cell, &sums);
        for start in starts.rev() {
            self.steps += 1;
            if self.steps > MOST_STEPS {
                return None;
            }
            let left = if start > 0 { Rest { cells: cell, chars: start, ..rest } } else { self.before(rest) };
            if left.pieces > left.cells || !self.torn.blanks && self.chars(left) < left.cells {
                continue;
            }
            if let Some(entry) = self.entry(piece, start, rest.chars, cell) {
                if matches!((entry, cap), (Entry::Number(number), Some(cap)) if number > cap) {
                    // Whatever begins farther before is larger still.
                    break;
                }
                self.put(cell, Some((at, start, rest.chars, entry)), left, &sums)?;
            }
        }
        Some(())
    }

    /// The largest number that a cell can hold, where a law of which nothing else adds says so.
    fn cap(&self, cell: usize, sums: &Sums) -> Option<Decimal> {
        let is_count = self.form.cell(self.cells[cell]).holds.kind == Kind::Count;
        let takes = |law: &OwnLaw| is_count && law.factors[cell] == -1 && law.before[cell].more == 0;
        let capped = self.laws.iter().zip(sums).filter(|(law, _)| takes(law) && !law.before[cell].unbounded);
        capped.filter_map(|(_, sum)| *sum).min()
    }

    fn reading(&self) -> Reading {
        let text = |chosen: &Option<(usize, usize, usize, Entry)>| {
            chosen.map_or_else(String::new, |(piece, start, end, _)| self.pieces[piece].text(start, end))
        };
        let entry = |chosen: &Option<(usize, usize, usize, Entry)>| chosen.map_or(Entry::Nothing, |(.., entry)| entry);
        Reading { texts: self.chosen.iter().map(text).collect(), entries: self.chosen.iter().map(entry).collect() }
    }

    /// What is left once the last piece is read.
    fn before(&self, rest: Rest) -> Rest {
        let pieces = rest.pieces - 1;
        let chars = pieces.checked_sub(1).and_then(|at| self.pieces.get(at)).map_or(0, Piece::len);
        Rest { cells: rest.cells - 1, pieces, chars }
    }

    /// How many characters are left.
    fn chars(&self, rest: Rest) -> usize {
        let before = rest.pieces.saturating_sub(1);
        self.pieces.iter().take(before).map(Piece::len).sum::<usize>() + rest.chars
    }

    fn put(
        &mut self,
        cell: usize,
        chosen: Option<(usize, usize, usize, Entry)>,
        left: Rest,
        sums: &Sums,
    ) -> Option<()> {
        let entry = chosen.map_or(Entry::Nothing, |(.., entry)| entry);
        let add = |(law, sum): (&OwnLaw, &Option<Decimal>)| match (law.factors[cell], entry) {
            (0, _) | (_, Entry::Nothing) => *sum,
            (factor, Entry::Number(number)) => sum.and_then(|sum| sum.checked_add(number.checked_mul(factor.into())?)),
            (_, Entry::Unknown) => None,
        };
        let sums: Sums = self.laws.iter().zip(sums).map(add).collect();
        let chars = self.chars(left);
        let may_hold = |(law, sum): (&OwnLaw, &Option<Decimal>)| {
            sum.is_none_or(|sum| may_close(sum, law.before[cell], left.cells, chars, self.torn.blanks))
        };
        if self.laws.iter().zip(&sums).all(may_hold) {
            self.chosen[cell] = chosen;
            self.descend(left, sums)?;
            self.chosen[cell] = None;
        }
        Some(())
    }

    /// What a part of a piece adds in a cell; `None` where it cannot be what stands there.
    fn entry(&self, piece: &Piece, start: usize, end: usize, place: usize) -> Option<Entry> {
        let cell = self.cells[place];
        let whole = start == 0 && end == piece.len();
        match piece.digits(start, end) {
            Some(number) => {
                let number = Decimal::try_from_i128_with_scale(number?, 0).ok()?;
                Some(worth(number, None, self.form, cell))
            }
            None => entry(&piece.text(start, end), cell, self.form, whole && !self.torn.glued),
        }
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
