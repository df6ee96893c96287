//! Which countries an article is about.
//!
//! Every naming of a country, its people or a place in it is a clue; those at the head of the
//! article weigh more, the place of a dateline most. Names with several meanings are settled by
//! the others: `Georgia` is the American state only where the rest of the article, the state behind
//! a town or the publisher speaks for the United States. The surest names are settled first.
//!
//! # Cost
//!
//! Linear in the text, but for the sorting of different names.

use super::dateline::{Dateline, dateline};
use super::evidence::{Evidence, Reach};
use super::home::Home;
use super::meanings::meanings;
use super::names::{Name, Names};
use super::places::Place;
use super::read::{Found, Text};
use super::settle::Context;
use super::weights::PUBLISHER;
use crate::article::{RegionClue, RegionClueKind, Regions};
use crate::entity::{Mention, Part, Story, StoryWords, Words};

/// How much of the method is used; each step holds those before. All but the last are there to
/// measure what the next is worth.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum Method {
    /// Names of places are counted, each as what it most often means.
    Names,
    /// The place of a dateline counts most.
    Dateline,
    /// Names with several meanings are settled by the rest of the article.
    Context,
    /// Bodies, leaders and currencies count, too.
    #[default]
    Signals,
}

/// Who published a story.
#[derive(Clone, Copy, Debug)]
pub struct Publisher<'a> {
    /// Its name or site, to be shown.
    pub name: &'a str,
    /// Where it is at home.
    pub home: &'a Home,
}

/// Tells what stories are about.
#[derive(Clone, Copy, Debug, Default)]
pub struct RegionFinder<'a> {
    /// Who published them, where it is known where that is at home.
    pub publisher: Option<Publisher<'a>>,
    /// How much of the method is used.
    pub method: Method,
}

/// The countries that the story is about, and all that it names.
///
/// `about` has the best-supported country first, ties in the order of the codes.
pub fn locate(story: &Story<'_>, mentions: &[Mention]) -> Regions {
    RegionFinder::default().locate(story, mentions)
}

impl RegionFinder<'_> {
    /// The countries that the story is about, and all that it names.
    pub fn locate(&self, story: &Story<'_>, mentions: &[Mention]) -> Regions {
        self.locate_in(&StoryWords::of(story), mentions)
    }

    /// As [`Self::locate`], of a story that is cut into words already.
    pub(crate) fn locate_in(&self, story: &StoryWords<'_>, mentions: &[Mention]) -> Regions {
        let Found { mut evidence, names, .. } = self.find(story, mentions);
        self.settle(names, &mut evidence);
        if let Some(Publisher { name, home }) = self.publisher {
            evidence.add(home.country, Reach::Hint, publisher_clue(name));
        }
        evidence.into_regions()
    }

    /// The places that a story names with how sure they are, from 0 to 1; those of a name that is
    /// not settled, by how likely they are by themselves.
    pub(super) fn weigh(&self, story: &StoryWords<'_>, mentions: &[Mention]) -> Vec<(Place, f64)> {
        let Found { mut evidence, names, .. } = self.find(story, mentions);
        let mut weights: Vec<(Place, f64)> = Vec::new();
        for country in evidence.countries() {
            weights.push((Place::Country(country), 1.0));
        }
        for (name, place) in self.settle(names, &mut evidence) {
            match place {
                Some(place) => weights.push((place, 1.0)),
                None => weights.extend(name.by_themselves()),
            }
        }
        weights
    }

    fn find<'a>(&self, story: &StoryWords<'a>, mentions: &[Mention]) -> Found<'a> {
        let dateline = self.dateline(&story.body);
        let start = dateline.as_ref().map_or(0, |dateline| dateline.end);
        let title = Text { part: Part::Title, words: &story.title, start: 0 };
        let body = Text { part: Part::Body, words: &story.body, start };
        let mut found = Found::new(self.method);
        if let Some(dateline) = &dateline {
            found.names.add_dateline(body, dateline);
        }
        for text in [title, body] {
            found.read(text, mentions);
        }
        found.names.tell_persons(&found.persons);
        found
    }

    /// Adds the names, each as the meaning that the rest speaks for, and returns what they were
    /// taken for.
    fn settle<'a>(
        &self,
        names: Names<'a>,
        evidence: &mut Evidence,
    ) -> Vec<(Name<'a>, Option<Place>)> {
        let home = self.publisher.map(|publisher| publisher.home);
        let mut context = Context::new(evidence, home);
        let mut settled = Vec::new();
        for name in names.by_certainty() {
            let place = match self.method {
                Method::Names | Method::Dateline => name.meanings.first().map(|it| it.place),
                Method::Context | Method::Signals => context.meaning(&name),
            };
            if let Some(place) = place {
                context.add(&name, place);
            }
            settled.push((name, place));
        }
        settled
    }

    fn dateline(&self, body: &Words<'_>) -> Option<Dateline> {
        if self.method < Method::Dateline {
            return None;
        }
        dateline(body, |range| {
            meanings(&body.key(range)).iter().any(|it| it.place.country().is_some())
        })
    }
}

fn publisher_clue(name: &str) -> RegionClue {
    let words = name.to_owned();
    RegionClue { kind: RegionClueKind::Publisher, words, place: None, weight: PUBLISHER }
}
