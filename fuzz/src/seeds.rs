//! What the corpora begin with: the fixtures of the tests, the demo's reports, the forms, and what is written of them.
//! The same files give the same seeds.

use std::fs;
use std::path::PathBuf;

use nianbao::offline::{Part, Program, bundle};
use nianbao::report::Report;
use nianbao::write::{Format, With, write, write_with};
use serde_json::{Value as Json, json};

use crate::reading::FORMS;
use crate::{parts, portable};

type Seeds = Vec<(String, Vec<u8>)>;

/// The files of a folder of the project with one of these endings, in order.
fn files(folder: &str, endings: &[&str]) -> Seeds {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(folder);
    let entries = fs::read_dir(&folder).expect("the folder is there").map(|entry| entry.expect("it is there").path());
    let ending = |path: &PathBuf| path.extension().is_some_and(|ending| endings.iter().any(|known| *known == ending));
    let mut paths: Vec<_> = entries.filter(ending).collect();
    paths.sort();
    let name = |path: &PathBuf| path.file_name().expect("a file has a name").to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read(path).expect("it can be read"))).collect()
}

/// Reports of every form and shape.
fn reports() -> Vec<(String, Json)> {
    let mut reports: Vec<(String, Json)> = files("www/demo", &["json"])
        .into_iter()
        .chain(files("tests/fixtures/containers", &["json"]))
        .map(|(name, bytes)| (name.replace(".json", ""), serde_json::from_slice(&bytes).expect("it is JSON")))
        .collect();
    reports.push(("reading-room".to_owned(), reading_room()));
    reports.push(("indicators".to_owned(), indicators()));
    reports
}

fn reading_room() -> Json {
    json!({"form": "reading-room", "agency": "某市", "year": 2024, "sections": {}, "figures": {
        "visits.archive.visitors": 1, "visits.library.visitors": "/", "visits.all.visitors": 3}})
}

fn indicators() -> Json {
    json!({"form": "statistics", "agency": "某县", "year": 2016, "columns": ["value", "cumulative"],
        "headings": ["一、概述"], "sections": {"part_1": "全年公开信息 120 条。"},
        "indicators": [
            {"label": "一、主动公开情况", "level": 0},
            {"id": "item_2", "label": "主动公开文件数", "unit": "条", "level": 1},
            {"id": "item_3", "label": "其中：1、政府网站公开数", "unit": "条", "level": 2}],
        "figures": {"indicators.item_2.value": 120, "indicators.item_2.cumulative": 500, "indicators.item_3.value": 20}})
}

fn written(format: Format) -> Seeds {
    let write = |(name, json): (String, Json)| {
        let report = Report::from_value(json, &FORMS).expect("it is a report");
        (name, write(&report, format).expect("it can be written"))
    };
    reports().into_iter().map(write).collect()
}

pub fn json() -> Seeds {
    let with_origins = |(name, json): (String, Json)| {
        let report = Report::from_value(json, &FORMS).expect("it is a report");
        let with = With { provenance: true, ..With::default() };
        (name, write_with(&report, Format::Json, &with).expect("it can be written"))
    };
    let mut seeds: Seeds = reports().into_iter().map(with_origins).collect();
    seeds.push(("list".to_owned(), json!([reading_room(), 3, indicators()]).to_string().into_bytes()));
    let marked = json!({"form": "reading-room", "agency": "某市", "year": "2024年", "title": "报告", "date": "2025年1月",
        "contact": "办公室", "headings": ["一、甲"], "sections": {"annex": ["kept"], "x": "甲\n\n乙"},
        "unread": ["visits.all.visitors", "no.such.cell"], "by_hand": ["visits.all.visitors"],
        "inferred": ["visits.archive.visitors"], "partial": ["visits.all.visitors"],
        "units": {"visits.all.visitors": "人"}, "fingerprint": "0000-0000-0000-0000",
        "provenance": {"file": "a.html", "cells": {"visits.archive.visitors": {"how": "inferred", "text": "13"}}},
        "answers": [{"rule": "blank", "cells": ["visits.all.visitors"], "values": {"visits.all.visitors": ""}, "reason": "无"}],
        "figures": {"visits.archive.visitors": -1.5e3, "visits.all.visitors": null, "a.b.c": [1]}, "filed_by": {"at": 1.10}});
    seeds.push(("marked".to_owned(), marked.to_string().into_bytes()));
    seeds
}

pub fn form() -> Seeds {
    let mut seeds = files("forms", &["json"]);
    seeds.retain(|(name, _)| !name.ends_with(".schema.json"));
    let fixture = |name: &str| {
        let found = files("tests/fixtures", &["json"]).into_iter().find(|(known, _)| known == name);
        found.expect("the fixture is there").1
    };
    let (room, rules) = (fixture("reading-room.json"), fixture("office-rules.json"));
    let with_rules: Seeds = seeds
        .iter()
        .map(|(name, form)| (format!("{name}-rules"), [form, b"\x1e".as_slice(), &rules].concat()))
        .collect();
    seeds.extend(with_rules);
    seeds.push(("reading-room".to_owned(), room));
    seeds
}

pub fn html() -> Seeds {
    let mut seeds = written(Format::Html);
    seeds.extend(files("tests/fixtures/clipboard", &["html"]));
    seeds
}

pub fn markdown() -> Seeds {
    written(Format::Markdown)
}

