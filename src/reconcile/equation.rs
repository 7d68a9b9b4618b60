//! Laws over what is open: whole numbers, one part a row. Candidates that a single law excludes are dropped.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Entry, Laws, OpenRow};
use crate::form::{CellId, Form, Kind};

/// How many different sums of one law are kept apart; beyond, only the smallest and the largest count.
const MOST_SUMS: usize = 4096;
/// How many pairs of a sum and an amount are tried one by one.
const MOST_PAIRS: usize = 200_000;
/// Numbers are counted in units of the smallest decimal place; larger ones count as unknown.
const LARGEST: i128 = 10i128.pow(30);

/// A law with everything that is known in its fixed part. The rest comes from the rows, in whole units.
#[derive(Clone, Debug)]
pub struct Equation {
    pub instance: usize,
    fixed: i128,
    /// For each row that stands in it what each of its readings adds.
    parts: Vec<(usize, Vec<i128>)>,
    /// Whether something unknown may add to the sum, or take from it.
    more: bool,
    less: bool,
}

/// What a sum may be, as far as that is known.
#[derive(Clone, Debug)]
pub enum Sums {
    /// One of these.
    These(BTreeSet<i128>),
    /// Something between these.
    Between(i128, i128),
}

impl Equation {
    /// What each reading of a row adds; nothing where the row does not stand in it.
    pub fn parts_of(&self, row: usize) -> &[i128] {
        self.parts.iter().find(|(known, _)| *known == row).map_or(&[], |(_, parts)| parts)
    }

    pub fn fixed(&self) -> i128 {
        self.fixed
    }

    fn is_exact(&self) -> bool {
        !self.more && !self.less
    }

    /// Whether the readings of a row that are left add different amounts.
    pub fn varies(&self, row: usize, live: &[Vec<usize>]) -> bool {
        let all = self.parts_of(row);
        let mut parts = live[row].iter().filter_map(|reading| all.get(*reading));
        let first = parts.next();
        parts.any(|part| Some(part) != first)
    }

    /// Whether all can add up to nothing once a sum has something between two amounts added.
    pub fn may_close(&self, sum: i128, least: i128, most: i128) -> bool {
        let (least, most) = (sum.saturating_add(least), sum.saturating_add(most));
        (least <= 0 || self.less) && (most >= 0 || self.more)
    }

    /// The same where the amounts are known one by one.
    pub fn may_close_with(&self, sum: i128, others: &Sums) -> bool {
        match others {
            Sums::These(sums) if self.is_exact() => sums.contains(&-sum),
            others => {
                let (least, most) = others.ends();
                self.may_close(sum, least, most)
            }
        }
    }
}

impl Sums {
    pub fn none() -> Sums {
        Sums::These(BTreeSet::from([0]))
    }

    fn ends(&self) -> (i128, i128) {
        match self {
            Sums::These(sums) => (sums.first().copied().unwrap_or_default(), sums.last().copied().unwrap_or_default()),
            Sums::Between(least, most) => (*least, *most),
        }
    }

    /// The sums with one of some amounts added.
    pub fn with(&self, parts: &BTreeSet<i128>) -> Sums {
        if let Sums::These(sums) = self
            && sums.len().saturating_mul(parts.len()) <= MOST_SUMS
        {
            return Sums::These(sums.iter().flat_map(|sum| parts.iter().map(move |part| sum + part)).collect());
        }
        let (least, most) = self.ends();
        let (first, last) = (parts.first().copied().unwrap_or(0), parts.last().copied().unwrap_or(0));
        Sums::Between(least.saturating_add(first), most.saturating_add(last))
    }
}

/// The laws in which at least one open row stands.
pub fn compile(laws: &Laws, known: &dyn Fn(CellId) -> Entry, rows: &[OpenRow]) -> Vec<Equation> {
    let compiler = Compiler::new(laws.form, known, rows);
    let scale = compiler.scale(laws);
    laws.laws.iter().filter_map(|law| compiler.equation(law, scale)).collect()
}

