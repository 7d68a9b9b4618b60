//! The whole view, and what can be done in it: open a finding, go to a cell and back, follow a
//! suggestion, give a reason.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{Element, KeyboardEvent};
use yew::{Callback, Component, Context, Html, NodeRef, html};

use super::drafts::Shelf;
use super::groups::{self, Group};
use super::scene::{Action, Draft, REASON, SUMMARY, Scene, TITLE, cell_id, finding_id, write_id};
use super::session::{Done, Screen, Session, Wish};
use super::wording::Words;
use super::{browser, contents, findings, marks, sections, states, text, verdict};
use crate::finding::TITLE_TEXT;
use crate::language::Language;

/// What is to be shown.
#[derive(Clone, yew::Properties)]
pub struct Properties {
    pub screen: Screen,
    /// Whether something newer is being read.
    pub busy: bool,
    /// Whether the report can be changed here.
    pub editable: bool,
    /// The drafts of the report, where they are kept.
    pub drafts: Option<Shelf>,
    pub words: Words,
    /// Asks for another attempt at reading.
    pub retry: Callback<()>,
    /// Asks for a change of the report.
    pub wish: Callback<Wish>,
    /// Told after every change of the view.
    pub shown: Callback<()>,
}

/// New properties come only where something has changed.
impl PartialEq for Properties {
    fn eq(&self, _: &Properties) -> bool {
        false
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    Act(Action),
    /// The report has changed.
    Done(Done),
    /// Another report stands in its place.
    Anew,
    /// Goes back from a cell to where the reader came from.
    Back,
}

/// The view of one element.
#[derive(Default)]
pub struct View {
    root: NodeRef,
    opened: Vec<usize>,
    /// The groups of which all findings are shown.
    revealed: Vec<Group>,
    /// The reason that is being written.
    draft: Option<Draft>,
    /// What came of the last change, in a sentence.
    said: String,
    /// The id of what the reader came from to a cell or a text.
    came_from: Option<String>,
    /// The id of what gets the focus once it is there.
    focus: Option<String>,
}

impl Component for View {
    type Message = Message;
    type Properties = Properties;

