//! Groups of countries: the regions of the UN M49 standard, and those that news speak of.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt as _};

use super::countries::countries;
use crate::article::CountryCode;
use crate::entity::token::name_key;

/// The regions of M49 with their numbers and further names. `North America` is the continent, as
/// M49 has it; without Central America and the Caribbean it is `Northern America`.
const M49: &[(&str, &[&str])] = &[
    ("Africa", &["002"]),
    ("Northern Africa", &["015", "North Africa"]),
    ("Sub-Saharan Africa", &["202", "Subsaharan Africa"]),
    ("Eastern Africa", &["014", "East Africa"]),
    ("Middle Africa", &["017", "Central Africa"]),
    ("Southern Africa", &["018"]),
    ("Western Africa", &["011", "West Africa"]),
    ("Americas", &["019"]),
    ("Latin America and the Caribbean", &["419", "Latin America"]),
    ("Caribbean", &["029"]),
    ("Central America", &["013"]),
    ("South America", &["005"]),
    ("Northern America", &["021"]),
    ("Asia", &["142"]),
    ("Central Asia", &["143"]),
    ("Eastern Asia", &["030", "East Asia"]),
    ("South-eastern Asia", &["035", "Southeast Asia", "South-East Asia", "Southeastern Asia"]),
    ("Southern Asia", &["034", "South Asia"]),
    ("Western Asia", &["145", "West Asia"]),
    ("Europe", &["150"]),
    ("Eastern Europe", &["151"]),
    ("Northern Europe", &["154"]),
    ("Southern Europe", &["039"]),
    ("Western Europe", &["155"]),
    ("Oceania", &["009"]),
    ("Australia and New Zealand", &["053", "Australasia"]),
    ("Melanesia", &["054"]),
    ("Micronesia", &["057"]),
    ("Polynesia", &["061"]),
];

/// Other groups, by their members: continents and regions that M49 has no name for, alliances, and
/// names that several countries go by.
const OTHERS: &[(&[&str], &str)] = &[
    (&["Balkans", "Western Balkans"], "AL BA BG GR HR ME MK RO RS SI XK"),
    (&["Baltics", "Baltic states", "Baltic countries"], "EE LT LV"),
    (&["Benelux"], "BE LU NL"),
    (&["Caucasus", "South Caucasus", "Transcaucasia"], "AM AZ GE"),
    (&["Congo"], "CD CG"),
    (&["Gulf states", "Gulf Cooperation Council", "GCC"], "AE BH KW OM QA SA"),
    (&["Horn of Africa"], "DJ ER ET SO"),
    (&["Indochina"], "KH LA VN"),
    (&["Korea", "Koreas", "Korean Peninsula"], "KP KR"),
    (&["Levant"], "IL JO LB PS SY"),
    (&["Maghreb"], "DZ EH LY MA MR TN"),
    (&["Middle East", "Near East"], "AE BH CY EG IL IQ IR JO KW LB OM PS QA SA SY TR YE"),
    (&["Nordic countries", "Nordics"], "AX DK FI FO IS NO SE"),
    (&["Sahel"], "BF ML MR NE TD"),
    (&["Scandinavia"], "DK NO SE"),
    (&["Virgin Islands"], "VG VI"),
    (&["ASEAN"], "BN ID KH LA MM MY PH SG TH VN"),
    (
        &["EU", "European Union"],
        "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK",
    ),
    (&["G7", "Group of Seven"], "CA DE FR GB IT JP US"),
];

static GROUPS: LazyLock<HashMap<String, Vec<CountryCode>>> = LazyLock::new(read);

/// The countries of a UN M49 region, by code: `Asia`, `Central Asia`, `143`; empty for any other
/// name. Everyday names and a few other groups are known too: `Latin America`, `Middle East`.
pub fn region_members(name: &str) -> &'static [CountryCode] {
    let key = name_key(name);
    let key = key.strip_prefix("the ").unwrap_or(&key);
    GROUPS.get(key).map_or(&[], Vec::as_slice)
}

