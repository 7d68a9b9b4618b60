//! What a carried report becomes once the document was compared with it.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::compose::compose;
use super::super::document::Document;
use super::super::same::Comparer;
use super::super::tagged::{self, Figure, Tagged};
use super::super::{Context, Reading};
use super::tables;
use super::texts::Texts;
use super::told;
use crate::finding::Finding;
use crate::form::{CellId, Form};
use crate::provenance::{How, Origin, Place};
use crate::publication::Publication;
use crate::report::{ReadError, Report};
use crate::value::Value;
use crate::words;

pub struct Merge<'a> {
    carried: &'a Report,
    publication: Publication<'a>,
    comparer: &'a Comparer<'a>,
    context: &'a Context<'a>,
    report: Report,
    /// Figures that are seen otherwise.
    changed: Vec<CellId>,
    findings: Vec<Finding>,
}

impl<'a> Merge<'a> {
    pub fn new(carried: &'a Report, comparer: &'a Comparer<'a>, context: &'a Context<'a>) -> Merge<'a> {
        let publication = Publication::of(carried);
        let (changed, findings) = (Vec::new(), Vec::new());
        Merge { carried, publication, comparer, context, report: carried.clone(), changed, findings }
    }

    pub fn read(mut self, mut document: Document) -> Result<Reading, ReadError> {
        let tagged = document.tagged.take();
        let tables = tables::find(&document, &self.publication, self.comparer);
        let texts = match tagged.as_deref().filter(|tagged| tagged.has_sections) {
            Some(tagged) => Texts::of_tagged(tagged, &self.publication, self.comparer),
            None => Texts::of_lines(&document, &tables.taken, &self.publication, self.comparer),
        };
        let has_figures =
            !tables.figures.is_empty() || tagged.as_ref().is_some_and(|tagged| !tagged.figures.is_empty());
        if !texts.is_known && !has_figures {
            return self.read_as_it_is(document);
        }
        let unseen = self.take_figures(tagged.as_deref(), &tables.figures);
        if !unseen.is_empty() {
            self.take_read_figures(document, &unseen);
        }
        Ok(self.finish(texts))
    }

    /// Reads a document in which nothing stands as it was printed.
    fn read_as_it_is(self, document: Document) -> Result<Reading, ReadError> {
        let language = self.context.language;
        Ok(match compose(document, self.context) {
            Ok(mut reading) => {
                reading.findings.push(told::is_another(language));
                reading
            }
            Err(_) => Reading { report: self.report, findings: vec![told::is_unseen(language)], leftover: Vec::new() },
        })
    }

    /// Takes the figures that are seen, by mark or by place; returns the others.
    fn take_figures(
        &mut self,
        tagged: Option<&Tagged>,
        placed: &HashMap<CellId, (Figure, Option<Place>)>,
    ) -> Vec<CellId> {
        let form: Arc<Form> = self.carried.form.clone();
        let marked: HashMap<_, _> = tagged.map(|tagged| tagged.cells(&form)).unwrap_or_default().into_iter().collect();
        let mut unseen = Vec::new();
        for (cell, definition) in form.cells() {
            let found = placed.get(&cell);
            let Some(figure) = marked.get(&cell).copied().or(found.map(|(figure, _)| figure)) else {
                unseen.push(cell);
                continue;
            };
            let place = found.and_then(|(_, place)| *place).or(figure.line.map(Place::Line));
            let (value, unit) = (self.carried.value(cell), self.carried.unit(cell));
            if !self.comparer.is_same_figure(figure, value, unit, &definition.holds) {
                tagged::put(&mut self.report, cell, figure, place);
                self.changed.push(cell);
            } else if self.report.origin(cell).is_none() {
                self.report.set_origin(cell, Some(Origin { how: How::Read, place, text: figure.text.clone() }));
            }
        }
        unseen
    }

    /// Takes figures whose tables do not stand there as they were printed, as far as they can be read.
    fn take_read_figures(&mut self, document: Document, cells: &[CellId]) {
        let form: Arc<Form> = self.carried.form.clone();
        let reading = (!document.lines.is_empty()).then(|| compose(document, self.context).ok()).flatten();
        for &cell in cells {
            let known = reading.as_ref().map(|reading| &reading.report);
            let known = known.and_then(|seen| Some((seen, seen.form.find(&form.cell(cell).address)?)));
            let (value, unit) = known.map_or((&Value::Blank, None), |(seen, cell)| (seen.value(cell), seen.unit(cell)));
            let is_unread = known.is_some_and(|(seen, cell)| seen.is_unread(cell));
            if value == self.carried.value(cell) && unit == self.carried.unit(cell) && !is_unread {
                continue;
            }
            self.report.set(cell, value.clone());
            self.report.set_unit(cell, unit.map(str::to_owned));
            self.report.set_partial(cell, false);
            self.report.set_origin(cell, known.and_then(|(seen, cell)| seen.origin(cell).cloned()));
            if is_unread {
                self.report.mark_unread(cell);
            }
            self.changed.push(cell);
        }
        let concerns = |finding: &Finding| {
            finding.cells.iter().filter_map(|cell| form.find(cell)).any(|cell| cells.contains(&cell))
        };
        // What is seen may be printed in another form, which has other cells too.
        let is_here = |cell: &String| form.find(cell).is_some();
        let of_here = |mut finding: Finding| {
            finding.cells.retain(is_here);
            finding.repairs.retain(|repair| repair.changes.iter().all(|change| is_here(&change.cell)));
            finding
        };
        let found = reading.into_iter().flat_map(|reading| reading.findings).filter(concerns);
        self.findings.extend(found.map(of_here));
    }

    fn finish(mut self, texts: Texts) -> Reading {
        let language = self.context.language;
        let leftover = self.take_texts(texts);
        if let (Some(seen), Some(carried)) = (self.report.year, self.carried.year)
            && seen != carried
        {
            self.findings.retain(|finding| !told::is_about_carried(finding));
            self.findings.push(told::is_of_another_year(seen, carried, language));
            return Reading { report: self.seen_alone(), findings: self.findings, leftover };
        }
        let mut findings = told::figures(&self.changed, &self.report, self.carried, language);
        findings.append(&mut self.findings);
        Reading { report: self.report, findings, leftover }
    }

    /// The report without what is not seen of it.
    fn seen_alone(&self) -> Report {
        let seen = &self.report;
        let mut report = Report::empty(seen.form.clone());
        report.agency.clone_from(&seen.agency);
        report.title.clone_from(&seen.title);
        report.date.clone_from(&seen.date);
        report.contact.clone_from(&seen.contact);
        report.sections.clone_from(&seen.sections);
        report.headings.clone_from(&seen.headings);
        report.year = seen.year;
        for (cell, _) in seen.form.cells() {
            report.set(cell, seen.value(cell).clone());
            report.set_unit(cell, seen.unit(cell).map(str::to_owned));
            if seen.is_unread(cell) && self.changed.contains(&cell) {
                report.mark_unread(cell);
            }
            let is_read = |origin: &&Origin| origin.how == How::Read;
            report.set_origin(cell, seen.origin(cell).filter(is_read).cloned());
        }
        report
    }

    /// Takes the texts that are seen otherwise; returns what belongs nowhere.
    fn take_texts(&mut self, texts: Texts) -> Vec<String> {
        let language = self.context.language;
        let Texts { title, headings, sections, date, contact, agency, year, leftover, .. } = texts;
        if let Some(title) = title {
            let (before, after) = (tagged::of_title(&self.publication.title), tagged::of_title(&title));
            if after.agency != before.agency && !after.agency.is_empty() {
                self.report.agency.clone_from(&after.agency);
            }
            if after.year != before.year && after.year.is_some() {
                self.report.year = after.year;
            }
            let what = language.word(words::CARRIED_TITLE);
            self.findings.push(told::cover(what, &title, &self.publication.title, language));
            self.report.title = title;
        }
        if let Some(agency) = agency {
            let what = language.word(words::CARRIED_BODY);
            self.findings.push(told::cover(what, &agency, &self.carried.agency, language));
            self.report.agency = agency;
        }
        if let Some(year) = year {
            let known = self.carried.year.map(|year| year.to_string()).unwrap_or_default();
            self.findings.push(told::cover(language.word(words::CARRIED_YEAR), &year, &known, language));
            self.report.year = tagged::read_year(&year);
        }
        if let Some(headings) = headings {
            self.findings.push(told::headings(&headings, language));
            self.report.headings = Some(headings).filter(|headings| !headings.is_empty());
        }
        self.findings.extend(sections.keys().map(|section| told::section(section, self.carried, language)));
        if !sections.is_empty() {
            self.report.sections.retain(|(section, _)| !sections.contains_key(section));
            self.report.sections.extend(sections.into_iter().filter(|(_, text)| !text.is_empty()));
            self.report.sort_sections();
        }
        if let Some(date) = date {
            self.findings.push(told::cover(language.word(words::CARRIED_DATE), &date, &self.carried.date, language));
            self.report.date = date;
        }
        if let Some(contact) = contact {
            let what = language.word(words::CARRIED_CONTACT);
            self.findings.push(told::cover(what, &contact, &self.carried.contact, language));
            self.report.contact = contact;
        }
        leftover
    }
}
