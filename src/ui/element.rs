//! The life of one `<nianbao-report>`: what it is asked to show, getting it, showing it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::{Array, Function, Promise};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::{DomException, Element as DomElement, HtmlElement};
use yew::{AppHandle, Callback, Renderer};

use super::EDITOR;
use super::afloat::{self, Afloat, Notice};
use super::browser::{self, Room};
use super::charts::Wanted;
use super::clipboard::{self, Copied};
use super::drafts::{self, Desk, Drafts, Identity, Past, Shelf};
use super::exporting::{self, Format};
use super::groups::GROUPS;
use super::journal::Journal;
use super::pasting::Pasted;
use super::reading::Reading;
use super::scene::{Action, TITLE, cell_id};
use super::session::{Done, Entry, Screen, Session, Wish};
use super::source::{self, Source, Unread};
use super::view::{Clipping, Message, Opened, Properties, View};
use super::wording::Words;
use super::work::{Doing, Services, Stopped, Work};
use crate::charts::Choices;
use crate::fingerprint;
use crate::form::CellId;
use crate::forms::Forms;
use crate::language::Language;
use crate::report::Report;
use crate::value::Value;

/// More than there are findings: from here on numbers are figures, by their places in the form.
const FIGURES: i32 = 1 << 24;

/// How many milliseconds after the last key the page hears of the findings.
const TELLING: u32 = 100;

/// How many milliseconds something may take before the reader is told that it is being done.
const PATIENCE: u32 = 300;

/// What is only waited for in the editor. A condition would not do: what a function may wait for stays in it.
#[cfg(feature = "editor")]
async fn in_the_editor<T, F: Future<Output = Option<T>>>(work: impl FnOnce() -> F) -> Option<T> {
    work().await
}

#[cfg(not(feature = "editor"))]
async fn in_the_editor<T, F: Future<Output = Option<T>>>(_: impl FnOnce() -> F) -> Option<T> {
    None
}

/// One element at work. It is cheap to clone; all clones are the same element.
#[derive(Clone)]
pub struct Element(Rc<Inner>);

struct Inner {
    host: HtmlElement,
    mount: DomElement,
    /// Shows the element's own content.
    slot: HtmlElement,
    services: Services,
    /// A report or file that was handed over; undefined where `src` or the content tell.
    given: RefCell<JsValue>,
    /// The name of that file.
    name: RefCell<String>,
    /// Further reports that were handed over; undefined where the attribute tells.
    history: RefCell<JsValue>,
    /// What that is a draft of, where it is one that was left or opened.
    draft_of: RefCell<Option<Identity>>,
    /// What is shown, as a thing to keep drafts of.
    shown: RefCell<Option<(Identity, Rc<Forms>)>>,
    drafts: RefCell<Option<Drafts>>,
    /// What is noted of the report that is edited.
    journal: RefCell<Option<Journal>>,
    /// The journal of a program that broke down, with which the next report that is read goes on.
    resumed: RefCell<Option<Journal>>,
    /// Whether drafts are being looked for, so that nothing may change.
    looking: Cell<bool>,
    /// The id of what gets the focus when it is drawn.
    focus: RefCell<Option<String>>,
    language: Cell<Language>,
    /// Counts the loads, so that a late one is known as such.
    load: Cell<u32>,
    busy: Cell<bool>,
    /// What is under way.
    work: RefCell<Option<Rc<Work>>>,
    /// What has happened, until the reader has read it.
    notice: RefCell<Option<Notice>>,
    screen: RefCell<Screen>,
    /// Whether the screen has yet to be announced by events.
    news: Cell<bool>,
    /// Whether the reader asked for this load by the button, which is gone with what it stood in:
    /// the focus then goes to what comes.
    retrying: Cell<bool>,
    /// What is open in the view.
    opened: Rc<RefCell<Opened>>,
    /// Until the page hears of the findings of what is typed.
    telling: RefCell<Option<Timeout>>,
    app: RefCell<Option<AppHandle<View>>>,
    room: RefCell<Option<Room>>,
}

impl Element {
    /// Starts in an element of a shadow root. Nothing is shown before [`Element::load`].
    pub fn new(host: HtmlElement, mount: DomElement, slot: HtmlElement, services: Services) -> Element {
        let element = Element(Rc::new(Inner {
            host,
            mount,
            slot,
            services,
            given: RefCell::new(JsValue::UNDEFINED),
            name: RefCell::default(),
            history: RefCell::new(JsValue::UNDEFINED),
            draft_of: RefCell::default(),
            shown: RefCell::default(),
            drafts: RefCell::default(),
            journal: RefCell::default(),
            resumed: RefCell::default(),
            looking: Cell::default(),
            focus: RefCell::default(),
            language: Cell::default(),
            load: Cell::default(),
            busy: Cell::default(),
            work: RefCell::default(),
            notice: RefCell::default(),
            screen: RefCell::new(Screen::Empty),
            news: Cell::default(),
            retrying: Cell::default(),
            opened: Rc::default(),
            telling: RefCell::default(),
            app: RefCell::default(),
            room: RefCell::default(),
        }));
        browser::set_attribute(&element.0.mount, "data-scheme", browser::color_scheme(&element.0.host));
        let mount = element.0.mount.clone();
        *element.0.room.borrow_mut() = Some(Room::follow(&element.0.mount, move || browser::measure(&mount)));
        element
    }

