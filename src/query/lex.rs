//! Words and marks of a query: where each begins, ends, and what it is.

use super::ast::Field;

/// A piece of a query.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Token {
    Open,
    Close,
    And,
    Or,
    /// `NOT`, or a `-` or `!` before a word.
    Not,
    /// A `+` before a word: the word must be there, as words must anyway.
    Plus,
    /// The text between quotation marks; `closed` if there was a second one.
    Quoted {
        text: String,
        closed: bool,
    },
    /// A known field with its colon, right before its value.
    Field(FieldName),
    /// `=` right before a word or quotation mark.
    Exact,
    /// A function that is known but not supported, right before its bracket.
    Function(String),
    /// A run of other characters. `plain` where the first was escaped, so that it is no operator.
    Word {
        text: String,
        plain: bool,
    },
    /// What may follow a bracket or quotation mark: `~3u`, `^2`.
    Suffix(String),
}

/// What stands before a colon.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum FieldName {
    Title,
    Date,
    Since,
    Until,
    Other(Field),
}

/// A token and where it starts, as a byte offset.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Lexed {
    pub(super) token: Token,
    pub(super) start: usize,
}

/// Every name of a field, in lower case.
const FIELD_NAMES: &[(&str, FieldName)] = &[
    ("title", FieldName::Title),
    ("headline", FieldName::Title),
    ("hd", FieldName::Title),
    ("date", FieldName::Date),
    ("since", FieldName::Since),
    ("after", FieldName::Since),
    ("from", FieldName::Since),
    ("until", FieldName::Until),
    ("before", FieldName::Until),
    ("region", FieldName::Other(Field::Region)),
    ("country", FieldName::Other(Field::Region)),
    ("tag", FieldName::Other(Field::Tag)),
    ("about", FieldName::Other(Field::About)),
    ("person", FieldName::Other(Field::Person)),
    ("people", FieldName::Other(Field::Person)),
    ("per", FieldName::Other(Field::Person)),
    ("org", FieldName::Other(Field::Organisation)),
    ("organisation", FieldName::Other(Field::Organisation)),
    ("organization", FieldName::Other(Field::Organisation)),
    ("place", FieldName::Other(Field::Place)),
    ("location", FieldName::Other(Field::Place)),
    ("loc", FieldName::Other(Field::Place)),
    ("entity", FieldName::Other(Field::Entity)),
    ("entities", FieldName::Other(Field::Entity)),
    ("lang", FieldName::Other(Field::Language)),
    ("language", FieldName::Other(Field::Language)),
    ("publisher", FieldName::Other(Field::Publisher)),
    ("source", FieldName::Other(Field::Publisher)),
    ("site", FieldName::Other(Field::Publisher)),
    ("outlet", FieldName::Other(Field::Publisher)),
    ("author", FieldName::Other(Field::Author)),
    ("by", FieldName::Other(Field::Author)),
    ("byline", FieldName::Other(Field::Author)),
    ("url", FieldName::Other(Field::Url)),
    ("path", FieldName::Other(Field::Path)),
    ("file", FieldName::Other(Field::Path)),
    ("id", FieldName::Other(Field::Id)),
    ("date.src", FieldName::Other(Field::DateSource)),
];

/// Functions of the full language that are read as if they were not there.
const FUNCTIONS: &[&str] =
    &["hlead", "lead", "body", "caps", "allcaps", "nocaps", "atleast", "repeat", "first"];

/// The field with this name, in any case.
pub(super) fn field_name(name: &str) -> Option<FieldName> {
    let name = name.to_lowercase();
    FIELD_NAMES.iter().find(|(known, _)| *known == name).map(|&(_, field)| field)
}

/// A field whose name is one letter away: one left out, one too many, one wrong.
pub(super) fn similar_field(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let similar = |known: &&(&'static str, FieldName)| {
        let (a, b): (Vec<_>, Vec<_>) = (known.0.chars().collect(), name.chars().collect());
        if a.len() < 4 || a.len().abs_diff(b.len()) > 1 {
            return false;
        }
        let same_start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
        let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
        same_start + same_end + 1 >= a.len().max(b.len())
    };
    FIELD_NAMES.iter().find(similar).map(|&(known, _)| known)
}

/// Cuts a normalized query into tokens, in one pass.
pub(super) fn lex(text: &str) -> Vec<Lexed> {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new() };
    while lexer.step() {}
    lexer.tokens
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Lexed>,
}

