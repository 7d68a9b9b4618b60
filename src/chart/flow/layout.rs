//! Where the nodes and links of a Sankey diagram are.

use super::super::Flow;
use super::super::sheet::equal;

/// What a layout has to leave room for.
pub struct Room {
    /// Of each node's caption.
    pub heights: Vec<f64>,
    /// The captions stand above their nodes, not beside them.
    pub above: bool,
    /// How high the column of the greatest numbers may be, but for the gaps in it.
    pub most: f64,
    pub gap: f64,
    /// Where the first column is, and the last.
    pub first: f64,
    pub last: f64,
    /// How wide nodes are.
    pub node: f64,
}

#[derive(Clone, Debug, Default)]
pub struct LaidNode {
    pub x: f64,
    pub y: f64,
    pub height: f64,
    /// As much of the height as its number, what comes in and what goes out agree on; the rest is wrong.
    pub agreed: f64,
}

#[derive(Clone, Debug)]
pub struct LaidLink {
    pub link: usize,
    pub width: f64,
    /// Its upper edge: where it leaves, both sides of each column that it passes, where it arrives.
    pub points: Vec<(f64, f64)>,
}

#[derive(Debug)]
pub struct Laid {
    pub nodes: Vec<LaidNode>,
    /// Those that lead to the right.
    pub links: Vec<LaidLink>,
    pub height: f64,
    /// Pixels for each 1.
    #[cfg_attr(not(test), expect(dead_code))]
    pub factor: f64,
}

/// The nodes of each column that has any, in their order.
pub fn columns(flow: &Flow) -> Vec<Vec<usize>> {
    let mut columns: Vec<(usize, Vec<usize>)> = Vec::new();
    for (node, Node { column, .. }) in flow.nodes.iter().enumerate() {
        let at = columns.iter().position(|(known, _)| known >= column).unwrap_or(columns.len());
        if columns.get(at).is_none_or(|(known, _)| known != column) {
            columns.insert(at, (*column, Vec::new()));
        }
        columns[at].1.push(node);
    }
    columns.into_iter().map(|(_, nodes)| nodes).collect()
}

use super::super::Node;

/// A node, or a link that passes, in its column.
#[derive(Clone, Copy, PartialEq)]
enum Who {
    Node(usize),
    Passing(usize),
}

struct Slot {
    who: Who,
    /// With its caption.
    size: f64,
    /// From the top of the slot to the middle of what is drawn.
    middle: f64,
    /// What is drawn.
    height: f64,
    top: f64,
}

/// What a node has: the sums of its links, how high it is, and how much of that is agreed on; as numbers.
#[derive(Clone, Copy, Default)]
struct Sums {
    into: Option<f64>,
    out: Option<f64>,
    high: f64,
    low: f64,
}

