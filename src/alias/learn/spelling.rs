//! Names that are spelled alike, as one name is when it is brought from another script: `Toqaev`
//! and `Tokayev`, `Zelensky` and `Zelenskyy`.
//!
//! Names that sound alike are many; those are proposed that keep the same company, well above
//! chance, and seldom stand in one article, where they would be two.
//!
//! # Cost
//!
//! Each name is compared with the [`MOST_COMPARED`] most frequent of those with its sound.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Reason;
use super::groups::{Groups, NodeId};
use crate::alias::words;
use crate::article::EntityKind;
use crate::region::places::{Place, places};

const MOST_COMPARED: usize = 8;

/// How many letters of a name may differ: one of so many.
const LETTERS_A_DIFFERENCE: f64 = 0.3;

/// Shorter words that differ are other words, in letters.
const SHORTEST_WORD: usize = 4;

/// Two spellings of one name stand in the same articles no more often than this.
const TOGETHER: f64 = 0.1;

/// Proposes that names with one sound are one where they keep the same company.
pub(super) fn spellings(groups: &mut Groups<'_>) {
    for &kind in EntityKind::ALL {
        let mut blocks: BTreeMap<String, Vec<NodeId>> = BTreeMap::new();
        for root in groups.roots(kind) {
            let key = &groups.nodes[root].key;
            let sound: Vec<_> = words(key).map(sound).collect();
            if sound.iter().any(|word| word.chars().nth(1).is_some()) {
                blocks.entry(sound.join(" ")).or_default().push(root);
            }
        }
        for mut block in blocks.into_values().filter(|block| block.len() > 1) {
            block.sort_by_key(|&root| {
                (Reverse(groups.articles(root)), groups.nodes[root].key.clone())
            });
            compare(groups, kind, &block);
        }
    }
    groups.count();
}

/// Compares each of `block`, the most frequent first, with those before it.
fn compare(groups: &mut Groups<'_>, kind: EntityKind, block: &[NodeId]) {
    for (at, &root) in block.iter().enumerate().skip(1) {
        for &other in &block[..at.min(MOST_COMPARED)] {
            let (a, b) = (&groups.nodes[root].key, &groups.nodes[other].key);
            if !are_alike(a, b) || kind == EntityKind::Place && are_known_to_differ(a, b) {
                continue;
            }
            let company = groups.company(root, other);
            if company.together <= TOGETHER && company.is_well_above_chance() {
                groups.propose(root, other, Reason::Spelling);
                break;
            }
        }
    }
}

