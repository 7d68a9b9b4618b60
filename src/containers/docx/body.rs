//! The body of a document: paragraphs and tables in order, as they are seen once changes are accepted.

use super::super::refusal;
use super::super::xml::{Element, Space, Xml};
use super::numbering::{Numbered, Numbering};
use super::styles::Styles;
use super::table::{Block, Merge, Row, Table, TableCell};
use crate::read::document::Line;
use crate::read::html::{WIDEST, tidy};
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

    fn alternatives_in_paragraph(&mut self, paragraph: &mut Paragraph, into: &mut Vec<Block>) -> Result<(), ReadError> {
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
                    "r" | "hyperlink" | "ins" | "moveTo" | "smartTag" | "customXml" | "sdt" | "sdtContent"
                    | "fldSimple" | "dir" | "bdo" | "ruby" | "rubyBase",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::document::Kind;

    const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
        xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:v=\"urn:schemas-microsoft-com:vml\"";

    fn read(body: &str, numbering: &str, styles: &str) -> Body {
        let wrap = |name: &str, inner: &str| format!("<w:{name} {SPACES}>{inner}</w:{name}>");
        let styles = Styles::read(&wrap("styles", styles)).unwrap();
        let numbering = Numbering::read(&wrap("numbering", numbering), &styles).unwrap();
        Body::read(&wrap("document", &format!("<w:body>{body}</w:body>")), &numbering, &styles).unwrap()
    }

    fn shown(body: &Body) -> Vec<String> {
        let line = |line: &Line| match line.kind {
            Kind::Row { width, .. } => {
                let cells = line.cells.iter().map(|cell| format!("{}@{}+{}", cell.text, cell.column, cell.span));
                format!("{width}: {}", cells.collect::<Vec<_>>().join(" "))
            }
            _ => line.cells[0].text.clone(),
        };
        body.lines.iter().map(line).collect()
    }

    fn check(body: &str, expect: &[&str]) {
        assert_eq!(shown(&read(body, "", "")), expect, "{body}");
    }

    fn p(text: &str) -> String {
        format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    /// A cell with properties.
    fn tc(properties: &str, text: &str) -> String {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
    }

    fn tr(cells: &[String]) -> String {
        format!("<w:tr>{}</w:tr>", cells.concat())
    }

    fn tbl(rows: &[String]) -> String {
        format!("<w:tbl><w:tblPr/>{}</w:tbl>", rows.concat())
    }

    #[test]
    fn runs_are_joined_and_signs_are_text() {
        check("<w:p><w:r><w:t>规</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>章</w:t></w:r></w:p>", &["规章"]);
        check("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t></w:r></w:p>", &["甲 1-2"]);
        check("<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t></w:r></w:p>", &["甲", "乙", "丙"]);
        check("<w:p><w:hyperlink><w:r><w:t xml:space=\"preserve\"> 甲 </w:t></w:r></w:hyperlink></w:p><w:p/>", &["甲"]);
        check(
            "<w:p><w:r><w:ruby><w:rt><w:r><w:t>jia</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>甲</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
            &["甲"],
        );
    }

    #[test]
    fn changes_count_as_accepted_and_what_is_hidden_is_not_there() {
        check(
            "<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>",
            &["新"],
        );
        check(
            "<w:p><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo></w:p>",
            &["新"],
        );
        check(
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>见</w:t></w:r></w:p>",
            &["见"],
        );
        let rows = [
            tr(&[tc("", "甲"), tc("", "1")]),
            tr(&[tc("", "乙"), tc("", "2")]).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>"),
        ];
        check(&tbl(&rows), &["2: 甲@0+1 1@1+1"]);
    }

    #[test]
    fn of_a_field_what_came_of_it_is_read() {
        let field = |instruction: &str, result: &str| {
            let sign = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
            let text = format!("<w:r><w:instrText>{instruction}</w:instrText></w:r>");
            [sign("begin"), text, sign("separate"), result.to_owned(), sign("end")].concat()
        };
        let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
        check(&format!("<w:p>{}{}</w:p>", field("=SUM(ABOVE)", &run("12")), run("件")), &["12件"]);
        let contents = [run("一、总体情况"), field("PAGEREF x", &run("1"))].concat();
        check(&format!("<w:p>{}{}</w:p>", field(" TOC \\o ", &contents), run("甲")), &["甲"]);
        let open = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p>";
        check(&format!("{open}{}", p("甲")), &["甲"]);
        let contents = "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent>X</w:sdtContent></w:sdt>";
        check(&format!("{}{}", contents.replace('X', &p("一、总体情况 1")), p("甲")), &["甲"]);
        check(
            &format!("{}{}", contents.replace('X', &p("乙")).replace("Table of Contents", "Y"), p("甲")),
            &["乙", "甲"],
        );
    }

    #[test]
    fn a_text_box_stands_once_and_before_its_paragraph() {
        let of_box = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(text));
        let ways = format!(
            "<mc:AlternateContent><mc:Choice><w:drawing><x>{}</x></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>{}</v:shape></w:pict></mc:Fallback></mc:AlternateContent>",
            of_box("标题"),
            of_box("标题")
        );
        check(&format!("<w:p><w:r>{ways}<w:t>正文</w:t></w:r></w:p>"), &["标题", "正文"]);
        let empty = ways.replacen(&of_box("标题"), "", 1).replacen("<w:drawing><x></x></w:drawing>", "", 1);
        check(&format!("<w:p><w:r>{empty}</w:r></w:p>"), &["标题"]);
        check(
            "<w:p><w:r><w:pict><v:shape><v:textpath string=\"某局 年报\"/></v:shape></w:pict></w:r></w:p>",
            &["某局 年报"],
        );
    }

    #[test]
    fn pictures_are_counted_once() {
        let count = |body: &str| read(body, "", "").pictures;
        let ways = "<mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent>";
        assert_eq!(count(&format!("<w:p><w:r>{ways}</w:r><w:r><w:object><v:shape/></w:object></w:r></w:p>")), 2);
        assert_eq!(count(&p("甲")), 0);
    }

    #[test]
    fn merged_cells_have_their_places() {
        let down = |kind: &str| format!("<w:vMerge w:val=\"{kind}\"/>");
        let rows = [
            tr(&[tc(&down("restart"), "甲"), tc("<w:gridSpan w:val=\"2\"/>", "乙"), tc("", "丙")]),
            tr(&[tc("<w:vMerge/>", ""), tc("", "1"), tc("", "2"), tc("", "3")]),
        ];
        check(&tbl(&rows), &["4: 甲@0+1 乙@1+2 丙@3+1", "4: 1@1+1 2@2+1 3@3+1"]);
        // One that goes on with nothing is a cell like any other.
        let rows = [tr(&[tc("<w:vMerge/>", "甲"), tc("", "1")]), tr(&[tc("", "乙"), tc(&down("continue"), "2")])];
        check(&tbl(&rows), &["2: 甲@0+1 1@1+1", "2: 乙@0+1 2@1+1"]);
        let before = "<w:tr><w:trPr><w:gridBefore w:val=\"1\"/><w:gridAfter w:val=\"1\"/></w:trPr>";
        let rows = [tr(&[tc("", "甲"), tc("", "1"), tc("", "2")]), tr(&[tc("", "乙")]).replace("<w:tr>", before)];
        check(&tbl(&rows), &["3: 甲@0+1 1@1+1 2@2+1", "3: 乙@1+1"]);
    }

    #[test]
    fn what_other_programs_write_is_understood() {
        // Older programs merge cells beside each other without counting columns.
        let rows = [
            tr(&[tc("<w:hMerge w:val=\"restart\"/>", "甲"), tc("<w:hMerge/>", ""), tc("", "丙")]),
            tr(&[tc("", "1"), tc("", "2"), tc("", "3")]),
        ];
        check(&tbl(&rows), &["3: 甲@0+2 丙@2+1", "3: 1@0+1 2@1+1 3@2+1"]);
        // Where nothing counts columns, widths tell them.
        let wide = |width: usize| format!("<w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
        let rows = [
            tr(&[tc(&wide(1000), "甲"), tc(&wide(2010), "乙")]),
            tr(&[tc(&wide(1000), "丙"), tc(&wide(1000), "1"), tc(&wide(1000), "2")]),
        ];
        check(&tbl(&rows), &["3: 甲@0+1 乙@1+2", "3: 丙@0+1 1@1+1 2@2+1"]);
    }

    #[test]
    fn a_table_around_tables_is_text_and_so_is_one_of_single_cells() {
        let inner = tbl(&[tr(&[tc("", "甲"), tc("", "1")])]);
        let outer = tbl(&[tr(&[format!("<w:tc>{}{inner}</w:tc>", p("乙")), tc("", "丙")])]);
        check(&outer, &["乙", "2: 甲@0+1 1@1+1", "丙"]);
        check(&tbl(&[tr(&[tc("", "甲")]), tr(&[tc("", "乙")])]), &["甲", "乙"]);
        check(
            &tbl(&[tr(&[format!("<w:tc>{}{}</w:tc>", p("商业"), p("企业")), tc("", "1")])]),
            &["2: 商业 企业@0+1 1@1+1"],
        );
    }

    const NUMBERED: &str = "<w:abstractNum w:abstractNumId=\"1\">
        <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl>
        <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.%2\"/><w:isLgl/><w:pStyle w:val=\"sub\"/></w:lvl>
        <w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\u{f0b7}\"/></w:lvl>
        </w:abstractNum>
        <w:num w:numId=\"5\"><w:abstractNumId w:val=\"1\"/></w:num>
        <w:num w:numId=\"6\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"7\"/></w:lvlOverride></w:num>";

    fn numbered(list: &str, level: usize, text: &str) -> String {
        let properties =
            format!("<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>");
        p(text).replace("<w:p>", &format!("<w:p>{properties}"))
    }

    #[test]
    fn headings_get_the_numbers_that_the_program_counts() {
        let body = [
            numbered("5", 0, "甲"),
            numbered("5", 1, "乙"),
            numbered("5", 1, "丙"),
            numbered("5", 2, "丁"),
            numbered("5", 0, ""),
            numbered("5", 0, "戊"),
            numbered("5", 1, "己"),
            numbered("6", 0, "庚"),
            numbered("5", 0, "辛"),
            numbered("0", 0, "壬"),
        ];
        let expect = ["一、甲", "1.1 乙", "1.2 丙", "丁", "三、戊", "3.1 己", "七、庚", "八、辛", "壬"];
        assert_eq!(shown(&read(&body.concat(), NUMBERED, "")), expect);
    }

    #[test]
    fn styles_number_too() {
        let styles = "<w:style w:type=\"paragraph\" w:styleId=\"1\"><w:pPr><w:numPr><w:numId w:val=\"5\"/></w:numPr></w:pPr></w:style>
            <w:style w:type=\"paragraph\" w:styleId=\"2\"><w:basedOn w:val=\"1\"/></w:style>
            <w:style w:type=\"paragraph\" w:styleId=\"sub\"><w:pPr><w:numPr><w:numId w:val=\"5\"/></w:numPr></w:pPr></w:style>
            <w:style w:type=\"paragraph\" w:styleId=\"loop\"><w:basedOn w:val=\"loop\"/></w:style>";
        let styled = |style: &str, text: &str| {
            p(text).replace("<w:p>", &format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>"))
        };
        let none = "<w:p><w:pPr><w:pStyle w:val=\"1\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr><w:r><w:t>戊</w:t></w:r></w:p>";
        let body = [styled("2", "甲"), styled("1", "乙"), styled("sub", "丙"), styled("loop", "丁"), none.to_owned()];
        assert_eq!(shown(&read(&body.concat(), NUMBERED, styles)), ["一、甲", "二、乙", "2.1 丙", "丁", "戊"]);
    }

    #[test]
    fn tables_without_bottom_are_refused() {
        let deep = format!("{}{}", "<w:tbl><w:tr><w:tc>".repeat(200), "</w:tc></w:tr></w:tbl>".repeat(200));
        let text = format!("<w:document {SPACES}><w:body>{deep}</w:body></w:document>");
        let styles = Styles::default();
        assert!(Body::read(&text, &Numbering::default(), &styles).is_err());
    }
}
