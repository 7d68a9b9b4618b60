//! The numbers of the texts that state figures of the tables, with the cells that they state, and what
//! a number would have to be.

use rust_decimal::Decimal;

use super::narrative::{Comparison, quote};
use crate::finding::{Quote, TextChange};
use crate::form::CellId;
use crate::narrative::number::written_like;
use crate::narrative::{Claim, Place, Share};
use crate::relation::Outcome;

/// Words of a text that state figures of the tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub quote: Quote,
    /// The cells whose sum they state, mostly one.
    pub cells: Vec<CellId>,
    pub stated: Decimal,
    /// What the cells come to; `None` where one of them is blank.
    pub figure: Option<Decimal>,
    pub standing: Standing,
    /// What would make the text say what the tables say, where that is sure.
    pub rewrite: Option<TextChange>,
}

/// How a number of a text stands to the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Agrees,
    /// It is the sum of more than what its words name.
    OfMore,
    Contradicts,
    /// The tables do not say it yet.
    Open,
}

impl Comparison<'_> {
    /// The numbers of all texts that state figures, in their order.
    pub fn links(&self) -> Vec<Link> {
        let mut links: Vec<Link> = Vec::new();
        for link in self.said.claims.iter().map(|claim| self.link(claim)) {
            if !links.contains(&link) {
                links.push(link);
            }
        }
        links
    }

    fn link(&self, claim: &Claim) -> Link {
        let sums = self.sums(claim);
        let meant = sums.iter().find(|sum| sum.value == claim.number);
        let standing = match (sums.first(), meant) {
            (None, _) => Standing::Open,
            (_, None) => Standing::Contradicts,
            (_, Some(meant)) if meant.reading.severity.is_some() && !claim.told_apart => Standing::OfMore,
            _ => Standing::Agrees,
        };
        let told = meant.filter(|_| standing == Standing::Agrees).or(sums.first());
        let blank = || self.cells(claim, &claim.readings[0]);
        Link {
            quote: quote(self.report, &claim.place),
            cells: told.map_or_else(blank, |sum| sum.cells.clone()),
            stated: claim.number,
            figure: told.map(|sum| sum.value),
            standing,
            rewrite: self.rewrite(claim).filter(|_| standing == Standing::Contradicts),
        }
    }

    /// The number that would make a claim true, put in the place of the one that stands there. `None`
    /// where more than one is likely, where the table itself is in doubt, or where the same number states
    /// something else too.
    pub fn rewrite(&self, claim: &Claim) -> Option<TextChange> {
        let digits = claim.digits.as_ref()?;
        let due = self.due(claim)?;
        let mut same = self.said.claims.iter().filter(|other| other.digits.as_ref() == Some(digits));
        same.all(|other| self.due(other) == Some(due)).then(|| self.written(digits, due)).flatten()
    }

    /// The share that a number is of a whole, in the place of the one that stands there.
    pub fn percentage(&self, claim: &Claim, share: &Share, whole: Decimal) -> Option<TextChange> {
        let exact = claim.number.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
        let mut due = exact.round_dp(share.percent.scale());
        due.rescale(share.percent.scale());
        self.written(&share.digits, due)
    }

    /// What a number would have to be: what all its readings that are as good as the first come to.
    fn due(&self, claim: &Claim) -> Option<Decimal> {
        let mut due = None;
        for reading in claim.readings.iter().filter(|reading| reading.severity.is_none() && claim.certain) {
            let sum = self.sum(claim, reading)?;
            if !sum.cells.iter().all(|cell| self.is_sound(*cell)) || due.is_some_and(|due| due != sum.value) {
                return None;
            }
            due = Some(sum.value);
        }
        due
    }

    /// Whether no relation of the form speaks against what stands in a cell.
    fn is_sound(&self, cell: CellId) -> bool {
        let form = &*self.report.form;
        let fails = |index: &usize| {
            let law = form.relations[form.instances[*index].relation].is_law();
            law && matches!(self.outcomes[*index], Outcome::Fails { .. })
        };
        !form.touching(cell).iter().any(fails)
    }

    fn written(&self, at: &Place, number: Decimal) -> Option<TextChange> {
        let Quote { section, start, end, text: from } = quote(self.report, at);
        let to = written_like(&from, number);
        (from != to && !from.is_empty()).then_some(TextChange { section, start, end, from, to })
    }
}
