//! Lays the observed rows over the rows that a form prints: which fits which, in order, so that all
//! together fit best.

use std::collections::HashSet;

use super::figures::{Apart, is_figure};
use super::fold::{Folder, without_parentheses};
use super::headings::Heading;
use super::labels::{Heads, Labels};
use super::observed::Observed;
use super::similar::{Compared, share_within};

/// The rows that are looked at; no report has a tenth of it.
const MOST_ROWS: usize = 4000;
/// How alike a label must be to name a row.
pub const NAMED: f32 = 0.6;
/// How many pieces a torn label may have.
const PIECES: usize = 7;

/// What the labels of an observed row say.
#[derive(Debug, Default)]
pub struct Evidence {
    /// For each printed row how well it is named.
    pub named: Vec<f32>,
    /// Printed rows under a merged head that is named.
    pub in_group: Vec<bool>,
    /// Whether the row carries a label that the form does not have.
    pub foreign: bool,
    /// Tables of which heads stand right before the row.
    pub heads: HashSet<usize>,
    /// The section that it stands in, where a heading told.
    pub section: Option<usize>,
}

/// An observed row laid over a printed one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    pub observed: usize,
    pub printed: usize,
    /// Whether label or shape leave no doubt.
    pub sure: bool,
}

pub struct Alignment {
    pub pairs: Vec<Pair>,
    pub evidence: Vec<Evidence>,
    pub score: f32,
}

/// Aligns observed and printed rows.
pub fn align(rows: &[Observed], labels: &Labels, headings: &[Heading], folder: &Folder) -> Alignment {
    let rows = &rows[..rows.len().min(MOST_ROWS)];
    let evidence: Vec<_> = rows.iter().map(|row| evidence(row, labels, headings, folder)).collect();
    let columns = labels.rows.len();
    let shapes = shapes(labels);
    let fits: Vec<_> = rows.iter().map(|row| fits(row, labels, &shapes)).collect();
    let score = |i: usize, s: usize| score(&rows[i], &evidence[i], labels, s, fits[i][shapes[s]]);
    let width = columns + 1;
    let mut best = vec![0.0f32; (rows.len() + 1) * width];
    let mut paired = vec![f32::NEG_INFINITY; (rows.len() + 1) * width];
    for i in 0..rows.len() {
        for s in 0..columns {
            let at = (i + 1) * width + s + 1;
            if let Some(score) = score(i, s) {
                let follows = paired[i * width + s] + 0.5;
                paired[at] = score + best[i * width + s].max(follows);
            }
            best[at] = best[at - 1].max(best[i * width + s + 1]).max(paired[at]);
        }
    }
    let pairs = trace(&best, &paired, rows.len(), columns, |i, s| is_sure(&rows[i], &evidence[i], labels, s));
    let score = best.last().copied().unwrap_or(0.0);
    Alignment { pairs, evidence, score }
}

fn trace(best: &[f32], paired: &[f32], rows: usize, columns: usize, sure: impl Fn(usize, usize) -> bool) -> Vec<Pair> {
    let width = columns + 1;
    let (mut i, mut s) = (rows, columns);
    let mut pairs = Vec::new();
    let mut follow = false;
    while i > 0 && s > 0 {
        let at = i * width + s;
        if follow || (paired[at] == best[at] && best[at] > best[at - 1] && best[at] > best[at - width]) {
            pairs.push(Pair { observed: i - 1, printed: s - 1, sure: sure(i - 1, s - 1) });
            let before = at - width - 1;
            follow = paired[before] + 0.5 > best[before];
            (i, s) = (i - 1, s - 1);
        } else if best[at] == best[at - width] {
            i -= 1;
        } else {
            s -= 1;
        }
    }
    pairs.reverse();
    pairs
}

