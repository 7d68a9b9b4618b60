//! What is asked before something is done to many cells at once, below the editor's bar.

use yew::{Html, html};

use super::findings::cell_label;
use super::pasting::Pasting;
use super::scene::{Action, Scene, each};
use crate::form::CellId;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Asking {
    /// Whether blank cells are to be filled with 0.
    Zeros,
    /// Whether last year's figures are to be taken.
    Propose,
    /// Whether something is to be pasted.
    Paste(Pasting),
}

/// The id of the question.
pub const ASKING: &str = "asking";

/// How many cells are named one by one.
const NAMED: usize = 8;

/// The question, where there is one.
pub fn asking(scene: &Scene) -> Html {
    let Some(asking) = scene.asking else { return Html::default() };
    let words = scene.words;
    let (question, details, agree) = match asking {
        Asking::Zeros => {
            let blanks = scene.session.blanks();
            let marks = blanks.iter().filter(|cell| scene.session.report.value(**cell).to_string() != "").count();
            (words.ask_zeros(blanks.len(), marks), Html::default(), words.yes_zeros())
        }
        Asking::Propose => {
            let proposals = scene.session.proposals();
            let named = proposals.iter().map(|(cell, text)| named(scene, *cell, text));
            (words.ask_proposals(proposals.len()), list(named.collect(), scene), words.yes_propose())
        }
        Asking::Paste(pasting) => {
            let agree = match pasting.whole {
                Some(_) => words.paste_table(),
                None => words.paste_anyway(),
            };
            (words.ask_paste(pasting), details(scene, pasting), agree)
        }
    };
    let block = matches!(asking, Asking::Paste(Pasting { block: Some(_), .. }));
    html! {
        <div id={ASKING} class="asking" role="group" aria-labelledby="question" tabindex="-1">
            <p id="question" class="question">{ question }</p>
            { details }
            <p class="offers">
                { scene.button("action primary", Action::Agree, agree) }
                if block {
                    { scene.button("action", Action::PasteAsBlock, words.paste_block()) }
                }
                { scene.button("action", Action::Dismiss, words.cancel()) }
            </p>
        </div>
    }
}

/// What of a paste does not fit, and what it replaces.
fn details(scene: &Scene, pasting: &Pasting) -> Html {
    let words = scene.words;
    let stray = |text: &String| html! { <li lang="zh-CN">{ text.clone() }</li> };
    let texts = pasting.no_numbers.iter().map(|(cell, text)| named(scene, *cell, text));
    let replaced = pasting.texts.iter().filter(|(cell, _)| pasting.replaced.contains(cell)).map(|(cell, text)| {
        let before = scene.session.report.value(*cell).to_string();
        named(scene, *cell, &words.correction(&before, text))
    });
    let part = |name: String, items: Vec<Html>| {
        html! { if !items.is_empty() { <p class="law">{ name }</p>{ list(items, scene) } } }
    };
    html! {
        <>
            { part(words.strays(pasting.strays.len()), pasting.strays.iter().map(stray).collect()) }
            { part(words.no_numbers(pasting.no_numbers.len()), texts.collect()) }
            { part(words.replaced(pasting.replaced.len()), replaced.collect()) }
        </>
    }
}

fn named(scene: &Scene, cell: CellId, text: &str) -> Html {
    let form = &scene.session.report.form;
    let label = cell_label(form, &form.cell(cell).address, scene.words);
    html! { <li>{ label }{ scene.words.colon() }<strong>{ text.to_owned() }</strong></li> }
}

fn list(mut items: Vec<Html>, scene: &Scene) -> Html {
    let more = items.len().saturating_sub(NAMED);
    items.truncate(NAMED);
    html! {
        <ul class="cells" role="list">
            { each(items.into_iter()) }
            if more > 0 {
                <li class="more">{ scene.words.more_cells(more) }</li>
            }
        </ul>
    }
}
