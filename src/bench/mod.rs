//! How long questions take, measured so that it cannot flatter.
//!
//! A [`Task`] is a question of a class, from a file, a log, or drawn from the index itself. A
//! [`Target`] answers it: this program, the bare engine, a scan of the files. A run puts tasks to a
//! target by some [`Mode`] and keeps every sample; a [`Report`] holds them, with all that they
//! depend on; percentiles, comparisons and gates are made from reports alone, so that whoever has
//! the file can make them again.

pub mod compare;
#[cfg(test)]
pub(crate) mod fixtures;
pub mod gate;
mod random;
mod report;
pub mod stats;
mod summary;
mod task;

pub use report::{
    Fingerprint, IndexFacts, Ingest, Load, Machine, Mode, Outcome, QueryRuns, REPORT_VERSION,
    Report, Resources, Settings, Warning,
};
pub use summary::{Figures, Latency, SlowQuery, Summary, Used, summarize};
pub use task::{Answer, Ask, Phase, Phases, Target, Task};
