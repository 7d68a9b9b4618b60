//! A whole taken apart: who asks, what became of the requests.

use rust_decimal::Decimal;

use super::numbers::{bare, share};
use super::{Chart, Figure, Figures, Row, View};
use crate::chart::{Bar, BarGroup, Bars, Datum, Plot, Tone};
use crate::form::{CellId, ChartForm, Form, Line, List, Reading};
use crate::language::Language;
use crate::words;

/// One part, or several under a common head.
pub struct Part {
    pub label: String,
    pub cells: Vec<CellId>,
    pub tone: Tone,
}

impl Part {
    fn is_group(&self) -> bool {
        self.cells.len() > 1
    }
}

/// Takes parts together that stand under a merged head of their own.
pub fn grouped(view: View, parts: &[CellId]) -> Vec<Part> {
    let form = view.form();
    let common = heads_in_common(form, parts);
    let mut grouped: Vec<Part> = Vec::new();
    let mut last: Option<&str> = None;
    for cell in parts {
        let head = line(form, parts, *cell).groups.get(common);
        match grouped.last_mut() {
            Some(part) if head.is_some() && last == head.map(|head| head.zh.as_str()) => part.cells.push(*cell),
            _ => {
                let label = match head {
                    Some(head) => bare(head, view.language),
                    None => part_label(form, parts, *cell, view.language),
                };
                let tone = Tone::Kind(grouped.len() as u8);
                grouped.push(Part { label, cells: vec![*cell], tone });
            }
        }
        last = head.map(|head| head.zh.as_str());
    }
    grouped
}

/// Whether the parts stand in one row, beside each other.
fn in_a_row(form: &Form, parts: &[CellId]) -> bool {
    parts.iter().all(|cell| form.cell(*cell).row == form.cell(parts[0]).row)
}

/// The line that tells a part from the others.
fn line<'a>(form: &'a Form, parts: &[CellId], cell: CellId) -> &'a Line {
    let (table, at) = (form.table(cell), form.cell(cell));
    if in_a_row(form, parts) { &table.columns[at.column] } else { &table.rows[at.row] }
}

fn part_label(form: &Form, parts: &[CellId], cell: CellId, language: Language) -> String {
    super::numbers::line_label(line(form, parts, cell), language)
}

/// How many merged heads all parts stand under.
fn heads_in_common(form: &Form, parts: &[CellId]) -> usize {
    let heads = |cell: &CellId| &line(form, parts, *cell).groups;
    let Some(first) = parts.first().map(heads) else { return 0 };
    let shared = |other: &Vec<_>| first.iter().zip(other).take_while(|(one, other)| one == other).count();
    parts.iter().map(|cell| shared(heads(cell))).min().unwrap_or(0)
}

pub fn make(view: View, form: &ChartForm, chart: &mut Chart) {
    let parts = form.cells(List::Parts);
    let whole = form.cells(List::Whole).first().copied();
    let groups = grouped(view, parts);
    let sum = view.sum(parts);
    let stated = whole.and_then(|whole| view.number(whole));
    view.note_missing(parts, &mut chart.notes);
    if let (Some(whole), Some(stated)) = (whole, stated.filter(|stated| *stated != sum)) {
        let values = [("sum", &*view.in_unit_of(whole, sum)), ("whole", &*view.in_unit_of(whole, stated))];
        chart.notes.push(view.language.say(words::CHART_PARTS_DIFFER, &values));
    }
    // Where there are only two or none are told apart further, their names say enough.
    let plain = groups.len() <= 2 || groups.iter().all(|group| !group.is_group()) && in_a_row(view.form(), parts);
    let maker = Maker { view, parts, sum, plain };
    let drawn = !sum.is_zero();
    let zeros = maker.zeros(&groups);
    if !zeros.is_empty() && drawn {
        let values = [("names", &*view.list(&zeros))];
        chart.notes.push(view.language.say(words::CHART_THESE_ARE_ZERO, &values));
    }
    chart.reading = maker.reading(form, &groups, whole);
    let group = || BarGroup { bars: maker.bars(&groups), ..BarGroup::default() };
    chart.plot = drawn.then(|| Plot::Bars(Bars { groups: vec![group()] }));
    chart.figures = maker.figures(&groups, whole);
}

struct Maker<'a> {
    view: View<'a>,
    parts: &'a [CellId],
    sum: Decimal,
    plain: bool,
}

