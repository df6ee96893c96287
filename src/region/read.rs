//! Reads a story: what names places in it, and what tells a country without naming one.

use std::ops::Range;

use foldhash::HashSet;

use super::evidence::{Evidence, Reach, clue};
use super::leaders::{leader, leader_by_surname};
use super::locate::Method;
use super::names::{Names, Naming};
use super::places::{Place, places_of};
use super::signals::{Signal, signal_at};
use super::weights::{
    BODY, CURRENCY, DEMONYM, FIRST_SENTENCE, HEADLINE, LEADER, NEXT_TWO_SENTENCES,
};
use crate::article::{CluePart, CluePlace, CountryCode, EntityKind, RegionClueKind};
use crate::entity::{Mention, Part, Roles, Words};

/// Words in the name of a country that is looked for around that of another, or of a body.
const LONGEST_COUNTRY: usize = 4;

/// One of the two texts of a story.
#[derive(Clone, Copy)]
pub(super) struct Text<'t, 'a> {
    pub(super) part: Part,
    pub(super) words: &'t Words<'a>,
    /// The first word of the story itself, behind the dateline.
    pub(super) start: usize,
}

impl<'a> Text<'_, 'a> {
    /// The words of a range of tokens, as they stand.
    pub(super) fn written(&self, range: &Range<usize>) -> &'a str {
        self.words.text.get(self.words.span(range.start, range.end)).unwrap_or_default()
    }

    /// Where the token `at` stands, and how much a name there counts.
    pub(super) fn place(&self, at: usize) -> (CluePlace, f64) {
        let tokens = &self.words.tokens;
        let first = tokens.get(self.start).map_or(0, |token| token.sentence);
        let sentence = tokens[at].sentence.saturating_sub(first);
        let (part, factor) = match (self.part, sentence) {
            (Part::Title, _) => (CluePart::Title, HEADLINE),
            (Part::Body, 0) => (CluePart::Lead, FIRST_SENTENCE),
            (Part::Body, 1 | 2) => (CluePart::Lead, NEXT_TWO_SENTENCES),
            (Part::Body, _) => (CluePart::Body, 1.0),
        };
        (CluePlace { part, at: tokens[at].range.start, count: 1 }, factor)
    }

    /// The tokens of a mention.
    fn tokens(&self, mention: &Mention) -> Range<usize> {
        let tokens = &self.words.tokens;
        let start = tokens.partition_point(|token| token.range.start < mention.range.start);
        let n = tokens[start..].partition_point(|token| token.range.start < mention.range.end);
        start..start + n
    }
}

/// What was found in a story, before names with several meanings are settled.
#[derive(Debug)]
pub(super) struct Found<'a> {
    method: Method,
    pub(super) evidence: Evidence,
    pub(super) names: Names<'a>,
    /// The words of the names of persons, as numbers.
    pub(super) persons: HashSet<u64>,
}

impl<'a> Found<'a> {
    pub(super) fn new(method: Method) -> Self {
        let (evidence, names) = (Evidence::default(), Names::default());
        Self { method, evidence, names, persons: HashSet::default() }
    }

    /// Reads one of the two texts of a story.
    pub(super) fn read(&mut self, text: Text<'_, 'a>, mentions: &[Mention]) {
        let bodies = self.read_signals(text);
        let mut bodies = bodies.iter().peekable();
        let mut last: Option<(usize, Range<usize>)> = None;
        let mut passed = text.start;
        for mention in mentions.iter().filter(|mention| mention.part == text.part) {
            let range = text.tokens(mention);
            while bodies.next_if(|body| body.end <= range.start).is_some() {}
            let is_in_body = bodies.peek().is_some_and(|body| body.start < range.end);
            // The dateline and the states behind names were read already.
            if range.is_empty() || range.start < passed || is_in_body {
                continue;
            }
            match mention.kind {
                EntityKind::Place => {
                    if is_currency(text.words, &range) {
                        continue;
                    }
                    let range = with_head(text.words, range);
                    let name = self.names.add(text, range.clone(), Naming::Free);
                    if let Some((before, at)) = last.take()
                        && follows(text.words, &at, &range)
                    {
                        self.names.join(before, name);
                    }
                    if self.names.qualify(text.words, name, range.end) {
                        passed = range.end + 1;
                    }
                    last = Some((name, range));
                }
                EntityKind::Organisation => self.read_body(text, &range),
                EntityKind::Person => self.read_person(text, &range),
            }
        }
    }

