//! What a run comes to: for all questions, for each class of them, for the slowest.

use std::collections::BTreeMap;

use super::report::{QueryRuns, Report, Resources};
use super::stats::{self, Estimate, Mean, Percentile, Spread, log_time, real};
use super::task::Phase;

/// How many of the slowest questions are told.
const SLOWEST: usize = 5;

/// The name of all questions where a class is named.
const ALL: &str = "all";

/// What a run comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// All questions together.
    pub whole: Figures,
    /// Each class, in the order of the workload.
    pub classes: Vec<Figures>,
    /// The questions with the greatest medians, the slowest first. By the median, as a single hiccup
    /// of the machine makes no question a slow one.
    pub slowest: Vec<SlowQuery>,
    /// What the processes used together.
    pub used: Used,
}

/// What was measured of some questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// Their class, `all` for all.
    pub class: String,
    /// How many they are.
    pub queries: usize,
    /// How often they were answered.
    pub samples: usize,
    /// How often they failed.
    pub errors: u64,
    /// How many articles match, the median of the questions.
    pub hits: u64,
    /// How long they took; from the intended start where they came at a rate. `None` where none was
    /// answered.
    pub latency: Option<Latency>,
    /// The same from the real start, where they came at a rate.
    pub service: Option<Latency>,
    /// The share of each phase in the time of all phases, from 0 to 1.
    pub phases: BTreeMap<Phase, f64>,
}

/// How long something took, in nanoseconds.
#[derive(Clone, Debug, PartialEq)]
pub struct Latency {
    /// The fastest sample.
    pub min: u64,
    /// The slowest.
    pub max: u64,
    /// Those percentiles that enough samples lie beyond.
    pub percentiles: BTreeMap<Percentile, Estimate<u64>>,
    /// The mean.
    pub mean: Mean,
    /// How samples of the same question differ.
    pub spread: Option<Spread>,
}

/// One of the slowest questions.
#[derive(Clone, Debug, PartialEq)]
pub struct SlowQuery {
    /// As typed.
    pub query: String,
    /// What was asked of its answer.
    pub ask: String,
    /// What was measured of it, with its class.
    pub figures: Figures,
}

/// What all processes used together; what any could not find out is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Used {
    /// Processor time in milliseconds.
    pub cpu_ms: Option<f64>,
    /// Time on the clock in milliseconds.
    pub wall_ms: f64,
    /// Page faults that needed no disk.
    pub minor_faults: Option<u64>,
    /// And those that did.
    pub major_faults: Option<u64>,
    /// Bytes read from disk.
    pub read_bytes: Option<u64>,
    /// The most memory that was resident in any of them, in bytes.
    pub peak_memory: Option<u64>,
    /// The least share of the index that was in the page cache when one began, from 0 to 1.
    pub resident: Option<f64>,
}

/// Sums up a run.
pub fn summarize(report: &Report) -> Summary {
    let all: Vec<&QueryRuns> = report.queries.iter().collect();
    Summary {
        whole: figures(ALL, &all),
        classes: by_class(&all).iter().map(|(class, queries)| figures(class, queries)).collect(),
        slowest: slowest(&all),
        used: used(&report.resources),
    }
}

/// Questions by their class, in the order in which classes come.
pub(super) fn by_class<'a>(queries: &[&'a QueryRuns]) -> Vec<(&'a str, Vec<&'a QueryRuns>)> {
    let mut classes: Vec<(&str, Vec<&QueryRuns>)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for query in queries {
        let place = *places.entry(&query.class).or_insert(classes.len());
        match classes.get_mut(place) {
            Some((_, of_class)) => of_class.push(query),
            None => classes.push((&query.class, vec![query])),
        }
    }
    classes
}

