//! `nianbao convert`, and where figures were read.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use super::folders::Folder;
use super::{FAULTY, SOUND, err, nianbao, out};

impl Folder {
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// What a file says of the report itself.
pub fn without_fingerprint(mut file: Json) -> Json {
    assert!(file.as_object_mut().unwrap().remove("fingerprint").is_some(), "{file}");
    file
}

/// Whether a call ends with 2 and a sentence, and leaves nothing on standard output.
fn refused(arguments: &[&str], sentence: &str) {
    let output = nianbao(arguments, SOUND);
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(2), ""), "{arguments:?}");
    assert!(err(&output).contains(sentence), "{}", err(&output));
}

#[test]
fn a_report_goes_through_every_format_and_comes_back() {
    let folder = Folder::new("convert-formats");
    let first = folder.path("report.json");
    fs::write(&first, FAULTY).unwrap();
    let mut last = first.clone();
    for ending in ["html", "MD", "csv", "htm", "markdown"] {
        let next = folder.path(&format!("report.{ending}"));
        let output = nianbao(&["convert", &last, "-o", &next], "");
        assert_eq!(
            (output.status.code(), out(&output), err(&output)),
            (Some(0), String::new(), String::new()),
            "{ending}"
        );
        last = next;
    }
    let output = nianbao(&["convert", &last, "-o", "-", "--to", "json"], "");
    let back: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(without_fingerprint(back), serde_json::from_str::<Json>(FAULTY).unwrap());
    assert_eq!(folder.names().len(), 6, "{:?}", folder.names());
}

#[test]
fn standard_input_and_output_stand_for_files() {
    let output = nianbao(&["convert", "-", "-o", "-", "--to", ".html"], SOUND);
    assert_eq!(output.status.code(), Some(0));
    assert!(out(&output).starts_with("<!DOCTYPE html>"));
    refused(&["convert", "-", "-o", "-"], "请用 --to 指明格式");
}

#[test]
fn what_could_not_be_read_for_sure_is_said_beside_the_result() {
    let text = "某局2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n行政规范性文件 | 4 | 9 |\n行政许可 | 3 |\n规章 | 0 | 0 | 0 |\n";
    let output = nianbao(&["convert", "-", "-o", "-", "--to", "json"], text);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(err(&output).contains("有 3 种读法都说得通"), "{}", err(&output));
    let report: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["unread"].as_array().map(Vec::len), Some(3));
}

#[test]
fn wrong_calls_are_told_in_a_sentence() {
    let folder = Folder::new("convert-refused");
    let (report, other) = (folder.path("a.json"), folder.path("b.html"));
    fs::write(&report, SOUND).unwrap();
    refused(&["convert", &report, "-o", &report], "原件会被覆盖");
    let around = Path::new(&folder.path("")).join("..").join(folder.0.file_name().unwrap()).join("a.json");
    refused(&["convert", &report, "-o", around.to_str().unwrap()], "原件会被覆盖");
    assert_eq!(fs::read_to_string(&report).unwrap(), SOUND);
    refused(&["convert", &report, "-o", &folder.path("b.doc")], "不能写成 .doc 文件");
    refused(&["convert", &report, "-o", &folder.path("b")], "没有后缀");
    refused(&["convert", &report, "-o", &other, "--to", "pdf"], "不能写成 .pdf 文件");
    refused(&["convert", &report, "-o", &folder.path("no/b.html")], "没有这个文件夹");
    refused(&["convert", &folder.path("no.json"), "-o", &other], "打不开这个文件：没有这个文件");
    refused(&["convert", "Cargo.lock", "-o", &other], "认不出");
    refused(&["convert", &report, "-o", &other, "--prior", &folder.path("no.json")], "打不开这个文件");
    refused(&["convert", &report, "-o", &other, "--lang", "en", "--to", "xyz"], "cannot be written");
    fs::create_dir(folder.path("c.html")).unwrap();
    refused(&["convert", &report, "-o", &folder.path("c.html")], "这是文件夹");
    refused(&["convert", &report], "--output");
    assert_eq!(folder.names(), ["a.json", "c.html"]);
}

