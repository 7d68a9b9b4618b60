//! Lines over years.

use super::lettering::{self, Block};
use super::pen::{self, Pen};
use super::scale::{Band, Linear, Ticks};
use super::sheet::{NARROW, Sheet, raise, rect, settle};
use super::{Anchor, Datum, Lettering, Lines, Paint, Picture, Series, Shape};

const QUIET: Lettering = Lettering::Quiet;

impl Lines {
    /// The number of a series for the year at this place.
    pub(super) fn point<'a>(&self, series: &'a Series, at: usize) -> Option<&'a Datum> {
        series.points.get(at).filter(|_| at < self.years.len())?.as_ref()
    }

    /// The last number that is known of a series, and its place.
    pub(super) fn last<'a>(&self, series: &'a Series) -> Option<(usize, &'a Datum)> {
        (0..self.years.len()).rev().find_map(|at| Some((at, self.point(series, at)?)))
    }

    fn numbers(&self) -> impl Iterator<Item = f64> {
        self.series.iter().flat_map(|series| series.points.iter().flatten().map(Datum::length))
    }

    /// From the least of zero and all numbers to the greatest.
    pub(super) fn span(&self) -> (f64, f64) {
        let (mut below, mut above) = (0.0, 0.0);
        for number in self.numbers() {
            raise(&mut above, number);
            raise(&mut below, -number);
        }
        (-below, above)
    }

    /// The places of the years before which something has changed, with what has.
    pub(super) fn changes(&self) -> impl Iterator<Item = (usize, &str)> {
        self.breaks.iter().filter_map(|change| {
            let at = self.years.iter().position(|year| *year == change.year).filter(|at| *at > 0)?;
            Some((at, &*change.label))
        })
    }

    /// The line of a series, interrupted where there is no number and where something has changed.
    pub(super) fn draw_line(&self, sheet: &mut Sheet, series: &Series, across: Band, up: Linear) {
        let mut pen = Pen::default();
        let mut drawn = false;
        let mut on = false;
        for at in 0..self.years.len() {
            let Some(datum) = self.point(series, at) else {
                on = false;
                continue;
            };
            let (x, y) = (across.middle(at), up.at(datum.length()));
            if on && !self.changes().any(|(change, _)| change == at) {
                pen = pen.line(x, y);
                drawn = true;
            } else {
                pen = pen.to(x, y);
            }
            on = true;
        }
        if drawn {
            sheet.furnish(Shape::Path { data: pen.0, paint: Paint::Line(series.tone) });
        }
    }

    /// The dots, each with a part of its year's strip between two heights that is nearest to it.
    pub(super) fn draw_dots(
        &self,
        sheet: &mut Sheet,
        (top, end): (f64, f64),
        across: Band,
        up: Linear,
        radius: f64,
        row: usize,
    ) {
        for (place, series) in self.series.iter().enumerate() {
            for at in 0..self.years.len() {
                let Some(datum) = self.point(series, at) else { continue };
                let (x, y) = (across.middle(at), up.at(datum.length()));
                let (mut from, mut to) = (top, end);
                for (other_place, other) in self.series.iter().enumerate().filter(|(other, _)| *other != place) {
                    let Some(other) = self.point(other, at) else { continue };
                    let other = up.at(other.length());
                    if other < y || other == y && other_place < place {
                        from = from.max((other + y) / 2.0);
                    } else {
                        to = to.min((other + y) / 2.0);
                    }
                }
                let strip = rect(across.left(at), from, across.step, (to - from).max(0.0), Paint::Bare);
                // Small dots would cut the line with their edge; only the last one is seen.
                let last =
                    at + 1 == self.years.len() || (at + 1..self.years.len()).all(|at| self.point(series, at).is_none());
                let dot = if radius >= 3.0 || last {
                    Shape::Circle { x, y, radius: radius.max(3.5), paint: Paint::Dot(datum.tone) }
                } else {
                    Shape::Circle { x, y, radius, paint: Paint::Plate(datum.tone) }
                };
                sheet.mark(datum, vec![strip, dot], (row + place, at), (x, y));
            }
        }
    }
}

