//! Which articles are copies of one another: reprinted, retouched, retitled, shortened, or embedded
//! in a longer story.
//!
//! A text is the set of its [`Shingles`], its runs of [`WIDTH`] words. Two texts are alike as far
//! as they share them ([`Overlap`]), and [`Likeness`] says how far that must be. Which of a million
//! texts are worth comparing is known from sketches, of an eighth of the shingles each; what
//! was compared and found alike is joined to families.
//!
//! # Invariants
//!
//! - Whether two texts are alike depends on these two alone, never on an estimate or on the order
//!   in which they are seen.
//! - The families of a level are those of the stricter level before it, joined.

mod diff;
mod forest;
mod likeness;
mod shingles;
mod sketch;

#[cfg(test)]
mod tests;

pub use diff::{Change, Difference, Segment};
pub use likeness::{Likeness, Overlap};
pub use shingles::{Shingles, WIDTH};

pub(crate) use forest::{Forest, Link};
pub(crate) use sketch::{COPIES_VERSION, Print, Sketch, enough_shared, may_be_alike};
