//! What comes from the clipboard: a block of cells for the place where one is, or a whole table of a
//! report, which finds its places by its own labels. What does not fit is shown before anything is done.

use serde_json::Value as Json;

use super::session::Session;
use crate::block::Block;
use crate::form::CellId;
use crate::forms::Forms;
use crate::grid::{Grid, Rectangle};
use crate::quantity;
use crate::report::Report;
use crate::value::Value;

/// What the reader makes of the clipboard.
#[derive(Debug, Default)]
pub struct Pasted {
    pub block: Option<Block>,
    /// The report of which a whole table was recognised.
    pub report: Option<Report>,
    /// What of it has no place in its form.
    pub leftover: Vec<String>,
}

/// What a paste would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pasting {
    pub texts: Vec<(CellId, String)>,
    /// Whose table it is, where a whole one was recognised.
    pub whole: Option<Whole>,
    /// What has no cell to go to.
    pub strays: Vec<String>,
    /// The cells that receive a text that is no number.
    pub no_numbers: Vec<(CellId, String)>,
    /// The cells in which something else stands now.
    pub replaced: Vec<CellId>,
    /// The same as a block, laid where one is.
    pub block: Option<Box<Pasting>>,
}

/// Whose table was recognised.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Whole {
    pub agency: String,
    pub year: Option<i32>,
    /// How many cells could not be read for sure.
    pub unread: usize,
}

impl Pasted {
    /// Takes what the reader made of the clipboard: `{"rows", "report", "leftover"}`. What is not as it
    /// should be counts as not there.
    pub fn from_reader(json: &str, forms: &Forms) -> Pasted {
        let Ok(mut read) = serde_json::from_str::<Json>(json) else { return Pasted::default() };
        let text = |text: &Json| text.as_str().unwrap_or_default().to_owned();
        let texts = |row: &Json| row.as_array().into_iter().flatten().map(text).collect();
        let leftover = texts(&read["leftover"]);
        let rows = read["rows"].as_array().map(|rows| rows.iter().map(texts).collect());
        let report = read["report"].take();
        Pasted { block: rows.map(Block::new), report: Report::from_value(report, forms).ok(), leftover }
    }

    /// What the plain text alone holds.
    pub fn from_text(text: &str) -> Pasted {
        Pasted { block: Some(Block::from_tsv(text)), ..Pasted::default() }
    }
}

impl Pasting {
    /// Works out what pasting would do at a selection of a sheet; `None` where there is nothing.
    pub fn of(session: &Session, grid: &Grid, selection: &Rectangle, pasted: Pasted) -> Option<Pasting> {
        let block = pasted.block.map(|block| laid(session, grid, selection, &block));
        match pasted.report {
            Some(report) => {
                Some(Pasting { block: block.map(Box::new), ..recognised(session, &report, pasted.leftover) })
            }
            None => block,
        }
    }

    /// Whether it can be done without asking.
    pub fn is_plain(&self) -> bool {
        self.whole.is_none() && self.strays.is_empty() && self.no_numbers.is_empty()
    }
}

fn laid(session: &Session, grid: &Grid, selection: &Rectangle, block: &Block) -> Pasting {
    let form = &session.report.form;
    let laying = block.clone().without_heads(form, grid).lay(&session.report, grid, selection);
    let texts: Vec<_> = laying.values.iter().map(|(cell, value)| (*cell, value.to_string())).collect();
    let is_text =
        |(cell, text): &&(CellId, String)| matches!(quantity::read(text, &form.cell(*cell).holds).0, Value::Text(_));
    Pasting {
        no_numbers: texts.iter().filter(is_text).cloned().collect(),
        strays: laying.strays.into_iter().map(|stray| stray.text).collect(),
        replaced: replaced(session, &texts),
        texts,
        ..Pasting::default()
    }
}

/// The figures of a report that was recognised, in the places of the one that is filled in.
fn recognised(session: &Session, report: &Report, leftover: Vec<String>) -> Pasting {
    let (mut texts, mut no_numbers, mut strays) = (Vec::new(), Vec::new(), Vec::new());
    for (cell, definition) in report.form.cells().filter(|(cell, _)| *report.value(*cell) != Value::Blank) {
        let text = report.value(cell).to_string() + report.unit(cell).unwrap_or_default();
        match session.report.form.find(&definition.address) {
            Some(own) => {
                if report.value(cell).number().is_none() {
                    no_numbers.push((own, text.clone()));
                }
                texts.push((own, text));
            }
            None => strays.push(format!("{} {text}", report.form.row_label(cell, crate::language::Language::CHINESE))),
        }
    }
    strays.extend(leftover);
    let unread = report.form.cells().filter(|(cell, _)| report.is_unread(*cell)).count();
    let whole = Some(Whole { agency: report.agency.clone(), year: report.year, unread });
    Pasting { replaced: replaced(session, &texts), texts, whole, strays, no_numbers, block: None }
}

/// The cells in which something else stands than what is pasted.
fn replaced(session: &Session, texts: &[(CellId, String)]) -> Vec<CellId> {
    let other = |(cell, text): &&(CellId, String)| {
        let value = session.report.value(*cell);
        *value != Value::Blank && *value != Value::read(text)
    };
    texts.iter().filter(other).map(|(cell, _)| *cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::ui::reading::Reading;

    fn session() -> Session {
        let mut report = Report::empty(Forms::official().get("gongkai-2021").unwrap().clone());
        let upheld = report.form.find("disputes.review.upheld").unwrap();
        report.set(upheld, 7.into());
        Session::new(Reading::from(report), None, Language::CHINESE)
    }

    fn pasting(session: &Session, pasted: Pasted) -> Pasting {
        let cell = session.report.form.find("disputes.review.upheld").unwrap();
        let grid = Grid::around(&session.report.form, cell).unwrap();
        let selection = grid.rectangle(cell, cell).unwrap();
        Pasting::of(session, &grid, &selection, pasted).unwrap()
    }

    #[test]
    fn numbers_that_fit_are_pasted_without_asking() {
        let session = session();
        let plain = pasting(&session, Pasted::from_text("1\t2件\t３\n"));
        assert!(plain.is_plain());
        assert_eq!((plain.texts.len(), plain.texts[2].1.as_str(), plain.replaced.len()), (3, "3", 1));
        let stray = pasting(&session, Pasted::from_text("1\n2\n"));
        assert_eq!((stray.is_plain(), stray.strays.as_slice()), (false, ["2".to_owned()].as_slice()));
        let words = pasting(&session, Pasted::from_text("无"));
        assert_eq!((words.is_plain(), words.no_numbers.len()), (false, 1));
    }

    #[test]
    fn a_table_of_another_form_says_what_has_no_place() {
        let json = r#"{
            "rows": [["1"]], "leftover": ["注"],
            "report": {"form": "gongkai-2019", "agency": "某镇", "year": 2020, "unread": ["disputes.review.other"],
                "figures": {"disputes.review.upheld": 1, "disputes.review.total": "/", "article20_8.fees.change": 2}}
        }"#;
        let session = session();
        let pasting = pasting(&session, Pasted::from_reader(json, &Forms::official()));
        let whole = Whole { agency: "某镇".into(), year: Some(2020), unread: 1 };
        assert_eq!((pasting.whole.as_ref(), pasting.texts.len(), pasting.strays.len()), (Some(&whole), 2, 2));
        assert_eq!((pasting.no_numbers.len(), pasting.replaced.len()), (1, 1));
        assert!(pasting.block.unwrap().is_plain() && !Pasted::from_reader("{", &Forms::official()).block.is_some());
    }
}
