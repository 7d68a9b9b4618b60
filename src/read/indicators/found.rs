//! A table of indicators as it was found in a document.

use crate::provenance::Place;

/// A table, or several of one shape.
#[derive(Debug, Default)]
pub struct Found {
    /// The columns of figures, by their places in the form, as they stand.
    pub columns: Vec<usize>,
    /// The year over the column of this year's figures.
    pub year: Option<i32>,
    pub rows: Vec<Row>,
    /// What stands among the rows and is none.
    pub leftover: Vec<String>,
    /// What it takes of the document.
    pub taken: Taken,
}

/// What a table takes of a document.
#[derive(Debug, Default, PartialEq)]
pub struct Taken {
    /// The lines that it takes wholly.
    pub lines: Vec<usize>,
    /// Running text from a character of a line to before one of another.
    pub text: Option<(Spot, Spot)>,
}

/// A line, and how many bytes into its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub line: usize,
    pub at: usize,
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub label: String,
    /// Empty where none stands there.
    pub unit: String,
    /// How deep it stands, where the columns of labels tell.
    pub level: Option<usize>,
    pub figures: Figures,
    /// What stands there, for people.
    pub text: String,
    /// Where the figures of each column stand, or the row.
    pub places: Vec<Place>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Figures {
    /// It has none: it heads others.
    None,
    /// One text for each column.
    Told(Vec<String>),
    /// Figures that run together.
    Glued(String),
    /// They cannot be told apart.
    Unclear,
}

impl Found {
    /// How many rows have figures, or places for them.
    pub fn figures(&self) -> usize {
        self.rows.iter().filter(|row| row.figures != Figures::None).count()
    }
}
