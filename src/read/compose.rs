//! Makes the report of a document whose form is recognised.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::align::NAMED;
use super::document::Document;
use super::figures::{Placed, assign};
use super::fold::Folder;
use super::glued::Lexicon;
use super::indicators;
use super::labels::Labels;
use super::notes::{self, Note};
use super::observed::{self, Observed};
use super::places::Places;
use super::recognise::{LEAST_LABELS, Laid, recognise};
use super::settle::{Court, Settled, TornRow};
use super::similar::similarity;
use super::texts::{self, Texts};
use super::title::Title;
use super::torn::TornRows;
use super::{Context, Reading};
use crate::form::{CellId, Form};
use crate::provenance::{How, Origin};
use crate::quantity;
use crate::report::{ReadError, Report};
use crate::value::Value;

/// Makes a report of a document.
///
/// # Errors
/// Where no known form is recognised in it.
pub fn compose(document: Document, context: &Context) -> Result<Reading, ReadError> {
    with_evidence(document, context).map(|(reading, _)| reading)
}

/// Makes a report of what was cut out of one; `None` unless it shows a whole table of a known form.
pub fn compose_excerpt(document: Document, context: &Context) -> Option<Reading> {
    let (reading, shows_a_table) = with_evidence(document, context).ok()?;
    shows_a_table.then_some(reading)
}

/// The report, and whether the document shows a whole table of its form.
fn with_evidence(document: Document, context: &Context) -> Result<(Reading, bool), ReadError> {
    let folder = Folder::new(context.platform);
    let early = indicators::recognise(&document, context, &folder);
    let printed: Vec<_> = context.forms.iter().map(|form| Labels::new(form, &folder)).collect();
    let document = Lexicon::new(&printed).unglue(document, &folder);
    let rows = observed::rows(&document);
    let recognised = recognise(&document, &rows, context.forms, printed, &folder);
    if let Some(early) = early {
        let (sure, by_headings) = recognised.as_ref().map_or((0, false), |found| found.laid.evidence());
        let shows_a_table = early.known_rows() >= LEAST_LABELS;
        if early.outweighs(sure, by_headings)
            && let Some(reading) = early.compose(context)
        {
            return Ok((reading, shows_a_table));
        }
    }
    let recognised = recognised?;
    let others = recognised.others.iter().collect();
    let composer = Composer {
        laid: &recognised.laid,
        others,
        rows: &rows,
        document: &document,
        texts: &recognised.texts,
        places: Places::new(&document),
        folder: &folder,
        context,
    };
    let reading = composer.compose(recognised.title, recognised.year, recognised.is_year_guessed);
    Ok((reading, recognised.laid.shows_a_table(&recognised.texts)))
}

struct Composer<'a> {
    laid: &'a Laid<'a>,
    others: Vec<&'a Laid<'a>>,
    rows: &'a [Observed],
    document: &'a Document,
    texts: &'a HashSet<Vec<char>>,
    places: Places<'a>,
    folder: &'a Folder<'a>,
    context: &'a Context<'a>,
}

