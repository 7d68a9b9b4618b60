//! A list of bodies, as somebody keeps it in a spreadsheet: their names, and where it has them the years.

use nianbao::language::Language;
use nianbao::read::{Platform, native::Native};
use nianbao::words;

/// The longest name that is taken for one, in characters.
const LONGEST: usize = 200;
/// More bodies than any list has.
const MOST: usize = 100_000;

/// A body of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    pub agency: String,
    pub year: Option<i32>,
}

/// A list that was read.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Each once, in their order.
    pub bodies: Vec<Body>,
    /// What stands twice: no fault.
    pub repeated: Vec<String>,
    /// What could not be used, each in a sentence.
    pub faults: Vec<String>,
}

/// Where the columns stand.
struct Columns {
    agency: usize,
    year: Option<usize>,
}

/// Reads a list. The bodies that name no year are of the one that is given.
///
/// # Errors
/// A sentence, where it is no list of names.
pub fn read(bytes: &[u8], year: Option<i32>, language: Language) -> Result<List, String> {
    let text = decoded(bytes).ok_or_else(|| language.word(words::COMMAND_LIST_NO_TEXT).to_owned())?;
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).flexible(true).delimiter(delimiter(&text)).from_reader(text.as_bytes());
    let (mut list, mut columns) = (List::default(), None);
    for record in reader.records() {
        let record = record.map_err(|_| language.word(words::COMMAND_LIST_NO_TEXT).to_owned())?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<String> = record.iter().map(tidy).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        let is_first = columns.is_none();
        let columns = columns.get_or_insert_with(|| Columns::of(&cells));
        if !(is_first && Columns::are_heads(&cells)) {
            list.add(&cells, columns, year, line, language);
        }
        if list.bodies.len() > MOST {
            return Err(language.word(words::COMMAND_LIST_NO_TEXT).to_owned());
        }
    }
    match list.bodies.is_empty() && list.faults.is_empty() {
        true => Err(language.word(words::COMMAND_LIST_EMPTY).to_owned()),
        false => Ok(list),
    }
}

impl List {
    fn add(&mut self, cells: &[String], columns: &Columns, year: Option<i32>, line: u64, language: Language) {
        let line = line.to_string();
        let agency = cells.get(columns.agency).map(String::as_str).unwrap_or_default();
        let is_name = agency.chars().any(char::is_alphanumeric) && agency.chars().count() <= LONGEST;
        if !is_name {
            let shown: String = agency.chars().take(40).collect();
            let values = [("line", &*line), ("name", &shown)];
            return self.faults.push(language.say(words::COMMAND_LIST_NO_NAME, &values));
        }
        let written = columns.year.and_then(|at| cells.get(at)).map(String::as_str).unwrap_or_default();
        let year = match (written, year_of(written)) {
            ("", _) => year,
            (_, Some(year)) => Some(year),
            (written, None) => {
                let shown: String = written.chars().take(40).collect();
                let values = [("line", &*line), ("agency", agency), ("year", &shown)];
                return self.faults.push(language.say(words::COMMAND_LIST_NO_YEAR, &values));
            }
        };
        let body = Body { agency: agency.to_owned(), year };
        match self.bodies.contains(&body) {
            true => {
                let values = [("line", &*line), ("agency", agency)];
                self.repeated.push(language.say(words::COMMAND_LIST_TWICE, &values));
            }
            false => self.bodies.push(body),
        }
    }
}

impl Columns {
    /// By the heads of the first line, or else the first column and the second.
    fn of(cells: &[String]) -> Columns {
        match (column(cells, &words::COMMAND_LIST_HEADS_AGENCY), column(cells, &words::COMMAND_LIST_HEADS_YEAR)) {
            (None, None) => Columns { agency: 0, year: Some(1) },
            // A line with one head has another that nobody knows.
            (None, Some(year)) => Columns { agency: usize::from(year == 0), year: Some(year) },
            (Some(agency), year) => Columns { agency, year },
        }
    }

    fn are_heads(cells: &[String]) -> bool {
        column(cells, &words::COMMAND_LIST_HEADS_AGENCY).is_some()
            || column(cells, &words::COMMAND_LIST_HEADS_YEAR).is_some()
    }
}

/// The column whose head is one of those that a message lists, in any language.
fn column(cells: &[String], heads: &nianbao::language::Message) -> Option<usize> {
    let is_head = |cell: &String| {
        let cell = cell.to_lowercase();
        Language::all().any(|language| language.word(*heads).split_whitespace().any(|head| head == cell))
    };
    cells.iter().position(is_head)
}

