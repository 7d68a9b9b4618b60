//! Checks over reports that are made up here: a consistent one, and what single edits do to it.

use super::*;
use crate::form::Axis;
use crate::forms::Forms;
use crate::value::Value;

mod property;
mod repairs;

/// A consistent report of the given form: figures only in a few cells, the totals computed.
fn consistent(form: &str) -> Report {
    let forms = Forms::official();
    let mut report = Report::empty(forms.get(form).unwrap().clone());
    report.year = Some(report.form.years.from);
    report.agency = "某镇".into();
    let cells: Vec<CellId> = report.form.cells().map(|(cell, _)| cell).collect();
    for cell in cells {
        report.set(cell, 0.into());
    }
    for (address, value) in [
        ("received.natural_person", 20),
        ("received.business", 4),
        ("carried_in.natural_person", 2),
        ("granted.natural_person", 12),
        ("granted.business", 3),
        ("refused_by_law.natural_person", 5),
        ("declined_duplicate.natural_person", 3),
        ("carried_out.natural_person", 2),
        ("carried_out.business", 1),
    ] {
        put(&mut report, &format!("requests.{address}"), value);
    }
    fill_totals(&mut report);
    report
}

fn put(report: &mut Report, address: &str, value: impl Into<Value>) {
    let cell = report.form.find(address).unwrap();
    report.set(cell, value.into());
}

/// Sets every total to the sum of its parts: the results of a column first, then the rows.
fn fill_totals(report: &mut Report) {
    let form = report.form.clone();
    for axis in [Axis::Column, Axis::Row] {
        for instance in form.instances.iter().filter(|instance| instance.along.is_some_and(|(a, _)| a == axis)) {
            let Some(total) = relation::total_of(instance) else { continue };
            let parts = instance.side(crate::form::Side::Right);
            let sum = parts.map(|term| relation::figure(&term.operand, report, None).unwrap()).sum();
            report.set(total, Value::Number(sum));
        }
    }
}

fn found(report: &Report, prior: Option<&Report>) -> Vec<Finding> {
    check(report, prior, Language::Chinese)
}

fn rules(report: &Report) -> Vec<String> {
    found(report, None).into_iter().map(|finding| finding.rule).collect()
}

#[test]
fn a_consistent_report_has_no_finding() {
    for form in ["gongkai-2021", "gongkai-2019"] {
        assert_eq!(found(&consistent(form), None), []);
    }
    let report = consistent("gongkai-2021");
    let coverage = Check::new(&report, None).coverage(&report);
    assert_eq!((coverage.relations_checked, coverage.relations_open), (25 + 7 + 7 + 3, 0));
    assert_eq!((coverage.cells, coverage.cells_filled), (200, 200));
}

#[test]
fn a_wrong_cell_is_told_once_and_named() {
    let mut report = consistent("gongkai-2021");
    put(&mut report, "requests.granted.natural_person", 13);
    let findings = found(&report, None);
    let [finding] = findings.as_slice() else { panic!("{findings:#?}") };
    assert_eq!(finding.rule, "requests.row-total");
    assert_eq!(finding.cells[0], "requests.granted.natural_person");
    assert_eq!((finding.expected.as_deref(), finding.actual.as_deref()), (Some("16"), Some("15")));
    assert_eq!(
        finding.message,
        "“收到和处理政府信息公开申请情况”表“（一）予以公开”行：六类申请人相加 \
         13 + 3 + 0 + 0 + 0 + 0 = 16，总计填的是 15，相差 1。请核对这一行的各个数。\
         同一处错误还使“自然人”列的“各项办理结果相加等于三（七）总计”不成立。\
         最可能填错的是“（一）予以公开，自然人”：改为 12，以上关系就都成立。\
         像是把 12 写成了 13，错了一个数字。"
    );
}

#[test]
fn a_wrong_total_is_not_also_a_wrong_column() {
    let mut report = consistent("gongkai-2021");
    put(&mut report, "requests.handled_total.total", 32);
    let findings = found(&report, None);
    let [finding] = findings.as_slice() else { panic!("{findings:#?}") };
    assert_eq!(finding.rule, "requests.row-total");
    assert_eq!(finding.cells[0], "requests.handled_total.total");
}

