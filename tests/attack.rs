//! Hostile reports, forms and files (`fixtures/hostile`, made by `make.mjs` there): whatever stands in them is data. It
//! is read back from every format as it was, nothing in a written file runs, is fetched or calculates but what is the
//! writer's own, and nothing is so long or so deep that it costs more than a sentence.

use std::collections::{BTreeMap, BTreeSet};

use super::containers::{archive, docx, refused};
use super::office::Package;
use super::writing;
use nianbao::charts::Choices;
use nianbao::check::check;
use nianbao::form::Form;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::marks;
use nianbao::read::clipboard::clipboard;
use nianbao::read::native::Native;
use nianbao::read::{Context, Reading, read};
use nianbao::report::Report;
use nianbao::value::Value;
use nianbao::write::{CHART_WIDTH, Charts, Format, With, chart, write, write_with};
use serde_json::{Value as Json, json};

const REPORT: &str = include_str!("fixtures/hostile/report.json");
const INDICATORS: &str = include_str!("fixtures/hostile/indicators.json");
const FORM: &str = include_str!("fixtures/hostile/form.json");
const RULES: &str = include_str!("fixtures/hostile/rules.json");
const TEXTS: &str = include_str!("fixtures/hostile/texts.json");
const PLAIN: &str = include_str!("../www/demo/2023-suqian.json");

const NO_CHOICES: Choices = Vec::new();

/// The texts of one kind.
fn texts(kind: &str) -> Vec<String> {
    serde_json::from_value(serde_json::from_str::<Json>(TEXTS).unwrap()[kind].take()).unwrap()
}

/// The forms at hand, with the hostile one and the hostile rules.
fn forms() -> Forms {
    let mut forms = Forms::official();
    forms.add(FORM).unwrap();
    forms.add_rules(&[RULES]).unwrap();
    forms
}

fn report(json: &str) -> Report {
    Report::from_json(json, &forms()).unwrap()
}

/// A report in the hostile form.
fn own_form() -> Report {
    let texts = texts("markup");
    let figures: Json = ["__proto__.constructor.visitors", "__proto__.library.prototype", "__proto__.all.prototype"]
        .into_iter()
        .zip(&texts)
        .map(|(address, text)| (address.to_owned(), Json::from(text.as_str())))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let json = json!({"form": "reading-room", "agency": texts[3], "year": 2024, "title": texts[4], "figures": figures,
        "sections": {"__proto__": texts.join("\n\n")}});
    report(&json.to_string())
}

fn all() -> [Report; 3] {
    [report(REPORT), report(INDICATORS), own_form()]
}

fn context(forms: &Forms) -> Context<'_> {
    Context::new(forms, &Native, Language::CHINESE)
}

fn written(report: &Report, format: Format) -> String {
    String::from_utf8(write(report, format).unwrap()).unwrap()
}

#[test]
fn a_hostile_report_reads_back_from_every_format() {
    for report in all() {
        for format in Format::ALL {
            let reading = read(&write(&report, format).unwrap(), &context(&forms()))
                .unwrap_or_else(|error| panic!("{format:?}: {}", error.0.zh));
            writing::assert_same(&report, &reading, format);
        }
    }
}

#[test]
fn keys_that_scripts_take_for_their_own_are_kept_as_any_other() {
    let report = report(REPORT);
    let (json, again) = (serde_json::from_str::<Json>(REPORT).unwrap(), report.to_json());
    for key in texts("keys") {
        for within in ["", "/sections", "/figures", "/units"] {
            let place = format!("{within}/{key}");
            assert_eq!(again.pointer(&place), json.pointer(&place), "{place}");
            assert!(json.pointer(&place).is_some(), "{place}");
        }
    }
    assert_eq!(again.pointer("/answers/0/values"), json.pointer("/answers/0/values"));
}

