//! The weights of the tagger: for each feature and label a small whole number.
//!
//! A feature is a hash of 20 bits. Most buckets hold nothing, so the model is a map of the
//! buckets that do, one bit each, and a row of 16 bytes for each of those: the weights of the 13
//! labels, and how many bits all of them are shifted to the left. It lies in the program as it
//! lies in the file, and is read in place: to load it is to count the bits of the map.

use std::sync::LazyLock;

use super::decode::whole_names;
use super::features::Feature;

/// What a token can be: `Outside`, or one of four parts of a name (begin, inside, last, unit) of
/// one of three kinds: `1 + 4 * kind + part`.
pub(super) const LABELS: usize = 13;

/// The label of what is no name.
pub(super) const OUTSIDE: u8 = 0;

/// Where in a name a token stands, as a label says it; 1 is inside.
pub(super) const BEGIN: u8 = 0;
pub(super) const LAST: u8 = 2;
pub(super) const UNIT: u8 = 3;

/// Buckets that features are hashed into.
pub(super) const BUCKETS: usize = 1 << BUCKET_BITS;

/// Bits of a bucket's number.
pub(super) const BUCKET_BITS: u32 = 20;

/// Scores of the labels; what is behind the last label is not used.
pub(super) type Scores = [i32; 16];

/// Bytes in a row.
const ROW: usize = 16;

/// Bytes of the transitions at the start of the file: 13 rows of 13 numbers of two bytes.
const TRANSITIONS: usize = 2 * LABELS * LABELS;

/// The weights, as [`super::train`] wrote them.
pub(super) struct Model {
    /// One bit for each bucket that holds a row.
    occupied: Vec<u64>,
    /// How many rows lie before each 64 buckets.
    rows_before: Vec<u32>,
    rows: &'static [[u8; ROW]],
    /// From label to label, by [`whole_names`].
    transitions: [Scores; LABELS],
}

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(include_bytes!("model.bin")));

impl Model {
    /// The model that the program ships.
    pub(super) fn shipped() -> &'static Self {
        &MODEL
    }

    /// Reads a model: transitions, map, rows.
    pub(super) fn read(bytes: &'static [u8]) -> Self {
        let (transitions, bytes) = bytes.split_at(TRANSITIONS);
        let (map, rows) = bytes.split_at(BUCKETS / 8);
        let mut read = [[0; 16]; LABELS];
        let numbers = transitions.as_chunks().0.iter().map(|it| i32::from(i16::from_le_bytes(*it)));
        for (at, number) in numbers.enumerate() {
            read[at / LABELS][at % LABELS] = number;
        }
        let occupied: Vec<u64> =
            map.as_chunks().0.iter().map(|it| u64::from_le_bytes(*it)).collect();
        let mut before = 0;
        let mut count = |word: &u64| {
            before += word.count_ones();
            before - word.count_ones()
        };
        let rows_before = occupied.iter().map(&mut count).collect();
        let transitions = whole_names(&read);
        Self { occupied, rows_before, rows: rows.as_chunks().0, transitions }
    }

    /// What going from one label to the next is worth.
    pub(super) fn transitions(&self) -> &[Scores; LABELS] {
        &self.transitions
    }

    /// Adds the weights of these features to `scores`.
    pub(super) fn add(&self, features: &[Feature], scores: &mut Scores) {
        // In two steps, so that what holds nothing costs little and no branch is guessed wrong.
        let mut held = [0_u32; 64];
        // Two bytes are enough: with sixteenths as unit, sums stay far below 2,000.
        let mut sums = [0_i16; 16];
        for chunk in features.chunks(held.len()) {
            let mut n = 0;
            for feature in chunk {
                let bucket = feature.bucket();
                held[n] = bucket;
                n += (self.occupied[bucket as usize / 64] >> (bucket % 64) & 1) as usize;
            }
            for &bucket in &held[..n] {
                let block = bucket as usize / 64;
                let before = self.occupied[block] & ((1 << (bucket % 64)) - 1);
                let row = &self.rows[(self.rows_before[block] + before.count_ones()) as usize];
                add_row(&mut sums, row);
            }
        }
        for (score, sum) in scores.iter_mut().zip(sums) {
            *score += i32::from(sum);
        }
    }
}

/// Adds the weights of a row, whose last byte says by how many bits they are shifted. Written so
/// that sixteen lanes are added at once: a product, as not every processor shifts them apart.
fn add_row(sums: &mut [i16; ROW], row: &[u8; ROW]) {
    let factor = 1_i16 << (row[ROW - 1] % 8);
    for lane in 0..ROW {
        let weight = i16::from(row[lane].cast_signed()).wrapping_mul(factor);
        sums[lane] = sums[lane].saturating_add(weight);
    }
}
