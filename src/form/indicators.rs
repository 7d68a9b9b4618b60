//! Forms whose rows are each report's own: from the list of indicators that a report has to the rows,
//! sections and relations of its form.

use serde_json::{Map, Value as Json};

use super::compile::parse_term;
use super::definition::{Along, FormFile, HeaderFile, RelationFile, SectionFile, SheetFile, TableFile};
use super::{Axis, Holds, Kind, Published};
use crate::language::Text;

/// The deepest level that is told apart.
pub const DEEPEST_LEVEL: usize = 9;

/// The most indicators that a report may have.
pub const MOST_INDICATORS: usize = 2000;

/// A line of a table of indicators, as it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Indicator {
    /// The row in the addresses of its figures; empty for a line that has no figures and only heads others.
    pub id: String,
    pub label: String,
    /// Empty where none is printed.
    pub unit: String,
    /// How deep it stands below the others.
    pub level: usize,
    /// What else its JSON says.
    pub extra: Map<String, Json>,
}

/// What of an open form is one report's own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    pub indicators: Vec<Indicator>,
    /// The columns that its table has, by id.
    pub columns: Vec<String>,
    /// The headings of its sections.
    pub headings: Vec<String>,
}

impl Indicator {
    /// Whether it has no figures of its own.
    pub fn is_heading(&self) -> bool {
        self.id.is_empty()
    }
}

impl Shape {
    /// Gives every row an id of its own: one that cannot stand in an address, or stands for another row
    /// already, becomes `item_` and the number of the row.
    pub fn settle_ids(&mut self) {
        let allowed = |id: &str| id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        let mut taken: Vec<String> = Vec::new();
        let mut free = Vec::new();
        for (at, indicator) in self.indicators.iter().enumerate().filter(|(_, indicator)| !indicator.is_heading()) {
            if allowed(&indicator.id) && !taken.contains(&indicator.id) {
                taken.push(indicator.id.clone());
            } else {
                free.push(at);
            }
        }
        for at in free {
            let number = self.indicators[..=at].iter().filter(|indicator| !indicator.is_heading()).count();
            let mut id = format!("item_{number}");
            while taken.contains(&id) {
                id.push('_');
            }
            taken.push(id.clone());
            self.indicators[at].id = id;
        }
    }
}

/// The id of a section by the place of its heading, counted from 0.
pub fn section_id(at: usize) -> String {
    format!("part_{}", at + 1)
}

/// Lays a shape into the file of an open form. Relations, and rules for texts, stay where all that they
/// name is there; without a shape the `own` ones of the file stay whatever they name.
pub fn lay(file: &mut FormFile, shape: Option<&Shape>, own: Own) {
    let Some(mut table) = file.tables.pop() else { return };
    let known = rows_of(&table.rows);
    let own = if shape.is_some() { Own::default() } else { own };
    if let Some(shape) = shape {
        table.columns.retain(|column| column.id.as_ref().is_some_and(|id| shape.columns.contains(id)));
        let default = Published::default();
        let reader = Rows { known: &known, published: file.published.as_ref().unwrap_or(&default) };
        let rows = reader.tree(&shape.indicators);
        table.rows = rows;
        file.sections = sections(file, shape, &table);
    }
    let there = There { table: &table.id, rows: ids(&table.rows), columns: ids(&table.columns), known: ids_of(&known) };
    let (mut at, mut place) = (0, 0);
    file.relations.retain_mut(|relation| {
        at += 1;
        at <= own.relations || there.hold(relation)
    });
    let sections: Vec<_> = file.sections.iter().map(|section| section.id.clone()).collect();
    file.texts.retain(|rule| {
        place += 1;
        place <= own.texts || rule.section.as_ref().is_none_or(|id| sections.contains(id))
    });
    file.claims.clear();
    if !table.rows.is_empty() && !table.columns.is_empty() {
        file.tables.push(table);
    }
}

/// How many of the relations and text rules are the file's own; rules that were added stand behind them.
#[derive(Clone, Copy, Default)]
pub struct Own {
    pub relations: usize,
    pub texts: usize,
}

/// A row that is known.
struct Known {
    id: String,
    label: Text,
    also: Vec<String>,
    holds: Option<Holds>,
    short: Option<Text>,
}

fn rows_of(heads: &[HeaderFile]) -> Vec<Known> {
    let of = |head: &HeaderFile| match &head.id {
        Some(id) => vec![Known {
            id: id.clone(),
            label: head.label.clone(),
            also: head.also.clone(),
            holds: head.holds.clone(),
            short: head.short.clone(),
        }],
        None => rows_of(&head.heads),
    };
    heads.iter().flat_map(of).collect()
}

fn ids(heads: &[HeaderFile]) -> Vec<String> {
    heads.iter().flat_map(|head| head.id.clone().map_or_else(|| ids(&head.heads), |id| vec![id])).collect()
}

fn ids_of(known: &[Known]) -> Vec<String> {
    known.iter().map(|known| known.id.clone()).collect()
}

/// Makes rows of indicators.
struct Rows<'a> {
    known: &'a [Known],
    published: &'a Published,
}

