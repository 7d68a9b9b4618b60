//! The integration tests, in one binary; `tests/README.md` says how to add a case.

mod custom_form;
