//! Rows without drawn lines: what stands beside each other by wide gaps.

use super::lines::{Piece, TextLine, between};
use crate::quantity::number_and_rest;
use crate::read::document::{Cell, Kind, Line};
use crate::value::is_dash;

/// A piece of a label that was wrapped stands within so many sizes above or below its row.
const REACH: f32 = 1.7;

/// Lines among which rows stand.
pub struct Block<'l> {
    lines: &'l [TextLine],
}

/// A row: label and figures, or heads beside each other.
#[derive(Clone)]
struct Row {
    baseline: f32,
    size: f32,
    pieces: Vec<Piece>,
}

/// Whether a line holds things beside each other, and no running text.
pub fn is_row(line: &TextLine) -> bool {
    let figures = line.pieces.iter().filter(|piece| is_figure(&piece.text)).count();
    line.pieces.len() > 2 || (line.pieces.len() == 2 && figures > 0)
}

fn is_figure(text: &str) -> bool {
    let text = text.trim();
    is_dash(text) || number_and_rest(text).is_some_and(|(_, rest)| rest.chars().count() <= 2)
}

impl<'l> Block<'l> {
    pub fn new(lines: &'l [TextLine]) -> Block<'l> {
        Block { lines }
    }

    /// How many lines from the first on are a block: it begins and ends with a row, or with a piece of a label
    /// beside one, and between two rows only such pieces stand.
    pub fn length(lines: &[TextLine]) -> usize {
        let Some(first) = lines.iter().take(3).position(is_row) else { return 0 };
        if !(0..first).all(|at| is_label_of(&lines[at], &lines[first])) {
            return 0;
        }
        let mut last = first;
        for (at, line) in lines.iter().enumerate().skip(first + 1) {
            if is_row(line) {
                last = at;
            } else if at - last > 3
                || !is_label_of(line, &lines[last])
                    && !lines.iter().skip(at + 1).take(3).any(|next| is_row(next) && is_label_of(line, next))
            {
                break;
            }
        }
        let rest =
            lines.iter().skip(last + 1).take(2).take_while(|line| !is_row(line) && is_label_of(line, &lines[last]));
        last + 1 + rest.count()
    }

    /// The rows: with their places where a figure is missing somewhere and every other one has its column.
    pub fn rows(&self, tables: &mut usize) -> Vec<Line> {
        let mut rows: Vec<Row> = Vec::new();
        for line in self.lines.iter().filter(|line| is_row(line)) {
            rows.push(Row { baseline: line.baseline, size: line.size, pieces: line.pieces.clone() });
        }
        let mut heads: Vec<(f32, Line)> = Vec::new();
        let mut labels: Vec<Vec<(f32, String)>> = vec![Vec::new(); rows.len()];
        for line in self.lines.iter().filter(|line| !is_row(line)) {
            match nearest(&rows, line) {
                Some(at) => labels[at].push((line.baseline, line.text())),
                None => heads.push((line.baseline, Line { apart: true, ..Line::paragraph(line.text()) })),
            }
        }
        for (row, labels) in rows.iter_mut().zip(labels) {
            row.take_labels(labels);
        }
        let mut lines = heads;
        for run in rows.chunk_by(|a, b| a.is_data() == b.is_data()) {
            lines.extend(run.iter().map(|row| row.baseline).zip(run_lines(run, tables)));
        }
        lines.sort_by(|a, b| a.0.total_cmp(&b.0));
        lines.into_iter().map(|(_, line)| line).collect()
    }
}

/// Whether a line can be a piece of the label of a row: near it, and left of its figures.
fn is_label_of(line: &TextLine, row: &TextLine) -> bool {
    let near = (line.baseline - row.baseline).abs() < REACH * row.size.max(line.size);
    let figures = row.pieces.iter().find(|piece| is_figure(&piece.text));
    near && line.pieces.len() == 1 && figures.is_some_and(|figure| line.area.right < figure.left)
}

/// The row to which a piece of a label belongs: the nearest one, if no other is about as near.
fn nearest(rows: &[Row], line: &TextLine) -> Option<usize> {
    let distance = |row: &Row| (row.baseline - line.baseline).abs();
    let fits = |row: &Row| {
        let figure = row.pieces.iter().find(|piece| is_figure(&piece.text));
        distance(row) < REACH * row.size && figure.is_some_and(|figure| line.area.right < figure.left)
    };
    let mut near: Vec<_> = rows.iter().enumerate().filter(|(_, row)| fits(row)).collect();
    near.sort_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
    match near[..] {
        [(at, _)] => Some(at),
        [(at, first), (_, second), ..] => (distance(first) * 1.2 < distance(second)).then_some(at),
        [] => None,
    }
}

impl Row {
    /// Puts the pieces of its label above and below together with what stands on the row itself.
    fn take_labels(&mut self, mut labels: Vec<(f32, String)>) {
        let Some((_, first)) = labels.first() else { return };
        let mut left = self.pieces.first().map_or(0.0, |piece| piece.left);
        let mut text = first.clone();
        let has_label = self.pieces.first().is_some_and(|piece| !is_figure(&piece.text));
        if has_label {
            let own = self.pieces.remove(0);
            left = own.left;
            labels.push((self.baseline, own.text));
            labels.sort_by(|a, b| a.0.total_cmp(&b.0));
            text = labels[0].1.clone();
        }
        for (_, next) in &labels[1..] {
            let space = between(&text, next, false);
            text.push_str(space);
            text.push_str(next);
        }
        self.pieces.insert(0, Piece { text, left: left - 1.0, right: left });
    }

