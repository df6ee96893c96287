//! The grammar: a recursive descent that recovers from everything.
//!
//! ```text
//! query   = any*                         a surplus `)` between them is dropped
//! any     = all ( OR all )*
//! all     = one ( AND? one )*
//! one     = ( NOT | - | ! | + )* atom suffix?
//! atom    = "(" any ")"  |  field value  |  "phrase"  |  =exact  |  word
//! ```
//!
//! Each token is looked at once, so time is linear in the length of the query; groups nest at
//! most [`MAX_DEPTH`] deep, and deeper brackets are passed over.

use chrono::NaiveDate;
use unicode_normalization::char::is_combining_mark;

use super::ast::{DateTest, Field, FieldTest, Query, Text};
use super::date_range::{Doubt, Period, period};
use super::lex::{FieldName, Lexed, Token, lex, similar_field};
use super::normalize::{Normalized, normalize};
use super::{Repair, RepairCode};
use crate::analysis::tokenize;
use crate::schema::url_key;

/// How deep groups may nest.
const MAX_DEPTH: usize = 64;

/// How many repairs are told; a query of nothing but faults needs no more.
const MAX_REPAIRS: usize = 20;

/// A query as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// What is meant.
    pub query: Query,
    /// What was changed, or may have been meant otherwise.
    pub repairs: Vec<Repair>,
}

/// Reads any text; never fails. `today` is the day that `yesterday` and `last-30d` count from.
pub fn parse(typed: &str, today: NaiveDate) -> Parsed {
    let source = normalize(typed);
    let tokens = lex(&source.text);
    let mut parser = Parser { source: &source, tokens: &tokens, at: 0, today, repairs: Vec::new() };
    if source.is_cut {
        let message = "only the first 64 kB of the query were read";
        parser.repair(RepairCode::TooLong, source.text.len(), message.into());
    }
    let query = parser.query();
    parser.hint_at_lower_case_operators();
    Parsed { query, repairs: parser.repairs }
}

