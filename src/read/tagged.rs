//! What the marks of a file that was written here say: which figure, which paragraph stands where. A page
//! keeps them as attributes, a list as a column of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::document::{Document, Line};
use super::same::Comparer;
use super::title::{self, Title};
use crate::form::{CellId, Form, Holds};
use crate::forms::Forms;
use crate::marks;
use crate::provenance::{How, Origin, Place};
use crate::quantity;
use crate::report::Report;
use crate::value::{self, Value};

/// What stands in a document under its marks, as it is seen.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tagged {
    /// The id of the form; empty where no mark says it.
    pub form: String,
    pub agency: Option<String>,
    pub year: Option<String>,
    pub title: Option<String>,
    pub date: Option<String>,
    pub contact: Option<String>,
    pub headings: Vec<String>,
    /// Paragraphs and lines with the ids of their sections, in order.
    pub texts: Vec<(String, String)>,
    /// Whether sections are marked at all, be they empty.
    pub has_sections: bool,
    /// Whether it is a list, in which body and year are seen as well, and nothing else stands.
    pub is_list: bool,
    /// Figures by address.
    pub figures: Vec<(String, Figure)>,
}

/// A figure as it is seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    pub text: String,
    /// The unit, where it stands apart from the figure; it may be the one that the form prints.
    pub unit: Option<String>,
    /// The line of a list.
    pub line: Option<usize>,
}

impl Tagged {
    pub fn is_empty(&self) -> bool {
        self.form.is_empty() && self.figures.is_empty() && !self.has_sections
    }

    /// The form that the marks name, or else the one that has the figures' addresses.
    pub fn form<'a>(&self, forms: &'a Forms) -> Option<&'a Arc<Form>> {
        if !self.form.is_empty() {
            return forms.get(&self.form);
        }
        let year = self.year.as_deref().and_then(read_year);
        let mut known = forms.iter().filter(|form| !self.figures.is_empty() && self.is_of(form));
        let first = known.next()?;
        Some(known.chain([first]).find(|form| year.is_some_and(|year| form.years.contains(year))).unwrap_or(first))
    }

    /// Whether a form has the addresses of all figures.
    pub fn is_of(&self, form: &Form) -> bool {
        self.figures.iter().all(|(address, _)| form.find(address).is_some())
    }

    /// Whether the marked figures are those of a form, all of them and no others: what goes through an editor may
    /// lose marks.
    pub fn is_whole(&self, form: &Form) -> bool {
        !self.figures.is_empty() && self.is_of(form) && self.cells(form).len() == form.cell_count()
    }

    /// Each figure once, at its cell.
    pub fn cells(&self, form: &Form) -> Vec<(CellId, &Figure)> {
        let mut seen = vec![false; form.cell_count()];
        let mut cells = Vec::new();
        for (address, figure) in &self.figures {
            if let Some(cell) = form.find(address).filter(|cell| !std::mem::replace(&mut seen[cell.index()], true)) {
                cells.push((cell, figure));
            }
        }
        cells
    }

    /// The report that the marks alone make.
    pub fn report(&self, form: &Arc<Form>, comparer: &Comparer) -> Report {
        let mut report = Report::empty(form.clone());
        let text = |item: &Option<String>| item.clone().unwrap_or_default();
        (report.title, report.date, report.contact) = (text(&self.title), text(&self.date), text(&self.contact));
        (report.agency, report.year) = self.whose(comparer);
        report.headings = (!self.headings.is_empty()).then(|| self.headings.clone());
        let mut sections: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (section, text) in &self.texts {
            sections.entry(section).or_default().push(text);
        }
        report.sections = sections.into_iter().map(|(id, texts)| (id.to_owned(), texts.join("\n\n"))).collect();
        report.sort_sections();
        for (cell, figure) in self.cells(form) {
            put(&mut report, cell, figure, None);
        }
        // What the form has no place for is kept.
        for (address, figure) in self.figures.iter().filter(|(address, _)| form.find(address).is_none()) {
            let text = figure.text.trim();
            let json = value::number(text).map_or_else(|| text.into(), |number| value::to_json_number(number).into());
            report.unknown_figures.insert(address.clone(), json);
        }
        report
    }

    /// Body and year by their marks, where the title that is seen does not say otherwise.
    fn whose(&self, comparer: &Comparer) -> (String, Option<i32>) {
        let by_title = of_title(self.title.as_deref().unwrap_or_default());
        let agency = self.agency.clone().filter(|agency| {
            let title = comparer.squeezed(self.title.as_deref().unwrap_or_default());
            by_title.agency.is_empty() || title.contains(&comparer.squeezed(agency))
        });
        let marked = self.year.as_deref().and_then(read_year);
        (agency.unwrap_or(by_title.agency), by_title.year.or(marked))
    }
}

