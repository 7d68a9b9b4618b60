//! From whatever a report is published in to a [`Report`].
//!
//! A file becomes text ([`decode`]), a text a document of paragraphs and rows ([`html`], [`text`]);
//! the document's rows ([`observed`]) are laid over the rows that each known form prints ([`labels`],
//! [`align`]), the best form is taken ([`recognise`]), and rows that no label names are settled by what surrounds
//! them ([`settle`]). A figure is read only where its column is certain; what is not is told.
//!
//! What is pasted is read by [`clipboard`]: as cells, as a report where it is one, as paragraphs.

mod decode;
mod document;
mod refusal;
mod sniff;

mod html;
mod text;

mod fold;
mod glued;
mod labels;
mod similar;

mod align;
mod figures;
mod headings;
mod observed;
mod recognise;
mod settle;

mod compose;
mod notes;
mod texts;
mod title;

pub mod clipboard;
mod fragment;
mod markers;
mod paragraphs;

#[cfg(feature = "command")]
pub mod native;

use crate::finding::Finding;
use crate::forms::Forms;
use crate::language::Language;
use crate::report::{ReadError, Report};

/// The largest file that is read; no annual report comes near it.
pub const MOST_BYTES: usize = 64 << 20;

/// A report as it was read.
#[derive(Debug)]
pub struct Reading {
    pub report: Report,
    /// What the reader could not know, for people to look at.
    pub findings: Vec<Finding>,
    /// Text inside the tables' sections, and rows, that the form has no place for.
    pub leftover: Vec<String>,
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
/// One sentence that says what the file is and what to do, where it holds no report that is known.
pub fn read(bytes: &[u8], forms: &Forms, platform: &dyn Platform, language: Language) -> Result<Reading, ReadError> {
    sniff::refuse_unreadable(bytes)?;
    let text = decode::decode(bytes, platform)?;
    match sniff::format(&text) {
        sniff::Format::Json => {
            let report = Report::from_json(&text, forms)?;
            Ok(Reading { report, findings: Vec::new(), leftover: Vec::new() })
        }
        sniff::Format::Html => compose::compose(html::trimmed_document(&text), true, forms, platform, language),
        sniff::Format::Text => compose::compose(text::document(&text), false, forms, platform, language),
    }
}
