//! The command as a person calls it: its output, its messages, its exit status.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;

mod bundle;
mod convert;
mod folders;

fn nianbao(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its input closes it early; that is no fault of the test.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

const FAULTY: &str = r#"{"form": "gongkai-2021", "agency": "某区", "year": 2023, "figures": {
    "disputes.review.upheld": 10, "disputes.review.corrected": 1, "disputes.review.other": 0,
    "disputes.review.pending": 0, "disputes.review.total": 0}}"#;

const SOUND: &str =
    r#"{"form": "gongkai-2021", "agency": "某区", "year": 2023, "figures": {"disputes.review.total": 0}}"#;

#[test]
fn an_error_is_a_sentence_and_exit_status_1() {
    let output = nianbao(&["check", "-"], FAULTY);
    assert_eq!(output.status.code(), Some(1));
    let text = out(&output);
    assert!(text.contains("四种结果相加 10 + 1 + 0 + 0 = 11，总计填的是 0，相差 11"), "{text}");
    assert!(!text.contains('\u{1b}'), "no colours where there is no terminal");
    assert!(text.contains("1 处错误"), "{text}");
    let english = out(&nianbao(&["check", "--lang", "en", "-"], FAULTY));
    assert!(english.contains("the four results add up to 10 + 1 + 0 + 0 = 11, but the total says 0"), "{english}");
}

#[test]
fn json_is_one_object_a_line_with_the_promised_keys() {
    let output = nianbao(&["check", "--json", "-", "no-such-file.json"], FAULTY);
    assert_eq!(output.status.code(), Some(2));
    let text = out(&output);
    let lines: Vec<Json> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [report, unreadable] = lines.as_slice() else { panic!("{text}") };
    assert!(text.starts_with(r#"{"file":"-","form":"gongkai-2021","agency":"某区","year":2023,"figures":{"#), "{text}");
    assert!(report["fingerprint"].as_str().is_some_and(|shown| shown.len() == 19), "{report}");
    let plain = out(&nianbao(&["check", "-"], FAULTY));
    assert!(plain.contains(&format!("数据指纹：{}\n", report["fingerprint"].as_str().unwrap())), "{plain}");
    let finding = &report["findings"][0];
    assert_eq!(finding["rule"], "disputes.total");
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["cells"][0], "disputes.review.total");
    assert_eq!((&finding["expected"], &finding["actual"]), (&"11".into(), &"0".into()));
    for key in ["actual", "cells", "expected", "message", "rule", "severity"] {
        assert!(finding.get(key).is_some(), "{key}: {finding}");
    }
    let equation = &finding["equation"];
    assert_eq!((&equation["left_sum"], &equation["right_sum"]), (&"0".into(), &"11".into()));
    assert_eq!(equation["right"][0]["source"]["cell"], "disputes.review.upheld");
    assert_eq!(
        (&equation["right"][0]["label"], &equation["right"][0]["value"]),
        (&"行政复议，结果维持".into(), &"10".into())
    );
    assert_eq!(unreadable["file"], "no-such-file.json");
    assert!(unreadable["error"].as_str().unwrap().contains("打不开这个文件"));
}

#[test]
fn a_file_of_which_something_was_changed_says_so() {
    let output = nianbao(&["convert", "-", "-o", "-", "--to", "json"], SOUND);
    let written = out(&output);
    let known: Json = serde_json::from_str(&written).unwrap();
    let line = |json: &str| -> Json { serde_json::from_str(&out(&nianbao(&["check", "--json", "-"], json))).unwrap() };
    let told = |line: &Json| -> Vec<String> {
        let findings = line["findings"].as_array().unwrap().iter();
        let told = findings.filter(|finding| finding["rule"] == "fingerprint");
        told.map(|finding| finding["message"].as_str().unwrap().to_owned()).collect()
    };
    let same = line(&written);
    assert_eq!((&same["fingerprint"], told(&same).len()), (&known["fingerprint"], 0));
    let changed = line(&written.replace("\"disputes.review.total\": 0", "\"disputes.review.total\": 1"));
    let [message] = told(&changed).try_into().unwrap();
    for fingerprint in [&known["fingerprint"], &changed["fingerprint"]] {
        assert!(message.contains(fingerprint.as_str().unwrap()), "{message}");
    }
    assert!(err(&output).is_empty(), "{}", err(&output));
}

#[test]
fn warnings_alone_are_exit_status_0() {
    let output = nianbao(&["check", "-"], SOUND);
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
}

#[test]
fn many_files_end_with_a_summary() {
    let output = nianbao(&["check", "no-such-file.json", "-"], FAULTY);
    assert_eq!(output.status.code(), Some(2));
    let last = out(&output).lines().last().unwrap().to_owned();
    assert!(last.starts_with("共 2 个文件：1 个有错误，1 个读不了；1 处错误"), "{last}");
    assert!(err(&output).contains("no-such-file.json：打不开这个文件：没有这个文件"), "{}", err(&output));
}

#[test]
fn of_a_list_every_report_is_checked_beside_last_year_s() {
    let last =
        SOUND.replace("2023", "2022").replace(r#""figures": {"#, r#""figures": {"requests.carried_out.business": 3, "#);
    let this = SOUND.replace(r#""figures": {"#, r#""figures": {"requests.carried_in.business": 2, "#);
    let output = nianbao(&["check", "--json", "-"], &format!("[{last}, {{}}, {this}]"));
    assert_eq!(output.status.code(), Some(2));
    let lines: Vec<Json> = out(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let files: Vec<_> = lines.iter().map(|line| line["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["-#1", "-#2", "-#3"]);
    assert!(lines[1]["error"].as_str().unwrap().contains("不是年度报告"), "{}", lines[1]);
    let rules =
        |line: &Json| line["findings"].as_array().unwrap().iter().any(|finding| finding["rule"] == "carry-over");
    assert_eq!((rules(&lines[0]), rules(&lines[2])), (false, true));
    let output = nianbao(&["check", "-"], &format!("[{last}, {this}]"));
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    let text = out(&output);
    assert!(text.contains("某区2022年") && text.contains("某区2023年") && text.contains("上年结转填的是 2"), "{text}");
}

#[test]
fn a_form_of_one_s_own_is_brought_by_a_file() {
    let report = r#"{"form": "reading-room", "agency": "某市", "year": 2024, "figures": {
        "visits.archive.visitors": 1, "visits.library.visitors": 1, "visits.all.visitors": 3}}"#;
    let output = nianbao(&["check", "--form", "tests/fixtures/reading-room.json", "-"], report);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(out(&output).contains("两处相加 1 + 1 = 2，合计填的是 3"), "{}", out(&output));
    let output = nianbao(&["check", "-"], report);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("“reading-room”"), "{}", err(&output));
    let output = nianbao(&["check", "--form", "no-such-form.json", "-"], report);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("no-such-form.json：打不开这个文件：没有这个文件"), "{}", err(&output));
    let output = nianbao(&["check", "--form", "Cargo.toml", "-"], report);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("Cargo.toml：文件有错"), "{}", err(&output));
}

#[test]
fn an_office_s_rules_are_brought_by_a_file() {
    let report = r#"{"form": "gongkai-2021", "agency": "某区", "year": 2024, "figures": {
        "article20_8.fees.amount": 24252.31, "disputes.review.upheld": 1}}"#;
    let rules = ["check", "--rules", "tests/fixtures/office-rules.json", "-"];
    let text = out(&nianbao(&rules, report));
    assert!(text.contains("行政事业性收费填的是 24252.31 万元，超过 1000 万元"), "{text}");
    assert!(text.contains("提示 “政府信息公开行政复议、行政诉讼情况”表有 13 个空格"), "{text}");
    let output = nianbao(&["check", "--rules", "Cargo.toml", "-"], report);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("Cargo.toml：文件有错"), "{}", err(&output));
}

