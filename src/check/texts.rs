//! What the form asks of the texts: words that must or must not stand there, lengths, sentences that
//! stood in last year's report already; years that do not go with the report's; and the title.

use super::narrative::{heading, one_line, quote, text_name};
use crate::finding::{Finding, Quote, Severity, TITLE_TEXT};
use crate::form::{Requirement, Section, TextBound, TextRule};
use crate::language::{Language, Text, fill};
use crate::narrative::period::{self, Odd, OddKind};
use crate::report::Report;
use crate::words;

pub fn findings(report: &Report, prior: Option<&Report>, language: Language, findings: &mut Vec<Finding>) {
    for rule in &report.form.texts {
        for (section, text) in texts(report, rule) {
            findings.extend(broken(report, prior, (section, text), rule, language));
        }
    }
    findings.extend(title(report, language));
    let odd = period::odd(report);
    for odd in &odd {
        let finding = odd_period(report, odd, language);
        match findings.iter_mut().find(|known| known.message == finding.message) {
            Some(known) => known.quotes.extend(finding.quotes),
            None => findings.push(finding),
        }
    }
}

/// The texts that a rule is about. A section whose heading was published has a text, if an empty one.
fn texts<'a>(report: &'a Report, rule: &'a TextRule) -> Vec<(&'a str, &'a str)> {
    let Some(id) = &rule.section else {
        return report.sections.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
    };
    let own = |section: &&Section| section.id == *id;
    let headed = || {
        let heading = &report.form.sections.iter().find(own)?.heading.zh;
        report.headings.as_ref()?.iter().any(|published| published.contains(heading.as_str())).then_some("")
    };
    report.section(id).or_else(headed).map(|text| (id.as_str(), text)).into_iter().collect()
}

/// One thing that the notice requires of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    pub label: Text,
    /// Whether it is there; `None` where only a person can judge.
    pub met: Option<bool>,
}

/// What the notice requires of the text of a section.
pub fn points(report: &Report, prior: Option<&Report>, section: &str) -> Vec<Point> {
    let text = report.section(section).unwrap_or_default();
    let known = report.form.sections.iter().find(|known| known.id == section);
    let of_this = |requirement: &&Requirement| {
        requirement.agencies.as_ref().is_none_or(|agencies| agencies.include(&report.agency))
    };
    let met = |requirement: &Requirement| match &requirement.rule {
        _ if text.trim().is_empty() => Some(false),
        Some(code) => {
            let rule = report.form.texts.iter().find(|rule| rule.code == *code)?;
            let decided = !matches!(rule.bound, TextBound::Repeats(_)) || prior.is_some();
            decided.then(|| count(text, section, prior, &rule.bound).is_none())
        }
        None if requirement.any.is_empty() => None,
        None => Some(requirement.any.iter().any(|word| text.contains(word.as_str()))),
    };
    let requires = known.into_iter().flat_map(|known| &known.requires).filter(of_this);
    requires.map(|requirement| Point { label: requirement.label.clone(), met: met(requirement) }).collect()
}

/// How many characters a text has, without spaces.
pub fn length(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

fn broken(
    report: &Report,
    prior: Option<&Report>,
    (section, text): (&str, &str),
    rule: &TextRule,
    language: Language,
) -> Option<Finding> {
    let (counted, words) = count(text, section, prior, &rule.bound)?;
    let counted = counted.map(|counted| counted.to_string());
    let count = counted.clone().unwrap_or_default();
    let name = heading(&report.form, section, language);
    let values = [("section", &*name), ("count", &*count), ("words", words)];
    let message = fill(rule.wording.get(language), &values);
    let finding = Finding::new(&rule.rule, rule.severity, message).coded(&rule.code).in_section(section);
    Some(finding.comparing(counted, None).quoting(found(section, text, words).into_iter().collect()))
}

/// What was counted in a text that breaks a bound, and the words that break it; `None` where it holds.
fn count<'a>(
    text: &str,
    section: &str,
    prior: Option<&Report>,
    bound: &'a TextBound,
) -> Option<(Option<usize>, &'a str)> {
    let has = |word: &&String| text.contains(word.as_str());
    let mut words = "";
    let (counted, broken) = match bound {
        TextBound::AtLeast(least) => (Some(length(text)), length(text) < *least),
        TextBound::AtMost(most) => (Some(length(text)), length(text) > *most),
        TextBound::Any(any) => (None, !text.is_empty() && !any.iter().any(|word| has(&word))),
        TextBound::None(none) => {
            words = none.iter().find(has).map(String::as_str).unwrap_or_default();
            (None, !words.is_empty())
        }
        TextBound::Repeats(most) => {
            let share = repeats(text, prior.and_then(|prior| prior.section(section)).unwrap_or_default());
            (Some(share), share > *most)
        }
    };
    broken.then_some((counted, words))
}

