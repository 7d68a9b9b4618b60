//! Folding: what is left of a label once everything that publishers vary is gone. Only Chinese
//! characters and digits stay; traditional ones become plain ones; full-width digits become half.

use std::cell::RefCell;
use std::collections::HashMap;

use super::Platform;
use crate::marks::is_radical;

const VARIANTS: &str = include_str!("traditional.txt");

/// Folds texts, so that labels compare.
pub struct Folder<'a> {
    platform: &'a dyn Platform,
    plain: HashMap<char, char>,
    words: Vec<(Vec<char>, Vec<char>)>,
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
        let mut plain = HashMap::new();
        let mut words = Vec::new();
        let entries = VARIANTS.lines().filter(|line| !line.starts_with('#'));
        for (variant, target) in entries.filter_map(|line| line.split_once(' ')) {
            match target.chars().count() {
                1 => plain.extend(variant.chars().zip(target.chars().cycle())),
                _ => words.push((variant.chars().collect(), target.chars().collect())),
            }
        }
        Folder { platform, plain, words, rare: RefCell::default() }
    }

    pub fn fold(&self, text: &str) -> Vec<char> {
        self.fold_with_places(text).chars
    }

    pub fn fold_with_places(&self, text: &str) -> Folded {
        let mut folded = Folded::default();
        for (at, c) in text.char_indices() {
            let mut push = |c: char| {
                folded.chars.push(self.plain.get(&c).copied().unwrap_or(c));
                folded.places.push((at, at + text[at..].chars().next().map_or(1, char::len_utf8)));
            };
            match c {
                '0'..='9' | '\u{3400}'..='\u{9fff}' => push(c),
                '０'..='９' => push(char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)),
                _ if is_rare(c) => self.normalized(c).into_iter().for_each(push),
                _ => {}
            }
        }
        self.exchange_words(&mut folded);
        folded
    }

    fn normalized(&self, c: char) -> Vec<char> {
        let known = |c: &char| c.is_ascii_digit() || ('\u{3400}'..='\u{9fff}').contains(c);
        let ask = || self.platform.nfkc(&c.to_string()).chars().filter(known).collect();
        self.rare.borrow_mut().entry(c).or_insert_with(ask).clone()
    }

    fn exchange_words(&self, folded: &mut Folded) {
        for (variant, target) in &self.words {
            // Both are of one length, so the places stay.
            if variant.len() != target.len() || folded.chars.len() < variant.len() {
                continue;
            }
            for at in 0..=folded.chars.len() - variant.len() {
                if folded.chars[at..].starts_with(variant) {
                    folded.chars[at..at + target.len()].copy_from_slice(target);
                }
            }
        }
    }
}

/// Characters that normalisation turns into Chinese characters or digits: ㈠ ① ⼀.
fn is_rare(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{249b}' | '\u{3220}'..='\u{3243}' | '\u{3280}'..='\u{32b0}') || is_radical(c)
}

/// The text without what stands in parentheses, however deep; an unclosed one is kept.
pub fn without_parentheses(text: &str) -> String {
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
    kept
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
