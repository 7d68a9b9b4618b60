//! The formats in which a report can be had as a file, and what such a file is called.

use crate::language::Language;
use crate::naming;
use crate::report::Report;

/// A format of files.
#[derive(Debug, PartialEq, Eq)]
pub struct Format {
    /// The ending of its files, by which it is asked for.
    pub ending: &'static str,
    /// What people call it; the ending where that is its name.
    pub name: &'static str,
}

/// All formats, those first that are asked for most.
pub static FORMATS: [Format; 7] = [
    Format { ending: "docx", name: "Word" },
    Format { ending: "xlsx", name: "Excel" },
    Format { ending: PAGE, name: "HTML" },
    Format { ending: OFFLINE, name: "HTML" },
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

/// The format that is this view itself with the report in it, in one file.
pub const OFFLINE: &str = "offline";

impl Format {
    /// The ending that its files have.
    pub fn file_ending(&self) -> &'static str {
        if self.ending == OFFLINE { PAGE } else { self.ending }
    }
}

pub fn format(ending: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.ending == ending)
}

/// Which formats are at hand: those by these endings, or all where nothing is said. JSON always is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AtHand(pub Option<Vec<String>>);

impl AtHand {
    pub fn has(&self, format: &Format) -> bool {
        let named = |endings: &Vec<String>| endings.iter().any(|ending| ending == format.ending);
        format.ending == JSON || self.0.as_ref().is_none_or(named)
    }

    /// Those in which a report can be had. There is at least one.
    pub fn formats(&self) -> impl Iterator<Item = &'static Format> {
        FORMATS.iter().filter(|format| self.has(format))
    }

    /// Their endings, for a sentence.
    pub fn endings(&self) -> String {
        self.formats().map(|format| format.ending).collect::<Vec<_>>().join(", ")
    }
}

/// How many bytes of a name are kept: file systems take 255 with its ending.
const LONGEST: usize = 240;

/// What a file of a report is called: by its title as the form prints it.
pub fn file_name(report: &Report, ending: &str) -> String {
    safe_name(&report.due_title(Language::CHINESE), ending)
}

/// What the file of a chart is called.
pub fn chart_name(report: &Report, title: &str, ending: &str) -> String {
    safe_name(&[&report.agency, &year(report), "-", title].concat(), ending)
}

/// What the file is called that the report is taken along in: by whose it is, its form, and the day on which it was
/// made.
pub fn offline_name(report: &Report, day: &str) -> String {
    let rest = [&year(report), "-", &report.form.id, "-", day].concat();
    // Of a name that is too long the agency is cut.
    let agency = naming::accepted(&report.agency);
    let name = [naming::shortened(&agency, LONGEST.saturating_sub(rest.len())), &rest].concat();
    safe_name(name.trim_start_matches('-'), PAGE)
}

/// The year of a report as names of files have it.
fn year(report: &Report) -> String {
    report.year.map(|year| Language::CHINESE.printed_year(year)).unwrap_or_default()
}

/// A name without what file systems refuse.
fn safe_name(name: &str, ending: &str) -> String {
    let accepted = naming::accepted(name);
    format!("{}.{ending}", naming::usable(naming::shortened(&accepted, LONGEST)))
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
        for long in ["局", "𠮷", "👩\u{200d}🌾"] {
            let name = name(&long.repeat(300), Some(2023), "md");
            assert!(name.len() <= LONGEST + 3 && name.len() > LONGEST - 4, "{name}");
        }
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
        assert_eq!(format("offline").map(Format::file_ending), Some("html"));
        assert_eq!(AtHand::default().endings(), "docx, xlsx, html, offline, csv, md, json");
    }

    #[test]
    fn what_is_at_hand_may_be_told() {
        let of = |endings: &[&str]| AtHand(Some(endings.iter().map(|ending| (*ending).to_owned()).collect()));
        assert_eq!(of(&["offline", "csv", "svg", "pdf"]).endings(), "offline, csv, json");
        assert!(of(&["svg"]).has(&DRAWN) && !of(&["svg"]).has(&PAINTED) && AtHand::default().has(&PAINTED));
        assert_eq!(of(&[]).endings(), "json");
    }

    #[test]
    fn a_file_to_take_along_is_called_by_whose_it_is_and_its_day() {
        let mut report = Report::empty(Forms::official().get("gongkai-2021").unwrap().clone());
        assert_eq!(offline_name(&report, "20240115"), "gongkai-2021-20240115.html");
        (report.agency, report.year) = ("某县/某镇".to_owned(), Some(2023));
        assert_eq!(offline_name(&report, "20240115"), "某县_某镇2023年-gongkai-2021-20240115.html");
        report.agency = "局".repeat(300);
        let long = offline_name(&report, "20240115");
        assert!(long.len() <= LONGEST + 5 && long.len() > LONGEST, "{long}");
        assert!(long.ends_with("局2023年-gongkai-2021-20240115.html"), "{long}");
    }
}
