//! From drawn lines to the grids of tables.

use std::collections::HashMap;

use super::content::Stroke;
use super::geometry::{Area, Point};

/// Lines nearer to each other than this are one: double ones, and cells that are drawn on their own.
const NEAR: f32 = 3.5;
/// How far apart the pieces of a dashed line may be.
const DASH: f32 = 4.0;
/// How much of an edge must be drawn.
const ENOUGH: f32 = 0.6;
/// More lines than this on a page are a drawing.
const MOST_LINES: usize = 3000;
/// More elementary cells than this are none of a table.
const MOST_CELLS: usize = 40_000;

/// A line along an axis: where it stands, and from where to where it goes.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Line {
    at: f32,
    from: f32,
    to: f32,
}

/// The grid of a table on one page.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// Where columns and rows begin and end.
    pub xs: Vec<f32>,
    pub ys: Vec<f32>,
    upright: Vec<Line>,
    level: Vec<Line>,
}

/// A cell of a grid: which columns and rows it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    pub column: usize,
    pub row: usize,
    pub columns: usize,
    pub rows: usize,
}

/// The grids on a page, the smallest first: where one stands in another, it comes before it.
pub fn grids(strokes: &[Stroke]) -> Vec<Grid> {
    let level = strokes.iter().filter(|s| (s.from.x - s.to.x).abs() >= (s.from.y - s.to.y).abs());
    let upright = strokes.iter().filter(|s| (s.from.x - s.to.x).abs() < (s.from.y - s.to.y).abs());
    let level = merged(level.map(|s| Line {
        at: (s.from.y + s.to.y) / 2.0,
        from: s.from.x.min(s.to.x),
        to: s.from.x.max(s.to.x),
    }));
    let upright = merged(upright.map(|s| Line {
        at: (s.from.x + s.to.x) / 2.0,
        from: s.from.y.min(s.to.y),
        to: s.from.y.max(s.to.y),
    }));
    if level.len() > MOST_LINES || upright.len() > MOST_LINES {
        return Vec::new();
    }
    let mut grids: Vec<_> = connected(level, upright).into_iter().filter_map(Grid::new).collect();
    let size = |grid: &Grid| grid.area().width() * grid.area().height();
    grids.sort_by(|a, b| size(a).total_cmp(&size(b)));
    grids
}

/// Joins lines that go on in each other, or lie on each other.
fn merged(lines: impl Iterator<Item = Line>) -> Vec<Line> {
    let mut lines: Vec<_> = lines.collect();
    lines.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut merged: Vec<Line> = Vec::new();
    let mut from = 0;
    while from < lines.len() {
        let to = from + lines[from..].partition_point(|line| line.at - lines[from].at < NEAR / 2.0);
        let group = &mut lines[from..to];
        let at = group.iter().map(|line| line.at).sum::<f32>() / group.len() as f32;
        group.sort_by(|a, b| a.from.total_cmp(&b.from));
        let first = merged.len();
        for line in group {
            match merged[first..].last_mut() {
                Some(last) if line.from <= last.to + DASH => last.to = last.to.max(line.to),
                _ => merged.push(Line { at, ..*line }),
            }
        }
        from = to;
    }
    merged
}

/// Lines that meet.
#[derive(Default)]
struct Lines {
    level: Vec<Line>,
    upright: Vec<Line>,
}

/// Groups of lines that meet.
fn connected(level: Vec<Line>, upright: Vec<Line>) -> Vec<Lines> {
    let mut groups = Groups::new(level.len() + upright.len());
    for (i, a) in level.iter().enumerate() {
        for (j, b) in upright.iter().enumerate() {
            let reaches = |line: &Line, at: f32| line.from - NEAR <= at && at <= line.to + NEAR;
            if reaches(a, b.at) && reaches(b, a.at) {
                groups.join(i, level.len() + j);
            }
        }
    }
    let mut found: Vec<Lines> = Vec::new();
    let mut places = HashMap::new();
    let levels = level.len();
    for (at, line) in level.into_iter().chain(upright).enumerate() {
        let place = *places.entry(groups.root(at)).or_insert(found.len());
        if place == found.len() {
            found.push(Lines::default());
        }
        let lines = &mut found[place];
        if at < levels { &mut lines.level } else { &mut lines.upright }.push(line);
    }
    found.retain(|lines| lines.level.len() > 1 && !lines.upright.is_empty());
    found
}

