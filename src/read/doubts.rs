//! Sentences about torn rows: what is known of them by inference, and what has to be asked.

use super::inference::{Basis, Doubt, Filling, Question};
use super::slips::{addresses, change, names};
use crate::check::cell_label;
use crate::finding::{Finding, Repair, Severity};
use crate::form::{CellId, Form};
use crate::language::Language;
use crate::words;

/// Figures that are known by inference, of one section and for one reason.
pub struct Inferred {
    pub section: usize,
    pub basis: Basis,
    /// Of how many rows.
    pub rows: usize,
    pub cells: Vec<CellId>,
    /// The relations by which they are known.
    pub relations: Vec<usize>,
    /// What stood in one of the rows.
    pub sample: String,
}

/// Cells that have to be asked for.
pub struct Asked {
    /// The rows as they stand.
    pub texts: Vec<String>,
    pub question: Question,
    /// Whether other cells of the rows are known.
    pub is_partly_known: bool,
}

/// How many cells a sentence names with what they may hold.
const NAMED: usize = 3;

impl Inferred {
    pub fn finding(&self, form: &Form, language: Language) -> Finding {
        let names = names(form, &self.relations, language);
        let (code, severity, message) = match self.basis {
            Basis::Laws if names.is_empty() => ("", Severity::Info, words::INFERRED_RUN_TOGETHER),
            Basis::Laws => ("", Severity::Info, words::INFERRED_BY_LAWS),
            Basis::Prior => ("prior", Severity::Info, words::INFERRED_BY_PRIOR),
            Basis::Row => ("row", Severity::Warning, words::INFERRED_BY_ROW),
        };
        let section = &form.sections[self.section];
        let heading = section.printed_heading(language);
        let (rows, cells) = (self.rows.to_string(), self.cells.len().to_string());
        let values =
            [("heading", &*heading), ("rows", &rows), ("sample", &self.sample), ("names", &names), ("cells", &cells)];
        let finding = Finding::new("inferred", severity, language.say(message, &values)).coded(code);
        finding.about(addresses(form, &self.cells)).in_section(&section.id)
    }
}

impl Asked {
    pub fn finding(&self, form: &Form, language: Language) -> Finding {
        let Question { cells, doubt, .. } = &self.question;
        let text: Vec<_> = self.texts.iter().map(|text| language.quoted(text)).collect();
        let text = text.join(language.word(words::LIST_COMMA));
        let (known, row) = (self.known(language), self.row(form, language));
        let mut values = vec![("row", row), ("text", text), ("known", known)];
        let mut repairs = Vec::new();
        let message = match doubt {
            Doubt::Several { count, told, values: each } => {
                values.push(("may_be", self.may_be(form, told, each, language)));
                values.push(("count", count.to_string()));
                // One reading that no relation confirms is no suggestion.
                if *count > 1 {
                    repairs.extend(told.iter().map(|filling| repair(form, cells, filling, "")));
                }
                match *count {
                    u64::MAX => words::ASKED_COUNTLESS,
                    1 => words::ASKED_UNCONFIRMED,
                    _ => words::ASKED_SEVERAL,
                }
            }
            Doubt::Likely { told, slip, relations } => {
                let (slip, names) = (slip.words(language), names(form, relations, language));
                values.extend([("slip", slip.to_owned()), ("names", names.clone())]);
                values.push(("may_be", self.may_be(form, told, &[], language)));
                repairs.extend(told.iter().map(|filling| repair(form, cells, filling, slip)));
                match (names.is_empty(), &told[..]) {
                    (false, [_]) => words::ASKED_ONE_CORRECTION,
                    _ => words::ASKED_LIKELY,
                }
            }
            Doubt::TooMany => words::ASKED_TOO_MANY,
            Doubt::None { nearest: None } => words::ASKED_UNCLEAR,
            Doubt::None { nearest: Some((filling, broken)) } => {
                values.push(("nearest", self.nearest(form, filling, broken, language)));
                repairs.push(repair(form, cells, filling, ""));
                words::ASKED_NONE_HOLDS
            }
        };
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let mut finding = Finding::new("unread", Severity::Warning, language.say(message, &values));
        finding.section = cells.first().map(|cell| form.section_of(form.cell(*cell).table).id.clone());
        finding.about(addresses(form, cells)).repaired_by(repairs)
    }

    /// The label of the row, where it is one.
    fn row(&self, form: &Form, language: Language) -> String {
        let place = |cell: &CellId| (form.cell(*cell).table, form.cell(*cell).row);
        let cells = &self.question.cells;
        match cells.first() {
            Some(first) if cells.iter().all(|cell| place(cell) == place(first)) => {
                let label = form.row_label(*first, language);
                language.say(words::ASKED_ROW, &[("label", &label)])
            }
            _ => String::new(),
        }
    }

    fn known(&self, language: Language) -> String {
        let count = self.question.cells.len().to_string();
        match self.is_partly_known {
            true => language.say(words::ASKED_PARTLY_KNOWN, &[("count", &count)]),
            false => String::new(),
        }
    }

    /// What may stand there, where that is little.
    fn may_be(&self, form: &Form, told: &[Filling], values: &[(CellId, Vec<String>)], language: Language) -> String {
        let or = language.word(words::LIST_OR);
        let told = match told {
            [] => {
                let one = |(cell, texts): &(CellId, Vec<String>)| {
                    let texts: Vec<_> = texts.iter().map(|text| shown(text, language)).collect();
                    let label = cell_label(form, *cell, language);
                    [&*language.quoted(&label), " ", &texts.join(language.word(words::LIST_COMMA))].concat()
                };
                values.iter().take(NAMED).map(one).collect::<Vec<_>>().join(language.word(words::LIST_SEMICOLON))
            }
            told => told.iter().map(|filling| in_row(filling, language)).collect::<Vec<_>>().join(or),
        };
        match told.is_empty() {
            true => String::new(),
            false => language.say(words::ASKED_MAY_BE, &[("told", &told)]),
        }
    }

    fn nearest(&self, form: &Form, filling: &Filling, broken: &[usize], language: Language) -> String {
        let mut relations: Vec<usize> = broken.iter().map(|law| form.instances[*law].relation).collect();
        relations.dedup();
        let names = names(form, &relations, language);
        let (count, filling) = (broken.len().to_string(), in_row(filling, language));
        language.say(words::ASKED_NEAREST, &[("filling", &filling), ("count", &count), ("names", &names)])
    }
}

/// Figures in their order.
fn in_row(filling: &Filling, language: Language) -> String {
    let texts: Vec<_> = filling.iter().map(|(_, text)| shown(text, language)).collect();
    texts.join(language.word(words::LIST_COMMA))
}

fn shown(text: &str, language: Language) -> String {
    if text.is_empty() { language.word(words::BLANK).to_owned() } else { text.to_owned() }
}

/// A reading as it would be filled in: a blank cell stays as it is.
fn repair(form: &Form, cells: &[CellId], filling: &Filling, why: &str) -> Repair {
    let filled = filling.iter().filter(|(cell, text)| !text.is_empty() && cells.contains(cell));
    let changes = filled.map(|(cell, text)| change(form, *cell, "", text)).collect();
    Repair { changes, why: why.to_owned(), ..Repair::default() }
}
