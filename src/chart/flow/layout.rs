//! Where the nodes and links of a Sankey diagram are.

use super::super::Flow;
use super::super::sheet::{equal, raise, settle};

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

/// A node, or a link where it passes a column.
#[derive(Clone, Debug, Default)]
pub struct Body {
    pub x: f64,
    pub y: f64,
    pub height: f64,
    /// As much of the height as its number, what comes in and what goes out agree on; the rest is wrong.
    pub agreed: f64,
    /// The room above it that its caption takes, and all the room that it has.
    above: f64,
    size: f64,
}

impl Body {
    fn middle(&self) -> f64 {
        self.y + self.height / 2.0
    }
}

#[derive(Debug)]
pub struct LaidLink {
    pub link: usize,
    pub width: f64,
    /// Its upper edge: where it leaves, both sides of each column that it passes, where it arrives.
    pub points: Vec<(f64, f64)>,
}

/// A link from one column to the next.
struct Piece {
    /// Its place among the links that are laid.
    link: usize,
    from: usize,
    to: usize,
    width: f64,
}

#[derive(Debug)]
pub struct Laid {
    /// The nodes in their order, and what passes.
    pub bodies: Vec<Body>,
    /// Those that lead to the right.
    pub links: Vec<LaidLink>,
    pub height: f64,
}

/// The nodes of each column that has any, in their order.
pub fn columns(flow: &Flow) -> Vec<Vec<usize>> {
    let mut columns: Vec<Vec<usize>> = Vec::new();
    for (node, own) in flow.nodes.iter().enumerate() {
        let of = |nodes: &[usize]| flow.nodes[nodes[0]].column;
        let at = columns.iter().position(|nodes| of(nodes) >= own.column).unwrap_or(columns.len());
        if at == columns.len() || of(&columns[at]) > own.column {
            columns.insert(at, Vec::new());
        }
        columns[at].push(node);
    }
    columns
}

impl Laid {
    pub fn new(flow: &Flow, mut columns: Vec<Vec<usize>>, room: &Room) -> Laid {
        let count = flow.nodes.len();
        let mut column_of = vec![0; count];
        for (column, nodes) in columns.iter().enumerate() {
            nodes.iter().for_each(|node| column_of[*node] = column);
        }

        // As numbers at first: what comes in, and what goes out, of which there may be none; and all of a column.
        let mut sums = vec![[None::<f64>; 2]; count];
        let mut totals = vec![0.0; columns.len()];
        let mut kept = Vec::new();
        for (at, link) in flow.links.iter().enumerate() {
            if link.from.max(link.to) < count && column_of[link.from] < column_of[link.to] {
                let number = link.datum.length().max(0.0);
                *sums[link.to][0].get_or_insert(0.0) += number;
                *sums[link.from][1].get_or_insert(0.0) += number;
                totals[column_of[link.from] + 1..column_of[link.to]].iter_mut().for_each(|total| *total += number);
                kept.push((at, number));
            }
        }
        let mut bodies = Vec::new();
        for (node, own) in flow.nodes.iter().enumerate() {
            let number = own.datum.length().max(0.0);
            let mut body = Body { height: number, agreed: number, ..Body::default() };
            for links in sums[node].into_iter().flatten() {
                // What differs only by rounding is the number.
                if !equal(links, number) {
                    body.height = body.height.max(links);
                    body.agreed = body.agreed.min(links);
                }
            }
            totals[column_of[node]] += body.height;
            bodies.push(body);
        }
        let mut most = 0.0;
        totals.iter().for_each(|total| raise(&mut most, *total));
        let factor = if most > 0.0 { room.most / most } else { 0.0 };
        for (body, caption) in bodies.iter_mut().zip(&room.heights) {
            body.height *= factor;
            body.agreed *= factor;
            (body.above, body.size) = if room.above {
                (caption + 3.0, caption + 3.0 + body.height)
            } else {
                let size = body.height.max(*caption);
                ((size - body.height) / 2.0, size)
            };
        }

        let mut pieces = Vec::new();
        for (place, (at, number)) in kept.iter().enumerate() {
            let link = &flow.links[*at];
            let (width, bound) = (number * factor, &columns[column_of[link.to]]);
            // What passes goes above the nodes or below, whichever end it is bound for.
            let rank = bound.iter().position(|node| *node == link.to).unwrap_or(0);
            let rises = 2 * rank + 1 < bound.iter().filter(|node| **node < count).count();
            let mut from = link.from;
            for own in &mut columns[column_of[link.from] + 1..column_of[link.to]] {
                let to = bodies.len();
                bodies.push(Body { height: width, size: width, ..Body::default() });
                let end = if rises { 0 } else { own.len() };
                own.insert(end, to);
                pieces.push(Piece { link: place, from, to, width });
                from = to;
            }
            pieces.push(Piece { link: place, from, to: link.to, width });
        }

        let mut height = 0.0;
        for (column, own) in columns.iter().enumerate() {
            let steps = columns.len().saturating_sub(1).max(1) as f64;
            let mut y = 0.0;
            for at in own {
                let body = &mut bodies[*at];
                body.x = room.first + (room.last - room.first) * column as f64 / steps;
                body.y = y + body.above;
                y += body.size + room.gap;
            }
            raise(&mut height, y - room.gap);
        }
        for round in 0..8 {
            for step in 1..columns.len() {
                // To the right and back again.
                let column = if round % 2 == 0 { step } else { columns.len() - 1 - step };
                relax(&mut bodies, &columns[column], &pieces, round % 2 == 0, (height, room.gap));
            }
        }
        let links = connect(&bodies, &kept, &pieces, room.node);
        Laid { bodies, links, height }
    }
}

