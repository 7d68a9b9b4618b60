use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::check::check;
use crate::forms::Forms;
use crate::read::native::Native;
use crate::read::{Reading, read};

/// A line of a table: label, unit and figures; one without figures heads others.
type Line = (&'static str, &'static str, Vec<i64>);

const TITLE: &str = "某区2016年度政府信息公开工作年度报告";

/// The table of Fujian, with figures of our own.
fn provincial() -> Vec<Line> {
    let count = |label, value, cumulative| (label, "条", vec![value, cumulative]);
    vec![
        count("主动公开文件数", 1204, 30511),
        count("其中：1、政府网站公开数", 1190, 30470),
        count("2、政府公报公开数", 14, 41),
        count("受理依申请公开信息总数", 7, 25),
        count("其中：1、当面申请数", 2, 9),
        count("2、网上申请数", 4, 12),
        count("3、信函、传真申请数", 1, 4),
        count("对申请的答复总数", 7, 25),
        count("其中：1、同意公开答复数", 3, 18),
        count("2、同意部分公开答复数", 1, 2),
        count("3、不予公开答复数", 2, 3),
        count("4、其他类型答复数", 1, 2),
        ("政府信息公开收费减免金额", "元", vec![0, 120]),
        ("接受行政诉讼、举报数", "件", vec![0, 3]),
        ("行政复议数", "件", vec![1, 2]),
        ("行政诉讼数", "件", vec![0, 1]),
    ]
}

/// The national table with figures that agree with each other.
fn national() -> Vec<Line> {
    let forms = Forms::official();
    let form = forms.get("statistics").unwrap();
    let labels = |id: &str| form.tables[0].rows.iter().find(|row| row.id == id).unwrap().label.zh.clone();
    let mut lines = Vec::new();
    let mut head = |label: &'static str| lines.push((label, "——", Vec::new()));
    head("一、主动公开情况");
    let figure = |id: &str, value: i64| -> Line {
        let at = form.tables[0].rows.iter().position(|row| row.id == id).unwrap();
        let unit = form.tables[0].unit_of(at).unwrap().zh.clone();
        (Box::leak(labels(id).into_boxed_str()), Box::leak(unit.into_boxed_str()), vec![value])
    };
    let groups: [(&'static str, &[(&str, i64)]); 7] = [
        ("", &[("disclosed", 812), ("disclosed_normative", 31), ("normative_documents", 33)]),
        (
            "（二）通过不同渠道和方式公开政府信息的情况",
            &[
                ("disclosed_gazette", 12),
                ("disclosed_website", 790),
                ("disclosed_microblog", 88),
                ("disclosed_wechat", 154),
                ("disclosed_otherwise", 9),
            ],
        ),
        ("二、回应解读情况", &[("concerns_answered", 17)]),
        (
            "（二）通过不同渠道和方式回应解读的情况",
            &[
                ("press_conferences", 3),
                ("press_conferences_led", 1),
                ("interviews", 6),
                ("interviews_led", 2),
                ("policy_explanations", 21),
                ("answered_on_social_media", 40),
                ("answered_otherwise", 5),
            ],
        ),
        (
            "三、依申请公开情况",
            &[
                ("received", 19),
                ("received_in_person", 4),
                ("received_by_fax", 0),
                ("received_online", 13),
                ("received_by_letter", 2),
                ("handled", 19),
                ("handled_in_time", 18),
                ("handled_extended", 1),
                ("answered", 19),
                ("answered_already_public", 3),
                ("granted", 8),
                ("partly_granted", 1),
                ("refused", 4),
                ("refused_state_secret", 1),
                ("refused_business_secret", 0),
                ("refused_privacy", 2),
                ("refused_security_stability", 0),
                ("refused_not_government_information", 1),
                ("refused_by_law", 0),
                ("answered_not_ours", 1),
                ("answered_not_existing", 1),
                ("answered_to_be_corrected", 1),
                ("answered_elsewhere", 0),
                ("reviews", 2),
                ("reviews_upheld", 1),
                ("reviews_corrected", 0),
                ("reviews_other", 1),
                ("litigation", 1),
                ("litigation_upheld", 1),
                ("litigation_corrected", 0),
                ("litigation_other", 0),
                ("complaints", 0),
                ("fees", 0),
            ],
        ),
        (
            "八、机构建设和保障经费情况",
            &[
                ("offices", 2),
                ("reading_points", 5),
                ("staff", 11),
                ("staff_full_time", 3),
                ("staff_part_time", 8),
                ("budget", 26),
            ],
        ),
        ("九、政府信息公开会议和培训情况", &[("meetings", 4), ("trainings", 2), ("trained", 160)]),
    ];
    for (heading, rows) in groups {
        if !heading.is_empty() {
            lines.push((heading, "——", Vec::new()));
        }
        lines.extend(rows.iter().map(|(id, value)| figure(id, *value)));
    }
    lines
}

/// How a table is published.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Layout {
    Page,
    Markdown,
    Tabs,
    /// A row a line, or everything on one.
    Lines,
    Spaced,
    /// A cell a line.
    Cells,
    Glued,
}

