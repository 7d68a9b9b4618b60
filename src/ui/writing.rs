//! Writing the texts of a report: the field, beside it how long the text is and what the notice requires of
//! it, below it the numbers that state figures of the tables, and the words that findings are about.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};
use yew::{Html, html};

use super::field::{Field, Kind, Marked, chars_before, units_before};
use super::scene::{Action, Scene, cell_id, each, section_id, words_id};
use super::session::Session;
use super::{browser, cover, icon, marks, phrases, text};
use crate::check::{Link, Point, Standing, cell_label, length};
use crate::finding::{Finding, TITLE_TEXT, TextChange};
use crate::form::TextBound;
use crate::report::{PREAMBLE, Report};

/// The id of the field in which the text of a section is written.
pub fn text_id(section: &str) -> String {
    format!("text-{section}")
}

fn asks_id(section: &str) -> String {
    format!("asks-{section}")
}

/// The text of a section, to be written; on paper it is what it is where it is read.
pub fn writing(scene: &Scene, section: &str) -> Html {
    let text = scene.session.report.section(section).unwrap_or_default();
    let typed = scene.act.reform({
        let section = section.to_owned();
        move |(text, again)| Action::WriteText { section: section.clone(), text, again }
    });
    let paragraph = |lines: Vec<phrases::Line>| {
        let lines: Vec<_> = lines.iter().map(|line| line.text).collect();
        html! { <p>{ lines.join("\n") }</p> }
    };
    html! {
        <div class="pen">
            <div class="printed" lang="zh-CN" aria-hidden="true">{ each(phrases::paragraphs(text).into_iter().map(paragraph)) }</div>
            <Field id={text_id(section)} kind={Kind::Text} text={text.to_owned()} named={section_id(section)}
                described={asks_id(section)} marks={Rc::new(marked(scene, section, text))} {typed}
                copied={scene.copied.clone()} />
            { asks(scene, section, text) }
            { numbers(scene, section) }
            { noted(scene, section) }
        </div>
    }
}

/// The words that findings are about, as the field counts characters.
fn marked(scene: &Scene, section: &str, text: &str) -> Vec<Marked> {
    let findings = scene.session.findings.iter().enumerate();
    let marking =
        |(place, finding): &(usize, &Finding)| marks::leaves_mark(finding, scene.opened.contains(place), scene.edits());
    let phrases = phrases::phrases(text, section, findings.filter(marking));
    let marked = |phrase: phrases::Phrase| Marked {
        start: chars_before(text, phrase.start),
        end: chars_before(text, phrase.end),
        severity: scene.session.findings[phrase.finding].severity,
        lit: scene.opened.contains(&phrase.finding),
    };
    phrases.into_iter().map(marked).collect()
}

/// How long the text is, and what the notice requires of it.
fn asks(scene: &Scene, section: &str, text: &str) -> Html {
    let words = scene.words;
    let most = scene.session.report.form.texts.iter().find_map(|rule| match rule.bound {
        TextBound::AtMost(most) if rule.section.as_deref() == Some(section) => Some(most),
        _ => None,
    });
    let count = length(text);
    let over = most.is_some_and(|most| count > most);
    let points = scene.session.points(section);
    html! {
        <div id={asks_id(section)} class="asks">
            <p class={if over { "length over" } else { "length" }}>{ words.length(count, most) }</p>
            if section == PREAMBLE {
                <p class="quiet">{ words.opening() }</p>
            }
            if !points.is_empty() {
                <p class="law">{ words.required() }</p>
                <ul role="list">{ each(points.into_iter().map(|point| self::point(scene, &point))) }</ul>
            }
        </div>
    }
}

fn point(scene: &Scene, point: &Point) -> Html {
    let words = scene.words;
    let (class, said) = match point.met {
        Some(true) => ("point met", words.met()),
        Some(false) => ("point unmet", words.unmet()),
        None => ("point", words.to_judge()),
    };
    html! {
        <li {class}>
            if point.met == Some(true) { { icon::icon(None) } } else { <span class="ring" aria-hidden="true"></span> }
            <span>{ point.label.get(words.0).to_owned() }<span class="hidden">{ words.colon() }{ said }</span></span>
        </li>
    }
}

