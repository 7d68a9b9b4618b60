//! A block of cells as it goes to a clipboard and comes from one: as tab-separated text and as an
//! HTML table, the way spreadsheets write both. What an HTML table holds is read in `read::clipboard`.

mod heads;
mod laying;

use crate::grid::{Grid, Rectangle};
use crate::report::Report;
use crate::value;

pub use laying::{Laying, Stray};

/// Texts of cells in rows and columns; at least one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Empty texts at the end of a row are left out.
    rows: Vec<Vec<String>>,
    width: usize,
}

impl Block {
    /// A block of rows; short ones end in empty cells.
    pub fn new(mut rows: Vec<Vec<String>>) -> Block {
        let width = rows.iter().map(Vec::len).max().unwrap_or(0).max(1);
        if rows.is_empty() {
            rows.push(Vec::new());
        }
        for row in &mut rows {
            row.truncate(row.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1));
            row.iter_mut().filter(|text| text.contains('\r')).for_each(|text| {
                *text = text.replace("\r\n", "\n").replace('\r', "\n");
            });
        }
        Block { rows, width }
    }

    /// What a report holds in a rectangle. Columns in which no figure begins are left out, so that a
    /// figure over several columns is one cell where it stands alone.
    pub fn of(report: &Report, grid: &Grid, rectangle: &Rectangle) -> Block {
        let columns = grid.begins(rectangle);
        let text = |row, column| {
            let cell = grid.beginning_at(row, column);
            cell.map(|cell| report.value(cell).to_string()).unwrap_or_default()
        };
        let row = |row| columns.iter().map(|column| text(row, *column)).collect();
        Block::new(grid.rows_in(&rectangle.rows).map(row).collect())
    }

    pub fn height(&self) -> usize {
        self.rows.len()
    }

    pub fn width(&self) -> usize {
        self.width
    }

    /// The text of a cell; empty where there is none.
    pub fn text(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|row| row.get(column)).map_or("", String::as_str)
    }

    /// The rows; all but the first may be shorter than the block is wide.
    pub fn into_rows(mut self) -> Vec<Vec<String>> {
        if let Some(first) = self.rows.first_mut() {
            first.resize(self.width, String::new());
        }
        self.rows
    }

    /// Reads tab-separated text as spreadsheets write it: a cell in quotes may hold tabs, line breaks
    /// and doubled quotes; one line break at the end belongs to the last row.
    pub fn from_tsv(text: &str) -> Block {
        Block::new(tab_separated(text))
    }

    /// The block as tab-separated text. One row has no line break at its end, so that a single cell
    /// is pasted into a text as it is.
    pub fn to_tsv(&self) -> String {
        let mut text = String::new();
        for row in 0..self.height() {
            for column in 0..self.width {
                if column > 0 {
                    text.push('\t');
                }
                text.push_str(&quoted(&guarded(self.text(row, column))));
            }
            if self.height() > 1 {
                text.push_str("\r\n");
            }
        }
        text
    }

    /// The block as an HTML table. What a spreadsheet would take for a date, a formula or a rounded
    /// number is marked as text.
    pub fn to_html(&self) -> String {
        let mut html = String::from("<meta charset=\"utf-8\"><table>");
        for row in 0..self.height() {
            html.push_str("<tr>");
            for column in 0..self.width {
                let text = self.text(row, column);
                html.push_str(if stays_as_it_is(text) { "<td>" } else { TEXT_CELL });
                escape(text, &mut html);
                html.push_str("</td>");
            }
            html.push_str("</tr>");
        }
        html.push_str("</table>");
        html
    }
}

/// A cell that spreadsheets take as text whatever stands in it.
const TEXT_CELL: &str = r#"<td style='mso-number-format:"\@"'>"#;
/// With how many digits a spreadsheet still keeps a number exactly.
const MOST_DIGITS: usize = 15;
/// With what a formula begins.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The rows of tab-separated text, as long as they are.
pub(crate) fn tab_separated(text: &str) -> Vec<Vec<String>> {
    separated(text, '\t').collect()
}

/// The rows of text whose cells a sign separates, as long as they are.
pub(crate) fn separated(text: &str, separator: char) -> impl Iterator<Item = Vec<String>> {
    let text = text.trim_end_matches('\0');
    let mut rest = Some(["\r\n", "\n", "\r"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text));
    std::iter::from_fn(move || {
        let mut row = Vec::new();
        let mut behind = rest.take()?;
        loop {
            let cell;
            (cell, behind) = quoted_cell(behind, separator).unwrap_or_else(|| {
                let (cell, behind) = behind.split_at(behind.find([separator, '\r', '\n']).unwrap_or(behind.len()));
                (cell.to_owned(), behind)
            });
            row.push(unguarded(cell));
            match behind.strip_prefix(separator) {
                Some(next) => behind = next,
                None => break,
            }
        }
        rest = ["\r\n", "\n", "\r"].iter().find_map(|end| behind.strip_prefix(end));
        Some(row)
    })
}

