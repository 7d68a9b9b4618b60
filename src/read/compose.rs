//! Makes the report of a document whose form is recognised.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::align::NAMED;
use super::document::Document;
use super::figures::assign;
use super::fold::Folder;
use super::glued::Lexicon;
use super::labels::Labels;
use super::notes::{self, Note};
use super::observed::{self, Observed};
use super::recognise::{Laid, recognise, short_texts};
use super::settle::{Court, Settled};
use super::similar::similarity;
use super::texts::{self, Texts};
use super::title::Title;
use super::{Context, Reading};
use crate::form::Form;
use crate::language::Language;
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
    let printed: Vec<_> = context.forms.iter().map(|form| Labels::new(form, &folder)).collect();
    let document = Lexicon::new(&printed).unglue(document, &folder);
    let rows = observed::rows(&document);
    let recognised = recognise(&document, &rows, context.forms, printed, &folder)?;
    let others = recognised.others.iter().collect();
    let composer = Composer { laid: &recognised.laid, others, rows: &rows, document: &document, folder: &folder };
    let reading = composer.compose(recognised.title, recognised.year, recognised.is_year_guessed, context.language);
    Ok((reading, recognised.laid.shows_a_table(&document, &folder)))
}

struct Composer<'a> {
    laid: &'a Laid<'a>,
    others: Vec<&'a Laid<'a>>,
    rows: &'a [Observed],
    document: &'a Document,
    folder: &'a Folder<'a>,
}

impl Composer<'_> {
    fn compose(&self, title: Title, year: Option<i32>, guessed: bool, language: Language) -> Reading {
        let laid = self.laid;
        let court =
            Court { rows: self.rows, labels: &laid.labels, headings: &laid.headings, alignment: &laid.alignment };
        let merged: Vec<_> = (0..laid.alignment.evidence.len()).filter(|at| self.merged_by_other_form(*at)).collect();
        let settled = court.settle(&merged);
        let mut report = Report::empty(laid.form.clone());
        let mut notes = Vec::new();
        let mut leftover = Vec::new();
        let otherwise = self.tables_laid_out_otherwise();
        for (printed, at, texts) in &settled.read {
            let row = &laid.labels.rows[*printed];
            notes.extend(self.other_label(*printed, *at));
            let Some(other) = otherwise.get(&row.table) else {
                self.put(&mut report, *printed, texts);
                continue;
            };
            let cells: Vec<_> = row.figures.iter().map(|figure| figure.cell).collect();
            cells.iter().for_each(|cell| report.mark_unread(*cell));
            leftover.push(self.rows[*at].text());
            notes.push(Note::OtherForm { text: self.rows[*at].text(), other: other.clone(), cells });
        }
        self.place_others(&settled, &mut report, &mut notes, &mut leftover);
        if let Some(year) = year.filter(|_| guessed) {
            notes.push(Note::GuessedYear(year));
        }
        if settled.read.is_empty() && settled.unread.is_empty() && !self.shows_rows() {
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
        (report.title, report.agency, report.year) = (title.title, title.agency, year);
        let findings = notes.iter().map(|note| notes::finding(note, &laid.form, language)).collect();
        Reading { report, findings, leftover }
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
        let texts = short_texts(self.document, self.folder);
        let mut tables = BTreeMap::new();
        for (index, table) in self.laid.form.tables.iter().enumerate() {
            let own = self.laid.labels.heads_of(index);
            for other in &self.others {
                let Some(same) = other.form.tables.iter().position(|known| known.id == table.id) else { continue };
                let heads = other.labels.heads_of(same);
                let shown = |heads: &HashSet<&[char]>, but: &HashSet<&[char]>| {
                    heads.iter().filter(|head| !but.contains(*head) && texts.contains(**head)).count()
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
        let texts = short_texts(self.document, self.folder);
        self.laid
            .labels
            .rows
            .iter()
            .filter(|row| row.wordings.first().is_some_and(|wording| texts.contains(wording)))
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
        let texts = short_texts(self.document, self.folder);
        let is_found = |printed: &usize| {
            let row = &labels.rows[*printed];
            let is_read = settled.read.iter().any(|(read, ..)| read == printed);
            is_read
                || settled.unread.iter().any(|(_, unread)| unread.contains(printed))
                || row.wordings.iter().any(|wording| texts.contains(wording))
                || labels.heads_of(row.table).iter().any(|head| texts.contains(*head))
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

    fn put(&self, report: &mut Report, printed: usize, texts: &[String]) {
        for (figure, text) in self.laid.labels.rows[printed].figures.iter().zip(texts) {
            let (value, unit) = quantity::read(text, &self.laid.form.cell(figure.cell).holds);
            report.set(figure.cell, value);
            if let Some(unit) = unit {
                report.set_unit(figure.cell, Some(unit));
            }
        }
    }

    /// Rows that the form leaves unread or unplaced: perhaps another form has them; else they are
    /// noted, with the text as it stands.
    fn place_others(&self, settled: &Settled, report: &mut Report, notes: &mut Vec<Note>, leftover: &mut Vec<String>) {
        let read: BTreeMap<_, _> = settled.read.iter().map(|(printed, at, texts)| (*printed, (*at, texts))).collect();
        for (at, printed) in &settled.unread {
            if self.take_from_other_form(*at, report, notes, leftover) {
                continue;
            }
            let cells = printed
                .iter()
                .filter(|printed| !read.contains_key(printed))
                .flat_map(|printed| &self.laid.labels.rows[*printed].figures);
            let cells: Vec<_> = cells.map(|figure| figure.cell).collect();
            for cell in &cells {
                if *report.value(*cell) == Value::Blank {
                    report.mark_unread(*cell);
                }
            }
            notes.push(Note::Unread { text: self.rows[*at].text(), cells });
        }
        for at in &settled.unplaced {
            if !self.concerns_a_table(*at)
                || self.is_repeated(*at, &read)
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
    fn is_repeated(&self, at: usize, read: &BTreeMap<usize, (usize, &Vec<String>)>) -> bool {
        let same = |(printed, (_, texts)): (&usize, &(usize, &Vec<String>))| {
            let named = self.laid.alignment.evidence[at].named[*printed] >= NAMED;
            named && assign(&self.rows[at].figures, &self.laid.labels.rows[*printed]).as_ref() == Some(*texts)
        };
        read.iter().any(same)
    }

    /// The row of another form that an observed row is, where this form has no such row.
    fn of_other_form(&self, at: usize) -> Option<(&Laid<'_>, usize, Vec<String>)> {
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
        let Some((other, printed, texts)) = self.of_other_form(at) else { return false };
        let address = |cell| &other.form.cell(cell).address;
        let figures = &other.labels.rows[printed].figures;
        let own = figures.iter().map(|figure| report.form.find(address(figure.cell))).collect::<Option<Vec<_>>>();
        let free = own.filter(|cells| cells.iter().all(|cell| *report.value(*cell) == Value::Blank));
        for (cell, text) in free.iter().flatten().zip(&texts) {
            let (value, _) = quantity::read(text, &report.form.cell(*cell).holds);
            report.set(*cell, value);
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

fn contains(whole: &[char], part: &[char]) -> bool {
    part.is_empty() || whole.windows(part.len()).any(|window| window == part)
}
