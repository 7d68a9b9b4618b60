//! The forms at hand: the official ones, and those that a portal or a command line brings.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::form::{Form, FormError, Shape};

/// An official form: its id, whether its rows are each report's own, and its file.
type Official = (&'static str, bool, &'static str);

const OFFICIAL: [Official; 3] = [
    ("gongkai-2021", false, include_str!(concat!(env!("OUT_DIR"), "/gongkai-2021.json"))),
    ("gongkai-2019", false, include_str!(concat!(env!("OUT_DIR"), "/gongkai-2019.json"))),
    ("statistics", true, include_str!(concat!(env!("OUT_DIR"), "/statistics.json"))),
];

/// A set of forms, each known by its id.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    known: Vec<Known>,
    /// An office's own rules, which open forms get once more for each report.
    rules: Vec<String>,
}

/// A form with its file, so that rules can be added, and rows where it is open. An official one is read when it
/// is first needed: most pages need one of them.
#[derive(Clone, Debug)]
struct Known {
    id: String,
    open: bool,
    file: Cow<'static, str>,
    form: OnceLock<Arc<Form>>,
}

impl Known {
    fn form(&self) -> &Arc<Form> {
        let read = || Form::from_json(&self.file).expect("the build script checked the official forms");
        self.form.get_or_init(|| Arc::new(read()))
    }
}

impl Forms {
    /// The forms in force since 2019, and the open form of the years before.
    pub fn official() -> Forms {
        let known = |(id, open, json): Official| Known {
            id: id.to_owned(),
            open,
            file: Cow::Borrowed(json),
            form: OnceLock::new(),
        };
        Forms { known: OFFICIAL.into_iter().map(known).collect(), rules: Vec::new() }
    }

    /// Adds a form of one's own; one with the same id takes its place.
    ///
    /// # Errors
    /// The first fault of the form file, with its place.
    pub fn add(&mut self, json: &str) -> Result<Arc<Form>, FormError> {
        let form = Arc::new(Form::from_json(json)?);
        self.known.retain(|known| known.id != form.id);
        let file = Cow::Owned(json.to_owned());
        self.known.insert(0, Known { id: form.id.clone(), open: form.open, file, form: form.clone().into() });
        Ok(form)
    }

    /// Adds an office's own rules to the forms that they hold for.
    ///
    /// # Errors
    /// The first fault of a rule file, with its place.
    pub fn add_rules(&mut self, rules: &[&str]) -> Result<(), FormError> {
        for known in &mut self.known {
            known.form = Arc::new(Form::with_rules(&known.file, rules)?).into();
        }
        self.rules = rules.iter().map(|rules| (*rules).to_owned()).collect();
        Ok(())
    }

    /// A form by its id. Of an open one this is the form with all rows that are known, of which reports have
    /// some: see [`Forms::shaped`].
    pub fn get(&self, id: &str) -> Option<&Arc<Form>> {
        self.known.iter().find(|known| known.id == id).map(Known::form)
    }

    /// The form of one report: an open form with the rows, columns and sections that the report has. `None`
    /// where there is no open form with this id, or the shape has no place in one.
    pub fn shaped(&self, id: &str, shape: &Shape) -> Option<Arc<Form>> {
        let known = self.known.iter().find(|known| known.id == id && known.open)?;
        let rules: Vec<&str> = self.rules.iter().map(String::as_str).collect();
        Form::shaped(&known.file, &rules, shape).ok().map(Arc::new)
    }

    /// The form in force for a report year. Open forms are none: their rows are each report's own.
    pub fn for_year(&self, year: i32) -> Option<&Arc<Form>> {
        self.iter().find(|form| form.years.contains(year))
    }

    /// The texts of the form files that were brought.
    pub fn brought(&self) -> impl Iterator<Item = &str> {
        self.known.iter().filter_map(|known| match &known.file {
            Cow::Owned(file) => Some(file.as_str()),
            Cow::Borrowed(_) => None,
        })
    }

    /// The forms that say what a report has to have.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Form>> {
        self.known.iter().filter(|known| !known.open).map(Known::form)
    }

    /// The forms whose rows are each report's own, with all rows that are known.
    pub fn open(&self) -> impl Iterator<Item = &Arc<Form>> {
        self.known.iter().filter(|known| known.open).map(Known::form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_forms_stand_beside_those_in_force() {
        let forms = Forms::official();
        let ids = |forms: &mut dyn Iterator<Item = &Arc<Form>>| forms.map(|form| form.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&mut forms.iter()), ["gongkai-2021", "gongkai-2019"]);
        assert_eq!(ids(&mut forms.open()), ["statistics"]);
        assert!(forms.known.iter().all(|known| known.open == known.form().open && known.id == known.form().id));
        assert!(forms.for_year(2016).is_none() && forms.get("statistics").is_some());
        assert!(forms.shaped("gongkai-2021", &Shape::default()).is_none());
    }

    #[test]
    fn rules_hold_for_an_open_form_where_their_rows_are_there() {
        let mut forms = Forms::official();
        let rule = |rows: &str, code: &str| {
            format!(
                r#"{{"rule": "office", "code": "{code}", "severity": "info", "compare": "at_most", "table": "indicators",
                "for_each": "column", {rows}, "name": {{"zh": "", "en": ""}}, "basis": {{"zh": "", "en": ""}},
                "wording": {{"zh": "", "en": ""}}}}"#
            )
        };
        let (one, other) =
            (r#""left": ["granted"], "right": ["received"]"#, r#""left": ["item_9"], "right": ["received"]"#);
        let rules = format!(
            r#"{{"forms": ["statistics"], "severities": {{"cumulative": "off"}},
            "relations": [{}, {}]}}"#,
            rule(one, "one"),
            rule(other, "other")
        );
        forms.add_rules(&[&rules]).expect("rules without a fault");
        let indicator = |id: &str| crate::form::Indicator { id: id.into(), label: id.into(), ..Default::default() };
        let shape = Shape {
            indicators: ["granted", "received"].map(indicator).to_vec(),
            columns: vec!["value".into()],
            headings: Vec::new(),
        };
        let form = forms.shaped("statistics", &shape).expect("an open form");
        let codes: Vec<_> = form.relations.iter().map(|relation| relation.code.as_str()).collect();
        assert_eq!(codes, ["one"]);
        assert_eq!(form.severities.len(), 1);
    }
}
