//! The best labels for a run of words (Viterbi 1967), of those that make whole names.

use super::model::{BEGIN, LABELS, LAST, OUTSIDE, Scores, UNIT};

/// The labels that may stand before each label: a name that has begun goes on until its last
/// word, and keeps its kind.
const BEFORE: [&[u8]; LABELS] = {
    // `Outside`, and the last words of the three kinds.
    const ENDED: &[u8] = &[0, 3, 4, 7, 8, 11, 12];
    [
        ENDED,
        ENDED,
        &[1, 2],
        &[1, 2],
        ENDED,
        ENDED,
        &[5, 6],
        &[5, 6],
        ENDED,
        ENDED,
        &[9, 10],
        &[9, 10],
        ENDED,
    ]
};

/// The kind and the part that a label says; `None` for `Outside`.
pub(super) fn kind_and_part(label: u8) -> Option<(u8, u8)> {
    label.checked_sub(1).map(|it| (it / 4, it % 4))
}

/// Where the best way to each label comes from, kept from run to run for its memory.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    from: Vec<[u8; LABELS]>,
}

impl Decoder {
    /// Writes to `labels` the best sequence for `scores`, one of each a word. What lies before and
    /// behind a run is `Outside`.
    pub(super) fn decode(
        &mut self,
        scores: &[Scores],
        transitions: &[Scores; LABELS],
        labels: &mut [u8],
    ) {
        const NEVER: i32 = i32::MIN / 2;
        self.from.clear();
        let mut best = [NEVER; LABELS];
        best[usize::from(OUTSIDE)] = 0;
        for here in scores {
            let mut next = [NEVER; LABELS];
            let mut from = [OUTSIDE; LABELS];
            for to in 0..LABELS {
                for &before in BEFORE[to] {
                    let score = best[usize::from(before)] + transitions[usize::from(before)][to];
                    if score > next[to] {
                        (next[to], from[to]) = (score, before);
                    }
                }
                next[to] = (next[to] + here[to]).max(NEVER);
            }
            // Long runs must not run over: only differences count.
            let highest = next.iter().copied().max().unwrap_or(0);
            best = next.map(|score| (score - highest).max(NEVER));
            self.from.push(from);
        }
        let end = BEFORE[usize::from(OUTSIDE)].iter().copied();
        let score = |label: u8| {
            best[usize::from(label)] + transitions[usize::from(label)][usize::from(OUTSIDE)]
        };
        let mut label = end.max_by_key(|&label| score(label)).unwrap_or(OUTSIDE);
        for (place, from) in labels.iter_mut().zip(&self.from).rev() {
            *place = label;
            label = from[usize::from(label)];
        }
    }
}

/// The names that labels say: for each its words, counted from the first label, and its kind.
pub(super) fn names(labels: &[u8]) -> impl Iterator<Item = (std::ops::Range<usize>, u8)> {
    let mut start = 0;
    labels.iter().enumerate().filter_map(move |(at, &label)| {
        let (kind, part) = kind_and_part(label)?;
        if part == BEGIN || part == UNIT {
            start = at;
        }
        (part == LAST || part == UNIT).then_some((start..at + 1, kind))
    })
}
