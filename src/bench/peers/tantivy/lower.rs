//! A question in the engine's own kinds of queries: words of title or body, as its default tokenizer
//! cuts them.

use std::ops::Bound;

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, EmptyQuery, FuzzyTermQuery, Occur, PhraseQuery,
    Query as EngineQuery, RangeQuery, RegexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DateTime, Index, Term};

use super::build::Fields;
use crate::query::{DateTest, Query, Text, Zone};
use crate::schema::{first_second, last_second};

type Lowered = Result<Box<dyn EngineQuery>, &'static str>;

/// Puts questions to one index.
#[derive(Clone, Copy)]
pub(super) struct Lower<'a> {
    pub(super) index: &'a Index,
    pub(super) fields: Fields,
}

impl Lower<'_> {
    /// The engine's query; says what a question has that the engine alone has no like of.
    pub(super) fn query(self, query: &Query) -> Lowered {
        self.within(query, &[self.fields.title, self.fields.body])
    }

    fn within(self, query: &Query, fields: &[Field]) -> Lowered {
        match query {
            Query::All => Ok(Box::new(AllQuery)),
            Query::Text(text) => Ok(union(self.text(text, fields)?)),
            Query::And(clauses) => self.all(clauses, fields),
            Query::Or(alternatives) => self.any(alternatives, fields).map(union),
            Query::Not(_) => self.all(std::slice::from_ref(query), fields),
            Query::Boost(inner, factor) => {
                Ok(Box::new(BoostQuery::new(self.within(inner, fields)?, *factor)))
            }
            Query::In(Zone::Title, inner) => self.within(inner, &[self.fields.title]),
            Query::In(Zone::Body, inner) => self.within(inner, &[self.fields.body]),
            Query::Date(DateTest::Within { first, last }) => {
                let term = |second| {
                    let date = DateTime::from_timestamp_secs(second);
                    Bound::Included(Term::from_field_date_for_search(self.fields.date, date))
                };
                let from = first.map_or(Bound::Unbounded, |day| term(first_second(day)));
                let to = last.map_or(Bound::Unbounded, |day| term(last_second(day)));
                Ok(Box::new(RangeQuery::new(from, to)))
            }
            Query::Nothing => Err("nothing"),
            Query::Near(_) => Err("nearness"),
            Query::AtLeast(..) => Err("a number of times"),
            Query::In(..) => Err("a part of the article"),
            Query::Field(..) => Err("a field"),
            Query::Date(_) => Err("whether there is a date"),
        }
    }

    fn all(self, clauses: &[Query], fields: &[Field]) -> Lowered {
        let mut parts = Vec::new();
        for clause in clauses {
            match clause {
                Query::Not(inner) => parts.push((Occur::MustNot, self.within(inner, fields)?)),
                clause => parts.push((Occur::Must, self.within(clause, fields)?)),
            }
        }
        if parts.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            parts.push((Occur::Must, Box::new(AllQuery)));
        }
        Ok(Box::new(BooleanQuery::new(parts)))
    }

    /// Alternatives of words are one flat union, in which the engine skips by bounds.
    fn any(
        self,
        alternatives: &[Query],
        fields: &[Field],
    ) -> Result<Vec<Box<dyn EngineQuery>>, &'static str> {
        let mut parts = Vec::new();
        for alternative in alternatives {
            match alternative {
                Query::Text(text) => parts.extend(self.text(text, fields)?),
                alternative => parts.push(self.within(alternative, fields)?),
            }
        }
        Ok(parts)
    }

    /// A query for each field.
    fn text(
        self,
        text: &Text,
        fields: &[Field],
    ) -> Result<Vec<Box<dyn EngineQuery>>, &'static str> {
        fields.iter().map(|&field| self.text_in(text, field)).collect()
    }

    fn text_in(self, text: &Text, field: Field) -> Lowered {
        match text {
            Text::Word(words) | Text::Exact(words) => Ok(self.words(words, 0, field)),
            Text::Phrase { words, slop, ordered: true } => Ok(self.words(words, *slop, field)),
            Text::Fuzzy(word, distance) => {
                let term = Term::from_field_text(field, &word.to_lowercase());
                Ok(Box::new(FuzzyTermQuery::new(term, *distance, true)))
            }
            Text::Wildcard(pattern) => {
                let escaped = regex::escape(&pattern.to_lowercase());
                regular(&escaped.replace("\\*", ".*").replace("\\?", "."), field)
            }
            Text::Regex(expression) => regular(expression, field),
            Text::Phrase { .. } => Err("a phrase in any order"),
            Text::Cased(..) => Err("exact case"),
        }
    }

    /// A word, or a phrase of several.
    fn words(self, words: &str, slop: u32, field: Field) -> Box<dyn EngineQuery> {
        let mut terms = Vec::new();
        if let Ok(mut analyzer) = self.index.tokenizer_for_field(field) {
            let mut tokens = analyzer.token_stream(words);
            tokens.process(&mut |token| terms.push(Term::from_field_text(field, &token.text)));
        }
        match terms.len() {
            0 => Box::new(EmptyQuery),
            1 => Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::WithFreqs)),
            _ => {
                let mut phrase = PhraseQuery::new(terms);
                phrase.set_slop(slop);
                Box::new(phrase)
            }
        }
    }
}

fn union(mut parts: Vec<Box<dyn EngineQuery>>) -> Box<dyn EngineQuery> {
    if parts.len() == 1 { parts.remove(0) } else { Box::new(BooleanQuery::union(parts)) }
}

fn regular(expression: &str, field: Field) -> Lowered {
    let query = RegexQuery::from_pattern(expression, field);
    Ok(Box::new(query.map_err(|_| "an expression that it cannot read")?))
}
