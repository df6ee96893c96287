//! Words of an index by how many articles have them.

use std::collections::BinaryHeap;
use std::ops::RangeInclusive;

use chrono::NaiveDate;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::count;
use crate::analysis::{Form, is_function_word, tokenize};
use crate::article::named_enum;
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::{Query, Text, parse};
use crate::search::words;

/// Of so many words for each that is wanted, forms are counted.
const CANDIDATES: usize = 4;

/// How many letters a word has at most; longer ones are mostly no words.
const LETTERS: RangeInclusive<usize> = 3..=20;

named_enum! {
    /// How frequent a word is, against the number of articles, N. The bands are far apart, and mean
    /// the same in an archive of forty articles as in one of forty million.
    Band {
        /// In up to N^¼ articles: 21 of 200,000.
        Rare = "rare",
        /// In N^⅜ to N^⅝ articles: 97 to 2,056 of 200,000.
        Mid = "mid",
        /// In N^¾ articles up to half of them: 9,457 to 100,000 of 200,000. Function words are left
        /// out.
        Frequent = "frequent",
    }
}

impl Band {
    /// The numbers of articles that it reaches from and to, of so many.
    pub(super) fn bounds(self, articles: u64) -> RangeInclusive<u64> {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a root of a number of articles"
        )]
        let root = |power: f64| (articles as f64).powf(power).ceil() as u64;
        match self {
            Self::Rare => 1..=root(0.25),
            // Not below what is rare, which counts in a handful of articles.
            Self::Mid => root(0.375).max(root(0.25) + 1)..=root(0.625),
            Self::Frequent => root(0.75).max(root(0.625) + 1)..=articles / 2,
        }
    }
}

/// Words of each band.
#[derive(Debug, Default)]
pub(super) struct Words {
    bands: [Vec<String>; Band::ALL.len()],
}

impl Words {
    /// Up to `wanted` words of each band, by chance.
    pub(super) fn draw(archive: &ArchiveReader, seed: u64, wanted: usize) -> Result<Self, Error> {
        let bounds: Vec<_> = Band::ALL.iter().map(|it| it.bounds(archive.articles())).collect();
        let mut kept = vec![Smallest::new(wanted * CANDIDATES); bounds.len()];
        words(archive, |word, articles| {
            for (kept, bounds) in kept.iter_mut().zip(&bounds) {
                if bounds.contains(&articles) {
                    kept.offer(xxh3_64_with_seed(word.as_bytes(), seed), word, is_plain);
                }
            }
        })?;
        let mut drawn = Self::default();
        for ((kept, bounds), band) in kept.into_iter().zip(&bounds).zip(&mut drawn.bands) {
            for word in kept.words() {
                if band.len() == wanted {
                    break;
                }
                // The dictionary counts one form; a question asks for all.
                let query = Query::Text(Text::Word(word.clone()));
                if bounds.contains(&count(archive, &query)?) {
                    band.push(word);
                }
            }
        }
        Ok(drawn)
    }

    /// Those of a band.
    pub(super) fn of(&self, band: Band) -> &[String] {
        &self.bands[band as usize]
    }

    /// All of them.
    pub(super) fn all(&self) -> Vec<String> {
        self.bands.iter().flatten().cloned().collect()
    }
}

/// Whether something is one word of letters that means itself in a question and has a content.
pub(super) fn is_plain(word: &str) -> bool {
    let has_letters = word.chars().all(char::is_alphabetic);
    if !has_letters || !LETTERS.contains(&word.chars().count()) || is_function_word(word) {
        return false;
    }
    let mut forms = Vec::new();
    tokenize(word, |token| forms.push(token.form));
    // No word is read as a date, so any day will do.
    let parsed = parse(word, NaiveDate::default());
    let means_itself = parsed.query == Query::Text(Text::Word(word.to_owned()));
    // An acronym has second forms.
    forms.first() == Some(&Form::Word) && means_itself && parsed.repairs.is_empty()
}

/// The words with the smallest keys.
#[derive(Clone, Debug)]
struct Smallest {
    limit: usize,
    heap: BinaryHeap<(u64, String)>,
}

impl Smallest {
    fn new(limit: usize) -> Self {
        Self { limit, heap: BinaryHeap::new() }
    }

    /// Takes a word in if its key is small enough; only then `is_wanted` is asked.
    fn offer(&mut self, key: u64, word: &str, is_wanted: impl Fn(&str) -> bool) {
        let is_small = self.heap.len() < self.limit
            || self.heap.peek().is_some_and(|(largest, _)| key < *largest);
        if is_small && is_wanted(word) {
            self.heap.push((key, word.to_owned()));
            if self.heap.len() > self.limit {
                self.heap.pop();
            }
        }
    }

    fn words(self) -> impl Iterator<Item = String> {
        self.heap.into_sorted_vec().into_iter().map(|(_, word)| word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_apart_in_archives_of_any_size() {
        for (articles, meant) in [
            (0, ["1..=0", "1..=0", "1..=0"]),
            (1, ["1..=1", "2..=1", "2..=0"]),
            (40, ["1..=3", "4..=11", "16..=20"]),
            (200_000, ["1..=22", "98..=2057", "9458..=100000"]),
        ] {
            let bounds = Band::ALL.iter().map(|it| format!("{:?}", it.bounds(articles)));
            assert_eq!(bounds.collect::<Vec<_>>(), meant, "of {articles}");
        }
    }

    #[test]
    fn a_plain_word_has_letters_alone_and_a_content() {
        for (word, is) in [
            ("harbour", true),
            ("Kazakhstan", true),
            ("выборы", true),
            ("the", false),
            ("of", false),
            ("covid19", false),
            ("o.s.c.e", false),
            ("选举", false),
            ("", false),
        ] {
            assert_eq!(is_plain(word), is, "for `{word}`");
        }
    }
}
