//! `nianbao bundle`, and what `nianbao check` and `nianbao convert` say of such files.

use std::fs;
use std::path::Path;

use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::convert::without_fingerprint;
use super::folders::Folder;
use super::{FAULTY, SOUND, err, nianbao, out};

const DIGITS: &str = r##"!#$%&'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"##;
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Bytes as a part of a program holds them: compressed, 13 bits in two digits.
fn packed(bytes: &[u8]) -> String {
    let digits: Vec<char> = DIGITS.chars().collect();
    let bytes = compress_to_vec_zlib(bytes, 9);
    let (mut text, mut bits, mut count) = (format!("{} ", bytes.len()), 0, 0usize);
    for (at, byte) in bytes.iter().enumerate() {
        bits |= usize::from(*byte) << count;
        count += 8;
        while count >= 13 || count > 0 && at + 1 == bytes.len() {
            text.extend([digits[(bits & 0x1fff) / 91], digits[(bits & 0x1fff) % 91]]);
            (bits, count) = (bits >> 13, count.saturating_sub(13));
        }
    }
    text
}

/// And back.
fn unpacked(text: &str) -> Vec<u8> {
    let (length, text) = text.split_once(' ').unwrap();
    let digit = |byte: u8| DIGITS.bytes().position(|digit| digit == byte).unwrap();
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0, 0);
    for pair in text.as_bytes().chunks(2) {
        bits |= (digit(pair[0]) * 91 + digit(pair[1])) << count;
        count += 13;
        while count >= 8 {
            bytes.push((bits & 255) as u8);
            (bits, count) = (bits >> 8, count - 8);
        }
    }
    bytes.truncate(length.parse().unwrap());
    decompress_to_vec_zlib(&bytes).unwrap()
}

/// The hash of a script as a policy names it.
fn hash(script: &str) -> String {
    let signs: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain("+/".chars()).collect();
    let bytes = Sha256::digest(script);
    let mut text = String::from("sha256-");
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0, |bits, byte| bits << 8 | usize::from(*byte)) << (8 * (3 - group.len()));
        let sign = |at: usize| if at > group.len() { '=' } else { signs[bits >> (18 - 6 * at) & 63] };
        text.extend((0..4).map(sign));
    }
    text
}

/// Writes a program that is one in all but what it does; the folder.
fn program(folder: &Folder, version: &str, loader: &str) -> String {
    let script = |name: &str| {
        let text = format!("nianbaoPrograms.{name} = \"{}\";", "甲乙丙丁".repeat(300));
        json!({ "name": format!("{name}.js"), "hash": hash(&text), "text": packed(text.as_bytes()) })
    };
    let module =
        |name: &str| json!({ "name": format!("{name}.wasm"), "text": packed(&[b"\0asm", name.as_bytes()].concat()) });
    let mut page = vec![script("page"), script("worker"), json!({ "name": "nianbao.css", "text": packed(b"p{}") })];
    page.push(json!({ "name": "page.css", "plain": true, "text": "body > p { color: red }" }));
    page.push(json!({ "name": "loader", "plain": true, "hash": hash(loader), "text": loader }));
    let path = folder.path(&format!("program-{version}-{}", loader.len()));
    fs::create_dir_all(&path).unwrap();
    let write = |name: &str, parts: Vec<Json>| {
        let file = json!({ "version": version, "parts": parts }).to_string();
        fs::write(Path::new(&path).join(format!("offline-{name}.json")), file).unwrap();
    };
    write("page", page);
    for name in ["widget", "charts", "editor", "reader", "container", "writer", "office"] {
        write(name, vec![script(name), module(name)]);
    }
    path
}

/// Programs to try it with: one of these texts, and the real one where it was built.
fn programs(folder: &Folder) -> Vec<String> {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("dist");
    let built = built.join("offline-page.json").exists().then(|| built.to_str().unwrap().to_owned());
    [program(folder, VERSION, "start();")].into_iter().chain(built).collect()
}

