//! Sentences about torn rows: what is known of them by inference, and what has to be asked.

use super::inference::{Basis, Doubt, Filling, Question};
use super::slips::{addresses, change, names};
use crate::check::cell_label;
use crate::finding::{Finding, Repair, Severity};
use crate::form::{CellId, Form};
use crate::language::Language;

/// Figures that are known by inference, of one section and for one reason.
pub struct Inferred {
    pub section: usize,
    pub basis: Basis,
    /// Of how many rows.
    pub rows: usize,
    pub cells: Vec<CellId>,
    /// The relations by which they are known.
    pub relations: Vec<usize>,
    /// What stood in one of the rows.
    pub sample: String,
}

/// Cells that have to be asked for.
pub struct Asked {
    /// The rows as they stand.
    pub texts: Vec<String>,
    pub question: Question,
    /// Whether other cells of the rows are known.
    pub is_partly_known: bool,
}

/// How many cells a sentence names with what they may hold.
const NAMED: usize = 3;

impl Inferred {
    pub fn finding(&self, form: &Form, language: Language) -> Finding {
        let names = names(form, &self.relations, language);
        let (code, severity, zh, en) = match self.basis {
            Basis::Laws if names.is_empty() => (
                "",
                Severity::Info,
                "“{heading}”中有 {rows} 行的数字在原文里连在一起（如“{sample}”），只有一种拆法，已按它读入 {cells} 格。请对照原文核对。",
                "In “{heading}” the figures of {rows} row(s) stand together (such as “{sample}”). They come apart in one way only, so {cells} cell(s) were read in that way. Please check them against the source.",
            ),
            Basis::Laws => (
                "",
                Severity::Info,
                "“{heading}”中有 {rows} 行的数字在原文里分不开（如“{sample}”）。要使勾稽关系（{names}）都成立，其中 {cells} 格只能这样填，已按此读入。请对照原文核对。",
                "In “{heading}” the figures of {rows} row(s) cannot be told apart as they stand (such as “{sample}”). For the relations to hold ({names}), {cells} cell(s) can only be as they were filled in. Please check them against the source.",
            ),
            Basis::Prior => (
                "prior",
                Severity::Info,
                "“{heading}”中有 {rows} 行的数字在原文里分不开（如“{sample}”）。对照上一年度报告（{names}），其中 {cells} 格只能这样填，已按此读入。请对照原文核对。",
                "In “{heading}” the figures of {rows} row(s) cannot be told apart as they stand (such as “{sample}”). By last year's report ({names}), {cells} cell(s) can only be as they were filled in. Please check them against the source.",
            ),
            Basis::Row => (
                "row",
                Severity::Warning,
                "“{heading}”中有 {rows} 行的数字在原文里分不开（如“{sample}”），怎样读都不能使勾稽关系全部成立，可能是原文填错了。单看这些行（{names}），只有一种读法，已按它读入 {cells} 格。请对照原文核对。",
                "In “{heading}” the figures of {rows} row(s) cannot be told apart as they stand (such as “{sample}”), and no reading makes all relations hold: the source may be wrong. By the rows alone ({names}) there is one reading, by which {cells} cell(s) were read. Please check them against the source.",
            ),
        };
        let section = &form.sections[self.section];
        let heading = section.printed_heading(language);
        let (rows, cells) = (self.rows.to_string(), self.cells.len().to_string());
        let values =
            [("heading", &*heading), ("rows", &rows), ("sample", &self.sample), ("names", &names), ("cells", &cells)];
        let finding = Finding::new("inferred", severity, language.say(zh, en, &values)).coded(code);
        finding.about(addresses(form, &self.cells)).in_section(&section.id)
    }
}

