//! Finds the names of known organisations and places in a run of words.
//!
//! A phrase is known by its folded words; the longest phrase wins. Abbreviations must be written
//! in capitals (`WHO` is a body, `who` and `Who` are not).

use std::cmp::Reverse;
use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt as _};

use super::organisations::organisations;
use super::token::{Shape, Token, tokens};
use super::words::{Words, hash, phrase, phrase_in, phrase_of};
use crate::region::places::{Place, place_names};

/// What a known name can stand for.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Known {
    /// The organisation: its line in the table.
    pub(crate) organisation: Option<u16>,
    /// The most prominent place of this name.
    pub(crate) place: Option<Place>,
    /// Whether it counts only in capitals.
    in_capitals: bool,
}

struct Gazetteer {
    /// By the [`phrase`] of the folded words.
    known: HashMap<u64, Known>,
    /// All that place names may mean, the most prominent first, by the same.
    places: HashMap<u64, Vec<Place>>,
    /// For the first word of each phrase, how many words its longest phrase has.
    longest: HashMap<u64, usize>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::read);

/// The longest known name that starts at the token `at` and ends before `end`: how many words it
/// has, and what it is. Only words joined by blanks and hyphens are one name.
pub(crate) fn longest_match(words: &Words<'_>, at: usize, end: usize) -> Option<(usize, Known)> {
    let longest = *GAZETTEER.longest.get(&words.word.get(at)?.hash)?;
    let first = &words.tokens[at];
    let mut found = None;
    let mut key = 0;
    for next in at..end.min(at + longest) {
        let token = &words.tokens[next];
        if next > at && !token.joins() {
            break;
        }
        key = phrase(key, words.word[next].hash);
        let Some(&known) = GAZETTEER.known.get(&key) else { continue };
        if next == at && known.in_capitals && !in_capitals(first) || token.shape == Shape::Lower {
            continue;
        }
        found = Some((next + 1 - at, known));
    }
    found
}

/// All places whose name has this number, the most prominent first.
pub(crate) fn places_of(phrase: u64) -> &'static [Place] {
    GAZETTEER.places.get(&phrase).map_or(&[], Vec::as_slice)
}

/// The organisation whose name, alias or acronym has this folded form.
pub(crate) fn organisation(key: &str) -> Option<u16> {
    GAZETTEER.known.get(&phrase_of(key))?.organisation
}

/// The most prominent place whose name has this folded form.
pub(crate) fn place_of(key: &str) -> Option<Place> {
    GAZETTEER.known.get(&phrase_of(key))?.place
}

fn in_capitals(word: &Token<'_>) -> bool {
    matches!(word.shape, Shape::Upper | Shape::Caseless)
}

impl Gazetteer {
    fn read() -> Self {
        let mut gazetteer = Self {
            known: HashMap::with_capacity(16_000),
            places: HashMap::with_capacity(14_000),
            longest: HashMap::with_capacity(12_000),
        };
        for (name, place) in place_names() {
            if let Some(phrase) =
                gazetteer.add(name, Known { place: Some(place), ..Known::default() })
            {
                gazetteer.places.entry(phrase).or_default().push(place);
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each name is sorted by itself")]
        for places in gazetteer.places.values_mut() {
            places.sort_by_key(|place| Reverse(place.prominence()));
        }
        gazetteer.read_exonyms();
        for (body, number) in organisations().zip(0_u16..) {
            for name in body.names() {
                let article = name.strip_prefix("the ").or(name.strip_prefix("The "));
                gazetteer.add(
                    article.unwrap_or(name),
                    Known { organisation: Some(number), ..Known::default() },
                );
            }
        }
        gazetteer
    }

    /// Adds the names that places have in other languages.
    fn read_exonyms(&mut self) {
        for line in include_str!("exonyms.tsv").lines() {
            let Some((english, others)) = line.split_once('\t') else { continue };
            let key = phrase_in(english);
            let place = self.known.get(&key).and_then(|known| known.place).unwrap_or(Place::Area);
            for name in others.split('|') {
                self.add(name, Known { place: Some(place), ..Known::default() });
            }
        }
    }

    /// Adds a name; the number of its phrase.
    fn add(&mut self, name: &str, known: Known) -> Option<u64> {
        let words = tokens(name);
        let first = words.first()?;
        let longest = self.longest.entry(hash(&first.key)).or_default();
        *longest = words.len().max(*longest);
        let in_capitals = words.len() == 1 && first.shape == Shape::Upper;
        let key = words.iter().map(|word| hash(&word.key)).fold(0, phrase);
        let entry = self.known.entry(key).or_insert(Known { in_capitals, ..known });
        entry.in_capitals &= in_capitals;
        entry.place =
            [entry.place, known.place].into_iter().flatten().max_by_key(|place| place.prominence());
        entry.organisation = entry.organisation.or(known.organisation);
        Some(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, length: usize) {
        let words = Words::of(text);
        let found = longest_match(&words, 0, words.tokens.len()).map_or(0, |(n, _)| n);
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
