//! Lengths and path data as they are written: hundredths of a pixel, without the zeros that say nothing.

/// Puts a number down with at most two decimals; one that is none is put down as 0.
pub fn number(out: &mut String, value: f64) {
    let hundredths = (value * 100.0).round() as i64;
    if hundredths < 0 {
        out.push('-');
    }
    let hundredths = hundredths.unsigned_abs();
    whole(out, hundredths / 100);
    let [tenth, hundredth] = [hundredths / 10 % 10, hundredths % 10].map(|digit| char::from(b'0' + digit as u8));
    if hundredth != '0' {
        out.extend(['.', tenth, hundredth]);
    } else if tenth != '0' {
        out.extend(['.', tenth]);
    }
}

/// The digits of a number.
pub fn whole(out: &mut String, number: u64) {
    if number >= 10 {
        whole(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// A length as the value of an attribute.
pub fn length(value: f64) -> String {
    let mut out = String::new();
    number(&mut out, value);
    out
}

/// The data of a path, as it grows.
#[derive(Default)]
pub struct Pen(pub String);

impl Pen {
    fn put(mut self, command: char, points: &[(f64, f64)]) -> Pen {
        self.0.push(command);
        for (at, (x, y)) in points.iter().enumerate() {
            if at > 0 {
                self.0.push(' ');
            }
            number(&mut self.0, *x);
            self.0.push(',');
            number(&mut self.0, *y);
        }
        self
    }

    pub fn to(self, x: f64, y: f64) -> Pen {
        self.put('M', &[(x, y)])
    }

    pub fn line(self, x: f64, y: f64) -> Pen {
        self.put('L', &[(x, y)])
    }

    /// From `(from, y)` to `(to, end)`, leaving and arriving level.
    pub fn sway(self, from: f64, y: f64, to: f64, end: f64) -> Pen {
        let middle = (from + to) / 2.0;
        self.put('C', &[(middle, y), (middle, end), (to, end)])
    }

    pub fn close(mut self) -> String {
        self.0.push('Z');
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn numbers_are_written_without_what_says_nothing() {
        let written = [0.0, 1.0, -0.004, 0.05, 12.5, -3.456, 1234.999, f64::NAN, 0.1 + 0.2].map(length);
        assert_eq!(written, ["0", "1", "0", "0.05", "12.5", "-3.46", "1235", "0", "0.3"]);
    }
}
