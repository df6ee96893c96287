//! From what is meant to what the engine runs.
//!
//! Each leaf becomes a clause that decides which articles match and, apart from it, clauses that
//! only add to the score: the word in the title, the word as typed, the acronym in capitals. A
//! conjunction stays one flat list of both kinds. Filters never score.

mod cut;
mod expand;
mod filter;
mod many;
mod places;
mod spelling;
mod steps;
mod ways;

use std::cmp::Reverse;

use tantivy::Searcher;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery,
    Query as EngineQuery, RegexQuery, TermQuery,
};
use tantivy::schema::{Field as IndexField, IndexRecordOption, Term};

use crate::alias::Aliases;
use crate::analysis::{Form, Stems, fold};
use crate::article::Language;
use crate::query::ast::{Query, Span, Text, Zone};
use crate::query::excluded::Excluded;
use crate::query::pattern;
use crate::schema::Fields;
pub(crate) use cut::{Cut, Piece};
use expand::{Dictionary, Words, any_word};
use many::{Joint, MANY, ManyQuery};
pub(crate) use places::words_of;
use ways::{Stemmed, Way};

pub use expand::Limit;
pub use steps::{Access, Step, StepRole};

/// What a word in the title adds, as a multiple of its BM25 in the field of titles.
const TITLE_WEIGHT: f32 = 0.3;

/// What a word adds where it stands exactly as typed, likewise in the field of unstemmed words.
const EXACT_WEIGHT: f32 = 0.2;

type Engine = Box<dyn EngineQuery>;

/// Turns queries into those of the engine, for one snapshot of an index.
pub(crate) struct Lowering<'a> {
    searcher: &'a Searcher,
    dictionary: Dictionary<'a>,
    fields: Fields,
    /// The language with most articles first.
    languages: Vec<Stemmed>,
    /// Whether words side by side must all be there.
    all_words: bool,
    aliases: &'a Aliases,
}

/// A clause, and what it adds to the score where it matches.
struct Lowered {
    required: Engine,
    bonus: Vec<Engine>,
    /// Whether it selects without scoring.
    filter: bool,
}

impl Lowered {
    fn scored(required: Engine, bonus: Vec<Engine>) -> Self {
        Self { required, bonus, filter: false }
    }

    fn filter(query: Engine) -> Self {
        let required = Box::new(ConstScoreQuery::new(query, 0.0));
        Self { required, bonus: Vec::new(), filter: true }
    }

    /// All of these, whatever is asked of words side by side.
    fn all_of(clauses: Vec<Self>) -> Self {
        let (mut required, mut bonus) = (Vec::new(), Vec::new());
        for clause in clauses {
            required.push(clause.required);
            bonus.extend(clause.bonus);
        }
        Self::scored(Box::new(BooleanQuery::intersection(required)), bonus)
    }

    /// Both parts as one clause.
    fn whole(self) -> Engine {
        if self.bonus.is_empty() {
            return self.required;
        }
        let mut clauses = vec![(Occur::Must, self.required)];
        clauses.extend(self.bonus.into_iter().map(|bonus| (Occur::Should, bonus)));
        Box::new(BooleanQuery::new(clauses))
    }
}

/// The pair of fields, stems and words, that text is looked for in.
#[derive(Clone, Copy)]
struct Scope {
    stems: IndexField,
    words: IndexField,
    /// The field of titles, where it is another one and words in it add to the score.
    title: Option<IndexField>,
    /// The part of the article that is asked of, where it has no field of its own.
    zone: Option<Zone>,
}

impl<'a> Lowering<'a> {
    /// For the index behind `searcher`, which holds articles in `languages`, and in which names
    /// mean what `aliases` say.
    pub(crate) fn new(
        searcher: &'a Searcher,
        fields: Fields,
        languages: &[Language],
        all_words: bool,
        aliases: &'a Aliases,
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
        let dictionary = Dictionary::new(searcher);
        Self { searcher, dictionary, fields, languages, all_words, aliases }
    }

