//! A web page as a document: tables with their merged cells, paragraphs, in reading order. Tags
//! that are missing are supplied; a table that only lays out the page is taken apart again.

use html5gum::emitters::default::{StartTag, Token};
use html5gum::{DefaultEmitter, Tokenizer};

use super::document::{Cell, Document, Kind, Line};
use super::tagged::Tagger;
use crate::marks;

/// Deeper tables are read as text of the cell around them.
const DEEPEST: usize = 64;
/// The largest span that is believed.
pub const WIDEST: usize = 1000;

pub const DROPPED: [&[u8]; 13] = [
    b"script",
    b"style",
    b"noscript",
    b"template",
    b"nav",
    b"footer",
    b"svg",
    b"iframe",
    b"select",
    b"button",
    b"textarea",
    b"object",
    b"marquee",
];
pub const BLOCKS: [&[u8]; 24] = [
    b"p",
    b"div",
    b"br",
    b"hr",
    b"li",
    b"ul",
    b"ol",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"section",
    b"article",
    b"header",
    b"main",
    b"body",
    b"center",
    b"dd",
    b"dt",
    b"blockquote",
    b"figure",
    b"figcaption",
];

/// Reads a page.
pub fn document(html: &str) -> Document {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = Page::default();
    page.document.is_page = true;
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) => page.start(&tag),
            Token::EndTag(tag) => page.end(&tag.name),
            Token::String(text) => page.text(&String::from_utf8_lossy(&text)),
            Token::Comment(text) => page.comment(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    page.finish()
}

/// Reads a page, and drops columns that only pad its tables.
pub fn trimmed_document(html: &str) -> Document {
    let mut document = document(html);
    document.trim_padding();
    document
}

/// The page as far as it has been read.
#[derive(Default)]
struct Page {
    document: Document,
    /// The paragraph that is being written.
    text: String,
    tables: Vec<Table>,
    next_table: usize,
    /// The element whose content is being dropped, and how often it is open.
    dropping: Option<(Vec<u8>, usize)>,
    in_title: bool,
    figure: Option<Figure>,
    tagger: Tagger,
    /// The data block that is being read.
    data: Option<String>,
}

/// An open `<figure>`: what stands in it waits until it is known whether these are the words of a drawing.
#[derive(Default)]
struct Figure {
    /// How many more are open inside.
    inside: usize,
    has_drawing: bool,
    paragraphs: Vec<String>,
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<TableCell>>,
    row_open: bool,
    cell_open: bool,
    /// Deeper tables that were not opened on their own.
    swallowed: usize,
}

/// A cell with what stands in it: paragraphs, and the lines of tables inside.
#[derive(Default)]
struct TableCell {
    columns: usize,
    rows: usize,
    /// The number itself, where a spreadsheet wrote it beside what it shows.
    number: Option<String>,
    /// The address of the figure, where the cell is marked with it.
    address: Option<String>,
    blocks: Vec<Block>,
}

enum Block {
    Text(String),
    Table(Vec<Line>),
}

