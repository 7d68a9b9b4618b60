//! What a single cell may hold: numbers, whole ones, no negative ones; and which cells are blank.

use rust_decimal::Decimal;

use super::repair;
use super::sentence::{cell_label, repair_of};
use crate::finding::{Change, Finding, Repair, Severity};
use crate::form::{CellId, Form, Instance, Kind, Operand, Side};
use crate::language::Language;
use crate::quantity;
use crate::report::Report;
use crate::value::Value;
use crate::words;

pub fn findings(report: &Report, language: Language, findings: &mut Vec<Finding>) {
    for (cell, _) in report.form.cells() {
        findings.extend(wrong_content(report, cell, language));
        findings.extend(missing_unit(report, cell, language));
    }
    let totals = blank_totals(report, language);
    let told: Vec<CellId> = totals.iter().map(|(cell, _)| *cell).collect();
    findings.extend(totals.into_iter().map(|(_, finding)| finding));
    for table in 0..report.form.tables.len() {
        findings.extend(blanks(report, table, &told, language));
        findings.extend(dashes(report, table, &told, language));
    }
}

/// A finding about cells of one table.
fn about(form: &Form, cells: &[CellId], finding: Finding) -> Finding {
    let addresses = cells.iter().map(|cell| form.cell(*cell).address.clone()).collect();
    let section = cells.first().map_or("", |cell| form.section_of(form.cell(*cell).table).id.as_str());
    finding.about(addresses).in_section(section)
}

/// What must stand in a cell that holds no number, where the relations determine it. It is never
/// filled in by itself.
fn determined(report: &Report, cell: CellId, language: Language) -> Vec<Repair> {
    let unknown = report.value(cell).number().is_none();
    let value = repair::determined(report, cell).filter(|_| unknown);
    value.map(|value| repair_of(report, &vec![(cell, value)], language)).into_iter().collect()
}

/// What must stand in a cell, and what stands there in its unit: one suggestion where both are the same.
fn with_conversion(report: &Report, cell: CellId, mut repairs: Vec<Repair>, language: Language) -> Vec<Repair> {
    let (form, text) = (&*report.form, report.value(cell).to_string());
    let printed = form.cell(cell).holds.unit.as_ref();
    let unit = printed.map(|unit| unit.zh.as_str()).or_else(|| report.unit(cell));
    let Some(number) = quantity::converted(&text, unit) else { return repairs };
    let to = number.to_string();
    let known = |repair: &Repair| repair.changes.iter().any(|change| change.to == to);
    if !repairs.iter().any(known) {
        let unit = printed.map(|unit| unit.get(language)).or(unit).unwrap_or_default();
        let why = language.say(words::FINDING_WHY_UNIT, &[("unit", unit)]);
        let why = if unit.is_empty() { language.word(words::FINDING_WHY_PLAIN_NUMBER).to_owned() } else { why };
        let address = form.cell(cell).address.clone();
        repairs.push(Repair { changes: vec![Change { cell: address, from: text, to }], why, ..Repair::default() });
    }
    repairs
}

/// The same in words.
fn hint(repairs: &[Repair], language: Language) -> String {
    let Some(change) = repairs.first().and_then(|repair| repair.changes.first()) else { return String::new() };
    language.say(words::FINDING_HINT, &[("to", &change.to)])
}

/// A cell that cannot be what it says.
fn wrong_content(report: &Report, cell: CellId, language: Language) -> Option<Finding> {
    let form = &*report.form;
    let (value, holds) = (report.value(cell), &form.cell(cell).holds);
    let rule = match value {
        Value::Text(_) if !value.is_blank() => "not-a-number",
        Value::Number(number) if holds.kind != Kind::Amount && !number.fract().is_zero() => "not-whole",
        Value::Number(number) if holds.kind != Kind::Change && *number < Decimal::ZERO => "negative",
        _ => return None,
    };
    let message = match rule {
        "not-a-number" => words::FINDING_NOT_A_NUMBER,
        "not-whole" => words::FINDING_NOT_WHOLE,
        _ => words::FINDING_NEGATIVE,
    };
    let (label, value) = (cell_label(form, cell, language), value.to_string());
    let determined = determined(report, cell, language);
    let message = language.say(message, &[("label", &label), ("value", &value)]) + &hint(&determined, language);
    let repairs = with_conversion(report, cell, determined, language);
    let finding = Finding::new(rule, Severity::Error, message).comparing(Some(value), None).repaired_by(repairs);
    Some(about(form, &[cell], finding))
}

/// An amount without a unit, where the form prints none and a report has to write it.
fn missing_unit(report: &Report, cell: CellId, language: Language) -> Option<Finding> {
    let form = &*report.form;
    let units = &form.cell(cell).holds.units;
    let number = report.value(cell).number().filter(|number| !number.is_zero() && !units.is_empty())?;
    let known = |unit: &str| units.iter().any(|(known, _)| known == unit);
    let names: Vec<&str> = units.iter().map(|(unit, _)| unit.as_str()).collect();
    let (label, names) = (cell_label(form, cell, language), names.join(language.word(words::LIST_COMMA)));
    let (unit, number) = (report.unit(cell), number.to_string());
    let message = match unit {
        Some(unit) if known(unit) => return None,
        Some(_) => words::FINDING_UNIT_UNKNOWN,
        None => words::FINDING_UNIT_MISSING,
    };
    let values = [("label", &*label), ("unit", unit.unwrap_or_default()), ("number", &number), ("names", &names)];
    let message = language.say(message, &values);
    let finding = Finding::new("plausible", Severity::Warning, message).coded("unit");
    Some(about(form, &[cell], finding.comparing(Some(number), None)))
}

