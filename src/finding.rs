//! What a check found: a sentence for people, the cells that take part, and the equation behind it.

use serde::Serialize;

pub use crate::form::Severity;

/// A finding, in the language in which the check was asked for. Its JSON has the first six keys
/// always, the others where there is something to say.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
    /// Which of the checks under the rule's name it comes from, where there are several: an office
    /// switches it off, or changes its severity, as `rule:code`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// The section that it belongs to, by id; `None` where it is about the whole report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The words of the report's text that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<Quote>,
    /// The arithmetic behind it, for a reader who asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub equation: Option<Equation>,
    /// The smallest changes that would make every relation hold. A single one is a suggestion; of
    /// several, any would do, and a person has to look.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<Repair>,
    /// The reason (情况说明) that the report gives for it; such a finding is settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

/// The place of the report's title among the sections that quotes name.
pub const TITLE_TEXT: &str = "title";

/// Words in the text of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// The section, by id, or [`TITLE_TEXT`].
    pub section: String,
    /// Where the words begin and end in the section's text, in Unicode characters.
    pub start: usize,
    pub end: usize,
    pub text: String,
}

/// One way to make every relation hold: the cells that would change together, mostly one, or numbers
/// in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Repair {
    pub changes: Vec<Change>,
    /// What would be written in the text in place of other words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<TextChange>,
    /// What the mistake looks like, as part of a sentence, such as “两个数字写颠倒了”; empty where it
    /// looks like nothing in particular.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// A figure as published and as it would have to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The address of the cell.
    pub cell: String,
    /// What stands there; empty for a blank cell.
    pub from: String,
    /// The number that would hold.
    pub to: String,
}

impl Repair {
    /// One that changes numbers in the text; none where there is nothing to change.
    pub fn of_texts(texts: Vec<TextChange>) -> Option<Repair> {
        (!texts.is_empty()).then(|| Repair { texts, ..Repair::default() })
    }
}

/// Words of a text, mostly a number, and what would stand in their place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextChange {
    /// The section, by id.
    pub section: String,
    /// Where the words begin and end in the section's text, in Unicode characters.
    pub start: usize,
    pub end: usize,
    pub from: String,
    pub to: String,
}

/// Both sides of a relation with the numbers that stand in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Equation {
    /// What must hold, in a few words.
    pub name: String,
    /// The notice or article that states it.
    pub basis: String,
    /// How the sides should compare: `=`, `≤`, `≥` or `≠`.
    pub sign: &'static str,
    pub left: Vec<Operand>,
    pub right: Vec<Operand>,
    pub left_sum: String,
    pub right_sum: String,
}

/// One number of an equation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Operand {
    pub source: Source,
    pub label: String,
    /// The number without sign and factor; empty where there is none.
    pub value: String,
    /// By what it is multiplied: -1 for a number that is subtracted.
    #[serde(skip_serializing_if = "is_one")]
    pub factor: i64,
    /// The numbers that it should be the sum of, where it is a total itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Operand>,
}

fn is_one(factor: &i64) -> bool {
    *factor == 1
}

/// Where a number of an equation comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// A cell of this report, by address.
    Cell(String),
    /// A cell of last year's report, by its address there.
    Prior(String),
    /// The words of the text with this place among the finding's quotes.
    Quote(usize),
    /// The rule itself.
    Rule,
}

impl Finding {
    /// A finding about the whole report, to be completed by its maker.
    pub fn new(rule: &str, severity: Severity, message: impl Into<String>) -> Finding {
        Finding::bare(rule, severity, message.into())
    }

    /// Kept out of line: it stands in a hundred places, and has fourteen fields.
    #[inline(never)]
    fn bare(rule: &str, severity: Severity, message: String) -> Finding {
        Finding {
            rule: rule.to_owned(),
            severity,
            message,
            cells: Vec::new(),
            expected: None,
            actual: None,
            code: String::new(),
            section: None,
            quotes: Vec::new(),
            equation: None,
            repairs: Vec::new(),
            answer: None,
        }
    }

    /// The same with the code of its check.
    #[inline(never)]
    pub fn coded(mut self, code: &str) -> Finding {
        self.code = code.to_owned();
        self
    }

    /// The same, about a section.
    #[inline(never)]
    pub fn in_section(mut self, section: &str) -> Finding {
        self.section = Some(section.to_owned());
        self
    }

    /// The same, about words of a text.
    #[inline(never)]
    pub fn quoting(mut self, quotes: Vec<Quote>) -> Finding {
        self.quotes = quotes;
        self
    }

    /// The same, about cells.
    #[inline(never)]
    pub fn about(mut self, cells: Vec<String>) -> Finding {
        self.cells = cells;
        self
    }

    /// The same, comparing what stands there with what should.
    #[inline(never)]
    pub fn comparing(mut self, actual: Option<String>, expected: Option<String>) -> Finding {
        (self.actual, self.expected) = (actual, expected);
        self
    }

    /// The same, with ways to repair it.
    #[inline(never)]
    pub fn repaired_by(mut self, repairs: Vec<Repair>) -> Finding {
        self.repairs = repairs;
        self
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

/// How many findings there are of each severity, without those that are answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    /// Findings for which the report gives a reason.
    pub answered: usize,
}

impl Tally {
    pub fn of(findings: &[Finding]) -> Tally {
        let open = |finding: &&Finding| finding.answer.is_none();
        let count = |severity| findings.iter().filter(open).filter(|finding| finding.severity == severity).count();
        Tally {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            answered: findings.iter().filter(|finding| finding.answer.is_some()).count(),
        }
    }
}
