//! The result of the check: how many there are of each kind, each a way to its group, and how much
//! was looked at.

use yew::{Html, html};

use super::groups::{self, GROUPS, Group};
use super::scene::{Action, SUMMARY, Scene, each};
use super::session::Session;
use super::wording::Words;
use super::{icon, origins};

/// The groups that hold something, each with how much that is, and what is said before them.
fn counts(session: &Session, words: Words) -> (Option<&'static str>, Vec<(Group, String)>) {
    let count = |group| groups::count(&session.findings, group);
    let open = count(Group::Confirm) + count(Group::Fill);
    let lead = words.lead(session.coverage, count(Group::Correct), open);
    let counts = GROUPS.into_iter().map(|group| (group, count(group))).filter(|(_, count)| *count > 0);
    (lead, counts.map(|(group, count)| (group, words.count(group, count))).collect())
}

/// The counts as a sentence.
pub fn spoken(session: &Session, words: Words) -> String {
    let (lead, counts) = counts(session, words);
    let counts = counts.into_iter().map(|(_, count)| count);
    lead.map(str::to_owned).into_iter().chain(counts).collect::<Vec<_>>().join(words.comma())
}

pub fn verdict(scene: &Scene) -> Html {
    let (session, words) = (scene.session, scene.words);
    let gravest = session.gravest();
    let inferred = origins::inferred(&session.report);
    let (lead, counts) = counts(session, words);
    let links = counts.into_iter().enumerate().map(|(at, (group, count))| {
        let onclick = scene.go(Action::ToGroup(group));
        let before = if at > 0 || lead.is_some() { words.comma() } else { "" };
        html! { <>{ before }<a href={format!("#{}", group.id())} {onclick}>{ count }</a></> }
    });
    let sound = session.findings.iter().all(|finding| Group::of(finding) == Group::Consider);
    html! {
        <div id={SUMMARY} class={format!("verdict {}", icon::class(gravest))} part="verdict" role="group" tabindex="-1"
            aria-labelledby="counts">
            { icon::icon(gravest) }
            <div>
                <p id="counts" class="counts">{ lead.unwrap_or_default() }{ each(links) }</p>
                <p class="scope">{ words.extent(session.coverage, sound) }{ words.space() }{ words.scope(session.scope) }</p>
                if inferred > 0 && !scene.edits() {
                    <p class="scope">{ words.has_inferred(inferred) }</p>
                }
            </div>
        </div>
    }
}
