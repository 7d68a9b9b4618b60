//! Which cell is wrong, over consistent reports and mistakes at random.
//!
//! The relations of the requests table are a code of minimum distance 4: a change of figures that
//! no relation notices alters at least four of them, two in each of two rows. Hence one wrong figure
//! there is always found with its true value; of two the true ones are always among the candidates.
//! A row of the disputes table has one relation: its wrong figure is among at most five candidates.
//! The figures of section 二 stand in no relation.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::figures::record;
use super::*;
use crate::finding::Repair;

/// Figures as reports have them: of a hundred seventy are 0, twenty small, ten big.
fn figure() -> impl Strategy<Value = i64> {
    (0..i64::from(u32::MAX)).prop_map(|drawn| match drawn % 100 {
        0..70 => 0,
        70..90 => 1 + drawn / 100 % 29,
        90..98 => 30 + drawn / 100 % 9_970,
        _ => 10_000 + drawn * 200,
    })
}

/// What the laws of the form find: everything else is no error.
fn errors(report: &Report, prior: Option<&Report>) -> Vec<Finding> {
    let mut findings = found(report, prior);
    findings.retain(|finding| finding.severity == Severity::Error);
    findings
}

/// A consistent report of each official form, made once.
static CONSISTENT: LazyLock<[Report; 2]> = LazyLock::new(|| ["gongkai-2021", "gongkai-2019"].map(consistent));

/// More figures than either form has cells.
const FIGURES: usize = 220;

/// A consistent report of either form, of all kinds of figures.
fn report() -> impl Strategy<Value = Report> {
    let figures = prop::collection::vec(figure(), FIGURES);
    (any::<bool>(), figures).prop_map(|(form, figures)| filled(CONSISTENT[usize::from(form)].clone(), &figures))
}

fn filled(mut report: Report, figures: &[i64]) -> Report {
    for (index, (cell, _)) in report.form.clone().cells().enumerate() {
        report.set(cell, figures[index].into());
    }
    fill_totals(&mut report);
    balance(&mut report);
    fill_totals(&mut report);
    report
}

/// Shares what was handled and carried out between received and carried in.
fn balance(report: &mut Report) {
    let form = report.form.clone();
    for column in &form.tables.iter().find(|table| table.id == "requests").unwrap().columns {
        let figure = |report: &Report, row: &str| number(report, &format!("requests.{row}.{}", column.id));
        let all = figure(report, "handled_total") + figure(report, "carried_out");
        let carried_in = figure(report, "carried_in").min(all);
        put(report, &format!("requests.carried_in.{}", column.id), carried_in);
        put(report, &format!("requests.received.{}", column.id), all - carried_in);
    }
}

fn number(report: &Report, address: &str) -> i64 {
    report.value(report.form.find(address).unwrap()).to_string().parse().unwrap()
}

/// Last year's report, which carried out what this one carried in.
fn last_year(report: &Report) -> Report {
    let mut last = CONSISTENT.iter().find(|known| known.form.id == report.form.id).unwrap().clone();
    last.year = report.year.map(|year| year - 1);
    for column in ["natural_person", "business", "research", "public_interest", "legal_service", "other_organization"] {
        for (row, from) in [("received", "carried_in"), ("carried_out", "carried_in")] {
            let figure = number(report, &format!("requests.{from}.{column}"));
            put(&mut last, &format!("requests.{row}.{column}"), figure);
        }
        for row in ["carried_in", "granted", "refused_by_law", "declined_duplicate"] {
            put(&mut last, &format!("requests.{row}.{column}"), 0);
        }
    }
    fill_totals(&mut last);
    last
}

/// What a person makes of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slip {
    Another,
    Transposed,
    Lost,
    Doubled,
    OneMore,
    OneLess,
    Nought,
}

const SLIPS: [Slip; 7] =
    [Slip::Another, Slip::Transposed, Slip::Lost, Slip::Doubled, Slip::OneMore, Slip::OneLess, Slip::Nought];

