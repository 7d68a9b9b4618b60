//! From a publication to sheets: cover, sections, tables, texts.

use super::super::columns::{Columns, TEXT_WIDTH, halves_in, lines};
use super::super::printable;
use super::super::tiles::{Tile, tiles};
use super::figures::is_like_a_formula;
use super::names;
use super::sheet::{Area, Cell, Content, Row, Sheet};
use super::styles::{Align, Fill, Font, Style};
use crate::form::{Axis, Laid, Layout};
use crate::marks;
use crate::publication::{Part, Publication};

/// The most units of UTF-16 in a cell; Excel takes 32,767.
const LONGEST_CELL: usize = 32_000;
/// The height of a line of text and what a row has beside its lines, in points.
const LINE: usize = 15;
const BESIDE: usize = 4;
/// The most lines that a row shows; a row cannot be higher.
const MOST_LINES: usize = 25;
/// The lines of each row where a paragraph has more, so that a page ends between them.
const FEW_LINES: usize = 10;
/// How far back a better place to break is looked for, in characters.
const BACK: usize = 60;
const COVER_SHEET: &str = "报告";

/// The sheets of a report; cells of figures are blank yet.
pub fn sheets(publication: &Publication) -> Vec<Sheet> {
    let mut laying = Laying { publication, sheets: Vec::new(), section: "", heading: "" };
    laying.cover();
    for part in &publication.parts {
        match part {
            Part::Heading { section, text } => {
                (laying.section, laying.heading) = (section, text);
                laying.open(vec![TEXT_WIDTH]);
                laying.text(text, &heading_style());
            }
            Part::Paragraph { text, .. } => laying.paragraph(text),
            Part::Sheet { section, layout } => {
                // A section may have no heading; then its tables do not stand below that of another.
                if *section != laying.section {
                    (laying.section, laying.heading) = (section, "");
                }
                laying.table(layout);
            }
            // Date and contact stand on the cover.
            Part::Foot(_) => {}
        }
    }
    laying.sheets
}

/// The sheet that is not shown: one text in pieces, one below the other.
pub fn carried(name: &str, carried: &str) -> Sheet {
    // In JSON a sign may be written as its number, so that the sheet's own way to do so is never needed.
    let carried = carried.replace("_x", "\\u005fx");
    let row = |piece: &str| Row {
        height: None,
        cells: vec![Cell { columns: 1, content: Content::Text(piece.to_owned()), ..Cell::default() }],
    };
    let rows = chunks(&carried).into_iter().map(row).collect();
    Sheet { name: name.to_owned(), is_hidden: true, rows, ..Sheet::default() }
}

struct Laying<'a> {
    publication: &'a Publication<'a>,
    sheets: Vec<Sheet>,
    /// The section that is being laid, and its heading.
    section: &'a str,
    heading: &'a str,
}

