//! Clauses in great number, asked one after the other.
//!
//! The engine opens all clauses of a conjunction or union at once, and each takes some kilobytes
//! while the index is read. Beyond a few hundred that adds up, and reading one after the other
//! costs no more: what matched so far is kept by the number of the document. They do not score.

use std::fmt;

use tantivy::query::{
    BooleanQuery, ConstScorer, EmptyQuery, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::Term;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

/// So many clauses are left to the engine.
pub(super) const MANY: usize = 256;

/// What any of the queries matches.
pub(super) fn any_of(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.swap_remove(0),
        2..=MANY => Box::new(BooleanQuery::union(queries)),
        _ => Box::new(ManyQuery { clauses: queries, joint: Joint::Any }),
    }
}

/// What all of the queries match; there is one at least.
pub(super) fn all_of(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.len() {
        1 => queries.swap_remove(0),
        0..=MANY => Box::new(BooleanQuery::intersection(queries)),
        _ => Box::new(ManyQuery { clauses: queries, joint: Joint::All }),
    }
}

/// How many of the clauses must match.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Joint {
    All,
    Any,
}

/// Many clauses as one.
struct ManyQuery {
    clauses: Vec<Box<dyn Query>>,
    joint: Joint,
}

impl fmt::Debug for ManyQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} of {} clauses", self.joint, self.clauses.len())
    }
}

impl Clone for ManyQuery {
    fn clone(&self) -> Self {
        let clauses = self.clauses.iter().map(|clause| clause.box_clone()).collect();
        Self { clauses, joint: self.joint }
    }
}

impl Query for ManyQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let clauses = self.clauses.iter().map(|clause| clause.weight(scoring));
        let clauses = clauses.collect::<tantivy::Result<_>>()?;
        Ok(Box::new(ManyWeight { clauses, joint: self.joint }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        for clause in &self.clauses {
            clause.query_terms(visitor);
        }
    }
}

struct ManyWeight {
    clauses: Vec<Box<dyn Weight>>,
    joint: Joint,
}

impl ManyWeight {
    fn matches(&self, reader: &SegmentReader) -> tantivy::Result<Matches> {
        let found = match self.joint {
            Joint::All => self.all(reader)?,
            Joint::Any => self.any(reader)?,
        };
        Ok(Matches { found, at: 0 })
    }

    fn any(&self, reader: &SegmentReader) -> tantivy::Result<Vec<DocId>> {
        let mut is_found = vec![false; reader.max_doc() as usize];
        for clause in &self.clauses {
            clause.for_each_no_score(reader, &mut |docs| {
                for &doc in docs {
                    is_found[doc as usize] = true;
                }
            })?;
        }
        Ok((0..).zip(is_found).filter_map(|(doc, is_found)| is_found.then_some(doc)).collect())
    }

    fn all(&self, reader: &SegmentReader) -> tantivy::Result<Vec<DocId>> {
        let mut found: Option<Vec<DocId>> = None;
        for clause in &self.clauses {
            let kept = match found {
                None => {
                    let mut first = Vec::new();
                    clause.for_each_no_score(reader, &mut |docs| first.extend_from_slice(docs))?;
                    first
                }
                Some(mut kept) => {
                    let mut scorer = clause.scorer(reader, 1.0)?;
                    kept.retain(|&doc| {
                        if scorer.doc() < doc {
                            scorer.seek(doc);
                        }
                        scorer.doc() == doc
                    });
                    kept
                }
            };
            if kept.is_empty() {
                return Ok(kept);
            }
            found = Some(kept);
        }
        Ok(found.unwrap_or_default())
    }
}

impl Weight for ManyWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(ConstScorer::new(self.matches(reader)?, boost)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut matches = self.matches(reader)?;
        if matches.doc() > doc || matches.seek(doc) != doc {
            let message = format!("document {doc} does not match");
            return Err(TantivyError::InvalidArgument(message));
        }
        Ok(Explanation::new("one of many clauses", 1.0))
    }
}

/// What matched in a segment.
struct Matches {
    found: Vec<DocId>,
    at: usize,
}

impl DocSet for Matches {
    fn advance(&mut self) -> DocId {
        self.at = self.found.len().min(self.at + 1);
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at += self.found[self.at..].partition_point(|&doc| doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.found.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.found.len()).unwrap_or(u32::MAX)
    }
}
