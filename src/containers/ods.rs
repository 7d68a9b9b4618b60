//! A spreadsheet of LibreOffice, or of what writes the same.

use std::collections::HashSet;

use super::archive::Archive;
use super::macros;
use super::number::plain;
use super::refusal;
use super::workbook::{Cells, Workbook};
use super::xml::{Element, Space, Token, Xml};
use crate::read::document::Document;
use crate::read::html::WIDEST;
use crate::report::ReadError;

/// How often a row or cell with something in it may say that it is repeated; the blank ones at the end of a
/// sheet are repeated a million times, and take no room.
const MOST_REPEATED: usize = 1000;
/// The longest run of spaces that is believed.
const MOST_SPACES: usize = 100;

/// Reads a spreadsheet.
///
/// # Errors
/// One sentence that says what to do, where it is damaged or too large.
pub fn document(archive: &mut Archive) -> Result<Document, ReadError> {
    if is_encrypted(archive)? {
        return Err(refusal::password());
    }
    let Some(text) = archive.text("content.xml")? else { return Err(refusal::other_office()) };
    let mut reader = Reader { xml: Xml::new(&text), hidden_styles: HashSet::new(), pictures: 0 };
    let mut workbook = Workbook::default();
    while let Some(element) = reader.xml.element()? {
        match element.name() {
            (Space::OfficeStyle, "style") => reader.style(&element)?,
            (Space::OfficeTable, "table") => {
                let name = element.attribute("name").unwrap_or_default();
                let style = element.attribute("style-name").unwrap_or_default();
                let is_hidden = reader.hidden_styles.contains(&style);
                let before = reader.pictures;
                let mut cells = workbook.cells();
                reader.sheet(&mut cells)?;
                workbook.count_pictures(if is_hidden { 0 } else { reader.pictures - before });
                workbook.add(&name, is_hidden, cells)?;
            }
            _ => {}
        }
    }
    if archive.names().any(|name| name.starts_with("basic/") || name.starts_with("scripts/")) {
        workbook.tell(macros());
    }
    Ok(workbook.finish())
}

fn is_encrypted(archive: &mut Archive) -> Result<bool, ReadError> {
    let Some(text) = archive.text("META-INF/manifest.xml")? else { return Ok(false) };
    let mut xml = Xml::new(&text);
    while let Some(element) = xml.element()? {
        if element.name() == (Space::OfficeManifest, "encryption-data") {
            return Ok(true);
        }
    }
    Ok(false)
}

struct Reader<'a> {
    xml: Xml<'a>,
    /// The styles of sheets that are hidden.
    hidden_styles: HashSet<String>,
    pictures: usize,
}

/// A cell as it is read.
struct Read {
    text: String,
    rows: usize,
    columns: usize,
    repeated: usize,
}

