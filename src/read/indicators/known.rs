//! What is known of tables of indicators: the rows, units and heads of an open form, and how a label is
//! numbered.

use std::collections::HashMap;

use crate::form::{Form, Head, HeadPart};
use crate::read::fold::{Folded, Folder, without_parentheses};
use crate::read::similar::similarity;
use crate::value::half_width;

/// The rows, units and words of an open form, folded.
pub struct Known<'a> {
    folder: &'a Folder<'a>,
    /// For each row the wordings under which it is known.
    rows: Vec<Vec<Vec<char>>>,
    /// The same wordings by their first characters.
    by_first: HashMap<char, Vec<Vec<char>>>,
    /// The labels of lines without figures.
    headings: Vec<Vec<char>>,
    /// The longest first.
    units: Vec<String>,
    pub heads: Heads,
}

/// The words over the columns, folded.
pub struct Heads {
    pub rows: Vec<Vec<char>>,
    pub unit: Vec<Vec<char>>,
    pub ignored: Vec<Vec<char>>,
    /// For each column of figures.
    pub columns: Vec<Vec<Vec<char>>>,
}

/// From which likeness on a label is taken for a known one of the same length.
const ALIKE: f32 = 0.87;

impl<'a> Known<'a> {
    /// What an open form tells; `None` for one without a table.
    pub fn of(form: &'a Form, folder: &'a Folder<'a>) -> Option<Known<'a>> {
        let table = form.tables.first()?;
        let published = form.published.clone().unwrap_or_default();
        let fold = |words: &[String]| longest_first(words.iter().map(|word| folder.fold(word)));
        let mut units: Vec<String> =
            published.units.iter().filter_map(|holds| Some(holds.unit.as_ref()?.zh.clone())).collect();
        units.sort_by_key(|unit| std::cmp::Reverse(unit.chars().count()));
        let columns = table.columns.iter().map(|column| {
            longest_first([&column.label.zh].into_iter().chain(&column.also).map(|word| folder.fold(word)))
        });
        let wordings = |label: &String| keys(label, folder);
        let rows =
            table.rows.iter().map(|row| [&row.label.zh].into_iter().chain(&row.also).flat_map(wordings).collect());
        let rows: Vec<Vec<Vec<char>>> = rows.collect();
        let mut by_first: HashMap<char, Vec<Vec<char>>> = HashMap::new();
        for wording in rows.iter().flatten() {
            by_first.entry(wording[0]).or_default().push(wording.clone());
        }
        let mut headings = Vec::new();
        groups(&table.row_heads, &mut |label| headings.extend(keys(label, folder)));
        Some(Known {
            rows,
            by_first,
            headings,
            units,
            heads: Heads {
                rows: fold(&published.rows),
                unit: fold(&published.unit),
                ignored: fold(&published.ignored),
                columns: columns.collect(),
            },
            folder,
        })
    }

    pub fn fold(&self, text: &str) -> Vec<char> {
        self.folder.fold(text)
    }

    pub fn fold_with_places(&self, text: &str) -> Folded {
        self.folder.fold_with_places(text)
    }

    /// Whether a label is that of a row, word for word.
    pub fn is_row(&self, label: &str) -> bool {
        let keys = keys(label, self.folder);
        self.rows.iter().flatten().any(|wording| keys.contains(wording))
    }

    /// Whether a label is that of a line without figures.
    pub fn is_heading(&self, label: &str) -> bool {
        keys(label, self.folder).iter().any(|key| self.headings.contains(key))
    }

    /// How many characters at the beginning of a folded text are the label of a known row: the most.
    pub fn row_at(&self, folded: &[char]) -> Option<usize> {
        let begins = |wording: &&Vec<char>| folded.starts_with(wording);
        self.by_first.get(folded.first()?)?.iter().filter(begins).map(Vec::len).max()
    }

    pub fn is_unit(&self, text: &str) -> bool {
        self.units.iter().any(|unit| unit == text)
    }

    /// The unit with which a text ends.
    pub fn unit_at_end(&self, text: &str) -> Option<&str> {
        self.units.iter().find(|unit| text.ends_with(unit.as_str())).map(String::as_str)
    }

    /// A label with its unit in parentheses behind it: “主动公开文件数（条）”.
    pub fn unit_in_parentheses<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        let inner = text.strip_suffix(['）', ')'])?;
        let at = inner.rfind(['（', '('])?;
        let unit = inner[at..].trim_start_matches(['（', '(']);
        let unit = unit.strip_prefix("单位").map_or(unit, |unit| unit.trim_start_matches(['：', ':', ' '])).trim();
        self.is_unit(unit).then(|| (inner[..at].trim_end(), unit))
    }

    /// The unit with which a text begins.
    pub fn unit_at_start(&self, text: &[char]) -> Option<&str> {
        let begins = |unit: &&String| unit.chars().enumerate().all(|(at, c)| text.get(at) == Some(&c));
        self.units.iter().find(begins).map(String::as_str)
    }

