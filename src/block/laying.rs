//! Where the cells of a block go when it is laid onto a printed sheet.

use std::collections::HashSet;

use super::Block;
use crate::form::CellId;
use crate::grid::{Grid, Rectangle};
use crate::report::Report;
use crate::value::Value;

/// What laying a block onto a sheet would do. Nothing is done by it.
#[derive(Clone, Debug, PartialEq)]
pub struct Laying {
    /// What each cell receives, row by row. An empty text makes a cell blank.
    pub values: Vec<(CellId, Value)>,
    /// The cells that receive a text that is no number.
    pub texts: Vec<CellId>,
    /// The cells in which something stands and then nothing.
    pub emptied: Vec<CellId>,
    /// What has no cell to go to.
    pub strays: Vec<Stray>,
    /// What the block covers then.
    pub covered: Rectangle,
}

/// A filled cell of the block that lies beyond the sheet's edge, or on a place that a wider figure takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    pub row: usize,
    pub column: usize,
    pub text: String,
}

impl Block {
    /// Lays the block onto a sheet, from the first cell of a selection on. A selection that is a
    /// multiple of the block is filled with it again and again, as spreadsheets do.
    pub fn lay(&self, report: &Report, grid: &Grid, selection: &Rectangle) -> Laying {
        let (height, width) = self.repeated(selection.rows.len(), grid.begins(selection).len());
        let first = selection.rows.start;
        let rows = grid.rows_in(&(first..first.saturating_add(height)));
        let columns = grid.begins(&Rectangle { rows: rows.clone(), columns: selection.columns.start..usize::MAX });
        let columns = &columns[..columns.len().min(width)];
        let mut values = Vec::new();
        let mut placed = HashSet::new();
        for row in rows.clone() {
            for (at, column) in columns.iter().enumerate() {
                let from = ((row - first) % self.height(), at % self.width());
                let Some(cell) = grid.beginning_at(row, *column) else { continue };
                placed.insert(from);
                values.push((cell, Value::read(self.text(from.0, from.1))));
            }
        }
        let is_text = |(cell, value): &(CellId, Value)| matches!(value, Value::Text(_)).then_some(*cell);
        let is_emptied = |(cell, value): &(CellId, Value)| {
            let holds = *report.value(*cell) != Value::Blank || report.is_unread(*cell);
            (*value == Value::Blank && holds).then_some(*cell)
        };
        let (from, to) = (columns.first().copied(), columns.last().copied());
        let columns = from.unwrap_or(selection.columns.start)..to.map_or(selection.columns.start, |last| last + 1);
        Laying {
            texts: values.iter().filter_map(is_text).collect(),
            emptied: values.iter().filter_map(is_emptied).collect(),
            strays: self.strays(&placed),
            covered: grid.widened(Rectangle { rows, columns }),
            values,
        }
    }

    /// How many rows and columns the block takes in a selection: its own, or those of the selection
    /// where that is a multiple. One row or column selected stands for as many as the block has.
    fn repeated(&self, rows: usize, columns: usize) -> (usize, usize) {
        let times = |selected: usize, own: usize| match selected {
            1 => Some(own),
            _ => selected.is_multiple_of(own).then_some(selected),
        };
        match (times(rows, self.height()), times(columns, self.width())) {
            (Some(rows), Some(columns)) => (rows, columns),
            _ => (self.height(), self.width()),
        }
    }

