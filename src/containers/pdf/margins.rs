//! Page numbers and running heads: what stands at the same place on several pages.

use super::lines::TextLine;
use crate::read::text::is_page_mark;

/// How much of a page, at its top and at its bottom, can be margin.
const MARGIN: f32 = 0.13;
/// How far apart two places may be that are the same.
const SAME: f32 = 4.0;

/// A line that may be in a margin.
struct Candidate {
    page: usize,
    line: usize,
    /// Its text without spaces, every number as one sign.
    shape: String,
    baseline: f32,
}

/// Drops page numbers and running heads; the lines come with the heights of their pages.
pub fn drop_margins(pages: &mut [(Vec<TextLine>, f32)]) {
    let mut candidates = Vec::new();
    for (page, (lines, height)) in pages.iter().enumerate() {
        let margin = height * MARGIN;
        let in_margin = |line: &&TextLine| line.baseline < margin || line.area.top > height - margin;
        let found = lines.iter().enumerate().filter(|(_, line)| in_margin(line));
        candidates.extend(found.map(|(at, line)| Candidate {
            page,
            line: at,
            shape: shape(line),
            baseline: line.baseline,
        }));
    }
    let returns = |one: &Candidate| {
        let same = |other: &&Candidate| {
            other.page != one.page && other.shape == one.shape && (other.baseline - one.baseline).abs() < SAME
        };
        candidates.iter().any(|other| same(&other))
    };
    let is_margin = |candidate: &&Candidate| {
        let text = pages[candidate.page].0[candidate.line].text();
        is_mark(&text, candidate.page + 1) || returns(candidate)
    };
    let dropped: Vec<_> =
        candidates.iter().filter(is_margin).map(|candidate| (candidate.page, candidate.line)).collect();
    for (page, (lines, _)) in pages.iter_mut().enumerate() {
        let mut at = 0;
        lines.retain(|_| {
            at += 1;
            !dropped.contains(&(page, at - 1))
        });
    }
}

fn shape(line: &TextLine) -> String {
    let mut shape = String::new();
    for c in line.text().chars().filter(|c| !c.is_whitespace()) {
        match c.is_numeric() {
            true if shape.ends_with('#') => {}
            true => shape.push('#'),
            false => shape.push(c),
        }
    }
    shape
}

/// What can only be a page number, or the address that a browser prints.
fn is_mark(text: &str, page: usize) -> bool {
    let tight: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_this = |text: &str| text.parse() == Ok(page);
    let of_all = tight.split_once(['/', '／']).is_some_and(|(this, all)| is_this(this) && all.parse::<usize>().is_ok());
    // “11/25/26, 10:06 AM”, “2026/11/25 10:06”
    let is_day =
        |word: &str| word.split('/').filter(|part| part.trim_end_matches(',').parse::<u32>().is_ok()).count() == 3;
    let printed = text.split(' ').next().is_some_and(is_day) && text.contains(':');
    printed || is_page_mark(text) || is_this(&tight) || of_all || tight.contains("://")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::containers::pdf::geometry::Area;
    use crate::containers::pdf::lines::Piece;

    fn line(text: &str, baseline: f32) -> TextLine {
        let area = Area { left: 0.0, top: baseline - 8.0, right: 100.0, bottom: baseline + 2.0 };
        let pieces = vec![Piece { text: text.into(), left: 0.0, right: 100.0 }];
        TextLine { pieces, area, baseline, size: 10.0, ends_with_space: false }
    }

    fn check(pages: &[&[(&str, f32)]], expect: &[&[&str]]) {
        let page = |lines: &&[(&str, f32)]| (lines.iter().map(|(text, at)| line(text, *at)).collect(), 842.0);
        let mut pages: Vec<(Vec<TextLine>, f32)> = pages.iter().map(page).collect();
        drop_margins(&mut pages);
        let left: Vec<Vec<_>> = pages.iter().map(|(lines, _)| lines.iter().map(TextLine::text).collect()).collect();
        assert_eq!(left, expect);
    }

    #[test]
    fn what_returns_on_several_pages_goes() {
        check(
            &[
                &[("某局年度报告", 40.0), ("甲", 60.0), ("共 3 份 1", 800.0)],
                &[("某局年度报告", 41.0), ("乙", 60.0), ("共 3 份 2", 800.0)],
            ],
            &[&["甲"], &["乙"]],
        );
    }

    #[test]
    fn page_numbers_go_and_figures_stay() {
        check(&[&[("- 1 -", 800.0), ("21", 400.0), ("17", 810.0)]], &[&["21", "17"]]);
        check(&[&[("甲", 400.0), ("第 1 页 共 8 页", 800.0)], &[("2/8", 20.0)]], &[&["甲"], &[]]);
        check(&[&[("11/25/26, 10:06 AM 某局", 20.0), ("1", 800.0), ("https://example.cn/a 1/2", 820.0)]], &[&[]]);
    }
}
