//! A field in which a text of the report is written: of many lines, growing with what it holds, or of one.
//! What stands in it is never put there anew while someone types or composes characters in it.

use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlElement, HtmlInputElement, HtmlTextAreaElement};
use yew::{Callback, Component, Context, Event, Html, InputEvent, KeyboardEvent, NodeRef, html};

use super::clipboard::Copied;
use super::icon;
use super::phrases::{self, Phrase};
use super::scene::each;
use super::session::new_part;
use crate::finding::Severity;

/// What a field is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Many lines, behind which words are marked.
    Text,
    /// One line: the type of the input, and how it is filled in.
    Line { kind: &'static str, mode: &'static str, placeholder: String },
    /// One line that counts only once it is left, with the id of a list of proposals.
    Whole { mode: &'static str, list: &'static str },
}

/// Words that findings are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    pub start: usize,
    pub end: usize,
    pub severity: Severity,
    /// Whether their finding is open.
    pub lit: bool,
}

#[derive(Clone, yew::Properties)]
pub struct Properties {
    pub id: String,
    pub kind: Kind,
    /// What the report says.
    pub text: String,
    /// The id of what names the field, where no label does.
    #[prop_or_default]
    pub named: Option<String>,
    /// The id of what is said of it.
    #[prop_or_default]
    pub described: Option<String>,
    #[prop_or_default]
    pub invalid: bool,
    #[prop_or_default]
    pub marks: Rc<Vec<Marked>>,
    /// Told what stands there, and whether that goes on with the step before.
    pub typed: Callback<(String, bool)>,
    /// Asks for the paragraphs of what is pasted.
    #[prop_or_default]
    pub copied: Option<Callback<Copied>>,
}

/// Whom a field tells is always the same one for its id.
impl PartialEq for Properties {
    fn eq(&self, other: &Properties) -> bool {
        let shown =
            |of: &Properties| (of.id.clone(), of.kind.clone(), of.named.clone(), of.described.clone(), of.invalid);
        self.text == other.text && self.marks == other.marks && shown(self) == shown(other)
    }
}

pub enum Message {
    /// Something was typed, in one of the ways that browsers name.
    Typed {
        how: String,
        composing: bool,
    },
    /// What stands there counts: characters are composed to the end, or the field was left.
    Counts,
    Left,
    Pasted {
        html: String,
        text: String,
    },
    Paragraphs(String),
}

/// A longer pause ends a step of what is undone together.
const PAUSE: f64 = 2000.0;

/// The ways of typing that are a step of their own.
const STEPS: [&str; 5] = ["insertFromPaste", "insertFromDrop", "deleteByCut", "deleteByDrag", "insertReplacementText"];

#[derive(Default)]
pub struct Field {
    node: NodeRef,
    /// What the field and the report both say.
    settled: String,
    /// What stands there while characters are composed.
    draft: Option<String>,
    /// When something was typed last.
    at: f64,
    /// Whether what is typed next goes on with the step before.
    going: bool,
    composing: Option<EventListener>,
}

impl Component for Field {
    type Message = Message;
    type Properties = Properties;

    fn create(ctx: &Context<Self>) -> Field {
        Field { settled: lines(&ctx.props().text), ..Field::default() }
    }

