//! A benchmark for machines: times in nanoseconds, shares and changes as ratios.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::super::json::{self, VERSION};
use super::{Benchmark, gate};
use crate::bench::compare::{Change, Comparison, Effect};
use crate::bench::gate::{Judgment, Ruled, Seen};
use crate::bench::stats::Estimate;
use crate::bench::{Figures, Latency, Phase, Report, SlowQuery, Summary, Warning};

/// The report, field by field, and what follows from it.
#[derive(Serialize)]
pub(super) struct RunRecord<'a> {
    #[serde(flatten)]
    report: &'a Report,
    whole: FiguresRecord<'a>,
    classes: Vec<FiguresRecord<'a>>,
    slowest: Vec<SlowRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<ComparisonRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gate: Option<GateRecord>,
}

#[derive(Serialize)]
struct FiguresRecord<'a> {
    class: &'a str,
    queries: usize,
    samples: usize,
    errors: u64,
    hits: u64,
    #[serde(flatten)]
    latency: Option<LatencyRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<LatencyRecord>,
    phases: &'a BTreeMap<Phase, f64>,
}

#[derive(Serialize)]
struct LatencyRecord {
    min_ns: u64,
    max_ns: u64,
    percentiles: BTreeMap<&'static str, PercentileRecord>,
    mean_ns: f64,
    mean_interval_ns: Option<(f64, f64)>,
    sd_ns: f64,
    between_processes: Option<f64>,
    within_processes: Option<f64>,
}

#[derive(Serialize)]
struct PercentileRecord {
    ns: u64,
    interval_ns: (u64, u64),
}

#[derive(Serialize)]
struct SlowRecord<'a> {
    query: &'a str,
    ask: &'a str,
    #[serde(flatten)]
    figures: FiguresRecord<'a>,
}

/// Two runs held against each other.
#[derive(Serialize)]
pub(super) struct ComparisonRecord<'a> {
    v: u32,
    targets: &'a [String; 2],
    whole: EffectRecord<'a>,
    classes: Vec<EffectRecord<'a>>,
    differing: Vec<DifferingRecord<'a>>,
    cautions: &'a [Warning],
    #[serde(skip_serializing_if = "Option::is_none")]
    gate: Option<GateRecord>,
}

#[derive(Serialize)]
struct EffectRecord<'a> {
    class: &'a str,
    queries: usize,
    ratio: f64,
    interval: Option<(f64, f64)>,
    p99_ratio: Option<f64>,
    p99_interval: Option<(f64, f64)>,
    noise: Option<f64>,
    floor: f64,
    p: f64,
    verdict: &'static str,
}

#[derive(Serialize)]
struct DifferingRecord<'a> {
    class: &'a str,
    query: &'a str,
    totals: [u64; 2],
}

#[derive(Serialize)]
struct GateRecord {
    kept: bool,
    clauses: Vec<ClauseRecord>,
}

#[derive(Serialize)]
struct ClauseRecord {
    clause: String,
    ruling: &'static str,
    /// What it rests on, in words.
    seen: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    ns: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<u64>,
    /// Of the class that decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    ratio: Option<f64>,
}

pub(super) fn run<'a>(benchmark: &Benchmark<'a>) -> RunRecord<'a> {
    let Benchmark { report, summary, baseline, gate } = *benchmark;
    RunRecord {
        report,
        whole: (&summary.whole).into(),
        classes: summary.classes.iter().map(Into::into).collect(),
        slowest: summary.slowest.iter().map(Into::into).collect(),
        baseline: baseline.map(|it| compared(it, None)),
        gate: gate.map(Into::into),
    }
}

/// Writes a line for each class, all questions together last.
pub(super) fn classes(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let figures = summary.classes.iter().chain([&summary.whole]).map(FiguresRecord::from);
    lines(out, figures)
}

pub(super) fn compared<'a>(
    comparison: &'a Comparison,
    judgment: Option<&Judgment>,
) -> ComparisonRecord<'a> {
    let differing = comparison.differing.iter().map(|it| DifferingRecord {
        class: &it.class,
        query: &it.query,
        totals: it.totals,
    });
    ComparisonRecord {
        v: VERSION,
        targets: &comparison.targets,
        whole: (&comparison.whole).into(),
        classes: comparison.classes.iter().map(Into::into).collect(),
        differing: differing.collect(),
        cautions: &comparison.cautions,
        gate: judgment.map(Into::into),
    }
}

/// Writes a line for each class, all questions together last.
pub(super) fn effects(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    lines(out, comparison.classes.iter().chain([&comparison.whole]).map(EffectRecord::from))
}

fn lines(out: &mut dyn Write, mut records: impl Iterator<Item = impl Serialize>) -> io::Result<()> {
    records.try_for_each(|record| {
        json::value(out, &record)?;
        writeln!(out)
    })
}

impl<'a> From<&'a Figures> for FiguresRecord<'a> {
    fn from(figures: &'a Figures) -> Self {
        Self {
            class: &figures.class,
            queries: figures.queries,
            samples: figures.samples,
            errors: figures.errors,
            hits: figures.hits,
            latency: figures.latency.as_ref().map(Into::into),
            service: figures.service.as_ref().map(Into::into),
            phases: &figures.phases,
        }
    }
}

impl From<&Latency> for LatencyRecord {
    fn from(latency: &Latency) -> Self {
        let record =
            |it: &Estimate<u64>| PercentileRecord { ns: it.value, interval_ns: (it.low, it.high) };
        let percentiles = latency.percentiles.iter();
        Self {
            min_ns: latency.min,
            max_ns: latency.max,
            percentiles: percentiles.map(|(name, it)| (name.name(), record(it))).collect(),
            mean_ns: latency.mean.value,
            mean_interval_ns: latency.mean.interval,
            sd_ns: latency.mean.sd,
            between_processes: latency.spread.map(|it| it.between),
            within_processes: latency.spread.map(|it| it.within),
        }
    }
}

impl<'a> From<&'a SlowQuery> for SlowRecord<'a> {
    fn from(slow: &'a SlowQuery) -> Self {
        Self { query: &slow.query, ask: &slow.ask, figures: (&slow.figures).into() }
    }
}

impl<'a> From<&'a Effect> for EffectRecord<'a> {
    fn from(effect: &'a Effect) -> Self {
        let Change { ratio, interval } = effect.median;
        Self {
            class: &effect.class,
            queries: effect.queries,
            ratio,
            interval,
            p99_ratio: effect.p99.map(|it| it.ratio),
            p99_interval: effect.p99.and_then(|it| it.interval),
            noise: effect.noise,
            floor: effect.floor,
            p: effect.p,
            verdict: effect.verdict.name(),
        }
    }
}

impl From<&Judgment> for GateRecord {
    fn from(judgment: &Judgment) -> Self {
        let record = |it: &Ruled| {
            let (ns, errors, ratio) = match &it.seen {
                Seen::Time(nanos) => (Some(*nanos), None, None),
                Seen::Errors(n) => (None, Some(*n), None),
                Seen::Change { change, .. } => (None, None, Some(change.ratio)),
                Seen::Nothing(_) => (None, None, None),
            };
            let (clause, ruling) = (it.clause.to_string(), it.ruling.name());
            ClauseRecord { clause, ruling, seen: gate::seen(it), ns, errors, ratio }
        };
        Self { kept: judgment.is_kept(), clauses: judgment.clauses.iter().map(record).collect() }
    }
}