impl Laid {
    pub fn new(flow: &Flow, columns: &[Vec<usize>], room: &Room) -> Laid {
        let column_of = |node: usize| columns.iter().position(|nodes| nodes.contains(&node)).unwrap_or(0);
        let links: Vec<(usize, usize, usize, f64)> = flow
            .links
            .iter()
            .enumerate()
            .filter(|(_, link)| link.from.max(link.to) < flow.nodes.len() && column_of(link.from) < column_of(link.to))
            .map(|(at, link)| (at, link.from, link.to, link.datum.length().max(0.0)))
            .collect();

        let mut sums = vec![Sums::default(); flow.nodes.len()];
        for (_, from, to, number) in &links {
            *sums[*from].out.get_or_insert(0.0) += number;
            *sums[*to].into.get_or_insert(0.0) += number;
        }
        for (sum, node) in sums.iter_mut().zip(&flow.nodes) {
            let number = node.datum.length().max(0.0);
            (sum.high, sum.low) = (number, number);
            // What differs only by rounding is the number.
            for links in [sum.into, sum.out].into_iter().flatten().filter(|links| !equal(*links, number)) {
                sum.high = sum.high.max(links);
                sum.low = sum.low.min(links);
            }
        }

        let passing =
            |column: usize, at: &(usize, usize, usize, f64)| column_of(at.1) < column && column < column_of(at.2);
        let totals = columns.iter().enumerate().map(|(column, nodes)| {
            let through: f64 = links.iter().filter(|link| passing(column, link)).map(|link| link.3).sum();
            nodes.iter().map(|node| sums[*node].high).sum::<f64>() + through
        });
        let most = totals.fold(0.0, f64::max);
        let factor = if most > 0.0 { room.most / most } else { 0.0 };

        let mut slots: Vec<Vec<Slot>> = Vec::new();
        for (column, nodes) in columns.iter().enumerate() {
            let mut own: Vec<Slot> = nodes.iter().map(|node| slot(*node, sums[*node].high * factor, room)).collect();
            // What passes goes below or above the nodes, whichever end it is bound for.
            for link in links.iter().filter(|link| passing(column, link)) {
                let height = link.3 * factor;
                let slot = Slot { who: Who::Passing(link.0), size: height, middle: height / 2.0, height, top: 0.0 };
                let bound = &columns[column_of(link.2)];
                let rank = bound.iter().position(|node| *node == link.2).unwrap_or(0);
                let at = if 2 * rank + 1 < bound.len() { 0 } else { own.len() };
                own.insert(at, slot);
            }
            slots.push(own);
        }
        let total = |column: &[Slot]| {
            column.iter().map(|slot| slot.size).sum::<f64>() + room.gap * column.len().saturating_sub(1) as f64
        };
        let height = slots.iter().map(|column| total(column)).fold(0.0, f64::max);
        for column in &mut slots {
            let mut top = (height - total(column)) / 2.0;
            for slot in column {
                slot.top = top;
                top += slot.size + room.gap;
            }
        }

        // Pieces of links from column to column, by what is at both ends of them.
        let pieces: Vec<(Who, Who, f64)> = links
            .iter()
            .flat_map(|(at, from, to, number)| {
                let gaps = column_of(*from)..column_of(*to);
                let (first, last) = (gaps.start, gaps.end);
                gaps.map(move |column| {
                    let before = if column == first { Who::Node(*from) } else { Who::Passing(*at) };
                    let after = if column + 1 == last { Who::Node(*to) } else { Who::Passing(*at) };
                    (before, after, *number)
                })
            })
            .collect();
        for _ in 0..4 {
            for column in 1..slots.len() {
                relax(&mut slots, column, column - 1, &pieces, height, room.gap);
            }
            for column in (1..slots.len()).rev() {
                relax(&mut slots, column - 1, column, &pieces, height, room.gap);
            }
        }

        let steps = columns.len().saturating_sub(1).max(1) as f64;
        let mut nodes = vec![LaidNode::default(); flow.nodes.len()];
        let x = |column: usize| room.first + (room.last - room.first) * column as f64 / steps;
        let mut passed: Vec<Vec<(f64, f64)>> = vec![Vec::new(); flow.links.len()];
        for (column, own) in slots.iter().enumerate() {
            for slot in own {
                let y = slot.top + slot.middle - slot.height / 2.0;
                match slot.who {
                    Who::Node(node) => {
                        let agreed = sums[node].low * factor;
                        nodes[node] = LaidNode { x: x(column), y, height: slot.height, agreed };
                    }
                    Who::Passing(link) => passed[link].extend([(x(column), y), (x(column) + room.node, y)]),
                }
            }
        }
        let links = connect(&links, &nodes, passed, factor, room.node);
        Laid { nodes, links, height, factor }
    }
}

fn slot(node: usize, height: f64, room: &Room) -> Slot {
    let caption = room.heights[node];
    let (size, middle) = if room.above {
        (caption + 3.0 + height, caption + 3.0 + height / 2.0)
    } else {
        (height.max(caption), height.max(caption) / 2.0)
    };
    Slot { who: Who::Node(node), size, middle, height, top: 0.0 }
}

