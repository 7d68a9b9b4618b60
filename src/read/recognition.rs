//! What character recognition does to tables: letters for digits, a cell lost, two merged, a row missing.
//! What would be right is found like the readings of torn rows, by what must hold; but it is only ever a
//! suggestion with its reason. The report keeps what was published.

use std::collections::BTreeMap;

use super::figures::{assign, is_padded};
use super::inference::{Doubt, Filling, Inference, Question};
use super::labels::{Labels, PrintedRow};
use super::lookalike;
use super::readings::{Reading, Torn, readings};
use super::settle::{ReadRow, Settled, TornRow};
use super::slips::{Misread, Missing};
use crate::form::{CellId, Form};
use crate::reconcile::{Entry, Law, Laws, OpenRow, TOLD, Verdict, completed, may_hold, reconcile};
use crate::report::Report;
use crate::value::Value;

/// How many ways to set one row right are looked at.
const MOST_WAYS: usize = 2_000;

/// What happened to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slip {
    /// Letters stand for digits.
    Letters,
    /// Figures of neighbouring cells stand in one.
    Merged,
    /// A cell was lost.
    Lost,
    /// A cell too many stands there.
    Added,
}

/// The rows of a document, as far as they were read.
pub struct Proofreader<'a> {
    pub labels: &'a Labels<'a>,
    pub settled: &'a Settled,
    /// The torn rows that questions are about.
    pub torn: &'a [&'a TornRow],
    pub report: &'a Report,
    pub laws: &'a Laws<'a>,
    /// What stands in every cell.
    pub entries: Vec<Entry>,
    /// Tables with rows of another form: there none is missing.
    pub mixed: Vec<usize>,
}

/// A row with the ways to set it right.
struct Suspect {
    /// The question that it answers; `None` for a row that was read.
    question: Option<usize>,
    cells: Vec<CellId>,
    ways: Vec<(Reading, Slip)>,
}

impl Suspect {
    fn add(&mut self, reading: Reading, slip: Slip) {
        if !self.ways.iter().any(|(known, _)| known.texts == reading.texts) {
            self.ways.push((reading, slip));
        }
    }
}

