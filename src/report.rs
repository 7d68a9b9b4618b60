//! One agency's report for one year: its figures, its texts, and whatever else came with it.
//! In JSON it looks as `forms/report.schema.json` says.

use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value as Json};

use crate::answer::{self, Answer};
use crate::finding::{Finding, Severity};
use crate::fingerprint;
use crate::form::{CellId, Form};
use crate::forms::Forms;
use crate::language::{Language, Message, Text};
use crate::provenance::{How, Origin};
use crate::value::{self, Value};
use crate::words;

mod indicators;

/// A report, bound to its form.
#[derive(Clone, Debug)]
pub struct Report {
    pub form: Arc<Form>,
    /// The body that reports; empty where it is not known.
    pub agency: String,
    /// The year that is reported on; `None` where it is not known.
    pub year: Option<i32>,
    pub title: String,
    /// When it was made, as it is printed; empty where that is not known.
    pub date: String,
    /// Whom to ask about it; empty where that is not known.
    pub contact: String,
    /// The name of the file that it was read from; empty where it was not read from one.
    pub file: String,
    /// Plain text by section id, in the order in which it came; paragraphs are separated by a
    /// blank line.
    pub sections: Vec<(String, String)>,
    /// The headings of the sections as published, in order; `None` where they are not known.
    pub headings: Option<Vec<String>>,
    /// The reasons that it gives for findings.
    pub answers: Vec<Answer>,
    figures: Vec<Figure>,
    /// Figures at addresses that the form does not have, as they came.
    pub unknown_figures: Map<String, Json>,
    /// Keys of the JSON that nobody here knows, kept for whoever does.
    pub extra: Map<String, Json>,
    /// What the JSON that it was read from says is its [fingerprint](crate::fingerprint); empty where it says none. It
    /// is no part of the report.
    pub stated_fingerprint: String,
}

/// What is known of one cell.
#[derive(Clone, Debug, Default)]
struct Figure {
    value: Value,
    /// The unit that the report writes where the form prints none.
    unit: Option<String>,
    /// Whether something was published that could not be read for sure.
    unread: bool,
    /// Whether it is a total that was entered by hand and does not follow its parts.
    by_hand: bool,
    /// Whether it is a total of what is filled in so far, while some of its parts are blank.
    partial: bool,
    /// Where it comes from; `None` where nobody has said.
    origin: Option<Box<Origin>>,
}

/// Reports are the same where they say the same, wherever they were read.
impl PartialEq for Report {
    fn eq(&self, other: &Report) -> bool {
        self.to_json() == other.to_json()
    }
}

/// Why something is no report, in every language, with what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError(pub Text);

impl ReadError {
    pub fn new(message: Message, values: &[(&str, &str)]) -> ReadError {
        ReadError(Text::of(message, values))
    }

    pub fn sentence(&self, language: Language) -> &str {
        self.0.get(language)
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.sentence(Language::ENGLISH))
    }
}

impl std::error::Error for ReadError {}

impl Report {
    /// How many bytes it takes, about; of what it holds for others nothing counts.
    pub fn size(&self) -> usize {
        let texts = self.sections.iter().map(|(_, text)| text.len()).sum::<usize>();
        let answers = self.answers.iter().map(Answer::size).sum::<usize>();
        size_of::<Report>() + self.figures.len() * size_of::<Figure>() + texts + answers
    }

    /// A report with every cell blank.
    pub fn empty(form: Arc<Form>) -> Report {
        Report {
            agency: String::new(),
            year: None,
            title: String::new(),
            date: String::new(),
            contact: String::new(),
            file: String::new(),
            sections: Vec::new(),
            headings: None,
            answers: Vec::new(),
            figures: vec![Figure::default(); form.cell_count()],
            unknown_figures: Map::new(),
            extra: Map::new(),
            stated_fingerprint: String::new(),
            form,
        }
    }

    pub fn value(&self, cell: CellId) -> &Value {
        &self.figures[cell.index()].value
    }

    pub fn set(&mut self, cell: CellId, value: Value) {
        let figure = &mut self.figures[cell.index()];
        figure.unread = false;
        figure.value = value;
    }

    /// Whether nothing stands in a cell, or a mark for nothing. An unread cell is not blank.
    pub fn is_blank(&self, cell: CellId) -> bool {
        self.value(cell).is_blank() && !self.is_unread(cell)
    }

