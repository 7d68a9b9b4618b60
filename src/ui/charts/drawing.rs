//! One chart on the page: what it says, its picture or the table of its figures, and what a reader does in it.
//! It is a component of its own, so that only a chart whose figures have changed is drawn again.

mod frame;
mod tools;

use std::rc::Rc;

use gloo::events::EventListener;
use gloo::utils::window;
use web_sys::Element;
use yew::{Callback, Component, Context, Html, NodeRef, html};

use super::{Goal, Place, mark_id, moves, picture, tip, title_id, twin};
use crate::chart::{Mark, Picture, Plot};
use crate::charts::Chart;
use crate::ui::browser::{self, Room};
use crate::ui::exporting::Format;
use crate::ui::icon;
use crate::ui::scene::{Action, each};
use crate::ui::wording::Words;

/// No picture is narrower, in pixels at a text size of 16.
const NARROWEST: f64 = 200.0;

/// Nor one with four columns of numbers; where there is less room it is shown smaller.
const NARROWEST_FLOW: f64 = 300.0;

/// The width of a picture on paper and the scale of its text: A4 with margins of 2 cm, letters of 10.5 pt.
const ON_PAPER: (f64, f64) = (730.0, 0.875);

#[derive(Clone, yew::Properties)]
pub struct ChartProps {
    pub chart: Rc<Chart>,
    /// Where the focus is to go, where that is in this chart.
    pub goal: Option<Goal>,
    /// Whether its title stands below that of a section.
    pub below: bool,
    /// The formats in which it can be had as a file.
    pub files: Vec<&'static Format>,
    pub words: Words,
    pub act: Callback<Action>,
}

impl PartialEq for ChartProps {
    fn eq(&self, other: &ChartProps) -> bool {
        Rc::ptr_eq(&self.chart, &other.chart)
            && (&self.goal, self.below, &self.files, self.words)
                == (&other.goal, other.below, &other.files, other.words)
    }
}

#[derive(Debug)]
pub enum Message {
    /// There is another width.
    Resized,
    /// The page is about to be printed, or has been.
    Paper(bool),
    /// The picture is shown, or the table.
    Turn {
        twin: bool,
    },
    /// The pointer is over a mark, or over none.
    Over(Option<usize>),
    /// A mark has the focus, or none.
    Focus(Option<usize>),
    /// The pointer is pressed; whether that is a finger.
    Press {
        touch: bool,
    },
    Click(usize),
    /// Leads from a figure of the table to its mark.
    Back(usize),
    Key(String),
    /// A key in the table.
    TwinKey(String),
}

#[derive(Default)]
pub struct Drawing {
    node: NodeRef,
    room: Option<Room>,
    /// Tells when the page is printed: what the screen has room for says nothing of paper.
    prints: Vec<EventListener>,
    on_paper: bool,
    /// The width of the picture, in pixels at a text size of 16; none as long as it is not known.
    width: f64,
    /// How large the text is beside that.
    scale: f64,
    picture: Option<Picture>,
    /// Whether the table is shown.
    twin: bool,
    /// The mark that the Tab key stops at.
    at: usize,
    /// The figure of the table that it stops at, among those that lead to marks.
    twin_at: usize,
    over: Option<usize>,
    focused: Option<usize>,
    /// Whether the tooltip was sent away.
    dismissed: bool,
    /// Whether a finger is used, and the mark whose tooltip was there when it came down.
    touch: Option<Option<usize>>,
    /// Where the focus goes once it is drawn.
    goal: Option<Place>,
    /// Whether what is drawn moves from how it was: the figures have changed.
    moves: bool,
}

impl Component for Drawing {
    type Message = Message;
    type Properties = ChartProps;

