//! Finds the names in a text.

use super::{Mention, Story};

/// Every naming of a person, organisation or place, in the order of the text, not overlapping.
pub fn recognise(_story: &Story<'_>) -> Vec<Mention> {
    Vec::new()
}
