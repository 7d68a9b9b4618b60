//! What holds for every picture, whatever is drawn at whatever width.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// Where the letters of a text are, at most.
fn letters(shape: &Shape) -> Option<(f64, f64, f64, f64, &str)> {
    let Shape::Text { x, y, anchor, text, style, .. } = shape else { return None };
    let width = lettering::width(text, *style);
    let left = match anchor {
        Anchor::Start => *x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    Some((left, y - style.size() * 0.8, left + width, y + style.size() * 0.14, text))
}

fn shapes(picture: &Picture) -> impl Iterator<Item = &Shape> {
    let marks = picture.marks.iter().flat_map(|mark| &mark.shapes);
    picture.furniture.iter().chain(marks).chain(&picture.front)
}

fn inside(picture: &Picture, at: f64, limit: f64, what: &str) {
    assert!((-0.75..=limit + 0.75).contains(&at), "{what} at {at} of {limit}, width {}", picture.width);
}

fn sound(plot: &Plot, width: f64) {
    let picture = plot.draw(width);
    assert_eq!(picture.width, width);
    assert!(picture.height.is_finite() && picture.height >= 0.0);
    for shape in shapes(&picture) {
        match shape {
            Shape::Rect { x, y, width, height, .. } => {
                assert!(*width >= 0.0 && *height >= 0.0, "{shape:?}");
                for (from, length, limit) in [(x, width, picture.width), (y, height, picture.height)] {
                    assert!(from.is_finite() && length.is_finite());
                    // Where one points may be a little beside what is drawn.
                    inside(&picture, (from + 4.0).max(0.0), limit + 4.0, "the beginning of a rectangle");
                    inside(&picture, (from + length - 4.0).max(0.0), limit, "the end of a rectangle");
                }
            }
            Shape::Circle { x, y, radius, .. } => {
                assert!(x.is_finite() && y.is_finite() && *radius > 0.0);
                inside(&picture, *x, picture.width, "a dot");
                inside(&picture, *y, picture.height, "a dot");
            }
            Shape::Path { data, .. } => {
                assert!(data.starts_with('M'), "{data}");
                for number in data.split(|other: char| !"-.0123456789".contains(other)).filter(|part| !part.is_empty())
                {
                    let number: f64 = number.parse().unwrap();
                    assert!(number.abs() < 1e5, "{data}");
                }
            }
            Shape::Text { text, .. } => assert!(!text.is_empty()),
        }
    }
    let texts: Vec<_> = shapes(&picture).filter_map(letters).collect();
    for (at, (left, top, right, bottom, text)) in texts.iter().enumerate() {
        inside(&picture, *left, picture.width, text);
        inside(&picture, *right, picture.width, text);
        inside(&picture, *top, picture.height, text);
        inside(&picture, *bottom, picture.height, text);
        for (other_left, other_top, other_right, other_bottom, other) in &texts[at + 1..] {
            let apart = other_left >= &(right - 0.5)
                || left >= &(other_right - 0.5)
                || other_top >= bottom
                || top >= other_bottom;
            assert!(apart, "“{text}” over “{other}” at width {width}: {plot:#?}");
        }
    }
    let mut places: Vec<_> = picture.marks.iter().map(|mark| (mark.line, mark.place)).collect();
    places.sort();
    let count = places.len();
    places.dedup();
    assert_eq!(places.len(), count, "two marks have the same place");
    for mark in &picture.marks {
        assert!(!mark.shapes.is_empty() && mark.tip.0.is_finite() && mark.tip.1.is_finite());
    }
}

fn number() -> impl Strategy<Value = f64> {
    let odd = select(vec![0.0, 0.0, 1.0, -3.0, 0.25, 1e9, 1e300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e-12]);
    prop_oneof![2 => odd, 6 => (0u32..5000).prop_map(f64::from), 1 => -500.0..500.0]
}

fn label() -> impl Strategy<Value = String> {
    select(vec![
        "",
        "其他",
        "予以公开",
        "结转下年度继续办理",
        "没有现成信息需要另行制作",
        "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "Other organisations",
        "未经复议直接起诉",
        "Supercalifragilisticexpialidocious",
        "（“”……）",
    ])
    .prop_map(String::from)
}

fn tone() -> impl Strategy<Value = Tone> {
    prop_oneof![Just(Tone::Main), Just(Tone::Quiet), (0u8..20).prop_map(Tone::Kind)]
}

fn datum() -> impl Strategy<Value = Datum> {
    let share = select(vec!["", "43.7%", "0.0%", "100.0%"]);
    let text = select(vec!["0", "1件", "1,363件", "123,456,789.25万元", ""]);
    (label(), number(), text, share, tone()).prop_map(|(label, number, text, share, tone)| Datum {
        name: label.clone(),
        label,
        number,
        text: text.to_string(),
        share: share.to_string(),
        cells: Vec::new(),
        tone,
    })
}

fn missing() -> impl Strategy<Value = String> {
    select(vec!["", "", "", "未填"]).prop_map(String::from)
}

fn bars() -> impl Strategy<Value = Plot> {
    let bar = (datum(), 0u8..2, missing()).prop_map(|(datum, level, missing)| Bar { datum, level, missing });
    let group = (label(), 0usize..3, vec(bar, 0..6)).prop_map(|(title, scale, bars)| BarGroup { title, scale, bars });
    vec(group, 0..4).prop_map(|groups| Plot::Bars(Bars { groups }))
}

fn stacks() -> impl Strategy<Value = Plot> {
    let row =
        (datum(), vec(datum(), 0..9), missing()).prop_map(|(whole, parts, missing)| Stack { whole, parts, missing });
    vec(row, 0..5).prop_map(|rows| Plot::Stacks(Stacks { rows }))
}

fn flow() -> impl Strategy<Value = Plot> {
    let nodes = vec((datum(), 0usize..4).prop_map(|(datum, column)| Node { datum, column }), 0..12);
    let links = vec((0usize..13, 0usize..13, datum()), 0..16);
    (nodes, links).prop_map(|(nodes, links)| {
        let links = links.into_iter().map(|(from, to, datum)| Link { from, to, datum }).collect();
        Plot::Flow(Flow { nodes, links })
    })
}

fn some_lines() -> impl Strategy<Value = Lines> {
    let series = (label(), tone(), vec(proptest::option::weighted(0.8, datum()), 0..14))
        .prop_map(|(label, tone, points)| Series { label, tone, points });
    let breaks = vec((2010i32..2026, label()).prop_map(|(year, label)| Break { year, label }), 0..4);
    (0i32..16, vec(series, 0..9), breaks).prop_map(|(count, series, breaks)| Lines {
        years: (2012..2012 + count).collect(),
        series,
        breaks,
    })
}

fn multiples() -> impl Strategy<Value = Plot> {
    let panel = (label(), some_lines()).prop_map(|(title, lines)| Panel { title, lines });
    vec(panel, 0..6).prop_map(|panels| Plot::Multiples(Multiples { panels }))
}

fn chain() -> impl Strategy<Value = Plot> {
    let end = || proptest::option::weighted(0.8, datum());
    let gap = select(vec!["", "多3件", "多出123,456,789.25万元，请核对上一年度报告"]);
    let step = (label(), end(), end(), gap).prop_map(|(label, out, into, gap)| Step {
        label,
        out,
        into,
        gap: gap.to_string(),
    });
    vec(step, 0..8).prop_map(|steps| Plot::Chain(Chain { steps }))
}

fn width() -> impl Strategy<Value = f64> {
    (280u32..1200).prop_map(f64::from)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn bars_are_sound(plot in bars(), width in width()) {
        sound(&plot, width);
    }

    #[test]
    fn stacks_are_sound(plot in stacks(), width in width()) {
        sound(&plot, width);
    }

    #[test]
    fn flows_are_sound(plot in flow(), width in width()) {
        sound(&plot, width);
    }

    #[test]
    fn lines_are_sound(lines in some_lines(), width in width()) {
        sound(&Plot::Lines(lines), width);
    }

    #[test]
    fn multiples_are_sound(plot in multiples(), width in width()) {
        sound(&plot, width);
    }

    #[test]
    fn chains_are_sound(plot in chain(), width in width()) {
        sound(&plot, width);
    }
}
