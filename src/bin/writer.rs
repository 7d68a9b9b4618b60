//! The writer in a browser: the module that is loaded once a report is to be had as a file.

use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::report::Report;
use nianbao::write::{self, Format};
use wasm_bindgen::prelude::*;

fn main() {}

/// Writes a report. `report` is its JSON, `ending` says the format (`html`), `language` is a language tag
/// for what is thrown; `forms` are the texts of further form files. Returns the bytes of the file.
///
/// # Errors
/// Throws one sentence that says what to do.
#[wasm_bindgen]
pub fn write(report: &str, ending: &str, language: &str, forms: Vec<String>) -> Result<Vec<u8>, JsValue> {
    let language = Language::from_tag(language).unwrap_or_default();
    let thrown = |sentence: &str| JsValue::from_str(sentence);
    let mut known = Forms::official();
    for form in forms {
        known.add(&form).map_err(|fault| thrown(&fault.to_string()))?;
    }
    let report = Report::from_json(report, &known).map_err(|error| thrown(error.sentence(language)))?;
    let format = Format::from_ending(ending).ok_or_else(|| thrown(write::unknown_ending(ending).sentence(language)))?;
    write::write(&report, format).map_err(|error| thrown(error.sentence(language)))
}

/// The media type of a format's files, for a `Blob`; nothing where the ending is not known.
#[wasm_bindgen]
pub fn media_type(ending: &str) -> Option<String> {
    Format::from_ending(ending).map(|format| format.media_type().to_owned())
}
