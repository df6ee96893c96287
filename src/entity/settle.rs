//! Makes the names of an article agree with each other and with what is known.
//!
//! The tagger looks at each run by itself. Afterwards the names of countries are places and known
//! bodies organisations; acts, festivals and nationalities are no names; a lone surname is the person who is named in full elsewhere; one
//! name is of one kind where two namings of three agree, and is a name where the tagger missed it.

use std::ops::Range;

use foldhash::{HashMap, HashSet};

use super::evidence::Evidence;
use super::gazetteer::{Known, longest_match};
use super::lexicon::Roles;
use super::runs::runs;
use super::tagger::Tagged;
use super::token::{Gap, Shape};
use super::words::{StoryWords, Words};
use crate::article::EntityKind;
use crate::region::places::Place;

/// The names of a story, settled.
pub(super) fn settled(
    story: &StoryWords<'_>,
    evidence: &[Evidence],
    [mut title, mut body]: [Vec<Tagged>; 2],
) -> [Vec<Tagged>; 2] {
    let mut names = Names::default();
    for (words, found) in [(&story.title, &mut title), (&story.body, &mut body)] {
        *found = found.drain(..).flat_map(|it| cut(words, &trimmed(words, it))).collect();
        extend(words, found);
        found.retain(|it| !is_thing(words, &it.words) && !is_office(words, it));
        for tagged in &mut *found {
            tagged.kind = recast(words, evidence, tagged);
        }
        names.learn(words, found);
    }
    [names.settle(&story.title, evidence, title), names.settle(&story.body, evidence, body)]
}

/// The name without a word that has its capital from the start of the sentence: `Yesterday Ann`.
fn trimmed(words: &Words<'_>, Tagged { words: range, kind }: Tagged) -> Tagged {
    let start = range.start;
    let trims = range.len() > 1
        && words.tokens[start].starts
        && words.tokens[start + 1].is_capital()
        && words.is(start, Roles::STOP)
        && !words.is(start, Roles::GIVEN.or(Roles::PARTICLE))
        && known(words, &range).is_none();
    Tagged { words: start + usize::from(trims)..range.end, kind }
}

/// Adds to names what the tagger leaves out of them: `Acme, Inc.`, the `Government of` Kenya.
fn extend(words: &Words<'_>, found: &mut Vec<Tagged>) {
    let is_lone_suffix = |at: usize| {
        words.tokens[at].gap == Gap::Comma
            && words.is(at, Roles::COMPANY)
            && words.tokens[at].is_capital()
    };
    for at in 0..found.len() {
        let Range { start, end } = found[at].words;
        if found[at].kind == EntityKind::Organisation
            && end < words.tokens.len()
            && is_lone_suffix(end)
        {
            found[at].words.end += 1;
        }
        if found[at].kind == EntityKind::Place && of_government(words, start) {
            found[at] = Tagged { words: start - 2..end, kind: EntityKind::Organisation };
        }
    }
    let mut end = 0;
    found.retain(|it| {
        let apart = it.words.start >= end;
        end = end.max(it.words.end);
        apart
    });
}

/// Whether `Government of` stands before the word.
fn of_government(words: &Words<'_>, at: usize) -> bool {
    let Some(first) = at.checked_sub(2) else { return false };
    let [government, of] = [&words.tokens[first], &words.tokens[first + 1]];
    &*government.key == "government"
        && government.is_capital()
        && &*of.key == "of"
        && of.gap == Gap::Space
        && words.tokens[at].gap == Gap::Space
}

/// The two bodies of `Harbour Workers' Union and Brightmoor Ltd`, which the tagger takes for one.
fn cut(words: &Words<'_>, tagged: &Tagged) -> impl Iterator<Item = Tagged> + use<> {
    let (range, kind) = (tagged.words.clone(), tagged.kind);
    let company = words.is(range.end - 1, Roles::COMPANY);
    let joint = (range.start + 1..range.end - 1).find(|&at| {
        company
            && &*words.tokens[at].key == "and"
            && words.is(at - 1, Roles::COMPANY.or(Roles::BODY))
    });
    let parts = match joint {
        Some(at) => [Some(range.start..at), Some(at + 1..range.end)],
        None => [Some(range), None],
    };
    parts.into_iter().flatten().map(move |words| Tagged { words, kind })
}

/// How often a name was taken for each kind.
type Votes = [u32; 3];

/// Words of a person's name that may stand for the whole.
const LONGEST_SURNAME: usize = 4;

/// The names of one article, as the tagger found them.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// By the phrase.
    votes: HashMap<u64, Votes>,
    /// The last words of the persons named in full.
    surnames: HashSet<u64>,
    /// How many words the longest name has.
    longest: usize,
}

