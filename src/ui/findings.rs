//! The findings by what there is to do about them. Each is a sentence that leads to its place, and
//! opens to the arithmetic behind it.

use yew::{Html, InputEvent, KeyboardEvent, TargetCast, html};

use super::equation::equation;
use super::groups::{self, GROUPS, Group};
use super::scene::{Action, Draft, REASON, Scene, each, finding_id, section_id, write_id};
use super::wording::Words;
use super::{icon, marks};
use crate::finding::{Finding, Quote, Repair, Severity, TITLE_TEXT, TextChange};
use crate::form::Form;
use crate::report::PREAMBLE;

/// How many cells a finding without arithmetic names one by one.
const CELLS_NAMED: usize = 12;

pub fn list(scene: &Scene) -> Html {
    if scene.session.findings.is_empty() {
        return Html::default();
    }
    html! { <div class="findings" part="findings">{ each(GROUPS.into_iter().map(|group| group_of(scene, group))) }</div> }
}

fn group_of(scene: &Scene, group: Group) -> Html {
    let (session, words) = (scene.session, scene.words);
    let sections = groups::places(&session.report.form, &session.findings, group);
    let all: usize = sections.iter().map(|(_, places)| places.len()).sum();
    if all == 0 {
        return Html::default();
    }
    let revealed = scene.revealed.contains(&group);
    let mut left = if revealed { usize::MAX } else { group.shown(scene.edits()) };
    let only_whole = matches!(sections.as_slice(), [(None, _)]);
    let mut lists = Vec::new();
    for (section, places) in sections {
        let heading = match section {
            None if only_whole => Html::default(),
            section => {
                let name = section_name(&session.report.form, section, words);
                html! { <h4 class="of" hidden={left == 0}>{ name }</h4> }
            }
        };
        let items = places.into_iter().map(|place| {
            let hidden = left == 0;
            left = left.saturating_sub(1);
            item(scene, place, hidden)
        });
        lists.push(html! { <>{ heading }<ul role="list">{ each(items) }</ul></> });
    }
    let count = words.count(group, groups::count(&session.findings, group));
    let class = icon::class(group.severity());
    let folds = group.folds(scene.edits());
    let toggles = all > group.shown(scene.edits());
    let onclick = scene.act.reform(move |_| Action::Reveal(group));
    html! {
        <div class={format!("group {class}")}>
            <h3 id={group.id()} tabindex="-1">
                if folds {
                    <button class="reveal" type="button" aria-expanded={revealed.to_string()} {onclick}>
                        { icon::arrow() }{ words.group(group) }{ " " }<span class="count">{ count }</span>
                    </button>
                } else {
                    { words.group(group) }{ " " }<span class="count">{ count }</span>
                }
            </h3>
            { each(lists.into_iter()) }
            if toggles && !revealed && !folds {
                <button class="action all" type="button" onclick={scene.act.reform(move |_| Action::Reveal(group))}>
                    { words.show_all_of(all) }
                </button>
            }
        </div>
    }
}

/// A section as a heading over its findings.
pub fn section_name(form: &Form, section: Option<&str>, words: Words) -> String {
    let Some(id) = section else { return words.whole_report().to_owned() };
    match form.sections.iter().find(|section| section.id == id) {
        Some(section) => section.printed_heading(words.0),
        None if id == TITLE_TEXT => words.title_text().to_owned(),
        None if id == PREAMBLE => words.preamble().to_owned(),
        None => id.to_owned(),
    }
}

fn item(scene: &Scene, place: usize, hidden: bool) -> Html {
    let finding = &scene.session.findings[place];
    let open = scene.opened.contains(&place);
    let severity = icon::class(Some(finding.severity));
    let class = if open { format!("finding {severity} open") } else { format!("finding {severity}") };
    let panel = format!("about-{place}");
    html! {
        <li {class} part="finding" {hidden}>
            <div class="line">
                { icon::icon(Some(finding.severity)) }
                { sentence(scene, place, finding) }
                <div class="does">
                    { offers(scene, place, finding) }
                    { toggle(scene, place, finding, open, &panel) }
                </div>
            </div>
            { answer(scene, place, finding) }
            if scene.edits() && let [repair] = finding.repairs.as_slice() {
                <p class="beside">{ suggestion(scene, place, 0, repair) }</p>
            }
            <div id={panel} class="about" hidden={!open}>
                if open {
                    { about(scene, place, finding) }
                }
            </div>
        </li>
    }
}

/// What a finding says, as a link to its place.
fn sentence(scene: &Scene, place: usize, finding: &Finding) -> Html {
    let words = scene.words;
    let content = html! {
        <><span class="hidden">{ words.one(finding.severity) }{ words.colon() }</span>{ finding.message.clone() }</>
    };
    match scene.target(finding) {
        Some(id) => {
            let href = format!("#{id}");
            let onclick = scene.go(Action::To { id, from: Some(place) });
            html! { <a id={finding_id(place)} class="sentence" {href} {onclick}>{ content }</a> }
        }
        None => html! { <span id={finding_id(place)} class="sentence" tabindex="-1">{ content }</span> },
    }
}