impl Maker<'_> {
    fn label(&self, cell: CellId) -> String {
        part_label(self.view.form(), self.parts, cell, self.view.language)
    }

    /// The labels of parts under a common head that are 0: there are too many of them to draw.
    fn zeros(&self, groups: &[Part]) -> Vec<String> {
        let inner = groups.iter().filter(|group| group.is_group() && !self.view.sum(&group.cells).is_zero());
        let zero = |cell: &&CellId| self.view.number(**cell).is_some_and(|number| number.is_zero());
        inner.flat_map(|group| &group.cells).filter(zero).map(|cell| self.label(*cell)).collect()
    }

    fn datum(&self, group: &Part) -> Datum {
        let tone = if self.plain { Tone::Main } else { group.tone };
        let share = share(self.view.sum(&group.cells), self.sum);
        Datum { share, ..self.view.total(&group.label, &group.cells, tone) }
    }

    fn bars(&self, groups: &[Part]) -> Vec<Bar> {
        let mut bars = Vec::new();
        for group in groups {
            let datum = self.datum(group);
            let missing = match group.cells[..] {
                [cell] => self.view.missing(cell),
                _ => String::new(),
            };
            let tone = datum.tone;
            let sum = self.view.sum(&group.cells);
            bars.push(Bar { datum, level: 0, missing });
            if !group.is_group() || sum.is_zero() {
                continue;
            }
            for cell in
                group.cells.iter().filter(|cell| self.view.number(**cell).is_none_or(|number| !number.is_zero()))
            {
                let label = self.label(*cell);
                let name = self.view.within(&group.label, &label);
                let share = self.view.number(*cell).map(|number| share(number, self.sum)).unwrap_or_default();
                let datum = Datum { label, name, share, ..self.view.datum(*cell, tone) };
                bars.push(Bar { datum, level: 1, missing: self.view.missing(*cell) });
            }
        }
        bars
    }

    fn figures(&self, groups: &[Part], whole: Option<CellId>) -> Figures {
        let view = self.view;
        let share = |number| Figure { text: share(number, self.sum), cell: String::new() };
        let mut rows = Vec::new();
        for group in groups {
            let sum = view.sum(&group.cells);
            if group.is_group() {
                let text = view.in_unit_of(group.cells[0], sum);
                let cells = vec![Figure { text, cell: String::new() }, share(sum)];
                rows.push(Row { label: group.label.clone(), level: 0, cells });
            }
            for cell in &group.cells {
                let cells = vec![view.figure(*cell), share(view.number(*cell).unwrap_or_default())];
                rows.push(Row { label: self.label(*cell), level: u8::from(group.is_group()), cells });
            }
        }
        if let Some(whole) = whole {
            let label = view.language.word(words::CHART_TOTAL).to_owned();
            rows.push(Row { label, level: 0, cells: vec![view.figure(whole), Figure::default()] });
        }
        let heads = ["", view.language.word(words::CHART_NUMBER), view.language.word(words::CHART_SHARE)];
        Figures { heads: heads.map(str::to_owned).to_vec(), rows }
    }

    fn reading(&self, form: &ChartForm, groups: &[Part], total: Option<CellId>) -> String {
        let (view, language) = (self.view, self.view.language);
        let stated = total.and_then(|total| view.number(total));
        // Whether nothing can be missing among the parts.
        let complete = match stated {
            Some(stated) => stated == self.sum,
            None => self.parts.iter().all(|cell| view.number(*cell).is_some()),
        };
        let unsure = !complete && (stated.is_none() || self.sum.is_zero());
        if unsure
            && self.parts.iter().chain(&total).any(|cell| view.number(*cell).is_some_and(|number| !number.is_zero()))
        {
            let of = self.parts[0];
            let values = [
                ("sum", &*view.in_unit_of(of, self.sum)),
                ("whole", &*stated.map(|stated| view.in_unit_of(of, stated)).unwrap_or_default()),
            ];
            let message = match stated {
                Some(_) => words::CHART_TOTAL_AND_PARTS,
                None => words::CHART_PARTS_SO_FAR,
            };
            return language.say(message, &values);
        }
        let whole = stated.unwrap_or(self.sum);
        let mut there: Vec<(Decimal, &Part)> =
            groups.iter().map(|group| (view.sum(&group.cells), group)).filter(|(sum, _)| !sum.is_zero()).collect();
        // Stable, so that those of the same number stay in the order of the form.
        there.sort_by_key(|(sum, _)| std::cmp::Reverse(*sum));
        let reading = match there.len() {
            0 => return view.nothing(form, total.as_ref().map_or(self.parts, std::slice::from_ref)),
            1 if complete && whole == Decimal::ONE => Reading::One,
            1 if complete => Reading::All,
            _ => Reading::Many,
        };
        let lead = form.cells(List::Lead);
        let leads = |part: &&Part| part.cells.iter().any(|cell| lead.contains(cell));
        let mut ranked: Vec<&Part> = groups.iter().filter(leads).collect();
        for (_, part) in &there {
            if ranked.len() < MOST_NAMED && !ranked.iter().any(|known| known.cells == part.cells) {
                ranked.push(part);
            }
        }
        let mut ranking = Vec::new();
        for part in ranked {
            let sum = view.sum(&part.cells);
            // Of a whole that is not all of them there are no shares.
            let much = if complete { share(sum, self.sum) } else { view.in_unit_of(part.cells[0], sum) };
            ranking.push([&*part.label, language.word(words::SPACE), &*much].concat());
        }
        let largest = there.first().map(|(_, part)| part.label.as_str()).unwrap_or_default();
        let values = [("whole", &*whole.to_string()), ("largest", largest), ("ranking", &*view.list(&ranking))];
        crate::language::fill(form.reading(reading).get(language), &values)
    }
}

/// How many parts a sentence names.
const MOST_NAMED: usize = 3;
