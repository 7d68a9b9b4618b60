//! A printed table as a real one: merged heads, and every figure with the chain of its heads.

use yew::{Html, html};

use super::marks::Mark;
use super::scene::{Action, Scene, cell_id, each, finding_id};
use super::wording::Words;
use super::{figure, icon, text};
use crate::form::{Axis, CellId, Form, Laid, LaidCell, Layout, Section, Sheet};

/// What one table is drawn from.
struct Drawing<'a> {
    scene: &'a Scene<'a>,
    /// Tells the ids of this table's heads from those of others.
    name: String,
    layout: Layout,
    /// The rows that have a note below, each with the findings that it tells.
    notes: Vec<(usize, Vec<usize>)>,
}

/// The printed table at a place in its section.
pub fn table(scene: &Scene, section: &Section, at: usize) -> Html {
    let (form, words, sheet) = (&*scene.session.report.form, scene.words, &section.sheets[at]);
    let caption = caption(form, section, sheet, words);
    let repeats_heading = section.heading.get(words.0) == caption;
    let layout = form.layout(sheet);
    let notes = notes(scene, &layout);
    let drawing = Drawing { scene, name: format!("{}-{at}", section.id), layout, notes };
    let class = drawing.shape();
    html! {
        <div class="sheet">
            <p class="above">
                <span class="hint">{ words.hint() }</span>
                if let Some(unit) = common_unit(form, sheet, words) {
                    <span class="unit">{ words.unit(unit) }</span>
                }
            </p>
            <div class="scroll" part="scroll" role="region" tabindex="0" aria-label={caption.to_owned()}>
                <table {class} part="table">
                    <caption><span class={repeats_heading.then_some("hidden")}>{ caption.to_owned() }</span></caption>
                    { drawing.column_groups() }
                    { drawing.row_groups() }
                </table>
            </div>
        </div>
    }
}

/// What a printed table is called: by its own name, or, where several are stacked, by the section's.
fn caption<'a>(form: &'a Form, section: &'a Section, sheet: &Sheet, words: Words) -> &'a str {
    match sheet.tables.as_slice() {
        [table] => form.tables[*table].name.get(words.0),
        _ => section.heading.get(words.0),
    }
}

/// The unit of the figures, where all have the same.
fn common_unit<'a>(form: &'a Form, sheet: &Sheet, words: Words) -> Option<&'a str> {
    let on_sheet = form.cells().filter(|(_, cell)| sheet.tables.contains(&cell.table));
    let mut units = on_sheet.map(|(_, cell)| cell.holds.unit.as_ref().map(|unit| unit.get(words.0)));
    let first = units.next()??;
    units.all(|unit| unit == Some(first)).then_some(first)
}

/// The open findings, by the row in which the first of their cells stands.
fn notes(scene: &Scene, layout: &Layout) -> Vec<(usize, Vec<usize>)> {
    let form = &*scene.session.report.form;
    let mut notes: Vec<(usize, Vec<usize>)> = Vec::new();
    for &place in scene.opened {
        let Some(finding) = scene.session.findings.get(place) else { continue };
        let Some(cell) = finding.cells.iter().find_map(|address| form.find(address)) else { continue };
        let here = |row: &Vec<LaidCell>| row.iter().any(|laid| laid.laid == Laid::Figure(cell));
        let Some(row) = layout.rows.iter().position(here) else { continue };
        match notes.iter_mut().find(|(known, _)| *known == row) {
            Some((_, findings)) => findings.push(place),
            None => notes.push((row, vec![place])),
        }
    }
    notes
}

/// How many columns at the left of a note are covered by heads that go on below its row.
fn covered(layout: &Layout, row: usize) -> usize {
    let rows = layout.rows.iter().enumerate().take(row + 1);
    let cells = rows.flat_map(|(at, cells)| cells.iter().filter(move |cell| at + cell.rows > row + 1));
    cells.map(|cell| cell.columns).sum()
}

/// How many rows a cell covers with the notes between them.
fn rows_with_notes(noted: impl Iterator<Item = usize>, row: usize, cell: &LaidCell) -> usize {
    cell.rows + noted.filter(|noted| (row..row + cell.rows - 1).contains(noted)).count()
}

/// Up to how many columns of figures a table shares its width evenly.
const FEW: usize = 4;

/// How many columns at the left hold the heads of rows.
fn label_columns(layout: &Layout) -> usize {
    let corners = layout.rows.iter().flatten().filter(|cell| matches!(cell.laid, Laid::Corner(_)));
    corners.map(|cell| cell.columns).max().unwrap_or(0)
}