impl Lexer<'_> {
    fn step(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let Some(c) = rest.chars().next() else { return false };
        let next = rest[c.len_utf8()..].chars().next();
        let touches = next.is_some_and(|next| !matches!(next, ' ' | ')'));
        match c {
            ' ' => self.at += 1,
            '(' => self.push(Token::Open, 1),
            ')' => {
                self.push(Token::Close, 1);
                self.suffix();
            }
            '"' => self.quoted(),
            '|' => self.push(Token::Or, if next == Some('|') { 2 } else { 1 }),
            '&' if next == Some('&') => self.push(Token::And, 2),
            '-' | '!' if touches => self.push(Token::Not, 1),
            '+' if touches => self.push(Token::Plus, 1),
            '=' if touches => self.push(Token::Exact, 1),
            _ => self.word(),
        }
        true
    }

    fn push(&mut self, token: Token, length: usize) {
        self.tokens.push(Lexed { token, start: self.at });
        self.at += length;
    }

    fn quoted(&mut self) {
        let start = self.at;
        let inner = &self.text[start + 1..];
        let mut text = String::new();
        let mut chars = inner.char_indices();
        let mut closed = false;
        while let Some((offset, c)) = chars.next() {
            self.at = start + 1 + offset + c.len_utf8();
            match c {
                '"' => {
                    closed = true;
                    break;
                }
                '\\' => {
                    if let Some((offset, escaped)) = chars.next() {
                        self.at = start + 1 + offset + escaped.len_utf8();
                        text.push(escaped);
                    }
                }
                c => text.push(c),
            }
        }
        self.at = self.at.max(start + 1);
        self.tokens.push(Lexed { token: Token::Quoted { text, closed }, start });
        if closed {
            self.suffix();
        }
    }

    /// `~3u` and `^2` right behind a bracket or quotation mark.
    fn suffix(&mut self) {
        let rest = &self.text[self.at..];
        if rest.starts_with(['~', '^']) {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "~^.".contains(c)));
            let suffix = rest[..end.unwrap_or(rest.len())].to_owned();
            let length = suffix.len();
            self.push(Token::Suffix(suffix), length);
        }
    }

    /// A run of characters up to a space, bracket or quotation mark; escapes are kept for the
    /// parser, which alone knows what they protect from.
    fn word(&mut self) {
        let start = self.at;
        let rest = &self.text[start..];
        let mut end = rest.len();
        let mut chars = rest.char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            match c {
                '\\' => {
                    chars.next();
                }
                ' ' | '(' | ')' | '"' | '|' => {
                    end = offset;
                    break;
                }
                '&' if chars.peek().is_some_and(|&(_, next)| next == '&') => {
                    end = offset;
                    break;
                }
                ':' => {
                    if let Some(field) = touching_field(&rest[..offset], chars.peek()) {
                        self.push(Token::Field(field), offset + 1);
                        return self.value();
                    }
                }
                _ => {}
            }
        }
        let word = &rest[..end];
        let before_bracket = rest[end..].starts_with('(');
        if before_bracket && let Some(token) = function(word) {
            return self.push(token, end);
        }
        let token = match word {
            "AND" => Token::And,
            "OR" => Token::Or,
            "NOT" => Token::Not,
            _ => {
                let plain = word.starts_with('\\');
                Token::Word { text: word.to_owned(), plain }
            }
        };
        self.push(token, end.max(1));
    }

    /// The value right behind a field, where it is a plain word: its colons are its own.
    fn value(&mut self) {
        let rest = &self.text[self.at..];
        if rest.starts_with(['(', '"']) || rest.starts_with("=\"") {
            return;
        }
        let end = if rest.starts_with('[') {
            rest.find(']').map_or(rest.len(), |end| end + 1)
        } else {
            plain_length(rest)
        };
        if end > 0 {
            let text = rest[..end].to_owned();
            self.push(Token::Word { text, plain: true }, end);
        }
    }
}

/// A field, if its colon touches a value.
fn touching_field(name: &str, next: Option<&(usize, char)>) -> Option<FieldName> {
    let touches = next.is_some_and(|&(_, c)| c != ' ' && c != ')');
    field_name(name).filter(|_| touches)
}

/// How far a value without brackets or quotation marks goes.
fn plain_length(text: &str) -> usize {
    let mut chars = text.char_indices();
    while let Some((offset, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            ' ' | '(' | ')' | '"' => return offset,
            _ => {}
        }
    }
    text.len()
}

/// `head(` is the title; others of the full language are named so that they can be reported.
fn function(word: &str) -> Option<Token> {
    let name = word.to_lowercase();
    if name == "head" || name == "title" {
        return Some(Token::Field(FieldName::Title));
    }
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    FUNCTIONS.contains(&stem).then(|| Token::Function(word.to_owned()))
}
