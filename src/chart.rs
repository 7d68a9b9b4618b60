//! Pictures of numbers: what is to be drawn ([`Plot`]), laid out for a width ([`Plot::draw`]) as marks and
//! furniture ([`Picture`]), which a page renders as elements and [`svg`] writes as a file.
//!
//! It knows no report and no browser. Numbers come with the text in which they are printed and with what they
//! are called; here they only become lengths, for which a binary float will do.
//!
//! All lengths are CSS pixels at a text size of 16 px; the y axis points down.

pub mod palette;
pub mod pen;
pub mod scale;

pub mod lettering;
mod sheet;

mod bars;
mod stacks;

mod flow;

mod lines;
mod multiples;

mod chain;

#[cfg(feature = "pages")]
pub mod svg;

#[cfg(test)]
mod tests;

/// What is to be drawn, whatever the width.
#[derive(Clone, Debug, PartialEq)]
pub enum Plot {
    Bars(Bars),
    Stacks(Stacks),
    Flow(Flow),
    Lines(Lines),
    Multiples(Multiples),
    Chain(Chain),
}

/// A number, with all that is said of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Datum {
    /// What it is called where there is little room: on an axis, in a legend.
    pub label: String,
    /// What it is called where nothing around says more: in a tooltip, to a screen reader.
    pub name: String,
    /// How long it is drawn. Zero and negative numbers are drawn as such.
    pub number: f64,
    /// The exact number as it is printed, with its unit where that is not said elsewhere: `1,363件`.
    pub text: String,
    /// What it is of a whole, as it is printed: `43.7%`; empty where it is part of none.
    pub share: String,
    /// The addresses of the cells that it is made of; the first is where the mark leads.
    pub cells: Vec<String>,
    pub tone: Tone,
}

/// One of the colours of a picture, each with a pattern of its own, so that colour alone says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// What a picture is about, and all of a picture that tells no kinds apart.
    #[default]
    Main,
    /// What stands beside that for comparison.
    Quiet,
    /// One of the kinds that a picture tells apart, counted from 0; beyond [`Tone::KINDS`] they begin anew.
    Kind(u8),
    /// What does not add up.
    Wrong,
}

impl Tone {
    /// How many kinds can be told apart.
    pub const KINDS: u8 = 8;
}

/// Horizontal bars from a common zero, with their names at the left and their numbers at the end, in groups.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bars {
    pub groups: Vec<BarGroup>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarGroup {
    /// What stands over it; empty where nothing does.
    pub title: String,
    /// Groups of the same scale have bars that can be compared.
    pub scale: usize,
    pub bars: Vec<Bar>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    pub datum: Datum,
    /// 0 for one that stands for itself, 1 for a part of the last such one above it, drawn thinner.
    pub level: u8,
    /// Why no bar is there, in place of the number, where there is none: `未填`.
    pub missing: String,
}

/// Bars of parts, each as long as its whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stacks {
    pub rows: Vec<Stack>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stack {
    /// What the whole is called, and its number.
    pub whole: Datum,
    /// In the same order in every row, each kind with one tone; those of zero too.
    pub parts: Vec<Datum>,
    /// As in [`Bar::missing`].
    pub missing: String,
}

/// A Sankey diagram: what comes in at the left, becomes something, and goes out at the right. Every height is
/// its number times one factor for the whole picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flow {
    pub nodes: Vec<Node>,
    pub links: Vec<Link>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    pub datum: Datum,
    /// Which column it stands in, from the left.
    pub column: usize,
}

/// What goes from a node to one further right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    pub from: usize,
    pub to: usize,
    pub datum: Datum,
}

/// Lines over years.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lines {
    /// Every year from the first to the last.
    pub years: Vec<i32>,
    pub series: Vec<Series>,
    pub breaks: Vec<Break>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    pub label: String,
    pub tone: Tone,
    /// One for each year; `None` where no number is known, and the line is thin.
    pub points: Vec<Option<Datum>>,
}

