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
mod places;

use chrono::NaiveDate;

use crate::query::ast::{Query, Zone};
use crate::query::lex::{Lexeme, Token, lex};
use crate::query::names::{self, FieldName, Function};
use crate::query::normalize::{Glyph, normalize, text};
use crate::query::repair::{Repair, RepairCode, Repairs, excerpt};
use crate::query::scope::Scope;
use crate::query::word::{Operand, Suffix};
use crate::query::wording::{Wording, hint_at_lower_case_operators, wording};
use dates::with_joined_dates;
pub(super) use places::MOST_NEAR;

/// How much of a query is read, in bytes. Nobody types more.
const MOST_BYTES: usize = 64 << 10;

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
    let lexemes = lex(&glyphs);
    let read = |most_brackets| {
        let parser = Parser {
            lexemes: &lexemes,
            next: 0,
            end,
            today,
            most_brackets,
            brackets: 0,
            passed_over: 0,
            zone: None,
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
    if end < typed.len() {
        let message = "only the first 64 KiB of the query were read";
        repairs.add(RepairCode::TooLong, end, message);
    }
    hint_at_lower_case_operators(&lexemes, &mut repairs);
    Parsed { query, repairs: repairs.finish(), wording: wording(&lexemes) }
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
    /// The part of the article that is asked of.
    zone: Option<Zone>,
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
                    if let Some(query) = self.negated(scope) {
                        clauses.push(query);
                        operator = None;
                    }
                }
            }
        }
        if let Some(at) = operator {
            self.drop_operator("AND", at);
        }
        Query::all_of(clauses).map(with_joined_dates)
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

    /// What one token stands for, together with the group or value that belongs to it.
    fn operand(&mut self, token: Token<'t>, scope: Scope) -> Option<Operand> {
        let at = self.at();
        self.next += 1;
        match token {
            Token::Open => self.group(at, scope),
            Token::Function(function, name) => self.function(function, name, at),
            Token::AtLeast(times, name) => self.at_least(times, name, at),
            Token::Field(field, name) => self.field(field, name, at),
            Token::Word(word) => {
                if scope == Scope::Text {
                    self.note_unknown_field(word, at);
                }
                scope.word(word, self.today, &mut self.repairs)
            }
            Token::Quoted(quotation) => {
                if !quotation.closed {
                    let message = "an open quotation mark was closed at the end";
                    self.repairs.add(RepairCode::Quote, at, message);
                }
                scope.quoted(&quotation, self.today, &mut self.repairs)
            }
            Token::Address(address) => scope.address(address, self.today, &mut self.repairs),
            Token::Regex(regex) => {
                let message = format!(
                    "regular expressions are not supported yet: `/{}/` was left out",
                    excerpt(regex)
                );
                self.repairs.add(RepairCode::Unsupported, at, message);
                None
            }
            Token::Suffix(_) => {
                let message = "a suffix with nothing before it was dropped";
                self.repairs.add(RepairCode::Dangling, at, message);
                None
            }
            Token::Close
            | Token::And
            | Token::Or
            | Token::Not
            | Token::Require
            | Token::Proximity(..) => None,
        }
    }

    /// What stands in brackets, the first of which was passed at `at`, and the factor behind them.
    fn group(&mut self, at: usize, scope: Scope) -> Option<Operand> {
        if self.brackets == self.most_brackets {
            if self.passed_over == 0 {
                let message =
                    format!("brackets more than {} deep were passed over", self.most_brackets);
                self.repairs.add(RepairCode::TooLong, at, message);
            }
            self.passed_over += 1;
            return None;
        }
        self.brackets += 1;
        let query = self.any_of(scope);
        self.brackets -= 1;
        if self.peek() == Some(Token::Close) {
            self.next += 1;
        } else {
            self.missing.count(at);
        }
        let mut factor = None;
        if let Some(Token::Suffix(suffix)) = self.peek() {
            let at = self.at();
            self.next += 1;
            let (_, suffix) = Suffix::cut(suffix);
            factor = suffix.factor(&mut self.repairs);
            if suffix.has_distance() {
                let message = "`~` behind a bracket was dropped: it belongs to words and phrases";
                self.repairs.add(RepairCode::Unsupported, at, message);
            }
        }
        Some(Operand { query: query?, factor })
    }

    fn function(&mut self, function: Function, name: &[Glyph], at: usize) -> Option<Operand> {
        match function {
            Function::In(zone) => self.zone(zone, name, at),
            Function::AtLeast(times) => self.at_least(times, name, at),
            Function::Transparent => {
                let name = excerpt(name);
                let message = format!(
                    "`{name}(...)` is not supported yet: read as what stands in its brackets"
                );
                self.repairs.add(RepairCode::Unsupported, at, message);
                self.operand(self.peek()?, Scope::Text)
            }
        }
    }

    /// What stands behind the name of a field, which was passed at `at`.
    fn field(&mut self, field: FieldName, name: &[Glyph], at: usize) -> Option<Operand> {
        let value = match field {
            FieldName::In(zone) => self.zone(zone, name, at),
            FieldName::AtLeast(times) => return self.at_least(times, name, at),
            FieldName::Date(reach) => self.operand(self.peek()?, Scope::Dates(reach)),
            FieldName::Known(field) => self.operand(self.peek()?, Scope::Values(field)),
            FieldName::Opaque => {
                let message = format!("`{}:` is not supported yet: it was left out", excerpt(name));
                self.repairs.add(RepairCode::Unsupported, at, message);
                self.operand(self.peek()?, Scope::Text);
                return None;
            }
        };
        if value.is_none() {
            let message = format!("`{}:` without a value was dropped", excerpt(name));
            self.repairs.add(RepairCode::Dangling, at, message);
        }
        value
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

    /// Says that what stands before a colon is no field, or that its value does not touch it.
    fn note_unknown_field(&mut self, word: &[Glyph], at: usize) {
        let Some(colon) = word.iter().position(|glyph| glyph.is(':')) else { return };
        let (name, value) = (&word[..colon], &word[colon + 1..]);
        let is_name = |glyph: &Glyph| glyph.c.is_alphabetic() || glyph.is('.') || glyph.is('_');
        if name.is_empty() || !name.iter().all(is_name) {
            return;
        }
        let shown = excerpt(name);
        let known = names::field(&shown, ':').is_some();
        let why = match (known, value.is_empty()) {
            (false, _) => "there is no such field",
            (true, true) => "the value of a field must touch the colon",
            (true, false) => "here stands no field",
        };
        let message = format!("`{shown}:` was read as a word: {why}");
        self.repairs.add(RepairCode::UnknownField, at, message);
        if let Some(similar) = names::similar_field(&shown).filter(|_| !known) {
            let message = format!("did you mean `{similar}:`?");
            self.repairs.add(RepairCode::FieldTypo, at, message);
        }
    }
}
