//! Numbers with the unit beside them, as people write them: `160.5万元`, `3件`, `1.2亿`.

use rust_decimal::Decimal;

use crate::form::Holds;
use crate::value::{self, Value};

/// Units that may follow a number.
const UNITS: [&str; 9] = ["亿元", "万元", "元", "件", "项", "条", "个", "份", "次"];

/// Words for powers of ten that stand before a unit, or alone.
const POWERS: [(char, i64); 4] = [('百', 100), ('千', 1000), ('万', 10_000), ('亿', 100_000_000)];

/// A text as a number at its beginning, as it is written, and what follows.
pub fn number_and_rest(text: &str) -> Option<(&str, &str)> {
    let of_number = |(at, c): &(usize, char)| {
        c.is_ascii_digit()
            || ('０'..='９').contains(c)
            || ".,，．".contains(*c)
            || *at == 0 && "+-－−＋减減增".contains(*c)
    };
    let end = text.char_indices().find(|place| !of_number(place)).map_or(text.len(), |(at, _)| at);
    let (number, rest) = text.split_at(end);
    value::number(number)?;
    Some((number, rest.trim()))
}

pub fn is_unit(text: &str) -> bool {
    UNITS.contains(&text)
}

/// What a cell of the form holds by what is written there, with the unit where the form prints none.
pub fn read(text: &str, holds: &Holds) -> (Value, Option<String>) {
    let value = Value::read(text);
    let Value::Text(text) = &value else { return (value, None) };
    // The cell waits for its number.
    if holds.unit.is_none() && is_unit(text) {
        return (Value::Blank, Some(text.clone()));
    }
    let Some((number, rest)) = number_and_rest(text.trim()) else { return (value, None) };
    if !is_unit(rest) {
        return (value, None);
    }
    match &holds.unit {
        None => (Value::read(number), Some(rest.to_owned())),
        Some(unit) if unit.zh == rest => (Value::read(number), None),
        Some(_) => (value, None),
    }
}

/// A text with 万, 亿 or another unit as a number in the unit of a cell: `80618元` is 8.0618 where the cell
/// counts 万元. `unit` is the one that the form prints, or else the report writes. `None` where the text
/// is no such quantity, or one of something else. It is for a person to agree to.
pub fn converted(text: &str, unit: Option<&str>) -> Option<Decimal> {
    let (number, rest) = number_and_rest(text.trim())?;
    if rest.is_empty() {
        return None;
    }
    let ((worth, base), (own_worth, own_base)) = (measure(rest)?, measure(unit.unwrap_or_default())?);
    let same = base.is_empty() || base == own_base || own_base.is_empty() && is_unit(base) && base != "元";
    let number = value::number(number)?.checked_mul(worth.into())?;
    same.then(|| number.checked_div(own_worth.into())).flatten().map(|number| number.normalize())
}

/// How many of its base a unit is worth, and the base: `万元` is ten thousand 元.
fn measure(unit: &str) -> Option<(i64, &str)> {
    let (mut worth, mut rest) = (1_i64, unit);
    while let Some((power, after)) = rest.chars().next().and_then(|first| {
        let (_, power) = POWERS.iter().find(|(word, _)| *word == first)?;
        Some((*power, &rest[first.len_utf8()..]))
    }) {
        (worth, rest) = (worth.checked_mul(power)?, after);
    }
    (rest.is_empty() || is_unit(rest)).then_some((worth, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Kind;

    #[test]
    fn units_are_kept_apart_from_numbers() {
        let read = |text: &str, unit: Option<&str>| {
            let unit = unit.map(crate::language::Text::alike);
            let (value, unit) = read(text, &Holds { kind: Kind::Amount, unit, units: vec![] });
            format!("{value} {}", unit.unwrap_or_default())
        };
        assert_eq!(read("160.5万元", None), "160.5 万元");
        assert_eq!(read("1,000 元", None), "1000 元");
        assert_eq!(read("3件", Some("件")), "3 ");
        assert_eq!(read("3元", Some("万元")), "3元 ");
        assert_eq!(read("元", None), " 元");
        assert_eq!(read("22（其中修订16件）", Some("件")), "22（其中修订16件） ");
    }

    #[test]
    fn other_units_are_converted_exactly() {
        let converted = |text, unit| converted(text, unit).map(|number| number.to_string());
        assert_eq!(converted("80618元", Some("万元")).as_deref(), Some("8.0618"));
        assert_eq!(converted("１２，３４５．６元", Some("万元")).as_deref(), Some("1.23456"));
        assert_eq!(converted("1.2亿", Some("万元")).as_deref(), Some("12000"));
        assert_eq!(converted("3万", Some("件")).as_deref(), Some("30000"));
        assert_eq!(converted("1.5万件", None).as_deref(), Some("15000"));
        assert_eq!(converted("十二", Some("件")), None);
        assert_eq!(converted("12元", Some("件")), None, "money is no count");
        assert_eq!(converted("12元", None), None);
        assert_eq!(converted("3项", Some("件")), None);
        assert_eq!(converted("12", Some("件")), None);
        assert_eq!(converted("99999999999999999999999999万亿亿", None), None);
    }
}
