//! Decides about rows that no label names: one is accepted only where nothing else is possible,
//! between two named rows that have exactly as many printed rows between them as observed ones.

use std::ops::Range;

use super::align::{Alignment, Evidence};
use super::document::Kind;
use super::figures::{Figures, Placed, assign};
use super::headings::Heading;
use super::labels::Labels;
use super::observed::Observed;

/// How well a label must name a row that stands out of order.
const PLAIN: f32 = 0.95;

/// What became of a document's rows.
#[derive(Debug, Default)]
pub struct Settled {
    pub read: Vec<ReadRow>,
    /// Rows of which it is known what they are, but not which figure stands in which column.
    pub torn: Vec<TornRow>,
    /// Observed rows of which it is not known which of some printed rows they are.
    pub unread: Vec<(usize, Vec<usize>)>,
    /// Observed rows that the form has no place for.
    pub unplaced: Vec<usize>,
}

/// A printed row with the figures of its columns, and the observed row that they come from.
#[derive(Debug)]
pub struct ReadRow {
    pub printed: usize,
    pub observed: usize,
    pub placed: Vec<Placed>,
}

/// A printed row with all figures that stood there.
#[derive(Debug)]
pub struct TornRow {
    pub printed: usize,
    pub observed: usize,
    pub figures: Figures,
}

/// What all rows of a document are settled with.
pub struct Court<'a> {
    pub rows: &'a [Observed],
    pub labels: &'a Labels<'a>,
    pub headings: &'a [Heading],
    pub alignment: &'a Alignment,
}

/// An observed row whose printed rows are known: one, or all that another form prints as one.
#[derive(Clone, Debug)]
struct Anchor {
    observed: usize,
    printed: Range<usize>,
}

/// Observed rows between two anchors, and the printed rows between them.
#[derive(Debug)]
struct Gap {
    observed: Range<usize>,
    printed: Range<usize>,
    /// Whether both ends are known.
    closed: bool,
}