    /// Reads and shows what it is given (JSON text, or the bytes of a file with its name), or else what the
    /// attributes and the content tell. The promise resolves when it is shown, with nothing, or
    /// with the sentence that is shown in its place. `again` says that it is the same report as
    /// before, only in another language, so that what was changed in it stays. `draft_of` is what
    /// [`Element::identity`] told of a report that was left and is given again. `history` is JSON text of further
    /// reports, where the attribute does not tell.
    pub fn load(
        &self,
        given: JsValue,
        name: String,
        again: bool,
        draft_of: Option<String>,
        history: JsValue,
    ) -> Promise {
        *self.0.history.borrow_mut() = history;
        // A draft that was opened here stays so in another language.
        if !(again && given.is_undefined() && self.0.draft_of.borrow().is_some()) {
            self.give(given, name, draft_of.and_then(|json| Identity::from_json(&json)));
        }
        self.reload(again)
    }

    /// Has the next report that is read go on where another program broke down.
    pub fn resume(&self, journal: JsValue) {
        if EDITOR {
            *self.0.resumed.borrow_mut() = Journal::of(journal);
        }
    }

    fn give(&self, given: JsValue, name: String, draft_of: Option<Identity>) {
        *self.0.given.borrow_mut() = given;
        *self.0.name.borrow_mut() = name;
        *self.0.draft_of.borrow_mut() = draft_of;
    }

    fn reload(&self, again: bool) -> Promise {
        self.0.language.set(self.asked_language());
        if !matches!(*self.0.screen.borrow(), Screen::Report(_)) {
            *self.0.screen.borrow_mut() = Screen::Loading;
        }
        let given = !self.0.given.borrow().is_undefined();
        let name = match self.0.host.get_attribute("src") {
            Some(src) if !given => source::file_name(src.split_ascii_whitespace().next().unwrap_or_default()),
            _ => self.0.name.borrow().clone(),
        };
        self.show_report(self.0.given.borrow().clone(), name, again, None)
    }

    /// Reads the bytes of a file in, of which there were `others` too; undefined where it has none. Where a report is edited, it takes its place, which can
    /// be undone; else it is shown in place of what was. The promise resolves when that is done, with nothing, or
    /// where the file holds no report with a sentence, and where the reader has cancelled it with an
    /// AbortError; what was shown stays then.
    pub fn import(&self, bytes: JsValue, name: String, others: u32, as_edit: bool) -> Promise {
        if bytes.is_undefined() {
            let why = Unread::Because(self.words().not_a_file().to_owned());
            Promise::resolve(&self.not_taken(why))
        } else if EDITOR && as_edit {
            self.edit_in(bytes, name, others)
        } else {
            self.show_report(bytes, name, false, Some(others))
        }
    }

    /// Reads and shows a report. `others` is there where it is a file that a reader brings.
    fn show_report(&self, given: JsValue, name: String, again: bool, others: Option<u32>) -> Promise {
        let load = self.0.load.get() + 1;
        self.0.load.set(load);
        self.0.busy.set(true);
        let work = self.begin(Doing::Read(name.clone()));
        self.render();
        let element = self.clone();
        future_to_promise(async move {
            let read = element.source(given.clone(), &name, &work).session().await;
            element.end(&work);
            let current = load == element.0.load.get();
            let screen = match read {
                Ok(Some(session)) => {
                    if let Some(others) = others.filter(|_| current) {
                        element.tell_of_file(&name, others);
                        element.give(given, name, None);
                    }
                    let identity = element.identity_of(&session.report);
                    Screen::Report(element.received(load, again, identity, session).await)
                }
                Ok(None) => Screen::Empty,
                Err(unread) if others.is_some() && element.session().is_some() => {
                    element.0.busy.set(!current);
                    return Ok(element.not_taken(unread));
                }
                // What was shown before stays.
                Err(Unread::Cancelled) if element.session().is_some() => {
                    element.0.busy.set(!current);
                    element.render();
                    return Ok(JsValue::UNDEFINED);
                }
                Err(unread) => {
                    let sentence = element.sentence(unread);
                    in_the_editor(|| element.draft_alone(load)).await.unwrap_or(Screen::Failed(sentence))
                }
            };
            Ok(element.finish(load, screen))
        })
    }

