//! The best labels for a run of words (Viterbi 1967), of those that make whole names.

use super::model::{BEGIN, LABELS, LAST, OUTSIDE, Scores, UNIT};

/// Whether the label `to` may stand behind `before`: a name that has begun goes on until its last
/// word, and keeps its kind.
const fn follows(before: usize, to: usize) -> bool {
    // Within a name: behind its first words and those inside.
    let goes_on = before != 0 && (before - 1) % 4 < 2;
    let is_rest = to != 0 && matches!((to - 1) % 4, 1 | 2);
    if goes_on { is_rest && (before - 1) / 4 == (to - 1) / 4 } else { !is_rest }
}

/// Scores are counted in sixteenths, so that the label that a way comes from fits below them.
const UNIT_OF_SCORE: i32 = 16;

/// Words after which scores are counted from the highest anew, so that long runs do not run over.
const LONG_RUN: usize = 256;

/// What no sequence of labels can make good.
const NEVER: i32 = -(1 << 28);

/// What going from each label to each other is worth, in sixteenths; [`NEVER`] where that makes no
/// whole name.
pub(super) fn whole_names(transitions: &[Scores; LABELS]) -> [Scores; LABELS] {
    let mut allowed = [[NEVER; 16]; LABELS];
    for before in 0..LABELS {
        for to in (0..LABELS).filter(|to| follows(before, *to)) {
            allowed[before][to] = UNIT_OF_SCORE * transitions[before][to];
        }
    }
    allowed
}

/// The kind and the part that a label says; `None` for `Outside`.
pub(super) fn kind_and_part(label: u8) -> Option<(u8, u8)> {
    label.checked_sub(1).map(|it| (it / 4, it % 4))
}

/// Where the best way to each label comes from, kept from run to run for its memory.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    from: Vec<[u8; 16]>,
}

impl Decoder {
    /// Writes to `labels` the best sequence for `scores`, one of each a word. What lies before and
    /// behind a run is `Outside`. `transitions` are those of [`whole_names`].
    ///
    /// Of sequences with one score the one with the first labels is taken, last word first.
    pub(super) fn decode(
        &mut self,
        scores: &[Scores],
        transitions: &[Scores; LABELS],
        labels: &mut [u8],
    ) {
        if let ([here], [label]) = (scores, &mut *labels) {
            *label = best_alone(here, transitions);
            return;
        }
        self.from.clear();
        let mut best = [NEVER; 16];
        best[usize::from(OUTSIDE)] = 0;
        for (n, here) in (1..).zip(scores) {
            let from = step(&mut best, transitions, here);
            self.from.push(from);
            if n % LONG_RUN == 0 {
                let highest = best[..LABELS].iter().copied().max().unwrap_or(0);
                for score in &mut best {
                    *score = (*score - highest).max(NEVER);
                }
            }
        }
        let end = |label: usize| best[label] + transitions[label][usize::from(OUTSIDE)];
        // The last of the best, as the search from behind finds it.
        let last = (0..LABELS).max_by_key(|&label| end(label)).unwrap_or_default();
        let mut label = u8::try_from(last).unwrap_or(OUTSIDE);
        for (place, from) in labels.iter_mut().zip(&self.from).rev() {
            *place = label;
            label = from[usize::from(label)];
        }
    }
}

/// The best label of a run of one word, as most are.
fn best_alone(here: &Scores, transitions: &[Scores; LABELS]) -> u8 {
    const ALONE: [u8; 4] = [OUTSIDE, 1 + UNIT, 5 + UNIT, 9 + UNIT];
    let outside = usize::from(OUTSIDE);
    let worth = |label: u8| {
        let label = usize::from(label);
        transitions[outside][label] + transitions[label][outside] + UNIT_OF_SCORE * here[label]
    };
    ALONE.into_iter().max_by_key(|label| worth(*label)).unwrap_or(OUTSIDE)
}

/// Goes on from the best ways to each label to those one word further, and tells from which label
/// each comes: all sixteen lanes at once, as the highest of ways that bear their label in the
/// lowest bits, the first label highest.
fn step(best: &mut Scores, transitions: &[Scores; LABELS], here: &Scores) -> [u8; 16] {
    let mut next = [i32::MIN; 16];
    for (mark, (score, onward)) in (0..UNIT_OF_SCORE).rev().zip(best.iter().zip(transitions)) {
        let way = score + mark;
        for lane in 0..16 {
            next[lane] = next[lane].max(way + onward[lane]);
        }
    }
    let mut from = [0; 16];
    for lane in 0..16 {
        let mark = next[lane] & (UNIT_OF_SCORE - 1);
        from[lane] = (UNIT_OF_SCORE - 1 - mark).to_le_bytes()[0];
        best[lane] = (next[lane] - mark + UNIT_OF_SCORE * here[lane]).max(NEVER);
    }
    from
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The highest score of all sequences of labels that make whole names, one by one.
    fn plainly(scores: &[Scores], transitions: &[Scores; LABELS]) -> i32 {
        let mut ways = vec![(0, 0)];
        for here in scores {
            let next = |(before, score): (usize, i32)| {
                (0..LABELS)
                    .filter(move |to| follows(before, *to))
                    .map(move |to| (to, score + transitions[before][to] + here[to]))
            };
            ways = ways.into_iter().flat_map(next).collect();
        }
        let whole = ways.into_iter().filter(|(last, _)| follows(*last, 0));
        whole.map(|(last, score)| score + transitions[last][0]).max().unwrap_or_default()
    }

    #[test]
    fn a_name_keeps_its_kind_to_its_last_word() {
        let behind = |before| (0..LABELS).filter(|to| follows(before, *to)).collect::<Vec<_>>();
        let ended = [0, 1, 4, 5, 8, 9, 12];
        for label in [0, 3, 4, 7, 8, 11, 12] {
            assert_eq!(behind(label), ended, "behind {label}");
        }
        for (label, rest) in [(1, [2, 3]), (2, [2, 3]), (5, [6, 7]), (9, [10, 11])] {
            assert_eq!(behind(label), rest, "behind {label}");
        }
    }

    proptest! {
        #[test]
        fn no_sequence_is_better_than_the_one_found(
            scores in prop::collection::vec(prop::array::uniform16(-90..90_i32), 1..5),
            worth in prop::array::uniform13(prop::array::uniform16(-40..40_i32)),
        ) {
            let mut labels = vec![OUTSIDE; scores.len()];
            Decoder::default().decode(&scores, &whole_names(&worth), &mut labels);
            let (mut before, mut sum) = (0, 0);
            for (label, here) in labels.iter().map(|label| usize::from(*label)).zip(&scores) {
                prop_assert!(follows(before, label), "{labels:?}");
                sum += worth[before][label] + here[label];
                before = label;
            }
            prop_assert_eq!(sum + worth[before][0], plainly(&scores, &worth));
        }
    }
}
