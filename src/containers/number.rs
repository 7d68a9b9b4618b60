//! How a spreadsheet's numbers are written: as a person reads them in it, and never through a binary float
//! where the file holds digits.

/// How many digits a spreadsheet keeps and shows. Behind them a file holds what the binary form of the number
/// leaves over: Excel writes 1.1 as 1.1000000000000001.
const DIGITS: usize = 15;
/// Exponents beyond this stay as they are written.
const LARGEST_EXPONENT: i32 = 30;
/// The last day that a spreadsheet knows, the end of the year 9999.
const LAST_DAY: i64 = 2_958_465;

/// What the format of a cell makes of its number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Number,
    /// A number with a word after it, mostly its unit.
    NumberIn(String),
    Percent,
    Date,
    Time,
    DateAndTime,
}

impl Format {
    /// The formats that need no definition, by their numbers; 27 to 58 are those of Chinese dates.
    pub fn built_in(id: usize) -> Format {
        match id {
            9 | 10 => Format::Percent,
            14..=17 | 27..=31 | 36 | 50..=54 | 57..=58 => Format::Date,
            18..=21 | 32..=35 | 45..=47 | 55..=56 => Format::Time,
            22 => Format::DateAndTime,
            _ => Format::Number,
        }
    }

    /// What a format that is written out says, by its first section.
    pub fn of(code: &str) -> Format {
        let (mut date, mut time, mut percent) = (false, false, false);
        let mut after = String::new();
        let mut chars = code.chars();
        while let Some(c) = chars.next() {
            match c {
                '"' => after.extend(chars.by_ref().take_while(|c| *c != '"')),
                '\\' => after.extend(chars.next()),
                '_' | '*' => drop(chars.next()),
                '[' => {
                    let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    // Hours that go on counting; anything else is a colour, a condition or a language.
                    time |= matches!(inside.to_ascii_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss");
                }
                ';' => break,
                '0' | '#' | '?' => after.clear(),
                'y' | 'Y' | 'd' | 'D' => date = true,
                'h' | 'H' | 's' | 'S' => time = true,
                '%' => percent = true,
                // “General” holds none of these; “E+00” is an exponent.
                _ => {}
            }
        }
        // Months alone, as in m"月".
        let is_general = code.to_ascii_lowercase().contains("general");
        let months = code.chars().any(|c| c == 'm' || c == 'M') && !code.contains(['0', '#', '?']);
        match (date || (months && !time && !is_general), time) {
            (true, true) => Format::DateAndTime,
            (true, false) => Format::Date,
            (false, true) if !is_general => Format::Time,
            _ if percent => Format::Percent,
            _ if after.trim_start().starts_with(char::is_alphabetic) => Format::NumberIn(after.trim().to_owned()),
            _ => Format::Number,
        }
    }

    /// The text of a number as the file writes it. `since_1904` tells from which year its days count.
    pub fn shown(&self, number: &str, since_1904: bool) -> String {
        let plain = plain(number);
        let dated = match self {
            Format::Number => None,
            Format::NumberIn(unit) => rewritten(number.trim(), 0).map(|number| number + unit),
            Format::Percent => hundredfold(&plain).map(|number| number + "%"),
            Format::Date | Format::Time | Format::DateAndTime => self.date(&plain, since_1904),
        };
        dated.unwrap_or(plain)
    }

    fn date(&self, number: &str, since_1904: bool) -> Option<String> {
        // A moment is no amount: a binary number is good enough for it.
        let moment: f64 = number.parse().ok().filter(|moment| (0.0..=LAST_DAY as f64).contains(moment))?;
        let minutes = (moment.fract() * 24.0 * 60.0).round() as i64;
        let time = format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let (year, month, day) = civil(moment.trunc() as i64, since_1904);
        let date = format!("{year}-{month:02}-{day:02}");
        Some(match self {
            Format::Time => time,
            Format::DateAndTime => format!("{date} {time}"),
            _ => date,
        })
    }
}

/// Year, month and day of a spreadsheet's day.
fn civil(day: i64, since_1904: bool) -> (i64, i64, i64) {
    // Days since 1 March of the year 0. Before its 61st day Excel counts a 29 February 1900 that never was.
    let since = match since_1904 {
        true => day + 695_361,
        false => day + 693_899 + i64::from(day < 60),
    };
    let era = since / 146_097;
    let of_era = since % 146_097;
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (era * 400 + year + later, month, day)
}

/// A number of a binary file: its shortest decimal form that stands for nothing else, to the digits that a
/// spreadsheet keeps.
pub fn of_binary(number: f64) -> String {
    if number.is_finite() { plain(&number.to_string()) } else { String::new() }
}

/// A number without exponent and without what lies behind the digits that a spreadsheet keeps; anything that
/// is no number as it is.
pub fn plain(number: &str) -> String {
    let number = number.trim();
    rewritten(number, 0).unwrap_or_else(|| number.to_owned())
}

/// A number times a hundred.
fn hundredfold(number: &str) -> Option<String> {
    rewritten(number, 2)
}

/// A number times a power of ten; `None` where it is no number, or one too large or small to be written out.
fn rewritten(number: &str, power: i32) -> Option<String> {
    let (sign, unsigned) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let unsigned = unsigned.strip_prefix('+').unwrap_or(unsigned);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let exponent: i32 = exponent.parse().ok().filter(|exponent: &i32| exponent.abs() <= LARGEST_EXPONENT)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    if digits.is_empty() || digits.len() > 400 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let first = digits.iter().position(|digit| *digit != b'0').unwrap_or(digits.len());
    let is_long = digits.len() - first > DIGITS;
    if exponent == 0 && power == 0 && !is_long {
        return Some(format!("{sign}{unsigned}"));
    }
    // How many digits stand before the point.
    let mut point = i32::try_from(whole.len()).ok()? + exponent + power;
    if is_long {
        let rounds_up = digits.get(first + DIGITS).is_some_and(|digit| *digit >= b'5');
        digits[first + DIGITS..].fill(b'0');
        let mut at = first + DIGITS;
        let mut carry = rounds_up;
        while carry && at > 0 {
            at -= 1;
            carry = digits[at] == b'9';
            digits[at] = if carry { b'0' } else { digits[at] + 1 };
        }
        if carry {
            digits.insert(0, b'1');
            point += 1;
        }
    }
    let mut text: String = sign.to_owned();
    let digit = |at: i32| usize::try_from(at).ok().and_then(|at| digits.get(at)).copied().unwrap_or(b'0');
    let end = i32::try_from(digits.len()).ok()?;
    let before: String = (0..point.max(0)).map(|at| char::from(digit(at))).collect();
    let after: String = (point.min(0)..end - point).map(|at| char::from(digit(point + at))).collect();
    let after: String = match point < 0 {
        true => {
            "0".repeat(usize::try_from(-point).ok()?)
                + &digits.iter().map(|digit| char::from(*digit)).collect::<String>()
        }
        false => after,
    };
    let before = before.trim_start_matches('0');
    text.push_str(if before.is_empty() { "0" } else { before });
    let after = after.trim_end_matches('0');
    if !after.is_empty() {
        text.push('.');
        text.push_str(after);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_that_a_person_sees() {
        let check = |number: &str, expect: &str| assert_eq!(plain(number), expect, "{number}");
        for same in
            ["0", "12", "-18", "0.50", "73802895.9", "007", "123456789012345", "甲", "", "1e400", "1.2.3", "NaN"]
        {
            check(same, same);
        }
        check("1.1000000000000001", "1.1");
        check("73802895.900000006", "73802895.9");
        check("0.30000000000000004", "0.3");
        check("99999999.999999999", "100000000");
        check("0.99999999999999999", "1");
        check("1.5E3", "1500");
        check("-1.5E-3", "-0.0015");
        check("1E-2", "0.01");
        check("2.5e+1", "25");
        check("12345678901234567", "12345678901234600");
    }

    #[test]
    fn binary_numbers_are_written_in_their_shortest_form() {
        let check = |number: f64, expect: &str| assert_eq!(of_binary(number), expect);
        check(73802895.9, "73802895.9");
        check(0.1 + 0.2, "0.3");
        check(5.0, "5");
        check(-0.07, "-0.07");
        check(f64::NAN, "");
        check(1e300, &1e300f64.to_string());
    }

    #[test]
    fn formats_tell_percentages_and_dates() {
        let check = |code: &str, expect: Format| assert_eq!(Format::of(code), expect, "{code}");
        check("General", Format::Number);
        check("0.00_ ", Format::Number);
        check("#,##0.00;[Red]-#,##0.00", Format::Number);
        check("0.00E+00", Format::Number);
        check("\"¥\"0.00", Format::Number);
        check("0.00\"（含税）\"", Format::Number);
        check("0\"件\"", Format::NumberIn("件".to_owned()));
        check("\"共\"#,##0.00\\ \"万元\"_ ;0", Format::NumberIn("万元".to_owned()));
        check("General\"件\"", Format::NumberIn("件".to_owned()));
        check("G/通用格式", Format::Number);
        check("0.0%", Format::Percent);
        check("yyyy\"年\"m\"月\"d\"日\"", Format::Date);
        check("[$-804]yyyy/m/d;@", Format::Date);
        check("m\"月\"", Format::Date);
        check("h:mm", Format::Time);
        check("[h]:mm", Format::Time);
        check("yyyy-mm-dd hh:mm", Format::DateAndTime);
        assert_eq!(Format::built_in(14), Format::Date);
        assert_eq!(Format::built_in(10), Format::Percent);
        assert_eq!(Format::built_in(2), Format::Number);
    }

    #[test]
    fn percentages_and_dates_are_written_out() {
        let check = |format: Format, number: &str, expect: &str| assert_eq!(format.shown(number, false), expect);
        check(Format::Percent, "0.5", "50%");
        check(Format::Percent, "0.125", "12.5%");
        check(Format::Percent, "-1", "-100%");
        check(Format::Percent, "甲", "甲");
        check(Format::NumberIn("万元".to_owned()), "1.1000000000000001", "1.1万元");
        check(Format::NumberIn("件".to_owned()), "甲", "甲");
        check(Format::Date, "44927", "2023-01-01");
        check(Format::Date, "45291", "2023-12-31");
        check(Format::Date, "1", "1900-01-01");
        check(Format::Date, "61", "1900-03-01");
        check(Format::Date, "2958465", "9999-12-31");
        check(Format::Date, "-5", "-5");
        check(Format::Time, "0.75", "18:00");
        check(Format::DateAndTime, "45351.5", "2024-02-29 12:00");
        assert_eq!(Format::Date.shown("0", true), "1904-01-01");
        assert_eq!(Format::Date.shown("43830", true), "2024-01-01");
    }
}
