//! How much a file may unpack to. What is packed in a PDF can grow a thousandfold, in layers even a
//! millionfold, so that every stream is measured before anything unpacks it.

use std::borrow::Cow;

use hayro_syntax::Filter;
use hayro_syntax::object::{Dict, Object, Stream};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_HAS_MORE_INPUT;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::refusal;
use crate::report::ReadError;

/// What all streams together may unpack to.
const MOST_UNPACKED: usize = 256 << 20;
/// How many streams a file may have.
const MOST_STREAMS: usize = 50_000;
/// The window of deflate.
const WINDOW: usize = 32 << 10;
/// What one byte of these can become at most.
const FLATE_GROWTH: usize = 1032;
const LZW_GROWTH: usize = 2800;
const RUN_GROWTH: usize = 64;

/// How a stream is packed, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    Flate,
    Lzw,
    Runs,
    Ascii85,
    AsciiHex,
    /// Pictures, which are never unpacked.
    Other,
}

/// What unpacking takes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Cost {
    /// At most so many bytes.
    Bytes(usize),
    /// More than may be, or nobody can tell.
    TooMuch,
    /// Broken data that could become too much.
    Broken,
}

/// Measures every stream of a file, before the file is opened: opening it unpacks some.
///
/// # Errors
/// Where they unpack to too much, or nobody can tell.
pub fn survey(bytes: &[u8]) -> Result<(), ReadError> {
    survey_within(bytes, MOST_UNPACKED)
}

fn survey_within(bytes: &[u8], mut left: usize) -> Result<(), ReadError> {
    // What is encrypted only looks broken. It is measured once it is decrypted.
    let encrypted = find(bytes, b"/Encrypt", 0).is_some();
    let mut from = 0;
    let mut streams = 0;
    while let Some(at) = find(bytes, b"stream", from) {
        let data = at + b"stream".len();
        if bytes[..at].ends_with(b"end") {
            from = data;
            continue;
        }
        streams += 1;
        if streams > MOST_STREAMS {
            return Err(refusal::too_heavy());
        }
        let claims = Claims::of(&bytes[from..at]);
        if !claims.are_sound {
            return Err(refusal::damaged());
        }
        for layers in claims.layers {
            let cost = layers.map_or(Cost::TooMuch, |layers| cost(&layers, after_line(&bytes[data..]), left));
            match cost {
                Cost::Bytes(bytes) => left = left.saturating_sub(bytes),
                Cost::TooMuch => return Err(refusal::too_heavy()),
                Cost::Broken if encrypted => {}
                Cost::Broken => return Err(refusal::damaged()),
            }
        }
        from = data;
    }
    if Claims::of(&bytes[from..]).are_sound { Ok(()) } else { Err(refusal::damaged()) }
}

/// What stands behind the end of a line.
fn after_line(bytes: &[u8]) -> &[u8] {
    let ends = [b"\r\n".as_slice(), b"\n", b"\r"];
    ends.iter().find_map(|end| bytes.strip_prefix(*end)).unwrap_or(bytes)
}

/// What may still be unpacked.
pub struct Budget {
    left: usize,
}

impl Budget {
    pub fn new() -> Budget {
        Budget { left: MOST_UNPACKED }
    }

    /// What a stream holds; `None` where it is broken or would be too much.
    pub fn unpack<'a>(&mut self, stream: &Stream<'a>) -> Option<Cow<'a, [u8]>> {
        let packing = |filter: &Filter| match filter {
            Filter::FlateDecode => Packing::Flate,
            Filter::LzwDecode => Packing::Lzw,
            Filter::RunLengthDecode => Packing::Runs,
            Filter::Ascii85Decode => Packing::Ascii85,
            Filter::AsciiHexDecode => Packing::AsciiHex,
            _ => Packing::Other,
        };
        let layers: Vec<_> = stream.filters().iter().map(packing).collect();
        if !are_sound(stream.dict()) {
            return None;
        }
        let raw = stream.raw_data();
        let Cost::Bytes(bytes) = cost(&layers, &raw, self.left) else { return None };
        self.left = self.left.checked_sub(bytes.max(raw.len()))?;
        stream.decoded_data().ok()
    }
}

/// What the layers of a stream unpack to.
fn cost(layers: &[Packing], data: &[u8], most: usize) -> Cost {
    let mut data = Cow::Borrowed(data);
    let mut cost = Cost::Bytes(0);
    let mut grown = false;
    for layer in layers {
        let times = |growth| data.len().checked_mul(growth).filter(|bytes| *bytes <= most);
        let known = |bytes: Option<usize>| bytes.map_or(Cost::TooMuch, Cost::Bytes);
        cost = match layer {
            // What has grown once is not at hand to be measured again.
            Packing::Flate | Packing::Lzw | Packing::Runs | Packing::Ascii85 if grown => return Cost::TooMuch,
            Packing::Flate => inflated(&data, most),
            Packing::Lzw => known(times(LZW_GROWTH)),
            Packing::Runs => known(times(RUN_GROWTH)),
            Packing::Ascii85 => {
                data = Cow::Owned(ascii85(&data));
                continue;
            }
            Packing::AsciiHex => {
                data = Cow::Owned(ascii_hex(&data));
                continue;
            }
            Packing::Other => continue,
        };
        if !matches!(cost, Cost::Bytes(_)) {
            return cost;
        }
        grown = true;
    }
    cost
}

