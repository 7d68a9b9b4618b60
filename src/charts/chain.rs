//! What is handed on from year to year, and where it does not arrive as it was sent.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::years::Years;
use super::{Chart, Figure, Row, View};
use crate::chart::{Chain, Datum, Plot, Step, Tone};
use crate::form::{CellId, ChartForm, List};
use crate::words;

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

pub fn make(view: View, years: &Years, form: &ChartForm, chart: &mut Chart) {
    let &[into, out] = form.cells(List::Cells) else { return };
    let named = |cell, year| {
        let (number, datum) = years.figure(view, cell, year)?;
        let label = view.label(cell);
        let name = [&*datum.name, view.language.word(words::SPACE), &*label].concat();
        Some((number, Datum { name, label, tone: Tone::Kind(6), ..datum }))
    };
    let mut steps = Vec::new();
    chart.figures.heads = vec![String::new(), view.label(out), view.label(into)];
    chart.figures.heads.push(view.language.word(words::CHART_DIFFERENCE).to_owned());
    let mut drawn = Chain::default();
    for year in years.first()..years.last() {
        let step = Handed { year, out: named(out, year), into: named(into, year + 1) };
        if step.out.is_none() && step.into.is_none() {
            continue;
        }
        let label = [&*year.to_string(), " → ", &*(year + 1).to_string()].concat();
        let gap = step.both().map(|(.., difference)| gap(view, into, difference)).unwrap_or_default();
        let handed = [years.told(view, out, year), years.told(view, into, year + 1)];
        let mut cells = handed.to_vec();
        cells.push(Figure { text: gap.clone(), cell: String::new() });
        chart.figures.rows.push(Row { label: label.clone(), level: 0, cells });
        let datum = |known: &Option<(Decimal, Datum)>| known.as_ref().map(|(_, datum)| datum.clone());
        drawn.steps.push(Step { label, out: datum(&step.out), into: datum(&step.into), gap });
        steps.push(step);
    }
    let missing = years.missing();
    if !missing.is_empty() {
        let values = [("years", &*view.list(&missing))];
        chart.notes.push(view.language.say(words::CHART_CHAIN_MISSING_YEARS, &values));
    }
    chart.source = years.source(view);
    chart.reading = reading(view, &steps, (into, out));
    chart.plot = steps.iter().any(|step| step.both().is_some()).then_some(Plot::Chain(drawn));
}

/// By what the next year has more or less; nothing where they agree.
fn gap(view: View, cell: CellId, difference: Decimal) -> String {
    let message = match difference.cmp(&Decimal::ZERO) {
        Ordering::Equal => return String::new(),
        Ordering::Greater => words::CHART_GAP_MORE,
        Ordering::Less => words::CHART_GAP_FEWER,
    };
    view.language.say(message, &[("by", &view.in_unit_of(cell, difference.abs()))])
}

fn reading(view: View, steps: &[Handed], (into, out): (CellId, CellId)) -> String {
    let compared: Vec<_> = steps.iter().filter_map(|step| Some((step.year, step.both()?))).collect();
    let wrong: Vec<_> = compared.iter().filter(|(_, (_, _, difference))| !difference.is_zero()).collect();
    let Some((year, (sent, received, _))) = wrong.first().copied().or(compared.first()) else {
        return view.language.word(words::CHART_CHAIN_NOTHING).to_owned();
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
    let message = match (compared.len(), wrong.len()) {
        (1, 0) => words::CHART_CHAIN_ONE_AGREES,
        (_, 0) => words::CHART_CHAIN_ALL_AGREE,
        (1, _) => words::CHART_CHAIN_ONE_DIFFERS,
        (_, 1) => words::CHART_CHAIN_ONE_OF_MANY_DIFFERS,
        _ => words::CHART_CHAIN_SOME_DIFFER,
    };
    view.language.say(message, &values)
}