    /// Takes the report of a file over as an edit.
    fn edit_in(&self, bytes: JsValue, name: String, others: u32) -> Promise {
        let element = self.clone();
        let work = self.begin(Doing::Read(name.clone()));
        future_to_promise(async move {
            // Only the report itself is taken over.
            let alone = |source| Source { history: "[]".into(), ..source };
            let read = match element.may_change() {
                true => alone(element.source(bytes, &name, &work)).session().await,
                false => Err(Unread::Because(element.words().elsewhere().to_owned())),
            };
            element.end(&work);
            let session = element.session().filter(|_| element.may_change());
            let read = match (read, &session) {
                (Err(unread), _) => return Ok(element.not_taken(unread)),
                // It was taken away from here meanwhile.
                (Ok(_), None) => return Ok(element.not_taken(Unread::Cancelled)),
                (Ok(read), Some(_)) => read,
            };
            let done = session.as_ref().zip(read).and_then(|(session, read)| session.borrow_mut().import(read));
            element.tell_of_file(&name, others);
            element.render();
            if let Some((session, done)) = session.zip(done) {
                element.changed(&session, done);
            }
            Ok(JsValue::UNDEFINED)
        })
    }

    /// Tells that a file was read, and of how many more.
    fn tell_of_file(&self, name: &str, others: u32) {
        let notice = match others {
            0 => Notice::Unseen(self.words().was_read(name)),
            others => Notice::Note(self.words().only_first(name, others)),
        };
        *self.0.notice.borrow_mut() = Some(notice);
    }

    /// Tells why a file was not taken, over what is shown; gives what its promise comes to.
    fn not_taken(&self, unread: Unread) -> JsValue {
        let failure = match unread {
            Unread::Cancelled => aborted(self.words().cancelled()),
            Unread::Because(sentence) => {
                *self.0.notice.borrow_mut() = Some(Notice::Trouble(sentence.clone()));
                sentence.into()
            }
        };
        self.render();
        failure
    }

    fn sentence(&self, unread: Unread) -> String {
        match unread {
            Unread::Because(sentence) => sentence,
            Unread::Cancelled => self.words().cancelled().to_owned(),
        }
    }

    /// Begins work of which the reader is told once it takes a while. What was being read is given up.
    fn begin(&self, doing: Doing) -> Rc<Work> {
        let element = self.clone();
        let work = Rc::new(Work::new(doing, Callback::from(move |()| element.render())));
        let patient = Rc::downgrade(&work);
        Timeout::new(PATIENCE, move || _ = patient.upgrade().map(|work| work.tell())).forget();
        self.0.notice.take();
        let former = self.0.work.replace(Some(work.clone()));
        if let Some(former) = former.filter(|former| former.reads() && work.reads()) {
            former.cancel();
        }
        work
    }

    fn end(&self, work: &Rc<Work>) {
        self.0.work.borrow_mut().take_if(|known| Rc::ptr_eq(known, work));
    }

    fn cancel(&self) {
        let work = self.0.work.borrow().clone();
        if let Some(work) = work {
            work.cancel();
        }
    }

    fn do_afloat(&self, act: afloat::Act) {
        match act {
            afloat::Act::Cancel => self.cancel(),
            afloat::Act::Dismiss => {
                self.0.notice.take();
                self.render();
            }
        }
    }

    /// A report was read: what was changed in it before is changed again, and its draft is looked for.
    async fn received(&self, load: u32, again: bool, identity: Identity, mut session: Session) -> Rc<RefCell<Session>> {
        if load == self.0.load.get() {
            let before = self.session().filter(|_| again);
            // Its keeper goes on: it writes what is shown, whatever the language.
            let same = before.is_some() && self.0.shown.borrow().as_ref().is_some_and(|(of, _)| *of == identity);
            *self.0.shown.borrow_mut() = Some((identity, Rc::new(session.forms.clone())));
            let journal = EDITOR.then(|| Journal::new(&drafts::text(&session.report), &list(&session.others)));
            let resumed = self.0.resumed.take().filter(|_| EDITOR);
            if let Some(resumed) = &resumed {
                session.replay(&resumed.entries());
                *self.0.notice.borrow_mut() = Some(Notice::Note(self.words().started_anew().to_owned()));
            } else if let Some(before) = before.filter(|_| EDITOR) {
                session.take_up(&mut before.borrow_mut());
            }
            if !same {
                self.end_drafts();
            }
            let past = resumed.and_then(|resumed| resumed.past());
            if self.0.drafts.borrow().is_none()
                && let Some(draft) = in_the_editor(|| self.look_for_drafts(&session.report, past)).await
            {
                session.change(Wish::Take(Box::new(draft)));
            }
            if load == self.0.load.get() {
                self.begin_journal(journal, &session);
            }
        }
        Rc::new(RefCell::new(session))
    }

    /// Notes from now on what is done to a report.
    fn begin_journal(&self, journal: Option<Journal>, session: &Session) {
        let Some(journal) = journal else { return };
        self.sign(&journal);
        journal.rewrite(session);
        self.0.services.set_journal(journal.as_js());
        *self.0.journal.borrow_mut() = Some(journal);
    }

    /// Notes what the report is a draft of, and what is known of that.
    fn sign(&self, journal: &Journal) {
        let past = self.0.drafts.borrow().as_ref().map(Drafts::past);
        journal.sign(self.identity().as_deref(), past.as_ref());
    }

    /// Has the journal follow.
    fn noted(&self, note: impl FnOnce(&Journal)) {
        if EDITOR && let Some(journal) = &*self.0.journal.borrow() {
            note(journal);
        }
    }

