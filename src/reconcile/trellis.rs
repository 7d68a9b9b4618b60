//! Counts the readings of rows that hang together: row by row, with what the laws' sums are so far as the
//! state. Readings that lead to the same sums go on together, so that many readings make few states.

use std::collections::{BTreeMap, BTreeSet};

use super::equation::{Equation, Sums};
use super::{TOLD, Verdict};

/// How many states are looked at in all, and how many steps between them.
const MOST_STATES: usize = 20_000;
const MOST_STEPS: usize = 300_000;

/// Readings of one row that add the same to every law.
pub struct Class {
    pub amounts: Vec<i128>,
    pub readings: Vec<usize>,
}

/// The sums of all laws so far.
type State = Vec<i128>;

/// How many readings satisfy all laws, and which take part.
pub fn verdict(equations: &[Equation], rows: &[usize], live: &[Vec<usize>]) -> Verdict {
    let trellis = Trellis::new(equations, rows, live);
    match trellis.walk() {
        None => Verdict::TooMany { remaining: rows.iter().map(|row| live[*row].clone()).collect() },
        Some(layers) => trellis.conclude(&layers),
    }
}

struct Trellis<'a> {
    equations: &'a [Equation],
    /// The rows in the order in which they are walked through, the least open first, by their places.
    order: Vec<usize>,
    /// The classes of each row, in that order.
    classes: Vec<Vec<Class>>,
    /// For each row in that order, and one more, what the rows from there on may add to each law.
    rest: Vec<Vec<Sums>>,
}

impl Trellis<'_> {
    fn new<'a>(equations: &'a [Equation], rows: &[usize], live: &[Vec<usize>]) -> Trellis<'a> {
        let mut all: Vec<(usize, Vec<Class>)> =
            rows.iter().map(|row| classes(equations, *row, &live[*row])).enumerate().collect();
        all.sort_by_key(|(_, classes)| classes.len());
        let (order, classes): (Vec<_>, Vec<_>) = all.into_iter().unzip();
        let mut rest = vec![vec![Sums::none(); equations.len()]];
        for row in classes.iter().rev() {
            let last: &Vec<Sums> = &rest[rest.len() - 1];
            let amounts = |at: usize| row.iter().map(|class: &Class| class.amounts[at]).collect::<BTreeSet<_>>();
            let sums = last.iter().enumerate().map(|(at, sums)| sums.with(&amounts(at)));
            let sums = sums.collect();
            rest.push(sums);
        }
        rest.reverse();
        Trellis { equations, order, classes, rest }
    }

    /// The states after each row that may still lead to an end; `None` where there are too many.
    fn walk(&self) -> Option<Vec<BTreeSet<State>>> {
        let first: State = self.equations.iter().map(Equation::fixed).collect();
        let mut layers = vec![BTreeSet::new()];
        if self.may_close(&first, 0) {
            layers[0].insert(first);
        }
        let (mut states, mut steps) = (1, 0);
        for (at, classes) in self.classes.iter().enumerate() {
            let mut next = BTreeSet::new();
            for state in &layers[at] {
                steps += classes.len();
                let sums = classes.iter().map(|class| after(state, class));
                next.extend(sums.filter(|sums| self.may_close(sums, at + 1)));
                if states + next.len() > MOST_STATES || steps > MOST_STEPS {
                    return None;
                }
            }
            states += next.len();
            layers.push(next);
        }
        Some(layers)
    }

    fn may_close(&self, state: &State, row: usize) -> bool {
        let laws = self.equations.iter().zip(&self.rest[row]).zip(state);
        laws.into_iter().all(|((equation, rest), sum)| equation.may_close_with(*sum, rest))
    }

    /// Walks back from the end: what a state leads to, which readings lead to an end, and how many there are.
    fn conclude(&self, layers: &[BTreeSet<State>]) -> Verdict {
        let mut onward: Vec<BTreeMap<State, u64>> = vec![BTreeMap::new(); layers.len()];
        let mut used: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); self.classes.len()];
        let last = layers.len() - 1;
        onward[last] = layers[last].iter().map(|state| (state.clone(), 1)).collect();
        for at in (0..last).rev() {
            for state in &layers[at] {
                let mut ways = 0u64;
                for (place, class) in self.classes[at].iter().enumerate() {
                    let Some(more) = onward[at + 1].get(&after(state, class)) else { continue };
                    ways = ways.saturating_add(more.saturating_mul(class.readings.len() as u64));
                    used[at].insert(place);
                }
                if ways > 0 {
                    onward[at].insert(state.clone(), ways);
                }
            }
        }
        let Some((first, count)) = onward[0].iter().next().map(|(state, count)| (state.clone(), *count)) else {
            return Verdict::None;
        };
        let mut remaining = vec![Vec::new(); self.order.len()];
        for (at, used) in used.iter().enumerate() {
            let mut readings: Vec<usize> =
                used.iter().flat_map(|class| &self.classes[at][*class].readings).copied().collect();
            readings.sort_unstable();
            remaining[self.order[at]] = readings;
        }
        let mut told = Vec::new();
        if count <= TOLD as u64 {
            self.tell(&first, &onward, &mut vec![0; self.order.len()], 0, &mut told);
        }
        told.sort_unstable();
        Verdict::Some { count, remaining, told }
    }

    fn tell(
        &self,
        state: &State,
        onward: &[BTreeMap<State, u64>],
        chosen: &mut Vec<usize>,
        at: usize,
        told: &mut Vec<Vec<usize>>,
    ) {
        let Some(classes) = self.classes.get(at) else {
            told.push(chosen.clone());
            return;
        };
        for class in classes {
            let next = after(state, class);
            if onward[at + 1].contains_key(&next) {
                for reading in &class.readings {
                    chosen[self.order[at]] = *reading;
                    self.tell(&next, onward, chosen, at + 1, told);
                }
            }
        }
    }
}

fn after(state: &State, class: &Class) -> State {
    state.iter().zip(&class.amounts).map(|(sum, amount)| sum + amount).collect()
}

/// The readings of a row by what they add.
pub fn classes(equations: &[Equation], row: usize, live: &[usize]) -> Vec<Class> {
    let parts: Vec<&[i128]> = equations.iter().map(|equation| equation.parts_of(row)).collect();
    let mut by_amounts: BTreeMap<State, Vec<usize>> = BTreeMap::new();
    for reading in live {
        let amounts = parts.iter().map(|parts| parts.get(*reading).copied().unwrap_or(0)).collect();
        by_amounts.entry(amounts).or_default().push(*reading);
    }
    by_amounts.into_iter().map(|(amounts, readings)| Class { amounts, readings }).collect()
}
