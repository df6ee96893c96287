//! Finds the runs of capitalised words that may be names.
//!
//! A run goes on over the words that join names: particles (`Osama bin Laden`), `of` after the
//! word for a body or a place (`Bank of England`, `Gulf of Mexico`), `for` and `and` within the
//! name of a body (`Ministry of Trade and Industry`), the possessive of a group (`People's Party`).

use std::ops::Range;

use super::lexicon::Roles;
use super::token::{Gap, Shape};
use super::words::Words;

/// Words in a run, at most; names are shorter, and work per run stays bounded.
const LONGEST_RUN: usize = 14;

/// The run that starts at `start`; empty where no name can start.
pub(crate) fn run(words: &Words<'_>, start: usize) -> Range<usize> {
    let Some(mut end) = first_capital(words, start) else { return start..start };
    while end < words.tokens.len() && end - start < LONGEST_RUN {
        match step(words, start, end) {
            0 => break,
            n => end += n,
        }
    }
    start..end
}

/// The end of a run's first capitalised word: the word at `start`, or the one after an Arabic
/// article or a particle (`al-Assad`, `bin Laden`).
fn first_capital(words: &Words<'_>, start: usize) -> Option<usize> {
    let token = &words.tokens[start];
    if token.is_capital() {
        return (!words.is(start, Roles::STOP.or(Roles::CALENDAR))).then_some(start + 1);
    }
    let next = words.tokens.get(start + 1)?;
    let article = next.gap == Gap::Hyphen && words.is(start, Roles::PARTICLE);
    let particle = matches!(token.key.as_ref(), "bin" | "ibn" | "von") && next.gap == Gap::Space;
    (next.shape == Shape::Capital && (article || particle)).then_some(start + 2)
}

/// How many of the words at `end` belong to the run `start..end`.
fn step(words: &Words<'_>, start: usize, end: usize) -> usize {
    let last = end - 1;
    let token = &words.tokens[end];
    if !token.joins() {
        return 0;
    }
    if words.tokens[last].possessive {
        return usize::from(words.is(last, Roles::PEOPLE) && token.is_capital());
    }
    if token.is_capital() {
        let dated = words.is(end, Roles::CALENDAR) && !words.is(last, Roles::GIVEN);
        let stopped = words.is(end, Roles::STOP) && token.shape != Shape::Initial;
        return usize::from(!dated && !stopped);
    }
    if is_name_tail(words, start, end) {
        return 1;
    }
    let capital_after = |n: usize| {
        words.tokens.get(end + n).is_some_and(|next| {
            next.joins() && next.shape == Shape::Capital && !words.is(end + n, Roles::STOP)
        })
    };
    match token.key.as_ref() {
        "of" if words.is(last, Roles::BODY.or(Roles::SITE)) => {
            let article = words.tokens.get(end + 1).is_some_and(|next| next.key == "the");
            match article {
                true if capital_after(2) => 3,
                false if capital_after(1) => 2,
                _ => 0,
            }
        }
        "for" if words.is(last, Roles::BODY) && capital_after(1) => 2,
        "and" if capital_after(1) && in_long_name(words, start, end) => 2,
        _ if words.is(end, Roles::PARTICLE) => particles(words, end),
        _ => 0,
    }
}

/// Whether the word at `end` is the small second half of a name (`Ko Wen-je`).
fn is_name_tail(words: &Words<'_>, start: usize, end: usize) -> bool {
    let token = &words.tokens[end];
    token.gap == Gap::Hyphen
        && end - start >= 2
        && token.key.len() <= 5
        && token.key.bytes().all(|byte| byte.is_ascii_lowercase())
        && words.tokens[end - 1].shape == Shape::Capital
        && !words.is(end, Roles::ORDINARY.or(Roles::STOP).or(Roles::SPEECH))
}

/// Whether `and` goes on with the run: a body has been named with `of` or `for`, and what follows
/// begins no person's name.
fn in_long_name(words: &Words<'_>, start: usize, end: usize) -> bool {
    let opened = (start..end).any(|at| matches!(words.tokens[at].key.as_ref(), "of" | "for"));
    opened
        && !words.is(end + 1, Roles::GIVEN.or(Roles::TITLE))
        && crate::region::places::places(&words.tokens[end + 1].key).is_empty()
}

/// The particles at `end` and the capitalised word after them, as a number of words.
fn particles(words: &Words<'_>, end: usize) -> usize {
    for n in 1..=3 {
        let Some(next) = words.tokens.get(end + n) else { return 0 };
        if !next.joins() {
            return 0;
        }
        if next.shape == Shape::Capital {
            return if words.is(end + n, Roles::STOP) { 0 } else { n + 1 };
        }
        if !words.is(end + n, Roles::PARTICLE) {
            return 0;
        }
    }
    0
}