    /// What a report that was read is a draft of.
    fn identity_of(&self, report: &Report) -> Identity {
        let given = !self.0.given.borrow().is_undefined();
        let known = self.0.draft_of.borrow().clone();
        known.unwrap_or_else(|| Identity::of(&self.0.host, given, report))
    }

    /// The draft of what could not be read: whoever has edited it can go on.
    async fn draft_alone(&self, load: u32) -> Option<Screen> {
        if load != self.0.load.get() || !self.keeps_drafts() || !self.0.given.borrow().is_undefined() {
            return None;
        }
        // What is not written yet is written before it is looked for.
        self.end_drafts();
        let (identity, forms) = (Identity::unread(&self.0.host), Forms::official());
        let record = Drafts::find(&identity.key).await?;
        let report = Report::from_json(&record.report, &forms).ok()?;
        let mut session = Session::new(Reading::from(report), None, self.0.language.get());
        session.forms = forms;
        let session = self.received(load, false, identity, session).await;
        if let Some(drafts) = &*self.0.drafts.borrow() {
            drafts.alone();
        }
        Some(Screen::Report(session))
    }

    /// Whether the page wants the report edited: as for any control, not where it, or a `<fieldset>` around it, is disabled.
    fn edits(&self) -> bool {
        let host = &self.0.host;
        EDITOR
            && host.get_attribute("mode").as_deref() == Some("edit")
            && !host.matches(":disabled, [disabled], [readonly]").unwrap_or_default()
    }

    /// Whether drafts of the report are to be kept.
    fn keeps_drafts(&self) -> bool {
        self.edits() && self.0.host.get_attribute("drafts").as_deref() != Some("off")
    }

    /// Begins to keep drafts, where they are to be kept; gives the one that is to be shown. `past` is what the same element
    /// knew of it before the program broke down.
    async fn look_for_drafts(&self, report: &Report, past: Option<Past>) -> Option<Report> {
        let (identity, forms) = self.0.shown.borrow().clone().filter(|_| self.keeps_drafts())?;
        let load = self.0.load.get();
        self.0.looking.set(true);
        let (drafts, draft) = Drafts::begin(Rc::new(self.clone()), identity, forms, report, past).await;
        self.0.looking.set(false);
        if load != self.0.load.get() || !self.keeps_drafts() {
            drafts.end();
            return None;
        }
        *self.0.drafts.borrow_mut() = Some(drafts);
        draft
    }

    /// What a reader sees of the drafts.
    fn shelf(&self) -> Option<Shelf> {
        self.0.drafts.borrow().as_ref().map(|drafts| drafts.shelf(self.words()))
    }

    fn end_drafts(&self) {
        if EDITOR && let Some(drafts) = self.0.drafts.take() {
            drafts.end();
        }
    }

    /// After an attribute has changed that says what can be done with the report.
    pub fn refresh(&self) {
        if !self.keeps_drafts() {
            self.end_drafts();
        } else if EDITOR
            && self.0.drafts.borrow().is_none()
            && !self.0.looking.get()
            && !self.0.busy.get()
            && let Some(report) = self.report_shown()
        {
            let element = self.clone();
            // Until it is known whether there is one, fields that took something would lose it.
            self.0.looking.set(true);
            spawn_local(async move {
                let draft = element.look_for_drafts(&report, None).await;
                element.0.looking.set(false);
                if let Some(draft) = draft {
                    element.show(draft);
                }
                element.noted(|journal| element.sign(journal));
                element.render();
            });
        }
        self.render();
    }

    /// That a program for more than is shown could not be had, in a sentence, which is told over the report if that is
    /// wanted.
    pub fn missing(&self, program: &str, told: bool) -> String {
        let sentence = self.words().program_missing(program);
        if told {
            self.notify(Notice::Trouble(sentence.clone()));
        }
        sentence
    }

    fn retry(&self) {
        self.0.retrying.set(true);
        // What it comes to is shown and announced.
        drop(self.reload(false));
    }

    fn source(&self, given: JsValue, name: &str, work: &Rc<Work>) -> Source {
        let Inner { host, services, language, .. } = &*self.0;
        let (host, services, language) = (host.clone(), services.clone(), language.get());
        let history = self.0.history.borrow().clone();
        Source { host, services, given, name: name.to_owned(), history, language, work: work.clone() }
    }

    /// Shows what a load came to, unless a newer one has begun.
    fn finish(&self, load: u32, screen: Screen) -> JsValue {
        let failure = match &screen {
            Screen::Failed(sentence) => JsValue::from_str(sentence),
            _ => JsValue::UNDEFINED,
        };
        if load == self.0.load.get() {
            if !matches!(screen, Screen::Report(_)) {
                self.end_drafts();
                self.0.shown.take();
            }
            if EDITOR && !matches!(screen, Screen::Report(_)) {
                self.0.journal.take();
                self.0.services.set_journal(&JsValue::UNDEFINED);
            }
            *self.0.screen.borrow_mut() = screen;
            self.0.busy.set(false);
            self.0.news.set(true);
            self.render();
        }
        failure
    }