/// Where numbers of before and after cannot be compared as they are: the line is broken there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Break {
    /// The first year after it.
    pub year: i32,
    /// What has changed, in a few words.
    pub label: String,
}

/// Small charts side by side, each with its own scale.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Multiples {
    pub panels: Vec<Panel>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panel {
    pub title: String,
    pub lines: Lines,
}

/// What is handed on from year to year: what one year hands out, and what the next says it was handed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chain {
    pub steps: Vec<Step>,
}

/// From the end of one year to the beginning of the next.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// `2022 → 2023`
    pub label: String,
    pub out: Option<Datum>,
    pub into: Option<Datum>,
    /// What the two differ by, where they do: `多3件`; empty where they agree or one is not known.
    pub gap: String,
}

/// A picture that is laid out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    pub width: f64,
    pub height: f64,
    /// What stands behind and beside the marks and is no number itself: axes, labels, legends. To a screen
    /// reader it says nothing that the marks do not say.
    pub furniture: Vec<Shape>,
    /// In the order in which they are read.
    pub marks: Vec<Mark>,
    /// What stands in front of the marks: letters, which are furniture too.
    pub front: Vec<Shape>,
}

/// A number as it is drawn: what gets the focus, has a name and a tooltip, and leads to its cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mark {
    pub datum: Datum,
    /// What is drawn, the first of it what is pointed at.
    pub shapes: Vec<Shape>,
    /// The line and the place in it, by which arrow keys move.
    pub line: usize,
    pub place: usize,
    /// Where its tooltip points.
    pub tip: (f64, f64),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Rect {
        x: f64,
        y: f64,
        width: f64,
        height: f64,
        paint: Paint,
    },
    /// The data of an SVG path: absolute `M`, `L`, `C`, `Z` only.
    Path {
        data: String,
        paint: Paint,
    },
    Circle {
        x: f64,
        y: f64,
        radius: f64,
        paint: Paint,
    },
    /// One line of text; `y` is its baseline.
    Text {
        x: f64,
        y: f64,
        anchor: Anchor,
        text: String,
        /// All of it, where `text` is shortened.
        full: Option<String>,
        style: Lettering,
    },
}

/// How a shape is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Filled with a tone and its pattern.
    Fill(Tone),
    /// Filled with a tone, half through: what flows.
    Flow(Tone),
    /// A line of a tone.
    Line(Tone),
    /// A dot on such a line, with an edge of the background.
    Dot(Tone),
    /// Filled with a tone without its pattern: what letters stand on.
    Plate(Tone),
    /// A hairline of a tone, where its shape alone is too thin to be seen.
    Hair(Tone),
    /// An outline around nothing: a number that is not known.
    Open,
    /// Nothing that is seen: only there to be pointed at.
    Bare,
    /// The line at zero.
    Axis,
    /// A line of the scale.
    Grid,
    /// Where something has changed.
    Break,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    #[default]
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lettering {
    /// What something is called.
    #[default]
    Label,
    /// A number.
    Number,
    /// What stands over a group.
    Title,
    /// A number below or behind a name, on what flows too.
    Small,
    /// Numbers of a scale, notes.
    Quiet,
    /// What does not add up.
    Wrong,
    /// A number on a shape of that tone.
    On(Tone),
}

impl Plot {
    /// Lays it out for a width of 200 to 4000 pixels; what has no room is wrapped or shortened, and the height
    /// follows. Below 480 pixels names stand above what they name.
    pub fn draw(&self, width: f64) -> Picture {
        let width = if width >= 200.0 { width.min(4000.0) } else { 200.0 };
        match self {
            Plot::Bars(bars) => bars::draw(bars, width),
            Plot::Stacks(stacks) => stacks::draw(stacks, width),
            Plot::Flow(flow) => flow::draw(flow, width),
            Plot::Lines(lines) => lines::draw(lines, width),
            Plot::Multiples(multiples) => multiples::draw(multiples, width),
            Plot::Chain(chain) => chain::draw(chain, width),
        }
    }
}
