//! A table of indicators whose cells have places: a table of a page, of a sheet, of Markdown.

use super::found::{Figures, Found, Row};
use super::known::{Known, is_digit, tidy, year_at};
use crate::form::MOST_INDICATORS;
use crate::provenance::Place;
use crate::read::document::{Cell, Document, Kind, Line};
use crate::read::figures::is_figure;
use crate::value::is_dash;

/// How many known rows show a table that has no head.
const LEAST: usize = 3;

/// Finds the table among the tables of a document. Where the page breaks it in two, both are one.
pub fn find(document: &Document, known: &Known) -> Option<Found> {
    let mut found: Option<(Head, Found)> = None;
    for (number, lines) in tables(document).into_iter().enumerate() {
        let table = Table { number, lines: &lines, document, known };
        let (own, first) = match table.head() {
            Some((head, first)) => (Some(head), first),
            None => (None, 0),
        };
        if found.as_ref().is_some_and(|(_, found)| found.rows.len() > MOST_INDICATORS) {
            break;
        }
        let Some((head, found)) = &mut found else {
            let Some(head) = own.or_else(|| table.head_by_rows()) else { continue };
            let columns = head.order().collect();
            let mut read = Found { columns, year: head.year, ..Found::default() };
            table.read(&head, first, &mut read);
            found = Some((head, read)).filter(|(_, read)| read.figures() > 0);
            continue;
        };
        let mut more = Found::default();
        match own {
            // A page break may have cut a row off before the head that is printed again.
            _ if table.goes_on(head) => table.read(head, 0, &mut more),
            Some(own) if own.order().eq(head.order()) => table.read(&own, first, &mut more),
            _ => continue,
        }
        found.taken.lines.append(&mut more.taken.lines);
        // One that is pasted twice is one.
        let again = more.rows.iter().filter(|row| found.rows.iter().any(|known| same(known, row))).count();
        if again * 5 < more.rows.len() * 4 {
            found.rows.append(&mut more.rows);
            found.leftover.append(&mut more.leftover);
        }
    }
    found.map(|(_, found)| found)
}

fn same(one: &Row, other: &Row) -> bool {
    (&one.label, &one.unit, &one.figures) == (&other.label, &other.unit, &other.figures)
}

/// The lines of each table, in order. A line among them whose cells have lost their places is one too.
fn tables(document: &Document) -> Vec<Vec<usize>> {
    let mut tables: Vec<(usize, Vec<usize>)> = Vec::new();
    for (at, line) in document.lines.iter().enumerate() {
        let Kind::Row { table, .. } = line.kind else {
            let last =
                tables.last_mut().filter(|(_, lines)| line.kind == Kind::Loose && lines.last() == Some(&(at - 1)));
            last.into_iter().for_each(|(_, lines)| lines.push(at));
            continue;
        };
        match tables.last_mut() {
            Some((known, lines)) if *known == table => lines.push(at),
            _ => tables.push((table, vec![at])),
        }
    }
    tables.into_iter().map(|(_, lines)| lines).collect()
}

/// Where the columns of a table stand in its grid.
#[derive(Clone, Debug, PartialEq)]
struct Head {
    /// The columns of the labels, without running numbers.
    labels: Vec<usize>,
    unit: Option<usize>,
    columns: Vec<Column>,
    /// Columns that the form does not have, with what stands over them.
    others: Vec<(usize, String)>,
    year: Option<i32>,
    width: usize,
}

impl Head {
    /// The columns of the form, as they stand.
    fn order(&self) -> impl Iterator<Item = usize> {
        self.columns.iter().map(|column| column.of)
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Column {
    at: usize,
    /// Which column of the form it is.
    of: usize,
}

struct Table<'a> {
    number: usize,
    lines: &'a [usize],
    document: &'a Document,
    known: &'a Known<'a>,
}

/// What a cell of a head says.
enum Says {
    Labels,
    Unit,
    Ignored,
    Column(usize, Option<i32>),
    Other,
}

impl Table<'_> {
    fn line(&self, row: usize) -> &Line {
        &self.document.lines[self.lines[row]]
    }

    fn width(&self) -> usize {
        match self.lines.first().map(|line| self.document.lines[*line].kind) {
            Some(Kind::Row { width, .. }) => width,
            _ => 0,
        }
    }

    /// The head, and the first row below it. It may take two rows.
    fn head(&self) -> Option<(Head, usize)> {
        (0..self.lines.len().min(8)).find_map(|row| {
            let cells = &self.line(row).cells;
            let one = self.head_of(cells.iter()).map(|head| (head, row + 1));
            let two = || {
                let below = self.lines.get(row + 1).map(|_| self.line(row + 1))?;
                // What stands over two columns is told by the row below.
                let above = cells.iter().filter(|cell| {
                    let covers = |other: &&Cell| other.column >= cell.column && other.column < cell.column + cell.span;
                    !below.cells.iter().any(|other| covers(&other) && !other.text.is_empty())
                });
                self.head_of(above.chain(&below.cells)).map(|head| (head, row + 2))
            };
            one.or_else(two)
        })
    }

