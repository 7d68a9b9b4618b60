//! A PDF as an input that can be changed byte by byte: what its trailer says, and then a byte 1E before each object, its
//! number to the end of that line, what it says, and behind a byte 1F its stream, which is not packed. The lengths and the
//! table of places are made of it.

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

const OBJECT: u8 = 0x1e;
const STREAM: u8 = 0x1f;

pub fn is_objects(bytes: &[u8]) -> bool {
    bytes.contains(&OBJECT) && !bytes.starts_with(b"%PDF")
}

/// The file of the objects.
pub fn file(bytes: &[u8]) -> Vec<u8> {
    let mut pieces = bytes.split(|byte| *byte == OBJECT);
    let trailer = pieces.next().unwrap_or_default();
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for piece in pieces {
        let end = piece.iter().position(|byte| *byte == b'\n').unwrap_or(piece.len());
        let number: u16 = std::str::from_utf8(&piece[..end]).ok().and_then(|number| number.parse().ok()).unwrap_or(1);
        let said = piece.get(end + 1..).unwrap_or_default();
        places.push((number, file.len()));
        file.extend(format!("{number} 0 obj\n").bytes());
        match said.iter().position(|byte| *byte == STREAM) {
            Some(at) => {
                let (said, stream) = (&said[..at], &said[at + 1..]);
                let said = said.strip_prefix(b"<<").unwrap_or(said);
                file.extend([format!("<< /Length {} ", stream.len()).as_bytes(), said].concat());
                file.extend([b"\nstream\n", stream, b"\nendstream"].concat());
            }
            None => file.extend(said),
        }
        file.extend(b"\nendobj\n");
    }
    places.sort();
    let start = file.len();
    file.extend(b"xref\n0 1\n0000000000 65535 f \n");
    for (number, place) in &places {
        file.extend(format!("{number} 1\n{place:010} 00000 n \n").bytes());
    }
    let size = places.last().map_or(1, |(number, _)| usize::from(*number) + 1);
    let trailer = trailer.strip_prefix(b"<<").unwrap_or(trailer);
    file.extend([format!("trailer\n<< /Size {size} ").as_bytes(), trailer].concat());
    file.extend(format!("\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}

/// What a file may unpack to: what everything in it inflates to, as its reader bounds it.
pub fn unpacked(bytes: &[u8]) -> usize {
    let streams = places(bytes, b"stream").filter(|at| !bytes[..*at].ends_with(b"end"));
    let all: usize = streams.map(|at| inflated(after_line(&bytes[at + 6..])).map_or(0, |data| data.len())).sum();
    bytes.len() + all.min(256 << 20)
}

fn inflated(data: &[u8]) -> Option<Vec<u8>> {
    decompress_to_vec_zlib_with_limit(data, 64 << 20).ok()
}

fn after_line(bytes: &[u8]) -> &[u8] {
    let ends = [b"\r\n".as_slice(), b"\n", b"\r"];
    ends.iter().find_map(|end| bytes.strip_prefix(*end)).unwrap_or(bytes)
}

fn places<'a>(bytes: &'a [u8], word: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    bytes.windows(word.len()).enumerate().filter(move |(_, window)| *window == word).map(|(at, _)| at)
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    places(bytes, word).next()
}

/// A file as an input; nothing where it is encrypted. Streams that are packed in another way, or hold one of the marks,
/// are left empty: pictures and fonts, of which no character is read.
pub fn objects(pdf: &[u8]) -> Option<Vec<u8>> {
    if find(pdf, b"/Encrypt").is_some() {
        return None;
    }
    let (mut objects, mut root) = (Vec::<(usize, Vec<u8>)>::new(), None);
    for at in places(pdf, b" 0 obj").collect::<Vec<_>>() {
        let digits = pdf[..at].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let Some(number) = number(&pdf[at - digits..at]) else { continue };
        let said = &pdf[at + 6..];
        let end = find(said, b"endobj")?;
        match find(&said[..end], b"stream") {
            None => objects.push((number, said[..end].trim_ascii().to_vec())),
            Some(begin) => {
                let (dictionary, rest) = (&said[..begin], after_line(&said[begin + 6..]));
                let packed = find(dictionary, b"/FlateDecode").is_some();
                let raw = &rest[..find(rest, b"endstream")?];
                let data = if packed { inflated(rest).unwrap_or_default() } else { raw.to_vec() };
                if find(dictionary, b"/ObjStm").is_some() {
                    objects.extend(members(dictionary, &data)?);
                } else if find(dictionary, b"/XRef").is_some() {
                    root = root.or(reference(dictionary, b"/Root"));
                } else {
                    let is_kept = !data.iter().any(|byte| [OBJECT, STREAM].contains(byte)) && data.len() < 20_000;
                    let data = if is_kept { data } else { Vec::new() };
                    objects.push((number, [&plain(dictionary), [STREAM].as_slice(), &data].concat()));
                }
            }
        }
    }
    root = root.or_else(|| places(pdf, b"trailer").find_map(|at| reference(&pdf[at..], b"/Root")));
    let mut input = format!("<< /Root {} 0 R >>", root?).into_bytes();
    for (number, said) in objects {
        input.extend([&[OBJECT], format!("{number}\n").as_bytes(), &said].concat());
    }
    Some(input)
}

/// The objects that stand in a stream.
fn members(dictionary: &[u8], data: &[u8]) -> Option<Vec<(usize, Vec<u8>)>> {
    let (count, first) = (value(dictionary, b"/N ")?, value(dictionary, b"/First ")?);
    let numbers: Vec<usize> = data.get(..first)?.split(u8::is_ascii_whitespace).filter_map(number).collect();
    let pairs: Vec<&[usize]> = numbers.chunks_exact(2).take(count).collect();
    let ends = pairs.iter().skip(1).map(|pair| first + pair[1]).chain([data.len()]);
    pairs.iter().zip(ends).map(|(pair, end)| Some((pair[0], data.get(first + pair[1]..end)?.to_vec()))).collect()
}

/// A dictionary without what says how long its stream is and how it is packed.
fn plain(dictionary: &[u8]) -> Vec<u8> {
    let mut said = String::from_utf8_lossy(dictionary.trim_ascii()).into_owned();
    for key in ["/Filter /FlateDecode", "/Filter/FlateDecode", "/Filter [/FlateDecode]", "/Filter[/FlateDecode]"] {
        said = said.replace(key, "");
    }
    if let Some(at) = said.find("/Length ") {
        let words = said[at + 8..].split_inclusive(char::is_whitespace).take(3).collect::<Vec<_>>();
        let taken =
            if words.len() == 3 && words[2].trim_end().starts_with('R') { words.concat() } else { words[0].to_owned() };
        let digits = taken.find(['/', '>']).unwrap_or(taken.len());
        said.replace_range(at..at + 8 + digits, "");
    }
    said.into_bytes()
}

fn number(word: &[u8]) -> Option<usize> {
    std::str::from_utf8(word).ok()?.trim().parse().ok()
}

fn value(dictionary: &[u8], key: &[u8]) -> Option<usize> {
    let rest = &dictionary[find(dictionary, key)? + key.len()..];
    number(&rest[..rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len())])
}

/// The number of the object that a key refers to.
fn reference(dictionary: &[u8], key: &[u8]) -> Option<usize> {
    let rest = dictionary[find(dictionary, key)? + key.len()..].trim_ascii_start();
    number(&rest[..rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len())])
}
