//! The sections in the order of the form: heading, text, tables; then what belongs to none.

use yew::{Html, html};

use super::scene::{Scene, each, section_id};
use super::wording::Words;
use super::{charts, table, text, writing};
use crate::form::Section;
use crate::report::PREAMBLE;

pub fn sections(scene: &Scene) -> Html {
    let (session, words) = (scene.session, scene.words);
    let form = &session.report.form;
    let text = |id: &str| {
        let paragraphs = || session.report.section(id).map(|text| text::paragraphs(scene, id, text));
        if scene.edits() { Some(writing::writing(scene, id)) } else { paragraphs() }
    };
    let known = |id: &str| id == PREAMBLE || form.sections.iter().any(|section| section.id == id);
    let section = |(place, section): (usize, &Section)| {
        let own = scene.sheets.iter().filter(move |sheet| sheet.section == place);
        let tables = own.map(|sheet| table::table(scene, sheet));
        let without = scene.edits() && !section.sheets.is_empty() && !session.has_text(&section.id);
        let text = if without { None } else { text(&section.id) };
        let text = text.or_else(|| section.sheets.is_empty().then(|| not_filled(words)));
        titled(
            &section.id,
            section.printed_heading(words.0),
            words.0.tag(),
            html! { <>{ text }{ each(tables) }{ charts::of_section(scene, Some(&section.id)) }</> },
        )
    };
    let others = session.report.sections.iter().filter(|(id, _)| !known(id));
    html! {
        <>
            if scene.edits() {
                { titled(PREAMBLE, words.preamble().to_owned(), words.0.tag(), writing::writing(scene, PREAMBLE)) }
            } else {
                { text(PREAMBLE) }
            }
            { each(form.sections.iter().enumerate().map(section)) }
            { each(others.map(|(id, _)| titled(id, id.clone(), "", text(id).unwrap_or_default()))) }
            { charts::of_section(scene, None) }
            { leftover(&session.left_over(), words) }
        </>
    }
}

fn titled(section: &str, heading: String, lang: &'static str, content: Html) -> Html {
    let lang = (!lang.is_empty()).then_some(lang);
    html! {
        <section class="section" part="section">
            <h3 id={section_id(section)} part="heading" {lang} tabindex="-1">{ heading }</h3>
            { content }
        </section>
    }
}

fn not_filled(words: Words) -> Html {
    html! { <p class="quiet">{ words.not_filled() }</p> }
}

fn leftover(leftover: &[String], words: Words) -> Html {
    if leftover.is_empty() {
        return Html::default();
    }
    let lines = leftover.iter().map(|text| html! { <p>{ text.clone() }</p> });
    html! {
        <section class="section leftover" part="leftover">
            <h3>{ words.leftover() }</h3>
            <div class="text" lang="zh-CN">{ each(lines) }</div>
        </section>
    }
}
