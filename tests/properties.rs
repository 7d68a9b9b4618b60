//! What holds of any report and any edit: suggestions, undo against a list of what stood before, copying and pasting.

use std::sync::{Arc, LazyLock};

use nianbao::block::Block;
use nianbao::check::check;
use nianbao::edit::{Cover, CoverEntry, Edit, History};
use nianbao::finding::Severity;
use nianbao::form::{CellId, Form, Sheet};
use nianbao::forms::Forms;
use nianbao::grid::{Grid, Rectangle};
use nianbao::language::Language;
use nianbao::read::Context;
use nianbao::read::clipboard::clipboard;
use nianbao::read::native::Native;
use nianbao::relation::{Outcome, evaluate};
use nianbao::report::Report;
use nianbao::value::Value;
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::dice::Dice;
use crate::torn::made;

static OFFICIAL: LazyLock<Forms> = LazyLock::new(Forms::official);

const FORMS: [&str; 2] = ["gongkai-2019", "gongkai-2021"];

/// What is typed and pasted, and what nobody would.
const TEXTS: [&str; 24] = [
    "",
    "0",
    "12",
    "-7",
    "1,234",
    "１２",
    "73802895.90",
    "99999999999999999999999999999999",
    "-0",
    "0.0000000000000000000000000001",
    "1e400",
    "/",
    "——",
    "约",
    " 3 ",
    "=1+1",
    "'5",
    "<b>",
    "a\tb",
    "甲\n乙",
    "\"引\"",
    "\u{202e}12",
    "\u{200b}",
    "无。",
];

fn text(dice: &mut Dice) -> &'static str {
    TEXTS[dice.place(TEXTS.len())]
}

fn form(dice: &mut Dice) -> &'static Arc<Form> {
    OFFICIAL.get(FORMS[dice.place(2)]).expect("it is official")
}

fn any_cell(form: &Form, dice: &mut Dice) -> CellId {
    form.cells().nth(dice.place(form.cell_count())).expect("the form has it").0
}

/// A report in which anything stands anywhere.
fn wild(dice: &mut Dice) -> Report {
    let mut report = Report::empty(form(dice).clone());
    (report.agency, report.year) = (text(dice).to_owned(), dice.percent(80).then_some(2023));
    for (cell, _) in report.form.clone().cells() {
        match dice.below(4) {
            0 => report.set(cell, Value::read(text(dice))),
            1 => report.mark_unread(cell),
            _ => report.set(cell, dice.figure(4).into()),
        }
    }
    report
}

/// The laws that fail, by their places among all that the form spells out.
fn failing(report: &Report) -> Vec<usize> {
    let laws = report.form.instances.iter().enumerate();
    let laws = laws.filter(|(_, law)| report.form.relations[law.relation].is_law() && !law.needs_prior());
    laws.filter(|(_, law)| matches!(evaluate(law, report, None), Outcome::Fails { .. })).map(|(at, _)| at).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_suggestion_that_is_followed_mends_what_it_is_about_and_breaks_nothing(seed: u64, wrong in 1..4usize) {
        let mut dice = Dice(seed);
        let mut report = made::report(form(&mut dice), &mut dice, 4);
        prop_assert_eq!(failing(&report), Vec::<usize>::new());
        for _ in 0..wrong {
            let cell = any_cell(&report.form, &mut dice);
            report.set(cell, dice.figure(4).into());
        }
        let before = failing(&report);
        let findings = check(&report, None, Language::CHINESE);
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
        prop_assert_eq!(errors.clone().count() > 0, !before.is_empty(), "what fails is said, and nothing else");
        for finding in errors {
            for repair in &finding.repairs {
                let edit = Edit::repair(&report, repair);
                let mut mended = report.clone();
                edit.expect("a suggestion can be followed").apply(&mut mended);
                let after = failing(&mended);
                prop_assert!(after.iter().all(|law| before.contains(law)), "{repair:?} breaks another law");
                prop_assert!(after.len() < before.len(), "{repair:?} mends nothing");
                let still = check(&mended, None, Language::CHINESE);
                let same = still.iter().any(|other| other.rule == finding.rule && other.cells == finding.cells);
                prop_assert!(!same, "{repair:?} leaves its own finding");
            }
        }
    }

    #[test]
    fn undo_and_redo_go_along_the_list_of_what_stood_there(seed: u64, steps in 1..60usize) {
        let mut dice = Dice(seed);
        let mut report = wild(&mut dice);
        let mut history = History::default();
        let (mut list, mut at) = (vec![report.to_json_with_provenance()], 0usize);
        for _ in 0..steps {
            match dice.below(6) {
                0 | 1 => {
                    prop_assert_eq!(history.undo(&mut report).is_some(), at > 0);
                    at = at.saturating_sub(1);
                }
                2 => {
                    prop_assert_eq!(history.redo(&mut report).is_some(), at + 1 < list.len());
                    at = (at + 1).min(list.len() - 1);
                }
                _ => {
                    if let Some(edit) = any_edit(&report, &mut dice) {
                        history.make(&mut report, edit);
                        at += 1;
                        list.truncate(at);
                        list.push(report.to_json_with_provenance());
                    }
                }
            }
            prop_assert_eq!(&report.to_json_with_provenance(), &list[at]);
            prop_assert_eq!((history.done.len(), history.undone.len()), (at, list.len() - 1 - at));
        }
    }

    #[test]
    fn what_is_copied_is_the_same_where_it_is_pasted(seed: u64) {
        let mut dice = Dice(seed);
        let report = wild(&mut dice);
        let (grid, rectangle) = selection(&report.form, &mut dice);
        let copied = Block::of(&report, &grid, &rectangle);
        let context = Context::new(&OFFICIAL, &Native, Language::CHINESE);
        let by_html = clipboard(&copied.to_html(), &copied.to_tsv(), &context).block.expect("it is a table");
        prop_assert_eq!(Block::from_tsv(&copied.to_tsv()), copied.clone());
        for block in [copied, by_html] {
            // Onto itself nothing changes, and onto a blank sheet the same stands there then.
            let mut blank = Report::empty(report.form.clone());
            for onto in [&report, &blank.clone()] {
                let laying = block.lay(onto, &grid, &rectangle);
                prop_assert!(laying.strays.is_empty(), "{:?}", laying.strays);
                prop_assert_eq!(laying.values.len(), grid.cells(&rectangle).count());
                for (cell, value) in &laying.values {
                    prop_assert_eq!(shown(value), shown(report.value(*cell)));
                    blank.set(*cell, value.clone());
                }
            }
            for cell in grid.cells(&rectangle) {
                prop_assert_eq!(shown(blank.value(cell)), shown(report.value(cell)));
            }
        }
    }
}