struct Parser<'a> {
    source: &'a Normalized,
    tokens: &'a [Lexed],
    at: usize,
    today: NaiveDate,
    repairs: Vec<Repair>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|lexed| &lexed.token)
    }

    /// Where the next token starts.
    fn offset(&self) -> usize {
        self.tokens.get(self.at).map_or(self.source.text.len(), |lexed| lexed.start)
    }

    fn take(&mut self, wanted: &Token) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn repair(&mut self, code: RepairCode, offset: usize, message: String) {
        if self.repairs.len() < MAX_REPAIRS {
            let position = self.source.position(offset);
            self.repairs.push(Repair { code, position, message });
        }
    }

    fn query(&mut self) -> Query {
        let mut parts = Vec::new();
        loop {
            parts.extend(self.any(0));
            let offset = self.offset();
            match self.peek() {
                None => return all_of(parts).unwrap_or(Query::Nothing),
                Some(Token::Close) => {
                    self.repair(RepairCode::Bracket, offset, "a surplus `)` was dropped".into());
                }
                // `any` stops nowhere else; passing over it keeps the loop moving.
                Some(_) => {}
            }
            self.at += 1;
        }
    }

    /// Alternatives; `None` where there is nothing to match.
    fn any(&mut self, depth: usize) -> Option<Query> {
        let mut alternatives = Vec::new();
        loop {
            let before = alternatives.len();
            alternatives.extend(self.all(depth));
            let offset = self.offset();
            if !self.take(&Token::Or) {
                return any_of(alternatives);
            }
            let nothing_before = alternatives.len() == before;
            let nothing_after = matches!(self.peek(), None | Some(Token::Close | Token::Or));
            if nothing_before || nothing_after {
                self.repair(
                    RepairCode::Dangling,
                    offset,
                    "an `OR` with nothing to join was dropped".into(),
                );
            }
        }
    }

    fn all(&mut self, depth: usize) -> Option<Query> {
        let mut clauses = Vec::new();
        loop {
            let offset = self.offset();
            match self.peek() {
                None | Some(Token::Close | Token::Or) => return all_of(clauses),
                Some(Token::And) => {
                    self.at += 1;
                    let nothing_after =
                        matches!(self.peek(), None | Some(Token::Close | Token::Or | Token::And));
                    if clauses.is_empty() || nothing_after {
                        self.repair(
                            RepairCode::Dangling,
                            offset,
                            "an `AND` with nothing to join was dropped".into(),
                        );
                    }
                }
                Some(_) => clauses.extend(self.one(depth)),
            }
        }
    }

    fn one(&mut self, depth: usize) -> Option<Query> {
        let offset = self.offset();
        let mut negated = false;
        while let Some(token @ (Token::Not | Token::Plus)) = self.peek() {
            negated ^= *token == Token::Not;
            self.at += 1;
        }
        if matches!(self.peek(), None | Some(Token::Close | Token::Or | Token::And)) {
            self.repair(
                RepairCode::Dangling,
                offset,
                "an operator with nothing behind it was dropped".into(),
            );
            return None;
        }
        let atom = self.atom(depth)?;
        Some(if negated { not(atom) } else { atom })
    }

    fn atom(&mut self, depth: usize) -> Option<Query> {
        let offset = self.offset();
        let token = self.peek()?.clone();
        self.at += 1;
        match token {
            Token::Open => self.group(depth, offset),
            Token::Quoted { text, closed } => self.phrase(&text, closed, offset),
            Token::Exact => self.exact(offset),
            Token::Field(name) => self.field(name, depth, offset),
            Token::Function(name) => {
                let message = format!("`{name}(...)` is not supported yet: read without it");
                self.repair(RepairCode::Unsupported, offset, message);
                self.atom(depth)
            }
            Token::Word { text, plain } => self.word(&text, plain, offset),
            Token::Suffix(suffix) => {
                let message = format!("`{suffix}` has nothing before it and was dropped");
                self.repair(RepairCode::Dangling, offset, message);
                None
            }
            Token::Close | Token::And | Token::Or | Token::Not | Token::Plus => None,
        }
    }

    fn group(&mut self, depth: usize, offset: usize) -> Option<Query> {
        if depth >= MAX_DEPTH {
            let message = format!("brackets deeper than {MAX_DEPTH} were passed over");
            if !self.repairs.iter().any(|repair| repair.code == RepairCode::TooLong) {
                self.repair(RepairCode::TooLong, offset, message);
            }
            return None;
        }
        let inner = self.any(depth + 1);
        if self.peek() == Some(&Token::Close) {
            self.at += 1;
        } else {
            self.repair(RepairCode::Bracket, offset, "a missing `)` was added at the end".into());
        }
        let suffix = self.suffix();
        let boost = suffix.and_then(|(suffix, offset)| self.boost(&suffix, offset));
        inner.map(|inner| boosted(inner, boost))
    }

    fn suffix(&mut self) -> Option<(String, usize)> {
        let offset = self.offset();
        let Some(Token::Suffix(suffix)) = self.peek() else { return None };
        let suffix = suffix.clone();
        self.at += 1;
        Some((suffix, offset))
    }

    /// The factor in `^2`.
    fn boost(&mut self, suffix: &str, offset: usize) -> Option<f32> {
        let (_, factor) = suffix.split_once('^')?;
        match factor.parse::<f32>() {
            Ok(factor) if factor > 0.0 && factor <= 100.0 => Some(factor),
            _ => {
                let message = format!("`^{factor}` is no factor above 0 and up to 100: dropped");
                self.repair(RepairCode::Boost, offset, message);
                None
            }
        }
    }

    fn phrase(&mut self, text: &str, closed: bool, offset: usize) -> Option<Query> {
        if !closed {
            self.repair(
                RepairCode::Quote,
                offset,
                "an open quotation mark was closed at the end".into(),
            );
        }
        let (mut slop, mut ordered, mut boost) = (0, true, None);
        if let Some((suffix, offset)) = self.suffix() {
            boost = self.boost(&suffix, offset);
            let distance = suffix.split('^').next().unwrap_or_default();
            if let Some(distance) = distance.strip_prefix('~') {
                ordered = !distance.ends_with('u');
                slop = distance.trim_end_matches('u').parse().unwrap_or(0).min(1_000);
            }
        }
        let leaf = match words(text).as_slice() {
            [] => return None,
            [word] => Text::Word(word.clone()),
            words => Text::Phrase { words: words.join(" "), slop, ordered },
        };
        Some(boosted(Query::Text(leaf), boost))
    }

    /// `=word` and `="a phrase"`.
    fn exact(&mut self, offset: usize) -> Option<Query> {
        let (text, boost) = match self.peek().cloned() {
            Some(Token::Quoted { text, closed }) => {
                self.at += 1;
                if !closed {
                    self.repair(
                        RepairCode::Quote,
                        offset,
                        "an open quotation mark was closed at the end".into(),
                    );
                }
                let boost = self.suffix().and_then(|(suffix, offset)| self.boost(&suffix, offset));
                (text, boost)
            }
            Some(Token::Word { text, .. }) => {
                self.at += 1;
                let (text, suffix) = split_suffix(&text);
                (unescaped(text), self.boost(suffix, offset))
            }
            _ => {
                self.repair(
                    RepairCode::Dangling,
                    offset,
                    "a `=` with no word behind it was dropped".into(),
                );
                return None;
            }
        };
        let words = words(&text);
        (!words.is_empty()).then(|| boosted(Query::Text(Text::Exact(words.join(" "))), boost))
    }

    fn word(&mut self, text: &str, plain: bool, offset: usize) -> Option<Query> {
        if text == "*" {
            return Some(Query::All);
        }
        if !plain && let Some(address) = pasted_address(text) {
            return Some(Query::Field(Field::Url, FieldTest::AnyOf(vec![address])));
        }
        if !plain && is_connector(text) {
            let message = format!("`{text}` is not supported yet: read as AND");
            self.repair(RepairCode::Unsupported, offset, message);
            return None;
        }
        self.note_unknown_field(text, offset);
        let (stem, suffix) = split_suffix(text);
        let boost = self.boost(suffix, offset);
        let leaf = self.leaf(stem, suffix, offset)?;
        Some(boosted(Query::Text(leaf), boost))
    }

    fn leaf(&mut self, stem: &str, suffix: &str, offset: usize) -> Option<Text> {
        let word = trimmed(&unescaped(stem)).to_owned();
        let pattern = trimmed_pattern(stem);
        if pattern.contains(['*', '?']) && !stem.contains('\\') {
            let letters = pattern.chars().filter(|c| c.is_alphanumeric()).count();
            let is_one_word = pattern
                .chars()
                .all(|c| c.is_alphanumeric() || is_combining_mark(c) || "*?".contains(c));
            if letters >= 2 && is_one_word {
                return Some(Text::Wildcard(pattern.to_owned()));
            }
            let literal = trimmed(&pattern.replace(['*', '?'], " ")).to_owned();
            if !literal.is_empty() {
                let message = format!(
                    "`{pattern}` has too few letters for a wildcard or marks among them: read as `{literal}`"
                );
                self.repair(RepairCode::Wildcard, offset, message);
            }
            return as_word(&literal);
        }
        if let Some(distance) = suffix.split('^').next().and_then(|tilde| tilde.strip_prefix('~'))
            && positions(&word) == 1
            && !word.contains(' ')
        {
            let by_length = if word.chars().count() >= 8 { 2 } else { 1 };
            let distance =
                distance.parse::<u8>().map_or(by_length, |distance| distance.clamp(1, 2));
            return Some(Text::Fuzzy(word, distance));
        }
        as_word(&word)
    }

    /// Says when what stands before a colon is no field.
    fn note_unknown_field(&mut self, text: &str, offset: usize) {
        let Some((name, value)) = text.split_once(':') else { return };
        if name.ends_with('\\') || value.is_empty() || !name.chars().all(char::is_alphabetic) {
            return;
        }
        let message = format!("`{name}` is no field: read as text");
        self.repair(RepairCode::UnknownField, offset, message);
        if let Some(known) = similar_field(name) {
            let message = format!("did you mean `{known}:{value}`?");
            self.repair(RepairCode::FieldTypo, offset, message);
        }
    }

    fn field(&mut self, name: FieldName, depth: usize, offset: usize) -> Option<Query> {
        match name {
            FieldName::Title => self.title(depth),
            FieldName::Date => self.date(offset),
            FieldName::Since => self.since_or_until(offset, true),
            FieldName::Until => self.since_or_until(offset, false),
            FieldName::Other(field) => self.values(field),
        }
    }

    fn title(&mut self, depth: usize) -> Option<Query> {
        let inner = match self.peek().cloned() {
            Some(Token::Word { text, .. }) => {
                let offset = self.offset();
                self.at += 1;
                // `title:word` was taken as a value whole; its word may still be a pattern.
                match text.strip_prefix('=') {
                    Some(text) => as_word(trimmed(&unescaped(text))).map(|leaf| match leaf {
                        Text::Word(word) => Query::Text(Text::Exact(word)),
                        leaf => Query::Text(leaf),
                    }),
                    None => self.word(&text, true, offset),
                }
            }
            _ => self.atom(depth),
        }?;
        Some(in_title(inner))
    }

    fn values(&mut self, field: Field) -> Option<Query> {
        let values = match self.peek().cloned() {
            Some(Token::Word { text, .. }) => {
                self.at += 1;
                match text.as_str() {
                    "*" => return Some(Query::Field(field, FieldTest::Exists)),
                    "none" => return Some(Query::Field(field, FieldTest::Missing)),
                    _ => listed(field, &text),
                }
            }
            Some(Token::Quoted { text, closed }) => {
                let offset = self.offset();
                self.at += 1;
                if !closed {
                    self.repair(
                        RepairCode::Quote,
                        offset,
                        "an open quotation mark was closed at the end".into(),
                    );
                }
                let _ = self.suffix();
                vec![one_line(&text)]
            }
            Some(Token::Exact) => {
                self.at += 1;
                return self.values(field);
            }
            Some(Token::Open) => self.bracketed_values(field),
            _ => Vec::new(),
        };
        let values: Vec<_> =
            values.into_iter().filter(|value| value.contains(char::is_alphanumeric)).collect();
        (!values.is_empty()).then_some(Query::Field(field, FieldTest::AnyOf(values)))
    }

    /// `(KZ KG "South Korea")`: everything up to the bracket is a value.
    fn bracketed_values(&mut self, field: Field) -> Vec<String> {
        let offset = self.offset();
        self.at += 1;
        let mut values = Vec::new();
        loop {
            match self.peek().cloned() {
                None => {
                    self.repair(
                        RepairCode::Bracket,
                        offset,
                        "a missing `)` was added at the end".into(),
                    );
                    return values;
                }
                Some(Token::Close) => {
                    self.at += 1;
                    let _ = self.suffix();
                    return values;
                }
                Some(Token::Quoted { text, .. }) => values.push(one_line(&text)),
                Some(Token::Word { text, .. }) => values.extend(listed(field, &text)),
                Some(_) => {}
            }
            self.at += 1;
        }
    }

    /// The text of a date: a word, or what stands in quotation marks.
    fn date_text(&mut self) -> Option<String> {
        let text = match self.peek()? {
            Token::Word { text, .. } | Token::Quoted { text, .. } => text.clone(),
            _ => return None,
        };
        self.at += 1;
        Some(text)
    }

    fn date(&mut self, offset: usize) -> Option<Query> {
        let Some(text) = self.date_text() else {
            return self.unreadable_date("", offset);
        };
        match text.as_str() {
            "*" => return Some(Query::Date(DateTest::Dated)),
            "none" | "undated" => return Some(Query::Date(DateTest::Undated)),
            _ => {}
        }
        let plain = text.trim_matches(['[', ']']);
        let (first, last) = if let Some(rest) = plain.strip_prefix(">=") {
            (Some(self.period(rest, offset)?.first), None)
        } else if let Some(rest) = plain.strip_prefix("<=") {
            (None, Some(self.period(rest, offset)?.last))
        } else if let Some(rest) = plain.strip_prefix('>') {
            (self.period(rest, offset)?.last.succ_opt(), None)
        } else if let Some(rest) = plain.strip_prefix('<') {
            (None, self.period(rest, offset)?.first.pred_opt())
        } else if let Some((from, to)) = split_range(plain) {
            self.range(from, to, offset)?
        } else {
            let period = self.period(plain, offset)?;
            (Some(period.first), Some(period.last))
        };
        Some(within(first, last))
    }

    fn range(
        &mut self,
        from: &str,
        to: &str,
        offset: usize,
    ) -> Option<(Option<NaiveDate>, Option<NaiveDate>)> {
        let is_open = |text: &str| matches!(text.trim(), "" | "*");
        let first = if is_open(from) { None } else { Some(self.period(from, offset)?) };
        let last = if is_open(to) { None } else { Some(self.period(to, offset)?) };
        if let (Some(from), Some(to)) = (first, last)
            && from.first > to.last
        {
            self.repair(RepairCode::Date, offset, "the ends of the range were exchanged".into());
            return Some((Some(to.first), Some(from.last)));
        }
        Some((first.map(|period| period.first), last.map(|period| period.last)))
    }

    fn since_or_until(&mut self, offset: usize, since: bool) -> Option<Query> {
        let Some(text) = self.date_text() else { return self.unreadable_date("", offset) };
        let period = self.period(&text, offset)?;
        Some(if since { within(Some(period.first), None) } else { within(None, Some(period.last)) })
    }

    /// The days of one date; `None`, with a repair, where it is none.
    fn period(&mut self, text: &str, offset: usize) -> Option<Period> {
        let Some(found) = period(text, self.today) else {
            self.unreadable_date(text, offset);
            return None;
        };
        match found.doubt {
            Some(Doubt::Clamped) => {
                let message = format!("there is no `{text}`: read as {}", found.first);
                self.repair(RepairCode::Date, offset, message);
            }
            Some(Doubt::DayFirst) => {
                let message = format!(
                    "`{text}` was read with the day first, as {}; `YYYY-MM-DD` is never in doubt",
                    found.first
                );
                self.repair(RepairCode::AmbiguousDate, offset, message);
            }
            None => {}
        }
        Some(found)
    }

    fn unreadable_date(&mut self, text: &str, offset: usize) -> Option<Query> {
        let message = format!(
            "`{text}` is no date and was left out; write `2022`, `2022-11` or `2022-11-20`"
        );
        self.repair(RepairCode::Date, offset, message);
        None
    }

    /// `war or peace`: most people who type this mean the operator.
    fn hint_at_lower_case_operators(&mut self) {
        let words: Vec<_> = self.tokens.iter().collect();
        for window in words.windows(3) {
            let [before, middle, after] = window else { continue };
            let is_operand = |lexed: &Lexed| {
                matches!(
                    lexed.token,
                    Token::Word { .. } | Token::Quoted { .. } | Token::Open | Token::Close
                )
            };
            if let Token::Word { text, .. } = &middle.token
                && matches!(text.as_str(), "or" | "not")
                && is_operand(before)
                && is_operand(after)
            {
                let message = format!(
                    "lower-case `{text}` was read as a word; write `{}`",
                    text.to_uppercase()
                );
                self.repair(RepairCode::LowerCaseOperator, middle.start, message);
                return;
            }
        }
    }
}

