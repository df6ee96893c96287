//! How good the answers are, measured against answers that people gave.
//!
//! Pure functions over values: [`pages`] scores what was made of saved pages, [`entities`] the
//! names found in articles, [`regions`] the countries, [`ranking`] the order of hits. The measures
//! are those of the public benchmarks, so that figures can be put beside those of other tools.

pub mod entities;
pub mod pages;
pub mod ranking;
pub mod regions;
