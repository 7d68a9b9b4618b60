//! Word documents and Excel workbooks as they are written: what stands in their parts, told by another
//! reader of XML than the one that will read them as reports.

use std::collections::{BTreeMap, BTreeSet};

use nianbao::form::{CellId, Form, Laid, Operand, Side};
use nianbao::forms::Forms;
use nianbao::publication::{Part, Publication};
use nianbao::report::Report;
use nianbao::value::Value;
use nianbao::write::{self, Format};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use rawzip::{CompressionMethod, ZipArchive};
use rust_decimal::Decimal;

/// The parts of a package. Every one that is XML is well-formed.
pub(super) struct Package(pub(super) BTreeMap<String, Element>);

#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: BTreeMap<String, String>,
    children: Vec<Element>,
    text: String,
}

impl Package {
    pub(super) fn open(bytes: &[u8]) -> Package {
        let archive = ZipArchive::from_slice(bytes).unwrap();
        let parts = archive.entries().map(|entry| {
            let entry = entry.unwrap();
            let path = String::from_utf8(entry.file_path().as_ref().to_vec()).unwrap();
            assert_eq!(entry.compression_method(), CompressionMethod::DEFLATE);
            let content = archive.get_entry(entry.wayfinder()).unwrap();
            let content = miniz_oxide::inflate::decompress_to_vec(content.data()).unwrap();
            assert_eq!(rawzip::crc32(&content), entry.crc32());
            (path, Element::read(std::str::from_utf8(&content).unwrap()))
        });
        let package = Package(parts.collect());
        package.names_every_part();
        package
    }

    pub(super) fn part(&self, path: &str) -> &Element {
        self.0.get(path).unwrap_or_else(|| panic!("{path} among {:?}", self.0.keys()))
    }

    /// Every part has a type, every relationship leads somewhere.
    fn names_every_part(&self) {
        let types = self.part("[Content_Types].xml");
        let endings: BTreeSet<_> = types.all("Default").map(|kind| kind.attribute("Extension")).collect();
        let named: BTreeSet<_> = types.all("Override").map(|kind| kind.attribute("PartName")).collect();
        assert!(named.iter().all(|path| self.0.contains_key(&path[1..])), "{named:?}");
        for (path, part) in &self.0 {
            let ending = path.rsplit('.').next().unwrap();
            assert!(endings.contains(ending) || named.contains(format!("/{path}").as_str()), "{path}");
            let Some((folder, _)) = path.split_once("_rels/") else { continue };
            for relationship in part.all("Relationship") {
                let target = format!("{folder}{}", relationship.attribute("Target"));
                let mut places = Vec::new();
                for place in target.split('/') {
                    match place {
                        ".." => _ = places.pop(),
                        place => places.push(place),
                    }
                }
                assert!(self.0.contains_key(&places.join("/")), "{path}: {target}");
            }
        }
    }
}

impl Element {
    fn read(xml: &str) -> Element {
        let allowed = |c: char| matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
        assert!(xml.chars().all(allowed));
        let mut reader = Reader::from_str(xml);
        let mut open = vec![Element::default()];
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => open.push(Element::begin(&start)),
                Event::Empty(start) => open.last_mut().unwrap().children.push(Element::begin(&start)),
                Event::End(_) => {
                    let element = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(element);
                }
                Event::Text(text) => open.last_mut().unwrap().text.push_str(&text.xml10_content()),
                Event::GeneralRef(name) => {
                    let reference = format!("&{};", name.xml10_content());
                    open.last_mut().unwrap().text.push_str(&quick_xml::escape::unescape(&reference).unwrap());
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let mut root = open.pop().unwrap();
        assert!(open.is_empty() && root.children.len() == 1);
        root.children.remove(0)
    }

    fn begin(start: &quick_xml::events::BytesStart) -> Element {
        let attribute = |attribute: Result<quick_xml::events::attributes::Attribute, _>| {
            let attribute = attribute.unwrap();
            let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
            (attribute.key.as_ref().to_owned(), value)
        };
        Element {
            name: start.name().as_ref().to_owned(),
            attributes: start.attributes().map(attribute).collect(),
            ..Element::default()
        }
    }

    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).unwrap_or_else(|| panic!("{name} of {}", self.name))
    }

    /// Itself and everything in it.
    pub(super) fn walk(&self) -> Box<dyn Iterator<Item = &Element> + '_> {
        Box::new(std::iter::once(self).chain(self.children.iter().flat_map(Element::walk)))
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.walk().filter(move |element| element.name == name)
    }

    fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// The text of a paragraph, a cell or a string.
    pub(super) fn content(&self) -> String {
        let shown = self.walk().map(|element| match element.name.as_str() {
            "w:br" => "\n",
            "w:tab" => "\t",
            _ => element.text.as_str(),
        });
        shown.collect()
    }
}

