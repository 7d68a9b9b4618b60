//! Text that somebody saved after reading it in the wrong encoding: UTF-8 taken for GBK (“鏀垮簻” for 政府)
//! or for Western European (“æ”¿åºœ”). The bytes are found again by reading every character back.

use std::collections::HashMap;

use super::Platform;

/// Encodings that UTF-8 is mistaken for.
const MISTAKEN_FOR: [&str; 2] = ["gb18030", "windows-1252"];
/// Words without which no report is; one of them shows that a text makes sense.
const WORDS: [&str; 4] = ["政府", "信息", "公开", "年度"];
/// A misread text loses a character here and there; of a hundred as many may be broken.
const MOST_BROKEN: usize = 20;

/// What a text said before it was misread; `None` where it was not.
pub fn mended(text: &str, platform: &dyn Platform) -> Option<String> {
    if WORDS.iter().any(|word| text.contains(word)) {
        return None;
    }
    MISTAKEN_FOR.iter().find_map(|encoding| {
        let looks = |word: &str| platform.decode(encoding, word.as_bytes()).is_some_and(|word| text.contains(&word));
        WORDS.iter().any(|word| looks(word)).then(|| read_back(text, &bytes_of(encoding, platform)))?
    })
}

/// The bytes of every character of one or two bytes.
fn bytes_of(encoding: &str, platform: &dyn Platform) -> HashMap<char, Vec<u8>> {
    let mut known = HashMap::new();
    let mut add = |bytes: &[u8]| {
        if let Some(text) = platform.decode(encoding, bytes) {
            let mut chars = text.chars();
            if let (Some(c), None) = (chars.next(), chars.next()) {
                known.entry(c).or_insert_with(|| bytes.to_vec());
            }
        }
    };
    for first in 0x80..=0xFF {
        add(&[first]);
        for second in 0x40..=0xFE {
            add(&[first, second]);
        }
    }
    known
}

fn read_back(text: &str, known: &HashMap<char, Vec<u8>>) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match known.get(&c) {
            Some(own) => bytes.extend(own),
            None if c.is_ascii() => bytes.push(c as u8),
            None => bytes.extend("\u{fffd}".bytes()),
        }
    }
    let text = String::from_utf8_lossy(&bytes);
    let broken = text.chars().filter(|c| *c == '\u{fffd}').count();
    let makes_sense = WORDS.iter().any(|word| text.contains(word));
    (makes_sense && broken * 100 <= text.chars().count() * MOST_BROKEN).then(|| text.replace('\u{fffd}', ""))
}

#[cfg(all(test, feature = "command"))]
mod tests {
    use super::*;
    use crate::read::native::Native;

    /// What a careless program makes of bytes: what it cannot read becomes a question mark.
    fn misread(text: &str, encoding: &'static encoding_rs::Encoding) -> String {
        encoding.decode_without_bom_handling(text.as_bytes()).0.replace('\u{fffd}', "?")
    }

    #[test]
    fn what_was_taken_for_gbk_or_latin_is_read_back() {
        let text = "某镇政府信息公开工作年度报告\n规章 0 5 12\n行政规范性文件 3 1 7\n";
        for encoding in [encoding_rs::GBK, encoding_rs::WINDOWS_1252] {
            let mended = mended(&misread(text, encoding), &Native).unwrap();
            assert!(
                mended.contains("政府信息公开") && mended.contains("0 5 12") && mended.contains(" 3 1 7"),
                "{mended}"
            );
        }
    }

    #[test]
    fn other_texts_stay_as_they_are() {
        assert_eq!(mended("某镇政府信息公开", &Native), None);
        assert_eq!(mended("Rapport annuel à l’été", &Native), None);
        assert_eq!(mended("鏀", &Native), None);
    }
}
