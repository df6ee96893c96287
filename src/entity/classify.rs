//! Says of a run of capitalised words which names are in it, and of what kind.
//!
//! The rules go from what is known to what is guessed: a name in the gazetteer; titles, which
//! end one name and begin a person's; cue words (`Ministry`, `River`, `Ltd`); given names; and
//! last the mere look of a run. What a lone word is, only the article as a whole can tell: it is
//! left open here and settled in [`super::memory`].

use std::ops::Range;

use super::gazetteer::{Known, longest_match};
use super::lexicon::Roles;
use super::token::{Gap, Shape};
use super::words::{Usage, Words};
use crate::article::EntityKind;
use crate::region::countries::demonym_key;
use crate::region::places::{Place, places};

/// A run of words that may be a name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Candidate {
    /// Its tokens.
    pub(crate) words: Range<usize>,
    /// What it seems to be.
    pub(crate) reading: Reading,
}

/// What is thought of a candidate.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Reading {
    /// It says so itself: a known name, a title, a cue word.
    Certain(EntityKind),
    /// It looks so; the rest of the article may say otherwise.
    Likely(EntityKind),
    /// A lone word; the rest of the article decides.
    Open,
}

impl Reading {
    /// The kind, where one is thought of.
    pub(crate) fn kind(self) -> Option<EntityKind> {
        match self {
            Self::Certain(kind) | Self::Likely(kind) => Some(kind),
            Self::Open => None,
        }
    }
}

const CUES: Roles = Roles::BODY.or(Roles::COMPANY).or(Roles::SITE);

/// Adds the names in `run` to `found`, in order.
pub(crate) fn classify(
    words: &Words<'_>,
    usage: &Usage<'_>,
    run: Range<usize>,
    found: &mut Vec<Candidate>,
) {
    Classifier { words, found }.run(trim_start(words, usage, run));
}

/// The run without the words that have their capital from the start of the sentence.
fn trim_start(words: &Words<'_>, usage: &Usage<'_>, run: Range<usize>) -> Range<usize> {
    let Range { mut start, end } = run;
    if !words.tokens[start].starts {
        return run;
    }
    let cue = words.is(end - 1, CUES) && end - start > 1 && end - start < 6;
    let known = longest_match(&words.tokens[start..end]).is_some_and(|(n, _)| n > 1);
    let small = |at: usize| {
        let key = &words.tokens[at].key;
        words.is(at, Roles::ORDINARY) && !words.is(at, Roles::TITLE)
            || usage.is_small(key) && !words.is(at, Roles::PARTICLE)
    };
    if !(known || cue && !words.is(start + 1, Roles::TITLE)) {
        while start < end && small(start) {
            start += 1;
        }
    }
    start..end
}

struct Classifier<'w, 'a> {
    words: &'w Words<'a>,
    found: &'w mut Vec<Candidate>,
}

impl Classifier<'_, '_> {
    fn run(&mut self, run: Range<usize>) {
        if run.is_empty() || self.known(&run) || self.titled(&run) || self.cued(&run) {
            return;
        }
        let words = self.words;
        if self.nationality(&run) || self.leading_name(&run) {
            return;
        }
        if run.len() == 1 {
            self.lone_word(run.start);
        } else if looks_like_a_person(words, &run) {
            let given = words.is(run.start, Roles::GIVEN) || has_initial(words, &run);
            self.push(
                run,
                if given {
                    Reading::Certain(EntityKind::Person)
                } else {
                    Reading::Likely(EntityKind::Person)
                },
            );
        } else if !run
            .clone()
            .all(|at| words.is(at, Roles::THING.or(Roles::ORDINARY).or(Roles::COMPASS)))
        {
            self.push(run, Reading::Likely(EntityKind::Organisation));
        }
    }

    fn push(&mut self, words: Range<usize>, reading: Reading) {
        self.found.push(Candidate { words, reading });
    }

    /// Takes a run that is one known name.
    fn known(&mut self, run: &Range<usize>) -> bool {
        let Some((n, known)) = longest_match(&self.words.tokens[run.clone()]) else { return false };
        if n < run.len() {
            return false;
        }
        let reading = known_reading(self.words, run, known);
        self.push(run.clone(), reading);
        true
    }

