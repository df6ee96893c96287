//! The tokens of a field, written as text, and the tokenizer that reads them back.
//!
//! Our analyzer depends on the article's language and puts several tokens on a position, which
//! the engine's analyzers cannot know. So tokens are cut before the engine sees the document,
//! where all cores work on them, and travel as one string: a space before each position, `|`
//! between the tokens on it, `+n` for `n` positions left free. Terms hold neither of these
//! characters. Reading this back costs no allocation for each token, as the engine's own
//! pre-tokenized strings would.

use std::fmt::Write as _;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::analysis::fold;

/// The name that the tokenizer is registered under.
pub(crate) const TOKEN_TEXT: &str = "token-text";

/// Writes the tokens of one field, in the order of their positions.
#[derive(Clone, Debug, Default)]
pub(crate) struct TokenText {
    text: String,
    last: Option<u32>,
}

impl TokenText {
    /// Adds a token; `position` is not below that of the token before.
    pub(crate) fn push(&mut self, position: u32, term: &str) {
        debug_assert!(!term.contains([' ', '|', '+']), "`{term}` is no term");
        let next = self.last.map_or(0, |last| last + 1);
        match self.last {
            Some(last) if position <= last => self.text.push('|'),
            _ if position > next => {
                let free = position - next;
                // Writing to a string does not fail.
                let _ = write!(self.text, " +{free} ");
            }
            _ => self.text.push(' '),
        }
        self.text.push_str(term);
        self.last = Some(self.last.map_or(position, |last| last.max(position)));
    }

    /// The position after the last token.
    pub(crate) fn next_position(&self) -> u32 {
        self.last.map_or(0, |last| last + 1)
    }

    /// The text to be given to the engine.
    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

/// Reads what [`TokenText`] wrote.
#[derive(Clone, Debug, Default)]
pub(crate) struct TokenTextTokenizer {
    token: Token,
}

impl Tokenizer for TokenTextTokenizer {
    type TokenStream<'a> = TokenTextStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TokenTextStream<'a> {
        self.token.reset();
        TokenTextStream { rest: text, next: 0, token: &mut self.token }
    }
}

/// The tokens in a text.
#[derive(Debug)]
pub(crate) struct TokenTextStream<'a> {
    rest: &'a str,
    next: usize,
    token: &'a mut Token,
}

impl TokenStream for TokenTextStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let Some(separator) = self.rest.bytes().next() else { return false };
            let body = &self.rest[1..];
            let end = memchr::memchr2(b' ', b'|', body.as_bytes()).unwrap_or(body.len());
            let (term, rest) = body.split_at(end);
            self.rest = rest;
            if let Some(free) = term.strip_prefix('+') {
                self.next += free.parse::<usize>().unwrap_or(0);
                continue;
            }
            if separator == b' ' {
                self.next += 1;
            }
            self.token.position = self.next - 1;
            self.token.text.clear();
            self.token.text.push_str(term);
            return true;
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// The name that the tokenizer of whole values is registered under.
pub(crate) const WHOLE_VALUE: &str = "whole-value";

/// The name that the tokenizer of whole names is registered under.
pub(crate) const WHOLE_NAME: &str = "whole-name";

/// Takes a value as one token, so that what does not count in comparing it is gone.
#[derive(Clone, Debug)]
pub(crate) struct WholeTokenizer {
    fold: Fold,
    token: Token,
}

/// What does not count.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fold {
    /// Case and accents.
    Value,
    /// What does not in names, see [`crate::alias::key`].
    Name,
}

impl WholeTokenizer {
    pub(crate) fn new(fold: Fold) -> Self {
        Self { fold, token: Token::default() }
    }
}

impl Tokenizer for WholeTokenizer {
    type TokenStream<'a> = WholeStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WholeStream<'a> {
        self.token.reset();
        match self.fold {
            Fold::Value => self.token.text.push_str(&fold(text)),
            Fold::Name => self.token.text.push_str(&crate::alias::key(text)),
        }
        let done = self.token.text.is_empty();
        WholeStream { token: &mut self.token, done }
    }
}

/// The one token of a value.
#[derive(Debug)]
pub(crate) struct WholeStream<'a> {
    token: &'a mut Token,
    done: bool,
}

impl TokenStream for WholeStream<'_> {
    fn advance(&mut self) -> bool {
        self.token.position = 0;
        !std::mem::replace(&mut self.done, true)
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Vec<(u32, String)> {
        let mut tokenizer = TokenTextTokenizer::default();
        let mut stream = tokenizer.token_stream(text);
        let mut tokens = Vec::new();
        while let Some(token) = stream.next() {
            let position = u32::try_from(token.position).expect("a small number");
            tokens.push((position, token.text.clone()));
        }
        tokens
    }

    fn written(tokens: &[(u32, String)]) -> String {
        let mut text = TokenText::default();
        for (position, term) in tokens {
            text.push(*position, term);
        }
        text.into_text()
    }

    #[test]
    fn positions_and_stacks_are_legible() {
        let tokens = [(0, "covid"), (0, "covid19"), (1, "19"), (66, "cases")];
        let tokens = tokens.map(|(position, term)| (position, term.to_owned()));
        assert_eq!(written(&tokens), " covid|covid19 19 +64 cases");
        assert_eq!(read(&written(&tokens)), tokens);
    }

    proptest! {
        #[test]
        fn tokens_read_back_as_written(steps in prop::collection::vec((0_u32..4, "[a-z0-9.选]{1,6}"), 0..40)) {
            let mut position = 0;
            let tokens: Vec<_> = steps.into_iter().map(|(step, term)| {
                position += step;
                (position, term)
            }).collect();
            prop_assert_eq!(read(&written(&tokens)), tokens);
        }
    }
}
