//! How fast files are read: `make bench`. Each is also gone through by nothing but the crate that knows its
//! container, so that it shows how much of the time is this library's: tables, labels, figures, checks.

use std::io::{Cursor, Read};
use std::path::Path;
use std::time::Duration;
use std::{env, fs};

use hayro_syntax::Pdf;
use hayro_syntax::page::Page;
use html5gum::Tokenizer;
use mail_parser::MessageParser;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::native::Native;
use nianbao::read::{Context, read};
use nianbao::report::Report;
use nianbao::write::{Format, write};
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

mod figures;

use figures::{Times, record};

/// How often each thing is measured; the median counts.
const ROUNDS: usize = 9;

fn main() {
    let forms = Forms::official();
    let context = Context::new(&forms, &Native, Language::CHINESE);
    println!("Reading; medians of {ROUNDS} rounds.");
    println!(
        "{:28} {:>9} {:>11} {:>9} {:>13} {:>9} {:>7}",
        "file", "bytes", "read", "MB/s", "crate alone", "MB/s", "ours"
    );
    let (mut all, mut whole) = (0, Duration::ZERO);
    for (name, bytes) in files(&forms) {
        let whole_times = Times::of(ROUNDS, 1, || read(&bytes, &context).expect("it is a report"));
        let crate_times = Times::of(ROUNDS, 1, || walk(&name, &bytes));
        let crate_alone = format!("{name}, the crate alone");
        crate_times.record(&crate_alone, None);
        whole_times.record(&name, Some(&crate_alone));
        let (reading, alone) = (whole_times.median(), crate_times.median());
        (all, whole) = (all + bytes.len(), whole + reading);
        println!(
            "{name:28} {:9} {:8.2} ms {:9.2} {:10.3} ms {:9.2} {:5.0} %",
            bytes.len(),
            millis(reading),
            rate(bytes.len(), reading),
            millis(alone),
            rate(bytes.len(), alone),
            100.0 * (1.0 - alone.as_secs_f64() / reading.as_secs_f64()).max(0.0)
        );
    }
    println!("all of them: {:.2} MB/s", rate(all, whole));
    record("all of these files", "MB/s", &[rate(all, whole)], None);
    corpus(&context);
}

/// One report in every format, as it is written here and as other programs write it.
fn files(forms: &Forms) -> Vec<(String, Vec<u8>)> {
    let report = Report::from_json(include_str!("../www/demo/2023-suqian.json"), forms).expect("the demo's report");
    let formats = [Format::Html, Format::Docx, Format::Xlsx, Format::Csv, Format::Markdown, Format::Json];
    let written = formats.map(|format| {
        let bytes = write(&report, format).unwrap_or_else(|error| panic!("{error}"));
        (format!("demo.{}", format.ending()), bytes)
    });
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let others = [
        "containers/numbered.docx",
        "containers/sheets.xlsx",
        "containers/sheets.ods",
        "containers/one-sheet.xls",
        "containers/utf8-base64.mhtml",
        "pdf/writer.pdf",
        "pdf/chromium.pdf",
        "pdf/cid.pdf",
    ];
    let others = others.map(|name| (name.to_owned(), fs::read(fixtures.join(name)).expect("a fixture")));
    written.into_iter().chain(others).collect()
}

/// What the crate of the container has to do: every part is opened, every element, token or instruction is seen.
/// Text has no container; it is decoded. Returns how much was seen.
fn walk(name: &str, bytes: &[u8]) -> usize {
    match name.rsplit('.').next().unwrap_or_default() {
        "docx" | "xlsx" | "ods" => zipped(bytes),
        "xls" => compound(bytes),
        "mhtml" => MessageParser::new().parse(bytes).map_or(0, |mail| {
            let pages = (0..).map_while(|at| mail.body_html(at));
            pages.map(|page| Tokenizer::new(page.as_ref()).count()).sum()
        }),
        "pdf" => pages(bytes),
        "html" => Tokenizer::new(String::from_utf8_lossy(bytes).as_ref()).count(),
        "json" => serde_json::from_slice::<serde_json::Value>(bytes).map_or(0, |json| json.to_string().len()),
        "csv" => csv::ReaderBuilder::new().flexible(true).from_reader(bytes).into_records().count(),
        _ => String::from_utf8_lossy(bytes).chars().count(),
    }
}

fn zipped(bytes: &[u8]) -> usize {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a ZIP file");
    let mut events = 0;
    for at in 0..archive.len() {
        let mut text = String::new();
        let mut part = archive.by_index(at).expect("a part");
        if part.read_to_string(&mut text).is_err() {
            continue;
        }
        let mut xml = Reader::from_str(&text);
        while !matches!(xml.read_event(), Ok(Event::Eof) | Err(_)) {
            events += 1;
        }
    }
    events
}

fn compound(bytes: &[u8]) -> usize {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).expect("a compound file");
    let names: Vec<_> = file.walk().filter(cfb::Entry::is_stream).map(|entry| entry.path().to_owned()).collect();
    let mut read = Vec::new();
    names.iter().for_each(|name| _ = file.open_stream(name).map(|mut stream| stream.read_to_end(&mut read)));
    read.len()
}

fn pages(bytes: &[u8]) -> usize {
    let pdf = Pdf::new(bytes.to_vec()).expect("a PDF");
    let instructions = |page: &Page| {
        let mut instructions = page.typed_operations();
        std::iter::from_fn(|| instructions.next().map(drop)).count()
    };
    pdf.pages().iter().map(instructions).sum()
}

/// The real reports, where they are beside the project: how fast all of them are read.
fn corpus(context: &Context) {
    let folder = env::var_os("NIANBAO_CORPUS").map(Into::into);
    let folder = folder.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reports"));
    let Ok(entries) = fs::read_dir(&folder) else { return };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let files: Vec<_> = paths.filter_map(|path| fs::read(path).ok()).collect();
    let reports: Vec<_> = files.iter().filter(|bytes| read(bytes, context).is_ok()).collect();
    let times = Times::of(ROUNDS, 1, || reports.iter().filter(|bytes| read(bytes, context).is_ok()).count());
    times.record("the real reports, all together", None);
    let time = times.median();
    let size = reports.iter().map(|bytes| bytes.len()).sum();
    println!(
        "{} real reports, {size} bytes: {:.0} ms, {:.2} MB/s, {:.1} ms a report",
        reports.len(),
        millis(time),
        rate(size, time),
        millis(time) / reports.len().max(1) as f64
    );
}

fn rate(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / 1e6 / time.as_secs_f64()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
