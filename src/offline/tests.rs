use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::forms::Forms;
use crate::report::Report;

/// Bytes as a part holds them.
fn packed(bytes: &[u8]) -> String {
    let digits: Vec<char> = (33..127).map(char::from).filter(|c| !"\"<\\".contains(*c)).collect();
    let (mut text, mut bits, mut count) = (format!("{} ", bytes.len()), 0usize, 0);
    for byte in bytes.iter().map(|byte| Some(*byte)).chain([None, None]) {
        bits |= usize::from(byte.unwrap_or_default()) << count;
        count += if byte.is_some() { 8 } else { 13 * usize::from(count > 0 && count < 13) };
        while count >= 13 {
            let block = bits & 0x1fff;
            text.extend([digits[block / 91], digits[block % 91]]);
            (bits, count) = (bits >> 13, count - 13);
            if byte.is_none() {
                count = 0;
            }
        }
    }
    text
}

/// What looks like the hash of a script, another one for each name.
fn hash(of: &str) -> String {
    let digits: String = of.replace('.', "+").chars().chain("A".repeat(43).chars()).take(43).collect();
    format!("sha256-{digits}=")
}

fn file(version: &str, parts: &[Json]) -> String {
    json!({ "version": version, "parts": parts }).to_string()
}

/// A program with every kind of part.
fn files() -> Vec<String> {
    let script = |name: &str| json!({ "name": name, "hash": hash(name), "text": packed(name.as_bytes()) });
    let page = [
        json!({ "name": "loader", "plain": true, "hash": hash("loader"), "text": "start(\"甲\", 1 < 2 && '<p>');" }),
        script("page.js"),
        script("worker.js"),
        json!({ "name": "nianbao.css", "text": packed(&[255; 100]) }),
        json!({ "name": "page.css", "plain": true, "text": "a>b{content:\"<\"}" }),
    ];
    let editor = [script("editor.js"), json!({ "name": "editor.wasm", "text": packed(&[0, 1, 2, 3]) })];
    vec![file("0.1.0", &page), file("0.1.0", &editor)]
}

fn program() -> Program {
    Program::from_files(&files()).unwrap()
}

fn report(json: Json) -> Report {
    Report::from_value(json, &Forms::official()).unwrap()
}

/// A report whose every text is this one.
fn filled_with(text: &str) -> Json {
    json!({
        "form": "gongkai-2021", "agency": text, "year": 2023, "title": text, "date": text, "contact": text,
        "sections": { "overview": text, "problems": format!("{text}\n\n{text}") },
        "figures": { "requests.received.total": text, "article20_8.fees.amount": 1.50, text: text },
        "provenance": { "file": text, "cells": {
            "disputes.review.total": { "how": "read", "text": text }, "requests.received.total": { "how": "typed" } } },
        "units": { "article20_8.fees.amount": text },
        text: { "unknown": [text, null, true] },
    })
}

/// A file is taken apart into what it was made of, and put together again from that.
fn comes_back(json: Json, previous: Option<&str>, attributes: &[(&str, &str)]) -> OfflineFile {
    let (report, program) = (report(json), program());
    let page = bundle(&report, previous, attributes, &program);
    let file = take_apart(&page).expect("a file of this kind");
    let back = Report::from_json(&file.data.report, &Forms::official()).unwrap();
    assert_eq!(back.to_json_with_provenance(), report.to_json_with_provenance());
    assert_eq!((file.version.as_str(), file.parts.as_slice()), (program.version(), program.parts()));
    assert_eq!(file.put_together(&Forms::official()).as_deref(), Some(page.as_str()));
    assert_eq!(data(&page).as_ref(), Some(&file.data));
    file
}

const HOSTILE: [&str; 16] = [
    "</script>",
    "</SCRIPT ><script>alert(1)</script>",
    "<!--",
    "<!-- <script>",
    "-->",
    "]]>",
    "</nianbao-report><nianbao-report offline><script type=\"application/json\">{}</script>",
    "\u{2028}\u{2029}\u{85}\u{feff}",
    "a\u{0}b\u{1}\u{7f}\u{9f}",
    "a\rb\r\nc\n",
    "😀\u{20000}\u{10ffff}\u{ffff}\u{fdd0}",
    "\" onload=\"x\" '><img src=x>&quot;&#60;&",
    "\\u003c/script\\u003e \\",
    "⽂ ﹤ ＜/script＞",
    "\u{202e}{\"figures\": {}} \u{200d}",
    "\" 'unsafe-inline'; script-src *; <meta charset=gbk>",
];

