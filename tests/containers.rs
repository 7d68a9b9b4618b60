//! Files that have to be opened first: the same report as several programs write it, what is told of a file,
//! and files that are damaged, hostile or of another kind.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use nianbao::containers;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::native::Native;
use nianbao::read::{Context, Reading, read, read_document};
use nianbao::report::ReadError;
use proptest::prelude::*;
use serde_json::Value as Json;
use zip::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::corpus;

/// One report, blank cells among it, as several programs write it.
const SAME: [&str; 10] = [
    "libreoffice.docx",
    "numbered.docx",
    "one-sheet.xlsx",
    "sheets.xlsx",
    "libreoffice.xlsx",
    "sheets.ods",
    "one-sheet.xls",
    "one-sheet.csv",
    "gbk-quoted-printable.mht",
    "utf8-base64.mhtml",
];

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/containers");
    fs::read(folder.join(name)).unwrap()
}

fn reading(bytes: &[u8]) -> Result<Reading, ReadError> {
    read(bytes, &Context::new(&Forms::official(), &Native, Language::CHINESE))
}

fn is_the_report(name: &str, reading: &Reading) {
    let expected: Json = serde_json::from_slice(&fixture("report.json")).unwrap();
    let read = reading.report.to_json();
    for key in ["form", "agency", "year", "title", "sections", "figures"] {
        assert_eq!(read[key], expected[key], "{name}: {key}");
    }
    assert_eq!(reading.report.headings.as_ref().map(Vec::len), Some(6), "{name}");
    assert!(reading.leftover.is_empty(), "{name}: {:?}", reading.leftover);
}

