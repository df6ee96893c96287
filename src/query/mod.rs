//! From what a reader types to what is meant: a parser that never fails.
//!
//! [`parse`] reads any text in linear time and gives the best reading with the [`Repair`]s that
//! were needed; [`Query`] prints itself back, and what it prints is read as the same query.

mod ast;
mod date_range;
mod excluded;
mod lex;
mod lower;
mod normalize;
mod parse;
mod print;
mod repair;

pub use ast::{DateTest, Field, FieldTest, Query, Text};
pub(crate) use lower::Lowering;
pub use parse::{Parsed, parse};

/// Whether a query can test a field of this name.
pub fn is_field(name: &str) -> bool {
    lex::field_name(name).is_some()
}
pub use repair::{Repair, RepairCode};

#[cfg(test)]
mod tests;