struct Compiler<'a> {
    form: &'a Form,
    known: &'a dyn Fn(CellId) -> Entry,
    rows: &'a [OpenRow],
    /// For each cell of the form the row that it is open in, and its place there.
    places: Vec<Option<(usize, usize)>>,
}

impl<'a> Compiler<'a> {
    fn new(form: &'a Form, known: &'a dyn Fn(CellId) -> Entry, rows: &'a [OpenRow]) -> Compiler<'a> {
        let mut places = vec![None; form.cell_count()];
        for (at, row) in rows.iter().enumerate() {
            for (place, cell) in row.cells.iter().enumerate() {
                places[cell.index()].get_or_insert((at, place));
            }
        }
        Compiler { form, known, rows, places }
    }

    /// How many decimal places the numbers have at the most.
    fn scale(&self, laws: &Laws) -> u32 {
        let cells = laws.laws.iter().flat_map(|law| &law.terms).map(|(cell, _)| *cell);
        let known = cells.filter(|cell| self.places[cell.index()].is_none()).map(|cell| (self.known)(cell));
        let open = self.rows.iter().flat_map(|row| row.readings.iter().flatten().copied());
        let fixed = laws.laws.iter().map(|law| Entry::Number(law.fixed));
        let scale = |entry| match entry {
            Entry::Number(number) => number.normalize().scale(),
            _ => 0,
        };
        known.chain(open).chain(fixed).map(scale).max().unwrap_or(0)
    }

    /// `None` where no open row stands in the law, or too little is known for it to say anything.
    fn equation(&self, law: &super::Law, scale: u32) -> Option<Equation> {
        let fixed = units(law.fixed, scale, 1)?;
        let mut equation = Equation { instance: law.instance, fixed, parts: Vec::new(), more: false, less: false };
        for &(cell, factor) in &law.terms {
            let Some((row, place)) = self.places[cell.index()].filter(|(row, _)| !self.rows[*row].readings.is_empty())
            else {
                let entry = if self.places[cell.index()].is_some() { Entry::Unknown } else { (self.known)(cell) };
                equation.fixed += self.units(cell, entry, scale, factor, &mut equation);
                continue;
            };
            let mut add = |entry| self.units(cell, entry, scale, factor, &mut equation);
            let added: Vec<i128> =
                self.rows[row].readings.iter().map(|reading| add(entry_at(reading, place))).collect();
            match equation.parts.iter_mut().find(|(known, _)| *known == row) {
                Some((_, parts)) => parts.iter_mut().zip(added).for_each(|(part, added)| *part += added),
                None => equation.parts.push((row, added)),
            }
        }
        let says = !equation.parts.is_empty() && (!equation.more || !equation.less);
        says.then_some(equation)
    }

    /// What an entry adds; what is not known may add anything that the cell can hold.
    fn units(&self, cell: CellId, entry: Entry, scale: u32, factor: i64, equation: &mut Equation) -> i128 {
        let known = match entry {
            Entry::Nothing => Some(0),
            Entry::Number(number) => units(number, scale, factor),
            Entry::Unknown => None,
        };
        if known.is_none() {
            let any = self.form.cell(cell).holds.kind == Kind::Change;
            equation.more |= any || factor > 0;
            equation.less |= any || factor < 0;
        }
        known.unwrap_or(0)
    }
}

fn entry_at(reading: &[Entry], place: usize) -> Entry {
    reading.get(place).copied().unwrap_or(Entry::Unknown)
}

/// A number in whole units; `None` where it is too large.
fn units(number: Decimal, scale: u32, factor: i64) -> Option<i128> {
    let number = number.normalize();
    let power = 10i128.checked_pow(scale.checked_sub(number.scale())?)?;
    let units = number.mantissa().checked_mul(power)?.checked_mul(factor.into())?;
    (units.abs() <= LARGEST).then_some(units)
}

/// The laws that one of these rows stands in and that say exactly what a sum is; where there is none such,
/// those that say what it may be.
pub fn laws_of(equations: &[Equation], rows: &[usize]) -> Vec<usize> {
    let stands = |equation: &&Equation| equation.parts.iter().any(|(row, _)| rows.contains(row));
    let own: Vec<&Equation> = equations.iter().filter(stands).collect();
    let exact = own.iter().any(|equation| equation.is_exact());
    own.iter().filter(|equation| equation.is_exact() || !exact).map(|equation| equation.instance).collect()
}

/// Rows by what they hang together with: two in which one law still differs.
pub fn groups(equations: &[Equation], rows: &[usize], live: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut group: Vec<usize> = (0..live.len()).collect();
    for equation in equations {
        let mut varying = rows.iter().filter(|row| equation.varies(**row, live));
        let Some(&first) = varying.next() else { continue };
        for &row in varying {
            let (into, from) = (group[first], group[row]);
            group.iter_mut().filter(|known| **known == from).for_each(|known| *known = into);
        }
    }
    let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
    for &row in rows {
        match groups.iter_mut().find(|(known, _)| *known == group[row]) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((group[row], vec![row])),
        }
    }
    groups.into_iter().map(|(_, rows)| rows).collect()
}

