//! What is asked of places in the text: nearness, parts of the article, counts, capitals.

use super::Parser;
use crate::query::ast::{Letters, Near, Proximity, Query, Span, Text, Zone};
use crate::query::lex::Token;
use crate::query::normalize::Glyph;
use crate::query::repair::{RepairCode, excerpt};
use crate::query::scope::Scope;
use crate::query::word::Operand;

/// How many levels of things near to each other there are at most.
pub(in crate::query) const MOST_NEAR: usize = 16;

impl Parser<'_> {
    /// Things that must stand near to each other, from left to right; or a single one.
    pub(super) fn near(&mut self, scope: Scope) -> Option<Query> {
        let mut left = self.next_operand(scope)?;
        while let Some(Token::Proximity(proximity, operator)) = self.peek() {
            let at = self.at();
            self.next += 1;
            if let Some(right) = self.next_operand(scope) {
                left = self.brought_near(left, right, proximity, (operator, at))?;
            } else {
                self.drop_operator(&excerpt(operator), at);
            }
        }
        Some(left.whole())
    }

    fn next_operand(&mut self, scope: Scope) -> Option<Operand> {
        match self.peek()? {
            Token::And | Token::Or | Token::Close | Token::Not | Token::Proximity(..) => None,
            token => self.operand(token, scope),
        }
    }

    /// `left` near to `right`, or both anywhere where one of them has no place in the text.
    fn brought_near(
        &mut self,
        left: Operand,
        right: Operand,
        proximity: Proximity,
        (operator, at): (&[Glyph], usize),
    ) -> Option<Operand> {
        let (left_factor, right_factor) = (left.factor, right.factor);
        let operator = excerpt(operator);
        let (left, right) = match (Span::try_from(left.query), Span::try_from(right.query)) {
            (Ok(left), Ok(right)) if left.depth().max(right.depth()) < MOST_NEAR => {
                if left_factor.is_some() || right_factor.is_some() {
                    let message = format!(
                        "a factor beside `{operator}` was dropped: it belongs behind brackets \
                         around the whole"
                    );
                    self.repairs.add(RepairCode::Boost, at, message);
                }
                let query = Query::Near(Box::new(Near { left, right, proximity }));
                return Some(Operand { query, factor: None });
            }
            (Ok(left), Ok(right)) => {
                let message =
                    format!("`{operator}` was read as AND: too many things near to each other");
                self.repairs.add(RepairCode::TooLong, at, message);
                (left.into(), right.into())
            }
            (left, right) => {
                let message = format!(
                    "`{operator}` was read as AND: only words, phrases and alternatives of those \
                     can be near to each other"
                );
                self.repairs.add(RepairCode::Unsupported, at, message);
                let as_query = |it: Result<Span, Query>| it.map_or_else(|query| query, Query::from);
                (as_query(left), as_query(right))
            }
        };
        let both = [(left, left_factor), (right, right_factor)];
        let both = both.map(|(query, factor)| Operand { query, factor }.whole());
        Some(Operand { query: Query::all_of(both.into())?, factor: None })
    }

    /// What must stand in a part of the article, whose name was passed at `at`. Within a part
    /// there is no other: the outer one stands.
    pub(super) fn zone(&mut self, zone: Zone, name: &[Glyph], at: usize) -> Option<Operand> {
        let outer = self.zone.replace(zone);
        if let Some(outer) = outer {
            self.zone = Some(outer);
            if outer != zone {
                let message = format!(
                    "`{}` within `{outer}(...)` was dropped: there is no part of a part",
                    excerpt(name)
                );
                self.repairs.add(RepairCode::Unsupported, at, message);
            }
        }
        let inner = self.peek().and_then(|token| self.operand(token, Scope::Text));
        self.zone = outer;
        let Operand { query, factor } = inner?;
        let query = match query {
            Query::All => Query::All,
            query if outer.is_some() => query,
            query => Query::In(zone, Box::new(query)),
        };
        Some(Operand { query, factor })
    }

    /// What must stand in the text so many times.
    pub(super) fn at_least(&mut self, times: u32, name: &[Glyph], at: usize) -> Option<Operand> {
        let inner = self.next_operand(Scope::Text);
        let Some(Operand { query, factor }) = inner else {
            self.drop_operator(&excerpt(name), at);
            return None;
        };
        if times < 2 {
            return Some(Operand { query, factor });
        }
        let mut all_counted = true;
        let query = counted(times, query, &mut all_counted);
        if !all_counted {
            let message = format!(
                "`{}` counts words, phrases and alternatives of those; the rest need not repeat",
                excerpt(name)
            );
            self.repairs.add(RepairCode::Unsupported, at, message);
        }
        Some(Operand { query, factor })
    }
}

