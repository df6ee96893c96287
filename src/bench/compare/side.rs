//! One of two runs: what is drawn from.

use super::super::report::QueryRuns;
use super::super::stats::{self, LEAST_BEYOND, Percentile, log_time, real};

/// A sample, and where it comes from.
#[derive(Clone, Copy, Debug)]
struct Sample {
    time: u64,
    query: usize,
    process: usize,
}

/// What one run measured of some questions.
#[derive(Debug)]
pub(super) struct Side {
    /// For each question and process the logarithm of the median, where there are samples.
    medians: Vec<Vec<Option<f64>>>,
    /// For each question and process how many samples there are.
    counts: Vec<Vec<u64>>,
    /// All samples, the slowest first.
    samples: Vec<Sample>,
}

impl Side {
    /// What was measured of these questions.
    pub(super) fn new(queries: &[&QueryRuns]) -> Self {
        let processes = queries.iter().map(|it| it.samples.len()).max().unwrap_or_default();
        let mut samples = Vec::new();
        let mut medians = vec![vec![None; processes]; queries.len()];
        let mut counts = vec![vec![0; processes]; queries.len()];
        for (query, runs) in queries.iter().enumerate() {
            for (process, times) in runs.samples.iter().enumerate() {
                samples.extend(times.iter().map(|&time| Sample { time, query, process }));
                let mut times = times.clone();
                times.sort_unstable();
                medians[query][process] = stats::median(&times).map(log_time);
                counts[query][process] = times.len() as u64;
            }
        }
        samples.sort_unstable_by_key(|it| std::cmp::Reverse(it.time));
        Self { medians, counts, samples }
    }

    /// How many processes there were.
    pub(super) fn processes(&self) -> usize {
        self.medians.first().map_or(0, Vec::len)
    }

    /// How many questions there are.
    pub(super) fn queries(&self) -> usize {
        self.medians.len()
    }

    /// For each question the mean of its medians, as logarithms, where the processes were drawn so
    /// many times; `None` for one that none of them answered.
    pub(super) fn logs<'a>(
        &'a self,
        processes: &'a [u32],
    ) -> impl Iterator<Item = Option<f64>> + 'a {
        self.medians.iter().map(move |medians| {
            let drawn = medians.iter().zip(processes).filter_map(|(it, n)| Some(((*it)?, *n)));
            let (sum, n) = drawn
                .fold((0.0, 0), |(sum, n), (log, times)| (sum + log * f64::from(times), n + times));
            (n > 0).then(|| sum / f64::from(n))
        })
    }

    /// The 99th percentile of all samples, as a logarithm, where questions and processes were drawn
    /// so many times; `None` if too few samples lie beyond it.
    pub(super) fn p99(&self, queries: &[u32], processes: &[u32]) -> Option<f64> {
        let n: u64 = self
            .counts
            .iter()
            .zip(queries)
            .filter(|(_, times)| **times > 0)
            .map(|(counts, times)| {
                let drawn = counts.iter().zip(processes).map(|(n, times)| n * u64::from(*times));
                u64::from(*times) * drawn.sum::<u64>()
            })
            .sum();
        let n = usize::try_from(n).ok()?;
        let beyond = n - Percentile::P99.rank(n);
        if beyond < LEAST_BEYOND {
            return None;
        }
        let mut seen = 0;
        let is_reached = |sample: &&Sample| {
            seen += queries[sample.query] as usize * processes[sample.process] as usize;
            seen > beyond
        };
        Some(log_time(self.samples.iter().find(is_reached)?.time))
    }

    /// For each process how much slower it was than all together, as a logarithm: the mean of its
    /// questions.
    pub(super) fn deviations(&self) -> Vec<f64> {
        let mut sums = vec![(0.0, 0); self.processes()];
        for medians in &self.medians {
            let usual = stats::mean(medians.iter().filter_map(|it| *it)).unwrap_or(0.0);
            for (sum, log) in sums.iter_mut().zip(medians) {
                if let Some(log) = log {
                    *sum = (sum.0 + log - usual, sum.1 + 1);
                }
            }
        }
        sums.iter().filter(|(_, n)| *n > 0).map(|(sum, n)| sum / real(*n)).collect()
    }
}
