//! A table of indicators in running text: one row a line, one cell a line, or everything on one line with
//! or without spaces: “主动公开文件数 条 2543 78967”, “主动公开文件数条294981916其中：1、政府网站公开数条…”.

use super::found::{Figures, Found, Row, Spot, Taken};
use super::known::{Known, Numbered, Style, is_dash, is_digit, tidy, year_at};
use crate::form::MOST_INDICATORS;
use crate::provenance::Place;
use crate::read::document::{Document, Kind};
use crate::value::half_width;

/// The longest label, in characters.
const LONGEST: usize = 90;

/// How far behind a row that is none the next is looked for, in characters.
const REACH: usize = 200;

/// How many known rows show a table that has no head.
const LEAST: usize = 3;

/// Finds the table in the lines of a document that are no rows of tables.
pub fn find(document: &Document, known: &Known) -> Option<Found> {
    let text = Stream::of(document, known);
    let reader = Reader { text: &text, known };
    let headed = reader.heads().map(|head| reader.table(head)).find(|found| found.figures() > 0);
    headed.or_else(|| reader.headless())
}

/// The text of all lines. Lines end with a line feed, cells with a tab.
#[derive(Default)]
struct Stream {
    chars: Vec<char>,
    /// The place of each character.
    spots: Vec<Spot>,
    /// Where known rows stand that have a unit or a figure behind them, without the numbers of their labels.
    rows: Vec<usize>,
}

impl Stream {
    fn of(document: &Document, known: &Known) -> Stream {
        let mut stream = Stream::default();
        for (line, source) in document.lines.iter().enumerate() {
            if matches!(source.kind, Kind::Row { .. }) {
                // What stands before and behind a table of its own is not one text.
                stream.push('。', Spot { line, at: 0 });
                continue;
            }
            let mut end = 0;
            for (number, cell) in source.cells.iter().enumerate() {
                if number > 0 {
                    stream.push('\t', Spot { line, at: end });
                    end += 1;
                }
                cell.text.char_indices().for_each(|(at, c)| stream.push(c, Spot { line, at: end + at }));
                end += cell.text.len();
            }
            stream.push('\n', Spot { line, at: end });
        }
        stream.find_rows(known);
        stream
    }

    fn push(&mut self, c: char, spot: Spot) {
        self.chars.push(c);
        self.spots.push(spot);
    }

    fn find_rows(&mut self, known: &Known) {
        let text: String = self.chars.iter().collect();
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let place = |byte: usize| starts.binary_search(&byte).unwrap_or_else(|next| next);
        let folded = known.fold_with_places(&text);
        let mut rows = Vec::new();
        for (at, (from, _)) in folded.places.iter().enumerate() {
            let Some(length) = known.row_at(&folded.chars[at..]) else { continue };
            let end = folded.places.get(at + length - 1).map_or(text.len(), |(_, end)| *end);
            if self.has_figure_at(place(end), known) {
                rows.push(place(*from));
            }
        }
        self.rows = rows;
    }

    /// Whether a unit and a figure, or a figure alone, stand behind a label, which may end with a note.
    fn has_figure_at(&self, end: usize, known: &Known) -> bool {
        let mut at = end;
        while matches!(self.get(at), '）' | ')' | ' ') {
            at += 1;
        }
        if matches!(self.get(at), '（' | '(') {
            let rest = self.chars[at..].iter().take(LONGEST);
            at += rest.take_while(|c| !matches!(c, '）' | ')')).count() + 1;
        }
        at = self.skip_space(at);
        let unit = known.unit_at_start(&self.chars[at.min(self.chars.len())..]);
        at = self.skip_space(at + unit.map_or(0, |unit| unit.chars().count()));
        is_digit(self.get(at)) || is_dash(self.get(at))
    }

    fn get(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or('\0')
    }

    /// The first place from here on that is no white space.
    fn skip_space(&self, mut at: usize) -> usize {
        while self.get(at).is_whitespace() {
            at += 1;
        }
        at
    }

    fn text(&self, from: usize, to: usize) -> String {
        let to = to.min(self.chars.len());
        self.chars[from.min(to)..to].iter().collect()
    }