/// What spreadsheets write: UTF-8, UTF-16 with a mark, GB 18030. Nothing is mended, as it is in a report: of a list that
/// comes out wrong there would be a hundred files.
fn decoded(bytes: &[u8]) -> Option<String> {
    let marked = [(&b"\xef\xbb\xbf"[..], "utf-8"), (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be")];
    for (mark, encoding) in marked {
        if let Some(rest) = bytes.strip_prefix(mark) {
            return Native.decode(encoding, rest);
        }
    }
    let text = Native.decode("utf-8", bytes).or_else(|| Native.decode("gb18030", bytes))?;
    // A workbook or a picture is no list.
    (!text.contains('\0')).then_some(text)
}

/// What stands between cells, by the first line.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    [b'\t', b',', b';'].into_iter().find(|sign| first.contains(char::from(*sign))).unwrap_or(b',')
}

/// A cell without what nobody sees, and without blank space around it.
fn tidy(cell: &str) -> String {
    let seen = |c: &char| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{202a}'..='\u{202e}');
    let cell: String = cell.chars().filter(seen).map(|c| if c.is_control() { ' ' } else { c }).collect();
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A year as somebody writes it: digits, or as it is printed.
fn year_of(written: &str) -> Option<i32> {
    let plain = Native.nfkc(written);
    let digits: String = plain.chars().take_while(char::is_ascii_digit).collect();
    let year = digits.parse().ok().filter(|year| (1900..=2999).contains(year))?;
    let is_printed = |text: &str| text == digits || Language::all().any(|language| language.printed_year(year) == text);
    is_printed(&plain).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(bytes: &[u8]) -> Vec<(String, Option<i32>)> {
        let list = read(bytes, Some(2024), Language::CHINESE).unwrap();
        assert_eq!(list.faults, Vec::<String>::new());
        list.bodies.into_iter().map(|body| (body.agency, body.year)).collect()
    }

    fn check(text: &str, expect: &[(&str, i32)]) {
        let expect: Vec<_> = expect.iter().map(|(agency, year)| ((*agency).to_owned(), Some(*year))).collect();
        let utf16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        let encodings = [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            encoding_rs::GB18030.encode(text).0.into_owned(),
            [&b"\xff\xfe"[..], &utf16(u16::to_le_bytes)].concat(),
            [&b"\xfe\xff"[..], &utf16(u16::to_be_bytes)].concat(),
        ];
        for bytes in encodings {
            assert_eq!(bodies(&bytes), expect, "{text}");
        }
    }

    #[test]
    fn a_list_is_read_with_heads_and_without() {
        let both = [("某镇人民政府", 2023), ("某局", 2024)];
        check("某镇人民政府,2023\n某局,\n", &both);
        check("机关,年度\r\n某镇人民政府,2023\r\n某局\r\n", &both);
        check("序号,单位,年份\n1,某镇人民政府,2023年\n2,某局,２０２４\n", &both);
        check("Year;Agency\n2023;某镇人民政府\n;某局\n", &both);
        check("名称\t年度\n\"某镇人民\t政府\"\t2023\n", &[("某镇人民 政府", 2023)]);
        check("机关名称\n某镇人民政府\n\n  某局  \n", &[("某镇人民政府", 2024), ("某局", 2024)]);
        check("\"某区, 某局\"", &[("某区, 某局", 2024)]);
        check("機關,年度\n某鎮,2023", &[("某鎮", 2023)]);
    }

    #[test]
    fn what_stands_twice_or_cannot_be_used_is_told() {
        let list = read(
            "机关,年度\n某镇,2023\n某镇,2023\n,2023\n——,\n某局,去年\n某镇,2022".as_bytes(),
            None,
            Language::CHINESE,
        )
        .unwrap();
        let years: Vec<_> = list.bodies.iter().map(|body| body.year).collect();
        assert_eq!(years, [Some(2023), Some(2022)]);
        assert!(list.repeated.len() == 1 && list.repeated[0].contains("第 3 行"), "{:?}", list.repeated);
        assert_eq!(list.faults.len(), 3, "{:?}", list.faults);
        assert!(list.faults[0].contains("第 4 行") && list.faults[2].contains("去年"), "{:?}", list.faults);
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for (bytes, expect) in [
            (&b""[..], "没有"),
            (b"\n\r\n ,,\n", "没有"),
            ("机关,年度\n".as_bytes(), "没有"),
            (b"PK\x03\x04\0\0", "CSV"),
            (b"\xff\xff\xff", "CSV"),
        ] {
            let sentence = read(bytes, None, Language::CHINESE).unwrap_err();
            assert!(sentence.contains(expect), "{sentence}");
        }
    }
}
