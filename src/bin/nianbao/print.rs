//! How results look: sentences for people, or one JSON object a line.

use std::borrow::Cow;
use std::io::Write;
use std::process;

use anstyle::{AnsiColor, Style};
use nianbao::check::Coverage;
use nianbao::finding::{Finding, Severity, Tally};
use nianbao::fingerprint;
use nianbao::language::{Language, is_turning};
use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::UNREADABLE;
use crate::check::Checked;
use crate::intact::Intact;
use crate::prior::Prior;
use nianbao::words;

/// Prints a line to standard output, without colours where that is no terminal. Where nobody
/// reads it any more (`nianbao … | head`) the command ends.
pub fn line(text: &str) {
    if writeln!(anstream::stdout(), "{text}").is_err() {
        process::exit(UNREADABLE.into());
    }
}

pub fn strong_line(text: &str) {
    let strong = Style::new().bold();
    line(&format!("{strong}{text}{strong:#}"));
}

/// Prints a line to standard error.
pub fn message(text: &str) {
    // Where standard error is closed there is nobody left to tell.
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// A text of a report or a file's name on one line: nothing in it moves a terminal's cursor, changes its
/// colours or turns the line around.
pub fn plain(text: &str) -> Cow<'_, str> {
    let moves = |c: char| c.is_control() || is_turning(c);
    match text.contains(moves) {
        true => text.replace(moves, " ").into(),
        false => text.into(),
    }
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
        fingerprint: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        prior: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        provenance: Option<Json>,
        #[serde(skip_serializing_if = "Option::is_none")]
        offline: Option<&'a Intact>,
    },
    Unreadable {
        file: &'a str,
        error: &'a str,
    },
}

/// `{"file","form","agency","year","figures","findings","fingerprint"}`, `"prior"` where there was one, where each figure
/// was read, as `"provenance"`, where that is asked for, and of a file that works without a network `"offline"`.
pub fn json(file: &str, checked: &Checked, provenance: bool) -> String {
    let Checked { report, findings, prior, offline, .. } = checked;
    written(&Line::Checked {
        file,
        form: &report.form.id,
        agency: &report.agency,
        year: report.year,
        figures: report.figures_json(),
        findings,
        fingerprint: fingerprint::of(report).to_string(),
        prior: prior.compared(report).map(|path| path.display().to_string()),
        provenance: provenance.then(|| report.to_json_with_provenance()["provenance"].take()).filter(Json::is_object),
        offline: offline.as_ref(),
    })
}

/// `{"file","error"}`.
pub fn unreadable_json(file: &str, error: &str) -> String {
    written(&Line::Unreadable { file, error })
}

fn written(line: &Line) -> String {
    serde_json::to_string(line).expect("strings and numbers always serialise")
}

/// What was found in a report: the answered findings last, dimmed.
pub fn sentences(name: &str, checked: &Checked, language: Language) -> String {
    let Checked { report, findings, coverage, prior, offline } = checked;
    let (strong, title) = (Style::new().bold(), report.printed_title(language));
    let mut lines = vec![format!("{strong}{}{strong:#}  {}  {}", plain(&title), report.form.id, plain(name))];
    lines.push(quiet(&fingerprint::of(report).line(language)));
    lines.extend(offline.as_ref().map(|offline| quiet(&offline.line(language))));
    lines.extend(compared_with(prior, language));
    let (answered, open): (Vec<_>, Vec<_>) = findings.iter().partition(|finding| finding.answer.is_some());
    lines.extend(open.into_iter().map(|finding| sentence(finding, language)));
    lines.extend(answered.into_iter().map(|finding| settled(finding, language)));
    lines.push(conclusion(findings, coverage, language));
    lines.join("\n  ")
}

/// Which report of a folder a report was compared with: nobody named it.
fn compared_with(prior: &Prior, language: Language) -> Option<String> {
    let Prior::Found(path, _) = prior else { return None };
    let path = path.display().to_string();
    let word = language.word(words::COMMAND_COMPARED_WITH);
    Some(quiet(&[word, &*plain(&path)].concat()))
}

fn quiet(text: &str) -> String {
    let quiet = Style::new().dimmed();
    format!("{quiet}{text}{quiet:#}")
}

/// A finding on one line.
pub fn sentence(finding: &Finding, language: Language) -> String {
    let (color, word) = match finding.severity {
        Severity::Error => (AnsiColor::Red, language.word(words::COMMAND_ERROR)),
        Severity::Warning => (AnsiColor::Yellow, language.word(words::COMMAND_WARNING)),
        Severity::Info => (AnsiColor::Cyan, language.word(words::COMMAND_INFO)),
    };
    let (style, quiet) = (color.on_default().bold(), Style::new().dimmed());
    // The name by which an office's rules know it.
    let rule = match finding.code.as_str() {
        "" => finding.rule.clone(),
        code => format!("{}:{code}", finding.rule),
    };
    format!("{style}{word}{style:#} {} {quiet}[{rule}]{quiet:#}", plain(&finding.message))
}

fn settled(finding: &Finding, language: Language) -> String {
    let (quiet, message, rule) = (Style::new().dimmed(), plain(&finding.message), &finding.rule);
    let reason = finding.answer.as_deref().map(plain).unwrap_or_default();
    let text = language.say(words::COMMAND_EXPLAINED, &[("message", &message), ("rule", rule), ("reason", &reason)]);
    format!("{quiet}{text}{quiet:#}")
}

fn conclusion(findings: &[Finding], coverage: &Coverage, language: Language) -> String {
    let Tally { errors, warnings, infos, answered } = Tally::of(findings);
    let Coverage { relations_checked, relations_open, cells, cells_filled } = coverage;
    let open = match relations_open {
        0 => String::new(),
        open => language.say(words::COMMAND_RELATIONS_OPEN, &[("open", &open.to_string())]),
    };
    let settled = match answered {
        0 => String::new(),
        answered => language.say(words::COMMAND_ANSWERED, &[("answered", &answered.to_string())]),
    };
    language.say(
        words::COMMAND_CONCLUSION,
        &[
            ("errors", &errors.to_string()),
            ("warnings", &warnings.to_string()),
            ("infos", &infos.to_string()),
            ("settled", &settled),
            ("cells_filled", &cells_filled.to_string()),
            ("cells", &cells.to_string()),
            ("relations_checked", &relations_checked.to_string()),
            ("open", &open.to_string()),
        ],
    )
}
