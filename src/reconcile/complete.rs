//! Cells of which nothing is known, computed from what is: where a law has one number missing, it says
//! which; and where numbers that cannot be negative add up to nothing, each is 0.

use rust_decimal::Decimal;

use super::{Entry, Law, Laws};
use crate::form::{CellId, Form, Kind};

/// What must stand in cells of which nothing is known, as far as the laws say; none where they contradict
/// each other, or say what a cell cannot hold.
pub fn completed(laws: &Laws, known: &dyn Fn(CellId) -> Entry, cells: &[CellId]) -> Vec<(CellId, Decimal)> {
    let mut found: Vec<(CellId, Decimal)> = Vec::new();
    let touching: Vec<&Law> =
        laws.laws.iter().filter(|law| law.terms.iter().any(|(cell, _)| cells.contains(cell))).collect();
    loop {
        let before = found.len();
        for law in &touching {
            let Some(said) = says(law, laws.form, known, &found) else { return Vec::new() };
            for (cell, value) in said {
                if !found.iter().any(|(known, _)| *known == cell) {
                    found.push((cell, value));
                }
            }
        }
        if found.len() == before {
            break;
        }
    }
    found.retain(|(cell, _)| cells.contains(cell));
    found
}

/// What a law says of the cells that are missing in it; `None` where it does not hold, or asks for what
/// a cell cannot hold.
fn says(
    law: &Law,
    form: &Form,
    known: &dyn Fn(CellId) -> Entry,
    found: &[(CellId, Decimal)],
) -> Option<Vec<(CellId, Decimal)>> {
    let mut missing = Vec::new();
    let mut sum = law.fixed;
    for &(cell, factor) in &law.terms {
        let number = match found.iter().find(|(known, _)| *known == cell) {
            Some((_, value)) => Entry::Number(*value),
            None => known(cell),
        };
        match number {
            Entry::Nothing => {}
            Entry::Number(number) => sum = sum.checked_add(number.checked_mul(factor.into())?)?,
            Entry::Unknown => missing.push((cell, factor)),
        }
    }
    match missing[..] {
        [] => sum.is_zero().then(Vec::new),
        [(cell, factor)] if factor.abs() == 1 => {
            let value = (-sum * Decimal::from(factor)).normalize();
            may_hold(form, cell, value).then(|| vec![(cell, value)])
        }
        _ if sum.is_zero() && one_way(form, &missing) => {
            Some(missing.into_iter().map(|(cell, _)| (cell, Decimal::ZERO)).collect())
        }
        _ => Some(Vec::new()),
    }
}

/// Whether what is missing can only add, or only take away.
fn one_way(form: &Form, missing: &[(CellId, i64)]) -> bool {
    let first = missing.first().map_or(0, |(_, factor)| factor.signum());
    missing.iter().all(|(cell, factor)| factor.signum() == first && form.cell(*cell).holds.kind != Kind::Change)
}

/// Whether a number can stand in a cell: a count is whole, and only a change is negative.
pub fn may_hold(form: &Form, cell: CellId, value: Decimal) -> bool {
    let kind = form.cell(cell).holds.kind;
    (kind == Kind::Amount || value.fract().is_zero()) && (kind == Kind::Change || value >= Decimal::ZERO)
}
