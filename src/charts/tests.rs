use super::*;
use crate::forms::Forms;

fn report(json: &str) -> Report {
    Report::from_json(json, &Forms::official()).unwrap()
}

/// A report of 2021 and later whose figures are those given, and 0 elsewhere.
fn filled(year: i32, agency: &str, figures: &[(&str, &str)]) -> Report {
    let id = if year < 2021 { "gongkai-2019" } else { "gongkai-2021" };
    let form = Forms::official().get(id).unwrap().clone();
    let mut report = Report::empty(form.clone());
    (report.year, report.agency) = (Some(year), agency.to_owned());
    for (cell, _) in form.cells() {
        report.set(cell, 0.into());
    }
    for (address, text) in figures {
        report.set(form.find(address).unwrap(), crate::value::Value::read(text));
    }
    report
}

fn charts(report: &Report, others: &[Report]) -> Vec<Chart> {
    of(report, others, &Choices::new(), Language::CHINESE)
}

fn chart(charts: &[Chart], id: &str) -> Chart {
    charts.iter().find(|chart| chart.id == id).cloned().unwrap_or_else(|| panic!("there is no chart {id}"))
}

fn reading(report: &Report, id: &str) -> String {
    chart(&charts(report, &[]), id).reading
}

fn hongze() -> Report {
    report(include_str!("../../www/demo/2023-hongze.json"))
}

#[test]
fn nothing_is_said_and_not_drawn() {
    let zero = filled(2023, "某镇", &[]);
    let charts = charts(&zero, &[]);
    let said: Vec<&str> = charts.iter().map(|chart| chart.reading.as_str()).collect();
    assert_eq!(
        said,
        [
            "本年度未收到政府信息公开申请。",
            "本年度没有办结的申请。",
            "本年度没有新收或上年结转的申请。",
            "本年度没有行政复议和行政诉讼。",
            "第二十条各项今年都是0。",
        ]
    );
    assert!(charts.iter().all(|chart| chart.plot.is_none() && chart.notes.is_empty()), "{charts:?}");
    assert_eq!(charts[0].source, "来源：《某镇2023年政府信息公开工作年度报告》");
    let blank = self::charts(&Report::empty(zero.form.clone()), &[]);
    let says_so = |chart: &Chart| chart.plot.is_none() && !chart.notes.is_empty() && chart.reading == "还没有数字。";
    assert!(blank.iter().all(says_so), "what is blank is no zero: {blank:?}");
    let mut fees = zero.clone();
    fees.set(zero.form.find("article20_8.fees.amount").unwrap(), crate::value::Value::Blank);
    assert_eq!(reading(&fees, "article20"), "已有的数都是0。");
}

#[test]
fn one_request_is_no_ranking() {
    let one = |kind: &str| {
        let cell = |row: &str, column: &str| format!("requests.{row}.{column}");
        let cells = [
            cell("received", kind),
            cell("received", "total"),
            cell("granted", kind),
            cell("granted", "total"),
            cell("handled_total", "total"),
        ];
        filled(2023, "某镇", &cells.each_ref().map(|address| (address.as_str(), "1")))
    };
    assert_eq!(reading(&one("natural_person"), "applicants"), "全年新收1件申请，申请人：自然人。");
    assert_eq!(reading(&one("business"), "applicants"), "全年新收1件申请，申请人：法人或其他组织。");
    assert_eq!(reading(&one("business"), "outcomes"), "全年办结1件，结果：予以公开。");
}

#[test]
fn all_of_one_kind_are_no_ranking_either() {
    let twelve = filled(2023, "某镇", &[("requests.received.natural_person", "12"), ("requests.received.total", "12")]);
    assert_eq!(reading(&twelve, "applicants"), "全年新收12件申请，申请人都是：自然人。");
}

#[test]
fn a_large_report_is_read_by_its_shares() {
    let charts = charts(&hongze(), &[]);
    for chart in &charts {
        assert!(chart.plot.is_some() && !chart.figures.rows.is_empty(), "{}", chart.id);
        let width = chart.figures.heads.len() - 1;
        assert!(chart.figures.rows.iter().all(|row| row.cells.len() == width), "{}", chart.id);
        println!("{}: {} {:?}", chart.id, chart.reading, chart.notes);
    }
    assert!(chart(&charts, "outcomes").reading.starts_with("全年办结"));
}

