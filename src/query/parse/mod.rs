//! The grammar: a recursive descent that recovers from everything.
//!
//! ```text
//! any_of  = all_of ( OR all_of )*
//! all_of  = negated ( AND? negated )*            within the value of a field: OR? for AND?
//! negated = ( NOT | - | ! | + )* near
//! near    = operand ( w/5 operand )*
//! operand = "(" any_of ")" ^2?  |  field:operand  |  atleast3 operand
//!         | word  |  "quotation"  |  address
//! ```
//!
//! `NOT` takes the whole of `a w/5 b`, as what is not there has no place to be near to.
//!
//! # Invariants
//!
//! - Never fails, never panics; what cannot be meant is dropped or read as text, with a repair.
//! - The tree is at most [`MOST_LEVELS`] deep and has at most four nodes for each byte typed.
//! - What is dropped because it is not supported yet leaves a query that matches more, not less,
//!   unless it stood behind a `NOT`.
//!
//! # Cost
//!
//! Linear in the length of the query; a tree that comes out too deep is read once more.

mod dates;
mod operand;
mod places;

use chrono::NaiveDate;

use crate::analysis::is_function_word;
use crate::query::ast::{Query, Zone};
use crate::query::lex::{Lexeme, Token, lex};
use crate::query::normalize::{Glyph, normalize, text};
use crate::query::repair::{Repair, RepairCode, Repairs, excerpt};
use crate::query::scope::Scope;
use crate::query::word::trimmed;
use crate::query::wording::{Wording, hint_at_lower_case_operators, wording};
use dates::with_joined_dates;
pub(super) use places::MOST_NEAR;

/// How much of a query is read, in bytes. Nobody types more.
const MOST_BYTES: usize = 64 << 10;

/// How many words, quotations and the like are read.
pub(super) const MOST_WORDS: usize = 10_000;

/// How many levels a tree has at most.
pub(super) const MOST_LEVELS: usize = 64;

/// So many brackets within each other cannot make a tree of more than [`MOST_LEVELS`], as a
/// bracket adds at most five levels (`Or`, `And`, `Not`, `Boost`, `In`) and a leaf two more and
/// those of [`MOST_NEAR`].
const SAFE_BRACKETS: usize = (MOST_LEVELS - MOST_NEAR - 7) / 5;

/// A query as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// What is meant.
    pub query: Query,
    /// What was changed in the query as typed or may have been meant otherwise, by position.
    pub repairs: Vec<Repair>,
    /// Whether the reader used operators.
    pub wording: Wording,
}

/// Reads any text; never fails. `today` is the day that `yesterday` and `last-month` count from.
///
/// Reading what a [`Query`] prints gives the same query and repairs nothing, as long as it is no
/// longer than 64 KiB, the most that is read.
pub fn parse(typed: &str, today: NaiveDate) -> Parsed {
    // `floor_char_boundary` is younger than the oldest compiler that is to do.
    let end = (0..=MOST_BYTES.min(typed.len())).rev().find(|&at| typed.is_char_boundary(at));
    let end = end.unwrap_or_default();
    let glyphs = normalize(&typed[..end]);
    let mut lexemes = lex(&glyphs);
    let cut = cut_after_words(&mut lexemes);
    let read = |most_brackets| {
        let parser = Parser {
            lexemes: &lexemes,
            next: 0,
            end,
            today,
            most_brackets,
            brackets: 0,
            passed_over: 0,
            patterns: 0,
            zone: None,
            has_date_as_words: false,
            surplus: Tally::default(),
            missing: Tally::default(),
            repairs: Repairs::default(),
        };
        parser.query()
    };
    let (mut query, mut repairs) = read(MOST_LEVELS);
    if query.depth() > MOST_LEVELS {
        (query, repairs) = read(SAFE_BRACKETS);
    }
    if let Some(at) = cut {
        let message = format!("only the first {MOST_WORDS} words of the query were read");
        repairs.add(RepairCode::TooLong, at, message);
    }
    if end < typed.len() {
        let message = "only the first 64 KiB of the query were read";
        repairs.add(RepairCode::TooLong, end, message);
    }
    hint_at_lower_case_operators(&lexemes, &mut repairs);
    Parsed { query, repairs: repairs.finish(), wording: wording(&lexemes) }
}

/// Drops what stands behind the last word that is read; gives where that begins.
fn cut_after_words(lexemes: &mut Vec<Lexeme<'_>>) -> Option<usize> {
    let mut words = lexemes.iter().enumerate().filter(|(_, lexeme)| lexeme.token.is_word());
    let (place, _) = words.nth(MOST_WORDS)?;
    let at = lexemes[place].at;
    lexemes.truncate(place);
    Some(at)
}

/// How often something happened, and where first.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    times: usize,
    first: usize,
}

impl Tally {
    fn count(&mut self, at: usize) {
        self.first = if self.times == 0 { at } else { self.first.min(at) };
        self.times += 1;
    }
}

