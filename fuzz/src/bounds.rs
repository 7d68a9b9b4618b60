//! How much memory and time an input may take: stated here, once, and asserted for every input.

use std::time::Duration;

use cpu_time::ThreadTime;

use crate::allocation;

/// What may be taken for an input, beside what its bytes take themselves.
pub struct Bounds {
    pub name: &'static str,
    /// Memory at once, in bytes: so much whatever the input, and so many for each of its bytes.
    pub base: usize,
    pub times: usize,
}

const MB: usize = 1 << 20;

/// Any reader may search how figures that ran together are to be read, which is bounded by how many readings it keeps.
const SEARCH: usize = 8 * MB;
/// The blank cells between filled ones of a sheet, of which `read::sheet` makes 400,000 at the most.
const SHEET: usize = 64 * MB;

/// One line for each kind of work: what it takes whatever the input, and what a byte of the input can become. Both are
/// what was measured of inputs made for it, rounded up. Where a byte or two make a line or a cell, that has its text, its
/// place, its characters to compare with labels, and once more while a list of them grows.
pub const ALL: [Bounds; 17] = [
    // A thousand blank reports; a number or a bracket becomes a value.
    Bounds { name: "json", base: 16 * MB, times: 100 },
    // 65,535 cells, each with its address; a head becomes a line with its labels in every language.
    Bounds { name: "form", base: 48 * MB, times: 64 },
    // A line of one digit, or a row of two cells.
    Bounds { name: "html", base: SEARCH, times: 300 },
    Bounds { name: "markdown", base: SEARCH, times: 300 },
    Bounds { name: "csv", base: SEARCH, times: 300 },
    Bounds { name: "text", base: SEARCH, times: 300 },
    Bounds { name: "mhtml", base: SEARCH, times: 300 },
    Bounds { name: "clipboard", base: SEARCH, times: 300 },
    Bounds { name: "offline", base: SEARCH, times: 300 },
    Bounds { name: "align", base: SEARCH, times: 300 },
    Bounds { name: "glued", base: SEARCH, times: 300 },
    // Tags take more bytes than what they become.
    Bounds { name: "docx", base: SEARCH, times: 64 },
    Bounds { name: "xlsx", base: SHEET, times: 64 },
    Bounds { name: "ods", base: SHEET, times: 64 },
    // A cell takes ten bytes.
    Bounds { name: "xls", base: SHEET, times: 64 },
    // A glyph takes one byte, and has its place and size.
    Bounds { name: "pdf", base: 2 * SEARCH, times: 128 },
    // What is done with a report that was read: checked, written in one format, read again.
    Bounds { name: "after", base: 64 * MB, times: 500 },
];

/// Processor time that any work may take: this, and this for each thousand bytes. With all checks built in it is some
/// ten times slower than what is shipped, and what is to be found is time that grows with the square of the input.
const TIME: Duration = Duration::from_secs(2);
const TIME_PER_THOUSAND: Duration = Duration::from_millis(20);

/// The variable with which what each input took is printed.
const MEASURE: &str = "NIANBAO_FUZZ_MEASURE";

/// Does some work within the bounds of this name, for an input of so many bytes.
pub fn within<T>(name: &str, size: usize, work: impl FnOnce() -> T) -> T {
    let bounds = ALL.iter().find(|bounds| bounds.name == name).expect("the bounds are in the list");
    let (before, begin) = (allocation::start(), ThreadTime::now());
    let made = work();
    let (time, memory) = (begin.elapsed(), allocation::most().saturating_sub(before));
    if std::env::var_os(MEASURE).is_some() {
        eprintln!("measured {name} {size} {memory} {}", time.as_micros());
    }
    let most = bounds.base + bounds.times * size;
    assert!(memory <= most, "{name}: {memory} bytes of memory for {size} bytes, where {most} may be");
    let longest = TIME + TIME_PER_THOUSAND * (size / 1000) as u32;
    assert!(time <= longest, "{name}: {time:?} for {size} bytes, where {longest:?} may be");
    made
}
