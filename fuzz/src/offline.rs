//! Offline files: a page, or the pieces of one, each behind a byte 1E: version, attributes (`name=value`, a line each),
//! report, what was before, and the parts of the program (name, hash and text, each to the end of a line).

use nianbao::offline::{OfflineFile, Part, Program, bundle, data, take_apart};
use nianbao::read::differences;
use nianbao::report::Report;
use serde_json::Value as Json;

use crate::bounds::within;
use crate::reading::{FORMS, context, look, refused};

pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match text.strip_prefix('\u{1e}') {
        Some(pieces) => pieces_of(pieces),
        None => page(text),
    }
}

/// Takes a page apart that may be such a file, and puts it together again.
fn page(text: &str) {
    let file = within("offline", text.len(), || take_apart(text));
    let held = data(text);
    assert_eq!(file.as_ref().map(|file| &file.data), held.as_ref(), "the report alone is another one");
    if nianbao::read::is_container(text.as_bytes()) {
        return;
    }
    match within("offline", text.len(), || nianbao::read::read(text.as_bytes(), &context())) {
        Ok(reading) => within("after", text.len(), || look(&reading)),
        Err(error) => refused(&error),
    }
    let Some(file) = file else { return };
    within("after", text.len(), || {
        for finding in differences(&file, &context()) {
            assert!(!finding.message.trim().is_empty(), "a finding without a sentence: {finding:?}");
        }
        let Some(made) = file.put_together(&FORMS) else { return };
        whole(&made, &file.data.report);
    });
}

/// A file that was put together is taken apart into the same pieces, and nobody has changed it.
fn whole(made: &str, report: &str) {
    let again = take_apart(made).expect("what was put together is such a file");
    assert_eq!(again.put_together(&FORMS).as_deref(), Some(made), "it counts as changed");
    assert_eq!(OfflineFile::of_bytes(made.as_bytes()), Some(again.clone()), "its bytes are another file");
    let told = differences(&again, &context());
    assert!(told.is_empty(), "what is seen in it is not what it holds: {told:?}");
    let held = again.data.read(&FORMS).expect("it was put together of a report");
    let json = Report::from_json(report, &FORMS).map_or(Json::Null, |report| report.to_json());
    if !json.is_null() {
        assert_eq!(held.to_json(), json, "it holds another report");
    }
}

/// Puts pieces together.
fn pieces_of(text: &str) {
    let mut pieces = text.split('\u{1e}');
    let mut next = || pieces.next().unwrap_or_default();
    let (version, attributes, report, previous) = (next(), next(), next(), next());
    let parts = pieces.map(|piece| {
        let mut lines = piece.splitn(3, '\n');
        let mut next = || lines.next().unwrap_or_default().to_owned();
        let (name, hash, text) = (next(), next(), next());
        Part { name, hash: (!hash.is_empty()).then_some(hash), text }
    });
    let Ok(program) = Program::of(version.to_owned(), parts.collect()) else { return };
    let Ok(held) = Report::from_json(report, &FORMS) else { return };
    let attributes: Vec<(&str, &str)> = attributes.lines().filter_map(|line| line.split_once('=')).collect();
    let previous = (!previous.is_empty()).then_some(previous);
    within("after", text.len(), || {
        let made = bundle(&held, previous, &attributes, &program);
        whole(&made, report);
        let taken = take_apart(&made).expect("what was put together is such a file");
        assert_eq!((taken.version.as_str(), taken.parts.as_slice()), (program.version(), program.parts()));
        let reading = nianbao::read::read(made.as_bytes(), &context()).expect("an offline file is read");
        assert_eq!(reading.report.to_json(), held.to_json(), "it is read as another report");
    });
}
