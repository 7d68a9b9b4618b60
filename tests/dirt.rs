//! The dirt of published reports, one kind a test: each is a text of our own with the same fault.

use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::native::Native;
use nianbao::read::{Context, Reading, read};
use nianbao::value::Value;

fn reading(bytes: &[u8]) -> Reading {
    let forms = Forms::official();
    read(bytes, &Context::new(&forms, &Native, Language::CHINESE)).expect("it is a report")
}

/// What stands in the cells of a row, by address.
fn row(reading: &Reading, row: &str) -> String {
    let cells = reading.report.form.cells();
    let in_row = cells.filter(|(_, cell)| cell.address.rsplit_once('.').is_some_and(|(prefix, _)| prefix == row));
    let shown = in_row.map(|(id, _)| match reading.report.value(id) {
        Value::Blank => "_".to_owned(),
        other => other.to_string(),
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// Section two as a page shows it, with the fees as given.
fn page(fees: &str) -> String {
    format!(
        "<html><head><meta charset=utf-8></head><body><h1>某县甲镇2022年政府信息公开工作年度报告</h1>
        <p>二、主动公开政府信息情况</p>{}",
        table(fees)
    )
}

fn table(fees: &str) -> String {
    format!(
        "<table><tr><td colspan=4>第二十条第（一）项
        <tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数
        <tr><td>规章<td>0<td>0<td>0<tr><td>行政规范性文件<td>3<td>1<td>12
        <tr><td colspan=4>第二十条第（五）项<tr><td>信息内容<td colspan=3>本年处理决定数量<tr><td>行政许可<td colspan=3>27
        <tr><td colspan=4>第二十条第（八）项<tr><td>信息内容<td colspan=3>本年收费金额（单位：万元）
        <tr><td>行政事业性收费<td colspan=3>{fees}</table>"
    )
}

#[test]
fn utf_8_that_was_read_as_gbk_is_read_back() {
    let page = page("2.02");
    let misread = encoding_rs::GBK.decode_without_bom_handling(page.as_bytes()).0.replace('\u{fffd}', "?");
    let reading = reading(misread.as_bytes());
    assert_eq!(row(&reading, "article20_1.normative_documents"), "3 1 12");
    assert_eq!((reading.report.year, row(&reading, "article20_8.fees").as_str()), (Some(2022), "2.02"));
}

#[test]
fn a_table_that_was_pasted_twice_counts_once() {
    let reading = reading((page("0") + &table("0")).as_bytes());
    assert_eq!(row(&reading, "article20_1.normative_documents"), "3 1 12");
    assert!(reading.findings.is_empty() && reading.leftover.is_empty(), "{:?}", reading.findings);
}

#[test]
fn a_table_that_was_pasted_twice_with_other_figures_is_told() {
    let again = table("0").replace("<td>12", "<td>13");
    let reading = reading((page("0") + &again).as_bytes());
    assert_eq!(row(&reading, "article20_1.normative_documents"), "3 1 12");
    let told: Vec<_> = reading.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert!(matches!(told[..], [one] if one.contains("两次") && one.contains("13")), "{told:?}");
}

#[test]
fn a_row_that_stands_twice_takes_the_place_of_no_row_that_is_missing() {
    let page = page("2.02").replace("<tr><td>行政规范性文件<td>3<td>1<td>12", "");
    let again = page.replace("<td>行政许可<td colspan=3>27", "<td>行政许可<td>27<tr><td>行政许可<td>27");
    assert_ne!(page, again);
    let reading = reading(again.as_bytes());
    assert_eq!(row(&reading, "article20_1.normative_documents"), "_ _ _");
    assert_eq!(row(&reading, "article20_5.licensing"), "27");
}

#[test]
fn an_amount_in_another_unit_stays_as_written() {
    let reading = reading(page("20200元").as_bytes());
    assert_eq!(row(&reading, "article20_8.fees"), "20200元");
}

#[test]
fn dashes_of_every_kind_stay_and_are_no_zero() {
    for dash in ["-", "—", "——", "/", "／", "－"] {
        let reading = reading(page(dash).as_bytes());
        let cell = reading.report.form.find("article20_8.fees.amount").unwrap();
        assert!(reading.report.is_blank(cell) && reading.report.value(cell).number().is_none(), "{dash}");
    }
}

#[test]
fn radicals_full_width_digits_and_traditional_characters_make_no_difference() {
    let kangxi = page("２．０２").replace('一', "⼀").replace("行", "⾏").replace("二", "⼆").replace("文", "⽂");
    let traditional = page("2.02").replace("规", "規").replace("许", "許").replace("业", "業").replace("费", "費");
    for page in [kangxi, traditional] {
        let reading = reading(page.as_bytes());
        assert_eq!(row(&reading, "article20_1.normative_documents"), "3 1 12");
        assert_eq!(row(&reading, "article20_5.licensing"), "27");
        assert_eq!(row(&reading, "article20_8.fees"), "2.02");
    }
}

#[test]
fn a_table_that_a_page_break_cut_in_two_is_one() {
    let cut = "<tr><td colspan=4>第二十条第（五）项";
    let head = "</table><p>- 2 -</p><table><tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数";
    let reading = reading(page("0").replace(cut, &format!("{head}{cut}")).as_bytes());
    assert_eq!(row(&reading, "article20_1.normative_documents"), "3 1 12");
    assert_eq!(row(&reading, "article20_5.licensing"), "27");
}
