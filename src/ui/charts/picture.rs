//! A picture as elements of the page: furniture that nobody has to hear, and marks that have a name, get the
//! focus and lead to their figures. Colours are the style's, by class.

use yew::{Html, html};

use super::{mark_id, tip, title_id};
use crate::chart::palette;
use crate::chart::pen::length;
use crate::chart::{Anchor, Lettering, Mark, Paint, Picture, Shape, Tone};
use crate::ui::scene::each;
use crate::ui::wording::Words;

/// The id of a chart's sentence.
pub fn reading_id(chart: &str) -> String {
    ["reading-", chart].concat()
}

/// The picture of a chart. `at` is the mark that the Tab key stops at.
/// `scale` is how large its text is beside 16 pixels.
pub fn picture(picture: &Picture, chart: &str, at: usize, scale: f64, words: Words) -> Html {
    let (width, height) = (length(picture.width), length(picture.height));
    let [shown_width, shown_height] = [picture.width, picture.height].map(|side| length(side * scale));
    let mark = |(place, mark): (usize, &Mark)| {
        let (id, tone) = (mark_id(chart, place), tone_name(mark.datum.tone));
        html! {
            <g {id} class={["datum tone-", &tone].concat()} part={["mark mark-", chart, " mark-", &tone].concat()} role="img"
                data-mark={place.to_string()} tabindex={if place == at { "0" } else { "-1" }}
                aria-label={tip::name(&mark.datum, words)}>
                { each(mark.shapes.iter().map(|shape| self::shape(shape, chart, Some(mark.datum.tone)))) }
            </g>
        }
    };
    html! {
        <svg class="picture" part="picture" viewBox={["0 0 ", &width, " ", &height].concat()} width={shown_width} height={shown_height}
            role="group" aria-labelledby={title_id(chart)} aria-describedby={reading_id(chart)}>
            <g aria-hidden="true">
                { patterns(picture, chart) }
                { each(picture.furniture.iter().map(|shape| self::shape(shape, chart, None))) }
            </g>
            { each(picture.marks.iter().enumerate().map(mark)) }
            <g aria-hidden="true" class="front">{ each(picture.front.iter().map(|shape| self::shape(shape, chart, None))) }</g>
        </svg>
    }
}

/// What a tone is called in the style.
fn tone_name(tone: Tone) -> String {
    match tone {
        Tone::Main => "main".to_owned(),
        Tone::Quiet => "quiet".to_owned(),
        Tone::Kind(kind) => (kind % Tone::KINDS + 1).to_string(),
        Tone::Wrong => "wrong".to_owned(),
    }
}

fn pattern_id(chart: &str, tone: Tone) -> String {
    ["pattern-", chart, "-", &tone_name(tone)].concat()
}

/// The patterns of the tones that something is filled with. Each picture has its own: those of one that is hidden
/// would not be seen in others.
fn patterns(picture: &Picture, chart: &str) -> Html {
    let tile = length(palette::TILE);
    let pattern = |tone: Tone| {
        html! {
            <pattern id={pattern_id(chart, tone)} width={tile.clone()} height={tile.clone()} patternUnits="userSpaceOnUse">
                <path class="lines" d={palette::pattern(tone)} stroke-width={palette::PATTERN_WIDTH} stroke-opacity={palette::PATTERN_OPACITY} />
            </pattern>
        }
    };
    html! { <defs>{ each(palette::patterned(picture).map(pattern)) }</defs> }
}

/// The class of what is painted, the tone if that is another than that of what it stands in, and whether its
/// pattern lies on it.
fn look(paint: Paint, around: Option<Tone>) -> (String, Option<Tone>) {
    let (name, tone, patterned) = match paint {
        Paint::Fill(tone) => ("fill", Some(tone), true),
        Paint::Flow(tone) => ("flow", Some(tone), false),
        Paint::Line(tone) => ("line", Some(tone), false),
        Paint::Dot(tone) => ("dot", Some(tone), false),
        Paint::Plate(tone) => ("fill", Some(tone), false),
        Paint::Hair(tone) => ("hair", Some(tone), false),
        Paint::Open => ("open", None, false),
        Paint::Bare => ("bare", None, false),
        Paint::Axis => ("axis", None, false),
        Paint::Grid => ("grid", None, false),
        Paint::Break => ("break", None, false),
    };
    let mut class = "paint-".to_owned() + name;
    if let Some(tone) = tone.filter(|tone| around != Some(*tone)) {
        class += " tone-";
        class += &tone_name(tone);
    }
    (class, tone.filter(|tone| patterned && palette::pattern(*tone).is_some()))
}

