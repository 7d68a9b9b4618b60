//! Folders of reports: which files are read, which reports are paired, what is told of them.

use std::path::{Path, PathBuf};
use std::{fs, process};

use serde_json::{Value as Json, json};

use super::{err, nianbao, out};

/// A folder of a test's own, gone when the test is over.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("nianbao-folders-{}-{name}", process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// Three bodies with two years each. 甲镇's carry-over does not hold, 乙镇 writes its name in two
    /// ways, 丙局 is last year's 丁局.
    fn with_three_bodies(name: &str) -> Folder {
        let folder = Folder::new(name);
        folder.report("2022/a.json", "某县甲镇人民政府", 2022, 0, 3);
        folder.report("2022/b.json", "某县乙镇人民政府", 2022, 0, 3);
        folder.report("2022/c.json", "丁局", 2022, 0, 3);
        folder.report("2023/a.json", "某县甲镇", 2023, 2, 0);
        folder.report("2023/b.json", "乙镇", 2023, 3, 0);
        folder.report("2023/c.json", "丙局", 2023, 2, 0);
        folder
    }

    fn write(&self, name: &str, content: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn report(&self, name: &str, agency: &str, year: i32, carried_in: u32, carried_out: u32) {
        self.write(name, &report(agency, year, carried_in, carried_out).to_string());
    }

    /// The path of something in the folder, or of the folder itself.
    pub fn path(&self, name: &str) -> String {
        if name.is_empty() { self.0.display().to_string() } else { self.0.join(name).display().to_string() }
    }

    /// The call's standard output, with paths from the folder on.
    fn told(&self, arguments: &[&str]) -> String {
        out(&nianbao(arguments, "")).replace(&format!("{}/", self.path("")), "")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn report(agency: &str, year: i32, carried_in: u32, carried_out: u32) -> Json {
    json!({"form": "gongkai-2021", "agency": agency, "year": year, "figures": {
        "requests.carried_in.business": carried_in, "requests.carried_in.total": carried_in,
        "requests.carried_out.business": carried_out, "requests.carried_out.total": carried_out,
    }})
}

fn lines(text: &str) -> Vec<Json> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn carry_over(line: &Json) -> Vec<&Json> {
    line["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == "carry-over").collect()
}

#[test]
fn a_folder_is_a_table_then_findings_then_a_summary() {
    let folder = Folder::with_three_bodies("table");
    folder.write("2023/z.json", "{}");
    let output = nianbao(&["check", &folder.path(""), "--prior", &folder.path("2022")], "");
    assert_eq!(output.status.code(), Some(2));
    let text = out(&output).replace(&format!("{}/", folder.path("")), "");
    let found = lines(&folder.told(&["check", "--json", &folder.path(""), "--prior", &folder.path("2022")]));
    let table: Vec<Vec<&str>> =
        text.lines().take_while(|line| !line.is_empty()).map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(table[0], ["文件", "机关", "年度", "数据指纹", "错误", "待确认", "空格"]);
    let files: Vec<_> = table[1..].iter().map(|row| row[0]).collect();
    let expected =
        ["2022/a.json", "2022/b.json", "2022/c.json", "2023/a.json", "2023/b.json", "2023/c.json", "2023/z.json"];
    assert_eq!(files, expected);
    assert_eq!((table[4][1], table[4][2], table[5][1]), ("某县甲镇", "2023", "乙镇"), "{text}");
    for (row, line) in table[1..].iter().zip(&found) {
        let cells = |finding: &Json| finding["cells"].as_array().unwrap().len();
        let findings =
            |key, value| line["findings"].as_array().into_iter().flatten().filter(move |known| known[key] == value);
        let (errors, warnings) = (findings("severity", "error").count(), findings("severity", "warning").count());
        let counts = [errors, warnings, findings("rule", "blank").map(cells).sum()];
        assert!(line.get("error").is_some() || row[3] == line["fingerprint"], "{row:?}, {line}");
        assert!(line.get("error").is_some() || row[4..] == counts.map(|count| count.to_string()), "{row:?}, {line}");
    }
    assert_eq!(table[7][1..], ["（读不了）", "—", "—", "—", "—", "—"]);
    assert!(text.contains("上年结转填的是 2，上一年度报告的“结转下年度继续办理”是 3"), "{text}");
    assert!(!text.contains('\u{1b}') && !text.contains('\r') && !err(&output).contains('\r'), "{text}");
    assert!(err(&output).contains("2023/z.json：这个 JSON 不是年度报告"), "{}", err(&output));
    let last = text.lines().last().unwrap();
    assert!(last.starts_with("共 7 个文件：1 个有错误，1 个读不了；2 处错误，"), "{last}");
    assert!(last.ends_with("。4 份没有找到上一年度报告。"), "{last}");
}

#[test]
fn years_of_one_body_are_paired_however_it_writes_its_name() {
    let folder = Folder::with_three_bodies("pairs");
    let text = folder.told(&["check", "--json", &folder.path("2023"), "--prior", &folder.path("")]);
    let lines = lines(&text);
    let priors: Vec<_> = lines.iter().map(|line| line["prior"].as_str()).collect();
    assert_eq!(priors, [Some("2022/a.json"), Some("2022/b.json"), None], "{text}");
    assert_eq!(carry_over(&lines[0])[0]["severity"], "error");
    assert!(carry_over(&lines[1]).is_empty() && carry_over(&lines[2]).is_empty(), "{text}");
    let keys = [r#"{"file":"#, r#","form":"#, r#","agency":"#, r#","year":"#, r#","figures":{"#, r#","findings":["#];
    let places: Vec<_> = keys.iter().chain(&[r#","prior":"#]).map(|key| text.find(key).unwrap()).collect();
    assert!(places.is_sorted(), "{text}");
    // Without --prior nothing is paired, whatever stands in the folder.
    let alone = folder.told(&["check", "--json", &folder.path("")]);
    assert!(!alone.contains("carry-over") && !alone.contains("\"prior\""), "{alone}");
}

#[test]
fn of_two_priors_none_is_taken_and_both_are_named() {
    let folder = Folder::with_three_bodies("ambiguous");
    folder.report("2022/d.json", "他县乙镇", 2022, 0, 9);
    let (checked, priors) = (folder.path("2023"), folder.path("2022"));
    let text = folder.told(&["check", "--json", &checked, "--prior", &priors]);
    let lines = lines(&text);
    let [finding] = carry_over(&lines[1])[..] else { panic!("{text}") };
    assert_eq!(finding["severity"], "info");
    let message = finding["message"].as_str().unwrap();
    assert!(message.contains("“某县乙镇人民政府”（2022/b.json）、“他县乙镇”（2022/d.json）"), "{message}");
    assert!(lines[1].get("prior").is_none(), "{text}");
    let english = folder.told(&["check", "--lang", "en", &checked, "--prior", &priors]);
    assert!(
        english.contains("2 reports could be this body's for last year: “某县乙镇人民政府” (2022/b.json)"),
        "{english}"
    );
    let last = english.lines().last().unwrap();
    assert!(last.contains("1 without last year's report; 1 whose report of last year is not certain"), "{last}");
}

#[test]
fn a_prior_that_is_a_file_is_named_only_where_it_was_compared() {
    let folder = Folder::with_three_bodies("one-prior");
    let prior = folder.path("2022/a.json");
    let text = folder.told(&["check", "--json", &folder.path("2023/a.json"), &prior, "--prior", &prior]);
    let lines = lines(&text);
    assert_eq!((lines[0]["prior"].as_str(), lines[1].get("prior")), (Some("2022/a.json"), None), "{text}");
    assert_eq!(carry_over(&lines[1])[0]["severity"], "warning", "{text}");
}

#[test]
fn results_stand_in_the_same_order_on_one_thread_and_on_many() {
    let folder = Folder::new("threads");
    for at in 0..70 {
        folder.report(&format!("{}/{at:03}.json", at % 7), &format!("第{at}局"), 2022 + at % 2, 1, 1);
    }
    folder.write("3/003.json", "{");
    for manner in [&["--json"][..], &[]] {
        let path = folder.path("");
        let told = |threads| {
            let output = nianbao(&[&["check", "--threads", threads, &path, "--prior", &path], manner].concat(), "");
            assert_eq!(output.status.code(), Some(2));
            (out(&output), err(&output))
        };
        let (one, many) = (told("1"), told("8"));
        assert_eq!(one, many);
        assert_eq!(one.0.matches("/003.json").count(), 1);
    }
    let text = folder.told(&["check", "--json", "--threads", "8", &folder.path("")]);
    let files: Vec<_> = lines(&text).iter().map(|line| line["file"].as_str().unwrap().to_owned()).collect();
    assert!(files.len() == 70 && files.is_sorted(), "{files:?}");
}

#[test]
fn what_is_skipped_is_counted_and_what_is_named_is_tried() {
    let folder = Folder::new("kinds");
    folder.report("a.json", "甲局", 2023, 0, 0);
    folder.report("无后缀", "乙局", 2023, 0, 0);
    for name in ["照片.JPG", "a.zip", "b.zip"] {
        folder.write(name, "PK\x03\x04");
    }
    folder.write(".hidden/b.json", "{}");
    folder.write(".b.json", "{}");
    let output = nianbao(&["check", &folder.path("")], "");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let last = out(&output).lines().last().unwrap().to_owned();
    assert!(last.starts_with("共 2 个文件：") && last.contains("（.jpg 1，.zip 2）"), "{last}");
    let json = nianbao(&["check", "--json", "--lang", "en", &folder.path("")], "");
    assert!(err(&json).contains("3 file(s) in folders skipped"), "{}", err(&json));
    assert_eq!(out(&json).lines().count(), 2);
    let named = nianbao(&["check", &folder.path(""), &folder.path("a.zip"), &folder.path("a.json")], "");
    assert_eq!(named.status.code(), Some(2));
    assert!(err(&named).contains("a.zip："), "{}", err(&named));
    assert!(out(&named).contains("共 3 个文件"), "a file that is meant twice is checked once");
}

#[test]
fn folders_with_nothing_to_read_are_told() {
    let folder = Folder::new("empty");
    folder.write("a/photo.jpg", "");
    fs::create_dir_all(folder.0.join("b")).unwrap();
    let output = nianbao(&["check", &folder.path("a"), &folder.path("b"), "--lang", "en"], "");
    assert_eq!(output.status.code(), Some(2));
    for name in ["a", "b"] {
        let sentence = format!("{}: There is no report in the folder that can be read.", folder.path(name));
        assert!(err(&output).contains(&sentence), "{}", err(&output));
    }
    folder.report("c.json", "甲局", 2023, 0, 0);
    let output = nianbao(&["check", &folder.path("c.json"), "--prior", &folder.path("b")], "");
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(2), ""));
    assert!(err(&output).contains("请检查路径，或者去掉 --prior。"), "{}", err(&output));
}

#[test]
fn a_prior_that_cannot_be_read_is_told_once() {
    let folder = Folder::with_three_bodies("broken-prior");
    folder.write("2022/z.json", "{\"form\": 1");
    folder.write("2022/nameless.json", &report("", 2022, 0, 0).to_string());
    let output = nianbao(&["check", &folder.path("2023/b.json"), "--prior", &folder.path("2022")], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("2022/z.json：这不是完整的 JSON"), "{}", err(&output));
    assert!(err(&output).contains("1 份上一年度报告不知道是哪个机关或哪一年的，没有用。"), "{}", err(&output));
    assert!(out(&output).contains("上一年度报告：") && !out(&output).contains("共 1 个文件"), "{}", out(&output));
    let whole = nianbao(&["check", &folder.path(""), "--prior", &folder.path("")], "");
    assert_eq!(err(&whole).matches("z.json").count(), 1, "{}", err(&whole));
}

#[test]
fn last_year_s_page_is_a_prior_too() {
    let folder = Folder::new("page");
    folder.report("2023.json", "甲镇", 2023, 2, 0);
    let row = |label: &str, figure: u32| format!("<tr><td>{label}</td>{}</tr>", format!("<td>{figure}</td>").repeat(7));
    folder.write(
        "2022.html",
        &format!(
            "<h1>甲镇人民政府2022年政府信息公开工作年度报告</h1><h2>三、收到和处理政府信息公开申请情况</h2><table>{}{}{}{}</table>",
            row("一、本年新收政府信息公开申请数量", 3),
            row("二、上年结转政府信息公开申请数量", 0),
            row("（七）总计", 0),
            row("四、结转下年度继续办理", 3),
        ),
    );
    let text = folder.told(&["check", "--json", &folder.path("2023.json"), "--prior", &folder.path("")]);
    assert_eq!(lines(&text)[0]["prior"], "2022.html", "{text}");
    assert!(text.contains("上一年度报告的“结转下年度继续办理”是 3"), "{text}");
}

#[test]
fn answered_findings_come_last_with_their_reason_and_are_no_warnings() {
    let folder = Folder::new("answered");
    folder.report("open.json", "甲局", 2023, 0, 0);
    let path = folder.path("open.json");
    let found = lines(&out(&nianbao(&["check", "--json", &path], ""))).remove(0);
    let blanks = found["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == "blank");
    let (mut answered, first) = (report("甲局", 2023, 0, 0), blanks.clone().next().unwrap());
    let cells = first["cells"].as_array().unwrap();
    let values: serde_json::Map<_, _> =
        cells.iter().map(|cell| (cell.as_str().unwrap().to_owned(), "".into())).collect();
    answered["answers"] = json!([{"rule": "blank", "cells": cells, "values": values, "reason": "本年没有\n这项业务"}]);
    folder.write("answered.json", &answered.to_string());
    let text = folder.told(&["check", &folder.path("")]);
    let warnings = blanks.count();
    let row = text.lines().find(|line| line.starts_with("answered.json")).unwrap();
    assert_eq!(row.split_whitespace().nth(5), Some(format!("{}", warnings - 1).as_str()), "{text}");
    let told: Vec<_> = text.lines().skip_while(|line| !line.ends_with("  answered.json")).skip(1).collect();
    assert!(
        told[warnings].starts_with("  已说明 ") && told[warnings].ends_with("[blank] 情况说明：本年没有 这项业务"),
        "{text}"
    );
    assert!(told[warnings + 1].contains("1 处已作说明"), "{text}");
    assert!(text.lines().last().unwrap().contains("1 处已作说明"), "{text}");
}

#[cfg(unix)]
#[test]
fn links_are_followed_once_and_pipes_are_not_waited_for() {
    use std::os::unix::fs::symlink;
    let folder = Folder::with_three_bodies("links");
    let elsewhere = Folder::new("links-elsewhere");
    elsewhere.report("e.json", "戊局", 2023, 0, 0);
    let link = |to: &Path, name: &str| symlink(to, folder.0.join(name)).unwrap();
    link(&folder.0, "2022/again");
    link(&folder.0.join("2022/a.json"), "2023/same.json");
    link(&elsewhere.0, "elsewhere");
    link(Path::new("loop.json"), "loop.json");
    link(Path::new("gone"), "gone.json");
    let pipe = process::Command::new("mkfifo").arg(folder.0.join("pipe.json")).status();
    let text = folder.told(&["check", "--json", &folder.path("")]);
    let files: Vec<_> = lines(&text).iter().map(|line| line["file"].as_str().unwrap().to_owned()).collect();
    let (years, odd) = (["2022", "2023"], ["elsewhere/e.json", "gone.json", "loop.json"]);
    let reports = years.iter().flat_map(|year| ["a", "b", "c"].map(|name| format!("{year}/{name}.json")));
    let expected: Vec<_> = reports.chain(odd.map(str::to_owned)).collect();
    assert_eq!(files, expected);
    if pipe.is_ok_and(|status| status.success()) {
        assert!(err(&nianbao(&["check", "--json", &folder.path("")], "")).contains(".json 1"));
    }
}
