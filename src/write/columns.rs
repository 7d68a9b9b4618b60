//! How wide the columns of a printed table are. Lengths are twentieths of a point.

use crate::form::{CellId, Laid, LaidCell, Layout};
use crate::publication::Publication;
use crate::value::Value;

/// The text width of A4 with the margins that the documents have.
pub const TEXT_WIDTH: usize = 9746;
/// A Chinese character of the tables, and half of one.
pub const CHARACTER: usize = 210;
const HALF: usize = CHARACTER / 2;
/// A digit of a number, in the widest of the fonts that may have to stand in for the proper one: a label can
/// break anywhere, a number cannot.
const DIGIT: usize = CHARACTER * 16 / 25;
/// What a cell keeps free at its sides, together, and a little for fonts that are wider than they should be.
pub const PADDING: usize = 120;
/// The height of a line of the tables, and of a row of one line.
const LINE: usize = 275;
const ROW: usize = 380;
/// The least width of a column of figures: what the official template gives it where labels are long.
const FIGURES: usize = 685;
/// The least width of a column of labels, in characters.
const LABELS: usize = 3;

/// How wide a text is, in half characters; of several lines the longest.
pub fn halves(text: &str) -> usize {
    text.lines().map(|line| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()).max().unwrap_or(0)
}

/// How many half characters a line of a cell holds.
pub fn halves_in(width: usize) -> usize {
    let room = (width.saturating_sub(PADDING) / HALF).max(2);
    // Chinese breaks anywhere, but no character is cut in two.
    room - room % 2
}

/// How many lines a text takes in a width.
pub fn lines(text: &str, width: usize) -> usize {
    let room = halves_in(width);
    text.split('\n').map(|line| halves(line).div_ceil(room).max(1)).sum()
}

/// The columns of a table.
pub struct Columns {
    pub widths: Vec<usize>,
    /// How many columns at the left hold labels only.
    pub labels: usize,
}

impl Columns {
    /// The width of several columns together.
    pub fn width(&self, column: usize, columns: usize) -> usize {
        self.widths.iter().skip(column).take(columns).sum()
    }

    pub fn of(publication: &Publication, layout: &Layout) -> Columns {
        let figures = figures(layout).map(|(cell, _)| cell.column);
        let labels = figures.min().unwrap_or(0).min(layout.width);
        let outer = labels.saturating_sub(1);
        let mut widths: Vec<usize> = (0..outer).map(|column| outer_label(layout, column)).collect();
        let rest = TEXT_WIDTH.saturating_sub(widths.iter().sum());
        let others = layout.width - labels;
        let figure = match labels {
            0 => rest / others.max(1),
            _ => beside_label(rest, others, longest_label(layout, outer), longest_number(publication, layout)),
        };
        if labels > 0 {
            widths.push(rest.saturating_sub(figure * others));
        }
        widths.resize(layout.width, figure);
        // What division leaves goes to the last columns, a bit each.
        let missing = TEXT_WIDTH.saturating_sub(widths.iter().sum());
        widths.iter_mut().rev().take(missing).for_each(|width| *width += 1);
        Columns { widths, labels }
    }

    /// How high the rows of the table become.
    pub fn heights(&self, publication: &Publication, layout: &Layout) -> Vec<usize> {
        let mut heights = vec![ROW; layout.rows.len()];
        let needs = |cell: &LaidCell| {
            let lines = match cell.laid {
                // They become smaller.
                Laid::Figure(id) if number(publication, id) > 0 => 1,
                _ => lines(&publication.text(&cell.laid), self.width(cell.column, cell.columns)),
            };
            lines * LINE + ROW - LINE
        };
        let cells =
            || layout.rows.iter().enumerate().flat_map(|(row, cells)| cells.iter().map(move |cell| (row, cell)));
        for (row, cell) in cells().filter(|(_, cell)| cell.rows == 1) {
            heights[row] = heights[row].max(needs(cell));
        }
        for (row, cell) in cells().filter(|(_, cell)| cell.rows > 1) {
            let Some(own) = heights.get_mut(row..row + cell.rows) else { continue };
            let missing = needs(cell).saturating_sub(own.iter().sum());
            own.last_mut().into_iter().for_each(|last| *last += missing);
        }
        heights
    }

    /// The part of its due size at which every number of the table stands on one line, in hundredths.
    pub fn number_size(&self, publication: &Publication, layout: &Layout) -> usize {
        let size = |(cell, id): (&LaidCell, CellId)| {
            let room = self.width(cell.column, cell.columns).saturating_sub(PADDING);
            let needs = number(publication, id) * DIGIT;
            if needs > room { room * 100 / needs } else { 100 }
        };
        figures(layout).map(size).min().unwrap_or(100)
    }
}

