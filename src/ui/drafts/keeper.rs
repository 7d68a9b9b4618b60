//! Keeps what is edited: every change is in the store a moment after it was made.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::{Rc, Weak};

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use gloo::utils::{document, window};
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::BeforeUnloadEvent;
use yew::Callback;

use super::record::{self, Mark, Record, said};
use super::store::{Store, Trouble, Written};
use crate::report::Report;
use crate::ui::browser;

/// How long changes are gathered before they are written together, in milliseconds.
const GATHER: u32 = 100;
/// How long the page still listens for being left after all is written.
const CALM: u32 = 1000;
/// When a write that failed is tried again.
const AGAIN: u32 = 5000;

/// When a write takes so long that the reader is told of it.
const SLOW: i32 = 1000;
/// When it has taken so long that it is tried again.
const PATIENCE: i32 = 5000;

/// What a keeper needs to know: whose draft it writes, and where it comes from.
pub struct Task {
    pub store: Rc<Store>,
    /// Of what it is the draft. That changes where what is shown becomes what is published.
    pub key: RefCell<String>,
    /// The element, in its tab.
    pub me: String,
    /// What the published report says, as JSON text; `None` where only the draft is known.
    pub published: RefCell<Option<String>>,
    /// The report as it is now.
    pub report: Box<dyn Fn() -> Option<Report>>,
    /// Told when something else is to be shown: it is saved, it is not, another has written.
    pub told: Callback<News>,
}

/// What a keeper tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    State,
    /// Another has written meanwhile.
    Elsewhere,
}

/// How the draft stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum State {
    /// There is nothing to save.
    #[default]
    Unchanged,
    Saving,
    /// When it was saved, in milliseconds since 1970.
    Saved(f64),
    Unsaved(Trouble),
}

impl State {
    /// Whether a reader sees no difference: only minutes are shown.
    fn looks_like(self, other: State) -> bool {
        let minute = |time: f64| (time / 60_000.0).floor();
        match (self, other) {
            (State::Saved(one), State::Saved(other)) => minute(one) == minute(other),
            _ => self == other,
        }
    }
}

/// Writes one draft. It is cheap to clone; all clones are the same keeper.
#[derive(Clone)]
pub struct Keeper(Rc<Inner>);

struct Inner {
    task: Task,
    /// The fingerprint of the published report with which the draft began.
    base: RefCell<String>,
    /// What is stored, as far as it is known here.
    seen: RefCell<Option<Mark>>,
    state: Cell<State>,
    /// What the reader sees of it.
    drawn: Cell<State>,
    /// Whether there is something that is not stored yet.
    dirty: Cell<bool>,
    writing: Cell<bool>,
    /// Whether nothing is to be written: another edits it, or what is stored cannot be read.
    idle: Cell<bool>,
    ended: Cell<bool>,
    /// The report as it was in the end: the element may show another already.
    last: RefCell<Option<Report>>,
    timer: RefCell<Option<Timeout>>,
    /// Those that wait until all is written.
    waiting: RefCell<Vec<Function>>,
    /// Asks before the page is left, as long as something would be lost.
    warning: RefCell<Option<EventListener>>,
    /// Ends that once nothing would be.
    calming: RefCell<Option<Timeout>>,
    leaving: RefCell<Vec<EventListener>>,
}

impl Keeper {
    pub fn new(task: Task, base: String) -> Keeper {
        let keeper = Keeper(Rc::new(Inner {
            task,
            base: RefCell::new(base),
            seen: RefCell::default(),
            state: Cell::default(),
            drawn: Cell::default(),
            dirty: Cell::default(),
            writing: Cell::default(),
            idle: Cell::default(),
            ended: Cell::default(),
            last: RefCell::default(),
            timer: RefCell::default(),
            waiting: RefCell::default(),
            warning: RefCell::default(),
            calming: RefCell::default(),
            leaving: RefCell::default(),
        }));
        *keeper.0.leaving.borrow_mut() = keeper.watch();
        keeper
    }

    /// The element that writes, in its tab.
    pub fn name(&self) -> String {
        self.0.task.me.clone()
    }

    /// Writes at once when the page is left or put aside: nobody knows whether it comes back.
    fn watch(&self) -> Vec<EventListener> {
        let flush = |of: Weak<Inner>| {
            move |_: &web_sys::Event| {
                if let Some(inner) = of.upgrade() {
                    Keeper(inner).flush();
                }
            }
        };
        vec![
            EventListener::new(&document(), "visibilitychange", flush(Rc::downgrade(&self.0))),
            EventListener::new(&window(), "pagehide", flush(Rc::downgrade(&self.0))),
        ]
    }

    /// How the draft stands, to be drawn now.
    pub fn state(&self) -> State {
        self.0.drawn.set(self.0.state.get());
        self.0.state.get()
    }