/// A call that ends well and says nothing.
fn quiet(arguments: &[&str]) {
    let output = nianbao(arguments, "");
    assert_eq!(
        (output.status.code(), out(&output), err(&output)),
        (Some(0), String::new(), String::new()),
        "{arguments:?}"
    );
}

fn refused(arguments: &[&str], sentence: &str) {
    let output = nianbao(arguments, SOUND);
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(2), ""), "{arguments:?}");
    assert!(err(&output).contains(sentence), "{}", err(&output));
}

/// What `check --json` says, and what it warns of.
fn checked(arguments: &[&str]) -> (Json, String) {
    let output = nianbao(&[&["check", "--json"], arguments].concat(), "");
    let line = serde_json::from_str(&out(&output)).unwrap_or_else(|error| panic!("{error} {}", err(&output)));
    (line, err(&output))
}

fn converted(file: &str) -> Json {
    let output = nianbao(&["convert", file, "-o", "-", "--to", "json"], "");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    without_fingerprint(serde_json::from_slice(&output.stdout).unwrap())
}

/// The parts that a file holds, by name.
fn parts(page: &str) -> Vec<&str> {
    page.split("data-nianbao=\"").skip(1).map(|part| part.split('"').next().unwrap()).collect()
}

#[test]
fn a_report_becomes_a_file_that_is_read_again() {
    let folder = Folder::new("bundle-report");
    let (report, page, again) = (folder.path("a.json"), folder.path("a.html"), folder.path("b.html"));
    fs::write(&report, FAULTY).unwrap();
    for program in programs(&folder) {
        quiet(&["bundle", &report, "-o", &page, "--program", &program]);
        let html = fs::read_to_string(&page).unwrap();
        assert!(html.starts_with("<!DOCTYPE html>") && html.contains(" mode=\"view\" offline>"), "{program}");
        assert!(!html.contains("application/ld+json"));
        assert_eq!(parts(&html)[..2], ["page.css", "page.js"]);
        assert!(parts(&html).contains(&"widget.js") && !parts(&html).contains(&"editor.js"));
        assert_eq!(converted(&page), serde_json::from_str::<Json>(FAULTY).unwrap());
        let (line, warnings) = checked(&[&page, "--program", &program]);
        assert_eq!((&line["agency"], warnings.as_str()), (&json!("某区"), ""));
        assert_eq!(line["figures"]["disputes.review.upheld"], 10);
        let offline = &line["offline"];
        assert_eq!(
            (&offline["version"], &offline["program"], &offline["intact"]),
            (&json!(VERSION), &json!("same"), &json!(true))
        );
        assert_eq!(offline["code"].as_str().unwrap().len(), 64);
        // What is made of a file of this kind is the same file.
        quiet(&["bundle", &page, "-o", &again, "--program", &program]);
        assert_eq!(fs::read_to_string(&again).unwrap(), html);
        // An error in the figures is one here as well.
        assert_eq!(nianbao(&["check", &page, "--program", &program], "").status.code(), Some(1));
    }
}

