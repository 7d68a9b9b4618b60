//! The figures of a chart as a table. Those that are drawn lead to their marks.

use yew::{Html, html};

use crate::charts::{Chart, Figure, Row};
use crate::ui::scene::each;
use crate::ui::wording::Words;

/// The id of a figure.
pub fn figure_id(chart: &str, (row, column): (usize, usize)) -> String {
    ["twin-", chart, "-", &row.to_string(), "-", &column.to_string()].concat()
}

/// The figures that lead to a mark, each by its row and its place in it.
pub fn places(chart: &Chart, drawn: impl Fn(&str) -> bool) -> Vec<(usize, usize)> {
    let rows = chart.figures.rows.iter().enumerate();
    let cells =
        rows.flat_map(|(row, line)| line.cells.iter().enumerate().map(move |(column, figure)| (row, column, figure)));
    cells
        .filter(|(_, _, figure)| !figure.cell.is_empty() && drawn(&figure.cell))
        .map(|(row, column, _)| (row, column))
        .collect()
}

/// The table. `at` is the figure that the Tab key stops at, among `places`.
pub fn twin(chart: &Chart, places: &[(usize, usize)], at: usize, words: Words) -> Html {
    let stop = places.get(at.min(places.len().saturating_sub(1)));
    let cell = |row: usize, column: usize, figure: &Figure| {
        let place = (row, column);
        let content = match places.iter().position(|other| *other == place) {
            Some(at) => html! {
                <button id={figure_id(&chart.id, place)} type="button" data-figure={at.to_string()} title={words.to_mark()}
                    tabindex={(stop != Some(&place)).then_some("-1")}>{ figure.text.clone() }</button>
            },
            None => html! { <span id={figure_id(&chart.id, place)} tabindex="-1">{ figure.text.clone() }</span> },
        };
        html! { <td class="figure" data-of={figure.cell.clone()}>{ content }</td> }
    };
    let line = |(at, row): (usize, &Row)| {
        let cells = row.cells.iter().enumerate().map(|(column, figure)| cell(at, column, figure));
        html! {
            <tr>
                <th class="row first" scope="row" data-indent={(row.level > 0).then(|| row.level.to_string())}>{ row.label.clone() }</th>
                { each(cells) }
            </tr>
        }
    };
    let head = |(at, head): (usize, &String)| match (at, head.as_str()) {
        (_, "") => html! { <td class={if at == 0 { "corner first" } else { "corner" }}></td> },
        (0, head) => html! { <th class="column first" scope="col">{ head.to_owned() }</th> },
        (_, head) => html! { <th class="column" scope="col">{ head.to_owned() }</th> },
    };
    let name = [words.figures(), words.colon(), &chart.title].concat();
    html! {
        <div class="scroll" role="region" tabindex="0" aria-label={name}>
            <table class="twin" part="chart-table">
                <caption><span class="hidden">{ chart.title.clone() }</span></caption>
                <thead><tr>{ each(chart.figures.heads.iter().enumerate().map(head)) }</tr></thead>
                <tbody>{ each(chart.figures.rows.iter().enumerate().map(line)) }</tbody>
            </table>
        </div>
    }
}
