//! CSV: one figure a line with its address, where it stands and its unit; the texts a paragraph a line,
//! the cover, and the report's JSON in pieces that a spreadsheet's cell holds. UTF-8 with its mark, as
//! spreadsheets need it.

use super::printable;
use crate::form::CellId;
use crate::language::Language;
use crate::marks;
use crate::publication::{Part, Publication};

/// How many characters of JSON stand in one cell; spreadsheets keep four times as many.
const PIECE: usize = 8000;

/// What separates cells: where nobody says which, spreadsheets take more than the comma for it.
const SEPARATING: [char; 6] = [',', ';', '\t', '"', '\r', '\n'];

pub fn write(publication: &Publication, carried: &str) -> Vec<u8> {
    let mut list = List { lines: "\u{feff}".to_owned() };
    list.all(publication, carried);
    list.lines.into_bytes()
}

struct List {
    lines: String,
}

impl List {
    fn all(&mut self, publication: &Publication, carried: &str) {
        let report = publication.report;
        self.record(marks::COLUMNS);
        let year = report.year.map(|year| year.to_string()).unwrap_or_default();
        self.line(marks::LISTED_FORM, "封面", "表式", "", &report.form.id, "");
        let cover = [&report.agency, &year, &publication.title, &report.date, &report.contact];
        for ((address, name), text) in marks::COVER.into_iter().zip(cover) {
            self.line(address, "封面", name, "", text, "");
        }
        let mut heading = "";
        for part in &publication.parts {
            match part {
                Part::Heading { section, text } => {
                    heading = text;
                    self.line(&format!("{}{section}", marks::LISTED_HEADING), heading, "标题", "", text, "");
                }
                Part::Paragraph { section, text } => {
                    let place =
                        if report.form.sections.iter().any(|known| known.id == *section) { heading } else { "" };
                    self.line(&format!("{}{section}", marks::LISTED_SECTION), place, "文字", "", text, "");
                }
                Part::Sheet { layout, .. } => {
                    for cell in layout.figures() {
                        self.figure(publication, cell, heading);
                    }
                }
                Part::Foot(_) => {}
            }
        }
        let carried: Vec<_> = carried.chars().collect();
        for (at, piece) in carried.chunks(PIECE).enumerate() {
            let piece: String = piece.iter().collect();
            self.line(&format!("{}{}", marks::LISTED_JSON, at + 1), "", "数据", "", &piece, "");
        }
    }

    fn figure(&mut self, publication: &Publication, cell: CellId, heading: &str) {
        let (report, chinese) = (publication.report, Language::CHINESE);
        let form = &report.form;
        let definition = form.cell(cell);
        let printed = definition.holds.unit.as_ref().map(|unit| unit.get(chinese));
        let value = report.value(cell).to_string();
        self.line(
            &definition.address,
            heading,
            &form.row_label(cell, chinese),
            &form.column_label(cell, chinese),
            &value,
            report.unit(cell).or(printed).unwrap_or_default(),
        )
    }

    fn line(&mut self, address: &str, place: &str, row: &str, column: &str, text: &str, unit: &str) {
        let fields = [address, place, row, column, text, unit].map(|field| printable(field));
        self.record(fields.each_ref().map(|field| marks::guarded(field)));
    }

    fn record<T: AsRef<str>>(&mut self, fields: [T; 6]) {
        for (at, field) in fields.iter().enumerate() {
            if at > 0 {
                self.lines.push(',');
            }
            let field = field.as_ref();
            match field.contains(SEPARATING) {
                true => self.lines.extend(["\"", &field.replace('"', "\"\""), "\""]),
                false => self.lines.push_str(field),
            }
        }
        self.lines.push_str("\r\n");
    }
}
