//! Work that takes a while and is done away from the page: reading a file, making one. What a reader sees
//! of it, and how it is cancelled.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, Response};
use yew::Callback;

use super::exporting::{AtHand, Format};

#[wasm_bindgen]
extern "C" {
    /// What `www/nianbao.js` does for the view.
    #[derive(Clone)]
    pub type Services;

    /// Has a task of `www/background-worker.js` done.
    #[wasm_bindgen(method)]
    pub fn run(
        this: &Services,
        task: &str,
        given: &Array,
        tell: Option<&Function>,
        signal: Option<&AbortSignal>,
    ) -> Promise;

    /// Puts an answer together, as far as it is not more than `most`, or where it begins with `word` somewhere, than
    /// `most_with_it`: bytes, or nothing.
    #[wasm_bindgen(method)]
    pub fn gather(this: &Services, answer: &Response, most: u32, word: &str, most_with_it: u32) -> Promise;

    /// Takes files that a reader has chosen.
    #[wasm_bindgen(method)]
    pub fn take(this: &Services, files: &JsValue);

    /// Saves the report as a file of a format under a name.
    #[wasm_bindgen(method)]
    pub fn save(this: &Services, format: &str, name: &str) -> Promise;

    /// The formats in which files can be had, by their endings; undefined where all can.
    #[wasm_bindgen(method, getter)]
    pub fn formats(this: &Services) -> JsValue;

    /// Keeps what is noted of the report that is edited.
    #[wasm_bindgen(method, setter)]
    pub fn set_journal(this: &Services, journal: &JsValue);

    /// Keeps what lets go of the draft.
    #[wasm_bindgen(method, setter)]
    pub fn set_release(this: &Services, release: &Function);

    /// Makes the file in which a report, as JSON text, is taken along, with the texts of further form files.
    #[wasm_bindgen(method, catch)]
    fn bundle(
        this: &Services,
        report: &str,
        forms: &Array,
        language: &str,
        options: &JsValue,
    ) -> Result<Promise, JsValue>;

    /// Saves a picture, which is the text of an SVG file, under a name; painted, where the name says so.
    #[wasm_bindgen(method)]
    fn picture(this: &Services, svg: &JsValue, name: &str) -> Promise;
}

impl Services {
    /// The formats in which files can be had.
    pub fn at_hand(&self) -> AtHand {
        let endings = self.formats().dyn_into::<Array>().ok();
        AtHand(endings.map(|endings| endings.iter().filter_map(|ending| ending.as_string()).collect()))
    }
}

/// What is being done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doing {
    /// What is read, by its name.
    Read(String),
    /// A file of this format is made.
    Write(&'static Format),
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub enum Stage {
    /// The file comes over the network.
    Fetching,
    /// The program for it does.
    Loading,
    /// A container is opened.
    Opening,
    /// The last: the report is found in it, or the file is made.
    Last,
}

impl Stage {
    /// How many there are.
    pub const COUNT: u8 = 4;

    fn from_key(key: &str) -> Stage {
        match key {
            "loading" => Stage::Loading,
            "opening" => Stage::Opening,
            _ => Stage::Last,
        }
    }

    /// How many come before it.
    pub fn number(self) -> u8 {
        self as u8
    }
}

/// What a reader sees of work that takes a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub doing: Doing,
    pub stage: Stage,
}

/// Why work came to nothing.
#[derive(Debug)]
pub enum Stopped {
    Cancelled,
    /// What it was given does not do: a sentence says why.
    Refused(String),
    /// A program for it could not be had.
    Missing(String),
    /// The program failed.
    Failed,
}

/// One piece of work.
pub struct Work {
    pub doing: Doing,
    stage: Cell<Stage>,
    /// Whether the reader is told of it.
    told: Cell<bool>,
    controller: Option<AbortController>,
    changed: Callback<()>,
}

impl Work {
    /// `changed` is told of whatever a reader is to see.
    pub fn new(doing: Doing, changed: Callback<()>) -> Work {
        // Where nothing can be cancelled, it is still done.
        let controller = AbortController::new().ok();
        Work { doing, stage: Cell::new(Stage::Fetching), told: Cell::default(), controller, changed }
    }

    pub fn reads(&self) -> bool {
        matches!(self.doing, Doing::Read(_))
    }

    pub fn signal(&self) -> Option<AbortSignal> {
        self.controller.as_ref().map(AbortController::signal)
    }

    pub fn cancel(&self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }

    pub fn is_cancelled(&self) -> bool {
        self.signal().is_some_and(|signal| signal.aborted())
    }

    /// Has the reader told of it from now on.
    pub fn tell(&self) {
        if !self.told.replace(true) {
            self.changed.emit(());
        }
    }

    /// What the reader is told.
    pub fn progress(&self) -> Option<Progress> {
        self.told.get().then(|| Progress { doing: self.doing.clone(), stage: self.stage.get() })
    }

    fn reach(&self, stage: Stage, still: bool) {
        self.stage.set(stage);
        // While the page stands still, nothing can be told any more.
        if still && !self.told.get() {
            self.tell();
        } else if self.told.get() {
            self.changed.emit(());
        }
    }

    /// Has a task done.
    pub async fn run(self: &Rc<Self>, services: &Services, task: &str, given: &Array) -> Result<JsValue, Stopped> {
        let work = self.clone();
        let tell = Closure::<dyn Fn(String, bool)>::new(move |stage: String, still| {
            work.reach(Stage::from_key(&stage), still);
        });
        let promise = services.run(task, given, Some(tell.as_ref().unchecked_ref()), self.signal().as_ref());
        JsFuture::from(promise).await.map_err(|error| self.why(&error))
    }

    /// Has the file made in which a report is taken along.
    pub async fn bundle(
        &self,
        services: &Services,
        report: &str,
        forms: &Array,
        language: &str,
        options: &JsValue,
    ) -> Result<JsValue, Stopped> {
        let made = match services.bundle(report, forms, language, options) {
            Ok(promise) => JsFuture::from(promise).await,
            Err(error) => Err(error),
        };
        // Nobody waits any longer for what was cancelled.
        let made = made.and_then(|made| if self.is_cancelled() { Err(JsValue::UNDEFINED) } else { Ok(made) });
        made.map_err(|error| self.why(&error))
    }

    /// Has a picture saved under a name; painted, where the name says so.
    pub async fn picture(&self, services: &Services, svg: &JsValue, name: &str) -> Result<JsValue, Stopped> {
        JsFuture::from(services.picture(svg, name)).await.map_err(|error| self.why(&error))
    }

    /// Why it came to nothing: what refuses says so in a sentence, everything else is a fault of a program.
    fn why(&self, error: &JsValue) -> Stopped {
        let part = |key: &str| Reflect::get(error, &key.into()).ok().and_then(|part| part.as_string());
        match error.as_string() {
            _ if self.is_cancelled() => Stopped::Cancelled,
            Some(sentence) => Stopped::Refused(sentence),
            None if part("fault").as_deref() == Some("missing") => {
                Stopped::Missing(part("program").unwrap_or_else(|| "background.js".to_owned()))
            }
            None => Stopped::Failed,
        }
    }
}