#[test]
fn the_total_column_follows_from_the_others() {
    let mut report = consistent("gongkai-2019");
    // The results of one column do not add up, in the published 总计 alike: no one cell explains it.
    put(&mut report, "requests.other.natural_person", 6);
    put(&mut report, "requests.other.total", 6);
    let findings = found(&report, None);
    let [finding] = findings.as_slice() else { panic!("{findings:#?}") };
    assert_eq!(finding.rule, "requests.handled-total");
    assert!(finding.message.contains("“自然人”列") && finding.message.contains("“总计”列"), "{}", finding.message);
    assert!(finding.cells.contains(&"requests.other.total".to_owned()));
}

#[test]
fn two_mistakes_are_two_findings() {
    let mut report = consistent("gongkai-2021");
    put(&mut report, "disputes.review.total", 3);
    put(&mut report, "requests.carried_out.business", 2);
    let mut rules = rules(&report);
    rules.sort();
    assert_eq!(rules, ["disputes.total", "requests.row-total"]);
}

#[test]
fn carry_over_is_checked_against_last_year_only() {
    let prior = consistent("gongkai-2021");
    let mut report = consistent("gongkai-2021");
    report.year = Some(2022);
    let findings = found(&report, Some(&prior));
    let [finding] = findings.as_slice() else { panic!("{findings:#?}") };
    assert_eq!(finding.rule, "carry-over");
    assert!(
        finding.message.contains("上年结转填的是 0，上一年度报告的“结转下年度继续办理”是 1"),
        "{}",
        finding.message
    );
    report.year = Some(2023);
    let findings = found(&report, Some(&prior));
    let [finding] = findings.as_slice() else { panic!("{findings:#?}") };
    assert_eq!((finding.rule.as_str(), finding.severity), ("carry-over", Severity::Warning));
}

#[test]
fn carry_over_crosses_the_change_of_form() {
    let prior = consistent("gongkai-2019");
    let mut prior_2020 = prior.clone();
    prior_2020.year = Some(2020);
    let report = consistent("gongkai-2021");
    let rules: Vec<_> = found(&report, Some(&prior_2020)).into_iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["carry-over"]);
}

#[test]
fn blank_is_not_zero() {
    let mut report = consistent("gongkai-2021");
    put(&mut report, "requests.granted.total", Value::Blank);
    put(&mut report, "article20_1.rules.issued", Value::read("/"));
    put(&mut report, "article20_1.rules.repealed", Value::Blank);
    let findings = found(&report, None);
    let [total, blank, dash] = findings.as_slice() else { panic!("{findings:#?}") };
    assert_eq!((total.severity, total.expected.as_deref()), (Severity::Error, Some("15")));
    assert_eq!(
        (blank.severity, blank.cells.as_slice()),
        (Severity::Warning, &["article20_1.rules.repealed".to_owned()][..])
    );
    assert!(dash.message.contains("“/”"), "{}", dash.message);
}

#[test]
fn an_unread_cell_is_not_blank() {
    let mut report = consistent("gongkai-2021");
    for address in ["requests.granted.total", "article20_1.rules.repealed"] {
        put(&mut report, address, Value::Blank);
        let cell = report.form.find(address).unwrap();
        report.mark_unread(cell);
    }
    assert_eq!(found(&report, None), []);
    let again = Report::from_json(&report.to_json().to_string(), &Forms::official()).unwrap();
    let unread = |report: &Report| report.form.cells().filter(|(cell, _)| report.is_unread(*cell)).count();
    assert_eq!((unread(&again), unread(&report)), (2, 2));
    put(&mut report, "requests.granted.total", Value::Blank);
    assert_eq!(rules(&report), ["blank"]);
}

#[test]
fn what_a_cell_cannot_hold_is_an_error() {
    let mut report = consistent("gongkai-2019");
    put(&mut report, "article20_1.rules.made", Value::read("2（其中修订1件）"));
    put(&mut report, "article20_5.licensing.last_year", Value::read("2.5"));
    put(&mut report, "article20_5.licensing.decisions", -1);
    put(&mut report, "article20_5.licensing.change", -3);
    put(&mut report, "article20_9.procurement.amount", Value::read("251000.5"));
    assert_eq!(rules(&report), ["not-a-number", "not-whole", "negative"]);
}

