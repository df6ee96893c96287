//! How names are read in languages other than English.
//!
//! The model has learned English words; but how names are written, what stands in gazetteers and
//! what the rest of an article says, holds elsewhere, too. Here is what other languages do with
//! names: articles and prepositions before them (`El Banco`, `von Görlitz`), bodies whose second
//! word is small (`Union africaine`, `Центральный банк`), nouns with capitals (German). Scripts
//! without capitals give only what the gazetteer knows.

use std::ops::Range;

use super::Story;
use super::cyrillic::is_cyrillic;
use super::evidence::Evidence;
use super::gazetteer::longest_match;
use super::lexicon::Roles;
use super::settle::known;
use super::tagger::Tagged;
use super::token::{Gap, Shape};
use super::words::Words;
use crate::article::{EntityKind, Language};
use crate::region::places::Place;

/// How a text is read, by its language.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Reader {
    English,
    Foreign,
    /// All nouns have capitals.
    German,
}

/// Letters by which the script of a text is told.
const LETTERS: usize = 400;

/// Where the letters of Latin script end.
const SCRIPTS_BEYOND_LATIN: char = '\u{370}';

impl Reader {
    /// How to read a story: by its language, or else by the script that it begins in.
    pub(super) fn of(story: &Story<'_>) -> Self {
        match story.language.as_ref().map(Language::as_str) {
            Some("en") => Self::English,
            Some("de") => Self::German,
            Some(_) => Self::Foreign,
            None => {
                let letters = story.body.chars().filter(|c| c.is_alphabetic()).take(LETTERS);
                let latin = letters.clone().filter(|c| *c < SCRIPTS_BEYOND_LATIN).count();
                if 2 * latin >= letters.count() { Self::English } else { Self::Foreign }
            }
        }
    }

    /// What the tagger found, as this language has it.
    pub(super) fn read(
        self,
        words: &Words<'_>,
        evidence: &[Evidence],
        found: Vec<Tagged>,
    ) -> Vec<Tagged> {
        if self == Self::English {
            return found;
        }
        let parted = found.into_iter().flat_map(|it| parted(words, it));
        let believed = parted.filter(|it| self.believes(words, evidence, it));
        let found: Vec<Tagged> = believed.map(|it| as_acronym(words, it)).collect();
        complete(words, found)
    }

    /// Whether what the tagger found counts.
    fn believes(self, words: &Words<'_>, evidence: &[Evidence], tagged: &Tagged) -> bool {
        let range = &tagged.words;
        match self {
            Self::English => true,
            Self::Foreign if range.len() > 1 => true,
            Self::Foreign => {
                let seen = evidence[words.word[range.start].id as usize];
                let used = [Evidence::AFTER_IN, Evidence::AFTER_TITLE, Evidence::AFTER_GIVEN];
                let in_use = !seen.has(Evidence::SMALL) && used.into_iter().any(|it| seen.has(it));
                in_use || says_itself(words, range)
            }
            Self::German => says_itself(words, range),
        }
    }
}

/// The names with those that the words alone tell where the tagger found none.
fn complete(words: &Words<'_>, found: Vec<Tagged>) -> Vec<Tagged> {
    let mut all: Vec<Tagged> = Vec::with_capacity(found.len());
    let mut found = found.into_iter().peekable();
    let mut at = 0;
    while at < words.tokens.len() {
        let covered = found.next_if(|it| it.words.start <= at);
        let body = body_at(words, at);
        if let Some(n) = body {
            // It covers what was found within it.
            let end = covered.as_ref().map_or(at + n, |it| it.words.end.max(at + n));
            while found.next_if(|it| it.words.start < end).is_some() {}
            all.push(Tagged { words: at..end, kind: EntityKind::Organisation });
            at = end;
        } else if let Some(tagged) = covered {
            at = tagged.words.end;
            all.push(tagged);
        } else {
            let limit = found.peek().map_or(words.tokens.len(), |it| it.words.start);
            match known_at(words, at, limit) {
                Some(tagged) => {
                    at = tagged.words.end;
                    all.push(tagged);
                }
                None => at += 1,
            }
        }
    }
    all
}