#[test]
fn no_text_of_a_report_ends_its_place() {
    for text in HOSTILE {
        let previous = filled_with(text).to_string();
        let file = comes_back(filled_with(text), Some(&previous), &[("mode", text), ("lang", text), ("history", text)]);
        assert_eq!(file.previous.as_deref().map(serde_json::from_str::<Json>).unwrap().unwrap(), filled_with(text));
        let kept: String = text.chars().filter(|c| !c.is_control() || "\t\r\n".contains(*c)).collect();
        for name in ["mode", "lang", "history"] {
            assert_eq!(file.data.attribute(name), Some(kept.as_str()));
        }
    }
}

#[test]
fn nothing_but_the_program_is_a_script() {
    let everything = HOSTILE.concat();
    let page = bundle(
        &report(filled_with(&everything)),
        Some(&json!(everything).to_string()),
        &[("view", &everything)],
        &program(),
    );
    let tags: Vec<_> =
        scan::Tags::of(&page).filter(|tag| !tag.is_end && (tag.is("script") || tag.is("style"))).collect();
    let kinds: Vec<_> = tags.iter().map(|tag| (tag.attribute("type"), tag.attribute(PIECE))).collect();
    let packed = |name| (Some("text/plain"), Some(name));
    assert_eq!(
        kinds,
        [
            (None, None),
            (None, Some("page.css")),
            (Some("application/json"), None),
            (Some("application/json"), Some("previous")),
            packed("page.js"),
            packed("worker.js"),
            packed("nianbao.css"),
            packed("editor.js"),
            packed("editor.wasm"),
            (None, Some("loader")),
        ]
    );
    assert!(!page.contains("<!--") && !page.contains(['\0', '\r']), "a browser would read another text");
    for tag in tags.iter().filter(|tag| tag.attribute("type") == Some("application/json")) {
        assert!(tag.content.len() > 100 && !tag.content.contains(['<', '>', '&', '\u{2028}', '\u{2029}', '\n']));
    }
    let elements = scan::Tags::of(&page).filter(|tag| tag.is(ELEMENT)).count();
    let policies = scan::Tags::of(&page).filter(|tag| tag.attribute("http-equiv").is_some()).count();
    assert_eq!((elements, policies), (2, 1));
}

#[test]
fn the_policy_names_the_loader_first_and_then_every_script() {
    let page = bundle(&report(filled_with("甲")), None, &[], &program());
    let policy =
        scan::Tags::of(&page).find_map(|tag| tag.attribute("http-equiv").and(tag.attribute("content"))).unwrap();
    let hashes = ["loader", "page.js", "worker.js", "editor.js"].map(|name| format!(" '{}'", hash(name))).concat();
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; script-src{hashes} 'unsafe-eval' 'wasm-unsafe-eval'; worker-src blob:; style-src \
             'unsafe-inline'; connect-src data:; img-src data: blob:; base-uri 'none'; form-action 'none'"
        )
    );
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}"));
    assert!(
        at("charset=\"utf-8\"") < 1024
            && at("Content-Security-Policy") < at("<style")
            && at("</article>") < at("page.js")
    );
}

#[test]
fn ten_megabytes_of_text_come_back() {
    let text = "公开😀</script>\u{2028}é".repeat(10_000_000 / 27);
    let mut json = filled_with("甲");
    json["sections"]["overview"] = text.into();
    comes_back(json, None, &[("mode", "edit")]);
}

#[test]
fn only_what_belongs_to_such_a_file_is_kept() {
    let odd = [("mode", "edit"), ("class", "x"), ("onclick", "y"), ("offline", "no"), ("mode", "view"), ("view", "")];
    let file = comes_back(filled_with("甲"), Some("no JSON"), &odd);
    let kept: Vec<_> = file.data.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!((kept, file.previous), (vec![("mode", "edit"), ("view", "")], None));
}

