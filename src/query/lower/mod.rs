//! From what is meant to what the engine runs.
//!
//! Everything comes down to words that score and sets that select (`rank`): a phrase to its words
//! and the articles in which they stand together, things near to each other likewise. Filters never
//! score.

mod cut;
mod expand;
mod filter;
mod places;
mod spelling;
mod steps;
mod terms;
mod ways;

use std::sync::Arc;

use tantivy::Searcher;
use tantivy::query::{
    AllQuery, BooleanQuery, EmptyQuery, Occur, PhraseQuery, Query as EngineQuery, RegexQuery,
    TermQuery,
};
use tantivy::schema::{Field as IndexField, IndexRecordOption, Term};

use crate::alias::Aliases;
use crate::analysis::{self, Stems, fold};
use crate::article::Language;
use crate::query::ast::{Query, Span, Text, Zone};
use crate::query::excluded::Excluded;
use crate::query::many::any_of as union;
use crate::query::pattern;
use crate::query::rank::{Form, RankQuery, Word};
use crate::schema::{Fields, OpenSegments};
pub(crate) use cut::{Cut, Piece};
use expand::{Dictionary, Words, any_word};
pub(crate) use places::words_of;
use ways::Stemmed;

pub use expand::Limit;
pub use steps::{Access, Step, StepRole};
pub use terms::TermPattern;
pub(crate) use terms::matching_terms;

/// What a word in capitals adds where a text has it as an acronym, as a multiple of its own score:
/// `US` also stands for the pronoun.
const ACRONYM_WEIGHT: f32 = 0.2;

/// The score of an article for a pattern, whatever word it matches there by.
const PATTERN_SCORE: f32 = 1.0;

type Engine = Box<dyn EngineQuery>;

/// Turns queries into those of the engine, for one snapshot of an index.
pub(crate) struct Lowering<'a> {
    searcher: &'a Searcher,
    dictionary: Dictionary<'a>,
    fields: Fields,
    segments: OpenSegments,
    /// The language with most articles first.
    languages: Vec<Stemmed>,
    /// Whether words side by side must all be there.
    all_words: bool,
    aliases: &'a Aliases,
}

/// The pair of fields, stems and words, that text is looked for in.
#[derive(Clone, Copy)]
struct Scope {
    stems: IndexField,
    words: IndexField,
    /// The part of the article that is asked of, where it has no field of its own.
    zone: Option<Zone>,
}

impl<'a> Lowering<'a> {
    /// For the index behind `searcher`, which holds articles in `languages`, those of most articles
    /// first, and in which names mean what `aliases` say.
    pub(crate) fn new(
        searcher: &'a Searcher,
        fields: Fields,
        segments: &OpenSegments,
        languages: &[Language],
        all_words: bool,
        aliases: &'a Aliases,
    ) -> Self {
        // Articles of an unknown language are stemmed too.
        let languages = languages.iter().copied().map(Some).chain([None]);
        let stemmed = |language| Stemmed { language, stems: Stems::new(language) };
        let languages = languages.map(stemmed).collect();
        let dictionary = Dictionary::new(searcher);
        let segments = segments.clone();
        Self { searcher, dictionary, fields, segments, languages, all_words, aliases }
    }

    /// The language whose stems are looked for in articles of any language.
    pub(crate) fn main_language(&self) -> Option<Language> {
        self.languages.first().and_then(|it| it.language)
    }

    /// The engine's form of `query`, and what it leaves out for its size.
    pub(crate) fn lower(&mut self, query: &Query) -> tantivy::Result<(Engine, Vec<Limit>)> {
        let query = self.clause(query, self.everywhere()).of(self.segments.clone());
        Ok((Box::new(query), self.dictionary.finish()?))
    }

    /// All of the article.
    fn everywhere(&self) -> Scope {
        let Fields { text, text_word, .. } = self.fields;
        Scope { stems: text, words: text_word, zone: None }
    }

