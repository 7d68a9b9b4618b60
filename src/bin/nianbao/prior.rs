//! Last year's reports (priors): none, one for every report, or a folder of many.
//!
//! Of a folder, a first pass keeps path, agency and year only; a prior is read again when the
//! report that it belongs to is checked. So a folder of any size costs time, but no memory. Of JSON
//! the first pass takes the head alone; a page or a text has to be read to know whose it is.

use std::path::{Path, PathBuf};

use nianbao::finding::{Finding, Severity};
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::pairing::{Candidate, Candidates, Pairing};
use nianbao::report::Report;
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use crate::batch;
use crate::files::{self, File};
use crate::open;
use crate::progress::Progress;
use nianbao::words;

/// The priors that a call brings.
#[derive(Debug)]
pub enum Priors {
    /// None: carry-over is not checked.
    None,
    /// One, for whatever is checked.
    One(PathBuf, Box<Report>),
    Folder(Folder),
}

/// The reports below a folder, by agency and year.
#[derive(Debug, Default)]
pub struct Folder {
    candidates: Candidates<PathBuf>,
    /// Reports whose agency or year is not known.
    nameless: usize,
    unreadable: Vec<(PathBuf, String)>,
}

/// The prior of one report.
#[derive(Debug)]
pub enum Prior<'a> {
    /// No priors were given.
    NotAsked,
    /// The folder has none that belongs to the report.
    Missing,
    Given(&'a Path, &'a Report),
    /// It was found beside others: where.
    Found(PathBuf, Box<Report>),
    /// It is not certain, or cannot be read: why.
    Unsure(Box<Finding>),
}

/// How many candidates a sentence names.
const NAMED: usize = 3;

impl Priors {
    /// The priors of a call.
    ///
    /// # Errors
    /// A sentence, where the file cannot be read or the folder holds nothing.
    pub fn gather(path: Option<&Path>, forms: &Forms, threads: usize, language: Language) -> Result<Priors, String> {
        match path {
            None => Ok(Priors::None),
            Some(path) if path != Path::new("-") && path.is_dir() => {
                Folder::gather(path, forms, threads, language).map(Priors::Folder)
            }
            Some(path) => {
                let reading = open::reading(path, forms, language);
                let reading = reading.map_err(|sentence| open::about(path, &sentence, language))?;
                Ok(Priors::One(path.to_owned(), Box::new(reading.report)))
            }
        }
    }

    /// What could not be read of a folder, with the reason.
    pub fn unreadable(&self) -> &[(PathBuf, String)] {
        match self {
            Priors::Folder(folder) => &folder.unreadable,
            Priors::None | Priors::One(..) => &[],
        }
    }

    /// How many reports of a folder belong to nobody knows whom, or to no known year.
    pub fn nameless(&self) -> usize {
        match self {
            Priors::Folder(folder) => folder.nameless,
            Priors::None | Priors::One(..) => 0,
        }
    }

    /// The prior of a report.
    pub fn of(&self, report: &Report, forms: &Forms, language: Language) -> Prior<'_> {
        let folder = match self {
            Priors::None => return Prior::NotAsked,
            Priors::One(path, prior) => return Prior::Given(path, prior),
            Priors::Folder(folder) => folder,
        };
        match folder.candidates.prior_of(&report.agency, report.year) {
            Pairing::Missing => Prior::Missing,
            Pairing::Several(several) => Prior::Unsure(Box::new(several_would_do(&several, language))),
            Pairing::Found(Candidate { place, .. }) => match open::reading(place, forms, language) {
                Ok(reading) => Prior::Found(place.clone(), Box::new(reading.report)),
                Err(sentence) => Prior::Unsure(Box::new(gone(place, &sentence, language))),
            },
        }
    }
}

impl Prior<'_> {
    /// Path of the prior that a report was compared with: one of another year is not.
    pub fn compared(&self, report: &Report) -> Option<&Path> {
        let (path, prior) = self.known()?;
        let due = report.year.map(|year| year.saturating_sub(1));
        (due.is_none() || prior.year.is_none() || due == prior.year).then_some(path)
    }

    /// Path and report of the prior, where there is one.
    pub fn known(&self) -> Option<(&Path, &Report)> {
        match self {
            Prior::Given(path, report) => Some((path, report)),
            Prior::Found(path, report) => Some((path, report)),
            Prior::NotAsked | Prior::Missing | Prior::Unsure(_) => None,
        }
    }
}

