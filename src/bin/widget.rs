//! What `www/nianbao.js` loads first: the report, its check and its view, for one element each.

use js_sys::{Function, Promise};
use nianbao::ui::element::Element;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

/// The view of one `<nianbao-report>`.
#[wasm_bindgen]
pub struct Widget(Element);

#[wasm_bindgen]
impl Widget {
    /// Starts in `mount`, inside the shadow root of `host`; `slot` shows the host's own content.
    /// `read(bytes, language, forms)` promises the JSON of a file that is none, and
    /// `paste(html, text, language, forms)` what a clipboard holds.
    #[wasm_bindgen(constructor)]
    pub fn new(
        host: HtmlElement,
        mount: web_sys::Element,
        slot: HtmlElement,
        read: Function,
        paste: Function,
    ) -> Widget {
        Widget(Element::new(host, mount, slot, read, paste))
    }

    /// Reads and shows JSON text or the bytes of a file; without them, what the host tells.
    /// `again` keeps what was changed in the report; `draft_of` is the `identity` of a report that was
    /// edited and is given again. Resolves when it is shown: with nothing, or with a sentence where it
    /// could not be read.
    pub fn load(&self, given: JsValue, again: bool, draft_of: Option<String>) -> Promise {
        self.0.load(given, again, draft_of)
    }

    /// Reads the bytes of a file in, in place of the report that is edited.
    pub fn import(&self, file: JsValue) -> Promise {
        self.0.import(file)
    }

    /// Draws it anew after the mode has changed, or whether drafts are kept.
    pub fn refresh(&self) {
        self.0.refresh();
    }

    /// What the report that is shown is a draft of.
    pub fn identity(&self) -> Option<String> {
        self.0.identity()
    }

    pub fn report(&self) -> JsValue {
        self.0.report()
    }

    pub fn findings(&self) -> JsValue {
        self.0.findings()
    }

    pub fn export(&self, format: &str) -> Result<String, String> {
        self.0.export(format)
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
