//! What a page shows: glyphs with their places, and the straight lines between which tables stand.

use std::collections::HashMap;
use std::f32::consts::FRAC_1_SQRT_2;
use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Instruction;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_syntax::page::{Page, Resources};

use super::bounds::{Budget, find};
use super::fonts::Font;
use super::geometry::{Area, Matrix, Point, Turn};
use crate::read::Platform;

/// How deep forms may stand in forms, and how many states may be saved.
const DEEPEST: usize = 12;
const MOST_SAVED: usize = 256;
/// What all pages together may do, show and draw.
const MOST_INSTRUCTIONS: usize = 4_000_000;
const MOST_GLYPHS: usize = 1_000_000;
const MOST_STROKES: usize = 400_000;
/// How much a look for the ends of pictures inside a page may take, in pictures times bytes.
const MOST_INLINE: usize = 1 << 30;
/// How thick a drawn line may be; what is thicker is a surface.
const THICKEST: f32 = 4.0;

/// A glyph as it stands on the page once the page is turned so that its text is upright.
#[derive(Clone, Debug)]
pub struct Glyph {
    pub text: Rc<str>,
    /// Where it begins on its line.
    pub origin: Point,
    pub width: f32,
    pub size: f32,
    pub turn: Turn,
    /// Whether its text is written downwards, character under character.
    pub downwards: bool,
}

/// A straight line, drawn along an edge of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    pub from: Point,
    pub to: Point,
}

/// What a page shows.
#[derive(Debug, Default)]
pub struct Shown {
    pub glyphs: Vec<Glyph>,
    pub strokes: Vec<Stroke>,
    pub has_picture: bool,
    pub height: f32,
}

/// Reads the contents of pages, within what one file may take.
pub struct Reader<'p> {
    platform: &'p dyn Platform,
    budget: Budget,
    /// By the place of their dictionaries.
    fonts: HashMap<usize, Rc<Font>>,
    instructions: usize,
    glyphs: usize,
    strokes: usize,
    /// Whether something was left out because it would have been too much.
    pub is_cut_short: bool,
}

impl<'p> Reader<'p> {
    pub fn new(platform: &'p dyn Platform) -> Reader<'p> {
        let (budget, fonts) = (Budget::new(), HashMap::new());
        Reader { platform, budget, fonts, instructions: 0, glyphs: 0, strokes: 0, is_cut_short: false }
    }

    pub fn page(&mut self, page: &Page) -> Shown {
        let coefficients = page.initial_transform(true).as_coeffs().map(|number| number as f32);
        let mut shown = Shown { height: page.render_dimensions().1, ..Shown::default() };
        let content = self.content(page.raw());
        let state = State::new(Matrix(coefficients));
        Scene { reader: self, shown: &mut shown }.run(&content, page.resources(), state, 0);
        turned(shown)
    }

    /// The content of a page: one stream or several.
    fn content(&mut self, page: &Dict) -> Vec<u8> {
        let mut content = Vec::new();
        match page.get::<Object>(b"Contents") {
            Some(Object::Stream(stream)) => self.append(&stream, &mut content),
            Some(Object::Array(array)) => {
                let mut streams = array.flex_iter();
                while let Some(item) = streams.next::<Object>() {
                    if let Object::Stream(stream) = item {
                        self.append(&stream, &mut content);
                    }
                }
            }
            _ => {}
        }
        content
    }

    fn append(&mut self, stream: &Stream, content: &mut Vec<u8>) {
        match self.budget.unpack(stream) {
            Some(bytes) => {
                content.extend_from_slice(&bytes);
                content.push(b'\n');
            }
            None => self.is_cut_short = true,
        }
    }

    fn font(&mut self, dict: &Dict) -> Rc<Font> {
        let place = dict.data().as_ptr() as usize;
        if let Some(font) = self.fonts.get(&place) {
            return font.clone();
        }
        let font = Rc::new(Font::new(dict, &mut self.budget));
        self.fonts.insert(place, font.clone());
        font
    }
}

/// What instructions change.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    /// What is drawn outside of it is not seen.
    clip: Area,
    line_width: f32,
    font: Option<Rc<Font>>,
    size: f32,
    between_characters: f32,
    between_words: f32,
    /// The horizontal scale.
    stretch: f32,
    leading: f32,
    rise: f32,
    text: Matrix,
    line: Matrix,
}

