//! Initials that say who speaks in an interview: `WN:` or `((WN))` at the head of line after line.

use foldhash::{HashMap, HashMapExt as _};

use super::token::Shape;
use super::words::Words;

/// Lines that a word begins before it is taken for a speaker.
const TURNS: u32 = 3;

/// Letters of such initials, at most.
const LONGEST: usize = 4;

/// The speakers of a text.
pub(super) struct Speakers {
    /// How many lines each word begins, by its number.
    turns: HashMap<u32, u32>,
}

impl Speakers {
    pub(super) fn of(words: &Words<'_>) -> Self {
        let mut turns = HashMap::new();
        let mut line = None;
        for (at, token) in words.tokens.iter().enumerate() {
            let first = line.replace(token.line) != Some(token.line);
            if first && matches!(token.shape, Shape::Upper | Shape::Initial) {
                let labels = words.text[token.range.end..].starts_with([':', ')']);
                if labels && token.key.len() <= LONGEST {
                    *turns.entry(words.word[at].id).or_default() += 1;
                }
            }
        }
        Self { turns }
    }

    /// Whether the word at `at` labels a speaker, wherever it stands.
    pub(super) fn has(&self, words: &Words<'_>, at: usize) -> bool {
        self.turns.get(&words.word[at].id).is_some_and(|turns| *turns >= TURNS)
    }
}
