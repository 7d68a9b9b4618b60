//! The numbers of lists in the signs that lists use. Where a number has no such sign, digits stand for it.

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const LEGAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// 一 to 九十九; beyond that in digits.
pub fn chinese(number: usize) -> String {
    counted(number, DIGITS, '十', false)
}

/// 壹 to 玖拾玖; beyond that in digits.
pub fn legal(number: usize) -> String {
    counted(number, LEGAL, '拾', true)
}

fn counted(number: usize, digits: [char; 10], ten: char, says_one: bool) -> String {
    let sign = |digit: usize| digits.get(digit).filter(|_| digit > 0).map(char::to_string).unwrap_or_default();
    match (number / 10, number % 10) {
        (0, ones @ 1..) => sign(ones),
        (1, ones) if !says_one => format!("{ten}{}", sign(ones)),
        (tens @ 1..10, ones) => format!("{}{ten}{}", sign(tens), sign(ones)),
        _ => number.to_string(),
    }
}

/// Digit by digit: 一〇二.
pub fn chinese_digits(number: usize) -> String {
    let sign = |digit: u8| DIGITS.get(usize::from(digit.wrapping_sub(b'0'))).copied();
    number.to_string().bytes().filter_map(sign).collect()
}

/// a to z, then aa.
pub fn letters(number: usize) -> String {
    let Some(rest) = number.checked_sub(1) else { return number.to_string() };
    let last = char::from(b'a' + (rest % 26) as u8);
    match rest / 26 {
        0 => last.to_string(),
        before => format!("{}{last}", letters(before)),
    }
}

/// i to mmmcmxcix.
pub fn roman(number: usize) -> String {
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    let signs = [1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1];
    let names = ["m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"];
    for (sign, name) in signs.into_iter().zip(names) {
        text.push_str(&name.repeat(rest / sign));
        rest %= sign;
    }
    text
}

/// １２.
pub fn wide(number: usize) -> String {
    let wide = |digit: u8| char::from_u32('０' as u32 + u32::from(digit.wrapping_sub(b'0')));
    number.to_string().bytes().filter_map(wide).collect()
}

/// One of the signs that follow each other in Unicode from `first` for 1 to `last`, such as ① to ⑳.
pub fn sign(number: usize, first: char, last: usize) -> String {
    let code = |number: usize| char::from_u32(first as u32 + u32::try_from(number - 1).ok()?);
    (1..=last).contains(&number).then(|| code(number)).flatten().map_or_else(|| number.to_string(), String::from)
}

/// One of some signs, for 1 and so on.
pub fn of(signs: &str, number: usize) -> String {
    let sign = number.checked_sub(1).and_then(|at| signs.chars().nth(at));
    sign.map_or_else(|| number.to_string(), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_their_signs() {
        let check = |write: fn(usize) -> String, numbers: &[usize], expect: &str| {
            assert_eq!(numbers.iter().map(|number| write(*number)).collect::<Vec<_>>().join(" "), expect);
        };
        check(chinese, &[0, 1, 10, 11, 20, 99, 100], "0 一 十 十一 二十 九十九 100");
        check(legal, &[0, 3, 10, 12, 20, 100], "0 叁 壹拾 壹拾贰 贰拾 100");
        check(chinese_digits, &[0, 12, 2023], "〇 一二 二〇二三");
        check(letters, &[0, 1, 26, 27], "0 a z aa");
        check(roman, &[0, 4, 1999, 4000], "0 iv mcmxcix 4000");
        check(wide, &[0, 12], "０ １２");
        check(|number| sign(number, '①', 20), &[0, 1, 20, 21], "0 ① ⑳ 21");
        check(|number| of("甲乙丙", number), &[0, 1, 3, 4], "0 甲 丙 4");
    }
}
