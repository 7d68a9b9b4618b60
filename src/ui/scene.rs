//! What the parts of the view are drawn from, what a reader does in them, and the ids by which
//! focus and links find them within the shadow root.

use std::cell::RefCell;
use std::rc::Rc;

use yew::{Callback, Html, MouseEvent, html};

use super::EDITOR;
use super::asking::Asking;
use super::charts::Showing;
use super::clipboard::Copied;
use super::cursor::Cursor;
use super::exporting::{AtHand, Format};
use super::gestures::Gesture;
use super::groups::Group;
use super::marks::{Mark, Marks};
use super::phrases;
use super::session::Session;
use super::table::Skeleton;
use super::wording::Words;
use crate::charts::Chart;
use crate::edit::CoverEntry;
use crate::finding::{Finding, Quote, TextChange};
use crate::form::{CellId, Form};

/// What the parts of the view are drawn from.
pub struct Scene<'a> {
    pub session: &'a Session,
    /// The same for what happens later.
    pub shared: &'a Rc<RefCell<Session>>,
    pub sheets: &'a [Rc<Skeleton>],
    pub marks: Marks,
    /// Where one is in the tables.
    pub cursor: Option<&'a Cursor>,
    /// What is asked before something is done.
    pub asking: Option<&'a Asking>,
    /// The findings that are open, by their places in the list.
    pub opened: &'a [usize],
    /// The groups of which all findings are shown.
    pub revealed: &'a [Group],
    /// The cell of which it is told, in a report that is read, where it comes from.
    pub traced: Option<CellId>,
    /// The reason that is being written.
    pub draft: Option<&'a Draft>,
    /// Whether the report can be changed here.
    pub editable: bool,
    /// Whether something is being done that the Escape key cancels.
    pub working: bool,
    pub showing: Showing<'a>,
    /// The formats in which files can be had.
    pub at_hand: &'a AtHand,
    pub act: &'a Callback<Action>,
    /// Asks for the paragraphs of what is pasted into a text.
    pub copied: &'a Callback<Copied>,
    /// What was entered for the year and is none.
    pub odd_year: Option<&'a str>,
    pub words: Words,
}

/// A reason while it is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The finding that it is for, by its place.
    pub finding: usize,
    pub reason: String,
    /// Whether it was to be saved with nothing in it.
    pub blank: bool,
}

/// What a reader does in the view.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Opens or closes a finding, by its place in the list.
    Toggle(usize),
    /// Shows all findings of a group, or no longer.
    Reveal(Group),
    ToGroup(Group),
    /// Goes to what has an id, from the finding that names it, which opens.
    To {
        id: String,
        from: Option<usize>,
    },
    /// Opens findings and goes to the first.
    ToFindings(Vec<usize>),
    /// Follows a suggestion.
    Apply {
        finding: usize,
        repair: usize,
    },
    /// Begins to write the reason for a finding.
    Write(usize),
    Type(String),
    Save,
    Cancel,
    /// Takes the reason for a finding back.
    Withdraw(usize),
    Check,
    Undo,
    Redo,
    /// Something is done in a table.
    Grid(Gesture),
    /// Characters were composed to the end in the cell at an address.
    Composed {
        address: String,
        text: String,
    },
    /// Goes to the next cell that is still blank.
    NextBlank,
    /// Has a total follow its parts again.
    Sum(CellId),
    Unit {
        cell: CellId,
        unit: Option<String>,
    },
    /// Asks whether this is to be done.
    Ask(Asking),
    /// Does what was asked.
    Agree,
    /// Pastes cell by cell what could be taken as a whole table.
    PasteAsBlock,
    Dismiss,
    /// Tells where a figure comes from, or no longer; where one edits, goes to its cell.
    Trace(CellId),
    /// Goes to the next cell that somebody should look at.
    NextDoubtful,
    /// Confirms what was inferred in cells.
    Confirm(Vec<CellId>),
    /// The same, in the list of what is to be checked first.
    ConfirmListed(Vec<CellId>),
    /// Lists all that is to be checked first.
    AllDoubtful,
    /// Opens or closes the menu of formats, with the focus on what has an id.
    Menu {
        open: bool,
        focus: Option<String>,
    },
    /// Saves the report as a file.
    Download(&'static Format),
    /// Shows charts, or tables.
    Turn(bool),
    /// Goes from a mark of a chart, by its id, to the figure at an address.
    ToFigure {
        address: String,
        from: String,
    },
    /// Goes from the figure at an address to where it is drawn.
    ToChart {
        chart: String,
        address: String,
    },
    /// Shows the way from the figure at an address to its charts, or no longer.
    Point(String),
    /// Chooses the figure that a chart shows.
    Choose {
        chart: String,
        figure: String,
    },
    /// Saves a chart as a file.
    SaveChart {
        chart: Rc<Chart>,
        format: &'static Format,
        width: f64,
    },
    /// Writes on in the text of a section.
    WriteText {
        section: String,
        text: String,
        again: bool,
    },
    /// Writes a number of a text as the tables have it.
    Rewrite(TextChange),
    /// Writes on in a field of the cover.
    Cover {
        entry: CoverEntry,
        again: bool,
    },
    /// The year was entered.
    Year(String),
    /// Writes the year that was entered and stays with the form.
    OnlyYear,
}