/// A known place or an acronym at `at`, where the tagger found nothing.
fn known_at(words: &Words<'_>, at: usize, limit: usize) -> Option<Tagged> {
    let token = &words.tokens[at];
    if !token.is_capital() || words.heading[at] || words.is(at, Roles::STOP) {
        return None;
    }
    if let Some((n, known)) = longest_match(words, at, limit) {
        let (place, body) = (known.place, known.organisation);
        let located = at > 0 && words.is(at - 1, Roles::LOCATIVE);
        let counts = match place {
            Some(Place::Country(_) | Place::Part(_) | Place::Capital(_)) => true,
            Some(_) => located,
            None => n > 1 || token.shape == Shape::Upper,
        };
        let kind = if place.is_some() && body.is_none() {
            EntityKind::Place
        } else {
            EntityKind::Organisation
        };
        return counts.then_some(Tagged { words: at..at + n, kind });
    }
    is_acronym(words, at).then_some(Tagged { words: at..at + 1, kind: EntityKind::Organisation })
}

/// Whether the words alone tell a name: a known one, a given name, a cue word, an acronym.
fn says_itself(words: &Words<'_>, range: &Range<usize>) -> bool {
    let cue = Roles::BODY.or(Roles::BODY_HEAD).or(Roles::COMPANY);
    let titled = range.start > 0 && words.is(range.start - 1, Roles::TITLE);
    let given = range.len() > 1 && words.is(range.start, Roles::GIVEN);
    let cued = range.len() > 1 && range.clone().any(|at| words.is(at, cue));
    let acronym = range.clone().any(|at| words.tokens[at].shape == Shape::Upper);
    titled || given || cued || acronym || known(words, range).is_some()
}

/// Letters of an acronym, at least and at most.
const ACRONYM: Range<usize> = 2..7;

/// Whether the word stands alone in capitals among others that do not (`МВФ`, `CGT`).
fn is_acronym(words: &Words<'_>, at: usize) -> bool {
    let token = &words.tokens[at];
    let beside = |at: Option<usize>| {
        let other = at.and_then(|at| words.tokens.get(at));
        other.is_some_and(|it| it.line == token.line && it.shape == Shape::Upper)
    };
    token.shape == Shape::Upper
        && ACRONYM.contains(&token.key.chars().count())
        && !words.is(at, Roles::THING.or(Roles::STOP))
        && !beside(at.checked_sub(1))
        && !beside(Some(at + 1))
}

/// An acronym that is no known place is a body.
fn as_acronym(words: &Words<'_>, tagged: Tagged) -> Tagged {
    let Tagged { words: range, kind } = tagged;
    let place = known(words, &range).is_some_and(|it| it.place.is_some());
    let body = range.len() == 1 && !place && is_acronym(words, range.start);
    Tagged { words: range, kind: if body { EntityKind::Organisation } else { kind } }
}

/// Articles and prepositions that stand before names and, at the head of a sentence, have a capital.
const BEFORE_NAMES: [&str; 30] = [
    "el", "la", "los", "las", "lo", "al", "del", "le", "les", "l", "d", "un", "une", "una", "der",
    "die", "das", "den", "dem", "des", "von", "o", "a", "os", "as", "do", "da", "il", "gli", "i",
];

/// A name without what stands before it, and the country before a person by itself: `El` Banco,
/// Bürgermeisterin `von` Görlitz, `Казахстана` Аскар Жумабаев.
fn parted(words: &Words<'_>, tagged: Tagged) -> impl Iterator<Item = Tagged> + use<> {
    let Tagged { words: mut range, mut kind } = tagged;
    let mut place = None;
    while range.len() > 1 && known(words, &range).is_none() {
        let first = &words.tokens[range.start];
        let before = BEFORE_NAMES.contains(&&*first.key)
            && (first.starts
                || first.shape == Shape::Lower
                || words.is(range.start + 1, Roles::BODY_HEAD))
            && words.tokens[range.start + 1].gap == Gap::Space;
        let office = range.start > 0 && words.is(range.start - 1, Roles::TITLE);
        let rest = known(words, &(range.start + 1..range.end));
        let noun = first.starts && rest.is_some_and(|it| it.organisation.is_some());
        if noun {
            kind = EntityKind::Organisation;
            range.start += 1;
        } else if before && (office || first.key != "von") {
            if office && first.key == "von" {
                kind = EntityKind::Place;
            }
            range.start += 1;
        } else if kind == EntityKind::Person && range.len() > 2 && is_cyrillic(&first.key) {
            let country = known(words, &(range.start..range.start + 1));
            if !matches!(country.and_then(|it| it.place), Some(Place::Country(_))) {
                break;
            }
            let words = range.start..range.start + 1;
            place = Some(Tagged { words, kind: EntityKind::Place });
            range.start += 1;
        } else {
            break;
        }
    }
    place.into_iter().chain([Tagged { words: range, kind }])
}