/// The elements of a page or a picture with the names of their attributes, each once.
fn elements(html: &str) -> BTreeSet<String> {
    let mut elements = BTreeSet::new();
    let mut rest = html;
    while let Some((_, inside)) = rest.split_once('<') {
        // A value may hold what ends a tag.
        let (mut shape, mut quoted) = (String::new(), false);
        let end = inside.char_indices().find(|(_, c)| {
            match c {
                '"' => quoted = !quoted,
                '>' if !quoted => return true,
                c if !quoted => shape.push(*c),
                _ => {}
            }
            false
        });
        let (end, _) = end.unwrap_or_else(|| panic!("{inside}"));
        elements.insert(shape);
        rest = &inside[end..];
    }
    elements
}

/// What is in a page is in the page of a harmless report, too.
fn has_nothing_more(hostile: &str, plain: &str) {
    let (hostile, plain) = (elements(hostile), elements(plain));
    let more: Vec<_> = hostile.difference(&plain).collect();
    assert!(more.is_empty(), "{more:?} beside {plain:?}");
}

fn page(report: &Report) -> String {
    let charts = Some(Charts { others: &[], choices: &NO_CHOICES, named: None });
    String::from_utf8(write_with(report, Format::Html, &With { provenance: true, charts }).unwrap()).unwrap()
}

#[test]
fn a_page_has_no_element_that_is_the_report_s() {
    // Contact and date are the only paragraphs that the plain one lacks, and both carry their names.
    let mut plain = report(PLAIN);
    "甲".clone_into(&mut plain.contact);
    "乙".clone_into(&mut plain.date);
    plain.set_section("overview", Some("甲\n乙"));
    plain.set_section("annex", Some("丙"));
    let plain = page(&plain);
    assert!(elements(&plain).iter().all(|tag| ![" href=", " src=", " on"].iter().any(|name| tag.contains(name))));
    for report in all() {
        has_nothing_more(&page(&report), &plain);
    }
    let [hostile, ..] = all();
    let page = page(&hostile);
    let style = &page[page.find("<style>").unwrap()..page.find("</style>").unwrap()];
    assert!(!style.contains("canary") && page.matches("<style").count() == 1);
}

#[test]
fn a_chart_has_no_element_that_is_the_report_s() {
    let drawn = |report: &Report| -> String {
        let charts = Charts { others: &[], choices: &NO_CHOICES, named: None };
        let of = nianbao::charts::of(report, &[], &NO_CHOICES, Language::CHINESE);
        assert!(of.len() > 3);
        of.iter().map(|known| chart(report, charts, &known.id, Language::CHINESE, CHART_WIDTH).unwrap()).collect()
    };
    let hostile = drawn(&report(REPORT));
    assert!(hostile.contains("canary("));
    let names = |svg: &str| -> BTreeSet<String> {
        elements(svg)
            .iter()
            .map(|tag| tag.split([' ', '/']).find(|name| !name.is_empty()).unwrap().to_owned())
            .collect()
    };
    let known = ["svg", "title", "desc", "defs", "pattern", "g", "rect", "path", "circle", "text"].map(str::to_owned);
    let more: Vec<_> = names(&hostile).difference(&known.into()).cloned().collect();
    assert!(more.is_empty(), "{more:?}");
    assert!(elements(&hostile).iter().all(|tag| !tag.contains("href") && !tag.contains(" on")));
    assert!(names(&drawn(&report(PLAIN))).is_subset(&names(&hostile)));
}

#[test]
fn markdown_holds_no_markup_of_the_report_s() {
    for report in all() {
        let markdown = written(&report, Format::Markdown);
        let (seen, carried) = markdown.split_once(marks::COMMENT).unwrap();
        assert!(!carried.strip_suffix("-->\n").unwrap().contains(['<', '>']));
        let mut before = ' ';
        for (at, c) in seen.char_indices() {
            let is_free = before != '\\' && "<>[]`{}_~$".contains(c);
            let around: String = seen[..at].chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect();
            assert!(!is_free, "{around}{c}");
            before = if before == '\\' && c == '\\' { ' ' } else { c };
        }
        // What a spaced line would be, or one that begins as a block does.
        let begins = |line: &str| line.starts_with(['>', '\t', '=', '+', ':']) || line.starts_with("    ");
        let block = seen.lines().find(|line| begins(line));
        assert_eq!(block, None);
    }
}

