//! What there is to show, as plain data: a report with its check, or why there is none.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use super::groups;
use super::reading::Reading;
use super::wording::{Scope, Words};
use crate::check::{Check, Coverage, Link, Point, cell_label, conclude};
use crate::edit::{Change, Cover, CoverEntry, Edit, History};
use crate::finding::{self, Finding, Repair, Severity, TextChange};
use crate::fingerprint::{self, Fingerprint};
use crate::form::{CellId, Form};
use crate::forms::Forms;
use crate::language::Language;
use crate::pairing::plain_name;
use crate::proposal;
use crate::report::Report;
use crate::totals;

/// What the element shows.
#[derive(Clone)]
pub enum Screen {
    /// There is nothing to read.
    Empty,
    Loading,
    /// Why there is no report, and what to do, in a sentence.
    Failed(String),
    Report(Rc<RefCell<Session>>),
}

/// A report with what was found in it, in one language.
pub struct Session {
    pub report: Report,
    /// The gravest first.
    pub findings: Vec<Finding>,
    /// The numbers of the texts that state figures of the tables.
    pub links: Vec<Link>,
    /// How often the findings have changed.
    pub revision: u32,
    pub coverage: Coverage,
    pub fingerprint: Fingerprint,
    pub scope: Scope,
    pub history: History,
    /// After how many edits the report was what is published; `None` where none of its states is.
    published: Option<usize>,
    /// The forms at hand.
    pub forms: Forms,
    /// How many edits were made before the step that typing goes on with.
    step: usize,
    check: Check,
    /// Last year's report.
    prior: Option<Report>,
    /// The reports that came along: of the same body for other years, of other bodies.
    pub others: Vec<Report>,
    /// What was noted when a report was read, with how many edits had been made when that was; the first
    /// is of what was published, the others of files that were read in since.
    notes: Vec<(usize, Notes)>,
    language: Language,
}

/// The edits that a session knows, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    pub done: Vec<String>,
    /// The one that was taken back last comes last.
    pub undone: Vec<String>,
    /// After how many the report was what is published.
    pub published: Option<usize>,
}

/// A change that is asked for. Findings are named by their places in the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// To follow a suggestion.
    Repair {
        finding: usize,
        repair: usize,
    },
    /// To give a reason for a finding; with a blank one, to take it back.
    Answer {
        finding: usize,
        reason: String,
    },
    /// To put what was typed or pasted into cells; totals follow.
    Enter {
        texts: Vec<(CellId, String)>,
        entry: Entry,
    },
    /// To confirm what was inferred in cells.
    Confirm(Vec<CellId>),
    /// To write the unit of an amount.
    Unit {
        cell: CellId,
        unit: Option<String>,
    },
    /// To have what stood there before the typing.
    Restore,
    /// To put a text into a section.
    Text {
        section: String,
        text: String,
        again: bool,
    },
    /// To write one thing on the cover.
    Cover {
        entry: CoverEntry,
        again: bool,
    },
    /// To take over another report.
    Take(Box<Report>),
    /// To take over the report of a file, by [`Session::import`].
    Import(Box<Report>),
    /// To write a number of a text as the tables have it.
    Rewrite(TextChange),
    /// To write another year, and to lay the report into the form of that year.
    Recast(i32),
    Undo,
    Redo,
}

/// How values come into cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Character by character: `again` and again for one step.
    Typed {
        again: bool,
    },
    Cleared,
    Pasted,
    /// Blank cells are filled with 0.
    Zeros,
    /// Last year's figures are taken.
    Proposed,
    /// A total follows its parts again.
    Summed,
}

/// What a reading says beside the report.
struct Notes {
    noted: Vec<Finding>,
    /// What it could not put anywhere.
    leftover: Vec<String>,
}

/// An edit after which the report had a `form`, as text; that becomes the one that it had before.
fn entry_before(edit: &Edit, form: &mut Arc<Form>) -> String {
    if let [Change::Whole { before, .. }] = edit.0.as_slice() {
        *form = before.form.clone();
    }
    edit.to_json(form).to_string()
}

/// An edit before which the report has a `form`, as text; that becomes the one that it would have after it.
fn entry_after(edit: &Edit, form: &mut Arc<Form>) -> String {
    let text = edit.to_json(form).to_string();
    if let [Change::Whole { after, .. }] = edit.0.as_slice() {
        *form = after.form.clone();
    }
    text
}

/// What came of a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    pub wish: Wish,
    /// For each finding that there was, its place in the list now.
    pub places: Vec<Option<usize>>,
    /// The cells that have changed.
    pub cells: Vec<CellId>,
    /// Where to go on, if no cell has changed: the finding whose reason was taken back, or the next
    /// one where a reason was given.
    pub next: Option<usize>,
    /// What has changed beside cells and reasons.
    pub spot: Option<Spot>,
}

/// Where something has changed that is no cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The characters that are new in the text of a section.
    Words { section: String, start: usize, end: usize },
    /// The field of the cover.
    Cover(&'static str),
}

impl Session {
    /// Checks what was read. Last year's report, where one was asked for, may not have been
    /// readable: its sentence becomes a finding.
    pub fn new(reading: Reading, prior: Option<Result<Report, String>>, language: Language) -> Session {
        let Reading { report, findings: noted, leftover } = reading;
        let (prior, unread) = match prior {
            Some(Ok(prior)) => (Some(prior), None),
            Some(Err(reason)) => (None, Some(prior_unread(&reason, language))),
            None => (None, None),
        };
        let check = Check::new(&report, prior.as_ref());
        let scope = Scope {
            year: report.year.is_some(),
            headings: report.headings.is_some(),
            texts: !report.sections.is_empty(),
            prior: prior.is_some(),
        };
        let mut session = Session {
            findings: Vec::new(),
            links: Vec::new(),
            revision: 0,
            coverage: Coverage::default(),
            fingerprint: Fingerprint::default(),
            history: History::default(),
            published: Some(0),
            notes: vec![(0, Notes { noted: unread.into_iter().chain(noted).collect(), leftover })],
            scope,
            forms: Forms::default(),
            step: 0,
            check,
            prior,
            others: Vec::new(),
            language,
            report,
        };
        session.conclude();
        session
    }

