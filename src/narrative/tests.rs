//! Sentences and what they claim.

use super::*;
use crate::form::Form;
use crate::forms::Forms;

/// The claims of a text in a report of 某区 for 2023: `table row,row/column=number`, a line each.
fn claims(text: &str) -> Vec<String> {
    let forms = Forms::official();
    let mut report = Report::empty(forms.get("gongkai-2021").unwrap().clone());
    report.year = Some(2023);
    report.agency = "淮安市某区人民政府".into();
    report.sections = vec![("overview".into(), text.into())];
    let said = said(&report);
    said.claims.iter().map(|claim| show(&report.form, claim)).collect()
}

fn show(form: &Form, claim: &Claim) -> String {
    let table = &form.tables[claim.table];
    let reading = &claim.readings[0];
    let rows: Vec<_> = reading.rows.iter().map(|row| table.rows[*row].id.as_str()).collect();
    let mut rows = rows.join("+");
    if let Some(first) = rows.split('+').nth(3) {
        rows = format!("{}*", first.split('_').next().unwrap());
    }
    let columns: Vec<_> = reading.columns.iter().map(|column| table.columns[*column].id.as_str()).collect();
    let columns = if columns.len() > 3 { "legal".into() } else { columns.join("+") };
    let share = claim.share.as_ref().map(|share| format!(" {}%", share.percent)).unwrap_or_default();
    let growth =
        claim.growth.as_ref().map(|growth| format!(" by {}{}", growth.by, if growth.percent { "%" } else { "" }));
    format!("{rows}/{columns}={}{share}{}", claim.number, growth.unwrap_or_default())
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(claims(text), expected, "{text}");
}

#[test]
fn what_was_received_and_done() {
    check(
        "2023年全区共收到政府信息公开申请81件，办结78件，结转至2024年3件。",
        &["received/total=81", "handled_total/total=78", "carried_out/total=3"],
    );
    check(
        "本年度全区共收到70件申请，及时依法依规办结69件，1件结转下年度继续办理。",
        &["received/total=70", "handled_total/total=69", "carried_out/total=1"],
    );
    check(
        "全年受理政府信息公开申请 1295 件，办结 1191 件（含上年结转 189 件）。",
        &["received/total=1295", "handled_total/total=1191", "carried_in/total=189"],
    );
    check(
        "收到公开政府信息申请九条，其中7条已经按时限回复，2条转接到2024年答复。",
        &["received/total=9", "handled_total/total=7", "carried_out/total=2"],
    );
    check("年内受理并办结依申请公开２３件。", &["received/total=23", "handled_total/total=23"]);
    check(
        "答复信息公开申请805件（含上年度结转申请18件，另有72件申请按规定顺延到下年度答复）。",
        &["handled_total/total=805", "carried_in/total=18", "carried_out/total=72"],
    );
    check("4.认真办理依申请公开2023年全区各级行政机关共受理政府信息公开申请21件。", &["received/total=21"]);
    check("收到依申请公开81件，其中经办公室收到60件。", &["received/total=81"]);
    check(
        "2023年，全区共收到政府信息公开申请12件，其中自然人申请10件，法人或其他组织申请2件。办结11件，结转下年度1件。\
         通过网站受理8件，信函受理4件。因政府信息公开引发行政复议1件，结果维持；行政诉讼0件。与2022年相比，申请量增长20%。",
        &[
            "received/total=12",
            "received/natural_person=10",
            "received/legal=2",
            "handled_total/total=11",
            "carried_out/total=1",
            "review/total=1",
            "litigation_direct+litigation_after_review/total=0",
        ],
    );
    check("按照有关规定认真办理，全年收到依申请公开21件。", &["received/total=21"]);
    check("全区各级各部门共收到政府信息公开申请21件。", &["received/total=21"]);
    check("收到依申请公开30件，均已办结。", &["received/total=30", "carried_out/total=0"]);
}