const LAYOUTS: [Layout; 7] =
    [Layout::Page, Layout::Markdown, Layout::Tabs, Layout::Lines, Layout::Spaced, Layout::Cells, Layout::Glued];

fn published(lines: &[Line], head: &[&str], layout: Layout) -> String {
    let width = lines.iter().map(|(_, _, figures)| figures.len()).max().unwrap_or(0);
    let cells = |(label, unit, figures): &Line| {
        let mut cells = vec![(*label).to_owned()];
        cells.extend((!unit.is_empty()).then(|| (*unit).to_owned()));
        let blank = if unit.is_empty() { "" } else { unit };
        cells.extend((0..width).map(|at| figures.get(at).map_or(blank.to_owned(), i64::to_string)));
        cells
    };
    let mut rows: Vec<Vec<String>> = lines.iter().map(cells).collect();
    if !head.is_empty() {
        rows.insert(0, head.iter().map(|head| (*head).to_owned()).collect());
    }
    let joined = |by: &str, end: &str| rows.iter().map(|row| row.join(by)).collect::<Vec<_>>().join(end);
    match layout {
        Layout::Page => {
            let row = |row: &Vec<String>| format!("<tr><td>{}</td></tr>", row.join("</td><td>"));
            let rows: String = rows.iter().map(row).collect();
            format!(
                "<h1>{TITLE}</h1><p>一、概述</p><p>全区公开。</p><p>二、统计表</p><table>{rows}</table><p>三、改进措施</p><p>加强。</p>"
            )
        }
        Layout::Markdown => {
            let row = |row: &Vec<String>| format!("| {} |\n", row.join(" | "));
            format!("# {TITLE}\n\n{}", rows.iter().map(row).collect::<String>())
        }
        Layout::Tabs => format!("{TITLE}\n\n{}", joined("\t", "\n")),
        Layout::Lines => format!("{TITLE}\n\n{}\n", joined(" ", "\n")),
        Layout::Spaced => format!("{TITLE}\n全区公开。六、统计表 {} 附件下载", joined(" ", " ")),
        Layout::Cells => format!("{TITLE}\n\n{}\n", joined("\n", "\n")),
        Layout::Glued => format!("{TITLE}\n全区公开。六、统计表{}附件下载", joined("", "")),
    }
}

fn reading(source: &str, prior: Option<&Report>) -> Reading {
    let forms = Forms::official();
    let context = Context { prior, ..Context::new(&forms, &Native, Language::CHINESE) };
    read(source.as_bytes(), &context).expect("it is a report")
}

/// What was read, line by line: level, label, unit and figures, `?` where they could not be told.
fn shown(report: &Report) -> Vec<String> {
    let figures = |id: &str| {
        let cell = |column| report.form.find(&format!("indicators.{id}.{column}"));
        let cells = ["value", "cumulative"].into_iter().filter_map(cell);
        let text = |cell| if report.is_unread(cell) { "?".to_owned() } else { report.value(cell).to_string() };
        cells.map(text).collect::<Vec<_>>().join(" ")
    };
    let line = |indicator: &Indicator| {
        let figures = if indicator.is_heading() { String::new() } else { figures(&indicator.id) };
        format!("{}{} {} {figures}", ">".repeat(indicator.level), indicator.label, indicator.unit).trim_end().to_owned()
    };
    report.form.indicators.iter().map(line).collect()
}

