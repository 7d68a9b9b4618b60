//! Fonts, as far as text needs them: which characters bytes are, and how wide they stand.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as Bytes};

use super::bounds::Budget;
use super::collections::{Predefined, gb1, predefined};
use super::encodings::{encoding, named, standard_width};
use crate::read::Platform;

/// How many entries the list of widths of a font may have.
const MOST_WIDTHS: usize = 100_000;
/// What stands for a character that nobody names.
pub const NAMELESS: &str = "\u{fffd}";

/// A font of a page.
pub struct Font {
    codes: Codes,
    to_unicode: Option<CMap>,
    characters: Characters,
    widths: Widths,
    /// Where a glyph stands that is written downwards, and how far it reaches.
    downwards: Option<Downwards>,
    texts: RefCell<HashMap<u32, Rc<str>>>,
}

/// How bytes are told apart.
enum Codes {
    Single,
    Predefined(Predefined),
    Map(Box<CMap>),
}

/// What codes are where the font does not say it.
enum Characters {
    Single(Box<[Option<char>; 256]>),
    Predefined(Predefined),
    /// Numbers of Adobe-GB1.
    Gb1,
    Nameless,
}

/// Widths in parts of the size: runs of glyphs, in their order.
struct Widths {
    runs: Vec<(u32, u32, f32)>,
    otherwise: Otherwise,
}

enum Otherwise {
    Fixed(f32),
    /// The name of a standard font.
    Standard(String),
}

/// How a font is written downwards, in parts of the size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Downwards {
    /// How far above the origin of a glyph its column begins.
    pub above: f32,
    /// How far the next glyph stands; downwards is negative.
    pub advance: f32,
}

/// One character of a shown text.
pub struct Shown {
    pub text: Rc<str>,
    pub width: f32,
    /// How many bytes it took.
    pub length: usize,
    /// Whether it is the space that word spacing widens.
    pub is_space: bool,
}

impl Font {
    pub fn new(dict: &Dict, budget: &mut Budget) -> Font {
        let to_unicode = dict.get::<Stream>(b"ToUnicode").and_then(|stream| map(&stream, budget));
        let composite = dict.get::<Array>(b"DescendantFonts").and_then(|fonts| fonts.flex_iter().next::<Dict>());
        let font = match composite {
            Some(descendant) => Font::composite(dict, &descendant, budget),
            None => Font::simple(dict),
        };
        Font { to_unicode, ..font }
    }

    fn simple(dict: &Dict) -> Font {
        let scale = dict.get::<[f32; 6]>(b"FontMatrix").map_or(0.001, |matrix| matrix[0].abs());
        let first = dict.get::<u32>(b"FirstChar").unwrap_or(0);
        let given = dict.get::<Array>(b"Widths").map(|widths| numbers(&widths, 256)).unwrap_or_default();
        let runs = given.into_iter().enumerate();
        let runs: Vec<_> = runs.map(|(at, width)| (first.saturating_add(at as u32), width * scale)).collect();
        let name = dict.get::<Name>(b"BaseFont").map(|name| name.as_str().to_owned()).unwrap_or_default();
        let missing = dict.get::<Dict>(b"FontDescriptor").and_then(|descriptor| descriptor.get::<f32>(b"MissingWidth"));
        let otherwise = match missing.filter(|width| *width > 0.0 && !runs.is_empty()) {
            Some(width) => Otherwise::Fixed(width * scale),
            None => Otherwise::Standard(name),
        };
        Font {
            codes: Codes::Single,
            to_unicode: None,
            characters: Characters::Single(Box::new(characters(dict))),
            widths: Widths { runs: runs.into_iter().map(|(code, width)| (code, code, width)).collect(), otherwise },
            downwards: None,
            texts: RefCell::default(),
        }
    }

