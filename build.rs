//! Checks the official forms and the texts of all languages and packs them, so that a faulty one fails the
//! build with its place.

use std::path::Path;
use std::{env, fs, process};

use catalogue::{Catalogue, Fault, File, Labels};
use serde_json::Value as Json;

#[path = "src/catalogue.rs"]
#[allow(dead_code)]
mod catalogue;
#[path = "src/form.rs"]
#[allow(dead_code, unused_imports)]
mod form;
#[path = "src/language.rs"]
#[allow(dead_code, unused_imports)]
mod language;

/// A form is checked before there are any messages: it is enough to know of two languages.
mod words {
    pub const TAGS: [&str; 2] = ["zh-CN", "en"];
    pub const ENGLISH: u8 = 1;
    pub fn category(_: u8, _: u64) -> &'static str {
        "other"
    }
}

const FORMS: [&str; 3] = ["gongkai-2021", "gongkai-2019", "statistics"];

fn main() {
    for path in ["forms", "locales", "src/catalogue.rs", "src/form.rs", "src/form", "src/language.rs"] {
        println!("cargo:rerun-if-changed={path}");
    }
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    let out = Path::new(&out);
    let texts = locales(".ftl");
    let texts: Vec<File> = texts.iter().map(|(name, text)| File { name, text }).collect();
    let catalogue = Catalogue::read(&texts).unwrap_or_else(|fault| fail_for(&fault));
    catalogue.warnings.iter().for_each(warn_of);
    fs::write(out.join("words.rs"), catalogue.rust()).expect("OUT_DIR is writable");
    let mut labels: Vec<Labels> = Vec::new();
    for (name, text) in locales(".labels.json") {
        let read = Labels::read(File { name: &name, text: &text });
        labels.push(read.unwrap_or_else(|fault| fail_for(&fault)));
    }
    for id in FORMS {
        let packed = out.join(format!("{id}.json"));
        fs::write(packed, packed_form(id, &mut labels).to_string()).expect("OUT_DIR is writable");
    }
    for warning in labels.iter().flat_map(Labels::warnings) {
        warn("locales", &warning);
    }
}

/// The files of `locales/` whose names end so, with what they hold.
fn locales(ending: &str) -> Vec<(String, String)> {
    let folder = fs::read_dir("locales").unwrap_or_else(|error| fail("locales", &error.to_string()));
    let mut files = Vec::new();
    for file in folder.flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        if name.ends_with(ending) {
            let text = fs::read_to_string(file.path());
            let text = text.unwrap_or_else(|error| fail(&format!("locales/{name}"), &error.to_string()));
            files.push((name, text));
        }
    }
    files.sort();
    files
}

/// An official form, checked, with its labels in every language.
fn packed_form(id: &str, labels: &mut [Labels]) -> Json {
    let path = format!("forms/{id}.json");
    let json = fs::read_to_string(&path).unwrap_or_else(|error| fail(&path, &error.to_string()));
    match form::Form::from_json(&json) {
        Ok(form) if form.id == id => {}
        Ok(form) => fail(&path, &format!("id: the file holds the form “{}”", form.id)),
        Err(fault) => fail(&path, &fault.to_string()),
    }
    let mut value: Json = serde_json::from_str(&json).expect("it was read as a form");
    labels.iter_mut().for_each(|labels| labels.add_to(&mut value));
    // What draws no charts carries of them only which lines they show.
    if let Some(form) = value.as_object_mut().filter(|_| !cfg!(feature = "charts")) {
        form.remove("same");
        let charts = form.get_mut("charts").and_then(|charts| charts.as_array_mut());
        for chart in charts.into_iter().flatten().filter_map(|chart| chart.as_object_mut()) {
            chart.retain(|key, _| ["tables", "row", "column"].contains(&key.as_str()));
        }
    }
    value
}

fn warn_of(fault: &Fault) {
    println!("cargo:warning=locales/{fault}");
}

fn fail_for(fault: &Fault) -> ! {
    warn_of(fault);
    process::exit(1);
}

fn warn(path: &str, what: &str) {
    println!("cargo:warning={path}: {what}");
}

fn fail(path: &str, fault: &str) -> ! {
    warn(path, fault);
    process::exit(1);
}
