//! `nianbao bundle`: a report, or empty forms, as files that work without a network.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, thread};

use nianbao::form::Form;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::naming;
use nianbao::offline::{self, OfflineFile, Program, Wanted};
use nianbao::report::Report;
use serde_json::Value as Json;

use crate::list::{self, Body};
use crate::options::{BundleOptions, Common, Mode};
use crate::progress::Progress;
use crate::save::{cannot_write, is_same_file, save};
use crate::{FINE, UNREADABLE, batch, forms, open, others, print, program};
use nianbao::words;

pub fn run(options: &BundleOptions) -> u8 {
    let done = match &options.agencies {
        Some(list) => many(options, list),
        None => one(options).map(|()| true),
    };
    match done {
        Ok(true) => FINE,
        Ok(false) => UNREADABLE,
        Err(sentence) => {
            print::message(&sentence);
            UNREADABLE
        }
    }
}

/// What goes into every file of a call.
struct Desk<'a> {
    options: &'a BundleOptions,
    language: Language,
    forms: Forms,
    program: Program,
    attributes: Vec<(&'static str, String)>,
}

impl<'a> Desk<'a> {
    fn new(options: &'a BundleOptions) -> Result<Desk<'a>, String> {
        let language = options.lang;
        let edit = options.mode.unwrap_or(if options.empty { Mode::Edit } else { Mode::View }) == Mode::Edit;
        let official = Forms::official();
        let is_file = |form: &&PathBuf| form.to_str().is_none_or(|id| official.get(id).is_none());
        let form: Vec<_> = options.form.iter().filter(is_file).cloned().collect();
        if !options.empty && form.len() < options.form.len() {
            return Err(language.word(words::COMMAND_BUNDLE_FORM_NAMED).to_owned());
        }
        let forms = forms::load(&Common { lang: language, form, rules: options.rules.clone() })?;
        let wanted = Wanted { edit, charts: options.charts, formats: options.formats };
        let program = program::load(options.program.as_deref(), &wanted.files(), language)?;
        let mut attributes = vec![("mode", if edit { "edit" } else { "view" }.to_owned())];
        if options.charts {
            attributes.push(("view", "charts".to_owned()));
        }
        if language != Language::CHINESE {
            attributes.push(("lang", language.tag().to_owned()));
        }
        let mut desk = Desk { options, language, forms, program, attributes };
        desk.add_rules()?;
        Ok(desk)
    }

    /// The rules go along as they are. The page takes one file of them.
    fn add_rules(&mut self) -> Result<(), String> {
        match self.options.rules.as_slice() {
            [] => Ok(()),
            [path] => {
                let rules = fs::read_to_string(path)
                    .map_err(|error| open::about(path, &open::cannot_open(&error, self.language), self.language))?;
                self.attributes.push(("rules-src", offline::as_address(&rules)));
                Ok(())
            }
            _ => Err(self.language.word(words::COMMAND_BUNDLE_ONE_RULES).to_owned()),
        }
    }

    /// The form of a report goes along where it is none of the official ones.
    fn add_form(&mut self, id: &str) {
        if let Some(file) = self.forms.brought().find(|file| id_of(file).as_deref() == Some(id)) {
            self.attributes.push(("form-src", offline::as_address(file)));
        }
    }

    /// Last year's report and the further ones.
    fn add_others(&mut self, report: &Report, prior: Option<&Report>) -> Result<(), String> {
        if let Some(prior) = prior {
            self.attributes.push(("prior-src", offline::as_address(&prior.to_json().to_string())));
        }
        let others = others::further(&self.options.history, report, &self.forms, self.language)?;
        if !others.is_empty() {
            let list: Json = others.iter().map(Report::to_json).collect();
            self.attributes.push(("history", offline::as_address(&list.to_string())));
        }
        Ok(())
    }

    /// An empty form.
    fn empty(&self, agency: &str, year: Option<i32>) -> Result<Report, String> {
        let unknown = || {
            let known: Vec<_> = self.forms.iter().map(|form| form.id.as_str()).collect();
            self.language.say(words::COMMAND_BUNDLE_FORM, &[("known", &known.join(", "))])
        };
        let named = self.options.form.iter().filter_map(|form| self.forms.get(form.to_str()?));
        let brought = self.forms.brought().filter_map(|file| self.forms.get(&id_of(file)?));
        let is_fixed = |form: &&Arc<Form>| !form.open;
        let (named, brought): (Vec<_>, Vec<_>) = (named.filter(is_fixed).collect(), brought.filter(is_fixed).collect());
        let form = match (named.as_slice(), brought.as_slice()) {
            ([form], _) | ([], [form]) => Arc::clone(form),
            _ => return Err(unknown()),
        };
        let mut report = Report::empty(form);
        (report.agency, report.year) = (agency.to_owned(), year);
        Ok(report)
    }

    fn bundle(&self, report: &Report, previous: Option<&str>, kept: &[(String, String)]) -> String {
        let given = self.attributes.iter().map(|(name, value)| (*name, value.as_str()));
        let kept = kept.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        offline::bundle(report, previous, &given.chain(kept).collect::<Vec<_>>(), &self.program)
    }
}

/// The id of a form, by its file.
fn id_of(file: &str) -> Option<String> {
    serde_json::from_str::<Json>(file).ok()?["id"].as_str().map(str::to_owned)
}

/// What a file brings along for another one of its kind, unless the call brings it.
const KEPT: [&str; 4] = ["form-src", "rules-src", "prior-src", "history"];

fn one(options: &BundleOptions) -> Result<(), String> {
    let language = options.lang;
    let output = options.output.as_path();
    let is_page = output
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("html") || ending.eq_ignore_ascii_case("htm"));
    if output != Path::new("-") && !is_page {
        return Err(open::about(output, language.word(words::COMMAND_BUNDLE_ENDING), language));
    }
    let mut desk = Desk::new(options)?;
    let prior = others::prior(options.prior.as_deref(), &desk.forms, language)?;
    let (report, before) = match &options.file {
        None => (desk.empty(options.agency.as_deref().unwrap_or_default(), options.year)?, None),
        Some(path) => {
            if output != Path::new("-") && is_same_file(path, output) {
                return Err(open::about(output, language.word(words::COMMAND_SAME_FILE), language));
            }
            let about = |sentence: String| open::about(path, &sentence, language);
            let bytes = open::bytes(path, language).map_err(about)?;
            let reading = open::parse(&bytes, path, prior.as_ref(), &desk.forms, language).map_err(about)?;
            for finding in &reading.findings {
                print::message(&print::sentence(finding, language));
            }
            (reading.report, OfflineFile::of_bytes(&bytes))
        }
    };
    desk.add_form(&report.form.id.clone());
    desk.add_others(&report, prior.as_ref())?;
    let (previous, mut kept) = before.map(|file| (file.previous, file.data.attributes)).unwrap_or_default();
    kept.retain(|(name, _)| KEPT.contains(&name.as_str()));
    save(output, desk.bundle(&report, previous.as_deref(), &kept).as_bytes(), language)
}

