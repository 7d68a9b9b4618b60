//! Which texts are seen otherwise than they were printed.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::document::{Document, Kind, Line};
use super::super::same::Comparer;
use super::super::tagged::{Tagged, read_year};
use super::lines::{Step, compare};
use super::printed::{self, Item, Printed};
use crate::marks;
use crate::publication::Publication;
use crate::report::{PREAMBLE, Report};

/// The texts that are seen otherwise; `None` where nothing differs.
#[derive(Default)]
pub struct Texts {
    pub title: Option<String>,
    pub headings: Option<Vec<String>>,
    /// By section; empty where no text stands there any more.
    pub sections: BTreeMap<String, String>,
    pub date: Option<String>,
    pub contact: Option<String>,
    /// Of a list, which says body and year apart from the title.
    pub agency: Option<String>,
    pub year: Option<String>,
    /// What was added where no section is.
    pub leftover: Vec<String>,
    /// Whether anything of the report itself stands there as it was printed.
    pub is_known: bool,
}

impl Texts {
    /// By the marks of the document: every text is known for what it is.
    pub fn of_tagged(tagged: &Tagged, publication: &Publication, comparer: &Comparer) -> Texts {
        let report = publication.report;
        let lines = printed::lines(publication);
        let same = |seen: &str, printed: &str| comparer.squeezed(seen) == comparer.squeezed(printed);
        let mut texts = Texts { is_known: true, ..Texts::default() };
        texts.title = tagged.title.clone().filter(|title| !same(title, &publication.title));
        // A page names body and year in its title only.
        let year = report.year.map(|year| year.to_string()).unwrap_or_default();
        let text = |item: &Option<String>| item.clone().unwrap_or_default();
        let (agency, year) = match tagged.is_list {
            true => (text(&tagged.agency), text(&tagged.year)),
            false => (report.agency.clone(), year),
        };
        let (date, contact) = (text(&tagged.date), text(&tagged.contact));
        let cover = |item: &str| match item {
            marks::DATE => date.as_str(),
            marks::CONTACT => &contact,
            marks::LISTED_AGENCY => &agency,
            _ => &year,
        };
        texts.take_cover(cover, report, comparer);
        // A heading of nothing that is seen may be there or not.
        let heading = |text: &str| Some(comparer.squeezed(text)).filter(|text| !text.is_empty());
        let printed_headings = lines.iter().filter(|line| matches!(line.item, Item::Heading(_)));
        let is_same = printed_headings
            .filter_map(|line| heading(line.text))
            .eq(tagged.headings.iter().filter_map(|text| heading(text)));
        texts.headings = (!is_same).then(|| tagged.headings.clone());
        let mut sections: BTreeMap<&str, (Vec<Printed>, Vec<&str>)> = BTreeMap::new();
        for line in &lines {
            if let Item::Paragraph(section) = line.item {
                sections.entry(section).or_default().0.push(*line);
            }
        }
        for (section, text) in &tagged.texts {
            sections.entry(section).or_default().1.push(text);
        }
        for (section, (printed, seen)) in sections {
            let mut walk = Walk { current: Some(section), ..Walk::default() };
            walk.go(&printed, &seen, comparer);
            texts.sections.extend(walk.sections());
        }
        texts
    }

    /// By the lines of the document that belong to no table: what they are is known by what was printed.
    pub fn of_lines(document: &Document, taken: &[bool], publication: &Publication, comparer: &Comparer) -> Texts {
        let mut printed = printed::lines(publication);
        let mut seen = Vec::new();
        let mut cover = HashMap::new();
        for (line, _) in document.lines.iter().zip(taken).filter(|(_, taken)| !**taken) {
            if let Some((item, text)) = listed(line) {
                cover.entry(item).or_insert(text);
                continue;
            }
            let Some(text) = line.lone_text() else { continue };
            let table = if let Kind::Row { table, .. } = line.kind { Some(table) } else { None };
            seen.push((table, text));
        }
        // A lone cell of a table is running text only where the table holds what was printed as such.
        if seen.iter().any(|(table, _)| table.is_some()) {
            let known: HashSet<_> = printed.iter().map(|line| comparer.squeezed(line.text)).collect();
            let is_known =
                |(table, text): &&(Option<usize>, &str)| table.is_some() && known.contains(&comparer.squeezed(text));
            let holding: HashSet<_> = seen.iter().filter(is_known).filter_map(|(table, _)| *table).collect();
            seen.retain(|(table, _)| table.is_none_or(|table| holding.contains(&table)));
        }
        let seen: Vec<_> = seen.into_iter().map(|(_, text)| text).collect();
        let is_listed = !cover.is_empty();
        if is_listed {
            printed.retain(|line| !matches!(line.item, Item::Contact | Item::Date));
        }
        let mut walk = Walk { is_page: document.is_page, ..Walk::default() };
        walk.go(&printed, &seen, comparer);
        let mut texts = walk.texts();
        if is_listed {
            texts.take_cover(|item| cover.get(item).copied().unwrap_or_default(), publication.report, comparer);
        }
        texts
    }

    /// Takes what a list of the cover says.
    fn take_cover<'a>(&mut self, seen: impl Fn(&str) -> &'a str, report: &Report, comparer: &Comparer) {
        let differing = |item: &str, printed: &str| {
            let seen = seen(item);
            (comparer.squeezed(seen) != comparer.squeezed(printed)).then(|| seen.to_owned())
        };
        self.date = differing(marks::DATE, &report.date);
        self.contact = differing(marks::CONTACT, &report.contact);
        self.agency = differing(marks::LISTED_AGENCY, &report.agency);
        let year = report.year.map(|year| year.to_string()).unwrap_or_default();
        self.year = differing(marks::LISTED_YEAR, &year).filter(|seen| read_year(seen) != report.year);
        self.is_known |= self.agency.is_none();
    }
}

