//! What is told over the report without moving it: work that takes a while, why it came to nothing, what
//! was left out.

use yew::{Callback, Html, html};

use super::icon;
use super::wording::Words;
use super::work::{Progress, Stage};
use crate::finding::Severity;

/// What has happened, until the reader has read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Why something did not work.
    Trouble(String),
    Note(String),
    /// What only who cannot see it has to be told.
    Unseen(String),
}

/// What a reader does about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Cancel,
    Dismiss,
}

/// What there is to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Afloat {
    pub progress: Option<Progress>,
    pub notice: Option<Notice>,
}

/// What is told at the lower edge. The places of what is spoken are always there, or it would not be.
pub fn afloat(told: &Afloat, act: &Callback<Act>, words: Words) -> Html {
    let (trouble, note, unseen) = match &told.notice {
        Some(Notice::Trouble(sentence)) => (sentence.as_str(), "", ""),
        Some(Notice::Note(sentence)) => ("", sentence.as_str(), ""),
        Some(Notice::Unseen(sentence)) => ("", "", sentence.as_str()),
        None => ("", "", ""),
    };
    let class = if trouble.is_empty() { "card" } else { "card error" };
    html! {
        <div class="afloat" part="status">
            <div class="card" hidden={told.progress.is_none()}>
                if let Some(progress) = &told.progress {
                    { working(progress, act, words) }
                }
            </div>
            <p class="hidden" role="status">
                { told.progress.as_ref().map(|progress| words.working_spoken(&progress.doing)).unwrap_or_default() }
                { unseen.to_owned() }
            </p>
            <div {class} hidden={trouble.is_empty() && note.is_empty()}>
                if !trouble.is_empty() {
                    { icon::icon(Some(Severity::Error)) }
                }
                <p class="told" role="alert">{ trouble.to_owned() }</p>
                <p class="told" role="status">{ note.to_owned() }</p>
                { button(Act::Dismiss, words.dismiss(), act) }
            </div>
        </div>
    }
}

/// What is being done, how far it is, and the way to cancel it.
fn working(progress: &Progress, act: &Callback<Act>, words: Words) -> Html {
    html! {
        <>
            <div class="told">
                <p>{ words.working(&progress.doing) }</p>
                <p class="quiet">{ words.stage(progress) }</p>
                <progress aria-label={words.working(&progress.doing)} max={Stage::COUNT.to_string()}
                    value={progress.stage.number().to_string()} />
            </div>
            { button(Act::Cancel, words.cancel(), act) }
        </>
    }
}

fn button(what: Act, label: &'static str, act: &Callback<Act>) -> Html {
    html! { <button class="action" type="button" onclick={act.reform(move |_| what)}>{ label }</button> }
}
