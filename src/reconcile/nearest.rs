//! Where no reading satisfies every law, what was published is wrong somewhere: the readings that break
//! the fewest laws, for a person to look at.

use super::equation::{self, Equation};
use super::trellis::{Class, classes};
use super::{Entry, Laws, OpenRow, TOLD};
use crate::form::CellId;

/// How many laws a reading may break that is still told.
const MOST_BROKEN: usize = 4;
/// How many steps the search may take in all.
const MOST_STEPS: usize = 200_000;

/// The readings that break the fewest laws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// A reading for each row.
    pub readings: Vec<Vec<usize>>,
    /// The laws that the first of them breaks, as instances of the form.
    pub broken: Vec<usize>,
}

/// Finds the readings of rows that break the fewest laws; `None` where there are too many, where all break
/// too many, or where it would take too long.
pub fn nearest(laws: &Laws, known: &dyn Fn(CellId) -> Entry, rows: &[OpenRow]) -> Option<Nearest> {
    let equations = equation::compile(laws, known, rows);
    let live: Vec<Vec<usize>> = rows.iter().map(|row| (0..row.readings.len()).collect()).collect();
    if live.iter().any(Vec::is_empty) {
        return None;
    }
    let mut ordered: Vec<(usize, Vec<Class>)> =
        (0..rows.len()).map(|row| (row, classes(&equations, row, &live[row]))).collect();
    ordered.sort_by_key(|(_, classes)| classes.len());
    let search = Search { equations: &equations, rest: rest(&ordered, equations.len()), ordered };
    let first: Vec<i128> = equations.iter().map(Equation::fixed).collect();
    let mut steps = 0;
    for most in 0..=MOST_BROKEN {
        let mut found = Vec::new();
        let mut chosen = vec![0; rows.len()];
        search.descend(&first, 0, most, &mut chosen, &mut found, &mut steps)?;
        if let Some(reading) = found.first() {
            let broken = search.broken_by(reading);
            return Some(Nearest { readings: found, broken });
        }
    }
    None
}

/// What is searched: the rows in order, each with its classes, and what the rows behind may add to each law.
struct Search<'a> {
    equations: &'a [Equation],
    ordered: Vec<(usize, Vec<Class>)>,
    rest: Vec<Vec<(i128, i128)>>,
}

fn rest(ordered: &[(usize, Vec<Class>)], laws: usize) -> Vec<Vec<(i128, i128)>> {
    let mut rest = vec![vec![(0i128, 0i128); laws]];
    for (_, classes) in ordered.iter().rev() {
        let ends = |(at, (least, most)): (usize, &(i128, i128))| {
            let amounts = classes.iter().map(|class| class.amounts[at]);
            let (low, high) = (amounts.clone().min().unwrap_or(0), amounts.max().unwrap_or(0));
            (least.saturating_add(low), most.saturating_add(high))
        };
        let ends = rest[rest.len() - 1].iter().enumerate().map(ends).collect();
        rest.push(ends);
    }
    rest.reverse();
    rest
}

impl Search<'_> {
    /// Goes through the readings that break so many laws at the most; `None` where there are too many.
    fn descend(
        &self,
        sums: &[i128],
        at: usize,
        most: usize,
        chosen: &mut Vec<usize>,
        found: &mut Vec<Vec<usize>>,
        steps: &mut usize,
    ) -> Option<()> {
        *steps += 1;
        if *steps > MOST_STEPS {
            return None;
        }
        let ends = self.equations.iter().zip(sums).zip(&self.rest[at]);
        let broken = ends.filter(|((equation, sum), (low, high))| !equation.may_close(**sum, *low, *high)).count();
        if broken > most {
            return Some(());
        }
        let Some((row, classes)) = self.ordered.get(at) else {
            found.push(chosen.clone());
            return (found.len() <= TOLD).then_some(());
        };
        for class in classes {
            let next: Vec<i128> = sums.iter().zip(&class.amounts).map(|(sum, amount)| sum + amount).collect();
            for reading in &class.readings {
                chosen[*row] = *reading;
                self.descend(&next, at + 1, most, chosen, found, steps)?;
            }
        }
        Some(())
    }

    fn broken_by(&self, reading: &[usize]) -> Vec<usize> {
        let sum = |equation: &Equation| {
            let added = reading.iter().enumerate().map(|(row, reading)| equation.parts_of(row).get(*reading));
            added.flatten().fold(equation.fixed(), |sum, amount| sum.saturating_add(*amount))
        };
        let broken = self.equations.iter().filter(|equation| !equation.may_close(sum(equation), 0, 0));
        broken.map(|equation| equation.instance).collect()
    }
}
