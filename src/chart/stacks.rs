//! Bars of parts.

use super::bars::fit;
use super::lettering;
use super::palette;
use super::scale::Linear;
use super::sheet::{HAIR, NARROW, Sheet, Value, equal, line, raise, rect};
use super::{Anchor, Datum, Lettering, Paint, Picture, Shape, Stack, Stacks, Tone};

const GAP: f64 = 8.0;
const BAR: f64 = 26.0;

impl Stack {
    /// Parts cannot be less than nothing.
    fn parts(&self) -> impl Iterator<Item = (&Datum, f64)> {
        self.parts.iter().map(|part| (part, part.length().max(0.0)))
    }

    fn sum(&self) -> f64 {
        self.parts().map(|(_, number)| number).sum()
    }

    /// What its number is more than its parts.
    fn surplus(&self) -> f64 {
        let (whole, sum) = (self.whole.length().max(0.0), self.sum());
        if equal(whole, sum) { 0.0 } else { whole - sum }
    }

    fn value(&self, limit: f64) -> Value {
        let value = Value::new(&self.whole, &self.missing, Lettering::Number, limit);
        if self.missing.is_empty() && self.surplus() != 0.0 { value.wrong() } else { value }
    }
}

pub fn draw(stacks: &Stacks, width: f64) -> Picture {
    let mut sheet = Sheet::new(width);
    let narrow = width < NARROW;
    let mut y = sheet.legend(&entries(stacks), 0.0, false);
    if y > 0.0 {
        y += 10.0;
    }
    let limit = if narrow { width } else { (width * 0.36).min(320.0) };
    let name = |row: &Stack| lettering::wrap(&row.whole.label, Lettering::Label, limit, 2);
    let mut start = 0.0;
    for row in stacks.rows.iter().filter(|_| !narrow) {
        raise(&mut start, name(row).width + GAP + 4.0);
    }
    let room = (width - start) * 0.6 - GAP;
    let mut lengths = Vec::new();
    for row in &stacks.rows {
        let longest = if row.missing.is_empty() { row.sum() + row.surplus().max(0.0) } else { 0.0 };
        lengths.push((longest, row.value(room).width + GAP));
    }
    let scale = fit(&lengths, start, width);

    for (at, row) in stacks.rows.iter().enumerate() {
        let name = name(row);
        let letters = name.lines.len() as f64 * Lettering::Label.pitch();
        let above = if narrow { letters } else { 0.0 };
        let height = if narrow { letters + BAR + 12.0 } else { (BAR + 14.0).max(letters + 8.0) };
        let middle = if narrow { y + above + 2.0 + BAR / 2.0 } else { y + height / 2.0 };
        sheet.write(&name, Lettering::Label, 0.0, if narrow { y + above / 2.0 } else { middle }, Anchor::Start);
        let (top, end) = (middle - BAR / 2.0, middle + BAR / 2.0);
        if narrow {
            sheet.stroke(scale.zero, top - 3.0, scale.zero, end + 3.0, Paint::Axis);
        } else {
            sheet.stroke(scale.zero, y, scale.zero, y + height, Paint::Axis);
        }
        let longest = scale.at(lengths[at].0);
        row.value(room).write(&mut sheet, longest + GAP, middle);
        let mut shapes = vec![rect(0.0, y, width, height, Paint::Bare)];
        if row.missing.is_empty() {
            shapes.extend(disagreement(row, scale, top));
            if lengths[at].0 == 0.0 {
                shapes.push(line(scale.zero, top, scale.zero, end, Paint::Hair(row.whole.tone)));
            }
        }
        sheet.mark(&row.whole, shapes, (at, 0), (longest, top));
        if row.missing.is_empty() {
            parts(&mut sheet, row, at, scale, top);
        }
        y += height;
    }
    sheet.end(y)
}

/// What tones mean: those of which there is anything, or all where there is nothing at all.
fn entries(stacks: &Stacks) -> Vec<(Tone, &str)> {
    let rows = || stacks.rows.iter().filter(|row| row.missing.is_empty());
    let mut entries = Vec::new();
    for all in [false, true] {
        for (at, part) in rows().flat_map(|row| row.parts.iter().enumerate()) {
            let known = entries.iter().any(|(tone, _)| *tone == part.tone);
            if !known && (all || rows().any(|row| row.parts.get(at).is_some_and(|part| part.length() > 0.0))) {
                entries.push((part.tone, &*part.label));
            }
        }
        if !entries.is_empty() {
            break;
        }
    }
    entries
}

