//! Full-text search over news archives.
//!
//! Data flows one way. Indexing: [`source`] finds files and yields raw documents, [`clean`] finds
//! the story in each, [`metadata`], [`entity`] and [`region`] say what is known of it,
//! `extract` puts an [`article::Article`] together, `index` writes it. Searching: [`query`]
//! reads what was typed, [`alias`] knows which names are one, [`search`] answers with hits, `render` writes them.

pub mod alias;
pub mod analysis;
pub mod article;
pub mod bench;
pub mod clean;
#[cfg(feature = "cli")]
pub mod cli;
pub mod copies;
pub mod entity;
pub mod error;
pub mod evaluate;
pub mod extract;
mod fs;
pub mod index;
pub mod metadata;
pub mod query;
mod random;
pub mod record;
pub mod region;
pub mod reject;
pub mod render;
mod schema;
pub mod search;
pub mod source;
pub mod text;
pub mod watch;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
