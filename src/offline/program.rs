//! The program that such a file holds: what is read of it from the files that are shipped, and what it is known by.

use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::{LOADER, PREVIOUS, Part, SHEET};
use crate::words;
use crate::write::WriteError;

/// The files of the program, in the order in which their parts stand in a file.
pub const PROGRAM_FILES: [&str; 8] = [
    "offline-page.json",
    "offline-widget.json",
    "offline-charts.json",
    "offline-editor.json",
    "offline-reader.json",
    "offline-container.json",
    "offline-writer.json",
    "offline-office.json",
];

/// What the program of a file has to be able to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The report can be edited, and the file then saves itself.
    pub edit: bool,
    /// The charts are shown. What edits has them always.
    pub charts: bool,
    /// It reads and writes every format.
    pub formats: bool,
}

impl Wanted {
    /// The files of the program that this takes, in their order.
    pub fn files(self) -> Vec<&'static str> {
        let Wanted { edit, charts, formats } = self;
        let wanted =
            [true, !edit && !charts, !edit && charts, edit, edit || formats, formats, edit || formats, formats];
        PROGRAM_FILES.into_iter().zip(wanted).filter(|(_, wanted)| *wanted).map(|(file, _)| file).collect()
    }
}

/// A program: its version, and its parts in the order in which they stand in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    version: String,
    parts: Vec<Part>,
}

impl Program {
    /// The program that stands in files, each as its JSON text.
    ///
    /// # Errors
    /// One sentence, where one is damaged, they are of several versions, or something is missing.
    pub fn from_files<T: AsRef<str>>(files: &[T]) -> Result<Program, WriteError> {
        let (mut version, mut parts) = (None::<String>, Vec::new());
        for file in files {
            let damaged = || fault("JSON");
            let file: Json = serde_json::from_str(file.as_ref()).map_err(|_| damaged())?;
            let own = file["version"].as_str().ok_or_else(damaged)?;
            match &version {
                Some(known) if known != own => {
                    return Err(WriteError::new(words::BUNDLE_MIXED, &[("one", known), ("other", own)]));
                }
                _ => version = Some(own.to_owned()),
            }
            for part in file["parts"].as_array().ok_or_else(damaged)? {
                parts.push(read(part).ok_or_else(|| fault(part["name"].as_str().unwrap_or("JSON")))?);
            }
        }
        Program::of(version.ok_or_else(|| fault(PAGE))?, parts)
    }

    /// A program of its parts.
    ///
    /// # Errors
    /// One sentence, where something is missing or cannot stand in a file.
    pub fn of(version: String, mut parts: Vec<Part>) -> Result<Program, WriteError> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || ".+-".contains(c);
        if version.is_empty() || version.len() > LONGEST || !version.chars().all(is_plain) {
            return Err(fault("version"));
        }
        for needed in [SHEET, PAGE, LOADER] {
            if parts.iter().all(|part| part.name != needed) {
                return Err(fault(needed));
            }
        }
        for (at, part) in parts.iter().enumerate() {
            if !fits(part) || parts[..at].iter().any(|other| other.name == part.name) {
                return Err(fault(&part.name.chars().take(LONGEST).collect::<String>()));
            }
        }
        let place = |part: &Part| match part.name.as_str() {
            SHEET => 0,
            LOADER => 2,
            _ => 1,
        };
        parts.sort_by_key(place);
        Ok(Program { version, parts })
    }

    pub fn version(&self) -> &str {
        &self.version
    }

    pub fn parts(&self) -> &[Part] {
        &self.parts
    }
}

/// The part without which nothing is shown.
const PAGE: &str = "page.js";

/// The longest name and version.
const LONGEST: usize = 40;

/// A part as a file of the program holds it.
fn read(part: &Json) -> Option<Part> {
    let text = |key: &str| part[key].as_str().map(str::to_owned);
    let read = Part { name: text("name")?, hash: text("hash"), text: text("text")? };
    (read.is_plain() == part["plain"].as_bool().unwrap_or_default()).then_some(read)
}

/// Whether a part can stand in a file: nothing in it ends its place, a browser reads nothing of it as something else,
/// and a policy can name it.
fn fits(part: &Part) -> bool {
    let Part { name, hash, text } = part;
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c);
    let is_named = !name.is_empty() && name.len() <= LONGEST && name.chars().all(is_name) && name != PREVIOUS;
    let is_hashed = match hash {
        None => !part.is_script(),
        Some(hash) => part.is_script() && is_hash(hash),
    };
    let is_safe = match part.is_plain() {
        true => !["</", "<!--", "\r", "\0"].iter().any(|ends| text.contains(ends)),
        false => is_packed(text),
    };
    is_named && is_hashed && is_safe
}

fn is_hash(hash: &str) -> bool {
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
    hash.strip_prefix("sha256-").is_some_and(|hash| hash.len() == 44 && hash.bytes().all(is_base64))
}

/// Whether a text is a length, a space, and the digits of so many bytes.
fn is_packed(text: &str) -> bool {
    let Some((length, digits)) = text.split_once(' ') else { return false };
    let is_number = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
    let Some(bits) = length.parse::<usize>().ok().filter(|_| is_number).and_then(|bytes| bytes.checked_mul(8)) else {
        return false;
    };
    let is_digit = |byte: u8| (33..127).contains(&byte) && !br#""<\"#.contains(&byte);
    digits.len() == bits.div_ceil(13) * 2 && digits.bytes().all(is_digit)
}

/// What to say of a program that is not whole.
fn fault(what: &str) -> WriteError {
    WriteError::new(words::BUNDLE_DAMAGED, &[("what", what)])
}

/// By what a program is known: the hash of its parts as they stand in a file, in hexadecimal digits.
pub fn code_hash(parts: &[Part]) -> String {
    let mut hash = Sha256::new();
    for Part { name, text, .. } in parts {
        for piece in [name, "\n", text, "\n"] {
            hash.update(piece);
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A hash as people compare it: its beginning, in groups of four.
pub fn shown_hash(hash: &str) -> String {
    let digits: Vec<_> = hash.chars().take(16).map(|digit| digit.to_ascii_uppercase()).collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
