//! Filling in the tables: what is done in them, step by step, in the view that holds them.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use yew::Context;

use super::{Clipping, Message, View, session};
use crate::edit::CoverEntry;
use crate::form::CellId;
use crate::ui::asking::{ASKING, Asking};
use crate::ui::cursor::{Cursor, Typed, in_print_order, next_of};
use crate::ui::gestures::Gesture;
use crate::ui::pasting::{Pasted, Pasting};
use crate::ui::scene::{Action, Draft, REASON, SUMMARY, cell_id, finding_id, write_id};
use crate::ui::session::{Done, Entry, Spot, Wish};
use crate::ui::{cover, origins, verdict, writing};

/// How long typing has to pause before it is said how things stand.
const PAUSE: u32 = 900;

/// Hears of characters that are composed to the end. Yew knows no such event, and some browsers say
/// nothing else of the last characters.
pub fn follow_composing(root: &Element, ctx: &Context<View>) -> EventListener {
    let act = ctx.link().callback(Message::Act);
    EventListener::new(root, "compositionend", move |event| {
        let field = event.composed_path().get(0).dyn_into::<HtmlInputElement>();
        if let Some((text, address)) =
            field.ok().and_then(|field| Some((field.value(), field.get_attribute("data-cell")?)))
        {
            act.emit(Action::Composed { address, text });
        }
    })
}

impl View {
    /// Hears of what has changed, and of what somebody else did for it; says whether it has to be drawn.
    pub fn hear(&mut self, ctx: &Context<View>, message: Message) -> bool {
        match message {
            Message::Done(done) => {
                self.done(ctx, done);
                self.redraw_soon(ctx);
            }
            Message::Anew => {
                self.begin_anew();
                self.lay_out(ctx);
            }
            Message::Pasted(clipping, pasted) => self.pasted(ctx, &clipping, pasted),
            Message::Announce => return self.announce(ctx),
            Message::Redraw => return self.redraw(ctx),
            Message::Back => self.dismiss(ctx),
            Message::Act(_) | Message::Open(_) => return false,
        }
        true
    }

    /// Does what changes the report, or leads to it; says whether it has to be drawn.
    pub fn edit(&mut self, ctx: &Context<View>, action: Action) -> bool {
        let wish = |wish| ctx.props().wish.emit(wish);
        match action {
            Action::Apply { finding, repair } => wish(Wish::Repair { finding, repair }),
            Action::Write(finding) => {
                let given = session(ctx).and_then(|session| session.borrow().findings.get(finding)?.answer.clone());
                self.draft = Some(Draft { finding, reason: given.unwrap_or_default(), blank: false });
                self.focus = Some(REASON.to_owned());
            }
            Action::Type(reason) => {
                if let Some(draft) = &mut self.draft {
                    draft.reason = reason;
                }
                return false;
            }
            Action::Save => self.save(ctx),
            Action::Cancel => {
                self.focus = self.draft.take().map(|draft| write_id(draft.finding));
            }
            Action::Withdraw(finding) => wish(Wish::Answer { finding, reason: String::new() }),
            Action::Undo => wish(Wish::Undo),
            Action::Redo => wish(Wish::Redo),
            Action::Sum(cell) => {
                wish(Wish::Enter { texts: vec![(cell, String::new())], entry: Entry::Summed });
            }
            Action::Unit { cell, unit } => wish(Wish::Unit { cell, unit }),
            Action::NextBlank => self.next_blank(ctx),
            Action::NextDoubtful => self.next_doubtful(ctx),
            Action::Trace(cell) => self.go_to_cell(ctx, cell),
            Action::Confirm(cells) => {
                self.back_to_cell(ctx, None);
                wish(Wish::Confirm(cells));
            }
            Action::ConfirmListed(cells) => {
                let Some(session) = session(ctx) else { return false };
                self.focus = Some(origins::after_confirming(&session.borrow().report, &self.sheets, &cells));
                wish(Wish::Confirm(cells));
            }
            Action::AllDoubtful => {
                self.all_doubtful = true;
                self.focus = Some(origins::TO_CHECK.to_owned());
            }
            Action::Ask(asking) => self.ask(asking),
            Action::Agree => self.agree(ctx, false),
            Action::PasteAsBlock => self.agree(ctx, true),
            Action::Dismiss => self.dismiss(ctx),
            Action::WriteText { section, text, again } => wish(Wish::Text { section, text, again }),
            Action::Rewrite(change) => wish(Wish::Rewrite(change)),
            Action::Cover { entry, again } => wish(Wish::Cover { entry, again }),
            Action::Year(text) => self.year(ctx, text),
            Action::OnlyYear => self.only_year(ctx),
            Action::Grid(gesture) => return self.gesture(ctx, gesture),
            Action::Composed { address, text } => return self.composed(ctx, &address, text),
            // Those who only read do the others too.
            _ => return false,
        }
        true
    }

