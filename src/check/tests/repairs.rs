//! What is suggested for single reports, and in which words.

use super::*;

/// What the only finding of a report suggests: `from` → `to` at each address, a way a line.
fn suggested(report: &Report) -> Vec<String> {
    let findings = found(report, None);
    let [finding] = findings.as_slice() else { panic!("{findings:#?}") };
    let way = |repair: &finding::Repair| {
        let changes = repair.changes.iter().map(|change| format!("{} {}→{}", change.cell, change.from, change.to));
        let mut way = changes.collect::<Vec<_>>().join(", ");
        if !repair.why.is_empty() {
            way += &format!(": {}", repair.why);
        }
        way
    };
    assert!(finding.repairs.first().is_none_or(|first| finding.cells[0] == first.changes[0].cell));
    finding.repairs.iter().map(way).collect()
}

#[test]
fn of_several_repairs_the_known_slip_comes_first() {
    let mut report = consistent("gongkai-2021");
    put(&mut report, "disputes.review.upheld", 3);
    assert_eq!(suggested(&report), ["disputes.review.total 0→3: 总计没有填，留成了 0", "disputes.review.upheld 3→0"]);
    assert!(
        found(&report, None)[0].message.ends_with(
            "以下几处改任何一处都能成立，请对照原始数据判断：\
             “行政复议，总计”改为 3（像是总计没有填，留成了 0）；“行政复议，结果维持”改为 0。"
        ),
        "{}",
        found(&report, None)[0].message
    );
    // A figure is never made negative.
    put(&mut report, "disputes.review.total", 1);
    put(&mut report, "disputes.review.upheld", 1);
    put(&mut report, "disputes.review.other", 1);
    assert_eq!(suggested(&report).len(), 3);
    put(&mut report, "disputes.review.total", 0);
    assert_eq!(suggested(&report), ["disputes.review.total 0→2: 总计没有填，留成了 0"]);
    put(&mut report, "disputes.review.total", 21);
    put(&mut report, "disputes.review.other", 11);
    assert_eq!(suggested(&report)[0], "disputes.review.total 21→12: 把 12 写成了 21，两个数字颠倒了");
}

#[test]
fn a_figure_in_the_wrong_column_is_one_mistake() {
    let mut report = consistent("gongkai-2021");
    put(&mut report, "requests.granted.business", 0);
    put(&mut report, "requests.granted.research", 3);
    let way = "requests.granted.business 0→3, requests.granted.research 3→0: 把 3 填到了旁边一列";
    assert_eq!(suggested(&report), [way]);
    let message = &found(&report, None)[0].message;
    assert!(
        message.ends_with(
            "同时不成立的还有“科研机构”列的“各项办理结果相加等于三（七）总计”。\
             最可能填错的是“（一）予以公开，商业企业”和“（一）予以公开，科研机构”：\
             分别改为 3 和 0，以上关系就都成立。像是把 3 填到了旁边一列。"
        ),
        "{message}"
    );
    put(&mut report, "requests.granted.natural_person", 3);
    put(&mut report, "requests.granted.business", 12);
    put(&mut report, "requests.granted.research", 0);
    let way = "requests.granted.natural_person 3→12, requests.granted.business 12→3: 把 12 和 3 填反了";
    assert_eq!(suggested(&report), [way]);
}

#[test]
fn a_total_that_was_added_up_from_a_wrong_figure_is_corrected_with_it() {
    let mut report = consistent("gongkai-2021");
    put(&mut report, "requests.received.natural_person", 22);
    put(&mut report, "requests.received.total", 26);
    assert_eq!(
        suggested(&report),
        [
            "requests.received.natural_person 22→20, requests.received.total 26→24: \
             把 20 写成了 22，错了一个数字；总计也跟着错了",
            "requests.carried_in.natural_person 2→0, requests.carried_in.total 2→0: 总计也跟着错了",
            "requests.carried_out.natural_person 2→4, requests.carried_out.total 3→5: 总计也跟着错了",
        ]
    );
}

