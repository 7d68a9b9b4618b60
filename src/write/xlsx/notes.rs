//! Notes on cells. Spreadsheets want their texts in one part and the boxes in which they show in another.

use super::super::package;
use super::super::xml::Xml;
use super::MAIN;
use super::sheet::reference;
use super::strings::escaped;
use crate::marks;

/// A note on a cell.
pub struct Note {
    pub row: usize,
    pub column: usize,
    pub text: String,
}

/// The relationship from a sheet to the boxes.
pub const DRAWING: &str = "rId1";

pub fn relationships(sheet: usize) -> Vec<u8> {
    let (drawing, comments) = (format!("../drawings/vmlDrawing{sheet}.vml"), format!("../comments{sheet}.xml"));
    package::relationships(&[(DRAWING, "vmlDrawing", &drawing), ("rId2", "comments", &comments)])
}

pub fn part(notes: &[Note]) -> Vec<u8> {
    Xml::document("comments", &[MAIN], |xml| {
        xml.element("authors", &[], |xml| xml.leaf("author", &[], marks::SHEET));
        xml.element("commentList", &[], |xml| {
            for note in notes {
                xml.element("comment", &[("ref", &reference(note.row, note.column)), ("authorId", "0")], |xml| {
                    xml.element("text", &[], |xml| {
                        xml.element("r", &[], |xml| {
                            xml.element("rPr", &[], |xml| {
                                xml.empty("sz", &[("val", "10")]);
                                xml.empty("rFont", &[("val", "宋体")]);
                                xml.empty("charset", &[("val", "134")]);
                            });
                            xml.leaf("t", &[("xml:space", "preserve")], &escaped(&note.text));
                        });
                    });
                });
            }
        });
    })
}

/// The boxes of a sheet's notes, hidden until one points at them.
pub fn drawing(notes: &[Note], sheet: usize) -> Vec<u8> {
    let namespaces = [
        ("xmlns:v", "urn:schemas-microsoft-com:vml"),
        ("xmlns:o", "urn:schemas-microsoft-com:office:office"),
        ("xmlns:x", "urn:schemas-microsoft-com:office:excel"),
    ];
    Xml::document("xml", &namespaces, |xml| {
        xml.element("o:shapelayout", &[("v:ext", "edit")], |xml| {
            xml.empty("o:idmap", &[("v:ext", "edit"), ("data", &sheet.to_string())]);
        });
        let kind = [
            ("id", "_x0000_t202"),
            ("coordsize", "21600,21600"),
            ("o:spt", "202"),
            ("path", "m,l,21600r21600,l21600,xe"),
        ];
        xml.element("v:shapetype", &kind, |xml| {
            xml.empty("v:stroke", &[("joinstyle", "miter")]);
            xml.empty("v:path", &[("gradientshapeok", "t"), ("o:connecttype", "rect")]);
        });
        for (at, note) in notes.iter().enumerate() {
            a_box(xml, note, &format!("_x0000_s{}", sheet * 1024 + at + 1));
        }
    })
}

fn a_box(xml: &mut Xml, note: &Note, id: &str) {
    let (row, column) = (note.row, note.column);
    let attributes = [
        ("id", id),
        ("type", "#_x0000_t202"),
        ("style", "position:absolute;visibility:hidden"),
        ("fillcolor", "#ffffe1"),
        ("o:insetmode", "auto"),
    ];
    xml.element("v:shape", &attributes, |xml| {
        xml.empty("v:fill", &[("color2", "#ffffe1")]);
        xml.empty("v:path", &[("o:connecttype", "none")]);
        xml.element("v:textbox", &[("style", "mso-direction-alt:auto")], |xml| {
            xml.empty("div", &[("style", "text-align:left")])
        });
        xml.element("x:ClientData", &[("ObjectType", "Note")], |xml| {
            xml.empty("x:MoveWithCells", &[]);
            xml.empty("x:SizeWithCells", &[]);
            // From column and row to column and row, each with an offset.
            let anchor = format!("{}, 12, {}, 4, {}, 12, {}, 4", column + 1, row, column + 5, row + 4);
            xml.leaf("x:Anchor", &[], &anchor);
            xml.leaf("x:AutoFill", &[], "False");
            xml.leaf("x:Row", &[], &row.to_string());
            xml.leaf("x:Column", &[], &column.to_string());
        });
    });
}
