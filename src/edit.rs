//! Edits: the one way in which a report changes once it is read. An edit is data that holds what
//! stood before and what stands after, so that it can be taken back, done again and told.

use crate::answer::Answer;
use crate::finding::{self, Finding, Repair, TextChange};
use crate::form::CellId;
use crate::language::Language;
use crate::provenance::{How, Origin};
use crate::report::Report;
use crate::value::Value;

mod journal;

/// What changes together, and is taken back together.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit(pub Vec<Change>);

/// One thing before and after.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Cell {
        cell: CellId,
        before: Content,
        after: Content,
    },
    /// The reasons that a report gives, all of them.
    Answers {
        before: Vec<Answer>,
        after: Vec<Answer>,
    },
    /// The text of a section; `None` where there is none.
    Text {
        section: String,
        before: Option<String>,
        after: Option<String>,
    },
    Cover {
        before: Cover,
        after: Cover,
    },
    /// The whole report: another one was taken over, or it was laid into another form.
    Whole {
        before: Box<Report>,
        after: Box<Report>,
    },
}

/// What stands on the cover of a report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cover {
    pub agency: String,
    pub year: Option<i32>,
    pub title: String,
    pub date: String,
    pub contact: String,
}

/// One thing on the cover, as it is entered.
#[derive(Clone, Debug, PartialEq)]
pub enum CoverEntry {
    Agency(String),
    Year(Option<i32>),
    Title(String),
    Date(String),
    Contact(String),
}

impl Cover {
    pub fn of(report: &Report) -> Cover {
        Cover {
            agency: report.agency.clone(),
            year: report.year,
            title: report.title.clone(),
            date: report.date.clone(),
            contact: report.contact.clone(),
        }
    }

    /// The cover with one entry changed. A title that is the one that the form prints follows the agency
    /// and the year.
    pub fn with(report: &Report, entry: CoverEntry) -> Cover {
        let mut changed = report.clone();
        match entry {
            CoverEntry::Agency(agency) => changed.agency = agency,
            CoverEntry::Year(year) => changed.year = year,
            CoverEntry::Title(title) => return Cover { title, ..Cover::of(report) },
            CoverEntry::Date(date) => return Cover { date, ..Cover::of(report) },
            CoverEntry::Contact(contact) => return Cover { contact, ..Cover::of(report) },
        }
        if report.title == report.due_title(Language::CHINESE) {
            changed.title = changed.due_title(Language::CHINESE);
        }
        Cover::of(&changed)
    }

    /// The first thing that another cover says otherwise, by the key that it has in a report.
    pub fn differs(&self, other: &Cover) -> Option<&'static str> {
        let Cover { agency, year, title, date, contact } = self;
        let differing = [
            ("agency", *agency != other.agency),
            ("year", *year != other.year),
            ("title", *title != other.title),
            ("date", *date != other.date),
            ("contact", *contact != other.contact),
        ];
        differing.into_iter().find(|(_, differs)| *differs).map(|(key, _)| key)
    }

    /// Writes it on a report.
    pub fn put(&self, report: &mut Report) {
        let Cover { agency, year, title, date, contact } = self.clone();
        (report.agency, report.year, report.title) = (agency, year, title);
        (report.date, report.contact) = (date, contact);
    }
}

/// What a cell holds, and how it came there.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    pub value: Value,
    /// Whether something was published there that could not be read.
    pub unread: bool,
    /// The unit that the report writes where the form prints none.
    pub unit: Option<String>,
    /// Whether it is a total that was entered by hand and does not follow its parts.
    pub by_hand: bool,
    /// Whether it is a total of what is filled in so far.
    pub partial: bool,
    /// Where it comes from; `None` where nobody has said.
    pub origin: Option<Origin>,
}

impl Content {
    pub fn of(report: &Report, cell: CellId) -> Content {
        Content {
            value: report.value(cell).clone(),
            unread: report.is_unread(cell),
            unit: report.unit(cell).map(str::to_owned),
            by_hand: report.is_by_hand(cell),
            partial: report.is_partial(cell),
            origin: report.origin(cell).cloned(),
        }
    }

