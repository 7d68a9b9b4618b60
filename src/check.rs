//! Checks a report: its cells, its relations, its layout and its headings.
//!
//! A [`Check`] keeps the outcome of every relation, so that a change re-checks only what it touches.

use crate::finding::Finding;
use crate::form::CellId;
use crate::language::Language;
use crate::report::Report;

/// The state of a check over one report.
pub struct Check;

impl Check {
    /// Checks a report, against last year's where that is given.
    pub fn new(_report: &Report, _prior: Option<&Report>) -> Check {
        Check
    }

    /// Re-checks what a changed cell touches.
    pub fn changed(&mut self, _report: &Report, _cell: CellId) {}

    /// How much there was to check.
    pub fn coverage(&self, _report: &Report) -> Coverage {
        Coverage::default()
    }

    /// The findings, the gravest first.
    pub fn findings(&self, _report: &Report, _language: Language) -> Vec<Finding> {
        Vec::new()
    }
}

/// How much of a report could be checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Relations whose every cell holds a number.
    pub relations_checked: usize,
    /// Relations that a blank cell, a text or the lack of last year's report leaves open.
    pub relations_open: usize,
    pub cells: usize,
    pub cells_filled: usize,
}
