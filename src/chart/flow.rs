//! A Sankey diagram: where nodes and links are, in `layout.rs`, and how they are drawn.

mod layout;

use super::lettering::{self, Block};
use super::pen::Pen;
use super::sheet::{HAIR, NARROW, Sheet, line, raise, rect};
use super::{Anchor, Flow, Lettering, Link, Paint, Picture, Shape, Tone};

use layout::{Body, Laid, LaidLink, Room};

/// How wide a node is.
const NODE: f64 = 12.0;
/// Between a node and its name.
const GAP: f64 = 8.0;

/// Where a caption stands.
#[derive(Clone, Copy, PartialEq)]
enum Stand {
    /// Outside of what flows.
    Beside,
    /// On what flows, where there is room in the width but little in the height.
    Within,
    Above,
}

/// A node's name and number.
#[derive(Clone, Debug, Default)]
struct Caption {
    name: Block,
    number: Block,
    /// The number stands behind the name, not below it.
    level: bool,
    width: f64,
    height: f64,
}

impl Caption {
    fn new(flow: &Flow, node: usize, limit: f64, stand: Stand) -> Caption {
        let datum = &flow.nodes[node].datum;
        let name = lettering::wrap(&datum.label, Lettering::Label, limit, 3);
        let mut text = datum.text.clone();
        // Above a node there is room for few shares, and a few would look as if the others had none.
        if !datum.share.is_empty() && stand != Stand::Above {
            text.push_str(" · ");
            text.push_str(&datum.share);
        }
        let mut number = lettering::shorten(&text, Lettering::Small, limit);
        if number.full.is_some() {
            number = lettering::shorten(&datum.text, Lettering::Small, limit);
        }
        let both = name.width + GAP + number.width;
        let level = stand == Stand::Within && name.lines.len() == 1 && both <= limit;
        let lines = name.lines.len() as f64 * Lettering::Label.pitch();
        let below = if number.lines.is_empty() { 0.0 } else { Lettering::Small.pitch() };
        Caption {
            level,
            width: if level { both } else { name.width.max(number.width) },
            height: if level { lines } else { lines + below },
            name,
            number,
        }
    }

    /// Around a middle.
    fn write(&self, sheet: &mut Sheet, x: f64, y: f64, anchor: Anchor) {
        let (label, small) = (Lettering::Label, Lettering::Small);
        if self.level {
            sheet.write(&self.name, label, x, y, anchor);
            let lower = (label.size() - small.size()) * super::sheet::MIDDLE;
            sheet.write(&self.number, small, x + self.name.width + GAP, y + lower, anchor);
        } else {
            let lines = self.name.lines.len() as f64 * label.pitch();
            sheet.write(&self.name, label, x, y - (self.height - lines) / 2.0, anchor);
            sheet.write(&self.number, small, x, y + lines / 2.0, anchor);
        }
    }
}

/// Where the captions of a picture stand.
struct Captions {
    of: Vec<Caption>,
    narrow: bool,
    /// Where the first column begins, and the last one.
    first: f64,
    last: f64,
}

impl Captions {
    /// Beside the nodes: of the first column at its left, of all others at their right. Where it is narrow, above
    /// the nodes.
    fn new(flow: &Flow, columns: &[Vec<usize>], width: f64) -> Captions {
        let narrow = width < NARROW;
        let mut of = vec![Caption::default(); flow.nodes.len()];
        let steps = columns.len().saturating_sub(1).max(1) as f64;
        let ends = if narrow { width * 0.4 } else { (width * 0.22).min(200.0) };
        let widest = |of: &[Caption], nodes: &[usize]| {
            let mut widest = 0.0;
            nodes.iter().for_each(|node| raise(&mut widest, of[*node].width));
            widest
        };
        let (mut first, mut last) = (0.0, width - NODE);
        if let [start, .., end] = columns {
            let ends = if narrow { ends.min((width - NODE) / steps * 0.5) } else { ends };
            for node in start.iter().chain(end) {
                of[*node] = Caption::new(flow, *node, ends, if narrow { Stand::Above } else { Stand::Beside });
            }
            if !narrow {
                first = widest(&of, start) + GAP;
                last = width - NODE - GAP - widest(&of, end);
            }
        }
        let pitch = (last - first) / steps;
        for (at, column) in columns.iter().enumerate() {
            let inner = at > 0 && at + 1 < columns.len();
            // Above the nodes, the names of the last column reach back towards those before.
            let back =
                if narrow && at + 2 == columns.len() { widest(&of, columns.last().unwrap_or(column)) } else { 0.0 };
            let limit = match columns.len() {
                1 => width - NODE - GAP,
                _ if narrow => pitch - back - 4.0,
                _ => pitch - NODE - 2.0 * GAP,
            };
            for node in column {
                if inner || columns.len() == 1 {
                    of[*node] = Caption::new(flow, *node, limit, if narrow { Stand::Above } else { Stand::Within });
                } else if narrow && at == 0 {
                    of[*node] = Caption::new(flow, *node, limit, Stand::Above);
                }
            }
        }
        Captions { of, narrow, first, last }
    }
}

