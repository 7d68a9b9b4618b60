//! What the reader has to say: sentences about rows that it could not read.

use std::sync::Arc;

use super::doubts::{Asked, Inferred};
use super::slips::{Misread, Missing};
use crate::finding::{Finding, Severity};
use crate::form::{CellId, Form};
use crate::language::{Language, Text};

/// Something that the reading leaves open.
pub enum Note {
    /// The figures of a row cannot be told apart.
    Unread { text: String, cells: Vec<CellId> },
    /// A row that stands there twice, the second time with other figures.
    Twice { text: String, cells: Vec<CellId> },
    /// The same, with what they may be.
    Asked(Asked),
    /// Figures that were inferred.
    Inferred(Inferred),
    /// Letters in place of digits.
    Misread(Misread),
    /// Cells and rows that were lost.
    Missing(Missing),
    /// A row that the form does not have.
    Unplaced { text: String },
    /// Text among the tables that no label explains.
    Leftover(String),
    /// A row of another form; the cells that its figures went to.
    OtherForm { text: String, other: Arc<Form>, cells: Vec<CellId> },
    /// A row's label in other words than the prescribed ones.
    OtherLabel { text: String, cells: Vec<CellId> },
    /// The year was taken from the running text.
    GuessedYear(i32),
    /// Only text was found.
    NoTable,
    /// Only text was found, and pictures, which may be the tables.
    NoTableButPictures,
    /// No row of a section's tables was found, and the document holds pictures, which may be the tables.
    PictureForTable { section: usize, cells: Vec<CellId> },
}

/// The finding for what there is to tell of a file.
pub fn told(note: &Text, language: Language) -> Finding {
    Finding::new("unread", Severity::Info, note.get(language).to_owned())
}

/// The finding for a note.
pub fn finding(note: &Note, form: &Form, language: Language) -> Finding {
    let (rule, severity, zh, en, cells) = match note {
        Note::Asked(asked) => return asked.finding(form, language),
        Note::Inferred(inferred) => return inferred.finding(form, language),
        Note::Misread(misread) => return misread.finding(form, language),
        Note::Missing(missing) => return missing.finding(form, language),
        Note::Unread { text, cells } => {
            let row = row_of(form, cells, language);
            (
                "unread",
                Severity::Warning,
                format!("{row}原文是“{text}”，各格数字分不清，没有读入。请对照原文逐格填写。"),
                format!("{row}The source says “{text}”; which figure stands in which cell cannot be told, so none was read. Please fill the cells from the source."),
                cells.as_slice(),
            )
        }
        Note::Twice { text, cells } => {
            let row = row_of(form, cells, language);
            (
                "unread",
                Severity::Warning,
                format!("{row}表格里出现了两次，数字不同；采用了第一次的，后一次是“{text}”。请核对以哪一次为准。"),
                format!("{row}The row stands there twice with different figures; the first ones were read, the second are “{text}”. Please see which are right."),
                cells.as_slice(),
            )
        }
        Note::Unplaced { text } => (
            "unread",
            Severity::Warning,
            format!("表格里有一行表式中没有的内容：“{text}”，没有读入。请核对是否属于某个栏目。"),
            format!("The tables hold a row that the form does not have: “{text}”. It was not read; please see whether it belongs to a row of the form."),
            &[][..],
        ),
        Note::Leftover(text) => (
            "unread",
            Severity::Info,
            format!("表格中间有一段文字不属于表式：“{text}”，保留备查。"),
            format!("Among the tables stands a text that is not of the form: “{text}”. It is kept for reference."),
            &[][..],
        ),
        Note::OtherForm { text, other, cells } => (
            "form-year",
            Severity::Warning,
            format!("“{text}”这一行是《{}》的样式，与报告其余部分所用的《{}》混用。请按一种格式填报。", other.name.zh, form.name.zh),
            format!("The row “{text}” is laid out as in “{}”, the rest of the report as in “{}”: a mixture of two layouts. Please use one.", other.name.en, form.name.en),
            cells.as_slice(),
        ),
        Note::OtherLabel { text, cells } => {
            let label = |cell: &CellId| &form.table(*cell).rows[form.cell(*cell).row].label.zh;
            let due = cells.first().map(label).cloned().unwrap_or_default();
            (
                "template",
                Severity::Info,
                format!("表格里的“{text}”一行，规定的名称是“{due}”。请核对有没有错漏字。"),
                format!("The row “{text}” is named “{due}” in the prescribed form. Please check it for misprints."),
                cells.as_slice(),
            )
        }
        Note::GuessedYear(year) => (
            "unread",
            Severity::Info,
            format!("标题和统计期限中没有年份，按正文认作 {year} 年度，请核对。"),
            format!("Neither title nor period names a year; by the text it is taken to be {year}. Please check."),
            &[][..],
        ),
        Note::NoTable => (
            "unread",
            Severity::Warning,
            "只找到文字，没有找到表格，各格均为空白。请补充带表格的报告，或手工填写。".to_owned(),
            "Only text was found and no table; every cell is blank. Please bring the report with its tables, or fill them in.".to_owned(),
            &[][..],
        ),
        Note::NoTableButPictures => (
            "unread",
            Severity::Warning,
            "只找到文字和图片，没有找到表格，各格均为空白。表格可能是以图片形式插入的，图片中的数字读不出来。请提供带表格的报告，或对照图片手工填写。".to_owned(),
            "Only text and pictures were found and no table; every cell is blank. The tables may have been inserted as pictures, whose figures cannot be read. Please bring the report with its tables, or fill them in from the pictures.".to_owned(),
            &[][..],
        ),
        Note::PictureForTable { section, cells } => {
            let heading = |language| form.sections[*section].printed_heading(language);
            (
                "unread",
                Severity::Info,
                format!("“{}”下面没有找到表格，而文件里有图片：表格可能是以图片形式插入的，图片中的数字读不出来。请对照图片手工填写。", heading(Language::Chinese)),
                format!("No table was found under “{}”, but the file holds pictures: the table may have been inserted as one, whose figures cannot be read. Please fill it in from the picture.", heading(Language::English)),
                cells.as_slice(),
            )
        }
    };
    let mut finding = Finding::new(rule, severity, language.pick(zh, en));
    if matches!(note, Note::OtherLabel { .. }) {
        "label".clone_into(&mut finding.code);
    }
    finding.cells = cells.iter().map(|cell| form.cell(*cell).address.clone()).collect();
    finding.section = cells.first().map(|cell| form.section_of(form.cell(*cell).table).id.clone());
    finding
}

/// The label of the row that all cells stand in; nothing where there are several.
fn row_of(form: &Form, cells: &[CellId], language: Language) -> String {
    let place = |cell: &CellId| (form.cell(*cell).table, form.cell(*cell).row);
    match cells.first() {
        Some(first) if cells.iter().all(|cell| place(cell) == place(first)) => {
            let label = form.row_label(*first, language);
            language.pick(format!("“{label}”："), format!("{label}: "))
        }
        _ => String::new(),
    }
}
