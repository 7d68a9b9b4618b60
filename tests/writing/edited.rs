//! Files that went through other hands after they were written: edited, saved again, stripped of what is
//! not seen.

use nianbao::finding::Finding;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::native::Native;
use nianbao::read::{Context, Reading, read};
use nianbao::report::Report;
use nianbao::write::{Format, write};
use serde_json::{Value as Json, json};

use super::{assert_same, context, read_back, shown};
use crate::dice::Dice;

/// A report with something of everything; no text of it is anybody's.
fn report() -> Report {
    let json = json!({
        "form": "gongkai-2021", "agency": "某县甲镇", "year": 2023, "date": "2024年1月20日", "contact": "联系电话：0000-1234567",
        "sections": {
            "preamble": "本报告按照有关规定编制。",
            "overview": "（一）主动公开。全年公开信息 12 条。\n\n（二）依申请公开。收到申请 3 件，\n其中 1 件结转。",
            "problems": "公开的内容还不够细，\u{3000}下一步将改进。", "other": "无。",
        },
        "units": {},
        "by_hand": ["requests.received.total"],
        "unread": ["article20_5.licensing.decisions"],
        "answers": [{"rule": "blank", "cells": ["article20_8.fees.amount"], "reason": "没有收费。"}],
        "filed_by": {"name": "张三"},
        "figures": {
            "article20_1.rules.issued": 0, "article20_1.rules.in_force": "/",
            "article20_8.fees.amount": serde_json::from_str::<Json>("24252.3110").unwrap(),
            "requests.received.natural_person": 2, "requests.received.business": 1, "requests.received.total": 3,
            "requests.carried_in.natural_person": 0, "requests.granted.natural_person": 2, "requests.refused_state_secret.total": 0,
            "requests.handled_total.total": 2, "requests.carried_out.total": 1, "disputes.review.upheld": 7,
            "requests.nobody.total": 5,
        },
    });
    Report::from_value(json, &Forms::official()).unwrap()
}

fn written(format: Format) -> String {
    String::from_utf8(write(&report(), format).unwrap()).unwrap()
}

/// What is read once a part of the file says something else; it must be seen once.
fn edited(format: Format, from: &str, to: &str) -> Reading {
    let text = written(format);
    let seen = ["<script", "<!-- nianbao", "json.1"].iter().find_map(|mark| text.find(mark)).unwrap();
    let (seen, carried) =
        text.split_at(if text[seen..].contains(from) && !text[..seen].contains(from) { 0 } else { seen });
    let place = if seen.is_empty() { carried } else { seen };
    assert_eq!(place.matches(from).count(), 1, "{from} in {text}");
    read_back(text.replacen(from, to, 1).as_bytes(), &Forms::official())
}

/// Whether a reading is the report with this changed, and one finding says it.
fn check(format: Format, from: &str, to: &str, change: impl Fn(&mut Report), told: &str) -> Finding {
    let reading = edited(format, from, to);
    let mut due = report();
    change(&mut due);
    assert_same(&due, &reading, format);
    let [finding] = reading.findings.as_slice() else { panic!("{format:?} {to}: {:?}", reading.findings) };
    assert_eq!(finding.rule, "carried");
    assert!(finding.message.contains(told), "{}", finding.message);
    finding.clone()
}

fn set(report: &mut Report, address: &str, json: &str) {
    let mut whole = report.to_json();
    whole["figures"][address] = serde_json::from_str(json).unwrap();
    *report = Report::from_value(whole, &Forms::official()).unwrap();
}