impl Names {
    /// Learns from the names of a text.
    pub(super) fn learn(&mut self, words: &Words<'_>, found: &[Tagged]) {
        for Tagged { words: range, kind } in found {
            let votes = self.votes.entry(words.phrase(range.start, range.end)).or_default();
            votes[*kind as usize] += 1;
            self.longest = self.longest.max(range.len());
            if *kind == EntityKind::Person && range.len() > 1 {
                let shortest = range.end.saturating_sub(LONGEST_SURNAME).max(range.start + 1);
                for start in shortest..range.end {
                    if words.tokens[start].gap != Gap::Hyphen {
                        self.surnames.insert(words.phrase(start, range.end));
                    }
                }
            }
        }
    }

    /// The kind of a name, all its namings considered; `None` where it is no name.
    fn kind(
        &self,
        words: &Words<'_>,
        range: &Range<usize>,
        tagged: Option<EntityKind>,
    ) -> Option<EntityKind> {
        let phrase = words.phrase(range.start, range.end);
        let known = known(words, range);
        let country = matches!(known.and_then(|it| it.place), Some(Place::Country(_)));
        if self.surnames.contains(&phrase) && !country {
            return Some(EntityKind::Person);
        }
        match known {
            Some(Known { place: Some(Place::Country(_) | Place::Part(_)), .. }) => {
                return Some(EntityKind::Place);
            }
            Some(Known { organisation: Some(_), place: None, .. })
                if range.len() > 1 || words.tokens[range.start].shape == Shape::Upper =>
            {
                return Some(EntityKind::Organisation);
            }
            _ => {}
        }
        let Some(votes) = self.votes.get(&phrase) else { return tagged };
        let all: u32 = votes.iter().sum();
        let winner = KINDS.into_iter().find(|kind| 3 * votes[*kind as usize] >= 2 * all);
        winner.or(tagged)
    }

    /// The names of a text, settled: those of the tagger, and those that it missed.
    pub(super) fn settle(
        &self,
        words: &Words<'_>,
        evidence: &[Evidence],
        found: Vec<Tagged>,
    ) -> Vec<Tagged> {
        let mut settled: Vec<Tagged> = Vec::with_capacity(found.len());
        let mut found = found.into_iter().peekable();
        for run in runs(words) {
            let mut at = run.start;
            while at < run.end {
                if let Some(Tagged { words: range, kind }) =
                    found.next_if(|it| it.words.start <= at)
                {
                    at = range.end;
                    if let Some(kind) = self.kind(words, &range, Some(kind)) {
                        settled.push(Tagged { words: range, kind });
                    }
                    continue;
                }
                let end = found.peek().map_or(run.end, |next| next.words.start.min(run.end));
                match self.missed(words, evidence, at, end) {
                    Some(tagged) => {
                        at = tagged.words.end;
                        settled.push(tagged);
                    }
                    None => at += 1,
                }
            }
        }
        settled
    }

    /// A name between `at` and `end` that the tagger did not see there.
    fn missed(
        &self,
        words: &Words<'_>,
        evidence: &[Evidence],
        at: usize,
        end: usize,
    ) -> Option<Tagged> {
        if !words.tokens[at].is_capital() || words.is(at, Roles::STOP) {
            return None;
        }
        let is_capital = |at: usize| words.tokens[at].joins() && words.tokens[at].is_capital();
        let goes_back = words.tokens[at].joins() && at > 0 && words.tokens[at - 1].is_capital();
        let doubtful = words.is(at, Roles::ORDINARY)
            || evidence[words.word[at].id as usize].has(Evidence::SMALL)
            || words.tokens[at].shape == Shape::Initial;
        for to in (at + 1..=end.min(at + self.longest)).rev() {
            let phrase = words.phrase(at, to);
            let is_name = self.votes.contains_key(&phrase) || self.surnames.contains(&phrase);
            // As a part of something longer that is no name, it is none either.
            let alone = !goes_back && (to == words.tokens.len() || !is_capital(to));
            if is_name && alone && !(doubtful && to == at + 1) {
                let kind = self.kind(words, &(at..to), None)?;
                return Some(Tagged { words: at..to, kind });
            }
        }
        let (n, known) = longest_match(words, at, end)?;
        let country = matches!(known.place, Some(Place::Country(_) | Place::Part(_)));
        (country && known.organisation.is_none())
            .then(|| Tagged { words: at..at + n, kind: EntityKind::Place })
    }
}

const KINDS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Organisation, EntityKind::Place];

/// What the gazetteer says of exactly these words.
fn known(words: &Words<'_>, range: &Range<usize>) -> Option<Known> {
    longest_match(words, range.start, range.end).filter(|(n, _)| *n == range.len()).map(|it| it.1)
}

