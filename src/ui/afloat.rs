//! What is told over the report without moving it: work that takes a while, why it came to nothing, what
//! was left out.

use yew::{Callback, Html, html};

use super::wording::Words;
use super::work::{Progress, Stage};

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

/// What is told at the lower edge. The place of what is spoken is always there, or it would not be.
pub fn afloat(told: &Afloat, act: &Callback<Act>, words: Words) -> Html {
    let (class, sentence, button) = match (&told.progress, &told.notice) {
        (Some(progress), _) => ("card", words.working(&progress.doing), Some((Act::Cancel, words.cancel()))),
        (None, Some(Notice::Trouble(sentence))) => {
            ("card error", sentence.clone(), Some((Act::Dismiss, words.dismiss())))
        }
        (None, Some(Notice::Note(sentence))) => ("card", sentence.clone(), Some((Act::Dismiss, words.dismiss()))),
        (None, Some(Notice::Unseen(sentence))) => ("hidden", sentence.clone(), None),
        (None, None) => ("hidden", String::new(), None),
    };
    html! {
        <div class="afloat" part="status">
            <div {class}>
                <div class="message">
                    <p role="status">{ sentence }</p>
                    if let Some(progress) = &told.progress {
                        <p class="quiet">{ words.stage(progress) }</p>
                        <progress aria-label={words.progress_of_work()} max={Stage::COUNT.to_string()} value={progress.stage.number().to_string()} />
                    }
                </div>
                if let Some((what, label)) = button {
                    <button class="action" type="button" onclick={act.reform(move |_| what)}>{ label }</button>
                }
            </div>
        </div>
    }
}
