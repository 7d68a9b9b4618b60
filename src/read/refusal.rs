//! Why a file is not read: for each reason one sentence that says what it is and what to do.

use crate::language::{Language, Message, Text};
use crate::report::ReadError;
use crate::words;

pub fn empty() -> ReadError {
    ReadError::new(words::REFUSED_EMPTY, &[])
}

pub fn too_large() -> ReadError {
    ReadError::new(words::REFUSED_TOO_LARGE, &[])
}

pub fn binary() -> ReadError {
    ReadError::new(words::REFUSED_BINARY, &[])
}

/// A list where one report is wanted.
pub fn several(count: usize) -> ReadError {
    ReadError::new(words::REFUSED_SEVERAL, &[("count", &count.to_string())])
}

/// More rows or cells than any report has.
pub fn too_many_rows() -> ReadError {
    ReadError::new(words::REFUSED_TOO_MANY_ROWS, &[])
}

/// A format that an office program opens and saves as another one.
pub fn save_as(kind: Message, ending: &str) -> ReadError {
    let values = |language: Language| [("kind", language.word(kind)), ("ending", ending)];
    ReadError(Text::each(&|language| language.say(words::REFUSED_SAVE_AS, &values(language))))
}

pub fn archive() -> ReadError {
    ReadError::new(words::REFUSED_ARCHIVE, &[])
}

/// Nothing but pictures.
pub fn only_pictures() -> ReadError {
    ReadError::new(words::REFUSED_ONLY_PICTURES, &[])
}

/// A format that is known by its first bytes but not read.
pub fn format(kind: Message) -> ReadError {
    let said = |language: Language| language.say(words::REFUSED_FORMAT, &[("kind", language.word(kind))]);
    ReadError(Text::each(&said))
}

pub fn image() -> ReadError {
    ReadError::new(words::REFUSED_IMAGE, &[])
}

pub fn login_page() -> ReadError {
    ReadError::new(words::REFUSED_LOGIN_PAGE, &[])
}

pub fn no_table() -> ReadError {
    ReadError::new(words::REFUSED_NO_TABLE, &[])
}

pub fn no_form() -> ReadError {
    ReadError::new(words::REFUSED_NO_FORM, &[])
}

pub fn before_2019() -> ReadError {
    ReadError::new(words::REFUSED_BEFORE_2019, &[])
}

pub fn old_table() -> ReadError {
    ReadError::new(words::REFUSED_OLD_TABLE, &[])
}
