//! The records of a stream: a number, a length, and so many bytes.

/// Text that does not fit into one record goes on in the next ones.
pub const GOES_ON: u16 = 0x003c;

pub struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    pub fn new(stream: &'a [u8]) -> Records<'a> {
        Records { rest: stream }
    }

    /// The records that go on with the one before; they stay where they are.
    pub fn rest_of(&self) -> Vec<&'a [u8]> {
        let mut ahead = Records { rest: self.rest };
        std::iter::from_fn(|| ahead.next().filter(|(id, _)| *id == GOES_ON).map(|(_, data)| data)).collect()
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    /// The next record; none where the stream ends, or breaks off inside one.
    fn next(&mut self) -> Option<(u16, &'a [u8])> {
        let (id, length) = (u16_at(self.rest, 0)?, usize::from(u16_at(self.rest, 2)?));
        let data = self.rest.get(4..4 + length)?;
        self.rest = &self.rest[4 + length..];
        Some((id, data))
    }
}

pub fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

pub fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

pub fn f64_at(data: &[u8], at: usize) -> Option<f64> {
    data.get(at..at + 8)?.try_into().ok().map(f64::from_le_bytes)
}
