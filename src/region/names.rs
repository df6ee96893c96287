//! The names of places in a story, each with where it stands and what stands around it.

use std::ops::Range;

use foldhash::{HashMap, HashSet};

use super::abbreviations::abbreviated;
use super::dateline::Dateline;
use super::evidence::Reach;
use super::meanings::{Meaning, is_shared, meanings};
use super::places::{Place, Town};
use super::read::Text;
use super::weights::{DEMONYM, IN_BODY};
use crate::article::{CluePart, CluePlace, RegionClue, RegionClueKind};
use crate::entity::Words;
use crate::entity::token::{Gap, Shape};

/// Places around a name that are looked at; a name that stands in more is none of them.
const MOST_AROUND: usize = 16;

/// A name of a place, all its namings taken together: within an article it means one place.
#[derive(Clone, Debug)]
pub(super) struct Name<'a> {
    /// The words, as they stand first.
    text: &'a str,
    /// The words, folded.
    pub(super) key: String,
    /// What it may mean, likeliest first.
    pub(super) meanings: Vec<Meaning>,
    /// Where it stands in headline, lead and the rest, and how much that counts.
    spots: [Option<(CluePlace, f64)>; 3],
    dateline: Option<CluePlace>,
    /// Whether it stands by itself, and not only in the names of bodies.
    is_free: bool,
    is_demonym: bool,
    /// Who else has this name in the article.
    namesake: Option<Namesake>,
    /// What may hold it: the country or state behind it, `Odessa, Texas`.
    holders: Vec<Place>,
    /// What may lie in it: the town before it.
    held: Vec<Place>,
}

/// What a place may share its name with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Namesake {
    /// Somebody whom the article names in full: `Michael Jordan`.
    Person,
    /// A university. Those of states and provinces are called so, those of countries rarely.
    University,
}

/// How a place is named.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Naming {
    /// By itself, or as the country that a body is of: `US Centers for Disease Control`.
    Free,
    /// By a nationality that several countries share: `Congolese`.
    Demonym,
    /// Within the name of a body: `University of Georgia`.
    InBody,
}

/// How what stands around a name supports one of its meanings.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Support {
    /// The one lies in the other.
    Holds,
    /// Both are provinces of one country, or a university is called by the province.
    Beside,
}

/// The names of a story, in the order in which they are first met.
#[derive(Clone, Debug, Default)]
pub(super) struct Names<'a> {
    names: Vec<Name<'a>>,
    /// The number of a name by that of its phrase.
    by_phrase: HashMap<u64, usize>,
}

impl<'a> Names<'a> {
    /// Adds a naming; the number of the name.
    pub(super) fn add(&mut self, text: Text<'_, 'a>, range: Range<usize>, naming: Naming) -> usize {
        let (place, weight) = text.place(range.start);
        let number = self.number(text, &range);
        let factor = match naming {
            Naming::Free => 1.0,
            Naming::Demonym => DEMONYM,
            Naming::InBody => IN_BODY,
        };
        self.names[number].is_free |= naming != Naming::InBody;
        self.names[number].is_demonym = naming == Naming::Demonym;
        if is_of_university(text.words, range.start) {
            self.names[number].namesake = Some(Namesake::University);
        }
        let spot = &mut self.names[number].spots[place.part as usize];
        match spot {
            Some((first, sum)) => {
                first.count = first.count.saturating_add(1);
                *sum += factor * weight;
            }
            None => *spot = Some((place, factor * weight)),
        }
        number
    }

    /// Adds the places of a dateline.
    pub(super) fn add_dateline(&mut self, text: Text<'_, 'a>, dateline: &Dateline) {
        let holders = dateline.within.as_ref().map_or(Vec::new(), |range| {
            let is_upper = text.words.tokens[range.start].shape == Shape::Upper;
            let short = abbreviated(&text.words.key(range.clone()), is_upper);
            let whole = || holders_named(text, range);
            short.map_or_else(whole, |place| vec![place])
        });
        for range in &dateline.places {
            let number = self.number(text, range);
            let name = &mut self.names[number];
            let at = text.words.tokens[range.start].range.start;
            name.is_free = true;
            name.dateline = Some(CluePlace { part: CluePart::Lead, at, count: 1 });
            name.hold(&holders);
        }
    }

