//! A short name of what a report says, by which a paper copy is matched to its data: SHA-256 over a canonical text,
//! of which the first 64 bits are shown, as `9F3A-22C0-71BE-04D8`.
//!
//! What counts is what the report itself says: form, agency, year, title, date, contact, headings, texts, figures,
//! units, and in an open form its indicators and columns. What does not: where figures come from, which are inferred,
//! unread, partial or entered by hand, answers, figures that the form has no place for, and keys that nobody knows.
//! Nothing of the form but its id counts either, so that its file may be worded anew without any report changing.
//!
//! The canonical text is made of records, each a line: its fields, each as `LENGTH:TEXT,` with the length in bytes of
//! UTF-8, and a line feed. In this order, where what they hold is not empty:
//! - `nianbao-report`, `1`;
//! - `form`, ID; `agency`, TEXT; `year`, DIGITS; `title`, TEXT; `date`, TEXT; `contact`, TEXT;
//! - for each heading `heading`, TEXT, empty ones too;
//! - for each indicator `indicator`, ID, LABEL, UNIT, LEVEL, and for each column of an open form `column`, ID, as the
//!   report's JSON lists them;
//! - for each section by its id `section`, ID, TEXT: the paragraphs with a blank line between them;
//! - for each figure by its address `figure`, ADDRESS, `number` or `text`, and the number or the text;
//! - for each unit that the report writes by its address `unit`, ADDRESS, TEXT.
//!
//! A number has no zeros at its end behind the point, and no sign where it is 0. A blank cell has no record. Texts have
//! one kind of line end, no blank space around them or around a paragraph, and no characters that nothing prints.

use std::fmt;
use std::fmt::Write;

use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::finding::{Finding, Severity};
use crate::form::CellId;
use crate::language::Language;
use crate::marks;
use crate::report::Report;
use crate::value::Value;
use crate::words;

/// The key under which it stands in a report's JSON as it is written to a file, and the rule of the finding that says
/// that it does not match.
pub const KEY: &str = "fingerprint";

/// The fingerprint of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fingerprint(u64);

/// Four groups of four hexadecimal digits.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fingerprint(bits) = self;
        for (at, shift) in [48, 32, 16, 0].into_iter().enumerate() {
            let hyphen = if at > 0 { "-" } else { "" };
            write!(f, "{hyphen}{:04X}", bits >> shift & 0xffff)?;
        }
        Ok(())
    }
}

impl Fingerprint {
    /// The line that stands at the foot of what is printed.
    pub fn line(self, language: Language) -> String {
        line(&self.to_string(), language)
    }

    /// Whether a text is this fingerprint, in capitals or not, with whatever between its digits.
    pub fn is_written(self, text: &str) -> bool {
        let digits = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        digits(text).eq_ignore_ascii_case(&digits(&self.to_string()))
    }
}

fn line(fingerprint: &str, language: Language) -> String {
    language.say(words::FINGERPRINT_LINE, &[("fingerprint", fingerprint)])
}

/// The fingerprint of what a report says.
pub fn of(report: &Report) -> Fingerprint {
    let hash = Sha256::digest(canonical(report).as_bytes());
    Fingerprint(hash.iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte)))
}

/// Puts the fingerprint of a report into its JSON, as files have it.
pub fn put(report: &Report, json: &mut Json) {
    if let Json::Object(map) = json {
        map.insert(KEY.into(), of(report).to_string().into());
    }
}

/// That a report is not the one whose fingerprint its file states.
pub fn told(report: &Report, language: Language) -> Option<Finding> {
    let stated = report.stated_fingerprint.as_str();
    if stated.is_empty() {
        return None;
    }
    let read = of(report);
    if read.is_written(stated) {
        return None;
    }
    let stated: String = stated.chars().filter(|c| !c.is_control()).take(QUOTED).collect();
    let values = [("stated", stated.as_str()), ("read", &read.to_string())];
    Some(Finding::new(KEY, Severity::Info, language.say(words::FINGERPRINT_DIFFERS, &values)))
}

/// How much of what is stated a sentence quotes, in characters.
const QUOTED: usize = 40;

/// Whether a text that is seen is the line with a fingerprint, with a page number behind it perhaps: it is no part of
/// the report.
pub fn is_line(text: &str) -> bool {
    let tight: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    Language::all().any(|language| {
        let label: String = line("", language).chars().filter(|c| !c.is_whitespace()).collect();
        tight.strip_prefix(label.as_str()).is_some_and(is_shape)
    })
}

