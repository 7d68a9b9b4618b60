//! A printed table as rows of tiles that cover every place of its grid, as office formats want it: where a
//! cell goes on from the row above, a tile says so.

use crate::form::{LaidCell, Layout};

/// Places beside each other in one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile<'a> {
    pub column: usize,
    pub columns: usize,
    /// `None` where the form lays nothing.
    pub cell: Option<&'a LaidCell>,
    /// Whether the cell began in a row above.
    pub continues: bool,
}

/// The rows of a table, tiled.
pub fn tiles(layout: &Layout) -> Vec<Vec<Tile<'_>>> {
    // By column: the cell that reaches down there, and for how many more rows.
    let mut above: Vec<Option<(&LaidCell, usize)>> = vec![None; layout.width];
    let mut rows = Vec::with_capacity(layout.rows.len());
    for row in &layout.rows {
        let mut tiles = Vec::new();
        let mut column = 0;
        while column < layout.width {
            let begins = row.iter().find(|cell| cell.column == column);
            let goes_on = above[column].filter(|(cell, _)| cell.column == column).map(|(cell, _)| cell);
            let (cell, continues) = (goes_on.or(begins), goes_on.is_some());
            let columns = cell.map_or(1, |cell| cell.columns.clamp(1, layout.width - column));
            let left = match goes_on {
                Some(_) => above[column].map_or(0, |(_, left)| left - 1),
                None => cell.map_or(0, |cell| cell.rows.saturating_sub(1)),
            };
            above[column] = cell.filter(|_| left > 0).map(|cell| (cell, left));
            tiles.push(Tile { column, columns, cell, continues });
            column += columns;
        }
        rows.push(tiles);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Form, Laid};
    use crate::forms::Forms;
    use std::collections::HashSet;

    /// Every place is covered by exactly one tile, and every cell by as many as it has rows.
    fn check(form: &Form) {
        let mut figures = HashSet::new();
        for layout in form.sections.iter().flat_map(|section| &section.sheets).map(|sheet| form.layout(sheet)) {
            let rows = tiles(&layout);
            assert_eq!(rows.len(), layout.rows.len());
            for row in &rows {
                assert_eq!(row.iter().map(|tile| tile.columns).sum::<usize>(), layout.width);
                assert!(row.iter().all(|tile| tile.cell.is_some()));
            }
            for cell in layout.rows.iter().flatten() {
                let own = rows.iter().flatten().filter(|tile| tile.cell.is_some_and(|of| std::ptr::eq(of, cell)));
                let own: Vec<_> = own.collect();
                assert_eq!(own.len(), cell.rows);
                assert!(own.iter().all(|tile| tile.column == cell.column && tile.columns == cell.columns));
                assert_eq!(own.iter().filter(|tile| !tile.continues).count(), 1);
                if let Laid::Figure(cell) = cell.laid {
                    assert!(figures.insert(cell));
                }
            }
        }
        assert_eq!(figures.len(), form.cell_count());
    }

    #[test]
    fn merges_tile_the_table_and_every_figure_stands_in_it_once() {
        for form in Forms::official().iter() {
            check(form);
        }
    }
}
