//! The reports that a call brings beside the one that it is about.

use std::path::{Path, PathBuf};

use nianbao::collection;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::report::Report;

use crate::{open, print};

/// Last year's report, where a call brings one.
pub fn prior(path: Option<&Path>, forms: &Forms, language: Language) -> Result<Option<Report>, String> {
    let read = |path: &Path| {
        let reading = open::reading(path, forms, language);
        reading.map(|reading| reading.report).map_err(|sentence| open::about(path, &sentence, language))
    };
    path.map(read).transpose()
}

/// The further reports of a call, without those that come twice.
pub fn further(paths: &[PathBuf], report: &Report, forms: &Forms, language: Language) -> Result<Vec<Report>, String> {
    let mut others = Vec::new();
    for path in paths {
        let about = |sentence: String| open::about(path, &sentence, language);
        let bytes = open::bytes(path, language).map_err(about)?;
        for reading in open::parse_all(&bytes, path, forms, language).map_err(about)? {
            others.push(reading.map_err(about)?.report);
        }
    }
    let (others, told) = collection::beside(report, others, language);
    told.iter().for_each(|finding| print::message(&print::sentence(finding, language)));
    Ok(others)
}