#[test]
fn what_is_asked_for_goes_along() {
    let folder = Folder::new("bundle-wanted");
    let program = program(&folder, VERSION, "start();");
    let (report, last, page) = (folder.path("a.json"), folder.path("last.json"), folder.path("a.html"));
    fs::write(&report, SOUND).unwrap();
    fs::write(&last, SOUND.replace("2023", "2022")).unwrap();
    let modules = |arguments: &[&str]| {
        quiet(&[&["bundle", &report, "-o", &page, "--program", &program], arguments].concat());
        let html = fs::read_to_string(&page).unwrap();
        let modules = parts(&html).into_iter().filter_map(|name| name.strip_suffix(".wasm"));
        (modules.collect::<Vec<_>>().join(" "), html.clone())
    };
    assert_eq!(modules(&[]).0, "widget");
    assert_eq!(modules(&["--formats"]).0, "widget reader container writer office");
    let (charts, html) = modules(&["--charts", "--lang", "en", "--history", &last, "--prior", &last]);
    assert_eq!(charts, "charts");
    let element = html.lines().find(|line| line.starts_with("<nianbao-report ")).unwrap();
    assert!(element.starts_with("<nianbao-report mode=\"view\" view=\"charts\" lang=\"en\" prior-src=\"data:application/json;charset=utf-8,%7B"), "{element}");
    assert!(element.contains(" history=\"data:application/json;charset=utf-8,%5B%7B"), "{element}");
    let rules = ["--rules", "tests/fixtures/office-rules.json"];
    let (edit, html) = modules(&[&["--mode", "edit"], &rules[..]].concat());
    assert_eq!(edit, "editor reader writer");
    assert!(html.contains(" mode=\"edit\" rules-src=\"data:"));
    // What the file brought along is kept when another one is made of it.
    let next = folder.path("b.html");
    quiet(&["bundle", &page, "-o", &next, "--program", &program]);
    assert!(fs::read_to_string(&next).unwrap().contains(" mode=\"view\" rules-src=\"data:"));
    let page_of =
        |name: &str| html.split(&format!("data-nianbao=\"{name}\">")).nth(1).unwrap().split('<').next().unwrap();
    assert!(String::from_utf8(unpacked(page_of("editor.js"))).unwrap().starts_with("nianbaoPrograms.editor = \"甲"));
    assert_eq!(unpacked(page_of("editor.wasm")), b"\0asmeditor");
}

#[test]
fn a_form_of_one_s_own_comes_along_and_is_read_without_it() {
    let folder = Folder::new("bundle-form");
    let program = program(&folder, VERSION, "start();");
    let (report, page) = (folder.path("a.json"), folder.path("a.html"));
    let json = r#"{"form": "reading-room", "agency": "某市", "year": 2024, "figures": {"visits.all.visitors": 3}}"#;
    fs::write(&report, json).unwrap();
    let form = ["--form", "tests/fixtures/reading-room.json", "--program", &program];
    quiet(&[&["bundle", &report, "-o", &page], &form[..]].concat());
    assert_eq!(converted(&page), serde_json::from_str::<Json>(json).unwrap());
    let (line, warnings) = checked(&[&page, "--program", &program]);
    assert_eq!(
        (&line["form"], &line["offline"]["intact"], warnings.as_str()),
        (&json!("reading-room"), &json!(true), "")
    );
    quiet(&[&["bundle", "--empty", "-o", &page], &form[..]].concat());
    assert_eq!(converted(&page)["form"], "reading-room");
}

#[test]
fn a_program_that_is_not_this_version_s_is_told() {
    let folder = Folder::new("bundle-altered");
    let own = program(&folder, VERSION, "start();");
    let (report, page, other) = (folder.path("a.json"), folder.path("a.html"), folder.path("b.html"));
    fs::write(&report, SOUND).unwrap();
    let altered = program(&folder, VERSION, "start(1);");
    quiet(&["bundle", &report, "-o", &page, "--program", &altered]);
    let state = |(line, warnings): (Json, String)| {
        (line["offline"]["program"].clone(), line["offline"]["intact"].clone(), warnings)
    };
    let told = state(checked(&[&page, "--program", &own]));
    assert_eq!((told.0, told.1), (json!("differs"), json!(false)));
    assert!(told.2.contains("可能被改动过") && told.2.contains("程序校验码"), "{}", told.2);
    // Without a program beside the command there is nothing to compare it to.
    assert_eq!(state(checked(&[&page])), (json!("unknown"), json!(true), String::new()));
    let html = fs::read_to_string(&page).unwrap();
    fs::write(&other, html.replace("nianbao 0.", "nianbao 9.")).unwrap();
    let told = state(checked(&[&other, "--program", &own]));
    assert_eq!((told.0, told.1), (json!("other-version"), json!(true)));
    assert!(told.2.contains("程序没有比对"), "{}", told.2);
    // The exit status tells of findings alone.
    let output = nianbao(&["check", &page, "--program", &own], "");
    assert_eq!(output.status.code(), Some(0));
    assert!(out(&output).contains("离线文件：程序 ") && out(&output).contains("与本版本不一致"), "{}", out(&output));
    for (from, to) in [
        ("data-nianbao=\"worker.js\"", "data-nianbao=\"other.js\""),
        ("data-nianbao=\"widget.js\">", "data-nianbao=\"widget.js\">1"),
    ] {
        fs::write(&other, html.replace("start(1);", "start();").replace(from, to)).unwrap();
        assert_eq!(state(checked(&[&other, "--program", &own])).0, "differs", "{from}");
    }
}

