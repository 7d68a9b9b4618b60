//! Markdown as a document. What was written here is read by Markdown's own rules; other files mix them with
//! what tools left of tables, and are read as text, with what is escaped in it as it is meant.

use super::document::{Document, Kind, Line};
use super::html::tidy;
use super::text;
use crate::marks;

/// Reads a text that may be Markdown.
pub fn document(text: &str) -> Document {
    let comment = text.split_once(marks::COMMENT).and_then(|(before, rest)| {
        let (json, after) = rest.split_once(marks::COMMENT_END)?;
        Some((before, json, after))
    });
    match comment {
        Some((before, json, after)) => {
            let lines = lines(before).into_iter().chain(lines(after)).collect();
            Document { lines, carried: Some(json.to_owned()), ..Document::default() }
        }
        None if text.lines().any(is_rule) => unescaped_document(text),
        None => text::document(text),
    }
}

/// The lines of a file that was written here.
fn lines(markdown: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut table = 0;
    let mut apart = false;
    // How many rows the table has so far, and whether the rule was there.
    let (mut rows, mut is_ruled) = (0, false);
    for raw in markdown.lines().map(str::trim) {
        if raw.is_empty() {
            (apart, is_ruled) = (true, false);
            continue;
        }
        // It stands below the first row, once; another row of dashes is one.
        if is_rule(raw) && (apart || rows < 2) && !std::mem::replace(&mut is_ruled, true) {
            continue;
        }
        let mut line = match raw.strip_prefix('|') {
            Some(inner) => {
                let is_first = apart || !lines.last().is_some_and(|line| matches!(line.kind, Kind::Row { .. }));
                table += usize::from(is_first);
                rows = if is_first { 1 } else { rows + 1 };
                let texts = cells(inner);
                Line::cells(Kind::Row { table, width: texts.len() }, texts)
            }
            None => {
                (rows, is_ruled) = (0, false);
                Line::paragraph(tidy(&unescaped(without_marks(raw))))
            }
        };
        line.apart = std::mem::take(&mut apart);
        lines.push(line);
    }
    lines
}

/// The rule below the first row of a table.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|') && line.contains("---") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// A line without the signs of a heading, of bold print over all of it, and of a break at its end.
fn without_marks(line: &str) -> &str {
    let heading = line.trim_start_matches('#');
    if heading.len() < line.len() && (heading.starts_with(' ') || heading.is_empty()) {
        return heading.trim_start();
    }
    let bold = line.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    let line = bold.filter(|inner| !inner.is_empty()).unwrap_or(line);
    without_break(line)
}

/// A line without the sign for a break at its end.
fn without_break(line: &str) -> &str {
    let slashes = line.len() - line.trim_end_matches('\\').len();
    if slashes % 2 == 1 { &line[..line.len() - 1] } else { line }
}

/// The cells of a row, without the bar that begins it.
fn cells(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_escaped = false;
    for c in row.chars() {
        let is_bar = c == '|' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        match cells.last_mut() {
            Some(cell) if !is_bar => cell.push(c),
            _ => cells.push(String::new()),
        }
    }
    // The bar at the end closes the last cell.
    if cells.len() > 1 && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    cells.iter().map(|cell| tidy(&unescaped(cell))).collect()
}

/// Text with its escaped signs and its entities as they are meant.
fn unescaped(text: &str) -> String {
    let mut unescaped = String::with_capacity(text.len());
    each_sign(text, |sign| {
        unescaped.push(match sign {
            Sign::Plain(c) | Sign::Escaped(c) => c,
        })
    });
    unescaped
}

enum Sign {
    Plain(char),
    /// It stands for itself, and marks nothing.
    Escaped(char),
}

fn each_sign(text: &str, mut hand_on: impl FnMut(Sign)) {
    const ENTITIES: [(&str, char); 5] =
        [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"'), ("&#39;", '\'')];
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let entity = ENTITIES.into_iter().find(|(name, _)| rest.starts_with(name));
        let escaped = rest[c.len_utf8()..].chars().next().filter(|next| c == '\\' && next.is_ascii_punctuation());
        match (entity, escaped) {
            (Some((name, sign)), _) => {
                hand_on(Sign::Escaped(sign));
                rest = &rest[name.len()..];
            }
            (None, Some(sign)) => {
                hand_on(Sign::Escaped(sign));
                rest = &rest[c.len_utf8() + sign.len_utf8()..];
            }
            (None, None) => {
                hand_on(Sign::Plain(c));
                rest = &rest[c.len_utf8()..];
            }
        }
    }
}

/// Where escaped signs are put out of the way while a text is taken apart: a range for private use.
const ASIDE: u32 = 0x000F_0000;

fn unescaped_document(text: &str) -> Document {
    let mut aside = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (line, end) = line.split_at(line.trim_end_matches(['\r', '\n']).len());
        each_sign(without_break(line), |sign| {
            aside.push(match sign {
                Sign::Plain(c) => c,
                Sign::Escaped(c) => char::from_u32(ASIDE + u32::from(c)).unwrap_or(c),
            });
        });
        aside.push_str(end);
    }
    let mut document = text::document(&aside);
    let back = |c: char| u32::from(c).checked_sub(ASIDE).filter(|c| *c < 128).and_then(char::from_u32).unwrap_or(c);
    for cell in document.lines.iter_mut().flat_map(|line| &mut line.cells) {
        if cell.text.contains(|c| back(c) != c) {
            cell.text = cell.text.chars().map(back).collect();
        }
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str, expect: &[&str]) {
        let shown = |line: &Line| {
            let texts: Vec<_> = line.cells.iter().map(|cell| cell.text.as_str()).collect();
            match line.kind {
                Kind::Row { table, .. } => format!("{table}: {}", texts.join("/")),
                _ => texts.concat(),
            }
        };
        let carrying = format!("{markdown}\n\n{}{{}}{}\n", marks::COMMENT, marks::COMMENT_END);
        let document = document(&carrying);
        assert_eq!(document.lines.iter().map(shown).collect::<Vec<_>>(), expect);
        assert_eq!(document.carried.as_deref(), Some("{}"));
    }

    #[test]
    fn what_was_written_here_is_read_by_markdown_s_rules() {
        check("# 甲\n\n乙\\\n1\\. 丙\n\n**丁**", &["甲", "乙", "1. 丙", "丁"]);
        check("| 甲 | 乙 |\n| --- | ---: |\n| 1 |  |\n\n| 丙 |\n|---|\n", &["1: 甲/乙", "1: 1/", "2: 丙"]);
        check("| a\\|b | \\\\ | &lt;b&gt; &amp;amp; |", &["1: a|b/\\/<b> &amp;"]);
        check("\\*\\* \\# \\- 3 -", &["** # - 3 -"]);
        check("- 3 -", &["- 3 -"]);
    }

    #[test]
    fn escaped_signs_of_other_files_are_what_they_say() {
        let texts = |text: &str| {
            let lines = document(text).lines;
            lines.iter().map(|line| line.as_it_stands()).collect::<Vec<_>>()
        };
        let table = "| 甲 | 1\\|2 |\n|---|---|\n| 乙 | \\- |\n";
        assert_eq!(texts(&format!("1\\. 丙\\_丁\n\n{table}")), ["1. 丙_丁", "甲 | 1|2", "乙 | -"]);
        assert_eq!(texts("本年增\\减 \\_"), ["本年增\\减 \\_"], "no table, no Markdown");
    }
}
