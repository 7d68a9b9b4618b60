//! Drafts: what is edited is kept in the browser and is there again after whatever happened.
//!
//! The modules in reading order:
//! - `identity`: what a draft is a draft of.
//! - `record`: a draft as it is stored; `store`: the browser's store of them.
//! - `keeper`: writes every change; `hold`: which window may.
//! - `shelf`: what a reader sees and does.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::utils::window;
use js_sys::{Function, Reflect};
use wasm_bindgen_futures::spawn_local;
use web_sys::Event;
use yew::Callback;

use super::wording::Words;
use crate::forms::Forms;
use crate::report::Report;

mod hold;
mod identity;
mod keeper;
mod record;
mod shelf;
mod store;

pub use identity::Identity;
pub use record::{Mark, Record, text};
pub use shelf::Shelf;
pub use store::Trouble;

use hold::Hold;
use keeper::{Keeper, News, Task, base_of};
use record::said;
use shelf::{Act, Entry, KEEP, LIST, List, NOTICE, Notice, delete_id};
use store::Store;

/// The element whose drafts these are.
pub trait Desk {
    /// Is given what lets go of the draft, for whoever has to do it in place of a program that broke down.
    fn held(&self, release: &Function);
    /// The report that is shown.
    fn report(&self) -> Option<Report>;
    /// Shows another state of it in its place, as one change.
    fn show(&self, report: Report);
    /// Shows another draft in place of what is shown.
    fn open(&self, record: Record);
    /// Shows again what the page names.
    fn reset(&self);
    /// Draws what there is to see, and moves the focus where an id is given.
    fn redraw(&self, focus: Option<String>);
}

/// What an element knew of its draft before the program broke down.
pub struct Past {
    /// By what name it wrote.
    pub me: String,
    /// What was stored, as far as it knew.
    pub seen: Option<Mark>,
}

/// The drafts of one element. It is cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Drafts(Rc<Inner>);

struct Inner {
    desk: Rc<dyn Desk>,
    store: Rc<Store>,
    identity: RefCell<Identity>,
    forms: Rc<Forms>,
    keeper: Keeper,
    hold: RefCell<Option<Hold>>,
    /// Whether another window has the draft.
    elsewhere: Cell<bool>,
    notice: Cell<Option<Notice>>,
    list: RefCell<Option<List>>,
    /// Hears when the page is put aside as it is, and shown again.
    page: RefCell<Vec<EventListener>>,
}

impl Drafts {
    /// Begins to keep a report that was read. What is given beside is the draft that was kept before,
    /// to be shown in its place. `past` is there where the same element goes on after the program broke down.
    pub async fn begin(
        desk: Rc<dyn Desk>,
        identity: Identity,
        forms: Rc<Forms>,
        report: &Report,
        past: Option<Past>,
    ) -> (Drafts, Option<Report>) {
        let store = Rc::new(Store::default());
        let me = past.as_ref().map_or_else(name, |past| past.me.clone());
        let drafts = Rc::new_cyclic(|of: &std::rc::Weak<Inner>| {
            let (telling, shown) = (of.clone(), desk.clone());
            let told = Callback::from(move |news| {
                if let Some(drafts) = telling.upgrade() {
                    Drafts(drafts).told(news);
                }
            });
            let task = Task {
                store: store.clone(),
                key: RefCell::new(identity.key.clone()),
                me: me.clone(),
                published: RefCell::new(identity.published.as_deref().map(said)),
                report: Box::new(move || shown.report()),
                told,
            };
            let keeper = Keeper::new(task, base_of(identity.published.as_deref()));
            Inner {
                desk,
                store,
                identity: RefCell::new(identity),
                forms,
                keeper,
                hold: RefCell::default(),
                elsewhere: Cell::default(),
                notice: Cell::default(),
                list: RefCell::default(),
                page: RefCell::default(),
            }
        });
        let drafts = Drafts(drafts);
        let hold = drafts.take_hold(&me).await;
        drafts.0.elsewhere.set(!hold.is_here());
        *drafts.0.hold.borrow_mut() = Some(hold);
        let found = drafts.look(report, past.as_ref()).await;
        if drafts.0.elsewhere.get() {
            drafts.0.keeper.rest(None);
        }
        *drafts.0.page.borrow_mut() = drafts.follow_page();
        (drafts, found)
    }

