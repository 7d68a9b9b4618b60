//! Word documents, as the official template and the rules for official documents have them: A4, title,
//! headings that are headings, paragraphs with their first line indented, tables with every line drawn.
//!
//! What is the same in every document stands in the files of `docx/`.

mod body;
mod footer;
mod table;

use super::package::{self, packed};
use super::xml::Xml;
use super::{WriteError, printable};
use crate::marks;
use crate::publication::{Part, Publication};
use crate::words;

/// The most columns that Word opens.
const MOST_COLUMNS: usize = 63;

/// Writes a report as `.docx`. `carried`, its JSON, is kept in a part of its own.
///
/// # Errors
/// Where a table has more columns than Word takes.
pub fn write(publication: &Publication, carried: &str) -> Result<Vec<u8>, WriteError> {
    let widths = publication.parts.iter().map(|part| match part {
        Part::Sheet { layout, .. } => layout.width,
        _ => 0,
    });
    let widest = widths.max().unwrap_or(0);
    if widest > MOST_COLUMNS {
        return Err(too_wide(widest));
    }
    let carried = Xml::document("report", &[("xmlns", marks::NAMESPACE)], |xml| xml.text(&printable(carried)));
    packed(&[
        ("[Content_Types].xml", &content_types()),
        ("_rels/.rels", &package_relationships()),
        ("docProps/core.xml", &package::core_properties(publication)),
        ("word/document.xml", &body::document(publication)),
        ("word/_rels/document.xml.rels", &document_relationships()),
        ("word/styles.xml", include_bytes!("docx/styles.xml")),
        ("word/fontTable.xml", include_bytes!("docx/fonts.xml")),
        ("word/settings.xml", include_bytes!("docx/settings.xml")),
        ("word/footer1.xml", &footer::footer(publication)),
        ("customXml/item1.xml", &carried),
        ("customXml/_rels/item1.xml.rels", &package::relationships(&[("rId1", "customXmlProps", "itemProps1.xml")])),
        ("customXml/itemProps1.xml", include_bytes!("docx/carried.xml")),
    ])
}

fn too_wide(columns: usize) -> WriteError {
    WriteError::new(
        words::WRITE_TOO_WIDE,
        &[("columns", &columns.to_string()), ("most_columns", &MOST_COLUMNS.to_string())],
    )
}

fn content_types() -> Vec<u8> {
    let parts = [
        ("/docProps/core.xml", "package.core-properties"),
        ("/word/document.xml", "officedocument.wordprocessingml.document.main"),
        ("/word/styles.xml", "officedocument.wordprocessingml.styles"),
        ("/word/fontTable.xml", "officedocument.wordprocessingml.fontTable"),
        ("/word/settings.xml", "officedocument.wordprocessingml.settings"),
        ("/word/footer1.xml", "officedocument.wordprocessingml.footer"),
        ("/customXml/itemProps1.xml", "officedocument.customXmlProperties"),
    ];
    package::content_types(&[], &parts.map(|(path, kind)| (path.to_owned(), kind)))
}

fn package_relationships() -> Vec<u8> {
    package::relationships(&[
        ("rId1", "officeDocument", "word/document.xml"),
        ("rId2", package::CORE_PROPERTIES, "docProps/core.xml"),
    ])
}

fn document_relationships() -> Vec<u8> {
    package::relationships(&[
        ("rId1", "styles", "styles.xml"),
        ("rId2", "fontTable", "fontTable.xml"),
        ("rId3", "settings", "settings.xml"),
        (body::FOOTER, "footer", "footer1.xml"),
        ("rId5", "customXml", "../customXml/item1.xml"),
    ])
}
