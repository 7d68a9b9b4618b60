//! Writing and reading back: what is written in any format is read as the same report, whatever stands in
//! it; what somebody changed in the file afterwards is read as it is seen.

use super::corpus;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::native::Native;
use nianbao::read::{Context, Reading, read};
use nianbao::report::Report;
use nianbao::write::{Format, With, write, write_with};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value as Json, json};

mod charts;
mod edited;
mod fingerprint;

/// The formats that can be written.
fn formats() -> Vec<Format> {
    let report = Report::from_value(small(), &Forms::official()).unwrap();
    Format::ALL.into_iter().filter(|format| write(&report, *format).is_ok()).collect()
}

fn small() -> Json {
    json!({"form": "gongkai-2021", "agency": "某镇", "year": 2023, "figures": {}})
}

fn context(forms: &Forms) -> Context<'_> {
    Context::new(forms, &Native, Language::CHINESE)
}

fn read_back(bytes: &[u8], forms: &Forms) -> Reading {
    read(bytes, &context(forms)).unwrap_or_else(|error| panic!("{}\n{}", error.0.zh, String::from_utf8_lossy(bytes)))
}

/// Whether a report is the same after it was written and read, in every format.
pub(super) fn check(report: &Report, forms: &Forms) {
    for format in formats() {
        let reading = read_back(&write(report, format).unwrap(), forms);
        assert_same(report, &reading, format);
        assert!(reading.findings.is_empty() && reading.leftover.is_empty(), "{format:?}: {reading:?}");
    }
}

pub(super) fn assert_same(report: &Report, reading: &Reading, format: Format) {
    let mut differing = Vec::new();
    differences(&report.to_json(), &reading.report.to_json(), "", &mut differing);
    assert!(differing.is_empty(), "{format:?}: {}\n{:?}", differing.join("\n"), reading.findings);
}

/// Where two values differ, each with both sides.
fn differences(a: &Json, b: &Json, place: &str, differing: &mut Vec<String>) {
    match (a, b) {
        (Json::Object(a), Json::Object(b)) => {
            for key in a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))) {
                let side = |map: &Map<_, _>| map.get(key).cloned().unwrap_or_default();
                differences(&side(a), &side(b), &format!("{place}/{key}"), differing);
            }
        }
        _ if a == b => {}
        _ => differing.push(format!("{place}: {a} → {b}")),
    }
}

