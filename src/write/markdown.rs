//! Markdown: headings, paragraphs, and a pipe table for every table of the form. Where the form merges
//! heads, the first place holds the label and the others are empty. The report's JSON stands in a
//! comment at the end.

use super::printable;
use crate::form::{Laid, LaidCell, Layout};
use crate::marks;
use crate::publication::{Part, Publication};

pub fn write(publication: &Publication, carried: &str) -> Vec<u8> {
    let mut blocks = vec![heading("#", &publication.title)];
    for part in &publication.parts {
        match part {
            Part::Heading { text, .. } => blocks.push(heading("##", text)),
            Part::Paragraph { text, .. } => blocks.push(paragraph(text)),
            Part::Sheet { layout, .. } => sheet(publication, layout, &mut blocks),
            Part::Foot(text) => blocks.push(paragraph(text)),
        }
    }
    blocks.push(format!("{}{carried}{}", marks::COMMENT, marks::COMMENT_END));
    blocks.retain(|block| !block.is_empty());
    (blocks.join("\n\n") + "\n").into_bytes()
}

fn heading(mark: &str, text: &str) -> String {
    let text = inline(text);
    if text.is_empty() { text } else { format!("{mark} {text}") }
}

/// A paragraph; a line break in it is one that Markdown keeps.
fn paragraph(text: &str) -> String {
    let printable = printable(text);
    let lines = printable.lines().map(str::trim).filter(|line| !line.is_empty()).map(line);
    lines.collect::<Vec<_>>().join("\\\n")
}

/// A line of running text: what would make it a list, a heading or a rule is escaped.
fn line(text: &str) -> String {
    let escaped = inline(text);
    let digits = escaped.len() - escaped.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mark = match escaped.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => digits,
        Some(b'#' | b'+' | b'-' | b'=' | b':') if digits == 0 => 0,
        _ => return escaped,
    };
    format!("{}\\{}", &escaped[..mark], &escaped[mark..])
}

/// Text on one line: Markdown's own marks are escaped, so that they are seen. Some programs take what stands in braces
/// for attributes, or calculate it.
fn inline(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in printable(text).trim().chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '|' | '~' | '$' => escaped.extend(['\\', c]),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\n' | '\t' => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A printed table: one pipe table for each of the tables that are stacked in it.
fn sheet(publication: &Publication, layout: &Layout, blocks: &mut Vec<String>) {
    for block in &layout.blocks {
        let mut rows = &layout.rows[block.first_row..block.first_row + block.rows];
        if let Some((Laid::Banner(label), rest)) =
            rows.split_first().and_then(|(first, rest)| Some((&first.first()?.laid, rest)))
        {
            blocks.push(format!("**{}**", inline(&label.zh)));
            rows = rest;
        }
        let Some(last) = rows.last() else { continue };
        // Columns at the end in which nothing begins would stand empty.
        let width = rows.iter().flatten().map(|cell| cell.column + 1).max().unwrap_or(0);
        let mut lines: Vec<_> = rows.iter().map(|row| table_row(publication, row, width)).collect();
        lines.insert(1, rule(last, width));
        blocks.push(lines.join("\n"));
    }
}

fn table_row(publication: &Publication, row: &[LaidCell], width: usize) -> String {
    let mut texts = vec![String::new(); width];
    for cell in row {
        if let Some(text) = texts.get_mut(cell.column) {
            *text = inline(&publication.text(&cell.laid));
        }
    }
    format!("| {} |", texts.join(" | "))
}

/// The rule below the first row: columns of figures stand at the right.
fn rule(row: &[LaidCell], width: usize) -> String {
    let mut marks = vec!["---"; width];
    for cell in row.iter().filter(|cell| matches!(cell.laid, Laid::Figure(_))) {
        let end = (cell.column + cell.columns).min(width);
        marks[cell.column.min(end)..end].fill("---:");
    }
    format!("| {} |", marks.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_s_own_marks_are_escaped() {
        for (text, expect) in [
            ("公开 12 件。", "公开 12 件。"),
            ("1. 甲", "1\\. 甲"),
            ("2024) 乙", "2024\\) 乙"),
            ("1.5万", "1\\.5万"),
            ("- 丙", "\\- 丙"),
            ("===", "\\==="),
            ("# 丁", "\\# 丁"),
            (": 定义", "\\: 定义"),
            ("{: onclick='甲'}", "\\{: onclick='甲'\\}"),
            ("{{ 乙 }}", "\\{\\{ 乙 \\}\\}"),
            ("**a_b** [c](d) `e` ~~f~~ $g$ |", "\\*\\*a\\_b\\*\\* \\[c\\](d) \\`e\\` \\~\\~f\\~\\~ \\$g\\$ \\|"),
            ("<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;"),
            ("甲\\乙", "甲\\\\乙"),
            ("甲\r\n 乙\n\n丙\u{7}", "甲\\\n乙\\\n丙"),
        ] {
            assert_eq!(paragraph(text), expect, "{text}");
        }
    }
}