/// What of a text is seen.
fn seen(text: &str) -> String {
    text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control() && *c != '\u{ffff}').collect()
}

fn json_of(report: &Report) -> serde_json::Value {
    let mut json = report.to_json();
    nianbao::fingerprint::put(report, &mut json);
    json
}

// --- Word ---

fn docx(report: &Report) -> Package {
    let bytes = write::write(report, Format::Docx).unwrap();
    assert!(bytes == write::write(report, Format::Docx).unwrap(), "the same report gives the same bytes");
    Package::open(&bytes)
}

/// A row of a Word table: for each of its cells the first column, how many, whether it goes on from above,
/// and the text.
fn row(row: &Element) -> Vec<(usize, usize, bool, String)> {
    let mut column = 0;
    let cell = |cell: &Element| {
        let number = |name| cell.all(name).next().map_or(1, |span| span.attribute("w:val").parse().unwrap());
        let (at, span): (usize, usize) = (column, number("w:gridSpan"));
        column += span;
        let merge = cell.all("w:vMerge").next();
        let continues = merge.is_some_and(|merge| !merge.attributes.contains_key("w:val"));
        (at, span, continues, cell.content())
    };
    row.all("w:tc").map(cell).collect()
}

fn check_docx(report: &Report) {
    let (package, publication) = (docx(report), Publication::of(report));
    let body = &package.part("word/document.xml").children[0];
    let mut tables = body.children.iter().filter(|element| element.name == "w:tbl");
    let mut figures = BTreeSet::new();
    for part in &publication.parts {
        let Part::Sheet { layout, .. } = part else { continue };
        let table = tables.next().unwrap();
        let rows: Vec<_> = table.all("w:tr").map(row).collect();
        assert_eq!(rows.len(), layout.rows.len());
        let widths: Vec<usize> =
            table.all("w:gridCol").map(|column| column.attribute("w:w").parse().unwrap()).collect();
        assert_eq!((widths.len(), widths.iter().sum::<usize>()), (layout.width, 9746));
        for (at, laid) in layout.rows.iter().enumerate() {
            assert_eq!(rows[at].iter().map(|(_, span, _, _)| span).sum::<usize>(), layout.width);
            let begun: Vec<_> = rows[at].iter().filter(|(_, _, continues, _)| !continues).collect();
            assert_eq!(begun.len(), laid.len());
            for (cell, (column, span, _, text)) in laid.iter().zip(begun) {
                assert_eq!((*column, *span, text), (cell.column, cell.columns, &seen(&publication.text(&cell.laid))));
                for below in &rows[at + 1..at + cell.rows] {
                    assert!(below.contains(&(cell.column, cell.columns, true, String::new())));
                }
                if let Laid::Figure(id) = cell.laid {
                    assert!(figures.insert(id));
                }
            }
        }
    }
    assert!(tables.next().is_none());
    assert_eq!(figures.len(), report.form.cell_count());
    check_running_text(body, &publication);
    let carried = package.part("customXml/item1.xml");
    assert_eq!(carried.attribute("xmlns"), "urn:nianbao:report");
    assert_eq!(serde_json::from_str::<serde_json::Value>(&carried.text).unwrap(), json_of(report));
    assert_eq!(package.part("docProps/core.xml").all("dc:creator").next().unwrap().text, seen(&report.agency));
}

