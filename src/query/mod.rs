//! From what a reader types to what is meant: a parser that never fails.
//!
//! A query goes through `normalize` (typographic spellings, escapes), `lex` (words, marks,
//! operators) and `parse` (the grammar), which asks `scope` and `word` what each
//! word means where it stands. The outcome is a [`Query`] with the [`Repair`]s that were needed.
//! A [`Query`] prints itself, and what it prints is read as the same query.

mod address;
mod ast;
mod date_range;
mod dates;
mod excluded;
mod interval;
mod lex;
mod listed;
mod lower;
mod many;
mod names;
mod normalize;
mod number_range;
mod parse;
mod pattern;
mod print;
mod rank;
mod repair;
mod scope;
mod word;
mod wording;

pub use ast::{
    DateTest, Field, FieldTest, Letters, Near, Proximity, Query, Reach, Span, Text, Zone,
};
pub(crate) use interval::{Interval, Layout, Places, count_apart};
pub use lower::{Access, Limit, Step, StepRole, TermPattern};
pub(crate) use lower::{Cut, Lowering, Piece, matching_terms, words_of};
pub use names::{field_named, is_field};
pub use parse::{Parsed, parse};
pub(crate) use pattern::expression;
pub(crate) use rank::{Above, Filtered, Uneven};
pub use repair::{Repair, RepairCode};
pub use wording::Wording;

#[cfg(test)]
pub(crate) mod tests;
