//! One sheet of a workbook: rows of cells, what is merged, and how it is shown and printed.

use std::ops::Range;

use super::super::xml::Xml;
use super::notes::Note;
use super::strings::Strings;
use super::styles::{Style, Styles};
use super::{MAIN, RELATIONSHIPS};
use crate::form::CellId;

/// How many rows and columns a sheet may have.
pub const MOST_ROWS: usize = 1_048_576;
pub const MOST_COLUMNS: usize = 16_384;
/// The most that a row may be high, in points.
pub const HIGHEST: usize = 409;
/// What is printed on one page, in points, some of it smaller than it is.
const ONE_PAGE: usize = 900;

#[derive(Default)]
pub struct Sheet {
    pub name: String,
    pub is_hidden: bool,
    /// In twentieths of a point.
    pub widths: Vec<usize>,
    pub rows: Vec<Row>,
    pub merges: Vec<Area>,
    /// How many rows at the top always stay in sight.
    pub frozen: usize,
    /// The rows that are printed on every page.
    pub repeated: Range<usize>,
    pub notes: Vec<Note>,
}

#[derive(Default)]
pub struct Row {
    /// In points; `None` where it is left to the program.
    pub height: Option<usize>,
    /// In the order of their columns.
    pub cells: Vec<Cell>,
}

#[derive(Default)]
pub struct Cell {
    pub column: usize,
    /// How many columns it takes, with those that are merged into it.
    pub columns: usize,
    /// The figure of the form that stands in it.
    pub figure: Option<CellId>,
    pub style: Style,
    pub content: Content,
}

#[derive(Default)]
pub enum Content {
    #[default]
    Blank,
    Text(String),
    /// The number's digits, as they are.
    Number(String),
    Formula {
        formula: String,
        value: String,
    },
}

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
}

impl Area {
    /// As `A1:B2` says it, counting from 0 here.
    fn reference(self) -> String {
        let last = reference(self.row + self.rows - 1, self.column + self.columns - 1);
        format!("{}:{last}", reference(self.row, self.column))
    }
}

/// A cell as `A1` says it, counting from 0 here.
pub fn reference(row: usize, column: usize) -> String {
    format!("{}{}", letters(column), row + 1)
}

/// The letters of a column.
pub fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

impl Sheet {
    /// Merges cells into one, where there are several; the first of them holds the content.
    pub fn merge(&mut self, area: Area) {
        if area.rows > 1 || area.columns > 1 {
            self.merges.push(area);
        }
    }

    /// `worksheet.xml`. The first sheet is the one that is open; `foot` is printed on every page.
    pub fn part(&self, is_first: bool, foot: &str, styles: &mut Styles, strings: &mut Strings) -> Vec<u8> {
        Xml::document("worksheet", &[MAIN, RELATIONSHIPS], |xml| {
            xml.element("sheetPr", &[], |xml| xml.empty("pageSetUpPr", &[("fitToPage", "1")]));
            self.view(xml, is_first);
            xml.empty("sheetFormatPr", &[("defaultRowHeight", "13.5")]);
            if !self.widths.is_empty() {
                xml.element("cols", &[], |xml| self.columns(xml));
            }
            xml.element("sheetData", &[], |xml| {
                for (at, row) in self.rows.iter().enumerate() {
                    row.write(xml, at, styles, strings);
                }
            });
            if !self.merges.is_empty() {
                xml.element("mergeCells", &[("count", &self.merges.len().to_string())], |xml| {
                    for area in &self.merges {
                        xml.empty("mergeCell", &[("ref", &area.reference())]);
                    }
                });
            }
            self.print_setup(xml, foot);
            if !self.notes.is_empty() {
                xml.empty("legacyDrawing", &[("r:id", super::notes::DRAWING)]);
            }
        })
    }

    fn view(&self, xml: &mut Xml, is_first: bool) {
        let mut attributes = vec![("showGridLines", "0"), ("workbookViewId", "0")];
        if is_first {
            attributes.insert(1, ("tabSelected", "1"));
        }
        xml.element("sheetViews", &[], |xml| {
            xml.element("sheetView", &attributes, |xml| {
                if self.frozen == 0 {
                    return;
                }
                let (rows, first) = (self.frozen.to_string(), reference(self.frozen, 0));
                let pane =
                    [("ySplit", &*rows), ("topLeftCell", &first), ("activePane", "bottomLeft"), ("state", "frozen")];
                xml.empty("pane", &pane);
                xml.empty("selection", &[("pane", "bottomLeft"), ("activeCell", &first), ("sqref", &first)]);
            });
        });
    }

    fn columns(&self, xml: &mut Xml) {
        for (at, width) in self.widths.iter().enumerate() {
            let number = (at + 1).to_string();
            xml.empty(
                "col",
                &[("min", &number), ("max", &number), ("width", &in_digits(*width)), ("customWidth", "1")],
            );
        }
    }

    /// A4 upright, as wide as the page, numbered, with what names the report. What is a little longer than a page is
    /// made to fit on one.
    fn print_setup(&self, xml: &mut Xml, foot: &str) {
        let height: usize = self.rows.iter().filter_map(|row| row.height).sum();
        let pages = if height <= ONE_PAGE { "1" } else { "0" };
        xml.empty("printOptions", &[("horizontalCentered", "1")]);
        let sides = [("left", "0.75"), ("right", "0.75"), ("top", "0.9"), ("bottom", "0.9")];
        xml.empty("pageMargins", &[&sides[..], &[("header", "0.4"), ("footer", "0.4")]].concat());
        xml.empty("pageSetup", &[("paperSize", "9"), ("fitToHeight", pages), ("orientation", "portrait")]);
        let footer = format!("&L&9{}&C— &P —", foot.replace('&', "&&"));
        xml.element("headerFooter", &[], |xml| xml.leaf("oddFooter", &[], &footer));
    }
}

/// A width as sheets measure it: in digits of the first font, which are six points wide on a screen.
fn in_digits(width: usize) -> String {
    let hundredths = width * 100 / 120;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

impl Row {
    fn write(&self, xml: &mut Xml, at: usize, styles: &mut Styles, strings: &mut Strings) {
        let (number, height) = ((at + 1).to_string(), self.height.map(|height| height.min(HIGHEST).to_string()));
        let mut attributes = vec![("r", number.as_str())];
        if let Some(height) = &height {
            attributes.extend([("ht", height.as_str()), ("customHeight", "1")]);
        }
        xml.element("row", &attributes, |xml| {
            for cell in &self.cells {
                let (place, style) = (reference(at, cell.column), styles.index(&cell.style).to_string());
                let attributes = [("r", place.as_str()), ("s", &style)];
                match &cell.content {
                    Content::Blank => xml.empty("c", &attributes),
                    Content::Text(text) => {
                        let index = strings.index(text).to_string();
                        let attributes = [attributes.as_slice(), &[("t", "s")]].concat();
                        xml.element("c", &attributes, |xml| xml.leaf("v", &[], &index));
                    }
                    Content::Number(number) => xml.element("c", &attributes, |xml| xml.leaf("v", &[], number)),
                    Content::Formula { formula, value } => xml.element("c", &attributes, |xml| {
                        xml.leaf("f", &[], formula);
                        xml.leaf("v", &[], value);
                    }),
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_in_letters_and_numbers() {
        for (column, expect) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(letters(column), expect);
        }
        assert_eq!(Area { row: 2, column: 0, rows: 3, columns: 10 }.reference(), "A3:J5");
    }
}
