//! All hits of an answer, one batch after the other, in memory that does not grow with their number.
//!
//! They come in the order that was asked for. The order is found a chunk at a time: each pass over
//! the articles that match keeps the [`CHUNK`] best behind the last one of the chunk before. So a
//! million hits take thirty passes, which together cost less than fetching their articles.

use std::fmt;
use std::vec::IntoIter;

use super::collect::{Candidate, Place};
use super::highlight::Marked;
use super::run::Answering;
use super::{Hit, Hits, SearchRequest};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::record::ArticleRecord;

/// How many places are found in one pass: about two megabytes for each segment of the index.
const CHUNK: usize = 1 << 15;

/// How many articles are held at a time.
const BATCH: usize = 64;

/// The hits of an answer, being handed out.
pub struct Stream<'a> {
    answering: Answering<'a>,
    chunk: IntoIter<Candidate>,
    /// The place of the last hit handed out.
    last: Option<Place>,
    next_rank: usize,
    /// How many hits are still to come.
    left: usize,
    chunk_size: usize,
}

/// An article, and what of it answers a question.
pub(super) struct MarkedArticle {
    pub(super) rank: usize,
    pub(super) article: ArticleRecord,
    pub(super) marked: Marked,
}

/// Answers `request` hit by hit, up to its limit.
pub fn stream<'a>(
    archive: &'a ArchiveReader,
    request: &'a SearchRequest,
) -> Result<Stream<'a>, Error> {
    let mut answering = Answering::begin(archive, request)?;
    answering.count()?;
    let last = answering.after()?;
    let mut stream = Stream {
        answering,
        chunk: Vec::new().into_iter(),
        last,
        next_rank: 1 + request.after.map_or(0, |after| after.rank()),
        left: request.limit,
        chunk_size: CHUNK,
    };
    if request.after.is_none() {
        stream.skip(request.offset)?;
    }
    Ok(stream)
}

impl Stream<'_> {
    /// What is known of the answer, without its hits; with a cursor behind those handed out.
    pub fn summary(&self) -> Hits {
        let rank = self.next_rank - 1;
        let cursor = self.last.and_then(|place| self.answering.cursor(rank, place));
        Hits { cursor, ..self.answering.summary() }
    }

    /// The answer once all its hits are handed out: what is known of it, and the articles that fill
    /// up a short list of hits.
    pub fn end(&mut self) -> Result<Hits, Error> {
        let partial = self.answering.partial()?;
        Ok(Hits { partial, ..self.summary() })
    }

    /// The hits that follow; none behind the last one.
    pub fn batch(&mut self) -> Result<Vec<Hit>, Error> {
        let first_rank = self.next_rank;
        let candidates = self.candidates(BATCH.min(self.left))?;
        self.left -= candidates.len();
        self.answering.hits(first_rank, &candidates)
    }

    /// The same hits, found in smaller chunks.
    #[cfg(test)]
    pub(super) fn in_chunks_of(self, places: usize) -> Self {
        Self { chunk_size: places, ..self }
    }

    fn skip(&mut self, mut hits: usize) -> Result<(), Error> {
        while hits > 0 {
            let skipped = self.candidates(hits)?.len();
            if skipped == 0 {
                break;
            }
            hits -= skipped;
        }
        Ok(())
    }

    /// The article that follows, with what of it answers the question; `None` behind the last one.
    pub(super) fn marked(&mut self) -> Result<Option<MarkedArticle>, Error> {
        let rank = self.next_rank;
        let candidates = self.candidates(1.min(self.left))?;
        self.left -= candidates.len();
        let Some(candidate) = candidates.first() else { return Ok(None) };
        let (article, marked) = self.answering.marked(candidate)?;
        Ok(Some(MarkedArticle { rank, article, marked }))
    }

    /// Up to `wanted` places that follow.
    fn candidates(&mut self, wanted: usize) -> Result<Vec<Candidate>, Error> {
        if self.chunk.as_slice().is_empty() && wanted > 0 {
            self.chunk = self.answering.best(self.last, self.chunk_size)?.into_iter();
        }
        let candidates: Vec<_> = self.chunk.by_ref().take(wanted).collect();
        self.next_rank += candidates.len();
        self.last = candidates.last().map(|candidate| candidate.place).or(self.last);
        Ok(candidates)
    }
}

impl fmt::Debug for Stream<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream").field("next_rank", &self.next_rank).finish_non_exhaustive()
    }
}
