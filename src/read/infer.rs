//! What the figures of torn rows are, by what must hold: all that can be read in several ways goes to
//! [`reconcile`](crate::reconcile) at once, with everything that was read for sure. What only one
//! reading allows is known; the rest is asked for.

use std::collections::BTreeSet;

use super::document::Kind;
use super::figures::{assign, is_padded};
use super::inference::{Basis, Doubt, Filling, Inference, Known};
use super::labels::PrintedRow;
use super::readings::{Reading, Torn, readings, worth};
use super::settle::TornRow;
use crate::form::{CellId, Form};
use crate::quantity;
use crate::reconcile::{Entry, Group, Law, Laws, OpenRow, TOLD, Verdict, nearest, reconcile};
use crate::report::Report;
use crate::value::Value;

/// How many readings of one row are looked at, and how many where none has to hold.
const MOST_READINGS: usize = 3_000;
const MOST_BREAKING: usize = 2_000;

/// What torn rows are read with.
pub struct Desk<'a> {
    pub form: &'a Form,
    pub laws: Laws<'a>,
    /// What stands in every cell that was read.
    pub entries: Vec<Entry>,
    pub prior: Option<&'a Report>,
    /// Whether the document writes zeros where nothing happened: then no blank cell was dropped among
    /// glued figures.
    pub writes_zeros: bool,
}

/// A torn row and how it can be read.
struct Row {
    place: usize,
    cells: Vec<CellId>,
    /// `None` where its figures stand apart, and only what row it is is not sure.
    torn: Option<Torn>,
    /// Whether a label names it.
    is_named: bool,
    readings: Vec<Reading>,
}