/// The laws that decide about these rows, with what all others add in the fixed part: there nothing differs.
/// A law in which only other rows differ is theirs.
pub fn within(equations: &[Equation], rows: &[usize], live: &[Vec<usize>]) -> Vec<Equation> {
    let decides = |equation: &&Equation| {
        let varying = |(row, _): &&(usize, Vec<i128>)| equation.varies(*row, live);
        match equation.parts.iter().find(varying) {
            Some(_) => equation.parts.iter().filter(varying).any(|(row, _)| rows.contains(row)),
            None => equation.parts.iter().any(|(row, _)| rows.contains(row)),
        }
    };
    let fold = |equation: &Equation| {
        let mut folded = equation.clone();
        folded.parts.retain(|(row, _)| rows.contains(row));
        for (row, parts) in equation.parts.iter().filter(|(row, _)| !rows.contains(row)) {
            folded.fixed += live[*row].first().and_then(|reading| parts.get(*reading)).copied().unwrap_or(0);
        }
        folded
    };
    equations.iter().filter(decides).map(fold).collect()
}

/// Drops every reading that a single law excludes, until none does; `false` where a row has none left.
pub fn narrow(equations: &[Equation], rows: &[usize], live: &mut [Vec<usize>]) -> bool {
    let mut changed = true;
    while changed {
        changed = false;
        for equation in equations {
            changed |= narrow_by(equation, live);
            if rows.iter().any(|row| live[*row].is_empty()) {
                return false;
            }
        }
    }
    true
}

/// Builds the sums of a law up from both ends; a reading stays where the two meet at nothing.
fn narrow_by(equation: &Equation, live: &mut [Vec<usize>]) -> bool {
    let parts: Vec<BTreeSet<i128>> = equation.parts.iter().map(|(row, parts)| amounts(&live[*row], parts)).collect();
    let mut behind = vec![Sums::none()];
    for amounts in parts.iter().skip(1).rev() {
        behind.push(behind[behind.len() - 1].with(amounts));
    }
    let mut before = Sums::none();
    let mut changed = false;
    for (at, (row, all)) in equation.parts.iter().enumerate() {
        let after = &behind[parts.len() - 1 - at];
        let fits = |amount: &i128| match &before {
            Sums::These(sums) if sums.len().saturating_mul(parts[at].len()) <= MOST_PAIRS => {
                sums.iter().any(|sum| equation.may_close_with(equation.fixed + sum + amount, after))
            }
            before => {
                let ((least, most), (first, last)) = (before.ends(), after.ends());
                let sum = equation.fixed + amount;
                equation.may_close(sum, least.saturating_add(first), most.saturating_add(last))
            }
        };
        let fitting: BTreeSet<i128> = parts[at].iter().copied().filter(fits).collect();
        if fitting.len() < parts[at].len() {
            live[*row].retain(|reading| all.get(*reading).is_some_and(|amount| fitting.contains(amount)));
            changed = true;
        }
        before = before.with(&fitting);
    }
    changed
}

/// The different amounts that the readings left add.
pub fn amounts(live: &[usize], parts: &[i128]) -> BTreeSet<i128> {
    live.iter().filter_map(|reading| parts.get(*reading)).copied().collect()
}
