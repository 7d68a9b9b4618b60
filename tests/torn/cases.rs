//! Single cases: what is taken, what is asked for, what is suggested, and what is said.

use nianbao::finding::Finding;
use nianbao::provenance::{How, Place};
use nianbao::read::Reading;
use nianbao::report::Report;
use nianbao::value::Value;

use super::{OFFICIAL, reading};

const HEAD: &str = "某县2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n";

/// The cells of a row as they were read: `_` for a blank one, `?` for one that is unread, `~` before what was
/// inferred.
fn row(reading: &Reading, row: &str) -> String {
    let report = &reading.report;
    let cells = report.form.cells().filter(|(_, cell)| cell.address.rsplit_once('.').unwrap().0 == row);
    let shown = cells.map(|(cell, _)| match report.value(cell) {
        _ if report.is_unread(cell) => "?".to_owned(),
        value if report.is_inferred(cell) => format!("~{value}"),
        Value::Blank => "_".to_owned(),
        value => value.to_string(),
    });
    shown.collect::<Vec<_>>().join(" ")
}

fn told<'a>(reading: &'a Reading, rule: &str) -> Vec<&'a Finding> {
    reading.findings.iter().filter(|finding| finding.rule == rule).collect()
}

/// The changes of each repair of a finding.
fn repairs(finding: &Finding) -> Vec<String> {
    let change = |change: &nianbao::finding::Change| {
        format!("{} {}→{}", change.cell.rsplit('.').next().unwrap(), change.from, change.to)
    };
    let shown = |repair: &nianbao::finding::Repair| repair.changes.iter().map(change).collect::<Vec<_>>().join(", ");
    finding.repairs.iter().map(shown).collect()
}

#[test]
fn one_reading_is_taken_and_said() {
    let read = reading(&format!("{HEAD}规章000\n一、本年新收政府信息公开申请数量21710000218\n"), None);
    assert_eq!(row(&read, "requests.received"), "~217 ~1 ~0 ~0 ~0 ~0 ~218");
    let [finding] = told(&read, "inferred")[..] else { panic!("{:?}", read.findings) };
    assert_eq!((finding.cells.len(), finding.section.as_deref()), (7, Some("requests")));
    for words in ["“三、收到和处理政府信息公开申请情况”", "1 行", "7 格", "“21710000218”", "六类申请人相加等于总计"]
    {
        assert!(finding.message.contains(words), "{}", finding.message);
    }
    let cell = read.report.form.find("requests.received.business").unwrap();
    let origin = read.report.origin(cell).unwrap();
    assert_eq!((origin.how, origin.place, &*origin.text), (How::Inferred, Some(Place::Line(4)), "21710000218"));
    assert!(told(&read, "unread").is_empty());
}

#[test]
fn what_a_file_carries_along_need_not_be_inferred() {
    let torn = format!("# {HEAD}规章000\n一、本年新收政府信息公开申请数量21710000218\n");
    let json = reading(&torn, None).report.to_json();
    let known = serde_json::json!({"form": json["form"], "agency": json["agency"], "year": json["year"],
        "title": json["title"], "sections": json["sections"], "figures": json["figures"]});
    let read = reading(&format!("{torn}\n<!-- nianbao:report {known} -->\n"), None);
    assert_eq!(row(&read, "requests.received"), "217 1 0 0 0 0 218");
    assert!(told(&read, "inferred").is_empty(), "{:?}", read.findings);
}

#[test]
fn columns_and_the_balance_decide_where_a_row_alone_does_not() {
    let rows = "一、本年新收政府信息公开申请数量111000012\n二、上年结转政府信息公开申请数量0000000\n\
        （七）总计111000012\n四、结转下年度继续办理0000000\n";
    let read = reading(&format!("{HEAD}规章000\n{rows}"), None);
    // 1 11, 11 1 and 1 1 10 add up to 12 alike; of each row it has to be the same.
    assert_eq!(row(&read, "requests.handled_total"), "? ? ? ~0 ~0 ~0 ~12");
    let finding = told(&read, "unread")[0];
    assert!(finding.message.contains("3 种读法"), "{}", finding.message);
    assert_eq!((finding.repairs.len(), finding.cells.len()), (3, 6));
    let granted =
        "（一）予以公开11 0 0 0 0 0 11\n（二）部分公开（区分处理的，只计这一情形，不计其他情形）0 1 0 0 0 0 1\n";
    let rows = rows.replace("（七）", &format!("{granted}（七）"));
    let read = reading(&format!("{HEAD}规章000\n{rows}"), None);
    assert_eq!(row(&read, "requests.received"), "~11 ~1 ~0 ~0 ~0 ~0 ~12");
    assert_eq!(row(&read, "requests.handled_total"), "~11 ~1 ~0 ~0 ~0 ~0 ~12");
}

