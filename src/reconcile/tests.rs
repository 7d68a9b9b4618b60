use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::form::Form;
use crate::forms::Forms;

fn form() -> std::sync::Arc<Form> {
    Forms::official().get("gongkai-2021").unwrap().clone()
}

/// The cells of a row of a table, by address.
fn cells(form: &Form, row: &str) -> Vec<CellId> {
    form.cells().filter(|(_, cell)| cell.address.rsplit_once('.').unwrap().0 == row).map(|(id, _)| id).collect()
}

/// A row of the requests table: the six kinds of applicant and their total.
fn reading(text: &str) -> Vec<Entry> {
    let entry = |word: &str| match word {
        "_" => Entry::Nothing,
        "?" => Entry::Unknown,
        number => Entry::Number(number.parse().unwrap()),
    };
    text.split_whitespace().map(entry).collect()
}

fn row(form: &Form, name: &str, readings: &[&str]) -> OpenRow {
    OpenRow { cells: cells(form, name), readings: readings.iter().map(|text| reading(text)).collect() }
}

/// Known rows; every other cell is 0.
fn known(form: &Form, rows: &[(&str, &str)]) -> Vec<Entry> {
    let mut entries = vec![Entry::Number(0.into()); form.cell_count()];
    for (name, text) in rows {
        for (cell, entry) in cells(form, name).into_iter().zip(reading(text)) {
            entries[cell.index()] = entry;
        }
    }
    entries
}

fn solved(form: &Form, entries: &[Entry], rows: &[OpenRow]) -> Vec<Group> {
    reconcile(&Laws::of(form), &|cell| entries[cell.index()], rows)
}

/// How many readings there are for each group, and which remain for each row.
fn check(known_rows: &[(&str, &str)], open: &[(&str, &[&str])], expect: &[(Option<u64>, &[&[usize]])]) {
    let form = form();
    let rows: Vec<OpenRow> = open.iter().map(|(name, readings)| row(&form, name, readings)).collect();
    let groups = solved(&form, &known(&form, known_rows), &rows);
    let told: Vec<(Option<u64>, Vec<Vec<usize>>)> = groups
        .iter()
        .map(|group| match &group.verdict {
            Verdict::Some { count, remaining, .. } => (Some(*count), remaining.clone()),
            _ => (None, Vec::new()),
        })
        .collect();
    let expect: Vec<_> =
        expect.iter().map(|(count, rows)| (*count, rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>())).collect();
    assert_eq!(told, expect);
}

const RECEIVED: (&str, &str) = ("requests.received", "12 1 0 0 0 0 13");
const HANDLED: (&str, &str) = ("requests.handled_total", "12 1 0 0 0 0 13");
const GRANTED: (&str, &[&str]) = ("requests.granted", &["1 11 0 0 0 0 12", "11 1 0 0 0 0 12"]);

#[test]
fn columns_decide_between_readings_of_a_row() {
    let refused = ("requests.refused_by_law", "1 0 0 0 0 0 1");
    check(&[RECEIVED, HANDLED, refused], &[GRANTED], &[(Some(1), &[&[1]])]);
}

#[test]
fn rows_decide_about_each_other() {
    let refused: (&str, &[&str]) = ("requests.refused_by_law", &["1 0 0 0 0 0 1", "0 1 0 0 0 0 1"]);
    check(&[RECEIVED, HANDLED], &[GRANTED, refused], &[(Some(1), &[&[1]]), (Some(1), &[&[0]])]);
    let declined: (&str, &[&str]) = ("requests.declined_duplicate", &["2 1 0 0 0 0 3", "1 2 0 0 0 0 3"]);
    let refused: (&str, &[&str]) = ("requests.refused_by_law", &["1 2 0 0 0 0 3", "2 1 0 0 0 0 3"]);
    let handled = ("requests.handled_total", "3 3 0 0 0 0 6");
    let received = ("requests.received", "3 3 0 0 0 0 6");
    check(&[handled, received], &[refused, declined], &[(Some(2), &[&[0, 1], &[0, 1]])]);
}

#[test]
fn what_no_law_ties_together_is_told_apart() {
    let open: [(&str, &[&str]); 2] = [("article20_1.rules", &["1 2 3", "1 23 _"]), ("disputes.review", &["1 0 0 0 1"])];
    check(&[], &open, &[(Some(2), &[&[0, 1]]), (Some(1), &[&[0]])]);
}

#[test]
fn no_reading_is_taken_where_none_satisfies_the_laws() {
    check(&[RECEIVED, ("requests.handled_total", "9 9 0 0 0 0 18")], &[GRANTED], &[(None, &[])]);
}