#[test]
fn what_is_seen_and_is_not_in_the_data_is_told() {
    let folder = Folder::new("bundle-tampered");
    let program = program(&folder, VERSION, "start();");
    let (report, page, other) = (folder.path("a.json"), folder.path("a.html"), folder.path("b.html"));
    let json = FAULTY.replace("\"figures\"", "\"sections\": {\"overview\": \"一切正常。\"}, \"figures\"");
    fs::write(&report, &json).unwrap();
    quiet(&["bundle", &report, "-o", &page, "--program", &program]);
    let html = fs::read_to_string(&page).unwrap();
    let tampered = |from: &str, to: &str, expect: &str| {
        assert!(html.contains(from), "{from}");
        fs::write(&other, html.replace(from, to)).unwrap();
        for version in [VERSION, "0.0.1"] {
            fs::write(
                &other,
                html.replace(from, to).replace(&format!("nianbao {VERSION}"), &format!("nianbao {version}")),
            )
            .unwrap();
            let (line, warnings) = checked(&[&other, "--program", &program]);
            assert_eq!(
                (&line["offline"]["intact"], &line["figures"]["disputes.review.upheld"]),
                (&json!(false), &json!(10))
            );
            assert!(warnings.contains(expect), "{version}: {warnings}");
            assert!(line["findings"].as_array().unwrap().iter().all(|finding| finding["rule"] != "carried"));
        }
    };
    tampered(">10</td>", ">11</td>", "结果维持");
    tampered(">一切正常。</p>", ">一切不正常。</p>", "总体情况");
    tampered("<article", "<p>报告无效。</p><article hidden", "");
    let (line, warnings) = {
        fs::write(&other, html.replace("</body>", "<p>见附件。</p></body>")).unwrap();
        checked(&[&other, "--program", &program])
    };
    assert_eq!((&line["offline"]["intact"], &line["offline"]["program"]), (&json!(false), &json!("same")));
    assert!(warnings.contains("写出以后被改动过"), "{warnings}");
}

#[test]
fn data_that_cannot_be_read_leave_what_is_seen() {
    let folder = Folder::new("bundle-broken");
    let program = program(&folder, VERSION, "start();");
    let (report, page) = (folder.path("a.json"), folder.path("a.html"));
    fs::write(&report, FAULTY).unwrap();
    quiet(&["bundle", &report, "-o", &page, "--program", &program]);
    let html = fs::read_to_string(&page).unwrap();
    for (from, to) in [
        ("{\"agency\"", "{agency"),
        ("\"form\":\"gongkai-2021\"", "\"form\":\"x\""),
        ("\"figures\":{", "\"figures\":[{"),
        ("json\">{", "json\"><!--{"),
    ] {
        assert!(html.contains(from), "{from}");
        fs::write(&page, html.replacen(from, to, 1)).unwrap();
        let (line, _) = checked(&[&page]);
        assert_eq!(
            (&line["agency"], &line["figures"]["disputes.review.upheld"]),
            (&json!("某区"), &json!(10)),
            "{from}"
        );
        let carried = |finding: &&Json| finding["rule"] == "carried";
        let carried: Vec<_> = line["findings"].as_array().unwrap().iter().filter(carried).collect();
        assert_eq!(carried.len(), 1, "{from}: {carried:?}");
        assert!(carried[0]["message"].as_str().unwrap().contains("只读了看得见的内容"), "{carried:?}");
    }
    // In another encoding the data are the same.
    let (text, ..) = encoding_rs::GB18030.encode(&html);
    fs::write(&page, text).unwrap();
    assert_eq!(converted(&page), serde_json::from_str::<Json>(FAULTY).unwrap());
}

