//! Articles about what an article is about.
//!
//! Its telling words are asked for, any of them: those that it has often and few others have, the
//! words of its headline and of the names in it above all. How much another article is like it is
//! the share that this one's score is of the article's own, as far as words tell it that others have
//! at all.

use std::collections::{BTreeMap, HashSet};

use tantivy::schema::Term;

use super::collect::Candidate;
use super::run::Answering;
use super::stories::Stories;
use super::{Copies, Detail, Hit, Hits, SearchRequest};
use crate::analysis::{Form, fold, is_function_word, tokenize};
use crate::article::ArticleId;
use crate::copies::Likeness;
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::{Query, Text};
use crate::record::ArticleRecord;

/// How many words are asked for: as many as Lucene's `MoreLikeThis` has by default.
const WORDS: usize = 25;

/// How many words of a body are looked at; what follows seldom tells what it is about.
const BODY_WORDS: usize = 1_000;

/// How often a word of the headline counts.
const TITLE_COUNT: f32 = 3.0;

/// How much more a word counts that belongs to a name.
const NAME_FACTOR: f32 = 1.5;

/// How often a word stands there to count half of what it counts at most.
const HALF: f32 = 1.5;

/// An article that is less like it than this, as a part of its own score, has nothing in common
/// with it but a word or two.
const LEAST_LIKE: f32 = 0.1;

/// More articles are not compared.
const COMPARED: usize = 1_000;

/// What is wanted of the articles that are like one.
#[derive(Clone, Copy, Debug)]
pub struct SimilarRequest<'a> {
    /// The one.
    pub article: &'a ArticleRecord,
    /// How many are wanted.
    pub limit: usize,
    /// How many passages each comes with.
    pub snippets: usize,
    /// How much of each is read.
    pub detail: Detail,
}

/// The articles that are like one, those first that are most like it; each one's score is how much,
/// from 0 to 1. Copies of the article itself are left out, and one stands for all of another story.
/// The total counts up to 1,000 stories.
pub fn similar(archive: &ArchiveReader, wanted: &SimilarRequest<'_>) -> Result<Hits, Error> {
    let SimilarRequest { article, limit, snippets, detail } = *wanted;
    let Telling { query, covered } = telling(archive, article)?;
    let copies = Copies::Collapse(Likeness::Part);
    let request = SearchRequest { limit, snippets, detail, copies, ..SearchRequest::new(query) };
    let mut answering = Answering::begin(archive, &request)?;
    let mut candidates = answering.best(None, COMPARED)?;
    let own = ArticleId::new(&article.path, article.record);
    let own_story = own_story(archive, own, copies)?;
    let is_own = |it: &Candidate| own_story.map_or(it.place.id == own.0, |own| it.story == own);
    let full = candidates.iter().find(|it| is_own(it)).or(candidates.first());
    let full = full.map_or(1.0, |it| it.place.score);
    let likeness = |score: f32| (score / full).min(1.0) * covered;
    candidates.retain(|it| !is_own(it) && likeness(it.place.score) >= LEAST_LIKE);
    let undated = candidates.iter().filter(|it| it.place.published.is_none()).count() as u64;
    let total = candidates.len() as u64;
    candidates.truncate(limit);
    let hits = answering.hits(1, &candidates)?;
    let hits = hits.into_iter().map(|hit| Hit { score: likeness(hit.score), ..hit });
    let stories = None;
    Ok(Hits { hits: hits.collect(), total, undated, stories, ..answering.summary() })
}

/// The number of the story that an article is of; `None` where each article stands for itself.
fn own_story(
    archive: &ArchiveReader,
    own: ArticleId,
    copies: Copies,
) -> Result<Option<u64>, Error> {
    match (Stories::of(archive, copies)?, archive.address_of(own)?) {
        (Some(stories), Some(address)) => stories.story_at(archive, address).map(Some),
        _ => Ok(None),
    }
}

/// The words that tell what an article is about.
struct Telling {
    /// Asks for those that others have; for nothing, if there are none.
    query: Query,
    /// Their part of what its words tell, from 0 to 1.
    covered: f32,
}

fn telling(archive: &ArchiveReader, article: &ArticleRecord) -> Result<Telling, Error> {
    let (fields, articles) = (archive.fields(), archive.articles());
    let names = names(article);
    let mut words = Vec::new();
    for (word, count) in counted(article) {
        let term = Term::from_field_text(fields.text_word, &word);
        let having = archive.searcher().doc_freq(&term).map_err(archive.engine_error())?;
        let factor = if names.contains(&word) { NAME_FACTOR } else { 1.0 };
        let weight = factor * count / (count + HALF);
        let worth = weight * rarity(having.max(1), articles);
        words.push((worth, weight, word, having > 1));
    }
    words.sort_by(|(a, _, one, _), (b, _, other, _)| b.total_cmp(a).then_with(|| one.cmp(other)));
    let all: f32 = words.iter().take(WORDS).map(|(worth, ..)| worth).sum();
    // What it alone has finds nothing else.
    words.retain(|&(.., is_shared)| is_shared);
    words.truncate(WORDS);
    let shared: f32 = words.iter().map(|(worth, ..)| worth).sum();
    let covered = if all > 0.0 { (shared / all).min(1.0) } else { 0.0 };
    let asked = words.into_iter().map(|(_, weight, word, _)| {
        // Two digits are shown, and asked for.
        let weight = (weight * 100.0).round() / 100.0;
        Query::Boost(Box::new(Query::Text(Text::Word(word))), weight.max(0.01))
    });
    let query = Query::any_of(asked.collect()).unwrap_or(Query::Nothing);
    Ok(Telling { query, covered })
}

/// The words of an article, folded, each with how often it counts.
fn counted(article: &ArticleRecord) -> BTreeMap<String, f32> {
    let mut counts = BTreeMap::new();
    let mut left = BODY_WORDS;
    each_word(&article.title, |word| *counts.entry(word).or_default() += TITLE_COUNT);
    each_word(&article.body, |word| {
        if left > 0 {
            left -= 1;
            *counts.entry(word).or_default() += 1.0;
        }
    });
    counts
}

/// The words of all names in an article, folded.
fn names(article: &ArticleRecord) -> HashSet<String> {
    let mut words = HashSet::new();
    for entity in &article.entities {
        each_word(&entity.name, |word| {
            words.insert(word);
        });
    }
    words
}

fn each_word(text: &str, mut take: impl FnMut(String)) {
    tokenize(text, |token| {
        let word = fold(token.term);
        let is_telling = word.chars().nth(1).is_some() && !is_function_word(&word);
        if token.form != Form::Second && is_telling {
            take(word.into_owned());
        }
    });
}

/// How rare a word is.
#[expect(clippy::cast_precision_loss, reason = "counts need no more than 24 bits here")]
fn rarity(having: u64, all: u64) -> f32 {
    (1.0 + all as f32 / having as f32).ln()
}
