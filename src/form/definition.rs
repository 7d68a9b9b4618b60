//! The shape of a form file, exactly as it is written. `forms/form.schema.json` says the same to
//! an editor. What the parts mean is said in `form.rs`, which turns a definition into a [`Form`].
//!
//! [`Form`]: super::Form

use std::cell::RefCell;

use serde_json::{Map, Value as Json};

use super::{
    Agencies, Axis, Compare, FormError, Holds, Kind, Published, Requirement, Role, Severity, TextBound, TextRule,
};
use crate::language::{Language, Text};

pub struct FormFile {
    pub id: String,
    /// Whether the rows of its table, and its sections, are those of each report.
    pub open: bool,
    pub name: Text,
    pub title: Option<Text>,
    pub years: YearsFile,
    pub notice: NoticeFile,
    pub superseded: Vec<String>,
    pub replaced_by: Option<String>,
    pub sections: Vec<SectionFile>,
    pub tables: Vec<TableFile>,
    pub relations: Vec<RelationFile>,
    pub claims: Vec<ClaimsFile>,
    pub texts: Vec<TextRule>,
    pub titles: Vec<String>,
    pub published: Option<Published>,
    pub charts: Vec<ChartFile>,
    /// Addresses in other forms, each with the one here that counts the same.
    pub same: Vec<(String, String)>,
    /// Of its charts only which lines they show, where they cannot be drawn.
    pub drawn: Vec<DrawnFile>,
}

/// The tables of a chart, and the row or column of theirs that it is along.
pub struct DrawnFile {
    pub tables: Vec<String>,
    pub row: Option<String>,
    pub column: Option<String>,
}

/// A picture of figures.
pub struct ChartFile {
    pub kind: usize,
    pub id: String,
    pub title: Text,
    pub tables: Vec<String>,
    /// The one row or column that its cells stand in.
    pub row: Option<String>,
    pub column: Option<String>,
    /// Names of lines, or addresses, in the order of [`LISTS`].
    pub lists: Vec<Vec<String>>,
    pub tones: Vec<String>,
    /// In the order of [`READINGS`].
    pub readings: Vec<Option<Text>>,
}

/// The kinds of chart.
pub const CHART_KINDS: [&str; 6] = ["parts", "flow", "results", "figures", "chain", "trends"];

/// What the lists of cells in a chart are called.
pub const LISTS: [&str; 8] = ["sources", "parts", "lead", "whole", "rest", "concluded", "corrected", "cells"];

/// Which sentence is said when.
pub const READINGS: [&str; 5] = ["zero", "one", "all", "open", "many"];

/// An office's own rules.
pub struct RulesFile {
    /// The forms that they hold for; all where none is named.
    pub forms: Vec<String>,
    pub severities: Vec<(String, Option<Severity>)>,
    pub relations: Vec<RelationFile>,
    pub claims: Vec<ClaimsFile>,
    pub texts: Vec<TextRule>,
}

pub struct ClaimsFile {
    pub table: String,
    pub about: Vec<String>,
    pub objects: Vec<String>,
    pub units: Vec<String>,
    pub ignore: Vec<String>,
    pub partial: Vec<String>,
    pub rows: Vec<SaidFile>,
    pub columns: Vec<SaidFile>,
    pub column: Option<String>,
    pub whole: Option<String>,
}

pub struct SaidFile {
    pub words: Vec<String>,
    pub lines: Vec<String>,
    pub role: Role,
    pub or: Vec<(Vec<String>, Option<Severity>)>,
    pub number: Option<i64>,
}

pub struct YearsFile {
    pub from: i32,
    pub to: Option<i32>,
}

pub struct NoticeFile {
    pub number: String,
    pub date: Option<String>,
    pub title: Text,
}

pub struct SectionFile {
    pub id: String,
    pub number: String,
    pub heading: Text,
    pub note: Option<Text>,
    pub requires: Vec<Requirement>,
    pub sheets: Vec<SheetFile>,
}

pub struct SheetFile {
    pub width: usize,
    pub tables: Vec<String>,
}

pub struct TableFile {
    pub id: String,
    pub name: Text,
    pub banner: Option<Text>,
    pub corner: Option<Text>,
    pub unit_head: Option<Text>,
    pub across: bool,
    pub holds: Holds,
    pub columns: Vec<HeaderFile>,
    pub rows: Vec<HeaderFile>,
}

