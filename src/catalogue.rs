//! From the files of `locales/` to the constants of `words.rs`: one a message, with its text in every
//! language. The build script and the tests share it; it is in no module.
//!
//! A text is kept in a form that [`fill`](crate::language::fill) reads: `{name}` is a value, `{#name}` one
//! that is written as a number of the language, and a choice is `{name`, then for each variant [`CHOICE`],
//! its key, [`KEY`] and its text, and `}`; the last variant is the one that is taken where no key fits.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Write};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement, VariantKey};
use fluent_syntax::parser;
use fluent_syntax::unicode::unescape_unicode_to_string;
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};
use serde_json::Value as Json;

use crate::language::{CHOICE, KEY, SAME};

/// The language that everything is written in first: the others fall back to it.
pub const BASE: &str = "zh-CN";

/// The texts of all languages.
#[derive(Debug)]
pub struct Catalogue {
    /// The languages by their tags, [`BASE`] first.
    pub tags: Vec<String>,
    pub entries: Vec<Words>,
    /// What should be looked at, but does no harm.
    pub warnings: Vec<Fault>,
}

/// A message.
#[derive(Debug)]
pub struct Words {
    pub id: String,
    /// In the order of the languages; `None` where one has no text for it.
    pub texts: Vec<Option<String>>,
    /// The names of the values that it may show.
    pub names: Vec<String>,
    /// What its comment says.
    comment: Vec<String>,
}

/// What is wrong with a file, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    pub file: String,
    pub line: usize,
    pub problem: String,
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.problem)
    }
}

/// A file of `locales/`: its name and what it holds.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    pub name: &'a str,
    pub text: &'a str,
}

impl File<'_> {
    /// The language, as the file is called after it.
    fn tag(&self) -> String {
        self.name.trim_end_matches(".ftl").to_owned()
    }

    fn fault(&self, line: usize, problem: impl Into<String>) -> Fault {
        Fault { file: self.name.to_owned(), line, problem: problem.into() }
    }

    /// The line on which a byte of it stands, counted from 1.
    fn line_of(&self, at: usize) -> usize {
        1 + self.text.bytes().take(at).filter(|byte| *byte == b'\n').count()
    }

    /// The line on which a message begins.
    fn line_of_message(&self, id: &str) -> usize {
        let begins = |line: &str| line.strip_prefix(id).is_some_and(|rest| rest.trim_start().starts_with('='));
        self.text.lines().position(begins).map_or(1, |line| line + 1)
    }

    fn messages(&self) -> Result<Vec<Message<&str>>, Fault> {
        let resource = parser::parse(self.text).map_err(|(_, errors)| {
            let error = &errors[0];
            // The message that it stands in: what is missing is often found missing further down only.
            let begin = error.slice.as_ref().map_or(error.pos.start, |message| message.start);
            self.fault(self.line_of(begin), error.to_string())
        })?;
        let mut messages: Vec<Message<&str>> = Vec::new();
        for entry in resource.body {
            match entry {
                Entry::Message(message) => messages.push(message),
                Entry::Term(term) => {
                    let line = self.line_of_message(&format!("-{}", term.id.name));
                    return Err(self.fault(line, "terms are not known here: please write out what it says"));
                }
                _ => {}
            }
        }
        Ok(messages)
    }
}

impl Catalogue {
    /// Reads the files of all languages.
    ///
    /// # Errors
    /// Where one cannot be read, or shows a value that the message does not have.
    pub fn read(files: &[File]) -> Result<Catalogue, Fault> {
        let mut files: Vec<&File> = files.iter().collect();
        files.sort_by_key(|file| (file.tag() != BASE, file.tag()));
        let base = files.first().filter(|file| file.tag() == BASE);
        let base = base.ok_or_else(|| Fault {
            file: format!("{BASE}.ftl"),
            line: 1,
            problem: "this file is missing: it names all messages".to_owned(),
        })?;
        if let Some(file) = files.iter().find(|file| file.tag().parse::<Locale>().is_err()) {
            return Err(file.fault(1, "the name of the file is no tag of a language, such as fr or pt-BR"));
        }
        let tags = files.iter().map(|file| file.tag()).collect();
        let mut catalogue = Catalogue { tags, entries: Vec::new(), warnings: Vec::new() };
        for message in base.messages()? {
            catalogue.begin(base, &message)?;
        }
        for (language, file) in files.iter().enumerate().skip(1) {
            catalogue.add(language, file)?;
        }
        Ok(catalogue)
    }

