//! Rows of the same parts: what became of reviews and litigation.

use super::numbers::{column_label, share};
use super::{Chart, Figures, Row, View};
use crate::chart::{Datum, Plot, Stack, Stacks, Tone};
use crate::form::{CellId, ChartForm, List, Reading};
use crate::language;
use crate::words;

/// How the words for what a part means are painted, in the order of [`crate::form::ChartForm::tones`].
const TONES: [Tone; 4] = [Tone::Kind(0), Tone::Kind(2), Tone::Kind(4), Tone::Kind(6)];

/// The cells of a list in every row, row by row.
fn in_rows(view: View, form: &ChartForm, list: List) -> Vec<Vec<CellId>> {
    let table = &view.form().tables[form.tables[0]];
    let columns: Vec<usize> = form.cells(list).iter().map(|cell| view.form().cell(*cell).column).collect();
    (0..table.rows.len()).map(|row| columns.iter().map(|column| table.cell(row, *column)).collect()).collect()
}

/// A row: the cell of its whole, and those of its parts.
type Parts = (CellId, Vec<CellId>);

pub fn make(view: View, form: &ChartForm, chart: &mut Chart) {
    let all = |list| in_rows(view, form, list);
    let wholes = all(List::Whole).concat();
    let rows: Vec<Parts> = wholes.iter().copied().zip(all(List::Parts)).collect();
    let parts = all(List::Parts).concat();
    let [concluded, corrected] = [List::Concluded, List::Corrected].map(|list| view.sum(&all(list).concat()));
    let (sum, stated) = (view.sum(&parts), view.sum(&wholes));
    let incomplete = parts.iter().any(|cell| view.number(*cell).is_none()) || sum.is_zero();
    let whole = if incomplete { sum.max(stated) } else { sum };
    view.note_missing(&parts, &mut chart.notes);
    for (total, parts) in &rows {
        let sum = view.sum(parts);
        if let Some(stated) = view.number(*total).filter(|stated| *stated != sum) {
            let values = [
                ("label", &*view.row(*total)),
                ("sum", &*view.in_unit_of(*total, sum)),
                ("whole", &*view.in_unit_of(*total, stated)),
            ];
            chart.notes.push(view.language.say(words::CHART_GROUP_RESULTS_DIFFER, &values));
        }
    }
    let reading = match () {
        () if concluded.is_zero() => Reading::Open,
        () => Reading::Many,
    };
    let values = [
        ("whole", &*whole.to_string()),
        ("concluded", &*concluded.to_string()),
        ("corrected", &*corrected.to_string()),
        ("rate", &*share(corrected, concluded)),
    ];
    chart.reading = match whole.is_zero() {
        true => view.nothing(form, &parts),
        false if incomplete => view.language.say(words::CHART_RESULTS_INCOMPLETE, &values),
        false => language::fill(form.reading(reading).get(view.language), &values),
    };
    let tones: Vec<Tone> = form.tones.iter().map(|tone| TONES[*tone]).collect();
    chart.plot = (!whole.is_zero()).then(|| Plot::Stacks(stacks(view, &rows, &tones)));
    chart.figures = figures(view, &rows);
}

impl View<'_> {
    /// What a row is called, with the heads that it needs.
    fn row(&self, cell: CellId) -> String {
        self.form().row_label(cell, self.language)
    }
}

fn stacks(view: View, rows: &[Parts], tones: &[Tone]) -> Stacks {
    let stack = |(whole, parts): &Parts| {
        let label = view.row(*whole);
        let part = |(cell, tone): (&CellId, &Tone)| {
            let column = column_label(view.form(), *cell, view.language);
            let name = view.within(&label, &column);
            let of = view.sum(parts);
            let share =
                view.number(*cell).filter(|_| !of.is_zero()).map(|number| share(number, of)).unwrap_or_default();
            Datum { label: column, name, share, ..view.datum(*cell, *tone) }
        };
        let all_missing = parts.iter().all(|cell| view.number(*cell).is_none());
        Stack {
            whole: Datum { label: label.clone(), name: label.clone(), ..view.datum(*whole, Tone::Main) },
            parts: parts.iter().zip(tones).map(part).collect(),
            missing: if all_missing { view.missing(parts[0]) } else { String::new() },
        }
    };
    Stacks { rows: rows.iter().map(stack).collect() }
}

fn figures(view: View, rows: &[Parts]) -> Figures {
    let cells = |(whole, parts): &Parts| [parts.as_slice(), &[*whole]].concat();
    let heads = rows.first().map(cells).unwrap_or_default();
    let heads = heads.iter().map(|cell| column_label(view.form(), *cell, view.language));
    let row = |row: &Parts| Row {
        label: view.row(row.0),
        level: 0,
        cells: cells(row).iter().map(|cell| view.figure(*cell)).collect(),
    };
    Figures { heads: [String::new()].into_iter().chain(heads).collect(), rows: rows.iter().map(row).collect() }
}
