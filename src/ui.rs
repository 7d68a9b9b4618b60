//! The report as a live view: what `<nianbao-report>` shows.
//!
//! The modules in reading order:
//! - [`element`]: the element's life: what it is asked to show, and the screen that it shows.
//! - `source`, `reading`: from attributes, content and files to a report; `work`: what takes a while and is
//!   done away from the page; `browser`: the page around.
//! - `drafts`: keeps what is edited in the browser; `journal`: notes it for the case that the program breaks down.
//! - [`session`]: a report with its check, as plain data.
//! - [`view`]: the whole view; below it one file for each part. `scene`: what these are drawn from,
//!   and what can be done in them.
//! - `charts`: the same figures drawn.
//! - `wording`: every word of the interface.

/// Whether this is the editor. It is made twice of the same source: without this, everything that only
/// editing needs is left out, so that those who read do not wait for it.
pub const EDITOR: bool = cfg!(feature = "editor");

/// Whether charts can be drawn. Where they cannot, whoever asks for them gets this in place of the widget, as with
/// the editor; the editor draws them too.
pub const CHARTS: bool = cfg!(feature = "charts");

pub mod element;

mod browser;
mod drafts;
mod exporting;
mod journal;
mod reading;
mod source;
pub mod work;

pub mod session;

pub mod view;

mod asking;
mod charts;
mod clipboard;
mod cover;
mod cursor;
mod field;
mod filling;
mod gestures;
mod keys;
mod part;
mod pasting;
mod writing;

mod afloat;
mod contents;
mod equation;
mod figure;
mod findings;
mod groups;
mod icon;
mod intl;
mod marks;
mod origins;
mod phrases;
mod row;
mod saving;
mod scene;
mod sections;
mod states;
mod table;
mod text;
mod verdict;

mod wording;

#[cfg(test)]
mod properties;
