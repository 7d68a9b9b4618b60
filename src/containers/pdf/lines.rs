//! From glyphs to lines of text: what stands on one line, where a space is, where a gap.

use super::content::Glyph;
use super::fonts::NAMELESS;
use super::geometry::{Area, Point, Turn};

/// A gap as wide as this, in sizes of the text, stands between two things.
const GAP: f32 = 2.0;
/// A gap as wide as this between letters or digits is a space.
const SPACE: f32 = 0.28;
/// How far a glyph reaches above and below its line.
const ABOVE: f32 = 0.78;
const BELOW: f32 = 0.16;

/// A line of text, from left to right.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLine {
    /// What stands apart on it by wide gaps.
    pub pieces: Vec<Piece>,
    pub area: Area,
    pub baseline: f32,
    pub size: f32,
    /// Whether a space stands at its end.
    pub ends_with_space: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    pub text: String,
    pub left: f32,
    pub right: f32,
}

impl TextLine {
    pub fn text(&self) -> String {
        let texts: Vec<_> = self.pieces.iter().map(|piece| piece.text.as_str()).collect();
        texts.join(" ")
    }
}

impl Glyph {
    /// The middle of what is seen of it, on the page.
    pub fn middle(&self) -> Point {
        let (along, up) = (self.width / 2.0, (ABOVE - BELOW) / 2.0 * self.size);
        let Point { x, y } = self.origin;
        match self.turn {
            Turn::Upright => Point { x: x + along, y: y - up },
            Turn::Right => Point { x: x + up, y: y + along },
            Turn::Over => Point { x: x - along, y: y + up },
            Turn::Left => Point { x: x - up, y: y - along },
        }
    }

    pub fn is_blank(&self) -> bool {
        self.text.chars().all(|c| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}'))
    }
}

/// The lines of some glyphs, from top to bottom; turned text after what is upright.
pub fn lines<'g>(glyphs: impl Iterator<Item = &'g Glyph> + Clone) -> Vec<TextLine> {
    let mut lines = Vec::new();
    for turn in Turn::ALL {
        let of_turn = glyphs.clone().filter(move |glyph| glyph.turn == turn);
        let placed = of_turn.enumerate().map(|(order, glyph)| Placed::new(glyph, order));
        let (below, beside): (Vec<_>, Vec<_>) = placed.partition(|placed| placed.glyph.downwards);
        let mut found = upright_lines(beside);
        found.extend(columns(below));
        for line in &mut found {
            line.area = area_on_page(line.area, turn);
        }
        lines.extend(found);
    }
    lines
}

/// A glyph in a system in which its text is upright.
#[derive(Clone, Copy)]
struct Placed<'g> {
    glyph: &'g Glyph,
    x: f32,
    y: f32,
    /// When it was drawn.
    order: usize,
}

impl<'g> Placed<'g> {
    fn new(glyph: &'g Glyph, order: usize) -> Placed<'g> {
        let Point { x, y } = glyph.turn.undo(glyph.origin);
        Placed { glyph, x, y, order }
    }

    fn right(&self) -> f32 {
        self.x + self.glyph.width
    }

    fn top(&self) -> f32 {
        self.y - ABOVE * self.glyph.size
    }

    fn bottom(&self) -> f32 {
        self.y + BELOW * self.glyph.size
    }
}

/// An area of turned text where it is on the page.
fn area_on_page(area: Area, turn: Turn) -> Area {
    let back = match turn {
        Turn::Upright => return area,
        Turn::Right => Turn::Left,
        Turn::Over => Turn::Over,
        Turn::Left => Turn::Right,
    };
    Area::around([Point { x: area.left, y: area.top }, Point { x: area.right, y: area.bottom }].map(|p| back.undo(p)))
}

/// Lines of glyphs that overlap in height: what is raised stays on its line.
fn upright_lines(mut glyphs: Vec<Placed>) -> Vec<TextLine> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Row> = Vec::new();
    for glyph in glyphs {
        let near = rows.iter_mut().rev().take(4);
        let best = near.map(|row| (row.overlap(&glyph), row)).max_by(|a, b| a.0.total_cmp(&b.0));
        match best {
            Some((overlap, row)) if overlap >= 0.5 => row.push(glyph),
            _ => rows.push(Row { tallest: glyph, glyphs: vec![glyph] }),
        }
    }
    rows.sort_by(|a, b| a.tallest.y.total_cmp(&b.tallest.y));
    rows.into_iter().filter_map(Row::line).collect()
}