#[test]
fn two_mistakes_in_one_table_are_told_apart_where_they_can_be() {
    let mut report = consistent("gongkai-2021");
    put(&mut report, "requests.granted.natural_person", 21);
    put(&mut report, "requests.carried_out.business", 5);
    let first_cells: Vec<_> = found(&report, None).into_iter().map(|mut finding| finding.cells.remove(0)).collect();
    assert_eq!(first_cells, ["requests.granted.natural_person", "requests.carried_out.business"]);
    let english = check(&report, None, Language::ENGLISH).remove(0).message;
    let told = "Most likely “(1) Granted, Natural persons” is wrong: with 12 all of these hold. \
                It looks as if 12 was written as 21, two digits swapped.";
    assert!(english.ends_with(told), "{english}");
    // Two in one column break its sum together; two by the same amount can be crossed.
    let mut report = consistent("gongkai-2021");
    put(&mut report, "requests.granted.natural_person", 21);
    put(&mut report, "requests.refused_by_law.natural_person", 7);
    assert_eq!(suggested(&report).len(), 1);
    let mut report = consistent("gongkai-2021");
    put(&mut report, "requests.granted.natural_person", 13);
    put(&mut report, "requests.refused_by_law.business", 1);
    assert_eq!(suggested(&report).len(), 2);
}

#[test]
fn three_mistakes_in_one_table_are_found_one_by_one() {
    let mut report = consistent("gongkai-2021");
    for (address, value) in
        [("granted.natural_person", 15), ("refused_by_law.business", 1), ("declined_duplicate.total", 9)]
    {
        put(&mut report, &format!("requests.{address}"), value);
    }
    let findings = found(&report, None);
    let changes = findings.iter().map(|finding| finding.repairs[0].changes[0].cell.as_str());
    let expected =
        ["requests.granted.natural_person", "requests.refused_by_law.business", "requests.declined_duplicate.total"];
    assert_eq!(changes.collect::<Vec<_>>(), expected);
}

#[test]
fn where_too_much_would_do_nothing_is_suggested() {
    let mut report = consistent("gongkai-2021");
    for table in 0..report.form.tables.len() {
        for row in 0..report.form.tables[table].rows.len() {
            let last = report.form.tables[table].columns.len() - 1;
            let total = report.form.tables[table].cell(row, last);
            report.set(total, Value::Blank);
            report.mark_unread(total);
        }
    }
    put(&mut report, "requests.handled_total.business", 5);
    put(&mut report, "requests.carried_out.business", 0);
    put(&mut report, "requests.received.business", 5);
    assert_eq!(suggested(&report), [""; 0]);
    let message = &found(&report, None)[0].message;
    assert!(message.ends_with("单凭勾稽关系判断不了是哪一处填错，请对照原始数据。"), "{message}");
}

#[test]
fn what_must_stand_in_a_cell_without_a_number_is_suggested() {
    let mut report = consistent("gongkai-2021");
    put(&mut report, "requests.received.natural_person", Value::read("2O"));
    assert_eq!(suggested(&report), ["requests.received.natural_person 2O→20: 把数字打成了字母"]);
    assert!(found(&report, None)[0].message.ends_with("按勾稽关系，这里应是 20。"));
    let mut report = consistent("gongkai-2021");
    put(&mut report, "requests.granted.total", Value::Blank);
    assert_eq!(suggested(&report), ["requests.granted.total →15"]);
    // Now the column of the cell has another opinion than its row.
    put(&mut report, "requests.granted.business", 4);
    assert!(found(&report, None).iter().all(|finding| finding.rule != "blank" || finding.repairs.is_empty()));
    // A single blank is determined; of many in one finding nothing is said.
    let mut report = consistent("gongkai-2021");
    put(&mut report, "requests.granted.research", Value::read("/"));
    assert_eq!(suggested(&report), ["requests.granted.research /→0"]);
    put(&mut report, "requests.received.research", Value::read("/"));
    assert_eq!(suggested(&report), [""; 0]);
}