    /// Whether something was published for a cell that could not be read for sure: blank here,
    /// but not blank there.
    pub fn is_unread(&self, cell: CellId) -> bool {
        self.figures[cell.index()].unread
    }

    /// Notes that what was published for a cell could not be read for sure.
    pub fn mark_unread(&mut self, cell: CellId) {
        self.figures[cell.index()].unread = true;
    }

    /// The unit that the report writes where the form prints none.
    pub fn unit(&self, cell: CellId) -> Option<&str> {
        self.figures[cell.index()].unit.as_deref()
    }

    pub fn set_unit(&mut self, cell: CellId, unit: Option<String>) {
        self.figures[cell.index()].unit = unit;
    }

    /// Whether a cell is a total that was entered by hand: it does not follow its parts.
    pub fn is_by_hand(&self, cell: CellId) -> bool {
        self.figures[cell.index()].by_hand
    }

    /// Whether a cell is a total of what is filled in so far, while some of its parts are blank: nothing
    /// can be said of it yet.
    pub fn is_partial(&self, cell: CellId) -> bool {
        self.figures[cell.index()].partial
    }

    pub fn set_partial(&mut self, cell: CellId, partial: bool) {
        self.figures[cell.index()].partial = partial;
    }

    pub fn set_by_hand(&mut self, cell: CellId, by_hand: bool) {
        self.figures[cell.index()].by_hand = by_hand;
    }

    /// Where what stands in a cell comes from; `None` where that is not known.
    pub fn origin(&self, cell: CellId) -> Option<&Origin> {
        self.figures[cell.index()].origin.as_deref()
    }

    pub fn set_origin(&mut self, cell: CellId, origin: Option<Origin>) {
        self.figures[cell.index()].origin = origin.map(Box::new);
    }

    /// Whether a figure was inferred and nobody has confirmed it yet.
    pub fn is_inferred(&self, cell: CellId) -> bool {
        self.origin(cell).is_some_and(|origin| origin.how == How::Inferred)
    }

    /// The text of a section; `None` where there is none.
    pub fn section(&self, id: &str) -> Option<&str> {
        self.sections.iter().find(|(known, _)| known == id).map(|(_, text)| text.as_str())
    }

    /// Puts a text into a section, in its place; with `None` the section has none.
    pub fn set_section(&mut self, id: &str, text: Option<&str>) {
        match (self.sections.iter_mut().find(|(known, _)| known == id), text) {
            (Some((_, known)), Some(text)) => text.clone_into(known),
            (_, None) => self.sections.retain(|(known, _)| known != id),
            (None, Some(text)) => {
                self.sections.push((id.to_owned(), text.to_owned()));
                self.sort_sections();
            }
        }
    }

    /// The title as printed, or the one that the report would have.
    pub fn printed_title(&self, language: Language) -> String {
        if self.title.is_empty() { self.due_title(language) } else { self.title.clone() }
    }

    /// The title that the form prints for this agency and year.
    pub fn due_title(&self, language: Language) -> String {
        match (&self.form.title, self.year) {
            (Some(title), Some(year)) => {
                title.get(language).replace("{agency}", &self.agency).replace("{year}", &year.to_string())
            }
            _ => format!("{} {}", self.agency, self.form.name.get(language)).trim().to_owned(),
        }
    }

    /// Reads a report from JSON. Figures at unknown addresses and unknown keys are kept.
    ///
    /// # Errors
    /// Where it is no JSON, no report, or one of a form that is not at hand.
    pub fn from_json(json: &str, forms: &Forms) -> Result<Report, ReadError> {
        Report::from_value(parsed(json)?, forms)
    }

    /// Makes a report of JSON that is parsed already.
    ///
    /// # Errors
    /// Where it is no report, or one of a form that is not at hand.
    pub fn from_value(value: Json, forms: &Forms) -> Result<Report, ReadError> {
        let Json::Object(mut map) = value else { return Err(not_a_report()) };
        let (Some(Json::String(id)), Some(Json::Object(figures))) = (map.remove("form"), map.remove("figures")) else {
            return Err(not_a_report());
        };
        let form = forms.get(&id).ok_or_else(|| unknown_form(&id, forms))?;
        if !form.open {
            return Ok(Report::of(form.clone(), map, figures));
        }
        let shape = indicators::shape(&map, &figures, form)?;
        Ok(Report::of(forms.shaped(&id, &shape).ok_or_else(not_a_report)?, map, figures))
    }

