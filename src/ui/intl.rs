//! Numbers, days and times as the language writes them, by the browser's `Intl`.

use std::cell::RefCell;

use js_sys::Intl::{DateTimeFormat, NumberFormat};
use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::language::Language;

/// What is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Number,
    Time,
    /// A day of this year, with its time.
    Moment,
    /// One of another year.
    OldMoment,
}

thread_local! {
    /// How each is written in a language: making one takes the browser a thousand times as long as using it.
    static MADE: RefCell<Vec<(Language, Sort, Function)>> = const { RefCell::new(Vec::new()) };
}

/// The digits of a number that all languages here write as it stands. It is what a report mostly needs when it is first
/// shown, and making a format takes the browser as long as reading the report.
const PLAIN: usize = 3;

/// A whole number.
pub fn number(language: Language, digits: &str) -> String {
    // Without a browser, as in native tests, there is nobody to write for.
    if cfg!(target_arch = "wasm32") && digits.len() > PLAIN && digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return written(language, Sort::Number, &digits.into());
    }
    digits.to_owned()
}

/// The time of day of a moment, in milliseconds since 1970.
pub fn time(language: Language, moment: f64) -> String {
    written(language, Sort::Time, &moment.into())
}

/// The day and the time of a moment.
pub fn moment(language: Language, moment: f64) -> String {
    let year = |time: &JsValue| Date::new(time).get_full_year();
    let sort = if year(&moment.into()) == year(&Date::now().into()) { Sort::Moment } else { Sort::OldMoment };
    written(language, sort, &moment.into())
}

fn written(language: Language, sort: Sort, value: &JsValue) -> String {
    let known = |(of, as_what, _): &&(Language, Sort, Function)| (*of, *as_what) == (language, sort);
    let made = MADE.with_borrow(|made| made.iter().find(known).map(|(.., format)| format.clone()));
    let format = made.unwrap_or_else(|| {
        let format = format(language, sort);
        MADE.with_borrow_mut(|made| made.push((language, sort, format.clone())));
        format
    });
    // It takes every number and gives a text.
    format.call1(&JsValue::UNDEFINED, value).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

fn format(language: Language, sort: Sort) -> Function {
    let locales = Array::of1(&language.tag().into());
    let options = Object::new();
    let of_time = [("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")];
    let of_day = [("month", "long"), ("day", "numeric"), ("year", "numeric")];
    let parts = match sort {
        Sort::Number => return NumberFormat::new(&locales, &options).format(),
        Sort::Time => &of_day[..0],
        Sort::Moment => &of_day[..2],
        Sort::OldMoment => &of_day[..],
    };
    for (key, value) in parts.iter().chain(&of_time) {
        // Putting a key on a new object cannot fail.
        let _ = Reflect::set(&options, &(*key).into(), &(*value).into());
    }
    DateTimeFormat::new(&locales, &options).format()
}
