//! Where reports come from: what was handed over, what `src` names, or the element's own content; and what is
//! shown beside, from `history`.

use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use super::browser::{self, FetchError};
use super::reading::{self, Reading};
use super::session::Session;
use super::wording::Words;
use super::work::{Services, Stopped, Work};
use crate::collection;
use crate::finding::{Finding, Severity};
use crate::forms::Forms;
use crate::language::Language;
use crate::marks;
use crate::report::Report;

/// The largest file that is read.
pub const MOST_BYTES: u32 = 64 << 20;
/// The largest file with a program of its own in it.
const MOST_BYTES_OFFLINE: u32 = 256 << 20;

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
    /// JSON text of further reports; undefined where the attribute tells.
    pub history: JsValue,
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

/// The forms at hand, and beside them the texts of those that were brought.
struct Known {
    forms: Forms,
    own: Array,
}

/// Something to be read, or an address with the answer that is awaited from there.
enum Place {
    Here(Content),
    At(String, JsFuture),
}

/// What was read of several places.
#[derive(Default)]
struct Gathered {
    read: Vec<Read>,
    /// What could not be read, by what it is called, with the sentence that says why.
    unread: Vec<(String, String)>,
}

/// A report that was read, and of what, where that holds nothing else.
struct Read {
    reading: Reading,
    content: Option<Content>,
}

/// What is to be read: bytes, the name of the file, and what to call it in a sentence.
#[derive(Clone)]
struct Content {
    bytes: Uint8Array,
    file: String,
    name: String,
}

impl Source {
    /// Reads the report and what goes with it; `None` where there is nothing to read. Of several the newest by the
    /// body of the first is shown.
    ///
    /// # Errors
    /// Why it cannot be read, or that it was cancelled.
    pub async fn session(&self) -> Result<Option<Session>, Unread> {
        let known = self.known().await?;
        let (main, further) = (self.main(), self.further());
        if main.is_empty() {
            return Ok(None);
        }
        let prior = match self.attribute("prior-src") {
            Some(address) => Some(self.prior(&address, &known).await?),
            None => None,
        };
        // What ran together may be told apart by last year's report.
        let hint = prior.as_ref().and_then(|prior| prior.as_ref().ok());
        let mut gathered = Gathered::default();
        self.gather(main, &known, hint, &mut gathered).await?;
        if gathered.read.is_empty() {
            let sentence = gathered.unread.into_iter().next().map(|(_, sentence)| sentence);
            return Err(sentence.unwrap_or_default().into());
        }
        let reports: Vec<_> = gathered.read.iter().map(|read| &read.reading.report).collect();
        let Read { reading, content } = gathered.read.remove(collection::newest(&reports));
        self.gather(further, &known, None, &mut gathered).await?;
        let others = gathered.read.into_iter().map(|read| read.reading.report).collect();
        let (others, mut told) = collection::beside(&reading.report, others, self.language);
        told.extend(
            gathered.unread.iter().map(|(name, sentence)| other_unread(self.words().other_unread(name, sentence))),
        );
        let (mut reading, prior) = match prior {
            Some(prior) => (reading, Some(prior)),
            None => self.with_prior_among(&others, reading, content, &known).await?,
        };
        reading.findings.extend(told);
        let mut session = Session::new(reading, prior, self.language);
        (session.forms, session.others) = (known.forms, others);
        Ok(Some(session))
    }

    /// The official forms and those that are brought, with the rules that are.
    async fn known(&self) -> Result<Known, Unread> {
        let mut known = Known { forms: Forms::official(), own: Array::new() };
        if let Some(address) = self.attribute("form-src") {
            let json = String::from_utf8_lossy(&self.fetch(&address).await?.bytes.to_vec()).into_owned();
            let faulty = |error: crate::form::FormError| self.words().faulty_form(&error.place, &error.problem);
            known.forms.add(&json).map_err(faulty)?;
            known.own.push(&json.into());
        }
        if let Some(address) = self.attribute("rules-src") {
            let json = String::from_utf8_lossy(&self.fetch(&address).await?.bytes.to_vec()).into_owned();
            let faulty = |error: crate::form::FormError| self.words().faulty_rules(&error.place, &error.problem);
            known.forms.add_rules(&[&json]).map_err(faulty)?;
        }
        Ok(known)
    }

