//! What the name of a place may mean: countries and their parts, cities, provinces, wider areas.
//!
//! Cities have 100,000 people or more; provinces are first-level divisions. The tables are
//! `cities.tsv` and `provinces.tsv` beside this file (their sources are in `PROVENANCE.md`). They
//! are read with all other known names, by [`gazetteer`], when the first article is looked at.

use super::countries::countries;
use crate::article::CountryCode;
use crate::entity::{gazetteer, phrase_of};

/// One meaning of a place name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Place {
    /// A country under one of its names.
    Country(CountryCode),
    /// A well-known part of a country: `Scotland`, `Crimea`.
    Part(CountryCode),
    /// A capital.
    Capital(CountryCode),
    /// Another city, with its people in thousands.
    City(Town, u32),
    /// A province, state or district of the first level.
    Province(Province),
    /// A continent, sea or other area that is no country's.
    Area,
}

/// Where a city lies.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Town {
    pub(crate) country: CountryCode,
    /// The code of its province within the country, as `GeoNames` has it: `TX`, `08`.
    pub(crate) province: &'static str,
}

/// A first-level division of a country.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Province {
    pub(crate) country: CountryCode,
    /// Its code within the country, as `GeoNames` has it.
    pub(crate) code: &'static str,
    /// The people of its towns, in thousands.
    pub(crate) thousands: u32,
}

impl Place {
    /// The country that it is or lies in.
    pub(crate) fn country(self) -> Option<CountryCode> {
        match self {
            Self::Country(code) | Self::Part(code) | Self::Capital(code) => Some(code),
            Self::City(town, _) => Some(town.country),
            Self::Province(province) => Some(province.country),
            Self::Area => None,
        }
    }

    /// The code of the province that it is or lies in, where that is known.
    pub(crate) fn province(self) -> Option<&'static str> {
        match self {
            Self::City(town, _) => Some(town.province).filter(|code| !code.is_empty()),
            Self::Province(province) => Some(province.code),
            _ => None,
        }
    }

    /// Meanings of one name are listed by this: what news most often means comes first.
    pub(crate) fn prominence(self) -> u32 {
        match self {
            Self::Country(_) => u32::MAX,
            Self::Part(_) => u32::MAX - 1,
            Self::Capital(_) => u32::MAX - 2,
            Self::Area => u32::MAX - 3,
            Self::City(_, thousands) => 1 + thousands,
            // Between cities of 500,000 and larger ones: `Ontario` is the province.
            Self::Province(_) => 500,
        }
    }
}

/// Continents, seas, ranges and other areas that belong to no one country.
const AREAS: &str = "\
Africa|Europe|Asia|Antarctica|Oceania|North America|South America|Latin America|Central America|\
Central Asia|South Asia|East Asia|Southeast Asia|South-East Asia|West Africa|East Africa|\
North Africa|Southern Africa|Central Africa|Sub-Saharan Africa|Horn of Africa|Sahel|Sahara|\
Maghreb|Middle East|Near East|Far East|Gulf of Mexico|Persian Gulf|Arabian Gulf|Gulf of Aden|\
Gulf of Guinea|Gulf of Oman|Eastern Europe|Western Europe|Central Europe|Northern Europe|\
Southern Europe|Balkans|Western Balkans|Caucasus|South Caucasus|North Caucasus|Scandinavia|\
Caribbean|Mediterranean|Mediterranean Sea|Black Sea|Red Sea|Baltic Sea|Baltics|Caspian Sea|\
Caspian|Aegean|Aegean Sea|Adriatic|Adriatic Sea|South China Sea|East China Sea|Yellow Sea|\
Sea of Japan|Sea of Azov|North Sea|Arctic|Arctic Ocean|Atlantic|Atlantic Ocean|Pacific|\
Pacific Ocean|Indian Ocean|Southern Ocean|Asia-Pacific|Indo-Pacific|Eurasia|Levant|Kurdistan|\
Indochina|Himalayas|Alps|Andes|Pyrenees|Amazon rainforest|Danube|Rhine|Nile|Euphrates|Tigris|\
Mekong|Volga|Yangtze|Suez Canal|Panama Canal|Strait of Hormuz|Strait of Malacca|English Channel|\
Taiwan Strait|Bosphorus|Dardanelles|Arabian Peninsula|Korean Peninsula|Iberian Peninsula|\
Golan Heights|Northern Africa|Eastern Africa|Western Africa|Western Asia|Eastern Asia|\
Southern Asia|Middle Africa|Polynesia|Melanesia|Bay of Bengal|Arabian Sea|Lake Victoria|Африка|\
Европа|Азия|Центральная Азия|Ближний Восток|Кавказ|Балканы";

