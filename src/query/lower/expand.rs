//! The words of the index that a pattern stands for, and how many of them are asked for.
//!
//! A pattern may match every word there is. So the words in most articles are taken, up to
//! [`MOST_WORDS`], and the reader is told of how many.
//!
//! # Cost
//!
//! A walk through the parts of the dictionary that may match: at most [`MOST_STEPS`] letters for
//! all patterns of a query together. Memory for [`MOST_IN_ALL`] words.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;

use tantivy::query::{FuzzyTermQuery, TermSetQuery};
use tantivy::schema::{Field as IndexField, Term};
use tantivy::termdict::TermStreamer;
use tantivy::{Searcher, TantivyError};
use tantivy_fst::Automaton;

use super::Engine;
use crate::query::pattern::Pattern;

/// How many words a pattern stands for at most.
pub(super) const MOST_WORDS: usize = 2_000;

/// How many words all patterns of a query stand for together at most.
const MOST_IN_ALL: usize = 100_000;

/// How many letters are looked at in the dictionary for one query; about a second's work.
const MOST_STEPS: u64 = 60_000_000;

/// How many words patterns may stand for whose places are asked: each takes two kilobytes while
/// the index is read.
const MOST_PLACED: usize = 20_000;

/// A pattern that stands for fewer words than match it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Limit {
    /// The pattern.
    pub clause: String,
    /// How many words of the index it stands for: those in most articles.
    pub used: u64,
    /// How many match; `None` where not all of the dictionary could be looked through.
    pub of: Option<u64>,
}

/// Words of the index in the order of their letters, each with its number of articles.
pub(super) type Words = Arc<[(String, u64)]>;

/// What a query has found out of the dictionary so far, and what it may still ask.
#[derive(Debug)]
pub(super) struct Dictionary<'a> {
    searcher: &'a Searcher,
    known: HashMap<(IndexField, String), Words>,
    steps: Cell<u64>,
    /// How many words all patterns so far stand for.
    used: usize,
    placed: usize,
    limits: Vec<Limit>,
    /// The first failure to read the index.
    failure: Option<TantivyError>,
}

impl<'a> Dictionary<'a> {
    pub(super) fn new(searcher: &'a Searcher) -> Self {
        let (known, steps) = (HashMap::new(), Cell::new(MOST_STEPS));
        Self { searcher, known, steps, used: 0, placed: 0, limits: Vec::new(), failure: None }
    }

    /// The words of `field` that match `expression`, which is written `clause`.
    pub(super) fn matching(&mut self, field: IndexField, expression: &str, clause: &str) -> Words {
        self.remembered(field, expression, clause, |dictionary| {
            let Some(pattern) = Pattern::new(expression) else {
                return Ok(Expansion { of: None, ..Expansion::default() });
            };
            let mut expansion = dictionary.expansion(field, &pattern)?;
            expansion.of = expansion.of.filter(|_| !pattern.is_full());
            Ok(expansion)
        })
    }

    /// The words of `field` within `distance` edits of `word`, which is folded.
    pub(super) fn similar(
        &mut self,
        field: IndexField,
        word: &str,
        distance: u8,
        clause: &str,
    ) -> Words {
        self.remembered(field, &format!("{word}~{distance}"), clause, |dictionary| {
            let term = Term::from_field_text(field, word);
            let similar = FuzzyTermQuery::new(term, distance, true).automaton()?;
            dictionary.expansion(field, &similar)
        })
    }

    /// Likewise, for advice: what is left out is no loss.
    pub(super) fn nearby(
        &self,
        field: IndexField,
        word: &str,
        distance: u8,
    ) -> tantivy::Result<Vec<(String, u64)>> {
        let term = Term::from_field_text(field, word);
        let similar = FuzzyTermQuery::new(term, distance, true).automaton()?;
        Ok(self.expansion(field, &similar)?.words)
    }

    /// So many of the words as may be placed, those in most articles.
    pub(super) fn placed(&mut self, words: &Words, clause: &str) -> Words {
        let room = MOST_PLACED - self.placed;
        self.placed += words.len().min(room);
        if words.len() <= room {
            return words.clone();
        }
        let mut frequent: Vec<_> = words.iter().cloned().collect();
        frequent.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        frequent.truncate(room);
        frequent.sort_unstable();
        self.note(clause, room, Some(words.len() as u64));
        frequent.into()
    }

