//! A PDF with a text layer as a document: glyphs by their places, tables by the lines between which they stand.
//!
//! The container is `hayro-syntax`'s: objects, streams, encryption, broken tables of contents. Fonts ([`fonts`],
//! [`encodings`], [`collections`]), what a page shows ([`content`]), lines of text ([`lines`]), tables
//! ([`rulings`], [`tables`], [`loose`]), margins ([`margins`]) and paragraphs ([`flow`]) are ours.

mod bounds;
mod collections;
mod content;
mod encodings;
mod flow;
mod fonts;
mod geometry;
mod lines;
mod loose;
mod margins;
mod refusal;
mod rulings;
mod tables;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use content::{Reader, Shown};
use flow::{Flow, Measures};
use lines::{TextLine, is_nameless};
use tables::{Part, take_tables};

use crate::read::Platform;
use crate::read::document::{Document, Line};
use crate::report::ReadError;

/// No annual report has more pages.
const MOST_PAGES: usize = 300;

/// Reads the text layer of a PDF.
///
/// The title that the file carries along is left out: it often is last year's, or a template's.
///
/// # Errors
/// One sentence that says what to do, where the file cannot be opened or holds no text.
pub fn document(bytes: &[u8], platform: &dyn Platform) -> Result<Document, ReadError> {
    bounds::survey(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(refused)?;
    if pdf.pages().len() > MOST_PAGES {
        return Err(refusal::too_long());
    }
    let mut reader = Reader::new(platform);
    let pages: Vec<_> = pdf.pages().iter().map(|page| reader.page(page)).collect();
    refuse_without_text(&pages, reader.is_cut_short)?;
    Ok(Document { lines: laid_out(pages), ..Document::default() })
}

fn refused(error: LoadPdfError) -> ReadError {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => refusal::password(),
        LoadPdfError::Decryption(_) => refusal::encryption(),
        LoadPdfError::Invalid => refusal::damaged(),
    }
}

fn refuse_without_text(pages: &[Shown], is_cut_short: bool) -> Result<(), ReadError> {
    let seen = || pages.iter().flat_map(|page| &page.glyphs).filter(|glyph| !glyph.is_blank());
    let (all, nameless) = (seen().count(), seen().filter(|glyph| is_nameless(glyph)).count());
    match () {
        _ if is_cut_short => Err(refusal::too_heavy()),
        _ if nameless * 2 > all => Err(refusal::nameless()),
        // A stamp or a page number is no text layer.
        _ if all < 20 * pages.len().min(5) && pages.iter().any(|page| page.has_picture) => Err(refusal::scan()),
        _ if all == 0 && pages.is_empty() => Err(refusal::damaged()),
        _ if all == 0 => Err(refusal::no_text()),
        _ => Ok(()),
    }
}

/// What stands on a page, in its order.
enum Item {
    Lines(Vec<TextLine>),
    Table(Part),
}

fn laid_out(pages: Vec<Shown>) -> Vec<Line> {
    let mut tables = Vec::new();
    let mut texts = Vec::new();
    for page in pages {
        let (parts, outside) = take_tables(&page.strokes, page.glyphs);
        let mut lines = lines::lines(outside.iter());
        lines.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
        tables.push(parts);
        texts.push((lines, page.height));
    }
    margins::drop_margins(&mut texts);
    let measures = Measures::of(texts.iter().map(|(lines, _)| lines.as_slice()));
    let pages = tables.into_iter().zip(texts).map(|(parts, (lines, _))| items(parts, lines));
    let mut writer = Writer { flow: Flow::new(measures), lines: Vec::new(), open: Vec::new() };
    for (page, items) in pages.enumerate() {
        for (place, item) in items.into_iter().enumerate() {
            writer.write(item, page, place == 0);
        }
    }
    writer.end()
}

/// Tables and the lines between them, from top to bottom.
fn items(parts: Vec<Part>, lines: Vec<TextLine>) -> Vec<Item> {
    let mut items = Vec::new();
    let mut lines = lines.into_iter().peekable();
    for part in parts {
        let top = part.area().top;
        let before: Vec<_> = std::iter::from_fn(|| lines.next_if(|line| line.baseline <= top)).collect();
        items.extend((!before.is_empty()).then_some(Item::Lines(before)));
        items.push(Item::Table(part));
    }
    let rest: Vec<_> = lines.collect();
    items.extend((!rest.is_empty()).then_some(Item::Lines(rest)));
    items
}

struct Writer {
    flow: Flow,
    lines: Vec<Line>,
    /// A table that may go on over the page.
    open: Vec<Part>,
}

impl Writer {
    fn write(&mut self, item: Item, page: usize, is_first: bool) {
        match item {
            Item::Lines(lines) => {
                self.end_table();
                self.flow.write(&lines, page, &mut self.lines);
            }
            Item::Table(part) => {
                let goes_on = is_first && self.open.last().is_some_and(|open| open.goes_on_in(&part));
                if !goes_on {
                    self.end_table();
                }
                self.flow.end(&mut self.lines);
                self.open.push(part);
            }
        }
    }

    fn end_table(&mut self) {
        let parts = std::mem::take(&mut self.open);
        if !parts.is_empty() {
            self.lines.extend(tables::rows(parts, self.flow.tables));
            self.flow.tables += 1;
        }
    }

    fn end(mut self) -> Vec<Line> {
        self.end_table();
        self.flow.end(&mut self.lines);
        self.lines
    }
}
