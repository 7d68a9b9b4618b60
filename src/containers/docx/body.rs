//! The body of a document: paragraphs and tables in order, as they are seen once changes are accepted.

use super::super::xml::{Element, Space, Xml};
use super::numbering::{Numbered, Numbering};
use super::styles::Styles;
use super::table::{Block, Merge, Row, Table, TableCell};
use crate::read::document::Line;
use crate::read::html::{WIDEST, tidy};
use crate::read::refusal;
use crate::report::ReadError;

/// How many paragraphs and cells are read; a report of the largest city has some thousand.
const MOST: usize = 200_000;
/// How much of what a field does is kept.
const LONGEST_INSTRUCTION: usize = 64;

/// What was read of a document.
#[derive(Default)]
pub struct Body {
    pub lines: Vec<Line>,
    pub pictures: usize,
    /// The relations of what was put in whole, such as a page.
    pub chunks: Vec<String>,
}

impl Body {
    /// Reads the main part.
    ///
    /// # Errors
    /// Where it is damaged or too large.
    pub fn read(text: &str, numbering: &Numbering, styles: &Styles) -> Result<Body, ReadError> {
        let mut reader = Reader::new(text, numbering, styles);
        let blocks = reader.document()?;
        if reader.fields.is_empty() {
            return Ok(reader.finish(blocks));
        }
        // A field that has no end would hide all that follows: then what fields do is read as well.
        let mut reader = Reader { reads_fields: true, ..Reader::new(text, numbering, styles) };
        let blocks = reader.document()?;
        Ok(reader.finish(blocks))
    }
}

struct Reader<'a> {
    xml: Xml<'a>,
    numbering: Numbering,
    styles: &'a Styles,
    /// The fields that are open.
    fields: Vec<Field>,
    reads_fields: bool,
    tables: usize,
    count: usize,
    body: Body,
}

/// A text that the program computes: first what it does, then what came of it.
#[derive(Default)]
struct Field {
    instruction: String,
    has_result: bool,
}

#[derive(Default)]
struct Paragraph {
    /// What is seen of it, with its line breaks.
    text: String,
    style: Option<String>,
    numbered: Numbered,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, numbering: &Numbering, styles: &'a Styles) -> Reader<'a> {
        Reader {
            xml: Xml::new(text),
            numbering: numbering.clone(),
            styles,
            fields: Vec::new(),
            reads_fields: false,
            tables: 0,
            count: 0,
            body: Body::default(),
        }
    }

    fn document(&mut self) -> Result<Vec<Block>, ReadError> {
        let mut blocks = Vec::new();
        let mut has_body = false;
        while let Some(element) = self.xml.element()? {
            if element.name() == (Space::Word, "body") {
                has_body = true;
                self.blocks(&mut blocks)?;
            }
        }
        if has_body { Ok(blocks) } else { Err(refusal::other_office()) }
    }

    fn finish(self, blocks: Vec<Block>) -> Body {
        Body { lines: blocks.into_iter().flat_map(Block::into_lines).collect(), ..self.body }
    }

    fn count(&mut self) -> Result<(), ReadError> {
        self.count += 1;
        if self.count > MOST { Err(refusal::too_many_rows()) } else { Ok(()) }
    }

    /// What stands in the open element: paragraphs and tables.
    fn blocks(&mut self, into: &mut Vec<Block>) -> Result<(), ReadError> {
        while let Some(element) = self.xml.child()? {
            self.block(&element, into)?;
        }
        Ok(())
    }

    fn block(&mut self, element: &Element, into: &mut Vec<Block>) -> Result<(), ReadError> {
        match element.name() {
            (Space::Word, "p") => self.paragraph(into),
            (Space::Word, "tbl") => self.table(into),
            (Space::Word, "sdt") => self.control(into),
            (Space::Word, "ins" | "moveTo" | "customXml" | "smartTag") => self.blocks(into),
            (Space::Compatibility, "AlternateContent") => self.alternatives(into, Reader::blocks),
            (Space::Word, "altChunk") => {
                self.body.chunks.extend(element.attribute("id"));
                self.xml.skip()
            }
            _ => self.xml.skip(),
        }
    }

