//! **nianbao** (年报): the annual report on government information disclosure
//! (政府信息公开工作年度报告) as data, with its relations (勾稽关系) checked.
//!
//! The modules in reading order:
//! - [`language`]: the languages in which everything is said; [`words`]: what is said in them.
//! - [`form`], [`forms`]: what a notice prescribes, as data.
//! - [`value`]: what a cell holds; [`provenance`]: where that comes from.
//! - [`finding`], [`answer`]: what a check says, and what a report answers.
//! - [`report`]: what an agency published.
//! - [`edit`]: how it changes, and back; [`recast`]: how it is laid into another form.
//! - [`publication`]: a report as it is printed; [`fingerprint`]: a short name of what it says.
//! - [`marks`]: by what a written file is read back exactly.
//! - [`grid`]: how one moves among the figures of a printed sheet.
//! - [`block`]: cells as they are copied and pasted.
//! - [`relation`], [`check`]: what must hold, and what does not.
//! - [`reconcile`]: of what can be read in several ways, what holds.
//! - [`pairing`]: which of many reports is last year's of another; [`collection`]: several reports that come together.
//! - [`chart`]: pictures of numbers; [`charts`]: which of them a report is shown as.
//! - `read`: from published pages and texts to a report; `containers`: what has to be opened first.
//! - `write`: from a report to a file in any format; `offline`: to one that works without a network.
//! - `ui`: the report as a Yew component.

#[cfg(test)]
mod catalogue;
pub mod language;

pub mod words;

pub mod form;
pub mod forms;

pub mod value;

pub mod quantity;

pub mod provenance;

pub mod finding;

pub mod answer;

pub mod report;

pub mod edit;

pub mod recast;

pub mod grid;

pub mod block;

pub mod relation;

pub mod reconcile;

pub mod publication;

pub mod fingerprint;

pub mod marks;

pub mod naming;

pub mod totals;

pub mod proposal;

pub mod narrative;

pub mod check;

pub mod pairing;

pub mod collection;

pub mod chart;

pub mod charts;

#[cfg(feature = "widget")]
pub mod ui;

#[cfg(feature = "read")]
pub mod read;

#[cfg(feature = "containers")]
pub mod containers;
#[cfg(any(feature = "pages", feature = "documents"))]
pub mod write;

#[cfg(any(feature = "pages", feature = "read"))]
pub mod offline;
