//! How long questions take.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};

use super::named;
use crate::bench::{Mode, Objective, duration};
use crate::render::BenchFormat;

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(in crate::cli) struct BenchOptions {
    #[command(subcommand)]
    pub(in crate::cli) command: Option<BenchCommand>,

    #[command(flatten)]
    pub(in crate::cli) run: BenchRunOptions,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum BenchCommand {
    /// Say whether the second of two reports is faster than the first
    Compare(BenchCompareOptions),
}

#[derive(Args, Debug)]
pub(in crate::cli) struct BenchRunOptions {
    #[command(flatten)]
    pub(in crate::cli) what: BenchWorkloadOptions,

    #[command(flatten)]
    pub(in crate::cli) how: BenchModeOptions,

    #[command(flatten)]
    pub(in crate::cli) report: BenchReportOptions,
}

/// What is asked.
#[derive(Args, Debug)]
pub(in crate::cli) struct BenchWorkloadOptions {
    /// Questions: lines, a table with tabs, or JSONL with tags
    #[arg(value_name = "QUERIES", conflicts_with_all = ["auto", "replay"])]
    pub(in crate::cli) queries: Option<PathBuf>,

    /// Draw questions of every class from the index itself; what is meant where none are given
    #[arg(long, conflicts_with = "replay")]
    pub(in crate::cli) auto: bool,

    /// Only questions of these classes
    #[arg(long, value_name = "CLASS,..", value_delimiter = ',')]
    pub(in crate::cli) class: Vec<String>,

    /// How many questions are drawn of each class
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = some)]
    pub(in crate::cli) per_class: usize,

    /// What is drawn, the order of questions and their arrivals follow from this number
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(in crate::cli) seed: u64,

    /// Ask what this log has, when it has it
    #[arg(long, value_name = "LOG")]
    pub(in crate::cli) replay: Option<PathBuf>,

    /// Replay it so many times as fast
    #[arg(long, value_name = "TIMES", default_value = "1", value_parser = rate, requires = "replay")]
    pub(in crate::cli) speed: f64,

    /// Files and folders to index: those that are measured with ingest, and what is added while
    /// indexing before made-up articles are; can be given more than once
    #[arg(long = "source", value_name = "PATH")]
    pub(in crate::cli) sources: Vec<PathBuf>,
}

/// How it is asked.
#[derive(Args, Debug)]
pub(in crate::cli) struct BenchModeOptions {
    /// How questions are put [default: closed; with --replay open]
    #[arg(long, value_name = "MODE")]
    pub(in crate::cli) mode: Option<BenchMode>,

    /// Threads that ask
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = some)]
    pub(in crate::cli) threads: usize,

    /// Questions a second, with open; where to begin, with sweep
    #[arg(long, value_name = "R", value_parser = rate)]
    pub(in crate::cli) rate: Option<f64>,

    /// What latency is to be, with sweep: `p99<=50ms`
    #[arg(long, value_name = "OBJECTIVE", default_value = "p99<=50ms")]
    pub(in crate::cli) objective: Objective,

    /// How long each process is asked at a rate: 500ms, 10s, 2min
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = some_time)]
    pub(in crate::cli) duration: Duration,

    /// How often each question is put in each process; with cold and process, how often at all
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = some)]
    pub(in crate::cli) rounds: usize,

    /// Fresh processes that are measured one after the other
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = some)]
    pub(in crate::cli) processes: usize,

    /// The most time for warming up each process; 0s for none
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = time)]
    pub(in crate::cli) warm_up: Duration,
}

/// What becomes of what was measured.
#[derive(Args, Debug)]
pub(in crate::cli) struct BenchReportOptions {
    /// How to print the report
    #[arg(short, long, value_name = "FORMAT", default_value = "table", value_parser = named(BenchFormat::ALL, BenchFormat::name))]
    pub(in crate::cli) format: BenchFormat,

