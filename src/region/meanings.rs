//! What a name of a place may mean, and how likely each meaning is before the article is read.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt as _};

use super::places::{Place, Province, places};
use super::towns::towns;
use crate::article::CountryCode;
use crate::entity::token::name_key;

/// A meaning of a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Meaning {
    pub(super) place: Place,
    /// The logarithm to base 10 of its people, and of countries and the like what puts them beside
    /// towns of that size.
    pub(super) likelihood: f64,
}

/// What the other countries of a shared name are less likely by.
const SHARED_BY: f64 = 1.0;

/// How news speaks of countries, in people: as often as of a city of 100 million.
const COUNTRY: f64 = 8.0;
const PART: f64 = 7.5;
const AREA: f64 = 7.2;
/// A capital is spoken of like a city of six times its people.
const CAPITAL: f64 = 0.8;
/// A province that has its name from a town in it is rarely meant, if it has less than five times
/// the people.
const NAMESAKE: f64 = 0.7;
/// Capitals that no table has the people of are small.
const SMALL_CAPITAL: f64 = 4.0;

/// A city of fewer people, in thousands, proves nothing where nothing else speaks for its country.
const WEAK_CITY: u32 = 500;
/// The same of a province.
const WEAK_PROVINCE: u32 = 1_000;

impl Meaning {
    /// Whether it is too unlikely to stand on its own.
    pub(super) fn is_weak(self) -> bool {
        match self.place {
            Place::City(_, thousands) => thousands < WEAK_CITY,
            Place::Province(province) => province.thousands < WEAK_PROVINCE,
            _ => false,
        }
    }
}

/// What the name with this [`name_key`](crate::entity::token::name_key) may mean, likeliest first.
/// Where the whole name means nothing, `Gansu Province` is `Gansu`, and `northern Mali` `Mali`.
pub(super) fn meanings(key: &str) -> Vec<Meaning> {
    let mut key = key;
    loop {
        let found = of_whole(key);
        if !found.is_empty() {
            return found;
        }
        match without_generic(key) {
            Some(rest) => key = rest,
            None => return found,
        }
    }
}

/// Names and nationalities that several countries go by; the one that is meant where nothing else is
/// said stands first.
const SHARED: [(&str, &[&str]); 16] = [
    ("congo", &["CD", "CG"]),
    ("congolese", &["CD", "CG"]),
    ("dominican", &["DO", "DM"]),
    ("dominicans", &["DO", "DM"]),
    ("guinean", &["GN", "GW", "GQ", "PG"]),
    ("guineans", &["GN", "GW", "GQ", "PG"]),
    ("korea", &["KR", "KP"]),
    ("korean", &["KR", "KP"]),
    ("koreans", &["KR", "KP"]),
    ("macedonia", &["MK", "GR"]),
    ("samoan", &["WS", "AS"]),
    ("samoans", &["WS", "AS"]),
    ("sudanese", &["SD", "SS"]),
    ("timor", &["TL", "ID"]),
    ("timorese", &["TL", "ID"]),
    ("virgin islands", &["VI", "VG"]),
];

/// Whether several countries go by this folded name or nationality.
pub(super) fn is_shared(key: &str) -> bool {
    SHARED.iter().any(|(name, _)| *name == key)
}

/// Counties, islands and historic regions that are no divisions of the first level.
static DISTRICTS: LazyLock<HashMap<String, Vec<Place>>> = LazyLock::new(|| {
    let mut districts: HashMap<String, Vec<Place>> = HashMap::with_capacity(400);
    for line in include_str!("districts.tsv").lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [name, country, code, thousands] = fields.as_slice() else { continue };
        if let (Some(country), Ok(thousands)) = (CountryCode::new(country), thousands.parse()) {
            let district = Place::Province(Province { country, code, thousands });
            districts.entry(name_key(name)).or_default().push(district);
        }
    }
    districts
});

fn of_whole(key: &str) -> Vec<Meaning> {
    let shared = SHARED.iter().find(|(name, _)| *name == key).map_or(&[][..], |(_, codes)| codes);
    let shared = shared.iter().filter_map(|code| CountryCode::new(code).map(Place::Country));
    let shared: Vec<Place> = shared.collect();
    // The bare name may be listed as that of one of them.
    let listed = places(key).iter().copied().filter(|place| !shared.contains(place));
    let districts = DISTRICTS.get(key).into_iter().flatten().copied();
    let all = shared.iter().copied().chain(listed).chain(districts).chain(towns(key));
    let all: Vec<Place> = all.collect();
    let capital = |country| all.contains(&Place::Capital(country));
    // A capital stands in the table of cities once more.
    let is_again = |place: &Place| matches!(place, Place::City(town, _) if capital(town.country));
    let mut meanings: Vec<Meaning> = all
        .iter()
        .filter(|place| !is_again(place))
        .map(|&place| {
            let is_other = shared.get(1..).is_some_and(|others| others.contains(&place));
            let less = if is_other { SHARED_BY } else { 0.0 };
            Meaning { place, likelihood: likelihood(place, &all) - less }
        })
        .collect();
    // A stable sort: names of countries stay before others that are as likely.
    meanings.sort_by(|a, b| b.likelihood.total_cmp(&a.likelihood));
    meanings
}

fn likelihood(place: Place, all: &[Place]) -> f64 {
    match place {
        Place::Country(_) => COUNTRY,
        Place::Part(_) => PART,
        Place::Area => AREA,
        Place::City(_, thousands) => logarithm(thousands),
        Place::Province(province) => {
            let is_town = |place: &Place| {
                matches!(place, Place::City(..)) && place.country() == Some(province.country)
            };
            let namesake = if all.iter().any(is_town) { NAMESAKE } else { 0.0 };
            logarithm(province.thousands) - namesake
        }
        Place::Capital(country) => {
            let people = all.iter().find_map(|place| match place {
                Place::City(town, thousands) if town.country == country => Some(*thousands),
                _ => None,
            });
            CAPITAL + people.map_or(SMALL_CAPITAL, logarithm)
        }
    }
}

fn logarithm(thousands: u32) -> f64 {
    (1000.0 * f64::from(thousands)).max(1000.0).log10()
}

/// The name without a word that says only what kind of place it is, or which part of it.
fn without_generic(key: &str) -> Option<&str> {
    const BEFORE: [&str; 22] = [
        "city of ",
        "state of ",
        "province of ",
        "county ",
        "greater ",
        "central ",
        "downtown ",
        "upstate ",
        "metropolitan ",
        "northern ",
        "southern ",
        "eastern ",
        "western ",
        "north ",
        "south ",
        "east ",
        "west ",
        "southeastern ",
        "southwestern ",
        "northeastern ",
        "northwestern ",
        "mainland ",
    ];
    const BEHIND: [&str; 20] = [
        " province",
        " state",
        " prefecture",
        " oblast",
        " governorate",
        " region",
        " district",
        " county",
        " city",
        " municipality",
        " airport",
        " international",
        " department",
        " harbour",
        " harbor",
        " strip",
        " territory",
        " valley",
        " metropolitan area",
        " republic",
    ];
    let before = BEFORE.iter().find_map(|word| key.strip_prefix(word));
    before.or_else(|| BEHIND.iter().find_map(|word| key.strip_suffix(word)))
}
