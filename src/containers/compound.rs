//! A compound file: streams in one file, as Office before 2007 writes it.

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::refusal;
use crate::report::ReadError;

/// How many bytes of a stream are read; a workbook of a report takes some hundred thousand.
const MOST_OF_STREAM: u64 = 48 << 20;

/// An open file.
pub struct Compound<'a> {
    file: CompoundFile<Cursor<&'a [u8]>>,
}

impl<'a> Compound<'a> {
    /// Opens a file.
    ///
    /// # Errors
    /// Where it breaks off, or its parts contradict each other.
    pub fn open(bytes: &'a [u8]) -> Result<Compound<'a>, ReadError> {
        let file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| refusal::damaged())?;
        Ok(Compound { file })
    }

    pub fn holds(&self, stream: &str) -> bool {
        self.file.is_stream(stream)
    }

    /// Whether it holds macros.
    pub fn has_macros(&self) -> bool {
        self.file.is_storage("_VBA_PROJECT_CUR") || self.file.is_storage("Macros")
    }

    /// The bytes of a stream; `None` where there is none of that name.
    ///
    /// # Errors
    /// Where it breaks off, or is too large.
    pub fn stream(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        if !self.holds(name) {
            return Ok(None);
        }
        let stream = self.file.open_stream(name).map_err(|_| refusal::damaged())?;
        let mut bytes = Vec::new();
        stream.take(MOST_OF_STREAM + 1).read_to_end(&mut bytes).map_err(|_| refusal::damaged())?;
        match bytes.len() as u64 > MOST_OF_STREAM {
            true => Err(refusal::too_much_inside()),
            false => Ok(Some(bytes)),
        }
    }
}
