//! The tokens of a field, written as text, and the tokenizer that reads them back.
//!
//! Our analyzer depends on the article's language and puts several tokens on a position, which
//! the engine's analyzers cannot know. So tokens are cut before the engine sees the document,
//! where all cores work on them, and travel as one string: a space before each position, `|`
//! between the tokens on it, `+n` for `n` positions left free, `^n` where tokens begin to count `n`
//! times. Terms hold neither of the first two and begin with neither of the others. Reading this
//! back costs no allocation for each token, as the engine's own pre-tokenized strings would.
//!
//! A token that counts `n` times is recorded so often at its position: the engine's frequencies
//! and lengths then carry the weights of title and lead, and nothing is added up when a question
//! is asked. Who reads positions sees each as often.

use std::fmt::Write as _;
use std::num::NonZeroU32;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::analysis::fold;

/// The name that the tokenizer is registered under.
pub(crate) const TOKEN_TEXT: &str = "token-text";

/// Writes the tokens of one field, in the order of their positions.
#[derive(Clone, Debug, Default)]
pub(crate) struct TokenText {
    text: String,
    last: Option<u32>,
    /// How often tokens count from here on, where that is not once.
    times: Option<NonZeroU32>,
}

impl TokenText {
    /// Adds a token; `position` is not below that of the token before.
    pub(crate) fn push(&mut self, position: u32, term: &str) {
        let is_term = !term.contains([' ', '|']) && !term.starts_with(['+', '^']);
        debug_assert!(is_term, "`{term}` is no term");
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

    /// Makes the tokens that follow count `times` times.
    pub(crate) fn count_each(&mut self, times: NonZeroU32) {
        if self.times.replace(times).unwrap_or(NonZeroU32::MIN) != times {
            let _ = write!(self.text, " ^{times}");
        }
    }

    /// The same tokens, which count `times` times.
    pub(crate) fn counted(mut self, times: NonZeroU32) -> Self {
        debug_assert!(self.times.is_none(), "counts are set once");
        self.times = Some(times);
        if times > NonZeroU32::MIN {
            self.text.insert_str(0, &format!(" ^{times}"));
        }
        self
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
        TokenTextStream { rest: text, next: 0, times: 1, due: 0, token: &mut self.token }
    }
}

/// The tokens in a text.
#[derive(Debug)]
pub(crate) struct TokenTextStream<'a> {
    rest: &'a str,
    next: usize,
    /// How often each token counts.
    times: u32,
    /// How often the last one is still to be given.
    due: u32,
    token: &'a mut Token,
}

impl TokenStream for TokenTextStream<'_> {
    fn advance(&mut self) -> bool {
        if self.due > 0 {
            self.due -= 1;
            return true;
        }
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
            if let Some(times) = term.strip_prefix('^') {
                self.times = times.parse().unwrap_or(1);
                continue;
            }
            if separator == b' ' {
                self.next += 1;
            }
            self.token.position = self.next - 1;
            self.token.text.clear();
            self.token.text.push_str(term);
            self.due = self.times.saturating_sub(1);
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
        let tokens = [(0, "covid"), (0, "covid19"), (1, "19"), (66, "c++")];
        let tokens = tokens.map(|(position, term)| (position, term.to_owned()));
        assert_eq!(written(&tokens), " covid|covid19 19 +64 c++");
        assert_eq!(read(&written(&tokens)), tokens);
    }

    #[test]
    fn a_token_counts_as_often_as_its_part_does() {
        let mut text = TokenText::default();
        for (position, term, times) in
            [(0, "polls", 3), (1, "open", 3), (66, "polls", 2), (66, "poll", 2), (67, "shut", 1)]
        {
            text.count_each(NonZeroU32::new(times).expect("not zero"));
            text.push(position, term);
        }
        let text = text.into_text();
        assert_eq!(text, " ^3 polls open ^2 +64 polls|poll ^1 shut");
        let counts =
            |term: &str, at| read(&text).iter().filter(|it| **it == (at, term.into())).count();
        assert_eq!(
            [counts("polls", 0), counts("open", 1), counts("poll", 66), counts("shut", 67)],
            [3, 3, 2, 1]
        );
        assert_eq!(read(&text).len(), 3 + 3 + 2 + 2 + 1);
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
