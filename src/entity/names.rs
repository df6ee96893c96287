//! Finds the names in a text.
//!
//! Names are found by the trained tagger ([`super::tagger`]), made to agree over the article
//! ([`super::settle`]), joined to the acronyms that the text defines, and then looked for once more
//! in headlines, whose capitals prove nothing: there only names count that the body or the
//! gazetteer knows.
//!
//! # Cost
//!
//! Linear in the text. The tables are read with the first article.

use std::ops::Range;

use foldhash::HashMap;

use super::acronyms::{Definition, definitions};
use super::correct::is_thing;
use super::evidence::{Evidence, evidence};
use super::features::Groups;
use super::gazetteer::longest_match;
use super::lexicon::Roles;
use super::model::Model;
use super::settle::settled;
use super::tagger::{Tagged, Tagger};
use super::token::{Gap, Shape, Token};
use super::words::{StoryWords, Words};
use super::{Mention, Part, Story};
use crate::article::{EntityKind, Language};

/// Every naming of a person, organisation or place, in the order of the text, not overlapping.
pub fn recognise(story: &Story<'_>) -> Vec<Mention> {
    recognise_in(story, &StoryWords::of(story))
}

/// As [`recognise`], of a story that is cut into words already.
pub(crate) fn recognise_in(story: &Story<'_>, words: &StoryWords<'_>) -> Vec<Mention> {
    let groups = match Reader::of(story.language) {
        Reader::English => Groups::ALL,
        Reader::Foreign | Reader::German => Groups::ALL.without(Groups::OF_LANGUAGE),
    };
    let tagger = Tagger { model: Model::shipped(), groups };
    Recogniser { tagger, rules: true }.recognise(story, words)
}

/// The parts of the method; some are left out where their worth is measured.
pub(super) struct Recogniser<'m> {
    pub(super) tagger: Tagger<'m>,
    /// Whether names are made to agree over the article.
    pub(super) rules: bool,
}