pub(super) fn year(year: i32) -> String {
    let mut text = String::new();
    pen::number(&mut text, f64::from(year));
    text
}

pub fn draw(lines: &Lines, width: f64) -> Picture {
    let mut sheet = Sheet::new(width);
    if lines.years.is_empty() || lines.series.is_empty() {
        return sheet.end(0.0);
    }
    let narrow = width < NARROW;
    let height = match lines.years.len() {
        1 => 140.0,
        _ if narrow => 180.0,
        _ => 240.0,
    };
    let several = lines.series.len() > 1;

    let limit = width * 0.24;
    let ends: Vec<(Block, Block)> = lines.series.iter().map(|series| end_label(lines, series, limit)).collect();
    let whole_names = ends.iter().all(|(name, number)| name.full.is_none() && number.full.is_none());
    let beside = several && (!narrow || whole_names) && ends.len() as f64 * ROW <= height;
    let mut y = 0.0;
    if several && !beside {
        let entries: Vec<_> = lines.series.iter().map(|series| (series.tone, &*series.label)).collect();
        y += sheet.legend(&entries, 0.0, true) + 12.0;
    }

    let (low, high) = lines.span();
    let of_whole = lines.numbers().all(|number| number == number.trunc());
    let ticks = Ticks::new(low, high, height / 60.0, of_whole);
    let tick = |text: &str| lettering::shorten(text, QUIET, width * 0.3);
    let (mut left, mut widest) = (0.0, 0.0);
    for (_, text) in &ticks.all {
        raise(&mut left, tick(text).width + 8.0);
    }
    for (name, number) in &ends {
        raise(&mut widest, name.width);
        raise(&mut widest, number.width);
    }
    let right = if beside { width - widest - LEADER } else { width };
    // A few years are not torn apart.
    let right = right.min(left + lines.years.len() as f64 * 220.0);
    let across = Band::new(lines.years.len(), left, right);

    // Numbers stand at the dots where one series has room for them.
    let fits = |datum: &Datum| lettering::width(&datum.text, Lettering::Small) + 6.0 <= across.step;
    let numbered = !several && lines.series[0].points.iter().flatten().all(fits);
    let above = changes(&mut sheet, lines, across, y);
    let top = above + if several { 8.0 } else { 20.0 };
    let end = top + height;
    let up = Linear::new(ticks.span(), (end, top));
    for (number, text) in &ticks.all {
        let at = up.at(*number).round() + 0.5;
        let paint = if *number == 0.0 { Paint::Axis } else { Paint::Grid };
        sheet.stroke(left, at, right, at, paint);
        sheet.write(&tick(text), QUIET, left - 8.0, at, Anchor::End);
    }
    for (at, _) in lines.changes() {
        let x = across.left(at).round() + 0.5;
        sheet.stroke(x, above, x, end, Paint::Break);
    }
    years(&mut sheet, lines, across, end + 14.0);

    for series in &lines.series {
        if let ([_], Some((at, datum))) = (&lines.years[..], lines.last(series)) {
            // One year has no line: its numbers stand on the axis.
            let (x, tone) = (across.middle(at), datum.tone);
            sheet.stroke(x, up.zero, x, up.at(datum.length()), Paint::Hair(tone));
        }
        lines.draw_line(&mut sheet, series, across, up);
    }
    let radius = if across.step < 24.0 { 2.2 } else { 4.0 };
    lines.draw_dots(&mut sheet, (top, end), across, up, radius, 0);
    if numbered {
        numbers(&mut sheet, lines, across, up);
    } else if !several {
        last_number(&mut sheet, lines, across, up);
    }
    if beside {
        end_labels(&mut sheet, lines, &ends, (across, up), (top, end));
    }
    sheet.end(end + 24.0)
}

/// How high a label at the end of a line is, with the gap to the next, and how far from the line it stands.
const ROW: f64 = 36.0;
const LEADER: f64 = 22.0;

