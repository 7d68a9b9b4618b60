//! The reader in a browser: the module that is loaded once a file has to be read that is not JSON.

use js_sys::{JsString, Object, Reflect, Uint8Array};
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::{self, Platform, Reading};
use serde_json::json;
use wasm_bindgen::prelude::*;

fn main() {}

#[wasm_bindgen]
extern "C" {
    type TextDecoder;
    #[wasm_bindgen(constructor, catch)]
    fn new(label: &str, options: &Object) -> Result<TextDecoder, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn decode(this: &TextDecoder, bytes: &Uint8Array) -> Result<String, JsValue>;
}

/// The browser decodes and normalises, so that the module carries no tables for it.
struct Browser;

impl Platform for Browser {
    fn decode(&self, encoding: &str, bytes: &[u8]) -> Option<String> {
        let options = Object::new();
        Reflect::set(&options, &"fatal".into(), &JsValue::TRUE).ok()?;
        TextDecoder::new(encoding, &options).ok()?.decode(&Uint8Array::from(bytes)).ok()
    }

    fn nfkc(&self, text: &str) -> String {
        JsString::from(text).normalize("NFKC").into()
    }
}

/// Reads a report in any form in which it can be read. `language` is a language tag for the
/// findings; `forms` are the texts of further form files. Returns JSON text:
/// `{"report": …, "findings": […], "leftover": […]}`.
///
/// # Errors
/// Throws one sentence that says what the file is and what to do.
#[wasm_bindgen]
pub fn read(bytes: &[u8], language: &str, forms: Vec<String>) -> Result<String, JsValue> {
    let language = Language::from_tag(language).unwrap_or_default();
    let mut known = Forms::official();
    for form in &forms {
        known.add(form).map_err(|fault| JsValue::from_str(&fault.to_string()))?;
    }
    let reading = read::read(bytes, &known, &Browser, language);
    reading.map(|reading| as_json(&reading)).map_err(|error| JsValue::from_str(error.sentence(language)))
}

fn as_json(reading: &Reading) -> String {
    json!({
        "report": reading.report.to_json(),
        "findings": reading.findings,
        "leftover": reading.leftover,
    })
    .to_string()
}