#[test]
fn an_empty_form_is_made_to_be_filled_in() {
    let folder = Folder::new("bundle-empty");
    let page = folder.path("a.html");
    for program in programs(&folder) {
        quiet(&[
            "bundle",
            "--empty",
            "--form",
            "gongkai-2021",
            "--agency",
            "某镇",
            "--year",
            "2025",
            "-o",
            &page,
            "--program",
            &program,
        ]);
        let html = fs::read_to_string(&page).unwrap();
        assert!(html.contains(" mode=\"edit\" offline>") && parts(&html).contains(&"editor.js"));
        assert_eq!(converted(&page), json!({ "form": "gongkai-2021", "agency": "某镇", "year": 2025, "figures": {} }));
    }
    let program = program(&folder, VERSION, "start();");
    quiet(&["bundle", "--empty", "--form", "gongkai-2019", "--mode", "view", "-o", &page, "--program", &program]);
    assert!(fs::read_to_string(&page).unwrap().contains(" mode=\"view\" offline>"));
    assert_eq!(converted(&page), json!({ "form": "gongkai-2019", "agency": "", "year": null, "figures": {} }));
}

#[test]
fn a_list_of_bodies_becomes_a_folder_of_forms() {
    let folder = Folder::new("bundle-list");
    let program = program(&folder, VERSION, "start();");
    let (list, forms) = (folder.path("list.csv"), folder.path("forms"));
    let bodies: String = (1..=100).map(|at| format!("某镇{at}\n")).collect();
    let text = format!("机关,年度\n{bodies}某镇1\n某/局,2024年\n某:局,2024\n,2023\n");
    fs::write(&list, encoding_rs::GB18030.encode(&text).0).unwrap();
    let call = [
        "bundle",
        "--empty",
        "--form",
        "gongkai-2021",
        "--year",
        "2025",
        "--agencies",
        &list,
        "-o",
        &forms,
        "--program",
        &program,
    ];
    let output = nianbao(&call, "");
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(2), ""), "{}", err(&output));
    for sentence in ["第 102 行“某镇1”前面已有", "第 105 行没有可用的机关名称", "共制作 102 个文件"]
    {
        assert!(err(&output).contains(sentence), "{}", err(&output));
    }
    let mut names: Vec<_> =
        fs::read_dir(&forms).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names.len(), 102);
    let at = |name: &str| Path::new(&forms).join(name).to_str().unwrap().to_owned();
    for (name, agency, year) in [
        ("某镇7 2025年-gongkai-2021.html", "", 0),
        ("某镇72025年-gongkai-2021.html", "某镇7", 2025),
        ("某_局2024年-gongkai-2021.html", "某/局", 2024),
        ("某_局2024年-gongkai-2021-2.html", "某:局", 2024),
    ] {
        if agency.is_empty() {
            assert!(!Path::new(&at(name)).exists());
            continue;
        }
        let json = converted(&at(name));
        assert_eq!((&json["agency"], &json["year"]), (&json!(agency), &json!(year)));
    }
    // A form that somebody has filled in is not written over; an empty one may be.
    let filled = at("某镇12025年-gongkai-2021.html");
    let html = fs::read_to_string(&filled).unwrap();
    fs::write(&filled, html.replace("\"figures\":{}", "\"figures\":{\"disputes.review.total\":1}")).unwrap();
    fs::write(&list, "\u{feff}某镇1\r\n某镇2\r\n").unwrap();
    let output = nianbao(&call, "");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("里面不是空表") && err(&output).contains("共制作 1 个文件"), "{}", err(&output));
    assert!(fs::read_to_string(&filled).unwrap().contains("review.total\":1"));
    assert!(
        fs::read_dir(&forms).unwrap().all(|entry| !entry.unwrap().file_name().to_string_lossy().ends_with(".part"))
    );
}