    /// Takes what the check says now. That something could not be read, was inferred or was misread is said as
    /// long as it is so.
    fn conclude(&mut self) {
        let report = &self.report;
        let any = |note: &Finding, is: &dyn Fn(CellId) -> bool| {
            note.cells.is_empty() || note.cells.iter().filter_map(|address| report.form.find(address)).any(is)
        };
        let stands_there = |change: &finding::Change| {
            report.form.find(&change.cell).is_some_and(|cell| report.value(cell).to_string() == change.from)
        };
        // A suggestion is made as long as something that it would change still stands there.
        let stands = |note: &&Finding| match note.rule.as_str() {
            "unread" => any(note, &|cell| report.is_unread(cell)),
            "inferred" => any(note, &|cell| report.is_inferred(cell)),
            _ => note.repairs.is_empty() || note.repairs.iter().any(|repair| repair.changes.iter().any(stands_there)),
        };
        let noted: Vec<_> = self.notes().flat_map(|notes| &notes.noted).filter(stands).cloned().collect();
        self.fingerprint = fingerprint::of(report);
        self.findings = conclude(report, self.check.findings(report, self.language), noted);
        self.links = self.check.links(report);
        self.coverage = self.check.coverage(report);
        self.scope = Scope { year: report.year.is_some(), texts: !report.sections.is_empty(), ..self.scope };
    }

    /// What was noted of the report that stands here now.
    fn notes(&self) -> impl Iterator<Item = &Notes> {
        let made = self.history.made();
        self.notes.iter().rfind(|(since, _)| *since <= made).into_iter().map(|(_, notes)| notes)
    }

    /// Takes over the report of a file that was read, as an edit like any other; `None` where it says the same.
    pub fn import(&mut self, read: Session) -> Option<Done> {
        let made = self.history.made();
        self.notes.retain(|(since, _)| *since <= made);
        let notes = self.notes.len();
        self.notes.extend(read.notes.into_iter().map(|(_, notes)| (made + 1, notes)));
        let done = self.change(Wish::Import(Box::new(read.report)));
        if done.is_none() {
            self.notes.truncate(notes);
        }
        done
    }

    /// Changes the report and checks again what that touches; `None` where nothing changes.
    pub fn change(&mut self, wish: Wish) -> Option<Done> {
        let again = self.goes_on(&wish);
        let retracted = (again && self.history.made() > self.step).then(|| self.history.retract(&mut self.report));
        let retracted = retracted.flatten();
        let made = self.history.made();
        if !again {
            self.step = made;
        }
        let before = made;
        // What was read in and taken back is forgotten once something else is done.
        if !matches!(wish, Wish::Import(_) | Wish::Undo | Wish::Redo) {
            self.notes.retain(|(since, _)| *since <= made);
        }
        let mut turn_to = None;
        let edit = match &wish {
            Wish::Repair { finding, repair } => {
                let repair = self.findings.get(*finding)?.repairs.get(*repair)?;
                Edit::repair(&self.report, repair)
            }
            Wish::Answer { finding, reason } => {
                let edit = Edit::answer(&self.report, self.findings.get(*finding)?, reason);
                let next = groups::after(&self.report.form, &self.findings, *finding);
                turn_to = if reason.trim().is_empty() { Some(*finding) } else { next };
                edit
            }
            Wish::Enter { texts, .. } => Edit::enter(&self.report, texts),
            Wish::Confirm(cells) => Edit::confirm(&self.report, cells),
            Wish::Text { section, text, .. } => Edit::text(&self.report, section, text),
            Wish::Cover { entry, .. } => Edit::cover(&self.report, Cover::with(&self.report, entry.clone())),
            Wish::Rewrite(change) => {
                Repair::of_texts(vec![change.clone()]).and_then(|repair| Edit::repair(&self.report, &repair))
            }
            Wish::Recast(year) => self.recast(*year).and_then(|recast| Edit::whole(&self.report, recast)),
            Wish::Take(report) | Wish::Import(report) => Edit::whole(&self.report, (**report).clone()),
            Wish::Unit { cell, unit } => Edit::unit(&self.report, *cell, unit.clone()),
            Wish::Restore | Wish::Undo | Wish::Redo => None,
        };
        let applied = match wish {
            Wish::Undo => self.history.undo(&mut self.report),
            Wish::Redo => self.history.redo(&mut self.report),
            _ => edit.map(|edit| self.make(edit)),
        };
        if retracted.is_none() && applied.is_none() {
            return None;
        }
        // What is made in place of what was taken back leads there no more.
        if !matches!(wish, Wish::Undo | Wish::Redo) && self.published.is_some_and(|published| before < published) {
            self.published = None;
        }
        let cells: Vec<CellId> = applied.iter().flat_map(|edit: &Edit| edit.cells()).collect();
        self.follow(retracted.iter().chain(&applied));
        if matches!(wish, Wish::Undo | Wish::Redo) {
            self.step = self.history.made();
        }
        let before = std::mem::take(&mut self.findings);
        self.conclude();
        let recast = matches!(wish, Wish::Recast(_) | Wish::Import(_) | Wish::Undo | Wish::Redo);
        self.revision += u32::from(before != self.findings || recast);
        let places: Vec<_> = before.iter().map(|finding| place_of(finding, &self.findings)).collect();
        // What was answered, or is so no longer, when an edit of reasons is taken back or made again.
        let answer_of = |place: &Option<usize>| place.map(|place| &self.findings[place].answer);
        let turned = || {
            let mut pairs = before.iter().zip(&places);
            pairs.position(|(finding, now)| answer_of(now).is_some_and(|answer| *answer != finding.answer))
        };
        let next = match wish {
            Wish::Undo | Wish::Redo => turned(),
            _ => turn_to,
        };
        let spot = applied.as_ref().and_then(spot_of);
        Some(Done { cells, next: next.and_then(|place| places[place]), places, wish, spot })
    }

