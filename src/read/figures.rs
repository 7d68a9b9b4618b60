//! Which figure of a row stands in which column. Nothing is guessed: where blank cells were
//! dropped, or figures run together, the row is torn.

use std::ops::Range;

use super::document::{Cell, Kind};
use super::labels::PrintedRow;
use crate::quantity::{is_unit, number_and_rest};
use crate::value;

/// The figures of a row as they came.
#[derive(Clone, Debug)]
pub struct Figures {
    pub kind: Kind,
    /// The cells after the labels; blank ones too where their places are known.
    pub cells: Vec<Cell>,
    /// The cells of the whole row, for their places.
    pub whole: Vec<Cell>,
    /// The line of the document that each of `cells` stands on.
    pub lines: Vec<usize>,
}

/// A figure, and where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub text: String,
    /// All that stood there: more than the figure where several ran together.
    pub stood: String,
    /// The grid column, where the row has places.
    pub column: Option<usize>,
    /// The line of the document.
    pub line: usize,
}

impl Figures {
    /// All figures of the row as they stand.
    pub fn run(&self) -> String {
        let filled: Vec<_> = self.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
        filled.join(" ")
    }

    /// Whether blank cells are there, so that none can have been dropped.
    pub fn is_placed(&self) -> bool {
        matches!(self.kind, Kind::Row { .. })
    }

    /// The line on which a cell of the row stands.
    fn line(&self, at: usize) -> usize {
        self.lines.get(at).or(self.lines.first()).copied().unwrap_or_default()
    }

    fn placed(&self, at: usize, cell: &Cell, text: String) -> Placed {
        let column = matches!(self.kind, Kind::Row { .. }).then_some(cell.column);
        Placed { text, stood: cell.text.clone(), column, line: self.line(at) }
    }

    /// The figures one by one: a cell in which several stand is taken apart.
    pub fn words(&self) -> Vec<Placed> {
        let words = |(at, cell): (usize, &Cell)| -> Vec<Placed> {
            words(&cell.text).into_iter().map(|word| self.placed(at, cell, word)).collect()
        };
        self.cells.iter().enumerate().flat_map(words).collect()
    }
}

/// Whether a text can be what a cell of figures holds, and no label.
pub fn is_figure(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 40 {
        return false;
    }
    let is_dash = value::is_dash(text) && text.chars().count() <= 4;
    is_dash || number_and_rest(text).is_some_and(|(_, rest)| rest.is_empty() || is_unit(rest) || is_note(rest))
}

/// Whether all words of a text are figures: “0 0”.
pub fn are_figures(text: &str) -> bool {
    is_figure(text) || (!text.trim().is_empty() && text.split_whitespace().all(is_figure))
}

fn is_note(rest: &str) -> bool {
    rest.starts_with(['（', '(']) && rest.ends_with(['）', ')'])
}

/// The figures of a row for the columns of a printed row, in their order; `None` where they cannot be
/// told apart.
pub fn assign(figures: &Figures, row: &PrintedRow) -> Option<Vec<Placed>> {
    Apart::new(figures).assign(row)
}

/// The figures of a row with the cells taken apart in which several stand, whatever printed row they are laid over.
pub struct Apart<'f> {
    figures: &'f Figures,
    /// The figures one by one; none where each cell of a row with places holds one.
    words: Option<Vec<Placed>>,
}

