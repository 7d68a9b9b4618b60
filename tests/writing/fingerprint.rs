//! The fingerprint in every file that is written, and what becomes of it where a file is read.

use std::io::{Cursor, Read};

use nianbao::fingerprint::{self, Fingerprint};
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::report::Report;
use nianbao::write::{Format, With, write, write_with};
use serde_json::{Value as Json, json};

use super::{formats, read_back};

fn report() -> Report {
    let json = json!({
        "form": "gongkai-2021", "agency": "某县甲镇", "year": 2023, "date": "2024年1月20日", "contact": "电话：0000-1234567",
        "sections": {"overview": "全年公开信息 12 条。", "other": "无。"},
        "figures": {"article20_1.rules.issued": 0, "requests.received.total": 3, "disputes.review.upheld": 7},
    });
    Report::from_value(json, &Forms::official()).unwrap()
}

/// A part of an office file, as text.
fn part(file: &[u8], path: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive.by_name(path).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The findings about the fingerprint, in a file that is read.
fn told(bytes: &[u8]) -> Vec<String> {
    let findings = read_back(bytes, &Forms::official()).findings.into_iter();
    findings.filter(|finding| finding.rule == fingerprint::KEY).map(|finding| finding.message).collect()
}

#[test]
fn every_file_carries_it_and_reads_back_without() {
    let report = report();
    let shown = fingerprint::of(&report).to_string();
    for format in formats() {
        let file = write(&report, format).unwrap();
        let text = match format {
            Format::Docx => part(&file, "customXml/item1.xml"),
            Format::Xlsx => part(&file, "xl/sharedStrings.xml"),
            _ => String::from_utf8(file.clone()).unwrap(),
        };
        assert!(text.contains(&shown), "{format:?}");
        let reading = read_back(&file, &Forms::official());
        assert!(reading.findings.is_empty() && reading.report == report, "{format:?}: {:?}", reading.findings);
        assert!(reading.report.extra.is_empty() && fingerprint::of(&reading.report).to_string() == shown, "{format:?}");
    }
    let with = With { provenance: true, ..With::default() };
    let json: Json = serde_json::from_slice(&write_with(&report, Format::Json, &with).unwrap()).unwrap();
    assert_eq!(json["fingerprint"], shown);
}

#[test]
fn it_stands_at_the_foot_of_every_printed_page() {
    let report = report();
    let line = fingerprint::of(&report).line(Language::CHINESE);
    let page = String::from_utf8(write(&report, Format::Html).unwrap()).unwrap();
    assert!(page.contains(&format!("@bottom-left{{content:\"{line}\"")), "{page}");
    assert!(page.contains(&format!(">{line}</footer>\n<script type=\"application/ld+json\">")), "{page}");
    let document = write(&report, Format::Docx).unwrap();
    let footer = part(&document, "word/footer1.xml");
    assert!(footer.contains(&line) && footer.contains(" PAGE "), "{footer}");
    let workbook = write(&report, Format::Xlsx).unwrap();
    for sheet in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"] {
        let sheet = part(&workbook, sheet);
        assert!(sheet.contains(&format!("<oddFooter>&amp;L&amp;9{line}&amp;C— &amp;P —</oddFooter>")), "{sheet}");
    }
}

/// A site's editor may make an ordinary paragraph of the line, or paste it into the last section.
#[test]
fn its_line_is_no_part_of_a_report_wherever_it_stands() {
    let report = report();
    let line = fingerprint::of(&report).line(Language::CHINESE);
    let page = String::from_utf8(write(&report, Format::Html).unwrap()).unwrap();
    let bare = page[..page.find("<script").unwrap()].replace("<footer", "<p").replace("</footer>", "</p>");
    for attribute in ["data-item", "data-cell", "data-section", "data-form"] {
        assert!(bare.contains(attribute));
    }
    let unmarked = bare.replace("data-", "data-x-");
    let text = format!("某县甲镇2023年政府信息公开工作年度报告\n\n一、总体情况\n\n全年公开信息 12 条。\n\n{line}\n");
    for file in [bare, unmarked, text] {
        let reading = read_back(file.as_bytes(), &Forms::official());
        let said = reading.report.to_json().to_string();
        assert!(!said.contains("指纹"), "{said}");
        assert!(reading.leftover.iter().all(|text| !text.contains("指纹")), "{:?}", reading.leftover);
    }
}

#[test]
fn what_was_changed_since_is_told_once() {
    let report = report();
    let known = fingerprint::of(&report);
    let both = |message: &str, read: Fingerprint| {
        assert!(message.contains(&known.to_string()) && message.contains(&read.to_string()), "{message}");
    };
    let mut changed = report.to_json();
    changed["figures"]["disputes.review.upheld"] = 9.into();
    let changed = fingerprint::of(&Report::from_value(changed, &Forms::official()).unwrap());
    let text = |format| String::from_utf8(write(&report, format).unwrap()).unwrap();
    let json = text(Format::Json).replace("\"disputes.review.upheld\": 7", "\"disputes.review.upheld\": 9");
    let [message] = told(json.as_bytes()).try_into().unwrap();
    both(&message, changed);
    // In a list each for itself.
    let list = format!("[{json}, {}]", text(Format::Json).replace("2023", "2022").replace(&known.to_string(), ""));
    let forms = Forms::official();
    let readings = nianbao::read::read_all(list.as_bytes(), &super::context(&forms)).unwrap();
    let counts: Vec<_> = readings.into_iter().map(|reading| reading.unwrap().findings.len()).collect();
    assert_eq!(counts, [1, 0]);
    // What a page shows and what it carries were changed alike.
    let page = text(Format::Html).replace("upheld\":7", "upheld\":9");
    let cell = page.find("data-cell=\"disputes.review.upheld\"").unwrap();
    let alike = format!("{}{}", &page[..cell], page[cell..].replacen(">7<", ">9<", 1));
    let [message] = told(alike.as_bytes()).try_into().unwrap();
    both(&message, changed);
    // What is seen to differ from what is carried is told as such.
    let original = text(Format::Html);
    let cell = original.find("data-cell=\"disputes.review.upheld\"").unwrap();
    let seen = format!("{}{}", &original[..cell], original[cell..].replacen(">7<", ">9<", 1));
    let findings = read_back(seen.as_bytes(), &Forms::official()).findings;
    assert_eq!(findings.iter().map(|finding| finding.rule.as_str()).collect::<Vec<_>>(), ["carried"]);
}
