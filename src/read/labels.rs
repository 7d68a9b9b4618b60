//! What a form prints, folded for comparison: every label with what it heads, every row of figures.

use std::collections::HashSet;
use std::ops::Range;

use super::fold::{Folder, without_parentheses};
use crate::form::{Axis, CellId, Form, Laid, LaidCell};

/// The printed form.
pub struct Labels<'a> {
    pub form: &'a Form,
    pub rows: Vec<PrintedRow>,
    pub labels: Vec<Label>,
    pub sections: Vec<PrintedSection>,
}

/// A line of figures as the form prints it.
#[derive(Debug)]
pub struct PrintedRow {
    pub table: usize,
    /// The section in which it is printed, by position.
    pub section: usize,
    /// The width of the printed table.
    pub width: usize,
    pub figures: Vec<Figure>,
    /// The ways in which its label may be written, the full one first; none for a row without one.
    pub wordings: Vec<Vec<char>>,
}

/// A figure with the grid columns that it takes.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    pub cell: CellId,
    pub column: usize,
    pub span: usize,
}

#[derive(Debug)]
pub struct Label {
    pub text: Vec<char>,
    pub heads: Heads,
}

/// What a label stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heads {
    Row(usize),
    /// A merged head over several rows.
    Group(Range<usize>),
    /// A column head, banner or corner of a table.
    Table(usize),
    /// The heading of a section.
    Section,
}

#[derive(Debug)]
pub struct PrintedSection {
    /// The heading without its number.
    pub heading: Vec<char>,
    /// The heading with its number; the same where it has none.
    pub numbered: Vec<char>,
    /// The rows printed in it.
    pub rows: Range<usize>,
}

impl<'a> Labels<'a> {
    pub fn new(form: &'a Form, folder: &Folder) -> Labels<'a> {
        let mut labels = Labels { form, rows: Vec::new(), labels: Vec::new(), sections: Vec::new() };
        for (index, section) in form.sections.iter().enumerate() {
            let first = labels.rows.len();
            for sheet in &section.sheets {
                let layout = form.layout(sheet);
                for block in &layout.blocks {
                    let rows = &layout.rows[block.first_row..block.first_row + block.rows];
                    labels.add_block(rows, block.table, index, sheet.width, folder);
                }
            }
            let heading = folder.fold(&section.heading.zh);
            let numbered = [folder.fold(&section.number), heading.clone()].concat();
            labels.add(numbered.clone(), Heads::Section);
            labels.add(heading.clone(), Heads::Section);
            labels.sections.push(PrintedSection { heading, numbered, rows: first..labels.rows.len() });
        }
        labels
    }

    fn add(&mut self, text: Vec<char>, heads: Heads) {
        if !text.is_empty() && !self.labels.iter().any(|label| label.text == text && label.heads == heads) {
            self.labels.push(Label { text, heads });
        }
    }

    /// Adds the rows and labels of one table of a printed sheet.
    fn add_block(&mut self, rows: &[Vec<LaidCell>], table: usize, section: usize, width: usize, folder: &Folder) {
        let across = self.form.tables[table].across;
        let mut open: Vec<(Vec<char>, usize, usize)> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let figures: Vec<_> = row.iter().filter_map(figure).collect();
            open.retain(|(_, until, _)| *until > at);
            let mut wordings = Vec::new();
            for cell in row {
                let (label, axis, line) = match &cell.laid {
                    Laid::Banner(label) | Laid::Corner(label) => (label, None, None),
                    Laid::Head { label, axis, line } => (label, Some(*axis), *line),
                    Laid::Figure(_) => continue,
                };
                let text = folder.fold(&label.zh);
                match (axis, line) {
                    (Some(Axis::Row), Some(_)) if !across => wordings = wordings_of(&label.zh, folder),
                    (Some(Axis::Row), None) if !across => open.push((text, at + cell.rows, self.rows.len())),
                    _ => self.add(text, Heads::Table(table)),
                }
            }
            if figures.is_empty() {
                continue;
            }
            let index = self.rows.len();
            if let Some(text) = wordings.first() {
                self.add(text.clone(), Heads::Row(index));
            }
            self.rows.push(PrintedRow { table, section, width, figures, wordings });
            for (text, _, first) in open.iter().filter(|(_, until, _)| *until == at + 1) {
                self.labels.push(Label { text: text.clone(), heads: Heads::Group(*first..index + 1) });
            }
        }
    }

    /// The column heads, banner and corner of a table.
    pub fn heads_of(&self, table: usize) -> HashSet<&[char]> {
        let own = self.labels.iter().filter(|label| label.heads == Heads::Table(table));
        own.map(|label| label.text.as_slice()).collect()
    }

    /// How many different labels of the form stand in a document, exactly.
    pub fn count_in(&self, texts: &HashSet<Vec<char>>) -> usize {
        texts.iter().filter(|text| self.labels.iter().any(|label| label.text == **text)).count()
    }
}

fn figure(cell: &LaidCell) -> Option<Figure> {
    match cell.laid {
        Laid::Figure(id) => Some(Figure { cell: id, column: cell.column, span: cell.columns }),
        _ => None,
    }
}

/// A label in full, without its notes in parentheses, and without its number.
fn wordings_of(label: &str, folder: &Folder) -> Vec<Vec<char>> {
    let bare = without_parentheses(label);
    let numbered = label.split_once(['、', '.', '．']).filter(|(number, _)| number.chars().count() <= 2);
    let without_note = label.rfind(['（', '(']).filter(|at| *at > 0).map(|at| &label[..at]);
    let mut wordings = vec![folder.fold(label)];
    let bare = Some(&*bare).filter(|bare| *bare != label);
    let others = [bare, numbered.map(|(_, rest)| rest), without_note];
    for wording in others.into_iter().flatten().map(|text| folder.fold(text)) {
        if wording.len() >= 2 && !wordings.contains(&wording) {
            wordings.push(wording);
        }
    }
    wordings
}
