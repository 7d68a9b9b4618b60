//! Places on a page. Everything is in points, from the top left corner of the page as it is seen.

/// From one system of coordinates to another: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matrix(pub [f32; 6]);

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

/// An upright box; `top` is above `bottom`, so smaller.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Matrix {
    pub const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub fn shift(x: f32, y: f32) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// The matrix that does this one first, then the other.
    pub fn then(self, other: Matrix) -> Matrix {
        let [a, b, c, d, e, f] = self.0;
        let [p, q, r, s, t, u] = other.0;
        Matrix([a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u])
    }

    pub fn apply(self, x: f32, y: f32) -> Point {
        let [a, b, c, d, e, f] = self.0;
        Point { x: a * x + c * y + e, y: b * x + d * y + f }
    }

    /// Where a direction points, and how long it becomes.
    pub fn turn(self, x: f32, y: f32) -> Point {
        let [a, b, c, d, ..] = self.0;
        Point { x: a * x + c * y, y: b * x + d * y }
    }
}

impl Point {
    pub fn length(self) -> f32 {
        self.x.hypot(self.y)
    }

    /// Whether it is a place that a page can have.
    pub fn is_sane(self) -> bool {
        self.x.abs() < 1e5 && self.y.abs() < 1e5
    }
}

impl Area {
    pub const EVERYWHERE: Area = Area { left: f32::MIN, top: f32::MIN, right: f32::MAX, bottom: f32::MAX };

    pub fn around(points: impl IntoIterator<Item = Point>) -> Area {
        let mut area = Area { left: f32::MAX, top: f32::MAX, right: f32::MIN, bottom: f32::MIN };
        for point in points {
            area.left = area.left.min(point.x);
            area.top = area.top.min(point.y);
            area.right = area.right.max(point.x);
            area.bottom = area.bottom.max(point.y);
        }
        area
    }

    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }

    pub fn holds(&self, point: Point) -> bool {
        (self.left..=self.right).contains(&point.x) && (self.top..=self.bottom).contains(&point.y)
    }

    /// What both share; where they share nothing, its sides are in the wrong order.
    pub fn within(self, other: Area) -> Area {
        Area {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    /// The area around both.
    pub fn with(self, other: Area) -> Area {
        Area {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// A quarter turn, as often as a text is turned clockwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    #[default]
    Upright,
    Right,
    Over,
    Left,
}

impl Turn {
    pub const ALL: [Turn; 4] = [Turn::Upright, Turn::Right, Turn::Over, Turn::Left];

    /// The turn of a text that runs in this direction; `None` for one that runs aslant, as watermarks do.
    pub fn of(direction: Point) -> Option<Turn> {
        let Point { x, y } = direction;
        let little = x.abs().max(y.abs()) * 0.1;
        match () {
            _ if x > 0.0 && y.abs() <= little => Some(Turn::Upright),
            _ if y > 0.0 && x.abs() <= little => Some(Turn::Right),
            _ if x < 0.0 && y.abs() <= little => Some(Turn::Over),
            _ if y < 0.0 && x.abs() <= little => Some(Turn::Left),
            _ => None,
        }
    }

    /// Turns a place back, so that the text stands upright.
    pub fn undo(self, Point { x, y }: Point) -> Point {
        match self {
            Turn::Upright => Point { x, y },
            Turn::Right => Point { x: y, y: -x },
            Turn::Over => Point { x: -x, y: -y },
            Turn::Left => Point { x: -y, y: x },
        }
    }

    /// What is left of a turn once another one is undone.
    pub fn less(self, other: Turn) -> Turn {
        let place = |turn| Turn::ALL.iter().position(|known| *known == turn).unwrap_or(0);
        Turn::ALL[(place(self) + 4 - place(other)) % 4]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matrices_follow_each_other() {
        let moved = Matrix::shift(2.0, 3.0).then(Matrix([2.0, 0.0, 0.0, -1.0, 0.0, 10.0]));
        assert_eq!(moved.apply(1.0, 1.0), Point { x: 6.0, y: 6.0 });
    }

    #[test]
    fn a_turn_is_undone() {
        let right = Point { x: 1.0, y: 0.0 };
        for (direction, turn) in [
            ((1.0, 0.0), Turn::Upright),
            ((0.0, 1.0), Turn::Right),
            ((-1.0, 0.05), Turn::Over),
            ((0.0, -1.0), Turn::Left),
        ] {
            let direction = Point { x: direction.0, y: direction.1 };
            assert_eq!(Turn::of(direction), Some(turn));
            let upright = turn.undo(direction);
            assert!((upright.x - right.x).abs() < 0.1 && (upright.y - right.y).abs() < 0.1, "{turn:?}");
        }
        assert_eq!(Turn::of(Point { x: 1.0, y: 1.0 }), None);
        assert_eq!(Turn::Left.less(Turn::Right), Turn::Over);
    }
}