#[test]
fn one_report_is_the_same_in_every_file() {
    for name in SAME {
        let reading = reading(&fixture(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        is_the_report(name, &reading);
        let has_hidden_sheet = name.starts_with("sheets") || name == "libreoffice.xlsx";
        // What the relations say of the two blank cells is told of every file.
        let (lost, told): (Vec<_>, Vec<_>) = reading.findings.iter().partition(|finding| finding.rule == "misread");
        assert_eq!(lost.len(), 1, "{name}");
        assert_eq!(lost[0].cells, ["requests.received.research", "requests.carried_in.total"], "{name}");
        let told: Vec<_> = told.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(told.len(), usize::from(has_hidden_sheet), "{name}: {told:?}");
        assert!(told.iter().all(|sentence| sentence.contains("“底稿”是隐藏的")), "{told:?}");
    }
}

#[test]
fn a_document_goes_from_one_module_to_the_other_as_json() {
    let forms = Forms::official();
    for name in ["numbered.docx", "gbk-quoted-printable.mht", "one-sheet.xls"] {
        let document = serde_json::to_string(&containers::document(&fixture(name), &Native).unwrap()).unwrap();
        let context = Context { file: name, ..Context::new(&forms, &Native, Language::ENGLISH) };
        let reading = read_document(serde_json::from_str(&document).unwrap(), &context).unwrap();
        is_the_report(name, &reading);
        assert_eq!(reading.report.file, name);
    }
}

#[test]
fn the_official_template_is_blank() {
    let Some(folder) = corpus::folder() else { return };
    let bytes = fs::read(folder.join("0000-official-2021-template.docx")).unwrap();
    let reading = reading(&bytes).unwrap();
    assert_eq!(reading.report.form.id, "gongkai-2021");
    assert_eq!(reading.report.figures_json().len(), 0);
    assert_eq!(reading.report.headings.as_ref().map(Vec::len), Some(6));
    assert!(
        reading.findings.is_empty() && reading.leftover.is_empty(),
        "{:?} {:?}",
        reading.findings,
        reading.leftover
    );
}

/// A ZIP file with the given parts.
pub(super) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The parts of a ZIP file.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let part = |at| {
        let mut part = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        std::io::copy(&mut part, &mut content).unwrap();
        (part.name().unwrap().into_owned(), content)
    };
    (0..ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(part).collect()
}

/// A file with a part replaced or added.
fn with_part(bytes: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    let mut parts = parts(bytes);
    parts.retain(|(known, _)| known != name);
    parts.push((name.to_owned(), content.to_vec()));
    let parts: Vec<_> = parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    archive(&parts)
}

pub(super) fn docx(body: &str) -> Vec<u8> {
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let text = format!("<w:document xmlns:w=\"{space}\"><w:body>{body}</w:body></w:document>");
    archive(&[("word/document.xml", text.as_bytes())])
}

/// A workbook with sheets: name, state and rows as XML.
fn xlsx(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    let space = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let entry = |(at, (name, state, _)): (usize, &(&str, &str, &str))| {
        format!("<sheet name=\"{name}\" state=\"{state}\" r:id=\"r{at}\"/>")
    };
    let entries: String = sheets.iter().enumerate().map(entry).collect();
    let workbook = format!("<workbook {space} xmlns:r=\"r\"><sheets>{entries}</sheets></workbook>");
    let relation = |at: usize| format!("<Relationship Id=\"r{at}\" Type=\"x/worksheet\" Target=\"s{at}.xml\"/>");
    let relations: String = (0..sheets.len()).map(relation).collect();
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>"
    );
    let mut parts =
        vec![("xl/workbook.xml".to_owned(), workbook), ("xl/_rels/workbook.xml.rels".to_owned(), relations)];
    for (at, (_, _, rows)) in sheets.iter().enumerate() {
        parts.push((format!("xl/s{at}.xml"), format!("<worksheet {space}><sheetData>{rows}</sheetData></worksheet>")));
    }
    let parts: Vec<_> = parts.iter().map(|(name, content)| (name.as_str(), content.as_bytes())).collect();
    archive(&parts)
}

/// A compound file with the given streams.
fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, content) in streams {
        file.create_stream(name).unwrap().write_all(content).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

#[test]
fn what_the_file_carries_along_is_kept_apart() {
    let carried = "<?xml version=\"1.0\"?>\n<report xmlns=\"urn:nianbao:report\">{\"form\": \"a&amp;b\"}</report>";
    let bytes = with_part(&fixture("numbered.docx"), "customXml/item2.xml", carried.as_bytes());
    let bytes = with_part(&bytes, "customXml/item1.xml", b"<other xmlns=\"x\">1</other>");
    assert_eq!(containers::document(&bytes, &Native).unwrap().carried.as_deref(), Some("{\"form\": \"a&b\"}"));
    let text = |text: &str| format!("<row><c t=\"inlineStr\"><is><t>{text}</t></is></c></row>");
    let own = text("{&quot;form&quot;: ") + &text("1}");
    let bytes = xlsx(&[("甲", "visible", &text("甲")), ("nianbao", "veryHidden", &own)]);
    let document = containers::document(&bytes, &Native).unwrap();
    assert_eq!(document.carried.as_deref(), Some("{\"form\": 1}"));
    assert_eq!((document.lines.len(), document.notes.len()), (1, 0));
}

#[test]
fn macros_are_told_and_left_alone() {
    for (name, part) in [("numbered.docx", "word/vbaProject.bin"), ("one-sheet.xlsx", "xl/vbaProject.bin")] {
        let reading = reading(&with_part(&fixture(name), part, b"\xd0\xcf\x11\xe0")).unwrap();
        is_the_report(name, &reading);
        let finding = reading.findings.last().expect("it is told");
        assert!(finding.rule == "unread" && finding.message.contains("宏"), "{}", finding.message);
    }
}

#[test]
fn nothing_outside_of_a_file_is_asked_for() {
    let outside = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"http://example.invalid/a.xml\" TargetMode=\"External\"/>\
        <Relationship Id=\"b\" Type=\"x/officeDocument\" Target=\"../../../etc/passwd\"/></Relationships>";
    is_the_report(
        "outside",
        &reading(&with_part(&fixture("numbered.docx"), "_rels/.rels", outside.as_bytes())).unwrap(),
    );
}

#[test]
fn a_picture_in_place_of_a_table_is_told() {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let picture = "<w:p><w:r><w:drawing/></w:r></w:p>";
    let headings = [
        "某局2023年政府信息公开工作年度报告",
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
    ];
    let text: String = headings.iter().map(|heading| paragraph(heading)).collect();
    let finding = |bytes: &[u8]| {
        let reading = reading(bytes).unwrap();
        reading.findings.iter().map(|finding| finding.message.clone()).collect::<Vec<_>>().join("\n")
    };
    assert!(finding(&docx(&(text.clone() + picture))).contains("表格可能是以图片形式插入的"));
    assert!(!finding(&docx(&text)).contains("图片"));
    let row = |cells: &[&str]| {
        let cells = cells.iter().map(|text| format!("<w:tc>{}</w:tc>", paragraph(text)));
        format!("<w:tr>{}</w:tr>", cells.collect::<String>())
    };
    let table = format!("<w:tbl>{}{}</w:tbl>", row(&["规章", "0", "0", "1"]), row(&["行政规范性文件", "1", "0", "5"]));
    let with_table = text.replacen("<w:p><w:r><w:t>三、", &format!("{table}<w:p><w:r><w:t>三、"), 1);
    let told = finding(&docx(&(with_table.clone() + picture)));
    assert!(told.contains("“三、收到和处理政府信息公开申请情况”下面没有找到表格") && !told.contains("“二、"), "{told}");
    assert!(!finding(&docx(&with_table)).contains("图片"));
    let page: String = headings.iter().map(|heading| format!("<p>{heading}</p>")).collect();
    assert!(finding((page.clone() + "<img src=x>").as_bytes()).contains("表格可能是以图片形式插入的"));
    assert!(!finding(page.as_bytes()).contains("图片"));
}

/// Whether a file is refused with a sentence that holds the given words in both languages.
pub(super) fn refused(bytes: &[u8], zh: &str, en: &str) {
    let error = match reading(bytes) {
        Ok(_) => panic!("it is no report: {zh}"),
        Err(error) => error,
    };
    assert!(error.0.zh.contains(zh), "{}", error.0.zh);
    assert!(error.0.get(Language::ENGLISH).contains(en), "{}", error.0.get(Language::ENGLISH));
}

#[test]
fn other_kinds_of_files_are_named() {
    let zip = |name: &str| archive(&[(name, b"<a/>")]);
    refused(&zip("OFD.xml"), "OFD", "OFD");
    refused(&zip("ppt/presentation.xml"), "演示文稿", "presentation");
    refused(&zip("xl/workbook.bin"), ".xlsb", ".xlsb");
    refused(
        &archive(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"")]),
        ".odt",
        ".odt",
    );
    refused(&archive(&[("report.docx", &docx("<w:p/>"))]), "压缩包", "archive");
    refused(&archive(&[]), "压缩包", "archive");
    refused(b"Rar!\x1a\x07\x01", "压缩包", "archive");
    refused(b"7z\xbc\xaf\x27\x1c", "压缩包", "archive");
    refused(b"{\\rtf1\\ansi", "另存为 .docx", "save it as .docx");
    refused(&compound(&[("WordDocument", b"x")]), "另存为 .docx", "save it as .docx");
    refused(&compound(&[("PowerPoint Document", b"x")]), "演示文稿", "presentation");
    refused(&compound(&[("Contents", b"x")]), "没有能读的文档", "neither a document");
    refused(&compound(&[("Book", b"x")]), "很早以前的 Excel", "very old Excel");
    refused(&docx("<w:p><w:r><w:drawing/></w:r></w:p>"), "只有图片", "pictures only");
    refused(b"\x89PNG\r\n\x1a\n", "图片", "image");
}

