//! Questions near to one that finds nothing: asked less strictly, and in other spellings.

use chrono::NaiveDate;

use crate::analysis::is_function_word;
use crate::query::{Field, FieldTest, Near, Query, Span, Text, parse};

/// What is asked for less strictly by the same words.
pub(super) fn wider(clause: &Query) -> Option<Query> {
    match clause {
        Query::Text(text) => wider_text(text),
        Query::Near(near) => {
            let Near { left, right, .. } = (**near).clone();
            Query::all_of(vec![left.into(), right.into()])
        }
        Query::AtLeast(_, span) => Some(span.clone().into()),
        Query::In(_, inner) => Some((**inner).clone()),
        Query::Boost(inner, _) => wider(inner),
        // A name that was not recognised as one may stand in the text all the same.
        Query::Field(
            Field::Person
            | Field::Organisation
            | Field::Place
            | Field::Entity
            | Field::Region
            | Field::Tag
            | Field::About
            | Field::Author
            | Field::Publisher,
            FieldTest::AnyOf(values),
        ) => {
            let words = values.iter().filter(|value| !value.contains(['*', '?']));
            let texts = words.map(|value| Query::Text(in_text(value)));
            Query::any_of(texts.collect())
        }
        Query::Field(Field::Url, FieldTest::AnyOf(addresses)) => {
            Query::any_of(addresses.iter().filter_map(|address| headline_in(address)).collect())
        }
        Query::Field(field, FieldTest::Exactly(names)) => {
            Some(Query::Field(*field, FieldTest::AnyOf(names.clone())))
        }
        _ => None,
    }
}

/// The words in the last part of an address that has some, where sites put the headline.
fn headline_in(address: &str) -> Option<Query> {
    let (_, path) = address.split(['?', '#']).next()?.split_once('/')?;
    let words = |part: &str| -> Vec<Query> {
        let is_extension = |end: &str| end.len() < 6 && end.chars().all(char::is_alphanumeric);
        let stem = part.rsplit_once('.').filter(|(_, end)| is_extension(end));
        let words = stem.map_or(part, |(stem, _)| stem).split(|c: char| !c.is_alphanumeric());
        let is_telling = |word: &&str| {
            word.chars().filter(|c| c.is_alphabetic()).count() > 2 && !is_function_word(word)
        };
        let words = words.filter(is_telling);
        words.map(|word| Query::Text(Text::Word(word.to_owned()))).collect()
    };
    let words = path.rsplit('/').map(words).find(|words| !words.is_empty())?;
    Query::all_of(words)
}

fn wider_text(text: &Text) -> Option<Query> {
    let each = |words: &str| {
        let words = words.split(' ').map(|word| Query::Text(Text::Word(word.to_owned())));
        Query::all_of(words.collect())
    };
    match text {
        Text::Phrase { words, .. } => each(words),
        Text::Exact(words) => Some(Query::Text(in_text(words))),
        Text::Cased(_, inner) => Some(Query::Text((**inner).clone())),
        Text::Word(word) if word.contains('.') && !word.contains('@') => page_at(word),
        Text::Word(_) | Text::Wildcard(_) | Text::Fuzzy(..) | Text::Regex(_) => None,
    }
}

/// The page at an address that was typed without what begins one.
fn page_at(word: &str) -> Option<Query> {
    // Of an address nothing depends on the day.
    let query = parse(&format!("https://{word}"), NaiveDate::MIN).query;
    matches!(query, Query::Field(Field::Url, _)).then_some(query)
}

/// The words as they may stand in a text.
fn in_text(words: &str) -> Text {
    if words.contains(' ') {
        Text::Phrase { words: words.to_owned(), slop: 0, ordered: true }
    } else {
        Text::Word(words.to_owned())
    }
}

/// The query with words exchanged.
pub(super) fn corrected(query: &Query, corrections: &[(String, String)]) -> Query {
    let each = |clauses: &[Query]| clauses.iter().map(|it| corrected(it, corrections)).collect();
    match query {
        Query::Text(text) => Query::Text(corrected_text(text, corrections)),
        Query::Near(near) => Query::Near(Box::new(corrected_near(near, corrections))),
        Query::AtLeast(times, span) => Query::AtLeast(*times, corrected_span(span, corrections)),
        Query::In(zone, inner) => Query::In(*zone, Box::new(corrected(inner, corrections))),
        Query::Boost(inner, factor) => {
            Query::Boost(Box::new(corrected(inner, corrections)), *factor)
        }
        Query::And(clauses) => Query::And(each(clauses)),
        Query::Or(clauses) => Query::Or(each(clauses)),
        Query::Field(field, FieldTest::AnyOf(values)) => {
            let values = values.iter().map(|value| exchanged(value, corrections));
            Query::Field(*field, FieldTest::AnyOf(values.collect()))
        }
        Query::All | Query::Nothing | Query::Field(..) | Query::Date(_) | Query::Not(_) => {
            query.clone()
        }
    }
}

fn corrected_near(near: &Near, corrections: &[(String, String)]) -> Near {
    let left = corrected_span(&near.left, corrections);
    let right = corrected_span(&near.right, corrections);
    Near { left, right, proximity: near.proximity }
}

fn corrected_span(span: &Span, corrections: &[(String, String)]) -> Span {
    match span {
        Span::Text(text) => Span::Text(corrected_text(text, corrections)),
        Span::AnyOf(spans) => {
            Span::AnyOf(spans.iter().map(|it| corrected_span(it, corrections)).collect())
        }
        Span::Near(near) => Span::Near(Box::new(corrected_near(near, corrections))),
    }
}

fn corrected_text(text: &Text, corrections: &[(String, String)]) -> Text {
    let each = |words: &str| {
        let words: Vec<_> = words.split(' ').map(|word| exchanged(word, corrections)).collect();
        words.join(" ")
    };
    match text {
        Text::Word(word) => Text::Word(each(word)),
        Text::Exact(words) => Text::Exact(each(words)),
        Text::Phrase { words, slop, ordered } => {
            Text::Phrase { words: each(words), slop: *slop, ordered: *ordered }
        }
        Text::Cased(letters, inner) => {
            Text::Cased(*letters, Box::new(corrected_text(inner, corrections)))
        }
        Text::Wildcard(_) | Text::Fuzzy(..) | Text::Regex(_) => text.clone(),
    }
}

fn exchanged(word: &str, corrections: &[(String, String)]) -> String {
    let found = corrections.iter().find(|(wrong, _)| wrong == word);
    found.map_or(word, |(_, right)| right).to_owned()
}
