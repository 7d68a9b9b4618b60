//! A document of Word, WPS or LibreOffice: its body in order, with the numbers that the program counts
//! itself. Headers, footers, notes and comments are not part of it.

mod body;
mod numbering;
mod styles;
mod table;

use body::Body;
use numbering::Numbering;
use styles::Styles;

use super::archive::Archive;
use super::package::{self, Relation};
use super::refusal;
use super::{macros, mhtml};
use crate::read::document::{Document, Page};
use crate::report::ReadError;

/// How many pages that were put into a document whole are read; programs that do so put in one.
const MOST_PAGES: usize = 8;

/// Reads a document.
///
/// # Errors
/// One sentence that says what to do, where it is damaged or too large.
pub fn document(archive: &mut Archive) -> Result<Document, ReadError> {
    let main = package::main_part(archive, "word/document.xml")?;
    let Some(text) = archive.text(&main)? else { return Err(refusal::other_office()) };
    let relations = package::relations(archive, &main)?;
    let mut part = |kind: &str| match relations.iter().find(|relation| relation.kind == kind) {
        Some(relation) => Ok(archive.text(&relation.part)?.unwrap_or_default()),
        None => Ok(String::new()),
    };
    let styles = Styles::read(&part("styles")?)?;
    let numbering = part("numbering")?;
    let body = Body::read(&text, &Numbering::read(&numbering, &styles)?, &styles)?;
    let mut document = Document {
        lines: body.lines,
        pictures: body.pictures,
        pages: pages(archive, &relations, &body.chunks)?,
        title: package::title(archive),
        carried: package::carried(archive),
        ..Document::default()
    };
    if package::has_macros(archive) {
        document.notes.push(macros());
    }
    document.trim_padding();
    Ok(document)
}

/// The pages that a document holds whole, where a program wrapped them instead of writing a document.
fn pages(archive: &mut Archive, relations: &[Relation], chunks: &[String]) -> Result<Vec<Page>, ReadError> {
    let mut pages = Vec::new();
    for chunk in chunks.iter().take(MOST_PAGES) {
        let Some(relation) = relations.iter().find(|relation| relation.id == *chunk) else { continue };
        let Some(bytes) = archive.bytes(&relation.part)? else { continue };
        match mhtml::document(&bytes) {
            Ok(document) => pages.extend(document.pages),
            Err(_) if bytes.contains(&b'<') && !bytes.starts_with(b"PK") => pages.push(Page { bytes, encoding: None }),
            Err(_) => {}
        }
    }
    Ok(pages)
}
