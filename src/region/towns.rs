//! Towns of fewer people than the cities of [`super::places`], and other spellings of cities.
//!
//! Most names of towns mean several of them, and many are ordinary words or surnames, so a town
//! counts only where something else speaks for it: a state behind its name, a dateline, the rest
//! of the article or of what its publisher writes.
//!
//! # Cost
//!
//! The table is sorted text and is searched as it lies in the program; where its lines begin is
//! found once, in about a millisecond, and takes four bytes a line.

use std::cmp::Ordering;
use std::sync::LazyLock;

use super::places::{Place, Town};
use crate::article::CountryCode;

/// A line for each folded name, in the order of their bytes: the name, a tab, and `|` between the
/// towns of this name, largest first: country, a full stop, province, a blank, people in thousands.
const TABLE: &str = include_str!("towns.tsv");

/// The towns whose name has this [`name_key`](crate::entity::token::name_key), largest first.
pub(super) fn towns(key: &str) -> impl Iterator<Item = Place> {
    line(key).unwrap_or_default().split('|').filter_map(read)
}

/// Where the lines begin.
static STARTS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let ends = TABLE.match_indices('\n').map(|(at, _)| at + 1).filter(|at| *at < TABLE.len());
    // The table is far smaller than 4 GB.
    std::iter::once(0).chain(ends).map(|at| u32::try_from(at).unwrap_or_default()).collect()
});

/// What stands behind the name `key`.
fn line(key: &str) -> Option<&'static str> {
    let from = |start: u32| &TABLE[start as usize..];
    let compare = |start: &u32| {
        let (name, rest) = from(*start).split_at_checked(key.len()).unwrap_or((from(*start), ""));
        let order = name.as_bytes().cmp(key.as_bytes());
        order.then(if rest.starts_with('\t') { Ordering::Equal } else { Ordering::Greater })
    };
    let at = STARTS.binary_search_by(compare).ok()?;
    let (_, towns) = from(STARTS[at]).lines().next()?.split_once('\t')?;
    Some(towns)
}

/// Reads `US.TX 24`.
fn read(town: &'static str) -> Option<Place> {
    let (place, thousands) = town.split_once(' ')?;
    let (country, province) = place.split_once('.')?;
    let town = Town { country: CountryCode::new(country)?, province };
    Some(Place::City(town, thousands.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::token::name_key;

    #[test]
    fn every_town_is_found_by_its_name() {
        let mut last = "";
        for line in TABLE.lines() {
            let (name, listed) = line.split_once('\t').expect("a tab");
            assert!(last < name, "`{name}` stands behind `{last}`");
            assert_eq!(name_key(name), name);
            assert_eq!(towns(name).count(), listed.split('|').count(), "towns of `{name}`");
            last = name;
        }
        for name in ["", "a", "erewhon", "zzzz", "paris texas"] {
            assert_eq!(towns(name).count(), 0, "towns of `{name}`");
        }
    }

    #[test]
    fn a_town_tells_its_province_and_people() {
        let town = Town { country: CountryCode::new("US").expect("two letters"), province: "TX" };
        assert_eq!(towns("paris").next(), Some(Place::City(town, 24)));
    }
}
