//! What last year's report says a cell should hold: 上年结转 is last year's 结转下年度, and so on, as the
//! form's relations have it. It is proposed, and filled in only when a person takes it.

use rust_decimal::Decimal;

use crate::form::{CellId, Compare, Instance, Operand, Side};
use crate::relation;
use crate::report::Report;
use crate::value::Value;

/// The blank cells that relations with last year's report determine, each with its figure.
pub fn proposals(report: &Report, prior: &Report) -> Vec<(CellId, Value)> {
    let mut proposals: Vec<(CellId, Value)> = Vec::new();
    for instance in &report.form.instances {
        let Some((cell, figure)) = proposal(report, prior, instance) else { continue };
        if proposals.iter().all(|(known, _)| *known != cell) {
            proposals.push((cell, Value::Number(figure)));
        }
    }
    proposals
}

fn proposal(report: &Report, prior: &Report, instance: &Instance) -> Option<(CellId, Decimal)> {
    let mut left = instance.side(Side::Left);
    let cell = match (left.next()?, left.next()) {
        (term, None) if term.factor == 1 => match term.operand {
            Operand::Own(cell) => cell,
            _ => return None,
        },
        _ => return None,
    };
    let equal = report.form.relations[instance.relation].compare == Compare::Equal;
    if !equal || !instance.needs_prior() || !instance.conditions.is_empty() || !report.is_blank(cell) {
        return None;
    }
    let figure = instance.side(Side::Right).try_fold(Decimal::ZERO, |sum, term| {
        sum.checked_add(relation::figure(&term.operand, report, Some(prior))?.checked_mul(term.factor.into())?)
    });
    figure.map(|figure| (cell, figure))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;

    fn report(year: i32, figures: &[(&str, i64)]) -> Report {
        let mut report = Report::empty(Forms::official().get("gongkai-2021").unwrap().clone());
        report.year = Some(year);
        for (cell, figure) in figures {
            let cell = report.form.find(cell).unwrap();
            report.set(cell, (*figure).into());
        }
        report
    }

    #[test]
    fn what_was_carried_out_last_year_is_carried_in_this_year() {
        let prior = report(2023, &[("requests.carried_out.business", 3), ("requests.carried_out.total", 3)]);
        let mut this = report(2024, &[("requests.carried_in.total", 4)]);
        let proposed = proposals(&this, &prior);
        let business = this.form.find("requests.carried_in.business").unwrap();
        assert_eq!(proposed, [(business, Value::from(3))], "what is filled in is not touched");
        this.set(business, 3.into());
        assert_eq!(proposals(&this, &prior), []);
    }

    #[test]
    fn a_stock_is_proposed_once_its_flows_are_there() {
        let prior = report(2023, &[("article20_1.normative_documents.in_force", 10)]);
        let flow = |what: &str| format!("article20_1.normative_documents.{what}");
        let this = report(2024, &[(&flow("issued"), 2)]);
        assert_eq!(proposals(&this, &prior), []);
        let this = report(2024, &[(&flow("issued"), 2), (&flow("repealed"), 1)]);
        let in_force = this.form.find(&flow("in_force")).unwrap();
        assert_eq!(proposals(&this, &prior), [(in_force, Value::from(11))]);
    }
}
