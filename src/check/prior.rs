//! Whether last year's report is one that this year's can be compared with.

use crate::finding::{Finding, Severity};
use crate::language::{Language, Text, fill};
use crate::pairing::plain_name;
use crate::report::Report;

/// What speaks against a comparison.
#[derive(Debug)]
pub struct Doubt {
    /// Whether the comparison is made all the same.
    pub comparable: bool,
    severity: Severity,
    sentence: Text,
}

impl Doubt {
    pub fn finding(&self, language: Language) -> Finding {
        Finding::new("carry-over", self.severity, self.sentence.get(language))
    }
}

/// Another year's report is not compared at all; another agency's name is pointed out.
pub fn doubt(report: &Report, prior: &Report) -> Option<Doubt> {
    if let (Some(year), Some(given)) = (report.year, prior.year)
        && given != year.saturating_sub(1)
    {
        let sentence = in_both(
            "给出的上一年度报告是 {given} 年的，不是 {due} 年的，所以没有核对结转。请换成 {due} 年的报告。",
            "The report given as last year's is for {given}, not {due}; carry-over was not checked. Please give the one for {due}.",
            &[("given", &given.to_string()), ("due", &year.saturating_sub(1).to_string())],
        );
        return Some(Doubt { comparable: false, severity: Severity::Warning, sentence });
    }
    let (plain, plain_given) = (plain_name(&report.agency), plain_name(&prior.agency));
    if plain.ends_with(&plain_given) || plain_given.ends_with(&plain) {
        return None;
    }
    let sentence = in_both(
        "本年报告的机关是“{name}”，上一年度报告的机关是“{given}”。请确认是同一机关的报告。",
        "This report is by “{name}”, last year's by “{given}”. Please make sure that both are the same body's.",
        &[("name", &report.agency), ("given", &prior.agency)],
    );
    Some(Doubt { comparable: true, severity: Severity::Info, sentence })
}

/// A sentence in both languages: a doubt is kept, and asked for in either later.
fn in_both(zh: &str, en: &str, values: &[(&str, &str)]) -> Text {
    Text { zh: fill(zh, values), en: fill(en, values) }
}
