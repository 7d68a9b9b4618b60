//! 情况说明: the reason that a report gives for a finding. It is kept with the rule, the cells and
//! what stood in them at that time, and counts only as long as that is still so. An error cannot be
//! answered away.

use serde_json::{Map, Value as Json};

use crate::finding::{Equation, Finding, Severity, Source};

/// A reason, and what it was given for.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub rule: String,
    /// Which of the checks under the rule's name; empty where there is one.
    pub code: String,
    /// The addresses of the cells that took part.
    pub cells: Vec<String>,
    /// What stood there: by address; `prior:` and an address for last year's report; `text:` and a
    /// section for words of the text; `section`, `year` and `actual` for what is about no cell.
    pub values: Map<String, Json>,
    pub reason: String,
}

impl Answer {
    /// How many bytes it takes, about.
    pub fn size(&self) -> usize {
        let cells = self.cells.iter().map(|cell| size_of::<String>() + cell.len()).sum::<usize>();
        let values = self.values.iter().map(|(key, _)| 2 * key.len() + size_of::<Json>()).sum::<usize>();
        size_of::<Answer>() + self.reason.len() + cells + values
    }

    /// The answer to a finding of a report of which `figures` tells what stands at an address; `None`
    /// where it is an error, or the reason is blank.
    pub fn to(finding: &Finding, figures: Figures, reason: &str) -> Option<Answer> {
        let reason = reason.trim();
        let answerable = finding.severity != Severity::Error && !reason.is_empty();
        answerable.then(|| Answer {
            rule: finding.rule.clone(),
            code: finding.code.clone(),
            cells: finding.cells.clone(),
            values: values(finding, figures),
            reason: reason.to_owned(),
        })
    }

    /// Whether it was given for this finding as it is now.
    pub fn is_for(&self, finding: &Finding, figures: Figures) -> bool {
        finding.severity != Severity::Error && self.names(finding) && self.values == values(finding, figures)
    }

    /// Whether it was given for the same rule and cells, whatever stands there now.
    pub fn names(&self, finding: &Finding) -> bool {
        let section = |values: &Map<String, Json>| values.get("section").cloned();
        let here = about(finding);
        (&self.rule, &self.code, &self.cells) == (&finding.rule, &finding.code, &finding.cells)
            && section(&self.values) == section(&here)
    }

    /// An answer of a report's JSON; `None` where it is none.
    pub fn from_json(json: &Json) -> Option<Answer> {
        let text = |key: &str| json.get(key).and_then(Json::as_str).map(str::to_owned);
        let cells = json.get("cells")?.as_array()?.iter().map(|cell| cell.as_str().map(str::to_owned));
        Some(Answer {
            rule: text("rule")?,
            code: text("code").unwrap_or_default(),
            cells: cells.collect::<Option<_>>()?,
            values: json.get("values").and_then(Json::as_object).cloned().unwrap_or_default(),
            reason: text("reason")?,
        })
    }

    pub fn to_json(&self) -> Json {
        let mut map = Map::new();
        map.insert("rule".into(), self.rule.as_str().into());
        if !self.code.is_empty() {
            map.insert("code".into(), self.code.as_str().into());
        }
        map.insert("cells".into(), self.cells.clone().into());
        map.insert("values".into(), Json::Object(self.values.clone()));
        map.insert("reason".into(), self.reason.as_str().into());
        Json::Object(map)
    }
}

/// What stands at an address of a report, as text; `None` where the form has no such cell.
pub type Figures<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The address by which the year of a report is asked for.
pub const YEAR: &str = "year";

/// The section of a finding that is about no cell, by which it is told from others of its rule.
fn about(finding: &Finding) -> Map<String, Json> {
    let section = finding.section.as_ref().filter(|_| finding.cells.is_empty());
    section.map(|section| ("section".to_owned(), section.as_str().into())).into_iter().collect()
}

/// What a finding rests on, as texts by place.
fn values(finding: &Finding, figures: Figures) -> Map<String, Json> {
    let mut values = about(finding);
    if finding.cells.is_empty() {
        let year = figures(YEAR).map(|year| (YEAR, year));
        let actual = finding.actual.clone().map(|actual| ("actual", actual));
        values.extend(year.into_iter().chain(actual).map(|(key, value)| (key.to_owned(), value.into())));
    }
    for address in &finding.cells {
        if let Some(figure) = figures(address) {
            values.insert(address.clone(), figure.into());
        }
    }
    for quote in &finding.quotes {
        let key = format!("text:{}", quote.section);
        let before = values.get(&key).and_then(Json::as_str).map(|before| format!("{before} … ")).unwrap_or_default();
        values.insert(key, (before + &quote.text).into());
    }
    if let Some(Equation { left, right, .. }) = &finding.equation {
        for operand in left.iter().chain(right) {
            if let Source::Prior(address) = &operand.source {
                values.insert(format!("prior:{address}"), operand.value.as_str().into());
            }
        }
    }
    values
}
