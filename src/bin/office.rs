//! Files of Office in a browser: the module that is loaded once a report is to be had as a Word document or a workbook.

#[path = "platform/writing.rs"]
mod writing;

fn main() {}
