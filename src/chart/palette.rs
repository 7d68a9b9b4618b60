//! The colours of a picture, on white and on the widget's dark background, and the pattern of each.
//!
//! A page's style has them as custom properties: `--nianbao-chart-main`, `--nianbao-chart-quiet`,
//! `--nianbao-chart-1` (`Kind(0)`) to `--nianbao-chart-8` (`Kind(7)`), `--nianbao-chart-wrong`. Letters that stand
//! on one of them ([`Lettering::On`](super::Lettering::On)) have the colour [`ink`] says.
//!
//! Kinds are told apart by those too who see no red or no green, and each stands out against its background as
//! WCAG asks of what is no text (3:1); the tests below measure both. In their order they suit what becomes of
//! requests: granted, partly granted, refused, unavailable, declined, handled otherwise, carried over; the last is
//! to spare.

use super::{Paint, Picture, Shape, Tone};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

/// Main, quiet, the kinds, wrong.
const LIGHT: [&str; 11] = [
    "#2f6db5", "#7d8b9e", "#3a74c6", "#57a097", "#b9570f", "#b58e0c", "#513077", "#a85a98", "#5a626d", "#0d523a",
    "#980617",
];
const DARK: [&str; 11] = [
    "#6fb0f2", "#748396", "#4fb4fc", "#80e5e1", "#df7d2d", "#e8bf53", "#9877ce", "#e78eb8", "#76818b", "#61a879",
    "#e04444",
];

/// Lines in a tile of [`TILE`] by [`TILE`]. The first kind is plain, as what a picture is about is.
const PATTERNS: [&str; 11] = [
    "",
    "",
    "",
    "M-1,1L1,-1M0,8L8,0M7,9L9,7",
    "M-1,7L1,9M0,0L8,8M7,-1L9,1",
    "M1.4,2L2.6,2M5.4,6L6.6,6",
    "M0,0L8,8M0,8L8,0M-1,1L1,-1M7,9L9,7M-1,7L1,9M7,-1L9,1",
    "M0,2L8,2M0,6L8,6",
    "M2,0L2,8M6,0L6,8",
    "M0,4L8,4M4,0L4,8",
    "M-1,1L1,-1M-1,5L5,-1M0,8L8,0M3,9L9,3M7,9L9,7",
];

/// Width and height of a pattern's tile, in pixels.
pub const TILE: f64 = 8.0;

/// How wide the lines of a pattern are, in pixels, and how much of them is seen. They have the colour of the
/// background, so that a pattern never weighs more than the tone.
pub const PATTERN_WIDTH: &str = "1.2";
pub const PATTERN_OPACITY: &str = "0.3";

/// How much of a tone is left in what flows.
pub const FLOW_OPACITY: &str = "0.4";

/// What is drawn in no tone: letters, quiet letters, the axis, the grid, the background.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    pub text: &'static str,
    pub muted: &'static str,
    pub axis: &'static str,
    pub grid: &'static str,
    pub background: &'static str,
}

pub fn ground(scheme: Scheme) -> Ground {
    match scheme {
        Scheme::Light => {
            Ground { text: "#1b2330", muted: "#5b6675", axis: "#8793a3", grid: "#e3e7ed", background: "#ffffff" }
        }
        Scheme::Dark => {
            Ground { text: "#e4e8ee", muted: "#9aa6b5", axis: "#718093", grid: "#2b333e", background: "#13171d" }
        }
    }
}

/// Where a tone stands among all: main, quiet, the kinds, wrong.
pub fn place(tone: Tone) -> usize {
    match tone {
        Tone::Main => 0,
        Tone::Quiet => 1,
        Tone::Kind(kind) => 2 + usize::from(kind % Tone::KINDS),
        Tone::Wrong => 10,
    }
}

/// All tones, each at its place.
pub const TONES: [Tone; 11] = {
    let mut tones = [Tone::Main; 11];
    tones[1] = Tone::Quiet;
    tones[10] = Tone::Wrong;
    let mut kind = 0;
    while kind < Tone::KINDS {
        tones[2 + kind as usize] = Tone::Kind(kind);
        kind += 1;
    }
    tones
};

/// The tones with a pattern that something in a picture is filled with, in the order of [`TONES`].
pub fn patterned(picture: &Picture) -> impl Iterator<Item = Tone> {
    let shapes = || picture.furniture.iter().chain(picture.marks.iter().flat_map(|mark| &mark.shapes));
    let fills = move |tone: &Tone| {
        shapes().any(|shape| match shape {
            Shape::Rect { paint: Paint::Fill(own), .. }
            | Shape::Path { paint: Paint::Fill(own), .. }
            | Shape::Circle { paint: Paint::Fill(own), .. } => place(*own) == place(*tone),
            _ => false,
        })
    };
    TONES.into_iter().filter(|tone| pattern(*tone).is_some()).filter(fills)
}

/// `#rrggbb`
pub fn colour(tone: Tone, scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Light => LIGHT[place(tone)],
        Scheme::Dark => DARK[place(tone)],
    }
}

