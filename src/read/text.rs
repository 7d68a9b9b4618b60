//! Plain text and Markdown as a document: cells by tabs or bars, page marks dropped, wrapped
//! paragraphs left as they are for the sections to join.

use super::document::{Cell, Document, Kind, Line};
use super::html::tidy;

/// Reads a text.
pub fn document(text: &str) -> Document {
    let mut document = Document::default();
    let mut tables = Tables::default();
    let mut apart = false;
    for (number, raw) in numbered(text) {
        let raw = without_page_mark(raw);
        if raw.trim().is_empty() {
            apart = true;
            continue;
        }
        if is_page_mark(raw) || is_rule(raw) {
            continue;
        }
        let Some(mut line) = tables.line(raw) else { continue };
        line.apart = std::mem::take(&mut apart);
        document.lines.push(line);
        document.numbers.push(number);
    }
    document.trim_padding();
    document.lines.iter_mut().for_each(forget_places_of_short_row);
    document
}

/// The lines of a text with their numbers, as an editor counts them; a page break ends a line, but starts no
/// new number.
fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = ['\n', '\r', '\u{c}', '\u{b}'];
    let (mut number, mut after_return) = (1, false);
    text.split_inclusive(ends).map(move |raw| {
        let own = number;
        let is_second_half = after_return && raw == "\n";
        after_return = raw.ends_with('\r');
        number += usize::from(after_return || raw.ends_with('\n') && !is_second_half);
        (own, raw.trim_end_matches(ends))
    })
}

/// A row with fewer cells than its table is wide has lost some, and nobody knows which.
fn forget_places_of_short_row(line: &mut Line) {
    let end = line.cells.last().map_or(0, |cell| cell.column + cell.span);
    if matches!(line.kind, Kind::Row { width, .. } if end < width) {
        line.kind = Kind::Loose;
    }
}

/// Numbers the tables: rows of one sort that follow each other are one table.
#[derive(Default)]
struct Tables {
    number: usize,
    last: Option<Separator>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    Tab,
    Bar,
}

impl Tables {
    /// The line that a line of text is; `None` where it holds separators only.
    fn line(&mut self, raw: &str) -> Option<Line> {
        let separator = match raw.trim_matches([' ', '\u{3000}', '\u{a0}']) {
            line if line.contains('\t') && line.split('\t').filter(|cell| !cell.trim().is_empty()).count() > 0 => {
                // Tabs may also indent a paragraph; then nothing but one cell is there.
                let filled = line.split('\t').filter(|cell| !cell.trim().is_empty()).count();
                let is_row = filled > 1 || line.trim_start_matches('\t').contains('\t');
                is_row.then_some(Separator::Tab)
            }
            line if line.contains('|') => Some(Separator::Bar),
            _ => None,
        };
        if separator != self.last {
            self.number += 1;
            self.last = separator;
        }
        match separator {
            None => Some(Line::paragraph(tidy(raw.trim_start().trim_start_matches('#')))),
            Some(Separator::Tab) => {
                let raw = raw.trim_end_matches(['\r', '\n']);
                let texts: Vec<_> = raw.split('\t').map(tidy).collect();
                let kind = Kind::Row { table: self.number, width: texts.len() };
                Some(Line::cells(kind, texts))
            }
            Some(Separator::Bar) => barred(raw.trim(), self.number),
        }
    }
}

/// Cells between bars. Bars without anything between them stand for merged cells, and whoever wrote
/// them may have moved blank ones there: such a row has no places.
fn barred(raw: &str, table: usize) -> Option<Line> {
    let collapsed = raw.contains("||");
    let inner = raw.strip_prefix('|').unwrap_or(raw);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut texts: Vec<_> = inner.split('|').map(tidy).collect();
    let filled = texts.iter().filter(|text| !text.is_empty()).count();
    if filled == 0 {
        return None;
    }
    if filled == 1 && (collapsed || texts.len() == 1) {
        let text = texts.into_iter().find(|text| !text.is_empty())?;
        return Some(Line::paragraph(text));
    }
    if collapsed {
        texts.retain(|text| !text.is_empty());
        return Some(Line::cells(Kind::Loose, texts));
    }
    let width = texts.len();
    let cells = texts.into_iter().enumerate().map(|(column, text)| Cell { text, column, span: 1 });
    Some(Line { kind: Kind::Row { table, width }, cells: cells.collect(), apart: false })
}

