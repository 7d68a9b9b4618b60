//! Where figures come from, beside them; and those first that somebody should look at: what was inferred
//! and what could not be read.

use std::rc::Rc;

use yew::{Callback, Html, html};

use super::cursor::{Cursor, next_of};
use super::findings::{cell_label, section_name};
use super::scene::{Action, Scene, cell_id, each};
use super::table::Skeleton;
use super::wording::Words;
use super::{charts, figure, icon};
use crate::form::CellId;
use crate::report::Report;

/// The id of what is told of the cell that has the focus.
pub const ORIGIN: &str = "origin";
/// The id of the heading over what is to be checked first.
pub const TO_CHECK: &str = "to-check";

/// How many cells are listed before one asks for all.
const LISTED: usize = 6;

/// The id of the mark of an inferred figure, which tells its origin.
pub fn mark_id(address: &str) -> String {
    format!("origin-{address}")
}

/// The id of the button that confirms a cell of the list.
fn confirm_id(address: &str) -> String {
    format!("confirm-{address}")
}

/// Where what stands in a cell comes from; `None` where nobody has said.
pub fn told(report: &Report, cell: CellId, words: Words) -> Option<String> {
    report.origin(cell).map(|origin| words.origin_of(origin, &report.file))
}

/// Whether anything is known of where the figures of a report come from.
pub fn is_known(report: &Report) -> bool {
    report.form.cells().any(|(cell, _)| report.origin(cell).is_some())
}

pub fn is_doubtful(report: &Report, cell: CellId) -> bool {
    report.is_inferred(cell) || report.is_unread(cell)
}

/// How many figures were inferred and are not confirmed.
pub fn inferred(report: &Report) -> usize {
    report.form.cells().filter(|(cell, _)| report.is_inferred(*cell)).count()
}

/// The cells that somebody should look at first, as they are printed.
pub fn doubtful(report: &Report, sheets: &[Rc<Skeleton>]) -> Vec<CellId> {
    let printed = sheets.iter().flat_map(|sheet| sheet.grid.in_order());
    printed.filter(|cell| is_doubtful(report, *cell)).collect()
}

/// The mark of a figure that was inferred: it tells how it came there.
pub fn mark(act: &Callback<Action>, cell: CellId, address: &str, told: &str, open: Option<bool>) -> Html {
    let onclick = act.reform(move |_| Action::Trace(cell));
    html! {
        <button id={mark_id(address)} class="mark inferred" type="button" aria-label={told.to_owned()} title={told.to_owned()}
            aria-expanded={open.map(|open| open.to_string())} tabindex={open.is_none().then_some("-1")} {onclick}>
            { icon::inferred() }
        </button>
    }
}

/// The cells that are selected.
pub fn selected(cursor: &Cursor, sheets: &[Rc<Skeleton>]) -> Vec<CellId> {
    let on = |sheet: &Rc<Skeleton>| Some(sheet.grid.cells(&cursor.selection(&sheet.grid)?).collect());
    sheets.iter().find_map(on).unwrap_or_default()
}

/// What is told of the cell that has the focus, at the lower edge, with the way to confirm what is selected.
pub fn strip(scene: &Scene) -> Html {
    let (report, words) = (&scene.session.report, scene.words);
    let (known, cell) = (is_known(report), scene.cursor.map(|cursor| &*report.form.cell(cursor.cell).address));
    let drawn = cell.filter(|cell| scene.showing.on && scene.showing.of(cell).next().is_some());
    if !known && drawn.is_none() {
        return Html::default();
    }
    let told = match scene.cursor {
        _ if !known => String::new(),
        None => words.choose_a_cell().to_owned(),
        Some(cursor) => told(report, cursor.cell, words).unwrap_or_else(|| words.origin_unknown().to_owned()),
    };
    let mut cells = scene.cursor.map(|cursor| selected(cursor, scene.sheets)).unwrap_or_default();
    cells.retain(|cell| report.is_inferred(*cell));
    let label = match cells.len() {
        1 if scene.cursor.is_some_and(|cursor| !cursor.is_wide()) => words.confirm_cell().to_owned(),
        count => words.confirm_selected(count),
    };
    html! {
        <div class="strip" part="origin" role="group" aria-label={if known { words.origin() } else { words.charts() }}>
            <p id={ORIGIN}>{ told }</p>
            if let Some(cell) = drawn {
                { charts::ways(scene, cell) }
            }
            if !cells.is_empty() {
                <button class="action small" type="button" onclick={scene.act.reform(move |_| Action::Confirm(cells.clone()))}>
                    { label }
                </button>
            }
        </div>
    }
}

