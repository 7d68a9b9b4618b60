//! Files that have to be opened before their text can be read: Word, spreadsheets, PDF, pages in one file. They
//! become a [`Document`], from which `read` makes a report; nothing here knows of forms.
//!
//! Whatever such a file names outside of itself is never fetched, nothing in it is run, and what it may
//! take of memory and time is bounded: see the constants of `archive`, `xml`, `compound`, `workbook`,
//! `docx` and `pdf`.

mod archive;
mod compound;
mod number;
mod package;
mod refusal;
mod workbook;
mod xml;

mod docx;
mod mhtml;
mod ods;
mod pdf;
mod xls;
mod xlsx;

use archive::Archive;
use compound::Compound;

use crate::language::Text;
use crate::read::document::Document;
use crate::read::{Platform, sniff};
use crate::report::ReadError;
use crate::words;

/// What a package holds.
enum Kind {
    /// A document of Word since 2007, of WPS or LibreOffice: `.docx`, `.docm`.
    Docx,
    /// A workbook of Excel since 2007: `.xlsx`, `.xlsm`.
    Xlsx,
    /// An OpenDocument spreadsheet: `.ods`.
    Ods,
}

/// Opens a file.
///
/// # Errors
/// One sentence that says what it is and what to do, where it cannot be read.
pub fn document(bytes: &[u8], platform: &dyn Platform) -> Result<Document, ReadError> {
    if sniff::is_pdf(bytes) {
        return pdf::document(bytes, platform);
    }
    if sniff::is_mail(bytes) {
        return mhtml::document(bytes);
    }
    if sniff::is_compound(bytes) {
        let mut file = Compound::open(bytes)?;
        refuse_other_than_workbook(&mut file)?;
        return xls::document(&mut file);
    }
    if !sniff::is_zip(bytes) {
        return Err(refusal::binary());
    }
    let mut archive = Archive::open(bytes)?;
    match kind_of_archive(&archive)? {
        Kind::Docx => docx::document(&mut archive),
        Kind::Xlsx => xlsx::document(&mut archive),
        Kind::Ods => ods::document(&mut archive),
    }
}

fn kind_of_archive(archive: &Archive) -> Result<Kind, ReadError> {
    let holds = |name: &str| archive.holds(name);
    let begins = |start: &str| archive.names().any(|name| name.starts_with(start));
    match () {
        _ if holds("OFD.xml") => Err(refusal::save_as(words::KIND_OFD, ".docx")),
        _ if holds("xl/workbook.bin") => Err(refusal::save_as(words::KIND_XLSB, ".xlsx")),
        _ if begins("ppt/") => Err(presentation()),
        _ if begins("word/") => Ok(Kind::Docx),
        _ if begins("xl/") => Ok(Kind::Xlsx),
        _ if holds("content.xml") => kind_of_open_document(archive),
        // A package whose parts stand elsewhere: what the content is decides.
        _ if holds("[Content_Types].xml") => Ok(Kind::Docx),
        _ => Err(refusal::archive()),
    }
}

fn kind_of_open_document(archive: &Archive) -> Result<Kind, ReadError> {
    let kind = archive.media_type();
    match kind {
        _ if kind.contains("opendocument.spreadsheet") || kind.is_empty() => Ok(Kind::Ods),
        _ if kind.contains("opendocument.text") => Err(refusal::save_as(words::KIND_ODT, ".docx")),
        _ if kind.contains("opendocument.presentation") => Err(presentation()),
        _ => Err(refusal::other_office()),
    }
}

/// Office before 2007 keeps everything in compound files: only workbooks are read.
fn refuse_other_than_workbook(file: &mut Compound) -> Result<(), ReadError> {
    match () {
        _ if file.holds("EncryptedPackage") => Err(refusal::password()),
        _ if file.holds("Workbook") || file.holds("Book") => Ok(()),
        _ if file.holds("WordDocument") => Err(refusal::save_as(words::KIND_DOC, ".docx")),
        _ if file.holds("PowerPoint Document") => Err(presentation()),
        _ => Err(refusal::other_office()),
    }
}

fn presentation() -> ReadError {
    ReadError::new(words::REFUSED_PRESENTATION, &[])
}

/// What is told of a file with macros.
fn macros() -> Text {
    Text::of(words::READ_MACROS, &[])
}
