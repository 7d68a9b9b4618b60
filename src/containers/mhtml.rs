//! A page with its pictures in one file, as browsers and Word save it. It is only unwrapped: the pages in it
//! are bytes in an encoding that the file names, and are read where all pages are.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, MessageParser, MessagePart, MimeHeaders};

use super::refusal;
use crate::read::document::{Document, Page};
use crate::report::ReadError;

/// How many pages are taken: the page itself, and frames in it.
const MOST_PAGES: usize = 16;

/// Unwraps a file.
///
/// # Errors
/// Where no page is in it.
pub fn document(bytes: &[u8]) -> Result<Document, ReadError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let message = MessageParser::new().with_mime_headers().parse(bytes).ok_or_else(refusal::damaged)?;
    let is_page = |part: &&MessagePart| {
        let kind = part.content_type();
        kind.is_some_and(|kind| kind.ctype().eq_ignore_ascii_case("text") && kind.subtype().is_some_and(is_html))
    };
    let pages = message.parts.iter().filter(is_page).filter_map(|part| page(part, bytes));
    let pages: Vec<_> = pages.take(MOST_PAGES).collect();
    match pages.is_empty() {
        true => Err(refusal::no_table()),
        false => Ok(Document { pages, is_page: true, ..Document::default() }),
    }
}

fn is_html(kind: &str) -> bool {
    kind.eq_ignore_ascii_case("html") || kind.eq_ignore_ascii_case("xhtml+xml")
}

fn page(part: &MessagePart, bytes: &[u8]) -> Option<Page> {
    let place = usize::try_from(part.offset_body).ok()?..usize::try_from(part.offset_end).ok()?;
    let raw = bytes.get(place)?;
    let bytes = match part.encoding {
        Encoding::None => raw.to_vec(),
        Encoding::QuotedPrintable => quoted_printable_decode(raw).unwrap_or_else(|| raw.to_vec()),
        Encoding::Base64 => base64_decode(raw)?,
    };
    let encoding = part.content_type().and_then(|kind| kind.attribute("charset")).map(str::to_owned);
    Some(Page { bytes, encoding: encoding.map(|name| encoding_of(&name)) })
}

/// Word calls UTF-16 “unicode”, and means UTF-8 by it where the file is text.
fn encoding_of(name: &str) -> String {
    match name.to_ascii_lowercase().as_str() {
        "unicode" => "utf-8".to_owned(),
        name => name.to_owned(),
    }
}
