//! A page with charts is read as the same report as one without them, whatever it lost on its way; a chart alone
//! is a file that holds its figures.

use nianbao::charts::{self, Choices};
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::report::Report;
use nianbao::write::{CHART_WIDTH, Charts, Format, With, chart, write, write_with};
use proptest::prelude::*;

use super::edited::{without_data, without_marks};
use super::{assert_same, plain_report, read_back, report};

const NO_CHOICES: Choices = Choices::new();

fn page(report: &Report, others: &[Report]) -> String {
    let charts = Some(Charts { others, choices: &NO_CHOICES, named: None });
    String::from_utf8(write_with(report, Format::Html, &With { charts, ..With::default() }).unwrap()).unwrap()
}

/// The same body's report of the year before, and one of another body.
fn others(report: &Report) -> [Report; 2] {
    let (mut last, mut other) = (report.clone(), report.clone());
    last.year = report.year.map(|year| year - 1);
    other.agency = "某县乙镇".to_owned();
    [last, other]
}

/// Whether pictures change nothing of what is read: with the data that the page carries, by its marks, and by what
/// is seen alone.
fn check(report: &Report, others: &[Report]) {
    let forms = Forms::official();
    let with = page(report, others);
    let without = String::from_utf8(write(report, Format::Html).unwrap()).unwrap();
    assert_eq!(with.matches("<figure").count(), charts::of(report, others, &NO_CHOICES, Language::CHINESE).len());
    let reading = read_back(with.as_bytes(), &forms);
    assert_same(report, &reading, Format::Html);
    assert!(reading.findings.is_empty() && reading.leftover.is_empty(), "{reading:?}");
    let plain = |page: &str| without_marks(&without_data(page));
    let lost: [&dyn Fn(&str) -> String; 2] = [&without_data, &plain];
    for lost in lost {
        let (with, without) = (read_back(lost(&with).as_bytes(), &forms), read_back(lost(&without).as_bytes(), &forms));
        assert_same(&without.report, &with, Format::Html);
        assert_eq!((with.findings, with.leftover), (without.findings, without.leftover));
    }
}

fn demo(name: &str) -> Report {
    let path = format!("{}/www/demo/{name}", env!("CARGO_MANIFEST_DIR"));
    read_back(&std::fs::read(path).unwrap(), &Forms::official()).report
}

#[test]
fn real_reports_with_charts_are_read_back() {
    let years = ["2019-pingtan.json", "2020-pingtan.json", "2021-pingtan.json", "2023-suqian.json"].map(demo);
    check(&demo("2023-pingtan.json"), &years);
    check(&demo("2023-hongze.json"), &[]);
    check(&demo("2020-yisuhe.txt"), &[]);
}

#[test]
fn charts_stand_behind_the_tables_of_their_section_and_the_others_at_the_end() {
    let report = demo("2023-pingtan.json");
    let others = [demo("2021-pingtan.json"), demo("2023-suqian.json")];
    let page = page(&report, &others);
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}"));
    let mut sections = page.split("data-section=\"");
    for chart in charts::of(&report, &others, &NO_CHOICES, Language::CHINESE) {
        let mark = format!("data-chart=\"{}\"", chart.id);
        match &chart.section {
            Some(section) => {
                let within = sections.clone().find(|part| part.starts_with(&format!("{section}\""))).unwrap();
                assert!(within.find(&mark) > within.rfind("</table>"), "{section} {mark}");
            }
            None => assert!(place(&mark) > page.rfind("</table>").unwrap(), "{mark}"),
        }
        assert!(page.contains(&chart.reading) && page.contains(&chart.source), "{chart:?}");
    }
    assert!(sections.next().is_some() && place("<figure") < place("<script"));
    assert_eq!(page, super::charts::page(&report, &others), "the same report gives the same bytes");
}

#[test]
fn only_those_that_are_named_stand_in_a_page() {
    let charts = Some(Charts { others: &[], choices: &NO_CHOICES, named: Some("flow none outcomes flow") });
    let page = write_with(&demo("2023-hongze.json"), Format::Html, &With { charts, ..With::default() }).unwrap();
    let page = String::from_utf8(page).unwrap();
    let marks: Vec<_> = page.split("data-chart=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(marks, ["flow", "outcomes"]);
}

#[test]
fn other_formats_refuse_charts_in_a_sentence() {
    let report = demo("2023-hongze.json");
    let charts = Some(Charts { others: &[], choices: &NO_CHOICES, named: None });
    for format in Format::ALL.into_iter().filter(|format| *format != Format::Html) {
        let error = write_with(&report, format, &With { charts, ..With::default() }).unwrap_err();
        assert!(error.0.zh.contains("只有网页（.html）可以") && error.0.en.contains("only a web page (.html)"));
    }
}

#[test]
fn a_chart_alone_is_a_picture_with_its_words_and_figures() {
    let (report, others) = (demo("2023-pingtan.json"), [demo("2021-pingtan.json")]);
    let charts = Charts { others: &others, choices: &NO_CHOICES, named: None };
    for language in [Language::CHINESE, Language::ENGLISH] {
        for known in nianbao::charts::of(&report, &others, &NO_CHOICES, language) {
            let svg = chart(&report, charts, &known.id, language, CHART_WIDTH).unwrap();
            assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""), "{svg}");
            assert!(svg.contains(&format!("<title id=\"{}-title\">", known.id)), "{svg}");
        }
    }
    let error = chart(&report, charts, "none", Language::CHINESE, CHART_WIDTH).unwrap_err();
    assert!(error.0.zh.contains("没有名为“none”的图表") && error.0.zh.contains("outcomes"), "{error:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plain_report_with_charts_is_read_like_one_without(json in plain_report()) {
        let report = Report::from_value(json, &Forms::official()).unwrap();
        check(&report, &others(&report));
    }

    /// Whatever stands in it: names that are markup, figures that are none.
    #[test]
    fn any_report_with_charts_is_the_same(json in report()) {
        let forms = Forms::official();
        let report = Report::from_value(json, &forms).unwrap();
        let reading = read_back(page(&report, &others(&report)).as_bytes(), &forms);
        assert_same(&report, &reading, Format::Html);
        prop_assert!(reading.findings.is_empty() && reading.leftover.is_empty());
    }
}
