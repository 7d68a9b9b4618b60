//! The shape of a form file, exactly as it is written. `forms/form.schema.json` says the same to
//! an editor. What the parts mean is said in `form.rs`, which turns a definition into a [`Form`].
//!
//! [`Form`]: super::Form

use serde_json::{Map, Value as Json};

use super::{Agencies, Axis, Compare, FormError, Holds, Kind, Role, Severity, TextBound, TextRule};
use crate::language::Text;

pub struct FormFile {
    pub id: String,
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
}

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

type Read<T> = Result<T, FormError>;

/// Reads a form file.
///
/// # Errors
/// Where it is no JSON, or a part of it is missing, of another sort, or unknown.
pub fn read(json: &str) -> Read<FormFile> {
    let mut file = Entry::new(String::new(), parse(json)?)?;
    file.may("$schema", string)?;
    let form = FormFile {
        id: file.need("id", string)?,
        name: file.need("name", text)?,
        title: file.may("title", text)?,
        years: file.need("years", years)?,
        notice: file.need("notice", notice)?,
        superseded: file.list("superseded", string)?,
        replaced_by: file.may("replaced_by", string)?,
        sections: file.list("sections", section)?,
        tables: file.list("tables", table)?,
        relations: file.list("relations", relation)?,
        claims: file.list("claims", claims)?,
        texts: file.list("texts", text_rule)?,
        titles: file.list("titles", string)?,
    };
    file.end(form)
}

/// Reads a file of an office's own rules.
///
/// # Errors
/// As [`read`].
pub fn read_rules(json: &str) -> Read<RulesFile> {
    let mut file = Entry::new(String::new(), parse(json)?)?;
    file.may("$schema", string)?;
    let rules = RulesFile {
        forms: file.list("forms", string)?,
        severities: file.may("severities", severities)?.unwrap_or_default(),
        relations: file.list("relations", relation)?,
        claims: file.list("claims", claims)?,
        texts: file.list("texts", text_rule)?,
    };
    file.end(rules)
}

fn parse(json: &str) -> Read<Json> {
    serde_json::from_str(json).map_err(|error| FormError {
        place: format!("line {}, column {}", error.line(), error.column()),
        problem: error.to_string(),
    })
}

/// An object of the file, taken apart key by key. (Derived deserialisation would say less of the
/// place of a fault, and weigh three times as much in the module.)
struct Entry {
    place: String,
    map: Map<String, Json>,
}

impl Entry {
    fn new(place: String, json: Json) -> Read<Entry> {
        match json {
            Json::Object(map) => Ok(Entry { place, map }),
            _ => fault(&place, "{…} is expected here"),
        }
    }

    fn place_of(&self, key: &str) -> String {
        if self.place.is_empty() { key.to_owned() } else { format!("{}.{key}", self.place) }
    }

    fn may<T>(&mut self, key: &str, read: fn(String, Json) -> Read<T>) -> Read<Option<T>> {
        self.map.remove(key).map(|json| read(self.place_of(key), json)).transpose()
    }

    fn need<T>(&mut self, key: &str, read: fn(String, Json) -> Read<T>) -> Read<T> {
        match self.may(key, read)? {
            Some(value) => Ok(value),
            None => fault(&self.place_of(key), "this is missing"),
        }
    }

    /// A list; none where the key is left out.
    fn list<T>(&mut self, key: &str, read: fn(String, Json) -> Read<T>) -> Read<Vec<T>> {
        let place = self.place_of(key);
        match self.map.remove(key) {
            None => Ok(Vec::new()),
            Some(Json::Array(items)) => {
                items.into_iter().enumerate().map(|(at, item)| read(format!("{place}[{at}]"), item)).collect()
            }
            Some(_) => fault(&place, "[…] is expected here"),
        }
    }

    /// Gives the value that was made of the entry, where nothing unknown is left of it.
    fn end<T>(self, value: T) -> Read<T> {
        match self.map.keys().next() {
            None => Ok(value),
            Some(key) => fault(&self.place_of(key), "this is unknown; please check the spelling"),
        }
    }
}

fn fault<T>(place: &str, problem: &str) -> Read<T> {
    Err(FormError { place: place.to_owned(), problem: problem.to_owned() })
}

fn string(place: String, json: Json) -> Read<String> {
    match json {
        Json::String(text) => Ok(text),
        _ => fault(&place, "a text in quotes is expected here"),
    }
}

fn whole(place: String, json: Json) -> Read<i32> {
    match json.as_i64().and_then(|number| i32::try_from(number).ok()) {
        Some(number) => Ok(number),
        None => fault(&place, "a whole number is expected here"),
    }
}