    fn composite(dict: &Dict, descendant: &Dict, budget: &mut Budget) -> Font {
        let system = descendant.get::<Dict>(b"CIDSystemInfo");
        let ordering = system.and_then(|system| system.get::<Bytes>(b"Ordering"));
        let is_gb1 = ordering.is_some_and(|ordering| ordering.as_bytes() == b"GB1");
        let by_number = || if is_gb1 { Characters::Gb1 } else { Characters::Nameless };
        let (codes, characters, vertical) = match dict.get::<Object>(b"Encoding") {
            Some(Object::Stream(stream)) => {
                let name = stream.dict().get::<Name>(b"CMapName");
                let vertical = stream.dict().get::<u32>(b"WMode") == Some(1);
                match map(&stream, budget) {
                    Some(map) => (Codes::Map(Box::new(map)), by_number(), vertical),
                    None => {
                        let (known, vertical) = predefined(name.as_deref().unwrap_or_default());
                        (Codes::Predefined(known), by_number(), vertical)
                    }
                }
            }
            Some(Object::Name(name)) => match predefined(&name) {
                (known @ (Predefined::Identity | Predefined::Unknown), vertical) => {
                    (Codes::Predefined(known), by_number(), vertical)
                }
                (known, vertical) => (Codes::Predefined(known), Characters::Predefined(known), vertical),
            },
            _ => (Codes::Predefined(Predefined::Identity), by_number(), false),
        };
        let otherwise = Otherwise::Fixed(descendant.get::<f32>(b"DW").unwrap_or(1000.0) / 1000.0);
        let runs = descendant.get::<Array>(b"W").map(|array| runs(&array)).unwrap_or_default();
        let [above, advance] = descendant.get::<[f32; 2]>(b"DW2").unwrap_or([880.0, -1000.0]);
        Font {
            codes,
            to_unicode: None,
            characters,
            widths: Widths { runs, otherwise },
            downwards: vertical.then_some(Downwards { above: above / 1000.0, advance: advance / 1000.0 }),
            texts: RefCell::default(),
        }
    }

    /// How the font is written downwards, where it is.
    pub fn downwards(&self) -> Option<Downwards> {
        self.downwards
    }

    /// The next character of a text; `None` at its end.
    pub fn next(&self, bytes: &[u8], platform: &dyn Platform) -> Option<Shown> {
        let first = *bytes.first()?;
        let (length, glyph) = match &self.codes {
            Codes::Single => (1, u32::from(first)),
            Codes::Predefined(known) => {
                let length = known.length(bytes).min(bytes.len());
                (length, known.glyph(code(&bytes[..length])))
            }
            Codes::Map(map) => {
                let longest = bytes.len().min(4);
                let found = (1..=longest)
                    .find_map(|length| Some((length, map.lookup_cid_code(code(&bytes[..length]), length as u8)?)));
                found.unwrap_or((longest.min(2), 0))
            }
        };
        let shown = &bytes[..length];
        let known = self.texts.borrow().get(&code(shown)).cloned();
        let text = known.unwrap_or_else(|| {
            let text: Rc<str> = self.text(shown, glyph, platform).map_or_else(|| NAMELESS.into(), Rc::from);
            self.texts.borrow_mut().insert(code(shown), text.clone());
            text
        });
        Some(Shown { text, width: self.widths.of(glyph), length, is_space: shown == b" " })
    }

    /// What a code says, by what the font says of it, else by its encoding.
    fn text(&self, bytes: &[u8], glyph: u32, platform: &dyn Platform) -> Option<String> {
        let told = self.to_unicode.as_ref().and_then(|map| map.lookup_bf_string(code(bytes)));
        let told = told.map(|told| match told {
            BfString::Char(character) => character.to_string(),
            BfString::String(text) => text,
        });
        let is_told = |text: &String| !text.is_empty() && !text.contains(['\0', '\u{fffd}']);
        told.filter(is_told).or_else(|| match &self.characters {
            Characters::Single(characters) => characters.get(code(bytes) as usize)?.map(String::from),
            Characters::Predefined(Predefined::Utf16) => {
                let units: Vec<_> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
                String::from_utf16(&units).ok().filter(|text| !text.contains('\0'))
            }
            Characters::Predefined(Predefined::Bytes { label, .. }) => platform.decode(label, bytes),
            Characters::Gb1 => platform.decode("gb18030", &gb1(glyph)?),
            Characters::Predefined(_) | Characters::Nameless => None,
        })
    }
}

/// The bytes of a character as a number.
fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

