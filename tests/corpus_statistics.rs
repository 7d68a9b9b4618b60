//! Real reports from before 2019, against what a careful person reads in their tables. They are other
//! people's and stand outside the repository; where they are absent, nothing is tested.

use std::fs;
use std::path::Path;

use nianbao::check::{check, conclude};
use nianbao::finding::{Finding, Severity};
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::native::Native;
use nianbao::read::{Context, Reading, read};
use nianbao::report::Report;
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};

use crate::corpus::folder;

/// What expected.json calls the columns.
const COLUMNS: [(&str, &str); 2] = [("年度", "value"), ("历年累计", "cumulative")];

/// The files with what is expected of them.
fn files(folder: &Path) -> Vec<(String, Json)> {
    let expected = fs::read_to_string(folder.join("expected.json")).unwrap();
    let expected: Map<String, Json> = serde_json::from_str(&expected).unwrap();
    let early = |entry: &Json| entry["form"].as_str().is_some_and(|form| form.starts_with("2014"));
    expected.into_iter().filter(|(_, entry)| early(entry)).collect()
}

fn reading(folder: &Path, name: &str, forms: &Forms, prior: Option<&Report>) -> Reading {
    let context = Context { file: name, prior, ..Context::new(forms, &Native, Language::CHINESE) };
    read(&fs::read(folder.join(name)).unwrap(), &context).unwrap()
}

/// The cells that are expected of a report: label, column and number.
fn cells(entry: &Json) -> impl Iterator<Item = (&String, &'static str, Decimal)> {
    let rows = entry["cells"].as_object().into_iter().flatten().filter(|(label, _)| *label != "narrative");
    rows.flat_map(|(label, row)| {
        let number = |name: &str| row[name].as_i64().map(Decimal::from);
        COLUMNS.into_iter().filter_map(move |(name, column)| Some((label, column, number(name)?)))
    })
}

/// The number in the row whose label ends so, words in another order left aside.
fn number(report: &Report, label: &str, column: &str) -> Option<Decimal> {
    let named = |row: &&nianbao::form::Line| {
        row.label.zh.ends_with(label) || row.also.iter().any(|also| also == label) && row.label.zh.contains("受理")
    };
    let row = report.form.tables.first()?.rows.iter().find(named)?;
    let cell = report.form.find(&format!("indicators.{}.{column}", row.id))?;
    report.value(cell).number()
}

#[test]
fn tables_of_indicators_are_read_right() {
    let Some(folder) = folder() else { return println!("no corpus: skipped") };
    let forms = Forms::official();
    let (mut expected, mut inferred) = (0, 0);
    for (name, entry) in files(&folder) {
        let Reading { report, leftover, .. } = reading(&folder, &name, &forms, None);
        assert_eq!(
            (report.form.id.as_str(), report.year.map(i64::from)),
            ("statistics", entry["year"].as_i64()),
            "{name}"
        );
        assert!(leftover.is_empty(), "{name}: {leftover:?}");
        for (label, column, due) in cells(&entry) {
            assert_eq!(number(&report, label, column), Some(due), "{name}: {label} {column}");
            expected += 1;
        }
        assert!(
            report.form.cells().all(|(cell, _)| report.value(cell).number().is_some()),
            "{name}: every cell is read"
        );
        assert!(report.form.cells().all(|(cell, _)| report.origin(cell).is_some_and(|origin| origin.place.is_some())));
        inferred += report.form.cells().filter(|(cell, _)| report.is_inferred(*cell)).count();
        let known = report.form.indicators.iter().all(|indicator| !indicator.id.starts_with("item_"));
        assert!(known, "{name}: every row is known");
        let again = Report::from_json(&report.to_json_with_provenance().to_string(), &forms).unwrap();
        assert_eq!(again.to_json_with_provenance(), report.to_json_with_provenance(), "{name}");
    }
    println!("{expected} figures of tables of indicators, all right; {inferred} cells were taken apart");
    assert_eq!((expected, inferred), (50, 16));
}

#[test]
fn reports_without_a_table_keep_their_texts() {
    let Some(folder) = folder() else { return println!("no corpus: skipped") };
    let forms = Forms::official();
    for (name, entry) in files(&folder).into_iter().filter(|(_, entry)| entry["form"] == "2014-narrative") {
        let Reading { report, findings, .. } = reading(&folder, &name, &forms, None);
        assert_eq!(report.form.cell_count(), 0, "{name}");
        assert!(findings.iter().all(|finding| finding.severity == Severity::Info), "{name}");
        let text: String = report.sections.iter().map(|(_, text)| text.as_str()).collect();
        let disclosed = entry["cells"]["narrative"]["主动公开"].to_string();
        assert!(text.contains(&format!("{disclosed}条")), "{name}");
        let headings = report.headings.unwrap_or_default();
        assert!(headings.len() >= 2 && headings.len() == report.form.sections.len(), "{name}: {headings:?}");
    }
}

/// What the check says of a file, with last year's report beside it.
fn findings(folder: &Path, year: i32, forms: &Forms) -> Vec<Finding> {
    let name = |year| format!("{year}-pingtan.txt");
    let prior = reading(folder, &name(year - 1), forms, None).report;
    let Reading { report, findings, .. } = reading(folder, &name(year), forms, Some(&prior));
    conclude(&report, check(&report, Some(&prior), Language::CHINESE), findings)
}

#[test]
fn what_was_noticed_by_eye_is_found_with_last_year_s_report() {
    let Some(folder) = folder() else { return println!("no corpus: skipped") };
    let forms = Forms::official();
    let expected: Json = serde_json::from_str(&fs::read_to_string(folder.join("expected.json")).unwrap()).unwrap();
    for year in 2015..=2018 {
        let findings = findings(&folder, year, &forms);
        assert!(findings.iter().all(|finding| finding.severity != Severity::Error), "{year}: nothing is forced");
        let warnings: Vec<_> = findings.iter().filter(|finding| finding.severity == Severity::Warning).collect();
        assert!(
            warnings
                .iter()
                .all(|finding| (finding.rule.as_str(), finding.code.as_str()) == ("cumulative", "last-year"))
        );
        let noticed = expected[format!("{year}-pingtan.txt")]["noticed"].as_array().unwrap();
        for notice in noticed {
            let same = |finding: &&&Finding| {
                finding.expected == Some(notice["expected"].to_string())
                    && finding.actual == Some(notice["actual"].to_string())
            };
            let label = notice["item"].as_str().unwrap();
            let found = warnings.iter().find(same).unwrap_or_else(|| panic!("{year}: {label}"));
            assert!(found.message.contains(label), "{}", found.message);
        }
        assert_eq!(noticed.is_empty(), warnings.is_empty(), "{year}: {warnings:?}");
    }
}