fn toggle(scene: &Scene, place: usize, finding: &Finding, open: bool, panel: &str) -> Html {
    let compares = finding.expected.is_some() || finding.actual.is_some();
    let Finding { equation, repairs, quotes, cells, .. } = finding;
    if equation.is_none() && repairs.is_empty() && quotes.is_empty() && cells.len() < 2 && !compares {
        return Html::default();
    }
    let label = if equation.is_some() { scene.words.behind() } else { scene.words.details() };
    html! {
        <button class="toggle" type="button" aria-expanded={open.to_string()} aria-controls={panel.to_owned()}
            aria-describedby={finding_id(place)} onclick={scene.act.reform(move |_| Action::Toggle(place))}>
            { label }{ icon::arrow() }
        </button>
    }
}

/// What stands behind a finding, with ways to the cells and the words.
fn about(scene: &Scene, place: usize, finding: &Finding) -> Html {
    let words = scene.words;
    html! {
        <>
            { repairs(scene, place, finding) }
            { quotes(scene, place, finding) }
            if let Some(behind) = &finding.equation {
                { equation(scene, place, finding, behind) }
            } else {
                { cells(scene, place, finding) }
                { values(finding, words) }
                { section(scene, place, finding) }
            }
        </>
    }
}

/// One suggestion, or several corrections of which one is enough.
fn repairs(scene: &Scene, place: usize, finding: &Finding) -> Html {
    match finding.repairs.as_slice() {
        [] => Html::default(),
        // It stands beside the sentence.
        [_] if scene.edits() => Html::default(),
        [repair] => html! { <p class="remedy">{ suggestion(scene, place, 0, repair) }</p> },
        several => {
            let items = several.iter().enumerate().map(|(at, repair)| {
                html! { <li class="remedy">{ correction(scene, place, at, repair) }</li> }
            });
            html! { <><p class="law">{ scene.words.candidates() }</p><ul role="list" class="remedies">{ each(items) }</ul></> }
        }
    }
}

fn suggestion(scene: &Scene, place: usize, at: usize, repair: &Repair) -> Html {
    let words = scene.words;
    html! {
        <><strong>{ words.suggestion() }{ words.colon() }</strong>{ correction(scene, place, at, repair) }</>
    }
}

/// What would have to change, each cell as a link, and where the report can be changed, a button to do it.
fn correction(scene: &Scene, place: usize, at: usize, repair: &Repair) -> Html {
    let (form, words) = (&*scene.session.report.form, scene.words);
    let mut spoken = words.apply().to_owned() + words.colon();
    let mut changes = Vec::new();
    for (rank, change) in repair.changes.iter().enumerate() {
        let label = cell_label(form, &change.cell, words);
        let correction = words.correction(&change.from, &change.to);
        if rank > 0 {
            changes.push(words.comma().into());
            spoken += words.comma();
        }
        spoken += &words.quotation(&label);
        spoken += &correction;
        changes.push(quoted(scene, place, &label, scene.cell_target(&change.cell)));
        changes.push(correction.into());
    }
    for change in &repair.texts {
        if !changes.is_empty() {
            changes.push(words.comma().into());
            spoken += words.comma();
        }
        let quote = finding_quote(scene, place, change);
        let correction = words.rewriting(&change.from, &change.to);
        spoken += &correction;
        changes.push(quote.map_or_else(
            || words.in_text().into(),
            |quote| html! { <>{ words.in_text() }{ quoted(scene, place, &quote.text, scene.quote_target(quote)) }</> },
        ));
        changes.push(correction.into());
    }
    let onclick = scene.act.reform(move |_| Action::Apply { finding: place, repair: at });
    html! {
        <>
            { each(changes.into_iter()) }{ words.why(&repair.why) }
            if scene.edits() {
                { " " }<button class="action small" type="button" aria-label={spoken} {onclick}>{ words.apply() }</button>
            }
        </>
    }
}

/// The words in which a text would be changed.
fn finding_quote<'a>(scene: &'a Scene, place: usize, change: &TextChange) -> Option<&'a Quote> {
    let around =
        |quote: &&Quote| quote.section == change.section && quote.start <= change.start && change.end <= quote.end;
    scene.session.findings[place].quotes.iter().find(around)
}

/// Words in quotation marks, as a link where they lead somewhere.
fn quoted(scene: &Scene, place: usize, text: &str, target: Option<String>) -> Html {
    match target {
        Some(target) => {
            let (open, close) = scene.words.quotation_marks();
            html! { <>{ open }{ scene.link("link", target, Some(place), text.to_owned().into()) }{ close }</> }
        }
        None => scene.words.quotation(text).into(),
    }
}

