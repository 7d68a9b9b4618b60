//! Observed rows laid over printed ones: a form is printed with a figure of its own in each cell, its rows are brought
//! into disorder, and whatever is read stands where it came from.

use std::fmt::Write;

use nianbao::form::{CellId, Form, Laid};
use nianbao::language::Language;
use nianbao::read::read_all;
use nianbao::value::Value;

use crate::bounds::within;
use crate::dice::Dice;
use crate::reading::{FORMS, context, look};

/// What happens to a printed row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Harm {
    None,
    Lost,
    Twice,
    /// It stands behind the next one.
    Later,
    /// A character of its label is another one, or missing.
    Misspelt,
    Nameless,
    /// One of its figures is missing, and the others move up.
    Short,
    /// A blank cell stands among its figures.
    Wide,
    /// Nothing stands between its figures.
    Glued,
}

const HARMS: [Harm; 8] =
    [Harm::Lost, Harm::Twice, Harm::Later, Harm::Misspelt, Harm::Nameless, Harm::Short, Harm::Wide, Harm::Glued];

/// How a table is published.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// A table with its merged cells.
    Merged,
    /// A table in which every row holds only what begins in it.
    Plain,
    Tabs,
    Spaces,
}

const LOOKS: [Look; 4] = [Look::Merged, Look::Plain, Look::Tabs, Look::Spaces];

/// A cell as it is printed.
#[derive(Clone)]
struct Printed {
    text: String,
    rows: usize,
    columns: usize,
    figure: Option<CellId>,
}

pub fn run(bytes: &[u8]) {
    let mut dice = Dice::new(bytes);
    let forms: Vec<_> = FORMS.iter().collect();
    let form = forms[dice.place(forms.len())];
    let look_of_it = LOOKS[dice.place(LOOKS.len())];
    // Figures may be as long as those of a ministry: none is the beginning of another one.
    let scale = [0, 100, 1000, 100_000][dice.place(4)];
    let (text, harms) = published(form, look_of_it, scale, &mut dice);
    let Ok(mut readings) = within("align", text.len(), || read_all(text.as_bytes(), &context())) else { return };
    let Some(Ok(reading)) = readings.pop() else { return };
    within("after", text.len(), || look(&reading));
    let report = &reading.report;
    if report.form.id != form.id {
        return;
    }
    for (cell, definition) in form.cells() {
        let Value::Number(number) = report.value(cell) else { continue };
        if report.is_inferred(cell) || scale == 0 {
            continue;
        }
        assert!(text.contains(&number.to_string()), "{}: {number} stands nowhere\n{text}", definition.address);
        // One that ran together with others is none of those that were printed.
        let source = form.cells().find(|(source, _)| rust_decimal::Decimal::from(figure(*source, scale)) == *number);
        let Some((source, from)) = source else { continue };
        let harm = harms[source.index()];
        if matches!(harm, Harm::Short | Harm::Wide | Harm::Glued) {
            continue;
        }
        assert!(
            from.column == definition.column && from.table == definition.table,
            "{} holds what stood in {} ({harm:?})\n{text}",
            definition.address,
            from.address
        );
    }
}

/// The figure that stands in a cell.
fn figure(cell: CellId, scale: i64) -> i64 {
    if scale == 0 { 0 } else { scale + cell.index() as i64 }
}

/// The text of a form with its figures, and what happened to the row of each cell.
fn published(form: &Form, look: Look, scale: i64, dice: &mut Dice) -> (String, Vec<Harm>) {
    let mut harms = vec![Harm::None; form.cell_count()];
    let is_html = matches!(look, Look::Merged | Look::Plain);
    let line = |text: &str| if is_html { format!("<p>{text}</p>\n") } else { format!("{text}\n") };
    let mut text = line(&format!("某县{}年政府信息公开工作年度报告", form.years.from));
    for section in &form.sections {
        text += &line(&section.printed_heading(Language::CHINESE));
        for sheet in &section.sheets {
            let mut rows = printed(form, sheet, scale);
            disorder(&mut rows, &mut harms, dice);
            if is_html {
                text += "<table>";
            }
            for row in &rows {
                put_row(row, look, &mut text);
            }
            text += if is_html { "</table>\n" } else { "\n" };
        }
        if section.sheets.is_empty() {
            text += &line("本年工作正常开展。");
        }
    }
    (text, harms)
}