impl State {
    fn new(matrix: Matrix) -> State {
        State {
            matrix,
            clip: Area::EVERYWHERE,
            line_width: 1.0,
            font: None,
            size: 0.0,
            between_characters: 0.0,
            between_words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
        }
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.text = self.line;
    }

    fn advance(&mut self, x: f32, y: f32) {
        self.text = Matrix::shift(x, y).then(self.text);
    }
}

/// A path that is being laid: straight pieces only, each piece with its ends.
#[derive(Default)]
struct Path {
    pieces: Vec<(Point, Point)>,
    /// The corners of the piece of the path that is open, and whether a curve is in it.
    corners: Vec<Point>,
    is_curved: bool,
    /// Upright boxes among the closed pieces.
    boxes: Vec<Area>,
    bounds: Option<Area>,
    /// Whether what is drawn from now on is cut at it.
    is_clip: bool,
}

impl Path {
    fn corner(&mut self, point: Point) {
        let area = Area::around([point]);
        self.bounds = Some(self.bounds.map_or(area, |bounds| bounds.with(area)));
        self.corners.push(point);
    }

    fn start(&mut self, point: Point) {
        self.end();
        self.corner(point);
    }

    fn line(&mut self, point: Point) {
        if let Some(last) = self.corners.last() {
            self.pieces.push((*last, point));
        }
        self.corner(point);
    }

    fn curve(&mut self, points: [Point; 3]) {
        self.is_curved = true;
        points.into_iter().for_each(|point| self.corner(point));
    }

    fn close(&mut self) {
        if let Some(first) = self.corners.first().copied() {
            self.line(first);
        }
        let first = self.corners.first().copied();
        self.end();
        self.corners.extend(first);
    }

    /// Ends a piece: four corners or their outline can be a box.
    fn end(&mut self) {
        let corners = std::mem::take(&mut self.corners);
        let is_curved = std::mem::take(&mut self.is_curved);
        if is_curved || !(4..=6).contains(&corners.len()) {
            return;
        }
        let area = Area::around(corners.iter().copied());
        let on_edge = |point: &Point| {
            let near = |a: f32, b: f32| (a - b).abs() < 0.3;
            (near(point.x, area.left) || near(point.x, area.right))
                && (near(point.y, area.top) || near(point.y, area.bottom))
        };
        // Where borders meet aslant, a thin one has slanting ends.
        if area.width().min(area.height()) <= THICKEST || corners.iter().all(on_edge) {
            self.boxes.push(area);
        }
    }
}

struct Scene<'r, 'p> {
    reader: &'r mut Reader<'p>,
    shown: &'r mut Shown,
}

