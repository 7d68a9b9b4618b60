//! What comes in, what becomes of it, and what remains.

use super::numbers::{bare, length, share};
use super::parts::grouped;
use super::{Chart, Figure, Figures, Row, View};
use crate::chart::{Datum, Flow, Link, Node, Plot, Tone};
use crate::form::{CellId, ChartForm, List, Reading};
use crate::words;

/// The tone of what goes over from one year to the next.
const CARRIED: Tone = Tone::Kind(6);

/// The cells of which what comes in becomes parts or remains.
#[derive(Clone, Copy)]
struct Balance<'a> {
    sources: &'a [CellId],
    parts: &'a [CellId],
    /// The sum of the parts.
    whole: CellId,
    rest: CellId,
}

pub fn make(view: View, form: &ChartForm, chart: &mut Chart) {
    let [whole, rest] = [List::Whole, List::Rest].map(|list| form.cells(list)[0]);
    let (sources, parts) = (form.cells(List::Sources), form.cells(List::Parts));
    let balance = Balance { sources, parts, whole, rest };
    let all = [sources, parts, &[whole, rest]].concat();
    let empty = all.iter().all(|cell| view.number(*cell).unwrap_or_default().is_zero());
    view.note_missing(&all, &mut chart.notes);
    unbalanced(view, sources, &[whole, rest], &mut chart.notes);
    let handled = view.sum(parts);
    if let Some(stated) = view.number(whole).filter(|stated| *stated != handled) {
        let values = [
            ("sum", &*view.in_unit_of(whole, handled)),
            ("label", &*view.label(whole)),
            ("whole", &*view.in_unit_of(whole, stated)),
        ];
        chart.notes.push(view.language.say(words::CHART_RESULTS_DIFFER, &values));
    }
    chart.reading = match empty {
        true => view.nothing(form, sources),
        false => view.fill(form.reading(Reading::Many).get(view.language), &all, &[]),
    };
    chart.plot = (!empty).then(|| Plot::Flow(flow(view, &balance)));
    chart.figures = figures(view, &balance);
}

/// That what came in is not what went out.
fn unbalanced(view: View, into: &[CellId], out: &[CellId], notes: &mut Vec<String>) {
    let (came, went) = (view.sum(into), view.sum(out));
    if came == went {
        return;
    }
    let names = |cells: &[CellId]| {
        let names: Vec<String> = cells.iter().map(|cell| view.label(*cell)).collect();
        view.list(&names)
    };
    let values = [
        ("into", &*names(into)),
        ("out", &*names(out)),
        ("came", &*view.in_unit_of(out[0], came)),
        ("went", &*view.in_unit_of(out[0], went)),
        ("difference", &*view.in_unit_of(out[0], (came - went).abs())),
    ];
    notes.push(view.language.say(words::CHART_FLOW_UNBALANCED, &values));
}

fn flow(view: View, balance: &Balance) -> Flow {
    let Balance { sources, parts, whole, rest } = *balance;
    let mut flow = Flow::default();
    let node = |flow: &mut Flow, column, datum: Datum| {
        flow.nodes.push(Node { datum, column });
        flow.nodes.len() - 1
    };
    let link = |flow: &mut Flow, from: usize, to: usize, datum: Datum| {
        let name = [&flow.nodes[from].datum.label, " → ", &flow.nodes[to].datum.label].concat();
        flow.links.push(Link { from, to, datum: Datum { name, ..datum } });
    };
    let pool = node(&mut flow, 1, view.total(all(view), sources, Tone::Quiet));
    for (at, cell) in sources.iter().enumerate() {
        let tone = if at == 0 { Tone::Main } else { CARRIED };
        let datum = view.datum(*cell, tone);
        let source = node(&mut flow, 0, datum.clone());
        link(&mut flow, source, pool, datum);
    }
    let handled = match view.number(whole) {
        Some(_) => view.datum(whole, Tone::Main),
        // It is not said: it is drawn as what leads to it.
        None => Datum { number: length(view.sum(parts)), ..view.datum(whole, Tone::Main) },
    };
    let handled = node(&mut flow, 3, handled);
    let all_parts = view.sum(parts);
    for part in grouped(view, parts) {
        let share = share(view.sum(&part.cells), all_parts);
        let datum = Datum { share, ..view.total(&part.label, &part.cells, part.tone) };
        if datum.number != 0.0 {
            let outcome = node(&mut flow, 2, datum.clone());
            link(&mut flow, pool, outcome, datum.clone());
            link(&mut flow, outcome, handled, datum);
        }
    }
    let datum = view.datum(rest, CARRIED);
    let remains = node(&mut flow, 3, datum.clone());
    link(&mut flow, pool, remains, datum);
    flow
}

/// What all that comes in is called.
fn all(view: View) -> &'static str {
    view.language.word(words::CHART_TO_BE_HANDLED)
}

fn figures(view: View, balance: &Balance) -> Figures {
    let row = |label: String, cells: &[CellId]| {
        let figure = match *cells {
            [cell] => view.figure(cell),
            _ => Figure { text: view.in_unit_of(cells[0], view.sum(cells)), cell: String::new() },
        };
        Row { label, level: 0, cells: vec![figure] }
    };
    let of = |cell: &CellId| row(view.label(*cell), &[*cell]);
    let mut rows: Vec<Row> = balance.sources.iter().map(of).collect();
    rows.push(row(all(view).to_owned(), balance.sources));
    rows.extend(grouped(view, balance.parts).into_iter().map(|part| row(part.label, &part.cells)));
    rows.extend([balance.whole, balance.rest].iter().map(of));
    let at = view.form().cell(balance.whole);
    let head = bare(&view.form().tables[at.table].columns[at.column].label, view.language);
    Figures { heads: vec![String::new(), head], rows }
}
