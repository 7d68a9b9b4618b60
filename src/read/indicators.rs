//! Reports from before 2019: texts under headings of their own and a table of indicators of their own, which
//! is read as it stands. The rows of an open form are a hint: by them rows get their ids and relations.

mod found;
mod known;
mod placed;
mod running;
mod sections;
mod split;
#[cfg(all(test, feature = "command"))]
mod tests;

use rust_decimal::Decimal;

use self::found::{Figures, Found, Row, Taken};
use self::known::{Known, levels};
use self::sections::Sections;
use self::split::Glued;
use super::document::Document;
use super::fold::Folder;
use super::notes::{self, Note};
use super::title::{self, Title};
use super::{Context, Reading};
use crate::finding::{Finding, Severity};
use crate::form::{CellId, DEEPEST_LEVEL, Form, Indicator, MOST_INDICATORS, Shape};
use crate::language::Language;
use crate::provenance::{How, Origin};
use crate::quantity;
use crate::report::Report;
use crate::value::{self, Value};
use crate::words;

/// A report whose rows are its own, as far as it was recognised.
pub struct Recognised<'a> {
    form: &'a Form,
    title: Title,
    year: Option<i32>,
    /// Whether title, period or table name the year.
    is_year_told: bool,
    /// Whether the document is about disclosure at all.
    is_about_disclosure: bool,
    found: Option<Found>,
    /// For each row of the table the row of the form.
    rows: Vec<Option<usize>>,
    texts: Sections,
}

/// Recognises a report of the years before the forms that say what a report has to have; `None` for any
/// other. A later report is never taken for one, whatever it shows.
pub fn recognise<'a>(document: &Document, context: &Context<'a>, folder: &Folder) -> Option<Recognised<'a>> {
    let earliest = context.forms.iter().map(|form| form.years.from).min().unwrap_or(i32::MAX);
    let told = |title: &Title| title.year.or_else(|| document.paragraphs().find_map(title::year_of_period));
    let title = title::find(document, sections::first_line(document));
    if told(&title).is_some_and(|year| year >= earliest) {
        return None;
    }
    context.forms.open().find_map(|form| {
        let known = Known::of(form, folder)?;
        let found = placed::find(document, &known).or_else(|| running::find(document, &known));
        let told = told(&title).or(found.as_ref().and_then(|found| found.year));
        let year = told.or_else(|| title::most_frequent_year(document.paragraphs()));
        let rows = found.iter().flat_map(|found| &found.rows).map(|row| match row.figures {
            Figures::None => "",
            _ => row.label.as_str(),
        });
        let rows = known.rows_of(rows);
        let nothing = Taken::default();
        let taken = found.as_ref().map_or(&nothing, |found| &found.taken);
        let published = form.published.clone().unwrap_or_default();
        let texts = sections::collect(document, &title, taken, &published);
        let mut cells = document.lines.iter().flat_map(|line| &line.cells);
        let is_about_disclosure = cells.any(|cell| form.titles.iter().any(|word| cell.text.contains(word.as_str())));
        let in_years = year.map_or(found.is_some(), |year| form.years.contains(year));
        let (title, is_year_told) = (title.clone(), told.is_some());
        in_years.then_some(Recognised { form, title, year, is_year_told, is_about_disclosure, found, rows, texts })
    })
}

impl Recognised<'_> {
    /// Whether it is such a report rather than one in a form of later years, of which it shows so many rows,
    /// or `by_headings` enough headings.
    pub fn outweighs(&self, rows: usize, by_headings: bool) -> bool {
        if let Some(found) = &self.found {
            return found.figures() > rows;
        }
        let is_report = self.is_about_disclosure && !self.texts.texts.is_empty();
        is_report && rows == 0 && (self.is_year_told || !by_headings)
    }

    /// How many rows it shows that are known.
    pub fn known_rows(&self) -> usize {
        self.rows.iter().flatten().count()
    }

    /// Makes the report; `None` where the open form has no place for it.
    pub fn compose(self, context: &Context) -> Option<Reading> {
        let mut found = self.found.unwrap_or_default();
        found.rows.truncate(MOST_INDICATORS);
        let columns = &self.form.tables.first()?.columns;
        let shape = Shape {
            indicators: indicators(&found.rows, &self.rows, self.form),
            columns: found.columns.iter().map(|column| columns[*column].id.clone()).collect(),
            headings: self.texts.headings.clone(),
        };
        let mut report = Report::empty(context.forms.shaped(&self.form.id, &shape)?);
        (report.title, report.agency, report.year) = (self.title.title, self.title.agency, self.year);
        report.headings = Some(self.texts.headings).filter(|headings| !headings.is_empty());
        report.sections = self.texts.texts;
        report.sort_sections();
        let told = Told { rows: found.rows, shape: &shape, columns: &found.columns, form: self.form };
        let mut findings = told.fill(&mut report, context.prior, context.language);
        let guessed = self.year.filter(|_| !self.is_year_told).map(Note::GuessedYear);
        let unplaced = found.leftover.iter().map(|text| Note::Unplaced { text: text.clone() });
        let notes = guessed.into_iter().chain(unplaced);
        findings.extend(notes.map(|note| notes::finding(&note, &report.form, context.language)));
        if report.form.tables.is_empty() {
            findings.push(no_table(context.language));
        }
        Some(Reading { report, findings, leftover: found.leftover })
    }
}