#[test]
fn shares_that_do_not_add_up_are_said() {
    let figures = [
        ("requests.received.natural_person", "3"),
        ("requests.received.business", "O"),
        ("requests.received.total", "5"),
        ("requests.granted.total", "2"),
        ("requests.refused_by_law.total", "2"),
        ("requests.handled_total.total", "3"),
        ("requests.carried_out.total", "1"),
    ];
    let charts = charts(&filled(2023, "某镇", &figures), &[]);
    let applicants = chart(&charts, "applicants");
    assert_eq!(applicants.reading, "全年新收5件申请，其中自然人3件。");
    assert_eq!(
        applicants.notes,
        ["“本年新收”没有数字，没有计入。", "各部分相加是3件，总计填的是5件；占比按各部分之和计算。"]
    );
    let flow = chart(&charts, "flow");
    assert_eq!(flow.notes.len(), 2, "{:?}", flow.notes);
    assert!(flow.notes[0].starts_with("本年新收、上年结转共5件，办结、结转下年度共4件，相差1件"));
}

#[test]
fn what_flows_is_what_the_cells_say() {
    let report = hongze();
    let flow = chart(&charts(&report, &[]), "flow");
    let Some(Plot::Flow(drawn)) = flow.plot else { panic!("it is drawn") };
    for node in &drawn.nodes {
        let cells = node.datum.cells.iter().map(|address| report.form.find(address).unwrap());
        let sum: rust_decimal::Decimal = cells.filter_map(|cell| report.value(cell).number()).sum();
        assert_eq!(node.datum.number.to_string(), sum.to_string(), "{}", node.datum.label);
    }
    let side = |column: usize, to: bool| -> f64 {
        let ends = drawn.links.iter().filter(|link| drawn.nodes[if to { link.to } else { link.from }].column == column);
        ends.map(|link| link.datum.number).sum()
    };
    assert_eq!((side(0, false), side(3, true)), (side(1, true), side(1, false)));
    // The table has what is drawn, and the results of which there were none.
    let rows = &flow.figures.rows;
    for node in &drawn.nodes {
        let row = rows.iter().find(|row| row.label == node.datum.label).expect(&node.datum.label);
        assert_eq!(row.cells[0].text, node.datum.text);
    }
    let none = |row: &&Row| row.cells[0].text == "0件" && drawn.nodes.iter().all(|node| node.datum.label != row.label);
    assert_eq!(rows.len(), drawn.nodes.len() + rows.iter().filter(none).count());
}

#[test]
fn corrected_cases_are_a_share_of_the_concluded_ones() {
    let cases = [
        ("disputes.review.upheld", "3"),
        ("disputes.review.corrected", "1"),
        ("disputes.review.pending", "4"),
        ("disputes.review.total", "8"),
    ];
    assert_eq!(
        reading(&filled(2023, "某镇", &cases), "disputes"),
        "行政复议和行政诉讼共8件，已审结4件，其中结果纠正1件，纠正率25%。"
    );
    let open = [("disputes.review.pending", "2"), ("disputes.review.total", "2")];
    assert_eq!(reading(&filled(2023, "某镇", &open), "disputes"), "行政复议和行政诉讼共2件，都尚未审结。");
}

#[test]
fn article_20_keeps_its_units_and_signs() {
    let figures = [
        ("article20_5.licensing.last_year", "12"),
        ("article20_5.licensing.change", "-4"),
        ("article20_5.licensing.decisions", "3000"),
    ];
    let article20 = chart(&charts(&filled(2020, "某局", &figures), &[]), "article20");
    let Some(Plot::Bars(bars)) = article20.plot else { panic!("it is drawn") };
    let titles: Vec<&str> = bars.groups.iter().map(|group| group.title.as_str()).collect();
    assert_eq!(titles, ["行政许可", ""], "two units, one row; what is 0 is left out");
    assert_ne!(bars.groups[0].scale, bars.groups[1].scale);
    assert_eq!(bars.groups[0].bars[1].datum.number, -4.0);
    assert_eq!(bars.groups[1].bars[0].datum.text, "3000件");
}

