//! What stands beside figures: phases, means, what was used, what all of it depends on.

use std::time::Duration;

use super::super::numbers::{brief, count, counted, duration, size, speed};
use crate::bench::stats::{Mean, Spread};
use crate::bench::{Figures, Ingest, Latency, Machine, Phase, Report, Used};

/// Labelled remarks, in the order in which they are read.
pub(super) type Remarks = Vec<(&'static str, String)>;

/// Percentiles of all questions with their intervals, and what else is known of their times.
pub(super) fn latency(figures: &Figures) -> Remarks {
    let Some(latency) = &figures.latency else { return Vec::new() };
    let percentiles = latency.percentiles.iter().map(|(percentile, it)| {
        let text = format!("{} ({} to {})", brief(it.value), brief(it.low), brief(it.high));
        (percentile.name(), text)
    });
    let mut remarks: Remarks = percentiles.collect();
    remarks.push(("mean", mean(&latency.mean)));
    remarks.extend(latency.spread.map(|it| ("spread", spread(it))));
    remarks.extend(figures.service.as_ref().map(|it| ("service", service(it))));
    remarks
}

fn mean(mean: &Mean) -> String {
    let interval = mean.interval.map(|(low, high)| format!(" ({} to {})", of(low), of(high)));
    format!("{}{}, sd {}", of(mean.value), interval.unwrap_or_default(), of(mean.sd))
}

/// A mean and a standard deviation: `1.50 ms ± 210 µs`.
pub(super) fn mean_and_deviation(mean: &Mean) -> String {
    format!("{} ± {}", of(mean.value), of(mean.sd))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a time")]
fn of(nanos: f64) -> String {
    brief(nanos.round() as u64)
}

fn spread(Spread { between, within }: Spread) -> String {
    let percent = |share: f64| format!("{:.1} %", share * 100.0);
    format!("{} between processes, {} within", percent(between), percent(within))
}

/// What questions took from their real start, where they came at a rate.
fn service(latency: &Latency) -> String {
    let percentiles = latency.percentiles.iter();
    let told: Vec<String> =
        percentiles.map(|(it, at)| format!("{it} {}", brief(at.value))).collect();
    let most = format!("at most {} from the real start", brief(latency.max));
    told.into_iter().chain([most]).collect::<Vec<_>>().join(", ")
}

/// The name of a phase.
pub(super) fn phase_name(phase: Phase) -> &'static str {
    match phase {
        Phase::Open => "open",
        Phase::Parse => "parse",
        Phase::Match => "match",
        Phase::Collect => "collect",
        Phase::Fetch => "fetch",
        Phase::Snippet => "snippet",
        Phase::Print => "print",
    }
}

/// Where time went, what was used, and what figures depend on.
pub(super) fn circumstances(report: &Report, whole: &Figures, used: &Used) -> Remarks {
    let print = &report.fingerprint;
    let index = &print.index;
    let phases = whole.phases.iter();
    let phases: Vec<_> =
        phases.map(|(it, share)| format!("{} {:.1} %", phase_name(*it), share * 100.0)).collect();
    let mut remarks = vec![
        ("phases", phases.join(", ")),
        ("used", used_up(used)),
        ("run", run(report)),
        ("machine", machine(&print.machine)),
        (
            "index",
            format!(
                "{} in {}, {}, {} deleted, generation {}, content {}",
                counted(index.articles, "article"),
                counted(index.segments as u64, "segment"),
                size(index.bytes),
                count(index.deleted),
                index.generation,
                index.content
            ),
        ),
        ("build", format!("dateline {}, {}, {}", print.dateline, print.engine, print.build)),
        ("questions", format!("digest {}", print.queries)),
    ];
    remarks.retain(|(_, text)| !text.is_empty());
    remarks
}

fn used_up(used: &Used) -> String {
    let faults = used.minor_faults.zip(used.major_faults).map(|(minor, major)| {
        format!("{} ({} from disk)", counted(minor + major, "page fault"), count(major))
    });
    let wall = duration(milliseconds(used.wall_ms));
    let parts = [
        used.cpu_ms.map(|it| format!("{} of processor in {wall}", duration(milliseconds(it)))),
        faults,
        used.read_bytes.map(|it| format!("{} read", size(it))),
        used.peak_memory.map(|it| format!("{} of memory at most", size(it))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn milliseconds(ms: f64) -> Duration {
    Duration::try_from_secs_f64(ms / 1000.0).unwrap_or_default()
}

fn run(report: &Report) -> String {
    let settings = &report.settings;
    let plural = if settings.processes == 1 { "" } else { "es" };
    // Where questions come at a rate there are no rounds.
    let rounds = Some(settings.rounds as u64).filter(|&rounds| rounds > 0);
    let rounds = rounds.map_or(String::new(), |it| format!(" of {}", counted(it, "round")));
    let processes = count(settings.processes as u64);
    let mut parts = vec![format!("{processes} process{plural}{rounds}, seed {}", settings.seed)];
    if let Some((least, most)) = settings.warm_up.iter().min().zip(settings.warm_up.iter().max()) {
        let rounds = if least == most { most.to_string() } else { format!("{least} to {most}") };
        parts.push(format!("warm-up of {rounds} rounds"));
    }
    parts.push(format!("a reading of the clock costs {}", of(settings.timer_overhead_ns)));
    parts.push(format!("begun {}", report.fingerprint.begun));
    parts.join(", ")
}

fn machine(machine: &Machine) -> String {
    let parts = [
        machine.cpu.clone(),
        machine.cores.map(|it| counted(it as u64, "core")),
        machine.memory.map(|it| format!("{} of memory", size(it))),
        machine.governor.as_ref().map(|it| format!("governor {it}")),
        machine.kernel.clone(),
        machine.filesystem.clone(),
        machine.load.map(|[before, after]| format!("load {before:.2} before, {after:.2} after")),
        machine.steal.map(|it| format!("{it:.1} % stolen")),
        machine.swap_used.filter(|it| *it > 0).map(|it| format!("{} of swap", size(it))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What indexing came to.
pub(super) fn ingest(ingest: &Ingest) -> String {
    let took = Duration::from_nanos(ingest.elapsed_ns);
    let a_second =
        u128::from(ingest.articles) * 1_000_000_000 / u128::from(ingest.elapsed_ns.max(1));
    let a_second = count(u64::try_from(a_second).unwrap_or(u64::MAX));
    let parts = [
        Some(format!("{} in {}", counted(ingest.articles, "article"), duration(took))),
        Some(format!("{a_second} a second")),
        speed(ingest.source_bytes, took),
        (ingest.rejected > 0).then(|| format!("{} rejected", count(ingest.rejected))),
        Some(format!("searchable after {}", duration(Duration::from_nanos(ingest.searchable_ns)))),
        Some(format!("{} of index from {}", size(ingest.index_bytes), size(ingest.source_bytes))),
        ingest.written_bytes.map(|it| format!("{} written", size(it))),
        ingest.peak_memory.map(|it| format!("{} of memory at most", size(it))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
