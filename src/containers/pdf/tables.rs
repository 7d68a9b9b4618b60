//! Tables between drawn lines: cells with their texts, rows that go on over pages.

use super::content::Glyph;
use super::geometry::Area;
use super::lines::{between, cell_text, is_full, lines};
use super::rulings::{Field, Grid, grids};
use crate::read::document::{Cell, Kind, Line};

/// How far apart the same column may be on two pages.
const SAME: f32 = 4.0;

/// A table, or the part of one that stands on a page.
pub struct Part {
    grid: Grid,
    glyphs: Vec<Glyph>,
}

/// A cell with what stands in it.
#[derive(Clone, Debug, PartialEq)]
struct Filled {
    field: Field,
    text: String,
    /// Whether the last line is full, so that the text may go on.
    may_go_on: bool,
}

/// Takes the tables out of a page; what stands in none is left.
pub fn take_tables(grid_lines: &[super::content::Stroke], glyphs: Vec<Glyph>) -> (Vec<Part>, Vec<Glyph>) {
    let mut parts: Vec<Part> = Vec::new();
    for grid in grids(grid_lines) {
        let is_table = grid.fields().chunk_by(|a, b| a.row == b.row).any(|row| row.len() > 1);
        if is_table {
            parts.push(Part { grid, glyphs: Vec::new() });
        }
    }
    let mut outside = Vec::new();
    for glyph in glyphs {
        let middle = glyph.middle();
        match parts.iter_mut().find(|part| part.grid.area().holds(middle)) {
            Some(part) => part.glyphs.push(glyph),
            None => outside.push(glyph),
        }
    }
    // A drawing holds no text, or one text.
    let mut tables = Vec::new();
    for part in parts {
        let filled = part.rows().iter().flatten().filter(|cell| !cell.text.is_empty()).count();
        match filled > 1 {
            true => tables.push(part),
            false => outside.extend(part.glyphs),
        }
    }
    tables.sort_by(|a, b| a.area().top.total_cmp(&b.area().top));
    (tables, outside)
}

impl Part {
    pub fn area(&self) -> Area {
        self.grid.area()
    }

    /// Whether another part, on the next page, has the same columns, or some of them.
    pub fn goes_on_in(&self, next: &Part) -> bool {
        let (own, others) = (&self.grid.xs, &next.grid.xs);
        let near = |a: Option<&f32>, b: Option<&f32>| a.zip(b).is_some_and(|(a, b)| (a - b).abs() <= SAME);
        let within = |few: &[f32], many: &[f32]| few.iter().all(|x| many.iter().any(|y| (x - y).abs() <= SAME));
        near(own.first(), others.first())
            && near(own.last(), others.last())
            && (within(own, others) || within(others, own))
    }

    /// The rows with the cells that begin in them.
    fn rows(&self) -> Vec<Vec<Filled>> {
        let fields = self.grid.fields();
        let columns = self.grid.columns();
        let mut owner = vec![0; columns * self.grid.rows()];
        for (at, field) in fields.iter().enumerate() {
            for row in field.row..field.row + field.rows {
                owner[row * columns + field.column..][..field.columns].fill(at);
            }
        }
        let mut glyphs: Vec<Vec<&Glyph>> = vec![Vec::new(); fields.len()];
        for glyph in &self.glyphs {
            if let Some((column, row)) = self.grid.at(glyph.middle()) {
                glyphs[owner[row * columns + column]].push(glyph);
            }
        }
        let mut rows: Vec<Vec<Filled>> = vec![Vec::new(); self.grid.rows()];
        for (field, glyphs) in fields.into_iter().zip(glyphs) {
            let width = self.grid.field_area(&field).width();
            let lines = lines(glyphs.iter().copied());
            let text = cell_text(&lines, width);
            if !text.is_empty() || self.grid.is_closed(&field) {
                let may_go_on = lines.last().is_some_and(|line| is_full(line, width));
                rows[field.row].push(Filled { field, text, may_go_on });
            }
        }
        rows
    }
}

/// The rows of a table that stands on one page, or goes on over several.
pub fn rows(parts: Vec<Part>, table: usize) -> Vec<Line> {
    let mut xs: Vec<f32> = Vec::new();
    for x in parts.iter().flat_map(|part| &part.grid.xs) {
        if !xs.iter().any(|known| (known - x).abs() <= SAME) {
            xs.push(*x);
        }
    }
    xs.sort_by(f32::total_cmp);
    let width = xs.len().saturating_sub(1);
    let mut all = Pages::default();
    for part in parts {
        all.take(Part { grid: part.grid.with_columns(xs.clone()), ..part });
    }
    let cell = |cell: Filled| Cell { text: cell.text, column: cell.field.column, span: cell.field.columns };
    let line = |row: Vec<Filled>| Line {
        kind: Kind::Row { table, width },
        cells: row.into_iter().map(cell).collect(),
        apart: false,
    };
    all.rows.into_iter().filter(|row| !row.is_empty()).map(line).collect()
}

