//! XML as a stream of elements and texts, told apart by namespace. A document type and its entities are
//! passed over, so that nothing expands and nothing outside is asked for.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::refusal;
use crate::marks;
use crate::report::ReadError;

/// How deep elements may stand in each other. A table in a table in a text box takes some forty.
const DEEPEST: usize = 256;

/// The namespaces in which elements are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// A document of Word.
    Word,
    /// A workbook of Excel.
    Sheet,
    /// What older programs read in place of what newer ones do.
    Compatibility,
    /// Which part of a package belongs to which.
    Relations,
    /// OpenDocument: a file as a whole.
    Office,
    OfficeTable,
    OfficeText,
    OfficeStyle,
    OfficeManifest,
    /// Title, author and the like.
    Core,
    /// What this library writes for itself.
    Own,
    Other,
}

impl Space {
    fn of(uri: &str) -> Space {
        match uri {
            // The second of each pair is that of the strict variant.
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
            | "http://purl.oclc.org/ooxml/spreadsheetml/main" => Space::Sheet,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
            "http://schemas.openxmlformats.org/package/2006/relationships" => Space::Relations,
            "urn:oasis:names:tc:opendocument:xmlns:office:1.0" => Space::Office,
            "urn:oasis:names:tc:opendocument:xmlns:table:1.0" => Space::OfficeTable,
            "urn:oasis:names:tc:opendocument:xmlns:text:1.0" => Space::OfficeText,
            "urn:oasis:names:tc:opendocument:xmlns:style:1.0" => Space::OfficeStyle,
            "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" => Space::OfficeManifest,
            "http://purl.org/dc/elements/1.1/" => Space::Core,
            marks::NAMESPACE => Space::Own,
            _ => Space::Other,
        }
    }
}

/// The beginning of an element.
pub struct Element<'a> {
    pub space: Space,
    start: BytesStart<'a>,
}

impl Element<'_> {
    /// Namespace and name without prefix.
    pub fn name(&self) -> (Space, &str) {
        (self.space, self.start.local_name().into_inner())
    }

    /// An attribute by its name without prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        attributes.with_checks(false);
        let found = attributes.flatten().find(|attribute| attribute.key.local_name().into_inner() == name)?;
        let value = found.normalized_value(XmlVersion::Implicit1_0);
        Some(value.map_or_else(|_| found.value.clone().into_owned(), Cow::into_owned))
    }

    /// An attribute that is a number.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// Whether an element that is a switch by being there is on.
    pub fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }

    /// Whether an attribute that is a switch is on.
    pub fn says(&self, name: &str) -> bool {
        matches!(self.attribute(name).as_deref(), Some("1" | "true" | "on"))
    }
}

pub enum Token<'a> {
    Start(Element<'a>),
    End,
    Text(Cow<'a, str>),
}

/// A reader of one part.
pub struct Xml<'a> {
    reader: NsReader<&'a [u8]>,
    depth: usize,
}

