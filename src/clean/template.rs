//! What a publisher repeats on page after page: menus, cookie notices, "Read more".
//!
//! Such a line says nothing about the article it stands in, yet it is indexed with it, and a
//! search for `subscribe` then finds the whole archive. Which lines repeat is known only after
//! many pages have been seen, so cleaning has two passes: a [`Learner`] is shown the lines of
//! pages, [`Learner::learn`] decides, and the [`Template`] of each site is evidence for cleaning.
//!
//! Lines are compared by their fingerprint, which disregards case, digits and punctuation.
//!
//! # Invariants
//!
//! - Lines are counted for each site by itself: "Staff reporter" is a menu at one, a byline at
//!   another.
//! - As long as the budget lasts, the outcome depends on which documents were shown, not on their
//!   order, nor on how often. When it is exceeded, the order matters as well.
//! - A template is evidence, not a verdict: what is a story by its own words stays one.
//!
//! # Cost
//!
//! Eight bytes for each line of a sampled document, up to the budget. Sites with more documents
//! than the sample holds cost no more than those that just fill it.

mod learn;
mod line;
mod samples;

pub use learn::{Learner, Templates};
pub use line::{distinct_lines, html_lines, html_text, text_lines};
pub use samples::Samples;

use serde::{Deserialize, Serialize};

use self::line::fingerprint;

/// The lines that one site repeats, as fingerprints.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(from = "Vec<u64>", into = "Vec<u64>")]
pub struct Template {
    /// Sorted, each once.
    repeated: Vec<u64>,
}

impl Template {
    /// Whether the site repeats `line` on other pages.
    pub fn repeats(&self, line: &str) -> bool {
        !self.repeated.is_empty()
            && fingerprint(line).is_some_and(|line| self.repeated.binary_search(&line).is_ok())
    }

    /// How many lines the site repeats.
    pub fn len(&self) -> usize {
        self.repeated.len()
    }

    /// Whether nothing is known to be repeated.
    pub fn is_empty(&self) -> bool {
        self.repeated.is_empty()
    }
}

impl From<Vec<u64>> for Template {
    fn from(mut repeated: Vec<u64>) -> Self {
        repeated.sort_unstable();
        repeated.dedup();
        Self { repeated }
    }
}

impl From<Template> for Vec<u64> {
    fn from(template: Template) -> Self {
        template.repeated
    }
}

#[cfg(test)]
mod tests;
