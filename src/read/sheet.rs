//! Sheets of a spreadsheet as lines. A sheet has no tables of its own: rows that stand together are one,
//! and a row with a single text is often a heading or a paragraph between them.

use super::document::{Cell, Document, Kind, Line};
use super::html::tidy;
use super::refusal;
use crate::language::Text;
use crate::report::ReadError;
use crate::words;

/// How far to the right a sheet is read; the widest official table takes fifteen columns.
const MOST_COLUMNS: usize = 256;
/// How many rows with something in them are read of all sheets together: a hundred times what a report has.
const MOST_ROWS: usize = 10_000;
/// How many cells, the blank ones between others included, are made of them: what takes little memory.
const MOST_CELLS: usize = 400_000;
/// A text of so many characters is no label.
const LONG: usize = 60;

/// A cell with something in it, and how many rows and columns it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
    pub text: String,
}

impl Filled {
    pub fn new(row: usize, column: usize, text: impl Into<String>) -> Filled {
        Filled { row, column, rows: 1, columns: 1, text: text.into() }
    }

    fn end(&self) -> usize {
        self.column.saturating_add(self.columns)
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The document that sheets become, one after the other.
#[derive(Default)]
pub struct Sheets {
    pub document: Document,
    /// The lines that are names of sheets.
    names: Vec<usize>,
    tables: usize,
    rows: usize,
    cells: usize,
    is_cut: bool,
}

impl Sheets {
    /// Adds a sheet: its filled cells in any order, and merged ones with their size, filled or not.
    ///
    /// # Errors
    /// Where there are more rows or cells than a report has.
    pub fn add(&mut self, name: &str, mut cells: Vec<Filled>) -> Result<(), ReadError> {
        self.is_cut |= cells.iter().any(|cell| cell.column >= MOST_COLUMNS && !cell.is_blank());
        cells.retain(|cell| cell.column < MOST_COLUMNS);
        cells.sort_by_key(|cell| (cell.row, cell.column));
        let Some(left) = cells.iter().filter(|cell| !cell.is_blank()).map(|cell| cell.column).min() else {
            return Ok(());
        };
        let first = cells.iter().find(|cell| !cell.is_blank()).map(|cell| tidy(&cell.text));
        let name = Some(tidy(name)).filter(|name| names_something(name) && Some(name) != first.as_ref());
        self.names.extend(name.as_ref().map(|_| self.document.lines.len()));
        self.document.lines.extend(name.map(paragraph));
        let mut writer = Writer { sheets: self, left, block: Block::default() };
        // For each column the first row that no merged cell from above takes any more.
        let mut free_from = vec![0; MOST_COLUMNS];
        let mut last = None;
        for row in cells.chunk_by(|one, other| one.row == other.row) {
            let Some(number) = row.first().map(|cell| cell.row) else { continue };
            let covered = (0..MOST_COLUMNS).filter(|column| free_from[*column] > number).collect();
            let is_reached = free_from.iter().any(|free| *free >= number && *free > 0);
            let row: Vec<_> = row.iter().filter(|cell| place(&mut free_from, cell)).cloned().collect();
            if row.iter().all(Filled::is_blank) {
                continue;
            }
            if last.is_some_and(|last| number > last + 1 && !is_reached) {
                writer.end_block(true)?;
            }
            last = Some(number);
            writer.row(Row { covered, cells: row })?;
        }
        writer.end_block(true)
    }

    /// The document, with what has to be told of it. Where it was written here, its headings stand on the sheets,
    /// and their names, which have to be short, say nothing more.
    pub fn finish(mut self) -> Document {
        if self.document.carried.is_some() {
            let mut at = 0;
            self.document.lines.retain(|_| {
                at += 1;
                self.names.binary_search(&(at - 1)).is_err()
            });
        }
        if self.is_cut {
            let values = [("most", &*MOST_COLUMNS.to_string())];
            self.document.notes.push(Text::of(words::READ_COLUMNS_CUT, &values));
        }
        self.document.trim_padding();
        self.document
    }

    fn count(&mut self, rows: usize, cells: usize) -> Result<(), ReadError> {
        self.rows += rows;
        self.cells += cells;
        match self.rows > MOST_ROWS || self.cells > MOST_CELLS {
            true => Err(refusal::too_many_rows()),
            false => Ok(()),
        }
    }
}

/// Whether a cell has a place of its own; what a merged cell covers has none.
fn place(free_from: &mut [usize], cell: &Filled) -> bool {
    let own = free_from.get(cell.column).is_some_and(|free| *free <= cell.row);
    if own {
        let end = cell.end().min(free_from.len());
        for free in &mut free_from[cell.column..end] {
            *free = (*free).max(cell.row.saturating_add(cell.rows));
        }
    }
    own
}

/// Whether the name of a sheet says something of it, as “三、收到和处理申请情况” does and “Sheet1” does not.
fn names_something(name: &str) -> bool {
    let is_wide = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let is_numbered = name.chars().next().is_some_and(|c| "一二三四五六七八九十".contains(c)) && name.contains('、');
    is_numbered || name.chars().filter(is_wide).count() >= 6
}

fn paragraph(text: String) -> Line {
    Line { apart: true, ..Line::paragraph(text) }
}

/// A row with its cells, and the columns that merged cells from above take.
struct Row {
    covered: Vec<usize>,
    cells: Vec<Filled>,
}

impl Row {
    /// The only cell with something in it.
    fn lone(&self) -> Option<&Filled> {
        let mut filled = self.cells.iter().filter(|cell| !cell.is_blank());
        filled.next().filter(|_| filled.next().is_none())
    }

    fn end(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_blank()).map(Filled::end).max().unwrap_or(0)
    }
}

/// Rows that stand together.
#[derive(Default)]
struct Block {
    rows: Vec<Row>,
    /// Where rows with several cells end.
    end: usize,
    /// Where they ended in the block before, if a single text only interrupted it.
    end_before: usize,
}

struct Writer<'a> {
    sheets: &'a mut Sheets,
    /// The first column in which anything stands.
    left: usize,
    block: Block,
}

