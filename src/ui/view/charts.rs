//! The charts in the view that holds them: when they are computed, and the ways between them and the tables.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::Context;

use super::{Message, View, session};
use crate::charts::{Chart, Choices};
use crate::form::CellId;
use crate::ui::charts::{self, Goal, Place, Showing, Wanted};
use crate::ui::scene::{Action, cell_id};
use crate::ui::{CHARTS, EDITOR};

/// How many milliseconds after the last key the charts follow: what is typed is painted first.
const FOLLOWING: u32 = 30;

/// What is known of the charts.
#[derive(Default)]
pub struct Board {
    charts: Vec<Rc<Chart>>,
    /// Whether they are those of the report as it stands.
    fresh: bool,
    pub choices: Choices,
    /// Where in a chart the focus went last.
    goal: Option<Goal>,
    /// The figure that is pointed at.
    pointed: Option<CellId>,
    /// The figure whose charts were asked for before they are at hand.
    pub awaited: Option<usize>,
    /// Until the charts follow what is typed.
    following: Option<Timeout>,
}

impl Board {
    /// The report, its language or what may appear is another.
    pub fn outdate(&mut self) {
        self.fresh = false;
    }

    fn aim(&mut self, chart: String, place: Place) {
        let count = self.goal.as_ref().map_or(0, |goal| goal.count + 1);
        self.goal = Some(Goal { chart, place, count });
    }
}

/// Whether an action leads to what stands only beside tables.
pub fn leads_to_tables(action: &Action) -> bool {
    match action {
        Action::To { id, .. } => !id.starts_with("chart-"),
        Action::ToFigure { .. } | Action::ToGroup(_) | Action::ToFindings(_) => true,
        _ => false,
    }
}

impl View {
    /// Whether a page lets any chart appear.
    fn charts_are_offered(&self, ctx: &Context<View>) -> bool {
        ctx.props().chosen.as_ref().is_none_or(|chosen| !chosen.trim().is_empty())
    }

    fn charts_are_shown(&self, ctx: &Context<View>) -> bool {
        CHARTS && ctx.props().charts && self.charts_are_offered(ctx)
    }

    /// Whether charts are shown in place of tables.
    pub fn charts_stand_alone(&self, ctx: &Context<View>) -> bool {
        self.charts_are_shown(ctx) && !(EDITOR && ctx.props().editable)
    }