    /// Whether what is typed goes on with the edit that was made last.
    fn goes_on(&self, wish: &Wish) -> bool {
        let last = self.history.done.last();
        last.is_some_and(|last| match wish {
            // Another report may have been shown while somebody types.
            Wish::Enter { entry: Entry::Typed { again: true }, .. } | Wish::Restore => last.is_of_cells(),
            Wish::Text { section, again: true, .. } => last.is_of_text(section),
            Wish::Cover { again: true, .. } => matches!(last.0.as_slice(), [Change::Cover { .. }]),
            _ => false,
        })
    }

    /// Checks again what was touched: cell by cell, or everything where a text has changed.
    fn follow<'a>(&mut self, applied: impl Iterator<Item = &'a Edit>) {
        for edit in applied {
            if !edit.is_of_cells() {
                self.check = Check::new(&self.report, self.prior.as_ref());
                return;
            }
            edit.cells().for_each(|cell| self.check.changed(&self.report, cell));
        }
    }

    fn make(&mut self, edit: Edit) -> Edit {
        self.history.make(&mut self.report, edit.clone());
        // What was noted of states to which nobody comes back.
        let known = self.notes.iter().rposition(|(since, _)| *since <= self.history.forgotten);
        self.notes.drain(..known.unwrap_or(0));
        edit
    }

    /// Makes the edits of another session again, as far as they fit: the same report was read anew. What led to the
    /// first that is known there is one edit.
    pub fn take_up(&mut self, other: &mut Session) {
        let history = std::mem::take(&mut other.history);
        let beginning = (history.forgotten > 0).then(|| history.beginning(&other.report));
        let forgotten = beginning.and_then(|beginning| Edit::whole(&self.report, beginning));
        let first = usize::from(forgotten.is_some());
        let mut all_fit = true;
        for edit in forgotten.into_iter().chain(history.done) {
            if edit.fits(&self.report) {
                self.make(edit);
            } else {
                all_fit = false;
            }
        }
        self.check = Check::new(&self.report, self.prior.as_ref());
        self.history.undone = history.undone;
        if all_fit {
            // What is published may be what was read, or come after what is known; in between it is no more.
            let here = |there: usize| Some(first + there.checked_sub(history.forgotten)?);
            self.published = other.published.and_then(|there| if there == 0 { Some(0) } else { here(there) });
            self.step = here(other.step).unwrap_or(self.history.made());
        }
        self.conclude();
    }

    /// Makes the edits of a journal again, and takes back those that were taken back there. What does not fit ends it.
    pub fn replay(&mut self, journal: &Entries) {
        let Entries { done, undone, published } = journal;
        for text in done.iter().chain(undone.iter().rev()) {
            let json = serde_json::from_str(text).ok();
            let Some(edit) = json.and_then(|json| Edit::from_json(json, &self.report, &self.forms)) else { break };
            self.make(edit);
        }
        while self.history.made() > done.len() {
            self.history.undo(&mut self.report);
        }
        (self.published, self.step) = (*published, self.history.made());
        self.check = Check::new(&self.report, self.prior.as_ref());
        self.conclude();
    }

    /// The edits that were made and those that were taken back, each as a journal notes it.
    pub fn entries(&self) -> Entries {
        // The form is that of the report on which an edit was made.
        let mut form = self.report.form.clone();
        let mut done: Vec<_> = self.history.done.iter().rev().map(|edit| entry_before(edit, &mut form)).collect();
        done.reverse();
        let mut form = self.report.form.clone();
        let mut undone: Vec<_> = self.history.undone.iter().rev().map(|edit| entry_after(edit, &mut form)).collect();
        undone.reverse();
        Entries { done, undone, published: self.published() }
    }

    /// The edit that was made last, as a journal notes it.
    pub fn last_entry(&self) -> Option<String> {
        Some(entry_before(self.history.done.last()?, &mut self.report.form.clone()))
    }

    /// After how many of the edits that are known the report was what is published.
    pub fn published(&self) -> Option<usize> {
        self.published?.checked_sub(self.history.forgotten)
    }

    /// The report as it is now counts as what is published. What was done stays to be taken back, which then is a
    /// change like any other.
    pub fn publish(&mut self) {
        self.published = Some(self.history.made());
        // What is typed next is a step of its own.
        self.step = self.history.made();
    }

    /// Whether the report is another than what is published.
    pub fn is_edited(&self) -> bool {
        self.published != Some(self.history.made())
    }

    /// The reports among which this one is drawn: those that came along, and last year's where it is none of them.
    pub fn beside(&self) -> Cow<'_, [Report]> {
        let is_it = |prior: &Report, other: &Report| {
            other.year == prior.year && plain_name(&other.agency) == plain_name(&prior.agency)
        };
        let further = self.prior.as_ref().filter(|prior| !self.others.iter().any(|other| is_it(prior, other)));
        match further {
            Some(prior) => Cow::Owned([self.others.as_slice(), std::slice::from_ref(prior)].concat()),
            None => Cow::Borrowed(&self.others),
        }
    }

    /// What the notice requires of the text of a section.
    pub fn points(&self, section: &str) -> Vec<Point> {
        self.check.points(&self.report, section)
    }

    /// Whether a section has a text of its own, or had one since the report was read.
    pub fn has_text(&self, section: &str) -> bool {
        self.report.section(section).is_some() || self.history.done.iter().any(|edit| edit.is_of_text(section))
    }

    /// The other form that is in force for a year; `None` where it is this one, or none is known. An open
    /// form is only known where the report came from it.
    pub fn form_for(&self, year: i32) -> Option<Arc<Form>> {
        if self.report.form.years.contains(year) {
            return None;
        }
        let open = || {
            let mut forms = self.forms.open().filter(|form| form.years.contains(year));
            forms.find_map(|form| self.report.open_form(&self.forms, &form.id))
        };
        self.forms.for_year(year).cloned().or_else(open).filter(|form| form.id != self.report.form.id)
    }

    /// The report with another year, in the form of that year. A title that the form prints follows.
    fn recast(&self, year: i32) -> Option<Report> {
        let mut recast = self.report.recast(self.form_for(year)?).report;
        Cover::with(&self.report, CoverEntry::Year(Some(year))).put(&mut recast);
        Some(recast)
    }

    /// What has no place in the form, as it was read and as figures of another form.
    pub fn left_over(&self) -> Vec<String> {
        let named = |address: &String| {
            let of_form = |form: &Arc<Form>| Some(cell_label(form, form.find(address)?, self.language));
            self.forms.iter().chain(self.forms.open()).find_map(of_form).unwrap_or_else(|| address.clone())
        };
        let unknown = self.report.unknown_figures.iter();
        let figure = |figure: &serde_json::Value| figure.as_str().map_or_else(|| figure.to_string(), str::to_owned);
        let colon = Words(self.language).colon();
        let unknown = unknown.map(|(address, value)| [&*named(address), colon, &figure(value)].concat());
        self.notes().flat_map(|notes| &notes.leftover).cloned().chain(unknown).collect()
    }

    /// The cells that are still to be filled in, in the order of the form.
    pub fn blanks(&self) -> Vec<CellId> {
        self.report.form.cells().map(|(cell, _)| cell).filter(|cell| self.report.is_blank(*cell)).collect()
    }

    /// What would fill the blank cells: 0, and in totals what their parts come to.
    pub fn zeros(&self) -> Vec<(CellId, String)> {
        let zero = |cell| if totals::is_total(&self.report.form, cell) { String::new() } else { "0".to_owned() };
        self.blanks().into_iter().map(|cell| (cell, zero(cell))).collect()
    }

    /// What last year's report proposes for blank cells.
    pub fn proposals(&self) -> Vec<(CellId, String)> {
        let proposed = self.prior.iter().flat_map(|prior| proposal::proposals(&self.report, prior));
        proposed.map(|(cell, value)| (cell, value.to_string())).collect()
    }

    /// The gravest severity of what is open.
    pub fn gravest(&self) -> Option<Severity> {
        let open = self.findings.iter().filter(|finding| finding.answer.is_none());
        open.map(|finding| finding.severity).min()
    }
}

