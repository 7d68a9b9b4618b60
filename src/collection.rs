//! Several reports that come together, of one body for several years or of several bodies: which of them is
//! shown, which are that body's own, and which come twice.

use serde_json::Value as Json;

use crate::finding::{Finding, Severity};
use crate::forms::Forms;
use crate::language::Language;
use crate::pairing::{may_be_one, plain_name};
use crate::report::{self, ReadError, Report};
use crate::words;

/// Whether a text begins as a list of reports in JSON does. A text may well begin with a bracket, but hardly
/// with one that opens around another.
pub fn begins_as_list(text: &[u8]) -> bool {
    let inside = text.trim_ascii_start().strip_prefix(b"[").map(<[u8]>::trim_ascii_start);
    inside.is_some_and(|inside| matches!(inside.first(), Some(b'{' | b']')))
}

/// So many reports are read whatever they hold. Each takes some thousands of bytes, be it blank.
const SOME: usize = 1000;
/// More of them are read where so many bytes stand for each; a report that is filled in takes several times that.
const LEAST_BYTES: usize = 1000;

/// Reads the reports of JSON text: one, or a list of them, in which each that is none has its reason. There is
/// at least one.
///
/// # Errors
/// Where it is no JSON, or neither a report nor a list of some, or one of thousands that say nothing.
pub fn from_json(json: &str, forms: &Forms) -> Result<Vec<Result<Report, ReadError>>, ReadError> {
    match report::parsed(json)? {
        Json::Array(list) if list.len() > SOME.max(json.len() / LEAST_BYTES) => {
            Err(ReadError::new(words::REFUSED_TOO_MANY_ROWS, &[]))
        }
        Json::Array(list) if !list.is_empty() => {
            Ok(list.into_iter().map(|json| Report::from_value(json, forms)).collect())
        }
        json => Report::from_value(json, forms).map(|report| vec![Ok(report)]),
    }
}

/// The place of the one that is shown: the newest of those by the body of the first.
pub fn newest(reports: &[&Report]) -> usize {
    let own = reports.first().map(|first| of_body(&first.agency, reports)).unwrap_or_default();
    // Of several for one year the first counts.
    own.into_iter().rev().max_by_key(|at| reports[*at].year).unwrap_or_default()
}

/// The places of the reports by the body of this name: those of the whole name, and for a year that has none of
/// it the one whose name ends with it or is its end. Where there are two of these, none is taken.
pub fn of_body(agency: &str, reports: &[&Report]) -> Vec<usize> {
    let name = plain_name(agency);
    let names: Vec<_> = reports.iter().map(|report| plain_name(&report.agency)).collect();
    let is_rival = |at: usize, other: usize| reports[other].year == reports[at].year && names[other] != names[at];
    let is_own = |at: &usize| {
        let is_alone = || !(0..names.len()).any(|other| is_rival(*at, other) && may_be_one(&name, &names[other]));
        may_be_one(&name, &names[*at]) && (names[*at] == name || is_alone())
    };
    (0..names.len()).filter(is_own).collect()
}

/// Last year's report of a report's body, where there is one without doubt.
pub fn prior<'a>(report: &Report, others: &'a [Report]) -> Option<&'a Report> {
    let due = report.year?.checked_sub(1);
    let of_year: Vec<_> = others.iter().filter(|other| other.year == due).collect();
    match of_body(&report.agency, &of_year).as_slice() {
        [only] => Some(of_year[*only]),
        _ => None,
    }
}

/// What is there beside the report that is shown: the others, each body's of each year once. Of one that says
/// something else than the one before it, it is told that it was left out.
pub fn beside(shown: &Report, others: Vec<Report>, language: Language) -> (Vec<Report>, Vec<Finding>) {
    let (mut kept, mut told) = (Vec::<Report>::new(), Vec::new());
    for other in others {
        let again = |known: &&Report| known.year == other.year && is_same_name(known, &other);
        match std::iter::once(shown).chain(&kept).find(again) {
            Some(known) if other.year.is_some() => told.extend((*known != other).then(|| repeated(&other, language))),
            _ => kept.push(other),
        }
    }
    (kept, told)
}

fn is_same_name(one: &Report, other: &Report) -> bool {
    let name = plain_name(&one.agency);
    !name.is_empty() && name == plain_name(&other.agency)
}