#[test]
fn what_is_unknown_only_adds_what_it_can_hold() {
    // Another row of the column is not known: it may add, but not take away.
    let unknown = ("requests.declined_petition", "? ? ? ? ? ? ?");
    check(&[HANDLED, RECEIVED, unknown], &[GRANTED], &[(Some(1), &[&[1]])]);
    let wide = ("requests.handled_total", "20 20 0 0 0 0 40");
    let received = ("requests.received", "20 20 0 0 0 0 40");
    check(&[wide, received, unknown], &[GRANTED], &[(Some(2), &[&[0, 1]])]);
}

#[test]
fn readings_are_counted_exactly() {
    let form = form();
    let names: Vec<String> = form
        .cells()
        .filter_map(|(_, cell)| cell.address.strip_suffix(".total").map(str::to_owned))
        .filter(|name| name.starts_with("requests."))
        .collect();
    let results = &names[2..23];
    let rows: Vec<OpenRow> = results.iter().map(|name| row(&form, name, &["1 0 0 0 0 0 1", "0 1 0 0 0 0 1"])).collect();
    let all = ("requests.handled_total", "10 11 0 0 0 0 21");
    let received = ("requests.received", "10 11 0 0 0 0 21");
    let groups = solved(&form, &known(&form, &[all, received]), &rows);
    let [Group { verdict: Verdict::Some { count, told, .. }, .. }] = &groups[..] else { panic!("{groups:?}") };
    assert_eq!((*count, told.len()), (352_716, 0), "21 over 10");
}

#[test]
fn what_is_too_large_is_said_to_be_so() {
    let form = form();
    let names: Vec<String> = form
        .cells()
        .filter_map(|(_, cell)| cell.address.strip_suffix(".total").map(str::to_owned))
        .filter(|name| name.starts_with("requests."))
        .collect();
    let part = |row: usize, way: u64, column: u64| (row as u64 + 3) * (way * 7919 + column * 104_729 + 11) % 999_983;
    let text = |parts: &[u64]| {
        let total = parts.iter().sum::<u64>();
        parts.iter().chain([&total]).map(u64::to_string).collect::<Vec<_>>().join(" ")
    };
    let parts = |row: usize, way: u64| (0..6).map(|column| part(row, way, column)).collect::<Vec<_>>();
    let results = names[2..23].iter().enumerate();
    let rows: Vec<OpenRow> = results
        .map(|(at, name)| OpenRow {
            cells: cells(&form, name),
            readings: (0..12).map(|way| reading(&text(&parts(at, way)))).collect(),
        })
        .collect();
    let truth = |row: usize| row as u64 * 5 % 12;
    let sums: Vec<u64> = (0..6).map(|column| (0..21).map(|row| part(row, truth(row), column)).sum()).collect();
    let all = text(&sums);
    let groups = solved(&form, &known(&form, &[("requests.handled_total", &all), ("requests.received", &all)]), &rows);
    assert!(matches!(groups[..], [Group { verdict: Verdict::TooMany { .. }, .. }]), "{groups:?}");
    assert!((0..21).all(|row| groups[0].remaining(row).contains(&(truth(row) as usize))), "the truth stays");
}

#[test]
fn amounts_with_decimals_are_exact() {
    let form = form();
    let rows = [row(&form, "disputes.review", &["0.1 0.2 0 0 0.3", "1 2 0 0 0.3"])];
    let groups = solved(&form, &known(&form, &[]), &rows);
    assert_eq!(groups[0].remaining(0), [0]);
    let huge = [row(&form, "disputes.review", &["79228162514264337593543950335 0 0 0 1"])];
    assert_eq!(solved(&form, &known(&form, &[]), &huge)[0].remaining(0), [] as [usize; 0]);
}

#[test]
fn the_nearest_reading_breaks_the_fewest_laws() {
    let form = form();
    let entries =
        known(&form, &[("requests.handled_total", "11 2 0 0 0 0 13"), ("requests.received", "11 2 0 0 0 0 13")]);
    let rows = [row(&form, GRANTED.0, GRANTED.1)];
    let found = nearest(&Laws::of(&form), &|cell| entries[cell.index()], &rows).unwrap();
    // Of 11 and 1 the first is right; the second column and the total are one short.
    assert_eq!(found.readings, [[1]]);
    assert_eq!(found.broken.len(), 2);
    let far = known(&form, &[("requests.handled_total", "90 90 0 0 0 0 180")]);
    let found = nearest(&Laws::of(&form), &|cell| far[cell.index()], &rows).unwrap();
    assert_eq!(found.readings.len(), 2, "one is as far as the other");
}

