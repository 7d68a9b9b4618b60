//! The page around the view: files over the network, events, focus, and the room there is.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use crate::chart::pen::length;
use gloo::utils::window;
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, CustomEvent, CustomEventInit, Element, FocusOptions, HtmlElement, HtmlInputElement, RequestInit,
    ResizeObserver, Response, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition, ShadowRoot,
};

/// Why a file was not obtained.
pub enum FetchError {
    /// No answer: no network, or another site that this page may not read.
    Unreachable,
    /// An answer other than success.
    Status(u16),
    /// More than is read, or an answer without an end.
    TooLarge,
}

/// Asks for a file, until that is cancelled; the answer is there once it is waited for by [`answer`].
pub fn ask(address: &str, signal: Option<&AbortSignal>) -> JsFuture {
    let init = RequestInit::new();
    init.set_signal(signal);
    JsFuture::from(window().fetch_with_str_and_init(address, &init))
}

/// The file that was asked for, of which `gather` has what comes put together: bytes, or nothing where it is too large.
pub async fn answer(asked: JsFuture, gather: impl FnOnce(&Response) -> Promise) -> Result<Uint8Array, FetchError> {
    let unreachable = |_| FetchError::Unreachable;
    let response = asked.await.map_err(unreachable)?;
    let response: Response = response.unchecked_into();
    if !response.ok() {
        return Err(FetchError::Status(response.status()));
    }
    let bytes = JsFuture::from(gather(&response)).await.map_err(unreachable)?;
    bytes.dyn_into().map_err(|_| FetchError::TooLarge)
}

/// The day where the reader is, as `20240115`.
pub fn today() -> String {
    let now = js_sys::Date::new_0();
    format!("{:04}{:02}{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}

/// Waits for some milliseconds.
pub async fn pause(time: i32) {
    let waited = Promise::new(&mut |resolve, _| {
        _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, time);
    });
    // It is resolved and never rejected.
    let _ = JsFuture::from(waited).await;
}

/// What comes of some work, where it is done within some milliseconds.
pub async fn within<T>(time: i32, work: impl Future<Output = T>) -> Option<T> {
    let (mut work, mut end) = (pin!(work), pin!(pause(time)));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => end.as_mut().poll(context).map(|()| None),
    })
    .await
}

/// Dispatches an event that bubbles and leaves shadow roots.
pub fn dispatch(host: &HtmlElement, name: &str, detail: &JsValue) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        // It says whether a listener cancelled it, which means nothing here.
        let _ = host.dispatch_event(&event);
    }
}

/// The element with an id in the shadow root that an element stands in.
pub fn by_id(inside: &Element, id: &str) -> Option<HtmlElement> {
    let root: ShadowRoot = inside.get_root_node().dyn_into().ok()?;
    // An element of a picture is none of HTML, but takes the focus in the same words.
    Some(root.get_element_by_id(id)?.unchecked_into())
}

/// Puts the focus on an element and brings it into view, without motion for whoever wants none.
pub fn show(element: &HtmlElement) {
    if element.tab_index() < 0 && !element.has_attribute("tabindex") {
        element.set_tab_index(-1);
    }
    focus(element);
    centre(element);
}

/// Brings an element into view, without motion for whoever wants none.
pub fn centre(element: &Element) {
    let scroll = ScrollIntoViewOptions::new();
    scroll.set_block(ScrollLogicalPosition::Center);
    scroll.set_inline(ScrollLogicalPosition::Center);
    let still = matches_media("(prefers-reduced-motion: reduce)");
    scroll.set_behavior(if still { ScrollBehavior::Auto } else { ScrollBehavior::Smooth });
    element.scroll_into_view_with_scroll_into_view_options(&scroll);
}

/// Puts the focus on an element where it stands.
pub fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Puts the focus on a field with all that it holds selected, and moves the page only if it is not seen.
pub fn choose(field: &HtmlInputElement) {
    focus(field);
    field.select();
    reveal(field);
}