    fn strays(&self, placed: &HashSet<(usize, usize)>) -> Vec<Stray> {
        let cells = self.rows.iter().enumerate().flat_map(|(row, texts)| {
            texts.iter().enumerate().map(move |(column, text)| Stray { row, column, text: text.clone() })
        });
        cells.filter(|stray| !stray.text.trim().is_empty() && !placed.contains(&(stray.row, stray.column))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;

    /// Lays a block onto what two cells of a form span, where 7 stands everywhere.
    struct Case {
        report: Report,
        grid: Grid,
        selection: Rectangle,
    }

    fn case(form: &str, one: &str, other: &str) -> Case {
        let form = Forms::official().get(form).expect("an official form").clone();
        let (one, other) = (form.find(one).expect("a cell"), form.find(other).expect("a cell"));
        let grid = Grid::around(&form, one).expect("it is printed");
        let selection = grid.rectangle(one, other).expect("on one sheet");
        let mut report = Report::empty(form.clone());
        form.cells().for_each(|(cell, _)| report.set(cell, 7.into()));
        Case { report, grid, selection }
    }

    impl Case {
        fn lay(&self, tsv: &str) -> Laying {
            Block::from_tsv(tsv).lay(&self.report, &self.grid, &self.selection)
        }

        /// Checks what the cells receive, as `row.column=value`, and which texts go nowhere.
        fn check(&self, tsv: &str, values: &str, strays: &[&str]) {
            let laying = self.lay(tsv);
            let name = |cell| self.report.form.cell(cell).address.split_once('.').map_or("", |(_, name)| name);
            let shown: Vec<_> = laying.values.iter().map(|(cell, value)| format!("{}={value}", name(*cell))).collect();
            assert_eq!(shown.join(" "), values, "{tsv:?}");
            let shown: Vec<_> = laying.strays.iter().map(|stray| stray.text.as_str()).collect();
            assert_eq!(shown, strays, "{tsv:?}");
        }
    }

    #[test]
    fn a_block_goes_from_the_cell_on_to_the_right_and_down() {
        let case = case("gongkai-2021", "requests.received.legal_service", "requests.received.legal_service");
        case.check(
            "1\t２，３４５\r\n\t/\r\n",
            "received.legal_service=1 received.other_organization=2,345 carried_in.legal_service= carried_in.other_organization=/"
                .replace("2,345", "2345").as_str(),
            &[],
        );
        let laying = case.lay("1\t2345\r\n\t/\r\n");
        assert_eq!((laying.texts.len(), laying.emptied.len()), (1, 1));
        assert_eq!(laying.covered, Rectangle { rows: 0..2, columns: 7..9 });
    }

    #[test]
    fn what_lies_beyond_the_edge_is_told() {
        let corner = case("gongkai-2021", "requests.carried_out.total", "requests.carried_out.total");
        corner.check("1\t2\t\n3\t4\t \n", "carried_out.total=1", &["2", "3", "4"]);
        let disputes =
            case("gongkai-2021", "disputes.litigation_after_review.total", "disputes.litigation_after_review.total");
        disputes.check("无\t5", "litigation_after_review.total=无", &["5"]);
    }

    #[test]
    fn one_cell_fills_the_selection() {
        let case = case("gongkai-2021", "article20_1.rules.issued", "article20_5.licensing.decisions");
        let all = "rules.issued=0 rules.repealed=0 rules.in_force=0 normative_documents.issued=0 \
            normative_documents.repealed=0 normative_documents.in_force=0 licensing.decisions=0";
        case.check("0", all, &[]);
        assert_eq!(case.lay("").emptied.len(), 7);
    }

    #[test]
    fn a_multiple_is_filled_again_and_again() {
        let tall = case("gongkai-2021", "requests.received.natural_person", "requests.partly_granted.natural_person");
        tall.check(
            "1\n2",
            "received.natural_person=1 carried_in.natural_person=2 granted.natural_person=1 partly_granted.natural_person=2",
            &[],
        );
        assert_eq!(tall.lay("1\t2\t3").values.len(), 12);
        // Three rows into four: once.
        assert_eq!(tall.lay("1\n2\n3").values.len(), 3);
    }

    #[test]
    fn figures_over_several_columns_take_their_first_place() {
        let case = case("gongkai-2021", "article20_1.rules.issued", "article20_1.rules.issued");
        case.check(
            "0\t0\t2\n4\t1\t9\n12\t\t\n5\t6\t\n",
            "rules.issued=0 rules.repealed=0 rules.in_force=2 normative_documents.issued=4 normative_documents.repealed=1 \
                normative_documents.in_force=9 licensing.decisions=12 penalties.decisions=5",
            &["6"],
        );
        let procurement = self::case("gongkai-2019", "article20_9.procurement.items", "article20_9.procurement.items");
        procurement.check("3\t73802895.9\t\n", "procurement.items=3 procurement.amount=73802895.9", &[]);
    }

    #[test]
    fn what_is_copied_from_a_sheet_is_laid_back_unchanged() {
        for form in Forms::official().iter() {
            let mut report = Report::empty(form.clone());
            form.cells().for_each(|(cell, _)| report.set(cell, (cell.index() as i64 - 3).into()));
            for sheet in form.sections.iter().flat_map(|section| &section.sheets) {
                let grid = Grid::of(form, sheet);
                let laying = Block::of(&report, &grid, &grid.whole()).lay(&report, &grid, &grid.whole());
                assert_eq!(laying.values.len(), grid.in_order().count());
                assert!(laying.values.iter().all(|(cell, value)| report.value(*cell) == value));
                assert!(laying.strays.is_empty() && laying.emptied.is_empty() && laying.texts.is_empty());
                assert_eq!(laying.covered, grid.whole());
            }
        }
    }

    #[test]
    fn a_wide_figure_alone_is_one_cell() {
        let case = case("gongkai-2021", "article20_5.licensing.decisions", "article20_6.coercion.decisions");
        assert_eq!(Block::of(&case.report, &case.grid, &case.selection).to_tsv(), "7\r\n7\r\n7\r\n");
    }

    #[test]
    fn a_selection_that_is_not_there_receives_nothing() {
        let mut case = case("gongkai-2021", "requests.received.total", "requests.received.total");
        case.selection = Rectangle { rows: 90..90, columns: 50..50 };
        case.check("1\t2", "", &["1", "2"]);
    }
}