    /// The form that the report would have among these by the list of indicators that came with it, where
    /// that is kept aside.
    pub fn open_form(&self, forms: &Forms, id: &str) -> Option<Arc<Form>> {
        self.extra.get(indicators::INDICATORS)?;
        let shape = indicators::shape(&self.extra, &self.unknown_figures, forms.get(id)?).ok()?;
        let headings = self.headings.clone().unwrap_or_default();
        forms.shaped(id, &crate::form::Shape { headings, ..shape })
    }

    /// The form of a report that names figures at these addresses: of an open form that with their rows.
    #[cfg(feature = "read")]
    pub(crate) fn form_of<'a>(
        form: &Arc<Form>,
        addresses: impl Iterator<Item = &'a str>,
        headings: &[String],
        forms: &Forms,
    ) -> Arc<Form> {
        let figures: Map<String, Json> = addresses.map(|address| (address.to_owned(), Json::Null)).collect();
        let shape = || indicators::shape(&Map::new(), &figures, form).ok();
        let shaped = |shape| forms.shaped(&form.id, &crate::form::Shape { headings: headings.to_vec(), ..shape });
        form.open.then(shape).flatten().and_then(shaped).unwrap_or_else(|| form.clone())
    }

    /// Lays the parts of a report's JSON into a form.
    pub(crate) fn of(form: Arc<Form>, mut map: Map<String, Json>, figures: Map<String, Json>) -> Report {
        let mut report = Report::empty(form);
        if report.form.open {
            map.remove(indicators::INDICATORS);
            map.remove(indicators::COLUMNS);
        }
        report.agency = take_string(&mut map, "agency");
        report.title = take_string(&mut map, "title");
        report.date = take_string(&mut map, "date");
        report.contact = take_string(&mut map, "contact");
        report.year = take_year(&mut map);
        report.headings = take_strings(&mut map, "headings");
        report.take_sections(&mut map);
        report.take_units(&mut map);
        report.take_figures(figures);
        report.take_cells(&mut map, "unread", Report::mark_unread);
        report.take_provenance(&mut map);
        report.take_cells(&mut map, "inferred", Report::mark_inferred);
        report.take_cells(&mut map, "by_hand", |report, cell| report.set_by_hand(cell, true));
        report.take_cells(&mut map, "partial", |report, cell| report.set_partial(cell, true));
        report.take_answers(&mut map);
        report.stated_fingerprint = match map.remove(fingerprint::KEY) {
            None | Some(Json::Null) => String::new(),
            Some(Json::String(stated)) => stated,
            Some(other) => other.to_string(),
        };
        report.extra = map;
        report
    }

    fn take_figures(&mut self, figures: Map<String, Json>) {
        for (address, figure) in figures {
            match (self.form.find(&address), read_figure(&figure)) {
                (Some(cell), Some(value)) => self.set(cell, value),
                _ => {
                    self.unknown_figures.insert(address, figure);
                }
            }
        }
    }

    fn mark_inferred(&mut self, cell: CellId) {
        if self.origin(cell).is_none() {
            self.set_origin(cell, Some(Origin { how: How::Inferred, place: None, text: String::new() }));
        }
    }

    /// What of the provenance cannot be understood stays with the unknown keys.
    fn take_provenance(&mut self, map: &mut Map<String, Json>) {
        let Some(Json::Object(provenance)) = map.get_mut("provenance") else { return };
        self.file = take_string(provenance, "file");
        if let Some(Json::Object(cells)) = provenance.get_mut("cells") {
            cells.retain(|address, origin| match (self.form.find(address), Origin::from_json(origin)) {
                (Some(cell), Some(origin)) => {
                    self.set_origin(cell, Some(origin));
                    false
                }
                _ => true,
            });
            if cells.is_empty() {
                provenance.remove("cells");
            }
        }
        if provenance.is_empty() {
            map.remove("provenance");
        }
    }

    /// Marks the cells that a list names. Addresses that the form does not have stay with the unknown keys.
    fn take_cells(&mut self, map: &mut Map<String, Json>, key: &str, mark: fn(&mut Report, CellId)) {
        let Some(mut addresses) = take_strings(map, key) else { return };
        addresses.retain(|address| match self.form.find(address) {
            Some(cell) => {
                mark(self, cell);
                false
            }
            None => true,
        });
        if !addresses.is_empty() {
            map.insert(key.to_owned(), addresses.into());
        }
    }

    /// Answers that are none stay with the unknown keys.
    fn take_answers(&mut self, map: &mut Map<String, Json>) {
        let Some(Json::Array(answers)) = map.get_mut("answers") else { return };
        for answer in std::mem::take(answers) {
            match Answer::from_json(&answer) {
                Some(answer) => self.answers.push(answer),
                None => answers.push(answer),
            }
        }
        if answers.is_empty() {
            map.remove("answers");
        }
    }

    /// Answers a finding, in place of what was said of the same rule and cells before; a blank reason
    /// takes the answer back. Says whether anything changed: an error cannot be answered.
    pub fn answer(&mut self, finding: &Finding, reason: &str) -> bool {
        if finding.severity == Severity::Error {
            return false;
        }
        let answer = Answer::to(finding, &|address| self.figure_text(address), reason);
        let before = self.answers.len();
        self.answers.retain(|known| !known.names(finding));
        let removed = self.answers.len() != before;
        let added = answer.is_some();
        self.answers.extend(answer);
        removed || added
    }

    /// Gives each finding the reason that the report has for it, as things are now.
    pub fn settle(&self, findings: &mut [Finding]) {
        for finding in findings {
            let for_this = |answer: &&Answer| answer.is_for(finding, &|address| self.figure_text(address));
            finding.answer = self.answers.iter().find(for_this).map(|answer| answer.reason.clone());
        }
    }

    fn figure_text(&self, address: &str) -> Option<String> {
        if address == answer::YEAR {
            return self.year.map(|year| year.to_string());
        }
        self.form.find(address).map(|cell| self.value(cell).to_string())
    }

    fn take_sections(&mut self, map: &mut Map<String, Json>) {
        let Some(Json::Object(sections)) = map.get_mut("sections") else { return };
        let mut kept = Map::new();
        for (id, text) in std::mem::take(sections) {
            match text {
                Json::String(text) => self.sections.push((id, text)),
                other => {
                    kept.insert(id, other);
                }
            }
        }
        self.sort_sections();
        if kept.is_empty() {
            map.remove("sections");
        } else {
            *sections = kept;
        }
    }

    /// Puts the texts in the order of the form's sections; others keep their order at the end.
    pub fn sort_sections(&mut self) {
        let known = self.form.sections.iter().map(|section| section.id.as_str());
        let mut sorted = Vec::with_capacity(self.sections.len());
        for due in [PREAMBLE].into_iter().chain(known) {
            sorted.extend(self.sections.extract_if(.., |(id, _)| id == due));
        }
        sorted.append(&mut self.sections);
        self.sections = sorted;
    }

    fn take_units(&mut self, map: &mut Map<String, Json>) {
        let Some(Json::Object(units)) = map.get_mut("units") else { return };
        units.retain(|address, unit| match (self.form.find(address), unit) {
            (Some(cell), Json::String(unit)) => {
                self.figures[cell.index()].unit = Some(std::mem::take(unit));
                false
            }
            _ => true,
        });
        if units.is_empty() {
            map.remove("units");
        }
    }

    /// The figures as JSON: no key for a blank cell, text where the cell holds no number.
    pub fn figures_json(&self) -> Map<String, Json> {
        let mut figures = self.unknown_figures.clone();
        for (cell, definition) in self.form.cells() {
            let figure = match self.value(cell) {
                Value::Blank => continue,
                Value::Number(number) => Json::Number(value::to_json_number(*number)),
                Value::Text(text) => Json::String(text.clone()),
            };
            figures.insert(definition.address.clone(), figure);
        }
        figures
    }

    /// The report as JSON, with everything that came with it.
    pub fn to_json(&self) -> Json {
        let mut map = self.extra.clone();
        map.insert("form".into(), self.form.id.clone().into());
        map.insert("agency".into(), self.agency.clone().into());
        map.insert("year".into(), self.year.into());
        for (key, text) in [("title", &self.title), ("date", &self.date), ("contact", &self.contact)] {
            if !text.is_empty() {
                map.insert(key.into(), text.clone().into());
            }
        }
        if let Some(headings) = &self.headings {
            map.insert("headings".into(), headings.clone().into());
        }
        if self.form.open {
            indicators::insert(&self.form, &mut map);
        }
        for (id, text) in &self.sections {
            insert_into(&mut map, "sections", id, text.as_str().into());
        }
        let (mut unread, mut inferred) = (Vec::new(), Vec::new());
        let (mut by_hand, mut partial) = (Vec::new(), Vec::new());
        for (cell, definition) in self.form.cells() {
            if let Some(unit) = self.unit(cell) {
                insert_into(&mut map, "units", &definition.address, unit.into());
            }
            if self.is_unread(cell) {
                unread.push(Json::from(definition.address.as_str()));
            }
            if self.is_inferred(cell) {
                inferred.push(Json::from(definition.address.as_str()));
            }
            if self.is_by_hand(cell) {
                by_hand.push(Json::from(definition.address.as_str()));
            }
            if self.is_partial(cell) {
                partial.push(Json::from(definition.address.as_str()));
            }
        }
        let marks = [("unread", unread), ("inferred", inferred), ("by_hand", by_hand), ("partial", partial)];
        for (key, cells) in marks {
            if !cells.is_empty() {
                let unknown = take_strings(&mut map, key).unwrap_or_default().into_iter().map(Json::from);
                map.insert(key.into(), cells.into_iter().chain(unknown).collect::<Vec<_>>().into());
            }
        }
        if !self.answers.is_empty() {
            let unknown = map.remove("answers");
            let known = self.answers.iter().map(Answer::to_json);
            let unknown = unknown.as_ref().and_then(Json::as_array).into_iter().flatten().cloned();
            map.insert("answers".into(), known.chain(unknown).collect::<Vec<_>>().into());
        }
        map.insert("figures".into(), Json::Object(self.figures_json()));
        Json::Object(map)
    }

    /// The report as JSON, and for each cell where what stands there comes from.
    pub fn to_json_with_provenance(&self) -> Json {
        let mut json = self.to_json();
        let Json::Object(map) = &mut json else { return json };
        let mut provenance = match map.get_mut("provenance") {
            Some(Json::Object(unknown)) => std::mem::take(unknown),
            _ => Map::new(),
        };
        if !self.file.is_empty() {
            provenance.insert("file".into(), self.file.as_str().into());
        }
        for (cell, definition) in self.form.cells() {
            if let Some(origin) = self.origin(cell) {
                insert_into(&mut provenance, "cells", &definition.address, origin.to_json());
            }
        }
        if !provenance.is_empty() {
            map.insert("provenance".into(), Json::Object(provenance));
        }
        json
    }
}