impl Folder {
    fn gather(path: &Path, forms: &Forms, threads: usize, language: Language) -> Result<Folder, String> {
        let found = files::gather(&[path.to_owned()]).files;
        if found.is_empty() {
            return Err(open::about(path, nothing_there(language), language));
        }
        let mut folder = Folder::default();
        let mut progress = Progress::new(language.word(words::COMMAND_READING_PRIORS), found.len(), false);
        let work = |at: usize| head(&found[at], forms, language);
        batch::in_order(found.len(), threads, work, |at, head| {
            folder.add(&found[at].path, head);
            progress.step();
        });
        Ok(folder)
    }

    fn add(&mut self, path: &Path, head: Result<Head, String>) {
        match head {
            Ok(head) => {
                let paired = self.candidates.add(path.to_owned(), &head.agency, head.year);
                self.nameless += usize::from(!paired);
            }
            Err(sentence) => self.unreadable.push((path.to_owned(), sentence)),
        }
    }
}

/// Whose report it is, and for which year.
struct Head {
    agency: String,
    year: Option<i32>,
}

fn head(file: &File, forms: &Forms, language: Language) -> Result<Head, String> {
    if let Some(error) = &file.closed {
        return Err(open::cannot_list(error, language));
    }
    let bytes = open::bytes(&file.path, language)?;
    let report = match json_head(&bytes, forms) {
        Some(report) => report,
        None => open::parse(&bytes, &file.path, None, forms, language)?.report,
    };
    Ok(Head { agency: report.agency, year: report.year })
}

/// The keys of a report's JSON that tell whose it is; the figures are passed over.
#[derive(Deserialize)]
struct JsonHead {
    form: Json,
    #[serde(default)]
    agency: Json,
    #[serde(default)]
    year: Json,
    #[serde(rename = "figures")]
    _figures: Figures,
}

/// An object whose content is not looked at.
#[derive(Deserialize)]
struct Figures {}

/// A report without figures; `None` where it is no plain JSON, or no report.
fn json_head(bytes: &[u8], forms: &Forms) -> Option<Report> {
    let JsonHead { form, agency, year, .. } = serde_json::from_slice(bytes).ok()?;
    let keys = [("form", form), ("agency", agency), ("year", year), ("figures", Json::Object(Map::new()))];
    let map = keys.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    Report::from_value(Json::Object(map), forms).ok()
}

fn nothing_there(language: Language) -> &'static str {
    language.word(words::COMMAND_NO_PRIORS)
}

fn several_would_do(several: &[&Candidate<PathBuf>], language: Language) -> Finding {
    let count = several.len();
    let name = |candidate: &&Candidate<PathBuf>| {
        let (agency, path) = (&candidate.agency, candidate.place.display().to_string());
        language.say(words::COMMAND_PRIOR_NAMED, &[("agency", agency), ("path", &path)])
    };
    let names: Vec<_> = several.iter().take(NAMED).map(name).collect();
    let names = names.join(language.word(words::LIST_COMMA));
    let more = count.saturating_sub(NAMED);
    let names = match more {
        0 => names,
        _ => language.say(words::COMMAND_PRIORS_MORE, &[("names", &names), ("more", &more.to_string())]),
    };
    let message = language.say(words::COMMAND_PRIORS_UNSURE, &[("count", &count.to_string()), ("names", &names)]);
    Finding::new("carry-over", Severity::Info, message)
}

/// A prior that the first pass read and that is no more, or is changed.
fn gone(path: &Path, sentence: &str, language: Language) -> Finding {
    let path = path.display().to_string();
    let message = language.say(words::COMMAND_PRIOR_UNREADABLE, &[("path", &path), ("sentence", sentence)]);
    Finding::new("carry-over", Severity::Info, message)
}
