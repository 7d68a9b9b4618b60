//! Torn rows of a document: what follows for them from everything that was read for sure goes into the
//! report, and what does not is told.

use std::collections::BTreeMap;

use super::align::{Alignment, NAMED};
use super::compose::put;
use super::document::Kind;
use super::doubts::{Asked, Inferred};
use super::infer::Desk;
use super::inference::{Basis, Inference, Known, Question};
use super::labels::{Labels, PrintedRow};
use super::notes::Note;
use super::observed::Observed;
use super::places::Places;
use super::readings::worth;
use super::recognition::Proofreader;
use super::settle::{Settled, TornRow};
use crate::check;
use crate::form::{CellId, Form};
use crate::provenance::{How, Origin};
use crate::reconcile::{Entry, Laws};
use crate::report::Report;
use crate::value::Value;

/// What torn rows are read with.
pub struct TornRows<'a> {
    pub labels: &'a Labels<'a>,
    pub alignment: &'a Alignment,
    pub rows: &'a [Observed],
    pub places: &'a Places<'a>,
    /// Last year's report, where it is at hand.
    pub prior: Option<&'a Report>,
}

impl TornRows<'_> {
    /// Puts into the report what follows, and notes the rest.
    pub fn infer(&self, settled: &Settled, torn: &[&TornRow], report: &mut Report, notes: &mut Vec<Note>) {
        let form = report.form.clone();
        let free = |row: &&TornRow| self.cells(row).iter().all(|cell| *report.value(*cell) == Value::Blank);
        let read: Vec<usize> = settled.read.iter().map(|row| row.printed).collect();
        let (open, taken): (Vec<&TornRow>, Vec<&TornRow>) =
            torn.iter().copied().partition(|row| !read.contains(&row.printed) && free(row));
        for row in taken {
            notes.push(Note::Unread { text: self.rows[row.observed].text(), cells: Vec::new() });
        }
        let laws = Laws::of(&form);
        let entries = entries(report, &laws, |cell| self.was_read(settled, cell));
        let prior = self.prior.filter(|prior| check::follows(report, prior));
        let desk = Desk { form: &form, laws, entries, prior, writes_zeros: self.writes_zeros(settled) };
        let rows: Vec<_> = open.iter().map(|row| (*row, self.printed(row), self.is_named(row))).collect();
        let mut inference = desk.infer(&rows);
        self.take(&open, &inference, report);
        for question in &inference.questions {
            self.leave(&open, question, report);
        }
        let proofreader = Proofreader {
            labels: self.labels,
            settled,
            torn: &open,
            report,
            laws: &desk.laws,
            entries: desk.entries_with(&inference),
            mixed: mixed(notes, &form),
        };
        let (misread, missing) = proofreader.look(&mut inference);
        notes.extend(self.inferred(&open, &inference, &form));
        for question in &inference.questions {
            let texts = question.rows.iter().map(|row| self.text(open[*row])).collect();
            let is_partly_known = inference.known.iter().any(|known| question.rows.contains(&known.row));
            notes.push(Note::Asked(Asked { texts, question: question.clone(), is_partly_known }));
        }
        notes.extend(misread.into_iter().map(Note::Misread));
        notes.extend(missing.into_iter().map(Note::Missing));
    }

    /// Leaves the cells of a question unread.
    fn leave(&self, open: &[&TornRow], question: &Question, report: &mut Report) {
        for row in question.rows.iter().map(|row| open[*row]) {
            let own = self.cells(row);
            for cell in question.cells.iter().filter(|cell| own.contains(cell)) {
                report.mark_unread(*cell);
                report.set_origin(*cell, Some(self.origin(row, How::Read)));
            }
        }
    }

    fn printed(&self, row: &TornRow) -> &PrintedRow {
        &self.labels.rows[row.printed]
    }

    fn cells(&self, row: &TornRow) -> Vec<CellId> {
        self.printed(row).figures.iter().map(|figure| figure.cell).collect()
    }

    fn is_named(&self, row: &TornRow) -> bool {
        self.alignment.evidence[row.observed].named[row.printed] >= NAMED
    }

    /// The row as it stands; of a run of several rows only its own figures.
    fn text(&self, row: &TornRow) -> String {
        let observed = &self.rows[row.observed];
        if observed.figures.cells.len() == row.figures.cells.len() { observed.text() } else { row.figures.run() }
    }

    fn origin(&self, row: &TornRow, how: How) -> Origin {
        let line = row.figures.lines.first().copied().unwrap_or(self.rows[row.observed].first_line);
        Origin { how, place: self.places.place(line, None), text: row.figures.run() }
    }

    fn was_read(&self, settled: &Settled, cell: CellId) -> bool {
        let rows = settled.read.iter().map(|row| &self.labels.rows[row.printed]);
        rows.flat_map(|row| &row.figures).any(|figure| figure.cell == cell)
    }

    /// Whether glued rows say 0 where nothing happened.
    fn writes_zeros(&self, settled: &Settled) -> bool {
        let glued = |row: &&super::settle::ReadRow| self.rows[row.observed].figures.kind == Kind::Glued;
        let mut rows = settled.read.iter().filter(glued).filter(|row| row.placed.len() > 1);
        rows.any(|row| row.placed.iter().any(|placed| placed.text == "0"))
    }

    fn take(&self, open: &[&TornRow], inference: &Inference, report: &mut Report) {
        for Known { row, cell, text, .. } in &inference.known {
            put(report, *cell, text, self.origin(open[*row], How::Inferred));
        }
    }

    /// What is known by inference, for each section and basis.
    fn inferred(&self, open: &[&TornRow], inference: &Inference, form: &Form) -> Vec<Note> {
        let mut by_place: BTreeMap<(usize, Basis), Vec<&Known>> = BTreeMap::new();
        for known in &inference.known {
            let section = self.printed(open[known.row]).section;
            by_place.entry((section, known.basis)).or_default().push(known);
        }
        let note = |((section, basis), known): ((usize, Basis), Vec<&Known>)| {
            let mut rows: Vec<usize> = known.iter().map(|known| known.row).collect();
            rows.dedup();
            let cells: Vec<CellId> = known.iter().map(|known| known.cell).collect();
            let touched = |law: &usize| cells.iter().any(|cell| form.touching(*cell).contains(law));
            let laws = inference.laws.iter().filter(|(known, law)| *known == basis && touched(law));
            let mut relations: Vec<usize> = laws.map(|(_, law)| form.instances[*law].relation).collect();
            relations.sort_unstable();
            relations.dedup();
            let sample = rows.first().map(|row| open[*row].figures.run()).unwrap_or_default();
            Note::Inferred(Inferred { section, basis, rows: rows.len(), cells, relations, sample })
        };
        by_place.into_iter().map(note).collect()
    }
}

