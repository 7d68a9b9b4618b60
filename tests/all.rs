//! The integration tests, in one binary; `tests/README.md` says how to add a case.

mod attack;
mod clipboard;
mod command;
mod containers;
mod corpus;
mod corpus_charts;
mod corpus_findings;
mod corpus_statistics;
mod custom_form;
mod dice;
mod dirt;
#[path = "../benches/figures.rs"]
mod figures;
mod forms;
mod languages;
mod office;
mod offline;
mod pdf;
mod properties;
mod reading;
mod torn;
mod writing;
