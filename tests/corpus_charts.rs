//! The pictures of real reports: one body over all its years, and every report that can be read. They are other
//! people's and stand outside the repository; where they are absent, nothing is tested.

use std::fs;
use std::path::Path;

use nianbao::chart::Plot;
use nianbao::charts::{self, Chart, Choices};
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::native::Native;
use nianbao::read::{Context, read};
use nianbao::report::Report;
use serde_json::Value as Json;

use crate::corpus::{files, folder};

fn report(folder: &Path, name: &str, forms: &Forms) -> Report {
    let context = Context { file: name, ..Context::new(forms, &Native, Language::CHINESE) };
    read(&fs::read(folder.join(name)).unwrap(), &context).unwrap().report
}

fn of<'a>(charts: &'a [Chart], id: &str) -> &'a Chart {
    charts.iter().find(|chart| chart.id == id).unwrap_or_else(|| panic!("there is no chart {id}"))
}

#[test]
fn the_years_of_one_body_stand_in_one_line() {
    let Some(folder) = folder() else { return println!("no corpus: skipped") };
    let forms = Forms::official();
    let expected: Json = serde_json::from_str(&fs::read_to_string(folder.join("expected.json")).unwrap()).unwrap();
    let years = [2014, 2015, 2016, 2017, 2018, 2019, 2020, 2021, 2023, 2025];
    let mut reports: Vec<Report> =
        years.iter().map(|year| report(&folder, &format!("{year}-pingtan.txt"), &forms)).collect();
    let shown = reports.pop().unwrap();
    let charts = charts::of(&shown, &reports, &Choices::new(), Language::CHINESE);
    let trend = of(&charts, charts::TREND);
    let Some(Plot::Lines(lines)) = &trend.plot else { panic!("{trend:?}") };
    assert_eq!(lines.years, (2014..=2025).collect::<Vec<i32>>());
    let drawn =
        lines.years.iter().zip(&lines.series[0].points).filter_map(|(year, point)| Some((year, point.as_ref()?)));
    let drawn: Vec<_> = drawn.collect();
    assert_eq!(drawn.iter().map(|(year, _)| **year).collect::<Vec<i32>>(), years, "every year is there");
    for (year, datum) in &drawn {
        let entry = &expected[format!("{year}-pingtan.txt")];
        let received = match entry["figures"].get("requests.received.total") {
            Some(figure) => figure.clone(),
            None => {
                let cells = entry["cells"].as_object().unwrap();
                let counts =
                    |label: &str| ["收到申请数", "受理依申请公开信息总数"].iter().any(|words| label.ends_with(words));
                let row = cells.iter().find(|(label, _)| counts(label)).map(|(_, row)| row);
                row.unwrap_or_else(|| panic!("{year}: {entry}"))["年度"].clone()
            }
        };
        assert_eq!(datum.text.trim_end_matches(['件', '条']), received.to_string(), "{year}");
    }
    assert_eq!(lines.breaks.iter().map(|change| change.year).collect::<Vec<i32>>(), [2019, 2021]);
    assert!(trend.notes.iter().any(|note| note.contains("2022、2024")), "{:?}", trend.notes);
    for chart in &charts {
        println!("{}: {} {:?}", chart.id, chart.reading, chart.notes);
    }
}

#[test]
fn every_report_has_its_pictures_and_sentences() {
    let Some(folder) = folder() else { return println!("no corpus: skipped") };
    let forms = Forms::official();
    for (name, _) in files(&folder) {
        let report = report(&folder, &name, &forms);
        for language in [Language::CHINESE, Language::ENGLISH] {
            for chart in charts::of(&report, &[], &Choices::new(), language) {
                let said = [&chart.title, &chart.reading, &chart.source];
                let whole = said.iter().all(|text| !text.is_empty() && !text.contains(['{', '}']));
                assert!(whole, "{name}: {chart:?}");
                for width in [300.0, 720.0] {
                    let picture = chart.plot.as_ref().map(|plot| plot.draw(width));
                    let named = |picture: &nianbao::chart::Picture| {
                        picture.height.is_finite() && picture.marks.iter().all(|mark| !mark.datum.name.is_empty())
                    };
                    assert!(picture.as_ref().is_none_or(named), "{name}: {picture:?}");
                }
            }
        }
    }
}
