//! What character recognition does to a table, one damage at a time: how often the one suggestion is the
//! truth, and that nothing is changed silently.

use std::collections::BTreeMap;

use nianbao::check::check;
use nianbao::finding::Finding;
use nianbao::form::CellId;
use nianbao::language::Language;
use nianbao::read::Reading;
use nianbao::report::Report;
use nianbao::value::Value;
use proptest::prelude::*;

use super::made;
use super::{FORMS, OFFICIAL, reading};
use crate::dice::Dice;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Damage {
    /// Digits of one cell become letters.
    Letter,
    /// One digit in twenty does, all over the table.
    Letters,
    /// A cell is lost, and those behind it move up.
    Lost,
    /// Two neighbouring cells become one, with a space between them, or without one.
    Merged,
    Joined,
    /// What stood in a cell joins its neighbour's, and the cell stays there, blank.
    Drawn,
    /// A row is lost.
    Row,
}

const DAMAGES: [Damage; 7] =
    [Damage::Letter, Damage::Letters, Damage::Lost, Damage::Merged, Damage::Joined, Damage::Drawn, Damage::Row];

/// What the reader makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Everything was read, or inferred, as it was.
    Known,
    /// The truth is the only suggestion.
    Alone,
    /// It is one of several.
    Among,
    /// It is asked for, or blank, and nothing is suggested.
    Asked,
    /// Something else is suggested.
    Misled,
    /// A wrong figure was taken, and is marked as inferred.
    Marked,
    /// A wrong figure stands there as published, and the check says that it cannot be right.
    Checked,
    /// A wrong figure stands there, and nobody says so.
    Silent,
}

fn letter(digit: char, dice: &mut Dice) -> char {
    let alike: &[char] = match digit {
        '0' => &['O', 'o', '〇', 'Ｏ'],
        '1' => &['l', 'I'],
        '2' => &['Z'],
        '5' => &['S'],
        '8' => &['B'],
        _ => return digit,
    };
    alike[dice.below(alike.len() as u64) as usize]
}

/// A report's text with one damage in a table that has laws, and the cells that it touches.
fn damaged(truth: &Report, damage: Damage, dice: &mut Dice) -> (String, Vec<CellId>) {
    let form = &truth.form;
    let table = form.tables.iter().position(|table| table.id == "requests").expect("the form has it");
    let row = dice.below(form.tables[table].rows.len() as u64) as usize;
    let columns = form.tables[table].columns.len();
    let column = dice.below(columns as u64 - 1) as usize;
    let cell = |column: usize| form.tables[table].cell(row, column);
    let whole: Vec<CellId> = (0..columns).map(cell).collect();
    let (one, next) = (cell(column), cell(column + 1));
    let mut touched = match damage {
        Damage::Letter => vec![one],
        Damage::Letters => Vec::new(),
        _ => whole.clone(),
    };
    let plain = |cell: CellId| truth.value(cell).to_string();
    let text = made::tabbed(truth, &mut |at| {
        let own = plain(at);
        match damage {
            Damage::Letter if at == one => own.chars().map(|digit| letter(digit, dice)).collect(),
            Damage::Letters if form.cell(at).table == table => {
                let spoiled: String =
                    own.chars().map(|digit| if dice.below(20) == 0 { letter(digit, dice) } else { digit }).collect();
                if spoiled != own {
                    touched.push(at);
                }
                spoiled
            }
            Damage::Lost if at == one => "\u{1}".to_owned(),
            Damage::Merged if at == one => format!("{own} {}", plain(next)),
            Damage::Joined | Damage::Drawn if at == one => own + &plain(next),
            Damage::Merged | Damage::Joined if at == next => "\u{1}".to_owned(),
            Damage::Drawn if at == next => String::new(),
            Damage::Row if whole.contains(&at) => "\u{2}".to_owned(),
            _ => own,
        }
    });
    let kept = text.lines().filter(|line| !line.contains('\u{2}'));
    let text = kept.map(|line| line.replace("\t\u{1}", "")).collect::<Vec<_>>().join("\n");
    (text, touched)
}

/// The findings that suggest something for one of these cells.
fn suggesting<'a>(reading: &'a Reading, cells: &[&str]) -> Vec<&'a Finding> {
    let about = |finding: &&Finding| {
        let changes = finding.repairs.iter().flat_map(|repair| &repair.changes);
        changes.into_iter().any(|change| cells.contains(&change.cell.as_str()))
    };
    reading.findings.iter().filter(about).collect()
}