#[test]
fn the_form_must_be_the_one_of_the_year() {
    let mut report = consistent("gongkai-2019");
    report.year = Some(2023);
    let findings = found(&report, None);
    let [finding] = findings.as_slice() else { panic!("{findings:#?}") };
    assert_eq!((finding.rule.as_str(), finding.severity), ("form-year", Severity::Warning));
    assert!(finding.message.contains("国办公开办函〔2021〕30号"), "{}", finding.message);
}

#[test]
fn headings_must_be_there_in_order_and_in_the_prescribed_words() {
    let mut report = consistent("gongkai-2021");
    let due: Vec<String> = report.form.sections.iter().map(|s| s.printed_heading(Language::Chinese)).collect();
    report.headings = Some(due.clone());
    assert_eq!(rules(&report), Vec::<String>::new());
    let mut other = due.clone();
    other[1] = "二、主动公开政府信息的情况".into();
    other.remove(5);
    other.swap(2, 3);
    report.headings = Some(other);
    let findings = found(&report, None);
    let [missing, order, words] = findings.as_slice() else { panic!("{findings:#?}") };
    assert!(missing.message.contains("“六、其他需要报告的事项”"), "{}", missing.message);
    assert!(order.message.contains("一、二、三、四、五、六"), "{}", order.message);
    assert!(words.message.contains("“二、主动公开政府信息的情况”"), "{}", words.message);
    assert!(findings.iter().all(|finding| finding.rule == "template" && finding.severity == Severity::Warning));
}

#[test]
fn a_superseded_notice_is_pointed_out_however_its_number_is_written() {
    let mut report = consistent("gongkai-2021");
    report.sections = vec![("overview".into(), "根据国办公开办函[2019] 60 号编制。".into())];
    let findings = found(&report, None);
    let [finding] = findings.as_slice() else { panic!("{findings:#?}") };
    assert_eq!((finding.rule.as_str(), finding.section.as_deref()), ("template", Some("overview")));
    report.sections = vec![("overview".into(), "根据国办公开办函〔2021〕30号编制。".into())];
    assert_eq!(found(&report, None), []);
}

#[test]
fn following_a_change_equals_checking_anew() {
    let mut report = consistent("gongkai-2021");
    let mut check = Check::new(&report, None);
    let cells: Vec<CellId> = report.form.cells().map(|(cell, _)| cell).collect();
    for (step, cell) in cells.iter().enumerate() {
        report.set(*cell, Value::from((step % 5) as i64));
        check.changed(&report, *cell);
        if step % 17 == 0 {
            assert_eq!(check.findings(&report, Language::English), super::check(&report, None, Language::English));
        }
    }
}

#[test]
fn a_warning_is_answered_until_what_it_rests_on_changes() {
    let mut report = consistent("gongkai-2021");
    put(&mut report, "article20_1.rules.repealed", Value::Blank);
    let [finding] = &found(&report, None)[..] else { panic!() };
    assert!(report.answer(finding, "本机关无规章制定权。"));
    let again = Report::from_json(&report.to_json().to_string(), &Forms::official()).unwrap();
    let [finding] = &found(&again, None)[..] else { panic!() };
    assert_eq!(finding.answer.as_deref(), Some("本机关无规章制定权。"));
    assert_eq!(crate::finding::Tally::of(std::slice::from_ref(finding)).warnings, 0);
    put(&mut report, "article20_1.rules.repealed", Value::read("/"));
    assert_eq!(found(&report, None)[0].answer, None);
    // A blank reason takes it back; an error is not answered.
    let finding = found(&again, None).remove(0);
    let mut again = again;
    assert!(again.answer(&finding, " ") && again.answers.is_empty());
    put(&mut again, "disputes.review.total", 3);
    let error = found(&again, None).remove(0);
    assert_eq!(error.severity, Severity::Error);
    assert!(!again.answer(&error, "就是这样"));
}
