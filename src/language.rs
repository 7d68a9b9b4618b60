//! The languages in which everything is said, and the texts of each. Which there are, the files of
//! `locales/` say; `build.rs` makes `words` of them.

use serde::{Deserialize, Serialize};

use crate::words;

/// A language in which labels and sentences are asked for: its place among those that there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Language(u8);

impl Language {
    /// Simplified Chinese, which all others fall back to: forms, laws and reports are written in it.
    pub const CHINESE: Language = Language(0);
    pub const ENGLISH: Language = Language(words::ENGLISH);

    pub fn all() -> impl Iterator<Item = Language> {
        (0..words::TAGS.len() as u8).map(Language)
    }

    /// The language of a BCP 47 tag such as `zh-CN`, `zh-HK` or `en-GB`; `None` for one that is not there.
    pub fn from_tag(tag: &str) -> Option<Language> {
        matching(&words::TAGS, tag).map(|at| Language(at as u8))
    }

    /// The BCP 47 tag, as it stands in a `lang` attribute.
    pub fn tag(self) -> &'static str {
        words::TAGS[usize::from(self.0)]
    }

    /// Whether it is written in Chinese characters.
    pub fn is_chinese(self) -> bool {
        primary(self.tag()) == "zh"
    }

    /// A message without values.
    pub fn word(self, message: Message) -> &'static str {
        message.get(self.0.into())
    }

    /// A message [filled](fill) with values. (A `format!` in each language would weigh hundreds of bytes.)
    #[inline(never)]
    pub fn say(self, message: Message, values: &[(&str, &str)]) -> String {
        self.say_with(message, values, &str::to_owned)
    }

    /// The same, where numbers are written as the language does.
    pub fn say_with(self, message: Message, values: &[(&str, &str)], number: &dyn Fn(&str) -> String) -> String {
        let mut said = String::new();
        let category = |count| words::category(self.0, count);
        Filling { values, number, category: &category, strict: true }.put(self.word(message), &mut said);
        said
    }
}

/// Of languages by their tags the one that is meant by a tag: that one, or else the one in the same
/// script, or else any of the same name.
fn matching(known: &[&str], tag: &str) -> Option<usize> {
    let tag = tag.replace('_', "-");
    let same = |known: &&str| primary(known).eq_ignore_ascii_case(primary(&tag));
    let exact = known.iter().position(|known| known.eq_ignore_ascii_case(&tag));
    let in_script = || known.iter().position(|known| same(known) && is_traditional(known) == is_traditional(&tag));
    exact.or_else(in_script).or_else(|| known.iter().position(same))
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

/// Whether a tag is one of Chinese in traditional characters: by its script, or by where it is spoken.
fn is_traditional(tag: &str) -> bool {
    let has = |name: &str| tag.split('-').skip(1).any(|part| part.eq_ignore_ascii_case(name));
    primary(tag).eq_ignore_ascii_case("zh") && (has("Hant") || !has("Hans") && (has("TW") || has("HK") || has("MO")))
}

/// A text of `locales/` in every language, behind each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message(pub &'static str);

/// Stands in a message where a language says the same as the first.
pub const SAME: char = '\u{1}';
/// Before the key of a variant.
pub const CHOICE: char = '\u{2}';
/// Behind it.
pub const KEY: char = '\u{3}';

impl Message {
    fn get(self, language: usize) -> &'static str {
        let mut texts = self.0.split('\0');
        let first = texts.next().unwrap_or_default();
        match language.checked_sub(1).and_then(|at| texts.nth(at)) {
            Some(text) if !text.starts_with(SAME) => text,
            _ => first,
        }
    }
}

/// A sentence with each `{name}` replaced by the value of that name. Values are not filled in their
/// turn, and a name without a value stays as it stands.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len());
    Filling { values, number: &str::to_owned, category: &|_| "other", strict: false }.put(template, &mut filled);
    filled
}

