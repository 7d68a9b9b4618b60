//! Consistent reports at random, and how a careless copy of a page prints them.

use std::sync::Arc;

use nianbao::form::{Axis, CellId, Form, Kind, Laid, Side};
use nianbao::language::Language;
use nianbao::relation;
use nianbao::report::Report;
use nianbao::value::Value;
use rust_decimal::Decimal;

use crate::dice::Dice;

/// A consistent report. As in reality most figures are 0: nearly all requests come from natural persons.
pub fn report(form: &Arc<Form>, dice: &mut Dice, digits: u32) -> Report {
    let mut report = Report::empty(form.clone());
    report.year = Some(form.years.from);
    report.agency = "某县".to_owned();
    for (cell, definition) in form.cells() {
        let filled = match (form.tables[definition.table].id.as_str(), definition.column) {
            ("requests", 0) => dice.percent(55),
            ("requests", 1) => dice.percent(20),
            ("requests", _) => dice.percent(4),
            ("disputes", _) => dice.percent(30),
            _ => dice.percent(60),
        };
        let figure = if filled { dice.figure(digits) } else { 0 };
        let figure = if definition.holds.kind == Kind::Change && dice.percent(30) { -figure } else { figure };
        let scale = if definition.holds.kind == Kind::Amount && dice.percent(50) { 2 } else { 0 };
        report.set(cell, Value::Number(Decimal::new(figure, scale).normalize()));
        if !definition.holds.units.is_empty() {
            report.set_unit(cell, Some("元".to_owned()));
        }
    }
    fill_totals(&mut report);
    balance(&mut report);
    fill_totals(&mut report);
    report
}

fn fill_totals(report: &mut Report) {
    let form = report.form.clone();
    for axis in [Axis::Column, Axis::Row] {
        for instance in form.instances.iter().filter(|instance| instance.along.is_some_and(|(along, _)| along == axis))
        {
            let Some(total) = instance.total else { continue };
            let parts = instance.side(Side::Right);
            let sum = parts.map(|term| relation::figure(&term.operand, report, None).expect("all is filled")).sum();
            report.set(total, Value::Number(sum));
        }
    }
}

/// Shares what was handled and carried out between received and carried in.
fn balance(report: &mut Report) {
    let form = report.form.clone();
    for column in &form.tables.iter().find(|table| table.id == "requests").expect("the form has it").columns {
        let cell = |row: &str| form.find(&format!("requests.{row}.{}", column.id)).expect("the form has it");
        let figure = |row: &str| report.value(cell(row)).number().expect("all is filled");
        let all = figure("handled_total") + figure("carried_out");
        let carried_in = figure("carried_in").min(all);
        report.set(cell("carried_in"), Value::Number(carried_in));
        report.set(cell("received"), Value::Number(all - carried_in));
    }
}

/// How the figures of a row stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// One beside the other without a gap.
    Glued,
    /// With a space between them.
    Spaced,
}

/// The text of a report as it is torn from a page: everything of a section on one line, labels and figures.
pub fn torn(report: &Report, look: &mut dyn FnMut(&[CellId]) -> Look) -> String {
    let shown = |cell: CellId| report.value(cell).to_string() + report.unit(cell).unwrap_or_default();
    print(report, &mut |labels, cells| {
        let figures: Vec<String> = cells.iter().map(|cell| shown(*cell)).collect();
        match look(cells) {
            Look::Glued => format!("{labels}{}", figures.concat()),
            Look::Spaced => format!("{labels} {} ", figures.join(" ")),
        }
    })
}

/// The text of a report with a row a line and a tab between cells, blank places included.
pub fn tabbed(report: &Report, text: &mut dyn FnMut(CellId) -> String) -> String {
    print(report, &mut |labels, cells| {
        let figures: Vec<String> = cells.iter().map(|cell| text(*cell)).collect();
        if cells.is_empty() { format!("{labels}\n") } else { format!("{labels}\t{}\n", figures.join("\t")) }
    })
}

/// Prints a report: for every row of its tables what stands at its front and the cells behind.
fn print(report: &Report, row: &mut dyn FnMut(&str, &[CellId]) -> String) -> String {
    let form = &report.form;
    let year = report.year.unwrap_or_default();
    let mut text = format!("某县{year}年政府信息公开工作年度报告\n");
    for section in &form.sections {
        text += &section.printed_heading(Language::CHINESE);
        text += "\n";
        for sheet in &section.sheets {
            for laid in form.layout(sheet).rows {
                let (mut labels, mut cells) = (String::new(), Vec::new());
                for cell in laid {
                    match cell.laid {
                        Laid::Banner(label) | Laid::Corner(label) | Laid::Head { label, .. } => labels += &label.zh,
                        Laid::Figure(id) => cells.push(id),
                    }
                }
                text += &row(&labels, &cells);
            }
            text += "\n";
        }
        if section.sheets.is_empty() {
            text += "本年工作正常开展。\n";
        }
    }
    text
}
