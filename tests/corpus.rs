//! Real reports, read as they were published, against what a careful person reads in them. The
//! reports are other people's and stand outside the repository; where they are absent, nothing is
//! tested. `NIANBAO_CORPUS` names the folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::{env, fs};

use nianbao::check::Check;
use nianbao::finding::Severity;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::native::Native;
use nianbao::read::{Context, Reading, read};
use nianbao::report::Report;
use nianbao::value::Value;
use rust_decimal::Decimal;
use serde_json::Value as Json;

use crate::figures::record;

/// The share of expected figures that is read, in hundredths of a percent, below which it may not fall.
const FLOOR: usize = 9822;

pub fn folder() -> Option<PathBuf> {
    let named = env::var_os("NIANBAO_CORPUS").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reports"));
    folder.join("expected.json").is_file().then_some(folder)
}

/// A text of the corpus; `None` where the corpus is absent.
pub fn file(name: &str) -> Option<String> {
    fs::read_to_string(folder()?.join(name)).ok()
}

/// How one file was read.
#[derive(Default)]
struct Tally {
    expected: usize,
    right: usize,
    /// How many of the right ones are inferred.
    inferred: usize,
    /// Cells that are not read, and named as such.
    asked: usize,
    /// For how many of these the only suggestion is right.
    suggested: usize,
    /// Suggestions that are the only one and wrong.
    misled: Vec<String>,
    /// Cells that are not read, and nobody says so.
    lost: Vec<String>,
    wrong_marked: Vec<String>,
    wrong_unmarked: Vec<String>,
    blanks_filled: Vec<String>,
    /// Numbers in cells of which a careful person says that nobody can know them.
    guessed: Vec<String>,
    beyond: usize,
    form: bool,
    year: bool,
    agency: bool,
    errors: Vec<String>,
}

/// The files of the corpus with their expected readings; the texts beside a PDF share its entry.
pub fn files(folder: &Path) -> Vec<(String, Json)> {
    let expected = fs::read_to_string(folder.join("expected.json")).unwrap();
    let expected: serde_json::Map<String, Json> = serde_json::from_str(&expected).unwrap();
    let mut files = Vec::new();
    for (name, entry) in expected {
        if !entry["form"].as_str().is_some_and(|form| form.starts_with("gongkai-")) {
            continue;
        }
        let names = match name.strip_suffix(".pdf") {
            Some(stem) => vec![name.clone(), format!("{stem}.txt"), format!("{stem}.layout.txt")],
            None => vec![name],
        };
        let readable =
            |name: &String| [".txt", ".md", ".html", ".tsv", ".pdf"].iter().any(|ending| name.ends_with(ending));
        files.extend(names.into_iter().filter(readable).map(|name| (name, entry.clone())));
    }
    files
}

fn tally(reading: &Reading, expected: &Json) -> Tally {
    let report = &reading.report;
    let marked: BTreeSet<_> = reading.findings.iter().flat_map(|finding| &finding.cells).map(String::as_str).collect();
    let mut tally = Tally {
        form: expected["form"] == report.form.id.as_str(),
        year: expected["year"].as_i64() == report.year.map(i64::from),
        agency: same_agency(expected["agency"].as_str().unwrap_or_default(), &report.agency),
        ..Tally::default()
    };
    let figures = expected["figures"].as_object().unwrap();
    for (address, figure) in figures {
        let wanted = figure.as_str().map_or_else(|| figure.to_string(), str::to_owned);
        let Some(cell) = report.form.find(address) else { panic!("expected.json names {address}") };
        tally.expected += 1;
        match report.value(cell) {
            Value::Blank if marked.contains(address.as_str()) => {
                tally.asked += 1;
                match suggestion(reading, address) {
                    Some(to) if Decimal::from_str(to) == Decimal::from_str(&wanted) => tally.suggested += 1,
                    Some(to) => tally.misled.push(format!("{address} {wanted}≠{to}")),
                    None => {}
                }
            }
            Value::Blank => tally.lost.push(address.clone()),
            Value::Number(number) if Decimal::from_str(&wanted) == Ok(*number) => {
                tally.right += 1;
                tally.inferred += usize::from(report.is_inferred(cell));
            }
            Value::Text(text) if *text == wanted => tally.right += 1,
            other => {
                let what = format!("{address} {wanted}≠{other}");
                if marked.contains(address.as_str()) { &mut tally.wrong_marked } else { &mut tally.wrong_unmarked }
                    .push(what);
            }
        }
    }
    let blank: BTreeSet<_> = expected["blank"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    for (cell, definition) in report.form.cells() {
        let filled = report.value(cell).number().is_some();
        if blank.contains(definition.address.as_str()) && filled {
            tally.blanks_filled.push(definition.address.clone());
        }
        tally.beyond += usize::from(filled && !figures.contains_key(&definition.address));
    }
    tally.guessed = ambiguous(report, expected)
        .filter(|cell| !figures.contains_key(cell) && !marked.contains(cell.as_str()))
        .collect();
    let check = Check::new(report, None);
    let errors =
        check.findings(report, Language::CHINESE).into_iter().filter(|finding| finding.severity == Severity::Error);
    tally.errors = errors
        .map(|finding| format!("{} {}", finding.rule, finding.cells.first().cloned().unwrap_or_default()))
        .collect();
    tally
}

/// What is suggested for a cell, where that is one thing only.
fn suggestion<'a>(reading: &'a Reading, address: &str) -> Option<&'a str> {
    let single = reading.findings.iter().filter_map(|finding| match &*finding.repairs {
        [repair] => repair.changes.iter().find(|change| change.cell == address),
        _ => None,
    });
    let mut texts: Vec<_> = single.map(|change| change.to.as_str()).collect();
    texts.dedup();
    match texts[..] {
        [text] => Some(text),
        _ => None,
    }
}

