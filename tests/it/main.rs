//! The program as its users meet it: the built binary in a temporary folder.
//!
//! One binary for all, because each further one links the search engine again.

mod answers;
mod bad_input;
mod bench;
mod careless;
mod compact;
mod compare;
mod contract;
mod copies;
mod coverage;
mod crash;
mod dates;
mod delete;
mod disk;
mod entities;
mod extract;
mod facets;
mod fuzz;
#[path = "../../benches/gold/mod.rs"]
#[allow(dead_code, reason = "a bench uses it, too")]
mod gold;
mod history;
mod homes;
mod imports;
mod inputs;

mod limits;
mod lists;
mod output;
mod pairs;
mod quality;
mod queries;
mod questions;
mod ranking;
mod readme;
mod reference;
mod related;
mod sandbox;
mod shared;
mod steps;
mod templates;
mod timeline;
mod updates;
mod verify;
mod warc;
mod watches;
