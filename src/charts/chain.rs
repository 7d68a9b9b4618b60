//! What is handed on from year to year, and where it does not arrive as it was sent.

use rust_decimal::Decimal;

use super::years::Years;
use super::{Chart, Figure, Figures, Row, View};
use crate::chart::{Chain, Datum, Plot, Step, Tone};
use crate::form::CellId;

/// From the end of one year to the beginning of the next.
struct Handed {
    year: i32,
    out: Option<(Decimal, Datum)>,
    into: Option<(Decimal, Datum)>,
}

impl Handed {
    /// Both numbers, where both are known.
    fn both(&self) -> Option<(&Datum, &Datum, Decimal)> {
        let ((out, sent), (into, received)) = (self.out.as_ref()?, self.into.as_ref()?);
        Some((sent, received, into - out))
    }
}

pub fn chart(view: View, years: &Years, into: CellId, out: CellId) -> Chart {
    let named = |cell, year| {
        let (number, datum) = years.figure(view, cell, year)?;
        let name = [&*datum.name, &*view.label(cell)].join(view.language.pick("", " "));
        Some((number, Datum { name, label: view.label(cell), tone: Tone::Kind(6), ..datum }))
    };
    let first = years.reports[0].0;
    let last = years.reports[years.reports.len() - 1].0;
    let of = |year| Handed { year, out: named(out, year), into: named(into, year + 1) };
    let steps: Vec<Handed> = (first..last).map(of).filter(|step| step.out.is_some() || step.into.is_some()).collect();
    let gap = |step: &Handed| match step.both() {
        Some((_, _, difference)) if !difference.is_zero() => {
            let by = view.in_unit_of(into, difference.abs());
            let (zh, en) = match difference > Decimal::ZERO {
                true => ("多{by}", "{by} more"),
                false => ("少{by}", "{by} fewer"),
            };
            view.language.say(zh, en, &[("by", &by)])
        }
        _ => String::new(),
    };
    let label = |step: &Handed| [step.year.to_string(), (step.year + 1).to_string()].join(" → ");
    let row = |step: &Handed| Row {
        label: label(step),
        level: 0,
        cells: vec![
            years.told(view, out, step.year),
            years.told(view, into, step.year + 1),
            Figure { text: gap(step), cell: String::new() },
        ],
    };
    let heads = [String::new(), view.label(out), view.label(into), view.language.pick("相差", "Difference").to_owned()];
    let figures = Figures { heads: heads.to_vec(), rows: steps.iter().map(row).collect() };
    let mut notes = Vec::new();
    let missing = years.missing();
    if !missing.is_empty() {
        let values = [("years", &*view.list(&missing))];
        notes.push(view.language.say(
            "没有{years}年的报告，与这些年的衔接无法核对。",
            "There is no report for {years}, so that nothing can be said of what was handed on then.",
            &values,
        ));
    }
    let reading = reading(view, &steps, (into, out));
    let compared = steps.iter().any(|step| step.both().is_some());
    let step = |step: &Handed| Step {
        label: label(step),
        out: step.out.as_ref().map(|(_, datum)| datum.clone()),
        into: step.into.as_ref().map(|(_, datum)| datum.clone()),
        gap: gap(step),
    };
    Chart {
        reading,
        notes,
        plot: compared.then(|| Plot::Chain(Chain { steps: steps.iter().map(step).collect() })),
        figures,
        source: years.source(view),
        ..Chart::default()
    }
}

fn reading(view: View, steps: &[Handed], (into, out): (CellId, CellId)) -> String {
    let compared: Vec<_> = steps.iter().filter_map(|step| Some((step.year, step.both()?))).collect();
    let wrong: Vec<_> = compared.iter().filter(|(_, (_, _, difference))| !difference.is_zero()).collect();
    let Some((year, (sent, received, _))) = wrong.first().copied().or(compared.first()) else {
        return view
            .language
            .pick(
                "没有相邻两年的报告，无法核对结转。",
                "No two reports follow each other, so that nothing can be compared.",
            )
            .to_owned();
    };
    let values = [
        ("count", &*compared.len().to_string()),
        ("wrong", &*wrong.len().to_string()),
        ("year", &*year.to_string()),
        ("next", &*(year + 1).to_string()),
        ("out", &*view.label(out)),
        ("into", &*view.label(into)),
        ("sent", &*sent.text),
        ("received", &*received.text),
    ];
    let (zh, en) = match (compared.len(), wrong.len()) {
        (1, 0) => (
            "{year}年“{out}”和{next}年“{into}”一致，都是{sent}。",
            "“{out}” of {year} and “{into}” of {next} agree: {sent}.",
        ),
        (_, 0) => (
            "{count}次年度衔接，“{out}”和次年的“{into}”都一致。",
            "In all {count} cases “{out}” agrees with “{into}” of the next year.",
        ),
        (1, _) => (
            "{year}年“{out}”{sent}，{next}年“{into}”{received}，对不上。",
            "“{out}” of {year} is {sent}, but “{into}” of {next} is {received}.",
        ),
        (_, 1) => (
            "{count}次年度衔接中有1次对不上：{year}年“{out}”{sent}，{next}年“{into}”{received}。",
            "One of {count} does not agree: “{out}” of {year} is {sent}, but “{into}” of {next} is {received}.",
        ),
        _ => (
            "{count}次年度衔接中有{wrong}次对不上，最早的是{year}年“{out}”{sent}，{next}年“{into}”{received}。",
            "{wrong} of {count} do not agree, the first: “{out}” of {year} is {sent}, but “{into}” of {next} is {received}.",
        ),
    };
    view.language.say(zh, en, &values)
}
