//! Acronyms that the text defines: `International Monetary Fund (IMF)`.
//!
//! The method of Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation
//! definitions in biomedical text": read backwards from the bracket, find every letter of the
//! short form in the words before it, the first one at the start of a word.

use std::ops::Range;

use super::token::{Gap, Shape, Token};

/// A short form and the long form that stands before it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Definition {
    /// The place of the short form among the tokens.
    pub(crate) short: usize,
    /// The tokens of the long form.
    pub(crate) long: Range<usize>,
}

/// Bytes in a folded short form, at most.
const LONGEST_SHORT_FORM: usize = 10;

/// Every definition in `text`, in order; `tokens` are its words.
pub(crate) fn definitions(text: &str, tokens: &[Token<'_>]) -> Vec<Definition> {
    let definition = |(short, token): (usize, &Token<'_>)| {
        if !is_short_form(text, token) {
            return None;
        }
        Some(Definition { short, long: long_form(&token.key, &tokens[..short])? })
    };
    tokens.iter().enumerate().filter_map(definition).collect()
}

/// Whether the word stands alone in brackets and has two capitals or more: `(OSCE)`, `(AfDB)`.
fn is_short_form(text: &str, token: &Token<'_>) -> bool {
    let after = &text[token.range.end..];
    let after = after.strip_prefix(' ').unwrap_or(after);
    token.gap == Gap::Bracket
        && matches!(token.shape, Shape::Upper | Shape::Capital)
        && (after.starts_with([')', ']']) || after.starts_with("-RRB-"))
        && (2..=LONGEST_SHORT_FORM).contains(&token.key.len())
        && text[token.range.clone()].chars().filter(|c| c.is_uppercase()).nth(1).is_some()
}

/// The last of `words`, from the one whose first letter is the first of `short`.
///
/// At most min(n + 5, 2 n) words for a short form of n letters, all in one sentence.
fn long_form(short: &str, words: &[Token<'_>]) -> Option<Range<usize>> {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphanumeric()).collect();
    let window = (letters.len() + 5).min(2 * letters.len());
    let sentence = words.last()?.sentence;
    // Letters still to be found; the last of them is looked for first.
    let mut wanted = letters.len();
    for (place, word) in words.iter().enumerate().rev().take(window) {
        if word.sentence != sentence || *word.key == *short {
            return None;
        }
        for (byte, c) in word.key.char_indices().rev() {
            if c == letters[wanted - 1] && (wanted > 1 || byte == 0) {
                wanted -= 1;
                if wanted == 0 {
                    return (words.len() - place > 1).then_some(place..words.len());
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let tokens = tokens(text);
        let found = definitions(text, &tokens);
        let words = |range: Range<usize>| {
            &text[tokens[range.start].range.start..tokens[range.end - 1].range.end]
        };
        let found: Vec<_> =
            found.iter().map(|d| (words(d.short..d.short + 1), words(d.long.clone()))).collect();
        assert_eq!(found, expected, "in `{text}`");
    }

    #[test]
    fn a_long_form_goes_back_to_the_word_of_the_first_letter() {
        check(
            "Observers of the Organization for Security and Cooperation in Europe (OSCE) came.",
            &[("OSCE", "Organization for Security and Cooperation in Europe")],
        );
        check("The African Development Bank (AfDB)", &[("AfDB", "African Development Bank")]);
        check("gross domestic product (GDP) fell", &[("GDP", "gross domestic product")]);
    }

    #[test]
    fn a_bracket_that_defines_nothing_gives_nothing() {
        check("He spoke (IN ENGLISH) at length", &[]);
        check("Moscow (AFP) - The ministry", &[]);
        check("The fund (IMF)", &[]);
        check("It ended. Many Fish (IMF)", &[]);
        check("(IMF)", &[]);
    }
}