impl Page {
    fn start(&mut self, tag: &StartTag<()>) {
        let name: &[u8] = &tag.name;
        if let Some((dropped, depth)) = &mut self.dropping {
            *depth += usize::from(dropped == name && !tag.self_closing);
            return;
        }
        if BLOCKS.contains(&name) {
            self.end_paragraph();
        }
        if let (Some(figure), b"svg") = (&mut self.figure, name) {
            figure.has_drawing = true;
        }
        self.tagger.start(name, |attribute| self::attribute(tag, attribute.as_bytes()), self.tables.len());
        match name {
            // What the pictures of figures show stands in the tables.
            b"figure" if !attribute(tag, marks::CHART.as_bytes()).is_empty() => {
                self.dropping = Some((name.to_vec(), 1));
            }
            _ if DROPPED.contains(&name) && tag.self_closing => {}
            _ if DROPPED.contains(&name) => {
                let is_data = name == b"script" && is_data(&attribute(tag, b"type"));
                self.data = is_data.then(String::new);
                self.dropping = Some((name.to_vec(), 1));
            }
            b"title" => self.in_title = true,
            b"input" => self.document.asks_password |= attribute(tag, b"type").eq_ignore_ascii_case("password"),
            b"img" => self.document.pictures += 1,
            b"figure" => self.open_figure(),
            b"table" => self.open_table(),
            b"tr" => self.open_row(),
            b"td" | b"th" => self.open_cell(tag),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        if let Some((dropped, depth)) = &mut self.dropping {
            *depth -= usize::from(dropped == name);
            if *depth == 0 {
                self.dropping = None;
                self.end_data();
            }
            return;
        }
        match name {
            b"title" => {
                self.in_title = false;
                let title = tidy(&std::mem::take(&mut self.text));
                self.document.title.get_or_insert(title);
            }
            b"figure" => self.close_figure(),
            b"table" => self.close_table(),
            b"tr" => self.close_row(),
            b"td" | b"th" => self.close_cell(),
            _ if BLOCKS.contains(&name) => self.end_paragraph(),
            _ => {}
        }
        self.tagger.end(name);
    }

    fn text(&mut self, text: &str) {
        match &mut self.data {
            Some(data) => data.push_str(text),
            None if self.dropping.is_none() => self.text.push_str(text),
            None => {}
        }
    }

    /// Keeps a data block that is a report, or about one.
    fn end_data(&mut self) {
        let Some(data) = self.data.take() else { return };
        if self.document.carried.is_none() && is_about_a_report(&data) {
            self.document.carried = Some(data);
        }
    }

    /// Other programs put a comment of a Markdown file into the page that they make of it.
    fn comment(&mut self, text: &str) {
        let begin = marks::COMMENT.trim_start_matches("<!--");
        if let (None, Some(json)) = (&self.document.carried, text.strip_prefix(begin)) {
            self.document.carried = Some(json.trim().to_owned());
        }
    }

    fn open_figure(&mut self) {
        match &mut self.figure {
            Some(figure) => figure.inside += 1,
            None => self.figure = Some(Figure::default()),
        }
    }

    fn close_figure(&mut self) {
        self.end_paragraph();
        match &mut self.figure {
            Some(figure) if figure.inside > 0 => figure.inside -= 1,
            _ => self.end_figure(),
        }
    }

    /// What stands in a figure beside a drawing tells of it, and is no text of the report.
    fn end_figure(&mut self) {
        match &self.figure {
            Some(figure) if figure.has_drawing => self.figure = None,
            _ => self.release_figure(),
        }
    }

    /// Puts what waits in an open figure where it belongs.
    fn release_figure(&mut self) {
        let waiting = self.figure.take().map(|figure| figure.paragraphs);
        waiting.into_iter().flatten().for_each(|text| self.put_paragraph(text));
    }

    /// Ends the paragraph that is being written.
    fn end_paragraph(&mut self) {
        if self.in_title {
            return;
        }
        let text = tidy(&std::mem::take(&mut self.text));
        if text.is_empty() {
            return;
        }
        match &mut self.figure {
            Some(figure) => figure.paragraphs.push(text),
            None => self.put_paragraph(text),
        }
    }

    /// Puts a paragraph where it belongs: into the open cell, or onto the page.
    fn put_paragraph(&mut self, text: String) {
        self.tagger.paragraph(&text, self.tables.len());
        let cell = self.tables.last_mut().filter(|table| table.cell_open).and_then(Table::cell);
        match cell {
            Some(cell) => cell.blocks.push(Block::Text(text)),
            None => self.put_lines(vec![Line::paragraph(text)]),
        }
    }

    /// Puts lines into the innermost open cell, or onto the page.
    fn put_lines(&mut self, lines: Vec<Line>) {
        let open = self.tables.iter_mut().rev().find(|table| table.cell_open);
        match open.and_then(Table::cell) {
            Some(cell) => cell.blocks.push(Block::Table(lines)),
            None => self.document.lines.extend(lines),
        }
    }

    fn open_table(&mut self) {
        self.end_paragraph();
        // Editors put a figure around a table.
        self.release_figure();
        if self.tables.len() >= DEEPEST {
            if let Some(table) = self.tables.last_mut() {
                table.swallowed += 1;
            }
            return;
        }
        self.tables.push(Table::default());
    }

    fn close_table(&mut self) {
        self.end_paragraph();
        match self.tables.last_mut() {
            Some(table) if table.swallowed > 0 => table.swallowed -= 1,
            Some(_) => {
                let lines = self.tables.pop().map(|table| table.lines(self.next_table)).unwrap_or_default();
                self.next_table += 1;
                self.put_lines(lines);
            }
            None => {}
        }
    }

    fn open_row(&mut self) {
        self.close_row();
        if let Some(table) = self.tables.last_mut().filter(|table| table.swallowed == 0) {
            table.rows.push(Vec::new());
            table.row_open = true;
        }
    }

    fn close_row(&mut self) {
        self.close_cell();
        if let Some(table) = self.tables.last_mut().filter(|table| table.swallowed == 0) {
            table.row_open = false;
        }
    }

    fn open_cell(&mut self, tag: &StartTag<()>) {
        self.close_cell();
        let Some(table) = self.tables.last_mut().filter(|table| table.swallowed == 0) else { return };
        if !table.row_open {
            table.rows.push(Vec::new());
            table.row_open = true;
        }
        if let Some(row) = table.rows.last_mut() {
            let number = EXACT.iter().map(|name| attribute(tag, name)).find(|number| !number.is_empty());
            let (columns, rows) = (attribute(tag, b"colspan"), attribute(tag, b"rowspan"));
            let address = Some(attribute(tag, marks::CELL.as_bytes())).filter(|address| !address.is_empty());
            row.push(TableCell { columns: span(&columns), rows: span(&rows), number, address, blocks: Vec::new() });
            table.cell_open = true;
        }
    }

    fn close_cell(&mut self) {
        self.end_paragraph();
        self.end_figure();
        if let Some(table) = self.tables.last_mut().filter(|table| table.swallowed == 0) {
            if table.cell_open
                && let Some(cell) = table.cell()
                && let Some(address) = cell.address.take()
            {
                self.tagger.cell(&address, cell.text());
            }
            table.cell_open = false;
        }
    }

    fn finish(mut self) -> Document {
        self.in_title = false;
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.end_paragraph();
        self.end_figure();
        self.document.tagged = self.tagger.finish();
        self.document
    }
}

impl Table {
    fn cell(&mut self) -> Option<&mut TableCell> {
        self.rows.last_mut()?.last_mut()
    }