fn check_running_text(body: &Element, publication: &Publication) {
    let mut lines = Vec::new();
    for paragraph in body.children.iter().filter(|element| element.name == "w:p") {
        let style = paragraph.all("w:pStyle").next().unwrap().attribute("w:val").to_owned();
        if style != "TableEnd" {
            lines.push((style, paragraph.content()));
        }
    }
    let title: String =
        lines.iter().take_while(|(style, _)| style.starts_with("Title")).map(|(_, text)| text.as_str()).collect();
    assert_eq!(title, seen(&publication.title));
    let shown: Vec<_> = lines.iter().filter(|(style, _)| !style.starts_with("Title")).collect();
    let due = publication.parts.iter().flat_map(|part| match part {
        Part::Heading { text, .. } => vec![(true, seen(text))],
        Part::Paragraph { text, .. } => text.split('\n').map(|line| (false, seen(line))).collect(),
        Part::Foot(text) => vec![(false, seen(text))],
        Part::Sheet { .. } => Vec::new(),
    });
    let due: Vec<_> = due.collect();
    assert_eq!(shown.len(), due.len());
    for ((style, text), (is_heading, expect)) in shown.into_iter().zip(due) {
        assert_eq!((style == "Heading1", text), (is_heading, &expect));
    }
}

// --- Excel ---

#[derive(Debug, Default, PartialEq)]
struct Cell {
    formula: Option<String>,
    number: Option<String>,
    text: Option<String>,
    is_quoted: bool,
    format: String,
}

/// The cells of a sheet, by row and column.
type Cells = BTreeMap<(usize, usize), Cell>;

struct Workbook {
    sheets: Vec<(String, Cells)>,
    /// Where each name leads: sheet, row, column.
    names: BTreeMap<String, (usize, usize, usize)>,
    noted: BTreeSet<(usize, usize, usize)>,
}

/// `A1` as row and column.
fn place(reference: &str) -> (usize, usize) {
    let reference = reference.replace('$', "");
    let letters = reference.trim_end_matches(|c: char| c.is_ascii_digit());
    let column = letters.bytes().fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1);
    (reference[letters.len()..].parse::<usize>().unwrap() - 1, column - 1)
}

/// `A1:B2` as all its places.
fn places(range: &str) -> Vec<(usize, usize)> {
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    let ((top, left), (bottom, right)) = (place(first), place(last));
    (top..=bottom).flat_map(|row| (left..=right).map(move |column| (row, column))).collect()
}

