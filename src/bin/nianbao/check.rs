//! `nianbao check`: reads each file, checks it, prints what was found.
//!
//! Files are checked on all cores and told in their order. A report lives only as long as it is
//! checked; what stays of it is an [`Outcome`]: numbers and text. So the memory that is needed is
//! that of the largest file on each core, and of the text that is printed in the end; `--json`
//! prints each line in its turn and keeps nothing.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::OnceLock;
use std::thread;

use nianbao::check::{Check, Coverage, conclude};
use nianbao::collection;
use nianbao::finding::{Finding, Tally};
use nianbao::fingerprint::{self, Fingerprint};
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::offline::{PROGRAM_FILES, Program};
use nianbao::read::Reading;
use nianbao::report::Report;

use crate::files::{self, File, Gathered};
use crate::intact::Intact;
use crate::options::CheckOptions;
use crate::prior::{Prior, Priors};
use crate::progress::Progress;
use crate::summary::Summary;
use crate::{UNREADABLE, batch, forms, open, print, program, table};
use nianbao::words;

/// A report that was read and checked.
pub struct Checked<'a> {
    pub report: Report,
    pub findings: Vec<Finding>,
    pub coverage: Coverage,
    pub prior: Prior<'a>,
    /// What there is to say of the file, where it works without a network.
    pub offline: Option<Intact>,
}

/// What stays of a file that was checked.
pub struct Outcome {
    pub file: String,
    /// Or the sentence that says why it could not be read.
    pub told: Result<Told, String>,
    /// What there is to warn of in the file itself.
    pub warnings: Vec<String>,
}

/// What stays of a report.
pub struct Told {
    pub agency: String,
    pub year: Option<i32>,
    pub fingerprint: Fingerprint,
    pub tally: Tally,
    pub blanks: usize,
    pub prior: PriorState,
    /// What is printed of it, where there is something to print.
    pub text: String,
}

/// Whether a report had a prior.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriorState {
    NotAsked,
    Missing,
    Unsure,
    Known,
}

/// How results are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// One JSON object a line.
    Json,
    /// The sentences of a single file.
    Single,
    /// A table, and the sentences of each file that has any.
    Table,
}

/// What every file is checked with.
struct Desk {
    forms: Forms,
    priors: Priors,
    manner: Manner,
    provenance: bool,
    /// The program of this version, to which those of files are compared; it is read once there is such a file.
    program: OnceLock<Option<Program>>,
    language: Language,
}

pub fn run(options: &CheckOptions) -> u8 {
    let gathered = files::gather(&options.files);
    let threads = options.threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    match Desk::prepare(options, Manner::of(options, &gathered), threads) {
        Ok(desk) => desk.run(&gathered, threads),
        Err(sentence) => {
            print::message(&sentence);
            UNREADABLE
        }
    }
}

impl Manner {
    fn of(options: &CheckOptions, gathered: &Gathered) -> Manner {
        match options.json {
            true => Manner::Json,
            false if gathered.files.len() > 1 || gathered.has_folder => Manner::Table,
            false => Manner::Single,
        }
    }
}

impl Desk {
    fn prepare(options: &CheckOptions, manner: Manner, threads: usize) -> Result<Desk, String> {
        let language = options.common.lang;
        let forms = forms::load(&options.common)?;
        let priors = Priors::gather(options.prior.as_deref(), &forms, threads, language)?;
        let program = match &options.program {
            Some(folder) => OnceLock::from(Some(program::load(Some(folder), &PROGRAM_FILES, language)?)),
            None => OnceLock::new(),
        };
        Ok(Desk { forms, priors, manner, provenance: options.provenance, program, language })
    }

    /// Checks and tells everything; the exit status.
    fn run(&self, gathered: &Gathered, threads: usize) -> u8 {
        let mut summary = Summary::default();
        let mut outcomes = Vec::new();
        self.check_all(&gathered.files, threads, |outcome| {
            summary.count(&outcome);
            match self.manner {
                Manner::Table => outcomes.push(outcome),
                Manner::Json | Manner::Single => self.tell(&outcome),
            }
        });
        if !outcomes.is_empty() {
            table::print(&outcomes, self.language);
            outcomes.iter().for_each(|outcome| self.tell(outcome));
        }
        self.tell_fringes(gathered);
        self.tell_summary(&summary, gathered);
        match self.is_all_read(gathered) {
            true => summary.status(),
            false => UNREADABLE,
        }
    }

    fn check_all(&self, files: &[File], threads: usize, mut hand_on: impl FnMut(Outcome)) {
        let word = self.language.word(words::COMMAND_CHECKED);
        let mut progress = Progress::new(word, files.len(), self.manner != Manner::Table);
        let work = |at: usize| self.outcomes(&files[at]);
        batch::in_order(files.len(), threads, work, |_, outcomes| {
            outcomes.into_iter().for_each(&mut hand_on);
            progress.step();
        });
    }

    /// What comes of a file, or of each report where it is a list of them.
    fn outcomes(&self, file: &File) -> Vec<Outcome> {
        let name = file.path.display().to_string();
        let read = match &file.closed {
            Some(error) => Err(open::cannot_list(error, self.language)),
            None => self.read(&file.path),
        };
        let (bytes, readings) = match read {
            Ok(read) => read,
            Err(sentence) => return vec![Outcome { file: name, told: Err(sentence), warnings: Vec::new() }],
        };
        if readings.len() == 1 {
            let checked = readings.into_iter().map(|reading| self.check(&file.path, &bytes, reading?));
            return checked.map(|checked| self.outcome(name.clone(), checked)).collect();
        }
        let all: Vec<Report> = readings.iter().flatten().map(|reading| reading.report.clone()).collect();
        let listed = readings.into_iter().enumerate().map(|(at, reading)| {
            let checked = reading.map(|reading| {
                let prior = self.prior_in(&file.path, &all, &reading.report);
                self.checked(reading, prior)
            });
            self.outcome(format!("{name}#{}", at + 1), checked)
        });
        listed.collect()
    }