/// A value as it is seen: white space around it is not.
fn shown(value: &Value) -> String {
    value.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Some figures that stand together on one sheet.
fn selection(form: &Form, dice: &mut Dice) -> (Grid, Rectangle) {
    let sheets: Vec<&Sheet> = form.sections.iter().flat_map(|section| &section.sheets).collect();
    let grid = Grid::of(form, sheets[dice.place(sheets.len())]);
    let cells: Vec<CellId> = grid.in_order().collect();
    let (one, other) = (cells[dice.place(cells.len())], cells[dice.place(cells.len())]);
    let rectangle = grid.rectangle(one, other).expect("both are on the sheet");
    (grid, rectangle)
}

/// An edit of any kind; `None` where it would change nothing.
fn any_edit(report: &Report, dice: &mut Dice) -> Option<Edit> {
    let cell = any_cell(&report.form, dice);
    let sections = ["overview", "other", "annex"];
    match dice.below(9) {
        0..3 => Edit::cell(report, cell, Value::read(text(dice))),
        3 => Edit::text(report, sections[dice.place(3)], text(dice)),
        4 => {
            let text = text(dice).to_owned();
            let entries = [
                CoverEntry::Agency(text.clone()),
                CoverEntry::Title(text.clone()),
                CoverEntry::Date(text.clone()),
                CoverEntry::Contact(text),
                CoverEntry::Year(dice.percent(80).then_some(2019 + dice.below(9) as i32)),
            ];
            Edit::cover(report, Cover::with(report, entries[dice.place(5)].clone()))
        }
        5 => Edit::whole(report, wild(dice)),
        6 => Edit::whole(report, report.recast(form(dice).clone()).report),
        kind => {
            let findings = check(report, None, Language::CHINESE);
            let finding = findings.get(dice.place(findings.len()))?;
            match kind {
                7 => Edit::answer(report, finding, text(dice)),
                _ => Edit::repair(report, finding.repairs.first()?),
            }
        }
    }
}

/// What is written is read again as it was, whatever numbers and keys a report holds.
#[test]
fn numbers_and_keys_of_any_kind_are_the_same_in_json() {
    let figures = [
        "0",
        "-0",
        "1.10",
        "1e3",
        "-1.5E-3",
        "12345678901234567890123456789",
        "0.00000000000000000000000000000000001",
        "1e400",
        "null",
        "\"\"",
        "\"＝\"",
        "[1]",
        "{\"a\":1}",
        "true",
    ];
    for figure in figures {
        let json = format!(
            r#"{{"form": "gongkai-2021", "agency": "甲", "year": 2023, "__proto__": {{"x": 1}}, "constructor": 1, "": [],
            "sections": {{"__proto__": "x"}}, "units": {{"__proto__": "x"}}, "provenance": {{"__proto__": 1}},
            "figures": {{"article20_8.fees.amount": {figure}, "__proto__": {figure}, "requests.received.nobody": {figure}}}}}"#
        );
        let report = Report::from_json(&json, &OFFICIAL).expect("it is a report");
        let again = Report::from_json(&report.to_json().to_string(), &OFFICIAL).expect("it is a report");
        assert_eq!(again.to_json_with_provenance(), report.to_json_with_provenance(), "{figure}");
        let kept: Json = serde_json::from_str(&json).expect("it is JSON");
        for key in ["__proto__", "constructor", ""] {
            assert_eq!(report.to_json()[key], kept[key], "{figure}");
        }
        assert_eq!(report.to_json()["figures"]["__proto__"], kept["figures"]["__proto__"], "{figure}");
    }
}
