//! What the parts of the view are drawn from, what a reader does in them, and the ids by which
//! focus and links find them within the shadow root.

use yew::Callback;

use super::marks::Marks;
use super::session::Session;
use super::wording::Words;
use crate::form::{CellId, Form};

/// What the parts of the view are drawn from.
pub struct Scene<'a> {
    pub session: &'a Session,
    pub marks: Marks,
    /// The findings that are open, by their places in the list.
    pub opened: &'a [usize],
    pub act: &'a Callback<Action>,
    pub words: Words,
}

/// What a reader does in the view.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Opens or closes a finding, by its place in the list.
    Toggle(usize),
    ShowAll,
    /// Goes to a cell, from the finding that names it.
    ToCell {
        cell: CellId,
        from: Option<usize>,
    },
    /// Opens the findings of a cell and goes to the first.
    ToFindings(Vec<usize>),
    ToSection(String),
}

/// The id of what names the screen: the report's title, or that there is none.
pub const TITLE: &str = "title";

/// The id of a section's heading.
pub fn section_id(section: &str) -> String {
    format!("section-{section}")
}

/// The id of a cell.
pub fn cell_id(form: &Form, cell: CellId) -> String {
    format!("cell-{}", form.cell(cell).address)
}

/// The id of the button that opens a finding.
pub fn finding_id(finding: usize) -> String {
    format!("finding-{finding}")
}
