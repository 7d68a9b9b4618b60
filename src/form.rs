//! A form: the sections, tables, rows and columns that a notice prescribes, what each cell may
//! hold, and the relations between cells. A form is data: a JSON file in `forms/`, or one that a
//! portal brings. [`Form::from_json`] reads and checks it; nothing else in the crate knows a label.
//!
//! The build script compiles this module too, so that a faulty official form fails the build. It
//! therefore uses nothing of the crate but `language`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::language::{Language, Text};

// The paths are spelled out because the build script includes this file by its own path.
#[path = "form/charts.rs"]
mod charts;
#[path = "form/compile.rs"]
mod compile;
#[path = "form/definition.rs"]
mod definition;
#[path = "form/indicators.rs"]
mod indicators;
#[path = "form/layout.rs"]
mod layout;

pub use charts::{ChartForm, ChartKind, List, Reading};
pub use indicators::{DEEPEST_LEVEL, Indicator, MOST_INDICATORS, Shape, section_id};
pub use layout::{Laid, LaidCell, Layout};

/// A form, checked: every name in it resolves and every header tiles.
#[derive(Debug)]
pub struct Form {
    /// The name by which reports refer to it, such as `gongkai-2021`.
    pub id: String,
    /// Whether the rows of its table, and its sections, are those of each report: [`Form::shaped`] makes
    /// the form of one. Without a shape the rows are all that are known.
    pub open: bool,
    pub name: Text,
    /// The title of a report, with `{agency}` and `{year}` for whose it is.
    pub title: Option<Text>,
    pub years: Years,
    pub notice: Notice,
    /// Numbers of notices that this form replaces; a report that cites one is out of date.
    pub superseded: Vec<String>,
    /// The number of the notice that replaced this form for later years.
    pub replaced_by: Option<String>,
    pub sections: Vec<Section>,
    pub tables: Vec<Table>,
    pub relations: Vec<Relation>,
    /// How a text states the figures of the tables.
    pub claims: Vec<Claims>,
    /// What the notice asks of the texts.
    pub texts: Vec<TextRule>,
    /// The words by which a title is known to be that of such a report; any will do.
    pub titles: Vec<String>,
    /// The relations spelled out: one for every row, column or cell that they hold in.
    pub instances: Vec<Instance>,
    /// The severities that an office's own rules give, by `rule` or `rule:code`; `None` switches off.
    pub severities: Vec<(String, Option<Severity>)>,
    /// The words by which an open form is known where it is published.
    pub published: Option<Published>,
    /// What the table of one report lists, where the form is open and made for it.
    pub indicators: Vec<Indicator>,
    /// The pictures of its figures.
    pub charts: Vec<ChartForm>,
    /// Addresses in other forms, each with the cell here that counts the same.
    pub same: Vec<(String, CellId)>,
    /// The tables that charts show, each with the row or column that they are along, where they cannot be drawn.
    drawn: Vec<(usize, Option<usize>, Option<usize>)>,
    cells: Vec<Cell>,
    touching: Vec<Vec<usize>>,
}

/// The report years that a form is in force for, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Years {
    pub from: i32,
    pub to: Option<i32>,
}

impl Years {
    pub fn contains(self, year: i32) -> bool {
        self.from <= year && self.to.is_none_or(|to| year <= to)
    }
}

/// The words by which an open form is known where it is published.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// What stands over the labels of the rows.
    pub rows: Vec<String>,
    /// What stands over their units.
    pub unit: Vec<String>,
    /// What stands over columns that say nothing: running numbers.
    pub ignored: Vec<String>,
    /// Words of the heading under which the table stands.
    pub headings: Vec<String>,
    /// Words with which headings end, where the text follows without a break.
    pub heading_ends: Vec<String>,
    /// The units that are in use, with what is counted in them.
    pub units: Vec<Holds>,
}

/// The notice that prescribes a form.
#[derive(Clone, Debug)]
pub struct Notice {
    pub number: String,
    pub date: Option<String>,
    pub title: Text,
}

/// One of the numbered parts of a report. Every section may hold text; some hold tables too.
#[derive(Debug)]
pub struct Section {
    pub id: String,
    /// The Chinese numeral before the heading (一, 二 …); empty where there is none.
    pub number: String,
    pub heading: Text,
    /// What the notice asks of the section.
    pub note: Option<Text>,
    /// The same point by point, for whoever writes its text.
    pub requires: Vec<Requirement>,
    pub sheets: Vec<Sheet>,
}