/// Moves what is in a column towards what it is linked to at one side, keeping its order and the gaps.
fn relax(bodies: &mut [Body], column: &[usize], pieces: &[Piece], left: bool, (height, gap): (f64, f64)) {
    let mut wishes = Vec::new();
    let mut sizes = Vec::new();
    for at in column {
        let body = &bodies[*at];
        let (mut sum, mut weight) = (0.0, 0.0);
        for piece in pieces {
            let (own, other) = if left { (piece.to, piece.from) } else { (piece.from, piece.to) };
            if own == *at {
                sum += bodies[other].middle() * piece.width;
                weight += piece.width;
            }
        }
        let middle = if weight > 0.0 { sum / weight } else { body.middle() };
        wishes.push((middle - body.height / 2.0 - body.above, weight + 1.0));
        sizes.push(body.size);
    }
    for (at, top) in column.iter().zip(settle(&wishes, &sizes, gap, height)) {
        bodies[*at].y = top + bodies[*at].above;
    }
}

/// Links leave and arrive one below the other, in the order of what is at their other ends.
fn connect(bodies: &[Body], kept: &[(usize, f64)], pieces: &[Piece], node: f64) -> Vec<LaidLink> {
    let mut links = Vec::new();
    for (link, _) in kept {
        links.push(LaidLink { link: *link, width: 0.0, points: Vec::new() });
    }
    for piece in pieces {
        let (from, to) = (&bodies[piece.from], &bodies[piece.to]);
        let (mut leaves, mut arrives) = (from.y, to.y);
        for other in pieces {
            // Above this piece are those whose other end is higher; at one height, those that come first.
            if other.from == piece.from && (bodies[other.to].y, other.link) < (to.y, piece.link) {
                leaves += other.width;
            }
            if other.to == piece.to && (bodies[other.from].y, other.link) < (from.y, piece.link) {
                arrives += other.width;
            }
        }
        let link = &mut links[piece.link];
        link.width = piece.width;
        link.points.extend([(from.x + node, leaves), (to.x, arrives)]);
    }
    links
}

#[cfg(test)]
mod tests {
    use super::super::super::{Datum, Link, Node};
    use super::*;

    /// The columns of nodes and their numbers; from which to which links go, and theirs.
    type Nodes = Vec<(usize, f64)>;
    type Links = Vec<(usize, usize, f64)>;

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
        Laid::new(&flow, columns(&flow), &room)
    }

    /// What one city received in 2023 and carried in, what became of it, what was handled and carried out.
    fn city() -> (Nodes, Links) {
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
        for ((_, number), node) in nodes.iter().zip(&laid.bodies) {
            assert!((node.height - number * factor).abs() < 1e-9);
            assert!((node.agreed - node.height).abs() < 1e-9);
        }
        assert_eq!(laid.links.len(), links.len());
        for link in &laid.links {
            assert!((link.width - links[link.link].2 * factor).abs() < 1e-9);
        }
        for (at, node) in laid.bodies.iter().enumerate() {
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
        for (at, node) in laid.bodies.iter().enumerate() {
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
        let [_, middle, last] = &laid.bodies[..] else { panic!() };
        assert!((middle.height - 10.0 * factor).abs() < 1e-9 && (middle.agreed - 7.0 * factor).abs() < 1e-9);
        assert!((last.height - 8.0 * factor).abs() < 1e-9 && (last.agreed - 5.0 * factor).abs() < 1e-9);
    }

    #[test]
    fn what_passes_a_column_keeps_clear_of_its_nodes() {
        let (nodes, links) = city();
        let laid = laid(&nodes, &links);
        let passing = laid.links.iter().find(|link| link.points.len() > 2).unwrap();
        let (_, y) = passing.points[1];
        for node in &laid.bodies[5..nodes.len()] {
            assert!(y >= node.y + node.height || y + passing.width <= node.y);
        }
    }

    #[test]
    fn links_that_lead_nowhere_are_left_out() {
        let laid = laid(&[(0, 1.0), (1, 1.0)], &[(0, 1, 1.0), (1, 0, 1.0), (0, 0, 1.0), (0, 9, 1.0)]);
        assert_eq!(laid.links.len(), 1);
    }
}
