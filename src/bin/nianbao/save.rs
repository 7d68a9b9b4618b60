//! Writing files, each as a whole or not at all.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::{fs, process};

use nianbao::language::Language;
use nianbao::words;

use crate::{UNREADABLE, open};

/// Writes to a file, or to standard output for `-`.
///
/// # Errors
/// A sentence that says why the file cannot be written.
pub fn save(path: &Path, bytes: &[u8], language: Language) -> Result<(), String> {
    if path == Path::new("-") {
        let written = io::stdout().lock().write_all(bytes);
        // Where nobody reads it any more there is nobody left to tell.
        return match written.is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
            true => process::exit(UNREADABLE.into()),
            false => Ok(()),
        };
    }
    replace(path, bytes).map_err(|error| open::about(path, &cannot_write(&error, language), language))
}

/// Writes a file as a whole or not at all: what stood there before stays until the new one is complete.
///
/// # Errors
/// Where it cannot be written.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
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

/// Why a file could not be written, in a sentence.
pub fn cannot_write(error: &io::Error, language: Language) -> String {
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
pub fn is_same_file(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| -> Option<PathBuf> { fs::canonicalize(path).ok() };
    a != Path::new("-") && (a == b || real(a).is_some_and(|a| real(b) == Some(a)))
}
