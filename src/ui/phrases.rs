//! Words of a text that findings are about: where they stand in the paragraphs that are shown.
//! Findings count characters of the whole text, as it came; what is shown are lines without the
//! space around them, and where words of several findings overlap, pieces of them.

use crate::finding::{Finding, Quote, TITLE_TEXT};
use crate::report::Report;

/// A line as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its first character, counted in the whole text.
    pub start: usize,
    pub text: &'a str,
}

/// A text as paragraphs of lines. A blank line begins a paragraph; single line breaks stay.
pub fn paragraphs(text: &str) -> Vec<Vec<Line<'_>>> {
    let mut paragraphs: Vec<Vec<Line>> = Vec::new();
    let (mut fresh, mut at) = (true, 0);
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_start();
        let start = at + whole.chars().count() - line.chars().count();
        let text = line.trim_end();
        at += whole.chars().count();
        match paragraphs.last_mut() {
            _ if text.is_empty() => fresh = true,
            Some(last) if !fresh => last.push(Line { start, text }),
            _ => {
                paragraphs.push(vec![Line { start, text }]);
                fresh = false;
            }
        }
    }
    paragraphs
}

/// Words that one finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub start: usize,
    pub end: usize,
    /// The finding, by its place in the list.
    pub finding: usize,
}

/// The text in which a quote's words stand.
fn text_of<'a>(report: &'a Report, section: &str) -> Option<&'a str> {
    if section == TITLE_TEXT { Some(report.title.as_str()) } else { report.section(section) }
}

/// Where the words of a quote begin and end, without space around them; `None` where there are none.
fn range(text: &str, quote: &Quote) -> Option<(usize, usize)> {
    let mut words = text.chars().enumerate().take(quote.end).skip(quote.start).filter(|(_, c)| !c.is_whitespace());
    let (start, _) = words.next()?;
    Some((start, words.last().map_or(start, |(last, _)| last) + 1))
}

/// Where the words of a quote begin and end; `None` where the report does not have them.
pub fn words(report: &Report, quote: &Quote) -> Option<(usize, usize)> {
    range(text_of(report, &quote.section)?, quote)
}

/// Where the words of a quote begin; `None` where the report does not have them.
pub fn start(report: &Report, quote: &Quote) -> Option<usize> {
    words(report, quote).map(|(start, _)| start)
}

/// The words of a section that these findings are about.
pub fn phrases<'a>(text: &str, section: &str, findings: impl Iterator<Item = (usize, &'a Finding)>) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    for (place, finding) in findings {
        let own = finding.quotes.iter().filter(|quote| quote.section == section);
        phrases.extend(own.filter_map(|quote| range(text, quote)).map(|(start, end)| Phrase {
            start,
            end,
            finding: place,
        }));
    }
    phrases
}

/// A part of a line that belongs to the same phrases throughout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its first character, counted in the whole text.
    pub start: usize,
    pub text: String,
    /// The findings that it is about.
    pub findings: Vec<usize>,
    /// Those of them whose words end with it.
    pub ending: Vec<usize>,
}