    /// What the cell holds once a person has entered a value, or what it follows from: it remembers where
    /// it was read. The value that stands there already changes nothing, but vouches for one that was
    /// inferred.
    #[must_use]
    pub fn entered(self, value: Value) -> Content {
        let same = value == self.value && !self.unread;
        let how = match self.origin.as_ref().map(|origin| origin.how) {
            Some(How::Inferred) if same => How::Confirmed,
            _ => How::Typed,
        };
        let origin = match self.origin {
            origin if same && how == How::Typed => origin,
            Some(origin) => Some(Origin { how, ..origin }),
            None => Some(Origin::typed()),
        };
        Content { value, unread: false, by_hand: false, partial: false, unit: self.unit, origin }
    }
}

impl Edit {
    /// Puts a value into a cell; `None` where it stands there already.
    pub fn cell(report: &Report, cell: CellId, value: Value) -> Option<Edit> {
        let before = Content::of(report, cell);
        let after = Content { by_hand: before.by_hand, ..before.clone().entered(value) };
        Edit::of(Change::Cell { cell, before, after })
    }

    /// Confirms what was inferred in cells; `None` where nothing was.
    pub fn confirm(report: &Report, cells: &[CellId]) -> Option<Edit> {
        let inferred = cells.iter().filter(|cell| report.is_inferred(**cell));
        let changes = inferred.map(|cell| {
            let before = Content::of(report, *cell);
            let origin = before.origin.clone().map(|origin| Origin { how: How::Confirmed, ..origin });
            Change::Cell { cell: *cell, after: Content { origin, ..before.clone() }, before }
        });
        let changes = changes.collect::<Vec<_>>();
        (!changes.is_empty()).then_some(Edit(changes))
    }

    /// Puts a text into a section, or with a blank one leaves it without; `None` where it stands there already.
    pub fn text(report: &Report, section: &str, text: &str) -> Option<Edit> {
        let before = report.section(section).map(str::to_owned);
        let after = (!text.trim().is_empty()).then(|| text.to_owned());
        Edit::of(Change::Text { section: section.to_owned(), before, after })
    }

    /// Writes the cover anew; `None` where it says the same already.
    pub fn cover(report: &Report, after: Cover) -> Option<Edit> {
        Edit::of(Change::Cover { before: Cover::of(report), after })
    }

    /// Puts another report in its place; `None` where it is the same.
    pub fn whole(report: &Report, after: Report) -> Option<Edit> {
        Edit::of(Change::Whole { before: Box::new(report.clone()), after: Box::new(after) })
    }

    /// An edit of one thing; `None` where it is the same before and after.
    pub(crate) fn of(change: Change) -> Option<Edit> {
        let edit = Edit(vec![change]);
        (edit.clone().inverse() != edit).then_some(edit)
    }

    /// Writes words in the place of others; `None` where those do not stand there.
    fn rewrite(report: &Report, texts: &[TextChange]) -> Option<Edit> {
        let mut changes = Vec::new();
        for (section, text) in &report.sections {
            let mut own: Vec<_> = texts.iter().filter(|change| change.section == *section).collect();
            // From behind, so that the places before stay what they are.
            own.sort_by_key(|change| std::cmp::Reverse(change.start));
            own.dedup();
            let mut chars: Vec<char> = text.chars().collect();
            for change in own {
                let there = chars.get(change.start..change.end)?;
                if !there.iter().copied().eq(change.from.chars()) {
                    return None;
                }
                chars.splice(change.start..change.end, change.to.chars());
            }
            let text: String = chars.into_iter().collect();
            changes.extend(Edit::text(report, section, &text).into_iter().flat_map(|edit| edit.0));
        }
        Some(Edit(changes))
    }

