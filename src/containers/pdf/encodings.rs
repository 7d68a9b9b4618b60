//! The characters of the fonts that have one byte a character, and the widths of those that every reader of PDF
//! is expected to have.

/// The characters of codes from 0x80 on.
const WINDOWS: &str = "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";
const MACINTOSH: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

/// Names of characters, as far as reports use them; letters are named by themselves.
const NAMES: &str = "space \u{20} exclam ! quotedbl \" numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( \
parenright ) asterisk * plus + comma , hyphen - minus − period . slash / zero 0 one 1 two 2 three 3 four 4 five 5 \
six 6 seven 7 eight 8 nine 9 colon : semicolon ; less < equal = greater > question ? at @ bracketleft [ backslash \\ \
bracketright ] asciicircum ^ underscore _ grave ` braceleft { bar | braceright } asciitilde ~ quoteleft ‘ quoteright ’ \
quotedblleft “ quotedblright ” endash – emdash — bullet • ellipsis … periodcentered · degree ° plusminus ± multiply × \
divide ÷ section § paragraph ¶ yen ¥ perthousand ‰ lessequal ≤ greaterequal ≥ nbspace \u{20} sfthyphen -";

/// The widths of Helvetica and of Times from the space to the tilde, in thousandths of the size.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];
const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889,
    722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500,
    444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480,
    200, 480, 541,
];

/// The characters of all codes in an encoding that is known by name.
pub fn encoding(name: &[u8]) -> [Option<char>; 256] {
    let mut characters = [None; 256];
    for code in b' '..=b'~' {
        characters[usize::from(code)] = Some(char::from(code));
    }
    let upper = if name == b"MacRomanEncoding" { MACINTOSH } else { WINDOWS };
    for (place, character) in characters.iter_mut().skip(128).zip(upper.chars()) {
        *place = Some(character);
    }
    characters
}

/// The character that a name stands for: `zero`, `uni7B2C`, `u4E00`.
pub fn named(name: &str) -> Option<char> {
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return Some(letter);
    }
    let hexadecimal = name.strip_prefix("uni").or_else(|| name.strip_prefix('u')).filter(|digits| digits.len() >= 4);
    let by_number = || hexadecimal.and_then(|digits| char::from_u32(u32::from_str_radix(digits, 16).ok()?));
    let mut words = NAMES.split(' ');
    while let (Some(known), Some(character)) = (words.next(), words.next()) {
        if known == name {
            // The space itself is lost between the words.
            return character.chars().next().or(Some(' '));
        }
        if character.is_empty() {
            words.next();
        }
    }
    by_number()
}

/// How wide a character of one of the standard fonts is, where the file does not say.
pub fn standard_width(font: &str, code: u32) -> f32 {
    let at = code.wrapping_sub(u32::from(b' ')) as usize;
    let of = |widths: &[u16; 95]| f32::from(widths.get(at).copied().unwrap_or(500)) / 1000.0;
    match font {
        _ if font.contains("Helvetica") || font.contains("Arial") => of(&HELVETICA),
        _ if font.contains("Times") => of(&TIMES),
        _ if font.contains("Courier") => 0.6,
        _ => 0.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_characters() {
        for (name, character) in
            [("space", ' '), ("zero", '0'), ("nine", '9'), ("A", 'A'), ("emdash", '—'), ("uni7B2C", '第')]
        {
            assert_eq!(named(name), Some(character), "{name}");
        }
        assert_eq!(named("g37"), None);
        assert_eq!(named("nbspace"), Some(' '));
        assert_eq!(named("sfthyphen"), Some('-'));
    }

    #[test]
    fn every_code_has_its_character() {
        assert_eq!((WINDOWS.chars().count(), MACINTOSH.chars().count()), (128, 128));
        let windows = encoding(b"WinAnsiEncoding");
        assert_eq!((windows[0x30], windows[0x97], windows[0xd7]), (Some('0'), Some('—'), Some('×')));
        assert_eq!(encoding(b"MacRomanEncoding")[0xd1], Some('—'));
    }
}
