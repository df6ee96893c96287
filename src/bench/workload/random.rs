//! Chance that a seed decides.

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// A small generator (splitmix64, Steele et al. 2014, "Fast splittable pseudorandom number
/// generators"); the sequence of a seed never changes.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    /// A sequence of its own for each name, so that what is drawn for one class does not depend on
    /// which others are.
    pub(super) fn named(seed: u64, name: &str) -> Self {
        Self(xxh3_64_with_seed(name.as_bytes(), seed))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`, which is above zero. The bias is below `limit` in 2^64.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        #[expect(clippy::cast_possible_truncation, reason = "it is below a usize")]
        let number = (self.next() % limit.max(1) as u64) as usize;
        number
    }

    /// One of them, if there are any.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// So many different ones of them, in the order of drawing; `None` if they are too few.
    pub(super) fn pick_several<'a, T>(&mut self, items: &'a [T], n: usize) -> Option<Vec<&'a T>> {
        let mut rest: Vec<&T> = items.iter().collect();
        if rest.len() < n {
            return None;
        }
        Some((0..n).map(|_| rest.swap_remove(self.below(rest.len()))).collect())
    }
}