/// A row or column head: a leaf has an `id`, a group has `heads`.
pub struct HeaderFile {
    pub id: Option<String>,
    pub label: Text,
    pub span: Option<usize>,
    pub holds: Option<Holds>,
    pub heads: Vec<HeaderFile>,
    /// Other labels under which it is published.
    pub also: Vec<String>,
    /// How deep it stands below others that are rows themselves.
    pub level: usize,
    /// What it is called in a picture, where its label does not do.
    pub short: Option<Text>,
}

pub struct RelationFile {
    pub rule: String,
    pub code: String,
    pub severity: Severity,
    pub compare: Compare,
    pub agencies: Option<Agencies>,
    pub when: Vec<String>,
    pub table: Option<String>,
    pub for_each: Option<Along>,
    /// The rows or columns that it is restricted to.
    pub only: Vec<String>,
    pub left: Vec<String>,
    pub right: Vec<String>,
    pub name: Text,
    pub basis: Text,
    pub wording: Text,
}

/// What a relation holds in, one by one.
#[derive(Clone, Copy)]
pub enum Along {
    Lines(Axis),
    Cells,
}

/// Reads a form file.
///
/// # Errors
/// Where it is no JSON, or a part of it is missing, of another sort, or unknown.
pub fn read(json: &str) -> Result<FormFile, FormError> {
    let faults = Faults::default();
    let mut file = Entry::new(String::new(), parse(json)?, &faults);
    file.take("$schema");
    let form = FormFile {
        id: file.string("id"),
        open: file.yes_or_no("open"),
        name: file.text("name"),
        title: file.may_text("title"),
        years: years(file.entry("years")),
        notice: notice(file.entry("notice")),
        superseded: file.strings("superseded"),
        replaced_by: file.may_string("replaced_by"),
        sections: file.entries("sections").map(section).collect(),
        tables: file.entries("tables").map(table).collect(),
        relations: file.entries("relations").map(relation).collect(),
        claims: file.entries("claims").map(claims).collect(),
        texts: file.entries("texts").map(text_rule).collect(),
        titles: file.strings("titles"),
        published: file.may_entry("published").map(published),
        charts: Vec::new(),
        same: Vec::new(),
        drawn: Vec::new(),
    };
    let form = if cfg!(feature = "charts") {
        let charts = file.entries("charts").map(chart).collect();
        FormFile { charts, same: file.may_entry("same").map(same).unwrap_or_default(), ..form }
    } else {
        file.take("same");
        FormFile { drawn: file.entries("charts").map(drawn).collect(), ..form }
    };
    file.end();
    faults.none().map(|()| form)
}

/// Reads a file of an office's own rules.
///
/// # Errors
/// As [`read`].
pub fn read_rules(json: &str) -> Result<RulesFile, FormError> {
    let faults = Faults::default();
    let mut file = Entry::new(String::new(), parse(json)?, &faults);
    file.take("$schema");
    let rules = RulesFile {
        forms: file.strings("forms"),
        severities: file.may_entry("severities").map(severities).unwrap_or_default(),
        relations: file.entries("relations").map(relation).collect(),
        claims: file.entries("claims").map(claims).collect(),
        texts: file.entries("texts").map(text_rule).collect(),
    };
    file.end();
    faults.none().map(|()| rules)
}

fn parse(json: &str) -> Result<Json, FormError> {
    serde_json::from_str(json).map_err(|error| FormError {
        place: format!("line {}, column {}", error.line(), error.column()),
        problem: error.to_string(),
    })
}

/// The first fault of a file. Reading goes on behind it, with something in place of what is faulty:
/// a way out at every key would weigh more in the module than all the rest.
#[derive(Default)]
struct Faults(RefCell<Option<FormError>>);

impl Faults {
    fn note(&self, place: String, problem: &str) {
        self.0.borrow_mut().get_or_insert_with(|| FormError { place, problem: problem.to_owned() });
    }

    fn none(self) -> Result<(), FormError> {
        self.0.into_inner().map_or(Ok(()), Err)
    }
}

/// An object of the file, taken apart key by key. (Derived deserialisation would say less of the
/// place of a fault, and weigh three times as much in the module.)
struct Entry<'f> {
    place: String,
    map: Map<String, Json>,
    faults: &'f Faults,
}

