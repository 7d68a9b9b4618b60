//! What a key does in a table that is filled in: as spreadsheets have it, so that nobody has to learn it.

use crate::grid::Direction;

/// A key with what is held down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stroke<'a> {
    pub key: &'a str,
    pub shift: bool,
    /// Control, or Command on a Mac.
    pub command: bool,
    pub alt: bool,
}

/// What is going on in the cell that has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The cell is chosen: what is typed replaces what it holds.
    Ready,
    /// Something was typed: an arrow ends it and moves on.
    Typing,
    /// The caret moves within the cell.
    Editing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// One cell on.
    Move(Direction),
    /// To the end of the row or of the table.
    Edge(Direction),
    /// The selection grows by a row or column.
    Extend(Direction),
    /// The selection grows to the end.
    ExtendToEdge(Direction),
    First,
    Last,
    /// The cell behind, row by row; out of the table at its end.
    Next,
    Previous,
    /// Down, below the cell from which one went along the row.
    Down,
    Up,
    /// What was typed goes into every selected cell.
    FillSelection,
    /// What was inferred is confirmed.
    Confirm,
    Edit,
    /// What stood there before the typing is there again.
    Restore,
    /// Out of the table, or back to the finding that one came from.
    Leave,
    Clear,
    SelectAll,
    SelectRow,
    SelectColumn,
    ToFinding,
}

/// What a key does; `None` where it is the browser's: it types, it moves the caret.
pub fn command(stroke: Stroke, state: State) -> Option<Command> {
    use Direction::{Down, Left, Right, Up};
    let Stroke { key, shift, command, alt } = stroke;
    if alt {
        return None;
    }
    let direction = match key {
        "ArrowUp" => Some(Up),
        "ArrowDown" => Some(Down),
        "ArrowLeft" => Some(Left),
        "ArrowRight" => Some(Right),
        _ => None,
    };
    let editing = state == State::Editing;
    match (key, direction) {
        ("Tab", _) if !command => Some(if shift { Command::Previous } else { Command::Next }),
        ("Enter", _) if command && state == State::Ready => Some(Command::Confirm),
        ("Enter", _) if command => Some(Command::FillSelection),
        ("Enter", _) => Some(if shift { Command::Up } else { Command::Down }),
        ("Escape", _) => Some(if state == State::Ready { Command::Leave } else { Command::Restore }),
        ("F2", _) if shift => Some(Command::ToFinding),
        ("F2", _) => Some(Command::Edit),
        _ if editing => None,
        (_, Some(direction)) => Some(match (command, shift) {
            (false, false) => Command::Move(direction),
            (true, false) => Command::Edge(direction),
            (false, true) => Command::Extend(direction),
            (true, true) => Command::ExtendToEdge(direction),
        }),
        ("Home", _) if command => Some(Command::First),
        ("End", _) if command => Some(Command::Last),
        ("Home", _) => Some(if shift { Command::ExtendToEdge(Left) } else { Command::Edge(Left) }),
        ("End", _) => Some(if shift { Command::ExtendToEdge(Right) } else { Command::Edge(Right) }),
        ("Delete", _) if state == State::Ready => Some(Command::Clear),
        (" ", _) if shift => Some(Command::SelectRow),
        (" ", _) if command => Some(Command::SelectColumn),
        ("a" | "A", _) if command && state == State::Ready => Some(Command::SelectAll),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use State::{Editing, Ready, Typing};

    /// A key as people write it: `Ctrl+Shift+ArrowUp`.
    fn press(keys: &str, state: State) -> Option<Command> {
        let mut stroke = Stroke::default();
        for part in keys.split('+') {
            match part {
                "Shift" => stroke.shift = true,
                "Ctrl" => stroke.command = true,
                "Alt" => stroke.alt = true,
                key => stroke.key = key,
            }
        }
        command(stroke, state)
    }

    #[test]
    fn keys_do_what_they_do_in_a_spreadsheet() {
        assert_eq!(press("ArrowRight", Ready), Some(Command::Move(Direction::Right)));
        assert_eq!(press("ArrowRight", Typing), Some(Command::Move(Direction::Right)));
        assert_eq!(press("ArrowRight", Editing), None);
        assert_eq!(press("Ctrl+Shift+ArrowDown", Ready), Some(Command::ExtendToEdge(Direction::Down)));
        assert_eq!(press("Shift+Enter", Editing), Some(Command::Up));
        assert_eq!(press("Shift+Tab", Typing), Some(Command::Previous));
        assert_eq!(press("Home", Ready), Some(Command::Edge(Direction::Left)));
        assert_eq!(press("Home", Editing), None);
        assert_eq!(press("Ctrl+a", Editing), None);
        assert_eq!(press("Ctrl+a", Ready), Some(Command::SelectAll));
        assert_eq!(press("Delete", Ready), Some(Command::Clear));
        assert_eq!(press("Delete", Typing), None);
        assert_eq!(press("F2", Typing), Some(Command::Edit));
        assert_eq!(press("Ctrl+Enter", Ready), Some(Command::Confirm));
        assert_eq!(press("Ctrl+Enter", Typing), Some(Command::FillSelection));
    }

    #[test]
    fn the_way_out_comes_after_the_way_back() {
        assert_eq!(press("Escape", Typing), Some(Command::Restore));
        assert_eq!(press("Escape", Editing), Some(Command::Restore));
        assert_eq!(press("Escape", Ready), Some(Command::Leave));
    }

    #[test]
    fn what_types_is_the_browser_s() {
        for key in ["1", "Backspace", "Ctrl+c", "Ctrl+z", "Alt+ArrowDown", "Process", " "] {
            assert_eq!(press(key, Ready), None, "{key}");
        }
    }
}
