//! Totals: cells that a law of the form makes the plain sum of others. While a report is filled in they
//! follow their parts; one that was entered by hand does not, and neither does one that was read and
//! differs from its parts: both are for the check to tell.

use rust_decimal::Decimal;

use crate::edit::{Change, Content, Edit};
use crate::form::{CellId, Form, Instance, Operand, Side, Term};
use crate::quantity;
use crate::report::Report;
use crate::value::Value;

/// The laws that make a cell a total: what stands on the right side of each are its parts.
pub fn sums(form: &Form, cell: CellId) -> impl Iterator<Item = &Instance> {
    let instances = form.touching(cell).iter().map(|&index| &form.instances[index]);
    instances.filter(move |instance| instance.total == Some(cell))
}

/// Whether a cell is the sum of others.
pub fn is_total(form: &Form, cell: CellId) -> bool {
    sums(form, cell).next().is_some()
}

/// What the parts of a total come to, by the first of its laws of which any part holds a number; `None`
/// where none does, or the cell is no total. Parts that are still blank count for nothing here.
pub fn computed(report: &Report, cell: CellId) -> Option<Decimal> {
    let number = |cell: CellId| report.value(cell).number();
    sums(&report.form, cell).find_map(|instance| sum(instance, &number))
}

/// Whether a total holds what its parts come to and follows them.
pub fn follows(report: &Report, cell: CellId) -> bool {
    let value = report.value(cell);
    let agrees = |sum: Option<Decimal>| sum.is_some() && sum == value.number();
    let number = |cell: CellId| report.value(cell).number();
    let of_laws = || sums(&report.form, cell).any(|instance| agrees(sum(instance, &number)));
    !report.is_by_hand(cell) && is_total(&report.form, cell) && (*value == Value::Blank || of_laws())
}

fn sum(instance: &Instance, number: &dyn Fn(CellId) -> Option<Decimal>) -> Option<Decimal> {
    let parts = instance.side(Side::Right).filter_map(|term| match term.operand {
        Operand::Own(part) => number(part),
        _ => None,
    });
    parts.fold(None, |sum, part| sum.unwrap_or(Decimal::ZERO).checked_add(part))
}

impl Edit {
    /// Puts what is typed or pasted into cells, together, and has the totals follow. A total that is left
    /// blank is computed; one that is given another value than its parts come to is by hand from then
    /// on. `None` where nothing changes.
    pub fn enter(report: &Report, texts: &[(CellId, String)]) -> Option<Edit> {
        let mut entry = Entry { report, changes: Vec::new() };
        for (cell, text) in texts {
            let (value, unit) = quantity::read(text, &report.form.cell(*cell).holds);
            entry.put(*cell, value, false);
            if unit.is_some() {
                entry.content(*cell).unit = unit;
            }
        }
        for (cell, _) in texts.iter().filter(|(cell, _)| is_total(&report.form, *cell)) {
            let value = entry.content(*cell).value.clone();
            match (entry.computed(*cell), value) {
                // It is entered in place of what stood there: where that is the same, nothing changes.
                (Some((sum, partial)), Value::Blank) => {
                    let before = Content::of(report, *cell);
                    *entry.content(*cell) = Content { partial, ..before.entered(Value::Number(sum)) };
                }
                (None, Value::Blank) => {}
                (sum, value) => entry.content(*cell).by_hand = value.number() != sum.map(|(sum, _)| sum),
            }
        }
        let given: Vec<CellId> = texts.iter().map(|(cell, _)| *cell).collect();
        entry.follow(&given);
        entry.edit()
    }

    /// Puts a unit beside an amount, where the form leaves it to the report; `None` where it stands there already.
    pub fn unit(report: &Report, cell: CellId, unit: Option<String>) -> Option<Edit> {
        let before = Content::of(report, cell);
        let after = Content { unit, ..before.clone() };
        Edit::of(Change::Cell { cell, before, after })
    }
}

/// An edit while its consequences are worked out.
struct Entry<'a> {
    report: &'a Report,
    changes: Vec<(CellId, Content)>,
}

