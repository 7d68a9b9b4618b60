//! From JSON to what is shown: a report, or what the reader makes of a page or a text.

use serde_json::Value as Json;

use crate::collection;
use crate::finding::{Change, Finding, Repair, Severity};
use crate::fingerprint;
use crate::forms::Forms;
use crate::language::Language;
use crate::report::{ReadError, Report};

/// A report as it was read, with what the reading found and what it could not place.
#[derive(Debug)]
pub struct Reading {
    pub report: Report,
    pub findings: Vec<Finding>,
    pub leftover: Vec<String>,
}

impl Reading {
    /// Takes what the reader made of a report: `{"report", "findings", "leftover"}`, or `{"error"}`.
    fn of_reader(mut read: Json, forms: &Forms, language: Language) -> Result<Reading, String> {
        if let Some(sentence) = read["error"].as_str() {
            return Err(sentence.to_owned());
        }
        let report = Report::from_value(read["report"].take(), forms);
        Ok(Reading {
            report: report.map_err(|error| error.sentence(language).to_owned())?,
            findings: list(&read["findings"]).filter_map(finding).collect(),
            leftover: list(&read["leftover"]).map(text).collect(),
        })
    }
}

fn list(json: &Json) -> impl Iterator<Item = &Json> {
    json.as_array().into_iter().flatten()
}

fn text(json: &Json) -> String {
    json.as_str().unwrap_or_default().to_owned()
}

/// A finding of the reader. Taken apart by hand: a derived form costs kilobytes on the wire.
fn finding(json: &Json) -> Option<Finding> {
    let severity = match json["severity"].as_str()? {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        _ => Severity::Info,
    };
    Some(Finding {
        cells: list(&json["cells"]).map(text).collect(),
        expected: json["expected"].as_str().map(str::to_owned),
        actual: json["actual"].as_str().map(str::to_owned),
        code: text(&json["code"]),
        section: json["section"].as_str().map(str::to_owned),
        repairs: list(&json["repairs"]).map(repair).collect(),
        ..Finding::new(&text(&json["rule"]), severity, text(&json["message"]))
    })
}

/// A correction of cells that the reader suggests.
fn repair(json: &Json) -> Repair {
    let change = |json: &Json| Change { cell: text(&json["cell"]), from: text(&json["from"]), to: text(&json["to"]) };
    let changes = list(&json["changes"]).map(change).collect();
    Repair { changes, why: text(&json["why"]), ..Repair::default() }
}

impl From<Report> for Reading {
    fn from(report: Report) -> Reading {
        Reading { report, findings: Vec::new(), leftover: Vec::new() }
    }
}

/// Takes what the reader made of a file: of one report, or of each of a list.
///
/// # Errors
/// Why there is none, in a sentence.
pub fn from_reader(json: &str, forms: &Forms, language: Language) -> Result<Vec<Result<Reading, String>>, String> {
    match serde_json::from_str(json).map_err(|error| error.to_string())? {
        Json::Array(list) => Ok(list.into_iter().map(|read| Reading::of_reader(read, forms, language)).collect()),
        read => Reading::of_reader(read, forms, language).map(|reading| vec![Ok(reading)]),
    }
}

/// Reads the bytes of a JSON file: a report, or a list of them.
///
/// # Errors
/// Why it is neither, in a sentence.
pub fn reports(json: &[u8], forms: &Forms, language: Language) -> Result<Vec<Result<Reading, String>>, String> {
    let sentence = |error: ReadError| error.sentence(language).to_owned();
    let reports = collection::from_json(&String::from_utf8_lossy(json), forms).map_err(sentence)?;
    Ok(reports.into_iter().map(|report| report.map(|report| of_json(report, language)).map_err(sentence)).collect())
}

/// A report as its JSON says it.
fn of_json(report: Report, language: Language) -> Reading {
    let findings = fingerprint::told(&report, language).into_iter().collect();
    Reading { findings, ..Reading::from(report) }
}

/// Whether bytes begin as a JSON object does, or a list of such, which is all the JSON that reports are. In
/// another encoding than UTF-8 it is left to the reader, which tells encodings apart.
pub fn begins_as_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start().first() == Some(&b'{') || collection::begins_as_list(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_told_by_its_first_character() {
        assert!(begins_as_json(b"\xef\xbb\xbf \r\n{}") && begins_as_json(b"\xef\xbb\xbf\n[\n{}]"));
        assert!(!begins_as_json("[2023] 一、总体情况".as_bytes()));
        assert!(!begins_as_json(b"<!doctype html>"));
        assert!(!begins_as_json("一、总体情况".as_bytes()));
        assert!(!begins_as_json(b""));
    }

    #[test]
    fn what_the_reader_suggests_comes_with_its_findings() {
        let suggested = Finding::new("unread", Severity::Warning, "两种读法").repaired_by(vec![Repair {
            changes: vec![Change { cell: "a.b.c".into(), from: String::new(), to: "35".into() }],
            why: "漏了一格".into(),
            ..Repair::default()
        }]);
        assert_eq!(finding(&serde_json::to_value(&suggested).unwrap()), Some(suggested));
    }

    #[test]
    fn what_is_no_report_is_told_in_the_asked_language() {
        let forms = Forms::official();
        let json = br#"{"form": "gongkai-2021", "agency": "", "year": 2023, "figures": {}}"#;
        let read = |json: &[u8], language| reports(json, &forms, language);
        assert_eq!(read(json, Language::CHINESE).unwrap().pop().unwrap().unwrap().report.year, Some(2023));
        assert!(read(b"{", Language::CHINESE).unwrap_err().contains("不是完整的 JSON"));
        assert!(read(b"{}", Language::ENGLISH).unwrap_err().contains("no annual report"));
        assert!(read(b"[{}]", Language::ENGLISH).unwrap()[0].as_ref().unwrap_err().contains("no annual report"));
    }

    #[test]
    fn a_report_that_is_not_what_its_fingerprint_says_is_told_as_such() {
        let forms = Forms::official();
        let json = br#"{"form": "gongkai-2021", "agency": "", "year": 2023, "fingerprint": "0000-0000-0000-0000", "figures": {}}"#;
        let [Ok(reading)] = &reports(json, &forms, Language::ENGLISH).unwrap()[..] else { panic!() };
        assert_eq!(reading.findings[0].rule, "fingerprint");
        assert!(reading.findings[0].message.contains("0000-0000-0000-0000"));
    }

    #[test]
    fn what_the_reader_made_of_a_list_comes_one_by_one() {
        let forms = Forms::official();
        let one = r#"{"report": {"form": "gongkai-2021", "figures": {}}, "findings": [], "leftover": []}"#;
        let read = |json: &str| from_reader(json, &forms, Language::CHINESE);
        assert_eq!(read(one).unwrap().len(), 1);
        let [Ok(_), Err(sentence)] = &read(&format!(r#"[{one}, {{"error": "不是"}}]"#)).unwrap()[..] else {
            panic!()
        };
        assert_eq!(sentence, "不是");
        assert_eq!(read(r#"{"error": "不是"}"#).unwrap_err(), "不是");
    }
}
