//! What holds of a session whatever is done in it: its findings are those of a check made anew, undo leads back step by
//! step, and a draft is the published report with what was done to it.

use proptest::prelude::*;
use serde_json::Value as Json;

use super::drafts::text as stored_text;
use super::reading::Reading;
use super::session::{Entry, Session, Wish};
use crate::edit::CoverEntry;
use crate::form::CellId;
use crate::forms::Forms;
use crate::language::Language;
use crate::report::Report;
use crate::value::Value;

const TEXTS: [&str; 10] = ["", "0", "7", "12", "1,234", "-3", "/", "约", "无。", "2023年收到申请12件。"];

/// Chance that comes again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    fn text(&mut self) -> String {
        TEXTS[self.below(TEXTS.len())].to_owned()
    }

    fn report(&mut self) -> Report {
        let forms = Forms::official();
        let form = forms.get(["gongkai-2021", "gongkai-2019"][self.below(2)]).expect("it is official").clone();
        let mut report = Report::empty(form.clone());
        (report.agency, report.year) = ("某镇".to_owned(), Some(if form.id == "gongkai-2021" { 2023 } else { 2020 }));
        for (cell, _) in form.cells() {
            let text = self.text();
            match self.below(8) {
                0 => report.set(cell, Value::read(&text)),
                1 => report.mark_unread(cell),
                _ => report.set(cell, (self.below(20) as i64).into()),
            }
        }
        report
    }

    fn cells(&mut self, report: &Report) -> Vec<(CellId, String)> {
        let first = self.below(report.form.cell_count());
        let cells = report.form.cells().map(|(cell, _)| cell).skip(first).take(1 + self.below(4));
        cells.collect::<Vec<_>>().into_iter().map(|cell| (cell, self.text())).collect()
    }

    fn wish(&mut self, session: &Session) -> Wish {
        let report = &session.report;
        let again = self.below(3) == 0;
        match self.below(14) {
            0..3 => Wish::Enter { texts: self.cells(report), entry: Entry::Typed { again } },
            3 => Wish::Enter { texts: self.cells(report), entry: Entry::Pasted },
            4 => Wish::Enter { texts: session.zeros(), entry: Entry::Zeros },
            5 => Wish::Restore,
            6 => Wish::Text { section: ["overview", "other"][self.below(2)].to_owned(), text: self.text(), again },
            7 => Wish::Cover { entry: CoverEntry::Agency(self.text()), again },
            8 => Wish::Repair { finding: self.below(session.findings.len()), repair: self.below(2) },
            9 => Wish::Answer { finding: self.below(session.findings.len()), reason: self.text() },
            10 => Wish::Recast([2020, 2023][self.below(2)]),
            11 => Wish::Take(Box::new(self.report())),
            12 => Wish::Redo,
            _ => Wish::Undo,
        }
    }
}

fn session(report: Report) -> Session {
    let mut session = Session::new(Reading::from(report), None, Language::CHINESE);
    session.forms = Forms::official();
    session
}

fn said(session: &Session) -> Json {
    session.report.to_json_with_provenance()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_after_any_edits_is_what_a_check_made_anew_finds(seed: u64, steps in 1..40usize) {
        let mut dice = Dice(seed);
        let mut session = session(dice.report());
        for _ in 0..steps {
            let wish = dice.wish(&session);
            let before = said(&session);
            let shown = format!("{wish:?}");
            let done = session.change(wish);
            // An origin alone may become another: what was typed is typed.
            prop_assert!(done.is_some() || said(&session) == before, "{shown} changes what it says that it does not");
            let anew = self::session(session.report.clone());
            prop_assert_eq!(&session.findings, &anew.findings, "{}", shown);
            prop_assert_eq!(session.coverage, anew.coverage, "{}", shown);
            prop_assert_eq!(session.fingerprint, anew.fingerprint, "{}", shown);
        }
    }

    #[test]
    fn undo_leads_back_step_by_step_and_redo_on_again(seed: u64, steps in 1..40usize) {
        let mut dice = Dice(seed);
        let mut session = session(dice.report());
        // What stood there after so many edits.
        let mut list = vec![said(&session)];
        for _ in 0..steps {
            let wish = dice.wish(&session);
            let is_a_way = matches!(wish, Wish::Undo | Wish::Redo);
            let has_changed = session.change(wish).is_some();
            let made = session.history.done.len();
            if has_changed && !is_a_way {
                list.truncate(made);
                list.resize(made + 1, Json::Null);
                list[made] = said(&session);
            }
            prop_assert_eq!(&said(&session), &list[made]);
        }
        let end = session.history.done.len();
        while session.change(Wish::Undo).is_some() {
            prop_assert_eq!(&said(&session), &list[session.history.done.len()]);
        }
        prop_assert_eq!(session.history.done.len(), 0);
        for _ in 0..end {
            prop_assert!(session.change(Wish::Redo).is_some());
        }
        prop_assert_eq!(&said(&session), &list[end]);
    }

    #[test]
    fn a_draft_is_taken_over_as_one_edit_and_undo_leads_to_what_is_published(seed: u64, steps in 1..20usize) {
        let mut dice = Dice(seed);
        let published = dice.report();
        let mut edited = session(published.clone());
        for _ in 0..steps {
            let wish = dice.wish(&edited);
            edited.change(wish);
        }
        let stored = stored_text(&edited.report);
        let draft = Report::from_json(&stored, &Forms::official()).expect("a draft is a report");
        prop_assert_eq!(stored_text(&draft), stored, "a draft is another one when it is read");
        let mut anew = session(published.clone());
        let taken = anew.change(Wish::Take(Box::new(draft)));
        prop_assert_eq!(taken.is_some(), edited.report != published);
        prop_assert_eq!(anew.is_edited(), taken.is_some());
        prop_assert_eq!(anew.report.to_json(), edited.report.to_json());
        if taken.is_some() {
            anew.change(Wish::Undo);
        }
        prop_assert_eq!(anew.report.to_json(), published.to_json());
    }

    #[test]
    fn edits_that_are_taken_up_change_what_they_changed_and_nothing_else(seed: u64, steps in 1..20usize, others in 0..6usize) {
        let mut dice = Dice(seed);
        let published = dice.report();
        let mut edited = session(published.clone());
        for _ in 0..steps {
            let wish = dice.wish(&edited);
            edited.change(wish);
        }
        // What is published has changed meanwhile, or not.
        let mut now = published.clone();
        for _ in 0..others {
            for (cell, text) in dice.cells(&now) {
                now.set(cell, Value::read(&text));
            }
        }
        let touched: Vec<CellId> = edited.history.done.iter().flat_map(|edit| edit.cells()).collect();
        let is_same = now == published;
        let (last, found) = (said(&edited), edited.findings.clone());
        let mut anew = session(now.clone());
        anew.take_up(&mut edited);
        prop_assert_eq!(&anew.findings, &session(anew.report.clone()).findings);
        if is_same {
            prop_assert_eq!(said(&anew), last);
            prop_assert_eq!(&anew.findings, &found);
        }
        if anew.report.form.id == now.form.id && !anew.history.done.iter().any(|edit| !edit.is_of_cells()) {
            for (cell, definition) in now.form.cells().filter(|(cell, _)| !touched.contains(cell)) {
                prop_assert_eq!(anew.report.value(cell), now.value(cell), "{}", definition.address);
            }
        }
        while anew.change(Wish::Undo).is_some() {}
        prop_assert_eq!(anew.report.to_json(), now.to_json(), "undo leads to what is published now");
    }
}
