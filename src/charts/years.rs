//! The figures of one body over the years, across the changes of the form.

use rust_decimal::Decimal;

use super::numbers::{bare, column_label, datum, key, printed, row_label};
use super::{Chart, Choice, ChoiceGroup, Figure, Figures, Row, TREND, View};
use crate::chart::{Break, Datum, Lines, Multiples, Panel, Plot, Series, Tone};
use crate::collection;
use crate::form::{Axis, CellId, ChartForm, ChartKind, Form, List};
use crate::language::Language;
use crate::report::Report;
use crate::words;

/// The reports of one body, by year; two at the least.
pub struct Years<'a> {
    pub reports: Vec<(i32, &'a Report)>,
    /// The year of the one that is shown.
    shown: i32,
}

impl<'a> Years<'a> {
    pub fn of(report: &'a Report, others: &'a [Report]) -> Option<Years<'a>> {
        let shown = report.year?;
        let mut reports = vec![(shown, report)];
        let all: Vec<&Report> = others.iter().collect();
        for other in collection::of_body(&report.agency, &all).into_iter().map(|at| &others[at]) {
            if let Some(year) = other.year.filter(|year| reports.iter().all(|(known, _)| known != year)) {
                reports.push((year, other));
            }
        }
        reports.sort_by_key(|(year, _)| *year);
        (reports.len() > 1).then_some(Years { reports, shown })
    }

    /// Every year from the first to the last.
    fn all(&self) -> std::ops::RangeInclusive<i32> {
        self.first()..=self.last()
    }

    pub fn first(&self) -> i32 {
        self.reports[0].0
    }

    pub fn last(&self) -> i32 {
        self.reports[self.reports.len() - 1].0
    }

    pub fn report(&self, year: i32) -> Option<&'a Report> {
        self.reports.iter().find(|(known, _)| *known == year).map(|(_, report)| *report)
    }

    /// The years between of which there is no report.
    pub fn missing(&self) -> Vec<String> {
        self.all().filter(|year| self.report(*year).is_none()).map(|year| year.to_string()).collect()
    }

    /// By what a report is named before its addresses: nothing for the one that is shown.
    pub fn name(&self, year: i32) -> String {
        if year == self.shown { String::new() } else { year.to_string() }
    }

    /// The figure that a year has for a cell of the form that is shown; `None` where there is no number.
    pub fn figure(&self, view: View, cell: CellId, year: i32) -> Option<(Decimal, Datum)> {
        let report = self.report(year)?;
        let there = report.form.counterpart(view.form(), cell)?;
        let number = report.value(there).number()?;
        let label = view.language.printed_year(year);
        let datum = datum(report, there, view.language, &self.name(year));
        Some((number, Datum { name: label.clone(), label, ..datum }))
    }

    /// What the table says of it: the number, why there is none, or nothing where the form has no such cell.
    pub fn told(&self, view: View, cell: CellId, year: i32) -> Figure {
        let known = self.report(year).and_then(|report| Some((report, report.form.counterpart(view.form(), cell)?)));
        let of = self.name(year);
        known.map_or_else(Figure::default, |(report, there)| Figure {
            text: printed(report, there, view.language),
            cell: key(report, there, &of),
        })
    }

    /// The years in which another form came into use, each with the report that is the first in it.
    fn changes(&self) -> Vec<(i32, &'a Report, &'a Report)> {
        let pairs = self.reports.windows(2).filter(|pair| pair[0].1.form.id != pair[1].1.form.id);
        let of = |pair: &[(i32, &'a Report)]| {
            let from = pair[1].1.form.years.from;
            (from.clamp(pair[0].0 + 1, pair[1].0), pair[0].1, pair[1].1)
        };
        pairs.map(of).collect()
    }

    fn lines(&self, view: View, cell: CellId) -> Lines {
        let points = self.all().map(|year| self.figure(view, cell, year).map(|(_, datum)| datum)).collect();
        let label = |year: i32| view.language.say(words::CHART_NEW_FORM, &[("year", &year.to_string())]);
        Lines {
            years: self.all().collect(),
            series: vec![Series { label: cell_name(view.form(), cell, view.language), tone: Tone::Main, points }],
            breaks: self.changes().iter().map(|(year, ..)| Break { year: *year, label: label(*year) }).collect(),
        }
    }

    /// What has changed with the forms; of one figure also what it was called.
    fn notes(&self, view: View, cell: Option<CellId>) -> Vec<String> {
        let note = |(year, before, after): &(i32, &Report, &Report)| {
            let name = |report: &Report| {
                let there = report.form.counterpart(view.form(), cell?)?;
                Some(cell_name(&report.form, there, view.language))
            };
            let (old, new) = (cell.and_then(|_| name(before)), cell.and_then(|_| name(after)));
            let values = [("year", &*year.to_string()), ("notice", &*after.form.notice.number)];
            let change = view.language.say(words::CHART_NEW_FORM_NOTE, &values);
            match (old, new) {
                (Some(old), Some(new)) if old != new => {
                    let renamed = view.language.say(words::CHART_RENAMED_NOTE, &[("old", &old)]);
                    change + &renamed
                }
                _ => change,
            }
        };
        let mut notes: Vec<String> = self.changes().iter().map(note).collect();
        let missing = self.missing();
        if !missing.is_empty() {
            let values = [("years", &*view.list(&missing))];
            notes.push(view.language.say(words::CHART_MISSING_YEARS, &values));
        }
        notes
    }

    pub fn source(&self, view: View) -> String {
        let values = [
            ("agency", &*view.report.agency),
            ("first", &*self.first().to_string()),
            ("last", &*self.last().to_string()),
            ("count", &*self.reports.len().to_string()),
        ];
        view.language.say(words::CHART_SOURCE_YEARS, &values)
    }
}