    /// A message of the base.
    fn begin(&mut self, file: &File, message: &Message<&str>) -> Result<(), Fault> {
        let id = message.id.name;
        if self.entries.iter().any(|known| known.id == id) {
            return Err(file.fault(file.line_of_message(id), format!("“{id}” stands here twice")));
        }
        let text = Writer::new(file, id).message(message)?;
        let comment: Vec<String> =
            message.comment.iter().flat_map(|comment| &comment.content).map(|line| (*line).to_owned()).collect();
        let mut names = text.names;
        // Values that only other languages show are named in the comment.
        let said = comment.iter().flat_map(|line| line.split('$').skip(1));
        let name = |rest: &str| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>();
        names.extend(said.map(name));
        let mut texts = vec![None; self.tags.len()];
        texts[0] = Some(text.text);
        self.entries.push(Words { id: id.to_owned(), texts, names, comment });
        Ok(())
    }

    /// The messages of a further language.
    fn add(&mut self, language: usize, file: &File) -> Result<(), Fault> {
        for message in file.messages()? {
            let id = message.id.name;
            let line = file.line_of_message(id);
            let Some(known) = self.entries.iter_mut().find(|known| known.id == id) else {
                return Err(
                    file.fault(line, format!("there is no message “{id}” in {BASE}.ftl: please check the spelling"))
                );
            };
            if known.texts[language].is_some() {
                return Err(file.fault(line, format!("“{id}” stands here twice")));
            }
            let text = Writer::new(file, id).message(&message)?;
            if let Some(name) = text.names.iter().find(|name| !known.names.contains(name)) {
                let names: Vec<String> = known.names.iter().map(|name| format!("${name}")).collect();
                return Err(file.fault(line, format!("“{id}” has no value ${name}; it has: {}", names.join(", "))));
            }
            known.texts[language] = Some(text.text);
            for key in text.keys.iter().filter(|key| PluralCategory::get_for_cldr_string(key).is_some()) {
                if !categories(&self.tags[language]).iter().any(|known| known == key) {
                    let problem = format!("“{id}” has a text for [{key}], which no number is in this language");
                    self.warnings.push(file.fault(line, problem));
                }
            }
        }
        let missing = self.entries.iter().filter(|known| known.texts[language].is_none());
        let missing: Vec<&str> = missing.map(|known| known.id.as_str()).collect();
        if let Some(first) = missing.first() {
            let problem =
                format!("{} message(s) are missing and are said in Chinese, the first: {first}", missing.len());
            self.warnings.push(file.fault(1, problem));
        }
        Ok(())
    }

    /// All of it in Rust: the languages, the messages, and which number is of which category.
    pub fn rust(&self) -> String {
        let mut out = String::new();
        self.write(&mut out).expect("a string takes whatever is written");
        out
    }

    fn write(&self, out: &mut String) -> fmt::Result {
        let english = self.tags.iter().position(|tag| tag == "en").unwrap_or_default();
        writeln!(out, "/// The languages by their tags, the one that the others fall back to first.")?;
        writeln!(out, "pub const TAGS: [&str; {}] = {:?};", self.tags.len(), self.tags)?;
        writeln!(out, "/// The place of English among them.\npub const ENGLISH: u8 = {english};")?;
        for entry in &self.entries {
            for line in &entry.comment {
                writeln!(out, "/// {line}")?;
            }
            let base = entry.texts[0].as_deref().unwrap_or_default();
            if entry.comment.is_empty() && !base.trim().is_empty() {
                writeln!(out, "/// {}", base.replace(char::is_control, " ").replace(['[', ']'], "|"))?;
            }
            writeln!(out, "pub const {}: Message = Message({:?});", constant(&entry.id), entry.packed())?;
        }
        writeln!(out, "/// The plural category of a whole number, as far as a text asks for it.")?;
        writeln!(out, "pub fn category(language: u8, number: u64) -> &'static str {{\n    match language {{")?;
        for (language, tag) in self.tags.iter().enumerate().filter(|(language, _)| self.asks(*language)) {
            write!(out, "        {language} => ")?;
            write_rule(out, tag)?;
        }
        writeln!(out, "        _ => \"other\",\n    }}\n}}")
    }

