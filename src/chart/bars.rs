//! Horizontal bars.

use super::lettering::{self, Block};
use super::scale::Linear;
use super::sheet::{HAIR, NARROW, Sheet, Value, line, raise, rect};
use super::{Anchor, Bar, BarGroup, Bars, Lettering, Paint, Picture};

/// Between a bar and its number, and between a name and its bar.
const GAP: f64 = 8.0;
/// How far the name of a part is set in.
const INDENT: f64 = 14.0;

/// What a bar looks like by its level.
struct Look {
    name: Lettering,
    value: Lettering,
    bar: f64,
    /// Around the bar: beside its name, of the whole row at least; below its name, of what is left between this and
    /// the next name.
    row: f64,
}

fn look(bar: &Bar, narrow: bool) -> Look {
    let (name, value) =
        if bar.level == 0 { (Lettering::Label, Lettering::Number) } else { (Lettering::Quiet, Lettering::Quiet) };
    let (bar, row) = match (bar.level, narrow) {
        (0, false) => (20.0, 32.0),
        (0, true) => (12.0, 26.0),
        (_, false) => (10.0, 22.0),
        (_, true) => (6.0, 18.0),
    };
    Look { name, value, bar, row }
}

fn indent(bar: &Bar) -> f64 {
    if bar.level == 0 { 0.0 } else { INDENT }
}

/// A scale for numbers on both sides of zero, each with what is written at its end, so that all have room between
/// two places.
pub(super) fn fit(lengths: &[(f64, f64)], start: f64, end: f64) -> Linear {
    // Half a pixel on, so that the line at zero is sharp.
    let start = start + 0.5;
    let mut factor = f64::INFINITY;
    // What is below zero has to share the room with what is above; either side may be empty.
    for (left, text) in lengths.iter().chain(&[(0.0, 0.0)]).filter(|(number, text)| *number < 0.0 || *text == 0.0) {
        for (right, beside) in lengths.iter().filter(|(number, _)| *number >= 0.0).chain(&[(0.0, 0.0)]) {
            let (numbers, texts) = (right - left.min(0.0), text + beside);
            if numbers > 0.0 && (end - start - texts) / numbers < factor {
                factor = (end - start - texts) / numbers;
            }
        }
    }
    let factor = if factor.is_finite() { factor.max(0.0) } else { 0.0 };
    let mut zero = start;
    for (number, text) in lengths {
        if *number < 0.0 {
            raise(&mut zero, start + text - number * factor);
        }
    }
    Linear { zero, factor }
}

pub fn draw(bars: &Bars, width: f64) -> Picture {
    let mut sheet = Sheet::new(width);
    let layout = Layout::new(bars, width);
    let (mut y, mut row) = (0.0, 0);
    for group in &bars.groups {
        if y > 0.0 {
            y += 20.0;
        }
        if !group.title.is_empty() {
            let title = lettering::wrap(&group.title, Lettering::Title, width, 2);
            let height = Lettering::Title.pitch() * title.lines.len() as f64;
            sheet.write(&title, Lettering::Title, 0.0, y + height / 2.0, Anchor::Start);
            y += height + 8.0;
        }
        let scale = layout.scale(bars, group);
        let top = y;
        let mut level = 0;
        for bar in &group.bars {
            // After its parts, the next bar stands for itself.
            if bar.level < level {
                y += 6.0;
            }
            level = bar.level;
            y += layout.row(&mut sheet, bar, scale, y, row);
            row += 1;
        }
        if y > top && !layout.narrow {
            sheet.stroke(scale.zero, top, scale.zero, y, Paint::Axis);
        }
    }
    sheet.end(y)
}

struct Layout {
    width: f64,
    /// Names and numbers stand above the bars, not beside them.
    narrow: bool,
    /// Where the bars have their room, and how much of it a number may take.
    start: f64,
    room: f64,
    /// Of the widest share, where shares stand in a column.
    shares: f64,
}

impl Layout {
    fn new(bars: &Bars, width: f64) -> Layout {
        let mut layout = Layout { width, narrow: width < NARROW, start: 0.0, room: width * 0.64, shares: 0.0 };
        let (mut start, mut shares, mut below_zero) = (0.0, 0.0, false);
        for bar in bars.groups.iter().flat_map(|group| &group.bars) {
            if layout.narrow {
                raise(&mut shares, layout.value(bar).share());
            } else {
                raise(&mut start, layout.name(bar).width + indent(bar) + GAP + 4.0);
            }
            below_zero |= number(bar) < 0.0;
        }
        layout.shares = shares;
        if !layout.narrow {
            layout.start = start;
            layout.room = (width - start) * (if below_zero { 0.4 } else { 0.6 }) - GAP;
        }
        layout
    }

    fn name(&self, bar: &Bar) -> Block {
        let limit = if self.narrow {
            self.width - self.value(bar).beside(self.shares) - 2.0 * GAP
        } else {
            (self.width * 0.36).min(320.0)
        };
        lettering::wrap(
            &bar.datum.label,
            look(bar, self.narrow).name,
            limit - indent(bar),
            if self.narrow { 3 } else { 2 },
        )
    }

    fn value(&self, bar: &Bar) -> Value {
        Value::new(&bar.datum, &bar.missing, look(bar, self.narrow).value, self.room)
    }

