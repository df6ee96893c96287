//! Forms of the names of persons: middle names, titles, surnames alone.

use std::collections::BTreeMap;

use super::Reason;
use super::census::Subject;
use super::groups::{Groups, NodeId};
use crate::alias::words;
use crate::article::EntityKind;

/// Words before a name that are no part of it.
const TITLES: [&str; 38] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "president",
    "premier",
    "minister",
    "chancellor",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "cardinal",
    "archbishop",
    "bishop",
    "rev",
    "senator",
    "sen",
    "rep",
    "gov",
    "governor",
    "judge",
    "justice",
    "general",
    "gen",
    "colonel",
    "col",
    "capt",
    "captain",
    "sheikh",
];

/// Words after a surname that tell apart who has it.
const GENERATIONS: [&str; 6] = ["jr", "sr", "ii", "iii", "iv", "v"];

/// A surname alone means who has it in this share of the articles with full names of that surname.
const SHARE: f64 = 0.9;

/// In fewer articles a full name proves no surname.
const LEAST_ARTICLES: u32 = 2;

/// Words that a surname has at most.
const LONGEST_SURNAME: usize = 3;

/// Proposes that names are one that differ only by titles before them: `Sir Ann Lee`.
pub(super) fn titles(groups: &mut Groups<'_>) {
    let keys = groups.keys(EntityKind::Person);
    let bare = |key: &str| {
        let rest = without_title(key)?;
        rest.contains(' ').then(|| keys.get(rest).copied()).flatten()
    };
    let found: Vec<_> = keys.iter().filter_map(|(key, from)| Some((*from, bare(key)?))).collect();
    drop(keys);
    for (from, to) in found {
        groups.propose(from, to, Reason::Title);
    }
    groups.count();
}

fn without_title(key: &str) -> Option<&str> {
    let (title, rest) = key.split_once(' ')?;
    TITLES.contains(&title).then(|| without_title(rest).unwrap_or(rest))
}

/// Proposes that names are one that differ only by middle names or initials, as long as no two with
/// the same first and last name have middle names that cannot be the same person's.
pub(super) fn middle_names(groups: &mut Groups<'_>) {
    let mut blocks: BTreeMap<(String, String), Vec<NodeId>> = BTreeMap::new();
    for root in groups.roots(EntityKind::Person) {
        if let Some(name) = Name::of(&groups.nodes[root].key) {
            let block = (name.first.to_owned(), name.last.to_owned());
            blocks.entry(block).or_default().push(root);
        }
    }
    for mut block in blocks.into_values().filter(|block| block.len() > 1) {
        let agree = block.iter().enumerate().all(|(at, &a)| {
            block[..at].iter().all(|&b| {
                let names = [a, b].map(|root| Name::of(&groups.nodes[root].key));
                matches!(names, [Some(a), Some(b)] if a.agrees(&b))
            })
        });
        if agree {
            let head = most_named(groups, &mut block);
            for other in block {
                groups.propose_in_company(other, head, Reason::MiddleName);
            }
        }
    }
    groups.count();
}

/// The root with most articles, the fewest words, and the first key; taken out of `roots`.
pub(super) fn most_named(groups: &Groups<'_>, roots: &mut Vec<NodeId>) -> NodeId {
    roots.sort_by_key(|&root| {
        let key = &groups.nodes[root].key;
        (std::cmp::Reverse(groups.articles(root)), words(key).count(), key.clone())
    });
    roots.remove(0)
}

/// A full name, taken apart.
struct Name<'k> {
    first: &'k str,
    middle: Vec<&'k str>,
    /// With what tells apart generations.
    last: &'k str,
}

impl<'k> Name<'k> {
    fn of(key: &'k str) -> Option<Self> {
        let all: Vec<&str> = words(key).collect();
        let generation = usize::from(all.last().is_some_and(|word| GENERATIONS.contains(word)));
        let last = all.len().checked_sub(1 + generation).filter(|&last| last > 0)?;
        let start = key.len() - all[last..].join(" ").len();
        Some(Self { first: all[0], middle: all[1..last].to_vec(), last: &key[start..] })
    }

    /// Whether the middle names of the one can be those of the other, some left out or shortened.
    fn agrees(&self, other: &Self) -> bool {
        let (short, long) = if self.middle.len() <= other.middle.len() {
            (&self.middle, &other.middle)
        } else {
            (&other.middle, &self.middle)
        };
        let mut rest = long.iter().flat_map(|word| spelled_out(word));
        short.iter().flat_map(|word| spelled_out(word)).all(|word| {
            rest.any(|other| {
                word == other || is_initial_of(&word, &other) || is_initial_of(&other, &word)
            })
        })
    }
}

