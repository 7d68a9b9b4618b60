//! What stands over a picture: the table in its place, its files, another figure.

use web_sys::HtmlSelectElement;
use yew::{Context, Event, Html, TargetCast, html};

use super::{ChartProps, Drawing, Message};
use crate::charts::ChoiceGroup;
use crate::ui::exporting::Format;
use crate::ui::icon;
use crate::ui::scene::{Action, each};

impl Drawing {
    /// Between picture and table, and the files that can be had.
    pub(super) fn tools(&self, ctx: &Context<Self>) -> Html {
        let ChartProps { chart, files, words, act, .. } = ctx.props();
        let turn = |twin: bool, label: &'static str| {
            let onclick = ctx.link().callback(move |_| Message::Turn { twin });
            let name = [label, words.colon(), &chart.title].concat();
            html! { <button type="button" aria-pressed={(self.twin == twin).to_string()} aria-label={name} {onclick}>{ label }</button> }
        };
        let width = self.width;
        let save = |format: &'static Format| {
            let chart = chart.clone();
            let name = words.save_chart(format, &chart.title);
            let onclick = act.reform(move |_| Action::SaveChart { chart: chart.clone(), format, width });
            html! { <button class="file" type="button" aria-label={name.clone()} title={name} {onclick}>{ icon::down() }{ format.name }</button> }
        };
        if chart.plot.is_none() {
            return Html::default();
        }
        html! {
            <div class="chart-tools">
                <div class="views" role="group" aria-label={[words.shown_as(), words.colon(), &chart.title].concat()}>
                    { turn(false, words.picture()) }
                    { turn(true, words.figures()) }
                </div>
                { each(files.iter().copied().map(save)) }
            </div>
        }
    }

    /// The figure that is shown, among those that could be.
    pub(super) fn choice(&self, ctx: &Context<Self>) -> Html {
        let ChartProps { chart, words, act, .. } = ctx.props();
        let Some(choice) = &chart.choice else { return Html::default() };
        let id = ["choice-", &chart.id].concat();
        let of = chart.id.clone();
        let onchange = act.reform(move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            Action::Choose { chart: of.clone(), figure: chosen.unwrap_or_default() }
        });
        let option = |(address, label): &(String, String)| {
            html! { <option value={address.clone()} selected={*address == choice.chosen}>{ label.clone() }</option> }
        };
        let group = |group: &ChoiceGroup| {
            html! { <optgroup label={group.label.clone()}>{ each(group.options.iter().map(option)) }</optgroup> }
        };
        html! {
            <p class="choice">
                <label for={id.clone()}>{ words.figure_shown() }</label>
                <select {id} {onchange}>{ each(choice.groups.iter().map(group)) }</select>
            </p>
        }
    }
}
