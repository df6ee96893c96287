//! What can be asked of a text so that it is found.

use std::collections::HashSet;

use super::words::is_plain;
use crate::analysis::{Form, is_function_word, tokenize};
use crate::random::Random;
use crate::record::ArticleRecord;

/// A paragraph as words, in their order.
#[derive(Debug)]
pub(super) struct Paragraph<'a> {
    text: &'a str,
    words: Vec<Word<'a>>,
}

#[derive(Clone, Copy, Debug)]
struct Word<'a> {
    text: &'a str,
    /// Its first byte, and the one behind the last.
    begin: usize,
    end: usize,
}

impl<'a> Paragraph<'a> {
    fn of(text: &'a str) -> Self {
        let mut words = Vec::new();
        tokenize(text, |token| {
            if token.form == Form::Word {
                let word = &text[token.range.clone()];
                words.push(Word { text: word, begin: token.range.start, end: token.range.end });
            }
        });
        Self { text, words }
    }

    /// Of a paragraph of an article, by chance.
    pub(super) fn of_some(article: &'a ArticleRecord, random: &mut Random) -> Self {
        let paragraphs: Vec<_> = article.body.lines().collect();
        random.pick(&paragraphs).map_or_else(|| Self::of(""), |text| Self::of(text))
    }

    /// So many words that stand side by side, by chance; `None` where those drawn are not all of a
    /// content, or more than a space is between them.
    pub(super) fn neighbours(&self, n: usize, random: &mut Random) -> Option<Vec<&'a str>> {
        let run = self.run(n, random)?;
        run.iter().all(|it| is_plain(it.text)).then(|| run.iter().map(|it| it.text).collect())
    }

    /// Likewise three, the middle one of which is a function word.
    pub(super) fn around_function_word(&self, random: &mut Random) -> Option<Vec<&'a str>> {
        let run = self.run(3, random)?;
        let [first, middle, last] = run else { return None };
        let is_meant = is_plain(first.text) && is_function_word(middle.text) && is_plain(last.text);
        is_meant.then(|| vec![first.text, middle.text, last.text])
    }

    fn run(&self, n: usize, random: &mut Random) -> Option<&[Word<'a>]> {
        let runs: Vec<_> = self.words.windows(n).collect();
        let run = random.pick(&runs)?;
        let is_close = run.windows(2).all(|pair| &self.text[pair[0].end..pair[1].begin] == " ");
        is_close.then_some(*run)
    }

    /// Two different words of a content with up to `between` others between them, in one sentence as
    /// far as punctuation tells.
    pub(super) fn pair(&self, between: usize, random: &mut Random) -> Option<[&'a str; 2]> {
        let first = random.below(self.words.len());
        let second = first + 1 + random.below(between + 1);
        let (first, second) = (self.words.get(first)?, self.words.get(second)?);
        let gap = &self.text[first.end..second.begin];
        let is_meant = !gap.contains(['.', '!', '?', ';', '"'])
            && first.text != second.text
            && is_plain(first.text)
            && is_plain(second.text);
        is_meant.then_some([first.text, second.text])
    }
}

/// Different words of the body of an article, each with a content: so many of them, in their order.
pub(super) fn contents(article: &ArticleRecord, n: usize) -> Option<Vec<&str>> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for word in Paragraph::of(&article.body).words {
        if found.len() < n && is_plain(word.text) && seen.insert(word.text.to_lowercase()) {
            found.push(word.text);
        }
    }
    (found.len() == n).then_some(found)
}

/// A word of an article that stands there so often or more, by chance.
pub(super) fn repeated<'a>(
    article: &'a ArticleRecord,
    times: usize,
    random: &mut Random,
) -> Option<&'a str> {
    let words = Paragraph::of(&article.body).words;
    let word = random.pick(&words)?.text;
    let count = words.iter().filter(|it| it.text == word).count();
    (count >= times && is_plain(word)).then_some(word)
}