/// The id under which text before the first heading is kept.
pub const PREAMBLE: &str = "preamble";

/// What to say of a form that is not at hand.
pub(crate) fn unknown_form(id: &str, forms: &Forms) -> ReadError {
    let known: Vec<_> = forms.iter().map(|form| form.id.as_str()).collect();
    let known = known.join(", ");
    ReadError::new(words::REFUSED_UNKNOWN_FORM, &[("id", id), ("known", &known)])
}

/// JSON text as what it says.
///
/// # Errors
/// Where it is none.
pub fn parsed(json: &str) -> Result<Json, ReadError> {
    serde_json::from_str(json.trim_start_matches('\u{feff}')).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        ReadError::new(words::REFUSED_BROKEN_JSON, &[("line", &line.to_string()), ("column", &column.to_string())])
    })
}

fn not_a_report() -> ReadError {
    ReadError::new(words::REFUSED_OTHER_JSON, &[])
}

fn read_figure(figure: &Json) -> Option<Value> {
    match figure {
        Json::Null => Some(Value::Blank),
        Json::Number(number) => {
            Some(value::from_json_number(number).map_or_else(|| Value::Text(number.to_string()), Value::Number))
        }
        Json::String(text) if text.trim().is_empty() => Some(Value::Blank),
        Json::String(text) => Some(Value::Text(text.clone())),
        _ => None,
    }
}

