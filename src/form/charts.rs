//! The pictures that a form has of its figures, as its file says: which cells each is made of, and the
//! sentences that say what it shows.

use super::compile::{Checked, check_id, fault};
use super::definition::{CHART_KINDS, ChartFile, DrawnFile, LISTS};
use super::{CellId, Form, Line, Table};
use crate::language::Text;

/// A picture of figures of a form.
#[derive(Debug)]
pub struct ChartForm {
    /// By which a page chooses it.
    pub id: String,
    /// What stands over it.
    pub title: Text,
    pub kind: ChartKind,
    pub tables: Vec<usize>,
    /// For each part of rows of results what it means for the body that reports, as a place among [`TONES`].
    pub tones: Vec<usize>,
    lists: Vec<Vec<CellId>>,
    readings: Vec<Option<Text>>,
}

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// A whole taken apart.
    Parts,
    /// What comes in becomes the parts, of which the whole is the sum, or remains.
    Flow,
    /// Rows of the same parts; its lists are those of the first row.
    Results,
    /// The figures of tables as they are.
    Figures,
    /// What one year says it was handed, and what it hands out.
    Chain,
    /// Figures over the years.
    Trends,
}

impl ChartKind {
    /// In the order of [`CHART_KINDS`].
    const ALL: [ChartKind; CHART_KINDS.len()] = [
        ChartKind::Parts,
        ChartKind::Flow,
        ChartKind::Results,
        ChartKind::Figures,
        ChartKind::Chain,
        ChartKind::Trends,
    ];

    /// The lists that it has to have, and how many cells each at the least.
    fn needs(self) -> &'static [(List, usize)] {
        match self {
            ChartKind::Parts => &[(List::Parts, 2)],
            ChartKind::Flow => &[(List::Sources, 1), (List::Parts, 1), (List::Whole, 1), (List::Rest, 1)],
            ChartKind::Results => &[(List::Parts, 2), (List::Whole, 1)],
            ChartKind::Figures => &[],
            ChartKind::Chain => &[(List::Cells, 2)],
            ChartKind::Trends => &[(List::Cells, 1)],
        }
    }

    /// Whether it shows one report, which its file says a sentence of.
    pub fn is_of_one_report(self) -> bool {
        !matches!(self, ChartKind::Chain | ChartKind::Trends)
    }
}

/// The lists of cells that a picture is made of, in the order of [`LISTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// What comes in.
    Sources,
    Parts,
    /// The parts that a sentence names first, whatever they come to.
    Lead,
    /// The sum of the parts.
    Whole,
    /// What remains.
    Rest,
    /// The parts that are concluded, and those of them that were corrected.
    Concluded,
    Corrected,
    /// Cells by their addresses.
    Cells,
}

/// Which sentence is said, in the order in which a file has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Nothing is there.
    Zero,
    /// There is one.
    One,
    /// All are of one part.
    All,
    /// None is concluded.
    Open,
    Many,
}

/// What a part may mean for the body that reports.
pub const TONES: [&str; 4] = ["good", "bad", "other", "open"];

impl ChartForm {
    /// One of its lists; empty where it has none.
    pub fn cells(&self, list: List) -> &[CellId] {
        &self.lists[list as usize]
    }

    /// A sentence; that for many where it has none for the case.
    pub fn reading(&self, reading: Reading) -> &Text {
        const NOTHING: &Text = &Text::EMPTY;
        let said = |reading: Reading| self.readings[reading as usize].as_ref();
        said(reading).or_else(|| said(Reading::Many)).unwrap_or(NOTHING)
    }
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
        let names = Names { form, place: "same", shaped };
        if let Some(cell) = names.known("cell", &here, form.find(&here))? {
            form.same.push((there, cell));
        }
    }
    Ok(())
}

