//! Checks over reports that are made up here: a consistent one, and what single edits do to it.

use super::*;
use crate::form::Axis;
use crate::forms::Forms;
use crate::value::Value;

#[path = "../../benches/figures.rs"]
mod figures;
mod links;
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
            let Some(total) = instance.total else { continue };
            let parts = instance.side(crate::form::Side::Right);
            let sum = parts.map(|term| relation::figure(&term.operand, report, None).unwrap()).sum();
            report.set(total, Value::Number(sum));
        }
    }
}

fn found(report: &Report, prior: Option<&Report>) -> Vec<Finding> {
    check(report, prior, Language::CHINESE)
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
fn what_is_asked_about_counts_as_checked_where_nothing_is_a_law() {
    let json = r#"{"form": "statistics", "agency": "某县", "year": 2016, "figures": {
        "indicators.reviews.value": 2, "indicators.reviews_upheld.value": 1, "indicators.reviews_corrected.value": 1,
        "indicators.reviews_other.value": 0}}"#;
    let report = Report::from_json(json, &Forms::official()).unwrap();
    let coverage = Check::new(&report, None).coverage(&report);
    assert_eq!((coverage.relations_checked, coverage.cells_filled), (1, 4));
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
    put(&mut report, "requests.other.natural_person", 3);
    put(&mut report, "requests.other.total", 3);
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
    assert_eq!(rules(&report), ["not-a-number", "not-whole", "negative", "plausible"]);
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
    let due: Vec<String> = report.form.sections.iter().map(|s| s.printed_heading(Language::CHINESE)).collect();
    report.headings = Some(due.clone());
    let text = "本年度公开工作的情况写在这里，信息处理费没有收取。";
    let texts = ["overview", "problems", "other"].map(|section| (section.to_owned(), text.to_owned()));
    report.sections = texts.to_vec();
    assert_eq!(rules(&report), Vec::<String>::new());
    let mut other = due.clone();
    other[1] = "二、主动公开政府信息的情况".into();
    other.remove(5);
    other.swap(2, 3);
    report.headings = Some(other);
    let findings = found(&report, None);
    let [missing, order, words] = findings.as_slice() else { panic!("{findings:#?}") };
    let mut misnumbered = due.clone();
    misnumbered[3] = "三、政府信息公开行政复议、行政诉讼情况".into();
    let mut restarted = report.clone();
    restarted.headings = Some(misnumbered);
    let found = found(&restarted, None);
    let [number] = found.as_slice() else { panic!("{found:#?}") };
    assert!(number.message.contains("的编号是“三”，规定的是“四”"), "{}", number.message);
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
    assert_eq!(finding.quotes[0].text, "国办公开办函[2019] 60 号");
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
            assert_eq!(check.findings(&report, Language::ENGLISH), super::check(&report, None, Language::ENGLISH));
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
    // What is about no cell is told apart by its section, and depends on the year.
    let mut old = consistent("gongkai-2019");
    old.year = Some(2023);
    let form_year = found(&old, None).remove(0);
    assert!(old.answer(&form_year, "上级要求。"));
    assert!(found(&old, None)[0].answer.is_some());
    old.year = Some(2024);
    assert!(found(&old, None)[0].answer.is_none());
    // A blank reason takes it back; an error is not answered.
    let finding = found(&again, None).remove(0);
    let mut again = again;
    assert!(again.answer(&finding, " ") && again.answers.is_empty());
    put(&mut again, "disputes.review.total", 3);
    let error = found(&again, None).remove(0);
    assert_eq!(error.severity, Severity::Error);
    assert!(!again.answer(&error, "就是这样"));
}

