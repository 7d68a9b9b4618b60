//! How results look: sentences for people, or one JSON object a line.

use std::io::Write;
use std::process;

use anstyle::{AnsiColor, Style};
use nianbao::check::Coverage;
use nianbao::finding::{Finding, Severity, Tally};
use nianbao::language::Language;
use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::UNREADABLE;
use crate::check::Checked;

/// Prints a line to standard output, without colours where that is no terminal. Where nobody
/// reads it any more (`nianbao … | head`) the command ends.
pub fn line(text: &str) {
    if writeln!(anstream::stdout(), "{text}").is_err() {
        process::exit(UNREADABLE.into());
    }
}

/// Prints a line to standard error.
pub fn message(text: &str) {
    // Where standard error is closed there is nobody left to tell.
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// A line of `--json`: the keys stand in this order.
#[derive(Serialize)]
#[serde(untagged)]
enum Line<'a> {
    Checked {
        file: &'a str,
        form: &'a str,
        agency: &'a str,
        year: Option<i32>,
        figures: Map<String, Json>,
        findings: &'a [Finding],
    },
    Unreadable {
        file: &'a str,
        error: &'a str,
    },
}

/// `{"file","form","agency","year","figures","findings"}` or `{"file","error"}`.
pub fn json(file: &str, checked: &Result<Checked, String>) {
    let printed = match checked {
        Ok(Checked { report, findings, .. }) => Line::Checked {
            file,
            form: &report.form.id,
            agency: &report.agency,
            year: report.year,
            figures: report.figures_json(),
            findings,
        },
        Err(error) => Line::Unreadable { file, error },
    };
    line(&serde_json::to_string(&printed).expect("strings and numbers always serialise"));
}

pub fn sentences(name: &str, checked: &Checked, language: Language) {
    let Checked { report, findings, coverage } = checked;
    let strong = Style::new().bold();
    let title = report.printed_title(language);
    line(&format!("{strong}{title}{strong:#}  {}  {name}", report.form.id));
    for finding in findings {
        line(&format!("  {}", sentence(finding, language)));
    }
    line(&format!("  {}", conclusion(findings, coverage, language)));
}

fn sentence(finding: &Finding, language: Language) -> String {
    let (color, word) = match finding.severity {
        Severity::Error => (AnsiColor::Red, language.pick("错误", "error")),
        Severity::Warning => (AnsiColor::Yellow, language.pick("待确认", "warning")),
        Severity::Info => (AnsiColor::Cyan, language.pick("提示", "info")),
    };
    let (style, quiet) = (color.on_default().bold(), Style::new().dimmed());
    format!("{style}{word}{style:#} {} {quiet}[{}]{quiet:#}", finding.message, finding.rule)
}

fn conclusion(findings: &[Finding], coverage: &Coverage, language: Language) -> String {
    let Tally { errors, warnings, infos, answered } = Tally::of(findings);
    let Coverage { relations_checked, relations_open, cells, cells_filled } = coverage;
    let open = match relations_open {
        0 => String::new(),
        open => language.pick(
            format!("，另有 {open} 条因缺数未能核对"),
            format!(", {open} more are open because figures are missing"),
        ),
    };
    let settled = match answered {
        0 => String::new(),
        answered => language.pick(format!("，{answered} 处已作说明"), format!(", {answered} explained")),
    };
    language.pick(
        format!("{errors} 处错误，{warnings} 处待确认，{infos} 条提示{settled}；读到 {cells_filled}/{cells} 个数据，核对了 {relations_checked} 条勾稽关系{open}。"),
        format!("{errors} error(s), {warnings} warning(s), {infos} note(s){settled}; {cells_filled} of {cells} figures read, {relations_checked} relations checked{open}."),
    )
}

/// What came out of many files.
#[derive(Debug, Default)]
pub struct Summary {
    files: usize,
    unreadable: usize,
    faulty: usize,
    tally: Tally,
}

impl Summary {
    pub fn count(&mut self, checked: &Result<Checked, String>) {
        self.files += 1;
        match checked {
            Ok(checked) => {
                let tally = Tally::of(&checked.findings);
                self.faulty += usize::from(tally.errors > 0);
                self.tally.errors += tally.errors;
                self.tally.warnings += tally.warnings;
                self.tally.infos += tally.infos;
            }
            Err(_) => self.unreadable += 1,
        }
    }

    pub fn print(&self, language: Language) {
        let Summary { files, unreadable, faulty, tally: Tally { errors, warnings, .. } } = self;
        let strong = Style::new().bold();
        let sentence = language.pick(
            format!("共 {files} 个文件：{faulty} 个有错误，{unreadable} 个读不了；{errors} 处错误，{warnings} 处待确认。"),
            format!("{files} files: {faulty} with errors, {unreadable} unreadable; {errors} error(s), {warnings} warning(s)."),
        );
        line(&format!("{strong}{sentence}{strong:#}"));
    }
}
