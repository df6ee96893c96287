//! When two spellings are one name.

use std::collections::BTreeMap;

use crate::analysis::fold;
use crate::entity::token::tokens;

/// By what a name is compared: its words in lower case, without accents, apostrophes, hyphens and
/// full stops, one blank between them, initials side by side as one word.
///
/// `J. K. Rowling` and `J.K. ROWLING`, `Guinea-Bissau` and `Guinea Bissau`, `U.S.` and `US` are one
/// name each. Empty for a text without a letter or digit.
pub(crate) fn key(name: &str) -> String {
    if is_plain(name) { name.to_ascii_lowercase() } else { key_of_any(name) }
}

/// Whether a name is nothing but words of two or more letters of ASCII, one blank between them: most
/// names are, and counting looks at all of them.
fn is_plain(name: &str) -> bool {
    let is_word = |word: &[u8]| word.len() > 1 && word.iter().all(u8::is_ascii_alphabetic);
    name.as_bytes().split(|&byte| byte == b' ').all(is_word)
}

fn key_of_any(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    // Whether the last word of the key is made of initials.
    let mut initials = false;
    for token in tokens(name) {
        let word = fold(&token.key);
        let word = word.chars().filter(|c| !matches!(c, '\'' | '’'));
        let is_initial = word.clone().nth(1).is_none() && word.clone().all(char::is_alphabetic);
        let goes_on = initials && is_initial;
        if !key.is_empty() && !goes_on {
            key.push(' ');
        }
        key.extend(word);
        initials = is_initial;
    }
    key
}

/// The words of a key.
pub(crate) fn words(key: &str) -> impl DoubleEndedIterator<Item = &str> {
    key.split(' ').filter(|word| !word.is_empty())
}

/// Whether the words of the key `part` stand side by side in the key `whole`.
pub(crate) fn holds_words(whole: &str, part: &str) -> bool {
    let ends = |at: usize| at == 0 || whole.as_bytes()[at - 1] == b' ';
    let begins = |at: usize| at == whole.len() || whole.as_bytes()[at] == b' ';
    let mut places = whole.match_indices(part);
    !part.is_empty() && places.any(|(at, _)| ends(at) && begins(at + part.len()))
}

/// Whether the letters of the key `short` are first letters of words of the key `long`, in order,
/// that of its first word and of every second at least: `osce` of `organization for security and
/// cooperation in europe`.
pub(crate) fn abbreviates(short: &str, long: &str) -> bool {
    let initials: Vec<char> = words(long).filter_map(|word| word.chars().next()).collect();
    let letters = short.chars().count();
    let mut rest = initials.iter();
    letters > 1
        && initials.len() <= 2 * letters
        && initials.first().copied() == short.chars().next()
        && short.chars().all(|letter| rest.any(|&initial| initial == letter))
}

/// The spelling that most articles have. One in capitals gives way to the first that is not and is
/// no rarer than a fourth of it: headlines and datelines are capitals, and abbreviations stay.
pub(crate) fn usual_spelling(spellings: &BTreeMap<String, u64>) -> Option<&str> {
    let is_shouted = |text: &str| !text.chars().any(char::is_lowercase);
    // Of equals the last is taken: the first in the alphabet stands last.
    let most = |shouted: bool| {
        let of_kind = spellings.iter().rev().filter(move |(text, _)| is_shouted(text) == shouted);
        of_kind.max_by_key(|(_, articles)| **articles)
    };
    let usual = match (most(true), most(false)) {
        (Some((_, loud)), Some(quiet)) if quiet.1.saturating_mul(4) >= *loud => Some(quiet),
        (loud, quiet) => loud.or(quiet),
    };
    usual.map(|(text, _)| text.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn plain_names_have_the_key_that_any_name_has(
            name in "[A-Za-z]{2,6}( [A-Za-z]{2,6}){0,3}",
        ) {
            prop_assert!(is_plain(&name));
            prop_assert_eq!(name.to_ascii_lowercase(), key_of_any(&name));
        }
    }

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (names, expected) in [
            ("Kassym-Jomart Tokayev|KASSYM JOMART TOKAYEV", "kassym jomart tokayev"),
            ("J. K. Rowling|J.K. Rowling|JK Rowling", "jk rowling"),
            ("U.S.|US|U. S.", "us"),
            ("Łukasz Żak|Lukasz Zak", "lukasz zak"),
            ("O'Brien|O’Brien|OBrien", "obrien"),
            ("Donald J. Trump", "donald j trump"),
            ("Co-operation Council|Cooperation Council", "cooperation council"),
            ("Токаев|ТОКАЕВ", "токаев"),
            ("***|", ""),
        ] {
            for name in names.split('|') {
                assert_eq!(key(name), expected, "for `{name}`");
            }
        }
    }

    #[test]
    fn words_are_held_side_by_side_and_whole() {
        for (whole, part, held) in [
            ("kassym jomart tokayev", "tokayev", true),
            ("kassym jomart tokayev", "jomart tokayev", true),
            ("kassym jomart tokayev", "kassym tokayev", false),
            ("kassym jomart tokayev", "kassy", false),
            ("anna ann", "ann", true),
            ("ann", "", false),
        ] {
            assert_eq!(holds_words(whole, part), held, "`{part}` in `{whole}`");
        }
    }

    #[test]
    fn an_abbreviation_is_made_of_first_letters() {
        for (short, long, fits) in [
            ("osce", "organization for security and cooperation in europe", true),
            ("afp", "agence france presse", true),
            ("amc", "american motors corp", true),
            ("wss", "whistleblower julian assange", false),
            ("ge", "general electric co", true),
            ("ge", "general workers trades and electric union", false),
            ("iss", "international space", false),
            ("a", "association", false),
        ] {
            assert_eq!(abbreviates(short, long), fits, "`{short}` of `{long}`");
        }
    }

    #[test]
    fn the_usual_spelling_is_that_of_most_articles() {
        let usual = |spellings: &[(&str, u64)]| {
            let all = spellings.iter().map(|&(text, n)| (text.to_owned(), n)).collect();
            usual_spelling(&all).map(str::to_owned)
        };
        assert_eq!(usual(&[("NEW YORK", 4), ("New York", 1)]).as_deref(), Some("New York"));
        assert_eq!(usual(&[("NATO", 5), ("Nato", 1)]).as_deref(), Some("NATO"));
        assert_eq!(usual(&[("Zelensky", 1), ("Zelenskyy", 2)]).as_deref(), Some("Zelenskyy"));
        assert_eq!(usual(&[("U.S.", 2), ("US", 2)]).as_deref(), Some("U.S."));
        assert_eq!(usual(&[]), None);
    }
}