impl<'f> Entry<'f> {
    fn new(place: String, json: Json, faults: &'f Faults) -> Entry<'f> {
        match json {
            Json::Object(map) => Entry { place, map, faults },
            _ => {
                faults.note(place.clone(), "{…} is expected here");
                Entry { place, map: Map::new(), faults }
            }
        }
    }

    fn place_of(&self, key: &str) -> String {
        if self.place.is_empty() { key.to_owned() } else { [&self.place, ".", key].concat() }
    }

    fn fault(&self, key: &str, problem: &str) {
        self.faults.note(self.place_of(key), problem);
    }

    fn take(&mut self, key: &str) -> Option<Json> {
        self.map.remove(key)
    }

    fn need(&mut self, key: &str) -> Json {
        let json = self.take(key);
        if json.is_none() {
            self.fault(key, "this is missing");
        }
        json.unwrap_or_default()
    }

    fn string(&mut self, key: &str) -> String {
        let json = self.need(key);
        string(json, self.faults, || self.place_of(key))
    }

    fn may_string(&mut self, key: &str) -> Option<String> {
        self.map.contains_key(key).then(|| self.string(key))
    }

    fn entry(&mut self, key: &str) -> Entry<'f> {
        let json = self.need(key);
        Entry::new(self.place_of(key), json, self.faults)
    }

    fn may_entry(&mut self, key: &str) -> Option<Entry<'f>> {
        self.map.contains_key(key).then(|| self.entry(key))
    }

    fn text(&mut self, key: &str) -> Text {
        let mut entry = self.entry(key);
        let mut text = Text::alike(&entry.string("zh"));
        text.set(Language::ENGLISH, entry.string("en"));
        for language in Language::all() {
            if let Some(wording) = entry.may_string(language.tag()) {
                text.set(language, wording);
            }
        }
        // Languages that are not known here: the file may be used by others too.
        entry.map.retain(|key, _| !is_tag(key));
        entry.end();
        text
    }

    fn may_text(&mut self, key: &str) -> Option<Text> {
        self.map.contains_key(key).then(|| self.text(key))
    }

    fn may_whole(&mut self, key: &str) -> Option<i64> {
        let number = self.take(key)?.as_i64().filter(|number| i32::try_from(*number).is_ok());
        if number.is_none() {
            self.fault(key, "a whole number is expected here");
        }
        number
    }

    fn whole(&mut self, key: &str) -> i64 {
        if !self.map.contains_key(key) {
            self.fault(key, "this is missing");
        }
        self.may_whole(key).unwrap_or_default()
    }

    fn may_count(&mut self, key: &str) -> Option<usize> {
        let number = self.may_whole(key)?;
        if number < 0 {
            self.fault(key, "a number above zero is expected here");
        }
        usize::try_from(number).ok()
    }

    fn yes_or_no(&mut self, key: &str) -> bool {
        let yes = self.take(key).map(|json| json.as_bool());
        if yes == Some(None) {
            self.fault(key, "true or false is expected here");
        }
        yes.flatten().unwrap_or_default()
    }

    /// The place of one of several words among them; the first where the key is left out.
    fn may_word(&mut self, key: &str, words: &[&str]) -> usize {
        let Some(json) = self.take(key) else { return 0 };
        let found = words.iter().position(|word| json.as_str() == Some(word));
        if found.is_none() {
            self.fault(key, &["one of these is expected here: ", &words.join(", ")].concat());
        }
        found.unwrap_or_default()
    }

    fn severity(&mut self, key: &str) -> Severity {
        if !self.map.contains_key(key) {
            self.fault(key, "this is missing");
        }
        [Severity::Error, Severity::Warning, Severity::Info][self.may_word(key, &["error", "warning", "info"])]
    }

    /// The items of a list with their places; none where the key is left out.
    fn items(&mut self, key: &str) -> Vec<(String, Json)> {
        let place = self.place_of(key);
        match self.take(key) {
            None => Vec::new(),
            Some(Json::Array(items)) => {
                let numbered = items.into_iter().enumerate();
                numbered.map(|(at, item)| ([&place, "[", &at.to_string(), "]"].concat(), item)).collect()
            }
            Some(_) => {
                self.faults.note(place, "[…] is expected here");
                Vec::new()
            }
        }
    }

    fn strings(&mut self, key: &str) -> Vec<String> {
        let items = self.items(key).into_iter();
        items.map(|(place, item)| string(item, self.faults, || place)).collect()
    }

    fn entries(&mut self, key: &str) -> impl Iterator<Item = Entry<'f>> + use<'f> {
        let faults = self.faults;
        self.items(key).into_iter().map(move |(place, item)| Entry::new(place, item, faults))
    }

    /// Nothing unknown may be left of it.
    fn end(self) {
        if let Some(key) = self.map.keys().next() {
            self.fault(key, "this is unknown; please check the spelling");
        }
    }
}

