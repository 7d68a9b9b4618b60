//! The sentences about relations: where, both sides in numbers, the difference, what to do.

use rust_decimal::Decimal;

use super::cause::Cause;
use crate::finding::{Equation, Finding, Operand};
use crate::form::{self, Axis, CellId, Form, Instance, Side};
use crate::language::Language;
use crate::relation::{self, Outcome};
use crate::report::Report;

pub fn relation_finding(
    report: &Report,
    prior: Option<&Report>,
    outcomes: &[Outcome],
    cause: &Cause,
    language: Language,
) -> Finding {
    let form = &*report.form;
    let instance = &form.instances[cause.instances[0]];
    let told = &form.relations[instance.relation];
    let equation = equation(report, prior, instance, outcomes[cause.instances[0]], language);
    let mut message = fill(told.wording.get(language), &place(form, instance, language), &equation);
    message += &also(form, cause, language);
    message += &repair(form, cause, language);
    let (expected, actual) = match instance.side(Side::Left).count() {
        1 => (equation.right_sum.clone(), equation.left_sum.clone()),
        _ => (equation.left_sum.clone(), equation.right_sum.clone()),
    };
    let table = instance.terms.iter().find_map(own).map(|cell| form.cell(cell).table);
    Finding {
        cells: cells(form, cause),
        expected: Some(expected),
        actual: Some(actual),
        section: table.map(|table| form.section_of(table).id.clone()),
        equation: Some(equation),
        ..Finding::new(told.rule.clone(), told.severity, message)
    }
}

fn own(term: &form::Term) -> Option<CellId> {
    match term.operand {
        form::Operand::Own(cell) => Some(cell),
        form::Operand::Prior(_) => None,
    }
}

/// All cells that take part, once each: the one whose change would repair it, then the rest.
fn cells(form: &Form, cause: &Cause) -> Vec<String> {
    let mut cells: Vec<CellId> = cause.repair.iter().map(|(cell, _)| *cell).collect();
    for &index in &cause.instances {
        for cell in form.instances[index].terms.iter().filter_map(own) {
            if !cells.contains(&cell) {
                cells.push(cell);
            }
        }
    }
    cells.into_iter().map(|cell| form.cell(cell).address.clone()).collect()
}

/// Where a relation stands: the table, and the row or column in it.
fn place(form: &Form, instance: &Instance, language: Language) -> String {
    let Some(cell) = instance.terms.iter().find_map(own) else { return String::new() };
    let table = form.table(cell);
    let name = table.name.get(language);
    match (instance.along, language) {
        (None, _) => language.pick(format!("“{name}”表"), format!("Table “{name}”")),
        (Some((Axis::Row, at)), Language::Chinese) => {
            format!("“{name}”表“{}”", table.rows[at].short_label(language))
                + if table.across { "部分" } else { "行" }
        }
        (Some((Axis::Column, at)), Language::Chinese) => {
            format!("“{name}”表“{}”列", table.columns[at].short_label(language))
        }
        (Some((Axis::Row, at)), Language::English) => {
            format!("Table “{name}”, row “{}”", table.rows[at].short_label(language))
        }
        (Some((Axis::Column, at)), Language::English) => {
            format!("Table “{name}”, column “{}”", table.columns[at].short_label(language))
        }
    }
}

fn equation(
    report: &Report,
    prior: Option<&Report>,
    instance: &Instance,
    outcome: Outcome,
    language: Language,
) -> Equation {
    let relation = &report.form.relations[instance.relation];
    let operands = |side| instance.side(side).map(|term| operand(report, prior, term, language)).collect();
    let (left_sum, right_sum) = match outcome {
        Outcome::Fails { left, right } => (left.to_string(), right.to_string()),
        _ => Default::default(),
    };
    Equation {
        name: relation.name.get(language).to_owned(),
        basis: relation.basis.get(language).to_owned(),
        left: operands(Side::Left),
        right: operands(Side::Right),
        left_sum,
        right_sum,
    }
}