/// The same with a choice by a plural category, whatever the language.
#[cfg(test)]
pub fn fill_by(template: &str, values: &[(&str, &str)], category: &str) -> String {
    let mut filled = String::new();
    let of = |_: u64| match category {
        "one" => "one",
        "few" => "few",
        _ => "other",
    };
    Filling { values, number: &str::to_owned, category: &of, strict: true }.put(template, &mut filled);
    filled
}

/// What a sentence is filled with.
struct Filling<'a> {
    values: &'a [(&'a str, &'a str)],
    number: &'a dyn Fn(&str) -> String,
    /// The plural category of a number.
    category: &'a dyn Fn(u64) -> &'static str,
    /// Whether every name has to have a value: so it is where the sentence is ours.
    strict: bool,
}

impl Filling<'_> {
    fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    fn put(&self, template: &str, filled: &mut String) {
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let end = after.find(['}', CHOICE]).unwrap_or(after.len());
            let (name, behind) = after.split_at(end);
            rest = match (self.value(name.trim_start_matches('#')), behind.chars().next()) {
                (Some(value), Some('}')) if name.starts_with('#') => {
                    filled.push_str(&(self.number)(value));
                    &behind[1..]
                }
                (Some(value), Some('}')) => {
                    push_value(value, filled);
                    &behind[1..]
                }
                (value, Some(CHOICE)) => {
                    let (variants, behind) = behind.split_at(closing(behind));
                    self.put(self.variant(variants, value.unwrap_or_default()), filled);
                    behind.get(1..).unwrap_or_default()
                }
                _ => {
                    debug_assert!(!self.strict, "{template} has no value {name}");
                    filled.push('{');
                    after
                }
            };
        }
        filled.push_str(rest);
    }

    /// The text for a value: that of which the key is the value or its category, or else the last.
    fn variant<'t>(&self, variants: &'t str, value: &str) -> &'t str {
        let category = value.parse().map_or("", |number| (self.category)(number));
        let (mut chosen, mut depth, mut begun) = ("", 0, 0);
        let cuts = variants.char_indices().filter(|(_, c)| {
            depth += i32::from(*c == '{') - i32::from(*c == '}');
            *c == CHOICE && depth == 0
        });
        let cuts: Vec<usize> = cuts.map(|(at, _)| at).chain([variants.len()]).collect();
        for end in cuts {
            let (key, text) = variants[begun..end].trim_start_matches(CHOICE).split_once(KEY).unwrap_or_default();
            begun = end;
            chosen = text;
            if key == value || key == category {
                break;
            }
        }
        chosen
    }
}

/// How many characters of a value a sentence takes. None of ours comes near.
const LONGEST_VALUE: usize = 10_000;

/// Whether a character, which is not seen itself, turns those around it: they stand in another order than they are in.
pub fn is_turning(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Puts a value into a sentence. What would turn the sentence around it is spelled out, and what has no end is cut.
fn push_value(value: &str, filled: &mut String) {
    if value.len() <= LONGEST_VALUE && !value.contains(is_turning) {
        return filled.push_str(value);
    }
    let mut characters = value.chars();
    for c in characters.by_ref().take(LONGEST_VALUE) {
        match is_turning(c) {
            true => filled.push_str(&format!("[U+{:04X}]", u32::from(c))),
            false => filled.push(c),
        }
    }
    if characters.next().is_some() {
        filled.push('…');
    }
}

/// Where the brace is that closes one that was opened before.
fn closing(text: &str) -> usize {
    let mut depth = 1;
    let found = text.char_indices().find(|(_, c)| {
        depth += i32::from(*c == '{') - i32::from(*c == '}');
        depth == 0
    });
    found.map_or(text.len(), |(at, _)| at)
}

/// A label or a sentence of a form in the languages in which it is given. The Chinese one is the official
/// wording, and stands where there is no other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    pub zh: String,
    further: Vec<(Language, String)>,
}