/// Whether a spreadsheet would calculate what stands in a cell, or send it to another program.
fn calculates(cell: &str) -> bool {
    let begins = cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    begins && !matches!(Value::read(cell), Value::Number(_))
}

/// The cells of a list as spreadsheets take it apart that offer several separators at once.
fn cells(list: &str, separators: &[char]) -> Vec<String> {
    let (mut cells, mut cell, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
    let mut signs = list.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = signs.next() {
        match c {
            '"' if quoted && signs.peek() == Some(&'"') => cell.extend(signs.next()),
            '"' if quoted => quoted = false,
            '"' if !begun => (quoted, begun) = (true, true),
            c if !quoted && (separators.contains(&c) || c == '\n' || c == '\r') => {
                cells.push(std::mem::take(&mut cell));
                begun = false;
            }
            c => {
                cell.push(c);
                begun = true;
            }
        }
    }
    cells.push(cell);
    cells
}

#[test]
fn no_cell_of_a_list_is_calculated() {
    for report in all() {
        let list = written(&report, Format::Csv);
        // Those of LibreOffice, as long as nobody has chosen others.
        for separators in [&[','][..], &[',', ';', '\t']] {
            let wrong: Vec<_> = cells(&list, separators).into_iter().filter(|cell| calculates(cell)).collect();
            assert!(wrong.is_empty(), "{separators:?}: {wrong:?}");
        }
    }
}

#[test]
fn a_workbook_calculates_nothing_but_sums_of_its_own() {
    for report in all() {
        let package = Package::open(&write(&report, Format::Xlsx).unwrap());
        nothing_leads_out(&package);
        let mut formulas = 0;
        for (path, part) in package.0.iter().filter(|(path, _)| path.starts_with("xl/worksheets/")) {
            for cell in part.all("c") {
                let Some(formula) = cell.all("f").next() else { continue };
                let formula = formula.content();
                let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || ":,()+-".contains(c);
                assert!(formula.chars().all(plain), "{path}: {formula}");
                let mut words = formula.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
                assert!(words.all(|word| word == "SUM" || word.len() <= 2), "{path}: {formula}");
                formulas += 1;
            }
            // Whatever is text is kept with the texts, and a number has digits alone.
            for cell in part.all("c").filter(|cell| !cell.attributes.contains_key("t")) {
                for value in cell.all("v") {
                    assert!(matches!(Value::read(&value.content()), Value::Number(_)), "{path}: {}", value.content());
                }
            }
        }
        for name in package.part("xl/workbook.xml").all("definedName") {
            let place = name.content();
            assert!(place.starts_with('\'') && place.contains("!$") && !place.contains('('), "{place}");
        }
        assert!(formulas > 0 || report.form.id != "gongkai-2021");
    }
}

#[test]
fn a_document_asks_for_nothing_and_has_no_field_but_its_page_numbers() {
    for report in all() {
        let package = Package::open(&write(&report, Format::Docx).unwrap());
        nothing_leads_out(&package);
        for part in package.0.values() {
            for field in part.all("w:instrText") {
                assert!(["PAGE", "NUMPAGES"].contains(&field.content().trim()), "{}", field.content());
            }
            for field in part.all("w:fldSimple") {
                assert!(["PAGE", "NUMPAGES"].contains(&field.attribute("w:instr").trim()));
            }
            for name in ["w:hyperlink", "w:object", "w:altChunk", "w:control", "w:subDoc", "w:attachedTemplate"] {
                assert!(part.all(name).next().is_none(), "{name}");
            }
        }
    }
}

/// No part is a program, and no relationship leads out of the file.
fn nothing_leads_out(package: &Package) {
    for (path, part) in &package.0 {
        assert!(path.ends_with(".xml") || path.ends_with(".rels") || path.ends_with(".vml"), "{path}");
        assert!(
            !["vba", "externalLink", "activeX", "embeddings", "connections"].iter().any(|name| path.contains(name)),
            "{path}"
        );
        for relationship in part.all("Relationship") {
            assert!(!relationship.attributes.contains_key("TargetMode"), "{path}");
            assert!(!relationship.attribute("Target").contains(':'), "{path}");
        }
        for element in ["hyperlink", "ddeLink", "oleObject", "webPublishItem"] {
            assert!(part.all(element).next().is_none(), "{path}: {element}");
        }
    }
}

/// What looks like a number and is none is read as one from nowhere.
#[test]
fn digits_of_other_scripts_are_no_numbers() {
    let cell = "requests.received.natural_person";
    for digits in texts("digits") {
        assert!(!matches!(Value::read(&digits), Value::Number(_)), "{digits:?}");
        let mut report = report(PLAIN);
        let id = report.form.find(cell).unwrap();
        report.set(id, Value::Text(digits.clone()));
        let findings = check(&report, None, Language::CHINESE);
        assert!(
            findings.iter().any(|finding| finding.rule == "not-a-number" && finding.cells.contains(&cell.to_owned())),
            "{digits:?}"
        );
        // As others publish it: without what was written along.
        let page = written(&report, Format::Html);
        let page = &page[..page.find("<script").unwrap()];
        let bare = ["data-cell", "data-form", "data-item", "data-section", "data-agency", "data-year"]
            .iter()
            .fold(page.to_owned(), |page, mark| page.replace(mark, "data-x"));
        let table = bare.replace(" data-x=\"", " data-y=\"");
        // Of what only parts them nobody sees anything: that is the number that is seen.
        let seen = Value::read(&digits.replace(['\u{200b}', '\u{ad}'], ""));
        for (kind, bytes) in [("page", table.into_bytes()), ("text", plain_text(&report).into_bytes())] {
            let reading = read(&bytes, &context(&forms())).unwrap_or_else(|error| panic!("{kind}: {}", error.0.zh));
            let value = reading.report.value(reading.report.form.find(cell).unwrap());
            if !matches!(seen, Value::Number(_)) || *value != seen {
                is_told(&reading, cell, &digits, kind);
            }
        }
    }
    // Full-width digits are what a Chinese keyboard types.
    assert_eq!(Value::read("１２"), Value::from(12));
}

/// The report as its Markdown without what is carried along.
fn plain_text(report: &Report) -> String {
    let markdown = written(report, Format::Markdown);
    markdown.split_once(marks::COMMENT).unwrap().0.to_owned()
}

/// Whether what was read of a cell is no number, or a finding names the cell.
fn is_told(reading: &Reading, cell: &str, digits: &str, kind: &str) {
    let report = &reading.report;
    let value = report.value(report.form.find(cell).unwrap());
    let mut findings = check(report, None, Language::CHINESE);
    findings.extend(reading.findings.iter().cloned());
    let is_named = |rule: &str| {
        findings.iter().any(|finding| finding.rule == rule && finding.cells.iter().any(|named| named == cell))
    };
    let told = is_named("not-a-number")
        || is_named("unread")
        || is_named("recognition")
        || report.is_inferred(report.form.find(cell).unwrap());
    assert!(told, "{kind}: {digits:?} became {value:?}\n{findings:?}");
}

/// What turns a sentence around, or is not seen, is spelled out where a sentence quotes it.
#[test]
fn no_sentence_is_turned_around_by_what_it_quotes() {
    let turning =
        |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    for report in all() {
        for language in Language::all() {
            for finding in check(&report, None, language) {
                assert!(!finding.message.contains(turning), "{:?}", finding.message);
            }
        }
    }
    let mut report = report(PLAIN);
    report.set(report.form.find("requests.received.total").unwrap(), Value::Text("1\u{202e}2".to_owned()));
    let findings = check(&report, None, Language::CHINESE);
    let told = findings.iter().find(|finding| finding.rule == "not-a-number").unwrap();
    assert!(told.message.contains("1[U+202E]2"), "{}", told.message);
}

// --- Enormous numbers ---

/// The report with a number in one cell, as it is written in JSON.
fn with_number(number: &str) -> String {
    format!(
        r#"{{"form": "gongkai-2021", "agency": "某镇", "year": 2023, "figures": {{"requests.received.total": {number}, "requests.received.natural_person": 1}}}}"#
    )
}

#[test]
fn enormous_numbers_are_kept_and_cost_nothing() {
    let digits = "9".repeat(100_000);
    let fraction = format!("0.{}1", "0".repeat(100_000));
    for number in [
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "1E+2147483648",
        "1e99999999999999999999",
        "1e308",
        "-0",
        "-0.0",
        "0e9",
        &digits,
        &format!("-{digits}"),
        &fraction,
    ] {
        let forms = forms();
        let report = Report::from_json(&with_number(number), &forms).unwrap();
        let findings = check(&report, None, Language::CHINESE);
        assert!(!findings.is_empty());
        let cell = report.form.find("requests.received.total").unwrap();
        let longest = findings.iter().map(|finding| finding.message.len()).max().unwrap();
        assert!(longest < 50_000, "{longest} for {}", &number[..number.len().min(20)]);
        for format in Format::ALL {
            let reading = read(&write(&report, format).unwrap(), &context(&forms)).unwrap();
            // A cell of a workbook holds 32,767 characters: what is longer is cut where it is seen, which is told.
            let same = reading.report.value(cell) == report.value(cell);
            let cut = format == Format::Xlsx && number.len() > 32_767 && !reading.findings.is_empty();
            assert!(same || cut, "{format:?}: {}", &number[..number.len().min(20)]);
        }
        // What has more digits than are exact is text, not another number.
        let is_zero = ["-0", "-0.0", "0e9"].contains(&number);
        assert_eq!(
            matches!(report.value(cell), Value::Number(read) if read.is_zero()),
            is_zero,
            "{:?}",
            report.value(cell)
        );
        assert!(is_zero || matches!(report.value(cell), Value::Text(_)), "{:?}", report.value(cell));
    }
}

#[test]
fn enormous_numbers_in_published_files_are_no_numbers() {
    let long = "9".repeat(100_000);
    let text = format!(
        "某镇2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n本年新收政府信息公开申请数量 | {long} | 1e999999999 | 0 | 0 | 0 | 0 | {long}{long} |\n上年结转 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"
    );
    if let Ok(reading) = read(text.as_bytes(), &context(&forms())) {
        let report = &reading.report;
        for cell in ["requests.received.natural_person", "requests.received.total"] {
            let value = report.value(report.form.find(cell).unwrap());
            assert!(!matches!(value, Value::Number(_)), "{cell}: {value:?}");
        }
    }
}

// --- Depths ---

const DEEP: usize = 100_000;

fn nested(open: &str, inside: &str, close: &str) -> String {
    [&open.repeat(DEEP), inside, &close.repeat(DEEP)].concat()
}

#[test]
fn json_of_any_depth_is_a_sentence() {
    let forms = forms();
    for deep in
        [nested("[", "1", "]"), nested("{\"a\":", "1", "}"), "[".repeat(DEEP), nested("[{\"figures\":", "{}", "}]")]
    {
        for json in
            [deep.clone(), with_number(&deep), with_number("1").replacen("2023,", &format!("2023, \"x\": {deep},"), 1)]
        {
            assert!(Report::from_json(&json, &forms).unwrap_err().0.zh.contains("JSON"));
            assert!(read(json.as_bytes(), &context(&forms)).is_err());
            assert!(Form::from_json(&json).is_err() && Forms::official().add(&json).is_err());
            assert!(Forms::official().add_rules(&[&json]).is_err());
        }
    }
    // As deep as is read.
    let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
    let json = with_number("1").replacen("2023,", &format!("2023, \"x\": {deep},"), 1);
    writing::check(&Report::from_json(&json, &forms).unwrap(), &forms);
}

#[test]
fn pages_of_any_depth_are_read_or_refused() {
    let forms = forms();
    let published = written(&report(PLAIN), Format::Html);
    for (open, close) in [
        ("<div>", "</div>"),
        ("<table><tr><td>", "</td></tr></table>"),
        ("<b>", "</b>"),
        ("<blockquote><ul><li>", ""),
        ("<svg>", "</svg>"),
        ("<p", ""),
        ("<!--", "-->"),
        ("&amp;#", ";"),
    ] {
        let deep = nested(open, "甲", close);
        _ = read(published.replacen("<article", &format!("{deep}<article"), 1).as_bytes(), &context(&forms));
    }
    for sign in ["> ", "[", "**", "|", "\\", "1. ", "| --- |\n"] {
        _ = read(nested(sign, "甲", "").as_bytes(), &context(&forms));
    }
}

#[test]
fn clipboards_of_any_depth_are_pasted_as_text() {
    let forms = forms();
    let cases = [("<div>", "</div>"), ("<table><tr><td>", "</td></tr></table>"), ("<b>", "</i>"), ("<ul><li>", "")];
    for (open, close) in cases {
        let pasted = clipboard(&nested(open, "甲", close), "甲", &context(&forms));
        assert!(pasted.report.is_none());
    }
}

#[test]
fn xml_of_any_depth_is_a_sentence() {
    for (open, close) in [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:p><w:r>", "</w:r></w:p>"),
        ("<x>", "</x>"),
    ] {
        refused(&docx(&nested(open, "", close)), "", "");
    }
    let sheet = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"><office:body><office:spreadsheet><table:table>{}</table:table></office:spreadsheet></office:body></office:document-content>",
        nested("<table:table-row-group>", "", "</table:table-row-group>")
    );
    refused(
        &archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", sheet.as_bytes())]),
        "",
        "",
    );
}