/// `KZ,KG` is two values, but a comma in an address or path is a comma.
fn listed(field: Field, text: &str) -> Vec<String> {
    let text = unescaped(split_suffix(text).0);
    match field {
        Field::Url => vec![url_key(&text)],
        Field::Path | Field::Id => vec![text],
        _ => text.split(',').map(|value| one_line(value.trim_matches(['=', '(', ')']))).collect(),
    }
}

/// `A..B`, `A–B` with a dash, `A TO B`.
fn split_range(text: &str) -> Option<(&str, &str)> {
    text.split_once("..").or_else(|| text.split_once('–')).or_else(|| text.split_once(" TO "))
}

fn within(first: Option<NaiveDate>, last: Option<NaiveDate>) -> Query {
    if first.is_none() && last.is_none() {
        return Query::Date(DateTest::Dated);
    }
    Query::Date(DateTest::Within { first, last })
}

fn all_of(clauses: Vec<Query>) -> Option<Query> {
    let mut flat: Vec<Query> = Vec::new();
    for clause in clauses {
        match clause {
            Query::And(inner) => inner.into_iter().for_each(|clause| add_clause(&mut flat, clause)),
            clause => add_clause(&mut flat, clause),
        }
    }
    match flat.len() {
        0 => None,
        1 => flat.pop(),
        _ => Some(Query::And(flat)),
    }
}