#[test]
fn a_figure_that_was_edited_is_read_as_it_is_seen() {
    let address = "disputes.review.upheld";
    let edits = [
        (Format::Html, format!("data-cell=\"{address}\""), ">7<", ">9<"),
        (Format::Csv, format!("{address},"), ",7,", ",9,"),
        (Format::Markdown, String::new(), "| 7 |", "| 9 |"),
    ];
    for (format, anchor, from, to) in edits {
        let text = written(format);
        let at = text.find(&anchor).unwrap();
        let piece = &text[at..at + text[at..].find(from).unwrap() + from.len()];
        let finding = check(
            format,
            piece,
            &piece.replace(from, to),
            |report| set(report, address, "9"),
            "“行政复议”“结果维持”一格看到的是“9”，文件附带的数据里是“7”",
        );
        assert_eq!(
            (finding.cells.as_slice(), finding.section.as_deref()),
            (&[address.to_owned()][..], Some("disputes"))
        );
    }
}

#[test]
fn a_figure_may_become_blank_or_a_text() {
    for (to, json) in [("", "null"), ("约 9", "\"约 9\"")] {
        let from = "data-cell=\"disputes.review.upheld\"";
        let text = written(Format::Html);
        let at = text.find(from).unwrap();
        let piece = &text[at..at + text[at..].find("</td>").unwrap()];
        let edit = piece.replace(">7", &format!(">{to}"));
        check(Format::Html, piece, &edit, |report| set(report, "disputes.review.upheld", json), "“结果维持”");
    }
}

#[test]
fn the_same_figure_in_another_writing_is_no_edit() {
    for (format, from, to) in [
        (Format::Html, ">24252.3110<", ">24,252.311<"),
        (Format::Markdown, "24252.3110", "２４２５２．３１１"),
        (Format::Csv, "24252.3110", "24252.311"),
        (Format::Html, "本报告按照有关规定编制。", "本报告按照\u{200b}有关规定\n编制。<!-- -->"),
        (Format::Markdown, "本报告按照有关规定编制。", "本报告按照有关规定\n编制。"),
    ] {
        let reading = edited(format, from, to);
        assert_same(&report(), &reading, format);
        assert!(reading.findings.is_empty(), "{:?}", reading.findings);
    }
}

#[test]
fn texts_that_were_edited_are_read_as_they_are_seen() {
    let overview = |text: &'static str| move |report: &mut Report| report.set_section("overview", Some(text));
    for format in [Format::Html, Format::Markdown, Format::Csv] {
        let mark = if format == Format::Markdown { "\\\n其中" } else { "其中" };
        let text = written(format);
        assert!(text.contains(mark));
        // One paragraph is changed, and the other keeps its line break.
        let changed =
            overview("（一）主动公开。全年公开信息 21 条。\n\n（二）依申请公开。收到申请 3 件，\n其中 1 件结转。");
        check(format, "全年公开信息 12 条。", "全年公开信息 21 条。", changed, "“一、总体情况”的文字");
        let gone = |report: &mut Report| report.set_section("preamble", None);
        match format {
            Format::Csv => {
                check(format, "sections.preamble,,文字,,本报告按照有关规定编制。,\r\n", "", gone, "“preamble”的文字")
            }
            _ => check(format, "本报告按照有关规定编制。", "", gone, "“preamble”的文字"),
        };
    }
    let added = |report: &mut Report| report.set_section("other", Some("无。\n\n另附说明。"));
    check(Format::Markdown, "无。\n", "无。\n\n另附说明。\n", added, "“六、其他需要报告的事项”的文字");
    check(Format::Html, "无。</p>", "无。</p><p>另附说明。</p>", added, "“六、其他需要报告的事项”的文字");
}

