//! When an article was published: every piece of evidence, and which of it to believe.
//!
//! A page offers [`Clues`], texts that may date it; they are read when all is known that settles
//! them: the language, the address, the time at which the page was saved. [`date`] then chooses.
//! The time of a later change is never taken for the publication, and the time of saving only
//! bounds it.

mod calibration;
mod choose;
mod clue;
mod gather;
mod labels;
mod state;

pub(crate) use choose::{Circumstances, Dating, date};
pub(crate) use clue::ClueKind;
pub use clue::{Clue, Clues};
pub(crate) use gather::clues;
pub(super) use state::{named_dates, spelled_out};

#[cfg(test)]
mod tests;
