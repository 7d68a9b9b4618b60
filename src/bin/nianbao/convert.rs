//! `nianbao convert`: reads a report in whatever form it is published and writes it in another.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::{fs, process};

use nianbao::collection;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::report::Report;
use nianbao::write::{self, Charts, Format, With};

use crate::options::ConvertOptions;
use crate::{FINE, UNREADABLE, forms, open, print};
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
    let prior = options.prior.as_deref().map(|path| {
        let reading = open::reading(path, &forms, language);
        reading.map(|reading| reading.report).map_err(|sentence| open::about(path, &sentence, language))
    });
    let prior = prior.transpose()?;
    let about = |sentence: String| open::about(&options.file, &sentence, language);
    let bytes = open::bytes(&options.file, language).map_err(about)?;
    let reading = open::parse(&bytes, &options.file, prior.as_ref(), &forms, language).map_err(about)?;
    for finding in &reading.findings {
        print::message(&print::sentence(finding, language));
    }
    let (others, choices) = (further(options, &reading.report, &forms, language)?, Vec::new());
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
    target.save(&written, language)
}

/// The further reports of a call, without those that come twice.
fn further(
    options: &ConvertOptions,
    report: &Report,
    forms: &Forms,
    language: Language,
) -> Result<Vec<Report>, String> {
    let mut others = Vec::new();
    for path in &options.history {
        let about = |sentence: String| open::about(path, &sentence, language);
        let bytes = open::bytes(path, language).map_err(about)?;
        for reading in open::parse_all(&bytes, path, forms, language).map_err(about)? {
            others.push(reading.map_err(about)?.report);
        }
    }
    let (others, told) = collection::beside(report, others, language);
    told.iter().for_each(|finding| print::message(&print::sentence(finding, language)));
    Ok(others)
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

    fn save(&self, bytes: &[u8], language: Language) -> Result<(), String> {
        if self.path == Path::new("-") {
            let written = io::stdout().lock().write_all(bytes);
            // Where nobody reads it any more there is nobody left to tell.
            return match written.is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
                true => process::exit(UNREADABLE.into()),
                false => Ok(()),
            };
        }
        replace(self.path, bytes).map_err(|error| open::about(self.path, &cannot_write(&error, language), language))
    }
}

/// Writes a file as a whole or not at all: what stood there before stays until the new one is complete.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    match fs::metadata(&target) {
        Ok(known) if known.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        // A device or a pipe is written to, never replaced.
        Ok(known) if !known.is_file() => return fs::write(&target, bytes),
        Ok(known) if known.permissions().readonly() => return Err(io::ErrorKind::PermissionDenied.into()),
        _ => {}
    }
    let mut name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
    name.push(format!(".{}.part", process::id()));
    let part = target.with_file_name(name);
    let written = fs::write(&part, bytes).and_then(|()| {
        if let Ok(known) = fs::metadata(&target) {
            fs::set_permissions(&part, known.permissions())?;
        }
        fs::rename(&part, &target)
    });
    if written.is_err() {
        // The first error tells why; a part that cannot be removed either adds nothing.
        let _ = fs::remove_file(&part);
    }
    written
}

fn cannot_write(error: &io::Error, language: Language) -> String {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => language.word(words::COMMAND_NO_FOLDER).to_owned(),
        io::ErrorKind::PermissionDenied => language.word(words::COMMAND_WRITE_NOT_PERMITTED).to_owned(),
        io::ErrorKind::IsADirectory => language.word(words::COMMAND_IS_FOLDER).to_owned(),
        io::ErrorKind::StorageFull => language.word(words::COMMAND_DISK_FULL).to_owned(),
        _ => error.to_string(),
    };
    language.say(words::COMMAND_CANNOT_WRITE, &[("reason", &reason)])
}

/// Whether two paths name one file, be it over links.
fn is_same_file(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| -> Option<PathBuf> { fs::canonicalize(path).ok() };
    a != Path::new("-") && (a == b || real(a).is_some_and(|a| real(b) == Some(a)))
}
