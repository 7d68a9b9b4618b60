//! What is shown where there is no report.

use wasm_bindgen::JsValue;
use web_sys::HtmlInputElement;
use yew::{Callback, Event, Html, TargetCast, html};

use super::icon;
use super::scene::TITLE;
use super::wording::Words;
use crate::finding::Severity;

pub fn empty(open: &Callback<JsValue>, words: Words) -> Html {
    html! {
        <div class="notice quiet" part="notice">
            <p>{ words.empty() }</p>
            { opening(open, words) }
        </div>
    }
}

/// The endings of files that can be read, for the browser's list of files; what counts is what is in them.
const ENDINGS: &str = ".html,.htm,.mht,.mhtml,.docx,.docm,.xlsx,.xlsm,.xls,.et,.ods,.pdf,.csv,.tsv,.txt,.md,.json";

/// The button that opens a file. It is the browser's own field for files in the clothes of a button.
pub fn opening(open: &Callback<JsValue>, words: Words) -> Html {
    let onchange = open.reform(|event: Event| {
        let Some(field) = event.target_dyn_into::<HtmlInputElement>() else { return JsValue::UNDEFINED };
        let files = field.files().map(|files| js_sys::Array::from(&files).into());
        // So that the same file can be chosen again.
        field.set_value("");
        files.unwrap_or_default()
    });
    html! {
        <label class="action opening">
            { words.open_file() }
            <input id="open-file" class="hidden" type="file" accept={ENDINGS} {onchange} />
        </label>
    }
}

/// It appears only after a moment, so that what is there at once does not flash.
pub fn loading(told: bool, words: Words) -> Html {
    html! {
        <div class="notice loading" part="notice">
            <p role={told.then_some("status")}>{ if told { words.loading() } else { "" } }</p>
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
