//! Finds the names in a text by rules.
//!
//! Candidates are found word by word ([`super::runs`], [`super::classify`]), settled by what the
//! whole article says ([`super::memory`]), and then looked for once more in headlines, whose
//! capitals prove nothing: there only names count that the body or the gazetteer knows.
//!
//! # Cost
//!
//! Linear in the text: runs are of bounded length and each word is looked up a bounded number of
//! times. The tables are read with the first article, in some twenty milliseconds.

use foldhash::HashMap;

use super::acronyms::{Definition, definitions};
use super::classify::{Candidate, Reading, classify};
use super::gazetteer::longest_match;
use super::lexicon::Roles;
use super::memory::Memory;
use super::runs::run;
use super::token::{Gap, Shape};
use super::words::{StoryWords, Usage, Words};
use super::{Mention, Part, Story};
use crate::article::{EntityKind, Language};

/// Every naming of a person, organisation or place, in the order of the text, not overlapping.
pub fn recognise(story: &Story<'_>) -> Vec<Mention> {
    recognise_in(story, &StoryWords::of(story))
}

/// As [`recognise`], of a story that is cut into words already.
pub(crate) fn recognise_in(story: &Story<'_>, words: &StoryWords<'_>) -> Vec<Mention> {
    let StoryWords { title, body } = words;
    let mut usage = Usage::default();
    usage.add(title);
    usage.add(body);

    let definitions = definitions(body.text, &body.tokens);
    let acronyms = Acronyms::new(body, &definitions);
    let mut candidates = [candidates(title, &usage), candidates(body, &usage)];
    insert_long_forms(body, &definitions, &mut candidates[1]);

    if story.language == Language::new("de") {
        // German nouns all have capitals, so only what says itself that it is a name counts.
        let certain = |it: &Candidate| matches!(it.reading, Reading::Certain(_));
        for candidates in &mut candidates {
            candidates.retain(certain);
        }
    }

    let mut memory = Memory::default();
    for (words, candidates) in [(title, &candidates[0]), (body, &candidates[1])] {
        memory.learn(words, candidates);
    }

    let mut names = Names::default();
    let mut mentions = Vec::new();
    // The body first: headlines are read by the light of it.
    for (part, words, candidates) in
        [(Part::Body, body, &candidates[1]), (Part::Title, title, &candidates[0])]
    {
        for candidate in candidates {
            let mention =
                acronyms.settle(words, candidate, || memory.settle(words, &usage, candidate));
            let Some((kind, stands_for)) = mention else { continue };
            let range = &candidate.words;
            names.add(words.key(range.start, range.end), range.len(), kind, stands_for.clone());
            mentions.push(Mention {
                part,
                range: words.span(range.start, range.end),
                kind,
                stands_for,
            });
        }
    }
    for (part, words) in [(Part::Title, &title), (Part::Body, &body)] {
        names.find_in_headings(part, words, &mut mentions);
    }
    mentions.sort_by_key(|mention| (mention.part, mention.range.start));
    mentions
}

/// The candidates of a text, headlines left out.
fn candidates(words: &Words<'_>, usage: &Usage<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.tokens.len() {
        let run = if words.heading[at] { at..at } else { run(words, at) };
        if run.is_empty() {
            // A known name may begin with a word that begins no other (`WHO`, `US`, `El Salvador`).
            let known = if words.heading[at] { None } else { known_stop_word(words, at) };
            at = known.as_ref().map_or(at + 1, |known| known.words.end);
            found.extend(known);
            continue;
        }
        at = run.end;
        classify(words, usage, run, &mut found);
    }
    if let Some(dateline) = dateline(words, &found) {
        found[dateline].reading = Reading::Certain(EntityKind::Place);
    }
    found
}

/// A known name that begins with a word that begins no other: `US`, `WHO`, `El Salvador`.
fn known_stop_word(words: &Words<'_>, at: usize) -> Option<Candidate> {
    let token = &words.tokens[at];
    let (n, known) = token.is_capital().then(|| longest_match(&words.tokens[at..]))??;
    let kind = if known.place { EntityKind::Place } else { EntityKind::Organisation };
    (n > 1 || token.shape == Shape::Upper)
        .then(|| Candidate { words: at..at + n, reading: Reading::Certain(kind) })
}

/// The candidate at the head of the text that is the place of a dateline (`BULAWAYO, 10 June`).
fn dateline(words: &Words<'_>, found: &[Candidate]) -> Option<usize> {
    let first = found.first()?;
    let capitals = first.words.clone().all(|at| words.tokens[at].shape == Shape::Upper);
    let next = words.tokens.get(first.words.end)?;
    let set_off = matches!(next.gap, Gap::Comma | Gap::Bracket | Gap::Break);
    let long = words.tokens[first.words.start].key.len() >= 4;
    (first.words.start == 0 && capitals && set_off && long).then_some(0)
}