impl Desk<'_> {
    /// Reads torn rows: each with its printed row, and whether a label names it.
    pub fn infer(&self, rows: &[(&TornRow, &PrintedRow, bool)]) -> Inference {
        let mut inference = Inference::default();
        let (mut open, mut broken) = (Vec::new(), Vec::new());
        for (place, (row, printed, is_named)) in rows.iter().enumerate() {
            let cells: Vec<_> = printed.figures.iter().map(|figure| figure.cell).collect();
            let is_named = *is_named;
            if let Some(placed) = assign(&row.figures, printed) {
                let texts = placed.into_iter().map(|placed| placed.text).collect();
                let readings = vec![Reading::of(texts, &cells, self.form)];
                open.push(Row { place, cells, torn: None, is_named, readings });
                continue;
            }
            let Some(torn) = self.torn(row, printed) else {
                inference.ask(vec![place], cells, Doubt::None { nearest: None });
                continue;
            };
            match readings(&torn, &cells, self.form, self.laws.within(&cells), MOST_READINGS) {
                None => inference.ask(vec![place], cells, Doubt::TooMany),
                Some(readings) => {
                    let into = if readings.is_empty() { &mut broken } else { &mut open };
                    into.push(Row { place, cells, torn: Some(torn), is_named, readings });
                }
            }
        }
        let asked: Vec<OpenRow> = open.iter().map(Row::open).collect();
        let (unsolved, solved): (Vec<Group>, Vec<Group>) = reconcile(&self.laws, &|cell| self.entry(cell), &asked)
            .into_iter()
            .partition(|group| group.verdict == Verdict::None);
        for group in &solved {
            self.take(&open, group, Basis::Laws, &mut inference);
        }
        for group in solved {
            self.ask(&open, group, &mut inference);
        }
        let mut unsolved: Vec<Vec<&Row>> =
            unsolved.iter().map(|group| group.rows.iter().map(|row| &open[*row]).collect()).collect();
        unsolved.extend(broken.iter().map(|row| vec![row]));
        let entries = self.entries_with(&inference);
        for rows in unsolved {
            self.conclude_broken(&rows, &entries, &mut inference);
        }
        inference.known.sort_by_key(|known| known.row);
        inference.questions.sort_by_key(|question| question.rows.first().copied());
        inference
    }

    /// How far the figures of a row are told apart; `None` where they are more than the row has columns, or
    /// lost the places that they had.
    fn torn(&self, row: &TornRow, printed: &PrintedRow) -> Option<Torn> {
        let (figures, columns) = (&row.figures, printed.figures.len());
        let words = figures.words().into_iter().map(|placed| placed.text);
        let pieces: Vec<String> = words.filter(|text| !text.trim().is_empty()).collect();
        let chars = pieces.iter().map(|piece| piece.chars().count()).sum::<usize>();
        let torn = match figures.kind {
            Kind::Glued => Torn { pieces, glued: true, blanks: !self.writes_zeros || chars < columns },
            Kind::Paragraph | Kind::Loose => {
                let glued = pieces.iter().any(|piece| is_padded(piece));
                Torn { pieces, glued, blanks: true }
            }
            Kind::Row { .. } if pieces.len() == 1 && chars >= columns => Torn { pieces, glued: true, blanks: false },
            Kind::Row { .. } => return None,
        };
        (torn.pieces.len() <= columns).then_some(torn)
    }

    fn entry(&self, cell: CellId) -> Entry {
        entry_in(&self.entries, cell)
    }

    /// What stands in every cell once what is known by inference stands there too.
    pub fn entries_with(&self, inference: &Inference) -> Vec<Entry> {
        let mut entries = self.entries.clone();
        for known in &inference.known {
            let (value, unit) = quantity::read(&known.text, &self.form.cell(known.cell).holds);
            entries[known.cell.index()] = match value {
                Value::Number(number) => worth(number, unit.as_deref(), self.form, known.cell),
                value if value.is_blank() => Entry::Nothing,
                _ => Entry::Unknown,
            };
        }
        entries
    }

    /// Takes the cells in which all readings that remain agree. What neither a label names nor a relation
    /// ties down may be any figures.
    fn take(&self, open: &[Row], group: &Group, basis: Basis, inference: &mut Inference) {
        for &row in &group.rows {
            let (remaining, row) = (group.remaining(row), &open[row]);
            if !row.is_named && group.laws.is_empty() {
                continue;
            }
            for (at, cell) in row.cells.iter().enumerate() {
                let mut texts = remaining.iter().filter_map(|reading| row.readings.get(*reading)?.texts.get(at));
                let Some(text) = texts.next().filter(|text| texts.all(|other| other == *text)) else { continue };
                if !inference.knows(*cell) {
                    inference.known.push(Known { row: row.place, cell: *cell, text: text.clone(), basis });
                    inference.laws.extend(group.laws.iter().map(|law| (basis, *law)));
                }
            }
        }
    }

    /// Asks for what is still open in a group, after last year's report where that is at hand.
    fn ask(&self, open: &[Row], group: Group, inference: &mut Inference) {
        let is_open = |group: &Group, inference: &Inference| {
            group.rows.iter().flat_map(|row| &open[*row].cells).any(|cell| !inference.knows(*cell))
        };
        if !is_open(&group, inference) {
            return;
        }
        let groups = self.hinted(open, &group, inference).inspect(|groups| {
            groups.iter().for_each(|group| self.take(open, group, Basis::Prior, inference));
        });
        for group in groups.unwrap_or_else(|| vec![group]) {
            if is_open(&group, inference) {
                self.ask_for(open, &group, inference);
            }
        }
    }

    fn ask_for(&self, open: &[Row], group: &Group, inference: &mut Inference) {
        let rows = || group.rows.iter().map(|row| (&open[*row], group.remaining(*row)));
        let cells: Vec<CellId> = rows().flat_map(|(row, _)| &row.cells).copied().collect();
        let cells: Vec<CellId> = cells.into_iter().filter(|cell| !inference.knows(*cell)).collect();
        let doubt = match &group.verdict {
            Verdict::Some { count, told, .. } => {
                let filling = |chosen: &Vec<usize>| {
                    let rows = group.rows.iter().zip(chosen);
                    let all = rows.flat_map(|(row, reading)| open[*row].filling(*reading));
                    all.filter(|(cell, _)| cells.contains(cell)).collect()
                };
                let values = rows().flat_map(|(row, remaining)| row.values(remaining));
                let values = values.filter(|(cell, _)| cells.contains(cell)).collect();
                Doubt::Several { count: *count, told: told.iter().map(filling).collect(), values }
            }
            _ => Doubt::TooMany,
        };
        inference.ask(rows().map(|(row, _)| row.place).collect(), cells, doubt);
    }

    /// The same group with what last year's report says besides; `None` where there is none, or nothing
    /// fits it.
    fn hinted(&self, open: &[Row], group: &Group, inference: &Inference) -> Option<Vec<Group>> {
        let laws = self.laws.clone().with_prior(self.prior?);
        let entries = self.entries_with(inference);
        let narrowed = |row: &usize| {
            let readings = group.remaining(*row).iter().filter_map(|reading| open[*row].readings.get(*reading));
            OpenRow {
                cells: open[*row].cells.clone(),
                readings: readings.map(|reading| reading.entries.clone()).collect(),
            }
        };
        let rows: Vec<OpenRow> = group.rows.iter().map(narrowed).collect();
        let mut groups = reconcile(&laws, &|cell| entry_in(&entries, cell), &rows);
        for found in &mut groups {
            let origin = |row: &usize, reading: usize| group.remaining(group.rows[*row]).get(reading).copied();
            let (Verdict::Some { remaining, .. } | Verdict::TooMany { remaining }) = &mut found.verdict else {
                return None;
            };
            for (row, readings) in found.rows.iter().zip(remaining) {
                readings.iter_mut().for_each(|reading| *reading = origin(row, *reading).unwrap_or(*reading));
            }
            if let Verdict::Some { told, .. } = &mut found.verdict {
                for chosen in told {
                    let rows = found.rows.iter().zip(chosen);
                    rows.for_each(|(row, reading)| *reading = origin(row, *reading).unwrap_or(*reading));
                }
            }
            found.rows.iter_mut().for_each(|row| *row = group.rows[*row]);
        }
        Some(groups)
    }

    /// Rows of which no reading satisfies all relations: what the row's own relations leave no choice in
    /// is taken, unless the readings that break the fewest relations say otherwise.
    fn conclude_broken(&self, rows: &[&Row], entries: &[Entry], inference: &mut Inference) {
        let all: Option<Vec<Vec<Reading>>> = rows
            .iter()
            .map(|row| match &row.torn {
                Some(torn) => readings(torn, &row.cells, self.form, [].into_iter(), MOST_BREAKING),
                None => Some(row.readings.clone()),
            })
            .collect();
        let known = |cell: CellId| entry_in(entries, cell);
        let nearest = all.as_ref().and_then(|all| {
            let open = |(row, readings): (&&Row, &Vec<Reading>)| OpenRow {
                cells: row.cells.clone(),
                readings: readings.iter().map(|reading| reading.entries.clone()).collect(),
            };
            let open: Vec<OpenRow> = rows.iter().zip(all).map(open).collect();
            nearest(&self.laws, &known, &open)
        });
        let text = |row: usize, reading: usize| all.as_ref().and_then(|all| all.get(row)?.get(reading));
        let (mut places, mut cells) = (Vec::new(), Vec::new());
        for (at, row) in rows.iter().enumerate() {
            let own: Vec<&Law> = self.laws.within(&row.cells).collect();
            let only = match &row.readings[..] {
                [only] if !own.is_empty() && row.is_named => Some(only),
                _ => None,
            };
            let agreed = only.filter(|only| {
                let others = nearest.iter().flat_map(|nearest| &nearest.readings);
                others.filter_map(|reading| text(at, *reading.get(at)?)).all(|other| other == *only)
            });
            match agreed {
                Some(only) => {
                    let known = row.cells.iter().zip(&only.texts).map(|(cell, text)| Known {
                        row: row.place,
                        cell: *cell,
                        text: text.clone(),
                        basis: Basis::Row,
                    });
                    inference.known.extend(known);
                    inference.laws.extend(own.iter().map(|law| (Basis::Row, law.instance)));
                }
                None => {
                    places.push(row.place);
                    cells.extend(&row.cells);
                }
            }
        }
        if cells.is_empty() {
            return;
        }
        let only = nearest.filter(|nearest| nearest.readings.len() == 1);
        let nearest = only.and_then(|nearest| {
            let chosen = nearest.readings.first()?.iter().enumerate();
            let filling = chosen.filter_map(|(at, reading)| Some((rows[at], text(at, *reading)?)));
            let filling =
                filling.flat_map(|(row, reading)| row.cells.iter().copied().zip(reading.texts.iter().cloned()));
            Some((filling.filter(|(cell, _)| cells.contains(cell)).collect(), nearest.broken))
        });
        inference.ask(places, cells, Doubt::None { nearest });
    }
}

impl Row {
    fn open(&self) -> OpenRow {
        let readings = self.readings.iter().map(|reading| reading.entries.clone()).collect();
        OpenRow { cells: self.cells.clone(), readings }
    }

    fn filling(&self, reading: usize) -> Filling {
        let texts = self.readings.get(reading).map_or(&[][..], |reading| &reading.texts);
        self.cells.iter().copied().zip(texts.iter().cloned()).collect()
    }

    /// What each cell may hold by the readings that are left, where that is little.
    fn values(&self, remaining: &[usize]) -> Vec<(CellId, Vec<String>)> {
        let values = |(at, cell): (usize, &CellId)| {
            let texts = remaining.iter().filter_map(|reading| self.readings.get(*reading)?.texts.get(at));
            let texts: BTreeSet<&String> = texts.collect();
            (texts.len() <= TOLD).then(|| (*cell, texts.into_iter().cloned().collect()))
        };
        self.cells.iter().enumerate().filter_map(values).collect()
    }
}

fn entry_in(entries: &[Entry], cell: CellId) -> Entry {
    entries.get(cell.index()).copied().unwrap_or(Entry::Unknown)
}
