//! What is shown where there is no report.

use yew::{Callback, Html, html};

use super::icon;
use super::scene::TITLE;
use super::wording::Words;
use crate::finding::Severity;

pub fn empty(words: Words) -> Html {
    html! { <p class="notice quiet" part="notice">{ words.empty() }</p> }
}

/// It appears only after a moment, so that what is there at once does not flash.
pub fn loading(words: Words) -> Html {
    html! {
        <div class="notice loading" part="notice">
            <p role="status">{ words.loading() }</p>
            <div class="bars" aria-hidden="true"><i></i><i></i><i></i><i></i></div>
        </div>
    }
}

pub fn failed(sentence: &str, retry: &Callback<()>, words: Words) -> Html {
    html! {
        <div class="notice failed" part="error" role="alert">
            <p id={TITLE} class="name">{ icon::icon(Some(Severity::Error)) }<strong>{ words.failed() }</strong></p>
            <p>{ sentence.to_owned() }</p>
            <button class="action" type="button" onclick={retry.reform(|_| ())}>{ words.retry() }</button>
        </div>
    }
}
