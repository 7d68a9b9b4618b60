//! `word/footer1.xml`: the foot of every page, its number and below it what names the report.

use super::super::xml::Xml;
use super::body::run;
use crate::publication::Publication;

/// The style of the line with the fingerprint.
const FINGERPRINT: &str = "Fingerprint";

pub fn footer(publication: &Publication) -> Vec<u8> {
    let namespace = ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main");
    Xml::document("w:ftr", &[namespace], |xml| {
        paragraph(xml, "Footer", |xml| {
            run(xml, "— ", None);
            xml.element("w:fldSimple", &[("w:instr", " PAGE ")], |xml| run(xml, "1", None));
            run(xml, " —", None);
        });
        paragraph(xml, FINGERPRINT, |xml| run(xml, &publication.fingerprint_line(), None));
    })
}

fn paragraph(xml: &mut Xml, style: &str, inner: impl FnOnce(&mut Xml)) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| xml.empty("w:pStyle", &[("w:val", style)]));
        inner(xml);
    });
}
