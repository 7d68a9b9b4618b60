//! The texts of the sections: what stands under each heading and is no table.

use super::document::{Document, Kind};
use super::fold::Folder;
use super::headings::Heading;
use super::labels::Labels;
use super::observed::Observed;
use super::similar::Compared;
use super::title::Title;
use crate::language::Language;
use crate::report::PREAMBLE;

/// The texts of a document, and what belongs neither to them nor to a table.
#[derive(Debug, Default)]
pub struct Texts {
    pub sections: Vec<(String, String)>,
    pub headings: Vec<String>,
    pub leftover: Vec<String>,
}

/// Words of a page's foot; a short line with one of them ends the last section.
const FOOT: [&str; 17] = [
    "附件下载",
    "相关附件",
    "打印",
    "关闭",
    "上一篇",
    "下一篇",
    "版权",
    "主办单位",
    "主办：",
    "承办",
    "备案",
    "分享到",
    "扫一扫",
    "责任编辑",
    "网站地图",
    "相关链接",
    "返回顶部",
];

/// Words of lines above a report that are not the report.
const META: [&str; 12] = [
    "发布日期",
    "发布时间",
    "发布机构",
    "来源：",
    "来源:",
    "索引号",
    "原文链接",
    "当前位置",
    "浏览次数",
    "字号",
    "首页",
    "==",
];

/// Collects the texts.
pub fn collect(
    document: &Document,
    labels: &Labels,
    headings: &[Heading],
    rows: &[&Observed],
    title: &Title,
    folder: &Folder,
) -> Texts {
    let mut in_row = vec![false; document.lines.len()];
    for row in rows.iter().filter(|row| row.has_figures) {
        in_row[row.first_line..=row.last_line].fill(true);
    }
    let reader = Reader { document, labels, folder, in_row };
    let mut texts = Texts::default();
    let first = headings.first().map_or(document.lines.len(), |heading| heading.line);
    reader.preamble(first, title, headings.is_empty(), &mut texts);
    for (index, heading) in headings.iter().enumerate() {
        let end = headings.get(index + 1).map_or(document.lines.len(), |next| next.line);
        texts.headings.push(reader.heading(heading));
        reader.section(heading, end, index + 1 == headings.len(), &mut texts);
    }
    texts
}

struct Reader<'a> {
    document: &'a Document,
    labels: &'a Labels<'a>,
    folder: &'a Folder<'a>,
    in_row: Vec<bool>,
}

