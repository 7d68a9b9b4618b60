//! The program that goes into files that work without a network: built in, or in a folder.

use std::path::{Path, PathBuf};
use std::{env, fs};

use nianbao::language::Language;
use nianbao::offline::{PROGRAM_FILES, Program};
use nianbao::words;

use crate::open;

/// The folder beside the command in which the program is looked for.
const FOLDER: &str = "nianbao-offline";

/// The version of this command, which is that of its program too.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[cfg(feature = "offline")]
macro_rules! built_in {
    ($($name:literal),*) => { [$(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/dist/offline-", $name, ".json"))),*] };
}

/// The files of the program, in the order of [`PROGRAM_FILES`].
#[cfg(feature = "offline")]
const BUILT_IN: &[&str] = &built_in!("page", "widget", "charts", "editor", "reader", "container", "writer", "office");
#[cfg(not(feature = "offline"))]
const BUILT_IN: &[&str] = &[];

/// Where the program stands.
enum Place {
    BuiltIn,
    Folder(PathBuf),
}

impl Place {
    /// The folder that is named, or else what is built in, or else the folder beside the command.
    fn of(named: Option<&Path>) -> Option<Place> {
        match named {
            Some(named) => Some(Place::Folder(named.to_owned())),
            None if !BUILT_IN.is_empty() => Some(Place::BuiltIn),
            None => {
                let beside = env::current_exe().ok()?.canonicalize().ok()?.with_file_name(FOLDER);
                beside.is_dir().then_some(Place::Folder(beside))
            }
        }
    }

    fn file(&self, name: &str, language: Language) -> Result<String, String> {
        match self {
            Place::BuiltIn => {
                let at = PROGRAM_FILES.iter().position(|known| *known == name);
                Ok(at.and_then(|at| BUILT_IN.get(at)).copied().unwrap_or_default().to_owned())
            }
            Place::Folder(folder) => {
                let path = folder.join(name);
                let cannot = |error| open::about(&path, &open::cannot_open(&error, language), language);
                let no_program = |sentence: String| {
                    [&sentence, language.word(words::SPACE), language.word(words::COMMAND_PROGRAM_FOLDER)].concat()
                };
                fs::read_to_string(&path).map_err(|error| no_program(cannot(error)))
            }
        }
    }
}

/// The program that is made of these of its files.
///
/// # Errors
/// A sentence that says where it is missing, or what is wrong with it, with what to do.
pub fn load(named: Option<&Path>, files: &[&str], language: Language) -> Result<Program, String> {
    let Some(place) = Place::of(named) else { return Err(language.word(words::COMMAND_NO_PROGRAM).to_owned()) };
    let texts: Result<Vec<_>, _> = files.iter().map(|file| place.file(file, language)).collect();
    let program = Program::from_files(&texts?).map_err(|error| error.sentence(language).to_owned())?;
    match program.version() == VERSION {
        true => Ok(program),
        false => {
            let values = [("found", program.version()), ("own", VERSION)];
            Err(language.say(words::COMMAND_PROGRAM_VERSION, &values))
        }
    }
}
