//! What an indexing run did, and what an index holds.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::article::DateSource;
use crate::reject::RejectReason;

/// What one run of indexing did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IndexReport {
    /// The generation that the index is at now.
    pub generation: u64,
    /// Files that were not in the index before.
    pub files_added: u64,
    /// Files whose content changed.
    pub files_replaced: u64,
    /// Files that are no longer there; their articles were removed.
    pub files_removed: u64,
    /// Files that have another name than before.
    pub files_moved: u64,
    /// Files that are as they were.
    pub files_unchanged: u64,
    /// Articles written in this run.
    pub articles_written: u64,
    /// Articles in the index now.
    pub articles_total: u64,
    /// Of the articles written, those whose bytes are the same as an earlier one's.
    pub duplicates: u64,
    /// Of the articles written, those of which a part is missing.
    pub truncated: u64,
    /// Of the articles written, those dated, by the evidence.
    pub dated: BTreeMap<DateSource, u64>,
    /// Of the articles written, those without a date.
    pub undated: u64,
    /// Inputs of this run that gave no article, by reason.
    pub rejects: BTreeMap<RejectReason, u64>,
    /// Bytes read from the disk.
    pub bytes_read: u64,
    /// Articles that are copies of one another.
    pub copies: u64,
    /// The part of the time in which copies were looked for.
    pub copies_took: Duration,
    /// Time from start to end.
    pub elapsed: Duration,
    /// Largest resident memory of the process, in bytes, where the system says.
    pub peak_memory: Option<u64>,
}

impl IndexReport {
    /// Whether the run found everything as it was.
    pub fn nothing_changed(&self) -> bool {
        self.files_added + self.files_replaced + self.files_removed + self.files_moved == 0
    }
}

/// What an index holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stats {
    /// The generation of the index.
    pub generation: u64,
    /// Articles.
    pub articles: u64,
    /// Files that gave articles.
    pub files: u64,
    /// Inputs that gave none, by reason.
    pub rejects: BTreeMap<RejectReason, u64>,
    /// Segments of the index.
    pub segments: usize,
    /// Bytes of the index on the disk.
    pub index_bytes: u64,
    /// First and last day of publication, as ISO 8601; `None` where no article is dated.
    pub dates: Option<(String, String)>,
    /// Articles without a date.
    pub undated: u64,
    /// For each field that is counted (`tag`, `about`, `lang`, `publisher`, `person`, `org`,
    /// `place`, `date.src`): how many articles have each value, most first. Articles without a
    /// value are counted under the empty string.
    pub facets: Vec<(String, Vec<(String, u64)>)>,
}
