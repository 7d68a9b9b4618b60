//! The list of figures and texts that a `.csv` file holds, by the names of its columns: as it was written, or
//! as a spreadsheet saved it again, with another separator and in another encoding.

use csv::{ReaderBuilder, StringRecord};

use super::document::Document;
use super::tagged::{Figure, Tagged};
use crate::marks;

/// What separates fields, by where it is written.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// Whether a text is such a list: its first line names the columns.
pub fn is_list(text: &str) -> bool {
    separator(text).is_some()
}

fn separator(text: &str) -> Option<u8> {
    let first = text.trim_start_matches('\u{feff}').lines().next()?;
    let names = |separator: u8| first.split(char::from(separator)).map(|name| name.trim().trim_matches('"'));
    let [address, _, _, _, value, _] = marks::COLUMNS;
    let has = |separator: u8, column: &str| names(separator).any(|name| name == column);
    SEPARATORS.into_iter().find(|separator| has(*separator, address) && has(*separator, value))
}

/// Reads such a list.
pub fn document(text: &str) -> Document {
    let text = text.trim_start_matches('\u{feff}');
    let separator = separator(text).unwrap_or(b',');
    let records =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut records = records.into_records().map_while(Result::ok);
    let mut list = List { has_decimal_comma: separator == b';', ..List::default() };
    list.columns = List::places(&records.next().unwrap_or_default());
    records.for_each(|record| list.add(&record));
    list.finish()
}

#[derive(Default)]
struct List {
    /// Where the columns stand.
    columns: [Option<usize>; 6],
    /// Spreadsheets that separate by semicolons write amounts with a comma.
    has_decimal_comma: bool,
    tagged: Tagged,
    json: Vec<(usize, String)>,
}

impl List {
    fn places(names: &StringRecord) -> [Option<usize>; 6] {
        marks::COLUMNS.map(|column| names.iter().position(|name| name.trim() == column))
    }

    fn add(&mut self, record: &StringRecord) {
        let field = |column: usize| {
            let field = self.columns[column].and_then(|place| record.get(place)).unwrap_or_default();
            marks::unguarded(field).to_owned()
        };
        let (address, text, unit) = (field(0), field(4), field(5));
        let address = address.trim();
        let tagged = &mut self.tagged;
        match address {
            "" => {}
            marks::LISTED_FORM => tagged.form = text.trim().to_owned(),
            marks::LISTED_AGENCY => tagged.agency = Some(text),
            marks::LISTED_YEAR => tagged.year = Some(text),
            marks::TITLE => tagged.title = Some(text),
            marks::DATE => tagged.date = Some(text),
            marks::CONTACT => tagged.contact = Some(text),
            _ => {
                if let Some(section) = address.strip_prefix(marks::LISTED_SECTION) {
                    tagged.texts.push((section.to_owned(), text));
                } else if address.starts_with(marks::LISTED_HEADING) {
                    tagged.headings.push(text);
                } else if let Some(number) =
                    address.strip_prefix(marks::LISTED_JSON).and_then(|number| number.parse().ok())
                {
                    self.json.push((number, text));
                } else {
                    let text = if self.has_decimal_comma { with_point(text) } else { text };
                    let line = record.position().and_then(|position| usize::try_from(position.line()).ok());
                    tagged.figures.push((address.to_owned(), Figure { text, unit: Some(unit), line }));
                }
            }
        }
    }

    fn finish(mut self) -> Document {
        (self.tagged.has_sections, self.tagged.is_list) = (true, true);
        self.json.sort_by_key(|(number, _)| *number);
        let json: String = self.json.into_iter().map(|(_, piece)| piece).collect();
        Document {
            tagged: Some(Box::new(self.tagged)),
            carried: Some(json).filter(|json| !json.is_empty()),
            ..Document::default()
        }
    }
}

/// `24252,31` as `24252.31`; anything else as it is.
fn with_point(text: String) -> String {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once(',') {
        Some((whole, fraction)) if is_digits(whole.trim_start_matches('-')) && is_digits(fraction) => {
            format!("{whole}.{fraction}")
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_known_by_its_columns_whatever_separates_them() {
        for text in ["\u{feff}地址,部分,行,列,值,单位\r\n", "\"地址\";\"值\"\n", "地址\t部分\t值\t\t\n"]
        {
            assert!(is_list(text), "{text}");
        }
        for text in ["", "地址,电话\n", "单位地址、邮编,值\n", "甲\n地址,值\n"] {
            assert!(!is_list(text), "{text}");
        }
    }

    #[test]
    fn a_list_that_a_spreadsheet_saved_again_says_the_same() {
        let lines = "地址;值;单位\ntitle;某镇报告;\nsections.overview;\"甲;\n\"\"乙\"\"\";\nsections.overview;'=丙;\n\
            article20_8.fees.amount;24252,31;万元\njson.2;}};\njson.1;{\"a\":{;\n;;;\n";
        let document = document(lines);
        let tagged = document.tagged.expect("it is a list");
        assert_eq!(tagged.title.as_deref(), Some("某镇报告"));
        let texts: Vec<_> = tagged.texts.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["甲;\n\"乙\"", "=丙"]);
        let figure = Figure { text: "24252.31".to_owned(), unit: Some("万元".to_owned()), line: Some(6) };
        assert_eq!(tagged.figures, [("article20_8.fees.amount".to_owned(), figure)]);
        assert_eq!(document.carried.as_deref(), Some("{\"a\":{}}"));
    }
}
