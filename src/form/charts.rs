//! The pictures that a form has of its figures, as its file says: which cells each is made of, and the
//! sentences that say what it shows.

use super::compile::{Checked, check_id, fault};
use super::definition::{CHART_KINDS, ChartFile, READINGS};
use super::{CellId, Form, Line, Table};
use crate::language::Text;

/// A picture of figures of a form.
#[derive(Debug)]
pub struct ChartForm {
    /// By which a page chooses it.
    pub id: String,
    /// What stands over it.
    pub title: Text,
    pub shows: Shows,
    pub readings: Readings,
}

/// What a picture shows.
#[derive(Debug)]
pub enum Shows {
    /// A whole taken apart.
    Parts {
        parts: Vec<CellId>,
        /// The cell of the whole, where there is one.
        whole: Option<CellId>,
        /// The parts that a sentence names first, whatever they come to.
        lead: Vec<CellId>,
    },
    /// What comes in becomes the parts, of which the whole is the sum, or remains.
    Flow { sources: Vec<CellId>, parts: Vec<CellId>, whole: CellId, rest: CellId },
    /// Rows of the same parts.
    Results(Stacked),
    /// The figures of tables as they are.
    Figures(Vec<usize>),
    /// What one year hands out, and the next says it was handed.
    Chain { into: CellId, out: CellId },
    /// Figures over the years.
    Trends(Vec<CellId>),
}

/// Rows of the same parts.
#[derive(Debug)]
pub struct Stacked {
    /// For each row the cell of its whole, and its parts in order.
    pub rows: Vec<(CellId, Vec<CellId>)>,
    /// By what each part is painted, as a word of [`Stacked::TONES`], by its place there.
    pub tones: Vec<usize>,
    /// The parts that are concluded, and those of them that were corrected, by their places.
    pub concluded: Vec<usize>,
    pub corrected: Vec<usize>,
}

impl Stacked {
    /// What a part means for the body that reports.
    pub const TONES: [&str; 4] = ["good", "bad", "other", "open"];
}

/// What is said of a picture, by what its figures come to.
#[derive(Debug, Default)]
pub struct Readings {
    /// Nothing is there.
    pub zero: Text,
    /// There is one.
    pub one: Option<Text>,
    /// All are of one part.
    pub all: Option<Text>,
    /// None is concluded.
    pub open: Option<Text>,
    pub many: Text,
}

/// Adds the charts of a form file. Where the rows are one report's own (`shaped`), what is not there is left out.
pub fn add(form: &mut Form, charts: Vec<ChartFile>, same: Vec<(String, String)>, shaped: bool) -> Checked<()> {
    for (index, file) in charts.into_iter().enumerate() {
        let place = ["charts[", &index.to_string(), "] (", &file.id, ")"].concat();
        check_id(&place, &file.id, "-")?;
        if form.charts.iter().any(|known| known.id == file.id) {
            return fault(place, "another chart has the same id");
        }
        let names = Names { form, place: &place, shaped };
        if let Some(chart) = names.chart(file)? {
            form.charts.push(chart);
        }
    }
    for (there, here) in same {
        match form.find(&here) {
            Some(cell) => form.same.push((there, cell)),
            None if shaped => {}
            None => return fault("same", ["there is no cell “", &here, "”"].concat()),
        }
    }
    Ok(())
}

/// How the names in a chart become cells.
struct Names<'a> {
    form: &'a Form,
    place: &'a str,
    shaped: bool,
}