    /// Whether a reader sees how it stands.
    pub fn is_drawn(&self) -> bool {
        self.0.state.get().looks_like(self.0.drawn.get())
    }

    /// What is stored, as far as it is known here.
    pub fn seen(&self) -> Option<Mark> {
        self.0.seen.borrow().clone()
    }

    /// Whether there is something here that is not stored.
    pub fn is_dirty(&self) -> bool {
        self.0.dirty.get()
    }

    /// Whether it is over: the element is gone, or shows something else.
    pub fn has_ended(&self) -> bool {
        self.0.ended.get()
    }

    /// Whether something is stored that cannot be read, so that nothing is written over it.
    pub fn leaves_alone(&self) -> bool {
        self.0.state.get() == State::Unsaved(Trouble::Unreadable)
    }

    /// Takes note of what is stored.
    pub fn saw(&self, stored: Option<&Record>) {
        *self.0.seen.borrow_mut() = stored.map(|record| record.mark.clone());
        self.0.state.set(stored.map_or(State::Unchanged, |record| State::Saved(record.saved)));
        if let Some(record) = stored {
            self.0.base.borrow_mut().clone_from(&record.base);
        }
        self.0.dirty.set(false);
        self.warn();
    }

    /// What is stored cannot be looked at. What is changed is tried to be written all the same.
    pub fn doubt(&self, trouble: Trouble) {
        self.0.state.set(State::Unsaved(trouble));
    }

    /// The draft begins anew with the report that is published now.
    pub fn rebase(&self, base: String) {
        *self.0.base.borrow_mut() = base;
    }

    /// Whether nothing is written for now.
    pub fn rest(&self, trouble: Option<Trouble>) {
        self.0.idle.set(true);
        self.0.timer.take();
        if let Some(trouble) = trouble {
            self.0.state.set(State::Unsaved(trouble));
        }
    }

    pub fn go_on(&self) {
        self.0.idle.set(false);
    }

    /// Something has changed: it is written in a moment.
    pub fn changed(&self) {
        self.0.dirty.set(true);
        // What was saved last stays true; that the rest follows in a moment need not flicker.
        if self.0.state.get() == State::Unchanged {
            self.0.state.set(State::Saving);
        }
        self.warn();
        if document().hidden() {
            self.flush();
        } else if self.0.timer.borrow().is_none() {
            self.wait(GATHER);
        }
    }

    fn wait(&self, time: u32) {
        let keeper = self.clone();
        *self.0.timer.borrow_mut() = Some(Timeout::new(time, move || keeper.flush()));
    }

    /// Writes at once what is not written yet.
    pub fn flush(&self) {
        self.0.timer.take();
        if self.0.idle.get() || !self.0.dirty.get() || self.0.writing.replace(true) {
            return;
        }
        let keeper = self.clone();
        spawn_local(async move {
            let mut news = News::State;
            while keeper.0.dirty.replace(false) {
                match keeper.write_in_time().await {
                    Ok(Written::Done(mark)) => *keeper.0.seen.borrow_mut() = Some(mark),
                    Ok(Written::Elsewhere) => {
                        keeper.0.dirty.set(true);
                        keeper.rest(None);
                        news = News::Elsewhere;
                        break;
                    }
                    Err(trouble) => {
                        keeper.0.dirty.set(true);
                        keeper.0.state.set(State::Unsaved(trouble));
                        if !keeper.0.ended.get() {
                            keeper.wait(AGAIN);
                        }
                        break;
                    }
                }
            }
            keeper.written();
            if !keeper.0.ended.get() {
                keeper.warn();
                keeper.tell(news);
            }
        });
    }

    /// Writes what is not written yet, and waits for it.
    pub async fn flushed(&self) {
        self.flush();
        self.rested().await;
    }

    /// Nothing is being written any more.
    fn written(&self) {
        self.0.writing.set(false);
        for waiting in self.0.waiting.take() {
            // What resolves a promise does not throw.
            let _ = waiting.call0(&JsValue::NULL);
        }
    }

    /// What is shown was published, and is a draft of that from now on: the draft of what was published before goes.
    pub async fn settle(&self, key: &str, published: Option<&str>) {
        self.0.timer.take();
        self.rested().await;
        // What is stored under another name and cannot be read is left alone; it is in nobody's way any more.
        let unreadable = self.leaves_alone();
        // Until it is gone, nothing is written.
        self.0.writing.set(true);
        let before = self.0.task.key.replace(key.to_owned());
        *self.0.task.published.borrow_mut() = published.map(said);
        self.rebase(base_of(published));
        let seen = self.0.seen.take();
        if !unreadable {
            // What cannot be removed stays a draft of what was published before.
            let _ = self.0.task.store.clear(&before, &self.0.task.me, seen.as_ref()).await;
        }
        self.go_on();
        self.written();
        self.0.dirty.set(false);
        self.0.state.set(State::Unchanged);
        // What was changed meanwhile is the first change of the new.
        let report = (self.0.task.report)().map(|report| said(&record::text(&report)));
        if !self.0.ended.get() && report.is_some() && report != published.map(said) {
            self.changed();
        }
        self.warn();
    }