    /// Whether a text of a language depends on the category of a number.
    fn asks(&self, language: usize) -> bool {
        let texts = self.entries.iter().filter_map(|entry| entry.texts[language].as_ref());
        let mut keys = texts.flat_map(|text| text.split(CHOICE).skip(1)).filter_map(|rest| rest.split(KEY).next());
        // What no key fits is “other” anyway.
        keys.any(|key| key != "other" && PluralCategory::get_for_cldr_string(key).is_some())
    }
}

impl Words {
    /// The texts behind each other; one that is the same as that of the base is not said again.
    pub fn packed(&self) -> String {
        let base = self.texts[0].as_deref().unwrap_or_default();
        let mut packed = base.to_owned();
        for text in &self.texts[1..] {
            packed.push('\0');
            match text.as_deref() {
                Some(text) if text != base => packed.push_str(text),
                _ => packed.push(SAME),
            }
        }
        packed
    }
}

/// `ask-zeros` is `ASK_ZEROS`.
fn constant(id: &str) -> String {
    id.replace('-', "_").to_ascii_uppercase()
}

fn rules(tag: &str) -> Option<PluralRules> {
    let locale: Locale = tag.parse().ok()?;
    PluralRules::try_new(locale.into(), PluralRulesOptions::default()).ok()
}

fn categories(tag: &str) -> Vec<&'static str> {
    rules(tag).map_or_else(|| vec!["other"], |rules| rules.categories().map(named).collect())
}