/// The numbers of a text that state figures: those that contradict them or cannot be compared, and folded
/// behind them those that agree.
fn numbers(scene: &Scene, section: &str) -> Html {
    let words = scene.words;
    let own = || scene.session.links.iter().filter(|link| link.quote.section == section);
    let agrees = |link: &&Link| link.standing == Standing::Agrees;
    let agreeing = own().filter(agrees).count();
    if own().next().is_none() {
        return Html::default();
    }
    let rest = own().filter(|link| !agrees(link)).map(|link| number(scene, link));
    html! {
        <div class="numbers" role="group" aria-label={words.numbers()}>
            <ul role="list">{ each(rest) }</ul>
            if agreeing > 0 {
                <details>
                    <summary>{ icon::icon(None) }{ words.agreeing(agreeing) }{ icon::arrow() }</summary>
                    <ul role="list">{ each(own().filter(agrees).map(|link| number(scene, link))) }</ul>
                </details>
            }
        </div>
    }
}

/// A number with the cell that it states, and what can be done where they differ.
fn number(scene: &Scene, link: &Link) -> Html {
    let (words, form) = (scene.words, &scene.session.report.form);
    let Some(first) = link.cells.first() else { return Html::default() };
    let finding = finding_of(scene.session, link);
    let label = cell_label(form, *first, words.0) + &words.and_more(link.cells.len() - 1);
    let cell = cell_id(form, *first);
    let quoted = link.quote.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let figure = link.figure.map(|figure| figure.normalize().to_string());
    let state = match (link.standing, figure) {
        (Standing::Agrees, _) => String::new(),
        (Standing::Contradicts, Some(figure)) => words.in_table(&figure),
        (Standing::OfMore, Some(figure)) => words.of_more(&figure),
        _ => words.not_in_table().to_owned(),
    };
    let class = match (finding, link.standing) {
        (Some(place), _) => format!("number {}", icon::class(Some(scene.session.findings[place].severity))),
        (None, Standing::Agrees) => "number fine".to_owned(),
        (None, _) => "number".to_owned(),
    };
    let mark = match (finding, link.standing) {
        (Some(place), _) => {
            let severity = Some(scene.session.findings[place].severity);
            text::button(scene.act, &[place], severity, text::label(scene, &[place]), true)
        }
        (None, Standing::Agrees) => html! { <span class="sign">{ icon::icon(None) }</span> },
        (None, _) => html! { <span class="sign"><span class="ring" aria-hidden="true"></span></span> },
    };
    let target = phrases::start(&scene.session.report, &link.quote).map(|start| words_id(&link.quote.section, start));
    let quoted = html! { <span lang="zh-CN">{ quoted }</span> };
    let (open, close) = scene.words.quotation_marks();
    html! {
        <li {class}>
            { mark }
            <p class="claim">
                { open }{ target.map_or(quoted.clone(), |target| scene.link("link", target, None, quoted)) }{ close }
                <span class="to" aria-hidden="true">{ "→" }</span>
                if link.standing == Standing::Agrees {
                    { scene.link("link", cell.clone(), None, label.clone().into()) }
                    <span class="hidden">{ words.comma() }{ words.agrees() }</span>
                } else {
                    { label.clone() }{ words.colon() }<strong>{ state }</strong>
                }
            </p>
            if link.standing != Standing::Agrees {
                <span class="does">
                    if let Some(change) = link.rewrite.clone() {
                        { rewrite(scene, &link.quote.text, change) }
                    }
                    { to_table(scene, &label, cell) }
                </span>
            }
        </li>
    }
}

fn rewrite(scene: &Scene, quoted: &str, change: TextChange) -> Html {
    let label = scene.words.rewrite(&change.to);
    let spoken = [&scene.words.quotation(quoted), scene.words.colon(), &label].concat();
    let onclick = scene.act.reform(move |_| Action::Rewrite(change.clone()));
    html! { <button class="action small" type="button" aria-label={spoken} {onclick}>{ label }</button> }
}

