//! The texts of the records: one or two bytes a character, and the shared ones over as many records as
//! they need.

/// Whether each character takes two bytes.
const IS_WIDE: u8 = 1;
/// Whether data on how the text is pronounced follows it.
const HAS_EXTENSION: u8 = 4;
/// Whether fonts of pieces of the text follow it.
const HAS_FONTS: u8 = 8;

/// A text with its length in one byte.
pub fn short(data: &[u8]) -> Option<String> {
    let mut pieces = Pieces::new(data, &[]);
    let (length, flags) = (pieces.u8()?, pieces.u8()?);
    pieces.characters(length.into(), flags)
}

/// A text with its length in two bytes.
pub fn long(data: &[u8]) -> Option<String> {
    let mut pieces = Pieces::new(data, &[]);
    let (length, flags) = (pieces.u16()?, pieces.u8()?);
    pieces.characters(length.into(), flags)
}

/// The texts that cells share, as far as they go.
pub fn shared(data: &[u8], rest: &[&[u8]]) -> Vec<String> {
    let mut pieces = Pieces::new(data, rest);
    let count = pieces.u32().and_then(|_| pieces.u32()).unwrap_or(0);
    (0..count).map_while(|_| pieces.rich()).collect()
}

/// Data in several records.
struct Pieces<'a> {
    data: &'a [u8],
    rest: std::slice::Iter<'a, &'a [u8]>,
}

impl<'a> Pieces<'a> {
    fn new(data: &'a [u8], rest: &'a [&'a [u8]]) -> Pieces<'a> {
        Pieces { data, rest: rest.iter() }
    }

    fn u8(&mut self) -> Option<u8> {
        while self.data.is_empty() {
            self.data = self.rest.next()?;
        }
        let (first, data) = self.data.split_first()?;
        self.data = data;
        Some(*first)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes([self.u8()?, self.u8()?, self.u8()?, self.u8()?]))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > self.data.len() {
            count -= self.data.len();
            self.data = self.rest.next()?;
        }
        self.data = &self.data[count..];
        Some(())
    }

    /// A text with fonts and pronunciation.
    fn rich(&mut self) -> Option<String> {
        let (length, flags) = (self.u16()?, self.u8()?);
        let fonts = if flags & HAS_FONTS != 0 { self.u16()? } else { 0 };
        let extension = if flags & HAS_EXTENSION != 0 { self.u32()? } else { 0 };
        let text = self.characters(length.into(), flags)?;
        self.skip(usize::from(fonts) * 4)?;
        self.skip(usize::try_from(extension).ok()?)?;
        Some(text)
    }

    /// So many characters. Where they go on in the next record, it says anew how wide they are.
    fn characters(&mut self, length: usize, flags: u8) -> Option<String> {
        let mut is_wide = flags & IS_WIDE != 0;
        let mut units = Vec::with_capacity(length.min(self.data.len()));
        while units.len() < length {
            if self.data.is_empty() {
                self.data = self.rest.next()?;
                is_wide = self.u8()? & IS_WIDE != 0;
                continue;
            }
            units.push(if is_wide { self.u16()? } else { self.u8()?.into() });
        }
        Some(String::from_utf16_lossy(&units))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_go_on_in_the_next_record_in_their_own_width() {
        let first = [&[2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0][..], b"a"].concat();
        let second = [&[1, b'b', 0][..], &[0x2d, 0x4e], &[1, 0, 1 | 8], &[1, 0], &[0x2d, 0x4e], &[9, 9]].concat();
        let third = [9, 9];
        assert_eq!(shared(&first, &[&second, &third]), ["ab中", "中"]);
        // Cut off: as far as they go.
        assert_eq!(shared(&first, &[&second[..5]]), ["ab中"]);
        assert!(shared(&first, &[]).is_empty());
    }

    #[test]
    fn single_texts_have_their_length_before_them() {
        assert_eq!(short(&[2, 0, b'a', b'b']).as_deref(), Some("ab"));
        assert_eq!(long(&[1, 0, 1, 0x2d, 0x4e]).as_deref(), Some("中"));
        assert_eq!(long(&[5, 0, 0, b'a']), None);
    }
}
