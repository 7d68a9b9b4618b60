//! Elements and attributes, put down one after the other.

use super::super::pen;

/// SVG as it grows.
pub struct File<'a> {
    pub out: String,
    /// What ids begin with.
    pub prefix: &'a str,
}

impl File<'_> {
    pub fn open(&mut self, element: &str) {
        self.out.push('<');
        self.out.push_str(element);
    }

    pub fn inside(&mut self) {
        self.out.push('>');
    }

    pub fn end(&mut self) {
        self.out.push_str("/>");
    }

    pub fn close(&mut self, element: &str) {
        self.out.push_str("</");
        self.out.push_str(element);
        self.out.push_str(">\n");
    }

    pub fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.escape(value);
        self.out.push('"');
    }

    pub fn length(&mut self, name: &str, value: f64) {
        self.attribute(name, &pen::length(value));
    }

    /// What XML has no place for is left out.
    pub fn escape(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\t' | '\n' | '\r' => self.out.push(' '),
                '\u{fffe}' | '\u{ffff}' => {}
                other if other.is_control() => {}
                other => self.out.push(other),
            }
        }
    }

    pub fn told(&mut self, element: &str, text: &str) {
        self.open(element);
        self.attribute("id", &[self.prefix, element].concat());
        self.inside();
        self.escape(text);
        self.close(element);
    }

    pub fn hint(&mut self, text: &str) {
        self.out.push_str("<title>");
        self.escape(text);
        self.out.push_str("</title>");
    }

    pub fn lengths(&mut self, lengths: &[(&str, f64)]) {
        lengths.iter().for_each(|(name, value)| self.length(name, *value));
    }

    pub fn rect(&mut self, (x, y, width, height): (f64, f64, f64, f64), attributes: &[(&str, &str)]) {
        self.open("rect");
        self.lengths(&[("x", x), ("y", y), ("width", width), ("height", height)]);
        attributes.iter().for_each(|(name, value)| self.attribute(name, value));
        self.end();
    }
}
