//! Where one is in the tables that are filled in: the cell that has the focus, what is selected with it,
//! and what is being typed.

use super::keys::State;
use crate::form::{CellId, Form};
use crate::grid::{Direction, Grid, Rectangle};

/// The cell that has the focus, with what is selected.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    pub cell: CellId,
    /// The other corner of the selection.
    pub far: CellId,
    /// Rows, columns or the whole, where these were selected.
    pub lines: Option<Rectangle>,
    pub typed: Option<Typed>,
    /// The cell from which one went along the row with the Tab key: Enter goes to the one below it.
    pub home: Option<CellId>,
    /// Whether the next Tab key leaves the table.
    pub leaving: bool,
}

/// What is being typed into a cell, as it is typed: it is not the report's until it can be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Typed {
    pub text: String,
    /// Whether the arrows move the caret.
    pub within: bool,
    /// Whether the report has been changed by it.
    pub begun: bool,
}

impl Cursor {
    pub fn at(cell: CellId) -> Cursor {
        Cursor { cell, far: cell, lines: None, typed: None, home: None, leaving: false }
    }

    pub fn state(&self) -> State {
        match &self.typed {
            None => State::Ready,
            Some(typed) if typed.within => State::Editing,
            Some(_) => State::Typing,
        }
    }

    /// What is selected; `None` on another sheet.
    pub fn selection(&self, grid: &Grid) -> Option<Rectangle> {
        grid.position(self.cell)?;
        self.lines.clone().or_else(|| grid.rectangle(self.cell, self.far))
    }

    /// Lets the selection grow.
    pub fn extend(&mut self, grid: &Grid, direction: Direction, to_edge: bool) {
        let moved = if to_edge { grid.edge(self.far, direction) } else { grid.step(self.far, direction) };
        self.far = moved.unwrap_or(self.far);
        self.lines = None;
    }

    /// Whether more than one cell is selected.
    pub fn is_wide(&self) -> bool {
        self.lines.is_some() || self.far != self.cell
    }
}

/// The cells of a form sheet by sheet, in the order in which they are printed.
pub fn in_print_order(form: &Form) -> Vec<CellId> {
    let sheets = form.sections.iter().flat_map(|section| &section.sheets);
    sheets.flat_map(|sheet| Grid::of(form, sheet).in_order().collect::<Vec<_>>()).collect()
}

/// The next of some cells behind one, and from the end on from the beginning.
pub fn next_of(order: &[CellId], from: Option<CellId>, wanted: impl Fn(CellId) -> bool) -> Option<CellId> {
    let start = from.and_then(|from| order.iter().position(|cell| *cell == from)).map_or(0, |at| at + 1);
    let (before, behind) = order.split_at(start.min(order.len()));
    behind.iter().chain(before).copied().find(|cell| wanted(*cell))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;

    #[test]
    fn a_selection_grows_from_its_far_corner() {
        let form = Forms::official().get("gongkai-2021").unwrap().clone();
        let cell = |address: &str| form.find(address).unwrap();
        let grid = Grid::around(&form, cell("requests.received.business")).unwrap();
        let mut cursor = Cursor::at(cell("requests.received.business"));
        assert!(!cursor.is_wide());
        cursor.extend(&grid, Direction::Down, false);
        cursor.extend(&grid, Direction::Right, true);
        let selection = cursor.selection(&grid).unwrap();
        assert_eq!((grid.cells(&selection).count(), cursor.cell), (12, cell("requests.received.business")));
        let other = Grid::around(&form, cell("disputes.review.total")).unwrap();
        assert_eq!(cursor.selection(&other), None);
    }

    #[test]
    fn the_next_blank_comes_behind_and_then_from_the_beginning() {
        let form = Forms::official().get("gongkai-2021").unwrap().clone();
        let order = in_print_order(&form);
        assert_eq!(order.len(), form.cell_count());
        let (third, last) = (order[2], order[order.len() - 1]);
        let next = |from| next_of(&order, Some(from), |cell| cell == third || cell == last);
        assert_eq!((next(third), next(last)), (Some(last), Some(third)));
        assert_eq!(next_of(&order, None, |_| true), Some(order[0]));
        assert_eq!(next_of(&order, Some(last), |_| false), None);
    }
}
