//! What every source becomes: lines in reading order, each a paragraph or a row of cells.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::tagged::Tagged;
use crate::fingerprint;
use crate::language::Text;
use crate::marks::is_radical;

/// A published document, before any form is laid over it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    pub lines: Vec<Line>,
    /// The line of the source that each line comes from, from 1; none where lines are counted as they are.
    pub numbers: Vec<usize>,
    /// What the page calls itself, where it does.
    pub title: Option<String>,
    /// Whether it is a page of a site, which may hold more than the report.
    pub is_page: bool,
    /// The report's JSON that the file carries along unseen, where it was written by this library. What is
    /// seen counts; it only says exactly what is meant.
    pub carried: Option<String>,
    /// What the marks of a file that was written by this library say.
    pub tagged: Option<Box<Tagged>>,
    /// Whether a password is asked for.
    pub asks_password: bool,
    /// How many pictures stand in it: what they show cannot be read.
    pub pictures: usize,
    /// What there is to tell of the file: what of it was left out.
    pub notes: Vec<Text>,
    /// Pages that stand in it as they were saved, the first one first: they have still to be read, and are
    /// then read in its place.
    pub pages: Vec<Page>,
}

/// A page inside a file, as its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    #[serde(serialize_with = "as_text", deserialize_with = "as_bytes")]
    pub bytes: Vec<u8>,
    /// The encoding that the file names for it, where it does.
    pub encoding: Option<String>,
}

/// Bytes as the characters of the same numbers: shorter than a list of numbers, and any text can hold them.
fn as_text<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&bytes.iter().copied().map(char::from).collect::<String>())
}

fn as_bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok(text.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect())
}

/// A paragraph, or a row of cells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    pub kind: Kind,
    pub cells: Vec<Cell>,
    /// Whether a blank line stands before it.
    pub apart: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Running text, in one cell.
    Paragraph,
    /// A row of a table whose blank cells are there: the place of a cell tells its column.
    Row { table: usize, width: usize },
    /// Cells beside each other without places: blank ones may have been dropped.
    Loose,
    /// Cells that were written without anything between them.
    Glued,
}

/// A cell with the grid columns that it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    pub text: String,
    pub column: usize,
    pub span: usize,
}

impl Line {
    pub fn paragraph(text: impl Into<String>) -> Line {
        Line { kind: Kind::Paragraph, cells: vec![Cell { text: text.into(), column: 0, span: 1 }], apart: false }
    }

    /// Cells beside each other, one grid column each.
    pub fn cells(kind: Kind, texts: impl IntoIterator<Item = String>) -> Line {
        let cell = |(column, text)| Cell { text, column, span: 1 };
        Line { kind, cells: texts.into_iter().enumerate().map(cell).collect(), apart: false }
    }

    /// The text of a paragraph, or of a row whose other cells are empty.
    pub fn lone_text(&self) -> Option<&str> {
        let mut filled = self.cells.iter().filter(|cell| !cell.text.is_empty());
        match (filled.next(), filled.next()) {
            (Some(cell), None) => Some(&cell.text),
            _ => None,
        }
    }

    /// The line as it stands, for people.
    pub fn as_it_stands(&self) -> String {
        let filled: Vec<_> = self.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
        filled.join(" | ")
    }
}

impl Document {
    /// The line of the source, or the paragraph of a page, that a line comes from, from 1.
    pub fn number_of(&self, line: usize) -> usize {
        self.numbers.get(line).copied().unwrap_or(line + 1)
    }

