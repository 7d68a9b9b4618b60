//! The formats in which a report can be had as a file, and what such a file is called.

use crate::language::Language;
use crate::report::Report;

/// A format of files.
#[derive(Debug, PartialEq, Eq)]
pub struct Format {
    /// The ending of its files, by which it is asked for.
    pub ending: &'static str,
    /// What people call it; the ending where that is its name.
    pub name: &'static str,
}

/// The formats at hand, those first that are asked for most.
pub static FORMATS: [Format; 6] = [
    Format { ending: "docx", name: "Word" },
    Format { ending: "xlsx", name: "Excel" },
    Format { ending: PAGE, name: "HTML" },
    Format { ending: "csv", name: "CSV" },
    Format { ending: "md", name: "Markdown" },
    Format { ending: JSON, name: "JSON" },
];

/// Those of a chart.
pub static DRAWN: Format = Format { ending: "svg", name: "SVG" };
pub static PAINTED: Format = Format { ending: "png", name: "PNG" };

/// The format that needs no program of its own.
pub const JSON: &str = "json";

/// The format that can hold charts.
pub const PAGE: &str = "html";

pub fn format(ending: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.ending == ending)
}

/// The endings of all formats, for a sentence.
pub fn endings() -> String {
    FORMATS.each_ref().map(|format| format.ending).join(", ")
}

/// How many characters of a name are kept: with three bytes each, file systems take no more.
const LONGEST: usize = 80;

/// What a file of a report is called: by its title as the form prints it.
pub fn file_name(report: &Report, ending: &str) -> String {
    safe_name(&report.due_title(Language::CHINESE), ending)
}

/// What the file of a chart is called.
pub fn chart_name(report: &Report, title: &str, ending: &str) -> String {
    let year = report.year.map(|year| year.to_string() + "年").unwrap_or_default();
    safe_name(&[&report.agency, &year, "-", title].concat(), ending)
}

/// A name without what file systems refuse.
fn safe_name(name: &str, ending: &str) -> String {
    let refused = |c: char| c.is_control() || r#"\/:*?"<>|"#.contains(c);
    let safe: String = name.chars().map(|c| if refused(c) { '_' } else { c }).take(LONGEST).collect();
    format!("{}.{ending}", safe.trim_matches(|c: char| c.is_whitespace() || c == '.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;

    fn name(agency: &str, year: Option<i32>, ending: &str) -> String {
        let mut report = Report::empty(Forms::official().get("gongkai-2021").unwrap().clone());
        (report.agency, report.year) = (agency.to_owned(), year);
        file_name(&report, ending)
    }

    #[test]
    fn a_file_is_called_as_the_title_is_printed() {
        assert_eq!(name("某镇", Some(2023), "docx"), "某镇2023年政府信息公开工作年度报告.docx");
        let odd = name("..某县/某局: “办”?\n", Some(2023), "csv");
        assert_eq!(odd, "某县_某局_ “办”__2023年政府信息公开工作年度报告.csv");
        assert!(!name("", None, "md").starts_with([' ', '.']));
        assert_eq!(name(&"局".repeat(300), Some(2023), "md").chars().count(), LONGEST + 3);
    }

    #[test]
    fn a_chart_is_called_by_its_report_and_its_title() {
        let mut report = Report::empty(Forms::official().get("gongkai-2021").unwrap().clone());
        (report.agency, report.year) = ("某县/某镇".to_owned(), Some(2023));
        assert_eq!(chart_name(&report, "办理结果", "svg"), "某县_某镇2023年-办理结果.svg");
    }

    #[test]
    fn each_format_has_its_ending() {
        assert_eq!(format("xlsx").map(|format| format.name), Some("Excel"));
        assert_eq!(format("doc"), None);
        assert_eq!(endings(), "docx, xlsx, html, csv, md, json");
    }
}