impl Reader<'_> {
    fn style(&mut self, style: &Element) -> Result<(), ReadError> {
        while let Some(child) = self.xml.child()? {
            let hides = child.attribute("display").is_some_and(|display| display == "false");
            if child.name() == (Space::OfficeStyle, "table-properties") && hides {
                self.hidden_styles.extend(style.attribute("name"));
            }
            self.xml.skip()?;
        }
        Ok(())
    }

    fn sheet(&mut self, cells: &mut Cells) -> Result<(), ReadError> {
        let (mut row, mut column) = (0, 0);
        self.lines(&mut row, &mut column, cells)
    }

    /// The rows and columns in the open element, which may group them.
    fn lines(&mut self, row: &mut usize, column: &mut usize, cells: &mut Cells) -> Result<(), ReadError> {
        while let Some(element) = self.xml.child()? {
            let is_hidden = element.attribute("visibility").is_some_and(|visibility| visibility != "visible");
            match element.name() {
                (Space::OfficeTable, "table-column") => {
                    let count = element.number("number-columns-repeated").unwrap_or(1).max(1);
                    if is_hidden {
                        cells.hide_columns(*column, column.saturating_add(count - 1));
                    }
                    *column = column.saturating_add(count);
                    self.xml.skip()?;
                }
                (Space::OfficeTable, "table-row") => {
                    let count = element.number("number-rows-repeated").unwrap_or(1).max(1);
                    if is_hidden {
                        cells.hide_rows(*row, row.saturating_add(count - 1));
                    }
                    let read = self.row()?;
                    for row in (*row..row.saturating_add(count)).take(MOST_REPEATED) {
                        if read.iter().all(|(_, cell)| cell.text.is_empty() && cell.rows == 1 && cell.columns == 1) {
                            break;
                        }
                        put(&read, row, cells)?;
                    }
                    *row = row.saturating_add(count);
                }
                (
                    Space::OfficeTable,
                    "table-row-group"
                    | "table-rows"
                    | "table-header-rows"
                    | "table-columns"
                    | "table-column-group"
                    | "table-header-columns",
                ) => self.lines(row, column, cells)?,
                (Space::OfficeTable, "shapes") => {
                    self.pictures += 1;
                    self.xml.skip()?;
                }
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    /// The cells of a row with their columns; blank ones are left out.
    fn row(&mut self) -> Result<Vec<(usize, Read)>, ReadError> {
        let mut row = Vec::new();
        let mut column = 0usize;
        while let Some(element) = self.xml.child()? {
            match element.name() {
                (Space::OfficeTable, "table-cell") => {
                    let cell = self.cell(&element)?;
                    let repeated = cell.repeated;
                    if !cell.text.is_empty() || cell.rows > 1 || cell.columns > 1 {
                        row.push((column, cell));
                    }
                    column = column.saturating_add(repeated);
                }
                (Space::OfficeTable, "covered-table-cell") => {
                    column = column.saturating_add(repeated_columns(&element));
                    self.xml.skip()?;
                }
                _ => self.xml.skip()?,
            }
        }
        Ok(row)
    }

    fn cell(&mut self, element: &Element) -> Result<Read, ReadError> {
        let shown = self.text_of_cell()?;
        let value = || element.attribute("value").map(|value| plain(&value));
        // Text, dates and percentages as they are shown; of other numbers all digits.
        let text = match element.attribute("value-type").as_deref() {
            Some("float" | "currency") => value().unwrap_or(shown),
            _ => shown,
        };
        let size = |name| element.number(name).unwrap_or(1).clamp(1, WIDEST);
        Ok(Read {
            text,
            rows: size("number-rows-spanned"),
            columns: size("number-columns-spanned"),
            repeated: repeated_columns(element),
        })
    }

    /// The paragraphs of the open cell, a line each.
    fn text_of_cell(&mut self) -> Result<String, ReadError> {
        let mut text = String::new();
        while let Some(element) = self.xml.child()? {
            match element.name() {
                (Space::OfficeText, "p" | "h") => {
                    if !text.is_empty() {
                        text.push('\n');
                    }
                    self.paragraph(&mut text)?;
                }
                (Space::Other, "frame" | "custom-shape") => {
                    self.pictures += 1;
                    self.xml.skip()?;
                }
                _ => self.xml.skip()?,
            }
        }
        Ok(text)
    }

    fn paragraph(&mut self, text: &mut String) -> Result<(), ReadError> {
        while let Some(token) = self.xml.inside()? {
            let element = match token {
                Token::Start(element) => element,
                Token::Text(piece) => {
                    text.push_str(&piece);
                    continue;
                }
                Token::End => break,
            };
            match element.name() {
                (Space::OfficeText, "s") => {
                    let count = element.number("c").unwrap_or(1).min(MOST_SPACES);
                    text.extend(std::iter::repeat_n(' ', count));
                    self.xml.skip()?;
                }
                (Space::OfficeText, "tab") => {
                    text.push(' ');
                    self.xml.skip()?;
                }
                (Space::OfficeText, "line-break") => {
                    text.push('\n');
                    self.xml.skip()?;
                }
                (Space::OfficeText, "ruby-text" | "note") | (Space::Office, "annotation") => self.xml.skip()?,
                (Space::OfficeText, _) => self.paragraph(text)?,
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }
}

fn repeated_columns(element: &Element) -> usize {
    element.number("number-columns-repeated").unwrap_or(1).max(1)
}

fn put(read: &[(usize, Read)], row: usize, cells: &mut Cells) -> Result<(), ReadError> {
    for (first, cell) in read {
        for column in (*first..first.saturating_add(cell.repeated)).take(MOST_REPEATED) {
            cells.put(row, column, cell.text.clone())?;
            cells.merge(row, column, cell.rows, cell.columns)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::document::Line;

    fn check(inner: &str, expect: &[&str]) {
        let spaces = "xmlns:o=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
            xmlns:t=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:x=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"";
        let text = format!("<t:table {spaces}>{inner}</t:table>");
        let mut reader = Reader { xml: Xml::new(&text), hidden_styles: HashSet::new(), pictures: 0 };
        reader.xml.element().unwrap();
        let mut workbook = Workbook::default();
        let mut cells = workbook.cells();
        reader.sheet(&mut cells).unwrap();
        workbook.add("Sheet1", false, cells).unwrap();
        let lines: Vec<_> = workbook.finish().lines.iter().map(Line::as_it_stands).collect();
        assert_eq!(lines, expect, "{inner}");
    }

    fn cell(attributes: &str, text: &str) -> String {
        format!("<t:table-cell {attributes}><x:p>{text}</x:p></t:table-cell>")
    }

    fn row(attributes: &str, cells: &[String]) -> String {
        format!("<t:table-row {attributes}>{}</t:table-row>", cells.concat())
    }

    #[test]
    fn numbers_have_all_their_digits_and_the_rest_is_as_shown() {
        let float = "o:value-type=\"float\" o:value=\"160.55\"";
        let percentage = "o:value-type=\"percentage\" o:value=\"0.25\"";
        let date = "o:value-type=\"date\" o:date-value=\"2023-01-01\"";
        let cells =
            [cell(float, "161"), cell(percentage, "25%"), cell(date, "2023年1月1日"), cell("", "甲<x:s x:c=\"2\"/>乙")];
        check(&row("", &cells), &["160.55 | 25% | 2023年1月1日 | 甲 乙"]);
        let note = "<o:annotation><x:p>批注</x:p></o:annotation>";
        let noted = cell("", "甲").replace("<x:p>", &format!("{note}<x:p>"));
        check(&row("", &[noted, cell("", "<x:span>1</x:span>")]), &["甲 | 1"]);
    }

    #[test]
    fn repetition_is_bounded_and_blank_rows_take_no_room() {
        let blank = "<t:table-row t:number-rows-repeated=\"1048000\"><t:table-cell t:number-columns-repeated=\"16384\"/></t:table-row>";
        let rows = [
            row("", &[cell("t:number-columns-repeated=\"3\"", "0")]),
            blank.to_owned(),
            row("", &[cell("", "甲"), cell("", "1")]),
        ];
        check(&rows.concat(), &["0 | 0 | 0", "甲 | 1"]);
        let twice = row("t:number-rows-repeated=\"2\"", &[cell("", "甲"), cell("", "1")]);
        check(&twice, &["甲 | 1", "甲 | 1"]);
        let text =
            row("t:number-rows-repeated=\"99999999999\"", &[cell("t:number-columns-repeated=\"99999999\"", "0")]);
        let spaces = "xmlns:t=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:x=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"";
        let text = format!("<t:table {spaces}>{text}</t:table>");
        let mut reader = Reader { xml: Xml::new(&text), hidden_styles: HashSet::new(), pictures: 0 };
        reader.xml.element().unwrap();
        assert!(reader.sheet(&mut Workbook::default().cells()).is_err());
    }

    #[test]
    fn merged_and_hidden_cells_are_minded() {
        let wide = cell("t:number-columns-spanned=\"2\" t:number-rows-spanned=\"1\"", "头");
        let rows = [
            row("", &[cell("", "甲"), wide, "<t:covered-table-cell/>".to_owned(), cell("", "尾")]),
            row("t:visibility=\"collapse\"", &[cell("", "藏")]),
            format!(
                "<t:table-row-group>{}</t:table-row-group>",
                row("", &[cell("", "乙"), cell("", "1"), cell("", "2"), cell("", "3")])
            ),
        ];
        check(&rows.concat(), &["甲 | 头 | 尾", "乙 | 1 | 2 | 3"]);
    }
}