/// What the name with this [`name_key`](crate::entity::token::name_key) may mean, likeliest first;
/// empty for any other name. Names in Cyrillic script are known in all their cases.
pub(crate) fn places(key: &str) -> &'static [Place] {
    places_of(phrase_of(key))
}

/// As [`places`], by the number of the name's phrase.
pub(crate) fn places_of(phrase: u64) -> &'static [Place] {
    gazetteer::places_of(phrase)
}

/// Every place name as it is written, with one meaning each time.
pub(crate) fn place_names() -> impl Iterator<Item = (&'static str, Place)> {
    let of_countries = countries().iter().flat_map(|country| {
        let code = country.code;
        let names = country.names().map(move |name| (name, Place::Country(code)));
        let parts = country.parts.iter().map(move |part| (*part, Place::Part(code)));
        names.chain(parts).chain([(country.capital, Place::Capital(code))])
    });
    let of_cities = city_lines().flat_map(|(name, place, aliases)| {
        [name].into_iter().chain(aliases).map(move |name| (name, place))
    });
    of_countries
        .chain(of_cities)
        .chain(province_lines().map(|(name, province)| (name, Place::Province(province))))
        .chain(AREAS.split('|').map(|name| (name, Place::Area)))
        .filter(|(name, _)| !name.is_empty())
}

/// The cities of the table, each with its names, the usual one first.
pub(crate) fn cities() -> impl Iterator<Item = impl Iterator<Item = &'static str>> {
    city_lines().map(|(name, _, aliases)| [name].into_iter().chain(aliases))
}

type CityLine = (&'static str, Place, Vec<&'static str>);

fn city_lines() -> impl Iterator<Item = CityLine> {
    include_str!("cities.tsv").lines().skip(1).filter_map(|line| {
        let mut fields = line.split('\t');
        let (name, country) = (fields.next()?, CountryCode::new(fields.next()?)?);
        let thousands = fields.next()?.parse().ok()?;
        let aliases = fields.next()?.split('|').filter(|alias| !alias.is_empty());
        let town = Town { country, province: fields.next()? };
        Some((name, Place::City(town, thousands), aliases.collect()))
    })
}

fn province_lines() -> impl Iterator<Item = (&'static str, Province)> {
    include_str!("provinces.tsv").lines().skip(1).filter_map(|line| {
        let mut fields = line.split('\t');
        let (name, country) = (fields.next()?, CountryCode::new(fields.next()?)?);
        let (code, thousands) = (fields.next()?, fields.next()?.parse().ok()?);
        Some((name, Province { country, code, thousands }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::token::name_key;

    #[test]
    fn the_likeliest_meaning_comes_first() {
        let first = |name: &str| places(&name_key(name)).first().copied();
        let code = |code: &str| CountryCode::new(code).expect("two letters");
        assert_eq!(first("Georgia"), Some(Place::Country(code("GE"))));
        assert_eq!(first("Scotland"), Some(Place::Part(code("GB"))));
        assert_eq!(first("washington"), Some(Place::Capital(code("US"))));
        assert!(
            matches!(first("Almaty"), Some(Place::City(town, 1000..)) if town.country == code("KZ"))
        );
        assert_eq!(first("Saskatchewan").and_then(Place::country), Some(code("CA")));
        assert!(matches!(first("Saskatchewan"), Some(Place::Province(_))));
        assert_eq!(first("Black Sea"), Some(Place::Area));
        assert_eq!(first("Erewhon"), None);
    }

    #[test]
    fn every_line_of_the_tables_is_read() {
        let lines = |table: &str| table.lines().count() - 1;
        assert_eq!(city_lines().count(), lines(include_str!("cities.tsv")));
        assert_eq!(province_lines().count(), lines(include_str!("provinces.tsv")));
    }

    #[test]
    fn russian_names_are_known_in_all_cases() {
        for name in "Казахстан Казахстана Казахстану Россия России Россию Россией".split(' ')
        {
            let country = places(&name_key(name)).first();
            assert!(matches!(country, Some(Place::Country(_))), "for `{name}`");
        }
    }
}
