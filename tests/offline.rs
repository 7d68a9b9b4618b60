//! Files that work without a network, of every version that was released: `fixtures/offline/VERSION.html`. Each is read
//! for ever, by its data and, where these are lost, by what is seen in it.

use std::fs;
use std::path::{Path, PathBuf};

use nianbao::forms::Forms;
use nianbao::language::Language;
use nianbao::offline::{self, code_hash};
use nianbao::read::{self, Context, native::Native};
use nianbao::report::Report;

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/offline");
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "html"));
    files.sort();
    files
}

#[test]
fn the_files_of_every_version_are_read() {
    let files = files();
    assert!(!files.is_empty(), "tests/fixtures/offline/ holds no VERSION.html");
    let forms = Forms::official();
    let context = Context::new(&forms, &Native, Language::CHINESE);
    for path in files {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let page = fs::read_to_string(&path).unwrap();
        let file = offline::take_apart(&page).unwrap_or_else(|| panic!("{name} is no such file"));
        assert_eq!(file.version, name);
        let names: Vec<_> = file.parts.iter().map(|part| part.name.as_str()).collect();
        assert!(["page.css", "page.js", "loader"].iter().all(|part| names.contains(part)), "{name}: {names:?}");
        assert_eq!(code_hash(&file.parts).len(), 64);
        let reading = read::read(page.as_bytes(), &context).unwrap();
        assert_eq!(reading.findings, [], "{name}");
        assert_eq!(reading.report, Report::from_json(&file.data.report, &forms).unwrap(), "{name}");
        assert!(
            reading.report.figures_json().len() > 20 && !reading.report.agency.is_empty(),
            "{name} says too little"
        );
        assert_eq!(read::differences(&file, &context), [], "{name}");
        // Without its data it is still that report.
        let torn = page.replacen(&file.data.report, &file.data.report[..file.data.report.len() / 2], 1);
        let seen = read::read(torn.as_bytes(), &context).unwrap();
        assert_eq!(seen.report.figures_json(), reading.report.figures_json(), "{name}");
        assert_eq!((&seen.report.agency, seen.report.year), (&reading.report.agency, reading.report.year), "{name}");
        assert!(seen.findings.iter().any(|finding| finding.rule == "carried"), "{name}");
    }
}
