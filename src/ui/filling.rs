//! The editor's bar: how much is filled in, the way to what is not, and what was done last.

use wasm_bindgen::JsValue;
use yew::{Callback, Html, html};

use super::asking::{Asking, asking};
use super::drafts::Shelf;
use super::scene::{Action, Scene};
use super::table::KEYS;
use super::{charts, origins, saving, states};
use crate::form::CellId;
use crate::report::Report;

pub fn bar(scene: &Scene, said: &str, drafts: Option<&Shelf>, open: &Callback<JsValue>, menu: bool) -> Html {
    let (words, session) = (scene.words, scene.session);
    let (history, coverage) = (&session.history, session.coverage);
    let blanks = session.blanks().len();
    let count = |holds: fn(&Report, CellId) -> bool| {
        session.report.form.cells().filter(|(cell, _)| holds(&session.report, *cell)).count()
    };
    let (unread, doubtful) = (count(Report::is_unread), count(origins::is_doubtful));
    let (cells, filled) = (coverage.cells, coverage.cells - blanks - unread);
    let progress = words.progress(filled, cells);
    html! {
        <div class="bar" part="bar" role="group" aria-label={words.editing()}>
            <div class="tools">
                { scene.button("action", Action::Check, words.check()) }
                if !history.done.is_empty() {
                    { scene.button("action", Action::Undo, words.undo()) }
                }
                if !history.undone.is_empty() {
                    { scene.button("action", Action::Redo, words.redo()) }
                }
                <span class="progress">
                    <progress aria-label={words.filled()} max={cells.to_string()} value={filled.to_string()} />
                    <span>{ progress }</span>
                </span>
                if blanks > 0 {
                    { scene.button("action", Action::NextBlank, words.next_blank()) }
                    { scene.button("action", Action::Ask(Asking::Zeros), words.fill_zeros()) }
                }
                if doubtful > 0 {
                    <button class="action" type="button" onclick={scene.act.reform(|_| Action::NextDoubtful)}>{ words.doubtful(doubtful) }</button>
                }
                if !session.proposals().is_empty() {
                    { scene.button("action", Action::Ask(Asking::Propose), words.propose()) }
                }
                { states::opening(open, words) }
                { saving::menu(scene, menu) }
                { charts::switch(scene) }
                { drafts.map(Shelf::status) }
            </div>
            <p class="said" role="status">{ said.to_owned() }</p>
            { asking(scene) }
            <p id={KEYS} hidden={true}>{ words.grid_keys() }</p>
        </div>
    }
}