/// Words of a body that [`body_at`] tells, at most.
const LONGEST_BODY: usize = 8;

/// How many words the name of a body has that begins at `at`, where its cue word is the first
/// (`Union africaine`, `Служба безпеки України`) or, small, the second (`Центральный банк`).
fn body_at(words: &Words<'_>, at: usize) -> Option<usize> {
    let first = &words.tokens[at];
    if first.shape != Shape::Capital || words.heading[at] {
        return None;
    }
    let cyrillic = is_cyrillic(&first.key);
    let goes_on = |next: usize| {
        let token = words.tokens.get(next)?;
        (token.gap == Gap::Space).then_some(token)
    };
    let mut end = at + 1;
    if !words.is(at, Roles::BODY_HEAD) {
        let second = goes_on(end)?;
        let cued = cyrillic && second.shape == Shape::Lower && is_adjective(&first.key);
        if !cued || !words.is(end, Roles::BODY) {
            return None;
        }
        end += 1;
    }
    while end - at < LONGEST_BODY {
        let Some(next) = goes_on(end) else { break };
        let small = next.shape == Shape::Lower && is_of_body(&next.key, cyrillic);
        if small || next.shape == Shape::Capital && !words.is(end, Roles::GIVEN) {
            end += 1;
            continue;
        }
        // `de la Nación`
        let is_joint = |at: &usize| {
            goes_on(*at).is_some_and(|it| it.shape == Shape::Lower)
                && words.is(*at, Roles::PARTICLE)
        };
        let joints = (end..end + 2).take_while(is_joint).count();
        if joints == 0 || goes_on(end + joints).is_none_or(|it| it.shape != Shape::Capital) {
            break;
        }
        end += joints + 1;
    }
    (end - at > 1).then_some(end - at)
}

/// Whether the folded word is a Slavic adjective.
fn is_adjective(key: &str) -> bool {
    const ENDS: [&str; 20] = [
        "ыи",
        "ии",
        "ои",
        "ая",
        "яя",
        "ое",
        "ого",
        "его",
        "ому",
        "ему",
        "ым",
        "им",
        "ом",
        "ем",
        "ую",
        "юю",
        "ських",
        "ськии",
        "ськоі",
        "ська",
    ];
    ENDS.iter().any(|end| key.ends_with(end))
}

/// Whether a small word is of the kind that goes on the name of a body: an adjective of the
/// Romance languages, a genitive of the Slavic ones.
fn is_of_body(key: &str, cyrillic: bool) -> bool {
    const ROMANCE: [&str; 22] = [
        "national",
        "nationale",
        "centrale",
        "central",
        "europeenne",
        "europeen",
        "africaine",
        "africain",
        "generale",
        "general",
        "internationale",
        "international",
        "mondiale",
        "federale",
        "federal",
        "nacional",
        "internacional",
        "europea",
        "europeia",
        "africana",
        "constitutionnelle",
        "supreme",
    ];
    const SLAVIC: [&str; 13] =
        ["ости", "ои", "оі", "ых", "их", "ов", "ів", "ии", "ки", "еки", "ук", "ція", "еві"];
    if cyrillic {
        SLAVIC.iter().any(|end| key.ends_with(end)) && key.chars().count() > 3
    } else {
        ROMANCE.contains(&key)
    }
}
