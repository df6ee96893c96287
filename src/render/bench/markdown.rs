//! A benchmark as a page to be pasted into notes and reports.

use std::io::{self, Write};

use super::super::markdown::{code, escaped};
use super::super::numbers::{brief, count};
use super::page::{a_second, load_remark};
use super::{Benchmark, comparison, gate, remarks, wording};
use crate::bench::compare::Comparison;
use crate::bench::gate::Judgment;
use crate::bench::stats::Percentile;
use crate::bench::{Figures, Latency, Warning};
use crate::text::printable;

/// Writes a run.
pub(super) fn run(out: &mut dyn Write, run: &Benchmark<'_>) -> io::Result<()> {
    let Benchmark { report, summary, baseline, gate } = run;
    writeln!(out, "# {}", plain(&wording::subject(report, summary)))?;
    if report.partial {
        writeln!(out, "\n**{}**", wording::PARTIAL)?;
    }
    writeln!(out, "\n{}.", plain(&wording::rule(report, summary)))?;
    warnings(out, &report.warnings)?;
    if summary.whole.queries > 0 {
        writeln!(out)?;
        let heads = ["class", "samples", "errors", "hits"].into_iter();
        let heads = heads.chain(Percentile::ALL.iter().map(|it| it.name()));
        header(out, &heads.chain(["max", "mean ± sd"]).collect::<Vec<_>>(), 1)?;
        for figures in summary.classes.iter().chain([&summary.whole]) {
            row(out, &figures_row(figures))?;
        }
        writeln!(out)?;
        list(out, &remarks::latency(&summary.whole))?;
        writeln!(out, "\nSlowest questions by their medians:\n")?;
        for slow in &summary.slowest {
            let most = slow.figures.latency.as_ref().map_or(0, |it| it.max);
            let (class, query) = (plain(&slow.figures.class), code(&slow.query));
            writeln!(out, "- {query} ({class}), at most {}", brief(most))?;
        }
    }
    if !report.loads.is_empty() {
        writeln!(out)?;
        header(out, &["a second", "answered", "p99", ""], 0)?;
        for load in &report.loads {
            let p99 = load.p99_ns.map_or_else(|| "–".into(), brief);
            let [rate, achieved] = [load.rate, load.achieved].map(a_second);
            row(out, &[rate, achieved, p99, load_remark(load).into()])?;
        }
    }
    writeln!(out)?;
    let ingest: Vec<_> = report.ingest.iter().map(|it| ("indexing", remarks::ingest(it))).collect();
    list(out, &ingest)?;
    list(out, &remarks::circumstances(report, &summary.whole, &summary.used))?;
    if let Some(comparison) = baseline {
        writeln!(out)?;
        compared(out, comparison, None)?;
    }
    gate.map_or(Ok(()), |it| judged(out, it))
}

/// Writes how two runs compare.
pub(super) fn compared(
    out: &mut dyn Write,
    compared: &Comparison,
    judgment: Option<&Judgment>,
) -> io::Result<()> {
    writeln!(out, "# {}", plain(&comparison::subject(compared)))?;
    writeln!(out, "\n{}.", plain(&comparison::conclusion(compared)))?;
    warnings(out, &compared.cautions)?;
    writeln!(out)?;
    let heads = ["class", "questions", "change", "95 % interval", "p99", "floor", "p", "verdict"];
    header(out, &heads, 1)?;
    let unknown = || "–".to_owned();
    for effect in compared.classes.iter().chain([&compared.whole]) {
        let p99 = effect.p99.map_or_else(unknown, |it| comparison::percent(it.ratio));
        row(
            out,
            &[
                plain(&effect.class),
                count(effect.queries as u64),
                comparison::percent(effect.median.ratio),
                comparison::interval(&effect.median).unwrap_or_else(unknown),
                p99,
                format!("{:.1} %", effect.floor * 100.0),
                plain(&comparison::probability(effect.p)),
                effect.verdict.to_string(),
            ],
        )?;
    }
    writeln!(out, "\n{}", plain(comparison::METHOD))?;
    judgment.map_or(Ok(()), |it| judged(out, it))
}

fn judged(out: &mut dyn Write, judgment: &Judgment) -> io::Result<()> {
    writeln!(out, "\n**{}**\n", gate::verdict(judgment))?;
    for ruled in &judgment.clauses {
        let clause = code(&ruled.clause.to_string());
        writeln!(out, "- {clause} {}: {}", ruled.ruling, plain(&gate::seen(ruled)))?;
    }
    Ok(())
}

fn warnings(out: &mut dyn Write, warnings: &[Warning]) -> io::Result<()> {
    if !warnings.is_empty() {
        writeln!(out)?;
    }
    warnings.iter().try_for_each(|it| {
        writeln!(out, "- **warning ({})**: {}", plain(&it.kind), plain(&it.detail))
    })
}

fn figures_row(figures: &Figures) -> Vec<String> {
    let latency = figures.latency.as_ref();
    let time = |of: &dyn Fn(&Latency) -> Option<u64>| {
        latency.and_then(of).map_or_else(|| "–".to_owned(), brief)
    };
    let mut cells = vec![
        plain(&figures.class),
        count(figures.samples as u64),
        count(figures.errors),
        count(figures.hits),
    ];
    let percentile = |it: &Percentile| time(&|all| all.percentiles.get(it).map(|it| it.value));
    cells.extend(Percentile::ALL.iter().map(percentile));
    cells.push(time(&|it| Some(it.max)));
    cells.push(latency.map_or_else(|| "–".into(), |it| remarks::mean_and_deviation(&it.mean)));
    cells
}

/// A header whose first `texts` columns are of text and whose others are of numbers.
fn header(out: &mut dyn Write, heads: &[&str], texts: usize) -> io::Result<()> {
    row(out, &heads.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    let sides = (0..heads.len()).map(|place| if place < texts { "---" } else { "---:" });
    writeln!(out, "| {} |", sides.collect::<Vec<_>>().join(" | "))
}

fn row(out: &mut dyn Write, cells: &[String]) -> io::Result<()> {
    writeln!(out, "| {} |", cells.join(" | "))
}

fn list(out: &mut dyn Write, remarks: &[(&'static str, String)]) -> io::Result<()> {
    remarks.iter().try_for_each(|(label, text)| writeln!(out, "- {label}: {}", plain(text)))
}

fn plain(text: &str) -> String {
    escaped(&printable(text))
}
