//! Rows of the same parts: what became of reviews and litigation.

use rust_decimal::Decimal;

use super::numbers::{column_label, share};
use super::{Chart, Figures, Row, View};
use crate::chart::{Datum, Plot, Stack, Stacks, Tone};
use crate::form::{CellId, ChartForm, Stacked};
use crate::language;

/// How the words for what a part means are painted, in the order of [`Stacked::TONES`].
const TONES: [Tone; 4] = [Tone::Kind(0), Tone::Kind(2), Tone::Kind(4), Tone::Kind(6)];

pub fn chart(view: View, chart: &ChartForm, stacked: &Stacked) -> Chart {
    let rows = &stacked.rows;
    let parts: Vec<CellId> = rows.iter().flat_map(|(_, parts)| parts).copied().collect();
    let at = |places: &[usize]| -> Decimal {
        rows.iter()
            .flat_map(|(_, parts)| places.iter().map(|place| parts[*place]))
            .filter_map(|cell| view.number(cell))
            .sum()
    };
    let (concluded, corrected) = (at(&stacked.concluded), at(&stacked.corrected));
    let stated: Vec<CellId> = rows.iter().map(|(whole, _)| *whole).collect();
    let whole = view.sum(&stated).max(view.sum(&parts));
    let mut notes = Vec::new();
    view.note_missing(&parts, &mut notes);
    for (total, parts) in rows {
        let sum = view.sum(parts);
        if let Some(stated) = view.number(*total).filter(|stated| *stated != sum) {
            let values = [
                ("label", &*view.row(*total)),
                ("sum", &*view.in_unit_of(*total, sum)),
                ("whole", &*view.in_unit_of(*total, stated)),
            ];
            notes.push(view.language.say(
                "“{label}”各种结果相加是{sum}，总计填的是{whole}；图按各种结果画出。",
                "“{label}”: the results add up to {sum}, the total says {whole}; the results are drawn.",
                &values,
            ));
        }
    }
    let said = &chart.readings;
    let text = match &said.open {
        _ if whole.is_zero() => &said.zero,
        Some(open) if concluded.is_zero() => open,
        _ => &said.many,
    };
    let values = [
        ("whole", &*whole.to_string()),
        ("concluded", &*concluded.to_string()),
        ("corrected", &*corrected.to_string()),
        ("rate", &*share(corrected, concluded)),
    ];
    Chart {
        reading: language::fill(text.get(view.language), &values),
        notes,
        plot: (!whole.is_zero()).then(|| Plot::Stacks(stacks(view, stacked))),
        figures: figures(view, stacked),
        ..Chart::default()
    }
}

impl View<'_> {
    /// What a row is called, with the heads that it needs.
    fn row(&self, cell: CellId) -> String {
        self.form().row_label(cell, self.language)
    }
}

fn stacks(view: View, stacked: &Stacked) -> Stacks {
    let stack = |(whole, parts): &(CellId, Vec<CellId>)| {
        let label = view.row(*whole);
        let part = |(cell, tone): (&CellId, &usize)| {
            let column = column_label(view.form(), *cell, view.language);
            let name = view.within(&label, &column);
            let of = view.sum(parts);
            let share =
                view.number(*cell).filter(|_| !of.is_zero()).map(|number| share(number, of)).unwrap_or_default();
            Datum { label: column, name, share, ..view.datum(*cell, TONES[*tone]) }
        };
        let all_missing = parts.iter().all(|cell| view.number(*cell).is_none());
        Stack {
            whole: Datum { label: label.clone(), name: label.clone(), ..view.datum(*whole, Tone::Main) },
            parts: parts.iter().zip(&stacked.tones).map(part).collect(),
            missing: if all_missing { view.missing(parts[0]) } else { String::new() },
        }
    };
    Stacks { rows: stacked.rows.iter().map(stack).collect() }
}

fn figures(view: View, stacked: &Stacked) -> Figures {
    let cells = |(whole, parts): &(CellId, Vec<CellId>)| parts.iter().copied().chain([*whole]).collect::<Vec<_>>();
    let heads = stacked.rows.first().map(cells).unwrap_or_default();
    let heads = heads.iter().map(|cell| column_label(view.form(), *cell, view.language));
    let row = |row: &(CellId, Vec<CellId>)| Row {
        label: view.row(row.0),
        level: 0,
        cells: cells(row).iter().map(|cell| view.figure(*cell)).collect(),
    };
    Figures { heads: [String::new()].into_iter().chain(heads).collect(), rows: stacked.rows.iter().map(row).collect() }
}
