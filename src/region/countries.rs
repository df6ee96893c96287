//! The countries of the world: their names, peoples, capitals and the regions they belong to.
//!
//! The table is `countries.tsv` beside this file (its sources are in `PROVENANCE.md`). It is read
//! when it is first asked for, in about a millisecond, so a search without a region pays nothing.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt as _};

use crate::article::CountryCode;
use crate::entity::token::name_key;

/// A country or territory with an ISO 3166-1 code, or Kosovo (`XK`).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Country {
    /// Its ISO 3166-1 alpha-2 code.
    pub code: CountryCode,
    /// Its ISO 3166-1 alpha-3 code.
    pub alpha3: &'static str,
    /// Its number in the UN M49 standard, three digits; empty for Kosovo, which has none.
    pub m49: &'static str,
    /// Its usual English name.
    pub name: &'static str,
    /// Its capital; empty where it has none.
    pub capital: &'static str,
    /// Other names for the whole of it, former and Russian ones included.
    pub aliases: Vec<&'static str>,
    /// Its adjectives and its people: `Kazakh`, `Kazakhs`.
    pub demonyms: Vec<&'static str>,
    /// Well-known parts that news names like countries: `Scotland`, `Crimea`.
    pub parts: Vec<&'static str>,
    /// The UN M49 regions that it belongs to, largest first: `Asia`, `Central Asia`.
    pub regions: Vec<&'static str>,
}

impl Country {
    /// Everything that the whole of it is called: its name, then its aliases.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

struct Table {
    countries: Vec<Country>,
    by_code: HashMap<CountryCode, usize>,
    /// Names, aliases, alpha-3 codes and M49 numbers, by [`name_key`].
    by_name: HashMap<String, CountryCode>,
    by_demonym: HashMap<String, CountryCode>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("countries.tsv")));

/// Every country, in the order of the codes.
pub fn countries() -> &'static [Country] {
    &TABLE.countries
}

/// The country with this code.
pub fn country(code: CountryCode) -> Option<&'static Country> {
    TABLE.by_code.get(&code).map(|&place| &TABLE.countries[place])
}

/// The country with this name, alias, ISO code (two letters or three) or M49 number, whatever its
/// capitals, accents, hyphens and full stops: `u.s.`, `USA`, `840`, `Türkiye`, `Казахстан`.
pub fn country_by_name(name: &str) -> Option<CountryCode> {
    let key = name_key(name);
    let key = key.strip_prefix("the ").unwrap_or(&key);
    let code = || CountryCode::new(key).filter(|&code| country(code).is_some());
    TABLE.by_name.get(key).copied().or_else(code)
}

/// The country whose adjective or people this word is: `Kazakh`, `Frenchmen`, `South Koreans`.
///
/// `Congolese` is taken for the Democratic Republic, the larger of the two.
pub fn country_by_demonym(word: &str) -> Option<CountryCode> {
    TABLE.by_demonym.get(&name_key(word)).copied()
}

impl Table {
    fn read(tsv: &'static str) -> Self {
        let countries: Vec<Country> = tsv.lines().skip(1).filter_map(read_country).collect();
        let mut table = Self {
            by_code: countries.iter().enumerate().map(|(n, country)| (country.code, n)).collect(),
            by_name: HashMap::new(),
            by_demonym: HashMap::new(),
            countries,
        };
        // Proper names first, so that no alias or code of one country hides another's name.
        for country in &table.countries {
            table.by_name.insert(name_key(country.name), country.code);
        }
        for country in &table.countries {
            for alias in country.aliases.iter().chain([&country.alpha3, &country.m49]) {
                table.by_name.entry(name_key(alias)).or_insert(country.code);
            }
            for demonym in &country.demonyms {
                table.by_demonym.entry(name_key(demonym)).or_insert(country.code);
            }
        }
        table.by_name.remove("");
        table
    }
}

/// Reads one line of `countries.tsv`.
fn read_country(line: &'static str) -> Option<Country> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [iso2, alpha3, name, capital, aliases, demonyms, parts, regions @ ..] = fields.as_slice()
    else {
        return None;
    };
    let list = |field: &&'static str| field.split('|').filter(|item| !item.is_empty()).collect();
    let [region, narrow, wide, m49] = regions else { return None };
    Some(Country {
        code: CountryCode::new(iso2)?,
        alpha3,
        m49,
        name,
        capital,
        aliases: list(aliases),
        demonyms: list(demonyms),
        parts: list(parts),
        regions: [*region, *wide, *narrow].into_iter().filter(|name| !name.is_empty()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, code: &str) {
        let found = country_by_name(name).map(|code| code.to_string());
        assert_eq!(found.as_deref().unwrap_or("none"), code, "for `{name}`");
    }

    #[test]
    fn a_country_is_found_by_name_alias_or_code() {
        for (name, code) in [
            ("Kazakhstan", "KZ"),
            ("KAZAKHSTAN", "KZ"),
            ("kz", "KZ"),
            ("KAZ", "KZ"),
            ("Казахстан", "KZ"),
            ("U.S.", "US"),
            ("us", "US"),
            ("USA", "US"),
            ("the United States", "US"),
            ("UK", "GB"),
            ("Türkiye", "TR"),
            ("Turkey", "TR"),
            ("Cote d’Ivoire", "CI"),
            ("Côte d'Ivoire", "CI"),
            ("398", "KZ"),
            ("Kazakstan", "KZ"),
            ("Burma", "MM"),
            ("Ivory Coast", "CI"),
            ("Czechia", "CZ"),
            ("Czech Republic", "CZ"),
            ("Swaziland", "SZ"),
            ("Eswatini", "SZ"),
            ("Macedonia", "MK"),
            ("North Macedonia", "MK"),
            ("Zaire", "CD"),
            ("Republic of Congo", "CG"),
            ("Cape Verde", "CV"),
            ("Cabo Verde", "CV"),
            ("Upper Volta", "BF"),
            ("Ceylon", "LK"),
            ("Persia", "IR"),
            ("Holland", "NL"),
            ("USSR", "RU"),
            ("West Germany", "DE"),
            ("Yugoslavia", "RS"),
            ("East Timor", "TL"),
            ("DPRK", "KP"),
            ("Republic of Korea", "KR"),
            ("Viet Nam", "VN"),
            ("Kirghizia", "KG"),
            ("Byelorussia", "BY"),
            ("The Gambia", "GM"),
            ("Vatican", "VA"),
            ("Allemagne", "DE"),
            ("España", "ES"),
            ("guinea bissau", "GW"),
            ("Timor Leste", "TL"),
            ("Curacao", "CW"),
            ("", "none"),
            ("Atlantis", "none"),
            ("ZZ", "none"),
        ] {
            check(name, code);
        }
    }

    #[test]
    fn every_name_and_code_leads_back_to_its_country() {
        for country in countries() {
            assert_eq!(country_by_name(country.name), Some(country.code), "{}", country.name);
            assert_eq!(country_by_name(country.code.as_str()), Some(country.code));
            assert_eq!(country_by_name(country.alpha3), Some(country.code), "{}", country.alpha3);
            assert_eq!(super::country(country.code), Some(country));
        }
        assert_eq!(countries().len(), 250);
    }

    #[test]
    fn a_demonym_is_no_name() {
        assert_eq!(country_by_demonym("Kazakhs"), CountryCode::new("KZ"));
        assert_eq!(country_by_demonym("south korean"), CountryCode::new("KR"));
        assert_eq!(country_by_name("Kazakhs"), None);
        assert_eq!(country_by_demonym("Kazakhstan"), None);
    }
}
