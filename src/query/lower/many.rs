//! Clauses in great number, asked one after the other.
//!
//! The engine opens all clauses of a conjunction or union at once, and each takes some kilobytes
//! while the index is read. Beyond a few hundred that adds up, and reading one after the other
//! costs no more: what matched so far, and its score, is kept by the number of the document.

use std::fmt;

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Term;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use super::Engine;

/// So many clauses are left to the engine.
pub(super) const MANY: usize = 256;

/// How many of the clauses must match.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Joint {
    All,
    Any,
}

/// Many clauses as one; scores add up.
pub(super) struct ManyQuery {
    pub(super) clauses: Vec<Engine>,
    pub(super) joint: Joint,
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
        let scores = scoring.is_scoring_enabled();
        Ok(Box::new(ManyWeight { clauses, joint: self.joint, scores }))
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
    scores: bool,
}

impl ManyWeight {
    fn matches(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Matches> {
        let found = match self.joint {
            Joint::All => self.all(reader, boost)?,
            Joint::Any => self.any(reader, boost)?,
        };
        Ok(Matches { found, at: 0 })
    }

    fn any(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Vec<(DocId, Score)>> {
        let mut sums: Vec<Option<Score>> = vec![None; reader.max_doc() as usize];
        for clause in &self.clauses {
            let mut scorer = clause.scorer(reader, boost)?;
            while scorer.doc() != TERMINATED {
                let score = if self.scores { scorer.score() } else { 0.0 };
                *sums[scorer.doc() as usize].get_or_insert(0.0) += score;
                scorer.advance();
            }
        }
        Ok((0..).zip(sums).filter_map(|(doc, score)| Some((doc, score?))).collect())
    }

    fn all(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Vec<(DocId, Score)>> {
        let mut found: Option<Vec<(DocId, Score)>> = None;
        for clause in &self.clauses {
            let mut scorer = clause.scorer(reader, boost)?;
            let score = |scorer: &mut dyn Scorer| {
                if self.scores { scorer.score() } else { 0.0 }
            };
            let kept = match found {
                None => {
                    let mut first = Vec::new();
                    while scorer.doc() != TERMINATED {
                        first.push((scorer.doc(), score(&mut *scorer)));
                        scorer.advance();
                    }
                    first
                }
                Some(mut kept) => {
                    kept.retain_mut(|(doc, sum)| {
                        if scorer.doc() < *doc {
                            scorer.seek(*doc);
                        }
                        let is_match = scorer.doc() == *doc;
                        *sum += if is_match { score(&mut *scorer) } else { 0.0 };
                        is_match
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
        Ok(Box::new(self.matches(reader, boost)?))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut matches = self.matches(reader, 1.0)?;
        if matches.doc() > doc || matches.seek(doc) != doc {
            let message = format!("document {doc} does not match");
            return Err(TantivyError::InvalidArgument(message));
        }
        Ok(Explanation::new("the sum of many clauses", matches.score()))
    }
}

/// What matched in a segment.
struct Matches {
    found: Vec<(DocId, Score)>,
    at: usize,
}

impl DocSet for Matches {
    fn advance(&mut self) -> DocId {
        self.at = self.found.len().min(self.at + 1);
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at += self.found[self.at..].partition_point(|&(doc, _)| doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.found.get(self.at).map_or(TERMINATED, |&(doc, _)| doc)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.found.len()).unwrap_or(u32::MAX)
    }
}

impl Scorer for Matches {
    fn score(&mut self) -> Score {
        self.found.get(self.at).map_or(0.0, |&(_, score)| score)
    }
}