#[test]
fn the_cover_and_the_headings_are_read_as_they_are_seen() {
    let title = |report: &mut Report| {
        report.title = "某县乙镇2023年政府信息公开工作年度报告".to_owned();
        report.agency = "某县乙镇".to_owned();
    };
    let (old, new) = ("某县甲镇2023年政府信息公开工作年度报告", "某县乙镇2023年政府信息公开工作年度报告");
    check(Format::Markdown, &format!("# {old}"), &format!("# {new}"), title, "标题看到的是“某县乙镇2023年");
    check(Format::Html, &format!("{old}</h1>"), &format!("{new}</h1>"), title, "标题看到的是“某县乙镇2023年");
    let date = |report: &mut Report| report.date = "2024年2月1日".to_owned();
    let contact = |report: &mut Report| report.contact = String::new();
    check(Format::Markdown, "\n2024年1月20日", "\n2024年2月1日", date, "日期看到的是“2024年2月1日”");
    check(Format::Html, ">2024年1月20日<", ">2024年2月1日<", date, "日期看到的是“2024年2月1日”");
    check(Format::Html, ">联系电话：0000-1234567<", "><", contact, "联系方式看到的是“空白”");
    check(
        Format::Csv,
        "机关,,某县甲镇,",
        "机关,,某县乙镇,",
        |report| report.agency = "某县乙镇".to_owned(),
        "报告机关看到的是“某县乙镇”",
    );
    let headings = |report: &mut Report| {
        let due = [
            "一、总体情况",
            "二、主动公开情况",
            "三、收到和处理政府信息公开申请情况",
            "四、政府信息公开行政复议、行政诉讼情况",
            "五、存在的主要问题及改进情况",
            "六、其他需要报告的事项",
        ];
        report.headings = Some(due.map(str::to_owned).to_vec());
    };
    check(Format::Markdown, "## 二、主动公开政府信息情况", "## 二、主动公开情况", headings, "各部分的标题");
    check(Format::Html, "二、主动公开政府信息情况</h2>", "二、主动公开情况</h2>", headings, "各部分的标题");
}

#[test]
fn a_row_that_was_added_or_taken_away_costs_no_other_table() {
    let row = "| 二、上年结转政府信息公开申请数量 |  |  | 0 |  |  |  |  |  |  |\n";
    let reading = edited(Format::Markdown, row, "");
    let mut due = report();
    set(&mut due, "requests.carried_in.natural_person", "null");
    assert_same(&due, &reading, Format::Markdown);
    let local = format!("{row}| 本地另列 |  |  | 1 | 2 | 3 | 4 | 5 | 6 | 21 |\n");
    let reading = edited(Format::Markdown, row, &local);
    assert_same(&report(), &reading, Format::Markdown);
}

/// A page in which a site's editor kept what it keeps of an article.
fn pasted(article: &str) -> String {
    format!(
        "<html><head><title>某县政府门户网站</title></head><body><div><p>首页</p><p>当前位置：政务公开</p></div>\
         <table><tr><td>{article}</td></tr></table><p>打印本页</p><p>版权所有</p></body></html>"
    )
}

fn article() -> String {
    let page = written(Format::Html);
    let (from, to) = (page.find("<article").unwrap(), page.find("</article>").unwrap());
    page[from..to + "</article>".len()].to_owned()
}

pub fn without_data(article: &str) -> String {
    let from = article.find("<script").unwrap();
    let to = from + article[from..].find("</script>").unwrap() + "</script>".len();
    format!("{}{}", &article[..from], &article[to..])
}

/// An article without attributes of ours, nor ids and styles.
pub fn without_marks(article: &str) -> String {
    let mut plain = String::new();
    for (at, piece) in article.split('"').enumerate() {
        match at % 2 == 0 || plain.ends_with("span=\"") || plain.ends_with("type=\"") {
            true => plain.push_str(piece),
            false => plain.push('x'),
        }
        plain.push('"');
    }
    plain.pop();
    ["data-form", "data-agency", "data-year", "data-section", "data-item", "data-cell", "data-chart"]
        .iter()
        .fold(plain, |plain, mark| plain.replace(mark, "title"))
}

#[test]
fn an_article_pasted_into_a_page_is_the_report() {
    let reading = read_back(pasted(&article()).as_bytes(), &Forms::official());
    assert_same(&report(), &reading, Format::Html);
    assert!(reading.findings.is_empty() && reading.leftover.is_empty(), "{reading:?}");
}

