//! What a benchmark comes to: a page for people, documents and tables for machines.
//!
//! Every form says how questions were put, as the same figures mean other things in another mode
//! ([`wording`]), and whether the run was stopped before its end.

mod comparison;
mod csv;
mod gate;
mod histogram;
#[cfg(feature = "cli")]
mod hlog;
mod json;
mod markdown;
mod page;
mod remarks;
mod table;
#[cfg(test)]
mod tests;
pub(super) mod wording;

use std::io::{self, Write};

pub use csv::bench_samples;
#[cfg(feature = "cli")]
pub use hlog::bench_hlog;

use super::json::Layout;
use super::style::Style;
use crate::article::named_enum;
use crate::bench::compare::Comparison;
use crate::bench::gate::Judgment;
use crate::bench::{Report, Summary};

named_enum! {
    /// How a benchmark is written.
    BenchFormat {
        /// A page for people.
        Table = "table",
        /// One JSON document: the report and what follows from it.
        Json = "json",
        /// One JSON object for each class, all questions together last, each on its own line.
        Jsonl = "jsonl",
        /// A header and one row for each class, all questions together last.
        Csv = "csv",
        /// A page to be pasted into notes.
        Markdown = "markdown",
    }
}

/// A run, and what was made of it.
#[derive(Clone, Copy, Debug)]
pub struct Benchmark<'a> {
    /// What was measured.
    pub report: &'a Report,
    /// What that comes to.
    pub summary: &'a Summary,
    /// How it compares with an earlier run.
    pub baseline: Option<&'a Comparison>,
    /// What became of a gate.
    pub gate: Option<&'a Judgment>,
}

/// Writes a run in `format`.
///
/// Tables and lines for machines hold the figures of classes alone; gate and comparison are in the
/// page and in the document.
pub fn bench_report(
    out: &mut dyn Write,
    benchmark: &Benchmark<'_>,
    format: BenchFormat,
    style: Style,
) -> io::Result<()> {
    match format {
        BenchFormat::Table => page::write(out, benchmark, style),
        BenchFormat::Json => super::json::document(out, &json::run(benchmark), Layout::Compact),
        BenchFormat::Jsonl => json::classes(out, benchmark.summary),
        BenchFormat::Csv => csv::classes(out, benchmark.summary),
        BenchFormat::Markdown => markdown::run(out, benchmark),
    }
}

/// Writes how two runs compare, and what became of a gate.
pub fn bench_comparison(
    out: &mut dyn Write,
    compared: &Comparison,
    judgment: Option<&Judgment>,
    format: BenchFormat,
    style: Style,
) -> io::Result<()> {
    match format {
        BenchFormat::Table => {
            comparison::write(out, compared, style)?;
            judgment.map_or(Ok(()), |it| gate::write(out, it, style))
        }
        BenchFormat::Json => {
            super::json::document(out, &json::compared(compared, judgment), Layout::Compact)
        }
        BenchFormat::Jsonl => json::effects(out, compared),
        BenchFormat::Csv => csv::effects(out, compared),
        BenchFormat::Markdown => markdown::compared(out, compared, judgment),
    }
}