struct Row<'g> {
    tallest: Placed<'g>,
    glyphs: Vec<Placed<'g>>,
}

impl<'g> Row<'g> {
    /// How much of the smaller one stands beside the other.
    fn overlap(&self, glyph: &Placed) -> f32 {
        let shared = self.tallest.bottom().min(glyph.bottom()) - self.tallest.top().max(glyph.top());
        shared / ((ABOVE + BELOW) * self.tallest.glyph.size.min(glyph.glyph.size))
    }

    fn push(&mut self, glyph: Placed<'g>) {
        let (old, new) = (self.tallest.glyph, glyph.glyph);
        if (!new.is_blank() && old.is_blank()) || (new.size > old.size * 1.05 && !new.is_blank()) {
            self.tallest = glyph;
        }
        self.glyphs.push(glyph);
    }

    fn line(mut self) -> Option<TextLine> {
        // Marks of text that runs downwards stand over the character before.
        self.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.order.cmp(&b.order)));
        let mut writer = Writer::default();
        for glyph in self.glyphs {
            writer.write(glyph);
        }
        writer.line(self.tallest.y)
    }
}

/// Writes the glyphs of a line.
#[derive(Default)]
struct Writer<'g> {
    pieces: Vec<Piece>,
    area: Option<Area>,
    size: f32,
    last: Option<Placed<'g>>,
    spaces: usize,
}

impl<'g> Writer<'g> {
    fn write(&mut self, glyph: Placed<'g>) {
        if glyph.glyph.is_blank() {
            self.spaces += 1;
            return;
        }
        let size = glyph.glyph.size;
        if let Some(last) = self.last {
            // Drawn twice to look bold.
            let twice = last.glyph.text == glyph.glyph.text && (glyph.x - last.x).abs() < 0.12 * size;
            if twice && self.spaces == 0 {
                return;
            }
            let gap = (glyph.x - last.right()) / size.max(last.glyph.size);
            let wide = (ends_wide(&last.glyph.text), begins_wide(&glyph.glyph.text));
            match self.pieces.last_mut() {
                Some(piece) if gap < GAP => {
                    let is_space = match (self.spaces > 0, wide) {
                        (true, (true, true)) => gap > 0.4,
                        (true, _) => gap > 0.1,
                        (false, (false, false)) => gap > SPACE,
                        (false, _) => false,
                    };
                    if is_space {
                        piece.text.push(' ');
                    }
                    piece.text.push_str(&glyph.glyph.text);
                    piece.right = piece.right.max(glyph.right());
                }
                _ => self.start(glyph),
            }
        } else {
            self.start(glyph);
        }
        let area = Area { left: glyph.x, top: glyph.top(), right: glyph.right(), bottom: glyph.bottom() };
        self.area = Some(self.area.map_or(area, |known| known.with(area)));
        self.size = self.size.max(size);
        self.last = Some(glyph);
        self.spaces = 0;
    }

    fn start(&mut self, glyph: Placed) {
        let text = glyph.glyph.text.to_string();
        self.pieces.push(Piece { text, left: glyph.x, right: glyph.right() });
    }

