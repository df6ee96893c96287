//! From what a reader types to what is meant: a parser that never fails.
//!
//! [`parse`] reads any text in linear time and gives the best reading with the [`Repair`]s that
//! were needed; [`Query`] prints itself back.

mod ast;
mod date_range;
mod lex;
mod lower;
mod normalize;
mod parse;
mod repair;

pub use ast::{DateTest, Field, FieldTest, Query, Text};
pub(crate) use lower::Lowering;
pub use parse::parse;
pub use repair::{Repair, RepairCode};
