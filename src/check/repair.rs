//! Which cell is wrong? The laws of a form overlap like parity checks, so that one wrong cell breaks
//! a pattern of laws that only it explains. Here the smallest changes are searched that make the
//! failing laws hold and break none that holds: of one cell, or of two together.
//!
//! A law that is open neither helps nor forbids, and only cells of this year's report change.

use rust_decimal::Decimal;

use super::cause::{factor, own_terms};
use super::in_order;
use crate::form::{CellId, Instance, Kind, Operand};
use crate::relation::{self, Outcome};
use crate::report::Report;

pub mod mistake;

/// A way to make laws hold: each cell that changes, and the number that it would hold.
pub type Way = Vec<(CellId, Decimal)>;

/// How many ways are told; of more, none is.
pub const TOLD: usize = 6;

/// Failing laws with the ways that each make all of them hold, the likeliest first.
pub struct Explained {
    pub laws: Vec<usize>,
    /// Empty where there are more than a sentence tells.
    pub ways: Vec<Way>,
}

/// A cell, and by how much it changes.
type Step = (CellId, Decimal);

/// The laws that are not explained yet.
pub struct Search<'a> {
    report: &'a Report,
    instances: &'a [Instance],
    /// Left minus right of each law, after what is settled; `None` for what is open, or no law.
    rests: Vec<Option<Decimal>>,
    /// The cells whose change is settled.
    settled: Vec<CellId>,
}