/// Adds a clause; `since:` and `until:` side by side become one range.
fn add_clause(clauses: &mut Vec<Query>, clause: Query) {
    use DateTest::Within;
    match (clauses.last_mut(), clause) {
        (
            Some(Query::Date(Within { first: Some(from), last: open @ None })),
            Query::Date(Within { first: None, last: Some(to) }),
        ) if *from <= to => *open = Some(to),
        (_, clause) => clauses.push(clause),
    }
}

fn any_of(alternatives: Vec<Query>) -> Option<Query> {
    let mut flat = Vec::new();
    for alternative in alternatives {
        match alternative {
            Query::Or(inner) => flat.extend(inner),
            alternative => flat.push(alternative),
        }
    }
    match flat.len() {
        0 => None,
        1 => flat.pop(),
        _ => Some(Query::Or(flat)),
    }
}

fn not(query: Query) -> Query {
    match query {
        Query::Not(inner) => *inner,
        query => Query::Not(Box::new(query)),
    }
}

fn boosted(query: Query, factor: Option<f32>) -> Query {
    match (query, factor) {
        (query, None) => query,
        // The outer one counts: two factors in a row are a slip of the pen.
        (Query::Boost(inner, _), Some(factor)) => Query::Boost(inner, factor),
        (query, Some(factor)) => Query::Boost(Box::new(query), factor),
    }
}

