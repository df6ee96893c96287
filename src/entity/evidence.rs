//! What the article as a whole says of a word: how it is written and what stands beside it
//! anywhere in the text.
//!
//! A name is met again and again, and where one place is unclear another is not: who is
//! `President Harlow` once is a person where only `Harlow` stands (Ratinov and Roth 2009, "Design
//! challenges and misconceptions in named entity recognition", section 5).

use super::lexicon::Roles;
use super::token::{Gap, Shape};
use super::words::{StoryWords, Words};

/// What was seen of a word anywhere in a story, one bit for each observation.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Evidence(pub(super) u16);

macro_rules! evidence {
    ($($(#[$meta:meta])* $name:ident = $bit:literal,)+) => {
        impl Evidence {
            $($(#[$meta])* pub(super) const $name: Self = Self(1 << $bit);)+
        }
    };
}

evidence! {
    /// In small letters.
    SMALL = 0,
    /// With a capital in mid-sentence.
    CAPITAL = 1,
    /// After a title.
    AFTER_TITLE = 2,
    /// After a given name.
    AFTER_GIVEN = 3,
    /// After `in`, `near` and the like.
    AFTER_IN = 4,
    /// After `the`.
    AFTER_THE = 5,
    /// Before a verb of speech.
    BEFORE_SPEECH = 6,
    /// Before the last word of a body or company.
    BEFORE_BODY = 7,
    /// Before an age.
    AGED = 8,
    /// In brackets.
    IN_BRACKETS = 9,
    /// With a capital before it.
    NOT_FIRST = 10,
    /// With a capital after it.
    NOT_LAST = 11,
    /// As the first word of a pair that two hyphenated names make, or an adjective with one.
    HYPHENATED = 12,
    /// With `of` before it that follows a capital.
    AFTER_OF = 13,
    /// In capitals altogether.
    UPPER = 14,
}

impl Evidence {
    /// Whether this was seen.
    pub(super) fn has(self, wanted: Self) -> bool {
        self.0 & wanted.0 != 0
    }

    fn add(&mut self, seen: Self, condition: bool) {
        self.0 |= if condition { seen.0 } else { 0 };
    }
}

/// The evidence for each word of a story, by its number.
pub(super) fn evidence(story: &StoryWords<'_>) -> Vec<Evidence> {
    let mut evidence = vec![Evidence::default(); story.n_different];
    for words in [&story.title, &story.body] {
        for at in (0..words.tokens.len()).filter(|&at| !words.heading[at]) {
            let seen = &mut evidence[words.word[at].id as usize];
            if words.tokens[at].is_capital() {
                observe(words, at, seen);
            } else {
                seen.add(Evidence::SMALL, words.tokens[at].shape == Shape::Lower);
            }
        }
    }
    evidence
}

fn observe(words: &Words<'_>, at: usize, seen: &mut Evidence) {
    let token = &words.tokens[at];
    seen.add(Evidence::CAPITAL, !token.starts && token.shape != Shape::Initial);
    seen.add(Evidence::UPPER, token.shape == Shape::Upper);
    seen.add(Evidence::IN_BRACKETS, token.gap == Gap::Bracket);
    if at > 0 && token.joins() {
        let before = &words.tokens[at - 1];
        seen.add(Evidence::AFTER_TITLE, words.is(at - 1, Roles::TITLE));
        seen.add(Evidence::AFTER_GIVEN, before.is_capital() && words.is(at - 1, Roles::GIVEN));
        seen.add(Evidence::AFTER_IN, words.is(at - 1, Roles::LOCATIVE));
        seen.add(Evidence::AFTER_THE, before.key == "the");
        seen.add(Evidence::NOT_FIRST, before.is_capital());
        let of = before.key == "of" && at > 1 && words.tokens[at - 2].is_capital();
        seen.add(Evidence::AFTER_OF, of);
    }
    let Some(next) = words.tokens.get(at + 1) else { return };
    let is_next = |roles: Roles| words.is(at + 1, roles);
    match next.gap {
        Gap::Space if !next.is_capital() => {
            seen.add(Evidence::BEFORE_SPEECH, is_next(Roles::SPEECH));
        }
        Gap::Space => {
            seen.add(Evidence::BEFORE_BODY, is_next(Roles::BODY.or(Roles::COMPANY)));
            seen.add(Evidence::NOT_LAST, !token.possessive);
        }
        Gap::Comma => {
            let digits = next.key.len() == 2 && next.key.bytes().all(|it| it.is_ascii_digit());
            seen.add(Evidence::AGED, digits);
        }
        Gap::Hyphen => seen.add(Evidence::HYPHENATED, true),
        Gap::Ampersand | Gap::Bracket | Gap::Break => {}
    }
}