    /// A table around other tables, or with one cell a row, lays out a page: its cells are text.
    fn only_lays_out(&self) -> bool {
        let mut cells = self.rows.iter().flatten();
        let holds_tables = |cell: &TableCell| cell.blocks.iter().any(|block| matches!(block, Block::Table(_)));
        cells.any(holds_tables) || self.rows.iter().all(|row| row.len() <= 1)
    }

    fn lines(self, table: usize) -> Vec<Line> {
        if self.only_lays_out() {
            return self.rows.into_iter().flatten().flat_map(TableCell::into_lines).collect();
        }
        let mut spans = Spans::default();
        let mut line = |row: Vec<TableCell>| {
            let places = spans.place(row.iter().map(|cell| (cell.columns, cell.rows)));
            let cell = |(cell, column): (TableCell, usize)| Cell { text: cell.text(), column, span: cell.columns };
            let cells = row.into_iter().zip(places).map(cell).collect();
            Line { kind: Kind::Paragraph, cells, apart: false }
        };
        let mut lines: Vec<_> = self.rows.into_iter().map(&mut line).collect();
        let width = spans.width;
        for line in &mut lines {
            line.kind = Kind::Row { table, width };
        }
        lines
    }
}

impl TableCell {
    fn into_lines(self) -> Vec<Line> {
        let lines = |block| match block {
            Block::Text(text) => vec![Line::paragraph(text)],
            Block::Table(lines) => lines,
        };
        self.blocks.into_iter().flat_map(lines).collect()
    }

