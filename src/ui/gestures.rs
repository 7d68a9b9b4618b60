//! From events in a table that is filled in to what they mean. One listener of a kind stands on the
//! whole table; which cell is meant is told by where an event comes from.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, HtmlInputElement};
use yew::{Callback, Event, FocusEvent, InputEvent, KeyboardEvent, MouseEvent};

use super::browser;
use super::cursor::Cursor;
use super::keys::{Command, State, Stroke, command};
use super::scene::{Action, Scene, cell_id};
use super::session::Session;
use super::table::Skeleton;
use crate::block::Block;
use crate::form::{CellId, Laid};
use crate::grid::{Direction, Rectangle};

/// What somebody does in a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Gesture {
    /// The focus has come into a cell.
    Entered(CellId),
    /// A cell is chosen; along the row where that was the Tab key.
    Moved {
        to: CellId,
        along: bool,
    },
    /// The selection reaches to another cell.
    Reached(CellId),
    /// Rows, columns or the whole are selected, with one of their cells.
    Lines {
        cell: CellId,
        lines: Rectangle,
    },
    /// The caret goes into the cell.
    Within(CellId),
    /// A cell holds this now; for good, unless characters are still composed.
    Typed {
        cell: CellId,
        text: String,
        composing: bool,
    },
    /// The focus has left the table.
    Left,
    Restore,
    /// Out of the table, or back to where one came from.
    Leave,
    /// The selected cells are cleared.
    Clear(Vec<CellId>),
    /// What was typed goes into all of these.
    Fill(Vec<CellId>),
    /// What was inferred in these is confirmed; where nothing was, the next cell that was is gone to.
    Confirm(Vec<CellId>),
    ToFinding(CellId),
    Pasted {
        cell: CellId,
        lines: Rectangle,
        html: String,
        text: String,
    },
}

/// The listeners of a table; none where nothing can be changed.
#[derive(Default)]
pub struct Gestures {
    pub onkeydown: Option<Callback<KeyboardEvent>>,
    pub oninput: Option<Callback<InputEvent>>,
    pub onfocusin: Option<Callback<FocusEvent>>,
    pub onfocusout: Option<Callback<FocusEvent>>,
    pub onmousedown: Option<Callback<MouseEvent>>,
    pub onmouseover: Option<Callback<MouseEvent>>,
    pub ondblclick: Option<Callback<MouseEvent>>,
    pub oncopy: Option<Callback<Event>>,
    pub oncut: Option<Callback<Event>>,
    pub onpaste: Option<Callback<Event>>,
}

pub fn gestures(scene: &Scene, sheet: &Rc<Skeleton>) -> Gestures {
    if !scene.edits() {
        return Gestures::default();
    }
    let hand = Rc::new(Hand {
        act: scene.act.clone(),
        session: scene.shared.clone(),
        sheet: sheet.clone(),
        cursor: scene.cursor.cloned(),
        working: scene.working,
    });
    Gestures {
        onkeydown: on(&hand, |hand, event: KeyboardEvent| hand.key(&event)),
        oninput: on(&hand, |hand, event: InputEvent| hand.input(&event)),
        onfocusin: on(&hand, |hand, event: FocusEvent| hand.focus(&event)),
        onfocusout: on(&hand, |hand, event: FocusEvent| hand.blur(&event)),
        onmousedown: on(&hand, |hand, event: MouseEvent| hand.press(&event)),
        onmouseover: on(&hand, |hand, event: MouseEvent| hand.drag(&event)),
        ondblclick: on(&hand, |hand, event: MouseEvent| hand.open(&event)),
        oncopy: on(&hand, |hand, event: Event| _ = hand.copy(&event)),
        oncut: on(&hand, |hand, event: Event| hand.cut(&event)),
        onpaste: on(&hand, |hand, event: Event| hand.paste(&event)),
    }
}

fn on<E: 'static>(hand: &Rc<Hand>, does: fn(&Hand, E)) -> Option<Callback<E>> {
    let hand = hand.clone();
    Some(Callback::from(move |event| does(&hand, event)))
}

/// What the listeners of a table know.
struct Hand {
    act: Callback<Action>,
    session: Rc<RefCell<Session>>,
    sheet: Rc<Skeleton>,
    cursor: Option<Cursor>,
    working: bool,
}

/// Where an event comes from.
fn origin(event: &Event) -> Option<Element> {
    event.composed_path().get(0).dyn_into().ok()
}

impl Hand {
    fn emit(&self, gesture: Gesture) {
        self.act.emit(Action::Grid(gesture));
    }

    /// The cell in which an element stands.
    fn cell_of(&self, element: &Element) -> Option<CellId> {
        let address = element.closest("[data-cell]").ok()??.get_attribute("data-cell")?;
        self.session.borrow().report.form.find(&address)
    }