    /// A part of the document with properties of its own, but not the table of contents, which says again what
    /// follows.
    fn control(&mut self, into: &mut Vec<Block>) -> Result<(), ReadError> {
        let mut is_contents = false;
        while let Some(element) = self.xml.child()? {
            match element.name() {
                (Space::Word, "sdtPr") => is_contents = self.names_contents()?,
                (Space::Word, "sdtContent") if !is_contents => self.blocks(into)?,
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    fn names_contents(&mut self) -> Result<bool, ReadError> {
        let mut found = false;
        while let Some(element) = self.xml.child()? {
            found |= element.name() == (Space::Word, "docPartGallery")
                && element.attribute("val").is_some_and(|name| name == "Table of Contents");
            found |= self.names_contents()?;
        }
        Ok(found)
    }

    /// Reads the first way of writing something in which there is something to read.
    fn alternatives(
        &mut self,
        into: &mut Vec<Block>,
        read: impl Fn(&mut Self, &mut Vec<Block>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let before = (into.len(), self.body.pictures);
        while let Some(element) = self.xml.child()? {
            let is_way = matches!(element.name(), (Space::Compatibility, "Choice" | "Fallback"));
            match is_way && (into.len(), self.body.pictures) == before {
                true => read(self, into)?,
                false => self.xml.skip()?,
            }
        }
        Ok(())
    }

    fn alternatives_in_paragraph(
        &mut self,
        paragraph: &mut Paragraph,
        into: &mut Vec<Block>,
    ) -> Result<(), ReadError> {
        let before = (paragraph.text.len(), into.len(), self.body.pictures);
        while let Some(element) = self.xml.child()? {
            let is_way = matches!(element.name(), (Space::Compatibility, "Choice" | "Fallback"));
            match is_way && (paragraph.text.len(), into.len(), self.body.pictures) == before {
                true => self.runs(paragraph, into)?,
                false => self.xml.skip()?,
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, into: &mut Vec<Block>) -> Result<(), ReadError> {
        self.count()?;
        let mut paragraph = Paragraph::default();
        self.runs(&mut paragraph, into)?;
        let number = self.numbering.count(&paragraph.numbered, paragraph.style.as_deref(), self.styles);
        let mut lines = paragraph.text.split('\n').map(tidy).filter(|line| !line.is_empty());
        if let Some(first) = lines.next() {
            into.push(Block::Text(number.unwrap_or_default() + &first));
        }
        into.extend(lines.map(Block::Text));
        Ok(())
    }

    /// What stands in the open element of a paragraph: text, and what hangs on it.
    fn runs(&mut self, paragraph: &mut Paragraph, into: &mut Vec<Block>) -> Result<(), ReadError> {
        let mut is_hidden = false;
        while let Some(element) = self.xml.child()? {
            match element.name() {
                (Space::Word, "pPr") => self.properties(paragraph)?,
                (Space::Word, "rPr") => is_hidden = self.is_hidden()?,
                (Space::Word, "t") => {
                    let text = self.xml.text()?;
                    if !is_hidden && self.shows() {
                        paragraph.text.push_str(&text);
                    }
                }
                (Space::Word, "tab" | "ptab") => self.sign(' ', paragraph)?,
                (Space::Word, "br" | "cr") => self.sign('\n', paragraph)?,
                (Space::Word, "noBreakHyphen") => self.sign('-', paragraph)?,
                (Space::Word, "fldChar") => self.field(&element)?,
                (Space::Word, "instrText") => {
                    let text = self.xml.text()?;
                    if let Some(field) = self.fields.last_mut().filter(|field| !field.has_result) {
                        field.instruction.extend(text.chars().take(LONGEST_INSTRUCTION));
                    }
                }
                (Space::Word, "drawing" | "pict" | "object") => self.drawing(into)?,
                (
                    Space::Word,
                    "r" | "hyperlink" | "ins" | "moveTo" | "smartTag" | "customXml" | "sdt" | "sdtContent" | "fldSimple"
                    | "dir" | "bdo" | "ruby" | "rubyBase",
                ) => self.runs(paragraph, into)?,
                (Space::Compatibility, "AlternateContent") => self.alternatives_in_paragraph(paragraph, into)?,
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    fn sign(&mut self, sign: char, paragraph: &mut Paragraph) -> Result<(), ReadError> {
        if self.shows() {
            paragraph.text.push(sign);
        }
        self.xml.skip()
    }

    /// Whether text is seen here: not what a field does, and no table of contents.
    fn shows(&self) -> bool {
        let is_contents = |field: &Field| field.instruction.trim_start().starts_with("TOC");
        self.reads_fields || self.fields.iter().all(|field| field.has_result && !is_contents(field))
    }

    fn field(&mut self, element: &Element) -> Result<(), ReadError> {
        match element.attribute("fldCharType").as_deref() {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => self.fields.iter_mut().last().into_iter().for_each(|field| field.has_result = true),
            Some("end") => drop(self.fields.pop()),
            _ => {}
        }
        self.xml.skip()
    }

    fn properties(&mut self, paragraph: &mut Paragraph) -> Result<(), ReadError> {
        while let Some(element) = self.xml.child()? {
            match element.name() {
                (Space::Word, "numPr") => paragraph.numbered = Numbered::read(&mut self.xml)?,
                (Space::Word, "pStyle") => {
                    paragraph.style = element.attribute("val");
                    self.xml.skip()?;
                }
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    fn is_hidden(&mut self) -> Result<bool, ReadError> {
        let mut is_hidden = false;
        while let Some(element) = self.xml.child()? {
            is_hidden |= element.name() == (Space::Word, "vanish") && element.is_on();
            self.xml.skip()?;
        }
        Ok(is_hidden)
    }

    /// A drawing: the text in its boxes, or else a picture.
    fn drawing(&mut self, into: &mut Vec<Block>) -> Result<(), ReadError> {
        let before = (into.len(), self.body.pictures);
        self.boxes(into)?;
        if (into.len(), self.body.pictures) == before {
            self.body.pictures += 1;
        }
        Ok(())
    }

    fn boxes(&mut self, into: &mut Vec<Block>) -> Result<(), ReadError> {
        while let Some(element) = self.xml.child()? {
            match element.name() {
                (Space::Word, "txbxContent") => {
                    // What stands in a box is no part of a field around it.
                    let fields = std::mem::take(&mut self.fields);
                    self.blocks(into)?;
                    self.fields = fields;
                }
                (Space::Compatibility, "AlternateContent") => self.alternatives(into, Reader::boxes)?,
                // Letters drawn as a picture, as titles are.
                (Space::Other, "textpath") => {
                    let text = element.attribute("string").map(|text| tidy(&text));
                    into.extend(text.filter(|text| !text.is_empty()).map(Block::Text));
                    self.xml.skip()?;
                }
                _ => self.boxes(into)?,
            }
        }
        Ok(())
    }

    fn table(&mut self, into: &mut Vec<Block>) -> Result<(), ReadError> {
        let mut table = Table::default();
        self.rows(&mut table)?;
        let lines = table.lines(self.tables);
        self.tables += 1;
        into.push(Block::Table(lines));
        Ok(())
    }

    fn rows(&mut self, table: &mut Table) -> Result<(), ReadError> {
        while let Some(element) = self.xml.child()? {
            match element.name() {
                (Space::Word, "tr") => {
                    let mut row = Row::default();
                    self.cells(&mut row)?;
                    table.rows.push(row);
                }
                (Space::Word, "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml") => self.rows(table)?,
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    fn cells(&mut self, row: &mut Row) -> Result<(), ReadError> {
        while let Some(element) = self.xml.child()? {
            match element.name() {
                (Space::Word, "tc") => {
                    let cell = self.cell()?;
                    row.cells.push(cell);
                }
                (Space::Word, "trPr") => self.row_properties(row)?,
                (Space::Word, "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml") => self.cells(row)?,
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    fn row_properties(&mut self, row: &mut Row) -> Result<(), ReadError> {
        while let Some(element) = self.xml.child()? {
            let columns = || element.number("val").unwrap_or(0).min(WIDEST);
            match element.name() {
                (Space::Word, "gridBefore") => row.before = columns(),
                (Space::Word, "gridAfter") => row.after = columns(),
                (Space::Word, "del") => row.is_gone = true,
                (Space::Word, "hidden") => row.is_gone |= element.is_on(),
                _ => {}
            }
            self.xml.skip()?;
        }
        Ok(())
    }

    fn cell(&mut self) -> Result<TableCell, ReadError> {
        self.count()?;
        let mut cell = TableCell { columns: 1, ..TableCell::default() };
        while let Some(element) = self.xml.child()? {
            match element.name() {
                (Space::Word, "tcPr") => self.cell_properties(&mut cell)?,
                _ => self.block(&element, &mut cell.blocks)?,
            }
        }
        Ok(cell)
    }

    fn cell_properties(&mut self, cell: &mut TableCell) -> Result<(), ReadError> {
        while let Some(element) = self.xml.child()? {
            let value = || element.attribute("val");
            match element.name() {
                (Space::Word, "gridSpan") => cell.columns = element.number("val").unwrap_or(1).clamp(1, WIDEST),
                (Space::Word, "vMerge") => cell.down = Merge::said(value().as_deref()),
                (Space::Word, "hMerge") => cell.across = Merge::said(value().as_deref()),
                (Space::Word, "tcW") if element.attribute("type").is_none_or(|unit| unit == "dxa") => {
                    cell.width = element.number("w").unwrap_or(0);
                }
                _ => {}
            }
            self.xml.skip()?;
        }
        Ok(())
    }
}
