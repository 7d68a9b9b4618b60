//! From failing relations to their causes, so that one mistake is told once.
//!
//! Relations overlap: a wrong cell breaks its row, its column and the balance; and the 总计 column
//! follows from the others. A cause is either the smallest change that makes several failing
//! relations hold and breaks none, or a failing relation that does not follow from the others.

use super::in_order;
use super::repair::{Search, Way};
use crate::form::{CellId, Instance, Operand, Term};
use crate::relation::{self, Outcome};
use crate::report::Report;

/// One cause: the failing relations that it explains, the first of which is told.
#[derive(Debug, PartialEq)]
pub struct Cause {
    pub instances: Vec<usize>,
    /// The smallest changes that explain them all, the likeliest first; empty where there are too
    /// many to tell, `None` where no small one does.
    pub repair: Option<Vec<Way>>,
}

pub fn causes(report: &Report, prior: Option<&Report>, outcomes: &[Outcome]) -> Vec<Cause> {
    let form = &*report.form;
    let law = |index: usize| form.relations[form.instances[index].relation].is_law();
    let failing = |index: &usize| law(*index) && outcomes[*index].difference().is_some();
    if !(0..outcomes.len()).any(|index| failing(&index)) {
        return Vec::new();
    }
    let mut search = Search::new(report, outcomes);
    let (mut causes, mut left) = (Vec::new(), Vec::new());
    while let Some(group) = search.group(&left) {
        let explained = search.explain(&group);
        if explained.is_empty() {
            left.extend(group);
        }
        causes.extend(explained.into_iter().map(|found| Cause { instances: found.laws, repair: Some(found.ways) }));
    }
    left.retain(|law| !causes.iter().any(|cause: &Cause| cause.instances.contains(law)));
    if !left.is_empty() {
        add_independent(report, prior, outcomes, &in_order(left, |law| *law), &mut causes);
    }
    in_order(causes, |cause| cause.instances[0])
}

/// The factor of a number in left minus right.
pub fn factor(term: &Term) -> i64 {
    term.signed_factor()
}

/// The cells of this report that take part, with their factors in left minus right.
pub fn own_terms(instance: &Instance) -> impl Iterator<Item = (CellId, i64)> {
    instance.terms.iter().filter_map(|term| match term.operand {
        Operand::Own(cell) => Some((cell, factor(term))),
        _ => None,
    })
}

/// Adds the failing relations that do not follow from the others; one that does goes with the
/// first cause of its own kind.
fn add_independent(
    report: &Report,
    prior: Option<&Report>,
    outcomes: &[Outcome],
    failing: &[usize],
    causes: &mut Vec<Cause>,
) {
    let instances = &report.form.instances;
    let mut basis = Basis::knowing(report, prior);
    for (index, outcome) in outcomes.iter().enumerate() {
        let law = report.form.relations[instances[index].relation].is_law();
        if law && *outcome == Outcome::Holds || causes.iter().any(|cause| cause.instances.contains(&index)) {
            basis.add(&instances[index]);
        }
    }
    for &index in failing {
        let same_kind = |cause: &&mut Cause| instances[cause.instances[0]].relation == instances[index].relation;
        let follows = !basis.add(&instances[index]);
        match causes.iter_mut().find(same_kind) {
            Some(cause) if follows => cause.instances.push(index),
            _ => causes.push(Cause { instances: vec![index], repair: None }),
        }
    }
}

/// Linearly independent relations, as rows over the cells of this year's and last year's report,
/// modulo a prime: the factors are ±1, so that a large prime tells dependence as exactly as
/// fractions would.
struct Basis<'a> {
    report: &'a Report,
    prior: Option<&'a Report>,
    rows: Vec<(usize, Vec<i64>)>,
}

const PRIME: i64 = 2_147_483_647;

impl<'a> Basis<'a> {
    /// Begins with what holds within last year's report.
    fn knowing(report: &'a Report, prior: Option<&'a Report>) -> Basis<'a> {
        let mut basis = Basis { report, prior, rows: Vec::new() };
        let Some(last) = prior else { return basis };
        let first = report.form.cell_count();
        for instance in &last.form.instances {
            let law = last.form.relations[instance.relation].is_law();
            if law && relation::evaluate(instance, last, None) == Outcome::Holds {
                let mut row = basis.blank_row();
                own_terms(instance).for_each(|(cell, factor)| row[first + cell.index()] += factor);
                basis.add_row(row);
            }
        }
        basis
    }

    fn blank_row(&self) -> Vec<i64> {
        vec![0; self.report.form.cell_count() + self.prior.map_or(0, |prior| prior.form.cell_count())]
    }

    /// Adds a relation; `false` where it follows from those that are there.
    fn add(&mut self, instance: &Instance) -> bool {
        let mut row = self.blank_row();
        for term in &instance.terms {
            let at = match &term.operand {
                Operand::Own(cell) => Some(cell.index()),
                Operand::Prior(address) => self
                    .prior
                    .and_then(|prior| prior.form.find(address))
                    .map(|cell| self.report.form.cell_count() + cell.index()),
                Operand::Fixed(_) => None,
            };
            if let Some(at) = at {
                row[at] += factor(term);
            }
        }
        self.add_row(row)
    }

    fn add_row(&mut self, mut row: Vec<i64>) -> bool {
        for (pivot, known) in &self.rows {
            let times = row[*pivot].rem_euclid(PRIME);
            if times != 0 {
                let reduced = row.iter().zip(known).map(|(value, known)| (value - times * known).rem_euclid(PRIME));
                row = reduced.collect();
            }
        }
        let Some(pivot) = row.iter().position(|value| *value != 0) else { return false };
        let inverse = power(row[pivot].rem_euclid(PRIME), PRIME - 2);
        row.iter_mut().for_each(|value| *value = value.rem_euclid(PRIME) * inverse % PRIME);
        self.rows.push((pivot, row));
        true
    }
}

fn power(mut base: i64, mut exponent: i64) -> i64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent /= 2;
    }
    result
}
