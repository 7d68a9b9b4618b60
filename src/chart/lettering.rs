//! How much room a text takes, and how it gets along with less: in several lines, or shortened.
//!
//! Widths are estimated, a little on the large side: the core knows no fonts, and a picture is the same on every
//! machine.

use super::Lettering;
use super::sheet::raise;

impl Lettering {
    /// Its size in pixels.
    pub fn size(self) -> f64 {
        match self {
            Lettering::Title => 15.0,
            Lettering::Label | Lettering::Number => 14.0,
            Lettering::Wrong => 13.0,
            Lettering::Small | Lettering::Quiet | Lettering::On(_) => 12.0,
        }
    }

    /// From one line to the next.
    pub fn pitch(self) -> f64 {
        self.size() + 4.0
    }
}

/// Of a character, in em.
fn em(character: char) -> f64 {
    match character {
        ' '..='"' | '\''..=')' | ','..='/' | ':' | ';' | '[' | ']' | '|' | 'I' | 'f' | 'i' | 'j' | 'l' | 'r' | 't' => {
            0.36
        }
        '%' | '@' | 'M' | 'W' | 'm' | 'w' => 0.92,
        '0'..='9' => 0.58,
        'A'..='Z' => 0.7,
        '\0'..='~' => 0.58,
        '·' | '−' | '–' => 0.6,
        '\u{7f}'..='\u{10ff}' => 0.72,
        '\u{1f000}'.. => 1.4,
        _ => 1.0,
    }
}

pub fn width(text: &str, style: Lettering) -> f64 {
    text.chars().map(em).sum::<f64>() * style.size()
}

/// A text in lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    pub lines: Vec<String>,
    /// All of it, where the last line is shortened.
    pub full: Option<String>,
    /// Of the widest line.
    pub width: f64,
}

/// In as few lines as will do, and these of about the same length; what has no room in `most` lines is left out.
pub fn wrap(text: &str, style: Lettering, limit: f64, most: usize) -> Block {
    let characters: Vec<char> = text.trim_matches(' ').chars().collect();
    let (mut lines, whole) = fill(&characters, limit / style.size(), most);
    if whole && lines.len() > 1 {
        for part in 1..12 {
            match fill(&characters, limit / style.size() * (1.0 - 0.05 * f64::from(part)), lines.len()) {
                (narrower, true) => lines = narrower,
                _ => break,
            }
        }
    }
    let mut widest = 0.0;
    lines.iter().for_each(|line| raise(&mut widest, width(line, style)));
    Block { lines, full: (!whole).then(|| text.to_string()), width: widest }
}

/// Lines of at most `limit` em; and whether everything is in them.
fn fill(characters: &[char], limit: f64, most: usize) -> (Vec<String>, bool) {
    let mut lines = Vec::new();
    let mut rest = characters;
    while !rest.is_empty() {
        let fitting = fitting(rest, limit);
        if fitting == rest.len() {
            lines.push(rest.iter().collect());
            break;
        }
        if lines.len() + 1 == most {
            lines.push(shortened(rest, limit));
            return (lines, false);
        }
        let end = (1..=fitting).rev().find(|at| may_part(rest[at - 1], rest[*at])).unwrap_or(fitting.max(1));
        lines.push(rest[..end].iter().collect::<String>().trim_end_matches(' ').to_string());
        rest = &rest[end..];
        while let [' ', after @ ..] = rest {
            rest = after;
        }
    }
    (lines, true)
}

/// How many of the characters have room.
fn fitting(characters: &[char], limit: f64) -> usize {
    let mut left = limit + 1e-6;
    characters
        .iter()
        .position(|character| {
            left -= em(*character);
            left < 0.0
        })
        .unwrap_or(characters.len())
}

fn shortened(characters: &[char], limit: f64) -> String {
    let mut end = fitting(characters, limit - 1.0);
    while end > 0 && (among(" ，、；：", characters[end - 1]) || ends_no_line(characters[end - 1])) {
        end -= 1;
    }
    let mut line: String = characters[..end].iter().collect();
    if limit >= 1.0 {
        line.push('…');
    }
    line
}

/// Whether a line may end between these two.
fn may_part(before: char, after: char) -> bool {
    if before == ' ' || after == ' ' {
        return before == ' ';
    }
    !ends_no_line(before) && !begins_no_line(after) && (em(before) == 1.0 || em(after) == 1.0)
}

fn begins_no_line(character: char) -> bool {
    among("，。、；：？！）》」』】〉〕”’…—％·,.;:?!)]%", character)
}

fn ends_no_line(character: char) -> bool {
    among("（《「『【〈〔“‘([", character)
}

/// `str::contains` would bring a search for whole words along.
fn among(characters: &str, character: char) -> bool {
    characters.chars().any(|other| other == character)
}

/// In one line.
pub fn shorten(text: &str, style: Lettering, limit: f64) -> Block {
    wrap(text, style, limit, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &str, characters: f64, most: usize) -> Vec<String> {
        wrap(text, Lettering::Quiet, characters * 12.0, most).lines
    }

    #[test]
    fn lines_are_even() {
        assert_eq!(lines("法律行政法规禁止公开", 8.0, 2), ["法律行政法", "规禁止公开"]);
        assert_eq!(lines("予以公开", 8.0, 2), ["予以公开"]);
        assert_eq!(lines("", 8.0, 2), Vec::<String>::new());
    }

    #[test]
    fn no_line_begins_or_ends_where_it_may_not() {
        assert_eq!(lines("保护第三方权益，另行处理", 7.0, 2), ["保护第三方权", "益，另行处理"]);
        assert_eq!(lines("保护第三方的权，另行处理", 7.0, 2), ["保护第三方的", "权，另行处理"]);
        assert_eq!(lines("属于三类内部（信息）", 7.0, 2), ["属于三类内", "部（信息）"]);
        assert_eq!(lines("other reasons than these", 7.0, 3), ["other", "reasons", "than these"]);
    }

    #[test]
    fn what_has_no_room_is_left_out_and_kept() {
        let block = wrap("没有现成信息需要另行制作", Lettering::Label, 14.0 * 4.0, 2);
        assert_eq!(block.lines, ["没有现成", "信息需…"]);
        assert_eq!(block.full.as_deref(), Some("没有现成信息需要另行制作"));
        assert_eq!(shorten("有现成", Lettering::Label, 5.0).lines, [""]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide(text in "[ a-z0-9，。（）“”\u{4e00}-\u{4e20}]{0,40}", limit in 20.0..300.0) {
            for most in 1..4 {
                let block = wrap(&text, Lettering::Label, limit, most);
                prop_assert!(block.lines.len() <= most);
                prop_assert!(block.width <= limit + 1e-3, "{:?}", block);
                if block.full.is_none() {
                    let kept: String = block.lines.concat();
                    prop_assert_eq!(kept.replace(' ', ""), text.replace(' ', ""));
                }
            }
        }
    }
}