/// The cells that hold a number and, by what a careful person says, cannot be known.
fn ambiguous<'a>(report: &'a Report, expected: &'a Json) -> impl Iterator<Item = String> + 'a {
    let named = expected["ambiguous"].as_array().into_iter().flatten();
    let named = named.filter_map(|what| what["row"].as_str().or(what["cell"].as_str()));
    let cells = named.flat_map(|name| {
        let within =
            move |address: &str| address == name || address.rsplit_once('.').is_some_and(|(row, _)| row == name);
        report.form.cells().filter(move |(_, cell)| within(&cell.address))
    });
    let filled = cells.filter(|(cell, _)| report.value(*cell).number().is_some());
    filled.map(|(_, cell)| cell.address.clone())
}

/// A name in plain characters, without what only says that it is a government.
fn plain_name(name: &str) -> String {
    let variants = include_str!("../src/read/traditional.txt");
    let plain = |c: char| {
        let pair = variants.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
            let (from, to) = line.split_once(' ')?;
            from.contains(c).then_some(to)
        });
        pair.map_or_else(|| c.to_string(), str::to_owned)
    };
    name.chars().filter(|c| *c != '?').map(plain).collect::<String>().replace("人民政府", "")
}

/// A careful person knows more of an agency than its report says: one name may be part of the other.
fn same_agency(expected: &str, read: &str) -> bool {
    let tail = |name: &str| plain_name(name).trim_end_matches("政府").to_owned();
    let (expected, read) = (tail(expected), tail(read));
    let shortened = |short: &str, long: &str| {
        let mut rest = long.chars();
        short.chars().count() * 3 >= long.chars().count() * 2 && short.chars().all(|c| rest.any(|other| other == c))
    };
    !read.is_empty() && (expected.contains(&read) || read.contains(&expected) || shortened(&expected, &read))
        || expected.contains('某')
        || expected == "unknown"
}

/// What is wrong with a report as published, by the rule that finds it: judged by eye.
fn is_judged(expected: &Json, error: &str) -> bool {
    let noticed = expected["noticed"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|notice| notice["rule"].as_str().or(notice.as_str()));
    let rule = |name: &str| match name {
        _ if name.starts_with("T2.rowTotal.blank") => "blank",
        _ if name.starts_with("T2.doneTotal") => "requests.handled-total",
        _ if name.starts_with("T3.total") => "disputes.total",
        _ => "",
    };
    noticed.map(rule).any(|rule| !rule.is_empty() && error.starts_with(rule))
}

#[test]
fn blank_forms_are_read_as_blank() {
    for year in ["2019", "2021"] {
        let Some(page) = file(&format!("0000-blank-{year}.html")) else { return };
        let reading = read(page.as_bytes(), &Context::new(&Forms::official(), &Native, Language::CHINESE)).unwrap();
        assert_eq!(reading.report.form.id, format!("gongkai-{year}"));
        assert_eq!(reading.report.figures_json().len(), 0);
        assert!(reading.findings.is_empty() && reading.leftover.is_empty(), "{:?}", reading.findings);
    }
}