impl Entry<'_> {
    fn put(&mut self, cell: CellId, value: Value, partial: bool) {
        let content = self.content(cell);
        *content = Content { partial, ..content.clone().entered(value) };
    }

    /// What a cell is to hold.
    fn content(&mut self, cell: CellId) -> &mut Content {
        let known = self.changes.iter().position(|(known, _)| *known == cell);
        let at = known.unwrap_or_else(|| {
            self.changes.push((cell, Content::of(self.report, cell)));
            self.changes.len() - 1
        });
        &mut self.changes[at].1
    }

    fn changed(&self, cell: CellId) -> Option<&Content> {
        self.changes.iter().find(|(known, _)| *known == cell).map(|(_, content)| content)
    }

    fn number(&self, cell: CellId) -> Option<Decimal> {
        self.changed(cell).map_or_else(|| self.report.value(cell), |content| &content.value).number()
    }

    /// What the parts of a total come to, and whether some of them are still blank or not whole themselves.
    fn computed(&self, cell: CellId) -> Option<(Decimal, bool)> {
        let own = |term: &Term| match term.operand {
            Operand::Own(part) => Some(part),
            _ => None,
        };
        let lacks = |part: CellId| {
            let partial = self.changed(part).map_or_else(|| self.report.is_partial(part), |content| content.partial);
            partial || self.number(part).is_none()
        };
        sums(&self.report.form, cell).find_map(|instance| {
            let sum = sum(instance, &|part| self.number(part))?;
            Some((sum, instance.side(Side::Right).filter_map(own).any(lacks)))
        })
    }

    /// Has the totals of what was changed follow, and the totals of these, but not what was given itself.
    fn follow(&mut self, given: &[CellId]) {
        let form = self.report.form.clone();
        let mut next = 0;
        // Totals of totals are few levels deep; a form whose sums went round in a circle ends here too.
        while next < self.changes.len() && next < form.cell_count() {
            let (changed, _) = self.changes[next];
            next += 1;
            for &index in form.touching(changed) {
                let Some(total) = form.instances[index].total else { continue };
                if total == changed || given.contains(&total) || !follows(self.report, total) {
                    continue;
                }
                let computed = self.computed(total);
                let value = computed.map_or(Value::Blank, |(sum, _)| Value::Number(sum));
                let partial = computed.is_some_and(|(_, partial)| partial);
                let known = self.changes.iter().position(|(cell, _)| *cell == total);
                let same = |content: &Content| content.value == value && content.partial == partial;
                if known.is_some_and(|at| same(&self.changes[at].1)) {
                    continue;
                }
                self.put(total, value, partial);
                // Its own totals are to follow again.
                if let Some(at) = known.filter(|at| *at < next) {
                    let again = self.changes.remove(at);
                    self.changes.push(again);
                    next -= 1;
                }
            }
        }
    }

    fn edit(self) -> Option<Edit> {
        let changes = self.changes.into_iter().filter_map(|(cell, after)| {
            let before = Content::of(self.report, cell);
            (before != after).then_some(Change::Cell { cell, before, after })
        });
        let changes: Vec<Change> = changes.collect();
        (!changes.is_empty()).then_some(Edit(changes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;

    struct Sheet(Report);

    impl Sheet {
        fn empty() -> Sheet {
            Sheet(Report::empty(Forms::official().get("gongkai-2021").unwrap().clone()))
        }

        fn cell(&self, address: &str) -> CellId {
            self.0.form.find(address).unwrap()
        }

        fn enter(&mut self, values: &[(&str, &str)]) -> Option<Edit> {
            let values: Vec<_> = values.iter().map(|(cell, text)| (self.cell(cell), (*text).to_owned())).collect();
            let edit = Edit::enter(&self.0, &values)?;
            edit.apply(&mut self.0);
            Some(edit)
        }

        fn shows(&self, address: &str) -> String {
            self.0.value(self.cell(address)).to_string()
        }
    }

    #[test]
    fn totals_follow_their_parts_and_the_totals_of_totals_too() {
        let mut sheet = Sheet::empty();
        sheet.enter(&[("requests.granted.natural_person", "12")]);
        assert_eq!(sheet.shows("requests.granted.total"), "12");
        assert_eq!(sheet.shows("requests.handled_total.natural_person"), "12");
        assert_eq!(sheet.shows("requests.handled_total.total"), "12");
        sheet.enter(&[("requests.granted.business", "3")]);
        sheet.enter(&[("requests.other.natural_person", "5")]);
        assert_eq!(sheet.shows("requests.granted.total"), "15");
        assert_eq!(sheet.shows("requests.handled_total.total"), "20");
        sheet.enter(&[("requests.granted.natural_person", ""), ("requests.granted.business", "")]);
        assert_eq!(sheet.shows("requests.granted.total"), "", "of no part there is no sum");
        assert_eq!(sheet.shows("requests.handled_total.total"), "5");
        assert_eq!(sheet.shows("requests.received.total"), "");
    }

    #[test]
    fn a_total_of_what_is_filled_in_so_far_waits_for_the_rest() {
        let mut sheet = Sheet::empty();
        let errors = |sheet: &Sheet| {
            let findings = crate::check::check(&sheet.0, None, crate::language::Language::CHINESE);
            findings.iter().filter(|finding| finding.severity == crate::finding::Severity::Error).count()
        };
        sheet.enter(&[("requests.received.natural_person", "12"), ("requests.granted.natural_person", "3")]);
        sheet.enter(&[("requests.carried_in.total", "0"), ("requests.carried_out.total", "0")]);
        assert_eq!(errors(&sheet), 0, "12 + 0 = 3 + 0 is not asked yet");
        let received = sheet.cell("requests.received.total");
        assert!(sheet.0.is_partial(received));
        assert_eq!(Report::from_value(sheet.0.to_json(), &Forms::official()).unwrap().to_json(), sheet.0.to_json());
        let blanks = sheet.0.form.cells().map(|(cell, _)| cell).filter(|cell| sheet.0.is_blank(*cell));
        let zeros: Vec<_> =
            blanks.filter(|cell| !is_total(&sheet.0.form, *cell)).map(|cell| (cell, "0".to_owned())).collect();
        Edit::enter(&sheet.0, &zeros).unwrap().apply(&mut sheet.0);
        assert!(!sheet.0.is_partial(received) && sheet.0.to_json().get("partial").is_none());
        assert!(errors(&sheet) > 0, "now it is");
    }

    #[test]
    fn a_total_by_hand_stays_until_it_is_cleared() {
        let mut sheet = Sheet::empty();
        sheet.enter(&[("disputes.review.total", "12")]);
        for (cell, figure) in [("disputes.review.upheld", "12"), ("disputes.review.other", "3")] {
            sheet.enter(&[(cell, figure)]);
            assert_eq!(sheet.shows("disputes.review.total"), "12");
        }
        let total = sheet.cell("disputes.review.total");
        assert!(sheet.0.is_by_hand(total) && !follows(&sheet.0, total));
        let json = sheet.0.to_json();
        assert_eq!(json["by_hand"], serde_json::json!(["disputes.review.total"]));
        assert_eq!(Report::from_value(json.clone(), &Forms::official()).unwrap().to_json(), json);
        sheet.enter(&[("disputes.review.total", "")]);
        assert_eq!(sheet.shows("disputes.review.total"), "15");
        sheet.enter(&[("disputes.review.pending", "1")]);
        assert_eq!(sheet.shows("disputes.review.total"), "16");
        assert!(sheet.0.is_partial(total));
        sheet.enter(&[("disputes.review.total", "16")]);
        assert!(!sheet.0.is_partial(total) && !sheet.0.is_by_hand(total), "who types it says that it is whole");
        assert_eq!(sheet.enter(&[("disputes.review.total", "16")]), None, "it says so already");
        assert_eq!(computed(&sheet.0, total), Some(16.into()));
    }

    #[test]
    fn a_total_that_follows_is_cleared_to_what_it_is_and_that_is_no_step() {
        let mut sheet = Sheet::empty();
        sheet.enter(&[("disputes.review.upheld", "12")]);
        let total = sheet.cell("disputes.review.total");
        let read = Report::from_value(sheet.0.to_json(), &Forms::official()).unwrap();
        for report in [sheet.0.clone(), read] {
            sheet.0 = report;
            assert_eq!(sheet.enter(&[("disputes.review.total", "")]), None);
            assert!(sheet.0.is_partial(total));
        }
        sheet.enter(&[("disputes.review.total", "13")]).unwrap();
        assert!(sheet.0.is_by_hand(total));
        sheet.enter(&[("disputes.review.total", "")]).unwrap();
        assert!(!sheet.0.is_by_hand(total) && sheet.0.is_partial(total));
    }

    #[test]
    fn a_total_that_was_read_and_differs_is_not_touched() {
        let mut sheet = Sheet::empty();
        for (cell, figure) in
            [("disputes.review.upheld", 10), ("disputes.review.other", 1), ("disputes.review.total", 0)]
        {
            let cell = sheet.cell(cell);
            sheet.0.set(cell, figure.into());
        }
        sheet.enter(&[("disputes.review.other", "2")]);
        assert_eq!(sheet.shows("disputes.review.total"), "0");
    }

    #[test]
    fn what_is_no_number_counts_for_nothing_and_blocks_nothing() {
        let mut sheet = Sheet::empty();
        sheet.enter(&[("disputes.review.upheld", "约3"), ("disputes.review.other", "２")]);
        assert_eq!(sheet.shows("disputes.review.total"), "2");
        assert_eq!(sheet.shows("disputes.review.upheld"), "约3");
    }

    #[test]
    fn a_unit_that_is_typed_is_taken_where_the_form_leaves_it_open() {
        let mut report = Report::empty(Forms::official().get("gongkai-2019").unwrap().clone());
        let cell = report.form.find("article20_9.procurement.amount").unwrap();
        let enter = |report: &mut Report, text: &str| {
            Edit::enter(report, &[(cell, text.to_owned())]).unwrap().apply(report);
            (report.value(cell).to_string(), report.unit(cell).map(str::to_owned))
        };
        assert_eq!(enter(&mut report, "12.5万元"), ("12.5".into(), Some("万元".into())));
        assert_eq!(enter(&mut report, "13"), ("13".into(), Some("万元".into())), "the unit stays");
        Edit::unit(&report, cell, Some("元".into())).unwrap().apply(&mut report);
        assert_eq!(report.unit(cell), Some("元"));
    }

    #[test]
    fn a_whole_table_comes_with_its_totals_and_goes_back_at_once() {
        let mut sheet = Sheet::empty();
        let before = sheet.0.to_json();
        let edit = sheet.enter(&[
            ("disputes.review.upheld", "1"),
            ("disputes.review.corrected", "2"),
            ("disputes.review.total", "4"),
            ("disputes.litigation_direct.upheld", "1"),
            ("disputes.litigation_direct.total", "1"),
        ]);
        assert!(sheet.0.is_by_hand(sheet.cell("disputes.review.total")));
        assert!(!sheet.0.is_by_hand(sheet.cell("disputes.litigation_direct.total")));
        edit.unwrap().inverse().apply(&mut sheet.0);
        assert_eq!(sheet.0.to_json(), before);
    }
}