    fn asked_language(&self) -> Language {
        let nearest = self.0.host.closest("[lang]").ok().flatten();
        let page = || self.0.host.owner_document()?.document_element();
        let tag = nearest.or_else(page).and_then(|element| element.get_attribute("lang")).unwrap_or_default();
        Language::from_tag(&tag).unwrap_or_default()
    }

    fn words(&self) -> Words {
        Words(self.0.language.get())
    }

    /// Draws it anew, after the mode has changed or something else is shown.
    pub fn render(&self) {
        let (element, retrying, wishing, pasting) = (self.clone(), self.clone(), self.clone(), self.clone());
        let (copying, floating, opening, saving) = (self.clone(), self.clone(), self.clone(), self.clone());
        let (drawing, host) = (self.clone(), self.0.host.clone());
        let properties = Properties {
            screen: self.0.screen.borrow().clone(),
            afloat: Afloat {
                progress: self.0.work.borrow().as_ref().and_then(|work| work.progress()),
                notice: self.0.notice.borrow().clone(),
            },
            float: Callback::from(move |act| floating.do_afloat(act)),
            open: Callback::from(move |files| opening.0.services.take(&files)),
            at_hand: self.0.services.at_hand(),
            save: Callback::from(move |format| saving.save(format)),
            busy: self.0.busy.get(),
            editable: self.edits() && self.may_change(),
            charts: self.0.host.get_attribute("view").as_deref() == Some("charts"),
            chosen: self.0.host.get_attribute("charts"),
            turn: Callback::from(move |charts| {
                browser::set_attribute(&host, "view", if charts { "charts" } else { "tables" })
            }),
            picture: Callback::from(move |wanted| drawing.save_chart(wanted)),
            drafts: if EDITOR { self.shelf() } else { None },
            words: self.words(),
            retry: Callback::from(move |()| retrying.retry()),
            wish: Callback::from(move |wish| _ = wishing.change(wish)),
            paste: Callback::from(move |clipping| pasting.take_clipping(clipping)),
            copied: Callback::from(move |copied| copying.take_copied(copied)),
            shown: Callback::from(move |()| element.announce()),
            opened: self.0.opened.clone(),
        };
        let mut app = self.0.app.borrow_mut();
        match &mut *app {
            Some(app) => app.update(properties),
            None => *app = Some(Renderer::<View>::with_root_and_props(self.0.mount.clone(), properties).render()),
        }
    }

    /// After the view has changed: takes the room anew and tells the page what is shown.
    fn announce(&self) {
        browser::measure(&self.0.mount);
        let focus = self.0.focus.take();
        if let Some(target) = focus.and_then(|id| browser::by_id(&self.0.mount, &id)) {
            browser::show(&target);
        }
        if !self.0.news.replace(false) {
            return;
        }
        if self.0.retrying.replace(false)
            && let Some(title) = browser::by_id(&self.0.mount, TITLE)
        {
            browser::show(&title);
        }
        let screen = self.0.screen.borrow().clone();
        self.0.slot.set_hidden(matches!(screen, Screen::Report(_)));
        match screen {
            Screen::Report(_) => {
                browser::dispatch(&self.0.host, "nianbao-ready", &JsValue::NULL);
                self.tell_findings();
            }
            Screen::Failed(sentence) => {
                browser::dispatch(&self.0.host, "nianbao-error", &detail(&[("message", sentence.into())]));
            }
            Screen::Empty | Screen::Loading => {}
        }
    }

    /// Changes the report that is shown, tells the page around, and says whether there was anything
    /// to change.
    fn change(&self, wish: Wish) -> bool {
        let Some(session) = self.session().filter(|_| self.may_change()) else { return false };
        if !EDITOR {
            return false;
        }
        let done = session.borrow_mut().change(wish);
        done.map(|done| self.changed(&session, done)).is_some()
    }

    /// Draws what has changed and tells the page around.
    fn changed(&self, session: &RefCell<Session>, done: Done) {
        self.noted(|journal| journal.note(&session.borrow(), &done.wish));
        let of_cell = |cell: &CellId| {
            let session = session.borrow();
            let address = session.report.form.cell(*cell).address.as_str().into();
            detail(&[("cell", address), ("value", figure(session.report.value(*cell)))])
        };
        let changes: Vec<_> = done.cells.iter().map(of_cell).collect();
        let typed = matches!(done.wish, Wish::Enter { entry: Entry::Typed { .. }, .. } | Wish::Text { .. });
        let shows = self.0.drafts.borrow().as_ref().is_some_and(Drafts::changed);
        if shows {
            self.render();
        }
        self.act(Message::Done(done));
        for change in changes {
            browser::dispatch(&self.0.host, "nianbao-change", &change);
        }
        // What is typed is painted first: all findings as plain objects are much to make for every key.
        if typed {
            let element = self.clone();
            *self.0.telling.borrow_mut() = Some(Timeout::new(TELLING, move || element.tell_findings()));
        } else {
            self.0.telling.take();
            self.tell_findings();
        }
    }

