//! What a file is, by its content; its name is never asked.

use super::{MOST_BYTES, csv, refusal};
use crate::marks;
use crate::report::ReadError;

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    Html,
    /// A list of figures and texts with their addresses.
    List,
    Text,
}

/// Refuses what is no text, by size and by first bytes.
///
/// # Errors
/// One sentence for each kind of file that is not read.
pub fn refuse_unreadable(bytes: &[u8]) -> Result<(), ReadError> {
    if bytes.len() > MOST_BYTES {
        return Err(refusal::too_large());
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(refusal::empty());
    }
    let head = &bytes[..bytes.len().min(4096)];
    match () {
        _ if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") => Err(zip(bytes)),
        _ if is_pdf(head) && !cfg!(feature = "containers") => Err(refusal::format(" PDF 文件", "a PDF file")),
        _ if head.starts_with(b"\xd0\xcf\x11\xe0") => {
            Err(refusal::format("旧版 Office 文件（.doc 或 .xls）", "an old Office file (.doc or .xls)"))
        }
        _ if head.starts_with(b"{\\rtf") => Err(refusal::format(" RTF 文件", "an RTF file")),
        _ if head.starts_with(b"Rar!") || head.starts_with(b"7z\xbc\xaf") || head.starts_with(b"\x1f\x8b") => {
            Err(refusal::format("压缩文件", "a compressed file"))
        }
        _ if is_image(head) => Err(refusal::image()),
        _ => Ok(()),
    }
}

/// Whether it is a PDF; white space or a byte order mark may stand before it.
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start().starts_with(b"%PDF")
}

fn zip(bytes: &[u8]) -> ReadError {
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    match () {
        _ if holds(b"word/document.xml") => refusal::format(" Word 文件（.docx）", "a Word document (.docx)"),
        _ if holds(b"xl/workbook.xml") => refusal::format(" Excel 文件（.xlsx）", "an Excel workbook (.xlsx)"),
        _ => refusal::format("压缩文件", "a compressed file"),
    }
}

fn is_image(head: &[u8]) -> bool {
    let marks: [&[u8]; 6] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*"];
    let webp = head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP".as_slice());
    webp || marks.iter().any(|mark| head.starts_with(mark) && (*mark != b"BM" || head.get(6..10) == Some(&[0; 4])))
}

/// Whether a file holds its text in a container that is opened first: an office document, a spreadsheet, a PDF
/// file, a page that was saved with all that belongs to it.
pub fn is_container(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let starts: [&[u8]; 4] = [b"PK\x03\x04", b"PK\x05\x06", b"%PDF", b"\xd0\xcf\x11\xe0"];
    starts.iter().any(|start| head.starts_with(start)) || is_mhtml(head)
}

/// Whether it begins with the headers of a message of several parts.
fn is_mhtml(head: &[u8]) -> bool {
    let holds = |words: &[u8]| head.windows(words.len()).any(|window| window.eq_ignore_ascii_case(words));
    let begins = head.trim_ascii_start().first().is_some_and(u8::is_ascii_alphabetic);
    begins && holds(b"mime-version:") && holds(b"content-type: multipart/related")
}

/// What a text is.
pub fn format(text: &str) -> Format {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if start.starts_with('{') {
        return Format::Json;
    }
    // Their texts may hold tags.
    if csv::is_list(start) {
        return Format::List;
    }
    if start.contains(marks::COMMENT) && start.starts_with('#') {
        return Format::Text;
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
        refused(b"PK\x03\x04....word/document.xml", ".docx");
        refused(b"PK\x03\x04....xl/workbook.xml", ".xlsx");
        refused(b"PK\x03\x04....", "压缩文件");
        #[cfg(not(feature = "containers"))]
        refused(b"%PDF-1.7", "PDF");
        refused(b"\xd0\xcf\x11\xe0\xa1\xb1", ".doc");
        refused(b"\x89PNG\r\n", "图片");
        refused(b"\xff\xd8\xff\xe0", "图片");
    }

    #[test]
    fn a_container_is_told_by_its_first_bytes() {
        assert!(is_container(b"PK\x03\x04....word/document.xml") && is_container(b"%PDF-1.7"));
        let saved = b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x";
        assert!(is_container(saved));
        assert!(!is_container("一、总体情况".as_bytes()) && !is_container(b"") && !is_container(b"{\"form\": 1}"));
        assert!(!is_container(b"<p>MIME-Version: 1.0 Content-Type: multipart/related</p>"));
    }

    #[test]
    fn a_text_is_told_by_its_content() {
        assert_eq!(format("\u{feff} {\"form\": 1}"), Format::Json);
        assert_eq!(format("<P align=center>甲</P>"), Format::Html);
        assert_eq!(format("登录 <TABLE border=1>"), Format::Html);
        assert_eq!(format("\u{feff}地址,值\r\n甲,<p>"), Format::List);
        assert_eq!(format("# 甲\n\n<!-- nianbao:report {\"a\":\"<td\"} -->"), Format::Text);
        assert_eq!(format("甲 < 乙\n| 1 | 2 |"), Format::Text);
    }
}
