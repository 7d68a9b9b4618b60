//! The marks of severity: each has its own shape, so that none is told by colour alone.

use yew::{Html, html};

use crate::finding::Severity;

const DISC: &str = "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0z";
const CROSS: &str = "M5.2 4.1 8 6.9l2.8-2.8 1.1 1.1L9.1 8l2.8 2.8-1.1 1.1L8 9.1l-2.8 2.8-1.1-1.1L6.9 8 4.1 5.2z";
const TRIANGLE: &str = "M8 .6 16 15H0zM7.1 5.4h1.8v5H7.1zM7.1 11.5h1.8v1.8H7.1z";
const LETTER_I: &str = "M7.1 3.4h1.8v1.8H7.1zM7.1 6.5h1.8v6H7.1z";
const TICK: &str = "M6.9 10.2 11.8 4.9l1.2 1.1-6.1 6.6L3 8.7l1.1-1.2z";

/// The class and the mark of a severity; `None` is “nothing is wrong”.
pub fn class(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        Some(Severity::Info) => "info",
        None => "fine",
    }
}

/// The mark alone; the word stands beside it.
pub fn icon(severity: Option<Severity>) -> Html {
    let inner = match severity {
        Some(Severity::Error) => [DISC, CROSS],
        Some(Severity::Warning) => [TRIANGLE, ""],
        Some(Severity::Info) => [DISC, LETTER_I],
        None => [DISC, TICK],
    };
    shape(inner.concat(), "icon")
}

/// The mark of a figure that was inferred: about equal, in a frame.
pub fn inferred() -> Html {
    const FRAME: &str = "M1 1h14v14H1zM2.3 2.3v11.4h11.4V2.3z";
    const WAVE: &str = "M4 6.2c1.4-1.6 2.7-1.6 4-.4s2.6 1.2 4-.4v1.6c-1.4 1.6-2.7 1.6-4 .4s-2.6-1.2-4 .4z";
    const SECOND: &str = "M4 10c1.4-1.6 2.7-1.6 4-.4s2.6 1.2 4-.4v1.6c-1.4 1.6-2.7 1.6-4 .4s-2.6-1.2-4 .4z";
    shape([FRAME, WAVE, SECOND].concat(), "icon")
}

/// An arrow that turns when its finding is open.
pub fn arrow() -> Html {
    shape("M5.3 2.3 11 8l-5.7 5.7-1.2-1.2L8.6 8 4.1 3.5z".to_owned(), "arrow")
}

/// An empty tray: there was nothing.
pub fn still() -> Html {
    shape(
        "M3.2 2h9.6L16 9v5H0V9zM4.2 3.5 1.8 8.8h3.7l1 2h3l1-2h3.7l-2.4-5.3zM1.5 10.3v2.2h13v-2.2h-3.1l-1 2H5.6l-1-2z"
            .to_owned(),
        "icon",
    )
}

/// An arrow down to a line: a file comes.
pub fn down() -> Html {
    shape("M7.2 1h1.6v7.1l2.7-2.7 1.1 1.1L8 11.1 3.4 6.5l1.1-1.1 2.7 2.7zM2 13h12v1.6H2z".to_owned(), "icon")
}

fn shape(path: String, class: &'static str) -> Html {
    html! {
        <svg {class} viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path fill-rule="evenodd" d={path} /></svg>
    }
}
