//! From whatever a report is published in to a [`Report`].
//!
//! A file becomes text ([`decode`]), a text a document of paragraphs and rows ([`html`], [`text`],
//! [`separated`]); what has to be opened first becomes a document in `containers`;
//! the document's rows ([`observed`]) are laid over the rows that each known form prints ([`labels`],
//! [`align`]), the best form is taken ([`recognise`]), and rows that no label names are settled by what surrounds
//! them ([`settle`]). Reports from before 2019 have rows of their own ([`indicators`]). A figure is read only where
//! its column is certain; what is not is inferred where one reading alone holds ([`torn`]), and else told.
//!
//! A file that was written here says more than what is seen: its marks ([`tagged`]) say where each figure and
//! text stands, and the report that it carries what exactly is meant ([`carried`]). One that works without a network
//! is read by the data in it ([`enclosed`]).
//!
//! What is pasted is read by [`clipboard`]: as cells, as a report where it is one, as paragraphs.

mod decode;
pub mod document;
mod misread;
pub(crate) mod refusal;
pub(crate) mod sniff;

pub(crate) mod html;
mod separated;
pub(crate) mod sheet;
pub(crate) mod text;

mod fold;
mod glued;
mod labels;
mod lookalike;
mod similar;

mod align;
mod figures;
mod headings;
mod infer;
mod inference;
mod observed;
mod places;
mod readings;
mod recognise;
mod settle;
mod slips;

mod carried;
mod csv;
mod enclosed;
mod indicators;
mod markdown;
mod same;
pub mod tagged;

mod compose;
mod doubts;
mod notes;
mod recognition;
mod texts;
mod title;
mod torn;

pub mod clipboard;
mod fragment;
mod markers;
mod paragraphs;
// Word numbers lists in more ways than pages do.
#[cfg_attr(not(feature = "containers"), expect(dead_code))]
pub(crate) mod numerals;

#[cfg(feature = "command")]
pub mod native;

use document::Document;

pub use enclosed::differences;
pub use sniff::{is_container, most_bytes};

use crate::collection;
use crate::finding::Finding;
use crate::fingerprint;
use crate::forms::Forms;
use crate::language::Language;
use crate::report::{ReadError, Report};

/// The largest file that is read; no annual report comes near it.
pub const MOST_BYTES: usize = 64 << 20;
/// The largest file with a program of its own in it.
pub const MOST_BYTES_OFFLINE: usize = 256 << 20;

/// How many signs with which a line or a cell can begin a text may have: some hundred times what a report has. What is
/// made of each takes some hundred bytes, however short it is.
const MOST_PIECES: usize = 500_000;

/// A report as it was read.
#[derive(Debug)]
pub struct Reading {
    pub report: Report,
    /// What the reader could not know, for people to look at.
    pub findings: Vec<Finding>,
    /// Text inside the tables' sections, and rows, that the form has no place for.
    pub leftover: Vec<String>,
}

impl Reading {
    /// A report as its JSON says it.
    fn of_json(report: Report, language: Language) -> Reading {
        let findings = fingerprint::told(&report, language).into_iter().collect();
        Reading { report, findings, leftover: Vec::new() }
    }
}

/// What a report is read with.
pub struct Context<'a> {
    pub forms: &'a Forms,
    pub platform: &'a dyn Platform,
    /// The language of the findings.
    pub language: Language,
    /// The name of the file, for the provenance of its figures; empty where it has none. It tells
    /// nothing of its content.
    pub file: &'a str,
    /// Last year's report of the same body, where it is at hand: a hint where figures run together.
    pub prior: Option<&'a Report>,
}

impl<'a> Context<'a> {
    /// One without file name and last year's report.
    pub fn new(forms: &'a Forms, platform: &'a dyn Platform, language: Language) -> Context<'a> {
        Context { forms, platform, language, file: "", prior: None }
    }
}

/// What differs between a browser and everywhere else.
pub trait Platform {
    /// Decodes bytes strictly; `None` where they are not in that encoding, or it is not known.
    fn decode(&self, encoding: &str, bytes: &[u8]) -> Option<String>;
    /// Normalisation form KC.
    fn nfkc(&self, text: &str) -> String;
}

