//! Sentences about what character recognition did to a table, each with a suggestion.

use super::inference::Filling;
use super::recognition::Slip;
use crate::finding::{Change, Finding, Repair, Severity};
use crate::form::{CellId, Form};
use crate::language::Language;
use crate::words;

/// Cells of a section that were read, but not as they must have been.
pub struct Misread {
    section: usize,
    slip: Slip,
    /// Each with what stands there and the number that it looks like.
    changes: Vec<(CellId, String, String)>,
    relations: Vec<usize>,
}

/// Blank cells of a section that the relations determine: a row that was not found, or cells lost among others.
pub struct Missing {
    pub section: usize,
    pub filling: Filling,
    pub is_row: bool,
    pub relations: Vec<usize>,
}

impl Misread {
    pub fn of(section: usize, slip: Slip) -> Misread {
        Misread { section, slip, changes: Vec::new(), relations: Vec::new() }
    }

    pub fn add(&mut self, changes: Vec<(CellId, String, String)>, relations: &[usize]) {
        self.changes.extend(changes);
        self.relations.extend(relations);
        self.relations.sort_unstable();
        self.relations.dedup();
    }

    pub fn finding(&self, form: &Form, language: Language) -> Finding {
        let names = names(form, &self.relations, language);
        let hold = match names.is_empty() {
            true => String::new(),
            false => language.say(words::MISREAD_RELATIONS_HOLD, &[("names", &names)]),
        };
        let shown = self.changes.iter().find(|(_, from, _)| !from.is_empty()).or(self.changes.first());
        let (from, to) = shown.map_or(("", ""), |(_, from, to)| (from, to));
        let section = &form.sections[self.section];
        let (heading, count) = (section.printed_heading(language), self.changes.len().to_string());
        let message = language.say(
            words::MISREAD_CELLS,
            &[
                ("heading", &heading),
                ("count", &count),
                ("why", self.slip.words(language)),
                ("from", from),
                ("to", to),
                ("hold", &hold),
            ],
        );
        let changes = self.changes.iter().map(|(cell, from, to)| change(form, *cell, from, to)).collect();
        let why = self.slip.words(language).to_owned();
        let cells: Vec<CellId> = self.changes.iter().map(|(cell, ..)| *cell).collect();
        Finding::new("misread", Severity::Warning, message)
            .coded(if self.slip == Slip::Letters { "letters" } else { "merged" })
            .about(addresses(form, &cells))
            .in_section(&section.id)
            .repaired_by(vec![Repair { changes, why, ..Repair::default() }])
    }
}

impl Missing {
    pub fn finding(&self, form: &Form, language: Language) -> Finding {
        let section = &form.sections[self.section];
        let (code, message) = match self.is_row {
            true => ("row", words::MISREAD_MISSING_ROW),
            false => ("cell", words::MISREAD_MISSING_CELLS),
        };
        let row = self.filling.first().map(|(cell, _)| form.row_label(*cell, language)).unwrap_or_default();
        let mut texts: Vec<&str> = self.filling.iter().map(|(_, text)| text.as_str()).collect();
        if texts.iter().all(|text| Some(text) == texts.first()) {
            texts.truncate(1);
        }
        let values = [
            ("heading", &*section.printed_heading(language)),
            ("row", &row),
            ("count", &self.filling.len().to_string()),
            ("names", &names(form, &self.relations, language)),
            ("values", &texts.join(language.word(words::LIST_COMMA))),
        ];
        let changes = self.filling.iter().map(|(cell, text)| change(form, *cell, "", text)).collect();
        let cells: Vec<CellId> = self.filling.iter().map(|(cell, _)| *cell).collect();
        Finding::new("misread", Severity::Warning, language.say(message, &values))
            .coded(code)
            .about(addresses(form, &cells))
            .in_section(&section.id)
            .repaired_by(vec![Repair { changes, ..Repair::default() }])
    }
}

impl Slip {
    /// What happened, as part of a sentence.
    pub fn words(self, language: Language) -> &'static str {
        match self {
            Slip::Letters => language.word(words::MISREAD_LETTERS),
            Slip::Merged => language.word(words::MISREAD_MERGED),
            Slip::Lost => language.word(words::MISREAD_LOST),
            Slip::Added => language.word(words::MISREAD_ADDED),
        }
    }
}

/// The names of relations, in a row.
pub fn names(form: &Form, relations: &[usize], language: Language) -> String {
    let names: Vec<_> = relations.iter().map(|at| form.relations[*at].name.get(language)).collect();
    names.join(language.word(words::LIST_COMMA))
}

pub fn addresses(form: &Form, cells: &[CellId]) -> Vec<String> {
    cells.iter().map(|cell| form.cell(*cell).address.clone()).collect()
}

/// What would be entered in a cell.
pub fn change(form: &Form, cell: CellId, from: &str, to: &str) -> Change {
    Change { cell: form.cell(cell).address.clone(), from: from.to_owned(), to: to.to_owned() }
}
