//! What is drawn on: the shapes and marks of a picture as they come, and what several kinds of picture have in
//! common.

use super::lettering::{self, Block};
use super::pen::Pen;
use super::{Anchor, Datum, Lettering, Mark, Paint, Picture, Shape, Tone};

/// Below this width there is no room for names beside what they name.
pub const NARROW: f64 = 480.0;

/// Below this length a shape gets a hairline, so that it is seen.
pub const HAIR: f64 = 1.0;

/// How far the middle of a line of letters is above its baseline, in em.
pub const MIDDLE: f64 = 0.36;

/// A number that can be drawn.
pub fn sane(number: f64) -> f64 {
    if number.is_finite() { number.clamp(-1e12, 1e12) } else { 0.0 }
}

impl Datum {
    pub(super) fn length(&self) -> f64 {
        sane(self.number)
    }
}

/// In how many columns, `most` at most, things stand in rows that are about equally long.
pub fn columns(count: usize, most: usize) -> usize {
    let rows = count.div_ceil(most.max(1)).max(1);
    count.div_ceil(rows).max(1)
}

/// Makes a length as great as another.
pub fn raise(length: &mut f64, other: f64) {
    if other > *length {
        *length = other;
    }
}

/// Whether two sums say the same.
pub fn equal(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0)
}

pub struct Sheet {
    pub picture: Picture,
}

impl Sheet {
    pub fn new(width: f64) -> Sheet {
        Sheet { picture: Picture { width, ..Picture::default() } }
    }

    pub fn end(mut self, height: f64) -> Picture {
        self.picture.height = height.ceil();
        self.picture
    }

    pub fn furnish(&mut self, shape: Shape) {
        self.picture.furniture.push(shape);
    }

    pub fn mark(&mut self, datum: &Datum, shapes: Vec<Shape>, (line, place): (usize, usize), tip: (f64, f64)) {
        self.picture.marks.push(Mark { datum: datum.clone(), shapes, line, place, tip });
    }

    /// The lines of a block, the middle of all of them at `y`.
    pub fn write(&mut self, block: &Block, style: Lettering, x: f64, y: f64, anchor: Anchor) {
        let mut y = y - block.lines.len().saturating_sub(1) as f64 / 2.0 * style.pitch();
        for (at, line) in block.lines.iter().enumerate() {
            let full = if at + 1 == block.lines.len() { block.full.clone() } else { None };
            self.letters(line, full, style, x, y, anchor);
            y += style.pitch();
        }
    }

    /// One line of text, its middle at `y`.
    pub fn word(&mut self, text: &str, style: Lettering, x: f64, y: f64, anchor: Anchor) {
        self.letters(text, None, style, x, y, anchor);
    }

    fn letters(&mut self, text: &str, full: Option<String>, style: Lettering, x: f64, y: f64, anchor: Anchor) {
        if !text.is_empty() {
            let y = y + style.size() * MIDDLE;
            self.picture.front.push(Shape::Text { x, y, anchor, text: text.to_string(), full, style });
        }
    }

    /// A straight line.
    pub fn stroke(&mut self, x: f64, y: f64, to: f64, end: f64, paint: Paint) {
        self.furnish(line(x, y, to, end, paint));
    }

    /// One line of text in `limit`, its middle at `y`; how wide it is.
    pub fn short(&mut self, text: &str, style: Lettering, limit: f64, (x, y): (f64, f64), anchor: Anchor) -> f64 {
        let block = lettering::shorten(text, style, limit);
        self.write(&block, style, x, y, anchor);
        block.width
    }

    /// What the tones of areas mean, or of lines, from `y` on; how high it is.
    pub fn legend(&mut self, entries: &[(Tone, &str)], mut y: f64, lines: bool) -> f64 {
        if entries.is_empty() {
            return 0.0;
        }
        let style = Lettering::Quiet;
        let (top, width) = (y, self.picture.width);
        let mut x = 0.0;
        for (tone, label) in entries {
            let block = lettering::shorten(label, style, width - 18.0);
            if x > 0.0 && x + 18.0 + block.width > width {
                x = 0.0;
                y += 22.0;
            }
            if lines {
                self.stroke(x, y + 10.0, x + 12.0, y + 10.0, Paint::Line(*tone));
                self.furnish(Shape::Circle { x: x + 6.0, y: y + 10.0, radius: 4.0, paint: Paint::Dot(*tone) });
            } else {
                self.furnish(rect(x, y + 4.0, 12.0, 12.0, Paint::Fill(*tone)));
            }
            self.write(&block, style, x + 18.0, y + 10.0, Anchor::Start);
            x += 18.0 + block.width + 18.0;
        }
        y + 20.0 - top
    }
}

