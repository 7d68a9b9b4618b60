//! What is pasted: the clipboards of Excel, WPS, Word, LibreOffice and of a browser, as cells, as a
//! report and as paragraphs. The files in `fixtures/clipboard` are of our own making.

use nianbao::block::Block;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::Context;
use nianbao::read::clipboard::{Pasted, clipboard};
use nianbao::read::native::Native;
use nianbao::value::Value;
use proptest::prelude::*;

const EXCEL: &str = include_str!("fixtures/clipboard/excel-2016.html");
const WPS: &str = include_str!("fixtures/clipboard/wps-table.html");
const WORD: &str = include_str!("fixtures/clipboard/word-2016.html");
const LIBREOFFICE: &str = include_str!("fixtures/clipboard/libreoffice-calc.html");
const PAGE: &str = include_str!("fixtures/clipboard/cms-page.html");

fn pasted(html: &str, text: &str) -> Pasted {
    clipboard(html, text, &Context::new(&Forms::official(), &Native, Language::CHINESE))
}

fn block(pasted: &Pasted) -> &Block {
    pasted.block.as_ref().expect("there are cells")
}

/// A row of a block, its cells by bars.
fn row(block: &Block, row: usize) -> String {
    (0..block.width()).map(|column| block.text(row, column)).collect::<Vec<_>>().join("|")
}

/// Whether the cells of a row of the report hold what is given; `_` stands for a blank one.
fn reads(pasted: &Pasted, row: &str, expect: &str) {
    let report = &pasted.report.as_ref().expect("it is a report").report;
    let in_row = |address: &str| address.rsplit_once('.').is_some_and(|(prefix, _)| prefix == row);
    let cells = report.form.cells().filter(|(_, cell)| in_row(&cell.address));
    let shown = cells.map(|(id, _)| match report.value(id) {
        Value::Blank => "_".to_owned(),
        other => other.to_string(),
    });
    assert_eq!(shown.collect::<Vec<_>>().join(" "), expect, "{row}");
}

/// The requests of the fixtures.
fn reads_requests(pasted: &Pasted) {
    reads(pasted, "requests.received", "120 30 2 1 0 7 160");
    reads(pasted, "requests.carried_in", "3 0 0 0 0 0 3");
    reads(pasted, "requests.partly_granted", "15 4 0 0 0 1 20");
    reads(pasted, "requests.unavailable_not_existing", "30 9 1 1 0 2 43");
    reads(pasted, "requests.handled_total", "114 27 2 1 0 6 150");
    reads(pasted, "requests.carried_out", "9 3 0 0 0 1 13");
    let findings = &pasted.report.as_ref().expect("it is a report").findings;
    let others: Vec<_> = findings.iter().filter(|finding| finding.rule == "unread").collect();
    assert!(others.is_empty(), "{others:?}");
}

fn holds_the_printed_requests(block: &Block) {
    assert_eq!((block.height(), block.width()), (28, 10));
    assert_eq!(row(block, 3), "一、本年新收政府信息公开申请数量|||120|30|2|1|0|7|160");
    assert_eq!(row(block, 5), "三、本年度办理结果|（一）予以公开||60|12|1|0|0|3|76");
    assert_eq!(row(block, 7), "|（三）不予公开|1.属于国家秘密|0|0|0|0|0|0|0");
    assert_eq!(row(block, 8), "||2.其他法律行政法规禁止公开|0|0|0|0|0|0|0");
}

#[test]
fn excel_s_table_is_cells_and_a_report() {
    let pasted = pasted(EXCEL, "");
    holds_the_printed_requests(block(&pasted));
    reads_requests(&pasted);
}

#[test]
fn libreoffice_s_number_is_read_where_the_column_was_too_narrow() {
    let pasted = pasted(LIBREOFFICE, "");
    holds_the_printed_requests(block(&pasted));
    reads_requests(&pasted);
}

#[test]
fn wps_tables_keep_hidden_rows_to_themselves() {
    let pasted = pasted(WPS, "");
    let block = block(&pasted);
    assert_eq!((block.height(), block.width()), (15, 4));
    assert_eq!(row(block, 3), "行政规范性文件|4|1|19");
    assert_eq!(row(block, 6), "行政许可|1,286||");
    assert_eq!(row(block, 13), "行政事业性收费|24252.311082||");
    reads(&pasted, "article20_1.normative_documents", "4 1 19");
    reads(&pasted, "article20_5.licensing", "1286");
    reads(&pasted, "article20_8.fees", "24252.311082");
    let leftover = &pasted.report.as_ref().expect("it is a report").leftover;
    assert!(leftover.is_empty(), "{leftover:?}");
}

#[test]
fn word_s_text_is_paragraphs_with_their_numbers() {
    let pasted = pasted(WORD, "");
    reads(&pasted, "disputes.review", "12 1 0 2 15");
    reads(&pasted, "disputes.litigation_after_review", "1 _ 0 0 1");
    let report = &pasted.report.as_ref().expect("it is a report").report;
    let problems = report.section("problems").expect("there is a text");
    assert!(problems.contains("个别栏目更新不够及时") && !problems.contains("批注") && !problems.contains("脚注"));
    assert_eq!(row(block(&pasted), 3), "12|1|0|2|15|3|0|0|0|3|1||0|0|1");
    assert_eq!(
        pasted.paragraphs,
        [
            "四、政府信息公开行政复议、行政诉讼情况",
            "行政复议\t\t\t\t\t行政诉讼",
            "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t\t\t\t\t复议后起诉",
            "\t\t\t\t\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计",
            "12\t1\t0\t2\t15\t3\t0\t0\t0\t3\t1\t\t0\t0\t1",
            "五、存在的主要问题及改进情况",
            "2024年，我单位政府信息公开工作仍存在一些不足，主要表现在：",
            "（一）公开内容的广度和深度有待拓展，个别栏目更新不够及时；",
            "（二）依申请公开办理的规范性有待提高。",
            "• 加强业务培训；\n每季度不少于一次。",
            "下一步，详见2025年工作要点。",
        ]
    );
}

