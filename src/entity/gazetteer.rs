//! Finds the names of known organisations and places in a run of words.
//!
//! A phrase is known by its folded words; the longest phrase wins. Abbreviations must be written
//! in capitals (`WHO` is a body, `who` and `Who` are not).

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt as _};

use super::token::{Shape, Token, name_key, tokens};
use crate::region::places;

/// What a known name can stand for.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Known {
    /// The organisation: its line in the table.
    pub(crate) organisation: Option<u16>,
    /// Whether it is a place too.
    pub(crate) place: bool,
    /// Whether it counts only in capitals.
    in_capitals: bool,
}

struct Gazetteer {
    known: HashMap<String, Known>,
    /// For the first word of each phrase, how many words its longest phrase has.
    longest: HashMap<String, usize>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::read);

/// The longest known name that starts at the first of `words`: how many words it has, and what it
/// is. Only words joined by blanks and hyphens are one name.
pub(crate) fn longest_match(words: &[Token<'_>]) -> Option<(usize, Known)> {
    let first = words.first()?;
    let longest = *GAZETTEER.longest.get(first.key.as_ref())?;
    let joined = 1 + words[1..].iter().take(longest - 1).take_while(|word| word.joins()).count();
    let mut key = String::with_capacity(32);
    let mut found = None;
    for (n, word) in words[..joined].iter().enumerate() {
        if n > 0 {
            key.push(' ');
        }
        key.push_str(&word.key);
        let Some(&known) = GAZETTEER.known.get(key.as_str()) else { continue };
        if n == 0 && known.in_capitals && !in_capitals(first) || word.shape == Shape::Lower {
            continue;
        }
        found = Some((n + 1, known));
    }
    found
}

/// The organisation with this name, alias or acronym.
pub(crate) fn organisation(name: &str) -> Option<u16> {
    GAZETTEER.known.get(&name_key(name))?.organisation
}

fn in_capitals(word: &Token<'_>) -> bool {
    matches!(word.shape, Shape::Upper | Shape::Caseless)
}

impl Gazetteer {
    fn read() -> Self {
        let mut gazetteer =
            Self { known: HashMap::with_capacity(16_000), longest: HashMap::with_capacity(12_000) };
        for name in places::place_names() {
            gazetteer.add(name, Known { place: true, ..Known::default() });
            for case in places::russian_cases(name) {
                gazetteer.add(&case, Known { place: true, ..Known::default() });
            }
        }
        let lines = include_str!("organisations.tsv").lines().skip(1);
        for (line, number) in lines.zip(0_u16..) {
            let mut fields = line.split('\t');
            let names = [fields.next(), fields.next()].into_iter().flatten();
            let aliases = fields.next().into_iter().flat_map(|field| field.split('|'));
            for name in names.chain(aliases) {
                let article = name.strip_prefix("the ").or(name.strip_prefix("The "));
                gazetteer.add(
                    article.unwrap_or(name),
                    Known { organisation: Some(number), ..Known::default() },
                );
            }
        }
        gazetteer
    }

    fn add(&mut self, name: &str, known: Known) {
        let words = tokens(name);
        let Some(first) = words.first() else { return };
        let longest = self.longest.entry(first.key.to_string()).or_default();
        *longest = words.len().max(*longest);
        let in_capitals = words.len() == 1 && first.shape == Shape::Upper;
        let entry = self.known.entry(name_key(name)).or_insert(Known { in_capitals, ..known });
        entry.in_capitals &= in_capitals;
        entry.place |= known.place;
        entry.organisation = entry.organisation.or(known.organisation);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, length: usize) {
        let found = longest_match(&tokens(text)).map_or(0, |(words, _)| words);
        assert_eq!(found, length, "for `{text}`");
    }

    #[test]
    fn the_longest_known_name_wins() {
        for (text, length) in [
            ("New York Times", 3),
            ("New York, Times", 2),
            ("Guinea-Bissau votes", 2),
            ("Guinea votes", 1),
            ("People's Liberation Army units", 3),
            ("Côte d’Ivoire", 2),
            ("Организация", 0),
            ("Казахстана", 1),
            ("", 0),
        ] {
            check(text, length);
        }
    }

    #[test]
    fn an_abbreviation_counts_only_in_capitals() {
        for (text, length) in [
            ("WHO", 1),
            ("Who", 0),
            ("who", 0),
            ("US", 1),
            ("Us", 0),
            ("U.S.", 1),
            ("Nato", 1),
            ("NATO", 1),
        ] {
            check(text, length);
        }
    }
}