#[test]
fn a_password_is_said() {
    refused(&compound(&[("EncryptedPackage", b"x"), ("EncryptionInfo", b"x")]), "密码", "password");
    let records = [&[0x09, 0x08, 4, 0, 0, 6, 5, 0][..], &[0x2f, 0, 2, 0, 0, 0]].concat();
    refused(&compound(&[("Workbook", &records)]), "密码", "password");
    let encrypted = "<m:manifest xmlns:m=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>";
    refused(&with_part(&fixture("sheets.ods"), "META-INF/manifest.xml", encrypted.as_bytes()), "密码", "password");
    let mut bytes = docx("<w:p/>");
    // The flags of the part in its own head and in the directory.
    for (mark, at) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let head = bytes.windows(4).position(|four| four == mark).unwrap();
        bytes[head + at] |= 1;
    }
    refused(&bytes, "密码", "password");
}

#[test]
fn what_unpacks_without_end_is_refused_soon() {
    refused(&docx(&" ".repeat(40 << 20)), "大得不像年度报告", "far larger");
    let rows: String = (1..=30_000).map(|row| format!("<row r=\"{row}\"><c><v>{row}</v></c></row>")).collect();
    refused(&xlsx(&[("甲", "visible", &rows)]), "多得不像年度报告", "far more rows");
    refused(&docx(&"<w:p/>".repeat(250_000)), "多得不像年度报告", "far more rows");
    let names: Vec<_> = (0..5000).map(|at| format!("word/{at}.xml")).collect();
    let parts: Vec<_> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    refused(&archive(&parts), "大得不像年度报告", "far larger");
    let laughs = "<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>";
    refused(&archive(&[("word/document.xml", laughs.as_bytes())]), "认不出", "No form");
}