impl Court<'_> {
    /// Settles every observed row. `merged` are rows that another form prints as one and this one
    /// as several: they hold the place of these.
    pub fn settle(&self, merged: &[usize]) -> Settled {
        let mut settled = Settled::default();
        let mut done = vec![false; self.alignment.evidence.len()];
        let mut anchors = Vec::new();
        for pair in self.alignment.pairs.iter().filter(|pair| pair.sure) {
            done[pair.observed] = true;
            anchors.push(Anchor { observed: pair.observed, printed: pair.printed..pair.printed + 1 });
            self.take(pair.observed, pair.printed, &mut settled);
        }
        self.take_strays(&mut done, &mut settled);
        anchors.extend(merged.iter().filter_map(|at| self.merged_anchor(*at)));
        anchors.sort_by_key(|anchor| anchor.observed);
        for gap in self.gaps(&anchors) {
            let may_fill =
                |at: &usize| !done[*at] && !merged.contains(at) && self.evidence(*at).may_fill(&self.rows[*at]);
            let open: Vec<_> = gap.observed.clone().filter(may_fill).collect();
            open.iter().for_each(|at| done[*at] = true);
            let (elsewhere, open): (Vec<_>, Vec<_>) = open.into_iter().partition(|at| self.is_of_elsewhere(*at, &gap));
            settled.unread.extend(elsewhere.into_iter().map(|at| (at, Vec::new())));
            self.fill(&gap, &open, &mut settled);
        }
        settled.unplaced = (0..done.len()).filter(|at| !done[*at]).collect();
        settled.unread.sort_unstable();
        settled
    }

    fn evidence(&self, at: usize) -> &Evidence {
        &self.alignment.evidence[at]
    }

    /// Whether a row in a gap bears the plain label of a row that is not in it, as one does that stands there twice.
    fn is_of_elsewhere(&self, at: usize, gap: &Gap) -> bool {
        let named = &self.evidence(at).named;
        let is_plain = self.rows[at].attached && named.iter().any(|named| *named >= PLAIN);
        is_plain && gap.printed.clone().all(|printed| named[printed] == 0.0)
    }

    fn take(&self, observed: usize, printed: usize, settled: &mut Settled) {
        match assign(&self.rows[observed].figures, &self.labels.rows[printed]) {
            Some(placed) => settled.read.push(ReadRow { printed, observed, placed }),
            None => settled.torn.push(TornRow { printed, observed, figures: self.rows[observed].figures.clone() }),
        }
    }

    /// Rows out of order, as a torn page leaves them: taken where the label is plain and the place
    /// still free.
    fn take_strays(&self, done: &mut [bool], settled: &mut Settled) {
        let taken: Vec<_> = self.alignment.pairs.iter().filter(|pair| pair.sure).map(|pair| pair.printed).collect();
        let mut strays = Vec::new();
        for at in (0..done.len()).filter(|at| !done[*at]) {
            let row = &self.rows[at];
            let named = &self.evidence(at).named;
            let mut plain = (0..named.len()).filter(|printed| named[*printed] >= PLAIN);
            if let (true, Some(printed), None) = (row.attached && row.has_figures, plain.next(), plain.next()) {
                strays.push((at, printed));
            }
        }
        for (at, printed) in &strays {
            let free = !taken.contains(printed) && strays.iter().filter(|(_, other)| other == printed).count() == 1;
            if free && self.evidence(*at).section.is_none_or(|section| section == self.labels.rows[*printed].section) {
                done[*at] = true;
                self.take(*at, *printed, settled);
            }
        }
    }

    /// The printed rows of the group whose label a merged row bears.
    fn merged_anchor(&self, at: usize) -> Option<Anchor> {
        let in_group = &self.evidence(at).in_group;
        let first = in_group.iter().position(|hit| *hit)?;
        let count = in_group[first..].iter().take_while(|hit| **hit).count();
        Some(Anchor { observed: at, printed: first..first + count })
    }

    fn gaps(&self, anchors: &[Anchor]) -> Vec<Gap> {
        let count = self.alignment.evidence.len();
        let row_after = |line: usize| (0..count).find(|row| self.rows[*row].first_line >= line).unwrap_or(count);
        let mut gaps = Vec::new();
        for (index, section) in self.labels.sections.iter().enumerate().filter(|(_, section)| !section.rows.is_empty())
        {
            let here = |anchor: &&Anchor| section.rows.contains(&anchor.printed.start);
            let Some(at) = self.headings.iter().position(|heading| heading.section == index) else {
                let own: Vec<_> = anchors.iter().filter(here).collect();
                gaps.extend(own.windows(2).filter_map(|pair| gap_between(pair[0], pair[1])));
                continue;
            };
            let next = self.headings.get(at + 1).map(|heading| heading.line);
            let (first, end) = (row_after(self.headings[at].line), next.map_or(count, row_after));
            let mut last = Anchor { observed: first, printed: section.rows.start..section.rows.start };
            let mut from = first;
            for anchor in anchors.iter().filter(here).filter(|anchor| (first..end).contains(&anchor.observed)) {
                if anchor.printed.start >= last.printed.end {
                    gaps.push(Gap {
                        observed: from..anchor.observed,
                        printed: last.printed.end..anchor.printed.start,
                        closed: true,
                    });
                    last = anchor.clone();
                    from = anchor.observed + 1;
                }
            }
            gaps.push(Gap { observed: from..end, printed: last.printed.end..section.rows.end, closed: next.is_some() });
        }
        gaps
    }

    fn fill(&self, gap: &Gap, open: &[usize], settled: &mut Settled) {
        let pieces: Vec<_> =
            open.iter().flat_map(|at| self.pieces(*at, gap).into_iter().map(|piece| (*at, piece))).collect();
        let many = |printed: usize| self.labels.rows[printed].figures.len() > 1;
        // A lone number without a label may be a page number: it never fills a row.
        if gap.closed && !pieces.is_empty() && pieces.len() == gap.printed.len() && gap.printed.clone().all(many) {
            let rows = || gap.printed.clone().zip(&pieces);
            let assigned = rows().map(|(printed, (at, figures))| {
                Some(ReadRow { printed, observed: *at, placed: assign(figures, &self.labels.rows[printed])? })
            });
            match assigned.collect::<Option<Vec<_>>>() {
                Some(assigned) => settled.read.extend(assigned),
                // Where some do not come apart, none is sure by itself.
                None => settled.torn.extend(rows().map(|(printed, (at, figures))| TornRow {
                    printed,
                    observed: *at,
                    figures: figures.clone(),
                })),
            }
            return;
        }
        for at in open {
            settled.unread.push((*at, self.possible(*at, gap)));
        }
    }

    /// The printed rows that an unread row may be.
    fn possible(&self, at: usize, gap: &Gap) -> Vec<usize> {
        let evidence = self.evidence(at);
        let named: Vec<_> = gap
            .printed
            .clone()
            .filter(|printed| evidence.named[*printed] > 0.0 || evidence.in_group[*printed])
            .collect();
        if !named.is_empty() {
            return named;
        }
        if gap.closed {
            return gap.printed.clone().collect();
        }
        let pairs = self.alignment.pairs.iter();
        pairs
            .filter(|pair| pair.observed == at && gap.printed.contains(&pair.printed))
            .map(|pair| pair.printed)
            .collect()
    }

    /// A run of figures written downwards may be several rows whose labels were lost.
    fn pieces(&self, at: usize, gap: &Gap) -> Vec<Figures> {
        let figures = &self.rows[at].figures;
        let columns = gap.printed.clone().next().map_or(0, |printed| self.labels.rows[printed].figures.len());
        let alike = gap.printed.clone().all(|printed| self.labels.rows[printed].figures.len() == columns);
        let cells = &figures.cells;
        if figures.kind != Kind::Paragraph
            || !alike
            || columns < 2
            || cells.len() <= columns
            || !cells.len().is_multiple_of(columns)
        {
            return vec![figures.clone()];
        }
        let piece = |(cells, lines): (&[_], &[usize])| Figures {
            kind: Kind::Paragraph,
            whole: Vec::new(),
            cells: cells.to_vec(),
            lines: lines.to_vec(),
        };
        cells.chunks(columns).zip(figures.lines.chunks(columns)).map(piece).collect()
    }
}

impl Evidence {
    /// Whether a row may stand in a gap: it holds figures and bears no strange label.
    fn may_fill(&self, row: &Observed) -> bool {
        row.has_figures && !self.foreign
    }
}

/// Between two named rows of one section whose heading was lost.
fn gap_between(before: &Anchor, after: &Anchor) -> Option<Gap> {
    let in_order = before.printed.end <= after.printed.start;
    in_order.then(|| Gap {
        observed: before.observed + 1..after.observed,
        printed: before.printed.end..after.printed.start,
        closed: true,
    })
}
