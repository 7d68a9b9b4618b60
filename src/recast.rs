//! A report laid into another form: what both have is carried over, and what has no place there is kept
//! aside, so that it finds its place again on the way back.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::form::{CellId, Form};
use crate::report::Report;
use crate::value::Value;

/// A report in another form, and what came of its figures.
#[derive(Clone, Debug)]
pub struct Recast {
    pub report: Report,
    /// How many cells both forms have.
    pub shared: usize,
    /// How many of them hold something that is carried over.
    pub kept: usize,
    /// The cells of the former form that hold something for which the other has no place. It stays among
    /// the report's unknown figures.
    pub lost: Vec<CellId>,
    /// How many figures that had no place before have one now.
    pub regained: usize,
}

impl Report {
    /// Lays the report into another form. Texts, cover and reasons stay as they are.
    pub fn recast(&self, form: Arc<Form>) -> Recast {
        let mut map = match self.to_json_with_provenance() {
            Json::Object(map) => map,
            _ => Default::default(),
        };
        map.remove("form");
        let figures = match map.remove("figures") {
            Some(Json::Object(figures)) => figures,
            _ => Default::default(),
        };
        let has = |address: &str| form.find(address).is_some();
        let all = || self.form.cells();
        let filled = |cell: &CellId| *self.value(*cell) != Value::Blank || self.is_unread(*cell);
        let shared: Vec<CellId> = all().filter(|(_, cell)| has(&cell.address)).map(|(id, _)| id).collect();
        let lost = all().filter(|(id, cell)| !has(&cell.address) && filled(id)).map(|(id, _)| id).collect();
        let regained = self.unknown_figures.keys().filter(|address| has(address)).count();
        let kept = shared.iter().filter(|cell| filled(cell)).count();
        Recast { shared: shared.len(), kept, lost, regained, report: Report::of(form.clone(), map, figures) }
    }
}

#[cfg(test)]
mod tests {
    use crate::forms::Forms;
    use crate::report::Report;

    const JSON: &str = r#"{
        "form": "gongkai-2021", "agency": "某镇", "year": 2021, "title": "某镇报告", "contact": "党政办",
        "sections": {"overview": "概况。", "other": "无。", "annex": ["kept"]},
        "headings": ["一、总体情况"],
        "unread": ["article20_8.fees.amount", "requests.granted.total"],
        "by_hand": ["requests.received.total"],
        "answers": [{"rule": "blank", "cells": ["requests.received.total"], "values": {}, "reason": "已核对"}],
        "figures": {"requests.received.total": 12, "requests.other_unpaid.total": 3, "requests.other.total": 1,
            "article20_1.rules.issued": "/", "article20_1.normative_documents.in_force": 24.50, "x.y.z": 1},
        "filed_by": "张三"
    }"#;

    #[test]
    fn what_both_forms_have_is_carried_over_and_the_rest_comes_back() {
        let forms = Forms::official();
        let report = Report::from_json(JSON, &forms).unwrap();
        let there = report.recast(forms.get("gongkai-2019").unwrap().clone());
        assert_eq!(there.report.form.id, "gongkai-2019");
        let of = |report: &Report, address: &str| report.value(report.form.find(address).unwrap()).to_string();
        assert_eq!(
            (of(&there.report, "requests.received.total"), of(&there.report, "requests.other.total")),
            ("12".into(), "1".into())
        );
        let address = |cell: &crate::form::CellId| report.form.cell(*cell).address.clone();
        let lost: Vec<String> = there.lost.iter().map(address).collect();
        assert_eq!(
            lost,
            [
                "article20_1.rules.issued",
                "article20_1.normative_documents.in_force",
                "article20_8.fees.amount",
                "requests.other_unpaid.total"
            ]
        );
        assert_eq!((there.kept, there.regained, there.report.contact.as_str()), (3, 0, "党政办"));
        assert_eq!(there.shared, 7 * 23 + 15 + 3);
        let back = there.report.recast(forms.get("gongkai-2021").unwrap().clone());
        assert_eq!((back.regained, back.lost.len()), (3, 0));
        assert_eq!(back.report, report);
        // Through a file and back too.
        let saved = Report::from_json(&there.report.to_json().to_string(), &forms).unwrap();
        assert_eq!(saved, there.report);
    }

    #[test]
    fn where_figures_come_from_is_carried_over_and_comes_back() {
        let forms = Forms::official();
        let json = r#"{"form": "gongkai-2021", "agency": "", "year": 2021,
            "provenance": {"file": "a.html", "cells": {
                "requests.received.total": {"how": "inferred", "table": 2, "row": 3, "text": "12"},
                "requests.other_unpaid.total": {"how": "typed"}}},
            "figures": {"requests.received.total": 12, "requests.other_unpaid.total": 3}}"#;
        let report = Report::from_json(json, &forms).unwrap();
        let there = report.recast(forms.get("gongkai-2019").unwrap().clone()).report;
        let cell = there.form.find("requests.received.total").unwrap();
        assert!(there.is_inferred(cell) && there.file == "a.html");
        let back = there.recast(report.form.clone()).report;
        assert_eq!(back.to_json_with_provenance(), report.to_json_with_provenance());
    }

    #[test]
    fn units_without_a_place_come_back_too() {
        let forms = Forms::official();
        let json = r#"{"form": "gongkai-2019", "agency": "", "year": 2020,
            "units": {"article20_9.procurement.amount": "元"}, "figures": {"article20_9.procurement.amount": 73802895.90}}"#;
        let report = Report::from_json(json, &forms).unwrap();
        let there = report.recast(forms.get("gongkai-2021").unwrap().clone());
        assert_eq!(there.lost.len(), 1);
        assert_eq!(there.report.recast(report.form.clone()).report, report);
    }
}
