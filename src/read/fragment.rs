//! What a clipboard holds as HTML, as a tree: tags that are missing are supplied, what no reader sees
//! is left out.

use html5gum::emitters::default::{StartTag, Token};
use html5gum::{DefaultEmitter, Tokenizer};

use super::html::{BLOCKS, DROPPED};
use super::paragraphs::unwrapped;
use crate::marks;

#[derive(Debug)]
pub enum Node {
    Text(String),
    Element(Element),
}

#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

/// What is deeper belongs to the element around it.
const DEEPEST: usize = 100;
/// How many elements beyond are known by their names: each end of one is looked for among them.
const MOST_TOO_DEEP: usize = 1000;

const EMPTY: [&str; 12] = ["br", "hr", "img", "meta", "link", "input", "col", "wbr", "area", "base", "embed", "source"];
/// Further elements of which nothing is read: `xml` is data of Office, `del` a tracked deletion.
const UNSEEN: [&str; 3] = ["title", "xml", "del"];
/// What Word writes in a style for notes, comments and codes that are not part of the text.
const MARKS: [&str; 6] = [
    "mso-element:comment",
    "mso-element:footnote",
    "mso-element:endnote",
    "mso-element:field",
    "mso-footnote-id:",
    "mso-endnote-id:",
];
const MARK_CLASSES: [&str; 4] = ["MsoCommentReference", "msocomanchor", "MsoFootnoteReference", "MsoEndnoteReference"];
/// The attributes that tell where a cell stands and what number it holds.
const KEPT: [&str; 4] = ["colspan", "rowspan", "x:num", "sdval"];
/// Parts of a table; nothing inside one closes one outside of it.
const FENCES: [&str; 3] = ["td", "th", "table"];

/// Reads HTML into the root of a tree.
pub fn fragment(html: &str) -> Element {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut tree = Tree { open: vec![Element::default()], too_deep: Vec::new() };
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) => tree.start(&tag),
            Token::EndTag(tag) => tree.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => tree.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    tree.finish()
}

/// The elements that are open, the root first.
struct Tree {
    open: Vec<Element>,
    /// Names of open elements that were too deep to be kept.
    too_deep: Vec<String>,
}

impl Tree {
    fn start(&mut self, tag: &StartTag<()>) {
        let element = Element::of(tag);
        match element.name.as_str() {
            "td" | "th" => {
                self.close(&["td", "th"], &["table"]);
                self.supply_row();
            }
            "tr" => self.close(&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => self.close(&["tbody", "thead", "tfoot"], &["table"]),
            "li" => self.close(&["li"], &["ul", "ol", "td", "th", "table"]),
            name if name != "br" && is_block(name) => self.close(&["p"], &FENCES),
            _ => {}
        }
        if EMPTY.contains(&element.name.as_str()) || (tag.self_closing && element.name.contains(':')) {
            self.put(Node::Element(element));
        } else if self.open.len() < DEEPEST {
            self.open.push(element);
        } else if self.too_deep.len() < MOST_TOO_DEEP {
            self.too_deep.push(element.name);
        }
    }

    fn end(&mut self, name: &str) {
        if self.too_deep.iter().any(|open| open == name) {
            while self.too_deep.pop().is_some_and(|open| open != name) {}
            return;
        }
        let fences: &[&str] = match name {
            "table" => &[],
            "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" => &["table"],
            _ => &FENCES,
        };
        self.close(&[name], fences);
    }

    /// Closes the innermost element of these names with all that is open in it, unless one of the
    /// others stands in between.
    fn close(&mut self, names: &[&str], fences: &[&str]) {
        let of = |names: &[&str], element: &Element| names.contains(&element.name.as_str());
        let found = self.open.iter().rposition(|element| of(names, element) || of(fences, element));
        let Some(at) = found.filter(|at| *at > 0 && of(names, &self.open[*at])) else { return };
        while self.open.len() > at {
            self.close_last();
        }
    }

    /// Opens a row where a cell begins without one.
    fn supply_row(&mut self) {
        let around = self.open.iter().rfind(|element| matches!(element.name.as_str(), "tr" | "table"));
        if around.is_some_and(|element| element.name == "table") {
            self.open.push(Element { name: "tr".to_owned(), ..Element::default() });
        }
    }

    fn close_last(&mut self) {
        if let Some(element) = self.open.pop() {
            self.put(Node::Element(element));
        }
    }

    fn text(&mut self, text: &str) {
        self.put(Node::Text(text.to_owned()));
    }

    fn put(&mut self, node: Node) {
        let unseen = matches!(&node, Node::Element(element) if element.is_unseen());
        if let Some(around) = self.open.last_mut().filter(|_| !unseen) {
            around.children.push(node);
        }
    }

    fn finish(mut self) -> Element {
        while self.open.len() > 1 {
            self.close_last();
        }
        self.open.pop().unwrap_or_default()
    }
}

/// Whether an element stands on lines of its own.
pub fn is_block(name: &str) -> bool {
    let others = ["table", "pre", "dl", "aside", "form", "address", "tr", "caption"];
    BLOCKS.contains(&name.as_bytes()) || others.contains(&name)
}

impl Element {
    fn of(tag: &StartTag<()>) -> Element {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        let attributes = tag.attributes.iter().map(|(name, value)| (text(name.as_slice()), text(value.as_slice())));
        Element { name: text(&tag.name), attributes: attributes.collect(), children: Vec::new() }
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The style without spaces, in small letters.
    pub fn style(&self) -> String {
        let style = self.attribute("style").unwrap_or_default();
        style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase()
    }

    /// Whether the page does not show it.
    pub fn is_hidden(&self) -> bool {
        let style = self.style();
        self.attribute("hidden").is_some() || style.contains("display:none") || style.contains("mso-hide:all")
    }

    /// Whether it is no text of the document. A hidden row still counts for cells merged over it.
    fn is_unseen(&self) -> bool {
        let name = self.name.as_str();
        if DROPPED.contains(&name.as_bytes()) || UNSEEN.contains(&name) || (name != "tr" && self.is_hidden()) {
            return true;
        }
        let style = self.style();
        let classes = self.attribute("class").unwrap_or_default();
        self.attribute(marks::CHART).is_some()
            || MARKS.iter().any(|mark| style.contains(mark))
            || classes.split_whitespace().any(|class| MARK_CLASSES.contains(&class))
    }

    /// Its content as HTML, with what a document is made of and nothing else.
    pub fn visible_html(&self) -> String {
        let mut html = String::new();
        self.write_content(&mut html);
        html
    }

    fn write_content(&self, html: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => {
                    let text = unwrapped(text).replace('&', "&amp;").replace('<', "&lt;");
                    html.push_str(&text);
                }
                Node::Element(element) => element.write(html),
            }
        }
    }