/// What a cell is called beside others of all tables.
pub fn cell_name(form: &Form, cell: CellId, language: Language) -> String {
    let table = form.table(cell);
    let row = row_label(form, cell, language);
    // What is counted this year is meant where the rows are a report's own.
    let this_year = form.open && form.cell(cell).column == 0;
    let plain = table.columns.len() == 1 || this_year || is_total_of_row(form, cell);
    if plain { row } else { [&*row, language.word(words::CHART_DOT), &*column_label(form, cell, language)].concat() }
}

/// Whether a cell is the sum of the others of its row.
fn is_total_of_row(form: &Form, cell: CellId) -> bool {
    let mut of_rows = form.instances.iter().filter(|instance| matches!(instance.along, Some((Axis::Row, _))));
    of_rows.any(|instance| instance.total == Some(cell))
}

/// Small charts of figures side by side.
pub fn overview(view: View, years: &Years, form: &ChartForm, chart: &mut Chart) {
    chart.figures.heads.push(view.language.word(words::CHART_YEAR).to_owned());
    let new_row = |(year, _): &(i32, &Report)| Row { label: view.language.printed_year(*year), ..Row::default() };
    chart.figures.rows = years.reports.iter().map(new_row).collect();
    let mut panels = Vec::new();
    for cell in form.cells(List::Cells) {
        let lines = years.lines(view, *cell);
        if lines.series[0].points.iter().flatten().count() < 2 {
            continue;
        }
        let title = cell_name(view.form(), *cell, view.language);
        chart.figures.heads.push(title.clone());
        for (row, (year, _)) in chart.figures.rows.iter_mut().zip(&years.reports) {
            row.cells.push(years.told(view, *cell, *year));
        }
        panels.push(Panel { title, lines });
    }
    let values = [
        ("first", &*years.first().to_string()),
        ("last", &*years.last().to_string()),
        ("count", &*years.reports.len().to_string()),
    ];
    let message = words::CHART_YEARS_OVERVIEW;
    chart.reading = view.language.say(message, &values);
    chart.source = years.source(view);
    chart.notes = years.notes(view, None);
    chart.plot = (!panels.is_empty()).then_some(Plot::Multiples(Multiples { panels }));
}