    /// Cuts a run at its titles: `Apple CEO Tim Cook` is a body and a person.
    fn titled(&mut self, run: &Range<usize>) -> bool {
        let words = self.words;
        let is_title = |at: &usize| words.is(*at, Roles::TITLE);
        let Some(first) = run.clone().find(is_title) else { return false };
        let last = run.clone().rfind(is_title).unwrap_or(first);
        let joint =
            run.len() > 1 && matches!(words.tokens[run.start + 1].key.as_ref(), "of" | "for");
        let named_body = words.is(run.end - 1, CUES) && !is_title(&(run.end - 1))
            || joint && words.is(run.start, Roles::BODY);
        // `Martin Luther King` is named so; he is no king.
        let surname =
            last + 1 == run.end && words.is(run.start, Roles::GIVEN) && !is_title(&run.start);
        if named_body || surname && first == last {
            return false;
        }
        if first > run.start {
            self.run(run.start..first);
        }
        let name = last + 1..run.end;
        if !name.is_empty() && !self.known(&name) {
            if could_bear_a_title(words, &name) {
                self.push(name, Reading::Certain(EntityKind::Person));
            } else {
                self.run(name);
            }
        }
        true
    }

    /// Takes a run whose words say what it is: `Ministry of Trade`, `Volta River`, `Acme Ltd`.
    fn cued(&mut self, run: &Range<usize>) -> bool {
        let words = self.words;
        let last = run.end - 1;
        if run.len() == 1 {
            if words.is(last, Roles::LONE_BODY) {
                self.push(run.clone(), Reading::Likely(EntityKind::Organisation));
                return true;
            }
            // A lone `Ministry` or `River` names nothing that could be found again.
            return words.is(last, CUES.or(Roles::EVENT)) && words.is(last, Roles::ORDINARY)
                || words.is(last, Roles::BODY) && words.tokens[last].shape == Shape::Capital;
        }
        // `Ministry of Trade`, `Gulf of Mexico`: the word before the joint tells.
        let joint = run.clone().find(|&at| matches!(words.tokens[at].key.as_ref(), "of" | "for"));
        let cue = joint.filter(|&at| at > run.start).map_or(last, |at| at - 1);
        let person =
            words.is(run.start, Roles::GIVEN) && run.len() == 2 && words.is(last, Roles::SURNAME);
        let kind = if words.is(last, Roles::EVENT) && joint.is_none() {
            return true;
        } else if person {
            return false;
        } else if words.is(cue, Roles::BODY.or(Roles::COMPANY))
            || words.is(run.start, Roles::BODY_HEAD)
        {
            EntityKind::Organisation
        } else if words.is(cue, Roles::SITE) || is_site_head(words, run) {
            EntityKind::Place
        } else {
            return false;
        };
        self.push(run.clone(), Reading::Certain(kind));
        true
    }

    /// Passes over nationalities: `Kazakh`, and the first word of `French Emmanuel Macron`.
    fn nationality(&mut self, run: &Range<usize>) -> bool {
        for n in [2, 1] {
            if n <= run.len() && demonym_key(&self.words.key(run.start, run.start + n)).is_some() {
                self.run(run.start + n..run.end);
                return true;
            }
        }
        false
    }

    /// Cuts a known name from the front of a run when another name follows it.
    fn leading_name(&mut self, run: &Range<usize>) -> bool {
        let words = self.words;
        let Some((n, known)) = longest_match(&words.tokens[run.clone()]) else { return false };
        let next = run.start + n;
        if next >= run.end {
            return false;
        }
        let hyphen = words.tokens[next].gap == Gap::Hyphen
            && longest_match(&words.tokens[next..run.end]).is_some();
        let acronym = n == 1 && words.tokens[run.start].shape == Shape::Upper;
        let person_after = words.is(next, Roles::GIVEN) && !words.is(run.start, Roles::GIVEN);
        if !(hyphen || acronym || person_after || n > 2) {
            return false;
        }
        let head = run.start..next;
        let reading = known_reading(words, &head, known);
        self.push(head, reading);
        self.run(next..run.end);
        true
    }