    /// Last year's report, or why it cannot be read.
    async fn prior(&self, address: &str, known: &Known) -> Result<Result<Report, String>, Unread> {
        let mut gathered = Gathered::default();
        self.gather(vec![self.at(address)], known, None, &mut gathered).await?;
        let unread = || gathered.unread.into_iter().next().map(|(_, sentence)| sentence).unwrap_or_default();
        Ok(gathered.read.into_iter().next().map(|read| read.reading.report).ok_or_else(unread))
    }

    /// Last year's report is used where it stands among others; by it the report itself is read again if that
    /// may say more.
    async fn with_prior_among(
        &self,
        others: &[Report],
        reading: Reading,
        content: Option<Content>,
        known: &Known,
    ) -> Result<(Reading, Option<Result<Report, String>>), Unread> {
        let Some(prior) = collection::prior(&reading.report, others) else { return Ok((reading, None)) };
        let report = &reading.report;
        let is_unread = report.form.cells().any(|(cell, _)| report.is_unread(cell));
        let again = match content.filter(|_| is_unread) {
            Some(content) => self.readings(&content, known, Some(prior)).await?.pop().and_then(Result::ok),
            None => None,
        };
        Ok((again.unwrap_or(reading), Some(Ok(prior.clone()))))
    }

    /// Reads all that stands at some places. What cannot be read is noted.
    async fn gather(
        &self,
        places: Vec<Place>,
        known: &Known,
        prior: Option<&Report>,
        gathered: &mut Gathered,
    ) -> Result<(), Unread> {
        for place in places {
            let (name, read) = match place {
                Place::Here(content) => (content.name.clone(), Ok(content)),
                Place::At(address, asked) => (self.called(&address), self.fetched(&address, asked).await),
            };
            let read = match read {
                Ok(content) => self.readings(&content, known, prior).await.map(|readings| (content, readings)),
                Err(unread) => Err(unread),
            };
            let (content, readings) = match read {
                Ok(read) => read,
                Err(Unread::Because(sentence)) => {
                    gathered.unread.push((name, sentence));
                    continue;
                }
                Err(Unread::Cancelled) => return Err(Unread::Cancelled),
            };
            let alone = readings.len() == 1;
            for (at, reading) in readings.into_iter().enumerate() {
                match reading {
                    Ok(reading) => gathered.read.push(Read { reading, content: alone.then(|| content.clone()) }),
                    Err(sentence) if alone => gathered.unread.push((name.clone(), sentence)),
                    Err(sentence) => gathered.unread.push((self.words().one_of(&name, at + 1), sentence)),
                }
            }
        }
        Ok(())
    }

    fn words(&self) -> Words {
        Words(self.language)
    }

    fn attribute(&self, name: &str) -> Option<String> {
        self.host.get_attribute(name).filter(|value| !value.trim().is_empty())
    }

    /// The addresses in an attribute, all of which are asked at once.
    fn named(&self, attribute: &str) -> Vec<Place> {
        let addresses = self.attribute(attribute).unwrap_or_default();
        addresses.split_ascii_whitespace().map(|address| self.at(address)).collect()
    }

    fn at(&self, address: &str) -> Place {
        Place::At(address.to_owned(), browser::ask(address, self.work.signal().as_ref()))
    }

    async fn fetch(&self, address: &str) -> Result<Content, Unread> {
        self.fetched(address, browser::ask(address, self.work.signal().as_ref())).await
    }

