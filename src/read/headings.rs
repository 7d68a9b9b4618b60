//! Where the sections of a form begin in a document.

use super::document::Document;
use super::fold::Folder;
use super::labels::{Labels, PrintedSection};
use super::similar::{Compared, similarity};

/// How alike a line and a heading must be.
const ALIKE: f32 = 0.62;

/// A line that begins a section.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heading {
    pub line: usize,
    pub section: usize,
}

/// Chooses the headings: each section has one line at most, in the form's order, and together they
/// fit best.
pub fn find(document: &Document, labels: &Labels, folder: &Folder) -> Vec<Heading> {
    let candidates = candidates(document, labels, folder);
    let sections = labels.sections.len();
    // best[i][s]: the best choice among the candidates before i and the sections before s.
    let width = sections + 1;
    let mut best = vec![0.0f32; (candidates.len() + 1) * width];
    for (i, (_, fits)) in candidates.iter().enumerate() {
        for s in 0..sections {
            let taken = best[i * width + s] + fits[s];
            let skipped = best[i * width + s + 1].max(best[(i + 1) * width + s]);
            best[(i + 1) * width + s + 1] = if fits[s] > 0.0 { taken.max(skipped) } else { skipped };
        }
    }
    let mut found = Vec::new();
    let (mut i, mut s) = (candidates.len(), sections);
    while i > 0 && s > 0 {
        let here = best[i * width + s];
        if here == best[(i - 1) * width + s] {
            i -= 1;
        } else if here == best[i * width + s - 1] {
            s -= 1;
        } else {
            (i, s) = (i - 1, s - 1);
            found.push(Heading { line: candidates[i].0, section: s });
        }
    }
    found.reverse();
    found
}

/// Lines that may be headings, with how well each fits each section.
fn candidates(document: &Document, labels: &Labels, folder: &Folder) -> Vec<(usize, Vec<f32>)> {
    let longest = labels.sections.iter().map(|section| section.numbered.len()).max().unwrap_or(0);
    let mut candidates = Vec::new();
    for (at, line) in document.lines.iter().enumerate() {
        let Some(text) = line.lone_text().filter(|text| text.len() <= longest * 9) else { continue };
        if text.ends_with(['。', '；', '，', ',']) {
            continue;
        }
        let folded = folder.fold(text);
        if folded.len() < 2 || folded.len() > longest * 2 {
            continue;
        }
        // A sub-heading in parentheses or with a digit names the same matter inside another section.
        let is_sub =
            text.starts_with(['（', '(', '-']) || folded[0].is_ascii_digit() || text.contains(['。', '：', ':']);
        let compared = Compared::new(&folded);
        let fit = |section: &PrintedSection| fit(&folded, &compared, is_sub, section);
        let fits: Vec<_> = labels.sections.iter().map(fit).collect();
        if fits.iter().any(|fit| *fit > 0.0) {
            candidates.push((at, fits));
        }
    }
    candidates
}

fn fit(folded: &[char], compared: &Compared, is_sub: bool, printed: &PrintedSection) -> f32 {
    let number = &printed.numbered[..printed.numbered.len() - printed.heading.len()];
    let numbered = !number.is_empty() && folded.starts_with(number);
    let bare = match numbered {
        true => similarity(&folded[number.len()..], &printed.heading),
        false => compared.similarity(&printed.heading),
    };
    let alike = bare.max(compared.similarity(&printed.numbered));
    let mark = if numbered { 0.3 } else { 0.0 } - if is_sub { 0.4 } else { 0.0 };
    let enough = if numbered && !is_sub { ALIKE } else { ALIKE + 0.15 };
    if alike >= enough && (numbered || !is_sub) { alike + mark } else { 0.0 }
}

#[cfg(all(test, feature = "command"))]
mod tests {
    use super::*;
    use crate::forms::Forms;
    use crate::read::document::Line;
    use crate::read::native::Native;

    fn check(lines: &[&str], expect: &[(usize, usize)]) {
        let forms = Forms::official();
        let folder = Folder::new(&Native);
        let labels = Labels::new(forms.get("gongkai-2021").unwrap(), &folder);
        let lines = lines.iter().map(|text| Line::paragraph(*text)).collect();
        let document = Document { lines, ..Document::default() };
        let found: Vec<_> = find(&document, &labels, &folder).iter().map(|found| (found.line, found.section)).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn headings_are_found_as_people_vary_them() {
        check(
            &["一、总体情况", "二、主动公开政府信息的情况", "四、政府信息公开行政法复议、诉讼情况"],
            &[(0, 0), (1, 1), (2, 3)],
        );
        check(&["总体情况", "存在的主要问题及改进情况"], &[(0, 0), (1, 4)]);
        check(&["一、總體情況", "五、政府信息公開工作存在的主要問題及改進情況"], &[(0, 0), (1, 4)]);
    }

    #[test]
    fn a_sub_heading_of_another_section_is_none() {
        check(&["一、总体情况", "（一）主动公开政府信息情况", "二、主动公开政府信息情况"], &[(0, 0), (2, 1)]);
        check(&["一、总体情况。", "主动公开政府信息情况见下表，另见附件。"], &[]);
    }
}
