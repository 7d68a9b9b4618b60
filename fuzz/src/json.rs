//! Reports as JSON: one, or a list of some.

use nianbao::collection;
use nianbao::report::{Report, parsed};
use nianbao::write::Format;

use crate::bounds::within;
use crate::reading::{FORMS, checked, refused, same_in_json, same_when_written};

pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let read = within("json", bytes.len(), || collection::from_json(text, &FORMS));
    let reports = match read {
        Ok(reports) => reports,
        Err(error) => return refused(&error),
    };
    within("after", bytes.len(), || {
        for report in reports {
            match report {
                Ok(report) => {
                    same_in_json(&report);
                    checked(&report);
                    recast(&report);
                    same_when_written(&report, Format::Json);
                }
                Err(error) => refused(&error),
            }
        }
    });
    // What is no JSON at all is refused with its place, and what is one is read as such.
    assert!(parsed(text).is_ok(), "reports were read of what is no JSON");
}

/// A report that is laid into another form finds its way back.
fn recast(report: &Report) {
    if report.form.open {
        return;
    }
    for form in FORMS.iter().filter(|form| form.id != report.form.id) {
        let there = report.recast(form.clone());
        let back = there.report.recast(report.form.clone());
        assert_eq!(back.report.to_json()["figures"], report.to_json()["figures"], "figures were lost on the way");
    }
}
