//! 勾稽关系 over the figures of a report: what each side adds up to, and whether it holds.

use rust_decimal::Decimal;

use crate::form::{CellId, Compare, Condition, Instance, Operand, Side};
use crate::report::Report;

/// How a relation stands in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Holds,
    Fails {
        left: Decimal,
        right: Decimal,
    },
    /// A cell of it holds no number, or last year's report is not there.
    Open,
}

impl Outcome {
    /// Left minus right, where it fails.
    pub fn difference(self) -> Option<Decimal> {
        match self {
            Outcome::Fails { left, right } => Some(left - right),
            _ => None,
        }
    }
}

/// The number of an operand, in the first of the cell's units where the report writes the unit; `None`
/// where there is no number, or no unit where one is needed.
pub fn figure(operand: &Operand, report: &Report, prior: Option<&Report>) -> Option<Decimal> {
    match operand {
        Operand::Own(cell) => amount(*cell, report),
        Operand::Prior(address) => prior.and_then(|prior| amount(prior.form.find(address)?, prior)),
        Operand::Fixed(number) => Some((*number).into()),
    }
}

fn amount(cell: CellId, report: &Report) -> Option<Decimal> {
    let number = report.value(cell).number()?;
    let units = &report.form.cell(cell).holds.units;
    if units.is_empty() || number.is_zero() {
        return Some(number);
    }
    let unit = report.unit(cell)?;
    let (_, worth) = units.iter().find(|(known, _)| known == unit)?;
    number.checked_mul((*worth).into())
}

fn sum(instance: &Instance, side: Side, report: &Report, prior: Option<&Report>) -> Option<Decimal> {
    instance.side(side).try_fold(Decimal::ZERO, |sum, term| {
        sum.checked_add(figure(&term.operand, report, prior)?.checked_mul(term.factor.into())?)
    })
}

fn compares(left: Decimal, compare: Compare, right: Decimal) -> bool {
    match compare {
        Compare::Equal => left == right,
        Compare::AtMost => left <= right,
        Compare::AtLeast => left >= right,
        Compare::Differ => left != right,
    }
}

/// Evaluates a relation. Blank is not zero: with a blank cell it stays open, and so does one that
/// says nothing about this report.
pub fn evaluate(instance: &Instance, report: &Report, prior: Option<&Report>) -> Outcome {
    let relation = &report.form.relations[instance.relation];
    if relation.agencies.as_ref().is_some_and(|agencies| !agencies.include(&report.agency)) {
        return Outcome::Open;
    }
    // A total of what is filled in so far says nothing yet, but to its own law, which waits for the blanks.
    let waits = |operand: &Operand| match operand {
        Operand::Own(cell) => report.is_partial(*cell) && instance.total != Some(*cell),
        _ => false,
    };
    let mut operands = instance.terms.iter().map(|term| &term.operand);
    if operands.any(waits) || instance.conditions.iter().any(|condition| waits(&condition.operand)) {
        return Outcome::Open;
    }
    for Condition { operand, compare, number } in &instance.conditions {
        match figure(operand, report, prior) {
            Some(figure) if compares(figure, *compare, (*number).into()) => {}
            _ => return Outcome::Open,
        }
    }
    let side = |side| sum(instance, side, report, prior);
    match (side(Side::Left), side(Side::Right)) {
        (Some(left), Some(right)) if compares(left, relation.compare, right) => Outcome::Holds,
        (Some(left), Some(right)) if left.checked_sub(right).is_some() => Outcome::Fails { left, right },
        _ => Outcome::Open,
    }
}