#[test]
fn what_is_missing_is_computed_where_the_laws_say_it() {
    let form = form();
    let mut entries = known(&form, &[RECEIVED, HANDLED]);
    let missing = cells(&form, "requests.granted");
    missing.iter().for_each(|cell| entries[cell.index()] = Entry::Unknown);
    let laws = Laws::of(&form);
    let values = |entries: &[Entry]| -> Vec<String> {
        completed(&laws, &|cell| entries[cell.index()], &missing).iter().map(|(_, value)| value.to_string()).collect()
    };
    let mut sorted = values(&entries);
    sorted.sort();
    assert_eq!(sorted, ["0", "0", "0", "0", "1", "12", "13"]);
    // Two rows that are missing in the same columns cannot be told apart.
    for cell in cells(&form, "requests.partly_granted") {
        entries[cell.index()] = Entry::Unknown;
    }
    assert_eq!(values(&entries), ["0", "0", "0", "0"], "nothing can stand where nothing is left");
}

/// What a careful person would do: all readings of all rows, one after the other.
fn by_hand(form: &Form, entries: &[Entry], rows: &[OpenRow]) -> (u64, Vec<BTreeSet<usize>>) {
    let laws = Laws::of(form);
    let mut chosen = vec![0; rows.len()];
    let (mut count, mut remaining) = (0, vec![BTreeSet::new(); rows.len()]);
    loop {
        let entry = |cell: CellId| {
            let open = rows.iter().zip(&chosen).find_map(|(row, reading)| {
                let place = row.cells.iter().position(|known| *known == cell)?;
                Some(row.readings[*reading][place])
            });
            open.unwrap_or(entries[cell.index()])
        };
        let sum = |law: &Law| {
            law.terms.iter().fold(law.fixed, |sum, (cell, factor)| match entry(*cell) {
                Entry::Number(number) => sum + number * Decimal::from(*factor),
                _ => sum,
            })
        };
        let touched = |law: &&Law| law.terms.iter().any(|(cell, _)| rows.iter().any(|row| row.cells.contains(cell)));
        if laws.laws.iter().filter(touched).all(|law| sum(law).is_zero()) {
            count += 1;
            chosen.iter().enumerate().for_each(|(row, reading)| {
                remaining[row].insert(*reading);
            });
        }
        let Some(next) = (0..rows.len()).rev().find(|row| chosen[*row] + 1 < rows[*row].readings.len()) else {
            return (count, remaining);
        };
        chosen[next] += 1;
        chosen[next + 1..].fill(0);
    }
}

fn figures() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(prop_oneof![4 => Just(0u32), 3 => 0u32..3, 1 => 0u32..30], 6)
}

/// A consistent table of four rows of results, some of which are open, each with its true reading among
/// readings at random.
fn open_table() -> impl Strategy<Value = (Vec<Vec<u32>>, Vec<Vec<Vec<u32>>>)> {
    (prop::collection::vec(figures(), 4), prop::collection::vec(prop::collection::vec(figures(), 0..4), 4))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_and_nothing_is_invented((truth, others) in open_table()) {
        let form = form();
        let names = ["granted", "refused_by_law", "declined_duplicate", "other"];
        let with_total = |parts: &[u32]| {
            let total: u32 = parts.iter().sum();
            parts.iter().chain([&total]).map(u32::to_string).collect::<Vec<_>>().join(" ")
        };
        let sums: Vec<u32> = (0..6).map(|column| truth.iter().map(|row| row[column]).sum()).collect();
        let all = with_total(&sums);
        let entries = known(&form, &[("requests.handled_total", &all), ("requests.received", &all)]);
        let rows: Vec<OpenRow> = names.iter().zip(&truth).zip(&others).map(|((name, truth), others)| {
            let texts: Vec<String> = others.iter().chain([truth]).map(|parts| with_total(parts)).collect();
            row(&form, &format!("requests.{name}"), &texts.iter().map(String::as_str).collect::<Vec<_>>())
        }).collect();
        let (count, remaining) = by_hand(&form, &entries, &rows);
        let groups = solved(&form, &entries, &rows);
        let mut product = 1;
        for group in &groups {
            let Verdict::Some { count, told, .. } = &group.verdict else { panic!("the truth is a reading") };
            product *= count;
            prop_assert_eq!(told.len() as u64, if *count <= TOLD as u64 { *count } else { 0 });
            for row in &group.rows {
                let all: Vec<usize> = remaining[*row].iter().copied().collect();
                prop_assert_eq!(group.remaining(*row), &all[..]);
                prop_assert!(group.remaining(*row).contains(&(rows[*row].readings.len() - 1)));
            }
        }
        prop_assert_eq!(product, count);
    }
}