/// The tables that charts show, each with the row or column that they are along.
pub fn drawn(form: &Form, charts: &[DrawnFile]) -> Vec<(usize, Option<usize>, Option<usize>)> {
    let mut drawn = Vec::new();
    for chart in charts {
        for (at, table) in form.tables.iter().enumerate().filter(|(_, table)| chart.tables.contains(&table.id)) {
            let line = |lines: &[Line], id: &Option<String>| id.as_ref().and_then(|id| position(lines, id));
            drawn.push((at, line(&table.rows, &chart.row), line(&table.columns, &chart.column)));
        }
    }
    drawn
}

/// How the names in a chart become cells.
struct Names<'a> {
    form: &'a Form,
    place: &'a str,
    shaped: bool,
}

impl Names<'_> {
    /// What has a name. That there is none is a fault, but where the rows are one report's own.
    fn known<T>(&self, sort: &str, name: &str, found: Option<T>) -> Checked<Option<T>> {
        match found {
            None if !self.shaped => fault(self.place, ["there is no ", sort, " “", name, "”"].concat()),
            found => Ok(found),
        }
    }

    /// `None` where not all of it is there.
    fn chart(&self, file: ChartFile) -> Checked<Option<ChartForm>> {
        let kind = ChartKind::ALL[file.kind];
        let mut tables = Vec::new();
        for id in &file.tables {
            let table = self.form.tables.iter().position(|table| table.id == *id);
            tables.extend(self.known("table", id, table)?);
        }
        let table = tables.first().map(|table| &self.form.tables[*table]);
        let mut lists = Vec::new();
        for names in &file.lists {
            lists.push(match table {
                Some(table) => self.lines(table, &file, names)?,
                None => self.addresses(names)?,
            });
        }
        let mut tones = Vec::new();
        for word in &file.tones {
            tones.extend(self.known("tone", word, TONES.iter().position(|known| known == word))?);
        }
        let (id, title, readings) = (file.id, file.title, file.readings);
        let chart = ChartForm { id, title, kind, tables, tones, lists, readings };
        let has = |(list, least): &(List, usize)| chart.cells(*list).len() >= *least;
        let toned = kind != ChartKind::Results || chart.tones.len() == chart.cells(List::Parts).len();
        let told = |reading: Reading| !kind.is_of_one_report() || chart.readings[reading as usize].is_some();
        let whole = kind.needs().iter().all(has) && (kind != ChartKind::Figures || !chart.tables.is_empty());
        match () {
            () if !toned => fault(self.place, "there is a tone for each part"),
            () if !(told(Reading::Zero) && told(Reading::Many)) => {
                fault(self.place, "a chart of this kind says “zero” and “many”")
            }
            () if !whole && !self.shaped => fault(self.place, "this is not all that a chart of its kind needs"),
            () => Ok(whole.then_some(chart)),
        }
    }

    fn addresses(&self, addresses: &[String]) -> Checked<Vec<CellId>> {
        let mut cells = Vec::new();
        for address in addresses {
            cells.extend(self.known("cell", address, self.form.find(address))?);
        }
        Ok(cells)
    }

    /// The cells of lines across the chart's row or column; where it has neither, of columns in the first row.
    fn lines(&self, table: &Table, file: &ChartFile, names: &[String]) -> Checked<Vec<CellId>> {
        let mut cells = Vec::new();
        for name in names {
            let (along, across, down) = match (&file.row, &file.column) {
                (None, Some(column)) => (position(&table.columns, column), &table.rows, true),
                (Some(row), _) => (position(&table.rows, row), &table.columns, false),
                (None, None) => (Some(0), &table.columns, false),
            };
            let Some(along) = self.known("line", file.row.as_ref().or(file.column.as_ref()).unwrap_or(name), along)?
            else {
                continue;
            };
            let before = cells.len();
            for at in (0..across.len()).filter(|at| across[*at].is_named(name)) {
                cells.push(if down { table.cell(at, along) } else { table.cell(along, at) });
            }
            self.known("line", name, (cells.len() > before).then_some(()))?;
        }
        Ok(cells)
    }
}

fn position(lines: &[Line], id: &str) -> Option<usize> {
    lines.iter().position(|line| line.id == id)
}

// The names that a file uses are as many as the lists that there are.
const _: () = assert!(LISTS.len() == List::Cells as usize + 1);
