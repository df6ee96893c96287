//! How alike two texts are, by all their shingles.

use super::Shingles;
use crate::article::named_enum;

named_enum! {
    /// How alike two articles are, the closest first. Families by one of these hold all that are
    /// alike to this degree or a closer one.
    Likeness {
        /// The same words in the same order.
        Exact = "exact",
        /// A word here and there is another: a reprint with the touch of an editor.
        High = "high",
        /// Most of the text is the same: rewritten, shortened or gone on with.
        Moderate = "moderate",
        /// The one is part of the other: a wire story inside a longer one, or its first paragraphs.
        Part = "part",
    }
}

/// The share of all shingles of two texts from which they are alike to a high degree: one word in
/// forty may be another, as each word stands in four shingles.
const HIGH: f64 = 0.8;

/// And to a moderate one. Stories of different hands on one event share less than a tenth.
const MODERATE: f64 = 0.5;

/// The share of the shingles of the shorter text that must be in the longer one for it to be a part.
const PART: f64 = 0.8;

/// From so many words on texts are copies where they are alike to less than a high degree. What is
/// shorter is often a form letter, such as the notices of payouts that an agency sends by the dozen,
/// or a line that a site writes under its stories.
const ENOUGH_WORDS: u32 = 40;

/// And makes at least this share of the longer text: a review of the week, which has a little of
/// everything, must not join all the stories that it tells of.
pub(super) const PART_OF_WHOLE: f64 = 0.2;

/// Texts of fewer words are copies only where all of them are the same: there is not enough to
/// tell a copy from a form letter.
pub(super) const LEAST_WORDS: u32 = 20;

/// What two texts have in common.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Overlap {
    /// Shingles of both.
    pub shared: usize,
    /// Shingles of the one and of the other.
    pub of: [usize; 2],
    words: [u32; 2],
    is_same: bool,
}

impl Overlap {
    /// Compares two texts.
    pub fn of(one: &Shingles, other: &Shingles) -> Self {
        Self {
            shared: one.shared(other),
            of: [one.hashes().len(), other.hashes().len()],
            words: [one.words(), other.words()],
            is_same: one.digest() == other.digest() && one.words() > 0,
        }
    }

    /// Resemblance (Jaccard): the share of what either has that both have; from 0 to 1.
    pub fn resemblance(self) -> f64 {
        let all = self.of[0] + self.of[1] - self.shared;
        if self.is_same { 1.0 } else { share(self.shared, all) }
    }

    /// Containment: the share of the shorter text that is in the longer one; from 0 to 1.
    pub fn containment(self) -> f64 {
        if self.is_same { 1.0 } else { share(self.shared, self.of[0].min(self.of[1])) }
    }

    /// The share of each text that the other one has, from 0 to 1.
    pub fn shares(self) -> [f64; 2] {
        self.of.map(|all| if self.is_same { 1.0 } else { share(self.shared, all) })
    }

    /// How alike they are; `None` where they are no copies.
    pub fn likeness(self) -> Option<Likeness> {
        let [a, b] = self.words;
        let resemblance = self.resemblance();
        let size = share(self.of[0].min(self.of[1]), self.of[0].max(self.of[1]));
        match () {
            () if self.is_same => Some(Likeness::Exact),
            () if a.min(b) < LEAST_WORDS => None,
            () if resemblance >= HIGH => Some(Likeness::High),
            () if a.min(b) < ENOUGH_WORDS => None,
            () if resemblance >= MODERATE => Some(Likeness::Moderate),
            () if size >= PART_OF_WHOLE && self.containment() >= PART => Some(Likeness::Part),
            () => None,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "texts have fewer than 2^52 words")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
