//! Whether documents, asked one after the other, are in a set.

use std::sync::Arc;

use tantivy::query::{ConstScorer, Scorer};
use tantivy::{DocId, DocSet as _, SeekDangerResult};

use crate::schema::{BitDocs, DocBits};

/// A set of documents that is asked about single ones.
pub(super) enum Test {
    /// The documents are known.
    Known(Arc<DocBits>),
    /// They are found on the way.
    Sought(Sought),
}

/// A set that is asked by `seek_danger`, which need not look for the next document that it holds:
/// where that takes reading positions, most of them are never asked about. What the answers tell of
/// the next one is remembered, as tantivy 0.27 does not allow to ask about documents before it.
pub(super) struct Sought {
    scorer: Box<dyn Scorer>,
    /// No document before this one, from the last one asked about, is in the set.
    next: DocId,
    /// Whether this one is.
    is_in: bool,
}

impl Test {
    pub(super) fn new(scorer: Box<dyn Scorer>) -> Self {
        let next = scorer.doc();
        Self::Sought(Sought { scorer, next, is_in: true })
    }

    /// The documents, if they are known.
    pub(super) fn bits(&self) -> Option<&DocBits> {
        match self {
            Self::Known(bits) => Some(bits),
            Self::Sought(_) => None,
        }
    }

    /// The same, once all its documents in a segment of so many are found; only where nothing was
    /// asked.
    pub(super) fn known(self, documents: DocId) -> (Self, Arc<DocBits>) {
        let bits = match self {
            Self::Known(bits) => bits,
            Self::Sought(mut sought) => Arc::new(DocBits::of(&mut *sought.scorer, documents)),
        };
        (Self::Known(Arc::clone(&bits)), bits)
    }

    /// Whether it holds `doc`, which is never below that of a call before.
    pub(super) fn holds(&mut self, doc: DocId) -> bool {
        match self {
            Self::Known(bits) => bits.contains(doc),
            Self::Sought(sought) => sought.holds(doc),
        }
    }

    /// What it would take to go through all of the set.
    pub(super) fn cost(&self) -> u64 {
        match self {
            Self::Known(bits) => bits.len().into(),
            Self::Sought(sought) => sought.scorer.cost(),
        }
    }

    /// The set itself, at its first document; only where nothing was asked.
    pub(super) fn into_scorer(self) -> Box<dyn Scorer> {
        match self {
            Self::Known(bits) => Box::new(ConstScorer::new(BitDocs::new(bits), 1.0)),
            Self::Sought(sought) => sought.scorer,
        }
    }
}

impl Sought {
    fn holds(&mut self, doc: DocId) -> bool {
        if doc > self.next || doc == self.next && !self.is_in {
            (self.next, self.is_in) = match self.scorer.seek_danger(doc) {
                SeekDangerResult::Found => (doc, true),
                SeekDangerResult::SeekLowerBound(next) => (next, false),
            };
        }
        doc == self.next && self.is_in
    }
}