impl Workbook {
    fn of(report: &Report) -> Workbook {
        let bytes = write::write(report, Format::Xlsx).unwrap();
        assert!(bytes == write::write(report, Format::Xlsx).unwrap(), "the same report gives the same bytes");
        let package = Package::open(&bytes);
        let strings: Vec<_> = package
            .part("xl/sharedStrings.xml")
            .children
            .iter()
            .map(|text| text.content().replace("_x005F_", "_"))
            .collect();
        let (styles, workbook) = (package.part("xl/styles.xml"), package.part("xl/workbook.xml"));
        let formats: BTreeMap<_, _> =
            styles.all("numFmt").map(|format| (format.attribute("numFmtId"), format.attribute("formatCode"))).collect();
        let styles: Vec<_> = styles.all("cellXfs").next().unwrap().children.iter().collect();
        let mut sheets = Vec::new();
        let mut noted = BTreeSet::new();
        for (at, sheet) in workbook.all("sheet").enumerate() {
            let cells = package.part(&format!("xl/worksheets/sheet{}.xml", at + 1));
            let cell = |cell: &Element| {
                let value = cell.all("v").next().map(|value| value.text.clone());
                let is_text = cell.attributes.get("t").is_some_and(|kind| kind == "s");
                let style = styles[cell.attribute("s").parse::<usize>().unwrap()];
                let read = Cell {
                    formula: cell.all("f").next().map(|formula| formula.text.clone()),
                    text: value
                        .as_ref()
                        .filter(|_| is_text)
                        .map(|index| strings[index.parse::<usize>().unwrap()].clone()),
                    number: value.filter(|_| !is_text),
                    is_quoted: style.attributes.contains_key("quotePrefix"),
                    format: formats.get(style.attribute("numFmtId")).copied().unwrap_or_default().to_owned(),
                };
                (place(cell.attribute("r")), read)
            };
            let cells_by_place: BTreeMap<_, _> = cells.all("c").map(cell).collect();
            check_merges(cells, &cells_by_place);
            sheets.push((sheet.attribute("name").to_owned(), cells_by_place));
            if let Some(notes) = package.0.get(&format!("xl/comments{}.xml", at + 1)) {
                let places = notes.all("comment").map(|note| place(note.attribute("ref")));
                noted.extend(places.map(|(row, column)| (at, row, column)));
            }
        }
        let named: BTreeSet<_> = sheets.iter().map(|(name, _)| name.to_lowercase()).collect();
        assert_eq!(named.len(), sheets.len());
        assert_eq!(workbook.all("sheet").last().unwrap().attribute("state"), "veryHidden");
        let sheet = |name: &str| sheets.iter().position(|(known, _)| *known == name.trim_matches('\'')).unwrap();
        let names =
            workbook.all("definedName").filter(|name| !name.attribute("name").starts_with("_xlnm")).map(|name| {
                let (on, reference) = name.text.rsplit_once('!').unwrap();
                let (row, column) = place(reference);
                (name.attribute("name").to_owned(), (sheet(on), row, column))
            });
        let names = names.collect();
        Workbook { sheets, names, noted }
    }

    fn cell(&self, (sheet, row, column): (usize, usize, usize)) -> &Cell {
        &self.sheets[sheet].1[&(row, column)]
    }

    /// The cells of the form that a formula adds up; everything else in its ranges is empty.
    fn added(&self, form: &Form, formula: &str, on: usize) -> BTreeSet<CellId> {
        let ranges = formula.strip_prefix("SUM(").and_then(|rest| rest.strip_suffix(')')).unwrap();
        let mut added = BTreeSet::new();
        for (row, column) in ranges.split(',').flat_map(places) {
            let name = self.names.iter().find(|(_, place)| **place == (on, row, column));
            match name {
                Some((address, _)) => assert!(added.insert(form.find(address).unwrap())),
                None => {
                    let cell = self.cell((on, row, column));
                    assert_eq!((&cell.number, &cell.text, &cell.formula), (&None, &None, &None));
                }
            }
        }
        added
    }
}

/// Merged areas do not meet, and nothing stands in them but at their beginnings.
fn check_merges(sheet: &Element, cells: &BTreeMap<(usize, usize), Cell>) {
    let mut taken = BTreeSet::new();
    for area in sheet.all("mergeCell") {
        for (at, place) in places(area.attribute("ref")).into_iter().enumerate() {
            assert!(taken.insert(place));
            let cell = cells.get(&place).unwrap();
            assert!(at == 0 || (cell.text.is_none() && cell.number.is_none() && cell.formula.is_none()));
        }
    }
}

/// What the parts of a total come to by each of its laws: the parts, and their sum where some are numbers.
fn laws(report: &Report, total: CellId) -> Vec<(BTreeSet<CellId>, Option<Decimal>)> {
    let instances = report.form.instances.iter().filter(|instance| instance.total == Some(total));
    let law = |instance: &nianbao::form::Instance| {
        let parts: BTreeSet<_> = instance
            .side(Side::Right)
            .map(|term| match term.operand {
                Operand::Own(part) => part,
                _ => panic!("a plain sum has cells only"),
            })
            .collect();
        let numbers: Vec<_> = parts.iter().filter_map(|part| report.value(*part).number()).collect();
        let sum = (!numbers.is_empty()).then(|| numbers.iter().sum());
        (parts, sum)
    };
    instances.map(law).collect()
}

