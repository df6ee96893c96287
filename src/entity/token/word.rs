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

/// The folded form of a word and how it is capitalised.
///
/// The folded form is in lower case without accents, full stops and hyphens, with straight
/// apostrophes. Nearly all words are of plain letters and take the short way.
pub(super) fn read(word: &str) -> (Cow<'_, str>, Shape) {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return (Cow::Borrowed(word), Shape::Lower);
    }
    let plain = if word.is_ascii() { plain_ascii(word) } else { plain_cyrillic(word) };
    plain.unwrap_or_else(|| (fold(word), shape(word)))
}

/// As [`read`], of a word that has nothing but letters and figures of ASCII.
fn plain_ascii(word: &str) -> Option<(Cow<'_, str>, Shape)> {
    let (mut capitals, mut small) = (0, 0);
    for byte in word.bytes() {
        match byte {
            b'a'..=b'z' => small += 1,
            b'A'..=b'Z' => capitals += 1,
            b'0'..=b'9' => {}
            _ => return None,
        }
    }
    if capitals == 0 {
        return Some((Cow::Borrowed(word), Shape::Lower));
    }
    let first = word.bytes().find(u8::is_ascii_alphabetic)?;
    let shape = if first.is_ascii_uppercase() {
        of_counts(capitals, small, capitals + small < word.len())
    } else {
        Shape::Lower
    };
    Some((Cow::Owned(word.to_ascii_lowercase()), shape))
}

/// As [`read`], of a word that has nothing but Cyrillic letters without marks.
fn plain_cyrillic(word: &str) -> Option<(Cow<'_, str>, Shape)> {
    let is_plain = |c: char| matches!(c, 'А'..='я') && !matches!(c, 'Й' | 'й');
    if !word.chars().all(is_plain) {
        return None;
    }
    let is_capital = |c: char| c <= 'Я';
    let capitals = word.chars().filter(|c| is_capital(*c)).count();
    if capitals == 0 {
        return Some((Cow::Borrowed(word), Shape::Lower));
    }
    let shape = if word.starts_with(is_capital) {
        of_counts(capitals, word.len() / 'я'.len_utf8() - capitals, false)
    } else {
        Shape::Lower
    };
    Some((Cow::Owned(word.to_lowercase()), shape))
}

/// How a word is capitalised whose first letter is a capital, by its letters.
fn of_counts(capitals: usize, small: usize, has_figures: bool) -> Shape {
    match (capitals, small) {
        (1, 0) if !has_figures => Shape::Initial,
        (_, 0) => Shape::Upper,
        _ => Shape::Capital,
    }
}

/// How `word` is capitalised.
fn shape(word: &str) -> Shape {
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
    of_counts(capitals, small, word.chars().any(char::is_numeric))
}

/// `word` in lower case without accents, full stops and hyphens, with straight apostrophes.
fn fold(word: &str) -> Cow<'_, str> {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plain_words_take_the_short_way() {
        for (word, key, written) in [
            ("said", "said", Shape::Lower),
            ("Almaty", "almaty", Shape::Capital),
            ("McDonald", "mcdonald", Shape::Capital),
            ("OSCE", "osce", Shape::Upper),
            ("G20", "g20", Shape::Upper),
            ("J", "j", Shape::Initial),
            ("20", "20", Shape::Lower),
            ("eBay", "ebay", Shape::Lower),
            ("Токаев", "токаев", Shape::Capital),
            ("СНГ", "снг", Shape::Upper),
            ("выборы", "выборы", Shape::Lower),
        ] {
            assert_eq!(read(word), (Cow::Borrowed(key), written), "for `{word}`");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_ends_where_the_long_one_does(
            word in "[A-Za-z0-9]{1,8}|[А-яЁёЙй]{1,8}|[A-Za-zА-яіїÉß.'’-]{1,8}",
        ) {
            prop_assert_eq!(read(&word), (fold(&word), shape(&word)));
        }
    }
}