    fn save(&mut self, ctx: &Context<Self>) {
        let Some(draft) = &mut self.draft else { return };
        draft.blank = draft.reason.trim().is_empty();
        if draft.blank {
            self.focus = Some(REASON.to_owned());
            return;
        }
        let Draft { finding, reason, .. } = draft.clone();
        self.draft = None;
        // Where it says what it said before, nothing changes.
        self.focus = Some(write_id(finding));
        ctx.props().wish.emit(Wish::Answer { finding, reason });
    }

    /// The report has changed: what was open stays so, and the focus goes where it has changed.
    fn done(&mut self, ctx: &Context<Self>, done: Done) {
        self.lay_out(ctx);
        let Some(session) = session(ctx) else { return };
        let session = session.borrow();
        let Done { wish, places, cells, next, spot } = done;
        let now = |place: usize| places.get(place).copied().flatten();
        self.opened = self.opened.iter().filter_map(|place| now(*place)).collect();
        self.draft = self.draft.take().and_then(|draft| Some(Draft { finding: now(draft.finding)?, ..draft }));
        let words = ctx.props().words;
        if places.len() != session.findings.len() || places.contains(&None) {
            let cell = self.cursor.as_ref().map(|cursor| cell_id(&session.report.form, cursor.cell));
            self.held = cell.and_then(|id| self.place_of(id));
        }
        if matches!(wish, Wish::Enter { entry: Entry::Typed { .. }, .. } | Wish::Restore) {
            self.typed_on(ctx);
            return;
        }
        if let Wish::Text { section, .. } = &wish {
            self.held = self.place_of(writing::text_id(section));
        }
        if matches!(wish, Wish::Text { .. } | Wish::Cover { .. }) {
            self.typed_on(ctx);
            return;
        }
        if let Some(cursor) = &mut self.cursor {
            cursor.typed = None;
        }
        if matches!(wish, Wish::Confirm(_)) {
            let left = origins::inferred(&session.report);
            self.said = words.confirmed(left);
            // With the last, the list has gone.
            let gone = self.focus.as_deref() == Some(origins::TO_CHECK)
                && origins::doubtful(&session.report, &self.sheets).is_empty();
            self.focus = if gone { Some(SUMMARY.to_owned()) } else { self.focus.take() };
            return;
        }
        self.said = words.said(&wish).to_owned() + &words.now(&verdict::spoken(&session, words));
        self.announced = verdict::spoken(&session, words);
        if matches!(wish, Wish::Enter { .. } | Wish::Unit { .. }) {
            return;
        }
        self.came_from = Some(SUMMARY.to_owned());
        self.focus = match (cells.first(), next) {
            (Some(cell), _) => Some(cell_id(&session.report.form, *cell)),
            (None, Some(next)) => {
                self.uncover(&session, next, ctx.props().editable);
                Some(finding_id(next))
            }
            (None, None) => match spot {
                Some(Spot::Words { section, start, end }) => {
                    self.selection = Some((section, start, end));
                    None
                }
                Some(Spot::Cover(key)) => Some(cover::field_id(key)),
                None => Some(SUMMARY.to_owned()),
            },
        };
    }