    fn tell_findings(&self) {
        browser::dispatch(&self.0.host, "nianbao-findings", &detail(&[("findings", self.findings())]));
    }

    /// Whether nobody else edits the draft.
    fn may_change(&self) -> bool {
        EDITOR && !self.0.looking.get() && self.0.drafts.borrow().as_ref().is_none_or(Drafts::may_edit)
    }

    /// Has the reader look at what was on the clipboard. Where it cannot be had, the plain text has to do.
    fn take_clipping(&self, clipping: Clipping) {
        if !EDITOR {
            return;
        }
        let Some(session) = self.session() else { return };
        let element = self.clone();
        spawn_local(async move {
            let known = session.borrow().forms.clone();
            let Inner { services, language, .. } = &*element.0;
            let read = clipboard::read(services, &clipping.html, &clipping.text, language.get(), &known).await;
            let read = read.map(|json| Pasted::from_reader(&json, &known));
            let read = read.filter(|read| read.block.is_some() || read.report.is_some());
            let pasted = read.unwrap_or_else(|| Pasted::from_text(&clipping.text));
            element.act(Message::Pasted(clipping, pasted));
        });
    }

    /// Has the reader look at what is pasted into a text, and hands its paragraphs on.
    fn take_copied(&self, copied: Copied) {
        if !EDITOR {
            return;
        }
        let Some(session) = self.session() else { return };
        let element = self.clone();
        spawn_local(async move {
            let known = session.borrow().forms.clone();
            let Inner { services, language, .. } = &*element.0;
            let read = clipboard::read(services, &copied.html, &copied.text, language.get(), &known).await;
            copied.then.emit(clipboard::paragraphs(read.as_deref(), &copied.text));
        });
    }

    /// Takes the last change back; says whether there was one.
    pub fn undo(&self) -> bool {
        self.change(Wish::Undo)
    }

    /// Makes the change again that was taken back last; says whether there was one.
    pub fn redo(&self) -> bool {
        self.change(Wish::Redo)
    }

    /// Whether the report is another than the one that was read.
    pub fn edited(&self) -> bool {
        self.session().is_some_and(|session| session.borrow().is_edited())
    }

    /// The report that is shown was written to where it came from: it counts as what is published from now on, and has no
    /// draft. `text`, where it is given, is the report's JSON as it was written; false where something else is shown
    /// by now, or nothing.
    pub fn saved(&self, text: Option<&str>) -> bool {
        let Some(session) = self.session() else { return false };
        if text.is_some_and(|text| Some(text) != self.text().as_deref()) {
            return false;
        }
        session.borrow_mut().publish();
        if EDITOR && self.may_change() {
            let given = !self.0.given.borrow().is_undefined();
            let identity = Identity::of(&self.0.host, given, &session.borrow().report);
            // It stays so in another language.
            *self.0.draft_of.borrow_mut() = Some(identity.clone());
            if let Some((shown, _)) = &mut *self.0.shown.borrow_mut() {
                *shown = identity.clone();
            }
            if let Some(drafts) = &*self.0.drafts.borrow() {
                drafts.settle(identity);
            }
        }
        self.noted(|journal| {
            self.sign(journal);
            journal.publish(&session.borrow());
        });
        self.render();
        true
    }

    /// The fingerprint of the report that is shown.
    pub fn fingerprint(&self) -> Option<String> {
        self.session().map(|session| session.borrow().fingerprint.to_string())
    }

    /// What the file is called today in which the report is taken along.
    pub fn offline_name(&self) -> Option<String> {
        self.session().map(|session| exporting::offline_name(&session.borrow().report, &browser::today()))
    }

    /// What the report that is shown is a draft of, as text.
    pub fn identity(&self) -> Option<String> {
        self.0.shown.borrow().as_ref().map(|(identity, _)| identity.to_json())
    }

    fn act(&self, message: Message) {
        if let Some(app) = &*self.0.app.borrow() {
            app.send_message(message);
        }
    }

    fn session(&self) -> Option<Rc<RefCell<Session>>> {
        match &*self.0.screen.borrow() {
            Screen::Report(session) => Some(session.clone()),
            _ => None,
        }
    }

    fn report_shown(&self) -> Option<Report> {
        self.session().map(|session| session.borrow().report.clone())
    }

    /// The report that is shown, as JSON text.
    pub fn text(&self) -> Option<String> {
        self.session().map(|session| session.borrow().report.to_json().to_string())
    }

    /// The reports that are at hand beside it, as plain objects.
    pub fn history(&self) -> JsValue {
        let json = self.session().map_or_else(|| "[]".to_owned(), |session| list(&session.borrow().others));
        js_sys::JSON::parse(&json).unwrap_or_default()
    }

    /// The findings of the report that is shown, as plain objects.
    pub fn findings(&self) -> JsValue {
        let serializer = serde_wasm_bindgen::Serializer::json_compatible();
        match self.session() {
            Some(session) => session.borrow().findings.serialize(&serializer).unwrap_or_default(),
            None => Array::new().into(),
        }
    }