fn check_xlsx(report: &Report) {
    let (workbook, form) = (Workbook::of(report), &report.form);
    assert_eq!(workbook.names.len(), form.cell_count());
    for (id, definition) in form.cells() {
        let place = workbook.names[&definition.address];
        let cell = workbook.cell(place);
        let shown = (cell.number.as_deref(), cell.text.as_deref());
        match report.value(id) {
            Value::Blank => assert_eq!(shown, (None, None)),
            Value::Text(_) => {
                let figure = seen(&Publication::of(report).figure(id));
                assert_eq!((shown.0, shown.1.unwrap_or_default()), (None, figure.as_str()));
            }
            Value::Number(number) if cell.text.is_some() => {
                assert!(number.normalize().mantissa().unsigned_abs() >= 10u128.pow(15));
                assert_eq!(shown.1, Some(number.to_string().as_str()));
            }
            Value::Number(number) => {
                assert_eq!(shown, (Some(number.to_string().as_str()), None));
                let decimals =
                    cell.format.split('"').next().unwrap().split_once('.').map_or(0, |(_, zeros)| zeros.len());
                assert_eq!(decimals, number.scale() as usize);
                check_total(report, &workbook, id, *number);
            }
        }
        assert!(cell.formula.is_none() || cell.number.is_some());
    }
    for (_, cells) in &workbook.sheets[..workbook.sheets.len() - 1] {
        for cell in cells.values() {
            let text = cell.text.as_deref().unwrap_or_default();
            assert!(text.encode_utf16().count() <= 32_767);
            assert!(cell.is_quoted || !text.starts_with(['=', '+', '-', '@']));
        }
    }
    check_texts(report, &workbook);
}

fn check_total(report: &Report, workbook: &Workbook, id: CellId, number: Decimal) {
    let place = workbook.names[&report.form.cell(id).address];
    // Fifteen digits are, with zeros behind them too.
    let is_exact = |cell: &CellId| {
        let mut digits = report.value(*cell).number().unwrap_or_default().normalize().mantissa().unsigned_abs();
        while digits >= 10u128.pow(15) && digits.is_multiple_of(10) {
            digits /= 10;
        }
        digits < 10u128.pow(15)
    };
    let laws: Vec<_> = laws(report, id).into_iter().filter(|(parts, _)| parts.iter().all(is_exact)).collect();
    let agrees = laws.iter().any(|(_, sum)| *sum == Some(number));
    match &workbook.cell(place).formula {
        Some(formula) => {
            let added = workbook.added(&report.form, formula, place.0);
            assert!(laws.iter().any(|(parts, sum)| *parts == added && *sum == Some(number)), "{formula}");
        }
        None => assert!(!agrees, "{} is a sum", report.form.cell(id).address),
    }
    let differs = !agrees && laws.iter().any(|(_, sum)| sum.is_some());
    assert_eq!(workbook.noted.contains(&place), differs);
}

