//! Finds the stretches of text that may hold names: the only words that the tagger looks at.
//!
//! A run is made of words with a capital, and of small words that join such: `Bank of England`,
//! `Ministry of Trade and Industry`, `Osama bin Laden`, `Ko Wen-je`. About a fifth of the words of
//! news stand in runs.

use std::ops::Range;

use super::lexicon::Roles;
use super::token::{Gap, Shape, Token};
use super::words::Words;

/// Small words in a row that may join two with capitals (`of the`, `van de la`).
const LONGEST_JOINT: usize = 3;

/// The runs of a text outside its headlines, in order.
pub(super) fn runs(words: &Words<'_>) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < words.tokens.len() {
        if words.heading[at] || !begins(words, at) {
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        while let Some(n) = goes_on(words, at) {
            at += n;
        }
        runs.push(start..at);
    }
    runs
}

/// Whether the run is one word that is never part of a name and has its capital from the start of
/// its sentence: `The`, `He`. About a seventh of all words in runs are such.
/// They are learned from, and not asked about.
pub(super) fn is_sentence_start(words: &Words<'_>, run: &Range<usize>) -> bool {
    let token = &words.tokens[run.start];
    run.len() == 1
        && token.starts
        && token.shape == Shape::Capital
        && words.is(run.start, Roles::STOP)
        && !words.is(run.start, Roles::GIVEN.or(Roles::FAMILY).or(Roles::PARTICLE))
}

/// Whether a run can begin here: with a capital, or with a small word that belongs to one
/// (`al-Assad`, `bin Laden`).
fn begins(words: &Words<'_>, at: usize) -> bool {
    let token = &words.tokens[at];
    token.is_capital()
        || words.is(at, Roles::PARTICLE)
            && words.tokens.get(at + 1).is_some_and(|next| {
                let alone = matches!(&*token.key, "al" | "bin" | "ibn" | "von" | "van");
                next.is_capital() && (next.gap == Gap::Hyphen || alone && next.gap == Gap::Space)
            })
}

/// How many words more belong to the run that reaches `at`; `None` at its end.
fn goes_on(words: &Words<'_>, at: usize) -> Option<usize> {
    let rest = words.tokens.get(at..)?;
    let joined = rest.iter().take(LONGEST_JOINT + 1).take_while(|token| token.joins());
    for (n, token) in joined.enumerate() {
        if token.is_capital() {
            return Some(n + 1);
        }
        if n == 0 && is_name_tail(token) && !words.is(at, Roles::ORDINARY) {
            return Some(1);
        }
        let joint = words.is(at + n, Roles::PARTICLE)
            || matches!(&*token.key, "of" | "for" | "and" | "the" | "on" | "in" | "at");
        if !joint {
            return None;
        }
    }
    None
}

/// Whether the word is the small second half of a name (`Ko Wen-je`).
fn is_name_tail(token: &Token<'_>) -> bool {
    token.gap == Gap::Hyphen
        && token.key.len() <= 5
        && token.key.bytes().all(|byte| byte.is_ascii_lowercase())
}