    /// Nationalities, bodies and currencies. Returns where bodies are named, in order.
    fn read_signals(&mut self, text: Text<'_, 'a>) -> Vec<Range<usize>> {
        let mut bodies = Vec::new();
        let mut at = text.start;
        while at < text.words.tokens.len() {
            let Some((n, signal)) = signal_at(text.words, at) else {
                at += 1;
                continue;
            };
            let range = at..at + n;
            at = range.end;
            match signal.kind {
                RegionClueKind::Demonym => self.read_demonym(text, range, signal),
                _ if self.method < Method::Signals => {}
                RegionClueKind::Currency => {
                    let kind = (RegionClueKind::Currency, Reach::Hint);
                    self.add(text, range, signal.country, kind, CURRENCY);
                }
                _ => {
                    let kind = (RegionClueKind::Body, Reach::Implied);
                    self.add(text, range.clone(), signal.country, kind, BODY);
                    bodies.push(range);
                }
            }
        }
        bodies
    }

    fn read_demonym(&mut self, text: Text<'_, 'a>, range: Range<usize>, signal: Signal) {
        if is_in_another_name(text.words, &range) {
            return;
        }
        if signal.is_shared && self.method >= Method::Context {
            self.names.add(text, range, Naming::Demonym);
        } else {
            let kind = (RegionClueKind::Demonym, Reach::Named);
            self.add(text, range, signal.country, kind, DEMONYM);
        }
    }

    /// The places in the name of a body: `US Centers for Disease Control`, `Bank of Japan`.
    fn read_body(&mut self, text: Text<'_, 'a>, range: &Range<usize>) {
        // A body that has the name of a place and no more, such as a team, is left out.
        if range.len() < 2 || is_media(text.words, range) {
            return;
        }
        let mut at = range.start;
        while at < range.end {
            let longest = (range.end).min(at + LONGEST_COUNTRY);
            let named = (at + 1..=longest).rev().find(|&to| {
                to - at < range.len() && text.words.tokens[at].is_capital() && {
                    let named = places_of(text.words.phrase(at, to)).first();
                    named.is_some_and(|place| is_telling(*place))
                }
            });
            let Some(to) = named else {
                at += 1;
                continue;
            };
            let owns = at == range.start && is_country(text.words, &(at..to));
            self.names.add(text, at..to, if owns { Naming::Free } else { Naming::InBody });
            at = to;
        }
    }

    /// Somebody who governs, by the whole name, or by the surname behind a title.
    fn read_person(&mut self, text: Text<'_, 'a>, range: &Range<usize>) {
        let words = text.words;
        if range.len() > 1 {
            self.persons.extend(range.clone().map(|at| words.phrase(at, at + 1)));
        }
        if self.method < Method::Signals {
            return;
        }
        let named = || leader(words.phrase(range.start, range.end));
        let titled = range.start > 0 && words.is(range.start - 1, Roles::TITLE);
        let by_surname = || leader_by_surname(words.phrase(range.end - 1, range.end));
        let known = if range.len() > 1 { named() } else { by_surname().filter(|_| titled) };
        if let Some(country) = known {
            let kind = (RegionClueKind::Leader, Reach::Implied);
            self.add(text, range.clone(), country, kind, LEADER);
        }
    }

