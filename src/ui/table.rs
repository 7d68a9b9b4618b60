//! A printed table as a real one: merged heads, and every figure with the chain of its heads.

use std::rc::Rc;

use web_sys::Element;
use yew::{Callback, Html, MouseEvent, TargetCast, html};

use super::cursor::Cursor;
use super::gestures::{self, Gestures};
use super::row::{Look, Row, Shown};
use super::scene::{Action, Scene, each, finding_id};
use super::wording::Words;
use super::{charts, icon, origins, text};
use crate::form::{CellId, Form, Laid, LaidCell, Layout, Sheet};
use crate::grid::Grid;
use crate::language::Language;
use crate::totals;

/// What stays as it is in a printed table as long as the form and the language do.
pub struct Skeleton {
    /// Tells the ids of this table's heads from those of others.
    pub name: String,
    /// The section that it stands in, by its place.
    pub section: usize,
    pub caption: String,
    pub layout: Layout,
    pub grid: Grid,
    /// How many columns at the left hold the heads of rows; their units stand behind them.
    pub labels: usize,
    repeats_heading: bool,
    unit: Option<String>,
    /// Whether the units have a column of their own.
    pub has_units: bool,
    shape: &'static str,
    /// Whether the rows of the stacked tables stand beside each other, by the first row of each.
    pub across: Vec<(usize, bool)>,
}

/// The tables of a form, in the order of its sections.
pub fn skeletons(form: &Form, words: Words) -> Vec<Rc<Skeleton>> {
    let sections = form.sections.iter().enumerate();
    let sheets = sections.flat_map(|(place, section)| {
        section.sheets.iter().enumerate().map(move |(at, sheet)| {
            let layout = form.layout(sheet);
            let caption = caption(form, section.heading.get(words.0), sheet, words.0).to_owned();
            let has_units = sheet.tables.iter().any(|table| form.tables[*table].unit_head.is_some());
            let across: Vec<_> =
                layout.blocks.iter().map(|block| (block.first_row, form.tables[block.table].across)).collect();
            Rc::new(Skeleton {
                name: format!("{}-{at}", section.id),
                section: place,
                repeats_heading: section.heading.get(words.0).contains(&caption),
                unit: common_unit(form, sheet, words).filter(|_| !has_units).map(str::to_owned),
                grid: Grid::of(form, sheet),
                labels: label_columns(&layout),
                has_units,
                shape: shape(&layout, &across),
                caption,
                layout,
                across,
            })
        })
    });
    sheets.collect()
}

/// What a printed table is called: by its own name, or, where several are stacked, by the section's.
fn caption<'a>(form: &'a Form, heading: &'a str, sheet: &Sheet, language: Language) -> &'a str {
    match sheet.tables.as_slice() {
        [table] => form.tables[*table].name.get(language),
        _ => heading,
    }
}

/// The unit of the figures, where all have the same.
fn common_unit<'a>(form: &'a Form, sheet: &Sheet, words: Words) -> Option<&'a str> {
    let on_sheet = form.cells().filter(|(_, cell)| sheet.tables.contains(&cell.table));
    let mut units = on_sheet.map(|(_, cell)| cell.holds.unit.as_ref().map(|unit| unit.get(words.0)));
    let first = units.next()??;
    units.all(|unit| unit == Some(first)).then_some(first)
}

fn shape(layout: &Layout, across: &[(usize, bool)]) -> &'static str {
    match layout.width - label_columns(layout) {
        _ if across.iter().any(|(_, across)| *across) => "across",
        0..=FEW => "few",
        _ => "many",
    }
}

/// What one table is drawn from.
struct Drawing<'a> {
    scene: &'a Scene<'a>,
    sheet: &'a Rc<Skeleton>,
    /// The rows that have a note below, each with the findings that it tells.
    notes: Vec<(usize, Vec<usize>)>,
    noted: Rc<[usize]>,
    /// What is selected here.
    selection: Option<Selection<'a>>,
    /// The cell that the Tab key stops at.
    stop: Option<CellId>,
    /// The row below which it is told where a figure comes from.
    traced: Option<(usize, CellId)>,
    /// The row below which stands the way from a figure to its charts.
    pointed: Option<(usize, CellId)>,
}

struct Selection<'a> {
    cursor: &'a Cursor,
    cells: Vec<CellId>,
}

