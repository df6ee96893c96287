//! From what a reader types to what is meant: a parser that never fails.
//!
//! A query goes through `normalize` (typographic spellings, escapes), `lex` (words, marks,
//! operators) and `parse` (the grammar), which asks `scope` and `word` what each
//! word means where it stands. The outcome is a [`Query`] with the [`Repair`]s that were needed.
//! A [`Query`] prints itself, and what it prints is read as the same query.

mod address;
mod ast;
mod date_range;
mod excluded;
mod interval;
mod lex;
mod lower;
mod names;
mod normalize;
mod parse;
mod print;
mod repair;
mod scope;
mod word;
mod wording;

pub use ast::{DateTest, Field, FieldTest, Near, Proximity, Query, Reach, Span, Text, Zone};
pub(crate) use interval::{Interval, Layout, Places, count_apart};
pub(crate) use lower::{Cut, Lowering, Piece};
pub use names::is_field;
pub use parse::{Parsed, parse};
pub use repair::{Repair, RepairCode};
pub use wording::Wording;

#[cfg(test)]
mod tests;