    /// The language whose stems are looked for in articles of any language.
    pub(crate) fn main_language(&self) -> Option<Language> {
        self.languages.first().and_then(|it| it.language)
    }

    /// The engine's form of `query`, and what it leaves out for its size.
    pub(crate) fn lower(&mut self, query: &Query) -> tantivy::Result<(Engine, Vec<Limit>)> {
        let lowered = self.clause(query, self.everywhere());
        let limits = self.dictionary.finish()?;
        Ok((lowered.whole(), limits))
    }

    /// All of the article.
    fn everywhere(&self) -> Scope {
        let Fields { text, text_word, title, .. } = self.fields;
        Scope { stems: text, words: text_word, title: Some(title), zone: None }
    }

    fn clause(&mut self, query: &Query, scope: Scope) -> Lowered {
        match query {
            Query::All => Lowered::filter(Box::new(AllQuery)),
            Query::Nothing => Lowered::filter(Box::new(EmptyQuery)),
            Query::Text(text) => self.text(text, scope),
            Query::Near(near) => self.span(&Span::Near(near.clone()), 1, scope),
            Query::AtLeast(times, span) => self.span(span, *times, scope),
            Query::In(zone, inner) => self.clause(inner, self.within(*zone, scope)),
            Query::Field(field, test) => Lowered::filter(self.field(*field, test)),
            Query::Date(test) => Lowered::filter(self.date(*test)),
            Query::And(clauses) => self.all_of(clauses, scope),
            Query::Or(clauses) => self.any_of(clauses, scope),
            Query::Not(inner) => {
                let without = self.clause(inner, scope).required;
                Lowered::filter(all_but(vec![without]))
            }
            Query::Boost(inner, factor) => {
                let Lowered { required, bonus, filter } = self.clause(inner, scope);
                let boost = |query: Engine| -> Engine { Box::new(BoostQuery::new(query, *factor)) };
                let bonus = bonus.into_iter().map(boost).collect();
                Lowered { required: boost(required), bonus, filter }
            }
        }
    }