    /// The known rows that labels stand for. A label that several rows have is the next of them in order;
    /// no row is taken twice.
    pub fn rows_of<'l>(&self, labels: impl Iterator<Item = &'l str>) -> Vec<Option<usize>> {
        let mut taken = vec![false; self.rows.len()];
        let mut last = 0;
        let mut choose = |label: &str| {
            let found = self.row_of(label, last, &taken)?;
            (taken[found], last) = (true, found);
            Some(found)
        };
        labels.map(&mut choose).collect()
    }

    fn row_of(&self, label: &str, last: usize, taken: &[bool]) -> Option<usize> {
        let keys = keys(label, self.folder);
        let named = |row: &usize| self.rows[*row].iter().any(|wording| keys.contains(wording));
        let exact: Vec<usize> = (0..self.rows.len()).filter(named).collect();
        if !exact.is_empty() {
            let free = || exact.iter().filter(|row| !taken[**row]);
            return free().find(|row| **row > last).or_else(|| free().next()).copied();
        }
        let key = keys.first()?;
        let fit = |row: &usize| {
            let same = |wording: &&Vec<char>| wording.first() == key.first() && wording.len().abs_diff(key.len()) <= 1;
            self.rows[*row].iter().filter(same).map(|wording| similarity(key, wording)).fold(0.0, f32::max)
        };
        let fits: Vec<(usize, f32)> = (0..self.rows.len()).map(|row| (row, fit(&row))).collect();
        let best = fits.iter().map(|(_, fit)| *fit).fold(0.0, f32::max);
        let mut near = fits.iter().filter(|(_, fit)| *fit >= ALIKE && *fit == best);
        match (near.next(), near.next()) {
            (Some((row, _)), None) if !taken[*row] => Some(*row),
            _ => None,
        }
    }
}

pub fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Whether a character stands in place of a figure or of a unit: `—`, `/`.
pub fn is_dash(c: char) -> bool {
    "-—–－―─/／".contains(c)
}

/// One space for any run of white space.
pub fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A year that stands at the beginning of a text with 年 or 年度, and how many characters that takes.
pub fn year_at(text: &[char]) -> Option<(i32, usize)> {
    let digits: String = text.iter().take(4).map(|c| half_width(*c)).collect();
    let year: i32 = digits.parse().ok().filter(|year| (1990..2100).contains(year))?;
    let length = match (text.get(4), text.get(5)) {
        (Some('年'), Some('度')) => 6,
        (Some('年'), _) => 5,
        _ => return None,
    };
    Some((year, length))
}

fn groups(heads: &[Head], each: &mut impl FnMut(&String)) {
    for head in heads {
        if let HeadPart::Group(inner) = &head.part {
            each(&head.label.zh);
            groups(inner, each);
        }
    }
}

fn longest_first(words: impl Iterator<Item = Vec<char>>) -> Vec<Vec<char>> {
    let mut words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

/// What a label is compared by: without its number, and without notes in parentheses too.
fn keys(label: &str, folder: &Folder) -> Vec<Vec<char>> {
    let full = Numbered::of(label).rest;
    let bare = without_parentheses(full);
    let mut keys: Vec<Vec<char>> = Vec::new();
    for key in [Some(full), Some(&*bare).filter(|bare| *bare != full)].into_iter().flatten() {
        let key = folder.fold(key);
        if key.len() >= 2 && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// How a label is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    /// 一、
    Numeral,
    /// （一）
    Bracketed,
    /// 1、 or 1.
    Digit,
    /// （1） or 1）
    BracketedDigit,
}

/// A label with its number.
#[derive(Debug, PartialEq, Eq)]
pub struct Numbered<'l> {
    /// Whether 其中 stands before it.
    pub within: bool,
    pub style: Style,
    pub number: Option<usize>,
    pub rest: &'l str,
}

impl Numbered<'_> {
    pub fn of(label: &str) -> Numbered<'_> {
        let label = label.trim();
        let after = label.strip_prefix("其中").map(|rest| rest.trim_start_matches([' ', '：', ':', '，', ',', '、']));
        let within = after.is_some_and(|rest| !rest.is_empty());
        let label = after.filter(|_| within).unwrap_or(label);
        let (style, number, rest) = number(label).unwrap_or((Style::Plain, None, label));
        Numbered { within, style, number, rest }
    }
}

