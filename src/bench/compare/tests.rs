//! Two runs of one build show no difference in at least 95 of 100 cases. A build that is 10 %
//! slower is found in at least 95 of 100. Runs of other questions, indexes, results or settings are
//! not compared. What is shown rests on processes and on questions, so few of either show nothing.

use super::super::fixtures::{Simulation, report, runs};
use super::super::report::Mode;
use super::*;

fn compared(first: Simulation, second: Simulation) -> Comparison {
    compare(&first.run(), &second.run(), Results::MustAgree).expect("alike")
}

/// Of 100 pairs of runs, those in which anything at all was shown, and those in which all questions
/// together were shown to be slower.
fn shown(simulation: Simulation, factor: f64) -> (usize, usize) {
    let pairs = (0..100).map(|n| {
        let first = Simulation { seed: 2 * n, ..simulation };
        compared(first, Simulation { seed: 2 * n + 1, factor, ..simulation })
    });
    let is_shown = |effect: &Effect| effect.verdict != Verdict::NoDifferenceShown;
    pairs.fold((0, 0), |(any, slower), comparison| {
        let is_any = is_shown(&comparison.whole) || comparison.classes.iter().any(is_shown);
        let is_slower = comparison.whole.verdict == Verdict::Slower;
        (any + usize::from(is_any), slower + usize::from(is_slower))
    })
}

#[test]
fn two_runs_of_one_build_show_no_difference() {
    let (any, _) = shown(Simulation::default(), 1.0);
    assert!(any <= 5, "{any} of 100, 10 processes");
    let few = Simulation { processes: 5, ..Simulation::default() };
    let (any, _) = shown(few, 1.0);
    assert!(any <= 5, "{any} of 100, 5 processes");
}

#[test]
fn a_build_that_is_ten_percent_slower_is_found() {
    let simulation = Simulation { classes: 1, queries: 20, ..Simulation::default() };
    let (_, slower) = shown(simulation, 1.1);
    assert!(slower >= 95, "{slower} of 100");
}

#[test]
fn a_change_is_measured_as_it_is() {
    let slower =
        compared(Simulation::default(), Simulation { factor: 1.25, ..Simulation::default() });
    for effect in slower.classes.iter().chain([&slower.whole]) {
        // The noise of both is the same, so nothing but rounding is left.
        assert!((effect.median.ratio - 1.25).abs() < 1e-4, "{effect:?}");
        let p99 = effect.p99.expect("4,000 samples");
        assert!((p99.ratio - 1.25).abs() < 1e-4, "{p99:?}");
        for Change { ratio, interval } in [effect.median, p99] {
            let (low, high) = interval.expect("ten processes");
            assert!(low < ratio && ratio < high, "{effect:?}");
        }
        let (low, high) = effect.median.interval.expect("ten processes");
        assert!(1.2 < low && high < 1.3, "{effect:?}");
        assert_eq!(effect.verdict, Verdict::Slower);
        assert!(effect.floor >= LEAST_FLOOR && effect.noise.is_some());
    }
    let faster =
        compared(Simulation { factor: 1.25, ..Simulation::default() }, Simulation::default());
    assert_eq!(faster.whole.verdict, Verdict::Faster);
}

#[test]
fn what_is_within_the_noise_is_not_shown() {
    let slightly = Simulation { factor: 1.02, ..Simulation::default() };
    let comparison = compared(Simulation::default(), slightly);
    assert!(comparison.whole.p < 0.001, "every question leans to one side");
    assert_eq!(comparison.whole.verdict, Verdict::NoDifferenceShown);
}

#[test]
fn few_processes_or_questions_show_nothing() {
    let kinds = |comparison: &Comparison| -> Vec<String> {
        comparison.cautions.iter().map(|it| it.kind.clone()).collect()
    };
    for processes in [1, 2] {
        let few = Simulation { processes, ..Simulation::default() };
        let comparison = compared(few, Simulation { factor: 2.0, ..few });
        assert_eq!(comparison.whole.verdict, Verdict::NoDifferenceShown, "{processes} processes");
        assert_eq!(comparison.whole.median.interval.is_some(), processes == 2);
        assert_eq!(kinds(&comparison), ["few-processes"]);
    }
    let few = Simulation { queries: 5, ..Simulation::default() };
    let comparison = compared(few, Simulation { factor: 2.0, ..few });
    assert!(comparison.classes.iter().all(|it| it.verdict == Verdict::NoDifferenceShown));
    assert_eq!(comparison.whole.verdict, Verdict::Slower, "there are ten of all classes");
    assert_eq!(kinds(&comparison), ["few-questions"]);
}

