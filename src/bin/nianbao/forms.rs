//! `nianbao forms` and `nianbao schema`.

use std::fs;

use nianbao::forms::Forms;
use nianbao::language::Language;

use crate::open::cannot_open;
use crate::options::{Common, FormsOptions, SchemaOf, SchemaOptions};
use crate::{FINE, UNREADABLE, print};

const REPORT_SCHEMA: &str = include_str!("../../../forms/report.schema.json");
const FORM_SCHEMA: &str = include_str!("../../../forms/form.schema.json");

/// The official forms and those that the call brings.
pub fn load(common: &Common) -> Result<Forms, String> {
    let language = Language::from(common.lang);
    let mut forms = Forms::official();
    for path in &common.form {
        let name = path.display();
        let json = fs::read_to_string(path)
            .map_err(|error| format!("{name}{}{}", language.pick("：", ": "), cannot_open(&error, language)))?;
        forms.add(&json).map_err(|fault| {
            language.pick(
                format!("{name}：表式文件有错，在 {}：{}", fault.place, fault.problem),
                format!("{name}: the form file is faulty at {fault}"),
            )
        })?;
    }
    Ok(forms)
}

pub fn list(options: &FormsOptions) -> u8 {
    let language = Language::from(options.common.lang);
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
        print::line(&language.pick(
            format!("{}\t{years}\t{name}\t{notice}\t{cells} 个数据，{relations} 条勾稽关系", form.id),
            format!("{}\t{years}\t{name}\t{notice}\t{cells} cells, {relations} relations", form.id),
        ));
    }
    FINE
}

pub fn schema(options: &SchemaOptions) -> u8 {
    let schema = match options.of {
        SchemaOf::Report => REPORT_SCHEMA,
        SchemaOf::Form => FORM_SCHEMA,
    };
    print::line(schema.trim_end());
    FINE
}