#[test]
fn archives_within_archives_are_not_unpacked() {
    let mut inner = docx("<w:p/>");
    for at in 0..200 {
        inner = archive(&[(&format!("{at}.zip"), &inner)]);
    }
    refused(&inner, "压缩包", "archive");
    // A document that holds documents: the parts that are read are named, whatever else is there.
    let mut bytes = docx("<w:p/>");
    for _ in 0..20 {
        let holding = archive(&[
            ("word/document.xml", b"<a/>"),
            ("word/embeddings/a.docx", &bytes),
            ("../../etc/passwd", b"x"),
            ("/etc/passwd", b"x"),
            ("C:\\a", b"x"),
        ]);
        bytes = holding;
    }
    refused(&bytes, "", "");
}

// --- Forms and rules ---

#[test]
fn a_hostile_form_gives_sentences_and_no_more() {
    let report = own_form();
    for language in Language::all() {
        for finding in check(&report, None, language) {
            assert!(!finding.message.is_empty());
        }
    }
    assert_eq!(
        report.form.find("__proto__.constructor.visitors").map(|cell| report.value(cell).to_string()),
        Some(texts("markup")[0].clone())
    );
    // Ids are words: whatever else they are is refused with the place.
    for id in ["<b>", "a.b", "a b", "\" onload=\\\"x", "\u{202e}a", "１", "../a", "a\\u0000b", ""] {
        let form = FORM.replace("\"constructor\"", &format!("\"{id}\""));
        assert_ne!(form, FORM);
        assert!(Form::from_json(&form).is_err(), "{id}");
    }
}

#[test]
fn a_form_may_not_be_endless() {
    let endless: BTreeMap<&str, String> = BTreeMap::from([
        ("\"width\": 3", "\"width\": 999999999999".to_owned()),
        ("\"from\": 2020", "\"from\": 99999999999999999999".to_owned()),
        ("\"width\": 3", "\"width\": -3".to_owned()),
    ]);
    for (from, to) in endless {
        let form = FORM.replacen(from, &to, 1);
        assert_ne!(form, FORM, "{from}");
        assert!(Form::from_json(&form).is_err(), "{to}");
    }
}
