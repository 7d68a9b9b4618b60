//! Reading, from bytes to a report: whole texts of our own in every layout that occurs, and files
//! that are no report. Each case says what it expects of the cells.

use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::native::Native;
use nianbao::read::{Context, MOST_BYTES, Reading, read};
use nianbao::value::Value;

use super::dice::Dice;

fn reading(source: &str) -> Reading {
    read(source.as_bytes(), &Context::new(&Forms::official(), &Native, Language::CHINESE)).expect("it is a report")
}

/// Whether the cells of a row hold what is given; `_` stands for a blank one.
fn check(reading: &Reading, row: &str, expect: &str) {
    let cells = reading.report.form.cells();
    let in_row = cells.filter(|(_, cell)| cell.address.rsplit_once('.').is_some_and(|(prefix, _)| prefix == row));
    let shown = in_row.map(|(id, _)| match reading.report.value(id) {
        Value::Blank => "_".to_owned(),
        other => other.to_string(),
    });
    assert_eq!(shown.collect::<Vec<_>>().join(" "), expect, "{row}");
}

fn unread(reading: &Reading) -> Vec<&str> {
    let findings = reading.findings.iter().filter(|finding| finding.rule == "unread");
    findings.flat_map(|finding| &finding.cells).map(String::as_str).collect()
}

/// The published text of section two, one cell a line.
const DOWNWARDS: &str = "某县甲乡2022年政府信息公开工作年度报告\n\n一、总体情况\n\n本乡依法公开。\n\n二、主动公开政府信息情况\n\n\
    第二十条第（一）项\n\n信息内容\n\n本年制发\n\n件数\n\n本年废止件数\n\n现行有效件\n\n规章\n\n0\n\n0\n\n0\n\n行政规范性文件\n\n4\n\n1\n\n9\n\n\
    第二十条第（五）项\n\n信息内容\n\n本年处理决定数量\n\n行政许可\n\n１２\n\n三、收到和处理政府信息公开申请情况\n\n";

#[test]
fn cells_below_each_other_are_rows() {
    let reading = reading(DOWNWARDS);
    assert_eq!((reading.report.form.id.as_str(), reading.report.year), ("gongkai-2021", Some(2022)));
    assert_eq!(
        (reading.report.agency.as_str(), reading.report.section("overview")),
        ("某县甲乡", Some("本乡依法公开。"))
    );
    check(&reading, "article20_1.normative_documents", "4 1 9");
    check(&reading, "article20_5.licensing", "12");
    check(&reading, "article20_6.penalties", "_");
    assert_eq!(reading.report.headings.as_ref().map(Vec::len), Some(3));
    assert!(reading.findings.is_empty() && reading.leftover.is_empty());
}

#[test]
fn a_row_that_lost_its_label_is_read_where_nothing_else_is_possible() {
    let reading = reading(&DOWNWARDS.replace("规章\n\n0\n\n0\n\n0", "2\n\n0\n\n7"));
    check(&reading, "article20_1.rules", "2 0 7");
}

#[test]
fn dropped_blanks_are_told_and_not_guessed() {
    let reading = reading(&DOWNWARDS.replace("4\n\n1\n\n9", "4\n\n9"));
    check(&reading, "article20_1.normative_documents", "_ _ _");
    let expect = ["issued", "repealed", "in_force"].map(|column| format!("article20_1.normative_documents.{column}"));
    assert_eq!(unread(&reading), expect);
    assert!(reading.findings[0].message.contains("行政规范性文件 | 4 | 9"));
}

#[test]
fn a_local_row_shifts_no_other() {
    let reading =
        reading(&DOWNWARDS.replace("第二十条第（五）项", "本地特色公文\n\n8\n\n8\n\n8\n\n第二十条第（五）项"));
    check(&reading, "article20_1.normative_documents", "4 1 9");
    assert_eq!(reading.leftover, ["本地特色公文 | 8 | 8 | 8"]);
}

