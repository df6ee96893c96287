//! How long questions take, measured so that it cannot flatter.
//!
//! A [`Task`] is a question of a class, from a file, a log, or drawn from the index itself. A
//! [`Target`] answers it: this program, the bare engine, a scan of the files. A run puts tasks to a
//! target by some [`Mode`] and keeps every sample; a [`Report`] holds them, with all that they
//! depend on; percentiles, comparisons and gates are made from reports alone, so that whoever has
//! the file can make them again.

mod archive;
mod ask;
pub mod peers;
mod report;
mod task;
pub mod workload;

pub use archive::{Archive, Found, Print};
pub use ask::AskError;

pub use report::{
    Fingerprint, IndexFacts, Load, Machine, Mode, Outcome, QueryRuns, REPORT_VERSION, Report,
    Resources, Settings, Warning,
};
pub use task::{Answer, Ask, Phase, Phases, Target, Task};
