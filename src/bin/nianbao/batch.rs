//! Many pieces of work on all cores, their results in order.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Builder, Scope};

/// How far a thread may run ahead of the piece whose turn it is. A slow piece then keeps the others
/// waiting, not their results piling up.
const AHEAD: usize = 16;

/// Does pieces 0 to `count` on so many threads, and hands each result on when its turn has come.
pub fn in_order<T: Send>(
    count: usize,
    threads: usize,
    work: impl Fn(usize) -> T + Sync,
    mut hand_on: impl FnMut(usize, T),
) {
    let line = Line::new(count, threads.saturating_mul(AHEAD));
    let started = thread::scope(|scope| {
        let started = (1..=threads.min(count)).filter(|_| threads > 1 && line.start(scope, &work)).count();
        let _end = End(&line);
        while started > 0
            && let Some((piece, result)) = line.due()
        {
            hand_on(piece, result);
        }
        started
    });
    if started == 0 {
        (0..count).for_each(|piece| hand_on(piece, work(piece)));
    }
}

/// The pieces of work in line.
struct Line<T> {
    count: usize,
    ahead: usize,
    state: Mutex<State<T>>,
    changed: Condvar,
}

struct State<T> {
    /// The next piece that nobody works on.
    next: usize,
    /// The piece whose turn it is to be handed on.
    due: usize,
    done: BTreeMap<usize, T>,
    ended: bool,
}

impl<T: Send> Line<T> {
    fn new(count: usize, ahead: usize) -> Line<T> {
        let state = State { next: 0, due: 0, done: BTreeMap::new(), ended: false };
        Line { count, ahead, state: Mutex::new(state), changed: Condvar::new() }
    }

    /// Starts a thread; says whether the system had one.
    fn start<'scope>(
        &'scope self,
        scope: &'scope Scope<'scope, '_>,
        work: &'scope (impl Fn(usize) -> T + Sync),
    ) -> bool {
        let serve = move || {
            let _end = End(self);
            while let Some(piece) = self.claim() {
                let result = work(piece);
                self.state().done.insert(piece, result);
                self.changed.notify_all();
            }
        };
        Builder::new().spawn_scoped(scope, serve).is_ok()
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next piece to work on; waits where that would run too far ahead.
    fn claim(&self) -> Option<usize> {
        let too_far =
            |state: &mut State<T>| !state.ended && state.next < self.count && state.next >= state.due + self.ahead;
        let mut state = self.changed.wait_while(self.state(), too_far).unwrap_or_else(PoisonError::into_inner);
        if state.ended || state.next >= self.count {
            return None;
        }
        state.next += 1;
        Some(state.next - 1)
    }

    /// The result whose turn it is, once it is there; `None` after the last.
    fn due(&self) -> Option<(usize, T)> {
        let pending =
            |state: &mut State<T>| !state.ended && state.due < self.count && !state.done.contains_key(&state.due);
        let mut state = self.changed.wait_while(self.state(), pending).unwrap_or_else(PoisonError::into_inner);
        let piece = state.due;
        let result = state.done.remove(&piece)?;
        state.due += 1;
        self.changed.notify_all();
        Some((piece, result))
    }
}

/// Ends the line where its holder breaks off, so that nobody waits for what never comes.
struct End<'a, T: Send>(&'a Line<T>);

impl<T: Send> Drop for End<'_, T> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.state().ended = true;
            self.0.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    fn results(count: usize, threads: usize) -> Vec<(usize, usize)> {
        let mut results = Vec::new();
        in_order(count, threads, |piece| piece * piece, |piece, result| results.push((piece, result)));
        results
    }

    #[test]
    fn results_come_in_order_on_any_number_of_threads() {
        let expected: Vec<_> = (0..500).map(|piece| (piece, piece * piece)).collect();
        for threads in [0, 1, 2, 7] {
            assert_eq!(results(500, threads), expected);
        }
        assert_eq!(results(0, 4), []);
        assert_eq!(results(1, 4), [(0, 0)]);
    }

    #[test]
    fn a_slow_piece_does_not_let_the_others_pile_up() {
        let finished = AtomicUsize::new(0);
        let work = |piece: usize| {
            if piece == 0 {
                thread::sleep(Duration::from_millis(100));
            }
            finished.fetch_add(1, Ordering::Relaxed)
        };
        let mut first = None;
        in_order(1000, 2, work, |piece, finished| first = first.or((piece == 0).then_some(finished)));
        assert!(first.unwrap() <= 2 * AHEAD, "{first:?}");
    }

    #[test]
    fn broken_off_work_ends_the_line() {
        let work = |piece: usize| assert!(piece != 3, "a piece that breaks off");
        let ended = std::panic::catch_unwind(|| in_order(100, 2, work, |_, ()| ()));
        assert!(ended.is_err());
    }
}
