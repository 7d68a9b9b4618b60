//! The official forms: that they say what the notices print, and what their schemas say.

use std::fs;

use nianbao::form::{Form, Laid, LaidCell, Layout, Sheet};
use nianbao::forms::Forms;
use nianbao::language::Language;
use serde_json::Value as Json;

fn official() -> Vec<std::sync::Arc<Form>> {
    Forms::official().iter().cloned().collect()
}

/// The form of a report with indicators of its own.
fn statistics() -> std::sync::Arc<Form> {
    let json = r#"{"form": "statistics", "agency": "某区", "year": 2015, "columns": ["value", "cumulative"],
        "headings": ["一、概述", "二、统计表", "三、附件"],
        "indicators": [{"label": "一、依申请公开", "level": 0}, {"id": "received", "label": "（一）收到数", "unit": "条", "level": 1},
            {"label": "（二）答复", "level": 1}, {"id": "item_2", "label": "1.甲", "unit": "次", "level": 2},
            {"id": "item_3", "label": "2.乙", "level": 2}, {"id": "reviews"}], "figures": {}}"#;
    nianbao::report::Report::from_json(json, &Forms::official()).unwrap().form
}

fn sheets(form: &Form) -> impl Iterator<Item = &Sheet> {
    form.sections.iter().flat_map(|section| &section.sheets)
}

#[test]
fn every_printed_table_is_tiled_without_gap_or_overlap() {
    for form in official().into_iter().chain(Forms::official().open().cloned()).chain([statistics()]) {
        for layout in sheets(&form).map(|sheet| form.layout(sheet)) {
            let mut covered = vec![0; layout.width * layout.rows.len()];
            for (row, cell) in
                layout.rows.iter().enumerate().flat_map(|(row, cells)| cells.iter().map(move |cell| (row, cell)))
            {
                for place in (row..row + cell.rows)
                    .flat_map(|row| (cell.column..cell.column + cell.columns).map(move |column| (row, column)))
                {
                    covered[place.0 * layout.width + place.1] += 1;
                }
            }
            assert!(covered.iter().all(|count| *count == 1), "{}: {covered:?}", form.id);
        }
    }
}

fn shown(cell: &LaidCell) -> String {
    let text = match &cell.laid {
        Laid::Banner(text) | Laid::Corner(text) | Laid::Head { label: text, .. } => text.zh.clone(),
        Laid::Figure(_) => "·".to_owned(),
    };
    match (cell.rows, cell.columns) {
        (1, 1) => text,
        (rows, columns) => format!("{text} {rows}×{columns}"),
    }
}

fn row(layout: &Layout, row: usize) -> String {
    layout.rows[row].iter().map(shown).collect::<Vec<_>>().join("|")
}

fn sheet(form: &str, number: usize) -> Layout {
    let forms = Forms::official();
    let form = forms.get(form).unwrap();
    let sheet = sheets(form).nth(number).unwrap();
    form.layout(sheet)
}

#[test]
fn the_requests_table_has_the_merges_of_the_annex() {
    let layout = sheet("gongkai-2021", 1);
    let corner = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 3×3";
    assert_eq!(layout.rows.len(), 3 + 25);
    assert_eq!(row(&layout, 0), format!("{corner}|申请人情况 1×7"));
    assert_eq!(row(&layout, 1), "自然人 2×1|法人或其他组织 1×5|总计 2×1");
    assert_eq!(row(&layout, 2), "商业企业|科研机构|社会公益组织|法律服务机构|其他");
    assert_eq!(row(&layout, 3), "一、本年新收政府信息公开申请数量 1×3|·|·|·|·|·|·|·");
    assert_eq!(row(&layout, 5), "三、本年度办理结果 22×1|（一）予以公开 1×2|·|·|·|·|·|·|·");
    assert_eq!(row(&layout, 7), "（三）不予公开 8×1|1.属于国家秘密|·|·|·|·|·|·|·");
    assert_eq!(
        row(&layout, 23),
        "（六）其他处理 3×1|1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请|·|·|·|·|·|·|·"
    );
    assert_eq!(row(&layout, 26), "（七）总计 1×2|·|·|·|·|·|·|·");
    assert_eq!(row(&layout, 27), "四、结转下年度继续办理 1×3|·|·|·|·|·|·|·");
    let layout = sheet("gongkai-2019", 1);
    assert_eq!(layout.rows.len(), 3 + 23);
    assert_eq!(row(&layout, 5), "三、本年度办理结果 20×1|（一）予以公开 1×2|·|·|·|·|·|·|·");
    assert_eq!(row(&layout, 23), "（六）其他处理 1×2|·|·|·|·|·|·|·");
}

