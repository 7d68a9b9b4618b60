//! The words about files: reading and making them.

use super::Words;
use crate::ui::exporting::{self, AtHand, Format};
use crate::ui::work::{Doing, Progress, Stage, Stopped};
use crate::words;

words! {
    the_report: words::THE_REPORT;
    progress_of_work: words::PROGRESS_OF_WORK;
    download: words::DOWNLOAD;
    open_file: words::OPEN_FILE;
    drop_here: words::DROP_HERE;
    drop_to_edit: words::DROP_TO_EDIT;
    further_reports: words::FURTHER_REPORTS;
    cancelled: words::CANCELLED;
    started_anew: words::STARTED_ANEW;
    not_made: words::NOT_MADE;
    charts_in_pages_only: words::CHARTS_IN_PAGES_ONLY;
    writer_failed: words::WRITER_FAILED;
    not_a_file: words::NOT_A_FILE;
    too_large: words::TOO_LARGE;
}

impl Words {
    /// What is being done, with the key that ends it.
    pub fn working(self, doing: &Doing) -> String {
        let (message, name) = match doing {
            Doing::Read(name) => (words::WORKING_READ, name.as_str()),
            Doing::Write(format) => (words::WORKING_WRITE, self.format(format)),
        };
        let name = if name.is_empty() { self.the_report() } else { name };
        self.say(message, &[("name", name)])
    }

    /// How far it is.
    pub fn stage(self, progress: &Progress) -> String {
        let stage = match (progress.stage, &progress.doing) {
            (Stage::Fetching, Doing::Read(_)) => self.word(words::STAGE_FETCH),
            (Stage::Fetching, Doing::Write(_)) => self.word(words::STAGE_PREPARE),
            (Stage::Loading, _) => self.word(words::STAGE_LOAD),
            (Stage::Opening, _) => self.word(words::STAGE_OPEN),
            (Stage::Last, Doing::Read(_)) => self.word(words::STAGE_READ),
            (Stage::Last, Doing::Write(_)) => self.word(words::STAGE_WRITE),
        };
        stage.to_owned() + "…"
    }

    /// What people call a format.
    pub fn format(self, format: &Format) -> &'static str {
        match format.ending {
            exporting::PAGE => self.word(words::WEB_PAGE),
            exporting::OFFLINE => self.word(words::OFFLINE_FILE),
            _ => format.name,
        }
    }

    /// That this file was made without a format, and what to do.
    pub fn format_left_out(self, format: &Format, at_hand: &AtHand) -> String {
        self.say(words::FORMAT_LEFT_OUT, &[("format", self.format(format)), ("known", &at_hand.endings())])
    }

    pub fn was_saved(self, name: &str) -> String {
        self.say(words::WAS_SAVED, &[("name", name)])
    }

    /// That of several files only one is read.
    pub fn only_first(self, name: &str, others: u32) -> String {
        self.say(words::ONLY_FIRST, &[("name", name), ("others", &others.to_string())])
    }

    /// What one report of a list is called.
    pub fn one_of(self, list: &str, number: usize) -> String {
        self.say(words::ONE_OF, &[("list", list), ("number", &number.to_string())])
    }

    /// That a report that was given beside the one that is shown is left out.
    pub fn other_unread(self, name: &str, reason: &str) -> String {
        self.say(words::OTHER_UNREAD, &[("name", name), ("reason", reason)])
    }

    pub fn was_read(self, name: &str) -> String {
        self.say(words::WAS_READ, &[("name", name)])
    }

    /// Why nothing was read: a program of the widget's could not be had.
    pub fn reader_missing(self, program: &str) -> String {
        self.say(words::READER_MISSING, &[("program", program)])
    }

    /// Why there is nothing but what is shown: a program for more could not be had.
    pub fn program_missing(self, program: &str) -> String {
        self.say(words::PROGRAM_MISSING, &[("program", program)])
    }

    pub fn reader_failed(self) -> &'static str {
        self.word(words::READER_FAILED)
    }

    /// Why no file was made: a program of the widget's could not be had.
    pub fn writer_missing(self, program: &str) -> String {
        self.say(words::WRITER_MISSING, &[("program", program)])
    }

    /// Why no file was made.
    pub fn not_written(self, stopped: Stopped) -> String {
        match stopped {
            Stopped::Cancelled => self.not_made().to_owned(),
            Stopped::Refused(sentence) => sentence,
            Stopped::Failed => self.writer_failed().to_owned(),
            Stopped::Missing(program) => self.writer_missing(&program),
        }
    }
}
