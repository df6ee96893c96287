//! How long questions take, measured so that it cannot flatter.
//!
//! A [`Task`] is a question of a class, from a file, a log, or drawn from the index itself. A
//! [`Target`] answers it: this program, the bare engine, a scan of the files. A run puts tasks to a
//! target by some [`Mode`] and keeps every sample; a [`Report`] holds them, with all that they
//! depend on; percentiles, comparisons and gates are made from reports alone, so that whoever has
//! the file can make them again.

mod archive;
mod ask;
mod clock;
mod closed;
mod cold;
pub mod compare;
mod duration;
mod fingerprint;
#[cfg(test)]
pub(crate) mod fixtures;
pub mod gate;
mod gather;
mod generated;
mod ingest;
mod interrupt;
mod machine;
mod measure;
mod open;
pub mod peers;
mod processes;
mod program;
mod report;
mod residency;
mod resources;
mod runner;
mod samples;
pub mod stats;
mod summary;
mod sweep;
mod task;
mod warm_up;
mod warnings;
mod wire;
mod worker;
pub mod workload;

pub use archive::{Archive, Found, Print};
pub use ask::AskError;
pub use duration::duration;
pub use interrupt::Interrupt;
pub use measure::{Plan, Programs, measure};
pub use processes::{Died, Processes};
pub use report::{
    Fingerprint, IndexFacts, Ingest, Load, Machine, Mode, Outcome, QueryRuns, REPORT_VERSION,
    Report, Resources, Settings, Warning,
};
pub use samples::Measured;
pub use summary::{Figures, Latency, SlowQuery, Summary, Used, summarize};
pub use sweep::Objective;
pub use task::{Answer, Ask, Phase, Phases, Target, Task};
pub use wire::{Message, Order, ProcessRuns, Work, read_order, tell};
pub use worker::{OpenTarget, UseTarget, work};