    fn line(self, baseline: f32) -> Option<TextLine> {
        let mut pieces = self.pieces;
        if is_spread(&pieces) {
            let text = pieces.iter().map(|piece| piece.text.as_str()).collect();
            let (left, right) = (pieces.first()?.left, pieces.last()?.right);
            pieces = vec![Piece { text, left, right }];
        }
        Some(TextLine { pieces, area: self.area?, baseline, size: self.size, ends_with_space: self.spaces > 0 })
    }
}

/// Whether single characters stand so far from each other that they fill a line: “行　　政　　复　　议”.
fn is_spread(pieces: &[Piece]) -> bool {
    let is_single = |piece: &Piece| piece.text.chars().count() == 1 && begins_wide(&piece.text);
    let gaps = || pieces.windows(2).map(|pair| pair[1].left - pair[0].right);
    let (least, most) = (gaps().fold(f32::MAX, f32::min), gaps().fold(0.0, f32::max));
    pieces.len() > 2 && pieces.iter().all(is_single) && most < least * 1.3
}

/// Text that is written downwards: columns from right to left, each one a line.
fn columns(mut glyphs: Vec<Placed>) -> Vec<TextLine> {
    glyphs.sort_by(|a, b| b.x.total_cmp(&a.x));
    let mut columns: Vec<Vec<Placed>> = Vec::new();
    for glyph in glyphs {
        let middle = |glyph: &Placed| glyph.x + glyph.glyph.width / 2.0;
        match columns.last_mut() {
            Some(column) if middle(&column[0]) - middle(&glyph) < 0.6 * glyph.glyph.size => column.push(glyph),
            _ => columns.push(vec![glyph]),
        }
    }
    let line = |mut column: Vec<Placed>| {
        column.sort_by(|a, b| a.y.total_cmp(&b.y));
        let seen: Vec<_> = column.into_iter().filter(|glyph| !glyph.glyph.is_blank()).collect();
        let areas = seen.iter().map(|g| Area { left: g.x, top: g.top(), right: g.right(), bottom: g.bottom() });
        let area = areas.reduce(Area::with)?;
        let text = seen.iter().map(|glyph| &*glyph.glyph.text).collect();
        let size = seen.iter().map(|glyph| glyph.glyph.size).fold(0.0, f32::max);
        let pieces = vec![Piece { text, left: area.left, right: area.right }];
        Some(TextLine { pieces, area, baseline: area.bottom, size, ends_with_space: false })
    };
    columns.into_iter().filter_map(line).collect()
}

/// The text of a cell. Where a line is full, the text goes on in the next one; else something new begins.
pub fn cell_text(lines: &[TextLine], width: f32) -> String {
    let mut text = String::new();
    let mut last: Option<&TextLine> = None;
    for line in lines {
        if let Some(last) = last {
            text.push_str(between(&text, &line.text(), is_full(last, width)));
        }
        text.push_str(&line.text());
        last = Some(line);
    }
    text
}

/// Whether a line of a cell is so full that its text may have been wrapped.
pub fn is_full(line: &TextLine, width: f32) -> bool {
    // What cells usually leave free at both sides.
    const PADDING: f32 = 12.0;
    let ends_wide = line.pieces.last().is_some_and(|piece| ends_wide(&piece.text));
    let next = if ends_wide { 1.0 } else { 0.6 } * line.size;
    line.area.width() + next > width - PADDING && !line.ends_with_space
}

/// What stands between two lines that are joined.
pub fn between(text: &str, next: &str, is_full: bool) -> &'static str {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-');
    match () {
        _ if text.is_empty() || next.is_empty() || ends_wide(text) || begins_wide(next) => "",
        _ if is_full && text.ends_with(is_number) && next.starts_with(is_number) => "",
        _ => " ",
    }
}

fn ends_wide(text: &str) -> bool {
    text.ends_with(is_wide)
}

fn begins_wide(text: &str) -> bool {
    text.starts_with(is_wide)
}

/// A character of Chinese writing, which no spaces separate.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fff}' | '\u{3001}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff60}')
        || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a glyph is one that nobody names.
