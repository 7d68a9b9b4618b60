//! From bytes to text: byte-order marks, UTF-8, UTF-16, what a page declares, else GB18030; and back to
//! what was meant where somebody saved what had been misread.

use super::Platform;
use super::misread;
use super::refusal;
use crate::marks::is_radical;
use crate::report::ReadError;

/// What publishers write; a browser's decoder and encoding_rs both know these names.
const LAST_RESORT: &str = "gb18030";

/// Decodes a file; radicals that stand for characters become those characters.
///
/// # Errors
/// Where the bytes are no text in any encoding in use.
pub fn decode(bytes: &[u8], platform: &dyn Platform) -> Result<String, ReadError> {
    decode_as(bytes, None, platform)
}

/// Decodes what something around it says the encoding of.
///
/// # Errors
/// Where the bytes are no text in any encoding in use.
pub fn decode_as(bytes: &[u8], said: Option<&str>, platform: &dyn Platform) -> Result<String, ReadError> {
    let text =
        decode_strictly(bytes, said, platform).or_else(|| mended(bytes, platform)).ok_or_else(refusal::binary)?;
    if is_rubbish(&text) {
        return Err(refusal::binary());
    }
    let text = misread::mended(&text, platform).unwrap_or(text);
    Ok(plain_radicals(&text, platform))
}

fn decode_strictly(bytes: &[u8], said: Option<&str>, platform: &dyn Platform) -> Option<String> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return String::from_utf8(rest.to_vec()).ok();
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return platform.decode("utf-16le", whole_units(rest));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return platform.decode("utf-16be", whole_units(rest));
    }
    if let Some(encoding) = utf16_by_pattern(bytes) {
        return platform.decode(encoding, whole_units(bytes));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    let names = said.map(str::to_owned).into_iter().chain(declared_charset(bytes));
    let declared = names.into_iter().find_map(|name| platform.decode(&name, bytes));
    declared.or_else(|| platform.decode(LAST_RESORT, bytes))
}

/// A long file with one or two broken characters is still that file.
fn mended(bytes: &[u8], platform: &dyn Platform) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let broken = text.chars().filter(|c| *c == '\u{fffd}').count();
    let whole = text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
    if whole > broken * 20 {
        return Some(text.into_owned());
    }
    // A cut at the end leaves half a character; three bytes less is enough to lose it.
    (1..=3).find_map(|cut| platform.decode(LAST_RESORT, bytes.get(..bytes.len().checked_sub(cut)?)?))
}

fn whole_units(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len() / 2 * 2]
}

/// UTF-16 without a mark: line ends, digits and spaces leave a zero in every other place.
fn utf16_by_pattern(bytes: &[u8]) -> Option<&'static str> {
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match () {
        _ if odd >= 2 && even == 0 => Some("utf-16le"),
        _ if even >= 2 && odd == 0 => Some("utf-16be"),
        _ => None,
    }
}

/// The encoding that a page names in its first kilobyte.
fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head: String = bytes.iter().take(2048).map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    let after = &head[head.find("charset=")? + "charset=".len()..];
    let name = after.trim_start_matches(['"', '\'', ' ']);
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c))).unwrap_or(name.len());
    (end > 0).then(|| name[..end].to_owned())
}

/// Whether more than two characters in a hundred are controls. Replacement characters are none: somebody damaged the
/// text before it was saved, and what is left of it is to be seen.
fn is_rubbish(text: &str) -> bool {
    let strange = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{b}');
    let (mut all, mut bad) = (0usize, 0usize);
    for c in text.chars() {
        all += 1;
        bad += usize::from(strange(&c));
    }
    bad * 50 > all
}

/// A text whose radicals that stand for characters are those characters.
pub fn plain_radicals(text: &str, platform: &dyn Platform) -> String {
    if !text.contains(is_radical) {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match is_radical(c) {
            true => plain.push_str(&platform.nfkc(&c.to_string())),
            false => plain.push(c),
        }
    }
    plain
}

#[cfg(all(test, feature = "command"))]
mod tests {
    use super::*;
    use crate::read::native::Native;

    fn check(bytes: &[u8], expect: &str) {
        assert_eq!(decode(bytes, &Native).unwrap(), expect);
    }

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn the_encodings_in_use_are_told_apart() {
        let text = "规章 0\n行政许可 12\n";
        check(text.as_bytes(), text);
        check(&[b"\xef\xbb\xbf", text.as_bytes()].concat(), text);
        check(&[&b"\xff\xfe"[..], &utf16(text, u16::to_le_bytes)].concat(), text);
        check(&[&b"\xfe\xff"[..], &utf16(text, u16::to_be_bytes)].concat(), text);
        check(&utf16(text, u16::to_le_bytes), text);
        check(&utf16(text, u16::to_be_bytes), text);
        check(&encoding_rs::GB18030.encode(text).0, text);
        let page = "<meta charset=big5><p>規章</p>";
        check(&encoding_rs::BIG5.encode(page).0, page);
    }

    #[test]
    fn radicals_become_characters_and_other_typography_stays() {
        check("⼀、⽂字（１）".as_bytes(), "一、文字（１）");
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert!(decode(&[0, 1, 2, 0, 0, 7, 0, 0, 255, 254, 0, 1], &Native).is_err());
        assert!(decode(&[0xff; 64], &Native).is_err());
    }

    #[test]
    fn what_was_damaged_before_it_was_saved_is_text() {
        let text = "一\u{fffd}\u{fffd}、规章,\u{fffd}\u{fffd}\u{fffd}\n";
        check(text.as_bytes(), text);
        check(&[b"\xef\xbb\xbf", text.as_bytes()].concat(), text);
    }
}
