//! How the memory of the process is shared out between the stages.
//!
//! What a stage may hold is bounded by a share of the whole, so that the whole is a ceiling: the
//! engine's unwritten segments, the articles that wait between stages, and the pages that are being
//! taken apart. The shares do not depend on the number of threads, nor does the largest article:
//! the same archive gives the same index on any machine.

/// What the program takes before it does anything: its tables of names and words, its stacks, the
/// engine's readers and one merge. Measured: 50 to 70 MB.
const BASE: u64 = 80 << 20;

/// Memory for each byte of a page while it is taken apart: text, tree, candidates. Measured on
/// pages of 1 to 16 MB: 14 to 22 times the page.
const PER_BYTE: u64 = 24;

/// The engine asks for so much for each of its threads.
const ENGINE_THREAD: u64 = 15_000_000;

/// The least that an indexing run can do with.
pub const LEAST_MEMORY: u64 = 192 << 20;

/// What each stage may hold, in bytes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Shares {
    /// Segments of the engine that are not yet written.
    pub(super) engine: u64,
    /// Pages that are being taken apart.
    pub(super) cleaning: u64,
    /// Articles that wait between stages.
    pub(super) waiting: u64,
}

impl Shares {
    /// The shares of `total` bytes.
    pub(super) fn of(total: u64) -> Self {
        let free = total.max(LEAST_MEMORY) - BASE;
        Self { engine: free / 2, cleaning: free / 4, waiting: free / 8 }
    }

    /// The largest article that can be taken apart, in bytes.
    pub(super) fn largest_article(&self) -> u64 {
        self.cleaning / PER_BYTE
    }

    /// Memory for taking a page of so many bytes apart; no more than there is, so that the largest
    /// page has it all to itself.
    pub(super) fn to_clean(&self, bytes: u64) -> u64 {
        (bytes * PER_BYTE).min(self.cleaning)
    }

    /// How many of `threads` the engine can have, and the bytes for each.
    pub(super) fn engine_threads(&self, threads: usize) -> (usize, usize) {
        let affordable = usize::try_from(self.engine / ENGINE_THREAD).unwrap_or(usize::MAX);
        let threads = threads.min(affordable).max(1);
        (threads, usize::try_from(self.engine).unwrap_or(usize::MAX) / threads)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_leave_room_for_what_cannot_be_shared() {
        for total in [0, LEAST_MEMORY, 1 << 30, 64 << 30] {
            let Shares { engine, cleaning, waiting } = Shares::of(total);
            assert!(engine + cleaning + waiting + BASE <= total.max(LEAST_MEMORY));
        }
    }

    #[test]
    fn the_engine_has_no_more_threads_than_it_has_memory_for() {
        assert_eq!(Shares::of(LEAST_MEMORY).engine_threads(8).0, 3);
        assert_eq!(Shares::of(1 << 30).engine_threads(8).0, 8);
    }
}