impl Scene<'_> {
    /// Whether the report can be changed here.
    pub fn edits(&self) -> bool {
        EDITOR && self.editable
    }

    /// What findings say about a cell.
    pub fn mark(&self, cell: CellId) -> Option<&Mark> {
        self.marks.of(cell)
    }

    /// A link that moves the focus itself: an address with a fragment does not reach into a shadow root.
    pub fn link(&self, class: &'static str, id: String, from: Option<usize>, content: Html) -> Html {
        let href = format!("#{id}");
        let onclick = self.go(Action::To { id, from });
        html! { <a {class} {href} {onclick}>{ content }</a> }
    }

    /// What a link does in place of following its address.
    pub fn go(&self, action: Action) -> Callback<MouseEvent> {
        self.act.reform(move |event: MouseEvent| {
            event.prevent_default();
            action.clone()
        })
    }

    pub fn button(&self, class: &'static str, action: Action, label: &'static str) -> Html {
        let onclick = self.act.reform(move |_| action.clone());
        html! { <button {class} type="button" {onclick}>{ label }</button> }
    }

    /// The id of a cell at an address; `None` where the form does not have it.
    pub fn cell_target(&self, address: &str) -> Option<String> {
        let form = &*self.session.report.form;
        form.find(address).map(|cell| cell_id(form, cell))
    }

    /// The id of the words that a finding quotes.
    pub fn quote_target(&self, quote: &Quote) -> Option<String> {
        phrases::start(&self.session.report, quote).map(|start| words_id(&quote.section, start))
    }

    /// Where a finding leads: its first cell, its words, or its section.
    pub fn target(&self, finding: &Finding) -> Option<String> {
        let form = &*self.session.report.form;
        let section = || {
            let id = finding.section.as_deref()?;
            form.sections.iter().any(|section| section.id == id).then(|| section_id(id))
        };
        let cell = finding.cells.iter().find_map(|address| self.cell_target(address));
        cell.or_else(|| finding.quotes.iter().find_map(|quote| self.quote_target(quote))).or_else(section)
    }
}

/// Things one after another. Collected in one place for all kinds of iterators, which saves the
/// module some kilobytes over `for` in the markup.
pub fn each(mut items: impl Iterator<Item = Html>) -> Html {
    fn gather(next: &mut dyn FnMut() -> Option<Html>) -> Html {
        let mut gathered = Vec::new();
        while let Some(item) = next() {
            gathered.push(item);
        }
        gathered.into_iter().collect()
    }
    gather(&mut || items.next())
}

/// The id of what names the screen: the report's title, or that there is none.
pub const TITLE: &str = "title";

/// The id of the result of the check.
pub const SUMMARY: &str = "summary";

/// The id of the field in which a reason is written.
pub const REASON: &str = "reason";

/// The id of a section's heading.
pub fn section_id(section: &str) -> String {
    format!("section-{section}")
}

/// The id of a cell.
pub fn cell_id(form: &Form, cell: CellId) -> String {
    format!("cell-{}", form.cell(cell).address)
}

/// The id of words in the text of a section, by their first character.
pub fn words_id(section: &str, start: usize) -> String {
    format!("words-{section}-{start}")
}

/// The id of a finding's sentence.
pub fn finding_id(finding: usize) -> String {
    format!("finding-{finding}")
}

/// The id of the button with which one begins to write a reason.
pub fn write_id(finding: usize) -> String {
    format!("write-{finding}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::forms::Forms;
    use crate::language::Language;
    use crate::report::Report;
    use crate::ui::marks;
    use crate::ui::reading::Reading;

    const JSON: &str = r#"{"form": "gongkai-2021", "agency": "某镇", "year": 2023, "title": "某镇2022年报告",
        "sections": {"overview": "一是公开。\n\n 共收到25件。"}, "figures": {}}"#;

    fn target(finding: &Finding) -> Option<String> {
        let report = Report::from_json(JSON, &Forms::official()).unwrap();
        let shared = Rc::new(RefCell::new(Session::new(Reading::from(report), None, Language::CHINESE)));
        let session = &*shared.borrow();
        let scene = Scene {
            marks: marks::marks(&session.report.form, &session.findings, |_, _| true),
            session,
            shared: &shared,
            sheets: &[],
            cursor: None,
            asking: None,
            opened: &[],
            revealed: &[],
            traced: None,
            draft: None,
            editable: false,
            working: false,
            showing: Showing::default(),
            at_hand: &AtHand::default(),
            act: &Callback::noop(),
            copied: &Callback::noop(),
            odd_year: None,
            words: Words(Language::CHINESE),
        };
        scene.target(finding)
    }

    fn quote(section: &str, start: usize, end: usize) -> Quote {
        Quote { section: section.to_owned(), start, end, text: String::new() }
    }

    #[test]
    fn a_finding_leads_to_its_cell_or_its_words_or_its_section() {
        let mut finding = Finding::new("narrative", Severity::Warning, "");
        assert_eq!(target(&finding), None, "it is about the whole report");
        finding.section = Some("overview".to_owned());
        assert_eq!(target(&finding).as_deref(), Some("section-overview"));
        // The words begin behind the space before the paragraph.
        finding.quotes = vec![quote("overview", 6, 13)];
        assert_eq!(target(&finding).as_deref(), Some("words-overview-8"));
        finding.cells = vec!["nowhere.at.all".to_owned(), "requests.received.total".to_owned()];
        assert_eq!(target(&finding).as_deref(), Some("cell-requests.received.total"));
    }

    #[test]
    fn words_of_the_title_and_of_a_text_that_is_not_there() {
        let about = |quote| Finding { quotes: vec![quote], ..Finding::new("narrative", Severity::Warning, "") };
        assert_eq!(target(&about(quote("title", 2, 7))).as_deref(), Some("words-title-2"));
        assert_eq!(target(&about(quote("other", 0, 3))), None);
    }
}
