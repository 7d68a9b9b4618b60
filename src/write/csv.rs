//! CSV: one figure a line with its address, where it stands and its unit; the texts a paragraph a line,
//! the cover, and the report's JSON in pieces that a spreadsheet's cell holds. UTF-8 with its mark, as
//! spreadsheets need it.

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

use super::{WriteError, printable};
use crate::form::CellId;
use crate::language::Language;
use crate::marks;
use crate::publication::{Part, Publication};
use crate::words;

/// How many characters of JSON stand in one cell; spreadsheets keep four times as many.
const PIECE: usize = 8000;

pub fn write(publication: &Publication, carried: &str) -> Result<Vec<u8>, WriteError> {
    let mut list = List {
        lines: WriterBuilder::new()
            .quote_style(QuoteStyle::Necessary)
            .terminator(Terminator::CRLF)
            .from_writer("\u{feff}".as_bytes().to_vec()),
    };
    list.all(publication, carried).map_err(|error| failed(&error.to_string()))?;
    list.lines.into_inner().map_err(|error| failed(&error.to_string()))
}

/// Memory takes every line; what the library says goes into the sentence all the same.
fn failed(reason: &str) -> WriteError {
    WriteError::new(words::WRITE_CSV_FAILED, &[("reason", reason)])
}

struct List {
    lines: Writer<Vec<u8>>,
}

impl List {
    fn all(&mut self, publication: &Publication, carried: &str) -> csv::Result<()> {
        let report = publication.report;
        self.lines.write_record(marks::COLUMNS)?;
        let year = report.year.map(|year| year.to_string()).unwrap_or_default();
        self.line(marks::LISTED_FORM, "封面", "表式", "", &report.form.id, "")?;
        let cover = [&report.agency, &year, &publication.title, &report.date, &report.contact];
        for ((address, name), text) in marks::COVER.into_iter().zip(cover) {
            self.line(address, "封面", name, "", text, "")?;
        }
        let mut heading = "";
        for part in &publication.parts {
            match part {
                Part::Heading { section, text } => {
                    heading = text;
                    self.line(&format!("{}{section}", marks::LISTED_HEADING), heading, "标题", "", text, "")?;
                }
                Part::Paragraph { section, text } => {
                    let place =
                        if report.form.sections.iter().any(|known| known.id == *section) { heading } else { "" };
                    self.line(&format!("{}{section}", marks::LISTED_SECTION), place, "文字", "", text, "")?;
                }
                Part::Sheet { layout, .. } => {
                    for cell in layout.figures() {
                        self.figure(publication, cell, heading)?;
                    }
                }
                Part::Foot(_) => {}
            }
        }
        let carried: Vec<_> = carried.chars().collect();
        for (at, piece) in carried.chunks(PIECE).enumerate() {
            let piece: String = piece.iter().collect();
            self.line(&format!("{}{}", marks::LISTED_JSON, at + 1), "", "数据", "", &piece, "")?;
        }
        self.lines.flush()?;
        Ok(())
    }

    fn figure(&mut self, publication: &Publication, cell: CellId, heading: &str) -> csv::Result<()> {
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

    fn line(&mut self, address: &str, place: &str, row: &str, column: &str, text: &str, unit: &str) -> csv::Result<()> {
        let fields = [address, place, row, column, text, unit].map(|field| printable(field));
        self.lines.write_record(fields.iter().map(|field| marks::guarded(field).into_owned()))
    }
}