/// Whether a key looks like the tag of a language.
fn is_tag(key: &str) -> bool {
    let mut parts = key.split('-');
    let primary = parts.next().unwrap_or_default();
    let plain = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase()) && parts.all(plain)
}

fn string(json: Json, faults: &Faults, place: impl FnOnce() -> String) -> String {
    match json {
        Json::String(text) => text,
        _ => {
            faults.note(place(), "a text in quotes is expected here");
            String::new()
        }
    }
}

fn published(mut entry: Entry) -> Published {
    let published = Published {
        rows: entry.strings("rows"),
        unit: entry.strings("unit"),
        ignored: entry.strings("ignored"),
        headings: entry.strings("headings"),
        heading_ends: entry.strings("heading_ends"),
        units: entry.entries("units").map(holds).collect(),
    };
    entry.end();
    published
}

fn years(mut entry: Entry) -> YearsFile {
    let years = YearsFile { from: entry.whole("from") as i32, to: entry.may_whole("to").map(|to| to as i32) };
    entry.end();
    years
}

fn notice(mut entry: Entry) -> NoticeFile {
    let notice =
        NoticeFile { number: entry.string("number"), date: entry.may_string("date"), title: entry.text("title") };
    entry.end();
    notice
}

fn section(mut entry: Entry) -> SectionFile {
    let section = SectionFile {
        id: entry.string("id"),
        number: entry.may_string("number").unwrap_or_default(),
        heading: entry.text("heading"),
        note: entry.may_text("note"),
        requires: entry.entries("requires").map(requirement).collect(),
        sheets: entry.entries("sheets").map(sheet).collect(),
    };
    entry.end();
    section
}

fn requirement(mut entry: Entry) -> Requirement {
    let requirement = Requirement {
        label: entry.text("label"),
        rule: entry.may_string("rule"),
        any: entry.strings("any"),
        agencies: entry.may_entry("agencies").map(agencies),
    };
    if requirement.rule.is_some() && !requirement.any.is_empty() {
        entry.fault("any", "a requirement is seen by a rule or by words, not by both");
    }
    entry.end();
    requirement
}

fn sheet(mut entry: Entry) -> SheetFile {
    if !entry.map.contains_key("width") {
        entry.fault("width", "this is missing");
    }
    let width = entry.may_count("width").unwrap_or_default();
    let sheet = SheetFile { width, tables: entry.strings("tables") };
    entry.end();
    sheet
}

fn table(mut entry: Entry) -> TableFile {
    let table = TableFile {
        id: entry.string("id"),
        name: entry.text("name"),
        banner: entry.may_text("banner"),
        corner: entry.may_text("corner"),
        unit_head: entry.may_text("unit_head"),
        across: entry.yes_or_no("across"),
        holds: holds(entry.entry("holds")),
        columns: entry.entries("columns").map(head).collect(),
        rows: entry.entries("rows").map(head).collect(),
    };
    entry.end();
    table
}

fn holds(mut entry: Entry) -> Holds {
    if !entry.map.contains_key("kind") {
        entry.fault("kind", "this is missing");
    }
    let kind = [Kind::Count, Kind::Change, Kind::Amount][entry.may_word("kind", &["count", "change", "amount"])];
    let holds = Holds { kind, unit: entry.may_text("unit"), units: entry.entries("units").map(worth).collect() };
    entry.end();
    holds
}

fn worth(mut entry: Entry) -> (String, i64) {
    let worth = (entry.string("unit"), entry.whole("worth"));
    entry.end();
    worth
}

fn head(mut entry: Entry) -> HeaderFile {
    let head = HeaderFile {
        id: entry.may_string("id"),
        label: entry.text("label"),
        span: entry.may_count("span"),
        holds: entry.may_entry("holds").map(holds),
        heads: entry.entries("heads").map(head).collect(),
        also: entry.strings("also"),
        level: entry.may_count("level").unwrap_or_default(),
        short: entry.may_text("short"),
    };
    entry.end();
    head
}

fn chart(mut entry: Entry) -> ChartFile {
    let chart = ChartFile {
        kind: entry.may_word("kind", &CHART_KINDS),
        id: entry.string("id"),
        title: entry.text("title"),
        tables: entry.strings("tables"),
        row: entry.may_string("row"),
        column: entry.may_string("column"),
        lists: LISTS.iter().map(|name| entry.strings(name)).collect(),
        tones: entry.strings("tones"),
        readings: READINGS.iter().map(|when| entry.may_text(when)).collect(),
    };
    entry.end();
    chart
}

