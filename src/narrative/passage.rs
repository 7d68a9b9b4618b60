//! A text as characters in one width and without spaces, each with its place in the original.

use crate::value::half_width;

/// Words in a text: a section and where they begin and end in it, in Unicode characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub section: String,
    pub start: usize,
    pub end: usize,
}

/// The characters of a text that carry meaning.
pub struct Passage {
    pub chars: Vec<char>,
    places: Vec<usize>,
}

impl Passage {
    pub fn of(text: &str) -> Passage {
        let (mut chars, mut places) = (Vec::new(), Vec::new());
        for (place, c) in text.chars().enumerate() {
            if c == '\n' || !(c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')) {
                chars.push(plain(c));
                places.push(place);
            }
        }
        Passage { chars, places }
    }

    /// Where a stretch of these characters stands in the original.
    pub fn place(&self, section: &str, start: usize, end: usize) -> Place {
        let begin = self.places.get(start).copied().unwrap_or_default();
        let end = end.checked_sub(1).and_then(|last| self.places.get(last)).map_or(begin, |last| last + 1);
        Place { section: section.to_owned(), start: begin, end }
    }

    pub fn begins(&self, at: usize, word: &str) -> bool {
        let mut chars = self.chars[at.min(self.chars.len())..].iter();
        word.chars().all(|c| chars.next() == Some(&c))
    }
}

/// In half width but for the sentence marks of Chinese, which mean more than a comma or a stop.
fn plain(c: char) -> char {
    match c {
        '，' | '。' | '；' | '：' | '！' | '？' => c,
        _ => half_width(c),
    }
}