impl Reader<'_> {
    fn preamble(&self, end: usize, title: &Title, all: bool, texts: &mut Texts) {
        let is_text = |at: &usize| {
            !title.lines.contains(at) && !self.in_row[*at] && self.document.lines[*at].kind == Kind::Paragraph
        };
        let lines: Vec<_> = (0..end).filter(is_text).filter(|at| !is_meta(self.text(*at))).collect();
        let is_prose = |text: &String| text.contains(['。', '；']) || text.chars().count() >= 30;
        let paragraphs: Vec<_> =
            self.paragraphs(&lines).into_iter().filter(is_prose).filter(|text| !all || !self.explains(text)).collect();
        if !paragraphs.is_empty() {
            texts.sections.push((PREAMBLE.to_owned(), paragraphs.join("\n\n")));
        }
    }

    /// A heading as published; the prescribed one where only the script differs, as on a mirror in
    /// traditional characters.
    fn heading(&self, heading: &Heading) -> String {
        let text = self.document.lines[heading.line].lone_text().unwrap_or_default();
        let bare = |c: char| c.is_whitespace() || c.is_ascii_punctuation() || "、，。．（）：".contains(c);
        let marks = |text: &str| text.chars().filter(|c| bare(*c) && !c.is_whitespace()).count();
        let printed = self.labels.form.sections[heading.section].printed_heading(Language::CHINESE);
        let same = self.folder.fold(text) == self.labels.sections[heading.section].numbered;
        let otherwise = text.chars().any(|c| !bare(c) && !printed.contains(c));
        if same && otherwise && (marks(text) == marks(&printed) || text.contains('(')) {
            printed
        } else {
            text.to_owned()
        }
    }

    fn text(&self, at: usize) -> &str {
        self.document.lines[at].cells.first().map_or("", |cell| cell.text.as_str())
    }

    fn section(&self, heading: &Heading, end: usize, last: bool, texts: &mut Texts) {
        let printed = &self.labels.sections[heading.section];
        let has_table = !printed.rows.is_empty();
        let mut kept = Vec::new();
        let tables: Vec<_> = (heading.line + 1..end).filter(|at| self.is_table(*at, has_table)).collect();
        let zone = tables.first().copied().unwrap_or(end)..tables.last().copied().unwrap_or(0);
        for at in heading.line + 1..end {
            let line = &self.document.lines[at];
            if last && self.is_foot(at) {
                break;
            }
            let text = line.as_it_stands();
            if has_table && (tables.binary_search(&at).is_ok() || self.explains(&text)) {
                continue;
            }
            if zone.contains(&at) && !is_sentence(&text) {
                texts.leftover.push(text);
            } else {
                kept.push(at);
            }
        }
        let mut text = self.paragraphs(&kept).join("\n\n");
        if last {
            text = without_foot(&text);
        }
        if !text.is_empty() {
            texts.sections.push((self.labels.form.sections[heading.section].id.clone(), text));
        }
    }

    /// Whether a line is a row; in a section without a table every line is text.
    fn is_table(&self, at: usize, has_table: bool) -> bool {
        let line = &self.document.lines[at];
        has_table && (self.in_row[at] || matches!(line.kind, Kind::Row { .. } if self.explains(&line.as_it_stands())))
    }

    /// Whether a text is a label, a piece of one, or several pieces, as torn heads are.
    fn explains(&self, text: &str) -> bool {
        if text.ends_with(['。', '；']) || text.len() > 300 {
            return false;
        }
        let folded = self.folder.fold(text);
        let digits = |text: &[char]| text.iter().filter(|c| c.is_ascii_digit()).count();
        // A figure that hangs on a label is not explained by it.
        let compared = Compared::new(&folded);
        let alike = |label: &[char]| compared.similarity(label) >= 0.7 && digits(&folded) <= digits(label);
        folded.is_empty() || self.labels.labels.iter().any(|label| alike(&label.text)) || self.covers(&folded) || {
            let words: Vec<_> = text.split_whitespace().map(|word| self.folder.fold(word)).collect();
            words.len() > 1 && words.iter().all(|word| self.covers(word) || word.len() == 1)
        }
    }

    /// Whether pieces of labels, each of two characters or more, make up the whole text.
    fn covers(&self, folded: &[char]) -> bool {
        let mut at = 0;
        while at < folded.len() {
            let longest =
                self.labels.labels.iter().map(|label| longest_start(&folded[at..], &label.text)).max().unwrap_or(0);
            if longest < 2 && folded.len() > 1 {
                return false;
            }
            at += longest.max(1);
        }
        true
    }

    /// Joins lines that were wrapped into paragraphs.
    fn paragraphs(&self, lines: &[usize]) -> Vec<String> {
        let mut paragraphs: Vec<String> = Vec::new();
        let mut last: Option<usize> = None;
        for &at in lines {
            let line = &self.document.lines[at];
            let text = line.as_it_stands();
            match paragraphs.last_mut() {
                Some(paragraph) if last == at.checked_sub(1) && !line.apart && is_wrapped(paragraph) => {
                    paragraph.push_str(&text)
                }
                _ => paragraphs.push(text),
            }
            last = Some(at);
        }
        paragraphs
    }

    fn is_foot(&self, at: usize) -> bool {
        is_foot(self.text(at))
    }
}

/// Whether a line is of a page's foot, not of the report.
pub fn is_foot(text: &str) -> bool {
    text.chars().count() < 40 && !text.contains('。') && FOOT.iter().any(|word| text.contains(word))
}

/// Whether a line above a report is not of the report.
pub fn is_meta(text: &str) -> bool {
    META.iter().any(|word| text.contains(word))
}

fn longest_start(text: &[char], label: &[char]) -> usize {
    let start = |at: usize| text.iter().zip(&label[at..]).take_while(|(a, b)| a == b).count();
    (0..label.len()).map(start).max().unwrap_or(0)
}

/// Whether a paragraph goes on in the next line: it fills a line and ends without a stop.
pub fn is_wrapped(paragraph: &str) -> bool {
    paragraph.chars().count() >= 20
        && !paragraph.ends_with(['。', '！', '？', '；', '：', '”', '］', ']', '!', '?', '.', ';', ':'])
}

fn is_sentence(text: &str) -> bool {
    text.ends_with(['。', '；', '！']) || text.starts_with('注') || text.contains('，')
}

/// The text without words of a page's foot after its last stop.
fn without_foot(text: &str) -> String {
    let Some(stop) = text.rfind('。') else { return text.to_owned() };
    let (body, rest) = text.split_at(stop + '。'.len_utf8());
    let is_foot = rest.chars().count() < 40 && FOOT.iter().any(|word| rest.contains(word));
    if is_foot { body.to_owned() } else { text.to_owned() }
}
