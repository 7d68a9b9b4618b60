//! The rows that a document shows: labels, and the figures that stand with them.

use super::document::{Cell, Document, Kind, Line};
use super::figures::{Figures, are_figures, is_figure};
use super::lookalike;

/// How many lines of labels before a row are remembered.
const REMEMBERED: usize = 48;

/// A row of figures as observed.
#[derive(Clone, Debug)]
pub struct Observed {
    pub first_line: usize,
    pub last_line: usize,
    /// The labels on the row itself, or right before its figures.
    pub own: Vec<String>,
    /// The labels since the row before, the nearest last.
    pub before: Vec<String>,
    /// Whether its labels are surely its own; figures that stand alone on a line may belong to a
    /// label before or after them.
    pub attached: bool,
    /// Whether its cells stand below each other, one a line.
    pub downwards: bool,
    /// Whether at least one of its cells holds a figure.
    pub has_figures: bool,
    pub figures: Figures,
}

impl Observed {
    /// What stands there, for people.
    pub fn text(&self) -> String {
        let cells = self.figures.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
        let labels = if self.attached { &self.own[..] } else { &[] };
        // Of a column of labels the nearest; of a row's own the merged head too.
        let nearest = if self.downwards { 1 } else { 2 };
        let last = labels.len().saturating_sub(nearest);
        labels[last..].iter().map(String::as_str).chain(cells).collect::<Vec<_>>().join(" | ")
    }
}

/// Finds the rows of a document.
pub fn rows(document: &Document) -> Vec<Observed> {
    let mut reader = Reader::default();
    for (at, line) in document.lines.iter().enumerate() {
        match line.kind {
            Kind::Row { .. } => reader.placed(at, line),
            Kind::Loose | Kind::Glued => reader.beside(at, line),
            Kind::Paragraph => reader.paragraph(at, line),
        }
    }
    reader.rows
}

#[derive(Default)]
struct Reader {
    rows: Vec<Observed>,
    pending: Vec<String>,
    /// Whether the last row is a column of single figures that may go on.
    open: bool,
}

impl Reader {
    fn label(&mut self, text: &str) {
        self.open = false;
        if self.pending.len() == REMEMBERED {
            self.pending.remove(0);
        }
        self.pending.push(text.to_owned());
    }

    fn push(&mut self, at: usize, own: Vec<String>, attached: bool, figures: Figures) {
        let before = std::mem::take(&mut self.pending);
        let has_figures = figures.kind == Kind::Glued || figures.cells.iter().any(|cell| are_figures(&cell.text));
        self.rows.push(Observed {
            first_line: at,
            last_line: at,
            own,
            before,
            attached,
            downwards: false,
            has_figures,
            figures,
        });
        self.open = false;
    }

    /// A row with its blank cells in place.
    fn placed(&mut self, at: usize, line: &Line) {
        let lead = lead(&line.cells);
        let (labels, cells) = line.cells.split_at(lead);
        let own: Vec<_> = labels.iter().map(|cell| cell.text.clone()).filter(|text| !text.is_empty()).collect();
        if cells.is_empty() || cells.iter().all(|cell| cell.text.is_empty()) && own.is_empty() {
            own.iter().for_each(|text| self.label(text));
            return;
        }
        let lines = vec![at; cells.len()];
        let figures = Figures { kind: line.kind, cells: cells.to_vec(), whole: line.cells.clone(), lines };
        let has_figures = cells.iter().any(|cell| are_figures(&cell.text));
        let remembered = if has_figures { Vec::new() } else { self.pending.clone() };
        let attached = !own.is_empty();
        self.push(at, own, attached, figures);
        if !has_figures {
            // It may as well be a head row.
            self.pending = remembered;
            line.cells.iter().filter(|cell| !cell.text.is_empty()).for_each(|cell| self.label(&cell.text));
        }
    }

