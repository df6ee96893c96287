//! What an archive knows as a whole: how many articles have what.
//!
//! Every number is that of the articles which match, each counted once wherever it counts, read from
//! the columns and postings of the index; nothing is estimated, and what is left out is counted, too.

mod block;
mod calendar;
mod compare;
mod coverage;
mod days;
mod facets;
mod matched;
mod pairs;
mod regular;
mod terms;
mod texts;
mod timeline;
mod unusual;
mod values;
mod words;

use std::ops::AddAssign;

use crate::article::named_enum;

pub use calendar::Bucket;
pub use compare::{Aspect, CompareRequest, Comparison, Contrast, Contrasted, compare};
pub use coverage::{
    Coverage, CoverageBreak, CoverageRequest, CoverageRow, Denominator, coverage, denominator,
};
pub use facets::{FacetField, Facets, facet_label, facets};
pub(super) use matched::Matched;
pub use pairs::{Named, Pair, Pairs, PairsRequest, pairs};
pub use regular::BreakKind;
pub use terms::{TermField, Terms, terms};
pub use timeline::{Series, Stretch, Timeline, TimelineRequest, timeline};

named_enum! {
    /// What is counted.
    Unit {
        /// Every article.
        Articles = "articles",
        /// Of all copies of a story that match, the earliest alone.
        Stories = "stories",
    }
}

impl Unit {
    /// What `n` of them are called.
    pub fn noun(self, n: u64) -> &'static str {
        match (self, n) {
            (Self::Articles, 1) => "article",
            (Self::Articles, _) => "articles",
            (Self::Stories, 1) => "story",
            (Self::Stories, _) => "stories",
        }
    }
}

/// How many there are of something.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Tally {
    /// Articles; where stories are counted, the earliest of each.
    pub articles: u64,
}

impl Tally {
    /// So many articles.
    pub fn of(articles: u64) -> Self {
        Self { articles }
    }

    /// Whether there is nothing.
    pub fn is_none(self) -> bool {
        self == Self::default()
    }

    /// Counts one more article.
    pub(super) fn add(&mut self) {
        self.articles += 1;
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, more: Self) {
        self.articles += more.articles;
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        let mut sum = Self::default();
        tallies.for_each(|tally| sum += tally);
        sum
    }
}

#[cfg(test)]
mod tests;