#[test]
fn questions_that_were_not_answered_are_left_out() {
    let first = report(vec![runs("and", "a", &[&[10], &[10]]), runs("and", "b", &[&[10], &[10]])]);
    let mut second = first.clone();
    second.queries[1].samples = vec![Vec::new(), Vec::new()];
    second.queries[1].outcome.total = 0;
    let comparison = compare(&first, &second, Results::MustAgree).expect("one is left");
    assert_eq!((comparison.whole.queries, comparison.whole.median.ratio), (1, 1.0));
    second.queries[0].samples = vec![Vec::new()];
    assert_eq!(compare(&first, &second, Results::MustAgree), Err(Refusal::NothingMeasured));
}

#[test]
fn a_question_that_stands_twice_is_paired_in_its_order() {
    let query = |time: u64| runs("and", "a", &[&[time], &[time]]);
    let first = report(vec![query(10), query(1_000)]);
    let comparison = compare(&first, &first, Results::MustAgree).expect("the same");
    assert_eq!(comparison.whole.median, Change { ratio: 1.0, interval: Some((1.0, 1.0)) });
}

/// What is said of a second report that was changed.
fn refused(change: impl FnOnce(&mut Report)) -> String {
    let first = report(vec![runs("and", "a", &[&[10]]), runs("or", "b", &[&[10]])]);
    let mut second = first.clone();
    change(&mut second);
    let refusal = compare(&first, &second, Results::MustAgree).expect_err("they differ");
    format!("{refusal}\nhint: {}", refusal.hint())
}

#[test]
fn what_differs_is_refused_and_named() {
    insta::assert_snapshot!(refused(|it| it.settings.mode = Mode::Cold), @r"
    the reports differ in mode: closed in the first, cold in the second
    hint: measure both in the same mode
    ");
    insta::assert_snapshot!(refused(|it| it.settings.threads = 4), @r"
    the reports differ in threads: 1 in the first, 4 in the second
    hint: measure both with the same --threads
    ");
    insta::assert_snapshot!(refused(|it| it.settings.rate = Some(200.0)), @r"
    the reports differ in rate: none in the first, 200/s in the second
    hint: measure both with the same --rate
    ");
    insta::assert_snapshot!(refused(|it| it.fingerprint.index.content = "cc".into()), @r"
    the reports are of different indexes, of 20000 and of 20000 articles
    hint: measure both on the same index
    ");
    insta::assert_snapshot!(refused(|it| it.fingerprint.queries = "cc".into()), @r"
    the reports are of different questions: 2 in the first, 2 in the second
    hint: measure both with the same questions: the same file, or the same --seed, --class and --per-class on the same index
    ");
    insta::assert_snapshot!(refused(|it| it.queries[1].query = "c".into()), @r"
    the reports are of different questions: 2 in the first, 2 in the second; `b` is in one alone
    hint: measure both with the same questions: the same file, or the same --seed, --class and --per-class on the same index
    ");
    insta::assert_snapshot!(refused(|it| it.queries.truncate(1)), @r"
    the reports are of different questions: 2 in the first, 1 in the second; `b` is in one alone
    hint: measure both with the same questions: the same file, or the same --seed, --class and --per-class on the same index
    ");
    insta::assert_snapshot!(refused(|it| it.queries[1].outcome.total = 13), @r"
    1 of 2 questions have other results in the second report, `b` (or): 12 articles against 13
    hint: a faster wrong answer is not faster: find out why, or say --results-may-differ
    ");
    insta::assert_snapshot!(refused(|it| it.queries[0].outcome.checksum = "cc".into()), @r"
    1 of 2 questions have other results in the second report, `a` (and): 12 articles in both, but other ones or in another order
    hint: a faster wrong answer is not faster: find out why, or say --results-may-differ
    ");
}

#[test]
fn what_taints_a_comparison_is_told() {
    let first = report(vec![runs("and", "a", &[&[10]]), runs("or", "b", &[&[10]])]);
    let mut second = first.clone();
    second.partial = true;
    second.warnings.push(Warning { kind: "load".into(), detail: "load 3.1".into() });
    second.fingerprint.machine.cores = Some(64);
    second.fingerprint.build = "rustc 1.92.0".into();
    second.queries[1].outcome.total = 13;
    let comparison = compare(&first, &second, Results::MayDiffer).expect("results may differ");
    let told: Vec<_> =
        comparison.cautions.iter().map(|it| format!("{}: {}", it.kind, it.detail)).collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    partial: the second run was stopped before its end
    tainted: the second run has warnings: load
    machine: the runs are of different machines, which differ as builds do
    build: the builds were made in different ways: rustc 1.91.0, x86_64-unknown-linux-gnu, release; rustc 1.92.0
    results: 1 of 2 questions have other results: `b` (or): 12 articles against 13
    few-processes: the runs have 1 and 1 processes; a verdict needs 3 of each
    few-questions: no verdict is given on classes of fewer than 6 questions: and, or
    ");
}