/// A cell in quotes and what stands behind it; `None` where the quotes are part of the text.
fn quoted_cell(text: &str, separator: char) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut cell = String::new();
    loop {
        let (before, behind) = rest.split_once('"')?;
        cell.push_str(before);
        match behind.strip_prefix('"') {
            Some(next) => {
                cell.push('"');
                rest = next;
            }
            None => {
                return (behind.is_empty() || behind.starts_with([separator, '\r', '\n'])).then_some((cell, behind));
            }
        }
    }
}

fn quoted(text: &str) -> String {
    match text.starts_with('"') || text.contains(['\t', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

/// Whether a text, apostrophes aside, begins as a formula does.
fn begins_as_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

/// An apostrophe keeps a spreadsheet from calculating a text. Numbers and dashes need none.
fn guarded(text: &str) -> String {
    match begins_as_formula(text) && value::number(text).is_none() && !value::is_dash(text) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

fn unguarded(mut text: String) -> String {
    if text.starts_with('\'') && begins_as_formula(&text) {
        text.remove(0);
    }
    text
}

/// Whether a spreadsheet that reads a text out of HTML shows it as it is: a plain number that it holds
/// exactly, a dash, words. Anything else with a digit in it might be a date or a number to it.
fn stays_as_it_is(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_whole = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_plain = is_whole(whole) && is_whole(fraction) && (whole == "0" || !whole.starts_with('0'));
    let is_words = !begins_as_formula(text) && !text.chars().any(char::is_numeric);
    (is_plain && digits.len() <= MOST_DIGITS) || value::is_dash(text) || is_words
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            // Without this a line of the cell becomes a cell below it.
            '\n' => html.push_str("<br style=\"mso-data-placement:same-cell\">"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Rows by `/`, cells by `|`; a row's missing cells show.
    fn shown(block: &Block) -> String {
        let row = |row| (0..block.width()).map(|column| block.text(row, column)).collect::<Vec<_>>().join("|");
        (0..block.height()).map(row).collect::<Vec<_>>().join("/")
    }

    fn reads(text: &str, expect: &str) {
        assert_eq!(shown(&Block::from_tsv(text)), expect, "{text:?}");
    }

    #[test]
    fn rows_and_cells_are_read_as_spreadsheets_write_them() {
        reads("1\t2\r\n3\t4\r\n", "1|2/3|4");
        reads("1\t2\n3\t4", "1|2/3|4");
        reads("1\t\n\t2\n", "1|/|2");
        reads("1\t2\t3\n4\n\n", "1|2|3/4||/||");
        reads("5", "5");
        reads("", "");
        reads("\r\n", "");
        reads("1\r\n2\r\n\r\n", "1/2/");
        reads("1\t2\0", "1|2");
    }

    #[test]
    fn quotes_hold_line_breaks_and_quotes() {
        reads("\"三、本年度\n办理结果\"\t\"a\tb\"\r\n", "三、本年度\n办理结果|a\tb");
        reads("\"他说\"\"好\"\"\"\t1", "他说\"好\"|1");
        reads("\"好\" 与 \"坏\"\t1", "\"好\" 与 \"坏\"|1");
        reads("\"没有结束\t1\n2", "\"没有结束|1/2|");
        reads("5\" 管\t1", "5\" 管|1");
    }

    #[test]
    fn a_text_is_no_formula_and_a_number_stays_one() {
        let block = Block::new(vec![["-5", "=1+1", "-", "@甲", "+19", "＝A1"].map(str::to_owned).to_vec()]);
        assert_eq!(block.to_tsv(), "-5\t'=1+1\t-\t'@甲\t+19\t'＝A1");
        assert_eq!(Block::from_tsv(&block.to_tsv()), block);
    }

    #[test]
    fn html_marks_as_text_what_would_be_damaged() {
        let marked = |text: &str| Block::new(vec![vec![text.to_owned()]]).to_html().contains("mso-number-format");
        for text in ["=1+1", "1-2", "3/4", "007", "12345678901234567890", "2月3日", "12.", "1e5", "+86"] {
            assert!(marked(text), "{text}");
        }
        for text in ["", "0", "-5", "12345.678", "0.5", "/", "-", "——", "规章"] {
            assert!(!marked(text), "{text}");
        }
    }

    #[test]
    fn html_is_escaped() {
        let block = Block::new(vec![vec!["<b>&\"\n乙".to_owned()]]);
        assert_eq!(
            block.to_html(),
            "<meta charset=\"utf-8\"><table><tr><td>&lt;b&gt;&amp;&quot;<br style=\"mso-data-placement:same-cell\">乙</td></tr></table>"
        );
    }

    proptest! {
        #[test]
        fn a_block_survives_as_tab_separated_text(
            rows in prop::collection::vec(prop::collection::vec("[-='\"@+0-9a甲\t\n ]{0,6}", 0..5), 0..6)
        ) {
            let block = Block::new(rows);
            prop_assert_eq!(Block::from_tsv(&block.to_tsv()), block);
        }

        #[test]
        fn any_text_is_read(text in any::<String>()) {
            Block::from_tsv(&text);
        }
    }
}
