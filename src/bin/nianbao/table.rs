//! The table of many files: a line each, columns aligned for characters that are two wide.

use anstyle::{AnsiColor, Style};
use nianbao::finding::Tally;
use nianbao::language::Language;
use unicode_width::UnicodeWidthStr;

use crate::check::{Outcome, Told};
use crate::print::{self, plain};
use nianbao::words;

const COLUMNS: usize = 7;

/// Columns from here on hold numbers and stand to the right.
const NUMBERS: usize = 2;

/// A line of the table.
struct Row {
    cells: [String; COLUMNS],
    style: Style,
}

/// Prints the table.
pub fn print(outcomes: &[Outcome], language: Language) {
    lines(outcomes, language).iter().for_each(|line| print::line(line));
    print::line("");
}

fn lines(outcomes: &[Outcome], language: Language) -> Vec<String> {
    let rows: Vec<_> =
        [head(language)].into_iter().chain(outcomes.iter().map(|outcome| row(outcome, language))).collect();
    let mut widths = [0; COLUMNS];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(&row.cells) {
            *width = cell.width().max(*width);
        }
    }
    rows.iter().map(|row| line(row, &widths)).collect()
}

fn head(language: Language) -> Row {
    let heads = [
        words::COMMAND_HEAD_FILE,
        words::COMMAND_HEAD_AGENCY,
        words::COMMAND_HEAD_YEAR,
        words::COMMAND_HEAD_FINGERPRINT,
        words::COMMAND_HEAD_ERRORS,
        words::COMMAND_HEAD_WARNINGS,
        words::COMMAND_HEAD_BLANKS,
    ];
    Row { cells: heads.map(|head| language.word(head).to_owned()), style: Style::new().bold() }
}

fn row(outcome: &Outcome, language: Language) -> Row {
    let file = plain(&outcome.file).into_owned();
    let none = || "—".to_owned();
    let Ok(Told { agency, year, fingerprint, tally: Tally { errors, warnings, .. }, blanks, .. }) = &outcome.told
    else {
        let unreadable = language.word(words::COMMAND_UNREADABLE).to_owned();
        let cells = [file, unreadable, none(), none(), none(), none(), none()];
        return Row { cells, style: AnsiColor::Red.on_default() };
    };
    let agency = if agency.is_empty() { none() } else { plain(agency).into_owned() };
    let year = year.map_or_else(none, |year| year.to_string());
    let style = if *errors > 0 { AnsiColor::Red.on_default() } else { Style::new() };
    let numbers = [*errors, *warnings, *blanks].map(|number| number.to_string());
    let [errors, warnings, blanks] = numbers;
    Row { cells: [file, agency, year, fingerprint.to_string(), errors, warnings, blanks], style }
}

fn line(row: &Row, widths: &[usize; COLUMNS]) -> String {
    let mut cells = Vec::new();
    for (column, (cell, width)) in row.cells.iter().zip(widths).enumerate() {
        let padding = " ".repeat(width - cell.width());
        cells.push(if column < NUMBERS { format!("{cell}{padding}") } else { format!("{padding}{cell}") });
    }
    let style = row.style;
    format!("{style}{}{style:#}", cells.join("  "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::PriorState;
    use nianbao::fingerprint;
    use nianbao::forms::Forms;
    use nianbao::report::Report;

    fn outcome(file: &str, agency: &str, errors: usize) -> Outcome {
        let tally = Tally { errors, ..Tally::default() };
        let told = Told {
            agency: agency.to_owned(),
            year: Some(2023),
            fingerprint: fingerprint::of(&Report::empty(Forms::official().get("gongkai-2021").unwrap().clone())),
            tally,
            blanks: 120,
            prior: PriorState::NotAsked,
            text: String::new(),
        };
        Outcome { file: file.to_owned(), told: Ok(told), warnings: Vec::new() }
    }

    #[test]
    fn wide_characters_take_two_places() {
        let gone = Outcome { file: "b".to_owned(), told: Err("…".to_owned()), warnings: Vec::new() };
        let lines =
            lines(&[outcome("a.json", "湘潭县易俗河镇", 12), gone, outcome("某\u{1b}.md", "", 0)], Language::CHINESE);
        let plain: Vec<_> = lines.iter().map(|line| anstream::adapter::strip_str(line).to_string()).collect();
        let expected = [
            "文件    机关            年度             数据指纹  错误  待确认  空格",
            "a.json  湘潭县易俗河镇  2023  CC5C-A1A3-4FF3-E913    12       0   120",
            "b       （读不了）         —                    —     —       —     —",
            "某 .md  —               2023  CC5C-A1A3-4FF3-E913     0       0   120",
        ];
        assert_eq!(plain, expected);
    }
}
