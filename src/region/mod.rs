//! Countries: their names, and which of them an article is about.

pub(crate) mod countries;
mod locate;
pub(crate) mod places;

pub use countries::{
    Country, countries, country, country_by_demonym, country_by_name, region_members,
};
pub use locate::locate;
pub(crate) use locate::locate_in;