#[test]
fn the_years_are_one_line_across_the_forms() {
    let count = |year, received: &str, carried_in: &str, carried_out: &str| {
        let figures = [
            ("requests.received.total", received),
            ("requests.carried_in.total", carried_in),
            ("requests.carried_out.total", carried_out),
        ];
        filled(year, "某区", &figures)
    };
    let statistics = report(
        r#"{"form": "statistics", "agency": "某区人民政府", "year": 2018,
        "indicators": [{"id": "received", "label": "收到申请数", "unit": "件"}], "figures": {"indicators.received.value": 7}}"#,
    );
    let shown = count(2023, "5", "2", "0");
    let others = [count(2021, "12", "1", "2"), statistics, count(2020, "9", "0", "1"), count(2020, "99", "0", "0")];
    let charts = charts(&shown, &others);
    let trend = chart(&charts, TREND);
    assert_eq!(trend.reading, "2018年7件，2023年5件；2021年最多，12件。");
    let Some(Plot::Lines(lines)) = &trend.plot else { panic!("it is drawn") };
    assert_eq!(lines.years, [2018, 2019, 2020, 2021, 2022, 2023]);
    let points: Vec<Option<&str>> =
        lines.series[0].points.iter().map(|point| point.as_ref().map(|datum| datum.cells[0].as_str())).collect();
    assert_eq!(points[0], Some("2018/indicators.received.value"));
    assert_eq!((points[1], points[5]), (None, Some("requests.received.total")));
    let breaks: Vec<i32> = lines.breaks.iter().map(|change| change.year).collect();
    assert_eq!(breaks, [2019, 2021]);
    assert!(trend.notes[0].contains("国办公开办函〔2019〕60号") && trend.notes[0].contains("此前这一项叫“收到申请数”"));
    assert_eq!(trend.notes[2], "没有2019、2022年的报告。");
    let chain = chart(&charts, "chain");
    assert_eq!(chain.reading, "2020年“结转下年度”和2021年“上年结转”一致，都是1件。");
    let Some(Plot::Chain(drawn)) = &chain.plot else { panic!("it is drawn") };
    let known: Vec<(&str, bool, bool)> =
        drawn.steps.iter().map(|step| (step.label.as_str(), step.out.is_some(), step.into.is_some())).collect();
    assert_eq!(
        known,
        [
            ("2019 → 2020", false, true),
            ("2020 → 2021", true, true),
            ("2021 → 2022", true, false),
            ("2022 → 2023", false, true)
        ]
    );
    let overview = chart(&charts, "trends");
    assert_eq!(overview.reading, "2018年至2023年，共4份报告。");
    assert_eq!(overview.figures.rows.len(), 4);
}

#[test]
fn a_gap_in_the_chain_is_told_with_both_figures() {
    let shown = filled(2023, "某区", &[("requests.carried_in.total", "2")]);
    let before = filled(2022, "某区", &[("requests.carried_out.total", "3")]);
    let chain = chart(&charts(&shown, &[before]), "chain");
    assert_eq!(chain.reading, "2022年“结转下年度”3件，2023年“上年结转”2件，对不上。");
    assert_eq!(chain.figures.rows[0].cells[2].text, "少1件");
}

#[test]
fn every_figure_that_forms_share_can_be_chosen() {
    let shown = filled(2023, "某区", &[("requests.granted.business", "4")]);
    let before = filled(2020, "某区", &[("requests.granted.business", "6")]);
    let choices = vec![(TREND.to_owned(), "requests.granted.business".to_owned())];
    let trend = chart(&of(&shown, std::slice::from_ref(&before), &choices, Language::CHINESE), TREND);
    assert_eq!(trend.title, "历年：予以公开·商业企业");
    assert_eq!(trend.reading, "2020年6件，2023年4件；2020年最多。");
    let choice = trend.choice.unwrap();
    let offered: Vec<&str> =
        choice.groups.iter().flat_map(|group| &group.options).map(|(address, _)| address.as_str()).collect();
    let shared = shown.form.cells().filter(|(cell, _)| before.form.counterpart(&shown.form, *cell).is_some());
    assert_eq!(offered.len(), shared.count());
    assert!(offered.contains(&"article20_1.rules.issued"), "it was called otherwise before");
    assert!(!offered.contains(&"requests.other_unpaid.total"), "there was no such thing before");
    assert_eq!(choice.groups[1].label, "行政许可");
}