/// A Markdown delimiter row, or a rule drawn with signs.
fn is_rule(line: &str) -> bool {
    let marks = line.chars().filter(|c| !c.is_whitespace());
    let drawn = line.chars().filter(|c| matches!(c, '-' | '=' | '_' | '*' | '─')).count();
    drawn >= 3
        && marks.clone().all(|c| "|:-=_*─+".contains(c))
        && (line.contains('|') || drawn > 3 || line.contains("---"))
}

/// “Page 9 - …” stands before the title on the pages of a flip-book.
fn without_page_mark(line: &str) -> &str {
    let rest = line.strip_prefix("Page ").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest.and_then(|rest| rest.strip_prefix(" - ")).unwrap_or(line)
}

/// “- 3 -”, “— 4 —”, “P. 9”, “Page 9”, “第 3 页”.
pub fn is_page_mark(line: &str) -> bool {
    let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let dashes = ['-', '—', '–', '－', '─', '·'];
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_numeric());
    if line.starts_with(dashes) && line.ends_with(dashes) && digits(line.trim_matches(dashes)) {
        return true;
    }
    if let Some(rest) = line.strip_prefix('第').and_then(|rest| rest.split_once('页')) {
        return digits(rest.0) && (rest.1.is_empty() || rest.1.contains('共'));
    }
    let rest = line.strip_prefix("Page").or_else(|| line.strip_prefix("P."));
    rest.is_some_and(|rest| digits(&rest[..rest.find(|c: char| !c.is_numeric()).unwrap_or(rest.len())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let lines: Vec<_> = document(text).lines.iter().map(shown).collect();
        assert_eq!(lines, expect);
    }

    fn shown(line: &Line) -> String {
        let texts: Vec<_> = line.cells.iter().map(|cell| cell.text.as_str()).collect();
        match line.kind {
            Kind::Paragraph => texts.concat(),
            Kind::Row { .. } => format!("row {}", texts.join("/")),
            Kind::Loose | Kind::Glued => format!("loose {}", texts.join("/")),
        }
    }

    #[test]
    fn bars_with_room_between_them_keep_places() {
        check("| 甲 | 1 |  | 3 |", &["row 甲/1//3"]);
        check("甲 | 1 | 2 |", &["row 甲/1/2"]);
    }

    #[test]
    fn bars_without_room_do_not() {
        check("甲 | 1 | 3 | ||", &["loose 甲/1/3"]);
        check("甲 | |||", &["甲"]);
        check("甲 |\n0 |\n||\n|\n", &["甲", "0"]);
    }

    #[test]
    fn a_row_that_lost_cells_keeps_no_places() {
        check("甲 | 1 | 2 | 3 |\n乙 | 4 | 5 |", &["row 甲/1/2/3", "loose 乙/4/5"]);
        check("甲\t1\t2\t3\n乙\t4\t\t", &["row 甲/1/2/3", "row 乙/4//"]);
    }

    #[test]
    fn tabs_keep_places() {
        check("甲\t1\t\t3", &["row 甲/1//3"]);
        check("\t缩进的一段话", &["缩进的一段话"]);
    }

    #[test]
    fn lines_keep_the_numbers_that_an_editor_shows() {
        let document = document("甲\r\n\r\n乙\n- 1 -\n\u{c}丙\r丁");
        assert_eq!(document.numbers, [1, 3, 5, 6]);
    }

    #[test]
    fn page_marks_and_rules_are_no_text() {
        check("- 3 -\n— 4 —\nP. 9\nPage 9\n第 3 页 共 8 页\n|---|:--|\n=====\nPage 9 - 甲", &["甲"]);
        check("-\n——\n-18\n第一页", &["-", "——", "-18", "第一页"]);
    }
}
