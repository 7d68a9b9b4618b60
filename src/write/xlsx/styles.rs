//! How cells look: each combination that is used is kept once.

use super::super::xml::{Attributes, Xml};
use super::MAIN;

/// How a cell looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub font: Font,
    pub fill: Fill,
    pub align: Align,
    pub is_at_the_top: bool,
    /// Whether lines are drawn around it.
    pub is_lined: bool,
    pub wraps: bool,
    /// Whether what is too long becomes smaller.
    pub shrinks: bool,
    /// Whether it stays text whatever it begins with.
    pub is_quoted: bool,
    /// How a number is shown; empty for the usual way.
    pub format: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Font {
    #[default]
    Text,
    Table,
    Heading,
    Title,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fill {
    #[default]
    None,
    /// A line over a table.
    Banner,
    /// A total that is not the sum of its parts.
    Marked,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Left,
    Center,
}

/// The fonts in the order of [`Font`]: size and name.
const FONTS: [(&str, &str); 4] = [("11", "宋体"), ("10.5", "宋体"), ("14", "黑体"), ("18", "方正小标宋简体")];
/// Further colours in the order of [`Fill`].
const FILLS: [&str; 2] = ["FFC6D9F1", "FFFFF2CC"];
/// The first number that a format of one's own may have.
const OWN_FORMATS: usize = 164;

/// The styles of a workbook. The first is that of cells about which nothing is said.
pub struct Styles(Vec<Style>);

impl Default for Styles {
    fn default() -> Styles {
        Styles(vec![Style::default()])
    }
}

impl Styles {
    pub fn index(&mut self, style: &Style) -> usize {
        let known = self.0.iter().position(|known| known == style);
        known.unwrap_or_else(|| {
            self.0.push(style.clone());
            self.0.len() - 1
        })
    }

    pub fn part(&self) -> Vec<u8> {
        let mut formats: Vec<&str> = Vec::new();
        for style in self.0.iter().filter(|style| !style.format.is_empty()) {
            if !formats.contains(&style.format.as_str()) {
                formats.push(&style.format);
            }
        }
        Xml::document("styleSheet", &[MAIN], |xml| {
            if !formats.is_empty() {
                list(xml, "numFmts", formats.len(), |xml| {
                    for (at, format) in formats.iter().enumerate() {
                        let id = (OWN_FORMATS + at).to_string();
                        xml.empty("numFmt", &[("numFmtId", &id), ("formatCode", format)]);
                    }
                });
            }
            fonts(xml);
            fills(xml);
            borders(xml);
            list(xml, "cellStyleXfs", 1, |xml| {
                xml.empty("xf", &[("numFmtId", "0"), ("fontId", "0"), ("fillId", "0"), ("borderId", "0")])
            });
            list(xml, "cellXfs", self.0.len(), |xml| self.0.iter().for_each(|style| combination(xml, style, &formats)));
            list(xml, "cellStyles", 1, |xml| {
                xml.empty("cellStyle", &[("name", "Normal"), ("xfId", "0"), ("builtinId", "0")])
            });
        })
    }
}

fn list(xml: &mut Xml, name: &str, count: usize, inner: impl FnOnce(&mut Xml)) {
    xml.element(name, &[("count", &count.to_string())], inner);
}

fn fonts(xml: &mut Xml) {
    list(xml, "fonts", FONTS.len(), |xml| {
        for (size, name) in FONTS {
            xml.element("font", &[], |xml| {
                xml.empty("sz", &[("val", size)]);
                xml.empty("name", &[("val", name)]);
                xml.empty("charset", &[("val", "134")]);
            });
        }
    });
}

fn fills(xml: &mut Xml) {
    list(xml, "fills", FILLS.len() + 2, |xml| {
        // The first two are fixed.
        for kind in ["none", "gray125"] {
            xml.element("fill", &[], |xml| xml.empty("patternFill", &[("patternType", kind)]));
        }
        for color in FILLS {
            xml.element("fill", &[], |xml| {
                xml.element("patternFill", &[("patternType", "solid")], |xml| xml.empty("fgColor", &[("rgb", color)]));
            });
        }
    });
}

fn borders(xml: &mut Xml) {
    list(xml, "borders", 2, |xml| {
        let lined: Attributes = &[("style", "thin")];
        for attributes in [&[], lined] {
            xml.element("border", &[], |xml| {
                for side in ["left", "right", "top", "bottom"] {
                    match attributes.is_empty() {
                        true => xml.empty(side, &[]),
                        false => xml.element(side, attributes, |xml| xml.empty("color", &[("auto", "1")])),
                    }
                }
                xml.empty("diagonal", &[]);
            });
        }
    });
}

fn combination(xml: &mut Xml, style: &Style, formats: &[&str]) {
    let format = formats.iter().position(|known| *known == style.format).map_or(0, |at| OWN_FORMATS + at);
    let fill = match style.fill {
        Fill::None => "0",
        Fill::Banner => "2",
        Fill::Marked => "3",
    };
    let (format, font) = (format.to_string(), (style.font as usize).to_string());
    let mut attributes = vec![
        ("numFmtId", format.as_str()),
        ("fontId", &font),
        ("fillId", fill),
        ("borderId", if style.is_lined { "1" } else { "0" }),
        ("xfId", "0"),
        ("applyNumberFormat", "1"),
        ("applyFont", "1"),
        ("applyFill", "1"),
        ("applyBorder", "1"),
        ("applyAlignment", "1"),
    ];
    if style.is_quoted {
        attributes.push(("quotePrefix", "1"));
    }
    let mut alignment = vec![
        ("horizontal", if style.align == Align::Center { "center" } else { "left" }),
        ("vertical", if style.is_at_the_top { "top" } else { "center" }),
    ];
    if style.wraps {
        alignment.push(("wrapText", "1"));
    }
    if style.shrinks {
        alignment.push(("shrinkToFit", "1"));
    }
    xml.element("xf", &attributes, |xml| xml.empty("alignment", &alignment));
}
