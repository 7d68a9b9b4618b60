//! How a printed table is laid out: the rows of its grid, every head with the rows and columns
//! that it covers, every figure with the heads that name it.

use super::{Axis, CellId, Form, Head, HeadPart, Sheet, Table};
use crate::language::Text;

/// A printed table, row by row. The cells of a row stand in order; covered places are left out,
/// as in an HTML table.
#[derive(Debug, PartialEq, Eq)]
pub struct Layout {
    pub width: usize,
    pub rows: Vec<Vec<LaidCell>>,
    /// For each stacked table: the row at which it begins and how many of its rows are heads.
    pub blocks: Vec<Block>,
}

impl Layout {
    /// The figures in the order in which they are printed.
    pub fn figures(&self) -> impl Iterator<Item = CellId> {
        self.rows.iter().flatten().filter_map(|cell| match cell.laid {
            Laid::Figure(cell) => Some(cell),
            _ => None,
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub table: usize,
    pub first_row: usize,
    pub head_rows: usize,
    pub rows: usize,
}

/// A cell of the printed table.
#[derive(Debug, PartialEq, Eq)]
pub struct LaidCell {
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
    pub laid: Laid,
    /// The heads that name it, outermost first, as (row, column) of the grid.
    pub heads: Vec<(usize, usize)>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Laid {
    Banner(Text),
    Corner(Text),
    /// A head; `None` for a group of several rows or columns.
    Head {
        label: Text,
        axis: Axis,
        line: Option<usize>,
    },
    Figure(CellId),
}

/// The depth of a tree of heads, a lone leaf counting 1.
pub fn depth(heads: &[Head]) -> usize {
    let of = |head: &Head| match &head.part {
        HeadPart::Leaf { .. } => 1,
        HeadPart::Group(heads) => 1 + depth(heads),
    };
    heads.iter().map(of).max().unwrap_or(0)
}

fn leaves(heads: &[Head]) -> usize {
    let of = |head: &Head| match &head.part {
        HeadPart::Leaf { .. } => 1,
        HeadPart::Group(heads) => leaves(heads),
    };
    heads.iter().map(of).sum()
}

/// How many grid columns a tree of heads takes.
pub fn span(heads: &[Head]) -> usize {
    let of = |head: &Head| match &head.part {
        HeadPart::Leaf { span, .. } => *span,
        HeadPart::Group(heads) => span(heads),
    };
    heads.iter().map(of).sum()
}

/// How many grid columns a table takes. A table laid across has no row heads at the left.
pub fn width(table: &Table) -> usize {
    if table.across {
        leaves(&table.row_heads) * span(&table.column_heads)
    } else {
        depth(&table.row_heads) + usize::from(table.unit_head.is_some()) + span(&table.column_heads)
    }
}

pub fn of(form: &Form, sheet: &Sheet) -> Layout {
    let mut grid = Grid { width: sheet.width, rows: Vec::new(), banner: None };
    let mut blocks = Vec::new();
    for &index in &sheet.tables {
        let table = &form.tables[index];
        let first_row = grid.rows.len();
        let head_rows = if table.across { grid.lay_across(table) } else { grid.lay_down(table) };
        blocks.push(Block { table: index, first_row, head_rows, rows: grid.rows.len() - first_row });
    }
    Layout { width: sheet.width, rows: grid.rows, blocks }
}

/// Where one line's heads ended up: its grid column, its span, and the chain of its heads.
struct Placed {
    line: usize,
    at: usize,
    span: usize,
    chain: Vec<Place>,
}

struct Grid {
    width: usize,
    rows: Vec<Vec<LaidCell>>,
    banner: Option<Place>,
}

impl Grid {
    fn add_rows(&mut self, count: usize) -> usize {
        let first = self.rows.len();
        self.rows.resize_with(first + count, Vec::new);
        first
    }

    fn put(&mut self, row: usize, cell: LaidCell) {
        self.rows[row].push(cell);
    }

    fn lay_banner(&mut self, table: &Table) {
        self.banner = None;
        let Some(label) = &table.banner else { return };
        let row = self.add_rows(1);
        let laid = Laid::Banner(label.clone());
        self.put(row, LaidCell { column: 0, rows: 1, columns: self.width, laid, heads: vec![] });
        self.banner = Some((row, 0));
    }

    /// Column heads on top, row heads at the left. Returns the number of head rows.
    fn lay_down(&mut self, table: &Table) -> usize {
        let before = self.rows.len();
        self.lay_banner(table);
        let (label_columns, head_rows) = (depth(&table.row_heads), depth(&table.column_heads));
        let first = self.add_rows(head_rows);
        let corner = Laid::Corner(table.corner.clone().unwrap_or_default());
        let cell = LaidCell { column: 0, rows: head_rows, columns: label_columns, laid: corner, heads: vec![] };
        self.put(first, cell);
        let chain: Vec<_> = self.banner.into_iter().collect();
        let mut column = label_columns;
        if let Some(label) = &table.unit_head {
            let laid = Laid::Head { label: label.clone(), axis: Axis::Column, line: None };
            self.put(first, LaidCell { column, rows: head_rows, columns: 1, laid, heads: chain.clone() });
            column += 1;
        }
        let mut columns = Vec::new();
        let spot = Spot { row: first, column, rows_left: head_rows };
        self.lay_column_heads(&table.column_heads, spot, &chain, &mut columns);
        for head in &table.row_heads {
            self.lay_row_head(table, head, 0, label_columns, &[], &columns);
        }
        first + head_rows - before
    }

    /// Lays heads beside each other, each with what it heads; returns the next free grid column.
    fn lay_column_heads(&mut self, heads: &[Head], spot: Spot, above: &[Place], placed: &mut Vec<Placed>) -> usize {
        heads
            .iter()
            .fold(spot.column, |column, head| self.lay_column_head(head, Spot { column, ..spot }, above, placed))
    }

    fn lay_column_head(&mut self, head: &Head, spot: Spot, above: &[Place], placed: &mut Vec<Placed>) -> usize {
        let Spot { row, column, rows_left } = spot;
        let chain = spot.below(above);
        let heads = above.to_vec();
        let label = head.label.clone();
        match &head.part {
            HeadPart::Leaf { line, span } => {
                let laid = Laid::Head { label, axis: Axis::Column, line: Some(*line) };
                self.put(row, LaidCell { column, rows: rows_left, columns: *span, laid, heads });
                placed.push(Placed { line: *line, at: column, span: *span, chain });
                column + span
            }
            HeadPart::Group(inner) => {
                let laid = Laid::Head { label, axis: Axis::Column, line: None };
                self.put(row, LaidCell { column, rows: 1, columns: span(inner), laid, heads });
                self.lay_column_heads(inner, spot.next_row(), &chain, placed)
            }
        }
    }

    fn lay_row_head(
        &mut self,
        table: &Table,
        head: &Head,
        at: usize,
        columns_left: usize,
        before: &[Merged],
        columns: &[Placed],
    ) {
        match &head.part {
            HeadPart::Leaf { line, .. } => {
                let row = self.add_rows(1);
                let mut heads = self.lay_merged(row, before);
                let laid = Laid::Head { label: head.label.clone(), axis: Axis::Row, line: Some(*line) };
                self.put(row, LaidCell { column: at, rows: 1, columns: columns_left, laid, heads: heads.clone() });
                heads.push((row, at));
                if table.unit_head.is_some() {
                    self.lay_unit(table, row, *line, at + columns_left, &mut heads);
                }
                self.lay_figures(table, row, *line, &heads, columns);
            }
            HeadPart::Group(inner) => {
                let first = self.rows.len();
                let mut merged = before.to_vec();
                merged.push(Merged { label: head.label.clone(), at, rows: leaves(inner), row: None });
                for head in inner {
                    self.lay_row_head(table, head, at + 1, columns_left - 1, &merged, columns);
                    // The merged heads stand in the first of their rows only.
                    merged.iter_mut().for_each(|head| _ = head.row.get_or_insert(first));
                }
            }
        }
    }

    /// Lays the merged heads that begin in this row; returns where all of them stand.
    fn lay_merged(&mut self, row: usize, merged: &[Merged]) -> Vec<Place> {
        let mut heads: Vec<_> = self.banner.into_iter().collect();
        for head in merged {
            if head.row.is_none() {
                let laid = Laid::Head { label: head.label.clone(), axis: Axis::Row, line: None };
                let cell = LaidCell { column: head.at, rows: head.rows, columns: 1, laid, heads: heads.clone() };
                self.put(row, cell);
            }
            heads.push((head.row.unwrap_or(row), head.at));
        }
        heads
    }

    /// The unit of a row in its own column, as a further head of the row.
    fn lay_unit(&mut self, table: &Table, row: usize, line: usize, column: usize, heads: &mut Vec<Place>) {
        let label = table.unit_of(line).cloned().unwrap_or_default();
        let is_printed = !label.zh.is_empty();
        let laid = Laid::Head { label, axis: Axis::Row, line: Some(line) };
        self.put(row, LaidCell { column, rows: 1, columns: 1, laid, heads: heads.clone() });
        heads.extend(is_printed.then_some((row, column)));
    }

    fn lay_figures(&mut self, table: &Table, row: usize, line: usize, heads: &[Place], columns: &[Placed]) {
        for column in columns {
            let laid = Laid::Figure(table.cell(line, column.line));
            let above = column.chain.iter().filter(|place| Some(**place) != self.banner);
            let chain = heads.iter().chain(above).copied().collect();
            self.put(row, LaidCell { column: column.at, rows: 1, columns: column.span, laid, heads: chain });
        }
    }

    /// Rows beside each other: the row heads on top, each over its own set of column heads.
    fn lay_across(&mut self, table: &Table) -> usize {
        let before = self.rows.len();
        self.lay_banner(table);
        let row_depth = depth(&table.row_heads);
        let head_rows = row_depth + depth(&table.column_heads);
        let first = self.add_rows(head_rows);
        let chain: Vec<_> = self.banner.into_iter().collect();
        let mut placed = Vec::new();
        let spot = Spot { row: first, column: 0, rows_left: head_rows };
        self.lay_groups_across(table, &table.row_heads, spot, &chain, &mut placed);
        let row = self.add_rows(1);
        for (line, column) in placed {
            let laid = Laid::Figure(table.cell(line, column.line));
            self.put(row, LaidCell { column: column.at, rows: 1, columns: column.span, laid, heads: column.chain });
        }
        first + head_rows - before
    }

    fn lay_groups_across(
        &mut self,
        table: &Table,
        heads: &[Head],
        spot: Spot,
        above: &[Place],
        placed: &mut Vec<(usize, Placed)>,
    ) -> usize {
        heads.iter().fold(spot.column, |column, head| {
            self.lay_group_across(table, head, Spot { column, ..spot }, above, placed)
        })
    }

    fn lay_group_across(
        &mut self,
        table: &Table,
        head: &Head,
        spot: Spot,
        above: &[Place],
        placed: &mut Vec<(usize, Placed)>,
    ) -> usize {
        let chain = spot.below(above);
        let (rows, line) = match &head.part {
            HeadPart::Leaf { line, .. } => (1, Some(*line)),
            HeadPart::Group(inner) => (leaves(inner), None),
        };
        let laid = Laid::Head { label: head.label.clone(), axis: Axis::Row, line };
        let columns = rows * span(&table.column_heads);
        self.put(spot.row, LaidCell { column: spot.column, rows: 1, columns, laid, heads: above.to_vec() });
        match &head.part {
            HeadPart::Leaf { line, .. } => {
                let mut own = Vec::new();
                let next = self.lay_column_heads(&table.column_heads, spot.next_row(), &chain, &mut own);
                placed.extend(own.into_iter().map(|column| (*line, column)));
                next
            }
            HeadPart::Group(inner) => self.lay_groups_across(table, inner, spot.next_row(), &chain, placed),
        }
    }
}

/// A place of the grid: its row and its column.
type Place = (usize, usize);

/// Where a head is to be laid, and how many head rows there are from there down.
#[derive(Clone, Copy)]
struct Spot {
    row: usize,
    column: usize,
    rows_left: usize,
}

impl Spot {
    fn next_row(self) -> Spot {
        Spot { row: self.row + 1, rows_left: self.rows_left - 1, ..self }
    }

    /// The chain of heads with this one at its end.
    fn below(self, above: &[Place]) -> Vec<Place> {
        above.iter().copied().chain([(self.row, self.column)]).collect()
    }
}

/// A merged row head that waits for its first row.
#[derive(Clone)]
struct Merged {
    label: Text,
    at: usize,
    rows: usize,
    row: Option<usize>,
}
