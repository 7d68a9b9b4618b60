//! The whole view, and what can be done in it: open a finding, go to a cell and back.

use web_sys::{Element, KeyboardEvent};
use yew::{Callback, Component, Context, Html, NodeRef, html};

use super::scene::{Action, Scene, TITLE, cell_id, finding_id, section_id};
use super::session::{Screen, Session};
use super::wording::Words;
use super::{browser, contents, findings, marks, sections, states, verdict};
use crate::language::Language;

/// What is to be shown.
#[derive(Clone, yew::Properties)]
pub struct Properties {
    pub screen: Screen,
    /// Whether something newer is being read.
    pub busy: bool,
    pub words: Words,
    /// Asks for another attempt at reading.
    pub retry: Callback<()>,
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
    /// Goes back from a cell to the finding that led there.
    Back,
}

/// The view of one element.
#[derive(Default)]
pub struct View {
    root: NodeRef,
    opened: Vec<usize>,
    /// Whether all findings are listed, also of many.
    all: bool,
    /// The finding from which the reader went to a cell.
    came_from: Option<usize>,
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
            (Screen::Report(new), Screen::Report(old)) => std::rc::Rc::ptr_eq(new, old),
            _ => false,
        };
        if !same {
            *self = View { root: self.root.clone(), ..View::default() };
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Act(action) => self.act(ctx, action),
            Message::Back => {
                if let Some(finding) = self.came_from.take() {
                    self.focus = Some(finding_id(finding));
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Properties { screen, busy, words, retry, .. } = ctx.props();
        let onkeydown =
            ctx.link().batch_callback(|event: KeyboardEvent| (event.key() == "Escape").then_some(Message::Back));
        let body = match screen {
            Screen::Empty => states::empty(*words),
            Screen::Loading => states::loading(*words),
            Screen::Failed(sentence) => states::failed(sentence, retry, *words),
            Screen::Report(session) => self.report(session, &ctx.link().callback(Message::Act), *words),
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

impl View {
    fn act(&mut self, ctx: &Context<Self>, action: Action) {
        match action {
            Action::Toggle(finding) => match self.opened.iter().position(|opened| *opened == finding) {
                Some(at) => _ = self.opened.remove(at),
                None => self.opened.push(finding),
            },
            Action::ShowAll => {
                self.all = true;
                self.focus = Some(finding_id(findings::SHOWN));
            }
            Action::ToCell { cell, from } => {
                self.came_from = from;
                if let Screen::Report(session) = &ctx.props().screen {
                    self.focus = Some(cell_id(&session.report.form, cell));
                }
            }
            Action::ToFindings(findings) => self.open(&findings),
            Action::ToSection(section) => self.focus = Some(section_id(&section)),
        }
    }

    fn open(&mut self, findings: &[usize]) {
        for finding in findings {
            if !self.opened.contains(finding) {
                self.opened.push(*finding);
            }
            self.all |= *finding >= findings::SHOWN;
        }
        self.focus = findings.first().map(|first| finding_id(*first));
    }

    fn report(&self, session: &Session, act: &Callback<Action>, words: Words) -> Html {
        let marks = marks::marks(&session.report.form, &session.findings);
        let scene = Scene { session, marks, opened: &self.opened, act, words };
        html! {
            <>
                { heading(session, words) }
                <div class="body">
                    <section class="check" part="check" aria-label={words.result()}>
                        { verdict::verdict(session, words) }
                        { findings::list(&scene, self.all) }
                    </section>
                    { contents::contents(&scene) }
                    <div class="sections">{ sections::sections(&scene) }</div>
                </div>
            </>
        }
    }
}

/// The title and where the report comes from.
fn heading(session: &Session, words: Words) -> Html {
    let report = &session.report;
    let form = words.form_name(report.form.name.get(words.0), &report.form.notice.number);
    let title_lang = if report.title.is_empty() { words.0 } else { Language::Chinese };
    let fact = |name: &str, value: String, lang: Language| {
        html! { <div><dt>{ name.to_owned() }</dt><dd lang={lang.tag()}>{ value }</dd></div> }
    };
    html! {
        <header class="head">
            <h2 id={TITLE} class="title" part="title" lang={title_lang.tag()}>{ report.printed_title(words.0) }</h2>
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