/// An item of the cover and what stands beside its word.
fn listed(line: &Line) -> Option<(&'static str, &str)> {
    let (word, texts) = line.cells.split_first().filter(|_| line.kind != Kind::Paragraph)?;
    let (item, _) = marks::COVER.into_iter().find(|(_, known)| *known == word.text)?;
    let mut filled = texts.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
    let text = filled.next().unwrap_or_default();
    filled.next().is_none().then_some((item, text))
}

/// Goes through the lines that are seen beside those that were printed, and keeps what differs.
#[derive(Default)]
struct Walk<'a> {
    /// The section that added lines belong to.
    current: Option<&'a str>,
    /// Whether the document is a page of a site, which says more than the report does.
    is_page: bool,
    paragraphs: Vec<(&'a str, &'a str)>,
    differing: HashSet<&'a str>,
    headings: Vec<String>,
    headings_differ: bool,
    texts: Texts,
}

impl<'a> Walk<'a> {
    fn go(&mut self, printed: &[Printed<'a>], seen: &[&'a str], comparer: &Comparer) {
        let squeezed = |text: &str| comparer.squeezed(text);
        let (seen, lines): (Vec<_>, Vec<_>) =
            seen.iter().map(|text| (*text, squeezed(text))).filter(|(_, line)| !line.is_empty()).unzip();
        let due: Vec<_> = printed.iter().map(|line| squeezed(line.text)).collect();
        let steps = compare(&due, &lines);
        // A heading or a paragraph may say what a label over a table says, which not every format prints: of one that is
        // seen, it is not the label that stands.
        let label = |step: &Step| match step {
            Step::Same(line, range) if printed[*line].item == Item::Label && !range.is_empty() => Some(&*due[*line]),
            _ => None,
        };
        let mut labels: Vec<&str> = steps.iter().filter_map(label).collect();
        let is_beside = |step: &Step| matches!(step, Step::Same(..) | Step::Changed(..));
        let last = steps.iter().rposition(is_beside);
        for (at, step) in steps.into_iter().enumerate() {
            match step {
                Step::Same(line, range) => {
                    let line = printed[line];
                    // Every report of the form has its headings.
                    let is_form_s = matches!(line.item, Item::Label | Item::Heading(_));
                    self.texts.is_known |= !is_form_s && !range.is_empty();
                    self.stands(line, line.text);
                }
                Step::Changed(line, text) => self.changed(printed[line], seen[text]),
                Step::Gone(line) => match labels.iter().position(|label| *label == due[line]) {
                    Some(at) if matches!(printed[line].item, Item::Heading(_) | Item::Paragraph(_)) => {
                        labels.remove(at);
                        self.stands(printed[line], printed[line].text);
                    }
                    _ => self.gone(printed[line]),
                },
                Step::Added(text) => self.added(seen[text], last.is_some_and(|last| at > last)),
            }
        }
    }

    fn stands(&mut self, line: Printed<'a>, text: &'a str) {
        match line.item {
            Item::Title => self.current = Some(PREAMBLE),
            Item::Heading(section) => {
                self.current = Some(section);
                self.headings.push(text.to_owned());
            }
            Item::Paragraph(section) => {
                self.current = Some(section);
                self.paragraphs.push((section, text));
            }
            Item::Label => {}
            Item::Contact | Item::Date => self.current = None,
        }
    }

    fn changed(&mut self, line: Printed<'a>, text: &'a str) {
        match line.item {
            Item::Title => self.texts.title = Some(text.to_owned()),
            Item::Heading(_) => self.headings_differ = true,
            Item::Paragraph(section) => _ = self.differing.insert(section),
            Item::Label => {}
            Item::Contact => self.texts.contact = Some(text.to_owned()),
            Item::Date => self.texts.date = Some(text.to_owned()),
        }
        self.stands(line, text);
    }

    fn gone(&mut self, line: Printed<'a>) {
        match line.item {
            Item::Title => self.current = Some(PREAMBLE),
            Item::Label => {}
            Item::Heading(_) => self.headings_differ = true,
            Item::Paragraph(section) => {
                self.current = Some(section);
                self.differing.insert(section);
            }
            Item::Contact => self.texts.contact = Some(String::new()),
            Item::Date => self.texts.date = Some(String::new()),
        }
    }

    fn added(&mut self, text: &'a str, is_behind: bool) {
        match self.current {
            // Above and below the report a page has its own words.
            _ if self.is_page && (is_behind || self.current.is_none()) => {}
            Some(section) => {
                self.differing.insert(section);
                self.paragraphs.push((section, text));
            }
            None => self.texts.leftover.push(text.to_owned()),
        }
    }

    /// The texts of the sections that differ.
    fn sections(&self) -> BTreeMap<String, String> {
        let mut sections: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for section in &self.differing {
            sections.entry(section).or_default();
        }
        for (section, text) in &self.paragraphs {
            if let Some(texts) = sections.get_mut(section) {
                texts.push(text);
            }
        }
        sections.into_iter().map(|(section, texts)| (section.to_owned(), texts.join("\n\n"))).collect()
    }

    fn texts(mut self) -> Texts {
        self.texts.sections = self.sections();
        if self.headings_differ {
            self.texts.headings = Some(std::mem::take(&mut self.headings));
        }
        self.texts
    }
}
