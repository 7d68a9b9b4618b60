//! Chooses the form that a document is laid out in, and makes the report of it.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::align::{Alignment, NAMED, align};
use super::document::Document;
use super::figures::{assign, value_of};
use super::fold::Folder;
use super::glued::Lexicon;
use super::headings::{self, Heading};
use super::labels::Labels;
use super::notes::{self, Note};
use super::observed::{self, Observed};
use super::settle::{Court, Settled};
use super::texts::{self, Texts};
use super::title::{self, Title};
use super::{Platform, Reading, refusal};
use crate::form::Form;
use crate::forms::Forms;
use crate::language::Language;
use crate::report::{ReadError, Report};
use crate::value::Value;

/// One form laid over the document.
struct Laid<'a> {
    form: Arc<Form>,
    labels: Labels<'a>,
    headings: Vec<Heading>,
    alignment: Alignment,
    score: f32,
}

/// Makes a report of a document.
///
/// # Errors
/// Where no known form is recognised in it.
pub fn compose(
    document: Document,
    is_page: bool,
    forms: &Forms,
    platform: &dyn Platform,
    language: Language,
) -> Result<Reading, ReadError> {
    let folder = Folder::new(platform);
    let printed: Vec<_> = forms.iter().map(|form| Labels::new(form, &folder)).collect();
    let document = Lexicon::new(&printed).unglue(document, &folder);
    let rows = observed::rows(&document);
    let mut laid: Vec<_> =
        forms.iter().zip(printed).map(|(form, labels)| lay(form, labels, &document, &rows, &folder)).collect();
    let first = laid.iter().filter_map(|laid| laid.headings.first()).map(|heading| heading.line).min();
    let title = title::find(&document, first.unwrap_or(document.lines.len()));
    let told = title.year.or_else(|| paragraphs(&document).find_map(title::year_of_period));
    let year = told.or_else(|| title::most_frequent_year(paragraphs(&document)));
    for laid in &mut laid {
        laid.score += if year.is_some_and(|year| laid.form.years.contains(year)) { 2.0 } else { 0.0 };
    }
    let earliest = forms.iter().map(|form| form.years.from).min().unwrap_or(i32::MAX);
    let best = (0..laid.len()).reduce(|best, other| if laid[other].score > laid[best].score { other } else { best });
    let is_report = !title.title.is_empty() || mentions_report(&document);
    let Some(chosen) = best.filter(|at| laid[*at].is_recognised(is_report)) else {
        return Err(refuse(&document, is_page, year, earliest));
    };
    if !laid[chosen].has_rows() && year.is_some_and(|year| year < earliest) {
        return Err(refusal::before_2019());
    }
    let others: Vec<_> = laid.iter().enumerate().filter(|(at, _)| *at != chosen).map(|(_, laid)| laid).collect();
    let composer = Composer { laid: &laid[chosen], others, rows: &rows, document: &document, folder: &folder };
    Ok(composer.compose(title, year, told.is_none(), language))
}

fn lay<'a>(form: &Arc<Form>, labels: Labels<'a>, document: &Document, rows: &[Observed], folder: &Folder) -> Laid<'a> {
    let headings = headings::find(document, &labels, folder);
    let alignment = align(rows, &labels, &headings, folder);
    let found = labels.count_in(&short_texts(document, folder));
    let score = alignment.score + found as f32;
    Laid { form: form.clone(), labels, headings, alignment, score }
}

/// The folded texts of short cells and lines.
fn short_texts(document: &Document, folder: &Folder) -> HashSet<Vec<char>> {
    let cells = document.lines.iter().flat_map(|line| &line.cells);
    cells.filter(|cell| cell.text.len() <= 240).map(|cell| folder.fold(&cell.text)).collect()
}

fn paragraphs(document: &Document) -> impl Iterator<Item = &str> {
    document.lines.iter().filter_map(|line| line.lone_text())
}

impl Laid<'_> {
    fn has_rows(&self) -> bool {
        self.alignment.pairs.iter().any(|pair| pair.sure)
    }

    /// A form is recognised by its rows; failing those by headings, where the title is a report's.
    fn is_recognised(&self, is_report: bool) -> bool {
        self.has_rows() || self.headings.len() >= 3 || (is_report && !self.headings.is_empty())
    }
}

/// Whether the text speaks of itself as a report of this kind.
fn mentions_report(document: &Document) -> bool {
    paragraphs(document).any(|text| text.contains("信息公开") && (text.contains("年度报告") || text.contains("年报")))
}

fn refuse(document: &Document, is_page: bool, year: Option<i32>, earliest: i32) -> ReadError {
    let holds = |word: &str| document.lines.iter().any(|line| line.cells.iter().any(|cell| cell.text.contains(word)));
    let is_statistics = holds("统计表") && holds("指标名称");
    match () {
        _ if is_statistics || (year.is_some_and(|year| year < earliest) && holds("信息公开")) => {
            refusal::before_2019()
        }
        _ if is_page && (document.asks_password || holds("登录") && document.lines.len() < 60) => {
            refusal::login_page()
        }
        _ if is_page => refusal::no_table(),
        _ => refusal::no_form(),
    }
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
            notes.push(Note::NoTable);
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

    fn put(&self, report: &mut Report, printed: usize, texts: &[String]) {
        for (figure, text) in self.laid.labels.rows[printed].figures.iter().zip(texts) {
            let (value, unit) = value_of(text, &self.laid.form.cell(figure.cell).holds);
            report.set(figure.cell, value);
            if let Some(unit) = unit {
                report.set_unit(figure.cell, unit);
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
            let (value, _) = value_of(text, &report.form.cell(*cell).holds);
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
