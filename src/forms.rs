//! The forms at hand: the official ones, and those that a portal or a command line brings.

use std::borrow::Cow;
use std::sync::Arc;

use crate::form::{Form, FormError};

const OFFICIAL: [&str; 2] = [
    include_str!(concat!(env!("OUT_DIR"), "/gongkai-2021.json")),
    include_str!(concat!(env!("OUT_DIR"), "/gongkai-2019.json")),
];

/// A set of forms, each known by its id.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    forms: Vec<Arc<Form>>,
    /// The files of the forms, in the same order, so that rules can be added.
    files: Vec<Cow<'static, str>>,
}

impl Forms {
    /// The forms in force since 2019.
    pub fn official() -> Forms {
        let read = |json: &&str| Arc::new(Form::from_json(json).expect("the build script checked the official forms"));
        Forms {
            forms: OFFICIAL.iter().map(read).collect(),
            files: OFFICIAL.iter().map(|json| Cow::Borrowed(*json)).collect(),
        }
    }

    /// Adds a form of one's own; one with the same id takes its place.
    ///
    /// # Errors
    /// The first fault of the form file, with its place.
    pub fn add(&mut self, json: &str) -> Result<Arc<Form>, FormError> {
        let form = Arc::new(Form::from_json(json)?);
        if let Some(known) = self.forms.iter().position(|known| known.id == form.id) {
            self.forms.remove(known);
            self.files.remove(known);
        }
        self.forms.insert(0, form.clone());
        self.files.insert(0, Cow::Owned(json.to_owned()));
        Ok(form)
    }

    /// Adds an office's own rules to the forms that they hold for.
    ///
    /// # Errors
    /// The first fault of a rule file, with its place.
    pub fn add_rules(&mut self, rules: &[&str]) -> Result<(), FormError> {
        for (form, file) in self.forms.iter_mut().zip(&self.files) {
            *form = Arc::new(Form::with_rules(file, rules)?);
        }
        Ok(())
    }

    pub fn get(&self, id: &str) -> Option<&Arc<Form>> {
        self.forms.iter().find(|form| form.id == id)
    }

    /// The official form in force for a report year.
    pub fn for_year(&self, year: i32) -> Option<&Arc<Form>> {
        self.forms.iter().find(|form| form.years.contains(year))
    }

    /// The texts of the form files that were brought.
    pub fn brought(&self) -> impl Iterator<Item = &str> {
        self.files.iter().filter_map(|file| match file {
            Cow::Owned(file) => Some(file.as_str()),
            Cow::Borrowed(_) => None,
        })
    }

    pub fn iter(&self) -> impl Iterator<Item = &Arc<Form>> {
        self.forms.iter()
    }
}
