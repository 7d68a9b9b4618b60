//! What is said where a file and what it carries differ.

use crate::finding::{Finding, Severity};
use crate::form::CellId;
use crate::language::Language;
use crate::publication;
use crate::report::{ReadError, Report};
use crate::words;

/// The rule under which differences are told.
const RULE: &str = "carried";
/// How many differing figures are told one by one.
const TOLD_EACH: usize = 12;
/// How much of a text a sentence quotes, in characters.
const QUOTED: usize = 40;

fn info(message: String) -> Finding {
    Finding::new(RULE, Severity::Info, message)
}

pub fn is_about_carried(finding: &Finding) -> bool {
    finding.rule == RULE
}

/// The carried JSON cannot be read.
pub fn is_broken(error: &ReadError, language: Language) -> Finding {
    info(language.say(words::CARRIED_BROKEN, &[("reason", error.sentence(language))]))
}

/// The file shows a report, and carries another one.
pub fn is_another(language: Language) -> Finding {
    info(language.word(words::CARRIED_ANOTHER).to_owned())
}

/// The file was filled in anew for another year than the report that it carries.
pub fn is_of_another_year(seen: i32, carried: i32, language: Language) -> Finding {
    info(language.say(words::CARRIED_ANOTHER_YEAR, &[("seen", &seen.to_string()), ("carried", &carried.to_string())]))
}

/// The file shows nothing of the report that it carries.
pub fn is_unseen(language: Language) -> Finding {
    info(language.word(words::CARRIED_UNSEEN).to_owned())
}

/// A text of the cover differs; `what` says which, in the language.
pub fn cover(what: &str, seen: &str, carried: &str, language: Language) -> Finding {
    info(language.say(
        words::CARRIED_COVER,
        &[("what", what), ("seen", &quoted(seen, language)), ("carried", &quoted(carried, language))],
    ))
}

/// The headings differ.
pub fn headings(seen: &[String], language: Language) -> Finding {
    let seen = seen.join(language.word(words::LIST_SEMICOLON));
    info(language.say(words::CARRIED_HEADINGS, &[("seen", &quoted(&seen, language))]))
}

/// The text of a section differs.
pub fn section(id: &str, report: &Report, language: Language) -> Finding {
    let known = report.form.sections.iter().find(|known| known.id == id);
    let name = known.map_or_else(|| id.to_owned(), |section| section.printed_heading(language));
    let message = language.say(words::CARRIED_SECTION, &[("name", &name)]);
    info(message).in_section(id)
}

/// Figures differ: each with its finding, or one for all where they are many.
pub fn figures(cells: &[CellId], seen: &Report, carried: &Report, language: Language) -> Vec<Finding> {
    let form = &carried.form;
    let address = |cell: &CellId| form.cell(*cell).address.clone();
    let shown = |report: &Report, cell| match report.is_unread(cell) {
        true => language.word(words::CARRIED_NOT_LEGIBLE).to_owned(),
        false => quoted(&publication::figure(report, cell), language),
    };
    let told = |&cell: &CellId| {
        let message = language.say(
            words::CARRIED_FIGURE,
            &[
                ("row", &form.row_label(cell, language)),
                ("column", &form.column_label(cell, language)),
                ("seen", &shown(seen, cell)),
                ("carried", &shown(carried, cell)),
            ],
        );
        info(message).about(vec![address(&cell)]).in_section(&form.section_of(form.cell(cell).table).id)
    };
    if cells.len() <= TOLD_EACH {
        return cells.iter().map(told).collect();
    }
    let message = language.say(words::CARRIED_FIGURES, &[("count", &cells.len().to_string())]);
    vec![info(message).about(cells.iter().map(address).collect())]
}

/// The beginning of a text; a word where there is none.
fn quoted(text: &str, language: Language) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut quoted: String = line.chars().take(QUOTED).collect();
    match () {
        _ if quoted.is_empty() => return language.word(words::CARRIED_BLANK).to_owned(),
        _ if quoted.len() < line.len() => quoted.push('…'),
        _ => {}
    }
    quoted
}