/// A file of a report without anything that is not seen.
pub fn seen_alone(report: &Report, format: Format) -> String {
    let text = String::from_utf8(write(report, format).unwrap()).unwrap();
    match format {
        Format::Html => without_marks(&without_data(&text)),
        Format::Markdown => text[..text.find("<!--").unwrap()].to_owned(),
        _ => text[..text.find("json.1").unwrap_or(text.len())].to_owned(),
    }
}

#[test]
fn a_page_without_its_data_says_the_same_by_its_marks() {
    let reading = read_back(pasted(&without_data(&article())).as_bytes(), &Forms::official());
    let mut due = report();
    due.set_section(
        "overview",
        Some("（一）主动公开。全年公开信息 12 条。\n\n（二）依申请公开。收到申请 3 件，\n\n其中 1 件结转。"),
    );
    let mut due_shown = shown(&due);
    due_shown["figures"].as_object_mut().unwrap().remove("requests.nobody.total");
    assert_eq!(shown(&reading.report).to_string(), due_shown.to_string().replace('\u{3000}', " "));
    assert_eq!((&reading.report.date, &reading.report.contact), (&due.date, &due.contact));
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
}

#[test]
fn a_page_without_marks_is_known_by_what_it_carries() {
    let article = without_marks(&article());
    let script = &written(Format::Html);
    let script = &script[script.find("<script").unwrap()..script.find("</script>").unwrap()];
    let plain = format!("{}{script}</script>", without_data(&article));
    assert!(!plain.contains("data-"), "{plain}");
    let reading = read_back(pasted(&plain).as_bytes(), &Forms::official());
    assert_same(&report(), &reading, Format::Html);
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
}

