//! What a check found: a sentence for people, the cells that take part, and the equation behind it.

use serde::{Deserialize, Serialize};

pub use crate::form::Severity;

use crate::form::CellId;

/// A finding, in the language in which the check was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The name of the rule, such as `requests.balance`.
    pub rule: String,
    pub severity: Severity,
    /// A whole sentence: where, both values, the difference, what to do.
    pub message: String,
    /// The addresses of all cells that take part, the likeliest culprit first.
    pub cells: Vec<String>,
    /// What should stand there, where the rule compares two exact values.
    pub expected: Option<String>,
    /// What does stand there.
    pub actual: Option<String>,
    /// The arithmetic behind it, for a reader who asks.
    #[serde(skip)]
    pub equation: Option<Equation>,
    /// The section that it belongs to, by id; `None` where it is about the whole report.
    #[serde(skip)]
    pub section: Option<String>,
}

/// Both sides of a relation with the numbers that stand in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Equation {
    /// What must hold, in a few words.
    pub name: String,
    /// The notice or article that states it.
    pub basis: String,
    pub left: Vec<Operand>,
    pub right: Vec<Operand>,
    pub left_sum: String,
    pub right_sum: String,
}

/// One number of an equation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operand {
    /// The cell of this report that holds it; `None` where it is last year's.
    pub cell: Option<CellId>,
    pub label: String,
    pub value: String,
    pub negative: bool,
}

impl Finding {
    /// A finding about the whole report, to be completed by its maker.
    pub fn new(rule: impl Into<String>, severity: Severity, message: impl Into<String>) -> Finding {
        Finding {
            rule: rule.into(),
            severity,
            message: message.into(),
            cells: Vec::new(),
            expected: None,
            actual: None,
            equation: None,
            section: None,
        }
    }
}

/// Puts further findings behind those that are equally grave, each thing once. `findings` stand
/// the gravest first, and so does what comes of it.
pub fn merge(mut findings: Vec<Finding>, others: impl IntoIterator<Item = Finding>) -> Vec<Finding> {
    for other in others {
        let same = |known: &Finding| known.rule == other.rule && known.message == other.message;
        if !findings.iter().any(same) {
            let at = findings.partition_point(|known| known.severity <= other.severity);
            findings.insert(at, other);
        }
    }
    findings
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
}

impl Tally {
    pub fn of(findings: &[Finding]) -> Tally {
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        Tally { errors: count(Severity::Error), warnings: count(Severity::Warning), infos: count(Severity::Info) }
    }
}
