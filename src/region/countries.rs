//! The countries of the world and what they are called.

use crate::article::CountryCode;

/// A country.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Country {
    /// Its code.
    pub code: CountryCode,
    /// Its usual English name.
    pub name: &'static str,
}

/// The country with this code.
pub fn country(_code: CountryCode) -> Option<&'static Country> {
    None
}

/// The country with this name, alias or code, in any case.
pub fn country_by_name(_name: &str) -> Option<CountryCode> {
    None
}
impl Country {
    /// x
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name)
    }
}
/// x
pub fn region_members(_name: &str) -> &'static [CountryCode] {
    &[]
}