impl Composer<'_> {
    fn compose(&self, title: Title, year: Option<i32>, guessed: bool) -> Reading {
        let laid = self.laid;
        let court =
            Court { rows: self.rows, labels: &laid.labels, headings: &laid.headings, alignment: &laid.alignment };
        let merged: Vec<_> = (0..laid.alignment.evidence.len()).filter(|at| self.merged_by_other_form(*at)).collect();
        let settled = court.settle(&merged);
        let mut report = Report::empty(laid.form.clone());
        (report.title, report.agency, report.year) = (title.title.clone(), title.agency.clone(), year);
        let mut notes = Vec::new();
        let mut leftover = Vec::new();
        let otherwise = self.tables_laid_out_otherwise();
        for row in &settled.read {
            notes.extend(self.other_label(row.printed, row.observed));
            match otherwise.get(&laid.labels.rows[row.printed].table) {
                Some(other) => self.leave(row.printed, row.observed, other, &mut report, &mut notes, &mut leftover),
                None => self.put(&mut report, row.printed, &row.placed),
            }
        }
        let mut torn = Vec::new();
        for row in &settled.torn {
            let other = otherwise.get(&laid.labels.rows[row.printed].table);
            if self.take_from_other_form(row.observed, &mut report, &mut notes, &mut leftover) {
                continue;
            }
            match other {
                Some(other) => self.leave(row.printed, row.observed, other, &mut report, &mut notes, &mut leftover),
                None => torn.push(row),
            }
        }
        self.place_others(&settled, &mut report, &mut notes, &mut leftover);
        self.infer(&settled, &torn, &mut report, &mut notes);
        if let Some(year) = year.filter(|_| guessed) {
            notes.push(Note::GuessedYear(year));
        }
        if settled.read.is_empty() && settled.torn.is_empty() && settled.unread.is_empty() && !self.shows_rows() {
            notes.push(if self.document.pictures > 0 { Note::NoTableButPictures } else { Note::NoTable });
        } else {
            notes.extend(self.tables_in_pictures(&settled));
        }
        let Texts { sections, headings, leftover: texts } =
            texts::collect(self.document, &laid.labels, &laid.headings, &self.table_rows(), &title, self.folder);
        let said: Vec<_> =
            texts.into_iter().filter(|text| !leftover.iter().any(|row: &String| row.contains(text))).collect();
        notes.extend(said.iter().map(|text| Note::Leftover(text.clone())));
        leftover.extend(said);
        report.sections = sections;
        report.sort_sections();
        report.headings = (!headings.is_empty()).then_some(headings);
        let findings = notes.iter().map(|note| notes::finding(note, &laid.form, self.context.language)).collect();
        Reading { report, findings, leftover }
    }

    /// Leaves a row out whose table is laid out as in another form.
    fn leave(
        &self,
        printed: usize,
        at: usize,
        other: &Arc<Form>,
        report: &mut Report,
        notes: &mut Vec<Note>,
        leftover: &mut Vec<String>,
    ) {
        let text = self.rows[at].text();
        let cells = self.cells(printed);
        self.mark_unread(report, at, &cells);
        leftover.push(text.clone());
        notes.push(Note::OtherForm { text, other: other.clone(), cells });
    }

    fn cells(&self, printed: usize) -> Vec<CellId> {
        self.laid.labels.rows[printed].figures.iter().map(|figure| figure.cell).collect()
    }

    /// Notes that something stands in the document for these cells, with where and what.
    fn mark_unread(&self, report: &mut Report, at: usize, cells: &[CellId]) {
        let row = &self.rows[at];
        let line = row.figures.lines.first().copied().unwrap_or(row.first_line);
        let origin = Origin { how: How::Read, place: self.places.place(line, None), text: row.figures.run() };
        for cell in cells {
            report.mark_unread(*cell);
            report.set_origin(*cell, Some(origin.clone()));
        }
    }

    /// Finds out what torn rows say.
    fn infer(&self, settled: &Settled, torn: &[&TornRow], report: &mut Report, notes: &mut Vec<Note>) {
        let rows = TornRows {
            labels: &self.laid.labels,
            alignment: &self.laid.alignment,
            rows: self.rows,
            places: &self.places,
            prior: self.context.prior,
        };
        rows.infer(settled, torn, report, notes);
    }

    /// A row's label where it is near the prescribed one, but not it: a misprint in the published form.
    /// Only one that begins as prescribed tells; others may be torn, and longer or shorter ones carry a
    /// note or were cut.
    fn other_label(&self, printed: usize, at: usize) -> Option<Note> {
        let (row, observed) = (&self.laid.labels.rows[printed], &self.rows[at]);
        let text = observed.own.last()?.rsplit(' ').next()?;
        let folded = self.folder.fold(text);
        let near = |wording: &Vec<char>| {
            let begins = folded.first() == wording.first() && folded.len() * 3 >= wording.len() * 2;
            begins
                && similarity(&folded, wording) >= NAMED
                && !contains(wording, &folded)
                && !contains(&folded, wording)
        };
        let same = row.wordings.contains(&folded);
        let cells = row.figures.iter().map(|figure| figure.cell).collect();
        (!same && row.wordings.iter().any(near)).then(|| Note::OtherLabel { text: text.to_owned(), cells })
    }

    /// Tables whose column heads are those of another form: their figures mean something else.
    fn tables_laid_out_otherwise(&self) -> BTreeMap<usize, Arc<Form>> {
        let mut tables = BTreeMap::new();
        for (index, table) in self.laid.form.tables.iter().enumerate() {
            let own = self.laid.labels.heads_of(index);
            for other in &self.others {
                let Some(same) = other.form.tables.iter().position(|known| known.id == table.id) else { continue };
                let heads = other.labels.heads_of(same);
                let shown = |heads: &HashSet<&[char]>, but: &HashSet<&[char]>| {
                    heads.iter().filter(|head| !but.contains(*head) && self.texts.contains(**head)).count()
                };
                if shown(&heads, &own) >= 2 && shown(&own, &heads) == 0 {
                    tables.insert(index, other.form.clone());
                }
            }
        }
        tables
    }

    /// Whether the document shows the form's rows, be they blank.
    fn shows_rows(&self) -> bool {
        self.laid
            .labels
            .rows
            .iter()
            .filter(|row| row.wordings.first().is_some_and(|wording| self.texts.contains(wording)))
            .count()
            >= 3
    }

    /// The sections under whose heading no row and no head of a table stands, where pictures may be the tables.
    /// A page has pictures of its own.
    fn tables_in_pictures(&self, settled: &Settled) -> Vec<Note> {
        if self.document.pictures == 0 || self.document.is_page {
            return Vec::new();
        }
        let labels = &self.laid.labels;
        let is_found = |printed: &usize| {
            let row = &labels.rows[*printed];
            settled.read.iter().any(|row| row.printed == *printed)
                || settled.torn.iter().any(|row| row.printed == *printed)
                || settled.unread.iter().any(|(_, unread)| unread.contains(printed))
                || row.wordings.iter().any(|wording| self.texts.contains(wording))
                || labels.heads_of(row.table).iter().any(|head| self.texts.contains(*head))
        };
        let sections = self.laid.headings.iter().map(|heading| heading.section);
        let missing = sections.filter(|section| {
            let rows = &labels.sections[*section].rows;
            !rows.is_empty() && !rows.clone().any(|printed| is_found(&printed))
        });
        let cells = |section: usize| {
            let rows = labels.rows[labels.sections[section].rows.clone()].iter();
            rows.flat_map(|row| row.figures.iter().map(|figure| figure.cell)).collect()
        };
        missing.map(|section| Note::PictureForTable { section, cells: cells(section) }).collect()
    }

    fn put(&self, report: &mut Report, printed: usize, placed: &[Placed]) {
        for (figure, placed) in self.laid.labels.rows[printed].figures.iter().zip(placed) {
            put(report, figure.cell, &placed.text, self.places.origin(placed, How::Read));
        }
    }

    /// Rows that the form leaves unread or unplaced: perhaps another form has them; else they are
    /// noted, with the text as it stands.
    fn place_others(&self, settled: &Settled, report: &mut Report, notes: &mut Vec<Note>, leftover: &mut Vec<String>) {
        let read: BTreeMap<_, _> = settled.read.iter().map(|row| (row.printed, &row.placed)).collect();
        for (at, printed) in &settled.unread {
            if self.is_repeated(*at, &read, &settled.torn) || self.take_from_other_form(*at, report, notes, leftover) {
                continue;
            }
            if let Some(cells) = self.read_before(*at, settled) {
                notes.push(Note::Twice { text: self.rows[*at].text(), cells });
                leftover.push(self.rows[*at].text());
                continue;
            }
            let free = printed.iter().filter(|printed| !read.contains_key(printed));
            let cells: Vec<_> = free.flat_map(|printed| self.cells(*printed)).collect();
            let blank = cells.iter().copied().filter(|cell| *report.value(*cell) == Value::Blank);
            self.mark_unread(report, *at, &blank.collect::<Vec<_>>());
            notes.push(Note::Unread { text: self.rows[*at].text(), cells });
        }
        for at in &settled.unplaced {
            if !self.concerns_a_table(*at)
                || self.is_repeated(*at, &read, &settled.torn)
                || self.take_from_other_form(*at, report, notes, leftover)
            {
                continue;
            }
            notes.push(Note::Unplaced { text: self.rows[*at].text() });
            leftover.push(self.rows[*at].text());
        }
    }

    /// The observed rows that belong to a table: paired with a printed one, or in a table's section.
    fn table_rows(&self) -> Vec<&Observed> {
        let paired = |at: &usize| self.laid.alignment.pairs.iter().any(|pair| pair.observed == *at);
        let in_table = |at: &usize| {
            let section = self.laid.alignment.evidence[*at].section;
            section.is_some_and(|section| !self.laid.labels.sections[section].rows.is_empty())
        };
        (0..self.laid.alignment.evidence.len())
            .filter(|at| paired(at) || in_table(at))
            .map(|at| &self.rows[at])
            .collect()
    }

    /// Whether an unplaced row stands among the tables: not every number in a text is a figure.
    fn concerns_a_table(&self, at: usize) -> bool {
        let (row, evidence) = (&self.rows[at], &self.laid.alignment.evidence[at]);
        let in_table = |section: usize| !self.laid.labels.sections[section].rows.is_empty();
        let pairs = &self.laid.alignment.pairs;
        let between = pairs.iter().any(|pair| pair.observed < at) && pairs.iter().any(|pair| pair.observed > at);
        let is_row = !pairs.is_empty() && row.figures.cells.len() >= 3;
        row.has_figures && (between || is_row || evidence.section.is_some_and(in_table))
    }

    /// Whether a row says again what was read, as a table does that stands twice.
    fn is_repeated(&self, at: usize, read: &BTreeMap<usize, &Vec<Placed>>, torn: &[TornRow]) -> bool {
        let names = |printed: usize| self.laid.alignment.evidence[at].named[printed] >= NAMED;
        let run = self.rows[at].figures.run();
        if torn.iter().any(|row| names(row.printed) && row.figures.run() == run) {
            return true;
        }
        let texts = |placed: &[Placed]| placed.iter().map(|placed| placed.text.clone()).collect::<Vec<_>>();
        let same = |(printed, placed): (&usize, &&Vec<Placed>)| {
            let again = || assign(&self.rows[at].figures, &self.laid.labels.rows[*printed]);
            names(*printed) && again().is_some_and(|again| texts(&again) == texts(placed))
        };
        read.iter().any(same)
    }

    /// The cells of the row that an observed row is by its label, where one above it was read already.
    fn read_before(&self, at: usize, settled: &Settled) -> Option<Vec<CellId>> {
        let named = &self.laid.alignment.evidence[at].named;
        let first = settled.read.iter().find(|row| named[row.printed] >= NAMED && row.observed < at);
        first.map(|row| self.cells(row.printed))
    }

    /// The row of another form that an observed row is, where this form has no such row.
    fn of_other_form(&self, at: usize) -> Option<(&Laid<'_>, usize, Vec<Placed>)> {
        let named =
            |laid: &Laid, least: f32| laid.alignment.evidence[at].named.iter().position(|named| *named >= least);
        if named(self.laid, NAMED).is_some() {
            return None;
        }
        self.others.iter().find_map(|other| {
            let printed = named(other, 0.9)?;
            Some((*other, printed, assign(&self.rows[at].figures, &other.labels.rows[printed])?))
        })
    }

    /// Whether another form prints as one row what this one prints as a group.
    fn merged_by_other_form(&self, at: usize) -> bool {
        self.laid.alignment.evidence[at].in_group.contains(&true) && self.of_other_form(at).is_some()
    }

    /// Takes a row that another form has: its figures where this form has the same cells unfilled.
    fn take_from_other_form(
        &self,
        at: usize,
        report: &mut Report,
        notes: &mut Vec<Note>,
        leftover: &mut Vec<String>,
    ) -> bool {
        let Some((other, printed, placed)) = self.of_other_form(at) else { return false };
        let address = |cell| &other.form.cell(cell).address;
        let figures = &other.labels.rows[printed].figures;
        let own = figures.iter().map(|figure| report.form.find(address(figure.cell))).collect::<Option<Vec<_>>>();
        let free = own.filter(|cells| cells.iter().all(|cell| *report.value(*cell) == Value::Blank));
        for (cell, placed) in free.iter().flatten().zip(&placed) {
            put(report, *cell, &placed.text, self.places.origin(placed, How::Read));
        }
        if free.is_none() {
            leftover.push(self.rows[at].text());
        }
        notes.push(Note::OtherForm {
            text: self.rows[at].text(),
            other: other.form.clone(),
            cells: free.unwrap_or_default(),
        });
        true
    }
}

/// Puts what was read into a cell, with where it was read.
pub fn put(report: &mut Report, cell: CellId, text: &str, origin: Origin) {
    let (value, unit) = quantity::read(text, &report.form.cell(cell).holds);
    report.set(cell, value);
    if let Some(unit) = unit {
        report.set_unit(cell, Some(unit));
    }
    report.set_origin(cell, Some(origin));
}

fn contains(whole: &[char], part: &[char]) -> bool {
    part.is_empty() || whole.windows(part.len()).any(|window| window == part)
}
