//! The XML of office files, written in order: elements, their attributes, their text.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// Names and values, which are escaped.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

/// An XML document that is being written.
pub struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// A whole document with its root.
    pub fn document(root: &str, attributes: Attributes, inner: impl FnOnce(&mut Xml)) -> Vec<u8> {
        let mut xml = Xml(Writer::new(Vec::new()));
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        xml.element(root, attributes, inner);
        xml.0.into_inner()
    }

    pub fn element(&mut self, name: &str, attributes: Attributes, inner: impl FnOnce(&mut Xml)) {
        self.start(name, attributes);
        inner(self);
        self.end(name);
    }

    // Apart from `element`, so that they are compiled once.
    #[inline(never)]
    fn start(&mut self, name: &str, attributes: Attributes) {
        self.event(Event::Start(with(name, attributes)));
    }

    #[inline(never)]
    fn end(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element without content.
    #[inline(never)]
    pub fn empty(&mut self, name: &str, attributes: Attributes) {
        self.event(Event::Empty(with(name, attributes)));
    }

    /// An element that holds text and nothing else.
    #[inline(never)]
    pub fn leaf(&mut self, name: &str, attributes: Attributes, text: &str) {
        self.element(name, attributes, |xml| xml.text(text));
    }

    pub fn text(&mut self, text: &str) {
        self.event(Event::Text(BytesText::new(text)));
    }

    #[inline(never)]
    fn event(&mut self, event: Event) {
        // Only a place that can be full or closed refuses what is written; memory is neither.
        let _ = self.0.write_event(event);
    }
}

fn with<'a>(name: &'a str, attributes: Attributes<'a>) -> BytesStart<'a> {
    BytesStart::new(name).with_attributes(attributes.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_attributes_are_escaped() {
        let document = Xml::document("甲", &[("b", "<\"&'\n")], |xml| {
            xml.leaf("t", &[], "a < b && \"c\" ]]>");
            xml.empty("e", &[("v", "1")]);
        });
        assert_eq!(
            String::from_utf8(document).unwrap(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><甲 b=\"&lt;&quot;&amp;&apos;&#10;\">\
             <t>a &lt; b &amp;&amp; &quot;c&quot; ]]&gt;</t><e v=\"1\"/></甲>"
        );
    }
}
