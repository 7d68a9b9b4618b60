//! The files of `locales/`: each says everything, in its own characters. And no sentence stands in code.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use encoding_rs::BIG5;

/// Simplified characters that Big5 happens to have as others.
const SIMPLIFIED: &str = "触党吨范复构挂柜坏机极价荐洁据离么确扰胜适体听万网与愿种筑";

/// What stands behind each message of a file, lines without names and comments.
fn texts(file: &str) -> Vec<String> {
    let text = fs::read_to_string(Path::new("locales").join(file)).unwrap();
    let texts = text.lines().filter(|line| !line.starts_with('#')).map(|line| match line.split_once(" = ") {
        Some((id, text)) if !id.contains(' ') => text.to_owned(),
        _ => line.to_owned(),
    });
    texts.collect()
}

/// The messages of a file by their names.
fn names(file: &str) -> Vec<String> {
    let text = fs::read_to_string(Path::new("locales").join(file)).unwrap();
    let name = |line: &str| line.split_once(" = ").map(|(id, _)| id.to_owned()).filter(|id| !id.contains([' ', '#']));
    text.lines().filter_map(name).collect()
}

fn is_simplified(c: char) -> bool {
    let mut buffer = [0; 4];
    let chinese = ('\u{3400}'..'\u{a000}').contains(&c);
    chinese && (SIMPLIFIED.contains(c) || BIG5.encode(c.encode_utf8(&mut buffer)).2)
}

#[test]
fn every_language_says_everything() {
    let all = names("zh-CN.ftl");
    assert!(all.len() > 500, "{}", all.len());
    for file in ["zh-Hant.ftl", "en.ftl"] {
        let known = names(file);
        let missing: Vec<_> = all.iter().filter(|name| !known.contains(name)).collect();
        assert!(missing.is_empty(), "{file}: {missing:?}");
    }
}

#[test]
fn traditional_chinese_has_no_simplified_character_and_its_own_quotation_marks() {
    let labels: BTreeMap<String, String> =
        serde_json::from_str(&fs::read_to_string("locales/zh-Hant.labels.json").unwrap()).unwrap();
    for text in texts("zh-Hant.ftl").into_iter().chain(labels.into_values()) {
        let odd: String = text.chars().filter(|c| is_simplified(*c) || "“”‘’".contains(*c)).collect();
        assert_eq!(odd, "", "{text}");
    }
    assert!(is_simplified('们') && is_simplified('体') && !is_simplified('們') && !is_simplified('台'));
}

#[test]
fn official_names_stay_in_traditional_characters_what_they_are() {
    let all = texts("zh-Hant.ftl").concat();
    assert!(all.contains("政府信息公開工作年度報告") && !all.contains("政府資訊公開"));
}

#[test]
fn english_has_no_chinese_character() {
    for text in texts("en.ftl") {
        assert!(
            !text.contains(|c| ('\u{3000}'..'\u{a000}').contains(&c) || ('\u{ff00}'..'\u{ffe0}').contains(&c)),
            "{text}"
        );
    }
}

/// Every Rust file below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => found.extend(sources(&path)),
            false if path.extension().is_some_and(|ending| ending == "rs") => found.push(path),
            false => {}
        }
    }
    found
}

/// The code of a file without its tests and comments.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_sentence_stands_in_code() {
    for path in sources(Path::new("src")) {
        let text = code(&fs::read_to_string(&path).unwrap());
        for (at, line) in text.lines().enumerate() {
            let in_two = [".pick(", "(zh, en", "zh: &str", "zh: format!"].iter().any(|sign| line.contains(sign));
            // Every sentence for a reader asks for something. (申请 are requests; narrative/ has the words of reports.)
            let asks = line.replace("申请", "").contains('请') && !path.starts_with("src/narrative");
            assert!(!in_two && !asks, "{}: {}: {line}", path.display(), at + 1);
        }
    }
}