/// Puts the long forms of acronyms in place of what was found within them.
fn insert_long_forms(words: &Words<'_>, definitions: &[Definition], found: &mut Vec<Candidate>) {
    let mut long_forms = definitions
        .iter()
        .filter(|it| is_named(words, it) && !words.heading[it.long.start])
        .peekable();
    let mut merged: Vec<Candidate> = Vec::with_capacity(found.len());
    for candidate in found.drain(..) {
        while let Some(next) = long_forms.next_if(|it| it.long.start <= candidate.words.start) {
            push_long_form(words, next, &mut merged);
        }
        let covered = merged.last().is_some_and(|last| candidate.words.start < last.words.end);
        if !covered {
            merged.push(candidate);
        }
    }
    for rest in long_forms {
        push_long_form(words, rest, &mut merged);
    }
    *found = merged;
}

fn push_long_form(words: &Words<'_>, definition: &Definition, merged: &mut Vec<Candidate>) {
    let long = definition.long.clone();
    while merged.last().is_some_and(|last| last.words.end > long.start) {
        if merged
            .last()
            .is_some_and(|last| last.words.start < long.start && last.words.end == long.end)
        {
            // The run before reached further back, and names are rarely shorter than their run.
            return;
        }
        merged.pop();
    }
    let kind = long_form_kind(words, definition);
    merged.push(Candidate { words: long, reading: Reading::Certain(kind) });
}

/// Whether the long form is a name: it begins with a capital, and half its words do.
fn is_named(words: &Words<'_>, definition: &Definition) -> bool {
    let long = &words.tokens[definition.long.clone()];
    let capitals = long.iter().filter(|token| token.is_capital()).count();
    long.first().is_some_and(super::token::Token::is_capital) && 2 * capitals >= long.len()
}

fn long_form_kind(words: &Words<'_>, definition: &Definition) -> EntityKind {
    match longest_match(&words.tokens[definition.long.clone()]) {
        Some((n, known)) if n == definition.long.len() && known.place => EntityKind::Place,
        _ => EntityKind::Organisation,
    }
}

/// The acronyms that the text defines.
struct Acronyms {
    /// The long form and its kind, by the folded acronym; `None` where it is no name
    /// (`gross domestic product (GDP)`).
    defined: HashMap<String, Option<(String, EntityKind)>>,
}

impl Acronyms {
    fn new(words: &Words<'_>, definitions: &[Definition]) -> Self {
        let entry = |definition: &Definition| {
            let long = &definition.long;
            let name = is_named(words, definition).then(|| {
                let text = &words.text[words.span(long.start, long.end)];
                (text.to_owned(), long_form_kind(words, definition))
            });
            (words.tokens[definition.short].key.to_string(), name)
        };
        // The first definition of an acronym holds.
        Self { defined: definitions.iter().rev().map(entry).collect() }
    }

    /// The kind and long form of a candidate: the text's own definition, else what `settle` says.
    fn settle(
        &self,
        words: &Words<'_>,
        candidate: &Candidate,
        settle: impl FnOnce() -> Option<EntityKind>,
    ) -> Option<(EntityKind, Option<String>)> {
        let range = &candidate.words;
        if range.len() == 1 {
            match self.defined.get(words.tokens[range.start].key.as_ref()) {
                Some(Some((long, kind))) => return Some((*kind, Some(long.clone()))),
                Some(None) => return None,
                None => {}
            }
        }
        settle().map(|kind| (kind, None))
    }
}

/// The names found in running text, to be found again in headlines.
#[derive(Default)]
struct Names {
    known: HashMap<String, (EntityKind, Option<String>)>,
    longest: usize,
}

/// Words of a name that is looked for in headlines, at most.
const LONGEST_HEADING_NAME: usize = 8;

impl Names {
    fn add(&mut self, key: String, n_words: usize, kind: EntityKind, stands_for: Option<String>) {
        self.longest = self.longest.max(n_words).min(LONGEST_HEADING_NAME);
        self.known.entry(key).or_insert((kind, stands_for));
    }

    fn find_in_headings(&self, part: Part, words: &Words<'_>, mentions: &mut Vec<Mention>) {
        let mut at = 0;
        while at < words.tokens.len() {
            let name = if words.heading[at] { self.name_at(words, at) } else { None };
            let Some((n, kind, stands_for)) = name else {
                at += 1;
                continue;
            };
            mentions.push(Mention { part, range: words.span(at, at + n), kind, stands_for });
            at += n;
        }
    }

    /// The longest name at `at`: how many words it has, its kind and what it stands for.
    fn name_at(&self, words: &Words<'_>, at: usize) -> Option<(usize, EntityKind, Option<String>)> {
        let tokens = &words.tokens[at..];
        if !tokens[0].is_capital() {
            return None;
        }
        let joined = 1 + tokens[1..].iter().take(self.longest).take_while(|t| t.joins()).count();
        for n in (1..=joined).rev() {
            if let Some((kind, stands_for)) = self.known.get(&words.key(at, at + n)) {
                return Some((n, *kind, stands_for.clone()));
            }
        }
        let (n, known) = longest_match(tokens)?;
        if n == 1 && words.is(at, Roles::ORDINARY.or(Roles::STOP).or(Roles::GIVEN).or(Roles::THING))
        {
            return None;
        }
        let place = known.place && known.organisation.is_none();
        Some((n, if place { EntityKind::Place } else { EntityKind::Organisation }, None))
    }
}
