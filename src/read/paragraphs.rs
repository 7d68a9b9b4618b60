//! What is pasted into a text: paragraphs as plain text, with the numbering that stood before them.

use super::fragment::{Element, Node, is_block, rows};
use super::html::{EXACT, Spans, WIDEST, exact, span, tidy};
use super::markers::Marker;
use crate::block::Block;

/// The paragraphs of a tree.
pub fn of_element(element: &Element) -> Vec<String> {
    let mut writer = Writer::default();
    writer.walk(element, Around::default());
    writer.end_paragraph();
    writer.paragraphs
}

/// The paragraphs of a plain text: blank lines or indentation separate them; without blank lines each
/// line is one.
pub fn of_text(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n");
    let lines = || text.split('\n').map(|line| line.trim_matches('\0'));
    let filled = |line: &&str| !line.trim().is_empty();
    let first = lines().position(|line| filled(&line)).unwrap_or(0);
    let last = lines().collect::<Vec<_>>().iter().rposition(filled).unwrap_or(0);
    let body = || lines().take(last + 1).skip(first);
    if body().all(|line| filled(&line)) {
        return body().map(cells).collect();
    }
    grouped(body().map(|line| (line.starts_with("  ") || line.starts_with('\t') || is_indented(line), cells(line))))
}

/// A line whose cells stay apart.
fn cells(line: &str) -> String {
    line.trim().split('\t').map(tidy).collect::<Vec<_>>().join("\t")
}

/// Joins lines to paragraphs: a blank line ends one, an indented line begins one.
fn grouped(lines: impl Iterator<Item = (bool, String)>) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut ended = true;
    for (indented, line) in lines {
        match paragraphs.last_mut().filter(|_| !ended && !indented) {
            _ if line.is_empty() => ended = true,
            Some(paragraph) => {
                paragraph.push('\n');
                paragraph.push_str(&line);
            }
            None => {
                paragraphs.push(line);
                ended = false;
            }
        }
    }
    paragraphs
}

/// The cells of a table. A merged cell has its text in its first place; spans that only show how far
/// a text runs over (`mso-ignore:colspan`) come out the same.
pub fn block(table: &Element) -> Block {
    let mut spans = Spans::default();
    let mut block = Vec::new();
    for (row, cells) in rows(table) {
        let taken = |cell: &&Element| {
            let span = |name| span(cell.attribute(name).unwrap_or_default());
            (span("colspan"), span("rowspan"))
        };
        let places = spans.place(cells.iter().map(taken));
        // A hidden row takes part in what is merged, and in nothing else.
        if row.is_hidden() {
            continue;
        }
        let mut texts = Vec::new();
        for (cell, column) in cells.iter().zip(places).filter(|(_, column)| *column < WIDEST) {
            texts.resize(column, String::new());
            texts.push(text_of(cell));
        }
        block.push(texts);
    }
    if let Some(first) = block.first_mut() {
        first.resize(spans.width.max(first.len()), String::new());
    }
    Block::new(block)
}

/// What a cell shows.
fn text_of(cell: &Element) -> String {
    let attribute = |name: &&[u8]| cell.attribute(std::str::from_utf8(name).unwrap_or_default());
    let number = EXACT.iter().filter_map(attribute).find(|number| !number.is_empty());
    exact(of_element(cell).join("\n"), number)
}

/// A line break inside a paragraph.
const BREAK: char = '\u{2028}';

/// Writes the paragraphs of a tree.
#[derive(Default)]
struct Writer {
    paragraphs: Vec<String>,
    /// The paragraph that is being written.
    text: String,
    /// Whether a marker was written to which the text joins directly.
    after_marker: bool,
}

/// What the elements around say of a text.
#[derive(Clone, Copy, Default)]
struct Around {
    preformatted: bool,
    /// Whether the font is one of symbols, whose letters are bullets.
    symbols: bool,
}

impl Writer {
    fn walk(&mut self, element: &Element, around: Around) {
        for node in &element.children {
            match node {
                Node::Text(text) => self.text(text, around),
                Node::Element(inner) => self.element(inner, around),
            }
        }
    }

    fn text(&mut self, text: &str, around: Around) {
        let text = if self.after_marker { text.trim_start() } else { text };
        self.after_marker &= text.is_empty();
        match around.preformatted {
            true => self.text.push_str(&text.replace("\r\n", "\n").replace('\n', "\u{2028}")),
            false => self.text.push_str(text),
        }
    }