    fn spot(&self, at: usize) -> Spot {
        let end = || self.spots.last().map_or(Spot { line: 0, at: 0 }, |last| Spot { at: last.at + 1, ..*last });
        self.spots.get(at).copied().unwrap_or_else(end)
    }

    /// How many characters the number of a label takes that begins here: “1、”, “2.”.
    fn number_length(&self, at: usize) -> usize {
        let mut end = at;
        while is_digit(self.get(end)) {
            end += 1;
        }
        let next = self.get(self.skip_space(end + 1));
        let is_number = end > at && end - at <= 2 && "、.．".contains(self.get(end)) && !is_digit(next) && next != '\0';
        if is_number { end + 1 - at } else { 0 }
    }

    /// Where a label begins with the number, and the 其中, that stand before it, not before a place.
    fn with_number(&self, at: usize, floor: usize) -> usize {
        let number = |from: &usize| {
            let before = self.text(*from, at) + "甲";
            let numbered = Numbered::of(&before);
            numbered.rest == "甲" && (numbered.within || numbered.style != Style::Plain) && !before.starts_with(' ')
        };
        (floor.max(at.saturating_sub(8))..at).find(number).unwrap_or(at)
    }
}

/// The head of a table: where its columns stand in the form.
struct Head {
    from: usize,
    to: usize,
    columns: Vec<usize>,
    year: Option<i32>,
    has_units: bool,
}

struct Reader<'a> {
    text: &'a Stream,
    known: &'a Known<'a>,
}

/// A row as it is read, before it is known how many columns there are.
#[derive(Default)]
struct Read {
    label: String,
    unit: String,
    tokens: Vec<String>,
    /// Whether nothing stands between the label and the figures, nor between these.
    glued: bool,
    is_heading: bool,
    from: usize,
    to: usize,
}

/// What stands behind a label.
struct Behind {
    tokens: Vec<String>,
    spaced: bool,
    to: usize,
    unit: String,
}