    /// The report as a file of a format. The promise resolves to its text or a blob, and rejects with a sentence where
    /// nothing is shown or the format is not at hand. JSON says where figures come from if that is wanted, and a page
    /// holds the charts. A file to take along is made as its `options` say.
    pub fn export(&self, ending: &str, provenance: bool, charts: bool, options: JsValue) -> Promise {
        let (words, at_hand) = (self.words(), self.0.services.at_hand());
        let (Some(session), format) = (self.session(), exporting::format(ending)) else {
            return Promise::reject(&words.nothing_shown().into());
        };
        let Some(format) = format else {
            return Promise::reject(&words.unknown_format(ending, &at_hand.endings()).into());
        };
        if !at_hand.has(format) {
            return Promise::reject(&words.format_left_out(format, &at_hand).into());
        }
        if format.ending == exporting::OFFLINE {
            return self.bundle(&session.borrow(), format, options);
        }
        if charts && format.ending != exporting::PAGE {
            return Promise::reject(&words.charts_in_pages_only().into());
        }
        let session = session.borrow();
        let is_json = format.ending == exporting::JSON;
        let mut json = match provenance && is_json {
            true => session.report.to_json_with_provenance(),
            false => session.report.to_json(),
        };
        if is_json {
            fingerprint::put(&session.report, &mut json);
            let text = serde_json::to_string_pretty(&json).unwrap_or_default();
            return Promise::resolve(&JsValue::from(text));
        }
        let forms: Array = session.forms.brought().map(JsValue::from_str).collect();
        let json = json.to_string().into();
        let given = Array::of4(&json, &format.ending.into(), &words.0.tag().into(), &forms);
        if charts {
            given.push(&list(&session.beside()).into());
            given.push(&flat(&self.0.opened.borrow().choices));
            given.push(&self.0.host.get_attribute("charts").into());
        }
        let (element, work) = (self.clone(), self.begin(Doing::Write(format)));
        future_to_promise(async move {
            let made = work.run(&element.0.services, "write", &given).await;
            element.made(&work, made)
        })
    }

    /// The file in which the report is taken along.
    fn bundle(&self, session: &Session, format: &'static Format, options: JsValue) -> Promise {
        let json = session.report.to_json_with_provenance().to_string();
        let forms: Array = session.forms.brought().map(JsValue::from_str).collect();
        let options = if options.is_undefined() { JsValue::NULL } else { options };
        let (element, work) = (self.clone(), self.begin(Doing::Write(format)));
        future_to_promise(async move {
            let Inner { services, language, .. } = &*element.0;
            let made = work.bundle(services, &json, &forms, language.get().tag(), &options).await;
            element.made(&work, made)
        })
    }

    /// What the promise of a file comes to.
    fn made(&self, work: &Rc<Work>, made: Result<JsValue, Stopped>) -> Result<JsValue, JsValue> {
        self.end(work);
        self.render();
        let words = self.words();
        made.map_err(|stopped| match stopped {
            Stopped::Cancelled => aborted(words.not_made()),
            stopped => words.not_written(stopped).into(),
        })
    }

    /// Has the browser save the report as a file.
    fn save(&self, format: &'static Format) {
        let name = match format.ending {
            exporting::OFFLINE => self.offline_name(),
            ending => self.session().map(|session| exporting::file_name(&session.borrow().report, ending)),
        };
        let Some(name) = name else { return };
        let element = self.clone();
        spawn_local(async move {
            let saved = JsFuture::from(element.0.services.save(format.ending, &name)).await;
            let part = |error: &JsValue, key: &str| js_sys::Reflect::get(error, &key.into()).ok()?.as_string();
            element.notify(match saved {
                Ok(_) => Notice::Unseen(element.words().was_saved(&name)),
                Err(error) if part(&error, "name").as_deref() == Some("AbortError") => return,
                Err(error) => Notice::Trouble(part(&error, "message").unwrap_or_default()),
            });
        });
    }

    /// Has the browser save a chart as a file. It is drawn by the writer, so that it is the same wherever it is made.
    fn save_chart(&self, wanted: Wanted) {
        let Some(session) = self.session() else { return };
        let (words, session) = (self.words(), session.borrow());
        let name = exporting::chart_name(&session.report, &wanted.title, wanted.format.ending);
        let forms: Array = session.forms.brought().map(JsValue::from_str).collect();
        let given: [JsValue; 7] = [
            session.report.to_json().to_string().into(),
            list(&session.beside()).into(),
            wanted.chart.into(),
            flat(&wanted.choices).into(),
            words.0.tag().into(),
            wanted.width.into(),
            forms.into(),
        ];
        let given: Array = given.iter().collect();
        let (element, work) = (self.clone(), self.begin(Doing::Write(wanted.format)));
        spawn_local(async move {
            let drawn = work.run(&element.0.services, "chart", &given).await;
            element.end(&work);
            let saved = match drawn {
                Ok(svg) => work.picture(&element.0.services, &svg, &name).await,
                Err(stopped) => Err(stopped),
            };
            element.notify(match saved {
                Ok(_) => Notice::Unseen(words.was_saved(&name)),
                Err(Stopped::Cancelled) => return element.render(),
                Err(stopped) => Notice::Trouble(words.not_written(stopped)),
            });
        });
    }