    fn clause(&mut self, query: &Query, scope: Scope) -> RankQuery {
        match query {
            Query::All => RankQuery::filter(Box::new(AllQuery)),
            Query::Nothing => RankQuery::filter(Box::new(EmptyQuery)),
            Query::Text(text) => self.text(text, scope),
            Query::Near(near) => self.span(&Span::Near(near.clone()), 1, scope),
            Query::AtLeast(times, span) => self.span(span, *times, scope),
            Query::In(zone, inner) => self.clause(inner, self.within(*zone, scope)),
            Query::Field(field, test) => RankQuery::filter(self.field(*field, test)),
            Query::Date(test) => self.dated(*test),
            Query::And(clauses) => self.all_of(clauses, scope),
            Query::Or(clauses) => {
                RankQuery::any_of(clauses.iter().map(|it| self.clause(it, scope)).collect())
            }
            Query::Not(inner) => RankQuery::without(self.clause(inner, scope).selecting()),
            Query::Boost(inner, factor) => self.clause(inner, scope).boosted(*factor),
        }
    }

    /// All of the clauses; where any word will do, all that select and one at least that scores.
    fn all_of(&mut self, clauses: &[Query], scope: Scope) -> RankQuery {
        let (mut required, mut optional) = (Vec::new(), Vec::new());
        for clause in clauses {
            let lowered = self.clause(clause, scope);
            if self.all_words || !scores(clause) {
                required.push(lowered);
            } else {
                optional.push(lowered);
            }
        }
        if !optional.is_empty() {
            required.push(RankQuery::any_of(optional));
        }
        RankQuery::all_of(required)
    }

    fn within(&self, zone: Zone, scope: Scope) -> Scope {
        let Fields { title, title_word, .. } = self.fields;
        match zone {
            Zone::Title => Scope { stems: title, words: title_word, zone: None },
            zone => Scope { zone: Some(zone), ..scope },
        }
    }

    /// Words, wherever they stand as long as they do in the right part.
    fn text(&mut self, text: &Text, scope: Scope) -> RankQuery {
        if scope.zone.is_some() {
            return self.span(&Span::Text(text.clone()), 1, scope);
        }
        match text {
            Text::Phrase { slop: 0, ordered: true, .. } => self.anywhere(text, scope),
            Text::Phrase { .. } | Text::Cased(..) => self.span(&Span::Text(text.clone()), 1, scope),
            _ => self.anywhere(text, scope),
        }
    }

    /// Words in any part and in any case. Of a phrase that may hold others, all the words, in any
    /// order.
    fn anywhere(&mut self, text: &Text, scope: Scope) -> RankQuery {
        match text {
            Text::Word(word) => self.word(word, scope),
            Text::Exact(word) => together(scope.words, &Cut::of(word).words(), None),
            Text::Phrase { words, slop: 0, ordered: true } => {
                self.side_by_side(&Cut::of(words), scope)
            }
            Text::Phrase { words, .. } => {
                RankQuery::all_of(words_of(words).map(|word| self.word(word, scope)))
            }
            Text::Wildcard(_) | Text::Regex(_) => {
                alike(any_word(scope.words, &self.words(text, scope.words)))
            }
            Text::Fuzzy(word, _) => {
                let near = any_word(scope.words, &self.words(text, scope.words));
                // The word itself ranks before what is only near it.
                let itself = Word::term(Term::from_field_text(scope.words, &fold(word)));
                alike(near).and_perhaps([itself])
            }
            Text::Cased(_, text) => self.anywhere(text, scope),
        }
    }

    /// The words of `field` that a pattern, or a word in other spellings, stands for.
    fn words(&mut self, text: &Text, field: IndexField) -> Words {
        let clause = Query::Text(text.clone()).to_string();
        match text {
            Text::Fuzzy(word, distance) => {
                self.dictionary.similar(field, &fold(word), *distance, &clause)
            }
            text => match pattern::expression(text) {
                Some(expression) => self.dictionary.matching(field, &expression, &clause),
                None => Words::from([]),
            },
        }
    }