#[test]
fn a_list_that_a_spreadsheet_saved_again_is_the_report() {
    let list = written(Format::Csv);
    let with_tabs = |line: &str| {
        let mut fields = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
        let fields = fields.records().next().unwrap().unwrap();
        fields.iter().map(|field| format!("\"{}\"", field.replace('"', "\"\""))).collect::<Vec<_>>()
    };
    // Records, with their line breaks inside quotes.
    let mut records: Vec<String> = Vec::new();
    for line in list.trim_start_matches('\u{feff}').split_inclusive("\r\n") {
        records.push(line.to_owned());
    }
    let separated = |separator: &str| {
        let lines = records.iter().map(|line| with_tabs(line).join(separator) + "\r\n");
        lines.collect::<String>()
    };
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(separated("\t").encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let (gbk, ..) = encoding_rs::GBK.encode(&list[3..]);
    let semicolons = separated(";").replacen("24252.3110", "24252,311", 1);
    for bytes in
        [gbk.into_owned(), utf16, semicolons.into_bytes(), list.replace(",24252.3110,", ",2.43E+04,").into_bytes()]
    {
        let reading = read_back(&bytes, &Forms::official());
        assert_same(&report(), &reading, Format::Csv);
        assert!(reading.findings.is_empty(), "{:?}", reading.findings);
    }
}

#[test]
fn data_that_cannot_be_read_are_left_alone_and_told() {
    for (from, to) in [("report {\"", "report {{\""), ("\"form\":\"gongkai-2021\"", "\"form\":\"gongkai-2099\"")] {
        let reading = edited(Format::Markdown, from, to);
        let [finding] = reading.findings.as_slice() else { panic!("{:?}", reading.findings) };
        assert!(finding.rule == "carried" && finding.message.contains("没有采用"), "{}", finding.message);
        assert_eq!(reading.report.agency, "某县甲镇");
        let cell = reading.report.form.find("disputes.review.upheld").unwrap();
        assert_eq!(reading.report.value(cell).to_string(), "7");
    }
    let unknown = written(Format::Csv).replace("gongkai-2021", "gongkai-2099");
    let error = read(unknown.as_bytes(), &context(&Forms::official())).unwrap_err();
    assert!(error.0.zh.contains("gongkai-2099"), "{}", error.0.zh);
}

#[test]
fn a_file_that_shows_another_report_is_that_report() {
    let markdown = written(Format::Markdown);
    let comment = &markdown[markdown.find("<!--").unwrap()..];
    let other = "# 某局2022年政府信息公开工作年度报告\n\n三、收到和处理政府信息公开申请情况\n\n\
        一、本年新收政府信息公开申请数量 5 0 0 0 0 0 5\n\n";
    let reading = read_back(format!("{other}{comment}").as_bytes(), &Forms::official());
    assert_eq!((reading.report.agency.as_str(), reading.report.year), ("某局", Some(2022)));
    assert!(reading.findings.iter().any(|finding| finding.message.contains("对不上")), "{:?}", reading.findings);
}

#[test]
fn a_page_that_shows_nothing_is_what_it_carries() {
    let page = format!(
        "<html><body><div id=app></div><script type=\"application/json\">{}</script></body></html>",
        report().to_json()
    );
    let reading = read_back(page.as_bytes(), &Forms::official());
    assert_same(&report(), &reading, Format::Html);
    assert!(reading.findings[0].message.contains("看不到"), "{:?}", reading.findings);
}

#[test]
fn last_year_s_file_filled_in_anew_is_this_year_s_report() {
    let seven = |text: &str| text.replacen("| 7 |", "| 8 |", 1);
    let markdown = seven(&written(Format::Markdown)).replacen("甲镇2023年", "甲镇2024年", 1);
    let html = written(Format::Html).replacen(
        "甲镇2023年政府信息公开工作年度报告</h1>",
        "甲镇2024年政府信息公开工作年度报告</h1>",
        1,
    );
    let html = html.replacen(">7</td>", ">8</td>", 1);
    let csv = written(Format::Csv).replacen("年度,,2023,", "年度,,2024年,", 1).replacen(",7,", ",8,", 1);
    for (text, is_list) in [(markdown, false), (html, false), (csv, true)] {
        let reading = read_back(text.as_bytes(), &Forms::official());
        let mut json = report().to_json();
        for unseen in ["by_hand", "unread", "answers", "filed_by"] {
            json.as_object_mut().unwrap().remove(unseen);
        }
        json["year"] = 2024.into();
        json["figures"]["disputes.review.upheld"] = 8.into();
        json["figures"].as_object_mut().unwrap().remove("requests.nobody.total");
        if !is_list {
            json["title"] = "某县甲镇2024年政府信息公开工作年度报告".into();
        }
        let due = Report::from_value(json, &Forms::official()).unwrap();
        assert_same(&due, &reading, Format::Csv);
        let [finding] = reading.findings.as_slice() else { panic!("{:?}", reading.findings) };
        assert!(finding.message.contains("2023 年度的数据"), "{}", finding.message);
    }
}

#[test]
fn differences_are_told_in_english_too() {
    let text = written(Format::Csv).replace("机关,,某县甲镇,", "机关,,某县乙镇,");
    let forms = Forms::official();
    let reading = read(text.as_bytes(), &Context::new(&forms, &Native, Language::ENGLISH)).unwrap();
    assert!(reading.findings[0].message.starts_with("The body is seen as “某县乙镇”"), "{:?}", reading.findings);
}

#[test]
fn no_damage_to_a_written_file_makes_the_reader_panic() {
    let mut dice = Dice(11);
    let forms = Forms::official();
    for round in 0..120 {
        let format = [Format::Html, Format::Markdown, Format::Csv, Format::Json][round % 4];
        let mut bytes = written(format).into_bytes();
        for _ in 0..1 + dice.place(8) {
            let at = dice.place(bytes.len());
            let end = (at + dice.place(400)).min(bytes.len());
            match dice.place(4) {
                0 => drop(bytes.drain(at..end)),
                1 => bytes[at] = dice.place(256) as u8,
                2 => bytes.insert(at, *b"|<>\"',;#{}\\&-\n".get(dice.place(16)).unwrap_or(&b'0')),
                _ => {
                    let piece = bytes[at..end].to_vec();
                    let to = dice.place(bytes.len());
                    bytes.splice(to..to, piece);
                }
            }
        }
        // Either a report or a sentence; no panic.
        let _ = read(&bytes, &context(&forms));
    }
}

/// A page whose tables are printed in the form of 2021, while its data names that of 2019.
#[test]
fn what_is_told_of_a_table_of_another_form_than_the_data_s_is_about_cells_that_are_there() {
    let forms = Forms::official();
    let page = include_bytes!("../../fuzz/regressions/offline/torn-table-of-another-form-than-the-data");
    let reading = read(page, &context(&forms)).unwrap();
    let form = &reading.report.form;
    let unread: Vec<_> = reading.findings.iter().filter(|finding| finding.rule == "unread").collect();
    assert!(form.id == "gongkai-2019" && !unread.is_empty(), "{:?}", reading.findings);
    assert!(unread.iter().flat_map(|finding| &finding.cells).all(|cell| form.find(cell).is_some()), "{unread:?}");
}

#[test]
fn files_without_measure_are_read_to_their_end() {
    let many = |count: usize, text: &dyn Fn(usize) -> String| (0..count).map(text).collect::<String>();
    let data = json!({"form": "gongkai-2021", "agency": "某镇", "year": 2023, "figures": {}, "sections": {"other": many(8000, &|_| "甲\n\n".to_owned())}});
    let page = |body: &str| {
        format!("<article data-form=gongkai-2021>{body}<script type=application/ld+json>{data}</script></article>")
    };
    let forms = Forms::official();
    for body in [
        many(8000, &|at| format!("<section data-section=s{at}><p>甲</section>")),
        format!("<section data-section=other>{}", many(8000, &|_| "<p>甲甲".to_owned())),
        many(8000, &|_| "<p>乙".to_owned()),
        many(2000, &|at| format!("<table><tr><td data-cell=requests.received.total>{at}<td>信息内容</table>")),
    ] {
        let reading = read(page(&body).as_bytes(), &context(&forms)).unwrap();
        assert_eq!(reading.report.form.id, "gongkai-2021");
    }
}

/// Its rows stand in what is carried alone; without it they are known by the addresses of their figures.
#[test]
fn a_list_of_indicators_without_its_data_keeps_its_rows() {
    let forms = Forms::official();
    let json = json!({"form": "statistics", "agency": "某县", "year": 2016, "columns": ["value", "cumulative"],
        "indicators": [{"id": "item_2", "label": "主动公开文件数"}, {"id": "item_3", "label": "其中：网站公开数"}],
        "figures": {"indicators.item_2.value": 120, "indicators.item_2.cumulative": 500, "indicators.item_3.value": 20}});
    let report = Report::from_value(json, &forms).unwrap();
    let list = String::from_utf8(write(&report, Format::Csv).unwrap()).unwrap();
    let without: String = list.lines().filter(|line| !line.contains("{\"\"")).map(|line| format!("{line}\n")).collect();
    assert_ne!(without.lines().count(), list.lines().count());
    for text in [without.clone(), without.replace("indicators.item_3.cumulative", "indicators.第三行.cumulative")] {
        let read = read_back(text.as_bytes(), &forms).report;
        assert_eq!(read.to_json()["figures"]["indicators.item_2.cumulative"], 500);
        assert!(read.form.find("indicators.item_3.value").is_some(), "{text}");
        assert_eq!(Report::from_value(read.to_json(), &forms).unwrap().to_json(), read.to_json());
    }
}

#[test]
fn a_list_without_its_data_keeps_what_the_form_has_no_place_for() {
    let list = seen_alone(&report(), Format::Csv);
    let list = list + "requests.nobody.total,,,,5,件\r\nrequests.nobody.business,,,,五,\r\n";
    let figures = read_back(list.as_bytes(), &Forms::official()).report.to_json()["figures"].take();
    assert_eq!((&figures["requests.nobody.total"], &figures["requests.nobody.business"]), (&json!(5), &json!("五")));
    assert_eq!(figures["requests.received.total"], 3);
}
