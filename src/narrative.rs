//! What the texts of a report say about its figures: a small grammar over Chinese sentences.
//!
//! A text is cut into sentences and these into clauses. In a clause the words of the form
//! ([`Claims`](crate::form::Claims): what is counted, what was done with it, which kind of it) meet
//! numbers; whose figures they are and of which year is carried from clause to clause. What comes out
//! are claims: a place in the text, a number, and the cells whose sum it states. Whatever the grammar
//! is unsure about, such as another body's figures, another year's or a rounded number, makes no claim.
//!
//! The modules in reading order: [`number`] numbers as people write them, `passage` a text with its
//! places, `lexicon` the words of the grammar, `token` a sentence as tokens, `clause` from tokens to
//! claims, [`period`] years and spans that the text names.

use rust_decimal::Decimal;

use crate::form::Severity;
use crate::report::Report;

pub mod number;
pub mod period;

mod clause;
mod lexicon;
mod passage;
#[cfg(test)]
mod tests;
mod token;

pub use passage::Place;

/// A number that a text states of the tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    pub place: Place,
    /// Where the number itself stands; `None` where words say it: 全部办结.
    pub digits: Option<Place>,
    /// The table that it is about, as an index into [`Form::tables`](crate::form::Form::tables).
    pub table: usize,
    pub number: Decimal,
    /// What it may state, the likeliest first.
    pub readings: Vec<Reading>,
    /// `占51.85%` beside it.
    pub share: Option<Share>,
    /// `同比增长70.3%` beside it.
    pub growth: Option<Growth>,
    /// Whether the same sentence tells apart what comes from last year.
    pub told_apart: bool,
    /// Whether the sentence or its paragraph says that it is about this table.
    pub certain: bool,
}

/// A sum of cells: every row crosses every column.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub rows: Vec<usize>,
    pub columns: Vec<usize>,
    /// How bad it is where this is what the number states; `None` where that is fine.
    pub severity: Option<Severity>,
}

/// A share of the whole, in %.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    pub place: Place,
    /// Where the number itself stands.
    pub digits: Place,
    pub percent: Decimal,
}

/// A change against last year.
#[derive(Clone, Debug, PartialEq)]
pub struct Growth {
    pub place: Place,
    /// Negative where it went down.
    pub by: Decimal,
    /// Whether `by` is in %, or else a number of the thing that is counted.
    pub percent: bool,
}

/// A total in the text and its parts, which do not add up to it.
#[derive(Clone, Debug, PartialEq)]
pub struct OddSum {
    pub place: Place,
    pub total: Decimal,
    pub parts: Vec<Decimal>,
}

/// What the texts of a report say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    pub claims: Vec<Claim>,
    pub odd_sums: Vec<OddSum>,
}

/// How many claims of a report are read; no text that is meant to be read has a tenth of it.
const MOST_CLAIMS: usize = 1000;

/// Reads the texts of a report.
pub fn said(report: &Report) -> Said {
    let mut said = Said::default();
    let words = token::Words::of(&report.form, report.year);
    for (section, text) in &report.sections {
        clause::read(section, text, &words, report, &mut said);
    }
    said
}
