//! A draft as it lies in the browser's store.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

use crate::report::Report;

/// No time that there is, and no number of anything, is greater.
const MOST: f64 = 8.64e15;

/// A draft: a report with what is needed to find it again and never to overwrite another's work.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// What it is a draft of: see [`super::Identity`].
    pub key: String,
    pub agency: String,
    pub year: Option<i32>,
    /// The id of the report's form.
    pub form: String,
    pub title: String,
    /// The report as JSON text.
    pub report: String,
    /// The fingerprint of the published report with which it began.
    pub base: String,
    /// When it was written, in milliseconds since 1970.
    pub saved: f64,
    pub mark: Mark,
}

/// Which write of whom: two are the same only for the same write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The element that wrote it, in its tab.
    pub writer: String,
    /// One more with every write.
    pub revision: u32,
}

impl Mark {
    /// Whether what is stored was written by another since one last saw it. Then it is not to be
    /// overwritten.
    pub fn is_news(&self, seen: Option<&Mark>, me: &str) -> bool {
        self.writer != me && Some(self) != seen
    }
}

impl Record {
    /// A report as a draft that `me` writes now.
    pub fn of(report: &Report, key: &str, base: &str, me: &str) -> Record {
        Record {
            key: key.to_owned(),
            agency: report.agency.clone(),
            year: report.year,
            form: report.form.id.clone(),
            title: report.title.clone(),
            report: text(report),
            base: base.to_owned(),
            saved: js_sys::Date::now(),
            mark: Mark { writer: me.to_owned(), revision: 0 },
        }
    }

    /// As a plain object, which is what the store holds.
    pub fn to_js(&self) -> JsValue {
        let object = Object::new();
        // A plain object takes any key.
        let put = |key: &str, value: JsValue| _ = Reflect::set(&object, &key.into(), &value);
        let texts = [
            ("key", &self.key),
            ("agency", &self.agency),
            ("form", &self.form),
            ("title", &self.title),
            ("report", &self.report),
            ("base", &self.base),
            ("writer", &self.mark.writer),
        ];
        texts.into_iter().for_each(|(key, text)| put(key, text.as_str().into()));
        put("year", self.year.map_or(JsValue::NULL, JsValue::from));
        put("saved", self.saved.into());
        put("revision", self.mark.revision.into());
        object.into()
    }

    /// Takes what the store holds, under a `key` where that is known; `None` where that is no draft. A report is
    /// somebody's work, whatever has become of what is kept beside it.
    pub fn from_js(object: &JsValue, key: Option<&str>) -> Option<Record> {
        let get = |key: &str| Reflect::get(object, &key.into()).ok();
        let text = |key: &str| get(key)?.as_string();
        let number = |key: &str| get(key)?.as_f64().filter(|number| (0.0..=MOST).contains(number));
        let plain = |key: &str| text(key).unwrap_or_default();
        Some(Record {
            key: key.map(str::to_owned).or_else(|| text("key"))?,
            agency: plain("agency"),
            year: number("year").map(|year| year as i32),
            form: plain("form"),
            title: plain("title"),
            report: text("report")?,
            base: plain("base"),
            saved: number("saved").unwrap_or_else(js_sys::Date::now),
            mark: Mark { writer: plain("writer"), revision: number("revision").unwrap_or_default() as u32 },
        })
    }
}

/// A report with where its figures come from, as JSON text.
pub fn text(report: &Report) -> String {
    report.to_json_with_provenance().to_string()
}

/// What such a text says, wherever it was read: the same for the same report.
pub fn said(text: &str) -> String {
    match serde_json::from_str(text) {
        Ok(serde_json::Value::Object(mut map)) => {
            map.remove("provenance");
            serde_json::Value::Object(map).to_string()
        }
        _ => text.to_owned(),
    }
}

/// A short name of a text: whether a report is still the one that was seen before (FNV-1a).
pub fn fingerprint(text: &str) -> String {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(writer: &str, revision: u32) -> Mark {
        Mark { writer: writer.to_owned(), revision }
    }

    #[test]
    fn what_another_wrote_since_is_news_and_nothing_else_is() {
        assert!(!mark("me", 9).is_news(Some(&mark("other", 3)), "me"), "one's own is none");
        assert!(!mark("other", 3).is_news(Some(&mark("other", 3)), "me"), "it was seen");
        assert!(mark("other", 4).is_news(Some(&mark("other", 3)), "me"));
        assert!(mark("other", 1).is_news(Some(&mark("other", 3)), "me"), "it was deleted and begun anew");
        assert!(mark("other", 1).is_news(None, "me"), "there was none");
    }

    #[test]
    fn a_text_says_the_same_wherever_it_was_read() {
        let of = |file: &str| format!(r#"{{"figures":{{"a.b.c":12.50}},"provenance":{{"file":"{file}"}}}}"#);
        assert_eq!(said(&of("a.html")), r#"{"figures":{"a.b.c":12.50}}"#);
        assert_eq!(said(&of("a.html")), said(&of("b.html")));
        assert_eq!(said("{"), "{");
    }

    #[test]
    fn a_fingerprint_changes_with_the_text() {
        assert_eq!(fingerprint(""), "cbf29ce484222325");
        assert_eq!(fingerprint("a"), "af63dc4c8601ec8c");
        assert_ne!(fingerprint("年报"), fingerprint("年报 "));
    }
}
