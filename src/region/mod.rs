//! Countries: their names, and which of them an article is about.

mod countries;
mod locate;

pub use countries::{Country, country, country_by_name, region_members};
pub use locate::locate;