#[test]
fn what_was_changed_is_not_the_same_when_it_is_put_together() {
    let page = bundle(&report(filled_with("某镇")), None, &[("mode", "edit")], &program());
    let changed = [
        ("<h1", "<h1 class=x"),
        (">某镇</h1>", ">某县</h1>"),
        ("</body>", "<p>再说一句</p></body>"),
        ("form-action 'none'", "form-action *"),
        ("mode=\"edit\"", "mode=edit"),
        ("\"year\":2023", "\"year\": 2023"),
        ("</nianbao-report>", "</nianbao-report><script>1</script>"),
    ];
    for (from, to) in changed {
        assert!(page.contains(from), "{from}");
        let changed = page.replacen(from, to, 1);
        let file = take_apart(&changed).unwrap();
        assert_ne!(file.put_together(&Forms::official()), Some(changed), "{from}");
    }
}

#[test]
fn what_is_no_such_file_is_none() {
    for page in [
        "",
        "<nianbao-report>",
        "<nianbao-report><script type=\"application/json\">{}</script></nianbao-report>",
        "<nianbao-report offline></nianbao-report><script type=\"application/json\">{}</script>",
        "<!-- <nianbao-report offline><script type=\"application/json\">{}</script> -->",
        "<title><nianbao-report offline><script type=\"application/json\">{}</script></title>",
        "<p title='<nianbao-report offline><script type=\"application/json\">{}</script>'>",
    ] {
        assert_eq!((take_apart(page), data(page)), (None, None), "{page}");
    }
}

#[test]
fn a_page_that_somebody_wrote_again_is_still_read() {
    let page = "<NIANBAO-REPORT class=x OFFLINE='' Mode=edit mode=view><p>甲</p>\n<SCRIPT TYPE='application/json'> {\"a\": 1}\r\n</script >\n\
        <article>甲</article>\n</nianbao-report><script data-nianbao='previous' type=application/json>{}</script><script data-nianbao=loader>x</script>";
    let file = take_apart(page).unwrap();
    assert_eq!(
        (file.data.report.as_str(), file.data.attribute("mode"), file.previous.as_deref()),
        ("{\"a\": 1}", Some("edit"), Some("{}"))
    );
    assert_eq!((file.article.as_str(), file.version.as_str(), file.parts.len()), ("<article>甲</article>", "", 1));
    assert_eq!(file.put_together(&Forms::official()), None);
}

/// What comes of a part that cannot stand in a file.
fn refused(change: impl Fn(&mut Json), expect: &str) {
    let mut page: Json = serde_json::from_str(&files()[0]).unwrap();
    change(&mut page);
    let error = Program::from_files(&[page.to_string()]).unwrap_err().0.zh;
    assert!(error.contains(expect), "{error}");
}

#[test]
fn a_program_that_is_damaged_is_refused() {
    for (at, name) in ["loader", "page.js", "worker.js"].into_iter().enumerate() {
        for bad in [json!(null), json!("sha256-x"), json!(hash(name).replace('A', "'")), json!("sha384-")] {
            refused(|page| page["parts"][at]["hash"] = bad.clone(), name);
        }
    }
    for text in ["", "3", "3 ", "x !!", "1 !!!!", "1 <!", "1 \"!", "1 \\!", "1 é", "99999999999999999999 !!", "+1 !!"]
    {
        refused(|page| page["parts"][1]["text"] = text.into(), "page.js");
    }
    for text in ["</script>", "<!-- x", "a\rb", "\0"] {
        refused(|page| page["parts"][0]["text"] = text.into(), "loader");
        refused(|page| page["parts"][4]["text"] = text.into(), "page.css");
    }
    for name in ["", "A.js", "previous", "a\"b.js", "worker.js", "é.js"] {
        refused(|page| page["parts"][1]["name"] = name.into(), "page.js");
        refused(|page| page["parts"][3]["name"] = name.into(), name);
    }
    refused(|page| page["parts"][0]["plain"] = false.into(), "loader");
    refused(|page| page["parts"][1]["plain"] = true.into(), "page.js");
    refused(|page| page["version"] = "1\"".into(), "version");
    refused(|page| page["version"] = json!(1), "JSON");
    refused(|page| page["parts"] = json!({}), "JSON");
    refused(|page| *page = json!([]), "JSON");
    assert!(Program::from_files::<&str>(&[]).unwrap_err().0.zh.contains("page.js"));
    assert!(Program::from_files(&["{"]).unwrap_err().0.zh.contains("JSON"));
    let mixed = [files()[0].clone(), file("0.2.0", &[])];
    let sentence = Program::from_files(&mixed).unwrap_err().0.zh;
    assert!(sentence.contains("0.1.0") && sentence.contains("0.2.0"), "{sentence}");
}

