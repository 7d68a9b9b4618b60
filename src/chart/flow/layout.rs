//! Where the nodes and links of a Sankey diagram are.

use super::super::sheet::{equal, settle};
use super::super::{Flow, Node};

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
        Laid { nodes, links, height }
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

#[cfg(test)]
mod tests {
    use super::super::super::{Datum, Link};
    use super::*;

    fn laid(nodes: &[(usize, f64)], links: &[(usize, usize, f64)]) -> Laid {
        let datum = |number: f64| Datum { number, ..Datum::default() };
        let flow = Flow {
            nodes: nodes.iter().map(|(column, number)| Node { datum: datum(*number), column: *column }).collect(),
            links: links
                .iter()
                .map(|(from, to, number)| Link { from: *from, to: *to, datum: datum(*number) })
                .collect(),
        };
        let heights = vec![18.0; nodes.len()];
        let room = Room { heights, above: false, most: 300.0, gap: 10.0, first: 0.0, last: 500.0, node: 12.0 };
        Laid::new(&flow, &columns(&flow), &room)
    }

    /// What one city received in 2023 and carried in, what became of it, what was handled and carried out.
    fn city() -> (Vec<(usize, f64)>, Vec<(usize, usize, f64)>) {
        let outcomes = [1191.0, 328.0, 142.0, 1078.0, 406.0, 341.0];
        let mut nodes = vec![(0, 3511.0), (0, 96.0), (1, 3607.0), (3, 3486.0), (3, 121.0)];
        let mut links = vec![(0, 2, 3511.0), (1, 2, 96.0)];
        for (at, number) in outcomes.into_iter().enumerate() {
            nodes.push((2, number));
            links.extend([(2, at + 5, number), (at + 5, 3, number)]);
        }
        links.push((2, 4, 121.0));
        (nodes, links)
    }

    #[test]
    fn every_height_is_its_number_times_one_factor() {
        let (nodes, links) = city();
        let laid = laid(&nodes, &links);
        let factor = 300.0 / 3607.0;
        for ((_, number), node) in nodes.iter().zip(&laid.nodes) {
            assert!((node.height - number * factor).abs() < 1e-9);
            assert!((node.agreed - node.height).abs() < 1e-9);
        }
        assert_eq!(laid.links.len(), links.len());
        for link in &laid.links {
            assert!((link.width - links[link.link].2 * factor).abs() < 1e-9);
        }
        for (at, node) in laid.nodes.iter().enumerate() {
            for leaving in [true, false] {
                let side = |link: &&LaidLink| if leaving { links[link.link].0 == at } else { links[link.link].1 == at };
                let widths: Vec<f64> = laid.links.iter().filter(side).map(|link| link.width).collect();
                let sum: f64 = widths.iter().sum();
                assert!(widths.is_empty() || (sum - node.height).abs() < 1e-9, "node {at}");
            }
        }
    }

    #[test]
    fn links_cover_their_nodes_without_a_gap() {
        let (nodes, links) = city();
        let laid = laid(&nodes, &links);
        for (at, node) in laid.nodes.iter().enumerate() {
            let mut edges: Vec<(f64, f64)> = laid
                .links
                .iter()
                .filter(|link| links[link.link].0 == at)
                .map(|link| (link.points[0].1, link.points[0].1 + link.width))
                .collect();
            edges.sort_by(|one, other| one.0.total_cmp(&other.0));
            let mut y = node.y;
            for (top, bottom) in edges {
                assert!((top - y).abs() < 1e-9);
                y = bottom;
            }
        }
    }

    #[test]
    fn what_does_not_add_up_is_told_apart() {
        // A node of 10 that 7 come into and 8 go out of, and one of 5 that 8 come into.
        let laid = laid(&[(0, 7.0), (1, 10.0), (2, 5.0)], &[(0, 1, 7.0), (1, 2, 8.0)]);
        let factor = 300.0 / 10.0;
        let [_, middle, last] = &laid.nodes[..] else { panic!() };
        assert!((middle.height - 10.0 * factor).abs() < 1e-9 && (middle.agreed - 7.0 * factor).abs() < 1e-9);
        assert!((last.height - 8.0 * factor).abs() < 1e-9 && (last.agreed - 5.0 * factor).abs() < 1e-9);
    }

    #[test]
    fn what_passes_a_column_keeps_clear_of_its_nodes() {
        let (nodes, links) = city();
        let laid = laid(&nodes, &links);
        let passing = laid.links.iter().find(|link| link.points.len() > 2).unwrap();
        let (_, y) = passing.points[1];
        for node in &laid.nodes[5..] {
            assert!(y >= node.y + node.height || y + passing.width <= node.y);
        }
    }

    #[test]
    fn links_that_lead_nowhere_are_left_out() {
        let laid = laid(&[(0, 1.0), (1, 1.0)], &[(0, 1, 1.0), (1, 0, 1.0), (0, 0, 1.0), (0, 9, 1.0)]);
        assert_eq!(laid.links.len(), 1);
    }
}
