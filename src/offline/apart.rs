//! Such a file taken apart, of whatever version, and be it that somebody has changed it.

use super::scan::{Tag, Tags};
use super::{ATTRIBUTES, ELEMENT, GENERATOR, LOADER, MARK, PIECE, PREVIOUS, Part, REFERENCES, SHEET, of_address};
#[cfg(feature = "pages")]
use super::{Program, bundle};
use crate::forms::Forms;
use crate::report::{self, ReadError, Report};
use crate::words;

/// More parts than any version has.
const MOST_PARTS: usize = 64;

/// What the element of such a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Data {
    /// The attributes that are kept, by name, in the order in which they are written.
    pub attributes: Vec<(String, String)>,
    /// The report, as JSON text.
    pub report: String,
}

/// Such a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfflineFile {
    /// The version of its program; empty where it says none.
    pub version: String,
    /// What its element holds.
    pub data: Data,
    /// The report as it was before it was last saved, as JSON text.
    pub previous: Option<String>,
    /// The program, in the order in which its parts stand in the file.
    pub parts: Vec<Part>,
    /// The report as it is seen without the program, as HTML.
    pub article: String,
}

/// The report in such a file with what belongs to it, where a page is one. Nothing else of the page is looked at.
pub fn data(page: &str) -> Option<Data> {
    let mut tags = Tags::of(page);
    let attributes = element(&mut tags)?;
    Some(Data { attributes, report: report(&mut tags)?.to_owned() })
}

/// Takes a page apart, where it is such a file.
pub fn take_apart(page: &str) -> Option<OfflineFile> {
    let mut tags = Tags::of(page);
    let (mut version, mut policy, mut parts) = (String::new(), "", Vec::new());
    let attributes = loop {
        let tag = tags.next()?;
        match tag.attribute("name") {
            _ if is_element(&tag) => break attributes(&tag),
            Some("generator") if tag.is("meta") => {
                let content = tag.attribute("content").unwrap_or_default();
                content.strip_prefix(GENERATOR).unwrap_or_default().clone_into(&mut version);
            }
            None if tag.is("meta") && tag.attribute("http-equiv").is_some() => {
                policy = tag.attribute("content").unwrap_or_default();
            }
            _ => parts.extend(part(&tag)),
        }
    };
    let data = Data { attributes, report: report(&mut tags)?.to_owned() };
    let article = article(&mut tags).to_owned();
    let mut previous = None;
    for tag in tags {
        match tag.attribute(PIECE) {
            Some(PREVIOUS) if previous.is_none() && !tag.is_end => previous = Some(tag.content.to_owned()),
            _ if parts.len() < MOST_PARTS => parts.extend(part(&tag)),
            _ => {}
        }
    }
    give_hashes(&mut parts, policy);
    Some(OfflineFile { version, data, previous, parts, article })
}

impl OfflineFile {
    /// Such a file by its bytes. What is no page may well hold one in a text, and is none.
    pub fn of_bytes(bytes: &[u8]) -> Option<OfflineFile> {
        let begin = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        begin.starts_with(b"<").then(|| take_apart(&String::from_utf8_lossy(begin)))?
    }
}

#[cfg(feature = "pages")]
impl OfflineFile {
    /// The file that is made of these pieces; none where there is no such file. What was taken apart and is the same
    /// when it is put together again has been changed by nobody.
    pub fn put_together(&self, forms: &Forms) -> Option<String> {
        let report = self.data.read(forms).ok()?;
        let program = Program::of(self.version.clone(), self.parts.clone()).ok()?;
        let attributes = self.data.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let attributes: Vec<_> = attributes.collect();
        Some(bundle(&report, self.previous.as_deref(), &attributes, &program))
    }
}

impl Data {
    /// An attribute of the element.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The report. Its form may have come along; one that is at hand counts alone.
    ///
    /// # Errors
    /// Where it is no report, or one of a form that is not at hand.
    pub fn read(&self, forms: &Forms) -> Result<Report, ReadError> {
        let json = report::parsed(&self.report).map_err(|_| ReadError::new(words::CARRIED_CUT_OFF, &[]))?;
        let is_at_hand = json["form"].as_str().is_none_or(|id| forms.get(id).is_some());
        let Some(form) = self.attribute("form-src").filter(|_| !is_at_hand).and_then(of_address) else {
            return Report::from_value(json, forms);
        };
        let mut forms = forms.clone();
        match forms.add(&form) {
            Ok(_) => Report::from_value(json, &forms),
            Err(fault) => Err(ReadError::new(words::CARRIED_FAULTY_FORM, &[("fault", &fault.to_string())])),
        }
    }
}

fn is_element(tag: &Tag) -> bool {
    !tag.is_end && tag.is(ELEMENT) && tag.attribute(MARK).is_some()
}

/// The attributes of the element, which comes next in a page.
fn element(tags: &mut Tags) -> Option<Vec<(String, String)>> {
    tags.find(is_element).map(|tag| attributes(&tag))
}

fn attributes(tag: &Tag) -> Vec<(String, String)> {
    let mut kept = Vec::<(String, String)>::new();
    for (name, value) in tag.attributes() {
        let name = name.to_ascii_lowercase();
        // Of two of one name a browser takes the first.
        if ATTRIBUTES.contains(&name.as_str()) && kept.iter().all(|(known, _)| *known != name) {
            kept.push((name, unescaped(value)));
        }
    }
    kept
}

/// The data of the element that has just begun.
fn report<'a>(tags: &mut Tags<'a>) -> Option<&'a str> {
    for tag in tags {
        let is_data = tag.attribute("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
        match tag.is_end {
            false if tag.is("script") && is_data => return Some(tag.content.trim()),
            true if tag.is(ELEMENT) => return None,
            _ => {}
        }
    }
    None
}

/// What else stands in the element, behind the data.
fn article<'a>(tags: &mut Tags<'a>) -> &'a str {
    // The tag that ends the data.
    tags.next();
    let all = tags.rest();
    let end = tags.find(|tag| tag.is_end && tag.is(ELEMENT)).map_or(0, |tag| tag.from.len());
    all[..all.len() - end].trim()
}

/// The part of the program that an element holds.
fn part(tag: &Tag) -> Option<Part> {
    let name = tag.attribute(PIECE).filter(|name| *name != PREVIOUS)?;
    let holds = !tag.is_end && if name == SHEET { tag.is("style") } else { tag.is("script") };
    holds.then(|| Part { name: name.to_owned(), hash: None, text: tag.content.to_owned() })
}

/// The hashes of the scripts stand in the policy: that of the loader first, the others in the order of the parts.
fn give_hashes(parts: &mut [Part], policy: &str) {
    let words = policy.split(|c: char| c.is_ascii_whitespace() || c == ';');
    let quoted = words.filter_map(|word| word.strip_prefix('\'')?.strip_suffix('\''));
    let mut hashes = quoted.filter(|word| word.starts_with("sha256-")).map(str::to_owned);
    let loader = hashes.next();
    for part in parts.iter_mut().filter(|part| part.is_script()) {
        part.hash = if part.name == LOADER { loader.clone() } else { hashes.next() };
    }
}

/// The text of an attribute of which the references are written that a file of this kind has.
fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        text.push_str(before);
        let known = REFERENCES.iter().find_map(|(c, name)| Some((*c, reference.strip_prefix(name)?)));
        let (c, behind) = known.unwrap_or(('&', &reference[1..]));
        text.push(c);
        rest = behind;
    }
    text + rest
}
