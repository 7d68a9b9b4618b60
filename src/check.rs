//! Checks a report: its cells, its relations, its layout and its headings.
//!
//! A [`Check`] keeps the outcome of every relation and what the texts say, so that a changed figure
//! re-checks only what it touches; after a change of a text one checks anew. Sentences are made only when findings are asked for.

use crate::finding::{self, Finding, Severity};
use crate::form::{CellId, Compare, Instance, Relation};
use crate::language::Language;
use crate::narrative::Said;
use crate::relation::{self, Outcome};
use crate::report::Report;

mod cause;
mod cells;
mod links;
mod narrative;
mod prior;
mod repair;
mod sentence;
mod template;
#[cfg(test)]
mod tests;
mod texts;

use narrative::Comparison;

pub use links::{Link, Standing};
pub use sentence::cell_label;
pub use texts::{Point, length};

/// The state of a check over one report.
#[derive(Debug)]
pub struct Check {
    outcomes: Vec<Outcome>,
    /// What the texts say of the figures. Only figures change in the life of a check.
    said: Said,
    /// Last year's report, where it is one that this report can be compared with.
    prior: Option<Report>,
    /// Why last year's report cannot be compared, or only with care.
    prior_doubt: Option<prior::Doubt>,
}

/// How much of a report could be checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Relations whose every cell holds a number.
    pub relations_checked: usize,
    /// Relations that a blank cell or a text leaves open. Those that need last year's report
    /// count only where it is given.
    pub relations_open: usize,
    pub cells: usize,
    pub cells_filled: usize,
}

impl Check {
    /// Checks a report, against last year's where that is given.
    pub fn new(report: &Report, prior: Option<&Report>) -> Check {
        let prior_doubt = prior.and_then(|prior| prior::doubt(report, prior));
        let comparable = prior_doubt.as_ref().is_none_or(|doubt| doubt.comparable);
        let prior = prior.filter(|_| comparable).cloned();
        let evaluate = |instance: &Instance| relation::evaluate(instance, report, prior.as_ref());
        let outcomes = report.form.instances.iter().map(evaluate).collect();
        Check { outcomes, said: crate::narrative::said(report), prior, prior_doubt }
    }

    /// Re-checks what a changed cell touches.
    pub fn changed(&mut self, report: &Report, cell: CellId) {
        for &index in report.form.touching(cell) {
            self.outcomes[index] = relation::evaluate(&report.form.instances[index], report, self.prior.as_ref());
        }
    }

    /// The numbers of the texts that state figures of the tables.
    pub fn links(&self, report: &Report) -> Vec<Link> {
        self.comparison(report, Language::default()).links()
    }

    /// What the notice requires of the text of a section, point by point.
    pub fn points(&self, report: &Report, section: &str) -> Vec<Point> {
        texts::points(report, self.prior.as_ref(), section)
    }

    fn comparison<'a>(&'a self, report: &'a Report, language: Language) -> Comparison<'a> {
        Comparison { report, said: &self.said, outcomes: &self.outcomes, prior: self.prior.as_ref(), language }
    }

    /// How much there was to check.
    pub fn coverage(&self, report: &Report) -> Coverage {
        let form = &*report.form;
        // Nothing is a law where a report's rows are its own; there the equations count that are asked about.
        let counts = |relation: &Relation| relation.is_law() || form.open && relation.compare == Compare::Equal;
        let all = form.instances.iter().zip(&self.outcomes);
        let due = all.filter(|(instance, _)| counts(&form.relations[instance.relation]));
        let due = due.filter(|(instance, _)| self.prior.is_some() || !instance.needs_prior());
        let (open, checked): (Vec<_>, Vec<_>) = due.partition(|(_, outcome)| **outcome == Outcome::Open);
        Coverage {
            relations_checked: checked.len(),
            relations_open: open.len(),
            cells: report.form.cell_count(),
            cells_filled: report.form.cells().filter(|(cell, _)| report.value(*cell).number().is_some()).count(),
        }
    }

    /// The failing relations that are no laws of the form, but what its makers would query.
    fn doubtful(&self, report: &Report) -> impl Iterator<Item = usize> {
        let form = report.form.clone();
        let law = move |index: &usize| form.relations[form.instances[*index].relation].is_law();
        let failing = self.outcomes.iter().enumerate().filter(|(_, outcome)| outcome.difference().is_some());
        failing.map(|(index, _)| index).filter(move |index| !law(index))
    }

    /// The findings, the gravest first and then in the order of the form.
    pub fn findings(&self, report: &Report, language: Language) -> Vec<Finding> {
        let mut findings = Vec::new();
        template::findings(report, language, &mut findings);
        findings.extend(self.prior_doubt.as_ref().map(|doubt| doubt.finding(language)));
        for cause in cause::causes(report, self.prior.as_ref(), &self.outcomes) {
            findings.push(sentence::relation_finding(report, self.prior.as_ref(), &self.outcomes, &cause, language));
        }
        for index in self.doubtful(report) {
            let cause = cause::Cause { instances: vec![index], repair: None };
            findings.push(sentence::relation_finding(report, self.prior.as_ref(), &self.outcomes, &cause, language));
        }
        cells::findings(report, language, &mut findings);
        texts::findings(report, self.prior.as_ref(), language, &mut findings);
        narrative::findings(&self.comparison(report, language), &mut findings);
        in_order(findings, |finding| (finding.severity, finding.section.is_some()))
    }
}

/// Items in the order of a key, those with the same key as they came. They are few; the standard
/// sort would add four kilobytes to the module for each kind of item.
fn in_order<T, K: Ord>(items: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut ordered: Vec<T> = Vec::with_capacity(items.len());
    for item in items {
        let place = ordered.iter().rposition(|before| key(before) <= key(&item)).map_or(0, |at| at + 1);
        ordered.insert(place, item);
    }
    ordered
}

/// Checks a report once: see [`Check`] for one that follows changes.
pub fn check(report: &Report, prior: Option<&Report>, language: Language) -> Vec<Finding> {
    conclude(report, Check::new(report, prior).findings(report, language), [])
}

/// What is said in the end: what the check found and what the reading noted, each thing once, with
/// the severities that the form's rules give and the reasons that the report gives.
pub fn conclude(report: &Report, found: Vec<Finding>, noted: impl IntoIterator<Item = Finding>) -> Vec<Finding> {
    let mut findings = finding::merge(found, noted);
    let ruled = |finding: &Finding| {
        let key = format!("{}:{}", finding.rule, finding.code);
        let of = |name: &str| report.form.severities.iter().find(|(known, _)| known == name).map(|(_, given)| *given);
        of(&key).or_else(|| of(&finding.rule)).unwrap_or(Some(finding.severity))
    };
    if !report.form.severities.is_empty() {
        findings.retain_mut(|finding| {
            let severity = ruled(finding);
            finding.severity = severity.unwrap_or(finding.severity);
            severity.is_some()
        });
        findings = in_order(findings, |finding| finding.severity);
    }
    report.settle(&mut findings);
    findings
}

/// Whether a report is last year's report of the same body, as far as year and name tell.
pub fn follows(report: &Report, prior: &Report) -> bool {
    prior::doubt(report, prior).is_none()
}

/// Whether any finding is an error.
pub fn has_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
