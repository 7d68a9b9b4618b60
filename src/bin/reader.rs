//! The reader in a browser: the module that is loaded once a file has to be read that is not JSON.

#[path = "platform/browser.rs"]
mod browser;

use browser::Browser;
use nianbao::block::Block;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::clipboard::clipboard;
use nianbao::read::document::Document;
use nianbao::read::{self, Context, Reading};
use nianbao::report::{ReadError, Report};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

fn main() {}

/// Whether a file has to be opened before it can be read: then `document` of the module `container` makes of it
/// what [`read_document`] reads. Only the first bytes are looked at.
#[wasm_bindgen]
pub fn is_container(bytes: &[u8]) -> bool {
    read::is_container(bytes)
}

/// Reads a report in any form in which it can be read without being opened first. `file` is the file's name,
/// for the provenance of the figures; `language` is a language tag for the findings; `forms` are the texts of
/// further form files; `prior` is last year's report as JSON, or empty. Returns JSON text:
/// `{"report": …, "findings": […], "leftover": […]}`, the report with its provenance; of a list of reports a list
/// of these, with `{"error": …}` in place of each that cannot be read.
///
/// # Errors
/// Throws one sentence that says what the file is and what to do.
#[wasm_bindgen]
pub fn read(bytes: &[u8], file: &str, language: &str, forms: Vec<String>, prior: &str) -> Result<String, JsValue> {
    with_context(file, language, &forms, prior, |context| read::read_all(bytes, context))
}

/// Reads what `document` of the module `container` made of a file; the rest as for [`read`].
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
    let document: Document = serde_json::from_str(document).map_err(|fault| JsError::new(&fault.to_string()))?;
    with_context(file, language, &forms, prior, |context| {
        read::read_document(document, context).map(|reading| vec![Ok(reading)])
    })
}

fn with_context(
    file: &str,
    language: &str,
    forms: &[String],
    prior: &str,
    read: impl FnOnce(&Context) -> Result<Vec<Result<Reading, ReadError>>, ReadError>,
) -> Result<String, JsValue> {
    let language = Language::from_tag(language).unwrap_or_default();
    let known = known(forms)?;
    // It is a hint: one that is none is left aside.
    let prior = Report::from_json(prior, &known).ok();
    let context = Context { file, prior: prior.as_ref(), ..Context::new(&known, &Browser, language) };
    let readings = read(&context).map_err(|error| JsValue::from_str(error.sentence(language)))?;
    let told = |reading: &Result<Reading, ReadError>| match reading {
        Ok(reading) => as_json(reading),
        Err(error) => json!({ "error": error.sentence(language) }),
    };
    Ok(match readings.as_slice() {
        [reading] => told(reading),
        several => several.iter().map(told).collect(),
    }
    .to_string())
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