/// A printed table.
pub fn table(scene: &Scene, sheet: &Rc<Skeleton>) -> Html {
    let words = scene.words;
    let mut notes = notes(scene, &sheet.layout);
    let traced = scene.traced.and_then(|cell| Some((row_of(&sheet.layout, cell)?, cell)));
    if let Some((row, _)) = traced.filter(|(row, _)| notes.iter().all(|(noted, _)| noted != row)) {
        notes.push((row, Vec::new()));
    }
    let pointed = scene.showing.pointed.and_then(|cell| Some((row_of(&sheet.layout, cell)?, cell)));
    if let Some((row, _)) = pointed.filter(|(row, _)| notes.iter().all(|(noted, _)| noted != row)) {
        notes.push((row, Vec::new()));
    }
    let selection = scene.cursor.and_then(|cursor| {
        let cells = sheet.grid.cells(&cursor.selection(&sheet.grid)?).collect();
        Some(Selection { cursor, cells })
    });
    let stop = selection.as_ref().map(|selection| selection.cursor.cell).or_else(|| sheet.grid.first());
    let noted = notes.iter().map(|(row, _)| *row).collect();
    let drawing = Drawing { scene, sheet, notes, noted, selection, stop, traced, pointed };
    let editable = scene.edits();
    let Gestures {
        onkeydown,
        oninput,
        onfocusin,
        onfocusout,
        onmousedown,
        onmouseover,
        ondblclick,
        oncopy,
        oncut,
        onpaste,
    } = gestures::gestures(scene, sheet);
    // A click on a figure that is read shows the way to its charts; one on what stands beside it has a sense of its own.
    let act = scene.act.clone();
    let onclick = move |event: MouseEvent| {
        // Of a double click, which selects a number, the first counts.
        let Some(target) = event.target_dyn_into::<Element>().filter(|_| event.detail() < 2) else { return };
        let within = |what| target.closest(what).ok().flatten();
        let cell = within("td[data-cell]").filter(|_| within("button, a").is_none());
        if let Some(address) = cell.and_then(|cell| cell.get_attribute("data-cell")) {
            act.emit(Action::Point(address));
        }
    };
    html! {
        <div class="sheet">
            <p class="above">
                <span class="hint">{ words.hint() }</span>
                if let Some(unit) = &sheet.unit {
                    <span class="unit">{ words.unit(unit) }</span>
                }
            </p>
            <div class="scroll" part="scroll" role="region" tabindex="0" aria-label={sheet.caption.clone()}>
                <table class={sheet.shape} part="table" role={editable.then_some("grid")}
                    aria-multiselectable={editable.then_some("true")} aria-describedby={editable.then_some(KEYS)}
                    onclick={(!editable).then(|| Callback::from(onclick))} {onkeydown} {oninput} {onfocusin} {onfocusout} {onmousedown} {onmouseover} {ondblclick} {oncopy} {oncut} {onpaste}>
                    <caption><span class={sheet.repeats_heading.then_some("hidden")}>{ sheet.caption.clone() }</span></caption>
                    { drawing.column_groups() }
                    { drawing.row_groups() }
                </table>
            </div>
        </div>
    }
}

/// The id of the line that says which keys there are.
pub const KEYS: &str = "grid-keys";

/// The open findings, by the row in which the first of their cells stands.
fn notes(scene: &Scene, layout: &Layout) -> Vec<(usize, Vec<usize>)> {
    let form = &*scene.session.report.form;
    let mut notes: Vec<(usize, Vec<usize>)> = Vec::new();
    for &place in scene.opened {
        let Some(finding) = scene.session.findings.get(place) else { continue };
        let Some(cell) = finding.cells.iter().find_map(|address| form.find(address)) else { continue };
        let Some(row) = row_of(layout, cell) else { continue };
        match notes.iter_mut().find(|(known, _)| *known == row) {
            Some((_, findings)) => findings.push(place),
            None => notes.push((row, vec![place])),
        }
    }
    notes
}

/// The row in which a cell is printed.
fn row_of(layout: &Layout, cell: CellId) -> Option<usize> {
    layout.rows.iter().position(|row| row.iter().any(|laid| laid.laid == Laid::Figure(cell)))
}

/// How many columns at the left of a note are covered by heads that go on below its row.
fn covered(layout: &Layout, row: usize) -> usize {
    let rows = layout.rows.iter().enumerate().take(row + 1);
    let cells = rows.flat_map(|(at, cells)| cells.iter().filter(move |cell| at + cell.rows > row + 1));
    cells.map(|cell| cell.columns).sum()
}

