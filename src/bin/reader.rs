//! The reader in a browser: the module that is loaded once a file has to be read that is not JSON.

use js_sys::{JsString, Object, Reflect, Uint8Array};
use nianbao::block::Block;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::clipboard::clipboard;
use nianbao::read::document::Document;
use nianbao::read::{self, Context, Platform, Reading, sniff};
use nianbao::report::{ReadError, Report};
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

/// Whether a file has to be opened before it can be read: then `document` of the module `container` makes text
/// of it, which `read_document` reads. Only the first bytes are looked at.
#[wasm_bindgen]
pub fn is_container(bytes: &[u8]) -> bool {
    sniff::is_container(bytes)
}

/// Reads a report in any form in which it can be read without being opened first. `file` is the file's name,
/// or empty; `language` is a language tag for the findings; `forms` are the texts of further form files; `prior`
/// is last year's report as JSON text, or empty. Returns JSON text:
/// `{"report": …, "findings": […], "leftover": […]}`, the report with the provenance of its figures.
///
/// # Errors
/// Throws one sentence that says what the file is and what to do.
#[wasm_bindgen]
pub fn read(bytes: &[u8], file: &str, language: &str, forms: Vec<String>, prior: &str) -> Result<String, JsValue> {
    reading(file, language, &forms, prior, |context| read::read(bytes, context))
}

/// Reads what `document` of the module `container` made of a file; otherwise as `read` does.
///
/// # Errors
/// Throws one sentence that says what the file is and what to do.
#[wasm_bindgen]
pub fn read_document(
    document: &str,
    file: &str,
    language: &str,
    forms: Vec<String>,
    prior: &str,
) -> Result<String, JsValue> {
    let document: Document = serde_json::from_str(document).map_err(|error| JsValue::from_str(&error.to_string()))?;
    reading(file, language, &forms, prior, |context| read::read_document(document, context))
}

fn reading(
    file: &str,
    language: &str,
    forms: &[String],
    prior: &str,
    read: impl FnOnce(&Context) -> Result<Reading, ReadError>,
) -> Result<String, JsValue> {
    let language = Language::from_tag(language).unwrap_or_default();
    let forms = known(forms)?;
    // It only helps: one that is no report is as good as none.
    let prior = Report::from_json(prior, &forms).ok();
    let context = Context { file, prior: prior.as_ref(), ..Context::new(&forms, &Browser, language) };
    let reading = read(&context).map_err(|error| JsValue::from_str(error.sentence(language)))?;
    Ok(as_json(&reading).to_string())
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
        "report": reading.report.to_json_with_provenance(),
        "findings": reading.findings,
        "leftover": reading.leftover,
    })
}
