//! Excel workbooks: a sheet for the cover, then one for every section in the order of the form, and one more
//! for every further table of it. Totals are formulas over their parts; numbers are written with the digits
//! that they have; every figure has its address for a name. The report's JSON stands in a sheet that is not
//! shown.

mod figures;
mod laying;
mod names;
mod notes;
mod sheet;
mod strings;
mod styles;

use super::WriteError;
use super::package::{self, packed};
use super::xml::{Attributes, Xml};
use crate::marks;
use crate::publication::Publication;
use crate::words;
use sheet::{MOST_COLUMNS, MOST_ROWS, Sheet};
use strings::Strings;
use styles::Styles;

const MAIN: (&str, &str) = ("xmlns", "http://schemas.openxmlformats.org/spreadsheetml/2006/main");
const RELATIONSHIPS: (&str, &str) = ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");

/// Writes a report as `.xlsx`. `carried`, its JSON, is kept in a sheet of its own.
///
/// # Errors
/// Where a sheet has more rows or columns than Excel takes.
pub fn write(publication: &Publication, carried: &str) -> Result<Vec<u8>, WriteError> {
    let mut sheets = laying::sheets(publication);
    if sheets.iter().any(|sheet| sheet.rows.len() > MOST_ROWS || sheet.widths.len() > MOST_COLUMNS) {
        return Err(too_large());
    }
    figures::fill(publication, &mut sheets);
    sheets.push(laying::carried(marks::SHEET, carried));
    let (mut styles, mut strings) = (Styles::default(), Strings::default());
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".to_owned(), content_types(&sheets)),
        ("_rels/.rels".to_owned(), package_relationships()),
        ("docProps/core.xml".to_owned(), package::core_properties(publication)),
        ("xl/workbook.xml".to_owned(), workbook(publication, &sheets)),
        ("xl/_rels/workbook.xml.rels".to_owned(), workbook_relationships(sheets.len())),
    ];
    let foot = publication.fingerprint_line();
    for (at, sheet) in sheets.iter().enumerate() {
        let (number, is_first) = (at + 1, at == 0);
        let part = sheet.part(is_first, &foot, &mut styles, &mut strings);
        files.push((format!("xl/worksheets/sheet{number}.xml"), part));
        if !sheet.notes.is_empty() {
            files.push((format!("xl/worksheets/_rels/sheet{number}.xml.rels"), notes::relationships(number)));
            files.push((format!("xl/comments{number}.xml"), notes::part(&sheet.notes)));
            files.push((format!("xl/drawings/vmlDrawing{number}.vml"), notes::drawing(&sheet.notes, number)));
        }
    }
    files.push(("xl/styles.xml".to_owned(), styles.part()));
    files.push(("xl/sharedStrings.xml".to_owned(), strings.part()));
    packed(&files.iter().map(|(path, content)| (path.as_str(), content.as_slice())).collect::<Vec<_>>())
}

fn too_large() -> WriteError {
    WriteError::new(
        words::WRITE_SHEET_TOO_LARGE,
        &[("most_rows", &MOST_ROWS.to_string()), ("most_columns", &MOST_COLUMNS.to_string())],
    )
}

fn workbook(publication: &Publication, sheets: &[Sheet]) -> Vec<u8> {
    Xml::document("workbook", &[MAIN, RELATIONSHIPS], |xml| {
        xml.element("bookViews", &[], |xml| {
            xml.empty(
                "workbookView",
                &[("xWindow", "0"), ("yWindow", "0"), ("windowWidth", "24000"), ("windowHeight", "14000")],
            );
        });
        xml.element("sheets", &[], |xml| {
            for (at, sheet) in sheets.iter().enumerate() {
                let (number, id) = ((at + 1).to_string(), format!("rId{}", at + 1));
                let hidden: Attributes = if sheet.is_hidden { &[("state", "veryHidden")] } else { &[] };
                let shown: Attributes = &[("name", &sheet.name), ("sheetId", &number)];
                xml.empty("sheet", &[shown, hidden, &[("r:id", &id)]].concat());
            }
        });
        xml.element("definedNames", &[], |xml| names::write(xml, publication, sheets));
    })
}

fn content_types(sheets: &[Sheet]) -> Vec<u8> {
    let mut parts = vec![
        ("/docProps/core.xml".to_owned(), "package.core-properties"),
        ("/xl/workbook.xml".to_owned(), "officedocument.spreadsheetml.sheet.main"),
        ("/xl/styles.xml".to_owned(), "officedocument.spreadsheetml.styles"),
        ("/xl/sharedStrings.xml".to_owned(), "officedocument.spreadsheetml.sharedStrings"),
    ];
    for (at, sheet) in sheets.iter().enumerate() {
        let number = at + 1;
        parts.push((format!("/xl/worksheets/sheet{number}.xml"), "officedocument.spreadsheetml.worksheet"));
        if !sheet.notes.is_empty() {
            parts.push((format!("/xl/comments{number}.xml"), "officedocument.spreadsheetml.comments"));
        }
    }
    package::content_types(&[("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")], &parts)
}

fn package_relationships() -> Vec<u8> {
    package::relationships(&[
        ("rId1", "officeDocument", "xl/workbook.xml"),
        ("rId2", package::CORE_PROPERTIES, "docProps/core.xml"),
    ])
}

fn workbook_relationships(sheets: usize) -> Vec<u8> {
    let ids: Vec<_> = (1..=sheets + 2).map(|number| format!("rId{number}")).collect();
    let paths: Vec<_> = (1..=sheets).map(|number| format!("worksheets/sheet{number}.xml")).collect();
    let targets = paths.iter().map(|path| ("worksheet", path.as_str()));
    let targets = targets.chain([("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]);
    let all: Vec<_> = ids.iter().zip(targets).map(|(id, (kind, target))| (id.as_str(), kind, target)).collect();
    package::relationships(&all)
}
