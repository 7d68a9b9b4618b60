//! A picture or the table in its place, with the listeners for all that is in it.

use web_sys::{Element, FocusEvent, KeyboardEvent};
use yew::{Context, Html, MouseEvent, PointerEvent, TargetCast, html};

use super::{ChartProps, Drawing, Message};
use crate::ui::charts::{picture, tip, twin};

impl Drawing {
    /// The picture with its tooltip.
    pub(super) fn frame(&self, ctx: &Context<Self>) -> Html {
        let ChartProps { chart, words, .. } = ctx.props();
        let Some(picture) = &self.picture else { return html! { <div class="frame"></div> } };
        let link = ctx.link();
        let onmouseover = link.batch_callback(|event: MouseEvent| {
            let target: Element = event.target_dyn_into()?;
            // The tooltip stays under the pointer.
            let on_tip = target.closest(".tip").ok().flatten().is_some();
            (!on_tip).then(|| Message::Over(place_of(&target, "data-mark")))
        });
        let onmouseout = link.batch_callback(|event: MouseEvent| {
            let to = event.related_target().and_then(|to| wasm_bindgen::JsCast::dyn_into::<Element>(to).ok());
            let within = to.and_then(|to| to.closest(".frame").ok().flatten()).is_some();
            (!within).then_some(Message::Over(None))
        });
        let onfocusin = link.batch_callback(|event: FocusEvent| {
            let mark = event.target_dyn_into().and_then(|target| place_of(&target, "data-mark"));
            mark.map(|mark| Message::Focus(Some(mark)))
        });
        let onfocusout = link.callback(|_: FocusEvent| Message::Focus(None));
        let onpointerdown =
            link.callback(|event: PointerEvent| Message::Press { touch: event.pointer_type() == "touch" });
        let onclick = link.batch_callback(|event: MouseEvent| {
            event.target_dyn_into().and_then(|target| place_of(&target, "data-mark")).map(Message::Click)
        });
        let tipped = self.tipped();
        let onkeydown = link.batch_callback(move |event: KeyboardEvent| {
            let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
            let key = event.key();
            let known = match key.as_str() {
                "Escape" => tipped.is_some(),
                key => key == "Enter" || key == " " || key == "Home" || key == "End" || key.starts_with("Arrow"),
            };
            (known && !modified).then(|| {
                event.prevent_default();
                event.stop_propagation();
                Message::Key(key)
            })
        });
        let tip = tipped.and_then(|at| self.marks().get(at));
        html! {
            <div class="frame" {onmouseover} {onmouseout} {onfocusin} {onfocusout} {onpointerdown} {onclick} {onkeydown}>
                { picture::picture(picture, &chart.id, self.at, self.scale, *words) }
                if let Some(mark) = tip {
                    { tip::tip(&mark.datum) }
                }
            </div>
        }
    }

    /// The table of the figures.
    pub(super) fn table(&self, ctx: &Context<Self>) -> Html {
        let ChartProps { chart, words, .. } = ctx.props();
        let onclick = ctx.link().batch_callback(|event: MouseEvent| {
            event.target_dyn_into().and_then(|target| place_of(&target, "data-figure")).map(Message::Back)
        });
        let onkeydown = ctx.link().batch_callback(|event: KeyboardEvent| {
            let figure = event.target_dyn_into::<Element>().is_some_and(|target| !target.id().is_empty());
            let key = event.key();
            let known = key == "Escape" || key == "Home" || key == "End" || key.starts_with("Arrow");
            (figure && known).then(|| {
                event.prevent_default();
                event.stop_propagation();
                Message::TwinKey(key)
            })
        });
        let places = self.places(chart);
        html! { <div class="twin-of" {onclick} {onkeydown}>{ twin::twin(chart, &places, self.twin_at, *words) }</div> }
    }
}

/// The number that an element, or what it stands in, has in an attribute.
fn place_of(element: &Element, attribute: &str) -> Option<usize> {
    element.closest(&["[", attribute, "]"].concat()).ok()??.get_attribute(attribute)?.parse().ok()
}