const PAGE: &str = "<html><head><title>x</title></head><body><table><tr><td><a>首页</a></td></tr><tr><td>
    <p>2024年某局政府信息公开工作年度报告</p><p>三、收到和处理政府信息公开申请情况</p>
    <table><tr><td colspan=3>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）<td colspan=7>申请人情况
    <tr><td colspan=3>一、本年新收政府信息公开申请数量<td>5<td>1<td>&nbsp;<td>/<td>0<td>0<td>6
    <tr><td rowspan=22>三、本<br>年度办理结果<td colspan=2>（一）予以公开<td>3<td>1<td>0<td>0<td>0<td>0<td>4
    <tr><td rowspan=8>（三）不予公开<td>1.属于国家秘密<td><p>1</p><td>0<td>0<td>0<td>0<td>0<td>1
    </table>
    <p>四、政府信息公开行政复议、行政诉讼情况</p>
    <table><tr><td colspan=5>行政复议<td colspan=10>行政诉讼<tr><td>结果维持<td>结果纠正
    <tr><td>1<td>0<td>0<td>2<td>3<td>0<td>0<td>0<td>0<td>0<td>4<td>0<td>0<td>0<td>4</table>
    <p>五、存在的主要问题及改进情况</p><p>仍有不足。</p><p>六、其他需要报告的事项</p><p>无。</p><p>附件下载</p><p>版权所有</p>
    </td></tr></table></body></html>";

#[test]
fn a_portal_page_is_read_around_its_layout() {
    let reading = reading(PAGE);
    check(&reading, "requests.received", "5 1 _ / 0 0 6");
    check(&reading, "requests.granted", "3 1 0 0 0 0 4");
    check(&reading, "requests.refused_state_secret", "1 0 0 0 0 0 1");
    check(&reading, "disputes.review", "1 0 0 2 3");
    check(&reading, "disputes.litigation_after_review", "4 0 0 0 4");
    assert_eq!(reading.report.section("problems"), Some("仍有不足。"));
    assert_eq!(reading.report.section("other"), Some("无。"));
    assert_eq!(reading.report.agency, "某局");
}

#[test]
fn an_encoding_other_than_utf_8_makes_no_difference() {
    let (bytes, ..) = encoding_rs::GB18030.encode(PAGE);
    let reading = read(&bytes, &Context::new(&Forms::official(), &Native, Language::ENGLISH)).expect("it is a report");
    check(&reading, "requests.received", "5 1 _ / 0 0 6");
}

#[test]
fn rows_of_two_layouts_in_one_report_are_named() {
    let rows = "三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量 2 0 0 0 0 0 2\n（五）不予处理 1.信访举报投诉类申请 0 0 0 0 0 0 0\n\
        5.要求行政机关确认或重新出具已获取信息 0 0 0 0 0 0 0\n（六）其他处理 2 0 0 0 0 0 2\n（七）总计 2 0 0 0 0 0 2\n";
    let reading = reading(&format!("{DOWNWARDS}{}", rows.split_once('\n').expect("two lines").1));
    check(&reading, "requests.other", "2 0 0 0 0 0 2");
    check(&reading, "requests.handled_total", "2 0 0 0 0 0 2");
    let mixture = reading.findings.iter().find(|finding| finding.rule == "form-year").expect("it is told");
    assert!(mixture.message.contains("（六）其他处理") && mixture.cells.len() == 7);
}

#[test]
fn columns_of_another_layout_are_never_taken_for_the_form_s() {
    // Section two as in the form of 2019, section three as in that of 2021, and more of the latter.
    let text = "某局2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n规章 | 1 | 2 | 3 |\n\
        三、收到和处理政府信息公开申请情况\n3.其他 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n（七）总计 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n\
        1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n四、结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n";
    let reading = reading(text);
    assert_eq!(reading.report.form.id, "gongkai-2021");
    check(&reading, "article20_1.rules", "_ _ _");
    let mixture = reading.findings.iter().find(|finding| finding.rule == "form-year").expect("it is told");
    assert!(mixture.message.contains("规章 | 1 | 2 | 3"));
    assert_eq!(reading.leftover, ["规章 | 1 | 2 | 3"]);
}