#[test]
fn the_files_of_a_program_are_those_that_are_wanted() {
    let files = |edit, charts, formats| {
        let files = Wanted { edit, charts, formats }.files().into_iter();
        files.map(|file| file.trim_start_matches("offline-").trim_end_matches(".json")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(files(false, false, false), "page widget");
    assert_eq!(files(false, true, false), "page charts");
    assert_eq!(files(false, false, true), "page widget reader container writer office");
    assert_eq!(files(true, false, false), "page editor reader writer");
    assert_eq!(files(true, true, true), "page editor reader container writer office");
}

#[test]
fn a_program_is_known_by_all_of_its_parts() {
    let program = program();
    let whole = code_hash(program.parts());
    let canonical: String = program.parts().iter().map(|part| format!("{}\n{}\n", part.name, part.text)).collect();
    assert!(canonical.starts_with("page.css\n") && canonical.ends_with("'<p>');\n"));
    assert_eq!(whole.len(), 64);
    for at in 0..program.parts().len() {
        let mut parts = program.parts().to_vec();
        parts[at].text.push('x');
        assert_ne!(code_hash(&parts), whole);
    }
    assert_eq!(code_hash(&[]), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_eq!(shown_hash(&code_hash(&[])), "E3B0-C442-98FC-1C14");
}

/// Texts of what is likely to do harm.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        "\\PC{0,12}",
        proptest::sample::select(HOSTILE.to_vec()).prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(pieces, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_report_comes_back(text in texts(), key in texts(), mode in texts(), previous in proptest::option::of(texts())) {
        let mut json = filled_with(&text);
        json["figures"][&key] = json!(&text);
        let previous = previous.map(|previous| json!({ "figures": previous }).to_string());
        let file = comes_back(json, previous.as_deref(), &[("mode", &mode), ("form-src", &as_address(&text))]);
        let parsed = |json: &str| serde_json::from_str::<Json>(json).unwrap();
        prop_assert_eq!(file.previous.as_deref().map(parsed), previous.as_deref().map(parsed));
        prop_assert_eq!(file.data.attribute("form-src").and_then(of_address), Some(text));
    }

    #[test]
    fn what_was_torn_and_glued_is_survived(cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0..40usize, texts()), 1..8)) {
        let mut page = bundle(&report(filled_with("某镇")), Some("{}"), &[("mode", "edit")], &program());
        for (at, drop, text) in cuts {
            let from = page.floor_char_boundary(at.index(page.len()));
            let to = page.floor_char_boundary((from + drop).min(page.len()));
            page.replace_range(from..to.max(from), &text);
        }
        if let Some(file) = take_apart(&page) {
            prop_assert!(data(&page).is_some());
            let again = file.put_together(&Forms::official());
            let again = again.as_deref().and_then(take_apart);
            prop_assert!(again.is_none_or(|again| again.parts == file.parts && again.data.attributes.len() == file.data.attributes.len()));
        }
    }

    #[test]
    fn garbage_is_survived(text in "[<>a-zA-Z/!'\"= \\-&;#{}0-9\u{0}甲]{0,200}", inside in any::<bool>()) {
        let page = if inside { format!("<{ELEMENT} {MARK}{text}<script type=\"application/json\">{text}") } else { text };
        take_apart(&page);
        data(&page);
    }
}