/// An empty form for each body of a list; whether every one was written.
fn many(options: &BundleOptions, path: &Path) -> Result<bool, String> {
    let language = options.lang;
    let about = |sentence: String| open::about(path, &sentence, language);
    let bytes = open::bytes(path, language).map_err(about)?;
    let list = list::read(&bytes, options.year, language).map_err(about)?;
    let mut desk = Desk::new(options)?;
    if options.prior.is_some() || !options.history.is_empty() {
        return Err(language.word(words::COMMAND_BUNDLE_LIST_OTHERS).to_owned());
    }
    let form = desk.empty("", None)?.form.clone();
    desk.add_form(&form.id);
    let folder = options.output.as_path();
    let cannot = |error| open::about(folder, &cannot_write(&error, language), language);
    fs::create_dir_all(folder).map_err(cannot)?;
    list.repeated.iter().chain(&list.faults).for_each(|sentence| print::message(&about(sentence.clone())));
    let names = names(&list.bodies, &form.id);
    let mut progress = Progress::new(language.word(words::COMMAND_BUNDLED), list.bodies.len(), false);
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let make = |at: usize| {
        let Body { agency, year } = &list.bodies[at];
        let report = desk.empty(agency, *year)?;
        write_empty(&folder.join(&names[at]), &desk, &report)
    };
    let mut failed = list.faults.len();
    let mut sentences = Vec::new();
    batch::in_order(list.bodies.len(), threads, make, |_, made| {
        if let Err(sentence) = made {
            failed += 1;
            sentences.push(sentence);
        }
        progress.step();
    });
    drop(progress);
    sentences.iter().for_each(|sentence| print::message(sentence));
    let written = (list.bodies.len() - sentences.len()).to_string();
    let values = [("count", &*written), ("folder", &*folder.display().to_string())];
    print::message(&language.say(words::COMMAND_BUNDLED_ALL, &values));
    Ok(failed == 0)
}