#[test]
fn a_page_s_table_is_recognised_with_its_label_s_line_breaks() {
    let pasted = pasted(PAGE, "");
    reads_requests(&pasted);
    let first = ["三、收到和处理政府信息公开申请情况"];
    assert_eq!(pasted.paragraphs[..1], first);
    let last = ["本年度收到申请较多，主要集中在征地拆迁领域。", "一、加强培训；", "二、完善制度。"];
    assert_eq!(pasted.paragraphs[pasted.paragraphs.len() - 3..], last);
}

#[test]
fn a_table_with_its_labels_is_a_report_as_text_too() {
    let tsv = block(&pasted(EXCEL, "")).to_tsv();
    let pasted = pasted("", &tsv);
    holds_the_printed_requests(block(&pasted));
    reads_requests(&pasted);
}

/// The figures of the requests, with so many columns of labels.
fn figures(labels: usize) -> String {
    let all = pasted(EXCEL, "");
    let block = block(&all);
    let row = |row| (3 - labels..10).map(|column| block.text(row, column)).collect::<Vec<_>>().join("\t");
    (3..28).map(row).collect::<Vec<_>>().join("\r\n")
}

#[test]
fn bare_figures_are_no_report() {
    let pasted = pasted("", &figures(0));
    assert_eq!((block(&pasted).height(), block(&pasted).width()), (25, 7));
    assert!(pasted.report.is_none());
    let html = block(&pasted).to_html();
    assert!(self::pasted(&html, "").report.is_none());
    assert!(self::pasted("", "1\t0\t0\t2\t3\t0\t0\t0\t0\t0\t4\t0\t0\t0\t4").report.is_none());
    assert!(self::pasted("", "12").report.is_none());
}

#[test]
fn rows_without_heads_are_a_report_by_their_labels_and_one_row_is_none() {
    reads_requests(&pasted("", &figures(3)));
    let one = figures(3).lines().next().expect("a row").to_owned();
    assert!(pasted("", &one).report.is_none());
    assert!(pasted("", "行政许可\t12\r\n行政处罚\t3\r\n").report.is_none());
}

#[test]
fn prose_is_no_report() {
    let text = "一、总体情况\n2024年，本机关收到政府信息公开申请12件，办结12件。\n五、存在的主要问题及改进情况\n仍有不足。\n六、其他需要报告的事项\n无。";
    let pasted = pasted("", text);
    assert!(pasted.report.is_none());
    assert_eq!(pasted.paragraphs.len(), 6);
}

fn paragraphs(html: &str, text: &str, expect: &[&str]) {
    assert_eq!(pasted(html, text).paragraphs, expect, "{html}{text}");
}

#[test]
fn plain_text_is_parted_by_blank_lines_or_else_by_lines() {
    paragraphs("", "甲\r\n乙\r\n", &["甲", "乙"]);
    paragraphs("", "\n　　甲\n乙\n\n\n丙\n　　丁", &["甲\n乙", "丙", "丁"]);
    paragraphs("", "  \u{a0}甲  1\t2 ", &["甲 1\t2"]);
    paragraphs("", "", &[]);
    paragraphs("<img src=x>", "甲", &["甲"]);
}

#[test]
fn line_breaks_indentation_and_blank_lines_of_a_page() {
    paragraphs("<div>&nbsp;&nbsp;甲<br>乙<br><br>丙<br>　　丁</div>戊", "", &["甲\n乙", "丙", "丁", "戊"]);
    paragraphs("<p>公开\n  信息，\r\n2024\n年 and\nmore</p>", "", &["公开信息， 2024 年 and more"]);
    paragraphs("<pre>甲\n乙</pre>", "", &["甲\n乙"]);
}

#[test]
fn lists_keep_their_numbers() {
    paragraphs("<ol><li>甲<li>乙<ul><li>丙</ul><li value=7>丁</ol>", "", &["1. 甲", "2. 乙", "• 丙", "7. 丁"]);
    paragraphs("<ol type=a start=3><li><p>甲</p><p>乙</p></ol>", "", &["c. 甲", "乙"]);
    paragraphs("<ul style='list-style: none outside'><li>甲</ul>", "", &["• 甲"]);
    paragraphs("<ul style='list-style: none'><li>甲</ul><ol><li>1.乙</ol>", "", &["甲", "1.乙"]);
}

#[test]
fn any_depth_and_disorder_is_survived() {
    for html in
        ["<table><tr><td>1", "<ol><li>", "<td colspan=9999 rowspan=9999>", "<table><td colspan=1000>", "</p><span>"]
    {
        pasted(&html.repeat(3000), "");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_block_survives_as_html(
        rows in prop::collection::vec(prop::collection::vec("([-=<&\"'0-9a甲\u{ff11}]{1,4}(\n[0-9甲]{1,3})?)?", 1..5), 1..6)
    ) {
        let block = Block::new(rows);
        let pasted = pasted(&block.to_html(), &block.to_tsv());
        prop_assert_eq!(pasted.block, Some(block));
    }
}
