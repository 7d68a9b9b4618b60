//! Whether a file that works without a network is as it was made: its program, and what is seen of its report.

use nianbao::finding::Finding;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::offline::{self, OfflineFile, PROGRAM_FILES, Part, Program};
use nianbao::read::{self, Context, native::Native};
use nianbao::report::Report;
use nianbao::words;
use serde::Serialize;

use crate::program::VERSION;

/// How many places a sentence names.
const NAMED: usize = 3;

/// What is told of such a file.
#[derive(Debug, Serialize)]
pub struct Intact {
    /// The version of its program; empty where it says none.
    pub version: String,
    /// The hash of its program.
    pub code: String,
    pub program: Compared,
    /// Whether nobody has changed it since it was made, as far as that can be known.
    pub intact: bool,
    /// What there is to warn of.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// Its program beside that of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compared {
    Same,
    Differs,
    OtherVersion,
    /// There is none to compare it to.
    Unknown,
}

impl Intact {
    /// Looks at a file; nothing where it is another one. `own` gives the whole program of this version.
    pub fn of<'a>(
        bytes: &[u8],
        own: impl FnOnce() -> Option<&'a Program>,
        forms: &Forms,
        language: Language,
    ) -> Option<Intact> {
        let file = OfflineFile::of_bytes(bytes)?;
        let (code, program) = (offline::code_hash(&file.parts), compared(&file, own()));
        let is_as_made = file.put_together(forms).is_some_and(|made| made.as_bytes() == bytes);
        let context = Context::new(forms, &Native, language);
        let seen = if is_as_made { Vec::new() } else { read::differences(&file, &context) };
        // Another version may have written the tables otherwise, but nothing beside them.
        let is_alone = file.article.starts_with("<article") && file.article.ends_with("</article>");
        let is_kept = is_as_made || program == Compared::OtherVersion && is_alone && seen.is_empty();
        let intact = is_kept && program != Compared::Differs;
        let mut told = Intact { version: file.version.clone(), code, program, intact, warnings: Vec::new() };
        told.warn(&file, &seen, is_kept, forms, language);
        Some(told)
    }

    /// `is_kept`: whether all but the program is as it was made.
    fn warn(&mut self, file: &OfflineFile, seen: &[Finding], is_kept: bool, forms: &Forms, language: Language) {
        let (found, code) = (self.version_word(language), offline::shown_hash(&self.code));
        match self.program {
            Compared::Differs => {
                let values = [("version", VERSION), ("code", &code)];
                self.warnings.push(language.say(words::COMMAND_OFFLINE_DIFFERS, &values));
            }
            Compared::OtherVersion => {
                let values = [("found", &*found), ("own", VERSION), ("code", &code)];
                self.warnings.push(language.say(words::COMMAND_OFFLINE_OTHER, &values));
            }
            Compared::Same | Compared::Unknown => {}
        }
        match file.data.read(forms) {
            Ok(report) if !seen.is_empty() => {
                let values = [("places", &*places(seen, &report, language)), ("count", &seen.len().to_string())];
                self.warnings.push(language.say(words::COMMAND_OFFLINE_SEEN, &values));
            }
            Ok(_) if !is_kept => self.warnings.push(language.word(words::COMMAND_OFFLINE_CHANGED).to_owned()),
            // That the data cannot be read is a finding.
            _ => {}
        }
    }

    /// A line for people.
    pub fn line(&self, language: Language) -> String {
        let state = match self.program {
            Compared::Same => words::COMMAND_PROGRAM_SAME,
            Compared::Differs => words::COMMAND_PROGRAM_DIFFERS,
            Compared::OtherVersion => words::COMMAND_PROGRAM_OTHER,
            Compared::Unknown => words::COMMAND_PROGRAM_UNKNOWN,
        };
        let values = [
            ("version", &*self.version_word(language)),
            ("code", &offline::shown_hash(&self.code)),
            ("state", language.word(state)),
        ];
        language.say(words::COMMAND_OFFLINE_LINE, &values)
    }

    /// A version as it may be shown: whoever made the file may have written anything.
    fn version_word(&self, language: Language) -> String {
        let plain = |c: &char| c.is_ascii_alphanumeric() || ".+-".contains(*c);
        let version: String = self.version.chars().filter(plain).take(40).collect();
        if version.is_empty() { language.word(words::COMMAND_NO_VERSION).to_owned() } else { version }
    }
}

/// The parts of a file have to be those of the program, in their order, and those of the page all of them.
fn compared(file: &OfflineFile, own: Option<&Program>) -> Compared {
    let Some(own) = own else {
        return if file.version == VERSION { Compared::Unknown } else { Compared::OtherVersion };
    };
    if file.version != own.version() {
        return Compared::OtherVersion;
    }
    let mut known = own.parts().iter();
    let is_own = file.parts.iter().all(|part| known.any(|own| own == part));
    let names = |parts: &[Part]| parts.iter().map(|part| part.name.clone()).collect::<Vec<_>>();
    let has = names(&file.parts);
    // What belongs to no program of a module is the page's own.
    let modules = PROGRAM_FILES.map(|file| file.trim_start_matches("offline-").trim_end_matches(".json"));
    let is_of_page = |name: &&String| {
        let stem = name.split('.').next().unwrap_or_default();
        stem == modules[0] || !modules.contains(&stem)
    };
    let is_whole = names(own.parts()).iter().filter(is_of_page).all(|name| has.contains(name));
    if is_own && is_whole { Compared::Same } else { Compared::Differs }
}

/// Where what is seen is not what the data say.
fn places(seen: &[Finding], report: &Report, language: Language) -> String {
    let cells = seen.iter().flat_map(|finding| &finding.cells).filter_map(|address| report.form.find(address));
    let cells = cells.map(|cell| {
        language.say(
            words::COMMAND_PLACE,
            &[("row", &report.form.row_label(cell, language)), ("column", &report.form.column_label(cell, language))],
        )
    });
    let sections =
        seen.iter().filter(|finding| finding.cells.is_empty()).filter_map(|finding| finding.section.as_ref());
    let sections = sections.filter_map(|id| report.form.sections.iter().find(|section| section.id == *id));
    let sections = sections.map(|section| language.quoted(&section.printed_heading(language)));
    let mut places: Vec<String> = cells.chain(sections).collect();
    if places.is_empty() {
        places.push(language.word(words::COMMAND_PLACE_ELSEWHERE).to_owned());
    }
    let more = places.len() > NAMED;
    places.truncate(NAMED);
    let named = places.join(language.word(words::LIST_SEMICOLON));
    if more { language.say(words::COMMAND_PLACES_MORE, &[("places", &named)]) } else { named }
}