/// The list of indicators: labels and units as they stand, ids of the rows that are known.
fn indicators(rows: &[Row], known: &[Option<usize>], form: &Form) -> Vec<Indicator> {
    let levels = levels(rows.iter().map(|row| row.label.as_str()));
    let mut number = 0;
    let indicator = |((row, known), level): ((&Row, &Option<usize>), usize)| {
        let is_heading = row.figures == Figures::None;
        number += usize::from(!is_heading);
        let id = match known {
            _ if is_heading => String::new(),
            Some(known) => form.tables[0].rows[*known].id.clone(),
            None => format!("item_{number}"),
        };
        let level = row.level.unwrap_or(level).min(DEEPEST_LEVEL);
        Indicator { id, label: row.label.clone(), unit: row.unit.clone(), level, ..Indicator::default() }
    };
    rows.iter().zip(known).zip(levels).map(indicator).collect()
}

/// The figures of a table, to be put into their cells.
struct Told<'a> {
    rows: Vec<Row>,
    shape: &'a Shape,
    /// The columns as they stand, by their places in the form.
    columns: &'a [usize],
    form: &'a Form,
}

impl Told<'_> {
    fn fill(&self, report: &mut Report, prior: Option<&Report>, language: Language) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut glued: Vec<(usize, Glued)> = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let cells = self.cells(report, at);
            match &row.figures {
                Figures::None => {}
                Figures::Told(texts) => {
                    for (column, (cell, text)) in cells.iter().zip(texts).enumerate() {
                        let value = quantity::read(text, &report.form.cell(*cell).holds).0;
                        put(report, *cell, value, row, column, How::Read);
                    }
                }
                Figures::Glued(digits) => {
                    let ways = split::ways(digits, cells.len());
                    glued.push((at, Glued { cells, unit: row.unit.clone(), ways }));
                }
                Figures::Unclear => findings.push(unread(report, &cells, row, language)),
            }
        }
        let sure: Vec<bool> = glued.iter().map(|(_, glued)| glued.ways.len() == 1).collect();
        let (rows, mut glued): (Vec<usize>, Vec<Glued>) = glued.into_iter().unzip();
        split::narrow(&mut glued, report, prior, &stated(report));
        let mut inferred = Vec::new();
        for ((at, glued), sure) in rows.into_iter().zip(glued).zip(sure) {
            let row = &self.rows[at];
            let [way] = glued.ways.as_slice() else {
                findings.push(unread(report, &glued.cells, row, language));
                continue;
            };
            let how = if sure { How::Read } else { How::Inferred };
            for (column, (cell, number)) in glued.cells.iter().zip(way).enumerate() {
                put(report, *cell, Value::Number(*number), row, column, how);
            }
            if !sure {
                inferred.extend(glued.cells);
            }
        }
        findings.extend(split_figures(&report.form, &inferred, language));
        findings
    }

    /// The cells of a row, in the order of its figures.
    fn cells(&self, report: &Report, row: usize) -> Vec<CellId> {
        let id = self.shape.indicators.get(row).map_or("", |indicator| indicator.id.as_str());
        let table = &self.form.tables[0];
        let address = |column: &usize| format!("{}.{id}.{}", table.id, table.columns[*column].id);
        self.columns.iter().filter_map(|column| report.form.find(&address(column))).collect()
    }
}

fn put(report: &mut Report, cell: CellId, value: Value, row: &Row, column: usize, how: How) {
    let text = match &row.figures {
        Figures::Told(texts) => texts.get(column).cloned().unwrap_or_default(),
        Figures::Glued(digits) => digits.clone(),
        _ => String::new(),
    };
    if value == Value::Blank {
        return;
    }
    let place = row.places.get(column).or(row.places.first()).copied();
    report.set(cell, value);
    report.set_origin(cell, Some(Origin { how, place, text }));
}

/// The numbers that the texts state, with their units: 2949 条.
fn stated(report: &Report) -> Vec<(Decimal, String)> {
    let mut units: Vec<&str> = report.form.indicators.iter().map(|indicator| indicator.unit.as_str()).collect();
    units.sort_unstable_by_key(|unit| std::cmp::Reverse(unit.len()));
    units.dedup();
    units.retain(|unit| !unit.is_empty());
    let mut stated = Vec::new();
    for (_, text) in &report.sections {
        let digits = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
        let mut rest = text.as_str();
        while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
            let number = &rest[at..];
            let end = number.find(|c| !digits(c)).unwrap_or(number.len());
            rest = &number[end..];
            let unit = units.iter().find(|unit| rest.trim_start().starts_with(**unit));
            if let (Some(number), Some(unit)) = (value::number(&number[..end]), unit) {
                stated.push((number, (*unit).to_owned()));
            }
        }
    }
    stated
}

fn unread(report: &mut Report, cells: &[CellId], row: &Row, language: Language) -> Finding {
    cells.iter().for_each(|cell| report.mark_unread(*cell));
    notes::finding(&Note::Unread { text: row.text.clone(), cells: cells.to_vec() }, &report.form, language)
}

/// Says which figures were taken apart where they ran together.
fn split_figures(form: &Form, cells: &[CellId], language: Language) -> Option<Finding> {
    let first = *cells.first()?;
    let message = language.say(words::READ_SPLIT_FIGURES, &[("count", &cells.len().to_string())]);
    let addresses = cells.iter().map(|cell| form.cell(*cell).address.clone()).collect();
    let section = &form.section_of(form.cell(first).table).id;
    Some(Finding::new("inferred", Severity::Info, message).about(addresses).in_section(section))
}

fn no_table(language: Language) -> Finding {
    let message = language.word(words::READ_NO_OLD_TABLE);
    Finding::new("unread", Severity::Info, message)
}