fn shape(shape: &Shape, chart: &str, around: Option<Tone>) -> Html {
    let fill = |tone: Tone| ["url(#", &pattern_id(chart, tone), ")"].concat();
    match shape {
        Shape::Rect { x, y, width, height, paint } => {
            let (class, pattern) = look(*paint, around);
            let [x, y, width, height] = [x, y, width, height].map(|side| length(*side));
            html! {
                <>
                    <rect {class} x={x.clone()} y={y.clone()} width={width.clone()} height={height.clone()} />
                    if let Some(tone) = pattern {
                        <rect fill={fill(tone)} {x} {y} {width} {height} />
                    }
                </>
            }
        }
        Shape::Path { data, paint } => {
            let (class, pattern) = look(*paint, around);
            html! {
                <>
                    <path {class} d={data.clone()} />
                    if let Some(tone) = pattern {
                        <path fill={fill(tone)} d={data.clone()} />
                    }
                </>
            }
        }
        Shape::Circle { x, y, radius, paint } => {
            let (class, pattern) = look(*paint, around);
            let [cx, cy, r] = [x, y, radius].map(|side| length(*side));
            html! {
                <>
                    <circle {class} cx={cx.clone()} cy={cy.clone()} r={r.clone()} />
                    if let Some(tone) = pattern {
                        <circle fill={fill(tone)} {cx} {cy} {r} />
                    }
                </>
            }
        }
        Shape::Text { x, y, anchor, text, full, style } => {
            let class = match style {
                Lettering::Label | Lettering::Number | Lettering::Small => "letters".to_owned(),
                Lettering::Title => "letters over".to_owned(),
                Lettering::Quiet => "letters faint".to_owned(),
                Lettering::Wrong => "letters wrong".to_owned(),
                Lettering::On(tone) => "letters on-".to_owned() + &tone_name(*tone),
            };
            let anchor = match anchor {
                Anchor::Start => None,
                Anchor::Middle => Some("middle"),
                Anchor::End => Some("end"),
            };
            html! {
                <text {class} x={length(*x)} y={length(*y)} font-size={length(style.size())} text-anchor={anchor}>
                    if let Some(full) = full {
                        <title>{ full.clone() }</title>
                    }
                    { text.clone() }
                </text>
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::palette::TONES;

    /// The colours that the style gives a custom property by itself: in the light and on paper, and twice in the dark.
    fn defaults(property: &str) -> Vec<&'static str> {
        const STYLE: &str = include_str!("../../../www/nianbao.css");
        let set = format!("var(--nianbao-chart-{property}, ");
        STYLE.split(&set).skip(1).filter_map(|rest| rest.split(')').next()).collect()
    }

    #[test]
    fn the_style_has_the_colours_of_the_palette() {
        for tone in TONES {
            let [light, dark] =
                [palette::Scheme::Light, palette::Scheme::Dark].map(|scheme| palette::colour(tone, scheme));
            assert_eq!(defaults(&tone_name(tone)), [light, dark, dark], "{tone:?}");
        }
    }

    #[test]
    fn letters_on_a_tone_have_the_ink_of_the_palette() {
        const STYLE: &str = include_str!("../../../www/nianbao.css");
        for tone in TONES {
            let [light, dark] = [palette::Scheme::Light, palette::Scheme::Dark];
            for (nth, scheme) in [light, dark, dark].into_iter().enumerate() {
                let set = format!("--chart-ink-{}: ", tone_name(tone));
                let found = STYLE.split(&set).nth(nth + 1).and_then(|rest| rest.split(';').next());
                let ink = palette::ink(tone, scheme);
                assert_eq!(found, Some(ink), "{tone:?} {scheme:?}");
            }
        }
    }
}
