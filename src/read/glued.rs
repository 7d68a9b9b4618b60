//! Lines in which everything stands together without separators, taken apart where labels of a
//! form occur. “…000000002.其他…” is seven zeros and then the label that begins with 2.

use std::collections::HashMap;

use super::document::{Document, Kind, Line};
use super::fold::Folder;
use super::labels::{Heads, Labels};

/// How many labels and figures in a row make a table of a line of text.
const CHAIN: usize = 6;

/// The labels of all forms, by first character, the longest first.
pub struct Lexicon {
    by_first: HashMap<char, Vec<Entry>>,
}

struct Entry {
    text: Vec<char>,
    /// Whether it is a heading with its number: such a one ends a table even before running text.
    heading: bool,
}

/// A piece of a line, as byte range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    from: usize,
    to: usize,
    sort: Sort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Label,
    Heading,
    Figures,
    Other,
}

impl Lexicon {
    pub fn new(printed: &[Labels]) -> Lexicon {
        let mut by_first: HashMap<char, Vec<Entry>> = HashMap::new();
        for labels in printed {
            for label in labels.labels.iter().filter(|label| label.text.len() >= 2) {
                let heading = labels.sections.iter().any(|section| section.numbered == label.text);
                let heading = heading && label.heads == Heads::Section;
                let entries = by_first.entry(label.text[0]).or_default();
                if !entries.iter().any(|entry| entry.text == label.text) {
                    entries.push(Entry { text: label.text.clone(), heading });
                }
            }
        }
        for entries in by_first.values_mut() {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.text.len()));
        }
        Lexicon { by_first }
    }

    /// Takes apart every glued line of a document.
    pub fn unglue(&self, document: Document, folder: &Folder) -> Document {
        let mut lines = Vec::with_capacity(document.lines.len());
        let mut numbers = Vec::with_capacity(document.lines.len());
        for (at, line) in document.lines.into_iter().enumerate() {
            match line.kind {
                Kind::Paragraph => lines.extend(self.split(line, folder)),
                _ => lines.push(line),
            }
            numbers.resize(lines.len(), document.numbers.get(at).copied().unwrap_or(at + 1));
        }
        Document { lines, numbers, ..document }
    }

    fn split(&self, line: Line, folder: &Folder) -> Vec<Line> {
        let text = line.cells[0].text.as_str();
        let pieces = self.pieces(text, folder);
        if pieces.len() < 2 {
            return vec![line];
        }
        let is_table = pieces.iter().all(|piece| piece.sort != Sort::Other);
        let ranges = chains(&pieces, if is_table { pieces.len() } else { CHAIN });
        if ranges.is_empty() {
            return split_heading(line, &pieces);
        }
        let mut lines = Vec::new();
        let mut at = 0;
        for range in ranges {
            lines.extend(prose(text, &pieces[at..range.start]));
            lines.extend(rows(text, &pieces[range.clone()]));
            at = range.end;
        }
        lines.extend(prose(text, &pieces[at..]));
        if let Some(first) = lines.first_mut() {
            first.apart = line.apart;
        }
        lines
    }

    /// A line as labels, figures and whatever else.
    fn pieces(&self, text: &str, folder: &Folder) -> Vec<Piece> {
        let folded = folder.fold_with_places(text);
        let mut pieces = Vec::new();
        let (mut at, mut done) = (0, 0);
        while at < folded.chars.len() {
            let Some(entry) = self.longest(&folded.chars[at..]) else {
                at += 1;
                continue;
            };
            let last = at + entry.text.len() - 1;
            let from = with_openers(text, done, folded.places[at].0);
            let to = with_closers(text, folded.places[last].1);
            pieces.extend(between(text, done, from));
            let sort = if entry.heading { Sort::Heading } else { Sort::Label };
            pieces.push(Piece { from, to, sort });
            (at, done) = (last + 1, to);
        }
        pieces.extend(between(text, done, text.len()));
        pieces
    }

    /// The longest label at the beginning. A digit before a label belongs to the figures where the label is
    /// longer without it: “33其他对外管理服务事项” does not hold “3.其他”.
    fn longest(&self, chars: &[char]) -> Option<&Entry> {
        let at =
            |chars: &[char]| self.by_first.get(chars.first()?)?.iter().find(|entry| chars.starts_with(&entry.text));
        let found = at(chars)?;
        let numbered = found.text.first().is_some_and(char::is_ascii_digit);
        let longer = |entry: &Entry| entry.text.len() >= found.text.len();
        (!numbered || !at(&chars[1..]).is_some_and(longer)).then_some(found)
    }
}

fn between(text: &str, from: usize, to: usize) -> Option<Piece> {
    let inner = text[from..to].trim();
    let is_mark = |c: char| c.is_whitespace() || "：:，,。.；;、|".contains(c);
    if inner.trim_matches(is_mark).is_empty() {
        return None;
    }
    let of_figures = |c: char| c.is_ascii_digit() || c.is_whitespace() || ".,+-/—元万".contains(c);
    let figures = inner.chars().all(of_figures) && inner.contains(|c: char| c.is_ascii_digit() || "/-—".contains(c));
    let from = from + text[from..to].len() - text[from..to].trim_start().len();
    Some(Piece { from, to: from + inner.len(), sort: if figures { Sort::Figures } else { Sort::Other } })
}

