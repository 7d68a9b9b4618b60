//! Rows whose figures ran together, over consistent reports at random: what is taken is right, and the truth
//! is never excluded.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use nianbao::finding::Finding;
use nianbao::form::CellId;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::native::Native;
use nianbao::read::{Context, Reading, read};
use nianbao::report::Report;
use nianbao::value::Value;
use proptest::prelude::*;

mod cases;
pub mod made;
mod noise;

use made::Look;

use super::dice::Dice;

static OFFICIAL: LazyLock<Forms> = LazyLock::new(Forms::official);

fn reading(text: &str, prior: Option<&Report>) -> Reading {
    let context = Context { prior, ..Context::new(&OFFICIAL, &Native, Language::CHINESE) };
    read(text.as_bytes(), &context).expect("it is a report")
}

/// How a row was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Its figures were never in doubt.
    Plain,
    /// One reading is left.
    Unique,
    /// Several are, and some cells are known.
    Partly,
    Several,
    TooMany,
}

/// The finding that asks for a cell.
fn asks<'a>(reading: &'a Reading, address: &str) -> Option<&'a Finding> {
    let findings = reading.findings.iter().filter(|finding| finding.rule == "unread");
    findings.into_iter().find(|finding| finding.cells.iter().any(|cell| cell == address))
}

/// Compares what was read with the truth, row by row.
///
/// # Errors
/// What is wrong.
fn outcomes(truth: &Report, reading: &Reading) -> Result<Vec<(CellId, Outcome)>, String> {
    let (form, report) = (&truth.form, &reading.report);
    if report.form.id != form.id {
        return Err(format!("read as {}", report.form.id));
    }
    let mut rows: BTreeMap<(usize, usize), Vec<CellId>> = BTreeMap::new();
    for (cell, definition) in form.cells() {
        rows.entry((definition.table, definition.row)).or_default().push(cell);
    }
    let mut outcomes = Vec::new();
    for cells in rows.into_values() {
        let (mut known, mut inferred) = (0, 0);
        let mut asking = None;
        for &cell in &cells {
            let address = &form.cell(cell).address;
            match report.value(cell) {
                Value::Number(number) if Some(*number) == truth.value(cell).number() => known += 1,
                Value::Blank if report.is_unread(cell) => {
                    let finding = asks(reading, address).ok_or_else(|| format!("nobody asks for {address}"))?;
                    asking = Some(finding);
                }
                other => return Err(format!("{address}: {other}, not {}", truth.value(cell))),
            }
            inferred += usize::from(report.is_inferred(cell));
        }
        let outcome = match asking {
            None if inferred > 0 => Outcome::Unique,
            None => Outcome::Plain,
            Some(finding) if finding.message.contains("没有一一比对") => Outcome::TooMany,
            Some(finding) if finding.message.contains("种读法") => {
                offers_truth(truth, finding)?;
                if known > 0 { Outcome::Partly } else { Outcome::Several }
            }
            Some(finding) => return Err(finding.message.clone()),
        };
        outcomes.push((cells[0], outcome));
    }
    Ok(outcomes)
}

/// Where readings are offered, one of them is the truth.
fn offers_truth(truth: &Report, finding: &Finding) -> Result<(), String> {
    let is_true = |change: &nianbao::finding::Change| {
        let cell = truth.form.find(&change.cell).expect("the form has it");
        let written = truth.value(cell).to_string();
        change.to == written || change.to == written + truth.unit(cell).unwrap_or_default()
    };
    let offered = finding.repairs.is_empty() || finding.repairs.iter().any(|repair| repair.changes.iter().all(is_true));
    if offered { Ok(()) } else { Err(format!("the truth is not offered: {}", finding.message)) }
}

const FORMS: [&str; 2] = ["gongkai-2019", "gongkai-2021"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_taken_is_the_truth(seed: u64, form in 0..2usize, digits in 1..=6u32, share in 1..=100u64) {
        let mut dice = Dice(seed);
        let truth = made::report(OFFICIAL.get(FORMS[form]).unwrap(), &mut dice, digits);
        let text = made::torn(&truth, &mut |_| if dice.below(100) < share { Look::Glued } else { Look::Spaced });
        let read = reading(&text, None);
        if let Err(wrong) = outcomes(&truth, &read) {
            prop_assert!(false, "{wrong}\n{text}");
        }
    }
}

