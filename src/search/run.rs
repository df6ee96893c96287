//! Answers a request from an index.

use std::collections::BTreeSet;
use std::time::Instant;

use tantivy::query::Query as EngineQuery;

use super::collect::{Before, Best, Candidate, Place, best_fading, count_and_best};
use super::count::{Counter, Counts};
use super::decay::Decay;
use super::highlight::{Highlighter, Marked};
use super::partial::{PAGE, Partial, PartialSearch};
use super::passage::passages;
use super::probe::Probe;
use super::shares::Shares;
use super::stories::{CopiesOf, Stories, StorySet};
use super::{Cursor, Hit, Hits, Matching, PartialHit, ScoreShares, SearchRequest, Sort, Spent};
use crate::article::ArticleId;
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::{Filtered, Limit, Query, Uneven};
use crate::record::ArticleRecord;

/// Answers `request` from the snapshot that `archive` holds.
pub fn search(archive: &ArchiveReader, request: &SearchRequest) -> Result<Hits, Error> {
    let mut answering = Answering::begin(archive, request)?;
    let after = answering.after()?;
    let skipped = if after.is_some() { 0 } else { request.offset };
    let mut candidates = answering.count_and_best(after, skipped.saturating_add(request.limit))?;
    candidates.drain(..skipped.min(candidates.len()));
    let first_rank = 1 + request.after.map_or(skipped, |after| after.rank());
    let hits = answering.hits(first_rank, &candidates)?;
    let last = hits.last().zip(candidates.last());
    let cursor = last.and_then(|(hit, candidate)| answering.cursor(hit.rank, candidate.place));
    let partial = answering.partial()?;
    Ok(Hits { hits, cursor, partial, ..answering.summary() })
}

/// The ids of all articles that match, sorted.
pub fn ids(
    archive: &ArchiveReader,
    query: &Query,
    matching: Matching,
) -> Result<Vec<ArticleId>, Error> {
    let (query, _) = Probe::new(archive, matching)?.lower(query)?;
    archive.ids(&*query)
}

/// The labels of the files with articles that match.
pub fn files(
    archive: &ArchiveReader,
    query: &Query,
    matching: Matching,
) -> Result<BTreeSet<String>, Error> {
    let (query, _) = Probe::new(archive, matching)?.lower(query)?;
    archive.files_with(&*query)
}

/// The ids of the best articles with their scores, best first; no article is read.
pub fn best(
    archive: &ArchiveReader,
    query: &Query,
    matching: Matching,
    limit: usize,
) -> Result<Vec<(ArticleId, f32)>, Error> {
    let (query, _) = Probe::new(archive, matching)?.lower(query)?;
    let best = Best::new(archive.segments(), Sort::Relevance, limit);
    let found = archive.searcher().search(&*query, &best).map_err(archive.engine_error())?;
    Ok(found.iter().map(|it| (ArticleId(it.place.id), it.place.score)).collect())
}

/// The ids of the first hits in the order that is asked for; nothing is counted, and no article is
/// read.
pub fn leading(archive: &ArchiveReader, request: &SearchRequest) -> Result<Vec<ArticleId>, Error> {
    let mut answering = Answering::begin(archive, request)?;
    let found = answering.best(None, request.limit)?;
    Ok(found.iter().map(|it| ArticleId(it.place.id)).collect())
}

/// A request that is being answered.
pub(super) struct Answering<'a> {
    archive: &'a ArchiveReader,
    request: &'a SearchRequest,
    begun: Instant,
    spent: Spent,
    query: Box<dyn EngineQuery>,
    limits: Vec<Limit>,
    counts: Counts,
    /// Which story each article is of, where one hit stands for all of a story.
    stories: Option<Stories<'a>>,
    /// The stories that have hits already.
    shown: StorySet,
    /// Where scores fade.
    decay: Option<Decay>,
    /// Where the shares of scores are wanted.
    shares: Option<Shares<'a>>,
    /// Where highlights or snippets are wanted.
    highlighter: Option<Highlighter>,
}

impl<'a> Answering<'a> {
    /// Reads the request; counts nothing yet.
    pub(super) fn begin(
        archive: &'a ArchiveReader,
        request: &'a SearchRequest,
    ) -> Result<Self, Error> {
        let begun = Instant::now();
        let mut probe = Probe::new(archive, request.matching)?;
        let (query, limits) = probe.lower(&request.query)?;
        let decay = request.recency.map(|it| Decay::new(it.half_life, archive, it.today));
        let decay = decay.transpose().map_err(archive.engine_error())?;
        let has_shares = request.shares && request.sort == Sort::Relevance;
        let shares = has_shares.then(|| Shares::new(archive, &request.query, request.matching));
        let shares = shares.transpose()?;
        let is_lenient = request.matching == Matching::AnyWord;
        let main = probe.lowering.main_language();
        let highlighter =
            (request.snippets > 0).then(|| Highlighter::new(&request.query, main, is_lenient));
        Ok(Self {
            archive,
            request,
            begun,
            spent: Spent { lowering: begun.elapsed(), ..Spent::default() },
            query,
            limits,
            counts: Counts::default(),
            stories: Stories::of(archive, request.copies)?,
            shown: StorySet::default(),
            decay,
            shares,
            highlighter,
        })
    }