/// Four groups of four hexadecimal digits, and what may stand around the number of a page.
fn is_shape(text: &str) -> bool {
    let length = "0000-0000-0000-0000".len();
    let (Some(shown), Some(rest)) = (text.get(..length), text.get(length..)) else { return false };
    let mut groups = shown.split('-');
    let is_group = |group: &str| group.len() == 4 && group.bytes().all(|byte| byte.is_ascii_hexdigit());
    groups.by_ref().all(is_group) && rest.chars().all(|c| c.is_ascii_digit() || "—–-/".contains(c))
}

/// The text over which the fingerprint is made.
fn canonical(report: &Report) -> String {
    let mut records = Records(String::new());
    let form = &report.form;
    records.put(&["nianbao-report", "1"]);
    records.put(&["form", &form.id]);
    records.text("agency", &report.agency);
    if let Some(year) = report.year {
        records.put(&["year", &year.to_string()]);
    }
    records.text("title", &report.title);
    records.text("date", &report.date);
    records.text("contact", &report.contact);
    for heading in report.headings.iter().flatten() {
        records.put(&["heading", &plain(heading)]);
    }
    if form.lists_indicators() {
        for indicator in &form.indicators {
            let (label, unit) = (plain(&indicator.label), plain(&indicator.unit));
            records.put(&["indicator", &indicator.id, &label, &unit, &indicator.level.to_string()]);
        }
        for column in form.listed_columns() {
            records.put(&["column", &column.id]);
        }
    }
    let mut sections: Vec<_> = report.sections.iter().map(|(id, text)| (id, plain(text))).collect();
    sections.sort();
    for (id, text) in sections.iter().filter(|(_, text)| !text.is_empty()) {
        records.put(&["section", id, text]);
    }
    let mut cells: Vec<(&str, CellId)> = form.cells().map(|(cell, known)| (known.address.as_str(), cell)).collect();
    cells.sort();
    for (address, cell) in &cells {
        match report.value(*cell) {
            Value::Blank => {}
            Value::Number(number) => records.put(&["figure", address, "number", &number.normalize().to_string()]),
            Value::Text(text) => records.put(&["figure", address, "text", &plain(text)]),
        }
    }
    for (address, cell) in &cells {
        let unit = plain(report.unit(*cell).unwrap_or_default());
        if !unit.is_empty() {
            records.put(&["unit", address, &unit]);
        }
    }
    records.0
}

/// The canonical text as far as it is written.
struct Records(String);

impl Records {
    fn put(&mut self, fields: &[&str]) {
        for field in fields {
            // A string takes any text.
            let _ = write!(self.0, "{}:{field},", field.len());
        }
        self.0.push('\n');
    }

    /// A text of the cover, where there is one.
    fn text(&mut self, name: &str, text: &str) {
        let text = plain(text);
        if !text.is_empty() {
            self.put(&[name, &text]);
        }
    }
}