/// `cargo test --test all shares -- --nocapture` prints the shares that the documentation states.
#[test]
fn the_shares_by_size_of_figures() {
    let cases: u64 = std::env::var("NIANBAO_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(8);
    println!(
        "\n{:18} {:>6} {:>6} {:>7} {:>7} {:>7} {:>7} {:>8}",
        "glued rows", "up to", "rows", "unique", "partly", "several", "many", "cells"
    );
    for (name, share) in [("all", 100), ("one in three", 33)] {
        for digits in 1..=6 {
            let mut counts: BTreeMap<(bool, Outcome), usize> = BTreeMap::new();
            let (mut cells, mut known) = (0, 0);
            for case in 0..cases {
                let mut dice = Dice(case * 31 + u64::from(digits));
                let truth = made::report(OFFICIAL.get(FORMS[case as usize % 2]).unwrap(), &mut dice, digits);
                let text =
                    made::torn(&truth, &mut |_| if dice.below(100) < share { Look::Glued } else { Look::Spaced });
                let read = reading(&text, None);
                for (cell, outcome) in outcomes(&truth, &read).unwrap() {
                    let table = truth.form.table(cell).id.as_str();
                    let has_laws = table == "requests" || table == "disputes";
                    *counts.entry((has_laws, outcome)).or_default() += 1;
                }
                let lawful = truth.form.cells().filter(|(_, cell)| {
                    let table = truth.form.tables[cell.table].id.as_str();
                    table == "requests" || table == "disputes"
                });
                for (cell, _) in lawful {
                    cells += 1;
                    known += usize::from(!read.report.is_unread(cell));
                }
            }
            let count = |outcome| counts.get(&(true, outcome)).copied().unwrap_or(0);
            let torn = [Outcome::Unique, Outcome::Partly, Outcome::Several, Outcome::TooMany].map(count);
            let all: usize = torn.iter().sum();
            let percent = torn.map(|count| format!("{:7.1}", count as f64 * 100.0 / all.max(1) as f64));
            let size = 10u64.pow(digits) - 1;
            println!("{name:18} {size:6} {all:6} {} {:8.2}", percent.join(" "), known as f64 * 100.0 / cells as f64);
        }
    }
}

/// What was published is wrong in one figure, so that no reading satisfies all relations: how much is read as
/// it was published, and how much is taken for something else.
#[test]
fn the_shares_where_the_source_is_wrong() {
    let cases: u64 = std::env::var("NIANBAO_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(8);
    println!("\n{:30} {:>6} {:>8} {:>8} {:>8}", "one wrong figure, glued, up to", "cells", "right", "asked", "wrong");
    for digits in [1, 2, 3, 4, 6] {
        let (mut cells, mut right, mut asked, mut wrong) = (0usize, 0usize, 0usize, 0usize);
        for case in 0..cases {
            let mut dice = Dice(case * 17 + u64::from(digits));
            let mut published = made::report(OFFICIAL.get(FORMS[case as usize % 2]).unwrap(), &mut dice, digits);
            let lawful = |table: &str| table == "requests" || table == "disputes";
            let of_laws: Vec<CellId> = published
                .form
                .cells()
                .filter(|(_, cell)| lawful(&published.form.tables[cell.table].id))
                .map(|(id, _)| id)
                .collect();
            let spoiled = of_laws[dice.below(of_laws.len() as u64) as usize];
            let number = published.value(spoiled).number().unwrap();
            published.set(spoiled, Value::Number(number + rust_decimal::Decimal::from(1 + dice.below(9))));
            let read = reading(&made::torn(&published, &mut |_| Look::Glued), None).report;
            for cell in of_laws {
                cells += 1;
                match read.value(cell) {
                    value if value == published.value(cell) => right += 1,
                    Value::Blank if read.is_unread(cell) => asked += 1,
                    value => {
                        assert!(read.is_inferred(cell), "{value} is taken as read");
                        wrong += 1;
                    }
                }
            }
        }
        let percent = |count: usize| count as f64 * 100.0 / cells as f64;
        println!(
            "{:30} {cells:6} {:8.2} {:8.2} {:8.2}",
            10u64.pow(digits) - 1,
            percent(right),
            percent(asked),
            percent(wrong)
        );
    }
}