/// What the filled parts of a total add up to; `None` where one of them is unreadable.
fn sum_of_parts(report: &Report, instance: &Instance) -> Option<Decimal> {
    instance.side(Side::Right).try_fold(Decimal::ZERO, |sum, term| match &term.operand {
        Operand::Own(cell) if report.is_blank(*cell) => Some(sum),
        Operand::Own(cell) => sum.checked_add(report.value(*cell).number()?),
        _ => None,
    })
}

/// Totals that are blank although their parts add up to more than nothing: whatever the other
/// parts are, blank cannot be right.
fn blank_totals(report: &Report, language: Language) -> Vec<(CellId, Finding)> {
    let form = &*report.form;
    let mut found: Vec<(CellId, Finding)> = Vec::new();
    for instance in &form.instances {
        let Some(cell) = instance.total.filter(|cell| report.is_blank(*cell)) else { continue };
        let Some(sum) = sum_of_parts(report, instance).filter(|sum| *sum > Decimal::ZERO) else { continue };
        if found.iter().any(|(told, _)| *told == cell) {
            continue;
        }
        let (label, sum) = (cell_label(form, cell, language), sum.to_string());
        let message = language.say(words::FINDING_BLANK_TOTAL, &[("label", &label), ("sum", &sum)]);
        let finding = Finding::new("blank", Severity::Error, message).coded("total").comparing(None, Some(sum));
        let finding = finding.repaired_by(determined(report, cell, language));
        found.push((cell, about(form, &[cell], finding)));
    }
    found
}

/// The blank cells of a table that are not told already, of one kind.
fn blank_cells(report: &Report, table: usize, told: &[CellId], wanted: impl Fn(&Value) -> bool) -> Vec<CellId> {
    let cells = report.form.cells().filter(|(_, definition)| definition.table == table).map(|(cell, _)| cell);
    let blank = cells.filter(|cell| report.is_blank(*cell) && !told.contains(cell));
    blank.filter(|cell| wanted(report.value(*cell))).collect()
}

fn blanks(report: &Report, table: usize, told: &[CellId], language: Language) -> Option<Finding> {
    let cells = blank_cells(report, table, told, |value| *value == Value::Blank);
    let form = &*report.form;
    let name = form.tables[table].name.get(language);
    let all = form.tables[table].rows.len() * form.tables[table].columns.len();
    let (count, rows) = (cells.len(), row_labels(form, &cells, language));
    let message = if count == 0 {
        return None;
    } else if count == all {
        words::FINDING_TABLE_BLANK
    } else {
        words::FINDING_BLANKS
    };
    let message = language.say(message, &[("name", name), ("count", &count.to_string()), ("rows", &rows)]);
    Some(about_cells(report, &cells, message, language))
}

fn dashes(report: &Report, table: usize, told: &[CellId], language: Language) -> Option<Finding> {
    let cells = blank_cells(report, table, told, |value| *value != Value::Blank);
    let form = &*report.form;
    let name = form.tables[table].name.get(language);
    let mark = report.value(*cells.first()?).to_string();
    let (count, rows) = (cells.len().to_string(), row_labels(form, &cells, language));
    let message =
        language.say(words::FINDING_DASHES, &[("name", name), ("count", &count), ("mark", &mark), ("rows", &rows)]);
    Some(about_cells(report, &cells, message, language))
}

/// A finding about blank cells. Of one alone it says what should stand there.
fn about_cells(report: &Report, cells: &[CellId], message: String, language: Language) -> Finding {
    let form = &*report.form;
    let repairs = match cells {
        [cell] => determined(report, *cell, language),
        _ => Vec::new(),
    };
    let message = message + &hint(&repairs, language);
    about(form, cells, Finding::new("blank", Severity::Warning, message).repaired_by(repairs))
}

/// How many rows a sentence names before it says “and others”.
const ROWS_NAMED: usize = 3;

fn row_labels(form: &Form, cells: &[CellId], language: Language) -> String {
    let mut labels: Vec<String> = Vec::new();
    for cell in cells {
        let label = language.quoted(&form.row_label(*cell, language));
        if labels.last() != Some(&label) {
            labels.push(label);
        }
    }
    let count = labels.len();
    let named = labels[..count.min(ROWS_NAMED)].join(language.word(words::LIST_COMMA));
    if count <= ROWS_NAMED {
        return language.say(words::FINDING_ROWS_NAMED, &[("named", &named)]);
    }
    let (count, more) = (count.to_string(), (count - ROWS_NAMED).to_string());
    let values = [("named", &*named), ("count", &count), ("more", &more)];
    language.say(words::FINDING_ROWS_AND_MORE, &values)
}
