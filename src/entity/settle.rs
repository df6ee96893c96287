//! Makes the names of an article agree with each other and with what is known.
//!
//! The tagger looks at each run by itself. Afterwards the names of countries are places and known
//! bodies organisations; a lone surname is the person who is named in full elsewhere; one name is of
//! one kind where two namings of three agree, and is a name where the tagger missed it.

use std::ops::Range;

use foldhash::{HashMap, HashSet};

use super::correct::corrected;
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
        *found = corrected(words, evidence, std::mem::take(found));
        names.learn(words, found);
    }
    [names.settle(&story.title, evidence, title), names.settle(&story.body, evidence, body)]
}

/// What a word is that may be more than the name of a body.
const SHARED: Roles = Roles::ORDINARY.or(Roles::GIVEN).or(Roles::FAMILY).or(Roles::SITE);

/// Whether a word in the middle of a person's name is a family name.
fn is_family(words: &Words<'_>, at: usize) -> bool {
    words.tokens[at].shape == Shape::Capital
        && words.tokens[at].gap == Gap::Space
        && words.tokens[at + 1].gap == Gap::Space
        && !words.is(at, Roles::GIVEN.or(Roles::PARTICLE).or(Roles::ORDINARY))
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
                // The first of two: `Ricardo Rosselló Nevares`.
                let first = range.end - 2;
                if range.len() == 3 && is_family(words, first) {
                    self.surnames.insert(words.phrase(first, first + 1));
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
            // Bodies are seldom called by the whole name of a province or town: `New South Wales`.
            Some(Known {
                place: Some(Place::Province(_) | Place::City(..)),
                organisation: None,
                ..
            }) if range.len() > 1 && tagged == Some(EntityKind::Organisation) => {
                return Some(EntityKind::Place);
            }
            Some(Known { organisation: Some(_), place: None, .. })
                if range.len() > 1
                    || words.tokens[range.start].shape == Shape::Upper
                    || tagged.is_some() && !words.is(range.start, SHARED) =>
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
            // A name of another language may reach over small words into this run.
            let mut at = settled.last().map_or(0, |it| it.words.end).max(run.start);
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
pub(super) fn known(words: &Words<'_>, range: &Range<usize>) -> Option<Known> {
    longest_match(words, range.start, range.end).filter(|(n, _)| *n == range.len()).map(|it| it.1)
}
