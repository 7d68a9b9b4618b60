//! Decisions out of an input: each takes a byte or two of it, and those behind its end are chance that comes again.

pub struct Dice {
    bytes: Vec<u8>,
    at: usize,
    state: u64,
}

impl Dice {
    pub fn new(bytes: &[u8]) -> Dice {
        let state = bytes.iter().fold(bytes.len() as u64, |state, byte| next(state ^ u64::from(*byte)));
        Dice { bytes: bytes.to_vec(), at: 0, state }
    }

    fn byte(&mut self) -> u64 {
        let byte = self.bytes.get(self.at).copied();
        self.at += 1;
        byte.map_or_else(
            || {
                self.state = next(self.state);
                self.state >> 56
            },
            u64::from,
        )
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        let (mut number, mut reach) = (0u64, 1u64);
        while reach < limit {
            (number, reach) = (number << 8 | self.byte(), reach.saturating_mul(256));
        }
        number % limit.max(1)
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

fn next(state: u64) -> u64 {
    state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407)
}
