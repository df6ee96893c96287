//! What a single token stands for, together with the group, the value or the brackets behind it.

use super::Parser;
use crate::query::ast::{Query, Span, Text};
use crate::query::lex::{Quotation, Token};
use crate::query::names::{self, FieldName, Function};
use crate::query::normalize::Glyph;
use crate::query::repair::{RepairCode, excerpt};
use crate::query::scope::Scope;
use crate::query::word::{self, Operand, Suffix};

/// How many patterns are read; each may ask for thousands of words.
const MOST_PATTERNS: usize = 1_000;

impl<'t> Parser<'t> {
    /// What one token stands for, together with the group or value that belongs to it.
    pub(super) fn operand(&mut self, token: Token<'t>, scope: Scope) -> Option<Operand> {
        let at = self.at();
        self.next += 1;
        let operand = match token {
            Token::Open => return self.group(at, scope),
            Token::Function(function, name) => return self.function(function, name, at),
            Token::AtLeast(times, name) => return self.at_least(times, name, at),
            Token::Field(field, name) => return self.field(field, name, at),
            Token::Word(word) => {
                if scope == Scope::Text {
                    self.note_unknown_field(word, at);
                }
                scope.word(word, self.today, &mut self.repairs)
            }
            Token::Quoted(quotation) => {
                self.note_open_quotation(&quotation, at);
                scope.quoted(&quotation, self.today, &mut self.repairs)
            }
            Token::Address(address) => scope.address(address, self.today, &mut self.repairs),
            Token::Regex(regex, suffix) => {
                let (_, suffix) = Suffix::cut(suffix);
                let query = word::regex(regex, &mut self.repairs);
                query.map(|query| Operand { query, factor: suffix.factor(&mut self.repairs) })
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
        };
        operand.filter(|operand| self.has_room_for(&operand.query, at))
    }

    /// Whether the patterns in `query`, which stands at `at`, are not too many.
    fn has_room_for(&mut self, query: &Query, at: usize) -> bool {
        let patterns = n_patterns(query);
        let is_told = self.patterns > MOST_PATTERNS;
        self.patterns += patterns;
        let has_room = patterns == 0 || self.patterns <= MOST_PATTERNS;
        if !is_told && !has_room {
            let message = format!(
                "only {MOST_PATTERNS} words with wildcards, in other spellings or as regular \
                 expressions are read: the rest were left out"
            );
            self.repairs.add(RepairCode::TooLong, at, message);
        }
        has_room
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
            Function::Cased(letters) => self.cased(letters, name, at),
        }
    }

    /// What stands behind the name of a field, which was passed at `at`.
    fn field(&mut self, field: FieldName, name: &[Glyph], at: usize) -> Option<Operand> {
        let before = self.repairs.len();
        let value = match field {
            FieldName::In(zone) => self.zone(zone, name, at),
            FieldName::AtLeast(times) => return self.at_least(times, name, at),
            FieldName::Date(reach) => self.operand(self.peek()?, Scope::Dates(reach)),
            FieldName::Known(field) => self.operand(self.peek()?, Scope::Values(field)),
            FieldName::Regex => self.regex_in_quotes(),
            FieldName::Opaque => {
                let message = format!("`{}:` is not supported yet: it was left out", excerpt(name));
                self.repairs.add(RepairCode::Unsupported, at, message);
                self.operand(self.peek()?, Scope::Text);
                return None;
            }
        };
        // What became of the value may be told already.
        if value.is_none() && self.repairs.len() == before {
            let message = format!("`{}:` without a value was dropped", excerpt(name));
            self.repairs.add(RepairCode::Dangling, at, message);
        }
        value
    }

    /// What stands in quotation marks behind `re:`.
    fn regex_in_quotes(&mut self) -> Option<Operand> {
        let Some(Token::Quoted(quotation)) = self.peek() else { return None };
        self.note_open_quotation(&quotation, self.at());
        self.operand(Token::Regex(quotation.inner, quotation.suffix), Scope::Text)
    }

    fn note_open_quotation(&mut self, quotation: &Quotation<'_>, at: usize) {
        if !quotation.closed {
            let message = "an open quotation mark was closed at the end";
            self.repairs.add(RepairCode::Quote, at, message);
        }
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

/// How many words of `query` stand for others of the index.
fn n_patterns(query: &Query) -> usize {
    match query {
        Query::Text(text) => usize::from(is_pattern(text)),
        Query::Near(near) => n_patterns_of(&near.left) + n_patterns_of(&near.right),
        Query::And(clauses) | Query::Or(clauses) => clauses.iter().map(n_patterns).sum(),
        _ => 0,
    }
}

fn n_patterns_of(span: &Span) -> usize {
    match span {
        Span::Text(text) => usize::from(is_pattern(text)),
        Span::AnyOf(spans) => spans.iter().map(n_patterns_of).sum(),
        Span::Near(near) => n_patterns_of(&near.left) + n_patterns_of(&near.right),
    }
}

fn is_pattern(text: &Text) -> bool {
    matches!(text, Text::Wildcard(_) | Text::Fuzzy(..) | Text::Regex(_))
}
