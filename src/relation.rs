//! 勾稽关系 over the figures of a report: what each side adds up to, and whether it holds.

use rust_decimal::Decimal;

use crate::form::{Instance, Operand, Side, Term};
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

/// The number that a term adds, without its sign.
pub fn figure(term: &Term, report: &Report, prior: Option<&Report>) -> Option<Decimal> {
    match &term.operand {
        Operand::Own(cell) => report.value(*cell).number(),
        Operand::Prior(address) => {
            let prior = prior?;
            prior.value(prior.form.find(address)?).number()
        }
    }
}

fn sum(instance: &Instance, side: Side, report: &Report, prior: Option<&Report>) -> Option<Decimal> {
    instance.side(side).try_fold(Decimal::ZERO, |sum, term| {
        let figure = figure(term, report, prior)?;
        if term.negative { sum.checked_sub(figure) } else { sum.checked_add(figure) }
    })
}

/// Evaluates a relation. Blank is not zero: with a blank cell it stays open.
pub fn evaluate(instance: &Instance, report: &Report, prior: Option<&Report>) -> Outcome {
    let side = |side| sum(instance, side, report, prior);
    match (side(Side::Left), side(Side::Right)) {
        (Some(left), Some(right)) if left == right => Outcome::Holds,
        (Some(left), Some(right)) if left.checked_sub(right).is_some() => Outcome::Fails { left, right },
        _ => Outcome::Open,
    }
}

/// Whether the left side is one cell of the report that is the plain sum of others: a total.
pub fn total_of(instance: &Instance) -> Option<crate::form::CellId> {
    let plain = |term: &Term| !term.negative && matches!(term.operand, Operand::Own(_));
    let mut left = instance.side(Side::Left);
    match (left.next(), left.next()) {
        (Some(Term { operand: Operand::Own(cell), negative: false, .. }), None)
            if instance.side(Side::Right).all(plain) =>
        {
            Some(*cell)
        }
        _ => None,
    }
}