/// A map that the file brings along. Maps that it builds on are not at hand; what it says itself counts.
fn map(stream: &Stream, budget: &mut Budget) -> Option<CMap> {
    CMap::parse(&budget.unpack(stream)?, |_| Some(b""))
}

/// The characters of a font with one byte a character.
fn characters(dict: &Dict) -> [Option<char>; 256] {
    match dict.get::<Object>(b"Encoding") {
        Some(Object::Name(name)) => encoding(&name),
        Some(Object::Dict(dict)) => {
            let base = dict.get::<Name>(b"BaseEncoding");
            let mut characters = encoding(base.as_deref().unwrap_or_default());
            let mut at = 0usize;
            let mut differences = dict.get::<Array>(b"Differences").unwrap_or_default().flex_iter();
            while let Some(item) = differences.next::<Object>() {
                match item {
                    Object::Number(number) => at = number.as_i64().clamp(0, 256) as usize,
                    Object::Name(name) => {
                        if let Some(character) = characters.get_mut(at) {
                            *character = named(name.as_str());
                        }
                        at += 1;
                    }
                    _ => {}
                }
            }
            characters
        }
        _ => encoding(b""),
    }
}

fn numbers(array: &Array, most: usize) -> Vec<f32> {
    let mut items = array.flex_iter();
    let number = |item| if let Object::Number(number) = item { number.as_f32() } else { 0.0 };
    std::iter::from_fn(|| items.next::<Object>()).take(most).map(number).collect()
}

/// The widths of a composite font: `first [width …]` or `first last width`.
fn runs(array: &Array) -> Vec<(u32, u32, f32)> {
    let mut runs = Vec::new();
    let mut items = array.flex_iter();
    let mut numbers_before: Vec<f32> = Vec::new();
    while let Some(item) = items.next::<Object>() {
        match item {
            Object::Number(number) => numbers_before.push(number.as_f32()),
            Object::Array(widths) => {
                let first = numbers_before.pop().unwrap_or(0.0) as u32;
                let widths = numbers(&widths, MOST_WIDTHS).into_iter().enumerate();
                let run = |(at, width): (usize, f32)| {
                    let glyph = first.saturating_add(at as u32);
                    (glyph, glyph, width / 1000.0)
                };
                runs.extend(widths.map(run));
                numbers_before.clear();
            }
            _ => numbers_before.clear(),
        }
        if let [first, last, width] = numbers_before[..] {
            runs.push((first as u32, last as u32, width / 1000.0));
            numbers_before.clear();
        }
        if runs.len() > MOST_WIDTHS {
            break;
        }
    }
    runs.sort_by_key(|(first, ..)| *first);
    runs
}

impl Widths {
    fn of(&self, glyph: u32) -> f32 {
        let after = self.runs.partition_point(|(first, ..)| *first <= glyph);
        let run = after.checked_sub(1).and_then(|at| self.runs.get(at)).filter(|(_, last, _)| glyph <= *last);
        run.map(|(.., width)| *width).unwrap_or_else(|| match &self.otherwise {
            Otherwise::Fixed(width) => *width,
            Otherwise::Standard(name) => standard_width(name, glyph),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayro_syntax::object::FromBytes;

    #[test]
    fn widths_are_read_in_both_ways_of_writing() {
        let array = Array::from_bytes(b"[1 [500 250] 10 12 750 814 [600]]").unwrap();
        let widths = Widths { runs: runs(&array), otherwise: Otherwise::Fixed(1.0) };
        let found: Vec<_> = [1, 2, 3, 10, 12, 13, 814].iter().map(|glyph| widths.of(*glyph)).collect();
        assert_eq!(found, [0.5, 0.25, 1.0, 0.75, 0.75, 1.0, 0.6]);
    }

    #[test]
    fn differences_rename_codes() {
        let dict = Dict::from_bytes(
            b"<< /Encoding << /BaseEncoding /WinAnsiEncoding /Differences [1 /zero /one 65 /uni4E00] >> >>",
        );
        let characters = characters(&dict.unwrap());
        assert_eq!(
            (characters[1], characters[2], characters[65], characters[66]),
            (Some('0'), Some('1'), Some('一'), Some('B'))
        );
    }
}
