//! Chooses the form that a document is laid out in: every known form is laid over it, and the one
//! that fits best is taken. Finds title and year on the way, which speak for a form too.

use std::collections::HashSet;
use std::sync::Arc;

use super::align::{Alignment, align};
use super::document::Document;
use super::fold::Folder;
use super::headings::{self, Heading};
use super::labels::Labels;
use super::observed::Observed;
use super::refusal;
use super::title::{self, Title};
use crate::form::Form;
use crate::forms::Forms;
use crate::report::ReadError;

/// One form laid over the document.
pub struct Laid<'a> {
    pub form: Arc<Form>,
    pub labels: Labels<'a>,
    pub headings: Vec<Heading>,
    pub alignment: Alignment,
    score: f32,
}

/// What a document was recognised as.
pub struct Recognised<'a> {
    pub laid: Laid<'a>,
    /// The other known forms, laid over it too.
    pub others: Vec<Laid<'a>>,
    /// The short texts of the document, folded.
    pub texts: HashSet<Vec<char>>,
    pub title: Title,
    pub year: Option<i32>,
    /// Whether the year stands in neither title nor period.
    pub is_year_guessed: bool,
}

/// How much the year speaks for a form that is in force for it: as much as two labels.
const IN_FORCE: f32 = 2.0;

/// A document of pictures with less text than this, in bytes, is what a scanner made.
const SCANNED: usize = 300;

/// How many labels show that figures are those of a form.
pub const LEAST_LABELS: usize = 4;

/// Recognises the form of a document.
///
/// # Errors
/// Where it is that of no known form.
pub fn recognise<'a>(
    document: &Document,
    rows: &[Observed],
    forms: &Forms,
    printed: Vec<Labels<'a>>,
    folder: &Folder,
) -> Result<Recognised<'a>, ReadError> {
    let texts = short_texts(document, folder);
    let lay = |(form, labels)| lay(form, labels, document, &texts, rows, folder);
    let mut laid: Vec<_> = forms.iter().zip(printed).map(lay).collect();
    let first = laid.iter().filter_map(|laid| laid.headings.first()).map(|heading| heading.line).min();
    let title = title::find(document, first.unwrap_or(document.lines.len()));
    let told = title.year.or_else(|| paragraphs(document).find_map(title::year_of_period));
    let year = told.or_else(|| title::most_frequent_year(paragraphs(document)));
    for laid in &mut laid {
        laid.score += if year.is_some_and(|year| laid.form.years.contains(year)) { IN_FORCE } else { 0.0 };
    }
    let earliest = forms.iter().map(|form| form.years.from).min().unwrap_or(i32::MAX);
    let best = (0..laid.len()).reduce(|best, other| if laid[other].score > laid[best].score { other } else { best });
    let is_report = !title.title.is_empty() || mentions_report(document);
    let Some(chosen) = best.filter(|at| laid[*at].is_recognised(is_report)) else {
        return Err(refuse(document, year, earliest));
    };
    let chosen = laid.remove(chosen);
    Ok(Recognised { laid: chosen, others: laid, texts, title, year, is_year_guessed: told.is_none() })
}

fn lay<'a>(
    form: &Arc<Form>,
    labels: Labels<'a>,
    document: &Document,
    texts: &HashSet<Vec<char>>,
    rows: &[Observed],
    folder: &Folder,
) -> Laid<'a> {
    let headings = headings::find(document, &labels, folder);
    let alignment = align(rows, &labels, &headings, folder);
    let found = labels.count_in(texts);
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

    /// How many rows are named, and whether they or the headings are enough to know the form by.
    pub fn evidence(&self) -> (usize, bool) {
        let rows = self.alignment.pairs.iter().filter(|pair| pair.sure).count();
        (rows, rows > 0 || self.headings.len() >= 3)
    }

    /// Whether the document, of which these are the short texts, shows one of the form's tables as a form prints it:
    /// half of its rows by their labels, and with the heads `LEAST_LABELS` labels in all, so that bare figures never
    /// do.
    pub fn shows_a_table(&self, texts: &HashSet<Vec<char>>) -> bool {
        let rows = &self.labels.rows;
        (0..self.form.tables.len()).any(|table| {
            let printed = rows.iter().filter(|row| row.table == table).count();
            let pairs = self.alignment.pairs.iter();
            let named = pairs.filter(|pair| pair.sure && rows[pair.printed].table == table).count();
            let heads = self.labels.heads_of(table).iter().filter(|head| texts.contains(**head)).count();
            named > 0 && named * 2 >= printed && named + heads >= LEAST_LABELS
        })
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

fn refuse(document: &Document, year: Option<i32>, earliest: i32) -> ReadError {
    let holds = |word: &str| document.lines.iter().any(|line| line.cells.iter().any(|cell| cell.text.contains(word)));
    let is_statistics = holds("统计表") && holds("指标名称");
    match () {
        _ if is_statistics && year.is_some_and(|year| year >= earliest) => refusal::old_table(),
        _ if is_statistics || year.is_some_and(|year| year < earliest) && holds("信息公开") => {
            refusal::before_2019()
        }
        _ if document.is_page && (document.asks_password || holds("登录") && document.lines.len() < 60) => {
            refusal::login_page()
        }
        _ if document.is_page => refusal::no_table(),
        _ if document.pictures > 0 && paragraphs(document).map(str::len).sum::<usize>() < SCANNED => {
            refusal::only_pictures()
        }
        _ => refusal::no_form(),
    }
}
