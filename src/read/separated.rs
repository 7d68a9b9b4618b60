//! Text whose cells are separated by commas or semicolons, as spreadsheets save it; and by tabs, where cells
//! in quotes hold line breaks. Tabs without quotes are read with every other text.

use super::document::Document;
use super::sheet::{Filled, Sheets};
use crate::block::separated;
use crate::report::ReadError;

/// So many rows of several cells must be there: no running text has them by chance.
const LEAST_ROWS: usize = 3;
/// How many rows are looked at to tell what separates their cells.
const SAMPLE: usize = 1000;
/// How many rows are taken, blank ones included; with more there are more than a report has.
const MOST_ROWS: usize = 100_000;
/// How many cells are taken.
const MOST_CELLS: usize = 1_000_000;

/// The rows of a text that is separated so; `None` where it is another.
pub fn rows(text: &str) -> Option<Vec<Vec<String>>> {
    let text = text.trim_start_matches('\u{feff}');
    // “sep=;” in the first line is for Excel.
    let said = text.strip_prefix("sep=").and_then(|rest| rest.chars().next());
    let text = said.map_or(text, |_| text.split_once('\n').map_or("", |(_, rest)| rest));
    let candidates = [',', ';', '\t'].into_iter().filter(|separator| said.is_none_or(|said| said == *separator));
    let counted = candidates.filter(|separator| text.contains(*separator)).map(|separator| {
        let rows: Vec<_> = taken(text, separator, SAMPLE).collect();
        (if separator == '\t' && !holds_line_breaks(&rows) { 0 } else { separated_rows(&rows) }, separator)
    });
    let (_, separator) = counted.max_by_key(|(count, _)| *count).filter(|(count, _)| *count >= LEAST_ROWS)?;
    Some(taken(text, separator, MOST_ROWS).collect())
}

fn taken(text: &str, separator: char, most: usize) -> impl Iterator<Item = Vec<String>> {
    let mut cells = 0;
    let is_few = move |row: &Vec<String>| {
        cells += row.len();
        cells <= MOST_CELLS
    };
    separated(text, separator).take(most).take_while(is_few)
}

/// The document that rows of cells are.
///
/// # Errors
/// Where there are more rows or cells than a report has.
pub fn document(rows: Vec<Vec<String>>) -> Result<Document, ReadError> {
    let filled = |(row, texts): (usize, Vec<String>)| {
        let texts = texts.into_iter().enumerate().filter(|(_, text)| !text.trim().is_empty());
        texts.map(move |(column, text)| Filled::new(row, column, text))
    };
    let mut sheets = Sheets::default();
    sheets.add("", rows.into_iter().enumerate().flat_map(filled).collect())?;
    Ok(sheets.finish())
}

fn holds_line_breaks(rows: &[Vec<String>]) -> bool {
    rows.iter().flatten().any(|text| text.contains(['\n', '\r']))
}

/// How many rows have several cells, where most of the filled rows do; else none.
fn separated_rows(rows: &[Vec<String>]) -> usize {
    let filled = rows.iter().filter(|row| row.iter().any(|text| !text.trim().is_empty())).count();
    let several = rows.iter().filter(|row| row.len() > 1).count();
    if several * 2 >= filled { several } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows by `/`, cells by `|`; nothing where the text is none.
    fn check(text: &str, expect: &str) {
        let rows = rows(text).unwrap_or_default();
        let shown: Vec<_> = rows.iter().map(|row| row.join("|")).collect();
        assert_eq!(shown.join("/"), expect, "{text:?}");
    }

    #[test]
    fn separators_are_told_by_the_rows_that_they_make() {
        check("甲,1,2\n乙,\"1,000\",3\r\n丙,,\n", "甲|1|2/乙|1,000|3/丙||");
        check("甲;1,5;2\n乙;3;4\n丙;5;6", "甲|1,5|2/乙|3|4/丙|5|6");
        check("sep=;\n甲;1\n乙;2\n丙;3", "甲|1/乙|2/丙|3");
        check("\u{feff}甲,1\n\"乙\n\"\"二\"\"\",2\n丙,3", "甲|1/乙\n\"二\"|2/丙|3");
        check("甲\t1\n\"乙\n二\"\t2\n丙\t3", "甲|1/乙\n二|2/丙|3");
    }

    #[test]
    fn other_texts_are_none() {
        check("甲\t1\n乙\t2\n丙\t3", "");
        check("某局公开报告\n本年收到申请 1,234 件。\n没有其他。\n完。", "");
        check("| 甲 | 1 |\n| 乙 | 2 |\n| 丙 | 3 |", "");
        check("甲,1\n乙,2", "");
    }

    #[test]
    fn a_cell_that_was_kept_from_being_a_formula_is_what_it_was() {
        check("'=1+1,'-甲\n'甲,-5\n+3,'@乙", "=1+1|-甲/'甲|-5/+3|@乙");
    }
}