    /// A page that is left may be kept as it is, to be come back to. Whoever edits elsewhere meanwhile is not to wait
    /// for it; and a page that holds a lock is not kept.
    fn follow_page(&self) -> Vec<EventListener> {
        let hear = |name: &'static str, act: fn(Drafts)| {
            let of = Rc::downgrade(&self.0);
            EventListener::new(&window(), name, move |event: &Event| {
                let kept = Reflect::get(event, &"persisted".into()).is_ok_and(|kept| kept.is_truthy());
                if let Some(drafts) = of.upgrade().filter(|_| kept) {
                    act(Drafts(drafts));
                }
            })
        };
        let back = |drafts: Drafts| spawn_local(async move { drafts.come_back().await });
        vec![hear("pagehide", Drafts::put_aside), hear("pageshow", back)]
    }

    /// The page is left; what is not written yet is being written.
    fn put_aside(self) {
        if let Some(hold) = self.0.hold.take() {
            hold.end();
        }
    }

    /// The page is shown again. Who edits the draft by now keeps it, and what was written meanwhile is shown.
    async fn come_back(&self) {
        let Inner { keeper, hold, elsewhere, desk, .. } = &*self.0;
        let taken = self.take_hold(&keeper.name()).await;
        if keeper.has_ended() || hold.borrow().is_some() {
            return taken.end();
        }
        let read_only = elsewhere.replace(!taken.is_here());
        *hold.borrow_mut() = Some(taken);
        if read_only {
            keeper.go_on();
        } else if !elsewhere.get() {
            // The last change may not have been written any more. Over what another has written it is not.
            keeper.flushed().await;
        }
        if elsewhere.get() {
            keeper.rest(None);
        } else if !keeper.leaves_alone()
            && let Some(report) = desk.report()
            && let Some(found) = self.look(&report, None).await
        {
            desk.show(found);
        }
        desk.redraw(None);
    }

    async fn take_hold(&self, me: &str) -> Hold {
        let of = Rc::downgrade(&self.0);
        let tell = |act: fn(Drafts)| {
            let of = of.clone();
            Callback::from(move |()| _ = of.upgrade().map(|drafts| act(Drafts(drafts))))
        };
        let (key, desk) = (self.key(), self.0.desk.clone());
        let held = Callback::from(move |release: Function| desk.held(&release));
        Hold::take(&key, me, tell(Drafts::hand_over), tell(Drafts::yielded), held).await
    }

    /// Looks for what is stored. Gives what is to be shown in place of a report, where that differs and is not older, as
    /// what is known of the `past` already.
    async fn look(&self, report: &Report, past: Option<&Past>) -> Option<Report> {
        let Inner { store, keeper, forms, notice, .. } = &*self.0;
        let identity = self.0.identity.borrow().clone();
        let record = match store.get(&identity.key).await {
            Ok(record) => record,
            Err(trouble) => {
                keeper.doubt(trouble);
                return None;
            }
        };
        keeper.saw(record.as_ref());
        // One that was opened from the list is all there is of it.
        if let (Some(record), None) = (&record, &identity.published) {
            notice.set(Some(Notice::Opened { saved: record.saved }));
        }
        let shown = said(&text(report));
        let Some(record) = record.filter(|record| said(&record.report) != shown) else {
            if identity.published.as_ref().is_some_and(|published| said(published) != shown) {
                keeper.changed();
            }
            return None;
        };
        if past.is_some_and(|past| !record.mark.is_news(past.seen.as_ref(), &past.me)) {
            keeper.changed();
            return None;
        }
        match Report::from_json(&record.report, forms) {
            Ok(draft) => {
                let published = identity.published.is_some();
                let outdated = published && record.base != base_of(identity.published.as_deref());
                notice.set(Some(Notice::Restored { saved: record.saved, outdated, published }));
                Some(draft)
            }
            Err(_) => {
                keeper.rest(Some(Trouble::Unreadable));
                None
            }
        }
    }

    /// What a draft is a draft of.
    fn key(&self) -> String {
        self.0.identity.borrow().key.clone()
    }

    /// What is published, as JSON text; `None` where only the draft is known.
    fn published(&self) -> Option<String> {
        self.0.identity.borrow().published.clone()
    }

    /// What is shown was written to where it came from, and is kept as a draft of that from now on. The draft that
    /// there was is removed. This is for whoever may edit.
    pub fn settle(&self, identity: Identity) {
        let before = std::mem::replace(&mut *self.0.identity.borrow_mut(), identity.clone());
        self.0.notice.set(None);
        let drafts = self.clone();
        spawn_local(async move {
            let Inner { keeper, hold, elsewhere, desk, .. } = &*drafts.0;
            keeper.settle(&identity.key, identity.published.as_deref()).await;
            if before.key != identity.key && hold.borrow().is_some() {
                let taken = drafts.take_hold(&keeper.name()).await;
                // It may have ended meanwhile, or have become something else again.
                if hold.borrow().is_none() || drafts.key() != identity.key {
                    return taken.end();
                }
                elsewhere.set(!taken.is_here());
                if elsewhere.get() {
                    keeper.rest(None);
                }
                if let Some(before) = hold.replace(Some(taken)) {
                    before.end();
                }
            }
            desk.redraw(None);
        });
    }

    /// The draft under a key; `None` also where the store cannot be read.
    pub async fn find(key: &str) -> Option<Record> {
        Store::default().get(key).await.ok().flatten()
    }

    /// Says that only the draft could be had, and not what is published.
    pub fn alone(&self) {
        if let Some(Notice::Opened { saved }) = self.0.notice.get() {
            self.0.notice.set(Some(Notice::Alone { saved }));
        }
    }

    /// What is known of the draft.
    pub fn past(&self) -> Past {
        Past { me: self.0.keeper.name(), seen: self.0.keeper.seen() }
    }

    /// Whether the report may be changed here.
    pub fn may_edit(&self) -> bool {
        !self.0.elsewhere.get()
    }

    /// The report has changed. Says whether that shows in what there is to see of drafts.
    pub fn changed(&self) -> bool {
        let over = matches!(self.0.notice.get(), Some(Notice::Published | Notice::Taken));
        if over {
            self.0.notice.set(None);
        }
        self.0.keeper.changed();
        over || !self.0.keeper.is_drawn()
    }

    /// What there is to see.
    pub fn shelf(&self, words: Words) -> Shelf {
        let drafts = self.clone();
        let form_name = |entry: &Entry| {
            let form = self.0.forms.get(&entry.record.form);
            form.map_or(entry.record.form.clone(), |form| form.name.get(words.0).to_owned())
        };
        let mut list = self.0.list.borrow().clone();
        for entry in list.iter_mut().flat_map(|list| &mut list.entries) {
            entry.form = form_name(entry);
        }
        Shelf {
            state: self.0.keeper.state(),
            notice: self.0.notice.get(),
            elsewhere: self.0.elsewhere.get(),
            unsaved: self.0.keeper.is_dirty(),
            list,
            act: Callback::from(move |act| drafts.act(act)),
            words,
        }
    }

    /// Ends it: what is not written yet is written, and another window may have the draft.
    pub fn end(&self) {
        self.0.keeper.end();
        self.0.page.take();
        if let Some(hold) = self.0.hold.take() {
            hold.end();
        }
    }

    fn told(&self, news: News) {
        if news == News::Elsewhere {
            self.0.elsewhere.set(true);
        }
        self.0.desk.redraw(None);
    }

    /// Another window asks for the draft: it gets it with everything in it.
    fn hand_over(self) {
        self.0.elsewhere.set(true);
        spawn_local(async move {
            self.0.keeper.flushed().await;
            self.0.keeper.rest(None);
            if let Some(hold) = &*self.0.hold.borrow() {
                hold.let_go();
            }
            self.0.desk.redraw(None);
        });
    }

    /// Another window has taken the draft without asking.
    fn yielded(self) {
        self.0.elsewhere.set(true);
        self.0.keeper.rest(None);
        self.0.desk.redraw(None);
    }

    fn act(&self, act: Act) {
        let drafts = self.clone();
        match act {
            Act::Publish => self.publish(),
            Act::Dismiss => {
                self.0.notice.set(None);
                self.0.desk.redraw(Some(shelf::BUTTON.to_owned()));
            }
            Act::Reread => self.0.desk.reset(),
            Act::TakeOver => spawn_local(async move { drafts.take_over().await }),
            Act::List => {
                if self.0.list.take().is_some() {
                    self.0.desk.redraw(Some(shelf::BUTTON.to_owned()));
                } else {
                    spawn_local(async move { drafts.list(false).await });
                }
            }
            Act::Open(key) => self.open(&key),
            Act::Ask(key) => self.ask(Some(key), KEEP.to_owned()),
            Act::Keep(key) => {
                let at = self.place(&key).unwrap_or(0);
                self.ask(None, delete_id(at));
            }
            Act::Delete(key) => spawn_local(async move { drafts.delete(&key).await }),
        }
    }

    /// Goes back to what is published. It is a change like another, and can be taken back.
    fn publish(&self) {
        let published = self.published();
        if let Some(Ok(report)) = published.as_ref().map(|published| Report::from_json(published, &self.0.forms)) {
            self.0.keeper.rebase(base_of(published.as_deref()));
            self.0.desk.show(report);
            self.changed();
            self.0.notice.set(Some(Notice::Published));
        }
        self.0.desk.redraw(Some(NOTICE.to_owned()));
    }

    /// Takes the draft over from another window, as it is stored.
    async fn take_over(&self) {
        let hold = self.0.hold.borrow().clone();
        let (Some(hold), Some(report)) = (hold, self.0.desk.report()) else { return };
        hold.take_over().await;
        self.0.keeper.go_on();
        let found = self.look(&report, None).await;
        if hold.is_here() {
            self.0.notice.set(Some(Notice::Taken));
        } else {
            self.0.keeper.rest(None);
        }
        if let Some(report) = found {
            self.0.desk.show(report);
        }
        self.0.elsewhere.set(!hold.is_here());
        self.0.desk.redraw(Some(NOTICE.to_owned()));
    }

    /// Lists all drafts, with what is edited here as it is now.
    async fn list(&self, deleted: bool) {
        self.0.keeper.flushed().await;
        let found = self.0.store.list().await;
        let trouble = found.as_ref().err().copied();
        let key = self.key();
        let entry = |record: Record| {
            let shown = record.key == key;
            Entry { form: record.form.clone(), shown, record }
        };
        let entries = found.into_iter().flatten().map(entry).collect();
        *self.0.list.borrow_mut() = Some(List { entries, asking: None, deleted, trouble });
        self.0.desk.redraw(Some(LIST.to_owned()));
    }

    fn place(&self, key: &str) -> Option<usize> {
        self.0.list.borrow().as_ref()?.entries.iter().position(|entry| entry.record.key == key)
    }

    fn open(&self, key: &str) {
        let list = self.0.list.borrow();
        let entry = list.as_ref().and_then(|list| list.entries.iter().find(|entry| entry.record.key == key));
        let record = entry.map(|entry| entry.record.clone());
        drop(list);
        if let Some(record) = record {
            self.0.desk.open(record);
        }
    }

    fn ask(&self, about: Option<String>, focus: String) {
        if let Some(list) = &mut *self.0.list.borrow_mut() {
            list.asking = about;
            list.deleted = false;
        }
        self.0.desk.redraw(Some(focus));
    }

    /// Deletes a draft. If it is the one that is shown, what is published takes its place.
    async fn delete(&self, key: &str) {
        self.0.keeper.flushed().await;
        let shown = key == self.key();
        if shown {
            self.0.keeper.rest(None);
        }
        let deleted = self.0.store.delete(key).await;
        if shown && deleted.is_ok() && self.0.keeper.leaves_alone() {
            // It was in the way of what is shown, and was never shown itself.
            self.0.keeper.saw(None);
            self.0.keeper.go_on();
            self.0.keeper.changed();
        } else if shown && deleted.is_ok() {
            self.0.notice.set(None);
            let published = self.published();
            match published.as_ref().map(|published| Report::from_json(published, &self.0.forms)) {
                Some(Ok(report)) => {
                    self.0.keeper.saw(None);
                    self.0.keeper.rebase(base_of(published.as_deref()));
                    self.0.desk.show(report);
                }
                _ => return self.0.desk.reset(),
            }
        }
        if shown {
            self.0.keeper.go_on();
        }
        // There may be room again for what could not be written.
        self.list(deleted.is_ok()).await;
        if let (Err(trouble), Some(list)) = (deleted, &mut *self.0.list.borrow_mut()) {
            list.trouble = Some(trouble);
        }
        self.0.desk.redraw(Some(LIST.to_owned()));
    }
}

/// A name that no other element has, in no window.
fn name() -> String {
    let part = || (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!("{:08x}{:08x}", part(), part())
}