/// The tables in which rows of another form stand.
fn mixed(notes: &[Note], form: &Form) -> Vec<usize> {
    let cells = notes.iter().filter_map(|note| match note {
        Note::OtherForm { cells, .. } => Some(cells),
        _ => None,
    });
    cells.flatten().map(|cell| form.cell(*cell).table).collect()
}

/// What stands in every cell as far as a sum goes. A blank cell that was read adds nothing, where the sums
/// in which it stands are right without it; where they are not, nobody knows what belongs there.
pub fn entries(report: &Report, laws: &Laws, was_read: impl Fn(CellId) -> bool) -> Vec<Entry> {
    let form = &*report.form;
    let mut entries = vec![Entry::Unknown; form.cell_count()];
    for (cell, _) in form.cells() {
        entries[cell.index()] = match report.value(cell) {
            Value::Number(number) => worth(*number, report.unit(cell), form, cell),
            value if value.is_blank() && was_read(cell) => Entry::Nothing,
            _ => Entry::Unknown,
        };
    }
    let holds = |cell: CellId| {
        let mut sums =
            laws.laws.iter().filter(|law| law.terms.iter().any(|(known, _)| *known == cell)).filter_map(|law| {
                law.terms.iter().try_fold(law.fixed, |sum, (cell, factor)| match entries[cell.index()] {
                    Entry::Nothing => Some(sum),
                    Entry::Number(number) => sum.checked_add(number.checked_mul((*factor).into())?),
                    Entry::Unknown => None,
                })
            });
        sums.next().is_some_and(|sum| sum.is_zero()) && sums.all(|sum| sum.is_zero())
    };
    let blank = form.cells().map(|(cell, _)| cell).filter(|cell| entries[cell.index()] == Entry::Nothing);
    let unknown: Vec<CellId> = blank.filter(|cell| !holds(*cell)).collect();
    unknown.into_iter().for_each(|cell| entries[cell.index()] = Entry::Unknown);
    entries
}
