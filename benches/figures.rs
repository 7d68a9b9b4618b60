//! What benchmarks and tests have measured, for the one table that `make bench` makes of it (`scripts/bench.mjs`): a line
//! of JSON each, in the file that `NIANBAO_BENCH_FIGURES` names. Without that nothing is written.
#![allow(dead_code)] // Each of those that include this uses a part of it.

use std::env;
use std::fs::OpenOptions;
use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use serde_json::json;

/// Writes a figure down with every run of it. `beside` is what it is compared with: another of the same part.
pub fn record(what: &str, unit: &str, runs: &[f64], beside: Option<&str>) {
    let Some(path) = env::var_os("NIANBAO_BENCH_FIGURES") else { return };
    let line = json!({ "what": what, "unit": unit, "runs": runs, "beside": beside });
    let file = OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| writeln!(file, "{line}")).expect("the figures can be written");
}

/// How long a thing took, time after time.
pub struct Times(Vec<Duration>);

impl Times {
    /// Does a thing so many rounds, in each `times` times.
    pub fn of<T>(rounds: usize, times: u32, mut thing: impl FnMut() -> T) -> Times {
        let mut round = || timed(|| (0..times).for_each(|_| drop(black_box(thing())))) / times;
        Times((0..rounds).map(|_| round()).collect())
    }

    /// The same, with rounds that are long enough to be timed.
    pub fn of_short<T>(rounds: usize, mut thing: impl FnMut() -> T) -> Times {
        let once = timed(|| drop(black_box(thing())));
        let times =
            (Duration::from_millis(5).as_secs_f64() / once.as_secs_f64().max(1e-9)).clamp(1.0, 100_000.0) as u32;
        Times::of(rounds, times, thing)
    }

    pub fn median(&self) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort();
        sorted[sorted.len() / 2]
    }

    /// Writes them down in milliseconds.
    pub fn record(&self, what: &str, beside: Option<&str>) {
        let runs: Vec<_> = self.0.iter().map(|time| time.as_secs_f64() * 1e3).collect();
        record(what, "ms", &runs, beside);
    }
}

pub fn timed(thing: impl FnOnce()) -> Duration {
    let start = Instant::now();
    thing();
    start.elapsed()
}
