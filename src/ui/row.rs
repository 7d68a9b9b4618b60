//! A row of a printed table. It is a component of its own, so that typing draws anew only the rows in
//! which something has changed.

use std::rc::Rc;
use std::sync::Arc;

use web_sys::HtmlSelectElement;
use yew::{Callback, Component, Context, Event, Html, TargetCast, html};

use super::EDITOR;
use super::marks::Mark;
use super::scene::{Action, cell_id, each, finding_id};
use super::table::{Skeleton, rows_with_notes};
use super::wording::Words;
use super::{figure, icon, origins, text};
use crate::form::{Axis, CellId, Form, Kind, Laid, LaidCell};
use crate::value::Value;

/// What a row is drawn from.
#[derive(Clone, yew::Properties)]
pub struct RowProps {
    pub sheet: Rc<Skeleton>,
    pub form: Arc<Form>,
    pub row: usize,
    /// The rows of the sheet that have a note below.
    pub noted: Rc<[usize]>,
    pub figures: Vec<Look>,
    /// Whether figures can be typed here.
    pub editable: bool,
    pub words: Words,
    pub act: Callback<Action>,
}

impl PartialEq for RowProps {
    fn eq(&self, other: &RowProps) -> bool {
        Rc::ptr_eq(&self.sheet, &other.sheet)
            && (self.row, self.editable, self.words) == (other.row, other.editable, other.words)
            && self.noted == other.noted
            && self.figures == other.figures
    }
}

/// How a figure stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    pub cell: CellId,
    pub shown: Shown,
    /// The unit that the report writes where the form prints none.
    pub unit: Option<String>,
    pub mark: Option<Mark>,
    /// Whether a finding about it is open.
    pub lit: bool,
    /// What the way to its findings is called, where it says more than that.
    pub label: Option<String>,
    /// Whether the Tab key stops at it.
    pub stop: bool,
    /// Whether it is the cell that the selection began with.
    pub active: bool,
    pub selected: bool,
    /// Whether it is a total that follows its parts.
    pub follows: bool,
    /// What the parts of a total come to that holds something else.
    pub sum: Option<String>,
    /// Where it comes from, as far as that is told here.
    pub origin: Option<String>,
    /// Whether it was inferred and nobody has confirmed it.
    pub inferred: bool,
    /// Whether it is told below the row where it comes from.
    pub traced: bool,
}

/// What a cell shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    Value(Value),
    /// Something was published that could not be read.
    Unread,
    /// It is being typed.
    Typed(String),
}

pub struct Row;

impl Component for Row {
    type Message = ();
    type Properties = RowProps;

    fn create(_: &Context<Self>) -> Row {
        Row
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let row = ctx.props();
        let mut figures = row.figures.iter();
        let cells = row.sheet.layout.rows[row.row].iter().map(|cell| row.cell(cell, &mut figures));
        html! { <tr>{ each(cells) }</tr> }
    }
}

impl RowProps {
    fn spans(&self, cell: &LaidCell) -> (Option<String>, Option<String>) {
        let rows = rows_with_notes(self.noted.iter().copied(), self.row, cell);
        let span = |count: usize| (count > 1).then(|| count.to_string());
        (span(cell.columns), span(rows))
    }

