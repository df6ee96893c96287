//! How one word is written: what belongs to it, how it is capitalised, its folded form.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Shape;

/// Abbreviations whose full stop does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "gen", "sen", "gov", "rep", "lt", "col", "maj", "capt", "sgt", "st",
    "prof", "rev", "hon", "jr", "sr", "no", "vs", "inc", "corp", "ltd", "co", "jan", "feb", "mar",
    "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "brig", "adm", "cpl", "pvt",
    "supt", "insp", "mt", "ft", "messrs", "mme", "mlle",
];

/// First parts that belong to the word after the hyphen: `Co-operation` is one word.
const PREFIXES: &[&str] = &["co", "re", "anti", "non", "pre", "post", "multi", "inter", "e"];

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Whether the mark `c` after `word`, whose last part has `letters` letters, is a part of the
/// word, given the text after it.
pub(super) fn goes_on(word: &str, letters: usize, c: char, rest: &str) -> bool {
    let next = rest.chars().next();
    let letter_follows = next.is_some_and(char::is_alphabetic);
    match c {
        // `O'Brien`, `d'Ivoire`, `Sana'a`; but `choice'Observers` are two words.
        _ if is_apostrophe(c) => {
            letter_follows && (letters <= 2 || next.is_some_and(char::is_lowercase))
        }
        // `U.S.`, `a.m.`, `J.`
        '.' if letters == 1 && word.ends_with(char::is_alphabetic) => true,
        // `Amazon.com`, `3.5`
        '.' => next.is_some_and(|next| next.is_ascii_lowercase() || next.is_ascii_digit()),
        '-' | '‐' => {
            letter_follows && PREFIXES.iter().any(|prefix| prefix.eq_ignore_ascii_case(word))
        }
        _ => false,
    }
}

/// Whether an apostrophe between `before` and `after` ends a word in the possessive.
pub(super) fn is_possessive(before: &str, after: &str) -> bool {
    let mut after = after.chars();
    match after.next() {
        Some('s' | 'S') => !after.next().is_some_and(char::is_alphanumeric),
        next => before.ends_with(['s', 'S', 'z', 'x']) && next.is_some_and(char::is_whitespace),
    }
}

pub(super) fn word_is_abbreviation(word: &str) -> bool {
    word.len() <= 6 && ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// How `word` is capitalised.
pub(super) fn shape(word: &str) -> Shape {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Shape::Lower };
    if !first.is_uppercase() {
        let elided = word
            .find(['\'', '’'])
            .is_some_and(|at| at <= 2 && word[at..].chars().nth(1).is_some_and(char::is_uppercase));
        return match first {
            _ if elided => Shape::Capital,
            _ if first.is_lowercase() => Shape::Lower,
            _ => Shape::Caseless,
        };
    }
    let (mut capitals, mut small) = (1, 0);
    for c in letters {
        if c.is_uppercase() { capitals += 1 } else { small += 1 }
    }
    match (capitals, small) {
        (1, 0) if !word.chars().any(char::is_numeric) => Shape::Initial,
        (_, 0) => Shape::Upper,
        _ => Shape::Capital,
    }
}

/// `word` in lower case without accents, full stops and hyphens, with straight apostrophes.
pub(super) fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() {
        let mut folded = word.to_ascii_lowercase();
        folded.retain(|c| !matches!(c, '.' | '-'));
        return Cow::Owned(folded);
    }
    word.nfd()
        .filter(|&c| !is_combining_mark(c) && !matches!(c, '.' | '-' | '‐'))
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, '’' | 'ʼ') { '\'' } else { c })
        .collect()
}
