//! A text cut into words, with what the lexicon says of each.

use foldhash::{HashMap, HashMapExt as _};
use xxhash_rust::xxh3::xxh3_64;

use super::Story;
use super::cyrillic::{base, is_family_name};
use super::lexicon::{Facts, Roles, facts};
use super::token::{Apostrophe, Shape, Token, tokens, tokens_with};

/// A folded word as a number, without the ending of its case where it is in Cyrillic script. Two
/// words of one number are as unlikely as a fault of the machine, and would cost one name.
pub(crate) fn hash(key: &str) -> u64 {
    xxh3_64(base(key).as_bytes())
}

/// The number of a phrase that goes on with one more word; 0 is the phrase without words.
pub(crate) fn phrase(before: u64, word: u64) -> u64 {
    (before.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The number of the phrase with this [`name_key`](super::token::name_key).
pub(crate) fn phrase_of(key: &str) -> u64 {
    key.split(' ').map(hash).fold(0, phrase)
}

/// The number of the phrase that a name is, as it is written.
pub(crate) fn phrase_in(name: &str) -> u64 {
    tokens(name).iter().map(|word| hash(&word.key)).fold(0, phrase)
}

/// A word, whatever its capitals, as often as it stands in a story.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// The [`hash`] of its folded form.
    pub(crate) hash: u64,
    /// What the lexicon says of it.
    pub(crate) facts: Facts,
    /// Its number among the words of the story.
    pub(crate) id: u32,
}

/// The words of one text.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: Vec<Token<'a>>,
    /// For each token, its word.
    pub(crate) word: Vec<Word>,
    /// For each token, whether its line is written like a headline, where capitals say nothing.
    pub(crate) heading: Vec<bool>,
}

/// The words of a story, for all that is looked for in it.
#[derive(Debug)]
pub(crate) struct StoryWords<'a> {
    pub(crate) title: Words<'a>,
    pub(crate) body: Words<'a>,
    /// How many different words there are.
    pub(crate) n_different: usize,
}

impl<'a> StoryWords<'a> {
    /// The words of `story`.
    pub(crate) fn of(story: &Story<'a>) -> Self {
        let mut vocabulary = HashMap::with_capacity(story.body.len() / 12);
        let apostrophe = Apostrophe::of(story.language);
        let title = Words::known(story.title, apostrophe, &mut vocabulary);
        let body = Words::known(story.body, apostrophe, &mut vocabulary);
        Self { title, body, n_different: vocabulary.len() }
    }
}

/// Words in a line before it is taken for a headline by its capitals.
const HEADING_WORDS: usize = 4;

impl<'a> Words<'a> {
    /// The words of a text that stands alone.
    #[cfg(test)]
    pub(crate) fn of(text: &'a str) -> Self {
        Self::known(text, Apostrophe::Possessive, &mut HashMap::new())
    }

    /// The words of `text`, those met for the first time added to the vocabulary.
    fn known(text: &'a str, apostrophe: Apostrophe, vocabulary: &mut HashMap<u64, Word>) -> Self {
        let tokens = tokens_with(text, apostrophe);
        let mut words = Vec::with_capacity(tokens.len());
        let mut next = u32::try_from(vocabulary.len()).unwrap_or(u32::MAX);
        for token in &tokens {
            let hash = hash(&token.key);
            let word = vocabulary.entry(hash).or_insert_with(|| {
                next += 1;
                let mut facts = facts(hash);
                if is_family_name(&token.key) {
                    facts.roles = facts.roles.or(Roles::FAMILY);
                }
                Word { hash, facts, id: next - 1 }
            });
            words.push(*word);
        }
        let mut heading = Vec::with_capacity(tokens.len());
        for line in tokens.chunk_by(|a, b| a.line == b.line) {
            heading.resize(heading.len() + line.len(), is_heading(text, line));
        }
        Self { text, tokens, word: words, heading }
    }

    /// The text from the first to the last of these tokens.
    pub(crate) fn span(&self, first: usize, end: usize) -> std::ops::Range<usize> {
        self.tokens[first].range.start..self.tokens[end - 1].range.end
    }

    /// The number of the phrase `first..end`.
    pub(crate) fn phrase(&self, first: usize, end: usize) -> u64 {
        self.word[first..end].iter().map(|word| word.hash).fold(0, phrase)
    }

    /// The folded words of a range of tokens, a blank between them.
    pub(crate) fn key(&self, range: std::ops::Range<usize>) -> String {
        let mut key = String::new();
        for token in &self.tokens[range] {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(&token.key);
        }
        key
    }

    /// Whether the token has any of these roles.
    pub(crate) fn is(&self, at: usize, wanted: Roles) -> bool {
        self.word[at].facts.roles.any(wanted)
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