    fn notify(&self, notice: Notice) {
        *self.0.notice.borrow_mut() = Some(notice);
        self.render();
    }

    /// The report with all that is known of it, as JSON text.
    pub fn kept(&self) -> Option<String> {
        self.session().map(|session| drafts::text(&session.borrow().report))
    }

    /// Moves the focus to a cell and brings it into view.
    ///
    /// # Errors
    /// A sentence, where there is no such cell.
    pub fn focus_cell(&self, address: &str) -> Result<(), String> {
        let session = self.session().ok_or(self.words().nothing_shown())?;
        let form = &session.borrow().report.form;
        let cell = form.find(address).ok_or_else(|| self.words().unknown_cell(address))?;
        self.act(Message::Act(Action::To { id: cell_id(form, cell), from: None }));
        Ok(())
    }

    /// What is open in the view, for [`Element::open`] of another program: places of findings, behind them, from -1
    /// downwards, groups, and from [`FIGURES`] upwards the figure whose charts are asked for.
    pub fn opened(&self) -> Vec<i32> {
        let Opened { findings, groups, figure, .. } = &*self.0.opened.borrow();
        let of_groups = groups.iter().filter_map(|group| GROUPS.iter().position(|known| known == group));
        let of_groups = of_groups.map(|at| -1 - at as i32);
        let figure = figure.map(|at| FIGURES + at as i32);
        findings.iter().map(|place| *place as i32).chain(of_groups).chain(figure).collect()
    }

    /// Opens what was open in the view of another program.
    pub fn open(&self, opened: &[i32]) {
        let mut all = Opened::default();
        for place in opened {
            match *place {
                figure @ FIGURES.. => all.figure = usize::try_from(figure - FIGURES).ok(),
                finding @ 0.. => all.findings.extend(usize::try_from(finding)),
                group => all.groups.extend(GROUPS.get((-1 - group) as usize)),
            }
        }
        self.act(Message::Open(all));
    }

    /// Moves the focus to the result of the check.
    pub fn focus_summary(&self) {
        self.act(Message::Act(Action::Check));
    }

    /// Ends it. Loads that are under way come to nothing.
    pub fn destroy(&self) {
        self.0.load.set(self.0.load.get() + 1);
        self.cancel();
        self.end_drafts();
        self.0.room.take();
        self.0.telling.take();
        if let Some(app) = self.0.app.take() {
            app.destroy();
        }
    }
}

impl Desk for Element {
    fn held(&self, release: &Function) {
        self.0.services.set_release(release);
    }

    fn report(&self) -> Option<Report> {
        self.report_shown()
    }

    fn show(&self, report: Report) {
        let Some(session) = self.session() else { return };
        let done = session.borrow_mut().change(Wish::Take(Box::new(report)));
        if let Some(done) = done {
            self.noted(|journal| {
                self.sign(journal);
                journal.note(&session.borrow(), &done.wish);
            });
            self.act(Message::Anew);
            browser::dispatch(&self.0.host, "nianbao-findings", &detail(&[("findings", self.findings())]));
        }
    }

    fn open(&self, record: drafts::Record) {
        let identity = Identity { key: record.key, published: None };
        *self.0.given.borrow_mut() = record.report.into();
        *self.0.draft_of.borrow_mut() = Some(identity);
        self.retry();
    }

    fn reset(&self) {
        *self.0.given.borrow_mut() = JsValue::UNDEFINED;
        *self.0.draft_of.borrow_mut() = None;
        self.retry();
    }

    fn redraw(&self, focus: Option<String>) {
        if focus.is_some() {
            *self.0.focus.borrow_mut() = focus;
        }
        self.render();
    }
}

/// Charts, each with its figure behind it.
fn flat(choices: &Choices) -> Array {
    choices.iter().flat_map(|(chart, figure)| [chart, figure]).map(JsValue::from).collect()
}

/// Reports as a list in JSON.
fn list(reports: &[Report]) -> String {
    reports.iter().map(Report::to_json).collect::<serde_json::Value>().to_string()
}

/// A figure as it stands in a report's JSON; null for a blank cell.
fn figure(value: &Value) -> JsValue {
    match value {
        Value::Blank => JsValue::NULL,
        Value::Number(number) => js_sys::JSON::parse(&number.to_string()).unwrap_or_default(),
        Value::Text(text) => text.as_str().into(),
    }
}

/// What a promise rejects with where a reader has cancelled what it promised.
fn aborted(sentence: &str) -> JsValue {
    DomException::new_with_message_and_name(sentence, "AbortError").map_or_else(|error| error, JsValue::from)
}

/// The detail of an event: a plain object.
fn detail(entries: &[(&str, JsValue)]) -> JsValue {
    let detail = js_sys::Object::new();
    for (key, value) in entries {
        // A plain object takes any key.
        let _ = js_sys::Reflect::set(&detail, &(*key).into(), value);
    }
    detail.into()
}