impl Drawing<'_> {
    /// Whether the rows of a table stand beside each other, so that their heads are on top.
    fn across(&self, table: usize) -> bool {
        self.scene.session.report.form.tables[table].across
    }

    fn shape(&self) -> &'static str {
        match self.layout.width - label_columns(&self.layout) {
            _ if self.layout.blocks.iter().any(|block| self.across(block.table)) => "across",
            0..=FEW => "few",
            _ => "many",
        }
    }

    /// The columns: merged heads of rows, the heads of rows themselves, figures.
    fn column_groups(&self) -> Html {
        let labels = label_columns(&self.layout);
        let columns = |class: &'static str, count: usize| {
            html! { if count > 0 { <colgroup {class}>{ each((0..count).map(|_| html! { <col {class} /> })) }</colgroup> } }
        };
        html! {
            <>
                { columns("group", labels.saturating_sub(1)) }
                { columns("label", labels.min(1)) }
                { columns("figures", self.layout.width - labels) }
            </>
        }
    }

    /// The rows. A single table has a head that is repeated on every printed page; of stacked
    /// ones, each keeps its heads with its rows.
    fn row_groups(&self) -> Html {
        let rows = |from: usize, count: usize| each((from..from + count).map(|row| self.row(row)));
        match self.layout.blocks.as_slice() {
            [one] => html! {
                <>
                    <thead>{ rows(0, one.head_rows) }</thead>
                    <tbody>{ rows(one.head_rows, one.rows - one.head_rows) }</tbody>
                </>
            },
            blocks => each(blocks.iter().map(|block| html! { <tbody>{ rows(block.first_row, block.rows) }</tbody> })),
        }
    }

    fn row(&self, row: usize) -> Html {
        let cells = self.layout.rows[row].iter().map(|cell| self.cell(row, cell));
        let note = self.notes.iter().find(|(noted, _)| *noted == row);
        html! {
            <>
                <tr>{ each(cells) }</tr>
                if let Some((_, findings)) = note {
                    { self.note(row, findings) }
                }
            </>
        }
    }

    /// What open findings say, below the row that they are about.
    fn note(&self, row: usize, findings: &[usize]) -> Html {
        let (scene, covered) = (self.scene, covered(&self.layout, row));
        let told = findings.iter().map(|&place| {
            let finding = &scene.session.findings[place];
            let severity = Some(finding.severity);
            let href = format!("#{}", finding_id(place));
            let onclick = scene.go(Action::ToFindings(vec![place]));
            html! {
                <p class={format!("told {}", icon::class(severity))}>
                    { icon::icon(severity) }
                    <span>{ finding.message.clone() }{ " " }<a class="link" {href} {onclick}>{ scene.words.back() }</a></span>
                </p>
            }
        });
        html! {
            <tr class="note-row">
                <td class={if covered == 0 { "first" } else { "" }} colspan={(self.layout.width - covered).to_string()}>
                    <div class={format!("at-{covered}")}>{ each(told) }</div>
                </td>
            </tr>
        }
    }

    fn spans(&self, row: usize, cell: &LaidCell) -> (Option<String>, Option<String>) {
        let rows = rows_with_notes(self.notes.iter().map(|(noted, _)| *noted), row, cell);
        let span = |count: usize| (count > 1).then(|| count.to_string());
        (span(cell.columns), span(rows))
    }

    fn cell(&self, row: usize, cell: &LaidCell) -> Html {
        let language = self.scene.words.0;
        match &cell.laid {
            Laid::Banner(label) => self.head(row, cell, "banner", "colgroup", label.get(language)),
            // A corner over several heads is a note, not the head of a column.
            Laid::Corner(label) if cell.columns > 1 || cell.rows > 1 => {
                let (colspan, rowspan) = self.spans(row, cell);
                html! { <td class="corner note first" {colspan} {rowspan}>{ label.get(language).to_owned() }</td> }
            }
            Laid::Corner(label) => self.head(row, cell, "corner", "col", label.get(language)),
            Laid::Head { label, axis, line } => {
                let (class, scope) = self.kind(row, *axis, line.is_none(), cell);
                self.head(row, cell, &class, scope, label.get(language))
            }
            Laid::Figure(figure) => self.figure(row, cell, *figure),
        }
    }

    /// The class and scope of a head.
    fn kind(&self, row: usize, axis: Axis, group: bool, cell: &LaidCell) -> (String, &'static str) {
        let block = self.layout.blocks.iter().rfind(|block| block.first_row <= row);
        let on_top = block.is_some_and(|block| self.across(block.table));
        match (axis, group) {
            (Axis::Row, true) if !on_top => (format!("row group at-{}", cell.column), "rowgroup"),
            (Axis::Row, false) if !on_top => (format!("row at-{}", cell.column), "row"),
            (Axis::Column, false) => ("column".to_owned(), "col"),
            _ => ("column group".to_owned(), "colgroup"),
        }
    }

    fn head(&self, row: usize, cell: &LaidCell, class: &str, scope: &'static str, label: &str) -> Html {
        let (colspan, rowspan) = self.spans(row, cell);
        let class = class.to_owned() + first(cell);
        html! {
            <th id={self.head_id(row, cell.column)} {class} {scope} headers={self.headers(cell)} {colspan} {rowspan}>
                <span>{ label.to_owned() }</span>
            </th>
        }
    }

    fn head_id(&self, row: usize, column: usize) -> String {
        format!("head-{}-{row}-{column}", self.name)
    }

    /// The ids of the heads that name a cell, outermost first.
    fn headers(&self, cell: &LaidCell) -> Option<String> {
        let ids: Vec<_> = cell.heads.iter().map(|(row, column)| self.head_id(*row, *column)).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn figure(&self, row: usize, laid: &LaidCell, cell: CellId) -> Html {
        let report = &self.scene.session.report;
        let value = report.value(cell);
        let mark = self.scene.marks.of(cell);
        let mut class = figure::kind(value).to_owned() + first(laid);
        if let Some(mark) = mark {
            class += &self.mark_class(mark);
        }
        let content = if report.is_unread(cell) {
            figure::none(self.scene.words.unread())
        } else {
            figure::figure(value, report.unit(cell), self.scene.words)
        };
        let (colspan, rowspan) = self.spans(row, laid);
        html! {
            <td id={cell_id(&report.form, cell)} {class} part="figure" headers={self.headers(laid)}
                data-cell={report.form.cell(cell).address.clone()} {colspan} {rowspan}>
                if let Some(mark) = mark {
                    <div class="flagged"><span>{ content }</span>{ text::button(self.scene, &mark.findings, mark.tab_stop) }</div>
                } else {
                    { content }
                }
            </td>
        }
    }

    fn mark_class(&self, mark: &Mark) -> String {
        let severity = icon::class(Some(mark.severity));
        let culprit = if mark.culprit { " culprit" } else { "" };
        let lit = if mark.findings.iter().any(|finding| self.scene.opened.contains(finding)) { " lit" } else { "" };
        format!(" marked {severity}{culprit}{lit}")
    }
}

