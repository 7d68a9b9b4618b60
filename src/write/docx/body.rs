//! `word/document.xml`: title, headings, paragraphs and tables in their order.

use super::super::columns::halves;
use super::super::printable;
use super::super::xml::Xml;
use super::table;
use crate::publication::{Part, Publication};

/// The relationship to the foot of every page.
pub const FOOTER: &str = "rId4";

const NAMESPACES: [(&str, &str); 2] = [
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
];

pub fn document(publication: &Publication) -> Vec<u8> {
    Xml::document("w:document", &NAMESPACES, |xml| {
        xml.element("w:body", &[], |xml| {
            title(xml, publication);
            parts(xml, publication);
            page(xml);
        });
    })
}

/// How many half characters of a title a line holds.
const TITLE_LINE: usize = 44;

/// The title; one that is too long for a line is set in two, the body's name above the rest.
fn title(xml: &mut Xml, publication: &Publication) {
    let (title, agency) = (publication.title.as_str(), publication.report.agency.as_str());
    let rest = title.strip_prefix(agency).filter(|rest| !agency.is_empty() && !rest.is_empty());
    match rest {
        Some(rest) if halves(title) > TITLE_LINE => {
            paragraph(xml, "TitleAbove", agency);
            paragraph(xml, "Title", rest);
        }
        _ => paragraph(xml, "Title", title),
    }
}

fn parts(xml: &mut Xml, publication: &Publication) {
    let mut heading = "";
    let mut parts = publication.parts.iter().peekable();
    while let Some(part) = parts.next() {
        match part {
            Part::Heading { text, .. } => {
                heading = text;
                paragraph(xml, "Heading1", text);
            }
            // Word has no line within a paragraph that would be indented as those of official documents are.
            Part::Paragraph { text, .. } => text.split('\n').for_each(|line| body_text(xml, line)),
            Part::Sheet { layout, .. } => {
                table::write(xml, publication, layout, heading);
                // Tables that touch are one to Word, and none may end a document.
                if !matches!(parts.peek(), Some(Part::Heading { .. } | Part::Paragraph { .. })) {
                    paragraph(xml, "TableEnd", "");
                }
            }
            Part::Foot(text) if *text == publication.report.date => paragraph(xml, "Date", text),
            Part::Foot(text) => paragraph(xml, "Contact", text),
        }
    }
}

/// A4, with the margins that leave the tables the width of the official ones.
fn page(xml: &mut Xml) {
    xml.element("w:sectPr", &[], |xml| {
        xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", FOOTER)]);
        xml.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")]);
        let margins = [("w:top", "1440"), ("w:right", "1080"), ("w:bottom", "1440"), ("w:left", "1080")];
        let rest = [("w:header", "851"), ("w:footer", "851"), ("w:gutter", "0")];
        xml.empty("w:pgMar", &[margins.as_slice(), &rest].concat());
    });
}

fn paragraph(xml: &mut Xml, style: &str, text: &str) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| xml.empty("w:pStyle", &[("w:val", style)]));
        run(xml, &printable(text), None);
    });
}

/// A paragraph of running text. One that is a sub-heading is set as one, one that begins with a sub-heading
/// has that set apart.
fn body_text(xml: &mut Xml, text: &str) {
    let text = printable(text);
    let lead = sub_heading(&text);
    let style = if lead == text.len() && lead > 0 { "Heading2" } else { "BodyText" };
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.empty("w:pStyle", &[("w:val", style)]);
            if text.starts_with('\u{3000}') {
                // It brings its indent along.
                xml.empty("w:ind", &[("w:firstLineChars", "0"), ("w:firstLine", "0")]);
            }
        });
        let (before, rest) = text.split_at(lead);
        run(xml, before, (style == "BodyText").then_some("Lead"));
        run(xml, rest, None);
    });
}

/// The most characters of a sub-heading.
const SUB_HEADING: usize = 40;

/// How much of a paragraph is a sub-heading, in bytes: what begins with a Chinese numeral in parentheses, up
/// to its first stop.
fn sub_heading(text: &str) -> usize {
    let bare = text.trim_start();
    let Some(rest) = bare.strip_prefix(['（', '(']) else { return 0 };
    let after = rest.trim_start_matches(|c| "一二三四五六七八九十百".contains(c));
    if after.len() == rest.len() || !after.starts_with(['）', ')']) {
        return 0;
    }
    let start = text.len() - bare.len();
    let end = bare.char_indices().find(|(_, c)| matches!(c, '。' | '；'));
    let end = end.map_or(bare.len(), |(at, c)| at + c.len_utf8());
    if bare[..end].chars().count() <= SUB_HEADING { start + end } else { 0 }
}

/// Text in one run, with its line breaks and tabs.
pub fn run(xml: &mut Xml, text: &str, style: Option<&str>) {
    if text.is_empty() {
        return;
    }
    xml.element("w:r", &[], |xml| {
        if let Some(style) = style {
            xml.element("w:rPr", &[], |xml| xml.empty("w:rStyle", &[("w:val", style)]));
        }
        run_text(xml, text);
    });
}

pub fn run_text(xml: &mut Xml, text: &str) {
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            xml.empty("w:br", &[]);
        }
        for (at, piece) in line.split('\t').enumerate() {
            if at > 0 {
                xml.empty("w:tab", &[]);
            }
            if !piece.is_empty() {
                xml.leaf("w:t", &[("xml:space", "preserve")], piece);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sub_headings_are_told_from_sentences() {
        let check = |text: &str, lead: &str| assert_eq!(&text[..sub_heading(text)], lead, "{text}");
        check("（一）主动公开情况", "（一）主动公开情况");
        check("（十二）依申请公开。全年收到12件。", "（十二）依申请公开。");
        check("(二)平台", "(二)平台");
        check("　　（三）监督", "　　（三）监督");
        check("（1）甲", "");
        check("（）甲", "");
        check("一、总体情况", "");
        check(&format!("（一）{}", "甲".repeat(60)), "");
        check("", "");
    }
}
