//! The whole view, and what can be done in it: open a finding, go to a cell and back, follow a
//! suggestion, give a reason.

mod charts;
mod editor;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsValue;
use web_sys::{Element, KeyboardEvent};
use yew::{Callback, Component, Context, Html, NodeRef, html};

use super::afloat::{self, Afloat};
use super::asking::{ASKING, Asking};
use super::charts::Wanted;
use super::clipboard::Copied;
use super::cursor::Cursor;
use super::drafts::Shelf;
use super::exporting::{AtHand, Format};
use super::groups::{self, Group};
use super::part::{Part, Stamp};
use super::pasting::Pasted;
use super::scene::{Action, Draft, SUMMARY, Scene, TITLE, finding_id};
use super::session::{Done, Screen, Session, Wish};
use super::table::{self, Skeleton};
use super::wording::Words;
use super::{CHARTS, EDITOR};
use super::{browser, contents, cover, filling, findings, marks, origins, saving};
use super::{sections, states, text, verdict, writing};
use crate::charts::Choices;
use crate::finding::{Finding, TITLE_TEXT};
use crate::form::{CellId, Form};
use crate::grid::Rectangle;
use crate::language::Language;

/// What is to be shown.
#[derive(Clone, yew::Properties)]
pub struct Properties {
    pub screen: Screen,
    /// What is told over it.
    pub afloat: Afloat,
    /// Does what a reader does about that.
    pub float: Callback<afloat::Act>,
    /// Reads files that were chosen.
    pub open: Callback<JsValue>,
    /// The formats in which it can be saved.
    pub at_hand: AtHand,
    /// Saves the report as a file of a format.
    pub save: Callback<&'static Format>,
    /// Saves a chart.
    pub picture: Callback<Wanted>,
    /// Shows charts, or tables.
    pub turn: Callback<bool>,
    /// Whether something newer is being read.
    pub busy: bool,
    /// Whether the report can be changed here.
    pub editable: bool,
    /// Whether charts are to be shown.
    pub charts: bool,
    /// The charts that may appear, by their ids in their order; all where nothing is said.
    pub chosen: Option<String>,
    /// The drafts of the report, where they are kept.
    pub drafts: Option<Shelf>,
    pub words: Words,
    /// Asks for another attempt at reading.
    pub retry: Callback<()>,
    /// Asks for a change of the report.
    pub wish: Callback<Wish>,
    /// Asks what a clipboard holds.
    pub paste: Callback<Clipping>,
    /// Asks for the paragraphs of what is pasted into a text.
    pub copied: Callback<Copied>,
    /// Told after every change of the view.
    pub shown: Callback<()>,
    /// Where the view writes down what is open.
    pub opened: Rc<RefCell<Opened>>,
}

/// What is on the clipboard, and where it is to go.
#[derive(Clone, Debug, PartialEq)]
pub struct Clipping {
    pub cell: CellId,
    pub lines: Rectangle,
    pub html: String,
    pub text: String,
}

/// What is open in a view, so that another program can show the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opened {
    /// The findings, by their places in the list.
    pub findings: Vec<usize>,
    /// The groups of which all findings are shown.
    pub groups: Vec<Group>,
    /// The figures that charts show.
    pub choices: Choices,
    /// The figure whose charts were asked for, by its place in the form.
    pub figure: Option<usize>,
}

/// New properties come only where something has changed.
impl PartialEq for Properties {
    fn eq(&self, _: &Properties) -> bool {
        false
    }
}

#[derive(Debug)]
pub enum Message {
    Act(Action),
    /// The report has changed.
    Done(Done),
    /// Another report stands in its place.
    Anew,
    /// Goes back from a cell to where the reader came from.
    Back,
    /// Opens what was open elsewhere.
    Open(Opened),
    /// What was on the clipboard.
    Pasted(Clipping, Pasted),
    /// Says how things stand, now that the typing has paused.
    Announce,
    /// Draws the charts of what was typed.
    Redraw,
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
    /// Where one is in the tables.
    cursor: Option<Cursor>,
    /// What is asked before something is done.
    asking: Option<Asking>,
    /// The tables of the form in the language that is shown.
    sheets: Vec<Rc<Skeleton>>,
    drawn: Option<(Arc<Form>, Words)>,
    /// Until what is typed is said to whoever listens.
    pause: Option<Timeout>,
    /// How things stood when that was said last.
    announced: String,
    /// Whether nothing but a figure has changed since it was drawn last.
    typing: bool,
    /// What the page is not to move under, with its distance from the top.
    held: Option<(String, f64)>,
    composing: Option<gloo::events::EventListener>,
    /// The id of what the reader came from to a cell or a text.
    came_from: Option<String>,
    /// The id of what gets the focus once it is there.
    focus: Option<String>,
    /// The characters of a text that are selected once it is there.
    selection: Option<(String, usize, usize)>,
    /// What was entered for the year and is none.
    odd_year: Option<String>,
    /// The cell of which it is told where it comes from.
    traced: Option<CellId>,
    /// Whether all that is to be checked first is listed.
    all_doubtful: bool,
    /// Whether the menu of formats is open.
    menu: bool,
    drawn_charts: charts::Board,
}

