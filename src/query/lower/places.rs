//! Spans: where words stand, asked of the positions in the index.

use tantivy::schema::{Field as IndexField, Term};

use super::cut::Cut;
use super::{Lowering, Scope};
use crate::query::Query;
use crate::query::ast::{Letters, Near, Span, Text};
use crate::query::interval::{IntervalQuery, Places, Terms, WordQuery};
use crate::query::rank::RankQuery;

impl Lowering<'_> {
    /// What stands somewhere in the part of the article that is asked of, `times` or more; it
    /// scores as its words do.
    pub(super) fn span(&mut self, span: &Span, times: u32, scope: Scope) -> RankQuery {
        let words = self.candidates(span, Scope { zone: None, ..scope });
        let mut places = self.places(span, scope);
        if let Some(zone) = scope.zone {
            places = Places::In(zone, Box::new(places));
        }
        let (candidates, marks) = (words.selecting(), self.fields.marks);
        let query = IntervalQuery { candidates, places, times, marks };
        RankQuery::all_of([words, RankQuery::filter(Box::new(query))])
    }

    /// The articles that hold the words of `span`, wherever they stand.
    fn candidates(&mut self, span: &Span, scope: Scope) -> RankQuery {
        match span {
            Span::Text(text) => self.anywhere(text, scope),
            Span::AnyOf(spans) => {
                RankQuery::any_of(spans.iter().map(|span| self.candidates(span, scope)).collect())
            }
            Span::Near(near) => {
                let Near { left, right, .. } = &**near;
                RankQuery::all_of([self.candidates(left, scope), self.candidates(right, scope)])
            }
        }
    }

    fn places(&mut self, span: &Span, scope: Scope) -> Places<WordQuery> {
        match span {
            Span::Text(text) => self.places_of_text(text, scope),
            Span::AnyOf(spans) => {
                Places::AnyOf(spans.iter().map(|span| self.places(span, scope)).collect())
            }
            Span::Near(near) => Places::Near {
                left: Box::new(self.places(&near.left, scope)),
                right: Box::new(self.places(&near.right, scope)),
                proximity: near.proximity,
            },
        }
    }

    fn places_of_text(&mut self, text: &Text, scope: Scope) -> Places<WordQuery> {
        match text {
            Text::Word(word) => self.places_of_word(word, scope),
            Text::Phrase { words, slop: 0, ordered: true } => {
                self.places_of_stems(&Cut::of(words), scope)
            }
            Text::Phrase { words, slop, ordered } => {
                let parts = words_of(words).map(|word| self.places_of_word(word, scope));
                Places::Phrase { parts: parts.collect(), slop: *slop, ordered: *ordered }
            }
            Text::Exact(words) => exactly(words, scope),
            Text::Wildcard(_) | Text::Regex(_) | Text::Fuzzy(..) => {
                let words = self.words(text, scope.words);
                let clause = Query::Text(text.clone()).to_string();
                let words = self.dictionary.placed(&words, &clause);
                let terms = words.iter().map(|(word, _)| Term::from_field_text(scope.words, word));
                Places::word(WordQuery { terms: Terms::AnyOf(terms.collect()), only: None })
            }
            Text::Cased(letters, text) => self.places_of_cased(*letters, text, scope),
        }
    }

    /// Words with such letters, each by itself.
    fn places_of_cased(
        &mut self,
        letters: Letters,
        text: &Text,
        scope: Scope,
    ) -> Places<WordQuery> {
        let cased = |places| Places::Cased(letters, Box::new(places));
        match text {
            Text::Phrase { words, slop, ordered } => {
                let parts = words_of(words).map(|word| cased(self.places_of_word(word, scope)));
                Places::Phrase { parts: parts.collect(), slop: *slop, ordered: *ordered }
            }
            Text::Exact(words) => {
                let parts = words_of(words).map(|word| cased(exactly(word, scope)));
                Places::Phrase { parts: parts.collect(), slop: 0, ordered: true }
            }
            text => cased(self.places_of_text(text, scope)),
        }
    }

    /// A word in any of its forms, and a compound joined as well.
    fn places_of_word(&mut self, word: &str, scope: Scope) -> Places<WordQuery> {
        let cut = Cut::of(word);
        let parts = self.places_of_stems(&cut, scope);
        match cut.joined() {
            Some(joined) => {
                Places::Compound { parts: Box::new(parts), joined: one(scope.stems, joined) }
            }
            None => parts,
        }
    }

    fn places_of_stems(&mut self, cut: &Cut, scope: Scope) -> Places<WordQuery> {
        let ways = self.stemmed_ways(cut, scope.stems);
        let mut alternatives = Vec::with_capacity(ways.len());
        for way in ways {
            let mut words = Vec::with_capacity(way.terms.len());
            for (place, text) in &way.terms {
                // One of the words is enough to tell the language of the article.
                let only = if words.is_empty() { self.articles_in(&way.languages) } else { None };
                let terms = Terms::One(Term::from_field_text(scope.stems, text));
                words.push((*place, WordQuery { terms, only }));
            }
            alternatives.push(run(words, cut));
        }
        match alternatives.len() {
            1 => alternatives.swap_remove(0),
            _ => Places::AnyOf(alternatives),
        }
    }
}

/// The words of a phrase that hold anything to look for.
pub(crate) fn words_of(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split(' ').filter(|word| !Cut::of(word).positions.is_empty())
}

fn run(words: Vec<(usize, WordQuery)>, cut: &Cut) -> Places<WordQuery> {
    // No query is so long that its words could not be counted.
    let number = |place| u32::try_from(place).unwrap_or(u32::MAX);
    let width = number(cut.positions.len());
    let words = words.into_iter().map(|(place, word)| (number(place), word)).collect();
    Places::Run { words, width }
}

fn one(field: IndexField, text: &str) -> WordQuery {
    WordQuery { terms: Terms::One(Term::from_field_text(field, text)), only: None }
}

/// Words as they are written, side by side.
fn exactly(words: &str, scope: Scope) -> Places<WordQuery> {
    let cut = Cut::of(words);
    let words = cut.words().into_iter();
    run(words.map(|(place, text)| (place, one(scope.words, &text))).collect(), &cut)
}
