//! `nianbao convert`: reads a report in whatever form it is published and writes it in another.

use std::ffi::OsStr;
use std::path::Path;

use nianbao::language::Language;
use nianbao::write::{self, Charts, Format, With};

use crate::options::ConvertOptions;
use crate::save::{is_same_file, save};
use crate::{FINE, UNREADABLE, forms, open, others, print};
use nianbao::words;

pub fn run(options: &ConvertOptions) -> u8 {
    match convert(options) {
        Ok(()) => FINE,
        Err(sentence) => {
            print::message(&sentence);
            UNREADABLE
        }
    }
}

fn convert(options: &ConvertOptions) -> Result<(), String> {
    let language = options.common.lang;
    let target = Target::of(options, language)?;
    let forms = forms::load(&options.common)?;
    let prior = others::prior(options.prior.as_deref(), &forms, language)?;
    let about = |sentence: String| open::about(&options.file, &sentence, language);
    let bytes = open::bytes(&options.file, language).map_err(about)?;
    let reading = open::parse(&bytes, &options.file, prior.as_ref(), &forms, language).map_err(about)?;
    for finding in &reading.findings {
        print::message(&print::sentence(finding, language));
    }
    let (others, choices) = (others::further(&options.history, &reading.report, &forms, language)?, Vec::new());
    let charts = Charts { others: &others, choices: &choices, named: None };
    let written = match &target.output {
        Output::Chart(id) => {
            write::chart(&reading.report, charts, id, language, write::CHART_WIDTH).map(String::into_bytes)
        }
        Output::File(format) => {
            let with = With { provenance: options.provenance, charts: options.charts.then_some(charts) };
            write::write_with(&reading.report, *format, &with)
        }
    };
    let written = written.map_err(|error| about(error.sentence(language).to_owned()))?;
    save(target.path, &written, language)
}

/// Where the report goes, and as what.
struct Target<'a> {
    path: &'a Path,
    output: Output<'a>,
}

/// What is written.
enum Output<'a> {
    File(Format),
    /// One chart alone, by its id.
    Chart(&'a str),
}

/// The ending of a chart's file.
const DRAWING: &str = "svg";

impl Target<'_> {
    fn of(options: &ConvertOptions, language: Language) -> Result<Target<'_>, String> {
        let path = options.output.as_path();
        let ending = match &options.to {
            Some(ending) => ending.as_str(),
            None if path == Path::new("-") => {
                return Err(language.word(words::COMMAND_NAME_FORMAT).to_owned());
            }
            None => path.extension().and_then(OsStr::to_str).unwrap_or_default(),
        };
        let is_drawing = ending.trim_start_matches('.').eq_ignore_ascii_case(DRAWING);
        let output = match (&options.chart, is_drawing) {
            (Some(id), true) => Output::Chart(id),
            (None, false) => Output::File(
                Format::from_ending(ending)
                    .ok_or_else(|| write::unknown_ending(ending).sentence(language).to_owned())?,
            ),
            (Some(_), false) | (None, true) => {
                return Err(language.word(words::COMMAND_CHART_AS_SVG).to_owned());
            }
        };
        if path != Path::new("-") && is_same_file(&options.file, path) {
            let sentence = language.word(words::COMMAND_SAME_FILE);
            return Err(open::about(path, sentence, language));
        }
        Ok(Target { path, output })
    }
}
