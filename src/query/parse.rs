//! The grammar.

use chrono::NaiveDate;

use super::{Query, Repair};

/// Reads `typed`. `today` is the day that `yesterday` and `last-month` are counted from.
pub fn parse(_typed: &str, _today: NaiveDate) -> (Query, Vec<Repair>) {
    (Query::Nothing, Vec::new())
}