/// Where an edit has changed something that is no cell.
fn spot_of(edit: &Edit) -> Option<Spot> {
    edit.0.iter().find_map(|change| match change {
        Change::Text { section, before, after } => {
            let (start, end) = new_part(before.as_deref().unwrap_or_default(), after.as_deref().unwrap_or_default());
            Some(Spot::Words { section: section.clone(), start, end })
        }
        Change::Cover { before, after } => Some(Spot::Cover(before.differs(after)?)),
        Change::Whole { before, after } => Some(Spot::Cover(Cover::of(before).differs(&Cover::of(after))?)),
        _ => None,
    })
}

/// The characters of a text that an earlier one does not have between the same beginning and end.
pub fn new_part(before: &str, after: &str) -> (usize, usize) {
    let (before, after): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let start = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let rest = before.len().min(after.len()) - start;
    let same = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(|(one, other)| one == other).count();
    (start, after.len() - same)
}

/// Where a finding of an earlier check stands now: the same rule about the same cells, if there are
/// several with the same sentence.
fn place_of(earlier: &Finding, findings: &[Finding]) -> Option<usize> {
    let same = |finding: &Finding| {
        (&finding.rule, &finding.code, &finding.cells, &finding.section)
            == (&earlier.rule, &earlier.code, &earlier.cells, &earlier.section)
    };
    let verbatim = |finding: &Finding| same(finding) && finding.message == earlier.message;
    findings.iter().position(verbatim).or_else(|| findings.iter().position(same))
}