    fn text(&self) -> String {
        let texts = self.blocks.iter().filter_map(|block| match block {
            Block::Text(text) => Some(text.as_str()),
            Block::Table(_) => None,
        });
        exact(texts.collect::<Vec<_>>().join(" "), self.number.as_deref())
    }
}

/// Finds the grid column of each cell among the merged ones above.
#[derive(Default)]
pub struct Spans {
    /// For each column how many more rows a merged cell covers.
    covered: Vec<usize>,
    pub width: usize,
}

impl Spans {
    /// The grid columns of a row's cells, of which each takes so many columns and rows.
    pub fn place(&mut self, cells: impl IntoIterator<Item = (usize, usize)>) -> Vec<usize> {
        let mut fresh = Vec::new();
        let mut places = Vec::new();
        let mut column = 0;
        for (columns, rows) in cells {
            while self.covered.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            places.push(column);
            fresh.push((column, columns, rows - 1));
            column += columns;
        }
        self.width = self.width.max(column).min(WIDEST);
        self.covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        for (column, columns, rows) in fresh.into_iter().filter(|(column, ..)| *column < WIDEST) {
            let end = (column + columns).min(WIDEST);
            self.covered.resize(self.covered.len().max(end), 0);
            self.covered[column..end].fill(rows);
        }
        places
    }
}

/// Whether a script is none, but data.
fn is_data(media_type: &str) -> bool {
    matches!(media_type, "application/ld+json" | "application/json")
}

/// Whether a data block is a report or linked data about one, and not the site's own.
fn is_about_a_report(data: &str) -> bool {
    data.contains("\"figures\"") && (data.contains("\"form\"") || data.contains(marks::VOCABULARY))
}

fn attribute(tag: &StartTag<()>, name: &[u8]) -> String {
    let found = tag.attributes.iter().find(|(known, _)| known.as_slice() == name);
    found.map(|(_, value)| String::from_utf8_lossy(value).trim().to_owned()).unwrap_or_default()
}

/// How many columns or rows a cell takes by what its attribute says.
pub fn span(attribute: &str) -> usize {
    attribute.parse().unwrap_or(1).clamp(1, WIDEST)
}

/// The attributes in which spreadsheets write the number of a cell.
pub const EXACT: [&[u8]; 2] = [b"x:num", b"sdval"];

/// What a cell shows, or its number where the column was too narrow for it: `###`, `1.2E+08`.
pub fn exact(shown: String, number: Option<&str>) -> String {
    let is_full = |c: char| c == '#';
    let is_rounded = shown.contains(['E', 'e']) && shown.parse::<f64>().is_ok();
    match number {
        Some(number) if is_rounded || !shown.is_empty() && shown.chars().all(is_full) => number.to_owned(),
        _ => shown,
    }
}

/// One space for any run of white space, none at the ends.
pub fn tidy(text: &str) -> String {
    let invisible = |c: char| matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' | '\u{ad}');
    let text: String = text.chars().filter(|c| !invisible(*c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expect: &[&str]) {
        let lines: Vec<_> = document(html).lines.iter().map(shown).collect();
        assert_eq!(lines, expect);
    }

    fn shown(line: &Line) -> String {
        let cell = |cell: &Cell| format!("{}@{}", cell.text, cell.column);
        match line.kind {
            Kind::Paragraph => line.cells[0].text.clone(),
            _ => line.cells.iter().map(cell).collect::<Vec<_>>().join(" "),
        }
    }

    #[test]
    fn merged_cells_push_the_others_to_their_columns() {
        check(
            "<table><tr><td rowspan=2>甲<td colspan=2>乙<td>丙<tr><td>1<td>2<td>3</table>",
            &["甲@0 乙@1 丙@3", "1@1 2@2 3@3"],
        );
    }

    #[test]
    fn paragraphs_entities_and_breaks_in_cells_are_one_text() {
        check("<table><tr><td><p>商业</p><p>企&#19994;&nbsp;</p><td>1<br>2</table>", &["商业 企业@0 1 2@1"]);
    }

    #[test]
    fn a_number_that_was_too_wide_for_its_column_is_read_where_it_stands() {
        check(
            "<table><tr><td x:num=\"73802895.9\">###<td sdval='12' sdnum='2052;'>12<td x:num='123456789012'>1.23E+11<td>##</table>",
            &["73802895.9@0 12@1 123456789012@2 ##@3"],
        );
    }

    #[test]
    fn a_table_around_tables_is_text() {
        check(
            "<table><tr><td>首页<td><p>甲</p><table><tr><td>乙</td><td>1</td></tr></table>丙</td></tr></table>",
            &["首页", "甲", "乙@0 1@1", "丙"],
        );
    }

    #[test]
    fn scripts_styles_and_navigation_are_no_text() {
        check("<style>p{}</style><script>if (a < b) '<p>x</p>'</script><nav><nav>a</nav>b</nav><p>甲</p>", &["甲"]);
    }

    #[test]
    fn the_words_of_a_drawing_are_no_text_and_those_of_a_table_or_a_photograph_are() {
        check("甲<figure><figcaption>图一</figcaption><svg><text>1</text></svg><p>注</p></figure>乙", &["甲", "乙"]);
        check("<figure data-chart='x'>图<figure>二</figure>三</figure>乙", &["乙"]);
        check(
            "<figure><table><tr><td>甲<td>1</table><figcaption>表一</figcaption><svg></svg></figure>",
            &["甲@0 1@1", "表一"],
        );
        check(
            "<figure><img><figcaption>照片</figcaption></figure><table><tr><td><figure>甲<td>乙</table>",
            &["照片", "甲@0 乙@1"],
        );
    }

    #[test]
    fn spans_without_end_and_tables_without_bottom_are_survived() {
        let deep = "<table><tr><td colspan=99999999 rowspan=99999999>甲".repeat(5000);
        assert!(document(&deep).lines.len() <= 5000);
    }
}
