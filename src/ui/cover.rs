//! The cover of a report, to be written: agency, year, title, date, contact.

use std::rc::Rc;

use yew::{Html, html};

use super::asking::Asking;
use super::field::{Field, Kind};
use super::scene::{Action, Scene, each};
use super::writing;
use crate::edit::CoverEntry;
use crate::finding::TITLE_TEXT;
use crate::language::Language;

/// The id of a field of the cover, by the key that it has in a report.
pub fn field_id(key: &str) -> String {
    format!("cover-{key}")
}

const YEARS: &str = "cover-years";
const ODD_YEAR: &str = "cover-odd-year";

/// The fields.
pub fn cover(scene: &Scene) -> Html {
    let (report, words) = (&scene.session.report, scene.words);
    let line = |key: &'static str, label: &'static str, text: &str, kind: Kind, entry: fn(String) -> CoverEntry| {
        let typed = scene.act.reform(move |(text, again)| Action::Cover { entry: entry(text), again });
        html! {
            <div class={if key == "contact" { "line-of whole" } else { "line-of" }}>
                <label for={field_id(key)}>{ label }</label>
                <Field id={field_id(key)} {kind} text={text.to_owned()} {typed} />
            </div>
        }
    };
    let plain = |placeholder: String| Kind::Line { kind: "text", mode: "text", placeholder };
    let title = plain(report.due_title(Language::CHINESE));
    let date = if report.date.is_empty() || is_date(&report.date) { "date" } else { "text" };
    let date = Kind::Line { kind: date, mode: "text", placeholder: String::new() };
    html! {
        <div class="cover" part="cover" role="group" aria-label={words.cover()}>
            { line("agency", words.agency(), &report.agency, plain(String::new()), CoverEntry::Agency) }
            { year(scene) }
            { line(TITLE_TEXT, words.title_text(), &report.title, title, CoverEntry::Title) }
            { line("date", words.date(), &report.date, date, CoverEntry::Date) }
            { line("contact", words.contact(), &report.contact, plain(words.contact_example().to_owned()), CoverEntry::Contact) }
            { writing::noted(scene, TITLE_TEXT) }
        </div>
    }
}

/// The year: one of those for which a form is known, or another that is typed.
fn year(scene: &Scene) -> Html {
    let (report, words) = (&scene.session.report, scene.words);
    let asked = match scene.asking {
        Some(Asking::Year(year)) => Some(year.to_string()),
        _ => None,
    };
    let own = || report.year.map(|year| year.to_string()).unwrap_or_default();
    let odd = scene.odd_year.map(str::to_owned);
    let invalid = odd.is_some();
    let first = scene.session.forms.iter().map(|form| form.years.from).min();
    let last = js_sys::Date::new_0().get_full_year() as i32;
    let years = first.into_iter().flat_map(|first| (first..=last).rev().take(MOST_YEARS));
    let typed = scene.act.reform(|(text, _)| Action::Year(text));
    html! {
        <div class="line-of">
            <label for={field_id("year")}>{ words.year() }</label>
            <Field id={field_id("year")} kind={Kind::Whole { mode: "numeric", list: YEARS }} text={asked.or(odd).unwrap_or_else(own)}
                {invalid} described={invalid.then(|| ODD_YEAR.to_owned())} marks={Rc::default()} {typed} />
            <datalist id={YEARS}>{ each(years.map(|year| html! { <option value={year.to_string()}></option> })) }</datalist>
            if invalid {
                <p id={ODD_YEAR} class="odd" role="alert">{ words.odd_year() }</p>
            }
        </div>
    }
}

/// How many years are proposed.
const MOST_YEARS: usize = 20;

/// The year that was typed; `None` where it is none.
pub fn year_of(text: &str) -> Option<i32> {
    let plain: String = text.chars().map(crate::value::half_width).collect();
    let year = plain.trim().trim_end_matches('年').trim().parse().ok()?;
    (1990..=2199).contains(&year).then_some(year)
}

/// Whether a text is a date as fields have it: 2024-01-25.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths = [4, 2, 2];
    let digits = |part: &&str| part.chars().all(|c| c.is_ascii_digit());
    parts.iter().map(|part| part.len()).eq(lengths) && parts.iter().all(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_dates_are_known_by_their_look() {
        assert_eq!([year_of("2023"), year_of(" ２０２３年 ")], [Some(2023), Some(2023)]);
        assert_eq!([year_of(""), year_of("20"), year_of("二〇二三")], [None, None, None]);
        assert!(is_date("2024-01-25") && !is_date("2024年1月25日") && !is_date("2024-1-25"));
    }
}
