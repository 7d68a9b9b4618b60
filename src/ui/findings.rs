//! The list of findings, the gravest first. Each opens to the arithmetic behind it.

use yew::{Callback, Html, html};

use super::equation::equation;
use super::scene::{Action, Scene, finding_id};
use super::wording::Words;
use super::{icon, marks};
use crate::finding::{Finding, Severity};
use crate::form::{CellId, Form};

/// How many findings are shown before one asks for all.
pub const SHOWN: usize = 8;

/// How many cells a finding without arithmetic names one by one.
const CELLS_NAMED: usize = 12;

pub fn list(scene: &Scene, all: bool) -> Html {
    let count = scene.session.findings.len();
    if count == 0 {
        return Html::default();
    }
    let shown = if all { count } else { count.min(SHOWN) };
    let severities = [Severity::Error, Severity::Warning, Severity::Info];
    html! {
        <div class="findings" part="findings">
            { for severities.into_iter().map(|severity| group(scene, severity, shown)) }
            if shown < count {
                <button class="action all" type="button" onclick={scene.act.reform(|_| Action::ShowAll)}>
                    { scene.words.show_all_of(count) }
                </button>
            }
        </div>
    }
}

fn group(scene: &Scene, severity: Severity, shown: usize) -> Html {
    let findings = scene.session.findings.iter().enumerate();
    let own: Vec<_> = findings.filter(|(_, finding)| finding.severity == severity).collect();
    if own.first().is_none_or(|(first, _)| *first >= shown) {
        return Html::default();
    }
    let (class, words, count) = (icon::class(Some(severity)), scene.words, own.len());
    let items = own.into_iter().filter(|(place, _)| *place < shown);
    html! {
        <div class={format!("group {class}")}>
            <h3>{ words.severity(severity) }{ " " }<span class="count">{ words.in_total(count) }</span></h3>
            <ul role="list">{ for items.map(|(place, finding)| item(scene, place, finding)) }</ul>
        </div>
    }
}

fn item(scene: &Scene, place: usize, finding: &Finding) -> Html {
    let (panel, words) = (format!("about-{place}"), scene.words);
    let open = scene.opened.contains(&place);
    let (class, expanded) = if open { ("finding open", "true") } else { ("finding", "false") };
    html! {
        <li {class} part="finding">
            <button id={finding_id(place)} class="sentence" type="button" aria-expanded={expanded} aria-controls={panel.clone()}
                onclick={scene.act.reform(move |_| Action::Toggle(place))}>
                { icon::icon(Some(finding.severity)) }
                <span><span class="hidden">{ words.one(finding.severity) }{ words.colon() }</span>{ finding.message.clone() }</span>
                { icon::arrow() }
            </button>
            <div id={panel} class="about" hidden={!open}>
                if open {
                    { about(scene, place, finding) }
                }
            </div>
        </li>
    }
}

/// What stands behind a finding, with ways to the cells.
fn about(scene: &Scene, place: usize, finding: &Finding) -> Html {
    let (form, words) = (&*scene.session.report.form, scene.words);
    let go = scene.act.reform(move |cell| Action::ToCell { cell, from: Some(place) });
    if let Some(behind) = &finding.equation {
        return equation(behind, form, &go, words);
    }
    html! {
        <>
            { cells(form, finding, &go, words) }
            { values(finding, words) }
            { section(form, finding, scene.act, words) }
        </>
    }
}

fn cells(form: &Form, finding: &Finding, go: &Callback<CellId>, words: Words) -> Html {
    let cells: Vec<_> = finding.cells.iter().filter_map(|address| form.find(address)).collect();
    if cells.is_empty() {
        return Html::default();
    }
    let button = |cell: &CellId| {
        let cell = *cell;
        let (row, column) = (form.row_label(cell, words.0), form.column_label(cell, words.0));
        let label = row + words.0.pick("，", ", ") + &column;
        html! { <li><button class="link" type="button" onclick={go.reform(move |_| cell)}>{ label }</button></li> }
    };
    let more = cells.len().saturating_sub(CELLS_NAMED);
    html! {
        <>
            <p class="law">{ words.cells() }</p>
            <ul class="cells" role="list">
                { for cells.iter().take(CELLS_NAMED).map(button) }
                if more > 0 {
                    <li class="more">{ words.more_cells(more) }</li>
                }
            </ul>
        </>
    }
}

/// What should stand there and what does, where the finding compares.
fn values(finding: &Finding, words: Words) -> Html {
    let value = |name: &str, value: &Option<String>| match value {
        Some(value) => html! { <div><dt>{ name.to_owned() }</dt><dd>{ value.clone() }</dd></div> },
        None => Html::default(),
    };
    if finding.expected.is_none() && finding.actual.is_none() {
        return Html::default();
    }
    html! {
        <dl class="values">{ value(words.due(), &finding.expected) }{ value(words.actual(), &finding.actual) }</dl>
    }
}

fn section(form: &Form, finding: &Finding, act: &Callback<Action>, words: Words) -> Html {
    let id = marks::section_of(form, finding);
    let Some(section) = form.sections.iter().find(|section| Some(section.id.as_str()) == id) else {
        return Html::default();
    };
    let id = section.id.clone();
    html! {
        <p><button class="link" type="button" onclick={act.reform(move |_| Action::ToSection(id.clone()))}>
            { words.see_section() }{ words.colon() }{ section.printed_heading(words.0) }
        </button></p>
    }
}
