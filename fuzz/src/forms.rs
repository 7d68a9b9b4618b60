//! Form files, and behind a byte 1E rule files. What compiles is a form: an empty report of it is laid out, checked,
//! written and read.

use nianbao::check::check;
use nianbao::form::{Form, Laid};
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::native::Native;
use nianbao::read::{Context, read};
use nianbao::report::Report;
use nianbao::write::{Format, write};

use crate::bounds::within;

/// How many characters `read::sheet` takes for prose.
const LONG: usize = 60;

pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut files = text.split('\u{1e}');
    let (form, rules) = (files.next().unwrap_or_default(), files.collect::<Vec<_>>());
    let compiled = within("form", bytes.len(), || Form::with_rules(form, &rules));
    let compiled = match compiled {
        Ok(compiled) => compiled,
        Err(fault) => return assert!(!fault.to_string().trim().is_empty(), "a fault without a sentence"),
    };
    let size = bytes.len() + compiled.cell_count() * 100;
    within("after", size, || {
        laid_out(&compiled);
        for (cell, definition) in compiled.cells() {
            assert_eq!(compiled.find(&definition.address), Some(cell), "an address that is not found");
        }
        if rules.is_empty() && compiled.cell_count() < 5000 {
            used(form, &compiled.id);
        }
    });
}

/// Every sheet prints each of its figures once, within its width.
fn laid_out(form: &Form) {
    let mut printed = vec![0; form.cell_count()];
    for sheet in form.sections.iter().flat_map(|section| &section.sheets) {
        let layout = form.layout(sheet);
        for cell in layout.rows.iter().flatten() {
            assert!(cell.column + cell.columns <= layout.width, "a cell beside the sheet");
            if let Laid::Figure(cell) = cell.laid {
                printed[cell.index()] += 1;
            }
        }
    }
    assert!(printed.iter().all(|times| *times == 1), "a figure that is not printed once");
}

/// An empty report of a form goes through everything.
fn used(form: &str, id: &str) {
    let mut forms = Forms::official();
    forms.add(form).expect("it compiles");
    let report = Report::empty(forms.get(id).expect("it was added").clone());
    for finding in check(&report, None, Language::CHINESE) {
        assert!(finding.cells.iter().all(|cell| report.form.find(cell).is_some()), "no such cell: {finding:?}");
    }
    // The rows of an open form are each report's own: a report of all that are known is none that is written.
    if report.form.open {
        return;
    }
    // A text that long is none of a label on a sheet, where it may stand alone in its row.
    let layouts =
        report.form.sections.iter().flat_map(|section| &section.sheets).map(|sheet| report.form.layout(sheet));
    let is_long = |laid: &Laid| match laid {
        Laid::Banner(label) | Laid::Corner(label) | Laid::Head { label, .. } => label.zh.chars().count() >= LONG,
        Laid::Figure(_) => false,
    };
    if layouts.flat_map(|layout| layout.rows).flatten().any(|cell| is_long(&cell.laid)) {
        return;
    }
    let json = report.to_json();
    let again = Report::from_json(&json.to_string(), &forms).expect("its own JSON is a report");
    assert_eq!(again.to_json(), json, "JSON is another one the second time");
    for format in Format::ALL {
        let Ok(written) = write(&report, format) else { continue };
        let context = Context::new(&forms, &Native, Language::CHINESE);
        let again = read(&written, &context).unwrap_or_else(|error| panic!("{format:?} cannot be read back: {error}"));
        assert_eq!(again.report.to_json(), json, "{format:?} is read back as another report");
    }
}