impl Reader<'_> {
    fn heads(&self) -> impl Iterator<Item = Head> {
        let begins: Vec<char> = self.known.heads.rows.iter().filter_map(|word| word.first().copied()).collect();
        let places = (0..self.text.chars.len()).filter(move |at| begins.contains(&self.text.get(*at)));
        places.filter_map(|at| self.head(at))
    }

    /// 指标名称 计量单位 2014年度 历年累计.
    fn head(&self, from: usize) -> Option<Head> {
        let words = &self.known.heads;
        let labels = self.word(from, &words.rows)?;
        let unit = self.word(labels, &words.unit);
        let mut at = unit.unwrap_or(labels);
        let (mut columns, mut year) = (Vec::new(), None);
        loop {
            let start = self.text.skip_space(at);
            let dated = year_at(&self.text.chars[start.min(self.text.chars.len())..]);
            let rest = dated.map_or(start, |(_, length)| start + length);
            let named = words.columns.iter().enumerate().filter(|(column, _)| !columns.contains(column));
            // Behind a year only this year's column may be named.
            let mut named = named.filter(|(column, _)| dated.is_none() || *column == 0);
            let (column, end) = match named.find_map(|(column, words)| Some((column, self.word(rest, words)?))) {
                Some(found) => found,
                None if dated.is_some() && !columns.contains(&0) => (0, rest),
                None => break,
            };
            columns.push(column);
            year = year.or(dated.map(|(year, _)| year));
            at = end;
        }
        columns.contains(&0).then_some(Head { from, to: at, columns, year, has_units: unit.is_some() })
    }

    /// Where one of these words ends that stands here, white space or none between its characters.
    fn word(&self, from: usize, words: &[Vec<char>]) -> Option<usize> {
        let ends = |word: &Vec<char>| {
            word.iter().try_fold(from, |at, c| {
                let at = self.text.skip_space(at);
                (self.text.get(at) == *c).then_some(at + 1)
            })
        };
        words.iter().find_map(ends)
    }

    fn table(&self, head: Head) -> Found {
        let (rows, leftover, end) = self.rows(head.to, !head.has_units);
        self.found(rows, leftover, head.columns, head.year, (head.from, end))
    }

    /// A table without a head is known by its rows.
    fn headless(&self) -> Option<Found> {
        let start = self.text.with_number(*self.text.rows.first()?, 0);
        let (rows, leftover, end) = self.rows(start, false);
        if rows.iter().filter(|row| !row.is_heading && self.known.is_row(&row.label)).count() < LEAST {
            return None;
        }
        // Two figures a row are this year's and the cumulative one.
        let zeros = |token: &String| token.len() > 1 && token.starts_with('0') && !token.contains('.');
        let two = rows.iter().any(|row| row.tokens.len() == 2 || row.glued && row.tokens.iter().any(zeros));
        let columns = if two && self.known.heads.columns.len() > 1 { vec![0, 1] } else { vec![0] };
        Some(self.found(rows, leftover, columns, None, (start, end)))
    }

    /// The rows from a place on, what stands between them, and where they end. With `unitless`, the table
    /// has no units.
    fn rows(&self, from: usize, unitless: bool) -> (Vec<Read>, Vec<String>, usize) {
        let (mut rows, mut leftover) = (Vec::new(), Vec::new());
        let (mut at, mut end) = (from, from);
        let mut last = None;
        while rows.len() <= MOST_INDICATORS {
            if let Some(read) = self.row(at, last, unitless) {
                for row in &read {
                    last = match Numbered::of(&row.label) {
                        Numbered { style: Style::Digit, number, .. } => number,
                        Numbered { style: Style::Plain, .. } => last,
                        _ => None,
                    };
                    at = at.max(row.to);
                }
                end = at;
                rows.extend(read);
                continue;
            }
            let next = self.text.rows.partition_point(|row| *row <= at);
            let Some(next) = self.text.rows.get(next).filter(|next| **next < at + REACH) else { break };
            let next = self.text.with_number(*next, at + 1);
            let between = tidy(&self.text.text(at, next));
            leftover.extend((!between.is_empty()).then_some(between));
            at = next;
        }
        (rows, leftover, end)
    }

    /// The next row, with the lines without figures before it. `last` is the number of the row before.
    fn row(&self, from: usize, last: Option<usize>, unitless: bool) -> Option<Vec<Read>> {
        let text = self.text;
        let mut rows = Vec::new();
        let mut start = text.skip_space(from);
        let mut at = start + self.label_begins(start);
        let mut depth = 0usize;
        while at < text.chars.len() && at - start <= LONGEST {
            let c = text.get(at);
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => depth = depth.saturating_sub(1),
                '。' | '；' | '！' | '？' => return None,
                _ if depth > 0 => {}
                _ if is_digit(c) && text.number_length(at) > 0 && !self.is_row(start, at) => {
                    // The number of the next label: what stands before it has no figures.
                    if !is_within(&text.text(start, at)) {
                        self.headings(&mut rows, start, at);
                        start = at;
                    }
                    at += text.number_length(at);
                    continue;
                }
                _ if is_dash(c) && self.split_unit(&text.text(start, at)).1.is_empty() => {
                    // A dash in place of the unit: a line that heads others.
                    self.headings(&mut rows, start, at);
                    while is_dash(text.get(at)) || text.get(at).is_whitespace() {
                        at += 1;
                    }
                    start = at;
                    at += self.label_begins(at);
                    continue;
                }
                _ if is_digit(c) || is_dash(c) => {
                    self.with_figures(&mut rows, start, at, last, unitless)?;
                    return Some(rows);
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// How many characters at the beginning of a label may be digits: its number, or a year.
    fn label_begins(&self, at: usize) -> usize {
        let number = self.text.number_length(at);
        let dated = year_at(&self.text.chars[at.min(self.text.chars.len())..]);
        if number > 0 { number } else { dated.map_or(0, |(_, length)| length) }
    }

    /// Whether what stands here is a label with a unit, or that of a known row.
    fn is_row(&self, from: usize, to: usize) -> bool {
        let (label, unit) = self.split_unit(&self.text.text(from, to));
        !unit.is_empty() || self.known.is_row(&label)
    }

    fn headings(&self, rows: &mut Vec<Read>, from: usize, to: usize) {
        let text = self.text.text(from, to);
        let labels = self.pieces(&text).into_iter().map(|(_, label)| tidy(label)).filter(|label| !label.is_empty());
        rows.extend(labels.map(|label| Read { label, is_heading: true, from, to, ..Read::default() }));
    }

    /// A label with its unit and its figures, which begin at `at`.
    fn with_figures(
        &self,
        rows: &mut Vec<Read>,
        from: usize,
        at: usize,
        last: Option<usize>,
        unitless: bool,
    ) -> Option<()> {
        let text = self.text.text(from, at);
        let lead = text.len() - text.trim_start().len();
        let (labels, unit) = self.split_unit(&text);
        let mut pieces = self.pieces(&labels);
        let (offset, label) = pieces.pop()?;
        let behind = self.figures(at, last, &Numbered::of(label), unit.is_empty());
        let is_known = self.known.is_row(label);
        let ends_a_line = matches!(self.text.get(behind.to), '\0' | '\n' | '\t' | ' ');
        let has_unit = !unit.is_empty() || !behind.unit.is_empty() && is_known;
        if label.chars().count() < 2 || !(has_unit || is_known || unitless && ends_a_line) {
            return None;
        }
        let begins = from + text[..lead + offset].chars().count();
        for (_, heading) in pieces.into_iter().filter(|(_, piece)| !piece.is_empty()) {
            rows.push(Read { label: tidy(heading), is_heading: true, from, to: begins, ..Read::default() });
        }
        rows.push(Read {
            glued: !text.ends_with(char::is_whitespace) && !behind.spaced,
            label: tidy(label),
            unit: if unit.is_empty() { behind.unit } else { unit },
            tokens: behind.tokens,
            is_heading: false,
            from: begins,
            to: behind.to,
        });
        Some(())
    }

    /// A text as label and unit: “主动公开文件数 条”, “主动公开文件数（条）”, “主动公开文件数条”.
    fn split_unit(&self, text: &str) -> (String, String) {
        let text = text.trim();
        let own = |label: &str, unit: &str| (label.trim_end().to_owned(), unit.to_owned());
        if let Some((label, unit)) = self.known.unit_in_parentheses(text) {
            return own(label, unit);
        }
        if self.known.is_row(text) {
            return own(text, "");
        }
        if let Some(at) = text.rfind(char::is_whitespace) {
            let (label, unit) = (text[..at].trim_end(), text[at..].trim_start());
            if self.known.is_unit(unit) || self.known.is_row(label) && unit.chars().count() <= 3 {
                return own(label, unit);
            }
        }
        match self.known.unit_at_end(text) {
            Some(unit) if text.len() > unit.len() => own(&text[..text.len() - unit.len()], unit),
            _ => own(text, ""),
        }
    }

    /// A text as the labels that stand in it, each with where it begins: “一、主动公开情况（一）主动公开政府信息数”.
    fn pieces<'t>(&self, text: &'t str) -> Vec<(usize, &'t str)> {
        let mut cuts = vec![0];
        let mut depth = 0usize;
        for (at, c) in text.char_indices() {
            let last = cuts.last().copied().unwrap_or(0);
            let before = text[last..at].trim();
            let numbered = Numbered::of(&text[at..]);
            if depth == 0 && !before.is_empty() && numbered.style != Style::Plain && !numbered.within {
                let apart = text[..at].ends_with(char::is_whitespace) && !before.starts_with("其中");
                let whole = self.known.is_heading(before) || self.known.is_row(before);
                let first = numbered.style == Style::Bracketed && numbered.number == Some(1);
                if apart || whole || first {
                    cuts.push(at);
                }
            }
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        let ends = cuts.iter().skip(1).copied().chain([text.len()]);
        cuts.iter().zip(ends).map(|(from, to)| (*from, text[*from..to].trim())).collect()
    }

    /// The figures from a place on. The number of the next label is none of them; the unit may stand behind
    /// them where it does not stand before.
    fn figures(&self, from: usize, last: Option<usize>, label: &Numbered, unit_behind: bool) -> Behind {
        let text = self.text;
        let mut behind = Behind { tokens: Vec::new(), spaced: false, to: from, unit: String::new() };
        loop {
            let start = text.skip_space(if behind.tokens.is_empty() { from } else { behind.to });
            let first = text.get(start);
            let is_number = is_digit(first);
            if !is_number && !is_dash(first) {
                break;
            }
            let mut stop = start;
            while if is_number { is_of_number(text.get(stop)) } else { is_dash(text.get(stop)) } {
                stop += 1;
            }
            let ordinal =
                if is_number { self.ordinal(start, stop, !behind.tokens.is_empty(), last, label) } else { None };
            stop = ordinal.unwrap_or(stop);
            while is_number && stop > start && !is_digit(text.get(stop - 1)) {
                stop -= 1;
            }
            if stop == start {
                break;
            }
            behind.spaced |= start > behind.to;
            behind.tokens.push(text.text(start, stop));
            behind.to = stop;
            if ordinal.is_some() {
                break;
            }
            let next = text.skip_space(stop);
            let unit = text
                .chars
                .get(next..)
                .filter(|_| unit_behind && is_number)
                .and_then(|rest| self.known.unit_at_start(rest));
            if let Some(unit) = unit.filter(|unit| behind.unit.is_empty() || behind.unit == **unit) {
                behind.to = next + unit.chars().count();
                unit.clone_into(&mut behind.unit);
                behind.spaced = true;
            }
        }
        behind
    }

    /// Where the number of the next label begins that stands at the end of a run of digits: at “2” in
    /// “2949819162、政府公报”.
    fn ordinal(
        &self,
        start: usize,
        stop: usize,
        follows: bool,
        last: Option<usize>,
        label: &Numbered,
    ) -> Option<usize> {
        let text = self.text;
        let mut end = stop;
        while end > start && !is_digit(text.get(end - 1)) {
            end -= 1;
        }
        let mark = text.skip_space(end);
        let next = text.get(text.skip_space(mark + 1));
        if !"、.．）)".contains(text.get(mark)) || is_digit(next) || next == '\0' {
            return None;
        }
        let digits = text.chars[start..end].iter().rev().take_while(|c| is_digit(**c)).count();
        let printed: String = text.chars[end - digits..end].iter().copied().map(half_width).collect();
        let last = match label.style {
            Style::Digit => label.number,
            Style::Plain => last,
            _ => None,
        };
        let expected: Vec<String> = last.into_iter().map(|last| last + 1).chain([1]).map(|n| n.to_string()).collect();
        // Where white space stands before it, all of it is the number.
        if digits == end - start && digits <= 2 && (follows || expected.contains(&printed)) {
            return Some(start);
        }
        let ends = |number: &&String| printed.ends_with(number.as_str());
        Some(end - expected.iter().find(ends).map_or(1, String::len))
    }

    fn found(
        &self,
        rows: Vec<Read>,
        leftover: Vec<String>,
        columns: Vec<usize>,
        year: Option<i32>,
        (from, to): (usize, usize),
    ) -> Found {
        let row = |row: Read| {
            let figures = match row.tokens.as_slice() {
                _ if row.is_heading => Figures::None,
                [] => Figures::Told(vec![String::new(); columns.len()]),
                tokens if tokens.len() == columns.len() => Figures::Told(tokens.to_vec()),
                [one] if row.glued => Figures::Glued(one.chars().map(half_width).collect()),
                _ => Figures::Unclear,
            };
            let line = self.text.spot(row.from).line + 1;
            Row {
                text: tidy(&self.text.text(row.from, row.to)),
                label: row.label,
                unit: row.unit,
                level: None,
                figures,
                places: vec![Place::Line(line)],
            }
        };
        let rows = rows.into_iter().map(row).collect();
        let text = Some((self.text.spot(from), self.text.spot(to)));
        Found { rows, columns, year, leftover, taken: Taken { lines: Vec::new(), text } }
    }
}

/// Whether a text is the 其中 before a number.
fn is_within(text: &str) -> bool {
    text.trim().trim_end_matches(['：', ':', '，', ',', ' ']) == "其中"
}

/// Whether a character may stand in a number.
fn is_of_number(c: char) -> bool {
    is_digit(c) || ",，.．".contains(c)
}