    /// Waits until nothing is being written.
    async fn rested(&self) {
        while self.0.writing.get() {
            let written = Promise::new(&mut |resolve, _| self.0.waiting.borrow_mut().push(resolve));
            // It is resolved and never rejected.
            let _ = JsFuture::from(written).await;
        }
    }

    /// Tells what is not seen yet: a view that is drawn for nothing would disturb who types in it.
    fn tell(&self, news: News) {
        if news != News::State || !self.is_drawn() {
            self.0.task.told.emit(news);
        }
    }

    /// Writes the newest state, and says so where that takes long. What hangs has failed.
    async fn write_in_time(&self) -> Result<Written, Trouble> {
        let mut work = pin!(self.write());
        if let Some(written) = browser::within(SLOW, work.as_mut()).await {
            return written;
        }
        if !self.0.ended.get() && !matches!(self.0.state.get(), State::Unsaved(_)) {
            self.0.state.set(State::Saving);
            self.tell(News::State);
        }
        browser::within(PATIENCE, work).await.unwrap_or(Err(Trouble::Failed))
    }

    /// Writes the newest state. A draft that equals what is published is none.
    async fn write(&self) -> Result<Written, Trouble> {
        let Task { store, me, report, .. } = &self.0.task;
        let (key, published) = (self.0.task.key.borrow().clone(), self.0.task.published.borrow().clone());
        let seen = self.0.seen.borrow().clone();
        let report = if self.0.ended.get() { self.0.last.borrow().clone() } else { report() };
        let Some(report) = report else { return Ok(Written::Done(seen.unwrap_or_default())) };
        let base = self.0.base.borrow().clone();
        let draft = Record::of(&report, &key, &base, me);
        let (written, state) = if published.as_ref().is_some_and(|published| *published == said(&draft.report)) {
            (store.clear(&key, me, seen.as_ref()).await?, State::Unchanged)
        } else {
            let saved = State::Saved(draft.saved);
            (store.put(draft, seen.as_ref()).await?, saved)
        };
        if matches!(written, Written::Done(_)) {
            self.0.state.set(state);
        }
        Ok(written)
    }

    /// Whether leaving the page would lose something.
    fn is_lossy(&self) -> bool {
        self.0.dirty.get() || self.0.writing.get()
    }

    /// Asks before the page is left as long as that would lose something. A page that listens for it cannot be kept for
    /// coming back to, so that it does only then, and a moment longer: to begin with it takes long, and the next key does.
    fn warn(&self) {
        if !self.is_lossy() {
            let keeper = Rc::downgrade(&self.0);
            let calm = move || {
                if let Some(keeper) = keeper.upgrade().map(Keeper).filter(|keeper| !keeper.is_lossy()) {
                    keeper.0.warning.take();
                }
            };
            *self.0.calming.borrow_mut() = self.0.warning.borrow().is_some().then(|| Timeout::new(CALM, calm));
        } else if self.0.warning.borrow().is_none() {
            let keeper = Rc::downgrade(&self.0);
            let options = EventListenerOptions::enable_prevent_default();
            let ask = move |event: &web_sys::Event| {
                let Some(keeper) = keeper.upgrade().map(Keeper).filter(Keeper::is_lossy) else { return };
                event.prevent_default();
                if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
                    event.set_return_value(" ");
                }
                // While the reader is asked, it can still be written.
                keeper.flush();
            };
            let listener = EventListener::new_with_options(&window(), "beforeunload", options, ask);
            *self.0.warning.borrow_mut() = Some(listener);
        }
    }

    /// Writes the rest and ends.
    pub fn end(&self) {
        *self.0.last.borrow_mut() = (self.0.task.report)();
        self.0.ended.set(true);
        self.flush();
        self.0.leaving.take();
        self.0.warning.take();
        self.0.calming.take();
        self.0.timer.take();
    }
}

/// The fingerprint of a published report.
pub fn base_of(published: Option<&str>) -> String {
    published.map(|published| record::fingerprint(&said(published))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_sees_minutes() {
        let saved = |seconds: f64| State::Saved(seconds * 1000.0);
        assert!(saved(60.0).looks_like(saved(119.0)));
        assert!(!saved(59.0).looks_like(saved(60.0)));
        assert!(!saved(0.0).looks_like(State::Saving));
        assert!(State::Unsaved(Trouble::Full).looks_like(State::Unsaved(Trouble::Full)));
        assert!(!State::Unsaved(Trouble::Full).looks_like(State::Unsaved(Trouble::Failed)));
    }
}
