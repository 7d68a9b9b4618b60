//! The menu of the formats in which the report can be saved.

use std::rc::Rc;

use web_sys::{Element, FocusEvent, KeyboardEvent};
use yew::{Callback, Html, MouseEvent, TargetCast, html};

use super::exporting::Format;
use super::icon;
use super::scene::{Action, Scene, each};

/// The id of the button that opens the menu.
pub const DOWNLOAD: &str = "download";

/// The id of what opens.
pub const FORMATS_LIST: &str = "formats";

/// The id of a format in the menu.
pub fn format_id(format: &Format) -> String {
    format!("save-{}", format.ending)
}

/// Whether an id is one of this menu: its parts get the focus where they stand.
pub fn is_part(id: &str) -> bool {
    id == DOWNLOAD || id.starts_with("save-")
}

/// What a key does: whether the menu is open then, and the format that has the focus, of those up to the `last`, or
/// else the button.
fn follow(key: &str, open: bool, at: Option<usize>, last: usize) -> Option<(bool, Option<usize>)> {
    match (key, open) {
        ("ArrowDown", true) => Some((true, Some(at.map_or(0, |at| if at == last { 0 } else { at + 1 })))),
        ("ArrowUp", true) => Some((true, Some(at.map_or(last, |at| if at == 0 { last } else { at - 1 })))),
        ("ArrowDown" | "Home", _) => Some((true, Some(0))),
        ("ArrowUp" | "End", _) => Some((true, Some(last))),
        ("Escape", true) => Some((false, None)),
        _ => None,
    }
}

pub fn menu(scene: &Scene, open: bool) -> Html {
    let words = scene.words;
    let formats: Rc<[&'static Format]> = scene.at_hand.formats().collect();
    let (act, listed) = (scene.act.clone(), formats.clone());
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let id = event.target_dyn_into::<Element>().map(|target| target.id()).unwrap_or_default();
        let at = listed.iter().position(|format| format_id(format) == id);
        if let Some((open, to)) = follow(&event.key(), open, at, listed.len() - 1) {
            event.prevent_default();
            event.stop_propagation();
            let focus = to.map_or_else(|| DOWNLOAD.to_owned(), |to| format_id(listed[to]));
            act.emit(Action::Menu { open, focus: Some(focus) });
        }
    });
    let act = scene.act.clone();
    let onfocusout = Callback::from(move |event: FocusEvent| {
        let to = event.related_target().and_then(|to| wasm_bindgen::JsCast::dyn_into::<Element>(to).ok());
        if open && !to.is_some_and(|to| is_part(&to.id())) {
            act.emit(Action::Menu { open: false, focus: None });
        }
    });
    let focus = if open { DOWNLOAD.to_owned() } else { format_id(formats[0]) };
    let onclick = scene.act.reform(move |_| Action::Menu { open: !open, focus: Some(focus.clone()) });
    let item = |format: &'static Format| {
        let onclick = scene.act.reform(move |_| Action::Download(format));
        html! {
            <li role="none">
                <button id={format_id(format)} role="menuitem" type="button" tabindex="-1" {onclick}>
                    { words.format(format) }{ " " }<span class="quiet">{ "." }{ format.file_ending() }</span>
                </button>
            </li>
        }
    };
    // Where a button takes no focus by being pressed, it would go elsewhere, and the menu with it.
    let keep_focus = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <div class="menu" {onkeydown} {onfocusout}>
            <button id={DOWNLOAD} class="action" type="button" aria-haspopup="menu" aria-expanded={open.to_string()}
                aria-controls={FORMATS_LIST} {onclick}>{ words.download() }{ icon::arrow() }</button>
            <ul id={FORMATS_LIST} role="menu" aria-label={words.download()} hidden={!open} onmousedown={keep_focus}>
                { each(formats.iter().copied().map(item)) }
            </ul>
        </div>
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn keys_go_through_the_menu_and_around_its_ends() {
        let follow = |key, open, at| super::follow(key, open, at, 5);
        assert_eq!(follow("ArrowDown", false, None), Some((true, Some(0))));
        assert_eq!(follow("ArrowUp", false, None), Some((true, Some(5))));
        assert_eq!(follow("ArrowDown", true, Some(5)), Some((true, Some(0))));
        assert_eq!(follow("ArrowUp", true, Some(0)), Some((true, Some(5))));
        assert_eq!(follow("End", true, Some(2)), Some((true, Some(5))));
        assert_eq!(follow("Escape", true, Some(2)), Some((false, None)));
        assert_eq!(follow("Escape", false, None), None);
        assert_eq!(follow("Tab", true, Some(2)), None);
        assert_eq!(super::follow("ArrowDown", true, Some(0), 0), Some((true, Some(0))));
    }
}
