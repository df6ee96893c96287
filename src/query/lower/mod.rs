//! From what is meant to what the engine runs.
//!
//! Everything comes down to words that score and sets that select (`rank`): a phrase to its words
//! and the articles in which they stand together, things near to each other likewise. Filters never
//! score.

mod cut;
mod filter;
mod places;

use std::cmp::Reverse;

use std::sync::Arc;
use tantivy::Searcher;

use tantivy::query::{
    AllQuery, BooleanQuery, EmptyQuery, FuzzyTermQuery, Occur, PhraseQuery, Query as EngineQuery,
    RegexQuery, TermQuery,
};
use tantivy::schema::{Field as IndexField, IndexRecordOption, Term};

use crate::analysis::{self, Stems, fold};
use crate::article::Language;
use crate::query::ast::{Field, Query, Span, Text, Zone};
use crate::query::excluded::Excluded;
use crate::query::rank::{Form, RankQuery, Word};
use crate::schema::{Fields, PostingFiles};
use cut::Cut;
use filter::whole;

/// What a word in capitals adds where a text has it as an acronym, as a multiple of its own score:
/// `US` also stands for the pronoun.
const ACRONYM_WEIGHT: f32 = 0.2;

/// The score of an article for a pattern, whatever word it matches there by.
const PATTERN_SCORE: f32 = 1.0;

type Engine = Box<dyn EngineQuery>;

/// Turns queries into those of the engine, for one snapshot of an index.
pub(crate) struct Lowering<'a> {
    searcher: &'a Searcher,
    fields: Fields,
    files: PostingFiles,
    /// The language with most articles first.
    languages: Vec<Stemmed>,
    /// Whether words side by side must all be there.
    all_words: bool,
}

/// A language of the index.
struct Stemmed {
    /// `None` stands for the articles whose language is not known.
    language: Option<Language>,
    stems: Stems,
}

/// A word, or words side by side, in the form that some languages of the index give them.
struct Way {
    /// With their positions.
    terms: Vec<(usize, String)>,
    /// The languages whose articles this form stands for; empty for those of any language.
    languages: Vec<Option<Language>>,
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
    /// For the index behind `searcher`, which holds articles in `languages`.
    pub(crate) fn new(
        searcher: &'a Searcher,
        fields: Fields,
        files: &PostingFiles,
        languages: &[Language],
        all_words: bool,
    ) -> Self {
        let articles = |language: &Option<Language>| {
            let of = |it: &Language| Term::from_field_text(fields.lang, it.as_str());
            language.map_or(0, |it| searcher.doc_freq(&of(&it)).unwrap_or(0))
        };
        // Articles of an unknown language are stemmed too.
        let mut languages: Vec<_> = languages.iter().copied().map(Some).chain([None]).collect();
        languages.sort_by_cached_key(|language| Reverse(articles(language)));
        let stemmed = |language| Stemmed { language, stems: Stems::new(language) };
        let languages = languages.into_iter().map(stemmed).collect();
        Self { searcher, fields, files: files.clone(), languages, all_words }
    }

    /// The engine's form of `query`.
    pub(crate) fn lower(&mut self, query: &Query) -> Engine {
        let Fields { text, text_word, .. } = self.fields;
        let scope = Scope { stems: text, words: text_word, zone: None };
        let files = self.files.clone();
        Box::new(RankQuery { files, ..self.clause(query, scope) })
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
            Query::Date(test) => RankQuery::filter(self.date(*test)),
            Query::And(clauses) => self.all_of(clauses, scope),
            Query::Or(clauses) => self.any_of(clauses, scope),
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

    /// Alternatives, each with its own share of the score.
    fn any_of(&mut self, clauses: &[Query], scope: Scope) -> RankQuery {
        RankQuery::any_of(clauses.iter().map(|clause| self.clause(clause, scope)).collect())
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
            Text::Phrase { .. } => self.span(&Span::Text(text.clone()), 1, scope),
            _ => self.anywhere(text, scope),
        }
    }

    /// Words in any part. Of a phrase that may hold others, all the words, in any order.
    fn anywhere(&mut self, text: &Text, scope: Scope) -> RankQuery {
        match text {
            Text::Word(word) => self.word(word, scope),
            Text::Exact(word) => together(scope.words, &Cut::of(word).words(), None),
            Text::Phrase { words, slop: 0, ordered: true } => self.phrase(words, scope),
            Text::Phrase { words, .. } => {
                let words = places::words_of(words).map(|word| self.word(word, scope));
                RankQuery::all_of(words.collect::<Vec<_>>())
            }
            Text::Wildcard(pattern) => constant(matching(scope.words, pattern)),
            Text::Fuzzy(word, distance) => {
                let term = Term::from_field_text(scope.words, &fold(word));
                let near = FuzzyTermQuery::new(term.clone(), *distance, true);
                // The word itself ranks before what is only near it.
                constant(Box::new(near)).and_perhaps([Word::term(term)])
            }
        }
    }

    fn word(&mut self, word: &str, scope: Scope) -> RankQuery {
        let cut = Cut::of(word);
        let [position] = cut.positions.as_slice() else {
            return self.compound(&cut, scope);
        };
        let ways = self.stemmed_ways(&cut, scope.stems);
        let forms = ways.iter().flat_map(|way| {
            let only = self.articles_in(&way.languages).map(Arc::from);
            let at_most = self.number_in(&way.languages);
            way.terms.iter().map(move |(_, term)| Form {
                term: Term::from_field_text(scope.stems, term),
                only: only.clone(),
                at_most,
            })
        });
        let word = Word::Forms { forms: forms.collect(), factor: 1.0 };
        let capitals = position.seconds.iter().filter(|_| position.form == analysis::Form::Word);
        let capitals = capitals.map(|second| Term::from_field_text(scope.stems, second));
        let capitals = capitals.map(|term| Word::term(term).boosted(ACRONYM_WEIGHT));
        RankQuery::word(word).and_perhaps(capitals)
    }

