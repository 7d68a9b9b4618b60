//! What every module that makes files has: writing a report, and what is brought along for it.

use nianbao::charts::Choices;
use nianbao::collection;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::report::{ReadError, Report};
use nianbao::write::{self, Charts, Format, With};
use wasm_bindgen::prelude::*;

/// Writes a report. `report` is its JSON, `ending` says the format (`html`), `language` is a language tag
/// for what is thrown; `forms` are the texts of further form files. With `others`, a list of further reports as JSON,
/// a page holds the charts too, in which the reader has chosen the figures of `choices`: ids of charts, each with an
/// address behind it; of the charts those that are `named`, or all. Returns the bytes of the file.
///
/// # Errors
/// Throws one sentence that says what to do.
#[wasm_bindgen]
pub fn write(
    report: &str,
    ending: &str,
    language: &str,
    forms: Vec<String>,
    others: Option<String>,
    choices: Vec<String>,
    named: Option<String>,
) -> Result<Vec<u8>, JsValue> {
    let desk = Desk::new(language, &forms)?;
    let report = desk.report(report)?;
    let with_charts = others.is_some();
    let (others, choices) = (desk.reports(&others.unwrap_or_default())?, chosen(&choices));
    let charts = with_charts.then_some(Charts { others: &others, choices: &choices, named: named.as_deref() });
    let unknown = || desk.thrown(write::unknown_ending(ending).sentence(desk.language));
    let format = Format::from_ending(ending).ok_or_else(unknown)?;
    let written = write::write_with(&report, format, &With { charts, ..With::default() });
    written.map_err(|error| desk.thrown(error.sentence(desk.language)))
}

/// What a call brings along.
pub struct Desk {
    pub forms: Forms,
    pub language: Language,
}

impl Desk {
    pub fn new(language: &str, forms: &[String]) -> Result<Desk, JsValue> {
        let mut desk = Desk { forms: Forms::official(), language: Language::from_tag(language).unwrap_or_default() };
        for form in forms {
            desk.forms.add(form).map_err(|fault| JsValue::from_str(&fault.to_string()))?;
        }
        Ok(desk)
    }

    pub fn thrown(&self, sentence: &str) -> JsValue {
        JsValue::from_str(sentence)
    }

    pub fn report(&self, json: &str) -> Result<Report, JsValue> {
        Report::from_json(json, &self.forms).map_err(|error| self.thrown(error.sentence(self.language)))
    }

    /// A list of reports, which may be empty.
    pub fn reports(&self, json: &str) -> Result<Vec<Report>, JsValue> {
        if matches!(json, "" | "[]") {
            return Ok(Vec::new());
        }
        let thrown = |error: ReadError| self.thrown(error.sentence(self.language));
        let reports = collection::from_json(json, &self.forms).map_err(thrown)?;
        reports.into_iter().map(|report| report.map_err(thrown)).collect()
    }
}

/// The figures that are chosen, by chart.
pub fn chosen(pairs: &[String]) -> Choices {
    pairs.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect()
}

/// The media type of a format's files, for a `Blob`; nothing where the ending is not known.
#[wasm_bindgen]
pub fn media_type(ending: &str) -> Option<String> {
    Format::from_ending(ending).map(|format| format.media_type().to_owned())
}
