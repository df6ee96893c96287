//! Those who govern or governed a country, by name.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt as _};

use super::signals::listed;
use crate::article::CountryCode;
use crate::entity::phrase_of;
use crate::entity::token::name_key;

struct Leaders {
    /// By the number of the whole name.
    by_name: HashMap<u64, CountryCode>,
    /// By the number of the last word; `None` where leaders of two countries share it.
    by_surname: HashMap<u64, Option<CountryCode>>,
}

static LEADERS: LazyLock<Leaders> = LazyLock::new(|| {
    let mut leaders = Leaders { by_name: HashMap::new(), by_surname: HashMap::new() };
    for (country, name) in listed(include_str!("leaders.tsv")) {
        let key = name_key(name);
        let surname = key.rsplit(' ').next().unwrap_or(&key);
        leaders
            .by_surname
            .entry(phrase_of(surname))
            .and_modify(|known| *known = known.filter(|known| *known == country))
            .or_insert(Some(country));
        leaders.by_name.insert(phrase_of(&key), country);
    }
    leaders
});

/// The country of the leader whose whole name has this number.
pub(super) fn leader(name: u64) -> Option<CountryCode> {
    LEADERS.by_name.get(&name).copied()
}

/// The country of the leaders whose surname has this number, if all are of one.
pub(super) fn leader_by_surname(surname: u64) -> Option<CountryCode> {
    LEADERS.by_surname.get(&surname).copied().flatten()
}
