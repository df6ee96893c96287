//! A text cut into words, with what the lexicon and the text itself say of each.

use foldhash::HashSet;

use super::Story;
use super::lexicon::{Roles, roles};
use super::token::{Shape, Token, tokens};

/// The words of one text.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: Vec<Token<'a>>,
    /// For each token, whether its line is written like a headline, where capitals say nothing.
    pub(crate) heading: Vec<bool>,
}

/// The words of a story, for all that is looked for in it.
#[derive(Debug)]
pub(crate) struct StoryWords<'a> {
    pub(crate) title: Words<'a>,
    pub(crate) body: Words<'a>,
}

impl<'a> StoryWords<'a> {
    /// The words of `story`.
    pub(crate) fn of(story: &Story<'a>) -> Self {
        Self { title: Words::of(story.title), body: Words::of(story.body) }
    }
}

/// Words in a line before it is taken for a headline by its capitals.
const HEADING_WORDS: usize = 4;

impl<'a> Words<'a> {
    /// The words of `text`.
    pub(crate) fn of(text: &'a str) -> Self {
        let tokens = tokens(text);
        let mut heading = Vec::with_capacity(tokens.len());
        for line in tokens.chunk_by(|a, b| a.line == b.line) {
            heading.resize(heading.len() + line.len(), is_heading(text, line));
        }
        Self { text, tokens, heading }
    }

    /// The text from the first to the last of these tokens.
    pub(crate) fn span(&self, first: usize, end: usize) -> std::ops::Range<usize> {
        self.tokens[first].range.start..self.tokens[end - 1].range.end
    }

    /// The folded words `first..end` with a blank between them.
    pub(crate) fn key(&self, first: usize, end: usize) -> String {
        let mut key = String::with_capacity(8 * (end - first));
        for token in &self.tokens[first..end] {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(&token.key);
        }
        key
    }

    /// Whether the token has any of these roles.
    pub(crate) fn is(&self, at: usize, wanted: Roles) -> bool {
        // Looked up when asked for: most words never are.
        roles(&self.tokens[at].key).any(wanted)
    }

    /// The token before `at`, where nothing but a blank or hyphen lies between.
    pub(crate) fn before(&self, at: usize) -> Option<usize> {
        (at > 0 && self.tokens[at].joins()).then(|| at - 1)
    }
}

/// Whether a line is written like a headline: seven words of ten or more have a capital, and no
/// full stop ends it, unless it is in capitals altogether.
fn is_heading(text: &str, line: &[Token<'_>]) -> bool {
    let capitals = line.iter().filter(|token| token.is_capital()).count();
    let shouted = line.iter().filter(|token| token.shape == Shape::Upper).count();
    let mostly = |n: usize| line.len() >= HEADING_WORDS && 10 * n >= 7 * line.len();
    let stopped = line.last().is_some_and(|last| text[last.range.end..].starts_with('.'));
    mostly(shouted) || !stopped && mostly(capitals)
}

/// How an article writes its words in mid-sentence, where a capital means a name.
#[derive(Debug, Default)]
pub(crate) struct Usage<'a> {
    small: HashSet<&'a str>,
    capital: HashSet<&'a str>,
}

impl<'a> Usage<'a> {
    /// Adds the words of a text; headlines are left out.
    pub(crate) fn add(&mut self, words: &'a Words<'a>) {
        // Half of the words of running text are met again.
        self.small.reserve(words.tokens.len() / 2);
        for (token, heading) in words.tokens.iter().zip(&words.heading) {
            match token.shape {
                _ if *heading => {}
                Shape::Lower => drop(self.small.insert(&token.key)),
                Shape::Capital | Shape::Upper if !token.starts => {
                    self.capital.insert(&token.key);
                }
                _ => {}
            }
        }
    }

    /// Whether the word is also written without a capital.
    pub(crate) fn is_small(&self, key: &str) -> bool {
        self.small.contains(key)
    }

    /// Whether the word has a capital in mid-sentence, and is never written without.
    pub(crate) fn is_name(&self, key: &str) -> bool {
        self.capital.contains(key) && !self.small.contains(key)
    }
}
