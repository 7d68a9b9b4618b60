//! The charts of a report: all of them in place of its tables, or where one edits, those of a section below its
//! tables. What is drawn is said by [`crate::charts`] and laid out by [`crate::chart`].

mod drawing;
mod moves;
mod picture;
mod tip;
mod twin;

use std::rc::Rc;

use yew::{Html, html};

use super::CHARTS;
use super::exporting::{DRAWN, Format, PAINTED};
use super::scene::{Action, Scene, each};
use super::session::Session;
use super::wording::Words;
use crate::charts::{self, Chart, Choices};
use crate::form::CellId;
use drawing::Drawing;

/// A chart that is to be saved as a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    pub chart: String,
    pub title: String,
    pub format: &'static Format,
    /// In pixels.
    pub width: f64,
    pub choices: Choices,
}

/// Where in a chart the focus goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    pub chart: String,
    pub place: Place,
    /// Tells it from one to the same place before.
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// A mark, in the order in which they are read.
    Mark(usize),
    /// What is drawn of the figure at an address, or where nothing is, the figure in the chart's own table.
    Figure(String),
}

/// How charts are shown.
#[derive(Clone, Copy, Default)]
pub struct Showing<'a> {
    /// Whether a reader can choose between tables and charts.
    pub offered: bool,
    /// Whether they were asked for and are on their way.
    pub awaited: bool,
    /// Whether charts are chosen.
    pub on: bool,
    /// All that the page lets appear. Where they are not shown, they are known only once a figure is pointed at.
    pub charts: &'a [Rc<Chart>],
    pub goal: Option<&'a Goal>,
    /// The figure of a table that is pointed at, for the way to its charts.
    pub pointed: Option<CellId>,
}

impl Showing<'_> {
    /// The charts that show a figure.
    pub fn of(&self, address: &str) -> impl Iterator<Item = &Rc<Chart>> {
        self.charts.iter().filter(move |chart| shows(chart, address))
    }
}

/// Whether a figure stands in a chart that is drawn.
pub fn shows(chart: &Chart, address: &str) -> bool {
    let figures = &mut chart.figures.rows.iter().flat_map(|row| &row.cells);
    chart.plot.is_some() && figures.any(|figure| figure.cell == address)
}

/// Computes the charts anew, those that the page names, in its order; says whether any has changed. One that has
/// not stays the same, so that it is not drawn again.
pub fn renew(
    known: &mut Vec<Rc<Chart>>,
    session: &Session,
    choices: &Choices,
    chosen: Option<&str>,
    words: Words,
) -> bool {
    let all = charts::of(&session.report, &session.beside(), choices, words.0);
    let take = |chart: Chart| known.iter().find(|known| ***known == chart).cloned().unwrap_or_else(|| Rc::new(chart));
    let anew: Vec<Rc<Chart>> = charts::named(all, chosen).into_iter().map(take).collect();
    let same = anew.len() == known.len() && anew.iter().zip(&*known).all(|(new, old)| Rc::ptr_eq(new, old));
    *known = anew;
    !same
}

/// The id of a chart's title.
pub fn title_id(chart: &str) -> String {
    ["chart-", chart].concat()
}

/// The id of a mark.
pub fn mark_id(chart: &str, mark: usize) -> String {
    ["mark-", chart, "-", &mark.to_string()].concat()
}

/// The chart and the mark that an id names.
pub fn mark_of(id: &str) -> Option<(&str, usize)> {
    let (chart, mark) = id.strip_prefix("mark-")?.rsplit_once('-')?;
    Some((chart, mark.parse().ok()?))
}

/// The button that shows tables, and the one that shows charts.
pub fn switch(scene: &Scene) -> Html {
    let (words, showing) = (scene.words, &scene.showing);
    let button = |charts: bool, id: &'static str, label: &'static str| {
        let onclick = scene.act.reform(move |_| Action::Turn(charts));
        let awaited = (charts && showing.awaited).then_some("true");
        html! { <button {id} type="button" aria-pressed={(showing.on == charts).to_string()} aria-busy={awaited} {onclick}>{ label }</button> }
    };
    if !showing.offered {
        return Html::default();
    }
    html! {
        <div class="views" part="views" role="group" aria-label={words.shown_as()}>
            { button(false, "view-tables", words.tables()) }
            { button(true, "view-charts", words.charts()) }
        </div>
    }
}

/// The charts in place of contents.
pub fn contents(scene: &Scene) -> Html {
    let entry = |chart: &Rc<Chart>| {
        html! { <li>{ scene.link("entry", title_id(&chart.id), None, chart.title.clone().into()) }</li> }
    };
    html! {
        <nav class="contents" part="contents" aria-label={scene.words.contents()}>
            <p class="name" aria-hidden="true">{ scene.words.contents() }</p>
            <ol role="list">{ each(scene.showing.charts.iter().map(entry)) }</ol>
        </nav>
    }
}

