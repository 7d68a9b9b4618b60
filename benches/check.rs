//! How fast a report is checked: `make bench`. Everything is compared with parsing the same report's
//! JSON, so that the figures mean something on any machine.

use std::hint::black_box;
use std::thread;
use std::time::Duration;

use nianbao::check::{Check, conclude};
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::narrative;
use nianbao::report::Report;
use nianbao::value::Value;

mod figures;

use figures::{Times, record, timed};

/// How often each thing is measured; the median counts.
const ROUNDS: usize = 15;
const MANY: usize = 10_000;

fn main() {
    let forms = Forms::official();
    let json = include_str!("../www/demo/2023-suqian.json");
    let report = Report::from_json(json, &forms).expect("the demo's report");
    let prior = last_year(&report);
    let faulty = faulty(&report);
    let check = |report: &Report, prior: Option<&Report>| {
        let found = Check::new(report, prior).findings(report, Language::CHINESE);
        conclude(report, found, [])
    };
    println!(
        "A report of {} figures and {} characters of text; medians of {ROUNDS} rounds.",
        report.form.cell_count(),
        length(&report)
    );
    const PARSING: &str = "parsing its JSON";
    let parsing = measure(|| Report::from_json(json, &forms));
    let parse = parsing.median();
    let line = |name: &str, times: Times| {
        let time = times.median();
        println!("{name:52} {:9.1} µs  {:6.2} × parsing", micros(time), time.as_secs_f64() / parse.as_secs_f64());
        times.record(name, (name != PARSING).then_some(PARSING));
    };
    line(PARSING, parsing);
    line("what the texts claim", measure(|| narrative::said(&report)));
    line("the full check, consistent", measure(|| check(&report, None)));
    line("the full check, consistent, with last year's", measure(|| check(&report, Some(&prior))));
    line("the full check, one wrong cell", measure(|| check(&faulty, None)));
    let mut following = Check::new(&faulty, None);
    let cell = faulty.form.find("requests.granted.natural_person").expect("the form has it");
    line("one change followed", measure(|| following.changed(&faulty, cell)));
    let sentences = |following: &Check| conclude(&faulty, following.findings(&faulty, Language::CHINESE), []);
    line("one change followed, with all sentences anew", measure(|| sentences(&following)));
    many(json, &forms);
}

/// Parses and checks ten thousand reports, on one core and on all.
fn many(json: &str, forms: &Forms) {
    let one = |_: usize| {
        let report = Report::from_json(json, forms).expect("the demo's report");
        black_box(conclude(&report, Check::new(&report, None).findings(&report, Language::CHINESE), []));
    };
    let parsing = timed(|| (0..MANY).for_each(|_| drop(black_box(Report::from_json(json, forms)))));
    let alone = timed(|| (0..MANY).for_each(one));
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let together = timed(|| {
        thread::scope(|scope| {
            for core in 0..cores {
                scope.spawn(move || (core..MANY).step_by(cores).for_each(one));
            }
        });
    });
    let rate = |time: Duration| MANY as f64 / time.as_secs_f64();
    const PARSED: &str = "reports parsed";
    record(PARSED, "a second", &[rate(parsing)], None);
    record("reports parsed and checked", "a second", &[rate(alone)], Some(PARSED));
    record("reports parsed and checked, on all cores", "a second", &[rate(together)], Some(PARSED));
    println!("{MANY} reports parsed: {:.0} a second", rate(parsing));
    println!(
        "{MANY} reports parsed and checked: {:.0} a second ({:.2} × parsing); on {cores} cores {:.0}",
        rate(alone),
        alone.as_secs_f64() / parsing.as_secs_f64(),
        rate(together)
    );
}

/// A year before which this report is consistent: its own figures, carried over as they must be.
fn last_year(report: &Report) -> Report {
    let mut prior = report.clone();
    prior.year = report.year.map(|year| year - 1);
    for column in
        ["natural_person", "business", "research", "public_interest", "legal_service", "other_organization", "total"]
    {
        let cell = |row: &str| report.form.find(&format!("requests.{row}.{column}")).expect("the form has it");
        prior.set(cell("carried_out"), report.value(cell("carried_in")).clone());
    }
    prior
}

fn faulty(report: &Report) -> Report {
    let mut faulty = report.clone();
    let cell = report.form.find("requests.granted.natural_person").expect("the form has it");
    let number = report.value(cell).number().unwrap_or_default();
    faulty.set(cell, Value::Number(number + rust_decimal::Decimal::from(9)));
    faulty
}

fn length(report: &Report) -> usize {
    report.sections.iter().map(|(_, text)| text.chars().count()).sum()
}

fn measure<T>(thing: impl FnMut() -> T) -> Times {
    Times::of_short(ROUNDS, thing)
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
