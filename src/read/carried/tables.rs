//! Finds the tables that were printed among those that are seen, by their labels, so that each figure is
//! known by its place, whatever stands there.

use std::collections::HashMap;
use std::ops::Range;

use super::super::document::{Cell, Document, Kind, Line};
use super::super::places::Places;
use super::super::same::Comparer;
use super::super::tagged::Figure;
use crate::form::{CellId, Laid, LaidCell};
use crate::provenance::Place;
use crate::publication::{Part, Publication};
use crate::report::Report;
use crate::value::Value;

/// What was found.
#[derive(Default)]
pub struct Found {
    pub figures: HashMap<CellId, (Figure, Option<Place>)>,
    /// For each line of the document whether it belongs to a table that was found.
    pub taken: Vec<bool>,
}

pub fn find(document: &Document, publication: &Publication, comparer: &Comparer) -> Found {
    let seen = Seen::of(document, comparer);
    let places = Places::new(document);
    let mut found = Found { taken: vec![false; document.lines.len()], ..Found::default() };
    for part in &publication.parts {
        let Part::Sheet { layout, .. } = part else { continue };
        for block in &layout.blocks {
            let rows = &layout.rows[block.first_row..block.first_row + block.rows];
            let is_banner = |row: &Vec<LaidCell>| matches!(row.first().map(|cell| &cell.laid), Some(Laid::Banner(_)));
            let rows = if rows.first().is_some_and(is_banner) { &rows[1..] } else { rows };
            let rows: Vec<_> = rows.iter().map(|row| Printed::of(row, publication.report, comparer)).collect();
            found.table(&rows, &seen, &places);
        }
    }
    found
}

/// A row of a table as it was printed.
#[derive(Default)]
struct Printed {
    /// Columns and squeezed texts.
    labels: Vec<(usize, String)>,
    figures: Vec<(usize, CellId)>,
    /// The squeezed text of the only cell that is not blank, and its figure where it is one. A sheet cannot tell a row
    /// of one long text from a paragraph.
    lone: Option<(String, Option<CellId>)>,
}

impl Printed {
    fn of(row: &[LaidCell], report: &Report, comparer: &Comparer) -> Printed {
        let mut printed = Printed::default();
        let mut filled = Vec::new();
        for cell in row {
            let (text, figure) = match &cell.laid {
                Laid::Figure(id) => {
                    printed.figures.push((cell.column, *id));
                    let text = match report.value(*id) {
                        // A unit that waits for its number is not shown.
                        Value::Blank => String::new(),
                        value => format!("{value}{}", report.unit(*id).unwrap_or_default()),
                    };
                    (comparer.squeezed(&text), Some(*id))
                }
                Laid::Banner(label) | Laid::Corner(label) | Laid::Head { label, .. } => {
                    (comparer.squeezed(&label.zh), None)
                }
            };
            if text.is_empty() {
                continue;
            }
            if figure.is_none() {
                printed.labels.push((cell.column, text.clone()));
            }
            filled.push((text, figure));
        }
        printed.lone = filled.pop().filter(|_| filled.is_empty());
        printed
    }
}

/// Where a table may stand.
struct Standing {
    /// The first line of each row, and the one after the last row.
    lines: Vec<usize>,
    /// How many labels do not stand where they were printed.
    wrong: usize,
}

impl Found {
    /// Finds the rows of one table, without the line over it.
    fn table(&mut self, rows: &[Printed], seen: &Seen, places: &Places) {
        let labels: usize = rows.iter().map(|row| row.labels.len()).sum();
        let mut best: Option<Standing> = None;
        for from in (0..seen.lines.len()).filter(|_| labels > 0) {
            let most = best.as_ref().map_or(Some(labels / 5), |best| best.wrong.checked_sub(1));
            let Some(most) = most else { break };
            best = seen.standing(rows, from, most).or(best);
        }
        let Some(Standing { lines, .. }) = best else { return };
        for (row, range) in rows.iter().zip(lines.windows(2)) {
            for (column, id) in &row.figures {
                let is_lone = || row.lone.as_ref().is_some_and(|(_, lone)| *lone == Some(*id));
                let text = match seen.is_row(range[0]) {
                    true => seen.at(range[0], *column).map(|(cell, _)| cell.text.clone()),
                    false => is_lone().then(|| seen.text(range[0]..range[1])),
                };
                let figure = Figure { text: text.unwrap_or_default(), ..Figure::default() };
                self.figures.insert(*id, (figure, places.place(range[0], Some(*column))));
            }
        }
        if let (Some(first), Some(end)) = (lines.first(), lines.last()) {
            self.taken[*first..*end].fill(true);
        }
    }
}

/// The lines that are seen, with the squeezed texts of their cells. Which rows are one table, a sheet does not say.
struct Seen<'a> {
    lines: Vec<(&'a Line, Vec<String>)>,
}

impl<'a> Seen<'a> {
    fn of(document: &'a Document, comparer: &Comparer) -> Seen<'a> {
        let squeezed = |line: &Line| line.cells.iter().map(|cell| comparer.squeezed(&cell.text)).collect();
        Seen { lines: document.lines.iter().map(|line| (line, squeezed(line))).collect() }
    }

    fn is_row(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|(line, _)| matches!(line.kind, Kind::Row { .. }))
    }

    /// The cell that begins or covers a column of a row, with its squeezed text.
    fn at(&self, line: usize, column: usize) -> Option<(&'a Cell, &str)> {
        let (line, texts) = self.lines.get(line)?;
        let covers = |(cell, _): &(&Cell, &String)| (cell.column..cell.column + cell.span).contains(&column);
        line.cells.iter().zip(texts).find(covers).map(|(cell, text)| (cell, text.as_str()))
    }

    fn text(&self, lines: Range<usize>) -> String {
        let texts: Vec<_> = self.lines[lines].iter().filter_map(|(line, _)| line.lone_text()).collect();
        texts.join(" ")
    }

    /// How rows stand from a line on; `None` where they do not, or more labels than a few stand otherwise.
    fn standing(&self, rows: &[Printed], from: usize, most: usize) -> Option<Standing> {
        let mut standing = Standing { lines: vec![from], wrong: 0 };
        let mut line = from;
        for row in rows {
            if self.is_row(line) {
                for (column, label) in &row.labels {
                    standing.wrong += usize::from(self.at(line, *column).is_none_or(|(_, text)| text != label));
                    if standing.wrong > most {
                        return None;
                    }
                }
                line += 1;
            } else {
                line += self.paragraphs_of(&row.lone.as_ref()?.0, line)?;
            }
            standing.lines.push(line);
        }
        Some(standing)
    }

    /// How many paragraphs from a line on are one text.
    fn paragraphs_of(&self, text: &str, from: usize) -> Option<usize> {
        let mut rest = text;
        for (at, (line, texts)) in self.lines.get(from..)?.iter().enumerate() {
            let [piece] = texts.as_slice() else { return None };
            rest = rest.strip_prefix(piece.as_str()).filter(|_| line.kind == Kind::Paragraph && !piece.is_empty())?;
            if rest.is_empty() {
                return Some(at + 1);
            }
        }
        None
    }
}