/// Row and column of a cell, by their labels.
pub fn cell_label(form: &Form, address: &str, words: Words) -> String {
    match form.find(address) {
        Some(cell) => form.row_label(cell, words.0) + words.comma() + &form.column_label(cell, words.0),
        None => address.to_owned(),
    }
}

fn quotes(scene: &Scene, place: usize, finding: &Finding) -> Html {
    let quoted = finding.quotes.iter().map(|quote| {
        html! { <li>{ quoted(scene, place, &quote.text, scene.quote_target(quote)) }</li> }
    });
    html! {
        if !finding.quotes.is_empty() {
            <p class="law">{ scene.words.quoted() }</p>
            <ul class="cells" role="list" lang="zh-CN">{ each(quoted) }</ul>
        }
    }
}

fn cells(scene: &Scene, place: usize, finding: &Finding) -> Html {
    let words = scene.words;
    let known = |address: &&String| scene.session.report.form.find(address).is_some();
    let cells: Vec<_> = finding.cells.iter().filter(known).collect();
    if cells.is_empty() {
        return Html::default();
    }
    let link = |address: &String| {
        let label = cell_label(&scene.session.report.form, address, words).into();
        let target = scene.cell_target(address).unwrap_or_default();
        html! { <li>{ scene.link("link", target, Some(place), label) }</li> }
    };
    let more = cells.len().saturating_sub(CELLS_NAMED);
    html! {
        <>
            <p class="law">{ words.cells() }</p>
            <ul class="cells" role="list">
                { each(cells.iter().take(CELLS_NAMED).map(|address| link(address))) }
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

fn section(scene: &Scene, place: usize, finding: &Finding) -> Html {
    let form = &*scene.session.report.form;
    let id = marks::section_of(form, finding);
    let Some(section) = form.sections.iter().find(|section| Some(section.id.as_str()) == id) else {
        return Html::default();
    };
    let words = scene.words;
    let label = words.see_section().to_owned() + words.colon() + &section.printed_heading(words.0);
    html! { <p>{ scene.link("link", section_id(&section.id), Some(place), label.into()) }</p> }
}

/// The reason that the report gives for a finding, and the field in which it is written.
fn answer(scene: &Scene, place: usize, finding: &Finding) -> Html {
    let words = scene.words;
    let draft = scene.draft.filter(|draft| draft.finding == place && scene.edits());
    html! {
        <>
            if let Some(reason) = &finding.answer {
                <p class="beside">
                    <strong>{ words.reason() }{ words.colon() }</strong>
                    <span class="reason" lang="zh-CN">{ reason.clone() }</span>
                </p>
            }
            if let Some(draft) = draft {
                { written(scene, place, draft) }
            }
        </>
    }
}

/// What can be done about a finding in the editor: a reason given, changed or taken back.
fn offers(scene: &Scene, place: usize, finding: &Finding) -> Html {
    let words = scene.words;
    if !scene.edits() || finding.severity == Severity::Error {
        return Html::default();
    }
    let offer = |id: Option<String>, label: &'static str, action: Action| {
        let onclick = scene.act.reform(move |_| action.clone());
        html! { <button {id} class="toggle" type="button" aria-describedby={finding_id(place)} {onclick}>{ label }</button> }
    };
    let id = Some(write_id(place));
    match finding.answer {
        None => offer(id, words.write_reason(), Action::Write(place)),
        Some(_) => html! {
            <>
                { offer(id, words.rewrite_reason(), Action::Write(place)) }
                { offer(None, words.withdraw(), Action::Withdraw(place)) }
            </>
        },
    }
}

/// The field in which a reason is written.
fn written(scene: &Scene, place: usize, draft: &Draft) -> Html {
    let words = scene.words;
    let oninput = scene.act.reform(|event: InputEvent| {
        let field: Option<web_sys::HtmlTextAreaElement> = event.target_dyn_into();
        Action::Type(field.map(|field| field.value()).unwrap_or_default())
    });
    let act = scene.act.clone();
    let onkeydown = move |event: KeyboardEvent| {
        // What is typed here is nobody else's; and while characters are composed, it is the composer's.
        event.stop_propagation();
        match event.key().as_str() {
            _ if event.is_composing() => {}
            "Escape" => act.emit(Action::Cancel),
            "Enter" if event.ctrl_key() || event.meta_key() => act.emit(Action::Save),
            _ => {}
        }
    };
    let described = format!("{} reason-keys", finding_id(place));
    html! {
        <div class="writing">
            <label for={REASON}>{ words.reason() }</label>
            <textarea id={REASON} rows="3" lang="zh-CN" aria-describedby={described} aria-invalid={draft.blank.then_some("true")}
                value={draft.reason.clone()} {oninput} {onkeydown} />
            <p id="reason-keys" class="quiet" role={draft.blank.then_some("alert")}>
                { if draft.blank { words.blank_reason() } else { words.keys() } }
            </p>
            <p class="offers">
                { scene.button("action primary", Action::Save, words.save()) }
                { scene.button("action", Action::Cancel, words.cancel()) }
            </p>
        </div>
    }
}
