//! Where a publisher is at home: what is learned from its articles, and what that is worth.

use serde::{Deserialize, Serialize};

use super::places::Place;
use crate::article::CountryCode;

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

impl Home {
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
