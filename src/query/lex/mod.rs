//! Cuts a query into its words, quotations and operators.
//!
//! Whether a mark is an operator depends on what touches it, never on what it might mean: `-`
//! before a word and after a space, `:` behind the name of a field and before a value, brackets
//! and quotation marks anywhere. Everything else is part of a word, so that `AT&T`, `O'Brien` and
//! `10:30` need no care. What is no operator and holds no letter or digit is passed over.
//!
//! # Cost
//!
//! Linear: each glyph is looked at a bounded number of times. The two places that look ahead for
//! a closing mark stop at the next such mark or after [`extent::LONGEST_RANGE`].

mod extent;

use super::address::starts_address;
use super::ast::Proximity;
use super::names::{self, FieldName, Function, LONGEST_NAME};
use super::normalize::{Glyph, text};
use extent::{
    address_length, is_regex, is_star, regex_length, run_of, suffix_length, value_length,
    word_length,
};

/// No keyword is longer.
const LONGEST_KEYWORD: usize = 16;

/// A part of a query that means something by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'t> {
    Open,
    Close,
    And,
    Or,
    /// `NOT`, or `-` or `!` right before something.
    Not,
    /// `+` right before something, which must be there; as must everything else.
    Require,
    /// `w/5`, `NEAR`: between two things that must stand near to each other.
    Proximity(Proximity, &'t [Glyph]),
    /// `atleast3` before something that must stand there so often.
    AtLeast(u32, &'t [Glyph]),
    /// A name right before an opening bracket.
    Function(Function, &'t [Glyph]),
    /// The name of a field and its colon; a value follows, or an opening bracket.
    Field(FieldName, &'t [Glyph]),
    /// A word, or the value of a field, with what is attached to it.
    Word(&'t [Glyph]),
    /// What stands between quotation marks.
    Quoted(Quotation<'t>),
    /// A pasted web address.
    Address(&'t [Glyph]),
    /// What stands between two slashes, and `^2` behind the second.
    Regex(&'t [Glyph], &'t [Glyph]),
    /// `^2` right behind a closing bracket.
    Suffix(&'t [Glyph]),
}

impl Token<'_> {
    /// Whether it says how what stands beside it is joined.
    pub(super) fn is_operator(self) -> bool {
        matches!(
            self,
            Self::And
                | Self::Or
                | Self::Not
                | Self::Require
                | Self::Proximity(..)
                | Self::AtLeast(..)
        )
    }

    /// Whether something is looked for by it.
    pub(super) fn is_word(self) -> bool {
        matches!(self, Self::Word(_) | Self::Quoted(_) | Self::Address(_) | Self::Regex(..))
    }
}

/// A quotation and what is attached to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Quotation<'t> {
    /// What stands between the marks.
    pub(super) inner: &'t [Glyph],
    /// What stands right behind: `~3u`, `^2`.
    pub(super) suffix: &'t [Glyph],
    /// Whether `=` stands before the first mark.
    pub(super) exact: bool,
    /// Whether there is a second mark.
    pub(super) closed: bool,
}

/// A token and where it stands, as a byte position in the query as typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lexeme<'t> {
    pub(super) token: Token<'t>,
    pub(super) at: usize,
}

/// The tokens of a query, in order.
pub(super) fn lex(glyphs: &[Glyph]) -> Vec<Lexeme<'_>> {
    let mut lexer = Lexer { glyphs, at: 0, lexemes: Vec::new() };
    while lexer.at < glyphs.len() {
        lexer.step();
    }
    lexer.lexemes
}

/// Whether there is a letter or digit.
pub(super) fn has_letters(glyphs: &[Glyph]) -> bool {
    glyphs.iter().any(|glyph| glyph.c.is_alphanumeric())
}

struct Lexer<'t> {
    glyphs: &'t [Glyph],
    at: usize,
    lexemes: Vec<Lexeme<'t>>,
}

impl<'t> Lexer<'t> {
    fn step(&mut self) {
        let rest = self.rest();
        match rest {
            [space, ..] if space.is_space() => self.at += 1,
            [mark, ..] if mark.is('(') => self.push(Token::Open, 1),
            [mark, ..] if mark.is(')') => {
                self.push(Token::Close, 1);
                let length = suffix_length(self.rest());
                if length > 0 {
                    self.push(Token::Suffix(&self.rest()[..length]), length);
                }
            }
            [mark, ..] if mark.is('"') => self.quotation(1),
            [mark, quote, ..] if mark.is('=') && quote.is('"') => self.quotation(2),
            [mark, ..] if mark.is('|') => self.push(Token::Or, run_of(rest, '|')),
            [mark, next, ..] if mark.is('&') && next.is('&') => {
                self.push(Token::And, run_of(rest, '&'));
            }
            [mark, ..] if (mark.is('-') || mark.is('!')) && self.is_prefix() => {
                self.push(Token::Not, 1);
            }
            [mark, ..] if mark.is('+') && self.is_prefix() && !self.is_between() => {
                self.push(Token::Require, 1);
            }
            _ => self.word(),
        }
    }

    fn rest(&self) -> &'t [Glyph] {
        &self.glyphs[self.at..]
    }

    fn push(&mut self, token: Token<'t>, length: usize) {
        self.lexemes.push(Lexeme { token, at: self.glyphs[self.at].at });
        self.at += length;
    }

    /// Whether the mark here stands before something it can work on, and behind nothing.
    fn is_prefix(&self) -> bool {
        let before = self.at.checked_sub(1).map(|at| self.glyphs[at]);
        let starts = before.is_none_or(|before| before.is_space() || before.is('('));
        let after = self.glyphs.get(self.at + 1);
        starts
            && after.is_some_and(|after| {
                after.literal || after.c.is_alphanumeric() || "\"(=*?#@$€£'/.".contains(after.c)
            })
    }

    /// Whether `+5` stands here between two things, and so says how near they must stand. By
    /// itself it asks for the number.
    fn is_between(&self) -> bool {
        let word = self.rest();
        let word = &word[..word_length(word)];
        let ends = |lexeme: &Lexeme<'_>| {
            matches!(
                lexeme.token,
                Token::Word(_) | Token::Quoted(_) | Token::Close | Token::Suffix(_)
            )
        };
        let behind = self.glyphs[self.at + word.len()..].iter().find(|glyph| !glyph.is_space());
        word.len() <= LONGEST_KEYWORD
            && names::proximity(&text(word)).is_some()
            && self.lexemes.last().is_some_and(ends)
            && behind.is_some_and(|glyph| glyph.c.is_alphanumeric() || "\"(=".contains(glyph.c))
    }

    /// A quotation whose opening marks are `opening` glyphs long; without a second mark it goes
    /// on to the end.
    fn quotation(&mut self, opening: usize) {
        let inner = &self.rest()[opening..];
        let end = inner.iter().position(|glyph| glyph.is('"'));
        let (inner, behind) = inner.split_at(end.unwrap_or(inner.len()));
        let behind = behind.get(1..).unwrap_or_default();
        let suffix = &behind[..suffix_length(behind)];
        let length = opening + inner.len() + usize::from(end.is_some()) + suffix.len();
        let quotation = Quotation { inner, suffix, exact: opening == 2, closed: end.is_some() };
        if has_letters(inner) || end.is_none() {
            self.push(Token::Quoted(quotation), length);
        } else {
            self.at += length;
        }
    }

    /// A field with its value, an address, a regular expression, a keyword or a word.
    fn word(&mut self) {
        let rest = self.rest();
        if let Some((field, name)) = self.field() {
            let value = &rest[name.len() + 1..];
            self.push(Token::Field(field, name), name.len() + 1);
            return self.value(field, value);
        }
        if starts_address(rest) {
            let length = address_length(rest);
            return self.push(Token::Address(&rest[..length]), length);
        }
        if let Some(length) = regex_length(rest) {
            let suffix = &rest[length..][..suffix_length(&rest[length..])];
            let token = Token::Regex(&rest[1..length - 1], suffix);
            return self.push(token, length + suffix.len());
        }
        let length = word_length(rest);
        let word = &rest[..length];
        let before_bracket = rest.get(length).is_some_and(|next| next.is('('));
        if let Some(token) = keyword(word, before_bracket) {
            self.push(token, length);
        } else if has_letters(word) || is_star(word) {
            self.push(Token::Word(word), length);
        } else {
            // Punctuation, or a mark such as `]` at which words end.
            self.at += length.max(1);
        }
    }

    /// The field that is named here, if a value touches its colon.
    fn field(&self) -> Option<(FieldName, &'t [Glyph])> {
        let rest = self.rest();
        let is_name =
            |glyph: &&Glyph| !glyph.literal && (glyph.c.is_ascii_alphanumeric() || glyph.c == '.');
        let length = rest.iter().take(LONGEST_NAME + 1).take_while(is_name).count();
        let (name, value) = rest.split_at(length);
        let (mark, value) = value.split_first()?;
        if mark.literal || !matches!(mark.c, ':' | '=') {
            return None;
        }
        let field = names::field(&text(name), mark.c)?;
        let has_value = match value {
            [open, ..] if open.is('(') => field != FieldName::Regex,
            [open, ..] if open.is('"') => true,
            [mark, quote, ..] if mark.is('=') && quote.is('"') => true,
            // `re: the vote` heads an answer to a message.
            _ if field == FieldName::Regex => false,
            _ if is_regex(field, value) => true,
            _ => {
                let value = &value[..value_length(field, value)];
                has_letters(value) || is_star(value)
            }
        };
        has_value.then_some((field, name))
    }

    /// What touches a field's colon, but for a bracket, which is a token of its own. Here no word
    /// is a keyword.
    fn value(&mut self, field: FieldName, value: &'t [Glyph]) {
        match value {
            [open, ..] if open.is('(') => {}
            [quote, ..] if quote.is('"') => self.quotation(1),
            [mark, quote, ..] if mark.is('=') && quote.is('"') => self.quotation(2),
            _ if is_regex(field, value) => self.word(),
            _ => {
                let length = value_length(field, value);
                let is_address = matches!(field, FieldName::In(_)) && starts_address(value);
                let token = if is_address { Token::Address } else { Token::Word };
                self.push(token(&value[..length]), length);
            }
        }
    }
}