/// What stands at the end of a line: its name, and its last number.
fn end_label(lines: &Lines, series: &Series, limit: f64) -> (Block, Block) {
    let number = lines.last(series).map_or("", |(_, datum)| &*datum.text);
    (lettering::shorten(&series.label, Lettering::Label, limit), lettering::shorten(number, Lettering::Small, limit))
}

fn end_labels(
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
fn changes(sheet: &mut Sheet, lines: &Lines, across: Band, y: f64) -> f64 {
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
fn years(sheet: &mut Sheet, lines: &Lines, across: Band, y: f64) {
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
fn numbers(sheet: &mut Sheet, lines: &Lines, across: Band, up: Linear) {
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

fn last_number(sheet: &mut Sheet, lines: &Lines, across: Band, up: Linear) {
    if let Some((at, datum)) = lines.last(&lines.series[0]) {
        let (x, y) = (across.middle(at) + 5.0, up.at(datum.length()) - 14.0);
        sheet.short(&datum.text, Lettering::Number, x - 5.0 - across.start, (x, y), Anchor::End);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Break, Tone};
    use super::*;

    fn lines(numbers: &[Option<f64>], breaks: &[i32]) -> Lines {
        let datum = |number: f64| Datum { number, text: "7件".into(), ..Datum::default() };
        let points = numbers.iter().map(|number| number.map(datum)).collect();
        Lines {
            years: (2017..).take(numbers.len()).collect(),
            series: vec![Series { label: "新收".into(), tone: Tone::Main, points }],
            breaks: breaks.iter().map(|year| Break { year: *year, label: "新表式".into() }).collect(),
        }
    }

    /// How many pieces the line has, and how many steps these have together.
    fn pieces(lines: &Lines) -> (usize, usize) {
        let picture = draw(lines, 800.0);
        let data = picture.furniture.iter().find_map(|shape| match shape {
            Shape::Path { data, paint: Paint::Line(_) } => Some(data.clone()),
            _ => None,
        });
        let data = data.unwrap_or_default();
        (data.matches('M').count(), data.matches('L').count())
    }

    #[test]
    fn a_line_is_interrupted_where_a_year_has_no_number_and_where_something_has_changed() {
        let full = [1.0, 2.0, 3.0, 4.0, 5.0].map(Some);
        assert_eq!(pieces(&lines(&full, &[])), (1, 4));
        assert_eq!(pieces(&lines(&full, &[2019])), (2, 3));
        assert_eq!(pieces(&lines(&[Some(1.0), Some(2.0), None, Some(4.0), Some(5.0)], &[])), (2, 2));
        // Neither the first year nor one that is not there has one before it.
        assert_eq!(pieces(&lines(&full, &[2017, 2030])), (1, 4));
    }

    #[test]
    fn every_number_is_a_mark_in_the_strip_of_its_year() {
        let mut two = lines(&[Some(1.0), None, Some(3.0)], &[]);
        two.series.push(two.series[0].clone());
        let picture = draw(&two, 800.0);
        let places: Vec<_> = picture.marks.iter().map(|mark| (mark.line, mark.place)).collect();
        assert_eq!(places, [(0, 0), (0, 2), (1, 0), (1, 2)]);
        // At the same height, the first has what is above and the second what is below.
        let strip = |at: usize| match picture.marks[at].shapes[0] {
            Shape::Rect { y, height, .. } => (y, y + height),
            _ => panic!(),
        };
        assert!(strip(0).0 < strip(0).1 && strip(0).1 == strip(2).0 && strip(2).0 < strip(2).1);
    }

    #[test]
    fn one_year_stands_on_the_axis() {
        let picture = draw(&lines(&[Some(21.0)], &[]), 800.0);
        let stem = |shape: &Shape| matches!(shape, Shape::Path { paint: Paint::Hair(Tone::Main), .. });
        assert!(picture.furniture.iter().any(stem));
        assert_eq!(picture.marks.len(), 1);
    }
}