/// One thing that the notice requires of a text, and by what one sees that it is there: a text rule of
/// the form, by code, or words; where there is neither, a person has to judge.
#[derive(Clone, Debug)]
pub struct Requirement {
    pub label: Text,
    pub rule: Option<String>,
    /// One of them stands there.
    pub any: Vec<String>,
    /// The bodies of which it is required; all where none are named.
    pub agencies: Option<Agencies>,
}

impl Section {
    /// The heading as it is printed: “二、主动公开政府信息情况”.
    pub fn printed_heading(&self, language: Language) -> String {
        let heading = self.heading.get(language);
        match self.heading.language(language).is_chinese() {
            _ if self.number.is_empty() => heading.to_owned(),
            true => format!("{}、{heading}", self.number),
            false => format!("{}. {heading}", arabic(&self.number)),
        }
    }
}

/// The figure for a Chinese numeral up to ten; anything else as it is.
fn arabic(number: &str) -> String {
    let place = "一二三四五六七八九十".chars().position(|numeral| number.chars().eq([numeral]));
    place.map_or_else(|| number.to_owned(), |place| (place + 1).to_string())
}

/// A printed table: one address table, or several stacked on a common grid.
#[derive(Debug)]
pub struct Sheet {
    /// How many grid columns the printed table has.
    pub width: usize,
    pub tables: Vec<usize>,
}

/// A table of addresses: every row crosses every column.
#[derive(Debug)]
pub struct Table {
    pub id: String,
    pub name: Text,
    /// A line over the whole width, such as “第二十条第（一）项”.
    pub banner: Option<Text>,
    /// What stands above the row heads.
    pub corner: Option<Text>,
    /// What stands above the units, where they have a column of their own behind the row heads.
    pub unit_head: Option<Text>,
    /// Whether the rows stand beside each other, on one line, as in section 四.
    pub across: bool,
    /// The column heads as a tree; a group is a merged head.
    pub column_heads: Vec<Head>,
    /// The row heads as a tree.
    pub row_heads: Vec<Head>,
    pub columns: Vec<Line>,
    pub rows: Vec<Line>,
    /// What its cells hold where neither row nor column says otherwise.
    holds: Holds,
    first_cell: usize,
}

impl Table {
    /// The unit that the form prints for a row, counted from 0, where neither a column nor the report says otherwise.
    pub fn unit_of(&self, row: usize) -> Option<&Text> {
        self.rows[row].holds.as_ref().unwrap_or(&self.holds).unit.as_ref()
    }

    /// The cell in which a row and a column, counted from 0, cross.
    pub fn cell(&self, row: usize, column: usize) -> CellId {
        CellId((self.first_cell + row * self.columns.len() + column) as u16)
    }
}

/// A head in a tree of merged heads.
#[derive(Clone, Debug)]
pub struct Head {
    pub label: Text,
    pub part: HeadPart,
}

#[derive(Clone, Debug)]
pub enum HeadPart {
    /// The head of one row or column, by its position in the table, and how many grid columns
    /// it takes.
    Leaf { line: usize, span: usize },
    /// A merged head over others.
    Group(Vec<Head>),
}

/// A row or a column of a table.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: String,
    pub label: Text,
    /// The labels of the merged heads that it stands under, outermost first, without one that
    /// stands over the whole table.
    pub groups: Vec<Text>,
    /// How many of the groups a sentence leaves out, because the line is known without them.
    implied: usize,
    /// What the cells of this line hold, where it differs from the table's.
    holds: Option<Holds>,
    /// Other labels under which it is published.
    pub also: Vec<String>,
    /// How deep it stands below rows that are no merged heads.
    pub level: usize,
    /// What it is called in a picture, where its label does not do.
    pub short: Option<Text>,
}

/// What a cell may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holds {
    pub kind: Kind,
    /// The unit that the form prints; `None` where it prints none.
    pub unit: Option<Text>,
    /// The units that a report may write where the form prints none, each with its worth in the first.
    pub units: Vec<(String, i64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number, zero or more.
    Count,
    /// A whole number that may be negative: 本年增/减.
    Change,
    /// An exact decimal, zero or more.
    Amount,
}

/// A cell by its position in the form; an index into [`Form::cells`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellId(u16);

