//! A report as it is printed: title, headings, paragraphs and tables in their order, as every format lays
//! them out in its own way.

use std::borrow::Cow;

use crate::fingerprint;
use crate::form::{CellId, Form, Laid, Layout};
use crate::language::Language;
use crate::report::{PREAMBLE, Report};

/// A report as it is printed, in Chinese as the form prescribes.
pub struct Publication<'a> {
    pub report: &'a Report,
    pub title: String,
    pub parts: Vec<Part<'a>>,
}

/// What stands under the title, in order.
pub enum Part<'a> {
    /// The heading of a section, with its number.
    Heading { section: &'a str, text: String },
    /// A paragraph of a section, or of what stands before the first one. It may hold line breaks.
    Paragraph { section: &'a str, text: &'a str },
    /// A printed table of a section.
    Sheet { section: &'a str, layout: Layout },
    /// A line at the foot: when the report was made, whom to ask.
    Foot(&'a str),
}

impl<'a> Publication<'a> {
    pub fn of(report: &'a Report) -> Publication<'a> {
        let mut parts = Vec::new();
        let own = |section: &str| report.section(section).unwrap_or_default();
        paragraphs(PREAMBLE, own(PREAMBLE), &mut parts);
        let form: &Form = &report.form;
        // Headings as published count where every section has one.
        let published = report.headings.as_deref().filter(|headings| headings.len() == form.sections.len());
        for (at, section) in form.sections.iter().enumerate() {
            let due = || section.printed_heading(Language::CHINESE);
            let text = published.map_or_else(due, |headings| headings[at].clone());
            if !text.is_empty() {
                parts.push(Part::Heading { section: &section.id, text });
            }
            let sheets =
                section.sheets.iter().map(|sheet| Part::Sheet { section: &section.id, layout: form.layout(sheet) });
            parts.extend(sheets);
            paragraphs(&section.id, own(&section.id), &mut parts);
        }
        for (section, text) in &report.sections {
            if section != PREAMBLE && form.sections.iter().all(|known| known.id != *section) {
                paragraphs(section, text, &mut parts);
            }
        }
        parts.extend(
            [&report.contact, &report.date].into_iter().filter(|text| !text.is_empty()).map(|text| Part::Foot(text)),
        );
        Publication { report, title: report.printed_title(Language::CHINESE), parts }
    }

    /// What stands in a cell, with the unit that the report writes where the form prints none.
    pub fn figure(&self, cell: CellId) -> String {
        figure(self.report, cell)
    }

    /// The line with the fingerprint that stands at the foot of every page. It is no part of the report.
    pub fn fingerprint_line(&self) -> String {
        fingerprint::of(self.report).line(Language::CHINESE)
    }

    /// What stands in a place of a printed table.
    pub fn text<'b>(&self, laid: &'b Laid) -> Cow<'b, str> {
        match laid {
            Laid::Banner(label) | Laid::Corner(label) | Laid::Head { label, .. } => Cow::Borrowed(&label.zh),
            Laid::Figure(cell) => Cow::Owned(self.figure(*cell)),
        }
    }
}

/// What a report prints in a cell.
pub fn figure(report: &Report, cell: CellId) -> String {
    format!("{}{}", report.value(cell), report.unit(cell).unwrap_or_default())
}

fn paragraphs<'a>(section: &'a str, text: &'a str, parts: &mut Vec<Part<'a>>) {
    let paragraphs = text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty());
    parts.extend(paragraphs.map(|text| Part::Paragraph { section, text }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;

    #[test]
    fn a_report_is_printed_in_the_order_of_its_form() {
        let json = r#"{"form": "gongkai-2019", "agency": "某镇", "year": 2020, "date": "2021年1月20日",
            "sections": {"other": "无。", "preamble": "依据《条例》编制。", "overview": "甲。\n\n乙。", "annex": "丙。"},
            "units": {"article20_9.procurement.amount": "元"},
            "figures": {"article20_9.procurement.amount": 73802895.90}}"#;
        let report = Report::from_json(json, &Forms::official()).unwrap();
        let publication = Publication::of(&report);
        let shown = publication.parts.iter().map(|part| match part {
            Part::Heading { text, .. } => text.clone(),
            Part::Paragraph { section, text } => format!("{section}:{text}"),
            Part::Sheet { layout, .. } => format!("[{}]", layout.width),
            Part::Foot(text) => format!("({text})"),
        });
        let shown: Vec<_> = shown.collect();
        assert_eq!(publication.title, "某镇2020年政府信息公开工作年度报告");
        assert_eq!(shown[..4], ["preamble:依据《条例》编制。", "一、总体情况", "overview:甲。", "overview:乙。"]);
        assert_eq!(shown[5..8], ["[4]", "三、收到和处理政府信息公开申请情况", "[10]"]);
        assert_eq!(shown[shown.len() - 3..], ["other:无。", "annex:丙。", "(2021年1月20日)"]);
        let cell = report.form.find("article20_9.procurement.amount").unwrap();
        assert_eq!(publication.figure(cell), "73802895.90元");
    }
}