/// What data inflates to.
fn inflated(data: &[u8], most: usize) -> Cost {
    let has_header = matches!(data, [method, flags, ..]
        if method & 15 == 8 && (usize::from(*method) << 8 | usize::from(*flags)).is_multiple_of(31) && flags & 32 == 0);
    let data = if has_header { &data[2..] } else { data };
    let mut machine = Box::new(DecompressorOxide::new());
    let mut window = vec![0; WINDOW];
    let (mut read, mut written) = (0, 0);
    loop {
        let rest = data.get(read..).unwrap_or_default();
        let place = written % WINDOW;
        let (status, input, output) = decompress(&mut machine, rest, &mut window, place, TINFL_FLAG_HAS_MORE_INPUT);
        (read, written) = (read + input, written + output);
        match status {
            _ if written > most => return Cost::TooMuch,
            TINFLStatus::HasMoreOutput => {}
            TINFLStatus::Done | TINFLStatus::NeedsMoreInput => return Cost::Bytes(written),
            // Others read on behind what is wrong.
            _ => {
                let bound = (data.len() - read.min(data.len())).saturating_mul(FLATE_GROWTH).saturating_add(written);
                return if bound <= most { Cost::Bytes(bound) } else { Cost::Broken };
            }
        }
    }
}

fn ascii85(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut group: Vec<u32> = Vec::new();
    for byte in data {
        match byte {
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            b'~' => break,
            _ => {}
        }
        if group.len() == 5 {
            out.extend(word(&group).to_be_bytes());
            group.clear();
        }
    }
    if group.len() > 1 {
        let kept = group.len() - 1;
        group.resize(5, 84);
        out.extend(&word(&group).to_be_bytes()[..kept]);
    }
    out
}

fn word(group: &[u32]) -> u32 {
    group.iter().fold(0u32, |word, digit| word.wrapping_mul(85).wrapping_add(*digit))
}

fn ascii_hex(data: &[u8]) -> Vec<u8> {
    let digits = data.iter().take_while(|byte| **byte != b'>').filter_map(|byte| char::from(*byte).to_digit(16));
    let digits: Vec<_> = digits.collect();
    digits.chunks(2).map(|pair| (pair[0] * 16 + pair.get(1).copied().unwrap_or(0)) as u8).collect()
}

/// What stands before a stream, and may say how it is packed. It is read without being understood, so that nothing
/// is missed; what is a comment to some may be a text to others, so that both count.
struct Claims {
    /// What the filters may be; `None` where they stand somewhere else.
    layers: Vec<Option<Vec<Packing>>>,
    /// Whether every number that says how rows are laid is one that makes sense.
    are_sound: bool,
}

impl Claims {
    fn of(before: &[u8]) -> Claims {
        // The data of the stream before is none of it.
        let before = find(before, b"endstream", 0).map_or(before, |end| &before[end..]);
        let mut claims = Claims { layers: Vec::new(), are_sound: true };
        claims.take(before);
        if before.contains(&b'%') {
            let lines = before.split(|byte| matches!(byte, b'\r' | b'\n'));
            let bare = |line: &[u8]| line.split(|byte| *byte == b'%').next().unwrap_or_default().to_vec();
            claims.take(&lines.map(bare).collect::<Vec<_>>().join(&b'\n'));
        }
        claims
    }

    fn take(&mut self, text: &[u8]) {
        let mut at = 0;
        while let Some((name, end)) = name(text, at) {
            at = end;
            let rest = text[end..].trim_space();
            match name.as_slice() {
                b"Filter" | b"F" => self.layers.extend(filters(rest).filter(|layers| !self.layers.contains(layers))),
                b"DecodeParms" | b"DP" => self.are_sound &= !is_elsewhere(rest),
                _ => {
                    let range = PARAMETERS.iter().find(|(known, _)| known.as_bytes() == name).map(|(_, range)| range);
                    self.are_sound &=
                        range.is_none_or(|range| number(rest).is_none_or(|number| range.contains(&number)));
                }
            }
        }
    }
}

/// The numbers that say how rows of data are laid, and what they can be.
const PARAMETERS: [(&str, std::ops::RangeInclusive<u64>); 4] =
    [("Predictor", 1..=15), ("Colors", 1..=15), ("BitsPerComponent", 1..=16), ("Columns", 1..=1 << 20)];

