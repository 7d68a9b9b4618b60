//! A report and a program put together into one file.

use serde_json::Value as Json;

use super::{ATTRIBUTES, ELEMENT, GENERATOR, LOADER, MARK, PIECE, PREVIOUS, Part, Program, REFERENCES, SHEET};
use crate::fingerprint;
use crate::marks;
use crate::publication::Publication;
use crate::report::Report;
use crate::write;

/// What the page may do: no request, and no script but the program's. Chromium before 97 compiles WebAssembly only where
/// `unsafe-eval` is allowed.
const POLICY: [&str; 2] = [
    "default-src 'none'; script-src",
    " 'unsafe-eval' 'wasm-unsafe-eval'; worker-src blob:; style-src 'unsafe-inline'; connect-src data:; \
     img-src data: blob:; base-uri 'none'; form-action 'none'",
];

/// One file of a report, of what the report was before it was last saved, of the attributes of the element that shows
/// it, and of a program. The same pieces give the same bytes. Of the attributes those are kept that
/// [belong to such a file](ATTRIBUTES); what was before is left out where it is no JSON.
pub fn bundle(report: &Report, previous: Option<&str>, attributes: &[(&str, &str)], program: &Program) -> String {
    // Where figures come from is kept: the file is where they are worked on.
    let mut json = report.to_json_with_provenance();
    fingerprint::put(report, &mut json);
    let json = marks::embedded(&json);
    let previous = previous.and_then(|previous| serde_json::from_str::<Json>(previous).ok());
    let (head, article) = write::page_parts(&Publication::of(report));
    let parts: usize = program.parts().iter().map(|part| part.text.len() + 100).sum();
    let mut page = String::with_capacity(parts + json.len() + article.len() + 8192);
    page.push_str("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"");
    push_policy(program, &mut page);
    page.push_str("\">\n<meta name=\"generator\" content=\"");
    page.push_str(&[GENERATOR, program.version(), "\">\n"].concat());
    page.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.push_str(&head);
    page.push('\n');
    let element = |part: &&Part| part.name != SHEET;
    program.parts().iter().filter(|part| part.name == SHEET).for_each(|part| push_part(part, &mut page));
    page.push_str("</head>\n<body>\n<");
    page.push_str(ELEMENT);
    push_attributes(attributes, &mut page);
    page.push_str(">\n<script type=\"application/json\">");
    page.push_str(&json);
    page.push_str("</script>\n");
    page.push_str(&article);
    page.push_str(&["</", ELEMENT, ">\n"].concat());
    if let Some(previous) = previous {
        page.push_str(&["<script type=\"application/json\" ", PIECE, "=\"", PREVIOUS, "\">"].concat());
        page.push_str(&marks::embedded(&previous));
        page.push_str("</script>\n");
    }
    program.parts().iter().filter(element).for_each(|part| push_part(part, &mut page));
    page.push_str("</body>\n</html>\n");
    page
}

/// The loader's hash first, then those of the other scripts in their order.
fn push_policy(program: &Program, page: &mut String) {
    let is_loader = |part: &&Part| part.name == LOADER;
    let (loader, others) =
        (program.parts().iter().filter(is_loader), program.parts().iter().filter(|part| !is_loader(part)));
    page.push_str(POLICY[0]);
    for hash in loader.chain(others).filter_map(|part| part.hash.as_deref()) {
        page.push_str(&[" '", hash, "'"].concat());
    }
    page.push_str(POLICY[1]);
}

fn push_attributes(attributes: &[(&str, &str)], page: &mut String) {
    for name in ATTRIBUTES {
        let Some((_, value)) = attributes.iter().find(|(known, _)| *known == name) else { continue };
        page.push_str(&[" ", name, "=\""].concat());
        for c in value.chars() {
            match REFERENCES.iter().find(|(known, _)| *known == c) {
                Some((_, reference)) => page.push_str(reference),
                None if c.is_control() => {}
                None => page.push(c),
            }
        }
        page.push('"');
    }
    page.push_str(&[" ", MARK].concat());
}

fn push_part(part: &Part, page: &mut String) {
    let (element, kind) = match part.name.as_str() {
        SHEET => ("style", ""),
        LOADER => ("script", ""),
        _ => ("script", " type=\"text/plain\""),
    };
    page.push_str(&["<", element, kind, " ", PIECE, "=\"", &part.name, "\">"].concat());
    page.push_str(&part.text);
    page.push_str(&["</", element, ">\n"].concat());
}