impl Proofreader<'_> {
    /// Sees what would be right: puts it into the questions that it answers, and returns the rest.
    pub fn look(mut self, inference: &mut Inference) -> (Vec<Misread>, Vec<Missing>) {
        let questions = inference.questions.iter().enumerate();
        let mut suspects: Vec<Suspect> = questions.filter_map(|(at, question)| self.torn_row(at, question)).collect();
        suspects.extend(self.settled.read.iter().filter_map(|row| self.with_letters(row.printed)));
        let full = self.full_tables();
        let in_full = |row: &&ReadRow| full.contains(&self.labels.rows[row.printed].table);
        suspects.extend(self.settled.read.iter().filter(in_full).filter_map(|row| self.with_hole(row.printed)));
        suspects.retain(|suspect| !suspect.ways.is_empty());
        let open: Vec<OpenRow> = suspects
            .iter()
            .map(|suspect| OpenRow {
                cells: suspect.cells.clone(),
                readings: suspect.ways.iter().map(|(reading, _)| reading.entries.clone()).collect(),
            })
            .collect();
        let groups = reconcile(self.laws, &|cell| self.entry(cell), &open);
        let mut misread: BTreeMap<(usize, Slip), Misread> = BTreeMap::new();
        let mut suggested = Vec::new();
        for group in groups.iter().filter(|group| matches!(group.verdict, Verdict::Some { .. })) {
            for &row in &group.rows {
                let (suspect, remaining) = (&suspects[row], group.remaining(row));
                let Some((reading, slip)) = remaining.first().map(|first| &suspect.ways[*first]) else { continue };
                if remaining.len() == 1 {
                    for (cell, entry) in suspect.cells.iter().zip(&reading.entries) {
                        self.entries[cell.index()] = *entry;
                    }
                }
                let relations = self.relations(&group.laws);
                // Without a relation only a letter tells that something is wrong, and what is right.
                if relations.is_empty() && *slip != Slip::Letters {
                    continue;
                }
                if let Some(at) = suspect.question {
                    let told: Vec<Filling> = remaining.iter().map(|way| filling(suspect, *way)).collect();
                    if (1..=TOLD).contains(&told.len()) {
                        inference.questions[at].doubt = Doubt::Likely { told, slip: *slip, relations };
                    }
                } else if remaining.len() == 1 && *slip != Slip::Lost {
                    let section = self.section(&suspect.cells);
                    let misread = misread.entry((section, *slip)).or_insert_with(|| Misread::of(section, *slip));
                    misread.add(self.changed(suspect, reading), &relations);
                    suggested.extend(&suspect.cells);
                }
            }
        }
        (misread.into_values().collect(), self.missing(inference, &full, &suggested))
    }

    fn entry(&self, cell: CellId) -> Entry {
        self.entries.get(cell.index()).copied().unwrap_or(Entry::Unknown)
    }

    fn form(&self) -> &Form {
        &self.report.form
    }

    fn relations(&self, laws: &[usize]) -> Vec<usize> {
        let mut relations: Vec<usize> = laws.iter().map(|law| self.form().instances[*law].relation).collect();
        relations.sort_unstable();
        relations.dedup();
        relations
    }

    fn section(&self, cells: &[CellId]) -> usize {
        let row = self.labels.rows.iter().find(|row| row.figures.iter().any(|figure| cells.contains(&figure.cell)));
        row.map_or(0, |row| row.section)
    }

    /// The cells of a row that would change, with what stands there and what would.
    fn changed(&self, suspect: &Suspect, reading: &Reading) -> Vec<(CellId, String, String)> {
        let texts = suspect.cells.iter().zip(&reading.texts);
        let change = |(cell, text): (&CellId, &String)| (*cell, self.report.value(*cell).to_string(), text.clone());
        texts.map(change).filter(|(_, from, to)| from != to).collect()
    }

    /// A row that was read, with letters in it that look like digits.
    fn with_letters(&self, printed: usize) -> Option<Suspect> {
        let cells = cells(&self.labels.rows[printed]);
        let texts: Vec<String> = cells.iter().map(|cell| self.report.value(*cell).to_string()).collect();
        let plain: Vec<String> = texts.iter().map(|text| plain(text)).collect();
        let changes = cells.iter().any(|cell| matches!(self.report.value(*cell), Value::Text(_))) && plain != texts;
        let reading = Reading::of(plain, &cells, self.form());
        changes.then(|| Suspect { question: None, cells, ways: vec![(reading, Slip::Letters)] })
    }

    /// A row that was read, with one blank cell beside a number that may be those of both.
    fn with_hole(&self, printed: usize) -> Option<Suspect> {
        let cells = cells(&self.labels.rows[printed]);
        let texts: Vec<String> = cells.iter().map(|cell| self.report.value(*cell).to_string()).collect();
        let [hole] = self.blanks(printed)[..] else { return None };
        let hole = cells.iter().position(|cell| *cell == hole)?;
        let words: Vec<String> = texts.iter().filter(|text| !text.is_empty()).cloned().collect();
        let mut suspect = Suspect { question: None, cells, ways: Vec::new() };
        self.add_lost(&mut suspect, &words, hole);
        let beside = hole.checked_sub(1).map(|left| (left, left)).into_iter().chain([(hole, hole + 1)]);
        for (from, of) in beside {
            let run = texts.get(of).filter(|run| run.bytes().all(|byte| byte.is_ascii_digit()));
            for at in 1..run.map_or(0, String::len) {
                let (one, other) = texts[of].split_at(at);
                if !is_padded(other) {
                    let mut split = texts.clone();
                    (split[from], split[from + 1]) = (one.to_owned(), other.to_owned());
                    self.add(&mut suspect, split, Slip::Merged);
                }
            }
        }
        let has_laws = self.laws.within(&suspect.cells).next().is_some();
        has_laws.then_some(suspect)
    }

    /// Tables of which most rows have a figure in every cell: there a blank one is no habit.
    fn full_tables(&self) -> Vec<usize> {
        let is_full = |table: &usize| {
            let rows = || self.labels.rows.iter().enumerate().filter(|(_, row)| row.table == *table);
            let is_read = |row: usize| self.settled.read.iter().any(|read| read.printed == row);
            let full = rows().filter(|(row, _)| is_read(*row) && self.blanks(*row).is_empty()).count();
            full * 2 > rows().count()
        };
        (0..self.form().tables.len()).filter(is_full).collect()
    }

    /// A row whose figures could not be told apart.
    fn torn_row(&self, at: usize, question: &Question) -> Option<Suspect> {
        let [place] = question.rows[..] else { return None };
        let row = self.torn.get(place)?;
        let printed = &self.labels.rows[row.printed];
        let cells = cells(printed);
        let (figures, columns) = (&row.figures, cells.len());
        let mut suspect = Suspect { question: Some(at), cells, ways: Vec::new() };
        let words: Vec<String> =
            figures.words().into_iter().map(|placed| plain(&placed.text)).filter(|text| !text.is_empty()).collect();
        let has_blanks = figures.cells.iter().any(|cell| cell.text.is_empty());
        let slip = if figures.words().iter().any(|placed| plain(&placed.text) != placed.text) {
            Slip::Letters
        } else {
            Slip::Merged
        };
        if words.len() == columns && assign(figures, printed).is_none() {
            self.add(&mut suspect, words.clone(), slip);
        }
        let few = words.len() + 2 >= columns;
        if (figures.is_placed() || few) && words.len() < columns {
            self.add_torn(&mut suspect, Torn { pieces: words.clone(), glued: few, blanks: has_blanks });
        }
        if words.len() + 1 == columns && !has_blanks {
            (0..columns).for_each(|place| self.add_lost(&mut suspect, &words, place));
        }
        if words.len() == columns + 1 {
            self.add(&mut suspect, words[1..].to_vec(), Slip::Added);
            self.add(&mut suspect, words[..columns].to_vec(), Slip::Added);
        }
        Some(suspect)
    }

    /// Adds a way in which all figures stand apart.
    fn add(&self, suspect: &mut Suspect, texts: Vec<String>, slip: Slip) {
        let reading = Reading::of(texts, &suspect.cells, self.form());
        let holds = self.laws.within(&suspect.cells).all(|law| {
            let sum = law.terms.iter().try_fold(law.fixed, |sum, (cell, factor)| {
                let place = suspect.cells.iter().position(|known| known == cell)?;
                match reading.entries.get(place)? {
                    Entry::Nothing => Some(sum),
                    Entry::Number(number) => sum.checked_add(number.checked_mul((*factor).into())?),
                    Entry::Unknown => None,
                }
            });
            sum.is_none_or(|sum| sum.is_zero())
        });
        if holds {
            suspect.add(reading, slip);
        }
    }

    fn add_torn(&self, suspect: &mut Suspect, torn: Torn) {
        let own = self.laws.within(&suspect.cells);
        for reading in readings(&torn, &suspect.cells, self.form(), own, MOST_WAYS).into_iter().flatten() {
            suspect.add(reading, Slip::Merged);
        }
    }

    /// Adds the way in which one cell was lost, where a law of the row says what stood in it.
    fn add_lost(&self, suspect: &mut Suspect, words: &[String], place: usize) {
        let mut texts = words.to_vec();
        texts.insert(place, String::new());
        let cell = suspect.cells[place];
        let stands = |law: &&Law| law.terms.iter().any(|(known, _)| *known == cell);
        let Some(law) = self.laws.within(&suspect.cells).find(stands) else { return };
        let reading = Reading::of(texts.clone(), &suspect.cells, self.form());
        let entry = |asked: CellId| match suspect.cells.iter().position(|known| *known == asked) {
            Some(at) if at != place => reading.entries[at],
            _ => Entry::Unknown,
        };
        let one = Laws { form: self.form(), laws: vec![law.clone()] };
        if let [(_, value)] = completed(&one, &entry, &[cell])[..]
            && may_hold(self.form(), cell, value)
        {
            texts[place] = value.to_string();
            self.add(suspect, texts, Slip::Lost);
        }
    }

    /// Rows that the document does not show, and cells that are blank where all around them is filled, as
    /// far as the laws say what stands there.
    fn missing(&self, inference: &Inference, full: &[usize], suggested: &[CellId]) -> Vec<Missing> {
        let mut missing = Vec::new();
        for &table in full {
            let rows: Vec<usize> =
                (0..self.labels.rows.len()).filter(|row| self.labels.rows[*row].table == table).collect();
            let is_read = |row: &usize| self.settled.read.iter().any(|read| read.printed == *row);
            let read: Vec<usize> = rows.iter().copied().filter(is_read).collect();
            let is_hole = |row: &&usize| {
                let blanks = self.blanks(**row).len();
                blanks > 0 && blanks * 2 < self.labels.rows[**row].figures.len()
            };
            let holes = read.iter().filter(is_hole).flat_map(|row| self.blanks(*row));
            let holes: Vec<CellId> = holes.filter(|cell| !suggested.contains(cell)).collect();
            let torn = |row: &usize| self.torn.iter().any(|torn| torn.printed == *row);
            let is_mixed = self.mixed.contains(&table);
            let absent = rows.iter().copied().filter(|row| !is_mixed && !read.contains(row) && !torn(row));
            let absent: Vec<usize> =
                absent.filter(|row| self.blanks(*row).len() == self.labels.rows[*row].figures.len()).collect();
            let asked: Vec<CellId> =
                holes.iter().copied().chain(absent.iter().flat_map(|row| self.blanks(*row))).collect();
            let known = |cell: CellId| if asked.contains(&cell) { Entry::Unknown } else { self.entry(cell) };
            let found = completed(self.laws, &known, &asked);
            let of = |cells: &[CellId]| -> Filling {
                let found = found.iter().filter(|(cell, _)| cells.contains(cell));
                found.map(|(cell, value)| (*cell, value.to_string())).collect()
            };
            let section = self.section(&asked);
            let laws = self.laws.laws.iter().filter(|law| law.terms.iter().any(|(cell, _)| asked.contains(cell)));
            let relations = self.relations(&laws.map(|law| law.instance).collect::<Vec<_>>());
            let mut add = |filling: Filling, is_row: bool| {
                missing.push(Missing { section, filling, is_row, relations: relations.clone() });
            };
            let filling = of(&holes);
            if !filling.is_empty() {
                add(filling, false);
            }
            for row in absent {
                let cells = cells(&self.labels.rows[row]);
                let filling = of(&cells);
                if filling.len() == cells.len() && !inference.known.iter().any(|known| cells.contains(&known.cell)) {
                    add(filling, true);
                }
            }
        }
        missing
    }

    /// The cells of a printed row in which nothing stands.
    fn blanks(&self, printed: usize) -> Vec<CellId> {
        let mut cells = cells(&self.labels.rows[printed]);
        cells.retain(|cell| *self.report.value(*cell) == Value::Blank && !self.report.is_unread(*cell));
        cells
    }
}

fn cells(row: &PrintedRow) -> Vec<CellId> {
    row.figures.iter().map(|figure| figure.cell).collect()
}

fn filling(suspect: &Suspect, way: usize) -> Filling {
    let texts = suspect.ways.get(way).map_or(&[][..], |(reading, _)| &reading.texts);
    suspect.cells.iter().copied().zip(texts.iter().cloned()).collect()
}

/// A text with letters in it as the number that it looks like.
fn plain(text: &str) -> String {
    lookalike::digits(text).unwrap_or_else(|| text.trim().to_owned())
}
