//! Names that are one by themselves, whatever the archive says.
//!
//! Countries under their names, and known bodies under their full names and long abbreviations.
//! Left to [`super::learn`] is what another country, body or time uses as well: `Congo`,
//! `Security Council`, `ICC`.

use super::KnownName;
use crate::article::EntityKind;
use crate::entity::{Body, organisations};
use crate::region::{Country, countries};

/// Names of countries and bodies that mean another one, a part or a predecessor as well.
const DOUBTFUL: [&str; 19] = [
    "Antigua",
    "Congo",
    "Czechoslovakia",
    "East Germany",
    "Macedonia",
    "Organisation of African Unity",
    "Organization of African Unity",
    "Persia",
    "RSA",
    "Soviet Union",
    "St Kitts",
    "St Vincent",
    "Trinidad",
    "U.S.S.R.",
    "USSR",
    "West Germany",
    "Yugoslavia",
    "Америка",
    "Конго",
];

/// An abbreviation of so many letters means one body; shorter ones mean several.
const LETTERS_IN_ABBREVIATION: usize = 4;

/// Shorter ones that mean one body all over the world.
const SHORT: [&str; 9] = ["BBC", "CIA", "CNN", "EU", "FBI", "IMF", "UN", "WHO", "WTO"];

/// A name of so many words means one body; shorter ones may be those of several.
const WORDS_IN_NAME: usize = 3;

/// Every thing with its names, the usual one first.
pub(super) fn things() -> impl Iterator<Item = (EntityKind, Vec<KnownName>)> {
    let of_country = |country: &'static Country| {
        let names = country.names().filter(|name| !DOUBTFUL.contains(name));
        (EntityKind::Place, names.map(|name| (name, false)).collect())
    };
    let bodies = organisations().map(|body| (EntityKind::Organisation, names_of_body(body)));
    countries().iter().map(of_country).chain(bodies)
}

fn names_of_body(body: Body) -> Vec<KnownName> {
    let mut names = vec![(body.name, false)];
    let aliases = body.aliases().filter(|alias| is_telling(alias, body));
    names.extend(aliases.map(|alias| (alias, false)));
    if is_long(body.acronym) || SHORT.contains(&body.acronym) {
        names.push((body.acronym, !body.aliases().any(|alias| is_small(alias, body.acronym))));
    }
    names
}

/// Whether another name of a body means that body and no other.
fn is_telling(alias: &str, body: Body) -> bool {
    let words = alias.split([' ', '-']).count();
    if DOUBTFUL.contains(&alias) {
        return false;
    }
    if words == 1 {
        return is_small(alias, body.acronym) && is_long(alias);
    }
    body.name.strip_prefix("The ") == Some(alias) || words >= WORDS_IN_NAME && !body.is_of_state
}

/// Whether `alias` is `acronym` written like a word: `Nato`.
fn is_small(alias: &str, acronym: &str) -> bool {
    alias != acronym && alias.eq_ignore_ascii_case(acronym)
}

fn is_long(abbreviation: &str) -> bool {
    abbreviation.chars().filter(|c| c.is_alphabetic()).count() >= LETTERS_IN_ABBREVIATION
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(head: &str) -> Vec<&'static str> {
        let found = things().find(|(_, names)| names[0].0 == head).expect("a known thing");
        found.1.into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn what_means_one_thing_is_known() {
        assert!(names("United States").contains(&"U.S."));
        assert!(names("World Health Organization").contains(&"World Health Organisation"));
        assert!(names("The Washington Post").contains(&"Washington Post"));
        let osce = names("Organization for Security and Co-operation in Europe");
        assert!(osce.contains(&"OSCE"));
    }

    #[test]
    fn what_means_several_is_not() {
        for (head, doubtful) in [
            ("Republic of the Congo", "Congo"),
            ("Russia", "Soviet Union"),
            ("UN Security Council", "Security Council"),
            ("U.S. House of Representatives", "House of Representatives"),
            ("International Criminal Court", "ICC"),
            ("The Guardian", "Guardian"),
        ] {
            let known = names(head);
            assert!(!known.contains(&doubtful), "{known:?}");
        }
    }

    #[test]
    fn an_abbreviation_counts_in_capitals_unless_it_is_written_like_a_word() {
        let all: Vec<_> = things().flat_map(|(_, names)| names).collect();
        assert!(all.contains(&("PACE", true)) && all.contains(&("NATO", false)));
    }
}
