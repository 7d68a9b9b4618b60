//! Small charts side by side.

use super::lettering;
use super::lines::year;
use super::scale::{Band, Linear};
use super::sheet::{self, NARROW, Sheet};
use super::{Anchor, Lettering, Multiples, Paint, Panel, Picture};

/// Between two columns.
const GUTTER: f64 = 28.0;
/// Of the lines in a panel.
const HEIGHT: f64 = 64.0;

pub fn draw(multiples: &Multiples, width: f64) -> Picture {
    let mut sheet = Sheet::new(width);
    let columns = match width {
        width if width < 270.0 => 1,
        width if width < NARROW => 2,
        width if width < 760.0 => 3,
        _ => 4,
    };
    let columns = sheet::columns(multiples.panels.len(), columns);
    let gutter = if width < NARROW { 20.0 } else { GUTTER };
    let across = Band::new(columns, 0.0, width + gutter);
    let (mut y, mut row) = (0.0, 0);
    for panels in multiples.panels.chunks(columns) {
        if y > 0.0 {
            y += 28.0;
        }
        let room = across.step - gutter;
        let title = |panel: &Panel| lettering::wrap(&panel.title, Lettering::Label, room, 2);
        let lines = panels.iter().map(|panel| title(panel).lines.len()).max().unwrap_or(0);
        let titles = lines as f64 * Lettering::Label.pitch();
        for (at, panel) in panels.iter().enumerate() {
            let x = across.left(at);
            let title = title(panel);
            let half = title.lines.len() as f64 * Lettering::Label.pitch() / 2.0;
            sheet.write(&title, Lettering::Label, x, y + titles - half, Anchor::Start);
            draw_panel(&mut sheet, panel, (x, x + room), y + titles, row);
            row += panel.lines.series.len();
        }
        y += titles + 30.0 + HEIGHT + 22.0;
    }
    sheet.end(y)
}

fn draw_panel(sheet: &mut Sheet, panel: &Panel, (left, right): (f64, f64), y: f64, row: usize) {
    let lines = &panel.lines;
    let quiet = Lettering::Quiet;
    let last = lines.series.first().and_then(|series| lines.last(series));
    if let Some((at, datum)) = last {
        let style = Lettering::Title;
        let number = sheet.short(&datum.text, style, right - left - 40.0, (left, y + 12.0), Anchor::Start);
        let place = (left + number + 6.0, y + 12.0 + (style.size() - quiet.size()) * sheet::MIDDLE);
        sheet.short(&year(lines.years[at]), quiet, 34.0, place, Anchor::Start);
    }
    let (top, end) = (y + 30.0, y + 30.0 + HEIGHT);
    let across = Band::new(lines.years.len(), left, right);
    let up = Linear::new(lines.span(), (end - 2.0, top));
    let zero = up.zero.round() + 0.5;
    sheet.stroke(left, zero, right, zero, Paint::Axis);
    for (at, _) in lines.changes() {
        let x = across.left(at).round() + 0.5;
        sheet.stroke(x, top - 2.0, x, end, Paint::Break);
    }
    for series in &lines.series {
        lines.draw_line(sheet, series, across, up);
    }
    lines.draw_dots(sheet, (top - 4.0, end), across, up, 1.6, row);
    let half = (right - left) / 2.0;
    if let [first, .., last] = lines.years[..] {
        sheet.short(&year(first), quiet, half - 6.0, (left, end + 12.0), Anchor::Start);
        sheet.short(&year(last), quiet, half - 6.0, (right, end + 12.0), Anchor::End);
    } else if let [only] = lines.years[..] {
        sheet.short(&year(only), quiet, half, (left + half, end + 12.0), Anchor::Middle);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Datum, Lines, Series};
    use super::*;

    #[test]
    fn there_are_as_many_columns_as_have_room() {
        let datum = Datum { number: 3.0, text: "3件".into(), ..Datum::default() };
        let series = Series { points: vec![None, Some(datum), None], ..Series::default() };
        let lines = Lines { years: vec![2021, 2022, 2023], series: vec![series], ..Lines::default() };
        let panels = vec![Panel { title: "新收".into(), lines }; 4];
        let tops = |width: f64| {
            let picture = draw(&Multiples { panels: panels.clone() }, width);
            let mut tops: Vec<i64> = picture.marks.iter().map(|mark| mark.tip.1 as i64).collect();
            tops.dedup();
            (picture.marks.len(), tops.len())
        };
        assert_eq!([1000.0, 600.0, 300.0, 240.0].map(tops), [(4, 1), (4, 2), (4, 2), (4, 4)]);
    }
}
