//! The tags of a page, one after the other, as a browser tells them apart: what stands in comments, in attributes and in
//! scripts is none. Every byte is looked at a bounded number of times, whatever the page is.

/// The elements whose content holds no tags.
const RAW: [&str; 9] = ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext"];

/// A tag that opens or closes an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    name: &'a str,
    pub is_end: bool,
    /// What stands behind the name.
    rest: &'a str,
    /// The page from the tag on.
    pub from: &'a str,
    /// What stands in the element, where that holds no tags.
    pub content: &'a str,
}

impl<'a> Tag<'a> {
    /// Whether it is of elements of that name.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The attributes by name, their values as they are written; nothing where one has none.
    pub fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let mut rest = self.rest;
        std::iter::from_fn(move || {
            let (attribute, behind) = attribute(rest)?;
            rest = behind;
            Some(attribute)
        })
    }

    /// The value of an attribute as it is written.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// The tags of a page.
pub struct Tags<'a> {
    rest: &'a str,
}

impl<'a> Tags<'a> {
    pub fn of(page: &'a str) -> Tags<'a> {
        Tags { rest: page }
    }

    /// What was not looked at yet.
    pub fn rest(&self) -> &'a str {
        self.rest
    }

    /// The tag that begins behind the `<` with which a part of the page begins.
    fn tag(&mut self, from: &'a str) -> Tag<'a> {
        let (is_end, named) = match self.rest.strip_prefix('/') {
            Some(named) => (true, named),
            None => (false, self.rest),
        };
        let (name, behind) = named.split_at(named.find(ends_name).unwrap_or(named.len()));
        let end = end_of_tag(behind);
        let rest = &behind[..end];
        self.rest = behind[end..].strip_prefix('>').unwrap_or_default();
        let mut tag = Tag { name, is_end, rest, from, content: "" };
        if !is_end && RAW.iter().any(|raw| tag.is(raw)) {
            tag.content = &self.rest[..end_of_content(self.rest, name)];
            self.rest = &self.rest[tag.content.len()..];
        }
        tag
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let from = &self.rest[self.rest.find('<')?..];
            self.rest = &from[1..];
            let begins = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
            match self.rest {
                rest if begins(rest) || rest.strip_prefix('/').is_some_and(begins) => return Some(self.tag(from)),
                rest if rest.starts_with("!--") => self.skip("-->", 1),
                rest if rest.starts_with(['!', '?', '/']) => self.skip(">", 0),
                _ => {}
            }
        }
    }
}

impl Tags<'_> {
    /// Goes on behind what ends a comment.
    fn skip(&mut self, end: &str, from: usize) {
        let found = self.rest[from..].find(end).map(|at| from + at + end.len());
        self.rest = &self.rest[found.unwrap_or(self.rest.len())..];
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\u{c}' | '\r')
}

fn ends_name(c: char) -> bool {
    is_space(c) || matches!(c, '/' | '>')
}

/// Where the `>` stands that ends a tag: none in quotation marks does.
fn end_of_tag(mut rest: &str) -> usize {
    let all = rest.len();
    while let Some((_, behind)) = attribute(rest) {
        rest = behind;
    }
    all - rest.trim_start_matches(|c| is_space(c) || c == '/').len()
}

/// The next attribute of a tag, and what stands behind it. None before the end of the tag.
fn attribute(rest: &str) -> Option<((&str, &str), &str)> {
    let rest = rest.trim_start_matches(|c| is_space(c) || c == '/');
    if rest.is_empty() || rest.starts_with('>') {
        return None;
    }
    // A name may begin with a sign that would end it.
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let end = rest[first..].find(|c| ends_name(c) || c == '=').map_or(rest.len(), |at| first + at);
    let (name, behind) = rest.split_at(end);
    let Some(value) = behind.trim_start_matches(is_space).strip_prefix('=') else { return Some(((name, ""), behind)) };
    let value = value.trim_start_matches(is_space);
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            // Without the other mark the tag never ends.
            return Some(((name, quoted.split(quote).next()?), quoted.split_once(quote).map_or("", |(_, rest)| rest)));
        }
    }
    let end = value.find(|c| is_space(c) || c == '>').unwrap_or(value.len());
    Some(((name, &value[..end]), &value[end..]))
}

/// Where the content of an element ends: at the tag that closes it.
fn end_of_content(content: &str, name: &str) -> usize {
    let closes = |at: usize| {
        let behind = &content.as_bytes()[at + 2..];
        let named = behind.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
        named && behind.get(name.len()).is_some_and(|byte| ends_name(char::from(*byte)))
    };
    content.match_indices("</").map(|(at, _)| at).find(|at| closes(*at)).unwrap_or(content.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(page: &str) -> Vec<String> {
        let told = |tag: Tag| {
            let attributes = tag.attributes().map(|(name, value)| format!(" {name}={value}")).collect::<String>();
            format!("{}{}{attributes}|{}", if tag.is_end { "/" } else { "" }, tag.name, tag.content)
        };
        Tags::of(page).map(told).collect()
    }

    #[test]
    fn tags_are_told_apart_as_a_browser_does() {
        assert_eq!(told("a < b <P Class=x id='a>b'/>c</p >"), ["P Class=x id=a>b|", "/p|"]);
        assert_eq!(told("<!-- <a> --><b><!--><i><!doctype x><?y><u>"), ["b|", "i|", "u|"]);
        assert_eq!(
            told("<script type = \"x\">a</b></scripts></SCRIPT ><c"),
            ["script type=x|a</b></scripts>", "/SCRIPT|", "c|"]
        );
        assert_eq!(told("<a =x y= z>"), ["a =x= y=z|"]);
        assert_eq!(told("<title><nianbao-report offline></title>"), ["title|<nianbao-report offline>", "/title|"]);
        assert_eq!(told("<a title=\"<nianbao-report offline>\">"), ["a title=<nianbao-report offline>|"]);
    }

    #[test]
    fn what_never_ends_ends_with_the_page() {
        for page in [
            "<",
            "</",
            "<!",
            "<!--",
            "<!-",
            "<a",
            "<a b",
            "<a b=",
            "<a b='",
            "<a b=\"x>",
            "<script>",
            "<script>x</script",
            "<甲 乙='",
        ] {
            assert!(told(page).len() <= 1, "{page}");
        }
    }
}