/// How a number and its share are printed beside what is drawn.
pub struct Value {
    number: Block,
    share: Block,
    style: Lettering,
    /// Of both.
    pub width: f64,
}

/// Between a number and its share.
const GAP: f64 = 8.0;

impl Value {
    /// Of `limit`, the share has a good quarter; where it needs more, it is left out.
    pub fn new(datum: &Datum, missing: &str, style: Lettering, limit: f64) -> Value {
        let (text, share, style) =
            if missing.is_empty() { (&*datum.text, &*datum.share, style) } else { (missing, "", Lettering::Quiet) };
        let number = lettering::shorten(text, style, limit * 0.7);
        let mut value = Value { width: number.width, number, share: Block::default(), style };
        let room = limit * 0.3 - GAP;
        if !share.is_empty() && lettering::width(share, Lettering::Quiet) <= room {
            value.share = lettering::shorten(share, Lettering::Quiet, room);
            value.width += GAP + value.share.width;
        }
        value
    }

    pub fn write(&self, sheet: &mut Sheet, x: f64, y: f64) {
        sheet.write(&self.number, self.style, x, y, Anchor::Start);
        // On the number's baseline.
        let lower = (self.style.size() - Lettering::Quiet.size()) * MIDDLE;
        sheet.write(&self.share, Lettering::Quiet, x + self.number.width + GAP, y + lower, Anchor::Start);
    }

    /// Back from `x`, the shares of several below one another.
    pub fn write_back(&self, sheet: &mut Sheet, x: f64, shares: f64, y: f64) {
        let lower = (self.style.size() - Lettering::Quiet.size()) * MIDDLE;
        sheet.write(&self.share, Lettering::Quiet, x, y + lower, Anchor::End);
        sheet.write(&self.number, self.style, x - self.beside(shares) + self.number.width, y, Anchor::End);
    }

    /// How wide it is where shares are as wide as `shares`.
    pub fn beside(&self, shares: f64) -> f64 {
        self.number.width + if shares > 0.0 { GAP + shares } else { 0.0 }
    }

    pub fn share(&self) -> f64 {
        self.share.width
    }

    pub fn wrong(mut self) -> Value {
        self.style = Lettering::Wrong;
        self
    }
}

pub fn rect(x: f64, y: f64, width: f64, height: f64, paint: Paint) -> Shape {
    Shape::Rect { x, y, width, height, paint }
}

/// A straight line.
pub fn line(x: f64, y: f64, to: f64, end: f64, paint: Paint) -> Shape {
    Shape::Path { data: Pen::default().to(x, y).line(to, end).0, paint }
}

/// The tops nearest to those that are wished for, each with its weight, of things in this order that do not overlap.
pub fn settle(wishes: &[(f64, f64)], sizes: &[f64], gap: f64, height: f64) -> Vec<f64> {
    // Without what stands above, tops may only rise: those that fall are pooled at their mean.
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    let mut above = 0.0;
    for ((wish, weight), size) in wishes.iter().zip(sizes) {
        pools.push((wish - above, *weight, 1));
        above += size + gap;
        while let [.., (before, weight, count), (after, more, others)] = &mut pools[..] {
            if *before <= *after {
                break;
            }
            *before = (*before * *weight + *after * *more) / (*weight + *more);
            *weight += *more;
            *count += *others;
            pools.pop();
        }
    }
    let free = (height - (above - gap)).max(0.0);
    let mut tops = Vec::new();
    let mut above = 0.0;
    for (top, _, count) in pools {
        for _ in 0..count {
            tops.push(top.max(0.0).min(free) + above);
            above += sizes[tops.len() - 1] + gap;
        }
    }
    tops
}