    /// Write the report with every sample to this file, as JSON; `bench compare` reads it
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) out: Option<PathBuf>,

    /// Write histograms to this file, as `HdrHistogram` has its logs
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) hlog: Option<PathBuf>,

    /// Write every sample to this file, as CSV
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) csv: Option<PathBuf>,

    /// Write the report to this file, as Markdown
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) markdown: Option<PathBuf>,

    /// Draw latencies to this file, as SVG
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) plot: Option<PathBuf>,

    /// Fail where this is not kept: `p99<=50ms; class:phrase p95<=5ms; regress<=5%`
    #[arg(long, value_name = "GATE")]
    pub(in crate::cli) gate: Option<String>,

    /// The report that is compared with, where the gate speaks of what it was before
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) baseline: Option<PathBuf>,

    /// Put the same questions to this program, too, and say where answers differ, in tables and
    /// Markdown, and beside --out; can be given more than once
    #[arg(long, value_name = "PEER")]
    pub(in crate::cli) against: Vec<BenchPeer>,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct BenchCompareOptions {
    /// The report that is compared with
    #[arg(value_name = "A.json")]
    pub(in crate::cli) first: PathBuf,

    /// The one that may be faster
    #[arg(value_name = "B.json")]
    pub(in crate::cli) second: PathBuf,

    /// Compare them even where answers differ
    #[arg(long)]
    pub(in crate::cli) results_may_differ: bool,

    /// Fail where this is not kept: `regress<=5%`
    #[arg(long, value_name = "GATE")]
    pub(in crate::cli) gate: Option<String>,

    /// How to print it
    #[arg(short, long, value_name = "FORMAT", default_value = "table", value_parser = named(BenchFormat::ALL, BenchFormat::name))]
    pub(in crate::cli) format: BenchFormat,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(in crate::cli) enum BenchPeer {
    /// A plain scan of the files
    Ripgrep,
    /// The engine alone, on the same text
    Tantivy,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(in crate::cli) enum BenchMode {
    /// One question after the other: service time
    Closed,
    /// At a rate; latency from when a question was to begin
    Open,
    /// At rising rates, for the highest that keeps the objective
    Sweep,
    /// Each in a fresh process, with nothing of the index in memory
    Cold,
    /// Each by the whole program, from exec to the last byte
    Process,
    /// One after the other, while articles are added to a copy of the index
    WhileIndexing,
    /// Not questions but indexing
    Ingest,
}

impl From<BenchMode> for Mode {
    fn from(mode: BenchMode) -> Self {
        match mode {
            BenchMode::Closed => Self::Closed,
            BenchMode::Open => Self::Open,
            BenchMode::Sweep => Self::Sweep,
            BenchMode::Cold => Self::Cold,
            BenchMode::Process => Self::Process,
            BenchMode::WhileIndexing => Self::WhileIndexing,
            BenchMode::Ingest => Self::Ingest,
        }
    }
}

/// A number above zero.
fn some(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("nothing would be measured; take 1 or more".into()),
        Ok(number) => Ok(number),
        Err(_) => Err("a number is wanted, 1 or more".into()),
    }
}

/// A rate above zero.
fn rate(text: &str) -> Result<f64, String> {
    let rate = text.parse::<f64>().ok().filter(|rate| rate.is_finite());
    match rate {
        Some(rate) if rate > 0.0 => Ok(rate),
        Some(_) => Err("nothing would be measured; take more than 0".into()),
        None => Err("a number is wanted, such as 20 or 0.5".into()),
    }
}

fn time(text: &str) -> Result<Duration, String> {
    duration(text).ok_or_else(|| "a time is wanted, such as 500ms, 10s or 2min".into())
}

/// A time above zero.
fn some_time(text: &str) -> Result<Duration, String> {
    match time(text)? {
        Duration::ZERO => Err("nothing would be measured; take some time, such as 10s".into()),
        time => Ok(time),
    }
}
