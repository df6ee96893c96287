//! How states and provinces are abbreviated behind the name of a town: `Calif.`, `Ont.`, `NSW`.
//!
//! They count there alone: elsewhere `Wash`, `Man` and `Me` are other words.

use super::places::{Place, Province};
use crate::article::CountryCode;

/// Country, GeoNames code and abbreviations, folded: those of the Associated Press and older ones.
/// The codes of American states are their postal abbreviations, too.
const ABBREVIATIONS: &[(&str, &str, &str)] = &[
    ("US", "AL", "ala"),
    ("US", "AK", "alas"),
    ("US", "AZ", "ariz"),
    ("US", "AR", "ark"),
    ("US", "CA", "calif cal"),
    ("US", "CO", "colo"),
    ("US", "CT", "conn"),
    ("US", "DE", "del"),
    ("US", "DC", "dc"),
    ("US", "FL", "fla"),
    ("US", "GA", "ga"),
    ("US", "HI", ""),
    ("US", "ID", ""),
    ("US", "IL", "ill"),
    ("US", "IN", "ind"),
    ("US", "IA", ""),
    ("US", "KS", "kan kans"),
    ("US", "KY", "ky"),
    ("US", "LA", "la"),
    ("US", "ME", ""),
    ("US", "MD", "md"),
    ("US", "MA", "mass"),
    ("US", "MI", "mich"),
    ("US", "MN", "minn"),
    ("US", "MS", "miss"),
    ("US", "MO", "mo"),
    ("US", "MT", "mont"),
    ("US", "NE", "neb nebr"),
    ("US", "NV", "nev"),
    ("US", "NH", "nh"),
    ("US", "NJ", "nj"),
    ("US", "NM", "nm"),
    ("US", "NY", "ny"),
    ("US", "NC", "nc"),
    ("US", "ND", "nd"),
    ("US", "OH", ""),
    ("US", "OK", "okla"),
    ("US", "OR", "ore"),
    ("US", "PA", "pa penn penna"),
    ("US", "RI", "ri"),
    ("US", "SC", "sc"),
    ("US", "SD", "sd"),
    ("US", "TN", "tenn"),
    ("US", "TX", "tex"),
    ("US", "UT", ""),
    ("US", "VT", "vt"),
    ("US", "VA", "va"),
    ("US", "WA", "wash"),
    ("US", "WV", "wva"),
    ("US", "WI", "wis wisc"),
    ("US", "WY", "wyo"),
    ("CA", "01", "alta"),
    ("CA", "02", "bc"),
    ("CA", "03", "man"),
    ("CA", "04", "nb"),
    ("CA", "05", "nfld nl"),
    ("CA", "07", "ns"),
    ("CA", "08", "ont on"),
    ("CA", "09", "pei"),
    ("CA", "10", "que qc pq"),
    ("CA", "11", "sask"),
    ("AU", "02", "nsw"),
    ("AU", "04", "qld"),
    ("AU", "06", "tas"),
    ("AU", "07", "vic"),
];

/// The state or province with this folded abbreviation; `is_upper` tells whether it is written in
/// capitals alone, as postal abbreviations are.
pub(super) fn abbreviated(key: &str, is_upper: bool) -> Option<Place> {
    let is_postal = |country: &str, code: &str| {
        country == "US" && is_upper && key.len() == 2 && code.eq_ignore_ascii_case(key)
    };
    let &(country, code, _) = ABBREVIATIONS.iter().find(|(country, code, names)| {
        is_postal(country, code) || names.split(' ').any(|name| !name.is_empty() && name == key)
    })?;
    Some(Place::Province(Province { country: CountryCode::new(country)?, code, thousands: 0 }))
}
