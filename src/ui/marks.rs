//! Which cells and sections the findings are about.

use super::groups::Group;
use crate::finding::{Finding, Severity};
use crate::form::{CellId, Form};

/// How many cells of one finding can be reached by the Tab key: a table of blanks shall not put a
/// hundred stops in the way. The others keep their button, for a pointer.
const TAB_STOPS: usize = 8;

/// What the findings say about one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The gravest.
    pub severity: Severity,
    /// The findings that it takes part in, by their places in the list.
    pub findings: Vec<usize>,
    /// Whether it is the likeliest culprit of one of them.
    pub culprit: bool,
    pub tab_stop: bool,
}

/// The marks of a report, a place for each cell of its form.
pub struct Marks(Vec<Option<Mark>>);

impl Marks {
    pub fn of(&self, cell: CellId) -> Option<&Mark> {
        self.0.get(cell.index())?.as_ref()
    }
}

/// Whether a finding leaves a mark: one that is answered only while it is open, and blank cells that are
/// being filled in not at all. What was inferred has a mark of its own, see [`super::origins::mark`].
pub fn leaves_mark(finding: &Finding, open: bool, editable: bool) -> bool {
    let told_otherwise = editable && Group::of(finding) == Group::Fill || finding.rule == "inferred";
    open || finding.answer.is_none() && !told_otherwise
}

/// The cells that findings mark.
pub fn marks(form: &Form, findings: &[Finding], marking: impl Fn(usize, &Finding) -> bool) -> Marks {
    let mut marks = vec![None; form.cell_count()];
    for (place, finding) in findings.iter().enumerate().filter(|(place, finding)| marking(*place, finding)) {
        for (rank, address) in finding.cells.iter().enumerate() {
            let Some(cell) = form.find(address) else { continue };
            let severity = finding.severity;
            let new = || Mark { severity, findings: Vec::new(), culprit: false, tab_stop: false };
            let mark = marks[cell.index()].get_or_insert_with(new);
            mark.severity = mark.severity.min(severity);
            mark.findings.push(place);
            mark.culprit |= rank == 0;
            mark.tab_stop |= rank < TAB_STOPS;
        }
    }
    Marks(marks)
}

/// The section that a finding belongs to: the one that it names, or that of its first cell.
pub fn section_of<'a>(form: &'a Form, finding: &'a Finding) -> Option<&'a str> {
    let of_cell = || {
        let cell = finding.cells.iter().find_map(|address| form.find(address))?;
        Some(form.section_of(form.cell(cell).table).id.as_str())
    };
    let of_words = || finding.quotes.first().map(|quote| quote.section.as_str());
    finding.section.as_deref().or_else(of_words).or_else(of_cell)
}

/// How many findings a section has that are not answered, and the gravest severity among them.
pub fn tally(form: &Form, findings: &[Finding], section: &str) -> Option<(usize, Severity)> {
    let open = findings.iter().filter(|finding| finding.answer.is_none());
    let here = open.filter(|finding| section_of(form, finding) == Some(section));
    here.fold(None, |tally, finding| match tally {
        None => Some((1, finding.severity)),
        Some((count, severity)) => Some((count + 1, finding.severity.min(severity))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;

    fn finding(severity: Severity, cells: &[&str]) -> Finding {
        let cells = cells.iter().map(|cell| (*cell).to_owned()).collect();
        Finding { cells, ..Finding::new("test", severity, "") }
    }

    #[test]
    fn a_cell_carries_its_gravest_finding_and_all_of_them() {
        let forms = Forms::official();
        let form = forms.get("gongkai-2021").unwrap();
        let findings = [
            finding(Severity::Error, &["disputes.review.total", "disputes.review.upheld"]),
            finding(Severity::Warning, &["disputes.review.upheld", "nowhere.at.all"]),
        ];
        let marks = marks(form, &findings, |_, _| true);
        assert_eq!(marks.0.iter().flatten().count(), 2);
        let upheld = marks.of(form.find("disputes.review.upheld").unwrap()).unwrap();
        assert_eq!((upheld.severity, upheld.findings.as_slice()), (Severity::Error, [0, 1].as_slice()));
        assert_eq!(tally(form, &findings, "disputes"), Some((2, Severity::Error)));
        assert_eq!(tally(form, &findings, "overview"), None);
    }

    #[test]
    fn what_is_answered_is_not_counted_and_marked_only_while_it_is_open() {
        let forms = Forms::official();
        let form = forms.get("gongkai-2021").unwrap();
        let mut findings = [finding(Severity::Warning, &["disputes.review.upheld"])];
        findings[0].answer = Some("已核对".to_owned());
        assert_eq!(tally(form, &findings, "disputes"), None);
        assert!(!leaves_mark(&findings[0], false, false) && leaves_mark(&findings[0], true, false));
        let blank = finding(Severity::Warning, &["disputes.review.upheld"]);
        let blank = Finding { rule: "blank".into(), ..blank };
        assert!(leaves_mark(&blank, false, false) && !leaves_mark(&blank, false, true));
        let inferred = Finding { rule: "inferred".into(), severity: Severity::Info, ..blank };
        assert!(!leaves_mark(&inferred, false, false) && leaves_mark(&inferred, true, true));
        assert_eq!(marks(form, &findings, |_, _| false).0.iter().flatten().count(), 0);
    }

    #[test]
    fn only_the_first_cells_of_a_finding_stop_the_tab_key() {
        let forms = Forms::official();
        let form = forms.get("gongkai-2021").unwrap();
        let all: Vec<&str> = form.cells().map(|(_, cell)| cell.address.as_str()).collect();
        let marks = marks(form, &[finding(Severity::Warning, &all)], |_, _| true);
        assert_eq!(marks.0.iter().flatten().filter(|mark| mark.tab_stop).count(), TAB_STOPS);
    }
}
