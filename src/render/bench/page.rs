//! A run on one page, for people.

use std::io::{self, Write};

use super::super::numbers::{brief, count};
use super::super::rows::{paragraph, rows};
use super::super::style::{Role, Style};
use super::super::wrap::{columns, fit};
use super::table::{self, Column};
use super::{Benchmark, comparison, gate, histogram, remarks, wording};
use crate::bench::stats::Percentile;
use crate::bench::{Figures, Latency, Load, Summary};
use crate::text::printable;

/// From this width on the slowest questions are shown with their classes.
const WIDE: usize = 60;

/// Room for the class of a slow question.
const CLASS: usize = 18;

/// Writes the page.
pub(super) fn write(out: &mut dyn Write, run: &Benchmark<'_>, style: Style) -> io::Result<()> {
    let Benchmark { report, summary, baseline, gate } = run;
    paragraph(out, &wording::subject(report, summary), Role::Title, style)?;
    if report.partial {
        paragraph(out, wording::PARTIAL, Role::Error, style)?;
    }
    for warning in &report.warnings {
        let text = format!("warning ({}): {}", warning.kind, warning.detail);
        paragraph(out, &text, Role::Note, style)?;
    }
    paragraph(out, &wording::rule(report, summary), Role::Text, style)?;
    if summary.whole.queries > 0 {
        classes(out, summary, style)?;
        paragraph(out, &errors(summary), Role::Error, style)?;
        section(out, "all, with 95 % intervals", &remarks::latency(&summary.whole), style)?;
        histogram::write(out, report, style)?;
        slowest(out, summary, style)?;
    }
    loads(out, &report.loads, style)?;
    let ingest: Vec<_> = report.ingest.iter().map(|it| ("", remarks::ingest(it))).collect();
    section(out, "indexing", &ingest, style)?;
    let circumstances = remarks::circumstances(report, &summary.whole, &summary.used);
    section(out, "measured with", &circumstances, style)?;
    if let Some(compared) = baseline {
        writeln!(out)?;
        comparison::write(out, compared, style)?;
    }
    gate.map_or(Ok(()), |it| gate::write(out, it, style))
}

fn section(
    out: &mut dyn Write,
    head: &str,
    remarks: &[(&'static str, String)],
    style: Style,
) -> io::Result<()> {
    if remarks.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    style.write(out, Role::Label, head)?;
    writeln!(out)?;
    let remarks: Vec<_> =
        remarks.iter().map(|(label, text)| (format!("  {label}"), text.clone())).collect();
    let borrowed: Vec<_> = remarks.iter().map(|(label, it)| (label.as_str(), it.clone())).collect();
    rows(out, &borrowed, style)
}

/// A time that may not be known.
fn time(figures: &Figures, of: impl Fn(&Latency) -> Option<u64>) -> String {
    figures.latency.as_ref().and_then(of).map_or_else(|| "–".into(), brief)
}

fn percentile(figures: &Figures, percentile: Percentile) -> String {
    time(figures, |it| it.percentiles.get(&percentile).map(|it| it.value))
}

fn classes(out: &mut dyn Write, summary: &Summary, style: Style) -> io::Result<()> {
    let column = Column::<Figures>::new;
    let columns = [
        column("samples", 9, 3, &|it| count(it.samples as u64)),
        column("hits", 9, 6, &|it| count(it.hits)),
        column("p50", 9, 0, &|it| percentile(it, Percentile::P50)),
        column("p90", 9, 7, &|it| percentile(it, Percentile::P90)),
        column("p95", 9, 4, &|it| percentile(it, Percentile::P95)),
        column("p99", 9, 1, &|it| percentile(it, Percentile::P99)),
        column("p99.9", 9, 5, &|it| percentile(it, Percentile::P999)),
        column("max", 9, 2, &|it| time(it, |it| Some(it.max))),
    ];
    writeln!(out)?;
    let figures = summary.classes.iter().chain([&summary.whole]);
    let named: Vec<_> = figures.map(|it| (it.class.as_str(), it)).collect();
    table::write(out, &named, &columns, |it| it.class == "all", style)?;
    let is_complete = |it: &Figures| it.latency.as_ref().is_none_or(|it| it.percentiles.len() == 5);
    if summary.classes.iter().all(is_complete) {
        return Ok(());
    }
    paragraph(out, "–: fewer than 10 samples lie beyond it", Role::Minor, style)
}

/// Which classes failed, and how often; nothing where none did.
fn errors(summary: &Summary) -> String {
    let failed: Vec<_> = summary
        .classes
        .iter()
        .filter(|it| it.errors > 0)
        .map(|it| format!("{} {}", it.class, count(it.errors)))
        .collect();
    if failed.is_empty() { String::new() } else { format!("errors: {}", failed.join(", ")) }
}

fn slowest(out: &mut dyn Write, summary: &Summary, style: Style) -> io::Result<()> {
    if summary.slowest.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    style.write(out, Role::Label, "slowest questions, by their medians")?;
    writeln!(out)?;
    for slow in &summary.slowest {
        let median = percentile(&slow.figures, Percentile::P50);
        // Of few samples there is a slowest one still.
        let median = if median == "–" {
            format!("≤ {}", time(&slow.figures, |it| Some(it.max)))
        } else {
            median
        };
        let class = if style.width() >= WIDE {
            let class = fit(&printable(&slow.figures.class), CLASS).into_owned();
            let gap = CLASS.saturating_sub(columns(&class));
            format!("{class}{:gap$}  ", "")
        } else {
            String::new()
        };
        let gap = 11_usize.saturating_sub(columns(&median));
        let line = format!("{:gap$}{median}  {class}{}", "", printable(&slow.query));
        writeln!(out, "{}", fit(&line, style.width()).trim_end())?;
    }
    Ok(())
}

fn loads(out: &mut dyn Write, loads: &[Load], style: Style) -> io::Result<()> {
    if loads.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    let head = format!("{:>8}  {:>8}  {:>7}", "a second", "answered", "p99");
    style.write(out, Role::Label, &head)?;
    writeln!(out)?;
    for load in loads {
        let p99 = load.p99_ns.map_or_else(|| "–".into(), brief);
        let [rate, achieved] = [load.rate, load.achieved].map(a_second);
        let line = format!("{rate:>8}  {achieved:>8}  {p99:>7}  {}", load_remark(load));
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// A rate: `12.5`, `1,204`.
pub(super) fn a_second(rate: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate")]
    if rate < 1_000.0 { format!("{rate:.1}") } else { count(rate.round() as u64) }
}

/// What is to be said of a rate.
pub(super) fn load_remark(load: &Load) -> &'static str {
    match (load.saturated, load.kept) {
        (true, _) => "saturated",
        (false, Some(true)) => "kept",
        (false, Some(false)) => "not kept",
        (false, None) => "",
    }
}
