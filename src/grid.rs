//! The figures of a printed sheet by rows and columns, so that one can move among them and choose
//! several. Tables that are stacked on one sheet have different columns, and a figure may take several
//! grid columns; what is “below” is therefore told by printed places.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::form::{CellId, Form, Laid, Sheet};

/// The figures of one printed sheet.
#[derive(Clone, Debug)]
pub struct Grid {
    rows: Vec<Row>,
}

/// A printed row that holds figures.
#[derive(Clone, Debug)]
struct Row {
    table: usize,
    figures: Vec<Figure>,
}

#[derive(Clone, Debug)]
struct Figure {
    cell: CellId,
    columns: Range<usize>,
}

/// Where a figure stands: its row among those that hold figures, and its first grid column, with
/// columns of row heads counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub row: usize,
    pub column: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
    Left,
    Right,
}

/// Rows and grid columns of a sheet, as a person selects them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rectangle {
    pub rows: Range<usize>,
    pub columns: Range<usize>,
}

impl Grid {
    pub fn of(form: &Form, sheet: &Sheet) -> Grid {
        let layout = form.layout(sheet);
        let mut rows = Vec::new();
        for block in &layout.blocks {
            for row in &layout.rows[block.first_row..block.first_row + block.rows] {
                let figures = row.iter().filter_map(|cell| match cell.laid {
                    Laid::Figure(id) => Some(Figure { cell: id, columns: cell.column..cell.column + cell.columns }),
                    _ => None,
                });
                let figures: Vec<_> = figures.collect();
                if !figures.is_empty() {
                    rows.push(Row { table: block.table, figures });
                }
            }
        }
        Grid { rows }
    }

    /// The grid of the sheet on which a cell is printed.
    pub fn around(form: &Form, cell: CellId) -> Option<Grid> {
        let table = form.cell(cell).table;
        let sheet = form.section_of(table).sheets.iter().find(|sheet| sheet.tables.contains(&table))?;
        Some(Grid::of(form, sheet))
    }

    /// How many rows hold figures.
    pub fn height(&self) -> usize {
        self.rows.len()
    }

    /// Where a cell stands; `None` where it is printed on another sheet.
    pub fn position(&self, cell: CellId) -> Option<Position> {
        self.find(cell).map(|(row, figure)| Position { row, column: figure.columns.start })
    }

    /// The figure that takes a place.
    pub fn at(&self, row: usize, column: usize) -> Option<CellId> {
        self.figures(row).iter().find(|figure| figure.columns.contains(&column)).map(|figure| figure.cell)
    }

    /// The figure that begins at a place.
    pub fn beginning_at(&self, row: usize, column: usize) -> Option<CellId> {
        self.figures(row).iter().find(|figure| figure.columns.start == column).map(|figure| figure.cell)
    }

    /// The figure of a row that stands at a grid column, or next to it.
    pub fn nearest(&self, row: usize, column: usize) -> Option<CellId> {
        let distance = |figure: &&Figure| {
            let Range { start, end } = figure.columns;
            start.saturating_sub(column).max((column + 1).saturating_sub(end))
        };
        self.figures(row).iter().min_by_key(distance).map(|figure| figure.cell)
    }

    /// The figure next to one; `None` at the end of the row or of the sheet.
    pub fn step(&self, cell: CellId, direction: Direction) -> Option<CellId> {
        let (row, figure) = self.find(cell)?;
        let column = figure.columns.start;
        let beside = |beside: Option<&Figure>| beside.map(|figure| figure.cell);
        match direction {
            Direction::Up => self.nearest(row.checked_sub(1)?, column),
            Direction::Down => self.nearest(row + 1, column),
            Direction::Left => beside(self.figures(row).iter().rfind(|other| other.columns.start < column)),
            Direction::Right => beside(self.figures(row).iter().find(|other| other.columns.start > column)),
        }
    }

