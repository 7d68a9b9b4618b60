//! From lines outside of tables to paragraphs, and to cells beside each other where no lines are drawn.

use super::lines::{TextLine, between};
use super::loose::{Block, is_row};
use crate::read::document::Line;

/// Where most lines of the text begin and end, and how far they are apart.
#[derive(Clone, Copy, Debug)]
pub struct Measures {
    left: f32,
    right: f32,
    pitch: f32,
}

impl Measures {
    pub fn of<'l>(pages: impl Iterator<Item = &'l [TextLine]> + Clone) -> Measures {
        let lines = || pages.clone().flatten();
        let part = |mut all: Vec<f32>, share: f32| {
            all.sort_by(f32::total_cmp);
            all.get((all.len() as f32 * share) as usize).copied()
        };
        let mut pitches = Vec::new();
        for pair in pages.clone().flat_map(|page| page.windows(2)) {
            let distance = (pair[1].baseline - pair[0].baseline) / pair[0].size.max(1.0);
            if (0.9..3.5).contains(&distance) && (pair[0].size - pair[1].size).abs() < 1.0 {
                pitches.push(distance);
            }
        }
        Measures {
            left: part(lines().map(|line| line.area.left).collect(), 0.1).unwrap_or(0.0),
            right: part(lines().map(|line| line.area.right).collect(), 0.9).unwrap_or(f32::MAX),
            pitch: part(pitches, 0.5).unwrap_or(1.6),
        }
    }
}

/// Writes the lines outside of tables.
pub struct Flow {
    measures: Measures,
    open: Option<Paragraph>,
    pub tables: usize,
}

/// A paragraph that may go on.
struct Paragraph {
    text: String,
    last: TextLine,
    page: usize,
    /// Where its second line begins, or can begin.
    left: f32,
}

impl Flow {
    pub fn new(measures: Measures) -> Flow {
        Flow { measures, open: None, tables: 0 }
    }

    /// The lines between two tables, or between one and an end of the page.
    pub fn write(&mut self, lines: &[TextLine], page: usize, out: &mut Vec<Line>) {
        let mut at = 0;
        while at < lines.len() {
            let block = Block::length(&lines[at..]);
            if block > 0 {
                self.end(out);
                out.extend(Block::new(&lines[at..at + block]).rows(&mut self.tables));
                at += block;
                continue;
            }
            self.line(&lines[at], page, out);
            at += 1;
        }
    }

    fn line(&mut self, line: &TextLine, page: usize, out: &mut Vec<Line>) {
        let goes_on = self.open.as_ref().is_some_and(|open| self.goes_on(open, line, page));
        match &mut self.open {
            Some(open) if goes_on => {
                if open.last.area.left > line.area.left {
                    open.left = line.area.left;
                }
                let text = line.text();
                let space = if open.last.ends_with_space { between(&open.text, &text, false) } else { "" };
                open.text.push_str(space);
                open.text.push_str(&text);
                open.last = line.clone();
                open.page = page;
            }
            _ => {
                self.end(out);
                let left = self.measures.left.min(line.area.left);
                self.open = Some(Paragraph { text: line.text(), last: line.clone(), page, left });
            }
        }
    }

    /// Whether a paragraph goes on in a line: its last line is full, and the next one is not indented.
    fn goes_on(&self, open: &Paragraph, line: &TextLine, page: usize) -> bool {
        let (last, size) = (&open.last, open.last.size);
        let distance = (line.baseline - last.baseline) / size.max(1.0);
        let follows = match page - open.page {
            0 => distance < self.measures.pitch * 1.35 && distance > 0.5,
            1 => true,
            _ => false,
        };
        let alike = (size / line.size.max(0.1) - 1.0).abs() < 0.18;
        let is_full = last.area.right > self.measures.right - 2.1 * size;
        let is_indented = line.area.left > open.left + 0.8 * size;
        follows && alike && is_full && !is_indented && !is_row(line)
    }

    /// Ends the paragraph that is open.
    pub fn end(&mut self, out: &mut Vec<Line>) {
        if let Some(open) = self.open.take() {
            out.push(Line { apart: true, ..Line::paragraph(open.text) });
        }
    }
}