impl Scene<'_, '_> {
    fn run(&mut self, content: &[u8], resources: &Resources, state: State, depth: usize) {
        let pictures = count(content, b"EI");
        if pictures.saturating_mul(content.len()) > MOST_INLINE {
            self.reader.is_cut_short = true;
            return;
        }
        let mut state = state;
        let mut saved: Vec<State> = Vec::new();
        let mut path = Path::default();
        // To look a font up, its dictionary is read anew each time.
        let mut fonts: HashMap<Vec<u8>, Rc<Font>> = HashMap::new();
        let mut instructions = TypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            self.reader.instructions += 1;
            if self.reader.instructions > MOST_INSTRUCTIONS {
                self.reader.is_cut_short = true;
                return;
            }
            match instruction {
                Instruction::SaveState(_) if saved.len() < MOST_SAVED => saved.push(state.clone()),
                Instruction::RestoreState(_) => state = saved.pop().unwrap_or(state),
                Instruction::XObject(name) => self.object(&name.0.clone(), resources, &state, depth),
                Instruction::InlineImage(_) => self.shown.has_picture = true,
                Instruction::TextFont(font) => {
                    let name: &[u8] = font.0.as_ref();
                    state.font = fonts.get(name).cloned().or_else(|| {
                        let font = self.reader.font(&resources.fonts.get::<Dict>(name)?);
                        fonts.insert(name.to_vec(), font.clone());
                        Some(font)
                    });
                    state.size = font.1.as_f32();
                }
                Instruction::ShowText(text) => self.show(text.0, &mut state),
                Instruction::NextLineAndShowText(text) => {
                    state.next_line(0.0, -state.leading);
                    self.show(text.0, &mut state);
                }
                Instruction::ShowTextWithParameters(text) => {
                    state.between_words = text.0.as_f32();
                    state.between_characters = text.1.as_f32();
                    state.next_line(0.0, -state.leading);
                    self.show(text.2, &mut state);
                }
                Instruction::ShowTexts(texts) => self.show_all(texts.0, &mut state),
                other => {
                    if !set(&mut state, &other) {
                        self.draw(&mut path, &mut state, &other);
                    }
                }
            }
        }
    }

    /// A form is run, a picture only noticed.
    fn object(&mut self, name: &Name, resources: &Resources, state: &State, depth: usize) {
        let Some(stream) = resources.x_objects.get::<Stream>(name.as_ref()) else { return };
        let dict = stream.dict();
        match dict.get::<Name>(b"Subtype").as_deref() {
            Some(b"Image") => self.shown.has_picture = true,
            Some(b"Form") if depth < DEEPEST => {
                let Some(content) = self.reader.budget.unpack(&stream) else {
                    self.reader.is_cut_short = true;
                    return;
                };
                let matrix = dict.get::<[f32; 6]>(b"Matrix").map_or(Matrix::IDENTITY, Matrix);
                let inner = State { matrix: matrix.then(state.matrix), ..state.clone() };
                match dict.get::<Dict>(b"Resources") {
                    Some(own) => self.run(&content, &Resources::new(own), inner, depth + 1),
                    None => self.run(&content, resources, inner, depth + 1),
                }
            }
            _ => {}
        }
    }

    fn show_all(&mut self, texts: &Array, state: &mut State) {
        let mut items = texts.flex_iter();
        while let Some(item) = items.next::<Object>() {
            match item {
                Object::String(text) => self.show(&text, state),
                Object::Number(back) => {
                    let back = -back.as_f32() / 1000.0 * state.size;
                    match state.font.as_ref().and_then(|font| font.downwards()) {
                        Some(_) => state.advance(0.0, back),
                        None => state.advance(back * state.stretch, 0.0),
                    }
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, text: &[u8], state: &mut State) {
        let Some(font) = state.font.clone() else { return };
        let mut rest = text;
        while let Some(shown) = font.next(rest, self.reader.platform) {
            rest = &rest[shown.length..];
            let spacing = state.between_characters + if shown.is_space { state.between_words } else { 0.0 };
            let width = shown.width * state.size;
            let (aside, up, advance) = match font.downwards() {
                Some(column) => {
                    (-width / 2.0, state.rise - column.above * state.size, (0.0, column.advance * state.size + spacing))
                }
                None => (0.0, state.rise, ((width + spacing) * state.stretch, 0.0)),
            };
            self.glyph(&shown.text, (aside, up), width * state.stretch, font.downwards().is_some(), state);
            state.advance(advance.0, advance.1);
        }
    }

    fn glyph(&mut self, text: &Rc<str>, from: (f32, f32), width: f32, downwards: bool, state: &State) {
        let matrix = state.text.then(state.matrix);
        let origin = matrix.apply(from.0, from.1);
        let along = matrix.turn(1.0, 0.0);
        let size = matrix.turn(0.0, state.size).length();
        let Some(turn) = Turn::of(along).filter(|_| origin.is_sane() && size.is_finite() && size > 0.1) else { return };
        if self.reader.glyphs >= MOST_GLYPHS {
            self.reader.is_cut_short = true;
            return;
        }
        self.reader.glyphs += 1;
        let width = (width * along.length()).clamp(0.0, 1000.0);
        let glyph = Glyph { text: text.clone(), origin, width, size, turn, downwards };
        if state.clip.holds(glyph.middle()) {
            self.shown.glyphs.push(glyph);
        }
    }

    fn draw(&mut self, path: &mut Path, state: &mut State, instruction: &Instruction) {
        let clip = path.bounds.filter(|_| path.is_clip);
        self.paint(path, state, instruction);
        // The path was painted, or ended without being painted; only then it cuts.
        if let Some(clip) = clip.filter(|_| path.bounds.is_none()) {
            state.clip = state.clip.within(clip);
        }
    }

    fn paint(&mut self, path: &mut Path, state: &State, instruction: &Instruction) {
        let point = |x: &Number, y: &Number| state.matrix.apply(x.as_f32(), y.as_f32());
        match instruction {
            Instruction::MoveTo(to) => path.start(point(&to.0, &to.1)),
            Instruction::LineTo(to) => path.line(point(&to.0, &to.1)),
            Instruction::CubicTo(to) => {
                path.curve([point(&to.0, &to.1), point(&to.2, &to.3), point(&to.4, &to.5)]);
            }
            Instruction::CubicStartTo(to) => {
                path.curve([point(&to.0, &to.1), point(&to.2, &to.3), point(&to.2, &to.3)]);
            }
            Instruction::CubicEndTo(to) => {
                path.curve([point(&to.0, &to.1), point(&to.0, &to.1), point(&to.2, &to.3)]);
            }
            Instruction::ClipNonZero(_) | Instruction::ClipEvenOdd(_) => path.is_clip = true,
            Instruction::ClosePath(_) => path.close(),
            Instruction::RectPath(area) => {
                let (x, y) = (area.0.as_f32(), area.1.as_f32());
                let (width, height) = (area.2.as_f32(), area.3.as_f32());
                path.start(state.matrix.apply(x, y));
                path.line(state.matrix.apply(x + width, y));
                path.line(state.matrix.apply(x + width, y + height));
                path.line(state.matrix.apply(x, y + height));
                path.close();
            }
            Instruction::StrokePath(_) => self.stroke(path, state),
            Instruction::CloseAndStrokePath(_)
            | Instruction::CloseFillAndStrokeNonZero(_)
            | Instruction::CloseFillAndStrokeEvenOdd(_) => {
                path.close();
                self.stroke(path, state);
            }
            Instruction::FillAndStrokeNonZero(_) | Instruction::FillAndStrokeEvenOdd(_) => self.stroke(path, state),
            Instruction::FillPathNonZero(_)
            | Instruction::FillPathNonZeroCompatibility(_)
            | Instruction::FillPathEvenOdd(_) => self.fill(path, &state.clip),
            Instruction::EndPath(_) => *path = Path::default(),
            _ => {}
        }
    }

    fn stroke(&mut self, path: &mut Path, state: &State) {
        let thickness = state.line_width * state.matrix.turn(FRAC_1_SQRT_2, FRAC_1_SQRT_2).length();
        for (from, to) in std::mem::take(path).pieces {
            if thickness <= THICKEST {
                self.straight(from, to, &state.clip);
            } else if from.is_sane() && to.is_sane() {
                // A short thick line is a surface.
                let half = thickness / 2.0;
                let area = Area::around([from, to]);
                let area = match area.width() > area.height() {
                    true => Area { top: area.top - half, bottom: area.bottom + half, ..area },
                    false => Area { left: area.left - half, right: area.right + half, ..area },
                };
                self.surface(area, &state.clip);
            }
        }
    }

    fn fill(&mut self, path: &mut Path, clip: &Area) {
        path.end();
        let boxes = std::mem::take(path).boxes;
        for area in &boxes {
            self.surface(*area, clip);
        }
        // A box in a box: a border around a cell.
        for pair in boxes.windows(2) {
            let (outer, inner) = (pair[0], pair[1]);
            let margins = [
                inner.left - outer.left,
                inner.top - outer.top,
                outer.right - inner.right,
                outer.bottom - inner.bottom,
            ];
            if margins.iter().all(|margin| (0.0..=THICKEST).contains(margin)) {
                self.surface(Area { bottom: inner.top, ..outer }, clip);
                self.surface(Area { top: inner.bottom, ..outer }, clip);
                self.surface(Area { right: inner.left, ..outer }, clip);
                self.surface(Area { left: inner.right, ..outer }, clip);
            }
        }
    }

    /// A thin surface is a line.
    fn surface(&mut self, area: Area, clip: &Area) {
        let (x, y) = ((area.left + area.right) / 2.0, (area.top + area.bottom) / 2.0);
        if area.height() <= THICKEST && area.height() <= area.width() {
            self.straight(Point { x: area.left, y }, Point { x: area.right, y }, clip);
        } else if area.width() <= THICKEST {
            self.straight(Point { x, y: area.top }, Point { x, y: area.bottom }, clip);
        }
    }

    fn straight(&mut self, from: Point, to: Point, clip: &Area) {
        let line = Area::around([from, to]);
        let seen = line.within(*clip);
        if seen.width() < 0.0 || seen.height() < 0.0 {
            return;
        }
        let (from, to) = (Point { x: seen.left, y: seen.top }, Point { x: seen.right, y: seen.bottom });
        let (wide, high) = ((from.x - to.x).abs(), (from.y - to.y).abs());
        if !from.is_sane() || !to.is_sane() || wide.min(high) > 0.8 || wide.max(high) < 0.2 {
            return;
        }
        if self.reader.strokes >= MOST_STROKES {
            self.reader.is_cut_short = true;
            return;
        }
        self.reader.strokes += 1;
        self.shown.strokes.push(Stroke { from, to });
    }
}

/// Sets what an instruction sets; says whether it was such a one.
fn set(state: &mut State, instruction: &Instruction) -> bool {
    match instruction {
        Instruction::Transform(m) => {
            let matrix = Matrix([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(Number::as_f32));
            state.matrix = matrix.then(state.matrix);
        }
        Instruction::LineWidth(width) => state.line_width = width.0.as_f32(),
        Instruction::BeginText(_) => {
            state.text = Matrix::IDENTITY;
            state.line = Matrix::IDENTITY;
        }
        Instruction::CharacterSpacing(spacing) => state.between_characters = spacing.0.as_f32(),
        Instruction::WordSpacing(spacing) => state.between_words = spacing.0.as_f32(),
        Instruction::HorizontalScaling(scale) => state.stretch = scale.0.as_f32() / 100.0,
        Instruction::TextLeading(leading) => state.leading = leading.0.as_f32(),
        Instruction::TextRise(rise) => state.rise = rise.0.as_f32(),
        Instruction::NextLine(to) => state.next_line(to.0.as_f32(), to.1.as_f32()),
        Instruction::NextLineAndSetLeading(to) => {
            state.leading = -to.1.as_f32();
            state.next_line(to.0.as_f32(), to.1.as_f32());
        }
        Instruction::SetTextMatrix(m) => {
            state.line = Matrix([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(Number::as_f32));
            state.text = state.line;
        }
        Instruction::NextLineUsingLeading(_) => state.next_line(0.0, -state.leading),
        _ => return false,
    }
    true
}

/// How often a word stands in a text.
fn count(text: &[u8], word: &[u8]) -> usize {
    let mut at = 0;
    std::iter::from_fn(|| {
        at = find(text, word, at)? + word.len();
        Some(())
    })
    .count()
}

/// The page turned so that most of its text is upright.
fn turned(mut shown: Shown) -> Shown {
    let most = Turn::ALL.into_iter().max_by_key(|turn| {
        let count = shown.glyphs.iter().filter(|glyph| glyph.turn == *turn).count();
        (count, *turn == Turn::Upright)
    });
    let turn = most.unwrap_or_default();
    if turn == Turn::Upright {
        return shown;
    }
    for glyph in &mut shown.glyphs {
        glyph.origin = turn.undo(glyph.origin);
        glyph.turn = glyph.turn.less(turn);
    }
    for stroke in &mut shown.strokes {
        *stroke = Stroke { from: turn.undo(stroke.from), to: turn.undo(stroke.to) };
    }
    // The page begins at its top again.
    let points = || shown.glyphs.iter().map(|glyph| glyph.origin);
    let area = Area::around(points().chain(shown.strokes.iter().flat_map(|stroke| [stroke.from, stroke.to])));
    let shift = |point: &mut Point| {
        point.x -= area.left;
        point.y -= area.top;
    };
    shown.glyphs.iter_mut().for_each(|glyph| shift(&mut glyph.origin));
    shown.strokes.iter_mut().for_each(|stroke| {
        shift(&mut stroke.from);
        shift(&mut stroke.to);
    });
    shown.height = area.height();
    shown
}
