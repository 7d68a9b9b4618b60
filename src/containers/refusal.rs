//! Why a file is not opened: one sentence each, beside those of every file.

pub use crate::read::refusal::{archive, binary, no_table, save_as, too_many_rows};
use crate::report::ReadError;
use crate::words;

/// A file that breaks off, or is not what it begins as.
pub fn damaged() -> ReadError {
    ReadError::new(words::REFUSED_DAMAGED, &[])
}

pub fn password() -> ReadError {
    ReadError::new(words::REFUSED_PASSWORD, &[])
}

/// More comes out of a file than any report holds.
pub fn too_much_inside() -> ReadError {
    ReadError::new(words::REFUSED_TOO_MUCH_INSIDE, &[])
}

/// A file of Office or like it, of no sort that holds a report.
pub fn other_office() -> ReadError {
    ReadError::new(words::REFUSED_OTHER_OFFICE, &[])
}