    fn scale(&self, bars: &Bars, group: &BarGroup) -> Linear {
        let mut lengths = Vec::new();
        for other in bars.groups.iter().filter(|other| other.scale == group.scale) {
            for bar in &other.bars {
                lengths.push((number(bar), if self.narrow { 0.0 } else { self.value(bar).width + GAP }));
            }
        }
        fit(&lengths, self.start, self.width)
    }

    /// Draws a bar; how high its row is.
    fn row(&self, sheet: &mut Sheet, bar: &Bar, scale: Linear, y: f64, row: usize) -> f64 {
        let look = look(bar, self.narrow);
        let (name, value) = (self.name(bar), self.value(bar));
        let letters = name.lines.len().max(1) as f64 * look.name.pitch();
        let height = if self.narrow { letters + look.row } else { look.row.max(letters + 8.0) };
        let top = if self.narrow { y + letters + 2.0 } else { y + (height - look.bar) / 2.0 };
        let end = scale.at(number(bar));

        let mut shapes = vec![rect(0.0, y, self.width, height, Paint::Bare)];
        let length = (end - scale.zero).abs();
        if bar.missing.is_empty() {
            if length > 0.0 {
                shapes.push(rect(end.min(scale.zero), top, length, look.bar, Paint::Fill(bar.datum.tone)));
            }
            if length < HAIR {
                shapes.push(line(end, top, end, top + look.bar, Paint::Hair(bar.datum.tone)));
            }
        }
        sheet.mark(&bar.datum, shapes, (row, 0), (end, top));

        if self.narrow {
            sheet.stroke(scale.zero, top - 2.0, scale.zero, top + look.bar + 2.0, Paint::Axis);
            sheet.write(&name, look.name, indent(bar), y + letters / 2.0, Anchor::Start);
            value.write_back(sheet, self.width, self.shares, y + letters - look.name.pitch() / 2.0);
        } else {
            sheet.write(&name, look.name, indent(bar), y + height / 2.0, Anchor::Start);
            let x = if end < scale.zero { end - GAP - value.width } else { end + GAP };
            value.write(sheet, x, y + height / 2.0);
        }
        height
    }
}

/// What is drawn of a bar.
fn number(bar: &Bar) -> f64 {
    if bar.missing.is_empty() { bar.datum.length() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::{Datum, Shape, Tone};
    use super::*;

    fn bar(number: f64, text: &str) -> Bar {
        let datum = Datum { label: "甲".into(), number, text: text.into(), ..Datum::default() };
        Bar { datum, ..Bar::default() }
    }

    fn lengths(picture: &Picture) -> Vec<Option<f64>> {
        let length = |shape: &Shape| match shape {
            Shape::Rect { width, paint: Paint::Fill(_), .. } => Some(*width),
            _ => None,
        };
        picture.marks.iter().map(|mark| mark.shapes.iter().find_map(length)).collect()
    }

    fn texts(picture: &Picture) -> Vec<&str> {
        let texts = picture.front.iter().filter_map(|shape| match shape {
            Shape::Text { text, .. } => Some(&**text),
            _ => None,
        });
        texts.collect()
    }

    #[test]
    fn lengths_are_as_the_numbers_where_the_scale_is_one() {
        let group = |scale, numbers: &[f64]| BarGroup {
            scale,
            bars: numbers.iter().map(|number| bar(*number, "1件")).collect(),
            ..BarGroup::default()
        };
        let bars = Bars { groups: vec![group(0, &[100.0, 25.0]), group(0, &[50.0]), group(1, &[3.0])] };
        for width in [900.0, 300.0] {
            let [Some(all), Some(quarter), Some(half), Some(other)] = lengths(&draw(&bars, width))[..] else {
                panic!()
            };
            assert!((quarter * 4.0 - all).abs() < 1e-9 && (half * 2.0 - all).abs() < 1e-9);
            assert!((other - all).abs() < 1e-9, "the longest of another scale is as long");
        }
    }

    #[test]
    fn zero_has_a_hairline_and_what_is_missing_says_so() {
        let missing = Bar { missing: "未填".into(), ..bar(0.0, "") };
        let group = BarGroup { bars: vec![bar(0.0, "0件"), missing, bar(5.0, "5件")], ..BarGroup::default() };
        let picture = draw(&Bars { groups: vec![group] }, 600.0);
        let hair = |at: usize| {
            let hair = Paint::Hair(Tone::Main);
            picture.marks[at].shapes.iter().any(|shape| matches!(shape, Shape::Path { paint, .. } if *paint == hair))
        };
        assert!(hair(0) && !hair(1) && !hair(2));
        assert_eq!(texts(&picture), ["甲", "0件", "甲", "未填", "甲", "5件"]);
        assert_eq!(lengths(&picture)[..2], [None, None]);
    }

    #[test]
    fn numbers_below_zero_go_the_other_way() {
        let group = BarGroup { bars: vec![bar(30.0, "30"), bar(-10.0, "−10")], ..BarGroup::default() };
        let picture = draw(&Bars { groups: vec![group] }, 600.0);
        let Shape::Rect { x: right, width: long, .. } = picture.marks[0].shapes[1] else { panic!() };
        let Shape::Rect { x: left, width: short, .. } = picture.marks[1].shapes[1] else { panic!() };
        assert!((left + short - right).abs() < 1e-9 && (short * 3.0 - long).abs() < 1e-9);
    }
}