/// What somebody should look at first, section by section, each cell with the way to it and to confirm it.
pub fn list(scene: &Scene, all: bool) -> Html {
    let (session, words) = (scene.session, scene.words);
    let report = &session.report;
    let cells = doubtful(report, scene.sheets);
    if cells.is_empty() {
        return Html::default();
    }
    let inferred = cells.iter().filter(|cell| report.is_inferred(**cell)).count();
    let shown = if all { cells.len() } else { LISTED.min(cells.len()) };
    let mut parts: Vec<(&str, Vec<CellId>)> = Vec::new();
    for cell in cells.iter().take(shown) {
        let section = report.form.section_of(report.form.cell(*cell).table).id.as_str();
        match parts.last_mut() {
            Some((last, cells)) if *last == section => cells.push(*cell),
            _ => parts.push((section, vec![*cell])),
        }
    }
    html! {
        <div class="group info doubtful">
            <h3 id={TO_CHECK} tabindex="-1">
                { words.to_check() }{ " " }
                <span class="count">{ words.doubtful_cells(inferred, cells.len() - inferred) }</span>
            </h3>
            { each(parts.iter().map(|(section, listed)| part(scene, section, listed, &cells))) }
            if shown < cells.len() {
                <button class="action all" type="button" onclick={scene.act.reform(|_| Action::AllDoubtful)}>
                    { words.show_all_of(cells.len()) }
                </button>
            }
        </div>
    }
}

/// The cells of one section.
fn part(scene: &Scene, section: &str, listed: &[CellId], doubtful: &[CellId]) -> Html {
    let (report, words) = (&scene.session.report, scene.words);
    let of_section = |cell: &CellId| report.form.section_of(report.form.cell(*cell).table).id == section;
    let inferred: Vec<CellId> =
        doubtful.iter().copied().filter(|cell| report.is_inferred(*cell) && of_section(cell)).collect();
    let several = inferred.len() > 1;
    html! {
        <>
            <h4 class="of">
                { section_name(&report.form, Some(section), words) }
                if several {
                    <button class="toggle" type="button" onclick={scene.act.reform(move |_| Action::ConfirmListed(inferred.clone()))}>
                        { words.confirm_section() }
                    </button>
                }
            </h4>
            <ul role="list">{ each(listed.iter().map(|cell| item(scene, *cell))) }</ul>
        </>
    }
}

fn item(scene: &Scene, cell: CellId) -> Html {
    let (report, words) = (&scene.session.report, scene.words);
    let address = &report.form.cell(cell).address;
    let label = cell_label(&report.form, address, words);
    let inferred = report.is_inferred(cell);
    let named = words.confirm().to_owned() + words.colon() + &label;
    let value = match inferred {
        true => figure::figure(report.value(cell), report.unit(cell), words),
        false => figure::none(words.unread()),
    };
    let told = told(report, cell, words)
        .filter(|_| inferred || report.origin(cell).is_some_and(|origin| !origin.text.is_empty()));
    html! {
        <li class="finding info">
            <div class="line">
                { icon::inferred() }
                <p class="sentence">
                    { scene.link("link", cell_id(&report.form, cell), None, label.into()) }{ words.colon() }<strong>{ value }</strong>
                    if let Some(told) = told {
                        <span class="quiet whence">{ told }</span>
                    }
                </p>
                if inferred {
                    <button id={confirm_id(address)} class="action small" type="button" aria-label={named}
                        onclick={scene.act.reform(move |_| Action::ConfirmListed(vec![cell]))}>
                        { words.confirm() }
                    </button>
                }
            </div>
        </li>
    }
}

/// Where the focus goes in the list when cells of it are confirmed: to the next one that can be.
pub fn after_confirming(report: &Report, sheets: &[Rc<Skeleton>], cells: &[CellId]) -> String {
    let doubtful = doubtful(report, sheets);
    let left = |cell: CellId| report.is_inferred(cell) && !cells.contains(&cell);
    match next_of(&doubtful, cells.last().copied(), left) {
        Some(next) => confirm_id(&report.form.cell(next).address),
        None => TO_CHECK.to_owned(),
    }
}