impl Text {
    /// No words.
    pub const EMPTY: Text = Text { zh: String::new(), further: Vec::new() };

    /// A text that is published and has no translation.
    pub fn alike(text: &str) -> Text {
        Text { zh: text.to_owned(), ..Text::EMPTY }
    }

    /// The same translations of another official wording.
    pub fn published_as(mut self, text: &str) -> Text {
        text.clone_into(&mut self.zh);
        self
    }

    /// A message in every language: for what is kept, and asked for in any of them later.
    pub fn of(message: Message, values: &[(&str, &str)]) -> Text {
        Text::each(&|language| language.say(message, values))
    }

    /// What is said in each language.
    pub fn each(said: &dyn Fn(Language) -> String) -> Text {
        let mut text = Text::alike(&said(Language::CHINESE));
        for language in Language::all().skip(1) {
            text.set(language, said(language));
        }
        text
    }

    /// Gives it a wording.
    pub fn set(&mut self, language: Language, wording: String) {
        match language {
            Language::CHINESE => self.zh = wording,
            language => self.further.push((language, wording)),
        }
    }

    pub fn get(&self, language: Language) -> &str {
        let own = self.further.iter().find(|(known, _)| *known == language);
        own.map_or(&self.zh, |(_, text)| text)
    }

    /// Its wordings in all languages.
    pub fn wordings(&self) -> impl Iterator<Item = &str> {
        [self.zh.as_str()].into_iter().chain(self.further.iter().map(|(_, text)| text.as_str()))
    }

    /// The language that its wording is in, where this one is asked for.
    pub fn language(&self, asked: Language) -> Language {
        let has = asked.is_chinese() || self.further.iter().any(|(known, _)| *known == asked);
        if has { asked } else { Language::CHINESE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_filled_in_their_turn() {
        assert_eq!(fill("{a}{b}{a}", &[("a", "{b}"), ("b", "{a}")]), "{b}{a}{b}");
        assert_eq!(fill("{{a}b}", &[("a", "b"), ("bb", "wrong")]), "{bb}");
        assert_eq!(fill("“{a}”。", &[("a", "1\u{202e}2\u{2067}")]), "“1[U+202E]2[U+2067]”。");
        let long = fill("“{a}”。", &[("a", &"9".repeat(1_000_000))]);
        assert!(long.ends_with("9…”。") && long.chars().count() == LONGEST_VALUE + 4);
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

    #[test]
    fn a_tag_finds_the_language_in_its_script() {
        let known = ["zh-CN", "en", "zh-Hant"];
        let of = |tag: &str| matching(&known, tag).map(|at| known[at]);
        for tag in ["zh", "zh-CN", "zh_CN", "ZH-cn", "zh-Hans", "zh-SG", "zh-Hans-HK", "zh-XX"] {
            assert_eq!(of(tag), Some("zh-CN"), "{tag}");
        }
        for tag in ["zh-Hant", "zh-TW", "zh-HK", "zh-MO", "zh_tw", "zh-hant-cn", "zh-Hant-TW"] {
            assert_eq!(of(tag), Some("zh-Hant"), "{tag}");
        }
        assert_eq!((of("en"), of("en-GB"), of("EN_us")), (Some("en"), Some("en"), Some("en")));
        assert_eq!((of("fr"), of(""), of("zho")), (None, None, None));
    }

    #[test]
    fn a_text_without_a_wording_is_said_in_chinese() {
        let mut text = Text::alike("总计");
        text.set(Language::ENGLISH, "Total".to_owned());
        let traditional = Language::from_tag("zh-TW").unwrap();
        assert_eq!((text.get(Language::ENGLISH), text.get(traditional)), ("Total", "总计"));
        assert_eq!(Text::alike("总计").language(Language::ENGLISH), Language::CHINESE);
        assert_eq!((text.language(Language::ENGLISH), text.language(traditional)), (Language::ENGLISH, traditional));
    }
}