#[test]
fn bodies_are_ranked_per_form() {
    let body = |year, agency, received: &str| filled(year, agency, &[("requests.received.total", received)]);
    let shown = body(2023, "甲镇人民政府", "5");
    let others = [body(2023, "乙镇", "8"), body(2022, "乙镇", "80"), body(2020, "丙镇", "7"), body(2023, "甲镇", "9")];
    let charts = charts(&shown, &others);
    let bodies = chart(&charts, BODIES);
    assert_eq!(bodies.reading, "3个机关中乙镇（2023年）最多，8件；甲镇人民政府（2023年）列第3。");
    let Some(Plot::Bars(bars)) = bodies.plot else { panic!("it is drawn") };
    let groups: Vec<usize> = bars.groups.iter().map(|group| group.bars.len()).collect();
    assert_eq!(groups, [2, 1]);
    assert_eq!(bodies.figures.rows[0].cells[0].cell, "乙镇/requests.received.total");
    assert!(charts.iter().all(|chart| chart.id != TREND), "of the same year there are no years");
}

#[test]
fn a_table_of_indicators_is_drawn_as_it_stands() {
    let json = r#"{"form": "statistics", "agency": "某区", "year": 2018,
        "indicators": [{"id": "received", "label": "（一）收到申请数", "unit": "件"},
            {"id": "received_in_person", "label": "1.当面申请数", "unit": "件", "level": 1},
            {"id": "received_online", "label": "2.网络申请数", "unit": "件", "level": 1},
            {"id": "item_4", "label": "热线数", "unit": "次"}],
        "figures": {"indicators.received.value": 3, "indicators.received_in_person.value": 1,
            "indicators.received_online.value": 2, "indicators.item_4.value": 40}}"#;
    let charts = charts(&report(json), &[]);
    let ids: Vec<&str> = charts.iter().map(|chart| chart.id.as_str()).collect();
    assert_eq!(ids, ["channels", "indicators"]);
    assert_eq!(charts[0].reading, "全年收到3件申请，其中网络申请66.7%、当面申请33.3%。");
    assert_eq!(charts[1].reading, "统计表有4个数，其中4个不是0。");
}

#[test]
fn english_says_the_same() {
    let charts = of(&hongze(), &[], &Choices::new(), Language::ENGLISH);
    assert!(charts.iter().all(|chart| chart.reading.is_ascii() || chart.reading.contains('×')), "{charts:?}");
}

#[test]
fn a_sentence_claims_no_more_than_the_cells_say() {
    let blank = |addresses: &[&str], figures: &[(&str, &str)]| {
        let mut report = filled(2023, "某镇", figures);
        for (cell, at) in report.form.clone().cells() {
            if addresses.iter().any(|beginning| at.address.starts_with(beginning)) && report.value(cell) == &0.into() {
                report.set(cell, crate::value::Value::Blank);
            }
        }
        report
    };
    let total_alone = blank(&["requests.received"], &[("requests.received.total", "5")]);
    assert_eq!(reading(&total_alone, "applicants"), "总计填的是5件，各部分已有的数合计0件。");
    let no_total = blank(&["requests.received"], &[("requests.received.business", "2")]);
    assert_eq!(reading(&no_total, "applicants"), "各部分已有的数合计2件。");
    let unknown_results = blank(&["disputes.review"], &[("disputes.review.total", "8")]);
    assert_eq!(reading(&unknown_results, "disputes"), "合计8，各种结果的数还不全。");
    let zero_results = filled(2023, "某镇", &[("disputes.review.total", "8")]);
    assert_eq!(reading(&zero_results, "disputes"), "合计8，各种结果的数还不全。");
    let both = [blank(&["requests.carried_in"], &[]), filled(2022, "某镇", &[])];
    assert_eq!(chart(&charts(&both[0], &both[1..]), "chain").reading, "没有哪相邻两年都有这两个数，无法核对结转。");
}