#[test]
fn units_stand_beside_numbers() {
    let text = "某局2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n其他对外管理服务事项 | 3 | 减1 | 20 |\n政府集中采购 | 8 | 160.5万元 |\n";
    let reading = reading(text);
    check(&reading, "article20_5.other_services", "3 -1 20");
    check(&reading, "article20_9.procurement", "8 160.5");
    let cell = reading.report.form.find("article20_9.procurement.amount").expect("the form has it");
    assert_eq!(reading.report.unit(cell), Some("万元"));
}

/// Whether a file is refused with a sentence that holds the given words, in both languages.
fn refused(bytes: &[u8], zh: &str, en: &str) {
    let error =
        read(bytes, &Context::new(&Forms::official(), &Native, Language::CHINESE)).expect_err("it is no report");
    assert!(error.0.zh.contains(zh), "{}", error.0.zh);
    assert!(error.sentence(Language::ENGLISH).contains(en), "{}", error.sentence(Language::ENGLISH));
}

#[test]
fn what_is_no_report_is_refused_in_a_sentence() {
    refused(b"", "空的", "empty");
    refused(b"%PDF-1.4\n", "PDF", "PDF");
    refused(b"PK\x03\x04word/document.xml", "不完整或已损坏", "damaged");
    refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "不完整或已损坏", "damaged");
    refused(b"\x89PNG\r\n\x1a\n", "图片", "image");
    refused(&[0, 159, 1, 2, 3, 146, 150, 0, 7].repeat(50), "不是文字文件", "no readable text");
    refused(&vec![b' '; MOST_BYTES + 1], "64 MB", "64 MB");
    for endless in ["1\n", "<p>", "| "] {
        refused(endless.repeat(500_001).as_bytes(), "多得不像年度报告", "far more rows");
    }
    refused(b"{\"form\": ", "不是完整的 JSON", "no complete JSON");
    refused("<html><input type=password><p>用户登录</p></html>".as_bytes(), "登录页面", "login page");
    refused("<html><div id=app></div><script>1</script></html>".as_bytes(), "没有年度报告的表格", "no table");
    refused("今天天气很好，我们去爬山。".as_bytes(), "认不出", "No form");
    refused(
        "某镇2017年政府信息公开年度报告\n政府信息公开情况统计表\n指标名称 单位".as_bytes(),
        "2019 年以前",
        "before 2019",
    );
}

#[test]
fn no_damage_makes_the_reader_panic() {
    let mut dice = Dice(7);
    let forms = Forms::official();
    for round in 0..300 {
        let source = if round % 2 == 0 { DOWNWARDS } else { PAGE };
        let mut bytes = source.as_bytes().to_vec();
        for _ in 0..1 + dice.place(12) {
            let at = dice.place(bytes.len());
            match dice.place(5) {
                0 => bytes.truncate(at.max(1)),
                1 => bytes[at] = dice.place(256) as u8,
                2 => drop(bytes.remove(at)),
                3 => bytes.insert(at, *b"|<>\t\n0 1/("[..].get(dice.place(10)).unwrap_or(&b'x')),
                _ => {
                    let end = (at + dice.place(200)).min(bytes.len());
                    let piece = bytes[at..end].to_vec();
                    let to = dice.place(bytes.len());
                    bytes.splice(to..to, piece);
                }
            }
            if bytes.is_empty() {
                break;
            }
        }
        // Either a report or a sentence; no panic.
        let _ = read(&bytes, &Context::new(&forms, &Native, Language::CHINESE));
    }
}