/// A text with one kind of line end, without blank space around it and around its paragraphs, and without what
/// nothing prints.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}', '\u{85}'], "\n");
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let unseen = |c: &char| c.is_control() && !matches!(c, '\n' | '\t') || marks::is_noncharacter(*c);
        paragraph.chars().filter(|c| !unseen(c)).collect::<String>().trim().to_owned()
    });
    paragraphs.filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Answer;
    use crate::forms::Forms;
    use crate::provenance::{How, Origin};

    const JSON: &str = r#"{
        "form": "gongkai-2019", "agency": "某镇人民政府", "year": 2020, "title": "某镇人民政府2020年报告",
        "date": "2021年1月20日", "contact": "电话 0571-1234567", "headings": ["一、总体情况", "二、其他"],
        "sections": {"overview": "甲。\n\n乙\n丙。", "other": "无。"},
        "units": {"article20_9.procurement.amount": "元"},
        "figures": {"requests.received.total": 12, "article20_9.procurement.amount": 73802895.9,
            "article20_1.rules.made": "/", "article20_1.normative_documents.made": 0}
    }"#;

    fn report(json: &str) -> Report {
        Report::from_json(json, &Forms::official()).unwrap()
    }

    /// The fingerprint where a part of the JSON is replaced by another.
    fn with(part: &str, other: &str) -> Fingerprint {
        assert!(JSON.contains(part), "{part}");
        of(&report(&JSON.replace(part, other)))
    }

    #[test]
    fn it_stays_what_it_is() {
        let canonical = canonical(&report(JSON));
        let begin = "14:nianbao-report,1:1,\n4:form,12:gongkai-2019,\n6:agency,18:某镇人民政府,\n4:year,4:2020,\n";
        assert!(canonical.starts_with(begin), "{canonical}");
        let figures = "6:figure,36:article20_1.normative_documents.made,6:number,1:0,\n\
            6:figure,22:article20_1.rules.made,4:text,1:/,\n\
            6:figure,30:article20_9.procurement.amount,6:number,10:73802895.9,\n\
            6:figure,23:requests.received.total,6:number,2:12,\n\
            4:unit,30:article20_9.procurement.amount,3:元,\n";
        assert!(canonical.ends_with(figures), "{canonical}");
        assert_eq!(of(&report(JSON)).to_string(), "0CF9-0CAD-B51F-0D10");
        let indicators = r#"{"form": "statistics", "agency": "某区", "year": 2018,
            "indicators": [{"id": "received", "label": "收到申请数", "unit": "件"}],
            "figures": {"indicators.received.value": 3}}"#;
        assert_eq!(of(&report(indicators)).to_string(), "25A9-E6F9-1924-2C56");
    }

    #[test]
    fn the_same_is_the_same_however_it_is_written() {
        let known = of(&report(JSON));
        let same = [
            (
                r#""date": "2021年1月20日", "contact": "电话 0571-1234567""#,
                r#""contact": "电话 0571-1234567", "date": "2021年1月20日""#,
            ),
            (
                r#""requests.received.total": 12, "article20_9.procurement.amount": 73802895.9"#,
                r#""article20_9.procurement.amount": 73802895.9, "requests.received.total": 12"#,
            ),
            (
                r#""overview": "甲。\n\n乙\n丙。", "other": "无。""#,
                r#""other": "无。", "overview": "甲。\n\n乙\n丙。""#,
            ),
            ("total\": 12", "total\": 12.0"),
            ("total\": 12", "total\": 1.2e1"),
            ("73802895.9", "73802895.900"),
            ("made\": 0", "made\": 0.00"),
            ("made\": 0", "made\": -0"),
            (r"甲。\n\n乙\n丙。", r"甲。\r\n\r\n乙\r\n丙。"),
            (r"甲。\n\n乙\n丙。", r" 甲。\n\n\n 乙\n丙。\n"),
            (r"甲。\n\n乙", r"甲。\u0007\n\n乙"),
            ("\"year\": 2020", "\"year\": \"2020年\""),
            ("\"figures\": {", "\"figures\": {\"requests.carried_in.total\": null, "),
        ];
        for (part, other) in same {
            assert_eq!(with(part, other), known, "{other}");
        }
    }

    #[test]
    fn whatever_the_report_says_changes_it() {
        let mut seen = vec![of(&report(JSON))];
        let others = [
            ("某镇人民政府\",", "某乡人民政府\","),
            ("\"year\": 2020", "\"year\": 2019"),
            ("\"year\": 2020", "\"year\": null"),
            ("2020年报告", "2020年年报"),
            ("1月20日", "1月21日"),
            ("1234567", "1234568"),
            ("二、其他", "三、其他"),
            (r#""一、总体情况", "二、其他""#, r#""二、其他", "一、总体情况""#),
            (r"甲。\n\n乙", "甲。乙"),
            (r"乙\n丙", r"乙\n\n丙"),
            ("\"other\": \"无。\"", "\"problems\": \"无。\""),
            ("\"元\"", "\"万元\""),
            ("\"units\": {\"article20_9.procurement.amount\": \"元\"},", ""),
            ("total\": 12", "total\": 13"),
            ("total\": 12", "total\": -12"),
            ("total\": 12", "total\": \"12\""),
            ("total\": 12", "natural_person\": 12"),
            ("\"/\"", "\"-\""),
            ("\"/\"", "null"),
            ("made\": 0", "made\": null"),
            ("made\": 0", "made\": \"\u{4e00}\""),
        ];
        for (part, other) in others {
            let changed = with(part, other);
            assert!(!seen.contains(&changed), "{other}");
            seen.push(changed);
        }
        // A word that moves from one text to the next is a change.
        assert_ne!(with("某镇人民政府\",", "某镇\","), with("某镇人民政府2020年报告", "2020年报告"));
    }

    #[test]
    fn every_figure_counts_and_every_indicator() {
        let forms = Forms::official();
        for form in forms.iter() {
            let mut report = Report::empty(form.clone());
            let mut seen = vec![of(&report)];
            for (cell, _) in form.cells() {
                report.set(cell, 1.into());
                seen.push(of(&report));
                report.set_unit(cell, Some("件".to_owned()));
                seen.push(of(&report));
            }
            let count = seen.len();
            seen.sort_by_key(|Fingerprint(bits)| *bits);
            seen.dedup();
            assert_eq!(seen.len(), count, "{}", form.id);
        }
        let of_list = |list: &str| {
            let json = format!(r#"{{"form": "statistics", "agency": "", "year": 2018, "figures": {{}}, {list}}}"#);
            of(&report(&json))
        };
        let known = of_list(r#""indicators": [{"id": "a", "label": "甲", "unit": "件"}, {"id": "b", "label": "乙"}]"#);
        for other in [
            r#""indicators": [{"id": "b", "label": "乙"}, {"id": "a", "label": "甲", "unit": "件"}]"#,
            r#""indicators": [{"id": "a", "label": "甲", "unit": "个"}, {"id": "b", "label": "乙"}]"#,
            r#""indicators": [{"id": "a", "label": "丙", "unit": "件"}, {"id": "b", "label": "乙"}]"#,
            r#""indicators": [{"id": "a", "label": "甲", "unit": "件"}, {"id": "b", "label": "乙", "level": 2}]"#,
            r#""indicators": [{"id": "a", "label": "甲", "unit": "件"}, {"id": "b", "label": "乙"}], "columns": ["value", "cumulative"]"#,
        ] {
            assert_ne!(of_list(other), known, "{other}");
        }
    }

    #[test]
    fn nothing_else_does() {
        let mut other = report(&JSON.replace("\"year\"", "\"filed_by\": \"张三\", \"fingerprint\": \"?\", \"year\""));
        let cell = other.form.find("requests.received.total").unwrap();
        other.set_origin(cell, Some(Origin { how: How::Inferred, place: None, text: "12".to_owned() }));
        other.set_by_hand(cell, true);
        other.set_partial(cell, true);
        other.mark_unread(other.form.find("requests.carried_in.total").unwrap());
        other.unknown_figures.insert("requests.received.nobody".to_owned(), 3.into());
        other.answers.extend(Answer::to(&Finding::new("blank", Severity::Info, String::new()), &|_| None, "已核实"));
        "2020.html".clone_into(&mut other.file);
        assert!(other.answers.len() == 1 && other.stated_fingerprint == "?");
        assert_eq!(of(&other), of(&report(JSON)));
    }

    #[test]
    fn json_states_it_and_is_told_where_it_says_something_else() {
        let known = report(JSON);
        let mut json = known.to_json();
        put(&known, &mut json);
        let again = report(&json.to_string());
        assert!(again == known && again.extra.is_empty() && again.to_json().get(KEY).is_none());
        assert_eq!(told(&again, Language::CHINESE), None);
        json["figures"]["requests.received.total"] = 13.into();
        let changed = report(&json.to_string());
        let finding = told(&changed, Language::CHINESE).unwrap();
        assert_eq!((finding.rule.as_str(), finding.severity), (KEY, Severity::Info));
        for named in [of(&known), of(&changed)] {
            assert!(finding.message.contains(&named.to_string()), "{}", finding.message);
        }
        json[KEY] = 5.into();
        let odd = report(&json.to_string());
        assert!(odd.extra.is_empty() && told(&odd, Language::ENGLISH).unwrap().message.contains("“5”"));
    }

    #[test]
    fn its_line_is_known_again_and_no_other_text_is_taken_for_it() {
        let fingerprint = of(&report(JSON));
        for language in Language::all() {
            assert!(is_line(&fingerprint.line(language)), "{}", language.tag());
        }
        let line = fingerprint.line(Language::CHINESE);
        assert!(is_line(&format!(" {line} \u{3000}— 12 —")) && is_line(&line.to_lowercase()));
        for text in [
            "",
            "数据指纹",
            "数据指纹：9F3A-22C0-71BE",
            "9F3A-22C0-71BE-04D8",
            "数据指纹：9F3A-22C0-71BE-04D8 已核对",
            "数据指纹：9F3A-22C0-71BE-04D8-0000-0000-0000甲",
        ] {
            assert!(!is_line(text), "{text}");
        }
        let shown = Fingerprint(0x0000_22c0_71be_04d8);
        assert_eq!(shown.to_string(), "0000-22C0-71BE-04D8");
        assert!(shown.is_written("0000 22c0 71be 04d8") && !shown.is_written("22c0-71be-04d8"));
    }
}
