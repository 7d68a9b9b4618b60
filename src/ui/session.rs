//! What there is to show, as plain data: a report with its check, or why there is none.

use std::rc::Rc;

use super::reading::Reading;
use super::wording::{Scope, Words};
use crate::check::{Check, Coverage, conclude};
use crate::finding::{Finding, Severity, Tally};
use crate::language::Language;
use crate::report::Report;

/// What the element shows.
#[derive(Clone)]
pub enum Screen {
    /// There is nothing to read.
    Empty,
    Loading,
    /// Why there is no report, and what to do, in a sentence.
    Failed(String),
    Report(Rc<Session>),
}

/// A report with what was found in it, in one language.
pub struct Session {
    pub report: Report,
    /// The gravest first.
    pub findings: Vec<Finding>,
    pub coverage: Coverage,
    pub scope: Scope,
    /// What the reading could not put anywhere.
    pub leftover: Vec<String>,
}

impl Session {
    /// Checks what was read. Last year's report, where one was asked for, may not have been
    /// readable: its sentence becomes a finding.
    pub fn new(reading: Reading, prior: Option<Result<Report, String>>, language: Language) -> Session {
        let Reading { report, findings, mut leftover } = reading;
        let (prior, unread) = match prior {
            Some(Ok(prior)) => (Some(prior), None),
            Some(Err(reason)) => (None, Some(prior_unread(&reason, language))),
            None => (None, None),
        };
        let check = Check::new(&report, prior.as_ref());
        let found = check.findings(&report, language);
        let scope = Scope { year: report.year.is_some(), headings: report.headings.is_some(), prior: prior.is_some() };
        let unknown = report.unknown_figures.iter();
        leftover.extend(unknown.map(|(address, figure)| format!("{address}：{figure}")));
        let coverage = check.coverage(&report);
        let findings = conclude(&report, found, unread.into_iter().chain(findings));
        Session { findings, coverage, scope, leftover, report }
    }

    pub fn tally(&self) -> Tally {
        Tally::of(&self.findings)
    }

    /// The gravest severity that was found.
    pub fn gravest(&self) -> Option<Severity> {
        self.findings.first().map(|finding| finding.severity)
    }
}

fn prior_unread(reason: &str, language: Language) -> Finding {
    Finding::new("carry-over", Severity::Warning, Words(language).prior_unread(reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;

    fn reading() -> Reading {
        Reading::from_reader(READ, &Forms::official(), Language::Chinese).unwrap()
    }

    const READ: &str = r#"{
        "report": {"form": "gongkai-2021", "agency": "某镇", "year": 2023, "figures": {"x.y.z": 1}},
        "findings": [
            {"rule": "read", "severity": "error", "message": "一", "cells": [], "expected": null, "actual": null},
            {"rule": "read", "severity": "error", "message": "一", "cells": [], "expected": null, "actual": null}
        ],
        "leftover": ["注：含上年结转。"]
    }"#;

    #[test]
    fn what_the_reading_found_comes_once_and_in_its_place() {
        let session = Session::new(reading(), None, Language::Chinese);
        assert_eq!(session.findings.iter().filter(|finding| finding.rule == "read").count(), 1);
        assert!(session.findings.is_sorted_by_key(|finding| finding.severity));
        assert_eq!(session.leftover, ["注：含上年结转。", "x.y.z：1"]);
    }

    #[test]
    fn an_unreadable_report_of_last_year_is_a_finding() {
        let session = Session::new(reading(), Some(Err("没有取到。".to_owned())), Language::Chinese);
        assert!(session.findings.iter().any(|finding| finding.message.ends_with("没有取到。")));
        assert!(!session.scope.prior);
    }
}