/// The wrong figure; `other` where the slip would change nothing.
fn wrong(slip: Slip, figure: i64, other: i64) -> i64 {
    let mut digits = figure.to_string().into_bytes();
    match slip {
        Slip::Transposed if digits.len() > 1 => digits.swap(0, 1),
        Slip::Lost if digits.len() > 1 => drop(digits.pop()),
        Slip::Doubled => digits.insert(0, digits[0]),
        Slip::OneMore => digits = (figure + 1).to_string().into_bytes(),
        Slip::OneLess => digits = (figure - 1).max(0).to_string().into_bytes(),
        Slip::Nought => digits = vec![b'0'],
        _ => digits = other.to_string().into_bytes(),
    }
    let wrong = String::from_utf8(digits).unwrap().parse().unwrap();
    match wrong == figure {
        true if other == figure => figure + 1,
        true => other,
        false => wrong,
    }
}

/// A mistake: which cell, by its place among all of them, and what is made of it.
fn mistake() -> impl Strategy<Value = (prop::sample::Index, Slip, i64)> {
    (any::<prop::sample::Index>(), prop::sample::select(&SLIPS[..]), figure())
}

/// Puts a wrong figure into a cell. Returns the way back: address, wrong and true figure.
fn spoil(report: &mut Report, address: &str, slip: Slip, other: i64) -> [String; 3] {
    let right = number(report, address);
    let wrong = wrong(slip, right, other);
    put(report, address, wrong);
    [address.to_owned(), wrong.to_string(), right.to_string()]
}

fn addresses(report: &Report, table: &str) -> Vec<String> {
    let all = report.form.cells().map(|(_, cell)| cell.address.clone());
    all.filter(|address| address.starts_with(table)).collect()
}

/// The changes of a repair, as `spoil` returns them, in the order of the address.
fn changes(repair: &Repair) -> Vec<[String; 3]> {
    let of = |change: &finding::Change| [change.cell.clone(), change.from.clone(), change.to.clone()];
    let mut changes: Vec<_> = repair.changes.iter().map(of).collect();
    changes.sort();
    changes
}

/// How far the findings lead back to the mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Located {
    /// The true figures are the only suggestion.
    Alone,
    /// They are the first of several candidates.
    First,
    Among,
    /// It is said that too much would do.
    TooMany,
    /// A wrong suggestion is made.
    Misled,
    /// Something else is said.
    Missed,
    /// Nothing is.
    Silent,
}

