//! Lays the lines that are seen over those that were printed: which stand there as they were, which were
//! changed, added, taken away.

use std::ops::Range;

use crate::read::similar::similarity;

/// One step through both, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A printed line stands there as it was, in these lines that are seen; a format may break it.
    Same(usize, Range<usize>),
    /// Another line stands in its place.
    Changed(usize, usize),
    /// A printed line is not there.
    Gone(usize),
    /// A line was added.
    Added(usize),
}

/// How many pairs of lines are weighed at the most.
const MOST_PAIRS: usize = 4_000_000;
/// In how many pieces a line is looked for, where it is looked for in many places.
const MOST_PIECES: usize = 200;
/// Between how many lines those are looked for that became each other.
const MOST_CHANGED: usize = 200;
/// How much of two lines is compared to see whether one became the other.
const COMPARED: usize = 80;
/// How alike a line must be to the one that it became.
const ALIKE: f32 = 0.3;

/// Lays lines over each other. Both are squeezed; none that is seen is empty.
pub fn compare(printed: &[String], seen: &[String]) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (at, range) in matches(printed, seen) {
        gap(printed, seen, i..at, j..range.start, &mut steps);
        (i, j) = (at + 1, range.end);
        steps.push(Step::Same(at, range));
    }
    gap(printed, seen, i..printed.len(), j..seen.len(), &mut steps);
    steps
}

/// The printed lines that stand there as they were, with where: as much text as possible, in order.
fn matches(printed: &[String], seen: &[String]) -> Vec<(usize, Range<usize>)> {
    let mut found = Vec::new();
    let (mut i, mut j) = (0, 0);
    // Mostly nothing was changed, and both go on beside each other.
    while let Some(text) = printed.get(i)
        && let Some(count) = run(text, &seen[j..])
    {
        found.push((i, j..j + count));
        (i, j) = (i + 1, j + count);
    }
    let (rest, left) = (&printed[i..], &seen[j..]);
    let rest_matches = match (rest.len() + 1).saturating_mul(left.len() + 1) <= MOST_PAIRS {
        true => longest(rest, left),
        false => next_each(rest, left),
    };
    found.extend(rest_matches.into_iter().map(|(at, range)| (at + i, range.start + j..range.end + j)));
    found
}

/// How many lines that are seen together are a printed one; a printed line of nothing needs none.
fn run(printed: &str, seen: &[String]) -> Option<usize> {
    let mut rest = printed;
    for (at, line) in seen.iter().enumerate() {
        if rest.is_empty() {
            return Some(at);
        }
        rest = rest.strip_prefix(line.as_str())?;
    }
    rest.is_empty().then_some(seen.len())
}

/// What may be the pieces of a line.
fn pieces(seen: &[String], from: usize) -> &[String] {
    &seen[from..seen.len().min(from + MOST_PIECES)]
}

/// The matches that together keep the most text.
fn longest(printed: &[String], seen: &[String]) -> Vec<(usize, Range<usize>)> {
    let width = seen.len() + 1;
    let mut best = vec![0usize; (printed.len() + 1) * width];
    let mut runs = vec![0usize; printed.len() * width];
    for i in (0..printed.len()).rev() {
        for j in (0..width).rev() {
            let at = i * width + j;
            let skipped = best[at + width].max(if j + 1 < width { best[at + 1] } else { 0 });
            let taken =
                run(&printed[i], pieces(seen, j)).map(|count| (printed[i].len() + 1 + best[at + width + count], count));
            best[at] = skipped;
            if let Some((kept, count)) = taken.filter(|(kept, _)| *kept > skipped) {
                (best[at], runs[at]) = (kept, count + 1);
            }
        }
    }
    let mut found = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < printed.len() {
        let at = i * width + j;
        if runs[at] > 0 {
            found.push((i, j..j + runs[at] - 1));
            (i, j) = (i + 1, j + runs[at] - 1);
        } else if best[at] == best[at + width] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

/// Each printed line where it comes next, for files that are too long to weigh everything.
fn next_each(printed: &[String], seen: &[String]) -> Vec<(usize, Range<usize>)> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, text) in printed.iter().enumerate() {
        let near = from..seen.len().min(from + MOST_CHANGED);
        if let Some((start, count)) = near.into_iter().find_map(|start| Some((start, run(text, pieces(seen, start))?)))
        {
            found.push((at, start..start + count));
            from = start + count;
        }
    }
    found
}

/// What happened between two lines that stayed: lines that are alike became each other.
fn gap(printed: &[String], seen: &[String], from: Range<usize>, to: Range<usize>, steps: &mut Vec<Step>) {
    let is_short = from.len().max(to.len()) <= MOST_CHANGED;
    let mut next = to.start;
    for at in from {
        let alike = |j: &usize| is_short && likeness(&printed[at], &seen[*j]) >= ALIKE;
        let became = (next..to.end).find(alike);
        match became {
            Some(j) => {
                steps.extend((next..j).map(Step::Added));
                steps.push(Step::Changed(at, j));
                next = j + 1;
            }
            None => steps.push(Step::Gone(at)),
        }
    }
    steps.extend((next..to.end).map(Step::Added));
}

fn likeness(a: &str, b: &str) -> f32 {
    let start = |text: &str| text.chars().take(COMPARED).collect::<Vec<_>>();
    similarity(&start(a), &start(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(printed: &[&str], seen: &[&str], expect: &str) {
        let strings = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let steps = compare(&strings(printed), &strings(seen));
        let shown = steps.iter().map(|step| match step {
            Step::Same(i, range) => {
                format!("{i}={}", range.clone().map(|j| j.to_string()).collect::<Vec<_>>().join("+"))
            }
            Step::Changed(i, j) => format!("{i}~{j}"),
            Step::Gone(i) => format!("-{i}"),
            Step::Added(j) => format!("+{j}"),
        });
        assert_eq!(shown.collect::<Vec<_>>().join(" "), expect);
    }

    #[test]
    fn lines_are_found_as_they_were_broken_or_not() {
        check(&["甲", "乙丙", "丁"], &["甲", "乙丙", "丁"], "0=0 1=1 2=2");
        check(&["甲", "乙丙", "丁"], &["甲", "乙", "丙", "丁"], "0=0 1=1+2 2=3");
        check(&["甲", "", "丁"], &["甲", "丁"], "0=0 1= 2=1");
        check(&["甲", "乙"], &["首页", "甲", "广告", "乙", "版权"], "+0 0=1 +2 1=3 +4");
    }

    #[test]
    fn what_was_changed_is_told_from_what_was_added() {
        check(&["甲", "收到申请3件。", "丁"], &["甲", "收到申请5件。", "丁"], "0=0 1~1 2=2");
        check(&["甲", "收到申请3件。", "丁"], &["甲", "另有说明", "收到申请5件。", "丁"], "0=0 +1 1~2 2=3");
        check(&["甲", "收到申请3件。", "丁"], &["甲", "丁", "完"], "0=0 -1 2=1 +2");
        check(&["甲", "乙"], &[], "-0 -1");
        check(&[], &["甲"], "+0");
    }

    #[test]
    fn files_without_measure_are_walked_through_once() {
        let printed: Vec<_> = (0..5000).map(|at| format!("第{at}段")).collect();
        let seen: Vec<_> = (1..5000).map(|at| format!("第{at}段")).collect();
        let steps = compare(&printed, &seen);
        assert_eq!((steps.len(), &steps[0], &steps[4999]), (5000, &Step::Gone(0), &Step::Same(4999, 4998..4999)));
    }
}
