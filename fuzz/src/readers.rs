//! The readers of files, each with inputs of its own shape.

use crate::reading::{read, read_sized};
use crate::{parts, portable};

/// Text is read as it is; what would have to be opened belongs to another target.
fn text_of(name: &str, bytes: &[u8]) {
    if !nianbao::read::is_container(bytes) {
        read(name, bytes);
    }
}

pub fn html(bytes: &[u8]) {
    text_of("html", bytes);
}

pub fn markdown(bytes: &[u8]) {
    text_of("markdown", bytes);
}

pub fn csv(bytes: &[u8]) {
    text_of("csv", bytes);
}

pub fn text(bytes: &[u8]) {
    text_of("text", bytes);
}

pub fn docx(bytes: &[u8]) {
    package("docx", bytes);
}

pub fn xlsx(bytes: &[u8]) {
    package("xlsx", bytes);
}

pub fn ods(bytes: &[u8]) {
    package("ods", bytes);
}

/// A ZIP file as it is, or the parts of one. What is packed counts with what it may unpack to.
fn package(name: &str, bytes: &[u8]) {
    match bytes.starts_with(b"PK") {
        true => read_sized(name, bytes, parts::unpacked(bytes)),
        false => read(name, &parts::zip(bytes)),
    }
}

/// A compound file as it is, or the one stream of a workbook.
pub fn xls(bytes: &[u8]) {
    match bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        true => read("xls", bytes),
        false => read("xls", &parts::compound(bytes)),
    }
}

pub fn mhtml(bytes: &[u8]) {
    if nianbao::read::is_container(bytes) && !bytes.starts_with(b"%PDF") && !bytes.starts_with(b"PK") {
        read("mhtml", bytes);
    }
}

/// A PDF as it is, or the objects of one. What is packed counts with what it may unpack to.
pub fn pdf(bytes: &[u8]) {
    match portable::is_objects(bytes) {
        true => read("pdf", &portable::file(bytes)),
        false => read_sized("pdf", bytes, portable::unpacked(bytes)),
    }
}
