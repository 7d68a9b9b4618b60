//! Edits as JSON: what each leaves behind, so that it can be made again on what it was made on. What stood before is
//! not written, it stands there.

use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::{Change, Content, Cover, Edit};
use crate::form::{CellId, Form};
use crate::forms::Forms;
use crate::report::Report;

/// Another report, whole.
const WHOLE: &str = "whole";
/// A report that holds nothing but what has changed; the other keys say what of it counts.
const PART: &str = "part";
const CELLS: &str = "cells";
const SECTIONS: &str = "sections";
const COVER: &str = "cover";
const ANSWERS: &str = "answers";

impl Edit {
    /// What it leaves behind. `form` is that of the report on which it was made.
    pub fn to_json(&self, form: &Arc<Form>) -> Json {
        let mut map = Map::new();
        if let [Change::Whole { after, .. }] = self.0.as_slice() {
            map.insert(WHOLE.into(), after.to_json_with_provenance());
            return Json::Object(map);
        }
        let mut part = Report::empty(form.clone());
        self.apply(&mut part);
        let (mut cells, mut sections) = (Vec::new(), Vec::new());
        for change in &self.0 {
            match change {
                Change::Cell { cell, .. } => cells.push(Json::from(form.cell(*cell).address.as_str())),
                Change::Text { section, .. } => sections.push(Json::from(section.as_str())),
                Change::Cover { .. } => _ = map.insert(COVER.into(), true.into()),
                Change::Answers { .. } => _ = map.insert(ANSWERS.into(), true.into()),
                Change::Whole { .. } => {}
            }
        }
        map.insert(CELLS.into(), cells.into());
        map.insert(SECTIONS.into(), sections.into());
        map.insert(PART.into(), part.to_json_with_provenance());
        Json::Object(map)
    }

    /// The edit that leaves this behind on a report; `None` where it cannot be made on it.
    pub fn from_json(mut json: Json, report: &Report, forms: &Forms) -> Option<Edit> {
        let map = json.as_object_mut()?;
        if let Some(whole) = map.remove(WHOLE) {
            let after = Box::new(Report::from_value(whole, forms).ok()?);
            return Some(Edit(vec![Change::Whole { before: Box::new(report.clone()), after }]));
        }
        let Some(Json::Object(mut part)) = map.remove(PART) else { return None };
        let Some(Json::Object(figures)) = part.remove("figures") else { return None };
        let part = Report::of(report.form.clone(), part, figures);
        let cell = |address: &str| {
            let cell = report.form.find(address)?;
            let of = |report: &Report, cell: CellId| Content::of(report, cell);
            Some(Change::Cell { cell, before: of(report, cell), after: of(&part, cell) })
        };
        let text = |section: &str| {
            let of = |report: &Report| report.section(section).map(str::to_owned);
            Some(Change::Text { section: section.to_owned(), before: of(report), after: of(&part) })
        };
        let mut changes = named(map, CELLS).map(cell).collect::<Option<Vec<_>>>()?;
        changes.extend(named(map, SECTIONS).filter_map(text));
        if map.contains_key(COVER) {
            changes.push(Change::Cover { before: Cover::of(report), after: Cover::of(&part) });
        }
        if map.contains_key(ANSWERS) {
            changes.push(Change::Answers { before: report.answers.clone(), after: part.answers });
        }
        Some(Edit(changes))
    }
}

/// The names in a list.
fn named<'a>(map: &'a Map<String, Json>, key: &str) -> impl Iterator<Item = &'a str> {
    map.get(key).and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Answer;
    use crate::edit::History;
    use crate::provenance::{How, Origin, Place};
    use crate::value::Value;

    fn report() -> Report {
        let json = r#"{"form": "gongkai-2021", "agency": "某镇", "year": 2023, "sections": {"overview": "概况。"},
            "unread": ["requests.received.business"], "by_hand": ["requests.received.total"],
            "figures": {"requests.received.natural_person": 21, "requests.received.total": "/"}}"#;
        Report::from_json(json, &Forms::official()).unwrap()
    }

    /// The edit, made again from its JSON text on the report on which it was made.
    fn again(edit: &Edit, report: &Report) -> Edit {
        let text = edit.to_json(&report.form).to_string();
        Edit::from_json(serde_json::from_str(&text).unwrap(), report, &Forms::official()).unwrap()
    }

    #[test]
    fn every_kind_of_edit_is_the_same_after_json() {
        let (mut report, mut history) = (report(), History::default());
        let cell = |address: &str| report.form.find(address).unwrap();
        let (total, business) = (cell("requests.received.total"), cell("requests.received.business"));
        let content = |cell, value| Change::Cell {
            cell,
            before: Content::of(&report, cell),
            after: Content {
                value,
                unread: false,
                unit: Some("万元".into()),
                by_hand: true,
                partial: true,
                origin: Some(Origin { how: How::Inferred, place: Some(Place::Line(3)), text: "12".into() }),
            },
        };
        let cells = Edit(vec![
            content(total, Value::read("12345678901234567.890")),
            content(business, Value::Blank),
            content(cell("requests.received.legal_service"), Value::Text("十二".into())),
        ]);
        let answers = vec![Answer {
            rule: "jump".into(),
            code: String::new(),
            cells: vec![],
            values: Map::new(),
            reason: "机构改革。".into(),
        }];
        let edits = [
            cells,
            Edit::text(&report, "overview", "第一段。\n第二段。").unwrap(),
            Edit(vec![Change::Text { section: "overview".into(), before: None, after: None }]),
            Edit::cover(&report, Cover { title: "年报".into(), year: None, ..Cover::of(&report) }).unwrap(),
            Edit(vec![Change::Answers { before: vec![], after: answers }]),
        ];
        for edit in edits {
            let made = again(&edit, &report);
            let (mut by_edit, mut by_json) = (report.clone(), report.clone());
            edit.apply(&mut by_edit);
            made.apply(&mut by_json);
            assert_eq!(by_json, by_edit);
            made.inverse().apply(&mut by_json);
            assert_eq!(by_json, report, "what stood there before is taken from the report");
            history.make(&mut report, edit);
        }
        let other = Report::from_json(
            r#"{"form": "gongkai-2019", "agency": "某县", "year": 2020, "figures": {}, "own": [1]}"#,
            &Forms::official(),
        );
        let whole = Edit::whole(&report, other.unwrap()).unwrap();
        assert_eq!(again(&whole, &report), whole);
    }

    #[test]
    fn what_fits_no_longer_is_not_made() {
        let report = report();
        for text in ["[]", "{}", r#"{"part": {}}"#, r#"{"part": {"figures": {}}, "cells": ["nothing.at.all"]}"#] {
            assert_eq!(
                Edit::from_json(serde_json::from_str(text).unwrap(), &report, &Forms::official()),
                None,
                "{text}"
            );
        }
        assert_eq!(Edit::from_json(serde_json::json!({"whole": {"form": "none"}}), &report, &Forms::official()), None);
    }
}
