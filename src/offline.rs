//! A report as one file that works without a network: a page with the report in it as data, its tables as they are
//! printed, and the program that shows, checks and edits it.
//!
//! ```html
//! <!DOCTYPE html>
//! <html lang="zh-CN">
//! <head>
//! <meta charset="utf-8">
//! <meta http-equiv="Content-Security-Policy" content="…">   no request, and no script but the program's
//! <meta name="generator" content="nianbao 0.1.0">            the version of the program
//! <meta name="viewport" content="…">
//! <title>…</title>
//! <style>…</style>                                           the sheet of the tables
//! <style data-nianbao="page.css">…</style>                   the sheet of the page
//! </head>
//! <body>
//! <nianbao-report mode="edit" … offline>
//! <script type="application/json">REPORT</script>
//! <article …>…</article>                                     the tables and texts, for whoever runs no program
//! </nianbao-report>
//! <script type="application/json" data-nianbao="previous">REPORT</script>   as it was before it was last saved
//! <script type="text/plain" data-nianbao="page.js">…</script>               the packed parts of the program
//! <script data-nianbao="loader">…</script>                   what unpacks and starts them
//! </body>
//! </html>
//! ```
//!
//! The report is data, never markup: no text of it can end the place in which it stands. The file is a pure function of
//! what it is made of, so that putting together again what was [taken apart](take_apart) tells whether anybody has
//! changed it.

mod address;
mod apart;
#[cfg(feature = "pages")]
mod bundle;
#[cfg(feature = "pages")]
mod program;
mod scan;
#[cfg(all(test, feature = "pages"))]
mod tests;

pub use address::{as_address, of_address};
pub use apart::{Data, OfflineFile, data, take_apart};
#[cfg(feature = "pages")]
pub use bundle::bundle;
#[cfg(feature = "pages")]
pub use program::{PROGRAM_FILES, Program, Wanted, code_hash, shown_hash};

/// The element that shows the report.
const ELEMENT: &str = "nianbao-report";
/// The attribute by which it is known that the page is such a file; it has no value.
const MARK: &str = "offline";
/// The other attributes of the element, in their order. What else stands on an element is nothing that is kept.
pub const ATTRIBUTES: [&str; 9] =
    ["mode", "view", "lang", "charts", "text-size", "form-src", "rules-src", "prior-src", "history"];
/// The attribute by which the pieces of the file are known.
const PIECE: &str = "data-nianbao";
/// The report as it was before it was last saved.
const PREVIOUS: &str = "previous";
/// The part of the program that is a style sheet of the page itself; it stands first.
const SHEET: &str = "page.css";
/// The part of the program that starts it; it stands last.
const LOADER: &str = "loader";
/// Before the version.
const GENERATOR: &str = "nianbao ";

/// What is written for signs that an attribute cannot hold, or that a browser would read as another.
const REFERENCES: [(char, &str); 7] =
    [('&', "&amp;"), ('"', "&quot;"), ('<', "&lt;"), ('>', "&gt;"), ('\t', "&#9;"), ('\n', "&#10;"), ('\r', "&#13;")];

/// A part of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub name: String,
    /// The hash of the script that it is, as a content security policy takes it; none where it is no script.
    pub hash: Option<String>,
    /// What stands in the file: packed, but for the sheet and the script of the page itself.
    pub text: String,
}

impl Part {
    /// Whether it stands in the file as it is.
    #[cfg(feature = "pages")]
    fn is_plain(&self) -> bool {
        [SHEET, LOADER].contains(&self.name.as_str())
    }

    /// Whether it is run.
    fn is_script(&self) -> bool {
        self.name == LOADER || self.name.ends_with(".js")
    }
}
