//! Articles that lack some of the words, for when few have them all.
//!
//! The best articles with any of the words are looked at: which of them lack what. Those that lack
//! the least come first, where a word weighs more the fewer articles have it. Operators, fields and
//! parts of the article are never given up, and half of the words must be there.

use tantivy::DocAddress;

use super::collect::{Best, Candidate, length};
use super::decay::Decay;
use super::probe::Probe;
use super::stories::{Stories, StorySet};
use super::{Matching, SearchRequest, Sort};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::Query;

/// How many hits a page has: articles that lack words only fill it up.
pub(super) const PAGE: usize = 10;

/// How many of the best articles with any of the words are looked at.
const CANDIDATES: usize = 100;

/// More words are no question but a text.
const MOST_WORDS: usize = 64;

/// An article, and the words of the question that it lacks.
pub(super) struct Partial {
    pub(super) lacks: Vec<String>,
    pub(super) candidate: Candidate,
}

/// Looks for articles that lack some of the words of a question.
pub(super) struct PartialSearch<'a> {
    pub(super) archive: &'a ArchiveReader,
    pub(super) request: &'a SearchRequest,
    /// How scores fade, where they do.
    pub(super) decay: Option<Decay>,
    /// Which story each article is of, where one hit stands for all of a story.
    pub(super) stories: Option<Stories<'a>>,
    /// The stories that have hits already.
    pub(super) shown: &'a StorySet,
}

impl PartialSearch<'_> {
    /// At most `room` of them.
    pub(super) fn best(&self, room: usize) -> Result<Vec<Partial>, Error> {
        let Self { archive, request, .. } = *self;
        let Query::And(clauses) = &request.query else { return Ok(Vec::new()) };
        let (words, others): (Vec<&Query>, Vec<&Query>) =
            clauses.iter().partition(|it| is_word(it));
        if words.len() < 2 || words.len() > MOST_WORDS {
            return Ok(Vec::new());
        }
        let candidates = self.candidates()?;
        let addresses: Vec<DocAddress> = candidates.iter().map(|it| it.address).collect();
        let mut probe = Probe::new(archive, Matching::AllWords)?;
        let mut found: Vec<Lacking> = candidates.into_iter().map(Lacking::nothing).collect();
        for clause in others {
            let matches = probe.matches(clause, &addresses)?;
            found.iter_mut().zip(matches).for_each(|(it, matches)| it.is_answer &= matches);
        }
        for (place, clause) in words.iter().enumerate() {
            let weight = weight(archive.articles(), probe.count(clause)?);
            let matches = probe.matches(clause, &addresses)?;
            for (it, _) in found.iter_mut().zip(matches).filter(|(_, matches)| !matches) {
                it.words.push(place);
                it.weight += weight;
            }
        }
        found
            .retain(|it| it.is_answer && !it.words.is_empty() && 2 * it.words.len() <= words.len());
        found.sort_by(|a, b| {
            let by_words = a.weight.total_cmp(&b.weight).then_with(|| a.words.cmp(&b.words));
            by_words.then_with(|| a.candidate.place.compare(&b.candidate.place, request.sort))
        });
        found.truncate(room);
        let named = |it: Lacking| Partial {
            lacks: it.words.iter().map(|&place| words[place].to_string()).collect(),
            candidate: it.candidate,
        };
        Ok(found.into_iter().map(named).collect())
    }

    /// The best articles with any of the words.
    fn candidates(&self) -> Result<Vec<Candidate>, Error> {
        let Self { archive, request, decay, stories, shown } = *self;
        let (query, _) = Probe::new(archive, Matching::AnyWord)?.lower(&request.query)?;
        let best = Best::new(archive.segments(), Sort::Relevance, CANDIDATES);
        let best = best.fading(decay).one_each(stories, shown);
        let searcher = archive.searcher();
        let mut candidates = searcher.search(&*query, &best).map_err(archive.engine_error())?;
        for it in &mut candidates {
            // The order that was asked for may go by it.
            it.place.length = length(searcher, it.address).map_err(archive.engine_error())?;
        }
        Ok(candidates)
    }
}

/// Whether the clause asks for words anywhere in the article.
fn is_word(clause: &Query) -> bool {
    match clause {
        Query::Text(_) | Query::Near(_) => true,
        Query::Boost(inner, _) => is_word(inner),
        _ => false,
    }
}

/// How much an article loses by lacking a word: the more, the fewer have it. The measure is that of
/// BM25.
#[expect(clippy::cast_precision_loss, reason = "nobody has so many articles")]
fn weight(articles: u64, with_word: u64) -> f64 {
    let without_word = articles.saturating_sub(with_word);
    ((without_word as f64 + 0.5) / (with_word as f64 + 0.5)).ln_1p()
}

/// An article, and which words it lacks, by their places in the question.
struct Lacking {
    candidate: Candidate,
    words: Vec<usize>,
    weight: f64,
    /// Whether all else that is asked for is there.
    is_answer: bool,
}

impl Lacking {
    fn nothing(candidate: Candidate) -> Self {
        Self { candidate, words: Vec::new(), weight: 0.0, is_answer: true }
    }
}