    /// One flat conjunction: what must match, what must not, and what only adds to the score.
    fn all_of(&mut self, clauses: &[Query], scope: Scope) -> Lowered {
        if clauses.len() > MANY && self.all_words {
            return self.all_of_many(clauses, scope);
        }
        let (mut required, mut optional, mut bonus) = (Vec::new(), Vec::new(), Vec::new());
        for clause in clauses {
            if let Query::Not(inner) = clause {
                required.push((Occur::MustNot, excluded(self.clause(inner, scope).required)));
                continue;
            }
            let lowered = self.clause(clause, scope);
            if lowered.filter || self.all_words {
                required.push((Occur::Must, lowered.required));
                bonus.extend(lowered.bonus);
            } else {
                optional.push(lowered.required);
                optional.extend(lowered.bonus);
            }
        }
        let scores = !optional.is_empty() || clauses.iter().any(scores);
        if !optional.is_empty() {
            required.push((Occur::Must, union(optional)));
        }
        if required.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            required.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))));
        }
        Lowered { required: Box::new(BooleanQuery::new(required)), bonus, filter: !scores }
    }

    /// A conjunction too large for the engine; what only adds to the score is left out.
    fn all_of_many(&mut self, clauses: &[Query], scope: Scope) -> Lowered {
        let (mut required, mut without) = (Vec::new(), Vec::new());
        for clause in clauses {
            match clause {
                Query::Not(inner) => without.push(self.clause(inner, scope).required),
                clause => required.push(self.clause(clause, scope).required),
            }
        }
        if !without.is_empty() {
            required.push(Box::new(ConstScoreQuery::new(all_but(vec![union(without)]), 0.0)));
        }
        let filter = !clauses.iter().any(scores);
        let required = Box::new(ManyQuery { clauses: required, joint: Joint::All });
        Lowered { required, bonus: Vec::new(), filter }
    }

    /// Alternatives, each with its own share of the score.
    fn any_of(&mut self, clauses: &[Query], scope: Scope) -> Lowered {
        let filter = !clauses.iter().any(scores);
        let alternatives =
            clauses.iter().map(|clause| self.clause(clause, scope).whole()).collect();
        Lowered { required: union(alternatives), bonus: Vec::new(), filter }
    }

    fn within(&self, zone: Zone, scope: Scope) -> Scope {
        let Fields { title, title_word, .. } = self.fields;
        match zone {
            Zone::Title => Scope { stems: title, words: title_word, title: None, zone: None },
            Zone::TitleAndLead => Scope { zone: Some(zone), ..scope },
            Zone::Lead | Zone::First(_) | Zone::Body => {
                Scope { title: None, zone: Some(zone), ..scope }
            }
        }
    }

    /// Words, wherever they stand as long as they do in the right part.
    fn text(&mut self, text: &Text, scope: Scope) -> Lowered {
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
    fn anywhere(&mut self, text: &Text, scope: Scope) -> Lowered {
        match text {
            Text::Word(word) => self.word(word, scope),
            Text::Exact(word) => {
                let terms = Cut::of(word).words();
                Lowered::scored(phrase(scope.words, &terms), Vec::new())
            }
            Text::Phrase { words, slop: 0, ordered: true } => self.phrase(words, scope),
            Text::Phrase { words, .. } => {
                let words = words_of(words).map(|word| self.word(word, scope));
                Lowered::all_of(words.collect())
            }
            Text::Wildcard(_) | Text::Regex(_) => {
                Lowered::scored(any_word(scope.words, &self.words(text, scope.words)), Vec::new())
            }
            Text::Fuzzy(word, _) => {
                let near = any_word(scope.words, &self.words(text, scope.words));
                // The word itself ranks before what is only near it.
                let itself = one(Term::from_field_text(scope.words, &fold(word)));
                Lowered::scored(near, vec![itself])
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

    fn word(&mut self, word: &str, scope: Scope) -> Lowered {
        let cut = Cut::of(word);
        if cut.positions.is_empty() {
            return Lowered::scored(Box::new(EmptyQuery), Vec::new());
        }
        let mut ways = self.stemmed_ways(&cut, scope.stems);
        let mut bonus: Vec<Engine> = Vec::new();
        if let Some(title) = scope.title {
            bonus.extend(ways.iter().map(|way| boosted(self.way(title, way), TITLE_WEIGHT)));
        }
        if let Some(joined) = cut.joined() {
            ways.push(Way { terms: vec![(0, joined.to_owned())], languages: Vec::new() });
        }
        if let [position] = cut.positions.as_slice()
            && position.form == Form::Word
        {
            let as_typed = Term::from_field_text(scope.words, &position.word);
            bonus.push(boosted(one(as_typed), EXACT_WEIGHT));
            let capitals = position.seconds.iter();
            bonus.extend(capitals.map(|second| {
                boosted(one(Term::from_field_text(scope.words, second)), EXACT_WEIGHT)
            }));
        }
        let required = ways.iter().map(|way| self.way(scope.stems, way)).collect();
        Lowered::scored(union(required), bonus)
    }

    fn phrase(&mut self, words: &str, scope: Scope) -> Lowered {
        let cut = Cut::of(words);
        let ways = self.stemmed_ways(&cut, scope.stems);
        let required = ways.iter().map(|way| self.way(scope.stems, way)).collect();
        let in_title =
            |title| ways.iter().map(|way| boosted(self.way(title, way), TITLE_WEIGHT)).collect();
        let bonus = scope.title.map_or_else(Vec::new, in_title);
        Lowered::scored(union(required), bonus)
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

fn boosted(query: Engine, factor: f32) -> Engine {
    Box::new(BoostQuery::new(query, factor))
}

fn union(mut queries: Vec<Engine>) -> Engine {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.swap_remove(0),
        2..=MANY => Box::new(BooleanQuery::union(queries)),
        _ => Box::new(ManyQuery { clauses: queries, joint: Joint::Any }),
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
