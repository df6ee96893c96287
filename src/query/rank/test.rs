//! Whether documents, asked one after the other, are in a set.

use tantivy::query::Scorer;
use tantivy::{DocId, DocSet as _, SeekDangerResult};

/// A set of documents that is asked about single ones.
///
/// It is asked by `seek_danger`, which need not look for the next document that it holds: where
/// that takes reading positions, most of them are never asked about. What the answers tell of the
/// next one is remembered, as tantivy 0.27 does not allow to ask about documents before it.
pub(super) struct Test {
    scorer: Box<dyn Scorer>,
    /// No document before this one, from the last one asked about, is in the set.
    next: DocId,
    /// Whether this one is.
    is_in: bool,
}

impl Test {
    pub(super) fn new(scorer: Box<dyn Scorer>) -> Self {
        let next = scorer.doc();
        Self { scorer, next, is_in: true }
    }

    /// Whether it holds `doc`, which is never below that of a call before.
    pub(super) fn holds(&mut self, doc: DocId) -> bool {
        if doc > self.next || doc == self.next && !self.is_in {
            (self.next, self.is_in) = match self.scorer.seek_danger(doc) {
                SeekDangerResult::Found => (doc, true),
                SeekDangerResult::SeekLowerBound(next) => (next, false),
            };
        }
        doc == self.next && self.is_in
    }

    /// What it would take to go through all of the set.
    pub(super) fn cost(&self) -> u64 {
        self.scorer.cost()
    }

    /// The set itself, at its first document; only where nothing was asked.
    pub(super) fn into_scorer(self) -> Box<dyn Scorer> {
        self.scorer
    }
}