pub fn csv() -> Seeds {
    let mut seeds = written(Format::Csv);
    seeds.extend(files("tests/fixtures/containers", &["csv"]));
    seeds
}

/// Texts as they are torn from pages, in several encodings.
pub fn text() -> Seeds {
    let mut seeds = files("www/demo", &["txt"]);
    seeds.extend(files("tests/fixtures/pdf", &["txt"]));
    for (name, bytes) in written(Format::Markdown) {
        // Without its mark, Markdown is a text.
        let text = String::from_utf8(bytes).expect("it is text");
        let plain: String =
            text.lines().filter(|line| !line.starts_with("<!--")).map(|line| format!("{line}\n")).collect();
        let wide = plain.encode_utf16().flat_map(u16::to_le_bytes);
        seeds.push((format!("{name}-utf16"), [0xff, 0xfe].into_iter().chain(wide).collect()));
        seeds.push((name.clone(), plain.replace('|', "\t").into_bytes()));
        seeds.push((format!("{name}-glued"), plain.replace([' ', '|', '\n'], "").into_bytes()));
    }
    seeds
}

/// What is written, and the fixtures, each as it is and in parts.
fn packages(format: Option<Format>, ending: &str) -> Seeds {
    let mut whole = format.map(written).unwrap_or_default();
    whole.extend(files("tests/fixtures/containers", &[ending]));
    let in_parts: Seeds = whole.iter().map(|(name, bytes)| (format!("{name}-parts"), parts::unzip(bytes))).collect();
    whole.extend(in_parts);
    whole
}

pub fn docx() -> Seeds {
    packages(Some(Format::Docx), "docx")
}

pub fn xlsx() -> Seeds {
    packages(Some(Format::Xlsx), "xlsx")
}

pub fn ods() -> Seeds {
    packages(None, "ods")
}

pub fn xls() -> Seeds {
    let mut seeds = files("tests/fixtures/containers", &["xls"]);
    let streams: Seeds = seeds.iter().map(|(name, bytes)| (format!("{name}-stream"), parts::workbook(bytes))).collect();
    seeds.extend(streams);
    seeds
}

pub fn mhtml() -> Seeds {
    let mut seeds = files("tests/fixtures/containers", &["mht", "mhtml"]);
    let head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\n\
        Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
    for (name, page) in written(Format::Html) {
        seeds.push((name, [head.as_bytes(), &page, b"\r\n--b--\r\n"].concat()));
    }
    seeds
}

pub fn pdf() -> Seeds {
    let mut seeds = files("tests/fixtures/pdf", &["pdf"]);
    let objects = seeds.iter().filter_map(|(name, bytes)| Some((format!("{name}-objects"), portable::objects(bytes)?)));
    let objects: Seeds = objects.collect();
    seeds.extend(objects);
    seeds
}

/// Pages as they are copied, and tables as text.
pub fn clipboard() -> Seeds {
    let mut seeds = files("tests/fixtures/clipboard", &["html"]);
    seeds.extend(written(Format::Html));
    for (name, text) in text().into_iter().filter(|(name, _)| !name.ends_with("utf16")) {
        seeds.push((format!("{name}-text"), [b"\x1e".as_slice(), &text].concat()));
    }
    seeds
}

/// Small programs around the reports: what a real one holds is packed, and nothing is read in it.
pub fn offline() -> Seeds {
    let hash = |digit: &str| Some(format!("sha256-{}=", digit.repeat(43)));
    let part =
        |name: &str, hash: Option<String>, text: &str| Part { name: name.to_owned(), hash, text: text.to_owned() };
    let parts = [
        part("page.css", None, "a>b{content:\"<\"}"),
        part("page.js", hash("a"), "2 !!##"),
        part("nianbao.css", None, "0 "),
        part("loader", hash("b"), "start(\"甲\", 1 < 2 && '<p>');"),
    ];
    let program = Program::of("0.1.0".to_owned(), parts.to_vec()).expect("it is a program");
    let mut seeds = Seeds::new();
    for (name, json) in reports() {
        let report = Report::from_value(json.clone(), &FORMS).expect("it is a report");
        let previous = json.to_string();
        let attributes = [("mode", "edit"), ("lang", "en"), ("prior-src", "data:application/json,%7B%7D")];
        let page = bundle(&report, Some(&previous), &attributes, &program);
        seeds.push((name.clone(), page.into_bytes()));
        let program = parts
            .iter()
            .map(|part| format!("{}\n{}\n{}", part.name, part.hash.as_deref().unwrap_or_default(), part.text));
        let pieces = ["0.1.0", "mode=edit\nlang=en", &previous, "{}"].into_iter().map(str::to_owned).chain(program);
        let pieces: String = pieces.map(|piece| format!("\u{1e}{piece}")).collect();
        seeds.push((format!("{name}-pieces"), pieces.into_bytes()));
    }
    seeds
}

/// Decisions: all the same, and each other than the one before.
pub fn dice() -> Seeds {
    let all = |byte: u8| (format!("all-{byte}"), vec![byte; 64]);
    let mut seeds: Seeds = [0, 1, 9, 31, 128, 255].map(all).to_vec();
    for step in [1u8, 7, 31, 101] {
        let bytes = (0..=255u8).map(|at| at.wrapping_mul(step));
        seeds.push((format!("step-{step}"), bytes.collect()));
    }
    seeds
}
