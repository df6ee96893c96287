//! Where the words of a question stand in a text.

use std::ops::Range;

use super::sought::Seen;
use super::vocabulary::{Vocabulary, WordId};
use crate::analysis::{Break, Breaks, Capitals, Form, Token, capitals, tokenize, tokenize_some};
use crate::article::Language;
use crate::query::{Interval, Layout, Places};

/// What a text is to its article.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Part {
    Title,
    Body,
}

/// What of the layout of a text matters to a question.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Needs {
    /// Sentences, paragraphs or parts of the article.
    breaks: bool,
    capitals: bool,
}

impl Needs {
    /// Adds what matters to `places`.
    pub(super) fn take_in<W>(&mut self, places: &Places<W>) {
        self.breaks |= places.needs_breaks();
        self.capitals |= places.needs_capitals();
    }
}

/// A text, looked through for the words of a question.
#[derive(Debug)]
pub(super) struct Scan {
    /// For each word of the question, where it stands, in order.
    found: Vec<Vec<Found>>,
    pub(super) layout: Layout,
}

/// A word of the question in a text.
#[derive(Clone, Debug)]
struct Found {
    /// The number of the word of the text.
    position: u32,
    /// The bytes of the text.
    range: Range<usize>,
}

impl Scan {
    /// Looks through `text`, with as much of its layout as matters.
    pub(super) fn of(
        text: &str,
        part: Part,
        needs: Needs,
        vocabulary: &mut Vocabulary,
        language: Option<Language>,
    ) -> Self {
        let mut found: Vec<Vec<Found>> = vec![Vec::new(); vocabulary.len()];
        let mut layout = Layout::default();
        let mut breaks = Breaks::new(text);
        let (words, beginnings, lexicon) = vocabulary.in_language(language);
        let take = |token: Token<'_>| {
            let position = token.position;
            if needs.breaks {
                match (breaks.before(&token), part) {
                    (Some(Break::Paragraph), Part::Body) => layout.paragraphs.push(position),
                    (Some(_), _) if position > 0 => layout.sentences.push(position),
                    _ => {}
                }
            }
            if needs.capitals && token.form != Form::Second {
                match capitals(token.term) {
                    Capitals::None => {}
                    Capitals::Some => layout.some_capitals.push(position),
                    Capitals::All => layout.all_capitals.push(position),
                }
            }
            let seen = Seen::from(token.form);
            if !lexicon.may_be_sought(beginnings, token.term, seen) {
                return;
            }
            for &word in lexicon.sought(words, token.term, seen) {
                // The first form that matches is enough.
                if found[word].last().is_none_or(|last| last.position < position) {
                    found[word].push(Found { position, range: token.range.clone() });
                }
            }
        };
        match beginnings.initials() {
            Some(initials) if !needs.breaks && !needs.capitals => {
                tokenize_some(text, initials, |word| beginnings.may_begin_some_form(word), take)
            }
            _ => tokenize(text, take),
        };
        Self { found, layout }
    }

    /// Whether none of the words stands in the text.
    pub(super) fn is_empty(&self) -> bool {
        self.found.iter().all(Vec::is_empty)
    }

    /// The positions of a word of the question, ascending.
    pub(super) fn positions(&self, word: WordId) -> Vec<u32> {
        self.found[word].iter().map(|found| found.position).collect()
    }

    /// The bytes from the first to the last of these `words` of the question within `interval`.
    pub(super) fn range(&self, interval: Interval, words: &[WordId]) -> Range<usize> {
        let (mut start, mut end) = (usize::MAX, 0);
        for &word in words {
            let found = &self.found[word];
            let begun = found.partition_point(|it| it.position < interval.first);
            for it in found[begun..].iter().take_while(|it| it.position <= interval.last) {
                start = start.min(it.range.start);
                end = end.max(it.range.end);
            }
        }
        start..end
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sought::sought;
    use super::*;
    use crate::query::Text;

    /// What words are made of, and what stands between them.
    const PIECES: &[&str] = &[
        "elect",
        "Elections",
        "ELECT",
        "élect",
        "re",
        "war",
        "WAR",
        "wars",
        "US",
        "U.S.",
        "us",
        "u",
        "AT&T",
        "at",
        "t",
        "Koenig",
        "König",
        "könige",
        "Straße",
        "strasse",
        "C++",
        "c",
        "10,000",
        "10000",
        "10",
        "000",
        "выборы",
        "выборами",
        "да",
        "选举",
        "dying",
        "die",
        "O'Brien",
        "obrien",
        "o",
        "-",
        "'",
        "’",
        "’s",
        "'s",
        "&",
        ".",
        ",",
        "+",
        "#",
        "“",
        "”",
        "—",
        "\u{ad}",
        "\u{200b}",
        "\u{301}",
        "\u{a0}",
        " ",
        " ",
        " ",
        " ",
        " ",
        "\n",
        "\t",
        "a run of plain words ",
    ];

    const WORDS: &[&str] = &[
        "election",
        "war",
        "us",
        "U.S.",
        "AT&T",
        "C++",
        "c",
        "10,000",
        "König",
        "Strasse",
        "выборы",
        "选举",
        "die",
        "O'Brien",
        "at",
    ];

    proptest! {
        #[test]
        fn no_word_is_passed_over(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60),
            typed in proptest::collection::vec(proptest::sample::select(WORDS), 1..4),
            is_exact in any::<bool>(),
            language in proptest::sample::select(&["", "en", "de", "fi", "fr", "kk", "ru", "tr"][..]),
        ) {
            let text = pieces.concat();
            let language = Language::new(language);
            let mut vocabulary = Vocabulary::new(Language::new("en"));
            for word in typed {
                let text = if is_exact { Text::Exact(word.into()) } else { Text::Word(word.into()) };
                let _ = sought(&text).try_map(&mut |word| Ok::<_, ()>(vocabulary.add(word.clone())));
            }
            let scan = Scan::of(&text, Part::Body, Needs::default(), &mut vocabulary, language);
            let (words, _, lexicon) = vocabulary.in_language(language);
            let mut all: Vec<Vec<(u32, Range<usize>)>> = vec![Vec::new(); words.len()];
            tokenize(&text, |token| {
                for &word in lexicon.sought(words, token.term, Seen::from(token.form)) {
                    if all[word].last().is_none_or(|last| last.0 < token.position) {
                        all[word].push((token.position, token.range.clone()));
                    }
                }
            });
            let places = |found: &Vec<Found>| -> Vec<_> {
                found.iter().map(|it| (it.position, it.range.clone())).collect()
            };
            let found: Vec<_> = scan.found.iter().map(places).collect();
            prop_assert_eq!(found, all, "{:?}", text);
        }
    }
}
