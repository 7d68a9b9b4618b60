//! The result of the check in one sentence, and what was looked at.

use yew::{Html, html};

use super::icon;
use super::session::Session;
use super::wording::Words;

pub fn verdict(session: &Session, words: Words) -> Html {
    let gravest = session.gravest();
    html! {
        <div class={format!("verdict {}", icon::class(gravest))} part="verdict">
            { icon::icon(gravest) }
            <div>
                <p role="status">{ words.verdict(session.coverage, session.tally()) }</p>
                <p class="scope">{ words.scope(session.scope) }</p>
            </div>
        </div>
    }
}
