//! Where a report comes from: what was handed over, what `src` names, or the element's own content.

use js_sys::WebAssembly::RuntimeError;
use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use super::browser::{self, FetchError};
use super::reading::{self, Reading};
use super::session::Session;
use super::wording::Words;
use crate::forms::Forms;
use crate::language::Language;
use crate::report::Report;

/// What one load reads from.
pub struct Source {
    /// The element, with its attributes and its content.
    pub host: HtmlElement,
    /// Reads what is not JSON: (bytes, language, forms) → promise of JSON.
    pub read: Function,
    /// JSON text or the bytes of a file; undefined where the element tells.
    pub given: JsValue,
    pub language: Language,
}

/// What is to be read: bytes, and what to call them in a sentence.
struct Content {
    bytes: Uint8Array,
    name: String,
}

impl Source {
    /// Reads the report and what goes with it; `None` where there is nothing to read.
    ///
    /// # Errors
    /// Why it cannot be read and what to do, in a sentence.
    pub async fn session(&self) -> Result<Option<Session>, String> {
        let mut forms = Forms::official();
        let own_forms = Array::new();
        if let Some(address) = self.attribute("form-src") {
            let json = String::from_utf8_lossy(&self.fetch(&address).await?.bytes.to_vec()).into_owned();
            let faulty = |error: crate::form::FormError| self.words().faulty_form(&error.place, &error.problem);
            forms.add(&json).map_err(faulty)?;
            own_forms.push(&json.into());
        }
        if let Some(address) = self.attribute("rules-src") {
            let json = String::from_utf8_lossy(&self.fetch(&address).await?.bytes.to_vec()).into_owned();
            let faulty = |error: crate::form::FormError| self.words().faulty_rules(&error.place, &error.problem);
            forms.add_rules(&[&json]).map_err(faulty)?;
        }
        let Some(content) = self.content().await? else { return Ok(None) };
        let reading = self.reading(content, &forms, &own_forms).await?;
        let prior = match self.attribute("prior-src") {
            Some(address) => Some(self.prior(&address, &forms, &own_forms).await),
            None => None,
        };
        let mut session = Session::new(reading, prior, self.language);
        session.forms = forms;
        Ok(Some(session))
    }

    async fn prior(&self, address: &str, forms: &Forms, own_forms: &Array) -> Result<Report, String> {
        let content = self.fetch(address).await?;
        Ok(self.reading(content, forms, own_forms).await?.report)
    }

    fn words(&self) -> Words {
        Words(self.language)
    }

    fn attribute(&self, name: &str) -> Option<String> {
        self.host.get_attribute(name).filter(|value| !value.trim().is_empty())
    }

    async fn fetch(&self, address: &str) -> Result<Content, String> {
        match browser::fetch(address).await {
            Ok(bytes) => Ok(Content { bytes, name: address.to_owned() }),
            Err(FetchError::Unreachable) => Err(self.words().unreachable(address)),
            Err(FetchError::Status(status)) => Err(self.words().refused(address, status)),
        }
    }

    /// What was handed over, or else what `src` names, or else the element's own content.
    async fn content(&self) -> Result<Option<Content>, String> {
        let given = self.given.clone();
        if let Some(text) = given.as_string() {
            return Ok(Some(content_of(&text, self.words().given_file())));
        }
        if let Ok(bytes) = given.dyn_into() {
            return Ok(Some(Content { bytes, name: self.words().given_file().to_owned() }));
        }
        match self.attribute("src") {
            Some(address) => self.fetch(&address).await.map(Some),
            None => Ok(own_content(&self.host).map(|text| content_of(&text, self.words().own_content()))),
        }
    }

    async fn reading(&self, content: Content, forms: &Forms, own_forms: &Array) -> Result<Reading, String> {
        let language = self.language;
        let bytes = content.bytes.to_vec();
        if bytes.trim_ascii().is_empty() {
            return Err(self.words().no_content(&content.name));
        }
        if reading::is_json(&bytes) {
            return reading::report(&bytes, forms, language).map(Reading::from);
        }
        let read = self.read.call3(&JsValue::NULL, &content.bytes, &language.tag().into(), own_forms);
        let read = match read {
            Ok(promise) => JsFuture::from(Promise::resolve(&promise)).await,
            Err(error) => Err(error),
        };
        let json = read.map_err(|error| self.unread(&error))?.as_string().unwrap_or_default();
        Reading::from_reader(&json, forms, language)
    }

    /// Why the reader has not read: its own errors are sentences, others are faults of the program.
    fn unread(&self, error: &JsValue) -> String {
        match error.as_string() {
            Some(sentence) => sentence,
            None if error.is_instance_of::<RuntimeError>() => self.words().reader_failed().to_owned(),
            None => self.words().reader_missing().to_owned(),
        }
    }
}

fn content_of(text: &str, name: &str) -> Content {
    Content { bytes: Uint8Array::from(text.as_bytes()), name: name.to_owned() }
}

/// The JSON that the element holds, or else its own HTML where there is more than blank space.
fn own_content(host: &HtmlElement) -> Option<String> {
    let json = host.query_selector(r#"script[type="application/json"]"#).ok().flatten();
    match json.and_then(|script| script.text_content()) {
        Some(json) => Some(json),
        None => host.text_content().filter(|text| !text.trim().is_empty()).map(|_| host.inner_html()),
    }
}