    fn element(&mut self, element: &Element, around: Around) {
        let style = element.style();
        let symbols = around.symbols || style.contains("wingdings") || style.contains("font-family:symbol");
        let inner = Around { preformatted: around.preformatted || element.name == "pre", symbols };
        match element.name.as_str() {
            "br" if style.contains("page-break") => self.end_paragraph(),
            "br" => self.text.push(BREAK),
            _ if style.contains("mso-list:ignore") => self.marker(element, symbols),
            "table" => {
                self.end_paragraph();
                self.table(element, inner);
                self.end_paragraph();
            }
            "ul" | "ol" => {
                self.end_paragraph();
                self.list(element, inner);
                self.end_paragraph();
            }
            name if is_block(name) => {
                self.end_paragraph();
                self.walk(element, inner);
                self.end_paragraph();
            }
            _ => self.walk(element, inner),
        }
    }

    fn end_paragraph(&mut self) {
        let raw = std::mem::take(&mut self.text);
        let lines = raw.split(BREAK).map(|line| (is_indented(line), tidy(&unwrapped(line))));
        self.paragraphs.extend(grouped(lines));
        self.after_marker = false;
    }

    /// The number or bullet that Word wrote before an item.
    fn marker(&mut self, element: &Element, symbols: bool) {
        let marker = of_element(element).join(" ");
        let marker = if symbols && !marker.is_empty() { "•" } else { marker.as_str() };
        self.text.push_str(marker);
        if !marker.ends_with(is_wide) {
            self.text.push(' ');
        }
        self.after_marker = true;
    }

    fn list(&mut self, list: &Element, around: Around) {
        let default = if list.name == "ol" { Marker::Decimal } else { Marker::Bullet };
        let marker = marker_of(list).unwrap_or(default);
        let number = |element: &Element, name| element.attribute(name).and_then(|number| number.parse().ok());
        let mut next: usize = number(list, "start").unwrap_or(1);
        for item in list.elements() {
            if item.name != "li" {
                self.element(item, around);
                continue;
            }
            let here = number(item, "value").unwrap_or(next);
            next = here.saturating_add(1);
            let first = self.paragraphs.len();
            self.walk(item, around);
            self.end_paragraph();
            if let Some(paragraph) = self.paragraphs.get_mut(first) {
                *paragraph = marker_of(item).unwrap_or(marker).before(here, paragraph);
            }
        }
    }

    /// A table's rows as lines with tabs; one that only lays out a page as what stands in it.
    fn table(&mut self, table: &Element, around: Around) {
        let rows = rows(table);
        let mut cells = rows.iter().flat_map(|(_, cells)| cells);
        let lays_out = cells.any(|cell| super::fragment::first_table(cell).is_some());
        if lays_out || rows.iter().all(|(_, cells)| cells.len() <= 1) {
            for cell in rows.iter().filter(|(row, _)| !row.is_hidden()).flat_map(|(_, cells)| cells) {
                self.walk(cell, around);
                self.end_paragraph();
            }
            return;
        }
        let lines = block(table).into_rows().into_iter().map(|row| row.join("\t").replace('\n', " "));
        self.paragraphs.extend(lines.map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty()));
    }
}

/// The marker that a list or an item asks for.
fn marker_of(element: &Element) -> Option<Marker> {
    let style = element.style();
    let declared = style.split(';').filter_map(|declaration| declaration.split_once(':'));
    let mut types = declared.filter(|(name, _)| matches!(*name, "list-style-type" | "list-style"));
    let styled = types.find_map(|(_, value)| Marker::named(value));
    styled.or_else(|| element.attribute("type").and_then(Marker::named))
}

/// Whether a line begins as the first one of a Chinese paragraph does.
fn is_indented(line: &str) -> bool {
    let lead = line.chars().take_while(|c| c.is_whitespace());
    lead.map(|c| usize::from(c == '\u{a0}') + 2 * usize::from(matches!(c, '\u{3000}' | '\u{2003}'))).sum::<usize>() >= 2
}

/// Joins the lines of the source: between two wide characters a line break is no space.
pub fn unwrapped(text: &str) -> String {
    let source = [' ', '\t', '\r'];
    let mut joined = String::new();
    for (at, line) in text.split('\n').enumerate() {
        let line = if at == 0 { line } else { line.trim_start_matches(source) };
        if at > 0 {
            joined.truncate(joined.trim_end_matches(source).len());
            if !(joined.ends_with(is_wide) && line.starts_with(is_wide)) {
                joined.push(' ');
            }
        }
        joined.push_str(line);
    }
    joined
}

/// A character of Chinese writing, which no spaces separate.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fff}' | '\u{3001}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff60}')
        || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·' | '\u{20000}'..)
}