    /// The last figure in a direction: the end of the row, or the first or last row of the sheet.
    pub fn edge(&self, cell: CellId, direction: Direction) -> Option<CellId> {
        let Position { row, column } = self.position(cell)?;
        match direction {
            Direction::Up => self.nearest(0, column),
            Direction::Down => self.nearest(self.height().checked_sub(1)?, column),
            Direction::Left => self.figures(row).first().map(|figure| figure.cell),
            Direction::Right => self.figures(row).last().map(|figure| figure.cell),
        }
    }

    /// The figure behind one, row by row.
    pub fn next(&self, cell: CellId) -> Option<CellId> {
        self.in_order().skip_while(|other| *other != cell).nth(1)
    }

    /// The figure before one, row by row.
    pub fn previous(&self, cell: CellId) -> Option<CellId> {
        let place = self.in_order().position(|other| other == cell)?;
        self.in_order().nth(place.checked_sub(1)?)
    }

    pub fn first(&self) -> Option<CellId> {
        self.in_order().next()
    }

    pub fn last(&self) -> Option<CellId> {
        self.in_order().last()
    }

    /// Every figure of the sheet, row by row.
    pub fn in_order(&self) -> impl Iterator<Item = CellId> {
        self.rows.iter().flat_map(|row| &row.figures).map(|figure| figure.cell)
    }

    /// What two cells span, widened until it cuts no figure.
    pub fn rectangle(&self, one: CellId, other: CellId) -> Option<Rectangle> {
        let ((first, from), (second, to)) = (self.find(one)?, self.find(other)?);
        let rows = first.min(second)..first.max(second) + 1;
        let columns = from.columns.start.min(to.columns.start)..from.columns.end.max(to.columns.end);
        Some(self.widened(Rectangle { rows, columns }))
    }

    /// The row of a cell.
    pub fn row_of(&self, cell: CellId) -> Option<Rectangle> {
        let (row, _) = self.find(cell)?;
        Some(Rectangle { rows: row..row + 1, columns: self.columns(row..row + 1) })
    }

    /// The column of a cell in its table; stacked tables have different columns.
    pub fn column_of(&self, cell: CellId) -> Option<Rectangle> {
        let (row, figure) = self.find(cell)?;
        let table = self.rows[row].table;
        let first = self.rows.iter().position(|row| row.table == table)?;
        let count = self.rows[first..].iter().take_while(|row| row.table == table).count();
        Some(self.widened(Rectangle { rows: first..first + count, columns: figure.columns.clone() }))
    }

    /// The whole sheet.
    pub fn whole(&self) -> Rectangle {
        Rectangle { rows: 0..self.height(), columns: self.columns(0..self.height()) }
    }

    /// The figures in a rectangle, row by row.
    pub fn cells(&self, rectangle: &Rectangle) -> impl Iterator<Item = CellId> {
        let Rectangle { rows, columns } = rectangle.clone();
        self.rows_in(&rows).flat_map(move |row| self.within(row, columns.clone())).map(|figure| figure.cell)
    }