fn expected(lines: &[Line], levels: &[usize]) -> Vec<String> {
    let line = |((label, unit, figures), level): (&Line, &usize)| {
        let figures: Vec<_> = figures.iter().map(i64::to_string).collect();
        let unit = if *unit == "——" { "" } else { unit };
        format!("{}{label} {unit} {}", ">".repeat(*level), figures.join(" ")).trim_end().to_owned()
    };
    lines.iter().zip(levels).map(line).collect()
}

const PROVINCIAL: [usize; 16] = [0, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0];
const HEAD: [&str; 4] = ["指标名称", "计量单位", "2016年度", "历年累计"];

#[test]
fn a_provincial_table_is_read_in_every_layout() {
    for layout in LAYOUTS.into_iter().filter(|layout| *layout != Layout::Glued) {
        let report = reading(&published(&provincial(), &HEAD, layout), None).report;
        assert_eq!((report.form.id.as_str(), report.agency.as_str(), report.year), ("statistics", "某区", Some(2016)));
        assert_eq!(shown(&report), expected(&provincial(), &PROVINCIAL), "{layout:?}");
        assert!(check(&report, None, Language::CHINESE).is_empty(), "{layout:?}");
        let cell = report.form.find("indicators.received_online.value").unwrap();
        let origin = report.origin(cell).unwrap();
        assert_eq!((origin.how, origin.text.as_str(), origin.place.is_some()), (How::Read, "4", true));
    }
}

#[test]
fn the_national_table_is_read_whole() {
    let lines = national();
    assert_eq!(lines.len(), 65);
    for layout in LAYOUTS {
        let reading = reading(&published(&lines, &["统计指标", "单位", "统计数"], layout), None);
        let report = reading.report;
        let labels: Vec<_> = shown(&report).iter().map(|line| line.trim_start_matches('>').to_owned()).collect();
        assert_eq!(labels, expected(&lines, &[0; 65]), "{layout:?}");
        assert!(report.form.indicators.iter().all(|indicator| !indicator.id.starts_with("item_")), "{layout:?}");
        let levels: Vec<_> = report.form.indicators.iter().map(|indicator| indicator.level).collect();
        assert_eq!(levels[..12], [0, 1, 2, 2, 1, 2, 2, 2, 2, 2, 0, 1], "{layout:?}");
        assert_eq!(report.form.cell_count(), 65 - 7);
        assert_eq!(check(&report, None, Language::CHINESE), [], "{layout:?}");
        assert!(reading.findings.is_empty() && reading.leftover.is_empty(), "{layout:?} {:?}", reading.findings);
    }
}

#[test]
fn sums_that_do_not_hold_are_asked_about() {
    let mut lines = national();
    let received = lines.iter_mut().find(|(label, ..)| label.contains("收到申请数")).unwrap();
    received.2 = vec![21];
    let report = reading(&published(&lines, &["统计指标", "单位", "统计数"], Layout::Page), None).report;
    let findings = check(&report, None, Language::CHINESE);
    assert_eq!(findings.len(), 1);
    let finding = &findings[0];
    assert_eq!(
        (finding.rule.as_str(), finding.code.as_str(), finding.severity),
        ("indicators.total", "received", Severity::Warning)
    );
    assert!(finding.message.contains("21") && finding.message.contains("19"), "{}", finding.message);
    // Channels are counted one by one and exceed what is counted once: nothing is said of that.
    let channels = lines.iter_mut().find(|(label, ..)| label.contains("政府公报公开政府信息数")).unwrap();
    channels.2 = vec![5000];
    let report = reading(&published(&lines, &["统计指标", "单位", "统计数"], Layout::Page), None).report;
    assert_eq!(check(&report, None, Language::CHINESE).len(), 1);
}

