//! Findings by what there is to do about them, the most pressing first, and in each group in the
//! order of the report.

use super::marks;
use crate::finding::{Finding, Severity, TITLE_TEXT};
use crate::form::Form;
use crate::report::PREAMBLE;

/// What there is to do about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// 改正: it is wrong.
    Correct,
    /// 确认或说明: it is very likely wrong, or wants a reason.
    Confirm,
    /// 补填: nothing stands there.
    Fill,
    /// 参考: nothing has to be done.
    Consider,
    /// 已说明: the report gives a reason.
    Answered,
}

pub const GROUPS: [Group; 5] = [Group::Correct, Group::Confirm, Group::Fill, Group::Consider, Group::Answered];

impl Group {
    pub fn of(finding: &Finding) -> Group {
        match finding.severity {
            _ if finding.answer.is_some() => Group::Answered,
            Severity::Error => Group::Correct,
            Severity::Warning if finding.rule == "blank" => Group::Fill,
            Severity::Warning => Group::Confirm,
            Severity::Info => Group::Consider,
        }
    }

    /// The id of its heading.
    pub fn id(self) -> &'static str {
        match self {
            Group::Correct => "to-correct",
            Group::Confirm => "to-confirm",
            Group::Fill => "to-fill",
            Group::Consider => "to-consider",
            Group::Answered => "answered",
        }
    }

    /// The severity that its look is taken from.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Group::Correct => Some(Severity::Error),
            Group::Confirm | Group::Fill => Some(Severity::Warning),
            Group::Consider => Some(Severity::Info),
            Group::Answered => None,
        }
    }

    /// Whether it is folded under its heading until one asks for it: what is answered, and while a report
    /// is filled in, what is still blank.
    pub fn folds(self, editable: bool) -> bool {
        self == Group::Answered || editable && self == Group::Fill
    }

    /// How many of its findings are shown before one asks for all. An error is never left out.
    pub fn shown(self, editable: bool) -> usize {
        match self {
            _ if self.folds(editable) => 0,
            Group::Correct => usize::MAX,
            _ => 6,
        }
    }
}

/// The findings of a group by their places: those about the whole report, then section by section.
pub fn places<'a>(form: &'a Form, findings: &'a [Finding], group: Group) -> Vec<(Option<&'a str>, Vec<usize>)> {
    let mut sections: Vec<Option<&str>> = vec![None, Some(TITLE_TEXT), Some(PREAMBLE)];
    sections.extend(form.sections.iter().map(|section| Some(section.id.as_str())));
    let mut sorted: Vec<_> = sections.into_iter().map(|section| (section, Vec::new())).collect();
    for (place, finding) in findings.iter().enumerate().filter(|(_, finding)| Group::of(finding) == group) {
        let section = marks::section_of(form, finding);
        match sorted.iter_mut().find(|(known, _)| *known == section) {
            Some((_, places)) => places.push(place),
            None => sorted.push((section, vec![place])),
        }
    }
    sorted.retain(|(_, places)| !places.is_empty());
    sorted
}

/// What a group counts: findings, or for what is to be filled in, cells.
pub fn count(findings: &[Finding], group: Group) -> usize {
    let own = findings.iter().filter(|finding| Group::of(finding) == group);
    own.map(|finding| if group == Group::Fill { finding.cells.len() } else { 1 }).sum()
}

/// The findings of a group as they stand in the list.
pub fn order(form: &Form, findings: &[Finding], group: Group) -> Vec<usize> {
    places(form, findings, group).into_iter().flat_map(|(_, places)| places).collect()
}

/// The finding that one would turn to after this one: the next of its group, else the one before.
pub fn after(form: &Form, findings: &[Finding], place: usize) -> Option<usize> {
    let order = order(form, findings, Group::of(findings.get(place)?));
    let at = order.iter().position(|known| *known == place)?;
    order.get(at + 1).or_else(|| order.get(at.checked_sub(1)?)).copied()
}

/// The group that has to be revealed for a finding to be seen.
pub fn hiding(form: &Form, findings: &[Finding], place: usize, editable: bool) -> Option<Group> {
    let group = Group::of(findings.get(place)?);
    order(form, findings, group).iter().skip(group.shown(editable)).any(|hidden| *hidden == place).then_some(group)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;

    fn finding(rule: &str, severity: Severity, cells: &[&str], section: Option<&str>) -> Finding {
        let cells = cells.iter().map(|cell| (*cell).to_owned()).collect();
        Finding { cells, section: section.map(str::to_owned), ..Finding::new(rule, severity, "") }
    }

    fn findings() -> Vec<Finding> {
        let mut findings = vec![
            finding("disputes.total", Severity::Error, &["disputes.review.total"], None),
            finding("requests.balance", Severity::Error, &["requests.received.total"], None),
            finding("narrative", Severity::Warning, &[], Some("problems")),
            finding("form-year", Severity::Warning, &[], None),
            finding("blank", Severity::Warning, &["disputes.review.upheld", "disputes.review.other"], None),
            finding("narrative", Severity::Warning, &["requests.received.total"], Some("overview")),
            finding("plausible", Severity::Info, &[], Some("annex")),
            finding("plausible", Severity::Info, &[], Some("title")),
            finding("plausible", Severity::Warning, &[], Some("other")),
        ];
        findings[8].answer = Some("已核对".to_owned());
        findings
    }

    #[test]
    fn findings_stand_by_what_to_do_and_then_in_the_order_of_the_report() {
        let forms = Forms::official();
        let form = forms.get("gongkai-2021").unwrap();
        let findings = findings();
        let of = |group| places(form, &findings, group);
        assert_eq!(of(Group::Correct), [(Some("requests"), vec![1]), (Some("disputes"), vec![0])]);
        assert_eq!(of(Group::Confirm), [(None, vec![3]), (Some("overview"), vec![5]), (Some("problems"), vec![2])]);
        assert_eq!(of(Group::Fill), [(Some("disputes"), vec![4])]);
        assert_eq!(of(Group::Consider), [(Some("title"), vec![7]), (Some("annex"), vec![6])]);
        assert_eq!(of(Group::Answered), [(Some("other"), vec![8])]);
    }

    #[test]
    fn blanks_are_counted_by_the_cell_and_what_is_answered_by_itself() {
        let findings = findings();
        assert_eq!(GROUPS.map(|group| count(&findings, group)), [2, 3, 2, 2, 1]);
    }

    #[test]
    fn after_one_finding_comes_the_next_of_its_group_or_the_one_before() {
        let forms = Forms::official();
        let form = forms.get("gongkai-2021").unwrap();
        let next = |place| after(form, &findings(), place);
        assert_eq!([next(3), next(5), next(2), next(4), next(99)], [Some(5), Some(2), Some(5), None, None]);
    }

    #[test]
    fn no_error_is_ever_left_out_and_what_is_answered_is_shown_when_asked_for() {
        let forms = Forms::official();
        let form = forms.get("gongkai-2021").unwrap();
        let many = |severity| (0..20).map(|_| finding("test", severity, &[], None)).collect::<Vec<_>>();
        assert_eq!(hiding(form, &many(Severity::Error), 19, false), None);
        assert_eq!(hiding(form, &many(Severity::Warning), 5, false), None);
        assert_eq!(hiding(form, &many(Severity::Warning), 6, false), Some(Group::Confirm));
        assert_eq!(hiding(form, &findings(), 8, false), Some(Group::Answered));
    }
}
