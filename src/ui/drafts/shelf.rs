//! What a reader sees of drafts: how far they are saved, what was restored, who else edits, the list.

use yew::{Callback, Html, html};

use super::keeper::State;
use super::record::Record;
use super::store::Trouble;
use crate::ui::scene::each;
use crate::ui::wording::Words;

/// What there is to see of the drafts of one element.
#[derive(Clone)]
pub struct Shelf {
    pub state: State,
    pub notice: Option<Notice>,
    /// Whether the draft is edited in another window.
    pub elsewhere: bool,
    /// Whether something is here that is not stored.
    pub unsaved: bool,
    /// The list, where it is open.
    pub list: Option<List>,
    pub act: Callback<Act>,
    pub words: Words,
}

/// What has happened to the draft, in a notice over the report.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Notice {
    /// It was restored.
    Restored {
        /// When it was saved.
        saved: f64,
        /// Whether what is published has changed since it was begun.
        outdated: bool,
        /// Whether what is published is at hand.
        published: bool,
    },
    /// What is published is shown again.
    Published,
    /// It is edited here now, and no longer in another window.
    Taken,
    /// Another draft was opened.
    Opened { saved: f64 },
    /// It is shown because what is published could not be read.
    Alone { saved: f64 },
}

/// The list of drafts.
#[derive(Clone, Default)]
pub struct List {
    pub entries: Vec<Entry>,
    /// The draft about which is asked whether to delete it.
    pub asking: Option<String>,
    /// Whether one was deleted just now.
    pub deleted: bool,
    pub trouble: Option<Trouble>,
}

/// One draft of the list.
#[derive(Clone)]
pub struct Entry {
    pub record: Record,
    /// What its form is called; the form's id where it is not at hand.
    pub form: String,
    /// Whether it is the one that is shown.
    pub shown: bool,
}

/// What a reader does about drafts.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Goes back to what is published.
    Publish,
    /// Tries once more to read what is published.
    Reread,
    /// Has read the notice.
    Dismiss,
    TakeOver,
    /// Opens or closes the list.
    List,
    Open(String),
    /// Asks whether to delete a draft.
    Ask(String),
    Keep(String),
    Delete(String),
}

/// The id of the button that opens the list.
pub const BUTTON: &str = "drafts-button";
/// The id of the list.
pub const LIST: &str = "drafts";
/// The id of the notice about the draft.
pub const NOTICE: &str = "draft-notice";

/// The id of the button that asks whether to delete a draft.
pub fn delete_id(at: usize) -> String {
    format!("draft-delete-{at}")
}

/// The id of the button that leaves a draft as it is.
pub const KEEP: &str = "draft-keep";

impl Shelf {
    fn button(&self, class: &'static str, id: Option<String>, act: Act, label: &'static str, about: String) -> Html {
        let onclick = self.act.reform(move |_| act.clone());
        // Several buttons with one label are told apart by what they are about.
        let name = (!about.is_empty()).then(|| format!("{label}{}{about}", self.words.colon()));
        html! { <button {class} {id} type="button" aria-label={name} {onclick}>{ label }</button> }
    }

    fn plain(&self, act: Act, label: &'static str) -> Html {
        self.button("action", None, act, label, String::new())
    }

    fn moment(&self, time: f64) -> String {
        self.words.moment(time)
    }

