//! What a word is worth in an article: BM25 over one text in which words of the title and the lead
//! count more.
//!
//! A text is scored as BM25F does with one length for all fields (Robertson, Zaragoza and Taylor
//! 2004, "Simple BM25 extension to multiple weighted fields"): frequencies are weighted and summed
//! before they saturate. The weights are in the index, where such words are recorded more than
//! once; so frequency and length of a document, as the engine counts them, are those of BM25F.
//!
//! A score is `weight * share(ratio)`: the ratio is the frequency by what the length makes of it,
//! and `share` saturates towards 1. Ratios of one word in several forms add up, and so do bounds.

use tantivy::fieldnorm::FieldNormReader;

/// How slowly frequency saturates.
///
/// This and [`B`] are the values that Anserini found to hold for news (Yang, Fang and Lin 2017,
/// "Anserini: enabling the use of Lucene for information retrieval research").
pub(super) const K1: f32 = 0.9;

/// How much length counts.
pub(super) const B: f32 = 0.4;

/// The values of the engine, by which it chooses what it keeps of each block of postings.
const ENGINE_K1: f32 = 1.2;
const ENGINE_B: f32 = 0.75;

/// What is added to bounds, as a part of them and by itself, for what rounding may have taken: a
/// bound is made of a few operations on numbers of 24 bits, and the engine compares rounded ones.
const ROUNDING: f32 = 1e-5;
const ROUNDING_AT_ZERO: f32 = 1e-6;

/// How rare a word is, of which `articles` in `all` have one; as Lucene has it, above zero.
pub(super) fn idf(articles: u64, all: u64) -> f32 {
    let (having, all) = (float(articles.min(all)), float(all));
    (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
}

/// The score of a word of this rarity that an article is full of.
pub(super) fn weight(idf: f32) -> f32 {
    idf * (1.0 + K1)
}

/// The part of its weight that a word gets.
pub(super) fn share(ratio: f32) -> f32 {
    ratio / (1.0 + ratio)
}

/// A ratio below which a word does not get this part of its weight: a little less than the one with
/// which it does.
pub(super) fn ratio_of(share: f32) -> f32 {
    // What must exceed less than nothing, as anything does, may be infinite.
    let share = (share * (1.0 - ROUNDING) - ROUNDING_AT_ZERO).max(0.0);
    if share < 1.0 { share / (1.0 - share) } else { f32::INFINITY }
}

/// The part of its weight that a word gets at most.
pub(super) fn share_bound(ratio_bound: f32) -> f32 {
    share(ratio_bound) * (1.0 + ROUNDING) + ROUNDING_AT_ZERO
}

/// A score as it is summed: rounded to 20 binary places. Sums of such numbers are exact, so they do
/// not depend on the order in which words are found.
pub(super) fn exact(score: f32) -> f64 {
    // What is added leaves 20 of the 52 places of a sum behind the point.
    #[expect(clippy::cast_precision_loss, reason = "a power of two")]
    const ROUNDER: f64 = 1.5 * (1_u64 << 32) as f64;
    f64::from(score) + ROUNDER - ROUNDER
}

/// No word has a larger ratio; small enough for [`share`].
pub(super) const ANY_RATIO: f32 = 1e9;

/// What each length makes of a frequency, by the number under which the engine keeps the length.
#[derive(Clone, Debug)]
pub(super) struct Lengths([f32; 256]);

impl Lengths {
    /// In a collection whose texts have `average` tokens.
    pub(super) fn new(average: f32) -> Self {
        Self(table(K1, B, average))
    }

    /// Whether that ratio is above `bar`, as far as numbers of 24 bits tell.
    pub(super) fn is_above(&self, bar: f32, frequency: u32, length_id: u8) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "as everywhere")]
        let frequency = frequency as f32;
        frequency > bar * self.0[usize::from(length_id)]
    }

    /// The ratio of a word that is there `frequency` times, in a text of that length.
    pub(super) fn ratio(&self, frequency: u32, length_id: u8) -> f32 {
        float(u64::from(frequency)) / self.0[usize::from(length_id)]
    }
}

/// `k1 * (1 - b + b * length / average)` for every length.
fn table(k1: f32, b: f32, average: f32) -> [f32; 256] {
    let mut ids = 0_u8..=255;
    std::array::from_fn(|_| {
        let id = ids.next().unwrap_or(u8::MAX);
        let length = float(u64::from(FieldNormReader::id_to_fieldnorm(id)));
        k1 * (1.0 - b + b * length / average)
    })
}