/// Whether the numbers of an open stream make sense.
fn are_sound(dict: &Dict) -> bool {
    let is_sound = |parameters: &Dict| {
        PARAMETERS.iter().all(|(name, range)| match parameters.get::<Object>(name.as_bytes()) {
            Some(Object::Number(number)) => {
                let number = number.as_f64();
                number.fract() == 0.0 && (*range.start() as f64..=*range.end() as f64).contains(&number)
            }
            _ => true,
        })
    };
    ["DecodeParms", "DP"].iter().all(|key| match dict.get::<Object>(key.as_bytes()) {
        Some(Object::Dict(parameters)) => is_sound(&parameters),
        Some(Object::Array(array)) => {
            let mut items = array.flex_iter();
            std::iter::from_fn(|| items.next::<Object>()).all(|item| match item {
                Object::Dict(parameters) => is_sound(&parameters),
                _ => true,
            })
        }
        _ => true,
    })
}

/// The number that a text begins with; one that is none of ours where it goes on in any other way.
fn number(text: &[u8]) -> Option<u64> {
    let end = text.iter().position(|byte| !is_regular(byte)).unwrap_or(text.len());
    let word = &text[..end];
    match word.first()? {
        b'0'..=b'9' | b'+' | b'-' | b'.' if is_elsewhere(text) => Some(u64::MAX),
        b'0'..=b'9' | b'+' | b'-' | b'.' => {
            Some(str::from_utf8(word).ok().and_then(|word| word.parse().ok()).unwrap_or(u64::MAX))
        }
        _ => None,
    }
}

/// Whether a value is a reference, or an array with one.
fn is_elsewhere(text: &[u8]) -> bool {
    let text = match text.strip_prefix(b"[") {
        // An array of dictionaries is read like everything else.
        Some(array) => array.split(|byte| matches!(byte, b']' | b'<')).next().unwrap_or_default(),
        None => &text[..text.len().min(64)],
    };
    let mut words = text.split(|byte| !is_regular(byte)).filter(|word| !word.is_empty());
    let is_number = |word: &[u8]| word.iter().all(u8::is_ascii_digit);
    match (words.next(), words.next(), words.next()) {
        (Some(a), Some(b), Some(c)) => is_number(a) && is_number(b) && c.starts_with(b"R"),
        _ => false,
    }
}

/// The filters that a value names; nothing where it is none.
fn filters(text: &[u8]) -> Option<Option<Vec<Packing>>> {
    match text.first()? {
        b'/' => name(text, 0).map(|(name, _)| Some(vec![packing(&name)])),
        b'[' => {
            let array = &text[..find(text, b"]", 0).unwrap_or(text.len())];
            let mut layers = Vec::new();
            let mut at = 0;
            while let Some((name, end)) = name(array, at) {
                layers.push(packing(&name));
                at = end;
            }
            // Between names a number can only be part of a reference.
            let mut words = array.split(|byte| !is_regular(byte) && *byte != b'/').filter(|word| !word.is_empty());
            let refers = words.any(|word| word.iter().all(u8::is_ascii_digit));
            Some((!refers).then_some(layers))
        }
        _ => is_elsewhere(text).then_some(None),
    }
}

/// A byte that is part of a word.
fn is_regular(byte: &u8) -> bool {
    !byte.is_ascii_whitespace() && !b"\0()<>[]{}/%".contains(byte)
}

trait TrimSpace {
    fn trim_space(&self) -> &[u8];
}

impl TrimSpace for [u8] {
    /// Without the white space of PDF before it.
    fn trim_space(&self) -> &[u8] {
        let blank = self.iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == 0).count();
        &self[blank..]
    }
}

fn packing(name: &[u8]) -> Packing {
    match name {
        b"FlateDecode" | b"Fl" => Packing::Flate,
        b"LZWDecode" | b"LZW" => Packing::Lzw,
        b"RunLengthDecode" | b"RL" => Packing::Runs,
        b"ASCII85Decode" | b"A85" => Packing::Ascii85,
        b"ASCIIHexDecode" | b"AHx" => Packing::AsciiHex,
        _ => Packing::Other,
    }
}

/// The next name and where it ends; `#41` in it is `A`.
fn name(text: &[u8], from: usize) -> Option<(Vec<u8>, usize)> {
    let start = from + text.get(from..)?.iter().position(|byte| *byte == b'/')? + 1;
    let length = text[start..].iter().take_while(|byte| is_regular(byte)).count();
    let written = &text[start..start + length];
    let mut name = Vec::new();
    let mut at = 0;
    while at < written.len() {
        let digit = |at: usize| written.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (written[at], digit(at + 1), digit(at + 2)) {
            (b'#', Some(high), Some(low)) => {
                name.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                name.push(byte);
                at += 1;
            }
        }
    }
    Some((name, start + length))
}