#[test]
fn an_office_adds_rules_switches_them_off_and_weighs_them() {
    let mut forms = Forms::official();
    forms.add_rules(&[include_str!("../../tests/fixtures/office-rules.json")]).unwrap();
    let mut report = consistent("gongkai-2021");
    report.form = forms.get("gongkai-2021").unwrap().clone();
    put(&mut report, "article20_1.rules.repealed", Value::Blank);
    put(&mut report, "article20_5.licensing.decisions", 900);
    put(&mut report, "article20_8.fees.amount", Value::read("24252.311082"));
    report.sections = vec![("overview".into(), "依申请公开方面，全年登记申请25件。".into())];
    let mut prior = report.clone();
    prior.year = Some(2020);
    put(&mut prior, "article20_5.licensing.decisions", 100);
    put(&mut prior, "requests.carried_out.natural_person", 2);
    put(&mut prior, "requests.carried_out.business", 0);
    put(&mut prior, "requests.carried_out.total", 2);
    let findings = found(&report, Some(&prior));
    let said: Vec<_> = findings.iter().map(|finding| (finding.rule.as_str(), finding.severity)).collect();
    assert_eq!(
        said,
        [
            ("office.fees", Severity::Warning),
            ("narrative", Severity::Warning),
            ("blank", Severity::Info),
            ("office.platform", Severity::Info),
        ]
    );
    let error = forms.add_rules(&[r#"{"relations": [{"rule": "x"}]}"#]).unwrap_err();
    assert_eq!(error.place, "relations[0].severity");
}

#[test]
fn what_the_form_s_makers_would_query() {
    let mut report = consistent("gongkai-2021");
    put(&mut report, "article20_1.rules.issued", 2);
    put(&mut report, "article20_1.rules.in_force", 2);
    put(&mut report, "article20_1.normative_documents.issued", 3);
    put(&mut report, "disputes.litigation_after_review.upheld", 1);
    put(&mut report, "disputes.litigation_after_review.total", 1);
    let codes = |report: &Report, prior: Option<&Report>| {
        found(report, prior).into_iter().map(|finding| finding.rule + ":" + &finding.code).collect::<Vec<_>>()
    };
    assert_eq!(
        codes(&report, None),
        ["plausible:in-force", "plausible:rule-making-power", "plausible:litigation-after-review"]
    );
    report.agency = "某市人民政府".into();
    assert_eq!(codes(&report, None), ["plausible:in-force", "plausible:litigation-after-review"]);
    let mut report = consistent("gongkai-2019");
    put(&mut report, "article20_1.normative_documents.disclosed", 3);
    put(&mut report, "article20_5.licensing.last_year", 21);
    put(&mut report, "article20_5.licensing.change", 19);
    put(&mut report, "article20_5.licensing.decisions", 40);
    put(&mut report, "article20_9.procurement.items", 236);
    put(&mut report, "article20_9.procurement.amount", Value::read("80618"));
    assert_eq!(codes(&report, None), ["plausible:disclosed", "plausible:decisions-are-items", "plausible:unit"]);
    let amount = report.form.find("article20_9.procurement.amount").unwrap();
    report.set_unit(amount, Some("元".into()));
    assert!(codes(&report, None).contains(&"plausible:procurement-small".to_owned()));
    report.set_unit(amount, Some("万元".into()));
    assert!(!codes(&report, None).contains(&"plausible:procurement-small".to_owned()));
}

#[test]
fn stocks_and_jumps_are_compared_with_last_year() {
    let mut prior = consistent("gongkai-2021");
    put(&mut prior, "article20_1.normative_documents.in_force", 698);
    put(&mut prior, "article20_5.licensing.decisions", 550);
    put(&mut prior, "requests.carried_out.natural_person", 2);
    put(&mut prior, "requests.carried_out.business", 0);
    put(&mut prior, "requests.carried_out.total", 2);
    let mut report = consistent("gongkai-2021");
    report.year = Some(2022);
    put(&mut report, "article20_1.normative_documents.issued", 77);
    put(&mut report, "article20_1.normative_documents.repealed", 132);
    put(&mut report, "article20_1.normative_documents.in_force", 470);
    put(&mut report, "article20_5.licensing.decisions", 9487);
    let findings = found(&report, Some(&prior));
    let [stock, jump] = findings.as_slice() else { panic!("{findings:#?}") };
    assert_eq!((stock.rule.as_str(), stock.severity), ("stock", Severity::Warning));
    assert_eq!((stock.expected.as_deref(), stock.actual.as_deref()), (Some("643"), Some("470")));
    assert!(stock.message.contains("698 + 77 - 132 = 643"), "{}", stock.message);
    assert_eq!((jump.rule.as_str(), jump.code.as_str(), jump.severity), ("plausible", "jump", Severity::Info));
    put(&mut report, "article20_1.normative_documents.in_force", 643);
    put(&mut report, "article20_5.licensing.decisions", 600);
    assert_eq!(found(&report, Some(&prior)), []);
}

fn narrated(text: &str, prior: Option<&Report>) -> Vec<Finding> {
    let mut report = consistent("gongkai-2021");
    report.sections = vec![("overview".into(), format!("依申请公开情况。{text}"))];
    found(&report, prior)
}

#[test]
fn a_text_is_compared_with_the_tables() {
    assert_eq!(narrated("全年收到申请24件，办结23件，其中予以公开15件（65.22%），结转下年度办理3件。", None), []);
    let findings = narrated("全年收到申请26件。", None);
    let [sum] = findings.as_slice() else { panic!("{findings:#?}") };
    assert!(
        sum.message
            .contains("26 正好是“一、本年新收政府信息公开申请数量”24 + “二、上年结转政府信息公开申请数量”2 的和"),
        "{}",
        sum.message
    );
    assert_eq!(sum.cells, ["requests.received.total", "requests.carried_in.total"]);
    // A sentence that tells the two apart is right.
    assert_eq!(narrated("全年收到申请26件，其中上年结转2件。", None), []);
    // What is carried out to next year is no part of what was received.
    let findings = narrated("全年收到申请26件，办结23件，结转下年度3件。", None);
    assert_eq!(findings.len(), 1);
    assert!(findings[0].message.contains("26 正好是"), "{}", findings[0].message);
    let findings = narrated("全年收到申请27件。", None);
    let [other] = findings.as_slice() else { panic!("{findings:#?}") };
    assert!(
        other.message.contains("写“收到申请27件”，表中“一、本年新收政府信息公开申请数量，总计”是 24，相差 3"),
        "{}",
        other.message
    );
    assert_eq!((other.quotes[0].text.as_str(), other.quotes[0].start), ("收到申请27件", 10));
    let equation = other.equation.as_ref().unwrap();
    assert_eq!(equation.left[0].source, crate::finding::Source::Quote(0));
    let findings = narrated("收到申请24件，均已办结。", None);
    let [all] = findings.as_slice() else { panic!("{findings:#?}") };
    assert!(all.message.contains("写“均已办结”，表中“四、结转下年度继续办理，总计”是 3"), "{}", all.message);
    let findings = narrated("办结23件，其中不予公开5件，占31.7%。", None);
    let [share] = findings.as_slice() else { panic!("{findings:#?}") };
    assert!(share.message.contains("5 ÷ 23 = 21.74%"), "{}", share.message);
    let findings = narrated("本年度未收到政府信息公开申请。", None);
    assert_eq!(findings[0].actual.as_deref(), Some("0"));
}

#[test]
fn a_change_in_the_text_is_compared_with_last_year() {
    let mut prior = consistent("gongkai-2021");
    prior.year = Some(2020);
    put(&mut prior, "requests.received.total", 20);
    for (column, number) in [("natural_person", 2), ("business", 0), ("total", 2)] {
        put(&mut prior, &format!("requests.carried_out.{column}"), number);
    }
    assert_eq!(narrated("收到申请24件，同比增长20%。", Some(&prior)), []);
    assert_eq!(narrated("收到申请24件，比上年增加4件。", Some(&prior)), []);
    let findings = narrated("收到申请24件，较上年下降20%。", Some(&prior));
    let [change] = findings.as_slice() else { panic!("{findings:#?}") };
    assert!(change.message.contains("上一年度报告是 20，本年 24，变化应为 20%"), "{}", change.message);
}

#[test]
fn texts_are_what_the_form_asks_for() {
    let mut report = consistent("gongkai-2021");
    let codes = |report: &Report, prior: Option<&Report>| {
        found(report, prior).into_iter().map(|finding| finding.code).collect::<Vec<_>>()
    };
    report.sections = vec![
        ("overview".into(), "根据贵办要求，现将政府信息公开情况报告如下。".into()),
        ("problems".into(), "无。".into()),
        ("other".into(), "无其他需要报告的事项。".into()),
    ];
    assert_eq!(codes(&report, None), ["problems-empty", "processing-fee", "covering-letter"]);
    let problems = found(&report, None).remove(0);
    let mut answered = report.clone();
    assert!(answered.answer(&problems, "本年度没有问题。"));
    assert!(found(&answered, None)[0].answer.is_some());
    answered.sections[1].1 = "没有问题。".into();
    assert!(found(&answered, None)[0].answer.is_none(), "another text needs another reason");
    let mut cover = report.clone();
    cover.sections = vec![("preamble".into(), "根据贵办要求编制。".into())];
    assert!(found(&cover, None)[0].message.starts_with("“正文开头”里有报送函的用语“贵办”"));
    let letter = found(&report, None).remove(2);
    assert_eq!(letter.quotes[0].text, "贵办");
    let problems = "2021年，公开工作还有不足。公开内容不够全面及时。人员业务能力有待提高。下一步加强培训和督查工作。";
    report.sections = vec![
        ("overview".into(), "认真做好主动公开工作。".repeat(100)),
        ("problems".into(), problems.into()),
        ("other".into(), "2021年没有收取信息处理费。".into()),
    ];
    assert_eq!(codes(&report, None), ["overview-length"]);
    let mut prior = report.clone();
    prior.year = Some(2020);
    for (column, number) in [("natural_person", 2), ("business", 0), ("total", 2)] {
        put(&mut prior, &format!("requests.carried_out.{column}"), number);
    }
    assert_eq!(codes(&report, Some(&prior)), ["same-overview", "same-problems", "overview-length"]);
    report.title = "某镇2021年政府信息公开工作告年度报".into();
    report.sections.clear();
    assert_eq!(codes(&report, None), ["title"]);
    report.title = "某镇政府信息公开工作年度报告".into();
    assert_eq!(codes(&report, None), ["title-year"]);
    report.title = "某镇2020年政府信息公开工作年度报告".into();
    assert!(found(&report, None)[0].message.contains("标题写的是 2020 年，报告年度是 2021 年"));
}
