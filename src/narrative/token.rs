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
}

/// The words of a form, as they are in the report's year.
pub struct Words<'a> {
    pub form: &'a Form,
    words: Vec<(Vec<char>, Meaning)>,
}

impl<'a> Words<'a> {
    pub fn of(form: &'a Form, year: Option<i32>) -> Words<'a> {
        let mut words = Vec::new();
        let mut add = |word: &str, meaning: Meaning| {
            let word = match year {
                Some(year) if word.contains('{') => {
                    word.replace("{last}", &(year - 1).to_string()).replace("{next}", &(year + 1).to_string())
                }
                None if word.contains('{') => return,
                _ => word.to_owned(),
            };
            words.push((word.chars().collect(), meaning));
        };
        for (at, claims) in form.claims.iter().enumerate() {
            claims.ignore.iter().for_each(|word| add(word, Meaning::Ignore));
            let mut all = |said: &[Said], meaning: fn(usize, usize) -> Meaning| {
                for (line, said) in said.iter().enumerate() {
                    said.words.iter().for_each(|word| add(word, meaning(at, line)));
                }
            };
            all(&claims.rows, Meaning::Row);
            all(&claims.columns, Meaning::Column);
        }
        Words { form, words }
    }

    /// The longest word that stands at a place, with all its meanings.
    fn at(&self, chars: &[char]) -> Option<(usize, Kind)> {
        let mut longest = 0;
        let mut meanings = Vec::new();
        for (word, meaning) in &self.words {
            if word.len() < longest || !chars.starts_with(word) {
                continue;
            }
            if word.len() > longest {
                longest = word.len();
                meanings.clear();
            }
            meanings.push(*meaning);
        }
        let function = function(chars).filter(|(length, _)| *length > longest);
        match function {
            Some((length, function)) => Some((length, Kind::Function(function))),
            None => (longest > 0).then_some((longest, Kind::Word(meanings))),
        }
    }
}

fn function(chars: &[char]) -> Option<(usize, Function)> {
    let mut longest = None;
    for (function, words) in lexicon::WORDS {
        for word in *words {
            let length = word.chars().count();
            let stands = word.chars().zip(chars).all(|(one, other)| one == *other) && chars.len() >= length;
            if stands && longest.is_none_or(|(known, _)| length > known) {
                longest = Some((length, *function));
            }
        }
    }
    longest
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
    Some((end - at, Kind::Number(Quantity { value: written.value, unit, exact })))
}