    fn cell<'a>(&self, cell: &LaidCell, figures: &mut impl Iterator<Item = &'a Look>) -> Html {
        let language = self.words.0;
        match &cell.laid {
            Laid::Banner(label) => self.head(cell, "banner", "colgroup", None, label.get(language)),
            // A corner over several heads is a note, not the head of a column.
            Laid::Corner(label) if cell.columns > 1 || cell.rows > 1 => {
                let (colspan, rowspan) = self.spans(cell);
                html! { <td class="corner note first" {colspan} {rowspan}>{ label.get(language).to_owned() }</td> }
            }
            Laid::Corner(label) => self.head(cell, "corner", "col", None, label.get(language)),
            Laid::Head { label, axis, line } => {
                let (class, scope) = self.kind(*axis, line.is_none(), cell);
                let indent = line.filter(|_| *axis == Axis::Row && cell.column < self.sheet.labels);
                self.head(cell, &class, scope, indent.and_then(|line| self.indent(line)), label.get(language))
            }
            Laid::Figure(_) => figures.next().map(|look| self.figure(cell, look)).unwrap_or_default(),
        }
    }

    /// The class and scope of a head.
    fn kind(&self, axis: Axis, group: bool, cell: &LaidCell) -> (String, &'static str) {
        let block = self.sheet.across.iter().rfind(|(first_row, _)| *first_row <= self.row);
        let on_top = block.is_some_and(|(_, across)| *across);
        match (axis, group) {
            (Axis::Row, true) if !on_top => (format!("row group at-{}", cell.column), "rowgroup"),
            (Axis::Row, false) if !on_top && cell.column >= self.sheet.labels => ("unit".to_owned(), "row"),
            (Axis::Row, false) if !on_top => (format!("row at-{}", cell.column), "row"),
            // A head over the column of units heads no line of the table.
            (Axis::Column, true) if self.sheet.has_units && cell.column == self.sheet.labels => {
                ("column unit".to_owned(), "col")
            }
            (Axis::Column, _) if !group || cell.columns == 1 => ("column".to_owned(), "col"),
            _ => ("column group".to_owned(), "colgroup"),
        }
    }

    /// How far the head of a row is set in.
    fn indent(&self, line: usize) -> Option<String> {
        let block = self.sheet.layout.blocks.iter().rfind(|block| block.first_row <= self.row)?;
        let indent = self.form.tables[block.table].rows.get(line)?.indent();
        (indent > 0).then(|| indent.to_string())
    }

    fn head(&self, cell: &LaidCell, class: &str, scope: &'static str, indent: Option<String>, label: &str) -> Html {
        let (colspan, rowspan) = self.spans(cell);
        let class = class.to_owned() + first(cell);
        let place = (EDITOR && self.editable).then(|| format!("{} {}", self.row, cell.column));
        html! {
            <th id={self.head_id(self.row, cell.column)} {class} {scope} headers={self.headers(cell)} {colspan} {rowspan}
                data-head={place} data-indent={indent}>
                <span>{ label.to_owned() }</span>
            </th>
        }
    }

    fn head_id(&self, row: usize, column: usize) -> String {
        format!("head-{}-{row}-{column}", self.sheet.name)
    }

    /// The ids of the heads that name a cell, outermost first.
    fn headers(&self, cell: &LaidCell) -> Option<String> {
        let ids: Vec<_> = cell.heads.iter().map(|(row, column)| self.head_id(*row, *column)).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn figure(&self, laid: &LaidCell, look: &Look) -> Html {
        let kind = match &look.shown {
            Shown::Value(value) => figure::kind(value),
            Shown::Unread => "figure blank",
            Shown::Typed(_) => "figure",
        };
        let mut class = kind.to_owned() + first(laid);
        if let Some(mark) = &look.mark {
            class += &mark_class(mark, look.lit);
        }
        if look.inferred {
            class += " inferred";
        }
        if EDITOR && self.editable { self.entry(laid, look, class) } else { self.printed(laid, look, class) }
    }

    /// A figure to be read.
    fn printed(&self, laid: &LaidCell, look: &Look, class: String) -> Html {
        let content = match &look.shown {
            Shown::Value(value) => figure::figure(value, look.unit.as_deref(), self.words),
            _ => figure::none(self.words.unread()),
        };
        let (colspan, rowspan) = self.spans(laid);
        html! {
            <td id={cell_id(&self.form, look.cell)} {class} part="figure" headers={self.headers(laid)}
                data-cell={self.address(look)} title={look.origin.clone()} {colspan} {rowspan}>
                if look.mark.is_some() || look.inferred {
                    <div class="flagged">
                        <span>{ content }</span>
                        { self.origin(look) }
                        if let Some(mark) = &look.mark {
                            { self.way(look, mark, mark.tab_stop) }
                        }
                    </div>
                } else {
                    { content }
                }
            </td>
        }
    }

    /// The mark of a figure that was inferred.
    fn origin(&self, look: &Look) -> Html {
        let Some(told) = look.origin.as_deref().filter(|_| look.inferred) else { return Html::default() };
        let open = (!(EDITOR && self.editable)).then_some(look.traced);
        origins::mark(&self.act, look.cell, &self.address(look), told, open)
    }

    fn address(&self, look: &Look) -> String {
        self.form.cell(look.cell).address.clone()
    }

    /// The way to the findings about a figure.
    fn way(&self, look: &Look, mark: &Mark, tab_stop: bool) -> Html {
        let label = look.label.clone().unwrap_or_else(|| self.words.see_finding().to_owned());
        text::button(&self.act, &mark.findings, Some(mark.severity), label, tab_stop)
    }

    /// A figure to be typed. There is a real field in every cell at all times: what composes characters
    /// then always has one to compose in. Each has a form of its own, which goes nowhere: of fields without one,
    /// Chromium's autofill looks at all whenever one gets the focus, which takes longer than all else.
    fn entry(&self, laid: &LaidCell, look: &Look, mut class: String) -> Html {
        let words = self.words;
        let (value, placeholder) = match &look.shown {
            Shown::Value(value) => (value.to_string(), None),
            Shown::Unread => (String::new(), Some(words.unread())),
            Shown::Typed(text) => (text.clone(), None),
        };
        let on_paper = match &look.shown {
            Shown::Value(value) => figure::printed(value, look.unit.as_deref(), words),
            Shown::Unread => words.unread().to_owned(),
            Shown::Typed(text) => text.clone(),
        };
        for (holds, name) in [
            (true, " entry"),
            (look.selected, " selected"),
            (look.active, " active"),
            (look.follows, " follows"),
            (look.sum.is_some(), " own"),
        ] {
            class += if holds { name } else { "" };
        }
        let holds = &self.form.cell(look.cell).holds;
        let inputmode = if holds.kind == Kind::Count { "numeric" } else { "decimal" };
        let findings = look.mark.iter().flat_map(|mark| &mark.findings).map(|place| finding_id(*place));
        let mut described: Vec<String> = findings.collect();
        if look.inferred {
            described.push(origins::mark_id(&self.address(look)));
        } else if look.active && look.traced {
            described.push(origins::ORIGIN.to_owned());
        }
        let mut label =
            self.form.row_label(look.cell, words.0) + words.comma() + &self.form.column_label(look.cell, words.0);
        if look.follows {
            label += words.comma();
            label += words.follows();
        }
        let invalid = look.mark.as_ref().is_some_and(|mark| mark.severity == crate::finding::Severity::Error);
        let (colspan, rowspan) = self.spans(laid);
        html! {
            <td {class} part="figure" role="gridcell" headers={self.headers(laid)} data-cell={self.address(look)}
                aria-selected={(look.selected || look.active).then_some("true")} {colspan} {rowspan}>
                <form class="field" method="dialog" data-printed={on_paper}>
                    if look.sum.is_some() || look.mark.is_some() || look.inferred {
                        <span class="tags">
                            { self.sum_button(look) }
                            { self.origin(look) }
                            if let Some(mark) = &look.mark {
                                { self.way(look, mark, false) }
                            }
                        </span>
                    }
                    <input id={cell_id(&self.form, look.cell)} data-cell={self.address(look)} {value} {placeholder}
                        tabindex={if look.stop { "0" } else { "-1" }} {inputmode} autocomplete="off" spellcheck="false"
                        aria-label={label} aria-invalid={invalid.then_some("true")}
                        aria-describedby={(!described.is_empty()).then(|| described.join(" "))} />
                    { self.unit(look) }
                </form>
            </td>
        }
    }

    /// Has a total follow its parts again.
    fn sum_button(&self, look: &Look) -> Html {
        let Some(sum) = &look.sum else { return Html::default() };
        let (cell, label) = (look.cell, self.words.back_to_sum(sum));
        let onclick = self.act.reform(move |_| Action::Sum(cell));
        html! { <button class="own" type="button" tabindex="-1" aria-label={label.clone()} title={label} {onclick}>{ "Σ" }</button> }
    }

    /// The unit of an amount, where the form leaves it to the report.
    fn unit(&self, look: &Look) -> Html {
        let holds = &self.form.cell(look.cell).holds;
        if holds.units.is_empty() {
            return Html::default();
        }
        let cell = look.cell;
        let onchange = self.act.reform(move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            Action::Unit { cell, unit: chosen.filter(|unit| !unit.is_empty()) }
        });
        let known = holds.units.iter().map(|(unit, _)| unit.as_str());
        // What the report writes stays, also where the form does not know it.
        let own = look.unit.as_deref().filter(|own| holds.units.iter().all(|(unit, _)| unit != own));
        let option = |unit: &str| {
            let selected = look.unit.as_deref().unwrap_or_default() == unit;
            html! { <option value={unit.to_owned()} {selected}>{ if unit.is_empty() { self.words.no_unit() } else { unit } }</option> }
        };
        html! {
            <select class="unit" aria-label={self.words.unit_of(&self.form.row_label(cell, self.words.0))} lang="zh-CN" {onchange}>
                { each([""].into_iter().chain(known).chain(own).map(option)) }
            </select>
        }
    }
}

fn mark_class(mark: &Mark, lit: bool) -> String {
    let severity = icon::class(Some(mark.severity));
    let culprit = if mark.culprit { " culprit" } else { "" };
    let lit = if lit { " lit" } else { "" };
    format!(" marked {severity}{culprit}{lit}")
}

/// The class of a cell at the left edge.
fn first(cell: &LaidCell) -> &'static str {
    if cell.column == 0 { " first" } else { "" }
}
