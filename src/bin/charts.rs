//! What `www/nianbao.js` loads in place of the widget where charts are shown: the same exports, of the library with
//! the charts in it.

#[path = "widget.rs"]
mod widget;

fn main() {
    widget::main();
}