    /// Follows a suggestion; `None` where it names a cell that the form does not have or words that do
    /// not stand there, or changes nothing.
    pub fn repair(report: &Report, repair: &Repair) -> Option<Edit> {
        let mut changes = Edit::rewrite(report, &repair.texts)?.0;
        let text = |change: &finding::Change| Some((report.form.find(&change.cell)?, change.to.clone()));
        let texts: Vec<_> = repair.changes.iter().map(text).collect::<Option<_>>()?;
        changes.extend(Edit::enter(report, &texts).into_iter().flat_map(|edit| edit.0));
        (!changes.is_empty()).then_some(Edit(changes))
    }

    /// Gives a reason for a finding, or with a blank one takes it back; `None` where that changes nothing.
    pub fn answer(report: &Report, finding: &Finding, reason: &str) -> Option<Edit> {
        let mut answered = report.clone();
        let changes = answered.answer(finding, reason) && answered.answers != report.answers;
        changes.then(|| Edit(vec![Change::Answers { before: report.answers.clone(), after: answered.answers }]))
    }

    /// The edit that takes this one back.
    pub fn inverse(self) -> Edit {
        let swap = |change| match change {
            Change::Cell { cell, before, after } => Change::Cell { cell, before: after, after: before },
            Change::Answers { before, after } => Change::Answers { before: after, after: before },
            Change::Text { section, before, after } => Change::Text { section, before: after, after: before },
            Change::Cover { before, after } => Change::Cover { before: after, after: before },
            Change::Whole { before, after } => Change::Whole { before: after, after: before },
        };
        Edit(self.0.into_iter().rev().map(swap).collect())
    }

    /// Changes the report.
    pub fn apply(&self, report: &mut Report) {
        for change in &self.0 {
            match change {
                Change::Cell { cell, after, .. } => {
                    report.set(*cell, after.value.clone());
                    report.set_unit(*cell, after.unit.clone());
                    report.set_by_hand(*cell, after.by_hand);
                    report.set_partial(*cell, after.partial);
                    report.set_origin(*cell, after.origin.clone());
                    if after.unread {
                        report.mark_unread(*cell);
                    }
                }
                Change::Answers { after, .. } => report.answers.clone_from(after),
                Change::Text { section, after, .. } => report.set_section(section, after.as_deref()),
                Change::Cover { after, .. } => after.put(report),
                Change::Whole { after, .. } => report.clone_from(after),
            }
        }
    }

    /// Whether the report is as it was before this edit.
    pub fn fits(&self, report: &Report) -> bool {
        self.0.iter().all(|change| match change {
            Change::Cell { cell, before, .. } => {
                cell.index() < report.form.cell_count() && Content::of(report, *cell) == *before
            }
            Change::Answers { before, .. } => report.answers == *before,
            Change::Text { section, before, .. } => report.section(section) == before.as_deref(),
            Change::Cover { before, .. } => Cover::of(report) == *before,
            Change::Whole { before, .. } => *report == **before,
        })
    }

    /// Whether it changes nothing but figures and reasons, so that a check can follow it cell by cell.
    pub fn is_of_cells(&self) -> bool {
        self.0.iter().all(|change| matches!(change, Change::Cell { .. } | Change::Answers { .. }))
    }

    /// Whether it changes the text of this section and nothing else.
    pub fn is_of_text(&self, of: &str) -> bool {
        matches!(self.0.as_slice(), [Change::Text { section, .. }] if section == of)
    }

    /// How many bytes it takes, about.
    fn size(&self) -> usize {
        let answers = |answers: &[Answer]| answers.iter().map(Answer::size).sum::<usize>();
        let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        let held = |change: &Change| match change {
            Change::Cell { .. } | Change::Cover { .. } => 0,
            Change::Answers { before, after } => answers(before) + answers(after),
            Change::Text { before, after, .. } => text(before) + text(after),
            Change::Whole { before, after } => before.size() + after.size(),
        };
        self.0.iter().map(|change| size_of::<Change>() + held(change)).sum()
    }