fn repeated(report: &Report, language: Language) -> Finding {
    let title = report.due_title(language);
    let message = language.say(words::REPORTS_GIVEN_TWICE, &[("title", &title)]);
    Finding::new("history", Severity::Info, message).coded("repeated")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(agency: &str, year: impl Into<Option<i32>>) -> Report {
        let mut report = Report::empty(Forms::official().get("gongkai-2021").unwrap().clone());
        (report.agency, report.year) = (agency.to_owned(), year.into());
        report
    }

    fn shown(reports: &[(&str, i32)]) -> usize {
        let reports: Vec<_> = reports.iter().map(|(agency, year)| report(agency, *year)).collect();
        newest(&reports.iter().collect::<Vec<_>>())
    }

    #[test]
    fn a_list_is_told_from_text_in_brackets() {
        assert!(begins_as_list(b"\r\n[ {}]") && begins_as_list(b"[]"));
        assert!(!begins_as_list(b"[2023]1") && !begins_as_list(b"{}") && !begins_as_list(b""));
    }

    #[test]
    fn of_a_list_each_that_is_no_report_has_its_reason() {
        let forms = Forms::official();
        let one = r#"{"form": "gongkai-2021", "agency": "甲", "year": 2023, "figures": {}}"#;
        let kinds = |json: &str| from_json(json, &forms).map(|list| list.iter().map(Result::is_ok).collect::<Vec<_>>());
        assert_eq!(kinds(one), Ok(vec![true]));
        assert_eq!(kinds(&format!("[{one}, 3, {one}]")), Ok(vec![true, false, true]));
        assert!(kinds("[]").unwrap_err().0.zh.contains("不是年度报告"));
        assert!(kinds("[").unwrap_err().0.zh.contains("不是完整的 JSON"));
    }

    #[test]
    fn a_list_of_thousands_that_say_nothing_is_refused() {
        let forms = Forms::official();
        let list = |count: usize, text: &str| {
            let one = format!(r#"{{"form": "gongkai-2021", "title": "{text}", "figures": {{}}}}"#);
            from_json(&format!("[{}]", vec![one; count].join(",")), &forms).map(|list| list.len())
        };
        assert_eq!(list(1000, ""), Ok(1000));
        assert_eq!(list(1200, &"甲".repeat(400)), Ok(1200));
        assert!(list(1001, "").unwrap_err().0.zh.contains("单独另存"), "{:?}", list(1001, ""));
    }

    #[test]
    fn the_newest_of_the_first_ones_body_is_shown() {
        assert_eq!(shown(&[]), 0);
        assert_eq!(shown(&[("甲镇", 2021), ("乙镇", 2024), ("甲镇人民政府", 2023), ("甲镇", 2022)]), 2);
        assert_eq!(shown(&[("甲镇", 2023), ("甲镇", 2023)]), 0);
        assert_eq!(shown(&[("某县甲镇", 2021), ("甲镇", 2023), ("某县", 2024)]), 1);
        assert_eq!(shown(&[("", 2021), ("", 2023)]), 0);
    }

    #[test]
    fn a_year_without_a_year_is_never_newer() {
        let (known, unknown) = (report("甲", 2020), report("甲", None));
        assert_eq!(newest(&[&unknown, &known]), 1);
    }

    #[test]
    fn where_two_may_be_the_body_none_is_taken() {
        let reports = [("城关镇", 2021), ("甲县城关镇", 2022), ("乙县城关镇", 2022), ("甲县城关镇", 2023)];
        let reports: Vec<_> = reports.iter().map(|(agency, year)| report(agency, *year)).collect();
        let places = |agency| of_body(agency, &reports.iter().collect::<Vec<_>>());
        assert_eq!(places("城关镇"), [0, 3]);
        assert_eq!(places("甲县城关镇"), [0, 1, 3]);
        assert_eq!(places("镇"), [0; 0]);
    }

    #[test]
    fn last_years_report_is_of_the_same_body_and_the_year_before() {
        let others = [report("甲镇", 2021), report("乙镇", 2022), report("某县甲镇", 2022)];
        let found = |agency, year: Option<i32>| prior(&report(agency, year), &others).map(|prior| &*prior.agency);
        assert_eq!(found("甲镇", Some(2023)), Some("某县甲镇"));
        assert_eq!(found("甲镇人民政府", Some(2022)), Some("甲镇"));
        assert_eq!((found("甲镇", Some(2024)), found("甲镇", None), found("丙镇", Some(2023))), (None, None, None));
    }

    #[test]
    fn what_comes_twice_is_left_out_and_told_where_it_differs() {
        let mut other = report("甲镇人民政府", 2023);
        other.title = "另一份".to_owned();
        let others = vec![
            report("甲镇", 2022),
            report("甲镇", 2023),
            other,
            report("甲镇", 2022),
            report("", 2022),
            report("", 2022),
        ];
        let (kept, told) = beside(&report("甲镇", 2023), others, Language::CHINESE);
        let kept: Vec<_> = kept.iter().map(|report| (&*report.agency, report.year.unwrap())).collect();
        assert_eq!(kept, [("甲镇", 2022), ("", 2022), ("", 2022)]);
        let [told] = told.as_slice() else { panic!("{told:?}") };
        assert!(told.message.contains("“甲镇人民政府2023年") && told.severity == Severity::Info, "{told:?}");
    }
}