/// All charts.
pub fn all(scene: &Scene) -> Html {
    if !CHARTS {
        return Html::default();
    }
    if scene.showing.charts.is_empty() {
        return html! { <p class="quiet">{ scene.words.no_charts() }</p> };
    }
    list(scene, |_| true, false)
}

/// The charts of a section, or those over several reports, where they stand below tables.
pub fn of_section(scene: &Scene, section: Option<&str>) -> Html {
    match CHARTS && scene.showing.on && scene.edits() {
        true => list(scene, |chart| chart.section.as_deref() == section, section.is_some()),
        false => Html::default(),
    }
}

fn list(scene: &Scene, shown: impl Fn(&Chart) -> bool, below: bool) -> Html {
    let files: Vec<_> = [&DRAWN, &PAINTED].into_iter().filter(|format| scene.at_hand.has(format)).collect();
    let drawing = |chart: &Rc<Chart>| {
        let goal = scene.showing.goal.filter(|goal| goal.chart == chart.id).cloned();
        html! {
            <Drawing key={chart.id.clone()} chart={chart.clone()} {goal} {below} files={files.clone()} words={scene.words} act={scene.act.clone()} />
        }
    };
    let mut shown = scene.showing.charts.iter().filter(|chart| shown(chart)).peekable();
    match shown.peek() {
        Some(_) => html! { <div class="charts" part="charts">{ each(shown.map(drawing)) }</div> },
        None => Html::default(),
    }
}

/// The way from a figure to the charts that show it.
pub fn ways(scene: &Scene, address: &str) -> Html {
    if !CHARTS {
        let goal = Action::ToChart { chart: String::new(), address: address.to_owned() };
        return scene.button("toggle", goal, scene.words.see_in_charts());
    }
    let way = |chart: &Rc<Chart>| {
        let goal = (chart.id.clone(), address.to_owned());
        let onclick = scene.act.reform(move |_| Action::ToChart { chart: goal.0.clone(), address: goal.1.clone() });
        html! { <button class="toggle" type="button" {onclick}>{ scene.words.see_in_chart(&chart.title) }</button> }
    };
    each(scene.showing.of(address).map(way))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Bars, Plot};
    use crate::charts::{Figure, Figures, Row};
    use crate::forms::Forms;
    use crate::language::Language;
    use crate::report::Report;
    use crate::ui::reading::Reading;

    #[test]
    fn only_a_chart_whose_figures_have_changed_is_another() {
        let json = include_str!("../../www/demo/2023-suqian.json");
        let report = Report::from_json(json, &Forms::official()).unwrap();
        let mut session = Session::new(Reading::from(report), None, Language::CHINESE);
        let (words, mut charts) = (Words(Language::CHINESE), Vec::new());
        let none = Choices::default();
        assert!(renew(&mut charts, &session, &none, None, words));
        let before = charts.clone();
        assert!(before.len() >= 5 && !renew(&mut charts, &session, &none, None, words));
        let cell = session.report.form.find("disputes.review.upheld").unwrap();
        session.report.set(cell, 7.into());
        assert!(renew(&mut charts, &session, &none, None, words));
        let changed = charts.iter().zip(&before).filter(|(new, old)| !Rc::ptr_eq(new, old));
        assert_eq!(changed.map(|(chart, _)| &*chart.id).collect::<Vec<_>>(), ["disputes"]);
        assert!(renew(&mut charts, &session, &none, Some("flow nothing outcomes flow"), words));
        assert_eq!(charts.iter().map(|chart| &*chart.id).collect::<Vec<_>>(), ["flow", "outcomes"]);
    }

    #[test]
    fn a_figure_leads_to_the_charts_that_are_drawn_of_it() {
        let figure = Figure { text: "3件".to_owned(), cell: "requests.received.total".to_owned() };
        let rows = vec![Row { cells: vec![figure], ..Row::default() }];
        let mut chart = Chart {
            id: "a".to_owned(),
            section: None,
            title: String::new(),
            reading: String::new(),
            notes: Vec::new(),
            plot: Some(Plot::Bars(Bars::default())),
            figures: Figures { rows, ..Figures::default() },
            source: String::new(),
            choice: None,
        };
        assert!(shows(&chart, "requests.received.total") && !shows(&chart, "requests.received.business"));
        chart.plot = None;
        assert!(!shows(&chart, "requests.received.total"));
    }

    #[test]
    fn a_mark_is_found_by_its_id() {
        assert_eq!(mark_of(&mark_id("article20-1", 12)), Some(("article20-1", 12)));
        assert_eq!(mark_of("cell-requests.granted.total"), None);
    }
}