impl Laying<'_> {
    fn open(&mut self, widths: Vec<usize>) {
        let mut taken: Vec<_> = self.sheets.iter().map(|sheet| sheet.name.clone()).collect();
        taken.push(marks::SHEET.to_owned());
        let is_nameless = self.sheets.is_empty() || self.heading.is_empty();
        let wanted = if is_nameless { COVER_SHEET } else { self.heading };
        let name = names::of_sheet(wanted, &taken);
        self.sheets.push(Sheet { name, widths, ..Sheet::default() });
    }

    /// The sheet that is being laid.
    fn sheet(&mut self) -> &mut Sheet {
        if self.sheets.is_empty() {
            self.open(vec![TEXT_WIDTH]);
        }
        let last = self.sheets.len() - 1;
        &mut self.sheets[last]
    }

    fn cover(&mut self) {
        let report = self.publication.report;
        let label = TEXT_WIDTH / 6;
        self.open(vec![label, TEXT_WIDTH - label]);
        let title = Style { font: Font::Title, align: Align::Center, wraps: true, ..Style::default() };
        self.text(&self.publication.title, &title);
        let year = report.year.map(|year| year.to_string()).unwrap_or_default();
        // The title stands above.
        let texts = [&report.agency, &year, "", &report.date, &report.contact];
        for ((_, word), text) in marks::COVER.into_iter().zip(texts).filter(|(_, text)| !text.trim().is_empty()) {
            self.line(word, &cut(text));
        }
        self.space();
    }

    /// A little room before what follows.
    fn space(&mut self) {
        self.sheet().rows.push(Row { height: Some(LINE / 2), cells: Vec::new() });
    }

    /// A line of the cover.
    fn line(&mut self, word: &str, text: &str) {
        let style = Style { is_lined: true, wraps: true, ..Style::default() };
        let is_quoted = is_like_a_formula(text);
        let sheet = self.sheet();
        let needed = lines(text, sheet.widths.last().copied().unwrap_or(TEXT_WIDTH) * 19 / 20);
        let cell = |column, style, text: &str| {
            let content = if text.is_empty() { Content::Blank } else { Content::Text(text.to_owned()) };
            Cell { column, columns: 1, style, content, figure: None }
        };
        let centered = Style { align: Align::Center, ..style.clone() };
        let cells = vec![cell(0, centered, word), cell(1, Style { is_quoted, ..style }, text)];
        sheet.rows.push(Row { height: Some(needed * LINE + 2 * BESIDE), cells });
    }

    fn paragraph(&mut self, text: &str) {
        let width: usize = self.sheet().widths.iter().sum();
        for piece in pieces(&printable(text), room(width, Font::Text)) {
            let is_quoted = is_like_a_formula(piece);
            self.text(piece, &Style { wraps: true, is_at_the_top: true, is_quoted, ..Style::default() });
        }
    }

    /// A text over the whole width.
    fn text(&mut self, text: &str, style: &Style) {
        let text = cut(text);
        let sheet = self.sheet();
        let (columns, width) = (sheet.widths.len(), sheet.widths.iter().sum());
        let line = match style.font {
            Font::Title => 30,
            Font::Heading => 24,
            Font::Table | Font::Text => LINE,
        };
        let height = lines(&text, room(width, style.font)) * line + BESIDE;
        sheet.merge(Area { row: sheet.rows.len(), column: 0, rows: 1, columns });
        let content = Content::Text(text);
        let mut cells = vec![Cell { column: 0, columns, style: style.clone(), content, figure: None }];
        cells.extend((1..columns).map(|column| covered(column, style)));
        sheet.rows.push(Row { height: Some(height), cells });
    }

    /// A table, on the sheet of its section where nothing but the heading stands there yet.
    fn table(&mut self, layout: &Layout) {
        let columns = Columns::of(self.publication, layout);
        let is_free = self.sheets.len() > 1
            && !self.heading.is_empty()
            && self.sheet().rows.iter().all(|row| row.cells.iter().all(|cell| cell.style.font == Font::Heading));
        if is_free {
            self.sheets.pop();
        }
        self.open(columns.widths.clone());
        if !self.heading.is_empty() {
            self.text(self.heading, &heading_style());
        }
        let heights = columns.heights(self.publication, layout);
        let sheet = self.sheet();
        let first = sheet.rows.len();
        let heads = match layout.blocks.as_slice() {
            [block] => block.head_rows,
            _ => 0,
        };
        sheet.frozen = first + heads;
        sheet.repeated = if heads > 0 { first..first + heads } else { 0..0 };
        for (row, tiles) in tiles(layout).iter().enumerate() {
            let height = heights.get(row).map(|height| height.div_ceil(20));
            let mut cells = Vec::new();
            for tile in tiles {
                self.tile(first + row, tile, &columns, &mut cells);
            }
            self.sheet().rows.push(Row { height, cells });
        }
        self.space();
    }

    fn tile(&mut self, row: usize, tile: &Tile, columns: &Columns, cells: &mut Vec<Cell>) {
        let style = tile_style(tile, columns);
        let laid = tile.cell.filter(|_| !tile.continues);
        let figure = laid.and_then(|cell| match cell.laid {
            Laid::Figure(id) => Some(id),
            _ => None,
        });
        let content = match laid.filter(|_| figure.is_none()).map(|cell| cut(&self.publication.text(&cell.laid))) {
            Some(text) if !text.is_empty() => Content::Text(text),
            _ => Content::Blank,
        };
        if let Some(cell) = laid {
            self.sheet().merge(Area { row, column: tile.column, rows: cell.rows, columns: tile.columns });
        }
        cells.push(Cell { column: tile.column, columns: tile.columns, style: style.clone(), content, figure });
        cells.extend((tile.column + 1..tile.column + tile.columns).map(|column| covered(column, &style)));
    }
}

fn heading_style() -> Style {
    Style { font: Font::Heading, wraps: true, ..Style::default() }
}

fn tile_style(tile: &Tile, columns: &Columns) -> Style {
    let plain = Style { font: Font::Table, is_lined: true, wraps: true, align: Align::Center, ..Style::default() };
    match tile.cell.map(|cell| &cell.laid) {
        Some(Laid::Banner(_)) => Style { fill: Fill::Banner, align: Align::Left, ..plain },
        Some(Laid::Figure(_)) => Style { wraps: false, shrinks: true, ..plain },
        Some(Laid::Corner(_) | Laid::Head { axis: Axis::Row, .. })
            if columns.labels > 1 && tile.column < columns.labels =>
        {
            Style { align: Align::Left, ..plain }
        }
        _ => plain,
    }
}

