//! What `www/nianbao.js` loads in place of the widget where a report is edited: the same exports, of the
//! library with the editor in it, and the charts.

#[path = "widget.rs"]
mod widget;

fn main() {
    widget::main();
}
