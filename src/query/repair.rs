//! What the parser changed in the query as typed, and what it thinks the reader may have meant.

use std::fmt;

use super::normalize::Glyph;
use crate::article::named_enum;

/// How many repairs are listed; a query of nothing but faults needs no more.
const MOST_REPAIRS: usize = 20;

/// How many characters of the query a message quotes.
const LONGEST_EXCERPT: usize = 40;

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
        /// A date was read as words.
        DateAsWords = "H4",
    }
}

impl RepairCode {
    /// Whether this is advice, which changes nothing.
    pub fn is_hint(self) -> bool {
        matches!(
            self,
            Self::LowerCaseOperator | Self::AmbiguousDate | Self::FieldTypo | Self::DateAsWords
        )
    }
}

/// Repairs as they are made.
#[derive(Clone, Debug, Default)]
pub(super) struct Repairs(Vec<Repair>);

impl Repairs {
    /// Adds what was done at `position` of the query as typed.
    pub(super) fn add(&mut self, code: RepairCode, position: usize, message: impl Into<String>) {
        self.0.push(Repair { code, position, message: message.into() });
    }

    /// How many there are so far.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them in the order of their positions; the last one says how many are left out.
    pub(super) fn finish(self) -> Vec<Repair> {
        let mut repairs = self.0;
        repairs.sort_by_key(|repair| repair.position);
        let surplus = repairs.len().saturating_sub(MOST_REPAIRS);
        if surplus > 0 {
            repairs.truncate(MOST_REPAIRS);
            let position = repairs.last().map_or(0, |repair| repair.position);
            let message = format!("{surplus} more repairs are not listed");
            repairs.push(Repair { code: RepairCode::TooLong, position, message });
        }
        repairs
    }
}

/// The text of some glyphs for a message, cut where it is long.
pub(super) fn excerpt(glyphs: &[Glyph]) -> String {
    let mut excerpt: String = glyphs.iter().take(LONGEST_EXCERPT).map(|glyph| glyph.c).collect();
    if glyphs.len() > LONGEST_EXCERPT {
        excerpt.push('…');
    }
    excerpt
}
