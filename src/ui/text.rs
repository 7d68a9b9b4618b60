//! Texts of the report, with the words marked that findings are about.

use yew::{Callback, Html, html};

use super::icon;
use super::marks;
use super::phrases::{self, Phrase, Piece};
use super::scene::{Action, Scene, each, words_id};
use crate::finding::{Finding, Severity};

/// The text of a section as paragraphs.
pub fn paragraphs(scene: &Scene, section: &str, text: &str) -> Html {
    let phrases = marked(scene, section, text);
    let paragraph = |lines: Vec<phrases::Line>| {
        let lines = lines.into_iter().enumerate().map(|(at, line)| {
            html! { <>{ if at > 0 { "\n" } else { "" } }{ pieces(scene, section, line, &phrases) }</> }
        });
        html! { <p>{ each(lines) }</p> }
    };
    html! {
        <div class="text" part="text" lang="zh-CN">{ each(phrases::paragraphs(text).into_iter().map(paragraph)) }</div>
    }
}

/// A text of one line.
pub fn line(scene: &Scene, section: &str, text: &str) -> Html {
    let phrases = marked(scene, section, text);
    pieces(scene, section, phrases::Line { start: 0, text }, &phrases)
}

fn marked(scene: &Scene, section: &str, text: &str) -> Vec<Phrase> {
    let findings = scene.session.findings.iter().enumerate();
    let marking =
        |(place, finding): &(usize, &Finding)| marks::leaves_mark(finding, scene.opened.contains(place), scene.edits());
    phrases::phrases(text, section, findings.filter(marking))
}

fn pieces(scene: &Scene, section: &str, line: phrases::Line, phrases: &[Phrase]) -> Html {
    if phrases.is_empty() {
        return line.text.to_owned().into();
    }
    each(phrases::pieces(line, phrases).into_iter().map(|piece| self::piece(scene, section, piece)))
}

/// The words, underlined and tinted; the button stands where they end, in the line of the last character.
fn piece(scene: &Scene, section: &str, piece: Piece) -> Html {
    let Piece { start, text, findings, ending } = piece;
    let severity = findings.iter().map(|place| scene.session.findings[*place].severity).min();
    if severity.is_none() {
        return text.into();
    }
    let lit = if findings.iter().any(|place| scene.opened.contains(place)) { " lit" } else { "" };
    let last = if ending.is_empty() { text.len() } else { text.char_indices().next_back().map_or(0, |(at, _)| at) };
    html! {
        <mark id={words_id(section, start)} class={format!("{}{lit}", icon::class(severity))}>
            { text[..last].to_owned() }
            if !ending.is_empty() {
                <span class="end">{ text[last..].to_owned() }{ button(scene.act, &ending, severity, label(scene, &ending), true) }</span>
            }
        </mark>
    }
}

/// What a button to findings is called.
pub fn label(scene: &Scene, findings: &[usize]) -> String {
    let words = scene.words;
    let own = findings.iter().filter_map(|place| scene.session.findings.get(*place));
    let sentences: Vec<_> = own.map(|finding| finding.message.as_str()).collect();
    words.see_finding().to_owned() + words.colon() + &sentences.join(words.space())
}

/// The way from a marked cell or words to their findings.
pub fn button(
    act: &Callback<Action>,
    findings: &[usize],
    severity: Option<Severity>,
    label: String,
    tab_stop: bool,
) -> Html {
    let action = Action::ToFindings(findings.to_vec());
    let onclick = act.reform(move |_| action.clone());
    let tabindex = (!tab_stop).then_some("-1");
    html! {
        <button class={format!("mark {}", icon::class(severity))} type="button" aria-label={label.clone()} title={label}
            {tabindex} {onclick}>
            { icon::icon(severity) }
        </button>
    }
}