impl CellId {
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A cell: where it stands and what it holds.
#[derive(Debug)]
pub struct Cell {
    pub table: usize,
    pub row: usize,
    pub column: usize,
    pub holds: Holds,
    /// `table.row.column`.
    pub address: String,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something that the form states does not hold.
    Error,
    /// Very likely wrong.
    Warning,
    /// Worth a look.
    Info,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    Row,
    Column,
}

/// A relation that must hold between cells: the left terms add up to the right ones, or compare
/// with them in another way.
#[derive(Debug)]
pub struct Relation {
    /// The name that findings carry, such as `requests.row-total`.
    pub rule: String,
    /// Which of the relations of this name it is; empty where there is one.
    pub code: String,
    pub severity: Severity,
    pub compare: Compare,
    /// Only the reports of these bodies.
    pub agencies: Option<Agencies>,
    /// What must hold, in a few words.
    pub name: Text,
    /// The notice or article that states it, or why it follows.
    pub basis: Text,
    /// The sentence for people, with `{where}`, `{left}`, `{right}`, `{left_sum}`,
    /// `{right_sum}` and `{difference}` for what stands in the report.
    pub wording: Text,
}

impl Relation {
    /// Whether it is one of the form's own 勾稽关系: an equation that has to hold exactly, so that a
    /// wrong figure can be told by it.
    pub fn is_law(&self) -> bool {
        self.compare == Compare::Equal && self.severity == Severity::Error && self.agencies.is_none()
    }
}

/// How the two sides of a relation have to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    Equal,
    /// The left side is the right one or less.
    AtMost,
    /// The left side is the right one or more.
    AtLeast,
    /// The two are not the same: where they are, something was misunderstood.
    Differ,
}

impl Compare {
    pub fn sign(self) -> &'static str {
        match self {
            Compare::Equal => "=",
            Compare::AtMost => "≤",
            Compare::AtLeast => "≥",
            Compare::Differ => "≠",
        }
    }
}

/// Bodies, told by their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agencies {
    /// Their names end so, apart from a 人民政府 behind it.
    pub ends: Vec<String>,
    /// Those with one of these words in their names are left out.
    pub unless: Vec<String>,
}

impl Agencies {
    /// Whether a body is one of them; one without a name is not.
    pub fn include(&self, agency: &str) -> bool {
        let name = agency.trim().trim_end_matches("人民政府");
        let ends = self.ends.iter().any(|end| name.ends_with(end.as_str()));
        ends && !self.unless.iter().any(|word| name.contains(word.as_str()))
    }
}

/// A relation in one row, in one column, in one cell, or between cells named one by one.
#[derive(Debug)]
pub struct Instance {
    /// Which of [`Form::relations`] it is an instance of.
    pub relation: usize,
    pub terms: Vec<Term>,
    /// What has to be so for the relation to say anything.
    pub conditions: Vec<Condition>,
    /// The row or column that it holds in.
    pub along: Option<(Axis, usize)>,
    /// The cell that it makes the plain sum of others, where it is a law that does: a total.
    pub total: Option<CellId>,
}

/// A number, compared with a fixed one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub operand: Operand,
    pub compare: Compare,
    pub number: i64,
}

impl Instance {
    /// The cell that these terms make the plain sum of others.
    fn plain_sum(terms: &[Term]) -> Option<CellId> {
        let side = |side| terms.iter().filter(move |term| term.side == side);
        let plain = |term: &Term| term.factor == 1 && matches!(term.operand, Operand::Own(_));
        let mut left = side(Side::Left);
        match (left.next(), left.next()) {
            (Some(Term { operand: Operand::Own(cell), factor: 1, .. }), None) if side(Side::Right).all(plain) => {
                Some(*cell)
            }
            _ => None,
        }
    }

    /// Whether it needs last year's report.
    pub fn needs_prior(&self) -> bool {
        self.terms.iter().any(|term| matches!(term.operand, Operand::Prior(_)))
    }

    pub fn side(&self, side: Side) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(move |term| term.side == side)
    }
}

/// A number with its factor on one side of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub side: Side,
    /// -1 for a number that is subtracted; never 0.
    pub factor: i64,
    pub operand: Operand,
}