/// Cuts a line where phrases begin and end.
pub fn pieces(line: Line, phrases: &[Phrase]) -> Vec<Piece> {
    let end = line.start + line.text.chars().count();
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, c) in (line.start..end).zip(line.text.chars()) {
        let cut = phrases.iter().any(|phrase| phrase.start == at || phrase.end == at);
        if let Some(last) = pieces.last_mut().filter(|_| !cut) {
            last.text.push(c);
            continue;
        }
        let mut findings = Vec::new();
        for phrase in phrases.iter().filter(|phrase| phrase.start <= at && at < phrase.end) {
            if !findings.contains(&phrase.finding) {
                findings.push(phrase.finding);
            }
        }
        pieces.push(Piece { start: at, text: c.into(), findings, ending: Vec::new() });
    }
    for piece in &mut pieces {
        let end = piece.start + piece.text.chars().count();
        for phrase in phrases.iter().filter(|phrase| phrase.end == end && phrase.start < end) {
            if !piece.ending.contains(&phrase.finding) {
                piece.ending.push(phrase.finding);
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;

    const TEXT: &str = "  一是公开。\n二是审查。\r\n\r\n\u{3000}\u{3000}共收到25件。\n \n";

    fn shown(text: &str) -> Vec<Vec<&str>> {
        paragraphs(text).into_iter().map(|lines| lines.into_iter().map(|line| line.text).collect()).collect()
    }

    fn quote(start: usize, end: usize) -> Quote {
        let text = TEXT.chars().skip(start).take(end - start).collect();
        Quote { section: "overview".to_owned(), start, end, text }
    }

    fn about(quotes: Vec<Quote>) -> Finding {
        Finding { quotes, ..Finding::new("narrative", Severity::Warning, "") }
    }

    #[test]
    fn a_blank_line_begins_a_paragraph() {
        assert_eq!(shown(TEXT), [vec!["一是公开。", "二是审查。"], vec!["共收到25件。"]]);
        assert!(paragraphs(" \n\n").is_empty());
    }

    #[test]
    fn every_line_knows_where_it_stands_in_the_whole_text() {
        for line in paragraphs(TEXT).into_iter().flatten() {
            let there: String = TEXT.chars().skip(line.start).take(line.text.chars().count()).collect();
            assert_eq!(there, line.text);
        }
    }

    #[test]
    fn words_are_marked_where_they_stand_whatever_was_trimmed_before_them() {
        let start = TEXT.chars().position(|c| c == '2').unwrap();
        // With the space before the paragraph.
        let finding = about(vec![quote(start - 5, start + 3)]);
        let phrases = phrases(TEXT, "overview", [(4, &finding)].into_iter());
        assert_eq!(phrases, [Phrase { start: start - 3, end: start + 3, finding: 4 }]);
        let line = paragraphs(TEXT)[1][0];
        let pieces = pieces(line, &phrases);
        let texts: Vec<_> = pieces.iter().map(|piece| (piece.text.as_str(), piece.findings.len())).collect();
        assert_eq!(texts, [("共收到25件", 1), ("。", 0)]);
        assert_eq!(pieces[0].ending, [4]);
    }

    #[test]
    fn words_over_a_line_break_are_marked_in_both_lines_and_end_once() {
        let (from, to) = (TEXT.chars().position(|c| c == '公').unwrap(), TEXT.chars().position(|c| c == '审').unwrap());
        let finding = about(vec![quote(from, to)]);
        let phrases = phrases(TEXT, "overview", [(0, &finding)].into_iter());
        let lines = paragraphs(TEXT);
        let of = |line: usize| -> Vec<(String, bool, bool)> {
            let pieces = pieces(lines[0][line], &phrases).into_iter();
            pieces.map(|piece| (piece.text, !piece.findings.is_empty(), !piece.ending.is_empty())).collect()
        };
        assert_eq!(of(0), [("一是".to_owned(), false, false), ("公开。".to_owned(), true, false)]);
        assert_eq!(of(1), [("二是".to_owned(), true, true), ("审查。".to_owned(), false, false)]);
    }

    #[test]
    fn words_that_overlap_are_cut_where_one_begins_or_ends() {
        let line = Line { start: 10, text: "甲乙丙丁戊" };
        let phrase = |start, end, finding| Phrase { start, end, finding };
        let pieces = pieces(line, &[phrase(10, 13, 0), phrase(12, 14, 1), phrase(12, 14, 2)]);
        let told: Vec<_> =
            pieces.into_iter().map(|piece| (piece.start, piece.text, piece.findings, piece.ending)).collect();
        assert_eq!(
            told,
            [
                (10, "甲乙".to_owned(), vec![0], vec![]),
                (12, "丙".to_owned(), vec![0, 1, 2], vec![0]),
                (13, "丁".to_owned(), vec![1, 2], vec![1, 2]),
                (14, "戊".to_owned(), vec![], vec![]),
            ]
        );
    }

    #[test]
    fn a_quote_beyond_the_text_or_of_space_marks_nothing() {
        let finding = about(vec![quote(0, 2), quote(900, 905)]);
        assert!(phrases(TEXT, "overview", [(0, &finding)].into_iter()).is_empty());
    }
}
