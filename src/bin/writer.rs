//! The writer in a browser: the module that is loaded once a report is to be had as a page, a text or a list, or a
//! chart of it as a file. Word documents and workbooks are made by the module `office`.

#[path = "platform/writing.rs"]
mod writing;

use nianbao::offline::{self, Program};
use nianbao::write::{self, Charts};
use wasm_bindgen::prelude::*;
use writing::{Desk, chosen};

fn main() {}

/// Writes one chart of a report as SVG with its title, its sentence and its source, in a language, for a width in CSS
/// pixels. `others` and `choices` are what they are for [`write`].
///
/// # Errors
/// Throws one sentence; where there is no such chart it names those that there are.
#[wasm_bindgen]
pub fn chart(
    report: &str,
    others: &str,
    id: &str,
    choices: Vec<String>,
    language: &str,
    width: f64,
    forms: Vec<String>,
) -> Result<String, JsValue> {
    let desk = Desk::new(language, &forms)?;
    let (report, others, choices) = (desk.report(report)?, desk.reports(others)?, chosen(&choices));
    let charts = Charts { others: &others, choices: &choices, named: None };
    let written = write::chart(&report, charts, id, desk.language, width);
    written.map_err(|error| desk.thrown(error.sentence(desk.language)))
}

/// One file that works without a network: a page with the report in it as data, its tables, and the program that shows
/// and edits it. `report` is its JSON, `previous` what it was before it was last saved, where the page is to hold that
/// too; `attributes` are those of the element, each a name with its value behind it: those that belong to such a file
/// are kept, [`offline::ATTRIBUTES`]. `program` are the texts of the program's files, each
/// `{"version": …, "parts": [{"name": …, "hash": …, "text": …}, …]}`, in their order; `language` and `forms` are what
/// they are for `write`. The same pieces give the same text.
///
/// # Errors
/// Throws one sentence that says what to do.
#[wasm_bindgen]
pub fn bundle(
    report: &str,
    previous: Option<String>,
    attributes: Vec<String>,
    program: Vec<String>,
    language: &str,
    forms: Vec<String>,
) -> Result<String, JsValue> {
    let desk = Desk::new(language, &forms)?;
    let report = desk.report(report)?;
    let program = Program::from_files(&program).map_err(|error| desk.thrown(error.sentence(desk.language)))?;
    let attributes: Vec<_> = attributes.chunks_exact(2).map(|pair| (&*pair[0], &*pair[1])).collect();
    Ok(offline::bundle(&report, previous.as_deref(), &attributes, &program))
}
