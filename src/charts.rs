//! What of reports is shown as pictures, as their forms say: each picture with its title, a sentence that says
//! what it shows, the figures that it is made of, and what a reader has to know of them.

use crate::chart::Plot;
use crate::language::Language;
use crate::report::Report;

/// One picture of figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// By which a page chooses it: `outcomes`.
    pub id: String,
    /// The section of the report whose figures it shows; `None` for one over several reports.
    pub section: Option<String>,
    pub title: String,
    /// What it shows, in one sentence, computed from the figures.
    pub reading: String,
    /// What has to be known of it, each in a sentence: what is not filled in, what does not add up, what has
    /// changed between years.
    pub notes: Vec<String>,
    /// `None` where there is nothing to draw, which is what the reading says then.
    pub plot: Option<Plot>,
    pub figures: Figures,
    /// Where its figures come from.
    pub source: String,
    /// The figure that it shows, and those that it could show instead.
    pub choice: Option<Choice>,
}

/// Exactly the figures that a picture shows, as a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// What stands over the labels of the rows, and over the columns.
    pub heads: Vec<String>,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    pub label: String,
    /// How deep it stands below others.
    pub level: u8,
    pub cells: Vec<Figure>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    pub text: String,
    /// Where it stands: an address in the report that is shown, one behind a slash in another
    /// (`2020/requests.received.total`); empty where it is computed. Marks name their cells in the same way.
    pub cell: String,
}

/// A figure that is chosen among others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// The address of the one that is shown.
    pub chosen: String,
    pub groups: Vec<ChoiceGroup>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChoiceGroup {
    pub label: String,
    /// Addresses with their labels.
    pub options: Vec<(String, String)>,
}

/// The figures that a reader has chosen, by the id of the chart.
pub type Choices = Vec<(String, String)>;

/// The charts of a report, and of that report among `others`: of the same body in other years, of other bodies.
pub fn of(report: &Report, others: &[Report], choices: &Choices, language: Language) -> Vec<Chart> {
    let _ = (report, others, choices, language);
    Vec::new()
}