    fn outcome(&self, file: String, checked: Result<Checked, String>) -> Outcome {
        let offline = checked.as_ref().ok().and_then(|checked| checked.offline.as_ref());
        let warnings = offline.map(|offline| offline.warnings.clone()).unwrap_or_default();
        Outcome { told: checked.map(|checked| self.told(&file, &checked)), file, warnings }
    }

    /// The prior of a report of a list: where the call brings none, the list may hold it.
    fn prior_in(&self, path: &Path, list: &[Report], report: &Report) -> Prior<'_> {
        match self.priors.of(report, &self.forms, self.language) {
            Prior::NotAsked => {
                let beside = collection::prior(report, list);
                beside.map_or(Prior::NotAsked, |prior| Prior::Found(path.to_owned(), Box::new(prior.clone())))
            }
            prior => prior,
        }
    }

    fn read(&self, path: &Path) -> Result<(Vec<u8>, open::Readings), String> {
        let bytes = open::bytes(path, self.language)?;
        let readings = open::parse_all(&bytes, path, &self.forms, self.language)?;
        Ok((bytes, readings))
    }

    /// Checks what was read of a file.
    fn check(&self, path: &Path, bytes: &[u8], mut reading: Reading) -> Result<Checked<'_>, String> {
        let Desk { forms, priors, language, .. } = self;
        let prior = priors.of(&reading.report, forms, *language);
        // What could not be told apart is read again with last year's report beside it.
        let is_unread = reading.report.form.cells().any(|(cell, _)| reading.report.is_unread(cell));
        if let Some((_, known)) = prior.known().filter(|_| is_unread) {
            reading = open::parse(bytes, path, Some(known), forms, *language)?;
        }
        let offline = Intact::of(bytes, || self.program(), forms, *language);
        Ok(Checked { offline, ..self.checked(reading, prior) })
    }

    fn program(&self) -> Option<&Program> {
        let load = || program::load(None, &PROGRAM_FILES, self.language).ok();
        self.program.get_or_init(load).as_ref()
    }

    fn checked<'a>(&self, mut reading: Reading, prior: Prior<'a>) -> Checked<'a> {
        let report = reading.report;
        if let Prior::Unsure(finding) = &prior {
            reading.findings.push((**finding).clone());
        }
        let check = Check::new(&report, prior.known().map(|(_, prior)| prior));
        let findings = conclude(&report, check.findings(&report, self.language), reading.findings);
        let coverage = check.coverage(&report);
        Checked { report, findings, coverage, prior, offline: None }
    }

    fn told(&self, name: &str, checked: &Checked) -> Told {
        let Checked { report, findings, prior, .. } = checked;
        let text = match self.manner {
            Manner::Json => print::json(name, checked, self.provenance),
            Manner::Table if findings.is_empty() => String::new(),
            Manner::Table | Manner::Single => print::sentences(name, checked, self.language),
        };
        let blanks = findings.iter().filter(|finding| finding.rule == "blank").map(|finding| finding.cells.len());
        Told {
            agency: report.agency.clone(),
            year: report.year,
            fingerprint: fingerprint::of(report),
            tally: Tally::of(findings),
            blanks: blanks.sum(),
            prior: PriorState::of(prior),
            text,
        }
    }

    fn tell(&self, outcome: &Outcome) {
        for sentence in &outcome.warnings {
            print::message(&open::about(Path::new(&outcome.file), sentence, self.language));
        }
        match &outcome.told {
            Ok(told) if told.text.is_empty() => {}
            Ok(told) => print::line(&told.text),
            Err(sentence) if self.manner == Manner::Json => {
                print::line(&print::unreadable_json(&outcome.file, sentence))
            }
            Err(sentence) => print::message(&open::about(Path::new(&outcome.file), sentence, self.language)),
        }
    }

    /// Folders with nothing in them, and priors that could not be read, unless they were told as
    /// files that are checked.
    fn tell_fringes(&self, gathered: &Gathered) {
        for folder in &gathered.empty {
            let sentence = self.language.word(words::COMMAND_FOLDER_EMPTY);
            print::message(&open::about(folder, sentence, self.language));
        }
        let checked: HashSet<&Path> = gathered.files.iter().map(|file| file.path.as_path()).collect();
        let untold = self.priors.unreadable().iter().filter(|(path, _)| !checked.contains(path.as_path()));
        for (path, sentence) in untold {
            print::message(&open::about(path, sentence, self.language));
        }
    }

    /// The summary is a result where there is a table; what it notes besides is a message elsewhere.
    fn tell_summary(&self, summary: &Summary, gathered: &Gathered) {
        let notes = summary.notes(gathered, self.priors.nameless(), self.language);
        match self.manner {
            Manner::Table => print::strong_line(&(summary.sentence(self.language) + &notes)),
            Manner::Json | Manner::Single if !notes.is_empty() => print::message(notes.trim_start()),
            Manner::Json | Manner::Single => {}
        }
    }

    fn is_all_read(&self, gathered: &Gathered) -> bool {
        gathered.empty.is_empty() && self.priors.unreadable().is_empty()
    }
}

impl PriorState {
    fn of(prior: &Prior) -> PriorState {
        match prior {
            Prior::NotAsked => PriorState::NotAsked,
            Prior::Missing => PriorState::Missing,
            Prior::Unsure(_) => PriorState::Unsure,
            Prior::Given(..) | Prior::Found(..) => PriorState::Known,
        }
    }
}
