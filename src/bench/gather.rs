//! What several processes have measured, as one report has it.

use std::collections::BTreeMap;

use super::report::{Outcome, QueryRuns};
use super::samples::Measured;
use super::task::{Phase, Task};
use super::wire::ProcessRuns;

/// What was measured of each question, in the order of the workload.
pub(super) fn queries(tasks: &[Task], runs: &[ProcessRuns]) -> Vec<QueryRuns> {
    let of = |place| runs.iter().filter_map(move |run| run.measured.get(place));
    (0..).zip(tasks).map(|(place, task)| query(task, &of(place).collect::<Vec<_>>())).collect()
}

fn query(task: &Task, measured: &[&Measured]) -> QueryRuns {
    let service: Vec<_> = measured.iter().map(|it| it.service.clone()).collect();
    QueryRuns {
        class: task.class.clone(),
        query: task.query.clone(),
        ask: task.ask.to_string(),
        outcome: outcome(measured),
        samples: measured.iter().map(|it| it.samples.clone()).collect(),
        service: if service.iter().all(Vec::is_empty) { Vec::new() } else { service },
        phases: phases(measured),
    }
}

/// One outcome of all; processes that do not agree count as an error.
fn outcome(measured: &[&Measured]) -> Outcome {
    let mut outcome = Outcome::default();
    for other in measured.iter().map(|it| &it.outcome) {
        outcome.errors += other.errors;
        outcome.error = outcome.error.take().or_else(|| other.error.clone());
        if outcome.checksum.is_empty() {
            (outcome.total, outcome.checksum) = (other.total, other.checksum.clone());
        } else if !other.checksum.is_empty()
            && (other.total, &other.checksum) != (outcome.total, &outcome.checksum)
        {
            outcome.errors += 1;
            outcome.error.get_or_insert("another process had another answer".into());
        }
    }
    outcome
}

/// The mean of each phase over all samples.
fn phases(measured: &[&Measured]) -> BTreeMap<Phase, u64> {
    let samples = |it: &Measured| it.samples.len() as u128;
    let count = measured.iter().map(|it| samples(it)).sum::<u128>().max(1);
    let mut sums = BTreeMap::<Phase, u128>::new();
    for it in measured {
        for (&phase, &mean) in &it.phases {
            *sums.entry(phase).or_default() += u128::from(mean) * samples(it);
        }
    }
    let mean = |sum| u64::try_from(sum / count).unwrap_or(u64::MAX);
    sums.into_iter().map(|(phase, sum)| (phase, mean(sum))).collect()
}

/// The middle one of what the timer costs in each process.
pub(super) fn timer_overhead_ns(runs: &[ProcessRuns]) -> f64 {
    let mut costs: Vec<_> = runs.iter().map(|run| run.timer_overhead_ns).collect();
    costs.sort_by(f64::total_cmp);
    costs.get(costs.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::task::Ask;

    fn run(samples: &[u64], mean: u64, checksum: &str) -> ProcessRuns {
        let outcome = Outcome { total: 3, checksum: checksum.into(), ..Outcome::default() };
        let phases = BTreeMap::from([(Phase::Match, mean)]);
        let samples = samples.to_vec();
        let measured = vec![Measured { samples, service: Vec::new(), phases, outcome }];
        ProcessRuns { measured, ..ProcessRuns::default() }
    }

    fn gathered(runs: &[ProcessRuns]) -> QueryRuns {
        let task =
            Task { class: "any".into(), query: "word".into(), ask: Ask::default(), at: None };
        queries(&[task], runs).remove(0)
    }

    #[test]
    fn samples_stay_those_of_their_processes_and_means_are_of_all() {
        let query = gathered(&[run(&[1, 2, 3], 10, "aa"), run(&[9], 50, "aa")]);
        assert_eq!(query.samples, [vec![1, 2, 3], vec![9]]);
        assert_eq!(query.phases[&Phase::Match], 20);
        assert_eq!((query.outcome.total, query.outcome.errors), (3, 0));
    }

    #[test]
    fn processes_with_other_answers_are_an_error() {
        let query = gathered(&[run(&[1], 1, "aa"), run(&[], 1, ""), run(&[1], 1, "bb")]);
        assert_eq!(query.outcome.errors, 1);
        assert_eq!(query.outcome.error.as_deref(), Some("another process had another answer"));
    }
}
