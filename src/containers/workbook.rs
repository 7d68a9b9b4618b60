//! What the formats of spreadsheets have in common: cells in places of their own, rows and columns that are
//! hidden, sheets in order.

use std::collections::BTreeMap;

use super::refusal;
use crate::language::{Language, Text};
use crate::marks;
use crate::read::document::Document;
use crate::read::sheet::{Filled, Sheets};
use crate::report::ReadError;
use crate::words;

/// How many filled and merged cells are read of all sheets; a report has some hundred.
const MOST_CELLS: usize = 200_000;
/// How many bytes of text they may hold together: one text can stand in many cells without taking room in
/// the file.
const MOST_TEXT: usize = 16 << 20;
/// How many sheets are read.
const MOST_SHEETS: usize = 1000;

/// The sheets that were read.
#[derive(Default)]
pub struct Workbook {
    sheets: Sheets,
    spent: Spent,
    count: usize,
    hidden: Vec<String>,
    hides_text: bool,
}

/// What the cells so far took.
#[derive(Clone, Copy, Default)]
struct Spent {
    cells: usize,
    text: usize,
}

impl Spent {
    fn spend(&mut self, text: usize) -> Result<(), ReadError> {
        self.cells += 1;
        self.text = self.text.saturating_add(text);
        match () {
            _ if self.cells > MOST_CELLS => Err(refusal::too_many_rows()),
            _ if self.text > MOST_TEXT => Err(refusal::too_much_inside()),
            _ => Ok(()),
        }
    }
}

/// The cells of one sheet as they are read; rows and columns count from 0.
pub struct Cells {
    cells: Vec<Filled>,
    /// The sizes of merged cells by their places.
    merged: BTreeMap<(usize, usize), (usize, usize)>,
    hidden_rows: Vec<(usize, usize)>,
    hidden_columns: Vec<(usize, usize)>,
    spent: Spent,
}

impl Cells {
    /// Puts a text into a cell; one without text is not there.
    ///
    /// # Errors
    /// Where there are too many of them.
    pub fn put(&mut self, row: usize, column: usize, text: String) -> Result<(), ReadError> {
        if !text.trim().is_empty() {
            self.spent.spend(text.len())?;
            self.cells.push(Filled::new(row, column, text));
        }
        Ok(())
    }

    /// Merges cells, of which the first is given.
    ///
    /// # Errors
    /// Where there are too many of them.
    pub fn merge(&mut self, row: usize, column: usize, rows: usize, columns: usize) -> Result<(), ReadError> {
        if rows > 1 || columns > 1 {
            self.spent.spend(0)?;
            self.merged.insert((row, column), (rows.max(1), columns.max(1)));
        }
        Ok(())
    }

    /// Hides rows, of which the first and the last are given.
    pub fn hide_rows(&mut self, first: usize, last: usize) {
        hide(&mut self.hidden_rows, first, last);
    }

    /// Hides columns, of which the first and the last are given.
    pub fn hide_columns(&mut self, first: usize, last: usize) {
        hide(&mut self.hidden_columns, first, last);
    }

    /// The cells that are seen, in the rows and columns that are; and whether others hold something.
    fn visible(mut self) -> (Vec<Filled>, bool) {
        for cell in &mut self.cells {
            if let Some((rows, columns)) = self.merged.remove(&(cell.row, cell.column)) {
                (cell.rows, cell.columns) = (rows, columns);
            }
        }
        let blank = self.merged.into_iter().map(|((row, column), (rows, columns))| Filled {
            rows,
            columns,
            ..Filled::new(row, column, "")
        });
        let (rows, columns) = (Hidden::new(self.hidden_rows), Hidden::new(self.hidden_columns));
        let mut cells = Vec::new();
        let mut hides_text = false;
        for mut cell in self.cells.into_iter().chain(blank) {
            (cell.row, cell.rows) = rows.seen(cell.row, cell.rows);
            (cell.column, cell.columns) = columns.seen(cell.column, cell.columns);
            match cell.rows > 0 && cell.columns > 0 {
                true => cells.push(cell),
                false => hides_text |= !cell.text.is_empty(),
            }
        }
        (cells, hides_text)
    }
}

fn hide(ranges: &mut Vec<(usize, usize)>, first: usize, last: usize) {
    match ranges.last_mut().filter(|(_, end)| end.checked_add(1) == Some(first)) {
        Some((_, end)) => *end = last.max(first),
        None => ranges.push((first, last.max(first))),
    }
}

/// Rows or columns that are hidden.
struct Hidden {
    /// First, last, and how many are hidden before them; in order, none over another.
    ranges: Vec<(usize, usize, usize)>,
}

impl Hidden {
    fn new(mut ranges: Vec<(usize, usize)>) -> Hidden {
        ranges.sort_unstable();
        let mut hidden = Hidden { ranges: Vec::new() };
        for (first, last) in ranges {
            let (after, before) = hidden.ranges.last().map_or((0, 0), |(first, last, before)| {
                (last.saturating_add(1), before.saturating_add(last - first).saturating_add(1))
            });
            let first = first.max(after);
            if first <= last {
                hidden.ranges.push((first, last, before));
            }
        }
        hidden
    }

