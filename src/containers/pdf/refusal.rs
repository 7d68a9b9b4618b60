//! Why a PDF is not read: for each reason one sentence that says what it is and what to do.

use crate::report::ReadError;
use crate::words;

pub fn scan() -> ReadError {
    ReadError::new(words::REFUSED_PDF_SCAN, &[])
}

pub fn no_text() -> ReadError {
    ReadError::new(words::REFUSED_PDF_NO_TEXT, &[])
}

pub fn nameless() -> ReadError {
    ReadError::new(words::REFUSED_PDF_NAMELESS, &[])
}

pub fn password() -> ReadError {
    ReadError::new(words::REFUSED_PDF_PASSWORD, &[])
}

pub fn encryption() -> ReadError {
    ReadError::new(words::REFUSED_PDF_ENCRYPTION, &[])
}

pub fn damaged() -> ReadError {
    ReadError::new(words::REFUSED_PDF_DAMAGED, &[])
}

pub fn too_long() -> ReadError {
    ReadError::new(words::REFUSED_PDF_TOO_LONG, &[])
}

pub fn too_heavy() -> ReadError {
    ReadError::new(words::REFUSED_PDF_TOO_HEAVY, &[])
}
