//! Numbers as people write them in a sentence: `1,295`, `１２`, `3.5万`, `十二`, `两`.

use rust_decimal::Decimal;

/// A number and how many characters it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    pub value: Decimal,
    pub length: usize,
    /// Whether it is given in 万 with a fraction, and so perhaps rounded.
    pub rounded: bool,
    /// Whether it is written in Chinese numerals.
    pub chinese: bool,
}

/// The number that begins these characters (in half width), if one does.
pub fn written(chars: &[char]) -> Option<Written> {
    digits(chars).or_else(|| chinese(chars))
}

/// No number that is meant is longer.
const MOST_DIGITS: usize = 28;

fn digits(chars: &[char]) -> Option<Written> {
    let mut text = String::new();
    let mut length = 0;
    while let Some(&c) = chars.get(length).filter(|_| length < MOST_DIGITS) {
        let digit_follows = chars.get(length + 1).is_some_and(char::is_ascii_digit);
        match c {
            '0'..='9' => text.push(c),
            '.' if !text.is_empty() && !text.contains('.') && digit_follows => text.push(c),
            ',' if separates_thousands(&chars[length..], &text) => {}
            _ => break,
        }
        length += 1;
    }
    let value = Decimal::from_str_exact(&text).ok()?;
    let (power, more) = myriads(&chars[length..]);
    let rounded = power > 1 && text.contains('.');
    let value = value.checked_mul(power.into())?;
    Some(Written { value, length: length + more, rounded, chinese: false })
}

/// Whether a comma stands before exactly three digits.
fn separates_thousands(chars: &[char], before: &str) -> bool {
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    !before.is_empty() && !before.contains('.') && digit(1) && digit(2) && digit(3) && !digit(4)
}

fn myriads(chars: &[char]) -> (i64, usize) {
    match chars.first() {
        Some('万' | '萬') => (10_000, 1),
        Some('亿' | '億') => (100_000_000, 1),
        _ => (1, 0),
    }
}

/// Chinese numerals up to 万, as in 一百二十三; 两 and 〇 too.
fn chinese(chars: &[char]) -> Option<Written> {
    let (mut total, mut below, mut digit) = (0_i64, 0_i64, None);
    let mut length = 0;
    for c in chars.iter().take(MOST_DIGITS) {
        if let Some(value) = "〇一二三四五六七八九".chars().position(|known| known == *c) {
            digit = Some(value as i64);
        } else {
            match c {
                '零' => digit = Some(0),
                '两' => digit = Some(2),
                '十' => below += digit.take().unwrap_or(1) * 10,
                '百' => below += digit.take()? * 100,
                '千' => below += digit.take()? * 1000,
                '万' if length > 0 => {
                    total = (below + digit.take().unwrap_or(0)) * 10_000;
                    below = 0;
                }
                _ => break,
            }
        }
        length += 1;
    }
    let value = total + below + digit.unwrap_or(0);
    (length > 0).then(|| Written { value: value.into(), length, rounded: false, chinese: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, usize)> {
        let chars: Vec<char> = text.chars().collect();
        written(&chars).map(|written| (written.value.to_string(), written.length))
    }

    #[test]
    fn numbers_are_read_as_written() {
        let is =
            |text: &str, value: &str, length: usize| assert_eq!(read(text), Some((value.into(), length)), "{text}");
        is("81件", "81", 2);
        is("1,295件", "1295", 5);
        is("12,3件", "12", 2);
        is("51.85%", "51.85", 5);
        is("12.其他", "12", 2);
        is("18万余条", "180000", 3);
        is("十二件", "12", 2);
        is("一百零三件", "103", 4);
        is("两件", "2", 1);
        is("二十件", "20", 2);
        assert_eq!(read("件"), None);
        assert_eq!(read("百件"), None);
    }
}