/// One figure over the years; `None` where the forms of no two years share any.
pub fn trend(view: View, years: &Years, chosen: Option<CellId>) -> Option<Chart> {
    let others: Vec<&Form> =
        years.reports.iter().filter(|(year, _)| *year != years.shown).map(|(_, report)| &*report.form).collect();
    let groups = options(view, &others);
    let cell = chosen.or_else(|| first_choice(view, &groups))?;
    let points: Vec<(i32, Decimal, Datum)> = years
        .all()
        .filter_map(|year| years.figure(view, cell, year).map(|(number, datum)| (year, number, datum)))
        .collect();
    let name = cell_name(view.form(), cell, view.language);
    let row = |(year, report): &(i32, &Report)| Row {
        label: view.language.printed_year(*year),
        level: 0,
        cells: vec![
            years.told(view, cell, *year),
            Figure { text: report.form.name.get(view.language).to_owned(), cell: String::new() },
        ],
    };
    let heads = [view.language.word(words::CHART_YEAR), &name, view.language.word(words::CHART_FORM)];
    let heads = heads.map(str::to_owned).to_vec();
    let figures = Figures { heads, rows: years.reports.iter().map(row).collect() };
    Some(Chart {
        id: TREND.to_owned(),
        title: view.language.say(words::CHART_OVER_YEARS, &[("name", &name)]),
        reading: reading(view, &points),
        notes: years.notes(view, Some(cell)),
        plot: (!points.is_empty()).then(|| Plot::Lines(years.lines(view, cell))),
        figures,
        source: years.source(view),
        choice: Some(Choice { chosen: view.form().cell(cell).address.clone(), groups }),
        ..Chart::default()
    })
}

fn reading(view: View, points: &[(i32, Decimal, Datum)]) -> String {
    let language = view.language;
    let (Some((first, a, from)), Some((last, b, to))) = (points.first(), points.last()) else {
        return language.word(words::CHART_FIGURE_IN_NO_YEAR).to_owned();
    };
    let most = points.iter().map(|(_, number, _)| *number).max().unwrap_or_default();
    let peaks: Vec<String> =
        points.iter().filter(|(_, number, _)| *number == most).map(|(year, ..)| year.to_string()).collect();
    let peak = points.iter().find(|(_, number, _)| *number == most).map(|(.., datum)| datum.text.as_str());
    let values = [
        ("first", &*first.to_string()),
        ("last", &*last.to_string()),
        ("from", &*from.text),
        ("to", &*to.text),
        ("peaks", &*view.list(&peaks)),
        ("most", peak.unwrap_or_default()),
    ];
    let message = if points.len() == 1 {
        words::CHART_YEARS_ONLY
    } else if points.iter().all(|(_, number, _)| number == a) {
        words::CHART_YEARS_EQUAL
    } else if most == *a || most == *b {
        words::CHART_YEARS_PEAK_AT_END
    } else {
        words::CHART_YEARS_PEAK
    };
    language.say(message, &values)
}

/// The figures that a form shares with one of others, by table; a long table column by column, its total first.
pub fn options(view: View, others: &[&Form]) -> Vec<ChoiceGroup> {
    let form = view.form();
    let shared = |cell: &CellId| others.iter().any(|other| other.counterpart(form, *cell).is_some());
    let option = |cell: CellId, label: String| (form.cell(cell).address.clone(), label);
    let mut groups = Vec::new();
    for table in &form.tables {
        let long = table.rows.len() > LONG && table.columns.len() > 1;
        let rows = || 0..table.rows.len();
        if !long {
            let cells = rows().flat_map(|row| (0..table.columns.len()).map(move |column| table.cell(row, column)));
            let options = cells.filter(shared).map(|cell| option(cell, cell_name(form, cell, view.language))).collect();
            groups.push(ChoiceGroup { label: bare(&table.name, view.language), options });
            continue;
        }
        for column in (0..table.columns.len()).rev() {
            let cells = rows().map(|row| table.cell(row, column)).filter(shared);
            let options = cells.map(|cell| option(cell, row_label(form, cell, view.language))).collect();
            groups.push(ChoiceGroup { label: bare(&table.columns[column].label, view.language), options });
        }
    }
    groups.retain(|group| !group.options.is_empty());
    groups
}

/// How many rows a table may have before its figures are chosen column by column.
const LONG: usize = 6;

/// The first figure that the form has for the years, or else the first that is there.
pub fn first_choice(view: View, groups: &[ChoiceGroup]) -> Option<CellId> {
    let there = |address: &str| groups.iter().any(|group| group.options.iter().any(|(known, _)| known == address));
    let trends = view.form().charts.iter().find(|chart| chart.kind == ChartKind::Trends);
    let cells = trends.map(|chart| chart.cells(List::Cells)).unwrap_or_default();
    let preferred = cells.iter().copied().find(|cell| there(&view.form().cell(*cell).address));
    preferred.or_else(|| view.form().find(&groups.first()?.options.first()?.0))
}