impl<'a> Search<'a> {
    pub fn new(report: &'a Report, outcomes: &[Outcome]) -> Search<'a> {
        let form = &*report.form;
        let rest = |(instance, outcome): (&Instance, &Outcome)| match outcome {
            _ if !form.relations[instance.relation].is_law() => None,
            Outcome::Holds => Some(Decimal::ZERO),
            failing => failing.difference(),
        };
        let rests = form.instances.iter().zip(outcomes).map(rest).collect();
        Search { report, instances: &form.instances, rests, settled: Vec::new() }
    }

    /// The next failing laws that hang together by the cells that they share, in the order of the
    /// form, leaving out the given ones.
    pub fn group(&self, without: &[usize]) -> Option<Vec<usize>> {
        let first = (0..self.rests.len()).find(|law| self.fails(*law) && !without.contains(law))?;
        let mut reached = vec![first];
        let mut next = 0;
        while let Some(&law) = reached.get(next) {
            next += 1;
            for (cell, _) in own_terms(&self.instances[law]) {
                for &other in self.report.form.touching(cell) {
                    if self.fails(other) && !reached.contains(&other) {
                        reached.push(other);
                    }
                }
            }
        }
        Some((first..self.rests.len()).filter(|law| reached.contains(law)).collect())
    }

    /// Explains a group, or the largest part of it that one cell explains, and takes that as
    /// settled. Two mistakes that have nothing to do with each other are told apart.
    pub fn explain(&mut self, group: &[usize]) -> Vec<Explained> {
        let mut ways = Vec::new();
        for further in 0..=1 {
            if ways.is_empty() {
                self.solve(group, &mut Vec::new(), further, &mut ways);
            }
        }
        if ways.is_empty() {
            ways.extend(self.largest_part(group).map(|step| vec![step]));
        }
        if let [way] = ways.as_slice()
            && let &[one, other] = way.as_slice()
            && self.apart(one.0, other.0)
        {
            return vec![self.settle(vec![vec![one]]), self.settle(vec![vec![other]])];
        }
        if ways.is_empty() { Vec::new() } else { vec![self.settle(ways)] }
    }

    fn fails(&self, law: usize) -> bool {
        self.rests[law].is_some_and(|rest| !rest.is_zero())
    }

    /// The laws that a cell takes part in and that are not open, with its factor.
    fn touched(&self, cell: CellId) -> impl Iterator<Item = (usize, i64)> {
        let laws = self.report.form.touching(cell);
        let once = laws.iter().enumerate().filter(|(at, law)| *at == 0 || laws[at - 1] != **law);
        let known = once.map(|(_, law)| *law).filter(|law| self.rests[*law].is_some());
        known.map(move |law| (law, self.factor_in(law, cell))).filter(|(_, factor)| *factor != 0)
    }

    fn factor_in(&self, law: usize, cell: CellId) -> i64 {
        own_terms(&self.instances[law]).filter(|(known, _)| *known == cell).map(|(_, factor)| factor).sum()
    }

    fn apart(&self, one: CellId, other: CellId) -> bool {
        !self.touched(one).any(|(law, _)| self.factor_in(law, other) != 0)
    }

    /// What is left of a law after some steps.
    fn rest(&self, law: usize, steps: &[Step]) -> Decimal {
        steps.iter().fold(self.rests[law].unwrap_or_default(), |rest, (cell, by)| match self.factor_in(law, *cell) {
            0 => rest,
            factor => rest.saturating_add(by.saturating_mul(factor.into())),
        })
    }

    /// The laws that fail after some steps, of a group and of those that the steps touch.
    fn failing_after(&self, group: &[usize], steps: &[Step]) -> Vec<usize> {
        let mut failing: Vec<usize> = group.iter().copied().filter(|law| !self.rest(*law, steps).is_zero()).collect();
        for (law, _) in steps.iter().flat_map(|(cell, _)| self.touched(*cell)) {
            if !failing.contains(&law) && !self.rest(law, steps).is_zero() {
                failing.push(law);
            }
        }
        failing
    }

    /// Collects every way of at most one step and `further` ones that makes a group hold after the
    /// steps already taken. One of the cells must stand in the group's shortest law.
    fn solve(&self, group: &[usize], steps: &mut Vec<Step>, further: usize, ways: &mut Vec<Vec<Step>>) {
        let Some(&law) = group.iter().min_by_key(|law| self.instances[**law].terms.len()) else { return };
        for (cell, _) in own_terms(&self.instances[law]) {
            let all = || group.iter().all(|law| self.report.form.touching(cell).contains(law));
            if steps.iter().any(|(known, _)| *known == cell) || further == 0 && !all() {
                continue;
            }
            for by in self.amounts(cell, law, steps, further) {
                steps.push((cell, by));
                let failing = self.failing_after(group, steps);
                if failing.is_empty() {
                    add(ways, steps);
                } else if further > 0 {
                    self.solve(&failing, steps, further - 1, ways);
                }
                steps.pop();
            }
        }
    }

    /// By how much a cell may change: so that the law holds, or, where a further step is to come,
    /// so that another failing law of the cell holds.
    fn amounts(&self, cell: CellId, law: usize, steps: &[Step], further: usize) -> Vec<Decimal> {
        let mut amounts = Vec::new();
        for (other, factor) in self.touched(cell) {
            if (further > 0 || other == law) && factor.abs() == 1 {
                let by = -self.rest(other, steps).saturating_mul(factor.into());
                if !by.is_zero() && !amounts.contains(&by) && self.changed(cell, by).is_some() {
                    amounts.push(by);
                }
            }
        }
        amounts
    }

    /// What a cell would hold; `None` where it cannot hold that, or its change is settled.
    fn changed(&self, cell: CellId, by: Decimal) -> Option<Decimal> {
        let value = self.report.value(cell).number()?.checked_add(by)?;
        (!self.settled.contains(&cell) && may_hold(self.report, cell, value)).then(|| value.normalize())
    }

    /// The step that makes the most laws of a group hold, two at least, and breaks none that
    /// holds; `None` where another step would do as well for some of them.
    fn largest_part(&self, group: &[usize]) -> Option<Step> {
        let mut parts: Vec<(Step, Vec<usize>)> = Vec::new();
        for &law in group {
            for (cell, _) in own_terms(&self.instances[law]) {
                for by in self.amounts(cell, law, &[], 0) {
                    let laws = self.holding_after((cell, by));
                    if laws.len() > 1 && laws.first() == Some(&law) {
                        parts.push(((cell, by), laws));
                    }
                }
            }
        }
        let most = parts.iter().map(|(_, laws)| laws.len()).max()?;
        parts.retain(|(_, laws)| laws.len() == most);
        let rivals =
            |laws: &[usize]| parts.iter().filter(|(_, other)| other.iter().any(|law| laws.contains(law))).count();
        parts.iter().find(|(_, laws)| rivals(laws) == 1).map(|(step, _)| *step)
    }

    /// The failing laws that hold after one step; none where it breaks one that holds.
    fn holding_after(&self, step: Step) -> Vec<usize> {
        let mut holding = Vec::new();
        for (law, _) in self.touched(step.0) {
            if !self.fails(law) {
                return Vec::new();
            }
            if self.rest(law, &[step]).is_zero() {
                holding.push(law);
            }
        }
        holding
    }

    /// The failing laws that hold after some steps, in the order of the form.
    fn explained(&self, steps: &[Step]) -> Vec<usize> {
        let holds = |law: &usize| self.fails(*law) && self.rest(*law, steps).is_zero();
        (0..self.rests.len()).filter(holds).collect()
    }

    /// Takes ways as what explains their laws; of several, those that explain the most.
    fn settle(&mut self, mut ways: Vec<Vec<Step>>) -> Explained {
        let most = ways.iter().map(|way| self.explained(way).len()).max().unwrap_or_default();
        ways.retain(|way| self.explained(way).len() == most);
        let mut laws = ways.first().map(|way| self.explained(way)).unwrap_or_default();
        laws.retain(|law| ways.iter().all(|way| self.rest(*law, way).is_zero()));
        let told = if ways.len() > TOLD { Vec::new() } else { self.likeliest_first(&ways) };
        if let [way] = ways.as_slice() {
            let touched = way.iter().flat_map(|(cell, _)| self.touched(*cell));
            let rests: Vec<(usize, Decimal)> = touched.map(|(law, _)| (law, self.rest(law, way))).collect();
            rests.into_iter().for_each(|(law, rest)| self.rests[law] = Some(rest));
            self.settled.extend(way.iter().map(|(cell, _)| *cell));
        }
        laws.iter().for_each(|law| self.rests[*law] = Some(Decimal::ZERO));
        Explained { laws, ways: told }
    }

    fn likeliest_first(&self, ways: &[Vec<Step>]) -> Vec<Way> {
        let value = |(cell, by): &Step| Some((*cell, self.changed(*cell, *by)?));
        let ways = ways.iter().map(|way| way.iter().filter_map(value).collect()).collect();
        in_order(ways, |way| mistake::rank(self.report, way))
    }
}

/// Adds a way unless it is there, its steps in another order.
fn add(ways: &mut Vec<Vec<Step>>, steps: &[Step]) {
    if !ways.iter().any(|known| steps.iter().all(|step| known.contains(step))) {
        ways.push(steps.to_vec());
    }
}

/// Whether a number can stand in a cell: a count is whole and not negative.
fn may_hold(report: &Report, cell: CellId, value: Decimal) -> bool {
    let holds = &report.form.cell(cell).holds;
    let whole = holds.kind == Kind::Amount || value.fract().is_zero();
    whole && holds.units.is_empty() && (holds.kind == Kind::Change || value >= Decimal::ZERO)
}

/// The number that must stand in a cell that holds none: every law whose other numbers are all
/// there says the same. Last year's report takes no part.
pub fn determined(report: &Report, cell: CellId) -> Option<Decimal> {
    let form = &*report.form;
    let mut agreed = None;
    for &index in form.touching(cell) {
        let instance = &form.instances[index];
        let law = form.relations[instance.relation].is_law() && instance.conditions.is_empty();
        let Some(value) = missing(report, instance, cell).filter(|_| law) else { continue };
        if agreed.is_some_and(|known| known != value) {
            return None;
        }
        agreed = Some(value);
    }
    agreed.filter(|value| may_hold(report, cell, *value)).map(|value| value.normalize())
}

/// The number with which a law would hold; `None` where another one of it is missing.
fn missing(report: &Report, instance: &Instance, cell: CellId) -> Option<Decimal> {
    let mut own = 0;
    let rest = instance.terms.iter().try_fold(Decimal::ZERO, |rest, term| {
        if term.operand == Operand::Own(cell) {
            own += factor(term);
            return Some(rest);
        }
        rest.checked_add(relation::figure(&term.operand, report, None)?.checked_mul(factor(term).into())?)
    })?;
    (own.abs() == 1).then(|| -rest * Decimal::from(own))
}
