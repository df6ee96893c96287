//! The articles that match a question, segment by segment.

use tantivy::query::{EnableScoring, Query as EngineQuery, Weight};
use tantivy::{DocId, SegmentReader};

use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::Query;
use crate::search::Matching;
use crate::search::probe::Probe;

/// The articles that match a question.
pub(super) struct Matched<'a> {
    archive: &'a ArchiveReader,
    query: Box<dyn EngineQuery>,
}

/// Those of a segment.
pub(super) struct Articles<'a> {
    weight: &'a dyn Weight,
    segment: &'a SegmentReader,
}

impl<'a> Matched<'a> {
    pub(super) fn new(
        archive: &'a ArchiveReader,
        query: &Query,
        matching: Matching,
    ) -> Result<Self, Error> {
        let (query, _) = Probe::new(archive, matching)?.lower(query)?;
        Ok(Self { archive, query })
    }

    /// Hands each segment to `visit`, with what goes through those of its articles that match.
    pub(super) fn each_segment(
        &self,
        mut visit: impl FnMut(&SegmentReader, &Articles<'_>) -> tantivy::Result<()>,
    ) -> Result<(), Error> {
        self.visit_all(&mut visit).map_err(self.archive.engine_error())
    }

    fn visit_all(
        &self,
        visit: &mut dyn FnMut(&SegmentReader, &Articles<'_>) -> tantivy::Result<()>,
    ) -> tantivy::Result<()> {
        let searcher = self.archive.searcher();
        let weight = self.query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        for segment in searcher.segment_readers() {
            visit(segment, &Articles { weight: &*weight, segment })?;
        }
        Ok(())
    }
}

impl Articles<'_> {
    /// Goes through the articles in the order of their numbers, some at a time.
    pub(super) fn each(&self, visit: &mut dyn FnMut(&[DocId])) -> tantivy::Result<()> {
        let Some(alive) = self.segment.alive_bitset() else {
            return self.weight.for_each_no_score(self.segment, visit);
        };
        let mut living = Vec::new();
        self.weight.for_each_no_score(self.segment, &mut |docs| {
            living.clear();
            living.extend(docs.iter().copied().filter(|&doc| alive.is_alive(doc)));
            visit(&living);
        })
    }
}