    /// Follows what is done in a table; says whether it has to be drawn.
    fn gesture(&mut self, ctx: &Context<View>, gesture: Gesture) -> bool {
        let wish = |wish| ctx.props().wish.emit(wish);
        match gesture {
            Gesture::Entered(cell) => {
                let same = self.cursor.as_ref().is_some_and(|cursor| cursor.cell == cell);
                if same {
                    return false;
                }
                self.typing = true;
                self.cursor = Some(Cursor::at(cell));
            }
            Gesture::Moved { to, along } => {
                self.typing = true;
                let before = self.cursor.take();
                let home = before.map(|cursor| cursor.home.unwrap_or(cursor.cell)).filter(|_| along);
                self.cursor = Some(Cursor { home, ..Cursor::at(to) });
            }
            Gesture::Reached(far) => {
                if let Some(cursor) = &mut self.cursor {
                    (cursor.far, cursor.lines) = (far, None);
                }
            }
            Gesture::Lines { cell, lines } => self.cursor = Some(Cursor { lines: Some(lines), ..Cursor::at(cell) }),
            Gesture::Within(cell) => {
                let text = session(ctx).map(|session| session.borrow().report.value(cell).to_string());
                let cursor = self.cursor_at(cell);
                let typed =
                    cursor.typed.get_or_insert_with(|| Typed { text: text.unwrap_or_default(), ..Typed::default() });
                typed.within = true;
            }
            Gesture::Typed { cell, text, composing } => return self.typed(ctx, cell, text, composing),
            Gesture::Left => match self.cursor.as_mut().and_then(|cursor| cursor.typed.take()) {
                Some(_) => self.came_from = None,
                None => return false,
            },
            Gesture::Restore => {
                if let Some(typed) = self.cursor.as_mut().and_then(|cursor| cursor.typed.take()) {
                    self.focus = None;
                    if typed.begun {
                        wish(Wish::Restore);
                    }
                }
            }
            Gesture::Leave => match self.came_from.take() {
                Some(from) => return self.back_to(ctx, from),
                None => {
                    self.said = ctx.props().words.leaving().to_owned();
                    if let Some(cursor) = &mut self.cursor {
                        cursor.leaving = true;
                    }
                }
            },
            Gesture::Clear(cells) => {
                let texts = cells.into_iter().map(|cell| (cell, String::new())).collect();
                wish(Wish::Enter { texts, entry: Entry::Cleared });
            }
            Gesture::Fill(cells) => {
                let Some(typed) = self.cursor.as_mut().and_then(|cursor| cursor.typed.take()) else { return false };
                let texts = cells.into_iter().map(|cell| (cell, typed.text.clone())).collect();
                wish(Wish::Enter { texts, entry: Entry::Typed { again: typed.begun } });
            }
            Gesture::Confirm(cells) => {
                let inferred =
                    |cell: &CellId| session(ctx).is_some_and(|session| session.borrow().report.is_inferred(*cell));
                if cells.iter().any(inferred) {
                    wish(Wish::Confirm(cells));
                } else {
                    self.next_doubtful(ctx);
                }
            }
            Gesture::ToFinding(cell) => return self.open_of(ctx, cell),
            Gesture::Pasted { cell, lines, html, text } => {
                // A single word or number needs nobody to read it.
                let plain = !html.contains("<table") && !text.contains(['\t', '\n']);
                let clipping = Clipping { cell, lines, html, text };
                if plain {
                    let pasted = Pasted::from_text(&clipping.text);
                    self.pasted(ctx, &clipping, pasted);
                } else {
                    ctx.props().paste.emit(clipping);
                }
            }
        }
        true
    }

    /// The cursor, moved to this cell where it was elsewhere.
    fn cursor_at(&mut self, cell: CellId) -> &mut Cursor {
        let cursor = self.cursor.get_or_insert_with(|| Cursor::at(cell));
        if cursor.cell != cell {
            *cursor = Cursor::at(cell);
        }
        cursor
    }

    fn typed(&mut self, ctx: &Context<View>, cell: CellId, text: String, composing: bool) -> bool {
        let cursor = self.cursor_at(cell);
        let typed = cursor.typed.get_or_insert_with(Typed::default);
        typed.text.clone_from(&text);
        // Half a character is nothing to be checked, and must not be drawn over.
        if composing {
            return false;
        }
        let again = std::mem::replace(&mut typed.begun, true);
        ctx.props().wish.emit(Wish::Enter { texts: vec![(cell, text)], entry: Entry::Typed { again } });
        true
    }

    /// Characters were composed to the end in the cell at an address.
    fn composed(&mut self, ctx: &Context<View>, address: &str, text: String) -> bool {
        let cell = session(ctx).and_then(|session| session.borrow().report.form.find(address));
        cell.is_some_and(|cell| self.typed(ctx, cell, text, false))
    }

    /// The report has changed under the typing: the page stays where it is, and how things stand is said
    /// once it pauses.
    fn typed_on(&mut self, ctx: &Context<View>) {
        self.typing = true;
        let link = ctx.link().clone();
        self.pause = Some(Timeout::new(PAUSE, move || link.send_message(Message::Announce)));
    }

    /// Says how things stand, where that is news.
    fn announce(&mut self, ctx: &Context<View>) -> bool {
        let Some(session) = session(ctx) else { return false };
        let words = ctx.props().words;
        let now = verdict::spoken(&session.borrow(), words);
        let news = now != self.announced;
        if news {
            self.said = words.now(&now);
            self.announced = now;
        }
        news
    }

    fn next_blank(&mut self, ctx: &Context<View>) {
        let Some(session) = session(ctx) else { return };
        let report = &session.borrow().report;
        let from = self.cursor.as_ref().map(|cursor| cursor.cell);
        let next = next_of(&in_print_order(&report.form), from, |cell| report.is_blank(cell));
        self.focus = next.map(|cell| cell_id(&report.form, cell));
    }

