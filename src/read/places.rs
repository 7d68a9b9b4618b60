//! Where in the document a figure stood, as people count.

use std::collections::BTreeMap;

use super::document::{Document, Kind};
use super::figures::Placed;
use crate::provenance::{How, Origin, Place};

/// The tables of a document, in order, each with the line that it begins on.
pub struct Places<'a> {
    document: &'a Document,
    tables: BTreeMap<usize, (usize, usize)>,
}

impl<'a> Places<'a> {
    pub fn new(document: &'a Document) -> Places<'a> {
        let mut tables = BTreeMap::new();
        for (at, line) in document.lines.iter().enumerate() {
            if let Kind::Row { table, .. } = line.kind {
                let next = tables.len() + 1;
                tables.entry(table).or_insert((next, at));
            }
        }
        Places { document, tables }
    }

    /// Where a figure comes from.
    pub fn origin(&self, placed: &Placed, how: How) -> Origin {
        Origin { how, place: self.place(placed.line, placed.column), text: placed.stood.clone() }
    }

    /// A place by the line of the document, and the grid column, from 0, where there is one.
    pub fn place(&self, line: usize, column: Option<usize>) -> Option<Place> {
        match self.document.lines.get(line)?.kind {
            Kind::Row { table, .. } => {
                let (number, first) = self.tables.get(&table)?;
                Some(Place::Table { table: *number, row: line - first + 1, column: column.map(|column| column + 1) })
            }
            _ => Some(Place::Line(self.document.number_of(line))),
        }
    }
}