/// Where a word stands, from a place on.
pub fn find(text: &[u8], word: &[u8], from: usize) -> Option<usize> {
    let first = *word.first()?;
    let mut at = from;
    loop {
        at += text.get(at..)?.iter().position(|byte| *byte == first)?;
        if text[at..].starts_with(word) {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::deflate::compress_to_vec_zlib;

    fn file(dictionary: &str, data: &[u8]) -> Vec<u8> {
        [format!("%PDF-1.7\n1 0 obj\n{dictionary}\nstream\n").as_bytes(), data, b"\nendstream\nendobj"].concat()
    }

    fn check(dictionary: &str, data: &[u8], passes: bool) {
        assert_eq!(survey_within(&file(dictionary, data), 1 << 21).is_ok(), passes, "{dictionary}");
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused_however_it_is_written() {
        let bomb = compress_to_vec_zlib(&vec![0; (1 << 21) + 1], 6);
        let small = compress_to_vec_zlib(&vec![0; 1 << 20], 6);
        check("<< /Filter /FlateDecode >>", &small, true);
        check("<< /Filter /FlateDecode >>", &bomb, false);
        check("<< /Filter/Fl#61teDecode >>", &bomb, false);
        check("<< /F [ /Fl ] >>", &bomb, false);
        check("<< /Filter [/FlateDecode /FlateDecode] >>", &small, false);
        check("<< /Filter [/FlateDecode /LZWDecode] >>", &small, false);
        check("<< /Filter 7 0 R >>", &small, false);
        check("<< /Filter [7 0 R] >>", &small, false);
        check("<< /Filter [/FlateDecode /DCTDecode] >>", &small, true);
        check("<< /Filter /RunLengthDecode >>", &vec![0; 1 << 16], false);
        check("<< /Filter /LZWDecode >>", &vec![0; 1 << 9], true);
        check("<< /Filter [/FlateDecode 7 0 R] >>", &small, false);
        check("<< /Filter %]\n /FlateDecode >>", &bomb, false);
        check("<< /Filter [%]\n /FlateDecode] >>", &bomb, false);
        check("<< /X (%) /Filter /FlateDecode >>", &bomb, false);
        check("<< /F 4 /Length 5 0 R >>", &small, true);
    }

    #[test]
    fn rows_that_cannot_be_are_refused() {
        let small = compress_to_vec_zlib(&[0; 40], 6);
        for (parameters, passes) in [
            ("<< /Predictor 12 /Columns 5 /Colors 1 >>", true),
            ("[null << /Predictor 2 /Columns 5 >>]", true),
            ("<< /Predictor 2 /Columns 0 >>", false),
            ("<< /Predictor 2 /Columns 0.5 >>", false),
            ("<< /Predictor 12 /Columns 99999999999999 >>", false),
            ("<< /Predictor 12 /Colors 99 >>", false),
            ("<< /Predictor 2 /BitsPerComponent 0 >>", false),
            ("<< /Predictor 2 /Columns 5 0 R >>", false),
            ("5 0 R", false),
            ("[5 0 R]", false),
        ] {
            check(&format!("<< /Filter /FlateDecode /DecodeParms {parameters} >>"), &small, passes);
        }
    }

    #[test]
    fn what_is_broken_passes_while_it_cannot_become_much() {
        let noise = |length: usize| (0..length).map(|at| ((at * 7919) >> 3) as u8 | 7).collect::<Vec<_>>();
        check("<< /Filter /FlateDecode >>", &noise(1000), true);
        check("<< /Filter /FlateDecode >>", &noise(3000), false);
        let encrypted = [file("<< /Filter /FlateDecode >>", &noise(3000)), b"<< /Encrypt 2 0 R >>".to_vec()].concat();
        assert!(survey_within(&encrypted, 1 << 21).is_ok());
    }

    #[test]
    fn letters_that_stand_for_bytes_are_seen_through() {
        let plain: Vec<u8> = (0..=255).collect();
        assert_eq!(ascii85(b"z!!~>"), [0, 0, 0, 0, 0]);
        assert_eq!(ascii85(b"87cUR D]i,\n\"Ebo7~>"), b"Hello World");
        let hex: String = plain.iter().map(|byte| format!("{byte:02x}\n")).collect();
        assert_eq!(ascii_hex(hex.as_bytes()), plain);
        let bomb = compress_to_vec_zlib(&vec![0; (1 << 21) + 1], 6);
        let hex: String = bomb.iter().map(|byte| format!("{byte:02x}")).collect();
        check("<< /Filter [/ASCIIHexDecode /FlateDecode] >>", hex.as_bytes(), false);
    }
}