/// Which things belong together.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Groups {
        Groups((0..count).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

/// Places, those that are near each other taken together.
fn places(at: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut all: Vec<_> = at.collect();
    all.sort_by(f32::total_cmp);
    let mut places: Vec<f32> = Vec::new();
    let mut first = f32::MIN;
    for place in all {
        if place - first > NEAR {
            places.push(place);
            first = place;
        }
    }
    places
}

impl Grid {
    fn new(Lines { level, upright }: Lines) -> Option<Grid> {
        // Open sides: lines end where no other stands.
        let ends = |lines: &[Line]| {
            let from = lines.iter().map(|line| line.from).fold(f32::MAX, f32::min);
            [from, lines.iter().map(|line| line.to).fold(f32::MIN, f32::max)]
        };
        let xs = places(upright.iter().map(|line| line.at).chain(ends(&level)));
        let ys = places(level.iter().map(|line| line.at).chain(ends(&upright)));
        let cells = (xs.len().max(1) - 1) * (ys.len().max(1) - 1);
        (1..=MOST_CELLS).contains(&cells).then_some(Grid { xs, ys, upright, level })
    }

    pub fn area(&self) -> Area {
        Area {
            left: self.xs.first().copied().unwrap_or_default(),
            top: self.ys.first().copied().unwrap_or_default(),
            right: self.xs.last().copied().unwrap_or_default(),
            bottom: self.ys.last().copied().unwrap_or_default(),
        }
    }

    pub fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    pub fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    /// The elementary cell at a place.
    pub fn at(&self, point: Point) -> Option<(usize, usize)> {
        let find = |places: &[f32], at: f32| places.partition_point(|place| *place <= at).checked_sub(1);
        let (column, row) = (find(&self.xs, point.x)?, find(&self.ys, point.y)?);
        (column < self.columns() && row < self.rows()).then_some((column, row))
    }

    /// The same table with further columns.
    pub fn with_columns(&self, xs: Vec<f32>) -> Grid {
        Grid { xs, ..self.clone() }
    }

    /// The cells, row by row; each elementary cell belongs to one.
    pub fn fields(&self) -> Vec<Field> {
        let (columns, rows) = (self.columns(), self.rows());
        let mut groups = Groups::new(columns * rows);
        for row in 0..rows {
            for column in 0..columns {
                let at = row * columns + column;
                if column + 1 < columns
                    && !self.has_edge(&self.upright, self.xs[column + 1], self.ys[row], self.ys[row + 1])
                {
                    groups.join(at, at + 1);
                }
                if row + 1 < rows && !self.has_edge(&self.level, self.ys[row + 1], self.xs[column], self.xs[column + 1])
                {
                    groups.join(at, at + columns);
                }
            }
        }
        let mut areas: Vec<Option<Field>> = vec![None; columns * rows];
        let mut sizes = vec![0; columns * rows];
        for row in 0..rows {
            for column in 0..columns {
                let root = groups.root(row * columns + column);
                sizes[root] += 1;
                let field = areas[root].get_or_insert(Field { column, row, columns: 1, rows: 1 });
                let end = (field.column + field.columns).max(column + 1);
                field.column = field.column.min(column);
                field.columns = end - field.column;
                field.rows = row + 1 - field.row;
            }
        }
        let mut fields = Vec::new();
        for (root, field) in areas.iter().enumerate() {
            let Some(field) = field else { continue };
            if field.columns * field.rows == sizes[root] {
                fields.push(*field);
                continue;
            }
            // No rectangle: a line is missing somewhere. Row by row nothing is lost.
            for row in field.row..field.row + field.rows {
                let mine: Vec<_> = (0..columns).filter(|column| groups.root(row * columns + column) == root).collect();
                for run in mine.chunk_by(|a, b| a + 1 == *b) {
                    fields.push(Field { column: run[0], row, columns: run.len(), rows: 1 });
                }
            }
        }
        fields.sort_by_key(|field| (field.row, field.column));
        fields
    }

    /// Whether most of an edge is drawn.
    fn has_edge(&self, lines: &[Line], at: f32, from: f32, to: f32) -> bool {
        let near = lines.iter().filter(|line| (line.at - at).abs() <= NEAR);
        let drawn: f32 = near.map(|line| (line.to.min(to) - line.from.max(from)).max(0.0)).sum();
        drawn >= (to - from) * ENOUGH
    }

    /// Whether a field is closed above and below, or at both sides: then it is one even where nothing stands in it.
    /// A table that goes on over the page, or has no lines at its sides, leaves two sides open; a corner that is
    /// no part of a table does it at right angles.
    pub fn is_closed(&self, field: &Field) -> bool {
        let area = self.field_area(field);
        let level = |y: f32| self.has_edge(&self.level, y, area.left, area.right);
        let upright = |x: f32| self.has_edge(&self.upright, x, area.top, area.bottom);
        level(area.top) && level(area.bottom) || upright(area.left) && upright(area.right)
    }

    pub fn field_area(&self, field: &Field) -> Area {
        let of = |places: &[f32], at: usize| places.get(at).copied().unwrap_or_default();
        Area {
            left: of(&self.xs, field.column),
            top: of(&self.ys, field.row),
            right: of(&self.xs, field.column + field.columns),
            bottom: of(&self.ys, field.row + field.rows),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stroke(x: f32, y: f32, to_x: f32, to_y: f32) -> Stroke {
        Stroke { from: Point { x, y }, to: Point { x: to_x, y: to_y } }
    }

    /// Fields as column, row, columns, rows.
    fn check(strokes: &[Stroke], expect: &[&[(usize, usize, usize, usize)]]) {
        let fields =
            |grid: &Grid| grid.fields().iter().map(|f| (f.column, f.row, f.columns, f.rows)).collect::<Vec<_>>();
        let found: Vec<_> = grids(strokes).iter().map(fields).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn merged_cells_are_found_by_the_lines_that_are_missing() {
        let strokes = [
            stroke(0.0, 0.0, 300.0, 0.0),
            stroke(100.0, 20.0, 300.0, 20.0),
            stroke(0.0, 40.0, 300.0, 40.0),
            stroke(0.0, 0.0, 0.0, 40.0),
            stroke(100.0, 0.0, 100.0, 40.0),
            stroke(200.0, 20.0, 200.0, 40.0),
            stroke(300.0, 0.0, 300.0, 40.0),
        ];
        check(&strokes, &[&[(0, 0, 1, 2), (1, 0, 2, 1), (1, 1, 1, 1), (2, 1, 1, 1)]]);
    }

    #[test]
    fn cells_drawn_on_their_own_and_dashed_lines_are_one_table() {
        let frame = |x: f32| {
            [
                stroke(x, 0.0, x + 98.0, 0.0),
                stroke(x, 20.0, x + 98.0, 20.0),
                stroke(x, 0.0, x, 20.0),
                stroke(x + 98.0, 0.0, x + 98.0, 20.0),
            ]
        };
        check(&[frame(0.0), frame(100.0)].concat(), &[&[(0, 0, 1, 1), (1, 0, 1, 1)]]);
        let dashes = (0..50).map(|at| stroke(at as f32 * 4.0, 10.0, at as f32 * 4.0 + 2.0, 10.0));
        check(
            &[&frame(0.0)[..], &frame(100.0), &dashes.collect::<Vec<_>>()].concat(),
            &[&[(0, 0, 1, 1), (1, 0, 1, 1), (0, 1, 1, 1), (1, 1, 1, 1)]],
        );
    }

    #[test]
    fn tables_apart_are_two_and_open_sides_are_closed() {
        let open = |y: f32| {
            [stroke(0.0, y, 200.0, y), stroke(0.0, y + 20.0, 200.0, y + 20.0), stroke(100.0, y, 100.0, y + 20.0)]
        };
        let two: &[_] = &[(0, 0, 1, 1), (1, 0, 1, 1)];
        check(&[open(0.0), open(60.0)].concat(), &[two, two]);
        check(&[stroke(0.0, 0.0, 100.0, 0.0), stroke(0.0, 90.0, 100.0, 90.0)], &[]);
    }
}
