//! `nianbao check`: reads each file, checks it, prints what was found.

use std::io::Read;
use std::path::Path;
use std::{fs, io};

use nianbao::check::{Check, Coverage, conclude, has_error};
use nianbao::finding::Finding;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::{self, Reading, native::Native};
use nianbao::report::Report;

use crate::options::CheckOptions;
use crate::{ERROR_FOUND, FINE, UNREADABLE, forms, print};

/// A report that was read and checked.
pub struct Checked {
    pub report: Report,
    pub findings: Vec<Finding>,
    pub coverage: Coverage,
}

pub fn run(options: &CheckOptions) -> u8 {
    let language = Language::from(options.common.lang);
    let (forms, prior) = match prepare(options, language) {
        Ok(prepared) => prepared,
        Err(sentence) => {
            print::message(&sentence);
            return UNREADABLE;
        }
    };
    let mut status = FINE;
    let mut summary = print::Summary::default();
    for path in &options.files {
        let name = path.display().to_string();
        let checked = open(path, &forms, language).map(|reading| check(reading, prior.as_ref(), language));
        status = status.max(match &checked {
            Ok(checked) if has_error(&checked.findings) => ERROR_FOUND,
            Ok(_) => FINE,
            Err(_) => UNREADABLE,
        });
        summary.count(&checked);
        match (options.json, &checked) {
            (true, checked) => print::json(&name, checked),
            (false, Ok(checked)) => print::sentences(&name, checked, language),
            (false, Err(sentence)) => print::message(&format!("{name}{}{sentence}", language.pick("：", ": "))),
        }
    }
    if options.files.len() > 1 && !options.json {
        summary.print(language);
    }
    status
}

fn prepare(options: &CheckOptions, language: Language) -> Result<(Forms, Option<Report>), String> {
    let forms = forms::load(&options.common)?;
    let prior = match &options.prior {
        None => None,
        Some(path) => {
            let reading = open(path, &forms, language)
                .map_err(|sentence| format!("{}{}{sentence}", path.display(), language.pick("：", ": ")))?;
            Some(reading.report)
        }
    };
    Ok((forms, prior))
}

fn open(path: &Path, forms: &Forms, language: Language) -> Result<Reading, String> {
    let bytes = load(path).map_err(|error| cannot_open(&error, language))?;
    read::read(&bytes, forms, &Native, language).map_err(|error| error.sentence(language).to_owned())
}

/// Why a file could not be opened, in a sentence.
pub fn cannot_open(error: &io::Error, language: Language) -> String {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => language.pick("没有这个文件", "there is no such file").to_owned(),
        io::ErrorKind::PermissionDenied => language.pick("没有读取权限", "reading it is not permitted").to_owned(),
        io::ErrorKind::IsADirectory => language.pick("这是文件夹，不是文件", "it is a folder, not a file").to_owned(),
        _ => error.to_string(),
    };
    language.pick(
        format!("打不开这个文件：{reason}。请检查路径和权限。"),
        format!("The file cannot be opened: {reason}. Please check its path and permissions."),
    )
}

/// The bytes of a file, or of standard input; a little more than a reader takes, at the most.
fn load(path: &Path) -> io::Result<Vec<u8>> {
    let limit = read::MOST_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn check(reading: Reading, prior: Option<&Report>, language: Language) -> Checked {
    let Reading { report, findings: noted, .. } = reading;
    let check = Check::new(&report, prior);
    let findings = conclude(&report, check.findings(&report, language), noted);
    let coverage = check.coverage(&report);
    Checked { report, findings, coverage }
}
