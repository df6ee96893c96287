//! A benchmark as tables for spreadsheets; times in nanoseconds.

use std::borrow::Cow;
use std::io::{self, Write};

use super::super::csv::{cell, row, table};
use crate::bench::compare::{Change, Comparison, Effect};
use crate::bench::stats::Percentile;
use crate::bench::{Figures, Report, Summary};

/// Writes a header and a row for each class, all questions together last.
pub(super) fn classes(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let mut header: Vec<Cow<'_, str>> =
        ["class", "queries", "samples", "errors", "hits", "min_ns"].map(Cow::Borrowed).into();
    for it in Percentile::ALL {
        header.extend(["", "_low", "_high"].map(|end| format!("{it}_ns{end}").into()));
    }
    let rest = ["max_ns", "mean_ns", "mean_ns_low", "mean_ns_high", "sd_ns"];
    header.extend(rest.map(Cow::Borrowed));
    header.extend(["between_processes", "within_processes"].map(Cow::Borrowed));
    row(out, &header)?;
    let mut figures = summary.classes.iter().chain([&summary.whole]);
    figures.try_for_each(|it| row(out, &figures_row(it)))
}

/// What may be absent, as a cell.
fn maybe<'a>(number: Option<impl ToString>) -> Cow<'a, str> {
    number.map(|it| it.to_string()).unwrap_or_default().into()
}

fn figures_row(figures: &Figures) -> Vec<Cow<'_, str>> {
    let latency = figures.latency.as_ref();
    let mut cells = vec![
        cell(&figures.class),
        figures.queries.to_string().into(),
        figures.samples.to_string().into(),
        figures.errors.to_string().into(),
        figures.hits.to_string().into(),
        maybe(latency.map(|it| it.min)),
    ];
    for percentile in Percentile::ALL {
        let estimate = latency.and_then(|it| it.percentiles.get(percentile));
        cells.push(maybe(estimate.map(|it| it.value)));
        cells.push(maybe(estimate.map(|it| it.low)));
        cells.push(maybe(estimate.map(|it| it.high)));
    }
    let mean = latency.map(|it| it.mean);
    let interval = mean.and_then(|it| it.interval);
    let spread = latency.and_then(|it| it.spread);
    cells.extend([
        maybe(latency.map(|it| it.max)),
        maybe(mean.map(|it| it.value)),
        maybe(interval.map(|it| it.0)),
        maybe(interval.map(|it| it.1)),
        maybe(mean.map(|it| it.sd)),
        maybe(spread.map(|it| it.between)),
        maybe(spread.map(|it| it.within)),
    ]);
    cells
}

/// Writes a header and a row for each class, all questions together last.
pub(super) fn effects(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    let header = [
        "class",
        "queries",
        "ratio",
        "low",
        "high",
        "p99_ratio",
        "p99_low",
        "p99_high",
        "noise",
        "floor",
        "p",
        "verdict",
    ];
    let ends = |change: Option<Change>| {
        let interval = change.and_then(|it| it.interval);
        [
            maybe(change.map(|it| it.ratio)),
            maybe(interval.map(|it| it.0)),
            maybe(interval.map(|it| it.1)),
        ]
    };
    let effects = comparison.classes.iter().chain([&comparison.whole]);
    let row = |effect: &Effect| -> [Cow<'static, str>; 12] {
        let [ratio, low, high] = ends(Some(effect.median));
        let [p99_ratio, p99_low, p99_high] = ends(effect.p99);
        [
            cell(&effect.class).into_owned().into(),
            effect.queries.to_string().into(),
            ratio,
            low,
            high,
            p99_ratio,
            p99_low,
            p99_high,
            maybe(effect.noise),
            effect.floor.to_string().into(),
            effect.p.to_string().into(),
            effect.verdict.name().into(),
        ]
    };
    table(out, header, effects.map(row))
}

/// Writes a header and a row for each sample, in the order of measuring within its process and
/// question; `service_ns` only where questions came at a rate.
pub fn bench_samples(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    row(
        out,
        &["class", "query", "ask", "process", "sample", "ns", "service_ns"].map(Cow::Borrowed),
    )?;
    for query in &report.queries {
        for (process, times) in query.samples.iter().enumerate() {
            let service = query.service.get(process);
            for (sample, time) in times.iter().enumerate() {
                row(
                    out,
                    &[
                        cell(&query.class),
                        cell(&query.query),
                        cell(&query.ask),
                        (process + 1).to_string().into(),
                        (sample + 1).to_string().into(),
                        time.to_string().into(),
                        maybe(service.and_then(|it| it.get(sample))),
                    ],
                )?;
            }
        }
    }
    Ok(())
}