    fn number(&mut self, text: Text<'_, 'a>, range: &Range<usize>) -> usize {
        let phrase = text.words.phrase(range.start, range.end);
        *self.by_phrase.entry(phrase).or_insert_with(|| {
            let key = text.words.key(range.clone());
            self.names.push(Name {
                text: text.written(range),
                meanings: meanings(&key),
                key,
                spots: [None; 3],
                dateline: None,
                is_free: false,
                is_demonym: false,
                namesake: None,
                holders: Vec::new(),
                held: Vec::new(),
            });
            self.names.len() - 1
        })
    }

    /// Tells the names that the one stands right before the other, across a comma.
    pub(super) fn join(&mut self, before: usize, behind: usize) {
        let places = |name: &Name<'_>| -> Vec<Place> {
            name.meanings.iter().map(|meaning| meaning.place).collect()
        };
        let (first, second) = (places(&self.names[before]), places(&self.names[behind]));
        let holders: Vec<Place> = second.into_iter().filter(|place| may_hold(*place)).collect();
        self.names[before].holders.extend(holders);
        self.names[before].holders.truncate(MOST_AROUND);
        self.names[behind].held.extend(first);
        self.names[behind].held.truncate(MOST_AROUND);
    }

    /// Looks for an abbreviated state behind the name, which ends before the token `end`; whether
    /// there is one.
    pub(super) fn qualify(&mut self, words: &Words<'_>, name: usize, end: usize) -> bool {
        let next = words.tokens.get(end).filter(|next| next.gap == Gap::Comma && next.is_capital());
        let state = next.and_then(|next| abbreviated(&next.key, next.shape == Shape::Upper));
        if let Some(state) = state {
            self.names[name].hold(&[state]);
        }
        state.is_some()
    }

    /// Tells the names that are words of the names of persons, given as the numbers of phrases.
    pub(super) fn tell_persons(&mut self, persons: &HashSet<u64>) {
        #[expect(clippy::iter_over_hash_type, reason = "each name is told by itself")]
        for (phrase, number) in &self.by_phrase {
            if persons.contains(phrase) {
                self.names[*number].namesake = Some(Namesake::Person);
            }
        }
    }

    /// The names, the surest first, those that are as sure in the order of the text.
    pub(super) fn by_certainty(mut self) -> Vec<Name<'a>> {
        self.names.sort_by(|a, b| b.certainty().total_cmp(&a.certainty()));
        self.names
    }
}

fn holders_named(text: Text<'_, '_>, range: &Range<usize>) -> Vec<Place> {
    let all = meanings(&text.words.key(range.clone()));
    all.into_iter().map(|meaning| meaning.place).filter(|place| may_hold(*place)).collect()
}