/// Whether the places of these names are known, and are two.
fn are_known_to_differ(a: &str, b: &str) -> bool {
    let (a, b): (Option<&Place>, Option<&Place>) = (places(a).first(), places(b).first());
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

/// Whether names differ in few letters of words that are not short, and not as the names of a man
/// and a woman do.
fn are_alike(a: &str, b: &str) -> bool {
    let differ = |(a, b): (&str, &str)| {
        let is_short = a.chars().count().max(b.chars().count()) < SHORTEST_WORD;
        a != b && (is_short || without_ending(a) == without_ending(b))
    };
    if words(a).zip(words(b)).any(differ) {
        return false;
    }
    let (a, b) = (latin(a), latin(b));
    let longest = u16::try_from(a.chars().count().max(b.chars().count())).unwrap_or(u16::MAX);
    f64::from(differences(&a, &b)) <= (f64::from(longest) * LETTERS_A_DIFFERENCE).floor()
}

/// A word without the vowel at its end: `ivanov` of `ivanova`, `francesc` of both forms.
fn without_ending(word: &str) -> &str {
    let rest = word.trim_end_matches(['a', 'e', 'o', 'а']);
    if rest.len() < 3 { word } else { rest }
}

/// A word as it sounds, roughly: its consonants, those that change with the spelling as one, and a
/// mark for a vowel at its beginning.
fn sound(word: &str) -> String {
    let mut sound = String::new();
    let latin = latin(word);
    let mut rest = latin.strip_prefix(['y', 'j']).unwrap_or(&latin);
    if rest.starts_with(['a', 'e', 'i', 'o', 'u']) {
        sound.push('a');
    }
    while let Some(c) = rest.chars().next() {
        let (length, heard) = match c {
            _ if rest.starts_with("ph") => (2, Some('f')),
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'j' | 'h' => (1, None),
            'c' if rest[1..].starts_with(['e', 'i', 'y', 'h']) => (1, Some('s')),
            'c' | 'q' | 'g' => (1, Some('k')),
            'w' => (1, Some('v')),
            'z' => (1, Some('s')),
            c => (c.len_utf8(), Some(c)),
        };
        sound.extend(heard.filter(|&heard| !sound.ends_with(heard)));
        rest = &rest[length..];
    }
    sound
}

/// Cyrillic letters in Latin ones, after BGN/PCGN; `x` is what it stands for, too.
fn latin(word: &str) -> String {
    let mut latin = String::with_capacity(word.len());
    for c in word.chars() {
        latin.push_str(match c {
            'а' | 'ә' => "a",
            'б' => "b",
            'в' => "v",
            'г' | 'ғ' | 'ґ' => "g",
            'д' => "d",
            'е' | 'э' | 'є' => "e",
            'ё' => "yo",
            'ж' => "zh",
            'з' => "z",
            'и' | 'і' | 'ї' => "i",
            'й' | 'ы' => "y",
            'к' => "k",
            'қ' => "q",
            'л' => "l",
            'м' => "m",
            'н' => "n",
            'ң' => "ng",
            'о' | 'ө' => "o",
            'п' => "p",
            'р' => "r",
            'с' => "s",
            'т' => "t",
            'у' | 'ү' | 'ұ' => "u",
            'ф' => "f",
            'х' | 'һ' => "kh",
            'ц' => "ts",
            'ч' => "ch",
            'ш' => "sh",
            'щ' => "shch",
            'ъ' | 'ь' => "",
            'ю' => "yu",
            'я' => "ya",
            'x' => "ks",
            c => {
                latin.push(c);
                continue;
            }
        });
    }
    latin
}

/// How many letters are wrong, missing or surplus (Levenshtein 1966).
fn differences(a: &str, b: &str) -> u16 {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<u16> = (0..).take(b.len() + 1).collect();
    for (a, i) in a.chars().zip(1..) {
        let mut corner = std::mem::replace(&mut row[0], i);
        for (j, &b) in b.iter().enumerate() {
            let changed = corner + u16::from(a != b);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, alike: bool) {
        let sounds = [a, b].map(|key| words(key).map(sound).collect::<Vec<_>>());
        assert_eq!(sounds[0] == sounds[1] && are_alike(a, b), alike, "`{a}` {sounds:?} `{b}`");
    }

    #[test]
    fn spellings_of_one_name_are_alike() {
        for (a, b) in [
            ("toqaev", "tokayev"),
            ("qasym jomart toqaev", "kassym jomart tokayev"),
            ("zelensky", "zelenskyy"),
            ("zelenskiy", "zelensky"),
            ("volodymyr zelensky", "vladimir zelenskiy"),
            ("gaddafi", "qaddafi"),
            ("gadhafi", "qaddafi"),
            ("muhammad", "mohammed"),
            ("yevgeny prigozhin", "evgeny prigozhin"),
            ("токаев", "tokayev"),
            ("osama bin laden", "usama bin ladin"),
            ("xi jinping", "xi jin ping"),
        ] {
            let one_word_less = words(a).count() != words(b).count();
            check(a, b, !one_word_less);
        }
    }

    #[test]
    fn other_names_are_not() {
        for (a, b) in [
            ("ivanov", "ivanova"),
            ("francesco rossi", "francesca rossi"),
            ("kerr", "gore"),
            ("iran", "iraq"),
            ("brown", "browning"),
            ("ann lee", "ann low"),
            ("lee", "lu"),
        ] {
            check(a, b, false);
        }
    }

    #[test]
    fn places_that_are_known_are_told_apart() {
        assert!(are_known_to_differ("niger", "nigeria"));
        assert!(!are_known_to_differ("almaty", "almatty"));
    }
}
