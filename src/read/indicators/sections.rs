//! The texts around a table of indicators, under the headings that the report has.

use super::found::Taken;
use super::known::{Numbered, Style, numeral, tidy};
use crate::form::{Published, section_id};
use crate::read::document::{Document, Kind};
use crate::read::texts::{is_foot, is_meta, is_wrapped};
use crate::read::title::Title;
use crate::report::PREAMBLE;

/// The longest heading, in characters.
const LONGEST: usize = 45;

/// The headings of a report, and the text under each.
#[derive(Debug, Default, PartialEq)]
pub struct Sections {
    pub headings: Vec<String>,
    pub texts: Vec<(String, String)>,
}

/// A piece of text between the table and the ends of lines.
struct Piece<'a> {
    text: &'a str,
    /// Whether it is a whole line.
    whole: bool,
    apart: bool,
    /// Whether the table stands right behind it.
    before_table: bool,
}

/// Collects the texts of a document.
pub fn collect(document: &Document, title: &Title, taken: &Taken, published: &Published) -> Sections {
    let texts: Vec<String> = document.lines.iter().map(line_text).collect();
    let mut reader = Reader { published, sections: Sections::default(), open: Vec::new(), last: None, ended: false };
    for piece in pieces(document, &texts, title, taken) {
        reader.piece(&piece);
    }
    reader.close();
    reader.sections
}

/// The text of a line, as the table's places count it.
fn line_text(line: &crate::read::document::Line) -> String {
    match line.kind {
        Kind::Row { .. } => line.as_it_stands(),
        _ => line.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("\t"),
    }
}

fn pieces<'a>(document: &Document, texts: &'a [String], title: &Title, taken: &Taken) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let first_taken = taken.lines.first().copied().or(taken.text.map(|(from, _)| from.line));
    for (line, text) in texts.iter().enumerate() {
        if title.lines.contains(&line) || taken.lines.contains(&line) {
            continue;
        }
        let apart = document.lines[line].apart;
        let (before, behind) = match taken.text {
            Some((from, to)) if (from.line..=to.line).contains(&line) => {
                let before = if line == from.line { text.get(..from.at).unwrap_or_default() } else { "" };
                let behind = if line == to.line { text.get(to.at..).unwrap_or_default() } else { "" };
                (before, behind)
            }
            _ => (text.as_str(), ""),
        };
        let whole = before.len() == text.len();
        let before_table = !whole || first_taken == Some(line + 1);
        pieces.push(Piece { text: before.trim(), whole, apart, before_table });
        pieces.push(Piece { text: behind.trim(), whole: false, apart: true, before_table: false });
    }
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

struct Reader<'a> {
    published: &'a Published,
    sections: Sections,
    /// The paragraphs of the section that is being read.
    open: Vec<String>,
    /// The number of its heading.
    last: Option<usize>,
    /// Whether the foot of a page has ended the report.
    ended: bool,
}

impl Reader<'_> {
    fn piece(&mut self, piece: &Piece) {
        if self.ended || is_meta(piece.text) && self.sections.headings.is_empty() {
            return;
        }
        if !self.sections.headings.is_empty() && is_foot(piece.text) {
            self.ended = true;
            return;
        }
        let mut from = 0;
        let mut apart = piece.apart;
        for (start, length) in headings(piece, self.published, self.last) {
            self.text(&piece.text[from..start], apart);
            self.heading(&piece.text[start..start + length]);
            from = start + length;
            apart = true;
        }
        let rest = piece.text[from..].trim_start_matches(['：', ':', ' ', '\u{3000}']);
        if piece.before_table && self.names_table(rest) {
            return self.heading(rest);
        }
        self.text(rest, apart);
    }

    /// A caption without a number: “某镇政府信息公开情况统计表”.
    fn names_table(&self, text: &str) -> bool {
        let names = self.published.headings.iter().any(|word| text.contains(word.as_str()));
        names && text.chars().count() <= LONGEST && !text.contains(['。', '；', '，'])
    }

    fn heading(&mut self, text: &str) {
        self.close();
        let heading = tidy(text);
        self.last = number_of(&heading).or(self.last);
        self.sections.headings.push(heading);
    }

    fn text(&mut self, text: &str, apart: bool) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        match self.open.last_mut() {
            Some(paragraph) if !apart && is_wrapped(paragraph) => paragraph.push_str(text),
            _ => self.open.push(text.to_owned()),
        }
    }

    fn close(&mut self) {
        let mut paragraphs = std::mem::take(&mut self.open);
        let at = self.sections.headings.len();
        let id = match at {
            0 => {
                // Above the first heading stand the words of a page too.
                paragraphs.retain(|text| text.contains(['。', '；']) || text.chars().count() >= 30);
                PREAMBLE.to_owned()
            }
            _ => section_id(at - 1),
        };
        if !paragraphs.is_empty() {
            self.sections.texts.push((id, paragraphs.join("\n\n")));
        }
    }
}

/// The number of a heading: 2 for “二、…”.
fn number_of(heading: &str) -> Option<usize> {
    let tight: String = heading.chars().filter(|c| !c.is_whitespace()).collect();
    let numbered = Numbered::of(&tight);
    numbered.number.filter(|_| numbered.style == Style::Numeral)
}