fn to_table(scene: &Scene, label: &str, cell: String) -> Html {
    let spoken = [scene.words.to_table(), scene.words.colon(), label].concat();
    let onclick = scene.act.reform(move |_| Action::To { id: cell.clone(), from: None });
    html! { <button class="action small" type="button" aria-label={spoken} {onclick}>{ scene.words.to_table() }</button> }
}

/// The finding that a number is told in.
fn finding_of(session: &Session, link: &Link) -> Option<usize> {
    let form = &session.report.form;
    let address = |finding: &Finding| link.cells.iter().any(|cell| finding.cells.contains(&form.cell(*cell).address));
    session.findings.iter().position(|finding| {
        finding.rule == "narrative"
            && finding.answer.is_none()
            && finding.quotes.contains(&link.quote)
            && address(finding)
    })
}

/// The other words that findings are about, each with the way to its finding.
pub fn noted(scene: &Scene, section: &str) -> Html {
    let told: Vec<usize> = scene.session.links.iter().filter_map(|link| finding_of(scene.session, link)).collect();
    let own = scene.session.findings.iter().enumerate().filter(|(place, finding)| {
        finding.answer.is_none() && !told.contains(place) && finding.quotes.iter().any(|quote| quote.section == section)
    });
    let note = |(place, finding): (usize, &Finding)| {
        let severity = Some(finding.severity);
        html! {
            <li class={format!("number {}", icon::class(severity))}>
                { text::button(scene.act, &[place], severity, text::label(scene, &[place]), true) }
                <p class="claim">{ finding.message.clone() }</p>
            </li>
        }
    };
    let notes: Vec<Html> = own.map(note).collect();
    if notes.is_empty() {
        return Html::default();
    }
    html! { <ul class="numbers" role="list">{ each(notes.into_iter()) }</ul> }
}

/// Goes to quoted words by their id, where the text that they stand in is written in a field.
pub fn show_words(root: &Element, session: &Session, id: &str) {
    let quotes = session.findings.iter().flat_map(|finding| &finding.quotes);
    let quotes = quotes.chain(session.links.iter().map(|link| &link.quote));
    let words = quotes.filter_map(|quote| Some((&quote.section, phrases::words(&session.report, quote)?)));
    let mut named = words.filter(|(section, (start, _))| words_id(section, *start) == id);
    if let Some((section, words)) = named.next() {
        select(root, &session.report, section, words);
    }
}

/// Selects characters of a text in its field, and brings them into view.
pub fn select(root: &Element, report: &Report, section: &str, (start, end): (usize, usize)) {
    let id = if section == TITLE_TEXT { cover::field_id(TITLE_TEXT) } else { text_id(section) };
    let Some(field) = browser::by_id(root, &id) else { return };
    let text = if section == TITLE_TEXT { report.title.as_str() } else { report.section(section).unwrap_or_default() };
    let (from, to) = (units_before(text, start), units_before(text, end));
    browser::focus(&field);
    if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        let _ = area.set_selection_range(from, to);
    } else if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        let _ = input.set_selection_range(from, to);
    }
    let marked = format!("[data-start=\"{}\"]", chars_before(text, start));
    let mark = field.parent_element().and_then(|pad| pad.query_selector(&marked).ok().flatten());
    browser::centre(&mark.unwrap_or_else(|| field.into()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::forms::Forms;
    use crate::language::Language;
    use crate::ui::reading::Reading;

    #[test]
    fn a_number_knows_the_finding_that_tells_of_it() {
        let json = r#"{"form": "gongkai-2021", "agency": "某镇", "year": 2023,
            "sections": {"overview": "2023年收到政府信息公开申请12件，结转下年度3件。"},
            "figures": {"requests.received.total": 15, "requests.carried_out.total": 3}}"#;
        let report = Report::from_json(json, &Forms::official()).unwrap();
        let session = Session::new(Reading::from(report), None, Language::CHINESE);
        let [first, second] = session.links.as_slice() else { panic!("{:?}", session.links) };
        let place = finding_of(&session, first).unwrap();
        assert_eq!(
            (&*session.findings[place].rule, session.findings[place].severity),
            ("narrative", Severity::Warning)
        );
        assert_eq!(finding_of(&session, second), None);
    }
}
