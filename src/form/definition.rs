//! The shape of a form file, exactly as it is written. `forms/form.schema.json` says the same to
//! an editor. What the parts mean is said in `form.rs`, which turns a definition into a [`Form`].
//!
//! [`Form`]: super::Form

use serde::Deserialize;

use super::{Axis, Holds, Severity};
use crate::language::Text;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormFile {
    #[serde(rename = "$schema", default)]
    _schema: Option<String>,
    pub id: String,
    pub name: Text,
    pub years: YearsFile,
    pub notice: NoticeFile,
    #[serde(default)]
    pub superseded: Vec<String>,
    #[serde(default)]
    pub replaced_by: Option<String>,
    pub sections: Vec<SectionFile>,
    pub tables: Vec<TableFile>,
    #[serde(default)]
    pub relations: Vec<RelationFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearsFile {
    pub from: i32,
    #[serde(default)]
    pub to: Option<i32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeFile {
    pub number: String,
    #[serde(default)]
    pub date: Option<String>,
    pub title: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionFile {
    pub id: String,
    #[serde(default)]
    pub number: String,
    pub heading: Text,
    #[serde(default)]
    pub note: Option<Text>,
    #[serde(default)]
    pub sheets: Vec<SheetFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetFile {
    pub width: usize,
    pub tables: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableFile {
    pub id: String,
    pub name: Text,
    #[serde(default)]
    pub banner: Option<Text>,
    #[serde(default)]
    pub corner: Option<Text>,
    #[serde(default)]
    pub across: bool,
    pub holds: Holds,
    pub columns: Vec<HeaderFile>,
    pub rows: Vec<HeaderFile>,
}

/// A row or column head: a leaf has an `id`, a group has `heads`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeaderFile {
    #[serde(default)]
    pub id: Option<String>,
    pub label: Text,
    #[serde(default)]
    pub span: Option<usize>,
    #[serde(default)]
    pub holds: Option<Holds>,
    #[serde(default)]
    pub heads: Vec<HeaderFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationFile {
    pub rule: String,
    pub severity: Severity,
    #[serde(default)]
    pub table: Option<String>,
    #[serde(default)]
    pub for_each: Option<Axis>,
    pub left: Vec<String>,
    pub right: Vec<String>,
    pub name: Text,
    pub basis: Text,
    pub wording: Text,
}
