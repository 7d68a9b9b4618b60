//! A workbook of Excel 97 to 2003, or of WPS: records in a stream. Only what its cells show is read.

mod record;
mod strings;

use record::{Records, f64_at, u16_at, u32_at};

use super::compound::Compound;
use super::macros;
use super::number::{Format, of_binary};
use super::refusal;
use super::workbook::{Cells, Workbook};
use crate::read::document::Document;
use crate::report::ReadError;
use crate::words;

/// The records that are read, by their numbers.
mod id {
    pub const FORMULA: u16 = 0x0006;
    pub const END: u16 = 0x000a;
    pub const SINCE_1904: u16 = 0x0022;
    pub const PASSWORD: u16 = 0x002f;
    pub const OBJECT: u16 = 0x005d;
    pub const COLUMNS: u16 = 0x007d;
    pub const SHEET: u16 = 0x0085;
    pub const PACKED_NUMBERS: u16 = 0x00bd;
    pub const RICH_TEXT: u16 = 0x00d6;
    pub const STYLE: u16 = 0x00e0;
    pub const MERGED: u16 = 0x00e5;
    pub const SHARED_TEXTS: u16 = 0x00fc;
    pub const SHARED_TEXT: u16 = 0x00fd;
    pub const NUMBER: u16 = 0x0203;
    pub const TEXT: u16 = 0x0204;
    pub const TRUTH: u16 = 0x0205;
    pub const TEXT_OF_FORMULA: u16 = 0x0207;
    pub const ROW: u16 = 0x0208;
    pub const PACKED_NUMBER: u16 = 0x027e;
    pub const FORMAT: u16 = 0x041e;
    pub const BEGIN: u16 = 0x0809;
}

/// The version of the records since Excel 97; before it texts were in the encoding of one country.
const SINCE_97: u16 = 0x0600;
/// The kind of a picture among the objects of a sheet.
const PICTURE: u16 = 8;

/// Reads a workbook.
///
/// # Errors
/// One sentence that says what to do, where it is damaged, too old, too large or asks for a password.
pub fn document(file: &mut Compound) -> Result<Document, ReadError> {
    let Some(stream) = file.stream("Workbook")? else { return Err(too_old()) };
    let globals = Globals::read(&stream)?;
    let mut workbook = Workbook::default();
    for sheet in &globals.sheets {
        let mut cells = workbook.cells();
        let pictures = globals.sheet(stream.get(sheet.offset..).unwrap_or_default(), &mut cells)?;
        workbook.count_pictures(if sheet.is_hidden { 0 } else { pictures });
        workbook.add(&sheet.name, sheet.is_hidden, cells)?;
    }
    if file.has_macros() {
        workbook.tell(macros());
    }
    Ok(workbook.finish())
}

fn too_old() -> ReadError {
    refusal::save_as(words::KIND_OLD_EXCEL, ".xlsx")
}

/// What all sheets refer to.
#[derive(Default)]
struct Globals {
    sheets: Vec<Sheet>,
    texts: Vec<String>,
    /// The formats by the number that cells have as style.
    formats: Vec<Format>,
    since_1904: bool,
}

struct Sheet {
    name: String,
    /// Where its records begin.
    offset: usize,
    is_hidden: bool,
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Globals, ReadError> {
        let mut globals = Globals::default();
        let mut written = Vec::new();
        let mut styles = Vec::new();
        let mut records = Records::new(stream);
        let mut is_first = true;
        while let Some((id, data)) = records.next() {
            if is_first && (id != id::BEGIN || u16_at(data, 0) != Some(SINCE_97)) {
                return Err(if id == id::BEGIN || id & 0xff == 0x09 { too_old() } else { refusal::damaged() });
            }
            is_first = false;
            match id {
                id::PASSWORD => return Err(refusal::password()),
                id::SINCE_1904 => globals.since_1904 = u16_at(data, 0) == Some(1),
                id::SHEET => globals.sheets.extend(Sheet::read(data)),
                id::FORMAT => {
                    let format = strings::long(data.get(2..).unwrap_or_default()).map(|code| Format::of(&code));
                    written.extend(u16_at(data, 0).zip(format));
                }
                id::STYLE => styles.extend(u16_at(data, 2)),
                id::SHARED_TEXTS => globals.texts = strings::shared(data, &records.rest_of()),
                id::END => break,
                _ => {}
            }
        }
        let format = |id: &u16| {
            let found = written.iter().find(|(known, _)| known == id).map(|(_, format)| format.clone());
            found.unwrap_or_else(|| Format::built_in(usize::from(*id)))
        };
        globals.formats = styles.iter().map(format).collect();
        Ok(globals)
    }

