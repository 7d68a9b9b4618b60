//! A table of a Word document: exact merges, repeated heads, rows that are not torn.

use super::super::columns::{CHARACTER, Columns, PADDING, halves};
use super::super::printable;
use super::super::tiles::{Tile, tiles};
use super::super::xml::Xml;
use super::body::run_text;
use crate::form::{Axis, Laid, Layout};
use crate::publication::Publication;

/// The height that a table may have to be kept on one page, with a heading above it.
const PAGE: usize = 13_000;
/// Halves of a point: 五号, and the least that can be read.
const SIZE: usize = 21;
const LEAST_SIZE: usize = 12;

/// `heading` names the table to whoever cannot see it.
pub fn write(xml: &mut Xml, publication: &Publication, layout: &Layout, heading: &str) {
    let columns = Columns::of(publication, layout);
    let size = SIZE * columns.number_size(publication, layout) / 100;
    let is_whole = columns.heights(publication, layout).iter().sum::<usize>() <= PAGE;
    let table = Table { publication, layout, columns, size: size.max(LEAST_SIZE), is_whole };
    xml.element("w:tbl", &[], |xml| {
        table.properties(xml, heading);
        xml.element("w:tblGrid", &[], |xml| {
            for width in &table.columns.widths {
                xml.empty("w:gridCol", &[("w:w", &width.to_string())]);
            }
        });
        for (row, tiles) in tiles(layout).iter().enumerate() {
            table.row(xml, row, tiles);
        }
    });
}

struct Table<'a> {
    publication: &'a Publication<'a>,
    layout: &'a Layout,
    columns: Columns,
    /// Of its numbers, in halves of a point.
    size: usize,
    /// Whether it is kept on one page.
    is_whole: bool,
}

impl Table<'_> {
    fn properties(&self, xml: &mut Xml, heading: &str) {
        let width: usize = self.columns.widths.iter().sum();
        xml.element("w:tblPr", &[], |xml| {
            xml.empty("w:tblStyle", &[("w:val", "TableGrid")]);
            xml.empty("w:tblW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
            xml.empty("w:jc", &[("w:val", "center")]);
            xml.empty("w:tblLayout", &[("w:type", "fixed")]);
            xml.empty("w:tblLook", &[("w:val", "0480"), ("w:firstColumn", "1"), ("w:noVBand", "1")]);
            if !heading.is_empty() {
                xml.empty("w:tblCaption", &[("w:val", &printable(heading))]);
            }
        });
    }

    fn row(&self, xml: &mut Xml, row: usize, tiles: &[Tile]) {
        let is_head =
            self.layout.blocks.iter().any(|block| (block.first_row..block.first_row + block.head_rows).contains(&row));
        // The heads of the first of several stacked tables say nothing on the next page.
        let is_repeated = is_head && self.layout.blocks.len() == 1;
        let goes_with_next = is_head || self.is_whole && row + 1 < self.layout.rows.len();
        xml.element("w:tr", &[], |xml| {
            xml.element("w:trPr", &[], |xml| {
                xml.empty("w:cantSplit", &[]);
                xml.empty("w:trHeight", &[("w:val", "380"), ("w:hRule", "atLeast")]);
                if is_repeated {
                    xml.empty("w:tblHeader", &[]);
                }
                xml.empty("w:jc", &[("w:val", "center")]);
            });
            tiles.iter().for_each(|tile| self.cell(xml, tile, goes_with_next));
        });
    }

    fn cell(&self, xml: &mut Xml, tile: &Tile, goes_with_next: bool) {
        let laid = tile.cell.map(|cell| &cell.laid);
        xml.element("w:tc", &[], |xml| {
            xml.element("w:tcPr", &[], |xml| {
                let width = self.columns.width(tile.column, tile.columns);
                xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
                if tile.columns > 1 {
                    xml.empty("w:gridSpan", &[("w:val", &tile.columns.to_string())]);
                }
                if tile.continues {
                    xml.empty("w:vMerge", &[]);
                } else if tile.cell.is_some_and(|cell| cell.rows > 1) {
                    xml.empty("w:vMerge", &[("w:val", "restart")]);
                }
                if matches!(laid, Some(Laid::Banner(_))) {
                    xml.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", "C6D9F1")]);
                }
                if let Some(margin) = self.margin_for_twos(tile) {
                    xml.element("w:tcMar", &[], |xml| {
                        for side in ["w:left", "w:right"] {
                            xml.empty(side, &[("w:w", &margin.to_string()), ("w:type", "dxa")]);
                        }
                    });
                }
                xml.empty("w:vAlign", &[("w:val", "center")]);
            });
            xml.element("w:p", &[], |xml| {
                xml.element("w:pPr", &[], |xml| {
                    xml.empty("w:pStyle", &[("w:val", "TableText")]);
                    if goes_with_next {
                        xml.empty("w:keepNext", &[]);
                    }
                    if self.is_at_the_left(tile) {
                        xml.empty("w:jc", &[("w:val", "left")]);
                    }
                });
                if let Some(laid) = laid.filter(|_| !tile.continues) {
                    self.content(xml, laid);
                }
            });
        });
    }

    /// Whether its text begins at the left: banners, and labels that take several columns or stand beside
    /// others.
    fn is_at_the_left(&self, tile: &Tile) -> bool {
        match tile.cell.map(|cell| &cell.laid) {
            Some(Laid::Banner(_)) => true,
            Some(Laid::Corner(_) | Laid::Head { axis: Axis::Row, .. }) => {
                self.columns.labels > 1 && tile.column < self.columns.labels
            }
            _ => false,
        }
    }

    /// The margin with which the head of a column breaks after every second character, where it would break
    /// after the third: words have two.
    fn margin_for_twos(&self, tile: &Tile) -> Option<usize> {
        let Laid::Head { label, axis: Axis::Column, .. } = &tile.cell?.laid else { return None };
        let (width, characters) = (self.columns.width(tile.column, tile.columns), halves(&label.zh) / 2);
        let is_odd = (width.saturating_sub(PADDING)) / CHARACTER == 3;
        (is_odd && characters > 3 && characters % 2 == 0).then(|| (width - CHARACTER * 5 / 2) / 2)
    }

    fn content(&self, xml: &mut Xml, laid: &Laid) {
        let text = self.publication.text(laid);
        let text = printable(&text);
        if text.is_empty() {
            return;
        }
        let is_number = matches!(laid, Laid::Figure(cell) if self.publication.report.value(*cell).number().is_some());
        xml.element("w:r", &[], |xml| {
            if is_number && self.size < SIZE {
                let size = self.size.to_string();
                xml.element("w:rPr", &[], |xml| {
                    xml.empty("w:sz", &[("w:val", &size)]);
                    xml.empty("w:szCs", &[("w:val", &size)]);
                });
            }
            run_text(xml, &text);
        });
    }
}
