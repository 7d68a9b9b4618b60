//! The command `nianbao`: checks reports, writes them in other formats, and tells what it knows.

use std::process::ExitCode;

use clap::Parser;

#[path = "nianbao/batch.rs"]
mod batch;
#[path = "nianbao/bundle.rs"]
mod bundle;
#[path = "nianbao/check.rs"]
mod check;
#[path = "nianbao/convert.rs"]
mod convert;
#[path = "nianbao/files.rs"]
mod files;
#[path = "nianbao/forms.rs"]
mod forms;
#[path = "nianbao/intact.rs"]
mod intact;
#[path = "nianbao/list.rs"]
mod list;
#[path = "nianbao/open.rs"]
mod open;
#[path = "nianbao/options.rs"]
mod options;
#[path = "nianbao/others.rs"]
mod others;
#[path = "nianbao/print.rs"]
mod print;
#[path = "nianbao/prior.rs"]
mod prior;
#[path = "nianbao/program.rs"]
mod program;
#[path = "nianbao/progress.rs"]
mod progress;
#[path = "nianbao/save.rs"]
mod save;
#[path = "nianbao/summary.rs"]
mod summary;
#[path = "nianbao/table.rs"]
mod table;

use options::{Command, Options};

/// Exit status where everything was read and no error was found.
const FINE: u8 = 0;
/// Exit status where a report has an `error` finding.
const ERROR_FOUND: u8 = 1;
/// Exit status where a file could not be read, or the call is wrong.
const UNREADABLE: u8 = 2;

fn main() -> ExitCode {
    let status = match Options::parse().command {
        Command::Check(options) => check::run(&options),
        Command::Convert(options) => convert::run(&options),
        Command::Bundle(options) => bundle::run(&options),
        Command::Forms(options) => forms::list(&options),
        Command::Schema(options) => forms::schema(&options),
    };
    ExitCode::from(status)
}