    /// The cells that it changes.
    pub fn cells(&self) -> impl Iterator<Item = CellId> {
        self.0.iter().filter_map(|change| match change {
            Change::Cell { cell, .. } => Some(*cell),
            _ => None,
        })
    }
}

/// How many bytes the edits that can be taken back may take, about: some thousands of figures, one by one.
const MOST: usize = 1 << 20;
/// How often they are weighed, in edits.
const WEIGHED: usize = 64;

/// The edits of a report: those that were made, and those that were taken back. The oldest are forgotten in time.
#[derive(Debug, Default)]
pub struct History {
    pub done: Vec<Edit>,
    pub undone: Vec<Edit>,
    /// How many were made before those that are known.
    pub forgotten: usize,
}

impl History {
    /// How many edits have led from the report as it was read to what it is.
    pub fn made(&self) -> usize {
        self.forgotten + self.done.len()
    }

    /// Makes an edit. What was taken back before is gone.
    pub fn make(&mut self, report: &mut Report, edit: Edit) {
        edit.apply(report);
        self.undone.clear();
        self.done.push(edit);
        if self.done.len().is_multiple_of(WEIGHED) {
            self.forget();
        }
    }

    /// Forgets the oldest edits where all take too much, and some more, so that it is not to be done again at once.
    fn forget(&mut self) {
        let mut weight: usize = self.done.iter().map(Edit::size).sum();
        if weight <= MOST {
            return;
        }
        let is_much = |edit: &&Edit| {
            let much = weight > MOST / 4 * 3;
            weight -= edit.size();
            much
        };
        let old = self.done.iter().take_while(is_much).count().min(self.done.len() - 1);
        self.done.drain(..old);
        self.forgotten += old;
    }

    /// The report as it was before the edits that are known, where they led to this one.
    pub fn beginning(&self, report: &Report) -> Report {
        let mut beginning = report.clone();
        self.done.iter().rev().for_each(|edit| edit.clone().inverse().apply(&mut beginning));
        beginning
    }

    /// Takes the last edit back as if it had never been made, for another to be made in its place: what
    /// is typed character by character is one step. Gives what was applied.
    pub fn retract(&mut self, report: &mut Report) -> Option<Edit> {
        let back = self.done.pop()?.inverse();
        back.apply(report);
        Some(back)
    }

    /// Takes the last edit back; gives what was applied, `None` where there is nothing to take back.
    pub fn undo(&mut self, report: &mut Report) -> Option<Edit> {
        let edit = self.done.pop()?;
        let back = edit.clone().inverse();
        back.apply(report);
        self.undone.push(edit);
        Some(back)
    }

