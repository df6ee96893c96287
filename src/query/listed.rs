//! Filters that are lists of postings, as a region is: by the documents that are kept of them.

use std::sync::Arc;

use tantivy::query::{ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Term;
use tantivy::{DocId, Score, SegmentReader};

use crate::schema::{BitDocs, OpenSegments};

/// A set of articles that have one of some terms. It does not score.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    /// What finds them where they are not kept.
    pub(super) set: Arc<dyn Query>,
    pub(super) terms: Arc<[Term]>,
    pub(super) segments: OpenSegments,
}

impl Query for Listed {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let Self { set, terms, segments } = self.clone();
        Ok(Box::new(ListedWeight { weight: set.weight(scoring)?, terms, segments }))
    }
}

struct ListedWeight {
    weight: Box<dyn Weight>,
    terms: Arc<[Term]>,
    segments: OpenSegments,
}

impl Weight for ListedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        match self.segments.set(reader, &self.terms) {
            Some(known) => Ok(Box::new(ConstScorer::new(BitDocs::new(known), boost))),
            None => self.weight.scorer(reader, boost),
        }
    }

    fn count(&self, reader: &SegmentReader) -> tantivy::Result<u32> {
        // A single list has its number in the dictionary.
        self.weight.count(reader)
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }
}
