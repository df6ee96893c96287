//! Answers a request from an index.

use std::time::Instant;

use tantivy::collector::Count;

use super::collect::{Best, Candidate};
use super::decay::Decay;
use super::highlight::{Highlighter, ranges};
use super::partial::{PAGE, Partial, partial};
use super::probe::Probe;
use super::shares::Shares;
use super::snippet::best_passage;
use super::sought::Part;
use super::{Hit, Hits, Matching, PartialHit, SearchRequest, Snippet, Sort};
use crate::article::{ArticleId, Language};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::Query;
use crate::record::ArticleRecord;

/// Answers `request` from the snapshot that `archive` holds.
pub fn search(archive: &ArchiveReader, request: &SearchRequest) -> Result<Hits, Error> {
    let begun = Instant::now();
    let searcher = archive.searcher();
    let (query, limits) = Probe::new(archive, request.matching)?.lower(&request.query)?;
    let total = searcher.search(&*query, &Count).map_err(archive.engine_error())? as u64;
    let wanted = request.offset.saturating_add(request.limit);
    // More than there is need not be kept room for.
    let limit = wanted.min(usize::try_from(total).unwrap_or(usize::MAX));
    let decay = request.recency.map(|it| Decay::new(it.half_life, searcher, it.today));
    let decay = decay.transpose().map_err(archive.engine_error())?;
    let best = Best::new(request.sort, limit, decay);
    let candidates = match limit {
        0 => Vec::new(),
        _ => searcher.search(&*query, &best).map_err(archive.engine_error())?,
    };
    let highlighter = request.snippets.then(|| Highlighter::new(&request.query));
    let has_shares = request.shares && request.sort == Sort::Relevance;
    let shares = has_shares.then(|| Shares::new(archive, &request.query, request.matching));
    let shares = shares.transpose()?;
    let hits = candidates
        .iter()
        .enumerate()
        .skip(request.offset)
        .map(|(place, candidate)| {
            let hit = hit(archive, place + 1, candidate, highlighter.as_ref())?;
            let recency = decay.map(|decay| decay.factor(candidate.published));
            let of_score = shares.as_ref().map(|it| it.of(candidate.address, recency));
            Ok(Hit { shares: of_score.transpose()?, ..hit })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    let mut partial = Vec::new();
    for (place, Partial { lacks, candidate }) in (1..).zip(partial_hits(archive, request, total)?) {
        let rank = hits.len() + place;
        partial
            .push(PartialHit { lacks, hit: hit(archive, rank, &candidate, highlighter.as_ref())? });
    }
    Ok(Hits {
        understood: request.query.to_string(),
        repairs: request.repairs.clone(),
        limits,
        total,
        articles: archive.articles(),
        generation: archive.generation(),
        hits,
        partial,
        diagnosis: None,
        took: begun.elapsed(),
    })
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

/// The ids of the best articles with their scores, best first; no article is read.
pub fn best(
    archive: &ArchiveReader,
    query: &Query,
    matching: Matching,
    limit: usize,
) -> Result<Vec<(ArticleId, f32)>, Error> {
    let (query, _) = Probe::new(archive, matching)?.lower(query)?;
    let best = Best::new(Sort::Relevance, limit, None);
    let found = archive.searcher().search(&*query, &best).map_err(archive.engine_error())?;
    Ok(found.iter().map(|it| (ArticleId(it.id), it.score)).collect())
}

/// What fills up the first page where few articles have all the words.
fn partial_hits(
    archive: &ArchiveReader,
    request: &SearchRequest,
    total: u64,
) -> Result<Vec<Partial>, Error> {
    let page = request.limit.min(PAGE);
    let full = usize::try_from(total).unwrap_or(usize::MAX);
    if request.matching != Matching::AllWordsFirst || request.offset > 0 || full >= page {
        return Ok(Vec::new());
    }
    partial(archive, request, page - full)
}

fn hit(
    archive: &ArchiveReader,
    rank: usize,
    candidate: &Candidate,
    highlighter: Option<&Highlighter>,
) -> Result<Hit, Error> {
    let article = archive.article_at(candidate.address)?;
    let snippet = highlighter.and_then(|highlighter| snippet(highlighter, &article));
    Ok(Hit { rank, score: candidate.score, article, snippet, shares: None })
}

/// The best passage, with what matches in the title; `None` where nothing does.
fn snippet(highlighter: &Highlighter, article: &ArticleRecord) -> Option<Snippet> {
    let language = article.language.as_deref().and_then(Language::new);
    let in_title = ranges(&highlighter.matches(&article.title, Part::Title, language));
    let in_body = highlighter.matches(&article.body, Part::Body, language);
    let passage = best_passage(&article.body, &in_body);
    if passage.is_none() && in_title.is_empty() {
        return None;
    }
    Some(Snippet { title_highlights: in_title, ..passage.unwrap_or_default() })
}
