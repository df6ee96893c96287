//! Where in a text something stands: words, phrases, and things near to each other.
//!
//! An answer is a list of intervals of positions. It is kept minimal: no interval holds another,
//! so starts and ends both ascend, and each operator goes over its operands from left to right
//! once (Clarke, Cormack and Burkowski 1995, "An algebra for structured text search and a framework
//! for its implementation"; Boldi and Vigna 2016, "Efficient optimally lazy algorithms for
//! minimal-interval semantics"). Where an article matches, the shortest places are enough: whatever
//! is near to a long one that is not, is near to a short one or stands in between.
//!
//! The same operators serve the engine, which reads positions from the index (`engine`), and
//! highlights, which count them in the text.
//!
//! # Cost
//!
//! Linear in the positions of the words in one article, for each operator.

mod engine;
mod layout;
mod operators;

pub(crate) use operators::count_apart;
use operators::{any_of, in_any_order, in_order, near, run, where_nothing_starts};

pub(super) use engine::{IntervalQuery, Terms, WordQuery};
pub(crate) use layout::Layout;

use super::ast::{Letters, Proximity, Reach, Zone};
use crate::schema::BODY_GAP;

/// A stretch of a text, by the positions of its first and last word, both included.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Interval {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) filling: Filling,
}

/// Which words of an interval belong to what matched.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Filling {
    /// All of them.
    Solid,
    /// The first and the last; others may stand between.
    Open,
}

/// What is looked for, over words of kind `W`, which know their positions.
#[derive(Clone, Debug)]
pub(crate) enum Places<W> {
    /// Words at these distances from the first, which is at 0; `width` positions in all.
    Run { words: Vec<(u32, W)>, width: u32 },
    /// One of these.
    AnyOf(Vec<Places<W>>),
    /// A compound in its parts, or joined into a word where it is written so.
    Compound { parts: Box<Places<W>>, joined: W },
    /// These with at most `slop` other words among them.
    Phrase { parts: Vec<Places<W>>, slop: u32, ordered: bool },
    /// Two things near to each other.
    Near { left: Box<Places<W>>, right: Box<Places<W>>, proximity: Proximity },
    /// Within a part of the article.
    In(Zone, Box<Places<W>>),
    /// A word or compound, written with such letters.
    Cased(Letters, Box<Places<W>>),
}

impl<W> Places<W> {
    /// A word by itself.
    pub(crate) fn word(word: W) -> Self {
        Self::Run { words: vec![(0, word)], width: 1 }
    }

    /// The minimal intervals, in order. `positions` gives those of a word, ascending.
    pub(crate) fn find<P>(&mut self, positions: &mut P, layout: &Layout) -> Vec<Interval>
    where
        P: FnMut(&mut W) -> Vec<u32>,
    {
        match self {
            Self::Run { words, width } => {
                let mut found = Vec::with_capacity(words.len());
                for (offset, word) in words {
                    let positions = positions(word);
                    if positions.is_empty() {
                        return Vec::new();
                    }
                    found.push((*offset, positions));
                }
                run(&found, *width)
            }
            Self::AnyOf(alternatives) => {
                any_of(alternatives.iter_mut().flat_map(|it| it.find(positions, layout)).collect())
            }
            Self::Compound { parts, joined } => {
                let apart = parts.find(positions, layout);
                where_nothing_starts(apart, &positions(joined))
            }
            Self::Phrase { parts, slop, ordered } => {
                let mut found = Vec::with_capacity(parts.len());
                for part in parts {
                    let places = part.find(positions, layout);
                    if places.is_empty() {
                        return Vec::new();
                    }
                    found.push(places);
                }
                let mut found =
                    if *ordered { in_order(&found, *slop) } else { in_any_order(&found, *slop) };
                found.retain(|interval| layout.is_in_one_part(*interval));
                found
            }
            Self::Near { left, right, proximity } => {
                let left = left.find(positions, layout);
                if left.is_empty() {
                    return left;
                }
                near(&left, &right.find(positions, layout), *proximity, layout)
            }
            Self::In(zone, inner) => {
                let mut found = inner.find(positions, layout);
                found.retain(|interval| layout.is_within(*interval, *zone));
                found
            }
            Self::Cased(letters, inner) => {
                let mut found = inner.find(positions, layout);
                found.retain(|interval| layout.is_written(*interval, *letters));
                found
            }
        }
    }

    /// Whether sentences, paragraphs or parts of the article matter.
    pub(crate) fn needs_breaks(&self) -> bool {
        match self {
            Self::Run { .. } | Self::Compound { .. } | Self::Cased(..) => false,
            Self::AnyOf(places) => places.iter().any(Self::needs_breaks),
            // A few words never reach from the title to the body.
            Self::Phrase { parts, slop, .. } => {
                *slop >= BODY_GAP || parts.iter().any(Self::needs_breaks)
            }
            Self::Near { left, right, proximity } => {
                let is_far = match proximity.reach {
                    Reach::Words(words) => words >= BODY_GAP,
                    Reach::Sentence | Reach::Paragraph => true,
                };
                is_far || left.needs_breaks() || right.needs_breaks()
            }
            Self::In(..) => true,
        }
    }

    /// Whether capitals matter.
    pub(crate) fn needs_capitals(&self) -> bool {
        match self {
            Self::Run { .. } | Self::Compound { .. } => false,
            Self::Cased(..) => true,
            Self::AnyOf(places) | Self::Phrase { parts: places, .. } => {
                places.iter().any(Self::needs_capitals)
            }
            Self::Near { left, right, .. } => left.needs_capitals() || right.needs_capitals(),
            Self::In(_, inner) => inner.needs_capitals(),
        }
    }

    /// The same places over other words.
    pub(crate) fn try_map<V, E>(
        &self,
        map: &mut impl FnMut(&W) -> Result<V, E>,
    ) -> Result<Places<V>, E> {
        let each = |places: &[Self], map: &mut _| -> Result<Vec<Places<V>>, E> {
            places.iter().map(|it| it.try_map(map)).collect()
        };
        Ok(match self {
            Self::Run { words, width } => {
                let words = words.iter().map(|(offset, word)| Ok((*offset, map(word)?)));
                Places::Run { words: words.collect::<Result<_, E>>()?, width: *width }
            }
            Self::AnyOf(places) => Places::AnyOf(each(places, map)?),
            Self::Compound { parts, joined } => {
                Places::Compound { parts: Box::new(parts.try_map(map)?), joined: map(joined)? }
            }
            Self::Phrase { parts, slop, ordered } => {
                Places::Phrase { parts: each(parts, map)?, slop: *slop, ordered: *ordered }
            }
            Self::Near { left, right, proximity } => Places::Near {
                left: Box::new(left.try_map(map)?),
                right: Box::new(right.try_map(map)?),
                proximity: *proximity,
            },
            Self::In(zone, inner) => Places::In(*zone, Box::new(inner.try_map(map)?)),
            Self::Cased(letters, inner) => Places::Cased(*letters, Box::new(inner.try_map(map)?)),
        })
    }
}