impl Term {
    /// The factor in left minus right.
    pub fn signed_factor(&self) -> i64 {
        match self.side {
            Side::Left => self.factor,
            Side::Right => -self.factor,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A cell of the report itself.
    Own(CellId),
    /// A cell of last year's report, by its address there: last year may have had another form.
    Prior(String),
    /// A fixed number.
    Fixed(i64),
}

/// The words in which a text states the figures of one table: “办结81件” is about 三（七）总计.
#[derive(Debug)]
pub struct Claims {
    pub table: usize,
    /// Words that show a sentence, or its paragraph, to be about this table.
    pub about: Vec<String>,
    /// What is counted: between the words for a row and the number nothing else may stand.
    pub objects: Vec<String>,
    /// Measure words that such a number may have (件, 条 …).
    pub units: Vec<String>,
    /// Words that only look like those of the table: 行政复议法.
    pub ignore: Vec<String>,
    /// Words before one for a row that make its number a part of the row's: 通过网络收到, 按时办结.
    pub partial: Vec<String>,
    pub rows: Vec<Said>,
    pub columns: Vec<Said>,
    /// The column that is meant where none is named.
    pub column: Option<usize>,
    /// The row of which a share in % is a share.
    pub whole: Option<usize>,
}

/// Words for rows or columns of a table.
#[derive(Debug)]
pub struct Said {
    /// `{last}` and `{next}` stand for the years before and after the report's.
    pub words: Vec<String>,
    /// The rows or columns whose sum is meant.
    pub lines: Vec<usize>,
    pub role: Role,
    /// What else may be meant, in the order of likelihood.
    pub or: Vec<Instead>,
    /// The number that the words state by themselves: 全部办结 says that nothing is left.
    pub number: Option<i64>,
}

/// What words for a row do in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Something that is done with all: 收到, 办结. Its number is what 其中 takes apart.
    Act,
    /// What goes from year to year; verbs behind it belong to it: 结转下年度办理.
    Flow,
    /// A part: a kind of result or of applicant. Several in one place add up.
    Part,
}

/// What words may mean in place of their lines.
#[derive(Debug)]
pub struct Instead {
    pub lines: Vec<usize>,
    /// How bad that is; `None` where it is as good as the other.
    pub severity: Option<Severity>,
}

/// What a text must be, have or not have.
#[derive(Debug)]
pub struct TextRule {
    pub rule: String,
    pub code: String,
    pub severity: Severity,
    /// The section that it holds for, by id; `None` for every text.
    pub section: Option<String>,
    pub bound: TextBound,
    /// The sentence for people, with `{section}` for the heading, `{count}` for what was counted and
    /// `{words}` for the words that were found.
    pub wording: Text,
}

#[derive(Debug)]
pub enum TextBound {
    /// So many characters at the least.
    AtLeast(usize),
    /// So many characters at the most.
    AtMost(usize),
    /// One of these words.
    Any(Vec<String>),
    /// None of these words.
    None(Vec<String>),
    /// So many sentences in a hundred at the most that stand in last year's text too.
    Repeats(usize),
}

/// What is wrong with a form file, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormError {
    /// Such as `relations[2] (requests.balance)`.
    pub place: String,
    pub problem: String,
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

impl std::error::Error for FormError {}

impl Form {
    /// Reads a form file and checks it: names resolve, addresses are unique, headers tile.
    ///
    /// # Errors
    /// The first fault, with its place in the file.
    pub fn from_json(json: &str) -> Result<Form, FormError> {
        compile::form(json, &[], None)
    }

    /// Reads a form file together with an office's own rules, each a file as `rules.schema.json`
    /// says: further relations, text rules and claims, and other severities.
    ///
    /// # Errors
    /// The first fault, with its place.
    pub fn with_rules(json: &str, rules: &[&str]) -> Result<Form, FormError> {
        compile::form(json, rules, None)
    }

    /// Makes the form of one report from the file of an open form: with the rows, columns and sections that
    /// the report has, and with the relations that hold between them.
    ///
    /// # Errors
    /// The first fault, with its place.
    pub fn shaped(json: &str, rules: &[&str], shape: &Shape) -> Result<Form, FormError> {
        compile::form(json, rules, Some(shape))
    }

    pub fn cells(&self) -> impl Iterator<Item = (CellId, &Cell)> {
        self.cells.iter().enumerate().map(|(index, cell)| (CellId(index as u16), cell))
    }

    pub fn cell(&self, id: CellId) -> &Cell {
        &self.cells[id.index()]
    }

