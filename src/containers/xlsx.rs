//! A workbook of Excel since 2007, or of what writes the same.

use std::collections::HashMap;

use super::archive::Archive;
use super::macros;
use super::number::{Format, plain};
use super::package::{self, Relation};
use super::refusal;
use super::workbook::{Cells, Workbook};
use super::xml::{Element, Space, Xml};
use crate::read::document::Document;
use crate::report::ReadError;

/// The last column that there is, counted from 1.
const LAST_COLUMN: usize = 16_384;
/// The last row that there is, counted from 1.
const LAST_ROW: usize = 1_048_576;

/// Reads a workbook.
///
/// # Errors
/// One sentence that says what to do, where it is damaged or too large.
pub fn document(archive: &mut Archive) -> Result<Document, ReadError> {
    let main = package::main_part(archive, "xl/workbook.xml")?;
    let Some(text) = archive.text(&main)? else { return Err(refusal::other_office()) };
    let relations = package::relations(archive, &main)?;
    let (entries, since_1904) = entries(&text)?;
    let mut part = |kind: &str| match relations.iter().find(|relation| relation.kind == kind) {
        Some(relation) => Ok(archive.text(&relation.part)?.unwrap_or_default()),
        None => Ok(String::new()),
    };
    let texts =
        Texts { shared: shared_texts(&part("sharedStrings")?)?, formats: formats(&part("styles")?)?, since_1904 };
    let mut workbook = Workbook::default();
    for entry in &entries {
        let is_it = |relation: &&Relation| relation.id == entry.relation;
        let Some(relation) = relations.iter().find(is_it) else { continue };
        let Some(text) = archive.text(&relation.part)? else { continue };
        let mut cells = workbook.cells();
        let pictures = sheet(&text, &texts, &mut cells)?;
        workbook.count_pictures(if entry.is_hidden { 0 } else { pictures });
        workbook.add(&entry.name, entry.is_hidden, cells)?;
    }
    if package::has_macros(archive) {
        workbook.tell(macros());
    }
    let title = package::title(archive);
    Ok(Document { title, ..workbook.finish() })
}

/// A sheet as the workbook lists it.
struct Entry {
    name: String,
    relation: String,
    is_hidden: bool,
}

/// The sheets in order, and whether days count from 1904.
fn entries(text: &str) -> Result<(Vec<Entry>, bool), ReadError> {
    let mut xml = Xml::new(text);
    let mut entries = Vec::new();
    let mut since_1904 = false;
    while let Some(element) = xml.element()? {
        match element.name() {
            (Space::Sheet, "workbookPr") => since_1904 = element.says("date1904"),
            (Space::Sheet, "sheet") => entries.push(Entry {
                name: element.attribute("name").unwrap_or_default(),
                relation: element.attribute("id").unwrap_or_default(),
                is_hidden: element.attribute("state").is_some_and(|state| state != "visible"),
            }),
            _ => {}
        }
    }
    Ok((entries, since_1904))
}

/// What cells refer to.
struct Texts {
    shared: Vec<String>,
    /// The formats by the number that cells have as style.
    formats: Vec<Format>,
    since_1904: bool,
}

fn shared_texts(text: &str) -> Result<Vec<String>, ReadError> {
    let mut xml = Xml::new(text);
    let mut shared = Vec::new();
    while let Some(element) = xml.element()? {
        if element.name() == (Space::Sheet, "si") {
            shared.push(rich_text(&mut xml)?);
        }
    }
    Ok(shared)
}

/// The text of an element whose pieces have fonts of their own, without how it is pronounced.
fn rich_text(xml: &mut Xml) -> Result<String, ReadError> {
    let mut text = String::new();
    while let Some(element) = xml.child()? {
        match element.name() {
            (Space::Sheet, "t") => text.push_str(&xml.text()?),
            (Space::Sheet, "r") => text.push_str(&rich_text(xml)?),
            _ => xml.skip()?,
        }
    }
    Ok(unescaped(text))
}

/// Characters that XML cannot hold are written by their numbers, as `_x000D_`.
fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let (before, behind) = rest.split_at(at);
        plain.push_str(before);
        let code = behind.get(2..6).filter(|_| behind.get(6..7) == Some("_"));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                plain.push(c);
                rest = &behind[7..];
            }
            None => {
                plain.push_str("_x");
                rest = &behind[2..];
            }
        }
    }
    plain + rest
}