    fn lone_word(&mut self, at: usize) {
        let words = self.words;
        let token = &words.tokens[at];
        let nothing = Roles::THING.or(Roles::COMPASS).or(Roles::CALENDAR).or(Roles::STOP);
        if words.is(at, nothing) || token.shape == Shape::Initial {
            return;
        }
        let acronym = token.shape == Shape::Upper
            && (2..=6).contains(&token.key.len())
            && token.key.bytes().all(|byte| byte.is_ascii_alphabetic());
        let reading =
            if acronym { Reading::Likely(EntityKind::Organisation) } else { Reading::Open };
        self.push(at..at + 1, reading);
    }
}

/// What a known name is thought to be in this place.
fn known_reading(words: &Words<'_>, run: &Range<usize>, known: Known) -> Reading {
    let key = words.key(run.start, run.end);
    let prominent = match places(&key).first() {
        Some(Place::City(_, thousands)) => *thousands >= 500,
        Some(Place::Province(_)) => !words.is(run.start, Roles::GIVEN),
        Some(_) => true,
        None => false,
    };
    let ordinary = run.len() == 1 && words.is(run.start, Roles::ORDINARY);
    match (known.organisation, known.place) {
        (Some(_), _) if !prominent && !ordinary => Reading::Certain(EntityKind::Organisation),
        (Some(_), _) if !prominent => Reading::Likely(EntityKind::Organisation),
        _ if prominent || run.len() > 1 => Reading::Certain(EntityKind::Place),
        _ if words.is(run.start, Roles::GIVEN) => Reading::Open,
        _ => Reading::Likely(EntityKind::Place),
    }
}

/// Whether a place's name begins so: `Mount Elgon`, `San Rafael`, `North Kivu`.
fn is_site_head(words: &Words<'_>, run: &Range<usize>) -> bool {
    let compass = words.is(run.start, Roles::COMPASS);
    let rest = words.key(run.start + 1, run.end);
    words.is(run.start, Roles::SITE_HEAD)
        && run.len() <= 3
        && !words.is(run.start, Roles::PARTICLE.or(Roles::GIVEN))
        && (!compass || !places(&rest).is_empty())
        && !rest.is_empty()
}

/// Whether a run of two words or more could be a person's name by its words.
fn looks_like_a_person(words: &Words<'_>, run: &Range<usize>) -> bool {
    let foreign =
        Roles::ORDINARY.or(Roles::THING).or(Roles::COMPASS).or(Roles::COMPANY).or(Roles::STOP);
    let name_like = |at: usize| {
        let shape = words.tokens[at].shape;
        matches!(shape, Shape::Capital | Shape::Initial) && !words.is(at, foreign)
            || shape == Shape::Lower && words.is(at, Roles::PARTICLE)
            || shape == Shape::Lower && words.tokens[at].gap == Gap::Hyphen
            || words.is(at, Roles::PARTICLE.or(Roles::GIVEN))
    };
    let upper = run.clone().all(|at| words.tokens[at].shape == Shape::Upper);
    let first_is_given =
        words.is(run.start, Roles::GIVEN) && words.tokens[run.start].shape == Shape::Capital;
    run.len() <= 6
        && !upper
        && (run.clone().all(name_like)
            || first_is_given && run.len() <= 3 && !words.is(run.end - 1, Roles::THING))
}

/// Whether what follows a title could be a person's name, which may be a surname alone.
fn could_bear_a_title(words: &Words<'_>, name: &Range<usize>) -> bool {
    let thing = Roles::ORDINARY.or(Roles::THING).or(Roles::EVENT);
    looks_like_a_person(words, name) && (name.len() > 1 || !words.is(name.start, thing))
}

fn has_initial(words: &Words<'_>, run: &Range<usize>) -> bool {
    run.clone().any(|at| words.tokens[at].shape == Shape::Initial)
}