/// Only text can be looked for in titles; a title within a title is the same title.
fn in_title(query: Query) -> Query {
    match query {
        Query::Title(_) | Query::All | Query::Nothing | Query::Field(..) | Query::Date(_) => query,
        query => Query::Title(Box::new(query)),
    }
}

/// The words of a phrase, without punctuation at their ends.
fn words(text: &str) -> Vec<String> {
    text.split(' ')
        .map(|word| trimmed(word).to_owned())
        .filter(|word| positions(word) > 0)
        .collect()
}

fn as_word(text: &str) -> Option<Text> {
    let words = words(text);
    match words.as_slice() {
        [] => None,
        [word] => Some(Text::Word(word.clone())),
        words => Some(Text::Phrase { words: words.join(" "), slop: 0, ordered: true }),
    }
}

/// How many words the analyzer sees.
fn positions(word: &str) -> u32 {
    tokenize(word, |_| ())
}

fn trimmed(word: &str) -> &str {
    word.trim_start_matches(|c: char| !c.is_alphanumeric())
        .trim_end_matches(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
}

/// Without punctuation at the ends, but for wildcards; a question mark at the very end asks, and
/// stands for no letter.
fn trimmed_pattern(word: &str) -> &str {
    let word = word
        .trim_start_matches(|c: char| !c.is_alphanumeric() && !"*?".contains(c))
        .trim_end_matches(|c: char| {
            !c.is_alphanumeric() && !is_combining_mark(c) && !"*?".contains(c)
        });
    let word = word.trim_end_matches('?');
    if word.contains(char::is_alphanumeric) { word } else { "" }
}

/// A word and what follows its first `~` or `^` that is not escaped, at a place where only a
/// suffix can stand.
fn split_suffix(text: &str) -> (&str, &str) {
    let is_suffix = |suffix: &str| {
        let (tilde, boost) = suffix.split_once('^').unwrap_or((suffix, "1"));
        let tilde_fits = tilde.is_empty()
            || tilde.strip_prefix('~').is_some_and(|n| n.is_empty() || n.parse::<u8>().is_ok());
        tilde_fits
            && !boost.contains('^')
            && boost.chars().all(|c| c.is_ascii_digit() || ".-".contains(c))
    };
    let starts = text.char_indices().filter(|(_, c)| matches!(c, '~' | '^'));
    let start = starts
        .filter(|&(start, _)| start > 0 && !text[..start].ends_with('\\'))
        .map(|(start, _)| start)
        .next();
    match start {
        Some(start) if is_suffix(&text[start..]) => text.split_at(start),
        _ => (text, ""),
    }
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        plain.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    plain
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The address in a pasted link, without what follows a `?`: the rest names the page.
fn pasted_address(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let is_link = ["http://", "https://", "www."].iter().any(|start| lower.starts_with(start));
    let address = url_key(text.split('?').next()?);
    let address = address.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
    (is_link && address.contains('.')).then_some(address)
}

/// Proximity as other systems spell it: `w/5`, `NEAR/5`, `pre/3`, `w/s`, `/p`.
fn is_connector(text: &str) -> bool {
    let lower = text.to_lowercase();
    let distance = |text: &str| {
        matches!(text, "s" | "p" | "sent" | "para")
            || !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if let Some((name, reach)) = lower.split_once('/') {
        return matches!(name, "w" | "near" | "pre" | "adj" | "within" | "n" | "onear" | "")
            && distance(reach);
    }
    matches!(text, "NEAR" | "ADJ")
        || ["near", "adj"].iter().any(|name| {
            lower.strip_prefix(name).is_some_and(|reach| {
                !reach.is_empty() && reach.bytes().all(|byte| byte.is_ascii_digit())
            })
        })
}

/// Whether a word by itself would be read as something else.
pub(super) fn is_special(word: &str) -> bool {
    is_connector(word) || pasted_address(word).is_some()
}
