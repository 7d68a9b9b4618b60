//! The forms at hand: the official ones, and those that a portal or a command line brings.

use std::sync::Arc;

use crate::form::{Form, FormError};

const OFFICIAL: [&str; 2] = [
    include_str!(concat!(env!("OUT_DIR"), "/gongkai-2021.json")),
    include_str!(concat!(env!("OUT_DIR"), "/gongkai-2019.json")),
];

/// A set of forms, each known by its id.
#[derive(Clone, Debug)]
pub struct Forms {
    forms: Vec<Arc<Form>>,
}

impl Forms {
    /// The forms in force since 2019.
    pub fn official() -> Forms {
        let read = |json: &&str| Arc::new(Form::from_json(json).expect("the build script checked the official forms"));
        Forms { forms: OFFICIAL.iter().map(read).collect() }
    }

    /// Adds a form of one's own; one with the same id takes its place.
    ///
    /// # Errors
    /// The first fault of the form file, with its place.
    pub fn add(&mut self, json: &str) -> Result<Arc<Form>, FormError> {
        let form = Arc::new(Form::from_json(json)?);
        self.forms.retain(|known| known.id != form.id);
        self.forms.insert(0, form.clone());
        Ok(form)
    }

    pub fn get(&self, id: &str) -> Option<&Arc<Form>> {
        self.forms.iter().find(|form| form.id == id)
    }

    /// The official form in force for a report year.
    pub fn for_year(&self, year: i32) -> Option<&Arc<Form>> {
        self.forms.iter().find(|form| form.years.contains(year))
    }

    pub fn iter(&self) -> impl Iterator<Item = &Arc<Form>> {
        self.forms.iter()
    }
}
