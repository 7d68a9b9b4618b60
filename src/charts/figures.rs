//! The figures of tables as they are: article 20, a table of indicators.

use super::numbers::{bare, column_label, row_label};
use super::{Chart, Figures, Row, View};
use crate::chart::{Bar, BarGroup, Bars, Datum, Plot, Tone};
use crate::form::{CellId, ChartForm, Reading, Table};
use crate::words;

/// More bars than this, and those of 0 are only named.
const MOST_BARS: usize = 16;

pub fn make(view: View, form: &ChartForm, chart: &mut Chart) {
    let cells: Vec<CellId> = form.tables.iter().flat_map(|table| shown(view, &view.form().tables[*table])).collect();
    let is_zero = |cell: &CellId| view.number(*cell).is_some_and(|number| number.is_zero());
    let there = cells.iter().filter(|cell| view.number(**cell).is_some_and(|number| !number.is_zero())).count();
    let zeros = cells.iter().filter(|cell| is_zero(cell)).count();
    view.note_missing(&cells, &mut chart.notes);
    let drops_zeros = cells.len() > MOST_BARS;
    if drops_zeros && zeros > 0 && there > 0 {
        let values = [("count", &*zeros.to_string())];
        chart.notes.push(view.language.say(words::CHART_ZEROS_LEFT_OUT, &values));
    }
    let values = [("count", &*cells.len().to_string()), ("nonzero", &*there.to_string())];
    chart.reading = match there {
        0 => view.nothing(form, &cells),
        _ => view.fill(form.reading(Reading::Many).get(view.language), &cells, &values),
    };
    chart.figures = figures(view, &cells);
    let mut drawn = cells;
    drawn.retain(|cell| !(drops_zeros && is_zero(cell)));
    chart.plot = (there > 0).then(|| Plot::Bars(Bars { groups: groups(view, &drawn) }));
}

/// The cells of a table that are shown: of one whose rows are a report's own, what it counts this year.
fn shown(view: View, table: &Table) -> Vec<CellId> {
    let columns = if view.form().open { 1 } else { table.columns.len() };
    (0..table.rows.len()).flat_map(|row| (0..columns).map(move |column| table.cell(row, column))).collect()
}

/// What cells have in common that stand in one group, and what tells them apart there.
struct Place {
    title: String,
    label: String,
    /// Cells of the same can be compared.
    scale: (String, String),
}

/// The figures of a row stand together under its name; rows of one figure under what is counted, whatever table
/// they are in, or in a table of a report's own under their merged head.
fn place(view: View, cell: CellId) -> Place {
    let (form, at) = (view.form(), view.form().cell(cell));
    let table = &form.tables[at.table];
    let unit = view.report.unit(cell).or(at.holds.unit.as_ref().map(|unit| unit.zh.as_str())).unwrap_or_default();
    let (row, column) = (row_label(form, cell, view.language), column_label(form, cell, view.language));
    let (title, label, of) = if form.open {
        let head = table.rows[at.row].groups.first().unwrap_or(&table.name);
        (bare(head, view.language), row, table.id.clone())
    } else if table.columns.len() == 1 {
        (column.clone(), row, column)
    } else {
        (row, column, table.id.clone())
    };
    Place { title, label, scale: (of, unit.to_owned()) }
}

fn groups(view: View, cells: &[CellId]) -> Vec<BarGroup> {
    let mut groups: Vec<BarGroup> = Vec::new();
    let mut scales: Vec<(String, String)> = Vec::new();
    let mut last = (String::new(), usize::MAX);
    for cell in cells {
        let Place { title, label, scale: of } = place(view, *cell);
        let scale = scales.iter().position(|known| *known == of).unwrap_or_else(|| {
            scales.push(of);
            scales.len() - 1
        });
        if last != (title.clone(), scale) {
            // What is counted in another unit goes on under the same title.
            let shown = if last.0 == title { String::new() } else { title.clone() };
            groups.push(BarGroup { title: shown, scale, bars: Vec::new() });
            last = (title.clone(), scale);
        }
        let name = view.within(&title, &label);
        let datum = Datum { label, name, ..view.datum(*cell, Tone::Main) };
        let bar = Bar { datum, level: 0, missing: view.missing(*cell) };
        groups.last_mut().expect("one was just made").bars.push(bar);
    }
    groups
}

fn figures(view: View, cells: &[CellId]) -> Figures {
    let row = |cell: &CellId| {
        let Place { title, label, .. } = place(view, *cell);
        Row { label: view.within(&title, &label), level: 0, cells: vec![view.figure(*cell)] }
    };
    let head = view.language.word(words::CHART_NUMBER).to_owned();
    Figures { heads: vec![String::new(), head], rows: cells.iter().map(row).collect() }
}