impl Rows<'_> {
    /// The tree of heads: a line without figures is a merged head over the deeper ones that follow it.
    fn tree(&self, indicators: &[Indicator]) -> Vec<HeaderFile> {
        let mut heads = Vec::new();
        let mut at = 0;
        while at < indicators.len() {
            let indicator = &indicators[at];
            at += 1;
            if !indicator.is_heading() {
                heads.push(self.row(indicator));
                continue;
            }
            let below = indicators[at..].iter().take_while(|deeper| deeper.level > indicator.level).count();
            let inner = self.tree(&indicators[at..at + below]);
            at += below;
            if !inner.is_empty() {
                heads.push(HeaderFile { heads: inner, ..head(Text::alike(&indicator.label)) });
            }
        }
        heads
    }

    fn row(&self, indicator: &Indicator) -> HeaderFile {
        let known = self.known.iter().find(|known| known.id == indicator.id);
        let label = known.map(|known| known.label.clone()).unwrap_or_default().published_as(&indicator.label);
        HeaderFile {
            id: Some(indicator.id.clone()),
            holds: Some(self.holds(&indicator.unit)),
            also: known.map(|known| known.also.clone()).unwrap_or_default(),
            level: indicator.level,
            short: known.and_then(|known| known.short.clone()),
            ..head(label)
        }
    }

    /// What is counted in a unit; in one that is not known anything may be.
    fn holds(&self, unit: &str) -> Holds {
        let rows = self.known.iter().filter_map(|known| known.holds.as_ref());
        let mut known = self.published.units.iter().chain(rows);
        let same = |holds: &&Holds| holds.unit.as_ref().is_some_and(|known| known.zh == unit);
        let unit = (!unit.is_empty()).then(|| Text::alike(unit));
        known.find(same).cloned().unwrap_or(Holds { kind: Kind::Amount, unit, units: Vec::new() })
    }
}

fn head(label: Text) -> HeaderFile {
    HeaderFile { id: None, label, span: None, holds: None, heads: Vec::new(), also: Vec::new(), level: 0, short: None }
}

/// A section for each heading; the table stands under the last one that names it, or else in a section of
/// its own at the end.
fn sections(file: &FormFile, shape: &Shape, table: &TableFile) -> Vec<SectionFile> {
    let words = file.published.as_ref().map(|published| published.headings.as_slice()).unwrap_or_default();
    let names = |heading: &String| words.iter().any(|word| heading.contains(word.as_str()));
    let has_table = !table.rows.is_empty() && !table.columns.is_empty();
    let sheet = || SheetFile { width: width(table), tables: vec![table.id.clone()] };
    let place = shape.headings.iter().rposition(names).filter(|_| has_table);
    let section = |(at, heading): (usize, &String)| SectionFile {
        id: section_id(at),
        number: String::new(),
        heading: Text::alike(heading),
        note: None,
        requires: Vec::new(),
        sheets: if place == Some(at) { vec![sheet()] } else { Vec::new() },
    };
    let mut sections: Vec<_> = shape.headings.iter().enumerate().map(section).collect();
    let own = file.sections.iter().find(|section| !section.sheets.is_empty());
    if let (true, None, Some(own)) = (has_table, place, own) {
        sections.push(SectionFile {
            id: own.id.clone(),
            number: String::new(),
            heading: own.heading.clone(),
            note: own.note.clone(),
            requires: Vec::new(),
            sheets: vec![sheet()],
        });
    }
    sections
}

/// How many grid columns the table takes.
fn width(table: &TableFile) -> usize {
    fn depth(heads: &[HeaderFile]) -> usize {
        heads.iter().map(|head| 1 + depth(&head.heads)).max().unwrap_or(0)
    }
    fn span(heads: &[HeaderFile]) -> usize {
        let of = |head: &HeaderFile| if head.id.is_some() { head.span.unwrap_or(1) } else { span(&head.heads) };
        heads.iter().map(of).sum()
    }
    depth(&table.rows) + usize::from(table.unit_head.is_some()) + span(&table.columns)
}

/// What is there for relations to hold between.
struct There<'a> {
    table: &'a str,
    rows: Vec<String>,
    columns: Vec<String>,
    /// The rows that are known, there or not: of others a relation along rows says nothing.
    known: Vec<String>,
}

impl There<'_> {
    /// Whether a relation says something here; restricts it to the lines of which it does.
    fn hold(&self, relation: &mut RelationFile) -> bool {
        let conditions = relation.when.iter().map(|condition| condition.split(['>', '<', '!']).next().unwrap_or(""));
        let names: Vec<&str> =
            relation.left.iter().chain(&relation.right).map(String::as_str).chain(conditions).collect();
        let all = |has: &dyn Fn(&str) -> bool| {
            names.iter().all(|name| {
                let (_, prior, name) = parse_term(name.trim());
                prior || name.parse::<i64>().is_ok() || self.has_address(name) || has(name)
            })
        };
        if relation.table.as_ref().is_some_and(|table| table != self.table) {
            return false;
        }
        match relation.for_each {
            None => all(&|_| false),
            Some(Along::Cells) => all(&|name| name == "."),
            Some(Along::Lines(Axis::Column)) => {
                let restricted = !relation.only.is_empty();
                relation.only.retain(|column| self.columns.contains(column));
                let any = !restricted || !relation.only.is_empty();
                any && all(&|name| self.rows.iter().any(|row| row == name))
            }
            Some(Along::Lines(Axis::Row)) => {
                if relation.only.is_empty() {
                    relation.only.clone_from(&self.known);
                }
                relation.only.retain(|row| self.rows.contains(row));
                all(&|name| self.columns.iter().any(|column| column == name)) && !relation.only.is_empty()
            }
        }
    }

    fn has_address(&self, name: &str) -> bool {
        let parts: Vec<&str> = name.split('.').collect();
        let is = |known: &[String], part: &str| known.iter().any(|known| known == part);
        matches!(parts[..], [table, row, column] if table == self.table && is(&self.rows, row) && is(&self.columns, column))
    }
}
