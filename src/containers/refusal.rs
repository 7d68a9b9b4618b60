//! Why a file is not opened: one sentence each, beside those of every file.

pub use crate::read::refusal::{archive, binary, no_table, save_as, too_many_rows};
use crate::report::ReadError;

/// A file that breaks off, or is not what it begins as.
pub fn damaged() -> ReadError {
    ReadError::new(
        "这个文件不完整或已损坏，读不下去。请重新下载，或用 Word、Excel、WPS 打开后另存一份再试。",
        "This file is incomplete or damaged. Please download it again, or open it in its program and save it anew.",
    )
}

pub fn password() -> ReadError {
    ReadError::new(
        "这个文件设了打开密码，读不了。请在 Word、Excel 或 WPS 中取消密码，另存后再试。",
        "This file asks for a password. Please remove the password in Word, Excel or WPS, and save it again.",
    )
}

/// More comes out of a file than any report holds.
pub fn too_much_inside() -> ReadError {
    ReadError::new(
        "这个文件解开后大得不像年度报告，没有继续读。请检查是否选错了文件；没有选错的话，请把报告部分单独另存后再试。",
        "Unpacked, this file is far larger than an annual report, so it was not read on. Please check whether it is the right file; if it is, save the report alone.",
    )
}

/// A file of Office or like it, of no sort that holds a report.
pub fn other_office() -> ReadError {
    ReadError::new(
        "这个文件里没有能读的文档或表格。请提供报告的 Word（.docx）、Excel（.xlsx）文件或网页。",
        "This file holds neither a document nor a table that can be read. Please bring the report as a Word (.docx) or Excel (.xlsx) file or as a web page.",
    )
}