impl Asked {
    pub fn finding(&self, form: &Form, language: Language) -> Finding {
        let Question { cells, doubt, .. } = &self.question;
        let text: Vec<_> = self.texts.iter().map(|text| ["“", text, "”"].concat()).collect();
        let text = text.join(language.pick("、", ", "));
        let (known, row) = (self.known(language), self.row(form, language));
        let mut values = vec![("row", row), ("text", text), ("known", known)];
        let mut repairs = Vec::new();
        let (zh, en) = match doubt {
            Doubt::Several { count, told, values: each } => {
                values.push(("may_be", self.may_be(form, told, each, language)));
                values.push(("count", count.to_string()));
                // One reading that no relation confirms is no suggestion.
                if *count > 1 {
                    repairs.extend(told.iter().map(|filling| repair(form, cells, filling, "")));
                }
                match *count {
                    u64::MAX => (
                        "{row}原文是{text}，数字分不开，读法太多，数不过来。{known}{may_be}请对照原文填写。",
                        "{row}The source says {text}. The figures cannot be told apart; there are more readings than can be counted.{known}{may_be} Please fill them from the source.",
                    ),
                    1 => (
                        "{row}原文是{text}，行首没有名称，表式也没有能核对的关系，没有读入。{may_be}请对照原文填写。",
                        "{row}The source says {text}; no label names the row, and no relation of the form can confirm it, so it was not read.{may_be} Please fill it from the source.",
                    ),
                    _ => (
                        "{row}原文是{text}，数字分不开，有 {count} 种读法都说得通。{known}{may_be}请对照原文填写。",
                        "{row}The source says {text}. The figures cannot be told apart: {count} readings are possible.{known}{may_be} Please fill them from the source.",
                    ),
                }
            }
            Doubt::Likely { told, slip, relations } => {
                let (slip, names) = (slip.words(language), names(form, relations, language));
                values.extend([("slip", slip.to_owned()), ("names", names.clone())]);
                values.push(("may_be", self.may_be(form, told, &[], language)));
                repairs.extend(told.iter().map(|filling| repair(form, cells, filling, slip)));
                match (names.is_empty(), &told[..]) {
                    (false, [_]) => (
                        "{row}原文是{text}，像是{slip}，没有读入。只有一种改法能使勾稽关系（{names}）都成立。{may_be}请对照原文填写。",
                        "{row}The source says {text}. It looks as if {slip}, so it was not read. One correction alone makes the relations hold ({names}).{may_be} Please fill it from the source.",
                    ),
                    _ => (
                        "{row}原文是{text}，像是{slip}，没有读入。{may_be}请对照原文填写。",
                        "{row}The source says {text}. It looks as if {slip}, so it was not read.{may_be} Please fill it from the source.",
                    ),
                }
            }
            Doubt::TooMany => (
                "{row}原文是{text}，数字分不开，可能的读法太多，没有一一比对。{known}请对照原文填写。",
                "{row}The source says {text}. The figures cannot be told apart, and there are too many readings to compare.{known} Please fill them from the source.",
            ),
            Doubt::None { nearest: None } => (
                "{row}原文是{text}，各格数字分不清，没有读入。请对照原文逐格填写。",
                "{row}The source says {text}; which figure stands in which cell cannot be told, so none was read. Please fill the cells from the source.",
            ),
            Doubt::None { nearest: Some((filling, broken)) } => {
                values.push(("nearest", self.nearest(form, filling, broken, language)));
                repairs.push(repair(form, cells, filling, ""));
                (
                    "{row}原文是{text}，数字分不开，怎样读都不能使勾稽关系全部成立，没有读入。{nearest}请对照原文填写。",
                    "{row}The source says {text}. The figures cannot be told apart, and no reading makes all relations hold, so none was taken.{nearest} Please fill them from the source.",
                )
            }
        };
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let mut finding = Finding::new("unread", Severity::Warning, language.say(zh, en, &values));
        finding.section = cells.first().map(|cell| form.section_of(form.cell(*cell).table).id.clone());
        finding.about(addresses(form, cells)).repaired_by(repairs)
    }

    /// The label of the row, where it is one.
    fn row(&self, form: &Form, language: Language) -> String {
        let place = |cell: &CellId| (form.cell(*cell).table, form.cell(*cell).row);
        let cells = &self.question.cells;
        match cells.first() {
            Some(first) if cells.iter().all(|cell| place(cell) == place(first)) => {
                let label = form.row_label(*first, language);
                language.pick(["“", &label, "”："], ["“", &label, "”: "]).concat()
            }
            _ => String::new(),
        }
    }

    fn known(&self, language: Language) -> String {
        let count = self.question.cells.len().to_string();
        match self.is_partly_known {
            true => language.say(
                "能确定的格已经读入，还有 {count} 格不能确定。",
                " What is certain was read; {count} cell(s) are not.",
                &[("count", &count)],
            ),
            false => String::new(),
        }
    }

    /// What may stand there, where that is little.
    fn may_be(&self, form: &Form, told: &[Filling], values: &[(CellId, Vec<String>)], language: Language) -> String {
        let or = language.pick("；或 ", "; or ");
        let told = match told {
            [] => {
                let one = |(cell, texts): &(CellId, Vec<String>)| {
                    let texts: Vec<_> = texts.iter().map(|text| shown(text, language)).collect();
                    let label = cell_label(form, *cell, language);
                    ["“", &label, "” ", &texts.join(language.pick("、", ", "))].concat()
                };
                values.iter().take(NAMED).map(one).collect::<Vec<_>>().join(language.pick("；", "; "))
            }
            told => told.iter().map(|filling| in_row(filling, language)).collect::<Vec<_>>().join(or),
        };
        match told.is_empty() {
            true => String::new(),
            false => language.say("可能是：{told}。", " They may be: {told}.", &[("told", &told)]),
        }
    }

    fn nearest(&self, form: &Form, filling: &Filling, broken: &[usize], language: Language) -> String {
        let mut relations: Vec<usize> = broken.iter().map(|law| form.instances[*law].relation).collect();
        relations.dedup();
        let names = names(form, &relations, language);
        let (count, filling) = (broken.len().to_string(), in_row(filling, language));
        language.say(
            "不成立的关系最少的读法是 {filling}，它使 {count} 处关系（{names}）不成立。",
            " The reading that breaks the fewest is {filling}; it breaks {count} ({names}).",
            &[("filling", &filling), ("count", &count), ("names", &names)],
        )
    }
}

/// Figures in their order.
fn in_row(filling: &Filling, language: Language) -> String {
    let texts: Vec<_> = filling.iter().map(|(_, text)| shown(text, language)).collect();
    texts.join(language.pick("、", ", "))
}

fn shown(text: &str, language: Language) -> String {
    if text.is_empty() { language.pick("空", "blank").to_owned() } else { text.to_owned() }
}

/// A reading as it would be filled in: a blank cell stays as it is.
fn repair(form: &Form, cells: &[CellId], filling: &Filling, why: &str) -> Repair {
    let filled = filling.iter().filter(|(cell, text)| !text.is_empty() && cells.contains(cell));
    let changes = filled.map(|(cell, text)| change(form, *cell, "", text)).collect();
    Repair { changes, why: why.to_owned(), ..Repair::default() }
}