    async fn fetched(&self, address: &str, asked: JsFuture) -> Result<Content, Unread> {
        let gather = |answer: &_| self.services.gather(answer, MOST_BYTES, marks::GENERATED, MOST_BYTES_OFFLINE);
        match browser::answer(asked, gather).await {
            Ok(bytes) => Ok(Content { bytes, file: file_name(address), name: self.called(address) }),
            Err(_) if self.work.is_cancelled() => Err(Unread::Cancelled),
            Err(FetchError::Unreachable) => Err(self.words().unreachable(&self.called(address)).into()),
            Err(FetchError::TooLarge) => Err(self.words().too_large().to_owned().into()),
            Err(FetchError::Status(status)) => Err(self.words().refused(&self.called(address), status).into()),
        }
    }

    /// What to call what stands at an address. One that holds all of it says nothing to a reader.
    fn called(&self, address: &str) -> String {
        if is_data(address) { self.words().own_content().to_owned() } else { address.to_owned() }
    }

    /// What was handed over, or else what `src` names, or else the element's own content.
    fn main(&self) -> Vec<Place> {
        let given = self.given.clone();
        if let Some(text) = given.as_string() {
            return vec![Place::Here(content_of(&text, self.words().given_file()))];
        }
        if let Ok(bytes) = given.dyn_into() {
            let name = self.words().given_file().to_owned();
            return vec![Place::Here(Content { bytes, file: self.name.clone(), name })];
        }
        let named = self.named("src");
        if !named.is_empty() {
            return named;
        }
        let own = own_content(&self.host).map(|text| content_of(&text, self.words().own_content()));
        own.into_iter().map(Place::Here).collect()
    }

    /// The reports that are shown beside.
    fn further(&self) -> Vec<Place> {
        match self.history.as_string() {
            Some(none) if none == "[]" => Vec::new(),
            Some(text) => vec![Place::Here(content_of(&text, self.words().further_reports()))],
            None => self.named("history"),
        }
    }

    /// What some content is: one report, or each of a list.
    async fn readings(
        &self,
        content: &Content,
        known: &Known,
        prior: Option<&Report>,
    ) -> Result<Vec<Result<Reading, String>>, Unread> {
        let (words, language, length) = (self.words(), self.language, content.bytes.length());
        let head = content.bytes.subarray(0, HEAD).to_vec();
        let most = if marks::begins_offline(&head) { MOST_BYTES_OFFLINE } else { MOST_BYTES };
        if length > most {
            return Err(words.too_large().to_owned().into());
        }
        if length <= HEAD && head.trim_ascii().is_empty() {
            return Err(words.no_content(&content.name).into());
        }
        if length <= AT_ONCE && reading::begins_as_json(&head) {
            let bytes = content.bytes.to_vec();
            if std::str::from_utf8(&bytes).is_ok() {
                return Ok(reading::reports(&bytes, &known.forms, language)?);
            }
        }
        let prior = prior.map(|prior| prior.to_json().to_string()).unwrap_or_default();
        let file = JsValue::from_str(&content.file);
        let given = Array::of5(&content.bytes, &file, &language.tag().into(), &known.own, &prior.into());
        let read = self.work.run(&self.services, "read", &given).await.map_err(|stopped| self.unread(stopped))?;
        Ok(reading::from_reader(&read.as_string().unwrap_or_default(), &known.forms, language)?)
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

/// Whether an address holds what stands there.
fn is_data(address: &str) -> bool {
    address.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// The name of the file at an address; nothing where that is no place.
pub fn file_name(address: &str) -> String {
    if is_data(address) {
        return String::new();
    }
    let end = address.bytes().position(|byte| byte == b'?' || byte == b'#').unwrap_or(address.len());
    let start = address.bytes().take(end).rposition(|byte| byte == b'/').map_or(0, |slash| slash + 1);
    let name = &address[start..end];
    js_sys::decode_uri_component(name).map_or_else(|_| name.to_owned(), String::from)
}

/// That one of the reports that are shown beside could not be read.
fn other_unread(sentence: String) -> Finding {
    Finding::new("history", Severity::Info, sentence).coded("unread")
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