    /// Counts what matches.
    pub(super) fn count(&mut self) -> Result<(), Error> {
        let begun = Instant::now();
        let counter = Counter { segments: self.archive.segments(), stories: self.stories };
        let tally = self.archive.searcher().search(&*self.query, &counter);
        self.counts = tally.map_err(self.archive.engine_error())?.counts();
        self.spent.counting += begun.elapsed();
        Ok(())
    }

    /// Counts what matches, and gives the first `limit` hits behind a place.
    fn count_and_best(
        &mut self,
        after: Option<Place>,
        limit: usize,
    ) -> Result<Vec<Candidate>, Error> {
        let is_ranked = limit > 0 && self.request.sort == Sort::Relevance;
        let searcher = self.archive.searcher();
        let filtered = if is_ranked { Filtered::of(&*self.query, searcher) } else { Ok(None) };
        let filtered = filtered.map_err(self.archive.engine_error())?;
        let Some(filtered) = filtered else {
            self.count()?;
            return self.best(after, limit);
        };
        let begun = Instant::now();
        let found = count_and_best(&filtered, &self.best_of(after, limit), searcher);
        let (counts, best) = found.map_err(self.archive.engine_error())?;
        self.spent.matching += begun.elapsed();
        self.counts = counts;
        self.note_shown(&best);
        Ok(best)
    }