/// How many rows a cell covers with the notes between them.
pub fn rows_with_notes(noted: impl Iterator<Item = usize>, row: usize, cell: &LaidCell) -> usize {
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
    /// The columns: merged heads of rows, the heads of rows themselves, their units, figures.
    fn column_groups(&self) -> Html {
        let (labels, units) = (self.sheet.labels, usize::from(self.sheet.has_units));
        let columns = |class: &'static str, count: usize| {
            html! { if count > 0 { <colgroup {class}>{ each((0..count).map(|_| html! { <col {class} /> })) }</colgroup> } }
        };
        html! {
            <>
                { columns("group", labels.saturating_sub(1)) }
                { columns("label", labels.min(1)) }
                { columns("unit", units) }
                { columns("figures", self.sheet.layout.width - labels - units) }
            </>
        }
    }

    /// The rows. A single table has a head that is repeated on every printed page; of stacked
    /// ones, each keeps its heads with its rows.
    fn row_groups(&self) -> Html {
        let rows = |from: usize, count: usize| each((from..from + count).map(|row| self.row(row)));
        match self.sheet.layout.blocks.as_slice() {
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
        let note = self.notes.iter().find(|(noted, _)| *noted == row);
        let figures = self.sheet.layout.rows[row].iter().filter_map(|cell| match cell.laid {
            Laid::Figure(figure) => Some(self.look(figure)),
            _ => None,
        });
        let figures: Vec<Look> = figures.collect();
        html! {
            <>
                <Row sheet={self.sheet.clone()} form={self.scene.session.report.form.clone()} {row} noted={self.noted.clone()}
                    {figures} editable={self.scene.edits()} words={self.scene.words} act={self.scene.act.clone()} />
                if let Some((_, findings)) = note {
                    { self.note(row, findings) }
                }
            </>
        }
    }

    /// How a figure stands.
    fn look(&self, cell: CellId) -> Look {
        let (scene, session) = (self.scene, self.scene.session);
        let report = &session.report;
        let selection = self.selection.as_ref();
        let cursor = selection.map(|selection| selection.cursor).filter(|cursor| cursor.cell == cell);
        let typed = cursor.and_then(|cursor| cursor.typed.as_ref());
        let shown = match typed {
            Some(typed) => Shown::Typed(typed.text.clone()),
            None if report.is_unread(cell) => Shown::Unread,
            None => Shown::Value(report.value(cell).clone()),
        };
        let mark = scene.mark(cell).cloned();
        let is_open = |finding: &usize| scene.opened.contains(finding);
        let editable = scene.edits();
        let follows = editable && totals::follows(report, cell);
        let sum = (editable && !follows).then(|| totals::computed(report, cell)).flatten();
        let inferred = report.is_inferred(cell);
        let origin = (inferred || !editable).then(|| origins::told(report, cell, scene.words)).flatten();
        Look {
            cell,
            shown,
            unit: report.unit(cell).map(str::to_owned),
            lit: mark.as_ref().is_some_and(|mark| mark.findings.iter().any(is_open)),
            label: mark.as_ref().filter(|_| !editable).map(|mark| text::label(scene, &mark.findings)),
            mark,
            stop: self.stop == Some(cell),
            active: cursor.is_some(),
            selected: selection.is_some_and(|selection| selection.cursor.is_wide() && selection.cells.contains(&cell)),
            follows: follows && report.value(cell).number().is_some(),
            sum: sum.filter(|sum| report.value(cell).number() != Some(*sum)).map(|sum| sum.to_string()),
            origin,
            inferred,
            // What is told of the cell that has the focus stands at the lower edge.
            traced: match editable {
                true => cursor.is_some() && report.origin(cell).is_some(),
                false => scene.traced == Some(cell),
            },
        }
    }

    /// What open findings say, below the row that they are about.
    fn note(&self, row: usize, findings: &[usize]) -> Html {
        let (scene, layout) = (self.scene, &self.sheet.layout);
        let covered = covered(layout, row);
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
        let traced = self.traced.filter(|(traced, _)| *traced == row);
        let origin = traced.and_then(|(_, cell)| origins::told(&scene.session.report, cell, scene.words));
        let pointed = self.pointed.filter(|(pointed, _)| *pointed == row);
        html! {
            <tr class="note-row">
                <td class={if covered == 0 { "first" } else { "" }} colspan={(layout.width - covered).to_string()}>
                    <div class={format!("at-{covered}")}>
                        if let Some(origin) = origin {
                            <p class="told inferred" role="status">{ icon::inferred() }<span>{ origin }</span></p>
                        }
                        { each(told) }
                        if let Some((_, cell)) = pointed {
                            <p class="told to-chart">{ charts::ways(scene, &scene.session.report.form.cell(cell).address) }</p>
                        }
                    </div>
                </td>
            </tr>
        }
    }
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
        for form in forms.iter().chain(forms.open()) {
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

    #[test]
    fn units_of_their_own_stand_in_a_column() {
        let forms = Forms::official();
        let sheets = |id: &str| skeletons(forms.get(id).unwrap(), Words(Language::CHINESE));
        let indicators = &sheets("statistics")[0];
        assert_eq!((indicators.labels, indicators.has_units, indicators.unit.as_deref()), (3, true, None));
        assert_eq!((indicators.layout.width, indicators.shape), (3 + 1 + 2, "few"));
        assert!(sheets("gongkai-2021").iter().all(|sheet| !sheet.has_units));
    }
}
