//! What was copied elsewhere, read by the reader's module: it loads when something is pasted that has
//! a form of its own.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use yew::Callback;

use super::work::Services;
use crate::forms::Forms;
use crate::language::Language;

/// What was copied, and who waits for its paragraphs.
#[derive(Clone, Debug, PartialEq)]
pub struct Copied {
    pub html: String,
    pub text: String,
    pub then: Callback<String>,
}

/// What the reader makes of a clipboard, as JSON; `None` where the reader cannot be had.
pub async fn read(services: &Services, html: &str, text: &str, language: Language, forms: &Forms) -> Option<String> {
    let forms: Array = forms.brought().map(JsValue::from_str).collect();
    let given = Array::of4(&html.into(), &text.into(), &language.tag().into(), &forms);
    JsFuture::from(services.run("paste", &given, None, None)).await.ok()?.as_string()
}

/// The paragraphs of what was copied, with a blank line between them. Where the reader cannot be had,
/// the plain text has to do.
pub fn paragraphs(read: Option<&str>, text: &str) -> String {
    let read = || {
        let json: serde_json::Value = serde_json::from_str(read?).ok()?;
        let paragraphs = json["paragraphs"].as_array()?.iter().map(|paragraph| paragraph.as_str().map(str::to_owned));
        paragraphs.collect::<Option<Vec<_>>>().filter(|paragraphs| !paragraphs.is_empty())
    };
    read().unwrap_or_else(|| of_plain(text)).join("\n\n")
}

/// Paragraphs of a plain text: blank lines part them, or where there are none, every line is one.
fn of_plain(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_matches('\n');
    let blank = text.lines().any(|line| line.trim().is_empty());
    let mut paragraphs: Vec<String> = Vec::new();
    let mut fresh = true;
    for line in text.lines().map(str::trim_end) {
        match paragraphs.last_mut() {
            _ if line.trim().is_empty() => fresh = true,
            Some(last) if blank && !fresh => *last += &["\n", line].concat(),
            _ => {
                paragraphs.push(line.to_owned());
                fresh = false;
            }
        }
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_come_from_the_reader_or_else_from_the_lines() {
        assert_eq!(paragraphs(Some(r#"{"paragraphs": ["一、甲", "乙"]}"#), "丙"), "一、甲\n\n乙");
        assert_eq!(paragraphs(None, "甲\r\n乙 \r\n"), "甲\n\n乙");
        assert_eq!(paragraphs(Some("{}"), "甲\n乙\n\n丙"), "甲\n乙\n\n丙");
        assert_eq!(paragraphs(Some(r#"{"paragraphs": []}"#), ""), "");
    }
}