/// A cell that is merged into the one at its left.
fn covered(column: usize, style: &Style) -> Cell {
    Cell { column, columns: 1, style: style.clone(), ..Cell::default() }
}

/// The width that a text has, by the size of the tables' characters.
fn room(width: usize, font: Font) -> usize {
    match font {
        Font::Title => width / 2,
        Font::Heading => width * 7 / 10,
        Font::Table | Font::Text => width * 19 / 20,
    }
}

/// As much of a text as a cell holds that has no other below it.
pub fn cut(text: &str) -> String {
    let text = printable(text);
    match chunks(&text).as_slice() {
        [] => String::new(),
        [whole] => (*whole).to_owned(),
        [first, ..] => format!("{first}…"),
    }
}

/// A text in chunks that cells hold.
fn chunks(text: &str) -> Vec<&str> {
    let end = |rest: &str| {
        let mut units = 0;
        let beyond = |(_, c): &(usize, char)| {
            units += c.len_utf16();
            units > LONGEST_CELL
        };
        rest.char_indices().find(beyond).map(|(at, _)| at)
    };
    split(text, end)
}

/// A paragraph in pieces that rows show. Where that can be, none but the last ends a sentence or a line, so
/// that whoever reads them sees that the text goes on.
fn pieces(text: &str, width: usize) -> Vec<&str> {
    let room = halves_in(width);
    if beyond_lines(text, room, MOST_LINES).is_none() {
        return split(text, |_| None);
    }
    split(text, |rest| {
        let end = beyond_lines(rest, room, FEW_LINES)?;
        let back = rest[..end].char_indices().rev().take(BACK).map(|(at, _)| at);
        std::iter::once(end).chain(back).find(|at| *at > 0 && goes_on(rest, *at)).or(Some(end))
    })
}

/// Where so many lines of a text end; `None` where the text does before.
fn beyond_lines(text: &str, room: usize, most: usize) -> Option<usize> {
    let (mut lines, mut used) = (1, 0);
    let end = text.char_indices().find(|(_, c)| {
        let halves = if c.is_ascii() { 1 } else { 2 };
        if *c == '\n' || used + halves > room {
            lines += 1;
            used = 0;
        }
        used += if *c == '\n' { 0 } else { halves };
        lines > most
    });
    end.map(|(at, _)| at)
}

/// Whether a text that is broken there is seen to go on.
fn goes_on(text: &str, at: usize) -> bool {
    let ends = |c: char| c.is_whitespace() || "。！？；：”］]!?.;:".contains(c);
    !text[..at].ends_with(ends) && !text[at..].starts_with(char::is_whitespace)
}

/// Splits a text again and again where `end` says, until it says nothing.
fn split<'a>(text: &'a str, end: impl Fn(&'a str) -> Option<usize>) -> Vec<&'a str> {
    let (mut parts, mut rest) = (Vec::new(), text);
    while let Some(at) = end(rest).filter(|at| *at > 0) {
        let (part, after) = rest.split_at(at);
        parts.push(part);
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_paragraphs_go_on_in_the_next_row() {
        let width = room(TEXT_WIDTH, Font::Text);
        for text in ["一二三四五六七八九十。".repeat(700), "12 34. ".repeat(3000), "甲\n".repeat(99), "。".repeat(4000)]
        {
            let pieces = pieces(&text, width);
            assert!(pieces.len() > 2, "{text}");
            assert_eq!(pieces.concat(), text);
            assert!(pieces.iter().all(|piece| lines(piece, width) <= MOST_LINES + 1));
        }
        let sentences = "一二三四五六七八九十。".repeat(700);
        assert!(pieces(&sentences, width).iter().rev().skip(1).all(|piece| !piece.ends_with('。')));
        assert_eq!(pieces("", width), [""; 0]);
        assert_eq!(pieces("甲", width), ["甲"]);
    }

    #[test]
    fn cells_hold_no_more_than_they_can() {
        assert_eq!(cut("甲\u{1}乙"), "甲乙");
        assert_eq!(cut(&"😀".repeat(20_000)).encode_utf16().count(), LONGEST_CELL + 1);
        let json = "😀_x0041_".repeat(9_000);
        let sheet = carried("nianbao", &json);
        let texts = sheet.rows.iter().flat_map(|row| &row.cells).map(|cell| match &cell.content {
            Content::Text(text) => text.as_str(),
            _ => panic!("text"),
        });
        let texts: Vec<_> = texts.collect();
        assert!(texts.len() > 2 && texts.iter().all(|text| text.encode_utf16().count() <= LONGEST_CELL));
        assert_eq!(texts.concat(), json.replace("_x", "\\u005fx"));
    }
}
