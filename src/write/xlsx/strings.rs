//! The texts of a workbook, each kept once.

use std::collections::BTreeMap;

use super::super::xml::Xml;
use super::MAIN;

#[derive(Default)]
pub struct Strings {
    texts: Vec<String>,
    known: BTreeMap<String, usize>,
    uses: usize,
}

impl Strings {
    pub fn index(&mut self, text: &str) -> usize {
        self.uses += 1;
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        self.known.insert(text.to_owned(), self.texts.len());
        self.texts.push(text.to_owned());
        self.texts.len() - 1
    }

    pub fn part(&self) -> Vec<u8> {
        let counts = (self.uses.to_string(), self.texts.len().to_string());
        Xml::document("sst", &[MAIN, ("count", &counts.0), ("uniqueCount", &counts.1)], |xml| {
            for text in &self.texts {
                xml.element("si", &[], |xml| xml.leaf("t", &[("xml:space", "preserve")], &escaped(text)));
            }
        })
    }
}

/// A text as spreadsheets write it: `_x0041_` would be the character of that number, so that a text which
/// holds such a thing has its first sign written as a number itself.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, found) = rest.split_at(at);
        escaped.push_str(before);
        let digits = found.as_bytes().get(2..7);
        let is_escape = digits.is_some_and(|digits| digits[..4].iter().all(u8::is_ascii_hexdigit) && digits[4] == b'_');
        escaped.push_str(if is_escape { "_x005F_" } else { "_" });
        rest = &found[1..];
    }
    escaped.push_str(rest);
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_an_escape_stays_as_it_is() {
        for (text, expect) in [
            ("甲_x0041_乙", "甲_x005F_x0041_乙"),
            ("_x004", "_x004"),
            ("_x00g1_", "_x00g1_"),
            ("__x0041_x0042_", "__x005F_x0041_x005F_x0042_"),
            ("_x甲", "_x甲"),
        ] {
            assert_eq!(escaped(text), expect);
        }
    }

    #[test]
    fn a_text_stands_there_once() {
        let mut strings = Strings::default();
        let indices = ["甲", "乙", "甲"].map(|text| strings.index(text));
        assert_eq!(indices, [0, 1, 0]);
        assert!(String::from_utf8(strings.part()).unwrap().contains("count=\"3\" uniqueCount=\"2\""));
    }
}