    /// Makes the edit again that was taken back last.
    pub fn redo(&mut self, report: &mut Report) -> Option<Edit> {
        let edit = self.undone.pop()?;
        edit.apply(report);
        self.done.push(edit.clone());
        Some(edit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::forms::Forms;

    fn report() -> Report {
        let json = r#"{"form": "gongkai-2021", "agency": "某镇", "year": 2023,
            "unread": ["requests.received.business"],
            "figures": {"requests.received.natural_person": 21, "requests.received.total": "/"}}"#;
        Report::from_json(json, &Forms::official()).unwrap()
    }

    fn change(cell: &str, to: &str) -> finding::Change {
        finding::Change { cell: cell.to_owned(), from: String::new(), to: to.to_owned() }
    }

    #[test]
    fn a_suggestion_is_followed_and_taken_back_and_followed_again() {
        let (mut report, mut history) = (report(), History::default());
        let before = report.to_json();
        let changes = vec![change("requests.received.natural_person", "12"), change("requests.received.business", "3")];
        let repair = Repair { changes, ..Repair::default() };
        let edit = Edit::repair(&report, &repair).unwrap();
        assert_eq!(edit.cells().count(), 2);
        history.make(&mut report, edit);
        let after = report.to_json();
        assert_eq!(after["figures"]["requests.received.natural_person"], 12);
        assert!(after.get("unread").is_none());
        assert_eq!(Edit::repair(&report, &repair), None, "it changes nothing a second time");
        assert!(history.undo(&mut report).is_some());
        assert_eq!(report.to_json(), before, "what could not be read is unread again");
        assert!(history.redo(&mut report).is_some());
        assert_eq!(report.to_json(), after);
        assert!(history.redo(&mut report).is_none());
    }

    #[test]
    fn the_oldest_edits_are_forgotten_and_the_others_lead_back_to_where_they_began() {
        let (mut report, mut history) = (report(), History::default());
        let cell = report.form.find("requests.received.legal_service").unwrap();
        let mut kept = 0;
        for count in 1..20_000_i64 {
            let edit = Edit::cell(&report, cell, Value::from(count)).unwrap();
            history.make(&mut report, edit);
            assert_eq!(history.made() as i64, count);
            kept = kept.max(history.done.len());
        }
        assert!((2000..6000).contains(&kept), "{kept} are kept at most");
        let (made, end) = (history.made() as i64, report.to_json());
        let beginning = history.beginning(&report);
        assert_eq!(beginning.value(cell), &Value::from(history.forgotten as i64));
        while history.undo(&mut report).is_some() {}
        assert_eq!(report.to_json(), beginning.to_json());
        while history.redo(&mut report).is_some() {}
        assert_eq!((history.made() as i64, report.to_json()), (made, end));
    }

    #[test]
    fn long_texts_and_whole_reports_are_forgotten_sooner() {
        let (mut report, mut history) = (report(), History::default());
        for count in 0..500 {
            let text = format!("{count}{}", "概".repeat(10_000));
            let edit = Edit::text(&report, "overview", &text).unwrap();
            history.make(&mut report, edit);
        }
        assert!((10..120).contains(&history.done.len()), "{}", history.done.len());
        let mut history = History::default();
        for year in 0..2000 {
            let mut other = report.clone();
            other.year = Some(year);
            let edit = Edit::whole(&report, other).unwrap();
            history.make(&mut report, edit);
        }
        assert!((10..120).contains(&history.done.len()), "{}", history.done.len());
        assert_eq!(history.made(), 2000);
    }

    #[test]
    fn an_edit_fits_only_what_it_was_made_for() {
        let mut report = report();
        let cell = report.form.find("requests.received.total").unwrap();
        let edit = Edit::cell(&report, cell, Value::from(5)).unwrap();
        assert!(edit.fits(&report));
        edit.apply(&mut report);
        assert!(!edit.fits(&report) && edit.inverse().fits(&report));
    }

    #[test]
    fn texts_and_cover_and_the_whole_are_changed_and_taken_back() {
        let (mut report, mut history) = (report(), History::default());
        let before = report.to_json();
        assert_eq!(Edit::text(&report, "overview", " "), None, "there is none already");
        let text = Edit::text(&report, "overview", "概况。").unwrap();
        assert!(text.is_of_text("overview") && !text.is_of_cells());
        history.make(&mut report, text);
        assert_eq!(Edit::cover(&report, Cover::of(&report)), None);
        let cover = Cover { year: Some(2024), contact: "某镇党政办".to_owned(), ..Cover::of(&report) };
        let cover = Edit::cover(&report, cover).unwrap();
        history.make(&mut report, cover);
        assert_eq!((report.to_json()["contact"].as_str(), report.year), (Some("某镇党政办"), Some(2024)));
        let other = Report::empty(report.form.clone());
        let other = Edit::whole(&report, other).unwrap();
        history.make(&mut report, other);
        assert_eq!(report.to_json()["figures"], serde_json::json!({}));
        let fits = history.done.last().unwrap().clone().inverse().fits(&report);
        assert!(fits);
        while history.undo(&mut report).is_some() {}
        assert_eq!(report.to_json(), before);
        while history.redo(&mut report).is_some() {}
        assert_eq!(report.year, None);
    }

    #[test]
    fn what_is_typed_again_is_one_step() {
        let (mut report, mut history) = (report(), History::default());
        let cell = report.form.find("requests.received.legal_service").unwrap();
        for typed in ["1", "12"] {
            if typed == "12" {
                history.retract(&mut report);
            }
            let edit = Edit::cell(&report, cell, Value::read(typed)).unwrap();
            history.make(&mut report, edit);
        }
        assert_eq!((report.value(cell), history.done.len()), (&12.into(), 1));
        history.undo(&mut report);
        assert_eq!(report.value(cell), &Value::Blank);
    }

    #[test]
    fn numbers_of_a_text_are_rewritten_where_they_stand_and_nowhere_else() {
        let (mut report, mut history) = (report(), History::default());
        let text = "收到申请12件，其中网上12件。";
        report.set_section("overview", Some(text));
        let to = |start: usize, from: &str, to: &str| TextChange {
            section: "overview".to_owned(),
            start,
            end: start + from.chars().count(),
            from: from.to_owned(),
            to: to.to_owned(),
        };
        let repair = |texts| Repair { texts, ..Repair::default() };
        let edit = Edit::repair(&report, &repair(vec![to(4, "12", "3"), to(12, "12", "1,200")])).unwrap();
        history.make(&mut report, edit);
        assert_eq!(report.section("overview"), Some("收到申请3件，其中网上1,200件。"));
        assert_eq!(Edit::repair(&report, &repair(vec![to(4, "12", "3")])), None, "it does not stand there any more");
        assert_eq!(Edit::repair(&report, &repair(vec![to(400, "12", "3")])), None);
        history.undo(&mut report);
        assert_eq!(report.section("overview"), Some(text));
    }

    #[test]
    fn the_title_follows_agency_and_year_where_it_is_the_printed_one() {
        let mut report = report();
        let year = |report: &Report| Cover::with(report, CoverEntry::Year(Some(2024)));
        assert_eq!(year(&report).title, "", "one that is not written is printed anyway");
        report.title = "某镇2023年政府信息公开工作年度报告".to_owned();
        assert_eq!(year(&report).title, "某镇2024年政府信息公开工作年度报告");
        let agency = Cover::with(&report, CoverEntry::Agency("某乡".to_owned()));
        assert_eq!((agency.agency.as_str(), agency.title.as_str()), ("某乡", "某乡2023年政府信息公开工作年度报告"));
        report.title = "某镇公开年报".to_owned();
        assert_eq!(year(&report).title, "某镇公开年报");
        let contact = Cover::with(&report, CoverEntry::Contact("党政办".to_owned()));
        assert_eq!(contact, Cover { contact: "党政办".to_owned(), ..Cover::of(&report) });
    }

    #[test]
    fn a_suggestion_for_a_cell_that_is_not_there_is_none() {
        let repair = Repair { changes: vec![change("no.such.cell", "1")], ..Repair::default() };
        assert_eq!(Edit::repair(&report(), &repair), None);
    }

    #[test]
    fn a_reason_is_an_edit_and_an_error_has_none() {
        let (mut report, mut history) = (report(), History::default());
        let finding = |severity| Finding {
            cells: vec!["requests.received.total".to_owned()],
            ..Finding::new("plausible", severity, "")
        };
        assert_eq!(Edit::answer(&report, &finding(Severity::Error), "核对过"), None);
        let warning = finding(Severity::Warning);
        assert_eq!(Edit::answer(&report, &warning, " "), None);
        let edit = Edit::answer(&report, &warning, "核对过").unwrap();
        history.make(&mut report, edit);
        assert_eq!(report.answers[0].reason, "核对过");
        assert_eq!(Edit::answer(&report, &warning, "核对过"), None, "the same reason changes nothing");
        history.undo(&mut report);
        assert!(report.answers.is_empty());
    }
}
