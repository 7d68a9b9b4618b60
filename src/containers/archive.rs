//! A ZIP file whose parts are inflated within bounds.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::refusal;
use crate::report::ReadError;

/// How many parts a file may have; Office writes some dozens, and one a picture.
const MOST_PARTS: usize = 4096;
/// How large one part may become, in bytes. The document of a long report takes one or two million.
const MOST_OF_PART: u64 = 48 << 20;
/// How large the parts that are read may become together.
const MOST_OF_ALL: u64 = 96 << 20;
/// How much larger than its compressed form a part may become. Repetitive tables reach 100; only what is made
/// to fill memory goes on to the 1032 of the format.
const MOST_RATIO: u64 = 250;
/// What may come out of any part, whatever its ratio.
const ANYWAY: u64 = 4 << 20;

/// An open file.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The names of the parts as they compare, in the file's order.
    names: Vec<String>,
    media_type: String,
    inflated: u64,
}

impl<'a> Archive<'a> {
    /// Opens a file and reads its directory.
    ///
    /// # Errors
    /// Where it breaks off, or has too many parts.
    pub fn open(bytes: &'a [u8]) -> Result<Archive<'a>, ReadError> {
        if counts_of_parts(bytes).any(|count| count > MOST_PARTS) {
            return Err(refusal::too_much_inside());
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| refusal::damaged())?;
        if zip.len() > MOST_PARTS {
            return Err(refusal::too_much_inside());
        }
        let names = zip.file_names_raw().map(|name| comparable(&String::from_utf8_lossy(name))).collect();
        let mut archive = Archive { zip, names, media_type: String::new(), inflated: 0 };
        // Where the part is there at all, it is a few dozen bytes.
        archive.media_type = archive.text("mimetype").ok().flatten().unwrap_or_default().trim().to_owned();
        Ok(archive)
    }

    /// The names of the parts, in small letters.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    pub fn holds(&self, name: &str) -> bool {
        self.names.contains(&comparable(name))
    }

    /// What an OpenDocument file says that it is; empty for any other.
    pub fn media_type(&self) -> &str {
        &self.media_type
    }

    /// A part as text; `None` where there is none of that name.
    ///
    /// # Errors
    /// Where it is encrypted, damaged, or becomes too large.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        Ok(self.bytes(name)?.map(text))
    }

    /// A part as it is; `None` where there is none of that name.
    ///
    /// # Errors
    /// Where it is encrypted, damaged, or becomes too large.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let name = comparable(name);
        let Some(index) = self.names.iter().position(|known| *known == name) else { return Ok(None) };
        let part = self.zip.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
                refusal::password()
            }
            _ => refusal::damaged(),
        })?;
        let by_ratio = part.compressed_size().saturating_mul(MOST_RATIO).max(ANYWAY);
        let most = by_ratio.min(MOST_OF_PART).min(MOST_OF_ALL.saturating_sub(self.inflated));
        let mut bytes = Vec::new();
        part.take(most + 1).read_to_end(&mut bytes).map_err(|_| refusal::damaged())?;
        let size = bytes.len() as u64;
        self.inflated = self.inflated.saturating_add(size);
        match size > most {
            true => Err(refusal::too_much_inside()),
            false => Ok(Some(bytes)),
        }
    }
}

/// Names are written with either slash, with and without one in front, in any case.
fn comparable(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// How many parts a file says that it has, wherever it seems to say so: before its directory is read.
fn counts_of_parts(bytes: &[u8]) -> impl Iterator<Item = usize> {
    // The end of a directory takes 22 bytes and a comment of 64 KB at most.
    let tail = &bytes[bytes.len().saturating_sub(22 + 0xffff)..];
    tail.windows(22).filter(|end| end.starts_with(b"PK\x05\x06")).map(|end| {
        let count = |at: usize| end.get(at..at + 2).map_or(0, |two| usize::from(u16::from_le_bytes([two[0], two[1]])));
        count(8).max(count(10))
    })
}

/// XML is UTF-8, or UTF-16 with a mark.
fn text(bytes: Vec<u8>) -> String {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|two| unit([two[0], two[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}
