//! What is said where a file and what it carries differ.

use crate::finding::{Finding, Severity};
use crate::form::CellId;
use crate::language::Language;
use crate::publication;
use crate::report::{ReadError, Report};

/// The rule under which differences are told.
const RULE: &str = "carried";
/// How many differing figures are told one by one.
const TOLD_EACH: usize = 12;
/// How much of a text a sentence quotes, in characters.
const QUOTED: usize = 40;

fn info(message: String) -> Finding {
    Finding::new(RULE, Severity::Info, message)
}

pub fn is_about_carried(finding: &Finding) -> bool {
    finding.rule == RULE
}

/// The carried JSON cannot be read.
pub fn is_broken(error: &ReadError, language: Language) -> Finding {
    info(language.say(
        "文件里附带的数据没有采用，只读了看得见的内容。原因：{reason}",
        "The data that the file carries were not used; only what is seen was read. The reason: {reason}",
        &[("reason", error.sentence(language))],
    ))
}

/// The file shows a report, and carries another one.
pub fn is_another(language: Language) -> Finding {
    info(
        language
            .pick(
                "文件里附带的数据和看得见的报告对不上，没有采用，只读了看得见的内容。",
                "The data that the file carries are not those of the report that is seen; only what is seen was read.",
            )
            .to_owned(),
    )
}

/// The file was filled in anew for another year than the report that it carries.
pub fn is_of_another_year(seen: i32, carried: i32, language: Language) -> Finding {
    info(language.say(
        "看到的是 {seen} 年度的报告，文件里附带的还是 {carried} 年度的数据，没有采用，只读了看得见的内容。",
        "The report that is seen is for {seen}, while the data that the file carries are still those for {carried}; only what is seen was read.",
        &[("seen", &seen.to_string()), ("carried", &carried.to_string())],
    ))
}

/// The file shows nothing of the report that it carries.
pub fn is_unseen(language: Language) -> Finding {
    info(
        language
            .pick(
                "文件里看不到报告的内容，读的是文件附带的数据。请核对。",
                "Nothing of the report is seen in the file; the data that it carries were read. Please check.",
            )
            .to_owned(),
    )
}

/// A text of the cover differs; `what` says which, in the language.
pub fn cover(what: &str, seen: &str, carried: &str, language: Language) -> Finding {
    info(language.say(
        "{what}看到的是“{seen}”，文件附带的数据里是“{carried}”，已按看得见的读取。文件写出以后可能改动过，请核对。",
        "{what} is seen as “{seen}”, while the data that the file carries say “{carried}”; it was read as it is seen. The file may have been edited since it was written; please check.",
        &[("what", what), ("seen", &quoted(seen, language)), ("carried", &quoted(carried, language))],
    ))
}

/// The headings differ.
pub fn headings(seen: &[String], language: Language) -> Finding {
    let seen = seen.join(language.pick("；", "; "));
    info(language.say(
        "各部分的标题和文件附带的数据不同，已按看得见的读取：“{seen}”。文件写出以后可能改动过，请核对。",
        "The headings differ from the data that the file carries; they were read as they are seen: “{seen}”. The file may have been edited since it was written; please check.",
        &[("seen", &quoted(&seen, language))],
    ))
}

/// The text of a section differs.
pub fn section(id: &str, report: &Report, language: Language) -> Finding {
    let known = report.form.sections.iter().find(|known| known.id == id);
    let name = known.map_or_else(|| id.to_owned(), |section| section.printed_heading(language));
    let message = language.say(
        "“{name}”的文字和文件附带的数据不同，已按看得见的读取。文件写出以后可能改动过，请核对。",
        "The text of “{name}” differs from the data that the file carries; it was read as it is seen. The file may have been edited since it was written; please check.",
        &[("name", &name)],
    );
    info(message).in_section(id)
}

/// Figures differ: each with its finding, or one for all where they are many.
pub fn figures(cells: &[CellId], seen: &Report, carried: &Report, language: Language) -> Vec<Finding> {
    let form = &carried.form;
    let address = |cell: &CellId| form.cell(*cell).address.clone();
    let shown = |report: &Report, cell| match report.is_unread(cell) {
        true => language.pick("读不清", "not legible").to_owned(),
        false => quoted(&publication::figure(report, cell), language),
    };
    let told = |&cell: &CellId| {
        let message = language.say(
            "“{row}”“{column}”一格看到的是“{seen}”，文件附带的数据里是“{carried}”，已按看得见的读取。文件写出以后可能改动过，请核对。",
            "“{row}”, “{column}”: the cell shows “{seen}”, while the data that the file carries say “{carried}”; it was read as it is seen. The file may have been edited since it was written; please check.",
            &[
                ("row", &form.row_label(cell, language)),
                ("column", &form.column_label(cell, language)),
                ("seen", &shown(seen, cell)),
                ("carried", &shown(carried, cell)),
            ],
        );
        info(message).about(vec![address(&cell)]).in_section(&form.section_of(form.cell(cell).table).id)
    };
    if cells.len() <= TOLD_EACH {
        return cells.iter().map(told).collect();
    }
    let message = language.say(
        "有 {count} 格看到的和文件附带的数据不同，已按看得见的读取。文件写出以后可能改动过，请核对。",
        "{count} cells differ from the data that the file carries; they were read as they are seen. The file may have been edited since it was written; please check.",
        &[("count", &cells.len().to_string())],
    );
    vec![info(message).about(cells.iter().map(address).collect())]
}

/// The beginning of a text; a word where there is none.
fn quoted(text: &str, language: Language) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut quoted: String = line.chars().take(QUOTED).collect();
    match () {
        _ if quoted.is_empty() => return language.pick("空白", "blank").to_owned(),
        _ if quoted.len() < line.len() => quoted.push('…'),
        _ => {}
    }
    quoted
}