fn operand(report: &Report, prior: Option<&Report>, term: &form::Term, language: Language) -> Operand {
    let label = match &term.operand {
        form::Operand::Own(cell) => cell_label(&report.form, *cell, language),
        form::Operand::Prior(address) => {
            let named = prior.and_then(|prior| Some(cell_label(&prior.form, prior.form.find(address)?, language)));
            let label = named.unwrap_or_else(|| address.clone());
            language.pick(format!("上一年度：{label}"), format!("Last year: {label}"))
        }
    };
    let value = relation::figure(term, report, prior).map(|figure| figure.to_string()).unwrap_or_default();
    Operand { cell: own(term), label, value, negative: term.negative }
}

/// Row and column of a cell by their labels.
pub fn cell_label(form: &Form, cell: CellId, language: Language) -> String {
    let (row, column) = (form.row_label(cell, language), form.column_label(cell, language));
    language.pick(format!("{row}，{column}"), format!("{row}, {column}"))
}

/// Puts the numbers into a wording of the form.
fn fill(wording: &str, place: &str, equation: &Equation) -> String {
    let sum = |text: &str| text.parse::<Decimal>().unwrap_or_default();
    let difference = (sum(&equation.left_sum) - sum(&equation.right_sum)).abs();
    wording
        .replace("{where}", place)
        .replace("{left}", &side(&equation.left, &equation.left_sum))
        .replace("{right}", &side(&equation.right, &equation.right_sum))
        .replace("{left_sum}", &equation.left_sum)
        .replace("{right_sum}", &equation.right_sum)
        .replace("{difference}", &difference.to_string())
}

/// How many terms of a sum are written out before its zeros are left away.
const WRITTEN_OUT: usize = 6;

/// One side in numbers: `201 + 5 = 206`, or the number alone.
fn side(operands: &[Operand], sum: &str) -> String {
    let written = |operand: &&Operand| operands.len() <= WRITTEN_OUT || operand.value != "0";
    let mut terms = String::new();
    let mut count = 0;
    for operand in operands.iter().filter(written) {
        let sign = match (operand.negative, terms.is_empty()) {
            (true, true) => "-",
            (true, false) => " - ",
            (false, true) => "",
            (false, false) => " + ",
        };
        terms = terms + sign + &operand.value;
        count += 1;
    }
    if count > 1 { format!("{terms} = {sum}") } else { sum.to_owned() }
}

/// The other relations that the same mistake breaks.
fn also(form: &Form, cause: &Cause, language: Language) -> String {
    let others = &cause.instances[1..];
    if others.is_empty() {
        return String::new();
    }
    let places: Vec<_> = others.iter().map(|&index| described(form, &form.instances[index], language)).collect();
    let places = places.join(language.pick("、", ", "));
    language.pick(format!("同一处错误还使{places}不成立。"), format!(" The same mistake also breaks {places}."))
}

fn described(form: &Form, instance: &Instance, language: Language) -> String {
    let name = form.relations[instance.relation].name.get(language);
    let line = instance.along.and_then(|(axis, at)| {
        let table = form.table(instance.terms.iter().find_map(own)?);
        let (lines, word) = match axis {
            Axis::Row => (&table.rows, language.pick("行", "row")),
            Axis::Column => (&table.columns, language.pick("列", "column")),
        };
        let label = lines[at].short_label(language);
        Some(language.pick(format!("“{label}”{word}的"), format!("{word} “{label}”: ")))
    });
    format!("{}“{name}”", line.unwrap_or_default())
}

/// The one number that would set everything right.
fn repair(form: &Form, cause: &Cause, language: Language) -> String {
    let Some((cell, value)) = &cause.repair else { return String::new() };
    let label = cell_label(form, *cell, language);
    language.pick(
        format!("最可能填错的是“{label}”：改为 {value}，以上关系就都成立。"),
        format!(" Most likely “{label}” is wrong: with {value} all of these hold."),
    )
}
