//! Rows whose figures ran together, of a report that is consistent, or wrong in some figures: what is taken is right,
//! or marked as inferred, and the truth is never excluded.

use nianbao::finding::{Change, Finding};
use nianbao::form::CellId;
use nianbao::read::{Reading, read};
use nianbao::report::Report;
use nianbao::value::Value;
use rust_decimal::Decimal;

use crate::bounds::within;
use crate::dice::Dice;
use crate::made::{self, Look};
use crate::reading::{FORMS, context, look};

const IDS: [&str; 2] = ["gongkai-2019", "gongkai-2021"];

pub fn run(bytes: &[u8]) {
    let mut dice = Dice::new(bytes);
    let form = FORMS.get(IDS[dice.place(2)]).expect("it is official");
    let (digits, share, wrong) = (1 + dice.below(6) as u32, 1 + dice.below(100), dice.below(8).saturating_sub(4));
    let mut published = made::report(form, &mut dice, digits);
    for _ in 0..wrong {
        spoil(&mut published, &mut dice);
    }
    let text = made::torn(&published, &mut |_| if dice.percent(share) { Look::Glued } else { Look::Spaced });
    let reading = within("glued", text.len(), || read(text.as_bytes(), &context()));
    let reading = reading.unwrap_or_else(|error| panic!("it is a report: {error}\n{text}"));
    within("after", text.len(), || look(&reading));
    assert_eq!(reading.report.form.id, form.id, "it is read in another form\n{text}");
    for (cell, _) in form.cells() {
        if let Err(fault) = compare(&published, &reading, cell, wrong > 0) {
            panic!("{}: {fault}\n{text}", form.cell(cell).address);
        }
    }
}

/// Makes one figure another one, so that no reading satisfies all relations.
fn spoil(report: &mut Report, dice: &mut Dice) {
    let form = report.form.clone();
    let lawful = |cell: &CellId| ["requests", "disputes"].contains(&form.table(*cell).id.as_str());
    let cells: Vec<CellId> = form.cells().map(|(cell, _)| cell).filter(lawful).collect();
    let cell = cells[dice.place(cells.len())];
    let number = report.value(cell).number().expect("all is filled");
    report.set(cell, Value::Number(number + Decimal::from(1 + dice.below(9))));
}

/// Compares a figure with what was published.
fn compare(published: &Report, reading: &Reading, cell: CellId, is_wrong: bool) -> Result<(), String> {
    let (report, truth) = (&reading.report, published.value(cell));
    match report.value(cell) {
        Value::Number(number) if Some(*number) == truth.number() => Ok(()),
        Value::Blank if report.is_unread(cell) => {
            let address = &published.form.cell(cell).address;
            let asks = |finding: &&Finding| finding.rule == "unread" && finding.cells.contains(address);
            let asked = reading.findings.iter().find(asks).ok_or("nobody asks for it")?;
            if is_wrong { Ok(()) } else { offers_truth(published, asked) }
        }
        other if is_wrong && report.is_inferred(cell) && *other != Value::Blank => Ok(()),
        other => Err(format!("{other}, and not {truth}")),
    }
}

/// Where readings are offered, one of them is the truth.
fn offers_truth(truth: &Report, finding: &Finding) -> Result<(), String> {
    let is_true = |change: &Change| {
        let cell = truth.form.find(&change.cell).expect("the form has it");
        let written = truth.value(cell).to_string();
        change.to == written || change.to == written + truth.unit(cell).unwrap_or_default()
    };
    let offered = finding.repairs.is_empty() || finding.repairs.iter().any(|repair| repair.changes.iter().all(is_true));
    if offered { Ok(()) } else { Err(format!("the truth is not offered: {}", finding.message)) }
}