#[test]
fn the_disputes_table_lies_across() {
    let layout = sheet("gongkai-2021", 2);
    assert_eq!(layout.rows.len(), 4);
    assert_eq!(row(&layout, 0), "行政复议 1×5|行政诉讼 1×10");
    let results = "结果维持|结果纠正|其他结果|尚未审结|总计";
    let tall = results.replace('|', " 2×1|") + " 2×1";
    assert_eq!(row(&layout, 1), format!("{tall}|未经复议直接起诉 1×5|复议后起诉 1×5"));
    assert_eq!(row(&layout, 2), format!("{results}|{results}"));
}

#[test]
fn the_disclosure_tables_are_stacked_on_one_grid() {
    let layout = sheet("gongkai-2021", 0);
    assert_eq!(layout.rows.len(), 14);
    assert_eq!(row(&layout, 0), "第二十条第（一）项 1×4");
    assert_eq!(row(&layout, 1), "信息内容|本年制发件数|本年废止件数|现行有效件数");
    assert_eq!(row(&layout, 13), "行政事业性收费|· 1×3");
    let layout = sheet("gongkai-2019", 0);
    assert_eq!(layout.rows.len(), 18);
    assert_eq!(row(&layout, 16), "信息内容|采购项目数量|采购总金额 1×2");
}

#[test]
fn an_open_form_has_the_rows_and_sections_of_its_report() {
    let form = statistics();
    let sections: Vec<_> = form.sections.iter().map(|section| (section.id.as_str(), section.sheets.len())).collect();
    assert_eq!(sections, [("part_1", 0), ("part_2", 1), ("part_3", 0)]);
    let layout = form.layout(&form.sections[1].sheets[0]);
    assert_eq!(row(&layout, 0), "统计指标 1×3|单位|本年度|历年累计");
    assert_eq!(row(&layout, 1), "一、依申请公开 3×1|（一）收到数 1×2|条|·|·");
    assert_eq!(row(&layout, 2), "（二）答复 2×1|1.甲|次|·|·");
    assert_eq!(row(&layout, 3), "2.乙||·|·");
    assert_eq!(row(&layout, 4), "四、行政复议数量 1×3|件|·|·");
    assert_eq!(
        chain(&layout, "indicators.item_2.cumulative", &form),
        ["一、依申请公开", "（二）答复", "1.甲", "次", "历年累计"]
    );
    assert_eq!(chain(&layout, "indicators.item_3.value", &form), ["一、依申请公开", "（二）答复", "2.乙", "本年度"]);
    let english: Vec<_> = form.tables[0].rows.iter().map(|row| row.label.get(Language::ENGLISH)).collect();
    assert_eq!(english, ["(1) Requests received", "1.甲", "2.乙", "IV. Administrative reviews"]);
    // Of the relations only those stay of which all rows are there.
    let codes: Vec<_> = form.relations.iter().map(|relation| relation.code.as_str()).collect();
    assert_eq!(codes, ["last-year", "this-year"]);
    assert_eq!(form.instances.len(), 4, "rows that are not known have none");
}

#[test]
fn the_national_list_and_its_sums_are_those_of_the_notice() {
    let forms = Forms::official();
    let form = forms.get("statistics").unwrap();
    let ids: Vec<_> = form.tables[0].rows.iter().map(|row| row.id.as_str()).collect();
    // 58 rows with figures of the national table, 7 of the table of Fujian.
    assert_eq!(ids.len(), 58 + 7);
    let laws = form.relations.iter().filter(|relation| relation.is_law()).count();
    assert_eq!(laws, 0, "nothing is forced");
    let of = |rule: &str| form.relations.iter().filter(|relation| relation.rule == rule).count();
    assert_eq!((of("indicators.total"), of("indicators.part"), of("cumulative")), (9, 5, 2));
}

/// The labels of the heads that name a figure, outermost first.
fn chain(layout: &Layout, address: &str, form: &Form) -> Vec<String> {
    let wanted = Laid::Figure(form.find(address).unwrap());
    let figure = layout.rows.iter().flatten().find(|cell| cell.laid == wanted).unwrap();
    let head = |place: &(usize, usize)| layout.rows[place.0].iter().find(|cell| cell.column == place.1).unwrap();
    figure.heads.iter().map(|place| shown(head(place)).split(' ').next().unwrap().to_owned()).collect()
}

#[test]
fn a_figure_knows_its_whole_chain_of_heads() {
    let forms = Forms::official();
    let form = forms.get("gongkai-2021").unwrap();
    assert_eq!(
        chain(&sheet("gongkai-2021", 1), "requests.refused_third_party.legal_service", form),
        [
            "三、本年度办理结果",
            "（三）不予公开",
            "4.保护第三方合法权益",
            "申请人情况",
            "法人或其他组织",
            "法律服务机构"
        ]
    );
    assert_eq!(
        chain(&sheet("gongkai-2021", 2), "disputes.litigation_after_review.pending", form),
        ["行政诉讼", "复议后起诉", "尚未审结"]
    );
    assert_eq!(
        chain(&sheet("gongkai-2021", 0), "article20_8.fees.amount", form),
        ["第二十条第（八）项", "行政事业性收费", "本年收费金额（单位：万元）"]
    );
}