fn check_texts(report: &Report, workbook: &Workbook) {
    let texts =
        |(_, cells): &(String, Cells)| cells.values().filter_map(|cell| cell.text.as_deref()).collect::<String>();
    let all: Vec<_> = workbook.sheets.iter().map(texts).collect();
    let (carried, shown) = all.split_last().unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(carried).unwrap(), json_of(report));
    let publication = Publication::of(report);
    for part in &publication.parts {
        let text = match part {
            Part::Heading { text, .. } => text,
            Part::Paragraph { text, .. } | Part::Foot(text) => *text,
            Part::Sheet { .. } => continue,
        };
        assert!(shown.iter().any(|sheet| sheet.contains(&seen(text))), "{text:?}");
    }
    assert!(shown[0].contains(&seen(&publication.title)) && shown[0].contains(&seen(&report.agency)));
    let form = &report.form;
    let heads = form.sections.iter().flat_map(|section| &section.sheets).flat_map(|sheet| form.layout(sheet).rows);
    for cell in heads.flatten().filter(|cell| !matches!(cell.laid, Laid::Figure(_))) {
        let text = publication.text(&cell.laid);
        assert!(shown.iter().any(|sheet| sheet.contains(&seen(&text))));
    }
}

// --- reports ---

fn form(name: &str) -> std::sync::Arc<Form> {
    let mut forms = Forms::official();
    forms.add(include_str!("fixtures/reading-room.json")).unwrap();
    forms.get(name).unwrap().clone()
}

/// What may stand in a cell, by chance: mostly a small number.
fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        2 => Just(Value::Blank),
        8 => (0i64..200).prop_map(Value::from),
        1 => (-9i64..0).prop_map(Value::from),
        1 => (any::<i64>(), 0u32..12).prop_map(|(digits, scale)| Value::Number(Decimal::new(digits % 1_000_000_000, scale))),
        1 => any::<i64>().prop_map(Value::from),
        1 => "[-=+@/0-9<&\"'件_x （）\u{1}]{1,9}".prop_filter_map("blank", |text| match Value::read(&text) {
            Value::Text(_) => Some(Value::Text(text)),
            _ => None,
        }),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[（]?[一二三]?[）]?[<>&\"'=+@_x0041a甲乙。，；\t\u{1}\u{ffff}😀-]{0,60}",
        1 => "[甲乙。\n ]{0,400}",
        1 => ("[甲乙，]{1,9}", 1usize..4000).prop_map(|(text, times)| text.repeat(times)),
    ]
}

