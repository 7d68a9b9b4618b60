//! Where a report comes from: what was handed over, what `src` names, or the element's own content.

use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use super::browser::{self, FetchError};
use super::reading::{self, Reading};
use super::session::Session;
use super::wording::Words;
use super::work::{Services, Stopped, Work};
use crate::forms::Forms;
use crate::language::Language;
use crate::report::Report;

/// The largest file that is read.
pub const MOST_BYTES: u32 = 64 << 20;

/// How much of a file tells whether it is JSON.
const HEAD: u32 = 4096;

/// The largest JSON that is read at once, here: what is larger would hold the page up.
const AT_ONCE: u32 = 1 << 20;

/// What one load reads from.
pub struct Source {
    /// The element, with its attributes and its content.
    pub host: HtmlElement,
    pub services: Services,
    /// JSON text or the bytes of a file; undefined where the element tells.
    pub given: JsValue,
    /// The name of the file that was given.
    pub name: String,
    pub language: Language,
    /// What the reader sees of it, and by what it is cancelled.
    pub work: Rc<Work>,
}

/// Why nothing was read.
pub enum Unread {
    /// In a sentence, with what to do.
    Because(String),
    Cancelled,
}

impl From<String> for Unread {
    fn from(sentence: String) -> Unread {
        Unread::Because(sentence)
    }
}

/// What is to be read: bytes, the name of the file, and what to call it in a sentence.
struct Content {
    bytes: Uint8Array,
    file: String,
    name: String,
}

impl Source {
    /// Reads the report and what goes with it; `None` where there is nothing to read.
    ///
    /// # Errors
    /// Why it cannot be read, or that it was cancelled.
    pub async fn session(&self) -> Result<Option<Session>, Unread> {
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
        let prior = match self.attribute("prior-src") {
            Some(address) => Some(self.prior(&address, &forms, &own_forms).await?),
            None => None,
        };
        // What ran together may be told apart by last year's report.
        let hint = prior.as_ref().and_then(|prior| prior.as_ref().ok());
        let reading = self.reading(content, &forms, &own_forms, hint).await?;
        let mut session = Session::new(reading, prior, self.language);
        session.forms = forms;
        Ok(Some(session))
    }

    /// Last year's report, or why it cannot be read.
    async fn prior(&self, address: &str, forms: &Forms, own_forms: &Array) -> Result<Result<Report, String>, Unread> {
        let read = match self.fetch(address).await {
            Ok(content) => self.reading(content, forms, own_forms, None).await,
            Err(unread) => Err(unread),
        };
        match read {
            Ok(reading) => Ok(Ok(reading.report)),
            Err(Unread::Because(sentence)) => Ok(Err(sentence)),
            Err(Unread::Cancelled) => Err(Unread::Cancelled),
        }
    }

    fn words(&self) -> Words {
        Words(self.language)
    }

    fn attribute(&self, name: &str) -> Option<String> {
        self.host.get_attribute(name).filter(|value| !value.trim().is_empty())
    }

    async fn fetch(&self, address: &str) -> Result<Content, Unread> {
        match browser::fetch(address, self.work.signal().as_ref()).await {
            Ok(bytes) => Ok(Content { bytes, file: file_name(address), name: address.to_owned() }),
            Err(_) if self.work.is_cancelled() => Err(Unread::Cancelled),
            Err(FetchError::Unreachable) => Err(self.words().unreachable(address).into()),
            Err(FetchError::Status(status)) => Err(self.words().refused(address, status).into()),
        }
    }

    /// What was handed over, or else what `src` names, or else the element's own content.
    async fn content(&self) -> Result<Option<Content>, Unread> {
        let given = self.given.clone();
        if let Some(text) = given.as_string() {
            return Ok(Some(content_of(&text, self.words().given_file())));
        }
        if let Ok(bytes) = given.dyn_into() {
            return Ok(Some(Content { bytes, file: self.name.clone(), name: self.words().given_file().to_owned() }));
        }
        match self.attribute("src") {
            Some(address) => self.fetch(&address).await.map(Some),
            None => Ok(own_content(&self.host).map(|text| content_of(&text, self.words().own_content()))),
        }
    }

    async fn reading(
        &self,
        content: Content,
        forms: &Forms,
        own_forms: &Array,
        prior: Option<&Report>,
    ) -> Result<Reading, Unread> {
        let (words, language, length) = (self.words(), self.language, content.bytes.length());
        if length > MOST_BYTES {
            return Err(words.too_large().to_owned().into());
        }
        let head = content.bytes.subarray(0, HEAD).to_vec();
        if length <= HEAD && head.trim_ascii().is_empty() {
            return Err(words.no_content(&content.name).into());
        }
        if length <= AT_ONCE && reading::begins_as_json(&head) {
            let bytes = content.bytes.to_vec();
            if std::str::from_utf8(&bytes).is_ok() {
                return Ok(reading::report(&bytes, forms, language).map(Reading::from)?);
            }
        }
        let prior = prior.map(|prior| prior.to_json().to_string()).unwrap_or_default();
        let given = Array::of5(&content.bytes, &content.file.into(), &language.tag().into(), own_forms, &prior.into());
        let read = self.work.run(&self.services, "read", &given).await.map_err(|stopped| self.unread(stopped))?;
        Ok(Reading::from_reader(&read.as_string().unwrap_or_default(), forms, language)?)
    }

    fn unread(&self, stopped: Stopped) -> Unread {
        match stopped {
            Stopped::Cancelled => Unread::Cancelled,
            Stopped::Refused(sentence) => sentence.into(),
            Stopped::Failed => self.words().reader_failed().to_owned().into(),
            Stopped::Missing(program) => self.words().reader_missing(&program).into(),
        }
    }
}

/// The name of the file at an address.
pub fn file_name(address: &str) -> String {
    let end = address.bytes().position(|byte| byte == b'?' || byte == b'#').unwrap_or(address.len());
    let start = address.bytes().take(end).rposition(|byte| byte == b'/').map_or(0, |slash| slash + 1);
    let name = &address[start..end];
    js_sys::decode_uri_component(name).map_or_else(|_| name.to_owned(), String::from)
}

fn content_of(text: &str, name: &str) -> Content {
    Content { bytes: Uint8Array::from(text.as_bytes()), file: String::new(), name: name.to_owned() }
}

/// The JSON that the element holds, or else its own HTML where there is more than blank space.
fn own_content(host: &HtmlElement) -> Option<String> {
    let json = host.query_selector(r#"script[type="application/json"]"#).ok().flatten();
    match json.and_then(|script| script.text_content()) {
        Some(json) => Some(json),
        None => host.text_content().filter(|text| !text.trim().is_empty()).map(|_| host.inner_html()),
    }
}
