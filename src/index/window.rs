//! Bounds what is under way between reading and writing.

use std::sync::{Condvar, Mutex, PoisonError};

/// At most this many pieces of work are under way at a time.
const MAX_PIECES: usize = 1_024;

/// Lets pieces of work in while there is room, by number and by size; a piece larger than the
/// whole room comes in alone.
///
/// Results are written in the order of reading. One slow article holds back those after it, and
/// without this bound they would pile up in memory.
#[derive(Debug)]
pub(super) struct Window {
    state: Mutex<State>,
    changed: Condvar,
    max_bytes: u64,
}

#[derive(Debug, Default)]
struct State {
    pieces: usize,
    bytes: u64,
    closed: bool,
}

impl Window {
    pub(super) fn new(max_bytes: u64) -> Self {
        Self { state: Mutex::default(), changed: Condvar::new(), max_bytes }
    }

    /// Waits for room and takes it; false when the window was closed.
    pub(super) fn enter(&self, bytes: u64) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |state: &mut State| {
            let too_many = state.pieces >= MAX_PIECES;
            let too_large = state.bytes + bytes > self.max_bytes;
            !state.closed && state.pieces > 0 && (too_many || too_large)
        };
        let mut state =
            self.changed.wait_while(state, is_full).unwrap_or_else(PoisonError::into_inner);
        state.pieces += 1;
        state.bytes += bytes;
        !state.closed
    }

    /// Gives back the room of one piece.
    pub(super) fn leave(&self, bytes: u64) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.pieces = state.pieces.saturating_sub(1);
        state.bytes = state.bytes.saturating_sub(bytes);
        drop(state);
        self.changed.notify_all();
    }

    /// Lets nothing more in, and those who wait go.
    pub(super) fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.changed.notify_all();
    }
}