    /// What was cut, and the first failure to read the index.
    pub(super) fn finish(&mut self) -> tantivy::Result<Vec<Limit>> {
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => Ok(std::mem::take(&mut self.limits)),
        }
    }

    fn remembered(
        &mut self,
        field: IndexField,
        key: &str,
        clause: &str,
        ask: impl FnOnce(&Self) -> tantivy::Result<Expansion>,
    ) -> Words {
        let key = (field, key.to_owned());
        if let Some(words) = self.known.get(&key) {
            return words.clone();
        }
        let expansion = ask(self).unwrap_or_else(|error| {
            self.failure.get_or_insert(error);
            Expansion::default()
        });
        if expansion.of != Some(expansion.words.len() as u64) {
            self.note(clause, expansion.words.len(), expansion.of);
        }
        self.used += expansion.words.len();
        let words: Words = expansion.words.into();
        self.known.insert(key, words.clone());
        words
    }

    fn note(&mut self, clause: &str, used: usize, of: Option<u64>) {
        if let Some(known) = self.limits.iter_mut().find(|limit| limit.clause == clause) {
            known.used = known.used.min(used as u64);
        } else {
            self.limits.push(Limit { clause: clause.to_owned(), used: used as u64, of });
        }
    }

    fn expansion<A>(&self, field: IndexField, automaton: &A) -> tantivy::Result<Expansion>
    where
        A: Automaton,
        A::State: Clone,
    {
        let most = MOST_WORDS.min(MOST_IN_ALL - self.used);
        let (words, of) = walk(self.searcher, field, automaton, &self.steps, most)?;
        Ok(Expansion { words, of: Some(of).filter(|_| self.steps.get() > 0) })
    }
}

/// The `most` words of `field` in most articles that `automaton` accepts, in the order of their letters,
/// and how many there are, as far as so many `steps` through the dictionary lead.
pub(super) fn walk<A>(
    searcher: &Searcher,
    field: IndexField,
    automaton: &A,
    steps: &Cell<u64>,
    most: usize,
) -> tantivy::Result<(Vec<(String, u64)>, u64)>
where
    A: Automaton,
    A::State: Clone,
{
    let counted = Counted { automaton, steps };
    let mut indexes = Vec::new();
    for segment in searcher.segment_readers() {
        indexes.push(segment.inverted_index(field)?);
    }
    let mut streams = Vec::new();
    for index in &indexes {
        streams.push(index.terms().search(&counted).into_stream()?);
    }
    Ok(most_frequent(streams, most))
}

#[derive(Debug, Default)]
struct Expansion {
    words: Vec<(String, u64)>,
    /// How many match, where that is known.
    of: Option<u64>,
}

/// The `most` words in most articles, and how many there are in all. Each stream is in the order of
/// letters.
fn most_frequent<A: Automaton>(
    mut streams: Vec<TermStreamer<'_, A>>,
    most: usize,
) -> (Vec<(String, u64)>, u64) {
    let mut next: BinaryHeap<Reverse<(Vec<u8>, usize)>> = BinaryHeap::new();
    for (place, stream) in streams.iter_mut().enumerate() {
        if stream.advance() {
            next.push(Reverse((stream.key().to_vec(), place)));
        }
    }
    // The least frequent of those kept, and of equal ones the last, is on top.
    let mut kept: BinaryHeap<(Reverse<u64>, Vec<u8>)> = BinaryHeap::new();
    let mut of = 0;
    while let Some(Reverse((word, place))) = next.pop() {
        let mut articles = 0;
        let mut at = Some(place);
        while let Some(place) = at {
            articles += u64::from(streams[place].value().doc_freq);
            if streams[place].advance() {
                next.push(Reverse((streams[place].key().to_vec(), place)));
            }
            at = match next.peek() {
                Some(Reverse((same, _))) if *same == word => next.pop().map(|Reverse((_, it))| it),
                _ => None,
            };
        }
        of += 1;
        kept.push((Reverse(articles), word));
        if kept.len() > most {
            kept.pop();
        }
    }
    let words = kept.into_iter().filter_map(|(Reverse(articles), word)| {
        // Terms of our own making are text.
        Some((String::from_utf8(word).ok()?, articles))
    });
    let mut words: Vec<_> = words.collect();
    words.sort_unstable();
    (words, of)
}

/// An automaton that stops when too much was asked of it.
struct Counted<'a, A> {
    automaton: &'a A,
    steps: &'a Cell<u64>,
}

impl<A: Automaton> Automaton for Counted<'_, A> {
    type State = A::State;

    fn start(&self) -> Self::State {
        self.automaton.start()
    }

    fn is_match(&self, state: &Self::State) -> bool {
        self.automaton.is_match(state)
    }

    fn can_match(&self, state: &Self::State) -> bool {
        self.steps.get() > 0 && self.automaton.can_match(state)
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        self.steps.set(self.steps.get().saturating_sub(1));
        self.automaton.accept(state, byte)
    }
}

/// The articles with any of these words; all score alike.
pub(super) fn any_word(field: IndexField, words: &Words) -> Engine {
    let terms = words.iter().map(|(word, _)| Term::from_field_text(field, word));
    Box::new(TermSetQuery::new(terms))
}