    fn says(&self, text: &str) -> Says {
        let words = &self.known.heads;
        let tight: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        let (year, rest) = match year_at(&tight) {
            Some((year, length)) => (Some(year), tight[length..].iter().collect::<String>()),
            None => (None, tight.iter().collect()),
        };
        let folded = self.known.fold(&rest);
        let has = |words: &[Vec<char>]| words.contains(&folded);
        match () {
            _ if has(&words.rows) => Says::Labels,
            _ if has(&words.unit) => Says::Unit,
            _ if has(&words.ignored) => Says::Ignored,
            _ if year.is_some() && folded.is_empty() => Says::Column(0, year),
            _ => words.columns.iter().position(|words| has(words)).map_or(Says::Other, |of| Says::Column(of, year)),
        }
    }

    fn head_of<'c>(&self, cells: impl Iterator<Item = &'c Cell>) -> Option<Head> {
        let (mut labels, mut ignored, mut unit, mut others) = (None, Vec::new(), None, Vec::new());
        let mut columns: Vec<(Column, Option<i32>, String)> = Vec::new();
        for cell in cells.filter(|cell| !cell.text.is_empty()) {
            match self.says(&cell.text) {
                Says::Labels => labels = labels.or(Some(cell.column..cell.column + cell.span)),
                Says::Unit => unit = unit.or(Some(cell.column)),
                Says::Ignored => ignored.push(cell.column),
                Says::Column(of, year) => columns.push((Column { at: cell.column, of }, year, cell.text.clone())),
                Says::Other => others.push((cell.column, cell.text.clone())),
            }
        }
        // Of several years the last is the report's.
        let year = columns.iter().filter_map(|(_, year, _)| *year).max();
        columns.retain(|(column, of_year, text)| {
            let stays = of_year.is_none() || *of_year == year;
            if !stays {
                others.push((column.at, text.clone()));
            }
            stays
        });
        let columns: Vec<Column> = columns.into_iter().map(|(column, ..)| column).collect();
        let twice = (1..columns.len()).any(|at| columns[..at].iter().any(|known| known.of == columns[at].of));
        let first = columns.iter().map(|column| column.at).chain(unit).min()?;
        // Over the labels nothing may stand, where unit and figures have their heads.
        let labels = labels.or_else(|| unit.map(|_| 0..first))?;
        let labels: Vec<usize> = labels.filter(|column| *column < first && !ignored.contains(column)).collect();
        let others = others.into_iter().filter(|(column, _)| !labels.contains(column)).collect();
        let sound = columns.iter().any(|column| column.of == 0) && !twice && !labels.is_empty();
        sound.then(|| Head { labels, unit, columns, others, year, width: self.width() })
    }

    /// The head of a table that has none, by its rows.
    fn head_by_rows(&self) -> Option<Head> {
        let rows = || (0..self.lines.len()).map(|row| &self.line(row).cells);
        let label = |cells: &Vec<Cell>| {
            let mut named = cells.iter().filter(|cell| self.known.is_row(&cell.text));
            named.next().map(|cell| (cell.column, cell.span))
        };
        let named: Vec<_> = rows().filter_map(|cells| Some((cells, label(cells)?))).collect();
        if named.len() < LEAST {
            return None;
        }
        let last = named.iter().map(|(_, (column, span))| column + span).max()?;
        let mostly = |column: usize, is: &dyn Fn(&str) -> bool| {
            let hits = named.iter().filter(|(cells, _)| is(text_at(cells, column)));
            hits.count() * 2 > named.len()
        };
        let width = self.width();
        let unit = (last..width).find(|column| mostly(*column, &|text| self.known.is_unit(text)));
        let figures = (last..width).filter(|column| mostly(*column, &is_figure));
        let columns: Vec<Column> = figures.enumerate().map(|(of, at)| Column { at, of }).collect();
        let labels =
            (0..last).filter(|column| !mostly(*column, &|text| text.chars().all(is_digit) && !text.is_empty()));
        let known = (1..=self.known.heads.columns.len()).contains(&columns.len());
        known.then(|| Head { labels: labels.collect(), unit, columns, others: Vec::new(), year: None, width })
    }

    /// Whether the table goes on with another's rows: it is as wide, and has units or figures where that has.
    fn goes_on(&self, head: &Head) -> bool {
        let rows = || (0..self.lines.len()).map(|row| &self.line(row).cells);
        let fits = |cells: &&Vec<Cell>| {
            let has_unit = head.unit.is_none_or(|unit| self.known.is_unit(text_at(cells, unit)));
            has_unit
                && head
                    .columns
                    .iter()
                    .all(|column| is_figure(text_at(cells, column.at)) || text_at(cells, column.at).is_empty())
        };
        self.width() == head.width && rows().filter(fits).count() * 2 > rows().count()
    }

    fn read(&self, head: &Head, first: usize, found: &mut Found) {
        found.taken.lines.extend(self.lines);
        let mut others: Vec<Vec<String>> = vec![Vec::new(); head.others.len()];
        for row in (first..self.lines.len()).take(MOST_INDICATORS) {
            let cells = &self.line(row).cells;
            if self.head_of(cells.iter()).is_some() {
                continue;
            }
            let placed = self.line(row).kind != Kind::Loose;
            for ((column, _), texts) in head.others.iter().zip(&mut others).filter(|_| placed) {
                texts.extend(Some(text_at(cells, *column)).filter(|text| !text.is_empty()).map(str::to_owned));
            }
            self.row(head, row, found);
        }
        let told = head.others.iter().zip(others).filter(|(_, texts)| !texts.is_empty());
        found.leftover.extend(told.map(|((_, label), texts)| format!("{label}：{}", texts.join("、"))));
    }

    /// A row of which nobody knows where blank cells were dropped.
    fn loose(&self, head: &Head, row: usize, found: &mut Found) {
        let line = self.line(row);
        let mut cells = line.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).peekable();
        let number = |text: &&str| text.chars().all(is_digit);
        if head.labels.first() != Some(&0) {
            cells.next_if(number);
        }
        let label = cells.next_if(|text| !is_figure(text));
        let unit = cells.next_if(|text| head.unit.is_some() && !is_figure(text)).unwrap_or_default();
        let texts: Vec<&str> = cells.collect();
        let mut order: Vec<usize> = head.columns.iter().map(|column| column.at).collect();
        order.extend(head.others.iter().map(|(column, _)| *column));
        let ahead = |column: usize| order.iter().filter(|other| **other < column).count();
        let Some(label) = label else { return found.leftover.push(line.as_it_stands()) };
        let figures = match texts.len() {
            count if count == order.len() => {
                Figures::Told(head.columns.iter().map(|column| texts[ahead(column.at)].to_owned()).collect())
            }
            0 if unit.is_empty() && !self.known.is_row(label) => Figures::None,
            0 => Figures::Told(vec![String::new(); head.columns.len()]),
            _ => Figures::Unclear,
        };
        let place = Place::Table { table: self.number + 1, row: row + 1, column: None };
        let (label, unit) = (tidy(label), unit.to_owned());
        found.rows.push(Row { label, unit, level: None, figures, text: line.as_it_stands(), places: vec![place] });
    }

    fn row(&self, head: &Head, row: usize, found: &mut Found) {
        let line = self.line(row);
        if line.kind == Kind::Loose {
            return self.loose(head, row, found);
        }
        let lone = line.lone_text().filter(|_| line.cells.iter().any(|cell| cell.span >= head.width));
        let figures: Vec<String> =
            head.columns.iter().map(|column| text_at(&line.cells, column.at).to_owned()).collect();
        let in_labels = |cell: &&Cell| {
            !cell.text.is_empty() && head.labels.iter().any(|at| (cell.column..cell.column + cell.span).contains(at))
        };
        let mut labels: Vec<(usize, &str)> =
            line.cells.iter().filter(in_labels).map(|cell| (cell.column, cell.text.as_str())).collect();
        let text = line.as_it_stands();
        let Some((column, label)) = labels.pop() else {
            found.leftover.extend((!text.is_empty()).then_some(text));
            return;
        };
        let level =
            |column: usize| (head.labels.len() > 1).then(|| head.labels.iter().filter(|at| **at < column).count());
        let place = |column: Option<usize>| Place::Table { table: self.number + 1, row: row + 1, column };
        let heading = |(column, label): (usize, &str)| Row {
            label: tidy(label),
            unit: String::new(),
            level: level(column),
            figures: Figures::None,
            text: text.clone(),
            places: vec![place(None)],
        };
        found.rows.extend(labels.into_iter().map(heading));
        let unit = head.unit.map_or("", |unit| text_at(&line.cells, unit)).trim();
        let unit = if is_dash(unit) { "" } else { unit };
        let blank = |text: &String| text.is_empty() || is_dash(text);
        let is_heading = unit.is_empty() && figures.iter().all(blank) && !self.known.is_row(label);
        if lone.is_some() || is_heading {
            return found.rows.push(heading((column, label)));
        }
        let (label, own) = self.known.unit_in_parentheses(label).filter(|_| unit.is_empty()).unwrap_or((label, ""));
        let unit = if unit.is_empty() { own } else { unit };
        let places = head.columns.iter().map(|column| place(Some(column.at + 1))).collect();
        let unit = if unit.is_empty() { self.unit_of(&figures) } else { unit.to_owned() };
        let (label, level, figures) = (tidy(label), level(column), Figures::Told(figures));
        found.rows.push(Row { label, unit, level, figures, text, places });
    }

    /// The unit that is written beside the figures.
    fn unit_of(&self, figures: &[String]) -> String {
        let numbers = figures.iter().filter_map(|text| crate::quantity::number_and_rest(text));
        let mut units = numbers.map(|(_, rest)| rest);
        let first = units.next().filter(|unit| self.known.is_unit(unit)).unwrap_or_default();
        if units.all(|unit| unit == first) { first.to_owned() } else { String::new() }
    }
}

/// What stands at a column of the grid.
fn text_at(cells: &[Cell], column: usize) -> &str {
    let here = |cell: &&Cell| (cell.column..cell.column + cell.span).contains(&column);
    cells.iter().find(here).map_or("", |cell| cell.text.trim())
}
