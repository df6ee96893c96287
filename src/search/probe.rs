//! Asks one snapshot of an index about queries and parts of them.

use tantivy::collector::Count;
use tantivy::query::{EnableScoring, Query as EngineQuery};
use tantivy::{DocAddress, TERMINATED};

use super::Matching;
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::{Limit, Lowering, Query};

/// Asks one snapshot of an index.
pub(super) struct Probe<'a> {
    archive: &'a ArchiveReader,
    pub(super) lowering: Lowering<'a>,
}

impl<'a> Probe<'a> {
    /// For questions in which several words side by side match as `matching` says.
    pub(super) fn new(archive: &'a ArchiveReader, matching: Matching) -> Result<Self, Error> {
        let languages = archive.languages()?;
        let (searcher, fields) = (archive.searcher(), archive.fields());
        let all_words = matching != Matching::AnyWord;
        let (segments, aliases) = (archive.segments(), archive.aliases());
        let lowering = Lowering::new(searcher, fields, segments, languages, all_words, aliases);
        Ok(Self { archive, lowering })
    }

    /// The engine's form of `query`, and what it leaves out for its size.
    pub(super) fn lower(
        &mut self,
        query: &Query,
    ) -> Result<(Box<dyn EngineQuery>, Vec<Limit>), Error> {
        self.lowering.lower(query).map_err(self.archive.engine_error())
    }

    /// How many articles match.
    pub(super) fn count(&mut self, query: &Query) -> Result<u64, Error> {
        let (query, _) = self.lower(query)?;
        let count = self.archive.searcher().search(&*query, &Count);
        Ok(count.map_err(self.archive.engine_error())? as u64)
    }

    /// Which of the documents match, in their order.
    pub(super) fn matches(
        &mut self,
        query: &Query,
        documents: &[DocAddress],
    ) -> Result<Vec<bool>, Error> {
        let (query, _) = self.lower(query)?;
        self.matching(&*query, documents).map_err(self.archive.engine_error())
    }

    fn matching(
        &self,
        query: &dyn EngineQuery,
        documents: &[DocAddress],
    ) -> tantivy::Result<Vec<bool>> {
        let searcher = self.archive.searcher();
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut matching = vec![false; documents.len()];
        for (ord, segment) in (0..).zip(searcher.segment_readers()) {
            let here = documents.iter().enumerate().filter(|(_, it)| it.segment_ord == ord);
            let mut here: Vec<_> = here.map(|(place, it)| (it.doc_id, place)).collect();
            if here.is_empty() {
                continue;
            }
            here.sort_unstable();
            let mut scorer = weight.scorer(segment, 1.0)?;
            for (doc, place) in here {
                if scorer.doc() < doc && scorer.doc() != TERMINATED {
                    scorer.seek(doc);
                }
                matching[place] = scorer.doc() == doc;
            }
        }
        Ok(matching)
    }
}
