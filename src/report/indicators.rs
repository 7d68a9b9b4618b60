//! The list of indicators in a report's JSON, from which an open form gets its rows, and back.

use serde_json::{Map, Value as Json};

use super::ReadError;
use crate::form::{DEEPEST_LEVEL, Form, Indicator, MOST_INDICATORS, Shape};
use crate::words;

/// The keys that say what of the form is the report's own.
pub const INDICATORS: &str = "indicators";
pub const COLUMNS: &str = "columns";

/// The shape of a report by its JSON. Without a list of indicators the rows are those that its figures name.
///
/// # Errors
/// What is wrong with the list, and where in it.
pub fn shape(map: &Map<String, Json>, figures: &Map<String, Json>, form: &Form) -> Result<Shape, ReadError> {
    let named = named(map, figures);
    let mut columns: Vec<String> = strings(map.get(COLUMNS)).collect();
    for (_, column) in &named {
        if !columns.contains(column) {
            columns.push(column.clone());
        }
    }
    let first = form.tables.first().and_then(|table| table.columns.first());
    columns.extend(first.map(|column| column.id.clone()));
    let indicators = match map.get(INDICATORS) {
        None | Some(Json::Null) => of_rows(named.into_iter().map(|(row, _)| row), form),
        Some(Json::Array(list)) if list.len() <= MOST_INDICATORS => listed(list, form)?,
        Some(Json::Array(list)) => return Err(too_many(list.len())),
        Some(_) => return Err(no_list()),
    };
    Ok(Shape { indicators, columns, headings: strings(map.get("headings")).collect() })
}

/// Writes the shape of a report's form into its JSON.
pub fn insert(form: &Form, map: &mut Map<String, Json>) {
    if !form.lists_indicators() {
        return;
    }
    map.insert(INDICATORS.into(), form.indicators.iter().map(to_json).collect());
    let columns = form.listed_columns();
    if !columns.is_empty() {
        map.insert(COLUMNS.into(), columns.iter().map(|column| Json::from(column.id.as_str())).collect());
    }
}

fn to_json(indicator: &Indicator) -> Json {
    let mut map = indicator.extra.clone();
    for (key, text) in [("id", &indicator.id), ("unit", &indicator.unit)] {
        if !text.is_empty() {
            map.insert(key.into(), text.as_str().into());
        }
    }
    map.insert("label".into(), indicator.label.as_str().into());
    map.insert("level".into(), indicator.level.into());
    Json::Object(map)
}

fn strings(json: Option<&Json>) -> impl Iterator<Item = String> {
    json.and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str).map(str::to_owned)
}

/// The rows and columns that the addresses of a report name. What cannot be the name of a row is none.
fn named(map: &Map<String, Json>, figures: &Map<String, Json>) -> Vec<(String, String)> {
    let lists = ["unread", "inferred", "by_hand", "partial"].into_iter().flat_map(|key| strings(map.get(key)));
    let cells = map.get("provenance").and_then(|provenance| provenance["cells"].as_object());
    let keys = cells.into_iter().chain([figures]).flat_map(Map::keys).cloned();
    let place = |address: String| {
        let mut parts = address.split('.').skip(1);
        let place = (parts.next()?.to_owned(), parts.next()?.to_owned());
        (parts.next().is_none() && is_name(&place.0)).then_some(place)
    };
    let mut named: Vec<_> = keys.chain(lists).filter_map(place).collect();
    named.sort();
    named.dedup();
    named
}

/// Rows by their ids alone: those that are known in their order and with their labels, then the others.
fn of_rows(rows: impl Iterator<Item = String>, form: &Form) -> Vec<Indicator> {
    let mut rows: Vec<String> = rows.collect();
    rows.dedup();
    let known = form.tables.first().map(|table| table.rows.as_slice()).unwrap_or_default();
    let place = |id: &String| known.iter().position(|row| row.id == *id).unwrap_or(known.len());
    rows.sort_by_key(|id| (place(id), id.len(), id.clone()));
    rows.truncate(MOST_INDICATORS);
    rows.into_iter()
        .map(|id| by_id(&id, form).unwrap_or(Indicator { label: id.clone(), id, ..Indicator::default() }))
        .collect()
}

/// A row that is known.
fn by_id(id: &str, form: &Form) -> Option<Indicator> {
    let table = form.tables.first()?;
    let at = table.rows.iter().position(|row| row.id == id)?;
    let unit = table.unit_of(at).map(|unit| unit.zh.clone()).unwrap_or_default();
    let row = &table.rows[at];
    Some(Indicator { id: id.to_owned(), label: row.label.zh.clone(), unit, level: row.level, extra: Map::new() })
}

fn listed(list: &[Json], form: &Form) -> Result<Vec<Indicator>, ReadError> {
    let mut indicators: Vec<Indicator> = Vec::with_capacity(list.len());
    for (at, json) in list.iter().enumerate() {
        let indicator = indicator(json, form).ok_or_else(|| no_indicator(at + 1))?;
        let id = indicator.id.as_str();
        if !id.is_empty() && !is_name(id) {
            return Err(no_id(at + 1, id));
        }
        if !id.is_empty() && indicators.iter().any(|known| known.id == id) {
            return Err(twice(at + 1, id));
        }
        indicators.push(indicator);
    }
    Ok(indicators)
}

fn is_name(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn indicator(json: &Json, form: &Form) -> Option<Indicator> {
    let mut extra = json.as_object()?.clone();
    let mut text = |key: &str| match extra.remove(key) {
        Some(Json::String(text)) => Some(Some(text)),
        Some(_) => None,
        None => Some(None),
    };
    let (id, label, unit) = (text("id")?.unwrap_or_default(), text("label")?, text("unit")?);
    let level = match extra.remove("level") {
        Some(level) => Some(usize::try_from(level.as_u64()?).ok()?.min(DEEPEST_LEVEL)),
        None => None,
    };
    let known = by_id(&id, form).unwrap_or_default();
    // What is listed by its id alone is as the known row is.
    let own_unit = if label.is_some() { String::new() } else { known.unit };
    let label = label
        .or_else(|| (!known.label.is_empty()).then_some(known.label))
        .or_else(|| (!id.is_empty()).then(|| id.clone()))?;
    Some(Indicator { id, label, unit: unit.unwrap_or(own_unit), level: level.unwrap_or(known.level), extra })
}

fn no_list() -> ReadError {
    ReadError::new(words::REFUSED_INDICATORS_NO_LIST, &[])
}

fn too_many(count: usize) -> ReadError {
    ReadError::new(
        words::REFUSED_INDICATORS_TOO_MANY,
        &[("count", &count.to_string()), ("most_indicators", &MOST_INDICATORS.to_string())],
    )
}

fn no_indicator(number: usize) -> ReadError {
    ReadError::new(words::REFUSED_INDICATOR, &[("number", &number.to_string())])
}

fn no_id(number: usize, id: &str) -> ReadError {
    ReadError::new(words::REFUSED_INDICATOR_ID, &[("number", &number.to_string()), ("id", id)])
}

fn twice(number: usize, id: &str) -> ReadError {
    ReadError::new(words::REFUSED_INDICATOR_TWICE, &[("number", &number.to_string()), ("id", id)])
}