    /// Whether a report lists its own indicators in its JSON: in an open form that was made of them. One with all
    /// rows that are known was made for no report.
    pub fn lists_indicators(&self) -> bool {
        self.open && (!self.indicators.is_empty() || self.tables.is_empty())
    }

    /// The columns that stand beside such a list: none where there is only the first.
    pub fn listed_columns(&self) -> &[Line] {
        let columns = self.tables.first().map(|table| table.columns.as_slice());
        columns.filter(|columns| columns.len() > 1).unwrap_or_default()
    }

    pub fn cell_count(&self) -> usize {
        self.cells.len()
    }

    /// The cell at an address such as `requests.received.total`.
    pub fn find(&self, address: &str) -> Option<CellId> {
        let mut names = address.split('.');
        let (table, row, column) = (names.next()?, names.next()?, names.next()?);
        let table = self.tables.iter().find(|known| known.id == table)?;
        let row = table.rows.iter().position(|line| line.id == row)?;
        let column = table.columns.iter().position(|line| line.id == column)?;
        names.next().is_none().then(|| table.cell(row, column))
    }

    /// Whether charts show a cell that cannot be drawn here.
    pub fn is_drawn_elsewhere(&self, cell: CellId) -> bool {
        let at = self.cell(cell);
        let shows = |line: Option<usize>, place: usize| line.is_none_or(|line| line == place);
        self.drawn
            .iter()
            .any(|(table, row, column)| *table == at.table && shows(*row, at.row) && shows(*column, at.column))
    }

    /// The cell that counts the same as one of another form: at the same address, or where `same` says so.
    pub fn counterpart(&self, other: &Form, cell: CellId) -> Option<CellId> {
        let known = other.same.iter().find(|(_, here)| *here == cell).map(|(there, _)| there.as_str());
        let address = known.unwrap_or(&other.cell(cell).address);
        let same = || self.same.iter().find(|(there, _)| there == address).map(|(_, here)| *here);
        self.find(address).or_else(same)
    }

    /// The instances of relations that a cell takes part in.
    pub fn touching(&self, id: CellId) -> &[usize] {
        &self.touching[id.index()]
    }

    pub fn table(&self, id: CellId) -> &Table {
        &self.tables[self.cell(id).table]
    }

    /// The section in which a table is printed.
    pub fn section_of(&self, table: usize) -> &Section {
        self.sections
            .iter()
            .find(|section| section.sheets.iter().any(|sheet| sheet.tables.contains(&table)))
            .expect("compile::form puts every table on a sheet")
    }

    /// How a printed table is laid out: heads with their merges, and figures.
    pub fn layout(&self, sheet: &Sheet) -> Layout {
        layout::of(self, sheet)
    }

    /// The row label as a sentence names it: “1.属于国家秘密”, “（六）其他处理 3.其他”.
    pub fn row_label(&self, id: CellId, language: Language) -> String {
        let cell = self.cell(id);
        self.tables[cell.table].rows[cell.row].short_label(language)
    }

    /// The column label as a sentence names it.
    pub fn column_label(&self, id: CellId, language: Language) -> String {
        let cell = self.cell(id);
        self.tables[cell.table].columns[cell.column].short_label(language)
    }
}

impl Line {
    /// Whether a file means it by a name: its id, or `refused_*` for all that begin so.
    fn is_named(&self, name: &str) -> bool {
        match name.strip_suffix('*') {
            Some(beginning) => self.id.starts_with(beginning),
            None => self.id == name,
        }
    }

    /// How deep it stands below other rows, beside the merged heads that it stands under.
    pub fn indent(&self) -> usize {
        self.level.saturating_sub(self.groups.len())
    }

    /// The label, with those of its groups before it that are needed to know the line, without a
    /// note in parentheses behind it: 部分公开（区分处理的…）.
    pub fn short_label(&self, language: Language) -> String {
        let groups = self.groups[self.implied..].iter().map(|group| group.get(language));
        groups.chain([without_note(self.label.get(language))]).collect::<Vec<_>>().join(" ")
    }
}

pub fn without_note(label: &str) -> &str {
    // Most have none, and it is asked for with every key.
    let note = if label.ends_with(['）', ')']) { label.rfind(['（', '(']) } else { None };
    note.filter(|at| *at > 0).map_or(label, |at| label[..at].trim_end())
}