impl Name<'_> {
    pub(super) fn is_dateline(&self) -> bool {
        self.dateline.is_some()
    }

    /// Whether it is the short form of `longer`: `Congo` of `Republic of Congo`.
    pub(super) fn is_short_for(&self, longer: &str) -> bool {
        is_shared(&self.key) && longer.strip_suffix(&*self.key).is_some_and(|it| it.ends_with(' '))
    }

    /// Whether its last word alone is a name that several countries go by.
    pub(super) fn has_shared_form(&self) -> bool {
        self.key.rsplit_once(' ').is_some_and(|(_, last)| is_shared(last))
    }

    /// What it may mean with how likely that is by itself, from 0 to 1.
    pub(super) fn by_themselves(&self) -> impl Iterator<Item = (Place, f64)> {
        let people = |meaning: &Meaning| 10_f64.powf(meaning.likelihood);
        let total: f64 = self.meanings.iter().map(people).sum();
        self.meanings.iter().map(move |meaning| (meaning.place, people(meaning) / total))
    }

    pub(super) fn is_of_person(&self) -> bool {
        self.namesake == Some(Namesake::Person)
    }

    /// How far its clues go.
    pub(super) fn reach(&self) -> Reach {
        if self.is_free { Reach::Named } else { Reach::Implied }
    }

    /// Takes note of what stands behind it. Where it may mean nothing that lies there, it means a
    /// town that is too small for the tables.
    fn hold(&mut self, holders: &[Place]) {
        self.holders.extend(holders);
        self.holders.truncate(MOST_AROUND);
        let is_held = |meaning: &Meaning| self.support(meaning.place).is_some();
        if self.meanings.iter().any(is_held) {
            return;
        }
        if let Some(holder) = holders.first()
            && let Some(country) = holder.country()
        {
            let town = Town { country, province: holder.province().unwrap_or_default() };
            self.meanings.push(Meaning { place: Place::City(town, 0), likelihood: 3.0 });
        }
    }

    /// How what stands around supports that it means `place`.
    pub(super) fn support(&self, place: Place) -> Option<Support> {
        let is_country = |place: Option<&Meaning>| {
            place.is_some_and(|meaning| matches!(meaning.place, Place::Country(_)))
        };
        // `Niger, Nigeria` are two countries, although Nigeria has a state of this name.
        let is_list = |holder: &Place| {
            is_country(self.meanings.first()) && matches!(holder, Place::Country(_))
        };
        let is_held = self.holders.iter().any(|it| holds(*it, place) && !is_list(it));
        if is_held || self.held.iter().any(|it| holds(place, *it)) {
            return Some(Support::Holds);
        }
        let mut around = self.holders.iter().chain(&self.held);
        let is_of_university = self.namesake == Some(Namesake::University);
        let is_seat = is_of_university && matches!(place, Place::Province(_));
        (is_seat || around.any(|it| are_siblings(*it, place))).then_some(Support::Beside)
    }

    /// How sure it is what the name means before anything else is known: how much likelier its first
    /// meaning is than any in another country; weak meanings and the names of universities are less
    /// sure than all others.
    fn certainty(&self) -> f64 {
        let Some(first) = self.meanings.first() else { return f64::NEG_INFINITY };
        if !self.holders.is_empty() {
            return f64::INFINITY;
        }
        let country = first.place.country();
        let other = self.meanings.iter().find(|other| other.place.country() != country);
        let margin = other.map_or(first.likelihood, |other| first.likelihood - other.likelihood);
        let is_unsure = first.is_weak() || self.namesake == Some(Namesake::University);
        margin - if is_unsure { 10.0 } else { 0.0 }
    }

    /// The clues that the name gives as the name of `place`. `weigh` tells what a naming is worth
    /// in a dateline, and elsewhere by its factor.
    pub(super) fn clues(
        &self,
        place: Place,
        weigh: impl Fn(Option<f64>) -> f64,
    ) -> impl Iterator<Item = RegionClue> {
        let kind = match place {
            _ if self.is_demonym => RegionClueKind::Demonym,
            Place::Country(_) | Place::Part(_) | Place::Area => RegionClueKind::Country,
            Place::Capital(_) | Place::City(..) => RegionClueKind::City,
            Place::Province(_) => RegionClueKind::Province,
        };
        let clue = |kind, at, factor| RegionClue {
            kind,
            words: self.text.split_whitespace().collect::<Vec<_>>().join(" "),
            place: Some(at),
            weight: weigh(factor),
        };
        let dateline = self.dateline.map(|at| clue(RegionClueKind::Dateline, at, None));
        let spots = self.spots.iter().flatten().map(|(at, factor)| clue(kind, *at, Some(*factor)));
        let clues: Vec<_> = dateline.into_iter().chain(spots).collect();
        clues.into_iter()
    }
}

/// Whether `University of` stands before the token `at`.
fn is_of_university(words: &Words<'_>, at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).map(|at| &*words.tokens[at].key);
    before(1) == Some("of") && matches!(before(2), Some("university" | "universities"))
}

/// Whether a place may be said to hold another, behind a comma.
fn may_hold(place: Place) -> bool {
    matches!(place, Place::Country(_) | Place::Part(_) | Place::Province(_))
}

/// Whether `inner` lies in `outer`.
fn holds(outer: Place, inner: Place) -> bool {
    let is_in_country = outer.country().is_some() && outer.country() == inner.country();
    match outer {
        Place::Country(_) | Place::Part(_) => is_in_country && outer != inner,
        Place::Province(_) => {
            // Of capitals no province is known.
            let is_in_province = inner.province().is_none_or(|it| Some(it) == outer.province());
            is_in_country && is_in_province && matches!(inner, Place::City(..) | Place::Capital(_))
        }
        _ => false,
    }
}

/// Whether both are provinces of one country.
fn are_siblings(a: Place, b: Place) -> bool {
    match (a, b) {
        (Place::Province(a), Place::Province(b)) => a.country == b.country && a.code != b.code,
        _ => false,
    }
}
