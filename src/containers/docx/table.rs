//! The tables of a document as rows whose cells have their places.

use crate::read::document::{Cell, Kind, Line};
use crate::read::html::WIDEST;

/// Edges of columns that lie nearer to each other than this are one, in twentieths of a point: less than the
/// width of a digit.
const SAME_EDGE: usize = 90;

/// What stands in a cell, or in the document: a paragraph, or the lines of a table.
pub enum Block {
    Text(String),
    Table(Vec<Line>),
}

impl Block {
    pub fn into_lines(self) -> Vec<Line> {
        match self {
            Block::Text(text) => vec![Line { apart: true, ..Line::paragraph(text) }],
            Block::Table(lines) => lines,
        }
    }
}

#[derive(Default)]
pub struct Table {
    pub rows: Vec<Row>,
}

#[derive(Default)]
pub struct Row {
    /// How many columns of the grid are left out before and after its cells.
    pub before: usize,
    pub after: usize,
    pub cells: Vec<TableCell>,
    /// Whether it was deleted, which only shows while changes are tracked, or is hidden.
    pub is_gone: bool,
}

#[derive(Default)]
pub struct TableCell {
    pub columns: usize,
    /// In twentieths of a point; 0 where that is not said.
    pub width: usize,
    pub down: Merge,
    /// How older programs merge cells beside each other.
    pub across: Merge,
    pub blocks: Vec<Block>,
}

/// Whether a cell is merged with the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Merge {
    #[default]
    None,
    Begins,
    GoesOn,
}

impl Merge {
    /// What the attribute of such an element says.
    pub fn said(value: Option<&str>) -> Merge {
        if value == Some("restart") { Merge::Begins } else { Merge::GoesOn }
    }
}

impl Table {
    /// A table around other tables, or with one cell a row, lays out a page: its cells are text.
    fn only_lays_out(&self) -> bool {
        let mut blocks = self.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks);
        blocks.any(|block| matches!(block, Block::Table(_))) || self.rows.iter().all(|row| row.cells.len() <= 1)
    }

    /// The rows, of which the table has a number.
    pub fn lines(mut self, number: usize) -> Vec<Line> {
        self.rows.retain(|row| !row.is_gone);
        self.rows.iter_mut().for_each(Row::join_across);
        if self.only_lays_out() {
            let cells = self.rows.into_iter().flat_map(|row| row.cells);
            return cells.flat_map(|cell| cell.blocks).flat_map(Block::into_lines).collect();
        }
        self.take_columns_from_widths();
        let width = self.rows.iter().map(Row::width).max().unwrap_or(0).clamp(1, WIDEST);
        let kind = Kind::Row { table: number, width };
        // The columns in which a cell that is merged downwards began.
        let mut open = vec![false; width];
        let rows = self.rows.into_iter();
        rows.map(|row| Line { kind, cells: row.cells(&mut open), apart: false }).collect()
    }

    /// Where nothing says which cells of unequal rows take several columns, their widths do.
    fn take_columns_from_widths(&mut self) {
        let cells = || self.rows.iter().flat_map(|row| &row.cells);
        let is_said = cells().any(|cell| cell.columns > 1) || self.rows.iter().any(|row| row.before + row.after > 0);
        let is_even = self.rows.windows(2).all(|two| two[0].cells.len() == two[1].cells.len());
        if is_said || is_even || cells().any(|cell| cell.width == 0) {
            return;
        }
        let mut edges: Vec<_> = self.rows.iter().flat_map(Row::edges).collect();
        edges.sort_unstable();
        edges.dedup_by(|next, last| *next - *last < SAME_EDGE);
        for row in &mut self.rows {
            let ends = row.edges();
            let mut column = 0;
            for (cell, end) in row.cells.iter_mut().zip(ends) {
                let after = edges.partition_point(|edge| *edge <= end).max(column + 1);
                cell.columns = after - column;
                column = after;
            }
        }
    }
}

impl Row {
    fn width(&self) -> usize {
        let cells = self.cells.iter().map(|cell| cell.columns);
        cells.fold(self.before.saturating_add(self.after), usize::saturating_add)
    }

    /// Where its cells end, by their widths.
    fn edges(&self) -> Vec<usize> {
        let mut end = 0usize;
        let ends = self.cells.iter().map(|cell| {
            end = end.saturating_add(cell.width);
            end
        });
        ends.collect()
    }

    /// Cells that go on with the one at their left become part of it.
    fn join_across(&mut self) {
        let mut joined: Vec<TableCell> = Vec::new();
        for cell in std::mem::take(&mut self.cells) {
            match joined.last_mut().filter(|last| cell.across == Merge::GoesOn && last.across != Merge::None) {
                Some(last) => {
                    last.columns = last.columns.saturating_add(cell.columns);
                    last.width = last.width.saturating_add(cell.width);
                }
                None => joined.push(cell),
            }
        }
        self.cells = joined;
    }

    /// Its cells with their places, without those that a cell from above takes.
    fn cells(self, open: &mut [bool]) -> Vec<Cell> {
        let mut cells = Vec::new();
        let mut column = self.before;
        for cell in self.cells {
            let Some(began) = open.get_mut(column) else { break };
            let is_covered = cell.down == Merge::GoesOn && *began;
            *began = cell.down != Merge::None;
            let span = cell.columns.clamp(1, WIDEST);
            if !is_covered {
                cells.push(Cell { text: cell.text(), column, span });
            }
            column = column.saturating_add(span);
        }
        cells
    }
}

impl TableCell {
    fn text(&self) -> String {
        let texts = self.blocks.iter().filter_map(|block| match block {
            Block::Text(text) => Some(text.as_str()),
            Block::Table(_) => None,
        });
        texts.collect::<Vec<_>>().join(" ")
    }
}
