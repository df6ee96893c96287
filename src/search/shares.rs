//! What each clause of a question adds to the score of a hit.

use tantivy::query::{EnableScoring, Scorer, Weight};
use tantivy::{DocAddress, DocId, SegmentReader};

use super::probe::Probe;
use super::{Matching, ScoreShares, Share};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::Query;

/// Tells the shares of the score of any hit of a question.
pub(super) struct Shares<'a> {
    archive: &'a ArchiveReader,
    root: Node,
}

/// A part of the question that may match an article.
struct Node {
    weight: Box<dyn Weight>,
    inner: Inner,
}

enum Inner {
    /// Its score is the share of this clause.
    Clause(String),
    /// Its score is that of those of its parts that match.
    Parts(Vec<Node>),
}

impl<'a> Shares<'a> {
    /// For hits of `query`.
    pub(super) fn new(
        archive: &'a ArchiveReader,
        query: &Query,
        matching: Matching,
    ) -> Result<Self, Error> {
        let mut probe = Probe::new(archive, matching)?;
        let root = Node::new(archive, &mut probe, query)?;
        Ok(Self { archive, root })
    }

    /// The shares of a hit, in the order of the question; `recency` is what its score was
    /// multiplied by, and they are too.
    pub(super) fn of(&self, hit: DocAddress, recency: Option<f64>) -> Result<ScoreShares, Error> {
        let reader = self.archive.searcher().segment_reader(hit.segment_ord);
        let mut shares = Vec::new();
        self.root
            .shares(reader, hit.doc_id, recency.unwrap_or(1.0), &mut shares)
            .map_err(self.archive.engine_error())?;
        Ok(ScoreShares { shares, recency })
    }
}

impl Node {
    fn new(archive: &ArchiveReader, probe: &mut Probe<'_>, query: &Query) -> Result<Self, Error> {
        let (lowered, _) = probe.lower(query)?;
        let scoring = EnableScoring::enabled_from_searcher(archive.searcher());
        let weight = lowered.weight(scoring).map_err(archive.engine_error())?;
        let inner = match parts(query) {
            None => Inner::Clause(query.to_string()),
            Some(parts) => {
                let parts = parts.iter().map(|part| Self::new(archive, probe, part));
                Inner::Parts(parts.collect::<Result<_, _>>()?)
            }
        };
        Ok(Self { weight, inner })
    }

    fn shares(
        &self,
        reader: &SegmentReader,
        doc: DocId,
        factor: f64,
        shares: &mut Vec<Share>,
    ) -> tantivy::Result<()> {
        let mut scorer = self.weight.scorer(reader, 1.0)?;
        if !is_at(&mut *scorer, doc) {
            return Ok(());
        }
        match &self.inner {
            Inner::Parts(parts) => {
                for part in parts {
                    part.shares(reader, doc, factor, shares)?;
                }
            }
            Inner::Clause(clause) => {
                let score = f64::from(scorer.score()) * factor;
                if score > 0.0 {
                    shares.push(Share { clause: clause.clone(), score });
                }
            }
        }
        Ok(())
    }
}

fn is_at(scorer: &mut dyn Scorer, doc: DocId) -> bool {
    if scorer.doc() < doc {
        scorer.seek(doc);
    }
    scorer.doc() == doc
}

/// The parts whose scores add up; `None` where there are none.
fn parts(query: &Query) -> Option<Vec<Query>> {
    match query {
        Query::And(clauses) | Query::Or(clauses) => Some(clauses.clone()),
        Query::In(zone, inner) => Some(each(inner, |part| Query::In(*zone, Box::new(part)))),
        Query::Boost(inner, factor) => {
            Some(each(inner, |part| Query::Boost(Box::new(part), *factor)))
        }
        _ => None,
    }
    .filter(|parts| *parts != [query.clone()])
}

fn each(query: &Query, wrap: impl Fn(Query) -> Query) -> Vec<Query> {
    let parts = parts(query).unwrap_or_else(|| vec![query.clone()]);
    parts.into_iter().map(wrap).collect()
}