fn yes_or_no(place: String, json: Json) -> Read<bool> {
    json.as_bool().map_or_else(|| fault(&place, "true or false is expected here"), Ok)
}

/// The value of one of several words.
fn word<T: Copy>(place: &str, json: Json, words: &[(&str, T)]) -> Read<T> {
    let found = json.as_str().and_then(|word| words.iter().find(|(known, _)| *known == word));
    let known = || words.iter().map(|(known, _)| *known).collect::<Vec<_>>().join(", ");
    found.map_or_else(|| fault(place, &format!("one of these is expected here: {}", known())), |(_, value)| Ok(*value))
}

fn text(place: String, json: Json) -> Read<Text> {
    let mut entry = Entry::new(place, json)?;
    let text = Text { zh: entry.need("zh", string)?, en: entry.need("en", string)? };
    entry.end(text)
}

fn years(place: String, json: Json) -> Read<YearsFile> {
    let mut entry = Entry::new(place, json)?;
    let years = YearsFile { from: entry.need("from", whole)?, to: entry.may("to", whole)? };
    entry.end(years)
}

fn notice(place: String, json: Json) -> Read<NoticeFile> {
    let mut entry = Entry::new(place, json)?;
    let notice = NoticeFile {
        number: entry.need("number", string)?,
        date: entry.may("date", string)?,
        title: entry.need("title", text)?,
    };
    entry.end(notice)
}

fn section(place: String, json: Json) -> Read<SectionFile> {
    let mut entry = Entry::new(place, json)?;
    let section = SectionFile {
        id: entry.need("id", string)?,
        number: entry.may("number", string)?.unwrap_or_default(),
        heading: entry.need("heading", text)?,
        note: entry.may("note", text)?,
        sheets: entry.list("sheets", sheet)?,
    };
    entry.end(section)
}

fn sheet(place: String, json: Json) -> Read<SheetFile> {
    let mut entry = Entry::new(place, json)?;
    let sheet = SheetFile { width: entry.need("width", count)?, tables: entry.list("tables", string)? };
    entry.end(sheet)
}

fn count(place: String, json: Json) -> Read<usize> {
    let number = whole(place.clone(), json)?;
    usize::try_from(number).or_else(|_| fault(&place, "a number above zero is expected here"))
}

fn table(place: String, json: Json) -> Read<TableFile> {
    let mut entry = Entry::new(place, json)?;
    let table = TableFile {
        id: entry.need("id", string)?,
        name: entry.need("name", text)?,
        banner: entry.may("banner", text)?,
        corner: entry.may("corner", text)?,
        across: entry.may("across", yes_or_no)?.unwrap_or_default(),
        holds: entry.need("holds", holds)?,
        columns: entry.list("columns", head)?,
        rows: entry.list("rows", head)?,
    };
    entry.end(table)
}

fn holds(place: String, json: Json) -> Read<Holds> {
    const KINDS: [(&str, Kind); 3] = [("count", Kind::Count), ("change", Kind::Change), ("amount", Kind::Amount)];
    let mut entry = Entry::new(place, json)?;
    let kind = entry.need("kind", |place, json| word(&place, json, &KINDS))?;
    let unit = entry.may("unit", text)?;
    let units = entry.list("units", worth)?;
    entry.end(Holds { kind, unit, units })
}

fn worth(place: String, json: Json) -> Read<(String, i64)> {
    let mut entry = Entry::new(place, json)?;
    let worth = (entry.need("unit", string)?, entry.need("worth", whole)?.into());
    entry.end(worth)
}

fn head(place: String, json: Json) -> Read<HeaderFile> {
    let mut entry = Entry::new(place, json)?;
    let head = HeaderFile {
        id: entry.may("id", string)?,
        label: entry.need("label", text)?,
        span: entry.may("span", count)?,
        holds: entry.may("holds", holds)?,
        heads: entry.list("heads", head)?,
    };
    entry.end(head)
}