/// The class of a cell at the left edge.
fn first(cell: &LaidCell) -> &'static str {
    if cell.column == 0 { " first" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;

    /// Every place of the grid, notes and all, is covered once.
    fn tiles(layout: &Layout, noted: &[usize]) -> bool {
        let mut grid: Vec<Vec<usize>> = Vec::new();
        let mut rows_before = 0;
        let mut put = |row: usize, column: usize, rows: usize, columns: usize| {
            grid.resize(grid.len().max(row + rows), vec![0; layout.width]);
            for line in &mut grid[row..row + rows] {
                line[column..column + columns].iter_mut().for_each(|place| *place += 1);
            }
        };
        for (row, cells) in layout.rows.iter().enumerate() {
            for cell in cells {
                put(row + rows_before, cell.column, rows_with_notes(noted.iter().copied(), row, cell), cell.columns);
            }
            if noted.contains(&row) {
                rows_before += 1;
                let covered = covered(layout, row);
                put(row + rows_before, covered, 1, layout.width - covered);
            }
        }
        grid.iter().flatten().all(|times| *times == 1)
    }

    #[test]
    fn a_note_below_any_row_of_figures_leaves_the_table_whole() {
        let forms = Forms::official();
        for form in forms.iter() {
            for sheet in form.sections.iter().flat_map(|section| &section.sheets) {
                let layout = form.layout(sheet);
                let has_figures =
                    |row: &usize| layout.rows[*row].iter().any(|cell| matches!(cell.laid, Laid::Figure(_)));
                let rows: Vec<usize> = (0..layout.rows.len()).filter(has_figures).collect();
                assert!(tiles(&layout, &rows), "all rows of {}", form.id);
                assert!(rows.iter().all(|row| tiles(&layout, &[*row])), "one row of {}", form.id);
            }
        }
    }
}
