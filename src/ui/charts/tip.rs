//! The tooltip of a mark: what a screen reader hears of it, for the eyes.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::{Html, html};

use crate::chart::Datum;
use crate::ui::browser;
use crate::ui::wording::Words;

/// How far it stands from what it is about, in pixels.
const GAP: f64 = 6.0;

/// What a mark is called: its name, its number, its share.
pub fn name(datum: &Datum, words: Words) -> String {
    let parts = [&datum.name, &datum.text, &datum.share].map(String::as_str);
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(words.comma())
}

pub fn tip(datum: &Datum) -> Html {
    html! {
        <div class="tip" part="tip" aria-hidden="true">
            <p>{ datum.name.clone() }</p>
            <p class="amount">
                <strong>{ datum.text.clone() }</strong>
                if !datum.share.is_empty() {
                    <span>{ datum.share.clone() }</span>
                }
            </p>
        </div>
    }
}

/// Puts the tooltip that stands in a frame above the point that it is about, or where the window ends, below the
/// mark; never over the edges of the frame.
pub fn put(frame: &Element, mark: Option<&Element>, (x, y): (f64, f64)) {
    let tip = frame.query_selector(".tip").ok().flatten();
    let Some(tip) = tip.and_then(|tip| tip.dyn_into::<HtmlElement>().ok()) else { return };
    let (width, height) = (f64::from(tip.offset_width()), f64::from(tip.offset_height()));
    let top = browser::top(frame);
    let below = mark.map_or(y, |mark| mark.get_bounding_client_rect().bottom() - top);
    browser::put(&tip, place((x, y), (width, height), f64::from(frame.client_width()), top, below));
}

/// Where the upper left corner of a tooltip is.
fn place((x, y): (f64, f64), (width, height): (f64, f64), room: f64, top: f64, below: f64) -> (f64, f64) {
    let left = (x - width / 2.0).min(room - width).max(0.0);
    let above = y - height - GAP;
    (left, if top + above >= 0.0 { above } else { below + GAP })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn it_stands_above_its_point_within_the_frame() {
        assert_eq!(place((100.0, 80.0), (60.0, 30.0), 300.0, 200.0, 99.0), (70.0, 44.0));
        assert_eq!(place((5.0, 80.0), (60.0, 30.0), 300.0, 200.0, 99.0).0, 0.0);
        assert_eq!(place((299.0, 80.0), (60.0, 30.0), 300.0, 200.0, 99.0).0, 240.0);
        assert_eq!(place((100.0, 20.0), (60.0, 30.0), 300.0, 4.0, 40.0).1, 46.0, "the window ends above it");
    }

    #[test]
    fn a_mark_says_its_name_its_number_and_its_share() {
        let mut datum = Datum { name: "予以公开".to_owned(), text: "3件".to_owned(), ..Datum::default() };
        assert_eq!(name(&datum, Words(Language::CHINESE)), "予以公开，3件");
        datum.share = "30%".to_owned();
        assert_eq!(name(&datum, Words(Language::ENGLISH)), "予以公开, 3件, 30%");
    }
}
