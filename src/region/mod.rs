//! Countries: their names, and which of them an article is about.

mod abbreviations;
pub(crate) mod countries;
mod dateline;
mod evidence;
mod groups;
mod home;
mod leaders;
mod locate;
mod meanings;
mod names;
pub(crate) mod places;
mod read;
mod settle;
mod signals;
#[cfg(test)]
mod tests;
mod towns;
mod weights;

pub use countries::{Country, countries, country, country_by_demonym, country_by_name};
pub use groups::region_members;
pub use home::{Home, NotAHome, Vote, votes};
pub use locate::{Method, Publisher, RegionFinder, locate};