/// Where the number of the whole is another than the sum of its parts.
fn disagreement(row: &Stack, scale: Linear, top: f64) -> Option<Shape> {
    let (sum, surplus) = (row.sum(), row.surplus());
    if surplus > 0.0 {
        Some(rect(scale.at(sum), top, surplus * scale.factor, BAR, Paint::Fill(Tone::Wrong)))
    } else if surplus < 0.0 {
        let end = scale.at(sum + surplus);
        Some(line(end, top - 4.0, end, top + BAR + 4.0, Paint::Line(Tone::Wrong)))
    } else {
        None
    }
}

fn parts(sheet: &mut Sheet, row: &Stack, at: usize, scale: Linear, top: f64) {
    let mut before = 0.0;
    for (place, (part, number)) in row.parts().filter(|(_, number)| *number > 0.0).enumerate() {
        let (x, length) = (scale.at(before), number * scale.factor);
        before += number;
        // A gap of the background, where there is room for one.
        let gap = if length > 4.0 { 1.0 } else { 0.0 };
        let mut shapes = vec![rect(x, top, length - gap, BAR, Paint::Fill(part.tone))];
        if length < HAIR {
            shapes.push(line(x, top, x, top + BAR, Paint::Hair(part.tone)));
        }
        let style = Lettering::On(part.tone);
        let letters = lettering::width(&part.text, style);
        if letters + 8.0 <= length {
            let middle = x + (length - gap) / 2.0;
            if palette::pattern(part.tone).is_some() {
                let plate = letters + 6.0;
                shapes.push(rect(middle - plate / 2.0, top + 4.0, plate, BAR - 8.0, Paint::Plate(part.tone)));
            }
            sheet.word(&part.text, style, middle, top + BAR / 2.0, Anchor::Middle);
        }
        sheet.mark(part, shapes, (at, place + 1), (x + length / 2.0, top));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stacks(parts: &[f64], whole: f64) -> Stacks {
        let datum = |number: f64, tone| Datum { number, text: "7件".into(), tone, ..Datum::default() };
        let parts = parts.iter().enumerate().map(|(at, number)| datum(*number, Tone::Kind(at as u8))).collect();
        Stacks { rows: vec![Stack { whole: datum(whole, Tone::Quiet), parts, ..Stack::default() }] }
    }

    fn painted(picture: &Picture, paint: Paint) -> bool {
        let with = |shape: &Shape| match shape {
            Shape::Rect { paint: own, .. } | Shape::Path { paint: own, .. } => *own == paint,
            _ => false,
        };
        picture.marks.iter().flat_map(|mark| &mark.shapes).any(with)
    }

    #[test]
    fn numbers_stand_in_the_parts_that_have_room_for_them() {
        let picture = draw(&stacks(&[500.0, 1.0, 300.0], 801.0), 600.0);
        let inside: Vec<Tone> = picture
            .front
            .iter()
            .filter_map(|shape| match shape {
                Shape::Text { style: Lettering::On(tone), .. } => Some(*tone),
                _ => None,
            })
            .collect();
        assert_eq!(inside, [Tone::Kind(0), Tone::Kind(2)]);
        assert_eq!(picture.marks.len(), 4);
        assert!(!painted(&picture, Paint::Plate(Tone::Kind(0))) && painted(&picture, Paint::Plate(Tone::Kind(2))));
    }

    #[test]
    fn a_whole_that_is_not_the_sum_is_wrong() {
        let is_wrong = |shape: &Shape| matches!(shape, Shape::Text { style: Lettering::Wrong, .. });
        let more = draw(&stacks(&[10.0, 1.0], 20.0), 600.0);
        assert!(painted(&more, Paint::Fill(Tone::Wrong)) && more.front.iter().any(is_wrong));
        let less = draw(&stacks(&[10.0, 1.0], 0.0), 600.0);
        assert!(painted(&less, Paint::Line(Tone::Wrong)) && less.front.iter().any(is_wrong));
        let right = draw(&stacks(&[0.1, 0.2], 0.3), 600.0);
        assert!(!right.front.iter().any(is_wrong));
    }

    #[test]
    fn the_legend_has_what_is_there_or_all_where_nothing_is() {
        let tones = |parts: &[f64]| entries(&stacks(parts, 0.0)).len();
        assert_eq!((tones(&[1.0, 0.0, 2.0]), tones(&[0.0, 0.0, 0.0])), (2, 3));
    }
}
