//! The archive on disk: what is in it, and how it changes.

mod report;

pub use report::{IndexReport, Stats};