fn report() -> impl Strategy<Value = Report> {
    let names = prop_oneof![Just("gongkai-2021"), Just("gongkai-2019"), Just("reading-room")];
    let texts = (
        prop::collection::vec(text(), 0..9),
        // White space alone names nobody, and is not written.
        "[<>&\"'=+@x甲乙。\t\u{1}😀-]{0,60}".prop_map(|text| if text.trim().is_empty() { String::new() } else { text }),
        "[某市县镇&<]{0,30}",
        prop::option::of(2000i32..2100),
    );
    let figures = (prop::collection::vec(value(), 200), prop::collection::vec(any::<u8>(), 200));
    (names, figures, texts).prop_map(|(name, (values, sums), (texts, contact, agency, year))| {
        let mut report = Report::empty(form(name));
        let form = report.form.clone();
        for (cell, value) in form.cells().map(|(cell, _)| cell).zip(values) {
            report.set(cell, value);
        }
        // Most totals are sums; some of those of totals are not any more when these are.
        for ((cell, _), chance) in form.cells().zip(sums) {
            if let Some(sum) = nianbao::totals::computed(&report, cell).filter(|_| chance > 60) {
                report.set(cell, Value::Number(sum));
            }
        }
        let sections = ["preamble"].into_iter().chain(form.sections.iter().map(|section| section.id.as_str()));
        for (section, text) in sections.chain(["annex"]).zip(&texts) {
            report.set_section(section, Some(text));
        }
        (report.agency, report.year, report.contact) = (agency, year, contact);
        report
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_word_document_shows_every_figure_and_text_once(report in report()) {
        check_docx(&report);
    }

    #[test]
    fn a_workbook_shows_every_figure_once_and_adds_up_what_the_form_adds_up(report in report()) {
        check_xlsx(&report);
    }
}

#[test]
fn empty_reports_are_written() {
    for name in ["gongkai-2021", "gongkai-2019", "reading-room"] {
        let report = Report::empty(form(name));
        check_docx(&report);
        check_xlsx(&report);
    }
}

#[test]
fn a_long_part_with_zeros_behind_it_is_added_and_one_that_a_sheet_would_round_is_not() {
    for part in ["12345678901234500", "12345678901234567"] {
        let mut report = Report::empty(form("gongkai-2021"));
        for (address, number) in
            [("disputes.review.upheld", part), ("disputes.review.other", "2"), ("disputes.review.total", "4")]
        {
            let cell = report.form.find(address).unwrap();
            report.set(cell, Value::read(number));
        }
        check_xlsx(&report);
    }
}

#[test]
fn a_total_that_is_no_sum_stays_as_it_is_and_is_noted() {
    let mut report = Report::empty(form("gongkai-2021"));
    let cell = |report: &Report, address: &str| report.form.find(address).unwrap();
    for (address, number) in [
        ("disputes.review.upheld", 1),
        ("disputes.review.other", 2),
        ("disputes.review.total", 4),
        ("disputes.litigation_direct.pending", 5),
        ("disputes.litigation_direct.total", 5),
        ("disputes.litigation_after_review.total", 6),
    ] {
        let cell = cell(&report, address);
        report.set(cell, number.into());
    }
    let workbook = Workbook::of(&report);
    let shown = |row: &str| {
        let place = workbook.names[&format!("disputes.{row}.total")];
        let cell = workbook.cell(place);
        (cell.number.as_deref(), cell.formula.as_deref(), workbook.noted.contains(&place))
    };
    assert_eq!(shown("review"), (Some("4"), None, true));
    assert_eq!(shown("litigation_direct"), (Some("5"), Some("SUM(F5:I5)"), false));
    assert_eq!(shown("litigation_after_review"), (Some("6"), None, false), "nothing is known of its parts");
}

#[test]
fn a_unit_that_the_report_writes_is_seen_beside_the_number() {
    let mut report = Report::empty(form("gongkai-2019"));
    let cell = report.form.find("article20_9.procurement.amount").unwrap();
    report.set(cell, Value::read("73802895.90"));
    report.set_unit(cell, Some("元".to_owned()));
    let workbook = Workbook::of(&report);
    let shown = workbook.cell(workbook.names["article20_9.procurement.amount"]);
    assert_eq!((shown.number.as_deref(), shown.format.as_str()), (Some("73802895.90"), "0.00\"元\""));
    check_docx(&report);
}

#[test]
fn heads_are_repeated_where_they_head_the_whole_table() {
    let package = docx(&Report::empty(form("gongkai-2021")));
    let tables = package.part("word/document.xml").all("w:tbl");
    let repeated: Vec<_> =
        tables.map(|table| table.all("w:tr").map(|row| row.has("w:tblHeader")).take_while(|is| *is).count()).collect();
    assert_eq!(repeated, [0, 3, 3]);
    assert!(package.part("word/document.xml").all("w:tr").all(|row| row.has("w:cantSplit")));
}

#[test]
fn a_table_that_is_too_wide_for_word_is_refused_in_a_sentence() {
    let columns: Vec<_> = (0..63)
        .map(|at| serde_json::json!({"id": format!("c{at}"), "label": {"zh": format!("第{at}栏"), "en": format!("{at}")}}))
        .collect();
    let mut wide: serde_json::Value = serde_json::from_str(include_str!("fixtures/reading-room.json")).unwrap();
    wide["id"] = "wide".into();
    wide["sections"][0]["sheets"][0]["width"] = 64.into();
    wide["tables"][0]["columns"] = columns.into();
    let mut forms = Forms::official();
    forms.add(&wide.to_string()).unwrap();
    let report = Report::empty(forms.get("wide").unwrap().clone());
    let refused = write::write(&report, Format::Docx).unwrap_err();
    assert!(refused.0.zh.contains("64 栏") && refused.0.zh.contains(".xlsx"), "{refused:?}");
    check_xlsx(&report);
}
