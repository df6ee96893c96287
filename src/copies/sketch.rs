//! A few shingles of a text, by which candidates are found and what they share is estimated.
//!
//! The shingles whose hashes are below a bound are kept: the same ones of every text, so that the
//! sketch of a part is part of the sketch, and the share of common ones estimates resemblance and
//! containment alike. This is the sketch by a modulus of Broder (1997), known as scaled or fractional
//! `MinHash` (Irber et al. 2022). Bands of a fixed number of minima, the usual way, see resemblance
//! alone: a wire story inside one of three times its length shares no band with it, and to find it
//! takes sampled shingles beside them. These find both, and as one table.
//!
//! Of a short text more shingles are kept, which serve to compare it with short ones.

use super::Shingles;
use super::likeness::{LEAST_WORDS, PART_OF_WHOLE};

/// Identifies what sketches hold and which texts are alike; families by another one are made anew.
pub(crate) const COPIES_VERSION: u32 = 1;

/// Of so many shingles one is kept. A part of 40 words, four fifths of them unchanged, shares one
/// or more with the whole in 98 of 100 cases; one of 80 words in 9,996 of 10,000.
const ONE_IN: u32 = 8;

/// Of so many, where a text is short.
const SHORT_ONE_IN: u32 = 2;

/// A text with fewer shingles is short.
const SHORT: u32 = 128;

/// The share of the smaller sketch that must be shared for two texts to be compared. Copies share
/// two thirds or more (a resemblance of a half), so that sketches of ten shingles are off by this
/// much in less than one of a thousand cases.
const ENOUGH: f64 = 0.15;

/// A text in numbers: what is known of it without its sketch.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Print {
    /// See [`Shingles::digest`].
    pub(crate) digest: u64,
    /// How many shingles it has; none where only the same text is a copy.
    pub(crate) size: u32,
}

/// A text as it is looked up.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Sketch {
    pub(crate) print: Print,
    /// One of the whole text, then those of the shingles that were kept; none where there is none.
    pub(crate) keys: Vec<u32>,
}

impl Sketch {
    /// The sketch of a text.
    pub(crate) fn of(shingles: &Shingles) -> Self {
        let is_enough = shingles.words() >= LEAST_WORDS;
        let hashes = if is_enough { shingles.hashes() } else { &[] };
        let size = u32::try_from(hashes.len()).unwrap_or(u32::MAX);
        let bound = u64::MAX / u64::from(one_in(size));
        // What is below the bound is the same in the first bits; the key is of the last ones.
        let kept = hashes.iter().take_while(|hash| **hash <= bound);
        let print = Print { digest: shingles.digest(), size };
        let whole = (shingles.words() > 0).then(|| shingles.digest());
        let keys = whole.into_iter().chain(kept.copied()).map(key).collect();
        Self { print, keys }
    }
}

fn key(hash: u64) -> u32 {
    u32::try_from(hash & u64::from(u32::MAX)).unwrap_or_default()
}

fn one_in(size: u32) -> u32 {
    if size < SHORT { SHORT_ONE_IN } else { ONE_IN }
}

/// Whether texts of these sizes can be copies without being the same.
pub(crate) fn may_be_alike(one: Print, other: Print) -> bool {
    let (less, more) = (one.size.min(other.size), one.size.max(other.size));
    less > 0 && f64::from(less) >= PART_OF_WHOLE * f64::from(more)
}

/// Whether two texts whose sketches share so many keys are worth comparing.
pub(crate) fn enough_shared(one: Print, other: Print, shared: u32) -> bool {
    let (less, more) = (one.size.min(other.size), one.size.max(other.size));
    // What both sketches hold is what the sparser one holds.
    let expected = f64::from(less) / f64::from(one_in(more));
    f64::from(shared) >= (ENOUGH * expected).max(1.0)
}