impl<'a> Xml<'a> {
    pub fn new(text: &'a str) -> Xml<'a> {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().allow_dangling_amp = true;
        Xml { reader, depth: 0 }
    }

    /// The next token; `None` at the end.
    ///
    /// # Errors
    /// Where the part breaks off or is no XML.
    pub fn next(&mut self) -> Result<Option<Token<'a>>, ReadError> {
        loop {
            return Ok(Some(match self.reader.read_event().map_err(|_| refusal::damaged())? {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(refusal::damaged());
                    }
                    let space = match self.reader.resolver().resolve_element(start.name()).0 {
                        ResolveResult::Bound(space) => Space::of(space.into_inner()),
                        _ => Space::Other,
                    };
                    Token::Start(Element { space, start })
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Token::End
                }
                Event::Text(text) => Token::Text(text.into_inner()),
                Event::CData(text) => Token::Text(text.into_inner()),
                Event::GeneralRef(reference) => Token::Text(resolved(&reference)),
                Event::Eof if self.depth > 0 => return Err(refusal::damaged()),
                Event::Eof => return Ok(None),
                _ => continue,
            }));
        }
    }

    /// The next element or text inside the open element; `None` at its end.
    ///
    /// # Errors
    /// Where the part breaks off or is no XML.
    pub fn inside(&mut self) -> Result<Option<Token<'a>>, ReadError> {
        Ok(self.next()?.filter(|token| !matches!(token, Token::End)))
    }

    /// The next element inside the open one; `None` at its end.
    ///
    /// # Errors
    /// Where the part breaks off or is no XML.
    pub fn child(&mut self) -> Result<Option<Element<'a>>, ReadError> {
        loop {
            match self.inside()? {
                Some(Token::Start(element)) => return Ok(Some(element)),
                Some(_) => {}
                None => return Ok(None),
            }
        }
    }

    /// The next element at any depth; `None` at the end of the part.
    ///
    /// # Errors
    /// Where the part breaks off or is no XML.
    pub fn element(&mut self) -> Result<Option<Element<'a>>, ReadError> {
        loop {
            match self.next()? {
                Some(Token::Start(element)) => return Ok(Some(element)),
                Some(_) => {}
                None => return Ok(None),
            }
        }
    }

    /// Passes over the rest of the open element.
    ///
    /// # Errors
    /// Where the part breaks off or is no XML.
    pub fn skip(&mut self) -> Result<(), ReadError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside && self.next()?.is_some() {}
        Ok(())
    }

    /// All text inside the open element, to its end.
    ///
    /// # Errors
    /// Where the part breaks off or is no XML.
    pub fn text(&mut self) -> Result<String, ReadError> {
        let outside = self.depth.saturating_sub(1);
        let mut text = String::new();
        while self.depth > outside {
            match self.next()? {
                Some(Token::Text(piece)) => text.push_str(&piece),
                Some(_) => {}
                None => break,
            }
        }
        Ok(text)
    }
}

/// What a reference stands for; nothing where only a document type would tell.
fn resolved<'a>(reference: &BytesRef) -> Cow<'a, str> {
    match reference.resolve_char_ref() {
        Ok(Some(c)) => Cow::Owned(c.to_string()),
        _ => Cow::Borrowed(resolve_predefined_entity(reference).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(xml: &str) -> Result<String, ReadError> {
        let mut xml = Xml::new(xml);
        let mut shown = String::new();
        while let Some(token) = xml.next()? {
            match token {
                Token::Start(element) => shown.push_str(&format!("<{:?} {}>", element.space, element.name().1)),
                Token::End => shown.push('/'),
                Token::Text(text) => shown.push_str(&text),
            }
        }
        Ok(shown)
    }

    #[test]
    fn elements_are_told_by_namespace_and_not_by_prefix() {
        let xml =
            r#"<x:p xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><t xmlns="urn:nianbao:report"/></x:p>"#;
        assert_eq!(shown(xml).unwrap(), "<Word p><Own t>//");
    }

    #[test]
    fn references_stand_for_characters_and_for_nothing_else() {
        let laughs = r#"<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>"#;
        assert_eq!(shown(&format!("{laughs}<a>1&lt;&#x4e00;&c;&d;<![CDATA[&]]></a>")).unwrap(), "<Other a>1<一&/");
        let mut xml = Xml::new("<a b='&amp;&#49;&c;'/>");
        let Ok(Some(element)) = xml.element() else { panic!("an element") };
        assert_eq!(element.attribute("b").as_deref(), Some("&amp;&#49;&c;"));
    }

    #[test]
    fn what_breaks_off_or_has_no_bottom_is_damaged() {
        for xml in ["<a><b>", "<a></b>", "<a", &"<a>".repeat(300)] {
            assert_eq!(shown(xml), Err(refusal::damaged()), "{xml}");
        }
    }
}