/// Writes an empty form; where one stands that somebody has filled in, that stays.
fn write_empty(path: &Path, desk: &Desk, report: &Report) -> Result<(), String> {
    let language = desk.language;
    let there = fs::read(path).ok();
    let is_empty = |bytes: &Vec<u8>| {
        OfflineFile::of_bytes(bytes)
            .and_then(|file| file.data.read(&desk.forms).ok())
            .is_some_and(|known| known == *report)
    };
    match there.as_ref().is_some_and(|bytes| !is_empty(bytes)) {
        true => Err(open::about(path, language.word(words::COMMAND_BUNDLE_FILLED_IN), language)),
        false => save(path, desk.bundle(report, None, &[]).as_bytes(), language),
    }
}

/// What the files of bodies are called, each otherwise, on every system.
fn names(bodies: &[Body], form: &str) -> Vec<String> {
    let mut taken = HashMap::<String, usize>::new();
    let mut name = |body: &Body| {
        let year = body.year.map(|year| Language::CHINESE.printed_year(year)).unwrap_or_default();
        let stem = safe(&body.agency, &format!("{year}-{form}"));
        loop {
            // Some systems take capitals for small letters.
            let count = taken.entry(stem.to_lowercase()).or_default();
            *count += 1;
            let name = if *count == 1 { stem.clone() } else { format!("{stem}-{count}") };
            if *count == 1 || !taken.contains_key(&name.to_lowercase()) {
                taken.entry(name.to_lowercase()).or_insert(1);
                return format!("{name}.html");
            }
        }
    };
    bodies.iter().map(&mut name).collect()
}

/// How many bytes of a name are kept: file systems take 255, and other things are put behind it.
const LONGEST: usize = 180;
/// How many characters of what stands behind an agency are.
const LONGEST_REST: usize = 40;

/// A name without what file systems refuse. Where it is too long, the agency is cut.
fn safe(agency: &str, rest: &str) -> String {
    let rest: String = naming::accepted(rest).chars().take(LONGEST_REST).collect();
    let name = naming::accepted(agency);
    naming::usable(&(naming::shortened(&name, LONGEST - rest.len()).to_owned() + &rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(agencies: &[&str], expect: &[&str]) {
        let body = |agency: &&str| Body { agency: (*agency).to_owned(), year: Some(2023) };
        let names = names(&agencies.iter().map(body).collect::<Vec<_>>(), "form");
        assert_eq!(names, expect);
    }

    #[test]
    fn files_are_called_by_their_bodies_each_otherwise() {
        check(&["某镇", "某局"], &["某镇2023年-form.html", "某局2023年-form.html"]);
        check(
            &["..a/b: c?", "CON", "a_b_ c_"],
            &["a_b_ c_2023年-form.html", "CON2023年-form.html", "a_b_ c_2023年-form-2.html"],
        );
        check(
            &["../../etc/passwd", "CON.x", "甲\u{202e}lmth", "NUL\0"],
            &[
                "_.._etc_passwd2023年-form.html",
                "_CON.x2023年-form.html",
                "甲lmth2023年-form.html",
                "NUL_2023年-form.html",
            ],
        );
        check(&["Ab", "aB", "ab"], &["Ab2023年-form.html", "aB2023年-form-2.html", "ab2023年-form-3.html"]);
        let long = "甲".repeat(300);
        let names = names(&[Body { agency: long.clone(), year: None }, Body { agency: long, year: Some(1) }], "form");
        assert!(names.iter().all(|name| name.len() < 200 && name.ends_with("-form.html")), "{names:?}");
    }
}
