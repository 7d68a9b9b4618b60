//! What a clipboard holds, in the three ways in which it may be meant: cells, a report, paragraphs.

use super::compose::compose_excerpt;
use super::document::Document;
use super::fragment::{first_table, fragment};
use super::{Context, Reading, html, paragraphs, text};
use crate::block::{Block, tab_separated};
use crate::fingerprint;

/// What was pasted.
#[derive(Debug)]
pub struct Pasted {
    /// The cells of the first table, or of the text; `None` where there is neither.
    pub block: Option<Block>,
    /// The report, where at least one whole table of a known form is there with its labels.
    pub report: Option<Reading>,
    /// The content as paragraphs; lines inside one are separated by line breaks.
    pub paragraphs: Vec<String>,
}

/// Reads the HTML and the plain text of a clipboard; either may be empty.
pub fn clipboard(html: &str, text: &str, context: &Context) -> Pasted {
    let root = fragment(html);
    let table = first_table(&root).map(paragraphs::block);
    let block = table.or_else(|| (!text.is_empty()).then(|| Block::from_tsv(text)));
    let mut paragraphs = paragraphs::of_element(&root);
    if paragraphs.is_empty() {
        paragraphs = paragraphs::of_text(text);
    }
    paragraphs.retain(|paragraph| !fingerprint::is_line(paragraph));
    let excerpt = |mut document: Document| {
        document.drop_fingerprint();
        compose_excerpt(document, context)
    };
    let report =
        excerpt(html::trimmed_document(&root.visible_html())).or_else(|| excerpt(text::document(&one_line_each(text))));
    Pasted { block, report, paragraphs }
}

/// Tab-separated text with every row on one line.
fn one_line_each(text: &str) -> String {
    let row = |row: Vec<String>| row.join("\t").replace('\n', " ");
    tab_separated(text).into_iter().map(row).collect::<Vec<_>>().join("\n")
}