/// The operator that a word is.
fn keyword(word: &[Glyph], before_bracket: bool) -> Option<Token<'_>> {
    if word.len() > LONGEST_KEYWORD || word.iter().any(|glyph| glyph.literal) {
        return None;
    }
    let name = text(word);
    if before_bracket && let Some(function) = names::function(&name) {
        return Some(Token::Function(function, word));
    }
    match name.as_str() {
        "AND" => Some(Token::And),
        "OR" => Some(Token::Or),
        "NOT" => Some(Token::Not),
        _ => {
            let proximity = names::proximity(&name).map(|near| Token::Proximity(near, word));
            proximity.or_else(|| names::frequency(&name).map(|times| Token::AtLeast(times, word)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::normalize::normalize;

    /// The tokens, each in a short form.
    #[track_caller]
    fn check(typed: &str, tokens: &[&str]) {
        let glyphs = normalize(typed);
        let shown: Vec<_> = lex(&glyphs).iter().map(|lexeme| shown(lexeme.token)).collect();
        assert_eq!(shown, tokens, "for `{typed}`");
    }

    fn shown(token: Token<'_>) -> String {
        match token {
            Token::Word(word) => text(word),
            Token::Quoted(Quotation { inner, suffix, exact, closed }) => {
                let (before, behind) =
                    (if exact { "=" } else { "" }, if closed { "\"" } else { "" });
                format!("{before}\"{}{behind}{}", text(inner), text(suffix))
            }
            Token::Field(_, name) => format!("{}:", text(name)),
            Token::Function(_, name) => format!("{}()", text(name)),
            Token::Address(address) => format!("<{}>", text(address)),
            Token::Regex(regex, suffix) => format!("/{}/{}", text(regex), text(suffix)),
            Token::Suffix(word) | Token::Proximity(_, word) | Token::AtLeast(_, word) => {
                format!("'{}'", text(word))
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn operators_are_told_by_what_touches_them() {
        check("a -b", &["a", "Not", "b"]);
        check("a - b", &["a", "b"]);
        check("a-b", &["a-b"]);
        check("(-b) +c !d", &["Open", "Not", "b", "Close", "Require", "c", "Not", "d"]);
        check("--a", &["--a"]);
        check("a AND b OR NOT c", &["a", "And", "b", "Or", "Not", "c"]);
        check("a && b || c | d", &["a", "And", "b", "Or", "c", "Or", "d"]);
        check("a&&b|c", &["a", "And", "b", "Or", "c"]);
        check("and or not", &["and", "or", "not"]);
        check("AND(b", &["And", "Open", "b"]);
    }

    #[test]
    fn punctuation_within_words_belongs_to_them() {
        for word in ["O'Brien", "AT&T", "COVID-19", "U.S.", "C++", "10,000", "#osce", "10:30"] {
            check(word, &[word]);
        }
        check("a,b;c…d–e", &["a", "b", "c", "d", "e"]);
        check("... - , ] ' ^ ~", &[]);
    }

    #[test]
    fn a_field_needs_a_known_name_and_a_value_that_touches() {
        check("region:KZ", &["region:", "KZ"]);
        check("note:KZ", &["note:KZ"]);
        check("region:,", &["region:"]);
        check("region:(KZ)", &["region:", "Open", "KZ", "Close"]);
        check("region:\"a b\"", &["region:", "\"a b\""]);
        check("date:[2022 TO 2023]x", &["date:", "[2022 TO 2023]", "x"]);
        check("hd=vote region=KZ", &["hd:", "vote", "region=KZ"]);
        check("title:AND", &["title:", "AND"]);
        check("lang:*^2", &["lang:", "*^2"]);
        check(r"region\:KZ", &["region:KZ"]);
    }

    #[test]
    fn quotations_may_stay_open() {
        check("\"a b\"~3u^2 c", &["\"a b\"~3u^2", "c"]);
        check("=\"a b", &["=\"a b"]);
        check("\"\" \"-\"", &[]);
        check(r#""a \"b\" c""#, &[r#""a "b" c""#]);
    }

    #[test]
    fn addresses_and_expressions_are_whole() {
        check(
            "see https://example.org/a_(b)?c=d&e=f.",
            &["see", "<https://example.org/a_(b)?c=d&e=f.>"],
        );
        check("(www.example.org)", &["Open", "<www.example.org>", "Close"]);
        check("/tok[ao]yev/ /usr/lib/ and/or", &["/tok[ao]yev/", "/usr/lib/", "and/or"]);
        check("(/strik(e|ing)/^2)", &["Open", "/strik(e|ing)/^2", "Close"]);
        check("re:\"a|b\" re:a re:(a)", &["re:", "\"a|b\"", "re:a", "re:", "Open", "a", "Close"]);
        check("/(/(/(", &["Open", "Open", "Open"]);
    }

    #[test]
    fn a_plus_and_a_number_between_two_things_is_a_distance() {
        check("a +5 b", &["a", "'+5'", "b"]);
        check("\"a\" +5 (b)", &["\"a\"", "'+5'", "Open", "b", "Close"]);
        check("a +5", &["a", "Require", "5"]);
        check("+5 a", &["Require", "5", "a"]);
        check("a +5 -b", &["a", "Require", "5", "Not", "b"]);
        check("a +b", &["a", "Require", "b"]);
    }

    #[test]
    fn names_of_operators_are_told_from_words() {
        check("a w/5 b NEAR c", &["a", "'w/5'", "b", "'NEAR'", "c"]);
        check("atleast3(a) atleast2 b", &["atleast3()", "Open", "a", "Close", "'atleast2'", "b"]);
        check("observer(s)", &["observer", "Open", "s", "Close"]);
    }
}
