//! What file systems take for the name of a file.

use crate::marks;

/// A name with an underscore in place of what they refuse, and without what nobody sees: what turns a name around would
/// show another ending than the file has.
pub fn accepted(name: &str) -> String {
    let refused = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || r#"\/:*?"<>|"#.contains(c);
    let seen = name.chars().filter(|c| !marks::is_unseen(*c));
    seen.map(|c| if refused(c) { '_' } else { c }).collect()
}

/// A name without blanks and points around it, which some of them drop; with an underscore before one that Windows keeps
/// for devices, whatever its ending, and in place of none.
pub fn usable(name: &str) -> String {
    let name = name.trim_matches(|c: char| c.is_whitespace() || c == '.');
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let mark = if stem.is_empty() || is_device(stem) { "_" } else { "" };
    [mark, name].concat()
}

/// The beginning of a text, of so many bytes at most.
pub fn shortened(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

fn is_device(stem: &str) -> bool {
    let stem = stem.to_ascii_uppercase();
    let numbered = ["COM", "LPT"].into_iter().find_map(|name| stem.strip_prefix(name));
    let is_number =
        |rest: &str| matches!(rest, "¹" | "²" | "³") || rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit();
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") || numbered.is_some_and(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_and_shows_its_own_ending() {
        for (name, expect) in [
            ("../../etc/passwd", "_.._etc_passwd"),
            ("..\\甲", "_甲"),
            ("甲\u{202e}cod.exe", "甲cod.exe"),
            ("\u{2066}甲\u{200b}\u{feff}", "甲"),
            ("甲\0乙\n", "甲_乙_"),
            ("甲:乙|丙?\u{2028}", "甲_乙_丙__"),
            (" . 甲 . ", "甲"),
            ("...", "_"),
            ("", "_"),
            ("\u{202e}", "_"),
        ] {
            assert_eq!(usable(&accepted(name)), expect, "{name:?}");
        }
    }

    #[test]
    fn no_name_is_a_device() {
        for name in ["CON", "nul", "Aux.2023年", "com1.txt", "LPT¹", "COM0", "con .a", "CONIN$"] {
            assert_eq!(usable(name), format!("_{name}"));
        }
        for name in ["CON2023年", "COM10", "COMX", "年报", "console", "LPT", "COM甲"] {
            assert_eq!(usable(name), name);
        }
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!((shortened("甲乙丙", 7), shortened("甲", 9), shortened("𠮷", 3)), ("甲乙", "甲", ""));
    }
}