impl Writer<'_> {
    fn row(&mut self, row: Row) -> Result<(), ReadError> {
        let Some(cell) = row.lone() else {
            self.block.end = self.block.end.max(row.end());
            self.block.rows.push(row);
            return Ok(());
        };
        let is_first = cell.column == self.left;
        let is_banner = is_first && cell.columns > 1 && cell.end() >= self.block.end.max(self.block.end_before);
        if is_banner || is_prose(&cell.text) {
            let text = cell.text.clone();
            self.end_block(is_banner)?;
            return self.paragraphs(&text);
        }
        if is_first {
            self.end_block(false)?;
        }
        self.block.rows.push(row);
        Ok(())
    }

    fn paragraphs(&mut self, text: &str) -> Result<(), ReadError> {
        let texts = text.split(['\n', '\r']).map(tidy).filter(|text| !text.is_empty());
        let lines: Vec<_> = texts.map(paragraph).collect();
        self.sheets.count(lines.len(), lines.len())?;
        self.sheets.document.lines.extend(lines);
        Ok(())
    }

    /// Writes the rows that stand together; `for_good` where the next ones are surely another table.
    fn end_block(&mut self, for_good: bool) -> Result<(), ReadError> {
        let block = std::mem::take(&mut self.block);
        let end = block.end.max(block.end_before);
        self.block.end_before = if for_good { 0 } else { end };
        let end = if end == 0 { block.rows.iter().map(Row::end).max().unwrap_or(0) } else { end };
        let width = end.min(MOST_COLUMNS).saturating_sub(self.left);
        if width <= 1 || (end == 0 || block.end == 0 && block.end_before == 0) {
            let texts: Vec<_> = block.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.clone()).collect();
            return texts.iter().try_for_each(|text| self.paragraphs(text));
        }
        if block.rows.is_empty() {
            return Ok(());
        }
        self.sheets.count(block.rows.len(), block.rows.len() * width)?;
        let kind = Kind::Row { table: self.sheets.tables, width };
        self.sheets.tables += 1;
        let (left, right) = (self.left, self.left + width);
        let lines = block.rows.into_iter().map(|row| Line { kind, cells: laid(row, left, right), apart: false });
        self.sheets.document.lines.extend(lines);
        Ok(())
    }
}

/// Whether a text is running text and no label.
fn is_prose(text: &str) -> bool {
    text.contains(['。', '；']) || text.chars().filter(|c| !c.is_whitespace()).count() >= LONG
}

