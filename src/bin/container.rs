//! Opening files in a browser: the module that is loaded once a Word file, a spreadsheet, a PDF or a page in one
//! file has to be read.

#[path = "platform/browser.rs"]
mod browser;

use browser::Browser;
use nianbao::containers;
use nianbao::language::Language;
use wasm_bindgen::prelude::*;

fn main() {}

/// Opens a file of which the module `reader` says that it has to be opened. `language` is a language tag for the
/// sentence where that fails. Returns JSON text for `read_document` of that module.
///
/// # Errors
/// Throws one sentence that says what the file is and what to do.
#[wasm_bindgen]
pub fn document(bytes: &[u8], language: &str) -> Result<String, JsValue> {
    let language = Language::from_tag(language).unwrap_or_default();
    let document =
        containers::document(bytes, &Browser).map_err(|error| JsValue::from_str(error.sentence(language)))?;
    serde_json::to_string(&document).map_err(|error| JsValue::from_str(&error.to_string()))
}