#[test]
fn without_relations_all_readings_are_counted_and_offered() {
    let read = reading(&format!("{HEAD}规章000\n行政规范性文件693665\n"), None);
    assert_eq!(row(&read, "article20_1.normative_documents"), "? ? ?");
    let [finding] = told(&read, "unread")[..] else { panic!("{:?}", read.findings) };
    assert!(finding.message.contains("10 种读法"), "{}", finding.message);
    assert!(finding.repairs.is_empty() && finding.cells.len() == 3);
    let read = reading(&format!("{HEAD}规章000\n行政规范性文件1234\n"), None);
    let finding = told(&read, "unread")[0];
    assert_eq!(repairs(finding)[0], "issued →1, repealed →2, in_force →34");
    assert_eq!(finding.repairs.len(), 3);
    let cell = read.report.form.find("article20_1.normative_documents.issued").unwrap();
    let origin = read.report.origin(cell).unwrap();
    assert_eq!((origin.how, &*origin.text), (How::Read, "1234"), "what stood there is known");
}

#[test]
fn last_year_s_report_decides_where_it_can() {
    let text = format!("{HEAD}规章000\n行政规范性文件693665\n");
    let mut prior = Report::empty(OFFICIAL.get("gongkai-2021").unwrap().clone());
    (prior.agency, prior.year) = ("某县".to_owned(), Some(2022));
    let in_force = prior.form.find("article20_1.normative_documents.in_force").unwrap();
    prior.set(in_force, 599.into());
    let read = reading(&text, Some(&prior));
    assert_eq!(row(&read, "article20_1.normative_documents"), "~69 ~3 ~665");
    let [finding] = told(&read, "inferred")[..] else { panic!("{:?}", read.findings) };
    assert_eq!(finding.code, "prior");
    assert!(finding.message.contains("上一年度报告"), "{}", finding.message);
    // What does not fit is no hint, and another year's or body's report neither.
    prior.set(in_force, 4.into());
    assert_eq!(row(&reading(&text, Some(&prior)), "article20_1.normative_documents"), "? ? ?");
    prior.set(in_force, 599.into());
    prior.year = Some(2021);
    assert_eq!(row(&reading(&text, Some(&prior)), "article20_1.normative_documents"), "? ? ?");
    (prior.agency, prior.year) = ("某市".to_owned(), Some(2022));
    assert_eq!(row(&reading(&text, Some(&prior)), "article20_1.normative_documents"), "? ? ?");
}

#[test]
fn where_nothing_holds_the_row_alone_decides_and_it_is_said() {
    let rows = "一、本年新收政府信息公开申请数量5000005\n二、上年结转政府信息公开申请数量0000000\n\
        （七）总计100000010\n四、结转下年度继续办理0000000\n";
    let read = reading(&format!("{HEAD}规章000\n{rows}"), None);
    assert_eq!(row(&read, "requests.handled_total"), "~10 ~0 ~0 ~0 ~0 ~0 ~10");
    let finding = told(&read, "inferred")[0];
    assert_eq!(finding.code, "row");
    assert!(finding.message.contains("可能是原文填错了"), "{}", finding.message);
    // Here not even the row's own sum can be right.
    let read = reading(&format!("{HEAD}规章000\n{}", rows.replace("100000010", "100000011")), None);
    assert_eq!(row(&read, "requests.handled_total"), "? ? ? ? ? ? ?");
    let finding = told(&read, "unread")[0];
    assert!(finding.message.contains("怎样读都不能"), "{}", finding.message);
}

#[test]
fn dropped_blanks_leave_what_every_place_agrees_on() {
    let read = reading(&format!("{HEAD}规章 | 0 | 0 | 0 |\n一、本年新收政府信息公开申请数量 | 3 | 3 | |||\n"), None);
    assert_eq!(row(&read, "requests.received"), "? ? ? ? ? ? ~3");
    let finding = told(&read, "unread")[0];
    assert!(finding.message.contains("6 种读法"), "{}", finding.message);
    assert_eq!(repairs(finding).len(), 6);
}

/// A report with a table of one line a row, cells by tabs.
fn table(rows: &[&str]) -> Reading {
    let mut text = format!("{HEAD}规章\t0\t0\t0\n三、收到和处理政府信息公开申请情况\n");
    for row in rows {
        text += &row.replace(' ', "\t");
        text.push('\n');
    }
    reading(&text, None)
}

#[test]
fn letters_are_suggested_as_digits_and_stay_what_they_are() {
    let read = table(&["一、本年新收政府信息公开申请数量 l2 O 0 0 0 0 12", "（七）总计 12 0 0 0 0 〇 12"]);
    assert_eq!(row(&read, "requests.received"), "l2 O 0 0 0 0 12");
    let [finding] = told(&read, "misread")[..] else { panic!("{:?}", read.findings) };
    assert_eq!(
        (&*finding.code, repairs(finding)),
        ("letters", vec!["natural_person l2→12, business O→0, other_organization 〇→0".to_owned()])
    );
    assert!(finding.message.contains("3 格") && finding.message.contains("“l2”应是 12"), "{}", finding.message);
    // What the relations contradict is not suggested.
    let read = table(&["一、本年新收政府信息公开申请数量 l3 0 0 0 0 0 12"]);
    assert!(told(&read, "misread").is_empty(), "{:?}", read.findings);
}

