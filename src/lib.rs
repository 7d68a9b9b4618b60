//! **nianbao** (年报): the annual report on government information disclosure
//! (政府信息公开工作年度报告) as data, with its relations (勾稽关系) checked.
//!
//! The modules in reading order:
//! - [`language`]: Chinese and English.
//! - [`form`], [`forms`]: what a notice prescribes, as data.
//! - [`value`], [`report`]: what an agency published.
pub mod language;

pub mod form;
pub mod forms;

pub mod value;

pub mod report;

pub mod check;
pub mod finding;