impl Recogniser<'_> {
    /// The mentions of a story.
    pub(super) fn recognise(&self, story: &Story<'_>, words: &StoryWords<'_>) -> Vec<Mention> {
        let StoryWords { title, body, .. } = words;
        let evidence = evidence(words);
        let [mut in_title, mut in_body] = self.tagger.tag(words, &evidence);
        let reader = Reader::of(story.language);
        for (words, found) in [(title, &mut in_title), (body, &mut in_body)] {
            found.retain(|it| reader.believes(words, &evidence, it));
        }
        if self.rules {
            [in_title, in_body] = settled(words, &evidence, [in_title, in_body]);
        }
        if let Some(dateline) = dateline(body) {
            in_body.retain(|it| it.words.start >= dateline.words.end);
            in_body.insert(0, dateline);
        }
        let definitions = definitions(body.text, &body.tokens);
        let acronyms = Acronyms::new(body, &definitions);
        insert_long_forms(body, &definitions, &mut in_body);
        acronyms.insert(body, &mut in_body);

        let mut names = Names::default();
        let mut mentions = Vec::new();
        // The body first: headlines are read by the light of it.
        for (part, words, found) in [(Part::Body, body, in_body), (Part::Title, title, in_title)] {
            for tagged in found {
                let Some((kind, stands_for)) = acronyms.settle(words, &tagged) else { continue };
                let range = &tagged.words;
                names.add(
                    words.phrase(range.start, range.end),
                    range.len(),
                    kind,
                    stands_for.clone(),
                );
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
}

/// How a text is read, by its language. The model has learned English words; but how names are
/// written, what stands in gazetteers and what the rest of an article says, holds elsewhere, too.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Reader {
    English,
    Foreign,
    /// All nouns have capitals.
    German,
}

impl Reader {
    fn of(language: Option<Language>) -> Self {
        match language.as_ref().map(Language::as_str) {
            None | Some("en") => Self::English,
            Some("de") => Self::German,
            Some(_) => Self::Foreign,
        }
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

/// Whether the words alone tell a name: a known one, a given name, a cue word, an acronym.
fn says_itself(words: &Words<'_>, range: &Range<usize>) -> bool {
    let cue = Roles::BODY.or(Roles::BODY_HEAD).or(Roles::COMPANY);
    let titled = range.start > 0 && words.is(range.start - 1, Roles::TITLE);
    let given = range.len() > 1 && words.is(range.start, Roles::GIVEN);
    let cued = range.len() > 1 && range.clone().any(|at| words.is(at, cue));
    let acronym = range.clone().any(|at| words.tokens[at].shape == Shape::Upper);
    let known = || longest_match(words, range.start, range.end);
    titled || given || cued || acronym || known().is_some_and(|(n, _)| n == range.len())
}

/// The place in capitals at the head of a text: `BULAWAYO, 10 June`, `OSLO (Reuters) -`.
fn dateline(words: &Words<'_>) -> Option<Tagged> {
    let capitals = |token: &&Token<'_>| token.shape == Shape::Upper;
    let joined = words.tokens.iter().skip(1).take_while(|token| token.joins());
    let end = 1 + joined.take_while(capitals).count();
    words.tokens.first().filter(capitals)?;
    let letters: usize = words.tokens[..end].iter().map(|token| token.key.len()).sum();
    let next = words.tokens.get(end)?;
    let set_off = matches!(next.gap, Gap::Comma | Gap::Bracket | Gap::Break);
    (set_off && letters >= 4 && end <= LONGEST_DATELINE && !words.heading[0])
        .then_some(Tagged { words: 0..end, kind: EntityKind::Place })
}

/// Words of a place in a dateline.
const LONGEST_DATELINE: usize = 3;

/// Puts the long forms of acronyms in place of what was found within them.
fn insert_long_forms(words: &Words<'_>, definitions: &[Definition], found: &mut Vec<Tagged>) {
    let mut long_forms = definitions
        .iter()
        .filter(|it| {
            let named = is_named(words, it) && !is_thing(words, &it.long);
            named && !words.heading[it.long.start]
        })
        .peekable();
    let mut merged: Vec<Tagged> = Vec::with_capacity(found.len());
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

fn push_long_form(words: &Words<'_>, definition: &Definition, merged: &mut Vec<Tagged>) {
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
    merged.push(Tagged { words: long, kind });
}

/// Whether the long form is a name: it begins with a capital, and half its words do.
fn is_named(words: &Words<'_>, definition: &Definition) -> bool {
    let long = &words.tokens[definition.long.clone()];
    let capitals = long.iter().filter(|token| token.is_capital()).count();
    long.first().is_some_and(Token::is_capital) && 2 * capitals >= long.len()
}

fn long_form_kind(words: &Words<'_>, definition: &Definition) -> EntityKind {
    match longest_match(words, definition.long.start, definition.long.end) {
        Some((n, known)) if n == definition.long.len() && known.place.is_some() => {
            EntityKind::Place
        }
        _ => EntityKind::Organisation,
    }
}

/// The acronyms that the text defines.
struct Acronyms {
    /// The long form and its kind, by the folded acronym; `None` where it is no name
    /// (`gross domestic product (GDP)`).
    defined: HashMap<u64, Option<(String, EntityKind)>>,
}

impl Acronyms {
    fn new(words: &Words<'_>, definitions: &[Definition]) -> Self {
        let entry = |definition: &Definition| {
            let long = &definition.long;
            let name = (is_named(words, definition) && !is_thing(words, long)).then(|| {
                let text = &words.text[words.span(long.start, long.end)];
                (text.to_owned(), long_form_kind(words, definition))
            });
            (words.word[definition.short].hash, name)
        };
        // The first definition of an acronym holds.
        Self { defined: definitions.iter().rev().map(entry).collect() }
    }

    /// Adds the defined acronyms of running text that were not found.
    fn insert(&self, words: &Words<'_>, found: &mut Vec<Tagged>) {
        if self.defined.is_empty() {
            return;
        }
        let mut missed = Vec::new();
        let mut names = found.iter().peekable();
        for at in 0..words.tokens.len() {
            while names.next_if(|it| it.words.end <= at).is_some() {}
            let covered = names.peek().is_some_and(|it| it.words.start <= at);
            if covered || words.heading[at] || !words.tokens[at].is_capital() {
                continue;
            }
            if let Some(Some((_, kind))) = self.defined.get(&words.word[at].hash) {
                missed.push(Tagged { words: at..at + 1, kind: *kind });
            }
        }
        found.extend(missed);
        found.sort_by_key(|it| it.words.start);
    }

    /// The kind and long form of a name: the text's own definition, else what was found.
    fn settle(&self, words: &Words<'_>, tagged: &Tagged) -> Option<(EntityKind, Option<String>)> {
        let range = &tagged.words;
        let defined = if range.len() == 1 && !self.defined.is_empty() {
            self.defined.get(&words.word[range.start].hash)
        } else {
            None
        };
        match defined {
            Some(Some((long, kind))) => Some((*kind, Some(long.clone()))),
            Some(None) => None,
            None => Some((tagged.kind, None)),
        }
    }
}

/// The names found in running text, to be found again in headlines.
#[derive(Default)]
struct Names {
    known: HashMap<u64, (EntityKind, Option<String>)>,
    longest: usize,
}

/// Words of a name that is looked for in headlines, at most.
const LONGEST_HEADING_NAME: usize = 8;

impl Names {
    fn add(&mut self, key: u64, n_words: usize, kind: EntityKind, stands_for: Option<String>) {
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
            if let Some((kind, stands_for)) = self.known.get(&words.phrase(at, at + n)) {
                return Some((n, *kind, stands_for.clone()));
            }
        }
        let (n, known) = longest_match(words, at, words.tokens.len())?;
        if n == 1 && words.is(at, Roles::ORDINARY.or(Roles::STOP).or(Roles::GIVEN).or(Roles::THING))
        {
            return None;
        }
        let place = known.place.is_some() && known.organisation.is_none();
        Some((n, if place { EntityKind::Place } else { EntityKind::Organisation }, None))
    }
}
