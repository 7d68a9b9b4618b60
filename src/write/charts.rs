//! The charts of a report in a page: each a figure with its title, its sentence, the drawing, what has to be
//! known of it and where its figures come from. One of them alone is a file of its own.

use super::html::{Page, SANS};
use super::{Charts, WriteError};
use crate::chart::Picture;
use crate::chart::svg::{Dress, svg};
use crate::charts::{self, Chart};
use crate::language::Language;
use crate::marks;
use crate::report::Report;
use crate::words;

/// How wide a chart is drawn in a page, in CSS pixels.
pub const WIDTH: f64 = 720.0;

const FIGURE: &str = "margin:1.6em 0;font-size:.9em;line-height:1.6;break-inside:avoid";
const NAME: &str = "font-size:1.1em";
/// A narrow screen scrolls it, as it does the tables.
const DRAWING: &str = "margin:.6em 0;overflow-x:auto;line-height:0";
const NOTE: &str = "margin:.3em 0;color:#444";

/// The charts that a page prints.
pub fn of(report: &Report, charts: Charts) -> Vec<Chart> {
    charts::named(charts::of(report, charts.others, charts.choices, Language::CHINESE), charts.named)
}

/// One chart as a file: SVG with its title, its sentence and its source, for a width in CSS pixels.
///
/// # Errors
/// Where there is none of that id: the sentence names those that there are.
pub fn alone(report: &Report, charts: Charts, id: &str, language: Language, width: f64) -> Result<String, WriteError> {
    let all = charts::of(report, charts.others, charts.choices, language);
    let chart = all.iter().find(|chart| chart.id == id).ok_or_else(|| unknown(id, &all))?;
    Ok(drawing(chart, language, width, false))
}

/// A chart as SVG, with its words or, as a part of a page, without. Where there is nothing to draw, the words say so.
fn drawing(chart: &Chart, language: Language, width: f64, fragment: bool) -> String {
    let picture = chart.plot.as_ref().map_or_else(|| Picture { width, ..Picture::default() }, |plot| plot.draw(width));
    let prefix = [chart.id.as_str(), "-"].concat();
    let Chart { title, reading, source, .. } = chart;
    svg(&picture, &Dress { title, reading, source, prefix: &prefix, language, fragment })
}

fn unknown(id: &str, all: &[Chart]) -> WriteError {
    let known = all.iter().map(|chart| chart.id.as_str()).collect::<Vec<_>>().join(" ");
    let shown: String = id.chars().take(20).collect();
    match known.is_empty() {
        true => WriteError::new(words::WRITE_NOTHING_TO_DRAW, &[]),
        false => WriteError::new(words::WRITE_UNKNOWN_CHART, &[("shown", &shown), ("known", &known)]),
    }
}

impl Page<'_> {
    /// Puts the charts of a section, or those that belong to none that is printed.
    pub fn charts(&mut self, of: impl Fn(&Chart) -> bool) {
        let (charts, rest) = std::mem::take(&mut self.charts).into_iter().partition(of);
        self.charts = rest;
        let charts: Vec<Chart> = charts;
        charts.iter().for_each(|chart| self.chart(chart));
    }

    /// A figure with a drawing in it is known as such even where an editor has dropped its mark, so that a reader takes
    /// its words for no text of the report. Where there is nothing to draw, the drawing is empty.
    fn chart(&mut self, chart: &Chart) {
        self.put("<figure");
        self.attribute(marks::CHART, &chart.id);
        self.put(&format!(" style=\"{FIGURE};font-family:{SANS}\">\n<figcaption><strong style=\"{NAME}\">"));
        self.text(&chart.title);
        self.put("</strong><br>");
        self.text(&chart.reading);
        self.put(&format!("</figcaption>\n<div style=\"{DRAWING}\">"));
        self.put(&drawing(chart, Language::CHINESE, WIDTH, true));
        self.put("</div>\n");
        for words in chart.notes.iter().chain([&chart.source]) {
            self.block("p", None, NOTE, words);
        }
        self.put("</figure>\n");
    }
}
