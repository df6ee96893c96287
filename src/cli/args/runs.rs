//! Runs: files of questions answered, and such answers scored.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::AliasOptions;
use super::counting::roster_columns;
use crate::search::RosterColumns;

#[derive(Args, Debug)]
pub(in crate::cli) struct BatchOptions {
    /// Lines of id, tab, query, and perhaps a tab and field=value; or a list of names: lines, or a
    /// table whose first row names its columns
    #[arg(value_name = "FILE")]
    pub(in crate::cli) topics: PathBuf,

    /// How to print the answers: as a run, or counted with a row for each name [default: trec, with
    /// --by table]
    #[arg(short, long, value_name = "FORMAT")]
    pub(in crate::cli) format: Option<BatchFormat>,

    /// Count each name by day, week, month, quarter or year, or by publisher, region, person or
    /// another field, in columns
    #[arg(long, value_name = "WHAT", value_parser = roster_columns)]
    pub(in crate::cli) by: Option<RosterColumns>,

    /// Read names as questions, not as words side by side
    #[arg(long)]
    pub(in crate::cli) syntax: bool,

    /// How many hits a question
    #[arg(short = 'n', long, value_name = "N", default_value_t = 1_000)]
    pub(in crate::cli) limit: usize,

    /// Only articles with all the words match
    #[arg(long)]
    pub(in crate::cli) all: bool,

    #[command(flatten)]
    pub(in crate::cli) aliases: AliasOptions,

    /// Leave out questions in which anything must be repaired, and fail in the end
    #[arg(long)]
    pub(in crate::cli) strict_syntax: bool,

    /// The name of the run, its last column
    #[arg(long, value_name = "NAME", default_value = "dateline")]
    pub(in crate::cli) tag: String,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct EvalOptions {
    /// Judgments: lines of topic, 0, document, and 1 or more if it is relevant
    #[arg(value_name = "QRELS")]
    pub(in crate::cli) qrels: PathBuf,

    /// Answers, as `dateline batch` writes them
    #[arg(value_name = "RUN")]
    pub(in crate::cli) run: PathBuf,

    /// Other answers to the same questions, to hold against the first
    #[arg(value_name = "RUN2")]
    pub(in crate::cli) other: Option<PathBuf>,

    /// Score each question by itself as well
    #[arg(long)]
    pub(in crate::cli) per_query: bool,

    /// How to print the scores
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(in crate::cli) format: EvalFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum EvalFormat {
    Table,
    Json,
    Csv,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum BatchFormat {
    Trec,
    Table,
    Json,
    Jsonl,
    Csv,
}
