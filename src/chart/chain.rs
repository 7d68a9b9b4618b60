//! What is handed on from year to year.

use super::lettering;
use super::pen::Pen;
use super::scale::Band;
use super::sheet::{HAIR, Sheet, columns, line, raise, rect};
use super::{Anchor, Chain, Datum, Lettering, Paint, Picture, Shape, Step, Tone};

/// How wide a step is at least, with what is between two.
const STEP: f64 = 132.0;
const GUTTER: f64 = 24.0;
/// Of a bar, and of the longest one.
const BAR: f64 = 26.0;
const LONGEST: f64 = 84.0;
/// Of the outline of what is not known.
const UNKNOWN: f64 = 30.0;

pub fn draw(chain: &Chain, width: f64) -> Picture {
    let mut sheet = Sheet::new(width);
    let columns = columns(chain.steps.len(), ((width + GUTTER) / STEP) as usize);
    let across = Band::new(columns, 0.0, width + GUTTER);
    let room = (across.step - GUTTER).min(190.0);
    let both = chain.steps.iter().flat_map(|step| [&step.out, &step.into]).flatten();
    let (mut most, mut lines) = (0.0, 0);
    for datum in both {
        raise(&mut most, height_of(datum));
        lines = lines.max(caption(datum, room).lines.len());
    }
    let factor = if most > 0.0 { LONGEST / most } else { 0.0 };
    let below = lines as f64 * Lettering::Quiet.pitch();

    let mut y = 0.0;
    for (at, step) in chain.steps.iter().enumerate() {
        let column = at % columns;
        if column == 0 && at > 0 {
            y += 62.0 + LONGEST + below + 32.0;
        }
        draw_step(&mut sheet, step, at, (across.left(column), room), y, factor);
    }
    let height = if chain.steps.is_empty() { 0.0 } else { y + 62.0 + LONGEST + below + 8.0 };
    sheet.end(height)
}

fn height_of(datum: &Datum) -> f64 {
    datum.length().max(0.0)
}

fn caption(datum: &Datum, room: f64) -> lettering::Block {
    lettering::wrap(&datum.label, Lettering::Quiet, room / 2.0 - 4.0, 3)
}

fn draw_step(sheet: &mut Sheet, step: &Step, row: usize, (x, room): (f64, f64), y: f64, factor: f64) {
    sheet.short(&step.label, Lettering::Label, room, (x, y + 9.0), Anchor::Start);
    let wrong = !step.gap.is_empty();
    sheet.short(&step.gap, Lettering::Wrong, room, (x, y + 28.0), Anchor::Start);

    let base = y + 58.0 + LONGEST;
    let height = |datum: &Option<Datum>| datum.as_ref().map_or(UNKNOWN, |datum| height_of(datum) * factor);
    let (out, into) = (height(&step.out), height(&step.into));
    let (left, right) = (x + BAR, x + room - BAR);
    if let (Some(datum), Some(_)) = (&step.out, &step.into) {
        let tone = if wrong { Tone::Wrong } else { datum.tone };
        let ribbon = Pen::default().to(left, base - out).sway(left, base - out, right, base - into);
        let data = ribbon.line(right, base).line(left, base).close();
        sheet.furnish(Shape::Path { data, paint: Paint::Flow(tone) });
        // Between the two numbers, as in an equation.
        let (sign, style) = if wrong { ("≠", Lettering::Wrong) } else { ("=", Lettering::Quiet) };
        sheet.word(sign, style, x + room / 2.0, base - (out + into) / 2.0 - 11.0, Anchor::Middle);
    }
    sheet.stroke(x, base + 0.5, x + room, base + 0.5, Paint::Axis);
    for (place, (datum, bar, height)) in [(&step.out, x, out), (&step.into, right, into)].into_iter().enumerate() {
        let (edge, anchor) = if place == 0 { (x, Anchor::Start) } else { (x + room, Anchor::End) };
        let Some(datum) = datum else {
            sheet.furnish(rect(bar, base - height, BAR, height, Paint::Open));
            continue;
        };
        let half = room / 2.0;
        let hit = rect(x + half * place as f64, y + 38.0, half, base - y - 38.0, Paint::Bare);
        let mut shapes = vec![hit, rect(bar, base - height, BAR, height, Paint::Fill(datum.tone))];
        if height < HAIR {
            shapes.push(line(bar, base - 0.5, bar + BAR, base - 0.5, Paint::Hair(datum.tone)));
        }
        sheet.mark(datum, shapes, (row, place), (bar + BAR / 2.0, base - height));
        sheet.short(&datum.text, Lettering::Number, half - 10.0, (edge, base - height - 11.0), anchor);
        let caption = caption(datum, room);
        let lines = caption.lines.len() as f64 * Lettering::Quiet.pitch();
        sheet.write(&caption, Lettering::Quiet, edge, base + 5.0 + lines / 2.0, anchor);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(out: Option<f64>, into: Option<f64>, gap: &str) -> (Vec<Paint>, usize) {
        let datum = |number: f64| Datum { number, text: "7件".into(), ..Datum::default() };
        let step = Step { label: "2022 → 2023".into(), out: out.map(datum), into: into.map(datum), gap: gap.into() };
        let picture = draw(&Chain { steps: vec![step] }, 600.0);
        let paints = picture.furniture.iter().filter_map(|shape| match shape {
            Shape::Rect { paint, .. } | Shape::Path { paint, .. } if *paint != Paint::Axis => Some(*paint),
            _ => None,
        });
        (paints.collect(), picture.marks.len())
    }

    #[test]
    fn a_link_is_calm_wrong_or_not_there() {
        assert_eq!(painted(Some(5.0), Some(5.0), ""), (vec![Paint::Flow(Tone::Main)], 2));
        assert_eq!(painted(Some(5.0), Some(8.0), "多3件"), (vec![Paint::Flow(Tone::Wrong)], 2));
        assert_eq!(painted(None, Some(8.0), ""), (vec![Paint::Open], 1));
    }
}
