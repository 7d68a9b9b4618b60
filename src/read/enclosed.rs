//! The report in a file that works without a network, of whatever version: its data are the report, and what is seen in
//! it are these data as they were printed. Only where they cannot be read counts what is seen.

use super::carried::is_broken;
use super::document::Document;
use super::{Context, Reading, html, read_document};
use crate::finding::Finding;
use crate::offline::{self, OfflineFile};
use crate::report::ReadError;

/// Reads the report in such a file; nothing where a page is none.
///
/// # Errors
/// One sentence that says what to do, where neither its data nor what is seen in it is a report.
pub fn read(page: &str, context: &Context) -> Option<Result<Reading, ReadError>> {
    Some(match offline::data(page)?.read(context.forms) {
        Ok(report) => Ok(Reading::of_json(report, context.language)),
        Err(error) => seen(page, error, context),
    })
}

/// Reads what is seen of the report whose data cannot be read.
fn seen(page: &str, error: ReadError, context: &Context) -> Result<Reading, ReadError> {
    let article = offline::take_apart(page).map(|file| file.article).unwrap_or_default();
    let Ok(mut reading) = read_document(html::trimmed_document(&article), context) else { return Err(error) };
    reading.findings.push(is_broken(&error, context.language));
    Ok(reading)
}

/// What is seen in such a file and is not what its data say; none where they cannot be read.
pub fn differences(file: &OfflineFile, context: &Context) -> Vec<Finding> {
    let Ok(report) = file.data.read(context.forms) else { return Vec::new() };
    let mut forms = context.forms.clone();
    if let Some(form) = file.data.attribute("form-src").filter(|_| forms.get(&report.form.id).is_none()) {
        // It was added once already.
        let _ = offline::of_address(form).map(|form| forms.add(&form));
    }
    let carried = Some(report.to_json().to_string());
    let document = Document { carried, ..html::trimmed_document(&file.article) };
    let read = read_document(document, &Context { forms: &forms, ..*context });
    // Where not even a report is seen, whatever it is is not what the data say.
    let seen = read.map_or_else(|error| vec![is_broken(&error, context.language)], |reading| reading.findings);
    seen.into_iter().filter(|finding| finding.rule == "carried").collect()
}