fn printed(form: &Form, sheet: &nianbao::form::Sheet, scale: i64) -> Vec<Vec<Printed>> {
    let rows = form.layout(sheet).rows.into_iter();
    rows.map(|row| {
        row.into_iter()
            .map(|cell| {
                let (text, figure) = match cell.laid {
                    Laid::Banner(label) | Laid::Corner(label) | Laid::Head { label, .. } => (label.zh, None),
                    Laid::Figure(id) => (figure(id, scale).to_string(), Some(id)),
                };
                Printed { text, rows: cell.rows, columns: cell.columns, figure }
            })
            .collect()
    })
    .collect()
}

fn disorder(rows: &mut Vec<Vec<Printed>>, harms: &mut [Harm], dice: &mut Dice) {
    let mut at = 0;
    while at < rows.len() {
        // Three rows of four are as they should be.
        let byte = dice.place(32);
        let Some(harm) = HARMS.get(byte).copied() else {
            at += 1;
            continue;
        };
        for cell in rows[at].iter().filter_map(|cell| cell.figure) {
            harms[cell.index()] = harm;
        }
        let figures: Vec<usize> = (0..rows[at].len()).filter(|place| rows[at][*place].figure.is_some()).collect();
        let labels: Vec<usize> = (0..rows[at].len()).filter(|place| rows[at][*place].figure.is_none()).collect();
        match harm {
            Harm::Lost => {
                rows.remove(at);
                continue;
            }
            Harm::Twice => {
                let again = rows[at].clone();
                rows.insert(at, again);
                at += 1;
            }
            Harm::Later if at + 1 < rows.len() => rows.swap(at, at + 1),
            Harm::Misspelt => {
                if let Some(label) = labels.last() {
                    misspell(&mut rows[at][*label].text, dice);
                }
            }
            Harm::Nameless => {
                if let Some(label) = labels.last() {
                    rows[at][*label].text.clear();
                }
            }
            Harm::Short if !figures.is_empty() => {
                rows[at].remove(figures[dice.place(figures.len())]);
            }
            Harm::Wide if !figures.is_empty() => {
                let blank = Printed { text: String::new(), rows: 1, columns: 1, figure: None };
                rows[at].insert(figures[dice.place(figures.len())], blank);
            }
            Harm::Glued if !figures.is_empty() => {
                let all: String = figures.iter().map(|place| rows[at][*place].text.as_str()).collect();
                for place in &figures {
                    rows[at][*place].text.clear();
                }
                rows[at][figures[0]].text = all;
            }
            _ => {}
        }
        at += 1;
    }
}

fn misspell(label: &mut String, dice: &mut Dice) {
    let mut chars: Vec<char> = label.chars().collect();
    if chars.is_empty() {
        return;
    }
    let at = dice.place(chars.len());
    match dice.place(3) {
        0 => drop(chars.remove(at)),
        1 => chars[at] = '某',
        _ => chars.insert(at, ' '),
    }
    *label = chars.into_iter().collect();
}

fn put_row(row: &[Printed], look: Look, text: &mut String) {
    match look {
        Look::Merged | Look::Plain => {
            text.push_str("<tr>");
            for cell in row {
                let spans = if look == Look::Merged { (cell.rows, cell.columns) } else { (1, 1) };
                let _ = write!(text, "<td rowspan={} colspan={}>{}</td>", spans.0, spans.1, cell.text);
            }
            text.push_str("</tr>\n");
        }
        Look::Tabs | Look::Spaces => {
            let cells: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
            text.push_str(&cells.join(if look == Look::Tabs { "\t" } else { "  " }));
            text.push('\n');
        }
    }
}