/// Whether the words name no person, body or place: `Kalashnikov`, a lone `Ministry`, an act or
/// festival.
pub(super) fn is_thing(words: &Words<'_>, range: &Range<usize>) -> bool {
    const NOTHING: Roles =
        Roles::THING.or(Roles::CALENDAR).or(Roles::STOP).or(Roles::COMPASS).or(Roles::DEMONYM);
    if known(words, range).is_some() {
        return false;
    }
    if range.clone().all(|at| words.is(at, NOTHING) || is_number(words, at)) {
        return true;
    }
    let head = head(words, range);
    if range.len() == 1 && words.is(head, Roles::COMPANY) {
        return true;
    }
    if range.len() == 1 {
        return words.tokens[head].shape == Shape::Capital
            && words.is(head, Roles::BODY.or(Roles::SITE).or(Roles::ORDINARY))
            && !words.is(head, Roles::LONE_BODY.or(Roles::GIVEN).or(Roles::FAMILY));
    }
    words.is(head, Roles::EVENT) && !words.is(head, Roles::BODY.or(Roles::FAMILY))
}

/// Whether what was taken for a body is an office that someone holds, or what it is for: `Chief of
/// Staff`, Minister of `Arts and Heritage`, `Natural Resources` Minister.
fn is_office(words: &Words<'_>, Tagged { words: range, kind }: &Tagged) -> bool {
    const BODY: Roles = Roles::BODY.or(Roles::BODY_HEAD).or(Roles::COMPANY).or(Roles::LONE_BODY);
    let of = |at: usize| matches!(&*words.tokens[at].key, "of" | "for");
    let is_body = range.clone().any(|at| words.is(at, BODY)) || known(words, range).is_some();
    if *kind != EntityKind::Organisation || range.len() == 1 && is_upper(words, range.start) {
        return false;
    }
    let head = head(words, range);
    let holder = words.is(head, Roles::TITLE) && head + 1 < range.end && of(head + 1);
    let minister = |at: usize| MINISTERS.contains(&&*words.tokens[at].key);
    let after = range.start > 1 && of(range.start - 1) && minister(range.start - 2);
    let before = range.end < words.tokens.len() && words.tokens[range.end].gap == Gap::Space;
    holder && !words.is(head, Roles::BODY)
        || !is_body && (after || before && minister(range.end) && is_capital(words, range.end))
}

/// Whether the word is a number with letters: `GHS6.2billion`, `EY4106`.
fn is_number(words: &Words<'_>, at: usize) -> bool {
    let digits = words.tokens[at].key.bytes().filter(u8::is_ascii_digit).count();
    digits > 2 || digits > 0 && words.text[words.tokens[at].range.clone()].contains('.')
}

/// Those whose office is named after what it is for.
const MINISTERS: [&str; 6] =
    ["minister", "ministers", "secretary", "undersecretary", "commissioner", "spokesperson"];

fn is_upper(words: &Words<'_>, at: usize) -> bool {
    words.tokens[at].shape == Shape::Upper
}

fn is_capital(words: &Words<'_>, at: usize) -> bool {
    words.tokens[at].is_capital()
}

/// The word of a name that says what it is: the one before `of`, else the last.
fn head(words: &Words<'_>, range: &Range<usize>) -> usize {
    let is_joint = |at: &usize| matches!(&*words.tokens[*at].key, "of" | "for" | "on");
    let joint = (range.start + 1..range.end).find(is_joint);
    joint.unwrap_or(range.end) - 1
}

/// Cue words for places that name bodies as often: `Manchester City`, `Penn State`.
const DOUBTFUL_SITES: [&str; 7] =
    ["city", "state", "county", "forest", "church", "hospital", "prison"];

/// The kind of a name by its last word, where that tells, else as the tagger saw it.
fn recast(
    words: &Words<'_>,
    evidence: &[Evidence],
    Tagged { words: range, kind }: &Tagged,
) -> EntityKind {
    let last = range.end - 1;
    // Nobody tells the age of a body in this way: `Osmonova, 51, gave no reason`.
    let aged = evidence[words.word[last].id as usize].has(Evidence::AGED);
    if *kind == EntityKind::Organisation && aged && words.tokens[last].shape == Shape::Capital {
        return EntityKind::Person;
    }
    let is_joint = |at: usize| matches!(&*words.tokens[at].key, "of" | "for" | "and");
    let may_be_surname = *kind == EntityKind::Person && range.len() == 2;
    if range.len() == 1 || may_be_surname {
        return *kind;
    }
    let is_site = words.is(last, Roles::SITE)
        && !words.is(last, Roles::BODY)
        && !DOUBTFUL_SITES.contains(&&*words.tokens[last].key);
    if is_site && !range.clone().any(is_joint) {
        return EntityKind::Place;
    }
    let is_body = words.is(last, Roles::BODY.or(Roles::COMPANY)) && !words.is(last, Roles::FAMILY);
    if *kind == EntityKind::Person && is_body { EntityKind::Organisation } else { *kind }
}
