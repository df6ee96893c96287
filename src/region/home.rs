//! Where a publisher is at home, as its articles tell.
//!
//! Papers do not name their own state or country, as their readers know it. But over many articles
//! their towns and districts lie in one: each article has one vote, which it divides among the
//! places that it names, and where most votes are for one country the publisher is at home there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::countries::country as country_of;
use super::locate::RegionFinder;
use super::places::Place;
use crate::article::CountryCode;
use crate::entity::{Story, StoryWords, recognise_in};

/// The country that a publisher writes of for the most part, and the part of it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Home {
    /// The country.
    pub country: CountryCode,
    /// The code of the state or province within it, as GeoNames has it, where most articles are of
    /// one.
    pub province: Option<String>,
}

/// Articles with votes by which a home is told, at least.
const FEWEST: usize = 5;

/// The share of all votes that the country of a home has, in percent.
const COUNTRY_SHARE: u64 = 60;

/// The share of its country's votes that the province of a home has, in percent.
const PROVINCE_SHARE: u64 = 40;

/// A part of the vote of an article.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Vote {
    country: CountryCode,
    /// The code of the province; empty for the country alone.
    province: &'static str,
    /// The part, of [`WHOLE`].
    weight: u16,
}

/// The vote of one article.
const WHOLE: f64 = 1000.0;

/// Parts of the vote of an article that are counted; the least are left out.
const MOST_PARTS: usize = 8;

/// The vote of a story: which countries and provinces it speaks of.
pub fn votes(story: &Story<'_>) -> Vec<Vote> {
    let words = StoryWords::of(story);
    let places = RegionFinder::default().weigh(&words, &recognise_in(story, &words));
    let mut parts: BTreeMap<(CountryCode, &'static str), f64> = BTreeMap::new();
    for (place, weight) in places {
        if let Some(country) = place.country() {
            *parts.entry((country, place.province().unwrap_or_default())).or_default() += weight;
        }
    }
    let total: f64 = parts.values().sum();
    let mut parts: Vec<_> = parts.into_iter().collect();
    // A stable sort: ties stay in the order of the codes.
    parts.sort_by(|a, b| b.1.total_cmp(&a.1));
    parts.truncate(MOST_PARTS);
    let vote = |((country, province), weight): ((CountryCode, &'static str), f64)| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to WHOLE")]
        let weight = (WHOLE * weight / total) as u16;
        Vote { country, province, weight }
    };
    parts.into_iter().map(vote).filter(|vote| vote.weight > 0).collect()
}

impl Home {
    /// Where a publisher with articles of these votes is at home; `None` where they are too few, or
    /// of too many countries.
    pub fn of_votes<'v>(articles: impl Iterator<Item = &'v [Vote]>) -> Option<Self> {
        let mut n_articles = 0;
        let mut countries: BTreeMap<CountryCode, u64> = BTreeMap::new();
        let mut provinces: BTreeMap<(CountryCode, &str), u64> = BTreeMap::new();
        for votes in articles.filter(|votes| !votes.is_empty()) {
            n_articles += 1;
            for vote in votes {
                *countries.entry(vote.country).or_default() += u64::from(vote.weight);
                *provinces.entry((vote.country, vote.province)).or_default() +=
                    u64::from(vote.weight);
            }
        }
        let total: u64 = countries.values().sum();
        let (country, of_country) = countries.into_iter().max_by_key(|(_, weight)| *weight)?;
        if n_articles < FEWEST || 100 * of_country < COUNTRY_SHARE * total {
            return None;
        }
        let own = |it: &((CountryCode, &str), u64)| it.0.0 == country && !it.0.1.is_empty();
        let foremost = provinces.into_iter().filter(own).max_by_key(|(_, weight)| *weight);
        let is_home = |weight: &u64| 100 * weight >= PROVINCE_SHARE * of_country;
        let province = foremost.filter(|(_, weight)| is_home(weight));
        Some(Self { country, province: province.map(|((_, code), _)| code.to_owned()) })
    }

    /// The country of the national domain that `host` is in; `None` in any other domain, and in those
    /// that are sold all over the world: `.tv` is no sign of Tuvalu.
    pub fn of_domain(host: &str) -> Option<Self> {
        const SOLD: [&str; 22] = [
            "ai", "am", "cc", "cf", "co", "fm", "ga", "gg", "gq", "im", "io", "la", "ly", "me",
            "ml", "nu", "sh", "su", "tk", "to", "tv", "ws",
        ];
        let (_, domain) = host.rsplit_once('.')?;
        let domain = domain.to_ascii_lowercase();
        let code = if domain == "uk" { "gb" } else { &domain };
        let country = CountryCode::new(code).filter(|_| !SOLD.contains(&code))?;
        country_of(country).map(|_| Self { country, province: None })
    }

    /// Whether `place` lies in the publisher's own province.
    pub(super) fn is_near(&self, place: Place) -> bool {
        place.country() == Some(self.country)
            && self.province.is_some()
            && place.province() == self.province.as_deref()
    }
}

impl From<Home> for String {
    fn from(home: Home) -> Self {
        match home.province {
            Some(province) => format!("{}.{province}", home.country),
            None => home.country.to_string(),
        }
    }
}

impl TryFrom<String> for Home {
    type Error = NotAHome;

    fn try_from(written: String) -> Result<Self, NotAHome> {
        let (country, province) = match written.split_once('.') {
            Some((country, province)) => (country, Some(province.to_owned())),
            None => (written.as_str(), None),
        };
        Ok(Self { country: CountryCode::new(country).ok_or(NotAHome)?, province })
    }
}

/// The text names no country.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("not a country, or a country and its province")]
pub struct NotAHome;
