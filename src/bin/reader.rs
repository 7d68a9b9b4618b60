//! The reader in a browser: the module that is loaded once a file has to be read that is not JSON.

use js_sys::{JsString, Object, Reflect, Uint8Array};
use nianbao::block::Block;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::clipboard::clipboard;
use nianbao::read::{self, Context, Platform, Reading};
use serde_json::{Value, json};
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
    let reading = read::read(bytes, &Context::new(&known(&forms)?, &Browser, language));
    reading.map(|reading| as_json(&reading).to_string()).map_err(|error| JsValue::from_str(error.sentence(language)))
}

/// Reads what a clipboard holds as HTML and as plain text; either may be empty. Returns JSON text: what
/// `read` returns, with `null` for a report where there is none, and beside it
/// `{"rows": [[text, …], …], "paragraphs": [text, …]}`: the cells, `null` where there are none (rows after
/// the first may be shorter), and the paragraphs for a text.
///
/// # Errors
/// Throws what is wrong with a form file.
#[wasm_bindgen]
pub fn paste(html: &str, text: &str, language: &str, forms: Vec<String>) -> Result<String, JsValue> {
    let language = Language::from_tag(language).unwrap_or_default();
    let pasted = clipboard(html, text, &Context::new(&known(&forms)?, &Browser, language));
    let nothing = || json!({ "report": null, "findings": [], "leftover": [] });
    let mut json = pasted.report.as_ref().map_or_else(nothing, as_json);
    json["rows"] = json!(pasted.block.map(Block::into_rows));
    json["paragraphs"] = json!(pasted.paragraphs);
    Ok(json.to_string())
}

/// The official forms and those that are brought.
fn known(forms: &[String]) -> Result<Forms, JsValue> {
    let mut known = Forms::official();
    for form in forms {
        known.add(form).map_err(|fault| JsValue::from_str(&fault.to_string()))?;
    }
    Ok(known)
}

fn as_json(reading: &Reading) -> Value {
    json!({
        "report": reading.report.to_json(),
        "findings": reading.findings,
        "leftover": reading.leftover,
    })
}