pub fn is_nameless(glyph: &Glyph) -> bool {
    &*glyph.text == NAMELESS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(text: &str, x: f32, y: f32, size: f32) -> Glyph {
        let width = if text.starts_with(is_wide) { size } else { size / 2.0 };
        let origin = Point { x, y };
        Glyph { text: text.into(), origin, width, size, turn: Turn::Upright, downwards: false }
    }

    /// Glyphs one after another, from a place on.
    fn run(text: &str, mut x: f32, y: f32) -> Vec<Glyph> {
        let mut glyphs = Vec::new();
        for c in text.chars() {
            glyphs.push(glyph(&c.to_string(), x, y, 10.0));
            x += glyphs.last().map_or(0.0, |glyph| glyph.width);
        }
        glyphs
    }

    fn check(glyphs: &[Glyph], expect: &[&str]) {
        let shown = |line: &TextLine| line.pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join("|");
        let found: Vec<_> = lines(glyphs.iter()).iter().map(shown).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn gaps_are_spaces_or_stand_between_things() {
        check(&[run("规章", 0.0, 0.0), run("12", 60.0, 0.0), run("0", 120.0, 0.0)].concat(), &["规章|12|0"]);
        check(&[run("12", 0.0, 0.0), run("0", 14.0, 0.0), run("年", 22.0, 0.0)].concat(), &["12 0年"]);
        check(&[run("总", 0.0, 0.0), run("计", 18.0, 0.0)].concat(), &["总计"]);
        check(&run("a b", 0.0, 0.0), &["a b"]);
        let spread = ["行", "政", "复", "议"].iter().enumerate().flat_map(|(at, c)| run(c, at as f32 * 40.0, 0.0));
        check(&spread.collect::<Vec<_>>(), &["行政复议"]);
    }

    #[test]
    fn what_is_raised_stays_on_its_line_and_what_is_doubled_counts_once() {
        let raised = Glyph { size: 6.0, ..glyph("2", 10.0, -3.5, 6.0) };
        check(&[run("米", 0.0, 0.0), vec![raised], run("乙", 0.0, 14.0)].concat(), &["米2", "乙"]);
        check(&[run("甲", 0.0, 0.0), run("甲", 0.5, 0.0), run("00", 10.0, 0.0)].concat(), &["甲00"]);
    }

    #[test]
    fn text_runs_downwards_and_turned() {
        let down = |text: &str, x: f32| {
            let glyph = move |(at, c): (usize, char)| Glyph {
                downwards: true,
                ..glyph(&c.to_string(), x, at as f32 * 10.0, 10.0)
            };
            text.chars().collect::<Vec<_>>().into_iter().enumerate().map(glyph).collect::<Vec<_>>()
        };
        check(&[down("办理", 0.0), down("三本年", 12.0)].concat(), &["三本年", "办理"]);
        let turned = ["甲", "乙"]
            .iter()
            .enumerate()
            .map(|(at, c)| Glyph { turn: Turn::Left, ..glyph(c, 50.0, 100.0 - at as f32 * 10.0, 10.0) });
        let turned: Vec<_> = turned.collect();
        check(&turned, &["甲乙"]);
        let area = lines(turned.iter())[0].area;
        assert_eq!((area.top, area.bottom), (80.0, 100.0));
    }

    #[test]
    fn lines_of_a_cell_are_one_text() {
        let text = |texts: &[&str], width: f32| {
            let glyphs = texts.iter().enumerate().flat_map(|(at, text)| run(text, 0.0, at as f32 * 14.0));
            cell_text(&lines(glyphs.collect::<Vec<_>>().iter()), width)
        };
        assert_eq!(text(&["三", "、", "本", "年"], 20.0), "三、本年");
        assert_eq!(text(&["7730.", "28"], 40.0), "7730.28");
        assert_eq!(text(&["0", "0"], 60.0), "0 0");
        assert_eq!(text(&["办公室a", "b"], 60.0), "办公室a b");
    }
}