#[test]
fn kinds_of_result_and_of_applicant() {
    check(
        "接收通过邮寄、网络提交的各类政府信息公开申请共计81件，涉及自然人80件、商业企业1件。",
        &["received/total=81", "received/natural_person=80", "received/business=1"],
    );
    check(
        "办结依申请公开81件，其中：予以公开及部分公开42件，占51.85%；不予公开5件（6.17%）。",
        &["handled_total/total=81", "granted+partly_granted/total=42 51.85%", "refused*/total=5 6.17%"],
    );
    check(
        "政府信息公开申请中，属于同意公开的60件,部分公开13件,不同意公开的6件,不予处理3件",
        &["granted/total=60", "partly_granted/total=13", "refused*/total=6", "declined*/total=3"],
    );
    check(
        "收到依申请公开20件，其中3件予以公开、2件不予公开。",
        &["received/total=20", "granted/total=3", "refused*/total=2"],
    );
    check(
        "收到信息公开申请36件，其中法人或其他组织申请14件，作其他处理（含申请人主动撤回申请）4件、转下年度办理2件。",
        &[
            "received/total=36",
            "received/legal=14",
            "other_not_corrected+other_unpaid+other/total=4",
            "carried_out/total=2",
        ],
    );
}

#[test]
fn disputes_and_documents() {
    check(
        "因政府信息公开引起的行政复议案件2件、行政诉讼案件7件。",
        &["review/total=2", "litigation_direct+litigation_after_review/total=7"],
    );
    check(
        "被行政复议7件（信息公开），其中结果维持6件、尚未审结1件。",
        &["review/total=7", "review/upheld=6", "review/pending=1"],
    );
    check("政府信息公开行政复议、行政诉讼均为0件。", &["review+litigation_direct+litigation_after_review/total=0"]);
    check(
        "清理并公布现行有效行政规范性文件393件，本年度制发的规范性文件77件。",
        &["normative_documents/in_force=393", "normative_documents/issued=77"],
    );
}

#[test]
fn nothing_of_it() {
    check("2023年，我区未收到依申请公开请求。", &["received/total=0"]);
    check("未收到法人或者其他组织对依申请公开政府信息的申请。", &["received/legal=0"]);
    check(
        "全年未发生因依申请公开被行政复议纠错或行政诉讼败诉情形。",
        &["review+litigation_direct+litigation_after_review/corrected=0"],
    );
    check(
        "未出现因信息公开申请行政复议、提起行政诉讼的情况。",
        &["review+litigation_direct+litigation_after_review/total=0"],
    );
}

#[test]
fn shares_and_changes() {
    check("全市共收办政府信息公开申请3607件，同比增长70.3%。", &["received/total=3607 by 70.3%"]);
    check("受理信息公开申请859件，申请数量较去年回落12.3%。", &["received/total=859 by -12.3%"]);
    check("收到政府信息公开申请12件，与上年持平。", &["received/total=12 by 0%"]);
    check("收到政府信息公开申请12件，网站访问量同比增长12%。", &["received/total=12"]);
}

#[test]
fn what_is_not_about_the_tables_claims_nothing() {
    for text in [
        "2022年收到政府信息公开申请30件。",
        "去年共收到政府信息公开申请30件，办结30件。",
        "上半年收到依申请公开12件。",
        "区公安局收到政府信息公开申请30件，办结28件。",
        "各镇街共收到政府信息公开申请12件。",
        "我区下属单位收到政府信息公开申请12件。",
        "依申请公开方面，通过网络收到申请60件，信函收到21件。",
        "依申请公开方面，收到12件群众来信，网站受理8件咨询。",
        "依申请公开方面，收到12件规范性文件备案材料。",
        "依申请公开方面，按时办结60件，延期办结21件。",
        "其中区本级收到政府信息公开申请12件。",
        "我区各镇街共收到政府信息公开申请12件。",
        "依申请公开方面。收到公众意见382条，办理建议提案30件。",
        "依申请公开方面。受理行政许可申请30件。",
        "主动公开政府信息1186条，收到群众来信20件。",
        "收到政府信息公开申请约100件。",
        "收到政府信息公开申请260余件。",
        "依申请公开在15个工作日内答复。",
        "办理行政复议案件120件。",
        "规范性文件合法性审查30件。",
        "自2019年以来累计收到政府信息公开申请500件。",
        "建立一个受理平台，依申请公开更方便。",
        "贯彻《政府信息公开信息处理费管理办法》，受理群众来访3件。",
        "未收到申请人补正材料。",
    ] {
        check(text, &[]);
    }
}

#[test]
fn the_years_of_a_sentence_are_followed() {
    check("2022年收到信息公开申请30件，2023年收到40件。", &["received/total=40"]);
    check("2023年收到信息公开申请40件（2022年收到30件），办结39件。", &["received/total=40", "handled_total/total=39"]);
}

