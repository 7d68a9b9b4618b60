//! The Chinese encodings that a PDF may name without bringing them along. The tables behind them are the
//! platform's: what is here only says which bytes make a character, and in which order a collection numbers them.

/// What a predefined encoding makes of the bytes of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Predefined {
    /// Two bytes are the number of a glyph.
    Identity,
    /// Two bytes are a character of Unicode, or half of one.
    Utf16,
    /// One, two or four bytes in an encoding that the platform decodes; ASCII has its glyphs from this number on.
    Bytes { label: &'static str, ascii: u32 },
    /// An encoding that is not known.
    Unknown,
}

/// The encoding of a name, and whether it is written downwards.
pub fn predefined(name: &[u8]) -> (Predefined, bool) {
    let name = str::from_utf8(name).unwrap_or_default();
    let (encoding, direction) = name.rsplit_once('-').unwrap_or((name, ""));
    let bytes = |label, ascii| Predefined::Bytes { label, ascii };
    let predefined = match encoding {
        "Identity" => Predefined::Identity,
        "GB-EUC" | "GBK-EUC" => bytes("gb18030", 814),
        "GBpc-EUC" | "GBKp-EUC" | "GBK2K" => bytes("gb18030", 1),
        "ETen-B5" => bytes("big5", 13648),
        "ETenms-B5" | "B5pc" | "HKscs-B5" => bytes("big5", 1),
        _ if encoding.starts_with("Uni") && (encoding.contains("UCS2") || encoding.contains("UTF16")) => {
            Predefined::Utf16
        }
        _ => Predefined::Unknown,
    };
    (predefined, direction == "V")
}

impl Predefined {
    /// How many bytes the next character takes.
    pub fn length(self, bytes: &[u8]) -> usize {
        let second = bytes.get(1).copied().unwrap_or(0);
        match (self, bytes.first()) {
            (Predefined::Bytes { .. }, Some(0..=0x80 | 0xff)) => 1,
            (Predefined::Bytes { label: "gb18030", .. }, _) if second.is_ascii_digit() => 4,
            (Predefined::Utf16, Some(0xd8..=0xdb)) => 4,
            _ => 2,
        }
    }

    /// The number of the glyph of a code, as far as the widths need it.
    pub fn glyph(self, code: u32) -> u32 {
        let of_ascii = |first: u32| if (0x20..0x7f).contains(&code) { first + code - 0x20 } else { u32::MAX };
        match self {
            Predefined::Identity | Predefined::Unknown => code,
            Predefined::Utf16 => of_ascii(1),
            Predefined::Bytes { ascii, .. } => of_ascii(ascii),
        }
    }
}

/// Adobe-GB1 numbers GB 2312 in its order: the first code of each run, its number, and how long the run is.
const GB1: [(u32, u32, u32); 15] = [
    (0xa1a1, 96, 94),
    (0xa2b1, 190, 50),
    (0xa2e5, 240, 10),
    (0xa2f1, 250, 12),
    (0xa3a1, 262, 177),
    (0xa5a1, 439, 86),
    (0xa6a1, 525, 24),
    (0xa6c1, 549, 53),
    (0xa7a1, 602, 33),
    (0xa7d1, 635, 33),
    (0xa8a1, 668, 32),
    (0xa8c5, 700, 38),
    (0xa9a4, 738, 76),
    (0xb0a1, 940, 3755),
    (0xd8a1, 4695, 3008),
];

/// A character of Adobe-GB1 in GB 2312: one byte or two. Rarer ones than GB 2312 has are not known.
pub fn gb1(number: u32) -> Option<Vec<u8>> {
    let ascii = |first: u32| (first..first + 95).contains(&number).then(|| vec![(number - first) as u8 + b' ']);
    let run = || {
        let (code, first, _) = GB1.iter().find(|(_, first, length)| (*first..first + length).contains(&number))?;
        let cell = (code & 0xff) - 0xa1 + (number - first);
        Some(vec![((code >> 8) + cell / 94) as u8, (0xa1 + cell % 94) as u8])
    };
    ascii(1).or_else(|| ascii(814)).or_else(run)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(number: u32, expect: &[u8]) {
        assert_eq!(gb1(number).as_deref(), Some(expect), "{number}");
    }

    #[test]
    fn numbers_of_the_collection_are_gb_2312() {
        check(17, b"0");
        check(830, b"0");
        check(96, &[0xa1, 0xa1]);
        check(940, &[0xb0, 0xa1]);
        check(940 + 94, &[0xb1, 0xa1]);
        check(940 + 3754, &[0xd7, 0xf9]);
        check(4695 + 3007, &[0xf7, 0xfe]);
        check(262 + 94, &[0xa4, 0xa1]);
        assert_eq!(gb1(30_000), None);
    }

    #[test]
    fn encodings_are_known_by_name() {
        assert_eq!(predefined(b"Identity-V"), (Predefined::Identity, true));
        assert_eq!(predefined(b"UniGB-UCS2-H"), (Predefined::Utf16, false));
        assert_eq!(predefined(b"GBKp-EUC-H"), (Predefined::Bytes { label: "gb18030", ascii: 1 }, false));
        assert_eq!(predefined(b"90ms-RKSJ-H").0, Predefined::Unknown);
    }

    #[test]
    fn bytes_are_told_apart() {
        let gbk = predefined(b"GBK-EUC-H").0;
        let lengths = |bytes: &[u8]| (gbk.length(bytes), gbk.glyph(u32::from(bytes[0])));
        assert_eq!(lengths(b"0\xb5\xda"), (1, 830));
        assert_eq!(gbk.length(b"\xb5\xda0"), 2);
        assert_eq!(gbk.length(b"\x81\x30\x84\x36"), 4);
        assert_eq!(predefined(b"UniGB-UTF16-H").0.length(&[0xd8, 0x40, 0xdc, 0x00]), 4);
    }
}
