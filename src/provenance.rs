//! Where what stands in a cell comes from: whether it was read, inferred or typed, the place where it
//! was read, and the text that stood there.

use serde_json::{Map, Value as Json};

/// How a figure came into its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It stands so in what was published.
    Read,
    /// It follows from what was published and from what must hold; a person should look at it.
    Inferred,
    /// It was inferred, and a person has confirmed it.
    Confirmed,
    /// A person entered it, or it was added up from what a person entered.
    Typed,
}

impl How {
    const ALL: [(How, &'static str); 4] =
        [(How::Read, "read"), (How::Inferred, "inferred"), (How::Confirmed, "confirmed"), (How::Typed, "typed")];

    /// The word that it has in JSON.
    pub fn key(self) -> &'static str {
        How::ALL.into_iter().find(|(how, _)| *how == self).map_or("", |(_, key)| key)
    }

    pub fn from_key(key: &str) -> Option<How> {
        How::ALL.into_iter().find(|(_, known)| *known == key).map(|(how, _)| how)
    }
}

/// A place in a published file. Everything counts from 1, as people do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A row of a table, and the column of its grid where that is known.
    Table { table: usize, row: usize, column: Option<usize> },
    /// A line of a text, or a paragraph of a page.
    Line(usize),
}

/// Where what stands in one cell comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub how: How,
    /// `None` where it was typed into a blank cell, or the place is not known.
    pub place: Option<Place>,
    /// What stood there as published; for glued figures all that stood together.
    pub text: String,
}

impl Origin {
    pub fn typed() -> Origin {
        Origin { how: How::Typed, place: None, text: String::new() }
    }

    /// As JSON, the way `forms/report.schema.json` says.
    pub fn to_json(&self) -> Json {
        let mut map = Map::new();
        map.insert("how".into(), self.how.key().into());
        let mut number = |key: &str, value: Option<usize>| {
            if let Some(value) = value {
                map.insert(key.into(), value.into());
            }
        };
        match self.place {
            Some(Place::Table { table, row, column }) => {
                number("table", Some(table));
                number("row", Some(row));
                number("column", column);
            }
            Some(Place::Line(line)) => number("line", Some(line)),
            None => {}
        }
        if !self.text.is_empty() {
            map.insert("text".into(), self.text.clone().into());
        }
        Json::Object(map)
    }

    /// `None` where it is no origin.
    pub fn from_json(json: &Json) -> Option<Origin> {
        let number = |key: &str| json[key].as_u64().and_then(|number| usize::try_from(number).ok());
        let place = match (number("table"), number("row"), number("line")) {
            (Some(table), Some(row), _) => Some(Place::Table { table, row, column: number("column") }),
            (_, _, Some(line)) => Some(Place::Line(line)),
            _ => None,
        };
        let text = json["text"].as_str().unwrap_or_default().to_owned();
        Some(Origin { how: How::from_key(json["how"].as_str()?)?, place, text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_the_same_after_json() {
        let places = [None, Some(Place::Line(7)), Some(Place::Table { table: 2, row: 3, column: None }), {
            Some(Place::Table { table: 2, row: 3, column: Some(9) })
        }];
        for place in places {
            for (how, _) in How::ALL {
                let origin = Origin { how, place, text: "801000081".to_owned() };
                assert_eq!(Origin::from_json(&origin.to_json()), Some(origin));
            }
        }
        assert_eq!(Origin::from_json(&serde_json::json!({"how": "guessed"})), None);
    }
}
