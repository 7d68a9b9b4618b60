//! The integration tests, in one binary; `tests/README.md` says how to add a case.

mod clipboard;
mod command;
mod corpus;
mod corpus_findings;
mod custom_form;
mod forms;
mod office;
mod reading;