    fn before(&self, index: usize) -> usize {
        let at = self.ranges.partition_point(|(first, ..)| *first < index);
        let Some((first, last, before)) = at.checked_sub(1).and_then(|at| self.ranges.get(at)) else { return 0 };
        before + (index.min(last.saturating_add(1)) - first)
    }

    /// Where what takes some rows or columns begins among those that are seen, and how many of them it takes.
    fn seen(&self, index: usize, count: usize) -> (usize, usize) {
        let (before, end) = (self.before(index), self.before(index.saturating_add(count)));
        (index.saturating_sub(before), count.saturating_sub(end.saturating_sub(before)))
    }
}

impl Workbook {
    /// Room for the cells of the next sheet.
    pub fn cells(&self) -> Cells {
        Cells {
            cells: Vec::new(),
            merged: BTreeMap::new(),
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            spent: self.spent,
        }
    }

    /// Adds the next sheet.
    ///
    /// # Errors
    /// Where there are too many sheets, rows or cells.
    pub fn add(&mut self, name: &str, is_hidden: bool, cells: Cells) -> Result<(), ReadError> {
        self.spent = cells.spent;
        self.count += 1;
        if self.count > MOST_SHEETS {
            return Err(refusal::too_many_rows());
        }
        if name == marks::SHEET {
            let mut cells = cells.cells;
            cells.retain(|cell| cell.column == 0);
            cells.sort_by_key(|cell| cell.row);
            let json: String = cells.into_iter().map(|cell| cell.text).collect();
            self.sheets.document.carried = Some(json).filter(|json| !json.is_empty());
            return Ok(());
        }
        if is_hidden {
            self.hidden.extend((!cells.cells.is_empty()).then(|| name.to_owned()));
            return Ok(());
        }
        let (cells, hides_text) = cells.visible();
        self.hides_text |= hides_text;
        self.sheets.add(name, cells)
    }

    pub fn count_pictures(&mut self, pictures: usize) {
        self.sheets.document.pictures += pictures;
    }

    pub fn tell(&mut self, note: Text) {
        self.sheets.document.notes.push(note);
    }

    /// The document, with what has to be told of it.
    pub fn finish(mut self) -> Document {
        if !self.hidden.is_empty() {
            let names = |language: Language| self.hidden.join(language.word(words::BETWEEN_QUOTED));
            let said = |language: Language| language.say(words::READ_HIDDEN_SHEETS, &[("names", &names(language))]);
            let told = Text::each(&said);
            self.tell(told);
        }
        if self.hides_text {
            self.tell(Text::of(words::READ_HIDDEN_CELLS, &[]));
        }
        self.sheets.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_takes_no_place() {
        let mut workbook = Workbook::default();
        let mut cells = workbook.cells();
        for (row, column, text) in [(0, 0, "甲"), (0, 1, "藏"), (0, 2, "1"), (1, 0, "藏"), (2, 0, "乙"), (2, 2, "2")]
        {
            cells.put(row, column, text.to_owned()).unwrap();
        }
        cells.hide_rows(1, 1);
        cells.hide_columns(1, 1);
        workbook.add("Sheet1", false, cells).unwrap();
        let document = workbook.finish();
        let lines: Vec<_> = document.lines.iter().map(crate::read::document::Line::as_it_stands).collect();
        assert_eq!(lines, ["甲 | 1", "乙 | 2"]);
        assert_eq!(document.notes.len(), 1);
    }

    #[test]
    fn hidden_ranges_are_counted_once() {
        let hidden = Hidden::new(vec![(5, 9), (2, 3), (8, 12), (20, 1000)]);
        let check = |index, count, expect| assert_eq!(hidden.seen(index, count), expect);
        check(0, 1, (0, 1));
        check(2, 1, (2, 0));
        check(2, 3, (2, 1));
        check(13, 2, (3, 2));
        check(19, 5, (9, 1));
        check(1, 999, (1, 1 + 1 + 7));
    }

    #[test]
    fn the_report_s_json_is_carried_and_hidden_sheets_are_told() {
        let mut workbook = Workbook::default();
        let mut own = workbook.cells();
        own.put(1, 0, "\"a\"}".to_owned()).unwrap();
        own.put(0, 0, "{1:".to_owned()).unwrap();
        workbook.add("nianbao", true, own).unwrap();
        let mut other = workbook.cells();
        other.put(0, 0, "甲".to_owned()).unwrap();
        workbook.add("底稿", true, other).unwrap();
        let document = workbook.finish();
        assert_eq!(document.carried.as_deref(), Some("{1:\"a\"}"));
        assert!(document.lines.is_empty() && document.notes[0].zh.contains("底稿"));
    }

    #[test]
    fn one_text_in_many_cells_is_bounded() {
        let mut cells = Workbook::default().cells();
        let text = "长".repeat(100_000);
        assert!((0..100).any(|row| cells.put(row, 0, text.clone()).is_err()));
    }
}
