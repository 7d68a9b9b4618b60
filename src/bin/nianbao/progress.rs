//! How far the command has come, on standard error.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often the line is written anew.
const PACE: Duration = Duration::from_millis(100);

/// A line such as “核对 120/4000” that is overwritten as the work goes on, and gone at the end.
/// There is none where standard error is no terminal, or results go to the same one meanwhile.
pub struct Progress {
    word: &'static str,
    total: usize,
    done: usize,
    shown: Option<Instant>,
    is_on: bool,
}

impl Progress {
    /// `prints_meanwhile`: whether results are printed before the work is done.
    pub fn new(word: &'static str, total: usize, prints_meanwhile: bool) -> Progress {
        let is_free = !prints_meanwhile || !io::stdout().is_terminal();
        Progress { word, total, done: 0, shown: None, is_on: total > 1 && is_free && io::stderr().is_terminal() }
    }

    /// One more is done.
    pub fn step(&mut self) {
        self.done += 1;
        if !self.is_on || self.shown.is_some_and(|shown| shown.elapsed() < PACE) {
            return;
        }
        self.shown = Some(Instant::now());
        self.write(&format!("\r{} {}/{} ({}%)", self.word, self.done, self.total, 100 * self.done / self.total));
    }

    fn write(&self, text: &str) {
        // Where standard error is closed there is nobody left to tell.
        let mut stderr = io::stderr().lock();
        let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown.is_some() {
            self.write("\r\u{1b}[K");
        }
    }
}