    fn word(&mut self, word: &str, scope: Scope) -> RankQuery {
        let cut = Cut::of(word);
        let [position] = cut.positions.as_slice() else {
            return self.compound(&cut, scope);
        };
        let mut forms = Vec::new();
        for way in self.stemmed_ways(&cut, scope.stems) {
            let only = self.articles_in(&way.languages).map(Arc::from);
            let at_most = self.number_in(&way.languages);
            forms.extend(way.terms.iter().map(|(_, term)| {
                let term = Term::from_field_text(scope.stems, term);
                Form { term, only: only.clone(), at_most }
            }));
        }
        let acronyms = position.seconds.iter().filter(|_| position.form == analysis::Form::Word);
        let acronyms = acronyms.map(|second| {
            Word::term(Term::from_field_text(scope.stems, second)).boosted(ACRONYM_WEIGHT)
        });
        RankQuery::word(Word::Forms { forms, factor: 1.0 }).and_perhaps(acronyms)
    }

    /// A word in several parts, which may also be written as one. Where any word will do, so will
    /// any part.
    fn compound(&mut self, cut: &Cut, scope: Scope) -> RankQuery {
        let apart = if self.all_words {
            self.side_by_side(cut, scope)
        } else {
            let ways = self.stemmed_ways(cut, scope.stems).into_iter();
            let words = ways.flat_map(|way| way.terms);
            let word = |(_, text): (usize, String)| {
                RankQuery::word(Word::term(Term::from_field_text(scope.stems, &text)))
            };
            RankQuery::any_of(words.map(word).collect())
        };
        let Some(joined) = cut.joined() else { return apart };
        let joined = Word::term(Term::from_field_text(scope.stems, joined));
        RankQuery::any_of(vec![apart, RankQuery::word(joined)])
    }

    /// Words side by side, in the stems of any language.
    fn side_by_side(&mut self, cut: &Cut, scope: Scope) -> RankQuery {
        let ways = self.stemmed_ways(cut, scope.stems).into_iter();
        let ways =
            ways.map(|way| together(scope.stems, &way.terms, self.articles_in(&way.languages)));
        RankQuery::any_of(ways.collect())
    }
}

/// Articles in a set, which all score the same.
fn alike(set: Engine) -> RankQuery {
    RankQuery::word(Word::Documents { query: Arc::from(set), score: PATTERN_SCORE })
}

/// Terms at their distances, which all must be there; only in the articles of a set, if one is
/// given.
fn together(field: IndexField, terms: &[(usize, String)], only: Option<Engine>) -> RankQuery {
    let word = |text: &str| RankQuery::word(Word::term(Term::from_field_text(field, text)));
    let words = terms.iter().map(|(_, text)| word(text));
    let is_phrase = terms.len() != 1;
    let sets = is_phrase.then(|| phrase(field, terms)).into_iter().chain(only);
    RankQuery::all_of(words.chain(sets.map(RankQuery::filter)))
}

/// Whether anything in the query scores.
fn scores(query: &Query) -> bool {
    match query {
        Query::Text(_) | Query::Near(_) | Query::AtLeast(..) => true,
        Query::In(_, inner) | Query::Boost(inner, _) => scores(inner),
        Query::And(clauses) | Query::Or(clauses) => clauses.iter().any(scores),
        _ => false,
    }
}

fn one(term: Term) -> Engine {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn excluded(query: Engine) -> Engine {
    Box::new(Excluded(query))
}

fn all_but(without: Vec<Engine>) -> Engine {
    let mut clauses: Vec<(Occur, Engine)> = vec![(Occur::Must, Box::new(AllQuery))];
    clauses.extend(without.into_iter().map(|query| (Occur::MustNot, excluded(query))));
    Box::new(BooleanQuery::new(clauses))
}

/// The terms at their distances; a single one needs no positions.
fn phrase(field: IndexField, terms: &[(usize, String)]) -> Engine {
    let term = |text: &str| Term::from_field_text(field, text);
    match terms {
        [] => Box::new(EmptyQuery),
        [(_, only)] => one(term(only)),
        _ => {
            let terms = terms.iter().map(|(place, text)| (*place, term(text))).collect();
            Box::new(PhraseQuery::new_with_offset(terms))
        }
    }
}

/// Whole values that match an expression, however many.
fn values_like(field: IndexField, regex: &str) -> Engine {
    match RegexQuery::from_pattern(regex, field) {
        Ok(query) => Box::new(query),
        // Too large for an automaton: longer than any term, so no term matches.
        Err(_) => Box::new(EmptyQuery),
    }
}

fn escaped(literal: &str) -> String {
    regex::escape(literal)
}
