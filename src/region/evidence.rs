//! What speaks for each country, and which of them the article is about by that.

use std::collections::BTreeMap;

use crate::article::{
    CluePart, CluePlace, CountryCode, RegionClue, RegionClueKind, RegionEvidence, Regions,
};

/// An article is about a country with this share of the evidence for the foremost one, or more.
const ABOUT_SHARE: f64 = 0.35;

/// Clues that are kept of each country; the others are counted in its weight.
const MOST_CLUES: usize = 8;

/// How far a clue goes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Reach {
    /// It names the country, its people or a place in it.
    Named,
    /// It speaks for the country without naming it: a body, somebody who governs.
    Implied,
    /// It says something only where nothing is named or implied: a currency, the publisher.
    Hint,
}

/// The clues to all countries.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    countries: BTreeMap<CountryCode, Score>,
    total: f64,
}

#[derive(Clone, Debug, Default)]
struct Score {
    weight: f64,
    hinted: f64,
    is_named: bool,
    is_dateline: bool,
    clues: Vec<RegionClue>,
}

impl Evidence {
    /// Adds a clue; one of the same words in the same part of the article is joined to it.
    pub(super) fn add(&mut self, country: CountryCode, reach: Reach, clue: RegionClue) {
        let score = self.countries.entry(country).or_default();
        match reach {
            Reach::Hint => score.hinted += clue.weight,
            Reach::Named | Reach::Implied => {
                score.weight += clue.weight;
                self.total += clue.weight;
            }
        }
        score.is_named |= reach == Reach::Named;
        score.is_dateline |= clue.kind == RegionClueKind::Dateline;
        match score.clues.iter_mut().find(|known| is_same(known, &clue)) {
            Some(known) => {
                known.weight += clue.weight;
                if let (Some(known), Some(place)) = (&mut known.place, clue.place) {
                    known.count = known.count.saturating_add(place.count);
                }
            }
            None => score.clues.push(clue),
        }
    }

    /// How much speaks for `country`.
    pub(super) fn weight(&self, country: CountryCode) -> f64 {
        self.countries.get(&country).map_or(0.0, |score| score.weight)
    }

    /// The countries that something speaks for, hints left out.
    pub(super) fn countries(&self) -> impl Iterator<Item = CountryCode> {
        let some = self.countries.iter().filter(|(_, score)| score.weight > 0.0);
        some.map(|(code, _)| *code)
    }

    /// How much speaks for all countries together.
    pub(super) fn total(&self) -> f64 {
        self.total
    }

    pub(super) fn into_regions(mut self) -> Regions {
        if self.total > 0.0 {
            self.countries.retain(|_, score| score.weight > 0.0);
        }
        self.countries.values_mut().for_each(|score| score.weight += score.hinted);
        let mut scores: Vec<(CountryCode, Score)> = self.countries.into_iter().collect();
        // A stable sort: ties stay in the order of the codes.
        scores.sort_by(|a, b| b.1.weight.total_cmp(&a.1.weight));
        let top = scores.first().map_or(0.0, |(_, score)| score.weight);
        let is_about = |score: &Score| score.weight > 0.0 && score.weight >= ABOUT_SHARE * top;
        let about: Vec<_> =
            scores.iter().filter(|(_, score)| is_about(score)).map(|(code, _)| *code).collect();
        let is_found =
            |(code, score): &&(CountryCode, Score)| score.is_named || about.contains(code);
        let mut countries: Vec<_> = scores.iter().filter(is_found).map(|(code, _)| *code).collect();
        countries.sort_unstable();
        let evidence = scores.into_iter().map(|(country, score)| score.into_evidence(country));
        Regions { about, countries, evidence: evidence.collect() }
    }
}

impl Score {
    fn into_evidence(mut self, country: CountryCode) -> RegionEvidence {
        self.clues.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        self.clues.truncate(MOST_CLUES);
        RegionEvidence { country, weight: self.weight, clues: self.clues }
    }
}

fn is_same(a: &RegionClue, b: &RegionClue) -> bool {
    let part = |clue: &RegionClue| -> Option<CluePart> { clue.place.map(|place| place.part) };
    a.kind == b.kind && part(a) == part(b) && a.words == b.words
}

/// A clue in the article.
pub(super) fn clue(kind: RegionClueKind, words: &str, place: CluePlace, weight: f64) -> RegionClue {
    RegionClue { kind, words: words.to_owned(), place: Some(place), weight }
}
