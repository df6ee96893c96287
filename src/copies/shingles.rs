//! A text as the set of its runs of words (Broder 1997, "On the resemblance and containment of
//! documents").

use std::collections::VecDeque;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::likeness::LEAST_WORDS;
use crate::analysis::{Form, fold, tokenize};

/// How many words a shingle has.
///
/// With fewer, four times as many pairs of stories share some that have nothing else in common, and
/// with more an edit costs too much. Between 3 and 5 it hardly matters which pairs are copies (see
/// `benches/results/`).
pub const WIDTH: usize = 4;

/// Odd, and without a pattern in its bits: the golden ratio as a fraction of 2^64.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// The runs of words of a text.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Shingles {
    /// Their hashes, ascending, each once.
    hashes: Vec<u64>,
    words: u32,
    digest: u64,
}

impl Shingles {
    /// Those of `text`, whose words are compared without case and accents; punctuation does not
    /// count. Of a script without spaces each character is a word.
    pub fn of(text: &str) -> Self {
        Self::of_width(text, WIDTH)
    }

    /// Those of the body of an article. Few words are the same text only under the same headline:
    /// what stands under a picture must not make copies of all that have one.
    pub fn of_article(title: &str, body: &str) -> Self {
        let mut shingles = Self::of(body);
        if (1..LEAST_WORDS).contains(&shingles.words) {
            shingles.digest ^= Self::of(title).digest.rotate_left(1);
        }
        shingles
    }

    /// Those of another width.
    pub(super) fn of_width(text: &str, width: usize) -> Self {
        // What the word that leaves the run was multiplied by since it came.
        let leaving = (0..width).fold(1_u64, |power, _| power.wrapping_mul(FACTOR));
        let (mut run, mut sum) = (VecDeque::with_capacity(width + 1), 0_u64);
        let (mut hashes, mut digest, mut words) = (Vec::new(), Xxh3::new(), 0_u32);
        tokenize(text, |token| {
            if token.form == Form::Second {
                return;
            }
            let word = xxh3_64(fold(token.term).as_bytes());
            digest.update(&word.to_le_bytes());
            words = words.saturating_add(1);
            run.push_back(word);
            sum = sum.wrapping_mul(FACTOR).wrapping_add(word);
            if run.len() > width {
                let gone = run.pop_front().unwrap_or_default();
                sum = sum.wrapping_sub(gone.wrapping_mul(leaving));
            }
            if run.len() == width {
                hashes.push(mixed(sum));
            }
        });
        hashes.sort_unstable();
        hashes.dedup();
        Self { hashes, words, digest: digest.digest() }
    }

    /// Their hashes, ascending.
    pub(super) fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// How many words the text has.
    pub fn words(&self) -> u32 {
        self.words
    }

    /// The same for texts with the same words in the same order.
    pub fn digest(&self) -> u64 {
        self.digest
    }

    /// How many both texts have.
    pub fn shared(&self, other: &Self) -> usize {
        let (mut one, mut two) = (self.hashes.as_slice(), other.hashes.as_slice());
        let mut shared = 0;
        while let ([a, rest_of_one @ ..], [b, rest_of_two @ ..]) = (one, two) {
            shared += usize::from(a == b);
            (one, two) = match a.cmp(b) {
                std::cmp::Ordering::Less => (rest_of_one, two),
                std::cmp::Ordering::Greater => (one, rest_of_two),
                std::cmp::Ordering::Equal => (rest_of_one, rest_of_two),
            };
        }
        shared
    }
}

/// Spreads what tells two sums apart over all bits (the end of splitmix64, Steele et al. 2014), as
/// shingles are chosen by the first bits of their hashes.
fn mixed(sum: u64) -> u64 {
    let sum = (sum ^ (sum >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let sum = (sum ^ (sum >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    sum ^ (sum >> 31)
}