/// `jt` for `J. T.` is two words.
fn spelled_out(word: &str) -> Vec<String> {
    let has_vowel = word.contains(['a', 'e', 'i', 'o', 'u', 'y']) || !word.is_ascii();
    match word.len() {
        2 | 3 if !has_vowel => word.chars().map(String::from).collect(),
        _ => vec![word.to_owned()],
    }
}

fn is_initial_of(initial: &str, word: &str) -> bool {
    initial.chars().nth(1).is_none() && word.starts_with(initial)
}

/// Proposes that a surname alone, or behind an initial or a title, is who nearly all full names with
/// it are.
pub(super) fn surnames(groups: &mut Groups<'_>) {
    let bearers = bearers(groups);
    let mut found = Vec::new();
    for root in groups.roots(EntityKind::Person) {
        let key = groups.nodes[root].key.as_str();
        let (initial, surname) = shortened(key);
        let Some(all) = bearers.get(surname) else { continue };
        let fits = |&&(bearer, first): &&(NodeId, char)| {
            bearer != root && initial.is_none_or(|initial| initial == first)
        };
        let mut fitting: Vec<_> = all.iter().filter(fits).map(|(bearer, _)| *bearer).collect();
        fitting.sort_unstable();
        fitting.dedup();
        if fitting.is_empty() {
            continue;
        }
        let all: u32 = fitting.iter().map(|&bearer| groups.articles(bearer)).sum();
        let bearer = most_named(groups, &mut fitting);
        let of = groups.articles(bearer);
        if of >= LEAST_ARTICLES && f64::from(of) >= SHARE * f64::from(all) {
            found.push((root, bearer, Reason::LastName { of, all }));
        }
    }
    for (root, bearer, reason) in found {
        groups.propose_in_company(root, bearer, reason);
    }
    groups.count();
}

/// The initial and the surname of a name that is shortened: `j lee`, `mr lee`, `lee`.
fn shortened(key: &str) -> (Option<char>, &str) {
    let bare = without_title(key).unwrap_or(key);
    match bare.split_once(' ') {
        Some((first, surname)) if first.chars().nth(1).is_none() => (first.chars().next(), surname),
        _ => (None, bare),
    }
}

/// Who has each surname in full, with the first letter of the name.
fn bearers(groups: &Groups<'_>) -> BTreeMap<String, Vec<(NodeId, char)>> {
    let mut bearers: BTreeMap<String, Vec<(NodeId, char)>> = BTreeMap::new();
    let person = Subject::Entity(EntityKind::Person);
    for (name, id) in groups.census.names.iter().zip(0..) {
        let Some(root) = groups.root_of(id).filter(|_| name.subject == person) else { continue };
        let bare = without_title(&name.key).unwrap_or(&name.key);
        let all: Vec<&str> = words(bare).collect();
        let is_full = all.len() > 1 && all[0].chars().nth(1).is_some();
        let Some(first) = bare.chars().next().filter(|_| is_full) else { continue };
        for start in all.len().saturating_sub(LONGEST_SURNAME).max(1)..all.len() {
            bearers.entry(all[start..].join(" ")).or_default().push((root, first));
        }
    }
    bearers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn middle_names_agree_if_they_can_be_one_persons() {
        for (a, b, agree) in [
            ("donald trump", "donald j trump", true),
            ("george w bush", "george walker bush", true),
            ("george w bush", "george hw bush", true),
            ("george w bush", "george h bush", false),
            ("michael jt guy", "michael j t guy", true),
            ("ann b lee", "ann c lee", false),
            ("ann bo cy lee", "ann cy lee", true),
        ] {
            let names = [a, b].map(|key| Name::of(key).expect("a full name"));
            assert_eq!(names[0].agrees(&names[1]), agree, "`{a}` and `{b}`");
        }
    }

    #[test]
    fn a_generation_belongs_to_the_last_name() {
        let name = Name::of("edward j debartolo jr").expect("a full name");
        assert_eq!((name.first, name.middle, name.last), ("edward", vec!["j"], "debartolo jr"));
        assert!(Name::of("trump").is_none() && Name::of("trump jr").is_none());
    }

    #[test]
    fn titles_and_initials_are_taken_off() {
        assert_eq!(shortened("president trump"), (None, "trump"));
        assert_eq!(shortened("prime minister johnson"), (None, "prime minister johnson"));
        assert_eq!(shortened("j lee"), (Some('j'), "lee"));
        assert_eq!(shortened("ann lee"), (None, "ann lee"));
    }
}