impl<'f> Apart<'f> {
    pub fn new(figures: &'f Figures) -> Apart<'f> {
        let several = || figures.cells.iter().any(|cell| words(&cell.text).len() > 1);
        let words = (!figures.is_placed() || several()).then(|| figures.words());
        Apart { figures, words }
    }

    /// The figures for the columns of a printed row, as [`assign`] gives them.
    pub fn assign(&self, row: &PrintedRow) -> Option<Vec<Placed>> {
        self.told_apart(row).filter(|placed| !has_merged(placed))
    }

    fn told_apart(&self, row: &PrintedRow) -> Option<Vec<Placed>> {
        let (figures, columns) = (self.figures, row.figures.len());
        match (figures.kind, &self.words) {
            (Kind::Row { .. }, Some(words)) => {
                // “0 0” in one cell and an empty one beside it: taken apart where that gives every column one.
                let filled: Vec<_> = words.iter().filter(|placed| !placed.text.is_empty()).collect();
                (filled.len() == columns).then(|| filled.into_iter().cloned().collect())
            }
            (Kind::Row { width, .. }, None) => (figures.cells.len() == columns)
                .then(|| placed(figures, 0..columns))
                .or_else(|| (width == row.width).then(|| by_place(figures, row)).flatten())
                .or_else(|| without_ends(figures, columns)),
            (_, Some(words)) if words.len() == columns => Some(words.clone()),
            (Kind::Glued, _) => one_digit_each(figures, columns),
            _ => None,
        }
    }
}

/// Whether a run such as “07” stands beside a blank cell: two cells that became one.
fn has_merged(placed: &[Placed]) -> bool {
    let merged = |pair: &[Placed]| match pair {
        [one, other] => is_padded(&one.text) && other.text.is_empty() || one.text.is_empty() && is_padded(&other.text),
        _ => false,
    };
    placed.windows(2).any(merged)
}

/// Whether a text is a run of digits that begins with a 0 which is not its own: it is no single number.
pub fn is_padded(text: &str) -> bool {
    let text: String = text.chars().map(value::half_width).collect();
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn placed(figures: &Figures, cells: Range<usize>) -> Vec<Placed> {
    cells.map(|at| (at, &figures.cells[at])).map(|(at, cell)| figures.placed(at, cell, cell.text.clone())).collect()
}

/// The figures in a cell: several only where every word is one.
fn words(text: &str) -> Vec<String> {
    if is_figure(text) || !are_figures(text) {
        return vec![text.to_owned()];
    }
    text.split_whitespace().map(str::to_owned).collect()
}

/// The table has the printed table's width: the place of each cell tells its column.
fn by_place(figures: &Figures, row: &PrintedRow) -> Option<Vec<Placed>> {
    let mut found = Vec::with_capacity(row.figures.len());
    for figure in &row.figures {
        let inside =
            |cell: &&Cell| cell.column < figure.column + figure.span && figure.column < cell.column + cell.span;
        let filled: Vec<_> = figures.whole.iter().filter(inside).filter(|cell| !cell.text.is_empty()).collect();
        let blank =
            || Placed { text: String::new(), stood: String::new(), column: Some(figure.column), line: figures.line(0) };
        match filled[..] {
            [] => found.push(blank()),
            [cell] if cell.column >= figure.column && words(&cell.text).len() == 1 => {
                found.push(figures.placed(0, cell, cell.text.clone()));
            }
            _ => return None,
        }
    }
    // A row that is shorter than the table may have lost a label with its merges: its figures then stand further to
    // the left, and those that stand in no column tell of it.
    let is_whole = figures.whole.iter().any(|cell| cell.column + cell.span >= row.width);
    let filled = figures.cells.iter().filter(|cell| !cell.text.is_empty()).count();
    (is_whole || found.iter().filter(|placed| !placed.text.is_empty()).count() == filled).then_some(found)
}

/// Empty cells at the ends are remnants of merged labels and padding, where there is only one way
/// to see it.
fn without_ends(figures: &Figures, columns: usize) -> Option<Vec<Placed>> {
    let cells = &figures.cells;
    let surplus = cells.len().checked_sub(columns)?;
    let empty = |cell: &&Cell| cell.text.is_empty();
    let front = cells.iter().take_while(empty).count();
    let back = cells.iter().rev().take_while(empty).count();
    let mut ways = (0..=surplus.min(front)).filter(|drop| surplus - drop <= back);
    let texts = |drop: usize| cells[drop..drop + columns].iter().map(|cell| &cell.text);
    let first = ways.next()?;
    ways.all(|drop| texts(drop).eq(texts(first))).then(|| placed(figures, first..first + columns))
}

/// Glued digits: exactly as many digits as columns can mean only one digit each.
fn one_digit_each(figures: &Figures, columns: usize) -> Option<Vec<Placed>> {
    let run = figures.run();
    let digits: Vec<char> = run.chars().filter(|c| !c.is_whitespace()).collect();
    let all_digits = digits.iter().all(char::is_ascii_digit);
    let placed =
        |digit: &char| Placed { text: digit.to_string(), stood: run.clone(), column: None, line: figures.line(0) };
    (columns > 1 && all_digits && digits.len() == columns).then(|| digits.iter().map(placed).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;
    use crate::read::labels::Figure;

    fn row(form: &Form, columns: &[(usize, usize)], width: usize) -> PrintedRow {
        let ids = form.cells().map(|(id, _)| id);
        let figures = columns.iter().zip(ids).map(|(&(column, span), cell)| Figure { cell, column, span }).collect();
        PrintedRow { table: 0, section: 0, width, figures, wordings: vec![] }
    }

    fn check(
        kind: Kind,
        cells: &[&str],
        labels: usize,
        columns: &[(usize, usize)],
        width: usize,
        expect: Option<&[&str]>,
    ) {
        let forms = crate::forms::Forms::official();
        let form = forms.get("gongkai-2019").unwrap();
        let cell = |(column, text): (usize, &&str)| Cell { text: (*text).to_owned(), column, span: 1 };
        let whole: Vec<_> = cells.iter().enumerate().map(cell).collect();
        let lines = vec![0; whole.len() - labels];
        let figures = Figures { kind, cells: whole[labels..].to_vec(), whole, lines };
        let assigned = assign(&figures, &row(form, columns, width));
        let assigned =
            assigned.as_ref().map(|placed| placed.iter().map(|placed| placed.text.as_str()).collect::<Vec<_>>());
        assert_eq!(assigned.as_deref(), expect);
    }

    const THREE: [(usize, usize); 3] = [(1, 1), (2, 1), (3, 1)];
    const TWO: [(usize, usize); 2] = [(1, 1), (2, 2)];

    fn placed(width: usize) -> Kind {
        Kind::Row { table: 0, width }
    }

    #[test]
    fn places_tell_the_columns() {
        check(placed(4), &["甲", "1", "", "3"], 1, &THREE, 4, Some(&["1", "", "3"]));
        check(placed(4), &["甲", "1", "2", ""], 1, &TWO, 4, Some(&["1", "2"]));
        check(placed(5), &["", "0", "1", "2", "3"], 0, &[(2, 1), (3, 1), (4, 1)], 5, Some(&["1", "2", "3"]));
    }

    #[test]
    fn a_short_row_with_a_figure_in_no_column_is_torn() {
        let columns = [(3, 1), (4, 1), (5, 1)];
        check(placed(6), &["", "1", "2", "3", "4"], 0, &columns, 6, None);
        check(placed(6), &["甲", "", "", "1", "2"], 1, &columns, 6, Some(&["1", "2", ""]));
    }

    #[test]
    fn two_figures_in_one_cell_come_apart_only_where_they_fit() {
        check(placed(4), &["甲", "0", "0 7", ""], 1, &THREE, 4, Some(&["0", "0", "7"]));
        check(placed(4), &["甲", "0 7", "", ""], 1, &THREE, 4, None);
    }

    #[test]
    fn padding_goes_where_there_is_one_way_to_see_it() {
        check(placed(9), &["甲", "1", "2", "3", ""], 1, &THREE, 4, Some(&["1", "2", "3"]));
        check(placed(9), &["甲", "", "1", "2", ""], 1, &THREE, 4, None);
    }

    #[test]
    fn dropped_blanks_are_never_guessed() {
        check(Kind::Loose, &["甲", "22", "235"], 1, &THREE, 4, None);
        check(Kind::Paragraph, &["甲", "1", "2", "3", "4"], 1, &THREE, 4, None);
        check(placed(3), &["甲", "22", "235"], 1, &THREE, 4, None);
    }

    #[test]
    fn glued_digits_count_only_where_each_is_a_figure() {
        check(Kind::Glued, &["甲", "107"], 1, &THREE, 4, Some(&["1", "0", "7"]));
        check(Kind::Glued, &["甲", "1071"], 1, &THREE, 4, None);
        check(Kind::Glued, &["甲", "10", "71", "5"], 1, &THREE, 4, Some(&["10", "71", "5"]));
        check(Kind::Loose, &["甲", "107"], 1, &THREE, 4, None);
    }

    #[test]
    fn figures_and_labels_are_told_apart() {
        for text in ["0", "+19", "减4", "－18", "——", "/", "12.5万元", "１２", "22（其中修订 16 件）", "1,234"]
        {
            assert!(is_figure(text), "{text}");
        }
        for text in ["", "1.属于国家秘密", "1.", "2020年", "规章", "第1项", "2024-01-31"] {
            assert!(!is_figure(text), "{text}");
        }
    }
}
