//! Folding: what is left of a label once everything that publishers vary is gone. Only Chinese
//! characters and digits stay; traditional ones become plain ones; full-width digits become half.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use super::Platform;
use crate::marks::is_radical;
use crate::value::half_width;

/// The Chinese characters that labels are written in.
const CHINESE: RangeInclusive<char> = '\u{3400}'..='\u{9fff}';

static VARIANTS: LazyLock<Variants> = LazyLock::new(|| Variants::read(include_str!("traditional.txt")));

/// What traditional characters and the words of other regions are in plain ones.
struct Variants {
    /// For each Chinese character the plain one.
    plain: Vec<char>,
    words: Vec<(Vec<char>, Vec<char>)>,
    /// The characters with which these words end: there are fewer of them than of those with which they begin.
    ends: Vec<char>,
}

impl Variants {
    fn read(table: &str) -> Variants {
        let mut variants = Variants { plain: CHINESE.collect(), words: Vec::new(), ends: Vec::new() };
        let entries = table.lines().filter(|line| !line.starts_with('#'));
        for (variant, target) in entries.filter_map(|line| line.split_once(' ')) {
            let (from, to): (Vec<char>, Vec<char>) = (variant.chars().collect(), target.chars().collect());
            match to[..] {
                [plain] => from.iter().filter_map(|c| place(*c)).for_each(|at| variants.plain[at] = plain),
                // Only words of one length, so that the places stay.
                _ if from.len() == to.len() => variants.words.push((from, to)),
                _ => {}
            }
        }
        variants.ends = variants.words.iter().filter_map(|(word, _)| word.last().copied()).collect();
        variants.ends.sort_unstable();
        variants.ends.dedup();
        variants
    }

    fn plain(&self, c: char) -> char {
        place(c).map_or(c, |at| self.plain[at])
    }

    fn exchange_words(&self, folded: &mut [char]) {
        for end in 1..=folded.len() {
            if !self.ends.contains(&folded[end - 1]) {
                continue;
            }
            if let Some((word, plain)) = self.words.iter().find(|(word, _)| folded[..end].ends_with(word)) {
                folded[end - word.len()..end].copy_from_slice(plain);
            }
        }
    }
}

/// Where a Chinese character stands among all of them.
fn place(c: char) -> Option<usize> {
    CHINESE.contains(&c).then(|| c as usize - *CHINESE.start() as usize)
}

/// Folds texts, so that labels compare.
pub struct Folder<'a> {
    platform: &'a dyn Platform,
    /// What the platform made of rare characters, which is slow to ask in a browser.
    rare: RefCell<HashMap<char, Vec<char>>>,
}

/// A folded text that remembers where each character came from.
#[derive(Debug, Default)]
pub struct Folded {
    pub chars: Vec<char>,
    /// For each character the byte range in the original.
    pub places: Vec<(usize, usize)>,
}

impl<'a> Folder<'a> {
    pub fn new(platform: &'a dyn Platform) -> Folder<'a> {
        Folder { platform, rare: RefCell::default() }
    }

    pub fn fold(&self, text: &str) -> Vec<char> {
        // Chinese characters take three bytes.
        let mut chars = Vec::with_capacity(text.len() / 3);
        self.each_plain(text, |c, _| chars.push(c));
        VARIANTS.exchange_words(&mut chars);
        chars
    }

    pub fn fold_with_places(&self, text: &str) -> Folded {
        let mut folded = Folded::default();
        self.each_plain(text, |c, place| {
            folded.chars.push(c);
            folded.places.push(place);
        });
        VARIANTS.exchange_words(&mut folded.chars);
        folded
    }

    /// Every character that stays, in its plain form, with the byte range that it comes from.
    fn each_plain(&self, text: &str, mut push: impl FnMut(char, (usize, usize))) {
        let variants = &*VARIANTS;
        for (at, c) in text.char_indices() {
            let place = (at, at + c.len_utf8());
            match c {
                '0'..='9' => push(c, place),
                _ if CHINESE.contains(&c) => push(variants.plain(c), place),
                '０'..='９' => push(half_width(c), place),
                _ if is_rare(c) => self.normalized(c).into_iter().for_each(|c| push(variants.plain(c), place)),
                _ => {}
            }
        }
    }

    fn normalized(&self, c: char) -> Vec<char> {
        let known = |c: &char| c.is_ascii_digit() || CHINESE.contains(c);
        let ask = || self.platform.nfkc(&c.to_string()).chars().filter(known).collect();
        self.rare.borrow_mut().entry(c).or_insert_with(ask).clone()
    }
}

/// Characters that normalisation turns into Chinese characters or digits: ㈠ ① ⼀.
fn is_rare(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{249b}' | '\u{3220}'..='\u{3243}' | '\u{3280}'..='\u{32b0}') || is_radical(c)
}

/// The text without what stands in parentheses, however deep; an unclosed one is kept.
pub fn without_parentheses(text: &str) -> Cow<'_, str> {
    if !text.contains(['（', '(']) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::new();
    let mut open: Vec<usize> = Vec::new();
    for c in text.chars() {
        match c {
            '（' | '(' => {
                open.push(kept.len());
                kept.push(c);
            }
            '）' | ')' => match open.pop() {
                Some(at) => kept.truncate(at),
                None => kept.push(c),
            },
            _ => kept.push(c),
        }
    }
    Cow::Owned(kept)
}

#[cfg(all(test, feature = "command"))]
mod tests {
    use super::*;
    use crate::read::native::Native;

    fn check(text: &str, expect: &str) {
        let folded: String = Folder::new(&Native).fold(text).into_iter().collect();
        assert_eq!(folded, expect);
    }

    #[test]
    fn variants_of_a_label_fold_alike() {
        check("規範性檔案", "规范性文件");
        check("本年增\\減", "本年增减");
        check("商业\n 企业", "商业企业");
        check("處(chù)理決(jué)定", "处理决定");
        check("（１）⼀⾏⽂", "1一行文");
        check("㈠①", "一1");
    }

    #[test]
    fn places_lead_back_to_the_original() {
        let folded = Folder::new(&Native).fold_with_places("a（數）9");
        assert_eq!(folded.chars, ['数', '9']);
        assert_eq!(&"a（數）9"[folded.places[0].0..folded.places[0].1], "數");
    }

    #[test]
    fn parentheses_go_with_what_they_hold() {
        assert_eq!(without_parentheses("甲（乙(丙)）丁"), "甲丁");
        assert_eq!(without_parentheses("甲（乙"), "甲（乙");
    }
}