    /// The columns of a rectangle in which figures begin, in order.
    pub fn begins(&self, rectangle: &Rectangle) -> Vec<usize> {
        let Rectangle { rows, columns } = rectangle;
        let figures = self.rows_in(rows).flat_map(|row| self.figures(row));
        let starts = figures.map(|figure| figure.columns.start).filter(|start| columns.contains(start));
        starts.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// A rectangle so wide that it cuts no figure.
    pub fn widened(&self, mut rectangle: Rectangle) -> Rectangle {
        loop {
            let Range { start, end } = rectangle.columns.clone();
            for figure in self.rows_in(&rectangle.rows).flat_map(|row| self.within(row, start..end)) {
                let columns = &mut rectangle.columns;
                *columns = columns.start.min(figure.columns.start)..columns.end.max(figure.columns.end);
            }
            if rectangle.columns == (start..end) {
                return rectangle;
            }
        }
    }

    /// Those of some rows that the sheet has.
    pub fn rows_in(&self, rows: &Range<usize>) -> Range<usize> {
        rows.start..rows.end.min(self.height())
    }

    fn figures(&self, row: usize) -> &[Figure] {
        self.rows.get(row).map_or(&[], |row| &row.figures)
    }

    fn find(&self, cell: CellId) -> Option<(usize, &Figure)> {
        let in_row = |row: &Row| row.figures.iter().position(|figure| figure.cell == cell);
        self.rows.iter().enumerate().find_map(|(at, row)| Some((at, &row.figures[in_row(row)?])))
    }

    fn within(&self, row: usize, columns: Range<usize>) -> impl Iterator<Item = &Figure> {
        let meets = move |figure: &&Figure| figure.columns.start < columns.end && columns.start < figure.columns.end;
        self.figures(row).iter().filter(meets)
    }

    /// The columns that the figures of some rows take.
    fn columns(&self, rows: Range<usize>) -> Range<usize> {
        let figures = || rows.clone().flat_map(|row| self.figures(row));
        let start = figures().map(|figure| figure.columns.start).min().unwrap_or(0);
        let end = figures().map(|figure| figure.columns.end).max().unwrap_or(0);
        start..end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;
    use std::sync::Arc;

    /// The form of an id and the grid of one of its sections' sheet.
    fn grid(form: &str, section: &str) -> (Arc<Form>, Grid) {
        let form = Forms::official().get(form).expect("an official form").clone();
        let section = form.sections.iter().find(|known| known.id == section).expect("a section");
        let grid = Grid::of(&form, &section.sheets[0]);
        (form, grid)
    }

    fn name(form: &Form, cell: Option<CellId>) -> &str {
        cell.map_or("-", |cell| &form.cell(cell).address)
    }

    /// Walks from a cell, a letter a step: `u d l r` and `n p`, capitals to the edge.
    fn walk(form: &str, section: &str, from: &str, steps: &str, expect: &str) {
        let (form, grid) = grid(form, section);
        let mut cell = form.find(from);
        for step in steps.chars() {
            let Some(here) = cell else { break };
            let direction = match step.to_ascii_lowercase() {
                'u' => Direction::Up,
                'd' => Direction::Down,
                'l' => Direction::Left,
                _ => Direction::Right,
            };
            cell = match step {
                'n' => grid.next(here),
                'p' => grid.previous(here),
                _ if step.is_uppercase() => grid.edge(here, direction),
                _ => grid.step(here, direction),
            };
        }
        assert_eq!(name(&form, cell), expect, "{from} {steps}");
    }

    #[test]
    fn steps_go_to_the_neighbours_and_end_at_the_border() {
        let walk = |from, steps, expect| walk("gongkai-2021", "requests", from, steps, expect);
        walk("requests.received.natural_person", "r", "requests.received.business");
        walk("requests.received.natural_person", "d", "requests.carried_in.natural_person");
        walk("requests.carried_in.total", "dl", "requests.granted.other_organization");
        walk("requests.received.natural_person", "l", "-");
        walk("requests.received.natural_person", "u", "-");
        walk("requests.carried_out.total", "r", "-");
        walk("requests.carried_out.total", "d", "-");
        walk("requests.received.business", "R", "requests.received.total");
        walk("requests.received.business", "D", "requests.carried_out.business");
        walk("requests.carried_out.business", "UL", "requests.received.natural_person");
        walk("requests.received.total", "n", "requests.carried_in.natural_person");
        walk("requests.carried_in.natural_person", "p", "requests.received.total");
        walk("requests.received.natural_person", "p", "-");
        walk("requests.carried_out.total", "n", "-");
        walk("disputes.review.upheld", "n", "-");
    }

    #[test]
    fn stacked_tables_are_crossed_at_the_printed_place() {
        let walk_2021 = |from, steps, expect| walk("gongkai-2021", "disclosure", from, steps, expect);
        walk_2021("article20_1.normative_documents.in_force", "d", "article20_5.licensing.decisions");
        walk_2021("article20_5.licensing.decisions", "u", "article20_1.normative_documents.issued");
        walk_2021("article20_8.fees.amount", "d", "-");
        walk_2021("article20_1.rules.in_force", "nnnn", "article20_5.licensing.decisions");
        let walk_2019 = |from, steps, expect| walk("gongkai-2019", "disclosure", from, steps, expect);
        walk_2019("article20_6.coercion.decisions", "d", "article20_8.fees.change");
        walk_2019("article20_8.fees.change", "u", "article20_6.coercion.change");
        walk_2019("article20_1.rules.made", "D", "article20_9.procurement.items");
    }

    fn selected(grid: &Grid, form: &Form, one: &str, other: &str) -> (Rectangle, usize) {
        let cells = (form.find(one).expect("a cell"), form.find(other).expect("a cell"));
        let rectangle = grid.rectangle(cells.0, cells.1).expect("on one sheet");
        let count = grid.cells(&rectangle).count();
        (rectangle, count)
    }

    #[test]
    fn a_rectangle_cuts_no_figure() {
        let (form, grid) = grid("gongkai-2021", "disclosure");
        let shape = |one, other| selected(&grid, &form, one, other);
        let (inner, count) = shape("article20_1.normative_documents.repealed", "article20_1.rules.issued");
        assert_eq!((inner, count), (Rectangle { rows: 0..2, columns: 1..3 }, 4));
        let (wide, count) = shape("article20_1.normative_documents.repealed", "article20_5.licensing.decisions");
        assert_eq!((wide, count), (Rectangle { rows: 1..3, columns: 1..4 }, 4));
        assert_eq!(grid.whole(), Rectangle { rows: 0..6, columns: 1..4 });
        assert_eq!(grid.cells(&grid.whole()).count(), 10);
        assert_eq!(grid.cells(&Rectangle { rows: 4..99, columns: 0..99 }).count(), 2);
    }

    #[test]
    fn rows_and_columns_are_those_of_the_table() {
        let (form, grid) = grid("gongkai-2021", "disclosure");
        let cell = form.find("article20_1.rules.repealed").expect("a cell");
        assert_eq!(grid.column_of(cell), Some(Rectangle { rows: 0..2, columns: 2..3 }));
        assert_eq!(grid.row_of(cell), Some(Rectangle { rows: 0..1, columns: 1..4 }));
    }

    #[test]
    fn cells_of_other_sheets_have_no_place() {
        let (form, disclosure) = grid("gongkai-2021", "disclosure");
        let total = form.find("requests.received.total").expect("a cell");
        let rules = form.find("article20_1.rules.issued").expect("a cell");
        assert_eq!(disclosure.position(total), None);
        assert_eq!(disclosure.rectangle(rules, total), None);
        let requests = Grid::around(&form, total).expect("it is printed");
        assert_eq!(requests.position(total), Some(Position { row: 0, column: 9 }));
        assert_eq!((requests.at(0, 9), requests.at(0, 0), requests.at(99, 3)), (Some(total), None, None));
    }

    #[test]
    fn every_figure_of_every_form_is_reached_and_found_where_it_stands() {
        for form in Forms::official().iter() {
            let mut count = 0;
            for sheet in form.sections.iter().flat_map(|section| &section.sheets) {
                let grid = Grid::of(form, sheet);
                let mut here = grid.first();
                while let Some(cell) = here {
                    let Position { row, column } = grid.position(cell).expect("it stands there");
                    assert_eq!(grid.at(row, column), Some(cell));
                    assert_eq!(grid.nearest(row, column), Some(cell));
                    count += 1;
                    here = grid.next(cell);
                }
            }
            assert_eq!(count, form.cell_count(), "{}", form.id);
        }
    }
}
