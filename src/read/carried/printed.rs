//! What of a report is printed as running text, in order: what a reader should see unless somebody has
//! changed it.

use crate::form::Laid;
use crate::publication::{Part, Publication};

/// What a printed line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item<'a> {
    Title,
    Heading(&'a str),
    /// A paragraph of a section.
    Paragraph(&'a str),
    /// A line over a table, which some formats print beside it.
    Label,
    Contact,
    Date,
}

#[derive(Clone, Copy, Debug)]
pub struct Printed<'a> {
    pub item: Item<'a>,
    pub text: &'a str,
}

/// The lines of a publication.
pub fn lines<'a>(publication: &'a Publication<'a>) -> Vec<Printed<'a>> {
    let report = publication.report;
    let mut lines = vec![Printed { item: Item::Title, text: publication.title.as_str() }];
    for part in &publication.parts {
        match part {
            Part::Heading { section, text } => lines.push(Printed { item: Item::Heading(section), text }),
            Part::Paragraph { section, text } => lines.push(Printed { item: Item::Paragraph(section), text }),
            Part::Sheet { section, layout } => {
                let section = report.form.sections.iter().find(|known| known.id == *section);
                let names = layout.blocks.iter().map(|block| report.form.tables[block.table].name.zh.as_str());
                let heading = section.map(|section| section.heading.zh.as_str());
                let banners = layout.rows.iter().flatten().filter_map(|cell| match &cell.laid {
                    Laid::Banner(label) => Some(label.zh.as_str()),
                    _ => None,
                });
                let labels = heading.into_iter().chain(names.take(1)).chain(banners);
                lines.extend(labels.map(|text| Printed { item: Item::Label, text }));
            }
            Part::Foot(_) => {}
        }
    }
    let foot = [(Item::Contact, &report.contact), (Item::Date, &report.date)];
    let foot = foot.into_iter().filter(|(_, text)| !text.is_empty());
    lines.extend(foot.map(|(item, text)| Printed { item, text }));
    lines
}