fn formats(text: &str) -> Result<Vec<Format>, ReadError> {
    let mut xml = Xml::new(text);
    let mut written: HashMap<usize, Format> = HashMap::new();
    let mut formats = Vec::new();
    let mut of_cells = false;
    while let Some(element) = xml.element()? {
        match element.name() {
            (Space::Sheet, "numFmt") => {
                if let Some(id) = element.number("numFmtId") {
                    written.insert(id, Format::of(&element.attribute("formatCode").unwrap_or_default()));
                }
            }
            (Space::Sheet, "cellXfs") => of_cells = true,
            (Space::Sheet, "cellStyleXfs" | "cellStyles" | "dxfs") => of_cells = false,
            (Space::Sheet, "xf") if of_cells => {
                let id = element.number("numFmtId").unwrap_or(0);
                formats.push(written.get(&id).cloned().unwrap_or_else(|| Format::built_in(id)));
            }
            _ => {}
        }
    }
    Ok(formats)
}

/// Reads the cells of a sheet, and counts its pictures.
fn sheet(text: &str, texts: &Texts, cells: &mut Cells) -> Result<usize, ReadError> {
    let mut xml = Xml::new(text);
    let mut pictures = 0;
    // Places count from 1 here; a row or cell that says none follows the one before it.
    let (mut row, mut column) = (0, 0);
    while let Some(element) = xml.element()? {
        match element.name() {
            (Space::Sheet, "col") if element.says("hidden") => {
                let (first, last) = (element.number("min").unwrap_or(0), element.number("max").unwrap_or(0));
                if (1..=LAST_COLUMN).contains(&first) {
                    cells.hide_columns(first - 1, last.min(LAST_COLUMN).max(first) - 1);
                }
            }
            (Space::Sheet, "row") => {
                row = element.number("r").unwrap_or(row + 1);
                column = 0;
                if element.says("hidden") && (1..=LAST_ROW).contains(&row) {
                    cells.hide_rows(row - 1, row - 1);
                }
            }
            (Space::Sheet, "c") => {
                let named = element.attribute("r").and_then(|name| place(&name));
                (row, column) = named.unwrap_or((row, column + 1));
                let text = cell(&element, &mut xml, texts)?;
                if (1..=LAST_ROW).contains(&row) && (1..=LAST_COLUMN).contains(&column) {
                    cells.put(row - 1, column - 1, text)?;
                }
            }
            (Space::Sheet, "mergeCell") => {
                let range = element.attribute("ref").unwrap_or_default();
                let (first, last) = range.split_once(':').unwrap_or((&range, &range));
                if let (Some((top, left)), Some((bottom, right))) = (place(first), place(last)) {
                    let (rows, columns) = (bottom.saturating_sub(top) + 1, right.saturating_sub(left) + 1);
                    cells.merge(top - 1, left - 1, rows, columns)?;
                }
            }
            (Space::Sheet, "drawing" | "picture") => pictures += 1,
            _ => {}
        }
    }
    Ok(pictures)
}

/// Row and column of a cell's name such as B12, counted from 1.
fn place(name: &str) -> Option<(usize, usize)> {
    let name = name.replace('$', "");
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = name.split_at(letters);
    let add = |column: usize, letter: u8| column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1;
    let column = (letters.len() <= 3).then(|| letters.bytes().fold(0, add))?;
    let row: usize = digits.parse().ok()?;
    ((1..=LAST_ROW).contains(&row) && (1..=LAST_COLUMN).contains(&column)).then_some((row, column))
}