/// The colour of letters on a tone, at 4.5:1 or more: white, or nearly black.
pub fn ink(tone: Tone, scheme: Scheme) -> &'static str {
    match (scheme, tone) {
        (Scheme::Light, Tone::Kind(1 | 3) | Tone::Quiet) => INK,
        (Scheme::Light, _) => PAPER,
        (Scheme::Dark, _) => INK,
    }
}

const INK: &str = "#0b0f14";
const PAPER: &str = "#ffffff";

/// The lines that tell a tone from others without colour, as the data of an SVG path in a tile of [`TILE`] by
/// [`TILE`]; `None` where it is plain.
pub fn pattern(tone: Tone) -> Option<&'static str> {
    Some(PATTERNS[place(tone)]).filter(|lines| !lines.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    type Light = [f64; 3];

    fn light(colour: &str) -> Light {
        [1, 3, 5].map(|at| {
            let part = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let [one, other] = [one, other].map(|colour| {
            let [r, g, b] = light(colour);
            0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
        });
        (one / other).max(other / one)
    }

    /// The colour of what flows, on its background.
    fn flowing(tone: Tone, scheme: Scheme) -> String {
        let opacity: f64 = FLOW_OPACITY.parse().unwrap();
        let part = |colour: &str, at: usize| f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap());
        let mixed = [1, 3, 5].map(|at| {
            let mixed =
                part(colour(tone, scheme), at) * opacity + part(ground(scheme).background, at) * (1.0 - opacity);
            format!("{:02x}", mixed.round() as u8)
        });
        ["#", &mixed.concat()].concat()
    }

    /// How far two colours are apart in Oklab, times 100: 2 is just seen.
    fn distance(one: Light, other: Light) -> f64 {
        let [one, other] = [one, other].map(|[r, g, b]| {
            let l = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b).cbrt();
            let m = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b).cbrt();
            let s = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b).cbrt();
            [
                0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
                1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
                0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
            ]
        });
        (0..3).map(|at| (one[at] - other[at]).powi(2)).sum::<f64>().sqrt() * 100.0
    }

    /// Machado, Oliveira and Fernandes 2009: eyes that lack what sees red, and what sees green.
    const NO_RED: [Light; 3] =
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]];
    const NO_GREEN: [Light; 3] =
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]];
    const ALL: [Light; 3] = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];

    fn seen(colour: &str, eyes: [Light; 3]) -> Light {
        let light = light(colour);
        eyes.map(|row| (0..3).map(|at| row[at] * light[at]).sum::<f64>().clamp(0.0, 1.0))
    }

    fn tones() -> Vec<Tone> {
        let kinds = (0..Tone::KINDS).map(Tone::Kind);
        [Tone::Main, Tone::Quiet, Tone::Wrong].into_iter().chain(kinds).collect()
    }

    #[test]
    fn every_tone_stands_out_against_its_background() {
        for scheme in [Scheme::Light, Scheme::Dark] {
            for tone in tones() {
                let ratio = contrast(colour(tone, scheme), ground(scheme).background);
                assert!(ratio >= 3.0, "{tone:?} {scheme:?}: {ratio}");
            }
        }
    }

    #[test]
    fn letters_can_be_read_on_every_tone() {
        for scheme in [Scheme::Light, Scheme::Dark] {
            for tone in tones() {
                let ratio = contrast(colour(tone, scheme), ink(tone, scheme));
                assert!(ratio >= 4.5, "{tone:?} {scheme:?}: {ratio}");
            }
            let ground = ground(scheme);
            for tone in tones() {
                let ratio = contrast(ground.text, &flowing(tone, scheme));
                assert!(ratio >= 4.5, "{tone:?} {scheme:?}: {ratio}");
            }
            assert!(contrast(ground.text, ground.background) >= 7.0);
            assert!(contrast(ground.muted, ground.background) >= 4.5);
        }
    }

    #[test]
    fn kinds_are_told_apart_by_all_eyes() {
        for scheme in [Scheme::Light, Scheme::Dark] {
            let kinds: Vec<&str> = tones().into_iter().skip(2).map(|tone| colour(tone, scheme)).collect();
            for (at, one) in kinds.iter().enumerate() {
                for other in &kinds[at + 1..] {
                    for eyes in [ALL, NO_RED, NO_GREEN] {
                        let apart = distance(seen(one, eyes), seen(other, eyes));
                        assert!(apart >= 6.5, "{one} {other}: {apart}");
                    }
                }
            }
        }
    }

    #[test]
    fn no_two_kinds_have_the_same_pattern() {
        let mut patterns: Vec<_> = tones().into_iter().skip(2).map(pattern).collect();
        patterns.sort();
        patterns.dedup();
        assert_eq!(patterns.len(), 9);
        assert_eq!(pattern(Tone::Kind(Tone::KINDS)), pattern(Tone::Kind(0)));
    }
}