#[test]
fn sections_and_relations_are_those_of_the_notices() {
    for form in official() {
        let headings: Vec<_> = form.sections.iter().map(|section| section.printed_heading(Language::CHINESE)).collect();
        assert_eq!(headings[1], "二、主动公开政府信息情况");
        assert_eq!((headings.len(), headings[5].as_str()), (6, "六、其他需要报告的事项"));
        let of = |rule: &str| {
            let index = form.relations.iter().position(|relation| relation.rule == rule).unwrap();
            form.instances.iter().filter(|instance| instance.relation == index).count()
        };
        let rows = if form.id == "gongkai-2021" { 25 } else { 23 };
        assert_eq!((of("requests.row-total"), of("requests.handled-total"), of("requests.balance")), (rows, 7, 7));
        assert_eq!((of("disputes.total"), of("carry-over")), (3, 7));
    }
}

fn schema(name: &str) -> jsonschema::Validator {
    let path = format!("{}/forms/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
    let schema: Json = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn fixture(path: &str) -> Json {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_form_files_are_what_their_schema_says() {
    let schema = schema("form");
    let official = ["forms/gongkai-2021.json", "forms/gongkai-2019.json", "forms/statistics.json"];
    for path in official.into_iter().chain(["tests/fixtures/reading-room.json"]) {
        let form = fixture(path);
        let faults: Vec<_> = schema.iter_errors(&form).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{path}: {faults:?}");
    }
    let mut faulty = fixture("tests/fixtures/reading-room.json");
    faulty["relations"][0]["severity"] = "fatal".into();
    assert!(!schema.is_valid(&faulty));
}

#[test]
fn an_office_s_rules_are_what_their_schema_says() {
    let rules = fs::read_to_string(format!("{}/forms/rules.schema.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    // One schema that holds the other's parts, so that nothing has to be fetched.
    let mut rules: Json = serde_json::from_str(&rules.replace("form.schema.json#", "#")).unwrap();
    rules["$defs"] = fixture("forms/form.schema.json")["$defs"].clone();
    let schema = jsonschema::validator_for(&rules).unwrap();
    let office = fixture("tests/fixtures/office-rules.json");
    let faults: Vec<_> = schema.iter_errors(&office).map(|error| error.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    assert!(!schema.is_valid(&serde_json::json!({"severities": {"blank": "loud"}})));
    assert!(!schema.is_valid(&serde_json::json!({"rules": []})));
}

#[test]
fn a_report_is_what_its_schema_says() {
    let schema = schema("report");
    let json = r#"{"form": "gongkai-2021", "agency": "某镇", "year": 2022, "headings": ["一、总体情况"],
        "sections": {"overview": "概况"}, "figures": {"requests.received.total": 12, "article20_8.fees.amount": 0.092,
        "article20_1.rules.issued": "/"}, "kept": [1],
        "answers": [{"rule": "blank", "cells": ["article20_1.rules.issued"],
            "values": {"article20_1.rules.issued": "/"}, "reason": "无规章制定权"}]}"#;
    let of_indicators = nianbao::report::Report::empty(statistics()).to_json();
    assert_eq!(schema.iter_errors(&of_indicators).count(), 0);
    let report = nianbao::report::Report::from_json(json, &Forms::official()).unwrap();
    let faults: Vec<_> = schema.iter_errors(&report.to_json()).map(|error| error.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let mut written = report.to_json();
    nianbao::fingerprint::put(&report, &mut written);
    assert!(written["fingerprint"].is_string() && schema.is_valid(&written), "{written}");
    written["fingerprint"] = "9f3a".into();
    assert!(!schema.is_valid(&written));
    assert!(!schema.is_valid(&serde_json::json!({"form": "gongkai-2021", "figures": {"total": 1}})));
}

/// A row as the blank forms write it: merges as attributes, figures empty.
fn as_html(cells: &[LaidCell]) -> String {
    let merge = |name: &str, count: usize| if count > 1 { format!(" {name}=\"{count}\"") } else { String::new() };
    let cell = |cell: &LaidCell| {
        let text = match &cell.laid {
            Laid::Banner(text) | Laid::Corner(text) | Laid::Head { label: text, .. } => text.zh.as_str(),
            Laid::Figure(_) => "",
        };
        format!("<td{}{}>{text}</td>", merge("colspan", cell.columns), merge("rowspan", cell.rows))
    };
    format!("<tr>{}</tr>", cells.iter().map(cell).collect::<String>())
}

#[test]
fn the_printed_tables_are_those_of_the_blank_forms() {
    for form in official() {
        let year = form.years.from;
        let Some(blank) = crate::corpus::file(&format!("0000-blank-{year}.html")) else { return };
        for layout in sheets(&form).map(|sheet| form.layout(sheet)) {
            let rows: Vec<_> = layout.rows.iter().map(|cells| as_html(cells)).collect();
            let table = rows.join("\n");
            assert!(blank.contains(&table), "{}:\n{table}", form.id);
        }
    }
}
