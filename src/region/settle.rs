//! Settles what each name means, by what is known so far.

use foldhash::HashSet;

use super::evidence::Evidence;
use super::home::Home;
use super::meanings::Meaning;
use super::names::{Name, Support};
use super::places::Place;
use super::weights::{COUNTRY, DATELINE, FIRST_SENTENCE, WITHIN};
use crate::article::CountryCode;

/// What the home of the publisher weighs beside the article's own evidence.
const HOME: f64 = 1.0;
/// What it adds to a meaning that all evidence is for the country of.
const SHARE: f64 = 2.0;
/// What it adds that the article names the province of a town.
const PROVINCE: f64 = 1.5;
/// What it adds that the article has a longer name of the same country.
const IN_FULL: f64 = 1.5;
/// What it adds that a town is in the publisher's own province.
const NEAR: f64 = 2.0;
/// What it adds that the country or state stands behind the name.
const QUALIFIED: f64 = 5.0;

/// What is known when a name is settled.
#[derive(Debug)]
pub(super) struct Context<'c> {
    evidence: &'c mut Evidence,
    home: Option<&'c Home>,
    /// The provinces that the article names.
    provinces: HashSet<(CountryCode, &'static str)>,
    /// The folded names of countries that have a short form that others have, too.
    full: Vec<(String, Place)>,
}

impl<'c> Context<'c> {
    /// Nothing is settled yet but what is in `evidence`.
    pub(super) fn new(evidence: &'c mut Evidence, home: Option<&'c Home>) -> Self {
        Self { evidence, home, provinces: HashSet::default(), full: Vec::new() }
    }

    /// Takes note of a name that is settled.
    pub(super) fn add(&mut self, name: &Name<'_>, place: Place) {
        let Some(country) = place.country() else { return };
        match place {
            Place::Province(province) => drop(self.provinces.insert((country, province.code))),
            Place::Country(_) if name.has_shared_form() => {
                self.full.push((name.key.clone(), place));
            }
            _ => {}
        }
        let weigh = |factor: Option<f64>| match factor {
            Some(factor) => factor * worth(place),
            None => DATELINE + FIRST_SENTENCE * worth(place),
        };
        for clue in name.clues(place, weigh) {
            self.evidence.add(country, name.reach(), clue);
        }
    }

    /// What a name most likely means; `None` where that proves nothing.
    pub(super) fn meaning(&self, name: &Name<'_>) -> Option<Place> {
        let score = |meaning: &Meaning| {
            let place = meaning.place;
            let country = place.country();
            meaning.likelihood
                + SHARE * country.map_or(0.0, |country| self.share(country))
                + if self.names_province_of(place) { PROVINCE } else { 0.0 }
                + if self.names_in_full(name, place) { IN_FULL } else { 0.0 }
                + if self.home.is_some_and(|home| home.is_near(place)) { NEAR } else { 0.0 }
                + match name.support(place) {
                    Some(Support::Holds) => QUALIFIED,
                    Some(Support::Beside) => PROVINCE,
                    None => 0.0,
                }
        };
        // The last of the greatest is taken: the likeliest by itself.
        let meanings = name.meanings.iter().rev();
        let best = meanings.max_by(|a, b| score(a).total_cmp(&score(b)))?;
        let place = best.place;
        let speaks = |country: CountryCode| {
            self.evidence.weight(country) > 0.0
                || self.home.is_some_and(|home| home.country == country)
        };
        let is_alone = !place.country().is_some_and(speaks) && name.support(place).is_none();
        let is_doubtful = best.is_weak() && self.evidence.total() > 0.0 || name.is_of_person();
        let proves_nothing = is_doubtful && !name.is_dateline() && is_alone;
        (!proves_nothing).then_some(place)
    }

    /// The share of all evidence that is for `country`.
    fn share(&self, country: CountryCode) -> f64 {
        let of_home = |own: bool| if own { HOME } else { 0.0 };
        let total = self.evidence.total() + of_home(self.home.is_some());
        let is_home = self.home.is_some_and(|home| home.country == country);
        let weight = self.evidence.weight(country) + of_home(is_home);
        if total > 0.0 { weight / total } else { 0.0 }
    }

    fn names_province_of(&self, place: Place) -> bool {
        let Place::City(town, _) = place else { return false };
        self.provinces.contains(&(town.country, town.province))
    }

    /// Whether the article has a longer name of the country that `place` is, of which `name` is
    /// the short form.
    fn names_in_full(&self, name: &Name<'_>, place: Place) -> bool {
        self.full.iter().any(|(longer, it)| *it == place && name.is_short_for(longer))
    }
}

fn worth(place: Place) -> f64 {
    if matches!(place, Place::Country(_)) { COUNTRY } else { WITHIN }
}
