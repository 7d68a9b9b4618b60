//! Checks the official forms and packs them, so that a faulty form fails the build with its place.

use std::path::Path;
use std::{env, fs, process};

#[path = "src/form.rs"]
#[allow(dead_code, unused_imports)]
mod form;
#[path = "src/language.rs"]
#[allow(dead_code, unused_imports)]
mod language;

const FORMS: [&str; 3] = ["gongkai-2021", "gongkai-2019", "statistics"];

fn main() {
    println!("cargo:rerun-if-changed=forms");
    println!("cargo:rerun-if-changed=src/form.rs");
    println!("cargo:rerun-if-changed=src/form");
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    for id in FORMS {
        let path = format!("forms/{id}.json");
        let json = fs::read_to_string(&path).unwrap_or_else(|error| fail(&path, &error.to_string()));
        match form::Form::from_json(&json) {
            Ok(form) if form.id == id => {}
            Ok(form) => fail(&path, &format!("id: the file holds the form “{}”", form.id)),
            Err(fault) => fail(&path, &fault.to_string()),
        }
        let mut value: serde_json::Value = serde_json::from_str(&json).expect("it was read as a form");
        // What draws no charts carries of them only which lines they show.
        if let Some(form) = value.as_object_mut().filter(|_| !cfg!(feature = "charts")) {
            form.remove("same");
            let charts = form.get_mut("charts").and_then(|charts| charts.as_array_mut());
            for chart in charts.into_iter().flatten().filter_map(|chart| chart.as_object_mut()) {
                chart.retain(|key, _| ["tables", "row", "column"].contains(&key.as_str()));
            }
        }
        let packed = Path::new(&out).join(format!("{id}.json"));
        fs::write(packed, value.to_string()).expect("OUT_DIR is writable");
    }
}

fn fail(path: &str, fault: &str) -> ! {
    println!("cargo:warning={path}: {fault}");
    process::exit(1);
}
