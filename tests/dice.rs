//! Chance that comes again, for tests that are no property tests.

/// A small generator, so that a failure comes again.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % limit.max(1)
    }

    /// A place in a list of so many.
    pub fn place(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }

    pub fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    /// A figure of at most so many digits; small ones are as frequent as large ones.
    pub fn figure(&mut self, digits: u32) -> i64 {
        let digits = 1 + self.below(digits.into()) as u32;
        self.below(10u64.pow(digits)) as i64
    }
}
