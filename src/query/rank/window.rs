//! Scores of the documents in a stretch of a segment, summed word by word.

use tantivy::DocId;

/// How many documents a window holds at most.
pub(super) const MOST: DocId = 4_096;

/// Sums of scores by place in the window.
pub(super) struct Window {
    scores: Box<[f64]>,
    /// A bit for each place that has a score.
    seen: Box<[u64]>,
}

impl Window {
    pub(super) fn new() -> Self {
        let most = MOST as usize;
        Self { scores: vec![0.0; most].into(), seen: vec![0; most.div_ceil(64)].into() }
    }

    /// Adds to the score at a place below [`MOST`].
    pub(super) fn add(&mut self, place: DocId, score: f64) {
        let place = place as usize;
        self.scores[place] += score;
        self.seen[place / 64] |= 1 << (place % 64);
    }

    /// Gives every place that has a score, in order, and empties the window.
    pub(super) fn for_each(&mut self, mut found: impl FnMut(DocId, f64)) {
        for (seen, first) in self.seen.iter_mut().zip((0..).step_by(64)) {
            let mut bits = std::mem::take(seen);
            while bits != 0 {
                let place = first + bits.trailing_zeros();
                bits &= bits - 1;
                found(place, std::mem::take(&mut self.scores[place as usize]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_summed_by_place_and_given_once() {
        let mut window = Window::new();
        for (place, score) in [(4_095, 1.0), (3, 0.5), (64, 2.0), (3, 0.25)] {
            window.add(place, score);
        }
        let mut found = Vec::new();
        window.for_each(|place, score| found.push((place, score)));
        assert_eq!(found, [(3, 0.75), (64, 2.0), (4_095, 1.0)]);
        window.for_each(|place, _| panic!("{place} is given again"));
    }
}
