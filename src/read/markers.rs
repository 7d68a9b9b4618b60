//! The marks before the items of a list, as text.

use super::numerals::{chinese, letters, roman};

/// How the items of a list are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    None,
    Bullet,
    Decimal,
    Chinese,
    Letter { upper: bool },
    Roman { upper: bool },
}

impl Marker {
    /// The marker that a `type` attribute or a `list-style-type` names.
    pub fn named(name: &str) -> Option<Marker> {
        Some(match name {
            "none" => Marker::None,
            "disc" | "circle" | "square" => Marker::Bullet,
            "1" | "decimal" | "decimal-leading-zero" => Marker::Decimal,
            "cjk-ideographic" | "cjk-decimal" => Marker::Chinese,
            name if name.starts_with("simp-chinese") || name.starts_with("trad-chinese") => Marker::Chinese,
            "a" | "lower-alpha" | "lower-latin" => Marker::Letter { upper: false },
            "A" | "upper-alpha" | "upper-latin" => Marker::Letter { upper: true },
            "i" | "lower-roman" => Marker::Roman { upper: false },
            "I" | "upper-roman" => Marker::Roman { upper: true },
            _ => return None,
        })
    }

    /// Puts the marker of an item before its text, unless its number was written out there already.
    pub fn before(self, number: usize, text: &str) -> String {
        let (digits, end) = match self {
            Marker::None => return text.to_owned(),
            Marker::Bullet => return format!("• {text}"),
            Marker::Decimal => (number.to_string(), ". "),
            Marker::Chinese => (chinese(number), "、"),
            Marker::Letter { upper } => (cased(letters(number), upper), ". "),
            Marker::Roman { upper } => (cased(roman(number), upper), ". "),
        };
        let written = text.trim_start_matches(['（', '(']).strip_prefix(digits.as_str());
        match written.is_some_and(|rest| rest.starts_with(['.', '．', '、', ')', '）'])) {
            true => text.to_owned(),
            false => format!("{digits}{end}{text}"),
        }
    }
}

fn cased(text: String, upper: bool) -> String {
    if upper { text.to_uppercase() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, number: usize, expect: &str) {
        assert_eq!(Marker::named(name).expect("a marker").before(number, "甲"), expect);
    }

    #[test]
    fn markers_are_written_out() {
        check("decimal", 12, "12. 甲");
        check("cjk-ideographic", 3, "三、甲");
        check("simp-chinese-informal", 10, "十、甲");
        check("simp-chinese-formal", 21, "二十一、甲");
        check("cjk-ideographic", 0, "0、甲");
        check("a", 2, "b. 甲");
        check("upper-alpha", 28, "AB. 甲");
        check("lower-roman", 14, "xiv. 甲");
        check("I", 5000, "5000. 甲");
        check("disc", 1, "• 甲");
        check("none", 1, "甲");
        assert_eq!(Marker::named("url(x.png)"), None);
    }

    #[test]
    fn a_number_that_was_written_is_not_written_again() {
        assert_eq!(Marker::Decimal.before(1, "1.甲"), "1.甲");
        assert_eq!(Marker::Decimal.before(1, "（1）甲"), "（1）甲");
        assert_eq!(Marker::Chinese.before(1, "（一）甲"), "（一）甲");
        assert_eq!(Marker::Decimal.before(1, "12件"), "1. 12件");
    }
}
