//! What came of torn rows: figures that are known, and why; cells that have to be asked for, and what they
//! may hold.

use std::collections::BTreeSet;

use super::recognition::Slip;
use crate::form::CellId;

/// Why a figure is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// No other reading satisfies the form's relations.
    Laws,
    /// No other reading follows from last year's report as well.
    Prior,
    /// No reading satisfies all relations; no other satisfies those of the row alone.
    Row,
}

/// A figure that is known by inference.
#[derive(Clone, Debug)]
pub struct Known {
    /// The torn row that it stands in, by position.
    pub row: usize,
    pub cell: CellId,
    /// As published; empty for a blank cell.
    pub text: String,
    pub basis: Basis,
}

/// Cells that were not read, with what they may hold.
#[derive(Clone, Debug)]
pub struct Question {
    /// The torn rows that it is about, by position.
    pub rows: Vec<usize>,
    pub cells: Vec<CellId>,
    pub doubt: Doubt,
}

/// Cells with what may stand in them.
pub type Filling = Vec<(CellId, String)>;

#[derive(Clone, Debug)]
pub enum Doubt {
    /// So many readings satisfy all relations.
    Several {
        count: u64,
        /// All of them, where they are few.
        told: Vec<Filling>,
        /// What each cell may hold, where that is little.
        values: Vec<(CellId, Vec<String>)>,
    },
    /// Something went wrong on the way, and this would set it right.
    Likely {
        told: Vec<Filling>,
        slip: Slip,
        /// The relations that hold then.
        relations: Vec<usize>,
    },
    /// More than can be told.
    TooMany,
    /// None does.
    None {
        /// The one that breaks the fewest relations, and which.
        nearest: Option<(Filling, Vec<usize>)>,
    },
}

/// What came of torn rows.
#[derive(Debug, Default)]
pub struct Inference {
    pub known: Vec<Known>,
    pub questions: Vec<Question>,
    /// The relations by which something is known, by basis, as instances of the form.
    pub laws: BTreeSet<(Basis, usize)>,
}

impl Inference {
    pub fn knows(&self, cell: CellId) -> bool {
        self.known.iter().any(|known| known.cell == cell)
    }

    pub fn ask(&mut self, rows: Vec<usize>, cells: Vec<CellId>, doubt: Doubt) {
        self.questions.push(Question { rows, cells, doubt });
    }
}
