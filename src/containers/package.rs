//! What all Office files since 2007 have in common: parts that name each other, properties, and parts that
//! this library put there itself.

use super::archive::Archive;
use super::xml::{Space, Xml};
use crate::report::ReadError;

/// How many parts of further data are looked at for one of ours; Office writes one or two.
const MOST_DATA_PARTS: usize = 32;

/// One part that another one names. What stands outside of the file is left out.
#[derive(Debug)]
pub struct Relation {
    pub id: String,
    /// The end of its type, such as `styles`.
    pub kind: String,
    /// The name of the part.
    pub part: String,
}

/// The parts that a part names; the file itself has the name "".
///
/// # Errors
/// Where the list is damaged or too large.
pub fn relations(archive: &mut Archive, part: &str) -> Result<Vec<Relation>, ReadError> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let list = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
    let Some(text) = archive.text(&list)? else { return Ok(Vec::new()) };
    let mut xml = Xml::new(&text);
    let mut relations = Vec::new();
    while let Some(element) = xml.element()? {
        let is_outside = element.attribute("TargetMode").is_some_and(|mode| mode == "External");
        if element.name() != (Space::Relations, "Relationship") || is_outside {
            continue;
        }
        let attribute = |name| element.attribute(name).unwrap_or_default();
        let kind = attribute("Type");
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        relations.push(Relation { id: attribute("Id"), kind, part: resolved(folder, &attribute("Target")) });
    }
    Ok(relations)
}

/// The name of a part as another one in a folder writes it.
fn resolved(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split(['/', '\\']) {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

/// The part that a file is about, or the one that it has by custom.
///
/// # Errors
/// Where the list of parts is damaged or too large.
pub fn main_part(archive: &mut Archive, by_custom: &str) -> Result<String, ReadError> {
    let relations = relations(archive, "")?;
    let named = relations.into_iter().find(|relation| relation.kind == "officeDocument").map(|relation| relation.part);
    Ok(named.filter(|part| archive.holds(part)).unwrap_or_else(|| by_custom.to_owned()))
}

/// The title among the properties of a file.
pub fn title(archive: &mut Archive) -> Option<String> {
    let text = archive.text("docProps/core.xml").ok()??;
    let mut xml = Xml::new(&text);
    while let Some(element) = xml.element().ok()? {
        if element.name() == (Space::Core, "title") {
            return xml.text().ok().map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
        }
    }
    None
}

/// The JSON that this library put into a document beside what is seen.
pub fn carried(archive: &mut Archive) -> Option<String> {
    let is_data = |name: &&str| name.starts_with("customxml/item") && name.ends_with(".xml") && !name.contains("props");
    let parts: Vec<_> = archive.names().filter(is_data).take(MOST_DATA_PARTS).map(str::to_owned).collect();
    parts.iter().find_map(|part| {
        let text = archive.text(part).ok()??;
        let mut xml = Xml::new(&text);
        let element = xml.element().ok()??;
        (element.name() == (Space::Own, "report")).then(|| xml.text().ok()).flatten()
    })
}

/// Whether a file holds macros.
pub fn has_macros(archive: &Archive) -> bool {
    archive.names().any(|name| name.ends_with("vbaproject.bin"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_from_where_they_are_named() {
        let check = |folder, target, expect: &str| assert_eq!(resolved(folder, target), expect);
        check("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml");
        check("xl", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml");
        check("xl/worksheets", "../drawings/drawing1.xml", "xl/drawings/drawing1.xml");
        check("", "word/document.xml", "word/document.xml");
        check("word", "../../../../etc/passwd", "etc/passwd");
    }
}