impl Parser<'_> {
    /// What must stand in the text with such letters, in the brackets that come next.
    pub(super) fn cased(&mut self, letters: Letters, name: &[Glyph], at: usize) -> Option<Operand> {
        let Operand { query, factor } = self.operand(self.peek()?, Scope::Text)?;
        let mut all_written = true;
        let query = written(letters, query, &mut all_written);
        if !all_written {
            let message = format!(
                "`{}` tests words that are looked for in texts, once; the rest is as if without it",
                excerpt(name)
            );
            self.repairs.add(RepairCode::Unsupported, at, message);
        }
        Some(Operand { query, factor })
    }
}

/// The words in `query` written with such letters; `all_written` becomes false where something in
/// it is no such word.
fn written(letters: Letters, query: Query, all_written: &mut bool) -> Query {
    let mut each = |query| written(letters, query, all_written);
    match query {
        Query::And(clauses) => Query::And(clauses.into_iter().map(each).collect()),
        Query::Or(clauses) => Query::Or(clauses.into_iter().map(each).collect()),
        Query::Not(inner) => Query::Not(Box::new(each(*inner))),
        Query::In(zone, inner) => Query::In(zone, Box::new(each(*inner))),
        Query::Boost(inner, factor) => Query::Boost(Box::new(each(*inner)), factor),
        Query::AtLeast(times, span) => {
            Query::AtLeast(times, written_span(letters, span, all_written))
        }
        query => match Span::try_from(query) {
            Ok(span) => written_span(letters, span, all_written).into(),
            Err(other) => {
                *all_written = false;
                other
            }
        },
    }
}

fn written_span(letters: Letters, span: Span, all_written: &mut bool) -> Span {
    match span {
        Span::Text(text @ Text::Cased(..)) => {
            *all_written = false;
            Span::Text(text)
        }
        Span::Text(text) => Span::Text(Text::Cased(letters, Box::new(text))),
        Span::AnyOf(spans) => {
            let each = spans.into_iter().map(|span| written_span(letters, span, all_written));
            Span::AnyOf(each.collect())
        }
        Span::Near(near) => {
            let Near { left, right, proximity } = *near;
            let left = written_span(letters, left, all_written);
            let right = written_span(letters, right, all_written);
            Span::Near(Box::new(Near { left, right, proximity }))
        }
    }
}

/// Each of the things that `query` asks for, `times` at least; `all_counted` becomes false where
/// something in it has no places to be counted.
fn counted(times: u32, query: Query, all_counted: &mut bool) -> Query {
    match Span::try_from(query) {
        Ok(span) => Query::AtLeast(times, span),
        Err(Query::And(clauses)) => {
            let each = clauses.into_iter().map(|clause| counted(times, clause, all_counted));
            Query::And(each.collect())
        }
        Err(Query::In(zone, inner)) => {
            Query::In(zone, Box::new(counted(times, *inner, all_counted)))
        }
        Err(Query::Boost(inner, factor)) => {
            Query::Boost(Box::new(counted(times, *inner, all_counted)), factor)
        }
        Err(query) => {
            *all_counted = false;
            query
        }
    }
}