/// The rest is not read.
fn drawn(mut entry: Entry) -> DrawnFile {
    DrawnFile { tables: entry.strings("tables"), row: entry.may_string("row"), column: entry.may_string("column") }
}

/// Addresses by addresses.
fn same(entry: Entry) -> Vec<(String, String)> {
    let Entry { place, map, faults } = entry;
    let of = |(key, json): (String, Json)| {
        let here = string(json, faults, || [&place, ".", &key].concat());
        (key, here)
    };
    map.into_iter().map(of).collect()
}

fn relation(mut entry: Entry) -> RelationFile {
    const COMPARES: [Compare; 4] = [Compare::Equal, Compare::AtMost, Compare::AtLeast, Compare::Differ];
    const ALONG: [Along; 3] = [Along::Lines(Axis::Row), Along::Lines(Axis::Column), Along::Cells];
    let relation = RelationFile {
        rule: entry.string("rule"),
        code: entry.may_string("code").unwrap_or_default(),
        severity: entry.severity("severity"),
        compare: COMPARES[entry.may_word("compare", &["equal", "at_most", "at_least", "differ"])],
        agencies: entry.may_entry("agencies").map(agencies),
        when: entry.strings("when"),
        table: entry.may_string("table"),
        for_each: entry
            .map
            .contains_key("for_each")
            .then(|| ALONG[entry.may_word("for_each", &["row", "column", "cell"])]),
        only: entry.strings("only"),
        left: entry.strings("left"),
        right: entry.strings("right"),
        name: entry.text("name"),
        basis: entry.text("basis"),
        wording: entry.text("wording"),
    };
    entry.end();
    relation
}

fn agencies(mut entry: Entry) -> Agencies {
    let agencies = Agencies { ends: entry.strings("ends"), unless: entry.strings("unless") };
    entry.end();
    agencies
}

/// Severities by rule; `off` is none.
fn severities(mut entry: Entry) -> Vec<(String, Option<Severity>)> {
    let rules: Vec<String> = entry.map.keys().cloned().collect();
    let given = |rule: String| match entry.map[&rule].as_str() {
        Some("off") => (rule, None),
        _ => {
            let severity = entry.severity(&rule);
            (rule, Some(severity))
        }
    };
    rules.into_iter().map(given).collect()
}

fn claims(mut entry: Entry) -> ClaimsFile {
    let claims = ClaimsFile {
        table: entry.string("table"),
        about: entry.strings("about"),
        objects: entry.strings("objects"),
        units: entry.strings("units"),
        ignore: entry.strings("ignore"),
        partial: entry.strings("partial"),
        rows: entry.entries("rows").map(said).collect(),
        columns: entry.entries("columns").map(said).collect(),
        column: entry.may_string("column"),
        whole: entry.may_string("whole"),
    };
    entry.end();
    claims
}

fn said(mut entry: Entry) -> SaidFile {
    const ROLES: [Role; 3] = [Role::Part, Role::Act, Role::Flow];
    let said = SaidFile {
        words: entry.strings("words"),
        lines: entry.strings("lines"),
        role: ROLES[entry.may_word("role", &["part", "act", "flow"])],
        or: entry.entries("or").map(instead).collect(),
        number: entry.may_whole("number"),
    };
    entry.end();
    said
}

fn instead(mut entry: Entry) -> (Vec<String>, Option<Severity>) {
    let lines = entry.strings("lines");
    let severity = entry.map.contains_key("severity").then(|| entry.severity("severity"));
    entry.end();
    (lines, severity)
}

fn text_rule(mut entry: Entry) -> TextRule {
    let rule = TextRule {
        rule: entry.string("rule"),
        code: entry.string("code"),
        severity: entry.severity("severity"),
        section: entry.may_string("section"),
        bound: bound(&mut entry),
        wording: entry.text("wording"),
    };
    entry.end();
    rule
}

fn bound(entry: &mut Entry) -> TextBound {
    if let Some(least) = entry.may_count("at_least") {
        return TextBound::AtLeast(least);
    }
    if let Some(most) = entry.may_count("at_most") {
        return TextBound::AtMost(most);
    }
    if let Some(percent) = entry.may_count("repeats") {
        return TextBound::Repeats(percent);
    }
    let (any, none) = (entry.strings("any"), entry.strings("none"));
    if any.is_empty() == none.is_empty() {
        let problem = "a text rule has one of at_least, at_most, any, none and repeats";
        entry.faults.note(entry.place.clone(), problem);
    }
    if none.is_empty() { TextBound::Any(any) } else { TextBound::None(none) }
}