    fn create(ctx: &Context<Self>) -> Drawing {
        let mut drawing = Drawing::default();
        drawing.aim(ctx.props().goal.as_ref());
        drawing
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &ChartProps) -> bool {
        let ChartProps { chart, goal, .. } = ctx.props();
        if !Rc::ptr_eq(chart, &old.chart) {
            self.lay_out(chart);
            self.moves = true;
        }
        if *goal != old.goal {
            self.aim(goal.as_ref());
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        let chart = &*ctx.props().chart;
        match message {
            Message::Resized => return self.measure(chart),
            Message::Paper(on_paper) => {
                self.on_paper = on_paper;
                return self.measure(chart);
            }
            Message::Turn { twin } => (self.twin, self.over, self.focused) = (twin, None, None),
            Message::Over(mark) if mark == self.over => return false,
            Message::Over(mark) => (self.over, self.dismissed) = (mark, false),
            Message::Focus(mark) => {
                self.at = mark.unwrap_or(self.at);
                (self.focused, self.dismissed) = (mark, false);
            }
            Message::Press { touch } => {
                self.touch = touch.then(|| self.tipped());
                return false;
            }
            // A finger has nothing to hover with: first it shows what is there.
            Message::Click(mark) => match self.touch {
                Some(before) if before != Some(mark) => (self.over, self.dismissed) = (Some(mark), false),
                _ => return self.follow(ctx, mark),
            },
            Message::Back(figure) => {
                let drawn = twin::places(chart, |address| self.mark_of(address).is_some());
                let address = drawn.get(figure).map(|(row, column)| &chart.figures.rows[*row].cells[*column].cell);
                self.twin = false;
                self.goal = address.map(|address| Place::Figure(address.clone()));
            }
            Message::Key(key) => return self.key(ctx, &key),
            Message::TwinKey(key) => return self.twin_key(chart, &key),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let ChartProps { chart, below, .. } = ctx.props();
        let title = |id: String| {
            let title = chart.title.clone();
            match below {
                true => html! { <h4 {id} class="chart-title" part="chart-title" tabindex="-1">{ title }</h4> },
                false => html! { <h3 {id} class="chart-title" part="chart-title" tabindex="-1">{ title }</h3> },
            }
        };
        let empty = chart.plot.is_none();
        let class = match (empty, self.moves) {
            (true, _) => "chart calm",
            (false, true) => "chart moving",
            (false, false) => "chart",
        };
        html! {
            <figure {class} part="chart" aria-labelledby={title_id(&chart.id)} ref={self.node.clone()}>
                <div class="chart-head">
                    if empty {
                        { icon::still() }
                    }
                    { title(title_id(&chart.id)) }
                    { self.tools(ctx) }
                </div>
                <p id={picture::reading_id(&chart.id)} class="reading" part="reading">{ chart.reading.clone() }</p>
                { self.choice(ctx) }
                if self.twin {
                    { self.table(ctx) }
                } else if !empty {
                    { self.frame(ctx) }
                }
                { each(chart.notes.iter().map(|note| html! { <p class="chart-note" part="chart-note">{ note.clone() }</p> })) }
                if !chart.source.is_empty() && !empty {
                    <figcaption class="chart-source" part="chart-source">{ chart.source.clone() }</figcaption>
                }
            </figure>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        let Some(node) = self.node.cast::<Element>() else { return };
        if first {
            let link = ctx.link().clone();
            self.room = Some(Room::follow(&node, move || link.send_message(Message::Resized)));
            let told = |name: &'static str, on_paper: bool| {
                let told = ctx.link().callback(move |()| Message::Paper(on_paper));
                EventListener::new(&window(), name, move |_| told.emit(()))
            };
            self.prints = vec![told("beforeprint", true), told("afterprint", false)];
            // It is told of later; but nothing is to flash.
            ctx.link().send_message(Message::Resized);
        }
        if let (Some(at), Ok(Some(frame))) = (self.tipped(), node.query_selector(".frame"))
            && let Some(mark) = self.marks().get(at)
        {
            let drawn = browser::by_id(&node, &mark_id(&ctx.props().chart.id, at));
            let (x, y) = mark.tip;
            tip::put(&frame, drawn.as_deref(), (x * self.scale, y * self.scale));
        }
        self.go(ctx, &node);
    }
}

impl Drawing {
    /// Takes note of where the focus is to go.
    fn aim(&mut self, goal: Option<&Goal>) {
        if let Some(goal) = goal {
            self.goal = Some(goal.place.clone());
            self.twin = false;
        }
    }

    /// Puts the focus where it is to go, once that is there.
    fn go(&mut self, ctx: &Context<Self>, node: &Element) {
        let chart = &*ctx.props().chart;
        if self.picture.is_none() {
            return;
        }
        let id = match self.goal.take() {
            Some(Place::Mark(mark)) => mark_id(&chart.id, mark),
            Some(Place::Figure(address)) => match self.mark_of(&address) {
                Some(mark) if !self.twin => mark_id(&chart.id, mark),
                _ if !self.twin => {
                    self.goal = Some(Place::Figure(address));
                    return ctx.link().send_message(Message::Turn { twin: true });
                }
                _ => {
                    let mut rows = chart.figures.rows.iter().enumerate();
                    let place = rows.find_map(|(row, line)| {
                        let column = line.cells.iter().position(|figure| figure.cell == address)?;
                        Some((row, column))
                    });
                    twin::figure_id(&chart.id, place.unwrap_or_default())
                }
            },
            None => return,
        };
        if let Some(target) = browser::by_id(node, &id) {
            browser::show(&target);
        }
    }

    fn marks(&self) -> &[Mark] {
        self.picture.as_ref().map_or(&[], |picture| &picture.marks)
    }

    /// The mark of a figure: the one that leads to it, or else one that it is part of.
    fn mark_of(&self, address: &str) -> Option<usize> {
        let cells = |mark: &Mark, first: bool| {
            let cells = &mark.datum.cells;
            cells.iter().take(if first { 1 } else { cells.len() }).any(|cell| cell == address)
        };
        let place = |first| self.marks().iter().position(|mark| cells(mark, first));
        place(true).or_else(|| place(false))
    }

    /// The mark whose tooltip is there.
    fn tipped(&self) -> Option<usize> {
        self.over.or(self.focused).filter(|_| !self.dismissed && !self.twin)
    }

    /// Takes the room that there is; says whether that changes anything.
    fn measure(&mut self, chart: &Chart) -> bool {
        let Some(node) = self.node.cast::<Element>() else { return false };
        let (room, size) = browser::room_in(&node);
        let scale = size / 16.0;
        let narrowest = if matches!(chart.plot, Some(Plot::Flow(_))) { NARROWEST_FLOW } else { NARROWEST };
        let on_screen = ((room / scale).floor().max(narrowest), scale);
        let fit = if self.on_paper { ON_PAPER } else { on_screen };
        if room <= 0.0 || fit == (self.width, self.scale) {
            return false;
        }
        (self.width, self.scale) = fit;
        self.moves = false;
        self.lay_out(chart);
        true
    }

    fn lay_out(&mut self, chart: &Chart) {
        if self.width > 0.0 {
            self.picture = chart.plot.as_ref().map(|plot| plot.draw(self.width));
            self.at = self.at.min(self.marks().len().saturating_sub(1));
            let there = |mark: &usize| *mark < self.marks().len();
            (self.over, self.focused) = (self.over.filter(there), self.focused.filter(there));
        }
    }

    /// From a mark to its figure: in the report, or where that is another one, in the table of the chart.
    fn follow(&mut self, ctx: &Context<Self>, mark: usize) -> bool {
        let Some(address) = self.marks().get(mark).and_then(|mark| mark.datum.cells.first()) else { return false };
        let address = address.clone();
        self.at = mark;
        if address.contains('/') {
            (self.twin, self.over, self.focused) = (true, None, None);
            let chart = &ctx.props().chart;
            let places = self.places(chart);
            let of = |(row, column): &(usize, usize)| chart.figures.rows[*row].cells[*column].cell == address;
            self.twin_at = places.iter().position(of).unwrap_or(self.twin_at);
            self.goal = Some(Place::Figure(address));
            return true;
        }
        let from = mark_id(&ctx.props().chart.id, mark);
        ctx.props().act.emit(Action::ToFigure { address, from });
        false
    }

    fn places(&self, chart: &Chart) -> Vec<(usize, usize)> {
        twin::places(chart, |address| self.mark_of(address).is_some())
    }

    /// Follows a key in the picture.
    fn key(&mut self, ctx: &Context<Self>, key: &str) -> bool {
        match key {
            "Enter" | " " => return self.follow(ctx, self.at),
            "Escape" => self.dismissed = true,
            key => {
                let places: Vec<_> = self.marks().iter().map(|mark| (mark.line, mark.place)).collect();
                let to = moves::follow(&places, self.at, key);
                let id = to.map(|to| mark_id(&ctx.props().chart.id, to));
                let node = self.node.cast::<Element>();
                if let Some(mark) = node.zip(id).and_then(|(node, id)| browser::by_id(&node, &id)) {
                    // What comes of it follows from where the focus is.
                    browser::focus(&mark);
                    browser::reveal(&mark);
                }
                return false;
            }
        }
        true
    }

    fn twin_key(&mut self, chart: &Chart, key: &str) -> bool {
        if key == "Escape" {
            self.twin = false;
            self.goal = Some(Place::Mark(self.at));
            return true;
        }
        let places = self.places(chart);
        let Some(to) = moves::follow(&places, self.twin_at.min(places.len().saturating_sub(1)), key) else {
            return false;
        };
        self.twin_at = to;
        let id = twin::figure_id(&chart.id, places[to]);
        if let Some(figure) = self.node.cast::<Element>().and_then(|node| browser::by_id(&node, &id)) {
            browser::focus(&figure);
            browser::reveal(&figure);
        }
        true
    }
}