    fn write(&self, html: &mut String) {
        html.push('<');
        html.push_str(&self.name);
        for (name, value) in self.attributes.iter().filter(|(name, _)| KEPT.contains(&name.as_str())) {
            html.push_str(&format!(" {name}=\"{}\"", value.replace('"', "&quot;")));
        }
        html.push('>');
        if EMPTY.contains(&self.name.as_str()) {
            return;
        }
        if !self.is_hidden() {
            self.write_content(html);
        }
        html.push_str(&format!("</{}>", self.name));
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }
}

/// The rows of a table with their cells, without those of tables inside.
pub fn rows(table: &Element) -> Vec<(&Element, Vec<&Element>)> {
    let mut rows = Vec::new();
    for element in table.elements() {
        match element.name.as_str() {
            "tr" => {
                let cells = element.elements().filter(|cell| matches!(cell.name.as_str(), "td" | "th"));
                rows.push((element, cells.collect()));
            }
            "tbody" | "thead" | "tfoot" => rows.extend(self::rows(element)),
            _ => {}
        }
    }
    rows
}

/// The first table in reading order that holds no other.
pub fn first_table(element: &Element) -> Option<&Element> {
    element.elements().find_map(|inner| first_table(inner).or_else(|| (inner.name == "table").then_some(inner)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expect: &str) {
        assert_eq!(shown(&fragment(html)), expect, "{html}");
    }

    fn shown(element: &Element) -> String {
        let node = |node: &Node| match node {
            Node::Text(text) => text.clone(),
            Node::Element(element) => format!("{}({})", element.name, shown(element)),
        };
        element.children.iter().map(node).collect()
    }

    #[test]
    fn tags_that_are_missing_are_supplied() {
        check("<table><td>1<td>2<tr><td>3</table>", "table(tr(td(1)td(2))tr(td(3)))");
        check("<ul><li>甲<ul><li>乙</ul><li>丙</ul>", "ul(li(甲ul(li(乙)))li(丙))");
        check("<p>甲<p>乙<div>丙", "p(甲)p(乙)div(丙)");
        check("甲</b></td>乙", "甲乙");
        check("<span><table><td>1</span></table>2", "span(table(tr(td(1)))2)");
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        check("<style>p{}</style><!--[if x]><p>甲</p><![endif]-->乙<![if !y]>丙<![endif]>", "乙丙");
        check("<span style='DISPLAY: none'>甲</span><i hidden>乙</i><del>丙</del>丁<o:p/>戊", "丁o:p()戊");
        check("<a class='x MsoFootnoteReference'>[1]</a><div style='mso-element:footnote-list'>注</div>甲", "甲");
    }

    #[test]
    fn what_is_seen_is_written_out_again() {
        let html = "<p class=x>公开\n信息&lt;b&gt;<br>&amp;</p><table><tr hidden><td>甲<tr><td rowspan='2' x:num=\"5\">###</table>";
        let expect =
            "<p>公开信息&lt;b><br>&amp;</p><table><tr></tr><tr><td rowspan=\"2\" x:num=\"5\">###</td></tr></table>";
        assert_eq!(fragment(html).visible_html(), expect);
    }

    #[test]
    fn depth_and_disorder_are_survived() {
        for html in ["<div>", "<table><tr><td>", "<ul><li>", "</td></table><td>"] {
            fragment(&html.repeat(20_000));
        }
    }
}