/// The cells of a row with the blank ones between them.
fn laid(row: Row, left: usize, right: usize) -> Vec<Cell> {
    let mut filled = row.cells.into_iter().peekable();
    let mut covered = row.covered.into_iter().peekable();
    let mut cells = Vec::new();
    let mut column = left;
    while column < right {
        while covered.next_if(|covered| *covered < column).is_some() {}
        while filled.next_if(|cell| cell.column < column).is_some() {}
        let blank = Cell { text: String::new(), column: column - left, span: 1 };
        if covered.peek() == Some(&column) {
            column += 1;
        } else if let Some(cell) = filled.next_if(|cell| cell.column == column) {
            let span = cell.columns.clamp(1, right - column);
            cells.push(Cell { text: tidy(&cell.text), span, ..blank });
            column += span;
        } else {
            cells.push(blank);
            column += 1;
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sheet: rows by `/`, cells by `|`.
    fn sheet(text: &str) -> Vec<Filled> {
        let rows = text.split('/').enumerate();
        let cells = rows.flat_map(|(row, text)| text.split('|').enumerate().map(move |cell| (row, cell)));
        cells.filter(|(_, (_, text))| !text.is_empty()).map(|(row, (at, text))| Filled::new(row, at, text)).collect()
    }

    fn merged(row: usize, column: usize, rows: usize, columns: usize, text: &str) -> Filled {
        Filled { rows, columns, ..Filled::new(row, column, text) }
    }

    fn check(name: &str, cells: Vec<Filled>, expect: &[&str]) {
        let mut sheets = Sheets::default();
        sheets.add(name, cells).unwrap();
        let lines: Vec<_> = sheets.finish().lines.iter().map(shown).collect();
        assert_eq!(lines, expect);
    }

    fn shown(line: &Line) -> String {
        let texts: Vec<_> = line.cells.iter().map(|cell| format!("{}@{}", cell.text, cell.column)).collect();
        match line.kind {
            Kind::Row { table, width } => format!("{table}:{width} {}", texts.join(" ")),
            _ => line.cells[0].text.clone(),
        }
    }

    #[test]
    fn rows_that_stand_together_are_a_table() {
        let expect = ["0:3 甲@0 1@1 @2", "0:3 乙@0 @1 2@2", "1:2 丙@0 1@1", "1:2 丁@0 2@1"];
        check("Sheet1", sheet("甲|1/乙||2//丙|1/丁|2"), &expect);
    }

    #[test]
    fn a_single_text_is_a_heading_a_paragraph_or_a_row_without_figures() {
        let cells = sheet("题目/一、甲/本年公开很多。\n还有。/二、乙/规章|件数|废止/甲/乙|1/三、丙/丁|1|2|3");
        let expect = [
            "题目",
            "一、甲",
            "本年公开很多。",
            "还有。",
            "0:3 二、乙@0 @1 @2",
            "0:3 规章@0 件数@1 废止@2",
            "1:3 甲@0 @1 @2",
            "1:3 乙@0 1@1 @2",
            "2:4 三、丙@0 @1 @2 @3",
            "2:4 丁@0 1@1 2@2 3@3",
        ];
        check("", cells, &expect);
    }

    #[test]
    fn a_merged_banner_parts_tables_of_different_width() {
        let mut cells = sheet("甲|1|2|3|4/乙|1|2|3|4//丙|1|2/丁|3|4");
        cells.push(merged(2, 0, 1, 5, "第五项"));
        let expect =
            ["0:5 甲@0 1@1 2@2 3@3 4@4", "0:5 乙@0 1@1 2@2 3@3 4@4", "第五项", "1:3 丙@0 1@1 2@2", "1:3 丁@0 3@1 4@2"];
        check("", cells, &expect);
    }

    #[test]
    fn merged_cells_take_their_places_and_cover_what_is_under_them() {
        let mut cells = sheet("/|乙|1|2/x|丙|3|4");
        cells.extend([merged(0, 0, 3, 1, "甲"), merged(0, 1, 1, 3, "头")]);
        let expect = ["0:4 甲@0 头@1", "0:4 乙@1 1@2 2@3", "0:4 丙@1 3@2 4@3"];
        check("", cells, &expect);
    }

    #[test]
    fn a_sheet_begins_where_something_stands() {
        check("", sheet("///|||甲|1/|||乙|2"), &["0:2 甲@0 1@1", "0:2 乙@0 2@1"]);
    }

    #[test]
    fn the_name_of_a_sheet_counts_where_it_says_something() {
        let cells = || sheet("甲|1/乙|2");
        let rows = ["0:2 甲@0 1@1", "0:2 乙@0 2@1"];
        check("工作表1", cells(), &rows);
        check("三、申请情况", cells(), &["三、申请情况", rows[0], rows[1]]);
        check("三、申请情况", sheet("三、申请情况/甲|1"), &["0:2 三、申请情况@0 @1", "0:2 甲@0 1@1"]);
    }

    #[test]
    fn a_far_cell_takes_no_room_and_too_many_rows_are_refused() {
        let mut cells = sheet("甲|1/乙|2");
        cells.push(Filled::new(1_048_575, 16_383, "远"));
        let mut sheets = Sheets::default();
        sheets.add("", cells).unwrap();
        let document = sheets.finish();
        assert_eq!((document.lines.len(), document.notes.len()), (2, 1));
        let cells = (0..20_000).map(|row| Filled::new(row, 0, "甲")).collect();
        assert!(Sheets::default().add("", cells).is_err());
        let cells = (0..9_000).flat_map(|row| [Filled::new(row, 0, "甲"), Filled::new(row, 255, "1")]).collect();
        assert!(Sheets::default().add("", cells).is_err());
    }
}
