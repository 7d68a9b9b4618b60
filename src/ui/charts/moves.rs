//! Where the arrow keys lead, among marks in lines and among figures in rows.

/// From one of some places, each a line and a place in it, by a key to another; `None` where the key leads nowhere.
/// They stand in the order in which they are read.
pub fn follow(places: &[(usize, usize)], at: usize, key: &str) -> Option<usize> {
    let &(line, place) = places.get(at)?;
    let within = |line: usize| places.iter().enumerate().filter(move |(_, other)| other.0 == line);
    let last = places.len() - 1;
    match key {
        // Behind the end of a line the next begins.
        "ArrowRight" => {
            let next = within(line).filter(|(_, other)| other.1 > place).min_by_key(|(_, other)| other.1);
            next.map(|(at, _)| at).or_else(|| (at < last).then_some(at + 1))
        }
        "ArrowLeft" => {
            let next = within(line).filter(|(_, other)| other.1 < place).max_by_key(|(_, other)| other.1);
            next.map(|(at, _)| at).or_else(|| at.checked_sub(1))
        }
        "ArrowDown" | "ArrowUp" => {
            let lines = places.iter().map(|place| place.0);
            let to = match key {
                "ArrowDown" => lines.filter(|other| *other > line).min(),
                _ => lines.filter(|other| *other < line).max(),
            };
            within(to?).min_by_key(|(_, other)| other.1.abs_diff(place)).map(|(at, _)| at)
        }
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_move_within_a_line_and_between_lines() {
        let places = [(0, 0), (0, 1), (0, 2), (2, 0), (2, 3)];
        let go = |at, key| follow(&places, at, key);
        assert_eq!([go(0, "ArrowRight"), go(1, "ArrowLeft")], [Some(1), Some(0)]);
        assert_eq!([go(2, "ArrowRight"), go(4, "ArrowRight")], [Some(3), None]);
        assert_eq!([go(3, "ArrowLeft"), go(0, "ArrowLeft")], [Some(2), None]);
        assert_eq!([go(2, "ArrowDown"), go(4, "ArrowUp")], [Some(4), Some(2)]);
        assert_eq!([go(3, "ArrowDown"), go(1, "ArrowUp")], [None, None]);
        assert_eq!([go(3, "Home"), go(0, "End")], [Some(0), Some(4)]);
        assert_eq!([go(0, "Tab"), follow(&[], 0, "End")], [None, None]);
    }
}