    fn create(_: &Context<Self>) -> View {
        View::default()
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Properties) -> bool {
        let same = match (&ctx.props().screen, &old.screen) {
            (Screen::Report(new), Screen::Report(old)) => Rc::ptr_eq(new, old),
            _ => false,
        };
        if !same {
            *self = View { root: self.root.clone(), ..View::default() };
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Act(Action::Type(reason)) => {
                if let Some(draft) = &mut self.draft {
                    draft.reason = reason;
                }
                return false;
            }
            Message::Act(action) => self.act(ctx, action),
            Message::Done(done) => self.done(ctx, done),
            Message::Anew => *self = View { root: self.root.clone(), ..View::default() },
            Message::Back => self.focus = self.came_from.take(),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Properties { screen, busy, editable, words, retry, .. } = ctx.props();
        let editable = *editable;
        let onkeydown = ctx.link().batch_callback(move |event: KeyboardEvent| {
            let key = event.key().to_ascii_lowercase();
            let command = event.ctrl_key() || event.meta_key();
            let action = match key.as_str() {
                "escape" => return Some(Message::Back),
                "z" if editable && command && !event.shift_key() => Action::Undo,
                "y" | "z" if editable && command => Action::Redo,
                _ => return None,
            };
            event.prevent_default();
            Some(Message::Act(action))
        });
        let body = match screen {
            Screen::Empty => states::empty(*words),
            Screen::Loading => states::loading(*words),
            Screen::Failed(sentence) => states::failed(sentence, retry, *words),
            Screen::Report(session) => self.report(ctx, &session.borrow()),
        };
        html! {
            <div class="nianbao" part="report" lang={words.0.tag()} aria-busy={busy.to_string()} ref={self.root.clone()} {onkeydown}>
                { body }
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        if let (Some(id), Some(root)) = (self.focus.take(), self.root.cast::<Element>())
            && let Some(target) = browser::by_id(&root, &id)
        {
            browser::show(&target);
        }
        ctx.props().shown.emit(());
    }
}

/// The session of what is shown, where that is a report.
fn session(ctx: &Context<View>) -> Option<&RefCell<Session>> {
    match &ctx.props().screen {
        Screen::Report(session) => Some(session),
        _ => None,
    }
}

impl View {
    fn act(&mut self, ctx: &Context<Self>, action: Action) {
        let wish = |wish| ctx.props().wish.emit(wish);
        match action {
            Action::Toggle(finding) => match self.opened.iter().position(|opened| *opened == finding) {
                Some(at) => _ = self.opened.remove(at),
                None => self.opened.push(finding),
            },
            Action::Reveal(group) => match self.revealed.iter().position(|revealed| *revealed == group) {
                Some(at) => _ = self.revealed.remove(at),
                None => {
                    self.revealed.push(group);
                    self.focus = session(ctx).and_then(|session| first_hidden(&session.borrow(), group));
                }
            },
            Action::ToGroup(group) => {
                if group == Group::Answered {
                    self.reveal(group);
                }
                self.focus = Some(group.id().to_owned());
            }
            Action::To { id, from } => {
                if let Some(from) = from.filter(|from| !self.opened.contains(from)) {
                    self.opened.push(from);
                }
                self.came_from = from.map(finding_id);
                self.focus = Some(id);
            }
            Action::ToFindings(findings) => self.open(ctx, &findings),
            Action::Apply { finding, repair } => wish(Wish::Repair { finding, repair }),
            Action::Write(finding) => {
                let given = session(ctx).and_then(|session| session.borrow().findings.get(finding)?.answer.clone());
                self.draft = Some(Draft { finding, reason: given.unwrap_or_default(), blank: false });
                self.focus = Some(REASON.to_owned());
            }
            // It needs no drawing: `update` has seen to it.
            Action::Type(_) => {}
            Action::Save => self.save(ctx),
            Action::Cancel => {
                self.focus = self.draft.take().map(|draft| write_id(draft.finding));
            }
            Action::Withdraw(finding) => wish(Wish::Answer { finding, reason: String::new() }),
            Action::Check => {
                self.said.clear();
                self.focus = Some(SUMMARY.to_owned());
            }
            Action::Undo => wish(Wish::Undo),
            Action::Redo => wish(Wish::Redo),
        }
    }

    fn reveal(&mut self, group: Group) {
        if !self.revealed.contains(&group) {
            self.revealed.push(group);
        }
    }

    /// Opens findings, shows them where they were not, and goes to the first.
    fn open(&mut self, ctx: &Context<Self>, findings: &[usize]) {
        for place in findings {
            if !self.opened.contains(place) {
                self.opened.push(*place);
            }
        }
        self.focus = findings.first().map(|first| finding_id(*first));
        let Some(session) = session(ctx) else { return };
        findings.iter().for_each(|place| self.uncover(&session.borrow(), *place));
    }

    /// Has a finding seen that is listed only when one asks for all.
    fn uncover(&mut self, session: &Session, place: usize) {
        if let Some(group) = groups::hiding(&session.report.form, &session.findings, place) {
            self.reveal(group);
        }
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
        let Some(session) = session(ctx) else { return };
        let session = session.borrow();
        let Done { wish, places, cells, next } = done;
        let now = |place: usize| places.get(place).copied().flatten();
        self.opened = self.opened.iter().filter_map(|place| now(*place)).collect();
        self.draft = self.draft.take().and_then(|draft| Some(Draft { finding: now(draft.finding)?, ..draft }));
        let words = ctx.props().words;
        self.said = words.said(&wish).to_owned() + &words.now(&verdict::spoken(&session, words));
        self.came_from = Some(SUMMARY.to_owned());
        self.focus = match (cells.first(), next) {
            (Some(cell), _) => Some(cell_id(&session.report.form, *cell)),
            (None, Some(next)) => {
                self.uncover(&session, next);
                Some(finding_id(next))
            }
            (None, None) => Some(SUMMARY.to_owned()),
        };
    }

    fn report(&self, ctx: &Context<Self>, session: &Session) -> Html {
        let Properties { editable, drafts, words, .. } = ctx.props();
        let marks = marks::marks(&session.report.form, &session.findings, &self.opened);
        let scene = Scene {
            session,
            marks,
            opened: &self.opened,
            revealed: &self.revealed,
            draft: self.draft.as_ref(),
            editable: *editable,
            act: &ctx.link().callback(Message::Act),
            words: *words,
        };
        html! {
            <>
                { heading(&scene) }
                { drafts.as_ref().map(Shelf::notices) }
                if *editable {
                    { self.bar(&scene, drafts.as_ref()) }
                    { drafts.as_ref().map(Shelf::list) }
                }
                <div class="body">
                    <section class="check" part="check" aria-label={words.result()}>
                        { verdict::verdict(&scene) }
                        { findings::list(&scene) }
                    </section>
                    { contents::contents(&scene) }
                    <div class="sections">{ sections::sections(&scene) }</div>
                </div>
            </>
        }
    }

    /// What can be done in the editor, and what came of it.
    fn bar(&self, scene: &Scene, drafts: Option<&Shelf>) -> Html {
        let (words, history) = (scene.words, &scene.session.history);
        html! {
            <div class="bar" part="bar" role="group" aria-label={words.editing()}>
                { scene.button("action", Action::Check, words.check()) }
                if !history.done.is_empty() {
                    { scene.button("action", Action::Undo, words.undo()) }
                }
                if !history.undone.is_empty() {
                    { scene.button("action", Action::Redo, words.redo()) }
                }
                <p role="status">{ self.said.clone() }</p>
                { drafts.map(Shelf::status) }
            </div>
        }
    }
}

/// The id of the first finding of a group that is not shown before one asks for all; the heading
/// over what is answered keeps the focus.
fn first_hidden(session: &Session, group: Group) -> Option<String> {
    let order = groups::order(&session.report.form, &session.findings, group);
    order.get(group.shown()).filter(|_| group != Group::Answered).map(|place| finding_id(*place))
}

/// The title and where the report comes from.
fn heading(scene: &Scene) -> Html {
    let (report, words) = (&scene.session.report, scene.words);
    let form = words.form_name(report.form.name.get(words.0), &report.form.notice.number);
    let title_lang = if report.title.is_empty() { words.0 } else { Language::Chinese };
    let title = match report.title.as_str() {
        "" => report.printed_title(words.0).into(),
        title => text::line(scene, TITLE_TEXT, title),
    };
    let fact = |name: &str, value: String, lang: Language| {
        html! { <div><dt>{ name.to_owned() }</dt><dd lang={lang.tag()}>{ value }</dd></div> }
    };
    html! {
        <header class="head">
            <h2 id={TITLE} class="title" part="title" lang={title_lang.tag()}>{ title }</h2>
            <dl class="facts">
                if !report.agency.is_empty() {
                    { fact(words.agency(), report.agency.clone(), Language::Chinese) }
                }
                if let Some(year) = report.year {
                    { fact(words.year(), words.printed_year(year), words.0) }
                }
                { fact(words.form(), form, words.0) }
            </dl>
        </header>
    }
}