fn located(findings: &[Finding], mut truth: Vec<[String; 3]>) -> Located {
    truth.sort();
    let mut apart: Vec<_> = findings.iter().flat_map(|finding| finding.repairs.iter().flat_map(changes)).collect();
    apart.sort();
    if findings.iter().all(|finding| finding.repairs.len() == 1) && apart == truth && !truth.is_empty() {
        return Located::Alone;
    }
    let untrue = |finding: &&Finding| !changes(&finding.repairs[0]).iter().all(|change| truth.contains(change));
    if findings.iter().filter(|finding| finding.repairs.len() == 1).any(|finding| untrue(&finding)) {
        return Located::Misled;
    }
    match findings {
        [] => Located::Silent,
        [finding] => match finding.repairs.iter().position(|repair| changes(repair) == truth) {
            Some(0) => Located::First,
            Some(_) => Located::Among,
            None if finding.message.contains("有很多种") => Located::TooMany,
            None => Located::Missed,
        },
        _ => Located::Missed,
    }
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_consistent_report_is_left_alone(report in report()) {
        prop_assert_eq!(errors(&report, None), []);
        prop_assert_eq!(errors(&report, Some(&last_year(&report))), []);
    }

    #[test]
    fn one_wrong_figure_of_a_request_is_always_found(report in report(), (at, slip, other) in mistake(), with: bool) {
        let last = with.then(|| last_year(&report));
        let mut report = report;
        let address = at.get(&addresses(&report, "requests.")).clone();
        let truth = spoil(&mut report, &address, slip, other);
        let findings = errors(&report, last.as_ref());
        prop_assert_eq!(findings.len(), 1);
        prop_assert_eq!(&findings[0].cells[0], &address);
        prop_assert_eq!(located(&findings, vec![truth]), Located::Alone);
    }

    #[test]
    fn one_wrong_figure_of_a_dispute_is_a_candidate(report in report(), (at, slip, other) in mistake()) {
        let mut report = report;
        let address = at.get(&addresses(&report, "disputes.")).clone();
        let truth = spoil(&mut report, &address, slip, other);
        let findings = errors(&report, None);
        prop_assert_eq!(findings.len(), 1);
        prop_assert!((1..=5).contains(&findings[0].repairs.len()));
        let located = located(&findings, vec![truth]);
        prop_assert!(matches!(located, Located::Alone | Located::First | Located::Among), "{located:?}");
    }

    #[test]
    fn a_wrong_figure_without_a_relation_is_not_seen(report in report(), (at, slip, other) in mistake()) {
        let mut report = report;
        let address = at.get(&addresses(&report, "article20")).clone();
        spoil(&mut report, &address, slip, other);
        prop_assert_eq!(errors(&report, None), []);
    }

    #[test]
    fn of_two_wrong_figures_the_true_ones_are_candidates(
        report in report(),
        (at, slip, other) in mistake(),
        (at_too, slip_too, other_too) in mistake(),
    ) {
        let mut report = report;
        let all = addresses(&report, "requests.");
        let (one, two) = (at.get(&all), at_too.get(&all));
        prop_assume!(one != two);
        let truth = vec![spoil(&mut report, one, slip, other), spoil(&mut report, two, slip_too, other_too)];
        let located = located(&errors(&report, None), truth);
        prop_assert!(!matches!(located, Located::Misled | Located::Missed | Located::Silent), "{located:?}");
    }

    #[test]
    fn a_figure_in_the_neighbouring_column_is_a_candidate(report in report(), at: prop::sample::Index) {
        let mut report = report;
        let Some(truth) = exchange(&mut report, at) else { return Ok(()) };
        let located = located(&errors(&report, None), truth);
        prop_assert!(!matches!(located, Located::Misled | Located::Missed | Located::Silent), "{located:?}");
    }

    #[test]
    fn a_figure_that_cannot_be_read_is_determined(report in report(), at: prop::sample::Index) {
        let mut report = report;
        let address = at.get(&addresses(&report, "")).clone();
        let right = number(&report, &address);
        put(&mut report, &address, Value::read("约"));
        let findings = errors(&report, None);
        prop_assert_eq!(findings.len(), 1);
        let repairs: Vec<_> = findings[0].repairs.iter().flat_map(changes).collect();
        let truth = [address.clone(), "约".into(), right.to_string()];
        prop_assert_eq!(repairs, if address.starts_with("article20") { vec![] } else { vec![truth] });
    }
}

/// Puts the figures of two neighbouring columns of a row into each other's place; `None` where they are equal.
fn exchange(report: &mut Report, at: prop::sample::Index) -> Option<Vec<[String; 3]>> {
    let all = addresses(report, "requests.");
    let mut pairs: Vec<(&String, &String)> = all.iter().zip(&all[1..]).collect();
    let row = |address: &str| address.rsplit_once('.').unwrap().0.to_owned();
    pairs.retain(|(one, other)| row(one) == row(other) && number(report, one) != number(report, other));
    if pairs.is_empty() {
        return None;
    }
    let &(one, other) = at.get(&pairs);
    let (left, right) = (number(report, one), number(report, other));
    put(report, one, right);
    put(report, other, left);
    let way = |address: &String, from: i64, to: i64| [address.clone(), from.to_string(), to.to_string()];
    Some(vec![way(one, right, left), way(other, left, right)])
}

/// A place in the tables, as the measured shares tell it: kind of row, kind of column.
fn place(address: &str) -> String {
    let mut names = address.split('.');
    let (table, row, column) = (names.next().unwrap(), names.next().unwrap(), names.next().unwrap());
    let row = match (table, row) {
        ("requests", "received" | "carried_in" | "handled_total" | "carried_out") => row,
        ("requests", _) => "result",
        ("disputes", _) => "case",
        _ => return "article20".into(),
    };
    format!("{table} {row} {}", if column == "total" { "total" } else { "part" })
}