#[test]
fn an_open_form_of_one_s_own_is_a_hint_as_well() {
    let file = std::fs::read_to_string(format!("{}/forms/statistics.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut own: serde_json::Value = serde_json::from_str(&file).unwrap();
    own["id"] = "own".into();
    own["tables"][0]["rows"][0]["also"] = vec!["公开总条数"].into();
    let mut forms = Forms::official();
    forms.add(&own.to_string()).unwrap();
    let source = published(&[("公开总条数", "条", vec![5])], &["指标名称", "计量单位", "统计数"], Layout::Tabs);
    let report = read(source.as_bytes(), &Context::new(&forms, &Native, Language::CHINESE)).unwrap().report;
    assert_eq!((report.form.id.as_str(), report.form.indicators[0].id.as_str()), ("own", "documents"));
}

/// What is read of glued figures, without what stands around the rows.
fn glued(rows: &str, text: &str, prior: Option<&Report>) -> (Vec<String>, Vec<How>) {
    let source = format!("{TITLE}\n{text}六、统计表指标名称计量单位2016年度历年累计{rows}附件下载");
    let report = reading(&source, prior).report;
    let how = report.form.cells().filter_map(|(cell, _)| Some(report.origin(cell)?.how)).collect();
    (shown(&report), how)
}

#[test]
fn glued_figures_are_taken_apart_by_what_must_hold_or_asked_for() {
    let rows = "主动公开文件数条294981916其中：1、政府网站公开数条2949819162、政府公报公开数条00";
    let unread = ["主动公开文件数 条 ? ?", ">其中：1、政府网站公开数 条 ? ?", ">2、政府公报公开数 条 0 0"];
    assert_eq!(glued(rows, "", None), (unread.map(str::to_owned).to_vec(), vec![How::Read, How::Read]));
    let right = ["主动公开文件数 条 2949 81916", ">其中：1、政府网站公开数 条 2949 81916", ">2、政府公报公开数 条 0 0"];
    let right = right.map(str::to_owned).to_vec();
    let how = vec![How::Inferred, How::Inferred, How::Inferred, How::Inferred, How::Read, How::Read];
    assert_eq!(glued(rows, "全区公开2949条，其中乡镇674条。", None), (right.clone(), how.clone()));
    // A number of something else tells nothing.
    assert_eq!(glued(rows, "全区公开2949件。", None).0, unread);
    let prior = r#"{"form": "statistics", "agency": "某区", "year": 2015,
        "figures": {"indicators.documents.cumulative": 78967, "indicators.documents_website.cumulative": 78967}}"#;
    let mut prior = Report::from_json(prior, &Forms::official()).unwrap();
    assert_eq!(glued(rows, "", Some(&prior)), (right, how));
    prior.year = Some(2013);
    assert_eq!(glued(rows, "", Some(&prior)).0, unread);
}

#[test]
fn sums_take_figures_apart_too() {
    let rows = "受理依申请公开信息总数条725其中：1、当面申请数条292、网上申请数条4123、信函、传真申请数条14";
    let right = [
        "受理依申请公开信息总数 条 7 25",
        ">其中：1、当面申请数 条 2 9",
        ">2、网上申请数 条 4 12",
        ">3、信函、传真申请数 条 1 4",
    ];
    assert_eq!(glued(rows, "", None).0, right);
    // Where the sum holds with none of the ways, it tells nothing.
    let rows = "受理依申请公开信息总数条755其中：1、当面申请数条292、网上申请数条4123、信函、传真申请数条14";
    let shown = glued(rows, "", None).0;
    assert_eq!(shown[0], "受理依申请公开信息总数 条 7 55");
    assert_eq!(shown[2], ">2、网上申请数 条 4 12");
}

#[test]
fn rows_that_are_not_known_are_read_as_they_stand() {
    let lines: Vec<Line> = vec![
        ("主动公开文件数", "条", vec![12, 40]),
        ("其中：政务服务中心公开数", "条", vec![3, 9]),
        ("热线咨询数", "人次", vec![1200, 5000]),
        ("编印目录", "册", vec![2, 2]),
        ("专项经费", "万元", vec![5, 5]),
    ];
    for layout in LAYOUTS.into_iter().filter(|layout| *layout != Layout::Glued) {
        let reading = reading(&published(&lines, &HEAD, layout), None);
        assert_eq!(shown(&reading.report), expected(&lines, &[0, 1, 0, 0, 0]), "{layout:?}");
        let ids: Vec<_> = reading.report.form.indicators.iter().map(|indicator| indicator.id.as_str()).collect();
        assert_eq!(ids, ["documents", "item_2", "item_3", "item_4", "item_5"]);
    }
}

#[test]
fn tables_without_a_head_are_known_by_their_rows() {
    for layout in LAYOUTS.into_iter().filter(|layout| *layout != Layout::Glued) {
        let report = reading(&published(&provincial(), &[], layout), None).report;
        assert_eq!(shown(&report), expected(&provincial(), &PROVINCIAL), "{layout:?}");
    }
    let source =
        format!("{TITLE}\n受理依申请公开信息总数条01其中：1、当面申请数条002、网上申请数条003、信函、传真申请数条01");
    let report = reading(&source, None).report;
    assert_eq!(shown(&report)[3], ">3、信函、传真申请数 条 0 1");
    // Two rows are no table.
    let source = format!("{TITLE}\n全年情况。行政复议数 件 0 行政诉讼数 件 0");
    assert_eq!(shown(&reading(&source, None).report), [""; 0]);
}

#[test]
fn units_stand_beside_labels_and_figures_too() {
    let check = |source: &str, expect: &[&str]| {
        let report = reading(&format!("{TITLE}\n\n{source}"), None).report;
        assert_eq!(shown(&report), expect, "{source}");
    };
    let expect = ["主动公开文件数 条 12", "行政复议数 件 0", "专项经费 万元 3.5"];
    check(
        "| 指标名称 | 统计数 |\n| 主动公开文件数（条） | 12 |\n| 行政复议数（单位：件） | 0 |\n| 专项经费(万元) | 3.5 |",
        &expect,
    );
    check("| 统计指标 | 统计数 |\n| 主动公开文件数 | 12条 |\n| 行政复议数 | 0件 |\n| 专项经费 | 3.5 万元 |", &expect);
    check("指标名称 统计数\n主动公开文件数（条） 12\n行政复议数（件） 0\n专项经费（万元） 3.5\n", &expect);
}

#[test]
fn columns_are_those_of_the_table() {
    let check = |source: &str, expect: &[&str], leftover: &[&str]| {
        let reading = reading(&format!("{TITLE}\n\n{source}"), None);
        assert_eq!(shown(&reading.report), expect, "{source}");
        assert_eq!(reading.leftover, leftover, "{source}");
    };
    check(
        "序号|指标|单位|历年累计|2015年度|2016年度|\n1|主动公开文件数|条|40|28|12|\n2|行政复议数|件|-| |0|\n3|行政诉讼数|件|0||0|",
        &["主动公开文件数 条 12 40", "行政复议数 件 0 -", "行政诉讼数 件 ? ?"],
        &["2015年度：28"],
    );
    // A blank that was dropped leaves nobody to know where the figure stands.
    check(
        "指标名称 计量单位 2016年度 历年累计\n主动公开文件数 条 12 40\n行政复议数 件 0\n行政诉讼数 件\n",
        &["主动公开文件数 条 12 40", "行政复议数 件 ? ?"],
        &[],
    );
}

#[test]
fn merged_labels_head_the_rows_beside_them() {
    let table = "<table><tr><th colspan=2>统计指标<th>单位<th>本年度<th>历年累计</tr>
        <tr><td rowspan=2>依申请公开<td>收到申请数<td>件<td>3<td>8</tr><tr><td>申请办结数<td>件<td>2<td>7</tr>
        <tr><td colspan=2>行政复议数<td>件<td>0<td></tr></table>";
    let report = reading(&format!("<p>{TITLE}</p>{table}"), None).report;
    assert_eq!(shown(&report), ["依申请公开", ">收到申请数 件 3 8", ">申请办结数 件 2 7", "行政复议数 件 0"]);
    let table = &report.form.tables[0];
    assert_eq!(table.rows[1].groups[0].zh, "依申请公开");
    // The head is printed again where the page breaks.
    let table = "<table><tr><td>指标名称<td>单位<td>统计数</tr><tr><td>收到申请数<td>件<td>3</tr></table>
        <table><tr><td>申请办结数<td>件<td>2</tr><tr><td>指标名称<td>单位<td>统计数</tr><tr><td>行政复议数<td>件<td>0</tr></table>";
    let report = reading(&format!("<p>{TITLE}</p>{table}"), None).report;
    assert_eq!(shown(&report), ["收到申请数 件 3", "申请办结数 件 2", "行政复议数 件 0"]);
}

#[test]
fn texts_stand_under_the_headings_of_the_report() {
    let report = reading(&published(&provincial(), &HEAD, Layout::Page), None).report;
    assert_eq!(report.headings.as_deref().unwrap(), ["一、概述", "二、统计表", "三、改进措施"]);
    let texts: Vec<_> = report.sections.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
    assert_eq!(texts, [("part_1", "全区公开。"), ("part_3", "加强。")]);
    let with_table: Vec<_> = report.form.sections.iter().map(|section| section.sheets.len()).collect();
    assert_eq!(with_table, [0, 1, 0]);
}

#[test]
fn a_report_without_a_table_has_texts_and_no_cells() {
    let source = "2017年某镇政府信息公开工作年度报告\n\n一、概述\n\n全年公开12条。\n\n二、申请情况\n\n没有申请。";
    let Reading { report, findings, .. } = reading(source, None);
    assert_eq!((report.form.id.as_str(), report.form.cell_count(), report.sections.len()), ("statistics", 0, 2));
    assert_eq!((findings.len(), findings[0].severity), (1, Severity::Info));
    assert_eq!(check(&report, None, Language::CHINESE), []);
    let again = Report::from_json(&report.to_json().to_string(), &Forms::official()).unwrap();
    assert_eq!((again.form.cell_count(), again.to_json()), (0, report.to_json()));
}

#[test]
fn a_later_report_is_never_one() {
    let forms = Forms::official();
    let read = |source: &str| read(source.as_bytes(), &Context::new(&forms, &Native, Language::CHINESE));
    let table = published(&provincial(), &["指标名称", "计量单位", "本年度", "历年累计"], Layout::Lines);
    let later = table.replace("2016", "2020");
    let error = read(&format!("{later}政府信息公开情况统计表")).unwrap_err();
    assert!(error.0.zh.contains("2019 年以前的统计表"), "{}", error.0.zh);
    let quoting = "某局2024年政府信息公开工作年度报告\n一、总体情况\n主动公开文件数 条 12 40 行政复议数 件 0 1 行政诉讼数 件 0 1\n二、主动公开政府信息情况\n规章 0 0 0";
    assert_eq!(read(quoting).unwrap().report.form.id, "gongkai-2021");
    // Without a year anywhere the table tells.
    let undated = read(&table.replace("2016年度", "")).unwrap().report;
    assert_eq!((undated.form.id.as_str(), undated.year), ("statistics", None));
}

static FORMS: LazyLock<Forms> = LazyLock::new(Forms::official);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_that_is_published_stops_the_reader(
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60),
        page in any::<bool>(),
    ) {
        let text = pieces.concat();
        let source = if page { format!("<table><tr><td>{}</table>", text.replace(' ', "<td>").replace('\n', "<tr><td>")) } else { text };
        let forms = &*FORMS;
        if let Ok(reading) = read(source.as_bytes(), &Context::new(forms, &Native, Language::CHINESE)) {
            let json = reading.report.to_json();
            let again = Report::from_json(&json.to_string(), forms).unwrap();
            prop_assert_eq!(again.to_json(), json);
        }
    }

    #[test]
    fn a_report_of_any_indicators_is_the_same_after_json(
        rows in prop::collection::vec((0..90usize, "[一-龥]{1,6}", prop::sample::select(vec!["", "条", "万元", "头"]), 0..4usize, any::<bool>()), 0..40),
        figures in prop::collection::vec((0..40usize, any::<bool>(), prop::option::of(0..100_000i64), any::<bool>()), 0..60),
        headings in prop::collection::vec("[一-龥]{1,6}", 0..4),
        cumulative in any::<bool>(),
    ) {
        let forms = &*FORMS;
        let known: Vec<String> = forms.get("statistics").unwrap().tables[0].rows.iter().map(|row| row.id.clone()).collect();
        let mut list = Vec::new();
        let mut taken = Vec::new();
        for (at, (id, label, unit, level, heading)) in rows.iter().enumerate() {
            let id = known.get(*id).cloned().unwrap_or(format!("item_{}", at + 1));
            let mut entry = serde_json::json!({"label": label, "unit": unit, "level": level, "note": at});
            if !heading && !taken.contains(&id) {
                entry["id"] = id.as_str().into();
                taken.push(id);
            }
            list.push(entry);
        }
        let mut json = serde_json::json!({"form": "statistics", "agency": "某区", "year": 2015, "figures": {},
            "indicators": list, "sections": {"part_1": "甲。", "annex": ["乙"]}, "filed_by": "张三"});
        if !headings.is_empty() {
            json["headings"] = headings.into();
        }
        for (row, first, figure, unread) in figures {
            let Some(id) = taken.get(row) else { continue };
            let address = format!("indicators.{id}.{}", if first || !cumulative { "value" } else { "cumulative" });
            match figure {
                Some(figure) => json["figures"][&address] = figure.into(),
                None if unread => json["inferred"] = vec![address].into(),
                None => json["unread"] = vec![address].into(),
            }
        }
        let report = Report::from_json(&json.to_string(), forms).unwrap();
        let written = report.to_json();
        let again = Report::from_json(&written.to_string(), forms).unwrap();
        prop_assert_eq!(again.to_json(), written.clone());
        prop_assert_eq!(&written["figures"], &json["figures"]);
        prop_assert!(report.unknown_figures.is_empty());
        prop_assert_eq!((&written["filed_by"], &written["sections"]["annex"][0]), (&"张三".into(), &"乙".into()));
        prop_assert_eq!(written["indicators"].as_array().map(Vec::len), json["indicators"].as_array().map(Vec::len));
        // Whatever it holds, it can be checked, laid out, filled in, and laid into another form and back.
        check(&report, Some(&again), Language::ENGLISH);
        prop_assert!(crate::publication::Publication::of(&report).parts.len() >= report.form.sections.len());
        crate::proposal::proposals(&report, &again);
        for (cell, _) in report.form.cells() {
            let mut filled = report.clone();
            crate::edit::Edit::enter(&report, &[(cell, "7".to_owned())]).into_iter().for_each(|edit| edit.apply(&mut filled));
            prop_assert!(crate::grid::Grid::around(&filled.form, cell).is_some_and(|grid| grid.position(cell).is_some()));
        }
        for sheet in report.form.sections.iter().flat_map(|section| &section.sheets) {
            let layout = report.form.layout(sheet);
            let width = |cells: &Vec<crate::form::LaidCell>| cells.iter().map(|cell| cell.columns).sum::<usize>();
            prop_assert!(layout.rows.iter().all(|cells| width(cells) <= sheet.width));
        }
        let there = report.recast(forms.get("gongkai-2019").unwrap().clone()).report;
        let back = there.recast(there.open_form(forms, "statistics").unwrap()).report;
        prop_assert_eq!(back.to_json(), written);
    }
}

const PIECES: [&str; 40] = [
    "某区2016年政府信息公开年报\n",
    "2014年度",
    "指标名称",
    "计量单位",
    "统计数",
    "历年累计",
    "主动公开文件数",
    "其中：",
    "1、",
    "2.",
    "（一）",
    "（二",
    "一、",
    "政府网站公开数",
    "行政复议数",
    "条",
    "万元",
    "人次",
    "12",
    "0",
    "007",
    "3.5",
    "１２",
    "—",
    "/",
    "——",
    "（",
    "）",
    "(",
    ")",
    "。",
    "，",
    " ",
    "\t",
    "\n",
    "|",
    "信函、传真申请数",
    "收到申请数（件）",
    "未知的指标",
    "\u{200b}",
];
