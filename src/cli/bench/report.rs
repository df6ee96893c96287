//! What is written of a run.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::super::args::{BenchCompareOptions, BenchReportOptions, BenchRunOptions};
use super::super::terminal::Terminal;
use super::super::{Failure, Outcome, Result};
use super::peers::Against;
use crate::bench::compare::{Comparison, Refusal, Results, compare as compare_reports};
use crate::bench::gate::{Bound, Gate, Judgment};
use crate::bench::{Mode, REPORT_VERSION, Report, summarize};
use crate::error::Error;
use crate::fs::write_whole;
use crate::render::{
    BenchFormat, Benchmark, Emphasis, MIN_WIDTH, Style, bench_comparison, bench_differences,
    bench_differences_json, bench_hlog, bench_report, bench_samples, plot_latency, plot_loads,
};

/// What a run is held against.
pub(super) struct Measure {
    gate: Option<Gate>,
    baseline: Option<Report>,
}

/// What the options hold a run against; so that nothing is measured in vain, it is read before.
pub(super) fn measure(options: &BenchRunOptions) -> Result<Measure> {
    let options = &options.report;
    let gate = gate(options.gate.as_deref())?;
    let baseline = options.baseline.as_deref().map(read).transpose()?;
    let is_of_change =
        |gate: &Gate| gate.clauses.iter().any(|it| matches!(it.bound, Bound::Regress(_)));
    if baseline.is_none() && gate.as_ref().is_some_and(is_of_change) {
        let message =
            "--gate: `regress` compares with an earlier run; name its report with --baseline";
        return Err(Failure::Usage(message.into()));
    }
    Ok(Measure { gate, baseline })
}

fn gate(typed: Option<&str>) -> Result<Option<Gate>> {
    let gate = typed.map(str::parse).transpose();
    gate.map_err(|error| Failure::Usage(format!("--gate: {error}")))
}

/// Writes the report wherever it is wanted, the file with every sample first.
pub(super) fn write(
    report: &Report,
    others: &[Against],
    measure: &Measure,
    options: &BenchReportOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let summary = summarize(report);
    let compared = measure.baseline.as_ref();
    let compared = compared.map(|it| compare_reports(it, report, Results::MustAgree)).transpose();
    let (baseline, refused) = match compared {
        Ok(comparison) => (comparison, None),
        Err(refusal) => (None, Some(refused(&refusal))),
    };
    let judgment = measure.gate.as_ref().map(|it| it.judge(report, &summary, baseline.as_ref()));
    let benchmark = Benchmark {
        report,
        summary: &summary,
        baseline: baseline.as_ref(),
        gate: judgment.as_ref(),
    };
    write_files(&benchmark, others, options)?;
    let style = terminal.style();
    bench_report(terminal.out(), &benchmark, options.format, style)?;
    print_others(others, options.format, terminal)?;
    if report.partial {
        writeln!(terminal.err(), "note: not all was measured; the report is marked partial")?;
    }
    match refused {
        Some(failure) => Err(failure),
        None => Ok(outcome(judgment.as_ref())),
    }
}

fn write_files(
    benchmark: &Benchmark<'_>,
    others: &[Against],
    options: &BenchReportOptions,
) -> Result<()> {
    let report = benchmark.report;
    let to = |path: &Option<PathBuf>, write: &dyn Fn(&mut dyn Write) -> io::Result<()>| match path {
        Some(path) => write_whole(path, |file| write(file)),
        None => Ok(()),
    };
    to(&options.out, &|file| json(file, report))?;
    for other in others {
        let beside = |end: &str| {
            let end = format!("{}{end}", other.report.target);
            options.out.as_ref().map(|it| it.with_extension(end))
        };
        to(&beside(".json"), &|file| json(file, &other.report))?;
        to(&beside(".differences.json"), &|file| bench_differences_json(file, &other.differences))?;
    }
    to(&options.hlog, &|file| bench_hlog(file, report))?;
    to(&options.csv, &|file| bench_samples(file, report))?;
    let plain = Style::new(MIN_WIDTH, Emphasis::Plain);
    to(&options.markdown, &|file| bench_report(file, benchmark, BenchFormat::Markdown, plain))?;
    let draw = if report.settings.mode == Mode::Sweep { plot_loads } else { plot_latency };
    to(&options.plot, &|file| file.write_all(draw(report)?.as_bytes()))?;
    Ok(())
}

/// Prints what came of asking others, where people read it.
fn print_others(others: &[Against], format: BenchFormat, terminal: &mut Terminal) -> Result<()> {
    if !matches!(format, BenchFormat::Table | BenchFormat::Markdown) {
        return Ok(());
    }
    let style = terminal.style();
    for other in others {
        let out = terminal.out();
        if let Some(comparison) = &other.comparison {
            writeln!(out)?;
            bench_comparison(out, comparison, None, format, style)?;
        }
        writeln!(out)?;
        bench_differences(out, &other.differences, style)?;
    }
    Ok(())
}

fn json(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    out.write_all(b"\n")
}

/// Compares two reports.
pub(super) fn compare(options: &BenchCompareOptions, terminal: &mut Terminal) -> Result<Outcome> {
    let gate = gate(options.gate.as_deref())?;
    let (first, second) = (read(&options.first)?, read(&options.second)?);
    let results = if options.results_may_differ { Results::MayDiffer } else { Results::MustAgree };
    let compared: Comparison =
        compare_reports(&first, &second, results).map_err(|refusal| refused(&refusal))?;
    let judgment = gate.map(|it| it.judge(&second, &summarize(&second), Some(&compared)));
    let style = terminal.style();
    bench_comparison(terminal.out(), &compared, judgment.as_ref(), options.format, style)?;
    Ok(outcome(judgment.as_ref()))
}

fn outcome(judgment: Option<&Judgment>) -> Outcome {
    if judgment.is_none_or(Judgment::is_kept) { Outcome::Done } else { Outcome::Differs }
}

fn refused(refusal: &Refusal) -> Failure {
    Failure::Usage(format!("{refusal}\nhint: {}", refusal.hint()))
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
