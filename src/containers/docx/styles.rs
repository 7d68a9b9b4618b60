//! What of the styles of a document is read: which of them number their paragraphs.

use std::collections::HashMap;

use super::super::xml::{Space, Xml};
use super::numbering::Numbered;
use crate::report::ReadError;

/// How many styles may be based on each other.
const LONGEST_CHAIN: usize = 32;

/// The styles of paragraphs, by id.
#[derive(Default)]
pub struct Styles {
    styles: HashMap<String, Style>,
    /// The style of a paragraph that names none.
    default: Option<String>,
}

#[derive(Default)]
struct Style {
    based_on: Option<String>,
    numbered: Numbered,
}

impl Styles {
    /// Reads the part with the styles; an empty text has none.
    ///
    /// # Errors
    /// Where it is damaged.
    pub fn read(text: &str) -> Result<Styles, ReadError> {
        let mut styles = Styles::default();
        let mut xml = Xml::new(text);
        while let Some(element) = xml.element()? {
            if element.name() != (Space::Word, "style") {
                continue;
            }
            let id = element.attribute("styleId").unwrap_or_default();
            if element.says("default") && element.attribute("type").is_none_or(|kind| kind == "paragraph") {
                styles.default = Some(id.clone());
            }
            let mut style = Style::default();
            while let Some(child) = xml.child()? {
                match child.name() {
                    (Space::Word, "basedOn") => {
                        style.based_on = child.attribute("val");
                        xml.skip()?;
                    }
                    (Space::Word, "pPr") => style.numbered = Numbered::in_properties(&mut xml)?,
                    _ => xml.skip()?,
                }
            }
            styles.styles.insert(id, style);
        }
        Ok(styles)
    }

    /// What a style says of the number of its paragraphs, with the style that says it.
    pub fn numbered<'a>(&'a self, style: Option<&'a str>) -> (Numbered, &'a str) {
        let mut at = style.or(self.default.as_deref()).unwrap_or_default();
        let mut level = None;
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = self.styles.get(at) else { break };
            level = level.or(style.numbered.level);
            if style.numbered.list.is_some() {
                return (Numbered { list: style.numbered.list.clone(), level }, at);
            }
            let Some(base) = &style.based_on else { break };
            at = base;
        }
        (Numbered::default(), "")
    }
}
