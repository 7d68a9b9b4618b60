//! `nianbao forms` and `nianbao schema`.

use std::fs;
use std::path::Path;

use nianbao::form::FormError;
use nianbao::forms::Forms;
use nianbao::language::Language;

use crate::open::cannot_open;
use crate::options::{Common, FormsOptions, SchemaOf, SchemaOptions};
use crate::{FINE, UNREADABLE, print};
use nianbao::words;

const REPORT_SCHEMA: &str = include_str!("../../../forms/report.schema.json");
const FORM_SCHEMA: &str = include_str!("../../../forms/form.schema.json");

const RULES_SCHEMA: &str = include_str!("../../../forms/rules.schema.json");

/// The official forms and those that the call brings, with the rules that it brings.
pub fn load(common: &Common) -> Result<Forms, String> {
    let language = common.lang;
    let faulty = |path: &Path, fault: &FormError| {
        let values = [("name", &*path.display().to_string()), ("place", &fault.place), ("problem", &fault.problem)];
        language.say(words::COMMAND_FAULTY_FORM, &values)
    };
    let mut forms = Forms::official();
    for path in &common.form {
        forms.add(&text(path, language)?).map_err(|fault| faulty(path, &fault))?;
    }
    let mut rules = Vec::new();
    for path in &common.rules {
        rules.push(text(path, language)?);
        let all: Vec<&str> = rules.iter().map(String::as_str).collect();
        forms.add_rules(&all).map_err(|fault| faulty(path, &fault))?;
    }
    Ok(forms)
}

fn text(path: &Path, language: Language) -> Result<String, String> {
    let colon = language.word(words::COLON);
    fs::read_to_string(path).map_err(|error| format!("{}{colon}{}", path.display(), cannot_open(&error, language)))
}

pub fn list(options: &FormsOptions) -> u8 {
    let language = options.common.lang;
    let forms = match load(&options.common) {
        Ok(forms) => forms,
        Err(sentence) => {
            print::message(&sentence);
            return UNREADABLE;
        }
    };
    for form in forms.iter() {
        let years = match form.years.to {
            Some(to) => format!("{}–{to}", form.years.from),
            None => format!("{}–", form.years.from),
        };
        let (cells, relations) = (form.cell_count(), form.instances.len());
        let name = form.name.get(language);
        let notice = &form.notice.number;
        let values = [("cells", &*cells.to_string()), ("relations", &relations.to_string())];
        let size = language.say(words::COMMAND_FORM_LINE, &values);
        print::line(&format!("{}\t{years}\t{name}\t{notice}\t{size}", form.id));
    }
    for form in forms.open() {
        let years = match form.years.to {
            Some(to) => format!("–{to}"),
            None => format!("{}–", form.years.from),
        };
        let (name, notice) = (form.name.get(language), &form.notice.number);
        let rows: usize = form.tables.iter().map(|table| table.rows.len()).sum();
        let size = language.say(words::COMMAND_OPEN_FORM_LINE, &[("rows", &rows.to_string())]);
        print::line(&format!("{}\t{years}\t{name}\t{notice}\t{size}", form.id));
    }
    FINE
}

pub fn schema(options: &SchemaOptions) -> u8 {
    let schema = match options.of {
        SchemaOf::Report => REPORT_SCHEMA,
        SchemaOf::Form => FORM_SCHEMA,
        SchemaOf::Rules => RULES_SCHEMA,
    };
    print::line(schema.trim_end());
    FINE
}
