//! Files that were written here carry the report's JSON along unseen. What is seen counts: somebody may have
//! edited the file since. So the document is compared with what was printed, item by item; where nothing
//! differs the carried report says exactly what is meant, down to what print does not show; where something
//! does, it is taken as it is seen, and a finding says so.

mod lines;
mod merge;
mod printed;
mod tables;
mod texts;
mod told;

pub use told::is_broken;

use serde_json::Value as Json;

use self::merge::Merge;
use super::compose::compose;
use super::document::Document;
use super::same::Comparer;
use super::tagged;
use super::{Context, Reading, refusal};
use crate::fingerprint;
use crate::report::{ReadError, Report, unknown_form};
use crate::words;

/// Reads a document with what it carries and marks.
///
/// # Errors
/// One sentence that says what to do, where it holds no report that is known.
pub fn read(document: Document, context: &Context) -> Result<Reading, ReadError> {
    let comparer = Comparer::new(context.platform);
    match document.carried.as_deref().map(|json| carried(json, context)) {
        None => without(document, &comparer, context),
        Some(Ok(report)) => {
            let mut reading = Merge::new(&report, &comparer, context).read(document)?;
            // What is seen to differ is told already.
            if !reading.findings.iter().any(told::is_about_carried) {
                reading.findings.extend(fingerprint::told(&reading.report, context.language));
            }
            Ok(reading)
        }
        Some(Err(error)) => {
            let mut reading = without(document, &comparer, context)?;
            reading.findings.push(is_broken(&error, context.language));
            Ok(reading)
        }
    }
}

/// The report that a file carries: its JSON, or linked data about it.
fn carried(json: &str, context: &Context) -> Result<Report, ReadError> {
    let cut = |_| ReadError::new(words::CARRIED_CUT_OFF, &[]);
    let mut value: Json = serde_json::from_str(json).map_err(cut)?;
    if let Some(report) = value.get_mut("report").filter(|report| report.is_object()) {
        value = report.take();
    }
    Report::from_value(value, context.forms)
}

/// Reads a document that carries nothing: what its marks say, or else what can be read in it.
fn without(mut document: Document, comparer: &Comparer, context: &Context) -> Result<Reading, ReadError> {
    let Some(tagged) = document.tagged.take() else { return compose(document, context) };
    match tagged.form(context.forms) {
        // Every figure of the form is marked, or there is nothing else to read.
        Some(form) if tagged.is_list || !tagged.form.is_empty() && tagged.is_whole(form) => {
            let addresses = tagged.figures.iter().map(|(address, _)| address.as_str());
            let form = Report::form_of(form, addresses, &tagged.headings, context.forms);
            Ok(Reading { report: tagged.report(&form, comparer), findings: Vec::new(), leftover: Vec::new() })
        }
        None if tagged.is_list && tagged.form.is_empty() => Err(refusal::no_form()),
        None if tagged.is_list => Err(unknown_form(&tagged.form, context.forms)),
        _ => {
            let mut reading = compose(document, context)?;
            let form = reading.report.form.clone();
            for (cell, figure) in tagged.cells(&form) {
                tagged::put(&mut reading.report, cell, figure, None);
            }
            Ok(reading)
        }
    }
}
