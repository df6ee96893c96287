//! What a score must exceed, where bounds of scores are held against it.

use tantivy::Score;

use super::bm25::float;

/// By how much of it a threshold is lowered when bounds are held against it: sums of a hundred
/// numbers of 24 bits are off by less.
const ROUNDING: f32 = 1e-5;

/// By how much it is lowered for each word: what [`exact`](super::bm25::exact) may add to its score.
/// For a word that nearly all documents have, this is more than what goes by the size of the score.
#[expect(clippy::cast_precision_loss, reason = "a power of two")]
const ROUNDING_OF_WORD: f32 = 1.0 / (1_u32 << 21) as f32;

/// What a score must exceed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Floor {
    pub(super) threshold: Score,
    /// The threshold, less what rounding may have taken from bounds.
    pub(super) of_bounds: f32,
}

impl Floor {
    /// Of scores that are sums over so many words.
    pub(super) fn new(threshold: Score, words: usize) -> Self {
        let of_words = float(words as u64) * ROUNDING_OF_WORD;
        Self { threshold, of_bounds: threshold - threshold.abs() * ROUNDING - of_words }
    }

    /// Whether a score up to this bound may be above the threshold.
    pub(super) fn admits(self, bound: f32) -> bool {
        bound > self.of_bounds
    }
}
