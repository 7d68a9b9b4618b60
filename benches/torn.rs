//! How long torn rows take: `make bench`. The figures are those that a county published in five years, whose
//! pages came down as text without gaps. Each text is read with its figures glued and with them apart, so
//! that the difference is what the search for the readings costs.

use std::time::Duration;

use nianbao::form::{Axis, Laid, Side};
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::native::Native;
use nianbao::read::{Context, Reading, read};
use nianbao::relation;
use nianbao::report::Report;
use nianbao::value::Value;
use serde_json::Value as Json;

mod figures;

use figures::Times;

/// How often each thing is measured; the median counts.
const ROUNDS: usize = 15;

/// The year of tables that nobody has published.
const MADE_UP: i32 = 9999;

fn main() {
    let forms = Forms::official();
    let tables: Json = serde_json::from_str(include_str!("torn.json")).expect("the tables");
    let reading = |text: &str| -> Reading {
        read(text.as_bytes(), &Context::new(&forms, &Native, Language::CHINESE)).expect("it is a report")
    };
    println!("Tables of five years, every row glued; medians of {ROUNDS} rounds.");
    println!(
        "{:6} {:>8} {:>9} {:>7} {:>7} {:>12} {:>12} {:>12}",
        "year", "figures", "inferred", "unread", "wrong", "apart", "glued", "difference"
    );
    let published = tables.as_array().into_iter().flatten().map(|table| report(table, &forms));
    for truth in published.chain([dense(&forms)]) {
        let (glued, apart) = (text(&truth, ""), text(&truth, " "));
        let read = reading(&glued).report;
        let cells = || truth.form.cells().map(|(cell, _)| cell).filter(|cell| truth.value(*cell).number().is_some());
        let inferred = cells().filter(|cell| read.is_inferred(*cell)).count();
        let unread = cells().filter(|cell| read.is_unread(*cell)).count();
        let wrong = cells().filter(|cell| !read.is_unread(*cell) && read.value(*cell) != truth.value(*cell)).count();
        let year = truth.year.unwrap_or_default();
        let [apart, glued] = [&apart, &glued].map(|text| Times::of(ROUNDS, 1, || reading(text)));
        let tables = if year == MADE_UP { "the hardest tables".to_owned() } else { format!("the tables of {year}") };
        apart.record(&tables, None);
        glued.record(&format!("{tables}, every row glued"), Some(&tables));
        let (apart, glued) = (apart.median(), glued.median());
        println!(
            "{:6} {:8} {inferred:9} {unread:7} {wrong:7} {:9.2} ms {:9.2} ms {:9.2} ms",
            year,
            cells().count(),
            millis(apart),
            millis(glued),
            millis(glued) - millis(apart)
        );
    }
}

/// The figures of a year; what is not listed is 0.
fn report(table: &Json, forms: &Forms) -> Report {
    let form = forms.get(table["form"].as_str().expect("a form")).expect("it is official");
    let mut report = Report::empty(form.clone());
    report.year = table["year"].as_i64().and_then(|year| i32::try_from(year).ok());
    for (cell, definition) in form.cells() {
        let row = definition.address.rsplit_once('.').map_or("", |(row, _)| row);
        if !["requests", "disputes"].contains(&form.tables[definition.table].id.as_str()) {
            continue;
        }
        let figures = table["rows"][row].as_str().unwrap_or_default();
        let figure = figures.split(' ').nth(definition.column).filter(|figure| !figure.is_empty());
        report.set(cell, Value::read(figure.unwrap_or("0")));
    }
    report
}

/// A report with no zero in it, of figures of six digits: far from reality, and the hardest.
fn dense(forms: &Forms) -> Report {
    let form = forms.get("gongkai-2021").expect("it is official");
    let mut report = Report::empty(form.clone());
    report.year = Some(MADE_UP);
    for (cell, definition) in form.cells() {
        let (table, row, column) = (definition.table as i64, definition.row as i64, definition.column as i64);
        if ["requests", "disputes"].contains(&form.tables[definition.table].id.as_str()) {
            report.set(cell, Value::from(100_000 + (table + row * 7_919 + column * 104_729 + 1) * 31_337 % 899_989));
        }
    }
    for axis in [Axis::Column, Axis::Row] {
        for instance in form.instances.iter().filter(|instance| instance.along.is_some_and(|(along, _)| along == axis))
        {
            let Some(total) = instance.total else { continue };
            let parts = instance.side(Side::Right);
            let sum = parts.filter_map(|term| relation::figure(&term.operand, &report, None)).sum();
            report.set(total, Value::Number(sum));
        }
    }
    report
}

/// The report as text torn from a page, with something or nothing between its figures.
fn text(report: &Report, between: &str) -> String {
    let form = &report.form;
    let mut text = format!("某县{}年政府信息公开工作年度报告\n", report.year.unwrap_or_default());
    for section in &form.sections {
        text += &section.printed_heading(Language::CHINESE);
        text.push('\n');
        for row in section.sheets.iter().flat_map(|sheet| form.layout(sheet).rows) {
            for cell in row {
                match cell.laid {
                    Laid::Banner(label) | Laid::Corner(label) | Laid::Head { label, .. } => text += &label.zh,
                    Laid::Figure(cell) => text += &[between, &report.value(cell).to_string(), between].concat(),
                }
            }
        }
        text.push('\n');
    }
    text
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
