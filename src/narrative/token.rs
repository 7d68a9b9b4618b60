//! A text as tokens: words of the form, words of the grammar, numbers with what they count, years.

use rust_decimal::Decimal;

use super::lexicon::{self, Function};
use super::number;
use super::passage::Passage;
use crate::form::{Form, Said};

/// A stretch of a text, by positions in its passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A word of the form, with everything that it may be there.
    Word(Vec<Meaning>),
    Function(Function),
    Number(Quantity),
    /// A year by its number: 2023年.
    Year(i32),
    /// A mark that ends a clause: `，`, `、`, `：`.
    Mark(char),
    Open,
    Close,
    /// A mark that ends a sentence.
    Stop,
    /// Any other characters.
    Other,
}

/// What a word of the form means: the place among [`Form::claims`], and there a row or a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Row(usize, usize),
    Column(usize, usize),
    /// It only looks like a word of the table.
    Ignore,
}

/// A number with what stands behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    pub value: Decimal,
    /// The measure word, `%`, or none.
    pub unit: Option<char>,
    /// Whether it is meant as it stands: not `约`, `余`, and no rounded 万.
    pub exact: bool,
    /// How many characters the number itself takes, without what stands behind it.
    pub length: usize,
}

/// The words of a form, as they are in the report's year, and those of the grammar.
pub struct Words<'a> {
    pub form: &'a Form,
    /// By their first characters, so that a place in a text is compared with a few words only.
    buckets: Vec<Vec<(Vec<char>, Use)>>,
}

/// What a word is there for.
#[derive(Clone, Copy)]
enum Use {
    Means(Meaning),
    Does(Function),
}

const BUCKETS: usize = 256;

fn bucket(first: char) -> usize {
    first as usize % BUCKETS
}

impl<'a> Words<'a> {
    pub fn of(form: &'a Form, year: Option<i32>) -> Words<'a> {
        let mut words = Words { form, buckets: vec![Vec::new(); BUCKETS] };
        for (function, known) in lexicon::WORDS {
            known.iter().for_each(|word| words.add(word, Use::Does(*function)));
        }
        for (at, claims) in form.claims.iter().enumerate() {
            claims.ignore.iter().for_each(|word| words.add(word, Use::Means(Meaning::Ignore)));
            let mut all = |said: &[Said], meaning: fn(usize, usize) -> Meaning| {
                for (line, said) in said.iter().enumerate() {
                    said.words.iter().for_each(|word| words.add_dated(word, year, meaning(at, line)));
                }
            };
            all(&claims.rows, Meaning::Row);
            all(&claims.columns, Meaning::Column);
        }
        words
    }

    fn add(&mut self, word: &str, used: Use) {
        let word: Vec<char> = word.chars().collect();
        if let Some(first) = word.first() {
            self.buckets[bucket(*first)].push((word, used));
        }
    }

    /// Adds a word that may name the year before or after; where the year is not known it is left out.
    fn add_dated(&mut self, word: &str, year: Option<i32>, meaning: Meaning) {
        match year {
            _ if !word.contains('{') => self.add(word, Use::Means(meaning)),
            Some(year) => {
                let word = word.replace("{last}", &year.saturating_sub(1).to_string());
                let word = word.replace("{next}", &year.saturating_add(1).to_string());
                self.add(&word, Use::Means(meaning));
            }
            None => {}
        }
    }

    /// The longest word that stands at a place: with all its meanings, or what it does. Of two of one
    /// length the form's counts.
    fn at(&self, chars: &[char]) -> Option<(usize, Kind)> {
        let mut longest = 0;
        let mut meanings = Vec::new();
        let mut function = None;
        for (word, used) in &self.buckets[bucket(*chars.first()?)] {
            if word.len() < longest || !chars.starts_with(word) {
                continue;
            }
            if word.len() > longest {
                longest = word.len();
                meanings.clear();
                function = None;
            }
            match used {
                Use::Means(meaning) => meanings.push(*meaning),
                Use::Does(does) => function = Some(*does),
            }
        }
        match function {
            _ if !meanings.is_empty() => Some((longest, Kind::Word(meanings))),
            function => function.map(|function| (longest, Kind::Function(function))),
        }
    }
}

/// Cuts a passage into tokens.
pub fn tokens(passage: &Passage, words: &Words) -> Vec<Token> {
    let chars = &passage.chars;
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let (length, kind) = next(chars, at, words);
        match tokens.last_mut() {
            Some(last) if kind == Kind::Other && last.kind == Kind::Other => last.end = at + length,
            _ => tokens.push(Token { start: at, end: at + length, kind }),
        }
        at += length;
    }
    tokens
}

fn next(chars: &[char], at: usize, words: &Words) -> (usize, Kind) {
    let rest = &chars[at..];
    if let Some(found) = words.at(rest) {
        return found;
    }
    if let Some(found) = quantity(chars, at) {
        return found;
    }
    match rest[0] {
        '。' | '；' | '！' | '？' | ';' | '!' | '?' | '\n' => (1, Kind::Stop),
        '，' | ',' | '、' | '：' | ':' => (1, Kind::Mark(rest[0])),
        '(' => (1, Kind::Open),
        ')' => (1, Kind::Close),
        // The name of a law or document says nothing here.
        '《' => (rest.iter().take(60).position(|c| *c == '》').map_or(1, |end| end + 1), Kind::Other),
        _ => (1, Kind::Other),
    }
}

fn quantity(chars: &[char], at: usize) -> Option<(usize, Kind)> {
    let written = number::written(&chars[at..])?;
    let mut end = at + written.length;
    let hedged = chars.get(end).is_some_and(|c| lexicon::HEDGES_BEHIND.contains(c));
    if hedged {
        end += 1;
        end += usize::from(chars.get(end) == Some(&'万'));
    }
    let unit = chars.get(end).copied().filter(|c| *c == '%' || lexicon::MEASURES.contains(*c));
    if written.chinese && unit.is_none() {
        return None;
    }
    let digits = written.length;
    if unit == Some('年') && digits == 4 && !written.chinese {
        let year = i32::try_from(written.value.mantissa()).ok()?;
        let with_du = usize::from(chars.get(end + 1) == Some(&'度'));
        return Some((end + 1 + with_du - at, Kind::Year(year)));
    }
    end += usize::from(unit.is_some());
    // 20件以上, 20件左右.
    let about =
        [['以', '上'], ['左', '右'], ['以', '下'], ['以', '内']].iter().any(|pair| chars[end..].starts_with(pair));
    let before = at.checked_sub(1).is_some_and(|before| lexicon::HEDGES_BEFORE.contains(&chars[before]));
    let exact = !(hedged || about || before || written.rounded);
    Some((end - at, Kind::Number(Quantity { value: written.value, unit, exact, length: digits })))
}