    /// A label and figures, and nothing else.
    fn is_data(&self) -> bool {
        self.pieces.iter().skip(1).all(|piece| is_figure(&piece.text))
    }
}

/// Rows of one sort as lines.
fn run_lines(rows: &[Row], tables: &mut usize) -> Vec<Line> {
    let loose = |row: &Row| Line::cells(Kind::Loose, row.pieces.iter().map(|piece| piece.text.clone()));
    let columns = columns(rows);
    let is_short = rows.iter().any(|row| row.pieces.len() - 1 < columns.len());
    let placed = (rows.len() > 1 && is_short && rows[0].is_data())
        .then(|| rows.iter().map(|row| placed(row, &columns, *tables)).collect::<Option<Vec<_>>>());
    match placed.flatten() {
        Some(lines) => {
            *tables += 1;
            lines
        }
        None => rows.iter().map(loose).collect(),
    }
}

/// The columns of figures: what overlaps.
fn columns(rows: &[Row]) -> Vec<(f32, f32)> {
    let mut spans: Vec<_> = rows.iter().flat_map(|row| row.pieces.iter().skip(1)).map(|p| (p.left, p.right)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut columns: Vec<(f32, f32)> = Vec::new();
    for (left, right) in spans {
        match columns.last_mut() {
            Some(last) if left <= last.1 => last.1 = last.1.max(right),
            _ => columns.push((left, right)),
        }
    }
    columns
}

/// A row with a cell in each column; `None` where two stand in one.
fn placed(row: &Row, columns: &[(f32, f32)], table: usize) -> Option<Line> {
    let label = row.pieces.first()?.text.clone();
    let mut texts = vec![String::new(); columns.len()];
    for piece in row.pieces.iter().skip(1) {
        let at = columns.iter().position(|(left, right)| *left <= piece.left && piece.right <= *right)?;
        if !texts[at].is_empty() {
            return None;
        }
        texts[at].clone_from(&piece.text);
    }
    let cells = std::iter::once(label).chain(texts).enumerate();
    let cells = cells.map(|(column, text)| Cell { text, column, span: 1 }).collect();
    Some(Line { kind: Kind::Row { table, width: columns.len() + 1 }, cells, apart: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::containers::pdf::geometry::Area;

    /// A line of pieces, each with where it begins; a character is ten wide.
    fn line(baseline: f32, pieces: &[(&str, f32)]) -> TextLine {
        let piece = |(text, left): &(&str, f32)| Piece {
            text: (*text).to_owned(),
            left: *left,
            right: left + 10.0 * text.chars().count() as f32,
        };
        let pieces: Vec<_> = pieces.iter().map(piece).collect();
        let area =
            Area { left: pieces[0].left, top: baseline - 8.0, right: pieces[pieces.len() - 1].right, bottom: baseline };
        TextLine { pieces, area, baseline, size: 10.0, ends_with_space: false }
    }

    fn check(lines: &[TextLine], expect: &[&str]) {
        assert_eq!(Block::length(lines), lines.len());
        let shown = |line: &Line| {
            let texts: Vec<_> = line.cells.iter().map(|cell| cell.text.as_str()).collect();
            let kind = if matches!(line.kind, Kind::Row { .. }) { "row " } else { "" };
            format!("{kind}{}", texts.join("/"))
        };
        let rows: Vec<_> = Block::new(lines).rows(&mut 0).iter().map(shown).collect();
        assert_eq!(rows, expect);
    }

    #[test]
    fn figures_beside_a_label_are_a_row() {
        check(
            &[
                line(0.0, &[("规章", 0.0), ("0", 60.0), ("5", 100.0)]),
                line(20.0, &[("其他", 0.0), ("1", 60.0), ("2", 100.0)]),
            ],
            &["规章/0/5", "其他/1/2"],
        );
    }

    #[test]
    fn a_missing_figure_keeps_its_place() {
        check(
            &[line(0.0, &[("规章", 0.0), ("0", 60.0), ("5", 100.0)]), line(20.0, &[("其他", 0.0), ("2", 100.0)])],
            &["row 规章/0/5", "row 其他//2"],
        );
    }

    #[test]
    fn a_wrapped_label_stays_with_its_row() {
        check(
            &[
                line(0.0, &[("行政规", 0.0)]),
                line(7.0, &[("0", 60.0), ("5", 100.0)]),
                line(14.0, &[("范性文件", 0.0)]),
                line(30.0, &[("其他", 0.0), ("1", 60.0), ("2", 100.0)]),
            ],
            &["行政规范性文件/0/5", "其他/1/2"],
        );
    }

    #[test]
    fn running_text_is_no_row() {
        assert_eq!(Block::length(&[line(0.0, &[("某局", 0.0), ("二月三日的报告", 80.0)])]), 0);
        assert_eq!(Block::length(&[line(0.0, &[("某局", 0.0)])]), 0);
    }
}
