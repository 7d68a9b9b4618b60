//! Tables between drawn lines: cells with their texts, rows that go on over pages.

use super::content::Glyph;
use super::geometry::Area;
use super::lines::{cell_text, lines};
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
            let text = cell_text(&lines(glyphs.iter().copied()), self.grid.field_area(&field).width());
            if !text.is_empty() || self.grid.is_closed(&field) {
                rows[field.row].push(Filled { field, text });
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
    let mut all: Vec<Vec<Filled>> = Vec::new();
    // The fields that reach the end of the page before.
    let mut open: Vec<Field> = Vec::new();
    for part in parts {
        let part = Part { grid: part.grid.with_columns(xs.clone()), ..part };
        let height = part.grid.rows();
        let ends = part.grid.fields().into_iter().filter(|field| field.row + field.rows == height).collect();
        let mut rows = part.rows();
        rows.drain(..repeated(&all, &rows));
        if let Some(first) = rows.first_mut() {
            first.retain(|cell| !open.iter().any(|open| goes_on(open, cell)));
        }
        all.extend(rows);
        open = ends;
    }
    let cell = |cell: Filled| Cell { text: cell.text, column: cell.field.column, span: cell.field.columns };
    let line = |row: Vec<Filled>| Line {
        kind: Kind::Row { table, width },
        cells: row.into_iter().map(cell).collect(),
        apart: false,
    };
    all.into_iter().filter(|row| !row.is_empty()).map(line).collect()
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

/// Whether an empty cell at the head of a page is the rest of one that was merged over several rows.
fn goes_on(open: &Field, cell: &Filled) -> bool {
    cell.text.is_empty()
        && (open.column, open.columns) == (cell.field.column, cell.field.columns)
        && (open.rows > 1 || cell.field.rows > 1)
}