fn prior_unread(reason: &str, language: Language) -> Finding {
    Finding::new("carry-over", Severity::Warning, Words(language).prior_unread(reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::reading;

    fn reading() -> Reading {
        read(READ)
    }

    /// What the reader made of one report.
    fn read(json: &str) -> Reading {
        let mut readings = reading::from_reader(json, &Forms::official(), Language::CHINESE).unwrap();
        readings.pop().unwrap().unwrap()
    }

    const READ: &str = r#"{
        "report": {"form": "gongkai-2021", "agency": "某镇", "year": 2023, "figures": {"x.y.z": 1}},
        "findings": [
            {"rule": "read", "severity": "error", "message": "一", "cells": [], "expected": null, "actual": null},
            {"rule": "read", "severity": "error", "message": "一", "cells": [], "expected": null, "actual": null}
        ],
        "leftover": ["注：含上年结转。"]
    }"#;

    #[test]
    fn what_the_reading_found_comes_once_and_in_its_place() {
        let session = Session::new(reading(), None, Language::CHINESE);
        assert_eq!(session.findings.iter().filter(|finding| finding.rule == "read").count(), 1);
        assert!(session.findings.is_sorted_by_key(|finding| finding.severity));
        assert_eq!(session.left_over(), ["注：含上年结转。", "x.y.z：1"]);
    }

    /// A report in which one figure is wrong, so that its row and its column fail, and one finding
    /// is no error.
    fn faulty() -> Session {
        let form = Forms::official().get("gongkai-2021").unwrap().clone();
        let mut report = Report::empty(form.clone());
        report.year = Some(2019);
        for (cell, _) in form.cells() {
            report.set(cell, 0.into());
        }
        for (address, figure) in [
            ("requests.received.natural_person", 12),
            ("requests.received.total", 12),
            ("requests.granted.natural_person", 21),
            ("requests.granted.total", 12),
            ("requests.handled_total.natural_person", 12),
            ("requests.handled_total.total", 12),
        ] {
            report.set(form.find(address).unwrap(), figure.into());
        }
        Session::new(Reading::from(report), None, Language::CHINESE)
    }

    fn errors(session: &Session) -> usize {
        session.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }

    #[test]
    fn a_suggestion_is_followed_and_taken_back_with_all_that_hangs_on_it() {
        let mut session = faulty();
        assert_eq!(errors(&session), 1);
        let before = session.findings.clone();
        let done = session.change(Wish::Repair { finding: 0, repair: 0 }).unwrap();
        let cell = session.report.form.find("requests.granted.natural_person").unwrap();
        assert_eq!((errors(&session), done.cells.as_slice()), (0, [cell].as_slice()));
        assert_eq!(session.report.value(cell), &12.into());
        assert_eq!(done.places[0], None, "the error is gone");
        assert_eq!(done.places[1], Some(0), "what stays is found again");
        assert!(session.change(Wish::Repair { finding: 0, repair: 0 }).is_none());
        session.change(Wish::Undo).unwrap();
        assert_eq!(session.findings, before);
        assert!(session.change(Wish::Undo).is_none());
        session.change(Wish::Redo).unwrap();
        assert_eq!(errors(&session), 0);
    }

    #[test]
    fn what_is_typed_is_one_step_and_can_be_restored() {
        let mut session = faulty();
        let before = session.report.to_json();
        let cell = session.report.form.find("requests.carried_in.business").unwrap();
        let total = session.report.form.find("requests.carried_in.total").unwrap();
        let mut again = false;
        let mut typed = |session: &mut Session, text: &str| {
            let entry = Entry::Typed { again: std::mem::replace(&mut again, true) };
            session.change(Wish::Enter { texts: vec![(cell, text.to_owned())], entry })
        };
        assert_eq!(typed(&mut session, "0"), None, "it says so already");
        assert!(typed(&mut session, "1").is_some() && typed(&mut session, "12").is_some());
        assert_eq!((session.report.value(total), session.history.done.len()), (&12.into(), 1));
        assert!(errors(&session) > 1, "the balance does not hold");
        assert!(typed(&mut session, "0").is_some());
        assert_eq!((session.report.to_json(), session.history.done.len()), (before.clone(), 0));
        typed(&mut session, "5");
        assert!(session.change(Wish::Restore).is_some() && session.change(Wish::Restore).is_none());
        assert_eq!((session.report.to_json(), errors(&session)), (before, 1));
    }

    #[test]
    fn blanks_are_filled_with_zeros_and_totals_with_sums() {
        let form = Forms::official().get("gongkai-2021").unwrap().clone();
        let mut session = Session::new(Reading::from(Report::empty(form.clone())), None, Language::CHINESE);
        let cell = form.find("disputes.review.upheld").unwrap();
        let entry = Entry::Typed { again: false };
        session.change(Wish::Enter { texts: vec![(cell, "3".to_owned())], entry }).unwrap();
        let texts = session.zeros();
        assert_eq!(texts.len() + 2, form.cell_count(), "the total is there already");
        session.change(Wish::Enter { texts, entry: Entry::Zeros }).unwrap();
        assert!(session.blanks().is_empty());
        assert_eq!((session.coverage.cells_filled, errors(&session)), (form.cell_count(), 0));
        assert_eq!(session.report.value(form.find("disputes.review.total").unwrap()), &3.into());
        session.change(Wish::Undo).unwrap();
        assert_eq!(session.blanks().len() + 2, form.cell_count());
    }

    #[test]
    fn a_reason_settles_a_finding_and_undo_leads_to_it() {
        let mut session = faulty();
        let place = session.findings.iter().position(|finding| finding.severity == Severity::Warning).unwrap();
        let error = session.change(Wish::Answer { finding: 0, reason: "对的".to_owned() });
        assert_eq!(error, None, "an error cannot be answered");
        let done = session.change(Wish::Answer { finding: place, reason: "对的".to_owned() }).unwrap();
        assert_eq!((done.cells.len(), done.next), (0, None), "it was the only one of its group");
        assert_eq!(session.findings[done.places[place].unwrap()].answer.as_deref(), Some("对的"));
        let done = session.change(Wish::Undo).unwrap();
        assert_eq!(session.findings[done.next.unwrap()].answer, None);
        assert_eq!(session.findings[done.next.unwrap()].severity, Severity::Warning);
    }

    #[test]
    fn another_session_goes_on_from_the_journal_of_one() {
        let mut session = faulty();
        session.forms = Forms::official();
        let base = session.report.clone();
        let write = |session: &mut Session, section: &str, text: &str| {
            session.change(Wish::Text { section: section.to_owned(), text: text.to_owned(), again: false }).unwrap()
        };
        session.change(Wish::Repair { finding: 0, repair: 0 }).unwrap();
        write(&mut session, "overview", "概况。");
        session.publish();
        assert!(session.change(Wish::Recast(2023)).is_none(), "it is in force for that year too");
        session.change(Wish::Recast(2020)).unwrap();
        assert_eq!(session.report.form.id, "gongkai-2019");
        write(&mut session, "problems", "问题。");
        write(&mut session, "other", "其他。");
        session.change(Wish::Undo).unwrap();
        session.change(Wish::Undo).unwrap();

        let go_on = |entries: &Entries| {
            let mut next = Session::new(Reading::from(base.clone()), None, Language::CHINESE);
            next.forms = Forms::official();
            next.replay(entries);
            next
        };
        let entries = session.entries();
        assert_eq!((entries.done.len(), entries.undone.len(), entries.published), (3, 2, Some(2)));
        assert_eq!(entries.done.last(), session.last_entry().as_ref());
        let mut next = go_on(&entries);
        assert_eq!((&next.report, next.entries()), (&session.report, entries.clone()));
        assert_eq!((&next.findings, next.is_edited()), (&session.findings, true));
        for wish in [Wish::Redo, Wish::Redo, Wish::Undo, Wish::Undo, Wish::Undo, Wish::Undo, Wish::Undo] {
            assert_eq!(next.change(wish.clone()).is_some(), session.change(wish).is_some());
            assert_eq!((&next.report, next.is_edited()), (&session.report, session.is_edited()));
        }
        assert_eq!(next.report, base);

        let torn = Entries { done: [&entries.done[..2], &["{".to_owned()]].concat(), ..entries };
        assert_eq!(go_on(&torn).history.done.len(), 2, "what comes before a damaged entry is kept");
    }

    #[test]
    fn what_is_typed_in_one_go_is_one_step_and_never_takes_another_with_it() {
        let mut session = faulty();
        let write = |session: &mut Session, text: &str, again| {
            session.change(Wish::Text { section: "overview".to_owned(), text: text.to_owned(), again })
        };
        session.change(Wish::Repair { finding: 0, repair: 0 }).unwrap();
        write(&mut session, "概", false).unwrap();
        let done = write(&mut session, "概况", true).unwrap();
        assert_eq!(done.spot, Some(Spot::Words { section: "overview".to_owned(), start: 0, end: 2 }));
        assert_eq!(session.history.done.len(), 2);
        write(&mut session, "", true).unwrap();
        assert_eq!(session.history.done.len(), 1, "nothing is left of the step");
        write(&mut session, "情", true).unwrap();
        assert_eq!((session.history.done.len(), errors(&session)), (2, 0), "the suggestion stays followed");
        let agency = |agency: &str, again| Wish::Cover { entry: CoverEntry::Agency(agency.to_owned()), again };
        session.change(agency("甲", false)).unwrap();
        assert_eq!(session.change(agency("甲镇", true)).unwrap().spot, Some(Spot::Cover("agency")));
        write(&mut session, "情况", true).unwrap();
        assert_eq!(session.history.done.len(), 4, "the cover was written between");
        session.change(Wish::Undo).unwrap();
        session.change(Wish::Undo).unwrap();
        assert_eq!((session.report.agency.as_str(), session.report.section("overview")), ("", Some("情")));
    }

    #[test]
    fn typing_goes_on_with_no_step_in_which_another_report_was_shown() {
        let mut session = faulty();
        let typed = |session: &mut Session, text: &str, again| {
            let cell = session.report.form.find("disputes.review.upheld").unwrap();
            session.change(Wish::Enter { texts: vec![(cell, text.to_owned())], entry: Entry::Typed { again } })
        };
        typed(&mut session, "1", false).unwrap();
        let other = reading().report;
        session.change(Wish::Take(Box::new(other))).unwrap();
        typed(&mut session, "12", true).unwrap();
        assert_eq!((session.report.agency.as_str(), session.history.done.len()), ("某镇", 3));
        session.change(Wish::Undo).unwrap();
        assert_eq!((session.report.agency.as_str(), session.history.done.len()), ("某镇", 2));
        assert!(session.change(Wish::Restore).is_none());
    }

    #[test]
    fn a_year_of_another_form_carries_over_what_both_have_and_comes_back() {
        let mut session = faulty();
        session.forms = Forms::official();
        let fees = session.report.form.find("article20_8.fees.amount").unwrap();
        let before = session.report.to_json();
        assert!(session.form_for(2022).is_none() && session.form_for(2010).is_none());
        assert_eq!(session.form_for(2020).unwrap().id, "gongkai-2019");
        let done = session.change(Wish::Recast(2020)).unwrap();
        assert_eq!((session.report.form.id.as_str(), session.report.year), ("gongkai-2019", Some(2020)));
        assert_eq!(done.spot, Some(Spot::Cover("year")));
        let form = session.forms.get("gongkai-2021").unwrap();
        let label = cell_label(form, fees, Language::CHINESE);
        assert!(session.left_over().contains(&format!("{label}：0")), "{:?}", session.left_over());
        session.change(Wish::Recast(2022)).unwrap();
        assert!(session.left_over().is_empty());
        session.change(Wish::Undo).unwrap();
        session.change(Wish::Undo).unwrap();
        assert_eq!(session.report.to_json(), before);
    }

    #[test]
    fn a_number_of_the_text_is_rewritten_and_undo_says_where() {
        let mut session = faulty();
        session.change(Wish::Repair { finding: 0, repair: 0 }).unwrap();
        let text = "2019年收到政府信息公开申请21件。".to_owned();
        session.change(Wish::Text { section: "overview".to_owned(), text, again: false }).unwrap();
        let rewrite = session.links.iter().find_map(|link| link.rewrite.clone()).unwrap();
        session.change(Wish::Rewrite(rewrite)).unwrap();
        assert_eq!(session.report.section("overview"), Some("2019年收到政府信息公开申请12件。"));
        assert!(session.links.iter().all(|link| link.standing == crate::check::Standing::Agrees));
        let done = session.change(Wish::Undo).unwrap();
        assert_eq!(done.spot, Some(Spot::Words { section: "overview".to_owned(), start: 15, end: 17 }));
    }

    #[test]
    fn edits_are_made_again_in_a_report_that_was_read_anew() {
        let (mut edited, mut anew) = (faulty(), faulty());
        edited.change(Wish::Repair { finding: 0, repair: 0 }).unwrap();
        anew.take_up(&mut edited);
        assert_eq!(anew.report.to_json(), edited.report.to_json());
        assert_eq!(anew.findings, edited.findings);
        assert!(anew.change(Wish::Undo).is_some());
        assert_eq!(errors(&anew), 1);
    }

    /// Puts so many figures into a cell, each an edit.
    fn put_many(session: &mut Session, figures: std::ops::Range<i64>) {
        let cell = session.report.form.find("disputes.review.upheld").unwrap();
        for figure in figures {
            session.make(Edit::cell(&session.report, cell, figure.into()).unwrap());
        }
        session.check = Check::new(&session.report, None);
        session.conclude();
    }

    #[test]
    fn what_was_edited_so_long_ago_that_it_is_forgotten_stays_in_another_language_and_after_a_break_down() {
        let (mut session, read) = (faulty(), faulty());
        let base = session.report.clone();
        put_many(&mut session, 1..9000);
        assert!(session.history.forgotten > 0);
        let known = session.history.done.len();
        let entries = session.entries();
        assert_eq!((entries.done.len(), entries.published), (known, None));

        let beginning = session.history.beginning(&session.report);
        let mut next = Session::new(Reading::from(beginning), None, Language::CHINESE);
        next.forms = Forms::official();
        next.replay(&entries);
        assert_eq!((&next.report, next.is_edited()), (&session.report, true));
        assert_eq!(next.entries(), entries);

        session.change(Wish::Undo).unwrap();
        let (report, findings) = (session.report.clone(), session.findings.clone());
        let mut anew = read;
        anew.take_up(&mut session);
        assert_eq!((&anew.report, &anew.findings, anew.is_edited()), (&report, &findings, true));
        anew.change(Wish::Redo).unwrap();
        anew.change(Wish::Undo).unwrap();
        while anew.history.forgotten == 0 && anew.change(Wish::Undo).is_some() {}
        assert_eq!((&anew.report, anew.is_edited()), (&base, false), "what was read is published still");
    }

    #[test]
    fn what_was_noted_of_a_report_to_which_nobody_comes_back_is_forgotten_with_it() {
        let mut session = faulty();
        session.import(Session::new(reading(), None, Language::CHINESE)).unwrap();
        assert_eq!(session.notes.len(), 2);
        put_many(&mut session, 1..9000);
        assert_eq!((session.notes.len(), session.left_over().len()), (1, 2), "what was noted of the file stays");
    }

    #[test]
    fn what_was_published_before_or_after_the_edits_that_are_known_is_told_apart() {
        let mut session = faulty();
        put_many(&mut session, 1..6000);
        session.publish();
        put_many(&mut session, 6000..6100);
        assert!(session.published().is_some_and(|made| made + 100 == session.history.done.len()));
        let mut anew = faulty();
        anew.take_up(&mut session);
        for _ in 0..100 {
            assert!(anew.is_edited());
            anew.change(Wish::Undo).unwrap();
        }
        assert!(!anew.is_edited());
        put_many(&mut anew, 10_000..20_000);
        assert_eq!(anew.published(), None);
        assert!(anew.history.forgotten > 0 && anew.is_edited());
    }

    #[test]
    fn what_is_published_is_no_edit_and_what_is_taken_back_then_is_one() {
        let mut session = faulty();
        let cell = session.report.form.find("disputes.review.upheld").unwrap();
        let typed = |session: &mut Session, text: &str, again| {
            let entry = Entry::Typed { again };
            session.change(Wish::Enter { texts: vec![(cell, text.to_owned())], entry }).unwrap();
        };
        assert!(!session.is_edited());
        typed(&mut session, "1", false);
        assert!(session.is_edited());
        session.publish();
        assert!(!session.is_edited());
        session.change(Wish::Undo).unwrap();
        assert!(session.is_edited());
        session.change(Wish::Redo).unwrap();
        assert!(!session.is_edited());
        // Typing that goes on is a step of its own: what is published is there to come back to.
        typed(&mut session, "12", true);
        typed(&mut session, "123", true);
        assert!(session.is_edited() && session.history.done.len() == 2);
        session.change(Wish::Undo).unwrap();
        assert!(!session.is_edited() && session.report.value(cell).to_string() == "1");
        // The same number of other edits is not the same.
        session.change(Wish::Undo).unwrap();
        typed(&mut session, "7", false);
        assert!(session.is_edited() && session.history.done.len() == 1);
        session.publish();
        let text = |text: &str, again| Wish::Text { section: "overview".to_owned(), text: text.to_owned(), again };
        session.change(text("甲", false)).unwrap();
        session.publish();
        session.change(text("甲乙", true)).unwrap();
        assert!(session.is_edited() && session.history.done.len() == 3);
    }

    #[test]
    fn what_is_published_stays_so_in_another_language() {
        let (mut edited, mut anew, mut of_file) = (faulty(), faulty(), faulty());
        edited.change(Wish::Repair { finding: 0, repair: 0 }).unwrap();
        edited.publish();
        of_file.change(Wish::Take(Box::new(edited.report.clone()))).unwrap();
        of_file.publish();
        let published = edited.report.to_json();
        anew.take_up(&mut edited);
        assert!(!anew.is_edited() && anew.report.to_json() == published);
        // Where what is read anew is what was written, nothing is left to be done again.
        let mut read = Session::new(Reading::from(of_file.report.clone()), None, Language::CHINESE);
        read.take_up(&mut of_file);
        assert!(!read.is_edited() && read.history.done.is_empty());
    }

    #[test]
    fn what_could_not_be_read_is_said_until_it_is_filled_in() {
        let json = r#"{
            "report": {"form": "gongkai-2021", "agency": "某镇", "year": 2023, "unread": ["article20_1.rules.issued"], "figures": {}},
            "findings": [{"rule": "unread", "severity": "warning", "message": "一", "cells": ["article20_1.rules.issued"]}]
        }"#;
        let reading = read(json);
        let mut session = Session::new(reading, None, Language::CHINESE);
        let unread = |session: &Session| session.findings.iter().any(|finding| finding.rule == "unread");
        assert!(unread(&session));
        let cell = session.report.form.find("article20_1.rules.issued").unwrap();
        let edit = Edit::cell(&session.report, cell, 0.into()).unwrap();
        session.make(edit);
        session.conclude();
        assert!(!unread(&session));
    }

    #[test]
    fn what_was_inferred_or_misread_is_said_until_somebody_has_seen_to_it() {
        let json = r#"{
            "report": {"form": "gongkai-2021", "agency": "某镇", "year": 2023, "inferred": ["article20_1.rules.issued"],
                "figures": {"article20_1.rules.issued": 3, "article20_1.rules.repealed": "O"}},
            "findings": [
                {"rule": "inferred", "severity": "info", "message": "一", "cells": ["article20_1.rules.issued"]},
                {"rule": "misread", "severity": "warning", "message": "二", "cells": ["article20_1.rules.repealed"],
                    "repairs": [{"changes": [{"cell": "article20_1.rules.repealed", "from": "O", "to": "0"}]}]}
            ]
        }"#;
        let read = |json: &str| Session::new(super::tests::read(json), None, Language::CHINESE);
        let mut session = read(json);
        let place = |session: &Session, rule: &str| session.findings.iter().position(|finding| finding.rule == rule);
        let cell = session.report.form.find("article20_1.rules.issued").unwrap();
        let edit = Edit::confirm(&session.report, &[cell]).unwrap();
        assert!(place(&session, "inferred").is_some());
        // Nor is it said at first where the report came with figures of its own in place of what was inferred.
        let settled = read(&json.replace(r#""inferred": ["article20_1.rules.issued"],"#, ""));
        assert!(place(&settled, "inferred").is_none() && place(&settled, "misread").is_some());
        session.make(edit);
        session.conclude();
        assert!(place(&session, "inferred").is_none());
        let finding = place(&session, "misread").unwrap();
        session.change(Wish::Repair { finding, repair: 0 }).unwrap();
        assert!(place(&session, "misread").is_none());
        session.change(Wish::Undo).unwrap();
        assert!(place(&session, "misread").is_some());
    }

    #[test]
    fn a_file_is_read_in_as_an_edit_with_what_was_noted_of_it() {
        let mut session = faulty();
        let (before, findings) = (session.report.to_json(), session.findings.clone());
        let read = || Session::new(reading(), None, Language::CHINESE);
        assert!(session.import(read()).is_some());
        assert_eq!((session.report.agency.as_str(), session.left_over().len()), ("某镇", 2));
        assert!(session.findings.iter().any(|finding| finding.rule == "read"));
        assert!(session.import(read()).is_none(), "it says the same");
        session.change(Wish::Undo).unwrap();
        assert_eq!((session.report.to_json(), &session.findings), (before.clone(), &findings));
        session.change(Wish::Redo).unwrap();
        assert_eq!(session.left_over().len(), 2);
        session.change(Wish::Undo).unwrap();
        let cell = session.report.form.find("disputes.review.upheld").unwrap();
        let entry = Entry::Typed { again: false };
        session.change(Wish::Enter { texts: vec![(cell, "9".to_owned())], entry }).unwrap();
        assert!(session.left_over().is_empty() && session.change(Wish::Redo).is_none());
    }

    #[test]
    fn last_years_report_is_drawn_beside_the_others_once() {
        let forms = Forms::official();
        let of = |year: i32| {
            let json =
                format!(r#"{{"form": "gongkai-2021", "agency": "某镇人民政府", "year": {year}, "figures": {{}}}}"#);
            Report::from_json(&json, &forms).unwrap()
        };
        let mut session = Session::new(Reading::from(of(2024)), Some(Ok(of(2023))), Language::CHINESE);
        let years = |session: &Session| session.beside().iter().filter_map(|other| other.year).collect::<Vec<_>>();
        assert_eq!(years(&session), [2023]);
        session.others = vec![of(2022), of(2023)];
        session.others[1].agency = "某镇".to_owned();
        assert_eq!(years(&session), [2022, 2023]);
    }

    #[test]
    fn an_unreadable_report_of_last_year_is_a_finding() {
        let session = Session::new(reading(), Some(Err("没有取到。".to_owned())), Language::CHINESE);
        assert!(session.findings.iter().any(|finding| finding.message.ends_with("没有取到。")));
        assert!(!session.scope.prior);
    }

    #[test]
    fn a_report_with_indicators_of_its_own_is_filled_in_and_laid_into_another_form_and_back() {
        let json = r#"{"form": "statistics", "agency": "某区", "year": 2018, "headings": ["一、概述", "二、统计表"],
            "title": "某区2018年政府信息公开工作年度报告",
            "indicators": [{"id": "received", "label": "收到申请数", "unit": "件"}, {"id": "item_2", "label": "热线数", "unit": "次"}],
            "sections": {"part_1": "概况。"}, "figures": {"indicators.received.value": 3}}"#;
        let forms = Forms::official();
        let report = Report::from_json(json, &forms).unwrap();
        let before = report.to_json();
        let mut session = Session::new(Reading::from(report), None, Language::CHINESE);
        session.forms = forms;
        assert!(session.findings.iter().all(|finding| finding.rule == "blank"), "{:?}", session.findings);
        assert_eq!((session.coverage.cells, session.blanks().len()), (2, 1));
        let texts = session.zeros();
        session.change(Wish::Enter { texts, entry: Entry::Zeros }).unwrap();
        assert!(session.findings.is_empty() && session.left_over().is_empty());
        assert!(session.form_for(2017).is_none());
        assert_eq!(session.form_for(2020).unwrap().id, "gongkai-2019");
        session.change(Wish::Recast(2020)).unwrap();
        assert_eq!((session.report.form.id.as_str(), session.report.unknown_figures.len()), ("gongkai-2019", 2));
        assert_eq!(session.left_over()[1], "（一）收到申请数，本年度：3");
        let back = session.form_for(2018).expect("its list of indicators came along");
        assert_eq!((back.id.as_str(), back.cell_count(), back.sections.len()), ("statistics", 2, 2));
        session.change(Wish::Recast(2018)).unwrap();
        assert_eq!(session.report.to_json()["indicators"], before["indicators"]);
        assert_eq!(session.report.section("part_1"), Some("概况。"));
        while session.change(Wish::Undo).is_some() {}
        assert_eq!(session.report.to_json(), before);
    }
}