/// Moves the slots of a column towards what they are linked to in another, keeping their order and the gaps.
fn relax(slots: &mut [Vec<Slot>], column: usize, other: usize, pieces: &[(Who, Who, f64)], height: f64, gap: f64) {
    let middle = |who: Who| slots[other].iter().find(|slot| slot.who == who).map(|slot| slot.top + slot.middle);
    let wishes: Vec<(f64, f64)> = slots[column]
        .iter()
        .map(|slot| {
            let (mut sum, mut weight) = (0.0, 0.0);
            for (before, after, number) in pieces {
                let partner = if *before == slot.who {
                    middle(*after)
                } else if *after == slot.who {
                    middle(*before)
                } else {
                    None
                };
                if let Some(partner) = partner {
                    sum += partner * number;
                    weight += number;
                }
            }
            if weight > 0.0 { (sum / weight - slot.middle, slot.height + 1.0) } else { (slot.top, 1.0) }
        })
        .collect();
    let sizes: Vec<f64> = slots[column].iter().map(|slot| slot.size).collect();
    for (slot, top) in slots[column].iter_mut().zip(settle(&wishes, &sizes, gap, height)) {
        slot.top = top;
    }
}

/// The tops nearest to those that are wished for, each with its weight, of things in this order that do not overlap.
pub fn settle(wishes: &[(f64, f64)], sizes: &[f64], gap: f64, height: f64) -> Vec<f64> {
    // Without what stands above, tops may only rise: those that fall are pooled at their mean.
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    let mut above = 0.0;
    for ((wish, weight), size) in wishes.iter().zip(sizes) {
        pools.push((wish - above, *weight, 1));
        above += size + gap;
        while let [.., (before, weight, count), (after, more, others)] = &mut pools[..] {
            if *before <= *after {
                break;
            }
            *before = (*before * *weight + *after * *more) / (*weight + *more);
            *weight += *more;
            *count += *others;
            pools.pop();
        }
    }
    let free = (height - (above - gap)).max(0.0);
    let mut tops = Vec::new();
    let mut above = 0.0;
    for (top, _, count) in pools {
        for _ in 0..count {
            tops.push(top.clamp(0.0, free) + above);
            above += sizes[tops.len() - 1] + gap;
        }
    }
    tops
}

/// Links leave and arrive one below the other, in the order of what is at their other ends.
fn connect(
    links: &[(usize, usize, usize, f64)],
    nodes: &[LaidNode],
    mut passed: Vec<Vec<(f64, f64)>>,
    factor: f64,
    width: f64,
) -> Vec<LaidLink> {
    // Above a link are those of the same node whose other end is higher; at one height, those that come first.
    let end = |link: usize, fallback: usize, first: bool| {
        let inner = if first { passed[link].first() } else { passed[link].last() };
        inner.map_or(nodes[fallback].y, |(_, y)| *y)
    };
    let above = |at: usize, leaving: bool| -> f64 {
        let (link, from, to, _) = links[at];
        let own = if leaving { end(link, to, true) } else { end(link, from, false) };
        let mut sum = 0.0;
        for (other_at, (other, other_from, other_to, number)) in links.iter().enumerate() {
            let same = if leaving { *other_from == from } else { *other_to == to };
            let far = if leaving { end(*other, *other_to, true) } else { end(*other, *other_from, false) };
            if same && (far < own || far == own && other_at < at) {
                sum += number * factor;
            }
        }
        sum
    };
    let ends: Vec<(f64, f64)> = (0..links.len()).map(|at| (above(at, true), above(at, false))).collect();
    links
        .iter()
        .zip(ends)
        .map(|((link, from, to, number), (leaves, arrives))| {
            let mut points = std::mem::take(&mut passed[*link]);
            points.insert(0, (nodes[*from].x + width, nodes[*from].y + leaves));
            points.push((nodes[*to].x, nodes[*to].y + arrives));
            LaidLink { link: *link, width: number * factor, points }
        })
        .collect()
}
