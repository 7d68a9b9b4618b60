//! From numbers to places: the values at which a scale has its lines, and where things stand side by side.

use super::pen;

/// The values of a scale: multiples of 1, 2 or 5 times a power of ten, from below the least number to above the
/// greatest.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticks {
    /// Each with how it is printed.
    pub all: Vec<(f64, String)>,
}

impl Ticks {
    /// About `count` steps from `low` to `high`; of whole numbers only, where `whole`.
    pub fn new(low: f64, high: f64, count: f64, whole: bool) -> Ticks {
        let span = if high - low > 0.0 { high - low } else { 1.0 };
        let rough = span / count;
        let mut power = 1.0;
        let mut exponent = 0;
        while power * 10.0 <= rough {
            power *= 10.0;
            exponent += 1;
        }
        while power > rough && exponent > -9 && !whole {
            power /= 10.0;
            exponent -= 1;
        }
        // Where one step becomes the next, their quotients are equal.
        let (digit, exponent) = match rough / power {
            above if above >= 7.07 => (1, exponent + 1),
            above if above >= 3.16 => (5, exponent),
            above if above >= 1.41 => (2, exponent),
            _ => (1, exponent),
        };
        let step = value(digit, exponent);
        let first = (low / step + 1e-9).floor() as i64;
        let last = ((high / step - 1e-9).ceil() as i64).max(first + 1);
        Ticks { all: (first..=last).map(|at| (value(at * digit, exponent), text(at * digit, exponent))).collect() }
    }

    /// The least and the greatest of them.
    pub fn span(&self) -> (f64, f64) {
        (self.all[0].0, self.all[self.all.len() - 1].0)
    }
}

/// A number times a power of ten.
fn value(number: i64, exponent: i32) -> f64 {
    let mut value = number as f64;
    for _ in 0..exponent {
        value *= 10.0;
    }
    for _ in exponent..0 {
        value /= 10.0;
    }
    value
}

fn text(number: i64, exponent: i32) -> String {
    let mut digits = String::new();
    pen::whole(&mut digits, number.unsigned_abs());
    if number != 0 {
        (0..exponent).for_each(|_| digits.push('0'));
    }
    let decimals = (-exponent).max(0) as usize;
    while digits.len() <= decimals {
        digits.insert(0, '0');
    }
    let point = digits.len() - decimals;
    let mut text = String::new();
    if number < 0 {
        text.push('−');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place == point {
            text.push('.');
        } else if place > 0 && place < point && (point - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Where numbers are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Linear {
    /// Where zero is.
    pub zero: f64,
    /// Pixels for each 1.
    pub factor: f64,
}

impl Linear {
    /// So that the numbers `from` and `to` are at the places `start` and `end`.
    pub fn new((from, to): (f64, f64), (start, end): (f64, f64)) -> Linear {
        let factor = if to > from { (end - start) / (to - from) } else { 0.0 };
        Linear { zero: start - from * factor, factor }
    }

    pub fn at(&self, number: f64) -> f64 {
        self.zero + number * self.factor
    }
}

/// Things side by side, each with the same room.
#[derive(Clone, Copy, Debug)]
pub struct Band {
    pub start: f64,
    pub step: f64,
}

impl Band {
    pub fn new(count: usize, start: f64, end: f64) -> Band {
        Band { start, step: (end - start) / count.max(1) as f64 }
    }

    /// Where the room of one begins.
    pub fn left(&self, at: usize) -> f64 {
        self.start + self.step * at as f64
    }

    pub fn middle(&self, at: usize) -> f64 {
        self.left(at) + self.step / 2.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(low: f64, high: f64, count: f64, whole: bool) -> Vec<String> {
        Ticks::new(low, high, count, whole).all.into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn steps_are_round() {
        assert_eq!(texts(0.0, 1363.0, 4.0, true), ["0", "500", "1,000", "1,500"]);
        assert_eq!(texts(0.0, 7.0, 4.0, true), ["0", "2", "4", "6", "8"]);
        assert_eq!(texts(0.0, 1.0, 4.0, true), ["0", "1"]);
        assert_eq!(texts(0.0, 0.0, 4.0, true), ["0", "1"]);
        assert_eq!(texts(0.0, 1.0, 4.0, false), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(texts(-30.0, 55.0, 4.0, true), ["−40", "−20", "0", "20", "40", "60"]);
        assert_eq!(texts(0.0, 2_400_000.0, 3.0, true), ["0", "1,000,000", "2,000,000", "3,000,000"]);
        assert_eq!(texts(0.0, 0.034, 4.0, false), ["0.00", "0.01", "0.02", "0.03", "0.04"]);
    }

    #[test]
    fn numbers_have_their_places() {
        let scale = Linear::new((-10.0, 30.0), (200.0, 0.0));
        assert_eq!([scale.at(-10.0), scale.at(0.0), scale.at(30.0)], [200.0, 150.0, 0.0]);
        assert_eq!(Linear::new((0.0, 0.0), (200.0, 0.0)).at(5.0), 200.0);
        let band = Band::new(4, 10.0, 50.0);
        assert_eq!((band.left(1), band.middle(3)), (20.0, 45.0));
    }
}