fn figures(class: &str, queries: &[&QueryRuns]) -> Figures {
    let mut hits: Vec<u64> = queries.iter().map(|it| it.outcome.total).collect();
    hits.sort_unstable();
    let samples = |query: &QueryRuns| query.samples.iter().map(Vec::len).sum::<usize>();
    Figures {
        class: class.to_owned(),
        queries: queries.len(),
        samples: queries.iter().map(|it| samples(it)).sum(),
        errors: queries.iter().map(|it| it.outcome.errors).sum(),
        hits: stats::median(&hits).unwrap_or_default(),
        latency: latency(queries, |query| &query.samples),
        service: latency(queries, |query| &query.service),
        phases: phases(queries),
    }
}

type Samples = Vec<Vec<u64>>;

fn latency(queries: &[&QueryRuns], of: impl Fn(&QueryRuns) -> &Samples) -> Option<Latency> {
    let processes = queries.iter().map(|it| of(it).len()).max().unwrap_or_default();
    let mut by_process: Samples = vec![Vec::new(); processes];
    let mut deviations: Vec<Vec<f64>> = vec![Vec::new(); processes];
    for query in queries {
        let usual = stats::mean(of(query).iter().flatten().map(|time| log_time(*time)));
        for (process, times) in of(query).iter().enumerate() {
            by_process[process].extend(times);
            deviations[process].extend(times.iter().map(|it| log_time(*it) - usual.unwrap_or(0.0)));
        }
    }
    let mut sorted: Vec<u64> = by_process.iter().flatten().copied().collect();
    sorted.sort_unstable();
    let percentiles = Percentile::ALL.iter().filter_map(|it| Some((*it, it.of(&sorted)?)));
    Some(Latency {
        min: *sorted.first()?,
        max: *sorted.last()?,
        percentiles: percentiles.collect(),
        mean: Mean::of(&by_process)?,
        spread: Spread::of(&deviations),
    })
}

/// The share of each phase: questions count by how often they were answered.
fn phases(queries: &[&QueryRuns]) -> BTreeMap<Phase, f64> {
    let mut times: BTreeMap<Phase, f64> = BTreeMap::new();
    for query in queries {
        let samples = real(query.samples.iter().map(|it| it.len() as u64).sum());
        for (phase, time) in &query.phases {
            *times.entry(*phase).or_default() += real(*time) * samples;
        }
    }
    let whole: f64 = times.values().sum();
    times.retain(|_, time| *time > 0.0);
    for time in times.values_mut() {
        *time /= whole;
    }
    times
}

fn slowest(queries: &[&QueryRuns]) -> Vec<SlowQuery> {
    let median = |query: &QueryRuns| {
        let mut times: Vec<u64> = query.samples.iter().flatten().copied().collect();
        times.sort_unstable();
        stats::median(&times)
    };
    let mut timed: Vec<(u64, &QueryRuns)> =
        queries.iter().filter_map(|query| Some((median(query)?, *query))).collect();
    // Of equal ones the first in the workload comes first, as the order is kept.
    timed.sort_by_key(|(time, _)| std::cmp::Reverse(*time));
    let slow = |(_, query): &(u64, &QueryRuns)| SlowQuery {
        query: query.query.clone(),
        ask: query.ask.clone(),
        figures: figures(&query.class, &[query]),
    };
    timed.iter().take(SLOWEST).map(slow).collect()
}

fn used(processes: &[Resources]) -> Used {
    if processes.is_empty() {
        return Used::default();
    }
    let sum = |of: fn(&Resources) -> Option<u64>| processes.iter().map(of).sum::<Option<u64>>();
    let resident = processes.iter().map(|it| {
        it.resident.filter(|[.., all]| *all > 0).map(|[before, _, all]| real(before) / real(all))
    });
    Used {
        cpu_ms: processes.iter().map(|it| it.cpu_ms).sum(),
        wall_ms: processes.iter().map(|it| it.wall_ms).sum(),
        minor_faults: sum(|it| it.minor_faults),
        major_faults: sum(|it| it.major_faults),
        read_bytes: sum(|it| it.read_bytes),
        peak_memory: processes.iter().filter_map(|it| it.peak_memory).max(),
        resident: resident.collect::<Option<Vec<f64>>>().into_iter().flatten().reduce(f64::min),
    }
}

#[cfg(test)]
mod tests;
