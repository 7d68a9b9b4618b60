//! What `www/nianbao.js` loads first: the report, its check and its view, for one element each.

use js_sys::Promise;
use nianbao::ui::element::Element;
use nianbao::ui::work::Services;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

/// The view of one `<nianbao-report>`.
#[wasm_bindgen]
pub struct Widget(Element);

#[wasm_bindgen]
impl Widget {
    /// Starts in `mount`, inside the shadow root of `host`; `slot` shows the host's own content, and
    /// `services` is what the view asks for.
    #[wasm_bindgen(constructor)]
    pub fn new(host: HtmlElement, mount: web_sys::Element, slot: HtmlElement, services: Services) -> Widget {
        Widget(Element::new(host, mount, slot, services))
    }

    /// Reads and shows JSON text, or the bytes of a file with its name; without them, what the host tells.
    /// `again` keeps what was changed in the report; `draft_of` is the `identity` of a report that was
    /// edited and is given again; `history` is JSON text of further reports, where the host does not tell.
    /// Resolves when it is shown: with nothing, or with a sentence where it could not be read.
    pub fn load(
        &self,
        given: JsValue,
        name: Option<String>,
        again: bool,
        draft_of: Option<String>,
        history: JsValue,
    ) -> Promise {
        self.0.load(given, name.unwrap_or_default(), again, draft_of, history)
    }

    /// Has what is loaded next go on where a program broke down that left this journal with the services.
    pub fn resume(&self, journal: JsValue) {
        self.0.resume(journal);
    }

    /// Reads the bytes of a file in, with its name, in place of the report that is shown, or as an edit of it. There
    /// were `others` beside it that are not read. Resolves when that is done: with nothing, or with why it was not.
    pub fn import(&self, bytes: JsValue, name: String, others: u32, as_edit: bool) -> Promise {
        self.0.import(bytes, name, others, as_edit)
    }

    /// Draws it anew after the mode has changed, or whether drafts are kept.
    pub fn refresh(&self) {
        self.0.refresh();
    }

    /// That a program for more than is shown could not be had, in a sentence, which is told over the report if that is wanted.
    pub fn missing(&self, program: &str, told: bool) -> String {
        self.0.missing(program, told)
    }

    /// What the report that is shown is a draft of.
    pub fn identity(&self) -> Option<String> {
        self.0.identity()
    }

    /// The report as JSON text; nothing where none is shown.
    pub fn text(&self) -> Option<String> {
        self.0.text()
    }

    /// The reports that are at hand beside it.
    pub fn history(&self) -> JsValue {
        self.0.history()
    }

    /// What the file is called today in which the report is taken along; nothing where none is shown.
    pub fn offline_name(&self) -> Option<String> {
        self.0.offline_name()
    }

    pub fn findings(&self) -> JsValue {
        self.0.findings()
    }

    /// What the report says, in short; nothing where none is shown.
    pub fn fingerprint(&self) -> Option<String> {
        self.0.fingerprint()
    }

    /// The report as a file of a format: resolves to its text or a blob, rejects with a sentence. `options` go on to
    /// what makes the file in which it is taken along.
    pub fn export(&self, format: &str, provenance: bool, charts: bool, options: JsValue) -> Promise {
        self.0.export(format, provenance, charts, options)
    }

    /// The report with all that is known of it, as JSON text to be given again.
    pub fn kept(&self) -> Option<String> {
        self.0.kept()
    }

    pub fn focus(&self, address: &str) -> Result<(), String> {
        self.0.focus_cell(address)
    }

    pub fn summary(&self) {
        self.0.focus_summary();
    }

    /// What is open in the view, for the same of another program.
    pub fn opened(&self) -> Vec<i32> {
        self.0.opened()
    }

    pub fn open(&self, opened: Vec<i32>) {
        self.0.open(&opened);
    }

    pub fn edited(&self) -> bool {
        self.0.edited()
    }

    /// What is shown counts as what is published from now on: it was written to where it came from. With its JSON text
    /// as it was written, false where something else is shown by now.
    pub fn saved(&self, text: Option<String>) -> bool {
        self.0.saved(text.as_deref())
    }

    pub fn undo(&self) -> bool {
        self.0.undo()
    }

    pub fn redo(&self) -> bool {
        self.0.redo()
    }

    pub fn destroy(&self) {
        self.0.destroy();
    }
}

pub fn main() {}