    /// A word in several parts, which may also be written as one.
    fn compound(&mut self, cut: &Cut, scope: Scope) -> RankQuery {
        let apart = self.side_by_side(cut, scope);
        match cut.joined() {
            None => apart,
            Some(joined) => {
                let joined = Word::term(Term::from_field_text(scope.stems, joined));
                RankQuery::any_of(vec![apart, RankQuery::word(joined)])
            }
        }
    }

    fn phrase(&mut self, words: &str, scope: Scope) -> RankQuery {
        self.side_by_side(&Cut::of(words), scope)
    }

    /// Words side by side, in the stems of any language.
    fn side_by_side(&mut self, cut: &Cut, scope: Scope) -> RankQuery {
        let ways = self.stemmed_ways(cut, scope.stems);
        let ways = ways
            .iter()
            .map(|way| together(scope.stems, &way.terms, self.articles_in(&way.languages)));
        RankQuery::any_of(ways.collect())
    }

    /// The words as stems, once for each way in which the languages of the index stem them; ways
    /// with a stem that the index does not hold are left out, but for one.
    ///
    /// A stem counts in the languages that make it: Spanish makes `cook` of `cookie`, and English
    /// articles about cooks are no answer. The way of the language with most articles goes without
    /// that test, which would cost more than the words themselves.
    fn stemmed_ways(&mut self, cut: &Cut, field: IndexField) -> Vec<Way> {
        let mut ways: Vec<Way> = Vec::new();
        for Stemmed { language, stems } in &mut self.languages {
            let terms = cut.stemmed(stems);
            match ways.iter_mut().find(|way| way.terms == terms) {
                Some(way) => way.languages.push(*language),
                None => ways.push(Way { terms, languages: vec![*language] }),
            }
        }
        if let Some(main) = ways.first_mut() {
            main.languages.clear();
        }
        let is_known = |way: &Way| {
            way.terms.iter().all(|(_, term)| {
                let term = Term::from_field_text(field, term);
                self.searcher.doc_freq(&term).is_ok_and(|articles| articles > 0)
            })
        };
        if ways.iter().any(is_known) {
            ways.retain(is_known);
        } else {
            ways.truncate(1);
        }
        ways
    }

    /// The articles in these languages; `None` for all articles, where no language is given.
    fn articles_in(&self, languages: &[Option<Language>]) -> Option<Engine> {
        if languages.is_empty() {
            return None;
        }
        let articles_in = |language: &Option<Language>| match language {
            Some(language) => whole(self.fields.lang, language.as_str()),
            None => all_but(vec![self.exists(Field::Language)]),
        };
        Some(union(languages.iter().map(articles_in).collect()))
    }

    /// How many articles there are in these languages at most; any number where none is given.
    fn number_in(&self, languages: &[Option<Language>]) -> u64 {
        if languages.is_empty() || languages.contains(&None) {
            return u64::MAX;
        }
        let number = |language: &Language| {
            let term = Term::from_field_text(self.fields.lang, &fold(language.as_str()));
            self.searcher.doc_freq(&term).unwrap_or(u64::MAX)
        };
        languages.iter().flatten().map(number).fold(0, u64::saturating_add)
    }
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

/// Articles in a set, which all score the same.
fn constant(set: Engine) -> RankQuery {
    RankQuery::word(Word::Documents { query: Arc::from(set), score: PATTERN_SCORE })
}

/// Terms at their distances, which all must be there; only in the articles of a set, if one is
/// given.
fn together(field: IndexField, terms: &[(usize, String)], only: Option<Engine>) -> RankQuery {
    let term = |(_, text): &(usize, String)| Term::from_field_text(field, text);
    let mut all: Vec<_> = terms.iter().map(|it| RankQuery::word(Word::term(term(it)))).collect();
    all.extend((terms.len() != 1).then(|| RankQuery::filter(phrase(field, terms))));
    all.extend(only.map(RankQuery::filter));
    RankQuery::all_of(all)
}

fn union(mut queries: Vec<Engine>) -> Engine {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.swap_remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
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

/// Terms that match a pattern with `*` and `?`.
fn matching(field: IndexField, wildcard: &str) -> Engine {
    pattern(field, &wildcard_regex(wildcard))
}

fn wildcard_regex(wildcard: &str) -> String {
    let wildcard = fold(wildcard);
    let mut regex = String::new();
    for part in wildcard.split_inclusive(['*', '?']) {
        let literal = part.trim_end_matches(['*', '?']);
        regex.push_str(&escaped(literal));
        regex.push_str(match part.as_bytes().last() {
            Some(b'*') => ".*",
            Some(b'?') => ".",
            _ => "",
        });
    }
    regex
}

fn pattern(field: IndexField, regex: &str) -> Engine {
    match RegexQuery::from_pattern(regex, field) {
        Ok(query) => Box::new(query),
        // Too large for an automaton: longer than any term, so no term matches.
        Err(_) => Box::new(EmptyQuery),
    }
}

fn escaped(literal: &str) -> String {
    regex::escape(literal)
}