#[test]
fn a_cell_at_the_far_end_takes_no_room() {
    let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>";
    let document = containers::document(&xlsx(&[("甲", "visible", rows)]), &Native).unwrap();
    assert_eq!((document.lines.len(), document.notes.len()), (1, 1));
}

#[test]
fn a_file_that_breaks_off_is_said_to() {
    for name in ["numbered.docx", "one-sheet.xlsx", "sheets.ods"] {
        let bytes = fixture(name);
        refused(&bytes[..bytes.len() / 2], "不完整或已损坏", "incomplete or damaged");
    }
    let document =
        parts(&fixture("numbered.docx")).into_iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
    let broken = with_part(&fixture("numbered.docx"), "word/document.xml", &document[..document.len() / 2]);
    refused(&broken, "不完整或已损坏", "incomplete or damaged");
}

#[test]
fn a_page_that_was_put_into_a_document_whole_is_read() {
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"chunk\" Type=\"x/aFChunk\" Target=\"afchunk.mht\"/></Relationships>";
    let body =
        "<w:altChunk xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:id=\"chunk\"/>";
    let bytes = with_part(&docx(body), "word/_rels/document.xml.rels", relations.as_bytes());
    let bytes = with_part(&bytes, "word/afchunk.mht", &fixture("gbk-quoted-printable.mht"));
    is_the_report("chunk", &reading(&bytes).unwrap());
}

/// Damages bytes: cuts them off, or changes a few.
fn damaged(mut bytes: Vec<u8>, changes: &[(usize, u8)], cut: Option<usize>) -> Vec<u8> {
    for (at, byte) in changes {
        let at = at % bytes.len();
        bytes[at] = *byte;
    }
    if let Some(cut) = cut {
        bytes.truncate(cut % bytes.len());
    }
    bytes
}

fn damage() -> impl Strategy<Value = (Vec<(usize, u8)>, Option<usize>)> {
    let byte = prop_oneof![any::<u8>(), Just(0), Just(0xff), Just(b'<'), Just(b'>'), Just(b'"'), Just(b'9')];
    (prop::collection::vec((any::<usize>(), byte), 0..8), prop::option::weighted(0.2, any::<usize>()))
}

/// Opens what was damaged: a document or a sentence. How long that may take is bounded where it is fuzzed.
fn opens(bytes: &[u8]) {
    let _ = containers::document(bytes, &Native);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_to_a_file_does_harm(name in prop::sample::select(&SAME[..]), (changes, cut) in damage()) {
        opens(&damaged(fixture(name), &changes, cut));
    }

    #[test]
    fn no_damage_inside_a_file_does_harm(name in prop::sample::select(&SAME[..6]), at in any::<usize>(), (changes, cut) in damage()) {
        let bytes = fixture(name);
        let mut parts = parts(&bytes);
        parts.retain(|(_, content)| !content.is_empty());
        let count = parts.len();
        let part = &mut parts[at % count];
        part.1 = damaged(std::mem::take(&mut part.1), &changes, cut);
        let parts: Vec<_> = parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
        opens(&archive(&parts));
    }

    #[test]
    fn no_damage_to_the_records_of_a_workbook_does_harm((changes, cut) in damage()) {
        let mut file = cfb::CompoundFile::open(Cursor::new(fixture("one-sheet.xls"))).unwrap();
        let mut stream = Vec::new();
        std::io::copy(&mut file.open_stream("Workbook").unwrap(), &mut stream).unwrap();
        opens(&compound(&[("Workbook", &damaged(stream, &changes, cut))]));
    }
}