    /// What happened to the draft, and what can be done about it.
    pub fn notices(&self) -> Html {
        let words = self.words;
        if self.elsewhere {
            return html! {
                <div class="draft-notice warning" part="draft-notice" id={NOTICE} role="status">
                    <p>
                        { words.elsewhere() }
                        if self.unsaved {
                            { words.space() }{ words.unsaved_here() }
                        }
                    </p>
                    { self.plain(Act::TakeOver, words.take_over()) }
                </div>
            };
        }
        let Some(notice) = self.notice else { return Html::default() };
        let sentence = match notice {
            Notice::Restored { saved, outdated, .. } => words.restored(&self.moment(saved), outdated),
            Notice::Published => words.published_again().to_owned(),
            Notice::Taken => words.taken_over().to_owned(),
            Notice::Opened { saved } => words.opened(&self.moment(saved)),
            Notice::Alone { saved } => words.draft_alone(&self.moment(saved)),
        };
        let way_back = match notice {
            Notice::Restored { published: true, .. } => self.plain(Act::Publish, words.use_published()),
            Notice::Alone { .. } => self.plain(Act::Reread, words.retry()),
            _ => Html::default(),
        };
        html! {
            <div class="draft-notice info" part="draft-notice" id={NOTICE} role="status">
                <p>{ sentence }</p>
                { way_back }
                { self.plain(Act::Dismiss, words.dismiss()) }
            </div>
        }
    }

    /// The button for the list and how far everything is saved, in the editor's bar.
    pub fn status(&self) -> Html {
        let words = self.words;
        let open = self.list.is_some();
        let onclick = self.act.reform(|_| Act::List);
        let state = match self.state {
            State::Unsaved(trouble) => html! {
                <p class="draft-state error" id="draft-state" role="alert">{ words.unsaved(trouble) }</p>
            },
            // It changes with every word that is typed: a screen reader is told only of trouble.
            state => html! { <p class="draft-state" id="draft-state">{ self.saved(state) }</p> },
        };
        html! {
            <>
                <button class="action" id={BUTTON} type="button" aria-expanded={open.to_string()}
                    aria-controls={open.then_some(LIST)} {onclick}>{ words.drafts() }</button>
                { state }
            </>
        }
    }

    fn saved(&self, state: State) -> String {
        match state {
            State::Saving => self.words.saving().to_owned(),
            State::Saved(time) => self.words.saved(time),
            State::Unchanged | State::Unsaved(_) => String::new(),
        }
    }

    /// The list of drafts, where it is open.
    pub fn list(&self) -> Html {
        let Some(list) = &self.list else { return Html::default() };
        let words = self.words;
        let said = match list.trouble {
            Some(trouble) => words.unlisted(trouble),
            None if list.deleted => words.deleted().to_owned(),
            None if list.entries.is_empty() => words.no_drafts().to_owned(),
            None => String::new(),
        };
        html! {
            <section class="drafts" part="drafts" id={LIST} tabindex="-1" aria-label={words.drafts_here()}>
                <p role="status">{ said }</p>
                <ul>{ each(list.entries.iter().enumerate().map(|(at, entry)| self.entry(list, at, entry))) }</ul>
                { self.plain(Act::List, words.close()) }
            </section>
        }
    }

    fn entry(&self, list: &List, at: usize, entry: &Entry) -> Html {
        let (words, record) = (self.words, &entry.record);
        let key = record.key.clone();
        let year = record.year.map(|year| words.printed_year(year));
        let agency = if record.agency.is_empty() { words.no_agency() } else { &record.agency };
        let name = [Some(agency.to_owned()), year].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let asked = list.asking.as_ref() == Some(&key);
        let open = || self.button("action", None, Act::Open(key.clone()), words.open(), name.clone());
        html! {
            <li key={key.clone()} class="draft">
                <span class="draft-name">{ name.clone() }</span>
                <span class="quiet">{ entry.form.clone() }{ words.comma() }{ words.saved_at(&self.moment(record.saved)) }</span>
                if entry.shown {
                    <span class="quiet">{ words.shown_here() }</span>
                } else {
                    { open() }
                }
                if asked {
                    <span class="draft-question" role="group" aria-label={words.delete_question(&name)}>
                        <span>{ words.delete_warning() }</span>
                        { self.button("action", None, Act::Delete(key.clone()), words.delete(), name.clone()) }
                        { self.button("action", Some(KEEP.to_owned()), Act::Keep(key.clone()), words.cancel(), name.clone()) }
                    </span>
                } else {
                    { self.button("action", Some(delete_id(at)), Act::Ask(key.clone()), words.delete(), name.clone()) }
                }
            </li>
        }
    }
}