/// Bounds of ratios in a block of postings, from what the engine keeps of it.
///
/// That is the pair of frequency and length which is best by the engine's own `k1` and `b` and the
/// average length in the segment, and the number of bits that the frequencies take.
///
/// Let `E(x) = 1.2 (0.25 + 0.75 x / s)` be what a length `x` makes of a frequency there, for the
/// average `s`, and `L(x) = 0.9 (0.6 + 0.4 x / a)` what it does here, for the average `a` of all
/// segments. Every text of the block has `f / E(x) <= u`, the value of the pair, and `f <= m`, what
/// the bits can hold. Along `f = u E(x)` the ratio `f / L(x)` changes in one direction only, as `E`
/// and `L` are linear; from the length on at which `f` reaches `m` it falls. So its bound is the
/// larger one of its values at that length and at 0, whatever the two averages are.
///
/// It is the exact maximum where the text of the pair has the highest frequency, a power of two.
#[derive(Clone, Debug)]
pub(super) struct RatioBounds {
    engine: [f32; 256],
    /// `L` as a function of `E`: this, and so much for each of it.
    from: f32,
    slope: f32,
}

impl RatioBounds {
    /// For average lengths in the segment and in the collection.
    pub(super) fn new(in_segment: f32, in_all: f32) -> Self {
        let engine_at_zero = ENGINE_K1 * (1.0 - ENGINE_B);
        let slope = (K1 * B / in_all) / (ENGINE_K1 * ENGINE_B / in_segment);
        let from = K1 * (1.0 - B) - slope * engine_at_zero;
        Self { engine: table(ENGINE_K1, ENGINE_B, in_segment), from, slope }
    }

    /// The bound in a block of this best pair, whose frequencies take so many bits, one less than
    /// each being stored.
    pub(super) fn bound(&self, frequency: u8, length_id: u8, bits: u8) -> f32 {
        let most = float(1 << bits.min(31));
        let at_zero = K1 * (1.0 - B);
        // The engine keeps no frequency above.
        if frequency == u8::MAX {
            return most / at_zero;
        }
        let value = f32::from(frequency) / self.engine[usize::from(length_id)];
        let where_most = most / (self.from + self.slope * most / value);
        let where_short = value * ENGINE_K1 * (1.0 - ENGINE_B) / at_zero;
        where_most.max(where_short)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts need no more than 24 bits here")]
pub(super) fn float(count: u64) -> f32 {
    count as f32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_rare_word_weighs_more_and_none_weighs_nothing() {
        assert!((idf(1, 2) - 2.0_f32.ln()).abs() < 1e-6);
        assert!(idf(1, 1_000_000) > 13.0);
        assert!(idf(1_000_000, 1_000_000) > 0.0);
        assert!(idf(2_000_000, 1_000_000) > 0.0);
    }

    /// What the engine compares.
    fn engine_value(table: &[f32; 256], (frequency, length_id): (u32, u8)) -> f32 {
        let frequency = float(u64::from(frequency));
        frequency / (frequency + table[usize::from(length_id)])
    }

    proptest! {
        #[test]
        fn no_text_of_a_block_is_above_its_bound(
            block in prop::collection::vec((1_u32..400, 0_u8..120), 1..128),
            in_segment in 1.0_f32..3_000.0,
            by in 0.05_f32..20.0,
        ) {
            let in_all = in_segment * by;
            let engine = table(ENGINE_K1, ENGINE_B, in_segment);
            let best = block.iter().max_by(|a, b| {
                engine_value(&engine, **a).total_cmp(&engine_value(&engine, **b))
            });
            let &(frequency, length_id) = best.expect("a text");
            let most = block.iter().map(|text| text.0 - 1).max().expect("a text");
            let bits = u8::try_from(32 - most.leading_zeros()).expect("few");
            let kept = u8::try_from(frequency.min(255)).expect("a byte");
            let bound = share_bound(RatioBounds::new(in_segment, in_all).bound(kept, length_id, bits));
            let lengths = Lengths::new(in_all);
            for (frequency, length_id) in block {
                let share = share(lengths.ratio(frequency, length_id));
                prop_assert!(share <= bound, "{share} above {bound}");
            }
        }
    }

    #[test]
    fn exact_scores_have_twenty_places() {
        for (score, expected) in
            [(0.0, 0.0), (1.5, 1.5), (0.1, 104_858.0 / 1_048_576.0), (4e4, 4e4)]
        {
            assert!((exact(score) - expected).abs() < 1e-12, "for {score}");
        }
    }

    #[test]
    fn a_bound_is_exact_where_the_best_text_has_most() {
        let bound = RatioBounds::new(500.0, 500.0).bound(4, 90, 2);
        let ratio = Lengths::new(500.0).ratio(4, 90);
        assert!((bound - ratio).abs() < 1e-4 * ratio, "{bound} for {ratio}");
    }
}
