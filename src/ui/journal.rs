//! What is noted of a report that is being edited, outside of the program's memory: should the program break down, a new
//! one goes on from there (`www/nianbao.js`).

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::drafts::{self, Mark, Past};
use super::session::{Entries, Session, Wish};

/// The notes, as one plain object. Edits stand in it as texts, in the order in which they were made.
#[derive(Clone)]
pub struct Journal(Object);

/// The report as it was before the edits, as JSON text: as it was read, or after those that are forgotten.
const BASE: &str = "base";
/// What it is a draft of, as text.
const DRAFT_OF: &str = "draftOf";
/// The reports beside it, as JSON text.
const OTHERS: &str = "others";
/// By what name its draft is written.
const WRITER: &str = "writer";
/// Which write of the draft was seen last, and by whom.
const SEEN: &str = "seen";
const SEEN_OF: &str = "seenOf";
/// How many edits are forgotten, and stand in what it begins with.
const FORGOTTEN: &str = "forgotten";
const DONE: &str = "done";
const UNDONE: &str = "undone";
const PUBLISHED: &str = "published";

impl Journal {
    /// The notes of a report that was read, before anything is done to it.
    pub fn new(base: &str, others: &str) -> Journal {
        let journal = Journal(Object::new());
        journal.put(BASE, base.into());
        journal.put(OTHERS, others.into());
        journal
    }

    /// What another program has noted; `None` where it is nothing.
    pub fn of(noted: JsValue) -> Option<Journal> {
        noted.dyn_into().ok().map(Journal)
    }

    pub fn as_js(&self) -> &JsValue {
        &self.0
    }

    /// Notes what the report is a draft of, and what is known of that.
    pub fn sign(&self, draft_of: Option<&str>, past: Option<&Past>) {
        let seen = past.and_then(|past| past.seen.as_ref());
        self.put(DRAFT_OF, draft_of.into());
        self.put(WRITER, past.map(|past| past.me.as_str()).into());
        self.put(SEEN_OF, seen.map(|mark| mark.writer.as_str()).into());
        self.put(SEEN, seen.map(|mark| mark.revision).into());
    }

    /// What was known of the draft.
    pub fn past(&self) -> Option<Past> {
        let seen = self.get(SEEN_OF).as_string().zip(self.get(SEEN).as_f64());
        let seen = seen.map(|(writer, revision)| Mark { writer, revision: revision as u32 });
        Some(Past { me: self.get(WRITER).as_string()?, seen })
    }

    /// Notes everything that was done, in place of what was noted.
    pub fn rewrite(&self, session: &Session) {
        let texts = |texts: Vec<String>| texts.into_iter().map(JsValue::from).collect::<Array>();
        let Entries { done, undone, .. } = session.entries();
        self.put(DONE, texts(done).into());
        self.put(UNDONE, texts(undone).into());
        self.forget(session);
        self.publish(session);
    }

    /// What the session has forgotten is no edit any more. Gives how many those are.
    fn forget(&self, session: &Session) -> u32 {
        let forgotten = session.history.forgotten as u32;
        let known = self.get(FORGOTTEN).as_f64().unwrap_or_default() as u32;
        if forgotten > known {
            self.put(BASE, drafts::text(&session.history.beginning(&session.report)).into());
            self.put(FORGOTTEN, forgotten.into());
        }
        forgotten - known
    }

    /// Notes what was done last.
    pub fn note(&self, session: &Session, wish: &Wish) {
        let (mut done, undone) = (self.list(DONE), self.list(UNDONE));
        let move_last = |from: &Array, to: &Array| _ = (from.length() > 0).then(|| to.push(&from.pop()));
        match wish {
            Wish::Undo => move_last(&done, &undone),
            Wish::Redo => move_last(&undone, &done),
            // What goes on with a step takes its place.
            _ => {
                let forgotten = self.forget(session);
                if forgotten > 0 {
                    done = done.slice(forgotten, done.length());
                    self.put(DONE, done.clone().into());
                }
                let made = session.history.done.len() as u32;
                done.set_length(made.saturating_sub(1));
                if let Some(entry) = session.last_entry() {
                    done.push(&entry.into());
                }
                undone.set_length(session.history.undone.len() as u32);
            }
        }
        self.publish(session);
    }

    /// Notes what counts as published.
    pub fn publish(&self, session: &Session) {
        self.put(PUBLISHED, session.published().map(|made| made as u32).into());
    }

    /// What is noted of edits.
    pub fn entries(&self) -> Entries {
        let texts = |key| self.list(key).iter().filter_map(|text| text.as_string()).collect();
        let published = self.get(PUBLISHED).as_f64().map(|made| made as usize);
        Entries { done: texts(DONE), undone: texts(UNDONE), published }
    }

    fn list(&self, key: &str) -> Array {
        self.get(key).dyn_into().unwrap_or_default()
    }

    fn get(&self, key: &str) -> JsValue {
        Reflect::get(&self.0, &key.into()).unwrap_or_default()
    }

    fn put(&self, key: &str, value: JsValue) {
        // A plain object takes any key.
        let _ = Reflect::set(&self.0, &key.into(), &value);
    }
}