/// Moves the start of a label back over opening brackets.
fn with_openers(text: &str, floor: usize, at: usize) -> usize {
    let before = &text[floor..at];
    floor + before.trim_end_matches(['（', '(', '“', '"', '〔', ' ']).len()
}

/// Moves the end of a label on over closing brackets.
fn with_closers(text: &str, at: usize) -> usize {
    at + text[at..].len() - text[at..].trim_start_matches(['）', ')', '”', '"', '〕', ' ']).len()
}

/// Runs of labels and figures that are long enough to be a table.
fn chains(pieces: &[Piece], least: usize) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for at in 0..=pieces.len() {
        if at < pieces.len() && pieces[at].sort != Sort::Other {
            continue;
        }
        let chain = &pieces[start..at];
        let figures = chain.iter().filter(|piece| piece.sort == Sort::Figures).count();
        if chain.len() >= least && (figures >= 2 || least == pieces.len()) {
            ranges.push(start..at);
        }
        start = at + 1;
    }
    ranges
}

/// Running text, cut before each numbered heading.
fn prose(text: &str, pieces: &[Piece]) -> Vec<Line> {
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Vec::new() };
    let mut lines = Vec::new();
    let mut from = first.from;
    for piece in pieces.iter().filter(|piece| piece.sort == Sort::Heading) {
        push_text(&mut lines, &text[from..piece.from]);
        push_text(&mut lines, &text[piece.from..piece.to]);
        from = piece.to;
    }
    push_text(&mut lines, &text[from..last.to]);
    lines
}

fn push_text(lines: &mut Vec<Line>, text: &str) {
    let text = text.trim().trim_start_matches(['：', ':']).trim();
    if !text.is_empty() {
        lines.push(Line::paragraph(text));
    }
}

/// Labels with the figures after them as rows; labels before other labels as lines of their own.
fn rows(text: &str, pieces: &[Piece]) -> Vec<Line> {
    let mut lines = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let piece_text = &text[piece.from..piece.to];
        let next = pieces.get(at + 1).filter(|next| next.sort == Sort::Figures);
        match (piece.sort, next) {
            (Sort::Figures, _) if at > 0 => {}
            (Sort::Figures, _) => lines.push(Line::cells(Kind::Glued, tokens(piece_text))),
            (_, Some(figures)) => {
                let label = std::iter::once(piece_text.trim().to_owned());
                lines.push(Line::cells(Kind::Glued, label.chain(tokens(&text[figures.from..figures.to]))));
            }
            _ => push_text(&mut lines, piece_text),
        }
    }
    lines
}

fn tokens(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// “一、总体情况 2024年……”: the heading and the text after it.
fn split_heading(line: Line, pieces: &[Piece]) -> Vec<Line> {
    let text = line.cells[0].text.as_str();
    let Some(heading) = pieces.first().filter(|piece| piece.sort == Sort::Heading && piece.from == 0) else {
        return vec![line];
    };
    let mut lines = Vec::new();
    push_text(&mut lines, &text[..heading.to]);
    push_text(&mut lines, &text[heading.to..]);
    if let Some(first) = lines.first_mut() {
        first.apart = line.apart;
    }
    lines
}

#[cfg(all(test, feature = "command"))]
mod tests {
    use super::*;
    use crate::forms::Forms;
    use crate::read::native::Native;

    fn check(text: &str, expect: &[&str]) {
        let folder = Folder::new(&Native);
        let forms = Forms::official();
        let printed: Vec<_> = forms.iter().map(|form| Labels::new(form, &folder)).collect();
        let document = Document { lines: vec![Line::paragraph(text)], ..Document::default() };
        let lines = Lexicon::new(&printed).unglue(document, &folder).lines;
        let lines: Vec<_> = lines.iter().map(Line::as_it_stands).collect();
        assert_eq!(lines, expect);
    }

    #[test]
    fn a_glued_table_comes_apart_at_its_labels() {
        check(
            "（三）不予公开1.属于国家秘密00000002.其他法律行政法规禁止公开1000001行政许可12 第二十条第（六）项",
            &[
                "（三）不予公开",
                "1.属于国家秘密 | 0000000",
                "2.其他法律行政法规禁止公开 | 1000001",
                "行政许可 | 12",
                "第二十条第（六）项",
            ],
        );
        check("规章 0 5 -3", &["规章 | 0 | 5 | -3"]);
        check("行政许可0033其他对外管理服务事项120", &["行政许可 | 0033", "其他对外管理服务事项 | 120"]);
        check("（六）其他处理0033.其他1000001", &["（六）其他处理 | 003", "3.其他 | 1000001"]);
    }

    #[test]
    fn running_text_stays_whole() {
        let text = "全年办理行政许可12件，制定规章0件，行政处罚3件。";
        check(text, &[text]);
        check("一、总体情况：本机关依法公开。", &["一、总体情况", "本机关依法公开。"]);
    }
}
