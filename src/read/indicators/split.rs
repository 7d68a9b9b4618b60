//! Figures that run together, taken apart by what must hold: relations of the form, last year's report, and
//! the numbers that the text states. Where more than one way remains, none is taken.

use rust_decimal::Decimal;

use crate::form::{CellId, Instance, Operand};
use crate::relation::{Outcome, evaluate};
use crate::report::Report;
use crate::value::{self, Value};

/// More digits are no figures.
const LONGEST: usize = 40;

/// How many combinations of ways a relation is tried with.
const MOST: usize = 4096;

/// Figures that run together, with the ways in which they may be meant.
#[derive(Clone, Debug)]
pub struct Glued {
    /// The cells that they are for, in order.
    pub cells: Vec<CellId>,
    pub unit: String,
    pub ways: Vec<Vec<Decimal>>,
}

/// Every way to take digits apart into so many numbers as people write them: without leading zeros.
pub fn ways(digits: &str, count: usize) -> Vec<Vec<Decimal>> {
    if digits.len() > LONGEST || !digits.is_ascii() || count == 0 {
        return Vec::new();
    }
    if count == 1 {
        return number(digits).map(|number| vec![vec![number]]).unwrap_or_default();
    }
    let first = |at: usize| {
        let number = number(&digits[..at]);
        let rest = number.map(|number| (number, ways(&digits[at..], count - 1)));
        rest.into_iter().flat_map(|(number, rest)| {
            rest.into_iter().map(move |rest| [number].into_iter().chain(rest).collect::<Vec<_>>())
        })
    };
    (1..digits.len()).flat_map(first).collect()
}

fn number(digits: &str) -> Option<Decimal> {
    let padded = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    value::number(digits).filter(|_| !padded && digits.starts_with(|c: char| c.is_ascii_digit()))
}

/// Leaves of each the ways that what must hold allows. The report holds what is known; the numbers that the
/// text states come with their units.
pub fn narrow(glued: &mut [Glued], report: &Report, prior: Option<&Report>, stated: &[(Decimal, String)]) {
    let prior = prior.filter(|prior| match (prior.year, report.year) {
        (Some(last), Some(year)) => last.checked_add(1) == Some(year),
        _ => true,
    });
    let mut search = Search { glued, scratch: report.clone(), prior };
    loop {
        while search.by_relations(false) {}
        if !search.by_relations(true) && !search.by_text(stated) {
            return;
        }
    }
}

struct Search<'a> {
    glued: &'a mut [Glued],
    scratch: Report,
    prior: Option<&'a Report>,
}

impl Search<'_> {
    /// Drops ways with which a relation cannot hold; one that holds with none of them tells nothing. Says
    /// whether any was dropped.
    fn by_relations(&mut self, with_prior: bool) -> bool {
        let form = self.scratch.form.clone();
        let mut dropped = false;
        for instance in form.instances.iter().filter(|instance| instance.needs_prior() == with_prior) {
            dropped |= self.by_relation(instance);
        }
        dropped
    }

    fn by_relation(&mut self, instance: &Instance) -> bool {
        let part = |glued: &Glued| {
            let own = |operand: &Operand| matches!(operand, Operand::Own(cell) if glued.cells.contains(cell));
            let terms = instance.terms.iter().map(|term| &term.operand);
            terms.chain(instance.conditions.iter().map(|condition| &condition.operand)).any(own)
        };
        let parts: Vec<usize> = (0..self.glued.len()).filter(|at| part(&self.glued[*at])).collect();
        let counts: Vec<usize> = parts.iter().map(|at| self.glued[*at].ways.len()).collect();
        let all = counts.iter().try_fold(1usize, |all, count| all.checked_mul(*count));
        let open = counts.iter().any(|count| *count > 1);
        let Some(all) = all.filter(|all| open && (1..=MOST).contains(all)) else { return false };
        let mut holds: Vec<Vec<bool>> = counts.iter().map(|count| vec![false; *count]).collect();
        for combination in 0..all {
            let mut rest = combination;
            let chosen: Vec<usize> = counts
                .iter()
                .map(|count| {
                    let choice = rest % count;
                    rest /= count;
                    choice
                })
                .collect();
            for (at, choice) in parts.iter().zip(&chosen) {
                let Glued { cells, ways, .. } = &self.glued[*at];
                for (cell, number) in cells.iter().zip(&ways[*choice]) {
                    self.scratch.set(*cell, Value::Number(*number));
                }
            }
            match evaluate(instance, &self.scratch, self.prior) {
                Outcome::Holds => chosen.iter().zip(&mut holds).for_each(|(choice, holds)| holds[*choice] = true),
                Outcome::Fails { .. } => {}
                Outcome::Open => return false,
            }
        }
        if holds.iter().any(|holds| !holds.contains(&true)) {
            return false;
        }
        for (at, holds) in parts.iter().zip(&holds) {
            let mut keep = holds.iter();
            self.glued[*at].ways.retain(|_| keep.next() == Some(&true));
        }
        holds.iter().any(|holds| holds.contains(&false))
    }

    /// Keeps the ways of which the first figure stands in the text with the same unit.
    fn by_text(&mut self, stated: &[(Decimal, String)]) -> bool {
        let mut dropped = false;
        for glued in self.glued.iter_mut().filter(|glued| glued.ways.len() > 1 && !glued.unit.is_empty()) {
            let said = |way: &Vec<Decimal>| {
                way.first()
                    .is_some_and(|first| stated.iter().any(|(number, unit)| number == first && *unit == glued.unit))
            };
            let kept: Vec<_> = glued.ways.iter().filter(|way| said(way)).cloned().collect();
            if !kept.is_empty() && kept.len() < glued.ways.len() {
                glued.ways = kept;
                dropped = true;
            }
        }
        dropped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_come_apart_in_every_way_that_people_write() {
        let check = |digits: &str, count, expect: &[&str]| {
            let shown = |way: Vec<Decimal>| way.iter().map(Decimal::to_string).collect::<Vec<_>>().join(" ");
            let shown: Vec<_> = ways(digits, count).into_iter().map(shown).collect();
            assert_eq!(shown, expect, "{digits}");
        };
        check("00", 2, &["0 0"]);
        check("01", 2, &["0 1"]);
        check("1000", 2, &["100 0"]);
        check("206912", 2, &["20 6912", "206 912", "2069 12", "20691 2"]);
        check("12", 1, &["12"]);
        check("012", 1, &[]);
        check("12.50", 2, &["1 2.50", "12.5 0"]);
        check("", 2, &[]);
        check(&"1".repeat(41), 2, &[]);
    }
}
