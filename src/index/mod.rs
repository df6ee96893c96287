//! The archive on disk: what is in it, and how it changes.

mod layout;
mod manifest;
mod report;
mod writer;

pub use report::{IndexReport, Stats};
