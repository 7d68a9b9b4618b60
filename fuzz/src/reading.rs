//! What must hold of whatever was read.

use std::sync::LazyLock;

use nianbao::check::check;
use nianbao::edit::{Edit, History};
use nianbao::finding::{Finding, Operand, Source, TITLE_TEXT};
use nianbao::fingerprint;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::native::Native;
use nianbao::read::{Context, Reading, read_all};
use nianbao::report::{ReadError, Report};
use nianbao::write::{Format, write};

use crate::bounds::within;

/// The official forms, and a small one of one's own, whose reports are short.
pub static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let mut forms = Forms::official();
    forms.add(include_str!("../../tests/fixtures/reading-room.json")).expect("the form is sound");
    forms
});

pub fn context() -> Context<'static> {
    Context { file: "input", ..Context::new(&FORMS, &Native, Language::CHINESE) }
}

/// Has everything made that is made once.
pub fn warm_up() {
    let ids: Vec<_> = FORMS.iter().chain(FORMS.open()).map(|form| form.id.clone()).collect();
    for id in ids {
        let report = Report::empty(FORMS.get(&id).expect("it is one of them").clone());
        for format in Format::ALL {
            let written = write(&report, format).expect("an empty report can be written");
            let _ = nianbao::read::read(&written, &context());
        }
    }
}

/// Reads a file within the bounds of a target, and looks at what comes of it.
pub fn read(name: &str, bytes: &[u8]) {
    read_sized(name, bytes, bytes.len());
}

/// The same, where the size that counts is another than that of the file.
pub fn read_sized(name: &str, bytes: &[u8], size: usize) {
    let read = within(name, size, || read_all(bytes, &context()));
    let readings = match read {
        Ok(readings) => readings,
        Err(error) => return refused(&error),
    };
    assert!(!readings.is_empty(), "a file that is read holds a report");
    within("after", size, || {
        for reading in readings {
            match reading {
                Ok(reading) => look(&reading),
                Err(error) => refused(&error),
            }
        }
    });
}

/// What is refused is told in a sentence, in every language.
pub fn refused(error: &ReadError) {
    for language in Language::all() {
        assert!(!error.sentence(language).trim().is_empty(), "a refusal without a sentence");
    }
}

/// Looks at what was read.
pub fn look(reading: &Reading) {
    let report = &reading.report;
    same_in_json(report);
    reading.findings.iter().for_each(|finding| sound(finding, report));
    checked(report);
    // Writing and reading again takes longer than everything else: a third of the reports, each in one format.
    let chance = chance(report);
    let formats = &Format::ALL[1..];
    if chance.is_multiple_of(3) {
        same_when_written(report, formats[chance / 3 % formats.len()]);
    }
}

/// A number that is another one for nearly every report, and the same one for the same.
fn chance(report: &Report) -> usize {
    fingerprint::of(report).to_string().bytes().fold(0, |sum, byte| sum * 31 % 65_521 + usize::from(byte))
}

/// A report is the same after it was JSON, with all that is known of its figures.
pub fn same_in_json(report: &Report) {
    let json = report.to_json_with_provenance();
    let again = Report::from_json(&json.to_string(), &FORMS).expect("its own JSON is a report");
    assert_eq!(again.to_json_with_provenance(), json, "JSON is another one the second time");
    assert_eq!(fingerprint::of(&again), fingerprint::of(report), "the fingerprint of its JSON is another one");
    let plain = report.to_json();
    let again = Report::from_value(plain.clone(), &FORMS).expect("its own JSON is a report");
    assert_eq!(again.to_json(), plain, "JSON without origins is another one the second time");
}

/// A report can be checked, and its findings are about what is there.
pub fn checked(report: &Report) {
    let findings = check(report, None, Language::CHINESE);
    for finding in &findings {
        sound(finding, report);
        for repair in &finding.repairs {
            let Some(edit) = Edit::repair(report, repair) else { continue };
            let (mut changed, mut history) = (report.clone(), History::default());
            history.make(&mut changed, edit);
            let after = changed.to_json();
            history.undo(&mut changed);
            assert_eq!(changed.to_json(), report.to_json(), "a repair that is undone leaves something");
            history.redo(&mut changed);
            assert_eq!(changed.to_json(), after, "a repair that is made again is another one");
        }
    }
}

/// A finding is a sentence about cells and words that are there.
fn sound(finding: &Finding, report: &Report) {
    assert!(!finding.message.trim().is_empty(), "a finding without a sentence: {finding:?}");
    let is_there = |address: &String| assert!(report.form.find(address).is_some(), "no such cell: {finding:?}");
    finding.cells.iter().for_each(is_there);
    for change in finding.repairs.iter().flat_map(|repair| &repair.changes) {
        is_there(&change.cell);
    }
    for operand in finding.equation.iter().flat_map(|equation| equation.left.iter().chain(&equation.right)) {
        operands(operand, &mut |source| match source {
            Source::Cell(address) => is_there(address),
            Source::Quote(place) => assert!(*place < finding.quotes.len(), "no such quote: {finding:?}"),
            Source::Prior(_) | Source::Rule => {}
        });
    }
    for quote in &finding.quotes {
        let text = match quote.section.as_str() {
            TITLE_TEXT => report.title.as_str(),
            section => report.section(section).expect("a quote is out of a section that is there"),
        };
        let quoted: String = text.chars().take(quote.end).skip(quote.start).collect();
        assert_eq!(quoted, quote.text, "a quote that does not stand where it is said to: {finding:?}");
    }
}

fn operands(operand: &Operand, look: &mut impl FnMut(&Source)) {
    look(&operand.source);
    operand.parts.iter().for_each(|part| operands(part, look));
}

/// A report is the same after it was written and read, and there is nothing to say of that.
pub fn same_when_written(report: &Report, format: Format) {
    // The sections of an open form are named by the places of its headings: where a file was edited so that it has other
    // headings than its data say, the form of what is read still has those of the data.
    let sections = report.form.sections.iter().map(|section| section.heading.zh.as_str());
    if report.form.open && !sections.eq(report.headings.iter().flatten().map(String::as_str)) {
        return;
    }
    let Ok(written) = write(report, format) else { return };
    let again = nianbao::read::read(&written, &context());
    let again = again.unwrap_or_else(|error| panic!("{format:?} cannot be read back: {error}"));
    assert_eq!(again.report.to_json(), report.to_json(), "{format:?} is read back as another report");
    let told: Vec<_> = again.findings.iter().filter(|finding| finding.rule == "carried").collect();
    assert!(told.is_empty(), "{format:?} is read back with {told:?}");
}
