//! One figure of several bodies, ranked.

use rust_decimal::Decimal;

use super::numbers::{datum, key, printed};
use super::years::{cell_name, first_choice, options};
use super::{BODIES, Chart, Choice, Figure, Figures, Row, View};
use crate::chart::{Bar, BarGroup, Bars, Datum, Plot, Tone};
use crate::collection;
use crate::form::{CellId, Form};
use crate::pairing::plain_name;
use crate::report::Report;
use crate::words;

/// A body with its figure.
struct Body<'a> {
    report: &'a Report,
    /// `None` where the form has no such cell.
    cell: Option<CellId>,
    number: Option<Decimal>,
    label: String,
    /// What it is called before an address; nothing for the one that is shown.
    of: &'a str,
}

/// The chosen figure of the report and of those of other bodies; `None` where there are no others.
pub fn chart<'a>(view: View<'a>, others: &'a [Report], chosen: Option<CellId>) -> Option<Chart> {
    let reports = of_other_bodies(view.report, others);
    if reports.is_empty() {
        return None;
    }
    let forms: Vec<&Form> = reports.iter().map(|report| &*report.form).collect();
    let groups = options(view, &forms);
    let cell = chosen.or_else(|| first_choice(view, &groups))?;
    let same_year = reports.iter().all(|report| report.year == view.report.year);
    let body = |report: &'a Report, of| {
        let there = report.form.counterpart(view.form(), cell);
        let name = match report.agency.trim() {
            "" => view.language.word(words::CHART_THIS_REPORT),
            name => name,
        };
        let label = match report.year.filter(|_| !same_year) {
            Some(year) => {
                let year = view.language.printed_year(year);
                view.language.say(words::CHART_BODY_IN_YEAR, &[("name", name), ("year", &year)])
            }
            None => name.to_owned(),
        };
        Body { report, cell: there, number: there.and_then(|cell| report.value(cell).number()), label, of }
    };
    let mut bodies = vec![body(view.report, "")];
    bodies.extend(reports.iter().map(|report| body(report, report.agency.as_str())));
    // Stable: bodies of the same figure stay in the order in which they came.
    bodies.sort_by_key(|body| std::cmp::Reverse(body.number));
    let name = cell_name(view.form(), cell, view.language);
    let mut notes = Vec::new();
    if !same_year {
        notes.push(view.language.word(words::CHART_YEARS_DIFFER).to_owned());
    }
    let plot = bodies.iter().any(|body| body.number.is_some_and(|number| !number.is_zero()));
    let plot = plot.then(|| Plot::Bars(Bars { groups: by_form(view, &bodies) }));
    Some(Chart {
        id: BODIES.to_owned(),
        title: view.language.say(words::CHART_BY_BODY, &[("name", &name)]),
        reading: reading(view, &bodies),
        notes,
        plot,
        figures: figures(view, &bodies, &name),
        source: view.language.say(words::CHART_SOURCE_BODIES, &[("count", &bodies.len().to_string())]),
        choice: Some(Choice { chosen: view.form().cell(cell).address.clone(), groups }),
        ..Chart::default()
    })
}

/// One report for each other body: that of the same year, or else the newest.
fn of_other_bodies<'a>(report: &Report, others: &'a [Report]) -> Vec<&'a Report> {
    let mut chosen: Vec<&Report> = Vec::new();
    let rank = |other: &Report| (other.year == report.year, other.year);
    let all: Vec<&Report> = others.iter().collect();
    let own = collection::of_body(&report.agency, &all);
    let named = |at: &usize| !own.contains(at) && !others[*at].agency.trim().is_empty();
    for other in (0..others.len()).filter(named).map(|at| &others[at]) {
        let name = plain_name(&other.agency);
        match chosen.iter_mut().find(|known| plain_name(&known.agency) == name) {
            Some(known) if rank(other) > rank(known) => *known = other,
            Some(_) => {}
            None => chosen.push(other),
        }
    }
    chosen
}

impl Body<'_> {
    fn datum(&self, view: View) -> Datum {
        let tone = if self.of.is_empty() { Tone::Main } else { Tone::Quiet };
        let known = self.cell.map(|cell| datum(self.report, cell, view.language, self.of)).unwrap_or_default();
        Datum { label: self.label.clone(), name: self.label.clone(), tone, ..known }
    }

    fn missing(&self, view: View) -> String {
        match self.cell {
            _ if self.number.is_some() => String::new(),
            Some(cell) => printed(self.report, cell, view.language),
            None => view.language.word(words::CHART_NOT_IN_FORM).to_owned(),
        }
    }
}

/// Bodies whose reports have another form stand apart.
fn by_form(view: View, bodies: &[Body]) -> Vec<BarGroup> {
    let mut groups: Vec<(&str, BarGroup)> = Vec::new();
    for body in bodies {
        let bar = Bar { datum: body.datum(view), level: 0, missing: body.missing(view) };
        match groups.iter_mut().find(|(form, _)| *form == body.report.form.id) {
            Some((_, group)) => group.bars.push(bar),
            None => {
                let title = body.report.form.name.get(view.language).to_owned();
                groups.push((&body.report.form.id, BarGroup { title, scale: 0, bars: vec![bar] }));
            }
        }
    }
    if let [(_, only)] = groups.as_mut_slice() {
        only.title.clear();
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn figures(view: View, bodies: &[Body], name: &str) -> Figures {
    let figure = |body: &Body| match body.cell {
        Some(cell) => Figure { text: printed(body.report, cell, view.language), cell: key(body.report, cell, body.of) },
        None => Figure { text: body.missing(view), cell: String::new() },
    };
    let row = |body: &Body| Row { label: body.label.clone(), level: 0, cells: vec![figure(body)] };
    let head = view.language.word(words::CHART_BODY).to_owned();
    Figures { heads: vec![head, name.to_owned()], rows: bodies.iter().map(row).collect() }
}

fn reading(view: View, bodies: &[Body]) -> String {
    let known: Vec<(&Body, Decimal)> = bodies.iter().filter_map(|body| Some((body, body.number?))).collect();
    let Some((first, most)) = known.first() else {
        return view.language.word(words::CHART_FIGURE_IN_NONE).to_owned();
    };
    let top: Vec<String> =
        known.iter().filter(|(_, number)| number == most).map(|(body, _)| body.label.clone()).collect();
    let own = known.iter().find(|(body, _)| body.of.is_empty());
    let rank = own.map(|(_, own)| 1 + known.iter().filter(|(_, number)| number > own).count());
    let values = [
        ("count", &*known.len().to_string()),
        ("top", &*view.list(&top)),
        ("most", &*first.cell.map(|cell| printed(first.report, cell, view.language)).unwrap_or_default()),
        ("own", &*own.map(|(body, _)| body.label.clone()).unwrap_or_default()),
        ("rank", &*rank.unwrap_or_default().to_string()),
    ];
    let message = if known.len() == 1 {
        words::CHART_BODIES_ONE
    } else if top.len() == known.len() {
        words::CHART_BODIES_EQUAL
    } else if rank.is_none_or(|rank| rank == 1) {
        words::CHART_BODIES_MOST
    } else {
        words::CHART_BODIES_RANK
    };
    view.language.say(message, &values)
}
