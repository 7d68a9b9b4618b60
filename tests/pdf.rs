//! PDFs as five programs make them (`fixtures/pdf/make.py`), read whole; what cannot be read, told in a sentence;
//! and nothing that a damaged one could do but be told or read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use nianbao::containers::document;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::document::{Kind, Line};
use nianbao::read::native::Native;
use nianbao::read::{Context, Reading, read};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value as Json;

use crate::corpus;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pdf")
}

fn file(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

/// What stands in the report: its title, and for each section, by number, its heading and what follows.
fn expected(sections: &[usize], title: bool) -> Vec<String> {
    let text = fs::read_to_string(folder().join("report.txt")).unwrap();
    let mut lines = text.lines().map(str::to_owned);
    let mut expected: Vec<_> = lines.next().filter(|_| title).into_iter().collect();
    let mut section = 0;
    for line in lines {
        let numbers = ["一、", "二、", "三、", "四、", "五、", "六、"];
        let heading = !line.contains('@') && numbers.iter().any(|number| line.starts_with(number));
        section += usize::from(heading);
        if sections.contains(&section) {
            expected.push(line);
        }
    }
    expected
}

fn shown(line: &Line) -> String {
    match line.kind {
        Kind::Row { .. } => {
            let cells = line.cells.iter().map(|cell| format!("{}@{}+{}", cell.text, cell.column, cell.span));
            cells.collect::<Vec<_>>().join("\t")
        }
        Kind::Paragraph => line.cells[0].text.clone(),
        Kind::Loose | Kind::Glued => line.as_it_stands(),
    }
}

/// Every paragraph and every cell, with its place and its span.
fn check(name: &str, sections: &[usize], title: bool) {
    let document = document(&file(name), &Native).unwrap();
    let found: Vec<_> = document.lines.iter().map(shown).collect();
    assert_eq!(found, expected(sections, title), "{name}");
}

const ALL: [usize; 7] = [0, 1, 2, 3, 4, 5, 6];

#[test]
fn a_page_printed_by_a_browser_is_read_whole() {
    check("chromium.pdf", &[0, 1, 2, 4, 6], true);
}

#[test]
fn cells_with_borders_of_their_own_and_a_turned_label_are_read_whole() {
    check("chromium-separate.pdf", &[3], true);
}

#[test]
fn a_table_over_three_pages_with_rows_cut_by_them_is_read_whole() {
    check("writer.pdf", &ALL, true);
}

#[test]
fn a_spreadsheet_with_merged_cells_over_two_pages_is_read_whole() {
    check("calc.pdf", &[2, 3, 4], false);
}

#[test]
fn chinese_fonts_that_are_only_named_are_read_whole() {
    check("cid.pdf", &ALL, true);
    check("gbk.pdf", &[4], false);
    check("gb1-turned.pdf", &[4], false);
}

#[test]
fn what_is_encrypted_without_a_password_is_read_whole() {
    check("encrypted.pdf", &[4], false);
    check("encrypted-rc4.pdf", &[4], false);
}

fn reading(bytes: &[u8]) -> Reading {
    read(bytes, &Context::new(&Forms::official(), &Native, Language::CHINESE)).unwrap()
}

/// How many of the figures that stand in the sections of a file are read right; a wrong one fails.
fn right_figures(name: &str, tables: &[&str]) -> (usize, usize) {
    let expected: Json = serde_json::from_str(&fs::read_to_string(folder().join("report.json")).unwrap()).unwrap();
    let report = reading(&file(name)).report;
    let figures = expected["figures"].as_object().unwrap().iter();
    let figures: Vec<_> =
        figures.filter(|(address, _)| tables.iter().any(|table| address.starts_with(table))).collect();
    let right = |(address, figure): &&(&String, &Json)| {
        let value = report.value(report.form.find(address).unwrap());
        let wanted: Decimal = figure.to_string().parse().unwrap();
        assert!(value.number().is_none_or(|number| number == wanted), "{name}: {address} {figure}≠{value}");
        value.number().is_some()
    };
    (figures.iter().filter(right).count(), figures.len())
}

#[test]
fn every_figure_is_read_right_with_and_without_drawn_lines() {
    let (article20, requests, disputes) = ("article20", "requests", "disputes");
    for (name, tables) in [
        ("chromium.pdf", &[article20, disputes][..]),
        ("chromium-separate.pdf", &[requests]),
        ("writer.pdf", &[article20, requests, disputes]),
        ("calc.pdf", &[article20, requests, disputes]),
        ("cid.pdf", &[article20, requests, disputes]),
        ("cid-loose.pdf", &[article20, requests, disputes]),
    ] {
        let (right, all) = right_figures(name, tables);
        assert_eq!(right, all, "{name}");
    }
}

#[test]
fn form_agency_year_and_texts_are_read() {
    for name in ["chromium.pdf", "writer.pdf", "cid.pdf", "cid-loose.pdf"] {
        let reading = reading(&file(name));
        let report = &reading.report;
        assert_eq!((report.agency.as_str(), report.year), ("某市人民政府", Some(2023)), "{name}");
        assert!(reading.findings.is_empty() && reading.leftover.is_empty(), "{name}: {:?}", reading.findings);
        let texts: BTreeMap<_, _> = report.sections.iter().cloned().collect();
        let lines = |section: usize| expected(&[section], false)[1..].join("\n\n");
        assert_eq!(texts["overview"], lines(1), "{name}");
        assert_eq!(texts["other"], lines(6), "{name}");
    }
}

#[test]
fn what_cannot_be_read_is_told_in_a_sentence() {
    let refused = |bytes: &[u8], zh: &str, en: &str| {
        let error = document(bytes, &Native).unwrap_err().0;
        assert!(error.zh.contains(zh) && error.en.contains(en), "{} {}", error.zh, error.en);
    };
    refused(&file("scan.pdf"), "扫描件", "a scan");
    refused(&file("password.pdf"), "密码", "password");
    refused(b"%PDF-1.7\n1 0 obj\n<<>>", "损坏", "damaged");
    refused(b"%PDF", "损坏", "damaged");
    let text = file("gbk.pdf");
    // Not even the list of pages is there any more.
    refused(&text[..text.len() / 3], "损坏", "damaged");
    // A font with numbers of glyphs that nothing explains.
    let nameless = replaced(&file("gb1-turned.pdf"), b"/Ordering (GB1)", b"/Ordering (Own)");
    refused(&nameless, "字形", "shapes");
    let blank = replaced(&text, b"/Contents", b"/Kontents");
    refused(&blank, "没有文字", "no text");
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|window| window == from).unwrap();
    [&bytes[..at], to, &bytes[at + from.len()..]].concat()
}