#[test]
fn a_page_holds_the_charts_and_a_chart_can_be_had_alone() {
    let folder = Folder::new("convert-charts");
    let (report, last, others) = (folder.path("a.json"), folder.path("b.json"), folder.path("c.json"));
    let (page, picture) = (folder.path("a.html"), folder.path("a.SVG"));
    let with_requests =
        |report: &str| report.replace(r#""figures": {"#, r#""figures": {"requests.received.total": 3, "#);
    let (this, sound) = (with_requests(FAULTY), with_requests(SOUND));
    fs::write(&report, &this).unwrap();
    fs::write(&last, sound.replace("2023", "2022")).unwrap();
    fs::write(&others, format!("[{}, {sound}]", sound.replace("某区", "某县"))).unwrap();
    let history = ["--history", &last, "--history", &others];
    let call = |arguments: &[&str]| {
        let output = nianbao(arguments, "");
        assert_eq!((output.status.code(), out(&output)), (Some(0), String::new()), "{}", err(&output));
        err(&output)
    };
    call(&["convert", &report, "-o", &page, "--charts"]);
    let alone = fs::read_to_string(&page).unwrap().matches("<figure").count();
    let told = call(&[&["convert", &report, "-o", &page, "--charts"], &history[..]].concat());
    assert!(told.contains("“某区2023年政府信息公开工作年度报告”给出了两份"), "{told}");
    let html = fs::read_to_string(&page).unwrap();
    assert!(alone > 0 && html.matches("<figure").count() > alone, "{alone}");
    assert!(html.contains("data-chart=\"bodies\"") && html.contains("某县"));
    let back = nianbao(&["convert", &page, "-o", "-", "--to", "json"], "");
    let back: Json = serde_json::from_slice(&back.stdout).unwrap();
    assert_eq!(without_fingerprint(back), serde_json::from_str::<Json>(&this).unwrap());
    call(&[&["convert", &report, "-o", &picture, "--chart", "bodies", "--lang", "en"], &history[..]].concat());
    assert!(fs::read_to_string(&picture).unwrap().starts_with("<svg xmlns="));
    refused(
        &["convert", &report, "-o", &picture, "--chart", "bodies"],
        "没有名为“bodies”的图表。这份报告可以画的图表：",
    );
    refused(&["convert", &report, "-o", &picture], "用 --chart 指明");
    refused(&["convert", &report, "-o", &page, "--chart", "outcomes"], "写成 .svg 文件");
    refused(&["convert", &report, "-o", &folder.path("a.docx"), "--charts"], "只有网页（.html）可以");
    refused(&["convert", &report, "-o", &page, "--charts", "--history", &folder.path("no.json")], "打不开这个文件");
}

#[test]
fn of_a_list_one_report_has_to_be_named() {
    let list = format!("[{SOUND}, {FAULTY}]");
    for (language, sentence) in [("zh", "这个文件是 2 份报告的列表"), ("en", "a list of 2 reports")] {
        let output = nianbao(&["convert", "-", "-o", "-", "--to", "html", "--lang", language], &list);
        assert_eq!((output.status.code(), out(&output).as_str()), (Some(2), ""));
        assert!(err(&output).contains(sentence), "{}", err(&output));
    }
    let output = nianbao(&["convert", "-", "-o", "-", "--to", "json"], &format!("[{SOUND}]"));
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
}

#[test]
fn a_file_that_is_there_is_replaced_as_a_whole() {
    let folder = Folder::new("convert-replaced");
    let (report, page) = (folder.path("a.json"), folder.path("b.html"));
    fs::write(&report, SOUND).unwrap();
    fs::write(&page, "x".repeat(1 << 20)).unwrap();
    assert_eq!(nianbao(&["convert", &report, "-o", &page], "").status.code(), Some(0));
    assert!(fs::read_to_string(&page).unwrap().ends_with("</html>\n"));
    assert_eq!(folder.names(), ["a.json", "b.html"]);
}

#[test]
fn forms_of_one_s_own_are_written_too() {
    let report = r#"{"form": "reading-room", "agency": "某市", "year": 2024, "figures": {"visits.all.visitors": 3}}"#;
    let form = ["--form", "tests/fixtures/reading-room.json"];
    let page = nianbao(&["convert", "-", "-o", "-", "--to", "html", form[0], form[1]], report);
    let output = nianbao(&["convert", "-", "-o", "-", "--to", "json", form[0], form[1]], &out(&page));
    let back: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(without_fingerprint(back), serde_json::from_str::<Json>(report).unwrap());
}

#[test]
fn where_figures_were_read_is_written_on_request() {
    let page = nianbao(&["convert", "-", "-o", "-", "--to", "html"], SOUND);
    let told = |arguments: &[&str]| -> Json {
        let output = nianbao(arguments, &out(&page));
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error} {}", err(&output)))
    };
    let place = "/provenance/cells/disputes.review.total/how";
    let json = ["convert", "-", "-o", "-", "--to", "json"];
    assert_eq!(told(&json).pointer(place), None);
    assert_eq!(told(&[&json[..], &["--provenance"]].concat()).pointer(place), Some(&"read".into()));
    let check = ["check", "--json", "-"];
    assert_eq!(told(&check).pointer(place), None);
    assert_eq!(told(&[&check[..], &["--provenance"]].concat()).pointer(place), Some(&"read".into()));
    assert_eq!(nianbao(&["check", "--provenance", "-"], SOUND).status.code(), Some(2));
}