/// Whose report of which year a title names.
pub fn of_title(text: &str) -> Title {
    title::find(&Document { lines: vec![Line::paragraph(text)], ..Document::default() }, 1)
}

/// A year as it is written, with 年 or without.
pub fn read_year(text: &str) -> Option<i32> {
    text.trim().trim_end_matches("年度").trim_end_matches('年').trim().parse().ok()
}

impl Figure {
    /// What it says in a cell, with the unit where the form prints none.
    pub fn read(&self, holds: &Holds) -> (Value, Option<String>) {
        let Some(unit) = self.unit.as_deref().map(str::trim) else { return quantity::read(&self.text, holds) };
        let is_printed = holds.unit.as_ref().is_some_and(|printed| printed.zh == unit);
        (Value::read(&self.text), (!unit.is_empty() && !is_printed).then(|| unit.to_owned()))
    }
}

/// Puts a figure into its cell, with where it was read.
pub fn put(report: &mut Report, cell: CellId, figure: &Figure, place: Option<Place>) {
    let (value, unit) = figure.read(&report.form.cell(cell).holds);
    report.set(cell, value);
    report.set_unit(cell, unit);
    report.set_partial(cell, false);
    let place = place.or(figure.line.map(Place::Line));
    report.set_origin(cell, Some(Origin { how: How::Read, place, text: figure.text.clone() }));
}

/// Collects what a page marks, while its tags go by.
#[derive(Default)]
pub struct Tagger {
    tagged: Tagged,
    /// The marked section that is open, by its element: how deep that stands in itself, and in how many tables.
    section: Option<Section>,
    /// The marked item that is open.
    item: Option<(&'static str, Vec<u8>)>,
    /// Whether a second report begins: its marks are not taken for those of the first.
    is_over: bool,
}

struct Section {
    id: String,
    element: Vec<u8>,
    depth: usize,
    tables: usize,
}

impl Tagger {
    /// Hears of a tag that begins, inside so many tables.
    pub fn start(&mut self, name: &[u8], attribute: impl Fn(&str) -> String, tables: usize) {
        if let Some(section) = self.section.as_mut().filter(|section| section.element == name) {
            section.depth += 1;
        }
        // Paragraphs need no tag at their end.
        if self.item.as_ref().is_some_and(|(_, element)| element == name) {
            self.item = None;
        }
        let form = attribute(marks::FORM);
        if !form.is_empty() {
            self.is_over = !self.tagged.form.is_empty();
            if !self.is_over {
                self.tagged.form = form;
                self.tagged.agency = Some(attribute(marks::AGENCY));
                self.tagged.year = Some(attribute(marks::YEAR));
            }
        }
        let id = attribute(marks::SECTION);
        if !id.is_empty() && !self.is_over {
            self.tagged.has_sections = true;
            self.section = Some(Section { id, element: name.to_owned(), depth: 1, tables });
        }
        let item = attribute(marks::ITEM);
        if let Some(item) = marks::ITEMS.into_iter().find(|known| *known == item) {
            self.item = Some((item, name.to_owned()));
        }
    }

    /// Hears of a tag that ends.
    pub fn end(&mut self, name: &[u8]) {
        if self.item.as_ref().is_some_and(|(_, element)| element == name) {
            self.item = None;
        }
        if let Some(section) = self.section.as_mut().filter(|section| section.element == name) {
            section.depth -= 1;
            if section.depth == 0 {
                self.section = None;
            }
        }
    }

    /// Hears of a paragraph, inside so many tables.
    pub fn paragraph(&mut self, text: &str, tables: usize) {
        if self.is_over {
            return;
        }
        let tagged = &mut self.tagged;
        let add = |item: &mut Option<String>| match item {
            Some(known) => known.push_str(text),
            None => *item = Some(text.to_owned()),
        };
        match (&self.item, &self.section) {
            (Some((marks::TITLE, _)), _) => add(&mut tagged.title),
            (Some((marks::DATE, _)), _) => add(&mut tagged.date),
            (Some((marks::CONTACT, _)), _) => add(&mut tagged.contact),
            (Some(_), _) => tagged.headings.push(text.to_owned()),
            (None, Some(section)) if section.tables == tables => {
                tagged.texts.push((section.id.clone(), text.to_owned()))
            }
            _ => {}
        }
    }

    /// Hears of a cell at an address.
    pub fn cell(&mut self, address: &str, text: String) {
        if !self.is_over {
            self.tagged.figures.push((address.to_owned(), Figure { text, ..Figure::default() }));
        }
    }

    pub fn finish(self) -> Option<Box<Tagged>> {
        (!self.tagged.is_empty()).then(|| Box::new(self.tagged))
    }
}
