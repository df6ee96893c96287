//! Where the members of a compressed stream begin.
//!
//! Web archives pack every record into a member (gzip) or frame (Zstandard) of its own, so that a
//! reader can seek to it in the file as it lies there. The decoder notes the starts, the reader of
//! the records asks for them.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// Most starts that are remembered: more than lie between what is unpacked and what is read of it.
const MAX_NOTED: usize = 1 << 14;

/// The starts that were noted and not yet asked for; clones share them.
#[derive(Clone, Debug, Default)]
pub(super) struct Starts(Rc<RefCell<VecDeque<Start>>>);

/// Where a member begins, in bytes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Start {
    unpacked: u64,
    packed: u64,
}

impl Starts {
    /// Notes that the unpacked bytes from `unpacked` on lie in the member that begins at `packed`.
    pub(super) fn note(&self, unpacked: u64, packed: u64) {
        let mut starts = self.0.borrow_mut();
        // An empty member: what lies here is in the one after it.
        while starts.back().is_some_and(|last| last.unpacked == unpacked) {
            starts.pop_back();
        }
        if starts.len() == MAX_NOTED {
            starts.pop_front();
        }
        starts.push_back(Start { unpacked, packed });
    }

    /// Where the member lies that begins with the unpacked byte `unpacked`; `None` where none does.
    /// What lies before is forgotten.
    pub(super) fn at(&self, unpacked: u64) -> Option<u64> {
        let mut starts = self.0.borrow_mut();
        while starts.front().is_some_and(|first| first.unpacked < unpacked) {
            starts.pop_front();
        }
        starts.front().filter(|first| first.unpacked == unpacked).map(|first| first.packed)
    }

    /// Where the last member lies that was begun, if nothing after its start was asked for.
    pub(super) fn last(&self) -> Option<u64> {
        self.0.borrow().back().map(|last| last.packed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_are_found_by_the_unpacked_byte() {
        let starts = Starts::default();
        for (unpacked, packed) in [(0, 0), (100, 60), (100, 80), (250, 110)] {
            starts.note(unpacked, packed);
        }
        let found: Vec<_> = [0, 50, 100, 250, 300].iter().map(|&at| starts.at(at)).collect();
        assert_eq!(found, [Some(0), None, Some(80), Some(110), None]);
    }

    #[test]
    fn no_more_are_kept_than_are_needed() {
        let starts = Starts::default();
        for at in 0..MAX_NOTED as u64 + 10 {
            starts.note(at, at);
        }
        assert_eq!(starts.0.borrow().len(), MAX_NOTED);
    }
}
