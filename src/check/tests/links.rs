//! The numbers of texts, the cells that they state, and what they would have to be.

use super::*;
use crate::edit::{Edit, History};

fn with_text(text: &str) -> Report {
    let mut report = consistent("gongkai-2021");
    report.set_section("overview", Some(text));
    report
}

/// `words standing stated/figure cell→rewrite`, a link a line.
fn links(report: &Report) -> Vec<String> {
    let show = |link: &Link| {
        let first = &report.form.cell(link.cells[0]).address;
        let figure = link.figure.map(|figure| figure.normalize().to_string()).unwrap_or_default();
        let rewrite = link.rewrite.as_ref().map(|change| format!(" {}→{}", change.from, change.to)).unwrap_or_default();
        format!("{} {:?} {}/{figure} {first}{rewrite}", link.quote.text, link.standing, link.stated)
    };
    Check::new(report, None).links(report).iter().map(show).collect()
}

#[test]
fn numbers_are_linked_to_their_cells() {
    let report = with_text("2021年收到政府信息公开申请24件，办结23件，结转下年度3件，未收到行政复议。");
    assert_eq!(
        links(&report)[..3],
        [
            "收到政府信息公开申请24件 Agrees 24/24 requests.received.total",
            "办结23件 Agrees 23/23 requests.handled_total.total",
            "结转下年度3件 Agrees 3/3 requests.carried_out.total",
        ]
    );
    let report = with_text("2021年收到政府信息公开申请１２件，办结二十件。");
    assert_eq!(
        links(&report),
        [
            "收到政府信息公开申请１２件 Contradicts 12/24 requests.received.total １２→２４",
            "办结二十件 Contradicts 20/23 requests.handled_total.total 二十→二十三",
        ]
    );
}

#[test]
fn a_number_is_not_rewritten_where_more_than_one_is_likely() {
    // 受理 may be 新收, or 新收 and 上年结转 together.
    let report = with_text("2021年受理政府信息公开申请12件。");
    assert_eq!(links(&report), ["受理政府信息公开申请12件 Contradicts 12/24 requests.received.total"]);
    // One number for two rows that differ.
    let report = with_text("2021年受理并办结政府信息公开申请12件。");
    assert!(links(&report).iter().all(|link| !link.contains('→')), "{:?}", links(&report));
    // 26 is 新收 and 上年结转.
    let report = with_text("2021年收到政府信息公开申请26件。");
    assert_eq!(links(&report), ["收到政府信息公开申请26件 OfMore 26/24 requests.received.total"]);
    // The table itself is wrong, or the text: nobody knows.
    let mut report = with_text("2021年收到政府信息公开申请24件。");
    put(&mut report, "requests.received.total", 42);
    assert_eq!(links(&report), ["收到政府信息公开申请24件 Contradicts 24/42 requests.received.total"]);
    let mut blank = Report::empty(report.form.clone());
    (blank.sections, blank.agency, blank.year) = (report.sections, report.agency, report.year);
    assert_eq!(links(&blank), ["收到政府信息公开申请24件 Open 24/ requests.received.total"]);
}

#[test]
fn a_finding_offers_the_rewrite_and_following_it_settles_it() {
    let text = "2021年收到政府信息公开申请1,012件。\n\n全年收到政府信息公开申请1,012件，办结23件。";
    let mut report = with_text(text);
    let findings = found(&report, None);
    let [finding] = findings.as_slice() else { panic!("{findings:#?}") };
    let [repair] = finding.repairs.as_slice() else { panic!("{finding:#?}") };
    assert_eq!((finding.quotes.len(), repair.texts.len(), repair.changes.len()), (2, 2, 0));
    let edit = Edit::repair(&report, repair).unwrap();
    let mut history = History::default();
    history.make(&mut report, edit);
    assert_eq!(report.section("overview").unwrap(), text.replace("1,012", "24"));
    assert_eq!(found(&report, None), []);
    history.undo(&mut report);
    assert_eq!(found(&report, None), findings);
}

#[test]
fn a_share_is_rewritten_as_exactly_as_it_was_written() {
    let mut report = with_text("2021年办结政府信息公开申请23件，其中予以公开15件，占60.5%。");
    let rewrites = |report: &Report| -> Vec<String> {
        let repairs = found(report, None).into_iter().flat_map(|finding| finding.repairs);
        repairs.flat_map(|repair| repair.texts).map(|change| format!("{}→{}", change.from, change.to)).collect()
    };
    assert_eq!(found(&report, None).len(), 1);
    assert!(rewrites(&report).is_empty(), "it may be a share of what was received or of what was handled");
    for address in ["carried_in", "carried_out"] {
        for column in ["natural_person", "business", "total"] {
            put(&mut report, &format!("requests.{address}.{column}"), 0);
        }
    }
    put(&mut report, "requests.received.natural_person", 20);
    put(&mut report, "requests.received.business", 3);
    put(&mut report, "requests.received.total", 23);
    assert_eq!(rewrites(&report), ["60.5→65.2"]);
}

#[test]
fn what_the_notice_requires_is_told_point_by_point() {
    let mut report = with_text("主动公开：做好信息管理。");
    let points = |report: &Report, section: &str| -> Vec<Option<bool>> {
        Check::new(report, None).points(report, section).into_iter().map(|point| point.met).collect()
    };
    let (yes, no) = (Some(true), Some(false));
    assert_eq!(points(&report, "overview"), [yes, no, yes, no, no, no]);
    report.agency = "某县司法局".to_owned();
    assert_eq!(points(&report, "overview").len(), 5, "it is no government");
    assert_eq!(points(&report, "other"), [no, no]);
    report.set_section("other", Some("本年度没有收取信息处理费。"));
    assert_eq!(points(&report, "other"), [yes, yes]);
    report.set_section("problems", Some("存在公开不及时的问题，下一步改进。"));
    assert_eq!(points(&report, "problems"), [yes, yes, None, None], "last year's is not there to compare");
    assert_eq!(points(&report, "preamble"), []);
}
