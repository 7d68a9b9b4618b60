//! What of reports is shown as pictures, as their forms say: each picture with its title, a sentence that says
//! what it shows, the figures that it is made of, and what a reader has to know of them.

mod bodies;
mod chain;
mod figures;
mod flow;
mod numbers;
mod parts;
mod results;
mod years;

use crate::chart::Plot;
use crate::form::{ChartKind, Form};
use crate::language::Language;
use crate::report::Report;
use crate::words;

/// The chart of a figure that is chosen, over the years; and the one of it among other bodies.
pub const TREND: &str = "trend";
pub const BODIES: &str = "bodies";

/// One picture of figures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// By which a page chooses it: `outcomes`.
    pub id: String,
    /// The section of the report whose figures it shows; `None` for one over several reports.
    pub section: Option<String>,
    pub title: String,
    /// What it shows, in one sentence, computed from the figures.
    pub reading: String,
    /// What has to be known of it, each in a sentence: what is not filled in, what does not add up, what has
    /// changed between years.
    pub notes: Vec<String>,
    /// `None` where there is nothing to draw, which is what the reading says then.
    pub plot: Option<Plot>,
    pub figures: Figures,
    /// Where its figures come from.
    pub source: String,
    /// The figure that it shows, and those that it could show instead.
    pub choice: Option<Choice>,
}

/// Exactly the figures that a picture shows, as a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// What stands over the labels of the rows, and over the columns.
    pub heads: Vec<String>,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    pub label: String,
    /// How deep it stands below others.
    pub level: u8,
    pub cells: Vec<Figure>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    pub text: String,
    /// Where it stands: an address in the report that is shown, one behind a slash in another
    /// (`2020/requests.received.total`); empty where it is computed. Marks name their cells in the same way.
    pub cell: String,
}

/// A figure that is chosen among others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// The address of the one that is shown.
    pub chosen: String,
    pub groups: Vec<ChoiceGroup>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChoiceGroup {
    pub label: String,
    /// Addresses with their labels.
    pub options: Vec<(String, String)>,
}

/// The figures that a reader has chosen, by the id of the chart.
pub type Choices = Vec<(String, String)>;

/// The charts of a report, and of that report among `others`: of the same body in other years, of other bodies.
/// Those over several reports are there where there are several.
pub fn of(report: &Report, others: &[Report], choices: &Choices, language: Language) -> Vec<Chart> {
    let view = View { report, language };
    let years = years::Years::of(report, others);
    let mut charts = Vec::new();
    for form in &report.form.charts {
        let mut chart = Chart { id: form.id.clone(), title: form.title.get(language).to_owned(), ..Chart::default() };
        match (form.kind, &years) {
            (ChartKind::Parts, _) => parts::make(view, form, &mut chart),
            (ChartKind::Flow, _) => flow::make(view, form, &mut chart),
            (ChartKind::Results, _) => results::make(view, form, &mut chart),
            (ChartKind::Figures, _) => figures::make(view, form, &mut chart),
            (ChartKind::Chain, Some(years)) => chain::make(view, years, form, &mut chart),
            (ChartKind::Trends, Some(years)) => years::overview(view, years, form, &mut chart),
            (ChartKind::Chain | ChartKind::Trends, None) => continue,
        }
        if form.kind.is_of_one_report() {
            chart.source = view.source();
            chart.section = form.tables.first().map(|table| report.form.section_of(*table).id.clone());
        }
        charts.push(chart);
    }
    let chosen = |id: &str| choices.iter().find(|(of, _)| of == id).and_then(|(_, address)| report.form.find(address));
    charts.extend(years.as_ref().and_then(|years| years::trend(view, years, chosen(TREND))));
    charts.extend(bodies::chart(view, others, chosen(BODIES)));
    charts
}

/// Those of the charts that are named by their ids, in that order; all where nothing is said.
pub fn named(charts: Vec<Chart>, ids: Option<&str>) -> Vec<Chart> {
    let Some(ids) = ids else { return charts };
    let mut charts: Vec<Option<Chart>> = charts.into_iter().map(Some).collect();
    let mut take = |id| charts.iter_mut().find(|chart| chart.as_ref().is_some_and(|chart| chart.id == id))?.take();
    ids.split_whitespace().filter_map(&mut take).collect()
}

/// The report that is shown, and the language in which.
#[derive(Clone, Copy)]
struct View<'a> {
    report: &'a Report,
    language: Language,
}

impl View<'_> {
    fn form(&self) -> &Form {
        &self.report.form
    }

    /// Where the figures of the report come from.
    fn source(&self) -> String {
        let title = self.report.printed_title(self.language);
        self.language.say(words::CHART_SOURCE, &[("title", &title)])
    }
}

#[cfg(test)]
mod tests;