    /// Reads the cells of a sheet, and counts its pictures.
    fn sheet(&self, stream: &[u8], cells: &mut Cells) -> Result<usize, ReadError> {
        let records = Records::new(stream);
        let mut pictures = 0;
        // A chart among the cells has a beginning and an end of its own.
        let mut depth = 0usize;
        let mut waiting = None;
        for (id, data) in records {
            match id {
                id::BEGIN => depth += 1,
                id::END => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        break;
                    }
                }
                _ if depth != 1 => {}
                id::TEXT_OF_FORMULA => {
                    if let (Some((row, column)), Some(text)) = (waiting.take(), strings::long(data)) {
                        cells.put(row, column, text)?;
                    }
                }
                id::FORMULA if is_text(data) => waiting = place(data),
                id::OBJECT => pictures += usize::from(u16_at(data, 4) == Some(PICTURE)),
                _ => self.record(id, data, cells)?,
            }
        }
        Ok(pictures)
    }

    fn record(&self, id: u16, data: &[u8], cells: &mut Cells) -> Result<(), ReadError> {
        match id {
            id::ROW => {
                let is_hidden = u32_at(data, 12).is_some_and(|flags| flags & 0x20 != 0);
                if let Some(row) = u16_at(data, 0).filter(|_| is_hidden) {
                    cells.hide_rows(row.into(), row.into());
                }
                return Ok(());
            }
            id::COLUMNS => {
                let is_hidden = u16_at(data, 8).is_some_and(|flags| flags & 1 != 0);
                if let (true, Some(first), Some(last)) = (is_hidden, u16_at(data, 0), u16_at(data, 2)) {
                    cells.hide_columns(first.into(), last.into());
                }
                return Ok(());
            }
            id::MERGED => return merged(data, cells),
            id::PACKED_NUMBERS => return self.packed_numbers(data, cells),
            _ => {}
        }
        let Some((row, column)) = place(data) else { return Ok(()) };
        let rest = data.get(6..).unwrap_or_default();
        let shown = |number: f64| self.shown(u16_at(data, 4), number);
        let text = match id {
            id::SHARED_TEXT => {
                let at = u32_at(rest, 0).and_then(|at| usize::try_from(at).ok());
                at.and_then(|at| self.texts.get(at)).cloned()
            }
            id::TEXT | id::RICH_TEXT => strings::long(rest),
            id::NUMBER => f64_at(rest, 0).map(shown),
            id::PACKED_NUMBER => u32_at(rest, 0).map(|packed| shown(unpacked(packed))),
            id::TRUTH => truth(rest.first().copied(), rest.get(1).copied()),
            id::FORMULA => match rest.get(..8) {
                Some([1, _, truth_value, .., 0xff, 0xff]) => truth(Some(*truth_value), Some(0)),
                Some([2, _, error, .., 0xff, 0xff]) => truth(Some(*error), Some(1)),
                Some([.., 0xff, 0xff]) => None,
                _ => f64_at(rest, 0).map(shown),
            },
            _ => None,
        };
        cells.put(row, column, text.unwrap_or_default())
    }

    /// Several numbers beside each other in one record.
    fn packed_numbers(&self, data: &[u8], cells: &mut Cells) -> Result<(), ReadError> {
        let Some((row, column)) = place(data) else { return Ok(()) };
        let end = data.len().saturating_sub(2);
        for (at, cell) in data.get(4..end).unwrap_or_default().chunks_exact(6).enumerate() {
            if let Some(packed) = u32_at(cell, 2) {
                cells.put(row, column + at, self.shown(u16_at(cell, 0), unpacked(packed)))?;
            }
        }
        Ok(())
    }

    fn shown(&self, style: Option<u16>, number: f64) -> String {
        let format = style.and_then(|style| self.formats.get(usize::from(style))).cloned().unwrap_or_default();
        format.shown(&of_binary(number), self.since_1904)
    }
}

impl Sheet {
    /// `None` where it holds no cells, as a chart.
    fn read(data: &[u8]) -> Option<Sheet> {
        let offset = usize::try_from(u32_at(data, 0)?).ok()?;
        let (state, kind) = (data.get(4)? & 3, *data.get(5)?);
        let name = strings::short(data.get(6..)?)?;
        (kind == 0).then_some(Sheet { name, offset, is_hidden: state != 0 })
    }
}

/// Row and column of a cell.
fn place(data: &[u8]) -> Option<(usize, usize)> {
    Some((u16_at(data, 0)?.into(), u16_at(data, 2)?.into()))
}

/// Whether a formula comes to a text, which then stands in a record of its own.
fn is_text(data: &[u8]) -> bool {
    matches!(data.get(6..14), Some([0, .., 0xff, 0xff]))
}

/// Whether something is true, or which error it is.
fn truth(value: Option<u8>, is_error: Option<u8>) -> Option<String> {
    let text = match (value?, is_error?) {
        (0, 0) => "FALSE",
        (_, 0) => "TRUE",
        (0x00, _) => "#NULL!",
        (0x07, _) => "#DIV/0!",
        (0x0f, _) => "#VALUE!",
        (0x17, _) => "#REF!",
        (0x1d, _) => "#NAME?",
        (0x24, _) => "#NUM!",
        _ => "#N/A",
    };
    Some(text.to_owned())
}

/// A number that was packed into four bytes: a whole number or the front half of a binary one, perhaps a
/// hundred times too large.
fn unpacked(packed: u32) -> f64 {
    let number = match packed & 2 != 0 {
        true => f64::from(packed.cast_signed() >> 2),
        false => f64::from_bits(u64::from(packed & !3) << 32),
    };
    if packed & 1 != 0 { number / 100.0 } else { number }
}

fn merged(data: &[u8], cells: &mut Cells) -> Result<(), ReadError> {
    for range in data.get(2..).unwrap_or_default().chunks_exact(8) {
        let at = |at: usize| u16_at(range, at).map_or(0, usize::from);
        let (top, bottom, left, right) = (at(0), at(2), at(4), at(6));
        cells.merge(top, left, bottom.saturating_sub(top) + 1, right.saturating_sub(left) + 1)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_come_out_exactly() {
        let check = |packed: u32, expect: &str| assert_eq!(of_binary(unpacked(packed)), expect);
        check((5 << 2) | 2, "5");
        check((-18i32 << 2).cast_unsigned() | 2, "-18");
        check((12345 << 2) | 3, "123.45");
        check(u32::try_from(1.5f64.to_bits() >> 32).unwrap() & !3, "1.5");
    }
}
