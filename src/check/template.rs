//! The form itself: whether it is the one in force for the year, whether its headings are there,
//! in order and in the prescribed words, and whether a superseded notice is cited.

use crate::finding::{Finding, Quote, Severity};
use crate::form::{Form, Section};
use crate::language::Language;
use crate::report::Report;
use crate::words;

pub fn findings(report: &Report, language: Language, findings: &mut Vec<Finding>) {
    findings.extend(form_year(report, language));
    // The sections of an open form are those of the report.
    if let Some(headings) = report.headings.as_ref().filter(|_| !report.form.open) {
        compare_headings(&report.form, headings, language, findings);
    }
    findings.extend(superseded_notices(report, language));
}

fn template(code: &str, message: String) -> Finding {
    Finding::new("template", Severity::Warning, message).coded(code)
}

fn form_year(report: &Report, language: Language) -> Option<Finding> {
    let (form, name) = (&*report.form, report.form.name.get(language));
    let Some(year) = report.year else {
        let message = language.word(words::FINDING_YEAR_UNKNOWN);
        return Some(Finding::new("form-year", Severity::Info, message));
    };
    if form.years.contains(year) {
        return None;
    }
    let due = match &form.replaced_by {
        Some(number) if year > form.years.from => language.say(words::FINDING_FORM_DUE, &[("number", number)]),
        _ => language.word(words::FINDING_FORM_IN_FORCE).to_owned(),
    };
    let (year, years) = (year.to_string(), printed_years(form, language));
    let message =
        language.say(words::FINDING_FORM_YEAR, &[("year", &year), ("name", name), ("years", &years), ("due", &due)]);
    Some(Finding::new("form-year", Severity::Warning, message))
}

fn printed_years(form: &Form, language: Language) -> String {
    let from = form.years.from.to_string();
    match form.years.to {
        Some(to) => language.say(words::FINDING_YEARS_FROM_TO, &[("from", &from), ("to", &to.to_string())]),
        None => language.say(words::FINDING_YEARS_FROM, &[("from", &from)]),
    }
}

/// A heading without spaces, and with punctuation in one width, for comparison.
fn plain(heading: &str) -> String {
    let plain = heading.chars().filter(|c| !c.is_whitespace() && *c != '\u{3000}');
    plain.map(|c| if matches!(c, ',' | '，' | '.' | '．') { '、' } else { c }).collect()
}

/// The share of two-character pieces that two headings have in common, from 0 to 100.
fn alike(one: &str, other: &str) -> usize {
    let pieces = |text: &str| {
        let chars: Vec<char> = text.chars().collect();
        chars.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
    };
    let (one, other) = (pieces(one), pieces(other));
    let common = one.iter().filter(|piece| other.contains(piece)).count();
    200 * common / (one.len() + other.len()).max(1)
}

/// From which likeness on a published heading is taken for the prescribed one.
const SAME_HEADING: usize = 55;

fn compare_headings(form: &Form, published: &[String], language: Language, findings: &mut Vec<Finding>) {
    let published: Vec<String> = published.iter().map(|heading| plain(heading)).collect();
    let mut missing = Vec::new();
    let mut places = Vec::new();
    for section in &form.sections {
        let due = plain(&section.printed_heading(Language::CHINESE));
        let best = (0..published.len()).max_by_key(|&at| (alike(&due, &published[at]), usize::MAX - at));
        match best.filter(|&at| alike(&due, &published[at]) >= SAME_HEADING) {
            None => missing.push(section),
            Some(at) => {
                places.push(at);
                findings.extend(other_words(section, &published[at], &due, language));
            }
        }
    }
    findings.extend(missing_headings(&missing, language));
    if !places.is_sorted() {
        findings.push(wrong_order(form, language));
    }
}

fn other_words(section: &Section, published: &str, due: &str, language: Language) -> Option<Finding> {
    if published == due {
        return None;
    }
    let printed = section.printed_heading(Language::CHINESE);
    let numbered = published.split_once('、').filter(|(number, heading)| {
        plain(&section.heading.zh) == *heading && !number.is_empty() && *number != section.number
    });
    if let Some((number, _)) = numbered {
        let message = language.say(
            words::FINDING_HEADING_NUMBER,
            &[("published", published), ("number", number), ("due", &section.number)],
        );
        return Some(template("number", message).in_section(&section.id));
    }
    let message = language.say(words::FINDING_HEADING_WORDS, &[("published", published), ("printed", &printed)]);
    Some(template("heading", message).in_section(&section.id))
}

fn missing_headings(missing: &[&Section], language: Language) -> Option<Finding> {
    if missing.is_empty() {
        return None;
    }
    let headings: Vec<_> = missing.iter().map(|section| section.printed_heading(Language::CHINESE)).collect();
    let headings = headings.join(language.word(words::BETWEEN_QUOTED));
    let message = language
        .say(words::FINDING_HEADINGS_MISSING, &[("headings", &headings), ("count", &missing.len().to_string())]);
    Some(template("missing", message))
}

fn wrong_order(form: &Form, language: Language) -> Finding {
    let numbers: Vec<_> = form.sections.iter().map(|section| section.number.as_str()).collect();
    let numbers = numbers.join("、");
    let message = language.say(words::FINDING_HEADINGS_ORDER, &[("numbers", &numbers)]);
    template("order", message)
}

/// Whether everyone writes this character of a notice number differently, or leaves it out.
fn is_fringe(c: char) -> bool {
    c.is_whitespace() || "〔〕[]［］（）()【】﹝﹞".contains(c)
}

/// Where a notice number stands in a text, however its brackets and spaces are written.
fn cited(section: &str, text: &str, number: &str) -> Option<Quote> {
    let number: Vec<char> = number.chars().filter(|c| !is_fringe(*c)).collect();
    let bare: Vec<(usize, char)> = text.chars().enumerate().filter(|(_, c)| !is_fringe(*c)).collect();
    let stands = |window: &[(usize, char)]| window.iter().map(|(_, c)| c).eq(&number);
    let found = bare.windows(number.len()).find(|window| stands(window))?;
    let (start, end) = (found.first()?.0, found.last()?.0 + 1);
    let text = text.chars().skip(start).take(end - start).collect();
    Some(Quote { section: section.to_owned(), start, end, text })
}

fn superseded_notices(report: &Report, language: Language) -> Vec<Finding> {
    let form = &*report.form;
    let in_force = report.year.is_none_or(|year| form.years.contains(year));
    let mut findings = Vec::new();
    for (section, text) in report.sections.iter().filter(|_| in_force) {
        for number in &form.superseded {
            let Some(quote) = cited(section, text, number) else { continue };
            let message =
                language.say(words::FINDING_NOTICE_SUPERSEDED, &[("number", number), ("current", &form.notice.number)]);
            findings.push(template("notice", message).in_section(section).quoting(vec![quote]));
        }
    }
    findings
}
