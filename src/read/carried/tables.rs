//! Finds the tables that were printed among those that are seen, by their labels, so that each figure is
//! known by its place, whatever stands there.

use std::collections::HashMap;

use super::super::document::{Cell, Document, Kind};
use super::super::places::Places;
use super::super::same::Comparer;
use super::super::tagged::Figure;
use crate::form::{CellId, Laid, LaidCell};
use crate::provenance::Place;
use crate::publication::{Part, Publication};

/// What was found.
#[derive(Default)]
pub struct Found {
    pub figures: HashMap<CellId, (Figure, Option<Place>)>,
    /// Figures of tables that do not stand there as they were printed.
    pub missing: Vec<CellId>,
    /// For each line of the document whether it belongs to a table that was found.
    pub taken: Vec<bool>,
}

/// Rows that stand one below the other, with the squeezed texts of their cells: a table, or several. A sheet has
/// no tables of its own, and one with blank rows may have been taken for several.
struct Seen<'a> {
    first_line: usize,
    rows: Vec<Vec<(&'a Cell, String)>>,
}

pub fn find(document: &Document, publication: &Publication, comparer: &Comparer) -> Found {
    let seen = runs(document, comparer);
    let places = Places::new(document);
    let mut found = Found { taken: vec![false; document.lines.len()], ..Found::default() };
    for part in &publication.parts {
        let Part::Sheet { layout, .. } = part else { continue };
        for block in &layout.blocks {
            let rows = &layout.rows[block.first_row..block.first_row + block.rows];
            let is_banner = |row: &Vec<LaidCell>| matches!(row.first().map(|cell| &cell.laid), Some(Laid::Banner(_)));
            let rows = if rows.first().is_some_and(is_banner) { &rows[1..] } else { rows };
            found.block(rows, &seen, &places, comparer);
        }
    }
    found
}

fn runs<'a>(document: &'a Document, comparer: &Comparer) -> Vec<Seen<'a>> {
    let mut runs: Vec<Seen> = Vec::new();
    let mut goes_on = false;
    for (at, line) in document.lines.iter().enumerate() {
        let is_row = matches!(line.kind, Kind::Row { .. });
        if is_row {
            let row = line.cells.iter().map(|cell| (cell, comparer.squeezed(&cell.text))).collect();
            match runs.last_mut().filter(|_| goes_on) {
                Some(known) => known.rows.push(row),
                None => runs.push(Seen { first_line: at, rows: vec![row] }),
            }
        }
        goes_on = is_row;
    }
    runs
}

impl Found {
    /// Finds the rows of one table, without the line over it.
    fn block(&mut self, rows: &[Vec<LaidCell>], seen: &[Seen], places: &Places, comparer: &Comparer) {
        let mut labels = Vec::new();
        let mut figures = Vec::new();
        for (at, cell) in rows.iter().enumerate().flat_map(|(at, row)| row.iter().map(move |cell| (at, cell))) {
            match &cell.laid {
                Laid::Figure(id) => figures.push((at, cell.column, *id)),
                Laid::Banner(label) | Laid::Corner(label) | Laid::Head { label, .. } => {
                    labels.push((at, cell.column, comparer.squeezed(&label.zh)))
                }
            }
        }
        labels.retain(|(_, _, label)| !label.is_empty());
        let mut best: Option<(usize, usize, usize)> = None;
        for (run, seen) in seen.iter().enumerate() {
            for from in 0..(seen.rows.len() + 1).saturating_sub(rows.len()) {
                let wrong = seen.wrong_labels(
                    &labels,
                    from,
                    best.map_or(labels.len() / 5, |(wrong, ..)| wrong.saturating_sub(1)),
                );
                if let Some(wrong) = wrong.filter(|wrong| best.is_none_or(|(known, ..)| *wrong < known)) {
                    best = Some((wrong, run, from));
                }
            }
        }
        let Some((_, run, from)) = best.filter(|_| !labels.is_empty()) else {
            self.missing.extend(figures.into_iter().map(|(.., id)| id));
            return;
        };
        for (at, column, id) in figures {
            let text = seen[run].at(from + at, column).map(|(cell, _)| cell.text.clone()).unwrap_or_default();
            let place = places.place(seen[run].first_line + from + at, Some(column));
            self.figures.insert(id, (Figure { text, ..Figure::default() }, place));
        }
        let first = seen[run].first_line + from;
        self.taken[first..first + rows.len()].fill(true);
    }
}

impl Seen<'_> {
    /// The cell that begins or covers a column of a row.
    fn at(&self, row: usize, column: usize) -> Option<&(&Cell, String)> {
        let covers = |(cell, _): &&(&Cell, String)| (cell.column..cell.column + cell.span).contains(&column);
        self.rows.get(row)?.iter().find(covers)
    }

    /// How many labels do not stand where they were printed; `None` where they are more than a few.
    fn wrong_labels(&self, labels: &[(usize, usize, String)], from: usize, most: usize) -> Option<usize> {
        let mut wrong = 0;
        for (row, column, label) in labels {
            wrong += usize::from(self.at(from + row, *column).is_none_or(|(_, text)| text != label));
            if wrong > most {
                return None;
            }
        }
        Some(wrong)
    }
}