/// The rows of several pages.
#[derive(Default)]
struct Pages {
    rows: Vec<Vec<Filled>>,
    open: Vec<Open>,
}

/// A cell that reaches the end of a page.
#[derive(Clone, Copy)]
struct Open {
    /// Where its text stands, on this page or an earlier one.
    row: usize,
    field: Field,
    /// How many rows it takes on this page.
    rows: usize,
}

impl Pages {
    fn take(&mut self, part: Part) {
        let height = part.grid.rows();
        let fields = part.grid.fields();
        let mut rows = part.rows();
        let heads = repeated(&self.rows, &rows);
        rows.drain(..heads);
        let mut going_on = Vec::new();
        if let Some(first) = rows.first_mut() {
            first.retain(|cell| match self.goes_on(cell) {
                Some(open) => {
                    going_on.push(Open { rows: cell.field.rows, ..open });
                    false
                }
                None => true,
            });
            if self.is_rest(first) {
                let rest = std::mem::take(first);
                self.append(rest);
            }
        }
        let before = self.rows.len();
        let ends = fields.into_iter().filter(|field| field.row + field.rows == height);
        let open = |field: Field| {
            let earlier = || going_on.iter().find(|open| open.field.column == field.column).copied();
            let here = || Some(Open { row: before + field.row.checked_sub(heads)?, field, rows: field.rows });
            earlier().filter(|_| field.row == heads).or_else(here)
        };
        self.open = ends.filter_map(open).collect();
        self.rows.extend(rows);
    }

    /// The merged cell of which a cell at the head of a page is the rest: empty, or with the rest of the text, which
    /// is taken.
    fn goes_on(&mut self, cell: &Filled) -> Option<Open> {
        let same = |open: &&Open| (open.field.column, open.field.columns) == (cell.field.column, cell.field.columns);
        let open = self.open.iter().find(same).copied()?;
        if open.rows == 1 && cell.field.rows == 1 {
            return None;
        }
        let first = self.rows.get_mut(open.row)?.iter_mut().find(|first| first.field == open.field)?;
        // A text in the middle of its cell stands on one of the pages only.
        if !first.text.is_empty() && begins_anew(&cell.text) {
            return None;
        }
        first.append(cell);
        Some(open)
    }

    /// Whether the first row of a page is only the rest of a row that the page cut: the end of a text, and nothing else.
    fn is_rest(&self, row: &[Filled]) -> bool {
        let mut filled = row.iter().filter(|cell| !cell.text.is_empty());
        let (Some(rest), None) = (filled.next(), filled.next()) else { return false };
        let Some(last) = self.rows.last() else { return false };
        let above = |cell: &Filled| {
            last.iter()
                .find(|other| (other.field.column, other.field.columns) == (cell.field.column, cell.field.columns))
        };
        let is_filled = |cell: &Filled| above(cell).is_some_and(|other| !other.text.is_empty());
        row.len() > 1
            && row.iter().all(is_filled)
            && !begins_anew(&rest.text)
            && above(rest).is_some_and(|other| other.may_go_on)
    }

    fn append(&mut self, rest: Vec<Filled>) {
        let Some(last) = self.rows.last_mut() else { return };
        for cell in &rest {
            let same = |other: &&mut Filled| other.field.column == cell.field.column;
            if let Some(other) = last.iter_mut().find(same) {
                other.append(cell);
            }
        }
    }
}

impl Filled {
    fn append(&mut self, rest: &Filled) {
        let space = between(&self.text, &rest.text, self.may_go_on);
        self.text.push_str(space);
        self.text.push_str(&rest.text);
    }
}

/// Whether a text begins with a number, as items do: “2.”, “（二）”, “二、”.
fn begins_anew(text: &str) -> bool {
    let mut characters = text.chars();
    let (first, second) = (characters.next(), characters.next());
    first.is_some_and(|c| c.is_ascii_digit() || matches!(c, '（' | '(')) || matches!(second, Some('、' | '.' | '．'))
}

/// How many rows at the head of a part only say again what stands at the head of the table.
fn repeated(table: &[Vec<Filled>], part: &[Vec<Filled>]) -> usize {
    let same = |(a, b): &(&Vec<Filled>, &Vec<Filled>)| {
        let shown = |row: &[Filled]| {
            row.iter().map(|cell| (cell.field.column, cell.field.columns, cell.text.clone())).collect::<Vec<_>>()
        };
        let is_head = b.iter().any(|cell| !cell.text.is_empty())
            && b.iter().all(|cell| cell.text.is_empty() || cell.text.contains(|c: char| c.is_alphabetic()));
        shown(a) == shown(b) && (is_head || b.is_empty())
    };
    table.iter().zip(part).take_while(same).count()
}
