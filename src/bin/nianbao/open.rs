//! Opening files: their bytes, the report in them, and why there is none.

use std::io::Read;
use std::path::Path;
use std::{fs, io};

use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::{self, Context, Reading, native::Native};
use nianbao::report::{ReadError, Report};
use nianbao::words;

/// The report in a file.
///
/// # Errors
/// A sentence that says why there is none, with what to do.
pub fn reading(path: &Path, forms: &Forms, language: Language) -> Result<Reading, String> {
    parse(&bytes(path, language)?, path, None, forms, language)
}

/// The report that the bytes of a file are; last year's helps where figures run together.
///
/// # Errors
/// A sentence that says why they are none, with what to do.
pub fn parse(
    bytes: &[u8],
    path: &Path,
    prior: Option<&Report>,
    forms: &Forms,
    language: Language,
) -> Result<Reading, String> {
    let reading = with_context(path, prior, forms, language, |context| read::read(bytes, context));
    reading.map_err(|error| error.sentence(language).to_owned())
}

/// What was read of each report of a file, or why nothing was.
pub type Readings = Vec<Result<Reading, String>>;

/// Every report that the bytes of a file are: of a list of them, each that is none has its reason.
///
/// # Errors
/// A sentence that says why they are none, with what to do.
pub fn parse_all(bytes: &[u8], path: &Path, forms: &Forms, language: Language) -> Result<Readings, String> {
    let sentence = |error: ReadError| error.sentence(language).to_owned();
    let readings = with_context(path, None, forms, language, |context| read::read_all(bytes, context));
    let readings = readings.map_err(sentence)?;
    Ok(readings.into_iter().map(|reading| reading.map_err(sentence)).collect())
}

fn with_context<T>(
    path: &Path,
    prior: Option<&Report>,
    forms: &Forms,
    language: Language,
    read: impl FnOnce(&Context) -> T,
) -> T {
    let file = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let file = if path == Path::new("-") { "" } else { &file };
    read(&Context { file, prior, ..Context::new(forms, &Native, language) })
}

/// The bytes of a file, or of standard input; a little more than a reader takes, at the most.
///
/// # Errors
/// A sentence that says why the file cannot be opened.
pub fn bytes(path: &Path, language: Language) -> Result<Vec<u8>, String> {
    load(path).map_err(|error| cannot_open(&error, language))
}

fn load(path: &Path) -> io::Result<Vec<u8>> {
    match path == Path::new("-") {
        true => load_from(&mut io::stdin().lock()),
        false => load_from(&mut fs::File::open(path)?),
    }
}

fn load_from(source: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(read::MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    // How much is taken, the beginning of a file tells.
    let more = (read::most_bytes(&bytes) + 1).saturating_sub(bytes.len());
    source.take(more as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Why a file could not be opened, in a sentence.
pub fn cannot_open(error: &io::Error, language: Language) -> String {
    let reason = reason(error, language);
    language.say(words::COMMAND_CANNOT_OPEN, &[("reason", &reason)])
}

/// Why a folder could not be opened, in a sentence.
pub fn cannot_list(error: &io::Error, language: Language) -> String {
    let reason = reason(error, language);
    language.say(words::COMMAND_CANNOT_LIST, &[("reason", &reason)])
}

fn reason(error: &io::Error, language: Language) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => language.word(words::COMMAND_NO_FILE).to_owned(),
        io::ErrorKind::PermissionDenied => language.word(words::COMMAND_READ_NOT_PERMITTED).to_owned(),
        io::ErrorKind::IsADirectory => language.word(words::COMMAND_IS_FOLDER).to_owned(),
        _ => error.to_string(),
    }
}

/// A sentence about a file.
pub fn about(path: &Path, sentence: &str, language: Language) -> String {
    format!("{}{}{sentence}", path.display(), language.word(words::COLON))
}