fn figures(layout: &Layout) -> impl Iterator<Item = (&LaidCell, CellId)> {
    layout.rows.iter().flatten().filter_map(|cell| match cell.laid {
        Laid::Figure(id) => Some((cell, id)),
        _ => None,
    })
}

/// How wide a number is as it is printed, in half characters; 0 where no number stands.
fn number(publication: &Publication, cell: CellId) -> usize {
    match publication.report.value(cell) {
        Value::Number(_) => halves(&publication.figure(cell)),
        _ => 0,
    }
}

fn longest_number(publication: &Publication, layout: &Layout) -> usize {
    let alone = figures(layout).filter(|(cell, _)| cell.columns == 1);
    alone.map(|(_, id)| number(publication, id)).max().unwrap_or(0)
}

/// The labels that stand in one column alone, in characters, with the rows that they have.
fn labels(layout: &Layout, column: usize) -> impl Iterator<Item = (usize, usize)> {
    let cells = layout.rows.iter().flatten().filter(move |cell| cell.column == column && cell.columns == 1);
    cells.filter_map(|cell| match &cell.laid {
        Laid::Head { label, .. } => Some((halves(&label.zh).div_ceil(2), cell.rows)),
        _ => None,
    })
}

fn longest_label(layout: &Layout, column: usize) -> usize {
    labels(layout, column).map(|(characters, _)| characters).max().unwrap_or(0)
}

/// The width of a column of labels before the innermost ones: the more rows a label has, the more often it
/// may break.
fn outer_label(layout: &Layout, column: usize) -> usize {
    let broken = |(characters, rows): (usize, usize)| characters.div_ceil(1 + rows.max(1).ilog2() as usize);
    room_for(labels(layout, column).map(broken).max().unwrap_or(0).max(LABELS))
}

/// How wide each of some columns of figures is beside one of labels: all the same where the labels then have
/// one line, else what they leave on one line, at least as wide as in the official template, and wider for
/// long numbers, as long as the labels have four lines at the most.
fn beside_label(rest: usize, figures: usize, label: usize, number: usize) -> usize {
    let left = |label: usize| rest.saturating_sub(room_for(label)) / figures.max(1);
    let equal = rest / (figures + 1);
    if room_for(label) <= equal {
        return equal;
    }
    let number = (number * DIGIT + PADDING).min(left(label.div_ceil(4)));
    left(label).max(FIGURES).max(number).min(equal)
}

fn room_for(characters: usize) -> usize {
    characters * CHARACTER + PADDING
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;
    use crate::publication::Part;
    use crate::report::Report;

    fn check(form: &str, figures: &[(&str, &str)], expect: &[(&[usize], usize)]) {
        let mut report = Report::empty(Forms::official().get(form).unwrap().clone());
        for (address, figure) in figures {
            let cell = report.form.find(address).unwrap();
            report.set(cell, Value::read(figure));
        }
        let publication = Publication::of(&report);
        let columns = publication.parts.iter().filter_map(|part| match part {
            Part::Sheet { layout, .. } => {
                let columns = Columns::of(&publication, layout);
                assert_eq!(columns.widths.len(), layout.width);
                assert_eq!(columns.widths.iter().sum::<usize>(), TEXT_WIDTH);
                let size = columns.number_size(&publication, layout);
                Some((columns.widths, size))
            }
            _ => None,
        });
        let columns: Vec<_> = columns.collect();
        let first: Vec<_> = columns.iter().map(|(widths, size)| (&widths[..4], *size)).collect();
        assert_eq!(first, expect);
    }

    #[test]
    fn columns_are_as_in_the_official_template() {
        // There: four of 2435; 754, 921, 3271 and seven of 685; fifteen of 649 or 650.
        let (equal, results) = ([2438, 2436, 2436, 2436], [649, 649, 649, 649]);
        let requests = [750, 960, 3241, 685];
        check("gongkai-2021", &[], &[(&equal, 100), (&requests, 100), (&results, 100)]);
        check("gongkai-2019", &[], &[(&equal, 100), (&[750, 960, 3241, 685], 100), (&results, 100)]);
    }

    #[test]
    fn long_numbers_take_room_from_labels_and_then_become_smaller() {
        let long = [("requests.received.total", "11398889"), ("disputes.review.total", "123456")];
        let (equal, results) = ([2438, 2436, 2436, 2436], [649, 649, 649, 649]);
        check("gongkai-2021", &long, &[(&equal, 100), (&[750, 960, 2016, 860], 69), (&results, 65)]);
    }
}