/// How many cases of one kind there were, by how far they were located.
struct Share {
    name: String,
    counts: [usize; 7],
}

const LOCATED: [Located; 7] = [
    Located::Alone,
    Located::First,
    Located::Among,
    Located::TooMany,
    Located::Misled,
    Located::Missed,
    Located::Silent,
];

fn count(shares: &mut Vec<Share>, name: String, located: Located) {
    let place = LOCATED.iter().position(|known| *known == located).unwrap();
    let known = shares.iter().position(|share| share.name == name).unwrap_or_else(|| {
        shares.push(Share { name, counts: [0; 7] });
        shares.len() - 1
    });
    shares[known].counts[place] += 1;
}

/// Prints the shares, and writes down how many mistakes are found alone, and how many among others.
fn print(title: &str, mut shares: Vec<Share>) {
    for (what, located) in [("alone with the true value", 1), ("among others", 3)] {
        let found: usize = shares.iter().flat_map(|share| &share.counts[..located]).sum();
        let cases: usize = shares.iter().flat_map(|share| share.counts).sum();
        record(&format!("{title}: {what}"), "%", &[found as f64 * 100.0 / cases as f64], None);
    }
    shares.sort_by(|one, other| one.name.cmp(&other.name));
    println!(
        "\n{title:34} {:>6}  {:>7} {:>7} {:>7} {:>7} {:>7} {:>7} {:>7}",
        "cases", "alone", "first", "among", "many", "misled", "missed", "silent"
    );
    for Share { name, counts } in shares {
        let cases: usize = counts.iter().sum();
        let percent = counts.map(|count| format!("{:7.1}", count as f64 * 100.0 / cases as f64));
        println!("{name:34} {cases:>6}  {}", percent.join(" "));
    }
}

/// `cargo test --lib measured -- --nocapture` prints the shares that the documentation states.
#[test]
fn the_measured_shares() {
    const CASES: usize = 2000;
    let mut runner = TestRunner::deterministic();
    let all = addresses(&CONSISTENT[0], "requests.");
    let all_cases = addresses(&CONSISTENT[0], "disputes.");
    let (mut places, mut slips, mut more) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..CASES {
        let drawn = (report(), prop::collection::vec(mistake(), 3)).new_tree(&mut runner).unwrap();
        let (original, mistakes) = drawn.current();
        let all: Vec<String> = all.iter().filter(|address| original.form.find(address).is_some()).cloned().collect();
        let (mut spoiled, mut truth) = (original.clone(), Vec::new());
        for (wrongs, (at, slip, other)) in mistakes.iter().enumerate() {
            let address: &String = at.get(&all);
            if truth.iter().any(|[known, ..]: &[String; 3]| known == address) {
                break;
            }
            truth.push(spoil(&mut spoiled, address, *slip, *other));
            let located = located(&errors(&spoiled, None), truth.clone());
            match wrongs {
                0 => count(&mut places, place(address), located),
                1 => count(&mut more, "2 wrong figures".into(), located),
                _ => count(&mut more, "3 wrong figures".into(), located),
            }
        }
        let mut spoiled = original.clone();
        if let Some(truth) = exchange(&mut spoiled, mistakes[0].0) {
            count(&mut more, "2 neighbours exchanged".into(), located(&errors(&spoiled, None), truth));
        }
        let (at, slip, other) = mistakes[1];
        let mut spoiled = original;
        let address: &String = at.get(&all_cases);
        let truth = spoil(&mut spoiled, address, slip, other);
        let located = located(&errors(&spoiled, None), vec![truth]);
        count(&mut places, place(address), located);
        let column = if address.ends_with("total") { "total" } else { "part" };
        count(&mut slips, format!("disputes {column} {slip:?}"), located);
    }
    let alone = |share: &Share| share.counts[0] == share.counts.iter().sum::<usize>();
    assert!(places.iter().filter(|share| share.name.starts_with("requests")).all(alone));
    print("one wrong figure, by place", places);
    print("in disputes, by mistake", slips);
    print("several in the requests table", more);
}