#[test]
fn last_year_s_report_is_compared() {
    let dir = std::env::temp_dir().join("nianbao-command-test");
    std::fs::create_dir_all(&dir).unwrap();
    let prior = dir.join("prior.json");
    let last =
        r#"{"form": "gongkai-2021", "agency": "某区", "year": 2022, "figures": {"requests.carried_out.business": 3}}"#;
    std::fs::write(&prior, last).unwrap();
    let report =
        r#"{"form": "gongkai-2021", "agency": "某区", "year": 2023, "figures": {"requests.carried_in.business": 2}}"#;
    let output = nianbao(&["check", "-", "--prior", prior.to_str().unwrap()], report);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("上年结转填的是 2，上一年度报告的“结转下年度继续办理”是 3"), "{}", out(&output));
}

#[test]
fn what_runs_together_is_read_again_with_last_year_s_report() {
    let dir = std::env::temp_dir().join("nianbao-command-torn");
    std::fs::create_dir_all(&dir).unwrap();
    let prior = dir.join("prior.json");
    let last = r#"{"form": "gongkai-2021", "agency": "某区", "year": 2022, "figures": {
        "article20_1.normative_documents.in_force": 599}}"#;
    std::fs::write(&prior, last).unwrap();
    let text = "某区2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n规章000\n行政规范性文件693665\n";
    let alone = out(&nianbao(&["check", "-"], text));
    assert!(alone.contains("有 10 种读法都说得通"), "{alone}");
    let beside = nianbao(&["check", "--json", "-", "--prior", prior.to_str().unwrap()], text);
    let line: Json = serde_json::from_str(&out(&beside)).unwrap();
    assert_eq!(line["figures"]["article20_1.normative_documents.in_force"], 665);
    let inferred = |finding: &&Json| finding["rule"] == "inferred";
    let inferred = line["findings"].as_array().unwrap().iter().find(inferred).unwrap();
    assert_eq!((&inferred["code"], inferred["cells"].as_array().unwrap().len()), (&"prior".into(), 3));
}

#[test]
fn forms_schema_help_and_version_answer() {
    let forms = out(&nianbao(&["forms"], ""));
    assert!(forms.contains("gongkai-2021\t2021–") && forms.contains("gongkai-2019\t2019–2020"), "{forms}");
    let schema: Json = serde_json::from_str(&out(&nianbao(&["schema"], ""))).unwrap();
    assert_eq!(schema["required"][0], "form");
    let schema: Json = serde_json::from_str(&out(&nianbao(&["schema", "form"], ""))).unwrap();
    assert!(schema["$defs"]["relation"].is_object());
    let schema: Json = serde_json::from_str(&out(&nianbao(&["schema", "rules"], ""))).unwrap();
    assert!(schema["properties"]["severities"].is_object());
    assert!(out(&nianbao(&["--help"], "")).contains("check"));
    assert_eq!(out(&nianbao(&["--version"], "")).trim(), concat!("nianbao ", env!("CARGO_PKG_VERSION")));
    assert_eq!(nianbao(&["check"], "").status.code(), Some(2));
}
