//! What the check says of the real reports, judged by eye: `fixtures/corpus-findings.json` lists every
//! finding of every file with a verdict, and for everything that was noticed by eye the finding that
//! says it, or why none can. A finding that is not listed, or is no longer made, fails the test.
//!
//! The reports are checked as a careful person reads them: cells that the reader left open are filled
//! from `expected.json`. Words that the collection cut (`[..]`) count as words.

use std::collections::BTreeMap;
use std::fs;

use nianbao::check::{Check, conclude};
use nianbao::finding::{Finding, Severity};
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::{Context, native::Native, read};
use nianbao::report::Report;
use nianbao::value::Value;
use serde_json::Value as Json;

use crate::corpus::{files, folder};

/// What stands for text that the collection cut.
const CUT: &str = "（此处原文从略，公开、申请、收费等内容不影响核对）";

/// A report as a careful person reads it, with what the reader noted.
fn careful(name: &str, entry: &Json, judged: &Json, forms: &Forms) -> (Report, Vec<Finding>) {
    let bytes = fs::read(folder().unwrap().join(name)).unwrap();
    let reading = read(&bytes, &Context::new(forms, &Native, Language::CHINESE)).unwrap();
    let (mut report, noted) = (reading.report, reading.findings);
    for (address, figure) in entry["figures"].as_object().unwrap() {
        let Some(cell) = report.form.find(address).filter(|cell| report.value(*cell).number().is_none()) else {
            continue;
        };
        let text = figure.as_str().map_or_else(|| figure.to_string(), str::to_owned);
        report.set(cell, Value::read(&text));
    }
    let cut = judged["cut"].as_str().unwrap_or(CUT);
    report.sections.iter_mut().for_each(|(_, text)| *text = text.replace("[..]", cut));
    // What is unread is the reader's affair.
    (report, noted.into_iter().filter(|finding| finding.rule != "unread").collect())
}

/// Last year's report: one of the collection, or the figures of it that are known.
fn prior(name: &str, judged: &Json, reports: &BTreeMap<String, Report>, report: &Report) -> Option<Report> {
    if let Some(figures) = judged["prior"].as_object() {
        let mut prior = Report::empty(report.form.clone());
        prior.year = report.year.map(|year| year - 1);
        for (address, figure) in figures {
            prior.set(report.form.find(address).unwrap(), Value::read(&figure.to_string()));
        }
        return Some(prior);
    }
    let (year, body) = name.split_once('-')?;
    let last = year.parse::<i32>().ok()? - 1;
    reports.get(&format!("{last}-{body}")).cloned()
}

/// A finding in short: what, where, and the numbers.
fn key(finding: &Finding) -> String {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let code = if finding.code.is_empty() { String::new() } else { format!(":{}", finding.code) };
    let place = finding.cells.first().or(finding.section.as_ref()).map(String::as_str).unwrap_or("report");
    let number = |value: &Option<String>| value.clone().unwrap_or_default();
    let numbers = match (&finding.actual, &finding.expected) {
        (None, None) => String::new(),
        (actual, expected) => format!(" {}→{}", number(actual), number(expected)),
    };
    format!("{severity} {}{code} {place}{numbers}", finding.rule)
}

#[test]
fn every_finding_in_the_real_reports_was_judged_by_eye() {
    if folder().is_none() {
        println!("no corpus: skipped");
        return;
    }
    let forms = Forms::official();
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/corpus-findings.json");
    let judged: Json = serde_json::from_str(&fs::read_to_string(fixture).unwrap()).unwrap();
    let entries: BTreeMap<String, Json> = files(&folder().unwrap()).into_iter().collect();
    let read: BTreeMap<_, _> =
        entries.iter().map(|(name, entry)| (name, careful(name, entry, &judged[name.as_str()], &forms))).collect();
    let reports: BTreeMap<String, Report> =
        read.iter().map(|(name, (report, _))| ((*name).clone(), report.clone())).collect();
    let (mut failures, mut verdicts, mut rules) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    let (mut noticed, mut found_of_noticed) = (0, 0);
    for (name, (report, noted)) in &read {
        let judged = &judged[name.as_str()];
        let prior = prior(name, judged, &reports, report);
        let found = Check::new(report, prior.as_ref()).findings(report, Language::CHINESE);
        let findings = conclude(report, found, noted.iter().cloned());
        let keys: Vec<String> = findings.iter().map(key).collect();
        // A name in braces that nothing filled would be shown to people.
        let english = conclude(report, Check::new(report, prior.as_ref()).findings(report, Language::ENGLISH), []);
        let unfilled = findings.iter().chain(&english).filter(|finding| finding.message.contains(['{', '}']));
        failures.extend(unfilled.map(|finding| format!("{name}: a name is not filled: {}", finding.message)));
        let listed = judged["findings"].as_object().cloned().unwrap_or_default();
        for (key, finding) in keys.iter().zip(&findings) {
            match listed.get(key).and_then(Json::as_str) {
                Some(verdict) => {
                    *verdicts.entry((verdict.split(':').next().unwrap().to_owned(), finding.severity)).or_insert(0) +=
                        1;
                    *rules.entry(finding.rule.clone()).or_insert(0) += 1;
                    if verdict.starts_with("wrong") && finding.severity == Severity::Error {
                        failures.push(format!("{name}: a false error: {key}"));
                    }
                }
                None => failures.push(format!("{name}: not judged yet: {key}\n    {}", finding.message)),
            }
        }
        let gone = listed.keys().filter(|key| !keys.contains(key));
        failures.extend(gone.map(|key| format!("{name}: no longer found: {key}")));
        let seen = entries[*name]["noticed"].as_array().cloned().unwrap_or_default();
        let answers = judged["noticed"].as_array().cloned().unwrap_or_default();
        if seen.len() != answers.len() {
            failures.push(format!("{name}: {} noticed by eye, {} answered", seen.len(), answers.len()));
        }
        for answer in answers.iter().filter_map(Json::as_str).filter(|answer| !answer.starts_with("none: ")) {
            noticed += 1;
            found_of_noticed += usize::from(keys.iter().any(|key| key == answer));
            if !keys.iter().any(|key| key == answer) {
                failures.push(format!("{name}: noticed by eye, but not found: {answer}"));
            }
        }
    }
    println!("noticed by eye and within reach of a program: {noticed}; found {found_of_noticed}");
    verdicts.iter().for_each(|((verdict, severity), count)| println!("{count:4} {severity:?} {verdict}"));
    rules.iter().for_each(|(rule, count)| println!("{count:4} {rule}"));
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
