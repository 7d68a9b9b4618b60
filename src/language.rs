//! The two languages that every label and sentence exists in.

use serde::{Deserialize, Serialize};

/// A language in which labels and sentences are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    Chinese,
    English,
}

impl Language {
    /// The language of a BCP 47 tag such as `zh-CN`, `zh` or `en-GB`; `None` for any other.
    pub fn from_tag(tag: &str) -> Option<Language> {
        match tag.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "zh" => Some(Language::Chinese),
            "en" => Some(Language::English),
            _ => None,
        }
    }

    /// The BCP 47 tag, as it stands in a `lang` attribute.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        }
    }

    /// The one of two wordings that is in this language.
    pub fn pick<T>(self, chinese: T, english: T) -> T {
        match self {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }

    /// A year as it is printed: `2023年`.
    pub fn printed_year(self, year: i32) -> String {
        self.pick(year.to_string() + "年", year.to_string())
    }

    /// The one of two sentences that is in this language, [filled](fill). A `format!` in each language
    /// would build both, and each costs the widget hundreds of bytes.
    #[inline(never)]
    pub fn say(self, chinese: &str, english: &str, values: &[(&str, &str)]) -> String {
        fill(self.pick(chinese, english), values)
    }
}

/// A sentence with each `{name}` replaced by the value of that name. Values are not filled in their
/// turn, and a name without a value stays as it stands.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let named = after.split_once('}');
        let value = named.and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((*value, after))
        });
        let (piece, next) = value.unwrap_or(("{", after));
        filled.push_str(piece);
        rest = next;
    }
    filled.push_str(rest);
    filled
}

/// A label or a sentence in both languages. The Chinese one is the official wording.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    pub zh: String,
    pub en: String,
}

impl Text {
    /// A text that is published and has no translation.
    pub fn alike(text: &str) -> Text {
        Text { zh: text.to_owned(), en: text.to_owned() }
    }

    pub fn get(&self, language: Language) -> &str {
        language.pick(&self.zh, &self.en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_filled_in_their_language() {
        let values = [("name", "某镇"), ("count", "3")];
        let say = |language: Language| language.say("“{name}”有{count}处。", "{count} in “{name}”, {count}.", &values);
        assert_eq!(say(Language::Chinese), "“某镇”有3处。");
        assert_eq!(say(Language::English), "3 in “某镇”, 3.");
    }

    #[test]
    fn values_are_not_filled_in_their_turn() {
        assert_eq!(fill("{a}{b}{a}", &[("a", "{b}"), ("b", "{a}")]), "{b}{a}{b}");
        assert_eq!(fill("{{a}b}", &[("a", "b"), ("bb", "wrong")]), "{bb}");
    }

    #[test]
    fn what_is_no_known_name_stays() {
        let values = [("a", "1"), ("empty", "")];
        for (template, filled) in [
            ("", ""),
            ("无。", "无。"),
            ("{b} {a}", "{b} 1"),
            ("{空 {a}}", "{空 1}"),
            ("{}{ a }{a", "{}{ a }{a"),
            ("}{a}{", "}1{"),
            ("{empty}{a}", "1"),
        ] {
            assert_eq!(fill(template, &values), filled, "{template}");
        }
    }
}