    /// Cells beside each other without places: labels, then figures, perhaps several times.
    fn beside(&mut self, at: usize, line: &Line) {
        let mut own = Vec::new();
        let mut cells: Vec<Cell> = Vec::new();
        let some_figures = line.cells.iter().any(|cell| are_figures(&cell.text));
        let is_cell = |text: &str| match line.kind {
            // What stood between labels and is no label.
            Kind::Glued => !text.contains(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) && !"元万".contains(c)),
            _ => are_figures(text) || some_figures && lookalike::digits(text).is_some(),
        };
        for cell in &line.cells {
            if is_cell(&cell.text) {
                cells.push(cell.clone());
                continue;
            }
            if !cells.is_empty() {
                self.end_beside(at, line.kind, &mut own, &mut cells);
            }
            own.push(cell.text.clone());
        }
        if cells.is_empty() {
            own.iter().for_each(|text| self.label(text));
        } else {
            self.end_beside(at, line.kind, &mut own, &mut cells);
        }
    }

    fn end_beside(&mut self, at: usize, kind: Kind, own: &mut Vec<String>, cells: &mut Vec<Cell>) {
        let (own, cells) = (std::mem::take(own), std::mem::take(cells));
        let attached = !own.is_empty();
        let lines = vec![at; cells.len()];
        self.push(at, own, attached, Figures { kind, whole: cells.clone(), cells, lines });
    }

    fn paragraph(&mut self, at: usize, line: &Line) {
        let text = line.cells[0].text.as_str();
        if is_figure(text) || self.open && lookalike::digits(text).is_some() {
            return self.single(at, text);
        }
        let words: Vec<_> = text.split_whitespace().collect();
        let count = figures_behind(&words);
        let (labels, figures) = words.split_at(words.len() - count);
        if figures.is_empty() {
            return self.label(text);
        }
        let own: Vec<_> = labels.iter().map(|word| (*word).to_owned()).collect();
        let attached = !own.is_empty();
        let cells = figures.iter().map(|word| Cell { text: (*word).to_owned(), column: 0, span: 1 });
        let cells: Vec<_> = cells.collect();
        let lines = vec![at; cells.len()];
        self.push(at, own, attached, Figures { kind: Kind::Paragraph, whole: Vec::new(), cells, lines });
        self.open = attached && figures.len() == 1;
    }

    /// A figure on a line of its own: the next cell of a row that is written downwards.
    fn single(&mut self, at: usize, text: &str) {
        let cell = Cell { text: text.to_owned(), column: 0, span: 1 };
        if let Some(row) = self.rows.last_mut().filter(|_| self.open) {
            row.figures.cells.push(cell);
            row.figures.lines.push(at);
            row.last_line = at;
            return;
        }
        let own = self.pending.split_off(self.pending.len().saturating_sub(8));
        let figures = Figures { kind: Kind::Paragraph, whole: Vec::new(), cells: vec![cell], lines: vec![at] };
        let attached = !own.is_empty();
        self.push(at, own, attached, figures);
        if let Some(row) = self.rows.last_mut() {
            row.downwards = true;
        }
        self.open = true;
    }
}

/// How many words at the end of a line are figures: letters that look like digits count where at least as
/// many figures stand there.
fn figures_behind(words: &[&str]) -> usize {
    let behind = |is: &dyn Fn(&str) -> bool| words.iter().rev().take_while(|word| is(word)).count();
    let count = behind(&|word| is_figure(word) || lookalike::digits(word).is_some());
    let sure = words[words.len() - count..].iter().filter(|word| is_figure(word)).count();
    if sure * 2 >= count { count } else { behind(&is_figure) }
}

/// How many cells at the front of a row are labels.
fn lead(cells: &[Cell]) -> usize {
    let filled = |cell: &Cell| !cell.text.is_empty();
    let Some(first) = cells.iter().position(filled) else { return 0 };
    let some_figures = cells.iter().any(|cell| are_figures(&cell.text));
    let is_figure = |cell: &Cell| are_figures(&cell.text) || some_figures && lookalike::digits(&cell.text).is_some();
    if is_figure(&cells[first]) {
        return 0;
    }
    if let Some(figure) = cells.iter().position(is_figure) {
        let last = cells[..figure].iter().rposition(filled).unwrap_or(first);
        return last + 1;
    }
    // No figure at all: labels up to the first blank, or the first cell alone.
    let labels = cells[first..].iter().take_while(|cell| filled(cell)).count();
    if first + labels < cells.len() { first + labels } else { first + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::text;

    fn check(source: &str, expect: &[&str]) {
        let shown: Vec<_> = rows(&text::document(source)).iter().filter(|row| row.has_figures).map(shown).collect();
        assert_eq!(shown, expect);
    }

    fn shown(row: &Observed) -> String {
        let cells: Vec<_> = row.figures.cells.iter().map(|cell| cell.text.as_str()).collect();
        format!("{} = {}", row.own.join("+"), cells.join(","))
    }

    #[test]
    fn rows_are_found_in_every_layout() {
        check("规章\n\n0\n\n5\n\n-\n\n其他\n1", &["规章 = 0,5,-", "其他 = 1"]);
        check("三、本年 | （一）予以公开 | 2 | 1 |", &["三、本年+（一）予以公开 = 2,1"]);
        check("规章 0 5 0\n年\n度 4.保护 1 2", &["规章 = 0,5,0", "度+4.保护 = 1,2"]);
        check("4 0 0\n0 0 1", &[" = 4,0,0", " = 0,0,1"]);
        check("\t（四）\t\t3\t\t4", &["（四） = ,3,,4"]);
        check("规章\tO\t5\t0\n办结 O 1 l\n办结 O 1 2\nB 办公室 O", &["规章 = O,5,0", "办结 = O,1,2"]);
        check("规章\n0\nO\n5", &["规章 = 0,O,5"]);
    }
}
