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
    Format { ending: "html", name: "HTML" },
    Format { ending: "csv", name: "CSV" },
    Format { ending: "md", name: "Markdown" },
    Format { ending: JSON, name: "JSON" },
];

/// The format that needs no program of its own.
pub const JSON: &str = "json";

pub fn format(ending: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.ending == ending)
}

/// The endings of all formats, for a sentence.
pub fn endings() -> String {
    FORMATS.each_ref().map(|format| format.ending).join(", ")
}

/// How many characters of a name are kept: with three bytes each, file systems take no more.
const LONGEST: usize = 80;

/// What a file of a report is called: by its title as the form prints it, without what file systems refuse.
pub fn file_name(report: &Report, ending: &str) -> String {
    let refused = |c: char| c.is_control() || r#"\/:*?"<>|"#.contains(c);
    let title = report.due_title(Language::Chinese);
    let safe: String = title.chars().map(|c| if refused(c) { '_' } else { c }).take(LONGEST).collect();
    format!("{}.{ending}", safe.trim_matches(|c: char| c.is_whitespace() || c == '.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;

    fn check(agency: &str, year: Option<i32>, name: &str) {
        let form = Forms::official().get("gongkai-2021").unwrap().clone();
        let report = Report { agency: agency.to_owned(), year, ..Report::empty(form) };
        assert_eq!(file_name(&report, "docx"), name);
    }

    #[test]
    fn a_file_is_called_as_the_title_is_printed() {
        check("某镇", Some(2023), "某镇2023年政府信息公开工作年度报告.docx");
        check("..某县/某局: “办”?\n", Some(2023), "某县_某局_ “办”__2023年政府信息公开工作年度报告.docx");
        check("某", None, "某 政府信息公开工作年度报告格式.docx");
        assert_eq!(file_name(&long(), "md").chars().count(), LONGEST + 3);
    }

    fn long() -> Report {
        let form = Forms::official().get("gongkai-2021").unwrap().clone();
        Report { agency: "局".repeat(300), year: Some(2023), ..Report::empty(form) }
    }
}