#[test]
fn wrong_calls_of_bundle_are_told_in_a_sentence() {
    let folder = Folder::new("bundle-refused");
    let program = program(&folder, VERSION, "start();");
    let (report, page) = (folder.path("a.json"), folder.path("a.html"));
    fs::write(&report, SOUND).unwrap();
    let with = |arguments: &[&str], sentence: &str| {
        refused(&[&["bundle", "--program", &program], arguments].concat(), sentence)
    };
    with(&[&report, "-o", &folder.path("a.docx")], "要以 .html 结尾");
    with(&[&report, "-o", &folder.path("no/a.html")], "没有这个文件夹");
    with(&[&folder.path("no.json"), "-o", &page], "打不开这个文件");
    with(&[&report, "-o", &page, "--form", "gongkai-2021"], "要和 --empty 一起用");
    with(&["--empty", "-o", &page], "--form");
    with(&["--empty", "--form", "statistics", "-o", &page], "请用 --form 指明一种表式");
    with(&["--empty", "--form", "gongkai-2021", "--form", "gongkai-2019", "-o", &page], "请用 --form 指明一种表式");
    with(&["--empty", "--form", "no-such-form", "-o", &page], "no-such-form");
    with(&["--empty", "--form", "gongkai-2021", "--year", "23", "-o", &page], "23");
    with(&[&report, "--empty", "--form", "gongkai-2021", "-o", &page], "--empty");
    with(&[&report, "--agency", "某镇", "-o", &page], "--empty");
    let rules = ["--rules", "tests/fixtures/office-rules.json"];
    with(&[&[report.as_str(), "-o", &page], &rules[..], &rules[..]].concat(), "只能带一个规则文件");
    let list = folder.path("list.csv");
    fs::write(&list, "机关\n").unwrap();
    with(&["--empty", "--form", "gongkai-2021", "--agencies", &list, "-o", &folder.path("x")], "名单里没有机关");
    fs::write(&list, "某镇\n").unwrap();
    with(
        &["--empty", "--form", "gongkai-2021", "--agencies", &list, "--prior", &report, "-o", &folder.path("x")],
        "只属于一个机关",
    );
    with(&["--empty", "--form", "gongkai-2021", "--agencies", &list, "-o", &report], "写不了这个文件");
    refused(&["bundle", &report, "-o", &page, "--program", &folder.path("none")], "offline-page.json 等文件");
    let other = self::program(&folder, "9.0.0", "start();");
    refused(&["bundle", &report, "-o", &page, "--program", &other], "程序是 9.0.0 版");
    refused(&["check", &report, "--program", &other], "程序是 9.0.0 版");
    let file = Path::new(&program).join("offline-widget.json");
    fs::write(&file, fs::read_to_string(&file).unwrap().replace("\"text\":\"", "\"text\":\"</")).unwrap();
    with(&[&report, "-o", &page], "widget.js");
    fs::remove_file(&file).unwrap();
    with(&[&report, "-o", &page], "offline-widget.json");
    assert!(!Path::new(&page).exists() && !Path::new(&folder.path("x")).exists());
}

#[test]
#[cfg(not(feature = "offline"))]
fn without_a_program_it_is_said_where_to_have_one() {
    refused(&["bundle", "-", "-o", "-"], "请用 --program 指明");
    refused(&["bundle", "-", "-o", "-", "--lang", "en"], "nianbao-offline");
}
