//! Towns of fewer people than the cities of [`super::places`], and other spellings of cities.
//!
//! Most names of towns mean several of them, and many are ordinary words or surnames, so a town
//! counts only where something else speaks for it: a state behind its name, a dateline, the rest
//! of the article or of what its publisher writes.
//!
//! # Cost
//!
//! The table is sorted text and is searched as it lies in the program: nothing is read beforehand.

use std::cmp::Ordering;

use super::places::{Place, Town};
use crate::article::CountryCode;

/// A line for each folded name, in the order of their bytes: the name, a tab, and `|` between the
/// towns of this name, largest first: country, a full stop, province, a blank, people in thousands.
const TABLE: &str = include_str!("towns.tsv");

/// The towns whose name has this [`name_key`](crate::entity::token::name_key), largest first.
pub(super) fn towns(key: &str) -> impl Iterator<Item = Place> {
    line(key).unwrap_or_default().split('|').filter_map(read)
}

/// What stands behind the name `key`: a binary search that looks at the line around each middle.
fn line(key: &str) -> Option<&'static str> {
    let (mut start, mut end) = (0, TABLE.len());
    while start < end {
        let middle = TABLE.floor_char_boundary(start.midpoint(end));
        let first = TABLE[start..middle].rfind('\n').map_or(start, |at| start + at + 1);
        let (line, _) = TABLE[first..end].split_once('\n').unwrap_or((&TABLE[first..end], ""));
        let (name, towns) = line.split_once('\t')?;
        match name.cmp(key) {
            Ordering::Equal => return Some(towns),
            Ordering::Less => start = end.min(first + line.len() + 1),
            Ordering::Greater => end = first,
        }
    }
    None
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
