//! The sections in the order of the form: heading, text, tables; then what belongs to none.

use yew::{Html, html};

use super::scene::{Scene, section_id};
use super::table;
use super::wording::Words;
use crate::form::Section;
use crate::report::PREAMBLE;

pub fn sections(scene: &Scene) -> Html {
    let (session, words) = (scene.session, scene.words);
    let form = &session.report.form;
    let text = |id: &str| session.report.section(id).map(paragraphs);
    let known = |id: &str| id == PREAMBLE || form.sections.iter().any(|section| section.id == id);
    let section = |section: &Section| {
        let tables = (0..section.sheets.len()).map(|at| table::table(scene, section, at));
        let text = text(&section.id).or_else(|| section.sheets.is_empty().then(|| not_filled(words)));
        titled(&section.id, section.printed_heading(words.0), words.0.tag(), html! { <>{ text }{ for tables }</> })
    };
    let others = session.report.sections.iter().filter(|(id, _)| !known(id));
    html! {
        <>
            { text(PREAMBLE) }
            { for form.sections.iter().map(section) }
            { for others.map(|(id, text)| titled(id, id.clone(), "", paragraphs(text))) }
            { leftover(&session.leftover, words) }
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

/// A text as paragraphs, which a blank line separates; single line breaks stay.
fn paragraphs(text: &str) -> Html {
    let paragraphs = split(text);
    html! {
        <div class="text" part="text" lang="zh-CN">{ for paragraphs.into_iter().map(|text| html! { <p>{ text }</p> }) }</div>
    }
}

fn split(text: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut fresh = true;
    for line in text.lines().map(|line| line.trim_matches(|c: char| c.is_whitespace())) {
        match paragraphs.last_mut() {
            _ if line.is_empty() => fresh = true,
            Some(last) if !fresh => {
                last.push('\n');
                last.push_str(line);
            }
            _ => {
                paragraphs.push(line.to_owned());
                fresh = false;
            }
        }
    }
    paragraphs
}

fn leftover(leftover: &[String], words: Words) -> Html {
    if leftover.is_empty() {
        return Html::default();
    }
    let lines = leftover.iter().map(|text| html! { <p>{ text.clone() }</p> });
    html! {
        <section class="section leftover" part="leftover">
            <h3>{ words.leftover() }</h3>
            <div class="text" lang="zh-CN">{ for lines }</div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_line_begins_a_paragraph() {
        assert_eq!(
            split("一是公开。\n二是审查。\r\n\r\n\u{3000}\u{3000}（一）平台\n \n"),
            ["一是公开。\n二是审查。", "（一）平台"]
        );
        assert!(split(" \n\n").is_empty());
    }
}