/// Takes a string out of the map; anything else stays there as an unknown key would.
fn take_string(map: &mut Map<String, Json>, key: &str) -> String {
    match map.get_mut(key) {
        Some(Json::String(text)) => {
            let text = std::mem::take(text);
            map.remove(key);
            text
        }
        _ => String::new(),
    }
}

fn take_strings(map: &mut Map<String, Json>, key: &str) -> Option<Vec<String>> {
    let Some(Json::Array(items)) = map.get(key) else { return None };
    let strings: Option<Vec<_>> = items.iter().map(|item| item.as_str().map(str::to_owned)).collect();
    if strings.is_some() {
        map.remove(key);
    }
    strings
}

/// The year, also where it is written as a string.
fn take_year(map: &mut Map<String, Json>) -> Option<i32> {
    let year = match map.get("year")? {
        Json::Number(number) => number.to_string().parse().ok(),
        Json::String(text) => text.trim().trim_end_matches('年').parse().ok(),
        _ => None,
    };
    if year.is_some() {
        map.remove("year");
    }
    year
}

/// Adds an entry to the object at a key, beside what stands there.
fn insert_into(map: &mut Map<String, Json>, key: &str, name: &str, value: Json) {
    let object = map.entry(key).or_insert_with(|| Json::Object(Map::new()));
    if !object.is_object() {
        *object = Json::Object(Map::new());
    }
    if let Json::Object(object) = object {
        object.insert(name.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provenance::Place;

    const JSON: &str = r#"{
        "form": "gongkai-2021", "agency": "某镇", "year": 2022, "title": "某镇2022年报告",
        "sections": {"problems": "无。", "overview": "概况", "annex": ["kept"]},
        "figures": {
            "requests.received.total": 12, "article20_8.fees.amount": 24252.311082,
            "article20_1.rules.issued": "/", "article20_1.rules.repealed": null,
            "requests.received.nobody": 3
        },
        "filed_by": {"name": "张三"}
    }"#;

    #[test]
    fn unknown_keys_and_exact_amounts_survive_a_round_trip() {
        let forms = Forms::official();
        let report = Report::from_json(JSON, &forms).unwrap();
        let json = report.to_json();
        assert_eq!(json["filed_by"]["name"], "张三");
        assert_eq!(json["sections"]["annex"][0], "kept");
        assert_eq!(json["figures"]["requests.received.nobody"], 3);
        assert_eq!(json["figures"]["article20_8.fees.amount"].to_string(), "24252.311082");
        assert_eq!(json["figures"]["article20_1.rules.issued"], "/");
        assert!(json["figures"].get("article20_1.rules.repealed").is_none());
        let again = Report::from_json(&json.to_string(), &forms).unwrap();
        assert_eq!(again.to_json(), json);
    }

    #[test]
    fn where_a_figure_comes_from_is_told_on_request() {
        let mut report = Report::from_json(JSON, &Forms::official()).unwrap();
        let cell = report.form.find("requests.received.total").unwrap();
        let place = Some(Place::Table { table: 1, row: 4, column: Some(10) });
        report.set_origin(cell, Some(Origin { how: How::Inferred, place, text: "1200000012".to_owned() }));
        "2022.html".clone_into(&mut report.file);
        let (plain, whole) = (report.to_json(), report.to_json_with_provenance());
        assert_eq!((&plain["inferred"][0], plain.get("provenance")), (&Json::from("requests.received.total"), None));
        let forms = Forms::official();
        let again = Report::from_json(&whole.to_string(), &forms).unwrap();
        assert_eq!((again.origin(cell), again.file.as_str()), (report.origin(cell), "2022.html"));
        assert_eq!(again.to_json_with_provenance(), whole);
        let marked = Report::from_json(&plain.to_string(), &forms).unwrap();
        assert!(marked.is_inferred(cell) && marked == report);
    }

    #[test]
    fn texts_stand_in_the_form_s_order() {
        let report = Report::from_json(JSON, &Forms::official()).unwrap();
        let ids: Vec<_> = report.sections.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(ids, ["overview", "problems"]);
    }

    #[test]
    fn what_is_no_report_is_told_in_a_sentence() {
        let sentence = |json: &str| Report::from_json(json, &Forms::official()).unwrap_err().0.zh;
        assert!(sentence("{").contains("不是完整的 JSON"));
        assert!(sentence("[1, 2]").contains("不是年度报告"));
        assert!(sentence(r#"{"form": "gongkai-2021"}"#).contains("不是年度报告"));
        let unknown = sentence(r#"{"form": "gongkai-2099", "figures": {}}"#);
        assert!(unknown.contains("gongkai-2099") && unknown.contains("gongkai-2021"));
    }
}