/// What makes trouble in one format or another.
const PIECES: [&str; 70] = [
    "公开",
    "收到申请",
    "12件",
    "3.5",
    "，",
    "。",
    "：",
    "=1+1",
    "+甲",
    "-",
    "--",
    "@SUM(A1)",
    "<b>",
    "</script>",
    "</article>",
    "<!--",
    "-->",
    "]]>",
    "<p>",
    "<br>",
    "&amp;",
    "&",
    "&#20320;",
    "|",
    "||",
    "\\",
    "\\|",
    "\\\n",
    "`",
    "*",
    "**",
    "_",
    "~~",
    "$",
    "[a](b)",
    "# ",
    "- ",
    "1. ",
    "> ",
    "===",
    "---",
    "|---|",
    "\"",
    "'",
    ",",
    ";",
    "\t",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\n\n\n",
    "\r\n",
    "\r",
    "\u{3000}",
    "\u{a0}",
    "\u{200b}",
    "\u{200f}",
    "\u{202e}",
    "\u{2028}",
    "😀",
    "👩\u{200d}🌾",
    "\u{20000}",
    "⽂",
    "\u{f900}",
    "\u{fffd}",
    "\u{1}",
    "\u{85}",
    "{",
    "— 3 —",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(select(&PIECES[..]), 0..12).prop_map(|pieces| pieces.concat()),
        1 => select(vec!["", "无。", "一、总体情况", "第二十条第（一）项", "规章", "总计", "第 3 页", "附件下载", "1 2 3", "2022年1月1日"])
            .prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn figure() -> impl Strategy<Value = Option<Json>> {
    let number = |text: String| Some(serde_json::from_str::<Json>(&text).unwrap());
    let texts = [
        "/",
        "-",
        "——",
        "22（其中修订16件）",
        "=1+1",
        "1-2",
        "2024年1月",
        "<b>",
        "a|b",
        "\"x\"",
        "１２",
        "12.",
        "0 0",
        "元",
        "'3",
    ];
    prop_oneof![
        4 => Just(None),
        8 => (0..2000u32).prop_map(move |number| Some(json!(number))),
        1 => (0..10u64.pow(15)).prop_map(move |number| Some(json!(number))),
        1 => (-5000..5000i64, 0..5usize).prop_map(move |(whole, digits)| number(format!("{whole}.{:0>1$}", 10usize.pow(digits as u32) / 3, digits + 1))),
        2 => select(texts.to_vec()).prop_map(|text| Some(json!(text))),
        1 => text().prop_map(|text| Some(json!(text))),
    ]
}

/// A report as JSON: anything that its schema allows.
fn report() -> impl Strategy<Value = Json> {
    let addresses = |form: &str| {
        let forms = Forms::official();
        let cells: Vec<_> = forms.get(form).unwrap().cells().map(|(_, cell)| cell.address.clone()).collect();
        cells
    };
    let form = select(vec!["gongkai-2021", "gongkai-2019"]);
    form.prop_flat_map(move |form| {
        let addresses = addresses(form);
        let some = prop::collection::vec(select(addresses.clone()), 0..4);
        let figures = prop::collection::vec(figure(), addresses.len());
        let sections = prop::collection::vec(
            (select(vec!["preamble", "overview", "disclosure", "requests", "problems", "other", "annex"]), text()),
            0..6,
        );
        let headings = prop::option::of(prop::collection::vec(text(), 0..8));
        let year = prop::option::of(2019..2030i32);
        let units =
            prop::collection::vec((select(addresses.clone()), select(vec!["元", "万元", "件", "=x", ""])), 0..3);
        let cover = (text(), text(), text(), text());
        let further =
            prop_oneof![Just(json!({})), Just(json!({"filed_by": {"name": "张三</script>-->", "at": [1.10, null]}}))];
        (
            Just((form, addresses)),
            figures,
            sections,
            headings,
            year,
            units,
            cover,
            (some.clone(), some.clone(), some.clone(), some),
            further,
            text(),
        )
    })
    .prop_map(|((form, addresses), figures, sections, headings, year, units, cover, marked, further, reason)| {
        let (agency, title, date, contact) = cover;
        let (unread, inferred, by_hand, partial) = marked;
        let mut json = further;
        let map = json.as_object_mut().unwrap();
        let mut put = |key: &str, value: Json| _ = map.insert(key.to_owned(), value);
        put("form", form.into());
        put("agency", agency.into());
        put("year", json!(year));
        for (key, text) in [("title", title), ("date", date), ("contact", contact)] {
            put(key, text.into());
        }
        put("headings", json!(headings));
        let sections: Map<_, _> = sections.into_iter().map(|(id, text)| (id.to_owned(), text.into())).collect();
        put("sections", sections.into());
        let units: Map<_, _> = units.into_iter().map(|(address, unit)| (address, unit.into())).collect();
        put("units", units.into());
        let lists = [("unread", unread), ("inferred", inferred), ("by_hand", by_hand), ("partial", partial)];
        for (key, list) in lists {
            put(key, json!(list));
        }
        if !reason.trim().is_empty() {
            put(
                "answers",
                json!([{"rule": "blank", "cells": [addresses[0]], "values": {&addresses[0]: ""}, "reason": reason}]),
            );
        }
        let figures = addresses.into_iter().zip(figures).filter_map(|(address, figure)| Some((address, figure?)));
        let mut figures: Map<_, _> = figures.collect();
        figures.insert("requests.received.nobody".to_owned(), json!("3"));
        put("figures", figures.into());
        json
    })
}

/// What a report shows: form, body, year, figures and texts.
fn shown(report: &Report) -> Json {
    let json = report.to_json();
    ["form", "agency", "year", "figures", "sections"]
        .iter()
        .map(|key| ((*key).to_owned(), json[*key].clone()))
        .collect()
}

/// A report as most are: numbers, blanks and dashes, sentences.
fn plain_report() -> impl Strategy<Value = Json> {
    let sentence = || {
        select(vec![
            "收到申请 3 件。",
            "全年公开信息 1,200 条，比上年多 12 条；",
            "（一）加强领导。",
            "无。",
            "A*b_c 平台 #1 开通。",
        ])
    };
    let texts = prop::collection::vec(prop::option::of(prop::collection::vec(sentence(), 1..4)), 3);
    let figure = prop_oneof![
        3 => Just(None),
        6 => (0..3000u32).prop_map(|number| Some(json!(number))),
        1 => (-90..90i32).prop_map(|number| Some(json!(number))),
        1 => select(vec![json!("/"), json!("-"), json!("22（其中修订16件）")]).prop_map(Some),
    ];
    let figures = prop::collection::vec(figure, 300);
    (select(vec![("gongkai-2021", 2023), ("gongkai-2019", 2020)]), figures, texts).prop_map(
        |((form, year), figures, texts)| {
            let forms = Forms::official();
            let cells = forms.get(form).unwrap().cells();
            let figures = cells.zip(figures).filter_map(|((_, cell), figure)| Some((cell.address.clone(), figure?)));
            let sections = ["overview", "problems", "other"].iter().zip(texts);
            let sections = sections.filter_map(|(id, text)| Some(((*id).to_owned(), text?.join("\n\n").into())));
            json!({
                "form": form, "agency": "某县甲镇", "year": year,
                "sections": sections.collect::<Map<_, _>>(), "figures": figures.collect::<Map<_, _>>(),
            })
        },
    )
}

/// A report of an open form: lines of its own, with what its labels may be made of.
fn table_of_indicators() -> impl Strategy<Value = Json> {
    let label = prop_oneof![
        3 => select(vec!["主动公开文件数", "其中：1、政府网站公开数", "（一）信息公开条数", "2.办结数", "行政复议"]).prop_map(str::to_owned),
        // A line of nothing is none, and a sentence no label.
        1 => text().prop_filter("no label", |text| {
            text.contains(char::is_alphanumeric) && !text.contains(['。', '；']) && text.chars().count() < 60
        }),
    ];
    let unit = select(vec!["", "条", "件", "万元", "人/次"]);
    let line = (label, unit, 0..3u32, figure(), figure(), prop::bool::weighted(0.1));
    let lines = prop::collection::vec(line, 0..12);
    let texts = prop::collection::vec((select(vec!["preamble", "part_1", "part_2"]), text()), 0..3);
    let headings = prop::option::of(prop::collection::vec(text(), 0..4));
    (lines, any::<bool>(), texts, headings, text()).prop_map(|(lines, is_cumulative, texts, headings, agency)| {
        let mut indicators = Vec::new();
        let mut figures = Map::new();
        for (at, (label, unit, level, value, cumulative, is_head)) in lines.into_iter().enumerate() {
            let mut line = json!({"label": label, "level": level});
            if !unit.is_empty() {
                line["unit"] = unit.into();
            }
            if !is_head {
                line["id"] = format!("item_{}", at + 1).into();
                let mut put = |column: &str, figure: Option<Json>| {
                    figures.extend(figure.map(|figure| (format!("indicators.item_{}.{column}", at + 1), figure)));
                };
                put("value", value);
                put("cumulative", cumulative.filter(|_| is_cumulative));
            }
            indicators.push(line);
        }
        let mut json = json!({
            "form": "statistics", "agency": agency, "year": 2016, "headings": headings,
            "sections": texts.into_iter().map(|(id, text)| (id.to_owned(), text.into())).collect::<Map<_, _>>(),
            "indicators": indicators, "figures": figures,
        });
        if is_cumulative {
            json["columns"] = json!(["value", "cumulative"]);
        }
        json
    })
}

/// Real reports are what they were after they were written and read.
#[test]
fn the_corpus_is_the_same_in_every_format() {
    let Some(folder) = corpus::folder() else {
        println!("the corpus is not there; nothing was tested");
        return;
    };
    let forms = Forms::official();
    let mut count = 0;
    for (name, _) in corpus::files(&folder) {
        let bytes = std::fs::read(folder.join(&name)).unwrap();
        // What is no report that can be read is another test's matter.
        let Ok(reading) = read(&bytes, &context(&forms)) else { continue };
        println!("{name}");
        check(&reading.report, &forms);
        count += 1;
    }
    println!("{count} reports in {} formats", formats().len());
    assert!(count > 30);
}

/// Whoever pastes a page into an editor may lose some of its marks, or all of them.
#[test]
fn a_cover_with_nothing_but_a_blank_is_the_same_in_every_format() {
    let forms = Forms::official();
    for year in [Json::Null, 2023.into()] {
        let mut json = small();
        (json["agency"], json["year"]) = ("".into(), year);
        (json["contact"], json["date"]) = (" ".into(), "".into());
        check(&Report::from_value(json, &forms).unwrap(), &forms);
    }
}

#[test]
fn a_page_that_lost_marks_is_read_by_what_is_seen() {
    let forms = Forms::official();
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/www/demo/2023-suqian.json")).unwrap();
    let report = read_back(&bytes, &forms).report;
    let page = String::from_utf8(write(&report, Format::Html).unwrap()).unwrap();
    let (before, after) = page.split_once("<script").unwrap();
    let page = format!("{before}{}", after.split_once("</script>").unwrap().1);
    let without = |marks: &[&str]| marks.iter().fold(page.clone(), |page, mark| page.replace(mark, " data-x="));
    let marks = [" data-cell=", " data-form=", " data-section=", " data-item=", " data-year=", " data-agency="];
    for lost in [&marks[..0], &marks[..1], &marks[..2], &marks[..], &marks[1..], &[" data-cell=\"requests."]] {
        let reading = read_back(without(lost).as_bytes(), &forms);
        assert_eq!(reading.report.to_json()["figures"], report.to_json()["figures"], "{lost:?}");
        assert_eq!(reading.report.year, Some(2023), "{lost:?}");
    }
}

/// A heading without its number says what the table below it is called, and stays a heading.
#[test]
fn headings_without_numbers_are_the_same_in_every_format() {
    let forms = Forms::official();
    let headings = [
        "总体情况",
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况",
        "存在的主要问题及改进情况",
        "其他需要报告的事项",
    ];
    let json = json!({"form": "gongkai-2021", "agency": "某局", "year": 2023, "title": "某局2023年政府信息公开工作年度报告",
        "headings": headings, "figures": {"disputes.review.upheld": 3},
        "sections": {"overview": "概况。", "problems": "不够全面。", "other": "无。"}});
    check(&Report::from_value(json, &forms).unwrap(), &forms);
}

/// A caption that stands over a table as a paragraph is one, also where the format prints none of its own.
#[test]
fn a_text_that_says_what_a_table_is_called_is_the_same_in_every_format() {
    let forms = Forms::official();
    let caption = "政府信息公开情况统计表";
    for text in [caption.to_owned(), format!("{caption}\n\n{caption}\n\n统计指标\n\n条")] {
        let json = json!({
            "form": "statistics", "agency": "某县", "year": 2016, "headings": ["一、概述"],
            "indicators": [{"id": "item_1", "label": "主动公开文件数", "unit": "条"}],
            "sections": {"part_1": "全年公开信息 120 条。", "statistics": text}, "figures": {},
        });
        check(&Report::from_value(json, &forms).unwrap(), &forms);
        let json = json!({"form": "gongkai-2021", "agency": "某镇", "year": 2023, "figures": {},
            "sections": {"disclosure": "第二十条第（一）项", "requests": "收到和处理政府信息公开申请情况"}});
        check(&Report::from_value(json, &forms).unwrap(), &forms);
    }
}

/// In Markdown a row of dashes would be the rule below the first row, if it stood there.
#[test]
fn a_row_of_dashes_is_the_same_in_every_format() {
    let forms = Forms::official();
    let json = json!({
        "form": "statistics", "agency": "某县", "year": 2016, "columns": ["value", "cumulative"],
        "indicators": [{"id": "item_1", "label": "---"}, {"id": "item_2", "label": "主动公开文件数", "unit": "条"}],
        "figures": {"indicators.item_1.value": "---", "indicators.item_1.cumulative": "---:", "indicators.item_2.value": 120},
    });
    check(&Report::from_value(json, &forms).unwrap(), &forms);
}

/// Forms of one's own are written and read like the official ones.
#[test]
fn a_report_of_a_form_of_one_s_own_is_the_same_in_every_format() {
    let mut forms = Forms::official();
    let form =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/reading-room.json")).unwrap();
    forms.add(&form).unwrap();
    let json = json!({"form": "reading-room", "agency": "某市", "year": 2024, "figures": {
        "visits.archive.visitors": 1, "visits.library.visitors": "=1", "visits.all.visitors": 3}});
    check(&Report::from_value(json, &forms).unwrap(), &forms);
}

/// A sheet shows a row in which one long text stands alone as it shows a paragraph.
#[test]
fn a_row_of_one_long_text_is_no_paragraph() {
    let mut forms = Forms::official();
    let long = "全年公布政府信息2602条。年内废止5件。";
    for text in [long.to_owned(), format!("{long}\n\n{long}"), "长".repeat(300), format!("{long}\n=1")] {
        for cell in ["disputes.review.upheld", "disputes.review.total", "disputes.court_after_review.total"] {
            for other in [json!(text), json!("")] {
                let json = json!({"form": "gongkai-2021", "agency": "某镇", "year": 2023, "figures": {cell: text},
                    "sections": {"disputes": text, "problems": other}});
                check(&Report::from_value(json, &forms).unwrap(), &forms);
            }
        }
    }
    let mut form: Json = serde_json::from_str(include_str!("fixtures/reading-room.json")).unwrap();
    for row in form["tables"][0]["rows"].as_array_mut().unwrap() {
        let label = row["label"]["zh"].as_str().unwrap().repeat(30);
        row["label"]["zh"] = label.into();
    }
    forms.add(&form.to_string()).unwrap();
    for figures in [json!({}), json!({"visits.archive.visitors": 1}), json!({"visits.library.copies": long})] {
        let json = json!({"form": "reading-room", "agency": "某市", "year": 2024, "figures": figures});
        check(&Report::from_value(json, &forms).unwrap(), &forms);
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = Report::from_value(small(), &Forms::official()).unwrap();
    for format in formats() {
        assert_eq!(write(&report, format), write(&report, format), "{format:?}");
    }
}

#[test]
fn json_is_for_people_to_read() {
    let report = Report::from_value(small(), &Forms::official()).unwrap();
    let text = String::from_utf8(write(&report, Format::Json).unwrap());
    let fingerprint = nianbao::fingerprint::of(&report);
    assert_eq!(
        text.unwrap(),
        format!(
            "{{\n  \"agency\": \"某镇\",\n  \"figures\": {{}},\n  \"fingerprint\": \"{fingerprint}\",\n  \
             \"form\": \"gongkai-2021\",\n  \"year\": 2023\n}}\n"
        )
    );
}

/// A list is what a spreadsheet takes for one: its mark, its line ends, nothing that it would calculate.
#[test]
fn a_list_holds_nothing_that_is_calculated() {
    let json = json!({"form": "gongkai-2021", "agency": "=cmd|' /C calc'!A0", "year": 2023, "title": "@SUM(1)", "sections": {"other": "+1\n\n-2+3\n\n\t=1\n\n＝1"},
        "figures": {"article20_1.rules.issued": "=1+1", "article20_1.rules.in_force": -5}});
    let bytes = write(&Report::from_value(json, &Forms::official()).unwrap(), Format::Csv).unwrap();
    assert!(bytes.starts_with("\u{feff}地址,部分,行,列,值,单位\r\n".as_bytes()));
    let mut records = csv::ReaderBuilder::new().from_reader(&bytes[3..]);
    let mut plain = 0;
    for record in records.records() {
        for field in record.unwrap().iter().filter(|field| field.starts_with(['=', '+', '-', '@', '\t', '\r', '＝'])) {
            assert_eq!(field, "-5");
            plain += 1;
        }
    }
    assert_eq!(plain, 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_report_is_the_same_in_every_format(json in report()) {
        let forms = Forms::official();
        let report = Report::from_value(json, &forms).unwrap();
        check(&report, &forms);
    }

    #[test]
    fn any_table_of_indicators_is_the_same_in_every_format(json in table_of_indicators()) {
        let forms = Forms::official();
        let report = Report::from_value(json, &forms).unwrap();
        check(&report, &forms);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn where_figures_were_read_is_carried_along(json in report(), line in 1..50usize) {
        let forms = Forms::official();
        let mut json = json;
        json["provenance"] = json!({"file": "a<b>.html", "cells": {"requests.received.total": {"how": "confirmed", "line": line, "text": "-->"}}});
        let report = Report::from_value(json, &forms).unwrap();
        for format in formats() {
            let reading = read_back(&write_with(&report, format, &With { provenance: true, ..With::default() }).unwrap(), &forms);
            let cell = report.form.find("requests.received.total").unwrap();
            prop_assert_eq!(reading.report.origin(cell), report.origin(cell));
            prop_assert_eq!(&reading.report.file, &report.file);
        }
    }

    /// Where nothing is carried along, the reader finds figures and texts all the same.
    #[test]
    fn a_plain_report_is_read_by_what_is_seen(json in plain_report()) {
        let forms = Forms::official();
        let report = Report::from_value(json, &forms).unwrap();
        let due = shown(&report);
        for format in [Format::Html, Format::Markdown, Format::Csv] {
            let bare = edited::seen_alone(&report, format);
            let reading = read_back(bare.as_bytes(), &forms);
            let mut differing = Vec::new();
            differences(&due, &shown(&reading.report), "", &mut differing);
            prop_assert!(differing.is_empty(), "{:?}: {}", format, differing.join("\n"));
        }
    }
}