    fn next_doubtful(&mut self, ctx: &Context<View>) {
        let Some(session) = session(ctx) else { return };
        let doubtful = origins::doubtful(&session.borrow().report, &self.sheets);
        let next = match self.cursor.as_ref().map(|cursor| cursor.cell) {
            // Those behind where one is come first, though that is none of them.
            Some(from) => {
                let report = &session.borrow().report;
                next_of(&in_print_order(&report.form), Some(from), |cell| doubtful.contains(&cell))
            }
            None => doubtful.first().copied(),
        };
        if let Some(next) = next {
            self.go_to_cell(ctx, next);
        }
    }

    fn go_to_cell(&mut self, ctx: &Context<View>, cell: CellId) {
        self.focus = session(ctx).map(|session| cell_id(&session.borrow().report.form, cell));
    }

    fn open_of(&mut self, ctx: &Context<View>, cell: CellId) -> bool {
        let Some(session) = session(ctx) else { return false };
        let places = {
            let session = session.borrow();
            let address = &session.report.form.cell(cell).address;
            let names = |finding: &crate::finding::Finding| finding.answer.is_none() && finding.cells.contains(address);
            session.findings.iter().position(names)
        };
        let Some(place) = places else { return false };
        self.open(ctx, &[place]);
        true
    }

    fn ask(&mut self, asking: Asking) {
        self.asking = Some(asking);
        self.focus = Some(ASKING.to_owned());
    }

    /// Does what was asked, or pastes as a block what could be a whole table.
    fn agree(&mut self, ctx: &Context<View>, as_block: bool) {
        let (Some(asking), Some(session)) = (self.asking.take(), session(ctx)) else { return };
        let (texts, entry) = match asking {
            Asking::Year(year) => return ctx.props().wish.emit(Wish::Recast(year)),
            Asking::Zeros => (session.borrow().zeros(), Entry::Zeros),
            Asking::Propose => (session.borrow().proposals(), Entry::Proposed),
            Asking::Paste(pasting) => match pasting.block.filter(|_| as_block) {
                Some(block) if !block.is_plain() => return self.ask(Asking::Paste(*block)),
                Some(block) => (block.texts, Entry::Pasted),
                None => (pasting.texts, Entry::Pasted),
            },
        };
        let first = texts.first().map(|(cell, _)| *cell);
        ctx.props().wish.emit(Wish::Enter { texts, entry });
        self.back_to_cell(ctx, first);
    }

    fn dismiss(&mut self, ctx: &Context<View>) {
        if let Some(Asking::Year(_)) = self.asking.take() {
            self.focus = Some(cover::field_id("year"));
            return;
        }
        self.back_to_cell(ctx, None);
    }

    /// A year was entered: it is written, or where it has a form of its own, one is asked.
    fn year(&mut self, ctx: &Context<View>, text: String) {
        self.odd_year = None;
        let year = cover::year_of(&text);
        let other =
            session(ctx).is_some_and(|session| year.is_some_and(|year| session.borrow().form_for(year).is_some()));
        match year {
            Some(year) if other => self.ask(Asking::Year(year)),
            None if !text.trim().is_empty() => self.odd_year = Some(text),
            year => self.write_year(ctx, year),
        }
    }

    /// Writes the year that was asked about, and stays with the form.
    fn only_year(&mut self, ctx: &Context<View>) {
        if let Some(Asking::Year(year)) = self.asking.take() {
            self.write_year(ctx, Some(year));
        }
    }

    fn write_year(&mut self, ctx: &Context<View>, year: Option<i32>) {
        ctx.props().wish.emit(Wish::Cover { entry: CoverEntry::Year(year), again: false });
    }

    /// Back to the cell where one was, or else to another.
    fn back_to_cell(&mut self, ctx: &Context<View>, other: Option<CellId>) {
        let Some(session) = session(ctx) else { return };
        let cell = self.cursor.as_ref().map(|cursor| cursor.cell).or(other);
        self.focus = cell.map(|cell| cell_id(&session.borrow().report.form, cell));
    }

    /// Pastes what fits without a question, or asks.
    fn pasted(&mut self, ctx: &Context<View>, clipping: &Clipping, pasted: Pasted) {
        let Some(session) = session(ctx) else { return };
        let sheet = self.sheets.iter().find(|sheet| sheet.grid.position(clipping.cell).is_some());
        let pasting = sheet.and_then(|sheet| Pasting::of(&session.borrow(), &sheet.grid, &clipping.lines, pasted));
        match pasting {
            None => {}
            Some(pasting) if pasting.is_plain() => {
                ctx.props().wish.emit(Wish::Enter { texts: pasting.texts, entry: Entry::Pasted });
            }
            Some(pasting) => self.ask(Asking::Paste(pasting)),
        }
    }
}
