//! What a file is, by its content; its name is never asked.

use super::{MOST_BYTES, MOST_BYTES_OFFLINE, csv, refusal};
use crate::collection;
use crate::marks;
use crate::report::ReadError;
use crate::words;

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    Html,
    /// A list of figures and texts with their addresses.
    List,
    /// Markdown that was written here.
    Markdown,
    Text,
}

/// Refuses what is neither text nor to be opened, by size and by first bytes.
///
/// # Errors
/// One sentence for each kind of file that is not read.
pub fn refuse_unreadable(bytes: &[u8]) -> Result<(), ReadError> {
    if bytes.len() > most_bytes(bytes) {
        return Err(refusal::too_large());
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(refusal::empty());
    }
    let head = &bytes[..bytes.len().min(4096)];
    match () {
        // Where the module that opens them is not built in; whoever asks then asks that one first.
        _ if is_container(bytes) && !cfg!(feature = "containers") => Err(refusal::format(words::KIND_OFFICE)),
        _ if head.starts_with(b"{\\rtf") => Err(refusal::save_as(words::KIND_RTF, ".docx")),
        _ if head.starts_with(b"Rar!") || head.starts_with(b"7z\xbc\xaf") || head.starts_with(b"\x1f\x8b") => {
            Err(refusal::archive())
        }
        _ if is_image(head) => Err(refusal::image()),
        _ => Ok(()),
    }
}

/// How large a file may be that begins so.
pub fn most_bytes(bytes: &[u8]) -> usize {
    match marks::begins_offline(bytes) {
        true => MOST_BYTES_OFFLINE,
        false => MOST_BYTES,
    }
}

/// Whether a file is one of those that have to be opened before their text can be read: a ZIP file as Office
/// writes it, a file of older Office, a PDF, a page with its pictures in one file. Only the first bytes are
/// looked at.
pub fn is_container(bytes: &[u8]) -> bool {
    is_zip(bytes) || is_compound(bytes) || is_pdf(bytes) || is_mail(bytes)
}

/// Whether it is a PDF; white space or a byte order mark may stand before it.
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start().starts_with(b"%PDF")
}

/// Office files since 2007, OpenDocument, OFD, and every other ZIP file.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Compound files: Office before 2007, WPS, and files of newer Office that ask for a password.
pub fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

/// A page as browsers and Word save it in one file: a mail, by its first lines.
pub fn is_mail(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let head = &bytes[..bytes.len().min(4096)];
    let first = head.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    let begins_as_header = first > 0 && head.get(first) == Some(&b':');
    let holds = |text: &[u8]| head.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text));
    begins_as_header && holds(b"mime-version:") && (holds(b"multipart/") || holds(b"text/html"))
}

fn is_image(head: &[u8]) -> bool {
    let marks: [&[u8]; 6] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*"];
    let webp = head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP".as_slice());
    webp || marks.iter().any(|mark| head.starts_with(mark) && (*mark != b"BM" || head.get(6..10) == Some(&[0; 4])))
}

/// What a text is.
pub fn format(text: &str) -> Format {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if start.starts_with('{') || collection::begins_as_list(start.as_bytes()) {
        return Format::Json;
    }
    // Their texts may hold tags.
    if csv::is_list(start) {
        return Format::List;
    }
    if start.contains(marks::COMMENT) && start.starts_with('#') {
        return Format::Markdown;
    }
    let tags = ["<!doctype html", "<html", "<table", "<td", "<p>", "<p ", "<div", "<body", "<br"];
    let has_tag =
        |text: &str| text.match_indices('<').any(|(at, _)| tags.iter().any(|tag| starts_with(&text[at..], tag)));
    match has_tag(start) {
        true => Format::Html,
        false => Format::Text,
    }
}

fn starts_with(text: &str, tag: &str) -> bool {
    text.as_bytes().get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8], expect: &str) {
        let sentence = refuse_unreadable(bytes).unwrap_err().0.zh;
        assert!(sentence.contains(expect), "{sentence}");
    }

    #[test]
    fn each_kind_of_file_has_its_sentence() {
        refused(b"", "空的");
        refused(b" \r\n", "空的");
        refused(b"{\\rtf1", "RTF");
        refused(b"Rar!\x1a\x07", "压缩包");
        refused(b"7z\xbc\xaf\x27\x1c", "压缩包");
        refused(b"\x89PNG\r\n", "图片");
        refused(b"\xff\xd8\xff\xe0", "图片");
    }

    #[test]
    fn only_a_file_with_a_program_of_its_own_may_be_large() {
        let mut bytes = b"<!DOCTYPE html>\n<meta name=\"generator\" content=\"nianbao 0.1.0\">".to_vec();
        bytes.resize(MOST_BYTES + 1, b'x');
        assert_eq!(refuse_unreadable(&bytes), Ok(()));
        bytes[0] = b'"';
        bytes[30] = b'"';
        refused(&bytes, "64 MB");
        assert_eq!(refuse_unreadable(&bytes[..MOST_BYTES]), Ok(()));
    }

    #[test]
    fn a_container_is_told_by_its_first_bytes() {
        let check = |bytes: &[u8], expect: bool| assert_eq!(is_container(bytes), expect, "{bytes:?}");
        check(b"PK\x03\x04", true);
        check(b"%PDF-1.7", true);
        check(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", true);
        check(b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", true);
        check(b"\xef\xbb\xbf\r\nMIME-Version: 1.0\nContent-Type: text/html", true);
        check(b"<p>MIME-Version: 1.0 multipart/</p>", false);
        check("标题：MIME-Version: multipart/".as_bytes(), false);
        check("一、总体情况".as_bytes(), false);
        check(b"PK", false);
        check(b"", false);
    }

    #[test]
    fn a_text_is_told_by_its_content() {
        assert_eq!(format("\u{feff} {\"form\": 1}"), Format::Json);
        assert_eq!(format("<P align=center>甲</P>"), Format::Html);
        assert_eq!(format("登录 <TABLE border=1>"), Format::Html);
        assert_eq!(format("\u{feff}地址,值\r\n甲,<p>"), Format::List);
        assert_eq!(format("# 甲\n\n<!-- nianbao:report {\"a\":\"<td\"} -->"), Format::Markdown);
        assert_eq!(format("甲 < 乙\n| 1 | 2 |"), Format::Text);
    }
}
