//! The laws of a row alone, and whether they may still hold while the row is read from its end.

use rust_decimal::Decimal;

use crate::form::{CellId, Form, Kind};
use crate::reconcile::Law;

/// A law of the row alone, by the places of its cells in the row.
pub struct OwnLaw {
    pub fixed: Decimal,
    /// For each place the factor of what stands there.
    pub factors: Vec<i64>,
    /// For each place, and one more, what the places before it may do.
    pub before: Vec<Before>,
}

/// What the cells before a place may do to the sum of a law.
#[derive(Clone, Copy, Default)]
pub struct Before {
    /// The largest factors with which they add and take away.
    pub more: i64,
    less: i64,
    /// Whether a number there may be worth more than its digits say.
    pub unbounded: bool,
    /// Whether each of them is a whole number that adds, or that takes away, just as it is.
    all_add: bool,
    all_take: bool,
}

impl OwnLaw {
    /// The laws of which all cells stand in the row.
    pub fn all<'a>(laws: impl Iterator<Item = &'a Law>, cells: &[CellId], form: &Form) -> Vec<OwnLaw> {
        laws.map(|law| {
            let factor =
                |cell: &CellId| law.terms.iter().find(|(known, _)| known == cell).map_or(0, |(_, factor)| *factor);
            let factors: Vec<i64> = cells.iter().map(factor).collect();
            let mut before = vec![Before { all_add: true, all_take: true, ..Before::default() }];
            for (cell, &factor) in cells.iter().zip(&factors) {
                let holds = &form.cell(*cell).holds;
                let (any, last) = (holds.kind == Kind::Change, before[before.len() - 1]);
                before.push(Before {
                    more: last.more.max(if any { factor.abs() } else { factor }),
                    less: last.less.max(if any { factor.abs() } else { -factor }),
                    unbounded: last.unbounded || factor != 0 && !holds.units.is_empty(),
                    all_add: last.all_add && holds.kind == Kind::Count && factor == 1,
                    all_take: last.all_take && holds.kind == Kind::Count && factor == -1,
                });
            }
            OwnLaw { fixed: law.fixed, factors, before }
        })
        .collect()
    }
}

/// Whether a law's sum may still come to nothing with so many cells before, for which so many characters are
/// left: these cannot spell numbers of more digits, nor all be shorter than they have to be.
pub fn may_close(sum: Decimal, before: Before, cells: usize, chars: usize, blanks: bool) -> bool {
    if before.unbounded {
        return true;
    }
    // The sum is largest where one number takes all the digits that the others can spare.
    let most = match blanks || chars < cells {
        true => power(chars),
        false => power(chars + 1 - cells).and_then(|most| most.checked_add(Decimal::from(10 * cells as u64))),
    };
    let within = |factor: i64, distance: Decimal| {
        let most = most.and_then(|most| most.checked_mul(factor.into()));
        factor > 0 && most.is_none_or(|most| most >= distance)
    };
    // One of them has at least the average number of digits.
    let average = chars.div_ceil(cells.max(1));
    let least = if cells > 0 && average > 1 { power(average - 1) } else { None }.unwrap_or_default();
    match sum {
        sum if sum.is_zero() => least.is_zero() || !(before.all_add || before.all_take),
        sum if sum > Decimal::ZERO => within(before.less, sum) && (!before.all_take || sum >= least),
        sum => within(before.more, -sum) && (!before.all_add || -sum >= least),
    }
}

/// A power of ten; `None` where it is larger than any number here.
fn power(digits: usize) -> Option<Decimal> {
    let power = 10i128.checked_pow(u32::try_from(digits).ok()?)?;
    Decimal::try_from_i128_with_scale(power, 0).ok()
}