#[test]
fn a_place_leads_back_to_the_words() {
    let forms = Forms::official();
    let mut report = Report::empty(forms.get("gongkai-2021").unwrap().clone());
    report.year = Some(2023);
    let text = "概况。\n2023 年，我区 收到 政府信息公开申请 ８１ 件。";
    report.sections = vec![("overview".into(), text.into())];
    let place = &said(&report).claims[0].place;
    let words: String = text.chars().skip(place.start).take(place.end - place.start).collect();
    assert_eq!(words, "收到 政府信息公开申请 ８１ 件");
}

#[test]
fn sums_that_are_nearly_right_are_noted() {
    let forms = Forms::official();
    let mut report = Report::empty(forms.get("gongkai-2021").unwrap().clone());
    let mut odd = |text: &str| {
        report.sections = vec![("overview".into(), text.into())];
        said(&report).odd_sums.len()
    };
    assert_eq!(odd("主动公开信息915条，其中机构113条、动态481条、法规6条、计划23条、公告289条、其他2条。"), 1);
    assert_eq!(odd("主动公开信息914条，其中机构113条、动态481条、法规6条、计划23条、公告289条、其他2条。"), 0);
    assert_eq!(odd("公开172条,其中动态91条,公告19条,采购47条,法规7条,报告3条,计划2条,人事3条,公众号224条。"), 0);
    assert_eq!(odd("公开306条，其中网站216条、微信22条、其他299条。"), 0);
}

#[test]
fn years_that_do_not_go_with_the_report_are_odd() {
    let forms = Forms::official();
    let mut report = Report::empty(forms.get("gongkai-2021").unwrap().clone());
    report.year = Some(2022);
    let mut odd = |text: &str| {
        report.sections = vec![("overview".into(), text.into())];
        period::odd(&report).into_iter().map(|odd| odd.kind).collect::<Vec<_>>()
    };
    use period::OddKind::{Begins, Garbled, Span, Stale};
    assert_eq!(odd("统计期限自2022年1月1日起至2022年12月31日止。"), []);
    assert_eq!(odd("统计期限自2021年1月1日起至2021年12月31日止。"), [Span(2021), Span(2021)]);
    assert_eq!(odd("统计期限自2022年1月1日起至202222年12月31日止。"), [Garbled("202222".into())]);
    assert_eq!(odd("截至2021年底，我镇未收到申请。"), [Stale(2021)]);
    assert_eq!(odd("截至2021年底有12件，2022年新增3件。"), []);
    assert_eq!(odd("2021年，我镇认真贯彻条例。"), [Begins(2021)]);
    assert_eq!(odd("2021年，我镇起步；2022年，继续推进。"), []);
}

/// Pieces that mean something to the grammar, and some that do not.
const PIECES: &[&str] = &[
    "收到",
    "办结",
    "予以公开",
    "不予公开",
    "结转下年度",
    "上年结转",
    "申请",
    "依申请公开",
    "信息公开",
    "自然人",
    "行政复议",
    "规范性文件",
    "现行有效",
    "其中",
    "未",
    "同比",
    "增长",
    "占",
    "全年",
    "去年",
    "2023年",
    "202020年12月31日",
    "截至",
    "底",
    "1月1日",
    "（",
    "）",
    "(",
    ")",
    "《",
    "》",
    "，",
    "、",
    "。",
    "：",
    "\n",
    " ",
    "12",
    "3,456",
    "7.5",
    "%",
    "万",
    "余",
    "件",
    "条",
    "十二",
    "零",
    "百",
    "市公安局",
    "我局",
    "各镇",
    "9999999999999999999999999999999999",
    "🀄",
    "e\u{301}",
    "\u{feff}",
];

proptest::proptest! {
    /// Whatever stands in a text, it is read without a fault and every place lies in it.
    #[test]
    fn any_text_is_read(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60), year in proptest::option::of(proptest::num::i32::ANY)) {
        let forms = Forms::official();
        let mut report = Report::empty(forms.get("gongkai-2021").unwrap().clone());
        report.year = year.or(Some(2023));
        let text = pieces.concat();
        let length = text.chars().count();
        report.sections = vec![("overview".into(), text)];
        let said = said(&report);
        for place in said.claims.iter().map(|claim| &claim.place).chain(said.odd_sums.iter().map(|odd| &odd.place)) {
            proptest::prop_assert!(place.start < place.end && place.end <= length, "{place:?} of {length}");
        }
        for odd in period::odd(&report) {
            proptest::prop_assert!(odd.place.start < odd.place.end && odd.place.end <= length);
        }
    }
}
