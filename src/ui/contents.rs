//! The table of contents, with the number of findings beside each section.

use yew::{Html, html};

use super::scene::{Scene, each, section_id};
use super::{icon, marks};
use crate::form::Section;

pub fn contents(scene: &Scene) -> Html {
    let words = scene.words;
    let entries = scene.session.report.form.sections.iter().map(|section| entry(scene, section));
    html! {
        <nav class="contents" part="contents" aria-label={words.contents()}>
            <p class="name" aria-hidden="true">{ words.contents() }</p>
            <ol role="list">{ each(entries) }</ol>
        </nav>
    }
}

fn entry(scene: &Scene, section: &Section) -> Html {
    let heading = section.printed_heading(scene.words.0).into();
    html! { <li>{ scene.link("entry", section_id(&section.id), None, heading) }{ badge(scene, section) }</li> }
}

fn badge(scene: &Scene, section: &Section) -> Html {
    let session = scene.session;
    match marks::tally(&session.report.form, &session.findings, &section.id) {
        Some((count, severity)) => html! {
            <span class={format!("badge {}", icon::class(Some(severity)))}>
                { icon::icon(Some(severity)) }<span aria-hidden="true">{ count }</span>
                <span class="hidden">{ scene.words.findings_here(count) }</span>
            </span>
        },
        None => Html::default(),
    }
}
