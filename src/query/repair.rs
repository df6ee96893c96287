//! What the parser changed in the query as typed, and what it thinks the reader may have meant.

use std::fmt;

use crate::article::named_enum;

/// A change that the parser made, or advice that changes nothing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Repair {
    /// What was done.
    pub code: RepairCode,
    /// Where, as a byte position in the query as typed.
    pub position: usize,
    /// The whole message for a reader: lower case, no final period.
    pub message: String,
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

named_enum! {
    /// The kinds of repair (R) and hint (H). Hints never change the query.
    RepairCode {
        /// An open quotation mark was closed at the end.
        Quote = "R1",
        /// A missing bracket was added or a surplus one dropped.
        Bracket = "R2",
        /// A colon after something that is no field was read as text.
        UnknownField = "R3",
        /// An operator without anything to work on was dropped.
        Dangling = "R4",
        /// A wildcard with fewer than two letters was read as text.
        Wildcard = "R5",
        /// A construct that is not supported was read as text.
        Unsupported = "R6",
        /// A date was impossible or unreadable.
        Date = "R7",
        /// A boost was out of range and was dropped.
        Boost = "R8",
        /// The query was too deep or too long; what is said was left out.
        TooLong = "R9",
        /// A lower-case `and`, `or` or `not` was read as a word.
        LowerCaseOperator = "H1",
        /// A date could be read in two ways.
        AmbiguousDate = "H2",
        /// A field name that is nearly right.
        FieldTypo = "H3",
    }
}
