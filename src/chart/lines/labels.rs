//! What is written beside lines: what they are called, the numbers at their dots, the years, what has changed.

use super::super::lettering::{self, Block};
use super::super::pen::Pen;
use super::super::scale::{Band, Linear};
use super::super::sheet::{Sheet, settle};
use super::super::{Anchor, Lettering, Lines, Paint, Series, Shape};
use super::{QUIET, year};

/// How high a label at the end of a line is, with the gap to the next, and how far from the line it stands.
pub const ROW: f64 = 36.0;
pub const LEADER: f64 = 22.0;

/// What stands at the end of a line: its name, and its last number.
pub fn end_label(lines: &Lines, series: &Series, limit: f64) -> (Block, Block) {
    let number = lines.last(series).map_or("", |(_, datum)| &*datum.text);
    (lettering::shorten(&series.label, Lettering::Label, limit), lettering::shorten(number, Lettering::Small, limit))
}

pub fn end_labels(
    sheet: &mut Sheet,
    lines: &Lines,
    labels: &[(Block, Block)],
    (across, up): (Band, Linear),
    (top, end): (f64, f64),
) {
    // From the highest to the lowest, as many as have a number.
    let mut order: Vec<(f64, usize, usize)> = Vec::new();
    for (place, series) in lines.series.iter().enumerate() {
        if let Some((at, datum)) = lines.last(series) {
            let y = up.at(datum.length());
            let before = order.iter().position(|(other, ..)| *other > y).unwrap_or(order.len());
            order.insert(before, (y, place, at));
        }
    }
    let wishes: Vec<(f64, f64)> = order.iter().map(|(y, ..)| (y - top - ROW / 2.0, 1.0)).collect();
    let tops = settle(&wishes, &vec![ROW; order.len()], 0.0, end - top);
    let x = across.left(lines.years.len()) + LEADER;
    for ((y, place, at), shifted) in order.iter().zip(tops) {
        let middle = top + shifted + ROW / 2.0;
        let from = across.middle(*at) + 7.0;
        let tone = lines.series[*place].tone;
        let leader = Pen::default().to(from, *y).line(from.max(x - LEADER), *y).line(x - 5.0, middle);
        sheet.furnish(Shape::Path { data: leader.0, paint: Paint::Hair(tone) });
        let (name, number) = &labels[*place];
        sheet.write(name, Lettering::Label, x, middle - 8.0, Anchor::Start);
        sheet.write(number, Lettering::Small, x, middle + 9.0, Anchor::Start);
    }
}

/// What has changed, above the lines where it did: each beside its own, in as many rows as it takes. Where the rows
/// end.
pub fn changes(sheet: &mut Sheet, lines: &Lines, across: Band, y: f64) -> f64 {
    let width = sheet.picture.width;
    let mut boxes: Vec<(f64, f64, Block)> = Vec::new();
    for (at, label) in lines.changes() {
        let x = across.left(at);
        let block = lettering::shorten(label, QUIET, width * 0.6);
        let start = if x + block.width <= width { x } else { width - block.width };
        boxes.push((start, x, block));
    }
    // The row of each, from below: above what it would overlap.
    let mut rows: Vec<usize> = vec![0; boxes.len()];
    for at in (0..boxes.len()).rev() {
        while (at + 1..boxes.len()).any(|other| {
            let (one, two) = (&boxes[at], &boxes[other]);
            rows[other] == rows[at] && one.0 < two.0 + two.2.width + 8.0 && two.0 < one.0 + one.2.width + 8.0
        }) {
            rows[at] += 1;
        }
    }
    let count = rows.iter().map(|row| row + 1).max().unwrap_or(0);
    let end = y + count as f64 * QUIET.pitch();
    for ((start, x, block), row) in boxes.iter().zip(&rows) {
        let bottom = end - *row as f64 * QUIET.pitch();
        sheet.write(block, QUIET, *start, bottom - QUIET.pitch() / 2.0, Anchor::Start);
        let covered = boxes
            .iter()
            .zip(&rows)
            .any(|(other, lower)| lower < row && other.0 - 2.0 < *x && *x < other.0 + other.2.width + 2.0);
        if !covered && *row > 0 {
            let x = x.round() + 0.5;
            sheet.stroke(x, bottom, x, end, Paint::Break);
        }
    }
    end
}

/// As many years as there is room for, the last among them.
pub fn years(sheet: &mut Sheet, lines: &Lines, across: Band, y: f64) {
    let mut every = 1;
    while across.step * (every as f64) < 38.0 && every < lines.years.len() {
        every += 1;
    }
    for (at, number) in lines.years.iter().enumerate().rev().step_by(every) {
        let text = lettering::shorten(&year(*number), QUIET, 36.0);
        let half = text.width / 2.0;
        let x = across.middle(at).max(half).min(sheet.picture.width - half);
        sheet.write(&text, QUIET, x, y, Anchor::Middle);
    }
}

/// Each number above its dot, or below where the line comes from above on both sides.
pub fn numbers(sheet: &mut Sheet, lines: &Lines, across: Band, up: Linear) {
    let series = &lines.series[0];
    let height = |at: Option<usize>| Some(lines.point(series, at?)?.length());
    for at in 0..lines.years.len() {
        let Some(datum) = lines.point(series, at) else { continue };
        let number = datum.length();
        let lower = |other: Option<f64>| other.is_none_or(|other| other > number);
        let (before, after) = (height(at.checked_sub(1)), height(Some(at + 1)));
        let valley = (before.is_some() || after.is_some()) && lower(before) && lower(after);
        let y = up.at(number);
        let below = valley && y + 24.0 < up.zero;
        sheet.word(
            &datum.text,
            Lettering::Small,
            across.middle(at),
            if below { y + 14.0 } else { y - 13.0 },
            Anchor::Middle,
        );
    }
}

pub fn last_number(sheet: &mut Sheet, lines: &Lines, across: Band, up: Linear) {
    if let Some((at, datum)) = lines.last(&lines.series[0]) {
        let (x, y) = (across.middle(at) + 5.0, up.at(datum.length()) - 14.0);
        sheet.short(&datum.text, Lettering::Number, x - 5.0 - across.start, (x, y), Anchor::End);
    }
}
