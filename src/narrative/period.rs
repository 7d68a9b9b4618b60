//! Years and spans of time that a text names, and what is odd about them.

use super::passage::{Passage, Place};
use crate::report::Report;

/// A date or year in a text that does not go with the report's year.
#[derive(Clone, Debug, PartialEq)]
pub struct Odd {
    pub place: Place,
    pub kind: OddKind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum OddKind {
    /// 统计期限 of another year.
    Span(i32),
    /// A year with too many or too few digits: 202020年12月31日.
    Garbled(String),
    /// 截至2021年底 where a later year is reported on.
    Stale(i32),
    /// A text that begins with an earlier year and never names the report's.
    Begins(i32),
}

/// A number with 年 behind it.
struct Year {
    start: usize,
    end: usize,
    digits: String,
}

/// How many odd periods are told of a text.
const MOST: usize = 40;

/// What is odd in the periods of all texts.
pub fn odd(report: &Report) -> Vec<Odd> {
    let Some(year) = report.year else { return Vec::new() };
    let mut odd = Vec::new();
    for (section, text) in &report.sections {
        let passage = Passage::of(text);
        let years = years(&passage.chars);
        let named = years.iter().any(|found| found.digits.parse() == Ok(year));
        let told = odd.len();
        for found in &years {
            if odd.len() - told == MOST {
                break;
            }
            let kind = odd_year(&passage, found, year).or_else(|| begins_stale(&passage, found, year, named));
            odd.extend(kind.map(|kind| Odd { place: passage.place(section, found.start, found.end), kind }));
        }
    }
    odd
}

fn years(chars: &[char]) -> Vec<Year> {
    let mut years = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let digits = chars[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        if digits >= 3 && chars.get(at + digits) == Some(&'年') {
            let text: String = chars[at..at + digits].iter().collect();
            years.push(Year { start: at, end: at + digits + 1, digits: text });
        }
        at += digits.max(1);
    }
    years
}

fn odd_year(passage: &Passage, found: &Year, year: i32) -> Option<OddKind> {
    let dated = |date: &str| passage.begins(found.end, date);
    let in_span = dated("1月1日") || dated("12月31日");
    if found.digits.len() != 4 {
        return in_span.then(|| OddKind::Garbled(found.digits.clone()));
    }
    let given: i32 = found.digits.parse().ok()?;
    let before: String = passage.chars[found.start.saturating_sub(8)..found.start].iter().collect();
    let until = before.ends_with("截至")
        || before.ends_with("截止")
        || before.ends_with("截止到")
        || before.ends_with("截至到");
    if given == year {
        return None;
    }
    let at_end = dated("12月31日") || dated("12月底") || dated("底") || dated("年底") || dated("末");
    if until && at_end && given < year {
        let sentence = sentence_around(&passage.chars, found.start);
        return (!sentence.contains(&year.to_string())).then_some(OddKind::Stale(given));
    }
    let spans = ["期限", "期间", "统计", "数据", "起止", "时间"];
    let sentence = sentence_around(&passage.chars, found.start);
    let is_span = in_span && spans.iter().any(|word| sentence.contains(word)) && is_whole_year(&sentence);
    is_span.then_some(OddKind::Span(given))
}

/// Whether a sentence names both ends of a year.
fn is_whole_year(sentence: &str) -> bool {
    sentence.contains("1月1日") && sentence.contains("12月31日")
}

/// How far a sentence is looked at from a year.
const AROUND: usize = 200;

fn sentence_around(chars: &[char], at: usize) -> String {
    let stop = |c: &char| matches!(c, '。' | '；' | '\n');
    let (first, last) = (at.saturating_sub(AROUND), chars.len().min(at + AROUND));
    let start = chars[first..at].iter().rposition(stop).map_or(first, |stop| first + stop + 1);
    let end = chars[at..last].iter().position(stop).map_or(last, |stop| at + stop);
    chars[start..end].iter().collect()
}

/// A text that begins with last year's number, as one does that was copied from last year's report.
fn begins_stale(passage: &Passage, found: &Year, year: i32, named: bool) -> Option<OddKind> {
    let given: i32 = found.digits.parse().ok()?;
    let begins = found.start == 0 && ["，", ",", "度", "我", "全"].iter().any(|next| passage.begins(found.end, next));
    (begins && given == year.saturating_sub(1) && !named).then_some(OddKind::Begins(given))
}