    pub fn showing(&self, ctx: &Context<View>) -> Showing<'_> {
        let Board { charts, goal, pointed, .. } = &self.drawn_charts;
        Showing {
            awaited: !CHARTS && ctx.props().charts,
            offered: self.charts_are_offered(ctx),
            on: self.charts_are_shown(ctx),
            charts,
            goal: goal.as_ref(),
            pointed: pointed.filter(|_| !(EDITOR && ctx.props().editable)),
        }
    }

    /// Computes the charts anew, where they are wanted and are not those of the report as it stands; says whether
    /// any has changed.
    pub fn renew_charts(&mut self, ctx: &Context<View>) -> bool {
        if !CHARTS {
            return false;
        }
        let wanted = self.charts_are_shown(ctx) || self.drawn_charts.pointed.is_some();
        let Some(session) = session(ctx).filter(|_| wanted && !self.drawn_charts.fresh) else { return false };
        let Board { charts, fresh, choices, following, .. } = &mut self.drawn_charts;
        following.take();
        *fresh = true;
        charts::renew(charts, &session.borrow(), choices, ctx.props().chosen.as_deref(), ctx.props().words)
    }

    /// Has the charts follow a change of the report.
    pub fn redraw_soon(&mut self, ctx: &Context<View>) {
        self.drawn_charts.outdate();
        if self.charts_are_shown(ctx) {
            let link = ctx.link().clone();
            let following = Timeout::new(FOLLOWING, move || link.send_message(Message::Redraw));
            self.drawn_charts.following = Some(following);
        }
    }

    /// Draws the charts that have changed; says whether there are any.
    pub fn redraw(&mut self, ctx: &Context<View>) -> bool {
        let changed = self.renew_charts(ctx);
        self.typing = changed;
        changed
    }

    /// Does what a reader does with charts; says whether it has to be drawn. Gives back what is none of that.
    pub fn act_in_charts(&mut self, ctx: &Context<View>, action: Action) -> Result<bool, Action> {
        let form = session(ctx).map(|session| session.borrow().report.form.clone());
        let (Some(form), props) = (form, ctx.props()) else { return Err(action) };
        match action {
            Action::Turn(charts) => {
                self.came_from = None;
                props.turn.emit(charts);
            }
            Action::Point(address) if !CHARTS => {
                let before = self.drawn_charts.pointed;
                let shown = |cell: &CellId| before != Some(*cell) && form.is_drawn_elsewhere(*cell);
                self.drawn_charts.pointed = form.find(&address).filter(shown);
                return Ok(before != self.drawn_charts.pointed);
            }
            Action::ToChart { address, .. } if !CHARTS => {
                self.drawn_charts.awaited = form.find(&address).map(CellId::index);
                props.turn.emit(true);
                return Ok(true);
            }
            action if !CHARTS => return Err(action),
            Action::ToFigure { address, from } => {
                let Some(cell) = form.find(&address) else { return Ok(false) };
                self.came_from = Some(from);
                self.focus = Some(cell_id(&form, cell));
                self.drawn_charts.pointed = Some(cell);
                // Where tables come in place of the charts, they are drawn for that.
                return Ok(!self.charts_stand_alone(ctx));
            }
            Action::ToChart { chart, address } => {
                self.came_from = form.find(&address).map(|cell| cell_id(&form, cell));
                self.drawn_charts.aim(chart, Place::Figure(address));
                if !props.charts {
                    props.turn.emit(true);
                }
                return Ok(true);
            }
            Action::Point(address) => {
                let before = self.drawn_charts.pointed;
                self.drawn_charts.pointed = form.find(&address).filter(|cell| before != Some(*cell));
                self.renew_charts(ctx);
                // Where no chart shows it, there is no way to show.
                let known = self.drawn_charts.charts.iter().any(|chart| charts::shows(chart, &address));
                self.drawn_charts.pointed.take_if(|_| !known);
                return Ok(before != self.drawn_charts.pointed);
            }
            Action::Choose { chart, figure } => {
                let choices = &mut self.drawn_charts.choices;
                choices.retain(|(known, _)| *known != chart);
                choices.push((chart, figure));
                self.drawn_charts.outdate();
                return Ok(self.renew_charts(ctx));
            }
            Action::SaveChart { chart, format, width } => {
                let choices = self.drawn_charts.choices.clone();
                let (chart, title) = (chart.id.clone(), chart.title.clone());
                props.picture.emit(Wanted { chart, title, format, width, choices });
            }
            action => return Err(action),
        }
        Ok(false)
    }

    /// Goes to the chart of a figure, by its place in the form, that was asked for before charts were at hand.
    pub fn go_to_awaited(&mut self, ctx: &Context<View>, figure: usize) {
        let Some(form) = session(ctx).map(|session| session.borrow().report.form.clone()) else { return };
        let Some((_, cell)) = form.cells().nth(figure) else { return };
        self.renew_charts(ctx);
        let chart = self.drawn_charts.charts.iter().find(|chart| charts::shows(chart, &cell.address));
        if let Some(chart) = chart.map(|chart| chart.id.clone()) {
            let address = cell.address.clone();
            // It is done as if it were asked for now; whether that draws anything is decided by whoever calls.
            let _ = self.act_in_charts(ctx, Action::ToChart { chart, address });
        }
    }

    /// Goes back to where the reader came from, among charts or tables; says whether it has to be drawn.
    pub fn back_to(&mut self, ctx: &Context<View>, from: String) -> bool {
        let turn = |charts| ctx.props().turn.emit(charts);
        match charts::mark_of(&from) {
            Some((chart, mark)) => {
                self.drawn_charts.aim(chart.to_owned(), Place::Mark(mark));
                if !ctx.props().charts {
                    turn(true);
                }
            }
            None => {
                self.focus = Some(from);
                if self.charts_stand_alone(ctx) {
                    turn(false);
                    return false;
                }
            }
        }
        true
    }
}
