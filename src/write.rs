//! From a [`Report`] to a file in any of the formats in which reports are published. Every one of them
//! reads back without loss: what is printed is printed so that a reader finds it again, and where the
//! format has room for it the report's JSON is carried along unseen.
//!
//! Writing is a pure function: the same report gives the same bytes.
//!
//! What is seldom asked for stands in a program of its own in a browser: with the feature `pages` alone the formats of
//! Office are missing, with `documents` alone all the others.

#[cfg(feature = "pages")]
mod charts;
#[cfg(feature = "pages")]
mod csv;
#[cfg(feature = "pages")]
mod html;
#[cfg(feature = "pages")]
mod markdown;

#[cfg(feature = "documents")]
mod columns;
#[cfg(feature = "documents")]
mod package;
#[cfg(feature = "documents")]
mod tiles;
#[cfg(feature = "documents")]
mod xml;

#[cfg(feature = "documents")]
mod docx;
#[cfg(feature = "documents")]
mod xlsx;

use std::borrow::Cow;
use std::fmt;

use serde_json::Value as Json;

use crate::charts::Choices;
use crate::fingerprint;
use crate::language::{Language, Message, Text};
use crate::marks;
use crate::publication::Publication;
use crate::report::Report;
use crate::words;

/// A format in which a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    Html,
    Docx,
    Xlsx,
    Csv,
    Markdown,
}

impl Format {
    pub const ALL: [Format; 6] =
        [Format::Json, Format::Html, Format::Docx, Format::Xlsx, Format::Csv, Format::Markdown];

    /// The format of a file's ending such as `html`; with a point before it or in capitals too.
    pub fn from_ending(ending: &str) -> Option<Format> {
        match ending.trim_start_matches('.').to_ascii_lowercase().as_str() {
            "htm" => Some(Format::Html),
            "markdown" => Some(Format::Markdown),
            ending => Format::ALL.into_iter().find(|format| format.ending() == ending),
        }
    }

    /// The ending of its files, without a point.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Xlsx => "xlsx",
            Format::Csv => "csv",
            Format::Markdown => "md",
        }
    }

    /// What a server or a `Blob` calls it.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Json => "application/json",
            Format::Html => "text/html;charset=utf-8",
            Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Csv => "text/csv;charset=utf-8",
            Format::Markdown => "text/markdown;charset=utf-8",
        }
    }
}

/// What goes into a file beside what is printed of the report.
#[derive(Clone, Copy, Debug, Default)]
pub struct With<'a> {
    /// Where each of the figures comes from, in the JSON or unseen.
    pub provenance: bool,
    pub charts: Option<Charts<'a>>,
}

/// What charts show beside the report itself.
#[derive(Clone, Copy, Debug)]
pub struct Charts<'a> {
    /// Reports of the same body for other years, and of other bodies.
    pub others: &'a [Report],
    pub choices: &'a Choices,
    /// Those that are wanted, by their ids in their order; all where nothing is said.
    pub named: Option<&'a str>,
}

/// How wide a chart is drawn where nothing else is asked for, in CSS pixels.
#[cfg(feature = "pages")]
pub const CHART_WIDTH: f64 = charts::WIDTH;

/// Why a report cannot be written, in every language, with what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError(pub Text);

impl WriteError {
    pub fn new(message: Message, values: &[(&str, &str)]) -> WriteError {
        WriteError(Text::of(message, values))
    }

    pub fn sentence(&self, language: Language) -> &str {
        self.0.get(language)
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.sentence(Language::ENGLISH))
    }
}

impl std::error::Error for WriteError {}

/// Writes a report.
///
/// # Errors
/// One sentence, where the format cannot hold it.
pub fn write(report: &Report, format: Format) -> Result<Vec<u8>, WriteError> {
    write_with(report, format, &With::default())
}