impl Component for View {
    type Message = Message;
    type Properties = Properties;

    fn create(ctx: &Context<Self>) -> View {
        let mut view = View::default();
        view.lay_out(ctx);
        view
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Properties) -> bool {
        let same = match (&ctx.props().screen, &old.screen) {
            (Screen::Report(new), Screen::Report(old)) => Rc::ptr_eq(new, old),
            _ => false,
        };
        if !same {
            self.begin_anew();
        }
        if ctx.props().chosen != old.chosen {
            self.drawn_charts.outdate();
        }
        self.lay_out(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Act(action) => return self.act(ctx, action),
            Message::Back if self.asking.is_none() => {
                if let Some(from) = self.came_from.take() {
                    return self.back_to(ctx, from);
                }
            }
            Message::Open(Opened { findings, groups, figure, .. }) => {
                (self.opened, self.revealed) = (findings, groups);
                if let Some(figure) = figure.filter(|_| CHARTS) {
                    self.go_to_awaited(ctx, figure);
                }
            }
            message if EDITOR => return self.hear(ctx, message),
            _ => return false,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Properties { screen, busy, editable, words, retry, afloat, float, open, .. } = ctx.props();
        let editable = EDITOR && *editable;
        let asked = self.asking.is_some();
        let cancel = afloat.progress.as_ref().map(|_| float.clone());
        let onkeydown = ctx.link().batch_callback(move |event: KeyboardEvent| {
            let key = event.key().to_ascii_lowercase();
            let command = event.ctrl_key() || event.meta_key();
            let action = match (key.as_str(), &cancel) {
                ("escape", _) if asked => Action::Dismiss,
                ("escape", Some(cancel)) => {
                    cancel.emit(afloat::Act::Cancel);
                    return None;
                }
                ("escape", None) => return Some(Message::Back),
                ("z", _) if editable && command && !event.shift_key() => Action::Undo,
                ("y" | "z", _) if editable && command => Action::Redo,
                _ => return None,
            };
            event.prevent_default();
            Some(Message::Act(action))
        });
        let body = match screen {
            Screen::Empty => states::empty(open, *words),
            // What takes longer is told by what is afloat.
            Screen::Loading if afloat.progress.is_some() => states::loading(false, *words),
            Screen::Loading => states::loading(true, *words),
            Screen::Failed(sentence) => states::failed(sentence, retry, *words),
            Screen::Report(session) => self.report(ctx, &session.borrow()),
        };
        html! {
            <div class={if editable { "nianbao editing" } else { "nianbao" }} part="report" lang={words.0.tag()} aria-busy={busy.to_string()} ref={self.root.clone()} {onkeydown}>
                { body }
                { afloat::afloat(afloat, float, *words) }
                <div class="dropping" aria-hidden="true">
                    <p>{ if editable { words.drop_to_edit() } else { words.drop_here() } }</p>
                </div>
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if EDITOR && first {
            self.composing = self.root.cast::<Element>().map(|root| editor::follow_composing(&root, ctx));
        }
        self.keep_still();
        if let (Some(id), Some(root)) = (self.focus.take(), self.root.cast::<Element>()) {
            match (browser::by_id(&root, &id), session(ctx)) {
                // The bar is in view wherever one is, and so is what was pressed last.
                (Some(target), _) if id == ASKING || saving::is_part(&id) => {
                    browser::focus(&target);
                    // The whole of a menu that opens; what is hidden is nowhere.
                    if let Some(list) = browser::by_id(&root, saving::FORMATS_LIST) {
                        browser::reveal(&list);
                    }
                    browser::reveal(&target);
                }
                (Some(target), _) => browser::show(&target),
                (None, Some(session)) => writing::show_words(&root, &session.borrow(), &id),
                (None, None) => {}
            }
        }
        if let (Some((section, start, end)), Some(root), Some(session)) =
            (self.selection.take(), self.root.cast::<Element>(), session(ctx))
        {
            writing::select(&root, &session.borrow().report, &section, (start, end));
        }
        let mut opened = ctx.props().opened.borrow_mut();
        if !EDITOR {
            (opened.findings, opened.groups) = (self.opened.clone(), self.revealed.clone());
        }
        opened.choices = self.drawn_charts.choices.clone();
        opened.figure = self.drawn_charts.awaited;
        drop(opened);
        // Figures that are typed leave the room as it is.
        if !std::mem::take(&mut self.typing) {
            ctx.props().shown.emit(());
        }
    }
}

/// The session of what is shown, where that is a report.
fn session(ctx: &Context<View>) -> Option<&Rc<RefCell<Session>>> {
    match &ctx.props().screen {
        Screen::Report(session) => Some(session),
        _ => None,
    }
}

impl View {
    /// Forgets what was open and where the reader was: another report is shown.
    fn begin_anew(&mut self) {
        *self = View { root: self.root.clone(), composing: self.composing.take(), ..View::default() };
    }

    /// Lays the tables out anew where the form or the language is another.
    fn lay_out(&mut self, ctx: &Context<Self>) {
        let Some(form) = session(ctx).map(|session| session.borrow().report.form.clone()) else { return };
        let words = ctx.props().words;
        let known = |(known, in_words): &(Arc<Form>, Words)| Arc::ptr_eq(known, &form) && *in_words == words;
        if !self.drawn.as_ref().is_some_and(known) {
            self.sheets = table::skeletons(&form, words);
            // A cell of another form is none of this one.
            self.cursor = None;
            self.drawn = Some((form, words));
            self.drawn_charts.outdate();
        }
        self.renew_charts(ctx);
    }

    /// How far something is below the upper edge of the window.
    fn place_of(&self, id: String) -> Option<(String, f64)> {
        let held = browser::by_id(&self.root.cast::<Element>()?, &id)?;
        let top = browser::top(&held);
        Some((id, top))
    }

    /// Has the page stay where it is under what is filled in, whatever grows or shrinks above.
    fn keep_still(&mut self) {
        if let (Some((id, top)), Some(root)) = (self.held.take(), self.root.cast::<Element>())
            && let Some(held) = browser::by_id(&root, &id)
        {
            browser::scroll_back(&held, top);
        }
    }

    /// Does what a reader does; says whether it has to be drawn.
    fn act(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        if charts::leads_to_tables(&action) && self.charts_stand_alone(ctx) {
            ctx.props().turn.emit(false);
        }
        match action {
            Action::Toggle(finding) => match self.opened.iter().position(|opened| *opened == finding) {
                Some(at) => _ = self.opened.remove(at),
                None => self.opened.push(finding),
            },
            Action::Reveal(group) => match self.revealed.iter().position(|revealed| *revealed == group) {
                Some(at) => _ = self.revealed.remove(at),
                None => {
                    self.revealed.push(group);
                    let editable = ctx.props().editable;
                    self.focus = session(ctx).and_then(|session| first_hidden(&session.borrow(), group, editable));
                }
            },
            Action::ToGroup(group) => {
                if group.folds(ctx.props().editable) {
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
            Action::Trace(cell) if !(EDITOR && ctx.props().editable) => {
                self.traced = if self.traced == Some(cell) { None } else { Some(cell) };
            }
            Action::Menu { open, focus } => {
                self.menu = open;
                self.focus = focus;
            }
            Action::Download(format) => {
                self.menu = false;
                self.focus = Some(saving::DOWNLOAD.to_owned());
                ctx.props().save.emit(format);
            }
            Action::Check => {
                self.said.clear();
                self.focus = Some(SUMMARY.to_owned());
            }
            action => match self.act_in_charts(ctx, action) {
                Ok(changed) => return changed,
                Err(action) if EDITOR => return self.edit(ctx, action),
                Err(_) => return false,
            },
        }
        true
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
        findings.iter().for_each(|place| self.uncover(&session.borrow(), *place, ctx.props().editable));
    }

    /// Has a finding seen that is listed only when one asks for all.
    fn uncover(&mut self, session: &Session, place: usize, editable: bool) {
        if let Some(group) = groups::hiding(&session.report.form, &session.findings, place, editable) {
            self.reveal(group);
        }
    }

    /// A part that is drawn again only where the findings or what is open have changed.
    fn part(
        &self,
        ctx: &Context<Self>,
        shared: &Rc<RefCell<Session>>,
        session: &Session,
        draw: fn(&Scene) -> Html,
    ) -> Html {
        let Properties { editable, words, .. } = ctx.props();
        let stamp = Stamp {
            findings: session.revision,
            opened: self.opened.clone(),
            revealed: self.revealed.clone(),
            draft: self.draft.clone(),
            editable: *editable,
            words: *words,
        };
        html! { <Part session={shared.clone()} {stamp} act={ctx.link().callback(Message::Act)} {draw} /> }
    }

    fn report(&self, ctx: &Context<Self>, session: &Session) -> Html {
        let Properties { editable, drafts, words, .. } = ctx.props();
        let Some(shared) = self::session(ctx) else { return Html::default() };
        let marking =
            |place: usize, finding: &Finding| marks::leaves_mark(finding, self.opened.contains(&place), *editable);
        let scene = Scene {
            session,
            shared,
            sheets: &self.sheets,
            marks: marks::marks(&session.report.form, &session.findings, marking),
            cursor: self.cursor.as_ref().filter(|_| *editable),
            asking: self.asking.as_ref().filter(|_| *editable),
            opened: &self.opened,
            revealed: &self.revealed,
            traced: self.traced.filter(|_| !(EDITOR && *editable)),
            draft: self.draft.as_ref(),
            editable: *editable,
            working: ctx.props().afloat.progress.is_some(),
            showing: self.showing(ctx),
            at_hand: &ctx.props().at_hand,
            act: &ctx.link().callback(Message::Act),
            copied: &ctx.props().copied,
            odd_year: self.odd_year.as_deref(),
            words: *words,
        };
        html! {
            <>
                { heading(&scene, self.menu) }
                { drafts.as_ref().filter(|_| EDITOR).map(Shelf::notices) }
                if EDITOR && *editable {
                    { filling::bar(&scene, &self.said, drafts.as_ref(), &ctx.props().open, self.menu) }
                    { drafts.as_ref().map(Shelf::list) }
                }
                if self.charts_stand_alone(ctx) {
                    <div class="body">
                        <section class="check" part="check" aria-label={words.result()}>{ verdict::verdict(&scene) }</section>
                        { super::charts::contents(&scene) }
                        <div class="sections">{ super::charts::all(&scene) }</div>
                    </div>
                } else {
                    <div class="body">
                        <section class="check" part="check" aria-label={words.result()}>
                            { verdict::verdict(&scene) }
                            if scene.edits() {
                                { origins::list(&scene, self.all_doubtful) }
                            }
                            { self.part(ctx, shared, session, findings::list) }
                        </section>
                        { self.part(ctx, shared, session, contents::contents) }
                        <div class="sections">{ sections::sections(&scene) }</div>
                    </div>
                }
                <p class="fingerprint" part="fingerprint">{ session.fingerprint.line(words.0) }</p>
                if scene.edits() {
                    { origins::strip(&scene) }
                }
            </>
        }
    }
}

/// The id of the first finding of a group that is not shown before one asks for all; the heading
/// over what is answered keeps the focus.
fn first_hidden(session: &Session, group: Group, editable: bool) -> Option<String> {
    let order = groups::order(&session.report.form, &session.findings, group);
    order.get(group.shown(editable)).filter(|_| !group.folds(editable)).map(|place| finding_id(*place))
}

/// The title and where the report comes from.
fn heading(scene: &Scene, menu: bool) -> Html {
    let (report, words) = (&scene.session.report, scene.words);
    let form = words.form_name(report.form.name.get(words.0), &report.form.notice.number);
    let title_lang = if report.title.is_empty() { words.0 } else { Language::CHINESE };
    let title = match report.title.as_str() {
        "" => report.printed_title(words.0).into(),
        title if scene.edits() => title.into(),
        title => text::line(scene, TITLE_TEXT, title),
    };
    let fact = |name: &str, value: String, lang: Language| {
        html! { <div><dt>{ name.to_owned() }</dt><dd lang={lang.tag()}>{ value }</dd></div> }
    };
    html! {
        <header class="head">
            <h2 id={TITLE} class="title" part="title" lang={title_lang.tag()}>{ title }</h2>
            <dl class="facts">
                if !scene.edits() && !report.agency.is_empty() {
                    { fact(words.agency(), report.agency.clone(), Language::CHINESE) }
                }
                if let Some(year) = report.year.filter(|_| !scene.edits()) {
                    { fact(words.year(), words.printed_year(year), words.0) }
                }
                { fact(words.form(), form, words.0) }
            </dl>
            if scene.edits() {
                { cover::cover(scene) }
            } else {
                <div class="head-tools">{ super::charts::switch(scene) }{ saving::menu(scene, menu) }</div>
            }
        </header>
    }
}
