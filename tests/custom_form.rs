//! A portal's own form: three rows, one relation, read from a file at run time.

use nianbao::check::check;
use nianbao::form::Form;
use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::read::native::Native;
use nianbao::read::{Context, read};
use nianbao::report::Report;

const FORM: &str = include_str!("fixtures/reading-room.json");

fn report(figures: &str) -> Report {
    let mut forms = Forms::official();
    forms.add(FORM).unwrap();
    let json = format!(r#"{{"form": "reading-room", "agency": "某市", "year": 2024, "figures": {figures}}}"#);
    Report::from_json(&json, &forms).unwrap()
}

#[test]
fn a_form_of_one_s_own_is_checked_by_its_own_relation() {
    let figures = r#"{"visits.archive.visitors": 12, "visits.library.visitors": 30, "visits.all.visitors": 43,
        "visits.archive.copies": 0, "visits.library.copies": 4, "visits.all.copies": 4}"#;
    let findings = check(&report(figures), None, Language::CHINESE);
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!(finding.rule, "visits.total");
    assert_eq!(
        finding.message,
        "“查阅点接待情况”表“接待人次”列：两处相加 12 + 30 = 42，合计填的是 43，相差 1。请核对。\
         以下几处改任何一处都能成立，请对照原始数据判断：\
         “合计，接待人次”改为 42；“档案馆，接待人次”改为 13；“图书馆，接待人次”改为 31。"
    );
    assert_eq!(finding.cells, ["visits.all.visitors", "visits.archive.visitors", "visits.library.visitors"]);
    assert_eq!((finding.expected.as_deref(), finding.actual.as_deref()), (Some("42"), Some("43")));
}

#[test]
fn a_text_is_read_by_a_form_of_one_s_own() {
    let mut forms = Forms::official();
    forms.add(FORM).unwrap();
    let text = "某市查阅点2024年度情况\n一、查阅点接待情况\n查阅点 | 接待人次 | 提供复印件份数 |\n\
        档案馆 | 12 | 0 |\n图书馆 | 30 | 4 |\n合计 | 43 | 4 |\n";
    let reading = read(text.as_bytes(), &Context::new(&forms, &Native, Language::CHINESE)).unwrap();
    assert_eq!((reading.report.form.id.as_str(), reading.report.year), ("reading-room", Some(2024)));
    let findings = check(&reading.report, None, Language::CHINESE);
    assert!(findings.iter().any(|finding| finding.rule == "visits.total" && finding.actual.as_deref() == Some("43")));
    assert_eq!(report("{}").printed_title(Language::CHINESE), "某市 政府信息查阅点年度统计");
}

/// The fault of a form file after one edit of the sample form.
fn fault(from: &str, to: &str) -> String {
    assert!(FORM.contains(from), "{from}");
    Form::from_json(&FORM.replacen(from, to, 1)).unwrap_err().to_string()
}

#[test]
fn a_faulty_form_is_refused_with_the_place_named() {
    let unknown = fault(r#""left": ["all"]"#, r#""left": ["sum"]"#);
    assert!(unknown.contains("relations[0] (visits.total)") && unknown.contains("visits.sum.visitors"), "{unknown}");
    let untiled = fault(r#""width": 3"#, r#""width": 4"#);
    assert!(untiled.contains("sections[0] (visits).sheets[0]") && untiled.contains("do not tile"), "{untiled}");
    let twice = fault(r#""id": "library""#, r#""id": "archive""#);
    assert!(twice.contains("rows[1] (图书馆)") && twice.contains("“archive” stands twice"), "{twice}");
    let unprinted = fault(r#""tables": ["visits"]"#, r#""tables": []"#);
    assert!(unprinted.contains("stands on no sheet"), "{unprinted}");
    let wording = fault("{difference}。请核对", "{diff}。请核对");
    assert!(wording.contains("{diff}"), "{wording}");
    let misspelt = fault(r#""corner""#, r#""cornr""#);
    assert!(misspelt == "tables[0].cornr: this is unknown; please check the spelling", "{misspelt}");
}