/// For each printed row the first one of the same shape: what fits the one fits the other.
fn shapes(labels: &Labels) -> Vec<usize> {
    let shape = |at: usize| {
        let row = &labels.rows[at];
        (row.width, row.figures.iter().map(|figure| (figure.column, figure.span)).collect::<Vec<_>>())
    };
    (0..labels.rows.len()).map(|at| (0..=at).find(|first| shape(*first) == shape(at)).unwrap_or(at)).collect()
}

/// Whether the figures of a row can be told apart in each shape.
fn fits(row: &Observed, labels: &Labels, shapes: &[usize]) -> Vec<bool> {
    let apart = Apart::new(&row.figures);
    let fit = |(at, first): (usize, &usize)| at == *first && apart.assign(&labels.rows[at]).is_some();
    shapes.iter().enumerate().map(fit).collect()
}

/// How well an observed row fits a printed one; `None` where it cannot be it.
fn score(row: &Observed, evidence: &Evidence, labels: &Labels, printed: usize, fits: bool) -> Option<f32> {
    let slot = &labels.rows[printed];
    let named = evidence.named[printed];
    if evidence.foreign || (!row.has_figures && named < 0.9) {
        return None;
    }
    let place = match evidence.section {
        Some(section) if section == slot.section => 1.0,
        Some(_) => -3.0,
        None => 0.0,
    };
    if named >= NAMED {
        let weight = if row.attached { 10.0 } else { 4.0 };
        return (fits || row.attached).then(|| weight * named + if fits { 1.0 } else { -4.0 } + place);
    }
    let is_many = slot.figures.len() >= 2;
    if !fits || !is_many || place < 0.0 || !row.has_figures {
        return None;
    }
    let shape = if slot.wordings.is_empty() && has_shape(row, evidence, labels, printed) { 8.0 } else { 0.6 };
    let group = if evidence.in_group.iter().any(|hit| *hit) {
        if evidence.in_group[printed] { 1.0 } else { -0.4 }
    } else {
        0.0
    };
    Some(shape + group + place)
}

/// A row without labels of its own is known by its many figures and by where it stands.
fn has_shape(row: &Observed, evidence: &Evidence, labels: &Labels, printed: usize) -> bool {
    let slot = &labels.rows[printed];
    let columns = slot.figures.len();
    let alone = labels.rows.iter().filter(|other| other.figures.len() == columns).count() == 1;
    let cells = row.figures.cells.iter().filter(|cell| is_figure(&cell.text)).count();
    let told = evidence.section == Some(slot.section) || evidence.heads.contains(&slot.table);
    let exact = evidence.section.is_none() && !row.attached && cells == columns && row.figures.cells.len() == columns;
    columns >= 8 && alone && (told && cells * 2 >= columns.min(row.figures.cells.len()) || exact)
}

fn is_sure(row: &Observed, evidence: &Evidence, labels: &Labels, printed: usize) -> bool {
    let named = evidence.named[printed];
    let slot = &labels.rows[printed];
    (row.attached && named >= NAMED)
        || (!row.attached && named >= 0.95)
        || (slot.wordings.is_empty() && has_shape(row, evidence, labels, printed))
}

fn evidence(row: &Observed, labels: &Labels, headings: &[Heading], folder: &Folder) -> Evidence {
    let mut evidence = Evidence {
        named: vec![0.0; labels.rows.len()],
        in_group: vec![false; labels.rows.len()],
        section: section_of(row, labels, headings),
        ..Evidence::default()
    };
    let mut known = 0.0f32;
    let mut texts = Vec::new();
    for text in windows(row).iter().flat_map(|window| wordings(window, folder)) {
        known = known.max(weigh(&text, labels, &mut evidence));
        texts.push(text);
        // Nothing longer fits better than the label itself.
        if evidence.named.contains(&1.0) {
            break;
        }
    }
    let top = evidence.named.iter().copied().fold(0.0, f32::max);
    // Only the best names count: 上年结转… is like 本年新收… too.
    evidence.named.iter_mut().filter(|named| **named < top - 0.08).for_each(|named| *named = 0.0);
    let own: usize = row.own.iter().map(|text| folder.fold(text).len()).sum();
    evidence.foreign = row.attached && own >= 2 && known < 0.5 && !texts.iter().any(|text| is_damaged(text, labels));
    if top < NAMED {
        evidence.heads = heads_before(row, labels, folder);
    }
    evidence
}

