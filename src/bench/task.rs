//! What is timed, and who answers it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::search::{Bucket, FacetField, Sort};

/// A question that is timed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Task {
    /// What kind of question it is: `and-2-frequent`, `phrase`; for a file, what the file says.
    pub class: String,
    /// The question as typed.
    pub query: String,
    /// What is wanted of its answer.
    pub ask: Ask,
    /// When it was asked, from the first one on, where a log is replayed.
    pub at: Option<Duration>,
}

/// What is wanted of an answer.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Ask {
    /// Hits in some order.
    Hits {
        /// The order.
        sort: Sort,
        /// How many are skipped.
        offset: usize,
        /// How many are fetched.
        limit: usize,
        /// Passages of each.
        snippets: usize,
        /// Whether one hit stands for all copies of a story.
        collapse: bool,
    },
    /// How many articles match.
    Count,
    /// The values of a field.
    Facets(FacetField),
    /// Articles over time.
    Timeline(Bucket),
}

/// Who answers. A target is asked by several threads at once.
pub trait Target: Sync {
    /// Answers a task to the last byte of what would be printed.
    fn perform(&self, task: &Task) -> Result<Answer, Error>;
}

/// What is kept of an answer.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Answer {
    /// How many articles match.
    pub total: u64,
    /// A digest of the ids of the hits in their order, or of the counts; equal for equal answers.
    pub checksum: u64,
    /// Where the time went.
    pub phases: Phases,
}

/// A part of the way from a question to what is printed.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Opening the index; only where each question opens it.
    Open,
    /// From what was typed to a query of the engine.
    Parse,
    /// Finding the best hits.
    Match,
    /// Counting: totals, facets, timelines.
    Collect,
    /// Reading the articles of the hits.
    Fetch,
    /// Highlights and passages.
    Snippet,
    /// Writing the answer.
    Print,
}

impl Phase {
    /// All of them, in the order of an answer.
    pub const ALL: [Self; 7] = [
        Self::Open,
        Self::Parse,
        Self::Match,
        Self::Collect,
        Self::Fetch,
        Self::Snippet,
        Self::Print,
    ];
}

/// The time of each phase, by the order of [`Phase::ALL`]; zero where it did not happen.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Phases([Duration; Phase::ALL.len()]);

impl Phases {
    /// Adds to a phase.
    pub fn add(&mut self, phase: Phase, time: Duration) {
        self.0[phase as usize] += time;
    }

    /// The time of a phase.
    pub fn of(&self, phase: Phase) -> Duration {
        self.0[phase as usize]
    }

    /// The time of all.
    pub fn total(&self) -> Duration {
        self.0.iter().sum()
    }
}