    fn best_of(&self, after: Option<Place>, limit: usize) -> Best<'_> {
        let best = Best::new(self.archive.segments(), self.request.sort, limit);
        let best = best.behind(after).fading(self.decay);
        best.one_each(self.stories, &self.shown)
    }

    fn note_shown(&mut self, hits: &[Candidate]) {
        if self.stories.is_some() {
            for hit in hits {
                self.shown.insert(hit.story);
            }
        }
    }

    /// The place behind which the request goes on. The stories of all that stands before it have
    /// been shown.
    pub(super) fn after(&mut self) -> Result<Option<Place>, Error> {
        let generation = self.archive.generation();
        let after = self.request.after.map(|it| it.place(self.request, self.decay, generation));
        let after = after.transpose()?;
        if let (Some(last), Some(stories)) = (after, self.stories) {
            let before = Before {
                segments: self.archive.segments(),
                sort: self.request.sort,
                last,
                decay: self.decay,
                stories,
            };
            let shown = self.archive.searcher().search(&*self.query, &before);
            self.shown = shown.map_err(self.archive.engine_error())?;
        }
        Ok(after)
    }

    /// The first `limit` hits behind a place.
    pub(super) fn best(
        &mut self,
        after: Option<Place>,
        limit: usize,
    ) -> Result<Vec<Candidate>, Error> {
        let begun = Instant::now();
        let best = self.best_in_index(after, limit).map_err(self.archive.engine_error())?;
        self.spent.matching += begun.elapsed();
        self.note_shown(&best);
        Ok(best)
    }

    fn best_in_index(&self, after: Option<Place>, limit: usize) -> tantivy::Result<Vec<Candidate>> {
        let searcher = self.archive.searcher();
        let best = self.best_of(after, limit);
        let is_fading = self.decay.is_some() && self.request.sort == Sort::Relevance && limit > 0;
        let uneven = if is_fading { Uneven::of(&*self.query, searcher)? } else { None };
        match uneven {
            Some(uneven) => best_fading(&uneven, &best, searcher),
            None => searcher.search(&*self.query, &best),
        }
    }

    /// The articles of candidates that follow each other from `first_rank` on.
    pub(super) fn hits(
        &mut self,
        first_rank: usize,
        candidates: &[Candidate],
    ) -> Result<Vec<Hit>, Error> {
        let copies = self.copies_of(candidates)?;
        let ranked = (first_rank..).zip(candidates).zip(copies);
        ranked
            .map(|((rank, candidate), copies)| {
                let shares = self.shares_of(candidate, self.shares.as_ref())?;
                Ok(Hit { shares, copies, ..self.hit(rank, candidate)? })
            })
            .collect()
    }

    /// What is known of the copies of hits, where one stands for all.
    fn copies_of(&self, candidates: &[Candidate]) -> Result<Vec<Option<CopiesOf>>, Error> {
        match self.stories {
            Some(stories) => stories.notes(self.archive, candidates),
            None => Ok(vec![None; candidates.len()]),
        }
    }

    /// What fills up the first page where few articles have all the words; the ranks go on behind
    /// those that have.
    pub(super) fn partial(&mut self) -> Result<Vec<PartialHit>, Error> {
        let SearchRequest { matching, limit, offset, after, .. } = self.request;
        let is_first = *offset == 0 && after.is_none();
        let full = usize::try_from(self.counts.stories).unwrap_or(usize::MAX);
        let room = PAGE.min(*limit).saturating_sub(full);
        if *matching != Matching::AllWordsFirst || !is_first || room == 0 {
            return Ok(Vec::new());
        }
        // Shares of a score that some words have no part in.
        let shares = self
            .shares
            .is_some()
            .then(|| Shares::new(self.archive, &self.request.query, Matching::AnyWord));
        let shares = shares.transpose()?;
        let mut hits = Vec::new();
        let search = PartialSearch {
            archive: self.archive,
            request: self.request,
            decay: self.decay,
            stories: self.stories,
            shown: &self.shown,
        };
        let begun = Instant::now();
        let found = search.best(room)?;
        self.spent.matching += begun.elapsed();
        let candidates: Vec<Candidate> = found.iter().map(|it| it.candidate).collect();
        let copies = self.copies_of(&candidates)?;
        for ((rank, Partial { lacks, candidate }), copies) in (full + 1..).zip(found).zip(copies) {
            let shares = self.shares_of(&candidate, shares.as_ref())?;
            let hit = Hit { shares, copies, ..self.hit(rank, &candidate)? };
            hits.push(PartialHit { lacks, hit });
        }
        Ok(hits)
    }

    fn hit(&mut self, rank: usize, candidate: &Candidate) -> Result<Hit, Error> {
        let (article, marked) = self.marked(candidate)?;
        let begun = Instant::now();
        let n_clauses = self.highlighter.as_ref().map_or(0, |it| it.clauses().len());
        let snippets = passages(&article.body, &marked.body, n_clauses, self.request.snippets);
        self.spent.snippets += begun.elapsed();
        Ok(Hit {
            rank,
            score: candidate.place.score,
            title_highlights: marked.title.all_marks(),
            snippets,
            article,
            shares: None,
            copies: None,
        })
    }

    /// What the score of a candidate is made of, if that is to be told.
    fn shares_of(
        &self,
        candidate: &Candidate,
        shares: Option<&Shares<'_>>,
    ) -> Result<Option<ScoreShares>, Error> {
        let recency = self.decay.map(|decay| decay.factor(candidate.place.published));
        shares.map(|it| it.of(candidate.address, recency)).transpose()
    }

    /// The article of a candidate, and what of it answers the request if that was to be found.
    pub(super) fn marked(
        &mut self,
        candidate: &Candidate,
    ) -> Result<(ArticleRecord, Marked), Error> {
        let begun = Instant::now();
        let article = self.archive.article_at(candidate.address, self.request.detail)?;
        let fetched = Instant::now();
        let highlighter = self.highlighter.as_mut();
        let marked = highlighter.map_or_else(Marked::default, |it| it.article(&article));
        self.spent.fetching += fetched.duration_since(begun);
        self.spent.snippets += fetched.elapsed();
        Ok((article, marked))
    }

    /// Where to go on behind the hit of this rank and place; `None` if it is the last one.
    pub(super) fn cursor(&self, rank: usize, place: Place) -> Option<Cursor> {
        let is_last = rank as u64 >= self.counts.stories;
        let generation = self.archive.generation();
        (!is_last).then(|| Cursor::new(self.request, self.decay, generation, rank, place))
    }

    /// What is known of the answer, without its hits.
    pub(super) fn summary(&self) -> Hits {
        let clauses = self.highlighter.iter().flat_map(Highlighter::clauses);
        Hits {
            understood: self.request.query.to_string(),
            repairs: self.request.repairs.clone(),
            limits: self.limits.clone(),
            clauses: clauses.map(ToString::to_string).collect(),
            total: self.counts.total,
            undated: self.counts.undated,
            stories: self.stories.map(|_| self.counts.stories),
            articles: self.archive.articles(),
            generation: self.archive.generation(),
            hits: Vec::new(),
            partial: Vec::new(),
            diagnosis: None,
            cursor: None,
            took: self.begun.elapsed(),
            spent: self.spent,
        }
    }
}