/// Writes a report with further things.
///
/// # Errors
/// One sentence, where the format cannot hold it, or no charts, or is not built in.
pub fn write_with(report: &Report, format: Format, with: &With) -> Result<Vec<u8>, WriteError> {
    if with.charts.is_some() && format != Format::Html {
        return Err(no_charts(format));
    }
    let json = &carried(report, with);
    let publication = || Publication::of(report);
    match format {
        #[cfg(feature = "pages")]
        Format::Json => Ok(marks::spelled_out(json).into_bytes()),
        #[cfg(feature = "pages")]
        Format::Html => {
            let charts = with.charts.map(|charts| charts::of(report, charts)).unwrap_or_default();
            Ok(html::write(&publication(), charts, json))
        }
        #[cfg(feature = "documents")]
        Format::Docx => docx::write(&publication(), &marks::embedded(json)),
        #[cfg(feature = "documents")]
        Format::Xlsx => xlsx::write(&publication(), &marks::embedded(json)),
        #[cfg(feature = "pages")]
        Format::Csv => Ok(csv::write(&publication(), &marks::embedded(json))),
        #[cfg(feature = "pages")]
        Format::Markdown => Ok(markdown::write(&publication(), &marks::embedded(json))),
        #[cfg(not(all(feature = "pages", feature = "documents")))]
        format => Err(not_here(format)),
    }
}

/// The report's JSON as a file carries it.
fn carried(report: &Report, with: &With) -> Json {
    let mut json = if with.provenance { report.to_json_with_provenance() } else { report.to_json() };
    fingerprint::put(report, &mut json);
    json
}

/// What to say of a format that is not built in.
#[cfg(not(all(feature = "pages", feature = "documents")))]
fn not_here(format: Format) -> WriteError {
    WriteError::new(words::WRITE_NOT_HERE, &[("ending", format.ending())])
}

/// Writes one chart of a report as a file of its own: SVG with title, sentence and source, drawn for a width in CSS
/// pixels.
///
/// # Errors
/// One sentence that names the charts that there are, where none has that id.
#[cfg(feature = "pages")]
pub fn chart(report: &Report, charts: Charts, id: &str, language: Language, width: f64) -> Result<String, WriteError> {
    charts::alone(report, charts, id, language, width)
}

/// What stands of a report in the head and in the body of a page that holds more than that.
#[cfg(feature = "pages")]
pub(crate) fn page_parts(publication: &Publication) -> (String, String) {
    html::parts(publication)
}

/// What to say where a format cannot hold charts.
fn no_charts(format: Format) -> WriteError {
    let ending = format.ending();
    WriteError::new(words::WRITE_NO_CHARTS, &[("ending", ending)])
}

/// A text as it is printed: one kind of line end, and none of the characters that nobody sees and no format
/// takes.
fn printable(text: &str) -> Cow<'_, str> {
    let unseen = |c: char| c.is_control() && c != '\n' && c != '\t' || marks::is_noncharacter(c);
    if !text.contains(unseen) {
        return Cow::Borrowed(text);
    }
    let mut printable = text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}', '\u{85}'], "\n");
    printable.retain(|c| !unseen(c));
    Cow::Owned(printable)
}

/// What to say of an ending that is no format's.
pub fn unknown_ending(ending: &str) -> WriteError {
    let known = Format::ALL.map(|format| format!(".{}", format.ending())).join(" ");
    let shown: String = ending.trim_start_matches('.').chars().take(20).collect();
    match shown.is_empty() {
        true => WriteError::new(words::WRITE_NO_ENDING, &[("known", &known)]),
        false => WriteError::new(words::WRITE_UNKNOWN_ENDING, &[("shown", &shown), ("known", &known)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_known_by_its_ending() {
        for format in Format::ALL {
            assert_eq!(Format::from_ending(format.ending()), Some(format));
        }
        for (ending, format) in [(".HTML", Some(Format::Html)), ("markdown", Some(Format::Markdown)), ("doc", None)] {
            assert_eq!(Format::from_ending(ending), format);
        }
    }
}