/// The line with which the first section begins; above it stands the title.
pub fn first_line(document: &Document) -> usize {
    let begins = |line: &crate::read::document::Line| line.lone_text().and_then(numeral_at) == Some(1);
    document.lines.iter().position(begins).unwrap_or(document.lines.len())
}

/// Where headings stand in a piece of text, and how long they are: “二、…” at its beginning or behind a stop,
/// with a higher number than the one before.
fn headings(piece: &Piece, published: &Published, last: Option<usize>) -> Vec<(usize, usize)> {
    let text = piece.text;
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut last = last.unwrap_or(0);
    let mut begins = true;
    for (at, c) in text.char_indices() {
        let free = found.last().is_none_or(|(start, length)| at >= start + length);
        if begins && free && "一二三四五六七八九十".contains(c) {
            let number = numeral_at(&text[at..]).filter(|number| *number > last);
            let length = number.and_then(|_| length(&text[at..], piece.whole && at == 0, published));
            if let (Some(number), Some(length)) = (number, length) {
                found.push((at, length));
                last = number;
            }
        }
        begins = c.is_whitespace() || "。！？；;]］】）)”".contains(c);
    }
    found
}

/// The numeral with 、 behind it with which a text begins.
fn numeral_at(text: &str) -> Option<usize> {
    let end = text.find(|c| !"一二三四五六七八九十".contains(c))?;
    let rest = text[end..].trim_start();
    rest.starts_with(['、', '.', '．']).then(|| numeral(&text[..end])).flatten()
}

/// How long the heading is with which a text begins; `None` where it is none. A line of its own may end with
/// any words.
fn length(text: &str, own_line: bool, published: &Published) -> Option<usize> {
    let short = |text: &str| text.chars().nth(LONGEST).is_none();
    if own_line && short(text) && !text.contains(['。', '；', '：']) {
        return Some(text.len());
    }
    // No heading is longer, so that nothing behind has to be looked at.
    let text = text.char_indices().nth(LONGEST + 1).map_or(text, |(end, _)| &text[..end]);
    let mark = text.find(['、', '.', '．'])?;
    let mark = mark + text[mark..].chars().next()?.len_utf8();
    // A year may stand at its beginning.
    let lead = text[mark..].find(|c: char| !c.is_whitespace() && !c.is_ascii_digit()).unwrap_or(0);
    let stop = |c: char| c.is_whitespace() || c.is_ascii_digit() || "。；：:！？，".contains(c);
    let body = mark + lead;
    let end = text[body..].find(stop).map_or(text.len(), |end| body + end);
    let heading = &text[..end];
    let ends = published.heading_ends.iter().any(|word| heading.ends_with(word.as_str()));
    (short(heading) && ends).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;
    use crate::read::document::Line;
    use crate::read::indicators::found::Spot;

    fn check(lines: &[&str], taken: &Taken, headings: &[&str], texts: &[(&str, &str)]) {
        let lines = lines.iter().map(|text| Line::paragraph(*text)).collect();
        let document = Document { lines, ..Document::default() };
        let forms = Forms::official();
        let published = forms.open().find_map(|form| form.published.clone()).expect("an open form");
        let sections = collect(&document, &Title::default(), taken, &published);
        assert_eq!(sections.headings, headings);
        let known: Vec<_> = sections.texts.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        assert_eq!(known, texts);
    }

    #[test]
    fn headings_are_those_of_the_report() {
        check(
            &["发布时间：2017-01-01", "本报告由某镇编制。", "一 、概述", "甲。", "乙。", "二、工作情况", "丙。"],
            &Taken::default(),
            &["一 、概述", "二、工作情况"],
            &[(PREAMBLE, "本报告由某镇编制。"), ("part_1", "甲。\n\n乙。"), ("part_2", "丙。")],
        );
    }

    #[test]
    fn headings_in_running_text_end_where_the_text_begins() {
        check(
            &["前言。一、概述 甲。二、收费及减免情况2016年没有收费。三、统一，不分。四、改进措施：丙。"],
            &Taken::default(),
            &["一、概述", "二、收费及减免情况", "四、改进措施"],
            &[
                (PREAMBLE, "前言。"),
                ("part_1", "甲。"),
                ("part_2", "2016年没有收费。三、统一，不分。"),
                ("part_3", "丙。"),
            ],
        );
    }

    #[test]
    fn a_caption_without_a_number_is_a_heading_too() {
        let text = Taken { lines: vec![2], text: None };
        check(&["一、概述", "甲。", "表格", "乙。"], &text, &["一、概述"], &[("part_1", "甲。\n\n乙。")]);
        let text = Taken { lines: vec![3], text: None };
        check(
            &["一、概述", "甲。", "某镇政府信息公开情况统计表", "表格", "附件下载"],
            &text,
            &["一、概述", "某镇政府信息公开情况统计表"],
            &[("part_1", "甲。")],
        );
        let from = Spot { line: 0, at: "甲。二、统计表".len() };
        let text = Taken { lines: vec![], text: Some((from, Spot { line: 0, at: from.at + "指标".len() })) };
        check(&["甲。二、统计表指标乙。"], &text, &["二、统计表"], &[(PREAMBLE, "甲。"), ("part_1", "乙。")]);
    }
}