/// Where words stand in a text.
fn found(section: &str, text: &str, words: &str) -> Option<Quote> {
    let at = text.find(words).filter(|_| !words.is_empty())?;
    let start = text[..at].chars().count();
    Some(Quote { section: section.to_owned(), start, end: start + words.chars().count(), text: words.to_owned() })
}

/// Shorter sentences (无。) are the same in every report.
const TELLING: usize = 8;

/// How many sentences of a text are compared.
const MOST: usize = 400;

/// How many in a hundred of the sentences of a text stand in another too; 0 where there are fewer
/// than three that say something. The years are left out: only they were changed in a copy.
fn repeats(text: &str, other: &str) -> usize {
    let sentences = |text: &str| -> Vec<String> {
        let plain = |sentence: &str| -> String {
            sentence.chars().filter(|c| !c.is_whitespace() && !c.is_ascii_digit()).collect()
        };
        let stop = |c: char| matches!(c, '。' | '；' | '！' | '？' | '\n');
        text.split(stop).map(plain).filter(|sentence| sentence.chars().count() >= TELLING).take(MOST).collect()
    };
    let (own, others) = (sentences(text), sentences(other));
    let same = own.iter().filter(|sentence| others.contains(sentence)).count();
    if own.len() < 3 { 0 } else { 100 * same / own.len() }
}

/// A title that does not name the report, or not its year.
fn title(report: &Report, language: Language) -> Option<Finding> {
    let title: String = report.title.chars().filter(|c| !c.is_whitespace()).collect();
    if title.is_empty() || report.form.titles.is_empty() {
        return None;
    }
    let printed = &report.title;
    let named = report.form.titles.iter().any(|known| title.contains(known.as_str()));
    let due = &report.form.titles[0];
    let dated = report.year.is_none_or(|year| title.contains(&year.to_string()));
    let other_year = years(&title).into_iter().find(|year| Some(*year) != report.year);
    let (code, message) = if !named {
        ("title", words::FINDING_TITLE_WORDS)
    } else if dated {
        return None;
    } else if other_year.is_some() {
        ("title-year", words::FINDING_TITLE_OTHER_YEAR)
    } else {
        ("title-year", words::FINDING_TITLE_NO_YEAR)
    };
    let year = |year: Option<i32>| year.unwrap_or_default().to_string();
    let values = [("printed", &**printed), ("due", due), ("other", &year(other_year)), ("year", &year(report.year))];
    let end = printed.chars().count();
    let quote = Quote { section: TITLE_TEXT.to_owned(), start: 0, end, text: printed.clone() };
    let message = language.say(message, &values);
    Some(Finding::new("template", Severity::Warning, message).coded(code).quoting(vec![quote]))
}

/// The numbers of four digits in a text that can be years.
fn years(text: &str) -> Vec<i32> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() == 4);
    numbers.filter_map(|number| number.parse().ok()).filter(|year| (1990..2100).contains(year)).collect()
}

fn odd_period(report: &Report, odd: &Odd, language: Language) -> Finding {
    let quote = quote(report, &odd.place);
    let place = text_name(&report.form, &odd.place.section, language);
    let words = one_line(&quote.text);
    let (code, message) = match &odd.kind {
        OddKind::Span(_) => ("period", words::FINDING_PERIOD_SPAN),
        OddKind::Garbled(_) => ("period", words::FINDING_PERIOD_GARBLED),
        OddKind::Stale(_) => ("stale-year", words::FINDING_YEAR_STALE),
        OddKind::Begins(_) => ("stale-year", words::FINDING_TEXT_BEGINS_STALE),
    };
    let given = match &odd.kind {
        OddKind::Span(given) | OddKind::Stale(given) | OddKind::Begins(given) => given.to_string(),
        OddKind::Garbled(given) => given.clone(),
    };
    let year = report.year.unwrap_or_default().to_string();
    let values = [("place", &*place), ("words", &words), ("given", &given), ("year", &year)];
    let message = language.say(message, &values);
    let finding = Finding::new("narrative", Severity::Warning, message).coded(code);
    finding.in_section(&odd.place.section).quoting(vec![quote])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_sentences_are_counted_without_their_years() {
        let last = "2022年，我镇公开工作取得成绩。存在公开不够及时的问题。下一步将加强人员培训工作。无。";
        let same = "2023年，我镇公开工作取得成绩。存在公开不够及时的问题。下一步将加强人员培训工作。无。";
        let other = "2023年，我镇公开工作取得成绩。存在解读形式单一的问题。下一步将制作图解和视频。无。";
        assert_eq!((repeats(same, last), repeats(other, last), repeats(same, "")), (100, 33, 0));
        assert_eq!(repeats("无。", "无。"), 0);
    }
}