fn named(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// The rule of a language as a match: the numbers below a hundred one by one, the others by their last two
/// digits, and millions, which some languages count apart.
fn write_rule(out: &mut String, tag: &str) -> fmt::Result {
    let rules = rules(tag);
    let of = |number: u64| rules.as_ref().map_or("other", |rules| named(rules.category_for(number)));
    writeln!(out, "match number {{")?;
    write_arms(out, "            ", (0..100).map(|number| (number, of(number))))?;
    if of(1_000_000) != of(100) {
        writeln!(out, "            100.. if number.is_multiple_of(1_000_000) => {:?},", of(1_000_000))?;
    }
    if (100..200).any(|number| of(number) != "other") {
        writeln!(out, "            100.. => match number % 100 {{")?;
        write_arms(out, "                ", (100..200).map(|number| (number % 100, of(number))))?;
        writeln!(out, "                _ => \"other\",\n            }},")?;
    }
    writeln!(out, "            _ => \"other\",\n        }},")
}

/// One arm for each category but “other”.
fn write_arms(out: &mut String, indent: &str, numbers: impl Iterator<Item = (u64, &'static str)>) -> fmt::Result {
    let mut arms: BTreeMap<&str, Vec<(u64, u64)>> = BTreeMap::new();
    for (number, category) in numbers.filter(|(_, category)| *category != "other") {
        let runs = arms.entry(category).or_default();
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    for (category, runs) in arms {
        let run = |(from, to): &(u64, u64)| if from == to { from.to_string() } else { format!("{from}..={to}") };
        writeln!(out, "{indent}{} => {category:?},", runs.iter().map(run).collect::<Vec<_>>().join(" | "))?;
    }
    Ok(())
}

/// A text as it is kept.
#[derive(Default)]
struct Text {
    text: String,
    names: Vec<String>,
    keys: Vec<String>,
}

/// Writes one message of a file.
struct Writer<'a> {
    file: &'a File<'a>,
    line: usize,
    id: &'a str,
    out: Text,
}

impl<'a> Writer<'a> {
    fn new(file: &'a File<'a>, id: &'a str) -> Writer<'a> {
        Writer { file, line: file.line_of_message(id), id, out: Text::default() }
    }

    fn fault<T>(&self, problem: &str) -> Result<T, Fault> {
        Err(self.file.fault(self.line, format!("“{}”: {problem}", self.id)))
    }

    fn message(mut self, message: &Message<&str>) -> Result<Text, Fault> {
        if !message.attributes.is_empty() {
            return self.fault("attributes are not known here: please make it a message of its own");
        }
        match &message.value {
            Some(value) => self.pattern(value)?,
            None => return self.fault("this says nothing"),
        }
        Ok(self.out)
    }

    fn pattern(&mut self, pattern: &Pattern<&str>) -> Result<(), Fault> {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.text(value)?,
                PatternElement::Placeable { expression } => self.expression(expression)?,
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Fault> {
        if text.contains(|c: char| c == '{' || c == '}' || c.is_control() && c != '\n') {
            return self.fault("braces and control characters cannot stand in a text");
        }
        self.out.text.push_str(text);
        Ok(())
    }

    fn expression(&mut self, expression: &Expression<&str>) -> Result<(), Fault> {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
                self.name("{", id.name);
                // The one that is taken where no key fits comes last.
                let (default, others): (Vec<_>, Vec<_>) = variants.iter().partition(|variant| variant.default);
                for variant in others.into_iter().chain(default) {
                    let (VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name }) = variant.key;
                    self.out.keys.push(name.to_owned());
                    self.out.text.push(CHOICE);
                    self.out.text.push_str(name);
                    self.out.text.push(KEY);
                    self.pattern(&variant.value)?;
                }
                self.out.text.push('}');
                Ok(())
            }
            Expression::Select { .. } => self.fault("one can choose by a value alone, such as { $count -> … }"),
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) -> Result<(), Fault> {
        match inline {
            InlineExpression::StringLiteral { value } => self.text(&unescape_unicode_to_string(value)),
            InlineExpression::VariableReference { id } => {
                self.name("{", id.name);
                self.out.text.push('}');
                Ok(())
            }
            InlineExpression::FunctionReference { id, arguments } if id.name == "NUMBER" => {
                match (arguments.positional.as_slice(), arguments.named.as_slice()) {
                    ([InlineExpression::VariableReference { id }], []) => {
                        self.name("{#", id.name);
                        self.out.text.push('}');
                        Ok(())
                    }
                    _ => self.fault("NUMBER takes one value and nothing else, such as { NUMBER($count) }"),
                }
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            _ => self.fault("only values, NUMBER($count) and quoted text are known between braces"),
        }
    }

    fn name(&mut self, opening: &str, name: &str) {
        self.out.text.push_str(opening);
        self.out.text.push_str(name);
        self.out.names.push(name.to_owned());
    }
}

/// The places for values in a wording of a form, such as `{left_sum}`, in order.
fn places(wording: &str) -> Vec<&str> {
    let mut places: Vec<&str> = wording.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// What forms print, in a further language: official wording → wording.
#[derive(Debug)]
pub struct Labels {
    tag: String,
    of: BTreeMap<String, String>,
    used: Vec<String>,
    missing: Vec<String>,
}

impl Labels {
    /// Reads a file such as `zh-Hant.labels.json`; the tag is what its name begins with.
    ///
    /// # Errors
    /// Where it is not one object of texts.
    pub fn read(file: File) -> Result<Labels, Fault> {
        let of: BTreeMap<String, String> =
            serde_json::from_str(file.text).map_err(|error| file.fault(error.line(), error.to_string()))?;
        if let Some((official, wording)) = of.iter().find(|(official, wording)| places(official) != places(wording)) {
            let line = file.text.lines().position(|line| line.contains(official.as_str())).map_or(1, |line| line + 1);
            return Err(file.fault(line, format!("“{wording}” has other places for values than “{official}”")));
        }
        let tag = file.name.split('.').next().unwrap_or_default().to_owned();
        Ok(Labels { tag, of, used: Vec::new(), missing: Vec::new() })
    }

    /// Puts the wordings beside the official ones of a form.
    pub fn add_to(&mut self, form: &mut Json) {
        match form {
            Json::Array(items) => items.iter_mut().for_each(|item| self.add_to(item)),
            Json::Object(map) => {
                let official = map.get("zh").and_then(Json::as_str).map(str::to_owned);
                match official {
                    Some(official) if !map.contains_key(&self.tag) => {
                        if let Some(wording) = self.wording(official) {
                            map.insert(self.tag.clone(), wording.into());
                        }
                    }
                    _ => map.values_mut().for_each(|value| self.add_to(value)),
                }
            }
            _ => {}
        }
    }

    /// The wording where it is another than the official one.
    fn wording(&mut self, official: String) -> Option<String> {
        let wording = self.of.get(&official).cloned();
        let list = if wording.is_some() { &mut self.used } else { &mut self.missing };
        if !list.contains(&official) {
            list.push(official.clone());
        }
        wording.filter(|wording| *wording != official)
    }

    /// What should be looked at, once all forms have theirs.
    pub fn warnings(&self) -> Vec<String> {
        let unused = self.of.keys().filter(|known| !self.used.contains(known));
        let unused = unused.map(|label| format!("no form prints “{label}”"));
        unused.chain(self.missing.iter().map(|label| format!("there is no wording for “{label}”"))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language;

    const CHINESE: &str = "# $of: which of them\ncount = { $count } 处错误\nplain = 撤销\nsame = OK\n";

    fn read(files: &[(&str, &str)]) -> Result<Catalogue, Fault> {
        let files: Vec<File> = files.iter().map(|&(name, text)| File { name, text }).collect();
        Catalogue::read(&files)
    }

    fn with(name: &str, text: &str) -> Result<Catalogue, Fault> {
        read(&[("zh-CN.ftl", CHINESE), (name, text)])
    }

    fn check_fault(text: &str, line: usize, problem: &str) {
        let fault = with("en.ftl", text).expect_err(text);
        assert_eq!((fault.file.as_str(), fault.line), ("en.ftl", line), "{fault}");
        assert!(fault.problem.contains(problem), "{fault}");
    }

    #[test]
    fn a_language_is_added_by_adding_its_file() {
        let russian = "plain = Отменить\ncount = { $count ->\n    [one] { NUMBER($count) } ошибка\n    \
                       [few] { NUMBER($count) } ошибки\n   *[many] { NUMBER($count) } ошибок\n}\n";
        let catalogue = read(&[("en.ftl", "plain = Undo\n"), ("ru.ftl", russian), ("zh-CN.ftl", CHINESE)]).unwrap();
        assert_eq!(catalogue.tags, ["zh-CN", "en", "ru"]);
        let count = &catalogue.entries[0];
        assert_eq!((count.id.as_str(), count.texts[1].as_deref()), ("count", None));
        let said = count.texts[2].as_deref().unwrap();
        let categories: Vec<_> = [1, 2, 5, 11, 21, 104, 1_000_000].map(|number| category(&catalogue, number)).into();
        assert_eq!(categories, ["one", "few", "many", "many", "one", "few", "many"]);
        let say =
            |number: u64| language::fill_by(said, &[("count", &number.to_string())], category(&catalogue, number));
        assert_eq!([say(1), say(104), say(11)], ["1 ошибка", "104 ошибки", "11 ошибок"]);
        // What it does not say is said in Chinese, and that is told.
        assert_eq!(catalogue.warnings.len(), 2);
        assert!(catalogue.warnings[1].to_string().starts_with("ru.ftl:1: 1 message(s) are missing"));
        assert_eq!(catalogue.entries[1].packed(), "撤销\0Undo\0Отменить");
        assert_eq!(catalogue.entries[2].packed(), "OK\0\u{1}\0\u{1}");
    }

    /// The category of a number in the last language, as the written rule has it.
    fn category(catalogue: &Catalogue, number: u64) -> &'static str {
        let rust = catalogue.rust();
        let rule = rust.split("2 => match number {").nth(1).expect("Russian asks for categories");
        let (below, above) = rule.split_once("100.. => match number % 100 {").expect("there are two parts");
        let (arms, number) = if number < 100 { (below, number) } else { (above, number % 100) };
        let is_in = |run: &str| match run.trim().split_once("..=") {
            Some((from, to)) => (from.parse().unwrap()..=to.parse().unwrap()).contains(&number),
            None => run.trim() == number.to_string(),
        };
        let holds = |arm: &&str| arm.split("=>").next().unwrap().split('|').any(is_in);
        let arm = arms.lines().find(|line| line.contains("=>") && holds(line)).unwrap_or("_ => \"other\"");
        ["one", "few", "many"].into_iter().find(|name| arm.contains(name)).unwrap_or("other")
    }

    #[test]
    fn every_message_becomes_a_constant_of_its_own() {
        let rust = with("en.ftl", "plain = Undo\ncount = { $count } errors\nsame = OK\n").unwrap().rust();
        assert!(rust.contains("pub const TAGS: [&str; 2] = [\"zh-CN\", \"en\"];"), "{rust}");
        assert!(rust.contains("/// 撤销\npub const PLAIN: Message = Message(\"撤销\\0Undo\");"), "{rust}");
        assert!(rust.contains("pub const ENGLISH: u8 = 1;"), "{rust}");
        assert!(!rust.contains("1 => match"), "{rust}");
    }

    #[test]
    fn a_faulty_file_is_refused_with_its_line() {
        check_fault("plain = Undo\ncount = { $count\n", 2, "Expected");
        check_fault("plain = Undo\ncount = { $number } errors\n", 2, "has no value $number; it has: $count, $of");
        check_fault("plain = Undo\n\nplan = Undo\n", 3, "there is no message “plan”");
        check_fault("plain = Undo\nplain = Undo\n", 1, "stands here twice");
        check_fault("plain = { -brand }\n", 1, "only values");
        check_fault("plain = Undo\n    .title = Undo\n", 1, "attributes");
        check_fault("plain = { \"{\" }\n", 1, "braces");
        assert!(with("english words.ftl", "plain = Undo\n").unwrap_err().problem.contains("no tag of a language"));
        assert!(read(&[("en.ftl", "plain = Undo\n")]).unwrap_err().problem.contains("names all messages"));
    }

    #[test]
    fn what_no_number_is_in_a_language_is_told() {
        let catalogue = with("en.ftl", "count = { $count ->\n    [few] few\n   *[other] many\n}\n").unwrap();
        assert!(catalogue.warnings[0].problem.contains("[few]"));
    }

    #[test]
    fn labels_stand_beside_the_official_ones() {
        let text = "{\"总计\": \"總計\", \"其他\": \"其他\", \"没有\": \"沒有\"}";
        let mut labels = Labels::read(File { name: "zh-Hant.labels.json", text }).unwrap();
        let mut form = serde_json::json!({"rows": [{"zh": "总计", "en": "Total"}, {"zh": "其他", "en": "Other"}],
            "name": {"zh": "表", "en": "Table"}});
        labels.add_to(&mut form);
        assert_eq!(form["rows"][0]["zh-Hant"], "總計");
        assert_eq!(form["rows"][1], serde_json::json!({"zh": "其他", "en": "Other"}));
        assert_eq!(labels.warnings(), ["no form prints “没有”", "there is no wording for “表”"]);
    }

    #[test]
    fn labels_have_the_places_of_the_official_ones() {
        let text = "{\n\"{left} 与 {right}\": \"{left} 與 {rihgt}\"\n}";
        let fault = Labels::read(File { name: "zh-Hant.labels.json", text }).unwrap_err();
        assert_eq!(fault.line, 2);
        assert!(fault.problem.contains("other places"));
    }
}
