//! What the fuzz targets do: each is a line in `fuzz_targets/`, its body a function here.
//!
//! - [`bounds`]: how much memory and time each may take; [`allocation`]: how much memory is taken.
//! - [`reading`]: what must hold of whatever was read.
//! - [`readers`], [`parts`], [`portable`]: files of every format; [`json`], [`forms`], [`pasted`], [`offline`].
//! - [`rows`], [`glued`]: printed rows in disorder, and figures that ran together, made of the bytes by [`dice`].
//! - [`seeds`]: what the corpora begin with.

mod allocation;
mod bounds;
mod dice;
mod forms;
mod glued;
mod json;
#[expect(dead_code, reason = "not all of it is needed here")]
#[path = "../../tests/torn/made.rs"]
mod made;
mod offline;
mod parts;
mod pasted;
mod portable;
mod readers;
mod reading;
mod rows;
mod seeds;

use std::path::Path;

pub use allocation::Counting;

/// The variable that names a folder: the target then writes its seeds into it and ends.
const SEEDS: &str = "NIANBAO_FUZZ_SEEDS";

/// A target.
struct Target {
    name: &'static str,
    run: fn(&[u8]),
    /// Inputs to begin with, by name.
    seeds: fn() -> Vec<(String, Vec<u8>)>,
}

const TARGETS: [Target; 16] = [
    Target { name: "json", run: json::run, seeds: seeds::json },
    Target { name: "form", run: forms::run, seeds: seeds::form },
    Target { name: "html", run: readers::html, seeds: seeds::html },
    Target { name: "markdown", run: readers::markdown, seeds: seeds::markdown },
    Target { name: "csv", run: readers::csv, seeds: seeds::csv },
    Target { name: "text", run: readers::text, seeds: seeds::text },
    Target { name: "docx", run: readers::docx, seeds: seeds::docx },
    Target { name: "xlsx", run: readers::xlsx, seeds: seeds::xlsx },
    Target { name: "xls", run: readers::xls, seeds: seeds::xls },
    Target { name: "ods", run: readers::ods, seeds: seeds::ods },
    Target { name: "mhtml", run: readers::mhtml, seeds: seeds::mhtml },
    Target { name: "pdf", run: readers::pdf, seeds: seeds::pdf },
    Target { name: "clipboard", run: pasted::run, seeds: seeds::clipboard },
    Target { name: "offline", run: offline::run, seeds: seeds::offline },
    Target { name: "align", run: rows::run, seeds: seeds::dice },
    Target { name: "glued", run: glued::run, seeds: seeds::dice },
];

fn target(name: &str) -> &'static Target {
    TARGETS.iter().find(|target| target.name == name).expect("the target is in the list")
}

/// What a target does before its first input.
pub fn begin(name: &str) {
    if let Some(folder) = std::env::var_os(SEEDS) {
        for (seed, bytes) in (target(name).seeds)() {
            std::fs::write(Path::new(&folder).join(seed), bytes).expect("the folder of the seeds is there");
        }
        std::process::exit(0);
    }
    // What is read once and kept belongs to no input.
    reading::warm_up();
}

/// Runs a target with one input.
pub fn run(name: &str, bytes: &[u8]) {
    (target(name).run)(bytes);
}

/// The whole of a target's file.
#[macro_export]
macro_rules! target {
    ($name:literal) => {
        #[global_allocator]
        static COUNTING: $crate::Counting = $crate::Counting;

        libfuzzer_sys::fuzz_target!(init: $crate::begin($name), |bytes: &[u8]| $crate::run($name, bytes));
    };
}