/// The number with which a label begins; `None` where nothing follows it.
fn number(label: &str) -> Option<(Style, Option<usize>, &str)> {
    let opened = label.strip_prefix(['（', '(']);
    let inner = opened.unwrap_or(label);
    let of_number = |c: char| half_width(c).is_ascii_digit() || NUMERALS.contains(c);
    let end = inner.find(|c| !of_number(c)).unwrap_or(inner.len());
    let (digits, rest) = inner.split_at(end);
    let rest = rest.trim_start();
    let (mark, closed) = match opened {
        Some(_) => (rest.strip_prefix(['）', ')'])?, true),
        None if rest.starts_with(['）', ')']) => (&rest[rest.chars().next()?.len_utf8()..], true),
        None => (rest.strip_prefix(['、', '.', '．'])?, false),
    };
    let rest = mark.trim_start();
    // “1.5” is no number of a label.
    if rest.is_empty() || digits.chars().count() > 3 || rest.starts_with(|c: char| c.is_ascii_digit()) && !closed {
        return None;
    }
    let is_numeral = digits.chars().next()?;
    let style = match (NUMERALS.contains(is_numeral), closed) {
        (true, false) => Style::Numeral,
        (true, true) => Style::Bracketed,
        (false, false) => Style::Digit,
        (false, true) => Style::BracketedDigit,
    };
    let number = if NUMERALS.contains(is_numeral) { numeral(digits) } else { plain(digits).parse().ok() };
    Some((style, number, rest))
}

fn plain(digits: &str) -> String {
    digits.chars().map(half_width).collect()
}

const NUMERALS: &str = "一二三四五六七八九十";

/// A Chinese numeral up to 99.
pub fn numeral(text: &str) -> Option<usize> {
    let digit = |c: char| NUMERALS.chars().position(|known| known == c).map(|at| at + 1).filter(|digit| *digit < 10);
    let one = |text: &str| {
        let mut chars = text.chars();
        let digit = digit(chars.next()?)?;
        chars.next().is_none().then_some(digit)
    };
    match text.split_once('十') {
        None => one(text),
        Some((tens, units)) => {
            let tens = if tens.is_empty() { 1 } else { one(tens)? };
            Some(tens * 10 + if units.is_empty() { 0 } else { one(units)? })
        }
    }
}

/// How deep labels stand below each other, by their numbers: a new way of numbering is one deeper, and so is
/// 其中.
pub fn levels<'l>(labels: impl Iterator<Item = &'l str>) -> Vec<usize> {
    let mut open: Vec<(Style, bool, Option<usize>)> = Vec::new();
    let mut level = |label: &str| {
        let Numbered { within, style, number, .. } = Numbered::of(label);
        let same = |entry: &(Style, bool, Option<usize>)| entry.0 == style;
        let next = |entry: &(Style, bool, Option<usize>)| same(entry) && entry.2.map(|last| last + 1) == number;
        let at = match within {
            // Deeper than what it is a part of, unless the one before it is a part too.
            true => open.last().filter(|entry| entry.1 && same(entry)).map(|_| open.len() - 1),
            false if number.is_some() => open.iter().rposition(next).or_else(|| open.iter().rposition(same)),
            // A line without a number goes on with the parts, where nothing above is without a number.
            false => {
                let above = open.iter().position(|entry| same(entry) && !entry.1);
                above.or_else(|| open.iter().rposition(same))
            }
        };
        let at = at.unwrap_or(open.len());
        let parted = open.get(at).map_or(within, |entry| entry.1);
        open.truncate(at);
        open.push((style, parted, number));
        at
    };
    labels.map(&mut level).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_labels_are_told_from_labels() {
        let check = |label: &str, within, style, number, rest: &str| {
            assert_eq!(Numbered::of(label), Numbered { within, style, number, rest }, "{label}");
        };
        check("一、主动公开情况", false, Style::Numeral, Some(1), "主动公开情况");
        check("（十二）甲", false, Style::Bracketed, Some(12), "甲");
        check("其中：1、政府网站公开数", true, Style::Digit, Some(1), "政府网站公开数");
        check("其中：涉及国家秘密", true, Style::Plain, None, "涉及国家秘密");
        check("3．信函、传真申请数", false, Style::Digit, Some(3), "信函、传真申请数");
        check("2）甲", false, Style::BracketedDigit, Some(2), "甲");
        check("1.5倍", false, Style::Plain, None, "1.5倍");
        check("一般公开数", false, Style::Plain, None, "一般公开数");
        check("其中", false, Style::Plain, None, "其中");
        assert_eq!([numeral("十"), numeral("二十一"), numeral("一二")], [Some(10), Some(21), None]);
    }

    #[test]
    fn levels_follow_the_numbering() {
        let check = |labels: &[&str], expect: &[usize]| {
            assert_eq!(levels(labels.iter().copied()), expect, "{labels:?}");
        };
        check(&["甲数", "其中：1、乙", "2、丙", "丁数", "其中：1、乙"], &[0, 1, 1, 0, 1]);
        check(
            &["一、甲", "（一）乙", "其中：丙", "丁", "（二）戊", "1.己", "其中：庚", "2.辛"],
            &[0, 1, 2, 2, 1, 2, 3, 2],
        );
        check(&["一、甲", "（一）乙", "二、丙", "（一）丁", "三、戊"], &[0, 1, 0, 1, 0]);
        check(&["甲", "其中：乙", "其中：丙", "丁"], &[0, 1, 1, 0]);
        check(&["1、甲", "其中：1、乙", "2、丙", "2、丁"], &[0, 1, 1, 0]);
    }
}
