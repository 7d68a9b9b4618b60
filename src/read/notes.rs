//! What the reader has to say: sentences about rows that it could not read.

use std::sync::Arc;

use super::doubts::{Asked, Inferred};
use super::slips::{Misread, Missing};
use crate::finding::{Finding, Severity};
use crate::form::{CellId, Form};
use crate::language::{Language, Message, Text};
use crate::words;

/// Something that the reading leaves open.
pub enum Note {
    /// The figures of a row cannot be told apart.
    Unread { text: String, cells: Vec<CellId> },
    /// A row that stands there twice, the second time with other figures.
    Twice { text: String, cells: Vec<CellId> },
    /// The same, with what they may be.
    Asked(Asked),
    /// Figures that were inferred.
    Inferred(Inferred),
    /// Letters in place of digits.
    Misread(Misread),
    /// Cells and rows that were lost.
    Missing(Missing),
    /// A row that the form does not have.
    Unplaced { text: String },
    /// Text among the tables that no label explains.
    Leftover(String),
    /// A row of another form; the cells that its figures went to.
    OtherForm { text: String, other: Arc<Form>, cells: Vec<CellId> },
    /// A row's label in other words than the prescribed ones.
    OtherLabel { text: String, cells: Vec<CellId> },
    /// The year was taken from the running text.
    GuessedYear(i32),
    /// Only text was found.
    NoTable,
    /// Only text was found, and pictures, which may be the tables.
    NoTableButPictures,
    /// No row of a section's tables was found, and the document holds pictures, which may be the tables.
    PictureForTable { section: usize, cells: Vec<CellId> },
}

/// The finding for what there is to tell of a file.
pub fn told(note: &Text, language: Language) -> Finding {
    Finding::new("unread", Severity::Info, note.get(language).to_owned())
}

/// The finding for a note.
pub fn finding(note: &Note, form: &Form, language: Language) -> Finding {
    let (mut rule, mut severity, mut values) = ("unread", Severity::Warning, Vec::new());
    let (message, cells): (Message, &[CellId]) = match note {
        Note::Asked(asked) => return asked.finding(form, language),
        Note::Inferred(inferred) => return inferred.finding(form, language),
        Note::Misread(misread) => return misread.finding(form, language),
        Note::Missing(missing) => return missing.finding(form, language),
        Note::Unread { text, cells } => {
            values = vec![("row", row_of(form, cells, language)), ("text", text.clone())];
            (words::READ_UNCLEAR, cells)
        }
        Note::Twice { text, cells } => {
            values = vec![("row", row_of(form, cells, language)), ("text", text.clone())];
            (words::READ_TWICE, cells)
        }
        Note::Unplaced { text } => {
            values.push(("text", text.clone()));
            (words::READ_UNPLACED, &[])
        }
        Note::Leftover(text) => {
            severity = Severity::Info;
            values.push(("text", text.clone()));
            (words::READ_LEFTOVER, &[])
        }
        Note::OtherForm { text, other, cells } => {
            rule = "form-year";
            let name = |form: &Form| form.name.get(language).to_owned();
            values = vec![("text", text.clone()), ("other", name(other)), ("form", name(form))];
            (words::READ_OTHER_FORM, cells)
        }
        Note::OtherLabel { text, cells } => {
            (rule, severity) = ("template", Severity::Info);
            let label = |cell: &CellId| &form.table(*cell).rows[form.cell(*cell).row].label.zh;
            values = vec![("text", text.clone()), ("due", cells.first().map(label).cloned().unwrap_or_default())];
            (words::READ_OTHER_LABEL, cells)
        }
        Note::GuessedYear(year) => {
            severity = Severity::Info;
            values.push(("year", year.to_string()));
            (words::READ_GUESSED_YEAR, &[])
        }
        Note::NoTable => (words::READ_NO_TABLE, &[]),
        Note::NoTableButPictures => (words::READ_NO_TABLE_BUT_PICTURES, &[]),
        Note::PictureForTable { section, cells } => {
            severity = Severity::Info;
            values.push(("heading", form.sections[*section].printed_heading(language)));
            (words::READ_PICTURE_FOR_TABLE, cells)
        }
    };
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut finding = Finding::new(rule, severity, language.say(message, &values));
    if matches!(note, Note::OtherLabel { .. }) {
        "label".clone_into(&mut finding.code);
    }
    finding.cells = cells.iter().map(|cell| form.cell(*cell).address.clone()).collect();
    finding.section = cells.first().map(|cell| form.section_of(form.cell(*cell).table).id.clone());
    finding
}

/// The label of the row that all cells stand in; nothing where there are several.
fn row_of(form: &Form, cells: &[CellId], language: Language) -> String {
    let place = |cell: &CellId| (form.cell(*cell).table, form.cell(*cell).row);
    match cells.first() {
        Some(first) if cells.iter().all(|cell| place(cell) == place(first)) => {
            let label = form.row_label(*first, language);
            language.say(words::READ_ROW, &[("label", &label)])
        }
        _ => String::new(),
    }
}
