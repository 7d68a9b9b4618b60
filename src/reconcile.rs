//! Figures that can be read in several ways, reconciled (勾稽) with the form: of all readings those that
//! satisfy every law.
//!
//! A form's laws overlap like the checks of an error-correcting code: a figure stands in the sum of its
//! row, in that of its column, and in the balance. So where digits have run together or places were lost,
//! mostly one reading alone satisfies them all. Nothing is guessed: every candidate of every row is
//! kept until a law excludes it, all rows are looked at together, and what remains is counted exactly.
//!
//! The ways from candidates to an answer, cheapest first: rows that no law ties together are told apart;
//! for each law the sums are built up from both ends, and a candidate that is part of no sum that closes
//! is dropped ([`equation`]); what is still open is walked through row by row, with all that differs
//! between the laws' sums as the state ([`trellis`]). Both are bounded: a group that is too large is
//! said to be so, and never answered wrongly.

use rust_decimal::Decimal;

use crate::form::CellId;

mod complete;
mod equation;
mod law;
mod nearest;
#[cfg(test)]
mod tests;
mod trellis;

pub use complete::{completed, may_hold};
pub use law::{Law, Laws};
pub use nearest::{Nearest, nearest};

use equation::Equation;

/// How many readings are listed; of more, only their number is told.
pub const TOLD: usize = 6;

/// What stands in a cell, as far as a sum goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Nothing: it adds nothing to a sum, and stays blank.
    Nothing,
    /// A number, in the first of the cell's units where a report writes the unit.
    Number(Decimal),
    /// Something that is not known. A law with it still says what the sum of the others cannot exceed.
    Unknown,
}

/// Cells that were read together, mostly a row, with every way in which they can be read.
#[derive(Clone, Debug)]
pub struct OpenRow {
    pub cells: Vec<CellId>,
    /// Each says what stands in every one of the cells, in their order.
    pub readings: Vec<Vec<Entry>>,
}

/// Open rows that hang together by the laws that are still open between them, and what came of them.
#[derive(Clone, Debug)]
pub struct Group {
    /// The rows by their places in what was asked.
    pub rows: Vec<usize>,
    /// The laws that one of these rows stands in, as instances of the form.
    pub laws: Vec<usize>,
    pub verdict: Verdict,
}

/// How many readings of a group satisfy every law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Some {
        /// How many; the largest number stands for any that is larger.
        count: u64,
        /// For each row of the group the readings that are part of at least one of them.
        remaining: Vec<Vec<usize>>,
        /// All of them, a reading for each row, where there are at most [`TOLD`].
        told: Vec<Vec<usize>>,
    },
    /// None does.
    None,
    /// It would take too long to tell.
    TooMany {
        /// For each row the readings that no single law excludes.
        remaining: Vec<Vec<usize>>,
    },
}

impl Group {
    /// The readings of a row of the group that remain possible; none where no reading satisfies the laws.
    pub fn remaining(&self, row: usize) -> &[usize] {
        let place = self.rows.iter().position(|known| *known == row);
        match (&self.verdict, place) {
            (Verdict::Some { remaining, .. } | Verdict::TooMany { remaining }, Some(place)) => &remaining[place],
            _ => &[],
        }
    }
}

/// Finds the readings of open rows that satisfy the laws together with what is known of all other cells.
/// A row without readings counts as unknown and is in no group.
pub fn reconcile(laws: &Laws, known: &dyn Fn(CellId) -> Entry, rows: &[OpenRow]) -> Vec<Group> {
    // Most reports have no row that is open.
    if rows.is_empty() {
        return Vec::new();
    }
    let equations = equation::compile(laws, known, rows);
    let live: Vec<Vec<usize>> = rows.iter().map(|row| (0..row.readings.len()).collect()).collect();
    let asked: Vec<usize> = (0..rows.len()).filter(|row| !live[*row].is_empty()).collect();
    let mut groups = Vec::new();
    for group in equation::groups(&equations, &asked, &live) {
        solve(&equations, group, &live, &mut groups);
    }
    groups
}

/// Solves rows that hang together. Once some candidates are dropped, they may fall apart.
fn solve(equations: &[Equation], rows: Vec<usize>, live: &[Vec<usize>], groups: &mut Vec<Group>) {
    let laws = |rows: &[usize]| equation::laws_of(equations, rows);
    let own = equation::within(equations, &rows, live);
    let mut narrowed = live.to_vec();
    if !equation::narrow(&own, &rows, &mut narrowed) {
        groups.push(Group { laws: laws(&rows), rows, verdict: Verdict::None });
        return;
    }
    let mut found = Vec::new();
    for part in equation::groups(&own, &rows, &narrowed) {
        let verdict = trellis::verdict(&equation::within(&own, &part, &narrowed), &part, &narrowed);
        if verdict == Verdict::None {
            groups.push(Group { laws: laws(&rows), rows, verdict });
            return;
        }
        found.push(Group { laws: laws(&part), rows: part, verdict });
    }
    groups.append(&mut found);
}
