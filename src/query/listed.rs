//! Filters that are lists of postings, as a region is: by the documents that are kept of them.

use std::sync::Arc;

use tantivy::query::{
    BooleanQuery, ConstScorer, EnableScoring, Explanation, Occur, Query, Scorer, TermQuery, Weight,
};
use tantivy::schema::Term;
use tantivy::{DocId, Score, SegmentReader};

use crate::schema::{BitDocs, OpenSegments};

/// A set of articles that have one of some terms. It does not score.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    /// What finds them where they are not kept.
    set: Arc<dyn Query>,
    pub(super) terms: Arc<[Term]>,
    segments: OpenSegments,
}

impl Listed {
    /// A set by what is kept of it, where it is a list; else as it is.
    pub(super) fn of(set: Arc<dyn Query>, segments: &OpenSegments) -> Arc<dyn Query> {
        match terms_of(&*set) {
            Some(terms) => Arc::new(Self { set, terms: terms.into(), segments: segments.clone() }),
            None => set,
        }
    }
}

/// The terms of which an article must have one to match, where that is all that is asked.
fn terms_of(query: &dyn Query) -> Option<Vec<Term>> {
    if let Some(one) = query.downcast_ref::<TermQuery>() {
        return Some(vec![one.term().clone()]);
    }
    let mut terms = Vec::new();
    for (occur, clause) in query.downcast_ref::<BooleanQuery>()?.clauses() {
        match occur {
            Occur::Should => terms.extend(terms_of(&**clause)?),
            Occur::Must | Occur::MustNot => return None,
        }
    }
    Some(terms)
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