fn relation(place: String, json: Json) -> Read<RelationFile> {
    const COMPARES: [(&str, Compare); 4] = [
        ("equal", Compare::Equal),
        ("at_most", Compare::AtMost),
        ("at_least", Compare::AtLeast),
        ("differ", Compare::Differ),
    ];
    const ALONG: [(&str, Along); 3] =
        [("row", Along::Lines(Axis::Row)), ("column", Along::Lines(Axis::Column)), ("cell", Along::Cells)];
    let mut entry = Entry::new(place, json)?;
    let relation = RelationFile {
        rule: entry.need("rule", string)?,
        code: entry.may("code", string)?.unwrap_or_default(),
        severity: entry.need("severity", severity)?,
        compare: entry.may("compare", |place, json| word(&place, json, &COMPARES))?.unwrap_or(Compare::Equal),
        agencies: entry.may("agencies", agencies)?,
        when: entry.list("when", string)?,
        table: entry.may("table", string)?,
        for_each: entry.may("for_each", |place, json| word(&place, json, &ALONG))?,
        only: entry.list("only", string)?,
        left: entry.list("left", string)?,
        right: entry.list("right", string)?,
        name: entry.need("name", text)?,
        basis: entry.need("basis", text)?,
        wording: entry.need("wording", text)?,
    };
    entry.end(relation)
}

fn severity(place: String, json: Json) -> Read<Severity> {
    const SEVERITIES: [(&str, Severity); 3] =
        [("error", Severity::Error), ("warning", Severity::Warning), ("info", Severity::Info)];
    word(&place, json, &SEVERITIES)
}

fn agencies(place: String, json: Json) -> Read<Agencies> {
    let mut entry = Entry::new(place, json)?;
    let agencies = Agencies { ends: entry.list("ends", string)?, unless: entry.list("unless", string)? };
    entry.end(agencies)
}

/// A severity, or `off`.
fn severity_or_off(place: String, json: Json) -> Read<Option<Severity>> {
    match json.as_str() {
        Some("off") => Ok(None),
        _ => severity(place, json).map(Some),
    }
}

fn severities(place: String, json: Json) -> Read<Vec<(String, Option<Severity>)>> {
    let entry = Entry::new(place, json)?;
    let given = entry.map.into_iter();
    given.map(|(rule, json)| Ok((rule.clone(), severity_or_off(format!("{}.{rule}", entry.place), json)?))).collect()
}

fn claims(place: String, json: Json) -> Read<ClaimsFile> {
    let mut entry = Entry::new(place, json)?;
    let claims = ClaimsFile {
        table: entry.need("table", string)?,
        about: entry.list("about", string)?,
        objects: entry.list("objects", string)?,
        units: entry.list("units", string)?,
        ignore: entry.list("ignore", string)?,
        rows: entry.list("rows", said)?,
        columns: entry.list("columns", said)?,
        column: entry.may("column", string)?,
        whole: entry.may("whole", string)?,
    };
    entry.end(claims)
}

fn said(place: String, json: Json) -> Read<SaidFile> {
    const ROLES: [(&str, Role); 3] = [("act", Role::Act), ("flow", Role::Flow), ("part", Role::Part)];
    let mut entry = Entry::new(place, json)?;
    let said = SaidFile {
        words: entry.list("words", string)?,
        lines: entry.list("lines", string)?,
        role: entry.may("role", |place, json| word(&place, json, &ROLES))?.unwrap_or(Role::Part),
        or: entry.list("or", instead)?,
        number: entry.may("number", whole)?.map(i64::from),
    };
    entry.end(said)
}

fn instead(place: String, json: Json) -> Read<(Vec<String>, Option<Severity>)> {
    let mut entry = Entry::new(place, json)?;
    let instead = (entry.list("lines", string)?, entry.may("severity", severity)?);
    entry.end(instead)
}

fn text_rule(place: String, json: Json) -> Read<TextRule> {
    let mut entry = Entry::new(place, json)?;
    let rule = TextRule {
        rule: entry.need("rule", string)?,
        code: entry.need("code", string)?,
        severity: entry.need("severity", severity)?,
        section: entry.may("section", string)?,
        bound: bound(&mut entry)?,
        wording: entry.need("wording", text)?,
    };
    entry.end(rule)
}

fn bound(entry: &mut Entry) -> Read<TextBound> {
    if let Some(least) = entry.may("at_least", count)? {
        return Ok(TextBound::AtLeast(least));
    }
    if let Some(most) = entry.may("at_most", count)? {
        return Ok(TextBound::AtMost(most));
    }
    if let Some(percent) = entry.may("repeats", count)? {
        return Ok(TextBound::Repeats(percent));
    }
    let (any, none) = (entry.list("any", string)?, entry.list("none", string)?);
    match (any.is_empty(), none.is_empty()) {
        (false, true) => Ok(TextBound::Any(any)),
        (true, false) => Ok(TextBound::None(none)),
        _ => fault(&entry.place, "a text rule has one of at_least, at_most, any, none and repeats"),
    }
}