fn outcome(truth: &Report, reading: &Reading, touched: &[CellId]) -> Outcome {
    let (form, report) = (&truth.form, &reading.report);
    let number = |cell: CellId| truth.value(cell).number();
    let mut open = Vec::new();
    for (cell, _) in form.cells() {
        match report.value(cell) {
            Value::Number(read) if Some(*read) == number(cell) => {}
            Value::Number(_) if report.is_inferred(cell) => return Outcome::Marked,
            Value::Number(_) if suggesting(reading, &[&form.cell(cell).address]).is_empty() => {
                let errors = check(report, None, Language::CHINESE);
                let named = errors.iter().any(|finding| finding.cells.contains(&form.cell(cell).address));
                return if named { Outcome::Checked } else { Outcome::Silent };
            }
            _ => open.push(cell),
        }
    }
    if let Some(other) = open.iter().find(|cell| !touched.contains(cell)) {
        panic!("{} was not touched, and not read", form.cell(*other).address);
    }
    if open.is_empty() {
        return Outcome::Known;
    }
    let addresses: Vec<&str> = open.iter().map(|cell| form.cell(*cell).address.as_str()).collect();
    let findings = suggesting(reading, &addresses);
    if findings.is_empty() {
        return Outcome::Asked;
    }
    let is_true = |repair: &&nianbao::finding::Repair| {
        repair.changes.iter().all(|change| {
            let cell = form.find(&change.cell).expect("the form has it");
            truth.value(cell).to_string() == change.to
        })
    };
    let covered = |address: &&&str| {
        let repairs = findings.iter().flat_map(|finding| &finding.repairs).filter(is_true);
        repairs.flat_map(|repair| &repair.changes).any(|change| change.cell == **address)
    };
    match addresses.iter().filter(covered).count() == addresses.len() {
        true if findings.iter().all(|finding| finding.repairs.len() == 1) => Outcome::Alone,
        true => Outcome::Among,
        false if findings.iter().all(|finding| finding.repairs.iter().any(|repair| is_true(&repair))) => Outcome::Asked,
        false => Outcome::Misled,
    }
}

fn case(seed: u64, form: usize, digits: u32, damage: Damage) -> (Report, Reading, Vec<CellId>, String) {
    let mut dice = Dice(seed);
    let truth = made::report(OFFICIAL.get(FORMS[form]).unwrap(), &mut dice, digits);
    let (text, touched) = damaged(&truth, damage, &mut dice);
    let read = reading(&text, None);
    (truth, read, touched, text)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn letters_are_never_taken_for_digits_silently(seed: u64, form in 0..2usize, digits in 1..=5u32, many: bool) {
        let damage = if many { Damage::Letters } else { Damage::Letter };
        let (truth, read, touched, text) = case(seed, form, digits, damage);
        let found = outcome(&truth, &read, &touched);
        prop_assert!(matches!(found, Outcome::Known | Outcome::Alone | Outcome::Asked), "{found:?}\n{text}");
        for cell in touched {
            let shown = read.report.value(cell);
            prop_assert!(shown.number().is_none() || shown == truth.value(cell), "the published text stays");
        }
    }
}

/// `cargo test --test all damage -- --nocapture` prints the shares that the documentation states.
#[test]
fn the_shares_by_damage() {
    let cases: u64 = std::env::var("NIANBAO_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(16);
    let names = ["known", "alone", "among", "asked", "misled", "marked", "checked", "silent"];
    println!("\n{:10} {:>5}  {}", "damage", "cases", names.map(|name| format!("{name:>7}")).join(" "));
    for damage in DAMAGES {
        let mut counts: BTreeMap<Outcome, usize> = BTreeMap::new();
        for at in 0..cases {
            let (truth, read, touched, _) = case(at * 7 + 1, at as usize % 2, 1 + at as u32 % 4, damage);
            *counts.entry(outcome(&truth, &read, &touched)).or_default() += 1;
        }
        let outcomes = [
            Outcome::Known,
            Outcome::Alone,
            Outcome::Among,
            Outcome::Asked,
            Outcome::Misled,
            Outcome::Marked,
            Outcome::Checked,
            Outcome::Silent,
        ];
        let share = |outcome| counts.get(&outcome).copied().unwrap_or(0) as f64 * 100.0 / cases as f64;
        println!(
            "{:10} {cases:5}  {}",
            format!("{damage:?}"),
            outcomes.map(|outcome| format!("{:7.1}", share(outcome))).join(" ")
        );
    }
}