#[test]
fn real_reports_are_read_right_or_not_at_all() {
    let Some(folder) = folder() else {
        println!("no corpus: skipped");
        return;
    };
    let forms = Forms::official();
    let mut failures = Vec::new();
    let (mut expected, mut right, mut inferred, mut asked, mut suggested) = (0, 0, 0, 0, 0);
    println!(
        "{:44} {:>5} {:>5} {:>8} {:>5} {:>9} {:>4} {:>6} {:>8} {:>6} {:>6}  form year agency errors",
        "file", "cells", "right", "inferred", "asked", "suggested", "lost", "marked", "UNMARKED", "filled", "beyond"
    );
    for (name, entry) in files(&folder) {
        let bytes = fs::read(folder.join(&name)).unwrap();
        let reading = match read(&bytes, &Context::new(&forms, &Native, Language::CHINESE)) {
            Ok(reading) => reading,
            Err(error) => {
                failures.push(format!("{name}: {}", error.0.zh));
                continue;
            }
        };
        let tally = tally(&reading, &entry);
        (expected, right) = (expected + tally.expected, right + tally.right);
        (inferred, asked) = (inferred + tally.inferred, asked + tally.asked);
        suggested += tally.suggested;
        let yes = |right: bool| if right { "yes" } else { "NO" };
        println!(
            "{name:44} {:5} {:5} {:8} {:5} {:9} {:4} {:6} {:8} {:6} {:6}  {:4} {:4} {:6} {}",
            tally.expected,
            tally.right,
            tally.inferred,
            tally.asked,
            tally.suggested,
            tally.lost.len(),
            tally.wrong_marked.len(),
            tally.wrong_unmarked.len(),
            tally.blanks_filled.len(),
            tally.beyond,
            yes(tally.form),
            yes(tally.year),
            yes(tally.agency),
            tally.errors.len(),
        );
        if env::var_os("NIANBAO_VERBOSE").is_some() {
            println!(
                "    {:?} {:?} {:?} {:?}",
                reading.report.title, reading.report.agency, reading.report.year, reading.report.headings
            );
            reading
                .findings
                .iter()
                .for_each(|finding| println!("    - {} {} {}", finding.rule, finding.message, finding.cells.len()));
            reading.leftover.iter().for_each(|text| println!("    leftover {text}"));
            tally.errors.iter().for_each(|error| println!("    error {error}"));
            for (id, text) in &reading.report.sections {
                println!("    § {id}: {}", text.chars().take(160).collect::<String>().replace('\n', "⏎"));
            }
        }
        let unjudged = tally.errors.iter().filter(|error| !is_judged(&entry, error));
        failures.extend(unjudged.map(|error| format!("{name}: an error that nobody has noticed by eye: {error}")));
        failures.extend(tally.misled.iter().map(|what| format!("{name}: suggested {what}")));
        failures.extend(tally.wrong_unmarked.iter().map(|what| format!("{name}: {what}")));
        failures.extend(tally.lost.iter().map(|cell| format!("{name}: nobody says that {cell} is not read")));
        failures.extend(tally.guessed.iter().map(|cell| format!("{name}: {cell} was guessed")));
        failures.extend(tally.blanks_filled.iter().map(|what| format!("{name}: blank {what} was filled")));
        if !tally.form {
            failures.push(format!("{name}: form {}", reading.report.form.id));
        }
        if !tally.year {
            failures.push(format!("{name}: year {:?}", reading.report.year));
        }
    }
    println!(
        "{right} of {expected} figures read right: {:.2} %. As they stand {:.2} %; {inferred} inferred; {asked} asked for, {suggested} of them suggested rightly: {:.2} % once that is taken.",
        right as f64 * 100.0 / expected as f64,
        (right - inferred) as f64 * 100.0 / expected as f64,
        (right + suggested) as f64 * 100.0 / expected as f64
    );
    let share = |count: usize| [count as f64 * 100.0 / expected as f64];
    record("figures of the real reports read right as they stand", "%", &share(right - inferred), None);
    record("… with those that were inferred", "%", &share(right), None);
    record("… and those that were suggested", "%", &share(right + suggested), None);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(right * 10000 / expected >= FLOOR, "fewer figures are read than before");
}

/// With last year's report beside it, as a careful person read that, more is known; nothing wrong is.
#[test]
fn last_year_s_report_is_a_hint() {
    let Some(folder) = folder() else { return };
    let forms = Forms::official();
    let all = files(&folder);
    let context = Context::new(&forms, &Native, Language::CHINESE);
    let (mut alone, mut beside) = (0, 0);
    for (name, entry) in &all {
        let Some((year, body)) = name.split_once('-') else { continue };
        let Some(last) = year.parse::<i32>().ok().map(|year| format!("{}-{body}", year - 1)) else { continue };
        let Some((_, known)) = all.iter().find(|(other, _)| *other == last) else { continue };
        let mut prior = read(&fs::read(folder.join(&last)).unwrap(), &context).unwrap().report;
        for (address, figure) in known["figures"].as_object().unwrap() {
            let cell = prior.form.find(address).unwrap();
            let text = figure.as_str().map_or_else(|| figure.to_string(), str::to_owned);
            prior.set(cell, Value::read(&text));
        }
        let bytes = fs::read(folder.join(name)).unwrap();
        let tally_with = |prior| tally(&read(&bytes, &Context { prior, ..context }).unwrap(), entry);
        let (without, with) = (tally_with(None), tally_with(Some(&prior)));
        println!(
            "{name:44} {:5} cells, {} asked for; with last year's report {}",
            without.expected, without.asked, with.asked
        );
        assert!(with.wrong_unmarked.is_empty() && with.right >= without.right, "{name}");
        (alone, beside) = (alone + without.asked, beside + with.asked);
        let wrong = with.wrong_marked.iter().chain(&with.lost).collect::<Vec<_>>();
        assert!(wrong.is_empty(), "{name}: {wrong:?}");
    }
    println!("{alone} cells asked for without, {beside} with last year's report");
}
