//! What is written of a run.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::super::args::{BenchCompareOptions, BenchFormat, BenchRunOptions};
use super::super::terminal::Terminal;
use super::super::{Failure, Outcome, Result};
use crate::bench::{REPORT_VERSION, Report};
use crate::error::Error;
use crate::fs::write_whole;

/// Writes the report wherever it is wanted, the file with every sample first.
pub(super) fn write(
    report: &Report,
    _peers: &[Report],
    options: &BenchRunOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let options = &options.report;
    if let Some(path) = &options.out {
        write_whole(path, |file| json(file, report))?;
    }
    // merge: `--hlog`, `--csv`, `--markdown`, `--plot` by `render::bench`, each with `write_whole`.
    print(report, options.format, terminal)?;
    if report.partial {
        writeln!(terminal.err(), "note: the run was stopped; the report is partial")?;
    }
    // merge: the gate, with `--baseline`: `Outcome::Differs` where it is not kept.
    Ok(Outcome::Done)
}

fn print(report: &Report, format: BenchFormat, terminal: &mut Terminal) -> Result<()> {
    for warning in &report.warnings {
        writeln!(terminal.err(), "warning: {}: {}", warning.kind, warning.detail)?;
    }
    let out = terminal.out();
    // merge: `table`, `csv` and `markdown` of `render::bench`.
    match format {
        BenchFormat::Json => json(out, report)?,
        BenchFormat::Jsonl => {
            for query in &report.queries {
                serde_json::to_writer(&mut *out, query).map_err(io::Error::from)?;
                out.write_all(b"\n")?;
            }
        }
        BenchFormat::Table | BenchFormat::Csv | BenchFormat::Markdown => {
            for query in &report.queries {
                let mut samples = query.samples.concat();
                samples.sort_unstable();
                let median = samples.get(samples.len() / 2).copied().unwrap_or(0);
                writeln!(out, "{}\t{}\t{median}", query.class, query.query)?;
            }
        }
    }
    Ok(())
}

fn json(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    out.write_all(b"\n")
}

/// Compares two reports.
pub(super) fn compare(options: &BenchCompareOptions, terminal: &mut Terminal) -> Result<Outcome> {
    let (first, second) = (read(&options.first)?, read(&options.second)?);
    // merge: `bench::compare`, its refusals, and the gate.
    let _ = (first, second, terminal);
    Err(Failure::Usage("this build compares nothing".into()))
}

/// Reads a report.
fn read(path: &Path) -> std::result::Result<Report, Error> {
    let text = fs::read(path).map_err(Error::reading(path))?;
    let bad = |detail| Error::BadFile { path: path.to_owned(), detail };
    let report: Report = serde_json::from_slice(&text)
        .map_err(|error| bad(format!("it is no report of `dateline bench`: {error}")))?;
    if report.v != REPORT_VERSION {
        return Err(bad(format!(
            "it is a report of version {}, this build reads {REPORT_VERSION}",
            report.v
        )));
    }
    Ok(report)
}