/// Reads a report in any form in which it can be read, by its content.
///
/// # Errors
/// One sentence that says what the file is and what to do, where it holds no report that is known, or several.
pub fn read(bytes: &[u8], context: &Context) -> Result<Reading, ReadError> {
    let mut read = read_all(bytes, context)?;
    match (read.pop(), read.len()) {
        (Some(reading), 0) => reading,
        (_, others) => Err(refusal::several(others + 1)),
    }
}

/// Reads every report of a file: a list of reports in JSON holds several, in which each that cannot be read has
/// its reason; every other file holds one. There is at least one.
///
/// # Errors
/// One sentence that says what the file is and what to do, where it holds no report that is known.
pub fn read_all(bytes: &[u8], context: &Context) -> Result<Vec<Result<Reading, ReadError>>, ReadError> {
    sniff::refuse_unreadable(bytes)?;
    #[cfg(feature = "containers")]
    if sniff::is_container(bytes) {
        let document = crate::containers::document(bytes, context.platform)?;
        return read_document(document, context).map(|reading| vec![Ok(reading)]);
    }
    let text = decode::decode(bytes, context.platform)?;
    if sniff::format(&text) == sniff::Format::Json {
        let as_it_is = |report| Reading::of_json(report, context.language);
        let reports = collection::from_json(&text, context.forms)?;
        return Ok(reports.into_iter().map(|report| report.map(as_it_is)).collect());
    }
    read_text(&text, context).map(|reading| vec![Ok(reading)])
}

/// Reads what is no JSON.
fn read_text(text: &str, context: &Context) -> Result<Reading, ReadError> {
    let format = sniff::format(text);
    // The program in an offline file is large, and is not read.
    if let Some(reading) = (format == sniff::Format::Html).then(|| enclosed::read(text, context)).flatten() {
        return reading;
    }
    refuse_endless(text)?;
    match format {
        sniff::Format::Html => read_document(html::trimmed_document(text), context),
        sniff::Format::List => read_document(csv::document(text), context),
        sniff::Format::Text => match separated::rows(text) {
            Some(rows) => read_document(separated::document(rows)?, context),
            None => read_document(markdown::document(text), context),
        },
        sniff::Format::Json | sniff::Format::Markdown => read_document(markdown::document(text), context),
    }
}

/// Refuses a text in which so many lines and cells may begin that making them would fill the memory.
fn refuse_endless(text: &str) -> Result<(), ReadError> {
    let pieces = text.bytes().filter(|byte| matches!(byte, b'\n' | b'\r' | b'<' | b'|')).count();
    if pieces > MOST_PIECES { Err(refusal::too_many_rows()) } else { Ok(()) }
}

/// Reads the report in a document. Where pages stand in it, the first one that is a report counts.
///
/// # Errors
/// One sentence that says what to do, where it holds no report that is known.
pub fn read_document(mut document: Document, context: &Context) -> Result<Reading, ReadError> {
    let mut failed = None;
    for page in std::mem::take(&mut document.pages) {
        let html = decode::decode_as(&page.bytes, page.encoding.as_deref(), context.platform);
        let page = html.and_then(|html| {
            refuse_endless(&html)?;
            Ok(Document { notes: document.notes.clone(), ..html::trimmed_document(&html) })
        });
        match page.and_then(|page| read_lines(page, context)) {
            Ok(reading) => return Ok(reading),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    match failed {
        Some(error) if document.lines.is_empty() => Err(error),
        _ => read_lines(document, context),
    }
}

fn read_lines(mut document: Document, context: &Context) -> Result<Reading, ReadError> {
    document.plain_radicals(|text| decode::plain_radicals(text, context.platform));
    document.drop_fingerprint();
    let told: Vec<_> = document.notes.iter().map(|note| notes::told(note, context.language)).collect();
    let mut reading = carried::read(document, context)?;
    // What the file says of itself may settle what would have to be inferred.
    let report = &reading.report;
    let is_inferred = |address: &String| report.form.find(address).is_some_and(|cell| report.is_inferred(cell));
    reading.findings.retain(|finding| finding.rule != "inferred" || finding.cells.iter().any(is_inferred));
    reading.findings.extend(told);
    if reading.report.file.is_empty() {
        context.file.clone_into(&mut reading.report.file);
    }
    Ok(reading)
}