    fn add(
        &mut self,
        text: Text<'_, 'a>,
        range: Range<usize>,
        country: CountryCode,
        (kind, reach): (RegionClueKind, Reach),
        weight: f64,
    ) {
        let (place, factor) = text.place(range.start);
        self.evidence.add(country, reach, clue(kind, text.written(&range), place, factor * weight));
    }
}

/// Whether a name tells something within that of a body.
fn is_telling(place: Place) -> bool {
    match place {
        Place::Country(_) | Place::Part(_) | Place::Capital(_) => true,
        Place::City(_, thousands) => thousands >= 500,
        Place::Province(province) => province.thousands >= 1_000,
        Place::Area => false,
    }
}

/// Whether a body is a newspaper or the like: who is quoted is not what is told of.
fn is_media(words: &Words<'_>, range: &Range<usize>) -> bool {
    const MEDIA: [&str; 22] = [
        "times",
        "post",
        "herald",
        "tribune",
        "news",
        "journal",
        "daily",
        "gazette",
        "globe",
        "guardian",
        "telegraph",
        "tv",
        "television",
        "radio",
        "broadcasting",
        "press",
        "observer",
        "chronicle",
        "mail",
        "star",
        "sun",
        "magazine",
    ];
    words.tokens[range.clone()].iter().any(|token| MEDIA.contains(&&*token.key))
}

/// Whether the name of a country is that of its money: `US$42 million`.
fn is_currency(words: &Words<'_>, range: &Range<usize>) -> bool {
    let end = words.tokens[range.end - 1].range.end;
    words.text[end..].starts_with('$')
}

/// Whether these words are first of all the name of a country.
fn is_country(words: &Words<'_>, range: &Range<usize>) -> bool {
    matches!(places_of(words.phrase(range.start, range.end)).first(), Some(Place::Country(_)))
}

/// The name of a country with the words before it that belong to it: the tagger may part
/// `Democratic Republic of` from `Congo`.
fn with_head(words: &Words<'_>, range: Range<usize>) -> Range<usize> {
    let joined = (1..=LONGEST_COUNTRY)
        .take_while(|n| *n <= range.start && words.tokens[range.start + 1 - n].joins())
        .count();
    if joined == 0 || !is_country(words, &range) {
        return range;
    }
    let longer = (1..=joined).rev().map(|n| range.start - n..range.end);
    let mut longer = longer.filter(|it| words.tokens[it.start].is_capital());
    longer.find(|it| is_country(words, it)).unwrap_or(range)
}

/// Whether a nationality is part of something that has nothing to do with the country: `Indian
/// Ocean`, `British Columbia`, `Latin American`, `Japanese encephalitis`.
fn is_in_another_name(words: &Words<'_>, range: &Range<usize>) -> bool {
    const CONTINENTS: [&str; 9] =
        ["latin", "north", "south", "central", "pan", "inter", "meso", "west", "east"];
    const NAMED_AFTER: [&str; 12] = [
        "flu",
        "influenza",
        "encephalitis",
        "measles",
        "fever",
        "virus",
        "disease",
        "syndrome",
        "ebolavirus",
        "strain",
        "fries",
        "shepherd",
    ];
    let before = range.start.checked_sub(1).filter(|_| words.tokens[range.start].joins());
    if before.is_some_and(|at| CONTINENTS.contains(&&*words.tokens[at].key)) {
        return true;
    }
    let behind = words.tokens.get(range.end).filter(|next| next.joins());
    let Some(behind) = behind else { return false };
    if !behind.is_capital() {
        return NAMED_AFTER.contains(&&*behind.key);
    }
    let end = words.tokens.len().min(range.end + 2);
    (range.end + 1..=end).any(|to| !places_of(words.phrase(range.start, to)).is_empty())
}

/// Whether `next` stands right behind `name`, a comma between.
fn follows(words: &Words<'_>, name: &Range<usize>, next: &Range<usize>) -> bool {
    let (end, start) = (words.tokens[name.end - 1].range.end, words.tokens[next.start].range.start);
    words.text.get(end..start).is_some_and(|between| between.trim() == ",")
}
