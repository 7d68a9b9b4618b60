//! The laws that figures are reconciled with: the equations of a form, term by term.

use rust_decimal::Decimal;

use crate::form::{CellId, Compare, Form, Instance, Operand};
use crate::relation;
use crate::report::Report;

/// The laws of a form, and what last year's report adds to them.
#[derive(Clone, Debug)]
pub struct Laws<'a> {
    pub form: &'a Form,
    pub laws: Vec<Law>,
}

/// An equation: its terms and its fixed part add up to nothing.
#[derive(Clone, Debug)]
pub struct Law {
    /// Which of [`Form::instances`] it is.
    pub instance: usize,
    /// Each cell once, with its factor in left minus right.
    pub terms: Vec<(CellId, i64)>,
    pub fixed: Decimal,
}

impl<'a> Laws<'a> {
    /// What the form says of a report by itself.
    pub fn of(form: &'a Form) -> Laws<'a> {
        let is_law = |instance: &Instance| form.relations[instance.relation].is_law() && !instance.needs_prior();
        Laws { form, laws: laws(form, None, is_law) }
    }

    /// The same, and that this year follows from last year's report: as grave as the form calls it or not,
    /// what it says equals is taken to be equal. It is a hint, for an office may well have changed its count.
    pub fn with_prior(mut self, prior: &Report) -> Laws<'a> {
        let form = self.form;
        let follows = |instance: &Instance| {
            let relation = &form.relations[instance.relation];
            relation.compare == Compare::Equal && relation.agencies.is_none() && instance.needs_prior()
        };
        self.laws.extend(laws(form, Some(prior), follows));
        self
    }

    /// The laws of which all cells are among these.
    pub fn within(&self, cells: &[CellId]) -> impl Iterator<Item = &Law> {
        self.laws.iter().filter(|law| law.terms.iter().all(|(cell, _)| cells.contains(cell)))
    }
}

fn laws(form: &Form, prior: Option<&Report>, wanted: impl Fn(&Instance) -> bool) -> Vec<Law> {
    let wanted = |(_, instance): &(usize, &Instance)| instance.conditions.is_empty() && wanted(instance);
    let instances = form.instances.iter().enumerate().filter(wanted);
    instances.filter_map(|(index, instance)| law(index, instance, prior)).collect()
}

/// `None` where last year's report does not say what is needed.
fn law(index: usize, instance: &Instance, prior: Option<&Report>) -> Option<Law> {
    let mut law = Law { instance: index, terms: Vec::new(), fixed: Decimal::ZERO };
    for term in &instance.terms {
        let factor = term.signed_factor();
        match &term.operand {
            Operand::Own(cell) => match law.terms.iter_mut().find(|(known, _)| known == cell) {
                Some((_, sum)) => *sum += factor,
                None => law.terms.push((*cell, factor)),
            },
            operand => {
                let number = match operand {
                    Operand::Fixed(number) => (*number).into(),
                    operand => relation::figure(operand, prior?, prior)?,
                };
                law.fixed = law.fixed.checked_add(number.checked_mul(factor.into())?)?;
            }
        }
    }
    law.terms.retain(|(_, factor)| *factor != 0);
    Some(law)
}