    fn changed(&mut self, ctx: &Context<Self>, _: &Properties) -> bool {
        let text = lines(&ctx.props().text);
        let same = text == self.settled || text.trim().is_empty() && self.settled.trim().is_empty();
        if !same {
            self.settled = text;
            self.going = false;
            if self.draft.is_none() {
                self.put();
            }
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Typed { composing: true, .. } => {
                self.draft = Some(self.value());
                self.at = js_sys::Date::now();
            }
            Message::Typed { how, .. } => {
                self.draft = None;
                self.tell(ctx, STEPS.contains(&how.as_str()));
            }
            Message::Counts => {
                self.draft = None;
                self.tell(ctx, false);
            }
            Message::Left => {
                self.going = false;
                return false;
            }
            Message::Pasted { html, text } => {
                if let Some(copied) = &ctx.props().copied {
                    copied.emit(Copied { html, text, then: ctx.link().callback(Message::Paragraphs) });
                }
                return false;
            }
            Message::Paragraphs(text) => {
                if let Some(field) = self.node.cast::<HtmlTextAreaElement>() {
                    insert(&field, &text);
                    self.tell(ctx, true);
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Properties { id, kind, named, described, invalid, .. } = ctx.props().clone();
        let oninput = ctx.link().callback(|event: InputEvent| {
            // Of a date, browsers tell only that it was entered.
            let told = event.is_instance_of::<InputEvent>();
            let how = if told { event.input_type() } else { String::new() };
            Message::Typed { how, composing: told && event.is_composing() }
        });
        let onblur = ctx.link().callback(|_| Message::Left);
        let onkeydown = |event: KeyboardEvent| {
            // While characters are composed, the keys are the composer's.
            if event.is_composing() {
                event.stop_propagation();
            }
        };
        let node = self.node.clone();
        let invalid = invalid.then_some("true");
        match kind {
            Kind::Text => {
                let takes = ctx.props().copied.is_some();
                let onpaste = ctx.link().batch_callback(move |event: Event| takes.then(|| pasted(&event)).flatten());
                html! {
                    <div class="pad" part="text">
                        <div class="mirror" aria-hidden="true">{ self.mirror(ctx) }</div>
                        <textarea {id} ref={node} rows="1" lang="zh-CN" spellcheck="false" aria-labelledby={named}
                            aria-describedby={described} {oninput} {onblur} {onkeydown} {onpaste} />
                    </div>
                }
            }
            Kind::Line { kind, mode, placeholder } => html! {
                <input {id} ref={node} type={kind} inputmode={mode} {placeholder} lang="zh-CN" autocomplete="off"
                    spellcheck="false" aria-describedby={described} aria-invalid={invalid} {oninput} {onblur} {onkeydown} />
            },
            Kind::Whole { mode, list } => {
                let onchange = ctx.link().callback(|_| Message::Counts);
                html! {
                    <input {id} ref={node} type="text" inputmode={mode} {list} autocomplete="off" spellcheck="false"
                        aria-describedby={described} aria-invalid={invalid} {onchange} {onkeydown} />
                }
            }
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if !first {
            return;
        }
        self.put();
        // Yew knows no such event, and some browsers say nothing else of the last characters.
        if let (Some(node), true) = (self.node.cast::<HtmlElement>(), !matches!(ctx.props().kind, Kind::Whole { .. })) {
            let composed = ctx.link().callback(|()| Message::Counts);
            self.composing = Some(EventListener::new(&node, "compositionend", move |_| composed.emit(())));
        }
    }
}

impl Field {
    fn value(&self) -> String {
        match (self.node.cast::<HtmlTextAreaElement>(), self.node.cast::<HtmlInputElement>()) {
            (Some(area), _) => area.value(),
            (_, Some(input)) => input.value(),
            _ => String::new(),
        }
    }

    /// Has what the report says stand in the field.
    fn put(&self) {
        if self.value() == self.settled {
            return;
        }
        match (self.node.cast::<HtmlTextAreaElement>(), self.node.cast::<HtmlInputElement>()) {
            (Some(area), _) => area.set_value(&self.settled),
            (_, Some(input)) => input.set_value(&self.settled),
            _ => {}
        }
    }

    /// Tells what stands there, where that is new.
    fn tell(&mut self, ctx: &Context<Self>, alone: bool) {
        let (text, now) = (self.value(), js_sys::Date::now());
        if text == self.settled {
            return;
        }
        let again = self.going && !alone && now - self.at < PAUSE;
        (self.at, self.going) = (now, !alone);
        self.settled.clone_from(&text);
        ctx.props().typed.emit((text, again));
    }

    /// The same text behind the field: it makes the room and carries the marks.
    fn mirror(&self, ctx: &Context<Self>) -> Html {
        let settled = lines(&ctx.props().text);
        let shown = self.draft.as_ref().unwrap_or(&self.settled);
        let marks: Vec<Marked> = ctx.props().marks.iter().filter_map(|mark| moved(*mark, &settled, shown)).collect();
        let phrase = |(finding, mark): (usize, &Marked)| Phrase { start: mark.start, end: mark.end, finding };
        let phrases: Vec<Phrase> = marks.iter().enumerate().map(phrase).collect();
        let piece = |piece: phrases::Piece| {
            let own = || piece.findings.iter().filter_map(|at| marks.get(*at));
            let Some(severity) = own().map(|mark| mark.severity).min() else { return piece.text.into() };
            let lit = if own().any(|mark| mark.lit) { " lit" } else { "" };
            let class = format!("{}{lit}", icon::class(Some(severity)));
            html! { <mark {class} data-start={piece.start.to_string()}>{ piece.text.clone() }</mark> }
        };
        let whole = phrases::Line { start: 0, text: shown };
        let pieces = match phrases.is_empty() {
            true => shown.clone().into(),
            false => each(phrases::pieces(whole, &phrases).into_iter().map(piece)),
        };
        // A line break at the end makes a line only with something behind it.
        html! { <>{ pieces }{ "\u{200b}" }</> }
    }
}

/// What is pasted, where it has a form of its own.
fn pasted(event: &Event) -> Option<Message> {
    let data = event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?;
    let get = |kind| data.get_data(kind).unwrap_or_default();
    let html = get("text/html");
    if html.trim().is_empty() {
        return None;
    }
    event.prevent_default();
    Some(Message::Pasted { html, text: get("text/plain") })
}

/// Writes a text in place of what is selected, with the caret behind it.
fn insert(field: &HtmlTextAreaElement, text: &str) {
    let end = field.value().encode_utf16().count() as u32;
    let from = field.selection_start().ok().flatten().unwrap_or(end);
    let to = field.selection_end().ok().flatten().unwrap_or(end);
    let units: Vec<u16> = field.value().encode_utf16().collect();
    let (from, to) = ((from as usize).min(units.len()), (to as usize).min(units.len()));
    let before = String::from_utf16_lossy(&units[..from.min(to)]);
    let behind = String::from_utf16_lossy(&units[to.max(from)..]);
    let before = before + text;
    let caret = before.encode_utf16().count() as u32;
    field.set_value(&(before + &behind));
    let _ = field.set_selection_range(caret, caret);
}

/// Where marked words stand in a text that was typed on; `None` where they were changed themselves.
fn moved(mark: Marked, settled: &str, shown: &str) -> Option<Marked> {
    if settled == shown {
        return Some(mark);
    }
    let (start, new_end) = new_part(settled, shown);
    let (_, old_end) = new_part(shown, settled);
    match (mark.end <= start, mark.start >= old_end) {
        (true, _) => Some(mark),
        (_, true) => Some(Marked { start: mark.start - old_end + new_end, end: mark.end - old_end + new_end, ..mark }),
        _ => None,
    }
}

/// A text with line breaks as fields have them.
pub fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// How many UTF-16 units stand before a character of a text, with line breaks as fields have them.
pub fn units_before(text: &str, at: usize) -> u32 {
    let before: String = text.chars().take(at).collect();
    lines(&before).encode_utf16().count() as u32
}

/// How many characters stand before a character of a text, with line breaks as fields have them.
pub fn chars_before(text: &str, at: usize) -> usize {
    let before: String = text.chars().take(at).collect();
    lines(&before).chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_move_with_the_text_and_vanish_where_it_was_changed() {
        let mark = |start, end| Marked { start, end, severity: Severity::Warning, lit: false };
        let (before, after) = ("收到12件，办结3件。", "共收到12件，办结3件。");
        assert_eq!(moved(mark(0, 5), before, after), Some(mark(1, 6)));
        let after = "收到12件，已办结3件。";
        assert_eq!(moved(mark(0, 5), before, after), Some(mark(0, 5)));
        assert_eq!(moved(mark(6, 10), before, after), Some(mark(7, 11)));
        assert_eq!(moved(mark(0, 5), before, "收到15件，办结3件。"), None);
    }

    #[test]
    fn places_are_counted_as_fields_count() {
        assert_eq!(units_before("𠮷\r\n甲", 3), 3);
        assert_eq!(chars_before("甲\r\n乙", 3), 2);
        assert_eq!(units_before("甲", 90), 1);
    }
}
