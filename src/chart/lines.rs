//! Lines over years.

mod labels;

use super::lettering::{self, Block};
use super::pen::{self, Pen};
use super::scale::{Band, Linear, Ticks};
use super::sheet::{NARROW, Sheet, raise, rect};
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

    /// The line of a series, interrupted where something has changed; thin over years of which no number is known.
    pub(super) fn draw_line(&self, sheet: &mut Sheet, series: &Series, across: Band, up: Linear) {
        let (mut whole, mut thin) = (Pen::default(), Pen::default());
        let mut last: Option<(usize, f64, f64)> = None;
        for at in 0..self.years.len() {
            let Some(datum) = self.point(series, at) else { continue };
            let (x, y) = (across.middle(at), up.at(datum.length()));
            if let Some((before, from_x, from_y)) = last {
                let changed = self.changes().any(|(change, _)| before < change && change <= at);
                if !changed && at == before + 1 {
                    // It goes on from where it ended.
                    whole = if whole.0.is_empty() { whole.to(from_x, from_y) } else { whole }.line(x, y);
                } else {
                    if !changed {
                        thin = thin.to(from_x, from_y).line(x, y);
                    }
                    whole = if whole.0.is_empty() { whole } else { whole.to(x, y) };
                }
            }
            last = Some((at, x, y));
        }
        for (pen, paint) in [(thin, Paint::Hair(series.tone)), (whole, Paint::Line(series.tone))] {
            if pen.0.contains('L') {
                sheet.furnish(Shape::Path { data: pen.0, paint });
            }
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
    let ends: Vec<(Block, Block)> = lines.series.iter().map(|series| labels::end_label(lines, series, limit)).collect();
    let whole_names = ends.iter().all(|(name, number)| name.full.is_none() && number.full.is_none());
    let beside = several && (!narrow || whole_names) && ends.len() as f64 * labels::ROW <= height;
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
    let right = if beside { width - widest - labels::LEADER } else { width };
    // A few years are not torn apart.
    let right = right.min(left + lines.years.len() as f64 * 220.0);
    let across = Band::new(lines.years.len(), left, right);

    // Numbers stand at the dots where one series has room for them.
    let fits = |datum: &Datum| lettering::width(&datum.text, Lettering::Small) + 6.0 <= across.step;
    let numbered = !several && lines.series[0].points.iter().flatten().all(fits);
    let above = labels::changes(&mut sheet, lines, across, y);
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
    labels::years(&mut sheet, lines, across, end + 14.0);

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
        labels::numbers(&mut sheet, lines, across, up);
    } else if !several {
        labels::last_number(&mut sheet, lines, across, up);
    }
    if beside {
        labels::end_labels(&mut sheet, lines, &ends, (across, up), (top, end));
    }
    sheet.end(end + 24.0)
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
    fn over_years_without_a_number_the_line_is_thin_but_not_over_a_change() {
        let thin = |breaks: &[i32]| {
            let numbers = [Some(1.0), None, None, Some(4.0), Some(5.0)];
            let picture = draw(&lines(&numbers, breaks), 800.0);
            picture.furniture.iter().any(|shape| matches!(shape, Shape::Path { paint: Paint::Hair(_), .. }))
        };
        assert!(thin(&[]) && thin(&[2021]) && !thin(&[2018]) && !thin(&[2020]));
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