/// What a cell shows: the value that the file holds, also where a formula made it.
fn cell(element: &Element, xml: &mut Xml, texts: &Texts) -> Result<String, ReadError> {
    let kind = element.attribute("t").unwrap_or_default();
    let style = element.number("s").unwrap_or(0);
    let (mut value, mut inline) = (String::new(), String::new());
    while let Some(child) = xml.child()? {
        match child.name() {
            (Space::Sheet, "v") => value = xml.text()?,
            (Space::Sheet, "is") => inline = rich_text(xml)?,
            _ => xml.skip()?,
        }
    }
    Ok(match kind.as_str() {
        "s" => value.trim().parse().ok().and_then(|at: usize| texts.shared.get(at)).cloned().unwrap_or_default(),
        "inlineStr" => inline,
        "str" => unescaped(value),
        "b" if value.trim() == "1" => "TRUE".to_owned(),
        "b" => "FALSE".to_owned(),
        "e" => value,
        "d" => value.trim().trim_end_matches("T00:00:00").to_owned(),
        _ if value.trim().is_empty() => String::new(),
        _ => match texts.formats.get(style) {
            Some(format) => format.shown(&value, texts.since_1904),
            None => plain(&value),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::document::Line;

    fn part(inner: &str) -> String {
        format!("<x xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{inner}</x>")
    }

    /// The rows of a sheet, with what it refers to.
    fn check(sheet: &str, shared: &str, styles: &str, expect: &[&str]) {
        let texts = Texts {
            shared: shared_texts(&part(shared)).unwrap(),
            formats: formats(&part(styles)).unwrap(),
            since_1904: false,
        };
        let mut workbook = Workbook::default();
        let mut cells = workbook.cells();
        super::sheet(&part(sheet), &texts, &mut cells).unwrap();
        workbook.add("Sheet1", false, cells).unwrap();
        let lines: Vec<_> = workbook.finish().lines.iter().map(Line::as_it_stands).collect();
        assert_eq!(lines, expect, "{sheet}");
    }

    #[test]
    fn cells_show_what_the_file_holds() {
        let shared = "<si><t>规章</t></si><si><r><rPr/><t>行政</t></r><r><t xml:space=\"preserve\">许可 </t></r>\
            <rPh sb=\"0\" eb=\"2\"><t>xing</t></rPh><phoneticPr/></si>";
        let row = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>1.1000000000000001</v></c>\
            <c r=\"C1\"><f>B1+1</f><v>2.1</v></c><c r=\"D1\" t=\"str\"><f>x</f><v>甲_x000D_</v></c></row>\
            <row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c t=\"inlineStr\"><is><r><t>12</t></r><r><t>件</t></r></is></c>\
            <c t=\"e\"><v>#REF!</v></c><c t=\"b\"><v>1</v></c><c t=\"s\"><v>99</v></c></row>";
        check(row, shared, "", &["规章 | 1.1 | 2.1 | 甲", "行政许可 | 12件 | #REF! | TRUE"]);
    }

    #[test]
    fn percentages_and_dates_are_told_by_the_format() {
        let styles = "<numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/></numFmts>\
            <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\
            <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/><xf numFmtId=\"176\"/></cellXfs>";
        let row = "<row><c s=\"0\"><v>45000</v></c><c s=\"1\"><v>0.25</v></c><c s=\"2\"><v>45000</v></c><c s=\"9\"><v>3</v></c></row>";
        check(row, "", styles, &["45000 | 25% | 2023-03-15 | 3"]);
    }

    #[test]
    fn hidden_lines_and_merged_cells_are_minded() {
        let sheet = "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData>\
            <row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c><c r=\"C1\"><v>3</v></c><c r=\"D1\"><v>4</v></c></row>\
            <row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>5</v></c></row>\
            <row r=\"3\"><c r=\"C3\"><v>7</v></c><c r=\"D3\"><v>8</v></c></row></sheetData>\
            <mergeCells><mergeCell ref=\"A1:A3\"/><mergeCell ref=\"$X$9\"/><mergeCell ref=\"?\"/></mergeCells>";
        check(sheet, "", "", &["1 | 3 | 4", "7 | 8"]);
    }

    #[test]
    fn places_are_read_as_they_are_written() {
        let check = |name: &str, expect| assert_eq!(place(name), expect, "{name}");
        check("A1", Some((1, 1)));
        check("aa10", Some((10, 27)));
        check("XFD1048576", Some((1_048_576, 16_384)));
        for none in ["", "A", "1", "A0", "XFE1", "A1048577", "AAAAAAAAAAAAAAAAAA1", "A99999999999999999999"] {
            check(none, None);
        }
    }

    #[test]
    fn escaped_characters_are_read() {
        let check = |text: &str, expect: &str| assert_eq!(unescaped(text.to_owned()), expect);
        check("甲_x000D_乙", "甲\r乙");
        check("_x005F_x000D_", "_x000D_");
        check("a_xyz_ _x00", "a_xyz_ _x00");
    }
}