#[test]
fn a_cell_that_was_lost_is_suggested_where_the_relations_say_it() {
    let all = [
        "一、本年新收政府信息公开申请数量 12 1 0 0 0 0 13",
        "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0",
        "（七）总计 12 1 0 0 0 0 13",
        "四、结转下年度继续办理 0 0 0 0 0 0 0",
    ];
    let mut rows = all;
    rows[2] = "（七）总计 12 0 0 0 0 13";
    let read = table(&rows);
    assert_eq!(row(&read, "requests.handled_total"), "? ? ? ? ? ? ?");
    let [finding] = told(&read, "unread")[..] else { panic!("{:?}", read.findings) };
    assert!(finding.message.contains("漏了一格"), "{}", finding.message);
    assert_eq!(
        repairs(finding),
        [
            "natural_person →12, business →1, research →0, public_interest →0, legal_service →0, other_organization →0, total →13"
        ]
    );
}

#[test]
fn two_cells_in_one_are_taken_apart_as_a_suggestion() {
    let rows = [
        "一、本年新收政府信息公开申请数量 0 7 0 0 0 0 7",
        "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0",
        "（一）予以公开 07  0 0 0 0 7",
        "1.属于国家秘密 0 0 0 0 0 0 0",
        "2.其他法律行政法规禁止公开 0 0 0 0 0 0 0",
    ];
    let read = table(&rows);
    assert_eq!(row(&read, "requests.granted"), "? ? ? ? ? ? ?");
    let finding = told(&read, "unread")[0];
    assert!(finding.message.contains("挤到了一格"), "{}", finding.message);
}

#[test]
fn a_row_that_is_missing_is_suggested_where_all_its_figures_follow() {
    let labels = [
        "（一）予以公开",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "1.属于国家秘密",
        "2.其他法律行政法规禁止公开",
        "3.危及“三安全一稳定”",
        "4.保护第三方合法权益",
        "5.属于三类内部事务信息",
        "6.属于四类过程性信息",
        "7.属于行政执法案卷",
        "8.属于行政查询事项",
        "1.本机关不掌握相关政府信息",
        "2.没有现成信息需要另行制作",
        "3.补正后申请内容仍不明确",
        "1.信访举报投诉类申请",
        "2.重复申请",
        "3.要求提供公开出版物",
        "4.无正当理由大量反复申请",
        "5.要求行政机关确认或重新出具已获取信息",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "3.其他",
    ];
    let rows = |without: &str| {
        let mut rows = vec![
            "一、本年新收政府信息公开申请数量 42 0 0 0 0 0 42".to_owned(),
            "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0".to_owned(),
        ];
        rows.extend(labels.iter().filter(|label| **label != without).map(|label| format!("{label} 2 0 0 0 0 0 2")));
        rows.extend(["（七）总计 42 0 0 0 0 0 42".to_owned(), "四、结转下年度继续办理 0 0 0 0 0 0 0".to_owned()]);
        rows
    };
    let read = |rows: &[String]| table(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let whole = read(&rows(""));
    assert!(told(&whole, "misread").is_empty(), "{:?}", whole.findings);
    let lost = read(&rows("4.保护第三方合法权益"));
    let [finding] = told(&lost, "misread")[..] else { panic!("{:?}", lost.findings) };
    assert_eq!((&*finding.code, finding.cells.len()), ("row", 7));
    assert!(finding.message.contains("“4.保护第三方合法权益”"), "{}", finding.message);
    assert!(repairs(finding)[0].starts_with("natural_person →2, business →0"));
    // One blank among the figures of a full table is a cell that was lost.
    let mut hole = rows("");
    hole[4] = hole[4].replace(" 2 0 0", "  0 0");
    let hole = read(&hole);
    let [finding] = told(&hole, "misread")[..] else { panic!("{:?}", hole.findings) };
    assert_eq!((&*finding.code, repairs(finding)), ("cell", vec!["natural_person →2".to_owned()]));
}

#[test]
fn every_cell_remembers_where_it_was_read() {
    let read = table(&["一、本年新收政府信息公开申请数量 12 0 0 0 0 0 12"]);
    let origin = |address: &str| {
        let origin = read.report.origin(read.report.form.find(address).unwrap()).unwrap();
        (origin.how, origin.place, origin.text.clone())
    };
    let place = |table, row, column| Some(Place::Table { table, row, column: Some(column) });
    assert_eq!(origin("article20_1.rules.repealed"), (How::Read, place(1, 1, 3), "0".to_owned()));
    assert_eq!(origin("requests.received.total"), (How::Read, place(2, 1, 8), "12".to_owned()));
    let down = "规章\n\n0\n\n0\n\n7\n";
    let read = reading(&format!("{HEAD}{down}行政规范性文件 1 2 3\n"), None);
    let place = |address: &str| read.report.origin(read.report.form.find(address).unwrap()).unwrap().place;
    assert_eq!(place("article20_1.rules.in_force"), Some(Place::Line(9)), "as an editor counts");
    assert_eq!(place("article20_1.normative_documents.in_force"), Some(Place::Line(10)));
}