struct Parser<'t> {
    lexemes: &'t [Lexeme<'t>],
    next: usize,
    /// The position behind the last one.
    end: usize,
    today: NaiveDate,
    /// How many brackets may be open; deeper ones are passed over.
    most_brackets: usize,
    brackets: usize,
    /// How many opening brackets were passed over whose closing ones are still to come.
    passed_over: usize,
    /// How many patterns were read.
    patterns: usize,
    /// The part of the article that is asked of.
    zone: Option<Zone>,
    /// Whether it was said of a date that it was read as words.
    has_date_as_words: bool,
    surplus: Tally,
    missing: Tally,
    repairs: Repairs,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<Token<'t>> {
        self.lexemes.get(self.next).map(|lexeme| lexeme.token)
    }

    /// Where the next token stands.
    fn at(&self) -> usize {
        self.lexemes.get(self.next).map_or(self.end, |lexeme| lexeme.at)
    }

    fn query(mut self) -> (Query, Repairs) {
        // Closing brackets stop nothing out here, so this reads to the end.
        let query = self.any_of(Scope::Text).unwrap_or(Query::Nothing);
        self.note_brackets(self.surplus, "surplus", "dropped");
        self.note_brackets(self.missing, "missing", "added at the end");
        (query, self.repairs)
    }

    fn any_of(&mut self, scope: Scope) -> Option<Query> {
        let mut alternatives = Vec::new();
        let mut operator = None;
        loop {
            let before = self.next;
            if let Some(query) = self.all_of(scope) {
                alternatives.push(query);
                operator = None;
            }
            let at = self.at();
            match self.peek() {
                Some(Token::Or) => {
                    self.next += 1;
                    if alternatives.is_empty() || operator.is_some() {
                        self.drop_operator("OR", at);
                    } else {
                        operator = Some(at);
                    }
                }
                // In a list of values one ends where the next begins.
                Some(token) if token != Token::Close && self.next > before => {}
                _ => break,
            }
        }
        if let Some(at) = operator {
            self.drop_operator("OR", at);
        }
        scope.any_of(alternatives)
    }

    fn all_of(&mut self, scope: Scope) -> Option<Query> {
        let mut clauses = Vec::new();
        // Those of the clauses that ask for nothing where there are others.
        let mut idle = Vec::new();
        let mut operator = None;
        while let Some(token) = self.peek() {
            let at = self.at();
            match token {
                Token::Or => break,
                Token::Close if self.passed_over > 0 => {
                    self.passed_over -= 1;
                    self.next += 1;
                }
                Token::Close if self.brackets > 0 => break,
                Token::Close => {
                    self.surplus.count(at);
                    self.next += 1;
                }
                Token::Proximity(_, operator) => {
                    self.next += 1;
                    self.drop_operator(&excerpt(operator), at);
                }
                Token::And => {
                    self.next += 1;
                    if clauses.is_empty() || operator.is_some() {
                        self.drop_operator("AND", at);
                    } else {
                        operator = Some(at);
                    }
                }
                Token::Word(word) if self.is_but(word) => self.next += 1,
                _ if scope.is_list()
                    && operator.is_none()
                    && !clauses.is_empty()
                    && token != Token::Not =>
                {
                    break;
                }
                _ => {
                    let is_idle = scope == Scope::Text && self.is_idle(token);
                    if let Some(query) = self.negated(scope) {
                        clauses.push(query);
                        idle.push(is_idle);
                        operator = None;
                    }
                }
            }
        }
        if let Some(at) = operator {
            self.drop_operator("AND", at);
        }
        if idle.contains(&false) {
            let mut idle = idle.into_iter();
            clauses.retain(|_| idle.next() != Some(true));
        }
        Query::all_of(clauses).map(with_joined_dates)
    }

    /// Whether the next token is a word that only holds a sentence together, and no operator beside
    /// it asks for it.
    fn is_idle(&self, token: Token<'_>) -> bool {
        let Token::Word(word) = token else { return false };
        let neighbour = |place: Option<usize>| place.and_then(|place| self.lexemes.get(place));
        let is_free =
            |place| neighbour(place).is_none_or(|it: &Lexeme<'_>| !it.token.is_operator());
        is_free(self.next.checked_sub(1))
            && is_free(Some(self.next + 1))
            && word.iter().all(|glyph| !glyph.literal && !"=*?~^".contains(glyph.c))
            && is_function_word(&trimmed(word))
    }

    fn negated(&mut self, scope: Scope) -> Option<Query> {
        let at = self.at();
        let mut negations = 0_usize;
        while let Some(token) = self.peek() {
            match token {
                Token::Not => negations += 1,
                Token::Require => {}
                _ => break,
            }
            self.next += 1;
        }
        if scope == Scope::Text && negations == 0 {
            let date = self.spelled_out_date().or_else(|| self.since_and_until());
            if date.is_some() {
                return date;
            }
            self.hint_at_date();
        }
        match self.near(scope) {
            Some(query) if negations % 2 == 1 => Some(Query::none_of(query)),
            Some(query) => Some(query),
            None => {
                if negations > 0 {
                    self.drop_operator("NOT", at);
                }
                None
            }
        }
    }

    /// `BUT` before `NOT` says no more than `AND`.
    fn is_but(&self, word: &[Glyph]) -> bool {
        let next = self.lexemes.get(self.next + 1).map(|lexeme| lexeme.token);
        next == Some(Token::Not) && word.len() == 3 && text(word) == "BUT"
    }

    fn drop_operator(&mut self, operator: &str, at: usize) {
        let message = format!("`{operator}` with nothing to work on was dropped");
        self.repairs.add(RepairCode::Dangling, at, message);
    }

    fn note_brackets(&mut self, Tally { times, first }: Tally, what: &str, done: &str) {
        let message = match times {
            0 => return,
            1 => format!("a {what} `)` was {done}"),
            _ => format!("{times} {what} `)` were {done}"),
        };
        self.repairs.add(RepairCode::Bracket, first, message);
    }
}
