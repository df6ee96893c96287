//! What a run has measured, as JSON, version 1.
//!
//! Every sample is kept: percentiles of percentiles are wrong, and who compares two runs must pair
//! the samples of each question. Times are whole nanoseconds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Phase;

/// The version of the form, its field `v`.
pub const REPORT_VERSION: u32 = 1;

/// What a run has measured.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Report {
    /// [`REPORT_VERSION`].
    pub v: u32,
    /// Who answered: `dateline`, `tantivy`, `ripgrep`.
    pub target: String,
    /// How questions were put.
    pub settings: Settings,
    /// What the figures depend on.
    pub fingerprint: Fingerprint,
    /// What taints them.
    pub warnings: Vec<Warning>,
    /// Whether the run was stopped before its end.
    pub partial: bool,
    /// What was measured of each question, in the order of the workload.
    pub queries: Vec<QueryRuns>,
    /// What the processes used, each.
    pub resources: Vec<Resources>,
    /// For runs at a rate: the rates that were tried.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loads: Vec<Load>,
    /// What indexing came to, in each process; while questions were asked, in all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ingest: Vec<Ingest>,
}

/// How questions are put.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// One after the other, by so many threads: service time, not latency under load.
    Closed,
    /// At a rate, with Poisson arrivals; latency from the intended start.
    Open,
    /// At rising rates, for the highest that keeps an objective.
    Sweep,
    /// Each in a fresh process, the index dropped from the page cache before.
    Cold,
    /// Each by the whole program: from exec to the last byte.
    Process,
    /// As closed, while articles are added.
    WhileIndexing,
    /// Not questions but indexing.
    Ingest,
}

impl Mode {
    /// Its stable name, as in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::Sweep => "sweep",
            Self::Cold => "cold",
            Self::Process => "process",
            Self::WhileIndexing => "while-indexing",
            Self::Ingest => "ingest",
        }
    }
}

impl std::fmt::Display for Mode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

/// How a run was made.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Settings {
    /// The mode.
    pub mode: Mode,
    /// Threads that ask.
    pub threads: usize,
    /// Fresh processes that were measured one after the other.
    pub processes: usize,
    /// How often each question was put in each process, the warm-up aside; 0 where questions come
    /// at a rate.
    pub rounds: usize,
    /// Questions a second; runs at a rate only.
    pub rate: Option<f64>,
    /// The order of questions, arrivals, and the questions drawn from the index follow from it.
    pub seed: u64,
    /// Rounds of warm-up in each process.
    pub warm_up: Vec<usize>,
    /// What the timer itself costs, a reading, in nanoseconds.
    pub timer_overhead_ns: f64,
}

/// What figures depend on.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Fingerprint {
    /// Version of dateline, and the commit where it was built from one.
    pub dateline: String,
    /// Version of the engine.
    pub engine: String,
    /// The compiler and what it was told: version, target, features, profile.
    pub build: String,
    /// The machine.
    pub machine: Machine,
    /// The index.
    pub index: IndexFacts,
    /// A digest of all questions, what is asked of each, and their classes.
    pub queries: String,
    /// When it began, RFC 3339 in UTC.
    pub begun: String,
}

/// The machine that measured; what cannot be found out is absent.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Machine {
    /// The processor by its name.
    pub cpu: Option<String>,
    /// Cores that the process may use.
    pub cores: Option<usize>,
    /// Who governs its frequency.
    pub governor: Option<String>,
    /// Kernel and its version.
    pub kernel: Option<String>,
    /// Bytes of memory.
    pub memory: Option<u64>,
    /// Bytes of swap in use.
    pub swap_used: Option<u64>,
    /// The load of the last minute when the run began, and when it ended.
    pub load: Option<[f64; 2]>,
    /// Percent of processor time that other guests took during the run.
    pub steal: Option<f64>,
    /// The file system that holds the index.
    pub filesystem: Option<String>,
}

/// The index that was asked.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct IndexFacts {
    /// Articles.
    pub articles: u64,
    /// Segments.
    pub segments: usize,
    /// Articles that were deleted and not yet merged away.
    pub deleted: u64,
    /// Bytes on disk.
    pub bytes: u64,
    /// Its generation.
    pub generation: u64,
    /// A digest of what it holds: equal for indexes of the same articles.
    pub content: String,
}

/// A reason to doubt the figures.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Warning {
    /// A stable name: `load`, `governor`, `swap`, `steal`, `unstable`, `few-samples`, `saturated`,
    /// `not-cold`, `query-file`.
    pub kind: String,
    /// What was seen, and what it does to the figures.
    pub detail: String,
}

/// What was measured of a question.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct QueryRuns {
    /// Its class.
    pub class: String,
    /// As typed.
    pub query: String,
    /// What was asked of its answer, as [`Ask`](super::Ask) is written.
    pub ask: String,
    /// What it came to.
    pub outcome: Outcome,
    /// For each process its samples in nanoseconds, in the order of measuring. In open loop from
    /// the intended start.
    pub samples: Vec<Vec<u64>>,
    /// In open loop: the same from the real start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub service: Vec<Vec<u64>>,
    /// The mean time of each phase in nanoseconds.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub phases: BTreeMap<Phase, u64>,
}

/// What a question came to.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Outcome {
    /// How many articles match.
    pub total: u64,
    /// [`Answer::checksum`](super::Answer::checksum), in hexadecimal.
    pub checksum: String,
    /// How often it failed.
    pub errors: u64,
    /// The first failure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// What a process used while it measured, the warm-up aside; what cannot be found out is absent.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Resources {
    /// Processor time in milliseconds.
    pub cpu_ms: Option<f64>,
    /// Time on the clock in milliseconds.
    pub wall_ms: f64,
    /// Page faults that needed no disk.
    pub minor_faults: Option<u64>,
    /// And those that did.
    pub major_faults: Option<u64>,
    /// Bytes read from disk.
    pub read_bytes: Option<u64>,
    /// The most memory that was resident, in bytes.
    pub peak_memory: Option<u64>,
    /// Bytes of the index in the page cache before and after, of all.
    pub resident: Option<[u64; 3]>,
}

/// A rate that was tried.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Load {
    /// Questions a second that were meant to arrive.
    pub rate: f64,
    /// And that were answered.
    pub achieved: f64,
    /// The 99th percentile of latency from the intended start, in nanoseconds.
    pub p99_ns: Option<u64>,
    /// Whether the machine fell behind.
    pub saturated: bool,
    /// Whether the objective was kept, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<bool>,
}

/// What indexing came to.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Ingest {
    /// Articles that were written.
    pub articles: u64,
    /// Inputs that gave none.
    pub rejected: u64,
    /// Bytes of the files that were read.
    pub source_bytes: u64,
    /// Bytes that the index takes more than before.
    pub index_bytes: u64,
    /// Bytes that were handed to the system to be written, whatever became of them.
    pub written_bytes: Option<u64>,
    /// Nanoseconds from start to end.
    pub elapsed_ns: u64,
    /// Nanoseconds until someone who opens the index finds all of them.
    pub searchable_ns: u64,
    /// The most memory that was resident, in bytes.
    pub peak_memory: Option<u64>,
}
