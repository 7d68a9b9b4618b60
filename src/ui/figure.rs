//! What stands in a cell, as it is shown.

use yew::{Html, html};

use super::scene::each;
use super::wording::Words;
use crate::value::Value;

/// The kind of content, as a class of the cell.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Blank => "figure blank",
        Value::Number(number) if number.is_zero() => "figure zero",
        Value::Number(_) => "figure",
        Value::Text(_) => "figure text",
    }
}

/// A word in place of a figure.
pub fn none(word: &'static str) -> Html {
    html! { <span class="none">{ word }</span> }
}

/// The content of a cell and, where the report writes one, its unit. Thousands stand apart by a
/// margin, not by a character: what is copied is the plain number.
pub fn figure(value: &Value, unit: Option<&str>, words: Words) -> Html {
    let content = match value {
        Value::Blank => none(words.blank()),
        Value::Number(number) => digits(&number.to_string()),
        Value::Text(text) => html! { <span lang="zh-CN">{ text.clone() }</span> },
    };
    match unit {
        Some(unit) => html! { <>{ content }<span class="unit" lang="zh-CN">{ unit.to_owned() }</span></> },
        None => content,
    }
}

/// The same as plain text: what is printed in place of the field that holds it. No space stands between the
/// thousands: what is printed may be read again.
pub fn printed(value: &Value, unit: Option<&str>, words: Words) -> String {
    let content = match value {
        Value::Blank => words.blank().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.clone(),
    };
    content + unit.unwrap_or_default()
}

/// A number with its thousands apart.
pub fn digits(number: &str) -> Html {
    let pieces = grouped(number);
    match pieces.as_slice() {
        [whole] => html! { <>{ (*whole).to_owned() }</> },
        [grouped @ .., last] => html! {
            <>{ each(grouped.iter().map(|piece| html! { <span class="thousand">{ (*piece).to_owned() }</span> })) }
            { (*last).to_owned() }</>
        },
        [] => Html::default(),
    }
}

/// A number cut where thousands end: `-1234567.89` is `-1`, `234`, `567.89`.
pub fn grouped(number: &str) -> Vec<&str> {
    let digits = number.len() - number.trim_start_matches('-').len();
    let end = number.find('.').unwrap_or(number.len());
    let mut pieces = Vec::new();
    let mut start = 0;
    for at in digits + 1..end {
        if (end - at).is_multiple_of(3) {
            pieces.push(&number[start..at]);
            start = at;
        }
    }
    pieces.push(&number[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_paper_a_field_says_what_is_read() {
        let words = Words(crate::language::Language::CHINESE);
        assert_eq!(printed(&1808595.into(), Some("元"), words), "1808595元");
        assert_eq!(printed(&Value::Text("详见附件".to_owned()), None, words), "详见附件");
        assert_eq!(printed(&Value::Blank, None, words), words.blank());
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(grouped("0"), ["0"]);
        assert_eq!(grouped("999"), ["999"]);
        assert_eq!(grouped("3402"), ["3", "402"]);
        assert_eq!(grouped("1808595"), ["1", "808", "595"]);
        assert_eq!(grouped("-123456"), ["-123", "456"]);
        assert_eq!(grouped("24252.311082"), ["24", "252.311082"]);
        assert_eq!(grouped("0.092"), ["0.092"]);
    }
}
