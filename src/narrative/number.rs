//! Numbers as people write them in a sentence: `1,295`, `１２`, `3.5万`, `十二`, `两`.

use rust_decimal::Decimal;

use crate::value::{self, half_width};

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
    let value = value::exact(&text)?;
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

/// A number in the way in which another one was written: digits of the same width, thousands apart
/// where they were, and Chinese numerals up to ninety-nine.
pub fn written_like(model: &str, value: Decimal) -> String {
    let plain = value.normalize().to_string();
    let mut digits = model.chars().map(half_width).filter(char::is_ascii_digit).peekable();
    if digits.peek().is_none() {
        return numeral(value).unwrap_or(plain);
    }
    let apart = if model.chars().map(half_width).any(|c| c == ',') { thousands_apart(&plain) } else { plain };
    match model.chars().any(|c| ('０'..='９').contains(&c)) {
        true => apart.chars().map(full_width).collect(),
        false => apart,
    }
}

fn thousands_apart(number: &str) -> String {
    let end = number.find('.').unwrap_or(number.len());
    let mut apart = String::new();
    for (at, c) in number.char_indices() {
        if at > 0 && at < end && (end - at).is_multiple_of(3) && !apart.ends_with('-') {
            apart.push(',');
        }
        apart.push(c);
    }
    apart
}

fn full_width(c: char) -> char {
    match c {
        '0'..='9' | ',' | '.' => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// A whole number from one to ninety-nine as it stands before a measure word: 两, 十二, 二十.
fn numeral(value: Decimal) -> Option<String> {
    let number: usize = value.normalize().to_string().parse().ok()?;
    let digit =
        |digit: usize| "一二三四五六七八九".chars().nth(digit.wrapping_sub(1)).map(String::from).unwrap_or_default();
    match (number / 10, number % 10) {
        (0, 0) | (10.., _) => None,
        (0, 2) => Some("两".to_owned()),
        (0, ones) => Some(digit(ones)),
        (1, ones) => Some(["十", &digit(ones)].concat()),
        (tens, ones) => Some([&digit(tens), "十", &digit(ones)].concat()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_like_the_one_in_its_place() {
        let like = |model: &str, value: &str| written_like(model, value.parse().unwrap());
        assert_eq!(like("12", "15"), "15");
        assert_eq!(like("１２", "15"), "１５");
        assert_eq!(like("1,295", "12345678.5"), "12,345,678.5");
        assert_eq!(like("１,２９５", "1300"), "１，３００");
        assert_eq!(like("1295", "1300.00"), "1300");
        assert_eq!(
            [like("九", "2"), like("两", "10"), like("十二", "21"), like("三", "18")],
            ["两", "十", "二十一", "十八"]
        );
        assert_eq!([like("九", "0"), like("九", "100"), like("九", "1.5")], ["0", "100", "1.5"]);
        assert_eq!(like("3万", "28000"), "28000");
    }

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