    fn field_of(&self, event: &Event) -> Option<(HtmlInputElement, CellId)> {
        let field: HtmlInputElement = origin(event)?.dyn_into().ok()?;
        let cell = self.cell_of(&field)?;
        Some((field, cell))
    }

    /// The cursor, where it is at this cell.
    fn cursor_at(&self, cell: CellId) -> Cursor {
        self.cursor.clone().filter(|cursor| cursor.cell == cell).unwrap_or_else(|| Cursor::at(cell))
    }

    fn selected(&self, cursor: &Cursor) -> Option<Rectangle> {
        cursor.selection(&self.sheet.grid)
    }

    fn cells(&self, cursor: &Cursor) -> Vec<CellId> {
        self.selected(cursor).map(|selection| self.sheet.grid.cells(&selection).collect()).unwrap_or_default()
    }

    /// Puts the focus on a cell, which chooses it.
    fn go(&self, beside: &Element, cell: CellId) {
        let id = cell_id(&self.session.borrow().report.form, cell);
        if let Some(field) = browser::by_id(beside, &id).and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            browser::choose(&field);
        }
    }

    fn key(&self, event: &KeyboardEvent) {
        // While characters are composed, the keys are the composer's: 229 is what Safari says of the last.
        if event.is_composing() || event.key_code() == 229 {
            return;
        }
        let Some((field, cell)) = self.field_of(event) else { return };
        let cursor = self.cursor_at(cell);
        // WebKitGTK has no name for Tab with Shift, only its place on the keyboard.
        let key = Some(event.key()).filter(|key| key != "Unidentified").unwrap_or_else(|| event.code());
        let stroke = Stroke {
            key: &key,
            shift: event.shift_key(),
            command: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
        };
        let Some(command) = command(stroke, cursor.state()) else { return };
        if command == Command::Leave && self.working {
            return;
        }
        if matches!(command, Command::Next | Command::Previous) && cursor.leaving {
            return;
        }
        if self.obey(command, &cursor, &field) {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    /// Does what a key asks for; false where the browser is to do what it does by itself.
    fn obey(&self, command: Command, cursor: &Cursor, field: &HtmlInputElement) -> bool {
        let (grid, cell) = (&self.sheet.grid, cursor.cell);
        let step = |direction| grid.step(cell, direction);
        // Where it goes, and whether that is along the row. At the border it stays where it is.
        let (to, along) = match command {
            Command::Move(direction) => (step(direction), false),
            Command::Edge(direction) => (grid.edge(cell, direction), false),
            Command::First => (grid.first(), false),
            Command::Last => (grid.last(), false),
            Command::Next | Command::Previous => {
                let to = if command == Command::Next { grid.next(cell) } else { grid.previous(cell) };
                // At the end the Tab key goes on to what stands behind the table.
                if to.is_none() {
                    return false;
                }
                (to, true)
            }
            Command::Down => (grid.step(cursor.home.unwrap_or(cell), Direction::Down), false),
            Command::Up => (step(Direction::Up), false),
            _ => return self.obey_in_place(command, cursor, field),
        };
        let to = to.unwrap_or(cell);
        self.emit(Gesture::Moved { to, along });
        self.go(field, to);
        true
    }

    fn obey_in_place(&self, command: Command, cursor: &Cursor, field: &HtmlInputElement) -> bool {
        let (grid, cell) = (&self.sheet.grid, cursor.cell);
        let lines = |lines: Option<Rectangle>| lines.map(|lines| Gesture::Lines { cell, lines });
        let gesture = match command {
            Command::Extend(direction) | Command::ExtendToEdge(direction) => {
                let mut reaching = cursor.clone();
                reaching.extend(grid, direction, matches!(command, Command::ExtendToEdge(_)));
                if let Some(far) = browser::by_id(field, &cell_id(&self.session.borrow().report.form, reaching.far)) {
                    browser::reveal(&far);
                }
                Some(Gesture::Reached(reaching.far))
            }
            Command::SelectAll => lines(Some(grid.whole())),
            Command::SelectRow => lines(grid.row_of(cell)),
            Command::SelectColumn => lines(grid.column_of(cell)),
            Command::Edit => {
                browser::put_caret(field);
                Some(Gesture::Within(cell))
            }
            Command::Restore => Some(Gesture::Restore),
            Command::Leave => Some(Gesture::Leave),
            Command::Clear => Some(Gesture::Clear(self.cells(cursor))),
            Command::FillSelection => Some(Gesture::Fill(self.cells(cursor))),
            Command::Confirm => Some(Gesture::Confirm(self.cells(cursor))),
            Command::ToFinding => Some(Gesture::ToFinding(cell)),
            _ => None,
        };
        gesture.map(|gesture| self.emit(gesture)).is_some()
    }

    fn input(&self, event: &InputEvent) {
        if let Some((field, cell)) = self.field_of(event) {
            self.emit(Gesture::Typed { cell, text: field.value(), composing: event.is_composing() });
        }
    }

    fn focus(&self, event: &FocusEvent) {
        let Some((field, cell)) = self.field_of(event) else { return };
        if self.cursor_at(cell).state() == State::Ready {
            field.select();
        }
        self.emit(Gesture::Entered(cell));
    }

    fn blur(&self, event: &FocusEvent) {
        let to: Option<Element> = event.related_target().and_then(|target| target.dyn_into().ok());
        if to.and_then(|to| self.cell_of(&to)).is_none() {
            self.emit(Gesture::Left);
        }
    }

    fn press(&self, event: &MouseEvent) {
        let Some(target) = origin(event).filter(|_| event.button() == 0) else { return };
        if target.closest("button, select").ok().flatten().is_some() {
            return;
        }
        if let Some(head) = target.closest("[data-head]").ok().flatten() {
            event.prevent_default();
            self.press_head(&head);
            return;
        }
        let Some(cell) = self.cell_of(&target) else { return };
        let cursor = self.cursor.clone().filter(|cursor| self.selected(cursor).is_some());
        match cursor {
            Some(cursor) if cursor.cell == cell && cursor.typed.is_some() => self.emit(Gesture::Within(cell)),
            Some(_) if event.shift_key() => {
                event.prevent_default();
                self.emit(Gesture::Reached(cell));
            }
            _ => {
                event.prevent_default();
                self.emit(Gesture::Moved { to: cell, along: false });
                self.go(&target, cell);
            }
        }
    }

    /// Selects the rows or columns that a head names.
    fn press_head(&self, head: &Element) {
        let place = head.get_attribute("data-head").unwrap_or_default();
        let mut numbers = place.split(' ').filter_map(|number| number.parse().ok());
        let (Some(row), Some(column)) = (numbers.next(), numbers.next()) else { return };
        let named = self.sheet.layout.rows.iter().flatten().filter_map(|laid| match laid.laid {
            Laid::Figure(cell) if laid.heads.contains(&(row, column)) => Some(cell),
            _ => None,
        });
        let named: Vec<CellId> = named.collect();
        let (Some(first), Some(last)) = (named.first(), named.last()) else { return };
        if let Some(lines) = self.sheet.grid.rectangle(*first, *last) {
            self.emit(Gesture::Lines { cell: *first, lines });
            self.go(head, *first);
        }
    }

    /// The mouse goes over the cells with its button held down.
    fn drag(&self, event: &MouseEvent) {
        let Some(cursor) = self.cursor.as_ref().filter(|_| event.buttons() & 1 == 1) else { return };
        let cell = origin(event).and_then(|target| self.cell_of(&target));
        if let Some(cell) = cell.filter(|cell| *cell != cursor.far && cursor.typed.is_none()) {
            self.emit(Gesture::Reached(cell));
        }
    }

    fn open(&self, event: &MouseEvent) {
        let Some((field, cell)) = self.field_of(event) else { return };
        if self.cursor_at(cell).typed.is_none() {
            browser::put_caret(&field);
            self.emit(Gesture::Within(cell));
        }
    }

    /// Puts the selected cells on the clipboard, as a table and as text; says what was selected.
    fn copy(&self, event: &Event) -> Option<Vec<CellId>> {
        let (_, cell) = self.field_of(event)?;
        let cursor = self.cursor_at(cell);
        if cursor.typed.is_some() {
            return None;
        }
        let data = event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?;
        let block = Block::of(&self.session.borrow().report, &self.sheet.grid, &self.selected(&cursor)?);
        data.set_data("text/plain", &block.to_tsv()).ok()?;
        data.set_data("text/html", &block.to_html()).ok()?;
        event.prevent_default();
        Some(self.cells(&cursor))
    }

    fn cut(&self, event: &Event) {
        if let Some(cells) = self.copy(event) {
            self.emit(Gesture::Clear(cells));
        }
    }

    fn paste(&self, event: &Event) {
        let Some((_, cell)) = self.field_of(event) else { return };
        let cursor = self.cursor_at(cell);
        let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        let (Some(data), Some(lines), None) = (data, self.selected(&cursor), &cursor.typed) else { return };
        event.prevent_default();
        let get = |kind| data.get_data(kind).unwrap_or_default();
        self.emit(Gesture::Pasted { cell, lines, html: get("text/html"), text: get("text/plain") });
    }
}
