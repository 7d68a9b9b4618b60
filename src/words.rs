//! Every message of `locales/`, as `build.rs` makes them of its files: see `catalogue.rs`.

use crate::language::{Language, Message};

include!(concat!(env!("OUT_DIR"), "/words.rs"));

impl Language {
    /// A year as it is printed: `2023年`.
    pub fn printed_year(self, year: i32) -> String {
        self.say(PRINTED_YEAR, &[("year", &year.to_string())])
    }

    /// A name in quotation marks.
    pub fn quoted(self, name: &str) -> String {
        self.say(QUOTED, &[("text", name)])
    }
}