fn read() -> HashMap<String, Vec<CountryCode>> {
    let mut groups: HashMap<String, Vec<CountryCode>> = HashMap::new();
    for (name, others) in M49 {
        let members = countries().iter().filter(|country| country.regions.contains(name));
        let members: Vec<CountryCode> = members.map(|country| country.code).collect();
        for name in [name].into_iter().chain(*others) {
            groups.insert(name_key(name), members.clone());
        }
    }
    let continent = ["Northern America", "Central America", "Caribbean"];
    let is_on_it = |regions: &[&str]| regions.iter().any(|region| continent.contains(region));
    let members = countries().iter().filter(|country| is_on_it(&country.regions));
    let members: Vec<CountryCode> = members.map(|country| country.code).collect();
    for name in ["North America", "003"] {
        groups.insert(name_key(name), members.clone());
    }
    groups.insert("001".to_owned(), countries().iter().map(|country| country.code).collect());
    groups.insert("world".to_owned(), countries().iter().map(|country| country.code).collect());
    for (names, members) in OTHERS {
        let members: Vec<_> = members.split(' ').filter_map(CountryCode::new).collect();
        for name in *names {
            groups.insert(name_key(name), members.clone());
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn members(name: &str) -> String {
        region_members(name).iter().map(CountryCode::as_str).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_region_lists_its_countries() {
        for (name, listed) in [
            ("Central Asia", "KG KZ TJ TM UZ"),
            ("143", "KG KZ TJ TM UZ"),
            ("australia and new zealand", "AU CC CX HM NF NZ"),
            ("053", "AU CC CX HM NF NZ"),
            ("Northern America", "BM CA GL PM US"),
            ("the Baltics", "EE LT LV"),
            ("Korea", "KP KR"),
            ("057", "FM GU KI MH MP NR PW UM"),
            ("Gondor", ""),
        ] {
            assert_eq!(members(name), listed, "for `{name}`");
        }
        assert_eq!(members("Southeast Asia"), members("South-eastern Asia"));
        assert!(members("North America").contains("MX"));
        assert!(region_members("Africa").len() > 50);
    }

    /// Numbers of members as the UN lists them; Taiwan and Kosovo, which it does not list, are added
    /// to Eastern Asia and Southern Europe.
    #[test]
    fn the_hierarchy_is_complete() {
        let subregions = [
            ("015", 7),
            ("014", 22),
            ("017", 9),
            ("018", 5),
            ("011", 17),
            ("029", 28),
            ("013", 8),
            ("005", 16),
            ("021", 5),
            ("143", 5),
            ("030", 8),
            ("035", 11),
            ("034", 9),
            ("145", 18),
            ("151", 10),
            ("154", 16),
            ("039", 17),
            ("155", 9),
            ("053", 6),
            ("054", 5),
            ("057", 8),
            ("061", 10),
        ];
        let mut seen = BTreeSet::new();
        for (number, n) in subregions {
            assert_eq!(region_members(number).len(), n, "members of {number}");
            for country in region_members(number) {
                assert!(seen.insert(*country), "{country} is in two subregions");
            }
        }
        let others: Vec<_> = countries().iter().filter(|it| !seen.contains(&it.code)).collect();
        assert_eq!(others.iter().map(|it| it.name).collect::<Vec<_>>(), ["Antarctica"]);
        for (whole, parts) in [
            ("002", ["015", "202"].as_slice()),
            ("202", &["014", "017", "018", "011"]),
            ("019", &["419", "021"]),
            ("419", &["029", "013", "005"]),
            ("003", &["021", "013", "029"]),
            ("142", &["143", "030", "035", "034", "145"]),
            ("150", &["151", "154", "039", "155"]),
            ("009", &["053", "054", "057", "061"]),
            ("001", &["002", "019", "142", "150", "009"]),
        ] {
            let sum: BTreeSet<_> = parts.iter().flat_map(|part| region_members(part)).collect();
            let whole_set: BTreeSet<_> = region_members(whole).iter().collect();
            let beyond: Vec<_> = whole_set.difference(&sum).map(ToString::to_string).collect();
            let expected: &[&str] = if whole == "001" { &["AQ"] } else { &[] };
            assert_eq!(beyond, expected, "in {whole} and no part of it");
            assert!(sum.is_subset(&whole_set), "parts of {whole}");
        }
    }

    #[test]
    fn every_region_of_a_country_is_known_by_name_and_number() {
        let named: BTreeSet<_> = countries().iter().flat_map(|it| &it.regions).collect();
        for name in named {
            assert!(!region_members(name).is_empty(), "`{name}`");
        }
        for (name, others) in M49 {
            for other in *others {
                assert_eq!(members(name), members(other), "`{other}`");
            }
        }
    }
}