/// Brings an element into view by as little as needed.
pub fn reveal(element: &Element) {
    let scroll = ScrollIntoViewOptions::new();
    scroll.set_block(ScrollLogicalPosition::Nearest);
    scroll.set_inline(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&scroll);
}

/// How far an element is below the upper edge of the window.
pub fn top(element: &Element) -> f64 {
    element.get_bounding_client_rect().top()
}

/// Scrolls so that an element is as far below the upper edge as it was.
pub fn scroll_back(element: &Element, top: f64) {
    let moved = self::top(element) - top;
    if moved.abs() >= 1.0 {
        window().scroll_by_with_x_and_y(0.0, moved);
    }
}

/// Puts the caret behind what a field holds.
pub fn put_caret(field: &HtmlInputElement) {
    let end = field.value().encode_utf16().count() as u32;
    let _ = field.set_selection_range(end, end);
}

fn matches_media(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// The colour scheme that the page asks for; `auto` where it declares none or both, so that the
/// reader's preference decides.
pub fn color_scheme(host: &Element) -> &'static str {
    let style = window().get_computed_style(host).ok().flatten();
    let declared = style.and_then(|style| style.get_property_value("color-scheme").ok()).unwrap_or_default();
    match (declared.contains("light"), declared.contains("dark")) {
        (true, false) => "light",
        (false, true) => "dark",
        _ => "auto",
    }
}

/// Follows the room that an element has. The widget may stand in a narrow column of a wide page, so
/// that the width of the window tells nothing.
pub struct Room {
    observer: Option<ResizeObserver>,
    _on_resize: Closure<dyn FnMut()>,
}

impl Room {
    /// `resized` is told when there is another, and once at first.
    pub fn follow(element: &Element, resized: impl FnMut() + 'static) -> Room {
        let on_resize = Closure::<dyn FnMut()>::new(resized);
        let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Room { observer, _on_resize: on_resize }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

/// Below this width row heads turn upright and tables scroll, in pixels at a text size of 16.
const NARROW: f64 = 620.0;
/// From this width on the contents stand beside the sections.
const WIDE: f64 = 1080.0;

/// Writes down how much room there is for letters of their size, and which tables are wider than theirs.
pub fn measure(element: &Element) {
    let letters = element.first_element_child().map_or(16.0, |view| room_in(&view).1);
    let width = f64::from(element.client_width()) * 16.0 / letters;
    let size = if width < NARROW {
        "narrow"
    } else if width < WIDE {
        "medium"
    } else {
        "wide"
    };
    set_attribute(element, "data-size", size);
    let Ok(regions) = element.query_selector_all(".scroll") else { return };
    for at in 0..regions.length() {
        let Some(region) = regions.get(at).and_then(|node| node.dyn_into::<Element>().ok()) else { continue };
        let overflows = region.scroll_width() > region.client_width() + 1;
        if let Some(sheet) = region.parent_element() {
            set_attribute(&sheet, "data-overflows", if overflows { "yes" } else { "no" });
        }
    }
}

/// The width inside an element, and the size of its letters, in pixels.
pub fn room_in(element: &Element) -> (f64, f64) {
    let style = window().get_computed_style(element).ok().flatten();
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    let size = size.map_or(f64::NAN, |size| js_sys::parse_float(&size));
    (f64::from(element.client_width()), if size > 0.0 { size } else { 16.0 })
}

/// Puts an element somewhere in the box that it stands in, by its upper left corner in pixels. By script a page's
/// policy allows that; in an attribute it would not.
pub fn put(element: &HtmlElement, (left, top): (f64, f64)) {
    for (side, place) in [("left", left), ("top", top)] {
        let _ = element.style().set_property(side, &(length(place) + "px"));
    }
}

/// Sets an attribute; with these names and values it cannot fail.
pub fn set_attribute(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}
