//! Letters and marks that character recognition takes digits for.

use crate::value;

/// Marks with the digit that they look like.
const ALIKE: [(&str, char); 8] = [
    ("OoΟοОоQD〇○◯", '0'),
    ("lI|!ıＩ丨", '1'),
    ("Zz", '2'),
    ("Ss", '5'),
    ("bб", '6'),
    ("B", '8'),
    ("gq", '9'),
    ("。", '0'),
];

/// A longer text is a word.
const LONGEST: usize = 12;

/// The number that a text spells once letters in it are read as the digits that they look like; `None` where
/// it holds no such letter, or is no number even so.
pub fn digits(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return None;
    }
    let read: String = text.chars().map(value::half_width).map(digit_or_comma).collect::<Option<_>>()?;
    (value::number(text).is_none() && value::number(&read).is_some()).then_some(read)
}

fn digit_or_comma(c: char) -> Option<char> {
    if c.is_ascii_digit() || c == ',' { Some(c) } else { digit(c) }
}

fn digit(c: char) -> Option<char> {
    ALIKE.iter().find(|(letters, _)| letters.contains(c)).map(|(_, digit)| *digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_as_digits_where_a_number_comes_of_it() {
        for (text, expect) in
            [("O", "0"), ("l2", "12"), ("1Ｏ", "10"), ("S", "5"), ("IB", "18"), ("〇", "0"), ("1,O00", "1,000")]
        {
            assert_eq!(digits(text).as_deref(), Some(expect), "{text}");
        }
        for text in ["", "0", "12", "/", "-", "规章", "—", "O件", "Office", "l.5", "一", "Bulletin of 2020"] {
            assert_eq!(digits(text), None, "{text}");
        }
    }
}
