//! The writer in a browser: the module that is loaded once a report is to be had as a page, a text or a list, or a
//! chart of it as a file. Word documents and workbooks are made by the module `office`.

#[path = "platform/writing.rs"]
mod writing;

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