impl Names<'_> {
    /// `None` where nothing of it is there.
    fn chart(&self, file: ChartFile) -> Checked<Option<ChartForm>> {
        let shows = match CHART_KINDS[file.kind] {
            "parts" => self.parts(&file)?,
            "flow" => self.flow(&file)?,
            "results" => self.results(&file)?,
            "figures" => Some(Shows::Figures(self.tables(&file)?)),
            "chain" => match self.cells(&file.cells)?[..] {
                [into, out] => Some(Shows::Chain { into, out }),
                _ => None,
            },
            _ => Some(Shows::Trends(self.cells(&file.cells)?)).filter(|_| !file.cells.is_empty()),
        };
        let told = !matches!(shows, Some(Shows::Chain { .. } | Shows::Trends(_)));
        let mut readings = file.readings.into_iter();
        let mut next = || readings.next().flatten();
        let [zero, one, all, open, many] = [next(), next(), next(), next(), next()];
        match shows {
            Some(_) if told && (zero.is_none() || many.is_none()) => {
                fault(self.place, ["a chart of this kind says “", READINGS[0], "” and “", READINGS[4], "”"].concat())
            }
            None if !self.shaped => fault(self.place, "this is not all that a chart of its kind needs"),
            shows => Ok(shows.map(|shows| ChartForm {
                id: file.id,
                title: file.title.unwrap_or_default(),
                shows,
                readings: Readings { zero: zero.unwrap_or_default(), one, all, open, many: many.unwrap_or_default() },
            })),
        }
    }

    fn parts(&self, file: &ChartFile) -> Checked<Option<Shows>> {
        let Some(line) = self.line(file)? else { return Ok(None) };
        let parts = line.cells(&file.parts)?;
        let whole = line.one(file.whole.as_ref())?;
        let lead = line.cells(&file.lead)?;
        Ok(Some(Shows::Parts { parts, whole, lead })
            .filter(|shows| matches!(shows, Shows::Parts { parts, .. } if parts.len() > 1)))
    }

    fn flow(&self, file: &ChartFile) -> Checked<Option<Shows>> {
        let Some(line) = self.line(file)? else { return Ok(None) };
        let (sources, parts) = (line.cells(&file.sources)?, line.cells(&file.parts)?);
        let (whole, rest) = (line.one(file.whole.as_ref())?, line.one(file.rest.as_ref())?);
        let (Some(whole), Some(rest)) = (whole, rest) else { return Ok(None) };
        Ok((!sources.is_empty() && !parts.is_empty()).then_some(Shows::Flow { sources, parts, whole, rest }))
    }

    fn results(&self, file: &ChartFile) -> Checked<Option<Shows>> {
        let [table] = self.tables(file)?[..] else { return Ok(None) };
        let table = &self.form.tables[table];
        let found = |ids: &[String]| self.lines(&table.columns, ids);
        let (parts, whole) = (found(&file.parts)?, found(file.whole.as_slice())?);
        let [whole] = whole[..] else { return Ok(None) };
        let cells = |row| (table.cell(row, whole), parts.iter().map(|part| table.cell(row, *part)).collect());
        let places =
            |lines: Vec<usize>| lines.iter().filter_map(|line| parts.iter().position(|part| part == line)).collect();
        let mut tones = Vec::new();
        for word in &file.tones {
            match Stacked::TONES.iter().position(|known| known == word) {
                Some(tone) => tones.push(tone),
                None => return fault(self.place, ["a tone is one of these: ", &Stacked::TONES.join(", ")].concat()),
            }
        }
        if tones.len() != parts.len() {
            return fault(self.place, "there is a tone for each part");
        }
        let (concluded, corrected) = (places(found(&file.concluded)?), places(found(&file.corrected)?));
        let rows = (0..table.rows.len()).map(cells).collect();
        Ok(Some(Shows::Results(Stacked { rows, tones, concluded, corrected })))
    }

    fn tables(&self, file: &ChartFile) -> Checked<Vec<usize>> {
        let mut tables = Vec::new();
        for id in &file.tables {
            match self.form.tables.iter().position(|table| table.id == *id) {
                Some(table) => tables.push(table),
                None if self.shaped => {}
                None => return fault(self.place, ["there is no table “", id, "”"].concat()),
            }
        }
        Ok(tables)
    }

    /// The line of its table that a chart is along.
    fn line(&self, file: &ChartFile) -> Checked<Option<Along<'_>>> {
        let [table] = self.tables(file)?[..] else { return Ok(None) };
        let table = &self.form.tables[table];
        let row = self.lines(&table.rows, file.row.as_slice())?;
        let column = self.lines(&table.columns, file.column.as_slice())?;
        Ok(match (&row[..], &column[..]) {
            ([at], []) => Some(Along { names: self, table, at: *at, is_row: true }),
            ([], [at]) => Some(Along { names: self, table, at: *at, is_row: false }),
            _ => None,
        })
    }

    fn cells(&self, addresses: &[String]) -> Checked<Vec<CellId>> {
        let mut cells = Vec::new();
        for address in addresses {
            match self.form.find(address) {
                Some(cell) => cells.push(cell),
                None if self.shaped => {}
                None => return fault(self.place, ["there is no cell “", address, "”"].concat()),
            }
        }
        Ok(cells)
    }

    /// The lines with these ids, in the order of the table; `refused_*` stands for all that begin so.
    fn lines(&self, lines: &[Line], ids: &[String]) -> Checked<Vec<usize>> {
        let mut found = Vec::new();
        for id in ids {
            let named = |line: &Line| match id.strip_suffix('*') {
                Some(beginning) => line.id.starts_with(beginning),
                None => line.id == *id,
            };
            let before = found.len();
            found.extend((0..lines.len()).filter(|&at| named(&lines[at])));
            if found.len() == before && !self.shaped {
                return fault(self.place, ["there is no line “", id, "”"].concat());
            }
        }
        Ok(found)
    }
}

/// A row or a column that a chart is along.
struct Along<'a> {
    names: &'a Names<'a>,
    table: &'a Table,
    at: usize,
    is_row: bool,
}

impl Along<'_> {
    /// Its cells in the lines across it that have these ids.
    fn cells(&self, ids: &[String]) -> Checked<Vec<CellId>> {
        let across = if self.is_row { &self.table.columns } else { &self.table.rows };
        let cell = |line| if self.is_row { self.table.cell(self.at, line) } else { self.table.cell(line, self.at) };
        Ok(self.names.lines(across, ids)?.into_iter().map(cell).collect())
    }

    fn one(&self, id: Option<&String>) -> Checked<Option<CellId>> {
        Ok(self.cells(id.map(std::slice::from_ref).unwrap_or_default())?.first().copied())
    }
}
