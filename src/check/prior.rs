//! Whether last year's report is one that this year's can be compared with.

use crate::finding::{Finding, Severity};
use crate::language::{Language, Text};
use crate::pairing::plain_name;
use crate::report::Report;
use crate::words;

/// What speaks against a comparison.
#[derive(Debug)]
pub struct Doubt {
    /// Whether the comparison is made all the same.
    pub comparable: bool,
    severity: Severity,
    /// In every language: it is kept, and asked for in any of them later.
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
        let values = [("given", &*given.to_string()), ("due", &year.saturating_sub(1).to_string())];
        let sentence = Text::of(words::FINDING_PRIOR_OTHER_YEAR, &values);
        return Some(Doubt { comparable: false, severity: Severity::Warning, sentence });
    }
    let (plain, plain_given) = (plain_name(&report.agency), plain_name(&prior.agency));
    if plain.ends_with(&plain_given) || plain_given.ends_with(&plain) {
        return None;
    }
    let values = [("name", &*report.agency), ("given", &prior.agency)];
    let sentence = Text::of(words::FINDING_PRIOR_OTHER_BODY, &values);
    Some(Doubt { comparable: true, severity: Severity::Info, sentence })
}
