//! **nianbao** (年报): the annual report on government information disclosure
//! (政府信息公开工作年度报告) as data, with its relations (勾稽关系) checked.
//!
//! The modules in reading order:
//! - [`language`]: Chinese and English.
//! - [`form`], [`forms`]: what a notice prescribes, as data.
//! - [`value`], [`report`]: what an agency published.
//! - [`relation`], [`finding`], [`check`]: what must hold, and what does not.
//! - `read`: from published pages and texts to a report.
//! - `ui`: the report as a Yew component.

pub mod language;

pub mod form;
pub mod forms;

pub mod value;

pub mod report;

pub mod relation;

pub mod finding;

pub mod check;

#[cfg(feature = "widget")]
pub mod ui;

#[cfg(feature = "read")]
pub mod read;