/// The section that the last heading above told. One that has no table tells nothing: some pages
/// put the tables behind the text.
fn section_of(row: &Observed, labels: &Labels, headings: &[Heading]) -> Option<usize> {
    let above = headings.iter().rev().find(|heading| heading.line <= row.first_line)?;
    (!labels.sections[above.section].rows.is_empty()).then_some(above.section)
}

/// Weighs what one wording of a label says; returns how well it fits any label of the form.
fn weigh(text: &[char], labels: &Labels, evidence: &mut Evidence) -> f32 {
    let text = Compared::new(text);
    let (mut any, mut other) = (0.0f32, 0.0f32);
    let mut names = vec![0.0f32; labels.rows.len()];
    for label in &labels.labels {
        let fit = text.similarity(&label.text);
        any = any.max(fit);
        match &label.heads {
            Heads::Row(row) => names[*row] = names[*row].max(fit),
            heads => {
                other = other.max(fit);
                if let (Heads::Group(rows), true) = (heads, label.text.len() >= 2 && fit >= 0.8) {
                    evidence.in_group[rows.clone()].fill(true);
                }
            }
        }
    }
    for (name, row) in names.iter_mut().zip(&labels.rows) {
        // The full wording is a label of the form.
        for wording in row.wordings.iter().skip(1) {
            *name = name.max(text.similarity(wording) * 0.98);
        }
    }
    let best = names.iter().copied().fold(0.0, f32::max);
    // What is a column head or a heading rather than a row names no row.
    if best >= other {
        for (named, fit) in evidence.named.iter_mut().zip(names) {
            *named = named.max(if fit >= NAMED { fit } else { 0.0 });
        }
    }
    any.max(best)
}

/// Most of a label's characters in its order: damaged beyond naming, but not strange.
fn is_damaged(text: &[char], labels: &Labels) -> bool {
    text.len() >= 4 && labels.labels.iter().any(|label| share_within(text, &label.text) >= 0.75)
}

/// The last pieces of the labels, from one to several joined.
fn windows(row: &Observed) -> Vec<String> {
    let placed = matches!(row.figures.kind, super::document::Kind::Row { .. });
    let pieces: Vec<_> = match placed && row.attached {
        true => row.own.iter().collect(),
        false => row.before.iter().chain(&row.own).collect(),
    };
    let count = pieces.len().min(PIECES);
    let join = |n: usize| pieces[pieces.len() - n..].iter().map(|text| text.as_str()).collect::<Vec<_>>().join(" ");
    (1..=count).map(join).take_while(|window| window.len() <= 400).collect()
}

fn wordings(window: &str, folder: &Folder) -> Vec<Vec<char>> {
    let mut wordings = vec![folder.fold(window)];
    let bare = without_parentheses(window);
    if bare != window {
        let bare = folder.fold(&bare);
        if bare.len() >= 2 && !wordings.contains(&bare) {
            wordings.push(bare);
        }
    }
    wordings.retain(|text| !text.is_empty());
    wordings
}

/// Tables of which at least two heads stand, exactly, right before the row.
fn heads_before(row: &Observed, labels: &Labels, folder: &Folder) -> HashSet<usize> {
    let texts = row.before.iter().chain(&row.own).rev().take(30).map(|text| folder.fold(text));
    // There are few of them, and most differ in length from a label.
    let texts: Vec<_> = texts.collect();
    let mut counts = std::collections::BTreeMap::new();
    for label in &labels.labels {
        if let (Heads::Table(table), true) = (&label.heads, texts.contains(&label.text)) {
            *counts.entry(*table).or_insert(0) += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count >= 2).map(|(table, _)| table).collect()
}