    /// The lines that hold one text.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().filter_map(Line::lone_text)
    }

    /// Drops the fingerprint at the foot of what was printed here: it is no part of the report.
    pub fn drop_fingerprint(&mut self) {
        self.drop_lines(|line| line.lone_text().is_some_and(fingerprint::is_line));
    }

    /// Drops lines. The others keep their numbers.
    fn drop_lines(&mut self, is_dropped: impl Fn(&Line) -> bool) {
        if !self.lines.iter().any(&is_dropped) {
            return;
        }
        let kept = (0..self.lines.len()).filter(|at| !is_dropped(&self.lines[*at]));
        self.numbers = kept.map(|at| self.number_of(at)).collect();
        self.lines.retain(|line| !is_dropped(line));
    }

    /// Puts texts through what makes characters of radicals.
    pub fn plain_radicals(&mut self, plain: impl Fn(&str) -> String) {
        let cells = self.lines.iter_mut().flat_map(|line| &mut line.cells).map(|cell| &mut cell.text);
        for text in cells.chain(&mut self.title).filter(|text| text.contains(is_radical)) {
            *text = plain(text);
        }
    }

    /// Removes columns that are empty all the way down: padding. A table of one or two rows is left
    /// alone, for there an empty column may well be a blank figure.
    pub fn trim_padding(&mut self) {
        let mut from = 0;
        while from < self.lines.len() {
            let Kind::Row { table, .. } = self.lines[from].kind else {
                from += 1;
                continue;
            };
            let same = |line: &&Line| matches!(line.kind, Kind::Row { table: other, .. } if other == table);
            let to = from + self.lines[from..].iter().take_while(same).count();
            trim_table(&mut self.lines[from..to], table);
            from = to;
        }
    }
}

fn trim_table(rows: &mut [Line], table: usize) {
    let end = |cell: &Cell| cell.column + cell.span;
    let all = rows.iter().flat_map(|row| &row.cells).map(end).max().unwrap_or(0);
    // A banner spans the padding too, so only cells that stand beside others tell the width.
    let beside = rows.iter().filter(|row| row.lone_text().is_none()).flat_map(|row| &row.cells);
    let filled = beside.filter(|cell| !cell.text.is_empty()).map(end).max().unwrap_or(all);
    let width = if rows.len() < 3 { all } else { filled };
    for row in rows {
        row.cells.retain(|cell| cell.column < width);
        row.kind = Kind::Row { table, width };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(texts: &[&str]) -> Line {
        Line::cells(Kind::Row { table: 0, width: texts.len() }, texts.iter().map(|text| (*text).to_owned()))
    }

    #[test]
    fn a_page_inside_is_the_same_after_json() {
        let page = Page { bytes: (0..=255).collect(), encoding: Some("gb2312".to_owned()) };
        let json = serde_json::to_string(&page).unwrap();
        assert_eq!(serde_json::from_str::<Page>(&json).unwrap(), page);
    }

    #[test]
    fn lines_keep_their_numbers_where_others_are_dropped() {
        let lines = ["甲", "乙", "丙"].map(Line::paragraph).to_vec();
        let mut document = Document { lines, ..Document::default() };
        document.drop_lines(|line| line.lone_text() == Some("丁"));
        assert!(document.numbers.is_empty());
        document.drop_lines(|line| line.lone_text() == Some("乙"));
        assert_eq!(document.paragraphs().collect::<Vec<_>>(), ["甲", "丙"]);
        assert_eq!((document.number_of(0), document.number_of(1)), (1, 3));
    }

    #[test]
    fn padding_at_the_right_goes_but_a_blank_figure_stays() {
        let lines = vec![row(&["甲", "1", "", ""]), row(&["乙", "2", "3", ""]), row(&["丙", "", "", ""])];
        let mut document = Document { lines, ..Document::default() };
        document.trim_padding();
        let widths: Vec<_> = document.lines.iter().map(|line| line.cells.len()).collect();
        assert_eq!(widths, [3, 3, 3]);
        assert_eq!(document.lines[0].kind, Kind::Row { table: 0, width: 3 });
    }

    #[test]
    fn a_torn_off_row_keeps_its_blanks() {
        let mut document = Document { lines: vec![row(&["甲", "1", "", ""])], ..Document::default() };
        document.trim_padding();
        assert_eq!(document.lines[0].cells.len(), 4);
    }
}
