//! Samples of a class are put together before percentiles are taken. What too few samples lie
//! beyond is not given. The slowest questions are those with the greatest medians. What a process
//! could not find out is not made up from the others.

use super::super::fixtures::{report, runs};
use super::*;

/// The numbers from `first` to `last`, in microseconds.
fn ramp(first: u64, last: u64) -> Vec<u64> {
    (first..=last).map(|n| n * 1_000).collect()
}

#[test]
fn percentiles_of_a_class_are_those_of_its_samples() {
    let [low, high] = [ramp(1, 60), ramp(61, 120)];
    let summary = summarize(&report(vec![
        runs("and", "a b", &[&low]),
        runs("or", "a OR b", &[&[5_000], &[]]),
        runs("and", "c d", &[&high]),
    ]));
    let names: Vec<&str> = summary.classes.iter().map(|it| it.class.as_str()).collect();
    assert_eq!(names, ["and", "or"], "in the order of the workload");
    let and = &summary.classes[0];
    assert_eq!((and.queries, and.samples, and.hits), (2, 120, 12));
    let latency = and.latency.as_ref().expect("answered");
    let given: Vec<_> = latency.percentiles.iter().map(|(it, at)| (it.name(), at.value)).collect();
    assert_eq!(given, [("p50", 60_000), ("p90", 108_000)], "12 samples beyond p90, 6 beyond p95");
    assert_eq!((latency.min, latency.max), (1_000, 120_000));
    assert!((latency.mean.value - 60_500.0).abs() < 1e-6);
    assert_eq!(latency.mean.interval, None, "one process");
    assert_eq!((summary.whole.class.as_str(), summary.whole.samples), ("all", 121));
}

#[test]
fn a_class_without_answers_has_its_errors_and_no_latency() {
    let mut failed = runs("regex", "/(/", &[&[], &[]]);
    failed.outcome.errors = 40;
    let summary = summarize(&report(vec![failed]));
    let regex = &summary.classes[0];
    assert_eq!((regex.samples, regex.errors, regex.latency.clone()), (0, 40, None));
    assert!(summary.slowest.is_empty());
    let nothing = summarize(&report(Vec::new()));
    assert!(nothing.classes.is_empty() && nothing.whole.latency.is_none());
    assert_eq!(nothing.used, Used::default());
}

#[test]
fn a_hiccup_makes_no_question_a_slow_one() {
    let query = |n: u64| runs("and", &format!("q{n}"), &[&[n, n, n]]);
    let mut queries: Vec<_> = (1..=6).map(query).collect();
    queries[0].samples[0][0] = 1_000_000;
    let summary = summarize(&report(queries));
    let slowest: Vec<&str> = summary.slowest.iter().map(|it| it.query.as_str()).collect();
    assert_eq!(slowest, ["q6", "q5", "q4", "q3", "q2"]);
}

#[test]
fn phases_are_shares_and_count_by_samples() {
    let mut often = runs("and", "a", &[&[10, 10, 10]]);
    often.phases = [(Phase::Match, 8), (Phase::Fetch, 2), (Phase::Open, 0)].into();
    let mut once = runs("and", "b", &[&[10]]);
    once.phases = [(Phase::Fetch, 10)].into();
    let phases = summarize(&report(vec![often, once])).whole.phases;
    let shares: Vec<_> = phases.into_iter().collect();
    assert_eq!(shares, [(Phase::Match, 0.6), (Phase::Fetch, 0.4)]);
}

#[test]
fn what_a_process_could_not_find_out_is_absent() {
    let mut report = report(vec![runs("and", "a", &[&[1], &[2]])]);
    report.resources[1].read_bytes = None;
    report.resources[1].peak_memory = None;
    report.resources[1].resident = Some([25, 50, 100]);
    let used = summarize(&report).used;
    assert_eq!((used.cpu_ms, used.read_bytes), (Some(1_880.0), None));
    assert_eq!(used.peak_memory, Some(88_000_000), "the most that is known");
    assert_eq!(used.resident, Some(0.25));
}