pub fn draw(flow: &Flow, width: f64) -> Picture {
    let mut sheet = Sheet::new(width);
    let columns = layout::columns(flow);
    let captions = Captions::new(flow, &columns, width);
    let room = Room {
        heights: captions.of.iter().map(|caption| caption.height).collect(),
        above: captions.narrow,
        most: if captions.narrow { 300.0 } else { (width * 0.42).clamp(280.0, 380.0) },
        gap: if captions.narrow { 8.0 } else { 10.0 },
        first: captions.first,
        last: captions.last,
        node: NODE,
    };
    let laid = Laid::new(flow, columns.clone(), &room);

    let mut ribbons: Vec<Option<&LaidLink>> = vec![None; flow.links.len()];
    for link in &laid.links {
        ribbons[link.link] = Some(link);
    }
    for (column, nodes) in columns.iter().enumerate() {
        let mut place = 0;
        for (at, node) in nodes.iter().enumerate() {
            draw_node(&mut sheet, flow, *node, &laid.bodies[*node], (at, 2 * column));
            write_caption(
                &mut sheet,
                &captions,
                *node,
                &laid.bodies[*node],
                column + 1 == columns.len() && column > 0,
                column == 0 && columns.len() > 1,
            );
            for (link, ribbon) in flow.links.iter().zip(&ribbons) {
                if let Some(ribbon) = ribbon.filter(|_| link.from == *node) {
                    draw_link(&mut sheet, link, ribbon, (place, 2 * column + 1));
                    place += 1;
                }
            }
        }
    }
    sheet.end(laid.height)
}

fn write_caption(sheet: &mut Sheet, captions: &Captions, node: usize, at: &Body, last: bool, first: bool) {
    let caption = &captions.of[node];
    if captions.narrow {
        let y = at.y - 3.0 - caption.height / 2.0;
        let (x, anchor) = if last { (at.x + NODE, Anchor::End) } else { (at.x, Anchor::Start) };
        caption.write(sheet, x, y, anchor);
    } else {
        let (x, anchor) = if first { (at.x - GAP, Anchor::End) } else { (at.x + NODE + GAP, Anchor::Start) };
        caption.write(sheet, x, at.y + at.height / 2.0, anchor);
    }
}

fn draw_node(sheet: &mut Sheet, flow: &Flow, node: usize, at: &Body, place: (usize, usize)) {
    let datum = &flow.nodes[node].datum;
    let mut shapes = Vec::new();
    if at.height < 8.0 {
        shapes.push(rect(at.x - 4.0, at.y + at.height / 2.0 - 8.0, NODE + 8.0, 12.0, Paint::Bare));
    }
    if at.agreed > 0.0 || at.height == 0.0 {
        shapes.push(rect(at.x, at.y, NODE, at.agreed, Paint::Fill(datum.tone)));
    }
    if at.height > at.agreed {
        shapes.push(rect(at.x, at.y + at.agreed, NODE, at.height - at.agreed, Paint::Fill(Tone::Wrong)));
    }
    if at.height < HAIR {
        let y = at.y + at.height / 2.0;
        shapes.push(line(at.x, y, at.x + NODE, y, Paint::Hair(datum.tone)));
    }
    sheet.mark(datum, shapes, place, (at.x + NODE / 2.0, at.y));
}

fn draw_link(sheet: &mut Sheet, link: &Link, ribbon: &LaidLink, place: (usize, usize)) {
    let tone = link.datum.tone;
    let mut shapes = Vec::new();
    let data = ribbon_data(&ribbon.points, ribbon.width);
    if ribbon.width < 6.0 {
        let wider: Vec<(f64, f64)> = ribbon.points.iter().map(|(x, y)| (*x, y - 4.0 + ribbon.width / 2.0)).collect();
        shapes.push(Shape::Path { data: ribbon_data(&wider, 8.0), paint: Paint::Bare });
    }
    shapes.push(Shape::Path { data, paint: Paint::Flow(tone) });
    if ribbon.width < HAIR {
        let mut pen = Pen::default();
        for (at, (x, y)) in ribbon.points.iter().enumerate() {
            pen = through(pen, &ribbon.points, at, (*x, y + ribbon.width / 2.0), ribbon.width / 2.0);
        }
        shapes.push(Shape::Path { data: pen.0, paint: Paint::Hair(tone) });
    }
    let middle = ribbon.points.len() / 2;
    let (before, after) = (ribbon.points[middle - 1], ribbon.points[middle]);
    sheet.mark(&link.datum, shapes, place, ((before.0 + after.0) / 2.0, (before.1 + after.1 + ribbon.width) / 2.0));
}

/// The next point of a line through all of them: it sways between columns and passes straight through one.
fn through(pen: Pen, points: &[(f64, f64)], at: usize, (x, y): (f64, f64), down: f64) -> Pen {
    match at {
        0 => pen.to(x, y),
        _ if at % 2 == 1 => pen.sway(points[at - 1].0, points[at - 1].1 + down, x, y),
        _ => pen.line(x, y),
    }
}

/// Its upper edge goes through `points`; its lower one is `width` below and goes back.
fn ribbon_data(points: &[(f64, f64)], width: f64) -> String {
    let mut pen = Pen::default();
    for (at, point) in points.iter().enumerate() {
        pen = through(pen, points, at, *point, 0.0);
    }
    for at in (0..points.len()).rev() {
        let (x, y) = points[at];
        if at + 1 == points.len() || at % 2 == 1 {
            pen = pen.line(x, y + width);
        } else {
            let (from, end) = points[at + 1];
            pen = pen.sway(from, end + width, x, y + width);
        }
    }
    pen.close()
}
