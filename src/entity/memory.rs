//! What the article as a whole says of its names.
//!
//! A lone surname is the person named in full elsewhere; an unknown word is what it is used as
//! (`in X`, `X said`); one name is of one kind throughout where two namings of three agree.

use foldhash::{HashMap, HashSet};

use super::classify::{Candidate, Reading};
use super::lexicon::Roles;
use super::token::{Gap, Shape};
use super::words::{Usage, Words};
use crate::article::EntityKind;
use crate::region::places::{Place, places};

/// How often a name was used as each kind.
#[derive(Clone, Copy, Debug, Default)]
struct Votes {
    person: u32,
    organisation: u32,
    place: u32,
}

impl Votes {
    fn add(&mut self, kind: EntityKind, n: u32) {
        match kind {
            EntityKind::Person => self.person += n,
            EntityKind::Organisation => self.organisation += n,
            EntityKind::Place => self.place += n,
        }
    }

    /// The kind with at least twice the votes of the other two together.
    fn winner(self) -> Option<EntityKind> {
        let all = self.person + self.organisation + self.place;
        [
            (self.person, EntityKind::Person),
            (self.organisation, EntityKind::Organisation),
            (self.place, EntityKind::Place),
        ]
        .into_iter()
        .find(|&(votes, _)| votes > 0 && 3 * votes >= 2 * all)
        .map(|(_, kind)| kind)
    }
}

/// The names of one article, as far as they are settled.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// The last words of the persons named in full.
    surnames: HashSet<String>,
    /// The first words of the same.
    first_names: HashSet<String>,
    votes: HashMap<String, Votes>,
}

/// A certain reading weighs more than the look of a name, or the word beside it.
const CERTAIN: u32 = 4;

/// Words of a person's name that may stand for the whole.
const LONGEST_SURNAME: usize = 4;

impl Memory {
    /// Learns from the candidates of a text.
    pub(crate) fn learn(&mut self, words: &Words<'_>, candidates: &[Candidate]) {
        for candidate in candidates {
            self.learn_person(words, candidate);
            let key = words.key(candidate.words.start, candidate.words.end);
            let votes = self.votes.entry(key).or_default();
            match candidate.reading {
                Reading::Certain(kind) => votes.add(kind, CERTAIN),
                Reading::Likely(kind) => votes.add(kind, 1),
                Reading::Open => {}
            }
            if let Some((kind, n)) = use_in_sentence(words, candidate) {
                votes.add(kind, n);
            }
        }
    }

    fn learn_person(&mut self, words: &Words<'_>, candidate: &Candidate) {
        let range = &candidate.words;
        if candidate.reading.kind() != Some(EntityKind::Person) || range.len() < 2 {
            return;
        }
        let shortest = range.end.saturating_sub(LONGEST_SURNAME).max(range.start + 1);
        for start in shortest..range.end {
            if words.tokens[start].gap != Gap::Hyphen {
                self.surnames.insert(words.key(start, range.end));
            }
        }
        self.first_names.insert(words.key(range.start, range.start + 1));
    }

    /// The kind of a candidate, now that all are known; `None` where it is no name after all.
    pub(crate) fn settle(
        &self,
        words: &Words<'_>,
        usage: &Usage<'_>,
        candidate: &Candidate,
    ) -> Option<EntityKind> {
        let range = &candidate.words;
        let key = words.key(range.start, range.end);
        let votes = self.votes.get(&key).copied().unwrap_or_default();
        let known_body = candidate.reading == Reading::Certain(EntityKind::Organisation);
        let known_country = is_country(&key) && votes.place >= CERTAIN;
        if self.surnames.contains(&key) && !known_body && !known_country {
            return Some(EntityKind::Person);
        }
        let shaky = range.len() == 1
            && words.tokens[range.start].starts
            && !matches!(candidate.reading, Reading::Certain(_))
            && !usage.is_name(&words.tokens[range.start].key);
        if shaky {
            return None;
        }
        match candidate.reading {
            Reading::Certain(kind) | Reading::Likely(kind) => Some(votes.winner().unwrap_or(kind)),
            Reading::Open => self.settle_open(words, range.start, &key, votes),
        }
    }

    fn settle_open(
        &self,
        words: &Words<'_>,
        at: usize,
        key: &str,
        votes: Votes,
    ) -> Option<EntityKind> {
        if self.first_names.contains(key) {
            return Some(EntityKind::Person);
        }
        if words.is(at, Roles::ORDINARY) {
            return None;
        }
        // News names a person in full first, so a lone `Victoria` is rather the place.
        let fallback = || match places(key).first() {
            Some(_) => Some(EntityKind::Place),
            None => words.is(at, Roles::GIVEN).then_some(EntityKind::Person),
        };
        votes.winner().or_else(fallback)
    }
}

fn is_country(key: &str) -> bool {
    matches!(places(key).first(), Some(Place::Country(_)))
}

/// What the words beside a candidate say of its kind, and how loudly.
fn use_in_sentence(words: &Words<'_>, candidate: &Candidate) -> Option<(EntityKind, u32)> {
    let range = &candidate.words;
    let next = words.tokens.get(range.end);
    let speaks = next.is_some_and(|next| {
        next.gap == Gap::Space && next.shape == Shape::Lower && words.is(range.end, Roles::SPEECH)
    });
    let aged = next.is_some_and(|next| {
        next.gap == Gap::Comma
            && next.key.len() == 2
            && next.key.bytes().all(|b| b.is_ascii_digit())
    });
    let before = words.before(range.start);
    let has_before = |roles: Roles| before.is_some_and(|at| words.is(at, roles));
    if aged || has_before(Roles::TITLE) {
        Some((EntityKind::Person, 2))
    } else if speaks && candidate.reading == Reading::Open {
        Some((EntityKind::Person, 1))
    } else if has_before(Roles::LOCATIVE) && candidate.reading == Reading::Open {
        Some((EntityKind::Place, 1))
    } else {
        None
    }
}
