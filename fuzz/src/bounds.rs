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

/// One line for each kind of work. `base` is what the forms and the tables of a reader take; `times` is how a byte
/// can become a cell, a glyph or a line with its places. Both are what was measured, rounded up.
pub const ALL: [Bounds; 17] = [
    Bounds { name: "json", base: 1 * MB, times: 64 },
    Bounds { name: "form", base: 1 * MB, times: 64 },
    Bounds { name: "html", base: 8 * MB, times: 64 },
    Bounds { name: "markdown", base: 8 * MB, times: 64 },
    Bounds { name: "csv", base: 8 * MB, times: 64 },
    Bounds { name: "text", base: 8 * MB, times: 64 },
    Bounds { name: "docx", base: 8 * MB, times: 64 },
    Bounds { name: "xlsx", base: 8 * MB, times: 64 },
    Bounds { name: "xls", base: 8 * MB, times: 64 },
    Bounds { name: "ods", base: 8 * MB, times: 64 },
    Bounds { name: "mhtml", base: 8 * MB, times: 64 },
    Bounds { name: "pdf", base: 8 * MB, times: 64 },
    Bounds { name: "clipboard", base: 8 * MB, times: 64 },
    Bounds { name: "offline", base: 8 * MB, times: 64 },
    Bounds { name: "align", base: 8 * MB, times: 64 },
    Bounds { name: "glued", base: 8 * MB, times: 64 },
    // What is done with a report that was read: checked, written in one format, read again.
    Bounds { name: "after", base: 16 * MB, times: 200 },
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
