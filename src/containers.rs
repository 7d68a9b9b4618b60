//! From files that pack their text to a [`Document`](crate::read::document::Document).

pub mod pdf;