#[test]
fn a_broken_table_of_contents_is_built_anew() {
    let whole = document(&file("cid.pdf"), &Native).unwrap().lines;
    let at = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).rposition(|window| window == word).unwrap();
    let bytes = file("cid.pdf");
    let wrong = replaced(&bytes, b"startxref\n", b"startxref\n9");
    let shifted = [&bytes[..9], b"% a line more, as some servers add it\n", &bytes[9..]].concat();
    let cut = bytes[..at(&bytes, b"startxref")].to_vec();
    for broken in [wrong, shifted, cut] {
        assert_eq!(document(&broken, &Native).unwrap().lines, whole);
    }
}

#[test]
fn pages_that_would_take_too_much_are_told() {
    let page = |kids: usize| {
        let mut file = String::from("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
        let list: String = (0..kids).map(|at| format!("{} 0 R ", at + 3)).collect();
        file += &format!("2 0 obj\n<< /Type /Pages /Count {kids} /Kids [{list}] >>\nendobj\n");
        (0..kids).for_each(|at| file += &format!("{} 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n", at + 3));
        file + "trailer\n<< /Root 1 0 R >>\n"
    };
    let error = document(page(301).as_bytes(), &Native).unwrap_err();
    assert!(error.0.zh.contains("300 页"), "{}", error.0.zh);
    // A form that shows itself, and states that are saved without end.
    for content in ["/X Do ".to_owned(), "q ".repeat(100_000), "[".repeat(100_000), "BI EI ".repeat(100_000)] {
        let stream = format!(
            "<< /Length {} /Type /XObject /Subtype /Form /Resources << /XObject << /X 4 0 R >> >> >>\nstream\n{content}\nendstream",
            content.len()
        );
        let file = format!(
            "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 4 0 R >> >> >>\nendobj\n4 0 obj\n{stream}\nendobj\ntrailer\n<< /Root 1 0 R >>\n"
        );
        assert!(document(file.as_bytes(), &Native).is_err());
    }
}

/// The files that are damaged: our own, and where it is at hand a real one.
fn sources() -> Vec<Vec<u8>> {
    let own = [
        "cid.pdf",
        "gbk.pdf",
        "gb1-turned.pdf",
        "encrypted.pdf",
        "encrypted-rc4.pdf",
        "scan.pdf",
        "chromium-separate.pdf",
    ];
    let real = corpus::folder().map(|folder| folder.join("2023-hongze-qu.pdf")).and_then(|path| fs::read(path).ok());
    own.iter().map(|name| file(name)).chain(real).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: env::var("NIANBAO_CASES").map_or(120, |cases| cases.parse().unwrap()), ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_is_read_or_refused(
        source in 0usize..8,
        cut in prop::option::weighted(0.3, 0.0f64..1.0),
        flips in prop::collection::vec((0.0f64..1.0, any::<u8>()), 0..12),
        moved in prop::option::weighted(0.3, (0.0f64..1.0, 0.0f64..1.0, 1usize..200)),
    ) {
        let sources = sources();
        let mut bytes = sources[source % sources.len()].clone();
        let place = |share: f64, length: usize| (share * length as f64) as usize;
        for (at, value) in flips {
            let at = place(at, bytes.len());
            bytes[at] = value;
        }
        if let Some((from, to, length)) = moved {
            let from = place(from, bytes.len());
            let piece = bytes[from..(from + length).min(bytes.len())].to_vec();
            let to = place(to, bytes.len());
            bytes.splice(to..to, piece);
        }
        if let Some(cut) = cut {
            bytes.truncate(place(cut, bytes.len()));
        }
        if let Ok(document) = document(&bytes, &Native) {
            for line in &document.lines {
                prop_assert!(!line.cells.is_empty());
                let ordered = line.cells.windows(2).all(|pair| pair[0].column + pair[0].span <= pair[1].column);
                prop_assert!(ordered || !matches!(line.kind, Kind::Row { .. }), "{line:?}");
            }
        }
    }
}
