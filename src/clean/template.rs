//! What a publisher repeats on page after page: menus, cookie notices, "Read more".
//!
//! Such a line says nothing about the article it stands in, yet it is indexed with it, and a
//! search for `subscribe` then finds the whole archive. Lines are compared by their fingerprint,
//! which disregards case, digits and punctuation.

use xxhash_rust::xxh3::xxh3_64;

/// The lines that one publisher repeats, as fingerprints.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Template {
    /// Sorted.
    repeated: Vec<u64>,
}

impl Template {
    /// Whether the publisher repeats `line` on other pages.
    pub fn repeats(&self, line: &str) -> bool {
        !self.repeated.is_empty() && self.repeated.binary_search(&fingerprint(line)).is_ok()
    }
}

/// A hash of the words of `line`, folded, with every digit read as 0.
fn fingerprint(line: &str) -> u64 {
    let folded: String = line
        .chars()
        .map(|c| match c {
            c if c.is_numeric() => '0',
            c if c.is_alphabetic() => c,
            _ => ' ',
        })
        .flat_map(char::to_lowercase)
        .collect();
    xxh3_64(folded.split_whitespace().collect::<Vec<_>>().join(" ").as_bytes())
}
